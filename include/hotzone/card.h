/* The report card of a zone: what it holds of area, events and residents, how sure that is, and what
 * a random or the best placement of the same size would hold. */
#ifndef HOTZONE_CARD_H
#define HOTZONE_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/date.h"
#include "hotzone/notice.h"
#include "hotzone/placement.h"
#include "hotzone/reside.h"
#include "hotzone/shape.h"
#include "hotzone/status.h"
#include "hotzone/validity.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The figures of a card.  docs/reference/tables.md says what each is; hz_card_key names it. */
typedef enum {
    HZ_CARD_EVENTS_IN = 0, HZ_CARD_EVENTS_TOTAL,
    HZ_CARD_CAPTURE, HZ_CARD_CAPTURE_LOW, HZ_CARD_CAPTURE_HIGH,
    HZ_CARD_JITTER_LOW, HZ_CARD_JITTER_HIGH,
    HZ_CARD_AREA_KM2, HZ_CARD_STUDY_KM2, HZ_CARD_LAND_KM2, HZ_CARD_AREA_SHARE,
    HZ_CARD_RESIDENTS, HZ_CARD_RESIDENTS_TOTAL, HZ_CARD_RESIDENTS_SHARE,
    HZ_CARD_PAI, HZ_CARD_PEI, HZ_CARD_PAI_RESIDENTS,
    HZ_CARD_RATE_INSIDE, HZ_CARD_RATE_OUTSIDE,
    HZ_CARD_RATE_RATIO, HZ_CARD_RATE_RATIO_LOW, HZ_CARD_RATE_RATIO_HIGH,
    HZ_CARD_DENSITY_INSIDE, HZ_CARD_DENSITY_OUTSIDE,
    HZ_CARD_DENSITY_RATIO, HZ_CARD_DENSITY_RATIO_LOW, HZ_CARD_DENSITY_RATIO_HIGH,
    HZ_CARD_LEAKAGE, /* and the next three: within 50, 100, 200 and 500 m outside the border */
    HZ_CARD_INSIDE = HZ_CARD_LEAKAGE + 4, /* and the next three: as near inside it */
    HZ_CARD_NULL_P = HZ_CARD_INSIDE + 4, HZ_CARD_NULL_P_HIGH, HZ_CARD_NULL_ACCEPTED,
    HZ_CARD_NULL_PLACEMENTS, HZ_CARD_NULL_TRIES, HZ_CARD_NULL_AS_MANY,
    HZ_CARD_NULL_EVENTS_LOW, HZ_CARD_NULL_EVENTS_MEDIAN, HZ_CARD_NULL_EVENTS_HIGH,
    HZ_CARD_NULL_LAND, HZ_CARD_NULL_RESIDENTS_LOW, HZ_CARD_NULL_RESIDENTS_HIGH,
    HZ_CARD_FRONTIER_CAPTURE, HZ_CARD_EFFICIENCY,
    HZ_CARD_HOT_KM2, HZ_CARD_IOU_AREA, HZ_CARD_IOU_EVENTS, HZ_CARD_IOU_RESIDENTS,
    HZ_CARD_PRECISION, HZ_CARD_RECALL, HZ_CARD_RECALL_EVENTS,
    HZ_CARD_HAUSDORFF_MEAN_M, HZ_CARD_HAUSDORFF_P95_M, HZ_CARD_HAUSDORFF_M,
    HZ_CARD_POLSBY_POPPER, HZ_CARD_REOCK, HZ_CARD_HULL, HZ_CARD_PARTS, HZ_CARD_HOLES,
    HZ_CARD_SEARCHES, HZ_CARD_FINDS,
    HZ_CARD_HIT_RATE, HZ_CARD_HIT_RATE_LOW, HZ_CARD_HIT_RATE_HIGH,
    HZ_CARD_SEARCHES_PER_1000, HZ_CARD_SEARCHES_PER_EVENT,
    HZ_CARD_FRAME_M,  /* from the border of the zone to that of the study area */
    HZ_CARD_DAYS, HZ_CARD_DAYS_IN_FORCE, HZ_CARD_EVENTS_PART,
    HZ_CARD_FIGURES /* how many there are */
} hz_card_figure;

