/* Zones over time: what is in force when, what renews what, and what becomes of every event. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/clock.h"
#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/timeline.h"

static hz_error err;

typedef struct {
    const char *id, *name, *from, *until;
    double west, south, east, north; /* km; west > east: no polygon */
} square;

static hz_layer *zones_of(const square *s, size_t n)
{
    hz_layer *l = NULL;
    hz_shapes *p = NULL;
    const char *text[4][64];
    size_t ring = 0;
    if (hz_layer_new("zones", n, &l, &err) || hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &p, &err))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const double x[] = { s[i].west, s[i].east, s[i].east, s[i].west, s[i].west };
        const double y[] = { s[i].south, s[i].south, s[i].north, s[i].north, s[i].south };
        if (s[i].west <= s[i].east) {
            for (size_t k = 0; k < 5; k++) {
                p->x[5 * ring + k] = 1000 * x[k];
                p->y[5 * ring + k] = 1000 * y[k];
            }
            ring++;
            p->first_point[ring] = 5 * ring;
        }
        p->first_ring[i + 1] = ring;
        text[0][i] = s[i].id;
        text[1][i] = s[i].name;
        text[2][i] = s[i].from;
        text[3][i] = s[i].until;
    }
    p->rings = ring;
    p->points = 5 * ring;
    if (hz_layer_add_texts(l, "id", text[0], &err) || hz_layer_add_texts(l, "name", text[1], &err) ||
        hz_layer_add_texts(l, "valid_from", text[2], &err) ||
        hz_layer_add_texts(l, "valid_to", text[3], &err) || hz_layer_take_shapes(l, &p, &err))
        return NULL;
    return l;
}

typedef struct {
    const char *time;
    double x, y; /* km */
} event;

static hz_layer *events_of(const event *e, size_t n, unsigned char **whole_day)
{
    hz_layer *l = NULL;
    hz_shapes *p = NULL;
    const char *times[64];
    size_t bad, first;
    if (hz_layer_new("events", n, &l, &err) || hz_shapes_new(HZ_POINT, n, 0, n, &p, &err))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        p->x[i] = 1000 * e[i].x;
        p->y[i] = 1000 * e[i].y;
        times[i] = e[i].time;
    }
    if (hz_layer_add_texts(l, "time", times, &err) || hz_layer_take_shapes(l, &p, &err) ||
        hz_timeline_read_times(l, "time", NULL, NULL, whole_day, &bad, &first, &err))
        return NULL;
    return l;
}

static double number(const hz_layer *l, const char *column, size_t row)
{
    return hz_layer_numbers(l, column)[row];
}

static hz_timeline make(const square *s, size_t n, const event *e, size_t m,
                        const hz_timeline_opts *how)
{
    hz_timeline_opts o = how ? *how : (hz_timeline_opts)HZ_TIMELINE_DEFAULTS;
    hz_timeline t = { 0 };
    unsigned char *whole_day = NULL;
    hz_layer *zones = zones_of(s, n), *events = m ? events_of(e, m, &whole_day) : NULL;
    o.time = "time";
    o.whole_day = whole_day;
    if (hz_timeline_make(zones, events, &o, &t, NULL, &err))
        print_error("%s\n", err.text);
    hz_layer_free(zones);
    hz_layer_free(events);
    hz_mem_free(whole_day);
    return t;
}

/* One km2 for two weeks: two events inside meanwhile, one before, one after, one elsewhere. */
TEST(only_events_while_in_force_are_counted)
{
    const square z[] = { { "a", "A", "2017-06-14 12:00", "2017-06-28 12:00", 0, 0, 1, 1 } };
    const event e[] = { { "2017-06-14 12:00", .5, .5 }, { "2017-06-28 11:59", .5, .5 },
                        { "2017-06-14 11:59", .5, .5 }, { "2017-06-28 12:00", .5, .5 },
                        { "2017-06-20 12:00", 5, 5 }, { "2017-06-20 10:00", NAN, NAN } };
    hz_timeline t = make(z, 1, e, 6, NULL);
    double low, high;
    CHECK(number(t.zones, "events", 0) == 2);
    CHECK_NEAR(number(t.zones, "days_in_force", 0), 14, 1e-12);
    CHECK_NEAR(number(t.zones, "events_per_day", 0), 2 / 14.0, 1e-12);
    CHECK_NEAR(number(t.zones, "events_per_km2_day", 0), 2 / 14.0, 1e-12);
    hz_interval_poisson(2, 0.95, &low, &high);
    CHECK_NEAR(number(t.zones, "events_per_day_low", 0), low / 14, 1e-12);
    CHECK_NEAR(number(t.zones, "events_per_km2_day_high", 0), high / 14, 1e-12);
    CHECK(t.fate.read == 6 && t.fate.in_force == 2 && t.fate.not_in_force == 2 &&
          t.fate.outside == 1 && t.fate.unlocated == 1);
    /* the minute before the start */
    CHECK_NEAR(number(t.zones, "days_since_event", 0), 1 / 1440.0, 1e-12);
    CHECK_TEXT(hz_layer_text(t.fates, "ids", 0), "a");
    CHECK_TEXT(hz_layer_text(t.fates, "fate", 2), "not in force");
    hz_timeline_clear(&t);
}

