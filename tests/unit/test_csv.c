/* CSV in and out: what is read, how, and what each fault says. */
#include "check.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hotzone/csv.h"
#include "hotzone/mem.h"

static char path[64] = "/tmp/hotzone-test-csv-XXXXXX";
static char warnings[4000];

static void hear(hz_notice_kind kind, const char *text, void *user)
{
    (void)user;
    if (kind == HZ_WARNING)
        snprintf(warnings + strlen(warnings), sizeof warnings - strlen(warnings), "%s\n", text);
}

static const hz_notice notice = { hear, NULL };

static void put(const char *bytes, size_t n)
{
    unlink(path); /* a file overwritten in place is flushed to the disk: slow */
    FILE *out = fopen(path, "wb");
    if (!out || fwrite(bytes, 1, n, out) != n || fclose(out) != 0)
        fail_msg("%s cannot be written", path);
}

static hz_status read_bytes(const char *bytes, size_t n, const hz_source_opts *opts,
                            hz_layer **layer, hz_error *err)
{
    put(bytes, n);
    *warnings = '\0';
    *layer = NULL;
    return hz_csv_read(path, opts, layer, &notice, err);
}

static hz_status read_text(const char *text, const hz_source_opts *opts, hz_layer **layer,
                           hz_error *err)
{
    return read_bytes(text, strlen(text), opts, layer, err);
}

/* The layer of a text that must be readable. */
static hz_layer *layer_of(const char *text, const hz_source_opts *opts)
{
    void **state_ = NULL;
    hz_layer *layer;
    hz_error err = { 0 };
    CHECK_OK(read_text(text, opts, &layer, &err), err);
    return layer;
}

static hz_column_kind kind_of(const hz_layer *layer, const char *column)
{
    return hz_layer_column_kind(layer, (size_t)hz_layer_find(layer, column));
}

TEST(a_small_table_is_read_as_it_stands)
{
    hz_layer *l = layer_of("id,name,count\n1,North,3\n2,South,4.5\n", NULL);
    CHECK(hz_layer_rows(l) == 2 && hz_layer_columns(l) == 3);
    CHECK_TEXT(hz_layer_column_name(l, 1), "name");
    CHECK_TEXT(hz_layer_text(l, "name", 1), "South");
    CHECK_NEAR(hz_layer_numbers(l, "count")[1], 4.5, 0);
    CHECK(hz_layer_shapes(l) == NULL && hz_layer_crs(l) == NULL);
    CHECK(hz_layer_intake(l)->read == 2 && hz_layer_intake(l)->refused == 0);
    CHECK_TEXT(hz_layer_intake(l)->why, "");
    CHECK_TEXT(hz_layer_source(l), path);
    CHECK_TEXT(hz_layer_name(l), strrchr(path, '/') + 1);
    CHECK_TEXT(warnings, "");
    hz_layer_free(l);
}

TEST(the_delimiter_is_found)
{
    static const char *const texts[] = {
        "a,b\n1,x\n", "a;b\n1;x\n", "a\tb\n1\tx\n", "a|b\n1|x\n",
        "a;b\n1;x,y,z\n",                    /* commas in the values */
        "\"a\",\"b\"\n1,\"x;y;z\"\n",        /* semicolons in quotes */
        "\"a\";\"b\"\r\n\"1\";\"x,\"\"y\"\r\n"
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hz_layer *l = layer_of(texts[i], NULL);
        CHECK(hz_layer_columns(l) == 2 && hz_layer_rows(l) == 1);
        CHECK_NEAR(hz_layer_numbers(l, "a")[0], 1, 0);
        CHECK(hz_layer_text(l, "b", 0)[0] == 'x');
        hz_layer_free(l);
    }
}

TEST(of_two_possible_delimiters_the_one_that_fits_the_rows_is_taken)
{
    hz_layer *l = layer_of("name;area, km2;n\nA;4,1;30\nB;5,25;40\n", NULL);
    CHECK(hz_layer_columns(l) == 3);
    CHECK_NEAR(hz_layer_numbers(l, "area, km2")[0], 4.1, 0);
    hz_layer_free(l);
    l = layer_of("a,b;c\n1,x\n2,y\n3,z\n", NULL);
    CHECK(hz_layer_columns(l) == 2);
    CHECK_TEXT(hz_layer_column_name(l, 1), "b;c");
    hz_layer_free(l);
    l = layer_of("a;b,c\n1;x\n2;y\n3;z\n", NULL);
    CHECK_TEXT(hz_layer_column_name(l, 1), "b,c");
    hz_layer_free(l);
}

