/* Lays the ground for point patterns: events, study area and population in one metric system. */
#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "stat/pattern_parts.h"
#include "stat/units_parts.h"

void pattern_ground_clear(ground *g)
{
    hz_crs_free(g->metric);
    hz_mem_free(g->x);
    hz_mem_free(g->y);
    hz_mem_free(g->kind);
    hz_shapes_free(g->study);
    hz_mem_free(g->window.x1);
    hz_mem_free(g->window.y1);
    hz_mem_free(g->window.x2);
    hz_mem_free(g->window.y2);
    for (size_t p = 0; p < g->patches; p++)
        hz_shapes_free(g->patch[p]);
    hz_mem_free(g->patch);
    hz_mem_free(g->share);
    hz_shapes_free(g->parts);
    hz_mem_free(g->box);
    hz_mem_free(g->upto);
    hz_index_free(g->index);
    *g = (ground){ 0 };
}

/* ---- events ---- */

/* The events that were placed, in metres; kinds by the two names asked for. */
static hz_status take_events(const hz_layer *events, const hz_placing *placing,
                             const hz_place_opts *place, bool cross, ground *g, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(events);
    const int32_t *area = hz_placing_areas(placing);
    size_t rows = hz_layer_rows(events);
    g->x = hz_mem_new(rows, sizeof *g->x);
    g->y = hz_mem_new(rows, sizeof *g->y);
    g->kind = cross ? hz_mem_new(rows, 1) : NULL;
    if (!g->x || !g->y || (cross && !g->kind))
        return hz_mem_fail(err, "pattern");
    for (size_t i = 0; i < rows; i++) {
        if (area[i] < 0)
            continue;
        if (cross)
            g->kind[g->n] = strcmp(hz_layer_text(events, place->kind, i), place->kinds[0]) ? 2 : 1;
        g->x[g->n] = s->x[i];
        g->y[g->n++] = s->y[i];
    }
    if (g->metric) {
        size_t failed = 0;
        hz_status st = hz_crs_points(hz_layer_crs(events), g->metric, g->n, g->x, g->y, &failed,
                                     err);
        if (!st && failed)
            st = hz_fail(err, HZ_ECRS, "%s: %zu events cannot be transformed to %s",
                         hz_layer_name(events), failed, hz_crs_code(g->metric));
        if (st)
            return st;
    }
    return HZ_OK;
}

/* ---- study area ---- */

/* A layer's polygons in metres, less the origin once there is one. */
static hz_status metric_shapes(const hz_layer *layer, const ground *g, hz_shapes **out,
                               hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(layer);
    const hz_crs *crs = hz_layer_crs(layer);
    if (!s || s->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EDATA, "%s: has no polygons, expected areas", hz_layer_name(layer));
    if (!crs != !g->metric)
        return hz_fail(err, HZ_ECRS, "%s: %s a reference system and the events %s, expected both: "
                       "give --crs", hz_layer_name(layer), crs ? "has" : "lacks",
                       crs ? "not" : "one");
    hz_status st = crs ? hz_crs_shapes(crs, g->metric, s, out, err) : hz_shapes_copy(s, out, err);
    if (st)
        return hz_fail_within(err, "%s", hz_layer_name(layer));
    for (size_t p = 0; p < (*out)->points; p++) {
        (*out)->x[p] -= g->x0;
        (*out)->y[p] -= g->y0;
    }
    return HZ_OK;
}

