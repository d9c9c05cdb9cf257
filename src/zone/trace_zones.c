/* Makes a layer of the rings that were built from a table of street lists. */
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/trace.h"

hz_status hz_trace_zones(const hz_trace_network *net, const hz_layer *table,
                         const hz_trace *traces, const unsigned char *built, hz_layer **out,
                         hz_error *err)
{
    size_t points = 0, n = 0, v = 0;
    hz_layer *zones = NULL;
    hz_shapes *rings = NULL;
    hz_crs *crs = hz_crs_copy(hz_trace_network_crs(net));
    for (size_t i = 0; i < hz_layer_rows(table); i++)
        if (built[i]) {
            n++;
            points += traces[i].ring->points;
        }
    double *column[4] = { NULL };
    static const char *const names[] = { "area_km2", "length_m", "bridged_m", "items" };
    hz_status st = crs ? hz_shapes_new(HZ_POLYGON, n, n, points, &rings, err)
                       : hz_mem_fail(err, "zone");
    for (int k = 0; !st && k < 4; k++)
        if (!(column[k] = hz_mem_new(n, sizeof **column)))
            st = hz_mem_fail(err, "zone");
    for (size_t i = 0, f = 0; !st && i < hz_layer_rows(table); i++) {
        const hz_trace *t = &traces[i];
        if (!built[i])
            continue;
        memcpy(rings->x + v, t->ring->x, t->ring->points * sizeof *rings->x);
        memcpy(rings->y + v, t->ring->y, t->ring->points * sizeof *rings->y);
        v += t->ring->points;
        column[0][f] = t->area_m2 / 1e6;
        column[1][f] = t->length_m;
        column[2][f] = t->bridged_m;
        column[3][f] = (double)t->count;
        f++;
        rings->first_ring[f] = f;
        rings->first_point[f] = v;
    }
    if (!st)
        st = hz_layer_select(table, built, &zones, err);
    if (!st)
        st = hz_layer_take_shapes(zones, &rings, err);
    if (!st)
        st = hz_layer_take_crs(zones, &crs, err);
    for (int k = 0; !st && k < 4; k++)
        st = hz_layer_take_numbers(zones, names[k], &column[k], NULL, err);
    for (int k = 0; k < 4; k++)
        hz_mem_free(column[k]);
    hz_shapes_free(rings);
    hz_crs_free(crs);
    if (st)
        hz_layer_free(zones);
    else
        *out = zones;
    return st;
}
