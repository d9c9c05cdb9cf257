/* Which column is the key, and which row gives an area its figure. */
#include "check.h"

#include "hotzone/match.h"
#include "hotzone/mem.h"

static hz_layer *table(const char *name, size_t rows)
{
    hz_error err;
    hz_layer *layer = NULL;
    if (hz_layer_new(name, rows, &layer, &err))
        fail();
    return layer;
}

static void texts(hz_layer *layer, const char *column, const char *const *values)
{
    hz_error err;
    if (hz_layer_add_texts(layer, column, values, &err))
        fail();
}

static void numbers(hz_layer *layer, const char *column, const double *values)
{
    hz_error err;
    if (hz_layer_add_numbers(layer, column, values, &err))
        fail();
}

/* Three areas: indre, ydre, nord. */
static hz_layer *areas(void)
{
    static const char *const ids[] = { "indre", "ydre", "nord" },
                      *const names[] = { "Indre N\u00f8rrebro", "Ydre N\u00f8rrebro", "Nord" };
    hz_layer *layer = table("areas.geojson", 3);
    texts(layer, "name", names);
    texts(layer, "id", ids);
    return layer;
}

TEST(the_key_is_found_by_its_usual_name_before_any_other_column)
{
    hz_error err;
    hz_keys keys;
    hz_layer *a = areas();
    CHECK_OK(hz_match_keys(a, NULL, NULL, &keys, &err), err);
    CHECK_TEXT(keys.id, "id");
    CHECK_TEXT(keys.name, "name");
    CHECK_OK(hz_match_keys(a, "Name", NULL, &keys, &err), err);
    CHECK_TEXT(keys.id, "name");
    CHECK_TEXT(keys.name, "name");
    CHECK_FAILS(hz_match_keys(a, "ids", NULL, &keys, &err), HZ_EUSAGE, err,
                "areas.geojson: has no column 'ids', nearest: 'id'; its columns: name, id");
    CHECK_FAILS(hz_match_keys(a, NULL, "nme", &keys, &err), HZ_EUSAGE, err, "nearest: 'name'");
    hz_layer_free(a);
}

TEST(a_usual_name_with_repeated_or_missing_values_is_no_key)
{
    static const char *const twice[] = { "a", "b", "a" }, *const gap[] = { "a", "b", " " },
                      *const fine[] = { "p", "q", "r" };
    static const double share[] = { 0.1, 0.2, 0.3 }, number[] = { 4, 5, 6 };
    hz_error err;
    hz_keys keys;
    hz_layer *a = table("areas", 3);
    texts(a, "id", twice);
    texts(a, "code", gap);
    numbers(a, "share", share);
    CHECK_FAILS(hz_match_keys(a, NULL, NULL, &keys, &err), HZ_EDATA, err,
                "areas: no column has a different value in every row, expected a key for the "
                "areas (--id names it)");
    CHECK_FAILS(hz_match_keys(a, "id", NULL, &keys, &err), HZ_EDATA, err,
                "areas: features 1 and 3 both have id 'a'");
    CHECK_FAILS(hz_match_keys(a, "code", NULL, &keys, &err), HZ_EDATA, err,
                "areas: feature 3 has no code");
    numbers(a, "size", number); /* whole, so it could be one */
    CHECK_OK(hz_match_keys(a, NULL, NULL, &keys, &err), err);
    CHECK_TEXT(keys.id, "size");
    texts(a, "other", fine); /* but texts are likelier */
    CHECK_OK(hz_match_keys(a, NULL, NULL, &keys, &err), err);
    CHECK_TEXT(keys.id, "other");
    hz_layer_free(a);
}

TEST(an_area_without_a_row_has_no_figure_and_is_named)
{
    static const char *const key[] = { " ydre ", "indre", "syd" };
    static const double people[] = { 44990, 34940, 1 };
    hz_error err;
    hz_match_fate fate;
    double values[3];
    int years[3];
    hz_layer *a = areas(), *t = table("population.csv", 3);
    texts(t, "area", key);
    numbers(t, "residents", people);
    CHECK_OK(hz_match_values(a, NULL, t, NULL, values, years, &fate, NULL, &err), err);
    CHECK_NEAR(values[0], 34940, 0);
    CHECK_NEAR(values[1], 44990, 0);
    CHECK_NAN(values[2]);
    CHECK(years[0] == 0 && years[2] == 0);
    CHECK(fate.read == 3 && fate.used == 2 && fate.other_area == 1);
    CHECK_TEXT(fate.missing, "nord");
    CHECK_TEXT(fate.suggestion, "'syd' is no area");
    hz_layer_free(t);
    hz_layer_free(a);
}

