/* Thinned outlines: no line moves by half a pixel, and what two areas share they go on sharing. */
#include "check.h"
#include "map/sheet_parts.h"

static hz_error err;

static double random01(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* Snapped as the sheet snaps. */
static double on_grid(double mm)
{
    return round(mm / 0.02) * 0.02;
}

static void add_point(hz_shapes *s, double x, double y)
{
    s->x[s->points] = on_grid(x);
    s->y[s->points++] = on_grid(y);
}

static hz_shapes *empty(size_t features, size_t points)
{
    hz_shapes *s = NULL;
    if (hz_shapes_new(HZ_POLYGON, features, features, points, &s, &err))
        fail_msg("%s", err.text);
    s->points = 0;
    return s;
}

static void end_ring(hz_shapes *s, size_t f)
{
    s->first_ring[f + 1] = f + 1;
    s->first_point[f + 1] = s->points;
}

/* Two areas with a wavy border of n vertices between them, walked in opposite directions. */
static hz_shapes *neighbours(size_t n, double wave)
{
    hz_shapes *s = empty(2, 2 * n + 8);
    uint64_t seed = 3;
    double x[400], y[400];
    for (size_t i = 0; i < n; i++) {
        x[i] = 20 + wave * (random01(&seed) - 0.5);
        y[i] = 40.0 * (double)i / (double)(n - 1);
    }
    for (size_t i = 0; i < n; i++)
        add_point(s, x[i], y[i]);
    add_point(s, 0, 40);
    add_point(s, 0, 0);
    add_point(s, x[0], y[0]);
    end_ring(s, 0);
    add_point(s, 40, 0);
    add_point(s, 40, 40);
    for (size_t i = n; i-- > 0;)
        add_point(s, x[i], y[i]);
    add_point(s, 40, 0);
    end_ring(s, 1);
    return s;
}

/* How many of the inner border's points a feature has, and a sum by which to compare them. */
static size_t border_points(const hz_shapes *s, size_t f, double *sum)
{
    size_t n = 0;
    *sum = 0;
    for (size_t p = s->first_point[f]; p + 1 < s->first_point[f + 1]; p++)
        if (s->x[p] > 10 && s->x[p] < 30) {
            *sum += s->x[p] * 1000 + s->y[p];
            n++;
        }
    return n;
}

TEST(vertices_on_a_straight_line_are_left_out_and_corners_stay)
{
    hz_shapes *s = empty(1, 9);
    const double xy[] = { 0, 0, 5, 0, 10, 0, 10, 5, 10, 10, 5, 10.02, 0, 10, 0, 5, 0, 0 };
    for (size_t i = 0; i < 9; i++)
        add_point(s, xy[2 * i], xy[2 * i + 1]);
    end_ring(s, 0);
    CHECK_OK(hz_sheet_thin(s, &err), err);
    CHECK(s->points == 5); /* 0.02 mm is less than half a pixel */
    CHECK_NEAR(hz_shape_area(s, 0), 100, 0.2);
    hz_shapes_free(s);
}

TEST(a_shared_border_is_thinned_alike_from_both_sides)
{
    hz_shapes *s = neighbours(300, 0.3);
    double sum[2];
    CHECK_OK(hz_sheet_thin(s, &err), err);
    size_t left = border_points(s, 0, &sum[0]), right = border_points(s, 1, &sum[1]);
    CHECK(left == right && left > 10 && left < 250);
    CHECK_NEAR(sum[0], sum[1], 1e-6);
    CHECK_NEAR(hz_shape_area(s, 0) + hz_shape_area(s, 1), 1600, 1e-6);
    hz_shapes_free(s);
}

TEST(no_vertex_lies_farther_than_the_tolerance_from_the_thinned_line)
{
    hz_shapes *before = neighbours(300, 0.2), *s = neighbours(300, 0.2);
    CHECK_OK(hz_sheet_thin(s, &err), err);
    CHECK(s->points < before->points);
    for (size_t f = 0; f < 2; f++)
        for (size_t p = before->first_point[f]; p < before->first_point[f + 1]; p++)
            CHECK(hz_shape_border_distance(s, f, before->x[p], before->y[p]) <= 0.04 + 1e-9);
    hz_shapes_free(before);
    hz_shapes_free(s);
}

/* The hole of one area, filled by another, has no point where borders meet. */
TEST(an_island_and_its_hole_stay_the_same_ring_wherever_they_begin)
{
    enum { N = 180 };
    const double pi = acos(-1);
    hz_shapes *s = empty(2, 2 * (N + 1));
    for (int i = 0; i <= N; i++)
        add_point(s, 20 + 5 * cos(2 * pi * i / N), 20 + 5 * sin(2 * pi * i / N));
    end_ring(s, 0);
    for (int i = 0; i <= N; i++)
        add_point(s, 20 + 5 * cos(2 * pi * (57 - i) / N), 20 + 5 * sin(2 * pi * (57 - i) / N));
    end_ring(s, 1);
    s->x[s->points - 1] = s->x[s->first_point[1]];
    s->y[s->points - 1] = s->y[s->first_point[1]];
    CHECK_OK(hz_sheet_thin(s, &err), err);
    CHECK(s->first_point[1] == s->points - s->first_point[1]);
    CHECK(s->first_point[1] > 15 && s->first_point[1] < 100);
    for (size_t p = 0; p < s->first_point[1]; p++) {
        bool found = false;
        for (size_t q = s->first_point[1]; q < s->points; q++)
            found |= s->x[p] == s->x[q] && s->y[p] == s->y[q];
        CHECK(found);
    }
    hz_shapes_free(s);
}

TEST(a_sliver_that_would_be_thinned_to_nothing_stays)
{
    hz_shapes *s = empty(1, 5);
    const double xy[] = { 0, 0, 4, 0, 8, 0.02, 4, 0.02, 0, 0 };
    for (size_t i = 0; i < 5; i++)
        add_point(s, xy[2 * i], xy[2 * i + 1]);
    end_ring(s, 0);
    CHECK_OK(hz_sheet_thin(s, &err), err);
    CHECK(s->rings == 1 && s->points >= 4);
    CHECK(hz_shape_area(s, 0) > 0);
    hz_shapes_free(s);
}

TEST(open_lines_keep_their_ends)
{
    hz_shapes *s = NULL;
    CHECK_OK(hz_shapes_new(HZ_LINE, 1, 1, 5, &s, &err), err);
    const double xy[] = { 1, 1, 2, 1.02, 3, 1, 4, 1, 5, 3 };
    s->points = 0;
    for (size_t i = 0; i < 5; i++)
        add_point(s, xy[2 * i], xy[2 * i + 1]);
    end_ring(s, 0);
    CHECK_OK(hz_sheet_thin(s, &err), err);
    CHECK(s->points == 3);
    CHECK_NEAR(s->x[0], 1, 1e-12);
    CHECK_NEAR(s->x[1], 4, 1e-12);
    CHECK_NEAR(s->x[2], 5, 1e-12);
    hz_shapes_free(s);
}

RUN_TESTS(T(vertices_on_a_straight_line_are_left_out_and_corners_stay),
          T(a_shared_border_is_thinned_alike_from_both_sides),
          T(no_vertex_lies_farther_than_the_tolerance_from_the_thinned_line),
          T(an_island_and_its_hole_stay_the_same_ring_wherever_they_begin),
          T(a_sliver_that_would_be_thinned_to_nothing_stays),
          T(open_lines_keep_their_ends))
