/* Where incidents cluster beyond chance: the scan statistics of `hotzone scan`. */
#ifndef HOTZONE_SCANNING_H
#define HOTZONE_SCANNING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/date.h"
#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/place.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    double max_population;  /* largest window, share of the population: 0 < share <= 0.5 */
    double max_radius_m;    /* and its largest radius; 0: no limit */
    bool ellipses;          /* ellipses 1.5, 2, 3, 4 and 5 times as long as wide, too */
    double penalty;         /* of ellipses: (4s/(s+1)^2)^penalty for a ratio s; >= 0 */
    size_t replicates;      /* of the null; 999 */
    size_t stop_after;      /* Besag & Clifford: stop when so many reach the best; 0: never */
    bool gumbel;            /* p from the Gumbel distribution fitted to the replicates */
    bool gini;              /* the largest window whose clusters have the greatest Gini */
    double alpha;           /* p that a cluster needs to count for the Gini; 0.05 */
    size_t most;            /* clusters reported at most; 10 */
    uint64_t seed;
} hz_scanning_opts;
#define HZ_SCANNING_DEFAULTS { 0.5, 0, false, 0.5, 999, 0, false, false, 0.05, 10, 1 }

/** Columns of the places; NULL where there is none. */
typedef struct {
    const char *id;         /* NULL: the row's number */
    const char *name;
    const char *events;     /* whole numbers; needed */
    const char *population; /* NULL: expected by area, polygons only */
    const char *x, *y;      /* centres, plane coordinates as they stand; NULL: of the shapes */
} hz_scanning_columns;

/** When events happened, for the space-time permutation scan. */
typedef struct {
    const char *time;       /* a times column of the events */
    hz_period period;       /* an open end: that of the events placed */
    double step_days;       /* length of a time step, > 0 */
    double max_duration;    /* of a cluster, share of the steps, 0 < share <= 0.5 */
    hz_place_opts place;    /* kinds; its period and weight are not used */
} hz_scanning_time;

/** What was found; all zero before, free with hz_scanning_clear. */
typedef struct {
    hz_layer *clusters;     /* polygons: circles or ellipses; columns: hz_scanning_columns_of */
    hz_layer *members;      /* cluster,id,name,x,y,events,expected: the places of each */
    size_t places;          /* with population, or with events for space-time */
    size_t left_out;        /* places without population or figures, with their events */
    double events_left_out;
    double events, population;
    size_t replicates;      /* drawn; fewer than asked for after an early stop */
    double gini_share;      /* the largest window the Gini chose; NaN without */
    hz_fate fate;           /* of the events, for space-time */
    hz_period period;       /* for space-time: as used */
    size_t steps;
} hz_scanning;
HZ_API void hz_scanning_clear(hz_scanning *found);

/** Columns of the clusters in their order; n is set.  Ellipses add
 *  `minor_m,angle_deg,statistic`, space-time adds `from,until`. */
HZ_API const char *const *hz_scanning_columns_of(bool ellipses, bool time, size_t *n);
/** cluster,id,name,x,y,events,expected: columns of the members. */
HZ_API const char *const *hz_scanning_member_columns(size_t *n);

/**
 * Kulldorff's Poisson scan over places: areas or points with events and a population.  Without
 * a population column polygons count by area: events are expected evenly over land.
 *
 * Places are their centres: of mass of a polygon, in metres (a layer in degrees or Web Mercator is
 * measured in hz_crs_metric_for; one without a reference system is taken for metres, with a
 * warning).  A place whose population is 0 or unknown, or whose count is unknown, is left out with
 * its events.
 *
 * Clusters: the window with the greatest ratio, then each next one that holds no place of those
 * before.  `rank` is that among the maxima of the replicates (1: none reached it) and p = rank /
 * (replicates + 1); p of further clusters compares them with the maximum too, which is
 * conservative.  p_method is `monte-carlo`, `sequential` (stopped early: p = reached / drawn) or
 * `gumbel`.  Relative risk: within against outside; blank where nothing is outside.
 *
 * @return HZ_EUSAGE for options out of range or no such column, HZ_EDATA for a count that is not
 *         whole, a negative figure, no events or over 1e9, fewer than two places, or no place small
 *         enough for any window; HZ_ECRS, HZ_EMEMORY.  Time: places^2 log (less with a radius) +
 *         windows x replicates / 32; memory 64 MB and about 300 bytes per place and thread at most
 *         beside the layers.
 */
HZ_API hz_status hz_scanning_poisson(const hz_layer *places, const hz_scanning_columns *columns,
                                     const hz_scanning_opts *opts, hz_scanning *out,
                                     const hz_notice *notice, hz_error *err);

/**
 * Kulldorff's space-time permutation scan (2005): cylinders, a circle and a span of time steps,
 * with more events than the place's and the time's own numbers give; times are permuted over the
 * events.
 * max_population is then a share of the events.
 *
 * @param areas  polygons to count by, or NULL: every place of an event by itself
 * @param columns  of the areas: id, name, x, y; or NULL
 */
HZ_API hz_status hz_scanning_space_time(const hz_layer *areas, const hz_layer *events,
                                        const hz_scanning_columns *columns,
                                        const hz_scanning_time *time,
                                        const hz_scanning_opts *opts, hz_scanning *out,
                                        const hz_notice *notice, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
