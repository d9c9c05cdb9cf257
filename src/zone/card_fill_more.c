/* Fills in what a card says of searches and of random placements. */
#include <math.h>

#include "hotzone/interval.h"
#include "zone/card_parts.h"

/* Searches in the zone and finds among them, NaN where they are not known. */
static hz_status count_searches(const zone_at *z, const card_period *p, double *searches,
                                double *finds, hz_error *err)
{
    size_t n = 0, hits = 0;
    *searches = *finds = NAN;
    if (p->zone_searches) {
        *searches = p->zone_searches[z->f];
        *finds = p->zone_finds ? p->zone_finds[z->f] : NAN;
        return HZ_OK;
    }
    hz_status st = hz_pointgrid_count(p->searches, z->scene->in->zones, z->f, &n, err);
    if (!st && p->finds)
        st = hz_pointgrid_count(p->finds, z->scene->in->zones, z->f, &hits, err);
    if (!st) {
        *searches = (double)n;
        *finds = p->finds ? (double)hits : NAN;
    }
    return st;
}

hz_status hz_card_fill_searches(const zone_at *z, const card_period *p, double held,
                                hz_card_column *c, hz_error *err)
{
    double n, finds, low = NAN, high = NAN;
    if (!p->searches && !p->zone_searches) {
        card_set_none(c, HZ_CARD_SEARCHES, HZ_CARD_SEARCHES_PER_EVENT, HZ_CARD_NO_SEARCHES);
        return HZ_OK;
    }
    hz_status st = count_searches(z, p, &n, &finds, err);
    if (st)
        return st;
    if (isnan(n)) {
        card_set_none(c, HZ_CARD_SEARCHES, HZ_CARD_SEARCHES_PER_EVENT, HZ_CARD_NO_SEARCHES_OF);
        return HZ_OK;
    }
    card_set(c, HZ_CARD_SEARCHES, n, HZ_CARD_NO_SEARCHES);
    if (!isnan(finds)) {
        hz_interval_wilson(finds, n, z->scene->o.level, &low, &high);
        card_set(c, HZ_CARD_FINDS, finds, HZ_CARD_NO_FOUND);
        card_set_share(c, HZ_CARD_HIT_RATE, finds, n, HZ_CARD_NONE_INSIDE);
        card_set(c, HZ_CARD_HIT_RATE_LOW, low, HZ_CARD_NONE_INSIDE);
        card_set(c, HZ_CARD_HIT_RATE_HIGH, high, HZ_CARD_NONE_INSIDE);
    } else {
        card_set_none(c, HZ_CARD_FINDS, HZ_CARD_HIT_RATE_HIGH, HZ_CARD_NO_FOUND);
    }
    card_set_share(c, HZ_CARD_SEARCHES_PER_1000, n * 1000, z->residents,
              !z->scene->in->residents ? HZ_CARD_NO_POPULATION
              : isnan(z->residents) ? HZ_CARD_NO_FIGURE : HZ_CARD_NOBODY);
    card_set_share(c, HZ_CARD_SEARCHES_PER_EVENT, n, held, HZ_CARD_NONE_INSIDE);
    return HZ_OK;
}

static hz_card_why why_not_placed(hz_placed end)
{
    switch (end) {
    case HZ_PLACED_TOO_FEW: return HZ_CARD_TOO_FEW_PLACED;
    case HZ_PLACED_OFF_LAND: return HZ_CARD_NULL_OFF_LAND;
    case HZ_PLACED_RESIDENTS: return HZ_CARD_NULL_RESIDENTS_OFF;
    case HZ_PLACED_OUTSIDE: return HZ_CARD_NULL_OUTSIDE;
    default: return HZ_CARD_NO_AREA;
    }
}

static void set_placement(const hz_placement *p, bool any, bool peopled, hz_card_column *c)
{
    hz_card_why why = any ? why_not_placed(p->end) : HZ_CARD_NO_EVENTS;
    bool placed = p->end == HZ_PLACED && any;
    card_set(c, HZ_CARD_NULL_P, placed ? p->p : NAN, why);
    card_set(c, HZ_CARD_NULL_P_HIGH, placed ? p->p_high : NAN, why);
    card_set(c, HZ_CARD_NULL_AS_MANY, placed ? (double)p->as_many : NAN, why);
    card_set(c, HZ_CARD_NULL_EVENTS_LOW, placed ? p->low : NAN, why);
    card_set(c, HZ_CARD_NULL_EVENTS_MEDIAN, placed ? p->median : NAN, why);
    card_set(c, HZ_CARD_NULL_EVENTS_HIGH, placed ? p->high : NAN, why);
    card_set_share(c, HZ_CARD_NULL_ACCEPTED, (double)p->accepted, (double)p->tries, why);
    card_set(c, HZ_CARD_NULL_PLACEMENTS, p->tries ? (double)p->accepted : NAN, why);
    card_set(c, HZ_CARD_NULL_TRIES, p->tries ? (double)p->tries : NAN, why);
    card_set(c, HZ_CARD_NULL_LAND, p->land, why);
    why = peopled ? why_not_placed(p->end) : HZ_CARD_NO_POPULATION;
    card_set(c, HZ_CARD_NULL_RESIDENTS_LOW, p->people_low, why);
    card_set(c, HZ_CARD_NULL_RESIDENTS_HIGH, p->people_high, why);
}

hz_status hz_card_fill_null(const zone_at *z, hz_card *card, hz_error *err)
{
    const card_scene *s = z->scene;
    const hz_pointgrid *grids[2] = { s->period[0].events, s->period[1].events };
    hz_placement found[2];
    hz_card_column *const columns[2] = { &card->now, &card->later };
    if (!s->ground) {
        for (size_t k = 0; k < s->periods; k++)
            card_set_none(columns[k], HZ_CARD_NULL_P, HZ_CARD_NULL_RESIDENTS_HIGH, HZ_CARD_NOT_ASKED);
        return HZ_OK;
    }
    hz_status st = hz_placement_test(s->ground, s->in->zones, z->f, grids, s->periods,
                                     &s->o.placement, found, err);
    for (size_t k = 0; !st && k < s->periods; k++)
        set_placement(&found[k], s->period[k].n > 0, s->in->residents != NULL, columns[k]);
    return st;
}
