/* Zones compared, and the card of one, as scenes: where dots stand, what is said, what is refused. */
#include "check.h"
#include "scenes.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/sheet_zones.h"

#include <stdlib.h>

#define EAST 720000.0
#define NORTH 6170000.0

static hz_error err;
static hz_fonts *fonts;

static void must(hz_status st)
{
    if (st)
        fail_msg("%s", err.text);
}

/* Squares of 1 km, two apart, in a row. */
static hz_layer *squares(const char *name, size_t n, double side)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    const char *names[40];
    static char text[40][8];
    must(hz_layer_new(name, n, &layer, &err));
    must(hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err));
    for (size_t f = 0; f < n; f++) {
        static const double corner[5][2] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 }, { 0, 0 } };
        for (size_t i = 0; i < 5; i++) {
            s->x[5 * f + i] = EAST + 2000.0 * (double)(f % 5) + side * corner[i][0];
            s->y[5 * f + i] = NORTH + 2000.0 * (double)(f / 5) + side * corner[i][1];
        }
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * f + 5;
        snprintf(text[f], sizeof text[f], "Nr. %zu", f + 1);
        names[f] = text[f];
    }
    must(hz_layer_take_shapes(layer, &s, &err));
    must(hz_crs_new("EPSG:25832", &crs, &err));
    must(hz_layer_take_crs(layer, &crs, &err));
    must(hz_layer_add_texts(layer, "name", names, &err));
    return layer;
}

typedef struct {
    hz_layer *zones, *areas;
    hz_sheet_zones data;
    hz_sheet_zone_row rows[40];
    hz_sheet_words words;
    hz_look look;
    hz_scene *scene;
    hz_sheet_facts facts;
} sheet;

static const char *const cells[] = { "12", "1.877", "53,7", "2,1" };
static const char *const columns[] = { "Hændelser", "Indbyggere", "Pr. 1.000", "PAI" };
static const char *const notes[] = { "95 %-intervaller er eksakte." };

static void prepare(sheet *s, size_t n)
{
    *s = (sheet){ 0 };
    s->zones = squares("zones", n, 1000);
    s->areas = squares("areas", n, 1900);
    for (size_t z = 0; z < n; z++)
        s->rows[z] = (hz_sheet_zone_row){ .name = "Zone ved søen", .value = 10 + 10 * (double)z,
                                          .low = 5 + 10 * (double)z, .high = 18 + 10 * (double)z,
                                          .cells = cells };
    s->data = (hz_sheet_zones){ .ground = { .zones = s->zones, .areas = s->areas,
                                            .area_name = "name" },
                                .rows = s->rows, .columns = columns, .column_count = 4,
                                .reference = 20, .reference_low = 18, .reference_high = 22,
                                .reference_label = "Hele byen: 20,0 (18,0–22,0)" };
    s->words = (hz_sheet_words){ .quantity = "Pr. 1.000 indbyggere, 2017", .notes = notes,
                                 .note_count = 1, .alt = "Kort.", .date = "2018-06-01" };
    hz_look_default(&s->look);
    s->look.language = HZ_DANISH;
}

static hz_status compose(sheet *s)
{
    return hz_sheet_zones_compose(&s->data, &s->words, &s->look, fonts, &s->scene, &s->facts,
                                  NULL, &err);
}

static void clear(sheet *s)
{
    hz_layer_free(s->zones);
    hz_layer_free(s->areas);
    hz_scene_free(s->scene);
    hz_look_clear(&s->look);
}

static bool shows(const sheet *s, const char *role, const char *text)
{
    for (size_t i = 0; i < hz_scene_count(s->scene); i++) {
        hz_scene_mark m = hz_scene_get(s->scene, i);
        if (m.kind == HZ_MARK_TEXT && strcmp(m.role, role) == 0 && strstr(m.text, text))
            return true;
    }
    return false;
}

TEST(a_small_comparison_is_as_it_was_looked_at)
{
    const char *path = "tests/map/golden/sheet_zones_da.txt";
    sheet s;
    const bool dashed[] = { false, true, false };
    prepare(&s, 3);
    s.rows[2].value = NAN;
    s.rows[2].note = "skjult";
    s.data.ground.dashed = dashed;
    CHECK_OK(compose(&s), err);
    check_golden(state_, s.scene, path);
    clear(&s);
}

/* Values 10, 20, 30 with intervals to 38 on an axis from 0 to 40. */
TEST(dots_intervals_and_reference_stand_on_one_axis)
{
    sheet s;
    prepare(&s, 3);
    CHECK_OK(compose(&s), err);
    hz_scene_mark axis = find_mark(s.scene, "axis", 0);
    double x0 = axis.xy[0], w = axis.xy[2] - axis.xy[0];
    CHECK(shows(&s, "tick-x", "40") && !shows(&s, "tick-x", "50"));
    for (size_t z = 0; z < 3; z++) {
        hz_scene_mark dot = find_mark(s.scene, "dot", z), bar = find_mark(s.scene, "interval", z);
        CHECK_NEAR(dot.xy[0], x0 + w * (10 + 10 * (double)z) / 40, 1e-9);
        CHECK_NEAR(bar.xy[0], x0 + w * (5 + 10 * (double)z) / 40, 1e-9);
        CHECK_NEAR(bar.xy[2], x0 + w * (18 + 10 * (double)z) / 40, 1e-9);
        CHECK_NEAR(bar.xy[1], dot.xy[1], 1e-9);
    }
    CHECK_NEAR(find_mark(s.scene, "reference", 0).xy[0], x0 + w / 2, 1e-9);
    clear(&s);
}

