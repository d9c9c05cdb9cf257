/* Shapes: copying, measures against sums done by hand, faults and repairs. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/shape.h"

static hz_error err;

/* One polygon; rings of `corners` vertices each in xy, the first outer, the others holes. */
static hz_shapes *polygon(size_t rings, const size_t corners[], const double xy[])
{
    size_t points = 0;
    hz_shapes *s;
    for (size_t r = 0; r < rings; r++)
        points += corners[r];
    if (hz_shapes_new(HZ_POLYGON, 1, rings, points, &s, &err))
        return NULL;
    s->first_ring[1] = rings;
    for (size_t r = 0; r < rings; r++) {
        s->first_point[r + 1] = s->first_point[r] + corners[r];
        s->hole[r] = r > 0;
    }
    for (size_t i = 0; i < points; i++) {
        s->x[i] = xy[2 * i];
        s->y[i] = xy[2 * i + 1];
    }
    return s;
}

static const size_t five[] = { 5, 5 };
/* a square of 10 with a hole of 2 in its lower left quarter */
static const double holed[] = { 0, 0, 10, 0, 10, 10, 0, 10, 0, 0, 2, 2, 2, 4, 4, 4, 4, 2, 2, 2 };

TEST(a_square_with_a_hole_measures_as_by_hand)
{
    double x, y;
    hz_shapes *s = polygon(2, five, holed);
    CHECK_NEAR(hz_shape_area(s, 0), 100 - 4, 0);
    CHECK_NEAR(hz_shape_perimeter(s, 0), 40 + 8, 0);
    /* (100 * 5 - 4 * 3) / 96 */
    hz_shape_centroid(s, 0, &x, &y);
    CHECK_NEAR(x, 488.0 / 96, 1e-14);
    CHECK_NEAR(y, 488.0 / 96, 1e-14);
    CHECK_NEAR(hz_shape_border_distance(s, 0, 3, 3), 1, 0);
    CHECK_NEAR(hz_shape_border_distance(s, 0, 13, 14), 5, 0);
    hz_box box = hz_shapes_box(s);
    CHECK(box.xmin == 0 && box.ymin == 0 && box.xmax == 10 && box.ymax == 10);
    hz_shapes_free(s);
}

TEST(a_small_square_far_from_the_origin_keeps_its_area)
{
    /* a metre on a side at UTM coordinates: the plain shoelace sum would lose digits */
    const double e = 724000.25, n = 6175000.5;
    const double xy[] = { e, n, e + 1, n, e + 1, n + 1, e, n + 1, e, n };
    double x, y;
    hz_shapes *s = polygon(1, five, xy);
    CHECK_NEAR(hz_shape_area(s, 0), 1, 0);
    hz_shape_centroid(s, 0, &x, &y);
    CHECK_NEAR(x, e + 0.5, 0);
    CHECK_NEAR(y, n + 0.5, 0);
    hz_shapes_free(s);
}

TEST(what_has_no_area_has_no_centre_and_no_pole)
{
    const double flat[] = { 0, 0, 1, 1, 2, 2, 1, 1, 0, 0 };
    double x = 7, y = 7;
    hz_shapes *s = polygon(1, five, flat);
    CHECK_NEAR(hz_shape_area(s, 0), 0, 0);
    CHECK(!hz_shape_pole(s, 0, 0.01, &x, &y, NULL) && x == 7);
    hz_shape_centroid(s, 0, &x, &y);
    CHECK_NAN(x);
    CHECK_NAN(y);
    hz_shapes_free(s);
    CHECK_OK(hz_shapes_new(HZ_POLYGON, 1, 0, 0, &s, &err), err);
    CHECK(isinf(hz_shape_border_distance(s, 0, 0, 0)));
    CHECK(hz_shapes_box(s).xmin > hz_shapes_box(s).xmax);
    CHECK(!hz_shape_holds(s, 0, 0, 0));
    hz_shapes_free(s);
}

TEST(borders_and_vertices_are_inside_and_holes_are_not)
{
    hz_shapes *s = polygon(2, five, holed);
    CHECK(hz_shape_holds(s, 0, 1, 1));
    CHECK(!hz_shape_holds(s, 0, 3, 3));
    CHECK(hz_shape_holds(s, 0, 0, 0));
    CHECK(hz_shape_holds(s, 0, 10, 10));
    CHECK(hz_shape_holds(s, 0, 10, 4));
    CHECK(hz_shape_holds(s, 0, 7, 10));
    CHECK(hz_shape_holds(s, 0, 2, 3));
    CHECK(hz_shape_holds(s, 0, 4, 4));
    CHECK(!hz_shape_holds(s, 0, nextafter(10, 11), 4));
    CHECK(!hz_shape_holds(s, 0, nextafter(2, 3), 3));
    CHECK(!hz_shape_holds(s, 0, NAN, 3));
    hz_shapes_free(s);
}

