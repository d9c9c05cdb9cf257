/* Scan statistics: windows, their ratio, the search for clusters and what it refuses. */
#include <stdlib.h>

#include "check.h"
#include "hotzone/mem.h"
#include "hotzone/scan.h"
#include "hotzone/scanning.h"

/* 3 ln(3/1) + 7 ln(7/9) = 3.29584 - 1.75920 */
TEST(ratio_matches_hand_calculation)
{
    CHECK_NEAR(hz_scan_llr(3, 1, 10), 1.5366359, 1e-7);
    CHECK_NEAR(hz_scan_llr(10, 5, 10), 10 * log(2), 1e-12);
}

TEST(ratio_is_zero_where_no_more_than_expected_is_inside)
{
    CHECK(hz_scan_llr(1, 1, 10) == 0);
    CHECK(hz_scan_llr(0, 1, 10) == 0);
    CHECK(hz_scan_llr(10, 10, 10) == 0);
}

static size_t order_of(size_t n, const double *x, const double *y, const double *base,
                       size_t centre, double most_base, double most_distance, uint32_t *order)
{
    hz_scan_near scratch[64];
    hz_scan_metric circle = HZ_SCAN_CIRCLE;
    return hz_scan_order(0, n, x, y, base, centre, circle, most_base, most_distance, scratch,
                         order);
}

TEST(places_at_the_same_distance_enter_together)
{
    const double x[] = { 0, 1, -1, 0, 3 }, y[] = { 0, 0, 0, 1, 0 }, base[] = { 1, 1, 1, 1, 1 };
    uint32_t order[5];
    CHECK(order_of(5, x, y, base, 0, 5, INFINITY, order) == 5);
    CHECK(order[0] == (0 | HZ_SCAN_END));
    CHECK(order[1] == 1 && order[2] == 2);
    CHECK(order[3] == (3 | HZ_SCAN_END));
    CHECK(order[4] == (4 | HZ_SCAN_END));
}

TEST(a_window_takes_none_of_equals_if_it_cannot_take_all)
{
    const double x[] = { 0, 1, -1, 0, 3 }, y[] = { 0, 0, 0, 1, 0 }, base[] = { 1, 1, 1, 1, 1 };
    uint32_t order[5];
    CHECK(order_of(5, x, y, base, 0, 3, INFINITY, order) == 1);
    CHECK(order_of(5, x, y, base, 0, 4, INFINITY, order) == 4);
    CHECK(order_of(5, x, y, base, 0, 0.5, INFINITY, order) == 0);
    CHECK(order_of(5, x, y, base, 0, 5, 1, order) == 4);
}

/* Turned by 0.1 rad the three neighbours' distances differ in the last bits. */
TEST(rounding_does_not_break_a_tie)
{
    double x[5], y[5], base[] = { 1, 1, 1, 1, 1 }, c = cos(0.1), s = sin(0.1);
    const double u[] = { 0, 1, -1, 0, 3 }, v[] = { 0, 0, 0, 1, 0 };
    uint32_t order[5];
    for (int i = 0; i < 5; i++) {
        x[i] = 1e6 + 500 * (c * u[i] - s * v[i]);
        y[i] = 6e6 + 500 * (s * u[i] + c * v[i]);
    }
    CHECK(order_of(5, x, y, base, 0, 3, INFINITY, order) == 1);
}

TEST(an_ellipse_reaches_further_along_its_axis)
{
    const double x[] = { 0, 2, 0 }, y[] = { 0, 0, 1.5 }, base[] = { 1, 1, 1 };
    hz_scan_near scratch[6];
    uint32_t order[3];
    double quarter = acos(0);
    CHECK(hz_scan_order(0, 3, x, y, base, 0, hz_scan_ellipse(2, 0), 3, INFINITY, scratch,
                        order) == 3);
    CHECK(order[1] == (1 | HZ_SCAN_END));
    CHECK(hz_scan_order(0, 3, x, y, base, 0, hz_scan_ellipse(2, quarter), 3, INFINITY, scratch,
                        order) == 3);
    CHECK(order[1] == (2 | HZ_SCAN_END));
}

