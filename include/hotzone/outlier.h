/* Which areas lie further from a common rate than chance takes them. */
#ifndef HOTZONE_OUTLIER_H
#define HOTZONE_OUTLIER_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/layer.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    double target;   /* the common rate, events per `per` residents and year; 0, NaN: none */
    double per;      /* residents a rate is given for; > 0 */
    double years;    /* length of the period; > 0 */
    double winsor;   /* share of z drawn in on either side before over-dispersion is measured */
    bool widen;      /* widen the limits by sqrt(phi) where phi > 1 */
    bool overlap;    /* areas overlap: refused, since an event would be judged twice */
} hz_outlier_opts;
#define HZ_OUTLIER_DEFAULTS { 0.0, 1000.0, 1.0, 0.1, false, false }

typedef struct {
    double target, per, years;
    double phi, tau2;     /* NaN under two areas; tau2 in squared events per resident-year */
    double widening;      /* the limits' distance from the target was multiplied by it; 1: as is */
    size_t areas;         /* rows */
    size_t judged;        /* with a rate and limits */
    size_t hidden, undefined;
    size_t above_95, below_95;   /* beyond the 95 % limits but within those of 99.8 % */
    size_t above_998, below_998;
    double false_95, false_998;  /* areas expected beyond them by chance alone */
} hz_outlier_found;

/**
 * Compare areas with a target by funnel limits (Spiegelhalter 2005): adds the numbers columns
 * `expected` (events), `limit_95_low`, `limit_95_high`, `limit_998_low`, `limit_998_high` (rates,
 * in the unit of the target) and the texts column `position`: inside, above_95, below_95,
 * above_998, below_998, or "" for a row without a rate.  An area exactly on a limit is within it.
 *
 * Without a target over 0, or with fewer than two areas that have a rate, there is nothing to
 * judge: the columns are blank, `judged` is 0.
 *
 * @param areas      changed only on success
 * @param events     numbers column, >= 0 where known
 * @param residents  numbers column; rows without them, or with none, have no rate
 * @return HZ_EUSAGE for overlapping areas or options out of range, HZ_EDATA for a column that is
 *         not there, HZ_EMEMORY
 */
HZ_API hz_status hz_outlier_add(hz_layer *areas, const char *events, const char *residents,
                                const hz_outlier_opts *opts, hz_outlier_found *found,
                                hz_error *err);

/** The limits at any size, for drawing: rates at residents > 0, { low 95, high 95, low 99.8, high
 *  99.8 }; NaN where nothing was judged. */
HZ_API void hz_outlier_limits(const hz_outlier_found *found, double residents, double limits[4]);

#ifdef __cplusplus
}
#endif
#endif
