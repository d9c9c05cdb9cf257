/* The point index: who holds a point, borders, and input that is hardly polygons. */
#include "check.h"

#include <stdlib.h>

#include "geo/orient.h"
#include "hotzone/index.h"
#include "hotzone/mem.h"

static hz_error err;

/* Polygons of one ring each: features of n vertices, "nan" not among them. */
static hz_shapes *rings(size_t features, const size_t n[], const double xy[])
{
    size_t points = 0;
    hz_shapes *s;
    for (size_t f = 0; f < features; f++)
        points += n[f];
    if (hz_shapes_new(HZ_POLYGON, features, features, points, &s, &err))
        return NULL;
    for (size_t f = 0, at = 0; f < features; f++) {
        for (size_t i = 0; i < n[f]; i++, at++) {
            s->x[at] = xy[2 * at];
            s->y[at] = xy[2 * at + 1];
        }
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = at;
    }
    return s;
}

static int32_t where(const hz_index *index, double x, double y)
{
    int32_t found = -9;
    hz_index_locate(index, 0, 1, &x, &y, &found);
    return found;
}

static const double two_squares[] = { 0, 0, 1, 0, 1, 1, 0, 1, 0, 0,
                                      1, 0, 2, 0, 2, 1, 1, 1, 1, 0 };
static const size_t fives[] = { 5, 5, 5 };

TEST(a_point_on_a_shared_border_goes_to_the_lower_number)
{
    hz_index *index;
    hz_shapes *s = rings(2, fives, two_squares);
    CHECK_OK(hz_index_new(s, &index, &err), err);
    CHECK(where(index, 0.5, 0.5) == 0);
    CHECK(where(index, 1.5, 0.5) == 1);
    CHECK(where(index, 1, 0.5) == 0);
    CHECK(where(index, 1, 0) == 0);
    CHECK(where(index, 1, 1) == 0);
    CHECK(where(index, 2, 1) == 1);
    CHECK(where(index, 0, 0) == 0);
    CHECK(where(index, nextafter(1, 2), 0.5) == 1);
    CHECK(where(index, nextafter(2, 3), 0.5) == HZ_NOWHERE);
    CHECK(where(index, -1e-300, 0.5) == HZ_NOWHERE);
    CHECK(where(index, 0.5, nextafter(1, 2)) == HZ_NOWHERE);
    hz_index_free(index);
    hz_shapes_free(s);
}

TEST(points_that_are_not_finite_are_nowhere)
{
    hz_index *index;
    hz_shapes *s = rings(2, fives, two_squares);
    CHECK_OK(hz_index_new(s, &index, &err), err);
    CHECK(where(index, NAN, 0.5) == HZ_NOWHERE);
    CHECK(where(index, 0.5, NAN) == HZ_NOWHERE);
    CHECK(where(index, INFINITY, 0.5) == HZ_NOWHERE);
    CHECK(where(index, 0.5, -INFINITY) == HZ_NOWHERE);
    CHECK(hz_index_locate_all(index, NAN, NAN, NULL, 0) == 0);
    hz_index_free(index);
    hz_shapes_free(s);
}

TEST(locate_touches_only_the_rows_it_is_given)
{
    hz_index *index;
    hz_shapes *s = rings(2, fives, two_squares);
    double x[] = { 0.5, 0.5, 1.5, 0.5 }, y[] = { 0.5, 0.5, 0.5, 0.5 };
    int32_t found[] = { -9, -9, -9, -9 };
    CHECK_OK(hz_index_new(s, &index, &err), err);
    hz_index_locate(index, 1, 3, x, y, found);
    CHECK(found[0] == -9 && found[1] == 0 && found[2] == 1 && found[3] == -9);
    hz_index_free(index);
    hz_shapes_free(s);
}

TEST(all_of_three_overlapping_squares_are_listed_in_order)
{
    const double xy[] = { 0, 0, 4, 0, 4, 4, 0, 4, 0, 0,   1, 1, 3, 1, 3, 3, 1, 3, 1, 1,
                          2, 2, 9, 2, 9, 9, 2, 9, 2, 2 };
    int32_t got[3] = { -9, -9, -9 };
    hz_index *index;
    hz_shapes *s = rings(3, fives, xy);
    CHECK_OK(hz_index_new(s, &index, &err), err);
    CHECK(hz_index_locate_all(index, 2.5, 2.5, got, 3) == 3);
    CHECK(got[0] == 0 && got[1] == 1 && got[2] == 2);
    CHECK(hz_index_locate_all(index, 3.5, 3.5, got, 3) == 2);
    CHECK(got[0] == 0 && got[1] == 2);
    CHECK(hz_index_locate_all(index, 8, 8, got, 3) == 1 && got[0] == 2);
    got[1] = -9;
    CHECK(hz_index_locate_all(index, 2.5, 2.5, got, 1) == 3 && got[1] == -9);
    CHECK(where(index, 2.5, 2.5) == 0);
    CHECK(where(index, 8, 8) == 2);
    hz_index_free(index);
    hz_shapes_free(s);
}

