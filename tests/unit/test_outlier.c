/* Areas against funnel limits: who is outside, who takes no part, how many by chance. */
#include "check.h"
#include "hotzone/funnel.h"
#include "hotzone/mem.h"
#include "hotzone/outlier.h"

static hz_error err;

static hz_layer *areas_of(size_t n, const double *events, const double *residents)
{
    hz_layer *l = NULL;
    if (hz_layer_new("areas", n, &l, &err) || hz_layer_add_numbers(l, "events", events, &err) ||
        hz_layer_add_numbers(l, "population", residents, &err))
        fail_msg("%s", err.text);
    return l;
}

/* Target 10 per 1,000 and 1,000 residents: 10 expected, F(3) = .0103, F(4) = .0293, so the lower
 * 95 % limit is 4 - (.02925 - .025) / .01892 = 3.776; the upper one 17 - (.9857 - .975) /
 * .0128 = 16.16.  20 is beyond that and 22 beyond the upper 99.8 % limit of 20.97. */
TEST(each_area_stands_where_its_own_limits_put_it)
{
    const double events[] = { 10, 20, 22, 3, 0, NAN, 5 };
    const double residents[] = { 1000, 1000, 1000, 1000, 1000, 1000, 0 };
    static const char *const want[] = { "inside", "above_95", "above_998", "below_95",
                                        "below_998", "", "" };
    hz_outlier_opts o = HZ_OUTLIER_DEFAULTS;
    hz_outlier_found f;
    hz_layer *l = areas_of(7, events, residents);
    o.target = 10;
    CHECK_OK(hz_outlier_add(l, "events", "population", &o, &f, &err), err);
    for (size_t i = 0; i < 7; i++)
        CHECK_TEXT(hz_layer_text(l, "position", i), want[i]);
    CHECK_NEAR(hz_layer_numbers(l, "limit_95_low")[0], 3.776, 0.001);
    CHECK_NEAR(hz_layer_numbers(l, "limit_95_high")[0], hz_funnel_limit(10, .975), 1e-12);
    CHECK_NEAR(hz_layer_numbers(l, "limit_998_low")[0], hz_funnel_limit(10, .001), 1e-12);
    CHECK_NEAR(hz_layer_numbers(l, "limit_998_high")[0], hz_funnel_limit(10, .999), 1e-12);
    CHECK_NEAR(hz_layer_numbers(l, "expected")[0], 10, 1e-12);
    CHECK_NAN(hz_layer_numbers(l, "expected")[5]);
    CHECK(f.judged == 5 && f.undefined == 2 && f.hidden == 0 && f.areas == 7);
    CHECK(f.above_95 == 1 && f.above_998 == 1 && f.below_95 == 1 && f.below_998 == 1);
    CHECK_NEAR(f.false_95, 0.25, 1e-12);
    CHECK_NEAR(f.false_998, 0.01, 1e-12);
    hz_layer_free(l);
}

/* A rate per 100,000 and per year of two years' events has the limits of the same counts. */
TEST(unit_and_years_scale_rates_and_limits_alike)
{
    const double events[] = { 10, 30 }, residents[] = { 1000, 2000 };
    hz_outlier_opts o = HZ_OUTLIER_DEFAULTS;
    hz_outlier_found a, b;
    hz_layer *one = areas_of(2, events, residents), *two = areas_of(2, events, residents);
    o.target = 40.0 / 3;
    CHECK_OK(hz_outlier_add(one, "events", "population", &o, &a, &err), err);
    o.target = 4000.0 / 6;
    o.per = 100000;
    o.years = 2;
    CHECK_OK(hz_outlier_add(two, "events", "population", &o, &b, &err), err);
    for (size_t i = 0; i < 2; i++)
        CHECK_NEAR(hz_layer_numbers(two, "limit_95_high")[i],
                   50 * hz_layer_numbers(one, "limit_95_high")[i], 1e-8);
    CHECK_NEAR(a.phi, b.phi, 1e-12);
    CHECK_NEAR(a.tau2, 4 * b.tau2, 1e-12);
    hz_layer_free(one);
    hz_layer_free(two);
}

