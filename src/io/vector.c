/* Reads one layer of a vector file by GDAL. */
#include "hotzone/vector.h"

#include <string.h>

#include <cpl_conv.h>
#include <cpl_string.h>
#include <ogr_srs_api.h>

#include "hotzone/mem.h"
#include "io/vector_arrow.h"
#include "io/vector_columns.h"
#include "io/vector_gdal.h"
#include "io/vector_shapes.h"
#include "io/vector_table.h"

/* One reading: what is needed from opening to the finished layer. */
typedef struct {
    const hz_source *source;
    const hz_source_opts *opts;
    const hz_notice *notice;
    hz_error *err;
    hz_gdal_talk talk;
    char shown[600]; /* the path, without passwords */
    GDALDatasetH data;
    OGRLayerH layer;
    bool geometry;   /* shapes come from the source's geometry */
    hz_gdal_table table;
    hz_gdal_shapes shapes;
    hz_layer *made;
} reading;

static bool is_driver(const reading *r, const char *name)
{
    return strcmp(GDALGetDriverShortName(GDALGetDatasetDriver(r->data)), name) == 0;
}

static hz_status open_layer(reading *r)
{
    hz_status st = hz_gdal_open(r->source->path, r->opts->encoding, r->shown, &r->talk, &r->data,
                                r->err);
    if (!st && r->talk.failures)
        st = hz_fail(r->err, HZ_EFORMAT, "%s: is not whole: %s", r->shown, hz_gdal_why(&r->talk));
    if (!st)
        st = hz_gdal_choose(r->data, r->source, r->shown, &r->layer, r->err);
    if (st)
        return st;
    if (is_driver(r, "OSM")) { /* else it gathers the features of all its layers */
        const char *sql = CPLSPrintf("SET interest_layers = %s", OGR_L_GetName(r->layer));
        GDALDatasetReleaseResultSet(r->data, GDALDatasetExecuteSQL(r->data, sql, NULL, NULL));
    }
    if (r->source->subset && OGR_L_SetAttributeFilter(r->layer, r->source->subset) != OGRERR_NONE)
        return hz_fail(r->err, HZ_EUSAGE, "%s: subset '%s' is no condition on this layer: %s",
                       r->shown, r->source->subset, hz_gdal_why(&r->talk));
    r->table.type_texts = is_driver(r, "CSV");
    r->geometry = !r->opts->no_shapes && !(r->opts->x && r->opts->y) &&
                  OGR_FD_GetGeomFieldCount(OGR_L_GetLayerDefn(r->layer)) > 0;
    return HZ_OK;
}

/* Spare the driver what nobody asked for.  A subset may need any field, so then all are read. */
static hz_status ignore_fields(reading *r)
{
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(r->layer);
    int n = OGR_FD_GetFieldCount(fields), used = 0;
    if (r->source->subset)
        return HZ_OK;
    const char **names = hz_mem_new((size_t)n + 3, sizeof *names);
    if (!names)
        return hz_mem_fail(r->err, r->shown);
    if (!r->geometry)
        names[used++] = "OGR_GEOMETRY";
    names[used++] = "OGR_STYLE";
    for (int i = 0; i < n; i++) {
        bool wanted = false;
        for (size_t c = 0; c < r->table.columns; c++)
            wanted |= r->table.column[c].field == i;
        if (!wanted)
            names[used++] = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(fields, i));
    }
    OGR_L_SetIgnoredFields(r->layer, names); /* a driver that cannot will read them all */
    hz_mem_free(names);
    return HZ_OK;
}

/* The fast way, for formats whose column stream is their own. */
static hz_status read_by_columns(reading *r, bool *done)
{
    bool geopackage = is_driver(r, "GPKG");
    *done = false;
    if (!r->geometry || !(geopackage || is_driver(r, "FlatGeobuf")))
        return HZ_OK;
    return hz_gdal_arrow_read(r->layer, geopackage, &r->talk, &r->table, &r->shapes, done,
                              r->shown, r->err);
}

