/* Counts the residents of polygons that a command made or read. */
#include <math.h>
#include <stdint.h>

#include "cli/zones.h"
#include "hotzone/mem.h"

static hz_status count_each(const hz_reside *people, const hz_shapes *shapes, double *count,
                            hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t f = 0; !st && f < shapes->features; f++) {
        count[f] = NAN;
        if (hz_shape_area(shapes, f) > 0)
            st = hz_reside_count(people, shapes, f, &count[f], err);
    }
    return st;
}

hz_status zones_add_residents(const inputs *src, const hz_layer *study, const hz_layer *water,
                              int year, const session *s, hz_layer *polygons, const char *column,
                              hz_error *err)
{
    const zone_inputs a = { .src = *src };
    zones z = { .study_layer = (hz_layer *)(uintptr_t)study }; /* lent, and only read */
    hz_shapes *shapes = NULL;
    double *count = hz_mem_new(hz_layer_rows(polygons), sizeof *count);
    hz_status st = count ? hz_layer_metric(polygons, &z.metric, s->notice, err)
                         : hz_mem_fail(err, "population");
    if (!st)
        st = zones_move(&z, polygons, &shapes, err);
    if (!st && water)
        st = zones_move(&z, water, &z.water, err);
    if (!st)
        st = zones_read_people(&a, year, s, &z, err);
    if (!st)
        st = count_each(z.residents, shapes, count, err);
    if (!st)
        st = hz_layer_take_numbers(polygons, column, &count, NULL, err);
    z.study_layer = NULL;
    zones_clear(&z);
    hz_shapes_free(shapes);
    hz_mem_free(count);
    return st;
}
