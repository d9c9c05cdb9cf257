/* Maps of cells beside chance, Lorenz curves and functions, as scenes. */
#include "check.h"
#include "scenes.h"
#include "hotzone/chart.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/palette.h"
#include "hotzone/sheet.h"

#include <stdlib.h>

/* A city of 4 by 3 km in cells of 1 km, and a coast that cuts the eastern cells in half. */
#define EAST 720000.0
#define NORTH 6170000.0
enum { ACROSS = 4, UP = 3, CELLS = ACROSS * UP };

static hz_error err;
static hz_fonts *fonts;

static void must(hz_status st)
{
    if (st)
        fail_msg("%s", err.text);
}

/* n rectangles, each west, south, east, north in kilometres. */
static hz_layer *rectangles(const char *name, size_t n, const double *box)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    must(hz_layer_new(name, n, &layer, &err));
    must(hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err));
    for (size_t f = 0; f < n; f++) {
        static const int corner[][2] = { { 0, 1 }, { 2, 1 }, { 2, 3 }, { 0, 3 }, { 0, 1 } };
        for (size_t i = 0; i < 5; i++) {
            s->x[5 * f + i] = EAST + 1000 * box[4 * f + (size_t)corner[i][0]];
            s->y[5 * f + i] = NORTH + 1000 * box[4 * f + (size_t)corner[i][1]];
        }
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * (f + 1);
    }
    must(hz_layer_take_shapes(layer, &s, &err));
    must(hz_crs_new("EPSG:25832", &crs, &err));
    must(hz_layer_take_crs(layer, &crs, &err));
    return layer;
}

typedef struct {
    hz_layer *areas, *units, *circles;
    hz_sheet_cells cells;
    hz_sheet_data data;
    hz_sheet_words words;
    hz_look look;
    hz_scene *scene;
    hz_sheet_facts facts;
} sheet;

static void prepare(sheet *s)
{
    static const char *const class[CELLS] = { "hot99", "hot95", "none", "none", "hot90", "none",
                                              "cold90", "none", "none", "cold95", "cold99", "" };
    static const char *const state[CELLS] = { "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok",
                                              "ok", "ok", "outside" };
    static const char *const names[] = { "Vestby", "Østby" }, *const notes[] = { "Gi*." };
    const double land[] = { 0, 0, 2, 3, 2, 0, 3.6, 3 }, ring[] = { 0.1, 0.1, 1.9, 1.9 },
                 number[] = { 1 };
    double box[4 * CELLS];
    *s = (sheet){ 0 };
    for (size_t i = 0; i < CELLS; i++) {
        box[4 * i] = (double)(i % ACROSS);
        box[4 * i + 1] = (double)(i / ACROSS);
        box[4 * i + 2] = box[4 * i] + 1;
        box[4 * i + 3] = box[4 * i + 1] + 1;
    }
    s->areas = rectangles("areas", 2, land);
    s->units = rectangles("cells", CELLS, box);
    s->circles = rectangles("clusters", 1, ring);
    must(hz_layer_add_texts(s->areas, "name", names, &err));
    must(hz_layer_add_texts(s->units, "class", class, &err));
    must(hz_layer_add_texts(s->units, "state", state, &err));
    must(hz_layer_add_numbers(s->circles, "cluster", number, &err));
    s->cells = (hz_sheet_cells){ .units = s->units, .class_column = "class", .state = "state",
                                 .alpha = 0.05, .circles = s->circles,
                                 .circles_label = "Klynger, p \u2264 0,05",
                                 .counts = "Antal celler i parentes" };
    s->data = (hz_sheet_data){ .areas = s->areas, .name = "name", .cells = &s->cells };
    s->words = (hz_sheet_words){ .title = "Titel", .quantity = "Hændelser i celler på 1 km",
                                 .notes = notes, .note_count = 1, .alt = "Kort.",
                                 .date = "2023-01-01" };
    hz_look_default(&s->look);
    s->look.language = HZ_DANISH;
}

