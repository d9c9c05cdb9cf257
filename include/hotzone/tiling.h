/* Polygons that lie side by side, such as cells and street blocks: who is beyond each piece of a
 * border, and whether a set of them is one zone without holes. */
#ifndef HOTZONE_TILING_H
#define HOTZONE_TILING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define HZ_TILING_NONE UINT32_MAX

/**
 * The border of unit u is its pieces first[u] .. first[u+1]-1, in order round it: each runs from
 * its corner to the next piece's and has one unit, or none, beyond it.  At a corner more units meet
 * than the two of a border, or the unit beyond changes.
 */
typedef struct {
    size_t n, corners;
    size_t *first;         /* n + 1 */
    uint32_t *across;      /* per piece: the unit beyond, or HZ_TILING_NONE */
    double *length;        /* per piece, metres */
    uint32_t *corner;      /* per piece: the corner it starts from */
    size_t *corner_first;  /* corners + 1 */
    uint32_t *corner_unit; /* units that meet at corner c: corner_unit[corner_first[c]] .. */
    unsigned char *open;   /* per corner: units do not cover all that lies around it */
    double *area;          /* n, square metres */
    double *perimeter;     /* n, metres */
} hz_tiling;

/**
 * Find the pieces.  Borders are shared where coordinates are equal bit for bit, segment by segment.
 *
 * @param units  polygons in metres, each one simple ring
 * @return HZ_EUSAGE for what are no polygons, HZ_EDATA for a unit of no or several rings or of no
 *         area, one that touches itself, or a piece of border that more than two units share;
 *         HZ_EMEMORY.  Free with hz_tiling_free.  O(vertices log vertices)
 */
HZ_API hz_status hz_tiling_new(const hz_shapes *units, hz_tiling **out, hz_error *err);
HZ_API void hz_tiling_free(hz_tiling *tiling); /* NULL is allowed */

/**
 * Would a set that is one simple polygon (or empty) still be one with this unit added, or taken
 * away?  A unit may come in exactly if what its border shares with the set, corners too, is one
 * run and not the whole: with two the set would close round a hole, with a corner alone it would
 * not hold together.  It may go exactly if the same is true of what it shares with all that is
 * outside.  The last unit may go, any may be the first.
 *
 * @param in     n: is the unit in the set
 * @param count  units in the set
 * Time O(pieces of the unit).
 */
HZ_API bool hz_tiling_may_change(const hz_tiling *tiling, const unsigned char *in, size_t count,
                                 size_t unit);

/** Length of border that a unit shares with those in the set, itself not counted. */
HZ_API double hz_tiling_shared(const hz_tiling *tiling, const unsigned char *in, size_t unit);

/** Length of border that two units share. */
HZ_API double hz_tiling_between(const hz_tiling *tiling, size_t a, size_t b);

#ifdef __cplusplus
}
#endif
#endif
