/* When zones are in force: ends of days, the Danish clock, events known by the day only. */
#include "check.h"

#include "hotzone/clock.h"
#include "hotzone/mem.h"
#include "hotzone/validity.h"

static hz_error err;

static hz_layer *layer_of(size_t n, const char *const *from, const char *const *until)
{
    hz_layer *l = NULL;
    if (hz_layer_new("zones", n, &l, &err) || hz_layer_add_texts(l, "valid_from", from, &err) ||
        hz_layer_add_texts(l, "valid_to", until, &err))
        return NULL;
    return l;
}

static hz_time at(const char *text)
{
    hz_time t = HZ_TIME_NONE;
    hz_date_parse(text, strlen(text), NULL, &t);
    return t;
}

static void count(hz_notice_kind kind, const char *text, void *user)
{
    (void)text;
    *(int *)user += kind == HZ_WARNING;
}

/* Noon to noon over two weeks; whole days of June; 23:59 is the end of its day. */
TEST(an_end_by_the_day_or_at_23_59_is_the_end_of_that_day)
{
    const char *const from[] = { "2017-06-01 12:00", "2017-06-01", "2017-06-01 00:00" };
    const char *const until[] = { "2017-06-15 12:00", "2017-06-30", "2017-06-30 23:59" };
    hz_validity v[3];
    hz_period june;
    bool dated = false;
    hz_layer *l = layer_of(3, from, until);
    CHECK_OK(hz_validity_read(l, NULL, NULL, true, v, &dated, NULL, &err), err);
    CHECK_OK(hz_period_parse("2017-06", &june, &err), err);
    CHECK(dated);
    CHECK_NEAR(hz_validity_days(&v[0], june), 14, 1e-12);
    CHECK_NEAR(hz_validity_days(&v[1], june), 30, 1e-12);
    CHECK(hz_validity_same(&v[1], &v[2]) && !hz_validity_same(&v[0], &v[1]));
    hz_layer_free(l);
}

/* 29 October 2017 had 25 hours in Denmark, 26 March 23. */
TEST(days_are_of_24_hours_that_passed)
{
    const char *const from[] = { "2017-10-29 00:00", "2017-03-26 00:00" };
    const char *const until[] = { "2017-10-30 00:00", "2017-03-27 00:00" };
    hz_validity v[2];
    hz_period year, open;
    bool dated;
    hz_layer *l = layer_of(2, from, until);
    CHECK_OK(hz_validity_read(l, NULL, NULL, true, v, &dated, NULL, &err), err);
    CHECK_OK(hz_period_parse("2017", &year, &err), err);
    CHECK_OK(hz_period_parse("2017..", &open, &err), err);
    CHECK_NEAR(hz_validity_days(&v[0], year), 25 / 24.0, 1e-12);
    CHECK_NEAR(hz_validity_days(&v[1], year), 23 / 24.0, 1e-12);
    CHECK_NAN(hz_validity_days(&v[0], open));
    hz_layer_free(l);
}

TEST(a_moment_at_the_start_counts_and_at_the_end_does_not)
{
    const char *const from[] = { "2017-06-01 12:00" }, *const until[] = { "2017-06-15 12:00" };
    hz_validity v;
    bool dated;
    hz_layer *l = layer_of(1, from, until);
    CHECK_OK(hz_validity_read(l, NULL, NULL, true, &v, &dated, NULL, &err), err);
    CHECK(hz_validity_at(&v, at("2017-06-01 11:59"), false) == HZ_NOT_IN_FORCE);
    CHECK(hz_validity_at(&v, at("2017-06-01 12:00"), false) == HZ_IN_FORCE);
    CHECK(hz_validity_at(&v, at("2017-06-15 11:59"), false) == HZ_IN_FORCE);
    CHECK(hz_validity_at(&v, at("2017-06-15 12:00"), false) == HZ_NOT_IN_FORCE);
    CHECK(hz_validity_at(&v, HZ_TIME_NONE, false) == HZ_NOT_IN_FORCE);
    /* of a day only: all of it, a part, or none */
    CHECK(hz_validity_at(&v, at("2017-06-02"), true) == HZ_IN_FORCE);
    CHECK(hz_validity_at(&v, at("2017-06-01"), true) == HZ_PARTLY_IN_FORCE);
    CHECK(hz_validity_at(&v, at("2017-06-15"), true) == HZ_PARTLY_IN_FORCE);
    CHECK(hz_validity_at(&v, at("2017-05-31"), true) == HZ_NOT_IN_FORCE);
    hz_layer_free(l);
}

