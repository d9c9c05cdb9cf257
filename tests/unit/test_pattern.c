/* Patterns of maps and points as stages: who takes part, what cannot be tested, what the null is. */
#include "check.h"

#include <stdbool.h>
#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/pattern.h"
#include "hotzone/pattern_json.h"
#include "hotzone/rng.h"
#include "hotzone/units.h"

static hz_error err;

/* Points in metres without a system, with kinds a and b in turn. */
static hz_layer *points_of(size_t n, const double *x, const double *y)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    const char **kind = calloc(n ? n : 1, sizeof *kind);
    for (size_t i = 0; i < n; i++)
        kind[i] = i % 2 ? "b" : "a";
    if (hz_layer_new("events", n, &layer, &err) || hz_shapes_new(HZ_POINT, n, 0, n, &s, &err))
        abort();
    if (n) {
        memcpy(s->x, x, n * sizeof *x);
        memcpy(s->y, y, n * sizeof *y);
    }
    if (hz_layer_take_shapes(layer, &s, &err) || hz_layer_add_texts(layer, "kind", kind, &err))
        abort();
    free(kind);
    return layer;
}

/* Rectangles side by side along x, from each limit to the next. */
static hz_layer *strips(size_t n, const double *limit, double height, const double *people)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    if (hz_layer_new("areas", n, &layer, &err) ||
        hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err))
        abort();
    for (size_t f = 0; f < n; f++) {
        const double x[] = { limit[f], limit[f + 1], limit[f + 1], limit[f], limit[f] };
        const double y[] = { 0, 0, height, height, 0 };
        memcpy(s->x + 5 * f, x, sizeof x);
        memcpy(s->y + 5 * f, y, sizeof y);
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * (f + 1);
    }
    if (hz_layer_take_shapes(layer, &s, &err) ||
        hz_layer_add_numbers(layer, "residents", people, &err))
        abort();
    return layer;
}

static const double limits[] = { 0, 400, 1000 }, people[] = { 900, 100 };

static void deal(hz_rng *rng, size_t n, double width, double *x, double *y)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = width * hz_rng_uniform(rng);
        y[i] = 500 * hz_rng_uniform(rng);
    }
}

TEST(points_in_a_rectangle_have_everything)
{
    double x[60], y[60];
    hz_rng rng = hz_rng_new(2, 1, 0, 0);
    deal(&rng, 60, 1000, x, y);
    x[0] = 5000; /* outside */
    hz_layer *events = points_of(60, x, y), *study = strips(2, limits, 500, people), *table = NULL;
    hz_pattern_points p;
    hz_pattern_opts o = HZ_PATTERN_DEFAULTS;
    o.simulations = 39;
    CHECK_OK(hz_pattern_of_points(events, study, NULL, NULL, NULL, &o, &p, NULL, &err), err);
    CHECK(p.n == 59 && p.fate.outside == 1 && p.coincident == 0);
    CHECK_NEAR(p.area, 5e5, 1e-6);
    CHECK_NEAR(p.perimeter, 3000, 1e-9); /* the border between the areas is none */
    CHECK_TEXT(p.nearest_why, "");
    CHECK(p.nearest.donnelly_ratio > 0.5 && p.nearest.donnelly_ratio < 1.6);
    CHECK(p.quadrat.events == 59 && p.quadrat_tails.p > 0.01);
    CHECK(p.cell_m == 210); /* sqrt(5 * 5e5 / 59) = 205.8 */
    CHECK(p.reach_m == 125 && p.k.r[100] == 125 && p.k.test.mad_p > 0.02);
    CHECK(p.k.translation[100] >= p.k.none[100] && p.k.isotropic[100] >= p.k.none[100]);
    CHECK_OK(hz_pattern_functions(&p, &table, &err), err);
    CHECK(hz_layer_rows(table) == 101);
    hz_layer_free(table);
    hz_pattern_points_clear(&p);
    hz_layer_free(events);
    hz_layer_free(study);
}

