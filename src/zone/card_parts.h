/* What the files of the report card share: everything that is prepared once for all zones. */
#ifndef ZONE_CARD_PARTS_H
#define ZONE_CARD_PARTS_H

#include <math.h>

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
    const double *zone_searches, *zone_finds; /* per zone, lent; NULL: not given so */
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
    bool hot_known;             /* hot is NULL since there are none: do not look again */
    hz_card_why no_hot;
    double hot_m2, hot_residents;
    hz_ground *ground;          /* NULL: no placements */
    size_t cells;
    double *cell_m2;
    const size_t *number;       /* of the zones among all, for complaints; NULL: as they stand */
    card_period period[2];
    size_t periods;             /* 1 or 2 */
    hz_frontier *ahead;         /* ranked on the first period, scored on the second; or NULL */
} card_scene;

/** A zone whose card is being filled in. */
typedef struct {
    const card_scene *scene;
    size_t f;
    double area, land;    /* square metres: of the zone, and of its land in the study area */
    hz_shapes *on_land;   /* the zone's land in the study area */
    double residents;     /* NaN: not known */
    hz_shapes *in_hot;    /* its part in hotspots */
    double hot_residents; /* of that part */
} zone_at;

/** A figure, or why there is none. */
static inline void card_set(hz_card_column *c, int figure, double value, hz_card_why otherwise)
{
    bool known = isfinite(value);
    c->value[figure] = known ? value : NAN;
    c->why[figure] = (unsigned char)(known ? HZ_CARD_KNOWN : otherwise);
}

static inline void card_set_none(hz_card_column *c, int first, int last, hz_card_why why)
{
    for (int i = first; i <= last; i++)
        card_set(c, i, NAN, why);
}

/** a / b, and `otherwise` where there is no b. */
static inline void card_set_share(hz_card_column *c, int figure, double a, double b,
                                  hz_card_why otherwise)
{
    card_set(c, figure, b > 0 ? a / b : NAN, otherwise);
}

/** How many zones are done, of all. */
typedef struct {
    const hz_notice *notice;
    size_t done, all;
} card_progress;

/** All cards from one set of events.  `in` and `o` of the scene are set; it is freed after. */
hz_status hz_card_make_all(card_scene *scene, hz_card *cards, hz_card_found *found,
                           card_progress *progress, hz_error *err);
/** All cards, the last column of each from the events of its zone's time.  In card_force.c. */
hz_status hz_card_make_in_force(const card_scene *scene, hz_card *cards, hz_card_found *found,
                                card_progress *progress, hz_error *err);

/** Which points lie in the study area: 0, others less; yours.  Where all are said to, only those
 *  that are not finite do not. */
hz_status hz_card_locate(const hz_shapes *study, bool located, size_t n, const double *x,
                         const double *y, int32_t **where, hz_error *err);

/** Searches and finds, and what they are per resident and event.  In card_fill_more.c, both. */
hz_status hz_card_fill_searches(const zone_at *z, const card_period *p, double held,
                                hz_card_column *c, hz_error *err);
/** Random placements, of both columns. */
hz_status hz_card_fill_null(const zone_at *z, hz_card *card, hz_error *err);
/** One zone's cards; the scene is not changed. */
hz_status hz_card_fill(const card_scene *scene, size_t f, hz_card *card, hz_error *err);

/** The share of events a zone holds, its two limits under the precision of the positions. */
hz_status hz_card_jitter(const card_scene *scene, const card_period *period, size_t f, size_t held,
                         double *low, double *high, hz_error *err);

#endif
