/* Pieces of border between polygons, and which sets of them are one zone. */
#include "check.h"

#include <stdbool.h>

#include "hotzone/lattice.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"
#include "hotzone/tiling.h"

static hz_tiling *tile(size_t columns, size_t rows, hz_shapes **squares)
{
    const hz_lattice g = { 0, 0, 10, columns, rows };
    hz_tiling *t = NULL;
    hz_error err;
    if (hz_lattice_squares(&g, NULL, squares, &err) || hz_tiling_new(*squares, &t, &err))
        fail_msg("%s", err.text);
    return t;
}

/* 3 by 3 squares of 10 m: the middle one has four neighbours, a corner one two and one open run. */
TEST(squares_share_a_piece_with_each_neighbour)
{
    hz_shapes *s = NULL;
    hz_tiling *t = tile(3, 3, &s);
    CHECK(t->n == 9 && t->first[5] - t->first[4] == 4 && t->first[1] - t->first[0] == 3);
    CHECK_NEAR(t->perimeter[4], 40, 0);
    CHECK_NEAR(t->area[4], 100, 0);
    CHECK_NEAR(hz_tiling_between(t, 4, 1), 10, 0);
    CHECK_NEAR(hz_tiling_between(t, 4, 0), 0, 0);
    const unsigned char in[9] = { 1, 1, 1, 1 };
    CHECK_NEAR(hz_tiling_shared(t, in, 4), 20, 0);
    CHECK_NEAR(hz_tiling_shared(t, in, 8), 0, 0);
    hz_tiling_free(t);
    hz_shapes_free(s);
}

/* Numbers of the cells: 6 7 8 / 3 4 5 / 0 1 2. */
TEST(a_set_may_grow_and_shrink_only_as_one_zone_without_holes)
{
    hz_shapes *s = NULL;
    hz_tiling *t = tile(3, 3, &s);
    const unsigned char none[9] = { 0 }, one[9] = { 1 };
    CHECK(hz_tiling_may_change(t, none, 0, 4) && hz_tiling_may_change(t, one, 1, 0));
    CHECK(hz_tiling_may_change(t, one, 1, 1) && !hz_tiling_may_change(t, one, 1, 4));
    /* a row: its middle may not go, a far cell not come */
    const unsigned char row[9] = { 1, 1, 1 };
    CHECK(!hz_tiling_may_change(t, row, 3, 1) && hz_tiling_may_change(t, row, 3, 2));
    CHECK(hz_tiling_may_change(t, row, 3, 4) && !hz_tiling_may_change(t, row, 3, 7));
    /* all but the middle and one side: that side would close a ring, its middle may be filled */
    const unsigned char ring[9] = { 1, 1, 1, 1, 0, 1, 1, 0, 1 };
    CHECK(!hz_tiling_may_change(t, ring, 7, 7) && hz_tiling_may_change(t, ring, 7, 4));
    /* the whole square: the middle one would leave a hole, a corner one may go */
    const unsigned char all[9] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    CHECK(!hz_tiling_may_change(t, all, 9, 4) && hz_tiling_may_change(t, all, 9, 0));
    /* an L about the corner 3-4-0-1: without 0, 3 and 1 would meet at a corner only */
    const unsigned char bend[9] = { 1, 1, 0, 1 };
    CHECK(!hz_tiling_may_change(t, bend, 3, 0) && hz_tiling_may_change(t, bend, 3, 4));
    /* three of four: giving up the middle of the bend leaves two that touch at a corner */
    const unsigned char four[9] = { 1, 1, 0, 1, 1 };
    CHECK(hz_tiling_may_change(t, four, 4, 0) && hz_tiling_may_change(t, four, 4, 4));
    hz_tiling_free(t);
    hz_shapes_free(s);
}

/* ---- the local rule beside a slow twin ---------------------------------------------------------- */

enum { SIDE = 5, N = SIDE * SIDE };

static size_t reach(const unsigned char *in, unsigned char wanted, unsigned char *seen, int c, int r)
{
    /* one cell of frame all round is outside */
    bool inside = c >= 0 && c < SIDE && r >= 0 && r < SIDE;
    if (c < -1 || c > SIDE || r < -1 || r > SIDE || seen[(r + 1) * (SIDE + 2) + c + 1] ||
        (inside ? in[r * SIDE + c] : 0) != wanted)
        return 0;
    seen[(r + 1) * (SIDE + 2) + c + 1] = 1;
    return 1 + reach(in, wanted, seen, c + 1, r) + reach(in, wanted, seen, c - 1, r) +
           reach(in, wanted, seen, c, r + 1) + reach(in, wanted, seen, c, r - 1);
}

/* Both the set and all outside it hang together by sides. */
static bool is_zone(const unsigned char *in)
{
    unsigned char seen[(SIDE + 2) * (SIDE + 2)] = { 0 };
    size_t count = 0, first = 0;
    for (size_t u = 0; u < N; u++) {
        first = in[u] && !count ? u : first;
        count += in[u];
    }
    if (count && reach(in, 1, seen, (int)(first % SIDE), (int)(first / SIDE)) != count)
        return false;
    return reach(in, 0, seen, -1, -1) == (SIDE + 2) * (SIDE + 2) - count;
}

