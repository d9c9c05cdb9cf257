/* Keeps GDAL quiet and tidy, opens its data sets and finds their layers. */
#include "io/vector_gdal.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"

/* One line without control characters, cut at a whole UTF-8 character. */
static void keep_message(char *to, size_t size, const char *message)
{
    size_t n = 0;
    for (; *message && n + 1 < size; message++)
        to[n++] = (unsigned char)*message < ' ' ? ' ' : *message;
    while (*message && n > 0 && ((unsigned char)to[n] & 0xC0) == 0x80)
        n--;
    while (n > 0 && (to[n - 1] == ' ' || to[n - 1] == '.'))
        n--;
    to[n] = '\0';
}

static void CPL_STDCALL catch_message(CPLErr class, CPLErrorNum number, const char *message)
{
    hz_gdal_talk *talk = CPLGetErrorHandlerUserData();
    (void)number;
    if (class == CE_Failure || class == CE_Fatal) {
        if (talk->failures++ == 0)
            keep_message(talk->failure, sizeof talk->failure, message);
    } else if (class == CE_Warning) {
        if (talk->warnings++ == 0)
            keep_message(talk->warning, sizeof talk->warning, message);
    }
}

void hz_gdal_begin(hz_gdal_talk *talk)
{
    *talk = (hz_gdal_talk){ 0 };
    CPLPushErrorHandlerEx(catch_message, talk);
    GDALAllRegister(); /* locked, and nothing the second time */
    talk->settings = CPLGetThreadLocalConfigOptions();
    hz_gdal_set("GDAL_PAM_ENABLED", "NO");
    hz_gdal_set("OGR_XLSX_HEADERS", "FORCE");
    hz_gdal_set("OGR_ODS_HEADERS", "FORCE");
    hz_gdal_set("OGR_GPKG_ALLOW_THREADED_RTREE", "NO");
}

void hz_gdal_end(hz_gdal_talk *talk)
{
    CPLSetThreadLocalConfigOptions((const char *const *)talk->settings);
    CSLDestroy(talk->settings);
    talk->settings = NULL;
    CPLPopErrorHandler();
    CPLErrorReset();
}

void hz_gdal_set(const char *key, const char *value)
{
    CPLSetThreadLocalConfigOption(key, value);
}

const char *hz_gdal_why(const hz_gdal_talk *talk)
{
    return *talk->failure ? talk->failure : *talk->warning ? talk->warning
                                                           : "GDAL gives no reason";
}

/* Where a password in a connection string or URL stands: *n bytes from the result, or NULL. */
static const char *find_secret(const char *path, size_t *n)
{
    for (const char *p = path; *p; p++) {
        if (strncasecmp(p, "password=", 9) == 0) {
            p += 9;
            const char *end = *p == '\'' ? strchr(p + 1, '\'') : NULL;
            *n = end ? (size_t)(end + 1 - p) : strcspn(p, " &|");
            return p;
        }
        if (strncmp(p, "://", 3) == 0) {
            const char *at = p + 3 + strcspn(p + 3, "/@");
            const char *colon = memchr(p + 3, ':', (size_t)(at - (p + 3)));
            if (*at == '@' && colon) {
                *n = (size_t)(at - colon - 1);
                return colon + 1;
            }
        }
    }
    return NULL;
}

void hz_gdal_shown_path(const char *path, char *buf, size_t size)
{
    size_t n = 0, used = 0;
    const char *secret;
    buf[0] = '\0';
    while ((secret = find_secret(path, &n)) != NULL && used < size) {
        used += (size_t)snprintf(buf + used, size - used, "%.*s***", (int)(secret - path), path);
        path = secret + n;
    }
    if (used < size)
        snprintf(buf + used, size - used, "%s", path);
}

/* A name with a scheme (PG:, WFS:, https:) or one of GDAL's virtual file systems. */
static bool has_scheme(const char *path)
{
    size_t n = strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+");
    return (n > 1 && path[n] == ':') || strncmp(path, "/vsi", 4) == 0;
}

/* Drivers that fetch from the network what a local file tells them to; only a source that is
 * itself an address may use them. */
static bool reaches_out(const char *driver)
{
    static const char *const names[] = { "WFS", "OAPIF", "CSW", "HTTP", "GMLAS", "Elasticsearch",
                                         "Carto", "AmigoCloud", "PLScenes", "NGW", "EEDA" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(driver, names[i]) == 0)
            return true;
    return false;
}

/* The names of the drivers that read local files; free with CSLDestroy. */
static char **local_drivers(void)
{
    char **list = NULL;
    for (int i = 0; i < GDALGetDriverCount(); i++) {
        GDALDriverH driver = GDALGetDriver(i);
        const char *name = GDALGetDriverShortName(driver);
        if (GDALGetMetadataItem(driver, GDAL_DCAP_VECTOR, NULL) && !reaches_out(name))
            list = CSLAddString(list, name);
    }
    return list;
}

