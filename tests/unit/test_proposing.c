/* Parcels, evidence and comparison of proposals, on worlds small enough to count by hand. */
#include "check.h"

#include "hotzone/evidence.h"
#include "hotzone/lattice.h"
#include "hotzone/mem.h"
#include "hotzone/proposal_note.h"
#include "hotzone/proposing.h"

enum { DAY = 86400 };

static hz_layer *points(size_t n, const double *x, const double *y, const int *day)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_time *when = hz_mem_new(n, sizeof *when);
    hz_error err;
    if (!when || hz_layer_new("events", n, &layer, &err) ||
        hz_shapes_new(HZ_POINT, n, 0, n, &s, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < n; i++) {
        s->x[i] = x[i];
        s->y[i] = y[i];
        when[i] = (hz_time)day[i] * DAY + 3600;
    }
    if (hz_layer_take_shapes(layer, &s, &err) || hz_layer_take_times(layer, "date", &when, &err))
        fail_msg("%s", err.text);
    return layer;
}

static hz_layer *rectangle(const char *name, hz_shape_kind kind, double x, double y, double width,
                           double height)
{
    const double xs[] = { x, x + width, x + width, x, x };
    const double ys[] = { y, y, y + height, y + height, y };
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_error err;
    if (hz_layer_new(name, 1, &layer, &err) || hz_shapes_new(kind, 1, 1, 5, &s, &err))
        fail_msg("%s", err.text);
    s->first_ring[1] = 1;
    s->first_point[1] = 5;
    memcpy(s->x, xs, sizeof xs);
    memcpy(s->y, ys, sizeof ys);
    if (hz_layer_take_shapes(layer, &s, &err))
        fail_msg("%s", err.text);
    return layer;
}

/* Cells of 100 m over 250 by 200 m: the last column is cut to half.  Day 0: 3 events in cell (0,0), 1
 * in (1,0); day 9: 2 in (0,0), 2 in (1,0), 1 in (2,1); one lies outside. */
static const double X[] = { 10, 20, 30, 150, 40, 50, 160, 170, 230, 900 };
static const double Y[] = { 10, 20, 30, 40, 50, 60, 70, 80, 150, 900 };
static const int DAYS[] = { 0, 0, 0, 0, 9, 9, 9, 9, 9, 9 };
enum { EVENTS = 10 };

typedef struct {
    hz_layer *events, *study, *like;
    hz_evidence_input in;
} world;

static world make_world(void)
{
    world w = { .events = points(EVENTS, X, Y, DAYS),
                .study = rectangle("study", HZ_POLYGON, 0, 0, 250, 200),
                .like = rectangle("zone", HZ_POLYGON, 100, 0, 100, 100) };
    w.in = (hz_evidence_input){ .events = w.events, .study = w.study, .cell_m = 100,
                                .place = HZ_PLACE_DEFAULTS, .split = HZ_SPLIT_HALVES,
                                .budget = NAN, .like = w.like };
    w.in.place.time = "date";
    return w;
}

static void free_world(world *w)
{
    hz_layer_free(w->events);
    hz_layer_free(w->study);
    hz_layer_free(w->like);
}

TEST(cells_are_cut_at_the_border_of_the_study_area)
{
    world w = make_world();
    hz_parcels p;
    hz_error err;
    CHECK_OK(hz_parcels_of_cells(w.events, w.study, NULL, 100, &p, NULL, &err), err);
    CHECK(p.n == 6 && p.tiling->n == 6 && p.side == 100);
    const double want[] = { 10000, 10000, 5000, 10000, 10000, 5000 };
    for (size_t i = 0; i < 6; i++)
        CHECK_NEAR(p.area[i], want[i], 1e-9);
    hz_parcels_clear(&p);
    /* a lake of 20 by 20 m is no land */
    hz_layer *water = rectangle("water", HZ_POLYGON, 40, 40, 20, 20);
    CHECK_OK(hz_parcels_of_cells(w.events, w.study, water, 100, &p, NULL, &err), err);
    CHECK(p.n == 6);
    CHECK_NEAR(p.area[0], 9600, 1e-9);
    hz_parcels_clear(&p);
    hz_layer_free(water);
    CHECK_FAILS(hz_parcels_of_cells(w.events, w.study, NULL, 0, &p, NULL, &err), HZ_EUSAGE, err,
                "cell: 0");
    CHECK_FAILS(hz_parcels_of_cells(w.events, w.study, NULL, 0.1, &p, NULL, &err), HZ_EDATA, err,
                "larger cell");
    CHECK_FAILS(hz_parcels_of_cells(w.study, w.study, NULL, 100, &p, NULL, &err), HZ_EDATA, err,
                "expected located events");
    free_world(&w);
}

