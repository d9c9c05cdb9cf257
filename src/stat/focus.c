/* Weighs a geographic focus: what lies outside it, what is expected there, what stands out. */
#include "hotzone/focus.h"

#include <math.h>
#include <string.h>

#include "hotzone/gini.h"
#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "stat/focus_parts.h"

const char *hz_focus_verdict_word(hz_focus_verdict verdict)
{
    static const char *const words[] = { "data do not decide", "supported", "not supported" };
    return words[verdict];
}

static const char *const area_columns[] = {
    "id", "name", "inside", "events", "population", "area_km2", "share", "rate_per_1000", "lq",
    "lq_low", "lq_high", "ratio", "ratio_low", "ratio_high", "p", "q", "state", "cluster"
};

const char *const *hz_focus_area_columns(size_t *n)
{
    *n = sizeof area_columns / sizeof *area_columns;
    return area_columns;
}

void hz_focus_clear(hz_focus *focus)
{
    hz_layer_free(focus->areas);
    hz_layer_free(focus->clusters);
    hz_layer_free(focus->frontier);
    hz_layer_free(focus->ways);
    hz_layer_free(focus->periods);
    memset(focus, 0, sizeof *focus);
}

void focus_work_clear(focus_work *w)
{
    hz_mem_free(w->p);
    hz_mem_free(w->q);
    hz_mem_free(w->cluster);
    hz_mem_free(w->scratch);
    hz_mem_free(w->rows);
    memset(w, 0, sizeof *w);
}

hz_status focus_work_new(const hz_focus_areas *areas, const hz_focus_opts *o, focus_work *out,
                         hz_error *err)
{
    size_t n = hz_layer_rows(areas->table);
    focus_work w = { .areas = areas, .o = o, .n = n };
    if (areas->people)
        w.people = hz_layer_numbers(areas->table, areas->people);
    w.p = hz_mem_new(n, sizeof *w.p);
    w.q = hz_mem_new(n, sizeof *w.q);
    w.cluster = hz_mem_new(n, sizeof *w.cluster);
    w.scratch = hz_mem_new(n, sizeof *w.scratch);
    w.rows = hz_mem_new(n, 1);
    if (!w.p || !w.q || !w.cluster || !w.scratch || !w.rows) {
        focus_work_clear(&w);
        return hz_mem_fail(err, "focus");
    }
    for (size_t i = 0; i < n; i++)
        w.cluster[i] = NAN;
    *out = w;
    return HZ_OK;
}

static bool is_share(double x)
{
    return x > 0 && x < 1;
}

static hz_status check_opts(const hz_focus_opts *o, hz_error *err)
{
    const struct { const char *name; double value; } shares[] = {
        { "level", o->level }, { "min-outside", o->min_outside },
        { "alpha-excess", o->alpha_excess }, { "alpha-scan", o->alpha_scan }
    };
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        if (!is_share(shares[i].value))
            return hz_fail(err, HZ_EUSAGE, "%s: %g, expected between 0 and 1", shares[i].name,
                           shares[i].value);
    if (o->cell_m < 0 || !isfinite(o->cell_m))
        return hz_fail(err, HZ_EUSAGE, "cell: %g, expected metres, or 0", o->cell_m);
    return HZ_OK;
}

/* A p of the scan is a whole number of replicates + 1ths: too few of them can find nothing. */
static hz_status check_replicates(const hz_focus_opts *o, hz_error *err)
{
    double least = ceil(1 / o->alpha_scan - 1e-9) - 1;
    if ((double)o->replicates >= least)
        return HZ_OK;
    return hz_fail(err, HZ_EUSAGE, "replicates: %zu, expected at least %.0f, without which no cluster "
                   "can have p <= %g", o->replicates, least, o->alpha_scan);
}

static hz_status check_areas(const hz_focus_areas *a, hz_error *err)
{
    const double *events = hz_layer_numbers(a->table, a->events);
    const double *people = a->people ? hz_layer_numbers(a->table, a->people) : NULL;
    const char *name = hz_layer_name(a->table);
    size_t n = hz_layer_rows(a->table), inside = 0;

    if (!events || (a->people && !people))
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s' of numbers", name,
                       events ? a->people : a->events);
    for (size_t i = 0; i < n; i++) {
        if (events[i] < 0 || isinf(events[i]) || events[i] != floor(events[i]))
            if (!isnan(events[i]))
                return hz_fail(err, HZ_EDATA, "%s: row %zu: %s is %g, expected a whole count",
                               name, i + 1, a->events, events[i]);
        if (people && (people[i] < 0 || isinf(people[i])))
            return hz_fail(err, HZ_EDATA, "%s: row %zu: %s is %g, expected residents", name, i + 1,
                           a->people, people[i]);
        inside += a->inside[i] != 0;
    }
    if (inside == 0)
        return hz_fail(err, HZ_EDATA, "%s: no area is of the focus, expected one or more", name);
    return HZ_OK;
}

