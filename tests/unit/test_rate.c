/* Marshall's rates: sums small enough to do by hand, zero and missing bases. */
#include "check.h"
#include "hotzone/rate.h"

/* Two areas of 100 people, 10 and 30 events: m = 0.2, spread 0.01, of which chance explains
 * m / 100 = 0.002; each keeps 0.008 / 0.010 of its departure. */
TEST(smoothed_rate_matches_hand_calculation)
{
    const double events[] = { 10, 30 }, people[] = { 100, 100 };
    double rate[2];
    hz_smoothing found;
    hz_rate_smoothed(2, events, people, rate, &found);
    CHECK_NEAR(found.mean, 0.2, 1e-15);
    CHECK_NEAR(found.variance, 0.008, 1e-15);
    CHECK(found.used == 2);
    CHECK_NEAR(rate[0], 0.120, 1e-15);
    CHECK_NEAR(rate[1], 0.280, 1e-15);
}

/* Unequal bases: m = 60/400 = 0.15; spread (100 (0.3-0.15)^2 + 300 (0.1-0.15)^2)/400 = 0.0075;
 * mean base 200, so a = 0.0075 - 0.00075; weights a/(a + m/100) and a/(a + m/300). */
TEST(the_smaller_area_is_pulled_further)
{
    const double events[] = { 30, 30 }, people[] = { 100, 300 };
    double rate[2], a = 0.00675;
    hz_rate_smoothed(2, events, people, rate, NULL);
    CHECK_NEAR(rate[0], 0.15 + 0.15 * a / (a + 0.0015), 1e-15);
    CHECK_NEAR(rate[1], 0.15 - 0.05 * a / (a + 0.0005), 1e-15);
}

/* Chance alone explains the spread: the variance is floored, never negative (esda's fault). */
TEST(when_chance_explains_all_every_rate_is_the_mean)
{
    const double events[] = { 3, 4, 5 }, people[] = { 100, 100, 100 };
    double rate[3];
    hz_smoothing found;
    hz_rate_smoothed(3, events, people, rate, &found);
    CHECK(found.variance == 0);
    for (int i = 0; i < 3; i++)
        CHECK_NEAR(rate[i], 0.04, 1e-16);
}

TEST(no_events_anywhere_give_a_rate_of_zero)
{
    const double events[] = { 0, 0, NAN }, people[] = { 100, 50, 10 };
    const size_t first[] = { 0, 1, 2, 2 }, neighbour[] = { 1, 0 };
    double rate[3];
    hz_rate_smoothed(3, events, people, rate, NULL);
    CHECK(rate[0] == 0 && rate[1] == 0);
    CHECK_NAN(rate[2]);
    hz_rate_smoothed_local(3, events, people, first, neighbour, rate);
    CHECK(rate[0] == 0 && rate[1] == 0);
    CHECK_NAN(rate[2]);
}

/* libgeoda counts empty areas in the mean base and so over-shrinks everyone else. */
TEST(areas_without_a_base_or_a_count_change_nothing_for_the_others)
{
    const double events[] = { 10, 0, 30, NAN, 7, 5 };
    const double people[] = { 100, 0, 100, 50, NAN, 0 };
    double rate[6];
    hz_smoothing found;
    hz_rate_smoothed(6, events, people, rate, &found);
    CHECK(found.used == 2);
    CHECK_NEAR(rate[0], 0.120, 1e-15);
    CHECK_NEAR(rate[2], 0.280, 1e-15);
    CHECK_NAN(rate[1]);
    CHECK_NAN(rate[3]);
    CHECK_NAN(rate[4]);
    CHECK_NAN(rate[5]);
}

TEST(nothing_known_gives_no_mean)
{
    const double events[] = { NAN, 3 }, people[] = { 100, 0 };
    double rate[2] = { 1, 1 };
    hz_smoothing found;
    hz_rate_smoothed(2, events, people, rate, &found);
    CHECK(found.used == 0);
    CHECK_NAN(found.mean);
    CHECK_NAN(found.variance);
    CHECK_NAN(rate[0]);
    CHECK_NAN(rate[1]);
    hz_rate_smoothed(0, NULL, NULL, NULL, &found);
    CHECK(found.used == 0);
}

TEST(one_area_keeps_its_crude_rate)
{
    const double events[] = { 7 }, people[] = { 40 };
    double rate[1];
    hz_rate_smoothed(1, events, people, rate, NULL);
    CHECK(rate[0] == 7.0 / 40);
}

/* 0 and 1 are neighbours, 2 has none, 3's only neighbour has no base. */
TEST(local_smoothing_looks_no_further_than_the_neighbours)
{
    const double events[] = { 10, 30, 900, 8, 5 }, people[] = { 100, 100, 100, 100, 0 };
    const size_t first[] = { 0, 1, 2, 2, 3, 4 }, neighbour[] = { 1, 0, 4, 3 };
    double rate[5];
    hz_rate_smoothed_local(5, events, people, first, neighbour, rate);
    CHECK_NEAR(rate[0], 0.120, 1e-15);
    CHECK_NEAR(rate[1], 0.280, 1e-15);
    CHECK(rate[2] == 9);
    CHECK(rate[3] == 0.08);
    CHECK_NAN(rate[4]);
}

TEST(an_area_named_as_its_own_neighbour_counts_once)
{
    const double events[] = { 10, 30 }, people[] = { 100, 100 };
    const size_t first[] = { 0, 2, 4 }, neighbour[] = { 0, 1, 0, 1 };
    double rate[2];
    hz_rate_smoothed_local(2, events, people, first, neighbour, rate);
    CHECK_NEAR(rate[0], 0.120, 1e-15);
    CHECK_NEAR(rate[1], 0.280, 1e-15);
}

/* The figures of docs/methods/rates.md: three districts of 1000, 10,000 and 30,000. */
TEST(the_worked_example_of_the_manual_holds)
{
    const double events[] = { 12, 40, 90 }, people[] = { 1000, 10000, 30000 };
    double rate[3];
    hz_smoothing found;
    hz_rate_smoothed(3, events, people, rate, &found);
    CHECK_NEAR(found.mean * 1000, 3.463, 5e-4);
    CHECK_NEAR(found.variance * 1e6, 1.751, 5e-4);
    CHECK_NEAR(rate[0] * 1000, 6.330, 5e-4);
    CHECK_NEAR(rate[1] * 1000, 3.911, 5e-4);
    CHECK_NEAR(rate[2] * 1000, 3.029, 5e-4);
}

RUN_TESTS(T(smoothed_rate_matches_hand_calculation), T(the_smaller_area_is_pulled_further),
          T(when_chance_explains_all_every_rate_is_the_mean),
          T(no_events_anywhere_give_a_rate_of_zero),
          T(areas_without_a_base_or_a_count_change_nothing_for_the_others),
          T(nothing_known_gives_no_mean), T(one_area_keeps_its_crude_rate),
          T(local_smoothing_looks_no_further_than_the_neighbours),
          T(an_area_named_as_its_own_neighbour_counts_once),
          T(the_worked_example_of_the_manual_holds))
