/* Times as moments or days: what a column really says. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "zone/timeline_parts.h"

enum { DAY_S = 86400 };

void moments_free(moments *m)
{
    hz_mem_free(m->when);
    hz_mem_free(m->whole_day);
    hz_mem_free(m->state);
    *m = (moments){ 0 };
}

static hz_status moments_new(size_t rows, moments *m, hz_error *err)
{
    m->when = hz_mem_new(rows, sizeof *m->when);
    m->whole_day = hz_mem_new(rows, 1);
    m->state = hz_mem_new(rows, 1);
    return m->when && m->whole_day && m->state ? HZ_OK : hz_mem_fail(err, "times");
}

/* Times as they are: days if all of them are at midnight. */
static void copy_times(const hz_time *times, size_t rows, moments *m)
{
    bool days = true;
    for (size_t r = 0; r < rows; r++)
        days = days && (times[r] == HZ_TIME_NONE || times[r] % DAY_S == 0);
    for (size_t r = 0; r < rows; r++) {
        m->when[r] = times[r];
        m->whole_day[r] = days;
        m->state[r] = times[r] == HZ_TIME_NONE ? MOMENT_EMPTY : MOMENT_OK;
    }
}

static void parse(const char *text, const char *format, size_t r, moments *m)
{
    size_t n = strlen(text);
    while (n && text[n - 1] == ' ')
        n--;
    m->when[r] = HZ_TIME_NONE;
    m->whole_day[r] = format ? !strstr(format, "%H") : !memchr(text, ':', n);
    m->state[r] = n ? MOMENT_BAD : MOMENT_EMPTY;
    if (n && hz_date_parse(text, n, format, &m->when[r]))
        m->state[r] = MOMENT_OK;
}

hz_status moments_read(const hz_layer *layer, int column, const char *format, moments *m,
                              hz_error *err)
{
    size_t rows = hz_layer_rows(layer), c = (size_t)column;
    const char *name = hz_layer_column_name(layer, c);
    hz_status st = moments_new(rows, m, err);
    if (st)
        return st;
    switch (hz_layer_column_kind(layer, c)) {
    case HZ_TIMES:
        copy_times(hz_layer_times(layer, name), rows, m);
        break;
    case HZ_TEXTS:
        for (size_t r = 0; r < rows; r++)
            parse(hz_layer_text_at(layer, c, r), format, r, m);
        break;
    case HZ_NUMBERS:
        for (size_t r = 0; r < rows; r++) { /* 20170803 came through as a number */
            char digits[40] = "";
            double value = hz_layer_numbers(layer, name)[r];
            if (fabs(value) < 1e15)
                snprintf(digits, sizeof digits, "%.0f", value);
            parse(digits, format, r, m);
        }
        break;
    }
    return HZ_OK;
}

/* hh:mm[:ss] added to the day it belongs to; an empty one leaves the day a day. */
static void add_clock(const char *text, size_t r, moments *m)
{
    char both[64], day[32];
    hz_time when;
    while (*text == ' ')
        text++;
    if (m->state[r] != MOMENT_OK || !*text)
        return;
    snprintf(both, sizeof both, "%s %.20s", hz_date_format(day, sizeof day, m->when[r]), text);
    if (strchr(text, ':') && strlen(text) <= 20 &&
        hz_date_parse(both, strlen(both), NULL, &when)) {
        m->when[r] = when;
        m->whole_day[r] = 0;
    } else {
        m->when[r] = HZ_TIME_NONE;
        m->state[r] = MOMENT_BAD;
    }
}

hz_status timeline_no_column(const hz_layer *layer, const char *name, hz_error *err)
{
    const char *near = NULL;
    size_t least = 3;
    for (size_t i = 0; i < hz_layer_columns(layer); i++) {
        size_t d = hz_text_distance(name, hz_layer_column_name(layer, i));
        if (d < least) {
            least = d;
            near = hz_layer_column_name(layer, i);
        }
    }
    return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s'%s%s%s", hz_layer_name(layer), name,
                   near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
}

hz_status hz_timeline_read_times(hz_layer *layer, const char *column, const char *format,
                                 const char *clock, unsigned char **whole_day, size_t *bad,
                                 size_t *first_bad, hz_error *err)
{
    moments m = { 0 };
    int c = hz_layer_find(layer, column), of_clock = clock ? hz_layer_find(layer, clock) : -1;
    size_t rows = hz_layer_rows(layer), faults = 0, first = 0;
    hz_status st;

    if (c < 0)
        return timeline_no_column(layer, column, err);
    if (clock && of_clock < 0)
        return timeline_no_column(layer, clock, err);
    if (clock && (hz_layer_column_kind(layer, (size_t)of_clock) != HZ_TEXTS || of_clock == c))
        return hz_fail(err, HZ_EUSAGE, "%s: column '%s' holds no times of day, expected hh:mm",
                       hz_layer_name(layer), clock);
    st = moments_read(layer, c, format, &m, err);
    for (size_t r = 0; !st && r < rows; r++) {
        if (clock)
            add_clock(hz_layer_text_at(layer, (size_t)of_clock, r), r, &m);
        if (m.state[r] == MOMENT_BAD && faults++ == 0)
            first = r;
    }
    if (!st)
        st = hz_layer_take_times(layer, hz_layer_column_name(layer, (size_t)c), &m.when, err);
    if (!st) {
        *bad = faults;
        *first_bad = first;
        *whole_day = m.whole_day;
        m.whole_day = NULL;
    }
    moments_free(&m);
    return st;
}
