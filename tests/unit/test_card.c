/* Report cards of zones: toy figures by hand, what cannot be known, statements, and comparison. */
#include <stdlib.h>

#include "check.h"
#include "hotzone/caption_zone.h"
#include "hotzone/card.h"
#include "hotzone/clock.h"
#include "hotzone/compare.h"
#include "hotzone/mem.h"

/* n boxes x y w h, each a feature. */
static hz_shapes *boxes(size_t n, const double (*b)[4])
{
    hz_shapes *s = NULL;
    hz_error err;
    if (hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const double x = b[i][0], y = b[i][1], w = b[i][2], h = b[i][3];
        const double xs[] = { x, x + w, x + w, x, x }, ys[] = { y, y, y + h, y + h, y };
        s->first_ring[i + 1] = i + 1;
        s->first_point[i + 1] = 5 * (i + 1);
        memcpy(s->x + 5 * i, xs, sizeof xs);
        memcpy(s->y + 5 * i, ys, sizeof ys);
    }
    return s;
}

static double value(const hz_card_column *c, int figure)
{
    return c->value[figure];
}

/* Three cells of 200 m with 6, 3 and 0 events. */
static const double town_box[1][4] = { { 0, 0, 600, 200 } };
static const double event_x[] = { 20, 40, 60, 80, 100, 120, 250, 270, 290 };
static const double event_y[] = { 50, 51, 52, 53, 54, 55, 56, 57, 58 };
static const hz_card_points nine = { .n = 9, .x = event_x, .y = event_y };

typedef struct {
    hz_shapes *zones, *town;
    hz_card_input in;
} world;

static world new_world(size_t n, const double (*zones)[4])
{
    world w = { boxes(n, zones), boxes(1, town_box), { 0 } };
    w.in = (hz_card_input){ .zones = w.zones, .study = w.town, .land = w.town, .now = &nine };
    return w;
}

static void free_world(world *w)
{
    hz_shapes_free(w->zones);
    hz_shapes_free(w->town);
}

/* ptools' toy: observed 6, 3, 0 in equal areas by rank give PAI 2, 1.5, 1 and PEI 1, 1, 1. */
TEST(pai_and_pei_of_the_toy_are_two_one_and_a_half_and_one)
{
    const double zones[3][4] = { { 0, 0, 200, 200 }, { 0, 0, 400, 200 }, { 0, 0, 600, 200 } };
    const double pai[] = { 2, 1.5, 1 };
    world w = new_world(3, zones);
    hz_card card[3];
    hz_card_opts o = HZ_CARD_DEFAULTS;
    hz_error err;
    o.null = false;
    CHECK_OK(hz_card_make(&w.in, &o, card, NULL, NULL, &err), err);
    for (int i = 0; i < 3; i++) {
        CHECK_NEAR(value(&card[i].now, HZ_CARD_PAI), pai[i], 1e-12);
        CHECK_NEAR(value(&card[i].now, HZ_CARD_PEI), 1, 1e-12);
    }
    CHECK_NEAR(value(&card[0].now, HZ_CARD_CAPTURE), 6 / 9.0, 1e-12);
    CHECK_NEAR(value(&card[0].now, HZ_CARD_AREA_KM2), 0.04, 1e-12);
    CHECK_NEAR(value(&card[0].now, HZ_CARD_DENSITY_RATIO), 4, 1e-12); /* 6 / 1 against 3 / 2 */
    CHECK_NEAR(value(&card[0].now, HZ_CARD_POLSBY_POPPER), 0.7853981633974483, 1e-12);
    /* the whole study area has nothing to be compared with */
    CHECK(card[2].now.why[HZ_CARD_DENSITY_RATIO] == HZ_CARD_ALL_STUDY);
    CHECK(card[2].now.why[HZ_CARD_DENSITY_RATIO_HIGH] == HZ_CARD_ALL_STUDY);
    CHECK(card[0].now.why[HZ_CARD_RESIDENTS] == HZ_CARD_NO_POPULATION);
    CHECK(card[0].now.why[HZ_CARD_EFFICIENCY] == HZ_CARD_ONE_PERIOD);
    CHECK(card[0].now.why[HZ_CARD_NULL_P] == HZ_CARD_NOT_ASKED);
    CHECK(card[0].now.why[HZ_CARD_IOU_AREA] == HZ_CARD_NO_HOT);
    free_world(&w);
}

