/* Exact intervals: sums small enough to do by hand, and what happens at the edges. */
#include "check.h"
#include "hotzone/interval.h"

/* Pr(0 events) = e^-U = 0.025 gives U = ln 40. */
TEST(no_events_leave_an_upper_limit_of_ln_40)
{
    double low, high;
    hz_interval_poisson(0, 0.95, &low, &high);
    CHECK(low == 0);
    CHECK_NEAR(high, log(40), 1e-14);
}

/* Pr(1 or more) = 1 - e^-L = 0.025. */
TEST(one_event_has_a_lower_limit_by_hand)
{
    double low, high;
    hz_interval_poisson(1, 0.95, &low, &high);
    CHECK_NEAR(low, -log(0.975), 1e-15);
    CHECK_NEAR(exp(-high) * (1 + high), 0.025, 1e-14); /* Pr(0 or 1) at the upper limit */
}

TEST(a_count_that_cannot_be_has_no_limits)
{
    const double bad[][2] = { { -1, 0.95 }, { NAN, 0.95 }, { INFINITY, 0.95 },
                              { 3, 0 },     { 3, 1 },      { 3, NAN },        { 3, 95 } };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double low = 0, high = 0;
        hz_interval_poisson(bad[i][0], bad[i][1], &low, &high);
        CHECK_NAN(low);
        CHECK_NAN(high);
    }
}

TEST(a_fraction_of_an_event_still_has_limits)
{
    double low, high, low0, high0, low1, high1;
    hz_interval_poisson(0, 0.95, &low0, &high0);
    hz_interval_poisson(1e-3, 0.95, &low, &high);
    hz_interval_poisson(1, 0.95, &low1, &high1);
    CHECK(low >= low0 && low < low1);
    CHECK(high > high0 && high < high1);
}

/* 0 of n: (1 - U)^n = 0.025; n of n is its mirror image. */
TEST(none_and_all_have_clopper_pearson_limits_by_hand)
{
    double low, high;
    hz_interval_binomial(0, 20, 0.95, &low, &high);
    CHECK(low == 0);
    CHECK_NEAR(high, 1 - pow(0.025, 1.0 / 20), 1e-15);
    hz_interval_binomial(20, 20, 0.95, &low, &high);
    CHECK_NEAR(low, pow(0.025, 1.0 / 20), 1e-15);
    CHECK(high == 1);
}

/* z^2 = 3.841459; 0 of 10 gives z^2 / (10 + z^2). */
TEST(wilson_limits_of_none_and_all_by_hand)
{
    const double z2 = 3.841458820694124;
    double low, high;
    hz_interval_wilson(0, 10, 0.95, &low, &high);
    CHECK(low == 0);
    CHECK_NEAR(high, z2 / (10 + z2), 1e-15);
    hz_interval_wilson(10, 10, 0.95, &low, &high);
    CHECK_NEAR(low, 10 / (10 + z2), 1e-15);
    CHECK(high == 1);
}

TEST(a_share_that_cannot_be_has_no_limits)
{
    const double bad[][3] = { { 0, 0, 0.95 },   { -1, 5, 0.95 },     { 6, 5, 0.95 },
                              { 1, NAN, 0.95 }, { NAN, 5, 0.95 },    { 1, 5, 1 },
                              { 1, -5, 0.95 },  { 1, INFINITY, 0.9 } };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double low = 0, high = 0;
        hz_interval_wilson(bad[i][0], bad[i][1], bad[i][2], &low, &high);
        CHECK_NAN(low);
        CHECK_NAN(high);
        low = high = 0;
        hz_interval_binomial(bad[i][0], bad[i][1], bad[i][2], &low, &high);
        CHECK_NAN(low);
        CHECK_NAN(high);
    }
}

/* 1 against 3 with equal bases: Bin(4, 1/2), p = (1 + 4 + 4 + 1) / 16. */
TEST(ratio_of_one_to_three_by_hand)
{
    double ratio, low, high, p;
    hz_interval_ratio(1, 100, 3, 100, 0.95, &ratio, &low, &high, &p);
    CHECK_NEAR(ratio, 1.0 / 3, 1e-15);
    CHECK_NEAR(p, 10.0 / 16, 1e-14);
    double share = low / (1 + low); /* Pr(1 or more of 4) = 1 - (1 - share)^4 = 0.025 */
    CHECK_NEAR(share, 1 - pow(0.975, 0.25), 1e-15);
    CHECK(high > 1);
}

