/* Fills in one zone's card, figure by figure. */
#include <math.h>
#include <string.h>

#include "hotzone/border.h"
#include "hotzone/compact.h"
#include "hotzone/interval.h"
#include "hotzone/overlay.h"
#include "zone/card_parts.h"

enum { RINGS = 4 };
static const double ring_m[RINGS] = { 50, 100, 200, 500 };
static const double KM2 = 1e6;

typedef struct {
    const card_scene *scene;
    size_t f;
    double area, land;    /* square metres: of the zone, and of its land in the study area */
    hz_shapes *on_land;   /* the zone's land in the study area */
    double residents;     /* NaN: not known */
    hz_shapes *in_hot;    /* its part in hotspots */
    double hot_residents; /* of that part */
} zone_at;

/* A figure, or why there is none. */
static void set(hz_card_column *c, int figure, double value, hz_card_why otherwise)
{
    bool known = isfinite(value);
    c->value[figure] = known ? value : NAN;
    c->why[figure] = (unsigned char)(known ? HZ_CARD_KNOWN : otherwise);
}

static void set_none(hz_card_column *c, int first, int last, hz_card_why why)
{
    for (int i = first; i <= last; i++)
        set(c, i, NAN, why);
}

/* a / b, and `otherwise` where there is no b. */
static void set_share(hz_card_column *c, int figure, double a, double b, hz_card_why otherwise)
{
    set(c, figure, b > 0 ? a / b : NAN, otherwise);
}

/* ---- what does not depend on events ------------------------------------------------ */

static hz_status fill_area(zone_at *z, hz_card_column *c, hz_error *err)
{
    const card_scene *s = z->scene;
    set(c, HZ_CARD_AREA_KM2, z->area / KM2, HZ_CARD_NO_AREA);
    set(c, HZ_CARD_STUDY_KM2, s->land_m2 / KM2, HZ_CARD_OFF_STUDY);
    hz_status st = hz_overlay(s->in->zones, z->f, s->in->land, 0, HZ_OVERLAY_INTERSECTION,
                              &z->on_land, err);
    if (st)
        return st;
    z->land = hz_shape_area(z->on_land, 0);
    set(c, HZ_CARD_LAND_KM2, z->land / KM2, HZ_CARD_OFF_STUDY);
    set(c, HZ_CARD_AREA_SHARE, z->land / s->land_m2, HZ_CARD_OFF_STUDY);
    return HZ_OK;
}

static hz_status fill_residents(zone_at *z, hz_card_column *c, hz_error *err)
{
    const card_scene *s = z->scene;
    z->residents = NAN;
    set(c, HZ_CARD_RESIDENTS_TOTAL, s->residents, s->no_residents);
    if (!s->in->residents) {
        set_none(c, HZ_CARD_RESIDENTS, HZ_CARD_RESIDENTS_SHARE, HZ_CARD_NO_POPULATION);
        return HZ_OK;
    }
    hz_status st = hz_reside_count(s->in->residents, z->on_land, 0, &z->residents, err);
    if (st)
        return st;
    set(c, HZ_CARD_RESIDENTS, z->residents, HZ_CARD_NO_FIGURE);
    set_share(c, HZ_CARD_RESIDENTS_SHARE, z->residents, s->residents,
              isnan(z->residents) || isnan(s->residents) ? HZ_CARD_NO_FIGURE : HZ_CARD_NOBODY);
    return HZ_OK;
}

static hz_status fill_form(zone_at *z, hz_card_column *c, hz_error *err)
{
    const hz_shapes *zones = z->scene->in->zones;
    hz_compactness compact;
    size_t holes = 0, rings = zones->first_ring[z->f + 1] - zones->first_ring[z->f];
    for (size_t r = zones->first_ring[z->f]; r < zones->first_ring[z->f + 1]; r++)
        holes += zones->hole[r] != 0;
    set(c, HZ_CARD_PARTS, (double)(rings - holes), HZ_CARD_NO_AREA);
    set(c, HZ_CARD_HOLES, (double)holes, HZ_CARD_NO_AREA);
    hz_status st = hz_compact_measure(zones, z->f, z->scene->o.tolerance_m, &compact, err);
    if (st)
        return st;
    set(c, HZ_CARD_POLSBY_POPPER, compact.polsby_popper, HZ_CARD_NO_AREA);
    set(c, HZ_CARD_REOCK, compact.reock, HZ_CARD_NO_AREA);
    set(c, HZ_CARD_HULL, compact.hull, HZ_CARD_NO_AREA);
    return HZ_OK;
}

