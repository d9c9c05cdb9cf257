/* Zones against each other, event by event: which holds more, where they overlap, what each holds
 * alone. */
#ifndef HOTZONE_COMPARE_H
#define HOTZONE_COMPARE_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/card.h"
#include "hotzone/paired.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Two zones a < b by their numbers.  What is not known is NaN. */
typedef struct {
    size_t a, b;
    hz_paired events;          /* first: in a alone; neither: elsewhere in the study area */
    double difference, low, high; /* of the shares of all events, a less b: Newcombe, method 10 */
    double boot_low, boot_high;   /* the same by a bootstrap of the events */
    double p;                  /* McNemar, exact */
    double shared_km2, iou_area;
    double shared_residents;   /* of the land of the study area that both take in */
} hz_compare_pair;

/** What no other zone holds. */
typedef struct {
    double events, km2, residents;
} hz_compare_alone;

typedef struct {
    double level;          /* of intervals */
    uint32_t replicates;   /* of the bootstrap */
    uint64_t seed;
} hz_compare_opts;
#define HZ_COMPARE_DEFAULTS { 0.95, 1999, 1 }

/** Zones beyond this are refused: the pairs would be more than anybody reads. */
#define HZ_COMPARE_MOST 100

/**
 * Compare all zones of a card input on one period's events, those in the study area.  An event on a
 * border is in every zone of that border, as in their cards.
 *
 * @param points  input->now or input->later
 * @param opts    NULL means HZ_COMPARE_DEFAULTS
 * @param pairs   zones (zones - 1) / 2 of them: 0-1, 0-2, ..., 1-2, ...; written only on success
 * @param alone   one per zone
 * @return HZ_EUSAGE for under 2 zones or over HZ_COMPARE_MOST, HZ_EDATA for polygons too broken to
 *         be worked on or without an event in the study area, HZ_EMEMORY
 */
HZ_API hz_status hz_compare_make(const hz_card_input *input, const hz_card_points *points,
                                 const hz_compare_opts *opts, hz_compare_pair *pairs,
                                 hz_compare_alone *alone, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