/* Half the events on a tenth of the population: Lorenz curve (0.9, 0.5), Gini 0.4. */
TEST(gini_matches_hand_calculation)
{
    const double events[] = { 50 }, expected[] = { 10 };
    CHECK_NEAR(hz_scan_gini(1, events, expected, 100), 0.4, 1e-15);
    CHECK(hz_scan_gini(0, events, expected, 100) == 0);
}

/* Mean 2, standard deviation 1: beta = sqrt(6)/pi = 0.779697, mu = 2 - 0.577216 beta = 1.549947;
 * at 3 the tail is 1 - exp(-exp(-1.859766)) = 0.144192. */
TEST(gumbel_tail_matches_hand_calculation)
{
    const double maxima[] = { 1, 2, 3 }, same[] = { 2, 2, 2 };
    CHECK_NEAR(hz_scan_gumbel(3, maxima, 3), 0.144192, 1e-6);
    CHECK_NAN(hz_scan_gumbel(3, same, 3));
    CHECK_NAN(hz_scan_gumbel(1, maxima, 3));
}

enum { LATTICE = 10, CELLS = LATTICE * LATTICE };

/* Points of a lattice, 100 m apart, without a reference system. */
static hz_layer *lattice(const double *events, const double *people, size_t n)
{
    hz_layer *l = NULL;
    hz_shapes *s = NULL;
    if (hz_layer_new("lattice", n, &l, NULL) || hz_shapes_new(HZ_POINT, n, 0, n, &s, NULL))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        s->x[i] = 100 * (double)(i % LATTICE);
        s->y[i] = 100 * (double)(i / LATTICE);
    }
    if (hz_layer_take_shapes(l, &s, NULL) || hz_layer_add_numbers(l, "events", events, NULL) ||
        hz_layer_add_numbers(l, "people", people, NULL)) {
        hz_shapes_free(s);
        hz_layer_free(l);
        return NULL;
    }
    return l;
}

static const hz_scanning_columns columns = { NULL, NULL, "events", "people", NULL, NULL };

static double figure(const hz_layer *l, const char *column, size_t row)
{
    return hz_layer_numbers(l, column)[row];
}

/* Ten in each of four cells, one elsewhere: 40 of 136 where 4/100 live. */
static void planted(double *events, double *people)
{
    for (size_t i = 0; i < CELLS; i++) {
        events[i] = 1;
        people[i] = 50;
    }
    events[33] = events[34] = events[43] = events[44] = 10;
}

TEST(a_planted_cluster_is_found_with_its_figures)
{
    double events[CELLS], people[CELLS];
    hz_scanning found = { 0 };
    hz_error err;
    planted(events, people);
    hz_layer *l = lattice(events, people, CELLS);
    CHECK_OK(hz_scanning_poisson(l, &columns, NULL, &found, NULL, &err), err);
    const hz_layer *c = found.clusters;
    /* a circle about a cell cannot hold just the four: with ties it is the cell with its four
     * neighbours or with all eight, so the best is five cells and 32 events, or nine and 45 */
    double five = hz_scan_llr(32, 136 * 0.05, 136), nine = hz_scan_llr(45, 136 * 0.09, 136);
    CHECK(nine > five);
    CHECK_NEAR(figure(c, "llr", 0), nine, 1e-12);
    CHECK(figure(c, "areas", 0) == 9);
    CHECK(figure(c, "events", 0) == 45);
    CHECK_NEAR(figure(c, "expected", 0), 136 * 0.09, 1e-9);
    CHECK_NEAR(figure(c, "radius_m", 0), 100 * sqrt(2), 1e-9);
    CHECK_NEAR(figure(c, "relative_risk", 0), (45 / 12.24) / (91 / 123.76), 1e-9);
    CHECK(figure(c, "rank", 0) == 1);
    CHECK_NEAR(figure(c, "p", 0), 0.001, 1e-15);
    CHECK_TEXT(hz_layer_text(c, "p_method", 0), "monte-carlo");
    CHECK(found.replicates == 999);
    CHECK(found.places == CELLS);
    /* four centres give the same window mirrored: that to the west, then south, is told */
    CHECK(figure(c, "x", 0) == 300 && figure(c, "y", 0) == 300);
    hz_scanning_clear(&found);
    hz_layer_free(l);
}

