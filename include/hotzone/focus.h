/* Is a geographic focus too narrow?  What the data say of the areas outside it. */
#ifndef HOTZONE_FOCUS_H
#define HOTZONE_FOCUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/date.h"
#include "hotzone/layer.h"
#include "hotzone/notice.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { HZ_FOCUS_UNDECIDED = 0, HZ_FOCUS_SUPPORTED, HZ_FOCUS_NOT_SUPPORTED } hz_focus_verdict;
/** "data do not decide", "supported", "not supported"; static. */
HZ_API const char *hz_focus_verdict_word(hz_focus_verdict verdict);

typedef struct {
    double level;        /* of intervals; 0.95 */
    double min_outside;  /* a focus that leaves out this share of events is broad enough; 0.25 */
    double alpha_excess; /* q that an area outside needs; 0.025 */
    double alpha_scan;   /* p that a cluster outside needs; 0.025 */
    size_t replicates;   /* of the scan; 999 */
    size_t jitters;      /* redraws of the coordinates within their precision; 199 */
    double cell_m;       /* side of the cells of another scale; 500; 0: none */
    uint64_t seed;
    bool within;         /* events in none of the areas are left out of the shares */
    bool once;           /* no other ways of looking */
} hz_focus_opts;
#define HZ_FOCUS_DEFAULTS { 0.95, 0.25, 0.025, 0.025, 999, 199, 500, 1, false, false }

/** Areas, a row each. */
typedef struct {
    const hz_layer *table;        /* shapes are needed for redraws of coordinates and for cells */
    const char *id, *name;        /* columns */
    const char *events;           /* whole numbers >= 0; a missing one is unknown */
    const char *people;           /* residents; NULL: none */
    const double *x, *y;          /* centres, metres; NULL: no scan */
    const double *km2;            /* land; NULL: unknown */
    const unsigned char *inside;  /* 1: of the focus */
} hz_focus_areas;

/** Events one by one; zeroed where there are counts only.  Arrays of n, lent. */
typedef struct {
    size_t n;
    const int32_t *area;       /* row of the areas; < 0: in none */
    const unsigned char *used; /* located, and of the kind and period asked for */
    const hz_time *when;       /* NULL: not dated */
    const double *x, *y;       /* in the system of the table's shapes, metres; NULL: unknown */
    const double *precision_m; /* NULL: unknown */
} hz_focus_events;

/** One look at the question, at the data as they are or in some other way. */
typedef struct {
    double inside, outside, total;    /* events; outside holds those beyond all areas */
    double share, low, high;          /* outside / total, Clopper and Pearson's limits */
    size_t tested, excess;            /* areas outside, by exact test */
    double least_q;                   /* NaN: none tested */
    size_t clusters;                  /* of the scan with p <= alpha_scan */
    double least_p;                   /* of the scan; NaN: not made */
    bool scanned;
    hz_focus_verdict verdict;
} hz_focus_look;

/** The trend of the share outside over periods. */
typedef struct {
    size_t periods;  /* with events */
    double p, p_mid; /* exact, two-sided; NaN under two periods */
    int direction;   /* of the later ones: 1 more outside, -1 less, 0 neither */
} hz_focus_trend;

/** All zero before; free with hz_focus_clear. */
typedef struct {
    hz_focus_look look;
    double beyond;                    /* of outside: located events in none of the areas */
    double unknown;                   /* areas without a count */
    double people_inside, people_outside; /* NaN unless every area has a figure */
    double km2_inside, km2_outside;   /* NaN if unknown */
    double expected_outside;          /* events in areas x share of residents outside; NaN */
    double ratio, ratio_low, ratio_high; /* observed in areas outside / expected */
    size_t with_events, with_events_outside;
    double gini, gini_focus;          /* generalised, of events over areas; NaN under 2 areas */
    double theil, theil_between;      /* by residents (else areas); between focus and the rest */
    hz_layer *areas;     /* hz_focus_area_columns: one row per area */
    hz_layer *clusters;  /* of the scan outside, or NULL */
    hz_layer *frontier;  /* the focus, then each area added */
    hz_layer *ways;      /* way,tried,differing,share_least,share_most,verdict: other ways of
                          * looking; verdict is the commonest of those that differ */
    hz_layer *periods;   /* period,events,outside,share,share_low,share_high,mean_x,mean_y,
                          * ellipse_major_m,ellipse_minor_m,ellipse_angle_deg; or NULL */
    hz_focus_trend trend;
    double best_share;   /* captured by the best set of areas with as many residents; NaN */
    bool firm;           /* no other way of looking gives another verdict; without rows of `ways`
                          * but the first, none was tried */
    size_t hidden;       /* areas whose counts are hidden; not part of `unknown` */
    bool guarded;        /* made by hz_focus_make_shown */
} hz_focus;
HZ_API void hz_focus_clear(hz_focus *focus);

