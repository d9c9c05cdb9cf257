/* Is there a pattern at all: statistics of a whole map of counts, and of a whole set of points. */
#ifndef HOTZONE_PATTERN_H
#define HOTZONE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/cluster.h"
#include "hotzone/ellipse.h"
#include "hotzone/envelope.h"
#include "hotzone/layer.h"
#include "hotzone/moran.h"
#include "hotzone/nearest.h"
#include "hotzone/notice.h"
#include "hotzone/place.h"
#include "hotzone/quadrat.h"
#include "hotzone/ripley.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- counts of areas or cells ---- */

typedef struct {
    hz_weights_use weights;
    uint32_t permutations; /* of whole maps */
    uint64_t seed;
    const char *people;    /* a numbers column: rates as Assuncao & Reis (1999) have them; or NULL */
} hz_pattern_map_opts;
#define HZ_PATTERN_MAP_DEFAULTS { HZ_WEIGHTS_ROW, 999, 1, NULL }

typedef struct {
    size_t units, outside, missing; /* missing: without a value */
    size_t no_population;           /* of rates: nobody lives there, or it is not known how many */
    size_t links;                   /* among the units that take part */
    hz_association found;           /* `used` units, `islands` without neighbours besides */
    hz_association_null null;
    bool rates;                     /* standardised: G does not exist */
    hz_weights_use weights;
    uint64_t seed;
} hz_pattern_map;

/**
 * Moran's I, Geary's C and the general G of a table of units (hz_units), with the moments of both
 * nulls and whole maps permuted.
 *
 * @param value    numbers column
 * @param outside  flags of rows that take no part, or NULL
 * @return HZ_EDATA under 4 units with neighbours, or if all values are equal; HZ_EUSAGE for a
 *         column that is not there; HZ_EMEMORY
 */
HZ_API hz_status hz_pattern_of_map(const hz_layer *units, const char *value,
                                   const unsigned char *outside, const hz_csr *links,
                                   const hz_pattern_map_opts *opts, hz_pattern_map *out,
                                   hz_error *err);

/* ---- points ---- */

typedef struct {
    double cell_m;         /* side of the quadrats; 0: such that a whole one expects 5 events */
    double reach_m;        /* of K; 0: a quarter of the study area's shorter side, or the distance
                              within which 1,000 others are expected if that is less (fewer, if
                              simulations would go over 10^10 pairs); at most half that side, and
                              10^11 pairs */
    size_t steps;          /* of K */
    hz_edge edge;          /* of the curve that is tested */
    hz_ellipse_kind ellipse;
    size_t simulations;    /* of the null */
    double alpha;          /* of the band: simultaneous, over all distances */
    uint64_t seed;
    bool cross;            /* K of the second of two kinds about the first, labels dealt at random */
} hz_pattern_opts;
#define HZ_PATTERN_DEFAULTS                                                                        \
    { 0, 0, 100, HZ_EDGE_TRANSLATION, HZ_ELLIPSE_YUILL, 199, 0.05, 1, false }

/** A K function of the observed points with all three corrections, and L = sqrt(K / pi) of the one
 *  tested with its band; steps + 1 distances.  NULL arrays where `why` says why there is none. */
typedef struct {
    char why[120];             /* "" if there is one */
    double *r, *none, *translation, *isotropic;
    double *l, *centre, *low, *high; /* centre: the mean of all curves */
    hz_envelope test;
} hz_pattern_k;

/** Monte Carlo tails of a statistic, each (as great, or as small, + 1) / (simulations + 1). */
typedef struct {
    double p_high, p_low, p; /* p = min(1, 2 min(p_high, p_low)) */
    double mean;             /* over the simulations */
} hz_pattern_tails;

typedef struct {
    hz_fate fate;
    size_t n, places;              /* events in the study area; different places they have */
    size_t coincident;             /* events that share theirs */
    char crs[64];                  /* system of all coordinates; "" if unknown */
    bool from_box;                 /* no study area was given: the box of the events */
    double area, perimeter;        /* of the study area, metres */
    bool thinned;                  /* the null follows a population */
    size_t simulations;
    uint64_t seed;

    hz_ellipse_kind ellipse_kind;
    hz_ellipse ellipse;
    double median_x, median_y;

    char nearest_why[120];         /* "" if the following exist */
    hz_clark_evans nearest;        /* Donnelly's figures NaN unless the study area is a rectangle */
    hz_pattern_tails nearest_tails;

    char quadrat_why[120];
    double cell_m;
    hz_quadrat quadrat;
    hz_pattern_tails quadrat_tails;

    double reach_m;
    size_t steps;
    hz_edge edge;
    hz_pattern_k k, cross;
    size_t first, second;          /* events of either kind, of cross */
} hz_pattern_points;
HZ_API void hz_pattern_points_clear(hz_pattern_points *points);

/**
 * Centres, nearest neighbours, quadrats and K of located events.  The null is n points dealt out
 * evenly over the study area, or, with a population, to its areas by people and evenly within each;
 * of cross it is that the kinds are dealt out among the points as they lie.  Simulation r is
 * keyed by (seed, "pattern", 0, r).
 *
 * What too few points cannot bear is left out with the reason in its `why`.
 *
 * @param study        polygons, or NULL: the population's areas, or else the box of the events
 * @param place        as for hz_place_events; with `cross` it names two kinds
 * @param population   polygons with people, or NULL
 * @param people       its numbers column, each >= 0
 * @return HZ_EDATA if no event lies in the study area, HZ_ECRS, HZ_EUSAGE for options out of range
 *         or too great a reach, HZ_EMEMORY.  Time
 *         O(simulations (n + pairs within reach)), memory O(n a thread + simulations * steps)
 */
HZ_API hz_status hz_pattern_of_points(const hz_layer *events, const hz_layer *study,
                                      const hz_layer *population, const char *people,
                                      const hz_place_opts *place, const hz_pattern_opts *opts,
                                      hz_pattern_points *out, const hz_notice *notice,
                                      hz_error *err);

/** The K functions as a table: function (K or the two kinds), r_m, k_none, k_translation,
 *  k_isotropic, l, expected, low, high.  *out is NULL where there is none. */
HZ_API hz_status hz_pattern_functions(const hz_pattern_points *points, hz_layer **out,
                                      hz_error *err);
#define HZ_PATTERN_FUNCTION_COLUMNS 9
HZ_API const char *const *hz_pattern_function_columns(void);

#ifdef __cplusplus
}
#endif
#endif
