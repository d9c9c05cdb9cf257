/* Seeded zones and events against a slow twin: squares of a grid, minutes of one summer. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/rng.h"
#include "hotzone/timeline.h"

enum { SEEDS = 150, ZONES = 12, EVENTS = 80, SIDE = 8, DAY_S = 86400 };

typedef struct {
    int west, south, east, north; /* squares of 100 m */
    hz_time from, until;          /* summer time throughout: no change of the clock */
} zone;

typedef struct {
    zone z[ZONES];
    double x[EVENTS], y[EVENTS];
    hz_time t[EVENTS];
    unsigned char day[EVENTS];
    hz_layer *zones, *events;
} world;

static hz_error err;

static hz_time june(hz_rng *r, int days)
{
    return hz_date_days(2017, 6, 1) * DAY_S + 3600 * (hz_time)hz_rng_below(r, (uint64_t)days * 24);
}

static char *written(char *buf, hz_time t)
{
    hz_date_format(buf, 40, t);
    if (strlen(buf) == 10)
        strcat(buf, " 00:00");
    return buf;
}

static void add_zones(world *w, hz_rng *r, void **state_)
{
    char id[ZONES][16], from[ZONES][40], until[ZONES][40];
    const char *text[3][ZONES];
    hz_shapes *s = NULL;
    CHECK_OK(hz_layer_new("zones", ZONES, &w->zones, &err), err);
    CHECK_OK(hz_shapes_new(HZ_POLYGON, ZONES, ZONES, 5 * ZONES, &s, &err), err);
    for (int i = 0; i < ZONES; i++) {
        zone *z = &w->z[i];
        z->west = (int)hz_rng_below(r, SIDE - 1);
        z->south = (int)hz_rng_below(r, SIDE - 1);
        z->east = z->west + 1 + (int)hz_rng_below(r, (uint64_t)(SIDE - z->west));
        z->north = z->south + 1 + (int)hz_rng_below(r, (uint64_t)(SIDE - z->south));
        z->from = june(r, 40);
        z->until = z->from + 3600 * (1 + (hz_time)hz_rng_below(r, 15 * 24));
        const int x[] = { z->west, z->east, z->east, z->west, z->west };
        const int y[] = { z->south, z->south, z->north, z->north, z->south };
        for (int k = 0; k < 5; k++) {
            s->x[5 * i + k] = 100.0 * x[k];
            s->y[5 * i + k] = 100.0 * y[k];
        }
        s->first_ring[i + 1] = (size_t)i + 1;
        s->first_point[i + 1] = 5 * ((size_t)i + 1);
        snprintf(id[i], sizeof id[i], "z%d", i);
        text[0][i] = id[i];
        text[1][i] = written(from[i], z->from);
        text[2][i] = written(until[i], z->until);
    }
    CHECK_OK(hz_layer_add_texts(w->zones, "id", text[0], &err), err);
    CHECK_OK(hz_layer_add_texts(w->zones, "valid_from", text[1], &err), err);
    CHECK_OK(hz_layer_add_texts(w->zones, "valid_to", text[2], &err), err);
    CHECK_OK(hz_layer_take_shapes(w->zones, &s, &err), err);
}

static void add_events(world *w, hz_rng *r, void **state_)
{
    hz_shapes *s = NULL;
    hz_time *times = hz_mem_new(EVENTS, sizeof *times);
    CHECK_OK(hz_layer_new("events", EVENTS, &w->events, &err), err);
    CHECK_OK(hz_shapes_new(HZ_POINT, EVENTS, 0, EVENTS, &s, &err), err);
    for (int i = 0; i < EVENTS; i++) {
        s->x[i] = w->x[i] = 100 * ((double)hz_rng_below(r, SIDE + 1) + 0.5);
        s->y[i] = w->y[i] = 100 * ((double)hz_rng_below(r, SIDE + 1) + 0.5);
        w->day[i] = hz_rng_below(r, 3) == 0;
        w->t[i] = june(r, 60);
        if (w->day[i])
            w->t[i] -= w->t[i] % DAY_S;
        times[i] = w->t[i];
    }
    CHECK_OK(hz_layer_take_shapes(w->events, &s, &err), err);
    CHECK_OK(hz_layer_take_times(w->events, "time", &times, &err), err);
}

static hz_timeline make(world *w, uint32_t seed, void **state_)
{
    hz_rng r = hz_rng_new(5, hz_rng_statistic("timeline"), 0, seed);
    hz_timeline_opts o = HZ_TIMELINE_DEFAULTS;
    hz_timeline t = { 0 };
    *w = (world){ 0 };
    add_zones(w, &r, state_);
    add_events(w, &r, state_);
    o.time = "time";
    o.whole_day = w->day;
    o.same_share = 0.3;
    CHECK_OK(hz_period_parse("2017-06-01..2017-08-31", &o.period, &err), err);
    CHECK_OK(hz_timeline_make(w->zones, w->events, &o, &t, NULL, &err), err);
    return t;
}

static void world_free(world *w)
{
    hz_layer_free(w->zones);
    hz_layer_free(w->events);
}

static bool covers(const zone *z, int column, int row)
{
    return column >= z->west && column < z->east && row >= z->south && row < z->north;
}

static bool inside(const zone *z, const world *w, int e)
{
    return covers(z, (int)floor(w->x[e] / 100), (int)floor(w->y[e] / 100));
}

/* The hours of an event's day, or its one moment, that fall under a zone: all, some, none. */
static int under(const zone *z, const world *w, int e)
{
    int in = 0, all = w->day[e] ? 24 : 1;
    for (int h = 0; h < all; h++)
        in += w->t[e] + 3600 * h >= z->from && w->t[e] + 3600 * h < z->until;
    return in == all ? 2 : in > 0;
}

