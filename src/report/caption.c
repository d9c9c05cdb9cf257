/* Captions, alternative text and notes of a rate map, made from its data. */
#include "hotzone/caption.h"

#include "report/caption_parts.h"
#include "report/phrase.h"
#include "report/say.h"

void hz_caption_quantity(const hz_caption_facts *facts, hz_text *out)
{
    hz_tally t;
    size_t at = out->length;
    if (!hz_tally_new(facts, &t)) {
        out->failed = true;
        return;
    }
    hz_phrase_quantity(facts, t.years, out);
    hz_text_capital(out, at);
    if (facts->period && *facts->period)
        hz_text_addf(out, ", %s", facts->period);
    hz_tally_clear(&t);
}

static void say_overall_label(const hz_caption_facts *facts, const hz_tally *t, hz_text *label)
{
    if (t->defined == 1) {
        hz_text_add(label, hz_phrase_name(facts, t->order[0]));
    } else if (hz_phrase_is_whole(t) && facts->place) {
        hz_text_addf(label, hz_pick(facts, "All of %s", "Hele %s"), facts->place);
    } else if (hz_phrase_is_whole(t)) {
        hz_text_add(label, hz_pick(facts, "All areas", "Alle områder"));
    } else {
        hz_text_add(label, hz_pick(facts, "The ", "De "));
        hz_say_count_word(label, facts->language, t->defined);
        hz_text_add(label, hz_pick(facts, " areas with figures", " områder med tal"));
    }
}

bool hz_caption_overall(const hz_caption_facts *facts, hz_text *label, double *rate, double *low,
                        double *high)
{
    hz_tally t;
    if (!hz_tally_new(facts, &t)) {
        label->failed = true;
        return false;
    }
    bool has = t.has_overall;
    if (has) {
        say_overall_label(facts, &t, label);
        *rate = t.overall;
        *low = t.overall_low;
        *high = t.overall_high;
    }
    hz_tally_clear(&t);
    return has;
}

bool hz_caption_totals(const hz_caption_facts *facts, double *events, double *residents)
{
    hz_tally t;
    if (!hz_tally_new(facts, &t))
        return false;
    bool has = t.has_overall;
    if (has) {
        *events = t.overall_events;
        *residents = t.overall_residents;
    }
    hz_tally_clear(&t);
    return has;
}

void hz_caption_made_up(hz_language language, hz_text *out)
{
    hz_say_begin(out);
    hz_text_add(out, language == HZ_DANISH
                         ? "Tallene bygger på opdigtede hændelser og siger intet om virkelige "
                           "forhold."
                         : "The figures rest on made-up events and say nothing about actual "
                           "conditions.");
}

/* One kind of area in a list of them: "2 usikre områder". */
typedef struct {
    size_t n;
    const char *one, *many;
} kind_of_area;

static void say_kinds(const hz_caption_facts *facts, const kind_of_area *kinds, size_t n,
                      hz_text *out)
{
    size_t used = 0, said = 0;
    for (size_t i = 0; i < n; i++)
        used += kinds[i].n > 0;
    for (size_t i = 0; i < n; i++) {
        if (kinds[i].n == 0)
            continue;
        hz_say_joint(out, facts->language, said++, used);
        hz_say_count(out, facts->language, kinds[i].n);
        hz_text_add(out, kinds[i].n == 1 ? kinds[i].one : kinds[i].many);
    }
}

/* "Kortet har 2 usikre områder, 1 skjult område og 9 områder uden tal." */
static void say_states(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    const kind_of_area kinds[] = {
        { t->unstable, hz_pick(facts, " unstable area", " usikkert område"),
          hz_pick(facts, " unstable areas", " usikre områder") },
        { t->hidden, hz_pick(facts, " hidden area", " skjult område"),
          hz_pick(facts, " hidden areas", " skjulte områder") },
        { t->undefined, hz_pick(facts, " area without a figure", " område uden tal"),
          hz_pick(facts, " areas without a figure", " områder uden tal") },
    };
    hz_say_begin(out);
    if (t->unstable + t->hidden + t->undefined == 0) {
        hz_text_add(out, hz_pick(facts, "No area is unstable, hidden or without a figure.",
                                 "Ingen områder er usikre, skjulte eller uden tal."));
        return;
    }
    hz_text_add(out, hz_pick(facts, "The map has ", "Kortet har "));
    say_kinds(facts, kinds, 3, out);
    hz_text_add(out, ".");
}