TEST(the_pole_of_an_l_lies_in_its_corner)
{
    /* arms 2 wide: the largest circle touches the two outer sides and the inner corner
     * (2, 2), so its centre is (r, r) with (2 - r) sqrt(2) = r */
    const size_t seven[] = { 7 };
    const double l[] = { 0, 0, 10, 0, 10, 2, 2, 2, 2, 10, 0, 10, 0, 0 };
    double x, y, d, r = 2 * sqrt(2) / (1 + sqrt(2));
    hz_shapes *s = polygon(1, seven, l);
    CHECK(hz_shape_pole(s, 0, 1e-4, &x, &y, &d));
    CHECK_NEAR(d, r, 1e-4);
    CHECK_NEAR(x, r, 0.02);
    CHECK_NEAR(y, r, 0.02);
    hz_shapes_free(s);
}

TEST(the_pole_keeps_away_from_a_hole)
{
    double x, y, d;
    hz_shapes *s = polygon(2, five, holed);
    CHECK(hz_shape_pole(s, 0, 1e-3, &x, &y, &d));
    CHECK(hz_shape_holds(s, 0, x, y));
    CHECK_NEAR(d, hz_shape_border_distance(s, 0, x, y), 1e-12);
    /* the circle through the hole's corner (4, 4) and two sides: c = 10 - d, d = sqrt2 (c - 4) */
    CHECK_NEAR(d, 6 * sqrt(2) / (1 + sqrt(2)), 1e-3);
    hz_shapes_free(s);
}

TEST(a_strip_a_million_times_as_long_as_wide_has_its_pole_soon)
{
    const double strip[] = { 0, 0, 1e6, 0, 1e6, 1, 0, 1, 0, 0 };
    double x, y, d;
    hz_shapes *s = polygon(1, five, strip);
    CHECK(hz_shape_pole(s, 0, 0.01, &x, &y, &d));
    CHECK_NEAR(d, 0.5, 0.01);
    hz_shapes_free(s);
}

TEST(densified_sides_are_alike_from_both_ends)
{
    const double there[] = { 0.1, 0.7, 3.3, 9.1, 0.1, 0.7, 3.3, 9.1, 0.1, 0.7 };
    hz_shapes *dense, *s = polygon(1, five, there);
    CHECK_OK(hz_shapes_densify(s, 1.7, &dense, &err), err);
    /* each side is 8.985 long: 6 pieces */
    CHECK(dense->points == 4 * 6 + 1);
    for (size_t i = 0; i <= 12; i++)
        CHECK(dense->x[i] == dense->x[12 - i] && dense->y[i] == dense->y[12 - i]);
    CHECK(dense->x[6] == 3.3 && dense->y[6] == 9.1);
    hz_shapes_free(dense);
    CHECK_FAILS(hz_shapes_densify(s, 0, &dense, &err), HZ_EUSAGE, err, "above 0");
    CHECK_FAILS(hz_shapes_densify(s, NAN, &dense, &err), HZ_EUSAGE, err, "above 0");
    hz_shapes_free(s);
}

TEST(selection_keeps_whole_features_in_order)
{
    hz_shapes *s, *kept;
    const unsigned char keep[] = { 1, 0, 1 };
    CHECK_OK(hz_shapes_new(HZ_LINE, 3, 3, 7, &s, &err), err);
    const size_t first_ring[] = { 0, 1, 2, 3 }, first_point[] = { 0, 2, 4, 7 };
    memcpy(s->first_ring, first_ring, sizeof first_ring);
    memcpy(s->first_point, first_point, sizeof first_point);
    for (size_t i = 0; i < 7; i++)
        s->x[i] = (double)i;
    CHECK_OK(hz_shapes_select(s, keep, &kept, &err), err);
    CHECK(kept->features == 2 && kept->rings == 2 && kept->points == 5);
    CHECK(kept->x[0] == 0 && kept->x[1] == 1 && kept->x[2] == 4 && kept->x[4] == 6);
    CHECK(kept->first_point[1] == 2 && kept->first_point[2] == 5);
    CHECK_NEAR(hz_shape_perimeter(kept, 1), 2, 0);
    CHECK_NEAR(hz_shape_area(kept, 1), 0, 0);
    hz_shapes_free(kept);
    hz_shapes_free(s);
    CHECK_OK(hz_shapes_new(HZ_POINT, 3, 0, 3, &s, &err), err);
    s->x[2] = 9;
    s->x[1] = NAN;
    CHECK_OK(hz_shapes_select(s, keep, &kept, &err), err);
    CHECK(kept->points == 2 && kept->x[1] == 9);
    CHECK(hz_shapes_feature_box(s, 1).xmin > hz_shapes_feature_box(s, 1).xmax);
    hz_shapes_free(kept);
    hz_shapes_free(s);
}

