/* Sentences about a focus that is broadened step by step, and about its shift over time. */
#include <math.h>

#include "hotzone/caption.h"
#include "report/focus_say.h"

enum { STEPS_TOLD = 2 };
static const double most_of_them = 0.8;

static void say_captured(const focus_teller *t, const hz_layer *f, size_t i)
{
    hz_say_share(t->out, t->l, hz_layer_numbers(f, "capture")[i], 1);
    hz_text_add(t->out, " (");
    focus_say_interval(t, hz_layer_numbers(f, "capture_low")[i],
                       hz_layer_numbers(f, "capture_high")[i]);
    hz_text_add(t->out, ")");
}

/* What is spread over the areas: residents, else land. */
static void say_size(const focus_teller *t, const hz_layer *f, size_t i)
{
    double people = hz_layer_numbers(f, "population_share")[i];
    double km2 = hz_layer_numbers(f, "area_km2")[i];
    if (!isnan(people)) {
        hz_say_share(t->out, t->l, people, 1);
        focus_add(t, " of the residents", " af indbyggerne");
    } else if (!isnan(km2)) {
        hz_say_number(t->out, t->l, km2, 1);
        hz_text_add(t->out, HZ_SAY_NBSP "km²");
    } else {
        hz_say_count(t->out, t->l, i);
        focus_add(t, i == 1 ? " area added" : " areas added",
                  i == 1 ? " område mere" : " områder mere");
    }
}

/* How far the focus is from the best that its size allows. */
static void say_best(const focus_teller *t, const hz_layer *f)
{
    double best = hz_layer_numbers(f, "best_capture")[0], own = hz_layer_numbers(f, "capture")[0];
    if (isnan(best) || isnan(own))
        return;
    focus_add(t, "; the best set of areas of that size would hold at most ",
              "; det bedste sæt områder af den størrelse ville højst rumme ");
    hz_say_share(t->out, t->l, fmax(best, own), 1);
}

static void say_steps(const focus_teller *t, const hz_layer *f)
{
    size_t n = hz_layer_rows(f), reached = 0;
    const double *capture = hz_layer_numbers(f, "capture");
    for (size_t i = 1; i < n && i <= STEPS_TOLD; i++) {
        focus_add(t, i == 1 ? " With " : ", and with ", i == 1 ? " Med " : ", og med ");
        hz_text_add(t->out, hz_layer_text(f, "name", i));
        focus_add(t, i == 1 ? " added it is " : " too ", i == 1 ? " til er det " : " også ");
        say_captured(t, f, i);
    }
    if (n > 1)
        hz_text_add(t->out, ".");
    while (reached < n && !(capture[reached] >= most_of_them))
        reached++;
    if (reached <= STEPS_TOLD || reached == n)
        return;
    hz_say_begin(t->out);
    hz_say_share(t->out, t->l, most_of_them, 0);
    focus_add(t, " is reached with ", " nås med ");
    hz_say_count(t->out, t->l, reached);
    focus_add(t, " areas added: ", " områder mere: ");
    say_size(t, f, reached);
    hz_text_add(t->out, ".");
}

void hz_caption_broadening_axis(const hz_caption_focus *facts, hz_language language, hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    focus_add(&t, "Share of the ", "Andel af ");
    hz_text_add(out, focus_noun(&t));
    if (facts->period[t.l])
        hz_text_addf(out, ", %s", facts->period[t.l]);
    focus_add(&t, ", that the areas hold, %", ", som områderne rummer, %");
}

void hz_caption_broadening_figure(const hz_caption_focus *facts, hz_language language,
                                  hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    const hz_layer *f = t.f->frontier;
    if (!f || hz_layer_rows(f) == 0)
        return;
    hz_say_begin(out);
    focus_add(&t, "Share of the ", "Andel af de ");
    focus_say_events(&t, t.f->look.total);
    focus_add(&t, " that the focus holds as areas are added, most per ",
              ", som fokus rummer, når områder lægges til, flest pr. ");
    switch (focus_budget(t.f)) {
    case 'r': focus_add(&t, "resident", "indbygger"); break;
    case 'k': hz_text_add(out, "km²"); break;
    default:  focus_add(&t, "area", "område");
    }
    focus_add(&t, " first. The focus holds ", " først. Fokus rummer ");
    say_captured(&t, f, 0);
    if (!isnan(hz_layer_numbers(f, "population_share")[0]) ||
        !isnan(hz_layer_numbers(f, "area_km2")[0])) {
        focus_add(&t, " with ", " med ");
        say_size(&t, f, 0);
    }
    say_best(&t, f);
    hz_text_add(out, ".");
    say_steps(&t, f);
    if (!facts->later || hz_layer_rows(facts->later) == 0)
        return;
    focus_add(&t, " Ranked by the earlier events and judged by the later ones, it holds ",
              " Ordnet efter de tidlige hændelser og bedømt på de sene rummer det ");
    say_captured(&t, facts->later, 0);
    hz_text_add(out, ".");
    say_steps(&t, facts->later);
}

