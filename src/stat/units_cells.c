/* Makes units of square cells: events counted, and the share of each cell inside the study area. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "hotzone/weights.h"
#include "stat/units_parts.h"

enum { MANY_CELLS = 100 }; /* per event: beyond, something is far off */

typedef struct {
    hz_crs *metric;
    hz_shapes *study;      /* in metres; NULL: none */
    double *x, *y;         /* of the events, in metres */
    hz_layer *box;         /* a study area of one rectangle, where none is given */
    double *share, *count; /* per cell of the whole lattice */
    unsigned char *keep;   /* cells that are units */
    int32_t *column, *row; /* per unit */
    double *cx, *cy, *value;
    size_t units;
} work;

static void free_work(work *w)
{
    hz_crs_free(w->metric);
    hz_shapes_free(w->study);
    hz_layer_free(w->box);
    hz_mem_free(w->x);
    hz_mem_free(w->y);
    hz_mem_free(w->share);
    hz_mem_free(w->count);
    hz_mem_free(w->keep);
    hz_mem_free(w->column);
    hz_mem_free(w->row);
    hz_mem_free(w->cx);
    hz_mem_free(w->cy);
    hz_mem_free(w->value);
}

/* The system to count in: the events' own in metres, else that of the middle. */
static hz_status find_metric(const hz_layer *events, work *w, const hz_notice *notice,
                             hz_error *err)
{
    const hz_crs *crs = hz_layer_crs(events);
    if (!crs) {
        hz_warn(notice, "%s: has no reference system, its coordinates are taken for metres",
                hz_layer_name(events));
        return HZ_OK;
    }
    if (hz_crs_is_degrees(crs) || hz_crs_is_web_mercator(crs)) {
        hz_status st = units_metric(hz_layer_shapes(events), crs, &w->metric, err);
        return st ? hz_fail_within(err, "%s", hz_layer_name(events)) : HZ_OK;
    }
    w->metric = hz_crs_copy(crs);
    if (!w->metric)
        return hz_mem_fail(err, "cells");
    if (fabs(hz_crs_unit_m(crs) - 1) > 1e-9)
        return hz_fail(err, HZ_ECRS, "%s: its unit is %.10g m, expected metres: give --crs",
                       hz_layer_name(events), hz_crs_unit_m(crs));
    return HZ_OK;
}

static hz_status move_events(const hz_layer *events, work *w, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(events);
    size_t n = hz_layer_rows(events);
    w->x = hz_mem_new(n, sizeof *w->x);
    w->y = hz_mem_new(n, sizeof *w->y);
    if (!w->x || !w->y)
        return hz_mem_fail(err, "cells");
    memcpy(w->x, s->x, n * sizeof *w->x);
    memcpy(w->y, s->y, n * sizeof *w->y);
    if (!w->metric)
        return HZ_OK;
    return hz_crs_points(hz_layer_crs(events), w->metric, n, w->x, w->y, NULL, err);
}

static hz_status move_study(const hz_layer *study, work *w, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(study);
    const hz_crs *crs = hz_layer_crs(study);
    if (!s || s->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EDATA, "%s: has no polygons, expected the study area",
                       hz_layer_name(study));
    if (!crs != !w->metric)
        return hz_fail(err, HZ_ECRS,
                       "%s: %s a reference system and the events %s, expected both: give "
                       "--crs",
                       hz_layer_name(study), crs ? "has" : "lacks", crs ? "not" : "one");
    return crs ? hz_crs_shapes(crs, w->metric, s, &w->study, err)
               : hz_shapes_copy(s, &w->study, err);
}

hz_status units_box_of(const hz_layer *events, hz_layer **out, hz_error *err)
{
    hz_box b = hz_shapes_box(hz_layer_shapes(events));
    hz_layer *box = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    if (!(b.xmin <= b.xmax))
        return hz_fail(err, HZ_EDATA, "%s: no event has a place, expected coordinates",
                       hz_layer_name(events));
    hz_status st = hz_shapes_new(HZ_POLYGON, 1, 1, 5, &s, err);
    if (st)
        return st;
    const double room = 1e-3 * (fabs(b.xmax) + fabs(b.ymax) + 1);
    const double x[] = {b.xmin - room, b.xmax + room, b.xmax + room, b.xmin - room, b.xmin - room};
    const double y[] = {b.ymin - room, b.ymin - room, b.ymax + room, b.ymax + room, b.ymin - room};
    memcpy(s->x, x, sizeof x);
    memcpy(s->y, y, sizeof y);
    s->first_ring[1] = 1;
    s->first_point[1] = 5;
    st = hz_layer_new("box of the events", 1, &box, err);
    if (!st)
        st = hz_layer_take_shapes(box, &s, err);
    if (!st && hz_layer_crs(events)) {
        crs = hz_crs_copy(hz_layer_crs(events));
        st = crs ? hz_layer_take_crs(box, &crs, err) : hz_mem_fail(err, "cells");
    }
    if (!st) {
        *out = box;
        box = NULL;
    }
    hz_layer_free(box);
    hz_shapes_free(s);
    hz_crs_free(crs);
    return st;
}

