/* The sheet of a proposal: what it was drawn on, both borders, and how each has held since. */
#include "hotzone/sheet_proposal.h"

#include <math.h>
#include <stdio.h>

#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "map/sheet_panel.h"

#define SMALL_PT 7.0
#define MAP_MOST_MM 150.0    /* as tall as the table beside it */
#define LETTER_MM 4.0
#define GAP_MM 2.0           /* between columns */
#define LINE_GAP_MM 0.9      /* a hairline stands in it */
#define PART_GAP_MM 2.0      /* between table, classes and events */
#define RULE_COLOUR 0xd0d0d0U
#define PATCH_W 7.0          /* as in the legend of rates */
#define PATCH_H 4.0
#define TEXT_AT 9.0

static hz_type_style small(int weight)
{
    return hz_type(SMALL_PT, weight);
}

/* ---- parcels ------------------------------------------------------------------------------ */

/* The densities with 0 unknown: what holds nothing has no class but stays as it is. */
static hz_status take_over_zero(const hz_sheet_proposal *d, hz_layer **out, hz_error *err)
{
    size_t n = hz_layer_rows(d->parcels);
    hz_layer *over = NULL;
    double *value = hz_mem_new(n, sizeof *value);
    unsigned char *mark = hz_mem_new(n, 1);
    const double *density = hz_layer_numbers(d->parcels, d->density);
    hz_status st = value && mark ? hz_layer_copy(d->parcels, &over, err)
                                 : hz_mem_fail(err, "sheet: parcels");
    for (size_t i = 0; !st && i < n; i++) {
        value[i] = density[i] > 0 ? density[i] : NAN;
        mark[i] = density[i] > 0 ? HZ_KNOWN : HZ_UNDEFINED_NO_RESULT;
    }
    if (!st)
        st = hz_layer_take_numbers(over, d->density, &value, &mark, err);
    hz_mem_free(value);
    hz_mem_free(mark);
    if (st)
        hz_layer_free(over);
    else
        *out = over;
    return st;
}

/* A shape for each class, so that no seam shows between parcels of one. */
static hz_status merge(const hz_sheet_proposal *d, hz_sheet *s, hz_error *err)
{
    const double *density = hz_layer_numbers(d->parcels, d->density);
    size_t n = hz_layer_rows(d->parcels), classes = s->facts.breaks.classes;
    hz_shapes *part[HZ_CLASSES_MAX] = { NULL };
    unsigned char *keep = hz_mem_new(n, 1);
    hz_status st = keep ? HZ_OK : hz_mem_fail(err, "sheet: parcels");
    for (size_t c = 0; !st && c < classes; c++) {
        for (size_t i = 0; i < n; i++)
            keep[i] = density[i] > 0 && hz_sheet_class(&s->facts, density[i]) == (int)c;
        st = hz_overlay_dissolve(hz_layer_shapes(d->parcels), keep, &part[c], err);
    }
    if (!st)
        st = hz_sheet_join_parts(part, classes, &s->cell_shapes, err);
    for (size_t c = 0; c < classes; c++)
        hz_shapes_free(part[c]);
    hz_mem_free(keep);
    return st;
}

/* Limits and references of rates are none of densities. */
static hz_status classify(const hz_sheet_proposal *d, hz_sheet *s, hz_error *err)
{
    hz_sheet_data data = { .value = d->density, .city = d->overall, .city_low = NAN,
                           .city_high = NAN };
    hz_look look = *s->look;
    hz_layer *over = NULL;
    if (look.method == HZ_FIXED || look.method == HZ_REFERENCE)
        look.method = HZ_QUANTILE;
    hz_status st = take_over_zero(d, &over, err);
    data.areas = over;
    if (!st)
        st = hz_sheet_classes(&data, &look, &s->facts, err);
    if (!st && s->facts.breaks.classes == 0)
        st = hz_fail(err, HZ_EDATA, "%s: no parcel holds anything, expected a density over 0",
                     hz_layer_name(d->parcels));
    hz_layer_free(over);
    return st ? st : merge(d, s, err);
}

hz_status hz_sheet_draw_parcels(hz_sheet *s, hz_sheet_paint paint, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t c = 0; !st && s->cells && c < s->cells->features; c++) {
        hz_colour fill = s->facts.colours[c];
        const hz_ink_style style = { .fill = true, .fill_colour = fill, .stroke_pt = 0.35,
                                     .stroke_colour = hz_type_ink_on(fill) == HZ_PAPER
                                                          ? HZ_PAPER : 0x808080U,
                                     .inside = true }; /* closes the lightest against the paper */
        st = paint(s, "parcels", s->cells, c, &style, err);
    }
    return st;
}