TEST(what_is_no_date_or_reversed_is_never_in_force_and_told)
{
    const char *const from[] = { "soon", "2017-06-01", "2017-06-02", "" };
    const char *const until[] = { "2017-07-01", "never", "2017-06-01", "2017-06-01" };
    const hz_validity_state want[] = { HZ_VALIDITY_BAD_START, HZ_VALIDITY_BAD_END,
                                       HZ_VALIDITY_REVERSED, HZ_VALIDITY_GOOD };
    hz_validity v[4];
    hz_period year;
    bool dated;
    int warnings = 0;
    const hz_notice notice = { count, &warnings };
    hz_layer *l = layer_of(4, from, until);
    CHECK_OK(hz_validity_read(l, NULL, NULL, true, v, &dated, &notice, &err), err);
    CHECK_OK(hz_period_parse("2017", &year, &err), err);
    for (int i = 0; i < 4; i++)
        CHECK(v[i].state == want[i]);
    for (int i = 0; i < 3; i++) {
        CHECK_NEAR(hz_validity_days(&v[i], year), 0, 0);
        CHECK(hz_validity_at(&v[i], at("2017-06-10"), true) == HZ_NOT_IN_FORCE);
    }
    CHECK(hz_validity_at(&v[3], at("1990-01-01"), true) == HZ_IN_FORCE); /* no start: always was */
    CHECK(warnings == 3);
    hz_layer_free(l);
}

TEST(a_layer_without_the_columns_or_with_nothing_in_them_has_no_dates)
{
    const char *const empty[] = { "", "" };
    hz_validity v[2];
    bool dated = true;
    hz_layer *l = NULL, *blank = layer_of(2, empty, empty);
    CHECK_OK(hz_layer_new("zones", 2, &l, &err), err);
    CHECK_OK(hz_validity_read(l, NULL, NULL, false, v, &dated, NULL, &err), err);
    CHECK(!dated);
    CHECK_OK(hz_validity_read(blank, NULL, NULL, false, v, &dated, NULL, &err), err);
    CHECK(!dated);
    CHECK(hz_validity_read(l, NULL, NULL, true, v, &dated, NULL, &err) == HZ_EUSAGE);
    CHECK(strstr(err.text, "has no column of starts") != NULL);
    CHECK(hz_validity_read(l, "begins", NULL, false, v, &dated, NULL, &err) == HZ_EUSAGE);
    hz_layer_free(l);
    hz_layer_free(blank);
}

TEST(every_allocation_may_fail)
{
    const char *const from[] = { "2017-06-01" }, *const until[] = { "2017-06-30" };
    hz_validity v;
    bool dated;
    hz_layer *l = layer_of(1, from, until);
    long n = 1;
    for (; n < 100; n++) {
        hz_mem_fail_at(n);
        hz_status st = hz_validity_read(l, NULL, NULL, true, &v, &dated, NULL, &err);
        hz_mem_fail_at(0);
        if (st == HZ_OK)
            break;
        CHECK(st == HZ_EMEMORY);
    }
    CHECK(n > 5 && n < 100);
    hz_layer_free(l);
}

RUN_TESTS(T(an_end_by_the_day_or_at_23_59_is_the_end_of_that_day),
          T(days_are_of_24_hours_that_passed), T(a_moment_at_the_start_counts_and_at_the_end_does_not),
          T(what_is_no_date_or_reversed_is_never_in_force_and_told),
          T(a_layer_without_the_columns_or_with_nothing_in_them_has_no_dates),
          T(every_allocation_may_fail))
