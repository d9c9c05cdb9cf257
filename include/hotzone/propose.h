/* Draws a zone: the connected, compact set of units within a budget that captures the most. */
#ifndef HOTZONE_PROPOSE_H
#define HOTZONE_PROPOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/status.h"
#include "hotzone/tiling.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    double budget;  /* most that the sizes may sum to; > 0 */
    double penalty; /* what a long border costs; >= 0, 0: any shape will do */
    double fill;    /* what an unused budget costs; >= 0 */
    size_t starts;  /* proposals grown, each from a seed; 1..100000 */
    size_t moves;   /* drawn for each unit of a zone, in the eight best of them; 0..100000 */
    uint64_t seed;
    bool holes;     /* a zone may have holes, if it then holds over 4 % more */
} hz_propose_opts;
#define HZ_PROPOSE_DEFAULTS { 0, 0.05, 0.25, 64, 500, 1, false }

/**
 * A proposal.  It is the best found of
 *     captured / bound - penalty * (shape - 1) - fill * (1 - size / budget)
 * where `shape` is its border over that of a circle of the same area (1.128 for a square), and
 * `bound` what the densest units of that budget hold (hz_frontier_at), contiguous or not.
 */
typedef struct {
    unsigned char *in; /* n: 1 for the units in it */
    size_t n, units;
    double captured, size, area, perimeter, shape;
    double bound;      /* at the budget */
    double objective;
} hz_proposal;

/**
 * Propose.  Every set on the way is one simple polygon: connected by borders, not by corners alone,
 * without holes (where these are allowed, the best sets go on once more as any that is connected,
 * and the outcome has to hold 1 / 0.96 of what the best without holes does).  Grown greedily from seeds spread over the dense places, improved by taking in,
 * giving up and exchanging units until nothing helps; the best go on by random moves that may make
 * them worse for a while (threshold accepting, Dueck & Scheuer 1990).  A local search: the optimum
 * is not promised (the problem is NP-hard), the gap to the bound is known.  The same input and seed
 * give the same set on any number of threads.
 * Method: docs/methods/proposals.md.
 *
 * @param value  n values >= 0 to capture: events of the earlier period
 * @param size   n sizes >= 0 that the budget is spent on
 * @return HZ_EUSAGE for options that cannot be, HZ_EDATA for values that cannot be or all 0, or a
 *         budget that no unit fits; HZ_EMEMORY.  Free with hz_proposal_clear.
 */
HZ_API hz_status hz_propose_zone(const hz_tiling *tiling, const double *value, const double *size,
                                 const hz_propose_opts *opts, hz_proposal *out, hz_error *err);
HZ_API void hz_proposal_clear(hz_proposal *proposal);

#ifdef __cplusplus
}
#endif
#endif
