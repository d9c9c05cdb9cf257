/* Adjusted p-values against the definition, read off slowly. */
#include "check.h"
#include "hotzone/fdr.h"

enum { MOST = 60 };

static uint64_t state = 20241101;

static double uniform(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

/* Some p small, some tied, some missing. */
static size_t draw(double *p)
{
    size_t n = 1 + (size_t)(uniform() * (MOST - 1));
    for (size_t i = 0; i < n; i++) {
        double u = uniform();
        p[i] = u < 0.1 ? NAN : u < 0.4 ? floor(uniform() * 20) / 20 : uniform() * uniform();
    }
    return n;
}

/* How many of the tests have a p no larger than this. */
static double rank_of(size_t n, const double *p, double of)
{
    double rank = 0;
    for (size_t i = 0; i < n; i++)
        rank += p[i] <= of;
    return rank;
}

TEST(q_is_the_least_of_m_p_over_rank_among_the_p_that_are_no_smaller)
{
    for (int round = 0; round < 1000; round++) {
        double p[MOST], q[MOST];
        hz_fdr_item scratch[MOST];
        size_t n = draw(p), m = hz_fdr_bh(n, p, scratch, q);
        for (size_t i = 0; i < n; i++) {
            double want = isnan(p[i]) ? NAN : 1;
            for (size_t j = 0; j < n; j++)
                if (p[j] >= p[i])
                    want = fmin(want, (double)m * p[j] / rank_of(n, p, p[j]));
            CHECK(isnan(want) ? isnan(q[i]) : fabs(q[i] - want) <= 1e-15);
        }
    }
}

/* The paper's own words: k the largest i with p_(i) <= i a / m; reject the k smallest. */
TEST(rejecting_q_up_to_a_is_the_step_up_rule)
{
    for (int round = 0; round < 1000; round++) {
        double p[MOST], q[MOST], a = uniform() * 0.3, limit = -1;
        hz_fdr_item scratch[MOST];
        size_t n = draw(p), m = hz_fdr_bh(n, p, scratch, q);
        for (size_t i = 0; i < n; i++)
            if (p[i] <= rank_of(n, p, p[i]) * a / (double)m && p[i] > limit)
                limit = p[i];
        for (size_t i = 0; i < n; i++)
            if (!isnan(p[i]))
                CHECK((p[i] <= limit) == (q[i] <= a));
    }
}

TEST(order_does_not_matter_and_results_may_replace_the_p)
{
    for (int round = 0; round < 300; round++) {
        double p[MOST], q[MOST], turned[MOST];
        hz_fdr_item scratch[MOST];
        size_t n = draw(p);
        hz_fdr_by(n, p, scratch, q);
        for (size_t i = 0; i < n; i++)
            turned[i] = p[n - 1 - i];
        hz_fdr_by(n, turned, scratch, turned);
        for (size_t i = 0; i < n; i++)
            CHECK(isnan(p[i]) ? isnan(turned[n - 1 - i]) : q[i] == turned[n - 1 - i]);
    }
}

TEST(q_is_between_p_and_bonferroni_and_rises_with_p)
{
    for (int round = 0; round < 300; round++) {
        double p[MOST], q[MOST], by[MOST];
        hz_fdr_item scratch[MOST];
        size_t n = draw(p), m = hz_fdr_bh(n, p, scratch, q);
        hz_fdr_by(n, p, scratch, by);
        for (size_t i = 0; i < n; i++) {
            if (isnan(p[i]))
                continue;
            CHECK(q[i] >= p[i] && q[i] <= fmin(1, (double)m * p[i]) + 1e-15 && by[i] >= q[i]);
            for (size_t j = 0; j < n; j++)
                CHECK(!(p[j] > p[i]) || q[j] >= q[i]);
        }
    }
}

/* 2,000 families of 20 tests, half of them without an effect: the share of false alarms is at most
 * 5 % of what is rejected, on average (in truth half of that). */
TEST(the_share_of_false_alarms_keeps_below_its_level)
{
    double sum = 0, squares = 0;
    const int families = 2000;
    for (int round = 0; round < families; round++) {
        double p[20], q[20], rejected = 0, wrong = 0;
        hz_fdr_item scratch[20];
        for (int i = 0; i < 20; i++)
            p[i] = i < 10 ? uniform() : pow(uniform(), 6);
        hz_fdr_bh(20, p, scratch, q);
        for (int i = 0; i < 20; i++) {
            rejected += q[i] <= 0.05;
            wrong += i < 10 && q[i] <= 0.05;
        }
        double share = rejected > 0 ? wrong / rejected : 0;
        sum += share;
        squares += share * share;
    }
    double mean = sum / families, se = sqrt((squares / families - mean * mean) / families);
    CHECK_NEAR(mean, 0.025, 4 * se);
}

RUN_TESTS(T(q_is_the_least_of_m_p_over_rank_among_the_p_that_are_no_smaller),
          T(rejecting_q_up_to_a_is_the_step_up_rule),
          T(order_does_not_matter_and_results_may_replace_the_p),
          T(q_is_between_p_and_bonferroni_and_rises_with_p),
          T(the_share_of_false_alarms_keeps_below_its_level))
