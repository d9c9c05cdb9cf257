/* Several periods side by side, and a map of the focus: shared limits, extents, locator. */
#include "check.h"
#include "scenes.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/sheet_periods.h"

#include <stdlib.h>

#define EAST 720000.0
#define NORTH 6170000.0
#define SIDE 1000.0
#define COLUMNS 6
#define AREAS 24

static hz_error err;
static hz_fonts *fonts;

static void must(hz_status st)
{
    if (st)
        fail_msg("%s", err.text);
}

/* Rectangles given as x0, y0, x1, y1 in blocks from the south-west corner. */
static hz_layer *rectangles(const char *name, size_t n, const double (*box)[4])
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    must(hz_layer_new(name, n, &layer, &err));
    must(hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err));
    for (size_t f = 0; f < n; f++) {
        const double xy[5][2] = { { box[f][0], box[f][1] }, { box[f][2], box[f][1] },
                                  { box[f][2], box[f][3] }, { box[f][0], box[f][3] },
                                  { box[f][0], box[f][1] } };
        for (size_t i = 0; i < 5; i++) {
            s->x[5 * f + i] = EAST + SIDE * xy[i][0];
            s->y[5 * f + i] = NORTH + SIDE * xy[i][1];
        }
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * f + 5;
    }
    must(hz_layer_take_shapes(layer, &s, &err));
    must(hz_crs_new("EPSG:25832", &crs, &err));
    must(hz_layer_take_crs(layer, &crs, &err));
    return layer;
}

typedef struct {
    hz_layer *areas, *focus;
    hz_sheet_data data;
    hz_sheet_period periods[10];
    hz_sheet_words words;
    hz_look look;
    hz_scene *scene;
    hz_sheet_facts facts;
} sheet;

static const char *const notes[] = { "95 %-intervaller er eksakte." };

/* Six by four blocks; r0 .. r9 are the rates of ten periods, s0 .. their states. */
static void prepare(sheet *s)
{
    static char column[10][2][8], name[AREAS][8], title[10][16];
    double box[AREAS][4];
    const char *names[AREAS];
    *s = (sheet){ 0 };
    for (size_t i = 0; i < AREAS; i++) {
        double x = (double)(i % COLUMNS), y = (double)(i / COLUMNS);
        const double own[4] = { x, y, x + 1, y + 1 };
        memcpy(box[i], own, sizeof own);
        snprintf(name[i], sizeof name[i], "O%zu", i + 1);
        names[i] = name[i];
    }
    s->areas = rectangles("areas", AREAS, (const double (*)[4])box);
    must(hz_layer_add_texts(s->areas, "name", names, &err));
    for (size_t p = 0; p < 10; p++) {
        double rate[AREAS];
        const char *state[AREAS];
        for (size_t i = 0; i < AREAS; i++) {
            rate[i] = 10.0 * (double)(p + 1) + (double)(i * 7 % 24);
            state[i] = p == 1 && i == 5 ? "hidden" : p == 2 && i < 2 ? "unstable" : "ok";
        }
        snprintf(column[p][0], 8, "r%zu", p);
        snprintf(column[p][1], 8, "s%zu", p);
        snprintf(title[p], sizeof title[p], "%zu. kv.", p + 1);
        must(hz_layer_add_numbers(s->areas, column[p][0], rate, &err));
        must(hz_layer_add_texts(s->areas, column[p][1], state, &err));
        s->periods[p] = (hz_sheet_period){ title[p], column[p][0], column[p][1],
                                           20 + (double)p, 19, 30 };
    }
    s->data = (hz_sheet_data){ .areas = s->areas, .name = "name", .value = "r0", .state = "s0",
                               .city = 20, .city_low = 18, .city_high = 22 };
    s->words = (hz_sheet_words){ .quantity = "Pr. 1.000 indbyggere", .notes = notes,
                                 .note_count = 1, .alt = "Kort.", .date = "2018-06-01" };
    hz_look_default(&s->look);
    s->look.language = HZ_DANISH;
}

static hz_status periods(sheet *s, size_t n)
{
    return hz_sheet_periods_compose(&s->data, s->periods, n, &s->words, &s->look, fonts, &s->scene,
                                    &s->facts, NULL, &err);
}

static hz_status focus(sheet *s)
{
    s->data.focus = s->focus;
    return hz_sheet_compose(&s->data, &s->words, &s->look, fonts, &s->scene, &s->facts, NULL,
                            &err);
}

static void clear(sheet *s)
{
    hz_layer_free(s->areas);
    hz_layer_free(s->focus);
    hz_scene_free(s->scene);
    hz_look_clear(&s->look);
}

/* ---------------------------------------------------------------- periods */

