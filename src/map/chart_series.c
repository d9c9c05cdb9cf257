/* Draws period series: a point with its interval for each period, one panel per series. */
#include <math.h>
#include <stdio.h>

#include "hotzone/mem.h"
#include "map/chart_parts.h"

#define GUTTER_MM 7.0      /* between panels */
#define DOT_MM 0.75        /* radius, less where points are close */

typedef struct {
    hz_scale y;
    const double *value, *low, *high, *whole;
    size_t hidden, undefined, cut, known;  /* in all series together */
} series;

static const hz_series_data *data_of(const hz_chart *c)
{
    return c->data;
}

static double mean_of(const hz_series_data *d, size_t s)
{
    return d->rates ? d->found[s].rate : d->found[s].mean;
}

/* Is a period hidden, rather than without a figure? */
static bool is_hidden(const hz_series_data *d, size_t row)
{
    return hz_layer_mark(d->table, "events", row) == HZ_HIDDEN;
}

/* The upper ends of whole periods are all on the page; a period cut to a few days may have an
 * interval that would press the others flat, and is then cut off at the top. */
static void find_scale(const hz_series_data *d, series *t)
{
    double high = 0;
    for (size_t i = 0; i < d->series * d->periods; i++) {
        if (isnan(t->value[i]))
            continue;
        high = fmax(high, t->value[i]);
        if (t->whole[i] > 0)
            high = fmax(high, t->high[i]);
    }
    for (size_t i = 0; i < d->series * d->periods; i++)
        if (!isnan(t->value[i]) && t->high[i] < 1.5 * high)
            high = fmax(high, t->high[i]);
    for (size_t s = 0; s < d->series; s++)
        if (mean_of(d, s) > high)
            high = mean_of(d, s);
    t->y = hz_chart_scale(0, d->most > 0 ? d->most : high > 0 ? 1.05 * high : 1, 6);
}

static void dot(hz_chart *c, double x, double y, double r, bool whole)
{
    const hz_ink_style full = { .fill = true, .fill_colour = c->dark };
    const hz_ink_style hollow = { .fill = true, .fill_colour = HZ_PAPER, .stroke_pt = 0.75,
                                  .stroke_colour = c->dark };
    hz_scene_circle(c->s.scene, whole ? "value" : "value-cut", x, y, r,
                    whole ? &full : &hollow);
}

static void bar(hz_chart *c, double x, double top, double foot, bool beyond)
{
    const hz_ink_style style = { .stroke_pt = 1, .stroke_colour = c->middle };
    hz_scene_line(c->s.scene, "interval", x, top, x, foot, &style);
    if (beyond) { /* goes on beyond the plot */
        hz_scene_line(c->s.scene, "interval-on", x - 0.7, top + 0.9, x, top, &style);
        hz_scene_line(c->s.scene, "interval-on", x + 0.7, top + 0.9, x, top, &style);
    }
}

static hz_ink_style hidden_style(const hz_chart *c)
{
    return (hz_ink_style){ .fill = true, .fill_colour = c->s.look->no_data, .hatch_pt = 0.4,
                           .hatch_every_mm = 1.2, .hatch_colour = HZ_CHART_LINE };
}

static hz_ink_style mean_style(void)
{
    return (hz_ink_style){ .stroke_pt = 0.6, .stroke_colour = HZ_CHART_LINE,
                           .dash_mm = { 1.4, 0.9 } };
}

static void key_value(hz_chart *c, double x, double y)
{
    bar(c, x, y - 1.8, y + 1.8, false);
    dot(c, x, y, DOT_MM, true);
}

static void key_cut(hz_chart *c, double x, double y)
{
    dot(c, x, y, DOT_MM, false);
}

static void key_hidden(hz_chart *c, double x, double y)
{
    hz_ink_style style = hidden_style(c);
    hz_scene_rect(c->s.scene, "key-hidden", x - 3.5, y - 2, 7, 4, &style);
}

static void none_mark(hz_chart *c, double x, double baseline)
{
    hz_type_style type = hz_type(HZ_CHART_SMALL_PT, 400);
    type.align = HZ_CENTRE;
    hz_scene_text(c->s.scene, "no-figure", x, baseline, "\u2013", &type);
}

static void key_none(hz_chart *c, double x, double y)
{
    none_mark(c, x, y + 0.9);
}

static void key_mean(hz_chart *c, double x, double y)
{
    hz_ink_style style = mean_style();
    hz_scene_line(c->s.scene, "key-mean", x - 3, y, x + 3, y, &style); /* ends with a dash */
}

