/* Adjusts p-values of many tests for the share of false alarms. */
#include "hotzone/fdr.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static int by_p(const void *a, const void *b)
{
    const hz_fdr_item *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* Step up from the largest p, so that one that fails does not stop a larger one from passing. */
static size_t adjust(size_t n, const double *p, double (*price)(size_t), hz_fdr_item *scratch,
                     double *q)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        bool test = p[i] >= 0 && p[i] <= 1;
        if (test)
            scratch[m++] = (hz_fdr_item){ p[i], i };
        else
            q[i] = NAN;
    }
    if (m > 1)
        qsort(scratch, m, sizeof *scratch, by_p);
    double factor = (double)m * price(m), least = 1;
    for (size_t j = m; j-- > 0;) {
        least = fmin(least, scratch[j].p * (factor / (double)(j + 1))); /* never under p */
        q[scratch[j].at] = least;
    }
    return m;
}

static double independent(size_t m)
{
    (void)m;
    return 1;
}

static double any_dependence(size_t m)
{
    double sum = 0;
    for (size_t i = m; i > 0; i--)
        sum += 1 / (double)i;
    return sum;
}

size_t hz_fdr_bh(size_t n, const double *p, hz_fdr_item *scratch, double *q)
{
    return adjust(n, p, independent, scratch, q);
}

size_t hz_fdr_by(size_t n, const double *p, hz_fdr_item *scratch, double *q)
{
    return adjust(n, p, any_dependence, scratch, q);
}
