/* Lattices: aligned to round numbers, every point in one cell, shares of cells by area. */
#include "check.h"

#include "hotzone/lattice.h"

static hz_error err;

TEST(lines_lie_at_whole_multiples_of_the_side)
{
    hz_lattice g;
    CHECK_OK(hz_lattice_over((hz_box){724130, 6175001, 724870, 6175399}, 250, 0, 0, &g, &err), err);
    CHECK(g.x0 == 724000 && g.y0 == 6175000 && g.columns == 4 && g.rows == 2);
    CHECK_OK(hz_lattice_over((hz_box){ -10, -10, 10, 10 }, 20, 0.5, 0.25, &g, &err), err);
    CHECK(g.x0 == -10 && g.y0 == -15 && g.columns == 2 && g.rows == 2);
}

TEST(a_point_is_in_the_cell_to_its_south_west)
{
    const hz_lattice g = { 100, 200, 10, 3, 2 };
    CHECK(hz_lattice_cell(&g, 100, 200) == 0);
    CHECK(hz_lattice_cell(&g, 110, 200) == 1);
    CHECK(hz_lattice_cell(&g, 129.9, 219.9) == 5);
    CHECK(hz_lattice_cell(&g, 99.9, 200) == SIZE_MAX);
    CHECK(hz_lattice_cell(&g, 131, 200) == SIZE_MAX);
    CHECK(hz_lattice_cell(&g, NAN, 200) == SIZE_MAX);
}

TEST(boxes_that_cannot_be_covered_are_refused)
{
    hz_lattice g;
    const hz_box box = { 0, 0, 1e9, 1e9 }, empty = { 1, 1, 0, 0 };
    CHECK_FAILS(hz_lattice_over(box, 10, 0, 0, &g, &err), HZ_EDATA, err, "take a larger cell");
    CHECK_FAILS(hz_lattice_over(box, 0, 0, 0, &g, &err), HZ_EUSAGE, err, "side over 0");
    CHECK_FAILS(hz_lattice_over(empty, 10, 0, 0, &g, &err), HZ_EDATA, err, "nothing to cover");
}

/* A right triangle of legs 2 over cells of 1: one whole cell and two halves. */
TEST(a_triangle_covers_half_of_the_cells_on_its_slope)
{
    const hz_lattice g = { 0, 0, 1, 3, 2 };
    double x[] = { 0, 2, 0, 0 }, y[] = { 0, 0, 2, 0 }, share[6];
    size_t ring[] = { 0, 1 }, point[] = { 0, 4 };
    unsigned char hole[] = { 0 };
    hz_shapes s = { HZ_POLYGON, 1, 1, 4, ring, point, hole, x, y };
    const double want[] = { 1, 0.5, 0, 0.5, 0, 0 };
    hz_lattice_cover(&g, &s, share);
    for (int c = 0; c < 6; c++)
        CHECK_NEAR(share[c], want[c], 1e-15);
    /* and walked the other way round */
    double turned_x[] = { 0, 0, 2, 0 }, turned_y[] = { 0, 2, 0, 0 };
    s.x = turned_x;
    s.y = turned_y;
    hz_lattice_cover(&g, &s, share);
    for (int c = 0; c < 6; c++)
        CHECK_NEAR(share[c], want[c], 1e-15);
}

/* A square of 3 with a hole of 1 in its middle, both against the clock, half outside the lattice.
 */
TEST(holes_are_taken_out_and_what_sticks_out_is_cut)
{
    const hz_lattice g = { 1, 0, 1, 2, 3 };
    double x[] = { 0, 3, 3, 0, 0, 1, 2, 2, 1, 1 }, y[] = { 0, 0, 3, 3, 0, 1, 1, 2, 2, 1 }, share[6];
    size_t ring[] = { 0, 2 }, point[] = { 0, 5, 10 };
    unsigned char hole[] = { 0, 1 };
    const hz_shapes s = { HZ_POLYGON, 1, 2, 10, ring, point, hole, x, y };
    const double want[] = { 1, 1, 0, 1, 1, 1 };
    hz_lattice_cover(&g, &s, share);
    for (int c = 0; c < 6; c++)
        CHECK_NEAR(share[c], want[c], 1e-15);
}

/* The share of an irregular polygon, summed, is its area, wherever the lattice lies. */
TEST(shares_add_up_to_the_area)
{
    double x[] = { 0.3, 7.1, 9.4, 4.2, 5.5, 1.1, 0.3 }, y[] = { 0.7, 0.2, 6.6, 4.9, 8.8, 7.3, 0.7 };
    size_t ring[] = { 0, 1 }, point[] = { 0, 7 };
    unsigned char hole[] = { 0 };
    const hz_shapes s = { HZ_POLYGON, 1, 1, 7, ring, point, hole, x, y };
    for (double side = 0.3; side < 4; side += 0.37) {
        hz_lattice g;
        static double share[2000];
        double sum = 0;
        CHECK_OK(hz_lattice_over(hz_shapes_box(&s), side, 0.3, 0.6, &g, &err), err);
        CHECK(g.columns * g.rows <= 2000);
        hz_lattice_cover(&g, &s, share);
        for (size_t c = 0; c < g.columns * g.rows; c++) {
            CHECK(share[c] >= 0 && share[c] <= 1);
            sum += share[c] * side * side;
        }
        CHECK_NEAR(sum, hz_shape_area(&s, 0), 1e-10);
    }
}

RUN_TESTS(T(lines_lie_at_whole_multiples_of_the_side), T(a_point_is_in_the_cell_to_its_south_west),
          T(boxes_that_cannot_be_covered_are_refused),
          T(a_triangle_covers_half_of_the_cells_on_its_slope),
          T(holes_are_taken_out_and_what_sticks_out_is_cut), T(shares_add_up_to_the_area))
