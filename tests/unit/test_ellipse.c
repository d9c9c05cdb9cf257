/* Centres and ellipses: sums by hand, an eigenproblem by R, what does not exist. */
#include "check.h"

#include "hotzone/ellipse.h"

/* A cross: 4 points at (+-3, 0), (0, +-1). */
static const double cross_x[] = { 3, -3, 0, 0 }, cross_y[] = { 0, 0, 1, -1 };

TEST(a_cross_by_hand_in_three_conventions)
{
    hz_ellipse e = hz_ellipse_of(4, cross_x, cross_y, HZ_ELLIPSE_YUILL);
    CHECK(e.x == 0 && e.y == 0);
    CHECK_NEAR(e.distance, sqrt(20.0 / 4), 1e-15);
    CHECK_NEAR(e.major, sqrt(18.0 / 4), 1e-15);
    CHECK_NEAR(e.minor, sqrt(2.0 / 4), 1e-15);
    CHECK_NEAR(e.angle_deg, 90, 1e-12);
    e = hz_ellipse_of(4, cross_x, cross_y, HZ_ELLIPSE_ARCGIS);
    CHECK_NEAR(e.major, sqrt(2 * 18.0 / 4), 1e-15);
    e = hz_ellipse_of(4, cross_x, cross_y, HZ_ELLIPSE_CRIMESTAT);
    CHECK_NEAR(e.major, sqrt(2 * 18.0 / 2), 1e-14);
    CHECK_NEAR(e.distance, sqrt(20.0 / 2), 1e-15);
}

/* eigen(cov(cbind(x, y)) * 6) of R 4.2.2, and optim for the median. */
TEST(seven_points_in_a_city_as_r_has_them)
{
    const double x[] = { 725100, 725300, 725150, 725800, 725500, 725420, 725310 };
    const double y[] = { 6175100, 6175250, 6175400, 6175300, 6175900, 6175500, 6175180 };
    double mx, my;
    hz_ellipse e = hz_ellipse_of(7, x, y, HZ_ELLIPSE_YUILL);
    CHECK_NEAR(e.major, 272.505630563084, 1e-9);
    CHECK_NEAR(e.minor, 185.565510972369, 1e-9);
    CHECK_NEAR(e.angle_deg, 35.290406040775, 1e-9);
    CHECK_NEAR(e.distance, 329.687545338037, 1e-9);
    hz_ellipse_median(7, x, y, &mx, &my);
    CHECK_NEAR(mx, 725304.0584616, 1e-5);
    CHECK_NEAR(my, 6175264.2273613, 1e-5);
}

TEST(the_angle_turns_with_the_points)
{
    for (int degrees = 1; degrees < 180; degrees += 7) {
        double x[4], y[4], a = degrees * 3.14159265358979323846 / 180;
        for (int i = 0; i < 4; i++) { /* turned with the clock from north: east is sin */
            x[i] = cross_x[i] * sin(a) - cross_y[i] * cos(a);
            y[i] = cross_x[i] * cos(a) + cross_y[i] * sin(a);
        }
        CHECK_NEAR(hz_ellipse_of(4, x, y, HZ_ELLIPSE_YUILL).angle_deg, degrees, 1e-9);
    }
}

TEST(what_does_not_exist_is_nan)
{
    const double line_x[] = { 0, 1, 2, 5 }, line_y[] = { 0, 2, 4, 10 };
    const double square_x[] = { 0, 1, 1, 0 }, square_y[] = { 0, 0, 1, 1 };
    double mx, my;
    hz_ellipse e = hz_ellipse_of(4, line_x, line_y, HZ_ELLIPSE_YUILL);
    CHECK(e.x == 2 && e.y == 4 && e.distance > 0);
    CHECK_NAN(e.major);
    CHECK_NAN(e.angle_deg);
    e = hz_ellipse_of(4, square_x, square_y, HZ_ELLIPSE_YUILL);
    CHECK_NEAR(e.major, e.minor, 1e-15);
    CHECK_NAN(e.angle_deg);
    e = hz_ellipse_of(1, line_x, line_y, HZ_ELLIPSE_YUILL);
    CHECK(e.x == 0 && e.distance == 0);
    CHECK_NAN(e.major);
    CHECK_NAN(hz_ellipse_of(2, line_x, line_y, HZ_ELLIPSE_CRIMESTAT).distance);
    CHECK_NAN(hz_ellipse_of(0, line_x, line_y, HZ_ELLIPSE_YUILL).x);
    hz_ellipse_median(0, line_x, line_y, &mx, &my);
    CHECK_NAN(mx);
}

/* Fermat's point of an equilateral triangle is its centre; with an angle over 120 degrees it is
 * that corner, where plain Weiszfeld stops or crawls. */
TEST(the_median_may_be_one_of_the_points)
{
    const double x[] = { 0, 2, 1 }, y[] = { 0, 0, 1.7320508075688772 };
    const double flat_x[] = { 0, 4, 2 }, flat_y[] = { 0, 0, 0.5 };
    const double same[] = { 7, 7, 7 };
    double mx, my;
    hz_ellipse_median(3, x, y, &mx, &my);
    CHECK_NEAR(mx, 1, 1e-9);
    CHECK_NEAR(my, 1.7320508075688772 / 3, 1e-9);
    hz_ellipse_median(3, flat_x, flat_y, &mx, &my);
    CHECK_NEAR(mx, 2, 1e-8);
    CHECK_NEAR(my, 0.5, 1e-8);
    hz_ellipse_median(3, same, same, &mx, &my);
    CHECK(mx == 7 && my == 7);
}

RUN_TESTS(T(a_cross_by_hand_in_three_conventions), T(seven_points_in_a_city_as_r_has_them),
          T(the_angle_turns_with_the_points), T(what_does_not_exist_is_nan),
          T(the_median_may_be_one_of_the_points))
