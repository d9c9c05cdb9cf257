/* A manifest says everything that decided a run, the same way every time, and nothing else. */
#include "check.h"

#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/manifest.h"
#include "hotzone/mem.h"

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const hz_manifest_input areas = { .role = "areas", .path = "geodata/areas.geojson",
                                         .sha256 = SHA_A, .bytes = 4711, .rows_read = 11 };
static const hz_manifest_input events = { .role = "events", .path = "events.csv",
                                          .sha256 = SHA_B, .bytes = 900, .rows_read = 31,
                                          .rows_refused = 1,
                                          .refused_why = "1 row with 4 fields, expected 5" };
static const hz_fate fate = { 31, 22, 4, 3, 1, 0, 0, 1 };
static const hz_breaks breaks = { 3, { 0.1, 39.8 }, 0, 53.7, { 2, 5, 4 }, 0.9, 1 };

static hz_status fill(hz_manifest *m, bool backwards, hz_error *err)
{
    static const char *const dropped[] = { "Tingbjerg", "Husum" };
    const hz_manifest_analysis rates = {
        .name = "rates", .fate = &fate, .areas = 11, .defined = 9, .unstable = 2, .zero = 1,
        .hidden = 2, .undefined = 0, .breaks = &breaks, .method = HZ_FISHER,
        .dropped_labels = dropped, .dropped_count = 2, .scale = 150000
    };
    hz_status st = hz_manifest_add_input(m, backwards ? &events : &areas, err);
    if (!st)
        st = hz_manifest_add_input(m, backwards ? &areas : &events, err);
    if (!st)
        st = hz_manifest_library(m, backwards ? "proj" : "gdal", backwards ? "9.1.1" : "3.6.2",
                                 err);
    if (!st)
        st = hz_manifest_library(m, backwards ? "gdal" : "proj", backwards ? "3.6.2" : "9.1.1",
                                 err);
    if (!st)
        st = hz_manifest_recipe(m, "project.yaml", SHA_B, err);
    if (!st)
        st = hz_manifest_option_number(m, "rates.level", 0.95, err);
    if (!st)
        st = hz_manifest_option_number(m, "rates.per", 1000, err);
    if (!st)
        st = hz_manifest_option_text(m, "title", "Anmeldelser på \"Nørrebro\"\n", err);
    if (!st)
        st = hz_manifest_option_flag(m, "areas.overlap", false, err);
    if (!st)
        st = hz_manifest_crs(m, "EPSG:25832", err);
    if (!st)
        st = hz_manifest_add_analysis(m, &rates, err);
    if (!st)
        st = hz_manifest_add_output(m, backwards ? "maps/rates.svg" : "tables/rates.csv",
                                    backwards ? SHA_A : SHA_B, backwards ? 10 : 20, err);
    if (!st)
        st = hz_manifest_add_output(m, backwards ? "tables/rates.csv" : "maps/rates.svg",
                                    backwards ? SHA_B : SHA_A, backwards ? 20 : 10, err);
    return st;
}

static void text_of(bool backwards, hz_text *out)
{
    void **state_ = NULL;
    hz_error err = { HZ_OK, "" };
    hz_manifest *m = NULL;
    CHECK_OK(hz_manifest_new("0.1.0", &m, &err), err);
    CHECK_OK(fill(m, backwards, &err), err);
    CHECK_OK(hz_manifest_text(m, out, &err), err);
    hz_manifest_free(m);
}