TEST(a_number_written_otherwise_is_reported_and_not_matched)
{
    static const double ids[] = { 7, 8, 1000000000000000 };
    static const char *const key[] = { "007", "8", "8.0", "1000000000000000" };
    static const double n[] = { 1, 2, 3, 4 };
    hz_error err;
    hz_match_fate fate;
    double values[3];
    hz_layer *a = table("areas", 3), *t = table("t", 4);
    numbers(a, "id", ids);
    texts(t, "id", key);
    numbers(t, "count", n);
    CHECK_OK(hz_match_values(a, NULL, t, NULL, values, NULL, &fate, NULL, &err), err);
    CHECK_NAN(values[0]);
    CHECK_NEAR(values[1], 2, 0);
    CHECK_NEAR(values[2], 4, 0);
    CHECK(fate.other_area == 2);
    CHECK_TEXT(fate.suggestion, "'007' is no area, '7' is the same number but another text; "
               "'8.0' is no area, '8' is the same number but another text");
    CHECK_TEXT(fate.missing, "7");
    hz_layer_free(t);
    hz_layer_free(a);
}

TEST(a_misspelt_key_is_answered_with_the_nearest)
{
    static const char *const key[] = { "indre", "ydr" };
    static const double n[] = { 1, 2 };
    hz_error err;
    hz_match_fate fate;
    double values[3];
    hz_layer *a = areas(), *t = table("t", 2);
    texts(t, "area", key);
    numbers(t, "n", n);
    CHECK_OK(hz_match_values(a, "id", t, NULL, values, NULL, &fate, NULL, &err), err);
    CHECK_TEXT(fate.suggestion, "'ydr' is no area, nearest: 'ydre'");
    hz_layer_free(t);
    hz_layer_free(a);
}

TEST(two_rows_for_one_area_and_year_are_both_named)
{
    static const char *const key[] = { "indre", "ydre", "indre", "indre" };
    static const double n[] = { 1, 2, 3, 4 }, year[] = { 2016, 2017, 2017, 2017 };
    hz_error err;
    hz_match_opts opts = { .want_year = 2017 };
    double values[3] = { -1, -1, -1 };
    hz_layer *a = areas(), *t = table("population.csv", 4);
    texts(t, "area", key);
    numbers(t, "count", n);
    numbers(t, "year", year);
    CHECK_FAILS(hz_match_values(a, NULL, t, &opts, values, NULL, NULL, NULL, &err), HZ_EDATA, err,
                "population.csv: rows 3 and 4 both give indre for 2017");
    CHECK_NEAR(values[0], -1, 0); /* outputs only on success */
    hz_layer_free(t);
    hz_layer_free(a);
}

TEST(the_wanted_year_is_exact_unless_the_nearest_will_do)
{
    static const char *const key[] = { "indre", "indre", "ydre", "ydre", "nord", "nord" };
    static const double n[] = { 10, 20, 30, 40, 50, NAN },
                        year[] = { 2016, 2019, 2019, 2015, 2012, 2017 };
    hz_error err;
    hz_match_opts opts = { .want_year = 2017 };
    hz_match_fate fate;
    double values[3];
    int years[3];
    hz_layer *a = areas(), *t = table("t", 6);
    texts(t, "area", key);
    numbers(t, "count", n);
    numbers(t, "year", year);
    CHECK_OK(hz_match_values(a, NULL, t, &opts, values, years, &fate, NULL, &err), err);
    CHECK_NAN(values[0]);
    CHECK_NAN(values[2]);
    CHECK(fate.other_year == 5 && fate.without_figure == 1 && fate.used == 0);
    CHECK_TEXT(fate.missing, "indre, ydre");

    opts.nearest_year = true;
    CHECK_OK(hz_match_values(a, NULL, t, &opts, values, years, &fate, NULL, &err), err);
    CHECK_NEAR(values[0], 10, 0); /* 2016 is nearer than 2019 */
    CHECK(years[0] == 2016);
    CHECK_NEAR(values[1], 40, 0); /* 2015 and 2019 are as near: the earlier */
    CHECK(years[1] == 2015);
    CHECK_NEAR(values[2], 50, 0); /* 2017 has no figure */
    CHECK(years[2] == 2012);
    CHECK(fate.used == 3 && fate.other_year == 2 && fate.without_figure == 1);
    CHECK_TEXT(fate.missing, "");

    opts = (hz_match_opts){ 0 };
    CHECK_FAILS(hz_match_values(a, NULL, t, &opts, values, years, &fate, NULL, &err), HZ_EUSAGE,
                err, "t: rows 1 and 2 give indre for 2016 and for 2019, expected the year");
    hz_layer_free(t);
    hz_layer_free(a);
}

