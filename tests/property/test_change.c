/* Change between two periods: what holds for any counts, and how often chance is one. */
#include "check.h"
#include "hotzone/change.h"
#include "hotzone/interval.h"

enum { AREAS = 12 };

static uint64_t state = 20241122;

static double uniform(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return ((double)(state >> 11) + 0.5) / 9007199254740992.0;
}

/* A Poisson count by its waiting times; means up to some hundreds. */
static double poisson(double mean)
{
    double sum = 0, k = -1;
    for (; sum < mean; k++)
        sum -= log(uniform());
    return k;
}

typedef struct {
    double x[2][AREAS], people[2][AREAS];
} city;

static city draw_city(double mean, double trend)
{
    city c;
    for (int i = 0; i < AREAS; i++) {
        double people = 500 + floor(uniform() * 5000), rate = mean / 3000 * (0.5 + uniform());
        c.people[0][i] = people;
        c.people[1][i] = floor(people * (0.9 + 0.2 * uniform()));
        c.x[0][i] = poisson(rate * c.people[0][i]);
        c.x[1][i] = poisson(rate * trend * c.people[1][i]);
    }
    return c;
}

static hz_layer *layer_of(const city *c, int first)
{
    hz_layer *layer = NULL;
    hz_error err;
    assert_int_equal(hz_layer_new("areas", AREAS, &layer, &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(layer, "events_1", c->x[first], &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(layer, "events_2", c->x[1 - first], &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(layer, "population_1", c->people[first], &err), HZ_OK);
    assert_int_equal(hz_layer_add_numbers(layer, "population_2", c->people[1 - first], &err),
                     HZ_OK);
    return layer;
}

static double at(const hz_layer *layer, const char *column, size_t row)
{
    return hz_layer_numbers(layer, column)[row];
}

TEST(swapping_the_periods_turns_every_ratio_over_and_keeps_p_and_q)
{
    for (int round = 0; round < 100; round++) {
        city c = draw_city(round % 2 ? 4 : 200, 0.5 + uniform());
        hz_layer *a = layer_of(&c, 0), *b = layer_of(&c, 1);
        hz_change_opts o = HZ_CHANGE_DEFAULTS;
        hz_error err;
        o.test = round % 3 ? HZ_P_LIKELY : HZ_P_CENTRAL;
        CHECK_OK(hz_change_add(a, &o, NULL, &err), err);
        CHECK_OK(hz_change_add(b, &o, NULL, &err), err);
        for (size_t i = 0; i < AREAS; i++) {
            if (c.x[0][i] == 0 || c.x[1][i] == 0)
                continue;
            CHECK_NEAR(at(a, "ratio", i) * at(b, "ratio", i), 1, 1e-12);
            CHECK_NEAR(at(a, "ratio_low", i) * at(b, "ratio_high", i), 1, 1e-10);
            CHECK_NEAR(at(a, "p", i), at(b, "p", i), 1e-10);
            CHECK_NEAR(at(a, "q", i), at(b, "q", i), 1e-10);
            CHECK_NEAR(at(a, "rate_1", i), at(b, "rate_2", i), 0);
        }
        hz_layer_free(a);
        hz_layer_free(b);
    }
}

TEST(the_central_p_is_under_five_per_cent_exactly_where_the_limits_leave_one_out)
{
    for (int round = 0; round < 3000; round++) {
        double mean = exp(uniform() * 6), b1 = 1 + floor(uniform() * 5), b2 = 1 + uniform();
        double x1 = poisson(mean * b1), x2 = poisson(mean * b2 * (0.4 + uniform()));
        double ratio, low, high, p = hz_interval_ratio_central_p(x1, b1, x2, b2);
        hz_interval_ratio(x1, b1, x2, b2, 0.95, &ratio, &low, &high, NULL);
        if (x1 + x2 == 0)
            CHECK_NAN(p);
        else
            CHECK((p < 0.05) == (low > 1 || high < 1));
        CHECK(isnan(p) || fabs(p - hz_interval_ratio_central_p(x2, b2, x1, b1)) < 1e-12);
    }
}

/* Pr(p <= a) never exceeds a for an exact test, whatever the count; 2,000 tables a mean, none of
 * which hides a change. */
TEST(where_nothing_changed_at_most_five_in_a_hundred_p_are_under_five_per_cent)
{
    const double means[] = { 1, 5, 30, 200 };
    const double allowed = 0.05 + 3 * sqrt(0.05 * 0.95 / 2000);
    for (int m = 0; m < 4; m++) {
        double likely = 0, central = 0, seen = 0;
        for (int round = 0; round < 2000; round++) {
            double b1 = 1 + uniform(), b2 = 1 + uniform(), ratio, low, high, p;
            double x1 = poisson(means[m] * b1), x2 = poisson(means[m] * b2);
            hz_interval_ratio(x2, b2, x1, b1, 0.95, &ratio, &low, &high, &p);
            likely += p <= 0.05;
            central += hz_interval_ratio_central_p(x2, b2, x1, b1) <= 0.05;
            seen += !isnan(p);
        }
        CHECK(likely / 2000 <= allowed && central / 2000 <= allowed);
        /* and it is a test: with many events the level is nearly used up */
        CHECK(m < 3 || likely / seen > 0.03);
    }
}

/* Twelve areas at once, none changed: a city with any q <= .05 is a false alarm. */
TEST(a_city_where_nothing_changed_gives_a_false_alarm_in_at_most_five_per_cent)
{
    const int cities = 2000;
    double alarms = 0;
    for (int round = 0; round < cities; round++) {
        city c = draw_city(60, 1);
        hz_layer *a = layer_of(&c, 0);
        hz_change_found found;
        hz_error err;
        CHECK_OK(hz_change_add(a, NULL, &found, &err), err);
        alarms += found.significant > 0;
        CHECK(found.tests + found.undefined == AREAS);
        hz_layer_free(a);
    }
    CHECK(alarms / cities <= 0.05 + 3 * sqrt(0.05 * 0.95 / cities));
    CHECK(alarms > 0);
}

/* Two cities that differ only where a row is hidden have the same table. */
TEST(nothing_in_the_table_depends_on_a_hidden_count)
{
    static const char *const figures[] = { "events_1", "events_2", "rate_1", "ratio", "p", "q" };
    size_t seen = 0;
    for (int round = 0; round < 300; round++) {
        city c = draw_city(20, 0.5 + uniform());
        hz_change_opts o = HZ_CHANGE_DEFAULTS;
        hz_error err;
        o.hide_below = 5;
        c.x[0][round % AREAS] = 3;
        hz_layer *a = layer_of(&c, 0);
        CHECK_OK(hz_change_add(a, &o, NULL, &err), err);
        for (size_t i = 0; i < AREAS; i++) {
            bool small = false;
            for (int k = 0; k < 2; k++)
                small |= c.x[k][i] > 0 && c.x[k][i] < 5;
            CHECK((strcmp(hz_layer_text(a, "state", i), "hidden") == 0) == small);
            seen += small;
        }
        c.x[0][round % AREAS] = 1;
        c.x[1][round % AREAS] = (double)(round % 90);
        hz_layer *b = layer_of(&c, 0);
        CHECK_OK(hz_change_add(b, &o, NULL, &err), err);
        for (size_t f = 0; f < sizeof figures / sizeof *figures; f++)
            for (size_t i = 0; i < AREAS; i++) {
                double was = at(a, figures[f], i), is = at(b, figures[f], i);
                CHECK((isnan(was) && isnan(is)) || was == is);
            }
        hz_layer_free(a);
        hz_layer_free(b);
    }
    CHECK(seen >= 300);
}

/* Newcombe's limits hold the true difference about as often as they say: 20,000 pairs of samples
 * of 30 to 150; Newcombe (1998) found a mean coverage of .952 for method 10. */
TEST(limits_of_a_difference_of_shares_cover_it_as_often_as_they_say)
{
    double covered = 0, rounds = 20000;
    for (int round = 0; round < rounds; round++) {
        double p1 = uniform(), p2 = uniform(), k1 = 0, k2 = 0, d, low, high;
        int n1 = 30 + (int)(uniform() * 120), n2 = 30 + (int)(uniform() * 120);
        for (int i = 0; i < n1; i++)
            k1 += uniform() < p1;
        for (int i = 0; i < n2; i++)
            k2 += uniform() < p2;
        hz_interval_difference(k1, n1, k2, n2, 0.95, &d, &low, &high);
        CHECK(low <= d && d <= high && low >= -1 && high <= 1);
        covered += low <= p1 - p2 && p1 - p2 <= high;
    }
    CHECK_NEAR(covered / rounds, 0.952, 0.006);
}

RUN_TESTS(T(swapping_the_periods_turns_every_ratio_over_and_keeps_p_and_q),
          T(the_central_p_is_under_five_per_cent_exactly_where_the_limits_leave_one_out),
          T(where_nothing_changed_at_most_five_in_a_hundred_p_are_under_five_per_cent),
          T(a_city_where_nothing_changed_gives_a_false_alarm_in_at_most_five_per_cent),
          T(nothing_in_the_table_depends_on_a_hidden_count),
          T(limits_of_a_difference_of_shares_cover_it_as_often_as_they_say))