TEST(a_manifest_is_these_bytes)
{
    hz_text got = { 0 };
    text_of(false, &got);
    CHECK_TEXT(hz_text_get(&got),
"{\n"
"  \"analyses\": {\n"
"    \"rates\": {\n"
"      \"areas\": 11,\n"
"      \"classes\": {\n"
"        \"areas\": [2, 5, 4],\n"
"        \"fit\": 0.9,\n"
"        \"greatest\": 53.7,\n"
"        \"least\": 0,\n"
"        \"limits\": [0.1, 39.8],\n"
"        \"method\": \"fisher\"\n"
"      },\n"
"      \"defined\": 9,\n"
"      \"events\": {\n"
"        \"other_kind\": 0,\n"
"        \"other_period\": 1,\n"
"        \"outside\": 4,\n"
"        \"placed\": 22,\n"
"        \"read\": 31,\n"
"        \"refused\": 1,\n"
"        \"undated\": 0,\n"
"        \"unlocated\": 3\n"
"      },\n"
"      \"hidden\": 2,\n"
"      \"labels_dropped\": [\"Tingbjerg\", \"Husum\"],\n"
"      \"scale\": 150000,\n"
"      \"undefined\": 0,\n"
"      \"unstable\": 2,\n"
"      \"zero\": 1\n"
"    }\n"
"  },\n"
"  \"crs\": \"EPSG:25832\",\n"
"  \"hotzone\": \"0.1.0\",\n"
"  \"inputs\": [\n"
"    {\n"
"      \"bytes\": 4711,\n"
"      \"path\": \"geodata/areas.geojson\",\n"
"      \"role\": \"areas\",\n"
"      \"rows_read\": 11,\n"
"      \"rows_refused\": 0,\n"
"      \"sha256\": \"" SHA_A "\"\n"
"    },\n"
"    {\n"
"      \"bytes\": 900,\n"
"      \"path\": \"events.csv\",\n"
"      \"refused_why\": \"1 row with 4 fields, expected 5\",\n"
"      \"role\": \"events\",\n"
"      \"rows_read\": 31,\n"
"      \"rows_refused\": 1,\n"
"      \"sha256\": \"" SHA_B "\"\n"
"    }\n"
"  ],\n"
"  \"libraries\": {\n"
"    \"gdal\": \"3.6.2\",\n"
"    \"proj\": \"9.1.1\"\n"
"  },\n"
"  \"manifest\": 1,\n"
"  \"options\": {\n"
"    \"areas.overlap\": false,\n"
"    \"rates.level\": 0.95,\n"
"    \"rates.per\": 1000,\n"
"    \"title\": \"Anmeldelser på \\\"Nørrebro\\\"\\n\"\n"
"  },\n"
"  \"outputs\": {\n"
"    \"maps/rates.svg\": {\n"
"      \"bytes\": 10,\n"
"      \"sha256\": \"" SHA_A "\"\n"
"    },\n"
"    \"tables/rates.csv\": {\n"
"      \"bytes\": 20,\n"
"      \"sha256\": \"" SHA_B "\"\n"
"    }\n"
"  },\n"
"  \"recipe\": {\n"
"    \"path\": \"project.yaml\",\n"
"    \"sha256\": \"" SHA_B "\"\n"
"  }\n"
"}\n");
    hz_text_free(&got);
}

TEST(the_order_of_adding_changes_nothing)
{
    hz_text a = { 0 }, b = { 0 };
    text_of(false, &a);
    text_of(true, &b);
    CHECK_TEXT(hz_text_get(&b), hz_text_get(&a));
    hz_text_free(&a);
    hz_text_free(&b);
}

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 11;
}

TEST(any_double_and_any_text_reads_back_as_it_was)
{
    uint64_t seed = 7;
    hz_error err;
    for (int i = 0; i < 300; i++) {
        hz_manifest *m = NULL;
        hz_text text = { 0 };
        char words[9] = { 0 };
        double half = (double)next(&seed) - 4503599627370496.0; /* of 2^53 */
        double want = ldexp(half, (int)(next(&seed) % 160) - 80);
        for (int k = 0; k < 8; k++)
            words[k] = (char)(1 + next(&seed) % 127);
        CHECK_OK(hz_manifest_new("0", &m, &err), err);
        CHECK_OK(hz_manifest_option_number(m, "x", want, &err), err);
        CHECK_OK(hz_manifest_option_text(m, words, words, &err), err);
        CHECK_OK(hz_manifest_text(m, &text, &err), err);
        json_t *root = json_loadb(text.data, text.length, JSON_REJECT_DUPLICATES, NULL);
        CHECK(root);
        json_t *options = json_object_get(root, "options");
        CHECK(json_number_value(json_object_get(options, "x")) == want);
        CHECK_TEXT(json_string_value(json_object_get(options, words)), words);
        json_decref(root);
        hz_text_free(&text);
        hz_manifest_free(m);
    }
}

/* What one input is written as. */
static void input_text(const hz_manifest_input *input, hz_text *out)
{
    void **state_ = NULL;
    hz_error err = { HZ_OK, "" };
    hz_manifest *m = NULL;
    CHECK_OK(hz_manifest_new("0", &m, &err), err);
    CHECK_OK(hz_manifest_add_input(m, input, &err), err);
    CHECK_OK(hz_manifest_text(m, out, &err), err);
    hz_manifest_free(m);
}

