/* The sheet of a proposal as a scene: classes over 0, both borders, a table of two columns. */
#include "check.h"
#include "scenes.h"
#include "hotzone/file.h"
#include "hotzone/lattice.h"
#include "hotzone/mem.h"
#include "hotzone/sheet_proposal.h"

#include <stdlib.h>

static hz_error err;
static hz_fonts *fonts;

static void must(hz_status st)
{
    if (st)
        fail_msg("%s", err.text);
}

static hz_layer *layer_of(const char *name, hz_shapes **shapes)
{
    hz_layer *layer = NULL;
    hz_crs *crs = NULL;
    must(hz_layer_new(name, (*shapes)->features, &layer, &err));
    must(hz_layer_take_shapes(layer, shapes, &err));
    must(hz_crs_new("EPSG:25832", &crs, &err));
    must(hz_layer_take_crs(layer, &crs, &err));
    return layer;
}

/* Rectangles of x, y, width, height in kilometres. */
static hz_layer *rectangles(const char *name, size_t n, const double (*box)[4])
{
    hz_shapes *s = NULL;
    must(hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err));
    for (size_t f = 0; f < n; f++) {
        static const double corner[5][2] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 }, { 0, 0 } };
        for (size_t i = 0; i < 5; i++) {
            s->x[5 * f + i] = 720000 + 1000 * (box[f][0] + box[f][2] * corner[i][0]);
            s->y[5 * f + i] = 6170000 + 1000 * (box[f][1] + box[f][3] * corner[i][1]);
        }
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * f + 5;
    }
    return layer_of(name, &s);
}

/* A study area of 4 by 3 km in cells of 1 km; the zone given at the left, the proposal one to the right
 * of it, a cell of which they share. */
typedef struct {
    hz_layer *zones, *areas, *parcels, *events;
    hz_sheet_proposal data;
    hz_sheet_words words;
    hz_look look;
    hz_scene *scene;
    hz_sheet_facts facts;
} sheet;

static const double density[12] = { 0, 1, 2, 0, 0, 4, 8, 16, 0, 0, 0, 0.5 };
static const hz_sheet_pair_line lines[] = {
    { "Størrelse", NULL, NULL },
    { "Land, km²", "2,00", "2,00" },
    { "Senere, 2017", NULL, NULL },
    { "I zonen", "12 af 40", "19 af 40" },
    { "Procentpoint (95 %)", NULL, "17,5 (4,0 til 30,2)" },
};
static const char *const paragraphs[] = { "Forslaget rummer 19 af 40 hændelser." };
static const char *const notes[] = { "Celler på 1 km." };

static void prepare(sheet *s)
{
    static const double city[][4] = { { 0, 0, 4, 3 } }, pair[][4] = { { 0, 1, 2, 1 }, { 1, 1, 2, 1 } };
    const hz_lattice cells = { 720000, 6170000, 1000, 4, 3 };
    static const double at[][2] = { { 0.3, 1.5 }, { 1.2, 1.3 }, { 2.4, 1.6 }, { 2.4, 1.6 } };
    hz_shapes *squares = NULL, *points = NULL;
    *s = (sheet){ 0 };
    s->areas = rectangles("areas", 1, city);
    s->zones = rectangles("zones", 2, pair);
    must(hz_lattice_squares(&cells, NULL, &squares, &err));
    s->parcels = layer_of("cells", &squares);
    must(hz_layer_add_numbers(s->parcels, "density", density, &err));
    must(hz_shapes_new(HZ_POINT, 4, 0, 4, &points, &err));
    for (size_t i = 0; i < 4; i++) {
        points->x[i] = 720000 + 1000 * at[i][0];
        points->y[i] = 6170000 + 1000 * at[i][1];
    }
    s->events = layer_of("events", &points);
    s->data = (hz_sheet_proposal){
        .ground = { .zones = s->zones, .areas = s->areas, .events = s->events },
        .names = { "Zonen ved søen", "Forslaget" }, .parcels = s->parcels, .density = "density",
        .overall = 2.6, .density_label = "Hændelser pr. km², 2016", .events_label = "Hændelser, 2017",
        .lines = lines, .line_count = 5, .paragraphs = paragraphs, .paragraph_count = 1
    };
    s->words = (hz_sheet_words){ .quantity = "Hvad de to rummer", .notes = notes, .note_count = 1,
                                 .alt = "Kort.", .date = "2018-06-01" };
    hz_look_default(&s->look);
    s->look.language = HZ_DANISH;
}

static hz_status compose(sheet *s)
{
    return hz_sheet_proposal_compose(&s->data, &s->words, &s->look, fonts, &s->scene, &s->facts,
                                     NULL, &err);
}

static void clear(sheet *s)
{
    hz_layer_free(s->zones);
    hz_layer_free(s->areas);
    hz_layer_free(s->parcels);
    hz_layer_free(s->events);
    hz_scene_free(s->scene);
    hz_look_clear(&s->look);
}

