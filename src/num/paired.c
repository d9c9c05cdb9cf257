/* Paired shares: exact McNemar, Newcombe's score limits, and a bootstrap of the events. */
#include "hotzone/paired.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"
#include "num/tail.h"

static bool is_count(double x)
{
    return x >= 0 && x <= HZ_RNG_POISSON_MOST && x == floor(x);
}

static bool are_counts(hz_paired t)
{
    return is_count(t.both) && is_count(t.first) && is_count(t.second) && is_count(t.neither);
}

double hz_paired_mcnemar(hz_paired t)
{
    if (!are_counts(t))
        return NAN;
    double n = t.first + t.second, most = fmax(t.first, t.second);
    if (n == 0)
        return 1;
    return fmin(1, 2 * hz_tail_beta(most, n - most + 1, 0)); /* Pr(Bin(n, 1/2) >= most) */
}

/* Newcombe's phi: the correlation, its numerator drawn towards 0 by n / 2 where it is positive. */
static double correlation(hz_paired t, double n)
{
    double a = t.both, b = t.first, c = t.second, d = t.neither;
    double margins = sqrt(a + b) * sqrt(c + d) * sqrt(a + c) * sqrt(b + d);
    double cross = a * d - b * c;
    if (margins == 0)
        return 0;
    return (cross > 0 ? fmax(cross - n / 2, 0) : cross) / margins;
}

static double joined(double down, double up, double phi)
{
    return sqrt(fmax(0, down * down - 2 * phi * down * up + up * up));
}

void hz_paired_difference(hz_paired t, double level, double *difference, double *low, double *high)
{
    double n = t.both + t.first + t.second + t.neither, l1, u1, l2, u2;
    *difference = *low = *high = NAN;
    if (!are_counts(t) || n == 0)
        return;
    double p1 = (t.both + t.first) / n, p2 = (t.both + t.second) / n, phi = correlation(t, n);
    hz_interval_wilson(t.both + t.first, n, level, &l1, &u1);
    hz_interval_wilson(t.both + t.second, n, level, &l2, &u2);
    if (isnan(l1))
        return;
    *difference = (t.first - t.second) / n;
    *low = *difference - joined(p1 - l1, u2 - p2, phi);
    *high = *difference + joined(u1 - p1, p2 - l2, phi);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

hz_status hz_paired_bootstrap(hz_paired t, double level, uint32_t replicates, uint64_t seed,
                              double *low, double *high, hz_error *err)
{
    double rest = t.both + t.neither, n = rest + t.first + t.second;
    if (!(level > 0 && level < 1) || replicates < 1 || replicates > 1000000)
        return hz_fail(err, HZ_EUSAGE, "bootstrap: level %g and %u replicates, expected a level "
                       "within 0 and 1 and 1 to 1000000 replicates", level, (unsigned)replicates);
    if (!are_counts(t) || n == 0)
        return hz_fail(err, HZ_EDATA, "bootstrap: %g events, expected whole counts of at least one",
                       n);
    double *drawn = hz_mem_new(replicates, sizeof *drawn);
    if (!drawn)
        return hz_mem_fail(err, "bootstrap");
    for (uint32_t r = 0; r < replicates; r++) {
        hz_rng rng = hz_rng_new(seed, hz_rng_statistic("paired"), 0, r);
        double first = (double)hz_rng_poisson(&rng, t.first);
        double second = (double)hz_rng_poisson(&rng, t.second);
        double all = first + second + (double)hz_rng_poisson(&rng, rest);
        drawn[r] = all > 0 ? (first - second) / all : 0;
    }
    qsort(drawn, replicates, sizeof *drawn, ascending);
    /* the order statistics that leave at most (1 - level) / 2 outside on either side */
    size_t out = (size_t)floor((1 - level) / 2 * replicates);
    *low = drawn[out];
    *high = drawn[replicates - 1 - out];
    hz_mem_free(drawn);
    return HZ_OK;
}