TEST(map_and_table_have_the_widths_of_the_map_guide)
{
    sheet s;
    prepare(&s, 6);
    CHECK_OK(compose(&s), err);
    CHECK_NEAR(s.facts.frame.w_mm, 78, 1e-9);
    CHECK_NEAR(find_mark(s.scene, "legend-title", 0).type.width_mm, 80, 1e-9);
    CHECK(count_role(s.scene, "zone") == 6 && count_role(s.scene, "zone-letter") == 6);
    CHECK(count_role(s.scene, "row-letter") == 6 && count_role(s.scene, "cell") == 24);
    CHECK(shows(&s, "zone-letter", "F") && shows(&s, "row-letter", "F"));
    CHECK_NEAR(hz_scene_height(s.scene), s.facts.height_mm, 0);
    clear(&s);
}

TEST(rows_keep_the_order_of_the_letters_and_never_overlap)
{
    sheet s;
    prepare(&s, 12);
    CHECK_OK(compose(&s), err);
    for (size_t z = 1; z < 12; z++)
        CHECK(find_mark(s.scene, "row-letter", z).y > find_mark(s.scene, "row-letter", z - 1).y + 3);
    clear(&s);
}

TEST(a_zone_without_a_figure_has_a_note_and_no_dot)
{
    sheet s;
    prepare(&s, 3);
    s.rows[1].value = NAN;
    s.rows[1].note = "skjult: færre end 5";
    s.rows[2].value = NAN;
    CHECK_OK(compose(&s), err);
    CHECK(count_role(s.scene, "dot") == 1 && count_role(s.scene, "interval") == 1);
    CHECK(shows(&s, "note-in-axis", "skjult: færre end 5"));
    CHECK(shows(&s, "note-in-axis", "\u2013"));
    s.rows[0].value = NAN; /* none at all, nor a city */
    s.data.reference = NAN;
    hz_scene_free(s.scene);
    s.scene = NULL;
    CHECK_OK(compose(&s), err);
    CHECK(count_role(s.scene, "dot") == 0 && count_role(s.scene, "reference") == 0);
    clear(&s);
}

TEST(an_axis_that_does_not_begin_at_0_says_so)
{
    sheet s;
    prepare(&s, 3);
    for (size_t z = 0; z < 3; z++) {
        s.rows[z].value += 1000;
        s.rows[z].low += 1000;
        s.rows[z].high += 1000;
    }
    s.data.reference_label = NULL;
    CHECK_OK(compose(&s), err);
    CHECK(shows(&s, "legend-text", "begynder ikke ved 0"));
    clear(&s);
}

/* Squares of 3 km, 2 km apart. */
TEST(zones_that_lie_over_one_another_are_also_shown_one_by_one)
{
    sheet s;
    prepare(&s, 3);
    CHECK_OK(compose(&s), err);
    CHECK(count_role(s.scene, "strip-frame") == 0);
    double before = s.facts.height_mm;
    hz_scene_free(s.scene);
    s.scene = NULL;
    hz_layer_free(s.zones);
    s.data.ground.zones = s.zones = squares("zones", 3, 3000);
    CHECK_OK(compose(&s), err);
    CHECK(count_role(s.scene, "strip-frame") == 3 && count_role(s.scene, "strip-zone") == 3);
    CHECK(count_role(s.scene, "strip-others") == 6 && shows(&s, "strip-letter", "C"));
    CHECK(s.facts.height_mm > before + 5);
    for (size_t z = 0; z < 3; z++) { /* each within its frame, and farther to the right of it */
        hz_scene_mark frame = find_mark(s.scene, "strip-frame", z), own = find_mark(s.scene, "strip-zone", z);
        double left = frame.xy[0], width = frame.xy[2] - left;
        double from = own.xy[0], to = own.xy[0];
        for (size_t i = 0; i < own.ring_first[1]; i++) {
            from = fmin(from, own.xy[2 * i]);
            to = fmax(to, own.xy[2 * i]);
        }
        CHECK(from > left && to < left + width);
        CHECK_NEAR((from + to) / 2 - left, width * (0.5 + 0.255 * ((double)z - 1)), 0.2);
    }
    hz_scene_free(s.scene);
    s.scene = NULL;
    for (long at = 1;; at++) {
        hz_mem_fail_at(at);
        hz_status st = compose(&s);
        hz_mem_fail_at(0);
        if (!st)
            break;
        CHECK(st == HZ_EMEMORY && !s.scene && at < 20000);
    }
    clear(&s);
}

