/* How many points a second the index places, on one thread and in memory.
 *   bench_index POLYGONS POINTS.csv */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "hotzone/source.h"

enum { RUNS = 7 };

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    hz_layer *areas = NULL, *events = NULL;
    hz_index *index = NULL;
    hz_error err = { .text = "usage: bench_index POLYGONS POINTS.csv" };
    double seconds[RUNS];

    if (argc != 3 || hz_source_read_kind(argv[1], NULL, HZ_POLYGON, &areas, NULL, &err) ||
        hz_source_read_kind(argv[2], NULL, HZ_POINT, &events, NULL, &err)) {
        fprintf(stderr, "bench_index: %s\n", err.text);
        return 1;
    }
    const hz_shapes *polygons = hz_layer_shapes(areas), *points = hz_layer_shapes(events);
    size_t n = points->features, inside = 0;
    int32_t *found = hz_mem_new(n, sizeof *found);
    double start = now_s();
    if (!found || hz_index_new(polygons, &index, &err)) {
        fprintf(stderr, "bench_index: %s\n", err.text);
        return 1;
    }
    double built = now_s() - start;
    for (int r = 0; r < RUNS; r++) {
        start = now_s();
        hz_index_locate(index, 0, n, points->x, points->y, found);
        seconds[r] = now_s() - start;
    }
    for (size_t i = 0; i < n; i++)
        inside += found[i] >= 0;
    qsort(seconds, RUNS, sizeof *seconds, by_value);
    printf("%zu polygons with %zu vertices: index %.1f ms; %zu points, %zu inside: "
           "%.1f million points a second (median of %d)\n",
           polygons->features, polygons->points, 1e3 * built, n, inside,
           1e-6 * (double)n / seconds[RUNS / 2], RUNS);
    hz_index_free(index);
    hz_layer_free(areas);
    hz_layer_free(events);
    hz_mem_free(found);
    return 0;
}
