/* Broadening curves as scenes. */
#include "check.h"

#include <math.h>
#include <string.h>

#include "hotzone/chart.h"
#include "hotzone/mem.h"

enum { STEPS = 4 };

static hz_error err;
static hz_fonts *fonts;

static const double share[STEPS] = { 13, 22, 60, 100 }, held[STEPS] = { 55, 74, 78, 81 };
static const double best[STEPS] = { 60, 74, 79, 81 }, low[STEPS] = { 35, 54, 58, 62 };
static const double high[STEPS] = { 74, 89, 91, 94 }, later[STEPS] = { 50, 66, 67, 67 };
static const char *const names[STEPS] = { "Fokus", "Bispebjerg", "Brønshøj", "Valby" };

static hz_broadening_data curve_of(size_t n)
{
    return (hz_broadening_data){
        .curve = { n, share, held, best, low, high }, .later = { n, share, later, NULL, NULL, NULL },
        .name = names, .x_title = "Andel af indbyggerne, %", .observed = "Fokus",
        .best = "Det meste", .band = "95 %-interval", .later_label = "Sene hændelser"
    };
}

static void prepare(hz_sheet_words *words, hz_look *look)
{
    *words = (hz_sheet_words){ .quantity = "Andel af hændelserne, %", .alt = "En kurve." };
    hz_look_default(look);
    hz_look_page(look, "text");
    look->language = HZ_DANISH;
}

static size_t marks(const hz_scene *scene, const char *role)
{
    size_t n = 0;
    for (size_t i = 0; i < hz_scene_count(scene); i++)
        n += strcmp(hz_scene_get(scene, i).role, role) == 0;
    return n;
}

TEST(each_area_added_is_a_dot_and_the_focus_a_larger_one)
{
    hz_broadening_data data = curve_of(STEPS);
    hz_sheet_words words;
    hz_look look;
    hz_scene *scene = NULL;
    hz_chart_facts facts;
    prepare(&words, &look);
    CHECK_OK(hz_chart_broadening(&data, &words, &look, fonts, &scene, &facts, NULL, &err), err);
    CHECK(marks(scene, "focus") == 1 && marks(scene, "step") == STEPS - 1);
    CHECK(marks(scene, "later") == STEPS + 1); /* and one in the key */
    CHECK(marks(scene, "later-line") == STEPS - 1 && marks(scene, "band") == 1);
    CHECK(facts.x_low == 0 && facts.x_high == 100 && facts.y_low == 0 && facts.y_high == 100);
    CHECK(facts.dropped_count <= 1); /* the last one lies at the edge */
    hz_scene_free(scene);
    hz_look_clear(&look);
}

static bool shows(const hz_scene *scene, const char *text)
{
    for (size_t i = 0; i < hz_scene_count(scene); i++) {
        hz_scene_mark m = hz_scene_get(scene, i);
        if (m.kind == HZ_MARK_TEXT && strcmp(m.text, text) == 0)
            return true;
    }
    return false;
}

/* On a rising curve names stand above to the left, where no line runs. */
TEST(names_find_room_along_a_curve_that_rises)
{
    enum { MANY = 7 };
    static const double x[MANY] = { 13, 25, 38, 50, 62, 75, 90 }, y[MANY] = { 10, 22, 34, 46, 58, 70, 82 };
    static const char *const seven[MANY] = { "Fokus", "Bispebjerg", "Brønshøj-Husum", "Valby",
                                             "Vesterbro-Kongens Enghave", "Amager Øst", "Østerbro" };
    hz_broadening_data data = curve_of(STEPS);
    hz_sheet_words words;
    hz_look look;
    hz_scene *scene = NULL;
    hz_chart_facts facts;
    data.curve = (hz_chart_curve){ MANY, x, y, y, y, y };
    data.later.n = 0;
    data.name = seven;
    prepare(&words, &look);
    CHECK_OK(hz_chart_broadening(&data, &words, &look, fonts, &scene, &facts, NULL, &err), err);
    CHECK(facts.dropped_count == 0);
    for (size_t i = 0; i < MANY; i++)
        CHECK(shows(scene, seven[i]));
    hz_scene_free(scene);
    hz_look_clear(&look);
}

/* The key of a band that lies under its line would be looked for in vain. */
TEST(the_key_says_where_a_band_is_too_narrow_to_see)
{
    static const double under[STEPS] = { 54.9, 73.9, 77.9, 80.9 }, over[STEPS] = { 55.1, 74.1, 78.1, 81.1 };
    hz_broadening_data data = curve_of(STEPS);
    hz_sheet_words words;
    hz_look look;
    hz_scene *scene = NULL;
    prepare(&words, &look);
    CHECK_OK(hz_chart_broadening(&data, &words, &look, fonts, &scene, NULL, NULL, &err), err);
    CHECK(shows(scene, "95 %-interval"));
    hz_scene_free(scene);
    scene = NULL;
    data.curve.low = under;
    data.curve.high = over;
    CHECK_OK(hz_chart_broadening(&data, &words, &look, fonts, &scene, NULL, NULL, &err), err);
    CHECK(shows(scene, "95 %-interval: næppe bredere end linjen"));
    hz_scene_free(scene);
    hz_look_clear(&look);
}

TEST(without_later_events_there_is_no_thin_line)
{
    hz_broadening_data data = curve_of(STEPS);
    hz_sheet_words words;
    hz_look look;
    hz_scene *scene = NULL;
    data.later.n = 0;
    data.name = NULL;
    prepare(&words, &look);
    CHECK_OK(hz_chart_broadening(&data, &words, &look, fonts, &scene, NULL, NULL, &err), err);
    CHECK(marks(scene, "later") == 0 && marks(scene, "later-line") == 0);
    hz_scene_free(scene);
    hz_look_clear(&look);
}

TEST(a_focus_with_nothing_to_add_is_refused)
{
    hz_broadening_data data = curve_of(1);
    hz_sheet_words words;
    hz_look look;
    hz_scene *scene = NULL;
    prepare(&words, &look);
    CHECK_FAILS(hz_chart_broadening(&data, &words, &look, fonts, &scene, NULL, NULL, &err),
                HZ_EUSAGE, err, "1 points, expected two or more");
    hz_look_clear(&look);
}

TEST(no_allocation_that_fails_leaves_a_curve_behind)
{
    hz_broadening_data data = curve_of(STEPS);
    hz_sheet_words words;
    hz_look look;
    hz_status st = HZ_EMEMORY;
    prepare(&words, &look);
    for (long k = 1; st && k < 100000; k += k < 300 ? 1 : 37) {
        hz_scene *scene = NULL;
        hz_mem_fail_at(k);
        st = hz_chart_broadening(&data, &words, &look, fonts, &scene, NULL, NULL, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || (st == HZ_EMEMORY && !scene));
        hz_scene_free(scene);
    }
    CHECK(st == HZ_OK);
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
        T(each_area_added_is_a_dot_and_the_focus_a_larger_one),
        T(names_find_room_along_a_curve_that_rises),
        T(the_key_says_where_a_band_is_too_narrow_to_see),
        T(without_later_events_there_is_no_thin_line),
        T(a_focus_with_nothing_to_add_is_refused),
        T(no_allocation_that_fails_leaves_a_curve_behind),
    };
    return cmocka_run_group_tests(tests, load_fonts, free_fonts);
}
