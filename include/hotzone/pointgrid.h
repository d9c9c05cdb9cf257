/* Many points in a grid, so that a polygon counts them in the time that its border takes. */
#ifndef HOTZONE_POINTGRID_H
#define HOTZONE_POINTGRID_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hz_pointgrid hz_pointgrid;

/**
 * Sort n points into cells of about four.  Points that are not finite are left out.  x and y are
 * copied.  The grid is never changed by the calls below: threads may share it.
 * @return HZ_EDATA from 2^32 points, HZ_EMEMORY; O(n).  Free with hz_pointgrid_free.
 */
HZ_API hz_status hz_pointgrid_new(size_t n, const double *x, const double *y, hz_pointgrid **out,
                                  hz_error *err);
HZ_API void hz_pointgrid_free(hz_pointgrid *grid); /* NULL is allowed */
/** How many points are in it. */
HZ_API size_t hz_pointgrid_size(const hz_pointgrid *grid);

/**
 * How many points feature f holds: exactly those of which hz_shape_holds is true, borders included.
 * Whole cells are counted by their runs; points are tested only in cells that the border crosses.
 * Time O(vertices + rows of cells + points in those cells).
 */
HZ_API hz_status hz_pointgrid_count(const hz_pointgrid *grid, const hz_shapes *shapes, size_t f,
                                    size_t *count, hz_error *err);

/**
 * How many points lie within given distances of the border of feature f: inside it (on the border
 * is inside) and outside.  Distances as hz_shape_border_distance gives them; <= counts.
 *
 * @param n       number of distances
 * @param reach   n distances >= 0, ascending
 * @param inside,outside  n counts each, cumulated: those of 100 m hold those of 50 m
 * Time O(vertices x blocks of cells within reach + points near the border or near a distance).
 */
HZ_API hz_status hz_pointgrid_rings(const hz_pointgrid *grid, const hz_shapes *shapes, size_t f,
                                    size_t n, const double *reach, size_t *inside, size_t *outside,
                                    hz_error *err);

/** A point near a border: its number as handed to hz_pointgrid_new. */
typedef struct {
    size_t point;
    double distance;
    bool inside;
} hz_pointgrid_hit;

/** All points within `reach` of the border of feature f, by their numbers; free *hits with
 *  hz_mem_free. */
HZ_API hz_status hz_pointgrid_near(const hz_pointgrid *grid, const hz_shapes *shapes, size_t f,
                                   double reach, hz_pointgrid_hit **hits, size_t *n,
                                   hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