TEST(a_hole_is_nowhere_and_its_border_is_inside)
{
    const double xy[] = { 0, 0, 6, 0, 6, 6, 0, 6, 0, 0, 2, 2, 4, 2, 4, 4, 2, 4, 2, 2 };
    hz_index *index;
    hz_shapes *s = rings(2, fives, xy);
    s->features = 1; /* both rings are the first feature's */
    s->first_ring[1] = 2;
    s->hole[1] = 1;
    CHECK_OK(hz_index_new(s, &index, &err), err);
    CHECK(where(index, 1, 3) == 0);
    CHECK(where(index, 3, 3) == HZ_NOWHERE);
    CHECK(where(index, 2, 3) == 0);
    CHECK(where(index, 4, 4) == 0);
    hz_index_free(index);
    hz_shapes_free(s);
}

TEST(a_ring_that_crosses_itself_counts_even_odd)
{
    /* a pentagram: its middle is wound twice, hence outside */
    const double xy[] = { 0, 10, 5.88, -8.09, -9.51, 3.09, 9.51, 3.09, -5.88, -8.09, 0, 10 };
    const size_t n[] = { 6 };
    hz_index *index;
    hz_shapes *s = rings(1, n, xy);
    CHECK_OK(hz_index_new(s, &index, &err), err);
    CHECK(where(index, 0, 0) == HZ_NOWHERE);
    CHECK(where(index, 0, 8) == 0);
    CHECK(where(index, 5, 8) == HZ_NOWHERE);
    hz_index_free(index);
    hz_shapes_free(s);
}

TEST(an_index_of_nothing_holds_nothing)
{
    hz_index *index;
    hz_shapes *s;
    CHECK_OK(hz_shapes_new(HZ_POLYGON, 0, 0, 0, &s, &err), err);
    CHECK_OK(hz_index_new(s, &index, &err), err);
    CHECK(where(index, 0, 0) == HZ_NOWHERE);
    hz_index_free(index);
    hz_shapes_free(s);
    CHECK_OK(hz_shapes_new(HZ_POLYGON, 3, 0, 0, &s, &err), err);
    CHECK_OK(hz_index_new(s, &index, &err), err);
    CHECK(where(index, 0, 0) == HZ_NOWHERE);
    CHECK(hz_index_locate_all(index, 0, 0, NULL, 0) == 0);
    hz_index_free(index);
    hz_shapes_free(s);
}

TEST(a_polygon_with_nan_holds_nothing_and_the_others_stand)
{
    double xy[20];
    hz_index *index;
    memcpy(xy, two_squares, sizeof xy);
    xy[4] = NAN;
    hz_shapes *s = rings(2, fives, xy);
    CHECK_OK(hz_index_new(s, &index, &err), err);
    CHECK(where(index, 0.5, 0.5) == HZ_NOWHERE);
    CHECK(where(index, 1, 0.5) == 1);
    hz_index_free(index);
    hz_shapes_free(s);
}

TEST(boxes_without_width_or_height_hold_their_own_line)
{
    const double xy[] = { 5, 0, 5, 3, 5, 1, 5, 0,   7, 7, 7, 7, 7, 7, 7, 7,
                          0, 9, 4, 9, 2, 9, 0, 9 };
    const size_t n[] = { 4, 4, 4 };
    for (size_t only = 0; only < 3; only++) {
        hz_index *index;
        hz_shapes *s = rings(1, n, xy + 8 * only);
        CHECK_OK(hz_index_new(s, &index, &err), err);
        CHECK((where(index, 5, 2.5) == 0) == (only == 0));
        CHECK((where(index, 7, 7) == 0) == (only == 1));
        CHECK((where(index, 3.25, 9) == 0) == (only == 2));
        CHECK(where(index, 5.5, 2) == HZ_NOWHERE);
        hz_index_free(index);
        hz_shapes_free(s);
    }
}

TEST(huge_and_tiny_coordinates_are_as_good_as_any)
{
    const double sizes[] = { 1e308, 1.7e308, 1e150, 1e-150, 1e-300, 5e-324 };
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        double m = sizes[k];
        const double xy[] = { -m, -m, m, -m, m, m, -m, m, -m, -m };
        hz_index *index;
        hz_shapes *s = rings(1, fives, xy);
        CHECK_OK(hz_index_new(s, &index, &err), err);
        CHECK(where(index, 0, 0) == 0);
        CHECK(where(index, m, -m) == 0);
        CHECK(where(index, -m, m / 2) == 0);
        CHECK(where(index, nextafter(m, INFINITY), 0) == HZ_NOWHERE);
        hz_index_free(index);
        hz_shapes_free(s);
    }
}

