/* The shapes of a layer, gathered feature by feature from GDAL. */
#ifndef IO_VECTOR_SHAPES_H
#define IO_VECTOR_SHAPES_H

#include <stdbool.h>
#include <stddef.h>

#include <ogr_api.h>

#include "hotzone/shape.h"

/** Starts zeroed; the first geometry decides the kind. */
typedef struct {
    hz_shape_kind kind;
    size_t first; /* number of the feature that decided, from 1 */
    size_t features, rings, points;
    size_t feature_room, ring_room, point_room;
    size_t *first_ring, *first_point; /* no closing entry yet */
    unsigned char *hole;
    double *x, *y;
} hz_gdal_shapes;

/**
 * Add the geometry of the next feature (NULL or empty: none).  Heights and measures are
 * dropped, curves become lines, a multipoint of one point is a point, rings are closed.
 * @return HZ_EFORMAT for a second kind, a collection, or a coordinate that is not finite
 */
hz_status hz_gdal_shapes_add(hz_gdal_shapes *shapes, OGRGeometryH geometry, long long fid,
                             const char *shown, hz_error *err);
/** Room in x and y for n more points, to be appended by who reads nothing but points. */
hz_status hz_gdal_shapes_room(hz_gdal_shapes *shapes, size_t n, hz_error *err);
/** Make the shapes of what was gathered; `fallback` is the kind if no feature had a geometry
 *  (HZ_NOSHAPE: *out is NULL then).  swap: x and y change places. */
hz_status hz_gdal_shapes_give(const hz_gdal_shapes *shapes, hz_shape_kind fallback, bool swap,
                              hz_shapes **out, hz_error *err);
void hz_gdal_shapes_free(hz_gdal_shapes *shapes);
/** The kind a geometry type is read as; HZ_NOSHAPE for what is not. */
hz_shape_kind hz_gdal_kind(OGRwkbGeometryType type);
const char *hz_gdal_kind_word(hz_shape_kind kind);

#endif
