/* The note on a sheet: how its intervals, classes and marks came about. */
#include "hotzone/caption.h"

#include <math.h>

#include "report/phrase.h"
#include "report/say.h"

/* The largest count that is unstable: the last whole x with 1/sqrt(x) over the limit. */
static double largest_unstable(double cv)
{
    double x = floor(1 / (cv * cv)) + 1;
    while (x > 0 && !(x * cv * cv < 1))
        x -= 1;
    return x;
}

static void say_class_method(const hz_caption_facts *facts, hz_text *out)
{
    static const char *const english[] = { "quantiles", "Fisher-Jenks", "equal steps",
                                           "fixed limits", "steps around a reference value" };
    static const char *const danish[] = { "kvantiler", "Fisher-Jenks", "lige store trin",
                                          "faste grænser", "trin omkring en referenceværdi" };
    const hz_breaks *b = facts->breaks;
    if (!b || b->classes < 2)
        return;
    hz_say_begin(out);
    hz_text_addf(out, hz_pick(facts, "Classes: %s, with ", "Klasser: %s med "),
                 hz_pick(facts, english[facts->method], danish[facts->method]));
    for (size_t c = 0; c < b->classes; c++) {
        hz_say_joint(out, facts->language, c, b->classes);
        hz_say_count(out, facts->language, b->count[c]);
    }
    hz_text_add(out, b->count[b->classes - 1] == 1 ? hz_pick(facts, " area", " område")
                                                   : hz_pick(facts, " areas", " områder"));
    hz_text_add(out, hz_pick(facts, ", lowest class first.", ", laveste klasse først."));
}

static void say_rules(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    double most = largest_unstable(facts->unstable_cv);
    hz_say_begin(out);
    hz_text_add(out, hz_pick(facts, "Unstable: coefficient of variation over ",
                             "Usikker: variationskoefficient over "));
    hz_say_share(out, facts->language, facts->unstable_cv, 0);
    hz_text_add(out, " (");
    hz_phrase_events(facts, out, most);
    hz_text_add(out, hz_pick(facts, " or fewer).", " eller færre)."));
    if (!(facts->hide_below > 0))
        return;
    hz_say_begin(out);
    hz_text_add(out, hz_pick(facts, "Hidden: fewer than ", "Skjult: færre end "));
    hz_phrase_events(facts, out, facts->hide_below);
    if (t->hidden > 1 && !facts->overlap)
        hz_text_add(out, hz_pick(facts, ", and areas that would give a hidden figure away",
                                 ", samt områder, der ellers ville røbe et skjult tal"));
    hz_text_add(out, ".");
    if (facts->city && facts->city->withheld && !facts->overlap) {
        hz_say_begin(out);
        hz_text_add(out, hz_pick(facts, "The value of all areas together is withheld, since it "
                                        "would give hidden figures away.",
                                 "Den samlede værdi oplyses ikke, da den ville røbe skjulte tal."));
    }
}

/* Areas whose count could be another within the precision of the coordinates. */
static void say_precision(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    size_t moved = 0;
    if (!t->range_low)
        return;
    for (size_t i = 0; i < t->defined; i++)
        moved += t->range_low[t->order[i]] < t->range_high[t->order[i]];
    hz_say_begin(out);
    if (moved == 0) {
        hz_text_add(out,
                    hz_pick(facts, "The precision of the coordinates changes no area's count.",
                            "Koordinaternes præcision ændrer ikke antallet i noget område."));
        return;
    }
    hz_text_add(out, hz_pick(facts, "The precision of the coordinates could change the count in ",
                             "Koordinaternes præcision kan ændre antallet i "));
    hz_phrase_areas(facts, out, moved);
    hz_text_add(out, ".");
}

void hz_caption_method(const hz_caption_facts *facts, hz_text *out)
{
    hz_tally t;
    if (!hz_tally_new(facts, &t)) {
        out->failed = true;
        return;
    }
    hz_say_begin(out);
    hz_phrase_level(facts, out);
    hz_text_add(out, hz_pick(facts, " confidence intervals are exact for Poisson counts (Garwood "
                                    "1936).",
                             "-konfidensintervaller er eksakte for poissonfordelte antal (Garwood "
                             "1936)."));
    say_class_method(facts, out);
    say_rules(facts, &t, out);
    if (facts->overlap) {
        hz_say_begin(out);
        hz_text_add(out, hz_pick(facts, "The areas overlap, so there is no overall value.",
                                 "Områderne overlapper hinanden; derfor er der ingen samlet "
                                 "værdi."));
    }
    say_precision(facts, &t, out);
    hz_caption_missing(facts, out);
    hz_tally_clear(&t);
}
