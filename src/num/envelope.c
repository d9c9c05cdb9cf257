/* Ranks an observed curve's departure from the mean curve among those of simulated ones. */
#include "hotzone/envelope.h"

#include <math.h>
#include <stdlib.h>

#include "hotzone/mem.h"

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

static void depart(size_t steps, const double *curve, const double *centre, double *mad,
                   double *dclf)
{
    *mad = *dclf = 0;
    for (size_t s = 0; s < steps; s++) {
        double gap = fabs(curve[s] - centre[s]);
        *mad = fmax(*mad, gap);
        *dclf += gap * gap;
    }
    *dclf /= (double)steps;
}

static double rank_p(size_t n, const double *simulated, double observed)
{
    size_t as_great = 0;
    for (size_t i = 0; i < n; i++)
        as_great += simulated[i] >= observed * (1 - 1e-12);
    return ((double)as_great + 1) / ((double)n + 1);
}

hz_status hz_envelope_test(size_t steps, size_t n, const double *observed, const double *simulated,
                           double alpha, double *centre, hz_envelope *out, hz_error *err)
{
    /* 0.05 * 20 is one, whatever the last bit says */
    double rank = floor(alpha * ((double)n + 1) + 1e-9);
    if (!(alpha > 0 && alpha < 1) || !(rank >= 1))
        return hz_fail(err, HZ_EUSAGE, "envelope: %zu simulations at alpha %g, expected a share "
                       "between 0 and 1, and 1 / alpha - 1 simulations or more", n, alpha);
    double *mad = hz_mem_new(n, sizeof *mad), *dclf = hz_mem_new(n, sizeof *dclf);
    hz_status st = mad && dclf ? HZ_OK : hz_mem_fail(err, "envelope");
    if (st)
        goto done;
    for (size_t s = 0; s < steps; s++) {
        double sum = observed[s];
        for (size_t i = 0; i < n; i++)
            sum += simulated[i * steps + s];
        centre[s] = sum / ((double)n + 1);
    }
    hz_envelope e = { .alpha = alpha };
    depart(steps, observed, centre, &e.mad, &e.dclf);
    for (size_t i = 0; i < n; i++)
        depart(steps, simulated + i * steps, centre, &mad[i], &dclf[i]);
    e.mad_p = rank_p(n, mad, e.mad);
    e.dclf_p = rank_p(n, dclf, e.dclf);
    qsort(mad, n, sizeof *mad, by_size);
    e.half_width = mad[(size_t)rank - 1];
    *out = e;
done:
    hz_mem_free(mad);
    hz_mem_free(dclf);
    return st;
}
