/* Neighbours by borders, cells, number and distance. */
#include "check.h"

#include "hotzone/lattice.h"
#include "hotzone/mem.h"
#include "hotzone/weights.h"

static hz_error err;

/* "1 2;0 2;0 1" */
static const char *rows_of(const hz_csr *csr)
{
    static char text[2000];
    size_t at = 0;
    text[0] = '\0';
    for (size_t i = 0; i < csr->n; i++) {
        for (size_t l = csr->first[i]; l < csr->first[i + 1]; l++)
            at += (size_t)snprintf(text + at, sizeof text - at, "%s%u",
                                   l > csr->first[i] ? " " : "", csr->neighbour[l]);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s", i + 1 < csr->n ? ";" : "");
    }
    return text;
}

static hz_shapes *four_squares(void)
{
    const hz_lattice g = { 724000, 6175000, 100, 2, 2 };
    hz_shapes *s = NULL;
    return hz_lattice_squares(&g, NULL, &s, &err) ? NULL : s;
}

TEST(squares_that_meet_at_a_corner_are_queens_not_rooks)
{
    hz_shapes *s = four_squares();
    hz_csr *queen = NULL, *rook = NULL;
    CHECK_OK(hz_weights_contiguity(s, false, &queen, &err), err);
    CHECK_TEXT(rows_of(queen), "1 2 3;0 2 3;0 1 3;0 1 2");
    CHECK_OK(hz_weights_contiguity(s, true, &rook, &err), err);
    CHECK_TEXT(rows_of(rook), "1 2;0 3;0 3;1 2");
    hz_csr_free(queen);
    hz_csr_free(rook);
    hz_shapes_free(s);
}

/* In files the corners of neighbours differ in the last digit; a stray vertex changes nothing. */
TEST(vertices_that_were_rounded_twice_are_one)
{
    hz_shapes *s = four_squares();
    hz_csr *queen = NULL, *rook = NULL;
    for (size_t p = 0; p < 5; p++) {
        s->x[p] = nextafter(s->x[p], 1e9);
        s->y[p] -= 2e-9;
    }
    CHECK_OK(hz_weights_contiguity(s, false, &queen, &err), err);
    CHECK_TEXT(rows_of(queen), "1 2 3;0 2 3;0 1 3;0 1 2");
    s->x[12] = 1e18;
    CHECK_OK(hz_weights_contiguity(s, true, &rook, &err), err);
    CHECK_TEXT(rows_of(rook), "1 2;0 3;0;1");
    hz_csr_free(queen);
    hz_csr_free(rook);
    /* a millimetre apart they are two */
    for (size_t p = 0; p < 5; p++)
        s->y[p] -= 1e-3;
    CHECK_OK(hz_weights_contiguity(s, false, &queen, &err), err);
    CHECK_TEXT(rows_of(queen), ";2 3;1 3;1 2");
    hz_csr_free(queen);
    hz_shapes_free(s);
}

TEST(a_shape_without_rings_or_far_off_has_no_neighbours)
{
    hz_shapes *s = four_squares();
    hz_csr *queen = NULL;
    for (size_t p = 15; p < 20; p++)
        s->x[p] += 1e9;
    CHECK_OK(hz_weights_contiguity(s, false, &queen, &err), err);
    CHECK_TEXT(rows_of(queen), "1 2;0 2;0 1;");
    hz_csr_free(queen);
    hz_shapes_free(s);
}

TEST(points_have_no_borders)
{
    hz_shapes *s = NULL;
    hz_csr *csr = NULL;
    CHECK_OK(hz_shapes_new(HZ_POINT, 2, 0, 2, &s, &err), err);
    CHECK_FAILS(hz_weights_contiguity(s, false, &csr, &err), HZ_EUSAGE, err, "want polygons");
    hz_shapes_free(s);
}

TEST(cells_know_their_neighbours_with_holes_and_far_apart)
{
    const int32_t column[] = { 0, 1, 0, 2000000000, 1 }, row[] = { 0, 0, 1, -2000000000, 2 };
    hz_csr *queen = NULL, *rook = NULL;
    CHECK_OK(hz_weights_cells(5, column, row, false, &queen, &err), err);
    CHECK_TEXT(rows_of(queen), "1 2;0 2;0 1 4;;2");
    CHECK_OK(hz_weights_cells(3, column, row, true, &rook, &err), err);
    CHECK_TEXT(rows_of(rook), "1 2;0;0");
    hz_csr_free(queen);
    hz_csr_free(rook);
}

TEST(a_cell_given_twice_is_refused)
{
    const int32_t column[] = { 4, 5, 4 }, row[] = { 1, 1, 1 };
    hz_csr *csr = NULL;
    CHECK_FAILS(hz_weights_cells(3, column, row, false, &csr, &err), HZ_EDATA, err,
                "column 4, row 1 is there twice");
    CHECK(csr == NULL);
}

