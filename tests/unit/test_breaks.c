/* Class limits: small sets of values, each method, rounding, and what is refused. */
#include "check.h"
#include "hotzone/breaks.h"
#include "hotzone/mem.h"
#include "num/roundest.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static hz_error err;

TEST(a_limit_belongs_to_the_class_above_it)
{
    hz_breaks b = { .classes = 3, .limits = { 10, 20 } };
    CHECK(hz_breaks_class(&b, 9.999) == 0);
    CHECK(hz_breaks_class(&b, 10) == 1);
    CHECK(hz_breaks_class(&b, 20) == 2);
    CHECK(hz_breaks_class(&b, -INFINITY) == 0);
    CHECK(hz_breaks_class(&b, INFINITY) == 2);
    CHECK(hz_breaks_class(&b, NAN) == -1);
}

/* 1..8 in four classes of two: type 7 puts the limits at 2.75, 4.5 and 6.25. */
TEST(quantiles_share_values_out_evenly)
{
    const double v[] = { 8, 1, 7, 2, NAN, 6, 3, 5, 4 };
    hz_breaks b;
    CHECK_OK(hz_breaks_find(HZ_QUANTILE, 4, false, COUNT(v), v, NULL, &b, &err), err);
    CHECK(b.classes == 4);
    CHECK_NEAR(b.limits[0], 2.75, 1e-15);
    CHECK_NEAR(b.limits[1], 4.5, 1e-15);
    CHECK_NEAR(b.limits[2], 6.25, 1e-15);
    for (int c = 0; c < 4; c++)
        CHECK(b.count[c] == 2);
    CHECK(b.low == 1 && b.high == 8);
    CHECK_NEAR(b.fit, 1 - 2.0 / 42, 1e-15); /* 4 x 0.5 of 42 is left inside */
}

/* Half are 0: they are one class, the other five share the rest two, two and one. */
TEST(equal_values_stay_in_one_class)
{
    const double v[] = { 0, 0, 0, 0, 0, 1, 2, 3, 4, 5 };
    hz_breaks b;
    CHECK_OK(hz_breaks_find(HZ_QUANTILE, 4, false, COUNT(v), v, NULL, &b, &err), err);
    CHECK(b.classes == 4);
    CHECK(b.count[0] == 5 && b.count[1] == 2 && b.count[2] == 2 && b.count[3] == 1);
    CHECK_NEAR(b.limits[0], 0.5, 0);
}

TEST(fewer_distinct_values_give_fewer_classes)
{
    const double v[] = { 3, 7, 3, 3, 7 }, same[] = { 4, 4, 4 };
    const hz_breaks_method methods[] = { HZ_QUANTILE, HZ_FISHER, HZ_EQUAL };
    for (size_t m = 0; m < 3; m++) {
        hz_breaks b;
        CHECK_OK(hz_breaks_find(methods[m], 5, true, COUNT(v), v, NULL, &b, &err), err);
        CHECK(b.classes == 2 && b.limits[0] == 5);
        CHECK(b.count[0] == 3 && b.count[1] == 2);
        CHECK_NEAR(b.fit, 1, 0);
        CHECK_OK(hz_breaks_find(methods[m], 5, true, COUNT(same), same, NULL, &b, &err), err);
        CHECK(b.classes == 1 && b.count[0] == 3 && b.fit == 1 && b.decimals == 0);
    }
}

/* Two tight groups and a lone value, plain to the eye: 1 2 2 3 | 10 11 | 30. */
TEST(fisher_finds_the_groups)
{
    const double v[] = { 30, 2, 10, 1, 11, 3, 2 };
    hz_breaks b;
    CHECK_OK(hz_breaks_find(HZ_FISHER, 3, false, COUNT(v), v, NULL, &b, &err), err);
    CHECK(b.limits[0] == 6.5 && b.limits[1] == 20.5);
    CHECK(b.count[0] == 4 && b.count[1] == 2 && b.count[2] == 1);
}

