/* Makes cells and blocks, and counts what lies in them. */
#include "hotzone/parcels.h"

#include <math.h>
#include <string.h>

#include "hotzone/blocks.h"
#include "hotzone/index.h"
#include "hotzone/lattice.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"

static const double MOST_CELLS = 250000, STEP_M = 5, ASIDE_M = 0.5;

void hz_parcels_clear(hz_parcels *p)
{
    hz_layer_free(p->table);
    hz_tiling_free(p->tiling);
    hz_shapes_free(p->study);
    hz_mem_free(p->area);
    *p = (hz_parcels){ 0 };
}

/* A layer's shapes in a system of metres. */
static hz_status move(const hz_layer *layer, const hz_crs *metric, hz_shapes **out, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(layer);
    const hz_crs *crs = hz_layer_crs(layer);
    if (!s)
        return hz_fail(err, HZ_EDATA, "%s: has no shapes", hz_layer_name(layer));
    if (!crs != !metric)
        return hz_fail(err, HZ_ECRS, "%s: %s a reference system and the events %s, expected both: "
                       "give --crs", hz_layer_name(layer), crs ? "has" : "lacks",
                       crs ? "not" : "one");
    return crs ? hz_crs_shapes(crs, metric, s, out, err) : hz_shapes_copy(s, out, err);
}

hz_status hz_parcels_shapes(const hz_parcels *p, const hz_layer *layer, hz_shapes **out,
                            hz_error *err)
{
    return move(layer, hz_layer_crs(p->table), out, err);
}

static hz_status check_kind(const hz_layer *layer, hz_shape_kind kind, const char *what,
                            hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(layer);
    if (!s || s->kind != kind)
        return hz_fail(err, HZ_EDATA, "%s: expected %s", hz_layer_name(layer), what);
    return HZ_OK;
}

/* All polygons of a layer as one, in metres. */
static hz_status dissolve(const hz_layer *layer, const hz_crs *metric, hz_shapes **out,
                          hz_error *err)
{
    hz_shapes *moved = NULL;
    hz_status st = check_kind(layer, HZ_POLYGON, "polygons", err);
    if (!st)
        st = move(layer, metric, &moved, err);
    if (!st)
        st = hz_overlay_dissolve(moved, NULL, out, err);
    hz_shapes_free(moved);
    return st;
}

/* The system to measure in, and the study area in it; *study stays NULL without one. */
static hz_status prepare(const hz_layer *events, const hz_layer *area, const hz_layer *water,
                         hz_crs **metric, hz_shapes **study, const hz_notice *notice,
                         hz_error *err)
{
    hz_shapes *whole = NULL, *wet = NULL;
    hz_status st = check_kind(events, HZ_POINT, "located events", err);
    if (!st)
        st = hz_layer_metric(events, metric, notice, err);
    if (!st && area)
        st = dissolve(area, *metric, water ? &whole : study, err);
    if (!st && area && water)
        st = dissolve(water, *metric, &wet, err);
    if (!st && area && water)
        st = hz_overlay(whole, 0, wet, 0, HZ_OVERLAY_DIFFERENCE, study, err);
    if (!st && area && !(hz_shape_area(*study, 0) > 0))
        st = hz_fail(err, HZ_EDATA, "%s: has no area%s, expected polygons of the study area",
                     hz_layer_name(area), water ? " that is land" : "");
    hz_shapes_free(whole);
    hz_shapes_free(wet);
    return st;
}

static hz_status located_box(const hz_layer *events, const hz_crs *metric, hz_box *box,
                             hz_error *err)
{
    hz_shapes *moved = NULL;
    hz_status st = move(events, metric, &moved, err);
    if (st)
        return st;
    *box = hz_shapes_box(moved);
    hz_shapes_free(moved);
    return box->xmin <= box->xmax ? HZ_OK
                                  : hz_fail(err, HZ_EDATA, "%s: no event has a place, expected "
                                            "coordinates", hz_layer_name(events));
}

