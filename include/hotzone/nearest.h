/* Distances to the nearest neighbour, and Clark and Evans's test of them. */
#ifndef HOTZONE_NEAREST_H
#define HOTZONE_NEAREST_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hz_nearest_room hz_nearest_room;

/** Scratch for patterns of at most n points, one a thread; HZ_EMEMORY.  Free with
 *  hz_nearest_room_free. */
HZ_API hz_status hz_nearest_room_new(size_t n, hz_nearest_room **out, hz_error *err);
HZ_API void hz_nearest_room_free(hz_nearest_room *room); /* NULL is allowed */

/**
 * The mean distance to the nearest other point; NaN of fewer than 2.
 *
 * @param coincident  may be NULL; how many points have another in their very place
 * O(n) where points are spread, O(n^2) at worst
 */
HZ_API double hz_nearest_mean(size_t n, const double *x, const double *y, hz_nearest_room *room,
                              size_t *coincident);

typedef struct {
    double mean;                        /* observed */
    double expected, ratio, se, z;      /* Clark & Evans (1954): no edge, R = mean / expected */
    double donnelly_expected, donnelly_ratio, donnelly_se, donnelly_z; /* of a rectangle */
} hz_clark_evans;

/**
 * Clark & Evans (1954): expected 0.5 sqrt(A / n), standard error 0.26136 sqrt(A) / n; and
 * Donnelly's (1978) correction for a rectangle's edge: expected 0.5 sqrt(A / n) + (0.0514 +
 * 0.0412 / sqrt n) L / n, variance 0.0703 A / n^2 + 0.037 L sqrt(A / n^5).
 *
 * @param perimeter  L of the rectangle; NaN for another shape, whose Donnelly figures are NaN
 */
HZ_API hz_clark_evans hz_nearest_clark_evans(size_t n, double mean, double area,
                                             double perimeter);

#ifdef __cplusplus
}
#endif
#endif
