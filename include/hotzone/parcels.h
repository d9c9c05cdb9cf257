/* What a zone can be made of: cells of a lattice or street blocks, with what each of them holds. */
#ifndef HOTZONE_PARCELS_H
#define HOTZONE_PARCELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/place.h"
#include "hotzone/tiling.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Everything in metres; free with hz_parcels_clear. */
typedef struct {
    size_t n;
    hz_layer *table;   /* n polygons, each one ring; the system to measure in, if one is known */
    hz_tiling *tiling; /* of the same */
    hz_shapes *study;  /* one feature: all that the parcels lie in */
    double *area;      /* n: square metres of the study area in each */
    double side;       /* of cells; 0 for blocks */
} hz_parcels;
HZ_API void hz_parcels_clear(hz_parcels *parcels);

/**
 * Square cells, their lines at whole multiples of the side, cut at the border of the study area: a
 * cell of which two parts lie inside is two parcels.  Without a study area all cells of the events'
 * box, which flatters whatever is compared with the whole.
 *
 * @param events  points: their system is measured in (or that of their middle, if degrees)
 * @param study   polygons, or NULL
 * @param water   polygons that are no part of it, or NULL; without a study area it is not looked at
 * @return HZ_EUSAGE for a side not over 0, HZ_EDATA for layers of other shapes, without coordinates,
 *         or over 250,000 cells; HZ_ECRS if only one has a system, HZ_EMEMORY
 */
HZ_API hz_status hz_parcels_of_cells(const hz_layer *events, const hz_layer *study,
                                     const hz_layer *water, double side_m, hz_parcels *out,
                                     const hz_notice *notice, hz_error *err);

/**
 * The blocks between streets (hz_blocks_new), within a study area if there is one.
 *
 * @param events   as above
 * @param streets  lines
 */
HZ_API hz_status hz_parcels_of_blocks(const hz_layer *events, const hz_layer *streets,
                                      const hz_layer *study, const hz_layer *water,
                                      hz_parcels *out, const hz_notice *notice, hz_error *err);

/**
 * Events by parcel, as hz_place_events counts them; one on a border goes to the lowest-numbered.
 *
 * @param count   n sums of weights
 * @param parcel  one for each row of the events, negative where it is not counted; may be NULL
 */
HZ_API hz_status hz_parcels_count(const hz_parcels *parcels, const hz_layer *events,
                                  const hz_place_opts *place, double *count, int32_t *parcel,
                                  hz_fate *fate, const hz_notice *notice, hz_error *err);

/** A layer's shapes in the parcels' system; HZ_ECRS if only one of them has any.  Yours. */
HZ_API hz_status hz_parcels_shapes(const hz_parcels *parcels, const hz_layer *layer,
                                   hz_shapes **out, hz_error *err);

/**
 * Metres of line in each polygon of a set that do not overlap.  A street along a border counts half
 * on either side.  Lines are walked in steps of at most 5 m, and each step belongs whole to where its
 * middle is, 0.5 m to the left and to the right.
 *
 * @param metres  one for each polygon
 * @return HZ_EUSAGE for other shapes, HZ_EMEMORY
 */
HZ_API hz_status hz_parcels_streets(const hz_shapes *polygons, const hz_shapes *lines,
                                    double *metres, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
