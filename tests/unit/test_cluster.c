/* Local statistics as columns: nulls, classes, states, and what cannot be tested. */
#include "check.h"

#include "hotzone/cluster.h"
#include "hotzone/mem.h"
#include "hotzone/units.h"

static hz_error err;

/* A lattice of counts as a user would give it. */
static hz_status units_of(size_t columns, size_t rows, const double *value, hz_units *u)
{
    hz_layer *areas = NULL;
    double column[400], row[400];
    const hz_neighbours queen = { .kind = HZ_QUEEN };
    size_t n = columns * rows;
    for (size_t i = 0; i < n; i++) {
        column[i] = (double)(i % columns);
        row[i] = (double)(i / columns);
    }
    hz_status st = hz_layer_new("grid", n, &areas, &err);
    if (!st)
        st = hz_layer_add_numbers(areas, "row", row, &err);
    if (!st)
        st = hz_layer_add_numbers(areas, "col", column, &err);
    if (!st)
        st = hz_layer_add_numbers(areas, "value", value, &err);
    if (!st)
        st = hz_units_of_areas(areas, "value", NULL, NULL, &queen, u, NULL, &err);
    hz_layer_free(areas);
    return st;
}

/* 0 everywhere but for one corner of 9s. */
static void fill_corner(double *value)
{
    for (int i = 0; i < 100; i++)
        value[i] = i % 10 < 3 && i / 10 < 3 ? 9 : i % 3 == 0;
}

static double figure(const hz_units *u, const char *column, size_t row)
{
    return hz_layer_numbers(u->table, column)[row];
}

TEST(a_planted_corner_is_hot_and_named_by_its_null)
{
    double value[100];
    hz_units u = { 0 };
    hz_cluster_found f;
    fill_corner(value);
    CHECK_OK(units_of(10, 10, value, &u), err);
    CHECK_OK(hz_cluster_add(u.table, "value", NULL, u.links, NULL, &f, NULL, &err), err);
    CHECK(f.units == 100 && f.tested == 100 && f.exact == 100 && f.permuted == 0);
    CHECK_TEXT(f.why, "");
    CHECK_TEXT(hz_layer_text(u.table, "class", 11), "hot99");
    CHECK_TEXT(hz_layer_text(u.table, "null", 11), "exact");
    CHECK_TEXT(hz_layer_text(u.table, "state", 11), "ok");
    CHECK_TEXT(hz_layer_text(u.table, "class", 77), "none");
    CHECK_TEXT(hz_layer_text(u.table, "id", 12), "r1c2");
    CHECK(figure(&u, "neighbours", 0) == 3 && figure(&u, "neighbours", 11) == 8);
    CHECK(figure(&u, "statistic", 11) == 81);
    CHECK(figure(&u, "p_mid", 11) < figure(&u, "p", 11));
    CHECK(f.hot >= 4);
    hz_units_clear(&u);
}

/* Nine values, the corner's two-sided p by listing all C(8, 3) = 56 sets. */
TEST(p_is_twice_the_smaller_tail)
{
    const double value[] = { 5, 4, 0, 3, 2, 1, 0, 1, 0 };
    hz_units u = { 0 };
    CHECK_OK(units_of(3, 3, value, &u), err);
    CHECK_OK(hz_cluster_add(u.table, "value", NULL, u.links, NULL, NULL, NULL, &err), err);
    int high = 0, equal = 0;
    for (int a = 1; a < 9; a++)
        for (int b = a + 1; b < 9; b++)
            for (int c = b + 1; c < 9; c++) {
                high += value[a] + value[b] + value[c] >= 9;
                equal += value[a] + value[b] + value[c] == 9;
            }
    CHECK_NEAR(figure(&u, "p", 0), 2.0 * high / 56, 1e-13);
    CHECK_NEAR(figure(&u, "p_mid", 0), 2.0 * (high - equal / 2.0) / 56, 1e-13);
    /* the middle neighbours all others */
    CHECK_TEXT(hz_layer_text(u.table, "state", 4), "fixed");
    CHECK(isnan(figure(&u, "p", 4)));
    hz_units_clear(&u);
}

TEST(a_unit_without_neighbours_value_or_place_inside_is_not_tested)
{
    double value[100];
    hz_units u = { 0 };
    hz_cluster_found f;
    unsigned char outside[100] = { 0 };
    fill_corner(value);
    value[55] = NAN;
    CHECK_OK(units_of(10, 10, value, &u), err);
    /* the far corner's three neighbours are left out */
    outside[98] = outside[89] = outside[88] = 1;
    CHECK_OK(hz_cluster_add(u.table, "value", outside, u.links, NULL, &f, NULL, &err), err);
    CHECK(f.outside == 3 && f.missing == 1 && f.islands == 1 && f.tested == 95);
    CHECK_TEXT(hz_layer_text(u.table, "state", 99), "island");
    CHECK_TEXT(hz_layer_text(u.table, "state", 98), "outside");
    CHECK_TEXT(hz_layer_text(u.table, "state", 55), "missing");
    CHECK_TEXT(hz_layer_text(u.table, "class", 99), "");
    CHECK(figure(&u, "neighbours", 44) == 7);
    CHECK(isnan(figure(&u, "q", 98)) && isnan(figure(&u, "statistic", 99)));
    hz_units_clear(&u);
}

