/* Zones over time: which were in force when, and what happened inside them meanwhile. */
#ifndef HOTZONE_TIMELINE_H
#define HOTZONE_TIMELINE_H

#include <stddef.h>

#include "hotzone/layer.h"
#include "hotzone/notice.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Read a column as times on the Danish clock, and tell moments from mere days: a text without a
 * colon is a day, and so is every value of a times column in which all are at midnight.  *layer's
 * column becomes a times column.  docs/methods/zone-timeline.md has the rule.
 *
 * @param format  as for hz_date_parse, or NULL; one without %H has days
 * @param clock   a text column with the time of day (hh:mm) of what `column` says the day, or NULL;
 *                where it is empty the row is a day
 * @param whole_day  one flag per row, 1: known by the day only (or not at all); yours, hz_mem_free
 * @param bad,first_bad  rows that are no date, or whose clock is none: they become HZ_TIME_NONE
 * @return HZ_EUSAGE for a column that is not there or cannot hold dates, HZ_EMEMORY
 */
HZ_API hz_status hz_timeline_read_times(hz_layer *layer, const char *column, const char *format,
                                        const char *clock, unsigned char **whole_day, size_t *bad,
                                        size_t *first_bad, hz_error *err);

enum { HZ_TIMELINE_MOST = 10000 }; /* zones: every pair in force together is overlaid */

typedef struct {
    const char *id, *name;        /* columns of the zones; NULL: by the usual names, else rows */
    const char *from, *until;     /* columns; NULL: valid_from/start/from, valid_to/end/until/to */
    const char *residents;        /* a numbers column of the zones, or NULL */
    double same_share;            /* IoU over which a later zone renews an earlier one; 0..1 */
    double level;                 /* of the intervals */
    hz_period period;             /* what the events cover; open: first or last day with one */
    const char *time;             /* of the events: a times column */
    const unsigned char *whole_day; /* rows(events), or NULL: none is known by the day only */
    const char *kind;             /* of the events */
    const char *const *kinds;     /* NULL: all */
    size_t kind_count;
} hz_timeline_opts;
#define HZ_TIMELINE_DEFAULTS                                                                      \
    { NULL, NULL, NULL, NULL, NULL, 0.5, 0.95, HZ_PERIOD_ALWAYS, NULL, NULL, NULL, NULL, 0 }

/** Every event row is in exactly one of the others, the first that fits in this order. */
typedef struct {
    size_t read;
    size_t refused;       /* by the reader */
    size_t other_kind, undated, other_period, unlocated;
    size_t outside;       /* of all zones */
    size_t in_force;      /* inside a zone that was in force then */
    size_t part;          /* known by the day only, inside a zone in force for part of that day */
    size_t not_in_force;  /* inside zones, none in force then */
} hz_timeline_fate;

typedef struct {
    hz_layer *zones; /* one row per zone, by start; polygons as read */
    hz_layer *steps; /* one row per span in which the same zones are in force; no shapes */
    hz_layer *fates; /* one row per event row; NULL without events */
    hz_timeline_fate fate;
    hz_period window;     /* what the rates refer to; open without events */
    bool window_assumed;  /* an end of it is the first or last day with an event */
    size_t unusable;      /* zones that are never in force: see the column `state` */
} hz_timeline;

/**
 * Match events to the zones in force at their time.  A zone is in force from its start until its
 * end, which does not belong to it; an end known by the day only, or at 23:59, is the end of that day.
 * Areas are measured in metres (hz_crs_metric_for where the zones' system is no metric one).
 * docs/reference/tables.md lists the columns.
 *
 * @param zones   polygons, mended (hz_source_mend)
 * @param events  points, or NULL: overlaps and spans only
 * @param out     set on success only; hz_timeline_clear
 * @return HZ_EUSAGE for columns or options that cannot be, HZ_EDATA without polygons or with too many,
 *         without points or any date, or for an id that two zones share, HZ_ECRS, HZ_EMEMORY.
 *         Time O(events log zones + zones squared + spans x zones in force)
 */
HZ_API hz_status hz_timeline_make(const hz_layer *zones, const hz_layer *events,
                                  const hz_timeline_opts *opts, hz_timeline *out,
                                  const hz_notice *notice, hz_error *err);
HZ_API void hz_timeline_clear(hz_timeline *timeline);

/**
 * The zones that are in force at any time in one of n periods, which have both ends (others of them
 * are passed over), by the same rules; all of them, with a warning, if the layer has columns of
 * neither start nor end.
 *
 * @param from,until  columns; NULL: by the usual names
 * @return HZ_EUSAGE for columns that are not there, HZ_EMEMORY
 */
HZ_API hz_status hz_timeline_select(const hz_layer *zones, const char *from, const char *until,
                                    const hz_period *periods, size_t n, hz_layer **out,
                                    const hz_notice *notice, hz_error *err);

/* Columns of the tables, in order; lent. */
HZ_API const char *const *hz_timeline_zone_columns(size_t *n);
HZ_API const char *const *hz_timeline_step_columns(size_t *n);
HZ_API const char *const *hz_timeline_fate_columns(size_t *n);
/** "120 events read: 14 in a zone in force, 3 ..."; English, names only what is not 0; 400 bytes
 *  hold any.  Returns buf. */
HZ_API char *hz_timeline_fate_text(char *buf, size_t size, const hz_timeline_fate *fate);

#ifdef __cplusplus
}
#endif
#endif
