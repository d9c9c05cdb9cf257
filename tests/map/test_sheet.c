/* The rate choropleth as a scene: what stands on it, where, and what must never be there. */
#include "check.h"
#include "scenes.h"
#include "hotzone/mem.h"
#include "hotzone/sheet.h"

#include <stdlib.h>

#include "hotzone/file.h"

/* A city of square blocks, 2 km wide, in EPSG:25832. */
#define EAST 720000.0
#define NORTH 6170000.0
#define SIDE 2000.0
#define MOST 64

static hz_error err;
static hz_fonts *fonts;

static void must(hz_status st)
{
    if (st)
        fail_msg("%s", err.text);
}

typedef struct {
    hz_layer *areas, *zones, *events, *water, *outside;
    hz_sheet_data data;
    hz_sheet_words words;
    hz_look look;
    hz_scene *scene;
    hz_sheet_facts facts;
    char warnings[2000];
} sheet;

static void hear(hz_notice_kind kind, const char *text, void *user)
{
    sheet *s = user;
    size_t used = strlen(s->warnings);
    if (kind == HZ_WARNING)
        snprintf(s->warnings + used, sizeof s->warnings - used, "%s\n", text);
}

static void give_crs(hz_layer *layer, const char *code)
{
    hz_crs *crs = NULL;
    must(hz_crs_new(code, &crs, &err));
    must(hz_layer_take_crs(layer, &crs, &err));
}

/* A layer of polygons from rings given one after the other; `corners` each, not closed. */
static hz_layer *polygons(const char *name, size_t n, const size_t *corners, const double *xy)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    size_t points = 0, from = 0;
    for (size_t f = 0; f < n; f++)
        points += corners[f] + 1;
    must(hz_layer_new(name, n, &layer, &err));
    must(hz_shapes_new(HZ_POLYGON, n, n, points, &s, &err));
    points = 0;
    for (size_t f = 0; f < n; f++) {
        for (size_t i = 0; i <= corners[f]; i++, points++) {
            s->x[points] = xy[2 * (from + i % corners[f])];
            s->y[points] = xy[2 * (from + i % corners[f]) + 1];
        }
        from += corners[f];
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = points;
    }
    must(hz_layer_take_shapes(layer, &s, &err));
    give_crs(layer, "EPSG:25832");
    return layer;
}

/* One rectangle in units of blocks from the south-west corner of the city. */
static hz_layer *rectangle(const char *name, double x0, double y0, double x1, double y1)
{
    const size_t corners[] = { 4 };
    const double xy[] = { EAST + SIDE * x0, NORTH + SIDE * y0, EAST + SIDE * x1,
                          NORTH + SIDE * y0, EAST + SIDE * x1, NORTH + SIDE * y1,
                          EAST + SIDE * x0, NORTH + SIDE * y1 };
    return polygons(name, 1, corners, xy);
}

static hz_layer *points(const char *name, size_t n, const double *xy)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    must(hz_layer_new(name, n, &layer, &err));
    must(hz_shapes_new(HZ_POINT, n, 0, n, &s, &err));
    for (size_t i = 0; i < n; i++) {
        s->x[i] = EAST + SIDE * xy[2 * i];
        s->y[i] = NORTH + SIDE * xy[2 * i + 1];
    }
    must(hz_layer_take_shapes(layer, &s, &err));
    give_crs(layer, "EPSG:25832");
    return layer;
}

static void give_columns(hz_layer *areas, size_t n, const double *rate, const char *const *state,
                         const char *const *name)
{
    must(hz_layer_add_numbers(areas, "rate", rate, &err));
    if (state)
        must(hz_layer_add_texts(areas, "state", state, &err));
    must(hz_layer_add_texts(areas, "name", name, &err));
    (void)n;
}

static void prepare(sheet *s)
{
    static const char *const notes[] = { "Anmeldelser pr. 1.000 indbyggere." };
    static const char *const sources[] = { "Politiet, 2023", "Kommunen (CC BY 4.0)" };
    *s = (sheet){ 0 };
    hz_look_default(&s->look);
    s->words = (hz_sheet_words){ .quantity = "Anmeldelser pr. 1.000 indbyggere, 2023",
                                 .notes = notes, .note_count = 1, .sources = sources,
                                 .source_count = 2, .alt = "Kort.", .date = "2023-01-01" };
    s->data = (hz_sheet_data){ .value = "rate", .state = "state", .name = "name", .city = 45.2,
                               .city_low = 43.1, .city_high = 47.4 };
}

/* Columns x rows blocks with these values. */
static void prepare_blocks(sheet *s, size_t columns, size_t rows, const double *rate,
                           const char *const *state, const char *const *name)
{
    size_t n = columns * rows, corners[MOST];
    double xy[8 * MOST];
    prepare(s);
    for (size_t i = 0; i < n; i++) {
        double x = EAST + SIDE * (double)(i % columns), y = NORTH + SIDE * (double)(i / columns);
        const double ring[] = { x, y, x + SIDE, y, x + SIDE, y + SIDE, x, y + SIDE };
        memcpy(xy + 8 * i, ring, sizeof ring);
        corners[i] = 4;
    }
    s->areas = polygons("areas", n, corners, xy);
    give_columns(s->areas, n, rate, state, name);
    s->data.areas = s->areas;
}

static hz_status compose(sheet *s)
{
    hz_notice notice = { hear, s };
    s->data.zones = s->zones;
    s->data.events = s->events;
    s->data.water = s->water;
    s->data.outside = s->outside;
    return hz_sheet_compose(&s->data, &s->words, &s->look, fonts, &s->scene, &s->facts, &notice,
                            &err);
}

static void clear(sheet *s)
{
    hz_layer_free(s->areas);
    hz_layer_free(s->zones);
    hz_layer_free(s->events);
    hz_layer_free(s->water);
    hz_layer_free(s->outside);
    hz_scene_free(s->scene);
    hz_look_clear(&s->look);
}

