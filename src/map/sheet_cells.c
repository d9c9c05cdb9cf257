/* Cells that differ from chance, over a light base: design (b) of the map guide. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "map/sheet_parts.h"

#define PLAIN 0xfcfcf7U       /* tested, within chance: paper, nearly */
#define FEWER_EVERY_MM 0.9    /* hatch of the classes below, which are alike in grey otherwise */
#define CIRCLE_PT 1.2
#define SMALL_MM 8.0          /* a circle with no room for its number */
#define PATCH_W 7.0           /* as in the legend of rates */
#define PATCH_H 4.0

/* The highest first.  Warm above and cold below pass the palette gate on either side of PLAIN; those
 * below are hatched as well, since both sides are alike in grey. */
typedef hz_sheet_kind kind;

static const kind sides[] = {
    { "hot99", 0x8f2d04, false,
      { "Above chance, q\u00a0\u2264\u00a00.01",
        "Over tilfældet, q\u00a0\u2264\u00a00,01" } },
    { "hot95", 0xdd7f35, false,
      { "Above chance, q\u00a00.01\u20130.05",
        "Over tilfældet, q\u00a00,01\u20130,05" } },
    { "hot90", 0xf7c98c, false,
      { "Above chance, q\u00a00.05\u20130.10",
        "Over tilfældet, q\u00a00,05\u20130,10" } },
    { "none", PLAIN, false, { "Within chance", "Inden for tilfældet" } },
    { "cold90", 0xa9cbe9, true,
      { "Below chance, q\u00a00.05\u20130.10",
        "Under tilfældet, q\u00a00,05\u20130,10" } },
    { "cold95", 0x6299d0, true,
      { "Below chance, q\u00a00.01\u20130.05",
        "Under tilfældet, q\u00a00,01\u20130,05" } },
    { "cold99", 0x1a4480, true,
      { "Below chance, q\u00a0\u2264\u00a00.01",
        "Under tilfældet, q\u00a0\u2264\u00a00,01" } },
};
static const kind quadrants[] = {
    { "high-high", 0x8f2d04, false,
      { "High among high, q\u00a0\u2264\u00a0%s", "Højt blandt høje, q\u00a0\u2264\u00a0%s" } },
    { "high-low", 0xf7c98c, false,
      { "High among low, q\u00a0\u2264\u00a0%s", "Højt blandt lave, q\u00a0\u2264\u00a0%s" } },
    { "none", PLAIN, false, { "Within chance", "Inden for tilfældet" } },
    { "low-high", 0xa9cbe9, true,
      { "Low among high, q\u00a0\u2264\u00a0%s", "Lavt blandt høje, q\u00a0\u2264\u00a0%s" } },
    { "low-low", 0x1a4480, true,
      { "Low among low, q\u00a0\u2264\u00a0%s", "Lavt blandt lave, q\u00a0\u2264\u00a0%s" } },
};
static const char *const not_tested[] = { "Not tested", "Ikke testet" };

const hz_sheet_kind *hz_sheet_cell_kinds(bool is_moran, size_t *n)
{
    *n = is_moran ? sizeof quadrants / sizeof *quadrants : sizeof sides / sizeof *sides;
    return is_moran ? quadrants : sides;
}

static const kind *kinds_of(const hz_sheet_cells *c, size_t *n)
{
    return hz_sheet_cell_kinds(c->quadrants, n);
}

/* The class of a unit among the kinds; `n` of them where it was not tested, beyond where it is no
 * class. */
static size_t kind_at(const hz_sheet_cells *c, size_t unit)
{
    size_t n;
    const kind *kinds = kinds_of(c, &n);
    if (strcmp(hz_layer_text(c->units, c->state, unit), "ok") != 0)
        return n;
    for (size_t k = 0; k < n; k++)
        if (strcmp(hz_layer_text(c->units, c->class_column, unit), kinds[k].word) == 0)
            return k;
    return n + 1;
}

hz_status hz_sheet_count_cells(hz_sheet *s, hz_error *err)
{
    const hz_sheet_cells *c = s->data->cells;
    size_t n;
    kinds_of(c, &n);
    memset(s->cell_count, 0, sizeof s->cell_count);
    for (size_t i = 0; i < hz_layer_rows(c->units); i++) {
        size_t k = kind_at(c, i);
        if (k > n)
            return hz_fail(err, HZ_EDATA, "%s: row %zu: %s is '%s', expected a class of %s",
                           hz_layer_name(c->units), i + 1, c->class_column,
                           hz_layer_text(c->units, c->class_column, i),
                           c->quadrants ? "local Moran" : "Gi*");
        s->cell_count[k]++;
    }
    for (size_t i = 0; i < s->n; i++) {
        s->value[i] = NAN;
        s->state[i] = HZ_AREA_OK;
        s->class_of[i] = -1;
    }
    return HZ_OK;
}

