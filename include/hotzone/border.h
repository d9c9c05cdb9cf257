/* How far two borders lie apart. */
#ifndef HOTZONE_BORDER_H
#define HOTZONE_BORDER_H

#include <stddef.h>

#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Metres.  Each is the larger of the two directions, a to b and b to a. */
typedef struct {
    double greatest; /* Hausdorff distance */
    double mean;     /* modified Hausdorff distance of Dubuisson & Jain (1994) */
    double p95;      /* 95th percentile in place of the greatest: one spike does not decide it */
    double mean_to, mean_from; /* a to b, b to a */
} hz_border_gap;

/**
 * Distances between the borders (all rings) of two features.  Points are set on either border,
 * every vertex and none further than `step` apart, each counted with the length of border that it
 * stands for; the distance of each to the other border is exact.
 *
 * @param step  metres, > 0; mean and p95 are right to within about that
 * @param out   all NaN where either has no rings
 * @return HZ_EUSAGE for what is no polygon or a step that cannot be, HZ_EDATA if it needs over ten
 *         million points, HZ_EMEMORY.  Time O(points x edges / 16 and less).
 */
HZ_API hz_status hz_border_compare(const hz_shapes *a, size_t fa, const hz_shapes *b, size_t fb,
                                   double step, hz_border_gap *out, hz_error *err);

/**
 * The least distance between the borders (all rings) of two features, in metres; 0 where they touch
 * or cross, NaN where either has no rings.  HZ_EUSAGE for what is no polygon, HZ_EMEMORY.
 */
HZ_API hz_status hz_border_nearest(const hz_shapes *a, size_t fa, const hz_shapes *b, size_t fb,
                                   double *metres, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
