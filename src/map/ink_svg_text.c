/* Letters in an SVG: each shape once, in its font's own units, and then where it is used. */
#include <math.h>

#include "hotzone/mem.h"
#include "map/array.h"
#include "map/ink_svg.h"
#include "map/ink_walk.h"

#include FT_OUTLINE_H

/* Shapes and not text, so that a map looks the same where its fonts are not installed. */

void hz_svg_letters_free(hz_svg_letters *letters)
{
    hz_mem_free(letters->glyphs);
    hz_text_free(&letters->shapes);
}

/* ---- one letter's shape ---- */

typedef struct {
    hz_text *out;
    FT_Pos x, y;            /* where the last point was */
    bool open;
} pen;

/* "12-5": a blank only where no minus divides. */
static void add_step(hz_text *out, FT_Pos by, bool first)
{
    hz_text_addf(out, by < 0 || first ? "%ld" : " %ld", (long)by);
}

static void add_points(pen *p, char letter, size_t n, const FT_Vector *const to[])
{
    hz_text_addf(p->out, "%c", letter);
    for (size_t i = 0; i < n; i++) {
        add_step(p->out, to[i]->x - p->x, i == 0);
        add_step(p->out, to[i]->y - p->y, false);
    }
    p->x = to[n - 1]->x;
    p->y = to[n - 1]->y;
}

static int move_to(const FT_Vector *to, void *user)
{
    pen *p = user;
    if (p->open)
        hz_text_add(p->out, "z");
    add_points(p, p->open ? 'm' : 'M', 1, &to);
    p->open = true;
    return 0;
}

static int line_to(const FT_Vector *to, void *user)
{
    add_points(user, 'l', 1, &to);
    return 0;
}

static int conic_to(const FT_Vector *control, const FT_Vector *to, void *user)
{
    add_points(user, 'q', 2, (const FT_Vector *[]){ control, to });
    return 0;
}

static int cubic_to(const FT_Vector *a, const FT_Vector *b, const FT_Vector *to, void *user)
{
    add_points(user, 'c', 3, (const FT_Vector *[]){ a, b, to });
    return 0;
}