/* Without a study area: whole squares over the events' box, 10 by 10 of them. */
TEST(without_a_study_area_all_cells_of_the_box_are_whole)
{
    world w = make_world();
    hz_parcels p;
    hz_error err;
    CHECK_OK(hz_parcels_of_cells(w.events, NULL, NULL, 100, &p, NULL, &err), err);
    CHECK(p.n == 100);
    CHECK_NEAR(p.area[57], 10000, 0);
    CHECK_NEAR(hz_shape_area(p.study, 0), 1e6, 0);
    hz_parcels_clear(&p);
    free_world(&w);
}

/* A street of 200 m along the border of two squares, 40 m of a third, and one far off. */
TEST(a_street_on_a_border_counts_half_on_either_side)
{
    const double xy[] = { 0, 100, 200, 100, 50, 20, 90, 20, 1e12, 0, 2e12, 5 };
    hz_lattice g = { 0, 0, 100, 2, 2 };
    hz_shapes *squares = NULL, *lines = NULL;
    double metres[4];
    hz_error err;
    CHECK_OK(hz_lattice_squares(&g, NULL, &squares, &err), err);
    CHECK_OK(hz_shapes_new(HZ_LINE, 3, 3, 6, &lines, &err), err);
    for (size_t i = 0; i < 3; i++) {
        lines->first_ring[i + 1] = i + 1;
        lines->first_point[i + 1] = 2 * i + 2;
    }
    for (size_t p = 0; p < 6; p++) {
        lines->x[p] = xy[2 * p];
        lines->y[p] = xy[2 * p + 1];
    }
    CHECK_OK(hz_parcels_streets(squares, lines, metres, &err), err);
    CHECK_NEAR(metres[0], 50 + 40, 1e-9);
    CHECK_NEAR(metres[1], 50, 1e-9);
    CHECK_NEAR(metres[2], 50, 1e-9);
    CHECK_NEAR(metres[3], 50, 1e-9);
    CHECK_FAILS(hz_parcels_streets(lines, lines, metres, &err), HZ_EUSAGE, err, "expected lines");
    hz_shapes_free(squares);
    hz_shapes_free(lines);
}

/* Days 0 to 9 are ten: the halves are days 0-4 and 5-9. */
TEST(dates_are_halved_where_no_periods_are_given)
{
    world w = make_world();
    hz_evidence e;
    hz_error err;
    CHECK_OK(hz_evidence_make(&w.in, &e, NULL, &err), err);
    CHECK(e.train_period.from == 0 && e.train_period.until == 5 * DAY);
    CHECK(e.test_period.from == 5 * DAY && e.test_period.until == 10 * DAY);
    const double train[] = { 3, 1, 0, 0, 0, 0 }, test[] = { 2, 2, 0, 0, 0, 1 };
    for (size_t i = 0; i < 6; i++) {
        CHECK_NEAR(e.train[i], train[i], 0);
        CHECK_NEAR(e.test[i], test[i], 0);
    }
    CHECK(e.test_fate.placed == 5 && e.test_fate.outside == 1 && e.test_fate.other_period == 4);
    CHECK_NEAR(e.total_size, 0.05, 1e-15);
    /* the zone given is cell (1,0): 1 of the 4, then 2 of the 5 */
    CHECK_NEAR(e.like.size, 0.01, 1e-15);
    CHECK_NEAR(e.like.train, 1, 0);
    CHECK_NEAR(e.like.test, 2, 0);
    CHECK_NEAR(e.budget, 0.01, 1e-15);
    CHECK_NEAR(hz_frontier_at(e.bound, e.budget).bound, 3, 0);
    CHECK_NEAR(hz_frontier_at(e.frontier, e.budget).bound, 2, 0);
    hz_evidence_clear(&e);
    free_world(&w);
}

