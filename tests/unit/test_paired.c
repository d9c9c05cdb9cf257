/* Paired shares: hand-sized tables, Newcombe's published row, and what cannot be. */
#include "check.h"
#include "hotzone/mem.h"
#include "hotzone/paired.h"

/* Of 3 events that one zone alone holds, all by the first: 2 / 2^3. */
TEST(mcnemar_of_three_to_none_is_a_quarter)
{
    CHECK_NEAR(hz_paired_mcnemar((hz_paired){ 5, 3, 0, 2 }), 0.25, 1e-14);
    CHECK_NEAR(hz_paired_mcnemar((hz_paired){ 5, 0, 3, 2 }), 0.25, 1e-14);
}

TEST(mcnemar_of_an_even_split_is_one)
{
    CHECK(hz_paired_mcnemar((hz_paired){ 1, 4, 4, 1 }) == 1);
    CHECK(hz_paired_mcnemar((hz_paired){ 7, 0, 0, 9 }) == 1);
}

/* Sums of binomial coefficients by an independent program (Python's math.comb). */
TEST(mcnemar_equals_the_binomial_sums)
{
    CHECK_NEAR(hz_paired_mcnemar((hz_paired){ 36, 12, 2, 0 }), 0.012939453125, 1e-14);
    CHECK_NEAR(hz_paired_mcnemar((hz_paired){ 2, 19, 0, 21 }), 3.814697265625e-06, 1e-17);
    CHECK_NEAR(hz_paired_mcnemar((hz_paired){ 120, 31, 8, 841 }), 0.0002940768754342571, 1e-15);
}

/* Newcombe (1998), Stat. Med. 17:2635, Table III, method 10: 36, 12, 2, 0 gives 0.0569 to 0.3404;
 * the other rows by an independent program from his formulas. */
TEST(limits_are_newcombes)
{
    static const struct { hz_paired t; double d, low, high; } rows[] = {
        { { 36, 12, 2, 0 }, 0.2, 0.05692958400323869, 0.3404276029749407 },
        { { 21, 9, 2, 12 }, 0.1590909090909091, 0.011242503551198463, 0.2953717806466092 },
        { { 2, 19, 0, 21 }, 0.4523809523809524, 0.28050285727908886, 0.5973704400037021 },
        { { 120, 31, 8, 841 }, 0.023, 0.010679987730186403, 0.035864435594289854 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double d, low, high;
        hz_paired_difference(rows[i].t, 0.95, &d, &low, &high);
        CHECK_NEAR(d, rows[i].d, 1e-12);
        CHECK_NEAR(low, rows[i].low, 1e-11);
        CHECK_NEAR(high, rows[i].high, 1e-11);
    }
}

TEST(exchanging_the_zones_turns_the_limits_round)
{
    double d, low, high, d2, low2, high2;
    hz_paired_difference((hz_paired){ 30, 14, 5, 60 }, 0.95, &d, &low, &high);
    hz_paired_difference((hz_paired){ 30, 5, 14, 60 }, 0.95, &d2, &low2, &high2);
    CHECK_NEAR(d, -d2, 1e-14);
    CHECK_NEAR(low, -high2, 1e-14);
    CHECK_NEAR(high, -low2, 1e-14);
}

TEST(the_bootstrap_is_near_the_formula_and_repeats_itself)
{
    double d, low, high, blow, bhigh, again_low, again_high;
    hz_paired t = { 120, 310, 80, 8410 };
    hz_error err;
    hz_paired_difference(t, 0.95, &d, &low, &high);
    CHECK(!hz_paired_bootstrap(t, 0.95, 9999, 1, &blow, &bhigh, &err));
    CHECK_NEAR(blow, low, 4e-4);
    CHECK_NEAR(bhigh, high, 4e-4);
    CHECK(!hz_paired_bootstrap(t, 0.95, 9999, 1, &again_low, &again_high, &err));
    CHECK(again_low == blow && again_high == bhigh);
}

TEST(what_are_no_counts_has_no_limits)
{
    double d, low, high;
    hz_error err;
    hz_paired_difference((hz_paired){ 0, 0, 0, 0 }, 0.95, &d, &low, &high);
    CHECK_NAN(d);
    CHECK_NAN(low);
    hz_paired_difference((hz_paired){ -1, 2, 3, 4 }, 0.95, &d, &low, &high);
    CHECK_NAN(d);
    CHECK_NAN(hz_paired_mcnemar((hz_paired){ 1, 0.5, 3, 4 }));
    CHECK(hz_paired_bootstrap((hz_paired){ 0, 0, 0, 0 }, 0.95, 99, 1, &low, &high, &err) ==
          HZ_EDATA);
    CHECK(hz_paired_bootstrap((hz_paired){ 1, 1, 1, 1 }, 1.5, 99, 1, &low, &high, &err) ==
          HZ_EUSAGE);
    CHECK(hz_paired_bootstrap((hz_paired){ 1, 1, 1, 1 }, 0.95, 0, 1, &low, &high, &err) ==
          HZ_EUSAGE);
    hz_mem_fail_at(1);
    CHECK(hz_paired_bootstrap((hz_paired){ 1, 1, 1, 1 }, 0.95, 99, 1, &low, &high, &err) ==
          HZ_EMEMORY);
    hz_mem_fail_at(0);
}

RUN_TESTS(T(mcnemar_of_three_to_none_is_a_quarter),
          T(mcnemar_of_an_even_split_is_one),
          T(mcnemar_equals_the_binomial_sums),
          T(limits_are_newcombes),
          T(exchanging_the_zones_turns_the_limits_round),
          T(the_bootstrap_is_near_the_formula_and_repeats_itself),
          T(what_are_no_counts_has_no_limits))
