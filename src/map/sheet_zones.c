/* Zones compared: one map, and a dot with interval for each on a common axis, design (d). */
#include "hotzone/sheet_zones.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/chart_parts.h"
#include "map/sheet_panel.h"

#define SMALL_PT 7.0
#define LETTER_MM 5.0
#define COLUMN_GAP_MM 2.5
#define AXIS_LEAST_MM 20.0
#define ROW_GAP_MM 1.4
#define DOT_MM 0.9
#define TICK_MM 0.8
#define GRID_COLOUR 0xd0d0d0U
#define BAND_COLOUR 0xececf0U
#define LINE_COLOUR 0x595959U

/* Where the parts of the table stand across. */
typedef struct {
    double axis_x, axis_w, column_x[HZ_SHEET_COLUMNS_MOST], column_w[HZ_SHEET_COLUMNS_MOST];
    hz_scale scale;
} grid;

static hz_type_style small(int weight)
{
    return hz_type(SMALL_PT, weight);
}

/* The widest word of a heading, which may be broken at blanks. */
static double word_width(hz_sheet *s, const char *text)
{
    hz_type_style type = small(600);
    double widest = 0;
    while (*text) {
        char word[64];
        size_t n = strcspn(text, " ");
        snprintf(word, sizeof word, "%.*s", (int)(n < 63 ? n : 63), text);
        widest = fmax(widest, hz_type_width(s, word, &type));
        text += n + strspn(text + n, " ");
    }
    return widest;
}

static double column_width(hz_sheet *s, const hz_sheet_zones *d, size_t c)
{
    hz_type_style type = small(400);
    double widest = word_width(s, d->columns[c]);
    for (size_t z = 0; z < hz_layer_rows(d->ground.zones); z++)
        widest = fmax(widest, hz_type_width(s, d->rows[z].cells[c], &type));
    return widest + 0.2;
}

static void stretch(double value, double *low, double *high)
{
    if (!isfinite(value))
        return;
    *low = fmin(*low, value);
    *high = fmax(*high, value);
}

/* From 0, unless that would leave the dots in less than half of the axis. */
static hz_scale find_scale(const hz_sheet_zones *d, double axis_w)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t z = 0; z < hz_layer_rows(d->ground.zones); z++) {
        const hz_sheet_zone_row *r = &d->rows[z];
        if (!isfinite(r->value))
            continue;
        stretch(r->value, &low, &high);
        stretch(r->low, &low, &high);
        stretch(r->high, &low, &high);
    }
    if (d->reference_label) {
        stretch(d->reference, &low, &high);
        stretch(d->reference_low, &low, &high);
        stretch(d->reference_high, &low, &high);
    }
    if (!(low <= high))
        low = high = 0;
    if (low > 0 && low < 0.5 * high)
        low = 0;
    int most = axis_w < 40 ? 4 : 5;
    double step = hz_chart_step(high > low ? high - low : fmax(fabs(high), 1), most);
    hz_scale s = { .low = floor(low / step + 1e-9) * step, .high = ceil(high / step - 1e-9) * step,
                   .step = step };
    if (!(s.high > s.low))
        s.high = s.low + step;
    s.decimals = (int)fmax(0, -floor(log10(step) + 1e-9));
    return s;
}

static grid find_grid(hz_sheet *s, const hz_sheet_zones *d, double x, double w)
{
    grid g = { .axis_x = x + LETTER_MM };
    double right = x + w;
    for (size_t c = d->column_count; c-- > 0;) {
        g.column_w[c] = column_width(s, d, c);
        right -= g.column_w[c];
        g.column_x[c] = right;
        right -= COLUMN_GAP_MM;
    }
    g.axis_w = right - 1 - g.axis_x;
    g.scale = find_scale(d, g.axis_w);
    return g;
}

static double on_axis(const grid *g, double value)
{
    return g->axis_x + g->axis_w * (value - g->scale.low) / (g->scale.high - g->scale.low);
}

/* The reference in words, with the line it speaks of. */
static double draw_reference_key(hz_sheet *s, const hz_sheet_zones *d, double x, double y, double w,
                                 bool draw)
{
    hz_type_style type = small(400);
    const hz_ink_style line = { .stroke_pt = 0.75, .stroke_colour = LINE_COLOUR };
    double middle = y + hz_type_line_mm(&type) / 2;
    if (!d->reference_label || !isfinite(d->reference))
        return 0;
    if (draw)
        hz_scene_line(s->scene, "legend-reference", x + 1.5, middle - 1.4, x + 1.5, middle + 1.4,
                      &line);
    return hz_type_block(s, "legend-text", x + LETTER_MM, y, w - LETTER_MM, d->reference_label,
                         &type, draw) + 1;
}