static hz_status compose(sheet *s)
{
    return hz_sheet_compose(&s->data, &s->words, &s->look, fonts, &s->scene, &s->facts, NULL, &err);
}

static void clear(sheet *s)
{
    hz_layer_free(s->areas);
    hz_layer_free(s->units);
    hz_layer_free(s->circles);
    hz_scene_free(s->scene);
    hz_look_clear(&s->look);
}

static size_t marks(const hz_scene *scene, const char *role)
{
    size_t n = 0;
    for (size_t i = 0; i < hz_scene_count(scene); i++)
        n += strcmp(hz_scene_get(scene, i).role, role) == 0;
    return n;
}

static bool says(const hz_scene *scene, const char *text)
{
    for (size_t i = 0; i < hz_scene_count(scene); i++) {
        hz_scene_mark m = hz_scene_get(scene, i);
        if (m.text && strcmp(m.text, text) == 0)
            return true;
    }
    return false;
}

TEST(a_small_map_of_cells_is_as_it_was_looked_at)
{
    sheet s;
    prepare(&s);
    CHECK_OK(compose(&s), err);
    check_golden(state_, s.scene, "tests/map/golden/cells_text_da.txt");
    clear(&s);
}

TEST(each_class_is_one_mark_and_the_legend_counts_its_cells)
{
    sheet s;
    prepare(&s);
    CHECK_OK(compose(&s), err);
    CHECK(marks(s.scene, "hot99") == 1 && marks(s.scene, "none") == 1);
    CHECK(marks(s.scene, "legend-cells") == 7 && marks(s.scene, "legend-not-tested") == 1);
    CHECK(says(s.scene, "Over tilfældet, q\u00a0\u2264\u00a00,01 (1)"));
    CHECK(says(s.scene, "Inden for tilfældet (5)") && says(s.scene, "Ikke testet (1)"));
    CHECK(says(s.scene, "Klynger, p \u2264 0,05 (1)") && says(s.scene, "1"));
    CHECK(marks(s.scene, "strip-text") == 0); /* there is no value of the city */
    clear(&s);
}

/* The city ends at 3.6 km: no cell reaches beyond it. */
TEST(cells_are_cut_to_the_land)
{
    sheet s;
    prepare(&s);
    s.cells.circles = NULL;
    CHECK_OK(compose(&s), err);
    const hz_ink_frame *f = &s.facts.frame;
    double coast = f->x_mm + (EAST + 3600 - f->east) / f->m_per_mm;
    for (size_t i = 0; i < hz_scene_count(s.scene); i++) {
        hz_scene_mark m = hz_scene_get(s.scene, i);
        if (strcmp(m.role, "none") != 0 && strcmp(m.role, "hot99") != 0)
            continue;
        for (size_t k = 0; k < m.ring_first[m.rings]; k++)
            CHECK(m.xy[2 * k] <= coast + 0.03);
    }
    CHECK(marks(s.scene, "cluster") == 0 && marks(s.scene, "legend-cluster") == 0);
    clear(&s);
}

/* In grey both sides of chance are alike but for the hatch. */
TEST(classes_below_chance_are_hatched_and_colours_pass_the_gate)
{
    static const hz_view views[] = { HZ_VIEW_NORMAL, HZ_VIEW_DEUTAN, HZ_VIEW_PROTAN, HZ_VIEW_GREY,
                                     HZ_VIEW_TRITAN };
    static const double least[] = { 10, 8, 8, 8, 6 };
    size_t n, m;
    const hz_sheet_kind *gi = hz_sheet_cell_kinds(false, &n);
    const hz_sheet_kind *moran = hz_sheet_cell_kinds(true, &m);
    CHECK(n == 7 && m == 5);
    for (size_t k = 0; k < n; k++)
        CHECK(gi[k].hatched == (strncmp(gi[k].word, "cold", 4) == 0));
    for (size_t v = 0; v < 5; v++)
        for (size_t k = 0; k + 1 < n; k++)
            CHECK(hz_colour_distance(hz_colour_seen(gi[k].colour, views[v]),
                                     hz_colour_seen(gi[k + 1].colour, views[v])) >= least[v]);
    for (size_t k = 0; k < m; k++)
        CHECK(moran[k].hatched == (strncmp(moran[k].word, "low", 3) == 0));
}

