/* Cards of hidden counts: no figure is left that a hidden count follows from. */
#include "check.h"
#include "hotzone/caption_zone.h"
#include "hotzone/card.h"

/* 12 of 60 events, 3 searches; everything else is any number. */
static hz_card_column known_column(void)
{
    hz_card_column c;
    for (int i = 0; i < HZ_CARD_FIGURES; i++) {
        c.value[i] = 1 + i;
        c.why[i] = HZ_CARD_KNOWN;
    }
    c.value[HZ_CARD_EVENTS_IN] = 12;
    c.value[HZ_CARD_EVENTS_TOTAL] = 60;
    return c;
}

static bool is_known(const hz_card_column *c, int figure)
{
    return c->why[figure] == HZ_CARD_KNOWN && c->value[figure] == c->value[figure];
}

TEST(nothing_is_taken_where_nothing_is_hidden)
{
    hz_card_column c = known_column();
    hz_card_hide(&c, &(hz_card_hidden){ .own_hot = true });
    for (int i = 0; i < HZ_CARD_FIGURES; i++)
        CHECK(is_known(&c, i));
}

TEST(a_hidden_count_in_the_zone_takes_its_shares_and_rates_and_leaves_the_rest)
{
    static const int lost[] = { HZ_CARD_EVENTS_IN, HZ_CARD_CAPTURE, HZ_CARD_CAPTURE_LOW,
                                HZ_CARD_CAPTURE_HIGH, HZ_CARD_PAI, HZ_CARD_PAI_RESIDENTS,
                                HZ_CARD_RATE_INSIDE, HZ_CARD_RATE_OUTSIDE, HZ_CARD_RATE_RATIO,
                                HZ_CARD_RATE_RATIO_LOW, HZ_CARD_RATE_RATIO_HIGH,
                                HZ_CARD_DENSITY_INSIDE, HZ_CARD_DENSITY_OUTSIDE,
                                HZ_CARD_DENSITY_RATIO, HZ_CARD_DENSITY_RATIO_LOW,
                                HZ_CARD_DENSITY_RATIO_HIGH, HZ_CARD_SEARCHES_PER_EVENT };
    hz_card_column c = known_column();
    size_t hidden = 0;
    hz_card_hide(&c, &(hz_card_hidden){ .count = { true } });
    for (size_t k = 0; k < sizeof lost / sizeof *lost; k++)
        CHECK(c.why[lost[k]] == HZ_CARD_HIDDEN && c.value[lost[k]] != c.value[lost[k]]);
    for (int i = 0; i < HZ_CARD_FIGURES; i++)
        hidden += !is_known(&c, i);
    CHECK(hidden == sizeof lost / sizeof *lost);
    CHECK(is_known(&c, HZ_CARD_EVENTS_TOTAL) && is_known(&c, HZ_CARD_LEAKAGE + 3));
}

TEST(a_hidden_total_leaves_the_count_and_the_rate_in_the_zone)
{
    hz_card_column c = known_column();
    hz_card_hide(&c, &(hz_card_hidden){ .total = true });
    CHECK(is_known(&c, HZ_CARD_EVENTS_IN) && is_known(&c, HZ_CARD_RATE_INSIDE));
    CHECK(is_known(&c, HZ_CARD_DENSITY_INSIDE) && is_known(&c, HZ_CARD_SEARCHES_PER_EVENT));
    CHECK(!is_known(&c, HZ_CARD_EVENTS_TOTAL) && !is_known(&c, HZ_CARD_CAPTURE));
    CHECK(!is_known(&c, HZ_CARD_PAI) && !is_known(&c, HZ_CARD_RATE_OUTSIDE));
    CHECK(!is_known(&c, HZ_CARD_RATE_RATIO) && !is_known(&c, HZ_CARD_DENSITY_RATIO_HIGH));
}

