/* What stands at a report's top says what its sections say, with the same figures. */
#include "check.h"

#include <string.h>

#include "hotzone/caption_change.h"
#include "hotzone/caption_flows.h"
#include "hotzone/caption_zones.h"

/* ---- change ---- */

static void must(hz_status st)
{
    if (st)
        fail_msg("no memory for a table");
}

enum { AREAS = 5 };
static const char *const names[AREAS] = { "Nord", "Syd", "Øst", "Vest", "Midt" };

static hz_layer *change_table(size_t tests)
{
    double before[AREAS], after[AREAS], ratio[AREAS], low[AREAS], high[AREAS], p[AREAS], q[AREAS];
    hz_layer *t = NULL;
    hz_error err;
    for (size_t i = 0; i < AREAS; i++) {
        before[i] = 20;
        after[i] = 10;
        ratio[i] = 0.5;
        low[i] = 0.4;
        high[i] = 0.62;
        p[i] = 0.0123;
        q[i] = i < tests ? 0.04 : NAN;
    }
    must(hz_layer_new("change", AREAS, &t, &err));
    must(hz_layer_add_texts(t, "name", names, &err));
    must(hz_layer_add_numbers(t, "rate_1", before, &err));
    must(hz_layer_add_numbers(t, "rate_2", after, &err));
    must(hz_layer_add_numbers(t, "ratio", ratio, &err));
    must(hz_layer_add_numbers(t, "ratio_low", low, &err));
    must(hz_layer_add_numbers(t, "ratio_high", high, &err));
    must(hz_layer_add_numbers(t, "p", p, &err));
    must(hz_layer_add_numbers(t, "q", q, &err));
    return t;
}

static void say_change(size_t tests, hz_language l, hz_text *out)
{
    hz_change_found found = { .tests = tests, .significant = tests };
    hz_layer *t = change_table(tests);
    hz_caption_change f = { .language = l, .table = t, .found = &found, .noun = "anmeldelser",
                            .base = "indbyggere", .before = "2016", .after = "2017", .per = 1000,
                            .level = 0.95 };
    hz_caption_change_short(&f, out);
    hz_layer_free(t);
}

TEST(a_change_names_its_areas_while_they_are_few)
{
    hz_text text = { 0 };
    say_change(1, HZ_DANISH, &text);
    CHECK_TEXT(hz_text_get(&text),
               "Anmeldelser pr. 1.000 indbyggere, 2016 og 2017. Nord: 20,0 i 2016, 10,0 i 2017 "
               "(forhold 0,50, 0,40–0,62; p 0,012). Det ene testede område har ændret sig mere, "
               "end tilfældigheder kan forklare (q højst 0,05, Benjamini og Hochberg).");
    hz_text_free(&text);
    say_change(3, HZ_ENGLISH, &text);
    CHECK(strstr(text.data, "Øst: 20.0 in 2016, 10.0 in 2017 (ratio 0.50, 0.40–0.62; p 0.012)."));
    hz_text_free(&text);
    say_change(4, HZ_ENGLISH, &text);
    CHECK_TEXT(hz_text_get(&text),
               "Anmeldelser per 1,000 indbyggere, 2016 and 2017. Of four areas tested, four have "
               "changed by more than chance explains (q at most 0.05, Benjamini and Hochberg).");
    hz_text_free(&text);
}

/* ---- surveys ---- */

static hz_layer *survey_table(bool limits)
{
    static const double one[] = { NAN, 0.22, 0.1 }, two[] = { 0.3, 0.2, 0.2 };
    static const double change[] = { NAN, -0.02, 0.1 };
    static const double low[] = { NAN, -0.0512, 0.02 }, high[] = { NAN, 0.011, 0.18 };
    static const char *const asked[] = { "a", "unsafe", "b" };
    hz_layer *t = NULL;
    hz_error err;
    must(hz_layer_new("survey", 3, &t, &err));
    must(hz_layer_add_texts(t, "name", names, &err));
    must(hz_layer_add_texts(t, "question", asked, &err));
    must(hz_layer_add_numbers(t, "share_1", one, &err));
    must(hz_layer_add_numbers(t, "share_2", two, &err));
    must(hz_layer_add_numbers(t, "difference", change, &err));
    if (limits) {
        must(hz_layer_add_numbers(t, "difference_low", low, &err));
        must(hz_layer_add_numbers(t, "difference_high", high, &err));
    }
    return t;
}