TEST(a_class_that_is_none_is_refused)
{
    sheet s;
    prepare(&s);
    s.cells.quadrants = true;
    CHECK_FAILS(compose(&s), HZ_EDATA, err, "row 1: class is 'hot99', expected a class of local");
    s.cells.quadrants = false;
    s.cells.class_column = "klasse";
    CHECK_FAILS(compose(&s), HZ_EUSAGE, err, "no column 'klasse' of texts");
    clear(&s);
}

TEST(no_allocation_that_fails_leaves_a_map_of_cells_behind)
{
    sheet s;
    hz_status st = HZ_EMEMORY;
    prepare(&s);
    for (long k = 1; st && k < 100000; k += k < 300 ? 1 : 97) {
        hz_mem_fail_at(k);
        st = compose(&s);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || (st == HZ_EMEMORY && !s.scene));
    }
    CHECK(st == HZ_OK);
    clear(&s);
}

/* ------------------------------------------------------------------ curves */

static void prepare_words(hz_sheet_words *words, hz_look *look)
{
    static const char *const notes[] = { "Båndet rummer 95 % af kortene." };
    *words = (hz_sheet_words){ .quantity = "Andel af hændelser, %", .notes = notes,
                               .note_count = 1, .alt = "Diagram.", .date = "2023-01-01" };
    hz_look_default(look);
    look->language = HZ_DANISH;
}

static void prepare_found(hz_concentration *f)
{
    *f = (hz_concentration){ .places = 10, .events = 30 };
    for (size_t k = 0; k <= HZ_CONCENTRATION_STEPS; k++) {
        double x = (double)k / HZ_CONCENTRATION_STEPS;
        f->curve[k] = x * x * x;
        f->expected[k] = x * x;
        f->low[k] = x * x - 0.1 * x * (1 - x);
        f->high[k] = x * x + 0.1 * x * (1 - x);
    }
}

TEST(lorenz_curves_are_as_they_were_looked_at)
{
    static const char *const names[] = { "Celler på 200 m", "Celler på 500 m" };
    hz_concentration f[2];
    hz_lorenz_data data = { f, names, 2, "Andel af cellerne, %" };
    hz_sheet_words words;
    hz_look look;
    hz_scene *scene = NULL;
    prepare_words(&words, &look);
    prepare_found(&f[0]);
    f[1] = f[0];
    CHECK_OK(hz_chart_lorenz(&data, &words, &look, fonts, &scene, NULL, NULL, &err), err);
    CHECK(marks(scene, "observed") == 2 && marks(scene, "band") == 2 && marks(scene, "even") == 2);
    check_golden(state_, scene, "tests/map/golden/chart_lorenz_da.txt");
    hz_scene_free(scene);
    scene = NULL;
    data.panels = 5;
    CHECK_FAILS(hz_chart_lorenz(&data, &words, &look, fonts, &scene, NULL, NULL, &err), HZ_EUSAGE,
                err, "5 panels, expected 1 to 4");
    hz_look_clear(&look);
}

/* L(r) - r of nothing in particular, unknown at the first distance. */
static const double distance[] = { 0, 100, 200, 300, 400 }, seen[] = { NAN, 30, 55, 40, 20 },
                    zero[] = { 0, 0, 0, 0, 0 }, low[] = { NAN, -10, -12, -14, -15 },
                    high[] = { NAN, 10, 12, 14, 15 };

