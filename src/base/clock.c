/* Danish summer time by rule, without the C library's time zones. */
#include "hotzone/clock.h"

#include <math.h>

enum { HOUR_S = 3600, DAY_S = 86400 };

/* The last Sunday of a month of 31 or 30 days; 1970-01-01 was a Thursday. */
static int64_t last_sunday(int year, int month, int month_days)
{
    int64_t last = hz_date_days(year, month, month_days);
    int64_t weekday = ((last + 4) % 7 + 7) % 7; /* 0: Sunday */
    return last - weekday;
}

/* Summer time of a year, from <= t < until in seconds UTC; empty before 1980. */
static void summer(int year, int64_t *from, int64_t *until)
{
    *from = *until = 0;
    if (year < 1980)
        return;
    int64_t first = year == 1980 ? hz_date_days(1980, 4, 6) : last_sunday(year, 3, 31);
    int64_t last = year < 1996 ? last_sunday(year, 9, 30) : last_sunday(year, 10, 31);
    *from = first * DAY_S + HOUR_S;
    *until = last * DAY_S + HOUR_S;
}

static int year_of(int64_t seconds)
{
    int year, month, day;
    hz_date_civil(seconds / DAY_S - (seconds % DAY_S < 0), &year, &month, &day);
    return year;
}

int64_t hz_clock_utc(hz_time local)
{
    int64_t from, until;
    if (local == HZ_TIME_NONE)
        return HZ_TIME_NONE;
    summer(year_of(local), &from, &until);
    /* the clock before the change decides: winter's at the start, summer's at the end */
    if (local - HOUR_S >= from && local - 2 * HOUR_S < until)
        return local - 2 * HOUR_S < from ? local - HOUR_S : local - 2 * HOUR_S;
    return local - HOUR_S;
}

hz_time hz_clock_local(int64_t utc)
{
    int64_t from, until;
    if (utc == HZ_TIME_NONE)
        return HZ_TIME_NONE;
    summer(year_of(utc), &from, &until);
    return utc + (utc >= from && utc < until ? 2 * HOUR_S : HOUR_S);
}

double hz_clock_days(hz_time from, hz_time until)
{
    if (from == HZ_TIME_NONE || until == HZ_TIME_NONE)
        return NAN;
    return (double)(hz_clock_utc(until) - hz_clock_utc(from)) / DAY_S;
}
