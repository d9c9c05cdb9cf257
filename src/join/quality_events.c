/* Audits located events: where they lie, when they were, and how finely both are given. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/interval.h"
#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "join/quality_events.h"
#include "join/quality_parts.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const id_names[] = {
    "id", "uid", "event_id", "eventid", "incident_id", "incidentid", "case_id", "caseid",
    "case_number", "crime_id", "crimeid", "haendelse_id", "hændelse_id", "sagsnr", "sagsnummer",
    "journalnr", "journalnummer",
};
static const char *const precision_names[] = {
    "precision_m", "precision", "accuracy_m", "accuracy", "noejagtighed_m", "noejagtighed",
    "nøjagtighed",
};

static hz_status no_memory(const audit *a)
{
    return hz_mem_fail(a->err, hz_layer_name(a->events));
}

/* A finding with the rows that are marked so; none if there are none. */
static hz_status add_marked(audit *a, const char *code, hz_severity severity,
                            const unsigned char *marks, unsigned char mark, size_t of)
{
    size_t count = 0;
    for (size_t r = 0; r < a->n; r++)
        count += marks[r] == mark;
    if (!count)
        return HZ_OK;
    hz_finding *f = hz_quality_add(a->q, code, severity, count, of);
    if (!f)
        return no_memory(a);
    for (size_t r = 0; r < a->n && f->row_count < HZ_FINDING_ROWS; r++)
        if (marks[r] == mark)
            hz_finding_row(f, r);
    return HZ_OK;
}

static size_t count_marked(const audit *a, unsigned char mark)
{
    size_t count = 0;
    for (size_t r = 0; r < a->n; r++)
        count += a->stand[r] == mark;
    return count;
}

/* ---- where ------------------------------------------------------------------------------ */

/* How many rows have coordinates, how good they are, and how many can be used. */
static hz_status report_places(audit *a)
{
    size_t without = count_marked(a, STAND_NONE), swapped = count_marked(a, STAND_SWAPPED);
    size_t strange = count_marked(a, STAND_IMPLAUSIBLE), outside = count_marked(a, STAND_OUTSIDE);
    size_t with = a->n - without, fine = count_marked(a, STAND_FINE) + outside;
    hz_severity how;
    hz_status st = HZ_OK;

    if (!with) {
        if (!hz_quality_add(a->q, "events-none-located", HZ_QUALITY_FAULT, a->n, a->n))
            return no_memory(a);
        return HZ_OK;
    }
    st = add_marked(a, "events-unlocated", HZ_QUALITY_WARNING, a->stand, STAND_NONE, a->n);
    if (!st)
        st = add_marked(a, "events-zero", with == count_marked(a, STAND_ZERO)
                        ? HZ_QUALITY_FAULT : HZ_QUALITY_WARNING, a->stand, STAND_ZERO, with);
    how = 2 * swapped >= with ? HZ_QUALITY_FAULT : HZ_QUALITY_WARNING;
    if (!st)
        st = add_marked(a, "events-swapped", how, a->stand, STAND_SWAPPED, with);
    how = 2 * strange >= with ? HZ_QUALITY_FAULT : HZ_QUALITY_WARNING;
    if (!st)
        st = add_marked(a, "events-implausible", how, a->stand, STAND_IMPLAUSIBLE, with);
    if (!st)
        st = add_marked(a, "events-far", HZ_QUALITY_WARNING, a->stand, STAND_FAR, with);
    /* some events lie over the border in any export; many say that something is wrong */
    how = outside == fine ? HZ_QUALITY_FAULT
          : (double)outside > 0.05 * (double)fine ? HZ_QUALITY_WARNING : HZ_QUALITY_NOTE;
    return st ? st : add_marked(a, "events-outside", how, a->stand, STAND_OUTSIDE, with);
}

