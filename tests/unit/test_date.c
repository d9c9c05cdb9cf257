/* Dates and periods, by hand and by the calendar's published oddities. */
#include "check.h"

#include <stdbool.h>

#include "hotzone/date.h"

enum { DAY = 86400 };

static bool parse(const char *text, const char *format, hz_time *when)
{
    return hz_date_parse(text, strlen(text), format, when);
}

static hz_time at(const char *text)
{
    hz_time when = HZ_TIME_NONE;
    return parse(text, NULL, &when) ? when : HZ_TIME_NONE;
}

TEST(days_are_counted_from_1970)
{
    CHECK(hz_date_days(1970, 1, 1) == 0);
    CHECK(hz_date_days(1970, 1, 2) == 1);
    CHECK(hz_date_days(1969, 12, 31) == -1);
    CHECK(hz_date_days(1971, 1, 1) == 365);
    CHECK(hz_date_days(2000, 3, 1) == 11017);
}

/* Julian day 2451545 is 2000-01-01 and 2440588 is 1970-01-01; the Gregorian calendar began on
 * 1582-10-15, Julian day 2299161 (Meeus, Astronomical Algorithms, 1998, chapter 7). */
TEST(days_agree_with_julian_day_numbers)
{
    CHECK(hz_date_days(2000, 1, 1) == 2451545 - 2440588);
    CHECK(hz_date_days(1582, 10, 15) == 2299161 - 2440588);
    CHECK(hz_date_days(1600, 1, 1) == 2305448 - 2440588);
    CHECK(hz_date_days(1987, 1, 27) == 2446823 - 2440588);
}

TEST(every_usual_way_to_write_a_date_is_the_same_day)
{
    static const char *const ways[] = { "2017-08-03", "20170803",   "2017/08/03", "03-08-2017",
                                        "03.08.2017", "03/08/2017", "3/8/2017",   "2017-8-3",
                                        "3.8.2017",   " 2017-08-03 ", "2017-08-03Z",
                                        "2017-08-03+02:00" };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        hz_time when = HZ_TIME_NONE;
        if (!parse(ways[i], NULL, &when) || when != hz_date_days(2017, 8, 3) * DAY) {
            print_error("not read: '%s'\n", ways[i]);
            fail();
        }
    }
    CHECK(at("2017-08-03") == hz_date_days(2017, 8, 3) * DAY);
}

TEST(what_is_no_date_is_refused_and_leaves_the_value_alone)
{
    static const char *const bad[] = {
        "", " ", "2017", "2017-8", "2017/08", "2017-13", "2017-00", "2017-08-", "2017-08 12:00",
        "2017-13-02", "2017-00-02", "2017-02-29", "2017-02-31",
        "2017-04-31", "08/13/2017", "2017-08.03", "2017.08.03", "3/8/17", "201708031",
        "2017080", "0000-01-01", "2017-08-03x", "x2017-08-03", "2017-08-03T", "2017-08-03-04",
        "2017-08-03 24:01", "2017-08-03 25:00", "2017-08-03 12:60", "2017-08-03 12:00:60",
        "2017-08-03 12", "2017-08-03 12:0", "2017-08-03 12:00:00.", "2017-08-03 12:00+15:00",
        "2017-08-03 12:00+1", "2017-08-03 12:00+01:", "2017-08-03 12:00+01:60",
        "2017-08-03 12:00 CET", "2017-08-03 24:00:00.5", "-2017-08-03", "1e3", "12:00"
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        hz_time when = 7;
        if (parse(bad[i], NULL, &when) || when != 7) {
            print_error("taken for a date: '%s'\n", bad[i]);
            fail();
        }
    }
    CHECK(at("2017-02-29") == HZ_TIME_NONE);
}

TEST(a_month_alone_is_its_first_day)
{
    CHECK(at("2017-08") == at("2017-08-01"));
    CHECK(at(" 2017-12 ") == at("2017-12-01"));
}