TEST(what_would_place_single_events_is_not_told_of_hidden_ones)
{
    hz_card_column c = known_column(), given = known_column();
    hz_card_hide(&c, &(hz_card_hidden){ .single = true, .own_hot = true });
    hz_card_hide(&given, &(hz_card_hidden){ .single = true });
    for (int i = HZ_CARD_NULL_P; i <= HZ_CARD_HAUSDORFF_M; i++)
        CHECK(c.why[i] == HZ_CARD_WITHHELD);
    CHECK(c.why[HZ_CARD_PEI] == HZ_CARD_WITHHELD && c.why[HZ_CARD_JITTER_LOW] == HZ_CARD_WITHHELD);
    for (int k = 0; k < HZ_CARD_RINGS; k++) {
        CHECK(c.why[HZ_CARD_INSIDE + k] == HZ_CARD_WITHHELD);
        CHECK(is_known(&c, HZ_CARD_LEAKAGE + k) == (hz_card_ring_m(k) >= 200));
    }
    CHECK(is_known(&c, HZ_CARD_CAPTURE) && is_known(&c, HZ_CARD_POLSBY_POPPER));
    /* hotspots that are given tell of no event, but for the events in them */
    CHECK(is_known(&given, HZ_CARD_IOU_AREA) && is_known(&given, HZ_CARD_HAUSDORFF_M));
    CHECK(given.why[HZ_CARD_IOU_EVENTS] == HZ_CARD_WITHHELD);
    CHECK(given.why[HZ_CARD_RECALL_EVENTS] == HZ_CARD_WITHHELD);
}

/* "None outside, so no upper end" says that the zone holds all of them. */
TEST(reasons_that_tell_of_events_go_and_others_stay)
{
    hz_card_column c = known_column();
    c.value[HZ_CARD_RATE_RATIO_HIGH] = c.value[HZ_CARD_PAI_RESIDENTS] = NAN;
    c.why[HZ_CARD_RATE_RATIO_HIGH] = HZ_CARD_NO_LIMIT;
    c.why[HZ_CARD_PAI_RESIDENTS] = HZ_CARD_NO_POPULATION;
    hz_card_hide(&c, &(hz_card_hidden){ .count = { true } });
    CHECK(c.why[HZ_CARD_RATE_RATIO_HIGH] == HZ_CARD_HIDDEN);
    CHECK(c.why[HZ_CARD_PAI_RESIDENTS] == HZ_CARD_NO_POPULATION);
}

/* Hotspots that are looked for leave "no population is given" where there are some, else "no hotspots":
 * which of the two would tell. */
TEST(no_reason_says_whether_hidden_events_have_hotspots)
{
    const int one[] = { HZ_CARD_NO_POPULATION, HZ_CARD_NO_HOT, HZ_CARD_NO_PRECISION };
    const int figure[] = { HZ_CARD_IOU_RESIDENTS, HZ_CARD_IOU_RESIDENTS, HZ_CARD_JITTER_LOW };
    for (int k = 0; k < 3; k++) {
        hz_card_column c = known_column();
        c.value[figure[k]] = NAN;
        c.why[figure[k]] = (unsigned char)one[k];
        hz_card_hide(&c, &(hz_card_hidden){ .single = true, .own_hot = true });
        CHECK(c.why[figure[k]] == HZ_CARD_WITHHELD);
    }
}

/* Whatever is hidden: with two different truths behind it a card reads the same. */
TEST(cards_of_different_hidden_counts_are_the_same)
{
    for (unsigned seed = 0; seed < 8; seed++) {
        hz_card_hidden h = { .single = seed & 2, .total = seed & 4, .count = { true } };
        hz_card card[2];
        hz_card_note note = { .name = "Torvet", .level = 0.95 };
        hz_text said[2] = { { 0 }, { 0 } };
        for (int k = 0; k < 2; k++) {
            card[k].now = card[k].later = known_column();
            card[k].now.value[HZ_CARD_EVENTS_IN] = 3 + k;
            card[k].now.value[HZ_CARD_CAPTURE] = (3 + k) / 60.0;
            card[k].now.value[HZ_CARD_RATE_RATIO] = k ? 0.4 : 0.5;
            hz_card_hide(&card[k].now, &h);
            hz_card_statement(&card[k], &note, seed % 2 ? HZ_DANISH : HZ_ENGLISH, &said[k]);
        }
        CHECK(strcmp(hz_text_get(&said[0]), hz_text_get(&said[1])) == 0);
        CHECK(strstr(hz_text_get(&said[0]), seed % 2 ? "skjult" : "hidden") != NULL);
        hz_text_free(&said[0]);
        hz_text_free(&said[1]);
    }
}

RUN_TESTS(T(nothing_is_taken_where_nothing_is_hidden),
          T(a_hidden_count_in_the_zone_takes_its_shares_and_rates_and_leaves_the_rest),
          T(a_hidden_total_leaves_the_count_and_the_rate_in_the_zone),
          T(what_would_place_single_events_is_not_told_of_hidden_ones),
          T(reasons_that_tell_of_events_go_and_others_stay),
          T(no_reason_says_whether_hidden_events_have_hotspots),
          T(cards_of_different_hidden_counts_are_the_same))
