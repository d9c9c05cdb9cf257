/* Says what sheets and reports of zones show, and how far it can be trusted. */
#include "hotzone/caption_zones.h"

#include <math.h>
#include <string.h>

#include "hotzone/interval.h"
#include "report/say.h"

static bool danish(const hz_caption_zones *f)
{
    return f->language == HZ_DANISH;
}

static void say(const hz_caption_zones *f, hz_text *out, const char *english, const char *words)
{
    hz_text_add(out, danish(f) ? words : english);
}

static size_t count_how(const hz_caption_zones *f, const char *how)
{
    size_t n = 0;
    for (size_t c = 0; c < f->n; c++)
        n += strcmp(f->how[c], how) == 0;
    return n;
}

/* "Nørrebro; Valby, Vanløse": the names of the cards made in one way. */
static void say_names(const hz_caption_zones *f, const char *how, hz_text *out)
{
    size_t i = 0;
    for (size_t c = 0; c < f->n; c++)
        if (strcmp(f->how[c], how) == 0) {
            hz_say_apart(out, i++);
            hz_text_add(out, f->notes[c].name);
        }
}

/* " (2 zones)" */
static void add_shared(const hz_caption_zones *f, size_t card, hz_text *out)
{
    if (f->shared[card] < 2)
        return;
    hz_text_add(out, " (");
    hz_say_count(out, f->language, f->shared[card]);
    say(f, out, HZ_SAY_NBSP "zones)", HZ_SAY_NBSP "zoner)");
}

/* "drawn, not built", of a border that was not built of a list of streets alone. */
static void add_origin(const hz_caption_zones *f, size_t card, const char *before, const char *after,
                       hz_text *out)
{
    bool drawn = strcmp(f->how[card], "drawn") == 0;
    if (!drawn && strcmp(f->how[card], "bridged") != 0)
        return;
    hz_text_add(out, before);
    say(f, out, drawn ? "drawn, not built" : "border partly bridged",
        drawn ? "tegnet, ikke bygget" : "grænsen delvis gættet");
    hz_text_add(out, after);
}

void hz_caption_zones_name(const hz_caption_zones *f, size_t card, hz_text *out)
{
    hz_text_add(out, f->notes[card].name);
    add_shared(f, card, out);
    add_origin(f, card, " \u2013 ", "", out);
}

void hz_caption_zones_named(const hz_caption_zones *f, size_t card, hz_text *out)
{
    hz_text_add(out, f->notes[card].name);
    add_shared(f, card, out);
    add_origin(f, card, " (", ")", out);
}

/* "the zone Amager": a name alone could be taken for the whole town. */
static hz_card_note named_note(const hz_caption_zones *f, size_t card)
{
    hz_card_note note = f->notes[card];
    if (f->later && note.later_period)
        note.later_period = f->later; /* in words */
    note.call_it_zone = !strstr(note.name, "zone") && !strstr(note.name, "Zone");
    return note;
}

void hz_caption_zones_statement(const hz_caption_zones *f, size_t card, hz_text *out)
{
    hz_card_note note = named_note(f, card);
    hz_card_statement(&f->cards[card], &note, f->language, out);
}

void hz_caption_zones_pair(const hz_caption_zones *f, const hz_compare_pair *pair, hz_text *out)
{
    hz_card_note a = named_note(f, pair->a), b = named_note(f, pair->b);
    hz_compare_statement(pair, &a, &b, f->language, out);
}

/* ---- rates on an axis ------------------------------------------------------------------- */

/* Events over a base, with exact limits. */
static void rate(double events, double base, double per, double *value, double *low, double *high)
{
    *value = *low = *high = NAN;
    if (!(base > 0) || !(events >= 0))
        return;
    hz_interval_poisson(events, 0.95, low, high);
    *value = per * events / base;
    *low *= per / base;
    *high *= per / base;
}

