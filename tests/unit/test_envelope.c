/* Global envelope tests: ranks by hand, and the band that shows them. */
#include "check.h"

#include <stdbool.h>

#include "hotzone/envelope.h"
#include "hotzone/rng.h"

static hz_error err;

/* Observed 3 3; simulated 0 0, 1 -1, -1 1, 2 2: centre 1 1.  Greatest departures 2 | 1 2 2 1; mean
 * squares 4 | 1 2 2 1. */
TEST(five_curves_by_hand)
{
    const double observed[] = { 3, 3 }, simulated[] = { 0, 0, 1, -1, -1, 1, 2, 2 };
    double centre[2];
    hz_envelope e;
    CHECK_OK(hz_envelope_test(2, 4, observed, simulated, 0.2, centre, &e, &err), err);
    CHECK_NEAR(centre[0], 1, 1e-15);
    CHECK_NEAR(centre[1], 1, 1e-15);
    CHECK_NEAR(e.mad, 2, 1e-15);
    CHECK_NEAR(e.mad_p, 3.0 / 5, 1e-15);
    CHECK_NEAR(e.dclf, 4, 1e-15);
    CHECK_NEAR(e.dclf_p, 1.0 / 5, 1e-15);
    CHECK_NEAR(e.half_width, 2, 1e-15);
}

TEST(the_curve_leaves_the_band_just_if_p_says_so)
{
    enum { STEPS = 20, SIMS = 39 };
    double observed[STEPS], simulated[SIMS * STEPS], centre[STEPS];
    int outside = 0;
    for (uint32_t round = 0; round < 300; round++) {
        hz_rng rng = hz_rng_new(3, 1, round, 0);
        hz_envelope e;
        bool leaves = false;
        for (int i = 0; i < STEPS; i++)
            observed[i] = hz_rng_normal(&rng) + (round % 3 == 0);
        for (int i = 0; i < SIMS * STEPS; i++)
            simulated[i] = hz_rng_normal(&rng);
        CHECK_OK(hz_envelope_test(STEPS, SIMS, observed, simulated, 0.05, centre, &e, &err), err);
        for (int i = 0; i < STEPS; i++)
            leaves |= fabs(observed[i] - centre[i]) > e.half_width;
        CHECK(leaves == (e.mad_p <= 0.05));
        outside += leaves;
    }
    CHECK(outside > 20);
}

TEST(too_few_simulations_are_refused)
{
    const double observed[] = { 3 }, simulated[] = { 0, 1 };
    double centre[1];
    hz_envelope e;
    CHECK_FAILS(hz_envelope_test(1, 2, observed, simulated, 0.05, centre, &e, &err), HZ_EUSAGE, err,
                "2 simulations");
    CHECK_FAILS(hz_envelope_test(1, 2, observed, simulated, 1, centre, &e, &err), HZ_EUSAGE, err,
                "between 0 and 1");
}

RUN_TESTS(T(five_curves_by_hand), T(the_curve_leaves_the_band_just_if_p_says_so),
          T(too_few_simulations_are_refused))