TEST(shares_are_permuted_and_the_reason_is_given)
{
    double value[100];
    hz_units u = { 0 };
    hz_cluster_found f;
    hz_cluster_opts o = HZ_CLUSTER_DEFAULTS;
    fill_corner(value);
    value[7] = 0.25;
    o.permutations = 499;
    CHECK_OK(units_of(10, 10, value, &u), err);
    CHECK_OK(hz_cluster_add(u.table, "value", NULL, u.links, &o, &f, NULL, &err), err);
    CHECK(f.exact == 0 && f.permuted == 100);
    CHECK(strstr(f.why, "expected whole numbers"));
    CHECK_TEXT(hz_layer_text(u.table, "null", 3), "permute");
    /* two-sided p of 499 replicates are multiples of 1/250 */
    CHECK_NEAR(figure(&u, "p", 3) * 250, round(figure(&u, "p", 3) * 250), 1e-9);
    /* 2 * 100 / 0.05 - 1 */
    CHECK(f.wanted == 3999);
    hz_units_clear(&u);
}

TEST(the_analytic_null_is_the_normal_p_of_z)
{
    double value[100];
    hz_units u = { 0 };
    hz_cluster_opts o = HZ_CLUSTER_DEFAULTS;
    fill_corner(value);
    for (int m = 0; m < 3; m++) {
        o.null = HZ_NULL_ANALYTIC;
        o.method = (hz_cluster_method)m;
        CHECK_OK(units_of(10, 10, value, &u), err);
        CHECK_OK(hz_cluster_add(u.table, "value", NULL, u.links, &o, NULL, NULL, &err), err);
        for (size_t i = 0; i < 100; i += 7)
            CHECK_NEAR(figure(&u, "p", i), erfc(fabs(figure(&u, "z", i)) / sqrt(2.0)), 1e-12);
        CHECK(isnan(figure(&u, "p_mid", 0)));
        hz_units_clear(&u);
    }
}

TEST(moran_names_quadrants)
{
    double value[100];
    hz_units u = { 0 };
    hz_cluster_opts o = HZ_CLUSTER_DEFAULTS;
    o.method = HZ_LOCAL_MORAN;
    o.weights = HZ_WEIGHTS_ROW;
    fill_corner(value);
    CHECK_OK(units_of(10, 10, value, &u), err);
    CHECK_OK(hz_cluster_add(u.table, "value", NULL, u.links, &o, NULL, NULL, &err), err);
    CHECK_TEXT(hz_layer_text(u.table, "class", 11), "high-high");
    CHECK(figure(&u, "statistic", 11) > 0);
    hz_units_clear(&u);
    value[11] = 0; /* a hole in the hot corner */
    CHECK_OK(units_of(10, 10, value, &u), err);
    CHECK_OK(hz_cluster_add(u.table, "value", NULL, u.links, &o, NULL, NULL, &err), err);
    CHECK_TEXT(hz_layer_text(u.table, "class", 11), "low-high");
    CHECK(figure(&u, "statistic", 11) < 0);
    hz_units_clear(&u);
}

TEST(other_programs_conventions_change_the_figures_not_z)
{
    double value[100];
    fill_corner(value);
    double z[4], statistic[4];
    for (int like = 0; like < 4; like++) {
        hz_units u = { 0 };
        hz_cluster_opts o = HZ_CLUSTER_DEFAULTS;
        o.method = HZ_LOCAL_MORAN;
        o.weights = HZ_WEIGHTS_ROW;
        o.like = (hz_like)like;
        CHECK_OK(units_of(10, 10, value, &u), err);
        CHECK_OK(hz_cluster_add(u.table, "value", NULL, u.links, &o, NULL, NULL, &err), err);
        z[like] = figure(&u, "z", 11);
        statistic[like] = figure(&u, "statistic", 11);
        hz_units_clear(&u);
    }
    CHECK_NEAR(z[1], z[0], 1e-11);
    CHECK_NEAR(z[2], z[0], 1e-11);
    CHECK_NEAR(statistic[1], statistic[0], 1e-11);
    CHECK_NEAR(statistic[2], statistic[0] * 99 / 100, 1e-11);
    CHECK_NEAR(statistic[3], statistic[2], 1e-15);
}

/* By takes 1 + 1/2 + ... as much; the family-wise q of the planted corner is the least possible. */
TEST(adjustments_are_ordered)
{
    double value[100], q[3] = { 0 };
    fill_corner(value);
    for (int a = 0; a < 3; a++) {
        hz_units u = { 0 };
        hz_cluster_opts o = HZ_CLUSTER_DEFAULTS;
        o.adjust = (hz_adjust_kind)a;
        CHECK_OK(units_of(10, 10, value, &u), err);
        CHECK_OK(hz_cluster_add(u.table, "value", NULL, u.links, &o, NULL, NULL, &err), err);
        q[a] = figure(&u, "q", 11);
        hz_units_clear(&u);
    }
    double price = 0;
    for (int i = 1; i <= 100; i++)
        price += 1.0 / i;
    CHECK_NEAR(q[1] / q[0], price, 1e-9);
    CHECK_NEAR(q[2], 1.0 / 1000, 1e-15);
}