void hz_caption_zones_axis(const hz_caption_zones *f, hz_zones_axis *axis)
{
    const hz_card_column *c = &f->cards[0].now;
    double events = c->value[HZ_CARD_EVENTS_TOTAL];
    double people = c->value[HZ_CARD_RESIDENTS_TOTAL], km2 = c->value[HZ_CARD_STUDY_KM2];
    *axis = (hz_zones_axis){ .per = 1 };
    axis->by_residents = c->why[HZ_CARD_RESIDENTS_TOTAL] == HZ_CARD_KNOWN && people > 0;
    if (axis->by_residents)
        for (axis->per = 1000; axis->per < 1e6 && axis->per * events < people; axis->per *= 10)
            ;
    rate(events, axis->by_residents ? people : km2, axis->per, &axis->value, &axis->low,
         &axis->high);
}

void hz_caption_zones_rate(const hz_caption_zones *f, const hz_zones_axis *axis, size_t card,
                           double *value, double *low, double *high)
{
    const hz_card_column *c = &f->cards[card].now;
    hz_card_figure base = axis->by_residents ? HZ_CARD_RESIDENTS : HZ_CARD_LAND_KM2;
    *value = *low = *high = NAN;
    if (c->why[HZ_CARD_EVENTS_IN] == HZ_CARD_KNOWN && c->why[base] == HZ_CARD_KNOWN)
        rate(c->value[HZ_CARD_EVENTS_IN], c->value[base], axis->per, value, low, high);
}

void hz_caption_zones_quantity(const hz_caption_zones *f, const hz_zones_axis *axis, hz_text *out)
{
    hz_text_add_capital(out, f->noun);
    say(f, out, " per ", " pr. ");
    if (axis->by_residents) {
        hz_say_count(out, f->language, (size_t)axis->per);
        say(f, out, HZ_SAY_NBSP "residents", HZ_SAY_NBSP "indbyggere");
    } else {
        hz_text_add(out, "km²");
    }
    if (*f->period)
        hz_text_addf(out, ", %s", f->period);
}

static int decimals_of(double value)
{
    return value >= 10 ? 0 : value >= 1 ? 1 : 2;
}

void hz_caption_zones_reference(const hz_caption_zones *f, const hz_zones_axis *axis, hz_text *out)
{
    int decimals = decimals_of(axis->value);
    say(f, out, "Whole study area: ", "Hele undersøgelsesområdet: ");
    if (isnan(axis->value)) {
        say(f, out, "hidden", "skjult");
        return;
    }
    hz_say_number(out, f->language, axis->value, decimals);
    hz_text_add(out, " (");
    hz_say_interval(out, f->language, axis->low, axis->high, decimals);
    hz_text_add(out, ")");
}

void hz_caption_zones_axis_caption(const hz_caption_zones *f, hz_text *out)
{
    hz_zones_axis axis;
    hz_caption_zones_axis(f, &axis);
    hz_caption_zones_quantity(f, &axis, out);
    say(f, out, ", zone by zone.", ", zone for zone.");
}

/* ---- captions --------------------------------------------------------------------------- */

static void say_place(const hz_caption_zones *f, hz_text *out)
{
    if (f->place_in)
        hz_text_addf(out, " %s", f->place_in);
}

/* A count of events, or that it is hidden. */
static void say_events(const hz_caption_zones *f, const hz_card_column *c, hz_card_figure figure,
                       hz_text *out)
{
    if (c->why[figure] == HZ_CARD_KNOWN)
        hz_say_count(out, f->language, (size_t)c->value[figure]);
    else
        say(f, out, "hidden", "skjult");
}

/* "Of 120 events and of the land", or why not of how many. */
static void say_total(const hz_caption_zones *f, const char *english, const char *danish_words,
                      hz_text *out)
{
    const hz_card_column *now = &f->cards[0].now;
    if (now->why[HZ_CARD_EVENTS_TOTAL] == HZ_CARD_KNOWN) {
        say(f, out, ". Of ", ". Af ");
        hz_say_count(out, f->language, (size_t)now->value[HZ_CARD_EVENTS_TOTAL]);
        say(f, out, english, danish_words);
    } else {
        say(f, out, ". Events (how many in all is hidden) and share of the land: ",
            ". Hændelser (hvor mange i alt er skjult) og andel af landarealet: ");
    }
}