/* Share of the rows read that could be located, beside Ratcliffe's (2004) 85 %. */
static hz_status report_rate(audit *a)
{
    const double reference = 0.85;
    size_t bad = count_marked(a, STAND_NONE) + count_marked(a, STAND_ZERO) +
                 count_marked(a, STAND_SWAPPED) + count_marked(a, STAND_IMPLAUSIBLE);
    size_t read = a->q->rows, located = a->n - bad;
    double rate = read ? (double)located / (double)read : NAN;
    hz_finding *f = hz_quality_add(a->q, "events-rate", rate < reference ? HZ_QUALITY_WARNING
                                                                         : HZ_QUALITY_NOTE,
                                   located, read);
    if (!f)
        return no_memory(a);
    f->value[0] = rate;
    hz_interval_wilson((double)located, (double)read, 0.95, &f->value[1], &f->value[2]);
    f->value[3] = reference;
    return HZ_OK;
}

/* ---- how finely ------------------------------------------------------------------------- */

/* To what a coordinate is rounded: 0: a kilometre or more, 1: 100 m, 2: 10 m, 3: 1 m, 4: finer. */
static int fineness_of(double value, bool degrees)
{
    /* in degrees the 3rd decimal is about 100 m; in metres the 3rd digit before the point */
    double unit = degrees ? 1e2 : 1e-3;
    for (int k = 0; k < 4; k++, unit *= 10) {
        double scaled = value * unit;
        if (fabs(scaled - round(scaled)) < 1e-6)
            return k;
    }
    return 4;
}

int hz_quality_fineness(const audit *a, size_t row)
{
    int x = fineness_of(a->x[row], a->degrees), y = fineness_of(a->y[row], a->degrees);
    return x > y ? x : y;
}

static hz_status report_fineness(audit *a)
{
    size_t classes[HZ_FINDING_VALUES] = { 0 }, fine = 0;
    for (size_t r = 0; r < a->n; r++)
        if (a->stand[r] == STAND_FINE || a->stand[r] == STAND_OUTSIDE) {
            classes[hz_quality_fineness(a, r)]++;
            fine++;
        }
    for (int k = 1; k < HZ_FINDING_VALUES; k++)
        if (classes[k] > classes[a->usual_fineness])
            a->usual_fineness = k;
    if (!fine)
        return HZ_OK;
    hz_finding *f = hz_quality_add(a->q, "events-rounding", HZ_QUALITY_NOTE, fine, a->n);
    if (!f)
        return no_memory(a);
    for (size_t k = 0; k < HZ_FINDING_VALUES; k++)
        f->value[k] = (double)classes[k];
    if ((double)classes[0] > 0.05 * (double)fine &&
        !hz_quality_add(a->q, "events-coarse", HZ_QUALITY_WARNING, classes[0], fine))
        return no_memory(a);
    return HZ_OK;
}

/* Classes of a column of precisions: to 10, 100, 500, 1,000 m, and over that. */
static hz_status report_precision(audit *a)
{
    static const double upto[] = { 10, 100, 500, 1000, INFINITY };
    size_t classes[HZ_FINDING_VALUES] = { 0 }, missing = 0, bad = 0, first_bad = 0;
    const char *name = a->precision < 0 ? NULL
                                        : hz_layer_column_name(a->events, (size_t)a->precision);
    const double *p = name ? hz_layer_numbers(a->events, name) : NULL;
    if (!p)
        return HZ_OK;
    for (size_t r = 0; r < a->n; r++) {
        size_t k = 0;
        if (isnan(p[r])) {
            missing++;
        } else if (p[r] < 0 || isinf(p[r])) {
            if (bad++ == 0)
                first_bad = r;
        } else {
            while (p[r] > upto[k])
                k++;
            classes[k]++;
        }
    }
    hz_finding *f = hz_quality_add(a->q, "events-precision", HZ_QUALITY_NOTE, a->n - missing - bad,
                                   a->n);
    if (!f || !hz_finding_say(f, 0, name))
        return no_memory(a);
    for (size_t k = 0; k < HZ_FINDING_VALUES; k++)
        f->value[k] = (double)classes[k];
    if (!bad)
        return HZ_OK;
    f = hz_quality_add(a->q, "events-precision-bad", HZ_QUALITY_FAULT, bad, a->n);
    if (!f || !hz_finding_say(f, 0, name))
        return no_memory(a);
    hz_finding_row(f, first_bad);
    return HZ_OK;
}