hz_colour hz_sheet_cells_base(void)
{
    return PLAIN;
}

/* Put one feature after those there are. */
static void append(hz_shapes *to, const hz_shapes *from)
{
    size_t f = to->features++;
    for (size_t r = 0; r < from->rings; r++) {
        size_t first = from->first_point[r], n = from->first_point[r + 1] - first;
        memcpy(to->x + to->points, from->x + first, n * sizeof *to->x);
        memcpy(to->y + to->points, from->y + first, n * sizeof *to->y);
        to->hole[to->rings] = from->hole[r];
        to->points += n;
        to->first_point[++to->rings] = to->points;
    }
    to->first_ring[f + 1] = to->rings;
}

/* The units of one class as one shape, so that no seam shows between them, cut to the land. */
static hz_status dissolve(const hz_sheet_cells *c, size_t which, const hz_shapes *land,
                          hz_shapes **out, hz_error *err)
{
    size_t n = hz_layer_rows(c->units);
    hz_shapes *all = NULL;
    unsigned char *keep = hz_mem_new(n, 1);
    if (!keep)
        return hz_mem_fail(err, "sheet: cells");
    for (size_t i = 0; i < n; i++)
        keep[i] = kind_at(c, i) == which;
    hz_status st = hz_overlay_dissolve(hz_layer_shapes(c->units), keep, &all, err);
    if (!st)
        st = hz_overlay(all, 0, land, 0, HZ_OVERLAY_INTERSECTION, out, err);
    hz_shapes_free(all);
    hz_mem_free(keep);
    return st;
}

hz_status hz_sheet_join_parts(hz_shapes *const *part, size_t n, hz_shapes **out, hz_error *err)
{
    hz_shapes *joined = NULL;
    size_t rings = 0, points = 0;
    for (size_t k = 0; k < n; k++) {
        rings += part[k]->rings;
        points += part[k]->points;
    }
    hz_status st = hz_shapes_new(HZ_POLYGON, n, rings, points, &joined, err);
    if (st)
        return st;
    joined->features = joined->rings = joined->points = 0;
    for (size_t k = 0; k < n; k++)
        append(joined, part[k]);
    *out = joined;
    return HZ_OK;
}

hz_status hz_sheet_merge_cells(hz_sheet *s, hz_error *err)
{
    const hz_sheet_cells *c = s->data->cells;
    hz_shapes *part[HZ_SHEET_KINDS] = { NULL }, *land = NULL;
    size_t n;
    hz_status st = hz_overlay_dissolve(hz_layer_shapes(s->data->areas), NULL, &land, err);

    kinds_of(c, &n);
    for (size_t k = 0; !st && k < n; k++)
        st = dissolve(c, k, land, &part[k], err);
    if (!st)
        st = hz_sheet_join_parts(part, n, &s->cell_shapes, err);
    for (size_t k = 0; k < n; k++)
        hz_shapes_free(part[k]);
    hz_shapes_free(land);
    return st;
}

static hz_ink_style style_of(const kind *k)
{
    hz_ink_style style = { .fill = true, .fill_colour = k->colour };
    if (k->hatched) {
        style.hatch_pt = 0.5;
        style.hatch_every_mm = FEWER_EVERY_MM;
        style.hatch_colour = hz_type_ink_on(k->colour) == HZ_PAPER ? 0xd0e2f4U : 0x2f5f98U;
    }
    return style;
}

/* Where nothing was tested the base shows through. */
static hz_ink_style untested_style(const hz_sheet *s)
{
    hz_ink_style style = { .fill = true, .fill_colour = s->look->no_data };
    hz_sheet_hatch(s, HZ_AREA_UNDEFINED, s->look->no_data, &style);
    return style;
}

hz_status hz_sheet_draw_cells(hz_sheet *s, hz_sheet_paint paint, hz_error *err)
{
    size_t n;
    const kind *kinds = kinds_of(s->data->cells, &n);
    const hz_ink_style base = untested_style(s), line = { .stroke_pt = 0.35,
                                                          .stroke_colour = 0x808080U };
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < s->n; i++)
        st = paint(s, "area", s->areas, i, &base, err);
    for (size_t k = 0; !st && k < n; k++) {
        hz_ink_style style = style_of(&kinds[k]);
        st = paint(s, kinds[k].word, s->cells, k, &style, err);
    }
    for (size_t i = 0; !st && i < s->n; i++)
        st = paint(s, "area-line", s->areas, i, &line, err);
    return st;
}

