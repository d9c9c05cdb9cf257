/* Columns, marks, selection and copies of a layer. */
#include "check.h"

#include "hotzone/layer.h"
#include "hotzone/mem.h"

static hz_layer *three_rows(void)
{
    static const char *const names[] = { "a", "", "long name" };
    static const double values[] = { 1.5, NAN, 0 };
    hz_layer *layer = NULL;
    hz_error err;
    assert_int_equal(hz_layer_new("t.csv", 3, &layer, &err), HZ_OK);
    assert_int_equal(hz_layer_add_texts(layer, "Name", names, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(layer, "value", values, &err), HZ_OK);
    return layer;
}

TEST(value_zero_undefined_and_hidden_stay_apart)
{
    hz_layer *layer = three_rows();
    hz_error err;
    char text[40];
    CHECK(hz_layer_mark(layer, "value", 0) == HZ_KNOWN);
    CHECK(hz_layer_mark(layer, "value", 1) == HZ_UNDEFINED_MISSING);
    CHECK(hz_layer_mark(layer, "value", 2) == HZ_KNOWN);
    double *v = hz_mem_new(3, sizeof *v);
    unsigned char *m = hz_mem_new(3, 1);
    v[0] = v[1] = v[2] = NAN;
    m[0] = HZ_HIDDEN;
    m[1] = HZ_UNDEFINED_ZERO_BASE;
    CHECK_OK(hz_layer_take_numbers(layer, "value", &v, &m, &err), err);
    CHECK(v == NULL && m == NULL);
    CHECK(hz_layer_mark(layer, "value", 0) == HZ_HIDDEN);
    CHECK(hz_layer_mark(layer, "value", 1) == HZ_UNDEFINED_ZERO_BASE);
    CHECK(hz_layer_mark(layer, "value", 2) == HZ_UNDEFINED_MISSING);
    hz_layer_value_text(layer, 1, 0, text, sizeof text);
    CHECK_TEXT(text, "");
    hz_layer_free(layer);
}

TEST(columns_are_found_by_exact_name_before_case_is_ignored)
{
    hz_layer *layer = three_rows();
    static const double other[] = { 7, 8, 9 };
    hz_error err;
    CHECK_OK(hz_layer_add_numbers(layer, "VALUE", other, &err), err);
    CHECK_NEAR(hz_layer_numbers(layer, "VALUE")[0], 7, 0);
    CHECK_NEAR(hz_layer_numbers(layer, "value")[0], 1.5, 0);
    CHECK(hz_layer_find(layer, "NAME") == 0);
    CHECK(hz_layer_numbers(layer, "Name") == NULL);
    hz_layer_drop(layer, "value");
    CHECK(hz_layer_columns(layer) == 2);
    CHECK_NEAR(hz_layer_numbers(layer, "value")[2], 9, 0);
    hz_layer_free(layer);
}

TEST(dates_are_read_in_place_and_bad_ones_counted)
{
    static const char *const dates[] = { "2017-08-03", "31-02-2017", "", "03.08.2017" };
    hz_layer *layer = NULL;
    hz_error err;
    size_t bad, first;
    CHECK_OK(hz_layer_new("d", 4, &layer, &err), err);
    CHECK_OK(hz_layer_add_texts(layer, "date", dates, &err), err);
    CHECK_OK(hz_layer_read_dates(layer, "date", NULL, &bad, &first, &err), err);
    const hz_time *t = hz_layer_times(layer, "date");
    CHECK(bad == 1 && first == 1);
    CHECK(t[0] == hz_date_days(2017, 8, 3) * 86400 && t[3] == t[0]);
    CHECK(t[1] == HZ_TIME_NONE && t[2] == HZ_TIME_NONE);
    CHECK_FAILS(hz_layer_read_dates(layer, "when", NULL, &bad, &first, &err), HZ_EUSAGE, err,
                "no column 'when'");
    hz_layer_free(layer);
}

TEST(selection_keeps_rows_in_order_with_shapes)
{
    hz_layer *layer = three_rows(), *some = NULL;
    hz_shapes *points = NULL;
    hz_crs *crs = NULL;
    hz_error err;
    const unsigned char keep[] = { 1, 0, 1 };
    CHECK_OK(hz_shapes_new(HZ_POINT, 3, 0, 3, &points, &err), err);
    for (int i = 0; i < 3; i++)
        points->x[i] = points->y[i] = i;
    CHECK_OK(hz_layer_take_shapes(layer, &points, &err), err);
    CHECK_OK(hz_crs_new("EPSG:25832", &crs, &err), err);
    CHECK_OK(hz_layer_take_crs(layer, &crs, &err), err);
    CHECK_OK(hz_layer_select(layer, keep, &some, &err), err);
    CHECK(hz_layer_rows(some) == 2);
    CHECK_TEXT(hz_layer_text(some, "Name", 1), "long name");
    CHECK_NEAR(hz_layer_shapes(some)->x[1], 2, 0);
    CHECK_TEXT(hz_crs_code(hz_layer_crs(some)), "EPSG:25832");
    hz_layer_free(layer);
    hz_layer_free(some);
}

TEST(shapes_must_be_one_for_each_row)
{
    hz_layer *layer = three_rows();
    hz_shapes *points = NULL;
    hz_error err;
    CHECK_OK(hz_shapes_new(HZ_POINT, 2, 0, 2, &points, &err), err);
    CHECK_FAILS(hz_layer_take_shapes(layer, &points, &err), HZ_EUSAGE, err, "2 shapes");
    CHECK(points != NULL);
    hz_shapes_free(points);
    hz_layer_free(layer);
}

TEST(every_allocation_of_a_copy_may_fail)
{
    hz_layer *layer = three_rows();
    hz_error err;
    for (long n = 1; n < 100; n++) {
        hz_layer *copy = NULL;
        hz_mem_fail_at(n);
        hz_status st = hz_layer_copy(layer, &copy, &err);
        hz_mem_fail_at(0);
        if (st == HZ_OK) {
            hz_layer_free(copy);
            hz_layer_free(layer);
            CHECK(n > 5);
            return;
        }
        CHECK(st == HZ_EMEMORY && copy == NULL);
    }
    CHECK(0);
}

static hz_error err;

/* Two points about a place, in a system. */
static hz_layer *points_in(const char *system, double x, double y)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    if (hz_layer_new("places", 2, &layer, &err) ||
        hz_shapes_new(HZ_POINT, 2, 0, 2, &s, &err))
        return NULL;
    s->x[0] = s->x[1] = x;
    s->y[0] = s->y[1] = y;
    if (hz_layer_take_shapes(layer, &s, &err) ||
        (system && (hz_crs_new(system, &crs, &err) || hz_layer_take_crs(layer, &crs, &err))))
        return NULL;
    return layer;
}