TEST(few_points_get_what_they_can_bear)
{
    const double x[] = { 300, 300, 300 }, y[] = { 200, 200, 200 };
    hz_layer *study = strips(2, limits, 500, people);
    hz_pattern_opts o = HZ_PATTERN_DEFAULTS;
    hz_text text = { 0 };
    o.simulations = 19;
    for (size_t n = 1; n <= 3; n++) {
        hz_layer *events = points_of(n, x, y);
        hz_pattern_points p;
        CHECK_OK(hz_pattern_of_points(events, study, NULL, NULL, NULL, &o, &p, NULL, &err), err);
        CHECK(p.n == n && p.ellipse.x == 300 && p.median_y == 200 && p.ellipse.distance == 0);
        CHECK_NAN(p.ellipse.major);
        CHECK((p.nearest_why[0] != '\0') == (n == 1) && (p.k.why[0] != '\0') == (n == 1));
        if (n > 1)
            CHECK(p.nearest.mean == 0 && p.coincident == n && p.nearest_tails.p_low <= 0.05);
        CHECK_OK(hz_pattern_json(NULL, &p, &text, &err), err);
        hz_pattern_points_clear(&p);
        /* all in one place and no study area: nothing to compare with */
        CHECK_OK(hz_pattern_of_points(events, NULL, NULL, NULL, NULL, &o, &p, NULL, &err), err);
        CHECK(strstr(p.k.why, n == 1 ? "one event" : "no area") != NULL && p.from_box);
        CHECK_OK(hz_pattern_json(NULL, &p, &text, &err), err);
        hz_pattern_points_clear(&p);
        hz_layer_free(events);
    }
    CHECK(strstr(hz_text_get(&text), "nan") == NULL && strstr(hz_text_get(&text), "inf") == NULL);
    hz_text_free(&text);
    hz_layer *none = points_of(0, NULL, NULL);
    hz_pattern_points p;
    CHECK_FAILS(hz_pattern_of_points(none, study, NULL, NULL, NULL, &o, &p, NULL, &err), HZ_EDATA,
                err, "");
    hz_layer_free(none);
    hz_layer_free(study);
}

/* Points that follow the people look clustered against evenness, and not against the people. */
TEST(a_null_by_population_is_no_surprise_to_points_by_population)
{
    double x[200], y[200];
    hz_rng rng = hz_rng_new(4, 1, 0, 0);
    deal(&rng, 180, 400, x, y);
    deal(&rng, 20, 600, x + 180, y + 180);
    for (int i = 180; i < 200; i++)
        x[i] += 400;
    hz_layer *events = points_of(200, x, y), *areas = strips(2, limits, 500, people);
    hz_pattern_opts o = HZ_PATTERN_DEFAULTS;
    hz_pattern_points even, by_people;
    o.simulations = 99;
    CHECK_OK(hz_pattern_of_points(events, areas, NULL, NULL, NULL, &o, &even, NULL, &err), err);
    CHECK_OK(hz_pattern_of_points(events, NULL, areas, "residents", NULL, &o, &by_people, NULL,
                                  &err), err);
    CHECK(even.k.test.mad_p == 0.01 && even.quadrat_tails.p_high == 0.01 && !even.thinned);
    CHECK(by_people.thinned && by_people.k.test.mad_p > 0.05 && by_people.k.test.dclf_p > 0.05);
    CHECK(by_people.quadrat_tails.p > 0.05 && by_people.nearest_tails.p > 0.05);
    CHECK_FAILS(hz_pattern_of_points(events, NULL, areas, "nobody", NULL, &o, &even, NULL, &err),
                HZ_EUSAGE, err, "nobody");
    hz_pattern_points_clear(&even);
    hz_pattern_points_clear(&by_people);
    /* cut to the dense half: 90 % of the people, evenly */
    hz_layer *half = strips(1, limits, 500, people);
    CHECK_OK(hz_pattern_of_points(events, half, areas, "residents", NULL, &o, &by_people, NULL,
                                  &err), err);
    CHECK(by_people.n == 180 && by_people.area == 2e5 && by_people.k.test.mad_p > 0.02);
    hz_pattern_points_clear(&by_people);
    hz_layer_free(half);
    hz_layer_free(events);
    hz_layer_free(areas);
}

TEST(kinds_that_lie_together_are_found_out)
{
    double x[120], y[120];
    hz_rng rng = hz_rng_new(6, 1, 0, 0);
    const char *const kinds[] = { "a", "b" }, *const missing[] = { "a", "c" };
    hz_place_opts place = HZ_PLACE_DEFAULTS;
    hz_pattern_opts o = HZ_PATTERN_DEFAULTS;
    hz_pattern_points p;
    hz_layer *study = strips(2, limits, 500, people);
    o.simulations = 99;
    o.cross = true;
    place.kind = "kind";
    place.kinds = kinds;
    place.kind_count = 2;
    for (int apart = 0; apart < 2; apart++) {
        deal(&rng, 120, 1000, x, y);
        for (int i = 1; apart && i < 120; i += 2) { /* every b beside an a */
            x[i] = x[i - 1] < 500 ? x[i - 1] + 3 : x[i - 1] - 3;
            y[i] = y[i - 1];
        }
        hz_layer *events = points_of(120, x, y);
        CHECK_OK(hz_pattern_of_points(events, study, NULL, NULL, &place, &o, &p, NULL, &err), err);
        CHECK(p.first == 60 && p.second == 60);
        CHECK((p.cross.test.mad_p <= 0.01) == (apart == 1));
        hz_pattern_points_clear(&p);
        place.kinds = missing;
        CHECK_OK(hz_pattern_of_points(events, study, NULL, NULL, &place, &o, &p, NULL, &err), err);
        CHECK(strstr(p.cross.why, "a kind has no event") != NULL && !p.k.why[0]);
        hz_pattern_points_clear(&p);
        place.kinds = kinds;
        place.kind_count = 1;
        CHECK_FAILS(hz_pattern_of_points(events, study, NULL, NULL, &place, &o, &p, NULL, &err),
                    HZ_EUSAGE, err, "two different kinds");
        place.kind_count = 2;
        hz_layer_free(events);
    }
    hz_layer_free(study);
}

