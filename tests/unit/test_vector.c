/* What vector files become when read, and what is found in the files we write. */
#include "check.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/vector.h"

static char directory[64];

/* A path in this run's own scratch directory; lent until the next eight calls. */
static const char *scratch(const char *name)
{
    static char paths[8][200];
    static int next;
    char *path = paths[next++ % 8];
    if (!*directory) {
        snprintf(directory, sizeof directory, "/tmp/hz-vector-XXXXXX");
        if (!mkdtemp(directory))
            fail();
    }
    snprintf(path, sizeof paths[0], "%s/%s", directory, name);
    return path;
}

static const char *fixture(const char *name, const char *text)
{
    hz_error err;
    const char *path = scratch(name);
    if (hz_file_write(path, text, strlen(text), &err) != HZ_OK)
        fail();
    return path;
}

/* GeoJSON with the given geometries, one for each feature, and no other properties than n. */
static const char *geojson(const char *name, size_t n, const char *const geometry[])
{
    hz_text text = { 0 };
    hz_text_add(&text, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (size_t i = 0; i < n; i++)
        hz_text_addf(&text, "%s{\"type\":\"Feature\",\"properties\":{\"n\":%zu},\"geometry\":%s}",
                     i ? "," : "", i, geometry[i]);
    hz_text_add(&text, "]}");
    const char *path = fixture(name, hz_text_get(&text));
    hz_text_free(&text);
    return path;
}

static hz_status read_path(const char *path, const hz_source_opts *opts, hz_layer **out,
                           hz_error *err)
{
    char copy[300];
    snprintf(copy, sizeof copy, "%s", path);
    hz_source source = { .path = copy, .layer_id = -1 };
    return hz_vector_read(&source, opts, out, NULL, err);
}

#define POINT(x, y) "{\"type\":\"Point\",\"coordinates\":[" x "," y "]}"

TEST(points_keep_their_rows_and_a_null_geometry_is_nan)
{
    const char *const g[] = { POINT("12.5", "55.7"), "null",
                              "{\"type\":\"MultiPoint\",\"coordinates\":[[12.6,55.8,9]]}" };
    hz_error err;
    hz_layer *layer = NULL;
    CHECK_OK(read_path(geojson("points.geojson", 3, g), NULL, &layer, &err), err);
    const hz_shapes *s = hz_layer_shapes(layer);
    CHECK(s->kind == HZ_POINT && s->features == 3 && s->points == 3);
    CHECK_NEAR(s->x[0], 12.5, 0);
    CHECK_NEAR(s->y[0], 55.7, 0);
    CHECK_NAN(s->x[1]);
    CHECK_NAN(s->y[1]);
    CHECK_NEAR(s->x[2], 12.6, 0);
    CHECK_TEXT(hz_crs_code(hz_layer_crs(layer)), "EPSG:4326");
    CHECK_TEXT(hz_layer_name(layer), "points.geojson");
    CHECK_NEAR(hz_layer_numbers(layer, "n")[2], 2, 0);
    CHECK(hz_layer_intake(layer)->read == 3 && hz_layer_intake(layer)->refused == 0);
    hz_layer_free(layer);
}

TEST(a_null_geometry_before_the_first_point_is_nan_too)
{
    const char *const g[] = { "null", POINT("1", "2") };
    hz_error err;
    hz_layer *layer = NULL;
    CHECK_OK(read_path(geojson("late.geojson", 2, g), NULL, &layer, &err), err);
    CHECK_NAN(hz_layer_shapes(layer)->x[0]);
    CHECK_NEAR(hz_layer_shapes(layer)->y[1], 2, 0);
    hz_layer_free(layer);
}

/* A square with a hole, beside a second square: two parts, three rings of five vertices. */
TEST(a_multipolygon_becomes_rings_with_hole_flags)
{
    const char *const g[] = {
        "null",
        "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[4,0],[4,4],[0,4],[0,0]],"
        "[[1,1],[1,2],[2,2],[2,1],[1,1]]],[[[5,0],[6,0],[6,1],[5,1],[5,0]]]]}",
    };
    hz_error err;
    hz_layer *layer = NULL;
    CHECK_OK(read_path(geojson("multi.geojson", 2, g), NULL, &layer, &err), err);
    const hz_shapes *s = hz_layer_shapes(layer);
    CHECK(s->kind == HZ_POLYGON && s->rings == 3 && s->points == 15);
    CHECK(s->first_ring[0] == 0 && s->first_ring[1] == 0 && s->first_ring[2] == 3);
    CHECK(s->first_point[1] == 5 && s->first_point[3] == 15);
    CHECK(s->hole[0] == 0 && s->hole[1] == 1 && s->hole[2] == 0);
    CHECK_NEAR(hz_shape_area(s, 1), 16 - 1 + 1, 1e-12);
    hz_layer_free(layer);
}

TEST(an_open_ring_is_closed_and_heights_are_dropped)
{
    hz_error err;
    hz_layer *layer = NULL;
    const char *path = fixture("open.csv", "WKT,name\n"
                               "\"POLYGON Z ((0 0 9,2 0 9,2 2 9,0 2 9))\",a\n");
    CHECK_OK(read_path(path, NULL, &layer, &err), err);
    const hz_shapes *s = hz_layer_shapes(layer);
    CHECK(s->points == 5 && s->rings == 1);
    CHECK_NEAR(s->x[4], 0, 0);
    CHECK_NEAR(s->y[4], 0, 0);
    CHECK_NEAR(hz_shape_area(s, 0), 4, 0);
    CHECK(hz_layer_crs(layer) == NULL);
    hz_layer_free(layer);
}

/* A full circle of radius 1: its polygon is smaller, by less than 1 %. */
TEST(curves_become_lines)
{
    hz_error err;
    hz_layer *layer = NULL;
    const char *path = fixture("curve.csv", "WKT,name\n"
                               "\"CURVEPOLYGON (CIRCULARSTRING (-1 0,0 1,1 0,0 -1,-1 0))\",a\n");
    CHECK_OK(read_path(path, NULL, &layer, &err), err);
    double area = hz_shape_area(hz_layer_shapes(layer), 0);
    CHECK(area < 3.14159265358979 && area > 3.14159265358979 * 0.99);
    hz_layer_free(layer);
}

TEST(a_line_of_two_parts_is_two_open_rings)
{
    const char *const g[] = { "{\"type\":\"MultiLineString\",\"coordinates\":"
                              "[[[0,0],[1,1]],[[2,2],[3,3],[4,4]]]}" };
    hz_error err;
    hz_layer *layer = NULL;
    CHECK_OK(read_path(geojson("lines.geojson", 1, g), NULL, &layer, &err), err);
    const hz_shapes *s = hz_layer_shapes(layer);
    CHECK(s->kind == HZ_LINE && s->rings == 2 && s->points == 5);
    hz_layer_free(layer);
}

TEST(a_second_kind_of_shape_is_named_with_its_feature)
{
    const char *const lines[] = { POINT("1", "2"), "null",
                                  "{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,1]]}" };
    const char *const two[] = { "{\"type\":\"MultiPoint\",\"coordinates\":[[0,0],[1,1]]}" };
    const char *const mixed[] = { "{\"type\":\"GeometryCollection\",\"geometries\":["
                                  POINT("1", "2") "]}" };
    hz_error err;
    hz_layer *layer = NULL;
    CHECK_FAILS(read_path(geojson("a.geojson", 3, lines), NULL, &layer, &err), HZ_EFORMAT, err,
                "feature 3 (FID 2): found a Line String, expected a point as in feature 1");
    CHECK_FAILS(read_path(geojson("b.geojson", 1, two), NULL, &layer, &err), HZ_EFORMAT, err,
                "found 2 points, expected one");
    CHECK_FAILS(read_path(geojson("c.geojson", 1, mixed), NULL, &layer, &err), HZ_EFORMAT, err,
                "found a Geometry Collection, expected point, line or polygon");
    CHECK(layer == NULL);
}

TEST(a_coordinate_that_is_infinite_is_refused)
{
    hz_error err;
    hz_layer *layer = NULL;
    const char *path = fixture("inf.csv", "WKT,name\n\"LINESTRING (0 0,1 1e999)\",a\n");
    CHECK_FAILS(read_path(path, NULL, &layer, &err), HZ_EFORMAT, err,
                "feature 1 (FID 1): a coordinate is not finite");
}

/* 9007199254740993 is 2^53 + 1: the first whole number that a double cannot hold. */
TEST(each_type_of_field_becomes_its_column)
{
    hz_error err;
    hz_layer *layer = NULL;
    const char *path = fixture("types.geojson", "{\"type\":\"FeatureCollection\",\"features\":["
        "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"big\":9007199254740993,\"i\":7,"
        "\"yes\":true,\"r\":1.5,\"day\":\"2017-06-09\",\"at\":\"2017-06-09T23:30:15+02:00\","
        "\"s\":\"\u00e6\"}},"
        "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"big\":null,\"i\":null,"
        "\"yes\":false,\"r\":null,\"day\":null,\"at\":null,\"s\":null}}]}");
    CHECK_OK(read_path(path, NULL, &layer, &err), err);
    CHECK_TEXT(hz_layer_text(layer, "big", 0), "9007199254740993");
    CHECK_TEXT(hz_layer_text(layer, "big", 1), "");
    CHECK_NEAR(hz_layer_numbers(layer, "i")[0], 7, 0);
    CHECK_NAN(hz_layer_numbers(layer, "i")[1]);
    CHECK(hz_layer_mark(layer, "i", 1) == HZ_UNDEFINED_MISSING);
    CHECK_NEAR(hz_layer_numbers(layer, "yes")[0], 1, 0);
    CHECK_NEAR(hz_layer_numbers(layer, "yes")[1], 0, 0);
    CHECK_NEAR(hz_layer_numbers(layer, "r")[0], 1.5, 0);
    CHECK(hz_layer_times(layer, "day")[0] == hz_date_days(2017, 6, 9) * 86400);
    CHECK(hz_layer_times(layer, "day")[1] == HZ_TIME_NONE);
    /* the source's clock counts, not its zone */
    CHECK(hz_layer_times(layer, "at")[0] == hz_date_days(2017, 6, 9) * 86400 + 84615);
    CHECK_TEXT(hz_layer_text(layer, "s", 0), "\u00e6");
    hz_layer_free(layer);
}

TEST(only_the_columns_asked_for_are_read)
{
    const char *const g[] = { POINT("1", "2") };
    const char *const only[] = { "N" }, *const wrong[] = { "m" };
    hz_source_opts opts = { .only = only, .only_count = 1 };
    hz_error err;
    hz_layer *layer = NULL;
    const char *path = fixture("only.geojson", "{\"type\":\"Feature\",\"geometry\":" POINT("1", "2")
                               ",\"properties\":{\"a\":1,\"n\":2,\"z\":3}}");
    CHECK_OK(read_path(path, &opts, &layer, &err), err);
    CHECK(hz_layer_columns(layer) == 1);
    CHECK_NEAR(hz_layer_numbers(layer, "n")[0], 2, 0);
    CHECK_NEAR(hz_layer_shapes(layer)->x[0], 1, 0);
    hz_layer_free(layer);
    opts.only = wrong;
    CHECK_FAILS(read_path(geojson("n.geojson", 1, g), &opts, &layer, &err), HZ_EUSAGE, err,
                "has no column 'm', nearest: 'n'; its columns: n");
}

TEST(a_table_gets_points_from_its_coordinate_columns)
{
    const char *const only[] = { "kind" };
    hz_source_opts opts = { .only = only, .only_count = 1 };
    hz_error err;
    hz_layer *layer = NULL;
    const char *path = fixture("table.csv", "id,Lat,Lon,kind\n0751,55.7,12.5,a\n0752,,,b\n"
                               "0753,x,12.5,c\n0754,155,12.5,d\n");
    CHECK_OK(read_path(path, NULL, &layer, &err), err);
    CHECK(hz_layer_rows(layer) == 2);
    CHECK_NEAR(hz_layer_shapes(layer)->x[0], 12.5, 0);
    CHECK_NEAR(hz_layer_shapes(layer)->y[0], 55.7, 0);
    CHECK_NAN(hz_layer_shapes(layer)->x[1]);
    CHECK_TEXT(hz_layer_text(layer, "id", 0), "0751"); /* a key keeps its zero */
    CHECK_TEXT(hz_crs_code(hz_layer_crs(layer)), "EPSG:4326");
    CHECK(hz_layer_intake(layer)->read == 4 && hz_layer_intake(layer)->refused == 2);
    CHECK_TEXT(hz_layer_intake(layer)->why,
               "1 row with a coordinate that is no number (first: row 3); "
               "1 row with a coordinate outside -180..180, -90..90 degrees (first: row 4)");
    hz_layer_free(layer);

    CHECK_OK(read_path(path, &opts, &layer, &err), err);
    CHECK(hz_layer_columns(layer) == 1 && hz_layer_shapes(layer) != NULL);
    hz_layer_free(layer);

    opts = (hz_source_opts){ .no_shapes = true };
    CHECK_OK(read_path(path, &opts, &layer, &err), err);
    CHECK(hz_layer_rows(layer) == 4 && hz_layer_shapes(layer) == NULL);
    hz_layer_free(layer);

    opts = (hz_source_opts){ .x = "Lon" };
    CHECK_FAILS(read_path(path, &opts, &layer, &err), HZ_EUSAGE, err,
                "only one coordinate column is named ('Lon'), expected both");
}

TEST(a_table_in_metres_is_not_taken_for_degrees)
{
    hz_source_opts opts = { .crs = "EPSG:25832" };
    hz_error err;
    hz_layer *layer = NULL;
    const char *path = fixture("metres.csv", "lon,lat\n724000,6178000\n724500,6178500\n");
    CHECK_FAILS(read_path(path, NULL, &layer, &err), HZ_ECRS, err,
                "2 rows with a coordinate outside -180..180, -90..90 degrees (first: row 1): "
                "these look like metres or swapped");
    CHECK_OK(read_path(path, &opts, &layer, &err), err);
    CHECK_NEAR(hz_layer_shapes(layer)->y[1], 6178500, 0);
    hz_layer_free(layer);
    path = fixture("words.csv", "lon,lat\nx,y\nx,y\n");
    CHECK_FAILS(read_path(path, NULL, &layer, &err), HZ_EFORMAT, err, "no row can be used: 2 rows");
}

/* 0xE6 is ae, 0x96 a dash in Windows-1252. */
TEST(texts_that_are_not_utf8_are_read_as_windows_1252)
{
    hz_error err;
    hz_layer *layer = NULL;
    const char *path = fixture("latin.csv", "navn,\xE6\n\xE6 \x96 b,1\n");
    CHECK_OK(read_path(path, NULL, &layer, &err), err);
    CHECK_TEXT(hz_layer_text(layer, "navn", 0), "\u00e6 \u2013 b");
    CHECK_NEAR(hz_layer_numbers(layer, "\u00e6")[0], 1, 0);
    hz_layer_free(layer);
}

TEST(a_spreadsheet_of_texts_has_its_header_and_keys)
{
    hz_error err;
    hz_layer *layer = NULL;
    CHECK_OK(read_path("tests/data/vector/texts.xlsx", NULL, &layer, &err), err);
    CHECK(hz_layer_find(layer, "\u00e6") >= 0);
    CHECK_TEXT(hz_layer_text(layer, "id", 0), "0751");
    CHECK_NEAR(hz_layer_shapes(layer)->y[0], 55.7, 0);
    CHECK(hz_layer_intake(layer)->read == 5);
    hz_layer_free(layer);
}

TEST(a_reference_system_is_the_sources_unless_overridden)
{
    hz_error err;
    hz_layer *layer = NULL;
    hz_source_opts opts = { .crs = "EPSG:25832" };
    const char *const g[] = { POINT("1", "2") };
    const char *plain = fixture("plain.csv", "WKT,name\nPOINT (1 2),a\n");
    CHECK_OK(read_path(plain, &opts, &layer, &err), err);
    CHECK_TEXT(hz_crs_code(hz_layer_crs(layer)), "EPSG:25832");
    hz_layer_free(layer);
    const char *own = geojson("own.geojson", 1, g);
    CHECK_OK(read_path(own, &opts, &layer, &err), err);
    CHECK_TEXT(hz_crs_code(hz_layer_crs(layer)), "EPSG:4326");
    hz_layer_free(layer);
    opts.override_crs = true;
    CHECK_OK(read_path(own, &opts, &layer, &err), err);
    CHECK_TEXT(hz_crs_code(hz_layer_crs(layer)), "EPSG:25832");
    hz_layer_free(layer);
}

/* GML in urn:ogc:def:crs:EPSG::4326 has the latitude first; ours is always x = longitude. */
TEST(latitude_first_is_turned_to_longitude_first)
{
    hz_error err;
    hz_layer *layer = NULL;
    const char *path = fixture("axes.gml",
        "<ogr:FeatureCollection xmlns:ogr=\"http://ogr.maptools.org/\" "
        "xmlns:gml=\"http://www.opengis.net/gml/3.2\" gml:id=\"c\"><ogr:featureMember>"
        "<ogr:p gml:id=\"p.0\"><ogr:geometryProperty><gml:Point gml:id=\"g\" "
        "srsName=\"urn:ogc:def:crs:EPSG::4326\"><gml:pos>55.7 12.5</gml:pos></gml:Point>"
        "</ogr:geometryProperty><ogr:n>1</ogr:n></ogr:p></ogr:featureMember>"
        "</ogr:FeatureCollection>");
    CHECK_OK(read_path(path, NULL, &layer, &err), err);
    CHECK_NEAR(hz_layer_shapes(layer)->x[0], 12.5, 0);
    CHECK_NEAR(hz_layer_shapes(layer)->y[0], 55.7, 0);
    CHECK_TEXT(hz_crs_code(hz_layer_crs(layer)), "EPSG:4326");
    hz_layer_free(layer);
    CHECK(!hz_file_exists(scratch("axes.gml.aux.xml")));
}

TEST(what_cannot_be_opened_is_said_in_one_sentence)
{
    hz_error err;
    hz_layer *layer = NULL;
    CHECK_FAILS(read_path(scratch("none.gpkg"), NULL, &layer, &err), HZ_EIO, err, "no such file");
    CHECK_FAILS(read_path(fixture("x.bin", "nothing"), NULL, &layer, &err), HZ_EFORMAT, err,
                "not a file GDAL can open (");
    CHECK_FAILS(read_path(fixture("cut.geojson", "{\"type\":\"FeatureCollection\",\"features\":["),
                          NULL, &layer, &err), HZ_EFORMAT, err, "not a file GDAL can open (");
    CHECK_FAILS(read_path("PG:host=127.0.0.1 port=1 password=tops dbname=x", NULL, &layer, &err),
                HZ_EIO, err, "password=*** dbname=x");
    CHECK(strstr(err.text, "tops") == NULL);
}

/* A file must not send GDAL to the network behind the user's back. */
TEST(a_file_that_names_a_service_is_not_followed)
{
    hz_error err;
    hz_layer *layer = NULL;
    const char *path = fixture("service.xml", "<OGRWFSDataSource><URL>http://127.0.0.1:1/wfs</URL>"
                               "</OGRWFSDataSource>");
    CHECK_FAILS(read_path(path, NULL, &layer, &err), HZ_EFORMAT, err,
                "not recognized as a supported file format");
}

/* Two squares and a point layer, for files with several layers. */
static hz_layer *squares(hz_error *err)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    const double corner[2] = { 724000, 725000 }, dx[] = { 0, 500, 500, 0, 0 },
                 dy[] = { 0, 0, 500, 500, 0 };
    const char *const ids[] = { "indre", "ydre" }, *const classes[] = { "high", NULL };
    const double rate[] = { 53.7, NAN };
    if (hz_layer_new("squares", 2, &layer, err) ||
        hz_shapes_new(HZ_POLYGON, 2, 2, 10, &s, err) || hz_crs_new("EPSG:25832", &crs, err))
        fail();
    for (size_t f = 0; f < 2; f++) {
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * (f + 1);
        for (size_t i = 0; i < 5; i++) {
            s->x[5 * f + i] = corner[f] + dx[i];
            s->y[5 * f + i] = 6178000 + dy[i];
        }
    }
    if (hz_layer_take_shapes(layer, &s, err) || hz_layer_take_crs(layer, &crs, err) ||
        hz_layer_add_texts(layer, "id", ids, err) ||
        hz_layer_add_texts(layer, "class", classes, err) ||
        hz_layer_add_numbers(layer, "rate", rate, err))
        fail();
    return layer;
}