TEST(a_figure_is_a_number_or_has_a_reason_and_every_figure_a_key)
{
    const double zones[4][4] = { { 0, 0, 200, 200 }, { 900, 0, 100, 100 }, { 400, 0, 400, 300 },
                                 { 0, 0, 0, 0 } };
    world w = new_world(4, zones);
    hz_card card[4];
    hz_error err;
    CHECK_OK(hz_card_make(&w.in, NULL, card, NULL, NULL, &err), err);
    for (int z = 0; z < 4; z++)
        for (int i = 0; i < HZ_CARD_FIGURES; i++) {
            CHECK(isnan(card[z].now.value[i]) == (card[z].now.why[i] != HZ_CARD_KNOWN));
            CHECK(card[z].now.why[i] == HZ_CARD_KNOWN ||
                  *hz_card_why_text((hz_card_why)card[z].now.why[i]));
            CHECK(*hz_card_key((hz_card_figure)i));
            for (int j = 0; j < i; j++)
                CHECK(strcmp(hz_card_key((hz_card_figure)i), hz_card_key((hz_card_figure)j)) != 0);
        }
    CHECK(card[1].now.why[HZ_CARD_PAI] == HZ_CARD_OFF_STUDY);
    CHECK(value(&card[1].now, HZ_CARD_EVENTS_IN) == 0);
    CHECK_NEAR(value(&card[2].now, HZ_CARD_LAND_KM2), 0.04, 1e-12);
    CHECK(card[2].now.why[HZ_CARD_NULL_P] == HZ_CARD_NULL_OFF_LAND);
    CHECK(card[3].now.why[HZ_CARD_CAPTURE] == HZ_CARD_NO_AREA);
    free_world(&w);
}

TEST(a_later_period_has_a_column_of_its_own_and_efficiency_crosses_them)
{
    const double zones[1][4] = { { 0, 0, 200, 200 } };
    const double x[] = { 500, 520, 540, 30 }, y[] = { 20, 30, 40, 20 };
    const hz_card_points later = { .n = 4, .x = x, .y = y };
    world w = new_world(1, zones);
    hz_card card;
    hz_card_opts o = HZ_CARD_DEFAULTS;
    hz_error err;
    o.null = false;
    w.in.later = &later;
    CHECK_OK(hz_card_make(&w.in, &o, &card, NULL, NULL, &err), err);
    CHECK_NEAR(value(&card.now, HZ_CARD_CAPTURE), 6 / 9.0, 1e-12);
    CHECK_NEAR(value(&card.later, HZ_CARD_CAPTURE), 0.25, 1e-12);
    CHECK_NEAR(value(&card.later, HZ_CARD_PEI), 1 / 3.0, 1e-12);
    /* the cell that was best before holds one of the four: so does the zone */
    CHECK_NEAR(value(&card.now, HZ_CARD_FRONTIER_CAPTURE), 0.25, 1e-12);
    CHECK_NEAR(value(&card.later, HZ_CARD_EFFICIENCY), 1, 1e-12);
    free_world(&w);
}

/* Before, all events lie in one of three cells; the zone is as large as two. The second is either of two
 * that tie, with 3 later events or none: a draw over more than the 1 + 3/2 that the figure would be. */