/* The first row lacks a year, so the second is told. */
TEST(a_survey_tells_its_first_whole_row_with_an_interval_if_there_is_one)
{
    hz_text text = { 0 };
    hz_layer *bare = survey_table(false), *whole = survey_table(true);
    hz_caption_survey_first(HZ_DANISH, bare, 2017, 2018, &text);
    CHECK_TEXT(hz_text_get(&text), "Syd (»unsafe«): 22\u00a0% i 2017, 20\u00a0% i 2018 "
                                   "(\u22122 procentpoint).");
    hz_text_free(&text);
    hz_text_add(&text, "Shares.");
    hz_caption_survey_first(HZ_ENGLISH, whole, 2017, 2018, &text);
    CHECK_TEXT(hz_text_get(&text), "Shares. Syd (‘unsafe’): 22% in 2017, 20% in 2018 "
                                   "(\u22122 percentage points, interval \u22125.1 to 1.1).");
    hz_text_free(&text);
    hz_layer_free(bare);
    hz_layer_free(whole);
}

TEST(one_share_is_not_told_as_many)
{
    hz_layer *whole = survey_table(true);
    hz_survey_found found = { .compared = 1 };
    hz_text text = { 0 };
    hz_caption_survey_findings(HZ_ENGLISH, whole, &found, 2017, 2018, &text);
    CHECK_TEXT(hz_text_get(&text), "1 share is compared between 2017 and 2018. It cannot be tested, since "
                                   "the number of answers is not published; a difference alone does not "
                                   "tell a change from chance.");
    hz_text_free(&text);
    found.defined = 1;
    hz_caption_survey_findings(HZ_DANISH, whole, &found, 2017, 2018, &text);
    CHECK_TEXT(hz_text_get(&text),
               "1 andel er sammenlignet mellem 2017 og 2018. 1 har et interval, som ikke rummer 0.");
    hz_text_free(&text);
    found.compared = found.defined = 2;
    hz_caption_survey_findings(HZ_ENGLISH, whole, &found, 2017, 2018, &text);
    CHECK_TEXT(hz_text_get(&text), "2 shares are compared between 2017 and 2018. 2 have an interval; in 1 "
                                   "of them it leaves out 0.");
    hz_text_free(&text);
    hz_layer_free(whole);
}

/* ---- zones ---- */

static void fill(hz_card_column *c, double in, double total, double km2, double share)
{
    memset(c, 0, sizeof *c);
    c->value[HZ_CARD_EVENTS_IN] = in;
    c->value[HZ_CARD_EVENTS_TOTAL] = total;
    c->value[HZ_CARD_CAPTURE] = in / total;
    c->value[HZ_CARD_CAPTURE_LOW] = in / total / 2;
    c->value[HZ_CARD_CAPTURE_HIGH] = (1 + in / total) / 2;
    c->value[HZ_CARD_AREA_KM2] = km2;
    c->value[HZ_CARD_AREA_SHARE] = share;
}

