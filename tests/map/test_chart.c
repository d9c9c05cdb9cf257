/* Charts as scenes: what stands on them, where, and what must never be there. */
#include "check.h"
#include "scenes.h"
#include "hotzone/chart.h"
#include "hotzone/funnel.h"
#include "hotzone/mem.h"
#include "hotzone/rates.h"

#include <stdlib.h>

#include "hotzone/file.h"

#define MOST 120

static hz_error err;
static hz_fonts *fonts;

static void must(hz_status st)
{
    if (st)
        fail_msg("%s", err.text);
}

typedef struct {
    hz_layer *table;
    hz_outlier_found outlier;
    hz_period *parts;
    hz_series_found found[HZ_CHART_SERIES_MOST];
    hz_funnel_data funnel;
    hz_series_data series;
    hz_sheet_words words;
    hz_look look;
    hz_scene *scene;
    hz_chart_facts facts;
} chart;

static void prepare(chart *c)
{
    static const char *const notes[] = { "Grænser: eksakte Poisson-grænser." };
    static const char *const sources[] = { "Politiet, 2023" };
    *c = (chart){ .words = { .quantity = "Anmeldelser pr. 1.000 indbyggere", .notes = notes,
                             .note_count = 1, .sources = sources, .source_count = 1,
                             .alt = "Diagram.", .date = "2023-01-01" } };
    hz_look_default(&c->look);
    c->look.language = HZ_DANISH;
}

static void prepare_funnel(chart *c, size_t n, const double *events, const double *residents,
                           const char *const *name, double hide_below)
{
    hz_rates_opts rates = HZ_RATES_DEFAULTS;
    hz_outlier_opts opts = HZ_OUTLIER_DEFAULTS;
    hz_rates_city city;
    prepare(c);
    must(hz_layer_new("areas", n, &c->table, &err));
    must(hz_layer_add_numbers(c->table, "events", events, &err));
    must(hz_layer_add_numbers(c->table, "population", residents, &err));
    must(hz_layer_add_texts(c->table, "name", name, &err));
    rates.hide_below = hide_below;
    must(hz_rates_add(c->table, "events", "population", &rates, &city, &err));
    opts.target = city.known_rate;
    must(hz_outlier_add(c->table, "events", "population", &opts, &c->outlier, &err));
    c->funnel = (hz_funnel_data){ c->table, "name", "rate", "population", &c->outlier,
                                  "Indbyggere", "Hele byen" };
}

static void prepare_small_funnel(chart *c)
{
    static const double events[] = { 100, 60, 30, 3, NAN, 48 };
    static const double residents[] = { 10000, 12000, 9000, 800, 5000, 10000 };
    static const char *const name[] = { "Nørrebro", "Østerbro", "Vanløse", "Ålholm", "Valby",
                                        "Amager Øst" };
    prepare_funnel(c, 6, events, residents, name, 0);
}

static void prepare_series(chart *c, size_t series, hz_series_by by, const char *period,
                           const double *events, double hide_below, bool rates)
{
    static const char *const names[] = { "Nørrebro", "Østerbro", "Vanløse", "Valby" };
    hz_series_opts opts = { by, 1000, 0.95, hide_below, NULL, NULL };
    hz_period whole;
    size_t n = 0;
    double residents[MOST];
    prepare(c);
    must(hz_period_parse(period, &whole, &err));
    must(hz_series_cut(whole, by, &c->parts, &n, &err));
    for (size_t i = 0; i < series * n; i++)
        residents[i] = rates ? 5000 : NAN;
    must(hz_layer_new("series", series * n, &c->table, &err));
    must(hz_layer_add_numbers(c->table, "events", events, &err));
    must(hz_layer_add_numbers(c->table, "population", residents, &err));
    must(hz_series_add(c->table, series, c->parts, n, &opts, c->found, &err));
    c->series = (hz_series_data){ .table = c->table, .series = series, .periods = n,
                                  .period = c->parts, .by = by, .rates = rates, .level = 0.95,
                                  .hide_below = hide_below, .name = names, .found = c->found };
}