TEST(a_function_with_its_envelope_is_as_it_was_looked_at)
{
    hz_function_data data = { .curve = { 5, distance, seen, zero, low, high },
                              .x_title = "Afstand, m", .zero = true };
    hz_sheet_words words;
    hz_look look;
    hz_chart_facts facts;
    hz_scene *scene = NULL;
    prepare_words(&words, &look);
    words.quantity = "L(r) \u2212 r, m";
    CHECK_OK(hz_chart_function(&data, &words, &look, fonts, &scene, &facts, NULL, &err), err);
    CHECK(facts.y_low < -15 && facts.y_high > 55 && facts.x_high == 400);
    CHECK(marks(scene, "observed") == 1 && marks(scene, "band") == 1 && marks(scene, "zero") == 1);
    check_golden(state_, scene, "tests/map/golden/chart_function_da.txt");
    hz_scene_free(scene);
    hz_look_clear(&look);
}

TEST(a_function_without_points_or_values_is_refused)
{
    const double none[] = { NAN, NAN, NAN, NAN, NAN };
    hz_function_data data = { .curve = { 1, distance, seen, zero, low, high }, .x_title = "r" };
    hz_sheet_words words;
    hz_look look;
    hz_scene *scene = NULL;
    prepare_words(&words, &look);
    CHECK_FAILS(hz_chart_function(&data, &words, &look, fonts, &scene, NULL, NULL, &err), HZ_EUSAGE,
                err, "1 points, expected two or more");
    data.curve = (hz_chart_curve){ 5, distance, none, none, none, none };
    CHECK_FAILS(hz_chart_function(&data, &words, &look, fonts, &scene, NULL, NULL, &err), HZ_EDATA,
                err, "no value is known");
    hz_look_clear(&look);
}

TEST(no_allocation_that_fails_leaves_a_curve_behind)
{
    static const char *const names[] = { "Celler på 200 m" };
    hz_concentration f;
    hz_lorenz_data lorenz = { &f, names, 1, "Andel" };
    hz_function_data data = { .curve = { 5, distance, seen, zero, low, high }, .x_title = "r" };
    hz_sheet_words words;
    hz_look look;
    prepare_words(&words, &look);
    prepare_found(&f);
    for (int chart = 0; chart < 2; chart++) {
        hz_status st = HZ_EMEMORY;
        for (long k = 1; st && k < 100000; k += k < 300 ? 1 : 37) {
            hz_scene *scene = NULL;
            hz_mem_fail_at(k);
            st = chart ? hz_chart_function(&data, &words, &look, fonts, &scene, NULL, NULL, &err)
                       : hz_chart_lorenz(&lorenz, &words, &look, fonts, &scene, NULL, NULL, &err);
            hz_mem_fail_at(0);
            CHECK(st == HZ_OK || (st == HZ_EMEMORY && !scene));
            hz_scene_free(scene);
        }
        CHECK(st == HZ_OK);
    }
    hz_look_clear(&look);
}

static int load_fonts(void **state)
{
    (void)state;
    return hz_fonts_new(NULL, NULL, &fonts, &err) ? -1 : 0;
}

static int free_fonts(void **state)
{
    (void)state;
    hz_fonts_free(fonts);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_small_map_of_cells_is_as_it_was_looked_at),
        T(each_class_is_one_mark_and_the_legend_counts_its_cells),
        T(cells_are_cut_to_the_land),
        T(classes_below_chance_are_hatched_and_colours_pass_the_gate),
        T(a_class_that_is_none_is_refused),
        T(no_allocation_that_fails_leaves_a_map_of_cells_behind),
        T(lorenz_curves_are_as_they_were_looked_at),
        T(a_function_with_its_envelope_is_as_it_was_looked_at),
        T(a_function_without_points_or_values_is_refused),
        T(no_allocation_that_fails_leaves_a_curve_behind),
    };
    return cmocka_run_group_tests(tests, load_fonts, free_fonts);
}