TEST(a_day_counts_only_for_zones_in_force_all_of_it)
{
    const square z[] = { { "a", "", "2017-06-14 12:00", "2017-06-20", 0, 0, 1, 1 },
                         { "b", "", "2017-06-14", "2017-06-20 23:59", 0, 0, 1, 1 } };
    const event e[] = { { "2017-06-14", .5, .5 }, { "2017-06-20", .5, .5 },
                        { "2017-06-21", .5, .5 } };
    hz_timeline t = make(z, 2, e, 3, NULL);
    /* sorted by start: b, a */
    CHECK_TEXT(hz_layer_text(t.zones, "id", 0), "b");
    CHECK(number(t.zones, "events", 0) == 2 && number(t.zones, "events_part", 0) == 0);
    CHECK(number(t.zones, "events", 1) == 1 && number(t.zones, "events_part", 1) == 1);
    CHECK(t.fate.in_force == 2 && t.fate.part == 0 && t.fate.not_in_force == 1);
    CHECK_TEXT(hz_layer_text(t.zones, "until", 0), "2017-06-21 00:00");
    CHECK_TEXT(hz_layer_text(t.zones, "until", 1), "2017-06-21 00:00");
    hz_timeline_clear(&t);
}

TEST(a_day_that_no_zone_covers_whole_is_told_apart)
{
    const square z[] = { { "a", "", "2017-06-14 12:00", "2017-06-20 12:00", 0, 0, 1, 1 } };
    const event e[] = { { "2017-06-14", .5, .5 }, { "2017-06-20", .5, .5 },
                        { "2017-06-15", .5, .5 } };
    hz_timeline t = make(z, 1, e, 3, NULL);
    CHECK(t.fate.part == 2 && t.fate.in_force == 1);
    CHECK(number(t.zones, "events", 0) == 1 && number(t.zones, "events_part", 0) == 2);
    CHECK_TEXT(hz_layer_text(t.fates, "fate", 1), "part of the day");
    hz_timeline_clear(&t);
}

TEST(an_hour_is_gained_when_summer_time_ends)
{
    const square z[] = { { "a", "", "2017-10-26 12:00", "2017-11-09 12:00", 0, 0, 1, 1 } };
    hz_timeline t = make(z, 1, NULL, 0, NULL);
    CHECK_NEAR(number(t.zones, "days_in_force", 0), 14 + 1 / 24.0, 1e-12);
    CHECK_NAN(number(t.zones, "events", 0));
    hz_timeline_clear(&t);
}

/* A zone of 2 km2, renewed by its western half and later by the whole under another name. */
TEST(a_renewal_overlaps_by_more_than_the_share)
{
    const square z[] = { { "1", "A", "2017-01-01", "2017-01-14", 0, 0, 2, 1 },
                         { "2", "B", "2017-01-15", "2017-01-28", 0, 0, 1, 1 },
                         { "3", "C", "2017-01-31", "2017-02-14", 0, 0, 1.6, 1 } };
    hz_timeline_opts o = HZ_TIMELINE_DEFAULTS;
    hz_timeline t = make(z, 3, NULL, 0, &o);
    CHECK_TEXT(hz_layer_text(t.zones, "renews", 1), ""); /* IoU 0.5 is not over 0.5 */
    CHECK_TEXT(hz_layer_text(t.zones, "renews", 2), "2"); /* the latest start of 0.625 and 0.8 */
    CHECK_NEAR(number(t.zones, "iou", 2), 0.625, 1e-12);
    CHECK_NEAR(number(t.zones, "shared_km2", 2), 1, 1e-12);
    CHECK_NEAR(number(t.zones, "gap_days", 2), 2, 1e-12);
    CHECK_NEAR(number(t.zones, "km2_change", 2), 0.6, 1e-12);
    CHECK_TEXT(hz_layer_text(t.zones, "renewed_by", 1), "3");
    hz_timeline_clear(&t);
    o.same_share = 0.4;
    t = make(z, 3, NULL, 0, &o);
    CHECK_TEXT(hz_layer_text(t.zones, "renews", 1), "1");
    hz_timeline_clear(&t);
}

