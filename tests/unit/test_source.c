/* Source strings taken apart, and sent to the right reader. */
#include "check.h"

#include <stdbool.h>
#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/source.h"

static void check_source(const char *text, const char *path, const char *layer, int id,
                         const char *subset)
{
    void **state_ = NULL;
    hz_source s = { 0 };
    hz_error err = { 0 };
    CHECK_OK(hz_source_parse(text, &s, &err), err);
    CHECK_TEXT(s.path, path);
    CHECK_TEXT(s.layer ? s.layer : "(none)", layer ? layer : "(none)");
    CHECK(s.layer_id == id);
    CHECK_TEXT(s.subset ? s.subset : "(none)", subset ? subset : "(none)");
    hz_source_free(&s);
    CHECK(s.path == NULL && s.layer_id == -1);
}

TEST(a_source_is_a_path_with_keys)
{
    UNUSED_STATE;
    check_source("a.gpkg", "a.gpkg", NULL, -1, NULL);
    check_source("a.gpkg|layername=areas", "a.gpkg", "areas", -1, NULL);
    check_source("a.gpkg|layerid=3", "a.gpkg", NULL, 3, NULL);
    check_source("a.gpkg|layername=areas|subset=year = 2017", "a.gpkg", "areas", -1, "year = 2017");
    check_source("a.gpkg|subset=year = 2017|layername=areas", "a.gpkg", "areas", -1, "year = 2017");
    check_source("a.gpkg|LayerName=Areas|SUBSET=x", "a.gpkg", "Areas", -1, "x");
}

TEST(a_path_may_have_a_scheme)
{
    UNUSED_STATE;
    check_source("PG:dbname=gis host=x|layername=areas", "PG:dbname=gis host=x", "areas", -1, NULL);
    check_source("WFS:https://example.org/wfs?a=b&c=d", "WFS:https://example.org/wfs?a=b&c=d", NULL,
                 -1, NULL);
    check_source("/vsizip/a.zip/b.shp|layerid=0", "/vsizip/a.zip/b.shp", NULL, 0, NULL);
}

TEST(a_subset_may_hold_bars_and_equals)
{
    UNUSED_STATE;
    check_source("a.gpkg|subset=a || b = 'x|y'", "a.gpkg", NULL, -1, "a || b = 'x|y'");
    check_source("a.gpkg|subset=a = '|layer=1'", "a.gpkg", NULL, -1, "a = '|layer=1'");
    check_source("a.gpkg|subset=a || b|layerid=2", "a.gpkg", NULL, 2, "a || b");
}

TEST(a_bad_source_string_says_what_is_wrong)
{
    hz_source s = { 0 };
    hz_error err = { 0 };
    CHECK_FAILS(hz_source_parse("a.gpkg|layer=x", &s, &err), HZ_EUSAGE, err,
                "unknown key 'layer' after '|', expected 'layerid='");
    CHECK_FAILS(hz_source_parse("a.gpkg|layernam=x", &s, &err), HZ_EUSAGE, err, "'layername='");
    CHECK_FAILS(hz_source_parse("a.gpkg|geometrytype=Point", &s, &err), HZ_EUSAGE, err,
                "unknown key 'geometrytype' after '|', expected layername=, layerid= or subset=");
    CHECK_FAILS(hz_source_parse("a.gpkg|layername", &s, &err), HZ_EUSAGE, err, "unknown key");
    CHECK_FAILS(hz_source_parse("a.gpkg|", &s, &err), HZ_EUSAGE, err, "unknown key ''");
    CHECK_FAILS(hz_source_parse("a.gpkg|layername=", &s, &err), HZ_EUSAGE, err,
                "layername is empty");
    CHECK_FAILS(hz_source_parse("a.gpkg|subset=|layerid=1", &s, &err), HZ_EUSAGE, err,
                "subset is empty");
    CHECK_FAILS(hz_source_parse("a.gpkg|layerid=one", &s, &err), HZ_EUSAGE, err, "layerid 'one'");
    CHECK_FAILS(hz_source_parse("a.gpkg|layerid=99999999999", &s, &err), HZ_EUSAGE, err, "layerid");
    CHECK_FAILS(hz_source_parse("a.gpkg|layerid=-1", &s, &err), HZ_EUSAGE, err, "layerid '-1'");
    CHECK_FAILS(hz_source_parse("a.gpkg|layername=a|layername=b", &s, &err), HZ_EUSAGE, err,
                "names its layer twice");
    CHECK_FAILS(hz_source_parse("a.gpkg|layername=a|layerid=1", &s, &err), HZ_EUSAGE, err,
                "names its layer twice");
    CHECK_FAILS(hz_source_parse("a.gpkg|subset=a|subset=b", &s, &err), HZ_EUSAGE, err,
                "names its subset twice");
    CHECK_FAILS(hz_source_parse("", &s, &err), HZ_EUSAGE, err, "expected the path");
    CHECK_FAILS(hz_source_parse("|layername=a", &s, &err), HZ_EUSAGE, err, "expected the path");
    CHECK(s.path == NULL);
}

TEST(parsing_without_memory_fails_cleanly_wherever_it_runs_out)
{
    hz_status st = HZ_EMEMORY;
    for (long k = 1; k < 20 && st == HZ_EMEMORY; k++) {
        hz_source s = { 0 };
        hz_error err = { 0 };
        hz_mem_fail_at(k);
        st = hz_source_parse("a.gpkg|layername=b|subset=c", &s, &err);
        hz_mem_fail_at(0);
        CHECK((st == HZ_OK) == (s.path != NULL));
        hz_source_free(&s);
    }
    CHECK(st == HZ_OK);
}