static const hz_style_class classes[] = { { "high", "H\u00f8j & lav", 0xb2182b, false },
                                          { "hidden", NULL, 0xfddbc7, true } };
static const hz_vector_style by_class = { "class", classes, 2, 0x333333, 0.3 };

TEST(layers_are_found_by_name_number_or_when_alone)
{
    hz_error err;
    hz_layer *layer = squares(&err), *back = NULL;
    hz_vector_item items[] = { { layer, "areas", NULL, &by_class },
                               { layer, "zones", NULL, NULL } };
    char path[200], name[10] = "aeras", zones[] = "zones";
    snprintf(path, sizeof path, "%s", scratch("two.gpkg"));
    CHECK_OK(hz_vector_write(path, items, 2, &err), err);
    hz_source source = { .path = path, .layer_id = -1 };
    CHECK_FAILS(hz_vector_read(&source, NULL, &back, NULL, &err), HZ_EIO, err,
                "has 2 layers, expected one to be named by |layername=: areas, zones");
    source.layer = name;
    CHECK_FAILS(hz_vector_read(&source, NULL, &back, NULL, &err), HZ_EIO, err,
                "has no layer 'aeras', nearest: 'areas'; its layers: areas, zones");
    source.layer = zones;
    CHECK_OK(hz_vector_read(&source, NULL, &back, NULL, &err), err);
    CHECK_TEXT(hz_layer_name(back), "two.gpkg (zones)");
    hz_layer_free(back);
    source.layer = NULL;
    source.layer_id = 1;
    CHECK_OK(hz_vector_read(&source, NULL, &back, NULL, &err), err);
    hz_layer_free(back);
    source.layer_id = 7;
    CHECK_FAILS(hz_vector_read(&source, NULL, &back, NULL, &err), HZ_EIO, err,
                "has no layer number 7");
    /* the table of styles is no layer of the user's */
    CHECK_OK(hz_vector_write(path, items, 1, &err), err);
    CHECK_OK(read_path(path, NULL, &back, &err), err);
    hz_layer_free(back);

    hz_text list = { 0 };
    CHECK_OK(hz_vector_list(path, &list, &err), err);
    CHECK_TEXT(hz_text_get(&list), "areas: 2 rows, polygons\n");
    hz_text_free(&list);
    hz_layer_free(layer);
}

