/* What the data say of a focus, in two to five sentences. */
#include "hotzone/caption_focus.h"

#include <math.h>
#include <string.h>

#include "report/focus_say.h"

enum { NAMED_MOST = 5 };

/* "; the areas outside hold 7, where 19.2 would be expected if all were spread as residents are
 * (ratio 0.37, 0.16–0.63)". */
static void say_expected(const focus_teller *t)
{
    const hz_focus *f = t->f;
    if (isnan(f->ratio))
        return;
    focus_add(t, "; the areas outside hold ", "; områderne udenfor rummer ");
    hz_say_count(t->out, t->l, (size_t)(f->look.outside - f->beyond));
    focus_add(t, ", where ", ", hvor ");
    hz_say_number(t->out, t->l, f->expected_outside, 1);
    focus_add(t, " would be expected if all were spread as residents are (ratio ",
              " kunne ventes, hvis alle var fordelt som indbyggerne (forhold ");
    hz_say_number(t->out, t->l, f->ratio, 2);
    hz_text_add(t->out, ", ");
    hz_say_interval(t->out, t->l, f->ratio_low, f->ratio_high, 2);
    hz_text_add(t->out, ")");
}

/* "Of 38 shootings, 17 lie outside the focus (X): 44.7% (95% interval 28.6–61.7%)." */
static void say_outside(const focus_teller *t)
{
    const hz_focus_look *k = &t->f->look;
    hz_say_begin(t->out);
    if (t->facts->made_up)
        focus_add(t, "Synthetic, made-up data: ", "Syntetiske, opdigtede data: ");
    if (isnan(k->share)) {
        focus_say_share_hidden(t);
        return;
    }
    focus_add(t, "Of ", "Af ");
    focus_say_events(t, k->total);
    focus_add(t, ", ", " ligger ");
    hz_say_count(t->out, t->l, (size_t)k->outside);
    focus_add(t, k->outside == 1 ? " lies" : " lie", "");
    if (t->f->guarded)
        focus_add(t, " in areas outside the focus", " i områder uden for fokusområdet");
    else
        focus_add(t, " outside the focus", " uden for fokusområdet");
    if (t->facts->name[t->l] && *t->facts->name[t->l])
        hz_text_addf(t->out, " (%s)", t->facts->name[t->l]);
    hz_text_add(t->out, ": ");
    hz_say_share(t->out, t->l, k->share, 1);
    hz_text_add(t->out, " (");
    focus_say_given_share(t, t->o->level);
    focus_add(t, " interval ", "-konfidensinterval ");
    focus_say_interval(t, k->low, k->high);
    hz_text_add(t->out, ")");
    if (t->f->beyond > 0) {
        focus_add(t, ", of which ", ", heraf ");
        hz_say_count(t->out, t->l, (size_t)t->f->beyond);
        focus_add(t, " beyond all areas", " uden for alle områder");
    }
    say_expected(t);
    hz_text_add(t->out, ".");
}

static void say_names(const focus_teller *t)
{
    const hz_layer *a = t->f->areas;
    size_t n = t->f->look.excess, said = 0;
    if (n > NAMED_MOST)
        return;
    bool commas = false;
    for (size_t i = 0; i < hz_layer_rows(a); i++)
        commas |= strchr(hz_layer_text(a, "name", i), ',') != NULL;
    hz_text_add(t->out, ": ");
    for (size_t i = 0; i < hz_layer_rows(a); i++)
        if (hz_layer_text(a, "state", i)[0] == 'e') {
            if (commas)
                hz_say_apart(t->out, said++);
            else
                hz_say_joint(t->out, t->l, said++, n);
            hz_text_add(t->out, hz_layer_text(a, "name", i));
        }
}

/* "2 of 9 areas outside have significantly more per resident than the other areas outside (exact
 * test, q ≤ 0.025): A and B". */
static void say_excess(const focus_teller *t)
{
    const hz_focus_look *k = &t->f->look;
    hz_say_count(t->out, t->l, k->excess);
    focus_add(t, " of ", " af ");
    hz_say_count(t->out, t->l, k->tested);
    focus_add(t, k->tested == 1 ? " area" : " areas", k->tested == 1 ? " område" : " områder");
    focus_add(t, k->excess == 1 || k->tested == 1 ? " outside has" : " outside have",
              " udenfor har");
    focus_add(t, " significantly more per resident than the other areas outside (exact test, q ≤ ",
              " statistisk sikkert flere pr. indbygger end de øvrige områder udenfor (eksakt test, q ≤ ");
    focus_say_given(t, t->o->alpha_excess, 3);
    hz_text_add(t->out, ")");
    if (k->excess > 0)
        say_names(t);
}