TEST(a_year_may_be_a_date)
{
    static const char *const key[] = { "indre", "ydre" }, *const when[] = { "2019-01-01", "2017" },
                      *const wrong[] = { "2019-01-01", "last" };
    static const double n[] = { 1, 2 };
    hz_error err;
    hz_match_opts opts = { .year = "ref" };
    double values[3];
    int years[3];
    hz_layer *a = areas(), *t = table("t", 2);
    texts(t, "area", key);
    numbers(t, "count", n);
    texts(t, "ref", when);
    CHECK_OK(hz_match_values(a, NULL, t, &opts, values, years, NULL, NULL, &err), err);
    CHECK(years[0] == 2019 && years[1] == 2017);
    texts(t, "ref", wrong);
    CHECK_FAILS(hz_match_values(a, NULL, t, &opts, values, years, NULL, NULL, &err), HZ_EDATA, err,
                "t: row 2: ref is no year, expected one such as 2017");
    hz_layer_free(t);
    hz_layer_free(a);
}

TEST(several_kinds_must_be_asked_for)
{
    static const char *const key[] = { "indre", "indre", "ydre", "ydre", "nord", "nord" },
                      *const kind[] = { "theft", "assault", "theft", "assault", "theft", "fraud" };
    static const double n[] = { 1, 2, 3, NAN, 5, 6 };
    const char *const both[] = { "theft", "assault" }, *const one[] = { "theft" },
               *const none[] = { "thefts" };
    hz_error err;
    hz_match_opts opts = { 0 };
    hz_match_fate fate;
    double values[3];
    hz_layer *a = areas(), *t = table("crime.csv", 6);
    texts(t, "area", key);
    texts(t, "offence", kind);
    numbers(t, "cases", n);
    CHECK_FAILS(hz_match_values(a, NULL, t, &opts, values, NULL, &fate, NULL, &err), HZ_EUSAGE, err,
                "crime.csv: has rows of several kinds in column 'offence' ('theft', 'assault', "
                "'fraud'), expected");
    opts.kinds = one;
    opts.kind_count = 1;
    CHECK_OK(hz_match_values(a, NULL, t, &opts, values, NULL, &fate, NULL, &err), err);
    CHECK_NEAR(values[0], 1, 0);
    CHECK_NEAR(values[2], 5, 0);
    CHECK(fate.used == 3 && fate.other_kind == 3);
    opts.kinds = both;
    opts.kind_count = 2;
    CHECK_OK(hz_match_values(a, NULL, t, &opts, values, NULL, &fate, NULL, &err), err);
    CHECK_NEAR(values[0], 3, 0);
    CHECK_NAN(values[1]); /* 3 and an empty field are not 3 */
    CHECK_NAN(values[2]); /* nor are 5 and no row */
    CHECK(fate.used == 2 && fate.without_figure == 3 && fate.other_kind == 1);
    opts.kinds = none;
    opts.kind_count = 1;
    CHECK_FAILS(hz_match_values(a, NULL, t, &opts, values, NULL, &fate, NULL, &err), HZ_EUSAGE, err,
                "crime.csv: no row is of kind 'thefts' in column 'offence', nearest: 'theft'");
    hz_layer_free(t);
    hz_layer_free(a);
}

TEST(an_empty_field_is_no_zero)
{
    static const char *const key[] = { "indre", "ydre", "" };
    static const double n[] = { 0, NAN, 3 };
    hz_error err;
    hz_match_fate fate;
    double values[3];
    hz_layer *a = areas(), *t = table("t", 3);
    texts(t, "area", key);
    numbers(t, "count", n);
    CHECK_OK(hz_match_values(a, NULL, t, NULL, values, NULL, &fate, NULL, &err), err);
    CHECK_NEAR(values[0], 0, 0);
    CHECK_NAN(values[1]);
    CHECK(fate.used == 1 && fate.without_figure == 1 && fate.refused == 1);
    CHECK_TEXT(fate.missing, "nord");
    hz_layer_free(t);
    hz_layer_free(a);
}