/* ---- when ------------------------------------------------------------------------------- */

enum { DATED, UNDATED, UNREADABLE, OUT_OF_PERIOD };

/* The date of a row as hz_layer_read_dates would read it. */
static unsigned char read_date(const audit *a, size_t row, hz_time *when)
{
    size_t c = (size_t)a->time;
    hz_column_kind kind = hz_layer_column_kind(a->events, c);
    char digits[40];
    const char *text = digits;
    *when = HZ_TIME_NONE;
    if (!hz_has_value(a->events, c, row))
        return UNDATED;
    if (kind == HZ_TIMES) {
        *when = a->times[row];
        return DATED;
    }
    if (kind == HZ_NUMBERS)
        snprintf(digits, sizeof digits, "%.0f", a->numbers[row]);
    else
        text = hz_layer_text_at(a->events, c, row);
    return hz_date_parse(text, strlen(text), a->opts->time_format, when) ? DATED : UNREADABLE;
}

static hz_status report_span(audit *a)
{
    hz_time from = HZ_TIME_NONE, to = HZ_TIME_NONE;
    size_t dated = 0;
    char first[32], last[32];
    for (size_t r = 0; r < a->n; r++) {
        if (a->when[r] == HZ_TIME_NONE)
            continue;
        dated++;
        if (from == HZ_TIME_NONE || a->when[r] < from)
            from = a->when[r];
        if (to == HZ_TIME_NONE || a->when[r] > to)
            to = a->when[r];
    }
    if (!dated)
        return HZ_OK;
    hz_finding *f = hz_quality_add(a->q, "events-span", HZ_QUALITY_NOTE, dated, a->n);
    hz_date_format(first, sizeof first, from);
    hz_date_format(last, sizeof last, to);
    first[strcspn(first, " ")] = last[strcspn(last, " ")] = '\0'; /* days are enough */
    return f && hz_finding_say(f, 0, first) && hz_finding_say(f, 1, last) ? HZ_OK : no_memory(a);
}

static hz_status report_dates(audit *a)
{
    hz_period period = a->opts->period;
    bool asked = period.from != HZ_TIME_NONE || period.until != HZ_TIME_NONE;
    size_t dated = 0, out = 0;
    hz_status st;

    if (a->time < 0) {
        const char *code = asked ? "events-no-dates" : "events-dates-unknown";
        return hz_quality_add(a->q, code, asked ? HZ_QUALITY_FAULT : HZ_QUALITY_NOTE, a->n, a->n)
                   ? HZ_OK : no_memory(a);
    }
    unsigned char *how = hz_mem_new(a->n, 1);
    a->when = hz_mem_new(a->n, sizeof *a->when);
    if (!how || !a->when) {
        hz_mem_free(how);
        return no_memory(a);
    }
    for (size_t r = 0; r < a->n; r++) {
        how[r] = read_date(a, r, &a->when[r]);
        dated += how[r] == DATED;
        if (how[r] == DATED && asked && !hz_period_holds(period, a->when[r])) {
            how[r] = OUT_OF_PERIOD;
            out++;
        }
    }
    st = add_marked(a, "events-bad-date", asked ? HZ_QUALITY_FAULT : HZ_QUALITY_WARNING, how,
                    UNREADABLE, a->n);
    if (!st)
        st = add_marked(a, "events-undated", asked ? HZ_QUALITY_WARNING : HZ_QUALITY_NOTE, how,
                        UNDATED, a->n);
    if (!st)
        st = add_marked(a, "events-out-of-period", out == dated ? HZ_QUALITY_FAULT
                                                                : HZ_QUALITY_NOTE,
                        how, OUT_OF_PERIOD, a->n);
    if (!st && out) {
        char text[64];
        hz_finding *f = &a->q->finding[a->q->findings - 1];
        if (!hz_finding_say(f, 0, hz_period_format(text, sizeof text, period)))
            st = no_memory(a);
    }
    hz_mem_free(how);
    return st ? st : report_span(a);
}

