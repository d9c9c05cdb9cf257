/* The legend: title, classes, states, events and zones, each only if the map shows it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/sheet_parts.h"

#define PATCH_W 7.0   /* mm */
#define PATCH_H 4.0
#define TEXT_AT 9.0   /* text to the right of a patch */
#define ROW_GAP 1.2   /* between patches that do not touch */
#define COUNTS_PT 7.0

static hz_type_style row_type(const hz_sheet *s)
{
    return hz_type(s->look->legend_pt, 400);
}

/* The text of a row beside a patch of height h, its first line centred on the patch; returns
 * the height of the row. */
static double row_text(hz_sheet *s, const char *role, double x, double y, double w, double h,
                       const char *text, bool draw)
{
    hz_type_style type = row_type(s);
    double top = (h - hz_type_line_mm(&type)) / 2;
    double used = hz_type_block(s, role, x + TEXT_AT, y + top, w - TEXT_AT, text, &type, draw);
    return fmax(h, top + used);
}

static void add_count(const hz_sheet *s, char *buf, size_t size, size_t count)
{
    char number[40];
    size_t used = strlen(buf);
    if (s->look->legend_counts && !s->shared && used < size)
        snprintf(buf + used, size - used, " (%s)",
                 hz_number_format(number, sizeof number, (double)count, 0, s->look->language));
}

double hz_legend_title(hz_sheet *s, double x, double y, double w, bool draw)
{
    hz_type_style title = hz_type(s->look->legend_pt, 600);
    hz_type_style small = hz_type(COUNTS_PT, 400);
    double used = 0;
    if (s->words->quantity && *s->words->quantity)
        used = hz_type_block(s, "legend-title", x, y, w, s->words->quantity, &title, draw);
    const char *counts = s->data->focus ? s->say->counts_of_city
                         : s->data->cells && s->data->cells->counts ? s->data->cells->counts
                                                                    : s->say->counts;
    if (s->look->legend_counts && !s->shared)
        used += hz_type_block(s, "legend-counts", x, y + used, w, counts, &small, draw);
    return used > 0 ? used + 1.5 : 0;
}

/* "+" and "−" on the arms of a diverging palette, which look alike in grey. */
static void draw_arm(hz_sheet *s, size_t c, double x, double y)
{
    size_t k = s->facts.breaks.classes;
    if (strcmp(s->look->palette, "ratio") != 0 || 2 * c + 1 == k)
        return;
    hz_type_style type = hz_type(s->look->legend_pt, 600);
    bool above = (2 * c + 1 > k) != s->look->reverse;
    type.colour = hz_type_ink_on(s->facts.colours[c]);
    type.align = HZ_CENTRE;
    hz_scene_text(s->scene, "legend-arm", x + PATCH_W / 2, y + PATCH_H / 2 + 0.95,
                  above ? "+" : "\u2212", &type);
}

double hz_legend_classes(hz_sheet *s, double x, double y, double w, bool draw)
{
    size_t k = s->facts.breaks.classes;
    double used = 0;
    if (s->data->cells)
        return hz_legend_cells(s, x, y, w, draw);
    for (size_t row = 0; row < k; row++) {
        size_t c = k - 1 - row; /* highest on top */
        char text[128];
        hz_sheet_class_text(&s->facts, c, s->look->language, text, 96);
        add_count(s, text, sizeof text, s->facts.breaks.count[c]);
        if (draw) {
            hz_colour fill = s->facts.colours[c];
            hz_ink_style patch = { .fill = true, .fill_colour = fill, .stroke_pt = 0.35,
                                   .stroke_colour = hz_type_ink_on(fill) == HZ_PAPER
                                                        ? HZ_PAPER : 0x808080U,
                                   .inside = true };
            hz_scene_rect(s->scene, "legend-class", x, y + used, PATCH_W, PATCH_H, &patch);
            draw_arm(s, c, x, y + used);
        }
        used += row_text(s, "legend-text", x, y + used, w, PATCH_H, text, draw);
    }
    if (draw && k) { /* closes the lightest class against the paper */
        const hz_ink_style rim = { .stroke_pt = 0.5, .stroke_colour = 0x595959U };
        hz_scene_rect(s->scene, "legend-rim", x, y, PATCH_W, PATCH_H * (double)k, &rim);
    }
    return used;
}

/* The class that most unstable areas are in. */
static size_t class_of_unstable(const hz_sheet *s)
{
    size_t in[HZ_CLASSES_MAX] = { 0 }, most = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->state[i] == HZ_AREA_UNSTABLE && s->class_of[i] >= 0)
            in[s->class_of[i]]++;
    for (size_t c = 1; c < s->facts.breaks.classes; c++)
        if (in[c] > in[most])
            most = c;
    return most;
}

/* Patch of a state; a faded one shows the faded tones of all classes side by side. */
static void draw_state(hz_sheet *s, hz_area_state state, const char *role, double x, double y)
{
    hz_colour fill = s->look->no_data;
    const hz_ink_style rim = { .stroke_pt = 0.5, .stroke_colour = 0x595959U };
    if (state == HZ_AREA_UNSTABLE && s->look->uncertainty == HZ_SHOW_FADE) {
        size_t k = s->facts.breaks.classes;
        for (size_t c = 0; c < k; c++) {
            hz_ink_style part = { .fill = true, .fill_alpha = 0.5,
                                  .fill_colour = s->facts.colours[c] };
            hz_scene_rect(s->scene, role, x + PATCH_W * (double)c / (double)k, y,
                          PATCH_W / (double)k, PATCH_H, &part);
        }
    } else {
        if (state == HZ_AREA_UNSTABLE)
            fill = s->facts.colours[class_of_unstable(s)];
        hz_ink_style patch = { .fill = true, .fill_colour = fill };
        hz_sheet_hatch(s, state, fill, &patch);
        hz_scene_rect(s->scene, role, x, y, PATCH_W, PATCH_H, &patch);
    }
    hz_scene_rect(s->scene, "legend-rim", x, y, PATCH_W, PATCH_H, &rim);
}