TEST(a_given_delimiter_is_used)
{
    hz_layer *l = layer_of("a,b;c\n1,2;x\n", &(hz_source_opts){ .delimiter = ';' });
    CHECK(hz_layer_columns(l) == 2);
    CHECK_TEXT(hz_layer_column_name(l, 0), "a,b");
    CHECK_NEAR(hz_layer_numbers(l, "a,b")[0], 1.2, 0);
    hz_layer_free(l);
    l = layer_of("a#b\n1#2\n", &(hz_source_opts){ .delimiter = '#' });
    CHECK(hz_layer_columns(l) == 2);
    hz_layer_free(l);
}

TEST(one_column_needs_no_delimiter)
{
    hz_layer *l = layer_of("street\nJagtvej\n\"\"\n\nÅboulevard\n", NULL);
    CHECK(hz_layer_rows(l) == 3 && hz_layer_columns(l) == 1);
    CHECK_TEXT(hz_layer_text(l, "street", 1), "");
    CHECK_TEXT(hz_layer_text(l, "street", 2), "Åboulevard");
    hz_layer_free(l);
}

TEST(lines_end_in_lf_crlf_or_cr_and_the_last_one_need_not)
{
    static const char *const texts[] = {
        "a,b\n1,x\n2,y\n",                "a,b\n1,x\n2,y",
        "a,b\r\n1,x\r\n2,y\r\n",          "a,b\r\n1,x\r\n2,y",
        "a,b\r1,x\r2,y\r",                "a,b\r1,x\r2,y",
        "\n\na,b\n\n1,x\n\n\n2,y\n\n",    "\r\na,b\r\n\r\n1,x\r\n2,y\r\n\r\n",
        "a,b\r\n1,x\r\n2,y\r"
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hz_layer *l = layer_of(texts[i], NULL);
        CHECK(hz_layer_rows(l) == 2 && hz_layer_columns(l) == 2);
        CHECK_TEXT(hz_layer_column_name(l, 1), "b");
        CHECK_TEXT(hz_layer_text(l, "b", 0), "x");
        CHECK_TEXT(hz_layer_text(l, "b", 1), "y");
        CHECK_NEAR(hz_layer_numbers(l, "a")[1], 2, 0);
        hz_layer_free(l);
    }
}

TEST(quotes_hold_delimiters_line_breaks_and_doubled_quotes)
{
    hz_layer *l = layer_of("a,b\n"
                           "\"x,y\",\"say \"\"hi\"\"\"\n"
                           "\"two\nlines\r\n\",\"\"\"\"\n"
                           "\"\",\"z\" \n",
                           NULL);
    CHECK(hz_layer_rows(l) == 3);
    CHECK_TEXT(hz_layer_text(l, "a", 0), "x,y");
    CHECK_TEXT(hz_layer_text(l, "b", 0), "say \"hi\"");
    CHECK_TEXT(hz_layer_text(l, "a", 1), "two\nlines\r\n");
    CHECK_TEXT(hz_layer_text(l, "b", 1), "\"");
    CHECK_TEXT(hz_layer_text(l, "a", 2), "");
    CHECK_TEXT(hz_layer_text(l, "b", 2), "z");
    hz_layer_free(l);
}

TEST(a_quote_inside_a_field_is_only_a_sign)
{
    hz_layer *l = layer_of("a,b\nBar \"Fox\",5\"\nx\"y,z\n", NULL);
    CHECK(hz_layer_rows(l) == 2);
    CHECK_TEXT(hz_layer_text(l, "a", 0), "Bar \"Fox\"");
    CHECK_TEXT(hz_layer_text(l, "b", 0), "5\"");
    CHECK_TEXT(hz_layer_text(l, "a", 1), "x\"y");
    hz_layer_free(l);
}

TEST(a_quote_without_end_is_an_error_with_the_line_it_began_on)
{
    hz_layer *l;
    hz_error err = { 0 };
    CHECK_FAILS(read_text("a,b\n1,x\n2,\"y\n3,z\n", NULL, &l, &err), HZ_EFORMAT, err,
                ":3: a quoted field begins here and never ends");
    CHECK_FAILS(read_text("a,\"b\n1,x\n", NULL, &l, &err), HZ_EFORMAT, err,
                ":1: a quoted column name never ends");
    CHECK(l == NULL);
}

TEST(a_danish_spreadsheet_is_read)
{
    hz_layer *l = NULL;
    hz_error err = { 0 };
    *warnings = '\0';
    CHECK_OK(hz_csv_read("tests/data/csv/danish-excel.csv", NULL, &l, &notice, &err), err);
    CHECK(hz_layer_rows(l) == 3);
    CHECK_TEXT(hz_layer_column_name(l, 2), "Længdegrad");
    CHECK_TEXT(hz_layer_text(l, "Sag", 0), "0751");
    CHECK_TEXT(hz_layer_text(l, "Bydel", 0), "Indre Nørrebro");
    CHECK_TEXT(hz_layer_text(l, "Bydel", 2), "Amager \"Øst\"");
    CHECK_NEAR(hz_layer_numbers(l, "Værdi")[0], 1.5, 0);
    CHECK(hz_layer_mark(l, "Værdi", 2) == HZ_UNDEFINED_MISSING);
    const hz_shapes *s = hz_layer_shapes(l);
    CHECK(s && s->kind == HZ_POINT && s->features == 3);
    CHECK_NEAR(s->x[0], 12.5512, 0);
    CHECK_NEAR(s->y[1], 55.7055, 0);
    CHECK_NAN(s->x[2]);
    CHECK_TEXT(hz_crs_code(hz_layer_crs(l)), "EPSG:4326");
    CHECK(strstr(warnings, "danish-excel.csv:1: is not UTF-8; read as Latin-1"));
    CHECK(strchr(warnings, '\n') == strrchr(warnings, '\n')); /* one warning only */
    hz_layer_free(l);
}

