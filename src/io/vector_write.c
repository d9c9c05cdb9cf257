/* Writes layers as GeoPackage, GeoJSON or FlatGeobuf.
 *
 * GDAL writes in memory and the bytes go to disk by hz_file_write: GDAL's GeoJSON writer
 * does not notice a full disk, and SQLite would leave its journals beside a file that failed. */
#include "hotzone/vector.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <ogr_srs_api.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "io/vector_gdal.h"
#include "io/vector_style.h"
#include "io/vector_values.h"

/* In place of today, so that the same input gives the same bytes. */
#define FIXED_DATE "2000-01-01T00:00:00.000Z"

typedef enum { GEOPACKAGE, GEOJSON, FLATGEOBUF } format;
static const char *const drivers[] = { "GPKG", "GeoJSON", "FlatGeobuf" };

/* One file under construction. */
typedef struct {
    const char *path;
    format format;
    GDALDatasetH data;
    hz_gdal_talk talk;
    hz_error *err;
} writing;

static hz_status find_format(const char *path, format *out, hz_error *err)
{
    static const struct { const char *ending; format format; } endings[] = {
        { ".gpkg", GEOPACKAGE }, { ".geojson", GEOJSON }, { ".json", GEOJSON },
        { ".fgb", FLATGEOBUF },
    };
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++) {
        if (strcasecmp(dot, endings[i].ending) == 0) {
            *out = endings[i].format;
            return HZ_OK;
        }
    }
    return hz_fail(err, HZ_EUSAGE, "%s: cannot tell the format, expected a name that ends in "
                   ".gpkg, .geojson or .fgb", path);
}

static hz_status check_item(const char *path, const hz_vector_item *items, size_t i,
                            hz_error *err)
{
    const hz_vector_style *style = items[i].style;
    if (!items[i].name || !*items[i].name)
        return hz_fail(err, HZ_EUSAGE, "%s: layer %zu has no name, expected one", path, i + 1);
    for (size_t k = 0; k < i; k++)
        if (strcasecmp(items[k].name, items[i].name) == 0)
            return hz_fail(err, HZ_EUSAGE, "%s: two layers are called '%s', expected different "
                           "names", path, items[i].name);
    if (strcasecmp(items[i].name, "layer_styles") == 0)
        return hz_fail(err, HZ_EUSAGE, "%s: a layer cannot be called '%s', the table of QGIS "
                       "styles", path, items[i].name);
    if (style && style->column) {
        int c = hz_layer_find(items[i].layer, style->column);
        if (c < 0 || hz_layer_column_kind(items[i].layer, (size_t)c) != HZ_TEXTS)
            return hz_fail(err, HZ_EUSAGE, "%s: layer '%s' is to be styled by '%s', expected a "
                           "text column of it", path, items[i].name, style->column);
    }
    return HZ_OK;
}

/* GDAL 3.6 leaves features without a shape out of a FlatGeobuf and says nothing. */
static hz_status check_all_shaped(const char *path, const hz_vector_item *item, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(item->layer);
    for (size_t f = 0; s && f < s->features; f++) {
        bool none = s->kind == HZ_POINT ? isnan(s->x[f]) || isnan(s->y[f])
                                        : s->first_ring[f] == s->first_ring[f + 1];
        if (none)
            return hz_fail(err, HZ_EDATA, "%s: row %zu of '%s' has no shape, which FlatGeobuf "
                           "cannot hold, expected a name that ends in .gpkg or .geojson", path,
                           f + 1, item->name);
    }
    return HZ_OK;
}

static hz_status cannot_write(const writing *w)
{
    return hz_fail(w->err, HZ_EIO, "%s: cannot be written: %s", w->path, hz_gdal_why(&w->talk));
}

/* Our system as GDAL's; NULL for none. */
static hz_status make_srs(const writing *w, const hz_crs *crs, OGRSpatialReferenceH *out)
{
    *out = NULL;
    if (!crs)
        return HZ_OK;
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    if (OSRSetFromUserInput(srs, hz_crs_code(crs)) != OGRERR_NONE) {
        OSRDestroySpatialReference(srs);
        return hz_fail(w->err, HZ_ECRS, "%s: reference system '%s' cannot be written: %s", w->path,
                       hz_crs_name(crs), hz_gdal_why(&w->talk));
    }
    OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
    *out = srs;
    return HZ_OK;
}

