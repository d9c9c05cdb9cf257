/* The card of a zone: its map, what was measured, and what that says, on one page. */
#include <math.h>

#include "hotzone/sheet_zones.h"
#include "map/sheet_panel.h"

#define SMALL_PT 7.0
#define GAP_MM 2.5           /* between label and value */
#define LINE_GAP_MM 0.9      /* a hairline stands in it */
#define COLUMNS_LEAST_MM 140.0 /* from there on the lines stand in two columns */
#define COLUMN_GAP_MM 8.0
#define RULE_COLOUR 0xd0d0d0U

/* The column of values is as wide as its widest, but never over two thirds. */
static double value_width(hz_sheet *s, const hz_sheet_card *d, double w)
{
    hz_type_style type = hz_type(SMALL_PT, 400);
    double widest = 0;
    for (size_t i = 0; i < d->line_count; i++)
        if (d->lines[i].value)
            widest = fmax(widest, hz_type_width(s, d->lines[i].value, &type));
    return fmin(widest + 0.2, 2 * w / 3);
}

static double draw_line(hz_sheet *s, const hz_sheet_card_line *line, double x, double y, double w,
                        double value_w, bool draw)
{
    hz_type_style label = hz_type(SMALL_PT, line->value ? 400 : 600), value = hz_type(SMALL_PT, 400);
    const hz_ink_style rule = { .stroke_pt = 0.35, .stroke_colour = RULE_COLOUR };
    double label_w = line->value ? w - value_w - GAP_MM : w, top = line->value ? 0 : 1.2;
    double h = hz_type_block(s, line->value ? "card-label" : "card-heading", x, y + top, label_w,
                             line->label, &label, draw);
    value.align = HZ_RIGHT;
    if (line->value)
        h = fmax(h, hz_type_block(s, "card-value", x + w - value_w, y, value_w, line->value, &value,
                                  draw));
    h += top + LINE_GAP_MM;
    if (draw)
        hz_scene_line(s->scene, "card-rule", x, y + h - LINE_GAP_MM / 2, x + w,
                      y + h - LINE_GAP_MM / 2, &rule);
    return h;
}

static double draw_lines(hz_sheet *s, const hz_sheet_card *d, size_t first, size_t last, double x,
                         double y, double w, bool draw)
{
    double used = 0, value_w = value_width(s, d, w);
    for (size_t i = first; i < last; i++)
        used += draw_line(s, &d->lines[i], x, y + used, w, value_w, draw);
    return used;
}

/* The heading before which a second column begins, so that the longer of the two is short. */
static size_t split(hz_sheet *s, const hz_sheet_card *d, double w)
{
    size_t best = d->line_count;
    double least = INFINITY;
    for (size_t i = 1; i < d->line_count; i++) {
        if (d->lines[i].value)
            continue;
        double longer = fmax(draw_lines(s, d, 0, i, 0, 0, w, false),
                             draw_lines(s, d, i, d->line_count, 0, 0, w, false));
        if (longer < least) {
            least = longer;
            best = i;
        }
    }
    return best;
}

static double draw_table(hz_panel_sheet *p, double x, double y, double w, bool draw)
{
    hz_sheet *s = &p->s;
    const hz_sheet_card *d = p->own;
    hz_type_style title = hz_type(s->look->legend_pt, 600);
    double used = 0;
    if (s->words->quantity && *s->words->quantity)
        used = hz_type_block(s, "legend-title", x, y, w, s->words->quantity, &title, draw) + 1.2;
    if (w >= COLUMNS_LEAST_MM) {
        double column = (w - COLUMN_GAP_MM) / 2;
        size_t half = split(s, d, column);
        double left = draw_lines(s, d, 0, half, x, y + used, column, draw);
        double right = draw_lines(s, d, half, d->line_count, x + column + COLUMN_GAP_MM, y + used,
                                  column, draw);
        used += fmax(left, right);
    } else {
        used += draw_lines(s, d, 0, d->line_count, x, y + used, w, draw);
    }
    double events = hz_legend_events(s, x, y + used + 2, w, draw);
    return used + (events > 0 ? 2 + events : 0);
}

static double draw_paragraphs(hz_panel_sheet *p, double x, double y, double w, bool draw)
{
    hz_sheet *s = &p->s;
    const hz_sheet_card *d = p->own;
    hz_type_style type = hz_type(s->look->subtitle_pt, 400);
    double used = 0;
    for (size_t i = 0; i < d->paragraph_count; i++)
        used += hz_type_block(s, "statement", x, y + used, w, d->paragraphs[i], &type, draw) + 1;
    return used;
}

hz_status hz_sheet_card_compose(const hz_sheet_card *data, const hz_sheet_words *words,
                                const hz_look *look, hz_fonts *fonts, hz_scene **out,
                                hz_sheet_facts *facts, const hz_notice *notice, hz_error *err)
{
    hz_sheet_data ground = hz_sheet_ground_data(&data->ground);
    ground.events_label = data->events_label;
    hz_panel_sheet p = { .s = { .data = &ground, .words = words, .look = look, .fonts = fonts,
                                .notice = notice },
                         .dashed = data->ground.dashed, .map_share = 94.0 / 162,
                         .fill_paper = true, .panel = draw_table,
                         .below = data->paragraph_count ? draw_paragraphs : NULL,
                         .letters = ground.zones && hz_layer_rows(ground.zones) > 1, .own = data };
    return hz_panel_sheet_compose(&p, out, facts, err);
}
