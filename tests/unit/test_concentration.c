/* Concentration beside its expectation: what takes part, what chance does, what is refused. */
#include "check.h"
#include "hotzone/concentration.h"
#include "hotzone/concentration_note.h"
#include "hotzone/gini.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"

static hz_error err;

static hz_layer *places_of(size_t n, const double *events, const double *base)
{
    hz_layer *l = NULL;
    if (hz_layer_new("places", n, &l, &err) || hz_layer_add_numbers(l, "events", events, &err) ||
        (base && hz_layer_add_numbers(l, "base", base, &err)))
        fail_msg("%s", err.text);
    return l;
}

static const hz_concentration_columns equal = { "events", NULL, NULL };

/* Two events at two places: together with probability 1/2 (G = .5), apart else (G = 0). */
TEST(two_events_at_two_places_are_as_concentrated_as_chance_makes_them)
{
    const double events[] = { 2, 0 };
    hz_layer *l = places_of(2, events, NULL);
    hz_concentration_opts o = HZ_CONCENTRATION_DEFAULTS;
    hz_concentration f;
    o.replicates = 9999;
    CHECK_OK(hz_concentration_find(l, NULL, &equal, &o, &f, &err), err);
    CHECK_NEAR(f.measure[HZ_MEASURE_GINI].value, 0.5, 0);
    CHECK_NEAR(f.measure[HZ_MEASURE_GINI_UNBIASED].value, 1, 0);
    CHECK_NEAR(f.measure[HZ_MEASURE_GINI].p, 0.5, 0.02);
    CHECK_NEAR(f.measure[HZ_MEASURE_GINI].expected, 0.25, 0.01);
    CHECK(f.measure[HZ_MEASURE_GINI].low == 0 && f.measure[HZ_MEASURE_GINI].high == 0.5);
    CHECK(f.places_25 == 1 && f.places_50 == 1 && f.with_events == 1);
    CHECK_NEAR(f.measure[HZ_MEASURE_HOLDING_50].value, 0.25, 1e-15);
    CHECK_NEAR(f.measure[HZ_MEASURE_HOLDING_50].p, 0.5, 0.02); /* fewer places, more so */
    CHECK_NAN(f.measure[HZ_MEASURE_TOP_20].value); /* less than one place */
    CHECK_NAN(f.measure[HZ_MEASURE_THEIL_WITHIN].value);
    hz_layer_free(l);
}

/* n events over two places of shares .2 and .8 fall on the first by a binomial law: the mean of the
 * Lorenz curve at .2 and of Gini follow from 2^n terms. */
TEST(expectation_is_that_of_the_binomial_law)
{
    const double events[] = { 1, 3 }, base[] = { 20, 80 };
    hz_layer *l = places_of(2, events, base);
    const hz_concentration_columns c = { "events", "base", NULL };
    hz_concentration_opts o = { HZ_SHARE_AREA, 9999, 3 };
    hz_concentration f;
    double want = 0, ways[] = { 1, 4, 6, 4, 1 };
    for (int k = 0; k <= 4; k++)
        want += ways[k] * pow(.2, k) * pow(.8, 4 - k) * fabs(k / 4.0 - .2);
    CHECK_OK(hz_concentration_find(l, NULL, &c, &o, &f, &err), err);
    CHECK_NEAR(f.measure[HZ_MEASURE_GINI].value, 0.05, 1e-15);
    CHECK_NEAR(f.measure[HZ_MEASURE_GINI].expected, want, 0.005);
    /* .8 of all maps at least have another number than the nearest to even, 1 of 4 */
    CHECK_NEAR(f.measure[HZ_MEASURE_GINI].p, 1, 1e-12);
    CHECK_NAN(f.measure[HZ_MEASURE_GINI_GENERALISED].value);
    hz_layer_free(l);
}

TEST(places_without_figure_or_share_are_left_out_with_their_events)
{
    const double events[] = { 3, 2, 5, NAN, 7, 1 }, base[] = { 1, 0, 2, 1, NAN, 4 };
    const unsigned char outside[] = { 0, 0, 0, 0, 0, 1 };
    hz_layer *l = places_of(6, events, base);
    const hz_concentration_columns c = { "events", "base", NULL };
    hz_concentration_opts o = { HZ_SHARE_POPULATION, 99, 1 };
    hz_concentration f;
    CHECK_OK(hz_concentration_find(l, outside, &c, &o, &f, &err), err);
    CHECK(f.places == 2 && f.left_out == 4 && f.events == 8 && f.events_left_out == 10);
    hz_layer_free(l);
}