TEST(a_subset_keeps_its_rows_and_a_wrong_one_is_named)
{
    hz_error err;
    hz_layer *layer = squares(&err), *back = NULL;
    hz_vector_item item = { layer, "areas", NULL, NULL };
    char path[200], good[] = "rate > 50", bad[] = "raet > 50";
    snprintf(path, sizeof path, "%s", scratch("subset.gpkg"));
    CHECK_OK(hz_vector_write(path, &item, 1, &err), err);
    hz_source source = { .path = path, .layer_id = -1, .subset = good };
    CHECK_OK(hz_vector_read(&source, NULL, &back, NULL, &err), err);
    CHECK(hz_layer_rows(back) == 1);
    CHECK_TEXT(hz_layer_text(back, "id", 0), "indre");
    hz_layer_free(back);
    source.subset = bad;
    CHECK_FAILS(hz_vector_read(&source, NULL, &back, NULL, &err), HZ_EUSAGE, err,
                "subset 'raet > 50'");
    hz_layer_free(layer);
}

TEST(a_geopackage_reads_back_as_it_was_written)
{
    hz_error err;
    hz_layer *layer = squares(&err), *back = NULL;
    hz_vector_item item = { layer, "areas", "Omr\u00e5der", NULL };
    const char *path = scratch("back.gpkg");
    CHECK_OK(hz_vector_write(path, &item, 1, &err), err);
    CHECK_OK(read_path(path, NULL, &back, &err), err);
    const hz_shapes *a = hz_layer_shapes(layer), *b = hz_layer_shapes(back);
    CHECK(b->kind == HZ_POLYGON && b->rings == 2 && b->points == 10);
    CHECK(memcmp(a->x, b->x, 10 * sizeof *a->x) == 0);
    CHECK(memcmp(a->y, b->y, 10 * sizeof *a->y) == 0);
    CHECK(hz_layer_columns(back) == 3);
    CHECK_NEAR(hz_layer_numbers(back, "rate")[0], 53.7, 0);
    CHECK(hz_layer_mark(back, "rate", 1) == HZ_UNDEFINED_MISSING);
    CHECK_TEXT(hz_layer_text(back, "class", 0), "high");
    CHECK_TEXT(hz_layer_text(back, "class", 1), "");
    CHECK_TEXT(hz_crs_code(hz_layer_crs(back)), "EPSG:25832");
    hz_layer_free(back);
    hz_layer_free(layer);
}

