/* Captions and alternative text of one rate in several panels. */
#include "hotzone/caption_periods.h"

#include "report/phrase.h"
#include "report/say.h"

static bool danish(const hz_caption_panels *f)
{
    return f->panel[0].language == HZ_DANISH;
}

static void say(const hz_caption_panels *f, hz_text *out, const char *english, const char *words)
{
    hz_text_add(out, danish(f) ? words : english);
}

void hz_caption_panels_quantity(const hz_caption_panels *f, hz_text *out)
{
    hz_caption_facts facts = f->panel[0];
    facts.period = f->by_kind ? f->period : NULL;
    hz_caption_quantity(&facts, out);
}

/* "Four panels with the same classes and scale, one for each period" */
static void say_panels(const hz_caption_panels *f, hz_text *out)
{
    size_t at = out->length;
    hz_say_count_word(out, danish(f) ? HZ_DANISH : HZ_ENGLISH, f->n);
    hz_text_capital(out, at);
    say(f, out, f->n == 1 ? " panel" : " panels with the same classes and scale",
        f->n == 1 ? " felt" : " felter med samme klasser og målestok");
    if (f->by_kind)
        say(f, out, ", one for each kind", ", ét for hver art");
    else
        say(f, out, ", one for each period", ", ét for hver periode");
}

static void say_classes(const hz_caption_panels *f, hz_text *out)
{
    const hz_breaks *b = f->breaks;
    if (!b || b->classes < 2)
        return;
    hz_say_begin(out);
    say(f, out, "Classes: ", "Klasser: ");
    hz_say_count_word(out, f->panel[0].language, b->classes);
    say(f, out, ", divided at ", ", delt ved ");
    for (size_t i = 0; i + 1 < b->classes; i++) {
        hz_say_joint(out, f->panel[0].language, i, b->classes - 1);
        hz_say_number(out, f->panel[0].language, b->limits[i], b->decimals);
    }
    hz_text_add(out, ".");
}

/* "Januar–marts 2017: hele København 55,3 (54,1–56,5)"; what is drawn is what is said. */
static void say_overall(const hz_caption_panels *f, size_t i, bool interval, hz_text *out)
{
    const hz_caption_facts *facts = &f->panel[i];
    hz_text label = { 0 };
    double rate, low, high;
    hz_text_addf(out, "%s: ", f->title[i]);
    if (hz_caption_overall(facts, &label, &rate, &low, &high)) {
        hz_text_addf(out, "%s ", hz_text_get(&label));
        hz_phrase_rate(facts, out, rate);
        if (interval)
            hz_phrase_interval(facts, out, low, high, facts->decimals, i == 0);
    } else {
        say(f, out, "no common figure", "intet samlet tal");
    }
    out->failed |= label.failed;
    hz_text_free(&label);
}

static void say_highest(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    size_t top = hz_tally_ties(t, false);
    if (top == t->defined) /* one figure, or all alike */
        return;
    hz_text_add(out, hz_pick(facts, ", highest ", ", højest "));
    hz_phrase_ranked(facts, t, 0, top, out);
    hz_text_add(out, hz_pick(facts, " with ", " med "));
    hz_phrase_rate(facts, out, t->rate[t->order[0]]);
}

/* "Of 44 figures 3 are unstable, none hidden and none missing." */
static void say_states(const hz_caption_panels *f, const size_t n[4], hz_text *out)
{
    static const char *const english[] = { " unstable", " hidden", " missing" };
    static const char *const words[] = { " usikre", " skjult", " uden værdi" };
    hz_language l = f->panel[0].language;
    hz_say_begin(out);
    say(f, out, "Of ", "Af ");
    hz_say_count(out, l, n[0]);
    say(f, out, " figures ", " tal er ");
    for (size_t i = 0; i < 3; i++) {
        hz_say_joint(out, l, i, 3);
        if (n[i + 1])
            hz_say_count(out, l, n[i + 1]);
        else
            say(f, out, "none", "ingen");
        if (!danish(f))
            hz_text_add(out, i == 0 ? (n[1] == 1 ? " is" : " are") : "");
        hz_text_add(out, danish(f) ? words[i] : english[i]);
    }
    hz_text_add(out, ".");
}

void hz_caption_panels_alt(const hz_caption_panels *f, hz_text *out)
{
    const hz_caption_facts *one = &f->panel[0];
    size_t n[4] = { 0 };
    say_panels(f, out);
    if (one->place)
        hz_text_addf(out, danish(f) ? " (kort over %s)" : " (maps of %s)", one->place);
    if (one->made_up)
        say(f, out, ", with made-up data", ", med opdigtede data");
    hz_text_add(out, ": ");
    hz_caption_panels_quantity(f, out);
    hz_text_add(out, ".");
    say_classes(f, out);
    for (size_t i = 0; i < f->n; i++) {
        hz_tally t;
        if (!hz_tally_new(&f->panel[i], &t)) {
            out->failed = true;
            return;
        }
        hz_text_add(out, i ? ". " : " ");
        say_overall(f, i, false, out);
        say_highest(&f->panel[i], &t, out);
        n[0] += t.rows;
        n[1] += t.unstable;
        n[2] += t.hidden;
        n[3] += t.undefined;
        hz_tally_clear(&t);
    }
    hz_text_add(out, ".");
    say_states(f, n, out);
}

void hz_caption_panels_figure(const hz_caption_panels *f, hz_text *out)
{
    const hz_caption_facts *one = &f->panel[0];
    hz_caption_facts whole = *one;
    whole.period = NULL;
    hz_caption_quantity(&whole, out);
    hz_phrase_place(one, out);
    if (f->by_kind && f->period && *f->period)
        hz_text_addf(out, ", %s", f->period);
    hz_text_add(out, ". ");
    say_panels(f, out);
    hz_text_add(out, ".");
    for (size_t i = 0; i < f->n; i++) {
        hz_text_add(out, i ? ". " : " ");
        say_overall(f, i, true, out);
    }
    say(f, out, ". That an area has another colour in another panel does not say that it differs by "
                "more than chance: an area's own interval is wider than that of all together.",
        ". At et område har en anden farve i et andet felt, siger ikke, at det afviger mere, end "
        "tilfældet betinger: et områdes eget interval er bredere end det for alle tilsammen.");
    if (one->made_up)
        hz_caption_made_up(one->language, out);
    if (one->base_note && *one->base_note) {
        hz_say_begin(out);
        hz_text_add(out, one->base_note);
    }
}