TEST(a_figure_that_is_none_is_named_with_its_row)
{
    static const char *const key[] = { "indre", "ydre" }, *const words[] = { "12", "many" };
    static const double n[] = { 1, -2 };
    hz_error err;
    double values[3];
    hz_layer *a = areas(), *t = table("t", 2);
    texts(t, "area", key);
    numbers(t, "count", n);
    CHECK_FAILS(hz_match_values(a, NULL, t, NULL, values, NULL, NULL, NULL, &err), HZ_EDATA, err,
                "t: row 2: count is negative, expected 0 or more");
    texts(t, "count", words);
    CHECK_FAILS(hz_match_values(a, NULL, t, NULL, values, NULL, NULL, NULL, &err), HZ_EDATA, err,
                "t: row 2: count is no number, expected a figure");
    hz_layer_free(t);
    hz_layer_free(a);
}

TEST(a_table_that_fits_in_no_row_or_column_is_refused)
{
    static const char *const key[] = { "Indre N\u00f8rrebro", "Nord" };
    static const double n[] = { 1, 2 };
    hz_error err;
    double values[3];
    hz_layer *a = areas(), *t = table("t", 2);
    numbers(t, "count", n);
    CHECK_FAILS(hz_match_values(a, NULL, t, NULL, values, NULL, NULL, NULL, &err), HZ_EUSAGE, err,
                "t: has no column that names the areas");
    texts(t, "area", key);
    CHECK_FAILS(hz_match_values(a, NULL, t, NULL, values, NULL, NULL, NULL, &err), HZ_EDATA, err,
                "t: in no row is area the key of an area of areas.geojson, such as 'indre'");
    CHECK_OK(hz_match_values(a, "name", t, NULL, values, NULL, NULL, NULL, &err), err);
    CHECK_NEAR(values[2], 2, 0);
    numbers(t, "residents", n);
    CHECK_FAILS(hz_match_values(a, "name", t, NULL, values, NULL, NULL, NULL, &err), HZ_EUSAGE, err,
                "t: has several columns of figures (residents, count), expected one to be named");
    hz_layer_drop(t, "residents");
    hz_layer_drop(t, "count");
    CHECK_FAILS(hz_match_values(a, "name", t, NULL, values, NULL, NULL, NULL, &err), HZ_EUSAGE, err,
                "t: has no column of figures");
    hz_layer_free(t);
    hz_layer_free(a);
}

/* `area` may be a size: the column that finds areas is the key. */
TEST(of_several_possible_keys_the_one_that_finds_areas_is_taken)
{
    static const double size[] = { 410, 520 }, n[] = { 1, 2 };
    static const char *const key[] = { "indre", "ydre" };
    hz_error err;
    double values[3];
    hz_layer *a = areas(), *t = table("t", 2);
    numbers(t, "area", size);
    texts(t, "id", key);
    numbers(t, "count", n);
    CHECK_OK(hz_match_values(a, NULL, t, NULL, values, NULL, NULL, NULL, &err), err);
    CHECK_NEAR(values[1], 2, 0);
    hz_layer_free(t);
    hz_layer_free(a);
}

static void keep_warning(hz_notice_kind kind, const char *text, void *user)
{
    if (kind == HZ_WARNING)
        snprintf(user, 200, "%s", text);
}

