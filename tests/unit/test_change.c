/* The columns of a table of change: ratios, p and q, what is assumed and what is hidden. */
#include "check.h"
#include "hotzone/change.h"
#include "hotzone/changing.h"
#include "hotzone/mem.h"

static hz_layer *areas_of(size_t n, const double *x1, const double *p1, const double *x2,
                          const double *p2)
{
    hz_layer *layer = NULL;
    hz_error err;
    assert_int_equal(hz_layer_new("areas", n, &layer, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(layer, "events_1", x1, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(layer, "population_1", p1, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(layer, "events_2", x2, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(layer, "population_2", p2, &err), HZ_OK);
    return layer;
}

static double at(const hz_layer *layer, const char *column, size_t row)
{
    return hz_layer_numbers(layer, column)[row];
}

/* R's example of poisson.test: 11 of 800 against 21 of 3011. */
TEST(the_ratio_is_period_two_to_period_one_with_its_exact_interval_and_p)
{
    const double x1[] = { 21 }, p1[] = { 3011 }, x2[] = { 11 }, p2[] = { 800 };
    hz_layer *a = areas_of(1, x1, p1, x2, p2);
    hz_change_found found;
    hz_error err;
    CHECK_OK(hz_change_add(a, NULL, &found, &err), err);
    CHECK_NEAR(at(a, "rate_1", 0), 1000 * 21 / 3011.0, 1e-12);
    CHECK_NEAR(at(a, "rate_2", 0), 13.75, 1e-12);
    CHECK_NEAR(at(a, "rate_2_low", 0), 6.864, 0.001);
    CHECK_NEAR(at(a, "rate_2_high", 0), 24.603, 0.001);
    CHECK_NEAR(at(a, "ratio", 0), 1.971488, 5e-7);
    CHECK_NEAR(at(a, "ratio_low", 0), 0.8584264, 5e-8);
    CHECK_NEAR(at(a, "ratio_high", 0), 4.277266, 5e-7);
    CHECK_NEAR(at(a, "p", 0), 0.0796686, 5e-8);
    CHECK_NEAR(at(a, "q", 0), at(a, "p", 0), 0);
    CHECK_TEXT(hz_layer_text(a, "state", 0), "unstable"); /* 11 events */
    CHECK_TEXT(hz_layer_text(a, "basis", 0), "counted");
    CHECK(found.tests == 1 && found.significant == 0 && found.disagree == 0);
    hz_layer_free(a);
}

TEST(the_central_p_is_that_of_the_limits)
{
    /* R's poisson.test: p .0367 by "as or less likely", limits .968 to 5.589 */
    const double x1[] = { 14 }, p1[] = { 3 }, x2[] = { 11 }, p2[] = { 1 };
    hz_layer *a = areas_of(1, x1, p1, x2, p2), *b = NULL;
    hz_change_opts o = HZ_CHANGE_DEFAULTS;
    hz_change_found found;
    hz_error err;
    CHECK_OK(hz_layer_copy(a, &b, &err), err);
    CHECK_OK(hz_change_add(a, &o, &found, &err), err);
    CHECK_NEAR(at(a, "p", 0), 0.0366936508784157, 1e-14);
    CHECK_NEAR(at(a, "ratio_low", 0), 0.968378190812253, 1e-12);
    CHECK(found.disagree == 1);
    o.test = HZ_P_CENTRAL;
    CHECK_OK(hz_change_add(b, &o, &found, &err), err);
    CHECK(at(b, "p", 0) > 0.05 && found.disagree == 0);
    hz_layer_free(a);
    hz_layer_free(b);
}

TEST(longer_periods_count_by_resident_years)
{
    const double x1[] = { 60 }, p1[] = { 1000 }, x2[] = { 20 }, p2[] = { 1000 };
    hz_layer *a = areas_of(1, x1, p1, x2, p2);
    hz_change_opts o = HZ_CHANGE_DEFAULTS;
    hz_error err;
    o.years_1 = 3;
    CHECK_OK(hz_change_add(a, &o, NULL, &err), err);
    CHECK_NEAR(at(a, "rate_1", 0), 20, 1e-12);
    CHECK_NEAR(at(a, "ratio", 0), 1, 1e-12);
    CHECK_NEAR(at(a, "p", 0), 1, 0);
    CHECK_NEAR(at(a, "years_1", 0), 3, 0);
    hz_layer_free(a);
}

TEST(an_area_without_a_test_says_why_and_is_not_counted_as_one)
{
    const double x1[] = { NAN, 5, 5, 0, 40, 5 }, p1[] = { 10, NAN, 10, 10, 1000, 10 };
    const double x2[] = { 5, 5, 5, 0, 80, NAN }, p2[] = { 10, 10, 0, 10, 1000, 10 };
    static const char *const why[] = { "no count before", "no population before",
                                       "a population of 0 after", "no event in either period", "",
                                       "no count after" };
    hz_layer *a = areas_of(6, x1, p1, x2, p2);
    hz_change_found found;
    hz_error err;
    CHECK_OK(hz_change_add(a, NULL, &found, &err), err);
    for (size_t i = 0; i < 6; i++) {
        CHECK_TEXT(hz_layer_text(a, "reason", i), why[i]);
        CHECK_TEXT(hz_layer_text(a, "state", i), i == 4 ? "ok" : "undefined");
        CHECK(isnan(at(a, "p", i)) == (i != 4));
        CHECK(isnan(at(a, "q", i)) == (i != 4));
    }
    CHECK_NEAR(at(a, "q", 4), at(a, "p", 4), 0); /* one test: m is 1, not 6 */
    CHECK_NEAR(at(a, "rate_2", 0), 500, 1e-9);   /* what can be said is said */
    CHECK(hz_layer_mark(a, "rate_1", 0) == HZ_UNDEFINED_MISSING);
    CHECK(hz_layer_mark(a, "rate_1", 1) == HZ_UNDEFINED_NO_BASE);
    CHECK(hz_layer_mark(a, "rate_2", 2) == HZ_UNDEFINED_ZERO_BASE);
    CHECK(hz_layer_mark(a, "ratio", 3) == HZ_UNDEFINED_NO_RESULT);
    CHECK(found.tests == 1 && found.undefined == 5 && found.significant == 1);
    hz_layer_free(a);
}

TEST(no_event_before_has_a_p_and_a_lower_limit_but_no_ratio)
{
    const double x1[] = { 0, 9 }, p1[] = { 100, 100 }, x2[] = { 9, 0 };
    hz_layer *a = areas_of(2, x1, p1, x2, p1);
    hz_error err;
    CHECK_OK(hz_change_add(a, NULL, NULL, &err), err);
    CHECK_NAN(at(a, "ratio", 0));
    CHECK_NAN(at(a, "ratio_high", 0));
    CHECK(at(a, "ratio_low", 0) > 1);
    CHECK_NEAR(at(a, "p", 0), 2.0 / 512, 1e-15);
    CHECK_NEAR(at(a, "ratio", 1), 0, 0);
    CHECK_TEXT(hz_layer_text(a, "state", 0), "unstable");
    hz_layer_free(a);
}

/* Three of four areas are tested: ranks 1 to 3, so q is 3, 3/2 and 1 times p. */
TEST(q_is_benjamini_and_hochberg_over_the_areas_tested)
{
    const double x1[] = { 100, 100, NAN, 100 }, x2[] = { 150, 130, 300, 101 };
    const double people[] = { 1e4, 1e4, 1e4, 1e4 };
    hz_layer *a = areas_of(4, x1, people, x2, people);
    hz_change_found found;
    hz_error err;
    CHECK_OK(hz_change_add(a, NULL, &found, &err), err);
    CHECK(found.tests == 3);
    CHECK_NEAR(at(a, "q", 0), 3 * at(a, "p", 0), 1e-15);
    CHECK_NEAR(at(a, "q", 1), 1.5 * at(a, "p", 1), 1e-15);
    CHECK_NEAR(at(a, "q", 3), at(a, "p", 3), 1e-15);
    hz_layer_free(a);
}

/* Statusrapport, For et trygt Nørrebro, June 2018: 58.2 to 53.7 (1,877 reports) in Indre
 * Nørrebro, 40.6 to 39.8 (1,790) in Ydre; the counts of 2016 were not published. */
static hz_layer *noerrebro(void)
{
    const double x1[] = { NAN, NAN }, people[] = { 34953, 44975 }, x2[] = { 1877, 1790 };
    const double rate[] = { 58.2, 40.6 };
    hz_layer *a = areas_of(2, x1, people, x2, people);
    hz_error err;
    assert_int_equal(hz_layer_add_numbers(a, "published_rate_1", rate, &err), HZ_OK);
    return a;
}

static bool rounds_to(double p, int decimals, double want)
{
    double scale = pow(10, decimals);
    return fabs(round(p * scale) / scale - want) < 1e-12;
}

TEST(over_an_assumed_population_p_has_the_ranges_of_the_issue)
{
    hz_layer *a = noerrebro();
    hz_change_opts o = HZ_CHANGE_DEFAULTS;
    hz_change_found found;
    hz_error err;
    CHECK_OK(hz_assumption_parse("-3%..3%", &o.assumed, &err), err);
    CHECK_OK(hz_change_add(a, &o, &found, &err), err);
    CHECK(rounds_to(at(a, "p_low", 0), 3, .012) && rounds_to(at(a, "p_high", 0), 3, .013));
    CHECK(rounds_to(at(a, "p_low", 1), 2, .55) && rounds_to(at(a, "p_high", 1), 2, .56));
    /* R 4.2.2: poisson.test(c(round(58.2 P), 1877), c(P, 34953)), P = 34.953 x 1.03, x 0.97 */
    CHECK_NEAR(at(a, "p_low", 0), 0.01162698, 5e-9);
    CHECK_NEAR(at(a, "p_high", 0), 0.01304817, 5e-9);
    CHECK_NEAR(at(a, "p_low", 1), 0.552365, 5e-7);
    CHECK_NEAR(at(a, "p_high", 1), 0.5605448, 5e-8);
    for (size_t i = 0; i < 2; i++) {
        CHECK_NAN(at(a, "p", i));
        CHECK_NAN(at(a, "events_1", i)); /* nobody counted them */
        CHECK_TEXT(hz_layer_text(a, "basis", i), "assumed");
        CHECK_TEXT(hz_layer_text(a, "state", i), "ok");
        CHECK_NEAR(at(a, "rate_1", i), i ? 40.6 : 58.2, 0);
        CHECK(at(a, "ratio_low", i) < at(a, "ratio", i) &&
              at(a, "ratio", i) < at(a, "ratio_high", i));
    }
    CHECK_NEAR(at(a, "q", 0), 2 * at(a, "p_high", 0), 1e-15);
    CHECK(found.assumed == 2 && found.tests == 2 && found.significant == 1);
    CHECK(hz_layer_find(a, "published_rate_1") < 0);
    hz_layer_free(a);
}

TEST(a_rate_alone_without_an_assumption_is_not_tested)
{
    hz_layer *a = noerrebro();
    hz_change_found found;
    hz_error err;
    CHECK_OK(hz_change_add(a, NULL, &found, &err), err);
    CHECK(found.tests == 0 && found.only_rate == 2 && found.undefined == 2);
    CHECK_NAN(at(a, "p_low", 0));
    CHECK_NAN(at(a, "rate_1_low", 0));
    CHECK_NEAR(at(a, "rate_1", 0), 58.2, 0);
    CHECK_TEXT(hz_layer_text(a, "reason", 0), "only a rate before and no population assumed");
    CHECK_TEXT(hz_layer_text(a, "basis", 0), "");
    hz_layer_free(a);
}

TEST(residents_assumed_outright_need_no_population_of_their_own)
{
    hz_layer *a = noerrebro();
    const double none[] = { NAN, NAN };
    hz_change_opts o = HZ_CHANGE_DEFAULTS;
    hz_error err;
    CHECK_OK(hz_layer_add_numbers(a, "population_1", none, &err), err);
    CHECK_OK(hz_assumption_parse("34953..34953", &o.assumed, &err), err);
    CHECK_OK(hz_change_add(a, &o, NULL, &err), err);
    CHECK_NEAR(at(a, "p_low", 0), 0.01260418, 5e-9);
    CHECK_NEAR(at(a, "p_high", 0), at(a, "p_low", 0), 0);
    hz_layer_free(a);

    a = noerrebro();
    CHECK_OK(hz_layer_add_numbers(a, "population_1", none, &err), err);
    CHECK_OK(hz_assumption_parse("3%", &o.assumed, &err), err);
    CHECK_OK(hz_change_add(a, &o, NULL, &err), err);
    CHECK_TEXT(hz_layer_text(a, "reason", 0), "no population before");
    hz_layer_free(a);
}

TEST(assumptions_are_read_as_residents_or_as_shares)
{
    hz_assumption a;
    hz_error err;
    CHECK_OK(hz_assumption_parse("33900..36000", &a, &err), err);
    CHECK(a.given && !a.relative && a.low == 33900 && a.high == 36000);
    CHECK_OK(hz_assumption_parse("-3%..+5%", &a, &err), err);
    CHECK(a.relative);
    CHECK_NEAR(a.low, -0.03, 1e-15);
    CHECK_NEAR(a.high, 0.05, 1e-15);
    CHECK_OK(hz_assumption_parse("±3 %", &a, &err), err);
    CHECK_NEAR(a.low, -0.03, 1e-15);
    static const char *const wrong[] = { "", "3", "36000..33900", "0..5", "-3..3", "-3%..3",
                                         "a..b", "-100%..0%", "-3%", "..", "nan..nan",
                                         "1e400..1e401", "±3" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK_FAILS(hz_assumption_parse(wrong[i], &a, &err), HZ_EUSAGE, err, "expected residents");
}

TEST(a_small_count_in_one_period_hides_the_row_in_both)
{
    const double x1[] = { 3, 200, 60, 90 }, x2[] = { 80, 4, 70, 95 };
    const double people[] = { 1e4, 1e4, 1e4, 1e4 };
    static const char *const figures[] = { "events_1", "events_2", "population_1", "population_2",
                                           "years_1", "rate_1", "rate_2", "rate_2_high", "ratio",
                                           "ratio_low", "p", "q", "p_low", "p_high" };
    hz_layer *a = areas_of(4, x1, people, x2, people);
    hz_change_opts o = HZ_CHANGE_DEFAULTS;
    hz_change_found found;
    hz_error err;
    o.hide_below = 5;
    CHECK_OK(hz_change_add(a, &o, &found, &err), err);
    for (size_t i = 0; i < 2; i++) {
        CHECK_TEXT(hz_layer_text(a, "state", i), "hidden");
        CHECK_TEXT(hz_layer_text(a, "reason", i), "");
        CHECK_TEXT(hz_layer_text(a, "basis", i), "");
        for (size_t f = 0; f < sizeof figures / sizeof *figures; f++) {
            CHECK_NAN(at(a, figures[f], i));
            CHECK(hz_layer_mark(a, figures[f], i) == HZ_HIDDEN);
        }
    }
    CHECK(found.hidden >= 2 && found.tests == 4 - found.hidden);
    hz_layer_free(a);
}

/* No total of a period is published, so that nothing else need be hidden, nor any table refused. */
TEST(only_rows_that_are_small_in_a_period_are_hidden)
{
    const double x1[] = { 3, 200, 60, 300 }, x2[] = { 50, 210, 4, 310 };
    const double people[] = { 1e4, 1e4, 1e4, 1e4 };
    hz_layer *a = areas_of(4, x1, people, x2, people);
    hz_change_opts o = HZ_CHANGE_DEFAULTS;
    hz_change_found found;
    hz_error err;
    o.hide_below = 5;
    CHECK_OK(hz_change_add(a, &o, &found, &err), err);
    CHECK(found.hidden == 2 && found.tests == 2);
    CHECK_TEXT(hz_layer_text(a, "state", 1), "ok");
    CHECK_TEXT(hz_layer_text(a, "state", 3), "ok");
    hz_layer_free(a);

    const double few1[] = { 3, 900 }, few2[] = { 50, 900 };
    a = areas_of(2, few1, people, few2, people);
    CHECK_OK(hz_change_add(a, &o, &found, &err), err);
    CHECK(found.hidden == 1 && found.tests == 1);
    hz_layer_free(a);
}

TEST(a_count_that_only_a_rate_implies_is_hidden_as_well)
{
    hz_layer *a = noerrebro();
    const double rate[] = { 0.1, 40.6 };
    hz_change_opts o = HZ_CHANGE_DEFAULTS;
    hz_error err;
    CHECK_OK(hz_layer_add_numbers(a, "published_rate_1", rate, &err), err);
    CHECK_OK(hz_assumption_parse("3%", &o.assumed, &err), err);
    o.hide_below = 5;
    o.overlap = true;
    CHECK_OK(hz_change_add(a, &o, NULL, &err), err);
    CHECK_TEXT(hz_layer_text(a, "state", 0), "hidden"); /* 0.1 per 1,000 of 34,953: 3 */
    CHECK_NAN(at(a, "rate_1", 0));
    CHECK_TEXT(hz_layer_text(a, "state", 1), "ok");
    hz_layer_free(a);
}

TEST(what_cannot_be_is_refused_and_changes_nothing)
{
    const double x[] = { 5 }, bad[] = { -1 }, people[] = { 100 };
    hz_layer *a = areas_of(1, x, people, bad, people);
    hz_change_opts o = HZ_CHANGE_DEFAULTS;
    hz_error err;
    CHECK_FAILS(hz_change_add(a, NULL, NULL, &err), HZ_EDATA, err, "row 1: events_2 is -1");
    CHECK_OK(hz_layer_add_numbers(a, "events_2", x, &err), err);
    o.per = 0;
    CHECK_FAILS(hz_change_add(a, &o, NULL, &err), HZ_EUSAGE, err, "per: 0");
    o = (hz_change_opts)HZ_CHANGE_DEFAULTS;
    o.years_2 = NAN;
    CHECK_FAILS(hz_change_add(a, &o, NULL, &err), HZ_EUSAGE, err, "years");
    o = (hz_change_opts)HZ_CHANGE_DEFAULTS;
    o.level = 1;
    CHECK_FAILS(hz_change_add(a, &o, NULL, &err), HZ_EUSAGE, err, "level");
    o = (hz_change_opts)HZ_CHANGE_DEFAULTS;
    o.hide_below = 1;
    CHECK_FAILS(hz_change_add(a, &o, NULL, &err), HZ_EUSAGE, err, "hide-below");
    o.hide_below = 4.5;
    CHECK_FAILS(hz_change_add(a, &o, NULL, &err), HZ_EUSAGE, err, "a whole number from 2");
    hz_layer_drop(a, "population_2");
    CHECK_FAILS(hz_change_add(a, NULL, NULL, &err), HZ_EDATA, err, "population_2");
    CHECK(hz_layer_columns(a) == 3);
    hz_layer_free(a);
}

TEST(a_weighted_count_has_an_interval_but_no_exact_p)
{
    const double x1[] = { 20.5 }, people[] = { 100 }, x2[] = { 30 };
    hz_layer *a = areas_of(1, x1, people, x2, people), *b = NULL;
    hz_change_opts o = HZ_CHANGE_DEFAULTS;
    hz_error err;
    CHECK_OK(hz_layer_copy(a, &b, &err), err);
    CHECK_OK(hz_change_add(a, NULL, NULL, &err), err);
    CHECK_TEXT(hz_layer_text(a, "reason", 0), "a count is no whole number");
    CHECK(at(a, "ratio_low", 0) > 0);
    CHECK_NAN(at(a, "p", 0));
    o.test = HZ_P_CENTRAL;
    CHECK_OK(hz_change_add(b, &o, NULL, &err), err);
    CHECK_TEXT(hz_layer_text(b, "state", 0), "ok");
    hz_layer_free(a);
    hz_layer_free(b);
}

/* Ready-made counts of two areas over four years, the one of a in 2016 lacking but for its rate. */
static void make_tables(hz_layer **areas, hz_layer **counts, hz_layer **people)
{
    static const char *const ids[] = { "a", "b" };
    static const char *const keys[] = { "a", "a", "a", "a", "b", "b", "b", "b" };
    static const char *const who[] = { "a", "a", "b" };
    const double years[] = { 2014, 2015, 2016, 2017, 2014, 2015, 2016, 2017 };
    const double n[] = { 10, 20, NAN, 50, 5, 7, 9, 11 };
    const double rate[] = { NAN, NAN, 300, NAN, NAN, NAN, NAN, NAN };
    const double residents[] = { 100, 110, 1000 }, of[] = { 2014, 2017, 2015 };
    hz_error err;
    assert_int_equal(hz_layer_new("areas", 2, areas, &err), HZ_OK);
    assert_int_equal(hz_layer_add_texts(*areas, "id", ids, &err), HZ_OK);
    assert_int_equal(hz_layer_new("counts", 8, counts, &err), HZ_OK);
    assert_int_equal(hz_layer_add_texts(*counts, "area", keys, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(*counts, "year", years, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(*counts, "count", n, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(*counts, "per_1000", rate, &err), HZ_OK);
    assert_int_equal(hz_layer_new("people", 3, people, &err), HZ_OK);
    assert_int_equal(hz_layer_add_texts(*people, "area", who, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(*people, "year", of, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(*people, "residents", residents, &err), HZ_OK);
}

TEST(counts_of_several_years_are_summed_and_each_period_has_its_nearest_population)
{
    hz_layer *areas, *counts, *people;
    hz_changing_input in = { .change = HZ_CHANGE_DEFAULTS };
    hz_changing made;
    hz_error err;
    make_tables(&areas, &counts, &people);
    in.of.areas = areas;
    in.of.counts = counts;
    in.of.population = people;
    in.of.place = (hz_place_opts)HZ_PLACE_DEFAULTS;
    CHECK_OK(hz_period_parse("2014..2015", &in.before, &err), err);
    CHECK_OK(hz_period_parse("2017", &in.after, &err), err);
    CHECK_OK(hz_changing_make(&in, &made, NULL, &err), err);
    CHECK_NEAR(at(made.table, "events_1", 0), 30, 0);
    CHECK_NEAR(at(made.table, "events_1", 1), 12, 0);
    CHECK_NEAR(at(made.table, "years_1", 0), 2, 0);
    CHECK_NEAR(at(made.table, "population_1", 0), 100, 0);
    CHECK_NEAR(at(made.table, "population_2", 0), 110, 0);
    CHECK_NEAR(at(made.table, "population_2", 1), 1000, 0);
    CHECK_NEAR(at(made.table, "ratio", 0), (50 / 110.0) / (30 / 200.0), 1e-12);
    hz_changing_clear(&made);

    CHECK_OK(hz_period_parse("2015..2016", &in.before, &err), err);
    CHECK_OK(hz_changing_make(&in, &made, NULL, &err), err);
    CHECK_NAN(at(made.table, "events_1", 0)); /* 2016 has no count: no sum */
    CHECK_NEAR(at(made.table, "events_1", 1), 16, 0);
    hz_changing_clear(&made);

    CHECK_OK(hz_period_parse("2016", &in.before, &err), err);
    CHECK_OK(hz_assumption_parse("120..120", &in.change.assumed, &err), err);
    CHECK_OK(hz_changing_make(&in, &made, NULL, &err), err);
    CHECK_TEXT(hz_layer_text(made.table, "basis", 0), "assumed"); /* 300 per 1,000 of 120: 36 */
    CHECK_TEXT(hz_layer_text(made.table, "basis", 1), "counted");
    CHECK_NEAR(at(made.table, "rate_1", 0), 300, 0);
    hz_changing_clear(&made);

    CHECK_OK(hz_period_parse("2016..2017", &in.before, &err), err);
    CHECK_FAILS(hz_changing_make(&in, &made, NULL, &err), HZ_EUSAGE, err, "share days");
    CHECK_OK(hz_period_parse("2016..", &in.before, &err), err);
    CHECK_FAILS(hz_changing_make(&in, &made, NULL, &err), HZ_EUSAGE, err, "open");
    CHECK_OK(hz_period_parse("2016", &in.before, &err), err);
    hz_layer *undated = NULL;
    CHECK_OK(hz_layer_copy(counts, &undated, &err), err);
    hz_layer_drop(undated, "year");
    const unsigned char one_each[] = { 1, 0, 0, 0, 1, 0, 0, 0 };
    hz_layer *few = NULL;
    CHECK_OK(hz_layer_select(undated, one_each, &few, &err), err);
    in.of.counts = few;
    CHECK_FAILS(hz_changing_make(&in, &made, NULL, &err), HZ_EUSAGE, err, "without a year");
    in.of.counts = counts;
    hz_layer_free(few);
    hz_layer_free(undated);
    in.rate_column = "rate";
    CHECK_FAILS(hz_changing_make(&in, &made, NULL, &err), HZ_EUSAGE, err, "no column 'rate'");
    in.rate_column = "count";
    CHECK_FAILS(hz_changing_make(&in, &made, NULL, &err), HZ_EUSAGE, err, "rate column 'count'");
    hz_layer_free(areas);
    hz_layer_free(counts);
    hz_layer_free(people);
}

TEST(each_allocation_that_fails_is_reported_and_leaves_nothing_behind)
{
    hz_layer *areas, *counts, *people;
    hz_changing_input in = { .change = HZ_CHANGE_DEFAULTS };
    hz_error err;
    int failures = 0;
    make_tables(&areas, &counts, &people);
    in.of.areas = areas;
    in.of.counts = counts;
    in.of.population = people;
    in.of.place = (hz_place_opts)HZ_PLACE_DEFAULTS;
    in.change.hide_below = 0;
    CHECK_OK(hz_period_parse("2016", &in.before, &err), err);
    CHECK_OK(hz_period_parse("2017", &in.after, &err), err);
    CHECK_OK(hz_assumption_parse("3%", &in.change.assumed, &err), err);
    for (long n = 1; n < 5000; n++) {
        hz_changing made = { 0 };
        hz_mem_fail_at(n);
        hz_status st = hz_changing_make(&in, &made, NULL, &err);
        hz_mem_fail_at(0);
        if (st == HZ_OK) {
            hz_changing_clear(&made);
            break;
        }
        CHECK(st == HZ_EMEMORY && made.table == NULL);
        failures++;
    }
    CHECK(failures > 50 && failures < 4000);
    hz_layer_free(areas);
    hz_layer_free(counts);
    hz_layer_free(people);
}

RUN_TESTS(T(the_ratio_is_period_two_to_period_one_with_its_exact_interval_and_p),
          T(the_central_p_is_that_of_the_limits), T(longer_periods_count_by_resident_years),
          T(an_area_without_a_test_says_why_and_is_not_counted_as_one),
          T(no_event_before_has_a_p_and_a_lower_limit_but_no_ratio),
          T(q_is_benjamini_and_hochberg_over_the_areas_tested),
          T(over_an_assumed_population_p_has_the_ranges_of_the_issue),
          T(a_rate_alone_without_an_assumption_is_not_tested),
          T(residents_assumed_outright_need_no_population_of_their_own),
          T(assumptions_are_read_as_residents_or_as_shares),
          T(a_small_count_in_one_period_hides_the_row_in_both),
          T(only_rows_that_are_small_in_a_period_are_hidden),
          T(a_count_that_only_a_rate_implies_is_hidden_as_well),
          T(what_cannot_be_is_refused_and_changes_nothing),
          T(a_weighted_count_has_an_interval_but_no_exact_p),
          T(counts_of_several_years_are_summed_and_each_period_has_its_nearest_population),
          T(each_allocation_that_fails_is_reported_and_leaves_nothing_behind))