/* ---- legend ------------------------------------------------------------------------------- */

static double row(hz_sheet *s, double x, double y, double w, const char *text, bool draw)
{
    hz_type_style type = hz_type(s->look->legend_pt, 400);
    double top = (PATCH_H - hz_type_line_mm(&type)) / 2;
    double used = hz_type_block(s, "legend-text", x + TEXT_AT, y + top, w - TEXT_AT, text, &type,
                                draw);
    return fmax(PATCH_H, top + used);
}

/* A sample of the border, the letter, and the name. */
static double border_row(hz_panel_sheet *p, size_t zone, double x, double y, double w, bool draw)
{
    hz_sheet *s = &p->s;
    const hz_sheet_proposal *d = p->own;
    hz_type_style letter = hz_type(s->look->legend_pt, 600);
    double middle = y + PATCH_H / 2, top = (PATCH_H - hz_type_line_mm(&letter)) / 2;
    hz_ink_style line;
    char text[8];
    if (draw) {
        hz_sheet_zone_style(s, zone, p->dashed && p->dashed[zone], &line);
        hz_scene_line(s->scene, zone ? "legend-proposal" : "legend-zone", x, middle, x + PATCH_W,
                      middle, &line);
        hz_type_block(s, "legend-letter", x + TEXT_AT, y + top, LETTER_MM,
                      hz_sheet_letter(zone, text, sizeof text), &letter, true);
    }
    return row(s, x + LETTER_MM, y, w - LETTER_MM, d->names[zone], draw);
}

/* Highest on top; what holds nothing is white. */
static double draw_classes(hz_panel_sheet *p, double x, double y, double w, bool draw)
{
    hz_sheet *s = &p->s;
    const hz_sheet_proposal *d = p->own;
    const hz_ink_style rim = { .stroke_pt = 0.5, .stroke_colour = 0x595959U };
    hz_type_style title = small(600);
    size_t classes = s->facts.breaks.classes;
    double used = hz_type_block(s, "legend-title", x, y, w, d->density_label, &title, draw) + 0.8;
    double top = used;
    for (size_t k = 0; k <= classes; k++) {
        size_t c = classes - k - 1;
        char text[96];
        bool none = k == classes;
        hz_ink_style patch = { .fill = true,
                               .fill_colour = none ? HZ_PAPER : s->facts.colours[c] };
        if (none)
            snprintf(text, sizeof text, "0");
        else
            hz_sheet_class_text(&s->facts, c, s->look->language, text, sizeof text);
        if (draw)
            hz_scene_rect(s->scene, "legend-class", x, y + used, PATCH_W, PATCH_H, &patch);
        used += row(s, x, y + used, w, text, draw);
    }
    if (draw)
        hz_scene_rect(s->scene, "legend-rim", x, y + top, PATCH_W, used - top, &rim);
    return used;
}

/* ---- table -------------------------------------------------------------------------------- */

static double column_width(hz_sheet *s, const hz_sheet_proposal *d)
{
    hz_type_style type = small(400);
    double widest = LETTER_MM;
    for (size_t i = 0; i < d->line_count; i++) {
        if (d->lines[i].first)
            widest = fmax(widest, hz_type_width(s, d->lines[i].first, &type));
        if (d->lines[i].first && d->lines[i].second)
            widest = fmax(widest, hz_type_width(s, d->lines[i].second, &type));
    }
    return widest + 0.2;
}

static double draw_line(hz_sheet *s, const hz_sheet_pair_line *line, double x, double y, double w,
                        double column, bool draw)
{
    bool heading = !line->first && !line->second;
    hz_type_style label = small(heading ? 600 : 400), value = small(400);
    const hz_ink_style rule = { .stroke_pt = 0.35, .stroke_colour = RULE_COLOUR };
    double right = 2 * column + GAP_MM, top = heading ? 1.2 : 0;
    double label_w = heading ? w : w - right - GAP_MM;
    double h = hz_type_block(s, heading ? "card-heading" : "card-label", x, y + top, label_w,
                             line->label, &label, draw);
    value.align = HZ_RIGHT;
    if (line->first)
        h = fmax(h, hz_type_block(s, "card-value", x + w - right, y, column, line->first, &value,
                                  draw));
    if (line->second && line->first)
        h = fmax(h, hz_type_block(s, "card-value", x + w - column, y, column, line->second, &value,
                                  draw));
    else if (line->second)
        h = fmax(h, hz_type_block(s, "card-value", x + w - right, y, right, line->second, &value,
                                  draw));
    h += top + LINE_GAP_MM;
    if (draw)
        hz_scene_line(s->scene, "card-rule", x, y + h - LINE_GAP_MM / 2, x + w,
                      y + h - LINE_GAP_MM / 2, &rule);
    return h;
}

