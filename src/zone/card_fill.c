/* Fills in one zone's card, figure by figure. */
#include <math.h>
#include <string.h>

#include "hotzone/border.h"
#include "hotzone/clock.h"
#include "hotzone/compact.h"
#include "hotzone/interval.h"
#include "hotzone/overlay.h"
#include "zone/card_parts.h"

enum { RINGS = HZ_CARD_RINGS };
static const double ring_m[RINGS] = { 50, 100, 200, 500 };
static const double KM2 = 1e6;

double hz_card_ring_m(int ring)
{
    return ring_m[ring];
}

/* ---- what does not depend on events ------------------------------------------------ */

static hz_status fill_area(zone_at *z, hz_card_column *c, hz_error *err)
{
    const card_scene *s = z->scene;
    card_set(c, HZ_CARD_AREA_KM2, z->area / KM2, HZ_CARD_NO_AREA);
    card_set(c, HZ_CARD_STUDY_KM2, s->land_m2 / KM2, HZ_CARD_OFF_STUDY);
    hz_status st = hz_overlay(s->in->zones, z->f, s->in->land, 0, HZ_OVERLAY_INTERSECTION,
                              &z->on_land, err);
    if (st)
        return st;
    z->land = hz_shape_area(z->on_land, 0);
    card_set(c, HZ_CARD_LAND_KM2, z->land / KM2, HZ_CARD_OFF_STUDY);
    card_set(c, HZ_CARD_AREA_SHARE, z->land / s->land_m2, HZ_CARD_OFF_STUDY);
    return HZ_OK;
}