TEST(a_byte_order_mark_is_no_part_of_the_first_name)
{
    hz_layer *l = NULL;
    hz_error err = { 0 };
    CHECK_OK(hz_csv_read("tests/data/csv/bom-tab.tsv", NULL, &l, NULL, &err), err);
    CHECK_TEXT(hz_layer_column_name(l, 0), "id");
    CHECK_TEXT(hz_layer_text(l, "note", 0), "two\nlines");
    CHECK(hz_layer_shapes(l) && hz_layer_shapes(l)->features == 2);
    hz_layer_free(l);
}

TEST(latin1_bytes_become_utf8)
{
    hz_layer *l;
    hz_error err = { 0 };
    const char *text = "name\n\xE6\xF8\xE5 \x80 \x96 \x81 \xFF\n\"\xC6\"\"\xD8\"\n";
    CHECK_OK(read_text(text, NULL, &l, &err), err);
    CHECK_TEXT(hz_layer_text(l, "name", 0), "æøå € – \xC2\x81 ÿ");
    CHECK_TEXT(hz_layer_text(l, "name", 1), "Æ\"Ø");
    hz_layer_free(l);
}

TEST(a_given_encoding_is_not_guessed)
{
    hz_layer *l;
    hz_error err = { 0 };
    hz_source_opts latin1 = { .encoding = "iso-8859-1" };
    CHECK_OK(read_text("a\n\xC3\xB8\n", &latin1, &l, &err), err);
    CHECK_TEXT(hz_layer_text(l, "a", 0), "Ã¸");
    CHECK_TEXT(warnings, "");
    hz_layer_free(l);
    CHECK_FAILS(read_text("a\nx\ny\xF8\n", &(hz_source_opts){ .encoding = "UTF-8" }, &l, &err),
                HZ_EFORMAT, err, ":3: is not UTF-8");
    CHECK_FAILS(read_text("a\nx\n", &(hz_source_opts){ .encoding = "EBCDIC" }, &l, &err),
                HZ_EUSAGE, err, "expected UTF-8 or ISO-8859-1");
}

TEST(utf16_and_nul_bytes_are_named)
{
    hz_layer *l = NULL;
    hz_error err = { 0 };
    CHECK_FAILS(hz_csv_read("tests/data/csv/utf16.csv", NULL, &l, NULL, &err), HZ_EFORMAT, err,
                "is UTF-16, expected UTF-8");
    CHECK_FAILS(read_bytes("a,b\n1,\0\n", 9, NULL, &l, &err), HZ_EFORMAT, err, ":2: holds a NUL");
    CHECK_FAILS(read_bytes("a\0b\n1,2\n", 8, NULL, &l, &err), HZ_EFORMAT, err, ":1: holds a NUL");
}

TEST(what_is_no_file_with_rows_is_one_clear_error)
{
    hz_layer *l = NULL;
    hz_error err = { 0 };
    char fifo[80];
    CHECK_FAILS(hz_csv_read("tests/data/csv/none.csv", NULL, &l, NULL, &err), HZ_EIO, err,
                "none.csv: cannot be read: No such file");
    CHECK_FAILS(hz_csv_read("tests/data/csv", NULL, &l, NULL, &err), HZ_EIO, err, "is a directory");
    snprintf(fifo, sizeof fifo, "%s.fifo", path);
    CHECK(mkfifo(fifo, 0600) == 0);
    hz_status st = hz_csv_read(fifo, NULL, &l, NULL, &err);
    unlink(fifo);
    CHECK_FAILS(st, HZ_EIO, err, "is a pipe or device");
    CHECK_FAILS(read_text("", NULL, &l, &err), HZ_EFORMAT, err, "is empty");
    CHECK_FAILS(read_text("\xEF\xBB\xBF", NULL, &l, &err), HZ_EFORMAT, err, "is empty");
    CHECK_FAILS(read_text("\n\r\n\n", NULL, &l, &err), HZ_EFORMAT, err, "only empty lines");
    CHECK(l == NULL);
}

