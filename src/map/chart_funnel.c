/* Draws a funnel plot: rates over residents, between the limits of chance. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "map/chart_parts.h"

enum { SAMPLES = 200, CURVES = 5 }; /* the target and four limits */

typedef enum { INSIDE = 0, OUTSIDE_95, OUTSIDE_998 } standing;

typedef struct {
    size_t row;
    double residents, rate, z;
    standing where;
} point;

/* What is worked out once, before the page is planned. */
typedef struct {
    point *points;
    hz_chart_label *labels;
    size_t n;
    size_t count[3];               /* by standing */
    hz_scale x, y;
    double curves[CURVES * SAMPLES * 2];
} funnel;

static const hz_funnel_data *data_of(const hz_chart *c)
{
    return c->data;
}

/* Those furthest from the target first: their names are placed first. */
static int by_departure(const void *a, const void *b)
{
    const point *p = a, *q = b;
    if (p->where != q->where)
        return p->where < q->where ? 1 : -1;
    if (fabs(p->z) != fabs(q->z))
        return fabs(p->z) < fabs(q->z) ? 1 : -1;
    return p->row < q->row ? -1 : p->row > q->row;
}

static void gather(hz_chart *c, funnel *f)
{
    const hz_funnel_data *d = data_of(c);
    const double *rate = hz_layer_numbers(d->areas, d->rate);
    const double *residents = hz_layer_numbers(d->areas, d->residents);
    const double *expected = hz_layer_numbers(d->areas, "expected");
    for (size_t i = 0; i < hz_layer_rows(d->areas); i++) {
        const char *where = hz_layer_text(d->areas, "position", i);
        if (isnan(rate[i]) || !(residents[i] > 0))
            continue;
        point *p = &f->points[f->n++];
        *p = (point){ .row = i, .residents = residents[i], .rate = rate[i] };
        p->where = strstr(where, "998") ? OUTSIDE_998 : strstr(where, "95") ? OUTSIDE_95 : INSIDE;
        if (d->found->judged)
            p->z = (rate[i] / d->found->target - 1) * sqrt(expected[i]);
        f->count[p->where]++;
    }
    qsort(f->points, f->n, sizeof *f->points, by_departure);
}

/* From the least to the greatest of the points, the target, and the limits at the smallest base;
 * from 0 unless that would leave more than the lower third empty. */
static void find_scales(const hz_chart *c, funnel *f)
{
    const hz_outlier_found *found = data_of(c)->found;
    double most = 0, least = HUGE_VAL, low = HUGE_VAL, high = 0, limits[4];
    for (size_t i = 0; i < f->n; i++) {
        most = fmax(most, f->points[i].residents);
        least = fmin(least, f->points[i].residents);
        low = fmin(low, f->points[i].rate);
        high = fmax(high, f->points[i].rate);
    }
    if (f->n == 0) { /* all are hidden or have no figure: an empty plot, from 0 */
        low = 0;
    } else if (found->judged) {
        hz_outlier_limits(found, least, limits);
        low = fmin(low, limits[2]);
        /* a tiny area's limits may be far beyond anything seen */
        high = fmax(high, fmin(limits[3], 2.5 * fmax(high, found->target)));
        hz_outlier_limits(found, most, limits);
        high = fmax(high, limits[3]); /* all limits end within the plot */
    }
    low = fmin(low, high); /* without a point there is none */
    double pad = 0.08 * (high - low);
    low = low < high / 3 ? 0 : low - pad;
    high = high > 0 ? high + pad : 1;
    f->x = hz_chart_scale(0, most > 0 ? 1.06 * most : 1, 6);
    f->y = hz_chart_scale(low, high, 6);
    f->y.low = f->y.low > 0 ? floor(f->y.low / f->y.step) * f->y.step : 0;
}

