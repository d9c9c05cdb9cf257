/* Funnel limits: how far from a common rate chance alone takes areas of each size. */
#ifndef HOTZONE_FUNNEL_H
#define HOTZONE_FUNNEL_H

#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The count below which a Poisson count of this mean lies with probability `tail`, interpolated
 * between whole counts (Spiegelhalter 2005): with r the least count of F(r) >= tail, r -
 * (F(r) - tail) / (F(r) - F(r-1)), but at least 0.  Divide by the base for a rate.  Usual tails:
 * .025 and .975, .001 and .999.
 *
 * @param expected  target rate times base, >= 0 (0 gives 0)
 * @param tail      strictly between 0 and 1
 * @return NaN for anything else
 */
HZ_API double hz_funnel_limit(double expected, double tail);

/** How much more the areas vary than Poisson counts of one rate would. */
typedef struct {
    double phi;  /* mean square of the winsorised z; NaN under two areas */
    double tau2; /* variance between areas, in squared rates (DerSimonian and Laird), >= 0 */
    size_t used; /* areas with a count and a base over 0 */
} hz_funnel_spread;

/**
 * Over-dispersion against one target (Spiegelhalter 2005).  z_i = (x_i - E_i) / sqrt(E_i), E_i =
 * target times base_i; of m areas the floor(share m) smallest z are raised to the next one, and the
 * largest lowered likewise, so that a few true outliers do not widen the funnel by themselves.
 *
 * @param events  n counts; NaN takes no part
 * @param base    n residents or resident-years; NaN and 0 take no part
 * @param target  events per unit of base, > 0
 * @param share   winsorised on either side: 0 <= share < 0.5, usually 0.1
 * @param scratch n values
 */
HZ_API hz_funnel_spread hz_funnel_overdispersion(size_t n, const double *events,
                                                 const double *base, double target, double share,
                                                 double *scratch);

/**
 * The chance of so many events or more where `expected` are to be expected, Pr(Poisson(expected) >=
 * count): the upper tail of Choynowski's (1959) map of probabilities, JASA 54:385.  One test of one
 * area: with many areas the smallest is small by chance.
 *
 * @param count     whole, >= 0
 * @param expected  >= 0
 * @return NaN for what is neither; relative error under 1e-12, however small it is
 */
HZ_API double hz_funnel_exceedance(double count, double expected);

/** A limit (a count) moved away from the expected count by sqrt(phi), if phi > 1; at least 0. */
HZ_API double hz_funnel_inflated(double limit, double expected, double phi);

#ifdef __cplusplus
}
#endif
#endif