static hz_status fill_hot(zone_at *z, hz_card_column *c, hz_error *err)
{
    const card_scene *s = z->scene;
    hz_border_gap gap;
    if (!s->hot) {
        set_none(c, HZ_CARD_HOT_KM2, HZ_CARD_HAUSDORFF_M, s->no_hot);
        return HZ_OK;
    }
    hz_status st = hz_overlay(s->in->zones, z->f, s->hot, 0, HZ_OVERLAY_INTERSECTION, &z->in_hot,
                              err);
    if (!st)
        st = hz_border_compare(s->in->zones, z->f, s->hot, 0, s->o.border_step_m, &gap, err);
    if (st)
        return st;
    double both = hz_shape_area(z->in_hot, 0);
    set(c, HZ_CARD_HOT_KM2, s->hot_m2 / KM2, HZ_CARD_NO_HOT);
    set_share(c, HZ_CARD_IOU_AREA, both, z->area + s->hot_m2 - both, HZ_CARD_NO_AREA);
    set_share(c, HZ_CARD_PRECISION, both, z->area, HZ_CARD_NO_AREA);
    set_share(c, HZ_CARD_RECALL, both, s->hot_m2, HZ_CARD_NO_HOT);
    set(c, HZ_CARD_HAUSDORFF_MEAN_M, gap.mean, HZ_CARD_NO_AREA);
    set(c, HZ_CARD_HAUSDORFF_P95_M, gap.p95, HZ_CARD_NO_AREA);
    set(c, HZ_CARD_HAUSDORFF_M, gap.greatest, HZ_CARD_NO_AREA);
    if (!s->in->residents) {
        set(c, HZ_CARD_IOU_RESIDENTS, NAN, HZ_CARD_NO_POPULATION);
        return HZ_OK;
    }
    hz_shapes *part = NULL;
    st = hz_overlay(z->on_land, 0, s->hot_land, 0, HZ_OVERLAY_INTERSECTION, &part, err);
    if (!st)
        st = hz_reside_count(s->in->residents, part, 0, &z->hot_residents, err);
    if (!st) {
        double any = z->residents + s->hot_residents - z->hot_residents;
        set_share(c, HZ_CARD_IOU_RESIDENTS, z->hot_residents, any,
                  isnan(any) ? HZ_CARD_NO_FIGURE : HZ_CARD_NOBODY);
    }
    hz_shapes_free(part);
    return st;
}

/* ---- what does --------------------------------------------------------------------- */

/* Ratio of the rates of two parts with its exact interval, and the two rates themselves. */
static void set_ratio(hz_card_column *c, int inside, int ratio, double in, double base_in,
                      double out, double base_out, double per, double level, hz_card_why otherwise)
{
    double r, low, high;
    hz_interval_ratio(in, base_in, out, base_out, level, &r, &low, &high, NULL);
    set(c, inside, base_in > 0 ? in / base_in * per : NAN, otherwise);
    set(c, inside + 1, base_out > 0 ? out / base_out * per : NAN, otherwise);
    hz_card_why why = base_in > 0 && base_out > 0 ? HZ_CARD_NO_LIMIT : otherwise;
    if (in + out == 0)
        why = HZ_CARD_NO_EVENTS;
    set(c, ratio, r, why);
    set(c, ratio + 1, low, why);
    set(c, ratio + 2, high, why);
}

