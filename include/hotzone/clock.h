/* Danish civil time: when a clock on the wall showed what, summer time and all. */
#ifndef HOTZONE_CLOCK_H
#define HOTZONE_CLOCK_H

#include <stdint.h>

#include "hotzone/date.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The rules of Europe/Copenhagen are in the code, so that no machine's time zone files decide a
 * result: Central European Time (UTC+1), and summer time (UTC+2)
 *   1996 on     last Sunday of March to last Sunday of October      (directive 2000/84/EC)
 *   1981..1995  last Sunday of March to last Sunday of September
 *   1980        6 April to 28 September
 * both changes at 01:00 UTC.  Before 1980 no summer time is applied (1916, 1917 and 1940..1948 had
 * some).  The present rule is taken to go on. */

/**
 * Seconds since 1970-01-01 00:00 UTC of a time on the Danish clock.  A time that the clock shows
 * twice, or never, is read as if it had not been moved yet: 02:30 of the last Sunday of October is
 * the first of the two, 02:30 of the last Sunday of March is 03:30 summer time.  HZ_TIME_NONE
 * stays.
 */
HZ_API int64_t hz_clock_utc(hz_time local);
/** What the Danish clock shows at a moment. */
HZ_API hz_time hz_clock_local(int64_t utc);
/** Days of 24 hours between two times on the Danish clock: a day on which it is put forward has
 *  23/24.  NaN if either is HZ_TIME_NONE. */
HZ_API double hz_clock_days(hz_time from, hz_time until);

#ifdef __cplusplus
}
#endif
#endif
