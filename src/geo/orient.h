/* On which side of a line a point lies, without rounding error. */
#ifndef HOTZONE_GEO_ORIENT_H
#define HOTZONE_GEO_ORIENT_H

#include <float.h>
#include <math.h>
#include <stdbool.h>

/** The sign of the determinant by integer arithmetic: -1, 0 or 1 for any finite input. */
int hz_orient_exact(double ax, double ay, double bx, double by, double px, double py);

/**
 * 1 if p lies left of the line from a to b, -1 if right, 0 if on it; exact for all finite
 * coordinates.  Swapping a and b changes the sign and nothing else.
 */
static inline int hz_orient(double ax, double ay, double bx, double by, double px, double py)
{
    double left = (bx - ax) * (py - ay), right = (by - ay) * (px - ax);
    double det = left - right;
    /* Shewchuk (1997), bound A of orient2d: (3 + 16 eps) eps with eps = 2^-53; DBL_MIN covers
     * products that underflow.  Overflow gives inf or NaN, which no comparison passes. */
    double slack = 3.3306690738754716e-16 * (fabs(left) + fabs(right)) + DBL_MIN;
    if (det > slack)
        return 1;
    if (-det > slack)
        return -1;
    return hz_orient_exact(ax, ay, bx, by, px, py);
}

/** Is p on the edge from a to b, given that the edge does not span p's height half-openly
 *  (both ends above it, or both at or below it)? */
static inline bool hz_touches_flat(double ax, double ay, double bx, double by, double px,
                                   double py)
{
    if (ay == py && by == py)
        return (ax <= px && px <= bx) || (bx <= px && px <= ax);
    return (ay == py && ax == px) || (by == py && bx == px);
}

#endif