TEST(a_hidden_value_does_not_reach_the_file)
{
    hz_error err;
    hz_layer *layer = squares(&err);
    double *values = hz_mem_new(2, sizeof *values);
    unsigned char *marks = hz_mem_new(2, 1);
    char *data = NULL;
    size_t n = 0;
    values[0] = 4711; /* left in place on purpose: the mark alone must do */
    values[1] = 5;
    marks[0] = HZ_HIDDEN;
    CHECK_OK(hz_layer_take_numbers(layer, "count", &values, &marks, &err), err);
    hz_vector_item item = { layer, "areas", NULL, NULL };
    const char *path = scratch("hidden.geojson");
    CHECK_OK(hz_vector_write(path, &item, 1, &err), err);
    CHECK_OK(hz_file_read(path, 100000, &data, &n, &err), err);
    CHECK(strstr(data, "\"count\": null") && strstr(data, "\"count\": 5 ") &&
          !strstr(data, "4711"));
    hz_mem_free(data);
    hz_layer_free(layer);
}

/* EPSG:25832 at 724000 E 6178000 N is 12.5646 E 55.6962 N, by PROJ's cs2cs. */
TEST(geojson_is_in_longitude_and_latitude_with_seven_decimals)
{
    hz_error err;
    hz_layer *layer = squares(&err), *back = NULL;
    hz_vector_item item = { layer, "areas", NULL, NULL };
    const char *path = scratch("out.geojson");
    char *data = NULL;
    size_t n = 0;
    CHECK_OK(hz_vector_write(path, &item, 1, &err), err);
    CHECK_OK(hz_file_read(path, 100000, &data, &n, &err), err);
    CHECK(strstr(data, "\"crs\"") == NULL); /* RFC 7946 knows one system only */
    const char *number = strstr(data, "[ [ [ ");
    CHECK(number != NULL);
    number += 6;
    CHECK_NEAR(strtod(number, NULL), 12.5646, 0.01);
    size_t decimals = strspn(strchr(number, '.') + 1, "0123456789");
    CHECK(decimals >= 5 && decimals <= 7);
    hz_mem_free(data);
    CHECK_OK(read_path(path, NULL, &back, &err), err);
    CHECK_OK(hz_layer_to_crs(back, hz_layer_crs(layer), &err), err);
    hz_box box = hz_shapes_box(hz_layer_shapes(back));
    CHECK_NEAR(box.xmin, 724000, 0.02);
    CHECK_NEAR(box.ymax, 6178500, 0.02);
    hz_layer_free(back);
    hz_layer_free(layer);
}