TEST(a_header_alone_is_a_layer_without_rows)
{
    static const char *const texts[] = { "id,lon,lat", "id,lon,lat\n", "id,lon,lat\r\n\r\n" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hz_layer *l = layer_of(texts[i], NULL);
        CHECK(hz_layer_rows(l) == 0 && hz_layer_columns(l) == 3);
        CHECK(hz_layer_shapes(l) && hz_layer_shapes(l)->features == 0);
        hz_layer_free(l);
    }
}

TEST(columns_are_numbers_only_if_every_value_is)
{
    hz_layer *l = layer_of("n,mixed,empty,blank,spaced\n"
                           "1,1,, ,\" 5 \"\n-2.5e3,x,,,6\n,2,,7,\n", NULL);
    CHECK(kind_of(l, "n") == HZ_NUMBERS && kind_of(l, "mixed") == HZ_TEXTS);
    CHECK(kind_of(l, "empty") == HZ_NUMBERS && kind_of(l, "blank") == HZ_NUMBERS);
    CHECK_NEAR(hz_layer_numbers(l, "n")[1], -2500, 0);
    CHECK_NAN(hz_layer_numbers(l, "n")[2]);
    CHECK(hz_layer_mark(l, "n", 2) == HZ_UNDEFINED_MISSING);
    CHECK(hz_layer_mark(l, "n", 0) == HZ_KNOWN);
    CHECK_NEAR(hz_layer_numbers(l, "spaced")[0], 5, 0);
    CHECK_TEXT(hz_layer_text(l, "mixed", 0), "1");
    hz_layer_free(l);
}

TEST(keys_stay_as_they_are_written)
{
    hz_layer *l = layer_of("key,zero,half,cpr,long,decimal\n0751,0,0.5,0101701234,1234567890123456,"
                           "12.1234567890123456\n0101,0,0.25,0,1,1\n", NULL);
    CHECK(kind_of(l, "key") == HZ_TEXTS && kind_of(l, "zero") == HZ_NUMBERS);
    CHECK(kind_of(l, "half") == HZ_NUMBERS && kind_of(l, "cpr") == HZ_TEXTS);
    CHECK(kind_of(l, "long") == HZ_TEXTS && kind_of(l, "decimal") == HZ_NUMBERS);
    CHECK_TEXT(hz_layer_text(l, "key", 1), "0101");
    CHECK_TEXT(hz_layer_text(l, "long", 0), "1234567890123456");
    hz_layer_free(l);
    l = layer_of("a;b\n-0,5;00\n0,5;1\n", NULL);
    CHECK(kind_of(l, "a") == HZ_NUMBERS && kind_of(l, "b") == HZ_TEXTS);
    hz_layer_free(l);
}

TEST(a_decimal_comma_is_known_only_beside_semicolon_or_tab)
{
    hz_layer *l = layer_of("a;b\n1,5;2\n3;4\n", NULL);
    CHECK_NEAR(hz_layer_numbers(l, "a")[0], 1.5, 0);
    CHECK_NEAR(hz_layer_numbers(l, "b")[0], 2, 0);
    hz_layer_free(l);
    l = layer_of("a\tb\n1,5\t2\n", NULL);
    CHECK_NEAR(hz_layer_numbers(l, "a")[0], 1.5, 0);
    hz_layer_free(l);
    l = layer_of("a,b\n\"1,5\",2\n", NULL);
    CHECK(kind_of(l, "a") == HZ_TEXTS);
    hz_layer_free(l);
    l = layer_of("a,b\n\"1,5\",2\n", &(hz_source_opts){ .decimal = ',' });
    CHECK_NEAR(hz_layer_numbers(l, "a")[0], 1.5, 0);
    hz_layer_free(l);
    l = layer_of("a;b\n1.5;2\n", NULL);
    CHECK_NEAR(hz_layer_numbers(l, "a")[0], 1.5, 0);
    hz_layer_free(l);
    l = layer_of("a;b\n1,5;1.5\nno number;2.5\n", NULL);
    CHECK(kind_of(l, "a") == HZ_TEXTS);
    CHECK_NEAR(hz_layer_numbers(l, "b")[1], 2.5, 0);
    hz_layer_free(l);
    l = layer_of("a;b\n1,5;2\n", &(hz_source_opts){ .decimal = '.' });
    CHECK(kind_of(l, "a") == HZ_TEXTS);
    hz_layer_free(l);
}

TEST(thousands_are_never_guessed)
{
    hz_layer *l = layer_of("a;people\n1,5;1.234\n2,5;5.678\n", NULL);
    CHECK(kind_of(l, "people") == HZ_TEXTS);
    CHECK(strstr(warnings, "column 'people' has points where the file has decimal commas"));
    hz_layer_free(l);
    l = layer_of("a;people\nx;1,234\ny;5,678\n", NULL);
    CHECK(strstr(warnings, "column 'people' is read with decimal commas"));
    hz_layer_free(l);
    l = layer_of("a;people\nx;1.234,5\ny;5.678,5\n", NULL);
    CHECK(kind_of(l, "people") == HZ_TEXTS);
    hz_layer_free(l);
}

