/* How many points a second the index places: bench_index POLYGONS.geojson POINTS.csv [COUNTS.csv]
 *
 * Polygons have one ring each; points are lines of id,lon,lat,...; COUNTS.csv (poly,n; from 1) is
 * compared with what we count. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hotzone/index.h"

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void die(const char *what)
{
    fprintf(stderr, "bench_index: %s\n", what);
    exit(1);
}

static char *read_all(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END))
        die(path);
    long n = ftell(f);
    rewind(f);
    char *text = malloc((size_t)n + 1);
    if (!text || fread(text, 1, (size_t)n, f) != (size_t)n)
        die(path);
    fclose(f);
    text[n] = '\0';
    return text;
}

static hz_shapes *read_polygons(const char *path)
{
    char *text = read_all(path);
    size_t features = 0, points = 0;
    const char *mark = "\"coordinates\":[[";
    for (const char *p = text; (p = strstr(p, mark)); features++)
        for (p += strlen(mark); *p == '[' || *p == ','; points++)
            p = strchr(p, ']') + 1;
    hz_shapes *s;
    hz_error err;
    if (hz_shapes_new(HZ_POLYGON, features, features, points, &s, &err))
        die(err.text);
    features = points = 0;
    for (char *p = text; (p = strstr(p, mark));) {
        p += strlen(mark);
        while (*p == '[' || *p == ',') {
            p += *p == ',' ? 2 : 1;
            s->x[points] = strtod(p, &p);
            s->y[points++] = strtod(p + 1, &p);
            p++;
        }
        features++;
        s->first_ring[features] = features;
        s->first_point[features] = points;
    }
    free(text);
    return s;
}

static size_t read_points(const char *path, double **x, double **y)
{
    char *text = read_all(path);
    size_t n = 0;
    for (char *p = text; (p = strchr(p, '\n')); p++)
        n++;
    *x = malloc(n * sizeof **x);
    *y = malloc(n * sizeof **y);
    if (!*x || !*y)
        die("no memory");
    n = 0;
    for (char *p = strchr(text, '\n') + 1; *p; p = strchr(p, '\n') + 1) {
        p = strchr(p, ',') + 1;
        (*x)[n] = strtod(p, &p);
        (*y)[n++] = strtod(p + 1, &p);
    }
    free(text);
    return n;
}

static void compare(const char *path, const hz_shapes *s, const size_t *count)
{
    char *text = read_all(path);
    size_t wrong = 0;
    for (char *p = strchr(text, '\n') + 1; *p; p = strchr(p, '\n') + 1) {
        size_t polygon = strtoul(p, &p, 10), n = strtoul(p + 1, &p, 10);
        if (polygon >= 1 && polygon <= s->features && count[polygon - 1] != n)
            wrong++;
    }
    printf("polygons whose count differs from %s: %zu\n", path, wrong);
    free(text);
}

int main(int argc, char **argv)
{
    double *x, *y;
    hz_index *index = NULL;
    hz_error err;
    if (argc < 3)
        die("usage: bench_index POLYGONS.geojson POINTS.csv [COUNTS.csv]");
    hz_shapes *s = read_polygons(argv[1]);
    size_t n = read_points(argv[2], &x, &y);
    int32_t *found = malloc(n * sizeof *found);
    size_t *count = calloc(s->features, sizeof *count);
    if (!found || !count)
        die("no memory");
    double build = 1e9, locate = 1e9;
    for (int run = 0; run < 7; run++) {
        hz_index_free(index);
        double t = now_s();
        if (hz_index_new(s, &index, &err))
            die(err.text);
        build = now_s() - t < build ? now_s() - t : build;
        t = now_s();
        hz_index_locate(index, 0, n, x, y, found);
        locate = now_s() - t < locate ? now_s() - t : locate;
    }
    size_t placed = 0;
    for (size_t i = 0; i < n; i++)
        if (found[i] >= 0) {
            placed++;
            count[found[i]]++;
        }
    printf("%zu polygons, %zu vertices: built in %.1f ms; %zu of %zu points placed, "
           "%.1f million points/s\n",
           s->features, s->points, 1e3 * build, placed, n, 1e-6 * (double)n / locate);
    if (argc > 3)
        compare(argv[3], s, count);
    hz_index_free(index);
    hz_shapes_free(s);
    free(x);
    free(y);
    free(found);
    free(count);
    return 0;
}
