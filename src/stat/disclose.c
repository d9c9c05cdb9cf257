/* Hides small counts, and what would give them away. */
#include "hotzone/disclose.h"

#include <math.h>

/* The largest value a reader can still believe of any hidden row: the others take 1 each. */
static double widest(double sum, size_t hidden)
{
    return sum - (double)(hidden - 1);
}

hz_status hz_disclose_rows(size_t n, const double *counts, double below, bool sum_published,
                           unsigned char *hidden, hz_error *err)
{
    size_t many = 0;
    double sum = 0, need = below - 1; /* the top of 1 .. below-1 must stay possible */

    if (!(below >= 2))
        return hz_fail(err, HZ_EUSAGE, "hide-below: %g, expected at least 2", below);
    for (size_t i = 0; i < n; i++) {
        hidden[i] = counts[i] > 0 && counts[i] < below;
        if (hidden[i]) {
            many++;
            sum += counts[i];
        }
    }
    if (many == 0 || !sum_published)
        return HZ_OK;
    while (many < 2 || widest(sum, many) < need) {
        size_t next = n;
        for (size_t i = 0; i < n; i++)
            if (!hidden[i] && counts[i] >= below && (next == n || counts[i] < counts[next]))
                next = i;
        if (next == n)
            return hz_fail(err, HZ_EDATA,
                           "hide-below %g: too few events to publish together with their "
                           "total, expected more events, fewer areas or no threshold", below);
        hidden[next] = 1;
        many++;
        sum += counts[next];
        need = fmax(need, counts[next] + fmax(2, 0.2 * counts[next]));
    }
    return HZ_OK;
}
