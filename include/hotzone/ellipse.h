/* Where a set of points has its middle, how far it spreads, and in which direction. */
#ifndef HOTZONE_ELLIPSE_H
#define HOTZONE_ELLIPSE_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a program means by the axes of a standard deviational ellipse.  With l an eigenvalue of the
 *  sums of squares and products about the mean: Yuill (1971) sqrt(l / n); CrimeStat
 *  sqrt(2 l / (n - 2)); ArcGIS sqrt(2 l / n). */
typedef enum { HZ_ELLIPSE_YUILL = 0, HZ_ELLIPSE_CRIMESTAT, HZ_ELLIPSE_ARCGIS } hz_ellipse_kind;

typedef struct {
    double x, y;         /* mean centre */
    double distance;     /* standard distance, sqrt(sum d^2 / n); CrimeStat: / (n - 2) */
    double major, minor; /* half axes; major >= minor >= 0 */
    double angle_deg;    /* of the major axis, clockwise from north, 0 <= angle < 180 */
} hz_ellipse;

/**
 * Mean centre, standard distance and ellipse of n points.  What does not exist is NaN: everything
 * of no point; the ellipse of fewer than 3 points or of points on one line (in one place); the
 * angle where both axes are equal.  With CrimeStat's convention the distance needs 3 points too.
 * O(n)
 */
HZ_API hz_ellipse hz_ellipse_of(size_t n, const double *x, const double *y, hz_ellipse_kind kind);

/**
 * Median centre: the point whose distances from all n have the least sum, by the iteration of
 * Weiszfeld as Vardi & Zhang (2000) mended it, to 1e-9 of the points' extent.  Of an even number of
 * points on one line, where many are as good, one of them.  NaN of no point.  O(n) a step
 */
HZ_API void hz_ellipse_median(size_t n, const double *x, const double *y, double *mx, double *my);

#ifdef __cplusplus
}
#endif
#endif