TEST(evidence_that_cannot_be_is_refused)
{
    world w = make_world();
    hz_evidence e;
    hz_error err;
    w.in.budget = 1;
    CHECK_FAILS(hz_evidence_make(&w.in, &e, NULL, &err), HZ_EUSAGE, err, "at most the 0.05");
    w.in.budget = 0.01;
    w.in.split = HZ_SPLIT_GIVEN;
    w.in.train = (hz_period){ 0, 6 * DAY };
    w.in.test = (hz_period){ 5 * DAY, 10 * DAY };
    CHECK_FAILS(hz_evidence_make(&w.in, &e, NULL, &err), HZ_EUSAGE, err, "end before");
    w.in.train = (hz_period){ 0, 5 * DAY };
    w.in.test = (hz_period){ 20 * DAY, 30 * DAY };
    CHECK_FAILS(hz_evidence_make(&w.in, &e, NULL, &err), HZ_EDATA, err, "in the later period");
    w.in.split = HZ_SPLIT_HALVES;
    w.in.place.time = NULL;
    CHECK_FAILS(hz_evidence_make(&w.in, &e, NULL, &err), HZ_EUSAGE, err, "no column of dates");
    w.in.place.time = "date";
    w.in.place.period = (hz_period){ 9 * DAY, HZ_TIME_NONE };
    CHECK_FAILS(hz_evidence_make(&w.in, &e, NULL, &err), HZ_EDATA, err, "less than two days");
    w.in.place.period = (hz_period)HZ_PERIOD_ALWAYS;
    w.in.measure = HZ_BUDGET_STREETS;
    CHECK_FAILS(hz_evidence_make(&w.in, &e, NULL, &err), HZ_EUSAGE, err, "expected streets");
    w.in.measure = HZ_BUDGET_RESIDENTS;
    CHECK_FAILS(hz_evidence_make(&w.in, &e, NULL, &err), HZ_EUSAGE, err, "expected residents");
    w.in.measure = HZ_BUDGET_AREA;
    hz_layer_free(w.like);
    w.in.like = w.like = rectangle("zone", HZ_POLYGON, 5000, 0, 100, 100);
    CHECK_FAILS(hz_evidence_make(&w.in, &e, NULL, &err), HZ_EDATA, err, "outside the study area");
    w.in.like = w.events;
    CHECK_FAILS(hz_evidence_make(&w.in, &e, NULL, &err), HZ_EDATA, err, "expected one polygon");
    free_world(&w);
}

/* One cell: it takes (0,0), which holds 3 of 4 and then 2 of 5, as the zone given does. */
TEST(a_proposal_is_scored_on_both_periods_beside_the_zone_given)
{
    world w = make_world();
    hz_propose_opts o = HZ_PROPOSE_DEFAULTS;
    hz_evidence e;
    hz_proposing p;
    hz_error err;
    hz_text text = { 0 };
    CHECK_OK(hz_evidence_make(&w.in, &e, NULL, &err), err);
    CHECK_OK(hz_proposing_make(&e, &o, &p, &err), err);
    CHECK(p.zone.units == 1 && p.zone.in[0]);
    CHECK_NEAR(p.gap, 0, 1e-15);
    CHECK_NEAR(p.area_km2, 0.01, 1e-15);
    CHECK_NEAR(p.train.capture, 0.75, 1e-15);
    CHECK_NEAR(p.test.capture, 0.4, 1e-15);
    CHECK_NEAR(p.test.pai, 0.4 / 0.2, 1e-12);
    CHECK_NEAR(p.like_test.capture, 0.4, 1e-15);
    CHECK_NEAR(p.difference.difference, 0, 0);
    CHECK_NEAR(p.difference.counts.first, 2, 0);
    CHECK_NEAR(p.difference.counts.second, 2, 0);
    CHECK_NEAR(p.difference.counts.neither, 1, 0);
    CHECK(p.difference.verdict == HZ_UNDECIDED);
    CHECK(p.shape->features == 1 && p.shape->rings == 1 && p.shape->points == 5);
    hz_proposal_statement(&e, &p, false, HZ_ENGLISH, &text);
    CHECK(strstr(hz_text_get(&text), "holds 2 of 5 events (40.0%, 95% interval 11.8–76.9%)"));
    CHECK(strstr(hz_text_get(&text), "the first half of the dates"));
    CHECK(strstr(hz_text_get(&text), "do not tell the two apart"));
    CHECK(!strstr(hz_text_get(&text), "better"));
    hz_text_free(&text);
    e.budget = NAN;
    CHECK_FAILS(hz_proposing_make(&e, &o, &p, &err), HZ_EUSAGE, err, "expected a budget");
    e.budget = 1e-9;
    hz_proposing none;
    CHECK_FAILS(hz_proposing_make(&e, &o, &none, &err), HZ_EDATA, err, "no unit fits");
    hz_proposing_clear(&p);
    hz_evidence_clear(&e);
    free_world(&w);
}

