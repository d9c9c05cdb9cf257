/* A lattice of square cells, aligned to round coordinates. */
#ifndef HOTZONE_LATTICE_H
#define HOTZONE_LATTICE_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Cell (column c, row r), both from 0, is [x0 + c side, x0 + (c + 1) side) by the same in y; its
 *  number is r * columns + c, south-west first. */
typedef struct {
    double x0, y0, side;
    size_t columns, rows;
} hz_lattice;

/**
 * The lattice that covers a box, its lines at whole multiples of the side (plus the shift).
 *
 * @param shift_x,shift_y  fractions of a side
 * @return HZ_EUSAGE for a side that is not over 0, HZ_EDATA for an empty box, coordinates that are
 *         not finite, or over 50 million cells
 */
HZ_API hz_status hz_lattice_over(hz_box box, double side, double shift_x, double shift_y,
                                 hz_lattice *out, hz_error *err);

/** The number of the cell that a point is in, or SIZE_MAX outside (or not finite). */
HZ_API size_t hz_lattice_cell(const hz_lattice *lattice, double x, double y);

/**
 * Share of each cell's area that polygons cover, exact up to rounding: 0..1.  Polygons may touch;
 * where they overlap the sum is cut at 1.  Rings may run either way round, holes are marked.
 *
 * @param share  columns * rows results
 * Time O(segments x cells they cross + cells), scratch none.
 */
HZ_API void hz_lattice_cover(const hz_lattice *lattice, const hz_shapes *polygons, double *share);

/** The squares of the cells with keep[cell] != 0 (NULL: all), in order; HZ_EMEMORY. */
HZ_API hz_status hz_lattice_squares(const hz_lattice *lattice, const unsigned char *keep,
                                    hz_shapes **out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
