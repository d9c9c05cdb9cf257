/* Draws what events are counted in: the zone, rings around it, and controls beyond. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/displace.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "zone/metric.h"

enum { AREAS_MOST = HZ_DISPLACE_RINGS_MOST + 3 };
static const double dust_m2 = 1; /* an overlap that rounding can make of shared borders */

typedef struct {
    const hz_displace_places *p;
    hz_crs *crs;
    double ring_m[HZ_DISPLACE_RINGS_MOST]; /* ascending */
    hz_shapes *whole;    /* the zone as given */
    hz_shapes *reach;    /* within the outermost ring of it */
    hz_shapes *study, *water, *others; /* one feature each, or NULL */
    size_t n;
    hz_shapes *area[AREAS_MOST];
    char name[AREAS_MOST][32];
    double inner_m[AREAS_MOST], outer_m[AREAS_MOST];
} drawing;

static void drawing_free(drawing *d)
{
    hz_crs_free(d->crs);
    hz_shapes_free(d->whole);
    hz_shapes_free(d->reach);
    hz_shapes_free(d->study);
    hz_shapes_free(d->water);
    hz_shapes_free(d->others);
    for (size_t i = 0; i < d->n; i++)
        hz_shapes_free(d->area[i]);
}

static hz_status check(const hz_displace_places *p, drawing *d, hz_error *err)
{
    if (p->rings < 1 || p->rings > HZ_DISPLACE_RINGS_MOST)
        return hz_fail(err, HZ_EUSAGE, "ring: %zu of them, expected 1 to %d", p->rings,
                       HZ_DISPLACE_RINGS_MOST);
    for (size_t i = 0; i < p->rings; i++) {
        double r = p->ring_m[i];
        size_t k = i;
        if (!(r >= 1 && r <= 100000)) /* thinner ones are lost in the rounding of buffers */
            return hz_fail(err, HZ_EUSAGE, "ring: %g, expected metres, 1 to 100000", r);
        for (; k > 0 && d->ring_m[k - 1] > r; k--)
            d->ring_m[k] = d->ring_m[k - 1];
        if (k > 0 && d->ring_m[k - 1] == r)
            return hz_fail(err, HZ_EUSAGE, "ring: %g given twice, expected different distances", r);
        d->ring_m[k] = r;
    }
    if (!(p->gap_m >= 0 && p->gap_m <= 100000))
        return hz_fail(err, HZ_EUSAGE, "gap: %g, expected metres, 0 to 100000", p->gap_m);
    if (!p->control && !p->study)
        return hz_fail(err, HZ_EUSAGE, "displacement: without a control the rest of the study area "
                       "is one, expected either");
    return HZ_OK;
}

/* All polygons of a layer as one, in the drawing's system. */
static hz_status gather(const drawing *d, const hz_layer *layer, hz_shapes **out, hz_error *err)
{
    hz_shapes *metric = NULL;
    const hz_shapes *s = layer ? hz_layer_shapes(layer) : NULL;
    if (!layer)
        return HZ_OK;
    if (!s || s->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EDATA, "%s: has no polygons, expected some", hz_layer_name(layer));
    hz_status st = zone_metric_shapes(layer, d->crs, d->p->zone, &metric, err);
    if (!st && (st = hz_overlay_dissolve(metric, NULL, out, err)))
        hz_fail_within(err, "%s", hz_layer_name(layer));
    hz_shapes_free(metric);
    return st;
}

/* *shape becomes its overlay with another, which may be NULL. */
static hz_status cut(hz_shapes **shape, const hz_shapes *with, hz_overlay_kind kind, hz_error *err)
{
    hz_shapes *next = NULL;
    if (!with)
        return HZ_OK;
    hz_status st = hz_overlay(*shape, 0, with, 0, kind, &next, err);
    if (st)
        return st;
    hz_shapes_free(*shape);
    *shape = next;
    return HZ_OK;
}

/* Clip an area to study and land, and away from other zones, and put it on the list. */
static hz_status add(drawing *d, hz_shapes **shape, bool avoid_others, const char *name,
                     double inner, double outer, hz_error *err)
{
    hz_status st = cut(shape, d->study, HZ_OVERLAY_INTERSECTION, err);
    if (!st)
        st = cut(shape, d->water, HZ_OVERLAY_DIFFERENCE, err);
    if (!st && avoid_others)
        st = cut(shape, d->others, HZ_OVERLAY_DIFFERENCE, err);
    if (!st && !(hz_shape_area(*shape, 0) > dust_m2))
        st = hz_fail(err, HZ_EDATA, "%s: nothing is left of the %s, expected some of it on land, "
                     "in the study area and outside other zones", hz_layer_name(d->p->zone), name);
    if (st)
        return st;
    snprintf(d->name[d->n], sizeof d->name[d->n], "%s", name);
    d->inner_m[d->n] = inner;
    d->outer_m[d->n] = outer;
    d->area[d->n++] = *shape;
    *shape = NULL;
    return HZ_OK;
}

static hz_status draw_zone(drawing *d, const hz_notice *notice, hz_error *err)
{
    double before = hz_shape_area(d->whole, 0);
    hz_shapes *zone = NULL;
    hz_status st = hz_shapes_copy(d->whole, &zone, err);
    if (!st)
        st = add(d, &zone, false, "zone", NAN, NAN, err);
    hz_shapes_free(zone);
    if (st)
        return st;
    double lost = 1 - hz_shape_area(d->area[0], 0) / before;
    if (lost > 0.001)
        hz_warn(notice, "%s: %.1f %% of the zone is outside the study area or on water and left "
                "out", hz_layer_name(d->p->zone), 100 * lost);
    return HZ_OK;
}