TEST(geojson_without_a_reference_system_is_refused)
{
    hz_error err;
    hz_layer *layer = squares(&err);
    hz_crs *none = NULL;
    CHECK_OK(hz_layer_take_crs(layer, &none, &err), err);
    hz_vector_item item = { layer, "areas", NULL, NULL };
    CHECK_FAILS(hz_vector_write(scratch("no.geojson"), &item, 1, &err), HZ_ECRS, err,
                "squares has no reference system");
    CHECK(!hz_file_exists(scratch("no.geojson")));
    hz_layer_free(layer);
}

TEST(the_same_layers_give_the_same_bytes_a_second_later)
{
    hz_error err;
    hz_layer *layer = squares(&err);
    hz_vector_item items[] = { { layer, "areas", "A", &by_class }, { layer, "zones", "Z", NULL } };
    const char *a = scratch("a.gpkg"), *b = scratch("b.gpkg");
    struct timespec pause = { 1, 100000000 };
    char *first = NULL, *second = NULL;
    size_t n = 0, m = 0;
    CHECK_OK(hz_vector_write(a, items, 2, &err), err);
    nanosleep(&pause, NULL);
    CHECK_OK(hz_vector_write(b, items, 2, &err), err);
    CHECK_OK(hz_file_read(a, 1000000, &first, &n, &err), err);
    CHECK_OK(hz_file_read(b, 1000000, &second, &m, &err), err);
    CHECK(n == m && memcmp(first, second, n) == 0);
    hz_mem_free(first);
    hz_mem_free(second);
    hz_layer_free(layer);
}