/* Cell * sqrt(2) in floating point often falls short of a cell's diagonal. */
TEST(a_band_of_a_diagonal_holds_the_diagonals)
{
    double x[9], y[9];
    hz_csr *csr = NULL;
    for (int i = 0; i < 9; i++) {
        x[i] = 33.3 * (i % 3);
        y[i] = 33.3 * (i / 3);
    }
    CHECK_OK(hz_weights_band(9, x, y, 33.3 * sqrt(2.0), false, &csr, &err), err);
    CHECK(hz_csr_count(csr, 4) == 8);
    CHECK(hz_csr_count(csr, 0) == 3);
    hz_csr_free(csr);
    csr = NULL;
    CHECK_OK(hz_weights_band(9, x, y, 33.3 * (1 - 1e-6), false, &csr, &err), err);
    CHECK(csr->first[9] == 0);
    hz_csr_free(csr);
}

TEST(inverse_distances_are_at_most_one)
{
    const double x[] = { 0, 0, 4 }, y[] = { 0, 0, 0 };
    hz_csr *csr = NULL;
    CHECK_OK(hz_weights_band(3, x, y, 4, true, &csr, &err), err);
    CHECK_TEXT(rows_of(csr), "1 2;0 2;0 1");
    CHECK(csr->weight[0] == 1 && csr->weight[1] == 0.25);
    CHECK(!hz_csr_equal(csr, 0) && hz_csr_equal(csr, 2));
    hz_csr_free(csr);
}

/* Of the two at distance 1 from the first, the lower number is nearer. */
TEST(equal_distances_go_to_the_lower_number)
{
    const double x[] = { 0, 0, 1, -1, 5 }, y[] = { 0, 1, 0, 0, 5 };
    hz_csr *csr = NULL;
    CHECK_OK(hz_weights_nearest(5, x, y, 2, &csr, &err), err);
    CHECK_TEXT(rows_of(csr), "1 2;0 2;0 1;0 1;1 2");
    hz_csr_free(csr);
    csr = NULL;
    CHECK_FAILS(hz_weights_nearest(5, x, y, 5, &csr, &err), HZ_EDATA, err, "5 nearest of 5 units");
    CHECK_FAILS(hz_weights_nearest(5, x, y, 0, &csr, &err), HZ_EUSAGE, err, "expected 1 or more");
}

TEST(a_unit_without_a_place_has_no_distances)
{
    const double x[] = { 0, NAN, 1 }, y[] = { 0, 0, 0 };
    hz_csr *csr = NULL;
    CHECK_FAILS(hz_weights_band(3, x, y, 1, false, &csr, &err), HZ_EDATA, err,
                "unit 2 has no place");
    CHECK_FAILS(hz_weights_band(2, x, y, 0, false, &csr, &err), HZ_EUSAGE, err, "band of 0");
}

TEST(selected_links_are_renumbered)
{
    const int32_t column[] = { 0, 1, 2, 3 }, row[] = { 0, 0, 0, 0 };
    const unsigned char keep[] = { 1, 0, 1, 1 };
    hz_csr *csr = NULL, *part = NULL;
    CHECK_OK(hz_weights_cells(4, column, row, false, &csr, &err), err);
    CHECK_OK(hz_csr_select(csr, keep, &part, &err), err);
    CHECK_TEXT(rows_of(part), ";2;1");
    hz_csr_free(csr);
    hz_csr_free(part);
}

TEST(without_memory_there_are_no_neighbours)
{
    const double x[] = { 0, 1, 2, 3 }, y[] = { 0, 0, 0, 0 };
    const int32_t column[] = { 0, 1, 2, 2000000000 }, row[] = { 0, 0, 0, 0 };
    hz_shapes *s = four_squares();
    int failed = 0;
    for (long n = 1; n < 80; n++) {
        hz_csr *csr = NULL;
        hz_status st;
        hz_mem_fail_at(n / 4 + 1);
        switch (n % 4) {
        case 0: st = hz_weights_contiguity(s, n % 8 == 0, &csr, &err); break;
        case 1: st = hz_weights_cells(4, column, row, false, &csr, &err); break;
        case 2: st = hz_weights_nearest(4, x, y, 2, &csr, &err); break;
        default: st = hz_weights_band(4, x, y, 1, true, &csr, &err);
        }
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        CHECK((csr != NULL) == (st == HZ_OK));
        failed += st != HZ_OK;
        hz_csr_free(csr);
    }
    CHECK(failed > 20);
    hz_shapes_free(s);
}

RUN_TESTS(T(squares_that_meet_at_a_corner_are_queens_not_rooks),
          T(vertices_that_were_rounded_twice_are_one),
          T(a_shape_without_rings_or_far_off_has_no_neighbours), T(points_have_no_borders),
          T(cells_know_their_neighbours_with_holes_and_far_apart), T(a_cell_given_twice_is_refused),
          T(a_band_of_a_diagonal_holds_the_diagonals), T(inverse_distances_are_at_most_one),
          T(equal_distances_go_to_the_lower_number), T(a_unit_without_a_place_has_no_distances),
          T(selected_links_are_renumbered), T(without_memory_there_are_no_neighbours))
