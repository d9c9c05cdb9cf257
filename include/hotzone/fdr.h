/* Many tests at once: the share of false alarms among those called significant. */
#ifndef HOTZONE_FDR_H
#define HOTZONE_FDR_H

#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Scratch: a p-value and where it stood. */
typedef struct {
    double p;
    size_t at;
} hz_fdr_item;

/**
 * Benjamini and Hochberg's (1995) adjusted p-values: q_(i) = min over j >= i of m p_(j) / j, at
 * most 1.  Rejecting all q <= a keeps the expected share of false alarms at a where the tests are
 * independent or positively dependent.  A p that is NaN, or not from 0 to 1, was no test: it does
 * not count in m and its q is NaN.  Equal p have equal q.
 *
 * @param scratch  n items
 * @param q        n results; may be p itself
 * @return m, the number of tests.  Time O(n log n).
 */
HZ_API size_t hz_fdr_bh(size_t n, const double *p, hz_fdr_item *scratch, double *q);

/** The same under any dependence (Benjamini and Yekutieli 2001): q times 1 + 1/2 + ... + 1/m. */
HZ_API size_t hz_fdr_by(size_t n, const double *p, hz_fdr_item *scratch, double *q);

#ifdef __cplusplus
}
#endif
#endif
