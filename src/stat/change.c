/* Compares two periods area by area: rates, their ratio, exact p, and q over all areas. */
#include "hotzone/change.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/disclose.h"
#include "hotzone/fdr.h"
#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"

enum { YEARS_1, YEARS_2, RATE_1, LOW_1, HIGH_1, RATE_2, LOW_2, HIGH_2, RATIO, RATIO_LOW,
       RATIO_HIGH, P, Q, P_LOW, P_HIGH, COLUMNS };
static const char *const names[COLUMNS] = {
    "years_1", "years_2", "rate_1", "rate_1_low", "rate_1_high", "rate_2", "rate_2_low",
    "rate_2_high", "ratio", "ratio_low", "ratio_high", "p", "q", "p_low", "p_high"
};

/* What one period has for every area; arrays lent by the layer, published may be NULL. */
typedef struct {
    const double *events, *population, *published;
    double years;
} side;

typedef struct {
    size_t n;
    const hz_change_opts *o;
    side of[2];
    double *column[COLUMNS];
    unsigned char *mark[COLUMNS];
    unsigned char *why;     /* hz_mark of the test itself */
    unsigned char *hidden;  /* of the two periods together; then one of each */
    bool *assumed;
    double *least;          /* the smaller count */
    const char **reason, **state, **basis;
    hz_fdr_item *scratch;
} work;

static void free_work(work *w)
{
    for (int c = 0; c < COLUMNS; c++) {
        hz_mem_free(w->column[c]);
        hz_mem_free(w->mark[c]);
    }
    hz_mem_free(w->why);
    hz_mem_free(w->hidden);
    hz_mem_free(w->assumed);
    hz_mem_free(w->least);
    hz_mem_free(w->reason);
    hz_mem_free(w->state);
    hz_mem_free(w->basis);
    hz_mem_free(w->scratch);
}

static hz_status new_work(work *w, hz_error *err)
{
    bool failed = false;
    for (int c = 0; c < COLUMNS; c++) {
        w->column[c] = hz_mem_new(w->n, sizeof(double));
        w->mark[c] = hz_mem_new(w->n, 1);
        failed |= !w->column[c] || !w->mark[c];
    }
    w->why = hz_mem_new(w->n, 1);
    w->hidden = hz_mem_new(w->n, 3);
    w->assumed = hz_mem_new(w->n, sizeof *w->assumed);
    w->least = hz_mem_new(w->n, sizeof *w->least);
    w->reason = hz_mem_new(w->n, sizeof *w->reason);
    w->state = hz_mem_new(w->n, sizeof *w->state);
    w->basis = hz_mem_new(w->n, sizeof *w->basis);
    w->scratch = hz_mem_new(w->n, sizeof *w->scratch);
    if (failed || !w->why || !w->hidden || !w->assumed || !w->least || !w->reason || !w->state ||
        !w->basis || !w->scratch)
        return hz_mem_fail(err, "change");
    return HZ_OK;
}

static bool is_over_zero(double x)
{
    return x > 0 && !isinf(x);
}

static hz_status check_opts(const hz_change_opts *o, hz_error *err)
{
    if (!is_over_zero(o->per))
        return hz_fail(err, HZ_EUSAGE, "per: %g, expected a number over 0", o->per);
    if (!is_over_zero(o->years_1) || !is_over_zero(o->years_2))
        return hz_fail(err, HZ_EUSAGE, "years: %g and %g, expected numbers over 0", o->years_1,
                       o->years_2);
    if (!(o->level > 0 && o->level < 1))
        return hz_fail(err, HZ_EUSAGE, "level: %g, expected between 0 and 1", o->level);
    if (!(o->unstable_cv > 0))
        return hz_fail(err, HZ_EUSAGE, "unstable-cv: %g, expected a number over 0",
                       o->unstable_cv);
    return hz_disclose_check(o->hide_below, err);
}

static hz_status lend(const hz_layer *areas, const char *column, bool needed, const double **out,
                      hz_error *err)
{
    const double *values = hz_layer_numbers(areas, column);
    if (!values && needed)
        return hz_fail(err, HZ_EDATA, "%s: has no column '%s' of numbers",
                       hz_layer_name(areas), column);
    for (size_t i = 0; values && i < hz_layer_rows(areas); i++)
        if (values[i] < 0 || isinf(values[i]))
            return hz_fail(err, HZ_EDATA, "%s: row %zu: %s is %g, expected a figure of 0 or more",
                           hz_layer_name(areas), i + 1, column, values[i]);
    *out = values;
    return HZ_OK;
}

