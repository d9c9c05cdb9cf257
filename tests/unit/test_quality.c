/* Audits: each fault planted by hand is found, with its count and rows, and nothing else. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/quality.h"

static hz_error err;

#define UTM "EPSG:25832"
enum { N = 12 };

/* Twelve events on a diagonal near Copenhagen, a day and an id each. */
typedef struct {
    double x[N], y[N];
    char id[N][16], date[N][16];
} city;

static city twelve(void)
{
    city c;
    for (int i = 0; i < N; i++) {
        c.x[i] = 725000.25 + 37.5 * i;
        c.y[i] = 6175000.75 + 41.25 * i;
        snprintf(c.id[i], sizeof c.id[i], "e%d", i);
        snprintf(c.date[i], sizeof c.date[i], "2017-03-%02d", i + 1);
    }
    return c;
}

static hz_layer *as_layer(const city *c, const char *crs)
{
    const char *ids[N], *dates[N];
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *system = NULL;
    if (hz_layer_new("events.csv", N, &layer, &err) ||
        hz_shapes_new(HZ_POINT, N, 0, N, &s, &err) || hz_crs_new(crs, &system, &err))
        return NULL;
    for (int i = 0; i < N; i++) {
        s->x[i] = c->x[i];
        s->y[i] = c->y[i];
        ids[i] = c->id[i];
        dates[i] = c->date[i];
    }
    if (hz_layer_take_shapes(layer, &s, &err) || hz_layer_take_crs(layer, &system, &err) ||
        hz_layer_add_texts(layer, "id", ids, &err) ||
        hz_layer_add_texts(layer, "date", dates, &err))
        return NULL;
    return layer;
}

/* Rectangles given as west, south, east, north, from the corner of the city. */
static hz_layer *areas_of(size_t n, const double box[][4], const char *const *ids)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    if (hz_layer_new("areas.geojson", n, &layer, &err) ||
        hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err) || hz_crs_new(UTM, &crs, &err))
        return NULL;
    for (size_t f = 0; f < n; f++) {
        const double *b = box[f];
        const double x[] = { b[0], b[2], b[2], b[0], b[0] }, y[] = { b[1], b[1], b[3], b[3], b[1] };
        for (size_t i = 0; i < 5; i++) {
            s->x[5 * f + i] = 725000 + x[i];
            s->y[5 * f + i] = 6175000 + y[i];
        }
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * (f + 1);
    }
    if (hz_layer_take_shapes(layer, &s, &err) || hz_layer_take_crs(layer, &crs, &err) ||
        hz_layer_add_texts(layer, "id", ids, &err))
        return NULL;
    return layer;
}

static hz_quality *events_audit(const city *c, const hz_quality_events_opts *opts)
{
    hz_layer *layer = as_layer(c, UTM);
    hz_quality *q = NULL;
    if (!layer || hz_quality_events(layer, opts, &q, &err))
        print_error("%s\n", err.text);
    hz_layer_free(layer);
    return q;
}

/* The finding is there, of this severity and count, and begins with this row. */
#define CHECK_FINDS(q, what, how, n, first)                                                  \
    do {                                                                                     \
        const hz_finding *f_ = hz_quality_find(q, what);                                     \
        CHECK(f_ != NULL);                                                                   \
        CHECK(f_->severity == (how));                                                        \
        CHECK(f_->count == (n));                                                             \
        CHECK((first) == 0 || f_->row[0] == (first));                                        \
    } while (0)

static size_t wrong(const hz_quality *q)
{
    return hz_quality_count(q, HZ_QUALITY_FAULT) + hz_quality_count(q, HZ_QUALITY_WARNING);
}

