/* How far counts could be off: each event as a circle of its precision, against borders. */
#include <math.h>

#include "hotzone/mem.h"
#include "hotzone/place.h"
#include "hotzone/team.h"
#include "join/place_parts.h"

enum { RUN = 32 }; /* segments that share a box */

/* How a circle stands to a border. */
typedef enum { CLEAR, TOUCHES, CUTS } stand;

typedef struct {
    const hz_placing *placing;
    hz_shapes *areas;         /* in a metric system */
    double *x, *y;            /* events in that system */
    const double *precision;  /* metres; NaN where unknown */
    double unit_m;
    hz_box *box;              /* per area */
    hz_box *run;              /* per RUN vertices, of the segments that start there */
    double *low, *high;
} work;

/* Squared distance from a point to a box, 0 inside. */
static double box_distance2(hz_box b, double x, double y)
{
    double dx = fmax(0, fmax(b.xmin - x, x - b.xmax));
    double dy = fmax(0, fmax(b.ymin - y, y - b.ymax));
    return dx * dx + dy * dy;
}

/* Is the segment within the radius of a point, or just at it? */
static stand stand_to_segment(const hz_shapes *s, size_t i, double x, double y, double r2)
{
    double ax = s->x[i] - x, ay = s->y[i] - y;
    double dx = s->x[i + 1] - s->x[i], dy = s->y[i + 1] - s->y[i];
    double length2 = dx * dx + dy * dy, t = -(ax * dx + ay * dy), d2;
    if (t <= 0 || length2 == 0) {
        d2 = ax * ax + ay * ay;
    } else if (t >= length2) {
        d2 = (ax + dx) * (ax + dx) + (ay + dy) * (ay + dy);
    } else {
        double cross = ax * dy - ay * dx;
        d2 = cross * cross / length2;
    }
    return d2 < r2 ? CUTS : d2 == r2 ? TOUCHES : CLEAR;
}

static stand stand_to_border(const work *w, size_t area, double x, double y, double radius)
{
    const hz_shapes *s = w->areas;
    double r2 = radius * radius;
    stand found = CLEAR;
    for (size_t r = s->first_ring[area]; r < s->first_ring[area + 1]; r++) {
        size_t end = s->first_point[r + 1];
        for (size_t i = s->first_point[r]; i + 1 < end;) {
            /* runs are counted from vertex 0, so a ring may begin within one */
            size_t stop = (i / RUN + 1) * RUN;
            bool near = box_distance2(w->run[i / RUN], x, y) <= r2;
            for (; i < stop && i + 1 < end; i++) {
                stand one = near ? stand_to_segment(s, i, x, y, r2) : CLEAR;
                if (one == CUTS)
                    return CUTS;
                if (one == TOUCHES)
                    found = TOUCHES;
            }
        }
    }
    return found;
}

static bool is_in(const hz_placing *p, size_t row, size_t area)
{
    if (!p->held_first)
        return p->first[row] == (int32_t)area;
    for (size_t k = p->held_first[row]; k < p->held_first[row + 1]; k++)
        if (p->held[k] == (int32_t)area)
            return true;
    return false;
}

/* Areas are shared among threads; within an area events are added in row order. */
static void range_of_areas(size_t first, size_t last, int member, void *user)
{
    work *w = user;
    const hz_placing *p = w->placing;
    (void)member;
    for (size_t a = first; a < last; a++) {
        for (size_t r = 0; r < p->rows; r++) {
            if (p->first[r] == HZ_UNUSED)
                continue;
            double radius = isnan(w->precision[r]) ? 0 : w->precision[r] / w->unit_m;
            bool in = is_in(p, r, a);
            if (!in && !(box_distance2(w->box[a], w->x[r], w->y[r]) <= radius * radius))
                continue;
            stand s = stand_to_border(w, a, w->x[r], w->y[r], radius);
            double weight = p->weights ? p->weights[r] : 1;
            if (in && s != CUTS)
                w->low[a] += weight;
            if (in || s != CLEAR)
                w->high[a] += weight;
        }
    }
}

/* ---- a system to measure in ------------------------------------------------------------- */

/* The events' own system where it measures true; else the one for the middle of the areas. */
static hz_status metric_system(const hz_crs *crs, const hz_shapes *areas, hz_crs **out,
                               hz_error *err)
{
    if (hz_crs_is_degrees(crs) || hz_crs_is_web_mercator(crs))
        return hz_crs_metric_about(crs, hz_shapes_box(areas), out, err);
    *out = hz_crs_copy(crs);
    return *out ? HZ_OK : hz_mem_fail(err, "range of counts");
}

