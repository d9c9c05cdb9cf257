/* Says in two to four sentences what a zone's report card shows. */
#include "hotzone/caption_zone.h"

#include <math.h>

#include "hotzone/caption.h"
#include "hotzone/date.h"
#include "report/card_parts.h"
#include "report/say.h"

typedef struct {
    const hz_card *card;
    const hz_card_note *note;
    hz_language language;
    hz_text *out;
} saying;

static bool danish(const saying *s)
{
    return s->language == HZ_DANISH;
}

static void say(const saying *s, const char *english, const char *words)
{
    hz_text_add(s->out, danish(s) ? words : english);
}

static bool known(const hz_card_column *c, int figure)
{
    return c->why[figure] == HZ_CARD_KNOWN;
}

/* "12.9%": with more decimals where it would else be 0. */
static void share(const saying *s, double value)
{
    hz_say_share(s->out, s->language, value, hz_card_plain_decimals(value));
}

int hz_card_ratio_decimals(const hz_card_column *c, int figure)
{
    double low = c->value[figure + 1];
    return !(low >= 2) ? 2 : low < 20 ? 1 : 0;
}

int hz_card_share_decimals(double low, double high)
{
    double half = 50 * (high - low); /* percentage points */
    return !(half < 0.2) ? 1 : half >= 0.02 ? 2 : 3;
}

void hz_card_say_name(hz_text *out, const hz_card_note *note, hz_language language, bool start)
{
    static const char *const words[2][2] = { { "the zone ", "zonen " }, { "The zone ", "Zonen " } };
    if (note->call_it_zone)
        hz_text_add(out, words[start][language]);
    hz_text_add(out, note->name);
}

void hz_card_say_days(hz_text *out, hz_language language, double days)
{
    hz_say_number(out, language, days, fabs(days - round(days)) < 0.05 ? 0 : 1);
}

static void name(const saying *s, bool start)
{
    hz_card_say_name(s->out, s->note, s->language, start);
}

/* In words: tables have it as hz_period_format writes it, sentences do not. */
static void later_period(const saying *s)
{
    hz_period period;
    hz_error err;
    if (hz_period_parse(s->note->later_period, &period, &err))
        hz_text_add(s->out, s->note->later_period); /* it is in words already */
    else
        hz_caption_period(period, s->language, s->out);
}

static void days(const saying *s, double value)
{
    hz_card_say_days(s->out, s->language, value);
}

/* "95% interval 11.7–14.3%" */
static void share_interval(const saying *s, double low, double high, int decimals, bool first)
{
    if (first) {
        hz_say_share(s->out, s->language, s->note->level, 100 * s->note->level ==
                     floor(100 * s->note->level) ? 0 : 1);
        say(s, " interval ", "-konfidensinterval ");
    }
    hz_say_interval(s->out, s->language, 100 * low, 100 * high, decimals);
    say(s, "%", HZ_SAY_NBSP "%");
}

void hz_card_say_p(hz_text *out, hz_language language, double p)
{
    hz_text_add(out, p < 0.00001 ? "p < " : "p = ");
    hz_say_number(out, language, fmax(p, 0.00001), p < 0.001 ? 5 : 3);
}

static void p_value(const saying *s, double p)
{
    hz_card_say_p(s->out, s->language, p);
}

/* "312 of the 2,410 events (", "all 8 events (", "none of the 8 events (", "the one event (" */
static void say_of(const saying *s, size_t in, size_t all, bool first)
{
    const char *made_up = !first || !s->note->made_up ? "" : danish(s) ? " opdigtede" : " made-up";
    if (all == 1) {
        if (in)
            say(s, "the one", "den ene");
        else
            say(s, "none of the", "ingen");
        hz_text_add(s->out, made_up);
        if (in)
            say(s, " event (", " hændelse (");
        else
            say(s, " events (1 in all; ", " hændelser (1 i alt; ");
        return;
    }
    if (in == all) {
        say(s, "all ", "alle ");
    } else {
        if (in)
            hz_say_count(s->out, s->language, in);
        else
            say(s, "none", "ingen");
        say(s, first ? " of the " : " of ", first ? " af de " : " af ");
    }
    hz_say_count(s->out, s->language, all);
    hz_text_add(s->out, made_up);
    say(s, " events (", " hændelser (");
}

