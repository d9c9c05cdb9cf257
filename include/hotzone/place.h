/* Events to areas: by place, kind and period, with the fate of every event. */
#ifndef HOTZONE_PLACE_H
#define HOTZONE_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/date.h"
#include "hotzone/index.h"
#include "hotzone/layer.h"
#include "hotzone/notice.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Every row read is in exactly one of the others.  A row that several would fit is counted
 * where it falls first: refused by the reader, other kind, undated, other period, refused for
 * its weight, unlocated, outside, placed.
 */
typedef struct {
    size_t read;
    size_t placed;
    size_t outside;        /* located, in none of the areas */
    size_t unlocated;      /* without coordinates */
    size_t other_period;   /* dated outside the period */
    size_t undated;        /* a period is asked for and the row has no date */
    size_t other_kind;     /* of a kind not asked for */
    size_t refused;        /* rows the reader could not use, or whose weight is no weight */
} hz_fate;
/** "1,203 events read: 1,190 placed, 12 outside the areas, 1 without a date", or "1.203
 *  hændelser læst: ..."; names only what is not 0.  `language` is an hz_language; 300 bytes
 *  hold any.  Returns buf. */
HZ_API char *hz_fate_text(char *buf, size_t size, const hz_fate *fate, int language);
/** The same where rows are hidden that the numbers read and placed would give away: these, and
 *  those of other periods and kinds, are left out. */
HZ_API char *hz_fate_text_withheld(char *buf, size_t size, const hz_fate *fate, int language);

typedef struct {
    hz_period period;         /* HZ_PERIOD_ALWAYS: all, dated or not */
    const char *time;         /* a times column; needed with a period */
    const char *kind;         /* a texts column; needed with kinds */
    const char *const *kinds; /* the kinds wanted, or NULL: all */
    size_t kind_count;
    const char *weight;       /* a numbers column, or NULL: each event counts 1 */
} hz_place_opts;
#define HZ_PLACE_DEFAULTS { HZ_PERIOD_ALWAYS, NULL, NULL, NULL, 0, NULL }

typedef struct hz_placing hz_placing;

/**
 * Place events in areas.  The areas are transformed to the events' system (borders kept true); a
 * point exactly on a border goes to the lowest-numbered of the areas there.  Kinds are
 * compared as texts, exactly.  Warns of a kind that no row has while others do, and when no event lies in any area.
 *
 * @param areas    a layer of polygons
 * @param events   a layer of points, rows as read: what its reader refused (hz_layer_intake) is
 *                 part of the fate
 * @param overlap  false: each event counts in one area, the lowest-numbered that holds it;
 *                 true: in every area that holds it (the fate still has it once)
 * @param opts     NULL means HZ_PLACE_DEFAULTS.  A weight that is missing, negative or not
 *                 finite refuses the row
 * @return HZ_EUSAGE if a column is not there or not of the kind needed (read a text column of
 *         dates by hz_layer_read_dates first) or no row is of any kind asked for, HZ_EDATA
 *         without polygons or points, or if a period is asked for and no row has a date, HZ_ECRS if
 *         one layer has a reference system and the other none (if both have none they are taken to
 *         be the same, with a warning), HZ_EMEMORY
 */
HZ_API hz_status hz_place_events(const hz_layer *areas, const hz_layer *events, bool overlap,
                                 const hz_place_opts *opts, hz_placing **out,
                                 const hz_notice *notice, hz_error *err);
HZ_API void hz_placing_free(hz_placing *placing);
/** Refuse a period that none of the events' dates lies in, though they have dates: HZ_EDATA with
 *  the span that they cover.  opts->time is a times column, or NULL: nothing is asked. */
HZ_API hz_status hz_place_need_dates(const hz_layer *events, const hz_place_opts *opts,
                                     hz_error *err);
/** What hz_place_events says of kinds: HZ_EUSAGE if no row is of any kind asked for, a warning of
 *  each that none is of. */
HZ_API hz_status hz_place_need_kinds(const hz_layer *events, const hz_place_opts *opts,
                                     const hz_notice *notice, hz_error *err);
/** Sum of weights per area (rows of the area layer); lent. */
HZ_API const double *hz_placing_counts(const hz_placing *placing);
/** First area of each event row, HZ_NOWHERE, or HZ_UNUSED if filtered or unlocated; lent. */
#define HZ_UNUSED (-2)
HZ_API const int32_t *hz_placing_areas(const hz_placing *placing);
HZ_API const hz_fate *hz_placing_fate(const hz_placing *placing);
/** The earliest and the latest date of the events placed (both belong to it, unlike a period's
 *  end); HZ_TIME_NONE without a column of dates or a date. */
HZ_API hz_period hz_placing_span(const hz_placing *placing);

/**
 * How far the counts could be off for want of precision: each used event lies somewhere
 * within precision_m of where it is put.  Distances are true metres: degrees and Web Mercator are
 * measured in hz_crs_metric_for the middle of the areas; without a reference system the
 * coordinates are taken for metres.
 *
 * @param areas,events  the layers that were placed
 * @param precision_m  a numbers column of the events, metres; a missing one means unknown: it is
 *                     treated as 0 and counted in *unknown (may be NULL)
 * @param low,high     one value per area, sums of weights: of the events that the area counts
 *                     and whose whole circle lies in it, and of those whose circle meets it;
 *                     low <= count <= high.  Written only on success
 * @return HZ_EUSAGE if there is no such column or the layers are others, HZ_EDATA if a precision
 *         is negative or infinite, HZ_ECRS, HZ_EMEMORY
 */
HZ_API hz_status hz_place_range(const hz_layer *areas, const hz_layer *events,
                                const hz_placing *placing, const char *precision_m,
                                double *low, double *high, size_t *unknown, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