TEST(names_are_trimmed_made_up_where_empty_and_must_differ)
{
    hz_layer *l, *none;
    hz_error err = { 0 };
    l = layer_of(" id , name\t,,\"a \"\"b\"\"\"\n1,x,2,y\n", NULL);
    CHECK_TEXT(hz_layer_column_name(l, 0), "id");
    CHECK_TEXT(hz_layer_column_name(l, 1), "name");
    CHECK_TEXT(hz_layer_column_name(l, 2), "column_3");
    CHECK_TEXT(hz_layer_column_name(l, 3), "a \"b\"");
    hz_layer_free(l);
    CHECK_FAILS(read_text("id,n,id\n1,2,3\n", NULL, &none, &err), HZ_EFORMAT, err,
                "columns 1 and 3 are both named 'id'");
    CHECK_FAILS(read_text("12.5,55.6\n12.6,55.7\n", NULL, &none, &err), HZ_EFORMAT, err,
                "the first line holds only numbers");
    CHECK_FAILS(read_text("\"a\"b,c\n1,2\n", NULL, &none, &err), HZ_EFORMAT, err,
                "follows the closing quote of a column name");
}

TEST(too_many_columns_are_refused)
{
    size_t n = 20000;
    char *many = malloc(n + 3);
    hz_layer *l;
    hz_error err = { 0 };
    memset(many, ',', n);
    memcpy(many + n, "\n1", 3);
    hz_status st = read_text(many, NULL, &l, &err);
    free(many);
    CHECK_FAILS(st, HZ_EFORMAT, err, ":1: 20001 columns, expected at most 16384");
}

TEST(coordinates_are_known_by_their_usual_names)
{
    static const struct { const char *names; const char *crs; } cases[] = {
        { "lon,lat", "EPSG:4326" },  { "LNG,LAT", "EPSG:4326" },
        { "Longitude,Latitude", "EPSG:4326" }, { "længdegrad,breddegrad", "EPSG:4326" },
        { "long,lat", "EPSG:4326" }, { "x,y", NULL }, { "X,Y", NULL },
        { "easting,northing", NULL }, { "E,N", NULL }, { "x_coord,y_coord", NULL },
        { "xcoord,ycoord", NULL },   { "utm_e,utm_n", NULL }
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[100];
        snprintf(text, sizeof text, "%s\n12.5,55.5\n", cases[i].names);
        hz_layer *l = layer_of(text, NULL);
        CHECK(hz_layer_shapes(l) && hz_layer_shapes(l)->kind == HZ_POINT);
        CHECK_NEAR(hz_layer_shapes(l)->x[0], 12.5, 0);
        CHECK_NEAR(hz_layer_shapes(l)->y[0], 55.5, 0);
        if (cases[i].crs)
            CHECK_TEXT(hz_crs_code(hz_layer_crs(l)), cases[i].crs);
        else
            CHECK(hz_layer_crs(l) == NULL);
        hz_layer_free(l);
    }
    hz_layer *l = layer_of("lon,latency\n1,2\n", NULL);
    CHECK(hz_layer_shapes(l) == NULL);
    hz_layer_free(l);
}

TEST(coordinates_and_their_system_can_be_named)
{
    hz_layer *l, *none;
    hz_error err = { 0 };
    hz_source_opts o = { .x = "Place E", .y = "place n", .crs = "EPSG:25832" };
    l = layer_of("id,Place E,Place N\n1,724000,6175000\n", &o);
    CHECK_NEAR(hz_layer_shapes(l)->x[0], 724000, 0);
    CHECK_TEXT(hz_crs_code(hz_layer_crs(l)), "EPSG:25832");
    hz_layer_free(l);
    CHECK_FAILS(read_text("id,lon,lat\n1,2,3\n", &(hz_source_opts){ .x = "lonn", .y = "lat" },
                          &none, &err), HZ_EUSAGE, err,
                "has no column 'lonn', did you mean 'lon'?");
    CHECK_FAILS(read_text("id,lon,lat\n1,2,3\n", &(hz_source_opts){ .x = "eastward", .y = "lat" },
                          &none, &err), HZ_EUSAGE, err, "expected one of: id, lon, lat");
    CHECK_FAILS(read_text("id,lon,lat\n1,2,3\n", &(hz_source_opts){ .x = "lon" }, &none, &err),
                HZ_EUSAGE, err, "only one coordinate column is named");
    CHECK_FAILS(read_text("id,lon,lat\n1,2,3\n", &(hz_source_opts){ .x = "lon", .y = "LON" }, &none,
                          &err), HZ_EUSAGE, err, "named for both");
    CHECK_FAILS(read_text("x,y\n1,2\n", &(hz_source_opts){ .crs = "EPSG:nonsense" }, &none, &err),
                HZ_ECRS, err, strrchr(path, '/'));
}

