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
    hz_shapes *land, *water, *units, *zones; /* zones: one per card */
    hz_reside *residents;
    hz_card_points points[2];
    double *xy[2][5];           /* what the points lend */
    unsigned char *found[2];
    bool failed;
    hz_zoning out;
} zoning;

/** Shapes of a layer in the system of the zoning; yours. */
hz_status zoning_move(const zoning *z, const hz_layer *layer, hz_shapes **out);
/** Study area, land, events, searches and residents.  In zoning_ground.c. */
hz_status zoning_ground(zoning *z);
/** A layer of its own of shapes in the system of the zoning, which it takes. */
hz_status zoning_layer(const zoning *z, const char *name, hz_shapes **shapes, hz_layer **out);
/** Cards for polygons that differ, and how the zones share them.  In zoning_cards.c. */
hz_status zoning_cards(zoning *z);
/** A zone of the same size from the earlier period's events.  In zoning_propose.c. */
hz_status zoning_propose(zoning *z);

#endif
