/* Do polygons that should share a plane between them do so: overlaps, and gaps enclosed by them. */
#ifndef HOTZONE_COVERAGE_H
#define HOTZONE_COVERAGE_H

#include "hotzone/shape.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Two features that cover the same ground; a < b. */
typedef struct {
    size_t a, b;
    double area, share; /* square units; share of the smaller one of the two */
} hz_overlap;

/** Ground that features enclose and none covers; the point lies in it. */
typedef struct {
    double x, y, area;
} hz_gap;

/** Overlaps and gaps, the largest first. */
typedef struct {
    hz_overlap *overlap;
    size_t overlaps;
    hz_gap *gap;
    size_t gaps;
} hz_coverage;

/**
 * Find overlaps and gaps of a set of polygons (GEOS, robust overlay).  A gap is a hole in the union
 * of all; one that is open to the outside is not found, and a hole as large as `gap_most` is taken
 * to be meant: a neighbour, a lake.
 *
 * @param shapes    valid polygons in metres: repair them first (hz_shapes_repair)
 * @param least     overlaps and gaps smaller than this are left out, square units, >= 0
 * @param gap_most  square units
 * @param out       set on success; free with hz_coverage_clear
 * @return HZ_EUSAGE for what is no polygon, HZ_EDATA if GEOS gives up, HZ_EMEMORY.  Time grows with
 *         the pairs whose boxes meet.
 */
HZ_API hz_status hz_coverage_find(const hz_shapes *shapes, double least, double gap_most,
                                  hz_coverage *out, hz_error *err);
HZ_API void hz_coverage_clear(hz_coverage *coverage);

#ifdef __cplusplus
}
#endif
#endif
