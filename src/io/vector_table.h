/* A table without geometry gets points from its coordinate columns. */
#ifndef IO_VECTOR_TABLE_H
#define IO_VECTOR_TABLE_H

#include <stdbool.h>

#include <ogr_api.h>

#include "hotzone/layer.h"
#include "hotzone/source.h"

/** The coordinate columns of a table, lent by its GDAL layer or the options. */
typedef struct {
    const char *name[2]; /* x and y; NULL: none */
    bool degrees;        /* they are longitude and latitude */
} hz_gdal_pair;

/** Find them: opts->x and y, else by the usual names.  HZ_EUSAGE if only one is named. */
hz_status hz_gdal_find_pair(OGRLayerH layer, const hz_source_opts *opts, const char *shown,
                            hz_gdal_pair *out, hz_error *err);

/**
 * Make points of the two columns and give the layer its reference system, as for a CSV: rows
 * without coordinates stay, with NaN points; rows whose coordinates are no numbers, or no
 * longitude and latitude, are refused and counted in the intake.  Columns that were read for
 * their coordinates only are dropped.
 * @return HZ_ECRS if most are no longitude and latitude, HZ_EFORMAT if no row can be used
 */
hz_status hz_gdal_place_rows(hz_layer **layer, const hz_gdal_pair *pair,
                             const hz_source_opts *opts, hz_error *err);

#endif