static OGRwkbGeometryType geometry_type(const hz_shapes *shapes, bool multi)
{
    switch (shapes ? shapes->kind : HZ_NOSHAPE) {
    case HZ_POINT: return wkbPoint;
    case HZ_LINE: return multi ? wkbMultiLineString : wkbLineString;
    case HZ_POLYGON: return multi ? wkbMultiPolygon : wkbPolygon;
    case HZ_NOSHAPE: break;
    }
    return wkbNone;
}

static bool has_column(const hz_layer *layer, size_t columns, const char *name)
{
    for (size_t c = 0; c < columns; c++)
        if (strcasecmp(hz_layer_column_name(layer, c), name) == 0)
            return true;
    return false;
}

/* A name for GeoPackage's own columns that the layer does not use; lent by GDAL for a while. */
static const char *free_name(const hz_layer *layer, const char *stem)
{
    const char *name = stem;
    for (int k = 1; has_column(layer, hz_layer_columns(layer), name); k++)
        name = CPLSPrintf("%s_%d", stem, k);
    return name;
}

static bool title_is_taken(const hz_vector_item *items, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (items[k].title && strcmp(items[k].title, items[i].title) == 0)
            return true;
    return false;
}

static char **layer_options(const writing *w, const hz_vector_item *items, size_t i)
{
    char **options = NULL;
    switch (w->format) {
    case GEOPACKAGE:
        options = CSLSetNameValue(options, "FID", free_name(items[i].layer, "fid"));
        options = CSLSetNameValue(options, "GEOMETRY_NAME", free_name(items[i].layer, "geom"));
        if (items[i].title && !title_is_taken(items, i))
            options = CSLSetNameValue(options, "IDENTIFIER", items[i].title);
        break;
    case GEOJSON:
        options = CSLSetNameValue(options, "RFC7946", "YES");
        options = CSLSetNameValue(options, "COORDINATE_PRECISION", "7");
        break;
    case FLATGEOBUF: /* an index would put the rows in another order */
        options = CSLSetNameValue(options, "SPATIAL_INDEX", "NO");
        break;
    }
    return options;
}

/* Columns that differ by case only are one to SQLite: the later gets a number. */
static hz_status add_fields(const writing *w, const hz_layer *layer, OGRLayerH to)
{
    hz_status st = HZ_OK;
    for (size_t c = 0; !st && c < hz_layer_columns(layer); c++) {
        const char *name = hz_layer_column_name(layer, c);
        for (int k = 2; w->format == GEOPACKAGE &&
                        OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(to), name) >= 0; k++)
            name = CPLSPrintf("%s_%d", hz_layer_column_name(layer, c), k);
        if (hz_gdal_add_field(to, name, layer, c, w->format == GEOJSON, w->err) != HZ_OK)
            st = cannot_write(w);
    }
    return st;
}

static hz_status add_rows(const writing *w, const hz_layer *layer, bool multi, OGRLayerH to)
{
    const hz_shapes *shapes = hz_layer_shapes(layer);
    size_t columns = hz_layer_columns(layer);
    hz_gdal_zone zone = w->format == GEOPACKAGE ? HZ_ZONE_UTC : HZ_ZONE_NONE;
    hz_status st = HZ_OK;
    for (size_t r = 0; !st && r < hz_layer_rows(layer); r++) {
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(to));
        for (size_t c = 0; c < columns; c++)
            hz_gdal_set_value(feature, (int)c, layer, c, r, zone);
        if (shapes)
            OGR_F_SetGeometryDirectly(feature, hz_gdal_geometry(shapes, r, multi));
        if (OGR_L_CreateFeature(to, feature) != OGRERR_NONE)
            st = cannot_write(w);
        OGR_F_Destroy(feature);
    }
    return st;
}