TEST(a_leap_day_exists_every_fourth_year_but_for_centuries)
{
    CHECK(at("2016-02-29") != HZ_TIME_NONE);
    CHECK(at("2000-02-29") != HZ_TIME_NONE);
    CHECK(at("1900-02-29") == HZ_TIME_NONE);
    CHECK(at("2100-02-29") == HZ_TIME_NONE);
}

TEST(the_time_of_day_follows_a_t_or_blanks)
{
    hz_time noon = hz_date_days(2017, 8, 3) * DAY + 12 * 3600;
    CHECK(at("2017-08-03 12:00") == noon);
    CHECK(at("2017-08-03T12:00") == noon);
    CHECK(at("2017-08-03t12:00:00") == noon);
    CHECK(at("03.08.2017  12:00:05") == noon + 5);
    CHECK(at("20170803 12:00:05.999") == noon + 5);
    CHECK(at("2017-08-03 12:00:05,25") == noon + 5);
    CHECK(at("2017-08-03 9:30") == noon - 9000);
}

TEST(an_offset_is_checked_and_ignored)
{
    static const char *const zones[] = { "Z", "z", "+01:00", "+0100", "+01", "-12:00", "+14:00",
                                         " +02:00", " Z" };
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        char text[64];
        snprintf(text, sizeof text, "2017-08-03T12:00:00%s", zones[i]);
        CHECK(at(text) == at("2017-08-03 12:00"));
    }
}

TEST(twenty_four_hundred_is_midnight_of_the_day_after)
{
    CHECK(at("2017-12-31 24:00") == at("2018-01-01"));
    CHECK(at("2016-02-28T24:00:00.0") == at("2016-02-29"));
}

TEST(a_format_says_where_the_parts_stand)
{
    hz_time when = 0;
    CHECK(parse("8/3/2017 at 12:05", "%m/%d/%Y at %H:%M", &when));
    CHECK(when == at("2017-08-03 12:05"));
    CHECK(parse("030817", "%d%m%y", &when) && when == at("2017-08-03"));
    CHECK(parse("68", "%y", &when) && when == at("2068-01-01"));
    CHECK(parse("69", "%y", &when) && when == at("1969-01-01"));
    CHECK(parse("2017", "%Y", &when) && when == at("2017-01-01"));
    CHECK(parse("100% 2017-06", "100%% %Y-%m", &when) && when == at("2017-06-01"));
    CHECK(parse("2017-08-03 24:00:00", "%Y-%m-%d %H:%M:%S", &when) && when == at("2017-08-04"));
    when = 7;
    CHECK(!parse("2017-08-03", "%d.%m.%Y", &when));
    CHECK(!parse("12:00", "%H:%M", &when));
    CHECK(!parse("2017-08-03x", "%Y-%m-%d", &when));
    CHECK(!parse("2017-08", "%Y-%m-%d", &when));
    CHECK(!parse("2017", "%Q", &when));
    CHECK(!parse("2017", "%Y%", &when));
    CHECK(when == 7);
}

TEST(a_date_is_written_with_its_time_only_where_it_has_one)
{
    char buf[32];
    CHECK_TEXT(hz_date_format(buf, sizeof buf, at("2017-08-03")), "2017-08-03");
    CHECK_TEXT(hz_date_format(buf, sizeof buf, at("2017-08-03 12:00")), "2017-08-03 12:00");
    CHECK_TEXT(hz_date_format(buf, sizeof buf, at("2017-08-03 00:00:09")), "2017-08-03 00:00:09");
    CHECK_TEXT(hz_date_format(buf, sizeof buf, -1), "1969-12-31 23:59:59");
    CHECK_TEXT(hz_date_format(buf, sizeof buf, at("0001-01-01")), "0001-01-01");
    CHECK_TEXT(hz_date_format(buf, sizeof buf, at("9999-12-31 23:59:59")), "9999-12-31 23:59:59");
    CHECK_TEXT(hz_date_format(buf, sizeof buf, HZ_TIME_NONE), "");
    CHECK_TEXT(hz_date_format(buf, sizeof buf, INT64_MAX), "");
}