static hz_status lend_sides(const hz_layer *areas, work *w, hz_error *err)
{
    static const char *const columns[2][3] = {
        { "events_1", "population_1", "published_rate_1" },
        { "events_2", "population_2", "published_rate_2" }
    };
    hz_status st = HZ_OK;
    for (int k = 0; !st && k < 2; k++) {
        st = lend(areas, columns[k][0], true, &w->of[k].events, err);
        if (!st)
            st = lend(areas, columns[k][1], true, &w->of[k].population, err);
        if (!st)
            st = lend(areas, columns[k][2], false, &w->of[k].published, err);
    }
    return st;
}

/* One period of one area as it may have been: one count over one base, or, where only a rate is
 * published, three of them: at the ends and in the middle of what is assumed. */
typedef struct {
    int n;
    double events[3], base[3]; /* base in resident-years */
    bool assumed;
    hz_mark mark;              /* why n is 0 */
    const char *reason;
} possible;

static possible without(hz_mark mark, int k, const char *before, const char *after)
{
    return (possible){ .mark = mark, .reason = k ? after : before };
}

static possible look_at(const work *w, int k, size_t i)
{
    const side *s = &w->of[k];
    const hz_assumption *a = &w->o->assumed;
    double population = s->population[i];
    bool rate_only = isnan(s->events[i]) && s->published && !isnan(s->published[i]);
    possible p = { .n = 1, .events = { s->events[i] }, .base = { population * s->years } };

    if (isnan(s->events[i]) && !rate_only)
        return without(HZ_UNDEFINED_MISSING, k, "no count before", "no count after");
    if (rate_only && !a->given)
        return without(HZ_UNDEFINED_MISSING, k, "only a rate before and no population assumed",
                       "only a rate after and no population assumed");
    if (!(rate_only && !a->relative)) {
        if (isnan(population))
            return without(HZ_UNDEFINED_NO_BASE, k, "no population before",
                           "no population after");
        if (population == 0)
            return without(HZ_UNDEFINED_ZERO_BASE, k, "a population of 0 before",
                           "a population of 0 after");
    }
    if (!rate_only)
        return p;
    double low = a->relative ? population * (1 + a->low) : a->low;
    double high = a->relative ? population * (1 + a->high) : a->high;
    p.n = 3;
    p.assumed = true;
    for (int j = 0; j < 3; j++) {
        p.base[j] = (low + (high - low) * j / 2) * s->years;
        p.events[j] = round(s->published[i] / w->o->per * p.base[j]);
    }
    return p;
}

/* Counts as a reader could know them: those given, and those that a published rate implies. */
static void fill_counts(const work *w, int k, double *counts)
{
    for (size_t i = 0; i < w->n; i++) {
        possible p = look_at(w, k, i);
        counts[i] = p.assumed ? p.events[0] : w->of[k].events[i];
    }
}

/* A row that is small in either period is hidden in both.  No total of a period is published, so
 * none needs others to guard it.  Uses the columns P_LOW and P_HIGH for the counts. */
static hz_status hide_rows(work *w, hz_error *err)
{
    double *counts[2] = { w->column[P_LOW], w->column[P_HIGH] };
    bool any;

    for (size_t i = 0; w->o->decided && i < w->n; i++)
        w->hidden[i] = w->o->decided[0].rows[i] || w->o->decided[1].rows[i];
    for (int k = 0; !w->o->decided && k < 2; k++) {
        fill_counts(w, k, counts[k]);
        hz_status st = hz_disclose_rows(w->n, counts[k], w->o->hide_below, false,
                                        w->hidden + (size_t)(k + 1) * w->n, &any, err);
        if (st)
            return st;
    }
    for (size_t i = 0; !w->o->decided && i < w->n; i++)
        w->hidden[i] = w->hidden[w->n + i] || w->hidden[2 * w->n + i];
    return HZ_OK;
}

static void fill_rate(work *w, int k, size_t i, const possible *p)
{
    int at = k ? RATE_2 : RATE_1;
    double low = INFINITY, high = -INFINITY;
    for (int j = 0; j < p->n; j++) {
        double l, h, scale = w->o->per / p->base[j];
        hz_interval_poisson(p->events[j], w->o->level, &l, &h);
        low = fmin(low, l * scale);
        high = fmax(high, h * scale);
    }
    w->column[at][i] = p->n && !p->assumed ? p->events[0] * (w->o->per / p->base[0])
                       : w->of[k].published ? w->of[k].published[i] : NAN;
    w->column[at + 1][i] = p->n ? low : NAN;
    w->column[at + 2][i] = p->n ? high : NAN;
    for (int c = at; !p->n && c < at + 3; c++)
        if (isnan(w->column[c][i]))
            w->mark[c][i] = (unsigned char)p->mark;
}

