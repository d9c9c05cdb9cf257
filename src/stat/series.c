/* Cuts a period into calendar parts, and gives each its rate, interval and state. */
#include "hotzone/series.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/disclose.h"
#include "hotzone/interval.h"
#include "hotzone/mem.h"

enum { DAY_S = 86400 };
static const int months_in[] = { 1, 3, 12 }; /* by hz_series_by */

/* Months since the year 0 of the part that a time is in. */
static int month_of(hz_time when, hz_series_by by)
{
    int year, month, day;
    hz_date_civil(when / DAY_S - (when % DAY_S < 0), &year, &month, &day);
    int total = 12 * year + month - 1;
    return total - total % months_in[by];
}

static hz_time start_of(int month)
{
    return hz_date_days(month / 12, month % 12 + 1, 1) * DAY_S;
}

hz_status hz_series_cut(hz_period whole, hz_series_by by, hz_period **out, size_t *count,
                        hz_error *err)
{
    char text[64];
    hz_period_format(text, sizeof text, whole);
    if (whole.from == HZ_TIME_NONE || whole.until == HZ_TIME_NONE)
        return hz_fail(err, HZ_EUSAGE, "period '%s' is open, expected both ends", text);
    if (whole.from >= whole.until)
        return hz_fail(err, HZ_EUSAGE, "period '%s' is empty", text);
    int first = month_of(whole.from, by), last = month_of(whole.until - 1, by);
    int step = months_in[by];
    size_t n = (size_t)((last - first) / step) + 1;
    if (n > HZ_SERIES_MOST)
        return hz_fail(err, HZ_EUSAGE, "period '%s' has %zu parts, expected at most %d", text, n,
                       HZ_SERIES_MOST);
    hz_period *parts = hz_mem_new(n, sizeof *parts);
    if (!parts)
        return hz_mem_fail(err, "periods");
    for (size_t i = 0; i < n; i++) {
        int month = first + (int)i * step;
        parts[i] = (hz_period){ start_of(month), start_of(month + step) };
    }
    parts[0].from = whole.from;
    parts[n - 1].until = whole.until;
    *out = parts;
    *count = n;
    return HZ_OK;
}

bool hz_series_is_whole(hz_period part, hz_series_by by)
{
    int month = month_of(part.from, by);
    return part.from == start_of(month) && part.until == start_of(month + months_in[by]);
}

char *hz_series_name(char *buf, size_t size, hz_period part, hz_series_by by)
{
    int month = month_of(part.from, by), year = month / 12;
    if (by == HZ_BY_MONTH)
        snprintf(buf, size, "%d-%02d", year, month % 12 + 1);
    else if (by == HZ_BY_QUARTER)
        snprintf(buf, size, "%d-Q%d", year, month % 12 / 3 + 1);
    else
        snprintf(buf, size, "%d", year);
    return buf;
}

enum { EVENTS, RESIDENTS, WHOLE, YEARS, EVENTS_LOW, EVENTS_HIGH, RATE, RATE_LOW, RATE_HIGH,
       COLUMNS };
static const char *const names[COLUMNS] = { "events", "population", "whole", "years",
                                            "events_low", "events_high", "rate", "rate_low",
                                            "rate_high" };
enum { PERIOD, FROM, UNTIL, TEXTS };
static const char *const text_names[TEXTS] = { "period", "from", "until" };

typedef struct {
    size_t series, n, rows;
    const hz_period *periods;
    const hz_series_opts *opts;
    double *column[COLUMNS];
    unsigned char *mark[COLUMNS];
    unsigned char *hidden;             /* per row */
    char (*text)[TEXTS][32];           /* per period */
    const char **lines;                /* scratch, per row */
} work;

static void free_work(work *w)
{
    for (int c = 0; c < COLUMNS; c++) {
        hz_mem_free(w->column[c]);
        hz_mem_free(w->mark[c]);
    }
    hz_mem_free(w->hidden);
    hz_mem_free(w->text);
    hz_mem_free(w->lines);
}

