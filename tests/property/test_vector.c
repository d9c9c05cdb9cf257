/* Random layers come back from a file as they went in; a filter keeps what a plain loop keeps. */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/vector.h"

static uint64_t seed = 20170609;

/* splitmix64: the same layers on every machine */
static uint64_t draw(void)
{
    uint64_t z = (seed += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static size_t below(size_t n)
{
    return (size_t)(draw() % n);
}

static double uniform(double from, double to)
{
    return from + (to - from) * (double)(draw() >> 11) * 0x1p-53;
}

/* A ring around a middle, a hole the other way round. */
static void add_ring(hz_shapes *s, size_t ring, size_t vertices, double x, double y, double radius,
                     bool hole)
{
    size_t from = s->first_point[ring];
    for (size_t i = 0; i + 1 < vertices; i++) {
        double angle = 6.283185307179586 * (double)i / (double)(vertices - 1);
        s->x[from + i] = x + radius * cos(hole ? -angle : angle);
        s->y[from + i] = y + radius * sin(hole ? -angle : angle);
    }
    s->x[from + vertices - 1] = s->x[from];
    s->y[from + vertices - 1] = s->y[from];
    s->hole[ring] = hole;
    s->first_point[ring + 1] = from + vertices;
}

/* Parts of 5 to 9 vertices, some with a hole; some features with no part at all, if they may. */
static hz_shapes *polygons(size_t n, bool empty)
{
    hz_error err;
    hz_shapes *s = NULL;
    size_t ring = 0;
    if (hz_shapes_new(HZ_POLYGON, n, 6 * n, 54 * n, &s, &err))
        fail();
    for (size_t f = 0; f < n; f++) {
        size_t parts = empty ? below(4) : 1 + below(3);
        for (size_t p = 0; p < parts; p++) {
            double x = 700000 + 300 * (double)f, y = 6170000 + 300 * (double)p;
            add_ring(s, ring++, 5 + below(5), x, y, uniform(60, 100), false);
            if (below(2))
                add_ring(s, ring++, 5 + below(5), x, y, uniform(5, 20), true);
        }
        s->first_ring[f + 1] = ring;
    }
    s->rings = ring;
    s->points = s->first_point[ring];
    return s;
}

static hz_shapes *points(size_t n, bool empty)
{
    hz_error err;
    hz_shapes *s = NULL;
    if (hz_shapes_new(HZ_POINT, n, 0, n, &s, &err))
        fail();
    for (size_t f = 0; f < n; f++) {
        s->x[f] = empty && !below(5) ? NAN : uniform(700000, 730000);
        s->y[f] = isnan(s->x[f]) ? NAN : uniform(6170000, 6190000);
    }
    return s;
}

static hz_layer *random_layer(size_t n, hz_shapes *shapes)
{
    static const char *const words[] = { "theft", "assault", "", "\u00c6rlig \"x\" & <y>", "a\nb" };
    hz_error err;
    hz_layer *layer = NULL;
    hz_crs *crs = NULL;
    const char **kinds = hz_mem_new(n, sizeof *kinds);
    double *weights = hz_mem_new(n, sizeof *weights);
    hz_time *times = hz_mem_new(n, sizeof *times);
    if (hz_layer_new("random", n, &layer, &err) || hz_crs_new("EPSG:25832", &crs, &err))
        fail();
    for (size_t i = 0; i < n; i++) {
        kinds[i] = words[below(5)];
        weights[i] = below(6) ? uniform(-1e6, 1e6) : NAN;
        times[i] = below(6) ? (hz_time)below(4000000000u) - 1000000000 : HZ_TIME_NONE;
    }
    if (hz_layer_add_texts(layer, "kind", kinds, &err) ||
        hz_layer_take_numbers(layer, "weight", &weights, NULL, &err) ||
        hz_layer_take_times(layer, "when", &times, &err) ||
        hz_layer_take_shapes(layer, &shapes, &err) || hz_layer_take_crs(layer, &crs, &err))
        fail();
    hz_mem_free(kinds);
    return layer;
}

static bool same_bytes(const void *a, const void *b, size_t count, size_t size)
{
    return count == 0 || memcmp(a, b, count * size) == 0;
}

static bool same_doubles(const double *a, const double *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!(a[i] == b[i] || (isnan(a[i]) && isnan(b[i]))))
            return false;
    return true;
}

static bool same_shapes(const hz_shapes *a, const hz_shapes *b)
{
    if (a->kind != b->kind || a->features != b->features || a->points != b->points ||
        !same_doubles(a->x, b->x, a->points) || !same_doubles(a->y, b->y, a->points))
        return false;
    return a->kind == HZ_POINT ||
           (a->rings == b->rings &&
            same_bytes(a->first_ring, b->first_ring, a->features + 1, sizeof *a->first_ring) &&
            same_bytes(a->first_point, b->first_point, a->rings + 1, sizeof *a->first_point) &&
            same_bytes(a->hole, b->hole, a->rings, 1));
}

static bool same_layers(const hz_layer *a, const hz_layer *b)
{
    size_t n = hz_layer_rows(a);
    if (hz_layer_rows(b) != n || hz_layer_columns(b) != hz_layer_columns(a) ||
        !same_shapes(hz_layer_shapes(a), hz_layer_shapes(b)) ||
        !same_doubles(hz_layer_numbers(a, "weight"), hz_layer_numbers(b, "weight"), n) ||
        !same_bytes(hz_layer_times(a, "when"), hz_layer_times(b, "when"), n, sizeof(hz_time)))
        return false;
    for (size_t i = 0; i < n; i++)
        if (strcmp(hz_layer_text(a, "kind", i), hz_layer_text(b, "kind", i)) != 0)
            return false;
    return true;
}

static void check_round_trip(void **state_, const char *ending, hz_layer *layer)
{
    char path[100];
    hz_error err;
    hz_layer *back = NULL;
    snprintf(path, sizeof path, "/tmp/hz-property-%ld.%s", (long)getpid(), ending);
    hz_vector_item item = { layer, "random", NULL, NULL };
    hz_source source = { .path = path, .layer_id = -1 };
    CHECK_OK(hz_vector_write(path, &item, 1, &err), err);
    hz_status st = hz_vector_read(&source, NULL, &back, NULL, &err);
    unlink(path);
    CHECK_OK(st, err);
    CHECK(same_layers(layer, back));
    hz_layer_free(back);
}

TEST(a_random_layer_comes_back_to_the_last_bit)
{
    for (size_t i = 0; i < 20; i++) {
        size_t n = 1 + below(60);
        bool empty = i % 2 == 0; /* FlatGeobuf has no rows without a shape */
        hz_layer *areas = random_layer(n, polygons(n, empty));
        hz_layer *events = random_layer(n, points(n, empty));
        check_round_trip(state_, empty ? "gpkg" : "fgb", areas);
        check_round_trip(state_, empty ? "gpkg" : "fgb", events);
        hz_layer_free(areas);
        hz_layer_free(events);
    }
}

/* 7 decimals of a degree are 5.6 mm to the north, half of it by rounding; less to the east. */
TEST(points_come_back_from_geojson_within_a_centimetre)
{
    for (size_t round = 0; round < 5; round++) {
        char path[100];
        hz_error err;
        size_t n = 1 + below(100);
        hz_layer *layer = random_layer(n, points(n, true)), *back = NULL;
        hz_vector_item item = { layer, "random", NULL, NULL };
        snprintf(path, sizeof path, "/tmp/hz-property-%ld.geojson", (long)getpid());
        hz_source source = { .path = path, .layer_id = -1 };
        hz_source_opts opts = { 0 };
        CHECK_OK(hz_vector_write(path, &item, 1, &err), err);
        hz_status st = hz_vector_read(&source, &opts, &back, NULL, &err);
        unlink(path);
        CHECK_OK(st, err);
        CHECK_OK(hz_layer_to_crs(back, hz_layer_crs(layer), &err), err);
        const hz_shapes *a = hz_layer_shapes(layer), *b = hz_layer_shapes(back);
        for (size_t f = 0; b && f < n; f++) {
            CHECK(isnan(a->x[f]) == isnan(b->x[f]));
            if (!isnan(a->x[f]))
                CHECK_NEAR(hypot(a->x[f] - b->x[f], a->y[f] - b->y[f]), 0, 0.01);
        }
        hz_layer_free(back);
        hz_layer_free(layer);
    }
}

TEST(a_filter_keeps_what_a_plain_loop_keeps)
{
    for (size_t round = 0; round < 20; round++) {
        hz_error err;
        size_t n = 1 + below(300), kept = 0;
        double limit = floor(uniform(-1e6, 1e6));
        char where[100];
        hz_layer *layer = random_layer(n, points(n, true)), *copy = NULL;
        snprintf(where, sizeof where, "weight > %.0f AND kind = 'theft'", limit);
        CHECK_OK(hz_layer_copy(layer, &copy, &err), err);
        CHECK_OK(hz_vector_filter(&copy, where, &err), err);
        const double *all = hz_layer_numbers(layer, "weight");
        for (size_t i = 0; i < n; i++) {
            if (!(all[i] > limit) || strcmp(hz_layer_text(layer, "kind", i), "theft") != 0)
                continue;
            CHECK(kept < hz_layer_rows(copy));
            CHECK_NEAR(hz_layer_numbers(copy, "weight")[kept], all[i], 0);
            kept++;
        }
        CHECK(hz_layer_rows(copy) == kept);
        hz_layer_free(copy);
        hz_layer_free(layer);
    }
}

RUN_TESTS(T(a_random_layer_comes_back_to_the_last_bit),
          T(points_come_back_from_geojson_within_a_centimetre),
          T(a_filter_keeps_what_a_plain_loop_keeps))