/* "; the scan finds 1 cluster outside (p ≤ 0.025)". */
static void say_standing_out(const focus_teller *t)
{
    const hz_focus_look *k = &t->f->look;
    hz_say_begin(t->out);
    if (k->tested == 0 && !k->scanned) {
        focus_add(t, "No area outside could be tested.", "Ingen områder udenfor kunne testes.");
        return;
    }
    if (k->tested > 0)
        say_excess(t);
    if (k->scanned) {
        if (k->tested > 0)
            hz_text_add(t->out, "; ");
        focus_add(t, k->tested > 0 ? "the scan finds " : "The scan finds ",
            k->tested > 0 ? "scanningen finder " : "Scanningen finder ");
        hz_say_count(t->out, t->l, k->clusters);
        focus_add(t, k->clusters == 1 ? " cluster outside (p ≤ " : " clusters outside (p ≤ ",
            k->clusters == 1 ? " klynge udenfor (p ≤ " : " klynger udenfor (p ≤ ");
        focus_say_given(t, t->o->alpha_scan, 3);
        hz_text_add(t->out, ")");
    }
    hz_text_add(t->out, ".");
}

/* What is left out where small counts are hidden. */
static void say_guarded(const focus_teller *t)
{
    size_t n = t->f->hidden;
    if (!t->f->guarded)
        return;
    hz_say_begin(t->out);
    focus_add(t, "Small counts are hidden", "Små antal er skjult");
    if (n > 0) {
        focus_add(t, ", and ", ", og ");
        hz_say_count(t->out, t->l, n);
        focus_add(t, n == 1 ? " area is shown without its count" : " areas are shown without their "
                  "counts", n == 1 ? " område vises uden sit antal" : " områder vises uden deres "
                  "antal");
    }
    focus_add(t, "; what looks at single events (clusters, centres, leaving out) is not told.",
              "; det, der ser på enkelte hændelser (klynger, midtpunkter, udeladelse), fortælles "
              "ikke.");
}

/* "Of the registered residents 61.2% (55.0–67.2%) live outside the focus; 7 areas and 12 towns are
 * shown to have some, 4 areas are hidden." */
static void say_residents(const focus_teller *t)
{
    const hz_residents *r = t->facts->residents;
    if (!r || !r->table)
        return;
    hz_say_begin(t->out);
    bool made_up = t->facts->residents_made_up;
    if (made_up)
        focus_add(t, "Synthetic, made-up people: ", "Syntetiske, opdigtede personer: ");
    size_t at = t->out->length;
    if (isnan(r->share)) {
        focus_add(t, "the share of the registered who live outside the focus is hidden",
                  "andelen af de registrerede, der bor uden for fokus, er skjult");
    } else {
        focus_add(t, "of those registered, ", "af de registrerede bor ");
        hz_say_share(t->out, t->l, r->share, 1);
        hz_text_add(t->out, " (");
        focus_say_interval(t, r->low, r->high);
        focus_add(t, ") live outside the focus", ") uden for fokus");
    }
    if (!made_up)
        hz_text_capital(t->out, at);
    hz_text_add(t->out, "; ");
    hz_say_count(t->out, t->l, r->areas_with);
    focus_add(t, r->areas_with == 1 ? " area" : " areas", r->areas_with == 1 ? " område" : " områder");
    size_t with = r->areas_with;
    if (r->towns && !r->merged) {
        with = 2; /* "1 area and 1 town are" */
        focus_add(t, " and ", " og ");
        hz_say_count(t->out, t->l, r->towns_with);
        focus_add(t, r->towns_with == 1 ? " town beyond" : " towns beyond",
            r->towns_with == 1 ? " by udenfor" : " byer udenfor");
    }
    focus_add(t, with == 1 ? " is shown to have some" : " are shown to have some", " vises med nogen");
    size_t hidden = r->areas_hidden + r->towns_hidden;
    if (hidden > 0) {
        hz_text_add(t->out, ", ");
        hz_say_count(t->out, t->l, hidden);
        focus_add(t, hidden == 1 ? " is hidden" : " are hidden", " er skjult");
        focus_add(t, " to protect persons", " for at beskytte personer");
    }
    if (r->rounded)
        focus_add(t, "; all figures are rounded", "; alle tal er afrundet");
    hz_text_add(t->out, ".");
}

/* Which figures carried the verdict. */
static void say_reason(const focus_teller *t)
{
    const hz_focus_look *k = &t->f->look;
    bool stands_out = k->excess > 0 || k->clusters > 0, looked = k->tested > 0 || k->scanned;
    if (isnan(k->share)) {
        focus_add(t, "the share outside is hidden", "andelen udenfor er skjult");
        return;
    }
    focus_add(t, "the ", "");
    if (k->low >= t->o->min_outside) {
        focus_add(t, "lower limit is at least ", "den nedre grænse er mindst ");
        focus_say_given_share(t, t->o->min_outside);
        if (stands_out)
            focus_add(t, " and places outside stand out", ", og steder udenfor skiller sig ud");
        else if (looked)
            focus_add(t, ", but nothing outside stands out beyond chance",
                ", men intet udenfor skiller sig ud fra tilfældet");
        else
            focus_add(t, ", but whether any place outside stands out could not be tested",
                ", men om noget sted udenfor skiller sig ud, kunne ikke testes");
    } else if (k->high < t->o->min_outside) {
        focus_add(t, "upper limit is below ", "den øvre grænse er under ");
        focus_say_given_share(t, t->o->min_outside);
        if (stands_out)
            focus_add(t, ", but places outside stand out", ", men steder udenfor skiller sig ud");
        else if (looked)
            focus_add(t, " and nothing outside stands out beyond chance",
                ", og intet udenfor skiller sig ud fra tilfældet");
        else
            focus_add(t, ", but whether any place outside stands out could not be tested",
                ", men om noget sted udenfor skiller sig ud, kunne ikke testes");
    } else {
        focus_add(t, "interval holds ", "intervallet rummer ");
        focus_say_given_share(t, t->o->min_outside);
        focus_add(t, ", so that the share outside may be below or above what would call for more",
            ", så andelen udenfor kan ligge både under og over det, der taler for mere");
    }
}