TEST(two_periods_are_as_they_were_looked_at)
{
    sheet s;
    prepare(&s);
    CHECK_OK(periods(&s, 2), err);
    check_golden(state_, s.scene, "tests/map/golden/sheet_periods_da.txt");
    clear(&s);
}

/* Four areas in two panels: 0 is a value in the lowest class, hidden and missing ones are hatched
 * over grey, each in its own way, and unstable ones over their class. */
TEST(zero_hidden_missing_and_unstable_look_apart_in_panels)
{
    static const double at[4][4] = { { 0, 0, 1, 1 }, { 1, 0, 2, 1 }, { 0, 1, 1, 2 }, { 1, 1, 2, 2 } };
    static const double one[] = { 0, NAN, NAN, 40 }, two[] = { 10, 20, 30, NAN };
    static const char *const first[] = { "ok", "hidden", "undefined", "unstable" };
    static const char *const second[] = { "ok", "ok", "unstable", "hidden" };
    static const char *const names[] = { "A", "B", "C", "D" };
    sheet s;
    prepare(&s);
    hz_layer_free(s.areas);
    s.areas = rectangles("areas", 4, at);
    must(hz_layer_add_texts(s.areas, "name", names, &err));
    must(hz_layer_add_numbers(s.areas, "r0", one, &err));
    must(hz_layer_add_numbers(s.areas, "r1", two, &err));
    must(hz_layer_add_texts(s.areas, "s0", first, &err));
    must(hz_layer_add_texts(s.areas, "s1", second, &err));
    s.data.areas = s.areas;
    CHECK_OK(periods(&s, 2), err);
    CHECK(s.facts.zero == 1 && s.facts.hidden == 2 && s.facts.undefined == 1 &&
          s.facts.unstable == 2);
    hz_ink_style zero = find_mark(s.scene, "area", 0).ink, unstable = find_mark(s.scene, "area-unstable", 0).ink;
    hz_ink_style hidden = find_mark(s.scene, "area-hidden", 0).ink, none = find_mark(s.scene, "area-no-data", 0).ink;
    CHECK(zero.fill && zero.hatch_pt == 0);
    CHECK(unstable.hatch_pt > 0 && hidden.hatch_pt > 0 && none.hatch_pt > 0);
    CHECK(hidden.fill_colour == none.fill_colour && hidden.hatch_way != none.hatch_way);
    CHECK(unstable.fill_colour != hidden.fill_colour &&
          unstable.hatch_every_mm != hidden.hatch_every_mm);
    CHECK(count_role(s.scene, "area-hidden") == 2 && count_role(s.scene, "area-no-data") == 1 &&
          count_role(s.scene, "area-unstable") == 2);
    check_golden(state_, s.scene, "tests/map/golden/sheet_periods_states_da.txt");
    clear(&s);
}

TEST(nine_panels_have_one_size_one_extent_and_the_gutters_of_the_map_guide)
{
    sheet s;
    prepare(&s);
    CHECK_OK(periods(&s, 9), err);
    CHECK(count_role(s.scene, "frame") == 9 && count_role(s.scene, "panel-title") == 9);
    hz_scene_mark one = find_mark(s.scene, "frame", 0), two = find_mark(s.scene, "frame", 1), four = find_mark(s.scene, "frame", 3);
    double w = one.xy[2] - one.xy[0], h = one.xy[5] - one.xy[1];
    CHECK_NEAR(w, (162 - 8) / 3.0, 1e-9);
    CHECK_NEAR(two.xy[0] - one.xy[2], 4, 1e-9);
    CHECK_NEAR(four.xy[0], one.xy[0], 1e-9);
    for (size_t i = 1; i < 9; i++) {
        hz_scene_mark m = find_mark(s.scene, "frame", i);
        CHECK_NEAR(m.xy[2] - m.xy[0], w, 1e-9);
        CHECK_NEAR(m.xy[5] - m.xy[1], h, 1e-9);
    }
    /* the first area lies at the same place of every panel */
    hz_scene_mark a = find_mark(s.scene, "area", 0), b = find_mark(s.scene, "area", AREAS);
    CHECK_NEAR(b.xy[0] - two.xy[0], a.xy[0] - one.xy[0], 0.02);
    CHECK_NEAR(b.xy[1] - two.xy[1], a.xy[1] - one.xy[1], 0.02);
    CHECK(s.facts.height_mm <= 240);
    clear(&s);
}

