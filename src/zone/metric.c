/* Brings polygons of several layers into one system. */
#include "zone/metric.h"

hz_status zone_metric_shapes(const hz_layer *layer, const hz_crs *to, const hz_layer *like,
                             hz_shapes **out, hz_error *err)
{
    const hz_crs *own = hz_layer_crs(layer);
    if (!to != !own)
        return hz_fail(err, HZ_ECRS, "%s: has no reference system but %s has one, expected all layers "
                       "or none to have one: name it with --crs", hz_layer_name(own ? like : layer),
                       hz_layer_name(own ? layer : like));
    if (!to || hz_crs_equal(to, own))
        return hz_shapes_copy(hz_layer_shapes(layer), out, err);
    hz_status st = hz_crs_shapes(own, to, hz_layer_shapes(layer), out, err);
    return st ? hz_fail_within(err, "%s", hz_layer_name(layer)) : HZ_OK;
}