/* Sums that need a figure for every area are NaN where one lacks it. */
static void add_up(const focus_work *w, const double *values, double *inside, double *outside)
{
    *inside = *outside = values ? 0 : NAN;
    for (size_t i = 0; values && i < w->n; i++)
        *(w->areas->inside[i] ? inside : outside) += values[i];
}

/* What residents alone would put outside; of the events in areas, where residents are known. */
static void expect(const focus_work *w, double beyond, hz_focus *out)
{
    double total = out->look.total - (w->o->within ? 0 : beyond);
    double outside = total - out->look.inside, low, high;
    double share = out->people_outside / (out->people_inside + out->people_outside);

    out->expected_outside = out->ratio = out->ratio_low = out->ratio_high = NAN;
    if (!(share > 0) || !(total > 0) || out->unknown > 0)
        return; /* or they are hidden */
    hz_interval_binomial(outside, total, w->o->level, &low, &high);
    out->expected_outside = total * share;
    out->ratio = outside / total / share;
    out->ratio_low = low / share;
    out->ratio_high = high / share;
}

/* Gini over areas, each area one place; `focus`: over those of the focus alone. */
static double gini(const focus_work *w, const double *counts, bool focus, hz_gini_step *steps)
{
    size_t m = 0;
    double events = 0;
    for (size_t i = 0; i < w->n; i++)
        if (!isnan(counts[i]) && (!focus || w->areas->inside[i])) {
            events += counts[i];
            steps[m++] = (hz_gini_step){ counts[i], 1 };
        }
    if (m < 2 || !(events > 0))
        return NAN;
    hz_gini_sort(m, steps);
    return hz_gini_generalised(hz_gini(m, steps), (double)m, events);
}

/* Theil of events against residents (areas, where these are not known), and its part between the
 * focus and the rest. */
static void theil(const focus_work *w, const double *counts, hz_gini_step *steps, hz_focus *out)
{
    bool by_people = out->people_inside + out->people_outside > 0;
    hz_gini_step groups[2] = { { 0, 0 }, { 0, 0 } };
    size_t m = 0;
    out->theil = out->theil_between = NAN;
    for (size_t i = 0; i < w->n; i++) {
        double base = by_people ? w->people[i] : 1;
        if (isnan(counts[i]) || !(base > 0))
            continue;
        steps[m++] = (hz_gini_step){ counts[i], base };
        groups[w->areas->inside[i] != 0].events += counts[i];
        groups[w->areas->inside[i] != 0].base += base;
    }
    if (m < 2)
        return;
    out->theil = hz_theil(m, steps);
    out->theil_between = groups[0].base > 0 && groups[1].base > 0 ? hz_theil(2, groups) : NAN;
}

static hz_status concentrate(const focus_work *w, const double *counts, hz_focus *out,
                             hz_error *err)
{
    hz_gini_step *steps = hz_mem_new(w->n, sizeof *steps);
    if (!steps)
        return hz_mem_fail(err, "focus");
    out->gini = gini(w, counts, false, steps);
    out->gini_focus = gini(w, counts, true, steps);
    theil(w, counts, steps, out);
    hz_mem_free(steps);
    return HZ_OK;
}

static void count_areas(const focus_work *w, const double *counts, hz_focus *out)
{
    for (size_t i = 0; i < w->n; i++) {
        out->hidden += w->shown && isnan(counts[i]);
        out->unknown += !w->shown && isnan(counts[i]);
        out->with_events += counts[i] > 0;
        out->with_events_outside += counts[i] > 0 && !w->areas->inside[i];
    }
}

static void say_what_is_untested(const focus_work *w, const hz_notice *notice)
{
    size_t outside = 0, untested = 0;
    for (size_t i = 0; i < w->n; i++) {
        outside += !w->areas->inside[i];
        untested += !w->areas->inside[i] && isnan(w->q[i]);
    }
    if (untested)
        hz_warn(notice, "focus: %zu of %zu areas outside are not tested for want of residents, "
                "counts or other areas to compare with", untested, outside);
}