static hz_status write_layer(const writing *w, const hz_vector_item *items, size_t i,
                             const hz_layer *layer)
{
    const hz_shapes *shapes = hz_layer_shapes(layer);
    bool multi = shapes && hz_gdal_has_parts(shapes);
    OGRSpatialReferenceH srs = NULL;
    hz_status st = make_srs(w, hz_layer_crs(layer), &srs);
    if (st)
        return st;
    char **options = layer_options(w, items, i);
    OGRLayerH to = GDALDatasetCreateLayer(w->data, items[i].name, srs, geometry_type(shapes, multi),
                                          options);
    CSLDestroy(options);
    if (srs)
        OSRRelease(srs);
    st = to ? add_fields(w, layer, to) : cannot_write(w);
    bool together = w->format == GEOPACKAGE; /* one transaction: 100 times as fast */
    if (!st && together && GDALDatasetStartTransaction(w->data, 0) != OGRERR_NONE)
        st = cannot_write(w);
    if (!st)
        st = add_rows(w, layer, multi, to);
    if (!st && together && GDALDatasetCommitTransaction(w->data) != OGRERR_NONE)
        st = cannot_write(w);
    return st;
}

/* The table in which QGIS keeps the styles of a database, with QGIS' own columns. */
static OGRLayerH make_style_table(const writing *w)
{
    static const struct { const char *name; OGRFieldType type; int width; } fields[] = {
        { "f_table_catalog", OFTString, 256 }, { "f_table_schema", OFTString, 256 },
        { "f_table_name", OFTString, 256 },    { "f_geometry_column", OFTString, 256 },
        { "styleName", OFTString, 30 },        { "styleQML", OFTString, 0 },
        { "styleSLD", OFTString, 0 },          { "useAsDefault", OFTInteger, 0 },
        { "description", OFTString, 0 },       { "owner", OFTString, 30 },
        { "ui", OFTString, 30 },               { "update_time", OFTDateTime, 0 },
    };
    char *options[] = { "FID=id", NULL };
    OGRLayerH table = GDALDatasetCreateLayer(w->data, "layer_styles", NULL, wkbNone, options);
    for (size_t i = 0; table && i < sizeof fields / sizeof *fields; i++) {
        OGRFieldDefnH def = OGR_Fld_Create(fields[i].name, fields[i].type);
        OGR_Fld_SetWidth(def, fields[i].width);
        if (fields[i].type == OFTInteger)
            OGR_Fld_SetSubType(def, OFSTBoolean);
        if (OGR_L_CreateField(table, def, 0) != OGRERR_NONE)
            table = NULL;
        OGR_Fld_Destroy(def);
    }
    return table;
}

static hz_status add_style(const writing *w, const hz_vector_item *item, OGRLayerH table)
{
    hz_text qml = { 0 };
    OGRLayerH styled = GDALDatasetGetLayerByName(w->data, item->name);
    hz_style_qml(item->style, hz_layer_shapes(item->layer)->kind,
                 !hz_style_covers(item->style, item->layer), &qml);
    if (qml.failed || !styled) {
        hz_text_free(&qml);
        return hz_mem_fail(w->err, w->path);
    }
    OGRFeatureH row = OGR_F_Create(OGR_L_GetLayerDefn(table));
    int at = 0;
    OGR_F_SetFieldString(row, at++, ""); /* QGIS looks for "", not NULL */
    OGR_F_SetFieldString(row, at++, "");
    OGR_F_SetFieldString(row, at++, item->name);
    OGR_F_SetFieldString(row, at++, OGR_L_GetGeometryColumn(styled));
    OGR_F_SetFieldString(row, at++, "hotzone");
    OGR_F_SetFieldString(row, at++, hz_text_get(&qml));
    OGR_F_SetFieldString(row, at++, "");
    OGR_F_SetFieldInteger(row, at++, 1);
    OGR_F_SetFieldString(row, at++, item->title ? item->title : item->name);
    OGR_F_SetFieldString(row, at++, "");
    OGR_F_SetFieldString(row, at++, "");
    OGR_F_SetFieldDateTimeEx(row, at++, 2000, 1, 1, 0, 0, 0, HZ_ZONE_UTC);
    OGRErr failed = OGR_L_CreateFeature(table, row);
    OGR_F_Destroy(row);
    hz_text_free(&qml);
    return failed == OGRERR_NONE ? HZ_OK : cannot_write(w);
}