static void check_period(const char *text, const char *from, const char *until)
{
    void **state_ = NULL;
    hz_error err = { 0 };
    hz_period p = { 1, 1 };
    CHECK_OK(hz_period_parse(text, &p, &err), err);
    CHECK(p.from == (*from ? at(from) : HZ_TIME_NONE));
    CHECK(p.until == (*until ? at(until) : HZ_TIME_NONE));
}

TEST(a_period_holds_all_of_its_last_day_month_or_year)
{
    UNUSED_STATE;
    check_period("2017", "2017-01-01", "2018-01-01");
    check_period("2017-06", "2017-06-01", "2017-07-01");
    check_period("2017-12", "2017-12-01", "2018-01-01");
    check_period("2017-12-31", "2017-12-31", "2018-01-01");
    check_period("2016-02-29", "2016-02-29", "2016-03-01");
    check_period("2017-06-09..2017-11-09", "2017-06-09", "2017-11-10");
    check_period("2016..2017", "2016-01-01", "2018-01-01");
    check_period("2017-06-09..2017-06", "2017-06-09", "2017-07-01");
    check_period(" 2016 .. 2017-02 ", "2016-01-01", "2017-03-01");
    check_period("2017-06..", "2017-06-01", "");
    check_period("..2017-06", "", "2017-07-01");
}

TEST(a_bad_period_says_what_is_wrong_with_it)
{
    hz_period p = { 1, 2 };
    hz_error err = { 0 };
    CHECK_FAILS(hz_period_parse("2017-13", &p, &err), HZ_EUSAGE, err,
                "'2017-13': month 13, expected 01..12");
    CHECK_FAILS(hz_period_parse("2017-00-01", &p, &err), HZ_EUSAGE, err, "month 00");
    CHECK_FAILS(hz_period_parse("2017-02-29", &p, &err), HZ_EUSAGE, err,
                "day 29, expected 01..28");
    CHECK_FAILS(hz_period_parse("2016..2017-06-31", &p, &err), HZ_EUSAGE, err,
                "day 31, expected 01..30");
    CHECK_FAILS(hz_period_parse("2017..2016", &p, &err), HZ_EUSAGE, err, "ends before it begins");
    CHECK_FAILS(hz_period_parse("2017-06..2017-05", &p, &err), HZ_EUSAGE, err, "ends before");
    CHECK_FAILS(hz_period_parse("..", &p, &err), HZ_EUSAGE, err, "neither end");
    static const char *const bad[] = { "", "17", "2017-6", "2017-2018", "2017-06-9", "2017/06",
                                       "0000", "last year", "2017-06-09 12:00", "2016..2017..2018",
                                       "2017-", "2017-06-09-", "20170609" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_FAILS(hz_period_parse(bad[i], &p, &err), HZ_EUSAGE, err,
                    "expected YYYY, YYYY-MM or YYYY-MM-DD");
    CHECK(p.from == 1 && p.until == 2);
}

static double years(const char *text)
{
    hz_period p = HZ_PERIOD_ALWAYS;
    hz_error err;
    return hz_period_parse(text, &p, &err) ? -1 : hz_period_years(p);
}

TEST(a_calendar_year_is_one_year_and_the_rest_goes_by_its_days)
{
    CHECK_NEAR(years("2016"), 1, 0);
    CHECK_NEAR(years("2017"), 1, 0);
    CHECK_NEAR(years("2009..2017"), 9, 0);
    CHECK_NEAR(years("2017-06"), 30 / 365.0, 1e-15);
    CHECK_NEAR(years("2016-06"), 30 / 366.0, 1e-15);
    CHECK_NEAR(years("2016-07..2017-06"), 184 / 366.0 + 181 / 365.0, 1e-15);
    CHECK_NEAR(years("2015-12-31..2018-01-01"), 1 / 365.0 + 2 + 1 / 365.0, 1e-15);
    CHECK_NAN(years("2017.."));
    CHECK_NAN(years("..2017"));
    CHECK_NEAR(hz_period_years((hz_period){ at("2017-01-01"), at("2017-01-01 12:00") }),
               0.5 / 365, 1e-15);
    CHECK_NEAR(hz_period_years((hz_period){ 5, 5 }), 0, 0);
    CHECK_NEAR(hz_period_years((hz_period){ 6, 5 }), 0, 0);
}

TEST(a_period_is_half_open)
{
    hz_period p = { at("2017-06-09"), at("2017-11-10") }, always = HZ_PERIOD_ALWAYS;
    CHECK(hz_period_holds(p, at("2017-06-09")));
    CHECK(!hz_period_holds(p, at("2017-06-08 23:59:59")));
    CHECK(hz_period_holds(p, at("2017-11-09 23:59:59")));
    CHECK(!hz_period_holds(p, at("2017-11-10")));
    CHECK(hz_period_holds((hz_period){ HZ_TIME_NONE, p.until }, at("1900-01-01")));
    CHECK(hz_period_holds((hz_period){ p.from, HZ_TIME_NONE }, at("2100-01-01")));
    CHECK(hz_period_holds(always, 0));
}

TEST(an_undated_event_is_in_no_period_but_always)
{
    hz_period always = HZ_PERIOD_ALWAYS;
    CHECK(hz_period_holds(always, HZ_TIME_NONE));
    CHECK(!hz_period_holds((hz_period){ HZ_TIME_NONE, 5 }, HZ_TIME_NONE));
    CHECK(!hz_period_holds((hz_period){ 5, HZ_TIME_NONE }, HZ_TIME_NONE));
}

TEST(a_period_is_written_as_it_is_read)
{
    static const char *const texts[] = { "2017", "2016..2017", "2017-06", "2017-06..2017-11",
                                         "2017-06-09", "2017-06-09..2017-11-09", "2017-06-09..",
                                         "..2017-11-09", "2017-06..", "..2017" };
    char buf[64];
    hz_error err = { 0 };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hz_period p = HZ_PERIOD_ALWAYS;
        CHECK_OK(hz_period_parse(texts[i], &p, &err), err);
        CHECK_TEXT(hz_period_format(buf, sizeof buf, p), texts[i]);
    }
    hz_period always = HZ_PERIOD_ALWAYS;
    CHECK_TEXT(hz_period_format(buf, sizeof buf, always), "..");
    hz_period clock = { at("2017-08-03 12:00"), at("2017-08-17") };
    CHECK_TEXT(hz_period_format(buf, sizeof buf, clock), "2017-08-03 12:00..2017-08-17");
}

