/* Counts the periods of a series chart. */
#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "run/charts.h"

enum { DAY_S = 86400, YEAR_LEAST = 1000, YEAR_MOST = 9999 };

/* The years that a table of ready-made counts names. */
static hz_status years_of(const hz_layer *counts, const char *given, hz_period *out, hz_error *err)
{
    static const char *const usual[] = { "year", "aar", "år" };
    int column = given ? hz_layer_find(counts, given) : -1, first = YEAR_MOST + 1, last = 0;
    for (size_t i = 0; !given && column < 0 && i < sizeof usual / sizeof *usual; i++)
        column = hz_layer_find(counts, usual[i]);
    for (size_t i = 0; column >= 0 && i < hz_layer_rows(counts); i++) {
        char text[64];
        double year;
        hz_status st = hz_layer_value_text(counts, (size_t)column, i, text, sizeof text);
        if (st)
            return hz_mem_fail(err, hz_layer_name(counts));
        if (!hz_number_parse(text, strlen(text), '.', &year) || year < YEAR_LEAST ||
            year > YEAR_MOST)
            continue;
        first = (int)year < first ? (int)year : first;
        last = (int)year > last ? (int)year : last;
    }
    if (last == 0)
        return hz_fail(err, HZ_EDATA, "%s: has no column of years to draw, expected `year:`",
                       hz_layer_name(counts));
    out->from = hz_date_days(first, 1, 1) * DAY_S;
    out->until = hz_date_days(last + 1, 1, 1) * DAY_S;
    return HZ_OK;
}

/* The chart's own period, else the analysis's; an open end is where the events placed end. */
static hz_status find_period(const project *p, const chart_work *w, hz_period *out, hz_error *err)
{
    const recipe_analysis *a = &p->r->analyses[w->chart->analysis];
    const recipe_events *e = &p->r->events[a->events];
    hz_period span = w->res->rating.span;
    *out = w->chart->period_text ? w->chart->period : a->period;
    if (e->ready_made && !w->chart->period_text)
        return years_of(p->events[a->events], e->year, out, err);
    if (e->ready_made && (out->from == HZ_TIME_NONE || out->until == HZ_TIME_NONE))
        return hz_fail(err, HZ_EUSAGE, "ready-made counts are by year, expected a period with two "
                       "ends");
    if (out->from == HZ_TIME_NONE && span.from != HZ_TIME_NONE)
        out->from = span.from - (span.from % DAY_S + DAY_S) % DAY_S;
    if (out->until == HZ_TIME_NONE && span.until != HZ_TIME_NONE)
        out->until = span.until - (span.until % DAY_S + DAY_S) % DAY_S + DAY_S;
    if (out->from == HZ_TIME_NONE || out->until == HZ_TIME_NONE)
        return hz_fail(err, HZ_EDATA, "no event in the areas has a date, expected a period");
    return HZ_OK;
}

static hz_status find_row(const chart_work *w, const char *id, size_t *row, hz_error *err)
{
    const hz_layer *t = w->res->rating.table;
    size_t n = hz_layer_rows(t);
    const char **ids = hz_mem_new(n, sizeof *ids);
    if (!ids)
        return hz_mem_fail(err, "chart");
    *row = n;
    for (size_t i = 0; i < n; i++) {
        ids[i] = hz_layer_text(t, "area", i);
        if (strcmp(ids[i], id) == 0)
            *row = i;
    }
    const char *near = *row == n ? hz_text_nearest(id, ids, n) : NULL;
    hz_mem_free(ids);
    if (*row < n)
        return HZ_OK;
    return near ? hz_fail(err, HZ_EDATA, "'%s' is no area, did you mean '%s'?", id, near)
                : hz_fail(err, HZ_EDATA, "'%s' is no area, expected the id of one", id);
}

/* Events and residents of one period, by series; `row` says which area is which. */
static hz_status count_part(const project *p, const chart_work *w, size_t part, const size_t *row,
                            double *events, double *residents, hz_error *err)
{
    const recipe_analysis *a = &p->r->analyses[w->chart->analysis];
    hz_rating_input in;
    hz_rating r = { 0 };
    hz_status st = project_input(p, a, w->chart->areas, &in, err);
    if (st)
        return st;
    if (in.events && !in.place.time)
        return hz_fail(err, HZ_EDATA, "%s has no column of dates, expected `time:`",
                       hz_layer_name(in.events));
    project_population(p, a, 0, &in);
    in.place.period = w->parts[part];
    in.precision_m = NULL;
    in.part = true;
    in.rates.years = 0;
    in.rates.hide_below = 0; /* hidden by the series, below */
    in.rates.smoothing = HZ_SMOOTH_NONE;
    st = hz_rating_make(&in, &r, NULL, err); /* warnings were given with the analysis's table */
    if (st)
        return st;
    const double *count = hz_layer_numbers(r.table, "events");
    const double *base = hz_layer_numbers(r.table, "population");
    for (size_t s = 0; s < w->series; s++) {
        size_t at = s * w->periods + part;
        events[at] = residents[at] = 0;
        for (size_t i = 0; i < hz_layer_rows(r.table); i++) {
            if (w->chart->only_count && i != row[s])
                continue;
            events[at] += count[i]; /* NaN if any is */
            residents[at] += base[i];
        }
    }
    hz_rating_clear(&r);
    return HZ_OK;
}