/* The lines of a lattice, each from end to end. */
static hz_status lattice_lines(const hz_lattice *g, hz_shapes **out, hz_error *err)
{
    size_t n = g->columns + g->rows + 2;
    double width = (double)g->columns * g->side, height = (double)g->rows * g->side;
    hz_shapes *s = NULL;
    hz_status st = hz_shapes_new(HZ_LINE, n, n, 2 * n, &s, err);
    if (st)
        return st;
    for (size_t i = 0; i < n; i++) {
        bool upright = i <= g->columns;
        double along = (double)(upright ? i : i - g->columns - 1) * g->side;
        s->x[2 * i] = upright ? g->x0 + along : g->x0;
        s->x[2 * i + 1] = upright ? g->x0 + along : g->x0 + width;
        s->y[2 * i] = upright ? g->y0 : g->y0 + along;
        s->y[2 * i + 1] = upright ? g->y0 + height : g->y0 + along;
        s->first_ring[i + 1] = i + 1;
        s->first_point[i + 1] = 2 * i + 2;
    }
    *out = s;
    return HZ_OK;
}

/* Without a study area: whole squares, and the rectangle of them all. */
static hz_status whole_cells(const hz_lattice *g, hz_shapes **squares, hz_parcels *p,
                             hz_error *err)
{
    double east = g->x0 + (double)g->columns * g->side, north = g->y0 + (double)g->rows * g->side;
    const double x[] = { g->x0, east, east, g->x0, g->x0 };
    const double y[] = { g->y0, g->y0, north, north, g->y0 };
    hz_status st = hz_lattice_squares(g, NULL, squares, err);
    if (!st)
        st = hz_shapes_new(HZ_POLYGON, 1, 1, 5, &p->study, err);
    if (!st && !(p->area = hz_mem_new((*squares)->features, sizeof *p->area)))
        st = hz_mem_fail(err, "parcels");
    if (st)
        return st;
    p->study->first_ring[1] = 1;
    p->study->first_point[1] = 5;
    memcpy(p->study->x, x, sizeof x);
    memcpy(p->study->y, y, sizeof y);
    for (size_t i = 0; i < (*squares)->features; i++)
        p->area[i] = g->side * g->side;
    return HZ_OK;
}

/* Hand shapes and system over to the table, and tile them. */
static hz_status finish(hz_shapes **shapes, hz_crs **metric, hz_parcels *p, hz_error *err)
{
    p->n = (*shapes)->features;
    hz_status st = hz_tiling_new(*shapes, &p->tiling, err);
    if (!st)
        st = hz_layer_new(p->side > 0 ? "cells" : "blocks", p->n, &p->table, err);
    if (!st)
        st = hz_layer_take_shapes(p->table, shapes, err);
    if (!st && *metric)
        st = hz_layer_take_crs(p->table, metric, err);
    return st;
}

hz_status hz_parcels_of_cells(const hz_layer *events, const hz_layer *study,
                              const hz_layer *water, double side_m, hz_parcels *out,
                              const hz_notice *notice, hz_error *err)
{
    hz_parcels p = { .side = side_m };
    hz_crs *metric = NULL;
    hz_shapes *lines = NULL, *shapes = NULL;
    hz_box box = { 0 };
    hz_lattice g = { 0 };
    hz_status st = prepare(events, study, water, &metric, &p.study, notice, err);
    if (!st && study)
        box = hz_shapes_box(p.study);
    else if (!st)
        st = located_box(events, metric, &box, err);
    if (!st)
        st = hz_lattice_over(box, side_m, 0, 0, &g, err);
    if (!st && (double)g.columns * (double)g.rows > MOST_CELLS)
        st = hz_fail(err, HZ_EDATA, "cell: %zu by %zu cells of %g m, expected at most %.0f: take a "
                     "larger cell, or look for stray coordinates", g.columns, g.rows, side_m,
                     MOST_CELLS);
    if (!st && study) {
        st = lattice_lines(&g, &lines, err);
        if (!st)
            st = hz_blocks_new(lines, p.study, &shapes, &p.area, err);
    } else if (!st) {
        st = whole_cells(&g, &shapes, &p, err);
    }
    if (!st)
        st = finish(&shapes, &metric, &p, err);
    if (!st) {
        *out = p;
        p = (hz_parcels){ 0 };
    }
    hz_parcels_clear(&p);
    hz_shapes_free(lines);
    hz_shapes_free(shapes);
    hz_crs_free(metric);
    return st;
}

