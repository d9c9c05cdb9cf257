/* Ripley's K: how many others lie within each distance of a point, corrected for the edge. */
#ifndef HOTZONE_RIPLEY_H
#define HOTZONE_RIPLEY_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The border of a study area: segments from (x1, y1) to (x2, y2) that close up to rings, with the
 *  inside on their left; and its area. */
typedef struct {
    size_t n;
    double *x1, *y1, *x2, *y2;
    double area;
} hz_window;

/**
 * The share of the circle of radius d about a point inside that lies in the window, by the angles
 * at which the border crosses it; exact up to rounding.  A circle that the border does not cross
 * lies all inside.  O(segments)
 */
HZ_API double hz_ripley_arc(const hz_window *window, double x, double y, double d);

typedef struct hz_overlap_table hz_overlap_table;

/**
 * The area that a window has in common with itself moved by (dx, dy), for |dx|, |dy| <= reach.
 *
 * Reckoned at 257 by 129 moves from the overlaps of at least 2,048 scan lines (whole lines apart, so
 * that a rectangle along the axes is exact), and bilinear between them.  A ragged star of 40 corners
 * moved by up to half its radius is within 2e-4 of its area everywhere, K within 5e-5 of itself.
 *
 * @return HZ_EUSAGE unless reach > 0, HZ_EDATA for a window without area, HZ_EMEMORY.  Time
 *         O(129 lines (segments a line crosses)^2), shared among threads
 */
HZ_API hz_status hz_ripley_overlap_new(const hz_window *window, double reach,
                                       hz_overlap_table **out, hz_error *err);
HZ_API void hz_ripley_overlap_free(hz_overlap_table *table); /* NULL is allowed */
/** Area in common after a move; 0 beyond the reach. */
HZ_API double hz_ripley_overlap(const hz_overlap_table *table, double dx, double dy);

typedef enum { HZ_EDGE_NONE = 0, HZ_EDGE_TRANSLATION, HZ_EDGE_ISOTROPIC } hz_edge;

/** What stays the same over many patterns. */
typedef struct {
    hz_edge edge;
    const hz_window *window;         /* lent */
    const hz_overlap_table *overlap; /* lent; of HZ_EDGE_TRANSLATION, with at least this reach */
    double reach;                    /* greatest distance, > 0 */
    size_t steps;                    /* K is given at reach * s / steps, s = 0..steps; > 0 */
} hz_ripley_plan;

typedef struct hz_ripley_room hz_ripley_room;

/** Scratch for patterns of at most n points in a window, one a thread; HZ_EMEMORY.  Free with
 *  hz_ripley_room_free. */
HZ_API hz_status hz_ripley_room_new(size_t n, const hz_window *window, hz_ripley_room **out,
                                    hz_error *err);
HZ_API void hz_ripley_room_free(hz_ripley_room *room); /* NULL is allowed */

/**
 * K(r) = A / (n (n - 1)) sum over ordered pairs of points of e_ij 1(d_ij <= r) (Ripley 1977), with
 * e_ij = 1; A / |W and W moved by x_j - x_i| (Ohser 1983); or 1 / the share of the circle about i
 * through j that lies inside.  A weight over 100 counts as 100.  Distances that differ by a 1e-9th
 * are equal, and d = r counts.
 *
 * @param kind  NULL: all pairs; else n numbers: of points of kind 1 the others of kind 2, K_12(r) =
 *              A / (n_1 n_2) sum, the isotropic circle about the point of kind 1
 * @param k     steps + 1 results, in squared units; NaN without a pair
 * O(n + pairs within 1.5 reach); with the isotropic correction also O(segments) a point near the
 * edge
 */
HZ_API void hz_ripley_k(const hz_ripley_plan *plan, size_t n, const double *x, const double *y,
                        const unsigned char *kind, hz_ripley_room *room, double *k);

#ifdef __cplusplus
}
#endif
#endif
