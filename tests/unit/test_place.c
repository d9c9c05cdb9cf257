/* Placing: who counts where, what becomes of every row, and how far counts could be off. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/place.h"
#include "hotzone/text.h"

static hz_error err;

/* Two unit squares side by side; a third over the middle of both if wanted. */
static hz_layer *squares(size_t n, const char *crs, double x0, double y0, double side)
{
    const double xy[] = { 0, 0, 1, 0, 1, 1, 0, 1, 0, 0,           1, 0, 2, 0, 2, 1, 1, 1, 1, 0,
                          0.5, 0, 1.5, 0, 1.5, 1, 0.5, 1, 0.5, 0 };
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *c = NULL;
    if (hz_layer_new("areas.geojson", n, &layer, &err) ||
        hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err))
        return NULL;
    for (size_t i = 0; i < 5 * n; i++) {
        s->x[i] = x0 + side * xy[2 * i];
        s->y[i] = y0 + side * xy[2 * i + 1];
    }
    for (size_t f = 1; f <= n; f++) {
        s->first_ring[f] = f;
        s->first_point[f] = 5 * f;
    }
    if (hz_layer_take_shapes(layer, &s, &err) ||
        (crs && (hz_crs_new(crs, &c, &err) || hz_layer_take_crs(layer, &c, &err))))
        return NULL;
    return layer;
}

static hz_layer *points(size_t n, const double *x, const double *y, const char *crs)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *c = NULL;
    if (hz_layer_new("events.csv", n, &layer, &err) ||
        hz_shapes_new(HZ_POINT, n, 0, n, &s, &err))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        s->x[i] = x[i];
        s->y[i] = y[i];
    }
    if (hz_layer_take_shapes(layer, &s, &err) ||
        (crs && (hz_crs_new(crs, &c, &err) || hz_layer_take_crs(layer, &c, &err))))
        return NULL;
    return layer;
}

static bool accounted(const hz_fate *f)
{
    return f->read == f->placed + f->outside + f->unlocated + f->other_period + f->undated +
                          f->other_kind + f->refused;
}

/* Nine events: one per fate, two placed, two that two fates would fit. */
enum { N = 9 };
static const double ex[N] = { 0.5, 1.5, 5, NAN, 0.5, 0.5, 0.5, 0.5, NAN };
static const double ey[N] = { 0.5, 0.5, 5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5 };
static const char *const kinds[N] = { "knife", "gun", "gun",   "gun", "gun",
                                      "gun",   "theft", "gun", "theft" };
static const char *const dates[N] = { "2017-03-01", "2017-12-31 23:59", "2017-05-05",
                                      "2017-05-05", "2018-01-01", "", "2017-05-05",
                                      "2017-05-05", "2016-01-01" };
static const double weights[N] = { 0.5, 1, 1, 1, 1, 1, 1, -1, 1 };

static hz_layer *nine_events(void)
{
    size_t bad, first;
    hz_layer *e = points(N, ex, ey, NULL);
    if (hz_layer_add_texts(e, "kind", kinds, &err) || hz_layer_add_texts(e, "date", dates, &err) ||
        hz_layer_add_numbers(e, "weight", weights, &err) ||
        hz_layer_read_dates(e, "date", NULL, &bad, &first, &err))
        return NULL;
    return e;
}

typedef struct {
    int warnings;
    char last[500];
} ears;

static void hear(hz_notice_kind kind, const char *text, void *user)
{
    ears *e = user;
    e->warnings += kind == HZ_WARNING;
    snprintf(e->last, sizeof e->last, "%s", text);
}

TEST(every_row_has_exactly_one_fate)
{
    const char *const want[] = { "gun", "knife" };
    hz_place_opts opts = HZ_PLACE_DEFAULTS;
    hz_placing *p = NULL;
    hz_layer *a = squares(2, NULL, 0, 0, 1), *e = nine_events();
    CHECK(a && e);
    CHECK_OK(hz_period_parse("2017", &opts.period, &err), err);
    opts.time = "date";
    opts.kind = "kind";
    opts.kinds = want;
    opts.kind_count = 2;
    opts.weight = "weight";
    CHECK_OK(hz_place_events(a, e, false, &opts, &p, NULL, &err), err);
    const hz_fate *f = hz_placing_fate(p);
    CHECK(f->read == 9 && accounted(f));
    CHECK(f->placed == 2 && f->outside == 1 && f->unlocated == 1 && f->other_period == 1);
    CHECK(f->undated == 1 && f->other_kind == 2 && f->refused == 1);
    CHECK_NEAR(hz_placing_counts(p)[0], 0.5, 0);
    CHECK_NEAR(hz_placing_counts(p)[1], 1, 0);
    const int32_t areas[N] = { 0, 1, HZ_NOWHERE, HZ_UNUSED, HZ_UNUSED, HZ_UNUSED, HZ_UNUSED,
                               HZ_UNUSED, HZ_UNUSED };
    CHECK(memcmp(hz_placing_areas(p), areas, sizeof areas) == 0);
    hz_time from, until;
    CHECK(hz_date_parse("2017-03-01", 10, NULL, &from));
    CHECK(hz_date_parse("2017-12-31 23:59", 16, NULL, &until));
    CHECK(hz_placing_span(p).from == from && hz_placing_span(p).until == until);
    hz_placing_free(p);
    hz_layer_free(a);
    hz_layer_free(e);
}

