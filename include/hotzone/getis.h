/* Getis and Ord's local and general statistics of concentration. */
#ifndef HOTZONE_GETIS_H
#define HOTZONE_GETIS_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/csr.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a local statistic was, and what it would be with values placed at random. */
typedef struct {
    double statistic, expected, sd; /* sd: NaN where the statistic cannot vary */
} hz_local;

/** n values about their mean: what every local statistic needs of them. */
typedef struct {
    size_t n;
    const double *x;
    double mean, squares; /* squares: sum of (x - mean)^2 */
} hz_values;

/** Mean and squares of n values, in two passes; O(n). */
HZ_API hz_values hz_values_of(size_t n, const double *x);
/** HZ_EDATA unless values differ by more than rounding, and the greatest in size is 0 or from 1e-100
 *  to 1e100, so that squares and products stay finite. */
HZ_API hz_status hz_values_check(const hz_values *values, hz_error *err);

/**
 * The weight sums of one unit's row, as the statistic uses them: `row` divides them by their sum.
 * With `self` the unit itself joins: weight 1 where all are equal, else the greatest of the row.
 */
typedef struct {
    double sum, squares; /* of the weights; both 0 for a unit without neighbours and self */
    double scale;        /* what a weight as given is multiplied by */
    double own;          /* the unit's own weight, scaled; 0 without self */
} hz_row;
HZ_API hz_row hz_row_of(const hz_csr *csr, size_t unit, bool self, bool row);

/** Sum of weight times value over a unit's neighbours, weights as given. */
HZ_API double hz_row_sum(const hz_csr *csr, size_t unit, const double *x);

/**
 * Gi (Getis & Ord 1992) or, with `self`, Gi* (Ord & Getis 1995) of one unit: the weighted sum of
 * the values about it, under randomisation of all values (Gi*), or of all but its own (Gi).  z is
 * (statistic - expected) / sd.
 *
 * @param row  weights standardised so that each row sums to 1
 */
HZ_API hz_local hz_getis_local(const hz_values *values, const hz_csr *csr, size_t unit, bool self,
                               bool row);

#ifdef __cplusplus
}
#endif
#endif
