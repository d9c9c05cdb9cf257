/* Period series: how a period is cut, rated, summed, and what of it is hidden. */
#include "check.h"
#include "hotzone/disclose.h"
#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/series.h"

static hz_error err;

static size_t cut(const char *text, hz_series_by by, hz_period **parts)
{
    hz_period whole;
    size_t n = 0;
    if (hz_period_parse(text, &whole, &err) || hz_series_cut(whole, by, parts, &n, &err))
        fail_msg("%s", err.text);
    return n;
}

static hz_layer *table_of(size_t n, const double *events, const double *residents)
{
    hz_layer *l = NULL;
    if (hz_layer_new("series", n, &l, &err) || hz_layer_add_numbers(l, "events", events, &err) ||
        hz_layer_add_numbers(l, "population", residents, &err))
        fail_msg("%s", err.text);
    return l;
}

TEST(a_period_is_cut_at_calendar_borders_and_its_ends_are_its_own)
{
    hz_period *parts;
    char text[64];
    size_t n = cut("2016-11-15..2017-02-28", HZ_BY_MONTH, &parts);
    CHECK(n == 4);
    CHECK_TEXT(hz_period_format(text, sizeof text, parts[0]), "2016-11-15..2016-11-30");
    CHECK_TEXT(hz_period_format(text, sizeof text, parts[1]), "2016-12");
    CHECK_TEXT(hz_period_format(text, sizeof text, parts[3]), "2017-02");
    CHECK(!hz_series_is_whole(parts[0], HZ_BY_MONTH) && hz_series_is_whole(parts[3], HZ_BY_MONTH));
    hz_mem_free(parts);
    n = cut("2016-05..2017", HZ_BY_QUARTER, &parts);
    CHECK(n == 7);
    CHECK(!hz_series_is_whole(parts[0], HZ_BY_QUARTER));
    CHECK_TEXT(hz_series_name(text, sizeof text, parts[0], HZ_BY_QUARTER), "2016-Q2");
    CHECK_TEXT(hz_series_name(text, sizeof text, parts[6], HZ_BY_QUARTER), "2017-Q4");
    CHECK_TEXT(hz_series_name(text, sizeof text, parts[6], HZ_BY_MONTH), "2017-10");
    hz_mem_free(parts);
}

TEST(parts_join_up_and_their_years_add_up_to_the_period)
{
    static const char *const periods[] = { "2016", "2015-02-03..2017-08-09", "2016-02-29",
                                           "1999..2004" };
    for (size_t k = 0; k < 4; k++)
        for (hz_series_by by = HZ_BY_MONTH; by <= HZ_BY_YEAR; by++) {
            hz_period *parts, whole;
            double years = 0;
            size_t n = cut(periods[k], by, &parts);
            CHECK_OK(hz_period_parse(periods[k], &whole, &err), err);
            CHECK(parts[0].from == whole.from && parts[n - 1].until == whole.until);
            for (size_t i = 0; i < n; i++) {
                CHECK(i == 0 || parts[i].from == parts[i - 1].until);
                years += hz_period_years(parts[i]);
            }
            CHECK_NEAR(years, hz_period_years(whole), 1e-9);
            hz_mem_free(parts);
        }
}

TEST(a_period_without_ends_cannot_be_cut)
{
    hz_period open = HZ_PERIOD_ALWAYS, *parts = NULL;
    size_t n;
    CHECK_FAILS(hz_series_cut(open, HZ_BY_YEAR, &parts, &n, &err), HZ_EUSAGE, err, "open");
    CHECK_OK(hz_period_parse("1000..2000", &open, &err), err);
    CHECK_FAILS(hz_series_cut(open, HZ_BY_MONTH, &parts, &n, &err), HZ_EUSAGE, err, "1200");
    CHECK(parts == NULL);
}

/* 31 events in January among 1,000 residents: 31 / (1000 * 31/365) * 1000 = 365 per 1,000 and year;
 * with 28 in February, 59 events in 59 days. */
TEST(rates_are_per_year_whatever_the_length_of_the_period)
{
    const double events[] = { 31, 28, 0, NAN }, residents[] = { 1000, 1000, 1000, 1000 };
    hz_period *parts;
    size_t n = cut("2017-01..2017-04", HZ_BY_MONTH, &parts);
    hz_series_opts o = { HZ_BY_MONTH, 1000, 0.95, 0, NULL, NULL };
    hz_series_found f;
    hz_layer *t = table_of(n, events, residents);
    double low, high;
    CHECK_OK(hz_series_add(t, 1, parts, n, &o, &f, &err), err);
    CHECK_NEAR(hz_layer_numbers(t, "rate")[0], 365, 1e-9);
    CHECK_NEAR(hz_layer_numbers(t, "rate")[1], 365, 1e-9);
    CHECK_NEAR(hz_layer_numbers(t, "rate")[2], 0, 0);
    CHECK(hz_layer_numbers(t, "rate_high")[2] > 0); /* none seen has an upper limit */
    CHECK_NAN(hz_layer_numbers(t, "rate")[3]);
    CHECK_TEXT(hz_layer_text(t, "state", 3), "undefined");
    CHECK_TEXT(hz_layer_text(t, "period", 1), "2017-02");
    CHECK_TEXT(hz_layer_text(t, "until", 1), "2017-02-28");
    hz_interval_poisson(31, 0.95, &low, &high);
    CHECK_NEAR(hz_layer_numbers(t, "events_low")[0], low, 1e-9);
    CHECK_NEAR(hz_layer_numbers(t, "rate_high")[0], high * 365 / 31, 1e-6);
    CHECK_NEAR(f.events, 59, 0);
    CHECK_NEAR(f.rate, 59 / (1000 * 90.0 / 365) * 1000, 1e-9);
    CHECK_NEAR(f.mean, 59 / (90.0 / 365) / 12, 1e-9);
    CHECK(f.known == 3 && f.undefined == 1 && f.zero == 1 && f.hidden == 0 && f.cut == 0);
    hz_layer_free(t);
    hz_mem_free(parts);
}