TEST(a_table_read_as_a_table_has_no_points)
{
    hz_source_opts table = { .no_shapes = true };
    hz_layer *l = layer_of("name,lon,lat\nA,somewhere,55\n", &table);
    CHECK(hz_layer_shapes(l) == NULL && hz_layer_rows(l) == 1);
    CHECK_TEXT(hz_layer_text(l, "lon", 0), "somewhere");
    hz_layer_free(l);
}

TEST(only_the_columns_asked_for_are_made)
{
    const char *const only[] = { "KIND", "id", "kind" };
    const char *const wrong[] = { "kin" };
    hz_layer *l, *none;
    hz_error err = { 0 };
    l = layer_of("id,lon,lat,kind\n7,12.5,55.5,knife\n",
                 &(hz_source_opts){ .only = only, .only_count = 3 });
    CHECK(hz_layer_columns(l) == 2);
    CHECK_TEXT(hz_layer_column_name(l, 0), "kind");
    CHECK_TEXT(hz_layer_text(l, "kind", 0), "knife");
    CHECK_NEAR(hz_layer_numbers(l, "id")[0], 7, 0);
    CHECK_NEAR(hz_layer_shapes(l)->y[0], 55.5, 0);
    hz_layer_free(l);
    l = layer_of("id,lon,lat,kind\n7,12.5,55.5,knife\n",
                 &(hz_source_opts){ .only = only, .only_count = 0 });
    CHECK(hz_layer_columns(l) == 0 && hz_layer_rows(l) == 1);
    hz_layer_free(l);
    CHECK_FAILS(read_text("id,kind\n7,x\n", &(hz_source_opts){ .only = wrong, .only_count = 1 },
                          &none, &err), HZ_EUSAGE, err, "did you mean 'kind'?");
}

/* faults.csv has 11 rows: one good, one for each of six reasons (two with a wrong number of
 * fields), two without a whole coordinate, one more good. */
TEST(refused_rows_are_counted_by_reason_with_their_first_line)
{
    hz_layer *l = NULL;
    hz_error err = { 0 };
    CHECK_OK(hz_csv_read("tests/data/csv/faults.csv", NULL, &l, &notice, &err), err);
    const hz_intake *in = hz_layer_intake(l);
    CHECK(in->read == 11 && in->refused == 7 && hz_layer_rows(l) == 4);
    CHECK_TEXT(in->why,
               "2 rows with another number of fields than the header's 4 (first: line 3 with 3); "
               "1 row with text after a closing quote (first: line 7); "
               "1 row with every field empty (first: line 8); "
               "1 row where 'lon' is no number (first: line 4); "
               "1 row where 'lat' is no number (first: line 5); "
               "1 row with a coordinate outside -180..180, -90..90 degrees (first: line 6)");
    CHECK(kind_of(l, "id") == HZ_NUMBERS && kind_of(l, "lon") == HZ_NUMBERS);
    CHECK_NEAR(hz_layer_numbers(l, "id")[1], 7, 0);
    CHECK_NAN(hz_layer_shapes(l)->x[1]);
    CHECK_NAN(hz_layer_shapes(l)->x[2]); /* half a place is none */
    CHECK_NAN(hz_layer_shapes(l)->y[2]);
    CHECK_NEAR(hz_layer_shapes(l)->x[3], 12.58, 0);
    hz_layer_free(l);
}

TEST(messages_hold_no_contents_of_rows)
{
    hz_layer *l;
    hz_error err = { 0 };
    CHECK_FAILS(read_text("name,lon,lat\nSecret Person,hidden,55\n", NULL, &l, &err), HZ_EFORMAT,
                err, "no row can be used: 1 row where 'lon' is no number (first: line 2)");
    CHECK(!strstr(err.text, "Secret") && !strstr(err.text, "hidden"));
}

TEST(metres_under_degree_names_are_refused_as_a_whole)
{
    hz_layer *l;
    hz_error err = { 0 };
    CHECK_FAILS(read_text("lon,lat\n724000,6175000\n724100,6175100\n12.5,55.5\n", NULL, &l, &err),
                HZ_ECRS, err, "they look like metres, name their system (--crs)");
    CHECK_FAILS(read_text("lon,lat\n41.8,-120\n41.9,-121\n12.5,55.5\n", NULL, &l, &err), HZ_ECRS,
                err, "look swapped");
    l = layer_of("lon,lat\n724000,6175000\n", &(hz_source_opts){ .crs = "EPSG:25832" });
    CHECK(hz_layer_rows(l) == 1);
    hz_layer_free(l);
}