static double draw_keys(hz_chart *c, const series *t, double x, double y, double w, bool draw)
{
    const hz_series_data *d = data_of(c);
    hz_chart_keys keys = hz_chart_keys_begin(x, y, w, draw);
    char share[40], number[40], text[160];
    bool has_mean = false;
    for (size_t s = 0; s < d->series; s++)
        has_mean |= !isnan(mean_of(d, s));
    hz_share_format(share, sizeof share, d->level,
                    fabs(100 * d->level - round(100 * d->level)) < 1e-9 ? 0 : 1,
                    c->s.look->language);
    hz_words_put(text, sizeof text, c->say->interval, share);
    if (t->known)
        hz_chart_key(c, &keys, 2, key_value, text);
    if (t->cut)
        hz_chart_key(c, &keys, 2, key_cut, c->say->not_whole);
    if (has_mean)
        hz_chart_key(c, &keys, 6, key_mean,
                     t->undefined ? c->say->mean_known : c->say->mean);
    if (t->hidden) {
        snprintf(text, sizeof text, "%s", c->say->hidden);
        if (d->hide_below > 0)
            hz_words_put(text, sizeof text, c->say->hidden_fewer,
                         hz_chart_number(c, d->hide_below, 0, number, sizeof number));
        hz_chart_key(c, &keys, 7, key_hidden, text);
    }
    if (t->undefined)
        hz_chart_key(c, &keys, 2, key_none, c->say->no_figure);
    return hz_chart_keys_end(&keys);
}

/* ------------------------------------------------------------------ periods below the axis */

/* Year, and month or quarter from 0, of a period. */
static void part_of(const hz_series_data *d, size_t i, int *year, int *part)
{
    int month, day;
    hz_time from = d->period[i].from;
    hz_date_civil(from / 86400 - (from % 86400 < 0), year, &month, &day);
    *part = d->by == HZ_BY_MONTH ? month - 1 : d->by == HZ_BY_QUARTER ? (month - 1) / 3 : 0;
}

static void part_text(const hz_chart *c, int part, bool brief, char *buf, size_t size)
{
    const hz_series_data *d = data_of(c);
    char number[16];
    if (d->by == HZ_BY_MONTH && brief) {
        char first = c->say->month[part][0];
        snprintf(buf, size, "%c", first >= 'a' ? first - 32 : first);
    } else if (d->by == HZ_BY_MONTH) {
        snprintf(buf, size, "%s", c->say->month[part]);
    } else {
        snprintf(number, sizeof number, "%d", part + 1);
        if (brief)
            snprintf(buf, size, "%s", number);
        else
            hz_words_put(buf, size, c->say->quarter, number);
    }
}

typedef enum { PARTS_FULL, PARTS_BRIEF, PARTS_NONE } part_form;

/* The longest form of months or quarters that fits its slot. */
static part_form choose_form(hz_chart *c, double slot)
{
    const hz_series_data *d = data_of(c);
    hz_type_style type = hz_type(HZ_CHART_SMALL_PT, 400);
    if (d->by == HZ_BY_YEAR)
        return PARTS_NONE;
    for (part_form form = PARTS_FULL; form < PARTS_NONE; form++) {
        double widest = 0;
        char text[40];
        for (int k = 0; k < (d->by == HZ_BY_MONTH ? 12 : 4); k++) {
            part_text(c, k, form == PARTS_BRIEF, text, sizeof text);
            widest = fmax(widest, hz_type_width(&c->s, text, &type));
        }
        if (widest + 0.8 <= slot)
            return form;
    }
    return PARTS_NONE;
}

static void draw_years(hz_chart *c, const hz_plot *p, double slot, double baseline, double tick_to)
{
    const hz_series_data *d = data_of(c);
    const hz_ink_style mark = { .stroke_pt = 0.5, .stroke_colour = HZ_CHART_LINE };
    hz_type_style type = hz_type(HZ_CHART_SMALL_PT, 400);
    double foot = p->room.y + p->room.h, free_from = -1e9;
    type.align = HZ_CENTRE;
    for (size_t i = 0; i < d->periods;) {
        int year, next, part;
        size_t end = i + 1;
        char text[16];
        part_of(d, i, &year, &part);
        while (end < d->periods && (part_of(d, end, &next, &part), next == year))
            end++;
        snprintf(text, sizeof text, "%d", year);
        double half = hz_type_width(&c->s, text, &type) / 2;
        double x = p->room.x + slot * (double)(i + end) / 2;
        if (i && d->by != HZ_BY_YEAR)
            hz_scene_line(c->s.scene, "tick", p->room.x + slot * (double)i, foot,
                          p->room.x + slot * (double)i, tick_to, &mark);
        if (x - half >= free_from) { /* too near one another: every second, third, ... */
            hz_scene_text(c->s.scene, "tick-x", x, baseline, text, &type);
            free_from = x + half + 1.2;
        }
        i = end;
    }
}

