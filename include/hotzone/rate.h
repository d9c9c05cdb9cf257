/* Rates of events per base, smoothed. */
#ifndef HOTZONE_RATE_H
#define HOTZONE_RATE_H

#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What Marshall's estimator found: rate[i] = m + w_i (crude_i - m), w_i = a / (a + m / base_i). */
typedef struct {
    double mean;     /* m: events / base over all areas; NaN if no area takes part */
    double variance; /* a: between areas, floored at 0; 0: every smoothed rate equals m */
    size_t used;     /* areas with a base over 0 and a known count */
} hz_smoothing;

/**
 * Marshall's (1991) global empirical-Bayes rate per unit of base (multiply by `per` yourself).
 * Areas whose count or base is NaN, or whose base is 0, take no part and get NaN; zero-base areas
 * are not counted in the mean base.
 *
 * @param events  n counts, >= 0 where known
 * @param base    n residents or resident-years, >= 0 where known
 * @param rate    n results; may not overlap the inputs
 * @param found   may be NULL
 */
HZ_API void hz_rate_smoothed(size_t n, const double *events, const double *base, double *rate,
                             hz_smoothing *found);

/**
 * The same inside each area's neighbourhood N(i) + {i}, with that neighbourhood's mean in every
 * term.  An area without neighbours that take part keeps its crude rate.
 *
 * @param first      n + 1 offsets: neighbours of i are neighbour[first[i]] ..
 *                   neighbour[first[i+1]-1]
 * @param neighbour  area numbers, each once per area; i itself is ignored (it always takes part)
 * Time O(n + neighbours).
 */
HZ_API void hz_rate_smoothed_local(size_t n, const double *events, const double *base,
                                   const size_t *first, const size_t *neighbour, double *rate);

#ifdef __cplusplus
}
#endif
#endif
