/* A curve beside what chance alone gives: drawn for Lorenz curves too, and the chart of a function. */
#include <math.h>

#include "hotzone/mem.h"
#include "map/chart_parts.h"

#define BAND 0xd5dde6U        /* light enough that lines are seen over it in grey */
#define CURVE_PT 1.4
#define EXPECTED_PT 0.8
#define TALL_MOST_MM 80

static hz_ink_style observed_style(const hz_chart *c)
{
    return (hz_ink_style){ .stroke_pt = CURVE_PT, .stroke_colour = c->dark };
}

static hz_ink_style expected_style(void)
{
    return (hz_ink_style){ .stroke_pt = EXPECTED_PT, .stroke_colour = HZ_TEXT_COLOUR,
                           .dash_mm = { 1.4, 0.9 } };
}

void hz_chart_even_style(hz_ink_style *style)
{
    *style = (hz_ink_style){ .stroke_pt = 0.5, .stroke_colour = HZ_CHART_LINE };
}

/* Runs of known points as open lines. */
static void draw_line(hz_chart *c, const hz_plot *p, const char *role, const hz_chart_curve *v,
                      const double *y, const hz_ink_style *style)
{
    double *xy = hz_mem_new(v->n, 2 * sizeof *xy);
    size_t k = 0;
    if (!xy) {
        c->s.out_of_memory = true;
        return;
    }
    for (size_t i = 0; i <= v->n; i++) {
        bool known = i < v->n && isfinite(y[i]);
        if (known) {
            xy[2 * k] = hz_plot_x(p, v->x[i]);
            xy[2 * k++ + 1] = hz_plot_y(p, y[i]);
        } else {
            const size_t ring[] = { 0, k };
            if (k > 1)
                hz_scene_path(c->s.scene, role, 1, ring, xy, false, style);
            k = 0;
        }
    }
    hz_mem_free(xy);
}

/* Between the limits, where both are known: out along the lower one and back along the upper. */
static void draw_band(hz_chart *c, const hz_plot *p, const hz_chart_curve *v)
{
    const hz_ink_style style = { .fill = true, .fill_colour = BAND };
    double *xy = hz_mem_new(v->n + 1, 4 * sizeof *xy);
    size_t from = 0;
    if (!xy) {
        c->s.out_of_memory = true;
        return;
    }
    for (size_t i = 0; i <= v->n; i++) {
        if (i < v->n && isfinite(v->low[i]) && isfinite(v->high[i]))
            continue;
        size_t m = i - from, k = 0;
        for (size_t j = 0; j < 2 * m; j++) {
            size_t at = j < m ? from + j : i - 1 - (j - m);
            xy[2 * k] = hz_plot_x(p, v->x[at]);
            xy[2 * k++ + 1] = hz_plot_y(p, j < m ? v->low[at] : v->high[at]);
        }
        xy[2 * k] = xy[0];
        xy[2 * k + 1] = xy[1];
        const size_t ring[] = { 0, k + 1 };
        if (m > 1)
            hz_scene_path(c->s.scene, "band", 1, ring, xy, true, &style);
        from = i + 1;
    }
    hz_mem_free(xy);
}

void hz_chart_draw_curve(hz_chart *c, const hz_plot *p, const hz_chart_curve *v)
{
    const hz_ink_style observed = observed_style(c), expected = expected_style();
    hz_scene_push_clip(c->s.scene, p->room.x, p->room.y - 0.5, p->room.w, p->room.h + 1);
    draw_band(c, p, v);
    draw_line(c, p, "expected", v, v->expected, &expected);
    draw_line(c, p, "observed", v, v->observed, &observed);
    hz_scene_pop_clip(c->s.scene);
}

/* ------------------------------------------------------------------ keys */

static void key_observed(hz_chart *c, double x, double y)
{
    const hz_ink_style style = observed_style(c);
    hz_scene_line(c->s.scene, "key-observed", x - 3, y, x + 3, y, &style);
}

static void key_expected(hz_chart *c, double x, double y)
{
    const hz_ink_style style = expected_style();
    hz_scene_line(c->s.scene, "key-expected", x - 3, y, x + 3, y, &style);
}

static void key_band(hz_chart *c, double x, double y)
{
    const hz_ink_style style = { .fill = true, .fill_colour = BAND };
    hz_scene_rect(c->s.scene, "key-band", x - 3, y - 1.3, 6, 2.6, &style);
}

static void key_even(hz_chart *c, double x, double y)
{
    hz_ink_style style;
    hz_chart_even_style(&style);
    hz_scene_line(c->s.scene, "key-even", x - 3, y, x + 3, y, &style);
}

