/* Compactness and distances between borders: figures of geometry, by hand. */
#include "check.h"
#include "hotzone/border.h"
#include "hotzone/compact.h"
#include "hotzone/mem.h"

static const double PI = 3.14159265358979323846;

static hz_shapes *ring(size_t n, const double *x, const double *y)
{
    hz_shapes *s = NULL;
    hz_error err;
    if (hz_shapes_new(HZ_POLYGON, 1, 1, n, &s, &err))
        return NULL;
    s->first_ring[1] = 1;
    s->first_point[1] = n;
    memcpy(s->x, x, n * sizeof *x);
    memcpy(s->y, y, n * sizeof *y);
    return s;
}

static hz_shapes *box(double x, double y, double w, double h)
{
    const double xs[] = { x, x + w, x + w, x, x }, ys[] = { y, y, y + h, y + h, y };
    return ring(5, xs, ys);
}

TEST(a_square_has_the_figures_of_geometry)
{
    hz_shapes *s = box(700000, 6100000, 1000, 1000);
    hz_compactness c;
    hz_error err;
    CHECK(!hz_compact_measure(s, 0, HZ_COMPACT_TOLERANCE_M, &c, &err));
    CHECK_NEAR(c.polsby_popper, PI / 4, 1e-12); /* .785398 */
    CHECK_NEAR(c.reock, 2 / PI, 1e-9);          /* .636620 */
    CHECK_NEAR(c.hull, 1, 1e-12);
    hz_shapes_free(s);
}

TEST(a_circle_is_as_compact_as_can_be)
{
    double x[722], y[722];
    for (int i = 0; i < 722; i++) {
        x[i] = 5000 + 900 * cos(2 * PI * (i % 721) / 721);
        y[i] = 900 * sin(2 * PI * (i % 721) / 721);
    }
    hz_shapes *s = ring(722, x, y);
    hz_compactness c;
    hz_error err;
    CHECK(!hz_compact_measure(s, 0, 0, &c, &err));
    CHECK_NEAR(c.polsby_popper, 1, 1e-4);
    CHECK_NEAR(c.reock, 1, 1e-4);
    CHECK_NEAR(c.hull, 1, 1e-12);
    hz_shapes_free(s);
}

/* A saw of teeth 5 m deep along one side of a square: as drawn its border is longer by half, at
 * 20 m it is the square's again. */
TEST(the_detail_of_a_border_is_taken_out_before_polsby_popper)
{
    double x[205], y[205];
    size_t n = 0;
    for (int i = 0; i <= 200; i++, n++) {
        x[n] = 5 * i;
        y[n] = i % 2 ? 5 : 0;
    }
    x[n] = 1000, y[n++] = 1000;
    x[n] = 0, y[n++] = 1000;
    x[n] = 0, y[n++] = 0;
    hz_shapes *s = ring(n, x, y);
    hz_compactness drawn, general;
    hz_error err;
    CHECK(!hz_compact_measure(s, 0, 0, &drawn, &err));
    CHECK(!hz_compact_measure(s, 0, 20, &general, &err));
    CHECK(drawn.polsby_popper < 0.66);
    CHECK_NEAR(general.polsby_popper, PI / 4, 0.006);
    CHECK(general.reock == drawn.reock);
    hz_shapes_free(s);
}

/* Squares of 100 m whose centres are 300 m apart: area 20,000; circle through the outer corners,
 * radius sqrt(200^2 + 50^2); hull 400 by 100; perimeter 800. */
TEST(two_parts_are_summed_within_one_circle_and_one_hull)
{
    const double x[] = { 0, 100, 100, 0, 0, 300, 400, 400, 300, 300 };
    const double y[] = { 0, 0, 100, 100, 0, 0, 0, 100, 100, 0 };
    hz_shapes *s = NULL;
    hz_compactness c;
    hz_error err;
    CHECK(!hz_shapes_new(HZ_POLYGON, 1, 2, 10, &s, &err));
    s->first_ring[1] = 2;
    s->first_point[1] = 5;
    s->first_point[2] = 10;
    memcpy(s->x, x, sizeof x);
    memcpy(s->y, y, sizeof y);
    CHECK(!hz_compact_measure(s, 0, 20, &c, &err));
    CHECK_NEAR(c.polsby_popper, 4 * PI * 20000 / (800.0 * 800.0), 1e-12);
    CHECK_NEAR(c.reock, 20000 / (PI * 42500), 1e-9);
    CHECK_NEAR(c.hull, 0.5, 1e-12);
    hz_shapes_free(s);
}

