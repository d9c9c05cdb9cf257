/* Dates against a slow twin that counts days one by one. */
#include "check.h"

#include <stdbool.h>
#include <stdlib.h>

#include "hotzone/date.h"

/* The calendar as children learn it. */
static void next_day(int *y, int *m, int *d)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = *y % 400 == 0 || (*y % 4 == 0 && *y % 100 != 0);
    if (++*d <= lengths[*m - 1] + (*m == 2 && leap))
        return;
    *d = 1;
    if (++*m <= 12)
        return;
    *m = 1;
    ++*y;
}

TEST(each_day_of_900_years_follows_the_one_before)
{
    int y = 1500, m = 1, d = 1, cy, cm, cd;
    for (int64_t day = hz_date_days(1500, 1, 1); y < 2400; day++) {
        CHECK(hz_date_days(y, m, d) == day);
        hz_date_civil(day, &cy, &cm, &cd);
        CHECK(cy == y && cm == m && cd == d);
        next_day(&y, &m, &d);
    }
}

static uint64_t state = 20170803;
static uint64_t draw(uint64_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % below;
}

TEST(a_written_date_reads_back_as_itself)
{
    for (int i = 0; i < 100000; i++) {
        int64_t day = (int64_t)draw(3652059) - 719162; /* all of 0001..9999 */
        hz_time when = day * 86400 + (draw(2) ? (hz_time)draw(86400) : 0), back = 0;
        char buf[32];
        hz_date_format(buf, sizeof buf, when);
        CHECK(hz_date_parse(buf, strlen(buf), NULL, &back));
        CHECK(back == when);
    }
}

TEST(a_written_period_reads_back_as_itself)
{
    for (int i = 0; i < 20000; i++) {
        int64_t first = (int64_t)draw(20000), days = 1 + (int64_t)draw(1500);
        hz_period p = { first * 86400, (first + days) * 86400 }, back;
        hz_error err = { 0 };
        char buf[64];
        CHECK_OK(hz_period_parse(hz_period_format(buf, sizeof buf, p), &back, &err), err);
        CHECK(back.from == p.from && back.until == p.until);
    }
}

TEST(years_of_neighbouring_periods_add_up)
{
    for (int i = 0; i < 20000; i++) {
        hz_time a = (hz_time)draw(2000000000), b = a + (hz_time)draw(100000000),
                c = b + (hz_time)draw(100000000);
        double whole = hz_period_years((hz_period){ a, c });
        double parts = hz_period_years((hz_period){ a, b }) + hz_period_years((hz_period){ b, c });
        CHECK_NEAR(whole, parts, 1e-12);
        CHECK_NEAR(whole, (double)(c - a) / (365.25 * 86400), 0.004);
    }
}

TEST(a_moment_is_in_exactly_one_of_two_neighbouring_periods)
{
    for (int i = 0; i < 20000; i++) {
        hz_time a = (hz_time)draw(1000), b = a + (hz_time)draw(1000), c = b + (hz_time)draw(1000);
        hz_time t = (hz_time)draw(3000);
        bool whole = hz_period_holds((hz_period){ a, c }, t);
        int parts = hz_period_holds((hz_period){ a, b }, t) +
                    hz_period_holds((hz_period){ b, c }, t);
        CHECK(parts == whole);
    }
}

/* Each draw is a date with one or two characters changed, so that it nearly passes. */
TEST(a_damaged_date_is_refused_or_a_real_day)
{
    static const char signs[] = "0123456789-/. :TZ+x";
    for (int i = 0; i < 200000; i++) {
        char text[] = "2017-08-03 12:30:45+01:00", *p = text + draw(2) * draw(sizeof text - 1);
        hz_time when = -1;
        size_t n = draw(sizeof text);
        *p = signs[draw(sizeof signs - 1)];
        text[draw(sizeof text - 1)] = signs[draw(sizeof signs - 1)];
        char *exact = malloc(n ? n : 1); /* so that ASan sees a read past n */
        memcpy(exact, text, n);
        if (hz_date_parse(exact, n, NULL, &when)) {
            int y, m, d;
            hz_date_civil((when - (when % 86400 + 86400) % 86400) / 86400, &y, &m, &d);
            CHECK(y >= 1 && y <= 10000 && m >= 1 && m <= 12 && d >= 1 && d <= 31);
        } else {
            CHECK(when == -1);
        }
        free(exact);
    }
}

RUN_TESTS(T(each_day_of_900_years_follows_the_one_before), T(a_written_date_reads_back_as_itself),
          T(a_written_period_reads_back_as_itself), T(years_of_neighbouring_periods_add_up),
          T(a_moment_is_in_exactly_one_of_two_neighbouring_periods),
          T(a_damaged_date_is_refused_or_a_real_day))
