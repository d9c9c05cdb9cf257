/* How many people live inside any polygon: from areas, cells or points with residents. */
#ifndef HOTZONE_RESIDE_H
#define HOTZONE_RESIDE_H

#include <stddef.h>

#include "hotzone/lattice.h"
#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hz_reside hz_reside;

/**
 * Prepare to apportion residents.  Those of a polygon live evenly over it, less the water: a zone
 * that takes in a fifth of its dry area takes in a fifth of them (areal weighting).  Those of a
 * point live there.  docs/methods/zone-card.md says when that misleads.
 *
 * @param units   polygons or points in metres, valid; lent, and must outlive the object
 * @param people  one per unit, >= 0; NaN: no figure is known (never taken for 0); copied
 * @param water   valid polygons in which nobody lives, or NULL.  People of a unit that is all water
 *                live evenly over it
 * @return HZ_EUSAGE for units that are neither, HZ_EDATA for a figure that is negative or infinite,
 *         or a polygon too broken to be worked on; HZ_EMEMORY.  Free with hz_reside_free
 */
HZ_API hz_status hz_reside_new(const hz_shapes *units, const double *people,
                               const hz_shapes *water, hz_reside **out, hz_error *err);
HZ_API void hz_reside_free(hz_reside *reside); /* NULL is allowed */
/** "areal" of polygons, "points" of points; static. */
HZ_API const char *hz_reside_method(const hz_reside *reside);

/**
 * Residents of one polygon.
 *
 * @param people  NaN where more than a millionth of it lies in units without a figure
 * @return HZ_EUSAGE for what is no polygon, HZ_EDATA if it is too broken, HZ_EMEMORY.  Units wholly
 *         inside or outside cost a test against its edges, the others an overlay.  Threads may ask
 *         at the same time.
 */
HZ_API hz_status hz_reside_count(const hz_reside *reside, const hz_shapes *shapes, size_t f,
                                 double *people, hz_error *err);

/**
 * Residents of each cell of a lattice; what lies beyond it is left out.
 *
 * @param people   columns * rows values
 * @param unknown  share of each cell that lies in units without a figure, 0..1 (points: none)
 */
HZ_API hz_status hz_reside_spread(const hz_reside *reside, const hz_lattice *lattice,
                                  double *people, double *unknown, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