/* Of three zones one holds 1 of 4, two hold all 4: the smaller of those is named. */
TEST(of_zones_the_fewest_and_the_most_are_told)
{
    hz_card cards[3];
    const hz_card_note notes[3] = { { .name = "A" }, { .name = "B" }, { .name = "C" } };
    static const char *const ids[] = { "a", "b", "c" }, *const how[] = { "built", "built", "drawn" };
    const size_t shared[] = { 1, 1, 1 };
    hz_caption_zones f = { .language = HZ_DANISH, .noun = "skyderier", .place_in = "i Byen",
                           .cards = cards, .notes = notes, .n = 3, .ids = ids, .how = how,
                           .shared = shared, .zones = 3, .period = "maj 2017",
                           .later = "juni 2017" };
    hz_text text = { 0 };
    fill(&cards[0].now, 4, 4, 5, 0.25);
    fill(&cards[0].later, 1, 2, 5, 0.25);
    fill(&cards[1].now, 1, 4, 1, 0.05);
    fill(&cards[1].later, 0, 2, 1, 0.05);
    fill(&cards[2].now, 4, 4, 3, 0.15);
    fill(&cards[2].later, 2, 2, 3, 0.15);
    hz_caption_zones_short(&f, &text);
    CHECK_TEXT(hz_text_get(&text),
               "Skyderier i Byen, maj 2017. Tre zoner og 4 hændelser. Færrest: B med 1 (25,0\u00a0%, "
               "12,5–62,5\u00a0%) på 5,0\u00a0% af landarealet; flest: C (tegnet, ikke bygget) med 4 "
               "(100,0\u00a0%, 50,0–100,0\u00a0%) på 15,0\u00a0% af landarealet. Senere, juni 2017, af "
               "2: 0 (0,0\u00a0%, 0,0–50,0\u00a0%) og 2 (100,0\u00a0%, 50,0–100,0\u00a0%).");
    hz_text_free(&text);
    f.n = 1;
    f.language = HZ_ENGLISH;
    f.later = NULL;
    hz_caption_zones_short(&f, &text);
    CHECK_TEXT(hz_text_get(&text), "Skyderier i Byen, maj 2017. One zone and 4 events. A with 4 (100.0%, "
                                   "50.0–100.0%) on 25.0% of the land.");
    hz_text_free(&text);
    cards[0].now.why[HZ_CARD_CAPTURE] = HZ_CARD_NO_EVENTS;
    hz_caption_zones_short(&f, &text);
    CHECK_TEXT(hz_text_get(&text), "Skyderier i Byen, maj 2017. No zone has a figure to show.");
    hz_text_free(&text);
}

/* ---- flows ---- */

/* What is hidden is not told; the distances are left to the section. */
TEST(of_flows_the_shares_that_stay_are_told)
{
    hz_flows found = { .by_key = true, .total = 621, .known = 621, .focus = "Ask",
                       .focus_areas = 1 };
    hz_caption_flows f = { .flows = &found, .below = 5, .level = 0.95, .made_up = true,
                           .period = { "2017", "2017" } };
    hz_text text = { 0 };
    found.share[HZ_FLOWS_STAY] = (hz_flows_share){ .of = 606, .share = 0.393, .low = 0.345,
                                                   .high = 0.442 };
    found.share[HZ_FLOWS_FOCUS_OWN] = (hz_flows_share){ .of = 49, .share = NAN };
    found.share[HZ_FLOWS_FOCUS_STAY] = (hz_flows_share){ .of = 43, .share = 0.326, .low = 0.164,
                                                         .high = 0.525 };
    hz_caption_flows_short(&f, HZ_ENGLISH, &text);
    CHECK_TEXT(hz_text_get(&text),
               "2017: 621 events have a known person. Of 606 events whose person lives in one of the "
               "areas, 39.3% (95% interval 34.5–44.2%) lie in that same area. Of 43 events of people who "
               "live in Ask, 32.6% (16.4–52.5%) lie there. The data are synthetic, made up, and say "
               "nothing about the real city.");
    hz_text_free(&text);
    found.total = NAN;
    found.share[HZ_FLOWS_STAY].share = found.share[HZ_FLOWS_FOCUS_STAY].share = NAN;
    f.made_up = false;
    hz_caption_flows_short(&f, HZ_DANISH, &text);
    CHECK_TEXT(hz_text_get(&text),
               "Hvor mange hændelser der er, er skjult: de er for få. Hvor mange af dem der ligger, hvor "
               "personen bor, er skjult. Hvad der går mellem fokusområdet (Ask) og resten, er skjult eller "
               "intet.");
    hz_text_free(&text);
}

RUN_TESTS(T(one_share_is_not_told_as_many), T(of_flows_the_shares_that_stay_are_told),
          T(a_change_names_its_areas_while_they_are_few),
          T(a_survey_tells_its_first_whole_row_with_an_interval_if_there_is_one),
          T(of_zones_the_fewest_and_the_most_are_told))