TEST(without_options_all_that_is_located_counts)
{
    hz_placing *p = NULL;
    ears heard = { 0 };
    hz_notice notice = { hear, &heard };
    hz_layer *a = squares(2, NULL, 0, 0, 1), *e = nine_events();
    CHECK_OK(hz_place_events(a, e, false, NULL, &p, &notice, &err), err);
    CHECK(hz_placing_fate(p)->placed == 6 && hz_placing_fate(p)->unlocated == 2);
    CHECK(accounted(hz_placing_fate(p)));
    CHECK_NEAR(hz_placing_counts(p)[0], 5, 0);
    CHECK(hz_placing_span(p).from == HZ_TIME_NONE);
    CHECK(heard.warnings == 1 && strstr(heard.last, "no reference system"));
    hz_placing_free(p);
    hz_layer_free(a);
    hz_layer_free(e);
}

TEST(rows_the_reader_refused_are_part_of_the_account)
{
    hz_placing *p = NULL;
    hz_intake intake = { .read = 12, .refused = 3 };
    hz_layer *a = squares(2, NULL, 0, 0, 1), *e = nine_events();
    hz_layer_set_intake(e, &intake);
    CHECK_OK(hz_place_events(a, e, false, NULL, &p, NULL, &err), err);
    CHECK(hz_placing_fate(p)->read == 12 && hz_placing_fate(p)->refused == 3);
    CHECK(accounted(hz_placing_fate(p)));
    hz_placing_free(p);
    hz_layer_free(a);
    hz_layer_free(e);
}

TEST(overlapping_areas_each_count_an_event_that_is_placed_once)
{
    hz_placing *p = NULL;
    const double x[] = { 0.25, 0.75, 1, 1.25, 1.75, 3 }, y[] = { 0.5, 0.5, 0.5, 0.5, 0.5, 0.5 };
    hz_layer *a = squares(3, NULL, 0, 0, 1), *e = points(6, x, y, NULL);
    CHECK_OK(hz_place_events(a, e, true, NULL, &p, NULL, &err), err);
    /* x = 1 is on the border of areas 0 and 1, and within 2 */
    CHECK_NEAR(hz_placing_counts(p)[0], 3, 0);
    CHECK_NEAR(hz_placing_counts(p)[1], 3, 0);
    CHECK_NEAR(hz_placing_counts(p)[2], 3, 0);
    CHECK(hz_placing_fate(p)->placed == 5 && hz_placing_fate(p)->outside == 1);
    hz_placing_free(p);
    CHECK_OK(hz_place_events(a, e, false, NULL, &p, NULL, &err), err);
    CHECK_NEAR(hz_placing_counts(p)[0], 3, 0);
    CHECK_NEAR(hz_placing_counts(p)[1], 2, 0);
    CHECK_NEAR(hz_placing_counts(p)[2], 0, 0);
    hz_placing_free(p);
    hz_layer_free(a);
    hz_layer_free(e);
}

TEST(areas_in_degrees_take_events_in_metres)
{
    /* squares of 0.02 degrees from 12.5 E, 55.7 N; the events by hz_crs_points */
    double x[] = { 12.51, 12.53, 12.6 }, y[] = { 55.71, 55.71, 55.71 };
    hz_placing *p = NULL;
    hz_crs *d = NULL, *m = NULL;
    CHECK_OK(hz_crs_new("EPSG:4326", &d, &err), err);
    CHECK_OK(hz_crs_new("EPSG:25832", &m, &err), err);
    CHECK_OK(hz_crs_points(d, m, 3, x, y, NULL, &err), err);
    hz_layer *a = squares(2, "EPSG:4326", 12.5, 55.7, 0.02), *e = points(3, x, y, "EPSG:25832");
    CHECK_OK(hz_place_events(a, e, false, NULL, &p, NULL, &err), err);
    CHECK_NEAR(hz_placing_counts(p)[0], 1, 0);
    CHECK_NEAR(hz_placing_counts(p)[1], 1, 0);
    CHECK(hz_placing_fate(p)->outside == 1);
    hz_placing_free(p);
    hz_layer_free(a);
    hz_layer_free(e);
    hz_crs_free(d);
    hz_crs_free(m);
}

