/* Chi-squared of counts by cell. */
#include "hotzone/quadrat.h"

#include <math.h>

#include "num/tail.h"

double hz_quadrat_chi2(size_t n, const double *count, const double *share, double events)
{
    double chi2 = 0;
    for (size_t i = 0; i < n; i++) {
        double expected = events * share[i], gap = count[i] - expected;
        if (expected > 0)
            chi2 += gap * gap / expected;
    }
    return chi2;
}

hz_status hz_quadrat_test(size_t n, const double *count, const double *share, hz_quadrat *out,
                          hz_error *err)
{
    hz_quadrat q = { .least = INFINITY };
    double whole = 0, lost = 0;
    for (size_t i = 0; i < n; i++) {
        q.cells += share[i] > 0;
        q.events += count[i];
        whole += share[i];
        lost += share[i] > 0 ? 0 : count[i];
    }
    if (q.cells < 2 || !(q.events > 0) || lost > 0)
        return hz_fail(err, HZ_EDATA, "quadrats: %zu cells, %g events, %g where none are expected; "
                       "expected 2 cells or more, some events, all where they can be", q.cells,
                       q.events, lost);
    for (size_t i = 0; i < n; i++) {
        double expected = q.events * share[i] / whole, gap = count[i] - expected;
        if (!(expected > 0))
            continue;
        q.chi2 += gap * gap / expected;
        q.least = fmin(q.least, expected);
        q.below_5 += expected < 5;
    }
    q.df = (double)q.cells - 1;
    q.dispersion = q.chi2 / q.df;
    /* chi-squared is a gamma of shape df / 2 on half the scale; log 0 is no number to pass on */
    q.p_high = q.chi2 > 0 ? hz_tail_gamma_upper(q.df / 2, log(q.chi2 / 2)) : 1;
    q.p_low = q.chi2 > 0 ? hz_tail_gamma_lower(q.df / 2, log(q.chi2 / 2)) : 0;
    q.p = fmin(1, 2 * fmin(q.p_high, q.p_low));
    *out = q;
    return HZ_OK;
}