TEST(there_is_no_efficiency_where_a_draw_between_tied_cells_would_make_it)
{
    const double zones[1][4] = { { 0, 0, 400, 200 } };
    const double then_x[] = { 20, 40, 60 }, then_y[] = { 50, 51, 52 };
    const double x[] = { 500, 520, 540, 30 }, y[] = { 20, 30, 40, 20 };
    const hz_card_points now = { .n = 3, .x = then_x, .y = then_y };
    const hz_card_points later = { .n = 4, .x = x, .y = y };
    world w = new_world(1, zones);
    hz_card card;
    hz_card_opts o = HZ_CARD_DEFAULTS;
    hz_error err;
    o.null = false;
    w.in.now = &now;
    w.in.later = &later;
    CHECK_OK(hz_card_make(&w.in, &o, &card, NULL, NULL, &err), err);
    CHECK_NEAR(value(&card.later, HZ_CARD_CAPTURE), 0.25, 1e-12);
    CHECK(isnan(value(&card.now, HZ_CARD_EFFICIENCY)));
    CHECK(card.later.why[HZ_CARD_EFFICIENCY] == HZ_CARD_TIED);
    CHECK(card.now.why[HZ_CARD_FRONTIER_CAPTURE] == HZ_CARD_TIED);
    free_world(&w);
}

TEST(events_beyond_the_study_area_do_not_count)
{
    const double zones[1][4] = { { -500, -500, 2000, 2000 } };
    const double x[] = { 100, -100, NAN, 1e300 }, y[] = { 100, 100, 100, 5 };
    const hz_card_points points = { .n = 4, .x = x, .y = y };
    world w = new_world(1, zones);
    hz_card card;
    hz_card_found found;
    hz_error err;
    w.in.now = &points;
    CHECK_OK(hz_card_make(&w.in, NULL, &card, &found, NULL, &err), err);
    CHECK(found.inside == 1);
    CHECK(value(&card.now, HZ_CARD_EVENTS_TOTAL) == 1);
    CHECK(value(&card.now, HZ_CARD_EVENTS_IN) == 1);
    free_world(&w);
}

TEST(a_period_without_events_has_areas_but_no_shares)
{
    const double zones[1][4] = { { 0, 0, 200, 200 } };
    const hz_card_points none = { 0 };
    world w = new_world(1, zones);
    hz_text text = { 0 };
    hz_card card;
    hz_error err;
    const hz_card_note note = { .name = "Torvet", .number = 1, .level = 0.95 };
    w.in.now = &none;
    CHECK_OK(hz_card_make(&w.in, NULL, &card, NULL, NULL, &err), err);
    CHECK(card.now.why[HZ_CARD_CAPTURE] == HZ_CARD_NO_EVENTS);
    CHECK(card.now.why[HZ_CARD_NULL_P] == HZ_CARD_NO_EVENTS);
    CHECK_NEAR(value(&card.now, HZ_CARD_AREA_SHARE), 1 / 3.0, 1e-12);
    hz_card_statement(&card, &note, HZ_ENGLISH, &text);
    CHECK(strstr(hz_text_get(&text), "no events in the period") != NULL);
    hz_text_free(&text);
    free_world(&w);
}

TEST(one_period_alone_is_called_flattering_in_both_languages)
{
    const double zones[1][4] = { { 0, 0, 200, 200 } };
    world w = new_world(1, zones);
    hz_card card;
    hz_error err;
    hz_card_note note = { .name = "torvet", .number = 1, .level = 0.95, .made_up = true };
    hz_text da = { 0 }, en = { 0 }, later = { 0 };
    CHECK_OK(hz_card_make(&w.in, NULL, &card, NULL, NULL, &err), err);
    hz_card_statement(&card, &note, HZ_ENGLISH, &en);
    hz_card_statement(&card, &note, HZ_DANISH, &da);
    CHECK(strncmp(hz_text_get(&en), "torvet holds 6 of the 9 made-up events (66.7%", 44) == 0);
    CHECK(strstr(hz_text_get(&en), "flatter it") != NULL);
    CHECK(strstr(hz_text_get(&da), "opdigtede hændelser (66,7") != NULL);
    CHECK(strstr(hz_text_get(&da), "tallene for gunstige") != NULL);
    card.later = card.now;
    note.later_period = "2018";
    hz_card_statement(&card, &note, HZ_ENGLISH, &later);
    CHECK(strstr(hz_text_get(&later), "flatter it") == NULL);
    CHECK(strstr(hz_text_get(&later), "later period (2018) it holds 6 of 9 events") != NULL);
    hz_text_free(&da);
    hz_text_free(&en);
    hz_text_free(&later);
    free_world(&w);
}

