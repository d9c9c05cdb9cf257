/* A scene as an SVG in millimetres that says in words what it shows. */
#include <math.h>

#include "hotzone/mem.h"
#include "map/ink.h"
#include "map/ink_svg.h"
#include "map/ink_walk.h"

/* Written here and not by cairo, whose letters and numbers weigh three times as much: a report
 * holds dozens of these.  The unit is a step of the grid, so that vertices are whole numbers. */

typedef struct {
    hz_fonts *fonts;
    hz_ink_clips clips;
    hz_svg_letters letters;
    size_t paths, cuts;     /* how many have an id */
    hz_text body;
} writer;

void hz_ink_add_xml(hz_text *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        switch (*p) {
        case '&': hz_text_add(out, "&amp;"); break;
        case '<': hz_text_add(out, "&lt;"); break;
        case '>': hz_text_add(out, "&gt;"); break;
        case '"': hz_text_add(out, "&quot;"); break;
        default:
            /* XML 1.0 has no other control characters */
            if ((unsigned char)*p >= ' ' || *p == '\n' || *p == '\t')
                hz_text_add_n(out, p, 1);
        }
    }
}

/* The opening, with the size in millimetres and the words that stand for the picture. */
static void add_head(hz_text *out, const hz_scene *scene)
{
    const hz_scene_about *about = hz_scene_get_about(scene);
    const char *language = about->language == HZ_DANISH ? "da" : "en";
    const double mm[] = { hz_scene_width(scene), hz_scene_height(scene) };

    hz_text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<svg xmlns=\"http://www.w3.org/2000/svg\" "
                     "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" width=\"");
    hz_text_add_double(out, mm[0]);
    hz_text_add(out, "mm\" height=\"");
    hz_text_add_double(out, mm[1]);
    hz_text_add(out, "mm\" viewBox=\"0 0 ");
    hz_text_add_double(out, mm[0] * HZ_INK_PER_MM);
    hz_text_add(out, " ");
    hz_text_add_double(out, mm[1] * HZ_INK_PER_MM);
    hz_text_addf(out, "\" role=\"img\" xml:lang=\"%s\" lang=\"%s\"", language, language);
    if (about->title || about->description)
        hz_text_addf(out, " aria-labelledby=\"%s%s%s\"", about->title ? "hz-title" : "",
                     about->title && about->description ? " " : "",
                     about->description ? "hz-desc" : "");
    hz_text_add(out, ">");
    if (about->title) {
        hz_text_add(out, "\n<title id=\"hz-title\">");
        hz_ink_add_xml(out, about->title);
        hz_text_add(out, "</title>");
    }
    if (about->description) {
        hz_text_add(out, "\n<desc id=\"hz-desc\">");
        hz_ink_add_xml(out, about->description);
        hz_text_add(out, "</desc>");
    }
}

static hz_status write_clip(writer *w, const double xywh[4], hz_error *err)
{
    static const char *const names[] = { " x=\"", "\" y=\"", "\" width=\"", "\" height=\"" };
    hz_status st = hz_ink_clips_push(&w->clips, xywh, err);
    hz_text_addf(&w->body, "<clipPath id=\"c%zu\"><rect", w->cuts);
    for (int i = 0; i < 4; i++) {
        hz_text_add(&w->body, names[i]);
        hz_svg_add_number(&w->body, (i < 2 ? xywh[i] : fmax(xywh[i], 0)) * HZ_INK_PER_MM, 2);
    }
    hz_text_addf(&w->body, "\"/></clipPath>\n<g clip-path=\"url(#c%zu)\">\n", w->cuts++);
    return st;
}

static hz_status write_mark(writer *w, const hz_scene_mark *m, hz_error *err)
{
    hz_status st = HZ_OK;
    switch (m->kind) {
    case HZ_MARK_PATH:
        if (hz_ink_shows(&w->clips, m))
            hz_svg_path(&w->clips, m, w->paths++, &w->body);
        break;
    case HZ_MARK_TEXT:
        st = hz_fonts_set(w->fonts, m->text, &m->type, err);
        if (!st)
            st = hz_svg_text(&w->letters, &w->fonts->setting, m->x, m->y, &m->type, &w->body,
                             err);
        break;
    case HZ_MARK_CLIP:
        st = write_clip(w, m->xy, err);
        break;
    case HZ_MARK_UNCLIP:
        hz_text_add(&w->body, "</g>\n");
        w->clips.depth--;
        break;
    }
    return st;
}

hz_status hz_ink_svg(const hz_scene *scene, hz_fonts *fonts, const char *path, hz_text *out,
                     hz_error *err)
{
    writer w = { .fonts = fonts };
    hz_status st = hz_ink_clips_start(&w.clips, scene, err);
    for (size_t i = 0; !st && i < hz_scene_count(scene); i++) {
        hz_scene_mark m = hz_scene_get(scene, i);
        st = write_mark(&w, &m, err);
    }
    if (st) goto done;
    add_head(out, scene);
    hz_text_add(out, "\n<defs>\n");
    hz_text_add(out, hz_text_get(&w.letters.shapes));
    /* paper, also on a dark page */
    hz_text_add(out, "</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
                     "<g fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n");
    hz_text_add(out, hz_text_get(&w.body));
    hz_text_add(out, "</g>\n</svg>\n");
    if (w.body.failed || w.letters.shapes.failed || out->failed)
        st = hz_mem_fail(err, path);
done:
    hz_svg_letters_free(&w.letters);
    hz_text_free(&w.body);
    hz_mem_free(w.clips.boxes);
    return st;
}
