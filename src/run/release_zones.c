/* Registers every count that cards of zones publish of hidden events and searches, and hands on
 * what was decided of them. */
#include <math.h>

#include "run/release.h"
#include "run/zones.h"

/* An audit of more, each with its bands crossing the others, takes minutes. */
enum { ZONES_MOST = 60 };

static bool hides_searches(const recipe *r, const recipe_zones *z)
{
    return z->searches != RECIPE_NONE && recipe_audits(r, z->searches);
}

/* The study area, then each zone with its bands: as the rows of the ground. */
static hz_status add_events(const project *p, release *r, size_t i, size_t period, hz_error *err)
{
    const recipe_zones *z = &p->r->zone_cards[i];
    release_count count = { p->r->same[z->events], RELEASE_GROUNDS + i, 0, z->period[period],
                            z->kinds, z->kind_count, NULL, HZ_FIGURE_FREE, NAN };
    hz_status st = HZ_OK;
    r->of_zones[i][period] = r->n;
    for (; !st && count.row < hz_layer_rows(r->ground[i]); count.row++)
        st = release_add(r, &count, err);
    return st;
}

/* Of searches a card tells those in the zone alone. */
static hz_status add_searches(const project *p, release *r, size_t i, size_t period, hz_error *err)
{
    const recipe_zones *z = &p->r->zone_cards[i];
    release_count count = { p->r->same[z->searches], RELEASE_GROUNDS + i, 1, z->period[period],
                            NULL, 0, NULL, HZ_FIGURE_FREE, NAN };
    hz_status st = HZ_OK;
    r->of_searches[i][period] = r->n;
    for (; !st && count.row < hz_layer_rows(r->ground[i]); count.row += HZ_CARD_COUNTS)
        st = release_add(r, &count, err);
    return st;
}

static hz_status make_ground(project *p, release *r, size_t i, size_t *zones, hz_error *err)
{
    hz_status st = project_zones_build(p, i, err);
    if (st)
        return st;
    *zones += hz_layer_rows(p->zoned[i].zones);
    if (*zones > ZONES_MOST)
        return hz_fail(err, HZ_EDATA, "%zu zones with those before, of events or searches whose small "
                       "counts are hidden, expected at most %d: choose some by `only`", *zones,
                       ZONES_MOST);
    return release_ground_make(p, r, i, err);
}

hz_status release_register_zones(project *p, release *r, hz_error *err)
{
    size_t zones = 0;
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->r->zone_card_count; i++) {
        const recipe_zones *z = &p->r->zone_cards[i];
        bool events = recipe_audits(p->r, z->events), searches = hides_searches(p->r, z);
        if (events || searches)
            st = make_ground(p, r, i, &zones, err);
        for (size_t k = 0; k < 2; k++)
            r->of_zones[i][k] = r->of_searches[i][k] = RELEASE_ALL;
        for (size_t k = 0; !st && k < z->periods; k++) {
            if (events)
                st = add_events(p, r, i, k, err);
            if (!st && searches)
                st = add_searches(p, r, i, k, err);
        }
        if (st && st != HZ_EMEMORY)
            hz_fail_within(err, "%s:%zu: zone-cards '%s'", p->r->path, z->line, z->name);
    }
    return st;
}

bool project_decided_zones(const project *p, size_t zones, hz_zoning_hidden *out)
{
    const release *r = p->release;
    if (!r || !r->ground[zones])
        return false;
    for (size_t k = 0; k < 2; k++) {
        size_t events = r->of_zones[zones][k], searches = r->of_searches[zones][k];
        out->events[k] = events == RELEASE_ALL ? NULL : r->hidden + events;
        out->searches[k] = searches == RELEASE_ALL ? NULL : r->hidden + searches;
    }
    return true;
}
