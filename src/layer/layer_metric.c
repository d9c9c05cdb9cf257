/* Finds the system in metres to measure a layer in. */
#include "hotzone/layer.h"

#include <math.h>

#include "hotzone/mem.h"

/* The middle of the coordinates that there are, in longitude and latitude. */
static hz_status middle(const hz_layer *layer, double *lon, double *lat, hz_error *err)
{
    const hz_shapes *shapes = hz_layer_shapes(layer);
    hz_crs *degrees = NULL;
    hz_box box = { 1, 1, 0, 0 };
    if (shapes)
        box = hz_shapes_box(shapes);
    if (!(box.xmin <= box.xmax))
        return hz_fail(err, HZ_EDATA, "%s: has no coordinates", hz_layer_name(layer));
    *lon = (box.xmin + box.xmax) / 2;
    *lat = (box.ymin + box.ymax) / 2;
    hz_status st = hz_crs_new("EPSG:4326", &degrees, err);
    if (!st)
        st = hz_crs_points(hz_layer_crs(layer), degrees, 1, lon, lat, NULL, err);
    if (!st && !(isfinite(*lon) && isfinite(*lat)))
        st = hz_fail(err, HZ_ECRS, "%s: its middle is no place on earth by %s",
                     hz_layer_name(layer), hz_crs_code(hz_layer_crs(layer)));
    hz_crs_free(degrees);
    return st;
}

hz_status hz_layer_metric(const hz_layer *layer, hz_crs **out, const hz_notice *notice,
                          hz_error *err)
{
    const hz_crs *own = hz_layer_crs(layer);
    double lon = NAN, lat = NAN;
    if (!own) {
        hz_warn(notice, "%s: has no reference system: its coordinates are taken for metres",
                hz_layer_name(layer));
        *out = NULL;
        return HZ_OK;
    }
    if (!hz_crs_is_degrees(own) && !hz_crs_is_web_mercator(own) && hz_crs_unit_m(own) == 1) {
        hz_crs *copy = hz_crs_copy(own);
        if (!copy)
            return hz_mem_fail(err, hz_layer_name(layer));
        *out = copy;
        return HZ_OK;
    }
    hz_status st = middle(layer, &lon, &lat, err);
    return st ? st : hz_crs_metric_for(lon, lat, out, err);
}