/* Chance alone: p of its own maps is even, so p <= .05 for about 5 % of them (99.9 % limits). */
TEST(p_of_maps_made_by_chance_is_even)
{
    size_t low = 0;
    for (uint32_t r = 0; r < 400; r++) {
        hz_rng rng = hz_rng_new(11, 5, 0, r);
        double events[50] = { 0 };
        for (int k = 0; k < 120; k++)
            events[hz_rng_below(&rng, 50)]++;
        hz_layer *l = places_of(50, events, NULL);
        hz_concentration_opts o = { HZ_SHARE_EQUAL, 199, r };
        hz_concentration f;
        CHECK_OK(hz_concentration_find(l, NULL, &equal, &o, &f, &err), err);
        low += f.measure[HZ_MEASURE_GINI].p <= 0.05;
        hz_layer_free(l);
    }
    CHECK(low >= 7 && low <= 36);
}

/* The counts by bins and the sorted shares are two ways to the same steps. */
TEST(equal_shares_give_the_same_figures_as_areas_of_one_size)
{
    double events[80], base[80];
    hz_rng rng = hz_rng_new(2, 2, 0, 0);
    for (size_t i = 0; i < 80; i++) {
        events[i] = (double)hz_rng_below(&rng, 9) * (i % 3 == 0);
        base[i] = 40000;
    }
    hz_layer *l = places_of(80, events, base);
    const hz_concentration_columns c = { "events", "base", NULL };
    hz_concentration_opts o = { HZ_SHARE_AREA, 99, 1 };
    hz_concentration a, b;
    CHECK_OK(hz_concentration_find(l, NULL, &c, &o, &a, &err), err);
    o.share = HZ_SHARE_EQUAL;
    CHECK_OK(hz_concentration_find(l, NULL, &equal, &o, &b, &err), err);
    for (int k = 0; k < HZ_MEASURES; k++) {
        if (isnan(a.measure[k].value) || isnan(b.measure[k].value))
            continue; /* of equal places only, and not of less than one of them */
        CHECK_NEAR(a.measure[k].value, b.measure[k].value, 1e-12);
        CHECK_NEAR(a.measure[k].expected, b.measure[k].expected, 1e-12);
        CHECK_NEAR(a.measure[k].p, b.measure[k].p, 0);
    }
    for (size_t k = 0; k <= HZ_CONCENTRATION_STEPS; k++) {
        CHECK_NEAR(a.curve[k], b.curve[k], 1e-12);
        CHECK(a.low[k] <= a.expected[k] + 1e-12 && a.expected[k] <= a.high[k] + 1e-12);
    }
    hz_layer_free(l);
}

TEST(groups_split_theil_and_have_expectations_of_their_own)
{
    const double events[] = { 9, 7, 8, 1, 0, 2 };
    static const char *const group[] = { "b", "b", "b", "a", "a", "a" };
    hz_layer *l = places_of(6, events, NULL);
    CHECK_OK(hz_layer_add_texts(l, "group", group, &err), err);
    const hz_concentration_columns c = { "events", NULL, "group" };
    hz_concentration_opts o = { HZ_SHARE_EQUAL, 999, 1 };
    hz_concentration f;
    CHECK_OK(hz_concentration_find(l, NULL, &c, &o, &f, &err), err);
    const hz_measure *m = f.measure;
    CHECK(f.groups == 2);
    CHECK_NEAR(m[HZ_MEASURE_THEIL].value,
               m[HZ_MEASURE_THEIL_WITHIN].value + m[HZ_MEASURE_THEIL_BETWEEN].value, 1e-15);
    CHECK_NEAR(m[HZ_MEASURE_THEIL_BETWEEN].value,
               24.0 / 27 * log(2 * 24.0 / 27) + 3.0 / 27 * log(2 * 3.0 / 27), 1e-14);
    CHECK(m[HZ_MEASURE_THEIL_BETWEEN].p == 0.001 && m[HZ_MEASURE_THEIL_WITHIN].p > 0.05);
    hz_layer_free(l);
}

TEST(tables_hold_each_measure_that_exists)
{
    const double events[] = { 2, 0, 5, 1, 0, 0, 0, 0, 0, 3 };
    static const char *const names[] = { "one", "two" };
    hz_layer *l = places_of(10, events, NULL), *summary = NULL, *curves = NULL;
    hz_concentration f[2];
    size_t n;
    hz_text json = { 0 };
    hz_concentration_opts o = { HZ_SHARE_EQUAL, 19, 1 };
    CHECK_OK(hz_concentration_find(l, NULL, &equal, &o, &f[0], &err), err);
    f[1] = f[0];
    CHECK_OK(hz_concentration_summary(f, names, 2, &summary, &err), err);
    CHECK_OK(hz_concentration_curves(f, names, 2, &curves, &err), err);
    CHECK(hz_layer_rows(summary) == 2 * 8); /* no groups, no top 1 and 5 % of ten places */
    CHECK(hz_layer_rows(curves) == 2 * (HZ_CONCENTRATION_STEPS + 1));
    const char *const *columns = hz_concentration_columns_of_summary(&n);
    for (size_t i = 0; i < n; i++)
        CHECK(hz_layer_find(summary, columns[i]) >= 0);
    columns = hz_concentration_columns_of_curve(&n);
    for (size_t i = 0; i < n; i++)
        CHECK(hz_layer_find(curves, columns[i]) >= 0);
    CHECK_TEXT(hz_layer_text(summary, "measure", 4), "top_10");
    CHECK_OK(hz_concentration_json(f, names, 2, true, &json, &err), err);
    CHECK(strstr(json.data, "\"places_holding_50\": 2") && strstr(json.data, "\"synthetic\""));
    hz_text_free(&json);
    hz_layer_free(l);
    hz_layer_free(summary);
    hz_layer_free(curves);
}

