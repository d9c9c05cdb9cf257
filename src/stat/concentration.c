/* Measures how concentrated events are, and how concentrated chance alone would make them. */
#include "hotzone/concentration.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/gini.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"
#include "hotzone/scan.h"
#include "hotzone/team.h"

enum { BINS = 4096, STEPS = HZ_CONCENTRATION_STEPS, MOST_REPLICATES = 99999 };

/* What one map of events gives. */
typedef struct {
    double value[HZ_MEASURES];
    double curve[STEPS + 1];
} findings;

/* Scratch of one thread. */
typedef struct {
    int32_t *counts;      /* a replicate's */
    double *events;
    hz_gini_step *steps, *sums;
    uint32_t *bins;
} scratch;

typedef struct {
    const hz_concentration_opts *o;
    size_t n;             /* places that take part */
    double *events, *base;
    uint32_t *group;      /* NULL: none asked for */
    size_t groups;
    double total, base_sum;
    hz_scan_alias alias;
    uint32_t *stay, *other;
    scratch *of;          /* per member of the team */
    size_t members;
    findings *drawn;      /* per replicate */
    double *sorted;       /* replicates */
} work;

static void free_work(work *w)
{
    for (size_t m = 0; w->of && m < w->members; m++) {
        hz_mem_free(w->of[m].counts);
        hz_mem_free(w->of[m].events);
        hz_mem_free(w->of[m].steps);
        hz_mem_free(w->of[m].sums);
        hz_mem_free(w->of[m].bins);
    }
    hz_mem_free(w->of);
    hz_mem_free(w->events);
    hz_mem_free(w->base);
    hz_mem_free(w->group);
    hz_mem_free(w->stay);
    hz_mem_free(w->other);
    hz_mem_free(w->drawn);
    hz_mem_free(w->sorted);
}

/* ------------------------------------------------------------------ the places */

typedef struct {
    size_t row;
    const char *text;
} named;

static int by_text(const void *a, const void *b)
{
    const named *p = a, *q = b;
    int order = strcmp(p->text, q->text);
    return order ? order : p->row < q->row ? -1 : p->row > q->row;
}

/* Number the groups in the order of their names. */
static hz_status number_groups(const hz_layer *places, const char *column, const size_t *rows,
                               work *w, hz_error *err)
{
    int found = hz_layer_find(places, column);
    if (found < 0 || hz_layer_column_kind(places, (size_t)found) != HZ_TEXTS)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s' of texts, expected the groups",
                       hz_layer_name(places), column);
    named *all = hz_mem_new(w->n, sizeof *all);
    w->group = hz_mem_new(w->n, sizeof *w->group);
    if (!all || !w->group) {
        hz_mem_free(all);
        return hz_mem_fail(err, "concentration");
    }
    for (size_t i = 0; i < w->n; i++)
        all[i] = (named){ i, hz_layer_text_at(places, (size_t)found, rows[i]) };
    qsort(all, w->n, sizeof *all, by_text);
    for (size_t i = 0; i < w->n; i++) {
        w->groups += i == 0 || strcmp(all[i - 1].text, all[i].text) != 0;
        w->group[all[i].row] = (uint32_t)(w->groups - 1);
    }
    hz_mem_free(all);
    return HZ_OK;
}

static hz_status check_row(const hz_layer *places, const hz_concentration_columns *c, size_t row,
                           double events, double base, hz_error *err)
{
    if (events < 0 || isinf(events) || (!isnan(events) && events != floor(events)))
        return hz_fail(err, HZ_EDATA, "%s: row %zu: %s is %g, expected a whole number",
                       hz_layer_name(places), row + 1, c->events, events);
    if (base < 0 || isinf(base))
        return hz_fail(err, HZ_EDATA, "%s: row %zu: %s is %g, expected 0 or more",
                       hz_layer_name(places), row + 1, c->base, base);
    return HZ_OK;
}