static void find_curves(const hz_chart *c, funnel *f, const hz_plot *p)
{
    const hz_outlier_found *found = data_of(c)->found;
    bool gone[CURVES] = { false };
    for (size_t i = SAMPLES; i-- > 0;) {
        double along = (double)(i + 1) / SAMPLES, limits[5]; /* closer where the curves bend */
        double residents = f->x.high * along * along;
        hz_outlier_limits(found, residents, limits + 1);
        limits[0] = found->target;
        /* Where hardly any event is expected the upper limit falls back to no event; nobody lives
         * there, and a curve that has left the plot does not come back. */
        for (size_t k = 2; k < CURVES; k += 2) {
            gone[k] |= limits[k] > 1.3 * f->y.high || limits[k] < found->target;
            limits[k] = gone[k] ? HUGE_VAL : limits[k];
        }
        for (size_t k = 0; k < CURVES; k++) {
            f->curves[2 * (k * SAMPLES + i)] = hz_plot_x(p, residents);
            /* far above the plot is far enough: the clip does the rest */
            f->curves[2 * (k * SAMPLES + i) + 1] =
                fmax(hz_plot_y(p, limits[k]), p->room.y - p->room.h);
        }
    }
}

static hz_ink_style curve_style(size_t k)
{
    hz_ink_style style = { .stroke_pt = k ? 0.6 : 1, .stroke_colour = k ? HZ_CHART_LINE
                                                                       : HZ_TEXT_COLOUR };
    if (k == 1 || k == 2) {
        style.dash_mm[0] = 1.4;
        style.dash_mm[1] = 0.9;
    }
    return style;
}

static void draw_point(hz_chart *c, standing where, double x, double y)
{
    hz_ink_style dot = { .fill = true, .fill_colour = where ? c->dark : HZ_PAPER,
                         .stroke_pt = 0.75, .stroke_colour = where ? HZ_PAPER : c->dark };
    if (where == OUTSIDE_998) {
        const double r = 1.45, xy[] = { x, y - r, x + r, y, x, y + r, x - r, y, x, y - r };
        const size_t ring[] = { 0, 5 };
        hz_scene_path(c->s.scene, "point-998", 1, ring, xy, true, &dot);
    } else {
        hz_scene_circle(c->s.scene, where ? "point-95" : "point", x, y, where ? 1.1 : 0.9, &dot);
    }
}

static void key_inside(hz_chart *c, double x, double y) { draw_point(c, INSIDE, x, y); }
static void key_95(hz_chart *c, double x, double y) { draw_point(c, OUTSIDE_95, x, y); }
static void key_998(hz_chart *c, double x, double y) { draw_point(c, OUTSIDE_998, x, y); }

static double draw_keys(hz_chart *c, const funnel *f, double x, double y, double w, bool draw)
{
    hz_chart_keys keys = hz_chart_keys_begin(x, y, w, draw);
    if (!data_of(c)->found->judged)
        return 0;
    if (f->count[INSIDE])
        hz_chart_key(c, &keys, 3, key_inside, c->say->inside);
    if (f->count[OUTSIDE_95])
        hz_chart_key(c, &keys, 3, key_95, c->say->outside_95);
    if (f->count[OUTSIDE_998])
        hz_chart_key(c, &keys, 3, key_998, c->say->outside_998);
    return hz_chart_keys_end(&keys);
}

/* Words at the right end of a curve. */
typedef struct {
    double y, h, top;      /* of the curve's end; of the words */
    const char *text;
    int weight;
} end_label;

static int by_height(const void *a, const void *b)
{
    const end_label *p = a, *q = b;
    return p->y < q->y ? -1 : p->y > q->y;
}

static void target_text(const hz_chart *c, char *buf, size_t size)
{
    const hz_funnel_data *d = data_of(c);
    char number[40];
    hz_chart_number(c, d->found->target, c->s.look->decimals, number, sizeof number);
    snprintf(buf, size, "%.200s%s%s", d->target_label ? d->target_label : "",
             d->target_label ? ": " : "", number);
}

/* Words that touch stand together, as near their curves as they can. */
typedef struct {
    size_t members;
    double want, h, top;   /* want: sum of the tops that its members would have alone */
} cluster;

static void spread(end_label *e, size_t n, double top, double bottom)
{
    cluster all[CURVES];
    size_t count = 0;
    qsort(e, n, sizeof *e, by_height);
    for (size_t i = 0; i < n; i++) {
        cluster now = { 1, e[i].y - e[i].h / 2, e[i].h, 0 };
        now.top = fmax(top, fmin(bottom - now.h, now.want));
        while (count && all[count - 1].top + all[count - 1].h > now.top) {
            const cluster *above = &all[--count];
            now.want += above->want - (double)now.members * above->h;
            now.members += above->members;
            now.h += above->h;
            now.top = fmax(top, fmin(bottom - now.h, now.want / (double)now.members));
        }
        all[count++] = now;
    }
    for (size_t k = 0, i = 0; k < count; k++) {
        double at = all[k].top;
        for (size_t m = 0; m < all[k].members; m++, i++) {
            e[i].top = at;
            at += e[i].h;
        }
    }
}

