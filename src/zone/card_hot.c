/* Looks for significant hotspots among events, for zones to be held against. */
#include <string.h>

#include "hotzone/card.h"
#include "hotzone/cluster.h"
#include "hotzone/layer.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "hotzone/units.h"

static hz_status layer_of(const char *name, hz_shapes **shapes, hz_layer **out, hz_error *err)
{
    hz_status st = hz_layer_new(name, (*shapes)->features, out, err);
    return st ? st : hz_layer_take_shapes(*out, shapes, err);
}

/* The cells with more events than chance and q small enough, as one polygon. */
static hz_status join_hot(const hz_units *units, double q, hz_shapes **hot, hz_card_found *found,
                          hz_error *err)
{
    size_t n = hz_layer_rows(units->table), cells = 0;
    const double *of_q = hz_layer_numbers(units->table, "q");
    const double *z = hz_layer_numbers(units->table, "z");
    unsigned char *keep = hz_mem_new(n, 1);
    if (!keep)
        return hz_mem_fail(err, "hotspots");
    for (size_t i = 0; i < n; i++)
        if (of_q[i] <= q && z[i] > 0) {
            keep[i] = 1;
            cells++;
        }
    found->hot_cells = cells;
    found->hotspots = cells ? HZ_CARD_KNOWN : HZ_CARD_NO_HOT;
    hz_status st = cells ? hz_overlay_dissolve(hz_layer_shapes(units->table), keep, hot, err)
                         : HZ_OK;
    hz_mem_free(keep);
    return st;
}

hz_status hz_card_hotspots(const hz_card_points *events, const hz_shapes *study, double cell_m,
                           double q, hz_shapes **hot, hz_card_found *found, hz_error *err)
{
    const hz_neighbours how = { .kind = HZ_QUEEN };
    hz_cluster_opts opts = HZ_CLUSTER_DEFAULTS;
    hz_cluster_found tested = { 0 };
    hz_shapes *points = NULL, *area = NULL;
    hz_layer *of_events = NULL, *of_study = NULL;
    hz_units units = { 0 };
    hz_card_found got = { .hotspots = HZ_CARD_HOT_UNTESTED };
    hz_error why;
    *hot = NULL;
    hz_status st = hz_shapes_new(HZ_POINT, events->n, 0, events->n, &points, err);
    if (!st && events->n) {
        memcpy(points->x, events->x, events->n * sizeof *points->x);
        memcpy(points->y, events->y, events->n * sizeof *points->y);
    }
    if (!st)
        st = hz_shapes_copy(study, &area, err);
    if (!st)
        st = layer_of("events", &points, &of_events, err);
    if (!st)
        st = layer_of("study area", &area, &of_study, err);
    if (!st)
        st = hz_units_of_cells(of_events, of_study, cell_m, 0, 0, NULL, &how, &units, NULL, &why);
    if (!st)
        st = hz_cluster_add(units.table, "value", units.outside, units.links, &opts, &tested, NULL,
                            &why);
    got.tested_cells = tested.tested;
    if (!st)
        st = join_hot(&units, q, hot, &got, err);
    else if (of_study && st == HZ_EDATA)
        st = HZ_OK; /* too little to look in: that is a finding, not a failure */
    else if (of_study)
        st = hz_fail(err, st, "hotspots: %s", why.text);
    if (!st) {
        found->hotspots = got.hotspots;
        found->hot_cells = got.hot_cells;
        found->tested_cells = got.tested_cells;
    }
    hz_units_clear(&units);
    hz_layer_free(of_events);
    hz_layer_free(of_study);
    hz_shapes_free(points);
    hz_shapes_free(area);
    return st;
}
