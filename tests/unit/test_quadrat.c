/* Counts by cell against their expectations. */
#include "check.h"

#include "hotzone/quadrat.h"

static hz_error err;

/* 8 events, 4 equal cells, 2 expected: (16 + 0 + 4 + 4) / 2 = 12 on 3 degrees of freedom; the tail
 * is erfc(sqrt 6) + 2 sqrt(6 / pi) exp(-6). */
TEST(four_cells_by_hand)
{
    const double count[] = { 6, 2, 0, 0 }, share[] = { 1, 1, 1, 1 };
    const double whole[] = { 0.25, 0.25, 0.25, 0.25 };
    hz_quadrat q;
    CHECK_OK(hz_quadrat_test(4, count, share, &q, &err), err);
    CHECK(q.cells == 4 && q.events == 8 && q.least == 2 && q.below_5 == 4 && q.df == 3);
    CHECK_NEAR(q.chi2, 12, 1e-14);
    CHECK_NEAR(q.dispersion, 4, 1e-14);
    CHECK_NEAR(q.p_high, erfc(sqrt(6)) + 2 * sqrt(6 / 3.14159265358979323846) * exp(-6), 1e-15);
    CHECK_NEAR(q.p_high + q.p_low, 1, 1e-14);
    CHECK_NEAR(q.p, 2 * q.p_high, 1e-15);
    CHECK_NEAR(hz_quadrat_chi2(4, count, whole, 8), 12, 1e-14);
}

TEST(partial_cells_expect_less_and_empty_ones_do_not_count)
{
    const double count[] = { 3, 1, 0 }, share[] = { 300, 100, 0 };
    hz_quadrat q;
    CHECK_OK(hz_quadrat_test(3, count, share, &q, &err), err);
    CHECK(q.cells == 2 && q.chi2 == 0 && q.p_low == 0 && q.p_high == 1 && q.p == 0);
}

TEST(what_cannot_be_tested_is_said)
{
    const double count[] = { 3, 1, 2 }, one[] = { 1, 0, 0 }, two[] = { 1, 1, 0 }, none[3] = { 0 };
    hz_quadrat q;
    CHECK_FAILS(hz_quadrat_test(3, count, one, &q, &err), HZ_EDATA, err, "1 cells");
    CHECK_FAILS(hz_quadrat_test(3, count, two, &q, &err), HZ_EDATA, err, "2 where none");
    CHECK_FAILS(hz_quadrat_test(3, none, two, &q, &err), HZ_EDATA, err, "0 events");
}

/* pchisq of R 4.2.2 */
TEST(tails_are_those_of_r)
{
    double count[25] = { 0 }, share[25];
    hz_quadrat q;
    for (int i = 0; i < 25; i++)
        share[i] = 1;
    count[0] = 4; /* 25 * 16 / 4 - 4 = 96 */
    CHECK_OK(hz_quadrat_test(25, count, share, &q, &err), err);
    CHECK_NEAR(q.chi2, 96, 1e-12);
    CHECK_NEAR(q.p_high, 1.43266349193314e-10, 1e-20);
}

RUN_TESTS(T(four_cells_by_hand), T(partial_cells_expect_less_and_empty_ones_do_not_count),
          T(what_cannot_be_tested_is_said), T(tails_are_those_of_r))