/* The rows that take part: with a count, and a share of the base. */
static hz_status gather(const hz_layer *places, const unsigned char *outside,
                        const hz_concentration_columns *c, work *w, size_t *rows,
                        hz_concentration *f, hz_error *err)
{
    bool equal = w->o->share == HZ_SHARE_EQUAL;
    const double *events = hz_layer_numbers(places, c->events);
    const double *base = equal ? NULL : hz_layer_numbers(places, c->base ? c->base : "");
    const char *missing = !events ? c->events : c->base ? c->base : hz_share_name(w->o->share);
    if (!events || (!equal && !base))
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s' of numbers", hz_layer_name(places),
                       missing);
    for (size_t i = 0; i < hz_layer_rows(places); i++) {
        double share = base ? base[i] : 1;
        hz_status st = check_row(places, c, i, events[i], share, err);
        if (st)
            return st;
        if ((outside && outside[i]) || isnan(events[i]) || !(share > 0)) {
            f->left_out++;
            f->events_left_out += isnan(events[i]) ? 0 : events[i];
            continue;
        }
        rows[w->n] = i;
        w->events[w->n] = events[i];
        w->base[w->n++] = share;
        w->total += events[i];
        w->base_sum += share;
        f->with_events += events[i] > 0;
    }
    if (w->n < 2)
        return hz_fail(err, HZ_EDATA, "%s: places that take part: %zu, expected two or more",
                       hz_layer_name(places), w->n);
    if (!(w->total > 0))
        return hz_fail(err, HZ_EDATA, "%s: no event lies in its places, expected one or more",
                       hz_layer_name(places));
    if (!(w->total <= 1e9))
        return hz_fail(err, HZ_EDATA, "%s: events: %g, expected at most 1e9", hz_layer_name(places),
                       w->total);
    return c->group ? number_groups(places, c->group, rows, w, err) : HZ_OK;
}

/* ------------------------------------------------------------------ one map */

/* Places of equal share are counted by their number of events: no sorting. */
static size_t bin_steps(const work *w, const double *events, scratch *s)
{
    size_t n = 0;
    memset(s->bins, 0, BINS * sizeof *s->bins);
    for (size_t i = 0; i < w->n; i++) {
        if (events[i] >= BINS)
            return 0;
        s->bins[(size_t)events[i]]++;
    }
    for (size_t k = 0; k < BINS; k++)
        if (s->bins[k])
            s->steps[n++] = (hz_gini_step){ (double)k * s->bins[k], s->bins[k] };
    return n;
}

/* From the fewest events per share to the most; places without events are one step. */
static size_t make_steps(const work *w, const double *events, scratch *s)
{
    size_t n = w->o->share == HZ_SHARE_EQUAL ? bin_steps(w, events, s) : 0;
    if (n)
        return n;
    hz_gini_step none = { 0, 0 };
    n = 1;
    for (size_t i = 0; i < w->n; i++) {
        if (events[i] > 0)
            s->steps[n++] = (hz_gini_step){ events[i], w->base[i] };
        else
            none.base += w->base[i];
    }
    hz_gini_sort(n - 1, s->steps + 1);
    s->steps[0] = none;
    if (none.base > 0)
        return n;
    memmove(s->steps, s->steps + 1, (n - 1) * sizeof *s->steps);
    return n - 1;
}