/* Long dashes would leave nothing of a small circle. */
static void circle_style(hz_ink_style *style, bool small)
{
    *style = (hz_ink_style){ .stroke_pt = CIRCLE_PT, .stroke_colour = HZ_TEXT_COLOUR,
                             .casing_pt = 2.4, .casing_colour = HZ_PAPER,
                             .dash_mm = { small ? 0.8 : 2, small ? 0.5 : 1 } };
}

/* Outlines with their numbers, which stand at the top of each or beside it. */
hz_status hz_sheet_draw_circles(hz_sheet *s, hz_sheet_paint paint, hz_error *err)
{
    const double *number = s->circles ? hz_layer_numbers(s->data->cells->circles, "cluster") : NULL;
    hz_type_style type = hz_type(s->look->label_pt + 1, 600);
    hz_ink_style style;
    hz_status st = HZ_OK;
    type.halo_pt = 1;
    type.halo_colour = HZ_PAPER;
    for (size_t i = 0; !st && s->circles && i < s->circles->features; i++) {
        hz_box box = hz_shapes_feature_box(s->circles, i);
        char text[32];
        circle_style(&style, box.ymax - box.ymin < SMALL_MM);
        st = paint(s, "cluster", s->circles, i, &style, err);
        if (st || !(box.xmin <= box.xmax))
            continue;
        snprintf(text, sizeof text, "%.0f", number[i]);
        double cap = 0.72 * type.size_pt * HZ_MM_PER_PT;
        bool small = box.ymax - box.ymin < SMALL_MM; /* its number stands beside it */
        type.align = small ? HZ_LEFT : HZ_CENTRE;
        hz_scene_text(s->scene, "cluster-number",
                      small ? box.xmax + 0.8 : (box.xmin + box.xmax) / 2,
                      small ? (box.ymin + box.ymax + cap) / 2 : box.ymin + 1 + cap, text, &type);
    }
    return st;
}

/* ------------------------------------------------------------------ legend */

static double row(hz_sheet *s, double x, double y, double w, const char *label, size_t count,
                  bool draw)
{
    const double text_at = 9;
    hz_type_style type = hz_type(s->look->legend_pt, 400);
    double top = (PATCH_H - hz_type_line_mm(&type)) / 2;
    char text[200], number[40];
    snprintf(text, sizeof text, "%s", label);
    if (s->look->legend_counts)
        snprintf(text + strlen(text), sizeof text - strlen(text), " (%s)",
                 hz_number_format(number, sizeof number, (double)count, 0, s->look->language));
    double used = hz_type_block(s, "legend-text", x + text_at, y + top, w - text_at, text, &type,
                                draw);
    return fmax(PATCH_H, top + used);
}

double hz_legend_cells(hz_sheet *s, double x, double y, double w, bool draw)
{
    const hz_ink_style rim = { .stroke_pt = 0.5, .stroke_colour = 0x595959U };
    hz_language l = s->look->language;
    size_t n;
    const kind *kinds = kinds_of(s->data->cells, &n);
    double used = 0;
    for (size_t k = 0; k < n; k++) {
        char alpha[40], label[120];
        if (!s->cell_count[k]) /* nobody would find it on the map */
            continue;
        hz_number_format(alpha, sizeof alpha, s->data->cells->alpha, 2, l);
        hz_words_put(label, sizeof label, kinds[k].label[l], alpha);
        hz_ink_style patch = style_of(&kinds[k]);
        double h = row(s, x, y + used, w, label, s->cell_count[k], draw);
        if (draw) {
            hz_scene_rect(s->scene, "legend-cells", x, y + used, PATCH_W, PATCH_H, &patch);
            hz_scene_rect(s->scene, "legend-rim", x, y + used, PATCH_W, PATCH_H, &rim);
        }
        used += h + 0.6;
    }
    if (s->cell_count[n]) {
        hz_ink_style patch = untested_style(s);
        if (draw) {
            hz_scene_rect(s->scene, "legend-not-tested", x, y + used, PATCH_W, PATCH_H, &patch);
            hz_scene_rect(s->scene, "legend-rim", x, y + used, PATCH_W, PATCH_H, &rim);
        }
        used += row(s, x, y + used, w, not_tested[l], s->cell_count[n], draw);
    }
    return used;
}

double hz_legend_circles(hz_sheet *s, double x, double y, double w, bool draw)
{
    const hz_layer *circles = s->data->cells->circles;
    hz_ink_style style;
    if (!circles || !hz_layer_rows(circles))
        return 0;
    circle_style(&style, false);
    if (draw)
        hz_scene_circle(s->scene, "legend-cluster", x + PATCH_W / 2, y + PATCH_H / 2, 1.6, &style);
    return row(s, x, y, w, s->data->cells->circles_label, hz_layer_rows(circles), draw);
}