/* ---- together --------------------------------------------------------------------------- */

static hz_status find_columns(audit *a)
{
    const hz_quality_events_opts *o = a->opts;
    size_t times = 0, kinds = 0;
    const char *const *time_names = hz_usual_times(&times);
    const char *const *kind_names = hz_usual_kinds(&kinds);
    hz_status st = hz_pick_column(a->events, o->id, id_names, COUNT(id_names), &a->id, a->err);
    if (!st)
        st = hz_pick_column(a->events, o->time, time_names, times, &a->time, a->err);
    if (!st)
        st = hz_pick_column(a->events, o->kind, kind_names, kinds, &a->kind, a->err);
    if (!st)
        st = hz_pick_column(a->events, o->precision_m, precision_names, COUNT(precision_names),
                            &a->precision, a->err);
    if (!st && a->time >= 0) {
        const char *name = hz_layer_column_name(a->events, (size_t)a->time);
        a->times = hz_layer_times(a->events, name);
        a->numbers = hz_layer_numbers(a->events, name);
    }
    return st;
}

hz_status hz_quality_events(const hz_layer *events, const hz_quality_events_opts *opts,
                            hz_quality **out, hz_error *err)
{
    static const hz_quality_events_opts defaults = HZ_QUALITY_EVENTS_DEFAULTS;
    const hz_shapes *points = hz_layer_shapes(events);
    audit a = { .events = events, .opts = opts ? opts : &defaults, .err = err,
                .n = hz_layer_rows(events) };
    hz_status st;

    if (!points || points->kind != HZ_POINT || points->points < points->features)
        return hz_fail(err, HZ_EDATA, "%s: has no points, expected located events",
                       hz_layer_name(events));
    a.x = points->x;
    a.y = points->y;
    a.degrees = hz_layer_crs(events) ? hz_crs_is_degrees(hz_layer_crs(events)) : false;
    st = hz_date_format_check(a.opts->time_format, err);
    if (!st)
        st = find_columns(&a);
    if (!st)
        st = hz_quality_new(events, HZ_ROLE_EVENTS, &a.q, err);
    if (!st && a.n == 0 && !hz_quality_add(a.q, "rows-none", HZ_QUALITY_FAULT, 0, 0))
        st = no_memory(&a);
    if (st || a.n == 0)
        goto done;
    a.stand = hz_mem_new(a.n, 1);
    a.hashed = hz_mem_new(a.n, sizeof *a.hashed);
    if (!a.stand || !a.hashed)
        st = no_memory(&a);
    if (!st)
        st = hz_quality_places(&a);
    if (!st)
        st = report_places(&a);
    if (!st)
        st = report_dates(&a);
    if (!st)
        st = hz_quality_repeats(&a);
    if (!st)
        st = report_rate(&a);
    if (!st)
        st = report_fineness(&a);
    if (!st)
        st = report_precision(&a);
    if (!st)
        st = hz_quality_stacks(&a);
done:
    hz_mem_free(a.stand);
    hz_mem_free(a.hashed);
    hz_mem_free(a.again);
    hz_mem_free(a.when);
    hz_shapes_free(a.areas);
    if (st) {
        hz_quality_free(a.q);
        return st;
    }
    hz_quality_sort(a.q);
    *out = a.q;
    return HZ_OK;
}
