/* From the ground to the page: one scale for both axes, borders shared before and after. */
#include <math.h>
#include <stdlib.h>

#include "hotzone/mem.h"
#include "map/sheet_parts.h"

/* Vertices are put on this grid and repeated ones dropped: half a pixel at 300 dpi is 0.042 mm.
 * Both sides of a shared border land on the same points, whichever way they are walked. */
#define GRID_MM 0.02

static double to_x(const hz_sheet *s, double east)
{
    double x = s->frame.x + (east - s->facts.frame.east) / s->unit_per_mm;
    return round(x / GRID_MM) * GRID_MM;
}

static double to_y(const hz_sheet *s, double north)
{
    double y = s->frame.y + (s->facts.frame.north - north) / s->unit_per_mm;
    return round(y / GRID_MM) * GRID_MM;
}

/* The rings of one feature, without repeated vertices and without what collapsed. */
static void project_feature(const hz_sheet *s, const hz_shapes *from, size_t f, hz_shapes *to)
{
    size_t least = from->kind == HZ_POLYGON ? 4 : 2;
    for (size_t r = from->first_ring[f]; r < from->first_ring[f + 1]; r++) {
        size_t start = to->points, n = start;
        for (size_t p = from->first_point[r]; p < from->first_point[r + 1]; p++) {
            double x = to_x(s, from->x[p]), y = to_y(s, from->y[p]);
            if (n > start && to->x[n - 1] == x && to->y[n - 1] == y)
                continue;
            to->x[n] = x;
            to->y[n++] = y;
        }
        if (n - start < least)
            continue;
        to->hole[to->rings] = from->hole[r];
        to->points = n;
        to->first_point[++to->rings] = n;
    }
}

/* Does the feature touch the frame? */
static bool in_frame(const hz_sheet *s, const hz_shapes *from, size_t f)
{
    hz_box box = hz_shapes_feature_box(from, f);
    return box.xmin <= box.xmax && to_x(s, box.xmax) >= s->frame.x &&
           to_x(s, box.xmin) <= s->frame.x + s->frame.w && to_y(s, box.ymin) >= s->frame.y &&
           to_y(s, box.ymax) <= s->frame.y + s->frame.h;
}

static hz_status project_shapes(const hz_sheet *s, const hz_shapes *from, hz_shapes **out,
                                hz_error *err)
{
    hz_shapes *to = NULL;

    if (!from || from->features == 0)
        return HZ_OK;
    hz_status st = hz_shapes_new(from->kind, from->features, from->rings, from->points, &to, err);
    if (st)
        return st;
    to->rings = to->points = 0;
    for (size_t f = 0; f < from->features; f++) {
        if (in_frame(s, from, f))
            project_feature(s, from, f, to);
        to->first_ring[f + 1] = to->rings;
    }
    st = hz_sheet_thin(to, err);
    if (st)
        hz_shapes_free(to);
    else
        *out = to;
    return st;
}

static hz_status project(const hz_sheet *s, const hz_layer *layer, hz_shapes **out,
                         hz_error *err)
{
    return project_shapes(s, layer ? hz_layer_shapes(layer) : NULL, out, err);
}

static int by_place(const void *a, const void *b)
{
    const hz_spot *p = a, *q = b;
    return p->x != q->x ? (p->x < q->x ? -1 : 1) : p->y != q->y ? (p->y < q->y ? -1 : 1) : 0;
}

/* Great spots first, so that small ones are drawn over them. */
static int by_count(const void *a, const void *b)
{
    const hz_spot *p = a, *q = b;
    return p->count != q->count ? (p->count > q->count ? -1 : 1) : by_place(a, b);
}

static bool on_map(const hz_sheet *s, double x, double y)
{
    const double rim = 1; /* mm: nothing touches the frame */
    return x >= s->frame.x + rim && x <= s->frame.x + s->frame.w - rim &&
           y >= s->frame.y + rim && y <= s->frame.y + s->frame.h - rim;
}

/* One spot per place; events farther out than the frame are counted, not drawn. */
static hz_status project_events(hz_sheet *s, hz_error *err)
{
    const hz_shapes *from = s->data->events ? hz_layer_shapes(s->data->events) : NULL;
    size_t n = 0, kept = 0;

    s->facts.events_drawn = s->facts.events_off_map = s->facts.events_without_place = 0;
    if (!from || from->features == 0)
        return HZ_OK;
    s->spots = hz_mem_new(from->features, sizeof *s->spots);
    if (!s->spots)
        return hz_mem_fail(err, "sheet: events");
    for (size_t f = 0; f < from->features; f++) {
        if (!isfinite(from->x[f]) || !isfinite(from->y[f])) {
            s->facts.events_without_place++;
            continue;
        }
        double x = to_x(s, from->x[f]), y = to_y(s, from->y[f]);
        if (on_map(s, x, y))
            s->spots[n++] = (hz_spot){ x, y, 1 };
        else
            s->facts.events_off_map++;
    }
    s->facts.events_drawn = n;
    qsort(s->spots, n, sizeof *s->spots, by_place);
    for (size_t i = 0; i < n; i++) {
        if (kept && by_place(&s->spots[kept - 1], &s->spots[i]) == 0)
            s->spots[kept - 1].count++;
        else
            s->spots[kept++] = s->spots[i];
    }
    qsort(s->spots, kept, sizeof *s->spots, by_count);
    s->spot_count = kept;
    s->spot_most = kept ? s->spots[0].count : 0;
    return HZ_OK;
}

hz_status hz_sheet_place(hz_sheet *s, hz_error *err)
{
    hz_box g = s->ground;
    double pad = s->shared ? HZ_PANEL_PAD_MM : HZ_MAP_PAD_MM;
    double w = s->frame.w - 2 * pad, h = s->frame.h - 2 * pad;
    s->unit_per_mm = fmax((g.xmax - g.xmin) / w, (g.ymax - g.ymin) / h);
    s->facts.scale = s->unit_per_mm * s->unit_m * 1000;
    s->facts.frame = (hz_ink_frame){
        .x_mm = s->frame.x, .y_mm = s->frame.y, .w_mm = s->frame.w, .h_mm = s->frame.h,
        .east = (g.xmin + g.xmax) / 2 - s->frame.w / 2 * s->unit_per_mm,
        .north = (g.ymin + g.ymax) / 2 + s->frame.h / 2 * s->unit_per_mm,
        .m_per_mm = s->unit_per_mm,
        .crs_wkt = hz_crs_wkt(hz_layer_crs(s->data->areas ? s->data->areas : s->data->zones)),
    };
    hz_mem_free(s->spots);
    s->spots = NULL;
    s->spot_count = s->spot_most = 0;
    return project_events(s, err);
}

hz_status hz_sheet_project(hz_sheet *s, hz_error *err)
{
    hz_status st = project(s, s->data->areas, &s->areas, err);
    if (!st)
        st = project(s, s->data->zones, &s->zones, err);
    if (!st)
        st = project(s, s->data->water, &s->water, err);
    if (!st)
        st = project(s, s->data->streets, &s->streets, err);
    if (!st)
        st = project(s, s->data->outside, &s->outside, err);
    if (!st)
        st = project(s, s->data->focus, &s->focus, err);
    if (!st)
        st = project_shapes(s, s->cell_shapes, &s->cells, err);
    if (!st && s->data->cells)
        st = project(s, s->data->cells->circles, &s->circles, err);
    return st;
}
