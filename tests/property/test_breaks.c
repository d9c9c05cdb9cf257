/* Class limits on seeded random values: against every possible grouping, and what must hold. */
#include <stdbool.h>
#include <stdlib.h>

#include "check.h"
#include "hotzone/breaks.h"
#include "num/fisher.h"
#include "num/roundest.h"

enum { MOST = 400 };

static uint64_t state = 99;
static hz_error err;

static double uniform(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

/* Skewed rates, some of them tied, some unknown; coarse rounds give many ties. */
static void draw(size_t n, double *v)
{
    double scale = pow(10, floor(uniform() * 9) - 4), coarse = uniform() < 0.5 ? 10 : 1e6;
    double shift = uniform() < 0.3 ? 0.5 : 0;
    for (size_t i = 0; i < n; i++) {
        v[i] = (floor(uniform() * uniform() * coarse) / coarse - shift) * 100 * scale;
        if (i > 0 && uniform() < 0.05)
            v[i] = NAN;
    }
}

static hz_breaks find(hz_breaks_method method, size_t wanted, bool round, size_t n,
                      const double *v, const double *fixed)
{
    hz_breaks b = { 0 };
    if (hz_breaks_find(method, wanted, round, n, v, fixed, &b, &err))
        print_error("%s\n", err.text);
    return b;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sum of squares of n values about their mean, in two passes. */
static double spread(size_t n, const double *v)
{
    long double mean = 0, sum = 0;
    for (size_t i = 0; i < n; i++)
        mean += v[i] / (long double)n;
    for (size_t i = 0; i < n; i++)
        sum += (v[i] - mean) * (v[i] - mean);
    return (double)sum;
}

/* The least sum over every way to cut n rising values into at most k runs. */
static double least(size_t n, const double *v, size_t k)
{
    double best = spread(n, v);
    for (size_t cut = 1; k > 1 && cut < n; cut++)
        best = fmin(best, spread(cut, v) + least(n - cut, v + cut, k - 1));
    return best;
}

TEST(fisher_is_as_good_as_the_best_of_all_groupings)
{
    double v[12];
    for (int round = 0; round < 400; round++) {
        size_t n = 2 + (size_t)(uniform() * 10), k = 2 + (size_t)(uniform() * 3), known = 0;
        draw(n, v);
        hz_breaks b = find(HZ_FISHER, k, round % 2, n, v, NULL);
        for (size_t i = 0; i < n; i++)
            if (!isnan(v[i]))
                v[known++] = v[i];
        qsort(v, known, sizeof *v, compare);
        double all = spread(known, v), best = least(known, v, k);
        CHECK(b.classes > 0);
        CHECK_NEAR(1 - b.fit, all > 0 ? best / all : 0, 1e-12);
    }
}

/* The textbook recursion, every cut tried, on weighted values: O(k n^2). */
static double slow_fisher(size_t n, const double *v, const double *w, size_t k)
{
    static double cost[MOST], next[MOST];
    for (size_t c = 0; c < k; c++) {
        for (size_t i = 0; i < n; i++) {
            double weight = 0, mean = 0, inside = 0;
            next[i] = c ? cost[i] : INFINITY;
            for (size_t j = i + 1; j-- > 0;) { /* Welford, from i down to j */
                double step = v[j] - mean;
                weight += w[j];
                mean += step * w[j] / weight;
                inside += w[j] * step * (v[j] - mean);
                double before = c == 0 ? (j ? INFINITY : 0) : j ? cost[j - 1] : 0;
                next[i] = fmin(next[i], before + inside);
            }
        }
        memcpy(cost, next, sizeof cost);
    }
    return cost[n - 1];
}

TEST(halving_the_search_loses_nothing)
{
    double v[MOST], w[MOST];
    for (int round = 0; round < 60; round++) {
        size_t n = 8 + (size_t)(uniform() * 150), k = 2 + (size_t)(uniform() * 6), cuts[7];
        double at = 0, got = 0;
        for (size_t i = 0; i < n; i++) {
            v[i] = at += 0.001 + uniform() * uniform() * uniform();
            w[i] = 1 + floor(uniform() * 5);
        }
        CHECK_OK(hz_fisher_cuts(n, v, w, k, cuts, &err), err);
        for (size_t c = 0; c < k; c++) {
            size_t from = c ? cuts[c - 1] : 0, to = c + 1 < k ? cuts[c] : n;
            double weight = 0, mean = 0;
            CHECK(from < to);
            for (size_t i = from; i < to; i++) {
                double step = v[i] - mean;
                weight += w[i];
                mean += step * w[i] / weight;
                got += w[i] * step * (v[i] - mean);
            }
        }
        double want = slow_fisher(n, v, w, k);
        CHECK_NEAR(got / want, 1, 1e-9);
    }
}

TEST(rounding_moves_no_value_and_writes_exactly)
{
    const hz_breaks_method methods[] = { HZ_QUANTILE, HZ_FISHER, HZ_EQUAL, HZ_REFERENCE };
    static double v[MOST];
    for (int round = 0; round < 1200; round++) {
        hz_breaks_method m = methods[round % 4];
        size_t n = 1 + (size_t)(uniform() * (MOST - 1)), wanted = 1 + (size_t)(uniform() * 7);
        double reference = exp(uniform() * 10 - 3);
        draw(n, v);
        hz_breaks plain = find(m, wanted, false, n, v, &reference);
        hz_breaks rounded = find(m, wanted, true, n, v, &reference);
        CHECK(plain.classes == rounded.classes && plain.classes >= 1);
        for (size_t i = 0; i < n; i++)
            CHECK(hz_breaks_class(&plain, v[i]) == hz_breaks_class(&rounded, v[i]));
        for (size_t c = 0; c + 1 < rounded.classes; c++) {
            char text[400];
            CHECK(c == 0 || rounded.limits[c] > rounded.limits[c - 1]);
            CHECK(rounded.decimals >= 0);
            snprintf(text, sizeof text, "%.*f", rounded.decimals, rounded.limits[c]);
            CHECK(strtod(text, NULL) == rounded.limits[c]);
        }
    }
}

TEST(counts_add_up_and_no_class_of_a_data_driven_method_is_empty)
{
    static double v[MOST];
    for (int round = 0; round < 1000; round++) {
        size_t n = 1 + (size_t)(uniform() * (MOST - 1)), wanted = 1 + (size_t)(uniform() * 7);
        size_t known = 0, sum = 0, seen[HZ_CLASSES_MAX] = { 0 };
        draw(n, v);
        hz_breaks b = find(round % 2 ? HZ_QUANTILE : HZ_FISHER, wanted, round % 3, n, v, NULL);
        for (size_t i = 0; i < n; i++)
            if (!isnan(v[i])) {
                seen[hz_breaks_class(&b, v[i])]++;
                known++;
                CHECK(b.low <= v[i] && v[i] <= b.high);
            }
        for (size_t c = 0; c < b.classes; c++) {
            CHECK(b.count[c] == seen[c] && seen[c] > 0);
            sum += b.count[c];
        }
        CHECK(sum == known);
        CHECK(b.fit >= 0 && b.fit <= 1);
    }
}

TEST(quantile_classes_of_distinct_values_differ_by_one_at_most)
{
    double v[MOST];
    for (int round = 0; round < 500; round++) {
        size_t n = 7 + (size_t)(uniform() * (MOST - 7)), k = 2 + (size_t)(uniform() * 6);
        size_t fewest = n, most = 0;
        for (size_t i = 0; i < n; i++)
            v[i] = uniform();
        hz_breaks b = find(HZ_QUANTILE, k, true, n, v, NULL);
        CHECK(b.classes == k);
        for (size_t c = 0; c < k; c++) {
            fewest = b.count[c] < fewest ? b.count[c] : fewest;
            most = b.count[c] > most ? b.count[c] : most;
        }
        CHECK(most - fewest <= 1);
    }
}

TEST(the_order_of_values_and_unknown_ones_change_nothing)
{
    static double v[MOST], back[2 * MOST];
    for (int round = 0; round < 300; round++) {
        size_t n = 1 + (size_t)(uniform() * (MOST - 1));
        draw(n, v);
        for (size_t i = 0; i < n; i++) {
            back[2 * i] = v[n - 1 - i];
            back[2 * i + 1] = NAN;
        }
        for (int m = 0; m < 3; m++) {
            hz_breaks a = find((hz_breaks_method)m, 5, true, n, v, NULL);
            hz_breaks b = find((hz_breaks_method)m, 5, true, 2 * n, back, NULL);
            CHECK(a.classes == b.classes && a.fit == b.fit && a.decimals == b.decimals);
            CHECK(memcmp(a.limits, b.limits, sizeof a.limits) == 0);
            CHECK(memcmp(a.count, b.count, sizeof a.count) == 0);
        }
    }
}

/* How round a whole number over 0 is: digits without end zeros, then its last one. */
static int roughness(long m)
{
    int digits = 1;
    while (m % 10 == 0)
        m /= 10;
    int kind = m == 1 || m == 2 || m % 10 == 5 ? 0 : m % 2 == 0 ? 1 : 2;
    for (; m >= 10; m /= 10)
        digits++;
    return digits * 3 + kind;
}

/* Whole ends over 0: no fraction in between is as short as some whole number. */
TEST(the_roundest_number_is_the_first_of_all_by_the_rule)
{
    for (int round = 0; round < 20000; round++) {
        long low = 1 + (long)(exp(uniform() * 8)), high = low + 1 + (long)exp(uniform() * 8);
        double power = pow(10, floor(uniform() * 9)), sign = uniform() < 0.3 ? -1 : 1;
        long from = low + 1, to = high, best = 0;
        if (sign < 0) { /* -high < x <= -low */
            from = low;
            to = high - 1;
        }
        for (long m = from; m <= to; m++) {
            int better = best ? roughness(m) - roughness(best) : -1;
            long nearer = labs(2 * best - low - high) - labs(2 * m - low - high);
            if (better < 0 || (better == 0 && nearer > 0))
                best = m;
        }
        double a = sign * (double)(sign < 0 ? high : low);
        double b = sign * (double)(sign < 0 ? low : high);
        double got = hz_roundest(a / power, b / power, (a + b) / power / 2);
        long m = lround(got * power * sign);
        CHECK(got > a / power && got <= b / power);
        CHECK(got == sign * (double)m / power);
        CHECK(roughness(m) == roughness(best));
        CHECK(labs(2 * m - low - high) == labs(2 * best - low - high));
    }
}

RUN_TESTS(T(fisher_is_as_good_as_the_best_of_all_groupings), T(halving_the_search_loses_nothing),
          T(rounding_moves_no_value_and_writes_exactly),
          T(counts_add_up_and_no_class_of_a_data_driven_method_is_empty),
          T(quantile_classes_of_distinct_values_differ_by_one_at_most),
          T(the_order_of_values_and_unknown_ones_change_nothing),
          T(the_roundest_number_is_the_first_of_all_by_the_rule))
