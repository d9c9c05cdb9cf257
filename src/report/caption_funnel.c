/* Sentences about a funnel plot. */
#include <math.h>
#include <string.h>

#include "hotzone/caption_chart.h"
#include "report/phrase.h"
#include "report/say.h"

enum { NAMES_MOST = 8 }; /* more than these are counted, not named */

static bool stands(const hz_caption_facts *facts, size_t row, const char *position)
{
    return strcmp(hz_layer_text(facts->areas, "position", row), position) == 0;
}

/* "A (53,7) og B (12,0)"; or without rates. */
static void say_names(const hz_caption_facts *f, const char *position, size_t n, bool rates,
                      hz_text *out)
{
    const double *rate = hz_layer_numbers(f->areas, "rate");
    size_t named = 0, shown = n > NAMES_MOST ? NAMES_MOST : n;
    for (size_t i = 0; i < hz_layer_rows(f->areas) && named < shown; i++) {
        if (!stands(f, i, position))
            continue;
        hz_say_joint(out, f->language, named++, shown + (n > shown));
        hz_text_add(out, hz_phrase_name(f, i));
        if (rates) {
            hz_text_add(out, " (");
            hz_phrase_rate(f, out, rate[i]);
            hz_text_add(out, ")");
        }
    }
    if (n > shown) {
        hz_text_add(out, hz_pick(f, " and ", " og "));
        hz_say_count(out, f->language, n - shown);
        hz_text_add(out, hz_pick(f, " more", " flere"));
    }
}

/* "Above the 99.8% limits lies A (53.7)." for one of the four places, if anybody is there. */
static void say_place(const hz_caption_facts *f, const char *position, size_t n, hz_text *out)
{
    bool above = position[0] == 'a', far = strstr(position, "998") != NULL;
    if (!n)
        return;
    hz_say_begin(out);
    hz_text_add(out, above ? hz_pick(f, "Above", "Over") : hz_pick(f, "Below", "Under"));
    if (far)
        hz_text_add(out, hz_pick(f, " the 99.8% limits ", " 99,8" HZ_SAY_NBSP "%-grænserne "));
    else
        hz_text_add(out, hz_pick(f, " the 95% limits, but within those of 99.8%, ",
                                 " 95" HZ_SAY_NBSP "%-grænserne, men inden for dem på 99,8"
                                 HZ_SAY_NBSP "%, "));
    hz_text_add(out, n == 1 ? hz_pick(f, "lies ", "ligger ") : hz_pick(f, "lie ", "ligger "));
    say_names(f, position, n, true, out);
    hz_text_add(out, ".");
}

static size_t outside(const hz_outlier_found *o)
{
    return o->above_95 + o->below_95 + o->above_998 + o->below_998;
}

static void say_places(const hz_caption_facts *f, const hz_outlier_found *o, hz_text *out)
{
    if (!outside(o)) {
        hz_say_begin(out);
        hz_text_add(out, hz_pick(f, "No area lies outside the 95% limits.",
                                 "Ingen områder ligger uden for 95" HZ_SAY_NBSP "%-grænserne."));
        return;
    }
    say_place(f, "above_998", o->above_998, out);
    say_place(f, "above_95", o->above_95, out);
    say_place(f, "below_95", o->below_95, out);
    say_place(f, "below_998", o->below_998, out);
}

/* All places in one sentence, for readers who hear it. */
static void say_places_brief(const hz_caption_facts *f, const hz_outlier_found *o, hz_text *out)
{
    const struct { const char *position; size_t n; const char *words; } places[] = {
        { "above_998", o->above_998, hz_pick(f, "far above: ", "langt over: ") },
        { "above_95", o->above_95, hz_pick(f, "above: ", "over: ") },
        { "below_95", o->below_95, hz_pick(f, "below: ", "under: ") },
        { "below_998", o->below_998, hz_pick(f, "far below: ", "langt under: ") }
    };
    bool any = false;
    if (!outside(o)) {
        say_places(f, o, out);
        return;
    }
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "Outside the limits of chance lie, ",
                             "Uden for tilfældets grænser ligger, "));
    for (size_t i = 0; i < 4; i++) {
        if (!places[i].n)
            continue;
        hz_text_add(out, any ? "; " : "");
        hz_text_add(out, places[i].words);
        say_names(f, places[i].position, places[i].n, true, out);
        any = true;
    }
    hz_text_add(out, ".");
}

/* "1 område er skjult og 9 er uden tal; de er ikke tegnet." */
static void say_absent(const hz_caption_facts *f, const hz_outlier_found *o, bool names,
                       hz_text *out)
{
    size_t named = 0;
    const double *rate = hz_layer_numbers(f->areas, "rate");
    if (!o->hidden && !o->undefined)
        return;
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "Not drawn: ", "Ikke tegnet: "));
    if (o->hidden) {
        hz_phrase_areas(f, out, o->hidden);
        hz_text_add(out, hz_pick(f, " hidden for small counts", " skjult på grund af små tal"));
    }
    if (o->hidden && o->undefined)
        hz_text_add(out, "; ");
    if (o->undefined) {
        hz_phrase_areas(f, out, o->undefined);
        hz_text_add(out, hz_pick(f, " without a figure", " uden tal"));
    }
    for (size_t i = 0; names && o->undefined <= 12 && i < o->areas && o->undefined; i++) {
        if (!isnan(rate[i]) || hz_layer_mark(f->areas, "rate", i) == HZ_HIDDEN)
            continue;
        hz_text_add(out, named ? ", " : " (");
        hz_text_add(out, hz_phrase_name(f, i));
        named++;
    }
    hz_text_add(out, named ? ")." : ".");
}

