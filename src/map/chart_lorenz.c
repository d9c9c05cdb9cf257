/* Lorenz curves beside what chance alone gives, a square panel for each set of places. */
#include <math.h>

#include "map/chart_parts.h"

enum { STEPS = HZ_CONCENTRATION_STEPS, POINTS = STEPS + 1 };
#define GUTTER_MM 6.0
#define PANEL_MOST_MM 76.0

/* Per cent, as the axes have them. */
typedef struct {
    double x[POINTS], observed[POINTS], expected[POINTS], low[POINTS], high[POINTS];
} panel;

static void fill(panel *v, const hz_concentration *f)
{
    for (size_t k = 0; k < POINTS; k++) {
        v->x[k] = 100.0 * (double)k / STEPS;
        v->observed[k] = 100 * f->curve[k];
        v->expected[k] = 100 * f->expected[k];
        v->low[k] = 100 * f->low[k];
        v->high[k] = 100 * f->high[k];
    }
}

/* One panel, its top left corner at x, y; returns its height. */
static double draw_panel(hz_chart *c, size_t i, double x, double y, double w, bool draw)
{
    const hz_lorenz_data *d = c->data;
    hz_type_style title = hz_type(c->s.look->legend_pt, 600);
    hz_type_style small = hz_type(HZ_CHART_SMALL_PT, 400);
    hz_plot p = { .x = hz_chart_scale(0, 100, 5), .y = hz_chart_scale(0, 100, 5) };
    double used = hz_type_block(&c->s, "panel", x, y, w, d->name[i], &title, draw) + 1.5;
    double left = hz_chart_y_width(c, &p.y);
    p.room = (hz_rect){ x + left, y + used, w - left - 2, w - left - 2 };
    if (draw) {
        panel v;
        hz_ink_style even;
        fill(&v, &d->found[i]);
        const hz_chart_curve curve = { POINTS, v.x, v.observed, v.expected, v.low, v.high };
        hz_chart_y_axis(c, &p);
        hz_chart_even_style(&even);
        hz_chart_draw_curve(c, &p, &curve);
        hz_scene_line(c->s.scene, "even", hz_plot_x(&p, 0), hz_plot_y(&p, 0), hz_plot_x(&p, 100),
                      hz_plot_y(&p, 100), &even);
        hz_chart_x_axis(c, &p);
        if (i == 0) {
            c->facts.frame = (hz_ink_frame){ .x_mm = p.room.x, .y_mm = p.room.y,
                                             .w_mm = p.room.w, .h_mm = p.room.h };
            c->facts.x_high = c->facts.y_high = 100;
        }
    }
    return used + p.room.h + 1 + hz_type_line_mm(&small);
}

/* The height of the highest band of all panels, of which each is about `side` high. */
static double band_mm(const hz_lorenz_data *d, double side)
{
    double most = 0;
    for (size_t i = 0; i < d->panels; i++)
        for (size_t k = 0; k < POINTS; k++)
            most = fmax(most, d->found[i].high[k] - d->found[i].low[k]);
    return most * side;
}

static double body(hz_chart *c, double x, double y, double w, bool draw)
{
    const hz_lorenz_data *d = c->data;
    hz_type_style title = hz_type(c->s.look->legend_pt, 600);
    size_t across = d->panels > 1 && w > 100 ? 2 : 1;
    double each = (w - GUTTER_MM * (double)(across - 1)) / (double)across;
    each = each > PANEL_MOST_MM ? PANEL_MOST_MM : each;
    double used = hz_chart_curve_keys(c, x, y, w, c->say->observed, c->say->by_chance,
                                      c->say->band_95, band_mm(d, each), c->say->even, draw);
    used += hz_type_block(&c->s, "y-title", x, y + used, w, c->s.words->quantity, &title, draw) + 1;
    for (size_t i = 0; i < d->panels; i += across) {
        double tall = 0;
        for (size_t k = 0; k < across && i + k < d->panels; k++) {
            double h = draw_panel(c, i + k, x + (double)k * (each + GUTTER_MM), y + used, each,
                                  draw);
            tall = h > tall ? h : tall;
        }
        used += tall + 1;
    }
    double right = x + (double)across * each + (double)(across - 1) * GUTTER_MM - 2;
    title.align = HZ_RIGHT;
    if (draw)
        hz_scene_text(c->s.scene, "x-title", right, y + used + 0.6 * hz_type_line_mm(&title),
                      d->x_title, &title);
    return used + hz_type_line_mm(&title) + 0.5;
}

hz_status hz_chart_lorenz(const hz_lorenz_data *data, const hz_sheet_words *words,
                          const hz_look *look, hz_fonts *fonts, hz_scene **out,
                          hz_chart_facts *facts, const hz_notice *notice, hz_error *err)
{
    hz_chart c = { .data = data, .body = body };
    if (data->panels < 1 || data->panels > HZ_CHART_LORENZ_MOST)
        return hz_fail(err, HZ_EUSAGE, "chart: %zu panels, expected 1 to %d", data->panels,
                       HZ_CHART_LORENZ_MOST);
    hz_status st = hz_chart_start(&c, words, look, fonts, err);
    if (!st)
        st = hz_chart_compose(&c, notice, out, facts, err);
    hz_chart_clear(&c);
    return st;
}
