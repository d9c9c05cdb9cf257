/* What counts before and later say against a control, and the tables that say it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/wdd.h"
#include "zone/displace_parts.h"

const char *const *hz_displace_effect_columns(size_t *n)
{
    static const char *const columns[] = {
        "comparison", "part", "events_before", "events_then", "expected", "wdd", "wdd_se", "z",
        "p", "wdd_low", "wdd_high", "weighted_by", "weight", "against_control",
        "against_control_low", "against_control_high", "success", "success_se", "wdq", "wdq_note"
    };
    *n = sizeof columns / sizeof *columns;
    return columns;
}

/* ---- tables under construction -------------------------------------------------------- */

void displace_set_number(displace_table *t, const char *name, double value)
{
    size_t c = 0;
    while (c < t->numbers && strcmp(t->number_name[c], name) != 0)
        c++;
    if (c == t->numbers) {
        t->number_name[t->numbers++] = name;
        for (size_t r = 0; r < TABLE_ROWS; r++)
            t->number[c][r] = NAN;
    }
    t->number[c][t->rows] = isfinite(value) ? value : NAN;
}

void displace_set_text(displace_table *t, const char *name, const char *value)
{
    size_t c = 0;
    while (c < t->texts && strcmp(t->text_name[c], name) != 0)
        c++;
    if (c == t->texts)
        t->text_name[t->texts++] = name;
    snprintf(t->text[c][t->rows], sizeof t->text[c][t->rows], "%s", value);
}

hz_status displace_take_table(const displace_table *t, const char *name, hz_layer **out,
                              hz_error *err)
{
    hz_layer *l = NULL;
    const char *texts[TABLE_ROWS];
    hz_status st = hz_layer_new(name, t->rows, &l, err);
    for (size_t c = 0; !st && c < t->texts; c++) {
        for (size_t r = 0; r < t->rows; r++)
            texts[r] = t->text[c][r];
        st = hz_layer_add_texts(l, t->text_name[c], texts, err);
    }
    for (size_t c = 0; !st && c < t->numbers; c++)
        st = hz_layer_add_numbers(l, t->number_name[c], t->number[c], err);
    if (st)
        hz_layer_free(l);
    else
        *out = l;
    return st;
}

/* ---- effects -------------------------------------------------------------------------- */

/* A part of the whole: areas [first, last). */
typedef struct {
    const char *name;
    size_t first, last;
} part;

static double size_of(const displace_work *w, size_t area)
{
    switch (w->opts->weights) {
    case HZ_DISPLACE_BY_AREA: return w->km2[area];
    case HZ_DISPLACE_BY_RESIDENTS: return w->residents[area];
    case HZ_DISPLACE_UNWEIGHTED: break;
    }
    return 1;
}

static size_t control_of(const displace_work *w, size_t area)
{
    return area == 0 || w->n == w->rings + 2 ? w->rings + 1 : w->rings + 2;
}

/* The ratio of a part's change to its control's, with Woolf's log limits; one control only. */
static void set_against(const displace_work *w, const double x[2], const double c[2],
                        displace_table *t)
{
    double se, ratio = NAN, factor = NAN;
    if (x[0] > 0 && x[1] > 0 && c[0] > 0 && c[1] > 0) {
        se = sqrt(1 / x[0] + 1 / x[1] + 1 / c[0] + 1 / c[1]);
        ratio = x[1] / x[0] / (c[1] / c[0]);
        factor = exp(hz_wdd_limit(w->opts->level) * se);
    }
    displace_set_number(t, "against_control", ratio);
    displace_set_number(t, "against_control_low", ratio / factor);
    displace_set_number(t, "against_control_high", ratio * factor);
}

static void set_quotient(const displace_work *w, int then, const part *of, const double x[2],
                         displace_table *t)
{
    size_t control = w->rings + 1;
    const double *b = w->count[HZ_DISPLACE_BEFORE], *a = w->count[then];
    double zone[2] = { b[0], a[0] }, c[2] = { b[control], a[control] };
    hz_wdq_result q;
    hz_wdq(zone, x, c, &q);
    displace_set_number(t, "success", q.success);
    displace_set_number(t, "success_se", q.success_se);
    displace_set_number(t, "wdq", of->first > 0 ? q.wdq : NAN);
    displace_set_text(t, "wdq_note",
             of->first == 0 ? ""
             : q.state == HZ_WDQ_NO_CONTROL ? "undefined: no event in the control"
             : q.state == HZ_WDQ_NO_SUCCESS ? "undefined: success is not below 0"
             : q.success > -2 * q.success_se ? "not to be read: success is within 2 SE of 0" : "");
}

static void add_effect(const displace_work *w, int then, const part *of, displace_table *t)
{
    static const char *const words[] = { "area", "residents", "nothing" };
    double before[AREAS_MOST], after[AREAS_MOST], coefficient[AREAS_MOST] = { 0 };
    double x[2] = { 0, 0 }, c[2] = { 0, 0 }, scale = w->days[then] / w->days[HZ_DISPLACE_BEFORE];
    bool whole = of->first == 0 && of->last > 1, one_control = !whole || w->n == w->rings + 2;
    size_t control = control_of(w, of->last - 1);
    hz_wdd_result r;

    memcpy(before, w->count[HZ_DISPLACE_BEFORE], sizeof before);
    memcpy(after, w->count[then], sizeof after);
    for (size_t i = of->first; i < of->last; i++) {
        coefficient[i] = 1;
        coefficient[control_of(w, i)] -= size_of(w, i) / size_of(w, control_of(w, i));
        x[0] += before[i];
        x[1] += after[i];
    }
    c[0] = before[control];
    c[1] = after[control];
    hz_wdd(w->n, before, after, coefficient, scale, w->opts->level, &r);
    displace_set_text(t, "comparison", hz_displace_period_name(then));
    displace_set_text(t, "part", of->name);
    displace_set_number(t, "events_before", x[0]);
    displace_set_number(t, "events_then", x[1]);
    displace_set_number(t, "expected", x[1] - r.estimate);
    displace_set_number(t, "wdd", r.estimate);
    displace_set_number(t, "wdd_se", r.se);
    displace_set_number(t, "z", r.z);
    displace_set_number(t, "p", r.p);
    displace_set_number(t, "wdd_low", r.low);
    displace_set_number(t, "wdd_high", r.high);
    displace_set_text(t, "weighted_by", words[w->opts->weights]);
    displace_set_number(t, "weight", one_control ? -coefficient[control] : NAN);
    if (!one_control)
        c[0] = c[1] = 0;
    set_against(w, x, c, t);
    if (whole) {
        displace_set_number(t, "success", NAN);
        displace_set_number(t, "success_se", NAN);
        displace_set_number(t, "wdq", NAN);
        displace_set_text(t, "wdq_note", "");
    } else {
        set_quotient(w, then, of, x, t);
    }
    t->rows++;
}

void displace_add_effects(const displace_work *w, int then, displace_table *t)
{
    char names[HZ_DISPLACE_RINGS_MOST][32];
    part zone = { "zone", 0, 1 }, rings = { "rings", 1, 1 + w->rings },
         total = { "total", 0, 1 + w->rings };
    add_effect(w, then, &zone, t);
    for (size_t i = 0; i < w->rings; i++) {
        part ring = { names[i], i + 1, i + 2 };
        snprintf(names[i], sizeof names[i], "ring %zu", i + 1);
        add_effect(w, then, &ring, t);
    }
    if (w->rings > 1)
        add_effect(w, then, &rings, t);
    add_effect(w, then, &total, t);
}