static void fill_ratio(work *w, size_t i, const possible *before, const possible *after)
{
    double ratio = NAN, low = INFINITY, high = -INFINITY, p_low = INFINITY, p_high = -INFINITY;
    w->least[i] = INFINITY;
    for (int a = 0; a < before->n; a++)
        for (int b = 0; b < after->n; b++) {
            double x1 = before->events[a], x2 = after->events[b], l, h, p;
            hz_interval_ratio(x2, after->base[b], x1, before->base[a], w->o->level, &ratio, &l,
                              &h, &p);
            if (w->o->test == HZ_P_CENTRAL)
                p = hz_interval_ratio_central_p(x2, after->base[b], x1, before->base[a]);
            low = fmin(low, l);
            high = fmax(high, h);
            p_low = fmin(p_low, p);
            p_high = fmax(p_high, p);
            w->least[i] = fmin(w->least[i], fmin(x1, x2));
        }
    w->assumed[i] = before->assumed || after->assumed;
    if (w->assumed[i])
        ratio = w->column[RATE_2][i] / w->column[RATE_1][i];
    /* an infinite ratio or limit has no place in a table: it does not exist */
    w->column[RATIO][i] = isfinite(ratio) ? ratio : NAN;
    w->column[RATIO_LOW][i] = isfinite(low) ? low : NAN;
    w->column[RATIO_HIGH][i] = isfinite(high) ? high : NAN;
    w->column[P_LOW][i] = isfinite(p_low) ? p_low : NAN;
    w->column[P_HIGH][i] = isfinite(p_high) ? p_high : NAN;
    w->column[P][i] = w->assumed[i] ? NAN : w->column[P_LOW][i];
    if (!isnan(w->column[P_HIGH][i]))
        return;
    w->why[i] = HZ_UNDEFINED_NO_RESULT;
    w->reason[i] = isnan(ratio) ? "no event in either period" : "a count is no whole number";
}

static void fill_row(work *w, size_t i)
{
    possible before = look_at(w, 0, i), after = look_at(w, 1, i);
    w->column[YEARS_1][i] = w->of[0].years;
    w->column[YEARS_2][i] = w->of[1].years;
    for (int c = RATIO; c < COLUMNS; c++)
        w->column[c][i] = NAN;
    fill_rate(w, 0, i, &before);
    fill_rate(w, 1, i, &after);
    if (before.n && after.n) {
        fill_ratio(w, i, &before, &after);
    } else {
        w->why[i] = (unsigned char)(before.n ? after.mark : before.mark);
        w->reason[i] = before.n ? after.reason : before.reason;
    }
    if (w->hidden[i]) {
        w->why[i] = HZ_HIDDEN;
        w->reason[i] = NULL;
        for (int c = 0; c < COLUMNS; c++)
            w->column[c][i] = NAN;
    }
}

/* Where p and the central interval answer differently whether 1 is possible (Fay 2010). */
static bool disagrees(const work *w, size_t i)
{
    double low = w->column[RATIO_LOW][i], high = w->column[RATIO_HIGH][i];
    bool outside = low > 1 || high < 1;
    return !isnan(w->column[P][i]) && outside != (w->column[P][i] < 1 - w->o->level);
}

static const char *state_of(const work *w, size_t i)
{
    double cv = w->o->unstable_cv;
    if (w->why[i])
        return w->why[i] == HZ_HIDDEN ? "hidden" : "undefined";
    /* coefficient of variation of a Poisson count: 1 / sqrt(count) */
    return w->least[i] * cv * cv < 1 ? "unstable" : "ok";
}

static void judge(work *w, hz_change_found *found)
{
    found->tests = hz_fdr_bh(w->n, w->column[P_HIGH], w->scratch, w->column[Q]);
    for (size_t i = 0; i < w->n; i++) {
        bool tested = w->why[i] == HZ_KNOWN;
        w->state[i] = state_of(w, i);
        w->basis[i] = !tested ? NULL : w->assumed[i] ? "assumed" : "counted";
        found->assumed += tested && w->assumed[i];
        found->significant += tested && w->column[Q][i] <= 1 - w->o->level;
        found->hidden += w->why[i] == HZ_HIDDEN;
        found->undefined += !tested && w->why[i] != HZ_HIDDEN;
        found->only_rate += w->reason[i] && strncmp(w->reason[i], "only a rate", 11) == 0;
        found->disagree += disagrees(w, i);
    }
}

static void mark_columns(work *w)
{
    for (size_t i = 0; i < w->n; i++)
        for (int c = 0; c < COLUMNS; c++) {
            if (w->why[i] == HZ_HIDDEN)
                w->mark[c][i] = HZ_HIDDEN;
            else if (isnan(w->column[c][i]) && !w->mark[c][i])
                w->mark[c][i] = w->why[i] ? w->why[i] : HZ_UNDEFINED_NO_RESULT;
        }
}

