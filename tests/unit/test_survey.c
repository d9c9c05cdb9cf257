/* Survey shares of two years: differences, their limits, and what cannot be tested. */
#include "check.h"
#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/survey.h"

enum { ROWS = 8 };

/* A survey with `rows` of the rows below. */
static const char *const areas[ROWS] = { "a", "a", "b", "b", "c", "a", "a", "d" };
static const char *const questions[ROWS] = { "safe", "safe", "safe", "safe", "safe",
                                             "dark", "dark", "safe" };
static const double years[ROWS] = { 2017, 2018, 2018, 2017, 2017, 2017, 2018, 2012 };

static hz_layer *survey_of(size_t rows, const char *share_name, const double *share,
                           const double *sample)
{
    hz_layer *layer = NULL;
    hz_error err;
    assert_int_equal(hz_layer_new("survey", rows, &layer, &err), HZ_OK);
    assert_int_equal(hz_layer_add_texts(layer, "area", areas, &err), HZ_OK);
    assert_int_equal(hz_layer_add_texts(layer, "question", questions, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(layer, "year", years, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(layer, share_name, share, &err), HZ_OK);
    if (sample)
        assert_int_equal(hz_layer_add_numbers(layer, "sample", sample, &err), HZ_OK);
    return layer;
}

static hz_survey_opts years_2017_and_2018(void)
{
    hz_survey_opts o = HZ_SURVEY_DEFAULTS;
    o.before = 2017;
    o.after = 2018;
    return o;
}

static double at(const hz_layer *layer, const char *column, size_t row)
{
    return hz_layer_numbers(layer, column)[row];
}

/* Newcombe (1998), Statistics in Medicine 17:873, Table II: 56/70 less 48/80, method 10. */
TEST(the_difference_of_newcombes_first_example_has_his_limits)
{
    double d, low, high;
    hz_interval_difference(56, 70, 48, 80, 0.95, &d, &low, &high);
    CHECK_NEAR(d, 0.2, 1e-15);
    CHECK_NEAR(low, 0.0524, 5e-5);
    CHECK_NEAR(high, 0.3339, 5e-5);
    hz_interval_difference(48, 80, 56, 70, 0.95, &d, &low, &high);
    CHECK_NEAR(low, -0.3339, 5e-5);
    CHECK_NEAR(high, -0.0524, 5e-5);
    hz_interval_difference(1, 0, 1, 2, 0.95, &d, &low, &high);
    CHECK(isnan(d) && isnan(low) && isnan(high));
    hz_interval_difference(3, 2, 1, 2, 0.95, &d, &low, &high);
    CHECK(isnan(d) && isnan(low) && isnan(high));
}

/* From 48 of 80 to 56 of 70 in a; the same shares in per cent, and the same as counts. */
TEST(shares_per_cent_and_counts_give_the_same_interval)
{
    const double share[] = { 0.6, 0.8 }, percent[] = { 60, 80 }, count[] = { 48, 56 };
    const double sample[] = { 80, 70 };
    hz_survey_opts o = years_2017_and_2018();
    hz_layer *s[] = { survey_of(2, "share", share, sample),
                      survey_of(2, "share_percent", percent, sample),
                      survey_of(2, "count", count, sample) };
    for (int i = 0; i < 3; i++) {
        hz_layer *t = NULL;
        hz_survey_found found;
        hz_error err;
        CHECK_OK(hz_survey_change(s[i], &o, &t, &found, &err), err);
        CHECK(hz_layer_rows(t) == 1 && found.defined == 1 && found.used == 2);
        CHECK_NEAR(at(t, "share_1", 0), 0.6, 1e-15);
        CHECK_NEAR(at(t, "share_2", 0), 0.8, 1e-15);
        CHECK_NEAR(at(t, "n_2", 0), 70, 0);
        CHECK_NEAR(at(t, "difference", 0), 0.2, 1e-15);
        CHECK_NEAR(at(t, "difference_low", 0), 0.0524, 5e-5);
        CHECK_NEAR(at(t, "difference_high", 0), 0.3339, 5e-5);
        CHECK_TEXT(hz_layer_text(t, "state", 0), "ok");
        CHECK_TEXT(hz_layer_text(t, "name", 0), "a");
        hz_layer_free(t);
        hz_layer_free(s[i]);
    }
}

TEST(rows_meet_by_area_and_question_in_the_order_of_the_source)
{
    const double share[] = { .6, .8, .3, .2, .5, .1, .15, .9 };
    const double sample[] = { 80, 70, 50, 50, 60, 80, 70, 10 };
    static const char *const want[][3] = { { "a", "safe", "ok" }, { "b", "safe", "ok" },
                                           { "c", "safe", "undefined" }, { "a", "dark", "ok" } };
    hz_layer *s = survey_of(ROWS, "share", share, sample), *t = NULL;
    hz_survey_opts o = years_2017_and_2018();
    hz_survey_found found;
    hz_error err;
    CHECK_OK(hz_survey_change(s, &o, &t, &found, &err), err);
    CHECK(hz_layer_rows(t) == 4);
    for (size_t i = 0; i < 4; i++) {
        CHECK_TEXT(hz_layer_text(t, "area", i), want[i][0]);
        CHECK_TEXT(hz_layer_text(t, "question", i), want[i][1]);
        CHECK_TEXT(hz_layer_text(t, "state", i), want[i][2]);
    }
    CHECK_NEAR(at(t, "difference", 1), 0.1, 1e-15); /* 2018 stands before 2017 there */
    CHECK_TEXT(hz_layer_text(t, "reason", 2), "no share after");
    CHECK(found.read == 8 && found.used == 7 && found.other_year == 1 && found.one_year == 1);
    hz_layer_free(s);
    hz_layer_free(t);
}

TEST(without_sample_sizes_the_difference_stands_and_no_test_is_possible)
{
    const double share[] = { 8, 23 }, sample[] = { NAN, 500 };
    hz_survey_opts o = years_2017_and_2018();
    hz_layer *none = survey_of(2, "share_percent", share, NULL), *t = NULL;
    hz_layer *half = survey_of(2, "share_percent", share, sample);
    hz_survey_found found;
    hz_error err;
    CHECK_OK(hz_survey_change(none, &o, &t, &found, &err), err);
    CHECK_NEAR(at(t, "difference", 0), 0.15, 1e-15);
    CHECK_NAN(at(t, "difference_low", 0));
    CHECK(hz_layer_mark(t, "difference_low", 0) == HZ_UNDEFINED_NO_RESULT);
    CHECK_TEXT(hz_layer_text(t, "state", 0), "undefined");
    CHECK_TEXT(hz_layer_text(t, "reason", 0), "no sample sizes: no test possible");
    CHECK(found.defined == 0 && found.no_sample == 1);
    hz_layer_free(t);
    CHECK_OK(hz_survey_change(half, &o, &t, &found, &err), err);
    CHECK_TEXT(hz_layer_text(t, "reason", 0), "no sample size before: no test possible");
    hz_layer_free(t);
    hz_layer_free(none);
    hz_layer_free(half);
}

TEST(the_sample_of_the_whole_city_is_none_for_a_district)
{
    const double share[] = { .6, .8, .3, .2 }, sample[] = { 3863, 3863, 50, 50 };
    static const char *const of[] = { "city", "city", "b", "" };
    hz_layer *s = survey_of(4, "share", share, sample), *t = NULL;
    hz_survey_opts o = years_2017_and_2018();
    hz_survey_found found;
    hz_error err;
    CHECK_OK(hz_layer_add_texts(s, "sample_of", of, &err), err);
    CHECK_OK(hz_survey_change(s, &o, &t, &found, &err), err);
    CHECK_NAN(at(t, "n_1", 0));
    CHECK_NAN(at(t, "difference_high", 0));
    CHECK_TEXT(hz_layer_text(t, "state", 0), "undefined");
    CHECK_TEXT(hz_layer_text(t, "state", 1), "ok");
    CHECK_TEXT(hz_layer_text(t, "reason", 0),
               "no sample size of this area: no test possible");
    CHECK(found.other_sample == 2 && found.no_sample == 1);
    hz_layer_free(s);
    hz_layer_free(t);
}

TEST(a_design_effect_divides_the_sample)
{
    const double share[] = { 0.6, 0.8 }, sample[] = { 160, 140 };
    hz_layer *s = survey_of(2, "share", share, sample), *t = NULL;
    hz_survey_opts o = years_2017_and_2018();
    hz_error err;
    o.design_effect = 2;
    CHECK_OK(hz_survey_change(s, &o, &t, NULL, &err), err);
    CHECK_NEAR(at(t, "difference_low", 0), 0.0524, 5e-5);
    CHECK_NEAR(at(t, "difference_high", 0), 0.3339, 5e-5);
    CHECK_NEAR(at(t, "n_1", 0), 160, 0); /* as published */
    hz_layer_free(t);
    o.design_effect = 0;
    CHECK_FAILS(hz_survey_change(s, &o, &t, NULL, &err), HZ_EUSAGE, err, "design-effect");
    hz_layer_free(s);
}

TEST(few_answers_for_or_against_are_hidden)
{
    const double share[] = { .02, .5, .5, .98, 0, 0, 1 }, sample[] = { 100, 100, 100, 100, 50,
                                                                       100, 100 };
    hz_layer *s = survey_of(7, "share", share, sample), *t = NULL;
    hz_survey_opts o = years_2017_and_2018();
    hz_survey_found found;
    hz_error err;
    o.hide_below = 5;
    CHECK_OK(hz_survey_change(s, &o, &t, &found, &err), err);
    CHECK_TEXT(hz_layer_text(t, "state", 0), "hidden"); /* 2 for */
    CHECK_TEXT(hz_layer_text(t, "state", 1), "hidden"); /* 2 against */
    CHECK_NAN(at(t, "share_2", 0));
    CHECK_NAN(at(t, "n_2", 0));
    CHECK(hz_layer_mark(t, "difference", 0) == HZ_HIDDEN);
    CHECK_TEXT(hz_layer_text(t, "state", 3), "ok"); /* none and all are no few */
    CHECK(found.hidden == 2);
    hz_layer_free(s);
    hz_layer_free(t);
}

TEST(what_cannot_be_is_refused_with_its_row)
{
    const double percent[] = { 60, 80 }, count[] = { 48, 90 }, sample[] = { 80, 70 };
    static const char *const twice[] = { "a", "a" };
    const double same[] = { 2017, 2017 };
    hz_survey_opts o = years_2017_and_2018();
    hz_layer *t = NULL, *s = survey_of(2, "share", percent, sample);
    hz_error err;
    CHECK_FAILS(hz_survey_change(s, &o, &t, NULL, &err), HZ_EDATA, err,
                "row 1: share is larger than it can be, expected a number from 0 to 1 (a column "
                "called share_percent");
    hz_layer_free(s);
    s = survey_of(2, "count", count, sample);
    CHECK_FAILS(hz_survey_change(s, &o, &t, NULL, &err), HZ_EDATA, err,
                "row 2: 90 answers of a sample of 70");
    const double other[] = { 0.6, 0.7 }, counted[] = { 48, 56 };
    CHECK_OK(hz_layer_add_numbers(s, "count", counted, &err), err);
    CHECK_OK(hz_layer_add_numbers(s, "share", other, &err), err);
    CHECK_FAILS(hz_survey_change(s, &o, &t, NULL, &err), HZ_EDATA, err,
                "row 2: a share of 0.7 but 56 of 70");
    hz_layer_drop(s, "share");
    CHECK_OK(hz_layer_add_texts(s, "area", twice, &err), err);
    CHECK_OK(hz_layer_add_numbers(s, "year", same, &err), err);
    hz_layer_drop(s, "sample");
    CHECK_FAILS(hz_survey_change(s, &o, &t, NULL, &err), HZ_EUSAGE, err, "no column of shares");
    CHECK_OK(hz_layer_add_numbers(s, "percent", percent, &err), err);
    CHECK_FAILS(hz_survey_change(s, &o, &t, NULL, &err), HZ_EDATA, err,
                "rows 1 and 2 are both about a in 2017: safe");
    o.share = "nothing";
    CHECK_FAILS(hz_survey_change(s, &o, &t, NULL, &err), HZ_EUSAGE, err, "no column 'nothing'");
    o = years_2017_and_2018();
    o.after = 2017;
    CHECK_FAILS(hz_survey_change(s, &o, &t, NULL, &err), HZ_EUSAGE, err, "two different years");
    CHECK(t == NULL);
    hz_layer_free(s);
}

TEST(each_allocation_that_fails_is_reported_and_leaves_nothing_behind)
{
    const double share[] = { .6, .8, .3, .2, .5, .1, .15, .9 };
    hz_layer *s = survey_of(ROWS, "share", share, NULL);
    hz_survey_opts o = years_2017_and_2018();
    int failures = 0;
    for (long n = 1; n < 5000; n++) {
        hz_layer *t = NULL;
        hz_error err;
        hz_mem_fail_at(n);
        hz_status st = hz_survey_change(s, &o, &t, NULL, &err);
        hz_mem_fail_at(0);
        if (st == HZ_OK) {
            hz_layer_free(t);
            break;
        }
        CHECK(st == HZ_EMEMORY && t == NULL);
        failures++;
    }
    CHECK(failures > 30 && failures < 4000);
    hz_layer_free(s);
}

RUN_TESTS(T(the_difference_of_newcombes_first_example_has_his_limits),
          T(shares_per_cent_and_counts_give_the_same_interval),
          T(rows_meet_by_area_and_question_in_the_order_of_the_source),
          T(without_sample_sizes_the_difference_stands_and_no_test_is_possible),
          T(the_sample_of_the_whole_city_is_none_for_a_district),
          T(a_design_effect_divides_the_sample), T(few_answers_for_or_against_are_hidden),
          T(what_cannot_be_is_refused_with_its_row),
          T(each_allocation_that_fails_is_reported_and_leaves_nothing_behind))
