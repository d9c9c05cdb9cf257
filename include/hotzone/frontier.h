/* The most that any zone of a given size could hold: units ranked by density, and what the best of
 * them capture together. */
#ifndef HOTZONE_FRONTIER_H
#define HOTZONE_FRONTIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Densities and sizes that differ by less than this share of themselves are one. */
#define HZ_FRONTIER_TOLERANCE 1e-9

/**
 * The curve.  Units (cells, blocks, areas) stand in order of falling density = rank / size, equal
 * densities by number; a unit of size 0 that holds something comes first (it costs nothing), one
 * that holds nothing last.  Units of equal density are one step, whose order nobody can know: the
 * curve is straight across it, which is what a random order gives on average.
 * Free with hz_frontier_free.
 */
typedef struct {
    size_t n, steps;
    uint32_t *unit;   /* n unit numbers, densest first */
    size_t *first;    /* steps + 1 places in `unit` */
    double *size;     /* steps + 1 cumulated sizes, 0 first */
    double *captured; /* steps + 1 cumulated scores, 0 first */
    double *ranked;   /* steps + 1 cumulated ranks, 0 first */
    const double *unit_size, *unit_score, *unit_rank; /* as handed in; lent */
    bool equal;       /* every unit has the same size: the curve is exact at whole units */
    bool in_sample;   /* ranked on what is scored: a true upper bound, and flattering */
} hz_frontier;

/**
 * Rank n units.  In sample (score NULL, or the same array as rank) the curve is the greedy bound:
 * no set of units of that size or smaller holds more, contiguous or not, not even if units may be
 * cut (Dantzig 1957).  For units of equal size it is attained at whole multiples; for unequal ones
 * the best whole set is a knapsack, which lies between hz_frontier_at's `whole` and `bound`.  Out
 * of sample it is no bound but what the ranking of the earlier period captures of the later one.
 * Method: docs/methods/frontier.md.
 *
 * @param rank   n values >= 0 to rank by: events, severity or cost of the earlier period
 * @param score  n values >= 0 that are captured, of the later period; NULL: rank.  All three
 *               arrays are lent and must outlive the curve
 * @param size   n sizes >= 0: area, residents, kilometres of street
 * @return HZ_EDATA for n = 0, a value that is negative or not finite, or sizes that sum to 0;
 *         HZ_EMEMORY.  O(n log n)
 */
HZ_API hz_status hz_frontier_new(size_t n, const double *rank, const double *score,
                                 const double *size, hz_frontier **out, hz_error *err);
HZ_API void hz_frontier_free(hz_frontier *frontier); /* NULL is allowed */

/** What the frontier holds at a budget; in units of the score, not as a share. */
typedef struct {
    double budget;     /* as asked for, at most the total size */
    double bound;      /* with a fraction of the last step: the curve at the budget */
    double whole;      /* of whole units only, in order, up to the first that does not fit */
    double whole_size; /* and what these take of the budget */
    size_t units;      /* and how many they are */
    double total;      /* score of all units: bound / total is the capture */
    bool exact;        /* in sample, and no set of whole units of that size holds more than `whole`:
                          always for units of equal size, else where it meets the bound */
} hz_frontier_point;

/** A budget that is negative or NaN counts as 0, one beyond the total as the total.  O(n). */
HZ_API hz_frontier_point hz_frontier_at(const hz_frontier *frontier, double budget);

/**
 * What the frontier holds at a budget by the order in which tied units happen to stand: the least and
 * the most of all orders of the step that the budget ends in, a unit cut where it does.  The two are
 * one where no tie is cut, and in sample.  HZ_EMEMORY; O(k log k) for a step of k units.
 */
HZ_API hz_status hz_frontier_range(const hz_frontier *frontier, double budget, double *least,
                                   double *most, hz_error *err);

/** The least size at which the curve holds so much of the score, for 0 <= amount <= total; NaN for
 *  any other.  Out of sample the ranking may hold nothing early on; the curve never falls. */
HZ_API double hz_frontier_budget(const hz_frontier *frontier, double amount);

#ifdef __cplusplus
}
#endif
#endif
