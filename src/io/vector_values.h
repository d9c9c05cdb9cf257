/* Values of our layers as GDAL's fields and geometries. */
#ifndef IO_VECTOR_VALUES_H
#define IO_VECTOR_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include <ogr_api.h>

#include "hotzone/layer.h"

/** Add a field for a column: numbers are reals (whole ones too, so that a column's type does not
 *  hang on its values; but where the format is typeless they are written without decimals), texts
 *  strings, times date and time, or dates if all are at midnight. */
hz_status hz_gdal_add_field(OGRLayerH to, const char *name, const hz_layer *layer, size_t column,
                            bool typeless, hz_error *err);
/** The zone a civil time is written with: GeoPackage knows UTC only, the others need none. */
typedef enum { HZ_ZONE_NONE = 0, HZ_ZONE_UTC = 100 } hz_gdal_zone;
/** Set one field; what is not known is NULL. */
void hz_gdal_set_value(OGRFeatureH feature, int field, const hz_layer *layer, size_t column,
                       size_t row, hz_gdal_zone zone);
/** The geometry of one feature, ours to give away; NULL if it has none, or without memory.
 *  multi: lines and polygons as their multi kind. */
OGRGeometryH hz_gdal_geometry(const hz_shapes *shapes, size_t feature, bool multi);
/** Has any feature more than one part? */
bool hz_gdal_has_parts(const hz_shapes *shapes);

#endif