/* Periods at either end for which no series has a figure are no part of ready-made counts. */
static void trim(chart_work *w, double *events, double *residents)
{
    size_t first = 0, end = w->periods, kept;
    bool any = false;
    for (size_t k = 0; k < w->periods; k++)
        for (size_t s = 0; s < w->series; s++)
            if (!isnan(events[s * w->periods + k])) {
                first = any ? first : k;
                end = k + 1;
                any = true;
            }
    kept = end - first;
    for (size_t s = 0; s < w->series; s++) {
        memmove(events + s * kept, events + s * w->periods + first, kept * sizeof *events);
        memmove(residents + s * kept, residents + s * w->periods + first, kept * sizeof *residents);
    }
    memmove(w->parts, w->parts + first, kept * sizeof *w->parts);
    w->periods = kept;
}

static hz_status make_table(const project *p, chart_work *w, const double *events,
                            const double *residents, hz_error *err)
{
    size_t rows = w->series * w->periods;
    const char **column = hz_mem_new(rows, sizeof *column);
    hz_status st = column ? HZ_OK : hz_mem_fail(err, "chart");
    if (!st)
        st = hz_layer_new(w->chart->name, rows, &w->table, err);
    for (int c = 0; !st && c < 2; c++) {
        for (size_t i = 0; i < rows; i++) {
            size_t s = i / w->periods;
            column[i] = w->chart->only_count ? (c ? w->name[s] : w->chart->only[s]) : "all";
            if (!w->chart->only_count && c)
                column[i] = words_in(&p->r->areas[w->chart->areas].place, p->r->languages[0], "");
        }
        st = hz_layer_add_texts(w->table, c ? "name" : "area", column, err);
    }
    if (!st)
        st = hz_layer_add_numbers(w->table, "events", events, err);
    if (!st)
        st = hz_layer_add_numbers(w->table, "population", residents, err);
    hz_mem_free(column);
    return st;
}

/* Where no audit decides, an area whose count the analysis's table hides shows no period either, nor
 * do all areas together where their total is withheld. */
static hz_status rate_parts(const project *p, chart_work *w, const size_t *row, hz_error *err)
{
    const recipe_analysis *a = &p->r->analyses[w->chart->analysis];
    unsigned char secret[HZ_CHART_SERIES_MOST] = { 0 };
    hz_series_opts opts = { .by = w->chart->by, .per = a->rates.per, .level = a->rates.level,
                            .hide_below = a->rates.hide_below, .secret = secret };
    bool audited = project_decided_series(p, (size_t)(w->chart - p->r->charts), &opts.hidden);
    if (audited)
        memcpy(secret, opts.hidden + w->series * w->periods, w->series);
    else if (!w->chart->only_count)
        secret[0] = w->res->rating.total_withheld;
    for (size_t s = 0; s < w->series && w->chart->only_count && !audited; s++)
        secret[s] = hz_layer_mark(w->res->rating.table, "rate", row[s]) == HZ_HIDDEN;
    hz_status st = hz_series_add(w->table, w->series, w->parts, w->periods, &opts, w->found, err);
    for (size_t i = 0; !st && i < w->series * w->periods; i++)
        w->rates |= hz_layer_mark(w->table, "rate", i) == HZ_KNOWN;
    return st;
}

hz_status charts_count(const project *p, chart_work *w, hz_error *err)
{
    const recipe_events *e = &p->r->events[p->r->analyses[w->chart->analysis].events];
    size_t row[HZ_CHART_SERIES_MOST] = { 0 };
    double *events = NULL, *residents = NULL;
    hz_period whole;
    hz_status st = find_period(p, w, &whole, err);

    w->series = w->chart->only_count ? w->chart->only_count : 1;
    for (size_t s = 0; !st && s < w->chart->only_count; s++) {
        st = find_row(w, w->chart->only[s], &row[s], err);
        if (!st)
            w->name[s] = hz_layer_text(w->res->rating.table, "name", row[s]);
    }
    if (!st)
        st = hz_series_cut(whole, w->chart->by, &w->parts, &w->periods, err);
    if (st)
        return st;
    events = hz_mem_new(w->series * w->periods, sizeof *events);
    residents = hz_mem_new(w->series * w->periods, sizeof *residents);
    if (!events || !residents)
        st = hz_mem_fail(err, "chart");
    for (size_t k = 0; !st && k < w->periods; k++)
        st = count_part(p, w, k, row, events, residents, err);
    if (!st && e->ready_made)
        trim(w, events, residents);
    if (!st)
        st = make_table(p, w, events, residents, err);
    if (!st)
        st = rate_parts(p, w, row, err);
    hz_mem_free(events);
    hz_mem_free(residents);
    return st;
}
