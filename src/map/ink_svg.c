/* A scene as an SVG in millimetres that says in words what it shows. */
#include <cairo-svg.h>
#include <string.h>

#include "hotzone/mem.h"
#include "map/ink.h"

/* Our grid's own step: coordinates become whole numbers, and cairo, which rounds to 1/256 of a
 * unit, keeps the curves of letters smooth. */
#define UNITS_PER_MM 50.0

static hz_status draw(const hz_scene *scene, hz_fonts *fonts, hz_text *out, hz_error *err)
{
    cairo_surface_t *svg = cairo_svg_surface_create_for_stream(
        hz_ink_collect, out, hz_scene_width(scene) * UNITS_PER_MM,
        hz_scene_height(scene) * UNITS_PER_MM);
    cairo_svg_surface_restrict_to_version(svg, CAIRO_SVG_VERSION_1_1);
    cairo_t *cr = cairo_create(svg);
    cairo_set_source_rgb(cr, 1, 1, 1); /* paper, also on a dark page */
    cairo_paint(cr);
    hz_status st = hz_ink_play(scene, fonts, cr, 1 / UNITS_PER_MM, false, err);
    if (!st) {
        cairo_show_page(cr);
        st = hz_ink_status(cairo_status(cr), err);
    }
    cairo_destroy(cr);
    cairo_surface_finish(svg);
    if (!st)
        st = out->failed ? hz_mem_fail(err, "sheet")
                         : hz_ink_status(cairo_surface_status(svg), err);
    cairo_surface_destroy(svg);
    return st;
}

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
    hz_text_add_double(out, mm[0] * UNITS_PER_MM);
    hz_text_add(out, " ");
    hz_text_add_double(out, mm[1] * UNITS_PER_MM);
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

/* What cairo 1.16 writes otherwise than we need it.  It counts its surfaces over the life of the
 * process, so that an id would differ by run; and it names a clip's rule where no viewer looks
 * for it, so that hatches would run on through holes. */
static void add_rest(hz_text *out, const char *rest)
{
    static const char surface[] = "<g id=\"surface", clip[] = "<path d=";
    while (*rest) {
        size_t plain = strcspn(rest, "<");
        hz_text_add_n(out, rest, plain);
        rest += plain;
        if (strncmp(rest, surface, strlen(surface)) == 0) {
            hz_text_add(out, "<g id=\"hz-sheet");
            rest += strlen(surface);
            rest += strspn(rest, "0123456789");
        } else if (strncmp(rest, clip, strlen(clip)) == 0) {
            hz_text_add(out, "<path clip-rule=\"evenodd\" d=");
            rest += strlen(clip);
        } else if (*rest) {
            hz_text_add_n(out, rest++, 1);
        }
    }
}

hz_status hz_ink_svg(const hz_scene *scene, hz_fonts *fonts, const char *path, hz_text *out,
                     hz_error *err)
{
    hz_text raw = { 0 };
    hz_status st = draw(scene, fonts, &raw, err);
    if (st) goto done;
    const char *tag = strstr(hz_text_get(&raw), "<svg ");
    const char *end = tag ? strchr(tag, '>') : NULL;
    if (!end) {
        st = hz_fail(err, HZ_EIO, "%s: cairo wrote no <svg> element, expected one", path);
        goto done;
    }
    add_head(out, scene);
    add_rest(out, end + 1);
    if (out->failed)
        st = hz_mem_fail(err, path);
done:
    hz_text_free(&raw);
    return st;
}
