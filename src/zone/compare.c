/* Compares zones pair by pair: events held by both or one, ground and residents shared. */
#include "hotzone/compare.h"

#include <math.h>
#include <string.h>

#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "zone/card_parts.h"

static const double KM2 = 1e6;
static const double SLIVER = 1e-9; /* of a zone: no ground of its own */

typedef struct {
    const hz_card_input *in;
    size_t n;
    double events;
    double *held;      /* n x n: events in both; on the diagonal, in the zone */
    double *lone;      /* events in this zone alone */
    int32_t *zones_at; /* n: scratch */
} work;

static hz_status count_events(work *w, const hz_card_points *points, hz_error *err)
{
    hz_index *index = NULL;
    int32_t *where = NULL;
    hz_status st = hz_index_new(w->in->zones, &index, err);
    if (!st)
        st = hz_card_locate(w->in->study, points->located, points->n, points->x, points->y, &where,
                            err);
    for (size_t e = 0; !st && e < points->n; e++) {
        if (where[e] < 0)
            continue;
        w->events++;
        size_t in = hz_index_locate_all(index, points->x[e], points->y[e], w->zones_at, w->n);
        for (size_t i = 0; i < in; i++)
            for (size_t j = 0; j < in; j++)
                w->held[(size_t)w->zones_at[i] * w->n + (size_t)w->zones_at[j]]++;
        if (in == 1)
            w->lone[w->zones_at[0]]++;
    }
    hz_index_free(index);
    hz_mem_free(where);
    if (!st && w->events == 0)
        st = hz_fail(err, HZ_EDATA, "zone compare: no event lies in the study area, expected some");
    return st;
}

/* Residents of a polygon's land; NaN where they are not known. */
static hz_status residents(const work *w, const hz_shapes *shapes, double *people, hz_error *err)
{
    hz_shapes *land = NULL;
    *people = NAN;
    if (!w->in->residents)
        return HZ_OK;
    hz_status st = hz_overlay(shapes, 0, w->in->land, 0, HZ_OVERLAY_INTERSECTION, &land, err);
    if (!st)
        st = hz_reside_count(w->in->residents, land, 0, people, err);
    hz_shapes_free(land);
    return st;
}

static hz_status compare_pair(const work *w, const hz_compare_opts *o, size_t a, size_t b,
                              hz_compare_pair *out, hz_error *err)
{
    const hz_shapes *z = w->in->zones;
    hz_shapes *both = NULL;
    hz_compare_pair p = { .a = a, .b = b };
    double in_both = w->held[a * w->n + b];
    p.events.both = in_both;
    p.events.first = w->held[a * w->n + a] - in_both;
    p.events.second = w->held[b * w->n + b] - in_both;
    p.events.neither = w->events - in_both - p.events.first - p.events.second;
    hz_paired_difference(p.events, o->level, &p.difference, &p.low, &p.high);
    p.p = hz_paired_mcnemar(p.events);
    hz_status st = hz_paired_bootstrap(p.events, o->level, o->replicates, o->seed, &p.boot_low,
                                       &p.boot_high, err);
    if (!st)
        st = hz_overlay(z, a, z, b, HZ_OVERLAY_INTERSECTION, &both, err);
    if (!st) {
        double area = hz_shape_area(both, 0);
        double any = hz_shape_area(z, a) + hz_shape_area(z, b) - area;
        p.shared_km2 = area / KM2;
        p.iou_area = any > 0 ? area / any : NAN;
        st = residents(w, both, &p.shared_residents, err);
    }
    if (!st)
        *out = p;
    hz_shapes_free(both);
    return st;
}

static hz_status measure_alone(const work *w, size_t f, hz_compare_alone *out, hz_error *err)
{
    hz_shapes *others = NULL, *left = NULL;
    unsigned char *keep = hz_mem_new(w->n, 1);
    hz_compare_alone a = { .events = w->lone[f] };
    if (!keep)
        return hz_mem_fail(err, "zone compare");
    memset(keep, 1, w->n);
    keep[f] = 0;
    hz_status st = hz_overlay_dissolve(w->in->zones, keep, &others, err);
    if (!st)
        st = hz_overlay(w->in->zones, f, others, 0, HZ_OVERLAY_DIFFERENCE, &left, err);
    if (!st) {
        double area = hz_shape_area(left, 0);
        /* where borders run the same way the overlay's rounding leaves slivers of no width */
        bool any = area > SLIVER * hz_shape_area(w->in->zones, f);
        a.km2 = any ? area / KM2 : 0;
        st = residents(w, left, &a.residents, err);
        if (!any && !isnan(a.residents))
            a.residents = 0;
    }
    if (!st)
        *out = a;
    hz_shapes_free(others);
    hz_shapes_free(left);
    hz_mem_free(keep);
    return st;
}

hz_status hz_compare_make(const hz_card_input *input, const hz_card_points *points,
                          const hz_compare_opts *opts, hz_compare_pair *pairs,
                          hz_compare_alone *alone, hz_error *err)
{
    const hz_compare_opts defaults = HZ_COMPARE_DEFAULTS;
    const hz_compare_opts o = opts ? *opts : defaults;
    work w = { .in = input, .n = input->zones->features };
    size_t n = w.n, count = n * (n - 1) / 2, k = 0;
    hz_status st = HZ_OK;
    if (n < 2 || n > HZ_COMPARE_MOST)
        return hz_fail(err, HZ_EUSAGE, "zone compare: %zu zones, expected 2 to %d", n,
                       HZ_COMPARE_MOST);
    w.held = hz_mem_new(n * n, sizeof *w.held);
    w.lone = hz_mem_new(n, sizeof *w.lone);
    w.zones_at = hz_mem_new(n, sizeof *w.zones_at);
    hz_compare_pair *made = hz_mem_new(count, sizeof *made);
    hz_compare_alone *lone = hz_mem_new(n, sizeof *lone);
    if (!w.held || !w.lone || !w.zones_at || !made || !lone)
        st = hz_mem_fail(err, "zone compare");
    if (!st)
        st = count_events(&w, points, err);
    for (size_t a = 0; !st && a < n; a++)
        for (size_t b = a + 1; !st && b < n; b++)
            st = compare_pair(&w, &o, a, b, &made[k++], err);
    for (size_t f = 0; !st && f < n; f++)
        st = measure_alone(&w, f, &lone[f], err);
    if (!st) {
        memcpy(pairs, made, count * sizeof *pairs);
        memcpy(alone, lone, n * sizeof *alone);
    }
    hz_mem_free(w.held);
    hz_mem_free(w.lone);
    hz_mem_free(w.zones_at);
    hz_mem_free(made);
    hz_mem_free(lone);
    return st;
}