TEST(a_zone_of_the_same_name_is_renewed_wherever_it_lies)
{
    const square z[] = { { "1", "Amager", "2017-01-01", "2017-01-14", 0, 0, 1, 1 },
                         { "2", "Amager", "2017-02-01", "2017-02-14", 5, 5, 6, 6 },
                         { "3", "", "2017-03-01", "2017-03-14", 8, 8, 9, 9 },
                         { "4", "", "2017-04-01", "2017-04-14", 3, 3, 4, 4 } };
    hz_timeline t = make(z, 4, NULL, 0, NULL);
    CHECK_TEXT(hz_layer_text(t.zones, "renews", 1), "1");
    CHECK(number(t.zones, "iou", 1) == 0);
    CHECK_TEXT(hz_layer_text(t.zones, "renews", 3), ""); /* no name is no same name */
    hz_timeline_clear(&t);
}

TEST(zones_that_are_never_in_force_are_told_and_left_out)
{
    const square z[] = { { "1", "A", "2017-01-14", "2017-01-01", 0, 0, 1, 1 },
                         { "2", "A", "soon", "2017-01-14", 0, 0, 1, 1 },
                         { "3", "A", "2017-01-01", "never", 0, 0, 1, 1 },
                         { "4", "A", "2017-01-01 12:00", "2017-01-01 12:00", 0, 0, 1, 1 },
                         { "5", "A", "2017-01-01", "", 0, 0, 1, 1 },
                         { "6", "A", "", "2017-01-05", 0, 0, 1, 1 },
                         { "7", "A", "2017-01-02", "2017-01-05", 1, 1, 0, 0 } };
    const event e[] = { { "2017-01-03", .5, .5 }, { "2017-01-09", .5, .5 } };
    hz_timeline t = make(z, 7, e, 2, NULL);
    CHECK(t.unusable == 4);
    CHECK_TEXT(hz_layer_text(t.zones, "id", 0), "6"); /* no start: always */
    CHECK_TEXT(hz_layer_text(t.zones, "id", 1), "5");
    CHECK_TEXT(hz_layer_text(t.zones, "id", 2), "7");
    CHECK_TEXT(hz_layer_text(t.zones, "state", 2), "no polygon");
    CHECK_TEXT(hz_layer_text(t.zones, "state", 3), "start not before end");
    CHECK_TEXT(hz_layer_text(t.zones, "state", 4), "start is no date");
    CHECK_TEXT(hz_layer_text(t.zones, "state", 5), "end is no date");
    CHECK_TEXT(hz_layer_text(t.zones, "state", 6), "start not before end");
    CHECK(number(t.zones, "events", 0) == 1 && number(t.zones, "events", 1) == 2);
    CHECK_NAN(number(t.zones, "events", 2));
    CHECK_NAN(number(t.zones, "events", 3));
    CHECK_NAN(number(t.zones, "days_in_force", 0));
    CHECK_NEAR(number(t.zones, "days_observed", 0), 3, 1e-12); /* 3 to 5 January */
    CHECK_NEAR(number(t.zones, "days_observed", 1), 7, 1e-12);
    CHECK(t.window_assumed && t.fate.in_force == 2);
    hz_timeline_clear(&t);
}

TEST(steps_count_zones_and_cover_their_union)
{
    const square z[] = { { "a", "", "2017-01-01", "2017-01-10", 0, 0, 2, 1 },
                         { "b", "", "2017-01-06", "2017-01-20", 1, 0, 3, 1 },
                         { "c", "", "2017-02-01", "", 0, 0, 1, 1 } };
    const double zones[] = { 1, 2, 1, 0, 1 }, km2[] = { 2, 3, 2, 0, 1 }, days[] = { 5, 5, 10, 11 };
    const char *ids[] = { "a", "a;b", "b", "", "c" };
    hz_timeline t = make(z, 3, NULL, 0, NULL);
    CHECK(hz_layer_rows(t.steps) == 5);
    for (size_t k = 0; k < 5; k++) {
        CHECK(number(t.steps, "zones", k) == zones[k]);
        CHECK_NEAR(number(t.steps, "km2", k), km2[k], 1e-12);
        CHECK_TEXT(hz_layer_text(t.steps, "ids", k), ids[k]);
    }
    for (size_t k = 0; k < 4; k++)
        CHECK_NEAR(number(t.steps, "days", k), days[k], 1e-12);
    CHECK_TEXT(hz_layer_text(t.steps, "until", 1), "2017-01-11 00:00");
    CHECK_TEXT(hz_layer_text(t.steps, "until", 4), "");
    hz_timeline_clear(&t);
}

