/* What the files of the report card share: everything that is prepared once for all zones. */
#ifndef ZONE_CARD_PARTS_H
#define ZONE_CARD_PARTS_H

#include "hotzone/card.h"
#include "hotzone/frontier.h"
#include "hotzone/pointgrid.h"

/** Events and searches of one period, those in the study area. */
typedef struct {
    size_t n;
    double *x, *y, *precision; /* precision NULL: none is known */
    double precision_most;
    uint32_t *row;             /* as handed in: what random draws go by */
    hz_pointgrid *events, *searches, *finds; /* searches NULL: none given; finds NULL: not said */
    double *count;             /* events per cell of the frontier */
    hz_frontier *best;         /* ranked and scored on this period */
    double hot;                /* events in hotspots */
} card_period;

typedef struct {
    const hz_card_input *in;
    hz_card_opts o;
    double land_m2, residents;  /* of the study area; residents NaN: not known */
    hz_card_why no_residents;
    const hz_shapes *hot;       /* NULL: none */
    hz_shapes *own_hot, *hot_land;
    hz_card_why no_hot;
    double hot_m2, hot_residents;
    hz_ground *ground;          /* NULL: no placements */
    size_t cells;
    double *cell_m2;
    card_period period[2];
    size_t periods;             /* 1 or 2 */
    hz_frontier *ahead;         /* ranked on the first period, scored on the second; or NULL */
} card_scene;

/** Which points lie in the study area: 0, others less; yours.  Where all are said to, only those
 *  that are not finite do not. */
hz_status hz_card_locate(const hz_shapes *study, bool located, size_t n, const double *x,
                         const double *y, int32_t **where, hz_error *err);

/** One zone's cards; the scene is not changed. */
hz_status hz_card_fill(const card_scene *scene, size_t f, hz_card *card, hz_error *err);

/** The share of events a zone holds, its two limits under the precision of the positions. */
hz_status hz_card_jitter(const card_scene *scene, const card_period *period, size_t f, size_t held,
                         double *low, double *high, hz_error *err);

#endif
