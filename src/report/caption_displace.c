/* Sentences about a zone before, during and after, that bear no more than the figures. */
#include "hotzone/caption_displace.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/say.h"

typedef struct {
    const hz_caption_displace *f;
    hz_language language;
    hz_text *out;
} saying;

static const char *pick(const saying *s, const char *english, const char *danish)
{
    return s->language == HZ_DANISH ? danish : english;
}

static double at(const hz_layer *table, const char *column, size_t row)
{
    const double *values = hz_layer_numbers(table, column);
    return values ? values[row] : NAN;
}

static bool asked(const saying *s, int period)
{
    return !isnan(s->f->found->days[period]);
}

/* The row of a table with these words in its first two columns. */
static size_t row_of(const hz_layer *t, const char *first, const char *a, const char *second,
                     const char *b)
{
    size_t i = 0;
    while (i < hz_layer_rows(t) && !(strcmp(hz_layer_text(t, first, i), a) == 0 &&
                                     strcmp(hz_layer_text(t, second, i), b) == 0))
        i++;
    return i;
}

static const char *when(const saying *s, int period)
{
    static const char *const words[2][HZ_DISPLACE_PERIODS] = {
        { "before", "during", "after", "earlier" }, { "før", "med zone", "efter", "tidligere" } };
    return words[s->language == HZ_DANISH][period];
}

/* Digits after the point so that at least two figures of a rate are told. */
static int decimals_of(double rate)
{
    return rate >= 10 ? 1 : rate >= 0.1 ? 2 : 3;
}

/* "12 during (2017-06-01..2017-07-01, 0.39 a day, ratio 0.87, 0.43-1.65)" */
static void say_count(const saying *s, int period)
{
    const hz_layer *t = s->f->found->counts;
    size_t row = row_of(t, "period", hz_displace_period_name(period), "area", "zone");
    double rate = at(t, "events_per_day", row), ratio = at(t, "ratio", row);
    double high = at(t, "ratio_high", row), events = at(t, "events", row);

    hz_say_number(s->out, s->language, events, 0);
    if (period == HZ_DISPLACE_BEFORE) {
        if (s->f->made_up)
            hz_text_add(s->out, events == 1 ? pick(s, " made-up", " opdigtet")
                                            : pick(s, " made-up", " opdigtede"));
        hz_text_add(s->out, events == 1 ? pick(s, " event", " hændelse")
                                        : pick(s, " events", " hændelser"));
    }
    hz_text_addf(s->out, " %s (%s, ", when(s, period), hz_layer_text(t, "dates", row));
    hz_say_number(s->out, s->language, rate, decimals_of(rate));
    hz_text_add(s->out, pick(s, " a day", " om dagen"));
    if (!isnan(ratio)) {
        hz_text_add(s->out, pick(s, ", ratio ", ", forhold "));
        hz_say_number(s->out, s->language, ratio, 2);
        hz_text_add(s->out, ", ");
        hz_say_interval(s->out, s->language, at(t, "ratio_low", row),
                        isnan(high) ? INFINITY : high, 2);
    }
    hz_text_add(s->out, ")");
}

static void say_counts(const saying *s)
{
    size_t n = asked(s, HZ_DISPLACE_DURING) && asked(s, HZ_DISPLACE_AFTER) ? 3 : 2, i = 0;
    hz_say_begin(s->out);
    size_t first = row_of(s->f->found->counts, "period",
                          hz_displace_period_name(HZ_DISPLACE_BEFORE), "area", "zone");
    hz_text_add(s->out, at(s->f->found->counts, "events", first) == 1
                            ? pick(s, "In the zone there was ", "I zonen var der ")
                            : pick(s, "In the zone there were ", "I zonen var der "));
    for (int p = HZ_DISPLACE_BEFORE; p <= HZ_DISPLACE_AFTER; p++)
        if (asked(s, p)) {
            hz_say_joint(s->out, s->language, i++, n);
            say_count(s, p);
        }
    hz_text_add(s->out, ".");
}

/* "5.3 fewer", "2.0 more"; one decimal. */
static void say_difference(const saying *s, double value)
{
    bool less = value <= -0.05, more = value >= 0.05;
    hz_say_number(s->out, s->language, less || more ? fabs(value) : 0, 1);
    hz_text_add(s->out, less   ? pick(s, " fewer", " færre")
                        : more ? pick(s, " more", " flere")
                               : "");
}

/* "5.3 fewer in the zone (95% interval: 12.1 fewer to 1.5 more)" */
static void say_effect(const saying *s, size_t row, const char *where)
{
    const hz_layer *t = s->f->found->effects;
    char level[24];
    say_difference(s, at(t, "wdd", row));
    hz_text_add(s->out, where);
    if (isnan(at(t, "wdd_low", row))) {
        hz_text_add(s->out, pick(s, " (no interval: no events there or in the control area)",
                                 " (intet interval: ingen hændelser der eller i kontrolområdet)"));
        return;
    }
    snprintf(level, sizeof level, "%g", 100 * s->f->opts->level);
    for (char *c = level; s->language == HZ_DANISH && *c; c++)
        *c = *c == '.' ? ',' : *c;
    hz_text_addf(s->out, pick(s, " (%s%% interval: ", " (%s" HZ_SAY_NBSP "%%-interval: "), level);
    say_difference(s, at(t, "wdd_low", row));
    hz_text_add(s->out, pick(s, " to ", " til "));
    say_difference(s, at(t, "wdd_high", row));
    hz_text_add(s->out, ")");
}

