/* Lorenz curve, Gini and Theil: sums by hand, limits, and a slow obvious twin. */
#include "check.h"
#include "hotzone/gini.h"
#include "hotzone/rng.h"

enum { MOST = 60 };

static double lorenz(size_t n, const hz_gini_step *s, double share)
{
    return 1 - hz_gini_top(n, s, 1 - share);
}

/* Ten events at three places, 1, 2 and 7: the curve passes 0, .1, .3, 1; the area below it is
 * (.05 + .2 + .65) / 3 = .3, so G = .4. */
TEST(three_places_match_hand_calculation)
{
    hz_gini_step s[] = { { 7, 1 }, { 1, 1 }, { 2, 1 } };
    double curve[7];
    hz_gini_sort(3, s);
    CHECK(s[0].events == 1 && s[2].events == 7);
    CHECK_NEAR(hz_gini(3, s), 0.4, 1e-15);
    CHECK_NEAR(lorenz(3, s, 1.0 / 3), 0.1, 1e-15);
    CHECK_NEAR(lorenz(3, s, 0.5), 0.2, 1e-15);
    CHECK_NEAR(lorenz(3, s, 0), 0, 1e-15);
    CHECK_NEAR(lorenz(3, s, 1), 1, 1e-15);
    hz_gini_curve(3, s, 6, curve);
    for (size_t k = 0; k <= 6; k++)
        CHECK_NEAR(curve[k], lorenz(3, s, (double)k / 6), 1e-14);
    /* half the events: 5 of the 7 at the first place, 5/7 of a third of the places */
    CHECK_NEAR(hz_gini_holding(3, s, 0.5), 5.0 / 21, 1e-15);
    CHECK_NEAR(hz_gini_holding(3, s, 0.8), 0.5, 1e-15);
    CHECK_NEAR(hz_gini_holding(3, s, 1), 1, 1e-15);
    CHECK_NEAR(hz_theil(3, s), 0.1 * log(0.3) + 0.2 * log(0.6) + 0.7 * log(2.1), 1e-15);
}

/* All at one of n places: G = 1 - 1/n, T = ln n.  All alike: 0. */
TEST(one_place_with_all_and_places_all_alike_are_the_ends)
{
    hz_gini_step one[] = { { 0, 1 }, { 0, 1 }, { 0, 1 }, { 9, 1 } };
    hz_gini_step even[] = { { 2, 4 }, { 1, 2 }, { 3, 6 } };
    CHECK_NEAR(hz_gini(4, one), 0.75, 0);
    CHECK_NEAR(hz_theil(4, one), log(4), 1e-15);
    CHECK_NEAR(hz_gini_holding(4, one, 0.5), 0.125, 1e-15);
    hz_gini_sort(3, even);
    CHECK_NEAR(hz_gini(3, even), 0, 1e-15);
    CHECK_NEAR(hz_theil(3, even), 0, 1e-15);
    CHECK_NEAR(lorenz(3, even, 0.3), 0.3, 1e-15);
}

TEST(nothing_has_no_concentration)
{
    hz_gini_step s[] = { { 0, 1 }, { 0, 1 } };
    double curve[3];
    CHECK_NAN(hz_gini(2, s));
    CHECK_NAN(hz_theil(2, s));
    CHECK_NAN(hz_gini_top(2, s, 0.5));
    CHECK_NAN(hz_gini_holding(2, s, 0.5));
    hz_gini_curve(2, s, 2, curve);
    CHECK_NAN(curve[1]);
}

/* Bernasco & Steenbeek (2017): 10 events each at a place of its own among 1,000 have G = .99, and
 * are as little concentrated as can be; all 10 at one place are fully so, G = .999 and G' = .9. */
TEST(few_events_apart_are_not_concentrated_by_the_generalised_gini)
{
    CHECK_NEAR(hz_gini_generalised(0.99, 1000, 10), 0, 1e-12);
    CHECK_NEAR(hz_gini_generalised(0.999, 1000, 10), 0.9, 1e-12);
    CHECK_NEAR(hz_gini_generalised(0.4, 10, 1000), 0.4, 1e-15);
}

