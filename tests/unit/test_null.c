/* The exact null of neighbour sums: by hand, and what it refuses. */
#include "check.h"

#include "hotzone/null.h"

static hz_error err;

/* Values 0 1 1 3, two neighbours.  Holding a 1, the pairs of 0 1 3 sum to 1, 3, 4; holding 0, those
 * of 1 1 3 to 2, 4, 4; holding 3, those of 0 1 1 to 1, 1, 2. */
TEST(pairs_of_four_values_are_counted)
{
    const double x[] = { 0, 1, 1, 3 }, sum[] = { 4, 3, 4, 1 };
    const uint32_t k[] = { 2, 2, 2, 2 };
    double high[4], low[4], equal[4];
    hz_null *null = NULL;
    CHECK_OK(hz_null_new(4, x, &null, &err), err);
    CHECK_OK(hz_null_tails(null, k, sum, 2, high, low, equal, &err), err);
    CHECK_NEAR(high[0], 2.0 / 3, 1e-15);
    CHECK_NEAR(low[0], 1, 1e-15);
    CHECK_NEAR(equal[0], 2.0 / 3, 1e-15);
    CHECK_NEAR(high[1], 2.0 / 3, 1e-15);
    CHECK_NEAR(low[1], 2.0 / 3, 1e-15);
    CHECK_NEAR(high[2], 1.0 / 3, 1e-15);
    CHECK_NEAR(low[3], 2.0 / 3, 1e-15);
    CHECK_NEAR(equal[3], 2.0 / 3, 1e-15);
    hz_null_free(null);
}

/* Steps of 5 from -10: the least value and the common divisor are taken out first. */
TEST(negative_values_and_a_common_divisor_change_nothing)
{
    const double x[] = { -10, -5, -5, 5 }, sum[] = { 0, -5, 0, -15 };
    const uint32_t k[] = { 2, 2, 2, 2 };
    double high[4], low[4], equal[4];
    hz_null *null = NULL;
    CHECK_OK(hz_null_new(4, x, &null, &err), err);
    CHECK_OK(hz_null_tails(null, k, sum, 2, high, low, equal, &err), err);
    CHECK_NEAR(high[0], 2.0 / 3, 1e-15);
    CHECK_NEAR(high[2], 1.0 / 3, 1e-15);
    CHECK_NEAR(low[3], 2.0 / 3, 1e-15);
    hz_null_free(null);
}

/* One 1 in a million, eight neighbours, one of them it: 8 in 999,999. */
TEST(a_rare_value_among_very_many_is_exact)
{
    enum { N = 1000000 };
    static double x[N], sum[N], high[N], low[N], equal[N];
    static uint32_t k[N];
    hz_null *null = NULL;
    x[17] = 1;
    k[3] = 8;
    sum[3] = 1;
    CHECK_OK(hz_null_new(N, x, &null, &err), err);
    CHECK_OK(hz_null_tails(null, k, sum, 8, high, low, equal, &err), err);
    CHECK_NEAR(high[3] / (8.0 / 999999), 1, 1e-12);
    CHECK_NEAR(low[3], 1, 1e-15);
    CHECK(high[4] == 0); /* not asked for: left alone */
    hz_null_free(null);
}

/* Eight draws all of the eight 50s among 100 values: 1 / C(99, 8), 5.8e-12. */
TEST(a_tail_far_out_keeps_its_digits)
{
    enum { N = 100 };
    double x[N], sum[N] = { 0 }, high[N], low[N], equal[N];
    uint32_t k[N] = { 0 };
    hz_null *null = NULL;
    for (int i = 0; i < N; i++)
        x[i] = i >= N - 8 ? 50 : i % 7;
    k[0] = 8;
    sum[0] = 400;
    CHECK_OK(hz_null_new(N, x, &null, &err), err);
    CHECK_OK(hz_null_tails(null, k, sum, 8, high, low, equal, &err), err);
    double sets = 1;
    for (int i = 0; i < 8; i++)
        sets *= (99.0 - i) / (i + 1);
    CHECK_NEAR(high[0] * sets, 1, 1e-11);
    CHECK_NEAR(equal[0] * sets, 1, 1e-11);
    hz_null_free(null);
}

TEST(what_cannot_be_counted_is_refused)
{
    const double part[] = { 0, 1.5, 2 }, wide[] = { 0, 1, 4e9 }, one[] = { 3 };
    const double nan[] = { 0, NAN, 2 }, good[] = { 0, 1, 2 };
    const uint32_t k[] = { 3, 3, 3 };
    double a[3], b[3], c[3];
    hz_null *null = NULL;
    CHECK_FAILS(hz_null_new(3, part, &null, &err), HZ_EDATA, err, "expected whole numbers");
    CHECK_FAILS(hz_null_new(3, nan, &null, &err), HZ_EDATA, err, "expected whole numbers");
    CHECK_FAILS(hz_null_new(3, wide, &null, &err), HZ_EDATA, err, "steps of 1");
    CHECK_FAILS(hz_null_new(1, one, &null, &err), HZ_EDATA, err, "expected 2 or more");
    CHECK(null == NULL);
    CHECK_OK(hz_null_new(3, good, &null, &err), err);
    CHECK(isinf(hz_null_work(null, 3)) && isinf(hz_null_room(null, 501)));
    CHECK(hz_null_work(null, 2) > 0 && hz_null_work(null, 2) < 100);
    CHECK_FAILS(hz_null_tails(null, k, good, 3, a, b, c, &err), HZ_EUSAGE, err, "3 neighbours");
    hz_null_free(null);
}

RUN_TESTS(T(pairs_of_four_values_are_counted),
          T(negative_values_and_a_common_divisor_change_nothing),
          T(a_rare_value_among_very_many_is_exact), T(a_tail_far_out_keeps_its_digits),
          T(what_cannot_be_counted_is_refused))
