/* Civil dates and times: parsed, printed, and cut into periods. */
#ifndef HOTZONE_DATE_H
#define HOTZONE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Seconds since 1970-01-01 00:00 on the local civil clock (no zone, no leap seconds). */
typedef int64_t hz_time;
#define HZ_TIME_NONE INT64_MIN

/** Half open: from <= t < until.  Either end may be HZ_TIME_NONE: open. */
typedef struct {
    hz_time from, until;
} hz_period;
#define HZ_PERIOD_ALWAYS { HZ_TIME_NONE, HZ_TIME_NONE }

/**
 * Read a date, or a date and time; blanks around it are allowed.  Without a format:
 * `YYYY-MM-DD`, `YYYYMMDD`, `YYYY/MM/DD`, `dd-mm-yyyy`, `dd.mm.yyyy`, `dd/mm/yyyy` (day first; a
 * second number over 12 is no date; days and months may have one digit), each optionally followed
 * by `T` or blanks and `hh:mm[:ss[.fff]]`, and by `Z` or an offset (`+01:00`, `+0100`, `+01`),
 * which is checked and then ignored: the clock of the source counts.  24:00 is 00:00 of the day
 * after; parts of a second are cut off.  `YYYY-MM` alone is the first of that month.
 *
 * @param format  NULL, or strftime-like: %Y %m %d %H %M %S %y %% and literal text.  %Y has four
 *                digits, the others one or two; %y is 1969..2068.  Month and day are 1, the time
 *                00:00, where the format has none; without a year nothing is a date
 * @return false for anything else, also for 31 February; *when is then untouched
 */
HZ_API bool hz_date_parse(const char *text, size_t n, const char *format, hz_time *when);

/** Is it a day as hz_date_format writes it, 2017-08-03, and nothing else? */
HZ_API bool hz_date_is_day(const char *text);

/** Is it a format as above, with a year?  HZ_EUSAGE if not; NULL is one. */
HZ_API hz_status hz_date_format_check(const char *format, hz_error *err);

/** Days since 1970-01-01 of a proleptic Gregorian date. */
HZ_API int64_t hz_date_days(int year, int month, int day);
/** The date that is so many days after 1970-01-01; the inverse of hz_date_days. */
HZ_API void hz_date_civil(int64_t days, int *year, int *month, int *day);
/** "2017-08-03" or, with a time of day, "2017-08-03 12:00" (seconds only where there are any);
 *  "" for HZ_TIME_NONE and beyond the years 1..9999.  buf of at least 32; returns buf. */
HZ_API char *hz_date_format(char *buf, size_t size, hz_time when);

/**
 * Read a period: `2017`, `2017-06`, `2017-06-09`, or two of these joined by `..`
 * (both whole: `2017-06-09..2017-11-09` holds all of 9 November).  An end may be
 * left out: `2017-06..`.
 *
 * @return HZ_EUSAGE for anything else, saying what is wrong with it
 */
HZ_API hz_status hz_period_parse(const char *text, hz_period *out, hz_error *err);
/** Length in years: whole calendar years count 1 each, the rest by days of its year (365 or
 *  366); NaN if an end is open, 0 if there is nothing between them. */
HZ_API double hz_period_years(hz_period period);
/** HZ_TIME_NONE, no date, is in no period but HZ_PERIOD_ALWAYS. */
HZ_API bool hz_period_holds(hz_period period, hz_time when);
/** As hz_period_parse reads it, as short as it goes: "2017", "2016..2017", "2017-06",
 *  "2017-06-09..2017-11-09", "2017-06-09.." (from then on); ".." for HZ_PERIOD_ALWAYS.  Ends
 *  that are not midnight are written as times, the second one exclusive.
 *  buf of at least 64; returns buf. */
HZ_API char *hz_period_format(char *buf, size_t size, hz_period period);

#ifdef __cplusplus
}
#endif
#endif
