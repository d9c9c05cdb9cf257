/* Nearest neighbours by hand and against a slow twin; Clark and Evans's figures. */
#include "check.h"

#include "hotzone/mem.h"
#include "hotzone/nearest.h"
#include "hotzone/rng.h"

static hz_error err;

static double mean_of(size_t n, const double *x, const double *y, size_t *same)
{
    hz_nearest_room *room = NULL;
    if (hz_nearest_room_new(n, &room, &err))
        return NAN;
    double mean = hz_nearest_mean(n, x, y, room, same);
    hz_nearest_room_free(room);
    return mean;
}

TEST(three_points_by_hand)
{
    const double x[] = { 0, 3, 3 }, y[] = { 0, 0, 1 };
    size_t same = 9;
    CHECK_NEAR(mean_of(3, x, y, &same), (3 + 1 + 1) / 3.0, 1e-15);
    CHECK(same == 0);
    CHECK_NAN(mean_of(1, x, y, &same));
}

TEST(points_in_one_place_are_counted)
{
    const double x[] = { 5, 5, 9, 5, 9, 0 }, y[] = { 1, 1, 1, 1, 1, 1 }, one[] = { 4, 4, 4 };
    size_t same;
    CHECK_NEAR(mean_of(6, x, y, &same), 5.0 / 6, 1e-15);
    CHECK(same == 5);
    CHECK(mean_of(3, one, one, &same) == 0 && same == 3);
}

/* Even, in clumps, on a line, and far apart: cells must not miss a neighbour. */
TEST(the_fast_way_finds_what_the_slow_way_finds)
{
    enum { N = 300 };
    double x[N], y[N];
    for (uint32_t round = 0; round < 40; round++) {
        hz_rng rng = hz_rng_new(11, 1, round, 0);
        double sum = 0;
        for (int i = 0; i < N; i++) {
            x[i] = hz_rng_uniform(&rng) * (round % 4 == 1 && i % 3 ? 0.01 : 1);
            y[i] = round % 4 == 2 ? 0 : hz_rng_uniform(&rng) * (round % 4 == 3 ? 1e-6 : 1);
            if (round % 4 == 0 && i == 0)
                x[i] = 1e9;
        }
        for (int i = 0; i < N; i++) {
            double least = INFINITY;
            for (int j = 0; j < N; j++)
                if (j != i)
                    least = fmin(least, hypot(x[i] - x[j], y[i] - y[j]));
            sum += least;
        }
        CHECK_NEAR(mean_of(N, x, y, NULL), sum / N, 1e-12 * sum);
    }
}

TEST(clark_and_evans_by_hand)
{
    /* 100 points on a square of 10 by 10: one each, 0.5 apart on average by chance */
    hz_clark_evans c = hz_nearest_clark_evans(100, 1, 100, NAN);
    CHECK_NEAR(c.expected, 0.5, 1e-15);
    CHECK_NEAR(c.ratio, 2, 1e-15);
    CHECK_NEAR(c.se, 0.026136, 1e-15);
    CHECK_NEAR(c.z, 0.5 / 0.026136, 1e-12);
    CHECK_NAN(c.donnelly_ratio);
    c = hz_nearest_clark_evans(100, 1, 100, 40);
    CHECK_NEAR(c.donnelly_expected, 0.5 + (0.0514 + 0.00412) * 0.4, 1e-15);
    CHECK_NEAR(c.donnelly_se, sqrt(0.0703 / 100 + 0.037 * 40 * sqrt(100 / 1e10)), 1e-15);
}

TEST(no_memory_is_said)
{
    hz_nearest_room *room = NULL;
    for (long at = 1; at <= 6; at++) {
        hz_mem_fail_at(at);
        CHECK_FAILS(hz_nearest_room_new(9, &room, &err), HZ_EMEMORY, err, "pattern");
        hz_mem_fail_at(0);
        CHECK(room == NULL);
    }
}

RUN_TESTS(T(three_points_by_hand), T(points_in_one_place_are_counted),
          T(the_fast_way_finds_what_the_slow_way_finds), T(clark_and_evans_by_hand),
          T(no_memory_is_said))