/* Rates rise by 10 each period, so that late periods reach the upper classes and early ones do not. */
TEST(limits_are_shared_and_come_from_all_periods)
{
    sheet s;
    size_t known = 0;
    prepare(&s);
    CHECK_OK(periods(&s, 6), err);
    for (size_t c = 0; c < s.facts.breaks.classes; c++)
        known += s.facts.breaks.count[c];
    CHECK(known == 6 * AREAS - 1 && s.facts.hidden == 1 && s.facts.unstable == 2);
    CHECK_NEAR(s.facts.breaks.low, 10, 1e-9);
    CHECK_NEAR(s.facts.breaks.high, 83, 1e-9);
    hz_colour top = s.facts.colours[s.facts.breaks.classes - 1];
    size_t early = 0, late = 0, area = 0;
    for (size_t i = 0; i < hz_scene_count(s.scene); i++) {
        hz_scene_mark m = hz_scene_get(s.scene, i);
        if (strncmp(m.role, "area", 4) != 0)
            continue;
        early += area < AREAS && m.ink.fill_colour == top;
        late += area >= 5 * AREAS && m.ink.fill_colour == top;
        area++;
    }
    CHECK(area == 6 * AREAS && early == 0 && late > AREAS / 2);
    clear(&s);
}

TEST(names_stand_in_the_first_panel_and_the_legend_counts_nothing)
{
    sheet s;
    prepare(&s);
    CHECK_OK(periods(&s, 3), err);
    hz_scene_mark first = find_mark(s.scene, "frame", 0);
    CHECK(count_role(s.scene, "label") > 5);
    for (size_t i = 0; i < hz_scene_count(s.scene); i++) {
        hz_scene_mark m = hz_scene_get(s.scene, i);
        if (strcmp(m.role, "label") == 0)
            CHECK(m.x < first.xy[2]);
        if (strcmp(m.role, "legend-text") == 0 && !strstr(m.text, "VK"))
            CHECK(strchr(m.text, '(') == NULL);
    }
    CHECK(count_role(s.scene, "leader") == 0 && count_role(s.scene, "legend-counts") == 0);
    CHECK(count_role(s.scene, "strip-text") == 3 && count_role(s.scene, "strip-class") == 0);
    clear(&s);
}

TEST(too_many_periods_and_unknown_columns_are_refused)
{
    sheet s;
    prepare(&s);
    CHECK_FAILS(periods(&s, 10), HZ_EUSAGE, err, "10 periods side by side, expected 1 to 9");
    CHECK_FAILS(periods(&s, 0), HZ_EUSAGE, err, "0 periods");
    s.periods[1].value = "nowhere";
    CHECK_FAILS(periods(&s, 2), HZ_EUSAGE, err, "no column 'nowhere'");
    CHECK(s.scene == NULL);
    clear(&s);
}

TEST(periods_without_any_figure_are_still_panels)
{
    sheet s;
    const char *state[AREAS];
    prepare(&s);
    for (size_t i = 0; i < AREAS; i++)
        state[i] = "undefined";
    must(hz_layer_add_texts(s.areas, "none", state, &err));
    for (size_t p = 0; p < 2; p++) {
        s.periods[p].state = "none";
        s.periods[p].city = NAN;
    }
    CHECK_OK(periods(&s, 2), err);
    CHECK(count_role(s.scene, "area-no-data") == 2 * AREAS && count_role(s.scene, "legend-class") == 0);
    clear(&s);
}

/* ------------------------------------------------------------------ focus */

static void give_focus(sheet *s, double x0, double y0, double x1, double y1)
{
    const double box[1][4] = { { x0, y0, x1, y1 } };
    s->focus = rectangles("focus", 1, box);
}

TEST(a_map_of_the_focus_is_as_it_was_looked_at)
{
    sheet s;
    prepare(&s);
    give_focus(&s, 1, 1, 3, 2);
    CHECK_OK(focus(&s), err);
    check_golden(state_, s.scene, "tests/map/golden/sheet_focus_da.txt");
    clear(&s);
}

TEST(the_map_reaches_a_quarter_beyond_the_focus_on_each_side)
{
    sheet s;
    prepare(&s);
    give_focus(&s, 1, 1, 3, 2);
    CHECK_OK(focus(&s), err);
    const hz_ink_frame *f = &s.facts.frame;
    CHECK(f->east <= EAST + 500 && f->east + f->w_mm * f->m_per_mm >= EAST + 3500);
    CHECK(f->north >= NORTH + 2250 && f->north - f->h_mm * f->m_per_mm <= NORTH + 750);
    CHECK(f->east > EAST - 500); /* and not the whole city */
    hz_ink_style edge = find_mark(s.scene, "focus", 0).ink;
    CHECK_NEAR(edge.stroke_pt, 1.5, 0);
    CHECK_NEAR(edge.casing_pt, 3, 0);
    CHECK(edge.stroke_colour == 0xffffff && edge.casing_colour == 0x1a1a1a);
    CHECK(count_role(s.scene, "legend-focus") == 1);
    clear(&s);
}

