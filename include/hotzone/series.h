/* Events period by period, with intervals, and with small counts hidden. */
#ifndef HOTZONE_SERIES_H
#define HOTZONE_SERIES_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/date.h"
#include "hotzone/layer.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { HZ_BY_MONTH = 0, HZ_BY_QUARTER, HZ_BY_YEAR } hz_series_by;
#define HZ_SERIES_MOST 1200 /* periods */

/**
 * The calendar months, quarters or years that a period meets, in order; the first and the last are
 * cut to it.
 *
 * @param out  free with hz_mem_free
 * @return HZ_EUSAGE if an end is open, nothing is between them, or there are more than
 *         HZ_SERIES_MOST parts; HZ_EMEMORY
 */
HZ_API hz_status hz_series_cut(hz_period whole, hz_series_by by, hz_period **out, size_t *count,
                               hz_error *err);
/** Is a part a whole calendar month, quarter or year? */
HZ_API bool hz_series_is_whole(hz_period part, hz_series_by by);
/** "2017-06", "2017-Q2", "2017"; buf of at least 16; returns buf. */
HZ_API char *hz_series_name(char *buf, size_t size, hz_period part, hz_series_by by);

typedef struct {
    hz_series_by by;
    double per;          /* residents a rate is given for; > 0 */
    double level;        /* of the intervals */
    double hide_below;   /* hide counts of 1 .. hide_below-1; 0: none */
    const unsigned char *secret; /* one per series, or NULL: its total is hidden elsewhere, so that
                                    none of its periods may be shown */
    const unsigned char *hidden; /* one per row, or NULL: what to hide, decided with other tables of
                                    the same events; then `secret` hides totals alone */
} hz_series_opts;

/** What a whole series comes to, over the periods that have a figure. */
typedef struct {
    double events, years;
    double rate, rate_low, rate_high;    /* per `per` residents and year; NaN: no rates */
    double mean, mean_low, mean_high;    /* events per month, quarter or year of mean length */
    size_t known, hidden, undefined, zero, cut; /* periods; cut: not whole */
    bool all_hidden;                     /* nothing of the series may be shown */
} hz_series_found;

/**
 * Add to a table of `series` times `n` rows (all periods of the first series, then of the
 * second) the columns `period` (text), `from`, `until` (texts; the last day), `whole` (1 or 0),
 * `years`, `events_low`, `events_high`, `rate`, `rate_low`, `rate_high` and `state` (ok, hidden,
 * undefined).  A rate counts events per `per` residents and year, whatever the length of the
 * period, so that months of differing length, and a year cut short, compare.
 *
 * Hidden, in each series by itself: small counts and what would give them away
 * (hz_disclose_rows; the series' total counts as published).  Hidden rows lose every figure, the
 * residents too; a series that no hiding can protect is hidden whole.
 *
 * @param table  columns `events` and `population`, NaN where there is no figure; changed only on
 *               success
 * @param found  one per series
 * @return HZ_EDATA for a missing column, a negative figure or another number of rows, HZ_EUSAGE for
 *         options out of range, HZ_EMEMORY
 */
HZ_API hz_status hz_series_add(hz_layer *table, size_t series, const hz_period *periods, size_t n,
                               const hz_series_opts *opts, hz_series_found *found,
                               hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
