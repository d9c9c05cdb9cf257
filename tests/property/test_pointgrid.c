/* Counts of a point grid against one test per point, on polygons and points that touch. */
#include <stdlib.h>

#include "check.h"
#include "hotzone/mem.h"
#include "hotzone/pointgrid.h"
#include "hotzone/rng.h"

enum { POINTS = 3000, ROUNDS = 120, DISTANCES = 4 };

/* A star about (cx, cy) with a hole: jagged, and on whole numbers if `whole`, so that points lie on
 * its border; every third has a second part that crosses the first (even-odd). */
static hz_shapes *star(hz_rng *rng, double cx, double cy, double size, bool whole, int kind)
{
    size_t corners = 3 + (size_t)hz_rng_below(rng, 40), rings = kind == 0 ? 1 : 2;
    hz_shapes *s = NULL;
    hz_error err;
    if (hz_shapes_new(HZ_POLYGON, 1, rings, rings * (corners + 1), &s, &err))
        return NULL;
    s->first_ring[1] = rings;
    for (size_t r = 0; r < rings; r++) {
        s->first_point[r + 1] = (r + 1) * (corners + 1);
        s->hole[r] = r == 1 && kind == 1;
        double part = r == 0 ? 1 : kind == 1 ? 0.3 : 0.8, shift = r == 1 && kind == 2 ? size : 0;
        double *x = s->x + s->first_point[r], *y = s->y + s->first_point[r];
        for (size_t i = 0; i < corners; i++) {
            double turn = 6.283185307179586 * ((double)i + 0.3 * hz_rng_uniform(rng)) / (double)corners;
            double far = size * part * (0.4 + 0.6 * hz_rng_uniform(rng));
            x[i] = cx + shift + far * cos(turn);
            y[i] = cy + far * sin(turn);
            if (whole) {
                x[i] = floor(x[i]);
                y[i] = floor(y[i]);
            }
        }
        x[corners] = x[0];
        y[corners] = y[0];
    }
    return s;
}

static void scatter(hz_rng *rng, bool whole, double *x, double *y)
{
    for (size_t i = 0; i < POINTS; i++) {
        bool dense = i % 3 == 0; /* a third lies in one corner */
        x[i] = 724000 + hz_rng_uniform(rng) * (dense ? 40 : 300);
        y[i] = 6176000 + hz_rng_uniform(rng) * (dense ? 20 : 200);
        if (whole) {
            x[i] = floor(x[i]);
            y[i] = floor(y[i]);
        }
    }
    x[7] = NAN;
    y[9] = INFINITY;
}

TEST(counts_and_rings_are_those_of_one_test_per_point)
{
    static double x[POINTS], y[POINTS];
    const double reach[DISTANCES] = { 0, 5, 12.5, 60 };
    hz_error err;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        hz_rng rng = hz_rng_new(11, 1, round, 0);
        bool whole = round % 2;
        scatter(&rng, whole, x, y);
        hz_pointgrid *g = NULL;
        hz_shapes *s = star(&rng, 723990 + 320 * hz_rng_uniform(&rng),
                            6175990 + 220 * hz_rng_uniform(&rng),
                            round % 5 == 4 ? 900 : 5 + 120 * hz_rng_uniform(&rng), whole,
                            (int)(round % 3));
        CHECK(s != NULL);
        CHECK(!hz_pointgrid_new(POINTS, x, y, &g, &err));
        CHECK(hz_pointgrid_size(g) == POINTS - 2);
        size_t held = 0, in[DISTANCES] = { 0 }, out[DISTANCES] = { 0 }, count = 0;
        size_t inside[DISTANCES], outside[DISTANCES];
        for (size_t i = 0; i < POINTS; i++) {
            if (!isfinite(x[i]) || !isfinite(y[i]))
                continue;
            bool holds = hz_shape_holds(s, 0, x[i], y[i]);
            double d = hz_shape_border_distance(s, 0, x[i], y[i]);
            held += holds;
            for (int k = 0; k < DISTANCES; k++)
                (holds ? in : out)[k] += d <= reach[k];
        }
        CHECK(!hz_pointgrid_count(g, s, 0, &count, &err));
        CHECK(count == held);
        CHECK(!hz_pointgrid_rings(g, s, 0, DISTANCES, reach, inside, outside, &err));
        for (int k = 0; k < DISTANCES; k++) {
            CHECK(inside[k] == in[k]);
            CHECK(outside[k] == out[k]);
        }
        hz_pointgrid_hit *hits = NULL;
        size_t n = 0, k = 0;
        CHECK(!hz_pointgrid_near(g, s, 0, 12.5, &hits, &n, &err));
        CHECK(n == in[2] + out[2]);
        for (; k < n; k++) {
            size_t i = hits[k].point;
            CHECK(k == 0 || i > hits[k - 1].point);
            CHECK(hits[k].inside == hz_shape_holds(s, 0, x[i], y[i]));
            CHECK(hits[k].distance == hz_shape_border_distance(s, 0, x[i], y[i]));
        }
        hz_mem_free(hits);
        hz_pointgrid_free(g);
        hz_shapes_free(s);
    }
}

