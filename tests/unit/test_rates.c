/* The columns of a rate table: states, limits, ratios, sums and what is hidden. */
#include "check.h"

#include "hotzone/disclose.h"
#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/rates.h"

static hz_layer *areas_of(size_t n, const double *events, const double *people)
{
    hz_layer *layer = NULL;
    hz_error err;
    assert_int_equal(hz_layer_new("areas", n, &layer, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(layer, "events", events, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(layer, "population", people, &err), HZ_OK);
    return layer;
}

static double at(const hz_layer *layer, const char *column, size_t row)
{
    return hz_layer_numbers(layer, column)[row];
}

/* Statusrapport, For et trygt Nørrebro, June 2018: 1,877 reports and 53.7 per 1,000 in Indre
 * Nørrebro, 1,790 and 39.8 in Ydre; residents derived from them, 34,953 and 44,975. */
TEST(rates_of_the_status_report_2018_come_out_with_garwood_limits)
{
    const double events[] = { 1877, 1790, NAN }, people[] = { 34953, 44975, 56184 };
    hz_layer *a = areas_of(3, events, people);
    hz_rates_city city;
    hz_error err;
    CHECK_OK(hz_rates_add(a, "events", "population", NULL, &city, &err), err);
    CHECK_NEAR(at(a, "rate", 0), 53.70, 0.005);
    CHECK_NEAR(at(a, "rate_low", 0), 51.30, 0.005);
    CHECK_NEAR(at(a, "rate_high", 0), 56.19, 0.005);
    CHECK_NEAR(at(a, "rate", 1), 39.80, 0.005);
    CHECK_NEAR(at(a, "rate_low", 1), 37.98, 0.005);
    CHECK_NEAR(at(a, "rate_high", 1), 41.69, 0.005);
    CHECK_TEXT(hz_layer_text(a, "state", 2), "undefined");
    CHECK(hz_layer_mark(a, "rate", 2) == HZ_UNDEFINED_MISSING);
    CHECK_NAN(at(a, "ratio", 0)); /* the rest is not complete */
    CHECK_NAN(city.events);
    CHECK_NEAR(city.known_events, 3667, 0);
    CHECK_NEAR(city.known_rate, 1000 * 3667 / 79928.0, 1e-9);
    CHECK(city.defined == 2);
    hz_layer_free(a);
}

TEST(no_population_zero_population_and_no_count_are_three_states_and_none_is_zero)
{
    const double events[] = { 5, 5, NAN, 0 }, people[] = { NAN, 0, 100, 100 };
    hz_layer *a = areas_of(4, events, people);
    hz_error err;
    CHECK_OK(hz_rates_add(a, "events", "population", NULL, NULL, &err), err);
    CHECK(hz_layer_mark(a, "rate", 0) == HZ_UNDEFINED_NO_BASE);
    CHECK(hz_layer_mark(a, "rate", 1) == HZ_UNDEFINED_ZERO_BASE);
    CHECK(hz_layer_mark(a, "rate", 2) == HZ_UNDEFINED_MISSING);
    CHECK(hz_layer_mark(a, "rate", 3) == HZ_KNOWN);
    for (size_t i = 0; i < 3; i++) {
        CHECK_NAN(at(a, "rate", i));
        CHECK_TEXT(hz_layer_text(a, "state", i), "undefined");
    }
    CHECK_NEAR(at(a, "rate", 3), 0, 0);
    CHECK_NEAR(at(a, "rate_low", 3), 0, 0);
    CHECK_NEAR(at(a, "rate_high", 3), 36.888794541, 1e-6); /* 3.6889 in 100, per 1,000 */
    CHECK_TEXT(hz_layer_text(a, "state", 3), "unstable");
    hz_layer_free(a);
}

TEST(eleven_events_are_unstable_and_twelve_are_not)
{
    const double events[] = { 11, 12 }, people[] = { 1000, 1000 };
    hz_layer *a = areas_of(2, events, people);
    hz_error err;
    CHECK_OK(hz_rates_add(a, "events", "population", NULL, NULL, &err), err);
    CHECK_TEXT(hz_layer_text(a, "state", 0), "unstable");
    CHECK_TEXT(hz_layer_text(a, "state", 1), "ok");
    hz_layer_free(a);
}

TEST(rates_are_per_person_year)
{
    const double events[] = { 30, 20 }, people[] = { 1000, 1000 };
    hz_rates_opts opts = HZ_RATES_DEFAULTS;
    hz_layer *a = areas_of(2, events, people);
    hz_error err;
    opts.years = 2;
    CHECK_OK(hz_rates_add(a, "events", "population", &opts, NULL, &err), err);
    CHECK_NEAR(at(a, "rate", 0), 15, 1e-12);
    CHECK_NEAR(at(a, "years", 0), 2, 0);
    hz_layer_free(a);
}

/* R: poisson.test(c(11, 6+8), c(800, 1083+1050)), the example's first row against the rest */
TEST(ratio_is_to_all_other_areas_together)
{
    const double events[] = { 11, 21 }, people[] = { 800, 3011 };
    hz_layer *a = areas_of(2, events, people);
    hz_error err;
    CHECK_OK(hz_rates_add(a, "events", "population", NULL, NULL, &err), err);
    CHECK_NEAR(at(a, "ratio", 0), 1.971488, 1e-6);
    CHECK_NEAR(at(a, "ratio_low", 0), 0.8584264, 1e-6);
    CHECK_NEAR(at(a, "ratio_high", 0), 4.277266, 1e-6);
    CHECK_NEAR(at(a, "ratio", 0) * at(a, "ratio", 1), 1, 1e-12);
    hz_layer_free(a);
}

TEST(an_infinite_ratio_is_no_value)
{
    const double events[] = { 4, 0 }, people[] = { 100, 100 };
    hz_layer *a = areas_of(2, events, people);
    hz_error err;
    CHECK_OK(hz_rates_add(a, "events", "population", NULL, NULL, &err), err);
    CHECK(hz_layer_mark(a, "ratio", 0) == HZ_UNDEFINED_NO_RESULT);
    CHECK(hz_layer_mark(a, "ratio_high", 0) == HZ_UNDEFINED_NO_RESULT);
    CHECK(at(a, "ratio_low", 0) > 0);
    CHECK_NEAR(at(a, "ratio", 1), 0, 0);
    hz_layer_free(a);
}

TEST(smoothing_needs_five_areas_and_no_overlap)
{
    const double events[] = { 1, 5, 9, 2, 30 }, people[] = { 100, 200, 300, 100, 400 };
    hz_rates_opts opts = HZ_RATES_DEFAULTS;
    hz_rates_city city;
    hz_error err;
    hz_layer *four = areas_of(4, events, people), *five = areas_of(5, events, people),
             *overlapping = areas_of(5, events, people);
    CHECK_OK(hz_rates_add(four, "events", "population", NULL, NULL, &err), err);
    CHECK_NAN(at(four, "rate_smoothed", 0));
    CHECK_OK(hz_rates_add(five, "events", "population", NULL, &city, &err), err);
    /* between the crude rate and the mean */
    CHECK(at(five, "rate_smoothed", 4) < at(five, "rate", 4));
    CHECK(at(five, "rate_smoothed", 4) > city.smoothing_mean);
    opts.overlap = true;
    CHECK_OK(hz_rates_add(overlapping, "events", "population", &opts, &city, &err), err);
    CHECK_NAN(at(overlapping, "rate_smoothed", 0));
    CHECK_NAN(at(overlapping, "ratio", 0));
    CHECK_NAN(city.events);
    CHECK_NAN(city.known_events);
    hz_layer_free(four);
    hz_layer_free(five);
    hz_layer_free(overlapping);
}

TEST(a_hidden_row_loses_every_figure_and_others_guard_the_total)
{
    const double events[] = { 3, 50, 40, 60, 70 }, people[] = { 100, 100, 100, 100, 100 };
    static const char *const columns[] = { "events", "population", "years", "rate", "rate_low",
                                           "rate_high", "rate_smoothed", "ratio", "ratio_low",
                                           "ratio_high" };
    hz_rates_opts opts = HZ_RATES_DEFAULTS;
    hz_layer *a = areas_of(5, events, people);
    hz_rates_city city;
    hz_error err;
    opts.hide_below = 5;
    CHECK_OK(hz_rates_add(a, "events", "population", &opts, &city, &err), err);
    CHECK_TEXT(hz_layer_text(a, "state", 0), "hidden");
    for (size_t i = 1; i < 4; i++) /* the first ones, however large */
        CHECK_TEXT(hz_layer_text(a, "state", i), "hidden");
    CHECK_TEXT(hz_layer_text(a, "state", 4), "ok");
    CHECK(!city.withheld);
    CHECK_NEAR(city.events, 223, 0);
    CHECK_NEAR(city.known_events, 70, 0); /* shown rows only */
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        CHECK(hz_layer_mark(a, columns[c], 0) == HZ_HIDDEN);
        CHECK_NAN(at(a, columns[c], 0));
    }
    hz_layer_free(a);
}

TEST(zero_is_not_hidden)
{
    const double events[] = { 0, 50, 40 };
    unsigned char hidden[3];
    bool withheld = true;
    hz_error err;
    CHECK_OK(hz_disclose_rows(3, events, 5, true, hidden, &withheld, &err), err);
    CHECK(!hidden[0] && !hidden[1] && !hidden[2] && !withheld);
}

/* 2 areas with events: nothing could guard the total, so there is none, and all that is over the
 * threshold is shown. */
TEST(where_nothing_can_guard_the_total_it_is_withheld)
{
    const double events[] = { 3, 90, 0, 0, 0, 0 }, people[] = { 100, 100, 100, 100, 100, 100 };
    hz_rates_opts opts = HZ_RATES_DEFAULTS;
    hz_layer *a = areas_of(6, events, people);
    hz_rates_city city;
    hz_error err;
    opts.hide_below = 5;
    CHECK_OK(hz_rates_add(a, "events", "population", &opts, &city, &err), err);
    CHECK_TEXT(hz_layer_text(a, "state", 0), "hidden");
    CHECK_TEXT(hz_layer_text(a, "state", 1), "ok");
    CHECK_NEAR(at(a, "rate", 1), 900, 1e-9);
    CHECK(city.withheld);
    CHECK_NAN(city.events);
    CHECK_NAN(city.residents);
    CHECK_NAN(city.rate);
    CHECK_NEAR(city.known_events, 90, 0);
    CHECK_NAN(at(a, "ratio", 1)); /* would follow from the total, or give it */
    CHECK_NAN(at(a, "rate_smoothed", 1));
    hz_layer_free(a);
}

/* 1 + 1 + 2 + 1: a total of 5 would tell that three of four are 1 */
TEST(too_few_events_to_guard_a_total_stay_hidden_without_one)
{
    const double events[] = { 1, 1, 2, 1, 90 };
    unsigned char hidden[5];
    bool withheld = false;
    hz_error err;
    CHECK_OK(hz_disclose_rows(5, events, 5, true, hidden, &withheld, &err), err);
    CHECK(hidden[0] && hidden[1] && hidden[2] && hidden[3] && !hidden[4] && withheld);
    CHECK_OK(hz_disclose_rows(5, events, 2, false, hidden, &withheld, &err), err);
    CHECK(hidden[0] && hidden[1] && !hidden[2] && hidden[3] && !hidden[4] && withheld);
    CHECK_FAILS(hz_disclose_rows(5, events, 1, true, hidden, &withheld, &err), HZ_EUSAGE, err,
                "hide-below");
}

TEST(bad_figures_and_options_are_named)
{
    const double events[] = { 5, -1 }, people[] = { 100, 100 };
    hz_rates_opts opts = HZ_RATES_DEFAULTS;
    hz_layer *a = areas_of(2, events, people);
    hz_error err;
    CHECK_FAILS(hz_rates_add(a, "events", "population", NULL, NULL, &err), HZ_EDATA, err,
                "row 2: events is -1");
    CHECK_FAILS(hz_rates_add(a, "cases", "population", NULL, NULL, &err), HZ_EDATA, err,
                "no column 'cases'");
    opts.per = 0;
    CHECK_FAILS(hz_rates_add(a, "events", "population", &opts, NULL, &err), HZ_EUSAGE, err, "per");
    opts.per = 1000;
    opts.hide_below = 1;
    CHECK_FAILS(hz_rates_add(a, "events", "population", &opts, NULL, &err), HZ_EUSAGE, err,
                "hide-below");
    CHECK(hz_layer_columns(a) == 2);
    hz_layer_free(a);
}

TEST(every_allocation_may_fail_and_leaves_the_areas_as_they_were)
{
    const double events[] = { 3, 50, 40, 60, 70 }, people[] = { 100, 100, 100, 100, 100 };
    hz_rates_opts opts = HZ_RATES_DEFAULTS;
    hz_error err;
    opts.hide_below = 5;
    for (long n = 1; n < 200; n++) {
        hz_layer *a = areas_of(5, events, people);
        hz_mem_fail_at(n);
        hz_status st = hz_rates_add(a, "events", "population", &opts, NULL, &err);
        hz_mem_fail_at(0);
        size_t columns = hz_layer_columns(a);
        double first = at(a, "events", 0);
        hz_layer_free(a);
        if (st == HZ_OK) {
            CHECK(n > 20 && columns == 11);
            return;
        }
        CHECK(st == HZ_EMEMORY && columns == 2 && first == 3);
    }
    CHECK(0);
}

RUN_TESTS(T(rates_of_the_status_report_2018_come_out_with_garwood_limits),
          T(no_population_zero_population_and_no_count_are_three_states_and_none_is_zero),
          T(eleven_events_are_unstable_and_twelve_are_not), T(rates_are_per_person_year),
          T(ratio_is_to_all_other_areas_together), T(an_infinite_ratio_is_no_value),
          T(smoothing_needs_five_areas_and_no_overlap),
          T(a_hidden_row_loses_every_figure_and_others_guard_the_total),
          T(zero_is_not_hidden), T(where_nothing_can_guard_the_total_it_is_withheld),
          T(too_few_events_to_guard_a_total_stay_hidden_without_one),
          T(bad_figures_and_options_are_named),
          T(every_allocation_may_fail_and_leaves_the_areas_as_they_were))