TEST(a_small_proposal_is_as_it_was_looked_at)
{
    const char *path = "tests/map/golden/sheet_proposal_da.txt";
    sheet s;
    prepare(&s);
    CHECK_OK(compose(&s), err);
    check_golden(state_, s.scene, path);
    clear(&s);
}

/* Six of the twelve cells hold something, all different: five classes, and white below them. */
TEST(classes_are_of_parcels_that_hold_something)
{
    sheet s;
    prepare(&s);
    CHECK_OK(compose(&s), err);
    CHECK(s.facts.breaks.classes == 5);
    CHECK(count_role(s.scene, "parcels") == 5 && count_role(s.scene, "legend-class") == 6);
    CHECK(find_mark(s.scene, "legend-class", 5).ink.fill_colour == 0xffffff);
    for (size_t c = 0; c < 5; c++)
        CHECK(find_mark(s.scene, "parcels", c).ink.fill_colour ==
              find_mark(s.scene, "legend-class", 4 - c).ink.fill_colour);
    clear(&s);
}

/* The line of the zone given is drawn again over the band: both are seen where they run together. */
TEST(the_line_of_the_zone_given_lies_over_the_band_of_the_proposal)
{
    sheet s;
    const bool dashed[] = { true, false };
    prepare(&s);
    s.data.ground.dashed = dashed;
    CHECK_OK(compose(&s), err);
    hz_scene_mark first = find_mark(s.scene, "zone", 0), band = find_mark(s.scene, "proposal", 0),
                  again = find_mark(s.scene, "zone", 1);
    CHECK(count_role(s.scene, "zone") == 2 && count_role(s.scene, "proposal") == 1);
    CHECK(first.ink.casing_pt > 0 && !(again.ink.casing_pt > 0));
    CHECK(band.ink.stroke_pt >= 2 * again.ink.stroke_pt);
    CHECK(first.ink.dash_mm[0] > 0 && !(band.ink.dash_mm[0] > 0));
    CHECK(find_mark(s.scene, "legend-zone", 0).ink.stroke_colour == first.ink.stroke_colour);
    CHECK(find_mark(s.scene, "legend-proposal", 0).ink.stroke_colour == band.ink.stroke_colour);
    clear(&s);
}

/* The zones share their middle cell: A stands at the left of it, B at the right. */
TEST(letters_stand_where_one_zone_lies_alone)
{
    sheet s;
    prepare(&s);
    CHECK_OK(compose(&s), err);
    double km = 1000 / s.facts.frame.m_per_mm, x = s.facts.frame.x_mm;
    double west = x + (720000 - s.facts.frame.east) / s.facts.frame.m_per_mm;
    hz_scene_mark a = find_mark(s.scene, "zone-letter", 0), b = find_mark(s.scene, "zone-letter", 1);
    CHECK_TEXT(a.text, "A");
    CHECK_TEXT(b.text, "B");
    CHECK(a.x > west && a.x < west + km && b.x > west + 2 * km && b.x < west + 3 * km);
    clear(&s);
}

TEST(every_page_has_room_or_says_what_has_none)
{
    static const char *const pages[] = { "column", "a5", "a4", "text" };
    for (size_t p = 0; p < 4; p++) {
        sheet s;
        prepare(&s);
        CHECK(hz_look_page(&s.look, pages[p]));
        CHECK_OK(compose(&s), err);
        CHECK(count_role(s.scene, "card-value") == 5 && count_role(s.scene, "statement") == 1);
        clear(&s);
    }
}

TEST(a_sheet_that_cannot_be_is_refused)
{
    static const double none[12] = { 0 };
    sheet s;
    prepare(&s);
    s.data.ground.zones = s.areas;
    CHECK_FAILS(compose(&s), HZ_EDATA, err, "1 zones, expected two");
    s.data.ground.zones = s.zones;
    s.data.density = "rate";
    CHECK_FAILS(compose(&s), HZ_EUSAGE, err, "rate");
    s.data.density = "density";
    s.data.parcels = s.events;
    CHECK_FAILS(compose(&s), HZ_EDATA, err, "expected polygons");
    s.data.parcels = s.parcels;
    must(hz_layer_add_numbers(s.parcels, "nothing", none, &err));
    s.data.density = "nothing";
    CHECK_FAILS(compose(&s), HZ_EDATA, err, "no parcel holds anything");
    clear(&s);
}

TEST(memory_that_runs_out_leaves_nothing)
{
    sheet s;
    prepare(&s);
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
        T(a_small_proposal_is_as_it_was_looked_at),
        T(classes_are_of_parcels_that_hold_something),
        T(the_line_of_the_zone_given_lies_over_the_band_of_the_proposal),
        T(letters_stand_where_one_zone_lies_alone),
        T(every_page_has_room_or_says_what_has_none),
        T(a_sheet_that_cannot_be_is_refused),
        T(memory_that_runs_out_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
