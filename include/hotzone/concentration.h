/* How concentrated events are, and how concentrated chance alone would make them: the tables of
 * `hotzone concentration`. */
#ifndef HOTZONE_CONCENTRATION_H
#define HOTZONE_CONCENTRATION_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/units.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { HZ_SHARE_EQUAL = 0, HZ_SHARE_AREA, HZ_SHARE_POPULATION } hz_share_kind;

typedef struct {
    hz_share_kind share;  /* what an even spread is even over: each place 1, its area, its people */
    size_t replicates;    /* of the expectation; 19 .. 99,999 */
    uint64_t seed;
} hz_concentration_opts;
#define HZ_CONCENTRATION_DEFAULTS { HZ_SHARE_EQUAL, 999, 1 }

/** Columns of the places; NULL where there is none. */
typedef struct {
    const char *events;   /* whole numbers; needed */
    const char *base;     /* area or population; needed but for HZ_SHARE_EQUAL */
    const char *group;    /* texts: Theil is split into within and between them */
} hz_concentration_columns;

typedef enum {
    HZ_MEASURE_GINI = 0,
    HZ_MEASURE_GINI_UNBIASED,    /* x n / (n - 1); places of equal share only */
    HZ_MEASURE_GINI_GENERALISED, /* for fewer events than places; places of equal share only */
    HZ_MEASURE_THEIL,
    HZ_MEASURE_THEIL_WITHIN,     /* of the groups, with groups only */
    HZ_MEASURE_THEIL_BETWEEN,
    HZ_MEASURE_TOP_1, HZ_MEASURE_TOP_5, HZ_MEASURE_TOP_10, HZ_MEASURE_TOP_20,
                                 /* share of the events in the 1 % .. of the places (of the area, of
                                    the people) with the most per share; not of equal places where
                                    that is less than one of them */
    HZ_MEASURE_HOLDING_25, HZ_MEASURE_HOLDING_50, /* least share of the places with 25 %, 50 % */
    HZ_MEASURES
} hz_measure_kind;

/** All NaN where the measure does not exist. */
typedef struct {
    double value;
    double expected, low, high; /* mean, and 2.5 % and 97.5 % quantiles, of the replicates */
    double p;   /* share of replicates, the map itself among them, as concentrated or more */
} hz_measure;

#define HZ_CONCENTRATION_STEPS 200

/** A plain value. */
typedef struct {
    size_t places, with_events;     /* that take part */
    size_t left_out;                /* places without a figure or share, or in `outside` */
    double events, events_left_out;
    size_t groups;                  /* 0: none asked for */
    hz_share_kind share;
    size_t replicates;
    hz_measure measure[HZ_MEASURES];
    size_t places_25, places_50;    /* whole places that hold 25 %, 50 %; 0 unless shares are equal */
    double curve[HZ_CONCENTRATION_STEPS + 1];    /* the Lorenz curve at k / HZ_CONCENTRATION_STEPS */
    double expected[HZ_CONCENTRATION_STEPS + 1]; /* mean of the replicates' curves, and */
    double low[HZ_CONCENTRATION_STEPS + 1];      /* their 2.5 % and */
    double high[HZ_CONCENTRATION_STEPS + 1];     /* 97.5 % quantiles, each place of the axis alone */
} hz_concentration;

/**
 * Measure the concentration of events over places, and that of as many events thrown on the same
 * places at random, each place as likely as its share.  Few events over many places look
 * concentrated by chance: compare with the expectation, never with 0.
 *
 * @param outside  flags of rows that take no part, or NULL
 * @return HZ_EUSAGE for options out of range or a column that is not there; HZ_EDATA for a count that
 *         is negative or not whole, a negative share, no event or over 1e9, under two places;
 *         HZ_EMEMORY.  Time replicates x (places + events), x log places where shares differ, shared
 *         among threads; the same bits on any number of them.  Memory 1.7 kB per replicate.
 */
HZ_API hz_status hz_concentration_find(const hz_layer *places, const unsigned char *outside,
                                       const hz_concentration_columns *columns,
                                       const hz_concentration_opts *opts, hz_concentration *out,
                                       hz_error *err);

/** The name of a measure in tables: "gini", "theil_within", "top_5", ...; static. */
HZ_API const char *hz_measure_name(hz_measure_kind kind);
/** "equal", "area", "population"; static. */
HZ_API const char *hz_share_name(hz_share_kind kind);

/** Columns of the summary, in order, n of them; static.  units,share,places,places_with_events,
 *  events,measure,value,expected,low,high,p,replicates. */
HZ_API const char *const *hz_concentration_columns_of_summary(size_t *n);
/** units,base_share,events_share,expected,low,high. */
HZ_API const char *const *hz_concentration_columns_of_curve(size_t *n);
/** One row for each measure that exists, of each of n findings; HZ_EMEMORY. */
HZ_API hz_status hz_concentration_summary(const hz_concentration *found, const char *const *units,
                                          size_t n, hz_layer **out, hz_error *err);
/** The curves, HZ_CONCENTRATION_STEPS + 1 rows for each of n findings; HZ_EMEMORY. */
HZ_API hz_status hz_concentration_curves(const hz_concentration *found, const char *const *units,
                                         size_t n, hz_layer **out, hz_error *err);

/**
 * Add what cells need beyond their counts: a column `area_m2`, that of its part inside the study area, and
 * with `group` a column `group`, the text of that column in the study polygon that holds the cell's
 * centre ("" where none does).
 *
 * @param study  polygons, or NULL: the squares count whole, and there are no groups
 * @return HZ_EUSAGE for a group without a study area or such a column; HZ_ECRS, HZ_EMEMORY
 */
HZ_API hz_status hz_concentration_ready_cells(hz_units *cells, const hz_layer *study,
                                              const char *group, hz_error *err);
/** The same for areas: `area_m2` of polygons (degrees and Web Mercator are measured
 *  in hz_crs_metric_for).  HZ_EUSAGE for what are no polygons. */
HZ_API hz_status hz_concentration_ready_areas(hz_layer *areas, const hz_notice *notice,
                                              hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
