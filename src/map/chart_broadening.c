/* Draws what a focus holds as areas are added to it. */
#include <math.h>

#include "hotzone/mem.h"
#include "map/chart_parts.h"

#define DOT_MM 0.8
#define FOCUS_MM 1.3
#define LATER_PT 0.7
#define TALL_MOST_MM 84

enum { CURVES = 3, LEADERS = 2 }; /* lines that labels keep off; areas named by leaders */

typedef struct {
    hz_chart_label *labels; /* of the points of the curve */
    double *curves;
} broadening;

static hz_ink_style later_style(const hz_chart *c)
{
    return (hz_ink_style){ .stroke_pt = LATER_PT, .stroke_colour = c->dark };
}

static void later_dot(hz_chart *c, double x, double y)
{
    const hz_ink_style hollow = { .fill = true, .fill_colour = HZ_PAPER, .stroke_pt = LATER_PT,
                                  .stroke_colour = c->dark };
    hz_scene_circle(c->s.scene, "later", x, y, DOT_MM, &hollow);
}

static void draw_later(hz_chart *c, const hz_plot *p, const hz_chart_curve *v)
{
    const hz_ink_style line = later_style(c);
    for (size_t i = 1; i < v->n; i++)
        hz_scene_line(c->s.scene, "later-line", hz_plot_x(p, v->x[i - 1]),
                      hz_plot_y(p, v->observed[i - 1]), hz_plot_x(p, v->x[i]),
                      hz_plot_y(p, v->observed[i]), &line);
    for (size_t i = 0; i < v->n; i++)
        later_dot(c, hz_plot_x(p, v->x[i]), hz_plot_y(p, v->observed[i]));
}

/* The focus itself is the first point, and larger. */
static void draw_points(hz_chart *c, const hz_plot *p, const hz_chart_curve *v)
{
    const hz_ink_style full = { .fill = true, .fill_colour = c->dark };
    for (size_t i = 0; i < v->n; i++)
        hz_scene_circle(c->s.scene, i ? "step" : "focus", hz_plot_x(p, v->x[i]),
                        hz_plot_y(p, v->observed[i]), i ? DOT_MM : FOCUS_MM, &full);
}

/* The lines as the labels see them, all of as many points. */
static void list_lines(const hz_plot *p, const hz_broadening_data *d, double *xy)
{
    const hz_chart_curve *v = &d->curve, *w = d->later.n ? &d->later : v;
    for (size_t i = 0; i < v->n; i++) {
        size_t j = i < w->n ? i : w->n - 1;
        const double at[CURVES][2] = { { v->x[i], v->observed[i] }, { v->x[i], v->expected[i] },
                                       { w->x[j], w->observed[j] } };
        for (size_t k = 0; k < CURVES; k++) {
            xy[2 * (k * v->n + i)] = hz_plot_x(p, at[k][0]);
            xy[2 * (k * v->n + i) + 1] = hz_plot_y(p, at[k][1]);
        }
    }
}

static void draw_names(hz_chart *c, const hz_plot *p, const hz_broadening_data *d)
{
    broadening *b = c->scratch;
    const hz_chart_curve *v = &d->curve;
    if (!d->name)
        return;
    for (size_t i = 0; i < v->n; i++)
        b->labels[i] = (hz_chart_label){ .x = hz_plot_x(p, v->x[i]),
                                         .y = hz_plot_y(p, v->observed[i]),
                                         .r = i ? DOT_MM : FOCUS_MM, .text = d->name[i],
                                         .must = i <= LEADERS, .wanted = true };
    list_lines(p, d, b->curves);
    hz_chart_place_labels(c, &p->room, b->labels, v->n, b->curves, CURVES, v->n);
    hz_chart_draw_labels(c, b->labels, v->n);
    hz_chart_drop_labels(c, b->labels, v->n);
}

