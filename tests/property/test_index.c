/* The index against its slow twin, hz_shape_holds, on millions of points, easy and unkind. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/index.h"
#include "hotzone/mem.h"

static hz_error err;

/* splitmix64 (Steele, Lea & Flood 2014) */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static double uniform(uint64_t *state)
{
    return (double)(draw(state) >> 11) * 0x1p-53;
}

static size_t below(uint64_t *state, size_t n)
{
    return (size_t)(draw(state) % n);
}

/* ---- polygons -------------------------------------------------------------------------- */

/* Rings of random vertices that cross themselves and each other at will; some features
 * have two rings, some none. */
static hz_shapes *scribbles(uint64_t *seed, size_t features, size_t corners, double scale)
{
    hz_shapes *s;
    if (hz_shapes_new(HZ_POLYGON, features, 2 * features, 2 * features * (corners + 1), &s, &err))
        return NULL;
    s->rings = s->points = 0;
    for (size_t f = 0; f < features; f++) {
        size_t count = below(seed, 8) ? 1 + below(seed, 2) : 0;
        double cx = scale * uniform(seed), cy = scale * uniform(seed);
        double reach = scale * uniform(seed) * 0.3;
        for (size_t r = 0; r < count; r++) {
            size_t first = s->points;
            for (size_t i = 0; i < corners; i++) {
                s->x[s->points] = cx + reach * (uniform(seed) - 0.5);
                s->y[s->points++] = cy + reach * (uniform(seed) - 0.5);
            }
            s->x[s->points] = s->x[first];
            s->y[s->points++] = s->y[first];
            s->hole[s->rings++] = r > 0;
            s->first_point[s->rings] = s->points;
        }
        s->first_ring[f + 1] = s->rings;
    }
    return s;
}

/* A coverage: a jittered lattice of n * n four-cornered cells whose sides are bent at a
 * point drawn per side, so that neighbours share every vertex. */
static hz_shapes *coverage(uint64_t seed, size_t n, bool jitter)
{
    hz_shapes *s;
    size_t m = n + 1;
    double *gx = malloc(m * m * sizeof *gx), *gy = malloc(m * m * sizeof *gy);
    if (!gx || !gy || hz_shapes_new(HZ_POLYGON, n * n, n * n, 9 * n * n, &s, &err))
        return NULL;
    for (size_t i = 0; i < m * m; i++) {
        size_t column = i % m, row = i / m;
        bool free_x = jitter && column > 0 && column < n;
        bool free_y = jitter && row > 0 && row < n;
        gx[i] = (double)column + (free_x ? 0.6 * (uniform(&seed) - 0.5) : 0);
        gy[i] = (double)row + (free_y ? 0.6 * (uniform(&seed) - 0.5) : 0);
    }
    size_t at = 0;
    for (size_t f = 0; f < n * n; f++) {
        size_t c = f / n * m + f % n, corner[5] = { c, c + 1, c + m + 1, c + m, c };
        for (size_t k = 0; k < 4; k++) {
            size_t a = corner[k] < corner[k + 1] ? corner[k] : corner[k + 1];
            size_t b = corner[k] < corner[k + 1] ? corner[k + 1] : corner[k];
            bool rim = (b == a + 1 && (a / m == 0 || a / m == n)) ||
                       (b == a + m && (a % m == 0 || a % m == n));
            uint64_t own = a * 1000003 + b;
            double bend = jitter && !rim ? 0.2 * (uniform(&own) - 0.5) : 0;
            s->x[at] = gx[corner[k]];
            s->y[at++] = gy[corner[k]];
            s->x[at] = (gx[a] + gx[b]) / 2 - bend * (gy[b] - gy[a]);
            s->y[at++] = (gy[a] + gy[b]) / 2 + bend * (gx[b] - gx[a]);
        }
        s->x[at] = gx[c];
        s->y[at++] = gy[c];
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = at;
    }
    free(gx);
    free(gy);
    return s;
}

/* ---- points ----------------------------------------------------------------------------- */