/* 20 events held by both, 30 by the first alone, 10 by the second alone, 40 by neither: Newcombe's
 * (1998) table III, square-and-add with phi.  McNemar: 2 P(X <= 10), X ~ Bin(40, 1/2). */
TEST(a_difference_is_paired_by_event)
{
    unsigned char counted[101], first[101], second[101];
    hz_zone_difference d;
    memset(counted, 1, sizeof counted);
    counted[100] = 0; /* the last one counts nowhere */
    for (int i = 0; i < 101; i++) {
        first[i] = i < 50;
        second[i] = i < 20 || (i >= 50 && i < 60);
    }
    hz_zone_differ(101, counted, first, second, NULL, &d);
    CHECK_NEAR(d.counts.both, 20, 0);
    CHECK_NEAR(d.counts.first, 30, 0);
    CHECK_NEAR(d.counts.second, 10, 0);
    CHECK_NEAR(d.counts.neither, 40, 0);
    CHECK_NEAR(d.difference, 0.2, 1e-15);
    CHECK(d.low > 0.07 && d.low < 0.09 && d.high > 0.30 && d.high < 0.32);
    CHECK_NEAR(d.p, 0.0022217, 1e-6);
}

/* Weights 1, 2 and 1: D = (1 - 2 + 0) / 4 = -1/4; sum of w^2 (d - D)^2 = 25/16 + 4 9/16 + 1/16. */
TEST(a_weighted_difference_has_the_variance_of_a_ratio)
{
    const unsigned char counted[] = { 1, 1, 1 }, first[] = { 1, 0, 1 }, second[] = { 0, 1, 1 };
    const double weight[] = { 1, 2, 1 };
    hz_zone_difference d;
    hz_zone_differ(3, counted, first, second, weight, &d);
    double half = 1.959963984540054 * sqrt(62.0 / 16) / 4;
    CHECK_NEAR(d.difference, -0.25, 1e-15);
    CHECK_NEAR(d.high, -0.25 + half, 1e-12);
    CHECK_NEAR(d.low, -1, 0); /* no share falls by more than all */
    CHECK_NAN(d.p);
    CHECK_NAN(d.counts.both);
}

TEST(memory_that_runs_out_leaves_nothing)
{
    world w = make_world();
    hz_propose_opts o = HZ_PROPOSE_DEFAULTS;
    o.moves = 5;
    o.starts = 2;
    for (long at = 1;; at++) {
        hz_evidence e = { 0 };
        hz_proposing p = { 0 };
        hz_proposal_facts facts = { .made_up = false };
        hz_layer *table = NULL;
        hz_text text = { 0 };
        hz_error err;
        hz_mem_fail_at(at);
        hz_status st = hz_evidence_make(&w.in, &e, NULL, &err);
        if (!st)
            st = hz_proposing_make(&e, &o, &p, &err);
        if (!st)
            st = hz_frontier_table(&e, true, &table, &err);
        if (!st)
            st = hz_proposal_json(&e, &p, &facts, &text, &err);
        if (!st)
            st = hz_frontier_json(&e, true, &text, &err);
        hz_mem_fail_at(0);
        hz_text_free(&text);
        hz_layer_free(table);
        hz_proposing_clear(&p);
        hz_evidence_clear(&e);
        if (!st)
            break;
        CHECK(st == HZ_EMEMORY && at < 5000);
    }
    free_world(&w);
}

RUN_TESTS(T(cells_are_cut_at_the_border_of_the_study_area),
          T(without_a_study_area_all_cells_of_the_box_are_whole),
          T(a_street_on_a_border_counts_half_on_either_side),
          T(dates_are_halved_where_no_periods_are_given), T(evidence_that_cannot_be_is_refused),
          T(a_proposal_is_scored_on_both_periods_beside_the_zone_given),
          T(a_difference_is_paired_by_event),
          T(a_weighted_difference_has_the_variance_of_a_ratio),
          T(memory_that_runs_out_leaves_nothing))
