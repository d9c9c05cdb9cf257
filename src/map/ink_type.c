/* Draws letters that were set in type: the halo as a line under them, then the text itself. */
#include <string.h>

#include "hotzone/mem.h"
#include "map/ink.h"

/* Letters of one face that follow each other in a line, as cairo wants them. */
typedef struct {
    cairo_glyph_t *glyphs;
    cairo_text_cluster_t *clusters;
    size_t glyph_count, cluster_count, byte_at, bytes;
    const hz_face *face;
} run;

/* Collect the run that begins with letter i of a line, from a pen in points; gives its end. */
static size_t collect(const hz_setting *set, const hz_line *line, size_t i, double *pen, run *r)
{
    r->face = set->letters[i].face;
    r->byte_at = set->letters[i].byte_at;
    r->glyph_count = r->cluster_count = r->bytes = 0;
    for (; i < line->last && set->letters[i].face == r->face; i++) {
        const hz_letter *letter = &set->letters[i];
        for (size_t g = letter->glyph_at; g < letter->glyph_at + letter->glyphs; g++)
            r->glyphs[r->glyph_count++] = (cairo_glyph_t){
                set->glyphs[g].id, *pen + set->glyphs[g].x, line->y + set->glyphs[g].y
            };
        r->clusters[r->cluster_count++] = (cairo_text_cluster_t){ (int)letter->bytes,
                                                                  (int)letter->glyphs };
        r->bytes += letter->bytes;
        *pen += letter->advance;
    }
    return i;
}

typedef enum { AS_PATH, AS_TEXT } manner;

static void each_run(const hz_setting *set, cairo_t *cr, double size_pt, manner how, run *r)
{
    cairo_set_font_size(cr, size_pt);
    for (size_t l = 0; l < set->line_count; l++) {
        const hz_line *line = &set->lines[l];
        double pen = line->x;
        for (size_t i = line->first; i < line->last;) {
            i = collect(set, line, i, &pen, r);
            cairo_set_font_face(cr, r->face->ink);
            if (how == AS_PATH)
                cairo_glyph_path(cr, r->glyphs, (int)r->glyph_count);
            else
                cairo_show_text_glyphs(cr, set->text + r->byte_at, (int)r->bytes, r->glyphs,
                                       (int)r->glyph_count, r->clusters, (int)r->cluster_count,
                                       0);
        }
    }
}

/* Same letters at every size and on every surface: no hints, no rounding to pixels. */
static hz_status set_plain(cairo_t *cr, hz_error *err)
{
    cairo_font_options_t *plain = cairo_font_options_create();
    cairo_font_options_set_antialias(plain, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(plain, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(plain, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(cr, plain);
    hz_status st = hz_ink_status(cairo_font_options_status(plain), err);
    cairo_font_options_destroy(plain);
    return st;
}

static void set_source(cairo_t *cr, hz_colour colour)
{
    cairo_set_source_rgb(cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
}

hz_status hz_ink_letters(const hz_setting *set, cairo_t *cr, double x, double y,
                         const hz_type_style *style, bool outline, hz_error *err)
{
    run r = { .glyphs = hz_mem_new(set->glyph_count, sizeof *r.glyphs),
              .clusters = hz_mem_new(set->letter_count, sizeof *r.clusters) };
    hz_status st = HZ_OK;

    if (!r.glyphs || !r.clusters) {
        st = hz_mem_fail(err, "text");
        goto done;
    }
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, 1 / HZ_PT_PER_MM, 1 / HZ_PT_PER_MM);
    st = set_plain(cr, err);
    cairo_new_path(cr);
    if (style->halo_pt > 0) {
        each_run(set, cr, style->size_pt, AS_PATH, &r);
        set_source(cr, style->halo_colour);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        cairo_set_line_width(cr, 2 * style->halo_pt);
        cairo_stroke(cr);
    }
    set_source(cr, style->colour);
    each_run(set, cr, style->size_pt, outline ? AS_PATH : AS_TEXT, &r);
    if (outline) {
        cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING); /* strokes of a letter may overlap */
        cairo_fill(cr);
    }
    cairo_restore(cr);
done:
    hz_mem_free(r.glyphs);
    hz_mem_free(r.clusters);
    return st;
}