static hz_status new_work(work *w, const hz_layer *table, hz_error *err)
{
    bool failed = false;
    for (int c = 0; c < COLUMNS; c++) {
        w->column[c] = hz_mem_new(w->rows, sizeof(double));
        w->mark[c] = hz_mem_new(w->rows, 1);
        failed |= !w->column[c] || !w->mark[c];
    }
    w->hidden = hz_mem_new(w->rows, 1);
    w->text = hz_mem_new(w->n, sizeof *w->text);
    w->lines = hz_mem_new(w->rows, sizeof *w->lines);
    if (failed || !w->hidden || !w->text || !w->lines)
        return hz_mem_fail(err, "series");
    for (int c = EVENTS; c <= RESIDENTS; c++) {
        const double *from = hz_layer_numbers(table, names[c]);
        if (!from)
            return hz_fail(err, HZ_EDATA, "%s: has no column '%s' of numbers",
                           hz_layer_name(table), names[c]);
        memcpy(w->column[c], from, w->rows * sizeof *from);
        for (size_t i = 0; i < w->rows; i++)
            if (from[i] < 0 || isinf(from[i]))
                return hz_fail(err, HZ_EDATA, "%s: row %zu: %s is %g, expected 0 or more",
                               hz_layer_name(table), i + 1, names[c], from[i]);
    }
    return HZ_OK;
}

static hz_status check(const hz_layer *table, const work *w, hz_error *err)
{
    const hz_series_opts *o = w->opts;
    if (!(o->per > 0) || isinf(o->per))
        return hz_fail(err, HZ_EUSAGE, "per: %g, expected a number over 0", o->per);
    if (!(o->level > 0 && o->level < 1))
        return hz_fail(err, HZ_EUSAGE, "level: %g, expected between 0 and 1", o->level);
    if (w->rows != hz_layer_rows(table))
        return hz_fail(err, HZ_EDATA, "%s: %zu rows, expected %zu series of %zu periods",
                       hz_layer_name(table), hz_layer_rows(table), w->series, w->n);
    return hz_disclose_check(o->hide_below, err);
}

static void name_periods(work *w)
{
    for (size_t i = 0; i < w->n; i++) {
        hz_period p = w->periods[i];
        hz_series_name(w->text[i][PERIOD], sizeof w->text[i][PERIOD], p, w->opts->by);
        hz_date_format(w->text[i][FROM], sizeof w->text[i][FROM], p.from);
        /* a whole last day is named by itself, an hour within it as it is */
        hz_date_format(w->text[i][UNTIL], sizeof w->text[i][UNTIL],
                       p.until % DAY_S ? p.until : p.until - DAY_S);
    }
}

/* Which rows of series s to hide: small counts, what gives them away, or all. */
static void hide(work *w, size_t s, hz_series_found *f)
{
    const double *events = w->column[EVENTS] + s * w->n;
    unsigned char *hidden = w->hidden + s * w->n;
    hz_error why;
    bool withheld = false;
    f->all_hidden = w->opts->secret && w->opts->secret[s];
    if (w->opts->hidden) {
        memcpy(hidden, w->opts->hidden + s * w->n, w->n);
        f->all_hidden = f->all_hidden && !memchr(hidden, 0, w->n);
        return;
    }
    if (!f->all_hidden && w->opts->hide_below > 0)
        f->all_hidden = hz_disclose_rows(w->n, events, w->opts->hide_below, true, hidden,
                                         &withheld, &why) || withheld;
    if (f->all_hidden)
        memset(hidden, 1, w->n);
}

/* Sums of a series, hidden rows included, as its published total has them too. */
static void sum_series(const work *w, size_t s, hz_series_found *f)
{
    double base = 0;
    bool has_base = true;
    for (size_t k = 0; k < w->n; k++) {
        size_t row = s * w->n + k;
        double events = w->column[EVENTS][row], years = hz_period_years(w->periods[k]);
        f->cut += !hz_series_is_whole(w->periods[k], w->opts->by);
        f->hidden += w->hidden[row];
        f->undefined += !w->hidden[row] && isnan(events);
        f->known += !w->hidden[row] && !isnan(events);
        f->zero += !w->hidden[row] && events == 0;
        if (isnan(events))
            continue;
        f->events += events;
        f->years += years;
        base += w->column[RESIDENTS][row] * years;
        has_base &= w->column[RESIDENTS][row] > 0;
    }
    f->rate = f->rate_low = f->rate_high = f->mean = f->mean_low = f->mean_high = NAN;
    bool secret = f->all_hidden || (w->opts->secret && w->opts->secret[s]);
    if (secret)
        f->events = NAN;
    if (f->years <= 0 || secret)
        return;
    double low, high, scale = months_in[w->opts->by] / 12.0 / f->years;
    hz_interval_poisson(f->events, w->opts->level, &low, &high);
    f->mean = f->events * scale;
    f->mean_low = low * scale;
    f->mean_high = high * scale;
    if (!has_base)
        return;
    scale = w->opts->per / base;
    f->rate = f->events * scale;
    f->rate_low = low * scale;
    f->rate_high = high * scale;
}