TEST(a_clean_source_has_neither_faults_nor_warnings)
{
    city c = twelve();
    hz_quality *q = events_audit(&c, NULL);
    CHECK(q && wrong(q) == 0);
    const hz_finding *rate = hz_quality_find(q, "events-rate");
    CHECK(rate && rate->count == N && rate->of == N);
    /* Wilson (1927): 12 of 12, n / (n + z^2) */
    CHECK_NEAR(rate->value[1], 12 / (12 + 1.959963984540054 * 1.959963984540054), 1e-12);
    CHECK_NEAR(rate->value[2], 1, 0);
    CHECK_TEXT(hz_quality_find(q, "events-span")->text[0], "2017-03-01");
    CHECK_TEXT(hz_quality_find(q, "events-span")->text[1], "2017-03-12");
    CHECK(q->stacks == 0);
    hz_quality_free(q);
}

TEST(rows_without_coordinates_and_at_zero_are_counted_apart)
{
    city c = twelve();
    c.x[3] = c.y[7] = NAN;
    c.x[8] = c.y[8] = 0;
    hz_quality *q = events_audit(&c, NULL);
    CHECK_FINDS(q, "events-unlocated", HZ_QUALITY_WARNING, 2, 4);
    CHECK_FINDS(q, "events-zero", HZ_QUALITY_WARNING, 1, 9);
    CHECK_FINDS(q, "events-rate", HZ_QUALITY_WARNING, 9, 0); /* 75 % is under 85 % */
    CHECK(wrong(q) == 3);
    hz_quality_free(q);
}

TEST(a_source_without_any_coordinate_is_a_fault)
{
    city c = twelve();
    for (int i = 0; i < N; i++)
        c.x[i] = c.y[i] = NAN;
    hz_quality *q = events_audit(&c, NULL);
    CHECK_FINDS(q, "events-none-located", HZ_QUALITY_FAULT, N, 0);
    hz_quality_free(q);
}

TEST(exchanged_axes_are_told_from_far_away_points)
{
    city c = twelve();
    double x = c.x[2];
    c.x[2] = c.y[2];
    c.y[2] = x;
    c.x[5] -= 200000; /* still where the zone is used: another part of the country */
    hz_quality *q = events_audit(&c, NULL);
    CHECK_FINDS(q, "events-swapped", HZ_QUALITY_WARNING, 1, 3);
    CHECK_FINDS(q, "events-far", HZ_QUALITY_WARNING, 1, 6);
    CHECK(wrong(q) == 2);
    hz_quality_free(q);
}

/* On a plan whose corner is the origin x and y are alike.  The areas' box is 2,000 wide, 600 high:
 * the stray point above it would lie in it if exchanged, and is only a stray point. */
TEST(where_x_and_y_are_alike_nothing_is_said_to_be_exchanged)
{
    static const char *const id[] = { "a" };
    const double box[][4] = { { -225000, -5675000, -223000, -5674400 } }; /* from 500000, 500000 */
    city c = twelve();
    hz_quality_events_opts opts = HZ_QUALITY_EVENTS_DEFAULTS;
    hz_layer *areas = areas_of(1, box, id);
    for (int i = 0; i < N; i++) {
        c.x[i] -= 225000;
        c.y[i] -= 5675000;
    }
    c.x[4] = 500100;
    c.y[4] = 501500;
    opts.areas = areas;
    hz_quality *q = events_audit(&c, &opts);
    CHECK(!hz_quality_find(q, "events-swapped"));
    hz_quality_free(q);
    hz_layer_free(areas);
}

TEST(axes_exchanged_throughout_are_a_fault)
{
    city c = twelve();
    for (int i = 0; i < N; i++) {
        double x = c.x[i];
        c.x[i] = c.y[i];
        c.y[i] = x;
    }
    hz_quality *q = events_audit(&c, NULL);
    CHECK_FINDS(q, "events-swapped", HZ_QUALITY_FAULT, N, 1);
    hz_quality_free(q);
}

TEST(degrees_in_a_metric_column_are_implausible)
{
    city c = twelve();
    c.x[0] = 12.57;
    c.y[0] = 55.68;
    hz_quality *q = events_audit(&c, NULL);
    CHECK_FINDS(q, "events-implausible", HZ_QUALITY_WARNING, 1, 1);
    hz_quality_free(q);
}