/* The smallest rectangle about the events. */
static hz_status events_box(const ground *g, hz_shapes **out, hz_error *err)
{
    hz_box b = { INFINITY, INFINITY, -INFINITY, -INFINITY };
    for (size_t i = 0; i < g->n; i++) {
        b.xmin = fmin(b.xmin, g->x[i]);
        b.xmax = fmax(b.xmax, g->x[i]);
        b.ymin = fmin(b.ymin, g->y[i]);
        b.ymax = fmax(b.ymax, g->y[i]);
    }
    hz_status st = hz_shapes_new(HZ_POLYGON, 1, 1, 5, out, err);
    if (st)
        return st;
    const double x[] = { b.xmin, b.xmax, b.xmax, b.xmin, b.xmin };
    const double y[] = { b.ymin, b.ymin, b.ymax, b.ymax, b.ymin };
    memcpy((*out)->x, x, sizeof x);
    memcpy((*out)->y, y, sizeof y);
    (*out)->first_ring[1] = 1;
    (*out)->first_point[1] = 5;
    return HZ_OK;
}

/* Everything is reckoned from a corner near by: large coordinates cost digits. */
static void take_origin(ground *g, hz_shapes *raw)
{
    hz_box b = hz_shapes_box(raw);
    g->x0 = floor(b.xmin);
    g->y0 = floor(b.ymin);
    for (size_t p = 0; p < raw->points; p++) {
        raw->x[p] -= g->x0;
        raw->y[p] -= g->y0;
    }
    for (size_t i = 0; i < g->n; i++) {
        g->x[i] -= g->x0;
        g->y[i] -= g->y0;
    }
}

static double turn(const hz_shapes *s, size_t ring)
{
    size_t first = s->first_point[ring], last = s->first_point[ring + 1];
    double sum = 0;
    for (size_t p = first; p + 1 < last; p++)
        sum += (s->x[p] - s->x[first]) * (s->y[p + 1] - s->y[first]) -
               (s->x[p + 1] - s->x[first]) * (s->y[p] - s->y[first]);
    return sum;
}

/* Segments with the inside on their left: outer rings against the clock, holes with it. */
static hz_status make_window(ground *g, hz_error *err)
{
    const hz_shapes *s = g->study;
    hz_window *w = &g->window;
    w->x1 = hz_mem_new(s->points, sizeof *w->x1);
    w->y1 = hz_mem_new(s->points, sizeof *w->y1);
    w->x2 = hz_mem_new(s->points, sizeof *w->x2);
    w->y2 = hz_mem_new(s->points, sizeof *w->y2);
    if (!w->x1 || !w->y1 || !w->x2 || !w->y2)
        return hz_mem_fail(err, "pattern");
    for (size_t r = 0; r < s->rings; r++) {
        bool back = (turn(s, r) > 0) == (s->hole[r] != 0);
        for (size_t p = s->first_point[r]; p + 1 < s->first_point[r + 1]; p++) {
            size_t from = back ? p + 1 : p, to = back ? p : p + 1;
            if (s->x[from] == s->x[to] && s->y[from] == s->y[to])
                continue;
            w->x1[w->n] = s->x[from];
            w->y1[w->n] = s->y[from];
            w->x2[w->n] = s->x[to];
            w->y2[w->n++] = s->y[to];
        }
    }
    w->area = hz_shape_area(s, 0);
    g->perimeter = hz_shape_perimeter(s, 0);
    hz_box b = hz_shapes_box(s);
    double width = b.xmax - b.xmin, height = b.ymax - b.ymin;
    g->shorter = width >= 0 ? fmin(width, height) : 0;
    g->rectangle = w->area > 0 && fabs(w->area - width * height) <= 1e-9 * w->area;
    return HZ_OK;
}

/* ---- where events could be ---- */

static void add_patch(ground *g, hz_shapes **one, double share)
{
    g->patch[g->patches] = *one;
    *one = NULL;
    g->share[g->patches++] = share;
}