TEST(a_zone_outside_the_window_is_not_observed_rather_than_without_events)
{
    const square z[] = { { "a", "", "2016-01-01", "2016-01-10", 0, 0, 1, 1 },
                         { "b", "", "2017-01-06", "2017-01-20", 0, 0, 1, 1 } };
    const event e[] = { { "2017-01-08 10:00", .5, .5 } };
    hz_timeline_opts o = HZ_TIMELINE_DEFAULTS;
    CHECK_OK(hz_period_parse("2017-01-08..2017-01-31", &o.period, &err), err);
    hz_timeline t = make(z, 2, e, 1, &o);
    CHECK_TEXT(hz_layer_text(t.zones, "state", 0), "not observed");
    CHECK_NAN(number(t.zones, "events", 0));
    CHECK_NEAR(number(t.zones, "days_observed", 1), 13, 1e-12);
    CHECK_NEAR(number(t.zones, "days_in_force", 1), 15, 1e-12);
    CHECK_NAN(number(t.zones, "days_since_event", 1)); /* starts before the window */
    CHECK(!t.window_assumed);
    hz_timeline_clear(&t);
}

TEST(two_zones_with_one_id_are_refused)
{
    const square z[] = { { "a", "", "2017-01-01", "2017-01-10", 0, 0, 1, 1 },
                         { "a", "", "2017-02-01", "2017-02-10", 0, 0, 1, 1 } };
    hz_timeline t = { 0 };
    hz_layer *l = zones_of(z, 2);
    CHECK_FAILS(hz_timeline_make(l, NULL, NULL, &t, NULL, &err), HZ_EDATA, err,
                "rows 1 and 2 have the same 'id'");
    CHECK(!t.zones);
    hz_layer_free(l);
}

TEST(times_of_day_may_stand_in_a_column_of_their_own)
{
    const char *day[] = { "2017-06-14", "2017-06-14", "2017-06-14", "x", "" };
    const char *clock[] = { "21:30", "", "25:00", "10:00", "10:00" };
    hz_layer *l = NULL;
    unsigned char *whole = NULL;
    size_t bad = 0, first = 0;
    CHECK_OK(hz_layer_new("events", 5, &l, &err), err);
    CHECK_OK(hz_layer_add_texts(l, "date", day, &err), err);
    CHECK_OK(hz_layer_add_texts(l, "clock", clock, &err), err);
    CHECK_OK(hz_timeline_read_times(l, "date", NULL, "clock", &whole, &bad, &first, &err), err);
    const hz_time *t = hz_layer_times(l, "date");
    CHECK(t[0] == hz_date_days(2017, 6, 14) * 86400 + 21 * 3600 + 1800 && !whole[0]);
    CHECK(t[1] == hz_date_days(2017, 6, 14) * 86400 && whole[1]);
    CHECK(t[2] == HZ_TIME_NONE && t[3] == HZ_TIME_NONE && t[4] == HZ_TIME_NONE);
    CHECK(bad == 2 && first == 2);
    hz_mem_free(whole);
    hz_layer_free(l);
}

TEST(every_failing_allocation_is_reported)
{
    const square z[] = { { "a", "A", "2017-01-01", "2017-01-10", 0, 0, 2, 1 },
                         { "b", "A", "2017-01-06 10:00", "2017-01-20", 1, 0, 3, 1 } };
    const event e[] = { { "2017-01-03", .5, .5 }, { "2017-01-09 12:00", 1.5, .5 } };
    unsigned char *whole_day = NULL;
    hz_layer *zones = zones_of(z, 2), *events = events_of(e, 2, &whole_day);
    hz_timeline_opts o = HZ_TIMELINE_DEFAULTS;
    hz_status st;
    long n = 0;
    o.time = "time";
    o.whole_day = whole_day;
    do {
        hz_timeline t = { 0 };
        hz_mem_fail_at(++n);
        st = hz_timeline_make(zones, events, &o, &t, NULL, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || (st == HZ_EMEMORY && !t.zones && !t.steps && !t.fates));
        hz_timeline_clear(&t);
    } while (st);
    CHECK(n > 30);
    hz_layer_free(zones);
    hz_layer_free(events);
    hz_mem_free(whole_day);
}

RUN_TESTS(T(only_events_while_in_force_are_counted),
          T(a_day_counts_only_for_zones_in_force_all_of_it),
          T(a_day_that_no_zone_covers_whole_is_told_apart),
          T(an_hour_is_gained_when_summer_time_ends),
          T(a_renewal_overlaps_by_more_than_the_share),
          T(a_zone_of_the_same_name_is_renewed_wherever_it_lies),
          T(zones_that_are_never_in_force_are_told_and_left_out),
          T(steps_count_zones_and_cover_their_union),
          T(a_zone_outside_the_window_is_not_observed_rather_than_without_events),
          T(two_zones_with_one_id_are_refused),
          T(times_of_day_may_stand_in_a_column_of_their_own),
          T(every_failing_allocation_is_reported))
