/* How unevenly events are shared among places: Lorenz curve, Gini and Theil. */
#ifndef HOTZONE_GINI_H
#define HOTZONE_GINI_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One place, or several of one rate together: nothing below depends on which. */
typedef struct {
    double events; /* >= 0 */
    double base;   /* > 0: 1 for each place, or its area, or its population */
} hz_gini_step;

/** Sort steps from the fewest to the most events per base; O(n log n). */
HZ_API void hz_gini_sort(size_t n, hz_gini_step steps[]);

/**
 * Gini coefficient of steps in that order: 1 less twice the area below the Lorenz curve, 0 where all
 * have one rate, 1 - b where one place of share b of the base has all events.  With a base of 1 each
 * it is sum (2i - n - 1) x_(i) / (n sum x).  NaN without events or base.
 */
HZ_API double hz_gini(size_t n, const hz_gini_step steps[]);

/** The share of events in that `share` (0 .. 1) of the base that has the most of them per base: 1 less
 *  the Lorenz curve at 1 - share, straight between its corners; NaN without events. */
HZ_API double hz_gini_top(size_t n, const hz_gini_step steps[], double share);
/** The Lorenz curve at k / m for k = 0 .. m; curve[m + 1]. */
HZ_API void hz_gini_curve(size_t n, const hz_gini_step steps[], size_t m, double curve[]);
/** The least share of the base that holds `share` (0 .. 1) of the events: the inverse. */
HZ_API double hz_gini_holding(size_t n, const hz_gini_step steps[], double share);

/**
 * Bernasco and Steenbeek's (2017) Gini for fewer events than places: max(1, n / c) (G - 1) + 1, 0 if
 * each event has a place to itself.
 * @param gini  with equal base, of n places and c events
 */
HZ_API double hz_gini_generalised(double gini, double places, double events);

/** Theil's T, sum s ln(s / b) over shares s of the events and b of the base; 0 ln 0 = 0.  NaN without
 *  events. */
HZ_API double hz_theil(size_t n, const hz_gini_step steps[]);
/**
 * The part of Theil's T between groups, sum S ln(S / B) over the groups' shares; the rest, T less it,
 * is within them.
 * @param events,base  n places
 * @param group        of each place, 0 .. groups - 1
 * @param sums         scratch, one per group
 */
HZ_API double hz_theil_between(size_t n, const double events[], const double base[],
                               const uint32_t group[], size_t groups, hz_gini_step sums[]);

#ifdef __cplusplus
}
#endif
#endif
