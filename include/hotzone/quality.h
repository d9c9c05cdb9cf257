/* What is wrong with a source: findings of a severity, for events, areas and tables of figures. */
#ifndef HOTZONE_QUALITY_H
#define HOTZONE_QUALITY_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/date.h"
#include "hotzone/layer.h"
#include "hotzone/match.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    HZ_QUALITY_FAULT = 0, /* results made from the source are wrong */
    HZ_QUALITY_WARNING,   /* results may mislead; someone should look */
    HZ_QUALITY_NOTE       /* worth knowing */
} hz_severity;

typedef enum { HZ_ROLE_EVENTS = 0, HZ_ROLE_AREAS, HZ_ROLE_TABLE, HZ_ROLE_NONE } hz_role;

enum { HZ_FINDING_ROWS = 5, HZ_FINDING_VALUES = 5, HZ_FINDING_TEXTS = 2, HZ_STACKS = 10 };

/**
 * One finding.  It holds numbers, row numbers and words about columns and areas, never a value of
 * an event's record.  docs/reference/check.md lists the codes; hz_finding_sentence (findings.h)
 * puts one into words.
 */
typedef struct {
    const char *code;               /* "events-unlocated"; static */
    hz_severity severity;
    size_t count, of;               /* rows, features or pairs concerned, of so many */
    double value[HZ_FINDING_VALUES]; /* by code; NaN where not used */
    char *text[HZ_FINDING_TEXTS];   /* by code; NULL where not used */
    size_t row[HZ_FINDING_ROWS];    /* the first ones concerned, from 1, ascending */
    size_t row_count;
} hz_finding;

/** Events that share one pair of coordinates. */
typedef struct {
    double x, y;       /* NaN for a sensitive source */
    size_t count;      /* >= 3 */
    double share;      /* of the events with coordinates */
    bool default_point; /* looks like a point given to what could not be located */
} hz_stack;

/** The audit of one source. */
typedef struct {
    char *source;               /* as it was named */
    hz_role role;
    size_t rows, refused;       /* read in the source, refused by its reader */
    hz_finding *finding;        /* faults first, then warnings, then notes */
    size_t findings, room;
    hz_stack stack[HZ_STACKS];  /* the heaviest first */
    size_t stacks;
    double stacked_share;       /* held by them, of the events with coordinates */
} hz_quality;

HZ_API void hz_quality_free(hz_quality *quality); /* NULL is allowed */
HZ_API size_t hz_quality_count(const hz_quality *quality, hz_severity severity);
/** The finding with this code, or NULL; lent. */
HZ_API const hz_finding *hz_quality_find(const hz_quality *quality, const char *code);

/** How to look at events.  All lent; zeroed members mean "by the usual names". */
typedef struct {
    const hz_layer *areas;    /* NULL: none are known */
    hz_period period;         /* HZ_PERIOD_ALWAYS: none is asked for */
    const char *id, *time, *time_format, *kind, *precision_m; /* columns */
    bool sensitive;           /* no coordinates, not even of stacks */
} hz_quality_events_opts;
#define HZ_QUALITY_EVENTS_DEFAULTS { NULL, HZ_PERIOD_ALWAYS, NULL, NULL, NULL, NULL, NULL, false }

/**
 * Audit a layer of points: coordinates, dates, duplicates, geocoding rate.  Dates may still be
 * texts: the audit reads them itself, so that it can tell an unreadable date from none.
 *
 * @return HZ_EUSAGE for a named column that is not there, HZ_EDATA for what are no points,
 *         HZ_ECRS if the areas cannot be brought to the events' system, HZ_EMEMORY.  Time
 *         O(n log n), about 60 bytes of scratch per row.
 */
HZ_API hz_status hz_quality_events(const hz_layer *events, const hz_quality_events_opts *opts,
                                   hz_quality **out, hz_error *err);

typedef struct {
    const char *id, *name;  /* columns; NULL: see hz_match_keys */
    bool overlap;           /* the areas are meant to overlap */
} hz_quality_areas_opts;

/**
 * Audit a layer of polygons: rings, overlaps and gaps, keys and names.  Sizes are in square metres,
 * measured in a metric system for the place.  Of a list without shapes only keys and names are
 * looked at.
 * @return HZ_EUSAGE for a named column that is not there, HZ_EDATA for points or lines, HZ_ECRS,
 *         HZ_EMEMORY
 */
HZ_API hz_status hz_quality_areas(const hz_layer *areas, const hz_quality_areas_opts *opts,
                                  hz_quality **out, hz_error *err);

/**
 * Audit a table of figures by area, and its keys against those of the areas.
 *
 * @param areas    NULL: keys are not looked up
 * @param area_id  their key, as for hz_match_keys
 * @param columns  NULL: by the usual names
 * @return HZ_EUSAGE for a named column that is not there, HZ_EMEMORY
 */
HZ_API hz_status hz_quality_table(const hz_layer *table, const hz_layer *areas,
                                  const char *area_id, const hz_match_opts *columns,
                                  hz_quality **out, hz_error *err);

/** The audit of a source that could not be read at all: one fault, with the reader's sentence. */
HZ_API hz_status hz_quality_unreadable(const char *source, const char *why, hz_quality **out,
                                       hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