/* "312 of the 2,410 events (12.9%, 95% interval 11.7–14.3%)" */
static void capture(const saying *s, const hz_card_column *c, bool first)
{
    double low = c->value[HZ_CARD_CAPTURE_LOW], high = c->value[HZ_CARD_CAPTURE_HIGH];
    int decimals = hz_card_share_decimals(low, high);
    say_of(s, (size_t)c->value[HZ_CARD_EVENTS_IN], (size_t)c->value[HZ_CARD_EVENTS_TOTAL], first);
    hz_say_share(s->out, s->language, c->value[HZ_CARD_CAPTURE], decimals);
    hz_text_add(s->out, ", ");
    share_interval(s, low, high, decimals, first);
    double least = c->value[HZ_CARD_JITTER_LOW], most = c->value[HZ_CARD_JITTER_HIGH];
    if (known(c, HZ_CARD_JITTER_LOW) && least == most && least == c->value[HZ_CARD_CAPTURE]) {
        say(s, "; the same anywhere within the precision of their positions",
            "; det samme overalt inden for stedernes præcision");
    } else if (known(c, HZ_CARD_JITTER_LOW)) {
        say(s, "; within the precision of their positions ", "; inden for stedernes præcision ");
        share_interval(s, least, most, decimals, false);
    }
    hz_text_add(s->out, ")");
}

/* The zone, and how much of the first period it was in force, where its dates are known. */
static void say_who(const saying *s)
{
    const hz_card_column *c = &s->card->now;
    bool later = s->note->later_period != NULL, dated = known(c, HZ_CARD_DAYS_IN_FORCE);
    double in_force = c->value[HZ_CARD_DAYS_IN_FORCE], all = c->value[HZ_CARD_DAYS];
    if (dated && s->note->in_force && !later) {
        say(s, "In the ", "I de ");
        days(s, in_force);
        say(s, " days it was in force, ", " døgn, den var i kraft, ");
        if (danish(s)) /* the verb stands before the subject */
            hz_text_add(s->out, "rummer ");
        name(s, false);
        say(s, " holds ", " ");
        return;
    }
    name(s, true);
    if (dated && in_force > 0 && in_force < all) {
        say(s, ", in force on ", ", der var i kraft i ");
        days(s, in_force);
        say(s, " of the period's ", " af periodens ");
        days(s, all);
        say(s, " days,", " døgn,");
    } else if (dated && in_force == 0 && !later) { /* it is drawn on the earlier of two */
        say(s, ", not in force in the period,", ", der ikke var i kraft i perioden,");
    }
    say(s, " holds ", " rummer ");
}

/* "12 events; how many there are in all is hidden", or the zone's share of a total that is shown. */
static void capture_shown(const saying *s, const hz_card_column *c, bool first)
{
    if (known(c, HZ_CARD_CAPTURE)) {
        capture(s, c, first);
        return;
    }
    hz_say_count(s->out, s->language, (size_t)c->value[HZ_CARD_EVENTS_IN]);
    if (first && s->note->made_up)
        say(s, " made-up", " opdigtede");
    say(s, " events (how many there are in all is hidden)",
        " hændelser (hvor mange der er i alt, er skjult)");
}

/* What it holds is hidden: how large it is all the same. */
static void say_hidden(const saying *s)
{
    const hz_card_column *c = &s->card->now;
    say(s, "How many ", "Hvor mange ");
    if (s->note->made_up)
        say(s, "made-up ", "opdigtede ");
    say(s, "events ", "hændelser ");
    name(s, false);
    say(s, " holds is hidden", " rummer, er skjult");
    if (known(c, HZ_CARD_AREA_SHARE)) {
        say(s, "; it takes up ", "; den fylder ");
        share(s, c->value[HZ_CARD_AREA_SHARE]);
    }
}