static void say_what(const hz_caption_facts *f, const hz_caption_funnel *v, hz_text *out)
{
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "Funnel plot of ", "Tragtdiagram: "));
    hz_phrase_quantity(f, v->found->years, out);
    hz_phrase_place(f, out);
    if (f->period && *f->period)
        hz_text_addf(out, ", %s", f->period);
    hz_text_add(out, hz_pick(f, ", for ", ", for "));
    hz_phrase_areas(f, out, v->found->areas - v->found->hidden - v->found->undefined);
    hz_text_add(out, hz_pick(f, " by their number of residents.",
                             " efter deres antal indbyggere."));
}

static void say_target(const hz_caption_facts *f, const hz_caption_funnel *v, hz_text *out)
{
    if (v->target_label)
        hz_text_addf(out, "%s, ", v->target_label);
    hz_phrase_rate(f, out, v->found->target);
}

static void say_none(const hz_caption_facts *f, hz_text *out)
{
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "There is no common rate, or fewer than two areas, and so there "
                             "are no limits.", "Der er ingen fælles rate eller færre end to "
                             "områder, og derfor ingen grænser."));
}

void hz_caption_funnel_alt(const hz_caption_facts *f, const hz_caption_funnel *v, hz_text *out)
{
    say_what(f, v, out);
    if (!v->found->judged) {
        say_none(f, out);
        return;
    }
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "The common rate is that of ", "Den fælles rate er: "));
    if (f->language == HZ_ENGLISH && v->target_label) {
        size_t at = out->length;
        say_target(f, v, out);
        if (!out->failed && strncmp(out->data + at, "The ", 4) == 0)
            out->data[at] = 't';
        if (!out->failed && strncmp(out->data + at, "All ", 4) == 0)
            out->data[at] = 'a';
    } else {
        say_target(f, v, out);
    }
    hz_text_add(out, ".");
    say_places_brief(f, v->found, out);
    say_absent(f, v->found, false, out);
}

/* "Of 11 areas 0.6 are expected outside the 95% limits by chance alone, and 0.02 outside 99.8%." */
static void say_false_alarms(const hz_caption_facts *f, const hz_outlier_found *o, hz_text *out)
{
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "Of ", "Af "));
    hz_phrase_areas(f, out, o->judged);
    hz_text_add(out, hz_pick(f, " chance alone would put about ",
                             " ville tilfældet alene sætte omkring "));
    hz_say_number(out, f->language, o->false_95, o->false_95 < 10 ? 1 : 0);
    hz_text_add(out, hz_pick(f, " outside the 95% limits and about ",
                             " uden for 95" HZ_SAY_NBSP "%-grænserne og omkring "));
    hz_say_number(out, f->language, o->false_998,
                  o->false_998 < 0.05 ? 3 : o->false_998 < 1 ? 2 : 1);
    hz_text_add(out, hz_pick(f, " outside those of 99.8%.",
                             " uden for dem på 99,8" HZ_SAY_NBSP "%."));
}

static void say_dispersion(const hz_caption_facts *f, const hz_outlier_found *o, hz_text *out)
{
    if (isnan(o->phi))
        return;
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "Over-dispersion \u03c6 = ", "Overspredning \u03c6 = "));
    hz_say_number(out, f->language, o->phi, 1);
    if (o->phi <= 1) {
        hz_text_add(out, hz_pick(f, ": the areas vary no more than chance; the limits are as "
                                 "they are.", ": områderne varierer ikke mere end tilfældet; "
                                 "grænserne er ikke udvidet."));
    } else if (o->widening > 1) {
        hz_text_add(out, hz_pick(f, ": the areas vary more than chance, and the limits are "
                                 "widened by \u221a\u03c6 = ", ": områderne varierer mere end "
                                 "tilfældet, og grænserne er udvidet med \u221a\u03c6 = "));
        hz_say_number(out, f->language, o->widening, 1);
        hz_text_add(out, ".");
    } else {
        hz_text_add(out, hz_pick(f, ": the areas vary more than chance; the limits are not "
                                 "widened for it.", ": områderne varierer mere end tilfældet; "
                                 "grænserne er ikke udvidet for det."));
    }
}

void hz_caption_funnel_figure(const hz_caption_facts *f, const hz_caption_funnel *v, hz_text *out)
{
    say_what(f, v, out);
    if (!v->found->judged) {
        say_none(f, out);
    } else {
        say_places(f, v->found, out);
        say_false_alarms(f, v->found, out);
        say_dispersion(f, v->found, out);
    }
    say_absent(f, v->found, false, out);
    if (f->made_up)
        hz_caption_made_up(f->language, out);
}

void hz_caption_funnel_method(const hz_caption_facts *f, const hz_caption_funnel *v, hz_text *out)
{
    if (v->found->judged) {
        hz_say_begin(out);
        hz_text_add(out, hz_pick(f, "Limits: exact Poisson limits (Spiegelhalter 2005) around the "
                                 "common rate (", "Grænser: eksakte Poisson-grænser (Spiegelhalter "
                                 "2005) omkring den fælles rate ("));
        say_target(f, v, out);
        hz_text_add(out, ").");
        say_false_alarms(f, v->found, out);
        say_dispersion(f, v->found, out);
    }
    say_absent(f, v->found, true, out);
}