TEST(misuse_is_told_in_words)
{
    const char *const want[] = { "gunn", "gun" };
    ears heard = { 0 };
    hz_notice notice = { hear, &heard };
    hz_placing *p = NULL;
    hz_place_opts opts = HZ_PLACE_DEFAULTS;
    hz_layer *a = squares(2, NULL, 0, 0, 1), *e = nine_events();
    hz_layer *g = squares(2, "EPSG:4326", 0, 0, 1);
    CHECK_FAILS(hz_place_events(e, e, false, NULL, &p, NULL, &err), HZ_EDATA, err, "no polygons");
    CHECK_FAILS(hz_place_events(a, a, false, NULL, &p, NULL, &err), HZ_EDATA, err, "no points");
    CHECK_FAILS(hz_place_events(g, e, false, NULL, &p, NULL, &err), HZ_ECRS, err,
                "events.csv: has no reference system but areas.geojson has");
    CHECK_OK(hz_period_parse("2017", &opts.period, &err), err);
    CHECK_FAILS(hz_place_events(a, e, false, &opts, &p, NULL, &err), HZ_EUSAGE, err,
                "a period is asked for");
    opts.time = "kind";
    CHECK_FAILS(hz_place_events(a, e, false, &opts, &p, NULL, &err), HZ_EUSAGE, err,
                "'kind' is not dates yet");
    opts.time = "dato";
    CHECK_FAILS(hz_place_events(a, e, false, &opts, &p, NULL, &err), HZ_EUSAGE, err,
                "did you mean 'date'?");
    opts.time = "date";
    opts.weight = "kind";
    CHECK_FAILS(hz_place_events(a, e, false, &opts, &p, NULL, &err), HZ_EUSAGE, err,
                "not numbers");
    opts.weight = NULL;
    opts.kinds = want;
    opts.kind_count = 1;
    CHECK_FAILS(hz_place_events(a, e, false, &opts, &p, NULL, &err), HZ_EUSAGE, err,
                "expected their column");
    opts.kind = "kind";
    CHECK_FAILS(hz_place_events(a, e, false, &opts, &p, &notice, &err), HZ_EUSAGE, err,
                "no row of kind 'gunn'");
    opts.kind_count = 2;
    CHECK_OK(hz_place_events(a, e, false, &opts, &p, &notice, &err), err);
    CHECK(strstr(heard.last, "no row of kind 'gunn'"));
    hz_placing_free(p);
    hz_layer_free(a);
    hz_layer_free(e);
    hz_layer_free(g);
}

/* Squares of 100 m; an event 30 m from the border between them, one 30 m outside. */
TEST(circles_against_borders_give_the_range_of_counts)
{
    const double x[] = { 70, 70, 230, 150, 70, 50 }, y[] = { 50, 50, 50, 50, 50, 50 };
    const double precision[] = { 29, 31, 31, NAN, 30, 50 };
    double low[2] = { -1, -1 }, high[2] = { -1, -1 };
    size_t unknown = 9;
    hz_placing *p = NULL;
    hz_layer *a = squares(2, NULL, 0, 0, 100), *e = points(6, x, y, NULL);
    CHECK_OK(hz_layer_add_numbers(e, "precision", precision, &err), err);
    CHECK_OK(hz_place_events(a, e, false, NULL, &p, NULL, &err), err);
    CHECK_OK(hz_place_range(a, e, p, "precision", low, high, &unknown, &err), err);
    /* area 0 holds the 1st, 2nd, 5th, 6th; the 2nd's circle leaves it, the 5th's and the 6th's
     * only touch the border, from inside for 0 and from outside for 1 */
    CHECK_NEAR(hz_placing_counts(p)[0], 4, 0);
    CHECK_NEAR(low[0], 3, 0);
    CHECK_NEAR(high[0], 4, 0);
    /* area 1 holds the 4th alone; the 2nd and 3rd reach into it, the 5th and 6th touch it */
    CHECK_NEAR(hz_placing_counts(p)[1], 1, 0);
    CHECK_NEAR(low[1], 1, 0);
    CHECK_NEAR(high[1], 5, 0);
    CHECK(unknown == 1);
    CHECK_FAILS(hz_place_range(a, e, p, "prec", low, high, NULL, &err), HZ_EUSAGE, err, "'prec'");
    hz_placing_free(p);
    hz_layer_free(a);
    hz_layer_free(e);
}

