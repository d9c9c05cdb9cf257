/* Small multiples: panels of one extent and one set of classes, and a legend below them. */
#include "hotzone/sheet_periods.h"

#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "map/sheet_parts.h"

#define GUTTER_MM 4.0
#define TITLE_GAP_MM 2.5
#define HEAD_GAP_MM 0.8      /* panel title to its frame */
#define NOTE_GAP_MM 2.5
#define LEGEND_GAP_MM 3.0
#define FIGURE_MOST_MM 240.0
#define PANEL_LEAST_MM 25.0
#define WIDE_MM 140.0        /* narrower pages have two columns at most */

typedef struct {
    size_t n, columns, rows;
    hz_sheet panel[HZ_SHEET_PERIODS_MOST];
    hz_sheet_data data[HZ_SHEET_PERIODS_MOST];
    const hz_sheet_period *periods;
    double w, h, head;       /* of a panel's frame; of the words above it */
    double legend_y;
} album;

static hz_status check(const album *a, const hz_notice *notice, hz_error *err)
{
    const hz_sheet_data *d = &a->data[0];
    hz_status st;
    if (hz_layer_rows(d->areas) == 0)
        return hz_fail(err, HZ_EDATA, "%s: no areas, expected at least one",
                       hz_layer_name(d->areas));
    st = hz_sheet_check_crs(d->areas, notice, err);
    if (!st)
        st = hz_sheet_check_layers(d, hz_layer_crs(d->areas), err);
    if (!st)
        st = hz_sheet_check_column(d->areas, d->name, HZ_TEXTS, err);
    for (size_t i = 0; !st && i < a->n; i++) {
        st = hz_sheet_check_column(d->areas, a->data[i].value, HZ_NUMBERS, err);
        if (!st)
            st = hz_sheet_check_column(d->areas, a->data[i].state, HZ_TEXTS, err);
    }
    return st;
}

static size_t columns_for(size_t n, bool wide)
{
    return n == 1 ? 1 : n == 2 || n == 4 || !wide ? 2 : 3;
}

/* Period and city value above a panel. */
static double draw_head(album *a, size_t i, double x, double y, bool draw)
{
    hz_sheet *s = &a->panel[i];
    hz_type_style title = hz_type(s->look->legend_pt, 600);
    double used = hz_type_block(s, "panel-title", x, y, a->w, a->periods[i].title, &title, draw);
    return used + hz_furniture_city(s, x, y + used, a->w, draw) + HEAD_GAP_MM;
}

static double natural_height(const album *a)
{
    hz_box g = a->panel[0].ground;
    double inner = a->w - 2 * HZ_PANEL_PAD_MM;
    return inner * (g.ymax - g.ymin) / (g.xmax - g.xmin) + 2 * HZ_PANEL_PAD_MM;
}

static hz_status lay_out(album *a, hz_error *err)
{
    hz_sheet *s = &a->panel[0];
    const hz_look *look = s->look;
    bool figure = strcmp(look->page_name, "text") == 0 || strcmp(look->page_name, "column") == 0;
    double margin = look->margin_mm, w = look->width_mm - 2 * margin;
    double title = hz_furniture_title(s, 0, 0, w, false);
    double notes = hz_furniture_notes(s, 0, 0, w, false);

    title += title > 0 ? TITLE_GAP_MM : 0;
    a->columns = columns_for(a->n, w >= WIDE_MM);
    a->rows = (a->n + a->columns - 1) / a->columns;
    a->w = (w - GUTTER_MM * (double)(a->columns - 1)) / (double)a->columns;
    a->head = 0;
    for (size_t i = 0; i < a->n; i++)
        a->head = fmax(a->head, draw_head(a, i, 0, 0, false));
    s->columns = w < WIDE_MM ? 2 : 3;
    double legend = hz_sheet_legend_below(s, 0, 0, w, false), rows = (double)a->rows;
    double fixed = 2 * margin + title + rows * a->head + (rows - 1) * GUTTER_MM + LEGEND_GAP_MM +
                   legend + NOTE_GAP_MM + notes;
    double room = ((figure ? FIGURE_MOST_MM : look->height_mm) - fixed) / rows;
    a->h = fmin(fmin(fmax(natural_height(a), PANEL_LEAST_MM), a->w), room);
    if (a->h < PANEL_LEAST_MM)
        return hz_fail(err, HZ_EUSAGE, "sheet: title, legend and notes leave each of %zu rows of "
                       "panels %.1f mm, expected at least %.0f: fewer periods, shorter notes or a "
                       "larger page", a->rows, fmax(a->h, 0), PANEL_LEAST_MM);
    double top = margin + title;
    for (size_t i = 0; i < a->n; i++)
        a->panel[i].frame = (hz_rect){
            margin + (double)(i % a->columns) * (a->w + GUTTER_MM),
            top + (double)(i / a->columns) * (a->head + a->h + GUTTER_MM) + a->head, a->w, a->h };
    s->title_room = (hz_rect){ margin, margin, w, title };
    a->legend_y = top + rows * (a->head + a->h) + (rows - 1) * GUTTER_MM + LEGEND_GAP_MM;
    s->note_room = (hz_rect){ margin, a->legend_y + legend + NOTE_GAP_MM, w, notes };
    s->width = look->width_mm;
    s->height = figure ? s->note_room.y + notes + margin : look->height_mm;
    s->facts.width_mm = s->width;
    s->facts.height_mm = s->height;
    return HZ_OK;
}