/* "0 of the 8 events" and "1 of the 1 events" are nobody's words. */
TEST(a_card_says_all_none_and_the_one_event)
{
    static const struct {
        double in, all;
        bool made_up;
        const char *words[2];
    } cases[] = {
        { 8, 8, false, { "torvet holds all 8 events (100", "torvet rummer alle 8 hændelser (100" } },
        { 0, 8, true, { "torvet holds none of the 8 made-up events (0.0%",
                        "torvet rummer ingen af de 8 opdigtede hændelser (0,0" } },
        { 1, 1, true, { "torvet holds the one made-up event (100",
                        "torvet rummer den ene opdigtede hændelse (100" } },
        { 0, 1, false, { "torvet holds none of the events (1 in all; 0.0%",
                         "torvet rummer ingen hændelser (1 i alt; 0,0" } },
        { 5, 8, false, { "torvet holds 5 of the 8 events (", "torvet rummer 5 af de 8 hændelser (" } },
    };
    const double zones[1][4] = { { 0, 0, 200, 200 } };
    world w = new_world(1, zones);
    hz_card card;
    hz_error err;
    CHECK_OK(hz_card_make(&w.in, NULL, &card, NULL, NULL, &err), err);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hz_card_note note = { .name = "torvet", .number = 1, .level = 0.95,
                              .made_up = cases[i].made_up };
        card.now.value[HZ_CARD_EVENTS_IN] = cases[i].in;
        card.now.value[HZ_CARD_EVENTS_TOTAL] = cases[i].all;
        card.now.value[HZ_CARD_CAPTURE] = cases[i].in / cases[i].all;
        for (hz_language l = HZ_ENGLISH; l <= HZ_DANISH; l++) {
            hz_text text = { 0 };
            hz_card_statement(&card, &note, l, &text);
            CHECK(strncmp(hz_text_get(&text), cases[i].words[l], strlen(cases[i].words[l])) == 0);
            hz_text_free(&text);
        }
    }
    free_world(&w);
}

/* Zones of cells 1-2 and 2-3: 9 and 3 events, 3 in both, none in the second alone. */
TEST(two_zones_compare_as_by_hand)
{
    const double zones[2][4] = { { 0, 0, 400, 200 }, { 200, 0, 400, 200 } };
    world w = new_world(2, zones);
    hz_compare_pair pair;
    hz_compare_alone alone[2];
    hz_error err;
    CHECK_OK(hz_compare_make(&w.in, &nine, NULL, &pair, alone, &err), err);
    CHECK(pair.events.both == 3 && pair.events.first == 6 && pair.events.second == 0);
    CHECK(pair.events.neither == 0);
    CHECK_NEAR(pair.difference, 6 / 9.0, 1e-12);
    CHECK_NEAR(pair.p, 2 / 64.0, 1e-12);
    CHECK_NEAR(pair.shared_km2, 0.04, 1e-12);
    CHECK_NEAR(pair.iou_area, 1 / 3.0, 1e-12);
    CHECK_NEAR(alone[0].km2, 0.04, 1e-12);
    CHECK(alone[0].events == 6 && alone[1].events == 0);
    CHECK(isnan(pair.shared_residents));
    w.in.zones = w.town;
    CHECK_FAILS(hz_compare_make(&w.in, &nine, NULL, &pair, alone, &err), HZ_EUSAGE, err, "2 to 100");
    free_world(&w);
}

