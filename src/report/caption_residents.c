/* Sentences about where registered people live: only of what may be shown. */
#include <math.h>
#include <string.h>

#include "report/focus_say.h"

enum { NAMED_MOST = 6 };

/* Rows of one kind by what they show. */
typedef struct {
    size_t all, some, zero, hidden, undefined;
} tally;

static bool is_kind(const hz_residents *r, size_t row, const char *kind)
{
    return strcmp(hz_layer_text(r->table, "kind", row), kind) == 0;
}

static tally count(const hz_residents *r, const char *kind, const char *column)
{
    tally n = { 0 };
    const double *v = hz_layer_numbers(r->table, column);
    for (size_t i = 0; i < hz_layer_rows(r->table); i++) {
        hz_mark mark = hz_layer_mark(r->table, column, i);
        if (!is_kind(r, i, kind))
            continue;
        n.all++;
        n.hidden += mark == HZ_HIDDEN;
        n.undefined += mark != HZ_HIDDEN && mark != HZ_KNOWN;
        n.zero += mark == HZ_KNOWN && v[i] == 0;
        n.some += mark == HZ_KNOWN && v[i] > 0;
    }
    return n;
}

/* "Of 11 districts, 7 are shown with some, 3 with none (A, B and C), 1 is hidden." */
static void say_tally(const focus_teller *t, const char *kind, const char *column, tally n,
                      const char *what)
{
    const hz_residents *r = t->facts->residents;
    const double *v = hz_layer_numbers(r->table, column);
    size_t said = 0;
    focus_add(t, " Of ", " Af ");
    hz_say_count(t->out, t->l, n.all);
    hz_text_addf(t->out, " %s", what);
    focus_add(t, ", ", " vises ");
    hz_say_count(t->out, t->l, n.some);
    focus_add(t, n.some == 1 ? " is shown with some" : " are shown with some", " med nogen");
    if (n.zero) {
        hz_text_add(t->out, ", ");
        hz_say_count(t->out, t->l, n.zero);
        focus_add(t, r->rounded ? " rounded to none" : " with none",
                  r->rounded ? " afrundet til ingen" : " med ingen");
    }
    for (size_t i = 0; i < hz_layer_rows(r->table) && n.zero <= NAMED_MOST; i++)
        if (is_kind(r, i, kind) && hz_layer_mark(r->table, column, i) == HZ_KNOWN && v[i] == 0) {
            hz_text_add(t->out, said ? "" : " (");
            hz_say_joint(t->out, t->l, said++, n.zero);
            hz_text_add(t->out, hz_layer_text(r->table, "name", i));
        }
    hz_text_add(t->out, said ? ")" : "");
    if (n.hidden) {
        hz_text_add(t->out, ", ");
        hz_say_count(t->out, t->l, n.hidden);
        focus_add(t, n.hidden == 1 ? " is hidden" : " are hidden",
                  n.hidden == 1 ? " er skjult" : " er skjulte");
    }
    if (n.undefined) {
        hz_text_add(t->out, ", ");
        hz_say_count(t->out, t->l, n.undefined);
        focus_add(t, " without a figure of residents", " uden et tal for indbyggere");
    }
    hz_text_add(t->out, ".");
}

static const char *people(const focus_teller *t)
{
    const char *who = t->facts->people[t->l];
    return who ? who : focus_pick(t, "registered people", "registrerede personer");
}

void hz_caption_residents_axis(const hz_caption_focus *facts, hz_language language, hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    size_t at = out->length;
    hz_text_add(out, people(&t));
    hz_text_capital(out, at);
    focus_add(&t, " per 1,000 residents", " pr. 1.000 indbyggere");
}

/* "240 live in the areas"; "how many live in the areas is hidden". */
static void say_part(const focus_teller *t, size_t *said, double n, const char *english,
                     const char *danish)
{
    hz_text_add(t->out, (*said)++ ? ", " : " ");
    if (isnan(n))
        focus_add(t, "a hidden number", "et skjult antal");
    else
        hz_say_number(t->out, t->l, n, 0);
    hz_text_addf(t->out, " %s", focus_pick(t, english, danish));
}

