/* Lays out a proposal beside the zone given for a sheet, and says what the sheet shows. */
#include "hotzone/caption_proposal.h"

#include <math.h>
#include <stdio.h>

#include "hotzone/caption.h"
#include "report/say.h"

typedef const char *const pair[2]; /* by hz_language */

static void say(const hz_caption_proposal *f, hz_text *out, const char *english,
                const char *danish)
{
    hz_text_add(out, f->language == HZ_DANISH ? danish : english);
}

static bool in_sample(const hz_caption_proposal *f)
{
    return f->evidence->split == HZ_SPLIT_NONE;
}

static void say_period(const hz_caption_proposal *f, hz_period period, hz_text *out)
{
    if (period.from == HZ_TIME_NONE && period.until == HZ_TIME_NONE)
        say(f, out, "all dates", "alle datoer");
    else
        hz_caption_period(period, f->language, out);
}

/* ---- the table ---------------------------------------------------------------------------- */

typedef struct {
    const hz_caption_proposal *f;
    hz_proposal_line *lines;
    size_t n;
} table;

/* The next line, its label in the table's language; there is room for all that are ever put. */
static hz_proposal_line *next(table *t, pair label)
{
    hz_proposal_line *line = &t->lines[t->n++];
    *line = (hz_proposal_line){ "", "", "" };
    snprintf(line->label, sizeof line->label, "%s", label[t->f->language]);
    return line;
}

static void head(table *t, pair label, const hz_period *period)
{
    hz_text text = { 0 };
    hz_proposal_line *line = next(t, label);
    if (!period)
        return;
    say_period(t->f, *period, &text);
    snprintf(line->label, sizeof line->label, "%s, %.90s", label[t->f->language],
             hz_text_get(&text));
    hz_text_free(&text);
}

typedef enum { NUMBER, SHARE } form;

static void write(const table *t, form as, double value, int decimals, char *buf, size_t size)
{
    if (!isfinite(value))
        snprintf(buf, size, "\u2013");
    else if (as == NUMBER)
        hz_number_format(buf, size, value, decimals, t->f->language);
    else
        hz_share_format(buf, size, value, decimals, t->f->language);
}

static void put(table *t, pair label, form as, double first, double second, int decimals)
{
    hz_proposal_line *line = next(t, label);
    write(t, as, first, decimals, line->first, sizeof line->first);
    write(t, as, second, decimals, line->second, sizeof line->second);
}

static void write_of(const table *t, const hz_zone_score *s, char *buf, size_t size)
{
    char in[40], total[40];
    hz_number_format(in, sizeof in, s->events, 0, t->f->language);
    hz_number_format(total, sizeof total, s->total, 0, t->f->language);
    snprintf(buf, size, t->f->language == HZ_DANISH ? "%s af %s" : "%s of %s", in, total);
}

static void write_interval(const table *t, const hz_zone_score *s, char *buf, size_t size)
{
    hz_text text = { 0 };
    hz_say_interval(&text, t->f->language, 100 * s->low, 100 * s->high, 1);
    snprintf(buf, size, t->f->language == HZ_DANISH ? "%s" HZ_SAY_NBSP "%%" : "%s%%",
             hz_text_get(&text));
    hz_text_free(&text);
}

/* What either holds of a period, and its share; of weighted events the share alone. */
static void put_scores(table *t, const hz_zone_score *like, const hz_zone_score *own, bool interval)
{
    static pair in = { "In the zone", "I zonen" }, share = { "Share of all", "Andel af alle" };
    static pair weight = { "Share of the weight", "Andel af vægten" };
    static pair limits = { "95% interval", "95" HZ_SAY_NBSP "%-interval" };
    bool weighted = t->f->evidence->weight != NULL;
    if (!weighted) {
        hz_proposal_line *line = next(t, in);
        write_of(t, like, line->first, sizeof line->first);
        write_of(t, own, line->second, sizeof line->second);
    }
    put(t, weighted ? weight : share, SHARE, like->capture, own->capture, 1);
    if (interval && !weighted) {
        hz_proposal_line *line = next(t, limits);
        write_interval(t, like, line->first, sizeof line->first);
        write_interval(t, own, line->second, sizeof line->second);
    }
}

static void put_size(table *t)
{
    static pair sizes[] = { { "Land, km²", "Land, km²" },
                            { "Residents, the budget", "Indbyggere, rammen" },
                            { "Streets, km, the budget", "Gader, km, rammen" } };
    static pair title = { "Size", "Størrelse" };
    const hz_evidence *e = t->f->evidence;
    const hz_proposing *p = t->f->proposing;
    head(t, title, NULL);
    if (e->measure != HZ_BUDGET_AREA)
        put(t, sizes[e->measure], NUMBER, e->like.size, p->zone.size,
            e->measure == HZ_BUDGET_RESIDENTS ? 0 : 1);
    put(t, sizes[HZ_BUDGET_AREA], NUMBER, e->like.area_km2, p->area_km2, 2);
}

