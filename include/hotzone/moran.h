/* Moran's I, Geary's C and the general G, over a map and place by place. */
#ifndef HOTZONE_MORAN_H
#define HOTZONE_MORAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/csr.h"
#include "hotzone/getis.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Local Moran (Anselin 1995) of one unit: I_i = z_i / m2 sum of w_ij z_j with m2 = sum z^2 / n, and
 * its moments with x_i held and the others placed at random (Sokal, Oden & Thomson 1998).
 *
 * @param row  weights standardised so that each row sums to 1
 */
HZ_API hz_local hz_moran_local(const hz_values *values, const hz_csr *csr, size_t unit, bool row);

/** A statistic of the whole map with its expectation and both variances. */
typedef struct {
    double value, expected;
    double normality, randomisation; /* variances; NaN where there is none */
} hz_global;

typedef struct {
    hz_global moran, geary, general; /* general: G; NaN for negative values, and no normality */
    double s0, s1, s2;               /* sums of the weights (Cliff & Ord 1981) */
    size_t used, islands;            /* units with neighbours, which alone take part, and without */
} hz_association;

/**
 * Moran's I, Geary's C (Cliff & Ord 1981) and the general G (Getis & Ord 1992).  Units without a
 * neighbour take no part.  The weights need not be symmetric.
 *
 * @param row  weights standardised so that each row sums to 1
 * @return HZ_EDATA under 4 units with neighbours, or if their values are all equal; HZ_EMEMORY.
 *         O(n + links), scratch O(n)
 */
HZ_API hz_status hz_moran_global(size_t n, const double *x, const hz_csr *csr, bool row,
                                 hz_association *out, hz_error *err);

/** Shuffled maps whose statistic was above, equal to or below the observed one, and its moments over
 *  them. */
typedef struct {
    uint32_t above, equal, below;
    double mean, sd; /* NaN for G of negative values; sd NaN of a single map */
} hz_shuffled;

typedef struct {
    hz_shuffled moran, geary, general;
    uint32_t maps;
} hz_association_null;

/**
 * Moran's I, Geary's C and the general G of maps on which all values of the units with neighbours
 * were dealt out anew (without replacement), as hz_moran_global reckons them.  Map r is keyed by
 * (seed, "association", 0, r).  Statistics that differ by less than rounding can tell are equal.
 *
 * @param maps  1 to HZ_ASSOCIATION_MAPS
 * @return as hz_moran_global; HZ_EUSAGE for another number of maps.  O(maps (n + links)) time,
 *         O(n + links + maps) memory; the same result on any number of threads
 */
#define HZ_ASSOCIATION_MAPS 10000000
HZ_API hz_status hz_moran_permute(size_t n, const double *x, const hz_csr *csr, bool row,
                                  uint32_t maps, uint64_t seed, hz_association_null *out,
                                  hz_error *err);

/**
 * Rates as local and global Moran want them (Assuncao & Reis 1999): (x_i / P_i - b) / sqrt(v_i),
 * with b = sum x / sum P and v_i = a + b / P_i; a, the variance between rates, is not floored, and
 * v_i < 0 becomes b / P_i.
 *
 * @param floored  a is 0 at least, as GeoDa has it
 * @param z        n results
 * @return HZ_EDATA unless every P_i > 0, every x_i >= 0 and some x_i > 0
 */
HZ_API hz_status hz_moran_rates(size_t n, const double *x, const double *people, bool floored,
                                double *z, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