/* The first sentence: what the zone holds, of what. */
static void say_capture(const saying *s)
{
    const hz_card_column *c = &s->card->now;
    if (c->why[HZ_CARD_EVENTS_IN] == HZ_CARD_HIDDEN) {
        say_hidden(s);
    } else {
        say_who(s);
        capture_shown(s, c, true);
        if (known(c, HZ_CARD_AREA_SHARE)) {
            say(s, " on ", " på ");
            share(s, c->value[HZ_CARD_AREA_SHARE]);
        }
    }
    if (known(c, HZ_CARD_AREA_SHARE))
        say(s, " of the study area's land", " af undersøgelsesområdets landareal");
    if (known(c, HZ_CARD_RESIDENTS_SHARE)) {
        say(s, ", where ", ", hvor ");
        share(s, c->value[HZ_CARD_RESIDENTS_SHARE]);
        say(s, " of its residents live", " af indbyggerne bor");
    }
    hz_text_add(s->out, ".");
}

/* "Per resident events are 1.02 times as frequent inside as outside (0.96–1.09)" */
static void rates(const saying *s)
{
    const hz_card_column *c = &s->card->now;
    double r = c->value[HZ_CARD_RATE_RATIO], low = c->value[HZ_CARD_RATE_RATIO_LOW];
    double high = c->value[HZ_CARD_RATE_RATIO_HIGH];
    int decimals = hz_card_ratio_decimals(c, HZ_CARD_RATE_RATIO);
    bool people = s->note->residents != NULL;
    if (r == 0) { /* "0 times as frequent" would say more than is known */
        say(s, people ? "With no event inside, the rate per resident may be up to "
                      : "With no event inside, the rate per square kilometre may be up to ",
            people ? "Uden hændelser i zonen kan raten pr. indbygger være op til "
                   : "Uden hændelser i zonen kan raten pr. kvadratkilometer være op til ");
        hz_say_number(s->out, s->language, high, high >= 20 ? 0 : high >= 2 ? 1 : 2);
        say(s, " times that outside", " gange den uden for");
        return;
    }
    say(s, people ? "Per resident" : "Per square kilometre",
        people ? "Pr. indbygger" : "Pr. kvadratkilometer");
    say(s, " events are ", " er hændelser ");
    hz_say_number(s->out, s->language, r, decimals);
    say(s, " times as frequent inside as outside (", " gange så hyppige i zonen som uden for (");
    hz_say_interval(s->out, s->language, low, high, decimals);
    hz_text_add(s->out, ")");
    if (low <= 1 && high >= 1)
        say(s, ", which chance alone may explain", ", hvilket tilfældigheder alene kan forklare");
}

/* The second: how the rate inside compares, and what the best cells would hold. */
static void say_comparison(const saying *s)
{
    const hz_card_column *c = &s->card->now;
    bool rate = known(c, HZ_CARD_RATE_RATIO) && known(c, HZ_CARD_RATE_RATIO_HIGH);
    bool best = known(c, HZ_CARD_PEI) && c->value[HZ_CARD_EVENTS_IN] > 0;
    if (!rate && !best)
        return;
    hz_say_begin(s->out);
    if (rate)
        rates(s);
    if (best) {
        double all = c->value[HZ_CARD_CAPTURE] / c->value[HZ_CARD_PEI];
        if (rate)
            say(s, "; the", "; de");
        else
            say(s, "The", "De");
        say(s, " best cells of the same area hold ", " bedste felter med samme areal rummer ");
        share(s, all);
    }
    hz_text_add(s->out, ".");
}