static void draw_ends(hz_chart *c, const funnel *f, const hz_plot *p, double w)
{
    hz_type_style type = hz_type(HZ_CHART_SMALL_PT, 400);
    const char *const words[CURVES] = { NULL, c->say->limit_95, c->say->limit_95,
                                        c->say->limit_998, c->say->limit_998 };
    const hz_ink_style leader = { .stroke_pt = 0.35, .stroke_colour = HZ_CHART_LINE };
    double right = p->room.x + p->room.w, foot = p->room.y + p->room.h;
    char target[300];
    end_label e[CURVES];
    size_t n = 0;

    target_text(c, target, sizeof target);
    for (size_t k = 0; k < CURVES; k++) {
        double y = f->curves[2 * (k * SAMPLES + SAMPLES - 1) + 1];
        if (y < p->room.y - 1e-9 || y > foot + 1e-9)
            continue;
        e[n] = (end_label){ .y = y, .text = k ? words[k] : target, .weight = k ? 400 : 600 };
        type.weight = e[n].weight;
        e[n].h = hz_type_block(&c->s, "end", 0, 0, w, e[n].text, &type, false);
        n++;
    }
    spread(e, n, p->room.y - 2, foot + 2);
    for (size_t i = 0; i < n; i++) {
        double line, first;
        type.weight = e[i].weight;
        line = hz_type_line_mm(&type);
        first = e[i].top + line / 2; /* the leader meets the first line */
        if (e[i].h < 1.5 * line || fabs(e[i].y - first) > e[i].h)
            first = e[i].top + e[i].h / 2;
        hz_scene_line(c->s.scene, "end-leader", right + 0.3, e[i].y, right + 2.6, first, &leader);
        hz_type_block(&c->s, "end", right + 3, e[i].top, w, e[i].text, &type, true);
    }
}

static void draw_curves(hz_chart *c, const funnel *f, const hz_plot *p)
{
    static const char *const roles[CURVES] = { "target", "limit-95", "limit-95", "limit-998",
                                               "limit-998" };
    const size_t ring[] = { 0, SAMPLES };
    hz_scene_push_clip(c->s.scene, p->room.x, p->room.y, p->room.w, p->room.h);
    for (size_t k = CURVES; k-- > 0;) {
        hz_ink_style style = curve_style(k);
        if (k)
            hz_scene_path(c->s.scene, roles[k], 1, ring, f->curves + 2 * k * SAMPLES, false,
                          &style);
        else
            hz_scene_line(c->s.scene, roles[k], p->room.x, f->curves[1], p->room.x + p->room.w,
                          f->curves[1], &style);
    }
    hz_scene_pop_clip(c->s.scene);
}

static bool is_wanted(const hz_chart *c, const char *name)
{
    const hz_look *look = c->s.look;
    for (size_t i = 0; i < look->label_only_count; i++)
        if (strcmp(look->label_only[i], name) == 0)
            return true;
    return look->label_show != HZ_LABELS_NONE && look->label_show != HZ_LABELS_LIST;
}

static const char *shown_name(const hz_chart *c, const char *name)
{
    for (size_t i = 0; i < c->s.look->rename_count; i++)
        if (strcmp(name, c->s.look->rename_from[i]) == 0)
            return c->s.look->rename_to[i];
    return name;
}

static void draw_names(hz_chart *c, funnel *f, const hz_plot *p)
{
    const hz_funnel_data *d = data_of(c);
    for (size_t i = 0; i < f->n; i++) {
        const point *at = &f->points[i];
        const char *name = hz_layer_text(d->areas, d->name, at->row);
        f->labels[i] = (hz_chart_label){ .x = hz_plot_x(p, at->residents),
                                         .y = hz_plot_y(p, at->rate),
                                         .r = at->where == OUTSIDE_998 ? 1.45 : 1.1,
                                         .text = shown_name(c, name), .must = at->where != INSIDE,
                                         .wanted = *name && is_wanted(c, name) };
    }
    hz_chart_place_labels(c, &p->room, f->labels, f->n, f->curves,
                          d->found->judged ? CURVES : 0, SAMPLES);
    for (size_t i = f->n; i-- > 0;)
        draw_point(c, f->points[i].where, f->labels[i].x, f->labels[i].y);
    hz_chart_draw_labels(c, f->labels, f->n);
    hz_chart_drop_labels(c, f->labels, f->n);
}