TEST(points_in_one_place_on_one_line_or_nowhere_are_counted_too)
{
    double x[40], y[40];
    size_t count = 0;
    hz_error err;
    hz_rng rng = hz_rng_new(3, 1, 1, 1);
    for (int shape = 0; shape < 4; shape++) {
        hz_pointgrid *g = NULL;
        hz_shapes *s = star(&rng, 10, 10, 8, true, 0);
        size_t held = 0;
        for (int i = 0; i < 40; i++) {
            x[i] = shape == 0 ? 10 : shape == 1 ? i * 0.5 : shape == 2 ? 10 : NAN;
            y[i] = shape == 0 ? 10 : shape == 1 ? 10 : i * 0.5;
            held += hz_shape_holds(s, 0, x[i], y[i]);
        }
        CHECK(!hz_pointgrid_new(40, x, y, &g, &err));
        CHECK(!hz_pointgrid_count(g, s, 0, &count, &err));
        CHECK(count == held);
        hz_pointgrid_free(g);
        hz_shapes_free(s);
    }
}

TEST(a_polygon_without_rings_or_with_a_coordinate_that_is_none_holds_nothing)
{
    const double x[] = { 1, 2, 3 }, y[] = { 1, 2, 3 }, reach[] = { 10 };
    size_t count = 9, in = 9, out = 9;
    hz_pointgrid *g = NULL;
    hz_shapes *none = NULL, *s = NULL;
    hz_error err;
    hz_rng rng = hz_rng_new(3, 1, 1, 2);
    CHECK(!hz_pointgrid_new(3, x, y, &g, &err));
    CHECK(!hz_shapes_new(HZ_POLYGON, 1, 0, 0, &none, &err));
    CHECK(!hz_pointgrid_count(g, none, 0, &count, &err));
    CHECK(count == 0);
    CHECK(!hz_pointgrid_rings(g, none, 0, 1, reach, &in, &out, &err));
    CHECK(in == 0 && out == 0);
    s = star(&rng, 2, 2, 5, false, 0);
    s->x[1] = NAN;
    CHECK(!hz_pointgrid_count(g, s, 0, &count, &err));
    CHECK(count == 0);
    const double bad[] = { 5, 2 };
    size_t two[2], more[2];
    CHECK(hz_pointgrid_rings(g, s, 0, 2, bad, two, more, &err) == HZ_EUSAGE);
    hz_shapes_free(s);
    hz_shapes_free(none);
    hz_pointgrid_free(g);
}

TEST(every_allocation_may_fail)
{
    static double x[POINTS], y[POINTS];
    const double reach[] = { 10 };
    hz_rng rng = hz_rng_new(5, 1, 1, 1);
    scatter(&rng, false, x, y);
    hz_shapes *s = star(&rng, 724100, 6176100, 80, false, 1);
    long at = 1;
    for (; at < 100; at++) {
        hz_pointgrid *g = NULL;
        hz_pointgrid_hit *hits = NULL;
        size_t count = 0, in = 0, out = 0, n = 0;
        hz_error err;
        hz_mem_fail_at(at);
        hz_status st = hz_pointgrid_new(POINTS, x, y, &g, &err);
        if (!st)
            st = hz_pointgrid_count(g, s, 0, &count, &err);
        if (!st)
            st = hz_pointgrid_rings(g, s, 0, 1, reach, &in, &out, &err);
        if (!st)
            st = hz_pointgrid_near(g, s, 0, 10, &hits, &n, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        hz_mem_free(hits);
        hz_pointgrid_free(g);
        if (!st)
            break;
    }
    CHECK(at > 8 && at < 100);
    hz_shapes_free(s);
}

RUN_TESTS(T(counts_and_rings_are_those_of_one_test_per_point),
          T(points_in_one_place_on_one_line_or_nowhere_are_counted_too),
          T(a_polygon_without_rings_or_with_a_coordinate_that_is_none_holds_nothing),
          T(every_allocation_may_fail))