/* 1 1 1 1 | 2 3 beats 1 1 1 1 2 | 3: 0.5 against 0.8; with a single 1 they would tie. */
TEST(fisher_weighs_repeated_values)
{
    const double v[] = { 1, 1, 1, 1, 2, 3 };
    hz_breaks b;
    CHECK_OK(hz_breaks_find(HZ_FISHER, 2, false, COUNT(v), v, NULL, &b, &err), err);
    CHECK(b.limits[0] == 1.5);
}

TEST(fixed_limits_are_kept_with_their_empty_classes)
{
    const double v[] = { 12, 47, 49 }, fixed[] = { 20, 45.5, 90, 120 };
    hz_breaks b;
    CHECK_OK(hz_breaks_find(HZ_FIXED, 5, true, COUNT(v), v, fixed, &b, &err), err);
    CHECK(b.classes == 5 && memcmp(b.limits, fixed, sizeof fixed) == 0);
    CHECK(b.count[0] == 1 && b.count[1] == 0 && b.count[2] == 2 && b.count[3] == 0);
    CHECK(b.decimals == 1);
}

/* 60 in five classes: 40 48 75 90; in four: 48 60 75. */
TEST(reference_limits_are_ratios_around_it)
{
    const double v[] = { 10, 100 }, reference[] = { 60 };
    const double five[] = { 40, 48, 75, 90 }, four[] = { 48, 60, 75 };
    hz_breaks b;
    CHECK_OK(hz_breaks_find(HZ_REFERENCE, 5, false, COUNT(v), v, reference, &b, &err), err);
    for (int i = 0; i < 4; i++)
        CHECK_NEAR(b.limits[i], five[i], 1e-13);
    CHECK_OK(hz_breaks_find(HZ_REFERENCE, 4, false, COUNT(v), v, reference, &b, &err), err);
    for (int i = 0; i < 3; i++)
        CHECK_NEAR(b.limits[i], four[i], 1e-13);
    CHECK_OK(hz_breaks_find(HZ_REFERENCE, 7, false, COUNT(v), v, reference, &b, &err), err);
    CHECK_NEAR(b.limits[0], 30, 1e-13);
    CHECK_NEAR(b.limits[5], 120, 1e-13);
}