TEST(classes_are_those_of_the_whole_city)
{
    sheet whole, s;
    prepare(&whole);
    CHECK_OK(focus(&whole), err);
    prepare(&s);
    give_focus(&s, 1, 1, 3, 2);
    CHECK_OK(focus(&s), err);
    CHECK(whole.facts.breaks.classes == s.facts.breaks.classes);
    for (size_t i = 0; i + 1 < s.facts.breaks.classes; i++)
        CHECK_NEAR(whole.facts.breaks.limits[i], s.facts.breaks.limits[i], 0);
    CHECK(count_role(whole.scene, "locator") == 0);
    clear(&whole);
    clear(&s);
}

TEST(a_locator_takes_at_most_a_sixth_of_the_map_and_covers_neither_focus_nor_labels)
{
    static const double boxes[][4] = { { 1, 1, 3, 2 }, { 0, 0, 1, 1 }, { 4, 2, 6, 4 }, { 2, 0, 3, 4 } };
    for (size_t k = 0; k < 4; k++) {
        sheet s;
        prepare(&s);
        give_focus(&s, boxes[k][0], boxes[k][1], boxes[k][2], boxes[k][3]);
        CHECK_OK(focus(&s), err);
        CHECK(count_role(s.scene, "locator") == 1 && count_role(s.scene, "locator-extent") == 1);
        hz_scene_mark r = find_mark(s.scene, "locator", 0);
        double x0 = r.xy[0], y0 = r.xy[1], x1 = r.xy[4], y1 = r.xy[5];
        CHECK((x1 - x0) * (y1 - y0) <= s.facts.frame.w_mm * s.facts.frame.h_mm / 6 + 1e-9);
        for (size_t i = 0; i < hz_scene_count(s.scene); i++) {
            hz_scene_mark m = hz_scene_get(s.scene, i);
            if (strcmp(m.role, "label") == 0)
                CHECK(m.x < x0 || m.x > x1 || m.y < y0 || m.y > y1);
            for (size_t p = 0; strcmp(m.role, "focus") == 0 && p < m.ring_first[m.rings]; p++)
                CHECK(m.xy[2 * p] < x0 || m.xy[2 * p] > x1 || m.xy[2 * p + 1] < y0 ||
                      m.xy[2 * p + 1] > y1);
        }
        clear(&s);
    }
}

TEST(areas_beyond_the_map_are_not_complained_of)
{
    sheet s;
    prepare(&s);
    give_focus(&s, 1, 1, 3, 2);
    CHECK_OK(focus(&s), err);
    CHECK(strstr(s.facts.dropped, "O24") == NULL);
    clear(&s);
}

TEST(every_allocation_may_fail_and_no_sheet_is_wrong)
{
    for (int kind = 0; kind < 2; kind++) {
        sheet s;
        long failed = 0;
        prepare(&s);
        give_focus(&s, 1, 1, 3, 2);
        for (long n = 1; n < 3000; n += n < 300 ? 1 : 37) {
            hz_mem_fail_at(n);
            hz_status st = kind ? periods(&s, 3) : focus(&s);
            hz_mem_fail_at(0);
            CHECK(st == HZ_OK || st == HZ_EMEMORY);
            CHECK((s.scene != NULL) == (st == HZ_OK));
            failed += st != HZ_OK;
            hz_scene_free(s.scene);
            s.scene = NULL;
        }
        CHECK(failed > 30);
        clear(&s);
    }
}

static int set_up(void **state)
{
    (void)state;
    return hz_fonts_new(NULL, NULL, &fonts, &err) ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    hz_fonts_free(fonts);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(two_periods_are_as_they_were_looked_at),
        T(zero_hidden_missing_and_unstable_look_apart_in_panels),
        T(nine_panels_have_one_size_one_extent_and_the_gutters_of_the_map_guide),
        T(limits_are_shared_and_come_from_all_periods),
        T(names_stand_in_the_first_panel_and_the_legend_counts_nothing),
        T(too_many_periods_and_unknown_columns_are_refused),
        T(periods_without_any_figure_are_still_panels),
        T(a_map_of_the_focus_is_as_it_was_looked_at),
        T(the_map_reaches_a_quarter_beyond_the_focus_on_each_side),
        T(classes_are_those_of_the_whole_city),
        T(a_locator_takes_at_most_a_sixth_of_the_map_and_covers_neither_focus_nor_labels),
        T(areas_beyond_the_map_are_not_complained_of),
        T(every_allocation_may_fail_and_no_sheet_is_wrong),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