static bool has_events(const hz_card_column *c)
{
    int why = c->why[HZ_CARD_EVENTS_IN], share = c->why[HZ_CARD_CAPTURE];
    return share == HZ_CARD_KNOWN || share == HZ_CARD_HIDDEN || why == HZ_CARD_HIDDEN;
}

/* What each holds, of the zones with events to judge. */
static void say_shares(const hz_caption_zones *f, hz_text *out)
{
    size_t i = 0;
    for (size_t c = 0; c < f->n; c++) {
        const hz_card_column *now = &f->cards[c].now;
        if (!has_events(now))
            continue;
        hz_say_apart(out, i++);
        hz_text_add(out, f->notes[c].name);
        hz_text_add(out, " ");
        say_events(f, now, HZ_CARD_EVENTS_IN, out);
        if (now->why[HZ_CARD_AREA_SHARE] == HZ_CARD_KNOWN) {
            say(f, out, " on ", " på ");
            hz_say_share(out, f->language, now->value[HZ_CARD_AREA_SHARE], 0);
        }
    }
}

void hz_caption_zones_alt(const hz_caption_zones *f, hz_text *out)
{
    say(f, out, "Map of ", "Kort over ");
    hz_say_count_word(out, f->language, f->n);
    say(f, out, f->n == 1 ? " zone" : " zones", f->n == 1 ? " zone" : " zoner");
    say_place(f, out);
    say(f, out, ", and beside it for each how many ", ", og ved siden af for hver antallet af ");
    hz_text_add(out, f->noun);
    say(f, out, " it holds", "");
    if (*f->period)
        hz_text_addf(out, ", %s", f->period);
    say_total(f, " events and of the land: ", " hændelser og af landarealet: ", out);
    say_shares(f, out);
    hz_text_add(out, ".");
}

void hz_caption_zones_figure(const hz_caption_zones *f, hz_text *out)
{
    hz_text_add_capital(out, f->noun);
    say(f, out, " in zones", " i zoner");
    say_place(f, out);
    if (*f->period)
        hz_text_addf(out, ", %s", f->period);
    say_total(f, " events and of the land each holds: ",
              " hændelser og af landarealet rummer de: ", out);
    say_shares(f, out);
    hz_text_add(out, ".");
    hz_say_begin(out);
    hz_caption_zones_method(f, out);
}

static void say_hiding(const hz_caption_zones *f, hz_text *out)
{
    if (!f->hidden)
        return;
    hz_say_begin(out);
    say(f, out, "Small counts are hidden, and others with them, so that none can be worked out; what "
                "would place single events (narrow bands, random placements, the best cells, "
                "hotspots) is not told.",
        "Små antal er skjult, og andre med dem, så ingen kan regnes ud; hvad der ville stedfæste "
        "enkelte hændelser (smalle bælter, tilfældige placeringer, de bedste felter, hotspots), "
        "oplyses ikke.");
}

