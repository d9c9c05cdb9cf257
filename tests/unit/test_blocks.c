/* Blocks between lines. */
#include "check.h"

#include "hotzone/blocks.h"
#include "hotzone/mem.h"
#include "hotzone/tiling.h"

static hz_shapes *make(hz_shape_kind kind, size_t rings, const size_t *vertices, const double *xy)
{
    hz_shapes *s = NULL;
    hz_error err;
    size_t points = 0;
    for (size_t r = 0; r < rings; r++)
        points += vertices[r];
    if (hz_shapes_new(kind, rings, rings, points, &s, &err))
        fail_msg("%s", err.text);
    for (size_t r = 0; r < rings; r++) {
        s->first_ring[r + 1] = r + 1;
        s->first_point[r + 1] = s->first_point[r] + vertices[r];
    }
    for (size_t p = 0; p < points; p++) {
        s->x[p] = xy[2 * p];
        s->y[p] = xy[2 * p + 1];
    }
    return s;
}

/* Streets at x = 3 and y = 4 over a square of 10: four blocks of 12, 28, 18 and 42, from the south;
 * a dead end in one of them divides nothing. */
TEST(streets_divide_an_area_into_blocks)
{
    const size_t fives[] = { 5 }, twos[] = { 2, 2, 2 };
    const double xy[] = { 0, 0, 10, 0, 10, 10, 0, 10, 0, 0 };
    const double lines[] = { 3, -5, 3, 15, -5, 4, 15, 4, 3, 8, 6, 8 };
    hz_shapes *area = make(HZ_POLYGON, 1, fives, xy), *streets = make(HZ_LINE, 3, twos, lines);
    hz_shapes *blocks = NULL;
    double *land = NULL;
    hz_tiling *t = NULL;
    hz_error err;
    CHECK_OK(hz_blocks_new(streets, area, &blocks, &land, &err), err);
    CHECK(blocks->features == 4);
    const double want[] = { 12, 28, 18, 42 };
    for (size_t i = 0; i < 4; i++)
        CHECK_NEAR(land[i], want[i], 1e-12);
    CHECK_OK(hz_tiling_new(blocks, &t, &err), err);
    CHECK_NEAR(hz_tiling_between(t, 0, 1), 4, 1e-12);
    CHECK_NEAR(hz_tiling_between(t, 1, 3), 7, 1e-12);
    CHECK_NEAR(hz_tiling_between(t, 0, 3), 0, 1e-12);
    hz_tiling_free(t);
    hz_mem_free(land);
    hz_shapes_free(blocks);
    hz_shapes_free(streets);
    hz_shapes_free(area);
}

/* A square of streets that touches no other lies within a block: it is part of it. */
TEST(a_block_within_a_block_is_joined_to_it)
{
    const size_t fives[] = { 5 }, inner[] = { 5 };
    const double xy[] = { 0, 0, 10, 0, 10, 10, 0, 10, 0, 0 };
    const double square[] = { 4, 4, 6, 4, 6, 6, 4, 6, 4, 4 };
    hz_shapes *area = make(HZ_POLYGON, 1, fives, xy), *streets = make(HZ_LINE, 1, inner, square);
    hz_shapes *blocks = NULL;
    double *land = NULL;
    hz_error err;
    CHECK_OK(hz_blocks_new(streets, area, &blocks, &land, &err), err);
    CHECK(blocks->features == 1 && blocks->rings == 1);
    CHECK_NEAR(land[0], 100, 1e-12);
    hz_mem_free(land);
    hz_shapes_free(blocks);
    hz_shapes_free(streets);
    hz_shapes_free(area);
}

/* The same square as a lake: a hole of the area, which is inside the ring but no land. */
TEST(a_hole_in_the_area_is_no_land)
{
    const size_t rings[] = { 5, 5 }, two[] = { 2 };
    const double xy[] = { 0, 0, 10, 0, 10, 10, 0, 10, 0, 0, 4, 4, 4, 6, 6, 6, 6, 4, 4, 4 };
    const double line[] = { 8, -1, 8, 11 };
    hz_shapes *area = NULL, *streets = make(HZ_LINE, 1, two, line), *blocks = NULL;
    double *land = NULL;
    hz_error err;
    CHECK_OK(hz_shapes_new(HZ_POLYGON, 1, 2, 10, &area, &err), err);
    area->first_ring[1] = 2;
    area->hole[1] = 1;
    for (size_t r = 0; r < 2; r++)
        area->first_point[r + 1] = area->first_point[r] + rings[r];
    for (size_t p = 0; p < 10; p++) {
        area->x[p] = xy[2 * p];
        area->y[p] = xy[2 * p + 1];
    }
    CHECK_OK(hz_blocks_new(streets, area, &blocks, &land, &err), err);
    CHECK(blocks->features == 2 && blocks->rings == 2);
    CHECK_NEAR(land[0], 76, 1e-12);
    CHECK_NEAR(hz_shape_area(blocks, 0), 80, 1e-12);
    CHECK_NEAR(land[1], 20, 1e-12);
    hz_mem_free(land);
    hz_shapes_free(blocks);
    hz_shapes_free(streets);
    hz_shapes_free(area);
}

TEST(lines_that_enclose_nothing_are_refused)
{
    const size_t twos[] = { 2, 2 };
    const double lines[] = { 0, 0, 10, 0, 5, -5, 5, 5 };
    hz_shapes *streets = make(HZ_LINE, 2, twos, lines), *blocks = NULL;
    double *land = NULL;
    hz_error err;
    CHECK_FAILS(hz_blocks_new(streets, NULL, &blocks, &land, &err), HZ_EDATA, err,
                "enclose nothing");
    streets->x[0] = NAN; /* the line ends there: one vertex is left of it */
    CHECK_FAILS(hz_blocks_new(streets, NULL, &blocks, &land, &err), HZ_EDATA, err,
                "enclose nothing");
    streets->kind = HZ_POINT;
    CHECK_FAILS(hz_blocks_new(streets, NULL, &blocks, &land, &err), HZ_EUSAGE, err,
                "expected lines");
    streets->kind = HZ_LINE;
    hz_shapes_free(streets);
}

TEST(memory_that_runs_out_leaves_nothing)
{
    const size_t fives[] = { 5 }, twos[] = { 2, 2 };
    const double xy[] = { 0, 0, 10, 0, 10, 10, 0, 10, 0, 0 };
    const double lines[] = { 3, -5, 3, 15, -5, 4, 15, 4 };
    hz_shapes *area = make(HZ_POLYGON, 1, fives, xy), *streets = make(HZ_LINE, 2, twos, lines);
    hz_error err;
    for (long at = 1;; at++) {
        hz_shapes *blocks = NULL;
        double *land = NULL;
        hz_mem_fail_at(at);
        hz_status st = hz_blocks_new(streets, area, &blocks, &land, &err);
        hz_mem_fail_at(0);
        hz_shapes_free(blocks);
        hz_mem_free(land);
        if (!st)
            break;
        CHECK(st == HZ_EMEMORY && !blocks && !land && at < 1000);
    }
    hz_shapes_free(streets);
    hz_shapes_free(area);
}

RUN_TESTS(T(streets_divide_an_area_into_blocks), T(a_block_within_a_block_is_joined_to_it),
          T(a_hole_in_the_area_is_no_land), T(lines_that_enclose_nothing_are_refused),
          T(memory_that_runs_out_leaves_nothing))