static hz_status fill_residents(zone_at *z, hz_card_column *c, hz_error *err)
{
    const card_scene *s = z->scene;
    z->residents = NAN;
    card_set(c, HZ_CARD_RESIDENTS_TOTAL, s->residents, s->no_residents);
    if (!s->in->residents) {
        card_set_none(c, HZ_CARD_RESIDENTS, HZ_CARD_RESIDENTS_SHARE, HZ_CARD_NO_POPULATION);
        return HZ_OK;
    }
    hz_status st = hz_reside_count(s->in->residents, z->on_land, 0, &z->residents, err);
    if (st)
        return st;
    card_set(c, HZ_CARD_RESIDENTS, z->residents, HZ_CARD_NO_FIGURE);
    card_set_share(c, HZ_CARD_RESIDENTS_SHARE, z->residents, s->residents,
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
    card_set(c, HZ_CARD_PARTS, (double)(rings - holes), HZ_CARD_NO_AREA);
    card_set(c, HZ_CARD_HOLES, (double)holes, HZ_CARD_NO_AREA);
    hz_status st = hz_compact_measure(zones, z->f, z->scene->o.tolerance_m, &compact, err);
    if (st)
        return st;
    card_set(c, HZ_CARD_POLSBY_POPPER, compact.polsby_popper, HZ_CARD_NO_AREA);
    card_set(c, HZ_CARD_REOCK, compact.reock, HZ_CARD_NO_AREA);
    card_set(c, HZ_CARD_HULL, compact.hull, HZ_CARD_NO_AREA);
    double frame = NAN;
    st = hz_border_nearest(zones, z->f, z->scene->in->study, 0, &frame, err);
    card_set(c, HZ_CARD_FRAME_M, frame, HZ_CARD_NO_AREA);
    return st;
}

static hz_status fill_hot(zone_at *z, hz_card_column *c, hz_error *err)
{
    const card_scene *s = z->scene;
    hz_border_gap gap;
    if (!s->hot) {
        card_set_none(c, HZ_CARD_HOT_KM2, HZ_CARD_HAUSDORFF_M, s->no_hot);
        return HZ_OK;
    }
    hz_status st = hz_overlay(s->in->zones, z->f, s->hot, 0, HZ_OVERLAY_INTERSECTION, &z->in_hot,
                              err);
    if (!st)
        st = hz_border_compare(s->in->zones, z->f, s->hot, 0, s->o.border_step_m, &gap, err);
    if (st)
        return st;
    double both = hz_shape_area(z->in_hot, 0);
    card_set(c, HZ_CARD_HOT_KM2, s->hot_m2 / KM2, HZ_CARD_NO_HOT);
    card_set_share(c, HZ_CARD_IOU_AREA, both, z->area + s->hot_m2 - both, HZ_CARD_NO_AREA);
    card_set_share(c, HZ_CARD_PRECISION, both, z->area, HZ_CARD_NO_AREA);
    card_set_share(c, HZ_CARD_RECALL, both, s->hot_m2, HZ_CARD_NO_HOT);
    card_set(c, HZ_CARD_HAUSDORFF_MEAN_M, gap.mean, HZ_CARD_NO_AREA);
    card_set(c, HZ_CARD_HAUSDORFF_P95_M, gap.p95, HZ_CARD_NO_AREA);
    card_set(c, HZ_CARD_HAUSDORFF_M, gap.greatest, HZ_CARD_NO_AREA);
    if (!s->in->residents) {
        card_set(c, HZ_CARD_IOU_RESIDENTS, NAN, HZ_CARD_NO_POPULATION);
        return HZ_OK;
    }
    hz_shapes *part = NULL;
    st = hz_overlay(z->on_land, 0, s->hot_land, 0, HZ_OVERLAY_INTERSECTION, &part, err);
    if (!st)
        st = hz_reside_count(s->in->residents, part, 0, &z->hot_residents, err);
    if (!st) {
        double any = z->residents + s->hot_residents - z->hot_residents;
        card_set_share(c, HZ_CARD_IOU_RESIDENTS, z->hot_residents, any,
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
    card_set(c, inside, base_in > 0 ? in / base_in * per : NAN, otherwise);
    card_set(c, inside + 1, base_out > 0 ? out / base_out * per : NAN, otherwise);
    hz_card_why why = base_in > 0 && base_out > 0 ? HZ_CARD_NO_LIMIT : otherwise;
    if (in + out == 0)
        why = HZ_CARD_NO_EVENTS;
    card_set(c, ratio, r, why);
    card_set(c, ratio + 1, low, why);
    card_set(c, ratio + 2, high, why);
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
    card_set(c, HZ_CARD_EVENTS_IN, held, HZ_CARD_NO_EVENTS);
    card_set(c, HZ_CARD_EVENTS_TOTAL, total, HZ_CARD_NO_EVENTS);
    card_set(c, HZ_CARD_CAPTURE, capture, HZ_CARD_NO_EVENTS);
    card_set(c, HZ_CARD_CAPTURE_LOW, low, HZ_CARD_NO_EVENTS);
    card_set(c, HZ_CARD_CAPTURE_HIGH, high, HZ_CARD_NO_EVENTS);
    card_set_share(c, HZ_CARD_PAI, capture, z->land / s->land_m2,
              total > 0 ? HZ_CARD_OFF_STUDY : HZ_CARD_NO_EVENTS);
    if (!s->in->residents)
        card_set(c, HZ_CARD_PAI_RESIDENTS, NAN, HZ_CARD_NO_POPULATION);
    else
        card_set_share(c, HZ_CARD_PAI_RESIDENTS, capture, z->residents / s->residents,
                  total == 0 ? HZ_CARD_NO_EVENTS
                  : isnan(z->residents + s->residents) ? HZ_CARD_NO_FIGURE : HZ_CARD_NOBODY);
}

/* What the cells that were best before hold now.  Where the area of the zone ends among cells that the
 * earlier events do not tell apart, that is a draw of lots between them: no figure where the draw decides
 * over more than the figure itself (docs/methods/zone-card.md). */
static hz_status look_ahead(const zone_at *z, double *ahead, bool *tied, hz_error *err)
{
    const card_scene *s = z->scene;
    double least, most;
    hz_status st = hz_frontier_range(s->ahead, z->land, &least, &most, err);
    if (st)
        return st;
    *ahead = hz_frontier_at(s->ahead, z->land).bound;
    *tied = most - least > *ahead;
    return HZ_OK;
}

static hz_status fill_frontier(const zone_at *z, size_t period, double held, hz_card_column *c,
                               hz_error *err)
{
    const card_scene *s = z->scene;
    const card_period *p = &s->period[period];
    hz_card_why why = p->n ? HZ_CARD_OFF_STUDY : HZ_CARD_NO_EVENTS;
    double best = p->best && p->n ? hz_frontier_at(p->best, z->land).bound : NAN;
    card_set_share(c, HZ_CARD_PEI, held, best, why);
    card_set_none(c, HZ_CARD_FRONTIER_CAPTURE, HZ_CARD_EFFICIENCY, HZ_CARD_ONE_PERIOD);
    if (!s->ahead || period == 0)
        return HZ_OK;
    double ahead = NAN;
    bool tied = false;
    hz_status st = p->n ? look_ahead(z, &ahead, &tied, err) : HZ_OK;
    if (st)
        return st;
    if (tied) {
        card_set_none(c, HZ_CARD_FRONTIER_CAPTURE, HZ_CARD_EFFICIENCY, HZ_CARD_TIED);
        return HZ_OK;
    }
    card_set_share(c, HZ_CARD_FRONTIER_CAPTURE, ahead, (double)p->n, why);
    card_set_share(c, HZ_CARD_EFFICIENCY, held, ahead, ahead == 0 ? HZ_CARD_NO_EVENTS : why);
    return HZ_OK;
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
    card_set_share(c, HZ_CARD_IOU_EVENTS, (double)both, held + p->hot - (double)both,
              HZ_CARD_NO_EVENTS);
    card_set_share(c, HZ_CARD_RECALL_EVENTS, (double)both, p->hot, HZ_CARD_NO_EVENTS);
    return HZ_OK;
}

/* How long the period is, and how much of it the zone was in force. */
static void fill_days(const zone_at *z, size_t period, hz_card_column *c)
{
    const hz_card_input *in = z->scene->in;
    hz_period p = in->period[period];
    bool dated = in->validity && in->validity[z->f].state != HZ_VALIDITY_UNKNOWN;
    bool known = p.from != HZ_TIME_NONE && p.until != HZ_TIME_NONE && p.from < p.until;
    card_set(c, HZ_CARD_DAYS, known ? hz_clock_days(p.from, p.until) : NAN, HZ_CARD_NO_PERIOD);
    card_set(c, HZ_CARD_DAYS_IN_FORCE,
        known && in->validity ? hz_validity_days(&in->validity[z->f], p) : NAN,
        dated ? HZ_CARD_NO_PERIOD : HZ_CARD_NO_DATES);
    card_set(c, HZ_CARD_EVENTS_PART, NAN, dated ? HZ_CARD_ALL_TIME : HZ_CARD_NO_DATES);
}

static hz_status fill_rings(const zone_at *z, const card_period *p, hz_card_column *c,
                            hz_error *err)
{
    size_t inside[RINGS], outside[RINGS];
    hz_status st = hz_pointgrid_rings(p->events, z->scene->in->zones, z->f, RINGS, ring_m, inside,
                                      outside, err);
    for (int k = 0; !st && k < RINGS; k++) {
        card_set(c, HZ_CARD_LEAKAGE + k, (double)outside[k], HZ_CARD_NO_EVENTS);
        card_set(c, HZ_CARD_INSIDE + k, (double)inside[k], HZ_CARD_NO_EVENTS);
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
    st = fill_frontier(z, period, held, c, err);
    if (!st && p->precision && p->n)
        st = hz_card_jitter(s, p, z->f, count, &low, &high, err);
    hz_card_why why = p->precision ? HZ_CARD_NO_EVENTS : HZ_CARD_NO_PRECISION;
    card_set(c, HZ_CARD_JITTER_LOW, low, why);
    card_set(c, HZ_CARD_JITTER_HIGH, high, why);
    fill_days(z, period, c);
    if (!st)
        st = fill_hot_events(z, p, held, c, err);
    if (!st)
        st = hz_card_fill_searches(z, p, held, c, err);
    return st ? st : fill_rings(z, p, c, err);
}

hz_status hz_card_fill(const card_scene *scene, size_t f, hz_card *card, hz_error *err)
{
    zone_at z = { .scene = scene, .f = f, .area = hz_shape_area(scene->in->zones, f) };
    hz_status st = HZ_OK;
    memset(card, 0, sizeof *card);
    card_set_none(&card->now, 0, HZ_CARD_FIGURES - 1, HZ_CARD_NO_AREA);
    if (!(z.area > 0)) {
        card->later = card->now;
        for (size_t k = 0; k < scene->periods; k++) {
            hz_card_column *c = k ? &card->later : &card->now;
            card_set(c, HZ_CARD_EVENTS_TOTAL, (double)scene->period[k].n, HZ_CARD_NO_EVENTS);
            fill_days(&z, k, c);
        }
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
        st = hz_card_fill_null(&z, card, err);
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