static void fill_rates(const zone_at *z, const card_period *p, double held, hz_card_column *c)
{
    const card_scene *s = z->scene;
    double out = (double)p->n - held, other_land = s->land_m2 - z->land;
    double other_people = s->residents - z->residents;
    hz_card_why land = z->land > 0 ? HZ_CARD_ALL_STUDY : HZ_CARD_OFF_STUDY;
    hz_card_why people = isnan(other_people) ? HZ_CARD_NO_FIGURE : HZ_CARD_NOBODY;
    if (other_land < 1e-9 * s->land_m2)
        other_land = 0;
    if (other_people < 1e-9 * s->residents)
        other_people = 0;
    set_ratio(c, HZ_CARD_DENSITY_INSIDE, HZ_CARD_DENSITY_RATIO, held, z->land / KM2, out,
              other_land / KM2, 1, s->o.level, land);
    if (s->in->residents)
        set_ratio(c, HZ_CARD_RATE_INSIDE, HZ_CARD_RATE_RATIO, held, z->residents, out,
                  other_people, 1000, s->o.level, people);
    else /* without residents the rate is that per square kilometre */
        set_ratio(c, HZ_CARD_RATE_INSIDE, HZ_CARD_RATE_RATIO, held, z->land / KM2, out,
                  other_land / KM2, 1, s->o.level, land);
}

static void fill_capture(const zone_at *z, const card_period *p, double held, hz_card_column *c)
{
    const card_scene *s = z->scene;
    double total = (double)p->n, low, high, capture = total > 0 ? held / total : NAN;
    hz_interval_wilson(held, total, s->o.level, &low, &high);
    set(c, HZ_CARD_EVENTS_IN, held, HZ_CARD_NO_EVENTS);
    set(c, HZ_CARD_EVENTS_TOTAL, total, HZ_CARD_NO_EVENTS);
    set(c, HZ_CARD_CAPTURE, capture, HZ_CARD_NO_EVENTS);
    set(c, HZ_CARD_CAPTURE_LOW, low, HZ_CARD_NO_EVENTS);
    set(c, HZ_CARD_CAPTURE_HIGH, high, HZ_CARD_NO_EVENTS);
    set_share(c, HZ_CARD_PAI, capture, z->land / s->land_m2,
              total > 0 ? HZ_CARD_OFF_STUDY : HZ_CARD_NO_EVENTS);
    if (!s->in->residents)
        set(c, HZ_CARD_PAI_RESIDENTS, NAN, HZ_CARD_NO_POPULATION);
    else
        set_share(c, HZ_CARD_PAI_RESIDENTS, capture, z->residents / s->residents,
                  total == 0 ? HZ_CARD_NO_EVENTS
                  : isnan(z->residents + s->residents) ? HZ_CARD_NO_FIGURE : HZ_CARD_NOBODY);
}

static void fill_frontier(const zone_at *z, size_t period, double held, hz_card_column *c)
{
    const card_scene *s = z->scene;
    const card_period *p = &s->period[period];
    hz_card_why why = p->n ? HZ_CARD_OFF_STUDY : HZ_CARD_NO_EVENTS;
    double best = p->best && p->n ? hz_frontier_at(p->best, z->land).bound : NAN;
    set_share(c, HZ_CARD_PEI, held, best, why);
    set_none(c, HZ_CARD_FRONTIER_CAPTURE, HZ_CARD_EFFICIENCY, HZ_CARD_ONE_PERIOD);
    if (!s->ahead || period == 0)
        return;
    double ahead = p->n ? hz_frontier_at(s->ahead, z->land).bound : NAN;
    set_share(c, HZ_CARD_FRONTIER_CAPTURE, ahead, (double)p->n, why);
    set_share(c, HZ_CARD_EFFICIENCY, held, ahead, ahead == 0 ? HZ_CARD_NO_EVENTS : why);
}

static hz_status fill_hot_events(const zone_at *z, const card_period *p, double held,
                                 hz_card_column *c, hz_error *err)
{
    size_t both = 0;
    if (!z->in_hot)
        return HZ_OK;
    hz_status st = hz_pointgrid_count(p->events, z->in_hot, 0, &both, err);
    if (st)
        return st;
    set_share(c, HZ_CARD_IOU_EVENTS, (double)both, held + p->hot - (double)both,
              HZ_CARD_NO_EVENTS);
    set_share(c, HZ_CARD_RECALL_EVENTS, (double)both, p->hot, HZ_CARD_NO_EVENTS);
    return HZ_OK;
}