/* "−14.3 points (−40.0 to 11.3)": about both, in one text. */
static void put_difference(table *t)
{
    static pair title = { "Difference, B less A, later events", "Forskel, B minus A, senere hændelser" };
    static pair points = { "Percentage points (95%)", "Procentpoint (95 %)" };
    static pair mcnemar = { "p (McNemar, exact)", "p (McNemar, eksakt)" };
    static pair verdict = { "What that shows", "Det viser" };
    static pair verdicts[] = {
        [HZ_NOT_COMPARED] = { "\u2013", "\u2013" },
        [HZ_NOT_TESTED] = { "nothing: same events", "intet: de samme hændelser" },
        [HZ_UNDECIDED] = { "not told apart", "kan ikke skelnes" },
        [HZ_BETTER] = { "B is better", "B er bedre" },
        [HZ_WORSE] = { "A holds more", "A rummer mere" },
        [HZ_LARGER] = { "the larger holds more", "den største rummer mest" },
    };
    const hz_zone_difference *d = &t->f->proposing->difference;
    hz_language l = t->f->language;
    char value[40], low[40], high[40];
    head(t, title, NULL);
    hz_number_format(value, sizeof value, 100 * d->difference, 1, l);
    hz_number_format(low, sizeof low, 100 * d->low, 1, l);
    hz_number_format(high, sizeof high, 100 * d->high, 1, l);
    hz_proposal_line *line = next(t, points);
    snprintf(line->second, sizeof line->second,
             l == HZ_DANISH ? "%.12s (%.12s til %.12s)" : "%.12s (%.12s to %.12s)", value, low, high);
    if (isfinite(d->p)) {
        hz_text p = { 0 };
        line = next(t, mcnemar);
        hz_say_p(&p, l, d->p);
        snprintf(line->second, sizeof line->second, "%s", hz_text_get(&p));
        hz_text_free(&p);
    }
    line = next(t, verdict);
    snprintf(line->second, sizeof line->second, "%s", verdicts[d->verdict][l]);
}

size_t hz_caption_proposal_lines(const hz_caption_proposal *f,
                                 hz_proposal_line lines[HZ_PROPOSAL_LINES])
{
    static pair earlier = { "Drawn on", "Tegnet efter" }, later = { "Judged by", "Bedømt efter" };
    static pair bound = { "Most that this size could hold", "Det højest mulige for størrelsen" };
    static pair gap = { "Gap to that", "Afstand til det" };
    static pair best = { "Held by the earlier densest", "De før tætteste rummer" };
    const hz_proposing *p = f->proposing;
    bool weighted = f->evidence->weight != NULL;
    int decimals = weighted ? 0 : 1;
    table t = { f, lines, 0 };
    put_size(&t);
    head(&t, earlier, &f->evidence->train_period);
    put_scores(&t, &p->like_train, &p->train, false);
    put(&t, bound, NUMBER, p->like_train.bound, p->train.bound, decimals);
    put(&t, gap, SHARE, 1 - p->like_train.events / p->like_train.bound, p->gap, 1);
    if (!in_sample(f)) {
        head(&t, later, &f->evidence->test_period);
        put_scores(&t, &p->like_test, &p->test, true);
        put(&t, best, NUMBER, p->like_test.frontier, p->test.frontier, decimals);
    }
    put_difference(&t);
    return t.n;
}

/* ---- sentences ---------------------------------------------------------------------------- */

void hz_caption_proposal_title(const hz_caption_proposal *f, hz_text *out)
{
    say(f, out, "The zone ", "Zonen ");
    hz_text_add(out, f->like);
    say(f, out, ", and a proposal of the same size", " og et forslag af samme størrelse");
}

void hz_caption_proposal_name(const hz_caption_proposal *f, bool proposed, hz_text *out)
{
    if (proposed) {
        say(f, out, "The proposal", "Forslaget");
        return;
    }
    hz_text_add_capital(out, f->like);
    if (f->drawn)
        say(f, out, ", border not wholly known", ", grænsen ikke kendt helt");
}

static void say_parcels(const hz_caption_proposal *f, hz_text *out)
{
    char side[40];
    if (f->evidence->parcels.side > 0) {
        hz_number_format(side, sizeof side, f->evidence->parcels.side, 0, f->language);
        hz_text_addf(out, f->language == HZ_DANISH ? "celler på %s" HZ_SAY_NBSP "m"
                                                   : "cells of %s" HZ_SAY_NBSP "m", side);
    } else {
        say(f, out, "blocks between streets", "karreer mellem gader");
    }
}

/* "Shootings", or their weight. */
static void say_counted(const hz_caption_proposal *f, hz_text *out)
{
    if (f->evidence->weight)
        say(f, out, "Weight of ", "Vægt af ");
    if (f->evidence->weight)
        hz_text_add(out, f->noun);
    else
        hz_text_add_capital(out, f->noun);
}