/* Six areas of every state, with zone, events, water and a neighbour. */
static void prepare_full(sheet *s)
{
    static const double rate[] = { 12.3, 33.3, 77.7, 45.6, 64.4, 0 };
    static const char *const state[] = { "ok", "unstable", "hidden", "ok", "ok", "undefined" };
    static const char *const name[] = { "Sønderby", "Vesterbro-Kongens Enghave", "Ålholm",
                                        "Nørrebro", "Østerbro", "Amager Øst" };
    static const double at[] = { 0.2, 0.3, 0.2, 0.3, 0.2, 0.3, 1.8, 1.8, 9, 9 };
    prepare_blocks(s, 3, 2, rate, state, name);
    s->look.hide_below = 5;
    s->zones = rectangle("zones", 0.7, 0.6, 1.4, 1.7);
    must(hz_layer_add_texts(s->zones, "name", (const char *const[]){ "Zone ved søen" }, &err));
    s->data.zone_name = "name";
    s->events = points("events", 5, at);
    s->data.events_label = "Hændelser i pressen";
    s->water = rectangle("water", 2.9, -1, 5, 3);
    s->outside = rectangle("neighbours", -1.2, -2, 4, -0.02);
    must(hz_layer_add_texts(s->outside, "name", (const char *const[]){ "Hvidovre" }, &err));
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

static double random01(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* ------------------------------------------------------------------ golden */

static void check_own_golden(void **state_, hz_language language, const char *path)
{
    sheet s;
    prepare_full(&s);
    s.look.language = language;
    s.words.title = "Titel";
    CHECK_OK(compose(&s), err);
    check_golden(state_, s.scene, path);
    clear(&s);
}

TEST(a_small_danish_sheet_is_as_it_was_looked_at)
{
    check_own_golden(state_, HZ_DANISH, "tests/map/golden/sheet_text_da.txt");
}

TEST(a_small_english_sheet_is_as_it_was_looked_at)
{
    check_own_golden(state_, HZ_ENGLISH, "tests/map/golden/sheet_text_en.txt");
}

TEST(the_same_input_gives_the_same_scene)
{
    hz_text dump[2] = { { 0 }, { 0 } };
    for (int i = 0; i < 2; i++) {
        sheet s;
        prepare_full(&s);
        CHECK_OK(compose(&s), err);
        CHECK_OK(hz_scene_dump(s.scene, &dump[i], &err), err);
        clear(&s);
    }
    CHECK_TEXT(hz_text_get(&dump[0]), hz_text_get(&dump[1]));
    hz_text_free(&dump[0]);
    hz_text_free(&dump[1]);
}

/* ------------------------------------------------------- numbers to hold */

TEST(no_text_line_or_halo_is_beyond_the_floors_of_the_map_guide)
{
    static const char *const pages[] = { "text", "a5", "a4", "column" };
    for (size_t p = 0; p < 4; p++) {
        sheet s;
        prepare_full(&s);
        CHECK(hz_look_page(&s.look, pages[p]));
        s.words.title = "Titel";
        s.words.subtitle = "Undertitel";
        CHECK_OK(compose(&s), err);
        for (size_t i = 0; i < hz_scene_count(s.scene); i++) {
            hz_scene_mark m = hz_scene_get(s.scene, i);
            if (m.kind == HZ_MARK_TEXT) {
                bool small = strcmp(m.role, "note") == 0 || strcmp(m.role, "source") == 0 ||
                             strcmp(m.role, "neighbour-name") == 0;
                CHECK(m.type.size_pt >= (small ? 6.5 : 7));
                CHECK(m.type.halo_pt == 0 || (m.type.halo_pt >= 0.6 && m.type.halo_pt <= 1));
                hz_colour ground = m.type.halo_pt > 0 ? m.type.halo_colour : 0xffffff;
                if (strcmp(m.role, "legend-arm") != 0)
                    CHECK(hz_colour_contrast(m.type.colour, ground) >= 4.5);
            } else if (m.kind == HZ_MARK_PATH && m.ink.stroke_pt > 0) {
                CHECK(m.ink.stroke_pt >= 0.3);
            }
        }
        clear(&s);
    }
}

TEST(lines_and_hatches_have_the_widths_and_tones_of_the_map_guide)
{
    sheet s;
    prepare_full(&s);
    CHECK_OK(compose(&s), err);
    hz_ink_style area = find_mark(s.scene, "area", 0).ink, unstable = find_mark(s.scene, "area-unstable", 0).ink;
    hz_ink_style hidden = find_mark(s.scene, "area-hidden", 0).ink, none = find_mark(s.scene, "area-no-data", 0).ink;
    hz_ink_style zone = find_mark(s.scene, "zone", 0).ink, edge = find_mark(s.scene, "edge", 0).ink;
    CHECK_NEAR(area.stroke_pt, 0.35, 0);
    CHECK(area.inside && area.hatch_pt == 0);
    CHECK_NEAR(unstable.hatch_pt, 0.6, 0);
    CHECK_NEAR(unstable.hatch_every_mm, 1.8, 0);
    CHECK(hz_colour_contrast(unstable.hatch_colour, unstable.fill_colour) >= 4);
    CHECK_NEAR(hidden.hatch_pt, 0.4, 0);
    CHECK_NEAR(hidden.hatch_every_mm, 1.2, 0);
    CHECK(hidden.fill_colour == 0xe0e0e0 && none.fill_colour == 0xe0e0e0);
    CHECK_NEAR(none.hatch_pt, 0.4, 0);
    /* three directions: told apart in grey and by any eye */
    CHECK(unstable.hatch_way == HZ_HATCH_RISING && hidden.hatch_way == HZ_HATCH_FALLING &&
          none.hatch_way == HZ_HATCH_CROSSED);
    CHECK(find_mark(s.scene, "legend-hidden", 0).ink.hatch_way == HZ_HATCH_FALLING);
    CHECK(find_mark(s.scene, "legend-no-data", 0).ink.hatch_way == HZ_HATCH_CROSSED);
    CHECK_NEAR(zone.stroke_pt, 1.5, 0);
    CHECK_NEAR(zone.casing_pt, 3, 0);
    CHECK(zone.stroke_colour == 0x1a1a1a && zone.casing_colour == 0xffffff && !zone.fill);
    CHECK_NEAR(edge.stroke_pt, 0.75, 0);
    CHECK(edge.stroke_colour == 0x595959);
    clear(&s);
}

TEST(hatch_lines_contrast_4_to_1_with_every_class_of_every_palette)
{
    static const char *const names[] = { "ylgnbu", "warm", "ratio" };
    for (size_t p = 0; p < 3; p++)
        for (size_t n = 3; n <= 6; n++) {
            hz_colour c[HZ_CLASSES_MAX];
            CHECK_OK(hz_palette_named(names[p], n, c, &err), err);
            for (size_t i = 0; i < n; i++)
                CHECK(fmax(hz_colour_contrast(c[i], 0x1a1a1a), hz_colour_contrast(c[i], 0xffffff))
                      >= 4);
        }
}

TEST(the_text_page_has_a_map_of_108_by_112_and_a_panel_of_50)
{
    sheet s;
    prepare_full(&s);
    CHECK_OK(compose(&s), err);
    CHECK_NEAR(hz_scene_width(s.scene), 170, 0);
    CHECK_NEAR(hz_scene_height(s.scene), 130, 0);
    CHECK_NEAR(s.facts.frame.x_mm, 4, 0);
    CHECK_NEAR(s.facts.frame.w_mm, 108, 1e-9);
    CHECK_NEAR(s.facts.frame.h_mm, 112, 1e-9);
    hz_scene_mark title = find_mark(s.scene, "legend-title", 0), patch = find_mark(s.scene, "legend-class", 0);
    CHECK_NEAR(title.x, 116, 1e-9);
    CHECK_NEAR(title.type.width_mm, 50, 1e-9);
    CHECK_NEAR(patch.xy[2] - patch.xy[0], 7, 1e-9);
    CHECK_NEAR(patch.xy[5] - patch.xy[1], 4, 1e-9);
    clear(&s);
}

TEST(a_title_adds_its_own_height_to_a_figure)
{
    sheet s;
    prepare_full(&s);
    s.words.title = "Titel";
    CHECK_OK(compose(&s), err);
    double title = 11 * 1.2 * 25.4 / 72 + 2.5;
    CHECK_NEAR(hz_scene_height(s.scene), 130 + title, 1e-9);
    CHECK_NEAR(s.facts.height_mm, 130 + title, 1e-9);
    CHECK_NEAR(s.facts.width_mm, 170, 0);
    CHECK_NEAR(s.facts.frame.h_mm, 112, 1e-9);
    CHECK_NEAR(s.facts.frame.y_mm, 4 + title, 1e-9);
    clear(&s);
}

TEST(a_figure_grows_for_long_notes_and_a_sheet_of_paper_does_not)
{
    static const char *const pages[] = { "text", "column" };
    char longer[2400];
    const char *notes[1] = { longer };
    memset(longer, 'a', sizeof longer);
    for (size_t i = 7; i < sizeof longer; i += 8)
        longer[i] = ' ';
    longer[sizeof longer - 1] = '\0';
    for (size_t p = 0; p < 2; p++) {
        sheet s;
        prepare_full(&s);
        longer[p ? 800 : 2300] = '\0';
        s.words.notes = notes;
        CHECK(hz_look_page(&s.look, pages[p]));
        double nominal = s.look.height_mm;
        CHECK_OK(compose(&s), err);
        CHECK(s.facts.height_mm > nominal && s.facts.height_mm <= 240);
        CHECK_NEAR(hz_scene_height(s.scene), s.facts.height_mm, 0);
        /* as tall as the city asks for at this width */
        CHECK(s.facts.frame.h_mm > (s.facts.frame.w_mm - 8) * 2 / 3 + 8 - 1e-9);
        clear(&s);
    }
}

TEST(the_scale_bar_stands_close_below_the_legend)
{
    sheet s;
    prepare_full(&s);
    CHECK_OK(compose(&s), err);
    CHECK(find_mark(s.scene, "scalebar", 0).xy[1] - find_mark(s.scene, "strip-limit", 0).y < 10);
    clear(&s);
}

/* ------------------------------------------------------------- classes */

TEST(class_ranges_in_words_let_no_value_fit_two_classes)
{
    hz_sheet_facts f = { .decimals = 1, .breaks = { .classes = 3, .limits = { 20, 40 },
                                                    .low = 3, .high = 91.5 } };
    char text[96];
    CHECK_TEXT(hz_sheet_class_text(&f, 0, HZ_DANISH, text, 96), "under 20,0");
    CHECK_TEXT(hz_sheet_class_text(&f, 1, HZ_DANISH, text, 96), "20,0\u201339,9");
    CHECK_TEXT(hz_sheet_class_text(&f, 2, HZ_DANISH, text, 96), "40,0 og over");
    CHECK_TEXT(hz_sheet_class_text(&f, 1, HZ_ENGLISH, text, 96), "20.0\u201339.9");
    CHECK_TEXT(hz_sheet_class_text(&f, 2, HZ_ENGLISH, text, 96), "40.0 and over");
    f.decimals = 0;
    CHECK_TEXT(hz_sheet_class_text(&f, 1, HZ_DANISH, text, 96), "20\u201339");
    f.breaks.classes = 1;
    CHECK_TEXT(hz_sheet_class_text(&f, 0, HZ_DANISH, text, 96), "3\u201392");
}

/* 39.96 is printed 40.0, so it must not be shown in a class that ends with 39.9. */
TEST(a_value_is_in_the_class_that_its_printed_form_is_in)
{
    uint64_t seed = 11;
    for (int trial = 0; trial < 40; trial++) {
        sheet s;
        double rate[16];
        const char *state[16], *name[16];
        for (int i = 0; i < 16; i++) {
            rate[i] = 20 + 0.4 * random01(&seed) * (1 + trial);
            state[i] = "ok";
            name[i] = "";
        }
        prepare_blocks(&s, 4, 4, rate, state, name);
        s.look.method = trial % 3 == 0 ? HZ_QUANTILE : trial % 3 == 1 ? HZ_FISHER : HZ_EQUAL;
        s.look.round = trial % 2;
        CHECK_OK(compose(&s), err);
        size_t counted[HZ_CLASSES_MAX] = { 0 };
        for (int i = 0; i < 16; i++) {
            char printed[40];
            double value;
            hz_number_format(printed, 40, rate[i], 1, HZ_ENGLISH);
            CHECK(hz_number_parse(printed, strlen(printed), '.', &value));
            int c = hz_sheet_class(&s.facts, rate[i]);
            CHECK(c >= 0 && (size_t)c < s.facts.breaks.classes);
            CHECK(c == 0 || value >= s.facts.breaks.limits[c - 1] - 1e-9);
            CHECK((size_t)c + 1 == s.facts.breaks.classes ||
                  value <= s.facts.breaks.limits[c] - 0.1 + 1e-9);
            counted[c]++;
        }
        for (size_t c = 0; c < s.facts.breaks.classes; c++)
            CHECK(counted[c] == s.facts.breaks.count[c]);
        for (size_t c = 0; c + 1 < s.facts.breaks.classes; c++) /* limits print exactly */
            CHECK_NEAR(s.facts.breaks.limits[c] * 10, round(s.facts.breaks.limits[c] * 10), 1e-9);
        clear(&s);
    }
}

TEST(legend_counts_add_up_to_the_areas)
{
    sheet s;
    prepare_full(&s);
    CHECK_OK(compose(&s), err);
    size_t sum = s.facts.hidden + s.facts.undefined;
    for (size_t c = 0; c < s.facts.breaks.classes; c++)
        sum += s.facts.breaks.count[c];
    CHECK(sum == 6);
    CHECK(s.facts.unstable == 1 && s.facts.hidden == 1 && s.facts.undefined == 1);
    clear(&s);
}

/* -------------------------------------------------------------- legend */

TEST(every_row_of_the_legend_is_found_on_the_map_and_back)
{
    static const char *const pairs[][2] = {
        { "legend-unstable", "area-unstable" }, { "legend-hidden", "area-hidden" },
        { "legend-no-data", "area-no-data" },   { "legend-event", "event" },
        { "legend-zone", "zone" },              { "legend-class", "area" },
    };
    static const char *const words[] = { "ok", "unstable", "hidden", "undefined" };
    static const char *const name[] = { "A1", "A2", "A3", "A4" };
    static const double rate[] = { 10, 20, 30, 40 };
    for (int mix = 0; mix < 16; mix++) {
        const char *state[4];
        sheet s;
        for (int i = 0; i < 4; i++)
            state[i] = words[mix >> i & 1 ? i : 0];
        prepare_blocks(&s, 2, 2, rate, state, name);
        if (mix & 1)
            s.zones = rectangle("zones", 0.2, 0.2, 1.5, 1.5);
        if (mix & 2)
            s.events = points("events", 1, (const double[]){ 0.5, 0.5 });
        CHECK_OK(compose(&s), err);
        for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
            size_t rows = count_role(s.scene, pairs[p][0]), marks = count_role(s.scene, pairs[p][1]);
            CHECK((rows > 0) == (marks > 0));
        }
        clear(&s);
    }
}

TEST(each_class_on_the_map_has_the_colour_of_its_legend_row)
{
    sheet s;
    prepare_full(&s);
    CHECK_OK(compose(&s), err);
    for (size_t i = 0; i < hz_scene_count(s.scene); i++) {
        hz_scene_mark m = hz_scene_get(s.scene, i);
        bool found = false;
        if (strcmp(m.role, "area") != 0 && strcmp(m.role, "area-unstable") != 0)
            continue;
        for (size_t j = 0; j < hz_scene_count(s.scene); j++) {
            hz_scene_mark row = hz_scene_get(s.scene, j);
            found = found || (strcmp(row.role, "legend-class") == 0 &&
                              row.ink.fill_colour == m.ink.fill_colour);
        }
        CHECK(found);
    }
    clear(&s);
}

TEST(the_legend_speaks_danish_and_english)
{
    sheet s;
    prepare_full(&s);
    s.look.language = HZ_DANISH;
    CHECK_OK(compose(&s), err);
    CHECK(shows(&s, "legend-text", "Usikker (VK > 30\u00a0%) (1)"));
    CHECK(shows(&s, "legend-text", "Skjult: færre end 5 (1)"));
    CHECK(shows(&s, "legend-text", "Intet tal (1)"));
    CHECK(shows(&s, "strip-text", "Hele byen: 45,2\u00a0(43,1\u201347,4)"));
    CHECK(shows(&s, "source", "Kilder: Politiet, 2023; Kommunen (CC BY 4.0)."));
    CHECK(shows(&s, "note", "Klasser: kvantiler, afrundede grænser."));
    clear(&s);
    prepare_full(&s);
    CHECK_OK(compose(&s), err);
    CHECK(shows(&s, "legend-text", "Unstable (CV > 30%) (1)"));
    CHECK(shows(&s, "legend-text", "Hidden: fewer than 5 (1)"));
    CHECK(shows(&s, "legend-text", "No figure (1)"));
    CHECK(shows(&s, "strip-text", "Whole city: 45.2"));
    CHECK(shows(&s, "note", "Classes: quantiles, rounded limits."));
    clear(&s);
}

TEST(the_strip_gives_every_class_the_same_width_and_names_every_limit)
{
    static const double rate[] = { 1, 2, 40, 900, 12000, 150000 };
    static const char *const name[] = { "A", "B", "C", "D", "E", "F" };
    static const char *const pages[] = { "text", "column" };
    for (size_t p = 0; p < 2; p++) {
        sheet s;
        double x[8][2];
        size_t n = 0;
        prepare_blocks(&s, 3, 2, rate, NULL, name);
        s.data.state = NULL;
        s.data.city = 900;
        s.data.city_low = s.data.city_high = NAN;
        CHECK(hz_look_page(&s.look, pages[p]));
        CHECK_OK(compose(&s), err);
        for (size_t i = 0; i < hz_scene_count(s.scene); i++) {
            hz_scene_mark m = hz_scene_get(s.scene, i);
            if (strcmp(m.role, "strip-class") == 0) {
                x[n][0] = m.xy[0];
                x[n++][1] = m.xy[2] - m.xy[0];
            }
        }
        CHECK(n == s.facts.breaks.classes && n >= 4);
        for (size_t c = 1; c < n; c++)
            CHECK_NEAR(x[c][1], x[0][1], 1e-9);
        CHECK(count_role(s.scene, "strip-limit") == n - 1);
        /* the city's dot stands in its class, as far along as its value */
        int c = hz_sheet_class(&s.facts, 900);
        double from = s.facts.breaks.limits[c - 1], to = s.facts.breaks.limits[c];
        CHECK_NEAR(find_mark(s.scene, "strip-city", 0).xy[0],
                   x[c][0] + x[c][1] * (900 - from) / (to - from), 1e-9);
        clear(&s);
    }
}

TEST(streets_are_weaker_than_borders_on_every_fill)
{
    sheet s;
    hz_layer *streets = NULL;
    hz_shapes *lines = NULL;
    prepare_full(&s);
    must(hz_layer_new("streets", 1, &streets, &err));
    must(hz_shapes_new(HZ_LINE, 1, 1, 2, &lines, &err));
    lines->first_ring[1] = 1;
    lines->first_point[1] = 2;
    lines->x[0] = EAST + 0.1;
    lines->x[1] = EAST + 3.2 * SIDE;
    lines->y[0] = lines->y[1] = NORTH + 1.5 * SIDE;
    must(hz_layer_take_shapes(streets, &lines, &err));
    give_crs(streets, "EPSG:25832");
    s.data.streets = streets;
    CHECK_OK(compose(&s), err);
    CHECK(count_role(s.scene, "street") == 3); /* two dark areas, and all that is light */
    for (size_t i = 0; i < hz_scene_count(s.scene); i++) {
        hz_scene_mark m = hz_scene_get(s.scene, i);
        static const hz_colour fills[] = { 0x2c7fb8, 0x253494, 0xe0e0e0 };
        for (size_t k = 0; k < 3 && strcmp(m.role, "street") == 0; k++) {
            double x = (m.xy[0] + m.xy[2]) / 2, west = 8 + 33.333 * (double)k;
            if (x < west || x > west + 33.333)
                continue;
            double own = hz_colour_contrast(m.ink.stroke_colour, fills[k]);
            CHECK(own >= 1.1 && own <= 2.5);
        }
    }
    clear(&s);
    hz_layer_free(streets);
}

TEST(the_scale_bar_is_round_and_15_to_30_percent_of_the_map)
{
    uint64_t seed = 5;
    static const double rate[] = { 1 };
    static const char *const state[] = { "ok" }, *const name[] = { "" };
    for (int i = 0; i < 60; i++) {
        sheet s;
        prepare_blocks(&s, 1, 1, rate, state, name);
        hz_layer_free(s.areas);
        double w = pow(10, 3 * random01(&seed)) / 20;
        s.areas = rectangle("areas", 0, 0, w, w * (0.3 + random01(&seed)));
        give_columns(s.areas, 1, rate, state, name);
        s.data.areas = s.areas;
        CHECK_OK(compose(&s), err);
        hz_scene_mark bar = find_mark(s.scene, "scalebar", 0);
        double mm = bar.xy[2] - bar.xy[0], metres = mm * s.facts.scale / 1000;
        CHECK(mm >= 0.15 * s.facts.frame.w_mm - 1e-6 && mm <= 0.30 * s.facts.frame.w_mm + 1e-6);
        double first = metres / pow(10, floor(log10(metres) + 1e-9));
        CHECK_NEAR(first, round(first), 1e-6);
        CHECK(metres < 999 || fabs(metres / 1000 - round(metres / 1000)) < 1e-6);
        clear(&s);
    }
}

/* ------------------------------------------------------- hidden values */

TEST(a_hidden_area_has_only_the_hidden_look_and_its_value_is_nowhere)
{
    sheet s;
    hz_text dump = { 0 };
    prepare_full(&s);
    CHECK_OK(compose(&s), err);
    CHECK(count_role(s.scene, "area-hidden") == 1);
    CHECK_OK(hz_scene_dump(s.scene, &dump, &err), err);
    CHECK(!strstr(hz_text_get(&dump), "77.7"));
    CHECK(!strstr(hz_text_get(&dump), "77,7"));
    CHECK(strstr(hz_text_get(&dump), "64.4")); /* such a figure would be found */
    CHECK(s.facts.breaks.high < 77);
    hz_text_free(&dump);
    clear(&s);
}

TEST(a_hidden_value_changes_nothing_on_the_sheet)
{
    hz_text dump[2] = { { 0 }, { 0 } };
    for (int i = 0; i < 2; i++) {
        const double rate[] = { 10, 20, i ? 1e6 : 3, 40 };
        const char *const state[] = { "ok", "ok", "hidden", "ok" };
        const char *const name[] = { "A1", "A2", "A3", "A4" };
        sheet s;
        prepare_blocks(&s, 2, 2, rate, state, name);
        CHECK_OK(compose(&s), err);
        CHECK_OK(hz_scene_dump(s.scene, &dump[i], &err), err);
        clear(&s);
    }
    CHECK_TEXT(hz_text_get(&dump[0]), hz_text_get(&dump[1]));
    hz_text_free(&dump[0]);
    hz_text_free(&dump[1]);
}

/* ------------------------------------------------------- few or no values */

TEST(a_map_without_any_figure_is_still_a_map)
{
    static const double rate[] = { NAN, NAN, NAN, NAN };
    static const char *const state[] = { "undefined", "undefined", "undefined", "undefined" };
    static const char *const name[] = { "A1", "A2", "A3", "A4" };
    sheet s;
    prepare_blocks(&s, 2, 2, rate, state, name);
    s.data.city = s.data.city_low = s.data.city_high = NAN;
    CHECK_OK(compose(&s), err);
    CHECK(s.facts.breaks.classes == 0 && s.facts.undefined == 4);
    CHECK(count_role(s.scene, "area-no-data") == 4 && count_role(s.scene, "legend-class") == 0);
    CHECK(shows(&s, "legend-text", "No figure (4)"));
    CHECK(shows(&s, "strip-text", "Whole city: no figure"));
    CHECK(hz_sheet_class(&s.facts, 3) == -1);
    clear(&s);
}

TEST(two_figures_make_two_classes)
{
    static const double rate[] = { 53.7, NAN, 39.8, NAN };
    static const char *const state[] = { "ok", "undefined", "ok", "undefined" };
    static const char *const name[] = { "A1", "A2", "A3", "A4" };
    sheet s;
    prepare_blocks(&s, 2, 2, rate, state, name);
    CHECK_OK(compose(&s), err);
    CHECK(s.facts.breaks.classes == 2);
    CHECK(shows(&s, "legend-text", "under 50.0 (1)"));
    CHECK(shows(&s, "legend-text", "50.0 and over (1)"));
    CHECK_TEXT(s.warnings, "");
    clear(&s);
}

TEST(one_area_makes_a_map)
{
    static const double rate[] = { 0 };
    static const char *const state[] = { "unstable" }, *const name[] = { "Alene" };
    sheet s;
    prepare_blocks(&s, 1, 1, rate, state, name);
    CHECK_OK(compose(&s), err);
    CHECK(s.facts.breaks.classes == 1 && s.facts.zero == 1 && s.facts.unstable == 1);
    CHECK(shows(&s, "label", "Alene"));
    CHECK(shows(&s, "label", "0.0"));
    clear(&s);
}

/* -------------------------------------------------------------- labels */

typedef struct {
    double x0, y0, x1, y1;
} extent;

/* The box of a label: capitals above the baseline, descenders below it. */
static extent extent_of(const hz_scene_mark *m)
{
    double em = m->type.size_pt * 25.4 / 72;
    double half = hz_fonts_measure(fonts, m->text, &m->type).width / 2;
    return (extent){ m->x - half, m->y - 0.72 * em, m->x + half, m->y + 0.2 * em };
}

static bool is_label(const hz_scene_mark *m)
{
    return m->kind == HZ_MARK_TEXT && (strcmp(m->role, "label") == 0 ||
                                       strcmp(m->role, "zone-letter") == 0 ||
                                       strcmp(m->role, "neighbour-name") == 0);
}

/* Cells of n random points in a square of 1: each the square cut by all bisectors.  Returns the
 * number of corners of the cell of point i. */
static size_t voronoi_cell(size_t n, const double *p, size_t i, double *xy)
{
    double ring[2 * MOST] = { 0, 0, 1, 0, 1, 1, 0, 1 };
    size_t m = 4;
    for (size_t j = 0; j < n; j++) {
        double cut[2 * MOST], nx = p[2 * j] - p[2 * i], ny = p[2 * j + 1] - p[2 * i + 1];
        double mid = (nx * (p[2 * j] + p[2 * i]) + ny * (p[2 * j + 1] + p[2 * i + 1])) / 2;
        size_t k = 0;
        if (j == i)
            continue;
        for (size_t a = 0; a < m; a++) {
            const double *u = ring + 2 * a, *v = ring + 2 * ((a + 1) % m);
            double du = nx * u[0] + ny * u[1] - mid, dv = nx * v[0] + ny * v[1] - mid;
            if (du <= 0) {
                cut[2 * k] = u[0];
                cut[2 * k++ + 1] = u[1];
            }
            if ((du < 0 && dv > 0) || (du > 0 && dv < 0)) {
                cut[2 * k] = u[0] + (v[0] - u[0]) * du / (du - dv);
                cut[2 * k++ + 1] = u[1] + (v[1] - u[1]) * du / (du - dv);
            }
        }
        m = k;
        memcpy(ring, cut, 2 * m * sizeof *ring);
    }
    memcpy(xy, ring, 2 * m * sizeof *ring);
    return m;
}

static void prepare_voronoi(sheet *s, size_t n, uint64_t *seed)
{
    static const char *const words[] = { "ok", "unstable", "hidden", "undefined" };
    static char names[MOST][40];
    double p[2 * MOST], rate[MOST];
    double *xy = hz_mem_new(MOST * MOST, sizeof *xy);
    size_t corners[MOST], used = 0;
    const char *state[MOST], *name[MOST];
    prepare(s);
    for (size_t i = 0; i < 2 * n; i++)
        p[i] = random01(seed);
    for (size_t i = 0; i < n; i++) {
        corners[i] = voronoi_cell(n, p, i, xy + 2 * used);
        for (size_t k = 0; k < corners[i]; k++) {
            xy[2 * (used + k)] = EAST + 8000 * xy[2 * (used + k)];
            xy[2 * (used + k) + 1] = NORTH + 8000 * xy[2 * (used + k) + 1];
        }
        used += corners[i];
        rate[i] = 100 * random01(seed);
        state[i] = words[(size_t)(4 * random01(seed))];
        snprintf(names[i], sizeof names[i], i % 3 ? "Navn%zu" : "Navn%zu-Bydel Øst", i);
        name[i] = names[i];
    }
    s->areas = polygons("areas", n, corners, xy);
    give_columns(s->areas, n, rate, state, name);
    s->data.areas = s->areas;
    hz_mem_free(xy);
}

TEST(labels_never_overlap_and_never_leave_the_frame)
{
    uint64_t seed = 2017;
    for (int round = 0; round < 12; round++) {
        sheet s;
        prepare_voronoi(&s, 6 + 4 * (size_t)round, &seed);
        s.zones = rectangle("zones", 0.5, 0.7, 2.4, 2.9);
        s.events = points("events", 4, (const double[]){ 1, 1, 3, 3, 3, 3, 2, 0.4 });
        CHECK_OK(compose(&s), err);
        const hz_ink_frame *f = &s.facts.frame;
        size_t n = hz_scene_count(s.scene);
        for (size_t i = 0; i < n; i++) {
            hz_scene_mark a = hz_scene_get(s.scene, i);
            if (!is_label(&a))
                continue;
            extent e = extent_of(&a);
            CHECK(e.x0 > f->x_mm && e.x1 < f->x_mm + f->w_mm);
            CHECK(e.y0 > f->y_mm && e.y1 < f->y_mm + f->h_mm);
            for (size_t j = i + 1; j < n; j++) {
                hz_scene_mark b = hz_scene_get(s.scene, j);
                if (!is_label(&b))
                    continue;
                extent g = extent_of(&b);
                CHECK(e.x1 <= g.x0 || g.x1 <= e.x0 || e.y1 <= g.y0 || g.y1 <= e.y0);
            }
        }
        clear(&s);
    }
}

/* Letters keep 0.5 mm (here: some) from all borders, zone lines and symbols. */
TEST(no_border_zone_line_or_symbol_runs_through_a_label)
{
    uint64_t seed = 99;
    for (int round = 0; round < 8; round++) {
        sheet s;
        prepare_voronoi(&s, 10 + 6 * (size_t)round, &seed);
        s.zones = rectangle("zones", 0.5, 0.7, 2.4, 2.9);
        CHECK_OK(compose(&s), err);
        size_t n = hz_scene_count(s.scene), steps = 200;
        for (size_t i = 0; i < n; i++) {
            hz_scene_mark a = hz_scene_get(s.scene, i);
            if (!is_label(&a))
                continue;
            extent e = extent_of(&a);
            for (size_t j = 0; j < n; j++) {
                hz_scene_mark b = hz_scene_get(s.scene, j);
                if (strncmp(b.role, "area", 4) != 0 && strcmp(b.role, "zone") != 0)
                    continue;
                for (size_t p = 0; p + 1 < b.ring_first[1]; p++)
                    for (size_t k = 0; k <= steps; k++) {
                        double t = (double)k / (double)steps;
                        double x = b.xy[2 * p] + t * (b.xy[2 * p + 2] - b.xy[2 * p]);
                        double y = b.xy[2 * p + 1] + t * (b.xy[2 * p + 3] - b.xy[2 * p + 1]);
                        CHECK(x < e.x0 - 0.4 || x > e.x1 + 0.4 || y < e.y0 - 0.4 ||
                              y > e.y1 + 0.4);
                    }
            }
        }
        clear(&s);
    }
}

/* Is this an item of a list with commas between? */
static bool is_listed(const char *list, const char *before, const char *name)
{
    char item[80];
    snprintf(item, sizeof item, "%s%s", before, name);
    size_t n = strlen(item);
    for (const char *at = list; at && *at; at = strchr(at, ',') ? strchr(at, ',') + 2 : NULL)
        if (strncmp(at, item, n) == 0 && (at[n] == ',' || at[n] == '\0'))
            return true;
    return false;
}

TEST(every_name_is_on_the_map_or_among_the_dropped)
{
    uint64_t seed = 7;
    size_t dropped = 0;
    for (int round = 0; round < 6; round++) {
        sheet s;
        size_t n = 8 + 10 * (size_t)round;
        prepare_voronoi(&s, n, &seed);
        CHECK_OK(compose(&s), err);
        for (size_t i = 0; i < n; i++) {
            char whole[40], digits[40];
            snprintf(whole, sizeof whole, "%s", hz_layer_text(s.areas, "name", i));
            snprintf(digits, sizeof digits, "Navn%zu", i);
            bool drawn = false;
            for (size_t k = 0; k < hz_scene_count(s.scene) && !drawn; k++) {
                hz_scene_mark m = hz_scene_get(s.scene, k);
                size_t length = strlen(digits);
                drawn = is_label(&m) && strncmp(m.text, digits, length) == 0 &&
                        (m.text[length] == '\0' || m.text[length] == '-' ||
                         m.text[length] == ':');
            }
            CHECK(drawn != is_listed(s.facts.dropped, "", whole));
            /* a name without its value is said to be one */
            CHECK(!is_listed(s.facts.dropped, "value of ", whole) || drawn);
        }
        CHECK((s.facts.dropped_count > 0) == (strstr(s.warnings, "no room for") != NULL));
        dropped += s.facts.dropped_count;
        clear(&s);
    }
    CHECK(dropped > 0); /* else nothing was tested */
}

/* The highest and lowest keep their figures where most areas lose their names. */
TEST(extremes_are_labelled_before_others_and_zeros_last)
{
    uint64_t seed = 11;
    size_t lost[2] = { 0, 0 };
    for (int round = 0; round < 4; round++) {
        sheet s;
        size_t n = 60;
        prepare_voronoi(&s, n, &seed);
        double rate[60];
        for (size_t i = 0; i < n; i++)
            rate[i] = i % 3 == 0 ? 0 : 10 + (double)(i * 37 % 59);
        must(hz_layer_add_numbers(s.areas, "own", rate, &err));
        s.data.value = "own";
        s.data.state = NULL;
        CHECK_OK(compose(&s), err);
        for (size_t i = 0; i < n; i++) {
            const char *name = hz_layer_text(s.areas, "name", i);
            size_t above = 0;
            for (size_t k = 0; k < n; k++)
                above += rate[k] > rate[i];
            if (above < 3)
                lost[0] += is_listed(s.facts.dropped, "", name) ||
                           is_listed(s.facts.dropped, "value of ", name);
            else if (rate[i] == 0)
                lost[1] += is_listed(s.facts.dropped, "", name);
        }
        clear(&s);
    }
    CHECK(lost[0] <= 1 && lost[1] > 10);
}

TEST(a_label_that_must_be_shown_and_cannot_is_an_error)
{
    uint64_t seed = 7;
    sheet s;
    prepare_voronoi(&s, 60, &seed);
    s.look.label_show = HZ_LABELS_ALL;
    CHECK_FAILS(compose(&s), HZ_EUSAGE, err, "labels.show is all");
    CHECK(s.scene == NULL);
    clear(&s);
}

TEST(only_listed_labels_show_and_renamed_ones_by_their_new_name)
{
    sheet s;
    char *only[] = { "Nørrebro", "Sønderby" }, *from[] = { "Sønderby" }, *to[] = { "Syd" };
    prepare_full(&s);
    s.look.label_show = HZ_LABELS_LIST;
    s.look.label_only = only;
    s.look.label_only_count = 2;
    s.look.rename_from = from;
    s.look.rename_to = to;
    s.look.rename_count = 1;
    CHECK_OK(compose(&s), err);
    CHECK(shows(&s, "label", "Nørrebro") && shows(&s, "label", "Syd"));
    CHECK(!shows(&s, "label", "Sønderby") && !shows(&s, "label", "Østerbro"));
    s.look.label_only = s.look.rename_from = s.look.rename_to = NULL; /* not the look's own */
    s.look.label_only_count = s.look.rename_count = 0;
    clear(&s);
}

/* ------------------------------------------------------------ geometry */

TEST(the_map_fits_its_frame_centred_and_facts_say_where_it_lies)
{
    sheet s;
    prepare_full(&s);
    CHECK_OK(compose(&s), err);
    const hz_ink_frame *f = &s.facts.frame;
    double left = (EAST - f->east) / f->m_per_mm, right = (EAST + 3 * SIDE - f->east) / f->m_per_mm;
    double top = (f->north - NORTH - 2 * SIDE) / f->m_per_mm;
    double bottom = (f->north - NORTH) / f->m_per_mm;
    CHECK_NEAR(left, 4, 1e-9); /* the wider side fills the frame but for the margin */
    CHECK_NEAR(right, f->w_mm - 4, 1e-9);
    CHECK_NEAR(top, f->h_mm - bottom, 1e-6);
    CHECK_NEAR(s.facts.scale, f->m_per_mm * 1000, 1e-9);
    hz_scene_mark first = find_mark(s.scene, "area", 0); /* Sønderby: the south-west block */
    CHECK_NEAR(first.xy[0], f->x_mm + left, 0.011);
    CHECK_NEAR(first.xy[1], f->y_mm + bottom, 0.011);
    CHECK_NEAR(first.xy[2] - first.xy[0], SIDE / f->m_per_mm, 0.021);
    CHECK_NEAR(first.xy[1] - first.xy[5], SIDE / f->m_per_mm, 0.021); /* one scale */
    CHECK(strstr(f->crs_wkt, "25832"));
    clear(&s);
}

/* The outer edge of the cells of a square is the square. */
TEST(the_outer_edge_holds_no_inner_border)
{
    uint64_t seed = 3;
    for (int round = 0; round < 5; round++) {
        sheet s;
        double length = 0;
        prepare_voronoi(&s, 30, &seed);
        CHECK_OK(compose(&s), err);
        for (size_t i = 0; i < hz_scene_count(s.scene); i++) {
            hz_scene_mark m = hz_scene_get(s.scene, i);
            if (strcmp(m.role, "edge") != 0)
                continue;
            for (size_t p = 0; p + 1 < m.ring_first[1]; p++)
                length += hypot(m.xy[2 * p + 2] - m.xy[2 * p], m.xy[2 * p + 3] - m.xy[2 * p + 1]);
        }
        CHECK_NEAR(length, 4 * 8000 / s.facts.frame.m_per_mm, 0.3);
        clear(&s);
    }
}

TEST(events_at_one_place_are_one_symbol_with_area_by_their_number)
{
    sheet s;
    double least = INFINITY, most = 0;
    prepare_full(&s);
    CHECK_OK(compose(&s), err);
    CHECK(count_role(s.scene, "event") == 2);
    for (size_t i = 0; i < hz_scene_count(s.scene); i++) {
        hz_scene_mark m = hz_scene_get(s.scene, i);
        if (strcmp(m.role, "event") != 0)
            continue;
        CHECK_NEAR(m.ink.stroke_pt, 0.5, 0);
        CHECK(m.ink.stroke_colour == 0xffffff);
        least = fmin(least, m.xy[2]);
        most = fmax(most, m.xy[2]);
    }
    CHECK_NEAR(most * most / (least * least), 3, 1e-9);
    CHECK(s.facts.events_drawn == 4 && s.facts.events_off_map == 1);
    CHECK(shows(&s, "legend-text", "Hændelser i pressen (4)"));
    CHECK(shows(&s, "note", "Events outside the map: 1."));
    CHECK(strstr(s.warnings, "1 event lies outside the map"));
    clear(&s);
}

TEST(data_made_up_is_called_so_on_the_sheet)
{
    sheet s;
    prepare_full(&s);
    s.words.made_up = "Syntetiske data";
    CHECK_OK(compose(&s), err);
    CHECK(shows(&s, "made-up", "Syntetiske data"));
    CHECK(find_mark(s.scene, "made-up", 0).y < s.facts.frame.y_mm);
    CHECK_TEXT(hz_scene_get_about(s.scene)->keywords, "Syntetiske data");
    clear(&s);
}

/* -------------------------------------------------------------- errors */

TEST(words_that_do_not_fit_are_an_error_that_names_the_block)
{
    sheet s;
    char longer[20000];
    const char *notes[1] = { longer };
    memset(longer, 'a', sizeof longer);
    for (size_t i = 7; i < sizeof longer; i += 8)
        longer[i] = ' ';
    longer[sizeof longer - 1] = '\0';
    prepare_full(&s);
    s.words.notes = notes;
    CHECK_FAILS(compose(&s), HZ_EUSAGE, err, "notes (");
    CHECK(strstr(err.text, "shorten them by"));
    CHECK(s.scene == NULL);
    longer[6000] = '\0';
    s.words.notes = NULL;
    s.words.note_count = 0;
    s.words.quantity = longer;
    CHECK_FAILS(compose(&s), HZ_EUSAGE, err, "the legend needs");
    CHECK(strstr(err.text, "mm too tall"));
    clear(&s);
}

TEST(a_sheet_needs_areas_columns_and_true_metres)
{
    sheet s;
    prepare_full(&s);
    s.data.value = "rates";
    CHECK_FAILS(compose(&s), HZ_EUSAGE, err, "no column 'rates' of numbers");
    s.data.value = "rate";
    s.data.state = "status";
    CHECK_FAILS(compose(&s), HZ_EUSAGE, err, "no column 'status' of texts");
    s.data.state = "name";
    CHECK_FAILS(compose(&s), HZ_EDATA, err, "expected ok, unstable, hidden or undefined");
    s.data.state = "state";
    give_crs(s.water, "EPSG:32632");
    CHECK_FAILS(compose(&s), HZ_ECRS, err, "expected EPSG:25832");
    give_crs(s.water, "EPSG:25832");
    give_crs(s.areas, "EPSG:4326");
    CHECK_FAILS(compose(&s), HZ_ECRS, err, "areas");
    give_crs(s.areas, "EPSG:3857");
    CHECK_FAILS(compose(&s), HZ_ECRS, err, "Web Mercator");
    clear(&s);
    prepare(&s);
    must(hz_layer_new("nothing", 0, &s.areas, &err));
    give_crs(s.areas, "EPSG:25832");
    s.data.areas = s.areas;
    CHECK_FAILS(compose(&s), HZ_EDATA, err, "no areas");
    clear(&s);
}

TEST(a_lopsided_map_is_warned_of)
{
    static const double rate[] = { 1, 2, 3, 4, 5, 6, 7, 8, 90 };
    static const char *const state[] = { "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok" };
    static const char *const name[] = { "", "", "", "", "", "", "", "", "" };
    sheet s;
    prepare_blocks(&s, 3, 3, rate, state, name);
    s.look.method = HZ_EQUAL;
    s.look.classes = 3;
    s.look.round = false;
    CHECK_OK(compose(&s), err);
    CHECK(strstr(s.warnings, "holds 8 of the 9 areas with a value"));
    CHECK(strstr(s.warnings, "no area is in class"));
    clear(&s);
}

/* A failed allocation is an error, or made good for: never a sheet that is a little different. */
TEST(every_allocation_may_fail_and_no_sheet_is_wrong)
{
    sheet s;
    hz_text want = { 0 };
    long failed = 0;
    prepare_full(&s);
    CHECK_OK(compose(&s), err);
    CHECK_OK(hz_scene_dump(s.scene, &want, &err), err);
    hz_scene_free(s.scene);
    s.scene = NULL;
    for (long n = 1; n < 6000; n += n < 300 ? 1 : 37) {
        hz_mem_fail_at(n);
        hz_status st = compose(&s);
        hz_mem_fail_at(0);
        if (st == HZ_OK) {
            hz_text dump = { 0 };
            CHECK_OK(hz_scene_dump(s.scene, &dump, &err), err);
            CHECK_TEXT(hz_text_get(&dump), hz_text_get(&want));
            hz_text_free(&dump);
        } else {
            CHECK(st == HZ_EMEMORY);
            CHECK(s.scene == NULL);
            failed++;
        }
        hz_scene_free(s.scene);
        s.scene = NULL;
    }
    CHECK(failed > 50);
    hz_text_free(&want);
    clear(&s);
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
        T(a_small_danish_sheet_is_as_it_was_looked_at),
        T(a_small_english_sheet_is_as_it_was_looked_at),
        T(the_same_input_gives_the_same_scene),
        T(no_text_line_or_halo_is_beyond_the_floors_of_the_map_guide),
        T(lines_and_hatches_have_the_widths_and_tones_of_the_map_guide),
        T(hatch_lines_contrast_4_to_1_with_every_class_of_every_palette),
        T(the_text_page_has_a_map_of_108_by_112_and_a_panel_of_50),
        T(a_title_adds_its_own_height_to_a_figure),
        T(a_figure_grows_for_long_notes_and_a_sheet_of_paper_does_not),
        T(the_scale_bar_stands_close_below_the_legend),
        T(class_ranges_in_words_let_no_value_fit_two_classes),
        T(a_value_is_in_the_class_that_its_printed_form_is_in),
        T(legend_counts_add_up_to_the_areas),
        T(every_row_of_the_legend_is_found_on_the_map_and_back),
        T(each_class_on_the_map_has_the_colour_of_its_legend_row),
        T(the_legend_speaks_danish_and_english),
        T(the_strip_gives_every_class_the_same_width_and_names_every_limit),
        T(streets_are_weaker_than_borders_on_every_fill),
        T(the_scale_bar_is_round_and_15_to_30_percent_of_the_map),
        T(a_hidden_area_has_only_the_hidden_look_and_its_value_is_nowhere),
        T(a_hidden_value_changes_nothing_on_the_sheet),
        T(a_map_without_any_figure_is_still_a_map),
        T(two_figures_make_two_classes),
        T(one_area_makes_a_map),
        T(labels_never_overlap_and_never_leave_the_frame),
        T(no_border_zone_line_or_symbol_runs_through_a_label),
        T(every_name_is_on_the_map_or_among_the_dropped),
        T(extremes_are_labelled_before_others_and_zeros_last),
        T(a_label_that_must_be_shown_and_cannot_is_an_error),
        T(only_listed_labels_show_and_renamed_ones_by_their_new_name),
        T(the_map_fits_its_frame_centred_and_facts_say_where_it_lies),
        T(the_outer_edge_holds_no_inner_border),
        T(events_at_one_place_are_one_symbol_with_area_by_their_number),
        T(data_made_up_is_called_so_on_the_sheet),
        T(words_that_do_not_fit_are_an_error_that_names_the_block),
        T(a_sheet_needs_areas_columns_and_true_metres),
        T(a_lopsided_map_is_warned_of),
        T(every_allocation_may_fail_and_no_sheet_is_wrong),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