TEST(members_are_listed_and_clusters_do_not_share_any)
{
    double events[CELLS], people[CELLS];
    unsigned char seen[CELLS] = { 0 };
    hz_scanning found = { 0 };
    hz_error err;
    planted(events, people);
    events[88] = 8;
    hz_layer *l = lattice(events, people, CELLS);
    CHECK_OK(hz_scanning_poisson(l, &columns, NULL, &found, NULL, &err), err);
    size_t clusters = hz_layer_rows(found.clusters), members = hz_layer_rows(found.members), at = 0;
    CHECK(clusters >= 2);
    for (size_t i = 0; i < clusters; i++) {
        double sum = 0, expected = 0;
        for (size_t k = 0; k < (size_t)figure(found.clusters, "areas", i); k++, at++) {
            size_t id = (size_t)atoi(hz_layer_text(found.members, "id", at)) - 1;
            CHECK(id < CELLS && !seen[id]);
            seen[id] = 1;
            CHECK(figure(found.members, "cluster", at) == (double)(i + 1));
            CHECK(figure(found.members, "events", at) == events[id]);
            sum += events[id];
            expected += figure(found.members, "expected", at);
        }
        CHECK(sum == figure(found.clusters, "events", i));
        CHECK_NEAR(expected, figure(found.clusters, "expected", i), 1e-9);
        CHECK(i == 0 || figure(found.clusters, "llr", i) <= figure(found.clusters, "llr", i - 1));
    }
    CHECK(at == members);
    hz_scanning_clear(&found);
    hz_layer_free(l);
}

TEST(a_place_without_population_is_left_out_with_its_events)
{
    double events[CELLS], people[CELLS];
    hz_scanning found = { 0 };
    hz_error err;
    planted(events, people);
    people[0] = 0;
    events[0] = 7;
    people[1] = NAN;
    events[2] = NAN;
    hz_layer *l = lattice(events, people, CELLS);
    CHECK_OK(hz_scanning_poisson(l, &columns, NULL, &found, NULL, &err), err);
    CHECK(found.left_out == 3);
    CHECK(found.events_left_out == 8);
    CHECK(found.places == CELLS - 3);
    CHECK(found.events == 136 - 3);
    hz_scanning_clear(&found);
    hz_layer_free(l);
}

TEST(one_event_is_no_evidence)
{
    double events[CELLS] = { 0 }, people[CELLS];
    hz_scanning found = { 0 };
    hz_error err;
    for (size_t i = 0; i < CELLS; i++)
        people[i] = 50;
    events[55] = 1;
    hz_layer *l = lattice(events, people, CELLS);
    CHECK_OK(hz_scanning_poisson(l, &columns, NULL, &found, NULL, &err), err);
    CHECK(hz_layer_rows(found.clusters) == 1);
    CHECK_NEAR(figure(found.clusters, "llr", 0), log(100), 1e-12);
    CHECK(figure(found.clusters, "p", 0) == 1);
    /* nothing is outside: the relative risk is infinite, which no table shows */
    CHECK_NAN(figure(found.clusters, "relative_risk", 0));
    CHECK(hz_layer_mark(found.clusters, "relative_risk", 0) == HZ_UNDEFINED_NO_RESULT);
    hz_scanning_clear(&found);
    hz_layer_free(l);
}

TEST(even_counts_have_no_cluster)
{
    double events[CELLS], people[CELLS];
    hz_scanning found = { 0 };
    hz_error err;
    for (size_t i = 0; i < CELLS; i++) {
        people[i] = 50;
        events[i] = 3;
    }
    hz_layer *l = lattice(events, people, CELLS);
    CHECK_OK(hz_scanning_poisson(l, &columns, NULL, &found, NULL, &err), err);
    CHECK(hz_layer_rows(found.clusters) == 0);
    CHECK(hz_layer_rows(found.members) == 0);
    hz_scanning_clear(&found);
    hz_layer_free(l);
}

