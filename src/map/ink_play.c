/* Plays the marks of a scene on a cairo context, whatever it writes to. */
#include <math.h>

#include "hotzone/mem.h"
#include "map/array.h"
#include "map/ink.h"

#define GRID_PER_MM 50      /* 0.02 mm: half a pixel at 600 dpi */
#define FAR_MM 1e5          /* cairo's own numbers end not far beyond */

typedef struct {
    double x1, y1, x2, y2;
} box;

typedef struct {
    cairo_t *cr;
    hz_fonts *fonts;
    bool outline;
    box *clips;             /* the page, then what each clip leaves of the one before */
    size_t depth, room;
} player;

hz_status hz_ink_status(cairo_status_t status, hz_error *err)
{
    if (status == CAIRO_STATUS_SUCCESS)
        return HZ_OK;
    if (status == CAIRO_STATUS_NO_MEMORY)
        return hz_mem_fail(err, "sheet");
    return hz_fail(err, HZ_EIO, "sheet: cannot be drawn: %s", cairo_status_to_string(status));
}

cairo_status_t hz_ink_collect(void *text, const unsigned char *data, unsigned int n)
{
    hz_text *out = text;
    hz_text_add_n(out, (const char *)data, n);
    return out->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static void set_colour(cairo_t *cr, hz_colour colour, double alpha)
{
    cairo_set_source_rgba(cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                          (colour & 255) / 255.0, alpha);
}

static long on_grid(double mm)
{
    return lround(fmax(-FAR_MM, fmin(FAR_MM, mm)) * GRID_PER_MM);
}

/* A ring through the grid points nearest to its own, each named once.  The result depends on
 * where vertices lie and on nothing else, so that a border comes out the same from both sides. */
static void trace_ring(cairo_t *cr, size_t n, const double *xy, bool closed)
{
    long x = 0, y = 0, first_x = 0, first_y = 0;
    cairo_new_sub_path(cr);
    for (size_t i = 0; i < n; i++) {
        long next_x = on_grid(xy[2 * i]), next_y = on_grid(xy[2 * i + 1]);
        if (i == 0) {
            first_x = next_x;
            first_y = next_y;
        } else if (next_x == x && next_y == y) {
            continue;
        }
        if (!(closed && i == n - 1 && i > 0 && next_x == first_x && next_y == first_y))
            cairo_line_to(cr, (double)next_x / GRID_PER_MM, (double)next_y / GRID_PER_MM);
        x = next_x;
        y = next_y;
    }
    if (closed)
        cairo_close_path(cr);
}

static void trace(cairo_t *cr, const hz_scene_mark *m)
{
    cairo_new_path(cr);
    if (m->circle)
        cairo_arc(cr, m->xy[0], m->xy[1], m->xy[2], 0, 2 * acos(-1));
    for (size_t r = 0; r < m->rings; r++) {
        size_t first = m->ring_first[r];
        trace_ring(cr, m->ring_first[r + 1] - first, m->xy + 2 * first, m->closed);
    }
}

/* Hatch lines through the clip, counted from the page's corner, so that neighbours' lines meet. */
static void rule(cairo_t *cr, const hz_ink_style *ink, bool falling)
{
    double x1, y1, x2, y2;
    double step = fmax(ink->hatch_every_mm, 0.1) * sqrt(2), way = falling ? -1 : 1;
    cairo_clip_extents(cr, &x1, &y1, &x2, &y2);
    /* x + way y is the same all along a line */
    double from = x1 + fmin(way * y1, way * y2), to = x2 + fmax(way * y1, way * y2);
    for (double k = ceil(from / step); k * step < to; k++) {
        cairo_move_to(cr, k * step - way * y1, y1);
        cairo_line_to(cr, k * step - way * y2, y2);
    }
}

static void hatch(cairo_t *cr, const hz_scene_mark *m)
{
    cairo_save(cr);
    trace(cr, m);
    cairo_clip(cr);
    if (m->ink.hatch_way != HZ_HATCH_FALLING)
        rule(cr, &m->ink, false);
    if (m->ink.hatch_way != HZ_HATCH_RISING)
        rule(cr, &m->ink, true);
    set_colour(cr, m->ink.hatch_colour, 1);
    cairo_set_line_width(cr, m->ink.hatch_pt / HZ_PT_PER_MM);
    cairo_stroke(cr);
    cairo_restore(cr);
}

static void stroke(cairo_t *cr, const hz_scene_mark *m)
{
    const hz_ink_style *ink = &m->ink;
    /* long lines join others at their ends; a tick ends where it says */
    bool tick = m->rings == 1 && m->ring_first[1] == 2;
    double times = ink->inside ? 2 : 1; /* the half outside the shape is cut away */

    cairo_save(cr);
    trace(cr, m);
    if (ink->inside) {
        cairo_clip(cr);
        trace(cr, m);
    }
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, tick ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
    if (ink->casing_pt > 0) {
        set_colour(cr, ink->casing_colour, 1);
        cairo_set_line_width(cr, times * ink->casing_pt / HZ_PT_PER_MM);
        cairo_stroke_preserve(cr);
    }
    if (ink->stroke_pt > 0) {
        if (ink->dash_mm[0] > 0 && ink->dash_mm[1] > 0) {
            cairo_set_dash(cr, ink->dash_mm, 2, 0);
            cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
        }
        set_colour(cr, ink->stroke_colour, 1);
        cairo_set_line_width(cr, times * ink->stroke_pt / HZ_PT_PER_MM);
        cairo_stroke_preserve(cr);
    }
    cairo_restore(cr);
}

static box bounds(const hz_scene_mark *m)
{
    box b = { HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL };
    if (m->circle)
        return (box){ m->xy[0] - m->xy[2], m->xy[1] - m->xy[2],
                      m->xy[0] + m->xy[2], m->xy[1] + m->xy[2] };
    for (size_t i = 0; i < m->ring_first[m->rings]; i++) {
        b.x1 = fmin(b.x1, m->xy[2 * i]);
        b.x2 = fmax(b.x2, m->xy[2 * i]);
        b.y1 = fmin(b.y1, m->xy[2 * i + 1]);
        b.y2 = fmax(b.y2, m->xy[2 * i + 1]);
    }
    return b;
}

static bool touches(const player *p, box b, double margin)
{
    const box *now = &p->clips[p->depth];
    return b.x1 - margin <= now->x2 && b.x2 + margin >= now->x1 && b.y1 - margin <= now->y2 &&
           b.y2 + margin >= now->y1;
}

static void play_path(player *p, const hz_scene_mark *m)
{
    const hz_ink_style *ink = &m->ink;
    cairo_t *cr = p->cr;
    /* what the clip would hide only makes files larger */
    if (!touches(p, bounds(m), fmax(ink->stroke_pt, ink->casing_pt) / HZ_PT_PER_MM))
        return;
    if (ink->fill) {
        trace(cr, m);
        set_colour(cr, ink->fill_colour, ink->fill_alpha > 0 ? fmin(ink->fill_alpha, 1) : 1);
        cairo_fill(cr);
    }
    if (ink->hatch_pt > 0 && ink->hatch_every_mm > 0)
        hatch(cr, m);
    if (ink->stroke_pt > 0 || ink->casing_pt > 0)
        stroke(cr, m);
}

static hz_status push_clip(player *p, const double xywh[4], hz_error *err)
{
    box *clips = hz_array_room(p->clips, sizeof *clips, p->depth + 1, &p->room, 1);
    if (!clips)
        return hz_mem_fail(err, "sheet");
    p->clips = clips;
    const box *now = &clips[p->depth];
    clips[p->depth + 1] = (box){ fmax(now->x1, xywh[0]), fmax(now->y1, xywh[1]),
                                 fmin(now->x2, xywh[0] + xywh[2]),
                                 fmin(now->y2, xywh[1] + xywh[3]) };
    p->depth++;
    cairo_save(p->cr);
    cairo_new_path(p->cr);
    cairo_rectangle(p->cr, xywh[0], xywh[1], xywh[2], xywh[3]);
    cairo_clip(p->cr);
    return HZ_OK;
}

static hz_status play_mark(player *p, const hz_scene_mark *m, hz_error *err)
{
    hz_status st = HZ_OK;
    switch (m->kind) {
    case HZ_MARK_PATH:
        play_path(p, m);
        break;
    case HZ_MARK_TEXT:
        st = hz_fonts_set(p->fonts, m->text, &m->type, err);
        if (!st)
            st = hz_ink_letters(&p->fonts->setting, p->cr, m->x, m->y, &m->type, p->outline, err);
        break;
    case HZ_MARK_CLIP:
        st = push_clip(p, m->xy, err);
        break;
    case HZ_MARK_UNCLIP:
        cairo_restore(p->cr);
        p->depth--;
        break;
    }
    return st;
}

hz_status hz_ink_play(const hz_scene *scene, hz_fonts *fonts, cairo_t *cr, double unit_mm,
                      bool outline, hz_error *err)
{
    player p = { .cr = cr, .fonts = fonts, .outline = outline };
    hz_status st = HZ_OK;

    p.clips = hz_array_room(NULL, sizeof *p.clips, 0, &p.room, 1);
    if (!p.clips)
        return hz_mem_fail(err, "sheet");
    p.clips[0] = (box){ 0, 0, hz_scene_width(scene), hz_scene_height(scene) };
    cairo_scale(cr, 1 / unit_mm, 1 / unit_mm);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    for (size_t i = 0; !st && i < hz_scene_count(scene); i++) {
        hz_scene_mark m = hz_scene_get(scene, i);
        st = play_mark(&p, &m, err);
    }
    if (!st)
        st = hz_ink_status(cairo_status(cr), err);
    hz_mem_free(p.clips);
    return st;
}