TEST(bad_options_are_misuse)
{
    hz_layer *l;
    hz_error err = { 0 };
    CHECK_FAILS(read_text("a\n", &(hz_source_opts){ .delimiter = '"' }, &l, &err), HZ_EUSAGE, err,
                "cannot be a delimiter");
    CHECK_FAILS(read_text("a\n", &(hz_source_opts){ .decimal = ';' }, &l, &err), HZ_EUSAGE, err,
                "cannot be a decimal mark");
}

/* Some chunks long; a word in row `at` of column a, a torn row in the line before the last. */
static hz_layer *long_layer(int at)
{
    hz_text t = { 0 };
    hz_text_add(&t, "a,b\n");
    for (int i = 0; i < 200000; i++)
        hz_text_addf(&t, i == at ? "word%d,%d\n" : "%d,%d\n", i, i);
    hz_text_add(&t, "1\n200000,200000\n");
    hz_layer *l = layer_of(hz_text_get(&t), NULL);
    hz_text_free(&t);
    return l;
}

TEST(a_column_that_turns_to_text_late_is_text_from_the_start)
{
    static const int at[] = { 2000, 100000, 199999 };
    for (size_t k = 0; k < 3; k++) {
        char word[20];
        hz_layer *l = long_layer(at[k]);
        snprintf(word, sizeof word, "word%d", at[k]);
        CHECK(kind_of(l, "a") == HZ_TEXTS && kind_of(l, "b") == HZ_NUMBERS);
        CHECK(hz_layer_rows(l) == 200001);
        CHECK_TEXT(hz_layer_text(l, "a", 0), "0");
        CHECK_TEXT(hz_layer_text(l, "a", 123456), "123456");
        CHECK_TEXT(hz_layer_text(l, "a", 200000), "200000");
        CHECK_TEXT(hz_layer_text(l, "a", (size_t)at[k]), word);
        CHECK_NEAR(hz_layer_numbers(l, "b")[200000], 200000, 0);
        hz_layer_free(l);
    }
}

TEST(line_numbers_are_right_far_into_a_file)
{
    hz_layer *l = long_layer(-1);
    CHECK_TEXT(hz_layer_intake(l)->why, "1 row with another number of fields than the header's 2 "
                                        "(first: line 200002 with 1)");
    hz_layer_free(l);
}

TEST(a_line_of_many_megabytes_is_only_a_long_line)
{
    size_t n = 20u << 20;
    char *big = malloc(n + 64);
    static const char *const heads[] = { "a,b\n1,", "a,b\n1,\"" };
    for (int quoted = 0; quoted < 2; quoted++) {
        size_t at = strlen(heads[quoted]);
        memcpy(big, heads[quoted], at);
        memset(big + at, quoted ? '\n' : '7', n);
        strcpy(big + at + n, quoted ? "\"\n2,x\n" : "\n2,x\n");
        hz_layer *l = layer_of(big, NULL);
        CHECK(hz_layer_rows(l) == 2);
        CHECK(strlen(hz_layer_text(l, "b", 0)) == n);
        CHECK_TEXT(hz_layer_text(l, "b", 1), "x");
        hz_layer_free(l);
    }
    free(big);
}

TEST(reading_without_memory_fails_cleanly_wherever_it_runs_out)
{
    static const char text[] = "id;lon;lat;kind;late\n1;12,5;55,5;kn\xF8" "d;1\n2;12,6;55,6;x;y\n";
    const char *const only[] = { "kind", "late" };
    hz_source_opts opts = { .only = only, .only_count = 2 };
    hz_status st = HZ_EMEMORY;
    put(text, strlen(text));
    for (long k = 1; k < 500 && st == HZ_EMEMORY; k++) {
        hz_layer *l = NULL;
        hz_error err = { 0 };
        hz_mem_fail_at(k);
        st = hz_csv_read(path, &opts, &l, NULL, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK ? l != NULL : l == NULL && err.text[0]);
        hz_layer_free(l);
    }
    CHECK(st == HZ_OK);
}

TEST(a_field_is_quoted_only_where_it_must_be)
{
    hz_text t = { 0 };
    static const char *const fields[] = { "plain", "", "a,b", "a\"b", "\"", "a\nb", "a\rb", " a ",
                                          "æ;ø" };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        hz_csv_add(&t, fields[i]);
        hz_text_add(&t, "|");
    }
    CHECK_TEXT(hz_text_get(&t), "plain||\"a,b\"|\"a\"\"b\"|\"\"\"\"|\"a\nb\"|\"a\rb\"| a |æ;ø|");
    hz_text_free(&t);
}

static hz_layer *written_layer(void)
{
    void **state_ = NULL;
    hz_layer *l = NULL;
    hz_error err = { 0 };
    const double rate[] = { 53.7, NAN, -0.001 };
    const char *const name[] = { "Indre", NULL, "a,\"b\"" };
    hz_time *times = hz_mem_new(3, sizeof *times);
    times[0] = hz_date_days(2017, 8, 3) * 86400;
    times[1] = HZ_TIME_NONE;
    times[2] = times[0] + 3600;
    CHECK_OK(hz_layer_new("t", 3, &l, &err), err);
    CHECK_OK(hz_layer_add_texts(l, "name", name, &err), err);
    CHECK_OK(hz_layer_add_numbers(l, "rate", rate, &err), err);
    CHECK_OK(hz_layer_take_times(l, "when", &times, &err), err);
    return l;
}

