/* Displacement difference and quotient on counts small enough for a pencil. */
#include "check.h"

#include "hotzone/wdd.h"

/* Zone 20 -> 10, control 20 -> 20: ten fewer, variance 70. */
TEST(difference_matches_hand_calculation)
{
    const double before[] = { 20, 20 }, after[] = { 10, 20 }, c[] = { 1, -1 };
    hz_wdd_result r;
    hz_wdd(2, before, after, c, 1, 0.95, &r);
    CHECK_NEAR(r.estimate, -10, 0);
    CHECK_NEAR(r.se, sqrt(70), 1e-15);
    CHECK_NEAR(r.z, -10 / sqrt(70), 1e-15);
    CHECK_NEAR(r.low, -10 - 1.959963984540054 * sqrt(70), 1e-11);
    CHECK_NEAR(r.high, -10 + 1.959963984540054 * sqrt(70), 1e-11);
    CHECK_NEAR(r.p, erfc(10 / sqrt(140)), 1e-13);
}

/* A control four times the zone, 40 -> 20, stands for 10 -> 5: expected 20 - 5 = 15. */
TEST(a_larger_control_counts_by_its_weight)
{
    const double before[] = { 20, 40 }, after[] = { 18, 20 }, c[] = { 1, -0.25 };
    hz_wdd_result r;
    hz_wdd(2, before, after, c, 1, 0.95, &r);
    CHECK_NEAR(r.estimate, 3, 1e-15);
    CHECK_NEAR(r.se, sqrt(38 + 60 / 16.0), 1e-15);
}

/* Sixty days before, thirty after: 20 before stand for 10. */
TEST(a_longer_period_before_is_scaled_down)
{
    const double before[] = { 20, 40 }, after[] = { 5, 20 }, c[] = { 1, -1 };
    hz_wdd_result r;
    hz_wdd(2, before, after, c, 0.5, 0.95, &r);
    CHECK_NEAR(r.estimate, -5, 1e-15);
    CHECK_NEAR(r.se, sqrt(5 + 20 + 0.25 * 60), 1e-15);
}

TEST(one_control_for_two_places_is_one_draw)
{
    const double before[] = { 10, 10, 10 }, after[] = { 10, 10, 10 }, c[] = { 1, 1, -2 };
    hz_wdd_result r;
    hz_wdd(3, before, after, c, 1, 0.95, &r);
    CHECK_NEAR(r.estimate, 0, 0);
    CHECK_NEAR(r.se, sqrt(20 + 20 + 4 * 20), 1e-15);
    CHECK(r.z == 0 && r.p == 1);
}

TEST(without_any_event_there_is_no_interval_and_no_z)
{
    const double none[] = { 0, 0 }, c[] = { 1, -1 };
    hz_wdd_result r;
    hz_wdd(2, none, none, c, 1, 0.95, &r);
    CHECK(r.estimate == 0);
    CHECK_NAN(r.se);
    CHECK_NAN(r.low);
    CHECK_NAN(r.high);
    CHECK_NAN(r.z);
    CHECK_NAN(r.p);
}

TEST(what_cannot_be_gives_nothing)
{
    const double good[] = { 1, 2 }, negative[] = { -1, 2 }, c[] = { 1, -1 };
    const double odd[] = { NAN, 1 };
    hz_wdd_result r;
    hz_wdd(2, negative, good, c, 1, 0.95, &r);
    CHECK_NAN(r.estimate);
    hz_wdd(2, good, odd, c, 1, 0.95, &r);
    CHECK_NAN(r.se);
    hz_wdd(2, good, good, odd, 1, 0.95, &r);
    CHECK_NAN(r.low);
    hz_wdd(2, good, good, c, 0, 0.95, &r);
    CHECK_NAN(r.high);
    hz_wdd(2, good, good, c, 1, 1, &r);
    CHECK_NAN(r.p);
}

TEST(normal_limits_are_the_known_ones)
{
    CHECK_NEAR(hz_wdd_limit(0.95), 1.959963984540054, 1e-12);
    CHECK_NEAR(hz_wdd_limit(0.90), 1.6448536269514722, 1e-12);
    CHECK_NEAR(hz_wdd_limit(0.99), 2.5758293035489004, 1e-12);
    CHECK_NAN(hz_wdd_limit(0));
    CHECK_NAN(hz_wdd_limit(1));
}

/* Zone 20 -> 10, ring 10 -> 15, control 20 -> 20: success -0.5, ring +0.25, quotient -0.5. */
TEST(quotient_matches_hand_calculation)
{
    const double zone[] = { 20, 10 }, ring[] = { 10, 15 }, control[] = { 20, 20 };
    hz_wdq_result q;
    hz_wdq(zone, ring, control, &q);
    CHECK(q.state == HZ_WDQ_OK);
    CHECK_NEAR(q.success, -0.5, 1e-15);
    CHECK_NEAR(q.wdq, -0.5, 1e-15);
    /* 10/400 + 100/8000 + 20/400 + 400/8000 */
    CHECK_NEAR(q.success_se, sqrt(0.025 + 0.0125 + 0.05 + 0.05), 1e-15);
}

TEST(quotient_is_undefined_without_success_or_control)
{
    const double more[] = { 10, 20 }, same[] = { 10, 10 }, none[] = { 0, 5 };
    hz_wdq_result q;
    hz_wdq(more, same, same, &q);
    CHECK(q.state == HZ_WDQ_NO_SUCCESS && isnan(q.wdq));
    CHECK_NEAR(q.success, 1, 1e-15);
    hz_wdq(same, same, same, &q);
    CHECK(q.state == HZ_WDQ_NO_SUCCESS && isnan(q.wdq));
    hz_wdq(same, same, none, &q);
    CHECK(q.state == HZ_WDQ_NO_CONTROL && isnan(q.wdq) && isnan(q.success));
}

RUN_TESTS(T(difference_matches_hand_calculation), T(a_larger_control_counts_by_its_weight),
          T(a_longer_period_before_is_scaled_down), T(one_control_for_two_places_is_one_draw),
          T(without_any_event_there_is_no_interval_and_no_z), T(what_cannot_be_gives_nothing),
          T(normal_limits_are_the_known_ones), T(quotient_matches_hand_calculation),
          T(quotient_is_undefined_without_success_or_control))
