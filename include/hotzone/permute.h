/* Conditional permutation: a unit held fixed, its neighbours drawn anew from all the others. */
#ifndef HOTZONE_PERMUTE_H
#define HOTZONE_PERMUTE_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/csr.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Replicates of one unit whose neighbour sum was above, equal to or below the one observed. */
typedef struct {
    uint32_t above, equal, below;
    uint32_t done;               /* above + equal + below; fewer than asked after a stop */
    uint32_t high_at,
        low_at; /* replicate at which `>=`, `<=` had happened `stop` times; 0: never */
} hz_tally;

/**
 * For each unit with neighbours draw them `replicates` times without replacement from the other
 * n - 1 units, and compare the weighted sum of their values with the one observed.  Draws are keyed
 * by (seed, "permute", unit, replicate); whole values compare exactly, others count as equal within
 * 1e-11 of the row's greatest possible sum.
 *
 * @param x       n values
 * @param wanted  n flags of the units to do; NULL: all
 * @param stop    0: never; else stop a unit once both tails have had this many (Besag & Clifford
 *                1991)
 * @param out     n tallies; all zero for units not wanted or without neighbours
 * @return HZ_EMEMORY.  Memory O(n) a thread; the same result on any number of threads
 */
HZ_API hz_status hz_permute_local(const hz_csr *csr, const double *x, const unsigned char *wanted,
                                  uint32_t replicates, uint32_t stop, uint64_t seed,
                                  hz_tally *out, hz_error *err);

/**
 * Shuffle the whole map: replicate r of n values, by Fisher and Yates, keyed by (seed, "shuffle",
 * 0, r).  to and x may not overlap.
 */
HZ_API void hz_permute_map(size_t n, const double *x, uint64_t seed, uint32_t replicate,
                           double *to);

#ifdef __cplusplus
}
#endif
#endif