TEST(the_style_of_a_layer_is_a_row_of_layer_styles)
{
    hz_error err;
    hz_layer *layer = squares(&err), *back = NULL;
    hz_vector_item item = { layer, "areas", "Omr\u00e5der", &by_class };
    char path[200], table[] = "layer_styles";
    snprintf(path, sizeof path, "%s", scratch("styled.gpkg"));
    CHECK_OK(hz_vector_write(path, &item, 1, &err), err);
    hz_source source = { .path = path, .layer = table, .layer_id = -1 };
    CHECK_OK(hz_vector_read(&source, NULL, &back, NULL, &err), err);
    CHECK(hz_layer_rows(back) == 1);
    CHECK_TEXT(hz_layer_text(back, "f_table_name", 0), "areas");
    CHECK_TEXT(hz_layer_text(back, "f_geometry_column", 0), "geom");
    CHECK_NEAR(hz_layer_numbers(back, "useAsDefault")[0], 1, 0);
    const char *qml = hz_layer_text(back, "styleQML", 0);
    CHECK(strstr(qml, "type=\"categorizedSymbol\" attr=\"class\""));
    CHECK(strstr(qml, "value=\"high\" label=\"H\u00f8j &amp; lav\""));
    CHECK(strstr(qml, "value=\"178,24,43,255\"")); /* 0xb2182b */
    CHECK(strstr(qml, "value=\"hidden\" label=\"hidden\"") && strstr(qml, "LinePatternFill"));
    CHECK(strstr(qml, "value=\"\" label=\"\u2013\"")); /* the second row has no class */
    hz_layer_free(back);
    hz_layer_free(layer);
}