/* Months or quarters, and the years below them; returns the height. */
static double draw_periods(hz_chart *c, const hz_plot *p, bool draw)
{
    const hz_series_data *d = data_of(c);
    hz_type_style type = hz_type(HZ_CHART_SMALL_PT, 400);
    double slot = p->room.w / (double)d->periods, line = hz_type_line_mm(&type);
    double foot = p->room.y + p->room.h + 0.8;
    part_form form = choose_form(c, slot);
    double height = 0.8 + line * (form == PARTS_NONE ? 1 : 2);
    if (!draw)
        return height;
    type.align = HZ_CENTRE;
    for (size_t i = 0; form != PARTS_NONE && i < d->periods; i++) {
        int year, part;
        char text[40];
        part_of(d, i, &year, &part);
        part_text(c, part, form == PARTS_BRIEF, text, sizeof text);
        hz_scene_text(c->s.scene, "tick-x", p->room.x + slot * ((double)i + 0.5),
                      foot + 0.78 * line, text, &type);
    }
    draw_years(c, p, slot, foot + height - 0.8 - 0.22 * line, foot - 0.8 + height);
    return height;
}

/* ------------------------------------------------------------------ one panel */

/* "Indre Nørrebro   53,7 (51,3-56,2)" */
static double panel_title(hz_chart *c, size_t s, double x, double y, double w, bool draw)
{
    const hz_series_data *d = data_of(c);
    const hz_series_found *f = &d->found[s];
    hz_type_style name = hz_type(c->s.look->legend_pt, 600);
    hz_type_style small = hz_type(HZ_CHART_SMALL_PT, 400);
    char value[40], low[40], high[40], text[400];
    const char *mean = f->undefined ? c->say->mean_known : c->say->mean;
    int decimals = d->rates ? c->s.look->decimals : 1;
    double used = hz_type_block(&c->s, "panel-title", x, y, w, d->name[s], &name, draw);
    if (f->all_hidden)
        snprintf(text, sizeof text, "%s", c->say->hidden);
    else if (isnan(mean_of(d, s)))
        snprintf(text, sizeof text, "%s: %s", mean, c->s.say->city_none);
    else
        snprintf(text, sizeof text, "%s: %s\u00a0(%s\u2013%s)", mean,
                 hz_chart_number(c, mean_of(d, s), decimals, value, sizeof value),
                 hz_chart_number(c, d->rates ? f->rate_low : f->mean_low, decimals, low,
                                 sizeof low),
                 hz_chart_number(c, d->rates ? f->rate_high : f->mean_high, decimals, high,
                                 sizeof high));
    used += hz_type_block(&c->s, "panel-mean", x, y + used, w, text, &small, draw);
    return used + 1.8;
}

static void draw_line(hz_chart *c, const hz_plot *p, const double *value, double slot)
{
    const hz_ink_style line = { .stroke_pt = 0.75, .stroke_colour = c->dark };
    const hz_series_data *d = data_of(c);
    for (size_t i = 1; i < d->periods; i++)
        if (!isnan(value[i]) && !isnan(value[i - 1]))
            hz_scene_line(c->s.scene, "line", p->room.x + slot * ((double)i - 0.5),
                          hz_plot_y(p, value[i - 1]), p->room.x + slot * ((double)i + 0.5),
                          hz_plot_y(p, value[i]), &line);
}

static void draw_panel(hz_chart *c, size_t s, const hz_plot *p)
{
    const hz_series_data *d = data_of(c);
    const series *t = c->scratch;
    size_t from = s * d->periods;
    double slot = p->room.w / (double)d->periods, foot = p->room.y + p->room.h;
    hz_ink_style mean = mean_style(), hatch = hidden_style(c);

    for (size_t i = 0; i < d->periods; i++)
        if (is_hidden(d, from + i))
            hz_scene_rect(c->s.scene, "hidden", p->room.x + slot * (double)i, p->room.y, slot,
                          p->room.h, &hatch);
    hz_chart_y_axis(c, p);
    draw_periods(c, p, true);
    if (!isnan(mean_of(d, s))) {
        double y = hz_plot_y(p, mean_of(d, s));
        hz_scene_line(c->s.scene, "mean", p->room.x, y, p->room.x + p->room.w, y, &mean);
    }
    for (size_t i = 0; i < d->periods; i++) {
        double x = p->room.x + slot * ((double)i + 0.5);
        bool beyond = t->high[from + i] > p->y.high;
        if (!isnan(t->value[from + i]))
            bar(c, x, hz_plot_y(p, fmin(t->high[from + i], p->y.high)),
                hz_plot_y(p, t->low[from + i]), beyond);
        else if (!is_hidden(d, from + i))
            none_mark(c, x, foot - 1);
    }
    draw_line(c, p, t->value + from, slot);
    for (size_t i = 0; i < d->periods; i++)
        if (!isnan(t->value[from + i]))
            dot(c, p->room.x + slot * ((double)i + 0.5), hz_plot_y(p, t->value[from + i]),
                fmin(DOT_MM, fmax(0.4, 0.3 * slot)), t->whole[from + i] > 0);
}