TEST(what_cannot_be_scanned_is_refused_with_the_reason)
{
    double events[CELLS], people[CELLS];
    hz_scanning found = { 0 };
    hz_scanning_columns none = columns;
    hz_error err;
    hz_layer *l;
    planted(events, people);

    events[4] = 1.5;
    l = lattice(events, people, CELLS);
    CHECK_FAILS(hz_scanning_poisson(l, &columns, NULL, &found, NULL, &err), HZ_EDATA, err,
                "row 5: events is 1.5");
    hz_layer_free(l);
    events[4] = 1;
    people[6] = -1;
    l = lattice(events, people, CELLS);
    CHECK_FAILS(hz_scanning_poisson(l, &columns, NULL, &found, NULL, &err), HZ_EDATA, err,
                "row 7: people is -1");
    hz_layer_free(l);
    people[6] = 50;
    l = lattice(events, people, 1);
    CHECK_FAILS(hz_scanning_poisson(l, &columns, NULL, &found, NULL, &err), HZ_EDATA, err,
                "at least 2");
    hz_layer_free(l);
    l = lattice(events, people, 3);
    none.x = none.y = "people"; /* all at one spot */
    CHECK_FAILS(hz_scanning_poisson(l, &none, NULL, &found, NULL, &err), HZ_EDATA, err,
                "same spot");
    hz_layer_free(l);
    none = columns;
    people[0] = people[1] = 1e9;
    l = lattice(events, people, 2);
    hz_scanning_opts o = HZ_SCANNING_DEFAULTS;
    o.max_population = 0.4;
    CHECK_FAILS(hz_scanning_poisson(l, &columns, &o, &found, NULL, &err), HZ_EDATA, err,
                "more than 0.4 of the population");
    o.max_population = 0.6;
    CHECK_FAILS(hz_scanning_poisson(l, &columns, &o, &found, NULL, &err), HZ_EUSAGE, err, "0.6");
    none.events = "theft";
    CHECK_FAILS(hz_scanning_poisson(l, &none, NULL, &found, NULL, &err), HZ_EUSAGE, err, "'theft'");
    none = columns;
    none.population = NULL;
    CHECK_FAILS(hz_scanning_poisson(l, &none, NULL, &found, NULL, &err), HZ_EUSAGE, err, "by area");
    hz_layer_free(l);
    memset(events, 0, sizeof events);
    l = lattice(events, people, CELLS);
    CHECK_FAILS(hz_scanning_poisson(l, &columns, NULL, &found, NULL, &err), HZ_EDATA, err,
                "no event lies");
    hz_layer_free(l);
    CHECK(!found.clusters && !found.members);
}

TEST(an_early_stop_gives_p_as_reached_over_drawn)
{
    double events[CELLS], people[CELLS];
    hz_scanning_opts o = HZ_SCANNING_DEFAULTS;
    hz_scanning early = { 0 }, whole = { 0 }, before = { 0 };
    hz_error err;
    planted(events, people);
    events[33] = events[34] = events[43] = events[44] = 2;
    hz_layer *l = lattice(events, people, CELLS);
    o.stop_after = 20;
    CHECK_OK(hz_scanning_poisson(l, &columns, &o, &early, NULL, &err), err);
    CHECK(early.replicates < 999);
    CHECK(figure(early.clusters, "rank", 0) == 21);
    CHECK_NEAR(figure(early.clusters, "p", 0), 20.0 / (double)early.replicates, 1e-15);
    CHECK_TEXT(hz_layer_text(early.clusters, "p_method", 0), "sequential");
    /* the same replicates without a stop: the last of them is the twentieth that reaches it */
    o.stop_after = 0;
    o.replicates = early.replicates;
    CHECK_OK(hz_scanning_poisson(l, &columns, &o, &whole, NULL, &err), err);
    CHECK(figure(whole.clusters, "rank", 0) == 21);
    o.replicates = early.replicates - 1;
    CHECK_OK(hz_scanning_poisson(l, &columns, &o, &before, NULL, &err), err);
    CHECK(figure(before.clusters, "rank", 0) == 20);
    hz_scanning_clear(&early);
    hz_scanning_clear(&whole);
    hz_scanning_clear(&before);
    hz_layer_free(l);
}

TEST(gumbel_p_is_named_and_has_no_floor)
{
    double events[CELLS], people[CELLS];
    hz_scanning_opts o = HZ_SCANNING_DEFAULTS;
    hz_scanning found = { 0 };
    hz_error err;
    planted(events, people);
    hz_layer *l = lattice(events, people, CELLS);
    o.gumbel = true;
    CHECK_OK(hz_scanning_poisson(l, &columns, &o, &found, NULL, &err), err);
    CHECK_TEXT(hz_layer_text(found.clusters, "p_method", 0), "gumbel");
    CHECK(figure(found.clusters, "p", 0) < 1e-6);
    CHECK(figure(found.clusters, "p", 0) > 0);
    hz_scanning_clear(&found);
    hz_layer_free(l);
}