static void measure(const work *w, const double *events, scratch *s, findings *out)
{
    static const double top[] = { 0.01, 0.05, 0.10, 0.20 };
    size_t n = make_steps(w, events, s);
    double *v = out->value, places = (double)w->n;

    for (int k = 0; k < HZ_MEASURES; k++)
        v[k] = NAN;
    v[HZ_MEASURE_GINI] = hz_gini(n, s->steps);
    if (w->o->share == HZ_SHARE_EQUAL) {
        v[HZ_MEASURE_GINI_UNBIASED] = v[HZ_MEASURE_GINI] * places / (places - 1);
        v[HZ_MEASURE_GINI_GENERALISED] = hz_gini_generalised(v[HZ_MEASURE_GINI], places, w->total);
    }
    v[HZ_MEASURE_THEIL] = hz_theil(n, s->steps);
    if (w->groups) {
        v[HZ_MEASURE_THEIL_BETWEEN] = hz_theil_between(w->n, events, w->base, w->group, w->groups,
                                                       s->sums);
        v[HZ_MEASURE_THEIL_WITHIN] = v[HZ_MEASURE_THEIL] - v[HZ_MEASURE_THEIL_BETWEEN];
    }
    /* of equal places at least one must be meant */
    for (int k = 0; k < 4; k++)
        if (w->o->share != HZ_SHARE_EQUAL || places * top[k] >= 1)
            v[HZ_MEASURE_TOP_1 + k] = hz_gini_top(n, s->steps, top[k]);
    v[HZ_MEASURE_HOLDING_25] = hz_gini_holding(n, s->steps, 0.25);
    v[HZ_MEASURE_HOLDING_50] = hz_gini_holding(n, s->steps, 0.50);
    hz_gini_curve(n, s->steps, STEPS, out->curve);
    /* sums of few doubles: what is left below 1e-14 is rounding */
    for (int k = 0; k < HZ_MEASURES; k++)
        v[k] = fabs(v[k]) < 1e-14 ? 0 : v[k];
}

static void draw(size_t first, size_t last, int member, void *user)
{
    work *w = user;
    scratch *s = &w->of[member];
    uint32_t statistic = hz_rng_statistic("concentration");
    for (size_t r = first; r < last; r++) {
        hz_rng rng = hz_rng_new(w->o->seed, statistic, 0, (uint32_t)r);
        hz_scan_throw(&w->alias, w->base, w->base_sum, (uint32_t)w->total, &rng, 1, s->counts);
        for (size_t i = 0; i < w->n; i++)
            s->events[i] = s->counts[i];
        measure(w, s->events, s, &w->drawn[r]);
    }
}

/* ------------------------------------------------------------------ all maps */

static hz_status new_scratch(work *w, hz_error *err)
{
    w->members = (size_t)hz_team_size();
    w->of = hz_mem_new(w->members, sizeof *w->of);
    bool failed = !w->of;
    for (size_t m = 0; !failed && m < w->members; m++) {
        scratch *s = &w->of[m];
        s->counts = hz_mem_new(w->n, sizeof *s->counts);
        s->events = hz_mem_new(w->n, sizeof *s->events);
        s->steps = hz_mem_new((w->n < BINS ? BINS : w->n) + 1, sizeof *s->steps);
        s->sums = hz_mem_new(w->groups, sizeof *s->sums);
        s->bins = hz_mem_new(BINS, sizeof *s->bins);
        failed = !s->counts || !s->events || !s->steps || !s->sums || !s->bins;
    }
    w->drawn = hz_mem_new(w->o->replicates, sizeof *w->drawn);
    w->sorted = hz_mem_new(w->o->replicates, sizeof *w->sorted);
    w->stay = hz_mem_new(w->n, sizeof *w->stay);
    w->other = hz_mem_new(w->n, sizeof *w->other);
    return failed || !w->drawn || !w->sorted || !w->stay || !w->other
               ? hz_mem_fail(err, "concentration") : HZ_OK;
}

static hz_status fill_alias(work *w, hz_error *err)
{
    double *room = hz_mem_new(w->n, sizeof *room);
    uint32_t *index = hz_mem_new(w->n, sizeof *index);
    hz_status st = room && index ? HZ_OK : hz_mem_fail(err, "concentration");
    if (!st) {
        hz_scan_fill_alias(w->n, w->base, room, index, w->stay, w->other);
        w->alias = (hz_scan_alias){ w->n, w->stay, w->other };
    }
    hz_mem_free(room);
    hz_mem_free(index);
    return st;
}