static double sum_of(const hz_residents *r, const char *id)
{
    for (size_t i = r->areas; i < hz_layer_rows(r->table); i++)
        if (strcmp(hz_layer_text(r->table, "id", i), id) == 0 &&
            (is_kind(r, i, "sum") || r->merged))
            return hz_layer_numbers(r->table, "residents")[i];
    return NAN;
}

void hz_caption_residents_account(const hz_caption_focus *facts, hz_language language, hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    const hz_residents *r = facts->residents;
    size_t said = 0;
    if (!r || !r->table)
        return;
    hz_say_begin(out);
    if (isnan(r->read))
        focus_add(&t, "How many rows were read is hidden:", "Hvor mange rækker der er læst, er skjult:");
    else {
        focus_add(&t, "Of ", "Af ");
        hz_say_number(out, t.l, r->read, 0);
        focus_add(&t, r->read == 1 ? " row read," : " rows read,",
                  r->read == 1 ? " læst række ligger" : " læste rækker ligger");
    }
    say_part(&t, &said, sum_of(r, "areas"), "in the areas", "i områderne");
    if (r->towns)
        say_part(&t, &said, sum_of(r, "towns"), "in towns beyond", "i byer udenfor");
    say_part(&t, &said, r->elsewhere, "elsewhere", "andre steder");
    if (r->unlocated != 0)
        say_part(&t, &said, r->unlocated, "without coordinates", "uden koordinater");
    if (r->refused != 0)
        say_part(&t, &said, r->refused, "refused", "afvist");
    hz_text_add(out, ".");
}

void hz_caption_residents_figure(const hz_caption_focus *facts, hz_language language, hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    const hz_residents *r = facts->residents;
    if (!r || !r->table)
        return;
    tally areas = count(r, "area", "per_1000"), towns = count(r, "town", "residents");
    hz_say_begin(out);
    hz_caption_residents_axis(facts, language, out);
    if (facts->place_in[t.l])
        hz_text_addf(out, " %s", facts->place_in[t.l]);
    hz_text_add(out, ".");
    say_tally(&t, "area", "per_1000", areas,
              facts->areas[t.l] ? facts->areas[t.l] : focus_pick(&t, "areas", "områder"));
    if (towns.all && !r->merged)
        say_tally(&t, "town", "residents", towns,
                  towns.all == 1 ? focus_pick(&t, "town beyond", "by udenfor")
                                 : focus_pick(&t, "towns beyond", "byer udenfor"));
    if (facts->residents_made_up)
        focus_add(&t, " The people are synthetic, made up, and say nothing about the real city.",
                  " Personerne er syntetiske, opdigtede, og siger intet om den virkelige by.");
}

void hz_caption_residents_method(const hz_caption_focus *facts, hz_language language, hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    const hz_residents *r = facts->residents;
    if (!r || !r->table)
        return;
    hz_say_begin(out);
    if (r->rounded) {
        focus_add(&t, "All figures of people are rounded to multiples of ",
                  "Alle tal for personer er afrundet til multipla af ");
        hz_say_number(out, t.l, facts->round, 0);
        focus_add(&t, ", so that they still add up; one person more changes each by none or that "
                  "much.", ", så de stadig går op; én person mere ændrer hvert med intet eller så "
                  "meget.");
    } else {
        focus_add(&t, "Hidden: 1 to ", "Skjult: 1 til ");
        hz_say_number(out, t.l, facts->below - 1, 0);
        focus_add(&t, " people, and as many further figures as keep these from being worked out from "
                  "sums and what is shown; a hidden figure may therefore be large. 0 is shown as 0.",
                  " personer, og så mange andre tal, at disse ikke kan regnes ud af summer og det "
                  "viste; et skjult tal kan derfor være stort. 0 vises som 0.");
    }
    if (r->release.with_count)
        focus_add(&t, " Weighed together with the earlier releases, so that neither a small count nor a "
                  "small change can be worked out from all of them; a further one can be differenced.",
                  " Vejet sammen med de tidligere udgivelser, så hverken et lille antal eller en lille "
                  "ændring kan regnes ud af dem alle; endnu en kan trækkes fra.");
    else
        focus_add(&t, " Two releases about the same people can be differenced: give out one.",
                  " To udgivelser om de samme personer kan trækkes fra hinanden: udgiv kun én.");
}