static bool is_csv(const char *path)
{
    hz_source s = { .path = (char *)(uintptr_t)path };
    return hz_source_is_csv(&s);
}

TEST(a_csv_is_known_by_its_name)
{
    CHECK(is_csv("a.csv") && is_csv("dir.x/A.CSV") && is_csv("a.tsv") && is_csv("a.b.Txt"));
    CHECK(is_csv("/data/a.csv") && is_csv("12:30.csv") == false && is_csv("x:y.csv"));
    CHECK(!is_csv("a.gpkg") && !is_csv("a.csv.gz") && !is_csv("csv") && !is_csv("dir.csv/a"));
    CHECK(!is_csv("/vsizip/a.zip/a.csv") && !is_csv("CSV:a.csv") && !is_csv("https://x/a.csv"));
}

TEST(a_csv_has_one_layer_called_as_the_file)
{
    hz_layer *l = NULL;
    hz_error err = { 0 };
    CHECK_OK(hz_source_read("tests/data/csv/faults.csv|layername=faults", NULL, &l, NULL, &err),
             err);
    CHECK(hz_layer_rows(l) == 4);
    CHECK_TEXT(hz_layer_source(l), "tests/data/csv/faults.csv|layername=faults");
    hz_layer_free(l);
    l = NULL;
    CHECK_OK(hz_source_read("tests/data/csv/faults.csv|layerid=0", NULL, &l, NULL, &err), err);
    hz_layer_free(l);
    l = NULL;
    CHECK_FAILS(hz_source_read("tests/data/csv/faults.csv|layername=fault", NULL, &l, NULL, &err),
                HZ_EIO, err, "has no layer 'fault', expected 'faults', its only one");
    CHECK_FAILS(hz_source_read("tests/data/csv/faults.csv|layerid=1", NULL, &l, NULL, &err), HZ_EIO,
                err, "has no layer 1");
    CHECK(l == NULL);
}

TEST(a_subset_of_a_csv_may_ask_for_columns_that_are_not_read)
{
    const char *const only[] = { "ID" }, *const wrong[] = { "idd" };
    hz_layer *l = NULL;
    hz_error err = { 0 };
    hz_source_opts opts = { .only = only, .only_count = 1 };
    const char *guns = "tests/data/csv/faults.csv|subset=kind = 'gun'";
    CHECK_OK(hz_source_read(guns, &opts, &l, NULL, &err), err);
    CHECK(hz_layer_rows(l) == 3 && hz_layer_columns(l) == 1);
    CHECK_NEAR(hz_layer_numbers(l, "id")[2], 10, 0);
    CHECK_NEAR(hz_layer_shapes(l)->x[2], 12.58, 0);
    CHECK(hz_layer_intake(l)->refused == 7 && hz_layer_intake(l)->read == 10);
    hz_layer_free(l);
    l = NULL;
    opts.only = wrong;
    CHECK_FAILS(hz_source_read(guns, &opts, &l, NULL, &err), HZ_EUSAGE, err,
                "has no column 'idd'");
}

TEST(shapes_of_another_kind_are_refused)
{
    hz_layer *l = NULL;
    hz_error err = { 0 };
    hz_source_opts table = { .no_shapes = true };
    const char *points = "tests/data/csv/faults.csv";
    CHECK_FAILS(hz_source_read_kind(points, NULL, HZ_POLYGON, &l, NULL, &err), HZ_EFORMAT, err,
                "faults.csv: feature 1 is a point, expected polygons");
    CHECK_FAILS(hz_source_read_kind(points, &table, HZ_POINT, &l, NULL, &err), HZ_EFORMAT, err,
                "faults.csv: is a table without coordinates, expected points");
    CHECK_FAILS(hz_source_read_kind(points, &table, HZ_POLYGON, &l, NULL, &err), HZ_EFORMAT, err,
                "faults.csv: is a table without shapes, or has only empty ones, expected polygons");
    CHECK(l == NULL);
    CHECK_OK(hz_source_read_kind(points, NULL, HZ_POINT, &l, NULL, &err), err);
    hz_layer_free(l);
}

TEST(what_is_not_there_is_named)
{
    hz_layer *l = NULL;
    hz_error err = { 0 };
    CHECK_FAILS(hz_source_read("tests/data/csv/none.csv", NULL, &l, NULL, &err), HZ_EIO, err,
                "none.csv: cannot be read");
    CHECK_FAILS(hz_source_read("tests/data/csv/none.gpkg", NULL, &l, NULL, &err), HZ_EIO, err,
                "none.gpkg");
}

RUN_TESTS(T(a_source_is_a_path_with_keys), T(a_path_may_have_a_scheme),
          T(a_subset_may_hold_bars_and_equals), T(a_bad_source_string_says_what_is_wrong),
          T(parsing_without_memory_fails_cleanly_wherever_it_runs_out),
          T(a_csv_is_known_by_its_name), T(a_csv_has_one_layer_called_as_the_file),
          T(a_subset_of_a_csv_may_ask_for_columns_that_are_not_read),
          T(shapes_of_another_kind_are_refused), T(what_is_not_there_is_named))
