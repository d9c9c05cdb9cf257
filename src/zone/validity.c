/* Reads when zones are in force, and tells which events fall into that time. */
#include "hotzone/validity.h"

#include <math.h>

#include "hotzone/clock.h"
#include "hotzone/mem.h"
#include "zone/timeline_parts.h"

enum { DAY_S = 86400 };

static hz_time floor_day(hz_time when)
{
    return when - ((when % DAY_S) + DAY_S) % DAY_S;
}

/* The end of the last minute of a day, or of a day alone, is the end of that day. */
static hz_time end_of(hz_time when, bool whole_day)
{
    hz_time day = floor_day(when);
    return whole_day || when - day >= DAY_S - 60 ? day + DAY_S : when;
}

static void set(hz_validity *v, const moments *from, const moments *until, size_t r)
{
    v->from = from->when[r];
    v->until = until->state[r] == MOMENT_OK ? end_of(until->when[r], until->whole_day[r])
                                            : HZ_TIME_NONE;
    v->starts = v->from == HZ_TIME_NONE ? INT64_MIN : hz_clock_utc(v->from);
    v->ends = v->until == HZ_TIME_NONE ? INT64_MAX : hz_clock_utc(v->until);
    v->state = from->state[r] == MOMENT_BAD    ? HZ_VALIDITY_BAD_START
               : until->state[r] == MOMENT_BAD ? HZ_VALIDITY_BAD_END
               : v->starts >= v->ends          ? HZ_VALIDITY_REVERSED
                                               : HZ_VALIDITY_GOOD;
}

/* GDAL makes one column of days and moments: what was a day is then a midnight like any other. */
static void say_midnights(const hz_layer *l, const moments *until, const hz_notice *notice)
{
    size_t n = 0;
    for (size_t r = 0; r < hz_layer_rows(l); r++)
        n += until->state[r] == MOMENT_OK && !until->whole_day[r] && until->when[r] % DAY_S == 0;
    if (n)
        hz_warn(notice, "%s: zones that end at 00:00, taken as the beginning of that day: %zu (an "
                "end given as a day alone looks the same here, but not in a CSV)", hz_layer_name(l), n);
}

static void say_unusable(const hz_layer *l, const hz_validity *v, const hz_notice *notice)
{
    size_t bad = 0, reversed = 0, open = 0;
    for (size_t r = 0; r < hz_layer_rows(l); r++) {
        bad += v[r].state == HZ_VALIDITY_BAD_START || v[r].state == HZ_VALIDITY_BAD_END;
        reversed += v[r].state == HZ_VALIDITY_REVERSED;
        open += v[r].state == HZ_VALIDITY_GOOD && v[r].starts == INT64_MIN;
    }
    if (bad)
        hz_warn(notice, "%s: zones whose start or end is no date, never in force: %zu",
                hz_layer_name(l), bad);
    if (reversed)
        hz_warn(notice, "%s: zones that start no earlier than they end, never in force: %zu",
                hz_layer_name(l), reversed);
    if (open)
        hz_warn(notice, "%s: zones without a start, taken to have been in force always: %zu",
                hz_layer_name(l), open);
}

static bool any_given(const moments *from, const moments *until, size_t rows)
{
    for (size_t r = 0; r < rows; r++)
        if (from->state[r] != MOMENT_EMPTY || until->state[r] != MOMENT_EMPTY)
            return true;
    return false;
}

hz_status hz_validity_read(const hz_layer *l, const char *from_name, const char *until_name,
                           bool needed, hz_validity *out, bool *dated, const hz_notice *notice,
                           hz_error *err)
{
    moments from = { 0 }, until = { 0 };
    int start = -1, end = -1;
    hz_status st = timeline_validity_columns(l, from_name, until_name, needed, &start, &end, err);
    if (st)
        return st;
    *dated = start >= 0 && end >= 0;
    if (!*dated)
        return HZ_OK;
    st = moments_read(l, start, NULL, &from, err);
    if (!st)
        st = moments_read(l, end, NULL, &until, err);
    if (!st && !needed && !any_given(&from, &until, hz_layer_rows(l)))
        *dated = false;
    for (size_t r = 0; !st && r < hz_layer_rows(l); r++)
        set(&out[r], &from, &until, r);
    if (!st && *dated && hz_layer_column_kind(l, (size_t)end) == HZ_TIMES)
        say_midnights(l, &until, notice);
    if (!st && *dated)
        say_unusable(l, out, notice);
    moments_free(&from);
    moments_free(&until);
    return st;
}

bool hz_validity_same(const hz_validity *a, const hz_validity *b)
{
    if (a->state != HZ_VALIDITY_GOOD || b->state != HZ_VALIDITY_GOOD)
        return a->state != HZ_VALIDITY_GOOD && b->state != HZ_VALIDITY_GOOD;
    return a->starts == b->starts && a->ends == b->ends;
}

double hz_validity_days(const hz_validity *v, hz_period period)
{
    if (period.from == HZ_TIME_NONE || period.until == HZ_TIME_NONE ||
        v->state == HZ_VALIDITY_UNKNOWN)
        return NAN;
    int64_t from = hz_clock_utc(period.from), until = hz_clock_utc(period.until);
    from = v->starts > from ? v->starts : from;
    until = v->ends < until ? v->ends : until;
    return v->state == HZ_VALIDITY_GOOD && from < until ? (double)(until - from) / DAY_S : 0;
}

void hz_validity_span(hz_time when, bool whole_day, int64_t *from, int64_t *until)
{
    if (when == HZ_TIME_NONE) {
        *from = *until = 0;
        return;
    }
    /* a moment stands for the second it begins */
    *from = hz_clock_utc(whole_day ? floor_day(when) : when);
    *until = whole_day ? hz_clock_utc(floor_day(when) + DAY_S) : *from + 1;
}

hz_in_force hz_validity_over(const hz_validity *v, int64_t from, int64_t until)
{
    if (v->state != HZ_VALIDITY_GOOD || from >= until)
        return HZ_NOT_IN_FORCE;
    if (v->starts <= from && until <= v->ends)
        return HZ_IN_FORCE;
    return from < v->ends && v->starts < until ? HZ_PARTLY_IN_FORCE : HZ_NOT_IN_FORCE;
}

hz_in_force hz_validity_at(const hz_validity *v, hz_time when, bool whole_day)
{
    int64_t from, until;
    hz_validity_span(when, whole_day, &from, &until);
    return hz_validity_over(v, from, until);
}
