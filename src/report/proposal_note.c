/* Says in two languages what a proposal is worth. */
#include "hotzone/proposal_note.h"

#include <math.h>

#include "hotzone/caption.h"
#include "report/say.h"

typedef struct {
    const hz_evidence *e;
    const hz_proposing *p;
    hz_language language;
    hz_text *out;
} note;

static void say(const note *n, const char *english, const char *danish)
{
    hz_text_add(n->out, n->language == HZ_DANISH ? danish : english);
}

static void say_size(const note *n, double size)
{
    static const char *const english[] = { "km²", "residents", "km of street" };
    static const char *const danish[] = { "km²", "indbyggere", "km gade" };
    bool people = n->e->measure == HZ_BUDGET_RESIDENTS;
    hz_say_number(n->out, n->language, size, people ? 0 : size < 10 ? 2 : 1);
    hz_text_add(n->out, HZ_SAY_NBSP);
    say(n, english[n->e->measure], danish[n->e->measure]);
}

static void say_period(const note *n, hz_period period)
{
    if (period.from == HZ_TIME_NONE && period.until == HZ_TIME_NONE)
        say(n, "all dates", "alle datoer");
    else
        hz_caption_period(period, n->language, n->out);
}

/* "312 of 2,940 events (10.6%, 95% interval 9.5–11.8%)", or a share of their weight. */
static void say_held(const note *n, const hz_zone_score *s)
{
    if (n->e->weight) {
        hz_say_share(n->out, n->language, s->capture, 1);
        say(n, " of the weight of the events", " af hændelsernes vægt");
        return;
    }
    hz_say_number(n->out, n->language, s->events, 0);
    say(n, " of ", " af ");
    hz_say_number(n->out, n->language, s->total, 0);
    say(n, " events (", " hændelser (");
    hz_say_share(n->out, n->language, s->capture, 1);
    say(n, ", 95% interval ", ", 95" HZ_SAY_NBSP "%-interval ");
    hz_say_interval(n->out, n->language, 100 * s->low, 100 * s->high, 1);
    say(n, "%)", HZ_SAY_NBSP "%)");
}

static void say_what(const note *n, bool made_up)
{
    bool one = n->e->split == HZ_SPLIT_NONE;
    say(n, "The proposal takes ", "Forslaget bruger ");
    say_size(n, n->p->zone.size);
    say(n, " (", " (");
    hz_say_share(n->out, n->language, n->p->zone.size / n->e->total_size, 1);
    say(n, " of the study area's)", " af undersøgelsesområdets)");
    if (n->p->holes == 1)
        say(n, " round a hole", " uden om et hul");
    else if (n->p->holes)
        say(n, " round several holes", " uden om flere huller");
    say(n, " and holds ", " og rummer ");
    say_held(n, &n->p->test);
    say(n, one ? " of " : " of the later period, ",
        one ? " fra " : " fra den senere periode, ");
    say_period(n, n->e->test_period);
    if (made_up)
        say(n, "; all of them are made up", "; de er alle opdigtede");
    say(n, ". ", ". ");
    if (one) {
        say(n, "It was drawn on these same events: in sample, the figures flatter it. ",
            "Det er tegnet efter de samme hændelser: tallene smigrer det. ");
    } else {
        say(n, "It was drawn on the events of ", "Det er tegnet efter den tidligere periode, ");
        say_period(n, n->e->train_period);
        say(n, n->e->split == HZ_SPLIT_HALVES ? ", the first half of the dates. " : ". ",
            n->e->split == HZ_SPLIT_HALVES ? ", datoernes første halvdel. " : ". ");
    }
}