/* Every area of a population, cut to the study area, with its share of the people. */
static hz_status add_population(const hz_layer *population, const char *people, bool cut,
                                ground *g, hz_error *err)
{
    const double *count = hz_layer_numbers(population, people);
    hz_shapes *areas = NULL, *one = NULL;
    double total = 0;
    if (!count)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of numbers '%s', expected the people of "
                       "each area", hz_layer_name(population), people);
    hz_status st = metric_shapes(population, g, &areas, err);
    size_t n = st ? 0 : areas->features;
    g->patch = hz_mem_new(n, sizeof *g->patch);
    g->share = hz_mem_new(n, sizeof *g->share);
    if (!st && (!g->patch || !g->share))
        st = hz_mem_fail(err, "pattern");
    for (size_t f = 0; !st && f < n; f++) {
        double whole = hz_shape_area(areas, f);
        if (count[f] < 0 || isinf(count[f]))
            st = hz_fail(err, HZ_EDATA, "%s: row %zu: %s is %g, expected a number of people",
                         hz_layer_name(population), f + 1, people, count[f]);
        if (st || !(count[f] > 0) || !(whole > 0))
            continue;
        st = cut ? hz_overlay(areas, f, g->study, 0, HZ_OVERLAY_INTERSECTION, &one, err)
                 : hz_overlay(areas, f, areas, f, HZ_OVERLAY_UNION, &one, err);
        double inside = st ? 0 : hz_shape_area(one, 0);
        if (!st && inside > 0)
            add_patch(g, &one, count[f] * inside / whole);
        hz_shapes_free(one);
        one = NULL;
    }
    for (size_t p = 0; p < g->patches; p++)
        total += g->share[p];
    if (!st && !(total > 0))
        st = hz_fail(err, HZ_EDATA, "%s: nobody lives in the study area, expected people for the "
                     "null", hz_layer_name(population));
    for (size_t p = 0; !st && p < g->patches; p++)
        g->share[p] /= total;
    hz_shapes_free(areas);
    return st;
}

static hz_status add_study(ground *g, hz_error *err)
{
    hz_shapes *one = NULL;
    g->patch = hz_mem_new(1, sizeof *g->patch);
    g->share = hz_mem_new(1, sizeof *g->share);
    if (!g->patch || !g->share)
        return hz_mem_fail(err, "pattern");
    hz_status st = hz_shapes_copy(g->study, &one, err);
    if (!st)
        add_patch(g, &one, 1);
    return st;
}

static size_t last_ring_of_part(const hz_shapes *s, size_t first)
{
    size_t last = first + 1;
    while (last < s->rings && s->hole[last])
        last++;
    return last;
}

static void copy_part(const hz_shapes *from, size_t first, size_t last, hz_shapes *to)
{
    size_t f = to->features++;
    for (size_t r = first; r < last; r++) {
        size_t points = from->first_point[r + 1] - from->first_point[r];
        memcpy(to->x + to->points, from->x + from->first_point[r], points * sizeof *to->x);
        memcpy(to->y + to->points, from->y + from->first_point[r], points * sizeof *to->y);
        to->points += points;
        to->hole[to->rings++] = from->hole[r];
        to->first_point[to->rings] = to->points;
    }
    to->first_ring[f + 1] = to->rings;
}

/* Every part of every patch a feature of its own, so that points are drawn in small boxes. */
static hz_status split_parts(ground *g, hz_error *err)
{
    size_t parts = 0, rings = 0, points = 0;
    for (size_t p = 0; p < g->patches; p++) {
        const hz_shapes *s = g->patch[p];
        rings += s->rings;
        points += s->points;
        for (size_t r = 0; r < s->rings; r = last_ring_of_part(s, r))
            parts++;
    }
    hz_status st = hz_shapes_new(HZ_POLYGON, parts, rings, points, &g->parts, err);
    g->box = hz_mem_new(parts, sizeof *g->box);
    g->upto = hz_mem_new(parts, sizeof *g->upto);
    if (st || !g->box || !g->upto)
        return st ? st : hz_mem_fail(err, "pattern");
    /* filled from empty, part by part */
    g->parts->features = g->parts->rings = g->parts->points = 0;
    double sum = 0;
    for (size_t p = 0; p < g->patches; p++) {
        const hz_shapes *s = g->patch[p];
        double whole = hz_shape_area(s, 0);
        for (size_t r = 0; r < s->rings;) {
            size_t last = last_ring_of_part(s, r), f = g->parts->features;
            copy_part(s, r, last, g->parts);
            g->box[f] = hz_shapes_feature_box(g->parts, f);
            sum += g->share[p] * hz_shape_area(g->parts, f) / whole;
            g->upto[f] = sum;
            r = last;
        }
    }
    return hz_index_new(g->parts, &g->index, err);
}

