/* A scene as text, one line per mark: what a test, or a person, can read and compare. */
#include "hotzone/scene.h"

#include <math.h>

#include "hotzone/mem.h"

/* To 0.01, with a point in every locale and no "-0.00": whole hundredths, written by hand. */
static void add_number(hz_text *out, double value)
{
    double hundredths = round(fabs(value) * 100);
    bool below = value < 0 && hundredths > 0;
    double whole = floor(hundredths / 100);
    hz_text_addf(out, "%s%.0f.%02d", below ? "-" : "", whole, (int)(hundredths - 100 * whole));
}

static void add_numbers(hz_text *out, const char *word, size_t n, const double values[])
{
    hz_text_add(out, word);
    for (size_t i = 0; i < n; i++) {
        hz_text_add(out, i ? "," : " ");
        add_number(out, values[i]);
    }
}

static void add_line_style(hz_text *out, const char *word, double pt, hz_colour colour)
{
    if (!(pt > 0))
        return;
    add_numbers(out, word, 1, &pt);
    hz_text_addf(out, " #%06x", (unsigned)colour);
}

static void add_ink(hz_text *out, const hz_ink_style *ink)
{
    static const char *const ways[] = { "", " falling", " crossed" };
    if (ink->fill)
        hz_text_addf(out, " fill #%06x", (unsigned)ink->fill_colour);
    if (ink->fill && ink->fill_alpha > 0 && ink->fill_alpha < 1)
        add_numbers(out, " alpha", 1, &ink->fill_alpha);
    if (ink->hatch_pt > 0) {
        add_line_style(out, " hatch", ink->hatch_pt, ink->hatch_colour);
        add_numbers(out, " every", 1, &ink->hatch_every_mm);
        hz_text_add(out, ways[ink->hatch_way]);
    }
    add_line_style(out, " casing", ink->casing_pt, ink->casing_colour);
    add_line_style(out, " line", ink->stroke_pt, ink->stroke_colour);
    if (ink->dash_mm[0] > 0)
        add_numbers(out, " dash", 2, ink->dash_mm);
    if (ink->inside)
        hz_text_add(out, " inside");
}

static void add_path(hz_text *out, const hz_scene_mark *m)
{
    hz_text_add(out, m->circle ? "circle" : m->closed ? "area" : "line");
    hz_text_addf(out, " %s", m->role);
    add_ink(out, &m->ink);
    hz_text_add(out, ":");
    if (m->circle)
        add_numbers(out, "", 3, m->xy);
    for (size_t r = 0; r < m->rings; r++) {
        if (r)
            hz_text_add(out, " /");
        for (size_t i = m->ring_first[r]; i < m->ring_first[r + 1]; i++)
            add_numbers(out, "", 2, m->xy + 2 * i);
    }
}

static void add_words(hz_text *out, const char *text)
{
    hz_text_add(out, " \"");
    for (const char *p = text; *p; p++) {
        if (*p == '\n')
            hz_text_add(out, "\\n");
        else if (*p == '"' || *p == '\\')
            hz_text_addf(out, "\\%c", *p);
        else
            hz_text_add_n(out, p, 1);
    }
    hz_text_add(out, "\"");
}

static void add_text(hz_text *out, const hz_scene_mark *m)
{
    static const char *const sides[] = { "left", "centre", "right" };
    const hz_type_style *t = &m->type;
    hz_text_addf(out, "text %s", m->role);
    add_numbers(out, "", 1, &t->size_pt);
    hz_text_addf(out, "pt %d%s %s #%06x", t->weight ? t->weight : 400, t->italic ? " italic" : "",
                 sides[t->align], (unsigned)t->colour);
    add_line_style(out, " halo", t->halo_pt, t->halo_colour);
    if (t->width_mm > 0)
        add_numbers(out, " within", 1, &t->width_mm);
    if (t->line_spacing > 0)
        add_numbers(out, " spacing", 1, &t->line_spacing);
    hz_text_add(out, ":");
    add_numbers(out, "", 2, (const double[]){ m->x, m->y });
    add_words(out, m->text);
}

hz_status hz_scene_dump(const hz_scene *scene, hz_text *out, hz_error *err)
{
    hz_status st = hz_scene_check(scene, err);
    if (st)
        return st;
    const double page[] = { hz_scene_width(scene), hz_scene_height(scene) };
    add_numbers(out, "page", 2, page);
    hz_text_add(out, "\n");
    for (size_t i = 0; i < hz_scene_count(scene); i++) {
        hz_scene_mark m = hz_scene_get(scene, i);
        switch (m.kind) {
        case HZ_MARK_PATH: add_path(out, &m); break;
        case HZ_MARK_TEXT: add_text(out, &m); break;
        case HZ_MARK_CLIP: add_numbers(out, "clip:", 4, m.xy); break;
        case HZ_MARK_UNCLIP: hz_text_add(out, "unclip"); break;
        }
        hz_text_add(out, "\n");
    }
    return out->failed ? hz_mem_fail(err, "sheet") : HZ_OK;
}