void hz_caption_proposal_density(const hz_caption_proposal *f, hz_text *out)
{
    say_counted(f, out);
    say(f, out, " per km², ", " pr. km², ");
    say_parcels(f, out);
    hz_text_add(out, ", ");
    say_period(f, f->evidence->train_period, out);
}

void hz_caption_proposal_events(const hz_caption_proposal *f, hz_text *out)
{
    hz_text_add_capital(out, f->noun);
    hz_text_add(out, ", ");
    say_period(f, f->evidence->test_period, out);
}

double hz_caption_proposal_overall(const hz_caption_proposal *f)
{
    double area = 0;
    for (size_t i = 0; i < f->evidence->parcels.n; i++)
        area += f->evidence->parcels.area[i] / 1e6;
    return f->evidence->total_train / area;
}

static void say_measure(const hz_caption_proposal *f, hz_text *out)
{
    static pair of[] = { { "land", "landareal" }, { "residents", "indbyggere" },
                         { "kilometres of street", "kilometer gade" } };
    hz_text_add(out, of[f->evidence->measure][f->language]);
}

void hz_caption_proposal_method(const hz_caption_proposal *f, hz_text *out)
{
    say(f, out, "The proposal joins ", "Forslaget samler ");
    say_parcels(f, out);
    say(f, out, " into one zone that holds as much as could be found with no more ",
        " til en zone, der rummer så meget, som det var muligt at finde, uden mere ");
    say_measure(f, out);
    say(f, out, " than the zone given. The most: the densest of them, side by side or not. Wilson "
                "intervals; of the difference, Newcombe's for pairs.",
        " end den givne zone. Det højest mulige: de tætteste af dem, uanset hvor de ligger. Wilson-intervaller; "
        "for forskellen Newcombes for par.");
    if (f->drawn)
        say(f, out, " Dashed: drawn or bridged, not built.",
            " Stiplet: tegnet eller gættet, ikke bygget.");
    if (f->unnamed_m >= 50) {
        say(f, out, " Of its border ", " Af dens grænse følger ");
        hz_say_number(out, f->language, f->unnamed_m / 1000, 1);
        say(f, out, HZ_SAY_NBSP "km follow no named street.",
            HZ_SAY_NBSP "km ingen navngiven gade.");
    }
}

/* "13 of 14 later events (92.9%)". */
static void say_held(const hz_caption_proposal *f, const hz_zone_score *s, hz_text *out)
{
    if (!f->evidence->weight) {
        hz_say_number(out, f->language, s->events, 0);
        say(f, out, " of ", " af ");
        hz_say_number(out, f->language, s->total, 0);
        hz_text_add(out, " (");
    }
    hz_say_share(out, f->language, s->capture, 1);
    if (!f->evidence->weight)
        hz_text_add(out, ")");
}

static void say_both(const hz_caption_proposal *f, hz_text *out)
{
    const hz_proposing *p = f->proposing;
    bool one = in_sample(f);
    say(f, out, one ? "Of the events of " : "Of the later events, ",
        one ? "Af hændelserne, " : "Af de senere hændelser, ");
    say_period(f, f->evidence->test_period, out);
    say(f, out, ", the zone given holds ", ", rummer den givne zone ");
    say_held(f, &p->like_test, out);
    say(f, out, " and the proposal ", " og forslaget ");
    say_held(f, &p->test, out);
    hz_text_add(out, ".");
}

void hz_caption_proposal_alt(const hz_caption_proposal *f, hz_text *out)
{
    say(f, out, "Map of two borders", "Kort over to grænser");
    if (f->place_in)
        hz_text_addf(out, " %s", f->place_in);
    say(f, out, ": the zone ", ": zonen ");
    hz_text_add(out, f->like);
    say(f, out, " and a proposal of the same size, over ", " og et forslag af samme størrelse, oven på ");
    say_parcels(f, out);
    say(f, out, " shaded by ", " farvet efter ");
    hz_text_add(out, f->noun);
    say(f, out, " per km², ", " pr. km², ");
    say_period(f, f->evidence->train_period, out);
    say(f, out, "; a table beside it gives what both hold.",
        "; en tabel ved siden af viser, hvad de hver rummer.");
    hz_say_begin(out);
    say_both(f, out);
}

void hz_caption_proposal_figure(const hz_caption_proposal *f, hz_text *out)
{
    say(f, out, "The zone ", "Zonen ");
    hz_text_add(out, f->like);
    say(f, out, " (A) and a proposal of the same size (B), which was drawn on ",
        " (A) og et forslag af samme størrelse (B), der er tegnet efter ");
    hz_text_add(out, f->noun);
    hz_text_add(out, ", ");
    say_period(f, f->evidence->train_period, out);
    hz_text_add(out, ".");
    hz_say_begin(out);
    say_both(f, out);
}
