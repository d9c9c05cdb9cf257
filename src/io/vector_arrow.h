/* A layer of points read by GDAL's column stream (Arrow), several times as fast as by features. */
#ifndef IO_VECTOR_ARROW_H
#define IO_VECTOR_ARROW_H

#include <stdbool.h>

#include <ogr_api.h>

#include "io/vector_columns.h"
#include "io/vector_gdal.h"
#include "io/vector_shapes.h"

/**
 * Gather all features of a layer of points as columns, the same to the last bit as feature by
 * feature.  Where the stream would not give the same (a field of another type than whole and real
 * numbers, texts and, with GDAL 3.6, times; a geometry that is no plain point; a batch without any
 * geometry, which a faulty GDAL hands over, too; trouble in the stream), *done is false, and table
 * and shapes are empty again, to be filled feature by feature.
 *
 * @param loose  the format (SQLite's) holds any value in any column: nor are times and missing
 *               geometries left to the stream
 * @param talk   open; forgets what the stream made GDAL say
 * @param table  started; its fields are in the layer, unwanted ones may be ignored
 * @return HZ_EMEMORY
 */
hz_status hz_gdal_arrow_read(OGRLayerH layer, bool loose, hz_gdal_talk *talk,
                             hz_gdal_table *table, hz_gdal_shapes *shapes, bool *done,
                             const char *shown, hz_error *err);

#endif
