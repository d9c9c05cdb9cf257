/* One table of rates: from layers as they were read to the columns that are published. */
#ifndef HOTZONE_RATING_H
#define HOTZONE_RATING_H

#include "hotzone/layer.h"
#include "hotzone/match.h"
#include "hotzone/notice.h"
#include "hotzone/place.h"
#include "hotzone/rates.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a table is made from.  Everything is lent; zeroed members mean "by the usual rule". */
typedef struct {
    const hz_layer *areas;       /* polygons */
    const char *id, *name;       /* their columns; NULL: see hz_match_keys */
    const hz_layer *events;      /* located events; or, instead, */
    const hz_layer *counts;      /* ready-made counts per area */
    hz_place_opts place;         /* period, kinds, weight */
    const char *precision_m;     /* events' column of precision, metres; NULL: none.
                                  * HZ_ECRS where the events have no reference system */
    hz_match_opts count_columns; /* of `counts`; its year and kinds come from `place` */
    const hz_layer *population;  /* a table by area, or weighted points (of the nearest year
                                  * where they tell theirs); NULL: none */
    hz_match_opts population_columns;
    int population_year;         /* 0: the period's first year, else the newest */
    hz_rates_opts rates;         /* `years` 0: the period's length, 1 without a period */
    bool part;                   /* of a longer period: no fault if it holds no event */
    bool hide_dates;             /* tell months for the first and last date of the events, and none in
                                  * a fault: they are those of two events; and warn of nothing that
                                  * follows from hidden counts; as with rates.hide_below */
} hz_rating_input;

typedef struct {
    /* polygons with area, name, events, population, population_year, years, rate, rate_low,
     * rate_high, rate_smoothed, ratio, ratio_low, ratio_high, state; and, with a precision,
     * events_low and events_high */
    hz_layer *table;
    hz_rates_city city;
    hz_fate fate;                    /* of events; all 0 for ready-made counts */
    hz_match_fate counts_fate;       /* of ready-made counts */
    hz_match_fate population_fate;
    hz_fate population_points;       /* where the population came as points */
    hz_period span;                  /* of the dates of the events placed; whole months where
                                        dates are hidden */
    hz_period period;                /* as asked for; an open end closed by the events' dates */
    hz_period covered;               /* the part of the period that the events' dates cover, whole
                                        days; HZ_PERIOD_ALWAYS if that is all of it */
    size_t precision_unknown;
    unsigned char *used;             /* per row of the events: of the kind and period asked for,
                                        and located; NULL for ready-made counts */
    double years;
    size_t ok, unstable, zero, hidden, undefined;
    bool total_withheld;             /* no total, and so neither events placed nor events read, may
                                        be published: it would give hidden rows away */
} hz_rating;

#define HZ_RATING_COLUMNS 14
/** The columns of the published table, in order. */
HZ_API const char *const *hz_rating_columns(void);

/**
 * Rate areas.  Warns where located events cover only a part of the period (100 events or more in
 * it, and at an end a gap over 31 days and over a tenth of the period), and where it closes an
 * open period.
 *
 * @return HZ_EDATA also if the events have dates but none, of whatever kind, in the period;
 *         HZ_EUSAGE also if ready-made counts are asked for by a period that is no calendar year
 */
HZ_API hz_status hz_rating_make(const hz_rating_input *input, hz_rating *out,
                                const hz_notice *notice, hz_error *err);
HZ_API void hz_rating_clear(hz_rating *rating);

#ifdef __cplusplus
}
#endif
#endif