/* "4 of 999 random placements ... hold as many events or more (p = 0.005)" */
static void placements(const saying *s, const hz_card_column *c)
{
    say(s, "Of ", "Af ");
    hz_say_count(s->out, s->language, (size_t)c->value[HZ_CARD_NULL_PLACEMENTS]);
    say(s, " random placements of its shape on land", " tilfældige placeringer af samme form på land");
    if (known(c, HZ_CARD_NULL_RESIDENTS_LOW)) {
        say(s, " with ", " med ");
        hz_say_count(s->out, s->language, (size_t)c->value[HZ_CARD_NULL_RESIDENTS_LOW]);
        hz_text_add(s->out, "–");
        hz_say_count(s->out, s->language, (size_t)c->value[HZ_CARD_NULL_RESIDENTS_HIGH]);
        say(s, " residents", " indbyggere");
    }
    say(s, " ", " rummer ");
    size_t n = (size_t)c->value[HZ_CARD_NULL_AS_MANY];
    if (n)
        hz_say_count(s->out, s->language, n);
    else
        say(s, "none", "ingen");
    say(s, n == 1 ? " holds" : n ? " hold" : " holds", "");
    say(s, " as many events or more (", " lige så mange hændelser eller flere (");
    p_value(s, c->value[HZ_CARD_NULL_P_HIGH]);
    hz_text_add(s->out, ")");
}

static void say_placements(const saying *s, const hz_card_column *c)
{
    if (c->why[HZ_CARD_NULL_P] == HZ_CARD_WITHHELD) {
        hz_say_begin(s->out);
        say(s, "Small counts are hidden, and what would place single events (narrow bands, random "
               "placements, the best cells, hotspots) is not told.",
            "Små antal er skjult, og hvad der ville stedfæste enkelte hændelser (smalle bælter, "
            "tilfældige placeringer, de bedste felter, hotspots), oplyses ikke.");
    } else if (known(c, HZ_CARD_NULL_P)) {
        hz_say_begin(s->out);
        placements(s, c);
        hz_text_add(s->out, ".");
    } else if (c->why[HZ_CARD_NULL_P] == HZ_CARD_TOO_FEW_PLACED) {
        hz_say_begin(s->out);
        say(s, "Only ", "Kun ");
        hz_say_count(s->out, s->language, (size_t)c->value[HZ_CARD_NULL_PLACEMENTS]);
        say(s, " of ", " af ");
        hz_say_count(s->out, s->language, (size_t)c->value[HZ_CARD_NULL_TRIES]);
        say(s, " random placements met the conditions, too few for a p value.",
            " tilfældige placeringer opfyldte betingelserne, for få til en p-værdi.");
    }
}

/* "In the later period (2017) it holds ", and how much of it the zone was in force. */
static void say_when(const saying *s, const hz_card_column *c)
{
    bool dated = known(c, HZ_CARD_DAYS_IN_FORCE);
    double in_force = c->value[HZ_CARD_DAYS_IN_FORCE], all = c->value[HZ_CARD_DAYS];
    if (dated && s->note->in_force) {
        say(s, "In the ", "I de ");
        days(s, in_force);
        say(s, " days of the later period (", " døgn af den senere periode (");
        later_period(s);
        say(s, ") in which it was in force it holds ", "), hvor den var i kraft, rummer den ");
        return;
    }
    say(s, "In the later period (", "I den senere periode (");
    later_period(s);
    hz_text_add(s->out, ")");
    if (dated && in_force == 0) {
        say(s, ", when it was not in force,", ", hvor den ikke var i kraft,");
    } else if (dated && in_force < all) {
        say(s, ", when it was in force on ", ", hvor den var i kraft i ");
        days(s, in_force);
        say(s, " of ", " af ");
        days(s, all);
        say(s, " days,", " døgn,");
    }
    say(s, " it holds ", " rummer den ");
}