static double body(hz_chart *c, double x, double y, double w, bool draw)
{
    const hz_series_data *d = data_of(c);
    const series *t = c->scratch;
    hz_type_style title = hz_type(c->s.look->legend_pt, 600);
    size_t columns = d->series > 1 && w >= 110 ? 2 : 1;
    double each = (w - GUTTER_MM * (double)(columns - 1)) / (double)columns;
    double left = hz_chart_y_width(c, &t->y);
    double used = draw_keys(c, t, x, y, w, draw);

    used += hz_type_block(&c->s, "y-title", x, y + used, w, c->s.words->quantity, &title, draw) +
            1.5;
    for (size_t first = 0; first < d->series; first += columns) {
        double head = 0, tail = 0;
        hz_plot p = { .y = t->y, .x = { 0, (double)d->periods, 1, 0 } };
        p.room = (hz_rect){ x, 0, each - left, fmin(fmax(0.42 * each, 34), 80) };
        for (size_t k = first; k < first + columns && k < d->series; k++)
            head = fmax(head, panel_title(c, k, x, y, each, false));
        for (size_t k = first; k < first + columns && k < d->series; k++) {
            double at = x + (each + GUTTER_MM) * (double)(k - first);
            p.room.x = at + left;
            p.room.y = y + used + head;
            tail = draw_periods(c, &p, false);
            if (!draw)
                continue;
            panel_title(c, k, at, y + used, each, true);
            draw_panel(c, k, &p);
            if (k == 0)
                c->facts = (hz_chart_facts){
                    .frame = { .x_mm = p.room.x, .y_mm = p.room.y, .w_mm = p.room.w,
                               .h_mm = p.room.h },
                    .x_high = p.x.high, .y_low = p.y.low, .y_high = p.y.high };
        }
        used += head + p.room.h + tail + (first + columns < d->series ? 4 : 0);
    }
    return used;
}

static hz_status lend(const hz_series_data *d, series *t, hz_error *err)
{
    const struct { const char *name; const double **to; } columns[] = {
        { d->rates ? "rate" : "events", &t->value },
        { d->rates ? "rate_low" : "events_low", &t->low },
        { d->rates ? "rate_high" : "events_high", &t->high }, { "whole", &t->whole }
    };
    if (d->series < 1 || d->series > HZ_CHART_SERIES_MOST || d->periods < 1)
        return hz_fail(err, HZ_EUSAGE, "chart: %zu series of %zu periods, expected 1 to %d of at "
                       "least 1", d->series, d->periods, HZ_CHART_SERIES_MOST);
    if (hz_layer_rows(d->table) != d->series * d->periods)
        return hz_fail(err, HZ_EUSAGE, "%s: %zu rows, expected %zu series of %zu periods",
                       hz_layer_name(d->table), hz_layer_rows(d->table), d->series, d->periods);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (!(*columns[i].to = hz_layer_numbers(d->table, columns[i].name)))
            return hz_fail(err, HZ_EUSAGE, "%s: no column '%s' of numbers",
                           hz_layer_name(d->table), columns[i].name);
    for (size_t i = 0; i < d->series * d->periods; i++) {
        t->hidden += is_hidden(d, i);
        t->undefined += isnan(t->value[i]) && !is_hidden(d, i);
        t->known += isnan(t->value[i]) ? 0 : 1;
        t->cut += !isnan(t->value[i]) && !(t->whole[i] > 0);
    }
    return HZ_OK;
}

hz_status hz_chart_series(const hz_series_data *data, const hz_sheet_words *words,
                          const hz_look *look, hz_fonts *fonts, hz_scene **out,
                          hz_chart_facts *facts, const hz_notice *notice, hz_error *err)
{
    hz_chart c = { .data = data, .body = body };
    series *t = c.scratch = hz_mem_new(1, sizeof *t);
    hz_status st = t ? lend(data, t, err) : hz_mem_fail(err, "chart");
    if (!st) {
        find_scale(data, t);
        st = hz_chart_start(&c, words, look, fonts, err);
    }
    if (!st)
        st = hz_chart_compose(&c, notice, out, facts, err);
    hz_chart_clear(&c);
    return st;
}