TEST(distant_coordinates_and_failing_memory_do_no_harm)
{
    double x[40], y[40];
    hz_rng rng = hz_rng_new(7, 1, 0, 0);
    hz_pattern_opts o = HZ_PATTERN_DEFAULTS;
    hz_pattern_points here, p;
    deal(&rng, 40, 1000, x, y);
    x[0] = y[0] = 0;
    x[1] = 1000, y[1] = 500;
    for (int i = 0; i < 40; i++) { /* whole, so that moving them loses nothing */
        x[i] = floor(x[i]);
        y[i] = floor(y[i]);
    }
    o.simulations = 19;
    hz_layer *events = points_of(40, x, y);
    CHECK_OK(hz_pattern_of_points(events, NULL, NULL, NULL, NULL, &o, &here, NULL, &err), err);
    for (int i = 0; i < 40; i++) {
        x[i] += 1e9;
        y[i] -= 1e9;
    }
    hz_layer *far = points_of(40, x, y);
    CHECK_OK(hz_pattern_of_points(far, NULL, NULL, NULL, NULL, &o, &p, NULL, &err), err);
    CHECK(p.nearest.mean == here.nearest.mean && p.k.test.mad_p == here.k.test.mad_p);
    CHECK_NEAR(p.ellipse.x - 1e9, here.ellipse.x, 1e-6);
    hz_pattern_points_clear(&p);
    hz_pattern_points_clear(&here);
    o.steps = 5;
    long failures = 0;
    bool whole = false; /* until none is left to fail */
    for (long at = 1; !whole; at++) {
        hz_mem_fail_at(at);
        hz_status st = hz_pattern_of_points(events, NULL, NULL, NULL, NULL, &o, &p, NULL, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        whole = st == HZ_OK;
        failures += !whole;
    }
    hz_pattern_points_clear(&p);
    CHECK(failures > 40);
    hz_layer_free(events);
    hz_layer_free(far);
}

/* Cells of a lattice with an island, a missing value and one without people. */
TEST(units_that_cannot_take_part_are_counted)
{
    double row[26], column[26], value[26], residents[26];
    hz_layer *areas = NULL;
    hz_units u = { 0 };
    const hz_neighbours rook = { .kind = HZ_ROOK };
    hz_pattern_map_opts o = HZ_PATTERN_MAP_DEFAULTS;
    hz_pattern_map m;
    for (int i = 0; i < 26; i++) {
        row[i] = i < 25 ? i / 5 : 50;
        column[i] = i % 5;
        value[i] = i * 7 % 11;
        residents[i] = 100 + i;
    }
    value[3] = NAN;
    residents[20] = 0;
    CHECK_OK(hz_layer_new("grid", 26, &areas, &err), err);
    CHECK_OK(hz_layer_add_numbers(areas, "row", row, &err), err);
    CHECK_OK(hz_layer_add_numbers(areas, "col", column, &err), err);
    CHECK_OK(hz_layer_add_numbers(areas, "value", value, &err), err);
    CHECK_OK(hz_units_of_areas(areas, "value", NULL, NULL, &rook, &u, NULL, &err), err);
    CHECK_OK(hz_layer_add_numbers(u.table, "population", residents, &err), err);
    CHECK_OK(hz_pattern_of_map(u.table, "value", NULL, u.links, &o, &m, &err), err);
    CHECK(m.units == 26 && m.missing == 1 && m.found.islands == 1 && m.found.used == 24);
    CHECK(isfinite(m.found.general.value) && m.null.maps == 999 && !m.rates);
    o.people = "population";
    CHECK_OK(hz_pattern_of_map(u.table, "value", NULL, u.links, &o, &m, &err), err);
    CHECK(m.missing == 1 && m.no_population == 1 && m.rates);
    CHECK_NAN(m.found.general.value);
    for (int i = 0; i < 26; i++)
        value[i] = 4;
    CHECK_OK(hz_layer_add_numbers(u.table, "value", value, &err), err);
    o.people = NULL;
    CHECK_FAILS(hz_pattern_of_map(u.table, "value", NULL, u.links, &o, &m, &err), HZ_EDATA, err,
                "all 26 values are equal");
    CHECK_FAILS(hz_pattern_of_map(u.table, "no", NULL, u.links, &o, &m, &err), HZ_EUSAGE, err,
                "'no'");
    hz_units_clear(&u);
    hz_layer_free(areas);
}

RUN_TESTS(T(points_in_a_rectangle_have_everything), T(few_points_get_what_they_can_bear),
          T(a_null_by_population_is_no_surprise_to_points_by_population),
          T(kinds_that_lie_together_are_found_out),
          T(distant_coordinates_and_failing_memory_do_no_harm),
          T(units_that_cannot_take_part_are_counted))