static hz_status draw_rings(drawing *d, hz_error *err)
{
    hz_shapes *inner = NULL, *outer = NULL, *ring = NULL;
    hz_status st = hz_shapes_copy(d->whole, &inner, err);
    for (size_t i = 0; !st && i < d->p->rings; i++) {
        char name[32];
        snprintf(name, sizeof name, "ring %zu", i + 1);
        st = hz_overlay_buffer(d->whole, 0, d->ring_m[i], &outer, err);
        if (!st)
            st = hz_overlay(outer, 0, inner, 0, HZ_OVERLAY_DIFFERENCE, &ring, err);
        if (!st)
            st = add(d, &ring, true, name, i ? d->ring_m[i - 1] : 0, d->ring_m[i], err);
        hz_shapes_free(ring);
        hz_shapes_free(inner);
        inner = outer;
        outer = ring = NULL;
    }
    if (st)
        hz_shapes_free(inner);
    else
        d->reach = inner;
    return st;
}

/* A control given must lie beyond the rings, even where these were clipped away. */
static hz_status apart(const hz_layer *layer, const hz_shapes *control, const hz_shapes *from,
                       const char *what, hz_error *err)
{
    double shared = 0;
    hz_status st = hz_shape_overlap(control, 0, from, 0, &shared, err);
    if (st)
        return st;
    if (shared > dust_m2)
        return hz_fail(err, HZ_EDATA, "%s: overlaps %s by %.6g km2, expected a control apart from "
                       "them", hz_layer_name(layer), what, shared / 1e6);
    return HZ_OK;
}

static hz_status draw_given(drawing *d, const hz_layer *layer, const char *name, hz_error *err)
{
    hz_shapes *control = NULL;
    hz_status st = gather(d, layer, &control, err);
    if (!st)
        st = apart(layer, control, d->reach, "the zone and its rings", err);
    if (!st && strcmp(name, "control") != 0)
        st = apart(layer, control, d->area[d->n - 1], "the control", err);
    if (!st)
        st = add(d, &control, true, name, NAN, NAN, err);
    hz_shapes_free(control);
    return st;
}

static hz_status draw_rest(drawing *d, hz_error *err)
{
    hz_shapes *rest = NULL, *near = NULL;
    double reach = d->ring_m[d->p->rings - 1] + d->p->gap_m;
    hz_status st = hz_shapes_copy(d->study, &rest, err);
    if (!st)
        st = hz_overlay_buffer(d->whole, 0, reach, &near, err);
    if (!st)
        st = cut(&rest, near, HZ_OVERLAY_DIFFERENCE, err);
    if (!st)
        st = add(d, &rest, true, "control", NAN, NAN, err);
    hz_shapes_free(rest);
    hz_shapes_free(near);
    return st;
}

/* ---- the layer ---------------------------------------------------------------------------- */

static hz_status join_shapes(const drawing *d, hz_shapes **out, hz_error *err)
{
    hz_shapes_pick picks[AREAS_MOST];
    for (size_t i = 0; i < d->n; i++)
        picks[i] = (hz_shapes_pick){ d->area[i], 0 };
    return hz_shapes_gather(HZ_POLYGON, picks, d->n, out, err);
}

static hz_status make_layer(drawing *d, hz_layer **out, hz_error *err)
{
    const char *names[AREAS_MOST];
    double km2[AREAS_MOST];
    hz_layer *l = NULL;
    hz_shapes *shapes = NULL;
    hz_status st = hz_layer_new("areas", d->n, &l, err);
    for (size_t i = 0; i < d->n; i++) {
        names[i] = d->name[i];
        km2[i] = hz_shape_area(d->area[i], 0) / 1e6;
    }
    if (!st)
        st = hz_layer_add_texts(l, "area", names, err);
    if (!st)
        st = hz_layer_add_numbers(l, "inner_m", d->inner_m, err);
    if (!st)
        st = hz_layer_add_numbers(l, "outer_m", d->outer_m, err);
    if (!st)
        st = hz_layer_add_numbers(l, "km2", km2, err);
    if (!st)
        st = join_shapes(d, &shapes, err);
    if (!st)
        st = hz_layer_take_shapes(l, &shapes, err);
    if (!st && d->crs)
        st = hz_layer_take_crs(l, &d->crs, err);
    hz_shapes_free(shapes);
    if (st)
        hz_layer_free(l);
    else
        *out = l;
    return st;
}

hz_status hz_displace_areas(const hz_displace_places *places, hz_layer **out,
                            const hz_notice *notice, hz_error *err)
{
    drawing d = { .p = places };
    hz_status st = check(places, &d, err);

    if (!st)
        st = hz_layer_metric(places->zone, &d.crs, notice, err);
    if (!st)
        st = gather(&d, places->zone, &d.whole, err);
    if (!st)
        st = gather(&d, places->study, &d.study, err);
    if (!st)
        st = gather(&d, places->water, &d.water, err);
    if (!st)
        st = gather(&d, places->others, &d.others, err);
    if (!st)
        st = draw_zone(&d, notice, err);
    if (!st)
        st = draw_rings(&d, err);
    if (!st)
        st = places->control ? draw_given(&d, places->control, "control", err)
                             : draw_rest(&d, err);
    if (!st && places->ring_control)
        st = draw_given(&d, places->ring_control, "ring control", err);
    if (!st)
        st = make_layer(&d, out, err);
    drawing_free(&d);
    return st;
}
