/* GDAL's column stream and its features give the same layer to the last bit, whatever it holds. */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include <gdal.h>
#include <ogr_srs_api.h>

#include "hotzone/mem.h"
#include "io/vector_arrow.h"

static uint64_t seed = 20171109;

/* splitmix64: the same files on every machine */
static uint64_t draw(void)
{
    uint64_t z = (seed += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static size_t below(size_t n)
{
    return (size_t)(draw() % n);
}

/* A kind of field, and whether the stream is trusted with it. */
typedef struct {
    const char *name;
    OGRFieldType type;
    OGRFieldSubType subtype;
    bool exact;
} field;

enum { INTEGER, WIDE, REAL, TEXT, DAY, TIME, BOOL, SHORT, FLOAT, CLOCK, BYTES, FIELDS };
static const field fields[FIELDS] = {
    { "n", OFTInteger, OFSTNone, true },       { "id", OFTInteger64, OFSTNone, true },
    { "w", OFTReal, OFSTNone, true },          { "kind", OFTString, OFSTNone, true },
    { "day", OFTDate, OFSTNone, true },        { "when", OFTDateTime, OFSTNone, true },
    { "seen", OFTInteger, OFSTBoolean, false }, { "few", OFTInteger, OFSTInt16, false },
    { "part", OFTReal, OFSTFloat32, false },   { "clock", OFTTime, OFSTNone, false },
    { "blob", OFTBinary, OFSTNone, true },
};

static void set_value(OGRFeatureH f, int at, size_t kind, bool zones)
{
    static const char *const words[] = { "", "theft", "\u00e6\u00f8\u00e5", "tab\tand\nline",
                                         "a\"b" };
    static const double reals[] = { 0.1, -0.0, INFINITY, NAN, 1e300, 5e-324, -7 };
    int year = 1902 + (int)below(130), month = 1 + (int)below(12), day = 1 + (int)below(28);
    float second = (float)below(60) + (below(2) ? 0.9996f : 0.25f);
    switch (kind) {
    case INTEGER: OGR_F_SetFieldInteger(f, at, (int)below(2000000000) - 1000000000); break;
    case WIDE: OGR_F_SetFieldInteger64(f, at, below(50) ? (GIntBig)below(1000)
                                                        : INT64_C(9007199254740993)); break;
    case REAL: OGR_F_SetFieldDouble(f, at, reals[below(7)]); break;
    case TEXT: OGR_F_SetFieldString(f, at, words[below(5)]); break;
    case DAY: OGR_F_SetFieldDateTime(f, at, year, month, day, 0, 0, 0, 0); break;
    case TIME:
        OGR_F_SetFieldDateTimeEx(f, at, year, month, day, (int)below(24), (int)below(60), second,
                                 zones ? (int)below(108) : 100);
        break;
    case BOOL: OGR_F_SetFieldInteger(f, at, (int)below(2)); break;
    case SHORT: OGR_F_SetFieldInteger(f, at, (int)below(60000) - 30000); break;
    case FLOAT: OGR_F_SetFieldDouble(f, at, (double)(float)reals[below(7)]); break;
    case CLOCK: OGR_F_SetFieldDateTime(f, at, 0, 0, 0, (int)below(24), (int)below(60), 7, 0); break;
    case BYTES: OGR_F_SetFieldBinary(f, at, 3, "\0\1\2"); break;
    }
}

static OGRGeometryH some_point(OGRwkbGeometryType type)
{
    OGRGeometryH point = OGR_G_CreateGeometry(OGR_GT_HasZ(type) ? wkbPoint25D : wkbPoint);
    double x = (double)below(1000000) * 1e-5 + 8, y = (double)below(1000000) * 1e-5 + 54;
    if (OGR_GT_HasZ(type))
        OGR_G_SetPoint(point, 0, x, y, 30);
    else
        OGR_G_SetPoint_2D(point, 0, x, y);
    if (OGR_GT_Flatten(type) != wkbMultiPoint)
        return point;
    OGRGeometryH many = OGR_G_CreateGeometry(type);
    OGR_G_AddGeometryDirectly(many, point);
    return many;
}

/* A file of n features; `mask` has a bit for each kind of field.  gaps: some features have no
 * geometry or an empty one, and some are deleted again. */
static void make_file(const char *driver, const char *path, size_t n, unsigned mask,
                      OGRwkbGeometryType type, bool gaps)
{
    bool fgb = strcmp(driver, "FlatGeobuf") == 0;
    char *options[] = { "SPATIAL_INDEX=NO", fgb ? NULL : "FID=key", NULL };
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    GDALDatasetH data = NULL;
    OGRLayerH layer = NULL;
    if (OSRImportFromEPSG(srs, 4326) != OGRERR_NONE ||
        !(data = GDALCreate(GDALGetDriverByName(driver), path, 0, 0, 0, GDT_Unknown, NULL)) ||
        !(layer = GDALDatasetCreateLayer(data, "made", srs, type, options)))
        fail();
    OSRDestroySpatialReference(srs);
    for (size_t k = 0; k < FIELDS; k++) {
        OGRFieldDefnH def = OGR_Fld_Create(fields[k].name, fields[k].type);
        OGR_Fld_SetSubType(def, fields[k].subtype);
        if (mask >> k & 1 && OGR_L_CreateField(layer, def, FALSE) != OGRERR_NONE)
            fail();
        OGR_Fld_Destroy(def);
    }
    if (OGR_L_StartTransaction(layer) != OGRERR_NONE && !fgb)
        fail();
    for (size_t i = 0; i < n; i++) {
        OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        for (size_t k = 0, at = 0; k < FIELDS; k++)
            if (mask >> k & 1 && below(6))
                set_value(f, (int)at++, k, fgb);
            else if (mask >> k & 1)
                OGR_F_SetFieldNull(f, (int)at++);
        size_t sort = gaps ? below(8) : 2;
        OGRGeometryH g = sort == 0 ? NULL : sort == 1 ? OGR_G_CreateGeometry(type)
                                                      : some_point(type);
        if (g && OGR_F_SetGeometryDirectly(f, g) != OGRERR_NONE)
            fail();
        if (OGR_L_CreateFeature(layer, f) != OGRERR_NONE && !fgb)
            fail(); /* FlatGeobuf has no feature without a geometry */
        OGR_F_Destroy(f);
    }
    for (size_t i = 0; gaps && !fgb && i < n; i += 1 + below(20))
        if (OGR_L_DeleteFeature(layer, (GIntBig)i + 1) != OGRERR_NONE)
            fail();
    if (OGR_L_CommitTransaction(layer) != OGRERR_NONE && !fgb)
        fail();
    GDALClose(data);
}

/* What one way of reading gathered. */
typedef struct {
    hz_gdal_table table;
    hz_gdal_shapes shapes;
    bool done;
    size_t complaints; /* of GDAL */
} gathered;

static void gather(const char *path, const char *where, bool columns, gathered *to)
{
    const hz_source_opts opts = { 0 };
    const char *const none[2] = { NULL, NULL };
    hz_error err;
    hz_gdal_talk talk;
    *to = (gathered){ .done = true };
    hz_gdal_begin(&talk);
    GDALDatasetH data = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    OGRLayerH layer = data ? GDALDatasetGetLayer(data, 0) : NULL;
    OGRFeatureH f;
    if (!layer || (where && OGR_L_SetAttributeFilter(layer, where) != OGRERR_NONE) ||
        hz_gdal_table_start(&to->table, layer, &opts, none, path, NULL, &err))
        fail();
    if (columns) {
        if (hz_gdal_arrow_read(layer, strstr(path, ".gpkg") != NULL, &talk, &to->table,
                               &to->shapes, &to->done, path, &err))
            fail();
    } else {
        while ((f = OGR_L_GetNextFeature(layer)) != NULL) {
            if (hz_gdal_shapes_add(&to->shapes, OGR_F_GetGeometryRef(f), 0, path, &err) ||
                hz_gdal_table_add(&to->table, f, &err))
                fail();
            OGR_F_Destroy(f);
        }
    }
    GDALClose(data);
    to->complaints = talk.failures + talk.warnings;
    hz_gdal_end(&talk);
}

static bool same_bits(const void *a, const void *b, size_t n, size_t size)
{
    return n == 0 || memcmp(a, b, n * size) == 0;
}

static bool same_reals(const double *a, const double *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isnan(a[i]) ? !isnan(b[i]) : !same_bits(&a[i], &b[i], 1, sizeof *a))
            return false;
    return true;
}

static bool same_column(const hz_gdal_column *a, const hz_gdal_column *b, size_t n)
{
    if (a->held != b->held || strcmp(a->name, b->name) != 0 || a->too_big != b->too_big)
        return false;
    switch (a->held) {
    case HZ_HELD_REALS: return same_reals(a->reals, b->reals, n);
    case HZ_HELD_INTEGERS:
        if (!same_bits(a->missing, b->missing, n, 1))
            return false;
        /* fall through */
    case HZ_HELD_TIMES: return same_bits(a->integers, b->integers, n, sizeof *a->integers);
    case HZ_HELD_TEXTS:
        return a->arena.length == b->arena.length &&
               same_bits(a->offset, b->offset, n, sizeof *a->offset) &&
               same_bits(a->arena.data, b->arena.data, a->arena.length, 1);
    }
    return false;
}

static void check_same(void **state_, const gathered *a, const gathered *b)
{
    size_t n = a->table.rows;
    CHECK(b->table.rows == n);
    CHECK(a->table.columns == b->table.columns);
    CHECK(a->table.infinite == b->table.infinite);
    CHECK(a->table.recoded == b->table.recoded);
    for (size_t c = 0; c < a->table.columns; c++)
        if (!same_column(&a->table.column[c], &b->table.column[c], n)) {
            print_error("column %s differs\n", a->table.column[c].name);
            fail();
        }
    CHECK(a->shapes.kind == b->shapes.kind);
    CHECK(a->shapes.features == n && b->shapes.features == n);
    CHECK(a->shapes.points == b->shapes.points);
    CHECK(same_reals(a->shapes.x, b->shapes.x, a->shapes.points));
    CHECK(same_reals(a->shapes.y, b->shapes.y, a->shapes.points));
}

static void let_go(gathered *g)
{
    hz_gdal_table_free(&g->table);
    hz_gdal_shapes_free(&g->shapes);
}

static const char *path_of(const char *driver)
{
    static char path[100];
    snprintf(path, sizeof path, "/tmp/hz-arrow-%ld.%s", (long)getpid(),
             *driver == 'F' ? "fgb" : "gpkg");
    unlink(path);
    return path;
}

/* Does the stream read this file as the features do, and is it used if it is to be? */
static void check_both_ways(void **state_, const char *path, const char *where, bool used)
{
    gathered columns, features;
    gather(path, where, true, &columns);
    gather(path, where, false, &features);
    if (used)
        CHECK(columns.done);
    if (columns.done) {
        CHECK(features.complaints == 0); /* they would be told of */
        check_same(state_, &columns, &features);
    } else {
        CHECK(columns.table.rows == 0);
        CHECK(columns.shapes.features == 0 && columns.shapes.x == NULL);
    }
    let_go(&columns);
    let_go(&features);
}

TEST(columns_and_features_are_the_same_layer)
{
    static const char *const drivers[] = { "GPKG", "FlatGeobuf" };
    const bool stream = atoi(GDALVersionInfo("VERSION_NUM")) / 10000 == 306;
    for (size_t round = 0; round < 60; round++) {
        const char *driver = drivers[round % 2], *path = path_of(driver);
        unsigned mask = (unsigned)below(1 << FIELDS);
        if (round % 3 == 0) /* those that the stream is trusted with */
            for (unsigned k = 0; k < FIELDS; k++)
                mask &= fields[k].exact ? ~0u : ~(1u << k);
        bool exact = true, gaps = below(2) && round % 2 == 0;
        for (unsigned k = 0; k < FIELDS; k++)
            exact &= !(mask >> k & 1) ||
                     (fields[k].exact && ((k != DAY && k != TIME) || round % 2 == 1));
        OGRwkbGeometryType type = below(3) ? wkbPoint : below(2) ? wkbPoint25D : wkbMultiPoint;
        make_file(driver, path, 200 + below(400), mask, type, gaps);
        check_both_ways(state_, path, NULL, stream && exact && !gaps && type != wkbMultiPoint);
        unlink(path);
    }
}

TEST(a_subset_holds_in_both)
{
    for (size_t round = 0; round < 10; round++) {
        const char *driver = round % 2 ? "FlatGeobuf" : "GPKG", *path = path_of(driver);
        make_file(driver, path, 300, 1 << INTEGER | 1 << TEXT | 1 << DAY, wkbPoint, round % 2 == 0);
        check_both_ways(state_, path, "n > 0", false);
        check_both_ways(state_, path, "kind = 'theft' OR n IS NULL", false);
        check_both_ways(state_, path, "n > 3000000000", false);
        unlink(path);
    }
}

/* More than one batch of the stream. */
TEST(a_hundred_thousand_rows_come_in_order)
{
    for (size_t round = 0; round < 2; round++) {
        const char *driver = round ? "FlatGeobuf" : "GPKG", *path = path_of(driver);
        make_file(driver, path, 100000, 1 << WIDE | 1 << TEXT, wkbPoint, !round);
        check_both_ways(state_, path, NULL, false);
        unlink(path);
    }
}

static void execute(const char *path, const char *sql)
{
    GDALDatasetH data = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
    if (!data)
        fail();
    GDALDatasetReleaseResultSet(data, GDALDatasetExecuteSQL(data, sql, NULL, NULL));
    GDALClose(data);
}

/* SQLite holds any value in any column. */
TEST(values_of_other_types_than_their_columns_are_read_alike)
{
    static const char *const faults[] = {
        "UPDATE made SET n = 1099511627776 WHERE key % 3 = 0",
        "UPDATE made SET n = 'many' WHERE key % 3 = 1",
        "UPDATE made SET id = 2.5 WHERE key % 3 = 0",
        "UPDATE made SET w = 'heavy' WHERE key % 3 = 0",
        "UPDATE made SET kind = x'E6F80041' WHERE key % 3 = 0",
        "UPDATE made SET kind = CAST(x'E6F8E5' AS TEXT) WHERE key % 3 = 1",
        "UPDATE made SET day = 'yesterday' WHERE key % 3 = 0",
        "UPDATE made SET day = '2017-13-45' WHERE key % 3 = 1",
        "UPDATE made SET day = '2017-08-03T12:00:00Z' WHERE key % 3 = 2",
        "UPDATE made SET day = 20170803 WHERE key % 3 = 2",
        "UPDATE made SET [when] = '2017-08-03' WHERE key % 3 = 0",
        "UPDATE made SET [when] = '2017-08-03T12:30:00+02:00' WHERE key % 3 = 1",
        "UPDATE made SET [when] = '2017-08-03 12:30' WHERE key % 3 = 2",
        "UPDATE made SET [when] = 'noon' WHERE key % 3 = 2",
        "UPDATE made SET [when] = 1501763400 WHERE key % 3 = 2",
        "UPDATE made SET geom = NULL",
        "UPDATE made SET geom = x'00' WHERE key = 7",
        "UPDATE made SET geom = 'here' WHERE key = 7",
        "UPDATE made SET geom = substr(geom, 1, 30) WHERE key = 7",
        "DELETE FROM made",
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        const char *path = path_of("GPKG");
        unsigned mask = 1 << INTEGER | 1 << WIDE | 1 << REAL | 1 << TEXT;
        if (strstr(faults[i], "day") || strstr(faults[i], "when"))
            mask |= 1 << DAY | 1 << TIME;
        make_file("GPKG", path, 60, mask, wkbPoint, true);
        execute(path, faults[i]);
        check_both_ways(state_, path, NULL, false);
        unlink(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_and_features_are_the_same_layer),
        cmocka_unit_test(a_subset_holds_in_both),
        cmocka_unit_test(a_hundred_thousand_rows_come_in_order),
        cmocka_unit_test(values_of_other_types_than_their_columns_are_read_alike),
    };
    GDALAllRegister();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