/* 5 against 0, base 1 to 2: Bin(5, 1/3); 5 is the least likely: p = 1/243. */
TEST(nothing_to_compare_with_gives_an_infinite_ratio_and_a_finite_lower_limit)
{
    double ratio, low, high, p;
    hz_interval_ratio(5, 1, 0, 2, 0.95, &ratio, &low, &high, &p);
    CHECK(isinf(ratio) && isinf(high) && ratio > 0 && high > 0);
    double share = pow(0.025, 0.2);
    CHECK_NEAR(low, share / (1 - share) * 2, 1e-13);
    CHECK_NEAR(p, 1.0 / 243, 1e-16);
    hz_interval_ratio(0, 2, 5, 1, 0.95, &ratio, &low, &high, &p);
    CHECK(ratio == 0 && low == 0);
    CHECK_NEAR(high, (1 - share) / share / 2, 1e-14);
}

TEST(no_events_at_all_give_no_ratio)
{
    const double bad[][4] = { { 0, 10, 0, 10 },  { 1, 0, 2, 10 },   { 1, 10, 2, 0 },
                              { -1, 10, 2, 10 }, { NAN, 10, 2, 1 }, { 1, NAN, 2, 1 },
                              { 1, 10, 2, -1 },  { INFINITY, 1, 2, 1 } };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double ratio = 0, low = 0, high = 0, p = 0;
        hz_interval_ratio(bad[i][0], bad[i][1], bad[i][2], bad[i][3], 0.95, &ratio, &low, &high,
                          &p);
        CHECK_NAN(ratio);
        CHECK_NAN(low);
        CHECK_NAN(high);
        CHECK_NAN(p);
    }
}

TEST(the_p_of_a_fractional_count_is_unknown_and_may_be_left_out)
{
    double ratio, low, high, p = 0;
    hz_interval_ratio(1.5, 1, 3, 1, 0.95, &ratio, &low, &high, &p);
    CHECK_NAN(p);
    CHECK(low < 0.5 && high > 0.5);
    hz_interval_ratio(1, 1, 3, 1, 0.95, &ratio, &low, &high, NULL);
    CHECK_NEAR(ratio, 1.0 / 3, 1e-15);
}

/* When the shares of events and of base are the same, nothing is likelier: p = 1. */
TEST(equal_rates_have_a_p_of_one)
{
    double ratio, low, high, p;
    hz_interval_ratio(20, 1, 40, 2, 0.95, &ratio, &low, &high, &p);
    CHECK_NEAR(ratio, 1, 1e-15);
    CHECK_NEAR(p, 1, 1e-12);
}

/* The figures of docs/methods/rates.md. */
TEST(the_worked_example_of_the_manual_holds)
{
    double low, high, ratio, p;
    hz_interval_poisson(11, 0.95, &low, &high);
    CHECK_NEAR(low / 800 * 1000, 6.864, 5e-4);
    CHECK_NEAR(high / 800 * 1000, 24.603, 5e-4);
    hz_interval_ratio(11, 800, 21, 3011, 0.95, &ratio, &low, &high, &p);
    CHECK_NEAR(ratio, 1.97, 5e-3);
    CHECK_NEAR(low, 0.86, 5e-3);
    CHECK_NEAR(high, 4.28, 5e-3);
    CHECK_NEAR(p, 0.080, 5e-4);
    hz_interval_wilson(21, 38, 0.95, &low, &high);
    CHECK_NEAR(low, 0.397, 5e-4);
    CHECK_NEAR(high, 0.699, 5e-4);
}

RUN_TESTS(T(no_events_leave_an_upper_limit_of_ln_40), T(one_event_has_a_lower_limit_by_hand),
          T(a_count_that_cannot_be_has_no_limits), T(a_fraction_of_an_event_still_has_limits),
          T(none_and_all_have_clopper_pearson_limits_by_hand),
          T(wilson_limits_of_none_and_all_by_hand), T(a_share_that_cannot_be_has_no_limits),
          T(ratio_of_one_to_three_by_hand),
          T(nothing_to_compare_with_gives_an_infinite_ratio_and_a_finite_lower_limit),
          T(no_events_at_all_give_no_ratio),
          T(the_p_of_a_fractional_count_is_unknown_and_may_be_left_out),
          T(equal_rates_have_a_p_of_one), T(the_worked_example_of_the_manual_holds))