static hz_status draw_panel(album *a, size_t i, hz_scene *scene, hz_error *err)
{
    hz_sheet *s = &a->panel[i];
    s->scene = scene;
    hz_status st = hz_sheet_place(s, err);
    if (!st)
        st = hz_sheet_project(s, err);
    if (st)
        return st;
    draw_head(a, i, s->frame.x, s->frame.y - a->head, true);
    return hz_sheet_draw_panel_map(s, i == 0, err);
}

static hz_status draw(album *a, hz_error *err)
{
    hz_sheet *s = &a->panel[0];
    const hz_ink_style paper = { .fill = true, .fill_colour = HZ_PAPER };
    hz_status st = hz_scene_new(s->width, s->height, &s->scene, err);
    if (st)
        return st;
    hz_scene_rect(s->scene, "paper", 0, 0, s->width, s->height, &paper);
    hz_furniture_title(s, s->title_room.x, s->title_room.y, s->title_room.w, true);
    for (size_t i = 0; !st && i < a->n; i++)
        st = draw_panel(a, i, s->scene, err);
    if (st)
        return st;
    hz_sheet_legend_below(s, s->title_room.x, a->legend_y, s->title_room.w, true);
    hz_furniture_notes(s, s->note_room.x, s->note_room.y, s->note_room.w, true);
    st = hz_sheet_set_about(s, err);
    return st ? st : hz_scene_check(s->scene, err);
}

static bool short_of_memory(const album *a)
{
    hz_error lost;
    bool out = hz_fonts_check(a->panel[0].fonts, &lost) != HZ_OK;
    for (size_t i = 0; i < a->n; i++)
        out |= a->panel[i].out_of_memory;
    return out;
}

static void close_album(album *a)
{
    for (size_t i = 0; i < a->n; i++) {
        if (i > 0)
            a->panel[i].scene = NULL; /* the first one's */
        hz_sheet_clear(&a->panel[i]);
    }
    hz_mem_free(a);
}

static void open_panel(album *a, size_t i, const hz_sheet_data *data, const hz_sheet_words *words,
                       const hz_look *look, hz_fonts *fonts, const hz_notice *notice)
{
    const hz_sheet_period *p = &a->periods[i];
    a->data[i] = *data;
    a->data[i].value = p->value;
    a->data[i].state = p->state;
    a->data[i].city = p->city;
    a->data[i].city_low = p->city_low;
    a->data[i].city_high = p->city_high;
    a->data[i].events = NULL;
    a->data[i].focus = NULL;
    a->panel[i] = (hz_sheet){ .data = &a->data[i], .words = words, .look = look, .fonts = fonts,
                              .notice = notice, .say = hz_sheet_wording(look->language),
                              .n = hz_layer_rows(data->areas), .reference = NAN, .shared = true };
}

hz_status hz_sheet_periods_compose(const hz_sheet_data *data, const hz_sheet_period *periods,
                                   size_t period_count, const hz_sheet_words *words,
                                   const hz_look *look, hz_fonts *fonts, hz_scene **out,
                                   hz_sheet_facts *facts, const hz_notice *notice, hz_error *err)
{
    if (period_count == 0 || period_count > HZ_SHEET_PERIODS_MOST)
        return hz_fail(err, HZ_EUSAGE, "sheet: %zu periods side by side, expected 1 to %d: choose "
                       "some of them, or draw them as a line chart", period_count,
                       HZ_SHEET_PERIODS_MOST);
    album *a = hz_mem_new(1, sizeof *a);
    hz_status st;
    if (!a)
        return hz_mem_fail(err, "sheet");
    a->n = period_count;
    a->periods = periods;
    for (size_t i = 0; i < a->n; i++)
        open_panel(a, i, data, words, look, fonts, notice);
    st = check(a, notice, err);
    for (size_t i = 0; !st && i < a->n; i++)
        st = hz_sheet_find_ground(&a->panel[i], err);
    if (!st)
        st = hz_sheet_classify_together(a->panel, a->n, err);
    if (!st)
        st = lay_out(a, err);
    if (!st)
        st = draw(a, err);
    if (short_of_memory(a))
        st = hz_mem_fail(err, "sheet");
    if (!st) {
        *out = a->panel[0].scene;
        a->panel[0].scene = NULL;
        if (facts)
            *facts = a->panel[0].facts;
    }
    close_album(a);
    return st;
}