/* The last: whether later events bear it out, or that nobody has looked. */
static void say_later(const saying *s)
{
    const hz_card_column *c = &s->card->later;
    hz_say_begin(s->out);
    if (!s->note->later_period && s->note->in_force) {
        say(s, "The figures are of the time in force alone and do not say what the zone did.",
            "Tallene gælder kun den tid, zonen var i kraft, og siger ikke, hvad zonen gjorde.");
        return;
    }
    if (!s->note->later_period) {
        say(s, "The zone may have been drawn from these same events; if so, the figures flatter it, "
               "and only a later period can tell.",
            "Zonen kan være tegnet efter netop disse hændelser; i så fald er tallene for gunstige, "
            "og kun en senere periode kan afgøre det.");
        return;
    }
    if (c->why[HZ_CARD_CAPTURE] == HZ_CARD_NOT_IN_FORCE) {
        say(s, "In the later period (", "I den senere periode (");
        later_period(s);
        say(s, ") the zone was not in force, so nothing bears this out.",
            ") var zonen ikke i kraft, så intet kan bekræfte det.");
        return;
    }
    if (c->why[HZ_CARD_EVENTS_IN] == HZ_CARD_HIDDEN) {
        say(s, "How many it holds in the later period (", "Hvor mange den rummer i den senere periode (");
        later_period(s);
        say(s, ") is hidden.", "), er skjult.");
        return;
    }
    if (!known(c, HZ_CARD_CAPTURE) && c->why[HZ_CARD_CAPTURE] != HZ_CARD_HIDDEN) {
        say(s, "In the later period (", "I den senere periode (");
        later_period(s);
        say(s, ") the study area has no events, so nothing bears this out.",
            ") er der ingen hændelser i undersøgelsesområdet, så intet kan bekræfte det.");
        return;
    }
    say_when(s, c);
    capture_shown(s, c, false);
    if (known(c, HZ_CARD_NULL_P)) {
        say(s, "; as many or more are in ", "; lige så mange eller flere er der i ");
        hz_say_count(s->out, s->language, (size_t)c->value[HZ_CARD_NULL_AS_MANY]);
        say(s, " of the ", " af de ");
        hz_say_count(s->out, s->language, (size_t)c->value[HZ_CARD_NULL_PLACEMENTS]);
        say(s, " random placements (", " tilfældige placeringer (");
        p_value(s, c->value[HZ_CARD_NULL_P_HIGH]);
        hz_text_add(s->out, ")");
    }
    if (known(c, HZ_CARD_FRONTIER_CAPTURE)) {
        say(s, "; the cells that were best before hold ", "; de felter, der før var bedst, rummer ");
        share(s, c->value[HZ_CARD_FRONTIER_CAPTURE]);
    }
    hz_text_add(s->out, ".");
}

/* Where there is no figure to give, why not. */
static bool say_nothing(const saying *s)
{
    const hz_card_column *c = &s->card->now;
    bool beyond = known(c, HZ_CARD_LAND_KM2) && c->value[HZ_CARD_LAND_KM2] == 0;
    bool hidden = c->why[HZ_CARD_CAPTURE] == HZ_CARD_HIDDEN;
    if ((known(c, HZ_CARD_CAPTURE) || hidden) && !beyond)
        return false;
    name(s, true);
    if (beyond) {
        say(s, " lies outside the study area's land. None of its events can be judged here.",
            " ligger uden for undersøgelsesområdets landareal. Dens hændelser kan ikke vurderes her.");
        return true;
    }
    if (c->why[HZ_CARD_CAPTURE] == HZ_CARD_NO_AREA)
        say(s, " has no area.", " har intet areal.");
    else if (c->why[HZ_CARD_CAPTURE] == HZ_CARD_NOT_IN_FORCE)
        say(s, " was not in force in the period.", " var ikke i kraft i perioden.");
    else
        say(s, " cannot be judged: the study area has no events in the period.",
            " kan ikke vurderes: der er ingen hændelser i undersøgelsesområdet i perioden.");
    say(s, " Its card has no figures on events.", " Databladet har ingen tal for hændelser.");
    return true;
}

void hz_card_statement(const hz_card *card, const hz_card_note *note, hz_language language,
                       hz_text *out)
{
    const saying s = { card, note, language, out };
    if (say_nothing(&s))
        return;
    say_capture(&s);
    say_comparison(&s);
    say_placements(&s, &card->now);
    say_later(&s);
}