/* The outline in font units, y up. */
static hz_status add_outline(const hz_face *face, unsigned long id, hz_text *out, hz_error *err)
{
    static const FT_Outline_Funcs to = { move_to, line_to, conic_to, cubic_to, 0, 0 };
    pen p = { .out = out };
    FT_Error bad = FT_Load_Glyph(face->file, (FT_UInt)id,
                                 FT_LOAD_NO_SCALE | FT_LOAD_IGNORE_TRANSFORM);
    if (bad == FT_Err_Out_Of_Memory)
        return hz_mem_fail(err, "text");
    if (bad || face->file->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
        return HZ_OK; /* a glyph without a shape shows nothing, as in the other formats */
    FT_Outline_Decompose(&face->file->glyph->outline, &to, &p);
    if (p.open)
        hz_text_add(out, "z");
    return HZ_OK;
}

static hz_status find_glyph(hz_svg_letters *letters, const hz_face *face, unsigned long id,
                            size_t *found, hz_error *err)
{
    for (size_t i = 0; i < letters->count; i++)
        if (letters->glyphs[i].id == id && letters->glyphs[i].face == face) {
            *found = i;
            return HZ_OK;
        }
    hz_svg_glyph *glyphs = hz_array_room(letters->glyphs, sizeof *glyphs, letters->count,
                                         &letters->room, 1);
    if (!glyphs)
        return hz_mem_fail(err, "text");
    letters->glyphs = glyphs;
    hz_text shape = { 0 };
    hz_status st = add_outline(face, id, &shape, err);
    if (!st && shape.length)
        hz_text_addf(&letters->shapes, "<path id=\"g%zu\" d=\"%s\"/>\n", letters->count,
                     hz_text_get(&shape));
    if (!st && (shape.failed || letters->shapes.failed))
        st = hz_mem_fail(err, "text");
    if (!st) {
        *found = letters->count++;
        glyphs[*found] = (hz_svg_glyph){ face, id, shape.length == 0 };
    }
    hz_text_free(&shape);
    return st;
}

/* ---- where letters stand ---- */

/* Letters of one face that follow each other in a line, as <use> elements in its units. */
static hz_status add_run(hz_svg_letters *letters, const hz_setting *set, const hz_line *line,
                         size_t *at, double *pen_pt, double per_pt, hz_text *out, hz_error *err)
{
    const hz_face *face = set->letters[*at].face;
    hz_status st = HZ_OK;
    for (; !st && *at < line->last && set->letters[*at].face == face; ++*at) {
        const hz_letter *letter = &set->letters[*at];
        for (size_t g = letter->glyph_at; !st && g < letter->glyph_at + letter->glyphs; g++) {
            size_t glyph = 0;
            st = find_glyph(letters, face, set->glyphs[g].id, &glyph, err);
            if (st || letters->glyphs[glyph].empty)
                continue;
            long x = lround((*pen_pt + set->glyphs[g].x) * per_pt);
            long y = -lround(set->glyphs[g].y * per_pt);
            hz_text_addf(out, "<use xlink:href=\"#g%zu\"", glyph);
            if (x)
                hz_text_addf(out, " x=\"%ld\"", x);
            if (y)
                hz_text_addf(out, " y=\"%ld\"", y);
            hz_text_add(out, "/>");
        }
        *pen_pt += letter->advance;
    }
    return st;
}

/* A run's own measures: from font units, y up, to those of the page. */
static void add_measures(hz_text *out, double x_mm, double y_mm, double scale)
{
    hz_text_add(out, " transform=\"translate(");
    hz_svg_add_number(out, x_mm * HZ_INK_PER_MM, 2);
    hz_text_add(out, " ");
    hz_svg_add_number(out, y_mm * HZ_INK_PER_MM, 2);
    hz_text_add(out, ")scale(");
    hz_svg_add_number(out, scale, 6);
    hz_text_add(out, " ");
    hz_svg_add_number(out, -scale, 6);
    hz_text_add(out, ")\"");
}

/* All runs; those with a halo have an id, by which they are painted again. */
static hz_status add_runs(hz_svg_letters *letters, const hz_setting *set, double x, double y,
                          const hz_type_style *style, hz_text *out, hz_error *err)
{
    hz_status st = HZ_OK;
    bool halo = style->halo_pt > 0;
    for (size_t l = 0; l < set->line_count; l++) {
        const hz_line *line = &set->lines[l];
        double pen_pt = 0;
        for (size_t i = line->first; !st && i < line->last;) {
            double per_em = set->letters[i].face->units_per_em;
            double per_pt = per_em / style->size_pt; /* font units in a point */
            hz_text_add(out, "<g");
            if (halo) {
                hz_text_addf(out, " id=\"t%zu\" stroke-width=\"", letters->texts++);
                hz_svg_add_number(out, 2 * style->halo_pt * per_pt, 0);
                hz_text_add(out, "\"");
            }
            add_measures(out, x + line->x / HZ_PT_PER_MM, y + line->y / HZ_PT_PER_MM,
                         HZ_INK_PER_MM / HZ_PT_PER_MM / per_pt);
            hz_text_add(out, ">");
            st = add_run(letters, set, line, &i, &pen_pt, per_pt, out, err);
            hz_text_add(out, "</g>\n");
        }
    }
    return st;
}

hz_status hz_svg_text(hz_svg_letters *letters, const hz_setting *set, double x, double y,
                      const hz_type_style *style, hz_text *out, hz_error *err)
{
    size_t first = letters->texts;
    if (set->letter_count == 0)
        return HZ_OK;
    bool halo = style->halo_pt > 0;
    hz_text_add(out, "<g");
    hz_svg_add_colour(out, halo ? "stroke" : "fill", halo ? style->halo_colour : style->colour);
    hz_text_add(out, ">\n");
    hz_status st = add_runs(letters, set, x, y, style, out, err);
    hz_text_add(out, "</g>\n");
    for (size_t t = first; t < letters->texts; t++) {
        hz_text_addf(out, "<use xlink:href=\"#t%zu\"", t);
        hz_svg_add_colour(out, "fill", style->colour);
        hz_text_add(out, "/>\n");
    }
    return st;
}
