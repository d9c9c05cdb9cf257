/* Phrases about one table of rates, in Danish and English. */
#include "report/phrase.h"

#include <math.h>

#include "report/say.h"

enum { NAMES_AT_MOST = 3 }; /* more areas than this share a rate: say how many, not which */

const char *hz_pick(const hz_caption_facts *facts, const char *english, const char *danish)
{
    return facts->language == HZ_DANISH ? danish : english;
}

const char *hz_phrase_name(const hz_caption_facts *facts, size_t row)
{
    const char *name = hz_layer_text(facts->areas, facts->name, row);
    return *name ? name : hz_pick(facts, "An area without a name", "Et område uden navn");
}

void hz_phrase_rate(const hz_caption_facts *facts, hz_text *out, double rate)
{
    hz_say_above_zero(out, facts->language, rate, facts->decimals);
}

void hz_phrase_level(const hz_caption_facts *facts, hz_text *out)
{
    double percent = 100 * facts->level;
    int decimals = fabs(percent - round(percent)) < 1e-9 ? 0 : 1;
    hz_say_share(out, facts->language, facts->level, decimals);
}

void hz_phrase_interval(const hz_caption_facts *facts, hz_text *out, double low, double high,
                        int decimals, bool first)
{
    hz_text_add(out, " (");
    if (first) {
        hz_phrase_level(facts, out);
        hz_text_add(out, hz_pick(facts, " confidence interval ", "-konfidensinterval "));
    }
    hz_say_interval(out, facts->language, low, high, decimals);
    hz_text_add(out, ")");
}

void hz_phrase_unit(const hz_caption_facts *facts, double years, hz_text *out)
{
    const char *base = facts->base ? facts->base : hz_pick(facts, "residents", "indbyggere");
    hz_text_add(out, hz_pick(facts, "per" HZ_SAY_NBSP, "pr." HZ_SAY_NBSP));
    hz_say_number(out, facts->language, facts->per, facts->per == floor(facts->per) ? 0 : 2);
    hz_text_addf(out, " %s", base);
    if (fabs(years - 1) > 1e-9)
        hz_text_add(out, hz_pick(facts, " per year", " pr." HZ_SAY_NBSP "år"));
}

void hz_phrase_quantity(const hz_caption_facts *facts, double years, hz_text *out)
{
    hz_text_addf(out, "%s ", facts->noun);
    hz_phrase_unit(facts, years, out);
}

void hz_phrase_events(const hz_caption_facts *facts, hz_text *out, double events)
{
    if (events == 0) {
        hz_text_addf(out, "%s %s", hz_pick(facts, "no", "ingen"), facts->noun);
        return;
    }
    hz_say_number(out, facts->language, events, events == floor(events) ? 0 : 1);
    hz_text_addf(out, " %s", events == 1 && facts->noun_one ? facts->noun_one : facts->noun);
}

void hz_phrase_areas(const hz_caption_facts *facts, hz_text *out, size_t n)
{
    hz_say_count(out, facts->language, n);
    hz_text_add(out, n == 1 ? hz_pick(facts, " area", " område")
                            : hz_pick(facts, " areas", " områder"));
}

void hz_phrase_place(const hz_caption_facts *facts, hz_text *out)
{
    if (facts->place_in)
        hz_text_addf(out, " %s", facts->place_in);
    else if (facts->place)
        hz_text_addf(out, hz_pick(facts, " in %s", " i %s"), facts->place);
}

void hz_phrase_ranked(const hz_caption_facts *facts, const hz_tally *tally, size_t from, size_t n,
                      hz_text *out)
{
    if (n > NAMES_AT_MOST) {
        hz_phrase_areas(facts, out, n);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        hz_say_joint(out, facts->language, i, n);
        hz_text_add(out, hz_phrase_name(facts, tally->order[from + i]));
    }
}

bool hz_phrase_is_whole(const hz_tally *tally)
{
    return tally->undefined == 0 && (tally->hidden == 0 || tally->overall_has_hidden);
}

bool hz_phrase_has_overall(const hz_tally *tally)
{
    return tally->has_overall && tally->defined > 1;
}

void hz_phrase_overall(const hz_caption_facts *facts, const hz_tally *tally, bool interval,
                       hz_text *out)
{
    if (hz_phrase_is_whole(tally) && facts->place) {
        hz_text_addf(out, hz_pick(facts, "%s as a whole has ", "%s som helhed har "),
                     facts->place);
    } else if (hz_phrase_is_whole(tally)) {
        hz_text_add(out, hz_pick(facts, "all areas together have ",
                                 "alle områder har tilsammen "));
    } else {
        hz_text_add(out, hz_pick(facts, "the ", "de "));
        hz_say_count_word(out, facts->language, tally->defined);
        hz_text_add(out, hz_pick(facts, " areas with figures together have ",
                                 " områder med tal har tilsammen "));
    }
    hz_phrase_rate(facts, out, tally->overall);
    if (interval)
        hz_phrase_interval(facts, out, tally->overall_low, tally->overall_high, facts->decimals,
                           true);
}