static bool without_0(const saying *s, size_t row)
{
    return at(s->f->found->effects, "wdd_low", row) > 0 ||
           at(s->f->found->effects, "wdd_high", row) < 0;
}

static void say_basis(const saying *s)
{
    hz_text_add(s->out, pick(s, "measured against the control area", "målt mod kontrolområdet"));
    switch (s->f->opts->weights) {
    case HZ_DISPLACE_BY_AREA:
        hz_text_add(s->out, pick(s, "'s change per km²", "s ændring pr. km²"));
        break;
    case HZ_DISPLACE_BY_RESIDENTS:
        hz_text_add(s->out, pick(s, "'s change per resident", "s ændring pr. indbygger"));
        break;
    case HZ_DISPLACE_UNWEIGHTED:
        hz_text_add(s->out, pick(s, "'s change in events", "s ændring i antal"));
        break;
    }
}

static void say_comparison(const saying *s, int then)
{
    const hz_layer *t = s->f->found->effects;
    const char *name = hz_displace_period_name(then);
    size_t zone = row_of(t, "comparison", name, "part", "zone");
    size_t rings = row_of(t, "comparison", name, "part", "rings");
    if (rings == hz_layer_rows(t))
        rings = row_of(t, "comparison", name, "part", "ring 1");
    bool of_zone = without_0(s, zone), of_rings = without_0(s, rings);
    bool both = !isnan(at(t, "wdd_low", zone)) && !isnan(at(t, "wdd_low", rings));
    const double *outer = hz_layer_numbers(s->f->found->areas, "outer_m");
    double reach = 0;
    char around[64];
    for (size_t i = 0; i < hz_layer_rows(s->f->found->areas); i++)
        reach = outer[i] > reach ? outer[i] : reach;

    hz_say_begin(s->out);
    if (s->language == HZ_DANISH)
        hz_text_addf(s->out, "I perioden %s var der, ", when(s, then));
    else
        hz_text_addf(s->out, "%s, ", then == HZ_DISPLACE_DURING ? "During" : "After");
    say_basis(s);
    hz_text_add(s->out, pick(s, ", there were ", ", "));
    say_effect(s, zone, pick(s, " in the zone", " i zonen"));
    hz_text_add(s->out, pick(s, " and ", " og "));
    snprintf(around, sizeof around, pick(s, " around it out to %g m", " omkring den ud til %g m"),
             reach);
    say_effect(s, rings, around);
    hz_text_add(s->out, of_zone && of_rings ? pick(s, "; 0 is in neither interval.",
                                                   "; 0 ligger uden for begge intervaller.")
                        : of_zone ? pick(s, "; only the zone's interval leaves out 0.",
                                         "; kun zonens interval udelukker 0.")
                        : of_rings ? pick(s, "; only the surroundings' interval leaves out 0.",
                                          "; kun omgivelsernes interval udelukker 0.")
                        : !both    ? "."
                                   : pick(s, "; 0 is in both intervals.",
                                          "; 0 ligger i begge intervaller."));
}

static void say_peak(const saying *s)
{
    const hz_displacement *d = s->f->found;
    hz_say_begin(s->out);
    hz_text_add(s->out, pick(s, "Counts do not tell why they changed", "Tallene siger ikke, hvorfor "
                                                                      "de ændrede sig"));
    if (isnan(d->peak_ratio)) {
        hz_text_add(s->out, pick(s, ", and whether the time before was a peak is not known here: "
                                    "after a peak fewer are to be expected whatever is done "
                                    "(regression to the mean).",
                                 ", og om tiden før var et højdepunkt, vides ikke her: efter et "
                                 "højdepunkt må man vente færre, uanset hvad der gøres (regression "
                                 "mod gennemsnittet)."));
        return;
    }
    hz_text_add(s->out, pick(s, "; before, there were ", "; før var der "));
    hz_say_number(s->out, s->language, d->peak_ratio, 2);
    hz_text_add(s->out, pick(s, " times as many a day as earlier (", " gange så mange om dagen som "
                                                                     "tidligere ("));
    hz_say_interval(s->out, s->language, d->peak_low, d->peak_high, 2);
    hz_text_add(s->out, d->peak_low > 1
                            ? pick(s, "), a peak, and after a peak fewer are to be expected whatever "
                                      "is done (regression to the mean).",
                                   "), et højdepunkt, og efter et højdepunkt må man vente færre, "
                                   "uanset hvad der gøres (regression mod gennemsnittet).")
                            : pick(s, "): no peak is shown.",
                                   "): et højdepunkt kan ikke påvises."));
}

void hz_caption_displace_say(const hz_caption_displace *facts, hz_language language, hz_text *out)
{
    const saying s = { facts, language, out };
    say_counts(&s);
    for (int p = HZ_DISPLACE_DURING; p <= HZ_DISPLACE_AFTER; p++)
        if (asked(&s, p))
            say_comparison(&s, p);
    say_peak(&s);
}