TEST(columns_named_as_geopackages_own_do_not_clash)
{
    hz_error err;
    hz_layer *layer = squares(&err), *back = NULL;
    const char *const texts[] = { "p", "q" };
    hz_vector_item item = { layer, "areas", NULL, NULL };
    const char *path = scratch("clash.gpkg");
    CHECK_OK(hz_layer_add_texts(layer, "FID", texts, &err), err);
    CHECK_OK(hz_layer_add_texts(layer, "geom", texts, &err), err);
    CHECK_OK(hz_layer_add_texts(layer, "ID", texts, &err), err);
    CHECK_OK(hz_vector_write(path, &item, 1, &err), err);
    CHECK_OK(read_path(path, NULL, &back, &err), err);
    CHECK(hz_layer_columns(back) == 6);
    CHECK_TEXT(hz_layer_text(back, "FID", 1), "q");
    CHECK_TEXT(hz_layer_text(back, "geom", 1), "q");
    CHECK_TEXT(hz_layer_text(back, "id", 1), "ydre");
    CHECK_TEXT(hz_layer_text(back, "ID_2", 1), "q");
    hz_layer_free(back);
    hz_layer_free(layer);
}

/* GDAL would leave the row out without a word. */
TEST(a_row_without_a_shape_is_refused_by_flatgeobuf)
{
    const char *const g[] = { POINT("12.5", "55.7"), "null" };
    hz_error err;
    hz_layer *layer = NULL;
    CHECK_OK(read_path(geojson("shapeless.geojson", 2, g), NULL, &layer, &err), err);
    hz_vector_item item = { layer, "events", NULL, NULL };
    CHECK_FAILS(hz_vector_write(scratch("shapeless.fgb"), &item, 1, &err), HZ_EDATA, err,
                "row 2 of 'events' has no shape");
    CHECK(!hz_file_exists(scratch("shapeless.fgb")));
    hz_layer_free(layer);
}

TEST(what_cannot_be_written_leaves_nothing)
{
    hz_error err;
    hz_layer *layer = squares(&err);
    hz_vector_style wrong = { "rate", classes, 2, 0, 0 };
    hz_vector_item items[] = { { layer, "a", NULL, NULL }, { layer, "A", NULL, NULL },
                               { layer, "b", NULL, &wrong } };
    CHECK_FAILS(hz_vector_write(scratch("x.shp"), items, 1, &err), HZ_EUSAGE, err,
                "expected a name that ends in .gpkg, .geojson or .fgb");
    CHECK_FAILS(hz_vector_write(scratch("x.fgb"), items, 2, &err), HZ_EUSAGE, err,
                "2 layers to write, expected one, or a name that ends in .gpkg");
    CHECK_FAILS(hz_vector_write(scratch("x.gpkg"), items, 2, &err), HZ_EUSAGE, err,
                "two layers are called 'A'");
    CHECK_FAILS(hz_vector_write(scratch("x.gpkg"), items + 2, 1, &err), HZ_EUSAGE, err,
                "to be styled by 'rate', expected a text column");
    CHECK_FAILS(hz_vector_write(scratch("none/x.gpkg"), items, 1, &err), HZ_EIO, err,
                "none/x.gpkg: cannot be written: No such file or directory");
    CHECK(!hz_file_exists(scratch("x.gpkg")) && !hz_file_exists(scratch("x.fgb")));
    hz_layer_free(layer);
}

