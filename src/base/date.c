/* Civil dates and times, without the C library's clocks and locales. */
#include "hotzone/date.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DAY_S = 86400 };

/* Years start in March here, so that the leap day comes last; an era is the 400 years after
 * which the Gregorian calendar repeats, 146097 days. */
int64_t hz_date_days(int year, int month, int day)
{
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void hz_date_civil(int64_t days, int *year, int *month, int *day)
{
    int64_t z = days + 719468; /* since 0000-03-01 */
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t in_era = z - era * 146097;
    int64_t of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t of_year = in_era - (365 * of_era + of_era / 4 - of_era / 100);
    int64_t m = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(of_era + era * 400 + (*month <= 2));
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return days[month - 1] + (month == 2 && is_leap(year));
}

typedef struct {
    int year, month, day, hour, minute, second;
} moment;

static bool moment_time(const moment *m, hz_time *when)
{
    bool midnight = m->hour == 24 && m->minute == 0 && m->second == 0;
    if (m->year < 1 || m->month < 1 || m->month > 12 || m->day < 1 ||
        m->day > month_days(m->year, m->month))
        return false;
    if ((m->hour > 23 && !midnight) || m->minute > 59 || m->second > 59)
        return false;
    *when = hz_date_days(m->year, m->month, m->day) * DAY_S + m->hour * 3600 + m->minute * 60 +
            m->second;
    return true;
}

/* Reads at most `most` digits; returns how many there were. */
static int digits(const char **p, const char *end, int most, int *value)
{
    int n = 0, got = 0;
    for (; n < most && *p < end && **p >= '0' && **p <= '9'; n++)
        got = got * 10 + (*(*p)++ - '0');
    if (n)
        *value = got;
    return n;
}

static bool skip(const char **p, const char *end, char c)
{
    bool there = *p < end && **p == c;
    *p += there;
    return there;
}

/* YYYYMMDD, or three numbers with one separator, the year first or last; or YYYY-MM alone, which
 * stands for the first of the month. */
static bool read_day(const char **p, const char *end, moment *m)
{
    int first = 0, n = digits(p, end, 8, &first);
    if (n == 8) {
        m->year = first / 10000;
        m->month = first / 100 % 100;
        m->day = first % 100;
        return true;
    }
    if (*p == end || !(n == 4 || n == 1 || n == 2))
        return false;
    char mark = **p;
    if (!(mark == '-' || mark == '/' || (mark == '.' && n != 4)))
        return false;
    ++*p;
    int of_month = digits(p, end, 2, &m->month);
    if (n == 4 && mark == '-' && of_month == 2 && *p == end) {
        m->year = first;
        m->day = 1;
        return true;
    }
    if (!of_month || !skip(p, end, mark))
        return false;
    if (n == 4) {
        m->year = first;
        return digits(p, end, 2, &m->day) > 0;
    }
    m->day = first;
    return digits(p, end, 4, &m->year) == 4;
}

/* hh:mm[:ss[.fff]] */
static bool read_clock(const char **p, const char *end, moment *m)
{
    if (!digits(p, end, 2, &m->hour) || !skip(p, end, ':') || digits(p, end, 2, &m->minute) != 2)
        return false;
    if (!skip(p, end, ':'))
        return true;
    if (digits(p, end, 2, &m->second) != 2)
        return false;
    if (!skip(p, end, '.') && !skip(p, end, ','))
        return true;
    int part = 0;
    if (!digits(p, end, 1, &part))
        return false;
    bool whole = part == 0;
    while (digits(p, end, 1, &part))
        whole = whole && part == 0;
    return whole || m->hour < 24;
}

/* Z, +hh, +hhmm, +hh:mm; clocks on earth go from -12:00 to +14:00. */
static bool read_offset(const char **p, const char *end)
{
    int hours = 0, minutes = 0;
    if (skip(p, end, 'Z') || skip(p, end, 'z'))
        return true;
    if (!skip(p, end, '+') && !skip(p, end, '-'))
        return false;
    if (digits(p, end, 2, &hours) != 2)
        return false;
    bool colon = skip(p, end, ':');
    if ((colon || *p < end) && digits(p, end, 2, &minutes) != 2)
        return false;
    return hours * 60 + minutes <= 14 * 60 && minutes < 60;
}

static bool read_free(const char *p, const char *end, hz_time *when)
{
    moment m = { 0 };
    if (!read_day(&p, end, &m))
        return false;
    const char *after = p;
    if (!skip(&p, end, 'T') && !skip(&p, end, 't'))
        while (skip(&p, end, ' '))
            ;
    if (p > after && !read_clock(&p, end, &m))
        return false;
    bool clock = p > after;
    if (clock)
        skip(&p, end, ' ');
    else if (p < end && *p != 'Z' && end - p != 6)
        return false; /* 2017-08-03-04 is no date; XML's 2017-08-03+02:00 is */
    if (p < end && !read_offset(&p, end))
        return false;
    return p == end && moment_time(&m, when);
}

static bool read_conversion(char c, const char **p, const char *end, moment *m)
{
    int short_year = 0;
    switch (c) {
    case 'Y': return digits(p, end, 4, &m->year) == 4;
    case 'm': return digits(p, end, 2, &m->month) > 0;
    case 'd': return digits(p, end, 2, &m->day) > 0;
    case 'H': return digits(p, end, 2, &m->hour) > 0;
    case 'M': return digits(p, end, 2, &m->minute) > 0;
    case 'S': return digits(p, end, 2, &m->second) > 0;
    case '%': return skip(p, end, '%');
    case 'y':
        if (digits(p, end, 2, &short_year) != 2)
            return false;
        m->year = short_year + (short_year < 69 ? 2000 : 1900); /* as POSIX has it */
        return true;
    default: return false;
    }
}

static bool read_formatted(const char *p, const char *end, const char *format, hz_time *when)
{
    moment m = { .month = 1, .day = 1 };
    for (const char *f = format; *f; f++) {
        if (*f == '%' ? !read_conversion(*++f, &p, end, &m) : !skip(&p, end, *f))
            return false;
    }
    return p == end && moment_time(&m, when);
}

bool hz_date_parse(const char *text, size_t n, const char *format, hz_time *when)
{
    const char *end = text + n;
    while (text < end && *text == ' ')
        text++;
    while (end > text && end[-1] == ' ')
        end--;
    return format ? read_formatted(text, end, format, when) : read_free(text, end, when);
}

hz_status hz_date_format_check(const char *format, hz_error *err)
{
    bool year = !format;
    for (const char *f = format; f && *f; f++) {
        if (*f != '%')
            continue;
        f++;
        if (!*f || !strchr("YmdHMSy%", *f))
            return hz_fail(err, HZ_EUSAGE, "date format '%s': '%%%.1s', expected %%Y %%m %%d %%H "
                           "%%M %%S %%y or %%%%", format, f);
        year |= *f == 'Y' || *f == 'y';
    }
    return year ? HZ_OK : hz_fail(err, HZ_EUSAGE, "date format '%s': has no year, expected %%Y or "
                                  "%%y in it", format);
}

/* Whole days, rounded down also before 1970. */
static int64_t day_of(hz_time when)
{
    return when / DAY_S - (when % DAY_S < 0);
}

bool hz_date_is_day(const char *text)
{
    hz_time when;
    char again[32];
    return strlen(text) == sizeof "2017-08-03" - 1 && hz_date_parse(text, strlen(text), NULL, &when) &&
           strcmp(hz_date_format(again, sizeof again, when), text) == 0;
}

char *hz_date_format(char *buf, size_t size, hz_time when)
{
    static const hz_time first = -719162LL * DAY_S, last = 2932897LL * DAY_S; /* 1..9999 */
    int y, m, d;
    if (size)
        *buf = '\0';
    if (when < first || when >= last)
        return buf;
    int64_t days = day_of(when);
    int of_day = (int)(when - days * DAY_S);
    hz_date_civil(days, &y, &m, &d);
    if (of_day == 0)
        snprintf(buf, size, "%04d-%02d-%02d", y, m, d);
    else if (of_day % 60 == 0)
        snprintf(buf, size, "%04d-%02d-%02d %02d:%02d", y, m, d, of_day / 3600,
                 of_day / 60 % 60);
    else
        snprintf(buf, size, "%04d-%02d-%02d %02d:%02d:%02d", y, m, d, of_day / 3600,
                 of_day / 60 % 60, of_day % 60);
    return buf;
}

/* One end of a period as [*from, *until): a year, a month or a day. */
static hz_status read_span(const char *whole, const char *p, const char *end, hz_period *span,
                           hz_error *err)
{
    int y = 0, m = 0, d = 0;
    bool good = digits(&p, end, 4, &y) == 4 && y > 0;
    if (good && skip(&p, end, '-')) {
        good = digits(&p, end, 2, &m) == 2;
        if (good && (p == end || *p == '-') && (m < 1 || m > 12))
            return hz_fail(err, HZ_EUSAGE, "'%s': month %02d, expected 01..12", whole, m);
        if (good && skip(&p, end, '-')) {
            good = digits(&p, end, 2, &d) == 2;
            if (good && p == end && (d < 1 || d > month_days(y, m)))
                return hz_fail(err, HZ_EUSAGE, "'%s': day %02d, expected 01..%d", whole, d,
                               month_days(y, m));
        }
    }
    if (!good || p != end)
        return hz_fail(err, HZ_EUSAGE,
                       "'%s': no period, expected YYYY, YYYY-MM or YYYY-MM-DD, or two of these "
                       "joined by '..'",
                       whole);
    span->from = hz_date_days(y, m ? m : 1, d ? d : 1) * DAY_S;
    if (d)
        span->until = span->from + DAY_S;
    else if (m)
        span->until = hz_date_days(y + m / 12, m % 12 + 1, 1) * DAY_S;
    else
        span->until = hz_date_days(y + 1, 1, 1) * DAY_S;
    return HZ_OK;
}

static const char *trim(const char *p, const char **end)
{
    while (p < *end && *p == ' ')
        p++;
    while (*end > p && (*end)[-1] == ' ')
        --*end;
    return p;
}

hz_status hz_period_parse(const char *text, hz_period *out, hz_error *err)
{
    const char *dots = strstr(text, ".."), *end = text + strlen(text);
    hz_period first = HZ_PERIOD_ALWAYS, second = HZ_PERIOD_ALWAYS;
    const char *first_end = dots ? dots : end;
    const char *p = trim(text, &first_end);
    hz_status st = HZ_OK;

    if (p < first_end || !dots)
        st = read_span(text, p, first_end, &first, err);
    if (!st && dots) {
        const char *q = trim(dots + 2, &end);
        if (q < end)
            st = read_span(text, q, end, &second, err);
        else if (p == first_end)
            st = hz_fail(err, HZ_EUSAGE, "'%s': has neither end, expected at least one", text);
        if (!st && first.from != HZ_TIME_NONE && second.until != HZ_TIME_NONE &&
            second.until <= first.from)
            st = hz_fail(err, HZ_EUSAGE, "'%s': ends before it begins, expected FROM..UNTIL",
                         text);
        first.until = second.until;
    }
    if (!st)
        *out = first;
    return st;
}

static int year_of(hz_time when)
{
    int y, m, d;
    hz_date_civil(day_of(when), &y, &m, &d);
    return y;
}

double hz_period_years(hz_period p)
{
    if (p.from == HZ_TIME_NONE || p.until == HZ_TIME_NONE)
        return NAN;
    if (p.until <= p.from)
        return 0;
    int first = year_of(p.from), last = year_of(p.until);
    hz_time last_start = hz_date_days(last, 1, 1) * DAY_S;
    double year_s = (is_leap(last) ? 366.0 : 365.0) * DAY_S;
    if (first == last)
        return (double)(p.until - p.from) / year_s;
    double tail = (double)(p.until - last_start) / year_s;
    hz_time first_end = hz_date_days(first + 1, 1, 1) * DAY_S;
    double head = (double)(first_end - p.from) / ((is_leap(first) ? 366.0 : 365.0) * DAY_S);
    return head + (last - first - 1) + tail;
}

bool hz_period_holds(hz_period p, hz_time when)
{
    if (when == HZ_TIME_NONE)
        return p.from == HZ_TIME_NONE && p.until == HZ_TIME_NONE;
    return (p.from == HZ_TIME_NONE || when >= p.from) &&
           (p.until == HZ_TIME_NONE || when < p.until);
}

/* How coarse a boundary a time is: 3 a new year, 2 a month, 1 a day, 0 none. */
static int grain_of(hz_time when)
{
    int y, m, d;
    if (when == HZ_TIME_NONE)
        return 3;
    int64_t days = day_of(when);
    if (days * DAY_S != when)
        return 0;
    hz_date_civil(days, &y, &m, &d);
    return d > 1 ? 1 : m > 1 ? 2 : 3;
}

/* A year, month or day as text; the last one before `when` if it is an end. */
static void format_span(char buf[32], hz_time when, int grain, bool is_end)
{
    static const size_t length[] = { 0, 10, 7, 4 }; /* of YYYY-MM-DD */
    *buf = '\0';
    if (when == HZ_TIME_NONE)
        return;
    hz_date_format(buf, 32, grain && is_end ? when - DAY_S : when);
    if (grain && strlen(buf) > length[grain])
        buf[length[grain]] = '\0';
}

char *hz_period_format(char *buf, size_t size, hz_period p)
{
    char from[32], until[32];
    int a = grain_of(p.from), b = grain_of(p.until), grain = a < b ? a : b;
    format_span(from, p.from, grain, false);
    format_span(until, p.until, grain, true);
    if (*from && strcmp(from, until) == 0)
        snprintf(buf, size, "%s", from);
    else
        snprintf(buf, size, "%s..%s", from, until);
    return buf;
}