static hz_box placed_box(const work *w, const hz_placing *placing, size_t n)
{
    const int32_t *area = hz_placing_areas(placing);
    hz_box b = { INFINITY, INFINITY, -INFINITY, -INFINITY };
    for (size_t i = 0; i < n; i++)
        if (area[i] >= 0 && isfinite(w->x[i]) && isfinite(w->y[i])) {
            b.xmin = fmin(b.xmin, w->x[i]);
            b.xmax = fmax(b.xmax, w->x[i]);
            b.ymin = fmin(b.ymin, w->y[i]);
            b.ymax = fmax(b.ymax, w->y[i]);
        }
    return b;
}

/* Counts per cell, and which cells the study area covers. */
static hz_status fill_cells(const hz_layer *events, const hz_placing *placing,
                            const char *weight_column, const hz_lattice *g, work *w, hz_error *err)
{
    size_t cells = g->columns * g->rows, n = hz_layer_rows(events);
    const int32_t *area = hz_placing_areas(placing);
    const double *weight = weight_column ? hz_layer_numbers(events, weight_column) : NULL;
    w->share = hz_mem_new(cells, sizeof *w->share);
    w->count = hz_mem_new(cells, sizeof *w->count);
    w->keep = hz_mem_new(cells, 1);
    if (!w->share || !w->count || !w->keep)
        return hz_mem_fail(err, "cells");
    if (w->study)
        hz_lattice_cover(g, w->study, w->share);
    for (size_t i = 0; i < n; i++) {
        size_t cell = area[i] >= 0 ? hz_lattice_cell(g, w->x[i], w->y[i]) : SIZE_MAX;
        if (cell != SIZE_MAX)
            w->count[cell] += weight ? weight[i] : 1;
    }
    for (size_t c = 0; c < cells; c++) {
        w->share[c] = w->study ? w->share[c] : 1;
        w->keep[c] = w->share[c] > 0 || w->count[c] > 0;
        w->units += w->keep[c];
    }
    return HZ_OK;
}

static hz_status make_units(const hz_lattice *g, work *w, hz_units *u, hz_error *err)
{
    size_t n = w->units, at = 0;
    w->column = hz_mem_new(n, sizeof *w->column);
    w->row = hz_mem_new(n, sizeof *w->row);
    w->cx = hz_mem_new(n, sizeof *w->cx);
    w->cy = hz_mem_new(n, sizeof *w->cy);
    w->value = hz_mem_new(n, sizeof *w->value);
    u->outside = hz_mem_new(n, 1);
    if (!w->column || !w->row || !w->cx || !w->cy || !w->value || !u->outside)
        return hz_mem_fail(err, "cells");
    for (size_t c = 0; c < g->columns * g->rows; c++) {
        if (!w->keep[c])
            continue;
        w->column[at] = (int32_t)(c % g->columns);
        w->row[at] = (int32_t)(c / g->columns);
        w->cx[at] = g->x0 + ((double)w->column[at] + 0.5) * g->side;
        w->cy[at] = g->y0 + ((double)w->row[at] + 0.5) * g->side;
        w->value[at] = w->count[c];
        u->outside[at] = w->share[c] < 0.5;
        u->left_out += u->outside[at++];
    }
    return HZ_OK;
}