void hz_caption_zones_method(const hz_caption_zones *f, hz_text *out)
{
    size_t drawn = count_how(f, "drawn"), bridged = count_how(f, "bridged");
    size_t built = count_how(f, "built") + bridged;
    if (built) {
        say(f, out, drawn ? "Solid borders are built" : "Borders are built",
            drawn ? "Fuldt optrukne grænser er bygget" : "Grænserne er bygget");
        say(f, out, " from the decisions' lists of streets. ",
            " ud fra afgørelsernes lister over gader. ");
    }
    if (drawn == f->n) {
        say(f, out, "All borders are drawn by hand, not built. ",
            "Alle grænser er tegnet i hånden, ikke bygget. ");
    } else if (drawn) {
        say(f, out, "Dashed, and unseen where a solid one runs the same way: drawn by hand, not "
                    "built: ", "Stiplet, og skjult, hvor en fuldt optrukket løber samme vej: tegnet i "
                    "hånden, ikke bygget: ");
        say_names(f, "drawn", out);
        hz_text_add(out, ". ");
    }
    if (bridged) {
        say(f, out, "Dashed: over 1% of the border lies on no listed street: ",
            "Stiplet: over 1" HZ_SAY_NBSP "% af grænsen følger ingen gade på listen: ");
        say_names(f, "bridged", out);
        hz_text_add(out, ". ");
    }
    say(f, out, "Lines are exact 95% Poisson intervals; zones may overlap, so their figures do not "
                "add up. PAI: share of the events over share of the land.",
        "Streger er eksakte 95" HZ_SAY_NBSP "%-intervaller (Poisson); zoner kan overlappe, så "
        "tallene kan ikke lægges sammen. PAI: andel af hændelserne over andel af landarealet.");
    say_hiding(f, out);
}

void hz_caption_zones_origin(const hz_caption_zones *f, hz_text *out)
{
    const struct { const char *how, *english, *danish; } ways[] = {
        { "built", "built from the decisions' lists of streets",
          "bygget ud fra afgørelsernes lister over gader" },
        { "bridged", "built with parts of the border on no listed street",
          "bygget, men med dele af grænsen uden for de nævnte gader" },
        { "drawn", "drawn, not built: by hand and coarse",
          "tegnet, ikke bygget: i hånden og groft" },
        { "given", "read as polygons", "læst som polygoner" },
    };
    size_t kinds = 0, i = 0;
    hz_say_count(out, f->language, f->zones);
    say(f, out, f->zones == 1 ? " zone" : " zones", f->zones == 1 ? " zone" : " zoner");
    if (f->zones != f->n) {
        say(f, out, " with ", " med ");
        hz_say_count(out, f->language, f->n);
        say(f, out, f->n == 1 ? " border" : " different borders",
            f->n == 1 ? " grænse" : " forskellige grænser");
        say(f, out, " (a renewal shares the card of the first)",
            " (en fornyelse deler datablad med den første)");
    }
    hz_text_add(out, ": ");
    for (size_t k = 0; k < 4; k++)
        kinds += count_how(f, ways[k].how) > 0;
    for (size_t k = 0; k < 4; k++) {
        size_t n = count_how(f, ways[k].how);
        if (!n)
            continue;
        hz_say_joint(out, f->language, i++, kinds);
        hz_say_count(out, f->language, n);
        hz_text_addf(out, " %s", danish(f) ? ways[k].danish : ways[k].english);
        if (strcmp(ways[k].how, "drawn") == 0) {
            hz_text_add(out, " (");
            say_names(f, "drawn", out);
            hz_text_add(out, ")");
        }
    }
    hz_text_add(out, ".");
    if (f->missing_count) {
        say(f, out, " Left out, since there is no polygon: ", " Udeladt, fordi de ingen polygon har: ");
        hz_text_addf(out, "%s.", f->missing);
    }
}