TEST(a_narrow_page_has_the_table_below_the_map)
{
    static const char *const pages[] = { "column", "a5", "a4", "text" };
    for (size_t p = 0; p < 4; p++) {
        sheet s;
        prepare(&s, 3);
        CHECK(hz_look_page(&s.look, pages[p]));
        CHECK_OK(compose(&s), err);
        bool below = find_mark(s.scene, "legend-title", 0).y > s.facts.frame.y_mm + s.facts.frame.h_mm;
        CHECK(below == (p < 2));
        for (size_t i = 0; i < hz_scene_count(s.scene); i++) {
            hz_scene_mark m = hz_scene_get(s.scene, i);
            if (m.kind == HZ_MARK_TEXT)
                CHECK(m.y > 0 && m.y < s.facts.height_mm - 3 && m.type.size_pt >= 6.5);
        }
        clear(&s);
    }
}

TEST(what_has_no_room_is_refused_with_what_to_do)
{
    static const char *const wide[] = { "Antal hændelser i alt", "Indbyggertalsudviklingen",
                                        "Befolkningstæthed", "Retsanvendelsesindeks" };
    sheet s;
    prepare(&s, 3);
    CHECK(hz_look_page(&s.look, "column"));
    s.data.columns = wide;
    CHECK_FAILS(compose(&s), HZ_EUSAGE, err, "the columns leave the axis");
    s.data.columns = columns;
    s.data.column_count = 7;
    CHECK_FAILS(compose(&s), HZ_EUSAGE, err, "7 columns beside the zones");
    clear(&s);
    prepare(&s, 40);
    CHECK_FAILS(compose(&s), HZ_EUSAGE, err, "too tall");
    CHECK(s.scene == NULL);
    s.data.ground.zones = NULL;
    CHECK_FAILS(compose(&s), HZ_EDATA, err, "no zones");
    clear(&s);
}

/* ------------------------------------------------------------------- card */

static hz_status compose_card(sheet *s)
{
    static const hz_sheet_card_line lines[] = { { "Hændelser", NULL }, { "I zonen", "12 af 38" },
                                                { "Andel", "31,6 % (19,1–47,5)" } };
    static const char *const paragraphs[] = { "Zonen fanger 31,6 % af hændelserne.",
                                              "Tallene smigrer zonen." };
    hz_sheet_card card = { .ground = s->data.ground, .lines = lines, .line_count = 3,
                           .paragraphs = paragraphs, .paragraph_count = 2 };
    return hz_sheet_card_compose(&card, &s->words, &s->look, fonts, &s->scene, &s->facts, NULL,
                                 &err);
}

TEST(a_card_has_map_table_and_statement_on_one_page)
{
    static const char *const pages[] = { "text", "a4", "column" };
    for (size_t p = 0; p < 3; p++) {
        sheet s;
        prepare(&s, 1);
        CHECK(hz_look_page(&s.look, pages[p]));
        CHECK_OK(compose_card(&s), err);
        CHECK(count_role(s.scene, "card-value") == 2 && count_role(s.scene, "card-heading") == 1);
        CHECK(count_role(s.scene, "statement") == 2 && count_role(s.scene, "zone") == 1);
        CHECK(count_role(s.scene, "zone-letter") == 0); /* there is but one */
        double table = find_mark(s.scene, "card-rule", 2).xy[1], map = s.facts.frame.y_mm + s.facts.frame.h_mm;
        CHECK(find_mark(s.scene, "statement", 0).y > fmax(table, map));
        CHECK(find_mark(s.scene, "note", 0).y > find_mark(s.scene, "statement", 1).y);
        CHECK(find_mark(s.scene, "note", 0).y < s.facts.height_mm);
        if (p == 1) { /* the map is as wide as a tall sheet of paper, and fills it */
            CHECK(s.facts.frame.w_mm > 170 && s.facts.frame.h_mm > 150);
            CHECK(find_mark(s.scene, "note", 0).y > s.facts.height_mm - 50);
        }
        clear(&s);
    }
}

TEST(every_allocation_may_fail_and_no_sheet_is_wrong)
{
    for (int card = 0; card < 2; card++) {
        sheet s;
        long failed = 0;
        prepare(&s, 2);
        for (long n = 1; n < 2500; n += n < 300 ? 1 : 37) {
            hz_mem_fail_at(n);
            hz_status st = card ? compose_card(&s) : compose(&s);
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
        T(a_small_comparison_is_as_it_was_looked_at),
        T(dots_intervals_and_reference_stand_on_one_axis),
        T(map_and_table_have_the_widths_of_the_map_guide),
        T(rows_keep_the_order_of_the_letters_and_never_overlap),
        T(a_zone_without_a_figure_has_a_note_and_no_dot),
        T(an_axis_that_does_not_begin_at_0_says_so),
        T(zones_that_lie_over_one_another_are_also_shown_one_by_one),
        T(a_narrow_page_has_the_table_below_the_map),
        T(what_has_no_room_is_refused_with_what_to_do),
        T(a_card_has_map_table_and_statement_on_one_page),
        T(every_allocation_may_fail_and_no_sheet_is_wrong),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
