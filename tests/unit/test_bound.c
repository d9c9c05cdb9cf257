/* Bounds of hidden numbers against tables small enough to write out. */
#include "check.h"

#include "hotzone/bound.h"

static hz_error err;

TEST(one_known_sum_bounds_its_parts)
{
    const uint32_t both[] = { 0, 1 }, one[] = { 0 };
    hz_bound *b = NULL;
    hz_bound_range r;
    CHECK_OK(hz_bound_new(3, &b, &err), err);
    CHECK_OK(hz_bound_know(b, both, 2, 7, 7, &err), err);
    CHECK_OK(hz_bound_find(b, one, 1, &r, NULL, &err), err);
    CHECK(r.low == 0 && r.high == 7 && r.exact);
    const uint32_t third[] = { 2 };
    CHECK_OK(hz_bound_find(b, third, 1, &r, NULL, &err), err);
    CHECK(r.low == 0 && isinf(r.high));
    hz_bound_free(b);
}

/*  a b | 5
 *  c d | 3
 *  ----
 *  6 2      a is 3..5: at least 6 - 3, at most 5 */
TEST(margins_of_a_two_by_two_table_bound_its_cells)
{
    const uint32_t sums[4][2] = { { 0, 1 }, { 2, 3 }, { 0, 2 }, { 1, 3 } };
    const double totals[4] = { 5, 3, 6, 2 }, low[4] = { 3, 0, 1, 0 }, high[4] = { 5, 2, 3, 2 };
    unsigned char tight[4];
    hz_bound *b = NULL;
    hz_bound_range r;
    CHECK_OK(hz_bound_new(4, &b, &err), err);
    for (size_t f = 0; f < 4; f++)
        CHECK_OK(hz_bound_know(b, sums[f], 2, totals[f], totals[f], &err), err);
    for (uint32_t cell = 0; cell < 4; cell++) {
        CHECK_OK(hz_bound_find(b, &cell, 1, &r, tight, &err), err);
        CHECK(r.low == low[cell] && r.high == high[cell]);
    }
    /* forget the rows: a may be anything up to its column */
    hz_bound_forget(b, 0);
    hz_bound_forget(b, 1);
    const uint32_t a = 0;
    CHECK_OK(hz_bound_find(b, &a, 1, &r, tight, &err), err);
    CHECK(r.low == 0 && r.high == 6);
    CHECK(hz_bound_facts(b) == 4);
    hz_bound_free(b);
}

/* x + y = y + z = x + z = 3 has a solution of halves only; with w to take up the odd one the linear
 * bound of x is 0..3 and the whole one too, but 2x + ... of an odd cycle is caught */
TEST(what_only_halves_solve_is_no_table)
{
    const uint32_t sums[3][2] = { { 0, 1 }, { 1, 2 }, { 0, 2 } };
    const uint32_t x = 0;
    hz_bound *b = NULL;
    hz_bound_range r;
    CHECK_OK(hz_bound_new(3, &b, &err), err);
    for (size_t f = 0; f < 3; f++)
        CHECK_OK(hz_bound_know(b, sums[f], 2, 3, 3, &err), err);
    CHECK(hz_bound_find(b, &x, 1, &r, NULL, &err) == HZ_EDATA);
    hz_bound_free(b);
}

/* The same odd cycle with w added to its last sum: x = y + ... relaxation allows w from 0, whole
 * numbers need w odd */
TEST(whole_numbers_bound_tighter_than_halves)
{
    const uint32_t first[] = { 0, 1 }, second[] = { 1, 2 }, third[] = { 0, 2, 3 }, w = 3;
    hz_bound *b = NULL;
    hz_bound_range r;
    CHECK_OK(hz_bound_new(4, &b, &err), err);
    CHECK_OK(hz_bound_know(b, first, 2, 3, 3, &err), err);
    CHECK_OK(hz_bound_know(b, second, 2, 3, 3, &err), err);
    CHECK_OK(hz_bound_know(b, third, 3, 3, 3, &err), err);
    /* x = z = 3 - y, so 2 (3 - y) + w = 3: w is 1 or 3 */
    CHECK_OK(hz_bound_find(b, &w, 1, &r, NULL, &err), err);
    CHECK(r.low == 1 && r.high == 3);
    double at[4];
    CHECK(hz_bound_corner(b, false, at) && at[3] == 1 && at[0] == 1 && at[1] == 2);
    hz_bound_free(b);
}

RUN_TESTS(T(one_known_sum_bounds_its_parts), T(margins_of_a_two_by_two_table_bound_its_cells),
          T(what_only_halves_solve_is_no_table), T(whole_numbers_bound_tighter_than_halves))