static hz_status read_features(reading *r)
{
    bool done;
    hz_status st = read_by_columns(r, &done);
    OGRFeatureH feature;
    if (st || done)
        return st;
    OGR_L_ResetReading(r->layer); /* all again, feature by feature */
    while (!st && (feature = OGR_L_GetNextFeature(r->layer)) != NULL) {
        if (r->geometry)
            st = hz_gdal_shapes_add(&r->shapes, OGR_F_GetGeometryRef(feature),
                                    (long long)OGR_F_GetFID(feature), r->shown, r->err);
        if (!st)
            st = hz_gdal_table_add(&r->table, feature, r->err);
        OGR_F_Destroy(feature);
    }
    if (st || r->talk.failures == 0)
        return st;
    /* the end of the features may be the end of what could be read */
    if (r->source->subset && r->table.rows == 0)
        return hz_fail(r->err, HZ_EUSAGE, "%s: subset '%s': %s", r->shown, r->source->subset,
                       hz_gdal_why(&r->talk));
    return hz_fail(r->err, HZ_EFORMAT, "%s: cannot be read beyond feature %zu: %s", r->shown,
                   r->table.rows, hz_gdal_why(&r->talk));
}

/* Are the layer's x and y north and east, as some standards order them? */
static bool is_north_first(OGRSpatialReferenceH srs)
{
    int n = 0;
    const int *axis = OSRGetDataAxisToSRSAxisMapping(srs, &n);
    return (OSREPSGTreatsAsLatLong(srs) || OSREPSGTreatsAsNorthingEasting(srs)) && n >= 2 &&
           axis[0] == 1;
}

/* The plane part of a system as "EPSG:25832" or WKT; *text is NULL for systems that are none. */
static hz_status srs_text(OGRSpatialReferenceH srs, char **text, hz_error *err)
{
    const char *const options[] = { "FORMAT=WKT2_2019", NULL };
    const char *name = OSRGetName(srs);
    char *wkt = NULL;
    OGRSpatialReferenceH plane;
    hz_status st = HZ_OK;

    *text = NULL;
    if (OSRIsLocal(srs) || (name && strncmp(name, "Undefined", 9) == 0) ||
        !(plane = OSRClone(srs)))
        return HZ_OK;
    if (OSRIsCompound(plane)) /* UTM with heights, say */
        OSRStripVertical(plane);
    OSRDemoteTo2D(plane, NULL);
    const char *authority = OSRGetAuthorityName(plane, NULL);
    const char *code = OSRGetAuthorityCode(plane, NULL);
    hz_text made = { 0 };
    if (authority && code)
        hz_text_addf(&made, "%s:%s", authority, code);
    else if (OSRExportToWktEx(plane, &wkt, options) == OGRERR_NONE && wkt)
        hz_text_add(&made, wkt);
    if (made.length || made.failed) {
        *text = hz_text_take(&made);
        st = *text ? HZ_OK : hz_mem_fail(err, "reference system");
    }
    CPLFree(wkt);
    OSRDestroySpatialReference(plane);
    return st;
}

/* The reference system of the geometry: the source's own, or the one the user names. */
static hz_status give_crs(reading *r, OGRSpatialReferenceH srs)
{
    hz_crs *own = NULL, *named = NULL;
    char *text = NULL;
    hz_status st = HZ_OK;

    if (r->opts->crs)
        st = hz_crs_new(r->opts->crs, &named, r->err);
    if (!st && srs && !(named && r->opts->override_crs))
        st = srs_text(srs, &text, r->err);
    if (!st && text && (st = hz_crs_new(text, &own, r->err)) != HZ_OK && st != HZ_EMEMORY)
        st = hz_fail_within(r->err, "%s", r->shown);
    if (!st && own && named && !hz_crs_equal(own, named))
        hz_warn(r->notice, "%s: is in %s and is read so; %s was given for sources without a "
                "reference system", r->shown, hz_crs_name(own), hz_crs_name(named));
    if (!st && (own || named))
        st = hz_layer_take_crs(r->made, own ? &own : &named, r->err);
    hz_mem_free(text);
    hz_crs_free(own);
    hz_crs_free(named);
    return st;
}

