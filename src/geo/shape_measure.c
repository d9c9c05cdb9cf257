/* Plane measures of one feature: area, length, centre, distance, inside. */
#include <math.h>

#include "geo/orient.h"
#include "geo/segment.h"
#include "hotzone/shape.h"

/* Twice the signed area of a ring and its first moments about the ring's first vertex, so
 * that coordinates of millions of metres do not eat the digits of a small ring. */
static double ring_moments(const hz_shapes *s, size_t r, double *mx, double *my)
{
    size_t first = s->first_point[r], last = s->first_point[r + 1];
    double twice = 0, sx = 0, sy = 0;
    for (size_t i = first; i + 1 < last; i++) {
        double ax = s->x[i] - s->x[first], ay = s->y[i] - s->y[first];
        double bx = s->x[i + 1] - s->x[first], by = s->y[i + 1] - s->y[first];
        double cross = ax * by - ay * bx;
        twice += cross;
        sx += cross * (ax + bx);
        sy += cross * (ay + by);
    }
    *mx = sx / 6;
    *my = sy / 6;
    return twice;
}

double hz_shape_area(const hz_shapes *shapes, size_t feature)
{
    double area = 0, mx, my;
    if (shapes->kind != HZ_POLYGON)
        return 0;
    for (size_t r = shapes->first_ring[feature]; r < shapes->first_ring[feature + 1]; r++) {
        double ring = fabs(ring_moments(shapes, r, &mx, &my)) / 2;
        area += shapes->hole[r] ? -ring : ring;
    }
    return area < 0 ? 0 : area;
}

double hz_shape_perimeter(const hz_shapes *shapes, size_t feature)
{
    double length = 0;
    if (!shapes->first_ring)
        return 0;
    for (size_t r = shapes->first_ring[feature]; r < shapes->first_ring[feature + 1]; r++)
        for (size_t i = shapes->first_point[r]; i + 1 < shapes->first_point[r + 1]; i++)
            length += hypot(shapes->x[i + 1] - shapes->x[i], shapes->y[i + 1] - shapes->y[i]);
    return length;
}

void hz_shape_centroid(const hz_shapes *shapes, size_t feature, double *x, double *y)
{
    double area = 0, sx = 0, sy = 0, ox = 0, oy = 0;
    bool begun = false;
    *x = *y = NAN;
    if (shapes->kind != HZ_POLYGON)
        return;
    for (size_t r = shapes->first_ring[feature]; r < shapes->first_ring[feature + 1]; r++) {
        size_t first = shapes->first_point[r];
        if (first == shapes->first_point[r + 1])
            continue;
        if (!begun) { /* moments of all rings about the feature's first vertex */
            ox = shapes->x[first];
            oy = shapes->y[first];
            begun = true;
        }
        double mx, my, twice = ring_moments(shapes, r, &mx, &my);
        double sign = (twice < 0 ? -1.0 : 1.0) * (shapes->hole[r] ? -1.0 : 1.0);
        double a = sign * twice / 2;
        area += a;
        sx += sign * mx + a * (shapes->x[first] - ox);
        sy += sign * my + a * (shapes->y[first] - oy);
    }
    if (area > 0) {
        *x = ox + sx / area;
        *y = oy + sy / area;
    }
}

double hz_shape_border_distance(const hz_shapes *shapes, size_t feature, double x, double y)
{
    double least = INFINITY;
    if (!shapes->first_ring)
        return least;
    for (size_t r = shapes->first_ring[feature]; r < shapes->first_ring[feature + 1]; r++)
        for (size_t i = shapes->first_point[r]; i + 1 < shapes->first_point[r + 1]; i++) {
            double d = hz_segment_distance2(shapes->x[i], shapes->y[i], shapes->x[i + 1],
                                            shapes->y[i + 1], x, y);
            if (d < least)
                least = d;
        }
    return sqrt(least);
}

bool hz_shape_holds(const hz_shapes *shapes, size_t feature, double x, double y)
{
    bool inside = false, border = false;
    if (shapes->kind != HZ_POLYGON || !isfinite(x) || !isfinite(y))
        return false;
    for (size_t r = shapes->first_ring[feature]; r < shapes->first_ring[feature + 1]; r++) {
        for (size_t i = shapes->first_point[r]; i + 1 < shapes->first_point[r + 1]; i++) {
            double ax = shapes->x[i], ay = shapes->y[i];
            double bx = shapes->x[i + 1], by = shapes->y[i + 1];
            if (!isfinite(ax) || !isfinite(ay) || !isfinite(bx) || !isfinite(by))
                return false; /* nobody can say what such a polygon holds */
            if ((ay > y) == (by > y)) {
                border = border || hz_touches_flat(ax, ay, bx, by, x, y);
                continue;
            }
            int side = hz_orient(ax, ay, bx, by, x, y);
            border = border || side == 0;
            /* the ray to the west crosses edges that p lies right of as they point up */
            inside ^= (side < 0) == (by > ay);
        }
    }
    return inside || border;
}
