/* What happened while zones of a project were in force: shared cards, searches by zone, given
 * hotspots, and every allocation failed. */
#include "check.h"

#include "hotzone/mem.h"
#include "hotzone/zoning.h"

static hz_error err;

/* Boxes x y w h in metres, with ids. */
static hz_layer *boxes(const char *name, size_t n, const double (*b)[4], const char *const *ids)
{
    hz_layer *l = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    if (hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err) || hz_layer_new(name, n, &l, &err) ||
        hz_crs_new("EPSG:25832", &crs, &err))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const double x = 720000 + b[i][0], y = 6170000 + b[i][1], w = b[i][2], h = b[i][3];
        const double xs[] = { x, x + w, x + w, x, x }, ys[] = { y, y, y + h, y + h, y };
        s->first_ring[i + 1] = i + 1;
        s->first_point[i + 1] = 5 * (i + 1);
        memcpy(s->x + 5 * i, xs, sizeof xs);
        memcpy(s->y + 5 * i, ys, sizeof ys);
    }
    if (hz_layer_take_shapes(l, &s, &err) || hz_layer_take_crs(l, &crs, &err) ||
        hz_layer_add_texts(l, "id", ids, &err))
        return NULL;
    return l;
}

enum { ZONES = 3, EVENTS = 40 };

/* The first two have one polygon; the second renews the first. */
static hz_layer *zones_of(void)
{
    static const double at[ZONES][4] = { { 0, 0, 600, 600 }, { 0, 0, 600, 600 },
                                         { 500, 500, 700, 700 } };
    static const char *const ids[] = { "z1", "z2", "z3" };
    static const char *const names[] = { "Torvet", "Torvet", "Havnen" };
    static const char *const from[] = { "2017-01-01", "2017-02-01 12:00", "2017-03-01" };
    static const char *const until[] = { "2017-02-01 12:00", "2017-03-31", "2017-06-30" };
    hz_layer *l = boxes("zones", ZONES, at, ids);
    if (!l || hz_layer_add_texts(l, "name", names, &err) ||
        hz_layer_add_texts(l, "valid_from", from, &err) ||
        hz_layer_add_texts(l, "valid_to", until, &err))
        return NULL;
    return l;
}

/* One a day from 2017-01-01 on, half of them in the first zone. */
static hz_layer *events_of(const char *name)
{
    hz_layer *l = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    hz_time *when = hz_mem_new(EVENTS, sizeof *when);
    if (!when || hz_shapes_new(HZ_POINT, EVENTS, 0, EVENTS, &s, &err) ||
        hz_layer_new(name, EVENTS, &l, &err) || hz_crs_new("EPSG:25832", &crs, &err))
        return NULL;
    for (size_t i = 0; i < EVENTS; i++) {
        s->x[i] = 720000 + (i % 2 ? (double)(i * 13 % 590) : (double)(700 + i * 37 % 1200));
        s->y[i] = 6170000 + (i % 2 ? (double)(i * 29 % 590) : (double)(700 + i * 53 % 1200));
        when[i] = (17167 + (hz_time)i) * 86400;
    }
    if (hz_layer_take_shapes(l, &s, &err) || hz_layer_take_crs(l, &crs, &err) ||
        hz_layer_take_times(l, "date", &when, &err))
        return NULL;
    return l;
}

static hz_layer *searches_of(void)
{
    static const char *const zone[] = { "z1", "z2", "z3" };
    static const double searches[] = { 30, 10, 5 }, finds[] = { 3, 5, NAN };
    hz_layer *l = NULL;
    if (hz_layer_new("searches.csv", ZONES, &l, &err) || hz_layer_add_texts(l, "zone", zone, &err) ||
        hz_layer_add_numbers(l, "searches", searches, &err) ||
        hz_layer_add_numbers(l, "finds", finds, &err))
        return NULL;
    return l;
}

typedef struct {
    hz_layer *zones, *town, *water, *events, *searches, *hot, *counted;
    hz_crs *crs;
    hz_zoning_input in;
} world;

static world new_world(void)
{
    static const double town[1][4] = { { 0, 0, 2000, 2000 } };
    static const double wet[1][4] = { { 1500, 0, 500, 400 } }, hot[1][4] = { { 0, 0, 400, 400 } };
    static const char *const id[] = { "a" };
    world w = { zones_of(), boxes("town", 1, town, id), boxes("water", 1, wet, id),
                events_of("events"), events_of("searches"), boxes("hot", 1, hot, id), searches_of(),
                NULL, { 0 } };
    hz_crs_new("EPSG:25832", &w.crs, &err);
    hz_place_opts place = HZ_PLACE_DEFAULTS;
    hz_card_opts card = HZ_CARD_DEFAULTS;
    place.time = "date";
    card.null = false;
    w.in = (hz_zoning_input){ .zones = w.zones, .crs = w.crs, .area_count = 1, .water = w.water,
                              .events = { .layer = w.events, .place = place }, .periods = 1,
                              .area_id = "id", .card = card };
    hz_period_parse("2017-01..2017-06", &w.in.period[0], &err);
    return w;
}

static void free_world(world *w)
{
    hz_layer *const layers[] = { w->zones, w->town, w->water, w->events, w->searches, w->hot,
                                 w->counted };
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        hz_layer_free(layers[i]);
    hz_crs_free(w->crs);
}