static void key_later(hz_chart *c, double x, double y)
{
    const hz_ink_style line = later_style(c);
    hz_scene_line(c->s.scene, "key-later", x - 3, y, x + 3, y, &line);
    later_dot(c, x, y);
}

/* mm: a per cent on the page. */
static double draw_keys(hz_chart *c, double x, double y, double w, double mm, bool draw)
{
    const hz_broadening_data *d = c->data;
    double used = hz_chart_curve_keys(c, x, y, w, d->observed, d->best, d->band,
                                      mm * hz_chart_band_height(&d->curve), NULL, draw);
    if (!d->later.n)
        return used;
    hz_chart_keys keys = hz_chart_keys_begin(x, y + used, w, draw);
    hz_chart_key(c, &keys, 6, key_later, d->later_label);
    return used + hz_chart_keys_end(&keys);
}

static double body(hz_chart *c, double x, double y, double w, bool draw)
{
    const hz_broadening_data *d = c->data;
    const hz_chart_curve *v = &d->curve;
    hz_type_style title = hz_type(c->s.look->legend_pt, 600);
    hz_type_style small = hz_type(HZ_CHART_SMALL_PT, 400);
    double tall = fmin(fmax(0.5 * w, 48), TALL_MOST_MM);
    double used = draw_keys(c, x, y, w, tall / 100, draw);
    used += hz_type_block(&c->s, "y-title", x, y + used, w, c->s.words->quantity, &title, draw) + 2;
    hz_plot p = { .x = hz_chart_scale(0, v->x[v->n - 1], 6), .y = { 0, 100, 20, 0 } };
    double left = hz_chart_y_width(c, &p.y);
    p.room = (hz_rect){ x + left, y + used, w - left - 3, tall };
    double foot = used + p.room.h + 1 + hz_type_line_mm(&small);
    if (draw) {
        hz_chart_y_axis(c, &p);
        hz_chart_draw_curve(c, &p, v);
        draw_later(c, &p, &d->later);
        draw_points(c, &p, v);
        hz_chart_x_axis(c, &p);
        draw_names(c, &p, d);
        title.align = HZ_RIGHT;
        hz_scene_text(c->s.scene, "x-title", p.room.x + p.room.w,
                      y + foot + 0.78 * hz_type_line_mm(&title), d->x_title, &title);
        c->facts.frame = (hz_ink_frame){ .x_mm = p.room.x, .y_mm = p.room.y, .w_mm = p.room.w,
                                         .h_mm = p.room.h };
        c->facts.x_low = p.x.low;
        c->facts.x_high = p.x.high;
        c->facts.y_low = p.y.low;
        c->facts.y_high = p.y.high;
    }
    return foot + hz_type_line_mm(&title) + 0.5;
}

hz_status hz_chart_broadening(const hz_broadening_data *data, const hz_sheet_words *words,
                              const hz_look *look, hz_fonts *fonts, hz_scene **out,
                              hz_chart_facts *facts, const hz_notice *notice, hz_error *err)
{
    broadening *b;
    hz_chart c = { .data = data, .body = body };
    size_t n = data->curve.n;
    if (n < 2 || !(data->curve.x[n - 1] > data->curve.x[0]))
        return hz_fail(err, HZ_EUSAGE, "chart: %zu points, expected two or more at rising places", n);
    b = c.scratch = hz_mem_new(1, sizeof *b);
    if (b) {
        b->labels = hz_mem_new(n, sizeof *b->labels);
        b->curves = hz_mem_new(n, 2 * CURVES * sizeof *b->curves);
    }
    hz_status st = b && b->labels && b->curves ? hz_chart_start(&c, words, look, fonts, err)
                                               : hz_mem_fail(err, "chart");
    if (!st)
        st = hz_chart_compose(&c, notice, out, facts, err);
    if (b) {
        hz_mem_free(b->labels);
        hz_mem_free(b->curves);
    }
    hz_chart_clear(&c);
    return st;
}
