/* Adjusted p-values: hand-sized sums, and the faults that other programs have. */
#include "check.h"
#include "hotzone/fdr.h"

/* m = 4: q = 4 p / rank, then the least from there up. */
TEST(four_p_values_come_out_as_by_hand)
{
    const double p[] = { 0.02, 0.05, 0.01, 0.04 };
    double q[4];
    hz_fdr_item scratch[4];
    CHECK(hz_fdr_bh(4, p, scratch, q) == 4);
    CHECK_NEAR(q[2], 0.04, 1e-15);      /* .01 x 4/1 = .04 and .02 x 4/2 = .04 */
    CHECK_NEAR(q[0], 0.04, 1e-15);
    CHECK_NEAR(q[3], 0.05, 1e-15);      /* .04 x 4/3 = .0533, but .05 x 4/4 = .05 */
    CHECK_NEAR(q[1], 0.05, 1e-15);
}

TEST(any_dependence_costs_the_sum_of_the_reciprocals)
{
    const double p[] = { 0.01, 0.02, 0.9 };
    double bh[3], by[3];
    hz_fdr_item scratch[3];
    hz_fdr_bh(3, p, scratch, bh);
    hz_fdr_by(3, p, scratch, by);
    CHECK_NEAR(by[0], bh[0] * (1 + 1 / 2.0 + 1 / 3.0), 1e-15);
    CHECK_NEAR(by[1], 0.02 * 3 / 2.0 * 11 / 6.0, 1e-15);
    CHECK_NEAR(by[2], 1, 0);
}

/* Benjamini & Hochberg (1995), JRSS B 57:289, section 4.2: four rejected at .05, where Bonferroni
 * rejects three. */
TEST(the_example_of_benjamini_and_hochberg_rejects_four)
{
    const double p[] = { .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344,
                         .0459, .3240, .4262, .5719, .6528, .7590, 1 };
    double q[15];
    hz_fdr_item scratch[15];
    int rejected = 0, bonferroni = 0;
    hz_fdr_bh(15, p, scratch, q);
    for (int i = 0; i < 15; i++) {
        rejected += q[i] <= 0.05;
        bonferroni += 15 * p[i] <= 0.05;
    }
    CHECK(rejected == 4);
    CHECK(bonferroni == 3);
}

/* All four pass at .05 because the last one does; stopping at the first that fails, as a
 * step-down rule would, rejects none. */
TEST(a_p_that_fails_alone_is_carried_by_a_larger_one_that_passes)
{
    const double p[] = { .02, .03, .031, .032 };
    double q[4];
    hz_fdr_item scratch[4];
    hz_fdr_bh(4, p, scratch, q);
    for (int i = 0; i < 4; i++)
        CHECK_NEAR(q[i], 0.032, 1e-15);
}

TEST(what_was_not_tested_counts_for_nothing)
{
    const double p[] = { NAN, 0.01, NAN, 0.04, 1.5, -0.1 };
    double q[6];
    hz_fdr_item scratch[6];
    CHECK(hz_fdr_bh(6, p, scratch, q) == 2);
    CHECK_NEAR(q[1], 0.02, 1e-15);
    CHECK_NEAR(q[3], 0.04, 1e-15);
    CHECK_NAN(q[0]);
    CHECK_NAN(q[2]);
    CHECK_NAN(q[4]);
    CHECK_NAN(q[5]);
}

TEST(the_last_test_takes_part_and_a_single_one_is_left_as_it_is)
{
    const double p[] = { 0.9, 0.9, 0.001 }, one[] = { 0.03 };
    double q[3];
    hz_fdr_item scratch[3];
    hz_fdr_bh(3, p, scratch, q);
    CHECK_NEAR(q[2], 0.003, 1e-15);
    CHECK(hz_fdr_bh(1, one, scratch, q) == 1);
    CHECK_NEAR(q[0], 0.03, 0);
    CHECK(hz_fdr_bh(0, one, scratch, q) == 0);
}

TEST(where_nothing_passes_no_q_does)
{
    const double p[] = { 0.2, 0.4, 0.6 };
    double q[3];
    hz_fdr_item scratch[3];
    hz_fdr_bh(3, p, scratch, q);
    for (int i = 0; i < 3; i++)
        CHECK_NEAR(q[i], 0.6, 1e-15);
}

TEST(p_of_0_and_1_keep_their_places)
{
    const double p[] = { 1, 0, 0.5 };
    double q[3];
    hz_fdr_item scratch[3];
    hz_fdr_bh(3, p, scratch, q);
    CHECK_NEAR(q[0], 1, 0);
    CHECK_NEAR(q[1], 0, 0);
    CHECK_NEAR(q[2], 0.75, 1e-15);
}

RUN_TESTS(T(four_p_values_come_out_as_by_hand),
          T(any_dependence_costs_the_sum_of_the_reciprocals),
          T(the_example_of_benjamini_and_hochberg_rejects_four),
          T(a_p_that_fails_alone_is_carried_by_a_larger_one_that_passes),
          T(what_was_not_tested_counts_for_nothing),
          T(the_last_test_takes_part_and_a_single_one_is_left_as_it_is),
          T(where_nothing_passes_no_q_does), T(p_of_0_and_1_keep_their_places))