TEST(every_allocation_may_fail)
{
    const double zones[2][4] = { { 0, 0, 400, 200 }, { 200, 0, 390, 200 } };
    const double hot_box[1][4] = { { 0, 0, 150, 150 } };
    const double people[] = { 500 }, precision[] = { 50, 0, 50, 0, 50, 0, 90, 90, NAN };
    const unsigned char found[] = { 1, 0, 1, 0, 1, 0, 1, 0, 1 };
    hz_card_points points = nine;
    world w = new_world(2, zones);
    hz_shapes *hot = boxes(1, hot_box);
    long at = 1;
    points.precision = precision;
    points.searches = 9;
    points.search_x = event_x;
    points.search_y = event_y;
    points.found = found;
    w.in.now = w.in.later = &points;
    for (; at < 2000; at++) {
        hz_card card[2];
        hz_compare_pair pair;
        hz_compare_alone alone[2];
        hz_card_opts o = HZ_CARD_DEFAULTS;
        hz_error err;
        o.null = false; /* test_placement fails its allocations */
        o.jitters = 20;
        w.in.hot = at % 2 ? hot : NULL;
        hz_reside *r = NULL;
        hz_mem_fail_at(at / 2 + 1);
        hz_status st = hz_reside_new(w.town, people, NULL, &r, &err);
        w.in.residents = r;
        if (!st)
            st = hz_card_make(&w.in, &o, card, NULL, NULL, &err);
        if (!st)
            st = hz_compare_make(&w.in, &points, NULL, &pair, alone, &err);
        hz_mem_fail_at(0);
        if (st != HZ_OK && st != HZ_EMEMORY)
            print_message("allocation %ld: %s\n", at, err.text);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        if (!st) {
            const hz_card_note notes[2] = {
                { .name = "a", .number = 1, .period = "2016", .later_period = "2017",
                  .residents = "areal", .hotspots = "given", .level = 0.95, .repaired = true },
                { .name = "b", .number = 2, .period = "2016", .later_period = "2017",
                  .residents = "areal", .hotspots = "given", .level = 0.95, .same_name = true }
            };
            const hz_compare_column column = { "2016", &pair, alone };
            long inner = 1;
            for (; inner < 500; inner++) {
                hz_text json = { 0 }, page = { 0 };
                hz_mem_fail_at(inner);
                st = hz_compare_json(card, notes, 2, &column, 1, &json, &err);
                if (!st)
                    hz_card_page(card, notes, 2, HZ_DANISH, &page);
                hz_card_csv(card, notes, 2, &page);
                hz_compare_csv(notes, 2, &column, 1, &page);
                hz_compare_page(card, notes, 2, &column, 1, HZ_ENGLISH, &page);
                hz_mem_fail_at(0);
                bool failed = page.failed;
                hz_text_free(&json);
                hz_text_free(&page);
                CHECK(st == HZ_OK || st == HZ_EMEMORY);
                if (!st && !failed)
                    break;
            }
            CHECK(inner > 3 && inner < 500);
        }
        hz_reside_free(r);
        if (!st && at % 2 == 0)
            break;
    }
    CHECK(at > 60 && at < 2000);
    hz_shapes_free(hot);
    free_world(&w);
}

/* Of the nine events six fall into the zone's two weeks, four of them in it; one on the day on which
 * it ends at noon is known by the day only. */