TEST(parts_within_and_between_groups_add_up)
{
    const double events[] = { 4, 0, 3, 9, 1 }, base[] = { 1, 2, 1, 3, 1 };
    const uint32_t group[] = { 0, 0, 1, 1, 1 };
    hz_gini_step all[5], sums[2], part[3];
    double within = 0;
    for (size_t i = 0; i < 5; i++)
        all[i] = (hz_gini_step){ events[i], base[i] };
    double between = hz_theil_between(5, events, base, group, 2, sums);
    CHECK_NEAR(between, 4.0 / 17 * log(4.0 / 17 / (3.0 / 8)) + 13.0 / 17 * log(13.0 / 17 / 0.625),
               1e-15);
    for (size_t g = 0; g < 2; g++) { /* within: each group's own T, weighted by its events */
        size_t n = 0;
        for (size_t i = 0; i < 5; i++)
            if (group[i] == g)
                part[n++] = all[i];
        within += sums[g].events / 17 * hz_theil(n, part);
    }
    CHECK_NEAR(hz_theil(5, all), between + within, 1e-15);
}

/* Half the relative mean difference, over all pairs. */
static double slow_gini(size_t n, const hz_gini_step *s)
{
    double sum = 0, events = 0, base = 0;
    for (size_t i = 0; i < n; i++) {
        events += s[i].events;
        base += s[i].base;
        for (size_t j = 0; j < n; j++)
            sum += s[i].base * s[j].base *
                   fabs(s[i].events / s[i].base - s[j].events / s[j].base);
    }
    return sum / (2 * base * events);
}

TEST(gini_is_half_the_relative_mean_difference_and_the_curves_are_each_others_inverse)
{
    for (uint32_t r = 0; r < 300; r++) {
        hz_rng rng = hz_rng_new(7, 1, 0, r);
        hz_gini_step s[MOST];
        size_t n = 2 + hz_rng_below(&rng, MOST - 1);
        for (size_t i = 0; i < n; i++)
            s[i] = (hz_gini_step){ (double)hz_rng_below(&rng, 1 + r % 20) + (i == 0),
                                   r % 2 ? 1 : 0.1 + hz_rng_uniform(&rng) };
        double want = slow_gini(n, s);
        hz_gini_sort(n, s);
        CHECK_NEAR(hz_gini(n, s), want, 1e-12);
        for (double share = 0.1; share < 1; share += 0.2)
            CHECK_NEAR(hz_gini_top(n, s, hz_gini_holding(n, s, share)), share, 1e-12);
    }
}

TEST(several_places_of_one_rate_may_be_one_step)
{
    hz_gini_step apart[] = { { 1, 1 }, { 1, 1 }, { 1, 1 }, { 4, 1 }, { 4, 1 } };
    hz_gini_step together[] = { { 3, 3 }, { 8, 2 } };
    CHECK_NEAR(hz_gini(5, apart), hz_gini(2, together), 1e-15);
    CHECK_NEAR(hz_theil(5, apart), hz_theil(2, together), 1e-15);
    CHECK_NEAR(lorenz(5, apart, 0.7), lorenz(2, together, 0.7), 1e-15);
    CHECK_NEAR(hz_gini_holding(5, apart, 0.3), hz_gini_holding(2, together, 0.3), 1e-15);
}

RUN_TESTS(T(three_places_match_hand_calculation),
          T(one_place_with_all_and_places_all_alike_are_the_ends),
          T(nothing_has_no_concentration),
          T(few_events_apart_are_not_concentrated_by_the_generalised_gini),
          T(parts_within_and_between_groups_add_up),
          T(gini_is_half_the_relative_mean_difference_and_the_curves_are_each_others_inverse),
          T(several_places_of_one_rate_may_be_one_step))