void focus_say_verdict(const focus_teller *t)
{
    static const char *const said[2][3] = {
        { "The data do not decide whether the focus should be broader: ",
          "The data support a broader focus: ", "The data do not support a broader focus: " },
        { "Data afgør ikke, om fokus bør være bredere: ", "Data støtter et bredere fokus: ",
          "Data støtter ikke et bredere fokus: " }
    };
    hz_say_begin(t->out);
    hz_text_add(t->out, said[t->l == HZ_DANISH][t->f->look.verdict]);
    say_reason(t);
    hz_text_add(t->out, ".");
}

/* Ways of looking that change the verdict, but for the first row, which is the verdict. */
static void say_firmness(const focus_teller *t)
{
    static const char *const danish[] = {
        "any one event left out", "én vilkårlig hændelse udeladt", "any one day left out",
        "én vilkårlig dag udeladt", "coordinates redrawn within their precision",
        "koordinaterne trukket om inden for deres præcision", "events in areas only",
        "kun hændelser i områderne", "square cells", "kvadratiske celler",
        "the scan's chance drawn anew", "scanningens tilfældighed trukket om"
    };
    const hz_layer *w = t->f->ways;
    const double *tried = w ? hz_layer_numbers(w, "tried") : NULL;
    const double *differing = w ? hz_layer_numbers(w, "differing") : NULL;
    size_t said = 0;
    if (!w || hz_layer_rows(w) < 2)
        return;
    hz_say_begin(t->out);
    if (t->f->firm) {
        focus_add(t, "No other way of looking gives another verdict (",
            "Ingen anden måde at se på det giver et andet svar (");
    } else {
        focus_add(t, "The verdict is not firm: it is another with ",
            "Svaret er ikke fast: det bliver et andet med ");
    }
    for (size_t i = 1; i < hz_layer_rows(w); i++) {
        const char *way = hz_layer_text(w, "way", i), *word = way;
        if (!t->f->firm && !(differing[i] > 0))
            continue;
        for (size_t k = 0; t->l == HZ_DANISH && k < sizeof danish / sizeof *danish; k += 2)
            if (strcmp(way, danish[k]) == 0)
                word = danish[k + 1];
        hz_text_addf(t->out, "%s%s", said++ ? ", " : "", word);
        if (!t->f->firm && tried[i] > 1) {
            hz_text_add(t->out, " (");
            hz_say_count(t->out, t->l, (size_t)differing[i]);
            focus_add(t, " of ", " af ");
            hz_say_count(t->out, t->l, (size_t)tried[i]);
            hz_text_add(t->out, ")");
        }
    }
    hz_text_add(t->out, t->f->firm ? ")." : ".");
}

void hz_caption_focus_statement(const hz_caption_focus *facts, hz_language language, hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    say_outside(&t);
    say_standing_out(&t);
    say_guarded(&t);
    say_residents(&t);
    focus_say_verdict(&t);
    say_firmness(&t);
}

void hz_caption_focus_rule(const hz_caption_focus *facts, hz_language language, hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    hz_say_begin(out);
    focus_add(&t, "Rule: supported if the lower ", "Regel: støttes, hvis den nedre ");
    focus_say_given_share(&t, t.o->level);
    focus_add(&t, " limit of the share outside is at least ",
              "-grænse for andelen udenfor er mindst ");
    focus_say_given_share(&t, t.o->min_outside);
    focus_add(&t, " and an area outside has a rate above that of the others outside (q ≤ ",
        ", og et område udenfor har en rate over de øvriges (q ≤ ");
    focus_say_given(&t, t.o->alpha_excess, 3);
    focus_add(&t, ") or a scan cluster outside has p ≤ ", ") eller en klynge udenfor har p ≤ ");
    focus_say_given(&t, t.o->alpha_scan, 3);
    focus_add(&t, "; not supported if the upper limit is below that share and there is neither; else the "
        "data do not decide.",
        "; støttes ikke, hvis den øvre grænse er under den andel og ingen af delene findes; ellers "
        "afgør data det ikke.");
}