TEST(only_events_of_the_time_in_force_count_where_that_is_asked_for)
{
    static const hz_time day = 86400, from = 17318 * 86400; /* 2017-06-01 */
    const double zones[3][4] = { { 0, 0, 200, 200 }, { 0, 0, 200, 200 }, { 0, 0, 200, 200 } };
    const hz_time when[] = { from + day, from + 2 * day, from + 3 * day, from + 4 * day,
                             from + 14 * day, from - day, from + day, from + 2 * day, from + 90 * day };
    const unsigned char whole_day[] = { 1, 0, 0, 1, 1, 0, 0, 1, 0 };
    const double searches[] = { 20, 10, NAN }, finds[] = { 5, NAN, NAN };
    hz_validity v[3] = { { .state = HZ_VALIDITY_GOOD }, { .state = HZ_VALIDITY_REVERSED },
                         { .state = HZ_VALIDITY_GOOD } };
    hz_card_points timed = { .n = 9, .x = event_x, .y = event_y, .when = when,
                             .whole_day = whole_day, .zone_searches = searches, .zone_finds = finds };
    world w = new_world(3, zones);
    hz_card card[3];
    hz_card_opts o = HZ_CARD_DEFAULTS;
    hz_error err;
    v[0].from = from;
    v[0].until = from + 14 * day + day / 2;
    v[2].from = v[2].until = HZ_TIME_NONE;
    for (int i = 0; i < 3; i++) {
        v[i].starts = v[i].from == HZ_TIME_NONE ? INT64_MIN : hz_clock_utc(v[i].from);
        v[i].ends = v[i].until == HZ_TIME_NONE ? INT64_MAX : hz_clock_utc(v[i].until);
    }
    o.null = false;
    w.in.now = &timed;
    w.in.validity = v;
    w.in.in_force = true;
    w.in.period[0] = (hz_period){ from - 10 * day, from + 100 * day };
    CHECK_OK(hz_card_make(&w.in, &o, card, NULL, NULL, &err), err);
    CHECK_NEAR(value(&card[0].now, HZ_CARD_EVENTS_IN), 4, 0);
    CHECK_NEAR(value(&card[0].now, HZ_CARD_EVENTS_TOTAL), 6, 0);
    CHECK_NEAR(value(&card[0].now, HZ_CARD_EVENTS_PART), 1, 0);
    CHECK_NEAR(value(&card[0].now, HZ_CARD_DAYS_IN_FORCE), 14.5, 1e-12);
    CHECK_NEAR(value(&card[0].now, HZ_CARD_DAYS), 110, 1e-12);
    CHECK_NEAR(value(&card[0].now, HZ_CARD_PAI), 2, 1e-12);
    CHECK_NEAR(value(&card[0].now, HZ_CARD_HIT_RATE), 0.25, 1e-12);
    CHECK_NEAR(value(&card[0].now, HZ_CARD_SEARCHES_PER_EVENT), 5, 1e-12);
    /* never in force: nothing, and not 0 */
    CHECK(card[1].now.why[HZ_CARD_EVENTS_IN] == HZ_CARD_NOT_IN_FORCE);
    CHECK(card[1].now.why[HZ_CARD_CAPTURE] == HZ_CARD_NOT_IN_FORCE);
    CHECK_NEAR(value(&card[1].now, HZ_CARD_DAYS_IN_FORCE), 0, 0);
    CHECK(card[1].now.why[HZ_CARD_AREA_KM2] == HZ_CARD_KNOWN);
    /* always in force: as without asking */
    CHECK_NEAR(value(&card[2].now, HZ_CARD_EVENTS_IN), 6, 0);
    CHECK_NEAR(value(&card[2].now, HZ_CARD_EVENTS_TOTAL), 9, 0);
    CHECK(card[2].now.why[HZ_CARD_SEARCHES] == HZ_CARD_NO_SEARCHES_OF);
    w.in.validity = NULL;
    CHECK(hz_card_make(&w.in, &o, card, NULL, NULL, &err) == HZ_EUSAGE);
    w.in.validity = v;
    long n = 1;
    for (; n < 2000; n += 1 + n / 30) {
        hz_mem_fail_at(n);
        hz_status st = hz_card_make(&w.in, &o, card, NULL, NULL, &err);
        hz_mem_fail_at(0);
        if (st == HZ_OK)
            break;
        CHECK(st == HZ_EMEMORY);
    }
    CHECK(n > 60 && n < 2000);
    free_world(&w);
}

RUN_TESTS(T(pai_and_pei_of_the_toy_are_two_one_and_a_half_and_one),
          T(a_figure_is_a_number_or_has_a_reason_and_every_figure_a_key),
          T(only_events_of_the_time_in_force_count_where_that_is_asked_for),
          T(a_later_period_has_a_column_of_its_own_and_efficiency_crosses_them),
          T(there_is_no_efficiency_where_a_draw_between_tied_cells_would_make_it),
          T(events_beyond_the_study_area_do_not_count),
          T(a_period_without_events_has_areas_but_no_shares),
          T(one_period_alone_is_called_flattering_in_both_languages),
          T(a_card_says_all_none_and_the_one_event), T(two_zones_compare_as_by_hand),
          T(every_allocation_may_fail))