TEST(events_outside_the_areas_are_a_note_a_warning_or_a_fault_by_their_share)
{
    static const char *const id[] = { "a" };
    const double all[][4] = { { 0, 0, 1000, 1000 } };
    const double most[][4] = { { 0, 0, 400, 1000 } };   /* all but the last */
    const double none[][4] = { { 2000, 2000, 3000, 3000 } };
    city c = twelve();
    hz_quality_events_opts opts = HZ_QUALITY_EVENTS_DEFAULTS;
    hz_layer *areas = areas_of(1, all, id);
    opts.areas = areas;
    hz_quality *q = events_audit(&c, &opts);
    CHECK(wrong(q) == 0 && !hz_quality_find(q, "events-outside"));
    hz_quality_free(q);
    hz_layer_free(areas);
    opts.areas = areas = areas_of(1, most, id);
    q = events_audit(&c, &opts);
    CHECK_FINDS(q, "events-outside", HZ_QUALITY_WARNING, 1, 12); /* 8 % is over 5 % */
    hz_quality_free(q);
    hz_layer_free(areas);
    opts.areas = areas = areas_of(1, none, id);
    q = events_audit(&c, &opts);
    CHECK_FINDS(q, "events-outside", HZ_QUALITY_FAULT, N, 1);
    hz_quality_free(q);
    hz_layer_free(areas);
}

TEST(dates_are_faults_only_where_a_period_needs_them)
{
    city c = twelve();
    hz_quality_events_opts opts = HZ_QUALITY_EVENTS_DEFAULTS;
    strcpy(c.date[1], "31-02-2017");
    strcpy(c.date[4], "");
    strcpy(c.date[9], "2016-12-31");
    hz_quality *q = events_audit(&c, NULL);
    CHECK_FINDS(q, "events-bad-date", HZ_QUALITY_WARNING, 1, 2);
    CHECK_FINDS(q, "events-undated", HZ_QUALITY_NOTE, 1, 5);
    CHECK(!hz_quality_find(q, "events-out-of-period"));
    hz_quality_free(q);
    CHECK_OK(hz_period_parse("2017", &opts.period, &err), err);
    q = events_audit(&c, &opts);
    CHECK_FINDS(q, "events-bad-date", HZ_QUALITY_FAULT, 1, 2);
    CHECK_FINDS(q, "events-undated", HZ_QUALITY_WARNING, 1, 5);
    CHECK_FINDS(q, "events-out-of-period", HZ_QUALITY_NOTE, 1, 10);
    CHECK_TEXT(hz_quality_find(q, "events-out-of-period")->text[0], "2017");
    hz_quality_free(q);
    CHECK_OK(hz_period_parse("2019", &opts.period, &err), err);
    q = events_audit(&c, &opts);
    CHECK_FINDS(q, "events-out-of-period", HZ_QUALITY_FAULT, 10, 1);
    hz_quality_free(q);
}

TEST(rows_that_come_twice_are_told_apart_by_what_they_share)
{
    city c = twelve();
    c.x[7] = c.x[2];
    c.y[7] = c.y[2];
    strcpy(c.date[7], c.date[2]);   /* time and place, another id */
    strcpy(c.id[9], c.id[1]);       /* id, another place */
    c.x[11] = c.x[0];
    c.y[11] = c.y[0];
    strcpy(c.id[11], c.id[0]);
    strcpy(c.date[11], c.date[0]);  /* everything */
    hz_quality *q = events_audit(&c, NULL);
    CHECK_FINDS(q, "events-same-id", HZ_QUALITY_FAULT, 2, 10);
    CHECK_FINDS(q, "events-repeated", HZ_QUALITY_WARNING, 1, 12);
    CHECK_FINDS(q, "events-alike", HZ_QUALITY_NOTE, 1, 8);
    hz_quality_free(q);
}