/* Replace a figure column by one without the hidden rows. */
static hz_status blank_hidden(hz_layer *areas, const char *column, const unsigned char *hidden,
                              hz_error *err)
{
    size_t n = hz_layer_rows(areas);
    const double *old = hz_layer_numbers(areas, column);
    double *values = hz_mem_new(n, sizeof *values);
    unsigned char *marks = hz_mem_new(n, 1);
    hz_status st = values && marks ? HZ_OK : hz_mem_fail(err, "change");
    for (size_t i = 0; !st && i < n; i++) {
        values[i] = hidden[i] ? NAN : old[i];
        marks[i] = hidden[i] ? HZ_HIDDEN : (unsigned char)hz_layer_mark(areas, column, i);
    }
    if (!st)
        st = hz_layer_take_numbers(areas, column, &values, &marks, err);
    hz_mem_free(values);
    hz_mem_free(marks);
    return st;
}

static hz_status store(hz_layer *areas, work *w, hz_error *err)
{
    static const char *const figures[] = { "events_1", "events_2", "population_1",
                                           "population_2" };
    hz_status st = hz_layer_add_texts(areas, "state", w->state, err);
    if (!st)
        st = hz_layer_add_texts(areas, "basis", w->basis, err);
    if (!st)
        st = hz_layer_add_texts(areas, "reason", w->reason, err);
    for (int c = 0; !st && c < COLUMNS; c++)
        st = hz_layer_take_numbers(areas, names[c], &w->column[c], &w->mark[c], err);
    for (size_t f = 0; !st && f < sizeof figures / sizeof *figures; f++)
        st = blank_hidden(areas, figures[f], w->hidden, err);
    if (!st) {
        hz_layer_drop(areas, "published_rate_1");
        hz_layer_drop(areas, "published_rate_2");
    }
    return st;
}

hz_status hz_change_add(hz_layer *areas, const hz_change_opts *opts, hz_change_found *found,
                        hz_error *err)
{
    static const hz_change_opts defaults = HZ_CHANGE_DEFAULTS;
    const hz_change_opts *o = opts ? opts : &defaults;
    work w = { .n = hz_layer_rows(areas), .o = o };
    hz_change_found counted = { 0 };
    hz_layer *copy = NULL; /* gains the columns, then changes places with the areas */
    hz_status st = check_opts(o, err);

    w.of[0].years = o->years_1;
    w.of[1].years = o->years_2;
    if (!st)
        st = hz_layer_copy(areas, &copy, err);
    if (!st)
        st = lend_sides(areas, &w, err);
    if (!st)
        st = new_work(&w, err);
    if (!st && (o->decided || o->hide_below > 0))
        st = hide_rows(&w, err);
    if (st)
        goto done;
    for (size_t i = 0; i < w.n; i++)
        fill_row(&w, i);
    judge(&w, &counted);
    mark_columns(&w);
    st = store(copy, &w, err);
    if (st)
        goto done;
    hz_layer_swap(areas, copy);
    if (found)
        *found = counted;
done:
    hz_layer_free(copy);
    free_work(&w);
    return st;
}

/* A number, its `%` taken off. */
static bool read_end(const char *text, size_t n, double *value, bool *percent)
{
    while (n > 0 && text[n - 1] == ' ')
        n--;
    *percent = n > 0 && text[n - 1] == '%';
    return hz_number_parse(text, *percent ? n - 1 : n, '.', value) && isfinite(*value);
}

hz_status hz_assumption_parse(const char *text, hz_assumption *out, hz_error *err)
{
    static const char plus_minus[] = "\xC2\xB1";
    const char *dots = strstr(text, "..");
    bool both = strncmp(text, plus_minus, 2) == 0, good, percent = false, same = true;
    double low = 0, high = 0;

    if (dots && !both) {
        good = read_end(text, (size_t)(dots - text), &low, &same) &&
               read_end(dots + 2, strlen(dots + 2), &high, &percent) && same == percent;
    } else {
        const char *number = both ? text + 2 : text;
        good = read_end(number, strlen(number), &high, &percent) && percent && high >= 0;
        low = -high;
    }
    if (!good || low > high || (percent ? low <= -100 : low <= 0))
        return hz_fail(err, HZ_EUSAGE, "assumed population: '%s', expected residents "
                       "(33900..36000) or how far they may be off (-3%%..3%%)", text);
    *out = (hz_assumption){ true, percent, percent ? low / 100 : low,
                            percent ? high / 100 : high };
    return HZ_OK;
}
