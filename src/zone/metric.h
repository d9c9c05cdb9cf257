/* Polygons where they can be measured. */
#ifndef ZONE_METRIC_H
#define ZONE_METRIC_H

#include "hotzone/layer.h"

/** A copy of a layer's shapes in a system, which is that of the layer `like`; NULL: as they are.
 *  HZ_ECRS if one of the two layers has a reference system and the other none: that one is named. */
hz_status zone_metric_shapes(const hz_layer *layer, const hz_crs *to, const hz_layer *like,
                             hz_shapes **out, hz_error *err);

#endif