TEST(stacks_hold_three_or_more_and_the_heaviest_comes_first)
{
    city c = twelve();
    for (int i = 0; i < 5; i++) {
        c.x[i] = c.x[0];
        c.y[i] = c.y[0];
    }
    c.x[6] = c.x[7] = c.x[8];
    c.y[6] = c.y[7] = c.y[8];
    c.x[9] = c.x[10];
    c.y[9] = c.y[10]; /* two are no stack */
    hz_quality *q = events_audit(&c, NULL);
    CHECK(q->stacks == 2);
    CHECK(q->stack[0].count == 5 && q->stack[1].count == 3);
    CHECK_NEAR(q->stack[0].share, 5.0 / 12, 1e-15);
    CHECK_NEAR(q->stacked_share, 8.0 / 12, 1e-15);
    CHECK_NEAR(q->stack[0].x, c.x[0], 0);
    CHECK(!q->stack[0].default_point && !hz_quality_find(q, "events-default-point"));
    hz_quality_free(q);
    hz_quality_events_opts opts = HZ_QUALITY_EVENTS_DEFAULTS;
    opts.sensitive = true;
    q = events_audit(&c, &opts);
    CHECK(q->stacks == 2);
    CHECK_NAN(q->stack[0].x);
    CHECK_NAN(q->stack[1].y);
    hz_quality_free(q);
}

TEST(a_rounded_point_or_the_middle_of_an_area_looks_like_a_default)
{
    static const char *const id[] = { "a" };
    const double box[][4] = { { 0, 0, 1000, 1000 } };
    city c = twelve();
    for (int i = 0; i < 5; i++) {
        c.x[i] = 725000; /* to the kilometre among centimetres */
        c.y[i] = 6175000;
    }
    hz_quality *q = events_audit(&c, NULL);
    CHECK(q->stacks == 1 && q->stack[0].default_point);
    CHECK_FINDS(q, "events-default-point", HZ_QUALITY_WARNING, 5, 0);
    CHECK_FINDS(q, "events-coarse", HZ_QUALITY_WARNING, 5, 0);
    hz_quality_free(q);
    c = twelve();
    for (int i = 0; i < 5; i++) {
        c.x[i] = 725500.25; /* not round, but the middle of the square */
        c.y[i] = 6175500.75;
    }
    hz_quality_events_opts opts = HZ_QUALITY_EVENTS_DEFAULTS;
    hz_layer *areas = areas_of(1, box, id);
    opts.areas = areas;
    q = events_audit(&c, &opts);
    CHECK_FINDS(q, "events-default-point", HZ_QUALITY_WARNING, 5, 0);
    hz_quality_free(q);
    hz_layer_free(areas);
}

TEST(columns_that_are_named_must_be_there)
{
    city c = twelve();
    hz_quality_events_opts opts = HZ_QUALITY_EVENTS_DEFAULTS;
    hz_layer *layer = as_layer(&c, UTM);
    hz_quality *q = NULL;
    opts.time = "dato";
    CHECK_FAILS(hz_quality_events(layer, &opts, &q, &err), HZ_EUSAGE, err, "dat");
    CHECK(!q);
    hz_layer_free(layer);
}

/* ---- areas ------------------------------------------------------------------------------ */

TEST(areas_that_share_their_plane_are_clean)
{
    static const char *const ids[] = { "a", "b" };
    const double box[][4] = { { 0, 0, 100, 100 }, { 100, 0, 200, 100 } };
    hz_layer *areas = areas_of(2, box, ids);
    hz_quality *q = NULL;
    CHECK_OK(hz_quality_areas(areas, NULL, &q, &err), err);
    CHECK(wrong(q) == 0);
    CHECK_FINDS(q, "areas-in-metres", HZ_QUALITY_NOTE, 2, 0);
    hz_quality_free(q);
    hz_layer_free(areas);
}

