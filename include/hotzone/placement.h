/* Is a zone better placed than the same shape put down at random?  Rotation and translation on land,
 * among about as many residents. */
#ifndef HOTZONE_PLACEMENT_H
#define HOTZONE_PLACEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/pointgrid.h"
#include "hotzone/reside.h"
#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Land and residents in fine square cells, summed along rows, so that a placement is judged in the
 *  time that its border takes. */
typedef struct hz_ground hz_ground;

/**
 * @param land        one feature, in metres: the study area without its water
 * @param residents   or NULL.  Where they are unknown is not land: nothing is placed there
 * @param least_area  area of the smallest zone to be placed, square metres: cells are an eighth of
 *                    its side at most (and four million at most)
 * @return HZ_EDATA for land without area, HZ_EMEMORY.  Free with hz_ground_free
 */
HZ_API hz_status hz_ground_new(const hz_shapes *land, const hz_reside *residents,
                               double least_area, hz_ground **out, hz_error *err);
HZ_API void hz_ground_free(hz_ground *ground); /* NULL is allowed */
/** Share of a feature that is land, and its residents, by lines through the middle of each row of
 *  cells; NaN where no line meets it. */
HZ_API hz_status hz_ground_measure(const hz_ground *ground, const hz_shapes *shapes, size_t f,
                                   double *land, double *people, hz_error *err);

typedef struct {
    uint32_t replicates; /* R: placements wanted, 1..99999 */
    uint32_t tries;      /* after so many there is no p; at most 100,000 */
    uint64_t seed;
    double land;         /* least share of a placement that is land, 0..1 */
    double people_low, people_high; /* its residents, low <= people < high; NaN: by class */
    double spread;       /* > 1: the classes are 0..1, 1..s, s..s^2, ...; the zone's own is taken */
} hz_placement_opts;
#define HZ_PLACEMENT_DEFAULTS { 999, 100000, 1, 0.9, NAN, NAN, 1.5 }

typedef enum {
    HZ_PLACED = 0,
    HZ_PLACED_TOO_FEW,  /* R placements were not accepted within the tries */
    HZ_PLACED_OFF_LAND, /* the zone itself has less land than asked for */
    HZ_PLACED_RESIDENTS,/* the zone's own residents are outside the limits given */
    HZ_PLACED_OUTSIDE,  /* its middle lies outside the box of the land */
    HZ_PLACED_NO_AREA
} hz_placed;

/** What was found; figures that do not exist are NaN. */
typedef struct {
    hz_placed end;
    double p;             /* ties broken by lot: even over 1/(R+1) .. 1 under the law below */
    double p_high;        /* (1 + as_many) / (R + 1): never too small */
    size_t as_many;       /* placements with as many events or more */
    double low, median, high; /* events held: 2.5 %, 50 % and 97.5 % of the placements */
    size_t accepted, tries;   /* of so many tries */
    double land, people;      /* the zone's own, by the ground's cells */
    double people_low, people_high; /* limits used; NaN without residents */
} hz_placement;

/**
 * The law: the zone is turned about its centroid by an angle even over the circle, its centroid put
 * at a point even over the box of the land, and the placement kept if enough of it is land and its
 * residents are within limits.  The limits are fixed beforehand, or are those of the class that the
 * zone's own residents fall in; classes are fixed too, so a zone drawn by this law is exchangeable
 * with its placements and p is exact: limits of plus or minus so much about the zone's own residents
 * would not be.  Statistic: events held, counted exactly.  A zone that holds no event has p = 1.
 *
 * @param zones   valid polygons in metres
 * @param events  one grid for each period, judged on the same placements
 * @param out     one for each grid; only p, p_high, as_many, low, median and high differ
 * @param opts    NULL means HZ_PLACEMENT_DEFAULTS
 * @return HZ_EUSAGE for options that cannot be, HZ_EMEMORY.  The same on any number of threads
 */
HZ_API hz_status hz_placement_test(const hz_ground *ground, const hz_shapes *zones, size_t f,
                                   const hz_pointgrid *const *events, size_t grids,
                                   const hz_placement_opts *opts, hz_placement *out,
                                   hz_error *err);

/**
 * The polygon of one try of that test, and whether it is kept.
 * @param number  of the try, 0 ..
 * @param kept    may be NULL
 */
HZ_API hz_status hz_placement_draw(const hz_ground *ground, const hz_shapes *zones, size_t f,
                                   const hz_placement_opts *opts, uint32_t number,
                                   hz_shapes **out, bool *kept, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
