/* Exact intervals for counts and their ratios, score intervals for shares and their differences. */
#ifndef HOTZONE_INTERVAL_H
#define HOTZONE_INTERVAL_H

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In all of these a level is strictly between 0 and 1 (0.95: 2.5 % on either side); any other
 * level, and any count, size or base that cannot be, gives NaN.  Limits are right to 1e-11 of
 * themselves for counts up to 1e9; cost grows with the root of the count.  docs/methods/rates.md
 * says when they mislead. */

/** Central Garwood (1936) limits of a Poisson mean for a count x >= 0 (need not be whole:
 *  chi-squared form).  x = 0: low 0.  NaN for x < 0, infinite or NaN. */
HZ_API void hz_interval_poisson(double x, double level, double *low, double *high);

/** Clopper-Pearson (1934) limits of a share k of n, 0 <= k <= n; n = 0: NaN.  k = 0: low 0;
 *  k = n: high 1. */
HZ_API void hz_interval_binomial(double k, double n, double level, double *low, double *high);

/** Wilson (1927) score limits of a share, without continuity correction; n = 0: NaN.  k = 0: low
 *  0; k = n: high 1. */
HZ_API void hz_interval_wilson(double k, double n, double level, double *low, double *high);

/**
 * Ratio of two Poisson rates (x1/base1) / (x2/base2) with the exact conditional limits
 * (Clopper-Pearson on x1 of x1+x2, Przyborowski & Wilenski 1940) and the two-sided p of ratio = 1
 * by "as or less likely" (probabilities equal within 1e-7 count as equal).  x2 = 0: ratio and high
 * infinite; x1 = 0: ratio and low 0; both 0, or a base that is not over 0: all NaN.  A p below
 * one minus the level can go with limits that hold 1, and the reverse (Fay 2010): the limits are
 * central, the p is not.
 *
 * @param p  may be NULL; NaN unless both counts are whole
 */
HZ_API void hz_interval_ratio(double x1, double base1, double x2, double base2, double level,
                              double *ratio, double *low, double *high, double *p);

/** Two-sided p of ratio = 1 that goes with those central limits: twice the smaller tail, at most 1.
 *  It is below one minus the level exactly where the limits leave 1 out.  NaN where
 *  hz_interval_ratio gives none; the counts need not be whole. */
HZ_API double hz_interval_ratio_central_p(double x1, double base1, double x2, double base2);

/** One-sided p of a ratio over 1: the exact conditional Pr(X1 >= x1), given x1 + x2.  NaN where
 *  hz_interval_ratio gives none. */
HZ_API double hz_interval_ratio_upper_p(double x1, double base1, double x2, double base2);
/**
 * Difference k1/n1 - k2/n2 of two independent shares with Newcombe's (1998) hybrid score limits,
 * his method 10: the Wilson limits of either share, joined.  All NaN where n1 or n2 is 0 or a k is
 * outside 0 .. n.  Counts need not be whole: from a published share and sample size pass share
 * times n, from a weighted survey divide k and n by the design effect.
 */
HZ_API void hz_interval_difference(double k1, double n1, double k2, double n2, double level,
                                   double *difference, double *low, double *high);

#ifdef __cplusplus
}
#endif
#endif