hz_status hz_parcels_of_blocks(const hz_layer *events, const hz_layer *streets,
                               const hz_layer *study, const hz_layer *water, hz_parcels *out,
                               const hz_notice *notice, hz_error *err)
{
    hz_parcels p = { 0 };
    hz_crs *metric = NULL;
    hz_shapes *lines = NULL, *shapes = NULL;
    hz_status st = check_kind(streets, HZ_LINE, "lines of the streets", err);
    if (!st)
        st = prepare(events, study, water, &metric, &p.study, notice, err);
    if (!st)
        st = move(streets, metric, &lines, err);
    if (!st)
        st = hz_blocks_new(lines, p.study, &shapes, &p.area, err);
    if (!st && !p.study)
        st = hz_overlay_dissolve(shapes, NULL, &p.study, err);
    if (!st)
        st = finish(&shapes, &metric, &p, err);
    if (!st) {
        *out = p;
        p = (hz_parcels){ 0 };
    }
    hz_parcels_clear(&p);
    hz_shapes_free(lines);
    hz_shapes_free(shapes);
    hz_crs_free(metric);
    return st;
}

hz_status hz_parcels_count(const hz_parcels *p, const hz_layer *events, const hz_place_opts *place,
                           double *count, int32_t *parcel, hz_fate *fate, const hz_notice *notice,
                           hz_error *err)
{
    hz_placing *placing = NULL;
    hz_status st = hz_place_events(p->table, events, false, place, &placing, notice, err);
    if (st)
        return st;
    memcpy(count, hz_placing_counts(placing), p->n * sizeof *count);
    if (parcel)
        memcpy(parcel, hz_placing_areas(placing), hz_layer_rows(events) * sizeof *parcel);
    *fate = *hz_placing_fate(placing);
    hz_placing_free(placing);
    return HZ_OK;
}

/* ---- streets ------------------------------------------------------------------------------- */

/* The part of a segment, as shares of it, that passes a slab low..high of one coordinate. */
static void clip(double at, double to, double low, double high, double *from, double *until)
{
    if (at == to) {
        if (at < low || at > high)
            *until = -1;
        return;
    }
    double a = (low - at) / (to - at), b = (high - at) / (to - at);
    *from = fmax(*from, fmin(a, b));
    *until = fmin(*until, fmax(a, b));
}

/* The middles of the steps of one segment within the box, left and right of it; metres gets each
 * step's half. */
static void walk(const hz_index *index, const hz_box *box, const double x[2], const double y[2],
                 double *metres)
{
    double length = hypot(x[1] - x[0], y[1] - y[0]), from = 0, until = 1;
    clip(x[0], x[1], box->xmin - 1, box->xmax + 1, &from, &until);
    clip(y[0], y[1], box->ymin - 1, box->ymax + 1, &from, &until);
    if (!(length > 0) || isinf(length) || !(from < until))
        return;
    double part = (until - from) * length, steps = ceil(part / STEP_M), half = part / steps / 2;
    double dx = (x[1] - x[0]) / length, dy = (y[1] - y[0]) / length;
    for (double i = 0; i < steps; i++) {
        double along = from * length + (2 * i + 1) * half;
        double mx = x[0] + along * dx, my = y[0] + along * dy;
        const double sx[] = { mx - ASIDE_M * dy, mx + ASIDE_M * dy };
        const double sy[] = { my + ASIDE_M * dx, my - ASIDE_M * dx };
        int32_t in[2];
        hz_index_locate(index, 0, 2, sx, sy, in);
        for (int side = 0; side < 2; side++)
            if (in[side] >= 0)
                metres[in[side]] += half;
    }
}

hz_status hz_parcels_streets(const hz_shapes *polygons, const hz_shapes *lines, double *metres,
                             hz_error *err)
{
    hz_index *index = NULL;
    if (polygons->kind != HZ_POLYGON || lines->kind != HZ_LINE)
        return hz_fail(err, HZ_EUSAGE, "streets: expected lines, and polygons to measure them in");
    hz_status st = hz_index_new(polygons, &index, err);
    if (st)
        return st;
    hz_box box = hz_shapes_box(polygons);
    memset(metres, 0, polygons->features * sizeof *metres);
    for (size_t r = 0; r < lines->rings; r++)
        for (size_t p = lines->first_point[r]; p + 1 < lines->first_point[r + 1]; p++)
            walk(index, &box, lines->x + p, lines->y + p, metres);
    hz_index_free(index);
    return HZ_OK;
}