/* A value, a zero, a hidden period and its guards, no figure, and a period that is not whole. */
static void prepare_small_series(chart *c)
{
    static const double events[] = { 12, 0, 3, NAN, 9, 15, 20, 11 };
    prepare_series(c, 1, HZ_BY_QUARTER, "2016..2017-11-15", events, 5, true);
}

static hz_status compose(chart *c)
{
    return c->funnel.areas
               ? hz_chart_funnel(&c->funnel, &c->words, &c->look, fonts, &c->scene, &c->facts,
                                 NULL, &err)
               : hz_chart_series(&c->series, &c->words, &c->look, fonts, &c->scene, &c->facts,
                                 NULL, &err);
}

static void clear(chart *c)
{
    hz_layer_free(c->table);
    hz_mem_free(c->parts);
    hz_scene_free(c->scene);
    hz_look_clear(&c->look);
}

static bool shows(const chart *c, const char *text)
{
    for (size_t i = 0; i < hz_scene_count(c->scene); i++) {
        hz_scene_mark m = hz_scene_get(c->scene, i);
        if (m.kind == HZ_MARK_TEXT && strstr(m.text, text))
            return true;
    }
    return false;
}

static double random01(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

static double at_x(const chart *c, double value)
{
    return c->facts.frame.x_mm + c->facts.frame.w_mm * (value - c->facts.x_low) /
                                     (c->facts.x_high - c->facts.x_low);
}

static double at_y(const chart *c, double value)
{
    return c->facts.frame.y_mm + c->facts.frame.h_mm * (c->facts.y_high - value) /
                                     (c->facts.y_high - c->facts.y_low);
}

/* ------------------------------------------------------------------ golden */

static void check_own_golden(void **state_, void (*prepare_it)(chart *), const char *path)
{
    chart c;
    prepare_it(&c);
    c.words.title = "Titel";
    CHECK_OK(compose(&c), err);
    check_golden(state_, c.scene, path);
    clear(&c);
}

TEST(a_small_funnel_is_as_it_was_looked_at)
{
    check_own_golden(state_, prepare_small_funnel, "tests/map/golden/chart_funnel_da.txt");
}

TEST(a_small_series_is_as_it_was_looked_at)
{
    check_own_golden(state_, prepare_small_series, "tests/map/golden/chart_series_da.txt");
}

TEST(the_same_input_gives_the_same_scene)
{
    hz_text dump[2] = { { 0 }, { 0 } };
    for (int i = 0; i < 2; i++) {
        chart c;
        prepare_small_funnel(&c);
        CHECK_OK(compose(&c), err);
        CHECK_OK(hz_scene_dump(c.scene, &dump[i], &err), err);
        clear(&c);
    }
    CHECK_TEXT(hz_text_get(&dump[0]), hz_text_get(&dump[1]));
    hz_text_free(&dump[0]);
    hz_text_free(&dump[1]);
}

/* ------------------------------------------------------------------ both */

TEST(no_text_line_or_halo_is_beyond_the_floors_and_nothing_leaves_the_page)
{
    static const char *const pages[] = { "text", "a5", "a4", "column" };
    for (size_t p = 0; p < 8; p++) {
        chart c;
        if (p < 4)
            prepare_small_funnel(&c);
        else
            prepare_small_series(&c);
        CHECK(hz_look_page(&c.look, pages[p % 4]));
        c.words.title = "Titel";
        c.words.subtitle = "Undertitel";
        c.words.made_up = "Tallene er opdigtede.";
        CHECK_OK(compose(&c), err);
        double w = hz_scene_width(c.scene), h = hz_scene_height(c.scene);
        CHECK_NEAR(w, c.look.width_mm, 0);
        for (size_t i = 0; i < hz_scene_count(c.scene); i++) {
            hz_scene_mark m = hz_scene_get(c.scene, i);
            if (m.kind == HZ_MARK_TEXT) {
                bool small = strcmp(m.role, "note") == 0 || strcmp(m.role, "source") == 0;
                hz_text_size s = hz_fonts_measure(fonts, m.text, &m.type);
                CHECK(m.type.size_pt >= (small ? 6.5 : 7));
                CHECK(m.type.halo_pt == 0 || (m.type.halo_pt >= 0.6 && m.type.halo_pt <= 1));
                CHECK(hz_colour_contrast(m.type.colour, 0xffffff) >= 4.5);
                CHECK(m.x + s.left >= 0 && m.x + s.right <= w && m.y + s.top >= 0 &&
                      m.y + s.bottom <= h);
            } else if (m.kind == HZ_MARK_PATH && m.ink.stroke_pt > 0) {
                CHECK(m.ink.stroke_pt >= 0.3);
            }
        }
        CHECK(shows(&c, "Tallene er opdigtede."));
        CHECK(shows(&c, "Politiet, 2023"));
        clear(&c);
    }
}

TEST(ticks_are_multiples_of_1_2_or_5_times_a_power_of_ten)
{
    uint64_t seed = 3;
    for (int trial = 0; trial < 60; trial++) {
        double events[12], previous = NAN, step = NAN;
        chart c;
        double size = pow(10, 4 * random01(&seed));
        for (int i = 0; i < 12; i++)
            events[i] = floor(size * random01(&seed));
        prepare_series(&c, 1, HZ_BY_MONTH, "2017", events, 0, false);
        c.look.language = HZ_ENGLISH;
        CHECK_OK(compose(&c), err);
        size_t ticks = 0;
        for (size_t i = 0; i < hz_scene_count(c.scene); i++) {
            hz_scene_mark m = hz_scene_get(c.scene, i);
            char digits[64];
            size_t n = 0;
            double value;
            if (strcmp(m.role, "tick-y") != 0)
                continue;
            for (const char *k = m.text; *k; k++)
                if (*k != ',')
                    digits[n++] = *k;
            CHECK(hz_number_parse(digits, n, '.', &value));
            if (ticks++) {
                CHECK(isnan(step) || fabs(value - previous - step) < 1e-9 * value);
                step = value - previous;
            }
            previous = value;
        }
        double lead = step / pow(10, floor(log10(step) + 1e-9));
        CHECK(ticks >= 2 && ticks <= 8);
        CHECK(fabs(lead - 1) < 1e-6 || fabs(lead - 2) < 1e-6 || fabs(lead - 5) < 1e-6);
        clear(&c);
    }
}

/* ------------------------------------------------------------------ funnel */

TEST(points_stand_at_their_residents_and_rate_and_inside_the_frame)
{
    chart c;
    size_t seen = 0;
    prepare_small_funnel(&c);
    CHECK_OK(compose(&c), err);
    const double *rate = hz_layer_numbers(c.table, "rate");
    const double *people = hz_layer_numbers(c.table, "population");
    for (size_t a = 0; a < 6; a++) {
        bool found = false;
        double x = at_x(&c, people[a]), y = at_y(&c, rate[a]);
        for (size_t i = 0; i < hz_scene_count(c.scene); i++) {
            hz_scene_mark m = hz_scene_get(c.scene, i);
            if (strncmp(m.role, "point", 5) != 0 || isnan(rate[a]))
                continue;
            found |= m.circle ? fabs(m.xy[0] - x) < 1e-9 && fabs(m.xy[1] - y) < 1e-9
                              : fabs(m.xy[0] - x) < 1e-9 && fabs(m.xy[3] - y) < 1e-9;
        }
        CHECK(found == !isnan(rate[a])); /* an area without a figure is absent */
        if (found) {
            CHECK(x > c.facts.frame.x_mm && x < c.facts.frame.x_mm + c.facts.frame.w_mm);
            CHECK(y > c.facts.frame.y_mm && y < c.facts.frame.y_mm + c.facts.frame.h_mm);
            seen++;
        }
    }
    CHECK(seen == 5 && !shows(&c, "Valby"));
    clear(&c);
}

TEST(drawn_limits_are_those_of_the_kernel)
{
    static const double tails[] = { .025, .975, .001, .999 };
    chart c;
    size_t checked = 0;
    prepare_small_funnel(&c);
    CHECK_OK(compose(&c), err);
    size_t curve[2] = { 0, 0 }; /* of 99.8 %: high then low, as drawn; then of 95 % */
    for (size_t i = 0; i < hz_scene_count(c.scene); i++) {
        hz_scene_mark m = hz_scene_get(c.scene, i);
        bool far = strcmp(m.role, "limit-998") == 0;
        if (!far && strcmp(m.role, "limit-95") != 0)
            continue;
        double tail = tails[(far ? 2 : 0) + (curve[far]++ == 0)];
        for (size_t k = m.ring_first[0]; k < m.ring_first[1]; k++) {
            double x = m.xy[2 * k], people = c.facts.x_high * (x - c.facts.frame.x_mm) /
                                             c.facts.frame.w_mm;
            double want = hz_funnel_limit(people * c.outlier.target / 1000, tail) / people * 1000;
            if (m.xy[2 * k + 1] < c.facts.frame.y_mm - 1)
                continue; /* drawn beyond the top, like all to its left */
            double y = at_y(&c, want);
            if (y < c.facts.frame.y_mm)
                continue; /* cut off at the top */
            CHECK_NEAR(m.xy[2 * k + 1], y, 1e-6);
            checked++;
        }
    }
    CHECK(curve[0] == 2 && curve[1] == 2 && checked > 600);
    clear(&c);
}

/* Names never touch each other or any point, and those outside the limits are all there. */
TEST(names_do_not_overlap_on_random_data)
{
    static char names[MOST][40];
    uint64_t seed = 9;
    for (int trial = 0; trial < 25; trial++) {
        size_t n = 5 + (size_t)(random01(&seed) * 30), count = 0, outside = 0;
        double events[MOST], people[MOST], box[MOST][4];
        const char *name[MOST];
        chart c;
        for (size_t i = 0; i < n; i++) {
            people[i] = floor(2000 + 60000 * random01(&seed));
            events[i] = floor(people[i] / 1000 * 10 * (0.75 + 0.5 * random01(&seed)));
            snprintf(names[i], sizeof names[i], "Område %.*s%zu", (int)(i % 9), "nummer og", i);
            name[i] = names[i];
        }
        prepare_funnel(&c, n, events, people, name, 0);
        if (trial % 2)
            CHECK(hz_look_page(&c.look, "column"));
        CHECK_OK(compose(&c), err);
        for (size_t i = 0; i < hz_scene_count(c.scene); i++) {
            hz_scene_mark m = hz_scene_get(c.scene, i);
            if (strcmp(m.role, "name") != 0 && strcmp(m.role, "name-outside") != 0)
                continue;
            hz_type_style bare = m.type;
            bare.halo_pt = 0;
            hz_text_size s = hz_fonts_measure(fonts, m.text, &bare);
            double mine[] = { m.x + s.left, m.y + s.top, m.x + s.right, m.y + s.bottom };
            outside += strcmp(m.role, "name-outside") == 0;
            CHECK(mine[0] >= c.facts.frame.x_mm - 0.2);
            CHECK(mine[2] <= c.facts.frame.x_mm + c.facts.frame.w_mm + 0.2);
            for (size_t k = 0; k < count; k++)
                CHECK(mine[0] >= box[k][2] || box[k][0] >= mine[2] || mine[1] >= box[k][3] ||
                      box[k][1] >= mine[3]);
            for (size_t a = 0; a < n; a++) {
                double x = at_x(&c, people[a]);
                double y = at_y(&c, hz_layer_numbers(c.table, "rate")[a]);
                CHECK(x < mine[0] || x > mine[2] || y < mine[1] || y > mine[3]);
            }
            memcpy(box[count++], mine, sizeof mine);
        }
        CHECK(count + c.facts.dropped_count == n);
        if (trial % 2 == 0) /* on the full width there is room for all that matter */
            CHECK(outside == c.outlier.above_95 + c.outlier.below_95 + c.outlier.above_998 +
                                 c.outlier.below_998);
        clear(&c);
    }
}

TEST(a_hidden_area_leaves_no_trace)
{
    static const double events[] = { 7, 3, 6, 9, 100, 90, 110 };
    static const double people[] = { 900, 800, 900, 900, 10000, 9000, 12000 };
    static const char *const name[] = { "Hemmelig", "Hemmelig", "Hemmelig", "Hemmelig", "A", "C",
                                        "D" };
    chart c;
    prepare_funnel(&c, 7, events, people, name, 5);
    CHECK_OK(compose(&c), err);
    CHECK(c.outlier.hidden == 4); /* and those that guard it */
    CHECK(!shows(&c, "Hemmelig"));
    size_t points = 0;
    for (size_t i = 0; i < hz_scene_count(c.scene); i++) {
        hz_scene_mark m = hz_scene_get(c.scene, i);
        points += strncmp(m.role, "point", 5) == 0 && m.xy[1] > c.facts.frame.y_mm;
    }
    CHECK(points == 3); /* the keys stand above the frame */
    clear(&c);
}

TEST(without_limits_the_points_are_drawn_and_the_sheet_says_why)
{
    static const double events[] = { 0, 0 }, people[] = { 10000, 800 };
    static const char *const name[] = { "A", "B" };
    chart c;
    prepare_funnel(&c, 2, events, people, name, 0);
    CHECK_OK(compose(&c), err);
    CHECK(count_role(c.scene, "point") == 2 && /* and no keys */
          count_role(c.scene, "limit-95") == 0);
    CHECK(shows(&c, "ingen grænser"));
    clear(&c);
}

TEST(a_funnel_of_hidden_areas_alone_is_an_empty_plot)
{
    static const double events[] = { 3, 4, 1 }, people[] = { 900, 800, 7000 };
    static const char *const name[] = { "Hemmelig", "Hemmelig", "Hemmelig" };
    chart c;
    prepare_funnel(&c, 3, events, people, name, 5);
    CHECK_OK(compose(&c), err);
    CHECK(c.outlier.hidden == 3 && count_role(c.scene, "point") == 0);
    CHECK(!shows(&c, "Hemmelig"));
    CHECK_NEAR(c.facts.y_low, 0, 0);
    CHECK_NEAR(c.facts.y_high, 1, 0);
    clear(&c);
}

/* ------------------------------------------------------------------ series */

TEST(a_value_a_zero_a_gap_a_hidden_and_a_cut_period_look_different)
{
    chart c;
    prepare_small_series(&c);
    CHECK_OK(compose(&c), err);
    CHECK(c.found[0].zero == 1 && c.found[0].undefined == 1 && c.found[0].hidden == 4);
    CHECK(count_role(c.scene, "hidden") == 4);
    CHECK(count_role(c.scene, "no-figure") == 2);      /* one, and its key */
    CHECK(count_role(c.scene, "value-cut") == 2);      /* likewise */
    CHECK(count_role(c.scene, "value") == 2 + 1);
    CHECK(count_role(c.scene, "interval") == 3 + 1);
    CHECK(count_role(c.scene, "mean") == 1);
    CHECK(shows(&c, "1. kv.") && shows(&c, "2016") && shows(&c, "2017"));
    CHECK(shows(&c, "Skjult: færre end 5"));
    clear(&c);
}

TEST(values_and_intervals_stand_where_the_axis_says)
{
    static const double events[] = { 12, 7, 31, 20 };
    chart c;
    size_t i = 0;
    prepare_series(&c, 1, HZ_BY_YEAR, "2014..2017", events, 0, false);
    CHECK_OK(compose(&c), err);
    const double *high = hz_layer_numbers(c.table, "events_high");
    bool key = true;
    for (size_t k = 0; k < hz_scene_count(c.scene); k++) {
        hz_scene_mark m = hz_scene_get(c.scene, k);
        if (strcmp(m.role, "interval") != 0)
            continue;
        if (key) {
            key = false;
            continue;
        }
        CHECK_NEAR(m.xy[0], at_x(&c, (double)i + 0.5), 1e-9);
        CHECK_NEAR(m.xy[1], at_y(&c, high[i]), 1e-9);
        CHECK(m.xy[1] >= c.facts.frame.y_mm);
        i++;
    }
    CHECK(i == 4);
    clear(&c);
}

TEST(four_series_share_one_scale_in_four_panels)
{
    double events[4 * 12];
    for (size_t i = 0; i < 48; i++)
        events[i] = (double)(i % 12 + 10 * (i / 12));
    for (int size = 0; size < 2; size++) {
        chart c;
        prepare_series(&c, 4, HZ_BY_MONTH, "2017", events, 0, true);
        CHECK(hz_look_page(&c.look, size ? "column" : "text"));
        CHECK_OK(compose(&c), err);
        CHECK(count_role(c.scene, "panel-title") == 4 && count_role(c.scene, "mean") == 4);
        CHECK(count_role(c.scene, "value") == 48 + 1);
        CHECK(count_role(c.scene, "tick-y") % 4 == 0);
        clear(&c);
    }
}

TEST(a_secret_series_shows_a_word_and_no_figure)
{
    static const double events[] = { 2, 0, 0 };
    chart c;
    prepare_series(&c, 1, HZ_BY_YEAR, "2014..2016", events, 5, true);
    CHECK_OK(compose(&c), err);
    CHECK(count_role(c.scene, "value") == 0 && count_role(c.scene, "mean") == 0);
    CHECK(count_role(c.scene, "hidden") == 3 && shows(&c, "Skjult"));
    clear(&c);
}

TEST(more_than_four_series_are_refused)
{
    static const double events[5] = { 1, 2, 3, 4, 5 };
    chart c;
    prepare_series(&c, 1, HZ_BY_YEAR, "2012..2016", events, 0, false);
    c.series.series = 5;
    c.series.periods = 1;
    CHECK_FAILS(compose(&c), HZ_EUSAGE, err, "5 series");
    CHECK(c.scene == NULL);
    clear(&c);
}

TEST(a_failed_allocation_is_said_and_leaves_nothing)
{
    for (int kind = 0; kind < 2; kind++) {
        chart c;
        hz_status st;
        long n = 0;
        if (kind)
            prepare_small_series(&c);
        else
            prepare_small_funnel(&c);
        do {
            hz_mem_fail_at(++n);
            st = compose(&c);
            hz_mem_fail_at(0);
            CHECK(st == HZ_OK || (st == HZ_EMEMORY && !c.scene));
        } while (st);
        CHECK(n > 20);
        clear(&c);
    }
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
        T(a_small_funnel_is_as_it_was_looked_at),
        T(a_small_series_is_as_it_was_looked_at),
        T(the_same_input_gives_the_same_scene),
        T(no_text_line_or_halo_is_beyond_the_floors_and_nothing_leaves_the_page),
        T(ticks_are_multiples_of_1_2_or_5_times_a_power_of_ten),
        T(points_stand_at_their_residents_and_rate_and_inside_the_frame),
        T(drawn_limits_are_those_of_the_kernel),
        T(names_do_not_overlap_on_random_data),
        T(a_hidden_area_leaves_no_trace),
        T(without_limits_the_points_are_drawn_and_the_sheet_says_why),
        T(a_funnel_of_hidden_areas_alone_is_an_empty_plot),
        T(a_value_a_zero_a_gap_a_hidden_and_a_cut_period_look_different),
        T(values_and_intervals_stand_where_the_axis_says),
        T(four_series_share_one_scale_in_four_panels),
        T(a_secret_series_shows_a_word_and_no_figure),
        T(more_than_four_series_are_refused),
        T(a_failed_allocation_is_said_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, load_fonts, free_fonts);
}
