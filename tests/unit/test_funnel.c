/* Funnel limits and over-dispersion, small enough to follow by hand. */
#include "check.h"
#include "hotzone/funnel.h"

/* Mean ln 40 = 3.689: no event has probability 1/40 = .025 exactly, so the limit is 0; mean ln 4:
 * F(0) = 1/4, F(1) = 1/4 (1 + ln 4) = .5966, so the limit of .5 is 1 - (.5966 - .5) / .3466. */
TEST(limits_come_out_as_by_hand)
{
    CHECK_NEAR(hz_funnel_limit(log(40), 0.025), 0, 1e-12);
    CHECK_NEAR(hz_funnel_limit(log(4), 0.5), 1 - (0.25 * (1 + log(4)) - 0.5) / (0.25 * log(4)),
               1e-12);
}

/* Where the normal approximation gives -4.8 per 1,000: 5 per 1,000 among 500 residents. */
TEST(a_small_area_has_no_negative_limit)
{
    CHECK_NEAR(hz_funnel_limit(2.5, 0.001), 0, 0);
    CHECK_NEAR(hz_funnel_limit(0, 0.999), 0, 0);
    CHECK_NEAR(hz_funnel_inflated(0.5, 5, 4), 0, 0);
}

TEST(limits_rise_with_the_expected_count_and_with_the_tail)
{
    double last[4] = { -1, -1, -1, -1 };
    const double tails[] = { 0.001, 0.025, 0.975, 0.999 };
    for (double e = 0.05; e < 400; e *= 1.03) {
        double before = -1;
        for (int t = 0; t < 4; t++) {
            double limit = hz_funnel_limit(e, tails[t]);
            CHECK(limit >= before && limit >= last[t] - 1e-9);
            CHECK(t < 2 ? limit <= e : limit >= e - 1);
            before = last[t] = limit;
        }
    }
}

TEST(far_out_the_limits_are_those_of_the_normal_curve)
{
    double e = 1e9, sd = sqrt(e);
    CHECK_NEAR((hz_funnel_limit(e, 0.975) - e) / sd, 1.959964, 1e-3);
    CHECK_NEAR((hz_funnel_limit(e, 0.001) - e) / sd, -3.090232, 1e-3);
}

TEST(what_cannot_be_has_no_limit)
{
    CHECK_NAN(hz_funnel_limit(-1, 0.5));
    CHECK_NAN(hz_funnel_limit(NAN, 0.5));
    CHECK_NAN(hz_funnel_limit(INFINITY, 0.5));
    CHECK_NAN(hz_funnel_limit(5, 0));
    CHECK_NAN(hz_funnel_limit(5, 1));
    CHECK_NAN(hz_funnel_limit(5, NAN));
}

/* Target 1, bases 4: E = 4, z = (x - 4) / 2 = -1, 0, 1, 3.  Without winsorising phi = 11/4; with
 * a quarter on either side z = 0, 0, 1, 1 and phi = 1/2. */
TEST(winsorised_z_leave_a_true_outlier_out_of_phi)
{
    const double events[] = { 2, 4, 6, 10 }, base[] = { 4, 4, 4, 4 };
    double scratch[4];
    hz_funnel_spread plain = hz_funnel_overdispersion(4, events, base, 1, 0, scratch);
    hz_funnel_spread cut = hz_funnel_overdispersion(4, events, base, 1, 0.25, scratch);
    CHECK_NEAR(plain.phi, 2.75, 1e-15);
    CHECK_NEAR(cut.phi, 0.5, 1e-15);
    CHECK_NEAR(cut.tau2, 0, 0);
    /* weights 4: (11 - 3) / (16 - 64/16) = 2/3 */
    CHECK_NEAR(plain.tau2, 2 / 3.0, 1e-15);
    CHECK(plain.used == 4);
}

TEST(areas_without_a_figure_take_no_part_in_phi)
{
    const double events[] = { 2, NAN, 4, 9, 6, 10 }, base[] = { 4, 4, 4, 0, 4, 4 };
    double scratch[6];
    hz_funnel_spread found = hz_funnel_overdispersion(6, events, base, 1, 0, scratch);
    CHECK_NEAR(found.phi, 2.75, 1e-15);
    CHECK(found.used == 4);
    found = hz_funnel_overdispersion(1, events, base, 1, 0, scratch);
    CHECK_NAN(found.phi);
    CHECK_NAN(found.tau2);
    CHECK_NAN(hz_funnel_overdispersion(6, events, base, 0, 0, scratch).phi);
    CHECK_NAN(hz_funnel_overdispersion(6, events, base, 1, 0.5, scratch).phi);
}

TEST(limits_widen_by_the_root_of_phi_and_never_narrow)
{
    CHECK_NEAR(hz_funnel_inflated(30, 20, 4), 40, 1e-15);
    CHECK_NEAR(hz_funnel_inflated(15, 20, 4), 10, 1e-15);
    CHECK_NEAR(hz_funnel_inflated(30, 20, 0.5), 30, 0);
    CHECK_NEAR(hz_funnel_inflated(30, 20, NAN), 30, 0);
}

RUN_TESTS(T(limits_come_out_as_by_hand), T(a_small_area_has_no_negative_limit),
          T(limits_rise_with_the_expected_count_and_with_the_tail),
          T(far_out_the_limits_are_those_of_the_normal_curve), T(what_cannot_be_has_no_limit),
          T(winsorised_z_leave_a_true_outlier_out_of_phi),
          T(areas_without_a_figure_take_no_part_in_phi),
          T(limits_widen_by_the_root_of_phi_and_never_narrow))