/* A wide window swallows two hot spots and what lies between: the Gini prefers them apart. */
TEST(gini_prefers_two_hot_spots_to_one_window_over_both)
{
    double events[CELLS], people[CELLS];
    hz_scanning_opts o = HZ_SCANNING_DEFAULTS;
    hz_scanning wide = { 0 }, chosen = { 0 };
    hz_error err;
    for (size_t i = 0; i < CELLS; i++) {
        size_t x = i % LATTICE;
        people[i] = 50;
        events[i] = x == 2 || x == 6 ? 30 : x > 2 && x < 6 ? 12 : 3;
    }
    hz_layer *l = lattice(events, people, CELLS);
    CHECK_OK(hz_scanning_poisson(l, &columns, NULL, &wide, NULL, &err), err);
    o.gini = true;
    CHECK_OK(hz_scanning_poisson(l, &columns, &o, &chosen, NULL, &err), err);
    CHECK(chosen.gini_share < 0.5);
    CHECK(figure(chosen.clusters, "areas", 0) < figure(wide.clusters, "areas", 0));
    hz_scanning_clear(&wide);
    hz_scanning_clear(&chosen);
    hz_layer_free(l);
}

/* A long row of hot cells is one ellipse. */
TEST(an_ellipse_finds_a_row)
{
    double events[CELLS], people[CELLS];
    hz_scanning_opts o = HZ_SCANNING_DEFAULTS;
    hz_scanning found = { 0 };
    hz_error err;
    for (size_t i = 0; i < CELLS; i++) {
        people[i] = 50;
        events[i] = i / LATTICE == 5 && i % LATTICE > 1 && i % LATTICE < 7 ? 20 : 3;
    }
    hz_layer *l = lattice(events, people, CELLS);
    o.ellipses = true;
    CHECK_OK(hz_scanning_poisson(l, &columns, &o, &found, NULL, &err), err);
    CHECK(figure(found.clusters, "areas", 0) == 5);
    CHECK(figure(found.clusters, "angle_deg", 0) == 0);
    CHECK_NEAR(figure(found.clusters, "radius_m", 0), 200, 1e-9);
    CHECK(figure(found.clusters, "minor_m", 0) < 100);
    CHECK(figure(found.clusters, "statistic", 0) < figure(found.clusters, "llr", 0));
    hz_scanning_clear(&found);
    hz_layer_free(l);
}

static hz_layer *dated(size_t n, const double *x, const double *y, const hz_time *when)
{
    hz_layer *l = NULL;
    hz_shapes *s = NULL;
    hz_time *times = hz_mem_new(n, sizeof *times);
    if (!times || hz_layer_new("events", n, &l, NULL) ||
        hz_shapes_new(HZ_POINT, n, 0, n, &s, NULL))
        return NULL;
    memcpy(s->x, x, n * sizeof *x);
    memcpy(s->y, y, n * sizeof *y);
    memcpy(times, when, n * sizeof *times);
    if (hz_layer_take_shapes(l, &s, NULL) || hz_layer_take_times(l, "date", &times, NULL))
        return NULL;
    return l;
}

/* Place A: four events, all on day 0.  Place B, six: one on day 0, five on day 1.  Expected at A on
 * day 0: 4 x 5 / 10 = 2, so 4 ln 2 + 6 ln(6/8) = 1.046496.  B alone holds more than half. */