/* 10 by 100 of both, a tenth of the smaller; a strip of 2 cm by 100 m is 2 m2, a sliver. */
TEST(an_overlap_is_a_fault_a_sliver_a_warning_and_one_that_is_meant_a_note)
{
    static const char *const ids[] = { "a", "b" };
    const double real[][4] = { { 0, 0, 100, 100 }, { 90, 0, 200, 100 } };
    const double sliver[][4] = { { 0, 0, 100, 100 }, { 99.98, 0, 200, 100 } };
    hz_quality_areas_opts meant = { NULL, NULL, true };
    hz_layer *areas = areas_of(2, real, ids);
    hz_quality *q = NULL;
    CHECK_OK(hz_quality_areas(areas, NULL, &q, &err), err);
    CHECK_FINDS(q, "areas-overlap", HZ_QUALITY_FAULT, 1, 0);
    CHECK_NEAR(hz_quality_find(q, "areas-overlap")->value[0], 1000, 1e-6);
    CHECK_NEAR(hz_quality_find(q, "areas-overlap")->value[4], 0.1, 1e-9);
    hz_quality_free(q);
    q = NULL;
    CHECK_OK(hz_quality_areas(areas, &meant, &q, &err), err);
    CHECK(wrong(q) == 0);
    CHECK_FINDS(q, "areas-overlap-meant", HZ_QUALITY_NOTE, 1, 0);
    hz_quality_free(q);
    hz_layer_free(areas);
    areas = areas_of(2, sliver, ids);
    q = NULL;
    CHECK_OK(hz_quality_areas(areas, NULL, &q, &err), err);
    CHECK_FINDS(q, "areas-sliver", HZ_QUALITY_WARNING, 1, 0);
    CHECK(wrong(q) == 1);
    hz_quality_free(q);
    hz_layer_free(areas);
}

TEST(keys_names_and_empty_shapes_are_looked_at)
{
    static const char *const ids[] = { "a", "b", "a", "" };
    static const char *const names[] = { "A", "", "C", "D" };
    const double box[][4] = { { 0, 0, 100, 100 }, { 100, 0, 200, 100 }, { 200, 0, 300, 100 },
                              { 300, 0, 400, 100 } };
    hz_layer *areas = areas_of(4, box, ids);
    hz_quality *q = NULL;
    CHECK_OK(hz_layer_add_texts(areas, "name", names, &err), err);
    CHECK_OK(hz_quality_areas(areas, NULL, &q, &err), err);
    CHECK_FINDS(q, "areas-same-id", HZ_QUALITY_FAULT, 1, 3);
    CHECK_FINDS(q, "areas-no-id", HZ_QUALITY_FAULT, 1, 4);
    CHECK_FINDS(q, "areas-unnamed", HZ_QUALITY_WARNING, 1, 2);
    CHECK(wrong(q) == 3);
    hz_quality_free(q);
    hz_layer_free(areas);
}

/* A bow-tie is repaired; a triangle whose corners lie on one line is not. */
TEST(rings_are_repaired_or_refused_and_it_is_said_which)
{
    static const char *const ids[] = { "a", "b", "c" };
    const double box[][4] = { { 0, 0, 100, 100 }, { 200, 0, 300, 100 }, { 400, 0, 500, 100 } };
    hz_layer *areas = areas_of(3, box, ids);
    hz_shapes *s = NULL;
    hz_quality *q = NULL;
    CHECK_OK(hz_shapes_copy(hz_layer_shapes(areas), &s, &err), err);
    double y = s->y[6];
    s->y[6] = s->y[7];
    s->y[7] = y;
    for (size_t i = 10; i < 15; i++)
        s->y[i] = 6175000;
    CHECK_OK(hz_layer_take_shapes(areas, &s, &err), err);
    CHECK_OK(hz_quality_areas(areas, NULL, &q, &err), err);
    CHECK_FINDS(q, "areas-repaired", HZ_QUALITY_WARNING, 1, 2);
    CHECK_FINDS(q, "areas-broken", HZ_QUALITY_FAULT, 1, 3);
    CHECK_FINDS(q, "areas-flat-ring", HZ_QUALITY_WARNING, 1, 3);
    hz_quality_free(q);
    hz_layer_free(areas);
}

/* ---- tables ----------------------------------------------------------------------------- */

static hz_layer *table_of(size_t n, const char *const *keys, const double *figures,
                          const double *years)
{
    hz_layer *layer = NULL;
    if (hz_layer_new("population.csv", n, &layer, &err) ||
        hz_layer_add_texts(layer, "area", keys, &err) ||
        hz_layer_add_numbers(layer, "residents", figures, &err) ||
        (years && hz_layer_add_numbers(layer, "year", years, &err)))
        return NULL;
    return layer;
}

