/* The blocks that lines divide an area into: between streets, or between the lines of a lattice. */
#ifndef HOTZONE_BLOCKS_H
#define HOTZONE_BLOCKS_H

#include <stddef.h>

#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Node lines and the border of an area (by GEOS's robust overlay) and give the polygons they enclose
 * (Polygonizer) inside the area, each as one ring; neighbours share their vertices bit for bit, as
 * hz_tiling_new wants it.  A block that lies wholly within another is joined to it; a hole in the
 * area that lies wholly within a block is inside its ring, too.  Lines that enclose nothing are
 * passed over.
 *
 * @param lines  lines in metres; coordinates that are not finite end a line
 * @param area   polygons in metres, valid, or NULL: wherever lines enclose anything
 * @param land   gets one value per block: its area less the holes of `area`, square metres; free
 *               with hz_mem_free
 * @return HZ_EUSAGE for shapes that are no lines and polygons, HZ_EDATA if nothing is enclosed or
 *         GEOS gives up, HZ_EMEMORY.  O(n log n) for streets: 100,000 segments take some seconds
 */
HZ_API hz_status hz_blocks_new(const hz_shapes *lines, const hz_shapes *area, hz_shapes **out,
                               double **land, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