TEST(space_time_matches_hand_calculation)
{
    const double x[] = { 0, 0, 0, 0, 90, 90, 90, 90, 90, 90 }, y[10] = { 0 };
    const hz_time d = 86400, when[] = { 0, 0, 0, 0, 0, d, d, d, d, d };
    hz_scanning_time t = { .time = "date", .period = HZ_PERIOD_ALWAYS, .step_days = 1,
                           .max_duration = 0.5 };
    hz_scanning found = { 0 };
    hz_error err;
    hz_layer *l = dated(10, x, y, when);
    CHECK_OK(hz_scanning_space_time(NULL, l, NULL, &t, NULL, &found, NULL, &err), err);
    CHECK(found.places == 2 && found.steps == 2);
    CHECK(hz_layer_rows(found.clusters) == 1);
    CHECK(figure(found.clusters, "events", 0) == 4);
    CHECK_NEAR(figure(found.clusters, "expected", 0), 2, 1e-12);
    CHECK_NEAR(figure(found.clusters, "llr", 0), 1.0464962, 1e-7);
    CHECK(hz_layer_times(found.clusters, "first_day")[0] == 0);
    CHECK(hz_layer_times(found.clusters, "last_day")[0] == 0);
    /* of the 252 ways to put five "day 0" on ten events the four of A get them all in 6, and none
     * in 6, when day 1 is the cluster there; so p is about 12/252 = 0.0476 */
    CHECK_NEAR(figure(found.clusters, "p", 0), 12.0 / 252, 4 * sqrt(0.0476 * 0.9524 / 999));
    hz_scanning_clear(&found);
    hz_layer_free(l);
}

TEST(space_time_counts_the_fate_of_every_event)
{
    const double x[] = { 0, 10, 20, 30, NAN }, y[] = { 0, 0, 0, 0, 0 };
    const hz_time d = 86400, when[] = { 0, d, HZ_TIME_NONE, 400 * d, d };
    hz_scanning_time t = { .time = "date", .period = { 0, 10 * 86400 }, .step_days = 3,
                           .max_duration = 0.5 };
    hz_scanning found = { 0 };
    hz_error err;
    hz_layer *l = dated(5, x, y, when);
    CHECK_OK(hz_scanning_space_time(NULL, l, NULL, &t, NULL, &found, NULL, &err), err);
    CHECK(found.fate.read == 5 && found.fate.placed == 2 && found.fate.undated == 1);
    CHECK(found.fate.other_period == 1 && found.fate.unlocated == 1);
    CHECK(found.steps == 4); /* 3 + 3 + 3 + 1 days */
    hz_scanning_clear(&found);
    t.step_days = 0.5;
    CHECK_FAILS(hz_scanning_space_time(NULL, l, NULL, &t, NULL, &found, NULL, &err), HZ_EUSAGE, err,
                "whole days");
    t.step_days = 30;
    CHECK_FAILS(hz_scanning_space_time(NULL, l, NULL, &t, NULL, &found, NULL, &err), HZ_EDATA, err,
                "1 time steps");
    hz_layer_free(l);
}

TEST(without_memory_nothing_is_given_and_nothing_leaks)
{
    double events[CELLS], people[CELLS];
    hz_scanning_opts o = HZ_SCANNING_DEFAULTS;
    hz_error err;
    long n = 0;
    hz_status st;
    planted(events, people);
    hz_layer *l = lattice(events, people, CELLS);
    o.replicates = 9;
    o.gini = true;
    do {
        hz_scanning found = { 0 };
        hz_mem_fail_at(++n);
        st = hz_scanning_poisson(l, &columns, &o, &found, NULL, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || (st == HZ_EMEMORY && !found.clusters && !found.members));
        hz_scanning_clear(&found);
    } while (st);
    CHECK(n > 30);
    hz_layer_free(l);
}

RUN_TESTS(T(ratio_matches_hand_calculation),
          T(ratio_is_zero_where_no_more_than_expected_is_inside),
          T(places_at_the_same_distance_enter_together),
          T(a_window_takes_none_of_equals_if_it_cannot_take_all),
          T(rounding_does_not_break_a_tie), T(an_ellipse_reaches_further_along_its_axis),
          T(gini_matches_hand_calculation), T(gumbel_tail_matches_hand_calculation),
          T(a_planted_cluster_is_found_with_its_figures),
          T(members_are_listed_and_clusters_do_not_share_any),
          T(a_place_without_population_is_left_out_with_its_events),
          T(one_event_is_no_evidence), T(even_counts_have_no_cluster),
          T(what_cannot_be_scanned_is_refused_with_the_reason),
          T(an_early_stop_gives_p_as_reached_over_drawn), T(gumbel_p_is_named_and_has_no_floor),
          T(gini_prefers_two_hot_spots_to_one_window_over_both), T(an_ellipse_finds_a_row),
          T(space_time_matches_hand_calculation),
          T(space_time_counts_the_fate_of_every_event),
          T(without_memory_nothing_is_given_and_nothing_leaks))