static hz_layer *three_areas(const char *const *ids)
{
    const double box[][4] = { { 0, 0, 100, 100 }, { 100, 0, 200, 100 }, { 200, 0, 300, 100 } };
    return areas_of(3, box, ids);
}

TEST(figures_that_are_missing_negative_or_given_twice_are_found)
{
    static const char *const keys[] = { "a", "b", "c", "a", "a", "" };
    const double figures[] = { 10, NAN, -3, 12, 11, 1 }, years[] = { 2016, 2016, 2016, 2017, 2016,
                                                                    2016 };
    static const char *const ids[] = { "a", "b", "c" };
    hz_layer *table = table_of(6, keys, figures, years), *areas = three_areas(ids);
    hz_quality *q = NULL;
    CHECK_OK(hz_quality_table(table, areas, NULL, NULL, &q, &err), err);
    CHECK_FINDS(q, "table-missing", HZ_QUALITY_WARNING, 1, 2);
    CHECK_FINDS(q, "table-negative", HZ_QUALITY_FAULT, 1, 3);
    CHECK_FINDS(q, "table-repeated", HZ_QUALITY_FAULT, 1, 5);
    CHECK_FINDS(q, "table-no-key", HZ_QUALITY_WARNING, 1, 6);
    CHECK_FINDS(q, "table-years", HZ_QUALITY_NOTE, 6, 0);
    CHECK_NEAR(hz_quality_find(q, "table-years")->value[0], 2016, 0);
    CHECK_NEAR(hz_quality_find(q, "table-years")->value[1], 2017, 0);
    CHECK(!hz_quality_find(q, "keys-missing") && !hz_quality_find(q, "keys-none"));
    hz_quality_free(q);
    hz_layer_free(table);
    hz_layer_free(areas);
}

/* wireservice/csvkit#810, mbloch/mapshaper#178: leading zeros lost, numbers against texts. */
TEST(keys_that_lost_their_zeros_are_recognised)
{
    static const char *const keys[] = { "147", "0151", "159" };
    static const char *const ids[] = { "0147", "0151", "0159" };
    const double figures[] = { 1, 2, 3 };
    hz_layer *table = table_of(3, keys, figures, NULL), *areas = three_areas(ids);
    hz_quality *q = NULL;
    CHECK_OK(hz_quality_table(table, areas, NULL, NULL, &q, &err), err);
    CHECK_FINDS(q, "keys-number", HZ_QUALITY_WARNING, 2, 1);
    CHECK_TEXT(hz_quality_find(q, "keys-number")->text[0],
               "'147' \xe2\x86\x92 '0147'; '159' \xe2\x86\x92 '0159'");
    CHECK_FINDS(q, "keys-missing", HZ_QUALITY_WARNING, 2, 1);
    CHECK_TEXT(hz_quality_find(q, "keys-missing")->text[0], "0147, 0159");
    hz_quality_free(q);
    hz_layer_free(table);
    hz_layer_free(areas);
}

TEST(a_misspelt_key_gets_a_suggestion_and_a_stranger_none)
{
    static const char *const keys[] = { "indre-norrebro", "valby", "aarhus-midt" };
    static const char *const ids[] = { "indre-noerrebro", "valby", "bispebjerg" };
    const double figures[] = { 1, 2, 3 };
    hz_layer *table = table_of(3, keys, figures, NULL), *areas = three_areas(ids);
    hz_quality *q = NULL;
    CHECK_OK(hz_quality_table(table, areas, NULL, NULL, &q, &err), err);
    CHECK_FINDS(q, "keys-near", HZ_QUALITY_WARNING, 1, 1);
    CHECK_TEXT(hz_quality_find(q, "keys-near")->text[0],
               "'indre-norrebro' \xe2\x86\x92 'indre-noerrebro'");
    CHECK_FINDS(q, "keys-extra", HZ_QUALITY_NOTE, 2, 1);
    CHECK_FINDS(q, "keys-missing", HZ_QUALITY_WARNING, 2, 1);
    hz_quality_free(q);
    hz_layer_free(table);
    hz_layer_free(areas);
}