static double draw_headings(hz_sheet *s, const hz_sheet_zones *d, const grid *g, double y, bool draw)
{
    hz_type_style type = small(600);
    double most = 0;
    for (int pass = 0; pass < (draw ? 2 : 1); pass++)
        for (size_t c = 0; c < d->column_count; c++) {
            double h = hz_type_block(s, "heading", 0, 0, g->column_w[c], d->columns[c], &type, false);
            most = fmax(most, h);
            hz_type_style right = type;
            right.align = HZ_RIGHT;
            if (pass) /* all stand on the same foot */
                hz_type_block(s, "heading", g->column_x[c], y + most - h, g->column_w[c],
                              d->columns[c], &right, true);
        }
    return most > 0 ? most + 0.8 : 0;
}

static void draw_dot(hz_sheet *s, const grid *g, const hz_sheet_zone_row *r, double y)
{
    const hz_ink_style bar = { .stroke_pt = 1, .stroke_colour = HZ_TEXT_COLOUR };
    const hz_ink_style dot = { .fill = true, .fill_colour = HZ_TEXT_COLOUR, .stroke_pt = 0.5,
                               .stroke_colour = HZ_PAPER };
    if (isfinite(r->low) && isfinite(r->high))
        hz_scene_line(s->scene, "interval", on_axis(g, r->low), y, on_axis(g, r->high), y, &bar);
    hz_scene_circle(s->scene, "dot", on_axis(g, r->value), y, DOT_MM, &dot);
}

/* What stands in the axis for want of a dot; clear of the lines behind it. */
static double draw_note(hz_sheet *s, const grid *g, const hz_sheet_zone_row *r, double y, bool draw)
{
    hz_type_style type = small(400);
    type.colour = LINE_COLOUR;
    type.halo_pt = 0.8;
    type.halo_colour = HZ_PAPER;
    return hz_type_block(s, "note-in-axis", g->axis_x, y, g->axis_w,
                         r->note ? r->note : "\u2013", &type, draw);
}

static double draw_row(hz_sheet *s, const hz_sheet_zones *d, const grid *g, size_t z, double x,
                       double y, double w, bool draw)
{
    const hz_sheet_zone_row *r = &d->rows[z];
    hz_type_style name = hz_type(s->look->legend_pt, 400), letter = hz_type(s->look->legend_pt, 600);
    hz_type_style cell = small(400);
    char text[8];
    double used = 0, line = hz_type_line_mm(&cell);
    name.halo_pt = 0.8;
    name.halo_colour = HZ_PAPER;
    if (draw)
        hz_type_block(s, "row-letter", x, y, LETTER_MM, hz_sheet_letter(z, text, sizeof text),
                      &letter, true);
    if (r->name && *r->name)
        used = hz_type_block(s, "row-name", x + LETTER_MM, y, w - LETTER_MM, r->name, &name, draw);
    cell.align = HZ_RIGHT;
    for (size_t c = 0; draw && c < d->column_count; c++)
        hz_type_block(s, "cell", g->column_x[c], y + used, g->column_w[c], r->cells[c], &cell, true);
    if (!isfinite(r->value))
        line = fmax(line, draw_note(s, g, r, y + used, draw));
    else if (draw)
        draw_dot(s, g, r, y + used + line / 2);
    return used + line + ROW_GAP_MM;
}

/* Band, line and ticks behind the rows; then the numbers below them. */
static void draw_axis(hz_sheet *s, const hz_sheet_zones *d, const grid *g, double y, double h)
{
    const hz_ink_style band = { .fill = true, .fill_colour = BAND_COLOUR };
    const hz_ink_style tick = { .stroke_pt = 0.35, .stroke_colour = GRID_COLOUR };
    const hz_ink_style line = { .stroke_pt = 0.75, .stroke_colour = LINE_COLOUR };
    const hz_ink_style foot = { .stroke_pt = 0.5, .stroke_colour = LINE_COLOUR };
    hz_type_style type = small(400);
    bool shown = d->reference_label && isfinite(d->reference);
    if (shown && isfinite(d->reference_low) && isfinite(d->reference_high))
        hz_scene_rect(s->scene, "reference-band", on_axis(g, d->reference_low), y,
                      on_axis(g, d->reference_high) - on_axis(g, d->reference_low), h, &band);
    type.align = HZ_CENTRE;
    int ticks = (int)lround((g->scale.high - g->scale.low) / g->scale.step);
    for (int i = 0; i <= ticks; i++) {
        char text[40];
        double value = g->scale.low + i * g->scale.step, at = on_axis(g, value);
        hz_scene_line(s->scene, "grid", at, y, at, y + h + TICK_MM, &tick);
        hz_number_format(text, sizeof text, value, g->scale.decimals, s->look->language);
        hz_scene_text(s->scene, "tick-x", at, y + h + TICK_MM + 0.78 * SMALL_PT * HZ_MM_PER_PT + 0.2,
                      text, &type);
    }
    hz_scene_line(s->scene, "axis", g->axis_x, y + h, g->axis_x + g->axis_w, y + h, &foot);
    if (shown)
        hz_scene_line(s->scene, "reference", on_axis(g, d->reference), y, on_axis(g, d->reference),
                      y + h, &line);
}