static void a_day_is_ten_characters_of_a_date_that_exists(void **state_)
{
    static const char *const others[] = { "", "2018-6-1", "2018-06", "20180601", "2018-06-01 12:00",
                                          "2018-06-01 ", "01-06-2018", "2018-02-29", "2018/06/01" };
    CHECK(hz_date_is_day("2018-06-01") && hz_date_is_day("2016-02-29"));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        CHECK(!hz_date_is_day(others[i]));
}

RUN_TESTS(T(a_month_alone_is_its_first_day), T(a_day_is_ten_characters_of_a_date_that_exists),
          T(days_are_counted_from_1970), T(days_agree_with_julian_day_numbers),
          T(every_usual_way_to_write_a_date_is_the_same_day),
          T(what_is_no_date_is_refused_and_leaves_the_value_alone),
          T(a_leap_day_exists_every_fourth_year_but_for_centuries),
          T(the_time_of_day_follows_a_t_or_blanks), T(an_offset_is_checked_and_ignored),
          T(twenty_four_hundred_is_midnight_of_the_day_after),
          T(a_format_says_where_the_parts_stand),
          T(a_date_is_written_with_its_time_only_where_it_has_one),
          T(a_period_holds_all_of_its_last_day_month_or_year),
          T(a_bad_period_says_what_is_wrong_with_it),
          T(a_calendar_year_is_one_year_and_the_rest_goes_by_its_days), T(a_period_is_half_open),
          T(an_undated_event_is_in_no_period_but_always), T(a_period_is_written_as_it_is_read))