/** id,name,inside,events,population,area_km2,share,rate_per_1000,lq,lq_low,lq_high,ratio,ratio_low,
 *  ratio_high,p,q,state,cluster; static, n is set.  ratio, p and q: outside the focus, against the
 *  other areas outside.  state: focus, ok, excess, untested, hidden.  cluster: number of the scan
 *  cluster with p <= alpha_scan that holds the area. */
HZ_API const char *const *hz_focus_area_columns(size_t *n);

/**
 * Weigh a focus by the rules of docs/methods/focus.md, all settable:
 * supported if the lower limit of the share of events outside is at least min_outside and an area
 * outside has a rate above that of the remaining areas outside (exact conditional upper tail,
 * Benjamini-Hochberg q <= alpha_excess) or a scan cluster of the areas outside has p <= alpha_scan;
 * not supported if the upper limit is below min_outside and there is neither; else undecided.
 *
 * @param events   may be NULL: no redraws, no shift, no leaving out of days
 * @param beyond   located events in none of the areas
 * @param periods  cuts for the shift over time, in order, n_periods of them; or NULL
 * @return HZ_EUSAGE for options out of range or missing columns, HZ_EDATA for counts that are not
 *         whole, no events, or a focus that holds no area; HZ_EMEMORY.
 *         Time: the scan of the outside areas, once and again for each way of looking that needs it
 */
HZ_API hz_status hz_focus_make(const hz_focus_areas *areas, const hz_focus_events *events,
                               double beyond, const hz_period *periods, size_t n_periods,
                               const hz_focus_opts *opts, hz_focus *out, const hz_notice *notice,
                               hz_error *err);

/** What may be told of events whose small counts are hidden, decided on beforehand together with all
 *  else that is told of them (hz_disclose_release).  NaN: hidden. */
typedef struct {
    double inside, outside;                    /* events in areas of the focus, in the others */
    const double *part_inside, *part_outside;  /* the same by period; NULL: no periods */
} hz_focus_shown;

/**
 * Weigh a focus on what is shown alone: `events` of the table is NaN where a count is hidden.  Every
 * figure follows from shown ones, or is NaN: shares need both sums; an area is tested and compared if
 * its count and the sum outside are shown, as are counts of areas without residents, which are left out
 * of the sum; Gini and Theil need every area.  Whatever looks at events
 * one by one (scan, mean centres, leaving out, redraws, cells) is not made.  `areas` have no rows
 * added by cutting; events beyond the areas count for nothing, as with `within`.
 *
 * frontier: the focus, then the areas outside that are shown; NULL unless both sums are.
 *
 * @return as hz_focus_make
 */
HZ_API hz_status hz_focus_make_shown(const hz_focus_areas *areas, const hz_focus_shown *shown,
                                     const hz_period *periods, size_t n_periods,
                                     const hz_focus_opts *opts, hz_focus *out, hz_error *err);

/** Two published figures alone: the share says what there is to say, and without areas to test the
 *  data do not decide. */
HZ_API hz_status hz_focus_published(double inside, double total, const hz_focus_opts *opts,
                                    hz_focus *out, hz_error *err);

/**
 * Broaden step by step: start from the focus, add the area outside with the most events per
 * resident (ties: the earlier row), until all are in.
 *
 * @param rank    counts to rank by (the earlier period, or the same as score)
 * @param score   counts that the columns hold
 * @param beyond  scored events in none of the areas: part of the total
 * @param out     step,id,name,rank_events,events_added,events,capture,capture_low,capture_high,
 *                population,population_share,area_km2,best_capture (the densest areas by `rank` on
 *                as many residents, the last in part; where rank and score are the same: a bound, the
 *                best that any such set holds).  Where residents are not known for every area, or are
 *                0, km2 take their place, else each area counts one
 */
HZ_API hz_status hz_focus_broaden(const hz_focus_areas *areas, const double *rank,
                                  const double *score, double beyond, double level,
                                  hz_layer **out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
