/* Vector files by GDAL: anything it opens in, GeoPackage and GeoJSON out. */
#ifndef HOTZONE_VECTOR_H
#define HOTZONE_VECTOR_H

#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/source.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Read one layer of a data source by GDAL; see hz_source_read. */
HZ_API hz_status hz_vector_read(const hz_source *source, const hz_source_opts *opts,
                                hz_layer **out, const hz_notice *notice, hz_error *err);

/** Keep the rows for which a SQL where clause (OGR's) holds; changes *layer only on success. */
HZ_API hz_status hz_vector_filter(hz_layer **layer, const char *where, hz_error *err);

/** Names of the layers of a source, with rows and kind of geometry, one per line. */
HZ_API hz_status hz_vector_list(const char *path, hz_text *out, hz_error *err);

/** A class of a styled layer: rows whose `column` has this text get this look. */
typedef struct {
    const char *value;  /* of the style's column */
    const char *label;  /* in the legend */
    unsigned colour;    /* 0xRRGGBB */
    bool hatched;
} hz_style_class;

/** How QGIS is to draw a layer when it opens the GeoPackage. */
typedef struct {
    const char *column; /* a text column; NULL: one look for all */
    const hz_style_class *classes;
    size_t count;
    unsigned line;      /* 0xRRGGBB */
    double line_mm;
} hz_vector_style;

typedef struct {
    const hz_layer *layer;
    const char *name;             /* in the file */
    const char *title;            /* for people; NULL: name */
    const hz_vector_style *style; /* NULL: none */
} hz_vector_item;

/**
 * Write layers to one file: GeoPackage (.gpkg, with layer_styles, so that QGIS opens it styled, and
 * a fixed date: same input, same bytes), or GeoJSON (.geojson), FlatGeobuf (.fgb) for a single one.
 * Hidden and undefined values are NULL.  By way of a draft.
 */
HZ_API hz_status hz_vector_write(const char *path, const hz_vector_item *items, size_t n,
                                 hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
