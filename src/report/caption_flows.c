/* Sentences about who goes where: only of what may be shown. */
#include <math.h>
#include <string.h>

#include "hotzone/caption_flows.h"
#include "report/say.h"

typedef struct {
    const hz_caption_flows *facts;
    const hz_flows *f;
    hz_language l;
    hz_text *out;
} teller;

static teller tell(const hz_caption_flows *facts, hz_language language, hz_text *out)
{
    return (teller){ facts, facts->flows, language == HZ_DANISH ? HZ_DANISH : HZ_ENGLISH, out };
}

static const char *pick(const teller *t, const char *english, const char *danish)
{
    return t->l == HZ_DANISH ? danish : english;
}

static void add(const teller *t, const char *english, const char *danish)
{
    hz_text_add(t->out, pick(t, english, danish));
}

static const char *noun(const teller *t)
{
    const char *events = t->facts->events[t->l];
    return events ? events : pick(t, "events", "hændelser");
}

static void say_events(const teller *t, double n)
{
    const char *one = t->facts->event[t->l];
    hz_say_number(t->out, t->l, n, 0);
    hz_text_addf(t->out, " %s",
                 n == 1 ? one ? one : pick(t, "event", "hændelse") : noun(t));
}

/* "2017: 621 events have a known person", without its end. */
static void say_counted(const teller *t)
{
    const hz_flows *f = t->f;
    if (t->facts->period[t->l]) {
        hz_text_addf(t->out, "%s", t->facts->period[t->l]);
        hz_text_add(t->out, ": ");
    }
    if (f->by_key) {
        say_events(t, f->total);
        add(t, f->total == 1 ? " has a known person" : " have a known person",
            " har en kendt person");
    } else {
        add(t, "The table has ", "Tabellen har ");
        say_events(t, f->total);
    }
}

static void say_homes(const teller *t)
{
    const hz_flows *f = t->f;
    if (isnan(f->total)) {
        add(t, "How many events there are is hidden: they are too few.",
            "Hvor mange hændelser der er, er skjult: de er for få.");
        return;
    }
    say_counted(t);
    if (isnan(f->known)) {
        add(t, "; of how many the home is known is hidden.",
            "; for hvor mange hjemmet er kendt, er skjult.");
    } else if (f->known == f->total) {
        add(t, ", and the home of each is known.", ", og hjemmet er kendt for dem alle.");
    } else {
        add(t, "; the home is known of ", "; hjemmet er kendt for ");
        hz_say_number(t->out, t->l, f->known, 0);
        hz_text_add(t->out, ".");
    }
}

/* "34.2% (95% interval 28.6–41.0%)". */
static void say_share(const teller *t, const hz_flows_share *s, bool first)
{
    hz_say_share(t->out, t->l, s->share, 1);
    hz_text_add(t->out, " (");
    if (first) {
        hz_say_share(t->out, t->l, t->facts->level, fmod(100 * t->facts->level, 1) != 0);
        add(t, " interval ", "-interval ");
    }
    hz_say_number(t->out, t->l, 100 * s->low, 1);
    hz_text_add(t->out, "–");
    hz_say_share(t->out, t->l, s->high, 1);
    hz_text_add(t->out, ")");
}

static void say_stay(const teller *t)
{
    const hz_flows_share *s = &t->f->share[HZ_FLOWS_STAY];
    hz_say_begin(t->out);
    if (isnan(s->share)) {
        add(t, s->of == 0 ? "Nobody of them lives in the areas."
                          : "How many of them lie where the person lives is hidden.",
            s->of == 0 ? "Ingen af personerne bor i områderne."
                       : "Hvor mange af dem der ligger, hvor personen bor, er skjult.");
        return;
    }
    add(t, "Of ", "Af ");
    say_events(t, s->of);
    add(t, " whose person lives in one of the areas, ", ", hvis person bor i et af områderne, ligger ");
    say_share(t, s, true);
    add(t, " lie in that same area.", " i det samme område.");
}

static void say_focus(const teller *t)
{
    const hz_flows_share *own = &t->f->share[HZ_FLOWS_FOCUS_OWN];
    const hz_flows_share *stay = &t->f->share[HZ_FLOWS_FOCUS_STAY];
    bool said = !isnan(own->share);
    if (!t->f->focus_areas)
        return;
    hz_say_begin(t->out);
    if (said) {
        add(t, "Of ", "Af ");
        say_events(t, own->of);
        hz_text_addf(t->out, pick(t, " in the focus (%s), ", " i fokusområdet (%s) har "), t->f->focus);
        say_share(t, own, false);
        add(t, " have a person who lives in it", " en person, der bor der");
    }
    if (!isnan(stay->share)) {
        add(t, said ? "; of " : "Of ", said ? "; af " : "Af ");
        say_events(t, stay->of);
        hz_text_addf(t->out, pick(t, " of people who live in %s, ", ", hvis person bor i %s, ligger "),
                     said ? pick(t, "it", "det") : t->f->focus);
        say_share(t, stay, false);
        add(t, " lie there", " der");
        said = true;
    }
    if (said)
        hz_text_add(t->out, ".");
    else
        hz_text_addf(t->out, pick(t, "What goes between the focus (%s) and the rest is hidden or "
                                  "nothing.", "Hvad der går mellem fokusområdet (%s) og resten, er "
                                  "skjult eller intet."), t->f->focus);
}

