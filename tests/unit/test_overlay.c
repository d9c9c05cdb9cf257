/* Set operations between polygons, against areas done by hand. */
#include "check.h"

#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "hotzone/rng.h"

static hz_error err;
static const double pi = 3.14159265358979323846;

/* A rectangle appended as feature f of `s`, which has room. */
static void set_box(hz_shapes *s, size_t f, double x0, double y0, double x1, double y1)
{
    const double x[] = { x0, x1, x1, x0, x0 }, y[] = { y0, y0, y1, y1, y0 };
    for (size_t i = 0; i < 5; i++) {
        s->x[5 * f + i] = x[i];
        s->y[5 * f + i] = y[i];
    }
    s->first_ring[f + 1] = f + 1;
    s->first_point[f + 1] = 5 * (f + 1);
}

static hz_shapes *boxes(size_t n)
{
    hz_shapes *s = NULL;
    return hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err) ? NULL : s;
}

TEST(two_squares_that_overlap_by_a_quarter)
{
    hz_shapes *s = boxes(2), *made = NULL;
    set_box(s, 0, 0, 0, 10, 10);
    set_box(s, 1, 5, 5, 15, 15);
    const struct { hz_overlay_kind kind; double area; } want[] = {
        { HZ_OVERLAY_UNION, 175 }, { HZ_OVERLAY_INTERSECTION, 25 }, { HZ_OVERLAY_DIFFERENCE, 75 }
    };
    for (size_t i = 0; i < 3; i++) {
        CHECK_OK(hz_overlay(s, 0, s, 1, want[i].kind, &made, &err), err);
        CHECK(made->features == 1);
        CHECK_NEAR(hz_shape_area(made, 0), want[i].area, 1e-9);
        hz_shapes_free(made);
    }
    hz_shapes_free(s);
}

TEST(nothing_in_common_is_a_feature_without_rings)
{
    hz_shapes *s = boxes(2), *made = NULL;
    set_box(s, 0, 0, 0, 1, 1);
    set_box(s, 1, 5, 5, 6, 6);
    CHECK_OK(hz_overlay(s, 0, s, 1, HZ_OVERLAY_INTERSECTION, &made, &err), err);
    CHECK(made->features == 1 && made->rings == 0);
    double x, y, r;
    CHECK(hz_overlay_circle(made, 0, &x, &y, &r, &err) == HZ_EDATA);
    hz_shapes_free(made);
    hz_shapes_free(s);
}

TEST(a_hole_is_cut_out_and_kept)
{
    hz_shapes *s = boxes(2), *made = NULL;
    set_box(s, 0, 0, 0, 10, 10);
    set_box(s, 1, 4, 4, 6, 6);
    CHECK_OK(hz_overlay(s, 0, s, 1, HZ_OVERLAY_DIFFERENCE, &made, &err), err);
    CHECK(made->rings == 2 && made->hole[1] == 1);
    CHECK_NEAR(hz_shape_area(made, 0), 96, 1e-9);
    hz_shapes_free(made);
    hz_shapes_free(s);
}

TEST(a_buffer_of_a_square_has_four_round_corners)
{
    hz_shapes *s = boxes(1), *made = NULL;
    set_box(s, 0, 0, 0, 100, 100);
    CHECK_OK(hz_overlay_buffer(s, 0, 50, &made, &err), err);
    /* each quarter circle is 16 triangles: half r^2 sin(pi / 32) each */
    double corners = 4 * 16 * 0.5 * 50 * 50 * sin(pi / 32);
    CHECK_NEAR(hz_shape_area(made, 0), 10000 + 4 * 50 * 100 + corners, 1e-6);
    hz_shapes_free(made);
    CHECK_OK(hz_overlay_buffer(s, 0, -60, &made, &err), err);
    CHECK(made->rings == 0);
    hz_shapes_free(made);
    CHECK(hz_overlay_buffer(s, 0, NAN, &made, &err) == HZ_EUSAGE);
    hz_shapes_free(s);
}

TEST(hull_and_circle_of_two_boxes)
{
    hz_shapes *s = boxes(2), *both = NULL, *hull = NULL;
    double x, y, r;
    set_box(s, 0, 0, 0, 1, 1);
    set_box(s, 1, 3, 3, 4, 4);
    CHECK_OK(hz_overlay_dissolve(s, NULL, &both, &err), err);
    CHECK(both->rings == 2);
    CHECK_OK(hz_overlay_hull(both, 0, &hull, &err), err);
    /* 16 less two triangles of 3 x 3 / 2 */
    CHECK_NEAR(hz_shape_area(hull, 0), 16 - 9, 1e-12);
    CHECK_OK(hz_overlay_circle(both, 0, &x, &y, &r, &err), err);
    CHECK_NEAR(x, 2, 1e-9);
    CHECK_NEAR(y, 2, 1e-9);
    CHECK_NEAR(r, 2 * sqrt(2), 1e-9);
    hz_shapes_free(hull);
    hz_shapes_free(both);
    hz_shapes_free(s);
}

