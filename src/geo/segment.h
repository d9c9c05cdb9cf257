/* Points on a segment and distances to it, the same from whichever end it is walked. */
#ifndef HOTZONE_GEO_SEGMENT_H
#define HOTZONE_GEO_SEGMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "hotzone/shape.h"

/** The point k / n of the way from a to b; bit for bit the point (n - k) / n of the way
 *  from b to a, so that two polygons cut a shared border at the same places. */
static inline void hz_segment_point(double ax, double ay, double bx, double by, uint32_t k,
                                    uint32_t n, double *x, double *y)
{
    if (bx < ax || (bx == ax && by < ay)) {
        double t = ax;
        ax = bx;
        bx = t;
        t = ay;
        ay = by;
        by = t;
        k = n - k;
    }
    double part = (double)k / (double)n;
    *x = ax + (bx - ax) * part;
    *y = ay + (by - ay) * part;
}

/** Squared distance from p to the segment from a to b. */
static inline double hz_segment_distance2(double ax, double ay, double bx, double by,
                                          double px, double py)
{
    double dx = bx - ax, dy = by - ay, x = px - ax, y = py - ay;
    double length2 = dx * dx + dy * dy, t = dx * x + dy * y;
    if (t > 0) {
        if (t >= length2) {
            x = px - bx;
            y = py - by;
        } else {
            /* the cross product keeps its digits where x - t dx would cancel */
            double cross = dx * y - dy * x;
            return cross * cross / length2;
        }
    }
    return x * x + y * y;
}

/** Cut the segment that starts at vertex i into pieces[i] >= 1 equal pieces; the entry of a
 *  ring's last vertex is not read. */
hz_status hz_shapes_cut(const hz_shapes *shapes, const uint32_t *pieces, hz_shapes **out,
                        hz_error *err);

#endif
