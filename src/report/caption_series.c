/* Sentences about a period series. */
#include <math.h>

#include "hotzone/caption_chart.h"
#include "report/phrase.h"
#include "report/say.h"

/* What a series draws: rates, or events. */
typedef struct {
    const double *value, *low, *high;
    int decimals;
} drawn;

static drawn drawn_of(const hz_caption_facts *f, const hz_caption_series *v)
{
    const hz_layer *t = v->table;
    if (v->rates)
        return (drawn){ hz_layer_numbers(t, "rate"), hz_layer_numbers(t, "rate_low"),
                        hz_layer_numbers(t, "rate_high"), f->decimals };
    return (drawn){ hz_layer_numbers(t, "events"), hz_layer_numbers(t, "events_low"),
                    hz_layer_numbers(t, "events_high"), 0 };
}

static const char *unit_of(const hz_caption_facts *f, hz_series_by by)
{
    return by == HZ_BY_MONTH ? hz_pick(f, "month", "måned")
         : by == HZ_BY_QUARTER ? hz_pick(f, "quarter", "kvartal") : hz_pick(f, "year", "år");
}

static void say_units(const hz_caption_facts *f, hz_series_by by, size_t n, hz_text *out)
{
    static const char *const many[3][2] = { { " months", " måneder" },
                                            { " quarters", " kvartaler" },
                                            { " years", " år" } };
    hz_say_count(out, f->language, n);
    if (n == 1)
        hz_text_addf(out, " %s", unit_of(f, by));
    else
        hz_text_add(out, many[by][f->language == HZ_DANISH]);
}

static void say_quantity(const hz_caption_facts *f, const hz_caption_series *v, hz_text *out)
{
    if (v->rates) {
        hz_phrase_quantity(f, 2, out); /* always per year, whatever the periods' length */
        return;
    }
    hz_text_addf(out, "%s %s%s", f->noun,
                 hz_pick(f, "per ", "pr." HZ_SAY_NBSP), unit_of(f, v->by));
}

void hz_caption_series_quantity(const hz_caption_facts *f, const hz_caption_series *v,
                                hz_text *out)
{
    size_t at = out->length;
    say_quantity(f, v, out);
    hz_text_capital(out, at);
}

static void say_what(const hz_caption_facts *f, const hz_caption_series *v, hz_text *out)
{
    hz_period whole = { v->period[0].from, v->period[v->periods - 1].until };
    size_t at;
    hz_say_begin(out);
    at = out->length;
    say_quantity(f, v, out);
    hz_text_capital(out, at);
    if (v->series > 1)
        hz_phrase_place(f, out);
    hz_text_add(out, ", ");
    hz_caption_period(whole, f->language, out);
    hz_text_add(out, v->rates ? hz_pick(f, ", by ", ", pr." HZ_SAY_NBSP) : "");
    if (v->rates)
        hz_text_add(out, unit_of(f, v->by));
    hz_text_add(out, " (");
    say_units(f, v->by, v->periods, out);
    hz_text_add(out, ")");
    if (v->series == 1) {
        hz_text_addf(out, ": %s.", v->name[0]);
        return;
    }
    hz_text_add(out, ": ");
    for (size_t s = 0; s < v->series; s++) {
        hz_say_joint(out, f->language, s, v->series);
        hz_text_add(out, v->name[s]);
    }
    hz_text_add(out, ".");
}

static void say_value(const hz_caption_facts *f, const drawn *d, size_t row, bool interval,
                      bool first, hz_text *out)
{
    hz_say_number(out, f->language, d->value[row], d->decimals);
    if (interval)
        hz_phrase_interval(f, out, d->low[row], d->high[row], d->decimals ? d->decimals : 1, first);
}

/* "highest in June 2017, 3.1 (2.0-4.5), lowest in May 2017, 0.4 (0.1-1.2)"; ties: the first one */
static void say_ends(const hz_caption_facts *f, const hz_caption_series *v, const drawn *d,
                     size_t s, bool first, hz_text *out)
{
    size_t best = 0, least = 0, known = 0;
    for (size_t i = 0; i < v->periods; i++) {
        size_t row = s * v->periods + i;
        if (isnan(d->value[row]))
            continue;
        best = !known || d->value[row] > d->value[s * v->periods + best] ? i : best;
        least = !known || d->value[row] < d->value[s * v->periods + least] ? i : least;
        known++;
    }
    if (!known) {
        hz_text_add(out, hz_pick(f, "no figure is shown", "intet tal er vist"));
        return;
    }
    for (int k = 0; k < (best == least ? 1 : 2); k++) {
        size_t i = k ? least : best;
        hz_text_add(out, k ? hz_pick(f, ", lowest: ", ", lavest: ")
                           : hz_pick(f, "highest: ", "højest: "));
        hz_caption_period(v->period[i], f->language, out);
        hz_text_add(out, hz_pick(f, " with ", " med "));
        say_value(f, d, s * v->periods + i, true, first && k == 0, out);
    }
}