static void fill_row(work *w, size_t row, hz_period period)
{
    double events = w->column[EVENTS][row], base = w->column[RESIDENTS][row];
    double years = hz_period_years(period), low = NAN, high = NAN;
    double *const *c = w->column;
    c[WHOLE][row] = hz_series_is_whole(period, w->opts->by);
    c[YEARS][row] = years;
    for (int k = 0; k < COLUMNS; k++)
        if (w->hidden[row] && k != WHOLE && k != YEARS)
            c[k][row] = NAN, w->mark[k][row] = HZ_HIDDEN;
    if (w->hidden[row])
        return;
    hz_interval_poisson(events, w->opts->level, &low, &high);
    double scale = base > 0 ? w->opts->per / (base * years) : NAN;
    const double values[] = { low, high, events * scale, low * scale, high * scale };
    for (int k = 0; k < 5; k++) {
        c[EVENTS_LOW + k][row] = values[k];
        w->mark[EVENTS_LOW + k][row] = (unsigned char)(!isnan(values[k]) ? HZ_KNOWN
                                      : isnan(events) || k < 2           ? HZ_UNDEFINED_MISSING
                                      : isnan(base)                      ? HZ_UNDEFINED_NO_BASE
                                                                     : HZ_UNDEFINED_ZERO_BASE);
    }
    w->mark[EVENTS][row] = (unsigned char)(isnan(events) ? HZ_UNDEFINED_MISSING : HZ_KNOWN);
    w->mark[RESIDENTS][row] = (unsigned char)(isnan(base) ? HZ_UNDEFINED_NO_BASE : HZ_KNOWN);
}

static hz_status add_columns(work *w, hz_layer *table, hz_error *err)
{
    hz_layer *grown = NULL;
    hz_status st = hz_layer_copy(table, &grown, err);
    for (int t = 0; !st && t < TEXTS; t++) {
        for (size_t i = 0; i < w->rows; i++)
            w->lines[i] = w->text[i % w->n][t];
        st = hz_layer_add_texts(grown, text_names[t], w->lines, err);
    }
    for (size_t i = 0; i < w->rows; i++)
        w->lines[i] = w->hidden[i] ? "hidden" : isnan(w->column[EVENTS][i]) ? "undefined" : "ok";
    if (!st)
        st = hz_layer_add_texts(grown, "state", w->lines, err);
    for (int c = 0; !st && c < COLUMNS; c++)
        st = hz_layer_take_numbers(grown, names[c], &w->column[c], &w->mark[c], err);
    if (!st)
        hz_layer_swap(table, grown);
    hz_layer_free(grown);
    return st;
}

hz_status hz_series_add(hz_layer *table, size_t series, const hz_period *periods, size_t n,
                        const hz_series_opts *opts, hz_series_found *found, hz_error *err)
{
    work w = { .series = series, .n = n, .rows = series * n, .periods = periods, .opts = opts };
    hz_series_found *sums = NULL;
    hz_status st = check(table, &w, err);
    if (st)
        return st;
    st = new_work(&w, table, err);
    if (!st && !(sums = hz_mem_new(series, sizeof *sums)))
        st = hz_mem_fail(err, "series");
    if (st)
        goto done;
    name_periods(&w);
    for (size_t s = 0; s < series; s++) {
        hide(&w, s, &sums[s]);
        sum_series(&w, s, &sums[s]);
    }
    for (size_t row = 0; row < w.rows; row++)
        fill_row(&w, row, periods[row % n]);
    st = add_columns(&w, table, err);
    if (!st)
        memcpy(found, sums, series * sizeof *sums);
done:
    hz_mem_free(sums);
    free_work(&w);
    return st;
}
