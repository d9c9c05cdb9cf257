/* Class limits for a map. */
#ifndef HOTZONE_BREAKS_H
#define HOTZONE_BREAKS_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { HZ_QUANTILE = 0, HZ_FISHER, HZ_EQUAL, HZ_FIXED, HZ_REFERENCE } hz_breaks_method;

#define HZ_CLASSES_MAX 7

/** Class c holds limits[c-1] <= v < limits[c]; the first is open below, the last above. */
typedef struct {
    size_t classes;                       /* 1 .. HZ_CLASSES_MAX */
    double limits[HZ_CLASSES_MAX - 1];    /* classes - 1 inner limits, rising */
    double low, high;                     /* least and greatest value */
    size_t count[HZ_CLASSES_MAX];         /* values in each class */
    double fit;                           /* goodness of variance fit, 0..1; 1 if all are equal */
    int decimals;                         /* that write the limits exactly, when rounded or
                                             short; else the fewest that keep every value's class */
} hz_breaks;

/**
 * Class limits of n known values (NaN is skipped).
 *
 * HZ_QUANTILE: type 7 of Hyndman & Fan (1996), the default of R and NumPy; where ties leave a class
 * empty, whole groups of equal values are shared out instead, each class taking as nearly as can
 * be an equal part of what is left.  HZ_FISHER: the exact optimum (Fisher 1958) in doubles on
 * distinct weighted values, limits halfway between classes, O(k n log n).  HZ_EQUAL: equal steps.
 * For these three, fewer distinct values than classes give fewer classes; HZ_FIXED and
 * HZ_REFERENCE keep the classes asked for, empty ones too, so that maps can share limits.
 *
 * @param wanted    1 .. HZ_CLASSES_MAX classes
 * @param round     move limits to round numbers such that each stays between the same two
 *                  neighbouring distinct values, so that no value changes class (the roundest
 *                  number there: fewest digits, then 1, 2, 5 or a last 5, then even, then nearest
 *                  the middle); no further than 5 % of a step for HZ_EQUAL, 2 % of the limit for
 *                  HZ_REFERENCE; HZ_FIXED limits stay
 * @param fixed     HZ_FIXED: wanted-1 rising inner limits; HZ_REFERENCE: fixed[0] is the
 *                  reference, over 0; limits lie around it as ratios: an odd number of classes has
 *                  4/5 and 5/4, then 2/3 and 3/2, then 1/2 and 2; an even number also has 1.
 *                  Else ignored, may be NULL
 * @return HZ_EDATA if no value is known or one is infinite, HZ_EUSAGE for classes, limits or a
 *         reference out of range, HZ_EMEMORY
 */
HZ_API hz_status hz_breaks_find(hz_breaks_method method, size_t wanted, bool round, size_t n,
                                const double *values, const double *fixed, hz_breaks *out,
                                hz_error *err);
/** Class of a value, 0 .. classes-1; -1 for NaN. */
HZ_API int hz_breaks_class(const hz_breaks *breaks, double value);

#ifdef __cplusplus
}
#endif
#endif