/** Why a figure is not there. */
typedef enum {
    HZ_CARD_KNOWN = 0,
    HZ_CARD_NO_EVENTS,      /* no event of the period lies in the study area */
    HZ_CARD_NO_AREA,        /* the zone has no area */
    HZ_CARD_OFF_STUDY,      /* it lies outside the study area */
    HZ_CARD_ALL_STUDY,      /* it covers all of it */
    HZ_CARD_NO_POPULATION,  /* none is given */
    HZ_CARD_NO_FIGURE,      /* it reaches into areas without a figure */
    HZ_CARD_NOBODY,         /* nobody lives there */
    HZ_CARD_NO_LIMIT,       /* none outside: no upper limit */
    HZ_CARD_NO_PRECISION,   /* the events have none */
    HZ_CARD_NOT_ASKED,
    HZ_CARD_TOO_FEW_PLACED, /* see hz_placed */
    HZ_CARD_NULL_OFF_LAND,
    HZ_CARD_NULL_RESIDENTS_OFF,
    HZ_CARD_NULL_OUTSIDE,
    HZ_CARD_ONE_PERIOD,     /* needs an earlier and a later one */
    HZ_CARD_NO_HOT,         /* there are no significant hotspots */
    HZ_CARD_HOT_UNTESTED,   /* too little data to look for any */
    HZ_CARD_NO_SEARCHES,
    HZ_CARD_NO_FOUND,       /* the searches do not say what was found */
    HZ_CARD_NONE_INSIDE,    /* a share of none */
    HZ_CARD_NO_SEARCHES_OF, /* searches are given by zone, and none of this one */
    HZ_CARD_NO_DATES,       /* the zones have none of start and end */
    HZ_CARD_NO_PERIOD,      /* none is given, or one with an open end */
    HZ_CARD_ALL_TIME,       /* events count whether or not the zone was in force */
    HZ_CARD_NOT_IN_FORCE,   /* never in the period, and only events of that time count */
    HZ_CARD_TIED,           /* which of tied cells come first decides over more than the figure */
    HZ_CARD_HIDDEN,         /* a small count, or would help to work one out */
    HZ_CARD_WITHHELD        /* would place single events, of which small counts are hidden */
} hz_card_why;

/** One period's figures; NaN where why[] says so. */
typedef struct {
    double value[HZ_CARD_FIGURES];
    unsigned char why[HZ_CARD_FIGURES]; /* hz_card_why */
} hz_card_column;

typedef struct {
    hz_card_column now;   /* of all events, or of the train period */
    hz_card_column later; /* of the test period, where there is one */
} hz_card;

/** Key in JSON and CSV, such as "capture" or "leakage.50"; static. */
HZ_API const char *hz_card_key(hz_card_figure figure);
/** A sentence without a full stop for why a figure is not there; static. */
HZ_API const char *hz_card_why_text(hz_card_why why);

/** Distances of HZ_CARD_LEAKAGE and HZ_CARD_INSIDE. */
enum { HZ_CARD_RINGS = 4 };
HZ_API double hz_card_ring_m(int ring);

/** The counts of hidden events that a zone's figures may follow from: those in it, and the leakages of
 *  the last rings, which are wide.  Narrower ones, and those inside, would say where single events lie. */
enum { HZ_CARD_WIDE = 2, HZ_CARD_COUNTS = 1 + HZ_CARD_WIDE };

/** Which counts of one period are not to be told; true: hidden. */
typedef struct {
    bool single;    /* small counts of the events are hidden: what places single ones is not told */
    bool own_hot;   /* hotspots are those of the events, not given */
    bool total;     /* events in the study area */
    bool count[HZ_CARD_COUNTS];
    bool searches;
} hz_card_hidden;

/** Take from a column what is hidden and every figure that follows from it, with the reason. */
HZ_API void hz_card_hide(hz_card_column *column, const hz_card_hidden *hidden);