static hz_status fill_searches(const zone_at *z, const card_period *p, double held,
                               hz_card_column *c, hz_error *err)
{
    size_t searches = 0, finds = 0;
    double low, high;
    if (!p->searches) {
        set_none(c, HZ_CARD_SEARCHES, HZ_CARD_SEARCHES_PER_EVENT, HZ_CARD_NO_SEARCHES);
        return HZ_OK;
    }
    hz_status st = hz_pointgrid_count(p->searches, z->scene->in->zones, z->f, &searches, err);
    if (!st && p->finds)
        st = hz_pointgrid_count(p->finds, z->scene->in->zones, z->f, &finds, err);
    if (st)
        return st;
    double n = (double)searches;
    set(c, HZ_CARD_SEARCHES, n, HZ_CARD_NO_SEARCHES);
    if (p->finds) {
        hz_interval_wilson((double)finds, n, z->scene->o.level, &low, &high);
        set(c, HZ_CARD_FINDS, (double)finds, HZ_CARD_NO_FOUND);
        set_share(c, HZ_CARD_HIT_RATE, (double)finds, n, HZ_CARD_NONE_INSIDE);
        set(c, HZ_CARD_HIT_RATE_LOW, low, HZ_CARD_NONE_INSIDE);
        set(c, HZ_CARD_HIT_RATE_HIGH, high, HZ_CARD_NONE_INSIDE);
    } else {
        set_none(c, HZ_CARD_FINDS, HZ_CARD_HIT_RATE_HIGH, HZ_CARD_NO_FOUND);
    }
    set_share(c, HZ_CARD_SEARCHES_PER_1000, n * 1000, z->residents,
              !z->scene->in->residents ? HZ_CARD_NO_POPULATION
              : isnan(z->residents) ? HZ_CARD_NO_FIGURE : HZ_CARD_NOBODY);
    set_share(c, HZ_CARD_SEARCHES_PER_EVENT, n, held, HZ_CARD_NONE_INSIDE);
    return HZ_OK;
}

static hz_status fill_rings(const zone_at *z, const card_period *p, hz_card_column *c,
                            hz_error *err)
{
    size_t inside[RINGS], outside[RINGS];
    hz_status st = hz_pointgrid_rings(p->events, z->scene->in->zones, z->f, RINGS, ring_m, inside,
                                      outside, err);
    for (int k = 0; !st && k < RINGS; k++) {
        set(c, HZ_CARD_LEAKAGE + k, (double)outside[k], HZ_CARD_NO_EVENTS);
        set(c, HZ_CARD_INSIDE + k, (double)inside[k], HZ_CARD_NO_EVENTS);
    }
    return st;
}