TEST(what_has_no_area_has_no_compactness)
{
    hz_shapes *none = NULL;
    hz_compactness c;
    hz_error err;
    CHECK(!hz_shapes_new(HZ_POLYGON, 1, 0, 0, &none, &err));
    CHECK(!hz_compact_measure(none, 0, 20, &c, &err));
    CHECK_NAN(c.polsby_popper);
    CHECK_NAN(c.hull);
    CHECK(hz_compact_measure(none, 0, -1, &c, &err) == HZ_EUSAGE);
    hz_shapes_free(none);
}

/* Of a square of 200 m to one of 100 m about the same centre every side lies 50 m away but near the
 * corners: mean over a side of 200: 100 m at 50, and either corner's 50 m at sqrt(50^2 + t^2). */
TEST(squares_within_one_another_are_as_far_apart_as_by_hand)
{
    hz_shapes *inner = box(50, 50, 100, 100), *outer = box(0, 0, 200, 200);
    hz_border_gap g;
    hz_error err;
    double corner = (50 * sqrt(5000) + 2500 * asinh(1)) / 2; /* integral of sqrt(2500 + t^2), 0..50 */
    CHECK(!hz_border_compare(outer, 0, inner, 0, 0.5, &g, &err));
    CHECK_NEAR(g.mean_from, 50, 1e-9);
    CHECK_NEAR(g.mean_to, (100 * 50 + 2 * corner) / 200, 1e-3);
    CHECK(g.mean == g.mean_to);
    CHECK_NEAR(g.greatest, sqrt(5000), 1e-9);
    CHECK_NEAR(g.p95, hypot(50, 45), 0.3); /* a twentieth of each side is 5 m at either corner */
    hz_shapes_free(inner);
    hz_shapes_free(outer);
}

TEST(a_border_is_no_distance_from_itself)
{
    hz_shapes *s = box(700000, 6100000, 300, 100);
    hz_border_gap g;
    hz_error err;
    CHECK(!hz_border_compare(s, 0, s, 0, 7, &g, &err));
    CHECK(g.greatest < 1e-6 && g.mean < 1e-6 && g.p95 < 1e-6);
    CHECK(hz_border_compare(s, 0, s, 0, 0, &g, &err) == HZ_EUSAGE);
    CHECK(hz_border_compare(s, 0, s, 0, 1e-6, &g, &err) == HZ_EDATA);
    hz_shapes_free(s);
}

TEST(borders_are_as_near_as_by_hand_and_0_apart_where_they_touch_or_cross)
{
    const double boxes[][4] = { { 50, 50, 100, 100 }, { 203, 204, 10, 10 }, { 150, 150, 100, 10 },
                                { 200, 0, 50, 50 }, { 230, 20, 10, 10 } };
    const double want[] = { 50, 5, 0, 0, 30 };
    hz_shapes *s = box(0, 0, 200, 200), *none = NULL;
    hz_error err;
    double m;
    for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
        hz_shapes *b = box(boxes[k][0], boxes[k][1], boxes[k][2], boxes[k][3]);
        CHECK(!hz_border_nearest(s, 0, b, 0, &m, &err));
        CHECK_NEAR(m, want[k], 1e-12);
        CHECK(!hz_border_nearest(b, 0, s, 0, &m, &err));
        CHECK_NEAR(m, want[k], 1e-12);
        hz_shapes_free(b);
    }
    CHECK(!hz_shapes_new(HZ_POLYGON, 1, 0, 0, &none, &err));
    CHECK(!hz_border_nearest(s, 0, none, 0, &m, &err));
    CHECK_NAN(m);
    hz_shapes_free(none);
    hz_shapes_free(s);
}

TEST(every_allocation_may_fail)
{
    hz_shapes *a = box(0, 0, 300, 100), *b = box(50, 20, 400, 100);
    long at = 1;
    for (; at < 200; at++) {
        hz_compactness c;
        hz_border_gap g;
        hz_error err;
        hz_mem_fail_at(at);
        hz_status st = hz_compact_measure(a, 0, 20, &c, &err);
        if (!st)
            st = hz_border_compare(a, 0, b, 0, 10, &g, &err);
        if (!st)
            st = hz_border_nearest(a, 0, b, 0, &g.greatest, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        if (!st)
            break;
    }
    CHECK(at > 6 && at < 200);
    hz_shapes_free(a);
    hz_shapes_free(b);
}

RUN_TESTS(T(borders_are_as_near_as_by_hand_and_0_apart_where_they_touch_or_cross),
          T(a_square_has_the_figures_of_geometry), T(a_circle_is_as_compact_as_can_be),
          T(the_detail_of_a_border_is_taken_out_before_polsby_popper),
          T(two_parts_are_summed_within_one_circle_and_one_hull),
          T(what_has_no_area_has_no_compactness),
          T(squares_within_one_another_are_as_far_apart_as_by_hand),
          T(a_border_is_no_distance_from_itself), T(every_allocation_may_fail))