TEST(a_layer_is_written_with_empty_fields_for_what_is_not_known)
{
    hz_layer *l = written_layer();
    hz_text t = { 0 };
    hz_error err = { 0 };
    CHECK_OK(hz_csv_write(l, NULL, NULL, 0, NULL, &t, &err), err);
    CHECK_TEXT(hz_text_get(&t), "name,rate,when\nIndre,53.7,2017-08-03\n,,\n\"a,\"\"b\"\"\",-0.001,"
                                "2017-08-03 01:00\n");
    hz_text_free(&t);
    hz_layer_free(l);
}

TEST(columns_and_decimals_can_be_chosen)
{
    hz_layer *l = written_layer();
    hz_text t = { 0 };
    hz_error err = { 0 };
    const char *const columns[] = { "RATE", "name" }, *const wrong[] = { "rates" };
    const int decimals[] = { 2, -1 };
    CHECK_OK(hz_csv_write(l, columns, decimals, 2, NULL, &t, &err), err);
    CHECK_TEXT(hz_text_get(&t), "rate,name\n53.70,Indre\n,\n0.00,\"a,\"\"b\"\"\"\n");
    CHECK_FAILS(hz_csv_write(l, wrong, NULL, 1, NULL, &t, &err), HZ_EUSAGE, err,
                "has no column 'rates'");
    hz_text_free(&t);
    CHECK_OK(hz_csv_write(l, columns, NULL, 1, path, NULL, &err), err);
    hz_layer_free(l);
    l = NULL;
    CHECK_OK(hz_csv_read(path, NULL, &l, NULL, &err), err);
    CHECK(hz_layer_rows(l) == 3); /* the empty one is written as "" */
    CHECK_NEAR(hz_layer_numbers(l, "rate")[2], -0.001, 0);
    hz_layer_free(l);
}

TEST(writing_where_nobody_can_is_an_error)
{
    hz_layer *l = written_layer();
    hz_error err = { 0 };
    CHECK_FAILS(hz_csv_write(l, NULL, NULL, 0, "tests/data/none/x.csv", NULL, &err), HZ_EIO, err,
                "tests/data/none/x.csv");
    hz_layer_free(l);
}

static int make_path(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    return fd < 0 || close(fd) != 0;
}

static int remove_path(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_small_table_is_read_as_it_stands),
        T(the_delimiter_is_found),
        T(of_two_possible_delimiters_the_one_that_fits_the_rows_is_taken),
        T(a_given_delimiter_is_used),
        T(one_column_needs_no_delimiter),
        T(lines_end_in_lf_crlf_or_cr_and_the_last_one_need_not),
        T(quotes_hold_delimiters_line_breaks_and_doubled_quotes),
        T(a_quote_inside_a_field_is_only_a_sign),
        T(a_quote_without_end_is_an_error_with_the_line_it_began_on),
        T(a_danish_spreadsheet_is_read),
        T(a_byte_order_mark_is_no_part_of_the_first_name),
        T(latin1_bytes_become_utf8),
        T(a_given_encoding_is_not_guessed),
        T(utf16_and_nul_bytes_are_named),
        T(what_is_no_file_with_rows_is_one_clear_error),
        T(a_header_alone_is_a_layer_without_rows),
        T(columns_are_numbers_only_if_every_value_is),
        T(keys_stay_as_they_are_written),
        T(a_decimal_comma_is_known_only_beside_semicolon_or_tab),
        T(thousands_are_never_guessed),
        T(names_are_trimmed_made_up_where_empty_and_must_differ),
        T(too_many_columns_are_refused),
        T(coordinates_are_known_by_their_usual_names),
        T(coordinates_and_their_system_can_be_named),
        T(a_table_read_as_a_table_has_no_points),
        T(only_the_columns_asked_for_are_made),
        T(refused_rows_are_counted_by_reason_with_their_first_line),
        T(messages_hold_no_contents_of_rows),
        T(metres_under_degree_names_are_refused_as_a_whole),
        T(bad_options_are_misuse),
        T(a_column_that_turns_to_text_late_is_text_from_the_start),
        T(line_numbers_are_right_far_into_a_file),
        T(a_line_of_many_megabytes_is_only_a_long_line),
        T(reading_without_memory_fails_cleanly_wherever_it_runs_out),
        T(a_field_is_quoted_only_where_it_must_be),
        T(a_layer_is_written_with_empty_fields_for_what_is_not_known),
        T(columns_and_decimals_can_be_chosen),
        T(writing_where_nobody_can_is_an_error),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
