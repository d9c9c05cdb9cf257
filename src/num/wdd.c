/* Displacement by counts: difference with its normal limits, and the older quotient. */
#include "hotzone/wdd.h"

#include <math.h>
#include <stdbool.h>

#include "num/tail.h"

/* The square of a standard normal is chi-squared with one degree of freedom, a gamma of shape 1/2. */
double hz_wdd_limit(double level)
{
    if (!(level > 0 && level < 1))
        return NAN;
    return sqrt(2 * exp(hz_tail_gamma_lower_at(0.5, level)));
}

static double two_sided(double z)
{
    return z == 0 ? 1 : hz_tail_gamma_upper(0.5, log(z * z / 2));
}

static bool is_count(double x)
{
    return x >= 0 && isfinite(x);
}

void hz_wdd(size_t n, const double *before, const double *after, const double *coefficient,
            double scale, double level, hz_wdd_result *out)
{
    double estimate = 0, variance = 0;
    bool good = scale > 0 && isfinite(scale) && level > 0 && level < 1;

    *out = (hz_wdd_result){ NAN, NAN, NAN, NAN, NAN, NAN };
    for (size_t i = 0; i < n; i++) {
        double c = coefficient[i];
        good = good && is_count(before[i]) && is_count(after[i]) && isfinite(c);
        estimate += c * (after[i] - scale * before[i]);
        variance += c * c * (after[i] + scale * scale * before[i]);
    }
    if (!good)
        return;
    out->estimate = estimate;
    if (!(variance > 0)) /* no event anywhere: nothing says how much it would vary */
        return;
    double half = hz_wdd_limit(level) * sqrt(variance);
    out->se = sqrt(variance);
    out->low = estimate - half;
    out->high = estimate + half;
    out->z = estimate / out->se;
    out->p = two_sided(out->z);
}

/* Variance of a ratio of two Poisson counts, delta method: (1/c)^2 x + (x/c^2)^2 c. */
static double ratio_variance(double x, double c)
{
    return x / (c * c) + x * x / (c * c * c);
}

void hz_wdq(const double zone[2], const double buffer[2], const double control[2],
            hz_wdq_result *out)
{
    *out = (hz_wdq_result){ HZ_WDQ_NO_CONTROL, NAN, NAN, NAN, NAN };
    if (!(control[0] > 0 && control[1] > 0))
        return;
    out->success = zone[1] / control[1] - zone[0] / control[0];
    out->success_se = sqrt(ratio_variance(zone[0], control[0]) +
                           ratio_variance(zone[1], control[1]));
    out->buffer = buffer[1] / control[1] - buffer[0] / control[0];
    out->state = out->success < 0 ? HZ_WDQ_OK : HZ_WDQ_NO_SUCCESS;
    if (out->state == HZ_WDQ_OK)
        out->wdq = out->buffer / out->success;
}
