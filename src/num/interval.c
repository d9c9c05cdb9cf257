/* Exact intervals for counts and their ratios, score intervals for shares and their differences. */
#include "hotzone/interval.h"

#include <math.h>
#include <stdbool.h>

#include "num/tail.h"

/* What is left on each side of a central interval; NaN if the level is not one. */
static double tail_of(double level)
{
    return level > 0 && level < 1 ? (1 - level) / 2 : NAN;
}

static double share_of_log_odds(double t)
{
    return 1 / (1 + exp(-t));
}

void hz_interval_poisson(double x, double level, double *low, double *high)
{
    double tail = tail_of(level);
    *low = *high = NAN;
    if (!(x >= 0) || isinf(x) || isnan(tail))
        return;
    *low = x > 0 ? exp(hz_tail_gamma_lower_at(x, tail)) : 0;
    *high = exp(hz_tail_gamma_upper_at(x + 1, tail));
}

/* Log odds of the Clopper-Pearson limits; infinite at the ends of 0..1. */
static void share_limits(double k, double n, double tail, double *low, double *high)
{
    *low = k > 0 ? hz_tail_beta_at(k, n - k + 1, tail) : -INFINITY;
    *high = k < n ? -hz_tail_beta_at(n - k, k + 1, tail) : INFINITY;
}

static bool is_share(double k, double n)
{
    return n > 0 && !isinf(n) && k >= 0 && k <= n;
}

void hz_interval_binomial(double k, double n, double level, double *low, double *high)
{
    double tail = tail_of(level);
    *low = *high = NAN;
    if (!is_share(k, n) || isnan(tail))
        return;
    share_limits(k, n, tail, low, high);
    *low = share_of_log_odds(*low);
    *high = share_of_log_odds(*high);
}

void hz_interval_wilson(double k, double n, double level, double *low, double *high)
{
    double tail = tail_of(level);
    *low = *high = NAN;
    if (!is_share(k, n) || isnan(tail))
        return;
    /* z^2 is chi-squared with one degree of freedom: twice a gamma of shape 1/2 */
    double z2 = 2 * exp(hz_tail_gamma_upper_at(0.5, 2 * tail));
    double p = k / n, q = (n - k) / n, scale = 1 + z2 / n;
    double half = sqrt(z2 * (p * q / n + z2 / (4 * n * n)));
    double upper = (p + z2 / (2 * n) + half) / scale;
    /* the limits are the roots of a quadratic with product p^2 / scale: no difference taken */
    *low = p * p / (scale * upper);
    *high = k < n ? upper : 1;
}

/* The first whole k in [from, to] that is no likelier than `most`; to + 1 if there is none.
 * Probabilities fall from `from` to `to`, on either side of the mode: mirrored if `down`. */
static double first_as_unlikely(double from, double to, double n, double t, bool down,
                                double most)
{
    double low = from, high = to + 1;
    while (low < high) {
        double middle = floor((low + high) / 2);
        double k = down ? n - middle : middle;
        if (hz_tail_binomial_log(k, n, t) <= most)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Two-sided p of x successes in n at log odds t: the probability of all outcomes that are as
 * likely as x or less, equality within 1e-7 as in R's binom.test. */
static double as_or_less_likely(double x, double n, double t)
{
    double mean = n * share_of_log_odds(t);
    double most = hz_tail_binomial_log(x, n, t) + log1p(1e-7);
    double p;
    if (x == mean)
        return 1;
    if (x < mean) {
        double k = first_as_unlikely(ceil(mean), n, n, t, false, most);
        p = hz_tail_beta(n - x, x + 1, -t);
        p += k <= n ? hz_tail_beta(k, n - k + 1, t) : 0;
    } else {
        double k = n - first_as_unlikely(n - floor(mean), n, n, t, true, most);
        p = hz_tail_beta(x, n - x + 1, t);
        p += k >= 0 ? hz_tail_beta(n - k, k + 1, -t) : 0;
    }
    return p < 1 ? p : 1;
}

static bool is_positive(double base)
{
    return base > 0 && !isinf(base);
}

void hz_interval_ratio(double x1, double base1, double x2, double base2, double level,
                       double *ratio, double *low, double *high, double *p)
{
    double tail = tail_of(level), n = x1 + x2, t1, t2;
    *ratio = *low = *high = NAN;
    if (p)
        *p = NAN;
    if (!is_positive(base1) || !is_positive(base2) || isnan(tail) || !(x1 >= 0 && x2 >= 0)
        || !(n > 0) || isinf(n))
        return;
    double bases = log(base2) - log(base1); /* log ratio = log odds of a case being of group 1 */
    *ratio = x2 > 0 ? exp(log(x1) - log(x2) + bases) : INFINITY;
    share_limits(x1, n, tail, &t1, &t2);
    *low = exp(t1 + bases);
    *high = exp(t2 + bases);
    if (p && x1 == floor(x1) && x2 == floor(x2))
        *p = as_or_less_likely(x1, n, -bases);
}

double hz_interval_ratio_upper_p(double x1, double base1, double x2, double base2)
{
    if (!is_positive(base1) || !is_positive(base2) || !(x1 >= 0 && x2 >= 0) || !(x1 + x2 > 0) ||
        isinf(x1 + x2))
        return NAN;
    /* log odds of an event being of group 1 */
    return x1 > 0 ? hz_tail_beta(x1, x2 + 1, log(base1) - log(base2)) : 1;
}

double hz_interval_ratio_central_p(double x1, double base1, double x2, double base2)
{
    double over = hz_interval_ratio_upper_p(x1, base1, x2, base2);
    double under = hz_interval_ratio_upper_p(x2, base2, x1, base1);
    return isnan(over) ? NAN : fmin(1, 2 * fmin(over, under));
}

void hz_interval_difference(double k1, double n1, double k2, double n2, double level,
                            double *difference, double *low, double *high)
{
    double l1, u1, l2, u2;
    *difference = *low = *high = NAN;
    hz_interval_wilson(k1, n1, level, &l1, &u1);
    hz_interval_wilson(k2, n2, level, &l2, &u2);
    if (isnan(l1) || isnan(l2))
        return;
    double p1 = k1 / n1, p2 = k2 / n2;
    *difference = p1 - p2;
    *low = *difference - hypot(p1 - l1, u2 - p2);
    *high = *difference + hypot(u1 - p1, p2 - l2);
}