static void say_km(const teller *t, double km)
{
    hz_say_number(t->out, t->l, km, km != floor(km) ? 1 + (10 * km != floor(10 * km)) : 0);
    hz_text_add(t->out, HZ_SAY_NBSP "km");
}

static void say_distance(const teller *t)
{
    const hz_layer *bands = t->f->bands;
    size_t n = bands ? hz_layer_rows(bands) : 0;
    if (n < 2)
        return;
    const double *share = hz_layer_numbers(bands, "share"), *to = hz_layer_numbers(bands, "to_km");
    bool first = !isnan(share[0]), last = !isnan(share[n - 1]);
    if (!first && !last)
        return;
    hz_say_begin(t->out);
    add(t, "As the crow flies, ", "I luftlinje ligger ");
    if (first) {
        hz_say_share(t->out, t->l, share[0], 1);
        add(t, " lie less than ", " under ");
        say_km(t, to[0]);
        add(t, " from home", " fra hjemmet");
    }
    if (last) {
        add(t, first ? " and " : "", first ? " og " : "");
        hz_say_share(t->out, t->l, share[n - 1], 1);
        add(t, first ? " " : " lie ", " ");
        say_km(t, to[n - 2]);
        add(t, " or more", " eller mere");
        add(t, first ? "" : " from home", first ? "" : " fra hjemmet");
    }
    hz_text_add(t->out, ".");
}

static void say_made_up(const teller *t)
{
    if (t->facts->made_up)
        add(t, " The data are synthetic, made up, and say nothing about the real city.",
            " Data er syntetiske, opdigtede, og siger intet om den virkelige by.");
}

void hz_caption_flows_statement(const hz_caption_flows *facts, hz_language language, hz_text *out)
{
    teller t = tell(facts, language, out);
    hz_say_begin(out);
    say_homes(&t);
    say_stay(&t);
    say_focus(&t);
    say_distance(&t);
    say_made_up(&t);
}

void hz_caption_flows_short(const hz_caption_flows *facts, hz_language language, hz_text *out)
{
    teller t = tell(facts, language, out);
    hz_say_begin(out);
    if (isnan(facts->flows->total)) {
        say_homes(&t);
    } else {
        say_counted(&t);
        hz_text_add(out, ".");
    }
    say_stay(&t);
    say_focus(&t);
    say_made_up(&t);
}

void hz_caption_flows_method(const hz_caption_flows *facts, hz_language language, hz_text *out)
{
    teller t = tell(facts, language, out);
    bool by_key = facts->flows->by_key;
    hz_say_begin(out);
    if (facts->flows->rounded) {
        add(&t, "All figures are rounded to multiples of ",
            "Alle tal er afrundet til multipla af ");
        hz_say_number(out, t.l, facts->round, 0);
        add(&t, ", so that pairs still add up to their sums.",
            ", så parrene stadig går op i deres summer.");
    } else {
        add(&t, "Hidden: figures of 1 to ", "Skjult: tal på 1 til ");
        hz_say_number(out, t.l, facts->below - 1, 0);
        add(&t, by_key ? " events or persons, and as many further ones as keep these from being "
                         "worked out; a hidden figure may therefore be large. 0 is shown as 0."
                       : ", and as many further ones as keep these from being worked out; a hidden "
                         "figure may therefore be large. 0 is shown as 0.",
            by_key ? " hændelser eller personer, og så mange andre, at disse ikke kan regnes ud; et "
                     "skjult tal kan derfor være stort. 0 vises som 0."
                   : ", og så mange andre, at disse ikke kan regnes ud; et skjult tal kan derfor være "
                     "stort. 0 vises som 0.");
    }
    add(&t, by_key ? " Limits are Clopper and Pearson's, wider where the same persons come again."
                   : " Limits are Clopper and Pearson's, as if every count were another person's.",
        by_key ? " Grænserne er Clopper og Pearsons, videre hvor de samme personer går igen."
               : " Grænserne er Clopper og Pearsons, som om hver optælling var en ny person.");
}

void hz_caption_flows_doubt(const hz_caption_flows *facts, hz_language language, hz_text *out)
{
    teller t = tell(facts, language, out);
    hz_say_begin(out);
    add(&t, "These are events with a known person alone: who is found may live nearer, or farther, "
        "than who is not. A home is where somebody is registered, which need not be where they "
        "live or set out from. Straight lines are shorter than ways. Nothing here says who did what, or "
        "where an unsolved event came from. Two tables of the same people can be differenced: give "
        "out one.",
        "Her er kun hændelser med en kendt person: de, der findes, kan bo nærmere eller fjernere end "
        "de, der ikke gør. Et hjem er, hvor nogen er registreret, hvilket ikke behøver at være, hvor "
        "de bor eller tager hjemmefra. Luftlinjer er kortere end veje. Intet her siger, hvem der "
        "gjorde hvad, eller hvorfra en uopklaret hændelse kom. To tabeller om de samme personer kan "
        "trækkes fra hinanden: udgiv kun én.");
}

const char *hz_caption_flows_place(const char *id, const char *name, hz_language language)
{
    static const struct { const char *id, *text[2]; } words[] = {
        { "towns", { "Other towns", "Andre byer" } },
        { "elsewhere", { "Elsewhere", "Andre steder" } },
        { "unknown", { "Not known", "Ikke kendt" } }, { "all", { "All", "Alle" } }
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(id, words[i].id) == 0)
            return words[i].text[language == HZ_DANISH];
    return name;
}