TEST(gathered_features_keep_their_order_and_their_holes)
{
    const double plain[] = { 20, 0, 23, 0, 23, 3, 20, 3, 20, 0 };
    hz_shapes *a = polygon(2, five, holed), *b = polygon(1, five, plain), *all;
    const hz_shapes_pick picks[] = { { b, 0 }, { a, 0 }, { b, 0 } };
    CHECK_OK(hz_shapes_gather(HZ_POLYGON, picks, 3, &all, &err), err);
    CHECK(all->features == 3 && all->rings == 4 && all->points == 20);
    CHECK_NEAR(hz_shape_area(all, 0), 9, 0);
    CHECK_NEAR(hz_shape_area(all, 1), 96, 0); /* 10 x 10 less 2 x 2 */
    CHECK_NEAR(hz_shape_area(all, 2), 9, 0);
    hz_shapes_free(all);
    CHECK_OK(hz_shapes_gather(HZ_POLYGON, NULL, 0, &all, &err), err);
    CHECK(all->features == 0 && all->rings == 0 && all->points == 0);
    hz_shapes_free(all);
    hz_shapes_free(a);
    hz_shapes_free(b);
}

static void check_fault(void **state_, size_t rings, const size_t n[], const double xy[],
                        const char *words)
{
    char text[200];
    hz_shapes *s = polygon(rings, n, xy);
    const char *fault = hz_shape_fault(s, 0, text, sizeof text);
    if (!fault || !strstr(fault, words))
        print_error("fault is '%s', expected '%s'\n", fault ? fault : "none", words);
    CHECK(fault && strstr(fault, words));
    hz_shapes_free(s);
}

TEST(faults_are_named_with_their_place)
{
    const double bow_tie[] = { 0, 0, 2, 2, 2, 0, 0, 2, 0, 0 };
    const double open[] = { 0, 0, 2, 0, 2, 2, 0, 2, 0, 1 };
    const double nan[] = { 0, 0, 2, 0, NAN, 2, 0, 2, 0, 0 };
    const double outside[] = { 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 5, 5, 6, 5, 6, 6, 5, 6, 5, 5 };
    const double flat[] = { 0, 0, 1, 1, 2, 2, 0, 0 };
    const size_t four[] = { 4 }, three[] = { 3 };
    char text[200];
    check_fault(state_, 1, five, bow_tie, "crosses itself or another ring near 1 1");
    check_fault(state_, 1, five, open, "not closed near 0 0");
    check_fault(state_, 1, five, nan, "not finite");
    check_fault(state_, 2, five, outside, "hole lies outside its outer ring near 5 5");
    check_fault(state_, 1, four, flat, "no area near 0 0");
    check_fault(state_, 1, three, flat, "fewer than 4 vertices");
    hz_shapes *s = polygon(2, five, holed);
    CHECK(hz_shape_fault(s, 0, text, sizeof text) == NULL);
    s->hole[0] = 1;
    CHECK_TEXT(hz_shape_fault(s, 0, text, sizeof text), "hole without an outer ring");
    hz_shapes_free(s);
    CHECK_OK(hz_shapes_new(HZ_POLYGON, 1, 0, 0, &s, &err), err);
    CHECK(hz_shape_fault(s, 0, text, sizeof text) == NULL);
    hz_shapes_free(s);
}

TEST(a_bow_tie_becomes_two_triangles_and_a_sound_square_stays_the_same_bits)
{
    hz_shapes *s, *fixed;
    size_t repaired = 9;
    const double xy[] = { 0, 0, 2, 2, 2, 0, 0, 2, 0, 0, 0.1, 5, 1, 5, 1, 6, 0.1, 6, 0.1, 5 };
    CHECK_OK(hz_shapes_new(HZ_POLYGON, 3, 2, 10, &s, &err), err);
    for (size_t i = 0; i < 10; i++) {
        s->x[i] = xy[2 * i];
        s->y[i] = xy[2 * i + 1];
    }
    s->first_ring[1] = 1;
    s->first_ring[2] = s->first_ring[3] = 2;
    s->first_point[1] = 5;
    s->first_point[2] = 10;
    CHECK_OK(hz_shapes_repair(s, &fixed, &repaired, &err), err);
    CHECK(repaired == 1 && fixed->features == 3);
    CHECK_NEAR(hz_shape_area(fixed, 0), 2, 1e-15);
    CHECK(fixed->first_ring[1] == 2 && fixed->first_ring[3] == 3);
    size_t at = fixed->first_point[2];
    CHECK(memcmp(fixed->x + at, s->x + 5, 5 * sizeof(double)) == 0);
    CHECK(memcmp(fixed->y + at, s->y + 5, 5 * sizeof(double)) == 0);
    hz_shapes_free(fixed);
    hz_shapes_free(s);
}

