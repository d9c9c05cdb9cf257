/* Placing random events: nothing is lost, the order is idle, the range holds the count. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/place.h"
#ifdef _OPENMP
#include <omp.h>
#endif

static hz_error err;

/* splitmix64 (Steele, Lea & Flood 2014) */
static double uniform(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* n random quadrangles in [0, 1000]^2 that overlap at will */
static hz_layer *quadrangles(uint64_t *seed, size_t n)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    if (hz_layer_new("areas", n, &layer, &err) ||
        hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err))
        return NULL;
    for (size_t f = 0; f < n; f++) {
        double cx = 1000 * uniform(seed), cy = 1000 * uniform(seed);
        for (size_t i = 0; i < 5; i++) {
            double angle = 1.5707963267948966 * (double)(i % 4);
            double r = i < 4 ? 50 + 200 * uniform(seed) : 0;
            s->x[5 * f + i] = i < 4 ? cx + r * cos(angle) : s->x[5 * f];
            s->y[5 * f + i] = i < 4 ? cy + r * sin(angle) : s->y[5 * f];
        }
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * f + 5;
    }
    return hz_layer_take_shapes(layer, &s, &err) ? NULL : layer;
}

static hz_layer *events(uint64_t *seed, size_t n)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    double *weight = malloc(n * sizeof *weight), *precision = malloc(n * sizeof *precision);
    if (!weight || !precision || hz_layer_new("events", n, &layer, &err) ||
        hz_shapes_new(HZ_POINT, n, 0, n, &s, &err))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        s->x[i] = uniform(seed) < 0.02 ? NAN : 1000 * uniform(seed);
        s->y[i] = 1000 * uniform(seed);
        weight[i] = uniform(seed) < 0.02 ? -1 : uniform(seed);
        precision[i] = uniform(seed) < 0.1 ? NAN : uniform(seed) < 0.1 ? 0 : 40 * uniform(seed);
    }
    hz_status st = hz_layer_take_shapes(layer, &s, &err);
    if (!st)
        st = hz_layer_add_numbers(layer, "weight", weight, &err);
    if (!st)
        st = hz_layer_add_numbers(layer, "precision", precision, &err);
    free(weight);
    free(precision);
    return st ? NULL : layer;
}

TEST(counts_are_those_of_asking_every_area_about_every_event)
{
    enum { AREAS = 12, EVENTS = 3000 };
    uint64_t seed = 1;
    for (int world = 0; world < 10; world++) {
        hz_place_opts opts = HZ_PLACE_DEFAULTS;
        opts.weight = "weight";
        hz_layer *a = quadrangles(&seed, AREAS), *e = events(&seed, EVENTS);
        CHECK(a && e);
        const hz_shapes *polygons = hz_layer_shapes(a), *points = hz_layer_shapes(e);
        const double *weight = hz_layer_numbers(e, "weight");
        for (int overlap = 0; overlap < 2; overlap++) {
            double want[AREAS] = { 0 };
            hz_placing *p = NULL;
            CHECK_OK(hz_place_events(a, e, overlap, &opts, &p, NULL, &err), err);
            for (size_t i = 0; i < EVENTS; i++) {
                bool done = weight[i] < 0;
                for (size_t f = 0; f < AREAS && !done; f++)
                    if (hz_shape_holds(polygons, f, points->x[i], points->y[i])) {
                        want[f] += weight[i];
                        done = !overlap;
                    }
            }
            CHECK(memcmp(want, hz_placing_counts(p), sizeof want) == 0);
            const hz_fate *f = hz_placing_fate(p);
            CHECK(f->read == EVENTS && f->placed > 0 && f->outside > 0 && f->refused > 0);
            CHECK(f->read == f->placed + f->outside + f->unlocated + f->refused);
            hz_placing_free(p);
        }
        hz_layer_free(a);
        hz_layer_free(e);
    }
}

TEST(the_range_is_that_of_measuring_every_border_and_holds_the_count)
{
    enum { AREAS = 12, EVENTS = 3000 };
    uint64_t seed = 2;
    for (int world = 0; world < 10; world++) {
        double low[AREAS], high[AREAS];
        hz_place_opts opts = HZ_PLACE_DEFAULTS;
        hz_placing *p = NULL;
        hz_layer *a = quadrangles(&seed, AREAS), *e = events(&seed, EVENTS);
        CHECK(a && e);
        const hz_shapes *polygons = hz_layer_shapes(a), *points = hz_layer_shapes(e);
        const double *precision = hz_layer_numbers(e, "precision");
        CHECK_OK(hz_place_events(a, e, true, &opts, &p, NULL, &err), err);
        CHECK_OK(hz_place_range(a, e, p, "precision", low, high, NULL, &err), err);
        for (size_t f = 0; f < AREAS; f++) {
            double sure = 0, maybe = 0;
            for (size_t i = 0; i < EVENTS; i++) {
                double x = points->x[i], y = points->y[i];
                double r = isnan(precision[i]) ? 0 : precision[i];
                if (isnan(x))
                    continue;
                double d = hz_shape_border_distance(polygons, f, x, y);
                bool in = hz_shape_holds(polygons, f, x, y);
                sure += in && d >= r;
                maybe += in || d <= r;
            }
            CHECK_NEAR(low[f], sure, 0);
            CHECK_NEAR(high[f], maybe, 0);
            CHECK(low[f] <= hz_placing_counts(p)[f] && hz_placing_counts(p)[f] <= high[f]);
        }
        hz_placing_free(p);
        hz_layer_free(a);
        hz_layer_free(e);
    }
}

TEST(any_number_of_threads_gives_the_same_bits)
{
    enum { AREAS = 12, EVENTS = 100000 };
    uint64_t seed = 3;
    double first[3][AREAS];
    hz_layer *a = quadrangles(&seed, AREAS), *e = events(&seed, EVENTS);
    CHECK(a && e);
    for (int threads = 1; threads <= 8; threads *= 2) {
        double low[AREAS], high[AREAS];
        hz_place_opts opts = HZ_PLACE_DEFAULTS;
        hz_placing *p = NULL;
        opts.weight = "weight";
#ifdef _OPENMP
        omp_set_num_threads(threads);
#endif
        CHECK_OK(hz_place_events(a, e, true, &opts, &p, NULL, &err), err);
        CHECK_OK(hz_place_range(a, e, p, "precision", low, high, NULL, &err), err);
        if (threads == 1) {
            memcpy(first[0], hz_placing_counts(p), sizeof low);
            memcpy(first[1], low, sizeof low);
            memcpy(first[2], high, sizeof high);
        }
        CHECK(memcmp(first[0], hz_placing_counts(p), sizeof low) == 0);
        CHECK(memcmp(first[1], low, sizeof low) == 0);
        CHECK(memcmp(first[2], high, sizeof high) == 0);
        hz_placing_free(p);
    }
    hz_layer_free(a);
    hz_layer_free(e);
}

RUN_TESTS(T(counts_are_those_of_asking_every_area_about_every_event),
          T(the_range_is_that_of_measuring_every_border_and_holds_the_count),
          T(any_number_of_threads_gives_the_same_bits))
