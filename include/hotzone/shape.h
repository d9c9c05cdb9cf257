/* Many geometries of one kind as flat arrays, and plane measures on them. */
#ifndef HOTZONE_SHAPE_H
#define HOTZONE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { HZ_NOSHAPE = 0, HZ_POINT, HZ_LINE, HZ_POLYGON } hz_shape_kind;

/**
 * Feature f owns rings first_ring[f] .. first_ring[f+1]-1, ring r owns vertices
 * first_point[r] .. first_point[r+1]-1.  A polygon's rings are closed (last vertex =
 * first); hole[r] is 0 where an outer ring opens a new part and 1 where the ring is a hole
 * of the part before it.  A line part is one ring, open.  For points there are no rings:
 * x[f], y[f], NaN where a feature has no geometry.  A polygon or line without geometry has
 * no rings.  Inside is even-odd over all rings of a feature.
 */
typedef struct {
    hz_shape_kind kind;
    size_t features, rings, points;
    size_t *first_ring;  /* features + 1; NULL for points */
    size_t *first_point; /* rings + 1; NULL for points */
    unsigned char *hole; /* rings; NULL for points */
    double *x, *y;       /* points */
} hz_shapes;

/**
 * Room for the given numbers, offsets and coordinates zeroed; for points `rings` is not used.
 * @return HZ_EMEMORY.  Free with hz_shapes_free.
 */
HZ_API hz_status hz_shapes_new(hz_shape_kind kind, size_t features, size_t rings,
                               size_t points, hz_shapes **out, hz_error *err);
HZ_API void hz_shapes_free(hz_shapes *shapes); /* NULL is allowed */
HZ_API hz_status hz_shapes_copy(const hz_shapes *shapes, hz_shapes **out, hz_error *err);
/** Only the features with keep[f] != 0, in order. */
HZ_API hz_status hz_shapes_select(const hz_shapes *shapes, const unsigned char *keep,
                                  hz_shapes **out, hz_error *err);

/** One feature of some lines or polygons. */
typedef struct {
    const hz_shapes *from;
    size_t feature;
} hz_shapes_pick;
/** Features of several shapes as those of one, in order; all of them lines or all polygons, as `kind`. */
HZ_API hz_status hz_shapes_gather(hz_shape_kind kind, const hz_shapes_pick *picks, size_t n,
                                  hz_shapes **out, hz_error *err);

typedef struct {
    double xmin, ymin, xmax, ymax; /* xmin > xmax: empty */
} hz_box;
/** NaN vertices take no part. */
HZ_API hz_box hz_shapes_box(const hz_shapes *shapes);
HZ_API hz_box hz_shapes_feature_box(const hz_shapes *shapes, size_t feature);

/* Plane measures in the units of the coordinates: call them in metres only. */
/** Area of one feature, holes taken out; >= 0, and 0 for what is no polygon.  Rings that cross
 *  themselves have no area worth the name: repair them first. */
HZ_API double hz_shape_area(const hz_shapes *shapes, size_t feature);
/** Length of all rings, holes included; of a line, its length. */
HZ_API double hz_shape_perimeter(const hz_shapes *shapes, size_t feature);
/** Centre of mass; NaN without area. */
HZ_API void hz_shape_centroid(const hz_shapes *shapes, size_t feature, double *x, double *y);
/** Distance from a point to the nearest border of a feature; infinite without rings. */
HZ_API double hz_shape_border_distance(const hz_shapes *shapes, size_t feature, double x,
                                       double y);
/** Is the point inside by even-odd?  On the border: true.  Exact (no rounding error).  A
 *  polygon with a coordinate that is not finite holds nothing.  O(vertices): see hz_index. */
HZ_API bool hz_shape_holds(const hz_shapes *shapes, size_t feature, double x, double y);
/**
 * The pole of inaccessibility: the inner point whose distance from the border is the
 * greatest, to within `tolerance` (or a 1e-9th of the feature's size, if that is more).
 * @param distance  may be NULL; gets the distance to the border
 * @return false if the feature has no area (or memory ran out); the outputs are then untouched
 */
HZ_API bool hz_shape_pole(const hz_shapes *shapes, size_t feature, double tolerance,
                          double *x, double *y, double *distance);

/**
 * What is wrong with a feature, and where, or NULL if nothing is (by GEOS): "ring crosses itself or
 * another ring near 12.5 55.7", "ring is not closed near X Y", "ring has no area near X Y",
 * "coordinate is not finite", "ring has fewer than 4 vertices" and the like.  A feature without
 * geometry has no fault.
 * @param text  gets the sentence, at most size bytes; it is what is returned
 */
HZ_API const char *hz_shape_fault(const hz_shapes *shapes, size_t feature, char *text,
                                  size_t size);
/**
 * Repair the polygons that hz_shape_fault complains of, by GEOS MakeValid (structure, nothing
 * collapsed kept); the others are copied bit for bit.  Coordinates that are not finite are left out
 * and open rings closed first; what has no area left becomes a feature without rings.
 * @param repaired  may be NULL; how many features were changed
 */
HZ_API hz_status hz_shapes_repair(const hz_shapes *shapes, hz_shapes **out, size_t *repaired,
                                  hz_error *err);
/** Intersection area of two features of two polygon sets (GEOS, robust overlay); HZ_EDATA if
 *  a polygon is too broken to be overlaid, HZ_EUSAGE for what is no polygon. */
HZ_API hz_status hz_shape_overlap(const hz_shapes *a, size_t fa, const hz_shapes *b, size_t fb,
                                  double *area, hz_error *err);
/** Cut segments longer than `step` into equal pieces.  A segment gets the same vertices bit for
 *  bit from whichever end it is walked, so shared borders stay shared. */
HZ_API hz_status hz_shapes_densify(const hz_shapes *shapes, double step, hz_shapes **out,
                                   hz_error *err);

/** The version of GEOS in use, such as "3.6.2"; static. */
HZ_API const char *hz_shape_version(void);

#ifdef __cplusplus
}
#endif
#endif