void hz_caption_zones_doubt(const hz_caption_zones *f, hz_text *out)
{
    const hz_card_column *c = &f->cards[0].now;
    bool known = c->why[HZ_CARD_EVENTS_TOTAL] == HZ_CARD_KNOWN;
    size_t events = known ? (size_t)c->value[HZ_CARD_EVENTS_TOTAL] : 0;
    if (f->later)
        say(f, out, "A zone is drawn where something has happened: figures of the period before it "
                    "flatter it. What came later is the fairer judge, where there is enough of it.",
            "En zone tegnes, hvor der er sket noget: tal fra tiden før får den til at se for god ud. "
            "Det, der kom senere, er en mere retfærdig prøve, hvis der er nok af det.");
    else
        say(f, out, "A zone is drawn where something has happened: figures of the same period flatter "
                    "it, and nothing here shows what came later.",
            "En zone tegnes, hvor der er sket noget: tal fra samme periode får den til at se for god "
            "ud, og intet her viser, hvad der kom senere.");
    hz_say_begin(out);
    say(f, out, "The figures say where events lie, not what a zone did to them.",
        "Tallene siger, hvor hændelserne ligger, ikke hvad en zone gjorde ved dem.");
    if (known && events < 100) {
        hz_say_begin(out);
        say(f, out, "They rest on ", "De hviler på ");
        hz_say_count(out, f->language, events);
        say(f, out, events == 1 ? " event" : " events",
            events == 1 ? " hændelse" : " hændelser");
        if (f->later && f->cards[0].later.why[HZ_CARD_EVENTS_TOTAL] == HZ_CARD_KNOWN) {
            say(f, out, ", and ", " og ");
            hz_say_count(out, f->language,
                         (size_t)f->cards[0].later.value[HZ_CARD_EVENTS_TOTAL]);
            say(f, out, " later ones", " senere");
        }
        say(f, out, ": read the intervals, not the figures.",
            ": læs intervallerne, ikke tallene.");
    }
    if (count_how(f, "drawn")) {
        hz_say_begin(out);
        say(f, out, "Drawn borders may be off by some hundred metres: events near them may belong on "
                    "the other side.",
            "Tegnede grænser kan ligge nogle hundrede meter forkert: hændelser tæt på kan høre til på "
            "den anden side.");
    }
    if (c->why[HZ_CARD_RESIDENTS] == HZ_CARD_KNOWN && f->notes[0].residents &&
        strcmp(f->notes[0].residents, "areal") == 0) {
        hz_say_begin(out);
        say(f, out, "Residents are spread evenly over each area's land, which is not how they live.",
            "Indbyggerne er fordelt jævnt over hvert områdes landareal; sådan bor de ikke i "
            "virkeligheden.");
    }
}

/* ---- one card ---------------------------------------------------------------------------- */

void hz_caption_zones_card_method(const hz_caption_zones *f, size_t card, hz_text *out)
{
    const char *how = f->how[card];
    if (strcmp(how, "drawn") == 0)
        say(f, out, "The border is drawn by hand, not built. ",
            "Grænsen er tegnet i hånden, ikke bygget. ");
    else if (strcmp(how, "bridged") == 0)
        say(f, out, "The border is built from the decision's list of streets, but over 1% of it lies "
                    "on none of them. ",
            "Grænsen er bygget ud fra afgørelsens liste over gader, men over 1" HZ_SAY_NBSP
            "% af den følger ingen af dem. ");
    else if (strcmp(how, "built") == 0)
        say(f, out, "The border is built from the decision's list of streets. ",
            "Grænsen er bygget ud fra afgørelsens liste over gader. ");
    say(f, out, "In brackets: 95% intervals, of shares Wilson's, of ratios exact. PAI: share of the "
                "events over share of the land.",
        "I parentes: 95" HZ_SAY_NBSP "%-intervaller, for andele Wilsons, for forhold eksakte. PAI: "
        "andel af hændelserne over andel af landarealet.");
    say_hiding(f, out);
}

void hz_caption_zones_card_alt(const hz_caption_zones *f, size_t card, hz_text *out)
{
    say(f, out, "Map and table of the zone ", "Kort og tabel over zonen ");
    hz_caption_zones_name(f, card, out);
    hz_text_add(out, ". ");
    hz_caption_zones_statement(f, card, out);
}

void hz_caption_zones_card_figure(const hz_caption_zones *f, size_t card, hz_text *out)
{
    say(f, out, "Card of the zone ", "Datablad for zonen ");
    hz_caption_zones_name(f, card, out);
    if (*f->period)
        hz_text_addf(out, ", %s", f->period);
    if (f->later)
        hz_text_addf(out, danish(f) ? " og senere %s" : " and later %s", f->later);
    hz_text_add(out, ".");
}