TEST(what_cannot_be_measured_is_refused_with_the_reason)
{
    const double good[] = { 2, 1 }, half[] = { 2, 0.5 }, less[] = { -1, 3 }, none[] = { 0, 0 };
    const double base[] = { 1, -2 };
    hz_concentration f;
    hz_concentration_opts o = HZ_CONCENTRATION_DEFAULTS;
    const struct { const double *events; hz_status status; const char *says; } cases[] = {
        { half, HZ_EDATA, "row 2: events is 0.5, expected a whole number" },
        { less, HZ_EDATA, "row 1: events is -1" },
        { none, HZ_EDATA, "no event lies in its places, expected one or more" },
    };
    for (size_t i = 0; i < 3; i++) {
        hz_layer *l = places_of(2, cases[i].events, NULL);
        CHECK_FAILS(hz_concentration_find(l, NULL, &equal, NULL, &f, &err), cases[i].status, err,
                    cases[i].says);
        hz_layer_free(l);
    }
    hz_layer *l = places_of(2, good, base);
    const hz_concentration_columns c = { "events", "base", NULL }, lost = { "events", "b", NULL },
                                   group = { "events", NULL, "events" };
    o.share = HZ_SHARE_AREA;
    CHECK_FAILS(hz_concentration_find(l, NULL, &c, &o, &f, &err), HZ_EDATA, err,
                "row 2: base is -2");
    CHECK_FAILS(hz_concentration_find(l, NULL, &lost, &o, &f, &err), HZ_EUSAGE, err,
                "no column 'b'");
    CHECK_FAILS(hz_concentration_find(l, NULL, &group, NULL, &f, &err), HZ_EUSAGE, err,
                "no column 'events' of texts");
    o.replicates = 5;
    CHECK_FAILS(hz_concentration_find(l, NULL, &c, &o, &f, &err), HZ_EUSAGE, err, "19 to");
    const unsigned char outside[] = { 1, 0 };
    CHECK_FAILS(hz_concentration_find(l, outside, &equal, NULL, &f, &err), HZ_EDATA, err,
                "places that take part: 1");
    hz_layer_free(l);
}

TEST(no_allocation_that_fails_leaves_anything_behind)
{
    const double events[] = { 2, 0, 5, 1 };
    static const char *const group[] = { "b", "a", "b", "a" }, *const name = "units";
    hz_layer *l = places_of(4, events, NULL);
    CHECK_OK(hz_layer_add_texts(l, "group", group, &err), err);
    const hz_concentration_columns c = { "events", NULL, "group" };
    hz_concentration_opts o = { HZ_SHARE_EQUAL, 19, 1 };
    hz_status st = HZ_EMEMORY;
    for (long k = 1; st && k < 500; k++) {
        hz_concentration f;
        hz_layer *summary = NULL, *curves = NULL;
        hz_text json = { 0 };
        hz_mem_fail_at(k);
        st = hz_concentration_find(l, NULL, &c, &o, &f, &err);
        if (!st)
            st = hz_concentration_summary(&f, &name, 1, &summary, &err);
        if (!st)
            st = hz_concentration_curves(&f, &name, 1, &curves, &err);
        if (!st)
            st = hz_concentration_json(&f, &name, 1, false, &json, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        hz_layer_free(summary);
        hz_layer_free(curves);
        hz_text_free(&json);
    }
    CHECK(st == HZ_OK);
    hz_layer_free(l);
}

RUN_TESTS(T(two_events_at_two_places_are_as_concentrated_as_chance_makes_them),
          T(expectation_is_that_of_the_binomial_law),
          T(places_without_figure_or_share_are_left_out_with_their_events),
          T(p_of_maps_made_by_chance_is_even),
          T(equal_shares_give_the_same_figures_as_areas_of_one_size),
          T(groups_split_theil_and_have_expectations_of_their_own),
          T(tables_hold_each_measure_that_exists),
          T(what_cannot_be_measured_is_refused_with_the_reason),
          T(no_allocation_that_fails_leaves_anything_behind))
