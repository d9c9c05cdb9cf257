/* Exact intervals against slow twins: sums of probabilities, one outcome at a time. */
#include "check.h"
#include "hotzone/interval.h"
#include "num/tail.h"

/* A small counter-based stream (Knuth's MMIX multiplier), so that a failure repeats. */
static uint64_t state = 20240607;

static double uniform(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

static double whole(double most)
{
    return floor(uniform() * (most + 1));
}

/* Pr(Poisson(mean) <= k), added up from the largest term down. */
static double poisson_at_most(double k, double mean)
{
    long double term = expl((long double)k * logl(mean) - mean - lgammal(k + 1)), sum = 0;
    for (double i = k; i >= 0 && term > 0; i--) {
        sum += term;
        term *= i / (long double)mean;
    }
    return (double)sum;
}

static double poisson_at_least(double k, double mean)
{
    long double term = expl((long double)k * logl(mean) - mean - lgammal(k + 1)), sum = 0;
    for (double i = k; term > sum * 1e-20L; i++) {
        sum += term;
        term *= mean / (i + 1.0L);
    }
    return (double)sum;
}

TEST(at_each_poisson_limit_the_tail_is_half_of_what_the_level_leaves)
{
    const double levels[] = { 0.5, 0.9, 0.95, 0.99, 0.998, 0.999999 };
    for (int i = 0; i < 600; i++) {
        double x = whole(i < 300 ? 30 : 3000), level = levels[i % 6], low, high;
        double tail = (1 - level) / 2;
        hz_interval_poisson(x, level, &low, &high);
        CHECK_NEAR(poisson_at_most(x, high) / tail, 1, 1e-9);
        if (x > 0)
            CHECK_NEAR(poisson_at_least(x, low) / tail, 1, 1e-9);
    }
}

TEST(the_round_trip_holds_up_to_a_thousand_million_and_in_far_tails)
{
    const double counts[] = { 1, 10, 1e3, 1e5, 1e7, 1e9 };
    const double tails[] = { 1e-200, 1e-100, 1e-12, 1e-4, 0.025, 0.3, 0.499999 };
    for (size_t c = 0; c < 6; c++)
        for (size_t t = 0; t < 7; t++) {
            /* in far tails the last bit of a large count alone moves the tail by 1e-9 */
            double slack = tails[t] < 1e-12 ? 1e-8 : 1e-9;
            double low = hz_tail_gamma_lower_at(counts[c], tails[t]);
            double high = hz_tail_gamma_upper_at(counts[c] + 1, tails[t]);
            CHECK_NEAR(hz_tail_gamma_lower(counts[c], low) / tails[t], 1, slack);
            CHECK_NEAR(hz_tail_gamma_upper(counts[c] + 1, high) / tails[t], 1, slack);
            double odds = hz_tail_beta_at(counts[c], counts[5 - c], tails[t]);
            CHECK_NEAR(hz_tail_beta(counts[c], counts[5 - c], odds) / tails[t], 1, slack);
        }
}

TEST(the_two_tails_of_a_gamma_or_beta_add_up_to_one)
{
    for (int i = 0; i < 2000; i++) {
        double a = exp(uniform() * 20 - 3), b = exp(uniform() * 20 - 3);
        double u = log(a) + (uniform() - 0.5) * 6 / sqrt(a);
        double t = log(a) - log(b) + (uniform() - 0.5) * 6 * sqrt(1 / a + 1 / b);
        CHECK_NEAR(hz_tail_gamma_lower(a, u) + hz_tail_gamma_upper(a, u), 1, 1e-12);
        CHECK_NEAR(hz_tail_beta(a, b, t) + hz_tail_beta(b, a, -t), 1, 1e-10);
    }
}

/* log of a binomial probability by lgamma in long double. */
static long double binomial_log(double k, double n, long double p)
{
    long double c = lgammal(n + 1) - lgammal(k + 1) - lgammal(n - k + 1);
    return c + (k > 0 ? k * logl(p) : 0) + (k < n ? (n - k) * log1pl(-p) : 0);
}

TEST(binomial_probabilities_are_right_to_thirteen_digits)
{
    for (int i = 0; i < 3000; i++) {
        double n = 1 + whole(100), k = whole(n), t = (uniform() - 0.5) * 4;
        long double p = 1 / (1 + expl(-(long double)t));
        CHECK_NEAR(hz_tail_binomial_log(k, n, t), (double)binomial_log(k, n, p), 2e-13);
    }
}

TEST(at_each_share_limit_the_tail_is_half_of_what_the_level_leaves)
{
    for (int i = 0; i < 400; i++) {
        double n = 1 + whole(i < 200 ? 30 : 400), k = whole(n), low, high;
        long double under = 0, over = 0;
        hz_interval_binomial(k, n, 0.95, &low, &high);
        for (double j = 0; j <= n; j++) {
            under += j <= k && high < 1 ? expl(binomial_log(j, n, high)) : 0;
            over += j >= k && low > 0 ? expl(binomial_log(j, n, low)) : 0;
        }
        CHECK(k == n ? high == 1 : fabs((double)under - 0.025) < 1e-12);
        CHECK(k == 0 ? low == 0 : fabs((double)over - 0.025) < 1e-12);
    }
}

TEST(a_share_and_its_complement_have_mirrored_limits)
{
    for (int i = 0; i < 300; i++) {
        double n = 1 + whole(1000), k = whole(n), a, b, c, d;
        hz_interval_binomial(k, n, 0.9, &a, &b);
        hz_interval_binomial(n - k, n, 0.9, &c, &d);
        CHECK_NEAR(a, 1 - d, 1e-14);
        CHECK_NEAR(b, 1 - c, 1e-14);
        hz_interval_wilson(k, n, 0.9, &a, &b);
        hz_interval_wilson(n - k, n, 0.9, &c, &d);
        CHECK_NEAR(a, 1 - d, 1e-14);
        CHECK_NEAR(b, 1 - c, 1e-14);
    }
}

/* At a Wilson limit the share lies z standard errors off: (k/n - p)^2 = z^2 p q / n. */
TEST(wilson_limits_solve_the_score_equation)
{
    for (int i = 0; i < 500; i++) {
        double n = 1 + whole(100000), k = whole(n), limit[2];
        hz_interval_wilson(k, n, 0.95, &limit[0], &limit[1]);
        CHECK(limit[0] <= k / n && k / n <= limit[1]);
        for (int side = 0; side < 2; side++) {
            double p = limit[side], off = k / n - p;
            if (p > 0 && p < 1)
                CHECK_NEAR(off * off * n / (p * (1 - p)) / 3.841458820694124, 1, 1e-9);
        }
    }
}

/* Every outcome, one by one. */
static double slow_p(double x, double n, long double share)
{
    long double most = binomial_log(x, n, share) + log1pl(1e-7L), sum = 0;
    for (double j = 0; j <= n; j++)
        if (binomial_log(j, n, share) <= most)
            sum += expl(binomial_log(j, n, share));
    return sum < 1 ? (double)sum : 1;
}

TEST(the_p_of_a_ratio_is_the_sum_of_outcomes_as_likely_or_less)
{
    for (int i = 0; i < 1500; i++) {
        double most = i < 1000 ? 12 : 400, x1 = whole(most), x2 = whole(most);
        double base1 = 1 + whole(4), base2 = i % 3 ? 1 + whole(4) : base1;
        double ratio, low, high, p;
        if (x1 + x2 == 0)
            continue;
        hz_interval_ratio(x1, base1, x2, base2, 0.95, &ratio, &low, &high, &p);
        CHECK_NEAR(p, slow_p(x1, x1 + x2, (long double)base1 / (base1 + base2)), 1e-11);
    }
}

TEST(swapping_the_groups_turns_a_ratio_over_and_keeps_its_p)
{
    for (int i = 0; i < 300; i++) {
        double x1 = 1 + whole(50), x2 = 1 + whole(5000), b1 = uniform() + 0.1, b2 = uniform() * 90;
        double r, low, high, p, r2, low2, high2, p2;
        hz_interval_ratio(x1, b1, x2, b2, 0.95, &r, &low, &high, &p);
        hz_interval_ratio(x2, b2, x1, b1, 0.95, &r2, &low2, &high2, &p2);
        CHECK_NEAR(r * r2, 1, 1e-12);
        CHECK_NEAR(low * high2, 1, 1e-11);
        CHECK_NEAR(high * low2, 1, 1e-11);
        CHECK_NEAR(p, p2, 1e-11);
        CHECK(low < r && r < high);
    }
}

TEST(intervals_widen_with_the_level_and_move_up_with_the_count)
{
    double before_low = -1, before_high = -1;
    for (double x = 0; x < 300; x++) {
        double low, high, wide_low, wide_high;
        hz_interval_poisson(x, 0.95, &low, &high);
        hz_interval_poisson(x, 0.99, &wide_low, &wide_high);
        CHECK(low > before_low && high > before_high && low <= x && x < high);
        CHECK((x == 0 ? wide_low == 0 : wide_low < low) && wide_high > high);
        before_low = low;
        before_high = high;
    }
}

RUN_TESTS(T(at_each_poisson_limit_the_tail_is_half_of_what_the_level_leaves),
          T(the_round_trip_holds_up_to_a_thousand_million_and_in_far_tails),
          T(the_two_tails_of_a_gamma_or_beta_add_up_to_one),
          T(binomial_probabilities_are_right_to_thirteen_digits),
          T(at_each_share_limit_the_tail_is_half_of_what_the_level_leaves),
          T(a_share_and_its_complement_have_mirrored_limits),
          T(wilson_limits_solve_the_score_equation),
          T(the_p_of_a_ratio_is_the_sum_of_outcomes_as_likely_or_less),
          T(swapping_the_groups_turns_a_ratio_over_and_keeps_its_p),
          T(intervals_widen_with_the_level_and_move_up_with_the_count))
