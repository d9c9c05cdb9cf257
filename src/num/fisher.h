/* Fisher's (1958) exact grouping of sorted values into classes of least variance. */
#ifndef NUM_FISHER_H
#define NUM_FISHER_H

#include <stddef.h>

#include "hotzone/status.h"

/**
 * Cut n rising distinct values into k runs with the least sum of squared deviations from the
 * run's mean.  Ties go to the lowest cuts.
 *
 * @param weight  how often each value occurs, > 0
 * @param cuts    k - 1 indices, rising: run c starts at value cuts[c-1]
 * @param k       1 .. n
 * Time O(k n log n), memory O(k n).
 */
hz_status hz_fisher_cuts(size_t n, const double *value, const double *weight, size_t k,
                         size_t *cuts, hz_error *err);

#endif
