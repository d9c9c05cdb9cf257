/* Rates per area with their uncertainty: the columns of `hotzone rates`. */
#ifndef HOTZONE_RATES_H
#define HOTZONE_RATES_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/disclose.h"
#include "hotzone/layer.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { HZ_SMOOTH_GLOBAL = 0, HZ_SMOOTH_LOCAL, HZ_SMOOTH_NONE } hz_smoothing_kind;

typedef struct {
    double per;            /* residents a rate is given for; > 0 */
    double years;          /* length of the period; > 0 */
    double level;          /* of the intervals, 0.95 */
    double unstable_cv;    /* unstable above this coefficient of variation, 1/sqrt(events); 0.30 */
    double hide_below;     /* hide rows of 1 .. hide_below-1 events; 0: none */
    hz_smoothing_kind smoothing;
    bool overlap;          /* areas overlap: no sums over them, hence no ratio to the rest, no smoothing */
    const hz_decided *decided; /* what to hide, decided with other tables of the same events; NULL: by
                                * this table alone */
} hz_rates_opts;
#define HZ_RATES_DEFAULTS { 1000.0, 1.0, 0.95, 0.30, 0.0, HZ_SMOOTH_GLOBAL, false, NULL }

/** Over all areas (NaN unless every area has a figure; NaN if areas overlap or it is withheld). */
typedef struct {
    double events, residents;
    double rate, low, high;
    size_t defined;      /* areas with a rate */
    size_t areas;
    double dispersion;   /* Pearson chi-squared / df of counts against one common rate; NaN under 2 */
    double smoothing_mean, smoothing_variance;
    /* the same over the areas that show both figures, always given if there is one and no overlap */
    double known_events, known_residents, known_rate, known_low, known_high;
    bool withheld;       /* rows are hidden that a total of all areas would give away: nothing that
                          * it follows from may be published, such as the number of events placed */
} hz_rates_city;

/**
 * Add `years rate rate_low rate_high rate_smoothed ratio ratio_low ratio_high` (numbers) and
 * `state` (text: ok unstable hidden undefined) to an area layer.  Rate: events / (residents x
 * years) x per, with Garwood's interval.  Ratio: to the rate of all other areas taken together, with
 * the exact conditional interval; blank unless all of them have figures.  Smoothed: Marshall, global or local
 * (neighbours share a border vertex); blank under five areas with figures, and where areas overlap.
 * No population, a population of 0 and a missing count are three marks, and none is 0.
 * Zero events: rate 0, state unstable, upper limit given.  A hidden row (1 <= events < hide_below) loses
 * every figure, its count and population too; further rows are hidden so that the published total does
 * not give it away, and where that is in vain the total is withheld, and with it the ratios and
 * smoothed rates (hz_disclose_rows).
 *
 * @param areas      changed only on success
 * @param events     numbers column, >= 0 where known
 * @param residents  numbers column, >= 0 where known
 * @return HZ_EDATA for a negative value (row named), HZ_EUSAGE for options out of range
 */
HZ_API hz_status hz_rates_add(hz_layer *areas, const char *events, const char *residents,
                              const hz_rates_opts *opts, hz_rates_city *city, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