/* A GeoPackage without a write-ahead log holds all its data itself: read as immutable, SQLite
 * makes no -wal and -shm files beside it. */
static bool is_settled_geopackage(const char *path)
{
    size_t n = strlen(path);
    if (n < 5 || strcasecmp(path + n - 5, ".gpkg") != 0)
        return false;
    return !hz_file_exists(CPLSPrintf("%s-wal", path));
}

hz_status hz_gdal_open(const char *path, const char *encoding, const char *shown,
                       const hz_gdal_talk *talk, GDALDatasetH *out, hz_error *err)
{
    bool exists = hz_file_exists(path), local = exists || !has_scheme(path);
    char **drivers = NULL, **options = NULL;
    struct stat info;

    if (local && !exists)
        return hz_fail(err, HZ_EIO, "%s: no such file", shown);
    /* a pipe would be waited for; some formats are directories */
    if (exists && stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
        return hz_fail(err, HZ_EIO, "%s: is a pipe or device, expected a file", shown);
    if (local) {
        drivers = local_drivers();
        if (is_settled_geopackage(path))
            options = CSLSetNameValue(options, "IMMUTABLE", "YES");
    }
    size_t n = strlen(path);
    if (encoding && n > 4 && (strcasecmp(path + n - 4, ".shp") == 0 ||
                              strcasecmp(path + n - 4, ".dbf") == 0))
        options = CSLSetNameValue(options, "ENCODING", encoding);
    GDALDatasetH data = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                   (const char *const *)drivers, (const char *const *)options,
                                   NULL);
    CSLDestroy(drivers);
    CSLDestroy(options);
    if (!data)
        return hz_fail(err, local ? HZ_EFORMAT : HZ_EIO, "%s: not a file GDAL can open (%s)",
                       shown, hz_gdal_why(talk));
    *out = data;
    return HZ_OK;
}

bool hz_gdal_is_aside(OGRLayerH layer)
{
    const char *name = OGR_L_GetName(layer);
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(layer);
    return strcmp(name, "layer_styles") == 0 || strcmp(name, "qgis_projects") == 0 ||
           (OGR_FD_GetFieldCount(fields) == 0 && OGR_FD_GetGeomFieldCount(fields) == 0);
}

/* "a, b, c" and their number, without what stands aside. */
static size_t list_names(GDALDatasetH data, hz_text *names, OGRLayerH *last)
{
    size_t count = 0;
    for (int i = 0; i < GDALDatasetGetLayerCount(data); i++) {
        OGRLayerH layer = GDALDatasetGetLayer(data, i);
        if (!layer || hz_gdal_is_aside(layer))
            continue;
        *last = layer;
        hz_text_add(names, count++ ? ", " : "");
        hz_text_add(names, OGR_L_GetName(layer));
    }
    return count;
}

static const char *nearest_layer(GDALDatasetH data, const char *name)
{
    const char *best = NULL;
    for (int i = 0; i < GDALDatasetGetLayerCount(data); i++) {
        OGRLayerH layer = GDALDatasetGetLayer(data, i);
        const char *pair[2] = { layer ? OGR_L_GetName(layer) : "", best };
        const char *near = hz_text_nearest(name, pair, best ? 2 : 1);
        best = near ? near : best;
    }
    return best;
}

hz_status hz_gdal_choose(GDALDatasetH data, const hz_source *source, const char *shown,
                         OGRLayerH *out, hz_error *err)
{
    hz_text names = { 0 };
    OGRLayerH layer = NULL, only = NULL;
    hz_status st = HZ_OK;
    size_t count = list_names(data, &names, &only);
    const char *list = hz_text_get(&names);

    if (names.failed) {
        st = hz_mem_fail(err, shown);
    } else if (source->layer) {
        layer = GDALDatasetGetLayerByName(data, source->layer);
        if (!layer) {
            const char *near = nearest_layer(data, source->layer);
            st = hz_fail(err, HZ_EIO, "%s: has no layer '%s'%s%s%s; its layers: %s", shown,
                         source->layer, near ? ", nearest: '" : "", near ? near : "",
                         near ? "'" : "", *list ? list : "none");
        }
    } else if (source->layer_id >= 0) {
        layer = GDALDatasetGetLayer(data, source->layer_id);
        if (!layer)
            st = hz_fail(err, HZ_EIO, "%s: has no layer number %d; its layers, from 0: %s", shown,
                         source->layer_id, *list ? list : "none");
    } else if (count == 1) {
        layer = only;
    } else if (count == 0) {
        st = hz_fail(err, HZ_EFORMAT, "%s: holds no layer, expected one", shown);
    } else {
        st = hz_fail(err, HZ_EIO, "%s: has %zu layers, expected one to be named by "
                     "|layername=: %s", shown, count, list);
    }
    hz_text_free(&names);
    if (!st)
        *out = layer;
    return st;
}