TEST(danish_thousands_read_as_fractions_are_an_error)
{
    static const char *const key[] = { "indre", "ydre" };
    static const double n[] = { 9.721, 12.34 }, more[] = { 900, 1.234 };
    hz_error err;
    double values[3];
    hz_layer *a = areas(), *t = table("t", 2), *one = table("one", 2), *named = table("named", 2);
    texts(t, "area", key);
    numbers(t, "residents", n);
    texts(one, "area", key);
    numbers(one, "residents", more);
    CHECK_FAILS(hz_match_values(a, NULL, one, NULL, values, NULL, NULL, NULL, &err), HZ_EDATA, err,
                "one: row 2: residents has three decimals");
    CHECK(!strstr(err.text, "1.234"));
    /* 12.340 came through as 12.34 */
    CHECK_FAILS(hz_match_values(a, NULL, t, NULL, values, NULL, NULL, NULL, &err), HZ_EDATA, err,
                "write 9721 for 9.721");
    texts(named, "area", key);
    numbers(named, "weight", more);
    const hz_match_opts by_name = { .value = "weight" };
    CHECK_OK(hz_match_values(a, NULL, named, &by_name, values, NULL, NULL, NULL, &err), err);
    hz_layer_free(t);
    hz_layer_free(one);
    hz_layer_free(named);
    hz_layer_free(a);
}

TEST(residents_with_decimals_are_a_warning)
{
    static const char *const key[] = { "indre", "ydre" };
    static const double n[] = { 900, 1.5 };
    char said[200] = "";
    hz_notice notice = { keep_warning, said };
    hz_error err;
    double values[3];
    hz_layer *a = areas(), *t = table("t", 2);
    texts(t, "area", key);
    numbers(t, "residents", n);
    CHECK_OK(hz_match_values(a, NULL, t, NULL, values, NULL, NULL, &notice, &err), err);
    CHECK_TEXT(said, "t: row 2: residents is no whole number");
    hz_layer_free(t);
    hz_layer_free(a);
}

TEST(a_long_list_of_missing_areas_is_cut)
{
    enum { N = 200 };
    double id[N];
    static const double one[] = { 0 }, n[] = { 5 };
    hz_error err;
    hz_match_fate fate;
    double values[N];
    hz_layer *a = table("areas", N), *t = table("t", 1);
    for (int i = 0; i < N; i++)
        id[i] = i;
    numbers(a, "id", id);
    numbers(t, "id", one);
    numbers(t, "n", n);
    CHECK_OK(hz_match_values(a, NULL, t, NULL, values, NULL, &fate, NULL, &err), err);
    CHECK(strncmp(fate.missing, "1, 2, 3, ", 9) == 0);
    CHECK(strlen(fate.missing) == sizeof fate.missing - 1);
    CHECK_TEXT(fate.missing + strlen(fate.missing) - 3, "...");
    hz_layer_free(t);
    hz_layer_free(a);
}

/* Every allocation fails in turn: the failure is reported, outputs stay as they were. */
TEST(matching_survives_a_lack_of_memory)
{
    static const char *const key[] = { "indre", "ydr" }, *const kind[] = { "a", "a" };
    static const double n[] = { 1, 2 };
    hz_error err;
    hz_match_fate fate;
    double values[3] = { -1, -1, -1 };
    hz_layer *a = areas(), *t = table("t", 2);
    texts(t, "area", key);
    texts(t, "kind", kind);
    numbers(t, "count", n);
    hz_status st = HZ_EMEMORY;
    long at = 0;
    while (st) {
        CHECK_NEAR(values[0], -1, 0);
        hz_mem_fail_at(++at);
        st = hz_match_values(a, NULL, t, NULL, values, NULL, &fate, NULL, &err);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
    }
    hz_mem_fail_at(0);
    CHECK(at > 10);
    CHECK_NEAR(values[0], 1, 0);
    hz_layer_free(t);
    hz_layer_free(a);
}

RUN_TESTS(T(the_key_is_found_by_its_usual_name_before_any_other_column),
          T(a_usual_name_with_repeated_or_missing_values_is_no_key),
          T(an_area_without_a_row_has_no_figure_and_is_named),
          T(a_number_written_otherwise_is_reported_and_not_matched),
          T(a_misspelt_key_is_answered_with_the_nearest),
          T(two_rows_for_one_area_and_year_are_both_named),
          T(the_wanted_year_is_exact_unless_the_nearest_will_do),
          T(a_year_may_be_a_date),
          T(several_kinds_must_be_asked_for),
          T(an_empty_field_is_no_zero),
          T(a_figure_that_is_none_is_named_with_its_row),
          T(a_table_that_fits_in_no_row_or_column_is_refused),
          T(of_several_possible_keys_the_one_that_finds_areas_is_taken),
          T(danish_thousands_read_as_fractions_are_an_error),
          T(residents_with_decimals_are_a_warning),
          T(a_long_list_of_missing_areas_is_cut),
          T(matching_survives_a_lack_of_memory))
