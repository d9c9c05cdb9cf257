/* The exact null of a neighbour sum: what infinitely many conditional permutations would give. */
#ifndef HOTZONE_NULL_H
#define HOTZONE_NULL_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * n whole numbers, one per unit, as steps above the least of them.  Holding unit i fixed, the sum
 * of its k neighbours under permutation is the sum of k draws without replacement from the other n
 * - 1: the coefficients of t^k in prod over v of (1 + t y^v)^(number of others with value v).
 */
typedef struct hz_null hz_null;

/**
 * @param x  n values
 * @return HZ_EDATA with the reason if a value is not whole or the values span more than 2^31
 *         steps of their common divisor, or there are under 2 of them; HZ_EMEMORY.  O(n log n).
 */
HZ_API hz_status hz_null_new(size_t n, const double *x, hz_null **out, hz_error *err);
HZ_API void hz_null_free(hz_null *null); /* NULL is allowed */

/** Multiplications that tables for up to k neighbours take, and the bytes they take per thread;
 *  infinite for a k that cannot be done (over 500, or over n - 1). */
HZ_API double hz_null_work(const hz_null *null, size_t k);
HZ_API double hz_null_room(const hz_null *null, size_t k);

/**
 * The tails of every unit, one table per (k, x_i) shared by all units that have them.  Every
 * term is positive and tails are summed from their small end: relative error under 1e-11, down to
 * 1e-280.  Shared among threads; the same bits on any number of them.
 *
 * @param k     n numbers of neighbours; a unit of 0 or of more than `most` is left alone
 * @param sum   n sums of the neighbours' values, as they were observed
 * @param most  the greatest k to do
 * @param high,low,equal  n probabilities each of a sum >= , <= and = the one observed, given x_i
 * @return HZ_EUSAGE if `most` cannot be done, HZ_EMEMORY
 */
HZ_API hz_status hz_null_tails(const hz_null *null, const uint32_t *k, const double *sum,
                               size_t most, double *high, double *low, double *equal,
                               hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