static void say_classes(const hz_caption_facts *facts, hz_text *out)
{
    const hz_breaks *b = facts->breaks;
    if (!b || b->classes == 0)
        return;
    hz_say_begin(out);
    if (b->classes == 1) {
        hz_text_add(out, hz_pick(facts, "All areas with a figure are in one class.",
                                 "Alle områder med tal er i én klasse."));
        return;
    }
    int decimals = b->decimals > facts->decimals ? b->decimals : facts->decimals;
    hz_text_add(out, hz_pick(facts, "Areas are coloured in ", "Områderne er farvet i "));
    hz_say_count_word(out, facts->language, b->classes);
    if (b->classes == 2) {
        hz_text_add(out, hz_pick(facts, " classes, divided at ", " klasser, delt ved "));
        hz_say_number(out, facts->language, b->limits[0], decimals);
        hz_text_add(out, ".");
        return;
    }
    hz_text_add(out, hz_pick(facts, " classes, from under ", " klasser, fra under "));
    hz_say_number(out, facts->language, b->limits[0], decimals);
    hz_text_add(out, hz_pick(facts, " to ", " til "));
    hz_say_number(out, facts->language, b->limits[b->classes - 2], decimals);
    hz_text_add(out, hz_pick(facts, " or more.", " og derover."));
}

/* "Højest er A med 53,7 og lavest B og C med 39,8"; one area, or equal ones, without order. */
static void say_extremes(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    size_t top = hz_tally_ties(t, false), bottom = hz_tally_ties(t, true);
    size_t first = t->order[0], last = t->order[t->defined - 1];
    if (top == t->defined) {
        hz_phrase_ranked(facts, t, 0, top, out);
        hz_text_add(out, top == 1 ? hz_pick(facts, " has ", " har ")
                                  : hz_pick(facts, " each have ", " har hver "));
        hz_phrase_rate(facts, out, t->rate[first]);
        return;
    }
    hz_text_add(out, hz_pick(facts, "Highest: ", "Højest er "));
    hz_phrase_ranked(facts, t, 0, top, out);
    hz_text_add(out, hz_pick(facts, " with ", " med "));
    hz_phrase_rate(facts, out, t->rate[first]);
    hz_text_add(out, hz_pick(facts, "; lowest: ", " og lavest "));
    hz_phrase_ranked(facts, t, t->defined - bottom, bottom, out);
    hz_text_add(out, hz_pick(facts, " with ", " med "));
    hz_phrase_rate(facts, out, t->rate[last]);
}

static void say_kind_of_map(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    hz_say_begin(out);
    hz_text_add(out, hz_pick(facts, "Choropleth map", "Koropletkort"));
    if (facts->place)
        hz_text_addf(out, hz_pick(facts, " of %s", " over %s"), facts->place);
    if (facts->made_up)
        hz_text_add(out, hz_pick(facts, " with made-up data", " med opdigtede data"));
    hz_text_add(out, ": ");
    hz_phrase_quantity(facts, t->years, out);
    hz_text_add(out, hz_pick(facts, " in ", " i "));
    hz_phrase_areas(facts, out, t->rows);
    if (facts->period && *facts->period)
        hz_text_addf(out, ", %s", facts->period);
    hz_text_add(out, ".");
}

void hz_caption_alt(const hz_caption_facts *facts, hz_text *out)
{
    hz_tally t;
    if (!hz_tally_new(facts, &t)) {
        out->failed = true;
        return;
    }
    say_kind_of_map(facts, &t, out);
    if (t.defined) {
        say_classes(facts, out);
        hz_say_begin(out);
        say_extremes(facts, &t, out);
        if (hz_phrase_has_overall(&t)) {
            hz_text_add(out, "; ");
            hz_phrase_overall(facts, &t, false, out);
        }
        hz_text_add(out, ".");
    }
    say_states(facts, &t, out);
    hz_tally_clear(&t);
}