static int ascending(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Quantile by Hyndman and Fan's type 7. */
static double quantile(const double *sorted, size_t n, double q)
{
    double at = (double)(n - 1) * q;
    size_t low = (size_t)at, high = low + 1 < n ? low + 1 : low;
    return sorted[low] + (at - (double)low) * (sorted[high] - sorted[low]);
}

/* Mean and range of what is in w->sorted. */
static void spread(work *w, double *mean, double *low, double *high)
{
    size_t n = w->o->replicates;
    double sum = 0;
    qsort(w->sorted, n, sizeof *w->sorted, ascending);
    for (size_t r = 0; r < n; r++)
        sum += w->sorted[r];
    *mean = sum / (double)n;
    *low = quantile(w->sorted, n, 0.025);
    *high = quantile(w->sorted, n, 0.975);
}

static hz_measure compare(work *w, int kind, double value)
{
    bool few = kind == HZ_MEASURE_HOLDING_25 || kind == HZ_MEASURE_HOLDING_50;
    size_t reached = 0, n = w->o->replicates;
    hz_measure m = { value, NAN, NAN, NAN, NAN };
    if (isnan(value))
        return m;
    double close = 1e-12 * fabs(value) + 1e-14; /* what is equal but for rounding is a tie */
    for (size_t r = 0; r < n; r++) {
        w->sorted[r] = w->drawn[r].value[kind];
        reached += few ? w->sorted[r] <= value + close : w->sorted[r] >= value - close;
    }
    m.p = (double)(reached + 1) / (double)(n + 1);
    spread(w, &m.expected, &m.low, &m.high);
    return m;
}

static void summarise(work *w, const findings *seen, hz_concentration *f)
{
    for (int k = 0; k < HZ_MEASURES; k++)
        f->measure[k] = compare(w, k, seen->value[k]);
    for (size_t k = 0; k <= STEPS; k++) {
        for (size_t r = 0; r < w->o->replicates; r++)
            w->sorted[r] = w->drawn[r].curve[k];
        spread(w, &f->expected[k], &f->low[k], &f->high[k]);
        f->curve[k] = seen->curve[k];
    }
    if (w->o->share == HZ_SHARE_EQUAL) {
        double n = (double)w->n;
        f->places_25 = (size_t)ceil(n * seen->value[HZ_MEASURE_HOLDING_25] - 1e-9);
        f->places_50 = (size_t)ceil(n * seen->value[HZ_MEASURE_HOLDING_50] - 1e-9);
    }
}

hz_status hz_concentration_find(const hz_layer *places, const unsigned char *outside,
                                const hz_concentration_columns *columns,
                                const hz_concentration_opts *opts, hz_concentration *out,
                                hz_error *err)
{
    const hz_concentration_opts usual = HZ_CONCENTRATION_DEFAULTS;
    size_t n = hz_layer_rows(places), *rows = NULL;
    work w = { .o = opts ? opts : &usual };
    hz_concentration f = { .share = w.o->share, .replicates = w.o->replicates };
    findings seen;
    hz_status st;

    if (w.o->replicates < 19 || w.o->replicates > MOST_REPLICATES)
        return hz_fail(err, HZ_EUSAGE, "replicates: %zu, expected 19 to %d", w.o->replicates,
                       MOST_REPLICATES);
    rows = hz_mem_new(n, sizeof *rows);
    w.events = hz_mem_new(n, sizeof *w.events);
    w.base = hz_mem_new(n, sizeof *w.base);
    st = rows && w.events && w.base ? HZ_OK : hz_mem_fail(err, "concentration");
    if (!st)
        st = gather(places, outside, columns, &w, rows, &f, err);
    if (!st)
        st = new_scratch(&w, err);
    if (!st)
        st = fill_alias(&w, err);
    if (st)
        goto done;
    measure(&w, w.events, &w.of[0], &seen);
    hz_team_share(w.o->replicates, 1, draw, &w);
    f.places = w.n;
    f.events = w.total;
    f.groups = w.groups;
    summarise(&w, &seen, &f);
    *out = f;
done:
    free_work(&w);
    hz_mem_free(rows);
    return st;
}