TEST(keys_that_match_nothing_are_a_fault)
{
    static const char *const keys[] = { "x", "y", "z" };
    static const char *const ids[] = { "aaaa", "bbbb", "cccc" };
    const double figures[] = { 1, 2, 3 };
    hz_layer *table = table_of(3, keys, figures, NULL), *areas = three_areas(ids);
    hz_quality *q = NULL;
    CHECK_OK(hz_quality_table(table, areas, NULL, NULL, &q, &err), err);
    CHECK_FINDS(q, "keys-none", HZ_QUALITY_FAULT, 3, 0);
    CHECK(wrong(q) == 1);
    hz_quality_free(q);
    hz_layer_free(table);
    hz_layer_free(areas);
}

/* ---- memory ----------------------------------------------------------------------------- */

TEST(every_failing_allocation_is_reported_and_nothing_is_left)
{
    static const char *const ids[] = { "a", "b", "a" };
    static const char *const keys[] = { "a", "bb", "7" };
    const double box[][4] = { { 0, 0, 100, 100 }, { 90, 0, 200, 100 }, { 0, 200, 10, 300 } };
    const double figures[] = { 1, -2, NAN };
    city c = twelve();
    c.x[3] = NAN;
    strcpy(c.id[9], c.id[1]);
    c.x[6] = c.x[7] = c.x[8];
    c.y[6] = c.y[7] = c.y[8];
    hz_layer *events = as_layer(&c, UTM), *areas = areas_of(3, box, ids);
    hz_layer *table = table_of(3, keys, figures, NULL);
    hz_quality_events_opts opts = HZ_QUALITY_EVENTS_DEFAULTS;
    opts.areas = areas;
    for (int what = 0; what < 3; what++) {
        hz_status st = HZ_EMEMORY;
        for (long at = 1; st; at++) {
            hz_quality *q = NULL;
            hz_mem_fail_at(at);
            st = what == 0 ? hz_quality_events(events, &opts, &q, &err)
                 : what == 1 ? hz_quality_areas(areas, NULL, &q, &err)
                             : hz_quality_table(table, areas, NULL, NULL, &q, &err);
            hz_mem_fail_at(0);
            CHECK(st == HZ_OK || (st == HZ_EMEMORY && !q));
            hz_quality_free(q);
        }
    }
    hz_layer_free(events);
    hz_layer_free(areas);
    hz_layer_free(table);
}

RUN_TESTS(T(a_clean_source_has_neither_faults_nor_warnings),
          T(rows_without_coordinates_and_at_zero_are_counted_apart),
          T(a_source_without_any_coordinate_is_a_fault),
          T(exchanged_axes_are_told_from_far_away_points),
          T(where_x_and_y_are_alike_nothing_is_said_to_be_exchanged),
          T(axes_exchanged_throughout_are_a_fault), T(degrees_in_a_metric_column_are_implausible),
          T(events_outside_the_areas_are_a_note_a_warning_or_a_fault_by_their_share),
          T(dates_are_faults_only_where_a_period_needs_them),
          T(rows_that_come_twice_are_told_apart_by_what_they_share),
          T(stacks_hold_three_or_more_and_the_heaviest_comes_first),
          T(a_rounded_point_or_the_middle_of_an_area_looks_like_a_default),
          T(columns_that_are_named_must_be_there), T(areas_that_share_their_plane_are_clean),
          T(an_overlap_is_a_fault_a_sliver_a_warning_and_one_that_is_meant_a_note),
          T(keys_names_and_empty_shapes_are_looked_at),
          T(rings_are_repaired_or_refused_and_it_is_said_which),
          T(figures_that_are_missing_negative_or_given_twice_are_found),
          T(keys_that_lost_their_zeros_are_recognised),
          T(a_misspelt_key_gets_a_suggestion_and_a_stranger_none),
          T(keys_that_match_nothing_are_a_fault),
          T(every_failing_allocation_is_reported_and_nothing_is_left))