/* Areas and events in metres, in w->areas, w->x and w->y. */
static hz_status to_metres(work *w, const hz_layer *areas, const hz_layer *events, hz_error *err)
{
    const hz_crs *crs = hz_layer_crs(events);
    const hz_shapes *points = hz_layer_shapes(events);
    hz_crs *metric = NULL;
    hz_status st = HZ_OK;
    w->unit_m = 1;
    w->x = hz_mem_new(points->points, sizeof *w->x);
    w->y = hz_mem_new(points->points, sizeof *w->y);
    if (!w->x || !w->y)
        return hz_mem_fail(err, "range of counts");
    for (size_t i = 0; i < points->points; i++) {
        w->x[i] = points->x[i];
        w->y[i] = points->y[i];
    }
    if (crs) {
        hz_shapes *here = NULL;
        st = hz_place_shapes(areas, crs, &here, err);
        if (!st && hz_shapes_box(here).xmin <= hz_shapes_box(here).xmax) {
            st = metric_system(crs, here, &metric, err);
            if (!st)
                st = hz_crs_points(crs, metric, points->points, w->x, w->y, NULL, err);
            if (!st)
                w->unit_m = hz_crs_unit_m(metric);
        }
        hz_shapes_free(here);
    }
    if (!st)
        st = hz_place_shapes(areas, metric, &w->areas, err);
    hz_crs_free(metric);
    return st;
}

static void grow(hz_box *box, double x, double y)
{
    box->xmin = fmin(box->xmin, x);
    box->ymin = fmin(box->ymin, y);
    box->xmax = fmax(box->xmax, x);
    box->ymax = fmax(box->ymax, y);
}

static hz_status make_boxes(work *w, hz_error *err)
{
    const hz_shapes *s = w->areas;
    size_t runs = s->points / RUN + 1;
    w->box = hz_mem_new(s->features, sizeof *w->box);
    w->run = hz_mem_new(runs, sizeof *w->run);
    if (!w->box || !w->run)
        return hz_mem_fail(err, "range of counts");
    for (size_t f = 0; f < s->features; f++)
        w->box[f] = hz_shapes_feature_box(s, f);
    for (size_t i = 0; i < runs; i++)
        w->run[i] = (hz_box){ INFINITY, INFINITY, -INFINITY, -INFINITY };
    for (size_t r = 0; r < s->rings; r++)
        for (size_t i = s->first_point[r]; i + 1 < s->first_point[r + 1]; i++) {
            grow(&w->run[i / RUN], s->x[i], s->y[i]);
            grow(&w->run[i / RUN], s->x[i + 1], s->y[i + 1]);
        }
    return HZ_OK;
}

/* ---- together ---------------------------------------------------------------------------- */

static hz_status check_range(const hz_layer *areas, const hz_layer *events,
                             const hz_placing *placing, const char *column,
                             const double **precision, size_t *unknown, hz_error *err)
{
    hz_status st = hz_place_check(areas, events, err);
    if (st)
        return st;
    if (placing->areas != hz_layer_rows(areas) || placing->rows != hz_layer_rows(events))
        return hz_fail(err, HZ_EUSAGE, "%s: the placing is of other layers",
                       hz_layer_name(events));
    const double *p = hz_layer_numbers(events, column);
    if (!p)
        return hz_fail(err, HZ_EUSAGE,
                       "%s: has no column of numbers '%s', expected the precision in metres",
                       hz_layer_name(events), column);
    *unknown = 0;
    for (size_t r = 0; r < placing->rows; r++) {
        if (placing->first[r] == HZ_UNUSED)
            continue;
        if (p[r] < 0 || isinf(p[r]))
            return hz_fail(err, HZ_EDATA, "%s: row %zu: %s is %g, expected metres, 0 or more",
                           hz_layer_name(events), r + 1, column, p[r]);
        *unknown += isnan(p[r]) ? 1 : 0;
    }
    *precision = p;
    return HZ_OK;
}

hz_status hz_place_range(const hz_layer *areas, const hz_layer *events,
                         const hz_placing *placing, const char *precision_m, double *low,
                         double *high, size_t *unknown, hz_error *err)
{
    work w = { .placing = placing };
    size_t missing = 0;
    hz_status st = check_range(areas, events, placing, precision_m, &w.precision, &missing, err);
    if (!st)
        st = to_metres(&w, areas, events, err);
    if (!st)
        st = make_boxes(&w, err);
    if (!st) {
        w.low = low;
        w.high = high;
        for (size_t a = 0; a < placing->areas; a++)
            low[a] = high[a] = 0;
        hz_team_share(placing->areas, 1, range_of_areas, &w);
        if (unknown)
            *unknown = missing;
    }
    hz_shapes_free(w.areas);
    hz_mem_free(w.x);
    hz_mem_free(w.y);
    hz_mem_free(w.box);
    hz_mem_free(w.run);
    return st;
}