TEST(small_periods_are_hidden_with_what_would_give_them_away_in_each_series_alone)
{
    const double events[] = { 3, 20, 0, 8, 9, 70, 30, 40, 50, 60, 70, 80 };
    const double residents[] = { 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9 };
    unsigned char want[6];
    bool withheld;
    hz_period *parts;
    size_t n = cut("2013..2018", HZ_BY_YEAR, &parts);
    hz_series_opts o = { HZ_BY_YEAR, 1000, 0.95, 5, NULL, NULL };
    hz_series_found f[2];
    hz_layer *t = table_of(2 * n, events, residents);
    CHECK_OK(hz_disclose_rows(6, events, 5, true, want, &withheld, &err), err);
    CHECK(!withheld);
    CHECK_OK(hz_series_add(t, 2, parts, n, &o, f, &err), err);
    for (size_t i = 0; i < 12; i++) {
        bool hidden = i < 6 && want[i];
        static const char *const figures[] = { "events", "population", "events_low", "rate",
                                               "rate_high" };
        for (size_t c = 0; c < 5; c++) {
            CHECK((hz_layer_mark(t, figures[c], i) == HZ_HIDDEN) == hidden);
            CHECK(isnan(hz_layer_numbers(t, figures[c])[i]) == hidden);
        }
    }
    CHECK(f[0].hidden == 4 && f[0].zero == 1 && f[1].hidden == 0);
    CHECK_NEAR(f[0].events, 110, 0); /* the total is published */
    hz_layer_free(t);
    hz_mem_free(parts);
}

TEST(a_series_that_cannot_be_protected_or_is_secret_is_hidden_whole)
{
    const double events[] = { 2, 0, 0, 90, 80, 70 }, residents[] = { 9, 9, 9, 9, 9, 9 };
    const unsigned char secret[] = { 0, 1 };
    hz_period *parts;
    size_t n = cut("2014..2016", HZ_BY_YEAR, &parts);
    hz_series_opts o = { HZ_BY_YEAR, 1000, 0.95, 5, secret, NULL };
    hz_series_found f[2];
    hz_layer *t = table_of(2 * n, events, residents);
    CHECK_OK(hz_series_add(t, 2, parts, n, &o, f, &err), err);
    for (size_t i = 0; i < 6; i++)
        CHECK(hz_layer_mark(t, "events", i) == HZ_HIDDEN && isnan(hz_layer_numbers(t, "rate")[i]));
    for (size_t s = 0; s < 2; s++) {
        CHECK(f[s].all_hidden && f[s].hidden == 3);
        CHECK_NAN(f[s].events);
        CHECK_NAN(f[s].mean);
        CHECK_NAN(f[s].rate);
    }
    hz_layer_free(t);
    hz_mem_free(parts);
}

TEST(a_table_of_another_size_or_with_a_negative_count_is_refused)
{
    const double events[] = { 2, -1 }, residents[] = { 9, 9 };
    hz_period *parts;
    size_t n = cut("2014..2015", HZ_BY_YEAR, &parts);
    hz_series_opts o = { HZ_BY_YEAR, 1000, 0.95, 0, NULL, NULL };
    hz_series_found f[2];
    hz_layer *t = table_of(n, events, residents);
    CHECK_FAILS(hz_series_add(t, 1, parts, n, &o, f, &err), HZ_EDATA, err, "row 2: events is -1");
    CHECK_FAILS(hz_series_add(t, 2, parts, n, &o, f, &err), HZ_EDATA, err, "2 series of 2 periods");
    CHECK(hz_layer_find(t, "rate") < 0);
    hz_layer_free(t);
    hz_mem_free(parts);
}

TEST(a_failed_allocation_leaves_the_table_as_it_was)
{
    const double events[] = { 3, 20, 8 }, residents[] = { 9, 9, 9 };
    hz_period *parts;
    size_t n = cut("2014..2016", HZ_BY_YEAR, &parts);
    hz_series_opts o = { HZ_BY_YEAR, 1000, 0.95, 5, NULL, NULL };
    hz_series_found f;
    hz_layer *t = table_of(n, events, residents);
    long at = 0;
    hz_status st;
    do {
        hz_mem_fail_at(++at);
        st = hz_series_add(t, 1, parts, n, &o, &f, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || (st == HZ_EMEMORY && hz_layer_find(t, "rate") < 0));
    } while (st);
    CHECK(at > 10);
    hz_layer_free(t);
    hz_mem_free(parts);
}

RUN_TESTS(T(a_period_is_cut_at_calendar_borders_and_its_ends_are_its_own),
          T(parts_join_up_and_their_years_add_up_to_the_period),
          T(a_period_without_ends_cannot_be_cut),
          T(rates_are_per_year_whatever_the_length_of_the_period),
          T(small_periods_are_hidden_with_what_would_give_them_away_in_each_series_alone),
          T(a_series_that_cannot_be_protected_or_is_secret_is_hidden_whole),
          T(a_table_of_another_size_or_with_a_negative_count_is_refused),
          T(a_failed_allocation_leaves_the_table_as_it_was))
