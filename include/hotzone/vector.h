/* Vector files by GDAL: anything it opens in; GeoPackage, GeoJSON and FlatGeobuf out. */
#ifndef HOTZONE_VECTOR_H
#define HOTZONE_VECTOR_H

#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/source.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Read one layer of a data source by GDAL: the one the source names or numbers, or the only one
 * (QGIS's own tables do not count).  Nothing is written beside the source, and a file on disk
 * never makes GDAL go to the network; an address (`PG:`, `WFS:`, `https:`) does.
 *
 * Shapes are of one kind: points (also multipoints of one point), lines or polygons; heights and
 * measures are dropped, curves become lines, rings are closed, a feature may have no geometry.  A
 * table with coordinate columns gets points as a CSV does (see hz_source_read).
 *
 * Columns: whole and real numbers and booleans are numbers (a column of whole numbers with one
 * beyond 2^53 is texts), dates and times are times on the source's own clock, binary data are
 * left out, all else is texts.  What is NULL is HZ_UNDEFINED_MISSING, "" or HZ_TIME_NONE.  A
 * feature id is a column only if the source gives it a name of its own, such as `id`.
 *
 * The reference system is the source's; opts->crs where it has none, or where it is overridden.
 *
 * @param opts    NULL: as it comes
 * @param notice  hears of GDAL's warnings and of texts that are not UTF-8
 * @return HZ_EIO if there is no such file, service or layer (those there are, are listed),
 *         HZ_EFORMAT for a file GDAL cannot open or cannot read to its end, for shapes of
 *         several kinds and for coordinates that are not finite (the feature is named),
 *         HZ_EUSAGE for a column or a subset that does not fit, HZ_ECRS, HZ_EMEMORY
 */
HZ_API hz_status hz_vector_read(const hz_source *source, const hz_source_opts *opts,
                                hz_layer **out, const hz_notice *notice, hz_error *err);

/**
 * Keep the rows for which a condition of OGR SQL holds, such as `kind = 'theft' AND n > 2`.
 * What is not known, the empty text too, is NULL there.  *layer is replaced only on success.
 *
 * @return HZ_EUSAGE if it is no condition on the layer's columns, HZ_EMEMORY
 */
HZ_API hz_status hz_vector_filter(hz_layer **layer, const char *where, hz_error *err);

/** Add one line for each layer of a source: "areas: 11 rows, polygons". */
HZ_API hz_status hz_vector_list(const char *path, hz_text *out, hz_error *err);

/** Lines over the colour of a polygon.  Of any of them a line is dashed and a point hollow. */
enum { HZ_HATCH_NONE = 0, HZ_HATCH = 1 /* "/" */, HZ_HATCH_BACK /* "\\" */, HZ_HATCH_CROSS };

/** A class of a styled layer: rows whose `column` has this text get this look. */
typedef struct {
    const char *value;  /* of the style's column; NULL or "": all rows without a class of theirs */
    const char *label;  /* in the legend, in the reader's language; NULL: value */
    unsigned colour;    /* 0xRRGGBB */
    int hatched;        /* HZ_HATCH_NONE, HZ_HATCH, HZ_HATCH_BACK or HZ_HATCH_CROSS */
} hz_style_class;

/** How QGIS is to draw a layer when it opens the GeoPackage.  Rows for which there is no class are
 *  drawn grey and hatched, never left out. */
typedef struct {
    const char *column; /* a text column; NULL: one look for all, that of classes[0] */
    const hz_style_class *classes; /* none: outlines in `line`, polygons without a fill */
    size_t count;
    unsigned line;      /* outline of polygons and points, 0xRRGGBB */
    double line_mm;     /* 0: no outline; for line layers their width */
} hz_vector_style;

typedef struct {
    const hz_layer *layer;
    const char *name;             /* in the file */
    const char *title;            /* for people; NULL: name */
    const hz_vector_style *style; /* NULL: none; GeoPackage only */
} hz_vector_item;

/**
 * Write layers to one file by its ending: GeoPackage (.gpkg; with R-trees, and layer_styles so that
 * QGIS opens it styled), or one layer to GeoJSON (.geojson, .json: longitude and latitude with 7
 * decimals, as RFC 7946 wants) or FlatGeobuf (.fgb: without index, rows in order).  The same
 * input gives the same bytes.  The file is made in memory and written by way of a draft.
 *
 * Numbers are reals (GeoJSON: without decimals where all are whole), times are date and time, or
 * dates where all are at midnight.  Hidden and undefined values are NULL.
 *
 * @return HZ_EUSAGE for another ending, several layers where the format has one, names that clash,
 *         a style by what is no text column; HZ_ECRS for GeoJSON without a reference system;
 *         HZ_EDATA for a row without a shape in FlatGeobuf, which cannot hold it; HZ_EIO if the
 *         file cannot be written (the old one then stays), HZ_EMEMORY
 */
HZ_API hz_status hz_vector_write(const char *path, const hz_vector_item *items, size_t n,
                                 hz_error *err);

/** The version of GDAL in use, such as "3.6.2"; static. */
HZ_API const char *hz_vector_version(void);

#ifdef __cplusplus
}
#endif
#endif
