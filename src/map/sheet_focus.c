/* A map that looks at a part of the city: its extent, the edge of the focus, and a locator. */
#include <math.h>

#include "hotzone/mem.h"
#include "map/sheet_parts.h"

#define AROUND 0.25           /* of the focus's extent, on each side at least */
#define EDGE_PT 1.5           /* a zone's line in reverse: light on dark */
#define EDGE_CASING_PT 3.0
#define SHARE_MOST (1.0 / 6)  /* of the map that a locator may take */
#define SIDE_MOST 0.4
#define RIM_MM 1.5            /* to the map's frame */
#define PAD_MM 1.0            /* within the locator */
#define CITY_COLOUR 0xd9d9d9U
#define FOCUS_COLOUR 0x595959U

hz_status hz_focus_ground(hz_sheet *s, hz_error *err)
{
    const hz_layer *focus = s->data->focus;
    hz_box g = hz_shapes_box(hz_layer_shapes(focus));
    double w = g.xmax - g.xmin, h = g.ymax - g.ymin;
    if (!(w > 0 && h > 0 && isfinite(w) && isfinite(h)))
        return hz_fail(err, HZ_EDATA, "%s: the focus has no extent, expected polygons",
                       hz_layer_name(focus));
    s->ground = (hz_box){ g.xmin - AROUND * w, g.ymin - AROUND * h, g.xmax + AROUND * w,
                          g.ymax + AROUND * h };
    return HZ_OK;
}

/* Does the focus lie anywhere in a room on the page? */
static bool is_taken(const hz_sheet *s, hz_rect room)
{
    enum { STEPS = 12 };
    for (size_t f = 0; f < s->focus->features; f++)
        for (int i = 0; i <= STEPS; i++)
            for (int k = 0; k <= STEPS; k++)
                if (hz_shape_holds(s->focus, f, room.x + room.w * i / STEPS,
                                   room.y + room.h * k / STEPS))
                    return true;
    return false;
}

static hz_rect corner(const hz_sheet *s, int which, double w, double h)
{
    const hz_rect *f = &s->frame;
    return (hz_rect){ which % 2 ? f->x + RIM_MM : f->x + f->w - w - RIM_MM,
                      which / 2 ? f->y + RIM_MM : f->y + f->h - h - RIM_MM, w, h };
}

void hz_focus_plan_locator(hz_sheet *s)
{
    static const double scales[] = { 1, 0.75, 0.5 };
    hz_box city = hz_shapes_box(hz_layer_shapes(s->data->areas));
    double wide = city.xmax - city.xmin, tall = city.ymax - city.ymin;
    double w = sqrt(SHARE_MOST * s->frame.w * s->frame.h * wide / tall);
    w = fmin(w, fmin(SIDE_MOST * s->frame.w, SIDE_MOST * s->frame.h * wide / tall));
    s->locator = (hz_rect){ 0 };
    /* where the map shows most of the city there is nothing to find */
    if (s->ground.xmax - s->ground.xmin > 0.8 * wide && s->ground.ymax - s->ground.ymin > 0.8 * tall)
        return;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        for (int which = 0; which < 4; which++) {
            hz_rect room = corner(s, which, scales[i] * w, scales[i] * w * tall / wide);
            if (!is_taken(s, room)) {
                s->locator = room;
                return;
            }
        }
    hz_warn(s->notice, "sheet: the focus leaves no corner for a locator");
}

/* From the ground into the locator. */
typedef struct {
    hz_box city;
    hz_rect room;
    double unit_per_mm;
} small_map;

static small_map find_small_map(const hz_sheet *s)
{
    small_map m = { .city = hz_shapes_box(hz_layer_shapes(s->data->areas)), .room = s->locator };
    m.unit_per_mm = fmax((m.city.xmax - m.city.xmin) / (m.room.w - 2 * PAD_MM),
                         (m.city.ymax - m.city.ymin) / (m.room.h - 2 * PAD_MM));
    return m;
}

static void to_page(const small_map *m, double *x, double *y)
{
    *x = m->room.x + m->room.w / 2 + (*x - (m->city.xmin + m->city.xmax) / 2) / m->unit_per_mm;
    *y = m->room.y + m->room.h / 2 - (*y - (m->city.ymin + m->city.ymax) / 2) / m->unit_per_mm;
}

static hz_status draw_small(hz_sheet *s, const small_map *m, const hz_layer *layer,
                            const char *role, hz_colour fill, hz_error *err)
{
    const hz_ink_style style = { .fill = true, .fill_colour = fill, .stroke_pt = 0.3,
                                 .stroke_colour = HZ_PAPER, .inside = true };
    hz_shapes *shapes = NULL;
    hz_status st = hz_shapes_copy(hz_layer_shapes(layer), &shapes, err);
    for (size_t p = 0; !st && p < shapes->points; p++)
        to_page(m, &shapes->x[p], &shapes->y[p]);
    if (!st)
        st = hz_sheet_thin(shapes, err);
    if (!st)
        st = hz_sheet_draw_shapes(s, role, shapes, &style, err);
    hz_shapes_free(shapes);
    return st;
}

hz_status hz_focus_draw_locator(hz_sheet *s, hz_error *err)
{
    const hz_ink_style paper = { .fill = true, .fill_colour = HZ_PAPER };
    const hz_ink_style rim = { .stroke_pt = 0.5, .stroke_colour = 0x808080U };
    const hz_ink_style extent = { .stroke_pt = 0.75, .stroke_colour = HZ_TEXT_COLOUR };
    hz_rect r = s->locator;
    if (r.w <= 0)
        return HZ_OK;
    small_map m = find_small_map(s);
    hz_scene_rect(s->scene, "locator", r.x, r.y, r.w, r.h, &paper);
    hz_scene_push_clip(s->scene, r.x, r.y, r.w, r.h);
    hz_status st = draw_small(s, &m, s->data->areas, "locator-city", CITY_COLOUR, err);
    if (!st)
        st = draw_small(s, &m, s->data->focus, "locator-focus", FOCUS_COLOUR, err);
    const hz_ink_frame *f = &s->facts.frame;
    double x0 = f->east, y0 = f->north, x1 = x0 + f->w_mm * f->m_per_mm;
    double y1 = y0 - f->h_mm * f->m_per_mm;
    to_page(&m, &x0, &y0);
    to_page(&m, &x1, &y1);
    hz_scene_rect(s->scene, "locator-extent", x0, y0, x1 - x0, y1 - y0, &extent);
    hz_scene_pop_clip(s->scene);
    hz_scene_rect(s->scene, "locator-rim", r.x, r.y, r.w, r.h, &rim);
    return st;
}

void hz_focus_edge_style(hz_ink_style *style)
{
    *style = (hz_ink_style){ .stroke_pt = EDGE_PT, .stroke_colour = HZ_PAPER,
                             .casing_pt = EDGE_CASING_PT, .casing_colour = HZ_TEXT_COLOUR };
}