TEST(the_range_is_measured_in_metres_also_from_degrees_and_web_mercator)
{
    /* 0.001 degrees west of the border at 12.52 E on 55.7 N: 62.8 m; in Web Mercator 111.3 */
    const char *systems[] = { "EPSG:4326", "EPSG:3857", "EPSG:25832" };
    for (size_t k = 0; k < 3; k++) {
        double x[] = { 12.519, 12.519 }, y[] = { 55.71, 55.71 }, low[2], high[2];
        const double precision[] = { 60, 66 };
        hz_placing *p = NULL;
        hz_crs *d = NULL, *c = NULL;
        CHECK_OK(hz_crs_new("EPSG:4326", &d, &err), err);
        CHECK_OK(hz_crs_new(systems[k], &c, &err), err);
        CHECK_OK(hz_crs_points(d, c, 2, x, y, NULL, &err), err);
        hz_layer *a = squares(2, "EPSG:4326", 12.5, 55.7, 0.02), *e = points(2, x, y, systems[k]);
        CHECK_OK(hz_layer_add_numbers(e, "precision", precision, &err), err);
        CHECK_OK(hz_place_events(a, e, false, NULL, &p, NULL, &err), err);
        CHECK_OK(hz_place_range(a, e, p, "precision", low, high, NULL, &err), err);
        CHECK_NEAR(low[0], 1, 0);
        CHECK_NEAR(high[0], 2, 0);
        CHECK_NEAR(low[1], 0, 0);
        CHECK_NEAR(high[1], 1, 0);
        hz_placing_free(p);
        hz_layer_free(a);
        hz_layer_free(e);
        hz_crs_free(d);
        hz_crs_free(c);
    }
}

TEST(a_fate_reads_well_in_both_languages)
{
    char buf[300];
    hz_fate f = { .read = 1203, .placed = 1190, .outside = 12, .undated = 1 };
    CHECK_TEXT(hz_fate_text(buf, sizeof buf, &f, HZ_ENGLISH),
               "1,203 events read: 1,190 placed, 12 outside the areas, 1 without a date");
    CHECK_TEXT(hz_fate_text(buf, sizeof buf, &f, HZ_DANISH),
               "1.203 hændelser læst: 1.190 placeret, 12 uden for områderne, 1 uden dato");
    hz_fate one = { .read = 1, .refused = 1 }, none = { 0 };
    CHECK_TEXT(hz_fate_text(buf, sizeof buf, &one, HZ_ENGLISH), "1 event read: 1 refused");
    CHECK_TEXT(hz_fate_text(buf, sizeof buf, &one, HZ_DANISH), "1 hændelse læst: 1 afvist");
    CHECK_TEXT(hz_fate_text(buf, sizeof buf, &none, HZ_ENGLISH), "no events read");
    CHECK_TEXT(hz_fate_text(buf, sizeof buf, &none, HZ_DANISH), "ingen hændelser læst");
    CHECK(strlen(hz_fate_text(buf, 10, &f, HZ_ENGLISH)) == 9);
}

static hz_status everything(const hz_layer *a, const hz_layer *e)
{
    const char *const want[] = { "gun", "knife" };
    hz_place_opts opts = { HZ_PERIOD_ALWAYS, "date", "kind", want, 2, NULL };
    double low[3], high[3];
    hz_placing *p = NULL;
    hz_status st = hz_place_events(a, e, true, &opts, &p, NULL, &err);
    if (!st)
        st = hz_place_range(a, e, p, "weight", low, high, NULL, &err);
    hz_placing_free(p);
    return st;
}

TEST(every_allocation_that_fails_is_an_error)
{
    int failures = 0;
    hz_layer *a = squares(3, NULL, 0, 0, 1), *e = nine_events();
    double good[N] = { 0 };
    CHECK_OK(hz_layer_add_numbers(e, "weight", good, &err), err);
    for (long n = 1; n < 500; n++) {
        hz_mem_fail_at(n);
        hz_status st = everything(a, e);
        hz_mem_fail_at(0);
        if (st == HZ_OK)
            break;
        CHECK(st == HZ_EMEMORY);
        failures++;
    }
    CHECK(failures >= 20);
    hz_layer_free(a);
    hz_layer_free(e);
}

RUN_TESTS(T(every_row_has_exactly_one_fate), T(without_options_all_that_is_located_counts),
          T(rows_the_reader_refused_are_part_of_the_account),
          T(overlapping_areas_each_count_an_event_that_is_placed_once),
          T(areas_in_degrees_take_events_in_metres), T(misuse_is_told_in_words),
          T(circles_against_borders_give_the_range_of_counts),
          T(the_range_is_measured_in_metres_also_from_degrees_and_web_mercator),
          T(a_fate_reads_well_in_both_languages), T(every_allocation_that_fails_is_an_error))