hz_status pattern_ground(const hz_layer *events, const hz_layer *study, const hz_layer *population,
                         const char *people, const hz_place_opts *place, bool cross, ground *g,
                         hz_pattern_points *out, const hz_notice *notice, hz_error *err)
{
    const hz_layer *within = study ? study : population;
    hz_layer *box = NULL;
    hz_placing *placing = NULL;
    hz_shapes *raw = NULL;
    hz_status st;

    if (!hz_layer_shapes(events) || hz_layer_shapes(events)->kind != HZ_POINT)
        return hz_fail(err, HZ_EDATA, "%s: has no points, expected located events",
                       hz_layer_name(events));
    st = hz_layer_metric(events, &g->metric, notice, err);
    if (!st && !within)
        st = units_box_of(events, &box, err);
    if (!st)
        st = hz_place_events(within ? within : box, events, false, place, &placing,
                             g->metric ? notice : NULL, err);
    if (st)
        goto done;
    out->fate = *hz_placing_fate(placing);
    out->from_box = !within;
    if (out->fate.placed == 0)
        st = hz_fail(err, HZ_EDATA, "%s: none of %zu events lies in the study area, expected some",
                     hz_layer_name(events), out->fate.read);
    if (!st)
        st = take_events(events, placing, place, cross, g, err);
    if (!st)
        st = within ? metric_shapes(within, g, &raw, err) : events_box(g, &raw, err);
    if (st)
        goto done;
    take_origin(g, raw);
    hz_box b = hz_shapes_box(raw);
    if (b.xmax > b.xmin && b.ymax > b.ymin)
        st = hz_overlay_dissolve(raw, NULL, &g->study, err);
    else
        st = hz_shapes_new(HZ_POLYGON, 1, 0, 0, &g->study, err);
    if (!st)
        st = make_window(g, err);
    if (!st && g->window.area > 0)
        st = population ? add_population(population, people, study != NULL, g, err)
                        : add_study(g, err);
    if (!st && g->window.area > 0)
        st = split_parts(g, err);
done:
    hz_shapes_free(raw);
    hz_placing_free(placing);
    hz_layer_free(box);
    return st;
}

/* ---- drawing ---- */

static bool holds(const ground *g, size_t part, double x, double y)
{
    int32_t found = HZ_NOWHERE, all[16];
    hz_index_locate(g->index, 0, 1, &x, &y, &found);
    if (found < 0 || (size_t)found >= part)
        return found >= 0 && (size_t)found == part;
    /* the lowest-numbered one was found; areas that overlap hold the point together */
    size_t n = hz_index_locate_all(g->index, x, y, all, 16);
    for (size_t i = 0; i < n && i < 16; i++)
        if ((size_t)all[i] == part)
            return true;
    return false;
}

static size_t choose_part(const ground *g, double u)
{
    size_t low = 0, high = g->parts->features - 1;
    u *= g->upto[high];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (g->upto[middle] > u)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

bool pattern_deal(const ground *g, size_t n, hz_rng *rng, double *x, double *y)
{
    enum { TRIES = 1000000 };
    for (size_t i = 0; i < n; i++) {
        size_t part = choose_part(g, hz_rng_uniform(rng));
        const hz_box *b = &g->box[part];
        long tries = 0;
        do {
            if (++tries > TRIES)
                return false;
            x[i] = b->xmin + (b->xmax - b->xmin) * hz_rng_uniform(rng);
            y[i] = b->ymin + (b->ymax - b->ymin) * hz_rng_uniform(rng);
        } while (!holds(g, part, x[i], y[i]));
    }
    return true;
}
