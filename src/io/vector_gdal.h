/* What the vector files share: a quiet GDAL, opened read-only, and layers found by name. */
#ifndef IO_VECTOR_GDAL_H
#define IO_VECTOR_GDAL_H

#include <stdbool.h>
#include <stddef.h>

#include <gdal.h>
#include <ogr_api.h>

#include "hotzone/source.h"
#include "hotzone/status.h"

/** What GDAL said between begin and end; the first message of each sort is kept. */
typedef struct {
    char failure[400], warning[400]; /* "" if none */
    size_t failures, warnings;
    char **settings;                 /* this thread's, from before; restored at the end */
} hz_gdal_talk;

/**
 * Register the drivers, catch this thread's GDAL messages in talk, and make GDAL behave: no
 * side files beside inputs, first rows of spreadsheets are headers, one thread.  Every begin
 * needs its end; pairs may nest.  talk must stay where it is in between.
 */
void hz_gdal_begin(hz_gdal_talk *talk);
void hz_gdal_end(hz_gdal_talk *talk);
/** A setting of this thread until the end of the talk. */
void hz_gdal_set(const char *key, const char *value);
/** "GDAL gives no reason" or the first failure, for the end of a sentence; lent. */
const char *hz_gdal_why(const hz_gdal_talk *talk);

/** The source's path as it may be shown: passwords are replaced by `***`. */
void hz_gdal_shown_path(const char *path, char *buf, size_t size);

/** Open to read; close with GDALClose.  `encoding` may be NULL.  Sentences name `shown`. */
hz_status hz_gdal_open(const char *path, const char *encoding, const char *shown,
                       const hz_gdal_talk *talk, GDALDatasetH *out, hz_error *err);

/** Tables that belong to QGIS or hold nothing, not to the user's data. */
bool hz_gdal_is_aside(OGRLayerH layer);
/** The layer a source means: by name, by number, or the only one; lent by the data set. */
hz_status hz_gdal_choose(GDALDatasetH data, const hz_source *source, const char *shown,
                         OGRLayerH *out, hz_error *err);

#endif
