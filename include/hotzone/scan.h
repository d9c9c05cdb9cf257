/* Scan statistics (Kulldorff): windows about a centre, their likelihood ratio, and its null. */
#ifndef HOTZONE_SCAN_H
#define HOTZONE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/rng.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Log likelihood ratio of a window with c of `total` events where `expected` would be even risk:
 * c ln(c/E) + (C-c) ln((C-c)/(C-E)), and 0 where c <= E (Kulldorff 1997).
 * @param expected  over 0; at `total` or above it the ratio is 0
 */
HZ_API double hz_scan_llr(double c, double expected, double total);

/** How distance is measured: d^2 = (ax dx + ay dy)^2 + (bx dx + by dy)^2. */
typedef struct {
    double ax, ay, bx, by;
} hz_scan_metric;
#define HZ_SCAN_CIRCLE { 1, 0, 0, 1 }
/** Ellipses `ratio` times as long as wide, the long axis `angle_rad` anticlockwise from east; a
 *  window's distance is then its short half axis. */
HZ_API hz_scan_metric hz_scan_ellipse(double ratio, double angle_rad);

/** Scratch of one place while they are put in order. */
typedef struct {
    double d2;
    uint32_t key, place;
} hz_scan_near;

/** On a place in an order: a window may end here.  The rest is the place's number. */
#define HZ_SCAN_END 0x80000000u

/**
 * The places about a centre, nearest first, as far as windows may reach.  Places at the same
 * distance (within a relative 1e-9) enter together: only the last of them carries HZ_SCAN_END, and
 * the order ends with a whole window.
 *
 * @param first,last     the places [first, last) alone are looked at, fewer than 2^31: all that
 *                       may be within most_distance
 * @param base           population of each, over 0; a window's sum must not pass most_base
 * @param most_distance  in the metric; INFINITY: no limit
 * @param scratch        2 (last - first)
 * @param order          last - first
 * @return length of the order; 0 where the centre alone is too large
 */
HZ_API size_t hz_scan_order(size_t first, size_t last, const double x[], const double y[],
                            const double base[], size_t centre, hz_scan_metric metric,
                            double most_base, double most_distance, hz_scan_near scratch[],
                            uint32_t order[]);

/** A window: the first `length` places of an order, in time steps first_step..last_step. */
typedef struct {
    double value;  /* likelihood ratio times penalty; 0: there is no window */
    size_t length;
    size_t first_step, last_step;
} hz_scan_window;

/** What windows are counted in. */
typedef struct {
    const double *base;  /* population of each place */
    double scale;        /* events per population: expected = scale x population */
    double total;        /* events in all */
    /* space-time permutation only: event e of place p has p.first <= e < p+1.first */
    const uint32_t *first;
    const uint32_t *step;       /* time step of each event */
    const uint32_t *until_step; /* steps + 1: events before each step, over all places */
    size_t steps, most_steps;   /* 0 steps: purely spatial */
} hz_scan_frame;

/**
 * The best window of one order on the data as they are; among equals the shortest, then earliest.
 * @param count    events at each place (spatial)
 * @param blocked  places no window may hold, or NULL
 * @param most_base  as for hz_scan_order, if lower
 * @param per_step  scratch of `steps` counts (space-time), else NULL
 */
HZ_API hz_scan_window hz_scan_best(const uint32_t *order, size_t length,
                                   const hz_scan_frame *frame, const double count[],
                                   double penalty, double most_base,
                                   const unsigned char *blocked, uint32_t per_step[]);

/* Replicates are walked HZ_SCAN_LANES at a time, side by side in memory. */
enum { HZ_SCAN_LANES = 32, HZ_SCAN_LEVELS = 32 };

/** Levels of the ratio and the greatest count that stays below each, by cells of the expected
 *  count: most windows are refused by one comparison of whole numbers. */
typedef struct {
    double total, cells_per_root; /* cell = floor(sqrt(expected) x cells_per_root) */
    size_t cells;
    const int32_t *most;          /* HZ_SCAN_LEVELS x cells */
} hz_scan_levels;
/** Cells that expected counts up to `most_expected` need; sets cells_per_root. */
HZ_API size_t hz_scan_cells(double total, double most_expected, double *cells_per_root);
/** Fill the rows [first, last) of the levels. */
HZ_API void hz_scan_fill_levels(double total, double cells_per_root, size_t cells, size_t first,
                                size_t last, int32_t most[]);

/** The cell of each window of an order, for hz_scan_walk; cell has the order's length. */
HZ_API void hz_scan_mark_cells(const uint32_t *order, size_t length, const hz_scan_frame *frame,
                               const hz_scan_levels *levels, uint16_t cell[]);
/**
 * Raise best[lane] to the greatest ratio x penalty of the windows of one order, for each of
 * HZ_SCAN_LANES replicates.  Exact: the levels only spare work.
 * @param cell    of each place in the order, by hz_scan_mark_cells
 * @param counts  places x HZ_SCAN_LANES
 */
HZ_API void hz_scan_walk(const uint32_t *order, const uint16_t cell[], size_t length,
                         const hz_scan_frame *frame, double penalty,
                         const hz_scan_levels *levels, const int32_t counts[],
                         double best[HZ_SCAN_LANES]);
/** The same for space and time.
 *  @param step      events x HZ_SCAN_LANES: the time steps as permuted
 *  @param per_step  scratch, steps x HZ_SCAN_LANES */
HZ_API void hz_scan_walk_time(const uint32_t *order, size_t length, const hz_scan_frame *frame,
                              double penalty, const hz_scan_levels *levels, const uint16_t step[],
                              int32_t per_step[], double best[HZ_SCAN_LANES]);

/** Walker's alias table: one column in O(1). */
typedef struct {
    size_t n;
    const uint32_t *stay, *other;
} hz_scan_alias;
/**
 * Make the table by Vose's method (1991).
 * @param weight  n, over 0 in sum
 * @param scratch n numbers and n indices
 * @param stay,other  n, the table
 */
HZ_API void hz_scan_fill_alias(size_t n, const double weight[], double scratch[],
                               uint32_t index[], uint32_t stay[], uint32_t other[]);
/**
 * `total` events thrown on places with probabilities weight / sum: one multinomial draw.  Where
 * events are many they are drawn as Poisson counts for a little less than the total, drawn anew if
 * their sum passes it, and the few that lack are thrown one by one: that is the same distribution.
 * @param counts  n; counts[i * stride] is written
 */
HZ_API void hz_scan_throw(const hz_scan_alias *alias, const double weight[], double sum,
                          uint32_t total, hz_rng *rng, size_t stride, int32_t counts[]);

/** P(T or more) of the Gumbel distribution with the mean and standard deviation of the n null
 *  maxima (Abrams, Kleinman & Kulldorff 2010); NaN if they do not vary or are below 2. */
HZ_API double hz_scan_gumbel(size_t n, const double maxima[], double statistic);

/** Gini coefficient of events over expected in m disjoint clusters and what is outside them (Han
 *  et al. 2016); 0 for none. */
HZ_API double hz_scan_gini(size_t m, const double events[], const double expected[], double total);

#ifdef __cplusplus
}
#endif
#endif
