/* How many events a place must hold, and how likely it gets them. */
#include "check.h"
#include "hotzone/power.h"

/* Ten events on ten places: one place needs k with P(Bin(10, .1) >= k) <= .05 / 10 / 2 = .0025: P(4 or
 * more) = .0128, P(5 or more) = .00163.  At twice the risk its share is 2/11. */
TEST(ten_events_on_ten_places_match_hand_calculation)
{
    hz_power p = hz_power_of(10, 1, 10, 0.05, 2);
    double want = 0, ways[] = { 252, 210, 120, 45, 10, 1 }; /* 10 over 5 .. 10 over 10 */
    for (int k = 5; k <= 10; k++)
        want += ways[k - 5] * pow(2.0 / 11, k) * pow(9.0 / 11, 10 - k);
    CHECK_NEAR(p.expected, 1, 1e-15);
    CHECK(p.needed == 5 && p.events == 10 && p.units == 10 && p.block == 1);
    CHECK_NEAR(p.power, want, 1e-12);
}

TEST(too_few_events_can_show_nothing)
{
    hz_power one = hz_power_of(1000, 9, 1, 0.05, 100), none = hz_power_of(1000, 9, 0, 0.05, 3);
    CHECK(one.needed == 2 && one.power == 0);
    CHECK(none.needed == 1 && none.power == 0);
}

TEST(more_events_and_more_risk_never_show_less)
{
    double last = 0;
    for (double n = 10; n < 1e6; n *= 10) {
        hz_power p = hz_power_of(2000, 9, n, 0.05, 3);
        CHECK(p.power >= last && p.needed > p.expected);
        CHECK(hz_power_of(2000, 9, n, 0.05, 5).power >= p.power);
        last = p.power;
    }
    CHECK(last > 0.99);
}

TEST(a_place_that_is_the_whole_has_all_events)
{
    hz_power p = hz_power_of(9, 9, 50, 0.05, 3);
    CHECK(p.needed == 51 && p.power == 0 && p.expected == 50);
}

RUN_TESTS(T(ten_events_on_ten_places_match_hand_calculation), T(too_few_events_can_show_nothing),
          T(more_events_and_more_risk_never_show_less), T(a_place_that_is_the_whole_has_all_events))
