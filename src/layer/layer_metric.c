/* Finds the system in metres to measure a layer in. */
#include "hotzone/layer.h"

#include "hotzone/mem.h"

/* The system for the middle of the coordinates that there are. */
static hz_status about_middle(const hz_layer *layer, hz_crs **out, hz_error *err)
{
    const hz_shapes *shapes = hz_layer_shapes(layer);
    hz_box box = { 1, 1, 0, 0 };
    if (shapes)
        box = hz_shapes_box(shapes);
    if (!(box.xmin <= box.xmax))
        return hz_fail(err, HZ_EDATA, "%s: has no coordinates", hz_layer_name(layer));
    hz_status st = hz_crs_metric_about(hz_layer_crs(layer), box, out, err);
    if (st == HZ_ECRS)
        return hz_fail(err, HZ_ECRS, "%s: its middle is no place on earth by %s",
                       hz_layer_name(layer), hz_crs_code(hz_layer_crs(layer)));
    return st;
}

hz_status hz_layer_metric(const hz_layer *layer, hz_crs **out, const hz_notice *notice,
                          hz_error *err)
{
    const hz_crs *own = hz_layer_crs(layer);
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
    return about_middle(layer, out, err);
}