static hz_status write_styles(const writing *w, const hz_vector_item *items, size_t n)
{
    OGRLayerH table = NULL;
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < n; i++) {
        if (!items[i].style || !hz_layer_shapes(items[i].layer))
            continue;
        if (!table && !(table = make_style_table(w)))
            return cannot_write(w);
        st = add_style(w, &items[i], table);
    }
    return st;
}

/* GeoJSON is in longitude and latitude (RFC 7946). */
static hz_status in_degrees(const writing *w, const hz_layer *layer, hz_layer **out)
{
    hz_layer *copy = NULL;
    hz_crs *degrees = NULL;
    if (!hz_layer_crs(layer) && hz_layer_shapes(layer))
        return hz_fail(w->err, HZ_ECRS, "%s: %s has no reference system, expected one, since "
                       "GeoJSON is in longitude and latitude", w->path, hz_layer_name(layer));
    hz_status st = hz_layer_copy(layer, &copy, w->err);
    if (!st && hz_layer_shapes(layer))
        st = hz_crs_new("EPSG:4326", &degrees, w->err);
    if (!st && degrees)
        st = hz_layer_to_crs(copy, degrees, w->err);
    hz_crs_free(degrees);
    if (st)
        hz_layer_free(copy);
    else
        *out = copy;
    return st;
}

static hz_status write_all(writing *w, const char *draft, const hz_vector_item *items, size_t n)
{
    hz_layer *moved = NULL;
    hz_status st = HZ_OK;
    if (w->format == GEOJSON)
        st = in_degrees(w, items[0].layer, &moved);
    if (st)
        return st;
    w->data = GDALCreate(GDALGetDriverByName(drivers[w->format]), draft, 0, 0, 0, GDT_Unknown,
                         NULL);
    if (!w->data)
        st = cannot_write(w);
    for (size_t i = 0; !st && i < n; i++)
        st = write_layer(w, items, i, moved ? moved : items[i].layer);
    if (!st && w->format == GEOPACKAGE)
        st = write_styles(w, items, n);
    if (w->data)
        GDALClose(w->data); /* indexes and headers are written here */
    hz_layer_free(moved);
    return !st && w->talk.failures ? cannot_write(w) : st;
}

hz_status hz_vector_write(const char *path, const hz_vector_item *items, size_t n, hz_error *err)
{
    writing w = { .path = path, .err = err };
    char draft[80];
    vsi_l_offset size = 0;
    hz_status st = find_format(path, &w.format, err);

    if (!st && (n == 0 || (n > 1 && w.format != GEOPACKAGE)))
        st = hz_fail(err, HZ_EUSAGE, "%s: %zu layers to write, expected %s", path, n,
                     n ? "one, or a name that ends in .gpkg" : "one or more");
    for (size_t i = 0; !st && i < n; i++)
        st = check_item(path, items, i, err);
    if (!st && w.format == FLATGEOBUF)
        st = check_all_shaped(path, items, err);
    if (st)
        return st;

    /* its own address makes the name unique among the threads of this process */
    snprintf(draft, sizeof draft, "/vsimem/hotzone-%p%s", (void *)&w,
             w.format == GEOPACKAGE ? ".gpkg" : w.format == GEOJSON ? ".geojson" : ".fgb");
    hz_gdal_begin(&w.talk);
    hz_gdal_set("OGR_CURRENT_DATE", FIXED_DATE);
    st = write_all(&w, draft, items, n);
    GByte *bytes = st ? NULL : VSIGetMemFileBuffer(draft, &size, FALSE);
    if (!st)
        st = bytes && size ? hz_file_write(path, bytes, (size_t)size, err) : cannot_write(&w);
    VSIUnlink(draft);
    hz_gdal_end(&w.talk);
    return st;
}
