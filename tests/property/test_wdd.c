/* The displacement difference's interval covers as often as it says, and so do p-values. */
#include "check.h"

#include "hotzone/rng.h"
#include "hotzone/wdd.h"

enum { SEEDS = 20000 };

/* Share of worlds whose interval holds the true difference: zone, ring and one control of weights
 * 1/4 and 1/2, the period before twice as long, and an effect of `fall` on the zone. */
static double coverage(double mean, double fall, double *rejected)
{
    const double c[] = { 1, 1, -0.75 };
    size_t held = 0, significant = 0;
    for (uint32_t seed = 0; seed < SEEDS; seed++) {
        hz_rng rng = hz_rng_new(7, hz_rng_statistic("wdd"), (uint32_t)(mean * 8), seed);
        double before[] = { (double)hz_rng_poisson(&rng, 2 * mean),
                            (double)hz_rng_poisson(&rng, 4 * mean),
                            (double)hz_rng_poisson(&rng, 8 * mean) };
        double after[] = { (double)hz_rng_poisson(&rng, mean * (1 - fall)),
                           (double)hz_rng_poisson(&rng, 2 * mean),
                           (double)hz_rng_poisson(&rng, 4 * mean) };
        hz_wdd_result r;
        hz_wdd(3, before, after, c, 0.5, 0.95, &r);
        held += r.low <= -fall * mean && -fall * mean <= r.high;
        significant += r.p <= 0.05;
    }
    *rejected = (double)significant / SEEDS;
    return (double)held / SEEDS;
}

TEST(the_interval_covers_95_percent_from_means_of_5)
{
    const double means[] = { 5, 20, 100 };
    for (size_t i = 0; i < 3; i++) {
        double rejected, c = coverage(means[i], 0, &rejected);
        CHECK(c > 0.94 && c < 0.96);
        CHECK_NEAR(rejected, 1 - c, 1e-3);
        c = coverage(means[i], 0.4, &rejected);
        CHECK(c > 0.94 && c < 0.96);
    }
}

TEST(the_interval_still_covers_over_93_percent_at_means_of_1)
{
    double rejected;
    CHECK(coverage(1, 0, &rejected) > 0.93);
    CHECK(coverage(2, 0.4, &rejected) > 0.93);
}

/* Splitting a place in two, or turning the sign, changes nothing but the sign. */
TEST(difference_adds_up_and_is_antisymmetric)
{
    for (uint32_t seed = 0; seed < 500; seed++) {
        hz_rng rng = hz_rng_new(11, hz_rng_statistic("wdd"), 1, seed);
        double b[4], a[4], c[4], turned[4];
        hz_wdd_result all, first, rest, back;
        for (size_t i = 0; i < 4; i++) {
            b[i] = (double)hz_rng_poisson(&rng, 30);
            a[i] = (double)hz_rng_poisson(&rng, 30);
            c[i] = hz_rng_uniform(&rng) * 2 - 1;
            turned[i] = -c[i];
        }
        hz_wdd(4, b, a, c, 0.7, 0.9, &all);
        hz_wdd(2, b, a, c, 0.7, 0.9, &first);
        hz_wdd(2, b + 2, a + 2, c + 2, 0.7, 0.9, &rest);
        hz_wdd(4, b, a, turned, 0.7, 0.9, &back);
        CHECK_NEAR(all.estimate, first.estimate + rest.estimate, 1e-12);
        CHECK_NEAR(all.se * all.se, first.se * first.se + rest.se * rest.se, 1e-9);
        CHECK_NEAR(back.estimate, -all.estimate, 1e-12);
        CHECK_NEAR(back.low, -all.high, 1e-9);
        CHECK_NEAR(back.p, all.p, 1e-12);
    }
}

RUN_TESTS(T(the_interval_covers_95_percent_from_means_of_5),
          T(the_interval_still_covers_over_93_percent_at_means_of_1),
          T(difference_adds_up_and_is_antisymmetric))