TEST(degrees_web_mercator_and_feet_are_measured_in_metres_of_their_place)
{
    const struct { const char *system; double x, y; const char *want; } cases[] = {
        { "EPSG:4326", 12.55, 55.7, "EPSG:25832" }, { "EPSG:3857", 1397000, 7495000, "EPSG:25832" },
        { "EPSG:25832", 723000, 6178000, "EPSG:25832" }, { "EPSG:27700", 530000, 180000, "EPSG:27700" },
        /* New York in US survey feet */
        { "EPSG:2263", 990000, 210000, "EPSG:32618" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hz_layer *layer = points_in(cases[i].system, cases[i].x, cases[i].y);
        hz_crs *crs = NULL;
        CHECK_OK(hz_layer_metric(layer, &crs, NULL, &err), err);
        CHECK_TEXT(hz_crs_code(crs), cases[i].want);
        hz_crs_free(crs);
        hz_layer_free(layer);
    }
}

TEST(without_a_system_coordinates_are_taken_for_metres_and_without_coordinates_nothing_is)
{
    hz_layer *plain = points_in(NULL, 3, 4), *empty = points_in("EPSG:4326", NAN, NAN);
    hz_crs *crs = NULL;
    CHECK_OK(hz_layer_metric(plain, &crs, NULL, &err), err);
    CHECK(crs == NULL);
    CHECK(hz_layer_metric(empty, &crs, NULL, &err) == HZ_EDATA);
    hz_layer_free(plain);
    hz_layer_free(empty);
}

/* Two points with a text, a number and a time each; numbers or texts as `code`. */
static hz_layer *month(const char *name, const char *crs, double x, const double *code,
                       const char *const *codes)
{
    const char *const kinds[] = { "theft", "" };
    hz_layer *layer = NULL;
    hz_shapes *points = NULL;
    hz_crs *system = NULL;
    hz_time *when = hz_mem_new(2, sizeof *when);
    hz_intake intake = { 3, 1, "1 row of nothing" };
    assert_int_equal(HZ_OK, hz_layer_new(name, 2, &layer, &err));
    assert_int_equal(HZ_OK, hz_shapes_new(HZ_POINT, 2, 0, 2, &points, &err));
    assert_int_equal(HZ_OK, hz_crs_new(crs, &system, &err));
    points->x[0] = x;
    points->y[0] = x;
    points->x[1] = points->y[1] = NAN;
    when[0] = (hz_time)x * 86400;
    when[1] = HZ_TIME_NONE;
    assert_int_equal(HZ_OK, hz_layer_take_shapes(layer, &points, &err));
    assert_int_equal(HZ_OK, hz_layer_take_crs(layer, &system, &err));
    assert_int_equal(HZ_OK, hz_layer_add_texts(layer, "kind", kinds, &err));
    assert_int_equal(HZ_OK, hz_layer_take_times(layer, "when", &when, &err));
    assert_int_equal(HZ_OK, code ? hz_layer_add_numbers(layer, "code", code, &err)
                      : hz_layer_add_texts(layer, "code", codes, &err));
    hz_layer_set_intake(layer, &intake);
    return layer;
}

TEST(months_below_each_other_are_one_source)
{
    static const double code[] = { 7, NAN };
    static const char *const codes[] = { "7a", "" };
    hz_layer *parts[] = { month("jan.csv", "EPSG:4326", 12, code, NULL),
                          month("feb.csv", "EPSG:4326", 13, code, NULL),
                          month("mar.csv", "EPSG:4326", 14, NULL, codes) };
    hz_layer *all = NULL, *two = NULL;
    CHECK_OK(hz_layer_stack(parts, 2, &two, NULL, &err), err);
    CHECK(hz_layer_numbers(two, "code")[2] == 7 && isnan(hz_layer_numbers(two, "code")[3]));
    CHECK_OK(hz_layer_add_word(parts[0], "only", "here", &err), err);
    CHECK_OK(hz_layer_stack(parts, 3, &all, NULL, &err), err);
    CHECK_TEXT(hz_layer_name(all), "jan.csv and 2 more");
    CHECK_TEXT(hz_layer_source(all), "jan.csv, feb.csv, mar.csv");
    CHECK(hz_layer_rows(all) == 6 && hz_layer_columns(all) == 3);
    CHECK(hz_layer_find(all, "only") < 0);
    CHECK_TEXT(hz_layer_text(all, "code", 0), "7"); /* texts where one month has texts */
    CHECK_TEXT(hz_layer_text(all, "code", 1), "");
    CHECK_TEXT(hz_layer_text(all, "code", 4), "7a");
    CHECK_TEXT(hz_layer_text(all, "kind", 2), "theft");
    CHECK(hz_layer_times(all, "when")[4] == 14 * 86400);
    CHECK(hz_layer_times(all, "when")[5] == HZ_TIME_NONE);
    CHECK(hz_layer_shapes(all)->x[2] == 13 && isnan(hz_layer_shapes(all)->x[3]));
    CHECK(hz_layer_intake(all)->read == 9 && hz_layer_intake(all)->refused == 3);
    CHECK(strstr(hz_layer_intake(all)->why, "feb.csv: 1 row of nothing") != NULL);
    for (size_t i = 0; i < 3; i++)
        hz_layer_free(parts[i]);
    hz_layer_free(all);
    hz_layer_free(two);
}

TEST(a_month_in_another_system_is_transformed_and_one_in_none_is_refused)
{
    static const double code[] = { 7, 8 };
    hz_layer *parts[] = { month("jan.csv", "EPSG:4326", 12, code, NULL),
                          month("feb.csv", "EPSG:4326", 12, code, NULL), points_in(NULL, 3, 4) };
    hz_layer *all = NULL;
    hz_crs *metric = NULL;
    CHECK_OK(hz_crs_new("EPSG:25832", &metric, &err), err);
    CHECK_OK(hz_layer_to_crs(parts[1], metric, &err), err);
    CHECK_OK(hz_layer_stack(parts, 2, &all, NULL, &err), err);
    CHECK_NEAR(hz_layer_shapes(all)->x[2], 12, 1e-9);
    CHECK(hz_layer_stack(parts, 3, &all, NULL, &err) == HZ_ECRS);
    hz_layer *table = three_rows();
    hz_layer *mixed[] = { parts[0], table };
    CHECK(hz_layer_stack(mixed, 2, &all, NULL, &err) == HZ_EDATA);
    hz_layer_free(table);
    for (size_t i = 0; i < 3; i++)
        hz_layer_free(parts[i]);
    hz_layer_free(all);
    hz_crs_free(metric);
}

TEST(every_allocation_of_a_stack_may_fail)
{
    static const double code[] = { 7, 8 };
    static const char *const codes[] = { "7a", "8" };
    hz_layer *parts[] = { month("jan.csv", "EPSG:4326", 12, code, NULL),
                          month("feb.csv", "EPSG:4326", 12, NULL, codes) };
    hz_status st = HZ_EMEMORY;
    long n = 0;
    while (st) {
        hz_layer *all = NULL;
        hz_mem_fail_at(++n);
        st = hz_layer_stack(parts, 2, &all, NULL, &err);
        CHECK(st == HZ_OK ? all != NULL : st == HZ_EMEMORY && !all);
        hz_layer_free(all);
    }
    hz_mem_fail_at(0);
    CHECK(n > 10);
    hz_layer_free(parts[0]);
    hz_layer_free(parts[1]);
}

TEST(what_was_repaired_goes_with_its_row)
{
    static const unsigned char keep[] = { 0, 1, 1 };
    hz_layer *layer = three_rows(), *some = NULL;
    CHECK(hz_layer_repaired(layer, 2) == NULL);
    CHECK_OK(hz_layer_set_repaired(layer, 2, "Self-intersection", &err), err);
    CHECK_OK(hz_layer_select(layer, keep, &some, &err), err);
    CHECK(hz_layer_repaired(some, 0) == NULL);
    CHECK_TEXT(hz_layer_repaired(some, 1), "Self-intersection");
    hz_layer_free(layer);
    hz_layer_free(some);
}

RUN_TESTS(T(value_zero_undefined_and_hidden_stay_apart),
          T(columns_are_found_by_exact_name_before_case_is_ignored),
          T(dates_are_read_in_place_and_bad_ones_counted),
          T(selection_keeps_rows_in_order_with_shapes), T(shapes_must_be_one_for_each_row),
          T(what_was_repaired_goes_with_its_row), T(every_allocation_of_a_copy_may_fail),
          T(degrees_web_mercator_and_feet_are_measured_in_metres_of_their_place),
          T(without_a_system_coordinates_are_taken_for_metres_and_without_coordinates_nothing_is),
          T(months_below_each_other_are_one_source),
          T(a_month_in_another_system_is_transformed_and_one_in_none_is_refused),
          T(every_allocation_of_a_stack_may_fail))