double hz_chart_band_height(const hz_chart_curve *v)
{
    double most = 0;
    for (size_t i = 0; i < v->n; i++)
        if (isfinite(v->low[i]) && isfinite(v->high[i]))
            most = fmax(most, v->high[i] - v->low[i]);
    return most;
}

double hz_chart_curve_keys(hz_chart *c, double x, double y, double w, const char *observed,
                           const char *expected, const char *band, double band_mm,
                           const char *even, bool draw)
{
    hz_chart_keys keys = hz_chart_keys_begin(x, y, w, draw);
    char narrow[200];
    hz_chart_key(c, &keys, 6, key_observed, observed);
    if (expected)
        hz_chart_key(c, &keys, 6, key_expected, expected);
    if (band_mm < 2 * CURVE_PT * HZ_MM_PER_PT) {
        hz_words_put(narrow, sizeof narrow, c->say->narrow, band);
        band = narrow;
    }
    hz_chart_key(c, &keys, 6, key_band, band);
    if (even)
        hz_chart_key(c, &keys, 6, key_even, even);
    return hz_chart_keys_end(&keys);
}

/* ------------------------------------------------------------------ a function of a distance */

typedef struct {
    hz_scale x, y;
} scales;

/* Where the values lie; false if none is known. */
static bool find_scales(const hz_function_data *d, scales *s)
{
    const hz_chart_curve *v = &d->curve;
    const double *const all[] = { v->observed, v->expected, v->low, v->high };
    double low = d->zero ? 0 : HUGE_VAL, high = d->zero ? 0 : -HUGE_VAL;
    bool known = false;
    for (size_t k = 0; k < 4; k++)
        for (size_t i = 0; i < v->n; i++)
            if (isfinite(all[k][i])) {
                low = fmin(low, all[k][i]);
                high = fmax(high, all[k][i]);
                known = true;
            }
    double pad = high > low ? 0.05 * (high - low) : fmax(fabs(high) * 0.1, 1);
    s->x = hz_chart_scale(v->x[0], v->x[v->n - 1], 6);
    s->y = hz_chart_scale(low < 0 || low - pad > 0 ? low - pad : low, high + pad, 6);
    return known;
}

static double body(hz_chart *c, double x, double y, double w, bool draw)
{
    const hz_function_data *d = c->data;
    scales s;
    hz_type_style title = hz_type(c->s.look->legend_pt, 600);
    hz_type_style small = hz_type(HZ_CHART_SMALL_PT, 400);
    double tall = fmin(fmax(0.45 * w, 45), TALL_MOST_MM);
    find_scales(d, &s);
    double used = hz_chart_curve_keys(c, x, y, w, d->observed ? d->observed : c->say->observed,
                                      d->expected ? d->expected : c->say->by_chance,
                                      d->band ? d->band : c->say->band_95,
                                      tall * hz_chart_band_height(&d->curve) / (s.y.high - s.y.low),
                                      NULL, draw);
    used += hz_type_block(&c->s, "y-title", x, y + used, w, c->s.words->quantity, &title, draw) + 2;
    hz_plot p = { .x = s.x, .y = s.y };
    double left = hz_chart_y_width(c, &p.y);
    p.room = (hz_rect){ x + left, y + used, w - left - 3, tall };
    double foot = used + p.room.h + 1 + hz_type_line_mm(&small);
    if (draw) {
        hz_chart_y_axis(c, &p);
        hz_chart_draw_curve(c, &p, &d->curve);
        hz_chart_x_axis(c, &p);
        if (d->zero) {
            hz_ink_style line;
            hz_chart_even_style(&line);
            double at = hz_plot_y(&p, 0);
            hz_scene_line(c->s.scene, "zero", p.room.x, at, p.room.x + p.room.w, at, &line);
        }
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

hz_status hz_chart_function(const hz_function_data *data, const hz_sheet_words *words,
                            const hz_look *look, hz_fonts *fonts, hz_scene **out,
                            hz_chart_facts *facts, const hz_notice *notice, hz_error *err)
{
    scales s;
    hz_chart c = { .data = data, .body = body };
    if (data->curve.n < 2 || !(data->curve.x[data->curve.n - 1] > data->curve.x[0]))
        return hz_fail(err, HZ_EUSAGE, "chart: %zu points, expected two or more at rising places",
                       data->curve.n);
    if (!find_scales(data, &s))
        return hz_fail(err, HZ_EDATA, "chart: no value is known, expected one at least");
    hz_status st = hz_chart_start(&c, words, look, fonts, err);
    if (!st)
        st = hz_chart_compose(&c, notice, out, facts, err);
    hz_chart_clear(&c);
    return st;
}