/* "724000E6175000N": the south-west corner. */
static hz_status name_cells(const hz_lattice *g, const work *w, hz_layer *table, hz_error *err)
{
    size_t n = w->units, *offset = hz_mem_new(n, sizeof *offset);
    hz_text arena = { 0 };
    hz_status st = offset ? HZ_OK : hz_mem_fail(err, "cells");
    for (size_t i = 0; !st && i < n; i++) {
        offset[i] = arena.length;
        hz_text_addf(&arena, "%.10gE%.10gN", g->x0 + w->column[i] * g->side,
                     g->y0 + w->row[i] * g->side);
        hz_text_add_n(&arena, "", 1);
    }
    char *texts = st || arena.failed ? NULL : hz_text_take(&arena);
    if (!st)
        st = texts ? hz_layer_take_texts(table, "id", &offset, &texts, err)
                   : hz_mem_fail(err, "cells");
    hz_mem_free(texts);
    hz_text_free(&arena);
    hz_mem_free(offset);
    return st;
}

static hz_status fill_table(const hz_lattice *g, work *w, hz_units *u, hz_error *err)
{
    hz_shapes *squares = NULL;
    const char **none = hz_mem_new(w->units, sizeof *none);
    hz_status st = none ? hz_layer_new("cells", w->units, &u->table, err)
                        : hz_mem_fail(err, "cells");
    if (!st)
        st = name_cells(g, w, u->table, err);
    if (!st)
        st = hz_layer_add_texts(u->table, "name", none, err);
    if (!st)
        st = hz_lattice_squares(g, w->keep, &squares, err);
    if (!st)
        st = hz_layer_take_shapes(u->table, &squares, err);
    if (!st && w->metric)
        st = hz_layer_take_crs(u->table, &w->metric, err);
    if (!st)
        st = hz_layer_take_numbers(u->table, "x", &w->cx, NULL, err);
    if (!st)
        st = hz_layer_take_numbers(u->table, "y", &w->cy, NULL, err);
    if (!st)
        st = hz_layer_take_numbers(u->table, "value", &w->value, NULL, err);
    hz_shapes_free(squares);
    hz_mem_free(none);
    return st;
}

static hz_status link_cells(const work *w, const hz_neighbours *how, hz_csr **out, hz_error *err)
{
    if (how->kind == HZ_LINKS)
        return hz_fail(err, HZ_EUSAGE, "neighbours: a file goes with areas, expected queen, rook, "
                       "knn, band or idw for cells");
    if (how->kind == HZ_QUEEN || how->kind == HZ_ROOK)
        return hz_weights_cells(w->units, w->column, w->row, how->kind == HZ_ROOK, out, err);
    return units_link_by_place(w->units, w->cx, w->cy, how, out, err);
}

hz_status hz_units_of_cells(const hz_layer *events, const hz_layer *study, double side_m,
                            double shift_x, double shift_y, const hz_place_opts *place,
                            const hz_neighbours *how, hz_units *out, const hz_notice *notice,
                            hz_error *err)
{
    work w = { 0 };
    hz_units u = { 0 };
    hz_placing *placing = NULL;
    hz_status st = HZ_OK;

    if (!hz_layer_shapes(events) || hz_layer_shapes(events)->kind != HZ_POINT)
        return hz_fail(err, HZ_EDATA, "%s: has no points, expected located events",
                       hz_layer_name(events));
    if (place)
        st = hz_place_need_dates(events, place, err);
    if (!st)
        st = find_metric(events, &w, notice, err);
    if (!st)
        st = move_events(events, &w, err);
    if (!st)
        st = study ? move_study(study, &w, err) : units_box_of(events, &w.box, err);
    if (!st)
        st = hz_place_events(study ? study : w.box, events, false, place, &placing,
                             w.metric ? notice : NULL, err);
    if (st)
        goto done;
    u.fate = *hz_placing_fate(placing);
    hz_box box = w.study ? hz_shapes_box(w.study)
                         : placed_box(&w, placing, hz_layer_rows(events));
    st = hz_lattice_over(box, side_m, shift_x, shift_y, &u.lattice, err);
    if (!st)
        st = fill_cells(events, placing, place ? place->weight : NULL, &u.lattice, &w, err);
    if (!st)
        st = make_units(&u.lattice, &w, &u, err);
    if (!st)
        st = link_cells(&w, how, &u.links, err);
    if (!st)
        st = fill_table(&u.lattice, &w, &u, err);
    if (st)
        goto done;
    if (!study && (double)w.units > MANY_CELLS * ((double)u.fate.placed + 100))
        hz_warn(notice, "%s: %zu cells for %zu events: look for stray coordinates, or give a study "
                "area", hz_layer_name(events), w.units, u.fate.placed);
    *out = u;
    u = (hz_units){ 0 };
done:
    hz_units_clear(&u);
    hz_placing_free(placing);
    free_work(&w);
    return st;
}