TEST(maps_that_say_nothing_are_refused)
{
    double value[100] = { 0 };
    hz_units u = { 0 };
    hz_cluster_opts o = HZ_CLUSTER_DEFAULTS;
    CHECK_OK(units_of(10, 10, value, &u), err);
    CHECK_FAILS(hz_cluster_add(u.table, "value", NULL, u.links, NULL, NULL, NULL, &err), HZ_EDATA,
                err, "all 100 values are equal");
    CHECK(hz_layer_find(u.table, "p") < 0);
    o.alpha = 2;
    CHECK_FAILS(hz_cluster_add(u.table, "value", NULL, u.links, &o, NULL, NULL, &err), HZ_EUSAGE,
                err, "alpha: 2");
    CHECK_FAILS(hz_cluster_add(u.table, "nothing", NULL, u.links, NULL, NULL, NULL, &err),
                HZ_EUSAGE, err, "has no numbers 'nothing'");
    hz_units_clear(&u);
    const double two[] = { 1, 2 }, all[] = { 1, 2, 3, 4 };
    CHECK_OK(units_of(2, 1, two, &u), err);
    CHECK_FAILS(hz_cluster_add(u.table, "value", NULL, u.links, NULL, NULL, NULL, &err), HZ_EDATA,
                err, "expected 3 or more");
    hz_units_clear(&u);
    CHECK_OK(units_of(2, 2, all, &u), err);
    CHECK_FAILS(hz_cluster_add(u.table, "value", NULL, u.links, NULL, NULL, NULL, &err), HZ_EDATA,
                err, "no unit can be tested: 0 have no neighbours, 4 nothing but neighbours");
    hz_units_clear(&u);
}

TEST(rates_without_people_are_told_from_values_that_are_missing)
{
    double value[100], people[100];
    hz_units u = { 0 };
    hz_cluster_found f;
    hz_cluster_opts o = HZ_CLUSTER_DEFAULTS;
    o.method = HZ_LOCAL_MORAN;
    o.people = "people";
    fill_corner(value);
    for (int i = 0; i < 100; i++)
        people[i] = i == 50 ? 0 : 100 + i;
    people[51] = NAN;
    value[60] = NAN;
    CHECK_OK(units_of(10, 10, value, &u), err);
    CHECK_OK(hz_layer_add_numbers(u.table, "people", people, &err), err);
    CHECK_OK(hz_cluster_add(u.table, "value", NULL, u.links, &o, &f, NULL, &err), err);
    CHECK(f.tested == 97 && f.missing == 1 && f.no_population == 2);
    CHECK_TEXT(hz_layer_text(u.table, "state", 50), "no-population");
    CHECK_TEXT(hz_layer_text(u.table, "state", 51), "no-population");
    CHECK_TEXT(hz_layer_text(u.table, "state", 60), "missing");
    hz_units_clear(&u);
    people[50] = -1;
    CHECK_OK(units_of(10, 10, value, &u), err);
    CHECK_OK(hz_layer_add_numbers(u.table, "people", people, &err), err);
    CHECK_FAILS(hz_cluster_add(u.table, "value", NULL, u.links, &o, NULL, NULL, &err), HZ_EDATA,
                err, "row 51: -1 people, expected 0 or more");
    hz_units_clear(&u);
}

TEST(without_memory_the_table_stays_as_it_was)
{
    double value[100];
    fill_corner(value);
    int failed = 0;
    for (long n = 1; n < 500; n++) {
        hz_units u = { 0 };
        hz_cluster_opts o = HZ_CLUSTER_DEFAULTS;
        o.null = n % 2 ? HZ_NULL_BEST : HZ_NULL_PERMUTE;
        o.permutations = 9;
        CHECK_OK(units_of(10, 10, value, &u), err);
        hz_mem_fail_at(n / 2 + 1);
        hz_status st = hz_cluster_add(u.table, "value", NULL, u.links, &o, NULL, NULL, &err);
        hz_mem_fail_at(0);
        size_t columns = hz_layer_columns(u.table);
        hz_units_clear(&u);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        CHECK(columns == (st ? 5 : 16));
        failed += st != HZ_OK;
    }
    CHECK(failed > 60);
}

RUN_TESTS(T(a_planted_corner_is_hot_and_named_by_its_null), T(p_is_twice_the_smaller_tail),
          T(a_unit_without_neighbours_value_or_place_inside_is_not_tested),
          T(shares_are_permuted_and_the_reason_is_given),
          T(the_analytic_null_is_the_normal_p_of_z), T(moran_names_quadrants),
          T(other_programs_conventions_change_the_figures_not_z), T(adjustments_are_ordered),
          T(maps_that_say_nothing_are_refused),
          T(rates_without_people_are_told_from_values_that_are_missing),
          T(without_memory_the_table_stays_as_it_was))