hz_status hz_focus_make(const hz_focus_areas *areas, const hz_focus_events *events, double beyond,
                        const hz_period *periods, size_t n_periods, const hz_focus_opts *opts,
                        hz_focus *out, const hz_notice *notice, hz_error *err)
{
    static const hz_focus_opts defaults = HZ_FOCUS_DEFAULTS;
    const hz_focus_opts *o = opts ? opts : &defaults;
    focus_work w = { 0 };
    hz_focus f = { 0 };
    hz_status st = check_opts(o, err);
    if (!st)
        st = check_replicates(o, err);
    if (!st)
        st = check_areas(areas, err);
    if (!st)
        st = focus_work_new(areas, o, &w, err);
    if (st)
        return st;
    const double *counts = hz_layer_numbers(areas->table, areas->events);
    f.beyond = o->within ? 0 : beyond;
    f.trend.p = f.trend.p_mid = NAN;
    count_areas(&w, counts, &f);
    st = focus_look(&w, counts, beyond, true, &f.look, &f.clusters, err);
    if (!st && !(f.look.total > 0))
        st = hz_fail(err, HZ_EDATA, "%s: no event lies in its areas or was counted there, expected one or "
                     "more",
                     hz_layer_name(areas->table));
    w.given = f.look;
    if (!st) {
        add_up(&w, w.people, &f.people_inside, &f.people_outside);
        add_up(&w, areas->km2, &f.km2_inside, &f.km2_outside);
        expect(&w, beyond, &f);
        say_what_is_untested(&w, notice);
        st = focus_tabulate(&w, counts, f.look.total, &f.areas, err);
    }
    if (!st)
        st = concentrate(&w, counts, &f, err);
    if (!st)
        st = hz_focus_broaden(areas, counts, counts, f.beyond, o->level, &f.frontier, err);
    if (!st)
        f.best_share = hz_layer_numbers(f.frontier, "best_capture")[0];
    if (!st)
        st = focus_vary(&w, events, counts, beyond, &f, notice, err);
    if (!st && events && events->when && n_periods)
        st = focus_shift(&w, events, periods, n_periods, &f, err);
    focus_work_clear(&w);
    if (st)
        hz_focus_clear(&f);
    else
        *out = f;
    return st;
}

/* An index over the areas that are shown alone would be another city's. */
static hz_status concentrate_shown(const focus_work *w, const double *counts, hz_focus *out,
                                   hz_error *err)
{
    if (out->hidden == 0)
        return concentrate(w, counts, out, err);
    out->gini = out->gini_focus = out->theil = out->theil_between = NAN;
    return HZ_OK;
}

hz_status hz_focus_make_shown(const hz_focus_areas *given, const hz_focus_shown *shown,
                              const hz_period *periods, size_t n_periods, const hz_focus_opts *opts,
                              hz_focus *out, hz_error *err)
{
    hz_focus_opts o = HZ_FOCUS_DEFAULTS;
    hz_focus_areas areas = *given;
    focus_work w = { 0 };
    hz_focus f = { .guarded = true };
    o = opts ? *opts : o;
    o.within = true;
    areas.x = areas.y = NULL; /* a cluster would tell of single events */
    hz_status st = check_opts(&o, err);
    if (!st)
        st = check_areas(&areas, err);
    if (!st)
        st = focus_work_new(&areas, &o, &w, err);
    if (st)
        return st;
    w.shown = shown;
    const double *counts = hz_layer_numbers(areas.table, areas.events);
    count_areas(&w, counts, &f);
    st = focus_look(&w, counts, 0, false, &f.look, NULL, err);
    if (!st && f.look.total == 0)
        st = hz_fail(err, HZ_EDATA, "%s: no event lies in any of the areas, expected one or more",
                     hz_layer_name(areas.table));
    if (!st) {
        add_up(&w, w.people, &f.people_inside, &f.people_outside);
        add_up(&w, areas.km2, &f.km2_inside, &f.km2_outside);
        expect(&w, 0, &f);
        st = focus_tabulate(&w, counts, f.look.total, &f.areas, err);
    }
    if (!st)
        st = concentrate_shown(&w, counts, &f, err);
    f.best_share = f.trend.p = f.trend.p_mid = NAN;
    if (!st && !isnan(f.look.total))
        st = focus_broaden_shown(&w, counts, &f.frontier, err);
    if (!st && f.frontier)
        f.best_share = hz_layer_numbers(f.frontier, "best_capture")[0];
    if (!st && n_periods && shown->part_inside)
        st = focus_shift_shown(&w, periods, n_periods, &f, err);
    focus_work_clear(&w);
    if (st)
        hz_focus_clear(&f);
    else
        *out = f;
    return st;
}

hz_status hz_focus_published(double inside, double total, const hz_focus_opts *opts, hz_focus *out,
                             hz_error *err)
{
    static const hz_focus_opts defaults = HZ_FOCUS_DEFAULTS;
    const hz_focus_opts *o = opts ? opts : &defaults;
    hz_focus f = { 0 };
    hz_status st = check_opts(o, err);
    if (st)
        return st;
    if (!(inside >= 0 && total > 0 && inside <= total) || isinf(total) || inside != floor(inside) ||
        total != floor(total))
        return hz_fail(err, HZ_EUSAGE, "published: %g of %g, expected whole numbers, the first not "
                       "over the second", inside, total);
    f.look.inside = inside;
    f.look.total = total;
    f.look.outside = total - inside;
    f.look.share = f.look.outside / total;
    hz_interval_binomial(f.look.outside, total, o->level, &f.look.low, &f.look.high);
    f.look.least_q = f.look.least_p = NAN;
    f.look.verdict = HZ_FOCUS_UNDECIDED;
    f.people_inside = f.people_outside = f.km2_inside = f.km2_outside = NAN;
    f.expected_outside = f.ratio = f.ratio_low = f.ratio_high = NAN;
    f.gini = f.gini_focus = f.theil = f.theil_between = f.best_share = NAN;
    f.trend.p = f.trend.p_mid = NAN;
    *out = f;
    return HZ_OK;
}