static double draw_table(hz_panel_sheet *p, double x, double y, double w, bool draw)
{
    hz_sheet *s = &p->s;
    const hz_sheet_zones *d = p->own;
    grid g = find_grid(s, d, x, w);
    hz_type_style title = hz_type(s->look->legend_pt, 600), type = small(400);
    double used = 0, rows = 0;
    if (s->words->quantity && *s->words->quantity)
        used = hz_type_block(s, "legend-title", x, y, w, s->words->quantity, &title, draw) + 0.8;
    used += draw_reference_key(s, d, x, y + used, w, draw);
    used += draw_headings(s, d, &g, y + used, draw);
    for (size_t z = 0; z < hz_layer_rows(d->ground.zones); z++)
        rows += draw_row(s, d, &g, z, x, 0, w, false);
    if (draw) {
        draw_axis(s, d, &g, y + used, rows);
        double at = y + used + ROW_GAP_MM / 2;
        for (size_t z = 0; z < hz_layer_rows(d->ground.zones); z++)
            at += draw_row(s, d, &g, z, x, at, w, true);
    }
    used += rows + TICK_MM + hz_type_line_mm(&type) + 0.4;
    if (g.scale.low > 0) {
        type.colour = LINE_COLOUR;
        used += hz_type_block(s, "legend-text", x, y + used, w,
                              hz_chart_say(s->look->language)->not_zero, &type, draw);
    }
    return used;
}

/* Do the columns leave the axis room on this page? */
static hz_status check_columns(hz_panel_sheet *p, const hz_sheet_zones *d, hz_error *err)
{
    const hz_look *look = p->s.look;
    double w = look->width_mm - 2 * look->margin_mm;
    double table = w >= 140 ? w * (1 - p->map_share) - 4 : w;
    if (d->column_count > HZ_SHEET_COLUMNS_MOST)
        return hz_fail(err, HZ_EUSAGE, "sheet: %zu columns beside the zones, expected at most %d",
                       d->column_count, HZ_SHEET_COLUMNS_MOST);
    grid g = find_grid(&p->s, d, 0, table);
    if (g.axis_w < AXIS_LEAST_MM)
        return hz_fail(err, HZ_EUSAGE, "sheet: the columns leave the axis %.1f mm, expected at "
                       "least %.0f: fewer columns, shorter headings or a larger page",
                       fmax(g.axis_w, 0), AXIS_LEAST_MM);
    return HZ_OK;
}

hz_sheet_data hz_sheet_ground_data(const hz_sheet_ground *g)
{
    return (hz_sheet_data){ .areas = g->areas, .name = g->area_name, .zones = g->zones,
                            .events = g->events, .water = g->water, .streets = g->streets,
                            .outside = g->outside, .city = NAN, .city_low = NAN,
                            .city_high = NAN };
}

hz_status hz_sheet_zones_compose(const hz_sheet_zones *data, const hz_sheet_words *words,
                                 const hz_look *look, hz_fonts *fonts, hz_scene **out,
                                 hz_sheet_facts *facts, const hz_notice *notice, hz_error *err)
{
    hz_sheet_data ground = hz_sheet_ground_data(&data->ground);
    hz_panel_sheet p = { .s = { .data = &ground, .words = words, .look = look, .fonts = fonts,
                                .notice = notice },
                         .dashed = data->ground.dashed, .map_share = 78.0 / 162,
                         .panel = draw_table, .letters = true, .own = data };
    bool strip = false;
    hz_status st = data->ground.zones ? check_columns(&p, data, err) : HZ_OK;
    if (!st && data->ground.zones)
        st = hz_strip_wanted(data->ground.zones, &strip, err);
    p.below = strip ? hz_strip_draw : NULL;
    return st ? st : hz_panel_sheet_compose(&p, out, facts, err);
}