static void state_text(const hz_sheet *s, hz_area_state state, char *buf, size_t size)
{
    char number[40];
    const char *format = state == HZ_AREA_UNSTABLE ? s->say->unstable
                       : state == HZ_AREA_UNDEFINED ? s->say->no_data
                       : s->look->hide_below > 0 ? s->say->hidden_fewer : s->say->hidden;
    number[0] = '\0';
    if (state == HZ_AREA_UNSTABLE)
        hz_share_format(number, sizeof number, s->look->cv, 0, s->look->language);
    else if (state == HZ_AREA_HIDDEN && s->look->hide_below > 0)
        hz_number_format(number, sizeof number, s->look->hide_below, 0, s->look->language);
    hz_words_put(buf, size, format, number);
}

double hz_legend_states(hz_sheet *s, double x, double y, double w, bool draw)
{
    const struct {
        hz_area_state state;
        size_t areas;
        const char *role;
    } rows[] = {
        { HZ_AREA_UNSTABLE, s->look->uncertainty == HZ_SHOW_NONE ? 0 : s->facts.unstable,
          "legend-unstable" },
        { HZ_AREA_HIDDEN, s->facts.hidden, "legend-hidden" },
        { HZ_AREA_UNDEFINED, s->facts.undefined, "legend-no-data" },
    };
    double used = 0;
    if (s->data->cells)
        return hz_legend_circles(s, x, y, w, draw);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[128];
        if (!rows[i].areas)
            continue;
        if (used > 0)
            used += ROW_GAP;
        state_text(s, rows[i].state, text, sizeof text);
        add_count(s, text, sizeof text, rows[i].areas);
        if (draw)
            draw_state(s, rows[i].state, rows[i].role, x, y + used);
        used += row_text(s, "legend-text", x, y + used, w, PATCH_H, text, draw);
    }
    return used;
}

/* One row: the symbol of a single event, and of the most at one place if they are more. */
double hz_legend_events(hz_sheet *s, double x, double y, double w, bool draw)
{
    char number[40], text[300];
    if (!s->spot_count)
        return 0;
    double one = hz_sheet_spot_radius(s, 1), most = hz_sheet_spot_radius(s, s->spot_most);
    double h = fmax(PATCH_H, 2 * most + 0.4);
    snprintf(text, sizeof text, "%.200s (%s)",
             s->data->events_label ? s->data->events_label : s->say->events,
             hz_number_format(number, sizeof number, (double)s->facts.events_drawn, 0,
                              s->look->language));
    hz_ink_style dot;
    hz_sheet_spot_style(&dot);
    if (draw)
        hz_scene_circle(s->scene, "legend-event", x + PATCH_W / 2, y + PATCH_H / 2, one, &dot);
    double used = row_text(s, "legend-text", x, y, w, PATCH_H, text, draw);
    if (s->spot_most < 2)
        return used;
    used += 0.6;
    hz_words_put(text, sizeof text, s->say->at_one_place,
                 hz_number_format(number, sizeof number, (double)s->spot_most, 0,
                                  s->look->language));
    if (draw)
        hz_scene_circle(s->scene, "legend-event", x + PATCH_W / 2, y + used + h / 2, most, &dot);
    return used + row_text(s, "legend-text", x, y + used, w, h, text, draw);
}

double hz_legend_zones(hz_sheet *s, double x, double y, double w, bool draw)
{
    const hz_layer *zones = s->data->zones;
    size_t n = zones ? hz_layer_rows(zones) : 0;
    bool names = s->data->zone_name && s->look->zone_labels != HZ_ZONE_NAME;
    hz_type_style letter_type = hz_type(s->look->legend_pt, 600);
    double used = 0;
    if (!n)
        return 0;
    if (draw) {
        const hz_ink_style line = { .stroke_pt = s->look->zone_line_pt,
                                    .stroke_colour = HZ_TEXT_COLOUR,
                                    .casing_pt = s->look->zone_casing_pt,
                                    .casing_colour = HZ_PAPER };
        hz_scene_line(s->scene, "legend-zone", x, y + PATCH_H / 2, x + PATCH_W, y + PATCH_H / 2,
                      &line);
    }
    used = row_text(s, "legend-text", x, y, w, PATCH_H,
                    s->data->zone_title ? s->data->zone_title : s->say->zones, draw);
    for (size_t z = 0; names && z < n; z++) {
        char letter[8];
        hz_type_style type = row_type(s);
        if (!hz_sheet_zone_shown(s, z))
            continue;
        if (draw) {
            letter_type.align = HZ_CENTRE;
            hz_type_block(s, "legend-letter", x, y + used, PATCH_W, hz_sheet_letter(z, letter, 8),
                          &letter_type, true);
        }
        used += hz_type_block(s, "legend-text", x + TEXT_AT, y + used, w - TEXT_AT,
                              hz_layer_text(zones, s->data->zone_name, z), &type, draw);
    }
    return used;
}

double hz_legend_focus(hz_sheet *s, double x, double y, double w, bool draw)
{
    hz_ink_style line;
    if (!s->data->focus)
        return 0;
    hz_focus_edge_style(&line);
    if (draw)
        hz_scene_line(s->scene, "legend-focus", x, y + PATCH_H / 2, x + PATCH_W, y + PATCH_H / 2,
                      &line);
    return row_text(s, "legend-text", x, y, w, PATCH_H,
                    s->data->focus_title ? s->data->focus_title : s->say->focus, draw);
}
