/* Residents of polygons: areas shared out by hand, by cells, by points, with water and gaps. */
#include <stdlib.h>

#include "check.h"
#include "hotzone/mem.h"
#include "hotzone/reside.h"
#include "hotzone/rng.h"

/* n boxes x y w h. */
static hz_shapes *boxes(size_t n, const double (*b)[4])
{
    hz_shapes *s = NULL;
    hz_error err;
    if (hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const double x = b[i][0], y = b[i][1], w = b[i][2], h = b[i][3];
        const double xs[] = { x, x + w, x + w, x, x }, ys[] = { y, y, y + h, y + h, y };
        s->first_ring[i + 1] = i + 1;
        s->first_point[i + 1] = 5 * (i + 1);
        memcpy(s->x + 5 * i, xs, sizeof xs);
        memcpy(s->y + 5 * i, ys, sizeof ys);
    }
    return s;
}

static double residents(const hz_reside *r, double x, double y, double w, double h)
{
    const double b[1][4] = { { x, y, w, h } };
    hz_shapes *s = boxes(1, b);
    double people = -1;
    hz_error err;
    if (hz_reside_count(r, s, 0, &people, &err))
        people = -1;
    hz_shapes_free(s);
    return people;
}

static const double two[2][4] = { { 0, 0, 100, 100 }, { 100, 0, 100, 100 } };

TEST(people_of_an_area_are_shared_out_by_area)
{
    const double people[] = { 400, 1000 };
    hz_shapes *units = boxes(2, two);
    hz_reside *r = NULL;
    hz_error err;
    CHECK(!hz_reside_new(units, people, NULL, &r, &err));
    CHECK_TEXT(hz_reside_method(r), "areal");
    CHECK_NEAR(residents(r, 50, 0, 100, 50), 400 / 4.0 + 1000 / 4.0, 1e-9);
    CHECK_NEAR(residents(r, -10, -10, 300, 300), 1400, 1e-9);
    CHECK(residents(r, 300, 300, 10, 10) == 0);
    CHECK_NEAR(residents(r, 10, 10, 10, 10), 4, 1e-9); /* wholly within one area */
    hz_reside_free(r);
    hz_shapes_free(units);
}

/* The lower half of the first area is a lake: its 400 live on the upper 5,000 square metres. */
TEST(nobody_lives_on_water)
{
    const double people[] = { 400, 1000 }, lake[1][4] = { { -5, -5, 105, 55 } };
    hz_shapes *units = boxes(2, two), *water = boxes(1, lake);
    hz_reside *r = NULL;
    hz_error err;
    CHECK(!hz_reside_new(units, people, water, &r, &err));
    CHECK_NEAR(residents(r, 0, 0, 100, 50), 0, 1e-9);
    CHECK_NEAR(residents(r, 0, 50, 50, 50), 200, 1e-9);
    CHECK_NEAR(residents(r, 0, 0, 200, 100), 1400, 1e-9);
    hz_reside_free(r);
    hz_shapes_free(units);
    hz_shapes_free(water);
}

TEST(an_area_without_a_figure_is_not_nobody)
{
    const double people[] = { 400, NAN };
    hz_shapes *units = boxes(2, two);
    hz_reside *r = NULL;
    hz_error err;
    CHECK(!hz_reside_new(units, people, NULL, &r, &err));
    CHECK_NEAR(residents(r, 0, 0, 100, 100), 400, 1e-9); /* touches it, no more */
    CHECK_NAN(residents(r, 50, 0, 60, 50));
    hz_reside_free(r);
    hz_shapes_free(units);
}

TEST(points_are_counted_where_they_are_borders_included)
{
    const double people[] = { 3, 4, 5 };
    hz_shapes *units = NULL;
    hz_reside *r = NULL;
    hz_error err;
    CHECK(!hz_shapes_new(HZ_POINT, 3, 0, 3, &units, &err));
    units->x[0] = 10, units->y[0] = 10;
    units->x[1] = 20, units->y[1] = 20; /* on the corner */
    units->x[2] = NAN, units->y[2] = NAN;
    CHECK(!hz_reside_new(units, people, NULL, &r, &err));
    CHECK_TEXT(hz_reside_method(r), "points");
    CHECK(residents(r, 0, 0, 20, 20) == 7);
    CHECK(residents(r, 0, 0, 19, 19) == 3);
    hz_reside_free(r);
    hz_shapes_free(units);
}

TEST(cells_get_all_residents_between_them)
{
    hz_rng rng = hz_rng_new(1, 2, 3, 4);
    double b[30][4], people[30], sum = 0, got = 0, unknown = 0;
    static double cell[40 * 40], lack[40 * 40];
    hz_error err;
    for (int i = 0; i < 30; i++) {
        b[i][0] = 5 + 300 * hz_rng_uniform(&rng), b[i][1] = 5 + 300 * hz_rng_uniform(&rng);
        b[i][2] = 1 + 80 * hz_rng_uniform(&rng), b[i][3] = 1 + 80 * hz_rng_uniform(&rng);
        people[i] = i == 7 ? NAN : floor(1000 * hz_rng_uniform(&rng));
        sum += i == 7 ? 0 : people[i];
    }
    hz_shapes *units = boxes(30, (const double (*)[4])b);
    hz_reside *r = NULL;
    hz_lattice l = { 0, 0, 10, 40, 40 };
    CHECK(!hz_reside_new(units, people, NULL, &r, &err));
    CHECK(!hz_reside_spread(r, &l, cell, lack, &err));
    for (int i = 0; i < 1600; i++) {
        got += cell[i];
        unknown += lack[i] * 100;
    }
    CHECK_NEAR(got, sum, 1e-6);
    CHECK_NEAR(unknown, b[7][2] * b[7][3], 1e-6);
    hz_reside_free(r);
    hz_shapes_free(units);
}

TEST(what_cannot_be_is_refused_and_every_allocation_may_fail)
{
    const double bad[] = { -1, 5 }, people[] = { 1, 5 }, lake[1][4] = { { -5, -5, 105, 55 } };
    hz_shapes *units = boxes(2, two), *water = boxes(1, lake);
    hz_reside *r = NULL;
    hz_error err;
    CHECK(hz_reside_new(units, bad, NULL, &r, &err) == HZ_EDATA);
    long at = 1;
    for (; at < 300; at++) {
        static double cell[100], lack[100];
        hz_lattice l = { 0, 0, 20, 10, 10 };
        double got = 0;
        r = NULL;
        hz_mem_fail_at(at);
        hz_status st = hz_reside_new(units, people, water, &r, &err);
        if (!st)
            st = hz_reside_count(r, units, 0, &got, &err);
        if (!st)
            st = hz_reside_spread(r, &l, cell, lack, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        hz_reside_free(r);
        if (!st)
            break;
    }
    CHECK(at > 10 && at < 300);
    hz_shapes_free(units);
    hz_shapes_free(water);
}

RUN_TESTS(T(people_of_an_area_are_shared_out_by_area), T(nobody_lives_on_water),
          T(an_area_without_a_figure_is_not_nobody),
          T(points_are_counted_where_they_are_borders_included),
          T(cells_get_all_residents_between_them),
          T(what_cannot_be_is_refused_and_every_allocation_may_fail))