/* A point where an index could slip: at or a shade beside a vertex, on an edge as nearly as doubles
 * allow, at the height of a vertex, on a line that cuts the box in equal parts. */
static void unkind_point(uint64_t *seed, const hz_shapes *s, hz_box box, double *x, double *y)
{
    size_t i = below(seed, s->points - 1);
    double t = uniform(seed), columns = (double)(1 + below(seed, 300));
    *x = box.xmin + (box.xmax - box.xmin) * uniform(seed);
    *y = box.ymin + (box.ymax - box.ymin) * uniform(seed);
    switch (below(seed, 8)) {
    case 0: *x = s->x[i], *y = s->y[i]; break;
    case 1: *y = s->y[i]; break;
    case 2: *x = s->x[i]; break;
    case 3:
        *x = s->x[i] + t * (s->x[i + 1] - s->x[i]);
        *y = s->y[i] + t * (s->y[i + 1] - s->y[i]);
        break;
    case 4:
        *x = nextafter(s->x[i], below(seed, 2) ? INFINITY : -INFINITY);
        *y = nextafter(s->y[i], below(seed, 2) ? INFINITY : -INFINITY);
        break;
    case 5:
        *x = box.xmin + (box.xmax - box.xmin) * floor(columns * uniform(seed)) / columns;
        break;
    case 6:
        *x = (s->x[i] + s->x[i + 1]) / 2;
        *y = (s->y[i] + s->y[i + 1]) / 2;
        break;
    default: break;
    }
}

/* Compares one point's answers with those of every polygon in turn; false if they differ. */
static bool agrees(const hz_index *index, const hz_shapes *s, double x, double y)
{
    int32_t first = HZ_NOWHERE, found, all[64];
    size_t count = 0;
    for (size_t f = 0; f < s->features; f++) {
        if (!hz_shape_holds(s, f, x, y))
            continue;
        if (count == 0)
            first = (int32_t)f;
        all[count++] = (int32_t)f;
    }
    hz_index_locate(index, 0, 1, &x, &y, &found);
    int32_t got[64];
    bool same = hz_index_locate_all(index, x, y, got, 64) == count && found == first;
    for (size_t k = 0; same && k < count; k++)
        same = got[k] == all[k];
    if (!same)
        print_error("at %a %a: index %d, holds %d\n", x, y, (int)found, (int)first);
    return same;
}

TEST(index_and_slow_twin_agree_on_scribbles)
{
    const double scales[] = { 1, 1e6, 1e-9, 1e200 };
    uint64_t seed = 1;
    for (int world = 0; world < 60; world++) {
        hz_index *index;
        size_t corners = 3 + below(&seed, world % 3 == 0 ? 60 : 6);
        hz_shapes *s = scribbles(&seed, 1 + below(&seed, 30), corners, scales[world % 4]);
        CHECK(s != NULL);
        hz_box box = hz_shapes_box(s);
        CHECK_OK(hz_index_new(s, &index, &err), err);
        for (int k = 0; s->points > 0 && k < 4000; k++) {
            double x, y;
            unkind_point(&seed, s, box, &x, &y);
            CHECK(agrees(index, s, x, y));
        }
        hz_index_free(index);
        hz_shapes_free(s);
    }
}

/* Vertices on a small lattice of whole numbers: edges overlap, meet at vertices, run along
 * rows and columns of cells. */
TEST(index_and_slow_twin_agree_on_whole_numbers)
{
    uint64_t seed = 2;
    for (int world = 0; world < 60; world++) {
        hz_index *index;
        double side = (double)(4 << below(&seed, 5));
        hz_shapes *s = scribbles(&seed, 1 + below(&seed, 12), 3 + below(&seed, 12), 1);
        CHECK(s != NULL);
        for (size_t i = 0; i < s->points; i++) {
            s->x[i] = floor(side * s->x[i]);
            s->y[i] = floor(side * s->y[i]);
        }
        hz_box box = hz_shapes_box(s);
        CHECK_OK(hz_index_new(s, &index, &err), err);
        for (int k = 0; s->points > 0 && k < 4000; k++) {
            double x, y;
            unkind_point(&seed, s, box, &x, &y);
            if (k % 2) {
                x = floor(2 * x) / 2;
                y = floor(2 * y) / 2;
            }
            CHECK(agrees(index, s, x, y));
        }
        hz_index_free(index);
        hz_shapes_free(s);
    }
}

