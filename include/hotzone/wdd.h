/* Weighted displacement difference and quotient of counts before and after. */
#ifndef HOTZONE_WDD_H
#define HOTZONE_WDD_H

#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    double estimate; /* events, on the scale of the period after */
    double se, z;    /* NaN, as what follows, where there is no event anywhere */
    double p;        /* two-sided, normal */
    double low, high;
} hz_wdd_result;

/** How many standard deviations a normal lies within with probability `level`: 1.96 for 0.95; NaN
 *  unless strictly between 0 and 1. */
HZ_API double hz_wdd_limit(double level);

/**
 * The weighted displacement difference of Wheeler & Ratcliffe (2018): the sum over places of
 * coefficient x (after - scale x before), its variance the sum of coefficient squared x (after +
 * scale squared x before), counts being Poisson and independent; normal limits.  +1 for the zone
 * and for what surrounds it, minus a weight for a control: 1 as in the paper, or the ratio of areas or
 * residents.  docs/methods/displacement.md says when it misleads.
 *
 * @param before,after  n counts, >= 0; a place takes part once (a control of both the zone and its
 *                      surroundings has both weights added up: its counts are one draw)
 * @param scale         length of the period after over that before; > 0
 * @param level         strictly between 0 and 1
 * @param out           all NaN for a count, coefficient, scale or level that cannot be
 */
HZ_API void hz_wdd(size_t n, const double *before, const double *after, const double *coefficient,
                   double scale, double level, hz_wdd_result *out);

/** Why there is no displacement quotient. */
typedef enum {
    HZ_WDQ_OK = 0,
    HZ_WDQ_NO_CONTROL, /* the control had no event in one of the periods: nothing to divide by */
    HZ_WDQ_NO_SUCCESS  /* the zone did not fall against the control: the quotient says nothing */
} hz_wdq_state;

typedef struct {
    hz_wdq_state state;
    double success;    /* zone/control after - zone/control before; below 0: fell against it */
    double success_se; /* delta method, counts Poisson */
    double buffer;     /* the same of the surroundings */
    double wdq;        /* buffer / success; NaN unless state is HZ_WDQ_OK */
} hz_wdq_result;

/**
 * The weighted displacement quotient of Bowers & Johnson (2003), against the control.  Over 1: the
 * surroundings fell more than the zone; 0..1: they fell too; -1..0: they rose by part of the zone's
 * fall; below -1: by more than it.  It has no standard error and grows without bound as success
 * nears 0: do not read it where success is within two of its standard errors of 0.  Lengths of time
 * and sizes of area cancel.
 */
HZ_API void hz_wdq(const double zone[2], const double buffer[2], const double control[2],
                   hz_wdq_result *out);

#ifdef __cplusplus
}
#endif
#endif
