/* Tests of points in areas, and of points by population, are level (test_level.c: in a square). */
#include "check.h"

#include <stdbool.h>
#include <stdlib.h>

#include "hotzone/pattern.h"
#include "hotzone/rng.h"

static hz_error err;

/* Two areas, one with a notch: 400 by 500 and, beside it, 600 by 500 less a triangle. */
static hz_layer *make_areas(void)
{
    static const double x[] = { 0, 400, 400, 0, 0, 400, 1000, 700, 1000, 400, 400 };
    static const double y[] = { 0, 0, 500, 500, 0, 0, 0, 250, 500, 500, 0 };
    static const double people[] = { 900, 300 };
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    if (hz_layer_new("areas", 2, &layer, &err) || hz_shapes_new(HZ_POLYGON, 2, 2, 11, &s, &err))
        abort();
    memcpy(s->x, x, sizeof x);
    memcpy(s->y, y, sizeof y);
    s->first_ring[1] = 1, s->first_ring[2] = 2;
    s->first_point[1] = 5, s->first_point[2] = 11;
    if (hz_layer_take_shapes(layer, &s, &err) ||
        hz_layer_add_numbers(layer, "residents", people, &err))
        abort();
    return layer;
}

/* n points dealt by the areas' people, or evenly; kinds a and b at random. */
static hz_layer *make_events(size_t n, const hz_shapes *areas, bool by_people, hz_rng *rng)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    const char *kind[64];
    if (hz_layer_new("events", n, &layer, &err) || hz_shapes_new(HZ_POINT, n, 0, n, &s, &err))
        abort();
    for (size_t i = 0; i < n; i++) {
        bool inside = false, west = hz_rng_uniform(rng) < 0.75;
        kind[i] = hz_rng_uniform(rng) < 0.4 ? "a" : "b";
        while (!inside) {
            s->x[i] = 1000 * hz_rng_uniform(rng);
            s->y[i] = 500 * hz_rng_uniform(rng);
            inside = by_people ? hz_shape_holds(areas, west ? 0 : 1, s->x[i], s->y[i])
                               : hz_shape_holds(areas, 0, s->x[i], s->y[i]) ||
                                     hz_shape_holds(areas, 1, s->x[i], s->y[i]);
        }
    }
    if (hz_layer_take_shapes(layer, &s, &err) || hz_layer_add_texts(layer, "kind", kind, &err))
        abort();
    return layer;
}

/* 120 sets of 30 points: the binomial 99 % limit is 12 (300 sets were within theirs, 24, too). */
static void count_alarms(bool by_people, int alarms[6])
{
    static const char *const kinds[] = { "a", "b" };
    hz_layer *areas = make_areas();
    hz_place_opts place = HZ_PLACE_DEFAULTS;
    hz_pattern_opts o = HZ_PATTERN_DEFAULTS;
    o.simulations = 39;
    o.steps = 20;
    o.cross = true;
    place.kind = "kind";
    place.kinds = kinds;
    place.kind_count = 2;
    for (uint32_t set = 0; set < 120; set++) {
        hz_rng rng = hz_rng_new(78, by_people, set, 0);
        hz_layer *events = make_events(30, hz_layer_shapes(areas), by_people, &rng);
        hz_pattern_points p;
        o.seed = set;
        if (hz_pattern_of_points(events, areas, by_people ? areas : NULL, "residents", &place, &o,
                                 &p, NULL, &err))
            abort();
        alarms[0] += p.nearest_tails.p <= 0.05;
        alarms[1] += p.quadrat_tails.p <= 0.05;
        alarms[2] += p.k.test.mad_p <= 0.05;
        alarms[3] += p.k.test.dclf_p <= 0.05;
        alarms[4] += p.cross.test.mad_p <= 0.05;
        alarms[5] += p.cross.test.dclf_p <= 0.05;
        hz_pattern_points_clear(&p);
        hz_layer_free(events);
    }
    hz_layer_free(areas);
}

TEST(simulated_p_of_even_points_is_level)
{
    int alarms[6] = { 0 };
    count_alarms(false, alarms);
    for (int k = 0; k < 6; k++) {
        CHECK(alarms[k] <= 12);
        CHECK(alarms[k] >= 1);
    }
}

TEST(simulated_p_of_points_by_population_is_level)
{
    int alarms[6] = { 0 };
    count_alarms(true, alarms);
    for (int k = 0; k < 6; k++) {
        CHECK(alarms[k] <= 12);
        CHECK(alarms[k] >= 1);
    }
}

RUN_TESTS(T(simulated_p_of_even_points_is_level),
          T(simulated_p_of_points_by_population_is_level))