/* "9 af 11 områder har tal, 1 er skjult, og 1 er uden tal." */
static void say_coverage(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    size_t clauses = 1, said = 1;
    clauses += t->hidden > 0;
    clauses += t->undefined > 0;
    if (t->defined == t->rows && t->rows <= 1)
        return;
    hz_say_begin(out);
    if (t->defined == t->rows) {
        if (t->rows == 2) {
            hz_text_add(out, hz_pick(facts, "Both areas", "Begge områder"));
        } else {
            hz_text_add(out, hz_pick(facts, "All ", "Alle "));
            hz_phrase_areas(facts, out, t->rows);
        }
        hz_text_add(out, hz_pick(facts, " have a figure.", " har tal."));
        return;
    }
    if (t->rows == 1) {
        hz_text_add(out, t->hidden ? hz_pick(facts, "The figure of the area is hidden.",
                                             "Områdets tal er skjult.")
                                   : hz_pick(facts, "The area has no figure.",
                                             "Området har ikke noget tal."));
        return;
    }
    if (t->defined == 0) {
        hz_text_add(out, hz_pick(facts, "None", "Ingen"));
    } else {
        hz_say_count(out, facts->language, t->defined);
    }
    hz_text_add(out, hz_pick(facts, " of ", " af "));
    if (t->defined == 0)
        hz_text_add(out, hz_pick(facts, "the ", "de "));
    hz_phrase_areas(facts, out, t->rows);
    if (t->defined <= 1)
        hz_text_add(out, hz_pick(facts, " has a figure", " har tal"));
    else
        hz_text_add(out, hz_pick(facts, " have a figure", " har tal"));
    if (t->defined == 0 && t->hidden)
        hz_text_add(out, hz_pick(facts, " that can be shown", ", der kan vises"));
    if (t->defined == 0 && t->hidden == 0)
        clauses = 1; /* none has a figure: nothing to add */
    if (t->hidden) {
        said++;
        hz_text_add(out, said == clauses ? hz_pick(facts, " and ", ", og ") : ", ");
        hz_say_count(out, facts->language, t->hidden);
        hz_text_add(out, t->hidden == 1 ? hz_pick(facts, " is hidden", " er skjult")
                                        : hz_pick(facts, " are hidden", " er skjult"));
    }
    if (t->undefined && said < clauses) {
        hz_text_add(out, hz_pick(facts, " and ", ", og "));
        hz_say_count(out, facts->language, t->undefined);
        hz_text_add(out, t->undefined == 1 ? hz_pick(facts, " has none", " er uden tal")
                                           : hz_pick(facts, " have none", " er uden tal"));
    }
    hz_text_add(out, ".");
}

void hz_caption_figure(const hz_caption_facts *facts, hz_text *out)
{
    hz_tally t;
    if (!hz_tally_new(facts, &t)) {
        out->failed = true;
        return;
    }
    hz_say_begin(out);
    size_t at = out->length;
    hz_phrase_quantity(facts, t.years, out);
    hz_text_capital(out, at);
    if (t.rows > 1) {
        hz_text_add(out, hz_pick(facts, " in ", " i "));
        hz_phrase_areas(facts, out, t.rows);
    }
    hz_phrase_place(facts, out);
    if (facts->period && *facts->period)
        hz_text_addf(out, ", %s", facts->period);
    hz_text_add(out, ".");
    if (t.defined == 1) {
        hz_say_begin(out);
        size_t row = t.order[0];
        hz_text_addf(out, hz_pick(facts, "%s has ", "%s har "), hz_phrase_name(facts, row));
        hz_phrase_rate(facts, out, t.rate[row]);
        hz_phrase_interval(facts, out, t.low[row], t.high[row], facts->decimals, true);
        hz_text_add(out, ".");
    } else if (hz_phrase_has_overall(&t)) {
        hz_say_begin(out);
        at = out->length;
        hz_phrase_overall(facts, &t, true, out);
        hz_text_capital(out, at);
        hz_text_add(out, ".");
    }
    say_coverage(facts, &t, out);
    hz_phrase_residents_years(facts, &t, out);
    hz_caption_missing(facts, out);
    if (facts->made_up)
        hz_caption_made_up(facts->language, out);
    if (facts->base_note && *facts->base_note) {
        hz_say_begin(out);
        hz_text_add(out, facts->base_note);
    }
    hz_tally_clear(&t);
}

void hz_caption_rate(const hz_caption_facts *facts, double rate, hz_text *out)
{
    hz_phrase_rate(facts, out, rate);
}

void hz_caption_interval(const hz_caption_facts *facts, double low, double high, hz_text *out)
{
    hz_say_interval(out, facts->language, low, high, facts->decimals);
}
