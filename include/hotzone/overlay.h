/* Set operations between polygons, and the shapes that belong to one: hull, circle, ring about it. */
#ifndef HOTZONE_OVERLAY_H
#define HOTZONE_OVERLAY_H

#include <stddef.h>

#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Every function takes polygons in metres and gives one feature (`features` is 1; without rings if
 * nothing is left), by GEOS's robust overlay.  HZ_EUSAGE for what are no polygons, HZ_EDATA for
 * one too broken to be worked on (repair it first: hz_shapes_repair), HZ_EMEMORY.  Free with
 * hz_shapes_free. */

typedef enum { HZ_OVERLAY_UNION = 0, HZ_OVERLAY_INTERSECTION, HZ_OVERLAY_DIFFERENCE } hz_overlay_kind;

/** Feature fa of a with feature fb of b; the difference is a without b. */
HZ_API hz_status hz_overlay(const hz_shapes *a, size_t fa, const hz_shapes *b, size_t fb,
                            hz_overlay_kind kind, hz_shapes **out, hz_error *err);
/** The union of all features with keep[f] != 0; keep NULL: of all. */
HZ_API hz_status hz_overlay_dissolve(const hz_shapes *shapes, const unsigned char *keep,
                                     hz_shapes **out, hz_error *err);
/** All that lies within `distance` metres (negative: what lies further inside than that); round
 *  corners, 16 segments to a quarter circle. */
HZ_API hz_status hz_overlay_buffer(const hz_shapes *shapes, size_t feature, double distance,
                                   hz_shapes **out, hz_error *err);
/** Convex hull. */
HZ_API hz_status hz_overlay_hull(const hz_shapes *shapes, size_t feature, hz_shapes **out,
                                 hz_error *err);
/** Fewer vertices, topology kept, no vertex further than `tolerance` metres away. */
HZ_API hz_status hz_overlay_generalise(const hz_shapes *shapes, size_t feature, double tolerance,
                                       hz_shapes **out, hz_error *err);
/** Centre and radius of the smallest circle about a feature; HZ_EDATA without rings. */
HZ_API hz_status hz_overlay_circle(const hz_shapes *shapes, size_t feature, double *x, double *y,
                                   double *radius, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