TEST(the_roundest_number_has_fewest_digits_then_is_nearest_the_middle)
{
    const double cases[][3] = {
        /* over, up to, roundest */
        { 8, 101, 50 },       { 47, 51, 50 },       { 53, 58, 55 },     { 51, 54, 52 },
        { 99.2, 100.3, 100 }, { 61, 99, 80 },       { 61, 79, 70 },     { 101, 190, 150 },
        { 49, 50, 50 },       { 50, 51, 51 },       { 0.123, 0.124, 0.124 },
        { 0, 3, 1 },          { -3, 40, 0 },        { -3, 0, 0 },       { -51, -47, -50 },
        { -50, -47, -48 },    { 1e6, 3e6, 2e6 },    { 0.00021, 0.00039, 0.0003 },
        { 19.94, 20.06, 20 }, { 999, 1001.5, 1e3 }, { 0.1, 0.30000000000000004, 0.2 },
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK_NEAR(hz_roundest(cases[i][0], cases[i][1], (cases[i][0] + cases[i][1]) / 2),
                   cases[i][2], 0);
}

TEST(next_door_doubles_leave_no_choice)
{
    double low = 0.3, high = nextafter(low, 1);
    CHECK(hz_roundest(low, high, high) == high);
    low = 1e300;
    high = nextafter(low, INFINITY);
    CHECK(hz_roundest(low, high, high) == high);
    CHECK(hz_roundest(0, 1e-310, 5e-311) == 1e-310);
}

TEST(rounded_limits_move_no_value_to_another_class)
{
    const double v[] = { 53.7, 47.6, 49.1, 12.2, 12.4, 0, 3.1, 88.4, 23.9, 31, 31, 65, 70.2 };
    hz_breaks plain, rounded;
    CHECK_OK(hz_breaks_find(HZ_QUANTILE, 5, false, COUNT(v), v, NULL, &plain, &err), err);
    CHECK_OK(hz_breaks_find(HZ_QUANTILE, 5, true, COUNT(v), v, NULL, &rounded, &err), err);
    for (size_t i = 0; i < COUNT(v); i++)
        CHECK(hz_breaks_class(&plain, v[i]) == hz_breaks_class(&rounded, v[i]));
    CHECK(memcmp(plain.count, rounded.count, sizeof plain.count) == 0);
    CHECK(plain.fit == rounded.fit);
    CHECK_NEAR(rounded.limits[0], 12.4, 0); /* in (12.2, 12.4]: even before odd */
    CHECK(rounded.decimals == 1);
}

TEST(decimals_write_rounded_limits_exactly)
{
    const double v[] = { 0.11, 0.121, 0.124, 0.13, 0.5 };
    hz_breaks b;
    CHECK_OK(hz_breaks_find(HZ_QUANTILE, 4, true, COUNT(v), v, NULL, &b, &err), err);
    CHECK_NEAR(b.limits[0], 0.12, 0);  /* in (0.11, 0.121] */
    CHECK_NEAR(b.limits[1], 0.122, 0); /* in (0.121, 0.124]: even and nearest 0.1225 */
    CHECK_NEAR(b.limits[2], 0.13, 0);  /* in (0.124, 0.13]: two digits before three */
    CHECK(b.decimals == 3);
}

TEST(equal_steps_are_rounded_only_a_little)
{
    const double v[] = { 0, 100, 101, 1000 };
    hz_breaks b;
    CHECK_OK(hz_breaks_find(HZ_EQUAL, 3, false, COUNT(v), v, NULL, &b, &err), err);
    CHECK_NEAR(b.limits[0], 1000.0 / 3, 1e-12);
    CHECK_OK(hz_breaks_find(HZ_EQUAL, 3, true, COUNT(v), v, NULL, &b, &err), err);
    CHECK_NEAR(b.limits[0], 350, 17); /* 5 % of a step of 333 */
    CHECK(b.limits[0] != 1000.0 / 3);
    CHECK(b.decimals == 0);
}

TEST(unrounded_limits_have_the_decimals_that_keep_every_class)
{
    const double v[] = { 1, 1.02, 1.03, 1.5 };
    hz_breaks b;
    CHECK_OK(hz_breaks_find(HZ_EQUAL, 3, false, COUNT(v), v, NULL, &b, &err), err);
    CHECK(b.count[0] == 3 && b.count[1] == 0);
    CHECK(b.decimals == 1); /* 1.1667 as 1.2; as 1 it would move all four */
}

TEST(what_cannot_be_classed_is_refused_with_a_reason)
{
    const double none[] = { NAN, NAN }, wild[] = { 1, INFINITY }, v[] = { 1, 2 };
    const double falling[] = { 5, 5 }, zero[] = { 0 }, holed[] = { 1, NAN };
    hz_breaks b = { .classes = 99 };
    CHECK_FAILS(hz_breaks_find(HZ_QUANTILE, 5, true, 2, none, NULL, &b, &err), HZ_EDATA, err,
                "none of 2 values");
    CHECK_FAILS(hz_breaks_find(HZ_QUANTILE, 5, true, 0, NULL, NULL, &b, &err), HZ_EDATA, err,
                "none of 0");
    CHECK_FAILS(hz_breaks_find(HZ_FISHER, 5, true, 2, wild, NULL, &b, &err), HZ_EDATA, err,
                "value 2 is inf");
    CHECK_FAILS(hz_breaks_find(HZ_FISHER, 8, true, 2, v, NULL, &b, &err), HZ_EUSAGE, err,
                "8 classes wanted, expected 1 to 7");
    CHECK_FAILS(hz_breaks_find(HZ_FISHER, 0, true, 2, v, NULL, &b, &err), HZ_EUSAGE, err,
                "0 classes");
    CHECK_FAILS(hz_breaks_find(HZ_FIXED, 3, true, 2, v, falling, &b, &err), HZ_EUSAGE, err,
                "fixed limit 2 is 5 after 5");
    CHECK_FAILS(hz_breaks_find(HZ_FIXED, 3, true, 2, v, holed, &b, &err), HZ_EUSAGE, err,
                "fixed limit 2");
    CHECK_FAILS(hz_breaks_find(HZ_FIXED, 3, true, 2, v, NULL, &b, &err), HZ_EUSAGE, err,
                "expected rising limits");
    CHECK_FAILS(hz_breaks_find(HZ_REFERENCE, 3, true, 2, v, zero, &b, &err), HZ_EUSAGE, err,
                "the reference is 0");
    CHECK(b.classes == 99);
}

TEST(without_memory_it_fails_cleanly)
{
    const double v[] = { 4, 1, 3, 9, 2 };
    hz_status st = HZ_EMEMORY;
    int failures = 0;
    for (long at = 1; st == HZ_EMEMORY; at++) {
        hz_breaks b = { .classes = 99 };
        hz_mem_fail_at(at);
        st = hz_breaks_find(HZ_FISHER, 3, true, COUNT(v), v, NULL, &b, &err);
        hz_mem_fail_at(0);
        failures += st == HZ_EMEMORY && b.classes == 99;
    }
    CHECK(st == HZ_OK);
    CHECK(failures == 6); /* three arrays of the sample, three of Fisher's */
}

/* The figures of docs/methods/classes.md. */
TEST(the_worked_example_of_the_manual_holds)
{
    const double v[] = { 12.4, 3.1, 8.8,  47.6, 9.9, 22.5, 3.3,  15.0, 30.2, 28.7,
                         61.9, 5.5, 18.1, 23.9, 41,  7.2,  88.3, 12.9, 35.6, 26.4 };
    const double quantile[] = { 8, 15, 25, 40 }, fisher[] = { 16, 35, 50, 80 };
    hz_breaks b;
    CHECK_OK(hz_breaks_find(HZ_QUANTILE, 5, true, COUNT(v), v, NULL, &b, &err), err);
    for (int i = 0; i < 4; i++) {
        CHECK_NEAR(b.limits[i], quantile[i], 0);
        CHECK(b.count[i] == 4);
    }
    CHECK_NEAR(b.fit, 0.838, 5e-4);
    CHECK_OK(hz_breaks_find(HZ_FISHER, 5, true, COUNT(v), v, NULL, &b, &err), err);
    for (int i = 0; i < 4; i++)
        CHECK_NEAR(b.limits[i], fisher[i], 0);
    CHECK_NEAR(b.fit, 0.965, 5e-4);
    CHECK(b.count[0] == 9 && b.count[3] == 1 && b.count[4] == 1);
}

RUN_TESTS(T(a_limit_belongs_to_the_class_above_it), T(quantiles_share_values_out_evenly),
          T(equal_values_stay_in_one_class), T(fewer_distinct_values_give_fewer_classes),
          T(fisher_finds_the_groups), T(fisher_weighs_repeated_values),
          T(fixed_limits_are_kept_with_their_empty_classes),
          T(reference_limits_are_ratios_around_it),
          T(the_roundest_number_has_fewest_digits_then_is_nearest_the_middle),
          T(next_door_doubles_leave_no_choice),
          T(rounded_limits_move_no_value_to_another_class),
          T(decimals_write_rounded_limits_exactly), T(equal_steps_are_rounded_only_a_little),
          T(unrounded_limits_have_the_decimals_that_keep_every_class),
          T(what_cannot_be_classed_is_refused_with_a_reason),
          T(without_memory_it_fails_cleanly), T(the_worked_example_of_the_manual_holds))
