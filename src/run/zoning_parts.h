/* Inside the zoning of a project: what its files share. */
#ifndef RUN_ZONING_PARTS_H
#define RUN_ZONING_PARTS_H

#include "hotzone/zoning.h"

/** What is made on the way, in metres. */
typedef struct {
    const hz_zoning_input *in;
    const hz_notice *notice;
    hz_error *err;
    hz_layer *study;            /* one polygon */
    hz_shapes *land, *water, *units, *hot, *zones; /* zones: one per card */
    hz_reside *residents;
    hz_card_points points[2];
    double *xy[2][5];           /* what the points lend */
    unsigned char *found[2];
    hz_time *times[2][2];       /* of events and searches, where they count by them */
    unsigned char *days[2][2];  /* known by the day only */
    double *by_zone;            /* per card: searches, then finds, of each period */
    hz_validity *in_force;      /* per zone; NULL: none is known */
    hz_zoning out;
} zoning;

/** Shapes of a layer in another system; yours. */
hz_status zoning_move(const hz_crs *crs, const hz_layer *layer, hz_shapes **out, hz_error *err);
/** All areas of all sets as one polygon in `crs`; yours.  HZ_EDATA for one without area. */
hz_status zoning_study(const hz_crs *crs, const hz_layer *const *areas, size_t n, hz_shapes **out,
                       hz_error *err);
/** Study area, land, events, searches and residents.  In zoning_ground.c. */
hz_status zoning_ground(zoning *z);
/** What cards are made from. */
hz_card_input zoning_card_input(const zoning *z);
/** When zones are in force; `in_force` stays NULL if no dates are known.  In zoning_times.c. */
hz_status zoning_validity(zoning *z);
/** When the rows were that were placed, whose dates are in `column`; clock may be NULL. */
hz_status zoning_times(zoning *z, const hz_zoning_points *p, const hz_placing *placing,
                       hz_time **when, unsigned char **whole_day);
/** Searches that a table gives by zone, summed by card.  In zoning_times.c. */
hz_status zoning_zone_searches(zoning *z);
/** A layer of its own of shapes in a system, which it takes. */
hz_status zoning_layer(const hz_crs *crs, const char *name, hz_shapes **shapes, hz_layer **out,
                       hz_error *err);
/** Cards for polygons that differ, and how the zones share them.  In zoning_cards.c. */
hz_status zoning_cards(zoning *z);
/** A zone of the same size from the earlier period's events.  In zoning_propose.c. */
hz_status zoning_propose(zoning *z);

#endif