TEST(a_source_tells_nothing_of_machine_or_login)
{
    static const char *const cases[][2] = {
        { "geodata/areas.geojson", "geodata/areas.geojson" },
        { "../x.gpkg|layername=a|subset=year = 2017", "../x.gpkg|layername=a|subset=year = 2017" },
        { "/home/ann/data/x.gpkg|subset=way = 'a/b'", "x.gpkg|subset=way = 'a/b'" },
        { "~/x.csv", "x.csv" },
        { "C:\\\\Users\\\\ann\\\\x.csv", "x.csv" },
        { "file:///home/ann/x.csv", "file:x.csv" },
        { "GPKG:/home/ann/x.gpkg:areas", "GPKG:x.gpkg:areas" },
        { "PG:host=db user=ann password=secret dbname=d", "PG:" },
        { "WFS:https://ann:secret@example.org/wfs?token=secret", "WFS:https://example.org/wfs" },
        { "PG:postgresql://ann:secret@db.example/d", "PG:" },
        { "MSSQL:server=db;uid=ann;pwd=secret", "MSSQL:" },
        { "/home/ann/x.csv|subset=link = 'http://a'", "x.csv|subset=link = 'http://a'" },
        { "/vsicurl/https://ann:secret@example.org/x.csv", "/vsicurl/https://example.org/x.csv" },
        { "https://example.org/a/b.geojson", "https://example.org/a/b.geojson" },
        { "/vsizip/home/ann/x.zip", "x.zip" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hz_text text = { 0 }, want = { 0 };
        hz_manifest_input input = { .role = "events", .path = cases[i][0] };
        input_text(&input, &text);
        hz_text_addf(&want, "\"path\": \"%s\"", cases[i][1]);
        if (!strstr(hz_text_get(&text), hz_text_get(&want)))
            CHECK_TEXT(hz_text_get(&text), hz_text_get(&want));
        CHECK(!strstr(hz_text_get(&text), "ann") && !strstr(hz_text_get(&text), "secret"));
        hz_text_free(&text);
        hz_text_free(&want);
    }
}

TEST(a_sensitive_input_gives_no_plain_hash_and_no_exact_count)
{
    hz_manifest_input input = events;
    hz_error err = { HZ_OK, "" };
    hz_manifest *m = NULL;
    hz_text text = { 0 };
    input.sensitive = true;
    CHECK_OK(hz_manifest_new("0", &m, &err), err);
    CHECK_FAILS(hz_manifest_add_input(m, &input, &err), HZ_EUSAGE, err, "expected a keyed hash");
    hz_manifest_free(m);
    input.made_up = true; /* nobody's */
    input_text(&input, &text);
    CHECK(strstr(hz_text_get(&text), "\"sha256\": \"" SHA_B "\""));
    hz_text_free(&text);
    input.made_up = false;
    input.keyed = true;
    input_text(&input, &text);
    CHECK(strstr(hz_text_get(&text), "\"hmac_sha256\": \"" SHA_B "\""));
    CHECK(strstr(hz_text_get(&text), "\"rows_read_in_tens\": 30,"));
    CHECK(strstr(hz_text_get(&text), "\"sensitive\": true"));
    CHECK(!strstr(hz_text_get(&text), "31") && !strstr(hz_text_get(&text), "900"));
    CHECK(!strstr(hz_text_get(&text), "\"sha256\"") && !strstr(hz_text_get(&text), "refused"));
    hz_text_free(&text);
}

TEST(what_has_no_number_in_json_is_null)
{
    hz_error err = { HZ_OK, "" };
    hz_manifest *m = NULL;
    hz_text text = { 0 };
    CHECK_OK(hz_manifest_new("0", &m, &err), err);
    CHECK_OK(hz_manifest_option_number(m, "x", NAN, &err), err);
    CHECK_OK(hz_manifest_text(m, &text, &err), err);
    CHECK(strstr(hz_text_get(&text), "\"x\": null\n"));
    hz_text_free(&text);
    hz_manifest_free(m);
}

TEST(what_a_manifest_must_not_hold_is_refused)
{
    hz_error err = { HZ_OK, "" };
    hz_manifest *m = NULL;
    CHECK_OK(hz_manifest_new("0", &m, &err), err);
    CHECK_FAILS(hz_manifest_add_output(m, "/srv/out/x.csv", SHA_A, 1, &err), HZ_EUSAGE, err,
                "output '/srv/out/x.csv', expected a relative path");
    CHECK_FAILS(hz_manifest_recipe(m, "~/p.yaml", SHA_A, &err), HZ_EUSAGE, err, "relative");
    CHECK_FAILS(hz_manifest_recipe(m, "p.yaml", "abc", &err), HZ_EFORMAT, err, "SHA-256");
    CHECK_FAILS(hz_manifest_option_text(m, "title", "N\xF8rrebro", &err), HZ_EFORMAT, err, "UTF-8");
    CHECK_FAILS(hz_manifest_new("\xFF", &m, &err), HZ_EFORMAT, err, "UTF-8");
    hz_manifest_free(m);
}

static void write_to(const char *path, const char *extra)
{
    void **state_ = NULL;
    hz_error err = { HZ_OK, "" };
    hz_manifest *m = NULL;
    CHECK_OK(hz_manifest_new("0.1.0", &m, &err), err);
    CHECK_OK(fill(m, false, &err), err);
    if (extra) {
        CHECK_OK(hz_manifest_add_output(m, "tables/rates.csv", SHA_A, 20, &err), err);
        CHECK_OK(hz_manifest_option_number(m, extra, 2.5, &err), err);
    }
    CHECK_OK(hz_manifest_write(m, path, &err), err);
    hz_manifest_free(m);
}

TEST(two_manifests_are_compared_key_by_key)
{
    char dir[] = "/tmp/hz-manifest-XXXXXX", a[64], b[64], c[64];
    hz_error err = { HZ_OK, "" };
    hz_text report = { 0 };
    size_t count = 9;
    CHECK(mkdtemp(dir));
    snprintf(a, sizeof a, "%s/a.json", dir);
    snprintf(b, sizeof b, "%s/b.json", dir);
    snprintf(c, sizeof c, "%s/c.json", dir);
    write_to(a, NULL);
    write_to(b, NULL);
    CHECK_OK(hz_manifest_compare(a, b, &report, &count, &err), err);
    CHECK(count == 0 && report.length == 0);
    write_to(b, "rates.cv");
    CHECK_OK(hz_manifest_compare(a, b, &report, &count, &err), err);
    CHECK(count == 2);
    CHECK_TEXT(hz_text_get(&report),
               "options/rates.cv: nothing, then 2.5\n"
               "outputs/tables/rates.csv/sha256: \"" SHA_B "\", then \"" SHA_A "\"\n");
    CHECK_OK(hz_file_write(c, "{\"a\": tru}", 10, &err), err);
    CHECK_FAILS(hz_manifest_compare(a, c, &report, &count, &err), HZ_EFORMAT, err, "c.json:1:");
    CHECK_OK(hz_file_write(c, "{\"a\": 1}", 8, &err), err);
    CHECK_FAILS(hz_manifest_compare(c, a, &report, &count, &err), HZ_EFORMAT, err,
                "expected a manifest");
    CHECK(count == 2);
    hz_text_free(&report);
    remove(a);
    remove(b);
    remove(c);
    rmdir(dir);
}

TEST(without_memory_a_manifest_fails_cleanly)
{
    hz_status st = HZ_EMEMORY;
    long n = 0;
    while (st) {
        hz_error err = { HZ_OK, "" };
        hz_manifest *m = NULL;
        hz_text text = { 0 };
        hz_mem_fail_at(++n);
        st = hz_manifest_new("0.1.0", &m, &err);
        if (!st)
            st = fill(m, false, &err);
        if (!st)
            st = hz_manifest_text(m, &text, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || (st == HZ_EMEMORY && *err.text));
        hz_text_free(&text);
        hz_manifest_free(m);
    }
    CHECK(n > 10);
}

RUN_TESTS(T(a_manifest_is_these_bytes), T(the_order_of_adding_changes_nothing),
          T(any_double_and_any_text_reads_back_as_it_was),
          T(a_source_tells_nothing_of_machine_or_login),
          T(a_sensitive_input_gives_no_plain_hash_and_no_exact_count),
          T(what_has_no_number_in_json_is_null), T(what_a_manifest_must_not_hold_is_refused),
          T(two_manifests_are_compared_key_by_key), T(without_memory_a_manifest_fails_cleanly))
