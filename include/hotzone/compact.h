/* How compact a polygon is. */
#ifndef HOTZONE_COMPACT_H
#define HOTZONE_COMPACT_H

#include <stddef.h>

#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Each is 1 for the most compact shape and falls towards 0. */
typedef struct {
    double polsby_popper; /* 4 pi area / perimeter^2, after generalisation: 1 for a circle */
    double reock;         /* area / area of the smallest circle about it */
    double hull;          /* area / area of its convex hull */
} hz_compactness;

/** What Polsby-Popper is generalised to unless another tolerance is given: the detail of a border
 *  decides its length (a coast has none), so zones are compared at one. */
#define HZ_COMPACT_TOLERANCE_M 20.0

/**
 * Measure one feature.  Of several parts the areas are summed, as are the perimeters, holes included;
 * circle and hull are one each, about all parts.  docs/methods/compactness.md.
 *
 * @param tolerance  metres, >= 0; 0: as drawn
 * @param out        all NaN where the feature has no area
 * @return HZ_EUSAGE for what is no polygon or a tolerance that cannot be, HZ_EDATA if it is too
 *         broken to be worked on, HZ_EMEMORY
 */
HZ_API hz_status hz_compact_measure(const hz_shapes *shapes, size_t f, double tolerance,
                                    hz_compactness *out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