/* The letters over their columns, at the foot of a heading that may be long. */
static double draw_head(hz_sheet *s, double x, double y, double w, double column, bool draw)
{
    hz_type_style title = hz_type(s->look->legend_pt, 600), letter = small(600);
    double right = 2 * column + GAP_MM, used = hz_type_line_mm(&letter);
    char text[8];
    if (s->words->quantity && *s->words->quantity)
        used = fmax(used, hz_type_block(s, "legend-title", x, y, w - right - GAP_MM,
                                        s->words->quantity, &title, draw));
    letter.align = HZ_RIGHT;
    for (size_t z = 0; draw && z < 2; z++)
        hz_type_block(s, "heading", x + w - (z ? column : right), y + used - hz_type_line_mm(&letter),
                      column, hz_sheet_letter(z, text, sizeof text), &letter, true);
    return used + LINE_GAP_MM;
}

static double draw_panel(hz_panel_sheet *p, double x, double y, double w, bool draw)
{
    hz_sheet *s = &p->s;
    const hz_sheet_proposal *d = p->own;
    double column = column_width(s, d), used = 0;
    for (size_t z = 0; z < 2; z++)
        used += border_row(p, z, x, y + used, w, draw) + 0.6;
    used += PART_GAP_MM - 0.6;
    used += draw_head(s, x, y + used, w, column, draw);
    for (size_t i = 0; i < d->line_count; i++)
        used += draw_line(s, &d->lines[i], x, y + used, w, column, draw);
    used += PART_GAP_MM;
    used += draw_classes(p, x, y + used, w, draw);
    double events = hz_legend_events(s, x, y + used + PART_GAP_MM, w, draw);
    return used + (events > 0 ? PART_GAP_MM + events : 0);
}

static double draw_paragraphs(hz_panel_sheet *p, double x, double y, double w, bool draw)
{
    hz_sheet *s = &p->s;
    const hz_sheet_proposal *d = p->own;
    hz_type_style type = hz_type(s->look->subtitle_pt, 400);
    double used = 0;
    for (size_t i = 0; i < d->paragraph_count; i++)
        used += hz_type_block(s, "statement", x, y + used, w, d->paragraphs[i], &type, draw) + 1;
    return used;
}

/* ---- the sheet ---------------------------------------------------------------------------- */

static hz_status check(const hz_sheet_proposal *d, hz_error *err)
{
    size_t zones = d->ground.zones ? hz_layer_rows(d->ground.zones) : 0;
    if (zones != 2)
        return hz_fail(err, HZ_EDATA, "sheet: %zu zones, expected two: the zone given and the "
                       "proposal", zones);
    hz_status st = hz_sheet_check_layer(d->parcels, HZ_POLYGON, "parcels",
                                        hz_layer_crs(d->ground.zones), err);
    return st ? st : hz_sheet_check_column(d->parcels, d->density, HZ_NUMBERS, err);
}

hz_status hz_sheet_proposal_compose(const hz_sheet_proposal *data, const hz_sheet_words *words,
                                    const hz_look *look, hz_fonts *fonts, hz_scene **out,
                                    hz_sheet_facts *facts, const hz_notice *notice, hz_error *err)
{
    hz_sheet_data ground = hz_sheet_ground_data(&data->ground);
    ground.events_label = data->events_label;
    hz_panel_sheet p = { .s = { .data = &ground, .words = words, .look = look, .fonts = fonts,
                                .notice = notice, .pair = true },
                         .dashed = data->ground.dashed, .map_share = 94.0 / 162,
                         .panel = draw_panel,
                         .below = data->paragraph_count ? draw_paragraphs : NULL,
                         .letters = true, .map_most_mm = MAP_MOST_MM, .own = data };
    hz_status st = check(data, err);
    if (!st)
        st = classify(data, &p.s, err);
    if (st) {
        hz_sheet_clear(&p.s);
        return st;
    }
    return hz_panel_sheet_compose(&p, out, facts, err);
}