TEST(generalising_drops_the_vertex_that_is_near_its_line)
{
    hz_shapes *s = NULL, *made = NULL;
    const double x[] = { 0, 50, 100, 100, 0, 0 }, y[] = { 0, 1, 0, 100, 100, 0 };
    CHECK_OK(hz_shapes_new(HZ_POLYGON, 1, 1, 6, &s, &err), err);
    for (size_t i = 0; i < 6; i++) {
        s->x[i] = x[i];
        s->y[i] = y[i];
    }
    s->first_ring[1] = 1;
    s->first_point[1] = 6;
    CHECK_OK(hz_overlay_generalise(s, 0, 2, &made, &err), err);
    CHECK(made->points == 5);
    hz_shapes_free(made);
    CHECK_OK(hz_overlay_generalise(s, 0, 0.5, &made, &err), err);
    CHECK(made->points == 6);
    hz_shapes_free(made);
    CHECK(hz_overlay_generalise(s, 0, -1, &made, &err) == HZ_EUSAGE);
    hz_shapes_free(s);
}

TEST(union_and_intersection_add_up_to_both_areas)
{
    for (uint32_t seed = 0; seed < 200; seed++) {
        hz_rng rng = hz_rng_new(seed, hz_rng_statistic("overlay"), 0, 0);
        hz_shapes *s = boxes(2), *both = NULL, *common = NULL, *rest = NULL;
        double v[8];
        for (size_t i = 0; i < 8; i++)
            v[i] = 1000 * hz_rng_uniform(&rng);
        for (size_t f = 0; f < 2; f++)
            set_box(s, f, v[4 * f], v[4 * f + 1], v[4 * f] + 1 + v[4 * f + 2],
                    v[4 * f + 1] + 1 + v[4 * f + 3]);
        double a = hz_shape_area(s, 0), b = hz_shape_area(s, 1);
        CHECK_OK(hz_overlay(s, 0, s, 1, HZ_OVERLAY_UNION, &both, &err), err);
        CHECK_OK(hz_overlay(s, 0, s, 1, HZ_OVERLAY_INTERSECTION, &common, &err), err);
        CHECK_OK(hz_overlay(s, 0, s, 1, HZ_OVERLAY_DIFFERENCE, &rest, &err), err);
        double u = hz_shape_area(both, 0), c = hz_shape_area(common, 0);
        CHECK_NEAR(u + c, a + b, 1e-6);
        CHECK_NEAR(hz_shape_area(rest, 0), a - c, 1e-6);
        hz_shapes_free(both);
        hz_shapes_free(common);
        hz_shapes_free(rest);
        hz_shapes_free(s);
    }
}

TEST(what_is_no_polygon_is_refused)
{
    hz_shapes *p = NULL, *made = NULL;
    CHECK_OK(hz_shapes_new(HZ_POINT, 1, 0, 1, &p, &err), err);
    CHECK(hz_overlay_hull(p, 0, &made, &err) == HZ_EUSAGE);
    CHECK(hz_overlay_dissolve(p, NULL, &made, &err) == HZ_EUSAGE);
    CHECK(hz_overlay(p, 0, p, 0, HZ_OVERLAY_UNION, &made, &err) == HZ_EUSAGE);
    hz_shapes_free(p);
}

TEST(every_failing_allocation_is_an_error_without_a_leak)
{
    hz_shapes *s = boxes(2);
    set_box(s, 0, 0, 0, 10, 10);
    set_box(s, 1, 5, 5, 15, 15);
    for (long at = 1;; at++) {
        hz_shapes *made = NULL, *all = NULL;
        hz_mem_fail_at(at);
        hz_status st = hz_overlay(s, 0, s, 1, HZ_OVERLAY_UNION, &made, &err);
        if (!st)
            st = hz_overlay_dissolve(s, NULL, &all, &err);
        hz_mem_fail_at(0);
        hz_shapes_free(made);
        hz_shapes_free(all);
        if (!st)
            break;
        CHECK(st == HZ_EMEMORY);
        CHECK(at < 100);
    }
    hz_shapes_free(s);
}

RUN_TESTS(T(two_squares_that_overlap_by_a_quarter),
          T(nothing_in_common_is_a_feature_without_rings), T(a_hole_is_cut_out_and_kept),
          T(a_buffer_of_a_square_has_four_round_corners), T(hull_and_circle_of_two_boxes),
          T(generalising_drops_the_vertex_that_is_near_its_line),
          T(union_and_intersection_add_up_to_both_areas), T(what_is_no_polygon_is_refused),
          T(every_failing_allocation_is_an_error_without_a_leak))