static void say_gap(const note *n)
{
    say(n, n->e->split == HZ_SPLIT_NONE ? "It holds " : "Of the earlier period it holds ",
        n->e->split == HZ_SPLIT_NONE ? "Det rummer " : "Fra den tidligere periode rummer det ");
    hz_say_share(n->out, n->language, 1 - n->p->gap, 0);
    say(n, n->e->parcels.side > 0
               ? " of what the densest cells of the same size hold, side by side or not."
               : " of what the densest blocks of the same size hold, side by side or not.",
        n->e->parcels.side > 0
            ? " af, hvad de tætteste celler af samme størrelse rummer, uanset hvor de ligger."
            : " af, hvad de tætteste karreer af samme størrelse rummer, uanset hvor de ligger.");
}

static void say_points(const note *n, double share)
{
    hz_say_number(n->out, n->language, 100 * share, 1);
}

static void say_verdict(const note *n)
{
    switch (n->p->difference.verdict) {
    case HZ_BETTER:
        say(n, "On these events the proposal is better than the zone given.",
            "På disse hændelser er forslaget bedre end den givne zone.");
        break;
    case HZ_WORSE:
        say(n, "On these events the zone given holds more than the proposal.",
            "På disse hændelser rummer den givne zone mere end forslaget.");
        break;
    case HZ_LARGER:
        say(n, "The one that holds more is also the larger one, so this does not show that it is "
               "the one to prefer.",
            "Den, der rummer mest, er også den største, så det viser ikke, at den er at "
            "foretrække.");
        break;
    case HZ_UNDECIDED:
        say(n, "The interval holds 0: these events do not tell the two apart.",
            "Intervallet rummer 0: disse hændelser kan ikke skelne de to.");
        break;
    case HZ_NOT_TESTED:
        say(n, "In sample that is no evidence for either.",
            "Når begge dele er de samme hændelser, viser det intet om nogen af dem.");
        break;
    case HZ_NOT_COMPARED: break;
    }
}

static void say_difference(const note *n)
{
    const hz_zone_difference *d = &n->p->difference;
    say(n, " The zone given (", " Den givne zone (");
    say_size(n, n->e->like.size);
    say(n, ") holds ", ") rummer ");
    say_held(n, &n->p->like_test);
    say(n, "; the difference is ", "; forskellen er ");
    say_points(n, d->difference);
    say(n, " percentage points (95% interval ", " procentpoint (95" HZ_SAY_NBSP "%-interval ");
    say_points(n, d->low);
    say(n, " to ", " til ");
    say_points(n, d->high);
    say(n, "). ", "). ");
    say_verdict(n);
}

void hz_proposal_statement(const hz_evidence *e, const hz_proposing *p, bool made_up,
                           hz_language language, hz_text *out)
{
    const note n = { e, p, language, out };
    say_what(&n, made_up);
    say_gap(&n);
    if (e->like.given)
        say_difference(&n);
}

/* As hz_trace_describe counts two borders as one. */
static const double SAME = 0.9999;

void hz_proposal_border(const hz_proposal_streets *s, hz_language language, hz_text *out)
{
    const note n = { NULL, NULL, language, out };
    const char *text = hz_text_get(&s->text);
    if (!s->listed) {
        say(&n, "Its border is not written as streets: ", "Dens grænse er ikke skrevet som gader: ");
        hz_text_addf(out, "%s.", text);
        return;
    }
    say(&n, "Its border as streets: ", "Dens grænse som gader: ");
    hz_text_addf(out, "%s.", text);
    if (s->unnamed_m >= 50) {
        hz_text_add(out, " ");
        hz_say_number(out, language, s->unnamed_m / 1000, 1);
        say(&n, HZ_SAY_NBSP "km of it follow no named street.",
            HZ_SAY_NBSP "km af den følger ingen navngiven gade.");
    }
    if (isnan(s->again)) {
        say(&n, " The list alone builds no ring: the polygon says where the border runs.",
            " Listen alene bygger ingen ring: polygonen siger, hvor grænsen løber.");
    } else if (s->again < SAME) {
        say(&n, " The list builds ", " Listen bygger ");
        hz_say_share(out, language, s->again, 2);
        say(&n, " of the proposal again.", " af forslaget igen.");
    }
}
