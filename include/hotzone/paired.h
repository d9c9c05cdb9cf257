/* Two shares of the same events: how many each of two zones holds, compared event by event. */
#ifndef HOTZONE_PAIRED_H
#define HOTZONE_PAIRED_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The fourfold table of n events: held by both, by the first alone, by the second alone, by
 *  neither.  Whole numbers >= 0. */
typedef struct {
    double both, first, second, neither;
} hz_paired;

/**
 * Two-sided exact p of McNemar (1947): an event that one zone alone holds is as likely held by the
 * first as by the second.  Twice the smaller binomial tail, at most 1; 1 where no event is held by
 * one alone; NaN for what are no counts.
 */
HZ_API double hz_paired_mcnemar(hz_paired counts);

/**
 * Difference of the first share and the second, (first - second) / n, with Newcombe's (1998, Stat.
 * Med. 17:2635) score limits for paired shares, his method 10: Wilson limits of either share, joined
 * by the correlation phi with his correction.  All NaN where n is 0 or a count is none.
 *
 * @param level  strictly between 0 and 1: 0.95
 */
HZ_API void hz_paired_difference(hz_paired counts, double level, double *difference, double *low,
                                 double *high);

/**
 * Percentile limits of the same difference by a Poisson bootstrap of the events (each event drawn
 * Poisson(1) times; Chamandy et al. 2012), which asks for no formula.
 *
 * @param replicates  1..1000000
 * @return HZ_EUSAGE for a level or a number of replicates that cannot be, HZ_EDATA where n is 0 or a
 *         count is none, HZ_EMEMORY.  Time O(replicates log replicates).
 */
HZ_API hz_status hz_paired_bootstrap(hz_paired counts, double level, uint32_t replicates,
                                     uint64_t seed, double *low, double *high, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
