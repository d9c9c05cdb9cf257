/* A strip of small maps, one for each of several zones that lie over one another: on the map alone
 * nobody could tell which border is whose. */
#include <math.h>

#include "hotzone/mem.h"
#include "map/sheet_panel.h"

#define SMALL_PT 7.0
#define MOST_IN_A_ROW 8
#define GAP_MM 2.0
#define WIDEST_MM 25.0
#define TALLEST_MM 22.0
#define AROUND 0.06          /* of the zones' extent, on each side */
#define OTHERS_MOST 12       /* more outlines would be a tangle */
#define RIM_COLOUR 0xd0d0d0U
#define OTHER_COLOUR 0x909090U
#define OWN_COLOUR 0x404040U
#define SHARED 0.02          /* of the smaller: less is two borders that nearly run together */

/* Of a polygon that no overlay can be made of it is not asked. */
hz_status hz_strip_wanted(const hz_layer *zones, bool *wanted, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(zones);
    hz_status st = HZ_OK;
    *wanted = false;
    for (size_t a = 0; s && !st && a < s->features; a++)
        for (size_t b = 0; !st && b < a && !*wanted; b++) {
            hz_box p = hz_shapes_feature_box(s, a), q = hz_shapes_feature_box(s, b);
            double shared = 0, least = fmin(hz_shape_area(s, a), hz_shape_area(s, b));
            if (p.xmin < q.xmax && q.xmin < p.xmax && p.ymin < q.ymax && q.ymin < p.ymax)
                st = hz_shape_overlap(s, a, s, b, &shared, err);
            st = st == HZ_EMEMORY ? st : HZ_OK;
            *wanted = shared > SHARED * least;
        }
    return st;
}

/* Where the small maps stand, and what of the ground each shows. */
typedef struct {
    size_t in_row;
    double w, h, head, step;
    double unit_per_mm, east, north; /* of the corner at the upper left */
} strip;

static strip plan(const hz_sheet *s, double w)
{
    const hz_layer *zones = s->data->zones;
    hz_type_style letter = hz_type(SMALL_PT, 600);
    hz_box b = hz_shapes_box(hz_layer_shapes(zones));
    size_t n = hz_layer_rows(zones);
    double wide = (b.xmax - b.xmin) * (1 + 2 * AROUND), tall = (b.ymax - b.ymin) * (1 + 2 * AROUND);
    strip t = { .in_row = n < MOST_IN_A_ROW ? n : MOST_IN_A_ROW };
    if (w < 100) /* a column */
        t.in_row = (t.in_row + 1) / 2;
    t.w = fmin(WIDEST_MM, (w - GAP_MM * (double)(t.in_row - 1)) / (double)t.in_row);
    t.h = fmin(TALLEST_MM, t.w * tall / wide);
    t.unit_per_mm = fmax(wide / t.w, tall / t.h);
    t.east = (b.xmin + b.xmax) / 2 - t.w / 2 * t.unit_per_mm;
    t.north = (b.ymin + b.ymax) / 2 + t.h / 2 * t.unit_per_mm;
    t.head = hz_type_line_mm(&letter);
    t.step = t.head + t.h + GAP_MM;
    return t;
}

/* The zones in a small map whose corner is at 0, 0. */
static hz_status shrink(const hz_sheet *s, const strip *t, hz_shapes **out, hz_error *err)
{
    hz_shapes *small = NULL;
    hz_status st = hz_shapes_copy(hz_layer_shapes(s->data->zones), &small, err);
    if (st)
        return st;
    for (size_t p = 0; p < small->points; p++) {
        small->x[p] = (small->x[p] - t->east) / t->unit_per_mm;
        small->y[p] = (t->north - small->y[p]) / t->unit_per_mm;
    }
    st = hz_sheet_thin(small, err);
    if (st)
        hz_shapes_free(small);
    else
        *out = small;
    return st;
}

/* One zone, or all but one, with their corner at x, y. */
static hz_status draw_zones(hz_sheet *s, const hz_shapes *small, size_t zone, bool others, double x,
                            double y, hz_error *err)
{
    const hz_ink_style own = { .fill = true, .fill_colour = OWN_COLOUR };
    const hz_ink_style other = { .stroke_pt = 0.35, .stroke_colour = OTHER_COLOUR };
    hz_shapes *part = NULL;
    unsigned char *keep = hz_mem_new(small->features, 1);
    if (!keep)
        return hz_mem_fail(err, "sheet: zones");
    for (size_t z = 0; z < small->features; z++)
        keep[z] = (z == zone) != others;
    hz_status st = hz_shapes_select(small, keep, &part, err);
    for (size_t p = 0; !st && p < part->points; p++) {
        part->x[p] += x;
        part->y[p] += y;
    }
    if (!st)
        st = hz_sheet_draw_shapes(s, others ? "strip-others" : "strip-zone", part,
                                  others ? &other : &own, err);
    hz_shapes_free(part);
    hz_mem_free(keep);
    return st;
}

static hz_status draw_all(hz_sheet *s, const strip *t, double x, double y, hz_error *err)
{
    const hz_ink_style rim = { .stroke_pt = 0.35, .stroke_colour = RIM_COLOUR };
    hz_type_style letter = hz_type(SMALL_PT, 600);
    hz_shapes *small = NULL;
    hz_status st = shrink(s, t, &small, err);
    for (size_t z = 0; !st && z < small->features; z++) {
        char text[8];
        double left = x + (t->w + GAP_MM) * (double)(z % t->in_row);
        double top = y + t->step * (double)(z / t->in_row);
        hz_type_block(s, "strip-letter", left, top, t->w, hz_sheet_letter(z, text, sizeof text),
                      &letter, true);
        hz_scene_rect(s->scene, "strip-frame", left, top + t->head, t->w, t->h, &rim);
        st = draw_zones(s, small, z, false, left, top + t->head, err);
        if (!st && small->features <= OTHERS_MOST)
            st = draw_zones(s, small, z, true, left, top + t->head, err);
    }
    hz_shapes_free(small);
    return st;
}

double hz_strip_draw(hz_panel_sheet *p, double x, double y, double w, bool draw)
{
    static const char *const titles[] = { "Each zone alone, all at one scale",
                                          "Hver zone for sig, alle i samme målestok" };
    hz_sheet *s = &p->s;
    hz_type_style title = hz_type(s->look->legend_pt, 600);
    strip t = plan(s, w);
    size_t n = hz_layer_rows(s->data->zones);
    double used = hz_type_block(s, "strip-title", x, y, w, titles[s->look->language], &title, draw);
    hz_error lost;
    used += 0.6;
    if (draw && draw_all(s, &t, x, y + used, &lost))
        s->out_of_memory = true;
    return used + t.step * (double)((n + t.in_row - 1) / t.in_row) - GAP_MM;
}