/* The cells of a coverage fill the square [0, n]^2: each point within is in one cell, and in
 * more only if it is exactly on a border. */
static void check_coverage(void **state_, hz_shapes *s, size_t n, uint64_t seed)
{
    enum { POINTS = 1000000 };
    double *x = malloc(POINTS * sizeof *x), *y = malloc(POINTS * sizeof *y);
    int32_t *found = malloc(POINTS * sizeof *found);
    hz_index *index;
    size_t lost = 0, twice = 0, wrong = 0;
    CHECK(s && x && y && found);
    hz_box box = hz_shapes_box(s);
    CHECK_OK(hz_index_new(s, &index, &err), err);
    for (size_t i = 0; i < POINTS; i++) {
        if (i % 2)
            unkind_point(&seed, s, box, &x[i], &y[i]);
        else {
            x[i] = (double)n * uniform(&seed);
            y[i] = (double)n * uniform(&seed);
        }
    }
    hz_index_locate(index, 0, POINTS, x, y, found);
    for (size_t i = 0; i < POINTS; i++) {
        int32_t all[8];
        bool in = x[i] >= 0 && x[i] <= (double)n && y[i] >= 0 && y[i] <= (double)n;
        size_t count = hz_index_locate_all(index, x[i], y[i], all, 8);
        lost += in != (found[i] >= 0);
        wrong += count > 0 && (all[0] != found[i] ||
                               !hz_shape_holds(s, (size_t)found[i], x[i], y[i]));
        for (size_t k = 1; k < count && k < 8; k++)
            twice += hz_shape_border_distance(s, (size_t)all[k], x[i], y[i]) > 1e-14 * (double)n;
    }
    CHECK(lost == 0);
    CHECK(twice == 0);
    CHECK(wrong == 0);
    hz_index_free(index);
    hz_shapes_free(s);
    free(x);
    free(y);
    free(found);
}

TEST(a_bent_coverage_loses_no_point_and_counts_none_twice)
{
    check_coverage(state_, coverage(11, 40, true), 40, 12);
}

TEST(a_straight_lattice_loses_no_point_and_counts_none_twice)
{
    check_coverage(state_, coverage(13, 64, false), 64, 14);
}

/* Long thin needles through everything make long lists: the grid must give way, not the answer. */
TEST(needles_across_the_whole_box_are_answered_as_the_slow_twin_does)
{
    enum { NEEDLES = 60 };
    uint64_t seed = 5;
    hz_index *index;
    hz_shapes *s;
    CHECK_OK(hz_shapes_new(HZ_POLYGON, NEEDLES, NEEDLES, 4 * NEEDLES, &s, &err), err);
    for (size_t f = 0; f < NEEDLES; f++) {
        for (size_t i = 4 * f; i < 4 * f + 3; i++) {
            s->x[i] = (i & 1 ? 1 : 0) + 1e-3 * uniform(&seed);
            s->y[i] = uniform(&seed);
        }
        s->x[4 * f + 3] = s->x[4 * f];
        s->y[4 * f + 3] = s->y[4 * f];
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 4 * f + 4;
    }
    hz_box box = hz_shapes_box(s);
    CHECK_OK(hz_index_new(s, &index, &err), err);
    for (int k = 0; k < 50000; k++) {
        double x, y;
        unkind_point(&seed, s, box, &x, &y);
        CHECK(agrees(index, s, x, y));
    }
    hz_index_free(index);
    hz_shapes_free(s);
}

RUN_TESTS(T(index_and_slow_twin_agree_on_scribbles),
          T(index_and_slow_twin_agree_on_whole_numbers),
          T(a_bent_coverage_loses_no_point_and_counts_none_twice),
          T(a_straight_lattice_loses_no_point_and_counts_none_twice),
          T(needles_across_the_whole_box_are_answered_as_the_slow_twin_does))