TEST(a_far_origin_leaves_no_room_for_many_cells_but_answers_stand)
{
    /* at 1e15 doubles are 1/8 apart: a square of side 2 has 17 * 17 points in all */
    const double o = 1e15;
    const double xy[] = { o, o, o + 2, o, o + 2, o + 2, o, o + 2, o, o };
    hz_index *index;
    hz_shapes *s = rings(1, fives, xy);
    CHECK_OK(hz_index_new(s, &index, &err), err);
    for (int i = -1; i <= 17; i++)
        for (int j = -1; j <= 17; j++) {
            bool in = i >= 0 && i <= 16 && j >= 0 && j <= 16;
            CHECK((where(index, o + i / 8.0, o + j / 8.0) == 0) == in);
        }
    hz_index_free(index);
    hz_shapes_free(s);
}

TEST(only_polygons_can_be_indexed)
{
    hz_index *index = NULL;
    hz_shapes *s;
    CHECK_OK(hz_shapes_new(HZ_POINT, 2, 0, 2, &s, &err), err);
    CHECK_FAILS(hz_index_new(s, &index, &err), HZ_EUSAGE, err, "expected polygons");
    CHECK(index == NULL);
    hz_shapes_free(s);
}

TEST(every_allocation_that_fails_is_an_error_and_leaks_nothing)
{
    hz_shapes *s = rings(2, fives, two_squares);
    int failures = 0;
    for (long n = 1; n < 100; n++) {
        hz_index *index = NULL;
        hz_mem_fail_at(n);
        hz_status st = hz_index_new(s, &index, &err);
        hz_mem_fail_at(0);
        if (st == HZ_OK) {
            hz_index_free(index);
            break;
        }
        failures++;
        CHECK(st == HZ_EMEMORY && index == NULL);
    }
    CHECK(failures >= 5);
    hz_shapes_free(s);
}

/* 0.5 + i ulp along a line through (12, 12) and (24, 24): the classic trap for rounding
 * (Kettner et al. 2008); the exact sign is that of y - x. */
TEST(orientation_is_exact_next_to_a_line)
{
    double ulp = ldexp(1, -53);
    for (int i = 0; i < 256; i++)
        for (int j = 0; j < 256; j++) {
            double x = 0.5 + i * ulp, y = 0.5 + j * ulp;
            int want = y > x ? 1 : y < x ? -1 : 0;
            CHECK(hz_orient(12, 12, 24, 24, x, y) == want);
            CHECK(hz_orient(24, 24, 12, 12, x, y) == -want);
        }
}

TEST(orientation_survives_overflow_and_underflow)
{
    CHECK(hz_orient(-1e308, -1e308, 1e308, 1e308, 0, 1e-300) == 1);
    CHECK(hz_orient(-1e308, -1e308, 1e308, 1e308, 1, 1) == 0);
    CHECK(hz_orient(-1.7e308, 0, 1.7e308, 0, 0, -5e-324) == -1);
    CHECK(hz_orient(0, 0, 5e-324, 5e-324, 1e-323, 5e-324) == -1);
    CHECK(hz_orient(0, 0, 5e-324, 5e-324, 1e308, 1e308) == 0);
    CHECK(hz_orient(0, 0, 1e-200, 1e-200, 3e-200, 3e-200) == 0);
    CHECK(hz_orient(0, 0, 1e-200, 1e-200, 3e-200, nextafter(3e-200, 1)) == 1);
}

RUN_TESTS(T(a_point_on_a_shared_border_goes_to_the_lower_number),
          T(points_that_are_not_finite_are_nowhere),
          T(locate_touches_only_the_rows_it_is_given),
          T(all_of_three_overlapping_squares_are_listed_in_order),
          T(a_hole_is_nowhere_and_its_border_is_inside),
          T(a_ring_that_crosses_itself_counts_even_odd),
          T(an_index_of_nothing_holds_nothing),
          T(a_polygon_with_nan_holds_nothing_and_the_others_stand),
          T(boxes_without_width_or_height_hold_their_own_line),
          T(huge_and_tiny_coordinates_are_as_good_as_any),
          T(a_far_origin_leaves_no_room_for_many_cells_but_answers_stand),
          T(only_polygons_can_be_indexed),
          T(every_allocation_that_fails_is_an_error_and_leaks_nothing),
          T(orientation_is_exact_next_to_a_line),
          T(orientation_survives_overflow_and_underflow))