static void say_mean(const hz_caption_facts *f, const hz_caption_series *v, size_t s, bool first,
                     hz_text *out)
{
    const hz_series_found *g = &v->found[s];
    double mean = v->rates ? g->rate : g->mean;
    int decimals = v->rates ? f->decimals : 1;
    if (isnan(mean))
        return;
    if (g->undefined)
        hz_text_add(out, hz_pick(f, "; periods with figures together ",
                                 "; perioder med tal tilsammen "));
    else
        hz_text_add(out, hz_pick(f, "; all periods together ", "; alle perioder tilsammen "));
    hz_say_number(out, f->language, mean, decimals);
    hz_phrase_interval(f, out, v->rates ? g->rate_low : g->mean_low,
                       v->rates ? g->rate_high : g->mean_high, decimals, first);
}

static void say_series(const hz_caption_facts *f, const hz_caption_series *v, hz_text *out)
{
    drawn d = drawn_of(f, v);
    for (size_t s = 0; s < v->series; s++) {
        size_t at;
        if (s == 0)
            hz_say_begin(out);
        else
            hz_text_add(out, " ");
        at = out->length;
        if (v->series > 1)
            hz_text_addf(out, "%s: ", v->name[s]);
        if (v->found[s].all_hidden) {
            hz_text_add(out, hz_pick(f, "hidden", "skjult"));
        } else {
            say_ends(f, v, &d, s, s == 0, out);
            say_mean(f, v, s, false, out);
        }
        hz_text_capital(out, at);
        hz_text_add(out, ".");
    }
}

/* "Of the periods 2 are hidden, 1 is without a figure and 1 is not whole." over all series */
static void say_gaps(const hz_caption_facts *f, const hz_caption_series *v, hz_text *out)
{
    size_t hidden = 0, undefined = 0, cut = 0, zero = 0, n = 0, said = 0;
    const drawn d = drawn_of(f, v);
    for (size_t i = 0; i < v->series * v->periods; i++) {
        bool is_hidden = hz_layer_mark(v->table, "events", i) == HZ_HIDDEN;
        hidden += is_hidden;
        undefined += !is_hidden && isnan(d.value[i]);
        zero += d.value[i] == 0;
    }
    for (size_t i = 0; i < v->periods; i++)
        cut += !hz_series_is_whole(v->period[i], v->by);
    const struct { size_t n; const char *words; } kinds[] = {
        { hidden, hz_pick(f, " hidden for small counts", " skjult på grund af små tal") },
        { undefined, hz_pick(f, " without a figure", " uden tal") },
        { zero, hz_pick(f, " with none", " med nul") },
        { cut, hz_pick(f, " not whole (a hollow point)", " ikke hele (hult punkt)") }
    };
    for (size_t k = 0; k < 4; k++)
        n += kinds[k].n > 0;
    if (!n)
        return;
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "Of the periods: ", "Af perioderne er: "));
    for (size_t k = 0; k < 4; k++) {
        if (!kinds[k].n)
            continue;
        hz_say_joint(out, f->language, said++, n);
        hz_say_count(out, f->language, kinds[k].n);
        hz_text_add(out, kinds[k].words);
    }
    hz_text_add(out, ".");
}

/* Two to four sentences, however many series: their figures stand in one. */
void hz_caption_series_alt(const hz_caption_facts *f, const hz_caption_series *v, hz_text *out)
{
    drawn d = drawn_of(f, v);
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "Chart of periods.", "Diagram over perioder."));
    say_what(f, v, out);
    hz_say_begin(out);
    for (size_t s = 0; s < v->series; s++) {
        size_t at;
        if (s)
            hz_text_add(out, "; ");
        at = out->length;
        if (v->series > 1)
            hz_text_addf(out, "%s ", v->name[s]);
        if (v->found[s].all_hidden)
            hz_text_add(out, hz_pick(f, "hidden", "skjult"));
        else
            say_ends(f, v, &d, s, s == 0, out);
        if (s == 0)
            hz_text_capital(out, at);
    }
    hz_text_add(out, ".");
    say_gaps(f, v, out);
}

void hz_caption_series_figure(const hz_caption_facts *f, const hz_caption_series *v, hz_text *out)
{
    say_what(f, v, out);
    say_series(f, v, out);
    say_gaps(f, v, out);
    if (f->made_up)
        hz_caption_made_up(f->language, out);
}

void hz_caption_series_method(const hz_caption_facts *f, const hz_caption_series *v, hz_text *out)
{
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "Intervals: exact Poisson, ", "Intervaller: eksakte Poisson, "));
    hz_phrase_level(f, out);
    hz_text_add(out, hz_pick(f, " (Garwood 1936); single highs and lows among many periods are "
                             "to be expected.", " (Garwood 1936); enkelte toppe og dale blandt "
                             "mange perioder må ventes."));
    if (v->rates)
        hz_text_add(out, hz_pick(f, " Rates are per year whatever the length of the period.",
                                 " Raterne er pr." HZ_SAY_NBSP "år, uanset periodens længde."));
    if (f->hide_below > 0) {
        hz_text_add(out, hz_pick(f, " Hidden: periods with fewer than ",
                                 " Skjult: perioder med færre end "));
        hz_say_number(out, f->language, f->hide_below, 0);
        hz_text_add(out, hz_pick(f, ", and what would give them away.",
                                 ", og hvad der ville røbe dem."));
    }
    say_gaps(f, v, out);
}
