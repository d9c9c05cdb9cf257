/* The Danish clock: offsets, the hour that comes twice, the hour that is missing. */
#include "check.h"

#include "hotzone/clock.h"

static hz_time at(int year, int month, int day, int hour, int minute)
{
    return hz_date_days(year, month, day) * 86400 + hour * 3600 + minute * 60;
}

TEST(winter_is_one_hour_ahead_of_utc_and_summer_two)
{
    CHECK(hz_clock_utc(at(2017, 1, 15, 12, 0)) == at(2017, 1, 15, 11, 0));
    CHECK(hz_clock_utc(at(2017, 7, 15, 12, 0)) == at(2017, 7, 15, 10, 0));
    CHECK(hz_clock_local(at(2017, 7, 15, 10, 0)) == at(2017, 7, 15, 12, 0));
}

TEST(the_repeated_hour_is_the_first_of_the_two)
{
    /* 2017-10-29: 02:00..02:59 comes at 00:00 and at 01:00 UTC */
    CHECK(hz_clock_utc(at(2017, 10, 29, 2, 0)) == at(2017, 10, 29, 0, 0));
    CHECK(hz_clock_utc(at(2017, 10, 29, 2, 59)) == at(2017, 10, 29, 0, 59));
    CHECK(hz_clock_utc(at(2017, 10, 29, 3, 0)) == at(2017, 10, 29, 2, 0));
}

TEST(the_missing_hour_is_read_by_the_clock_before_the_change)
{
    CHECK(hz_clock_utc(at(2017, 3, 26, 1, 59)) == at(2017, 3, 26, 0, 59));
    CHECK(hz_clock_utc(at(2017, 3, 26, 2, 30)) == at(2017, 3, 26, 1, 30));
    CHECK(hz_clock_local(at(2017, 3, 26, 1, 30)) == at(2017, 3, 26, 3, 30));
    CHECK(hz_clock_utc(at(2017, 3, 26, 3, 30)) == at(2017, 3, 26, 1, 30));
}

TEST(until_1995_summer_time_ended_in_september)
{
    CHECK(hz_clock_utc(at(1995, 10, 1, 12, 0)) == at(1995, 10, 1, 11, 0));
    CHECK(hz_clock_utc(at(1996, 10, 1, 12, 0)) == at(1996, 10, 1, 10, 0));
    CHECK(hz_clock_utc(at(1979, 7, 1, 12, 0)) == at(1979, 7, 1, 11, 0));
}

TEST(days_are_of_24_hours_whatever_the_clock_shows)
{
    CHECK_NEAR(hz_clock_days(at(2017, 3, 26, 0, 0), at(2017, 3, 27, 0, 0)), 23.0 / 24, 1e-15);
    CHECK_NEAR(hz_clock_days(at(2017, 10, 29, 0, 0), at(2017, 10, 30, 0, 0)), 25.0 / 24, 1e-15);
    CHECK_NEAR(hz_clock_days(at(2017, 6, 1, 0, 0), at(2017, 6, 15, 12, 0)), 14.5, 1e-15);
    CHECK_NAN(hz_clock_days(HZ_TIME_NONE, 0));
    CHECK(hz_clock_utc(HZ_TIME_NONE) == HZ_TIME_NONE);
    CHECK(hz_clock_local(HZ_TIME_NONE) == HZ_TIME_NONE);
}

/* Each hour of 60 years: back and forth is the same, but for the second of the two hours that the
 * clock shows alike, once a year since 1980. */
TEST(every_moment_comes_back_but_for_one_hour_a_year)
{
    int64_t last = INT64_MIN;
    size_t off = 0;
    for (int64_t utc = at(1975, 1, 1, 0, 0); utc < at(2035, 1, 1, 0, 0); utc += 1800) {
        int64_t back = hz_clock_utc(hz_clock_local(utc));
        CHECK(back == utc || back == utc - 3600);
        off += back != utc;
        last = back;
    }
    CHECK(last > 0);
    CHECK(off == 2 * 55);
}

RUN_TESTS(T(winter_is_one_hour_ahead_of_utc_and_summer_two),
          T(the_repeated_hour_is_the_first_of_the_two),
          T(the_missing_hour_is_read_by_the_clock_before_the_change),
          T(until_1995_summer_time_ended_in_september),
          T(days_are_of_24_hours_whatever_the_clock_shows),
          T(every_moment_comes_back_but_for_one_hour_a_year))
