/* Neighbours of areas, cells and points. */
#ifndef HOTZONE_WEIGHTS_H
#define HOTZONE_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/csr.h"
#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Distances that differ by less than this share of themselves are one distance, so that the
 *  diagonal of a cell, or a kilometre measured twice, is never dropped. */
#define HZ_WEIGHTS_TOLERANCE 1e-9

/** Coordinates that differ by less than this share of their size (60 micrometres in UTM) are one:
 *  files hold shared vertices that were rounded twice. */
#define HZ_WEIGHTS_SNAP 1e-11

/**
 * Polygons that share a vertex (queen), or with `rook` a whole segment.  Polygons that only run
 * along each other with vertices of their own are no neighbours.
 * @return HZ_EUSAGE for what are no polygons, HZ_EMEMORY.  O(vertices log vertices)
 */
HZ_API hz_status hz_weights_contiguity(const hz_shapes *polygons, bool rook, hz_csr **out,
                                       hz_error *err);

/** Cells of a lattice by column and row: those that share a corner (queen), or with `rook` a side.
 *  HZ_EDATA if two units are one cell.  O(n), or O(n log n) where cells are scattered. */
HZ_API hz_status hz_weights_cells(size_t n, const int32_t *column, const int32_t *row, bool rook,
                                  hz_csr **out, hz_error *err);

/**
 * The k nearest points of each; equal distances go to the lower number.  Points in one place are
 * neighbours at distance 0.
 * @return HZ_EUSAGE for k = 0, HZ_EDATA unless k < n and all coordinates are finite.  O(n k log n)
 */
HZ_API hz_status hz_weights_nearest(size_t n, const double *x, const double *y, size_t k,
                                    hz_csr **out, hz_error *err);

/**
 * All points within `reach`, tolerance included.
 * @param inverse  weights are 1 / distance, a distance under 1 counting as 1
 * @return HZ_EUSAGE for a reach not over 0, HZ_EDATA for a coordinate that is not finite, or over
 *         2^31 links
 */
HZ_API hz_status hz_weights_band(size_t n, const double *x, const double *y, double reach,
                                 bool inverse, hz_csr **out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
