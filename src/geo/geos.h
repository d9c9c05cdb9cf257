/* Between our flat rings and GEOS's geometries; for this room alone. */
#ifndef GEO_GEOS_H
#define GEO_GEOS_H

#include <geos_c.h>
#include <stdbool.h>

#include "hotzone/shape.h"

/* One GEOS context per call: nothing is shared between threads, nothing is printed. */
typedef struct {
    GEOSContextHandle_t geos;
    char said[300]; /* the last complaint of GEOS */
} hz_geos;

bool hz_geos_begin(hz_geos *s);
void hz_geos_end(hz_geos *s);

/** A multipolygon of the feature's rings; rings of which nothing can be made are left out,
 *  and so is a hole without an outer ring before it. */
hz_status hz_geos_from(hz_geos *g, const hz_shapes *s, size_t f, GEOSGeometry **out, hz_error *err);

/* Shapes that grow; rings and points are doubled when full. */
typedef struct {
    hz_shapes *shapes;
    size_t ring_room, point_room;
} hz_geos_builder;

/** Add the polygons of a geometry; lines and points among them are dropped.  The feature is ended
 *  by the caller: first_ring[f + 1] = rings. */
hz_status hz_geos_add(hz_geos_builder *b, hz_geos *g, const GEOSGeometry *geom, hz_error *err);
/** Add a feature of other shapes bit for bit. */
hz_status hz_geos_add_as_is(hz_geos_builder *b, const hz_shapes *from, size_t f, hz_error *err);

#endif