static double body(hz_chart *c, double x, double y, double w, bool draw)
{
    const hz_funnel_data *d = data_of(c);
    funnel *f = c->scratch;
    hz_type_style title = hz_type(c->s.look->legend_pt, 600);
    hz_type_style small = hz_type(HZ_CHART_SMALL_PT, 400);
    double line = hz_type_line_mm(&small);
    double end_w = d->found->judged ? fmin(fmax(0.16 * w, 17), 28) : 0;
    double used = draw_keys(c, f, x, y, w, draw);

    used += hz_type_block(&c->s, "y-title", x, y + used, w, c->s.words->quantity, &title, draw) + 2;
    hz_plot p = { .x = f->x, .y = f->y };
    double left = hz_chart_y_width(c, &f->y);
    p.room = (hz_rect){ x + left, y + used, w - left - (end_w > 0 ? end_w + 3 : 3),
                        fmin(fmax(0.5 * w, 52), 90) };
    double foot = used + p.room.h + 1 + line;
    if (draw) {
        hz_chart_y_axis(c, &p);
        hz_chart_x_axis(c, &p);
        if (d->found->judged) {
            find_curves(c, f, &p);
            draw_curves(c, f, &p);
            draw_ends(c, f, &p, end_w);
        }
        draw_names(c, f, &p);
        title.align = HZ_RIGHT;
        c->facts.frame = (hz_ink_frame){ .x_mm = p.room.x, .y_mm = p.room.y, .w_mm = p.room.w,
                                         .h_mm = p.room.h };
        c->facts.x_low = p.x.low;
        c->facts.x_high = p.x.high;
        c->facts.y_low = p.y.low;
        c->facts.y_high = p.y.high;
        hz_scene_text(c->s.scene, "x-title", p.room.x + p.room.w,
                      y + foot + 0.78 * hz_type_line_mm(&title), d->x_title, &title);
    }
    return foot + hz_type_line_mm(&title) + 0.5;
}

static hz_status check(const hz_funnel_data *d, hz_error *err)
{
    const char *const numbers[] = { d->rate, d->residents, "expected" };
    for (size_t i = 0; i < 3; i++)
        if (!hz_layer_numbers(d->areas, numbers[i]))
            return hz_fail(err, HZ_EUSAGE, "%s: no column '%s' of numbers",
                           hz_layer_name(d->areas), numbers[i]);
    for (size_t i = 0; i < 2; i++) {
        const char *name = i ? "position" : d->name;
        int found = hz_layer_find(d->areas, name);
        if (found < 0 || hz_layer_column_kind(d->areas, (size_t)found) != HZ_TEXTS)
            return hz_fail(err, HZ_EUSAGE, "%s: no column '%s' of texts",
                           hz_layer_name(d->areas), name);
    }
    return HZ_OK;
}

hz_status hz_chart_funnel(const hz_funnel_data *data, const hz_sheet_words *words,
                          const hz_look *look, hz_fonts *fonts, hz_scene **out,
                          hz_chart_facts *facts, const hz_notice *notice, hz_error *err)
{
    hz_chart c = { .data = data, .body = body };
    size_t n = hz_layer_rows(data->areas);
    funnel *f = NULL;
    hz_status st = check(data, err);

    if (!st)
        st = hz_chart_start(&c, words, look, fonts, err);
    if (st)
        goto done;
    c.scratch = f = hz_mem_new(1, sizeof *f);
    if (f) {
        f->points = hz_mem_new(n, sizeof *f->points);
        f->labels = hz_mem_new(n, sizeof *f->labels);
    }
    if (!f || !f->points || !f->labels) {
        st = hz_mem_fail(err, "chart");
        goto done;
    }
    gather(&c, f);
    find_scales(&c, f);
    if (!data->found->judged)
        hz_chart_add_note(&c, c.say->no_target);
    else if (f->y.low > 0)
        hz_chart_add_note(&c, c.say->not_zero);
    st = hz_chart_compose(&c, notice, out, facts, err);
done:
    if (f) {
        hz_mem_free(f->points);
        hz_mem_free(f->labels);
    }
    hz_chart_clear(&c);
    return st;
}