void hz_caption_broadening_method(const hz_caption_focus *facts, hz_language language,
                                  hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    hz_say_begin(out);
    focus_add(&t, "Band: exact ", "Bånd: eksakt ");
    focus_say_given_share(&t, t.o->level);
    if (t.f->hidden > 0)
        focus_add(&t, " limits of each share by itself. Only areas whose counts are shown are added.",
                  "-interval for hver andel for sig. Kun områder, hvis antal vises, lægges til.");
    else
        focus_add(&t, " limits of each share by itself. Dashed: the most that any set of areas of that "
                  "size could hold, the last one in part; no real set holds more.",
                  "-interval for hver andel for sig. Stiplet: det meste, som noget sæt områder af den "
                  "størrelse kunne rumme, det sidste delvist; intet virkeligt sæt rummer mere.");
    if (facts->later) {
        focus_add(&t, " Ranked and judged by the same events the curve flatters; the thin line is "
                  "ranked on ", " Ordnet og bedømt på de samme hændelser smigrer kurven; den tynde "
                  "linje er ordnet på ");
        hz_caption_period(facts->rank_when, t.l, out);
        focus_add(&t, " and judged on ", " og bedømt på ");
        hz_caption_period(facts->score_when, t.l, out);
        hz_text_add(out, ".");
    } else {
        focus_add(&t, " Ranked and judged by the same events the curve flatters.",
                  " Ordnet og bedømt på de samme hændelser smigrer kurven.");
    }
}

/* ------------------------------------------------------------------ shift over time */

void hz_caption_shift_axis(const hz_caption_focus *facts, hz_language language, hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    focus_add(&t, "Share of the ", "Andel af ");
    hz_text_add(out, focus_noun(&t));
    focus_add(&t, " outside the focus, %", " uden for fokus, %");
}

static void say_trend(const focus_teller *t)
{
    const hz_focus_trend *trend = &t->f->trend;
    hz_say_begin(t->out);
    if (isnan(trend->p) && t->f->guarded) {
        focus_add(t, "A trend was not tested: counts of periods are hidden, or fewer than two have any "
                  "outside.", "En udvikling er ikke testet: antal for perioder er skjult, eller "
                  "færre end to har nogen udenfor.");
        return;
    }
    if (isnan(trend->p)) {
        focus_add(t, "A trend needs two periods with events, some of them outside and some inside; it "
                  "was not tested.", "En udvikling kræver to perioder med hændelser, nogle udenfor og "
                  "nogle indenfor; den er ikke testet.");
        return;
    }
    focus_add(t, "Test of a trend over ", "Test af en udvikling over ");
    hz_say_count(t->out, t->l, trend->periods);
    focus_add(t, " periods with events: ", " perioder med hændelser: ");
    focus_say_p(t, trend->p);
    if (trend->p > 0.05)
        focus_add(t, "; no shift beyond chance is shown.",
                  "; der er ikke vist nogen udvikling ud over tilfældet.");
    else if (trend->direction > 0)
        focus_add(t, "; the later periods have more outside.", "; de senere perioder har flere "
                  "udenfor.");
    else
        focus_add(t, "; the later periods have fewer outside.", "; de senere perioder har færre "
                  "udenfor.");
}

void hz_caption_shift_figure(const hz_caption_focus *facts, hz_language language, hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    const hz_layer *p = t.f->periods;
    size_t n = p ? hz_layer_rows(p) : 0, first = n, last = n;
    if (!n)
        return;
    const double *share = hz_layer_numbers(p, "share"), *low = hz_layer_numbers(p, "share_low");
    const double *high = hz_layer_numbers(p, "share_high"), *events = hz_layer_numbers(p, "events");
    for (size_t i = 0; i < n; i++)
        if (events[i] > 0) {
            first = first == n ? i : first;
            last = i;
        }
    hz_say_begin(out);
    focus_add(&t, "Share outside the focus by period.", "Andel uden for fokus efter periode.");
    for (int k = 0; first < n && k < (first == last ? 1 : 2); k++) {
        size_t i = k ? last : first;
        hz_text_add(out, k ? "; " : " ");
        size_t at = out->length;
        if (facts->parts)
            hz_caption_period(facts->parts[i], t.l, out);
        else
            hz_text_add(out, hz_layer_text(p, "period", i));
        if (!k)
            hz_text_capital(out, at);
        hz_text_add(out, ": ");
        hz_say_share(out, t.l, share[i], 1);
        hz_text_add(out, " (");
        focus_say_interval(&t, low[i], high[i]);
        focus_add(&t, ") of ", ") af ");
        focus_say_events(&t, events[i]);
    }
    hz_text_add(out, ".");
    say_trend(&t);
}

void hz_caption_shift_method(const hz_caption_focus *facts, hz_language language, hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    hz_say_begin(out);
    focus_add(&t, "Bars: exact limits (Clopper–Pearson). Dashed: all periods together. A few events a "
              "period say little each by itself; the test of trend takes them all.",
              "Streger: eksakte grænser (Clopper–Pearson). Stiplet: alle perioder under ét. Få "
              "hændelser i en periode siger lidt hver for sig; testen af udvikling tager dem alle.");
    say_trend(&t);
}