static size_t number_of(const hz_layer *zones, size_t row)
{
    return (size_t)atoi(hz_layer_text(zones, "id", row) + 1);
}

static double at(const hz_layer *l, const char *column, size_t row)
{
    return hz_layer_numbers(l, column)[row];
}

TEST(events_are_matched_as_a_look_at_each_hour_says)
{
    for (uint32_t seed = 0; seed < SEEDS; seed++) {
        world w;
        hz_timeline t = make(&w, seed, state_);
        size_t in_force = 0, part = 0, other = 0, outside = 0;
        for (size_t i = 0; i < ZONES; i++) {
            const zone *z = &w.z[number_of(t.zones, i)];
            double events = 0, parts = 0, since = NAN;
            for (int e = 0; e < EVENTS; e++) {
                hz_time end = w.t[e] + (w.day[e] ? DAY_S : 1);
                if (!inside(z, &w, e))
                    continue;
                events += under(z, &w, e) == 2;
                parts += under(z, &w, e) == 1;
                if (end <= z->from && !((double)(z->from - w.t[e]) / DAY_S >= since))
                    since = (double)(z->from - w.t[e]) / DAY_S;
            }
            CHECK(at(t.zones, "events", i) == events && at(t.zones, "events_part", i) == parts);
            if (isnan(since))
                CHECK_NAN(at(t.zones, "days_since_event", i));
            else
                CHECK_NEAR(at(t.zones, "days_since_event", i), since, 1e-12);
            CHECK_NEAR(at(t.zones, "days_in_force", i), (double)(z->until - z->from) / DAY_S, 1e-12);
        }
        for (int e = 0; e < EVENTS; e++) {
            int best = -1;
            for (int i = 0; i < ZONES; i++)
                if (inside(&w.z[i], &w, e) && under(&w.z[i], &w, e) > best)
                    best = under(&w.z[i], &w, e);
            in_force += best == 2;
            part += best == 1;
            other += best == 0;
            outside += best < 0;
        }
        CHECK(t.fate.in_force == in_force && t.fate.part == part);
        CHECK(t.fate.not_in_force == other && t.fate.outside == outside);
        CHECK(t.fate.read == in_force + part + other + outside);
        hz_timeline_clear(&t);
        world_free(&w);
    }
}

TEST(spans_hold_what_a_look_at_each_square_says)
{
    for (uint32_t seed = 0; seed < SEEDS; seed++) {
        world w;
        hz_timeline t = make(&w, seed, state_);
        double zone_days = 0, steps = 0;
        for (size_t k = 0; k < hz_layer_rows(t.steps); k++) {
            hz_time from, until;
            const char *a = hz_layer_text(t.steps, "from", k), *b = hz_layer_text(t.steps, "until", k);
            int squares = 0, zones = 0;
            CHECK(hz_date_parse(a, strlen(a), NULL, &from) && hz_date_parse(b, strlen(b), NULL, &until));
            for (int i = 0; i < ZONES; i++)
                zones += w.z[i].from <= from && until <= w.z[i].until;
            for (int c = 0; c < SIDE * SIDE; c++) {
                bool held = false;
                for (int i = 0; i < ZONES; i++)
                    held = held || (w.z[i].from <= from && until <= w.z[i].until &&
                                    covers(&w.z[i], c % SIDE, c / SIDE));
                squares += held;
            }
            CHECK(at(t.steps, "zones", k) == zones);
            CHECK_NEAR(at(t.steps, "km2", k), squares / 100.0, 1e-9);
            steps += at(t.steps, "days", k) * at(t.steps, "zones", k);
        }
        for (int i = 0; i < ZONES; i++)
            zone_days += (double)(w.z[i].until - w.z[i].from) / DAY_S;
        CHECK_NEAR(steps, zone_days, 1e-9);
        hz_timeline_clear(&t);
        world_free(&w);
    }
}

static double iou(const zone *a, const zone *b)
{
    int both = 0, any = 0;
    for (int c = 0; c < SIDE * SIDE; c++) {
        bool p = covers(a, c % SIDE, c / SIDE), q = covers(b, c % SIDE, c / SIDE);
        both += p && q;
        any += p || q;
    }
    return (double)both / any;
}

TEST(each_zone_renews_the_latest_that_it_overlaps_enough)
{
    size_t renewals = 0;
    for (uint32_t seed = 0; seed < SEEDS; seed++) {
        world w;
        hz_timeline t = make(&w, seed, state_);
        for (size_t j = 0; j < ZONES; j++) {
            const zone *later = &w.z[number_of(t.zones, j)];
            const char *renews = hz_layer_text(t.zones, "renews", j);
            hz_time latest = HZ_TIME_NONE;
            for (int i = 0; i < ZONES; i++)
                if (w.z[i].from < later->from && iou(&w.z[i], later) > 0.3 + 1e-9 &&
                    w.z[i].from > latest)
                    latest = w.z[i].from;
            if (latest == HZ_TIME_NONE) {
                CHECK_TEXT(renews, "");
                continue;
            }
            const zone *earlier = &w.z[atoi(renews + 1)];
            CHECK(earlier->from == latest);
            CHECK_NEAR(at(t.zones, "iou", j), iou(earlier, later), 1e-9);
            CHECK_NEAR(at(t.zones, "gap_days", j),
                       (double)(later->from - earlier->until) / DAY_S, 1e-12);
            renewals++;
        }
        hz_timeline_clear(&t);
        world_free(&w);
    }
    CHECK(renewals > SEEDS);
}

RUN_TESTS(T(events_are_matched_as_a_look_at_each_hour_says),
          T(spans_hold_what_a_look_at_each_square_says),
          T(each_zone_renews_the_latest_that_it_overlaps_enough))
