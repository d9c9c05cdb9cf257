/* The point index from inside: a grid of answers, and short lists where there is no one answer. */
#ifndef HOTZONE_GEO_INDEX_PARTS_H
#define HOTZONE_GEO_INDEX_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/orient.h"
#include "hotzone/index.h"

/*
 * The box of the polygons is cut into columns * rows cells.  A point's cell is a
 * monotone function of its coordinates, so column i holds exactly the x from left[i] up to,
 * not including, left[i + 1]; likewise rows and bottom[].
 *
 * cell[] is the number of the only polygon there, HZ_NOWHERE, or -2 - k where record k says
 * more; a record is words record[k] ...:
 *
 *     covers, groups                two counts
 *     polygon * covers              polygons that hold the whole cell, ascending
 *     groups times, ascending:
 *         polygon                   one whose border runs through the cell
 *         2 * edges + base
 *         edge * edges              4 * (start vertex) + 2 * cuts + flip
 *
 * A group is answered by a path within the cell: up its left side from far below, then right to the
 * point.  `base` says whether the path starts inside.  An edge that spans the point's height
 * counts if the point is right of it, turned round by `flip`; an edge that `cuts` the line of the
 * left side and lies all below the point counts too (see hz_index_group_parity).
 */
struct hz_index {
    double xmin, ymin, xmax, ymax; /* of the polygons indexed */
    double x_scale, y_scale;       /* cells per unit; 0 with one column or row */
    double x_origin, y_origin;
    size_t columns, rows;
    int32_t *cell;
    uint32_t *record;
    double *vertex; /* x, y of all vertices, side by side for one cache line */
};

enum { HZ_EDGE_FLIP = 1, HZ_EDGE_CUTS = 2 };

/* For coordinates within the box only. */
static inline size_t hz_index_column(const struct hz_index *index, double x)
{
    return (size_t)(int32_t)((x - index->x_origin) * index->x_scale);
}

static inline size_t hz_index_row(const struct hz_index *index, double y)
{
    return (size_t)(int32_t)((y - index->y_origin) * index->y_scale);
}

/**
 * Is the end of the path to (x, y) inside the polygon of a group?  Exact: where the end is
 * on an edge it is taken a shade to the left and, at a vertex's height, a shade above, and *border
 * is set; otherwise *border is left alone.
 *
 * Why one orientation per edge is enough: call q the corner of the path, (left side, y).  An
 * edge that spans y is crossed by the second leg if q is left of it and the point right.  If
 * it does not cut the line of the left side, q's side is known beforehand (flip).  If it does, the
 * first leg crosses it when q is above it; for an edge that rises to the right above means
 * left, for one that falls above means right, so that q's two answers cancel but for a
 * constant (flip again).
 */
static inline bool hz_index_group_parity(const struct hz_index *index, const uint32_t *edge,
                                         size_t edges, bool base, double x, double y,
                                         bool *border)
{
    bool inside = base;
    for (size_t e = 0; e < edges; e++) {
        const double *v = index->vertex + 2 * (size_t)(edge[e] >> 2);
        bool up = v[3] > y;
        if ((v[1] > y) == up) {
            inside ^= (edge[e] & HZ_EDGE_CUTS) && !up;
            if (hz_touches_flat(v[0], v[1], v[2], v[3], x, y))
                *border = true;
        } else {
            int side = hz_orient(v[0], v[1], v[2], v[3], x, y);
            if (side == 0)
                *border = true;
            inside ^= (up ? side < 0 : side > 0) ^ (edge[e] & HZ_EDGE_FLIP);
        }
    }
    return inside;
}

#endif