static hz_status fill_period(const zone_at *z, size_t period, hz_card_column *c, hz_error *err)
{
    const card_scene *s = z->scene;
    const card_period *p = &s->period[period];
    size_t count = 0;
    double low = NAN, high = NAN;
    hz_status st = hz_pointgrid_count(p->events, s->in->zones, z->f, &count, err);
    if (st)
        return st;
    double held = (double)count;
    fill_capture(z, p, held, c);
    fill_rates(z, p, held, c);
    fill_frontier(z, period, held, c);
    if (p->precision && p->n)
        st = hz_card_jitter(s, p, z->f, count, &low, &high, err);
    hz_card_why why = p->precision ? HZ_CARD_NO_EVENTS : HZ_CARD_NO_PRECISION;
    set(c, HZ_CARD_JITTER_LOW, low, why);
    set(c, HZ_CARD_JITTER_HIGH, high, why);
    if (!st)
        st = fill_hot_events(z, p, held, c, err);
    if (!st)
        st = fill_searches(z, p, held, c, err);
    return st ? st : fill_rings(z, p, c, err);
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
    set(c, HZ_CARD_NULL_P, placed ? p->p : NAN, why);
    set(c, HZ_CARD_NULL_P_HIGH, placed ? p->p_high : NAN, why);
    set(c, HZ_CARD_NULL_AS_MANY, placed ? (double)p->as_many : NAN, why);
    set(c, HZ_CARD_NULL_EVENTS_LOW, placed ? p->low : NAN, why);
    set(c, HZ_CARD_NULL_EVENTS_MEDIAN, placed ? p->median : NAN, why);
    set(c, HZ_CARD_NULL_EVENTS_HIGH, placed ? p->high : NAN, why);
    set_share(c, HZ_CARD_NULL_ACCEPTED, (double)p->accepted, (double)p->tries, why);
    set(c, HZ_CARD_NULL_PLACEMENTS, p->tries ? (double)p->accepted : NAN, why);
    set(c, HZ_CARD_NULL_TRIES, p->tries ? (double)p->tries : NAN, why);
    set(c, HZ_CARD_NULL_LAND, p->land, why);
    why = peopled ? why_not_placed(p->end) : HZ_CARD_NO_POPULATION;
    set(c, HZ_CARD_NULL_RESIDENTS_LOW, p->people_low, why);
    set(c, HZ_CARD_NULL_RESIDENTS_HIGH, p->people_high, why);
}

static hz_status fill_null(const zone_at *z, hz_card *card, hz_error *err)
{
    const card_scene *s = z->scene;
    const hz_pointgrid *grids[2] = { s->period[0].events, s->period[1].events };
    hz_placement found[2];
    hz_card_column *const columns[2] = { &card->now, &card->later };
    if (!s->ground) {
        for (size_t k = 0; k < s->periods; k++)
            set_none(columns[k], HZ_CARD_NULL_P, HZ_CARD_NULL_RESIDENTS_HIGH, HZ_CARD_NOT_ASKED);
        return HZ_OK;
    }
    hz_status st = hz_placement_test(s->ground, s->in->zones, z->f, grids, s->periods,
                                     &s->o.placement, found, err);
    for (size_t k = 0; !st && k < s->periods; k++)
        set_placement(&found[k], s->period[k].n > 0, s->in->residents != NULL, columns[k]);
    return st;
}

hz_status hz_card_fill(const card_scene *scene, size_t f, hz_card *card, hz_error *err)
{
    zone_at z = { .scene = scene, .f = f, .area = hz_shape_area(scene->in->zones, f) };
    hz_status st = HZ_OK;
    memset(card, 0, sizeof *card);
    set_none(&card->now, 0, HZ_CARD_FIGURES - 1, HZ_CARD_NO_AREA);
    if (!(z.area > 0)) {
        card->later = card->now;
        for (size_t k = 0; k < scene->periods; k++)
            set(k ? &card->later : &card->now, HZ_CARD_EVENTS_TOTAL, (double)scene->period[k].n,
                HZ_CARD_NO_EVENTS);
        return HZ_OK;
    }
    st = fill_area(&z, &card->now, err);
    if (!st)
        st = fill_residents(&z, &card->now, err);
    if (!st)
        st = fill_form(&z, &card->now, err);
    if (!st)
        st = fill_hot(&z, &card->now, err);
    card->later = card->now;
    if (!st)
        st = fill_period(&z, 0, &card->now, err);
    if (!st && scene->periods == 2)
        st = fill_period(&z, 1, &card->later, err);
    if (!st)
        st = fill_null(&z, card, err);
    if (!st && scene->ahead) { /* one figure of both periods: the same in either column */
        const int both[] = { HZ_CARD_FRONTIER_CAPTURE, HZ_CARD_EFFICIENCY };
        for (int k = 0; k < 2; k++) {
            card->now.value[both[k]] = card->later.value[both[k]];
            card->now.why[both[k]] = card->later.why[both[k]];
        }
    }
    hz_shapes_free(z.on_land);
    hz_shapes_free(z.in_hot);
    return st;
}
