/* Plays the marks of a scene on a cairo context, whatever it writes to. */
#include <math.h>

#include "hotzone/mem.h"
#include "map/ink.h"
#include "map/ink_walk.h"

typedef struct {
    cairo_t *cr;
    hz_fonts *fonts;
    bool outline;
    hz_ink_clips clips;
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

static void line_to(void *cr, long x, long y, bool first)
{
    (void)first; /* the first of a new sub-path moves there */
    cairo_line_to(cr, (double)x / HZ_INK_PER_MM, (double)y / HZ_INK_PER_MM);
}

static void trace(cairo_t *cr, const hz_scene_mark *m)
{
    cairo_new_path(cr);
    if (m->circle)
        cairo_arc(cr, m->xy[0], m->xy[1], m->xy[2], 0, 2 * acos(-1));
    for (size_t r = 0; r < m->rings; r++) {
        size_t first = m->ring_first[r];
        cairo_new_sub_path(cr);
        hz_ink_walk(m->ring_first[r + 1] - first, m->xy + 2 * first, m->closed, line_to, cr);
        if (m->closed)
            cairo_close_path(cr);
    }
}

static void add_line(void *cr, double x1, double y1, double x2, double y2)
{
    cairo_move_to(cr, x1, y1);
    cairo_line_to(cr, x2, y2);
}

static void hatch(const player *p, const hz_scene_mark *m)
{
    cairo_t *cr = p->cr;
    cairo_save(cr);
    trace(cr, m);
    cairo_clip(cr);
    hz_ink_hatch(&p->clips, m, add_line, cr);
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

static void play_path(player *p, const hz_scene_mark *m)
{
    const hz_ink_style *ink = &m->ink;
    cairo_t *cr = p->cr;
    if (!hz_ink_shows(&p->clips, m))
        return;
    if (ink->fill) {
        trace(cr, m);
        set_colour(cr, ink->fill_colour, ink->fill_alpha > 0 ? fmin(ink->fill_alpha, 1) : 1);
        cairo_fill(cr);
    }
    if (ink->hatch_pt > 0 && ink->hatch_every_mm > 0)
        hatch(p, m);
    if (ink->stroke_pt > 0 || ink->casing_pt > 0)
        stroke(cr, m);
}

static hz_status push_clip(player *p, const double xywh[4], hz_error *err)
{
    hz_status st = hz_ink_clips_push(&p->clips, xywh, err);
    if (st)
        return st;
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
        p->clips.depth--;
        break;
    }
    return st;
}

hz_status hz_ink_play(const hz_scene *scene, hz_fonts *fonts, cairo_t *cr, double unit_mm,
                      bool outline, hz_error *err)
{
    player p = { .cr = cr, .fonts = fonts, .outline = outline };
    hz_status st = hz_ink_clips_start(&p.clips, scene, err);
    if (st)
        return st;
    cairo_scale(cr, 1 / unit_mm, 1 / unit_mm);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    for (size_t i = 0; !st && i < hz_scene_count(scene); i++) {
        hz_scene_mark m = hz_scene_get(scene, i);
        st = play_mark(&p, &m, err);
    }
    if (!st)
        st = hz_ink_status(cairo_status(cr), err);
    hz_mem_free(p.clips.boxes);
    return st;
}