static hz_status make(const world *w, hz_zoning *out)
{
    const hz_layer *areas[] = { w->town };
    hz_zoning_input in = w->in;
    in.areas = areas;
    return hz_zoning_make(&in, out, NULL, &err);
}

/* Of z1 and z2 together 30 + 10 searches, 3 + 5 finds. */
TEST(zones_of_one_polygon_share_a_card_and_their_searches_are_summed)
{
    world w = new_world();
    hz_zoning z;
    w.in.zone_searches = w.counted;
    w.in.hot = w.hot;
    CHECK_OK(make(&w, &z), err);
    CHECK(z.n == 2 && z.shared[0] == 2 && z.card[1] == 0 && z.card[2] == 1);
    CHECK_NEAR(z.cards[0].now.value[HZ_CARD_SEARCHES], 40, 0);
    CHECK_NEAR(z.cards[0].now.value[HZ_CARD_HIT_RATE], 0.2, 1e-12);
    CHECK(z.cards[1].now.why[HZ_CARD_FINDS] == HZ_CARD_NO_FOUND);
    CHECK_NEAR(z.cards[0].now.value[HZ_CARD_HOT_KM2], 0.16, 1e-12);
    CHECK_NEAR(z.cards[0].now.value[HZ_CARD_RECALL], 1, 1e-12);
    CHECK_TEXT(z.notes[0].hotspots, "given");
    /* the two have other dates: the card has none */
    CHECK(z.cards[0].now.why[HZ_CARD_DAYS_IN_FORCE] == HZ_CARD_NO_DATES);
    CHECK_NEAR(z.cards[1].now.value[HZ_CARD_DAYS_IN_FORCE], 122 - 1 / 24.0, 1e-9);
    hz_zoning_clear(&z);
    free_world(&w);
}

/* 31 days and a half of January, then 8 and a half of 40: of every second event one in the zone. */
TEST(while_in_force_zones_of_one_polygon_and_other_dates_have_cards_of_their_own)
{
    world w = new_world();
    hz_zoning z;
    w.in.while_in_force = true;
    CHECK_OK(make(&w, &z), err);
    CHECK(z.n == 3);
    CHECK_NEAR(z.cards[0].now.value[HZ_CARD_EVENTS_TOTAL], 31, 0);
    CHECK_NEAR(z.cards[0].now.value[HZ_CARD_EVENTS_IN], 15, 0);
    CHECK_NEAR(z.cards[0].now.value[HZ_CARD_EVENTS_PART], 1, 0); /* 1 February, until noon */
    CHECK_NEAR(z.cards[1].now.value[HZ_CARD_EVENTS_TOTAL], 8, 0);
    CHECK_NEAR(z.cards[1].now.value[HZ_CARD_EVENTS_IN], 4, 0);
    CHECK_NEAR(z.cards[2].now.value[HZ_CARD_DAYS_IN_FORCE], 122 - 1 / 24.0, 1e-9);
    CHECK(z.cards[2].now.why[HZ_CARD_CAPTURE] == HZ_CARD_NO_EVENTS);
    hz_zoning_clear(&z);
    free_world(&w);
}

TEST(two_zones_of_one_id_are_refused)
{
    static const double at[2][4] = { { 0, 0, 600, 600 }, { 0, 0, 600, 500 } };
    static const char *const ids[] = { "z1", "z1" }, *const names[] = { "a", "b" };
    world w = new_world();
    hz_zoning z;
    hz_layer *twice = boxes("zones", 2, at, ids);
    CHECK_OK(hz_layer_add_texts(twice, "name", names, &err), err);
    w.in.zones = twice;
    CHECK(make(&w, &z) == HZ_EUSAGE);
    CHECK(strstr(err.text, "two zones have the id 'z1'") != NULL);
    hz_layer_free(twice);
    free_world(&w);
}

static void fail_all(void **state_, const world *w)
{
    long n = 1;
    hz_zoning z;
    for (; n < 20000; n += 1 + n / 60) { /* every one of the first 60, then ever fewer */
        hz_mem_fail_at(n);
        hz_status st = make(w, &z);
        hz_mem_fail_at(0);
        if (st == HZ_OK)
            break;
        if (st != HZ_EMEMORY)
            print_error("allocation %ld: %s\n", n, err.text);
        CHECK(st == HZ_EMEMORY);
    }
    CHECK(n > 100 && n < 20000);
    hz_zoning_clear(&z);
}

TEST(every_allocation_may_fail)
{
    world w = new_world();
    w.in.compare = w.in.timeline = true;
    w.in.searches = (hz_zoning_points){ .layer = w.searches, .place = w.in.events.place };
    w.in.like = "z1";
    w.in.cell_m = 300;
    w.in.split = true;
    CHECK_OK(hz_period_parse("2017-01", &w.in.earlier, &err), err);
    CHECK_OK(hz_period_parse("2017-02", &w.in.later, &err), err);
    fail_all(state_, &w);
    w.in.like = NULL;
    w.in.compare = w.in.timeline = false;
    w.in.searches.layer = NULL;
    w.in.while_in_force = true;
    w.in.zone_searches = w.counted;
    w.in.hot = w.hot;
    fail_all(state_, &w);
    free_world(&w);
}

RUN_TESTS(T(zones_of_one_polygon_share_a_card_and_their_searches_are_summed),
          T(while_in_force_zones_of_one_polygon_and_other_dates_have_cards_of_their_own),
          T(two_zones_of_one_id_are_refused), T(every_allocation_may_fail))