/** Points of one period in the metres of the zones; all lent. */
typedef struct {
    size_t n;
    const double *x, *y;
    const double *precision;     /* metres, NaN: not known; or NULL */
    bool located;                /* all lie in the study area: that need not be asked again */
    size_t searches;
    const double *search_x, *search_y;
    const unsigned char *found;  /* per search, or NULL: not said */
    const double *zone_searches; /* per zone, in place of located ones; NaN: not known; or NULL */
    const double *zone_finds;    /* likewise */
    const hz_time *when;         /* of the events, on the Danish clock; for `in_force` */
    const unsigned char *whole_day; /* of the events: known by the day only; NULL: none is */
    const hz_time *search_when;  /* of located searches; NULL: not known */
    const unsigned char *search_whole_day;
} hz_card_points;

typedef struct {
    const hz_shapes *zones;      /* valid polygons, metres; a feature may have no rings */
    const hz_shapes *study;      /* one feature: events beyond it are not counted */
    const hz_shapes *land;       /* one feature: the study area without its water */
    const hz_reside *residents;  /* or NULL */
    const hz_shapes *hot;        /* one feature; NULL: look for hotspots of the first period */
    const hz_card_points *now;   /* all events, or the earlier period's */
    const hz_card_points *later; /* or NULL */
    const hz_validity *validity; /* per zone; NULL: the zones have no dates */
    hz_period period[2];         /* of either column, for days; empty or open: not known */
    bool in_force;               /* the last column counts only events, and searches, of the time in
                                    which the zone was in force; needs `validity` and their `when` */
} hz_card_input;

typedef struct {
    double level;             /* of intervals: 0.95 */
    double cell_m;            /* of hotspots and frontier: 200 */
    double q;                 /* hotspots at or below it: 0.05 */
    double border_step_m;     /* of Hausdorff distances: 10 */
    double tolerance_m;       /* of Polsby-Popper: HZ_COMPACT_TOLERANCE_M */
    bool null;                /* place at random at all? */
    hz_placement_opts placement;
    uint32_t jitters;         /* replicates of the range under precision: 999 */
    uint64_t seed;            /* of those */
} hz_card_opts;
#define HZ_CARD_DEFAULTS { 0.95, 200, 0.05, 10, 20, true, HZ_PLACEMENT_DEFAULTS, 999, 1 }

/** What was found on the way, for all cards alike. */
typedef struct {
    hz_card_why hotspots;   /* HZ_CARD_KNOWN, HZ_CARD_NO_HOT or HZ_CARD_HOT_UNTESTED */
    size_t hot_cells, tested_cells; /* where they were looked for */
    size_t inside, later_inside;    /* events in the study area */
} hz_card_found;

/**
 * Make the cards of all zones.  Zones are taken each for itself: an event where two cross counts in
 * both.  docs/methods/zone-card.md has the formulas.
 *
 * With `in_force` each zone has a time of its own: its last column is made from the events of the
 * study area in that time alone, hotspots but for those of the whole first period.  What each span of
 * time costs is a pass over all events.
 *
 * @param opts    NULL means HZ_CARD_DEFAULTS
 * @param cards   zones->features of them, written only on success
 * @param found   may be NULL
 * @param notice  is told how far the work has come
 * @return HZ_EDATA for a study area without land or polygons too broken to be worked on,
 *         HZ_EUSAGE for options that cannot be, HZ_EMEMORY.  The same bits on any number of threads
 */
HZ_API hz_status hz_card_make(const hz_card_input *input, const hz_card_opts *opts, hz_card *cards,
                              hz_card_found *found, const hz_notice *notice, hz_error *err);

/**
 * Significant hotspots: exact Gi* of counts in square cells, q <= q (Benjamini & Hochberg), joined
 * into one feature.
 *
 * @param hot  NULL where there are none; found->hotspots says why
 */
HZ_API hz_status hz_card_hotspots(const hz_card_points *events, const hz_shapes *study,
                                  double cell_m, double q, hz_shapes **hot, hz_card_found *found,
                                  hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