/* GeoJSON in metres passes for degrees unless it is looked at; a few stray points may be there. */
static hz_status check_degrees(const reading *r, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(r->made);
    const hz_crs *crs = hz_layer_crs(r->made);
    size_t beyond = 0, first = 0;
    if (!s || !crs || !hz_crs_is_degrees(crs))
        return HZ_OK;
    for (size_t f = 0; f < s->features; f++) {
        hz_box box = hz_shapes_feature_box(s, f);
        /* the longitudes of some seas go on beyond 180 */
        if (box.xmin < -360 || box.xmax > 360 || box.ymin < -90.001 || box.ymax > 90.001)
            first = beyond++ ? first : f;
    }
    if (!beyond || (s->kind == HZ_POINT && 2 * beyond <= s->features))
        return HZ_OK;
    return hz_fail(err, HZ_ECRS, "%s: feature %zu lies outside -180..180, -90..90 degrees though "
                   "its system is %s, expected degrees, or the system that it is in", r->shown,
                   first + 1, hz_crs_name(crs));
}

static hz_status give_shapes(reading *r)
{
    OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(r->layer);
    hz_shapes *shapes = NULL;
    hz_status st = hz_gdal_shapes_give(&r->shapes, hz_gdal_kind(OGR_L_GetGeomType(r->layer)),
                                       srs && is_north_first(srs), &shapes, r->err);
    if (!st && shapes)
        st = hz_layer_take_shapes(r->made, &shapes, r->err);
    hz_shapes_free(shapes);
    if (!st)
        st = give_crs(r, srs);
    return st ? st : check_degrees(r, r->err);
}

/* "areas.gpkg", or "areas.gpkg (districts)" where the file has several layers. */
static hz_status start_layer(reading *r)
{
    const char *slash = strrchr(r->shown, '/');
    const char *name = slash && slash[1] ? slash + 1 : r->shown;
    hz_text text = { 0 };
    hz_text_add(&text, name);
    if (r->source->layer || r->source->layer_id > 0)
        hz_text_addf(&text, " (%s)", OGR_L_GetName(r->layer));
    hz_status st = text.failed ? hz_mem_fail(r->err, r->shown)
                               : hz_layer_new(text.data, r->table.rows, &r->made, r->err);
    hz_text_free(&text);
    return st ? st : hz_layer_set_source(r->made, r->shown, r->err);
}

static void tell(const reading *r)
{
    if (r->talk.warnings)
        hz_warn(r->notice, "%s: GDAL warns: %s%s", r->shown, r->talk.warning,
                r->talk.warnings > 1 ? " (and more)" : "");
    if (r->table.recoded)
        hz_warn(r->notice, "%s: %zu texts are not UTF-8 and were read as Windows-1252", r->shown,
                r->table.recoded);
    if (r->table.infinite)
        hz_warn(r->notice, "%s: %zu infinite numbers were read as missing", r->shown,
                r->table.infinite);
    if (r->source->subset && r->table.rows == 0)
        hz_warn(r->notice, "%s: subset '%s' keeps no row", r->shown, r->source->subset);
}

static hz_status read_layer(reading *r)
{
    hz_gdal_pair pair = { { NULL, NULL }, false };
    hz_status st = open_layer(r);
    if (!st && !r->geometry && !r->opts->no_shapes)
        st = hz_gdal_find_pair(r->layer, r->opts, r->shown, &pair, r->err);
    if (!st)
        st = hz_gdal_table_start(&r->table, r->layer, r->opts, pair.name, r->shown, r->notice,
                                 r->err);
    if (!st)
        st = ignore_fields(r);
    if (!st)
        st = read_features(r);
    if (!st)
        st = start_layer(r);
    if (!st)
        st = hz_gdal_table_give(&r->table, r->made, r->err);
    if (!st && r->geometry)
        st = give_shapes(r);
    else if (!st && pair.name[0])
        st = hz_gdal_place_rows(&r->made, &pair, r->opts, r->err);
    if (!st)
        tell(r);
    return st;
}

hz_status hz_vector_read(const hz_source *source, const hz_source_opts *opts, hz_layer **out,
                         const hz_notice *notice, hz_error *err)
{
    const hz_source_opts usual = { 0 };
    reading r = { .source = source, .opts = opts ? opts : &usual, .notice = notice, .err = err };

    hz_gdal_shown_path(source->path, r.shown, sizeof r.shown);
    hz_gdal_begin(&r.talk);
    hz_status st = read_layer(&r);
    if (r.data)
        GDALClose(r.data);
    hz_gdal_end(&r.talk);
    hz_gdal_table_free(&r.table);
    hz_gdal_shapes_free(&r.shapes);
    if (st)
        hz_layer_free(r.made);
    else
        *out = r.made;
    return st;
}