TEST(the_local_rule_agrees_with_flooding_on_random_walks_of_sets)
{
    hz_shapes *s = NULL;
    hz_tiling *t = tile(SIDE, SIDE, &s);
    unsigned char in[N] = { 0 };
    size_t count = 0, changes = 0;
    hz_rng rng = hz_rng_new(1, hz_rng_statistic("walk"), 0, 0);
    for (int i = 0; i < 40000; i++) {
        size_t u = (size_t)hz_rng_below(&rng, N);
        bool may = hz_tiling_may_change(t, in, count, u);
        in[u] ^= 1;
        CHECK(may == is_zone(in));
        if (may) {
            count += in[u] ? 1 : (size_t)-1;
            changes++;
        } else {
            in[u] ^= 1;
        }
    }
    CHECK(changes > 1000);
    hz_tiling_free(t);
    hz_shapes_free(s);
}

/* ---- what is no tiling ---------------------------------------------------------------------------- */

static hz_shapes *polygons(size_t n, const size_t *vertices, const double *xy)
{
    hz_shapes *s = NULL;
    hz_error err;
    size_t points = 0;
    for (size_t i = 0; i < n; i++)
        points += vertices[i];
    if (hz_shapes_new(HZ_POLYGON, n, n, points, &s, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < n; i++) {
        s->first_ring[i + 1] = i + 1;
        s->first_point[i + 1] = s->first_point[i] + vertices[i];
    }
    for (size_t p = 0; p < points; p++) {
        s->x[p] = xy[2 * p];
        s->y[p] = xy[2 * p + 1];
    }
    return s;
}

TEST(what_is_no_tiling_is_refused_with_the_place)
{
    const size_t eight[] = { 8 }, four[] = { 4 }, fives[] = { 5, 5, 5 };
    /* two triangles joined at 1 1 */
    const double bow[] = { 0, 0, 1, 1, 2, 0, 2, 2, 1, 1, 0, 2, 0, 1, 0, 0 };
    const double square[] = { 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 1,
                              0, 1, 0, 0, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0 };
    const double flat[] = { 0, 0, 1, 0, 2, 0, 0, 0 };
    hz_tiling *t = NULL;
    hz_error err;
    hz_shapes *s = polygons(1, eight, bow);
    CHECK_FAILS(hz_tiling_new(s, &t, &err), HZ_EDATA, err, "touches itself near 1 1");
    hz_shapes_free(s);
    s = polygons(3, fives, square);
    CHECK_FAILS(hz_tiling_new(s, &t, &err), HZ_EDATA, err, "overlaps another near 0 1");
    s->x[2] = NAN;
    CHECK_FAILS(hz_tiling_new(s, &t, &err), HZ_EDATA, err, "unit 1 has a coordinate");
    s->first_ring[1] = 2;
    s->x[2] = 1;
    CHECK_FAILS(hz_tiling_new(s, &t, &err), HZ_EDATA, err, "unit 1 has 2 rings");
    hz_shapes_free(s);
    s = polygons(1, four, flat);
    CHECK_FAILS(hz_tiling_new(s, &t, &err), HZ_EDATA, err, "no area");
    s->kind = HZ_LINE;
    CHECK_FAILS(hz_tiling_new(s, &t, &err), HZ_EUSAGE, err, "expected polygons");
    s->kind = HZ_POLYGON;
    hz_shapes_free(s);
}

/* Two squares side by side with a bend in their common border: it is one piece. */
TEST(a_border_with_vertices_is_one_piece)
{
    const size_t sixes[] = { 6, 6 };
    const double xy[] = { 0, 0, 2, 0, 3, 1, 2, 2, 0, 2, 0, 0, 2, 0, 4, 0, 4, 2, 2, 2, 3, 1, 2, 0 };
    hz_tiling *t = NULL;
    hz_error err;
    hz_shapes *s = polygons(2, sixes, xy);
    CHECK_OK(hz_tiling_new(s, &t, &err), err);
    CHECK(t->first[1] == 2 && t->first[2] == 4);
    CHECK_NEAR(hz_tiling_between(t, 0, 1), 2 * sqrt(2), 1e-15);
    CHECK_NEAR(hz_tiling_between(t, 1, 0), 2 * sqrt(2), 1e-15);
    hz_tiling_free(t);
    hz_shapes_free(s);
}

TEST(memory_that_runs_out_leaves_nothing)
{
    const hz_lattice g = { 0, 0, 10, 3, 3 };
    hz_shapes *s = NULL;
    hz_error err;
    CHECK_OK(hz_lattice_squares(&g, NULL, &s, &err), err);
    for (long at = 1;; at++) {
        hz_tiling *t = NULL;
        hz_mem_fail_at(at);
        hz_status st = hz_tiling_new(s, &t, &err);
        hz_mem_fail_at(0);
        hz_tiling_free(t);
        if (!st)
            break;
        CHECK(st == HZ_EMEMORY && !t && at < 100);
    }
    hz_shapes_free(s);
}

RUN_TESTS(T(squares_share_a_piece_with_each_neighbour),
          T(a_set_may_grow_and_shrink_only_as_one_zone_without_holes),
          T(the_local_rule_agrees_with_flooding_on_random_walks_of_sets),
          T(what_is_no_tiling_is_refused_with_the_place), T(a_border_with_vertices_is_one_piece),
          T(memory_that_runs_out_leaves_nothing))
