/* Where values cluster beyond chance: local statistics with their nulls, the columns of `hotzone
 * hotspots`. */
#ifndef HOTZONE_CLUSTER_H
#define HOTZONE_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/csr.h"
#include "hotzone/layer.h"
#include "hotzone/notice.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { HZ_GISTAR = 0, HZ_GI, HZ_LOCAL_MORAN } hz_cluster_method;
/** HZ_NULL_BEST: exact where it applies, else permuted, without a warning. */
typedef enum { HZ_NULL_BEST = 0, HZ_NULL_EXACT, HZ_NULL_PERMUTE, HZ_NULL_ANALYTIC } hz_null_kind;
/** How weights are used: as 1, as 1 with rows that sum to 1, as given, as given with such rows. */
typedef enum { HZ_WEIGHTS_BINARY = 0, HZ_WEIGHTS_ROW, HZ_WEIGHTS_GIVEN, HZ_WEIGHTS_GIVEN_ROW }
    hz_weights_use;
typedef enum { HZ_ADJUST_BH = 0, HZ_ADJUST_BY, HZ_ADJUST_MAX } hz_adjust_kind;
/** Whose conventions: our own; spdep's (local Moran by n, G a share of the total); esda's and
 * GeoDa's (local Moran by n - 1, G a share, p of the smaller tail alone). */
typedef enum { HZ_LIKE_HOTZONE = 0, HZ_LIKE_SPDEP, HZ_LIKE_ESDA, HZ_LIKE_GEODA } hz_like;

typedef struct {
    hz_cluster_method method;
    hz_null_kind null;
    hz_weights_use weights;
    hz_adjust_kind adjust;
    hz_like like;
    uint32_t permutations; /* R of the permuted null and of HZ_ADJUST_MAX */
    uint32_t stop;         /* Besag and Clifford's h; 0: all R */
    uint64_t seed;
    double alpha;          /* of Moran's quadrants, and of the counts found */
    const char *people; /* a numbers column: local Moran of rates (Assuncao & Reis); NULL: none */
} hz_cluster_opts;
#define HZ_CLUSTER_DEFAULTS                                                                        \
    {                                                                                              \
        HZ_GISTAR, HZ_NULL_BEST, HZ_WEIGHTS_BINARY, HZ_ADJUST_BH, HZ_LIKE_HOTZONE, 999, 0, 1,      \
            0.05, NULL                                                                             \
    }

typedef struct {
    size_t units, tested;
    size_t outside, missing, no_population, islands, fixed; /* not tested, by reason */
    size_t exact, permuted, analytic;        /* tested, by null */
    size_t hot, cold;                        /* q <= alpha, by side */
    char why[200];  /* why the exact null was not taken for all, "" if it was */
    uint32_t wanted; /* the R that lets one unit alone reach q <= alpha; 0: there are enough */
} hz_cluster_found;

/**
 * Add `neighbours statistic expected sd z p p_mid q` (numbers), `class`, `null` and `state` (texts)
 * to a table of units.
 *
 * statistic: of gistar and gi the weighted sum of the values about a unit; of moran I_i.  expected,
 * sd and z are the textbook moments whatever the null (Ord & Getis 1995; Sokal et al. 1998).  p is
 * two-sided, min(1, 2 min(p_high, p_low)), by the null that `null` names: "exact" and "permute"
 * hold x_i and draw the neighbours from the other units; "analytic" is the normal p of z.  p_mid
 * counts half of the ties; it is undefined for "analytic".  q is p adjusted over the units tested.
 * class: of gistar and gi hot99 hot95 hot90 none cold90 cold95 cold99 by q; of moran high-high
 * low-low high-low low-high by q <= alpha, else none.
 *
 * state: ok; outside (in `outside`, takes no part); missing (no value); no-population (of a rate:
 * nobody lives there, or it is not known how many); island (no neighbours: its value stays among
 * those drawn, but it has no test); fixed (all other units are its neighbours, or the statistic
 * cannot vary).  Figures are rounded to 14 digits.
 *
 * @param value    numbers column
 * @param outside  flags of rows that take no part, or NULL
 * @param found    may be NULL
 * @return HZ_EDATA with under 3 units that take part, a negative population, values all equal, or
 *         no unit with neighbours; HZ_EUSAGE for options that do not go together; HZ_EMEMORY
 */
HZ_API hz_status hz_cluster_add(hz_layer *units, const char *value, const unsigned char *outside,
                                const hz_csr *links, const hz_cluster_opts *opts,
                                hz_cluster_found *found, const hz_notice *notice, hz_error *err);

/** The columns of the table, in order: id .. state; HZ_CLUSTER_COLUMNS of them, static. */
#define HZ_CLUSTER_COLUMNS 16
HZ_API const char *const *hz_cluster_columns(void);

#ifdef __cplusplus
}
#endif
#endif