TEST(limits_are_widened_only_if_asked_and_only_over_one)
{
    const double wild[] = { 10, 50, 90 }, tame[] = { 49, 50, 51 }, residents[] = { 1000, 1000,
                                                                                  1000 };
    for (int k = 0; k < 4; k++) {
        hz_outlier_opts o = HZ_OUTLIER_DEFAULTS;
        hz_outlier_found f;
        double plain = hz_funnel_limit(50, .975), got;
        hz_layer *l = areas_of(3, k & 1 ? wild : tame, residents);
        o.target = 50;
        o.widen = k & 2;
        CHECK_OK(hz_outlier_add(l, "events", "population", &o, &f, &err), err);
        got = hz_layer_numbers(l, "limit_95_high")[0];
        CHECK((f.phi > 1) == (k & 1));
        CHECK_NEAR(f.widening, k == 3 ? sqrt(f.phi) : 1, 1e-12);
        CHECK_NEAR(got, 50 + (plain - 50) * f.widening, 1e-9);
        hz_layer_free(l);
    }
}

TEST(without_a_target_or_a_second_area_nobody_is_judged)
{
    const double events[] = { 10, NAN }, residents[] = { 1000, 1000 };
    for (int k = 0; k < 2; k++) {
        hz_outlier_opts o = HZ_OUTLIER_DEFAULTS;
        hz_outlier_found f;
        hz_layer *l = areas_of(2, events, residents);
        o.target = k ? 10 : 0;
        CHECK_OK(hz_outlier_add(l, "events", "population", &o, &f, &err), err);
        CHECK(f.judged == 0);
        CHECK_NAN(hz_layer_numbers(l, "limit_95_high")[0]);
        CHECK_TEXT(hz_layer_text(l, "position", 0), "");
        hz_layer_free(l);
    }
}

TEST(areas_that_overlap_are_refused_and_left_alone)
{
    const double events[] = { 10, 20 }, residents[] = { 1000, 1000 };
    hz_outlier_opts o = HZ_OUTLIER_DEFAULTS;
    hz_outlier_found f;
    hz_layer *l = areas_of(2, events, residents);
    o.target = 10;
    o.overlap = true;
    CHECK_FAILS(hz_outlier_add(l, "events", "population", &o, &f, &err), HZ_EUSAGE, err,
                "areas overlap");
    CHECK(hz_layer_find(l, "position") < 0);
    o.overlap = false;
    CHECK_FAILS(hz_outlier_add(l, "cases", "population", &o, &f, &err), HZ_EDATA, err, "cases");
    hz_layer_free(l);
}

TEST(a_failed_allocation_leaves_the_areas_as_they_were)
{
    const double events[] = { 10, 20 }, residents[] = { 1000, 1000 };
    hz_outlier_opts o = HZ_OUTLIER_DEFAULTS;
    hz_outlier_found f;
    hz_layer *l = areas_of(2, events, residents);
    long n = 0;
    hz_status st;
    o.target = 10;
    do {
        hz_mem_fail_at(++n);
        st = hz_outlier_add(l, "events", "population", &o, &f, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || (st == HZ_EMEMORY && hz_layer_find(l, "position") < 0));
    } while (st);
    CHECK(n > 5);
    hz_layer_free(l);
}

RUN_TESTS(T(each_area_stands_where_its_own_limits_put_it),
          T(unit_and_years_scale_rates_and_limits_alike),
          T(limits_are_widened_only_if_asked_and_only_over_one),
          T(without_a_target_or_a_second_area_nobody_is_judged),
          T(areas_that_overlap_are_refused_and_left_alone),
          T(a_failed_allocation_leaves_the_areas_as_they_were))