TEST(reading_leaves_no_file_beside_a_geopackage)
{
    static const char *const endings[] = { "-wal", "-shm", "-journal", ".aux.xml" };
    hz_error err;
    hz_layer *layer = squares(&err), *back = NULL;
    hz_vector_item item = { layer, "areas", NULL, NULL };
    char path[200], beside[300];
    snprintf(path, sizeof path, "%s", scratch("alone.gpkg"));
    CHECK_OK(hz_vector_write(path, &item, 1, &err), err);
    CHECK_OK(read_path(path, NULL, &back, &err), err);
    for (size_t i = 0; i < 4; i++) {
        snprintf(beside, sizeof beside, "%s%s", path, endings[i]);
        CHECK(!hz_file_exists(beside));
    }
    hz_layer_free(back);
    hz_layer_free(layer);
}

TEST(a_filter_keeps_the_rows_its_condition_holds_for)
{
    hz_error err;
    hz_layer *layer = squares(&err);
    CHECK_OK(hz_vector_filter(&layer, "class = 'high' OR id LIKE 'y%'", &err), err);
    CHECK(hz_layer_rows(layer) == 2);
    CHECK_OK(hz_vector_filter(&layer, "rate IS NULL", &err), err);
    CHECK(hz_layer_rows(layer) == 1);
    CHECK_TEXT(hz_layer_text(layer, "id", 0), "ydre");
    CHECK(hz_layer_shapes(layer)->rings == 1);
    CHECK_FAILS(hz_vector_filter(&layer, "raet > 5", &err), HZ_EUSAGE, err,
                "squares: 'raet > 5' is no condition on its rows");
    CHECK_FAILS(hz_vector_filter(&layer, "rate >", &err), HZ_EUSAGE, err, "rate");
    CHECK(hz_layer_rows(layer) == 1);
    hz_layer_free(layer);
}

/* Every allocation of ours fails in turn: the failure is reported, nothing is given or lost. */
TEST(reading_and_writing_survive_a_lack_of_memory)
{
    hz_error err;
    hz_layer *layer = squares(&err);
    hz_vector_item item = { layer, "areas", NULL, &by_class };
    const char *path = scratch("memory.gpkg"), *json = scratch("memory.geojson");
    long n = 0;
    hz_status st;
    do {
        hz_mem_fail_at(++n);
        st = hz_vector_write(path, &item, 1, &err);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
    } while (st);
    CHECK(n > 3);
    for (n = 1; n == 1 || st; n++) {
        hz_mem_fail_at(n);
        st = hz_vector_write(json, &item, 1, &err);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
    }
    for (n = 1; n == 1 || st; n++) {
        hz_layer *back = NULL;
        hz_mem_fail_at(n);
        st = read_path(path, NULL, &back, &err);
        CHECK(st == HZ_OK ? back != NULL : st == HZ_EMEMORY && !back);
        hz_layer_free(back);
    }
    CHECK(n > 20);
    for (n = 1; n == 1 || st; n++) {
        hz_mem_fail_at(n);
        st = hz_vector_filter(&layer, "rate > 0", &err);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
    }
    hz_mem_fail_at(0);
    hz_layer_free(layer);
}

static int clean_up(void **state)
{
    char command[100];
    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", directory);
    return *directory ? system(command) : 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(points_keep_their_rows_and_a_null_geometry_is_nan),
        T(a_null_geometry_before_the_first_point_is_nan_too),
        T(a_multipolygon_becomes_rings_with_hole_flags),
        T(an_open_ring_is_closed_and_heights_are_dropped),
        T(curves_become_lines),
        T(a_line_of_two_parts_is_two_open_rings),
        T(a_second_kind_of_shape_is_named_with_its_feature),
        T(a_coordinate_that_is_infinite_is_refused),
        T(each_type_of_field_becomes_its_column),
        T(only_the_columns_asked_for_are_read),
        T(a_table_gets_points_from_its_coordinate_columns),
        T(a_table_in_metres_is_not_taken_for_degrees),
        T(texts_that_are_not_utf8_are_read_as_windows_1252),
        T(a_spreadsheet_of_texts_has_its_header_and_keys),
        T(a_reference_system_is_the_sources_unless_overridden),
        T(latitude_first_is_turned_to_longitude_first),
        T(what_cannot_be_opened_is_said_in_one_sentence),
        T(a_file_that_names_a_service_is_not_followed),
        T(layers_are_found_by_name_number_or_when_alone),
        T(a_subset_keeps_its_rows_and_a_wrong_one_is_named),
        T(a_geopackage_reads_back_as_it_was_written),
        T(a_hidden_value_does_not_reach_the_file),
        T(geojson_is_in_longitude_and_latitude_with_seven_decimals),
        T(geojson_without_a_reference_system_is_refused),
        T(the_same_layers_give_the_same_bytes_a_second_later),
        T(the_style_of_a_layer_is_a_row_of_layer_styles),
        T(columns_named_as_geopackages_own_do_not_clash),
        T(a_row_without_a_shape_is_refused_by_flatgeobuf),
        T(what_cannot_be_written_leaves_nothing),
        T(reading_leaves_no_file_beside_a_geopackage),
        T(a_filter_keeps_the_rows_its_condition_holds_for),
        T(reading_and_writing_survive_a_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, clean_up);
}