TEST(open_rings_are_closed_and_spikes_leave_nothing)
{
    const double open[] = { 0, 0, 2, 0, 2, 2, NAN, 1, 0, 2 };
    const double flat[] = { 0, 0, 1, 1, 2, 2, 1, 1, 0, 0 };
    hz_shapes *fixed, *s = polygon(1, five, open);
    CHECK_OK(hz_shapes_repair(s, &fixed, NULL, &err), err);
    CHECK_NEAR(hz_shape_area(fixed, 0), 4, 0);
    hz_shapes_free(fixed);
    hz_shapes_free(s);
    s = polygon(1, five, flat);
    CHECK_OK(hz_shapes_repair(s, &fixed, NULL, &err), err);
    CHECK(fixed->features == 1 && fixed->first_ring[1] == 0);
    hz_shapes_free(fixed);
    hz_shapes_free(s);
}

TEST(overlap_is_the_area_in_common_less_the_hole)
{
    const double other[] = { 3, 3, 20, 3, 20, 20, 3, 20, 3, 3 };
    const double away[] = { 30, 3, 40, 3, 40, 20, 30, 20, 30, 3 };
    double area = -1;
    hz_shapes *a = polygon(2, five, holed), *b = polygon(1, five, other);
    hz_shapes *c = polygon(1, five, away), *points;
    CHECK_OK(hz_shape_overlap(a, 0, b, 0, &area, &err), err);
    CHECK_NEAR(area, 49 - 1, 1e-13);
    CHECK_OK(hz_shape_overlap(a, 0, c, 0, &area, &err), err);
    CHECK_NEAR(area, 0, 0);
    CHECK_OK(hz_shapes_new(HZ_POINT, 1, 0, 1, &points, &err), err);
    CHECK_FAILS(hz_shape_overlap(a, 0, points, 0, &area, &err), HZ_EUSAGE, err, "two polygons");
    hz_shapes_free(a);
    hz_shapes_free(b);
    hz_shapes_free(c);
    hz_shapes_free(points);
}

static hz_status everything(const hz_shapes *s)
{
    hz_shapes *copy = NULL, *dense = NULL, *fixed = NULL;
    const unsigned char all[] = { 1 };
    double area;
    hz_status st = hz_shapes_select(s, all, &copy, &err);
    if (!st)
        st = hz_shapes_densify(copy, 0.5, &dense, &err);
    if (!st)
        st = hz_shapes_repair(dense, &fixed, NULL, &err);
    if (!st)
        st = hz_shape_overlap(dense, 0, fixed, 0, &area, &err);
    hz_shapes_free(copy);
    hz_shapes_free(dense);
    hz_shapes_free(fixed);
    return st;
}

TEST(every_allocation_that_fails_is_an_error)
{
    const double bow_tie[] = { 0, 0, 2, 2, 2, 0, 0, 2, 0, 0 };
    hz_shapes *s = polygon(1, five, bow_tie);
    int failures = 0;
    for (long n = 1; n < 200; n++) {
        hz_mem_fail_at(n);
        hz_status st = everything(s);
        hz_mem_fail_at(0);
        /* a fault that could not be looked for is repaired in good faith */
        if (st == HZ_EMEMORY)
            failures++;
        else if (st != HZ_EDATA)
            break;
    }
    CHECK(failures >= 20);
    hz_shapes_free(s);
}

RUN_TESTS(T(a_square_with_a_hole_measures_as_by_hand),
          T(a_small_square_far_from_the_origin_keeps_its_area),
          T(what_has_no_area_has_no_centre_and_no_pole),
          T(borders_and_vertices_are_inside_and_holes_are_not),
          T(the_pole_of_an_l_lies_in_its_corner), T(the_pole_keeps_away_from_a_hole),
          T(a_strip_a_million_times_as_long_as_wide_has_its_pole_soon),
          T(densified_sides_are_alike_from_both_ends),
          T(selection_keeps_whole_features_in_order),
          T(gathered_features_keep_their_order_and_their_holes), T(faults_are_named_with_their_place),
          T(a_bow_tie_becomes_two_triangles_and_a_sound_square_stays_the_same_bits),
          T(open_rings_are_closed_and_spikes_leave_nothing),
          T(overlap_is_the_area_in_common_less_the_hole),
          T(every_allocation_that_fails_is_an_error))
