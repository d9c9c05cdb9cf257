/* Limits of a funnel plot: exact Poisson limits, and how much wider the data ask for them. */
#include "hotzone/funnel.h"

#include <math.h>
#include <stdlib.h>

#include "num/tail.h"

/* Pr(count <= k) - tail, from the side on which nothing is lost. */
static double above_tail(double k, double log_mean, double tail)
{
    if (k < 0)
        return -tail;
    return tail > 0.5 ? (1 - tail) - hz_tail_gamma_lower(k + 1, log_mean)
                      : hz_tail_gamma_upper(k + 1, log_mean) - tail;
}

double hz_funnel_limit(double expected, double tail)
{
    if (!(expected >= 0) || isinf(expected) || !(tail > 0 && tail < 1))
        return NAN;
    if (expected == 0)
        return 0;
    double u = log(expected), low = -1, high = ceil(expected) + 8;
    while (above_tail(high, u, tail) < 0)
        high *= 2;
    while (high - low > 1) { /* F(low) < tail <= F(high) */
        double middle = floor((low + high) / 2);
        if (above_tail(middle, u, tail) < 0)
            low = middle;
        else
            high = middle;
    }
    double over = above_tail(high, u, tail), under = above_tail(high - 1, u, tail);
    return fmax(0, high - over / (over - under));
}

double hz_funnel_exceedance(double count, double expected)
{
    if (!(count >= 0) || isinf(count) || count != floor(count) || !(expected >= 0) ||
        isinf(expected))
        return NAN;
    if (count == 0 || expected == 0)
        return count == 0;
    return hz_tail_gamma_lower(count, log(expected));
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

hz_funnel_spread hz_funnel_overdispersion(size_t n, const double *events, const double *base,
                                          double target, double share, double *scratch)
{
    hz_funnel_spread found = { NAN, NAN, 0 };
    double sum = 0, weights = 0, squares = 0;
    size_t m = 0;

    if (!(target > 0) || isinf(target) || !(share >= 0 && share < 0.5))
        return found;
    for (size_t i = 0; i < n; i++) {
        if (!(base[i] > 0) || !(events[i] >= 0))
            continue;
        double expected = target * base[i], weight = base[i] / target; /* 1 / var of a rate */
        scratch[m++] = (events[i] - expected) / sqrt(expected);
        weights += weight;
        squares += weight * weight;
    }
    found.used = m;
    if (m < 2)
        return found;
    qsort(scratch, m, sizeof *scratch, ascending);
    size_t cut = (size_t)floor(share * (double)m);
    for (size_t i = 0; i < m; i++) {
        double z = scratch[i < cut ? cut : i >= m - cut ? m - cut - 1 : i];
        sum += z * z;
    }
    found.phi = sum / (double)m;
    found.tau2 = fmax(0, (sum - (double)(m - 1)) / (weights - squares / weights));
    return found;
}

double hz_funnel_inflated(double limit, double expected, double phi)
{
    return phi > 1 ? fmax(0, expected + (limit - expected) * sqrt(phi)) : limit;
}
