/* Which polygon holds a point: for many points, at memory speed, exactly. */
#ifndef HOTZONE_INDEX_H
#define HOTZONE_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hz_index hz_index;

#define HZ_NOWHERE (-1)

/**
 * Index polygons for hz_index_locate: some 20 ms and 20 MB for 100,000 vertices, at most about
 * 32 MB and 80 bytes per vertex on top.  Any input is taken: polygons may overlap, cross themselves
 * (even-odd counts), be empty; one with a coordinate that is not finite holds nothing.
 * `shapes` is lent and must outlive the index.
 * @return HZ_EUSAGE if the shapes are no polygons, HZ_EDATA from 2^27 vertices, HZ_EMEMORY
 */
HZ_API hz_status hz_index_new(const hz_shapes *shapes, hz_index **out, hz_error *err);
HZ_API void hz_index_free(hz_index *index); /* NULL is allowed */

/**
 * For points [first, last): the lowest-numbered polygon that holds the point, or
 * HZ_NOWHERE, just as hz_shape_holds would say for each in turn.  A point exactly on a border
 * belongs to every polygon of that border, so it goes to the lowest-numbered one; no point of
 * a gapless coverage is lost or counted twice.  Points that are not finite are nowhere.
 * Cannot fail; share ranges out as you like.
 */
HZ_API void hz_index_locate(const hz_index *index, size_t first, size_t last,
                            const double *x, const double *y, int32_t *polygon);

/** All polygons that hold one point, ascending; writes at most room of them (polygons may be
 *  NULL with room 0), returns how many there are. */
HZ_API size_t hz_index_locate_all(const hz_index *index, double x, double y,
                                  int32_t *polygons, size_t room);

#ifdef __cplusplus
}
#endif
#endif
