/* Lays out the card of a zone as lines for a sheet: figures of the first period, then the later's. */
#include <stdio.h>

#include "hotzone/caption_zones.h"
#include "report/card_parts.h"
#include "report/say.h"

typedef struct {
    const hz_caption_zones *f;
    const hz_card *card;
    hz_zones_line *lines;
    size_t n, heading; /* the heading waits for a line below it: its place, or HZ_ZONES_LINES */
} table;

static void head(table *t, const char *english, const char *danish, const char *period)
{
    const char *text = t->f->language == HZ_DANISH ? danish : english;
    if (t->heading < t->n && t->heading + 1 == t->n) /* nothing came below the last one */
        t->n--;
    if (t->n >= HZ_ZONES_LINES)
        return;
    t->heading = t->n;
    snprintf(t->lines[t->n].label, sizeof t->lines[t->n].label,
             period && *period ? "%s, %.70s" : "%s", text, period ? period : "");
    t->lines[t->n++].value[0] = '\0';
}

static void put(table *t, const char *english, const char *danish, const char *value)
{
    if (t->n >= HZ_ZONES_LINES)
        return;
    snprintf(t->lines[t->n].label, sizeof t->lines[t->n].label, "%s",
             t->f->language == HZ_DANISH ? danish : english);
    snprintf(t->lines[t->n++].value, sizeof t->lines[0].value, "%s", value);
}

static const char *hidden(const table *t)
{
    return t->f->language == HZ_DANISH ? "skjult" : "hidden";
}

static void add(table *t, const hz_card_column *c, int figure, const char *english,
                const char *danish)
{
    char text[100];
    if (hz_card_value(c, figure, t->f->language, text, sizeof text))
        put(t, english, danish, text);
    else if (c->why[figure] == HZ_CARD_HIDDEN)
        put(t, english, danish, hidden(t));
}

static void count_text(const table *t, const hz_card_column *c, int figure, char *buf, size_t size)
{
    if (c->why[figure] == HZ_CARD_KNOWN)
        hz_number_format(buf, size, c->value[figure], 0, t->f->language);
    else
        snprintf(buf, size, "%s", hidden(t));
}

/* "12 of 20", "hidden of 20" */
static void add_events(table *t, const hz_card_column *c)
{
    char in[40], total[40], text[100];
    hz_language l = t->f->language;
    if (c->why[HZ_CARD_EVENTS_IN] != HZ_CARD_KNOWN && c->why[HZ_CARD_EVENTS_IN] != HZ_CARD_HIDDEN)
        return;
    count_text(t, c, HZ_CARD_EVENTS_IN, in, sizeof in);
    count_text(t, c, HZ_CARD_EVENTS_TOTAL, total, sizeof total);
    snprintf(text, sizeof text, l == HZ_DANISH ? "%s af %s" : "%s of %s", in, total);
    put(t, "In the zone", "I zonen", text);
}

/* A figure and its share of the whole: "11.97 km² (13.2%)". */
static void add_part(table *t, const hz_card_column *c, int figure, int share, int decimals,
                     const char *unit, const char *english, const char *danish)
{
    char value[40], part[40], text[100];
    hz_language l = t->f->language;
    if (c->why[figure] != HZ_CARD_KNOWN)
        return;
    hz_number_format(value, sizeof value, c->value[figure], decimals, l);
    snprintf(text, sizeof text, "%s%s", value, unit);
    if (c->why[share] == HZ_CARD_KNOWN)
        snprintf(text, sizeof text, "%s%s (%s)", value, unit,
                 hz_share_format(part, sizeof part, c->value[share], 1, l));
    put(t, english, danish, text);
}

static void add_chance(table *t, const hz_card_column *c)
{
    head(t, "Against chance and the best cells", "Over for tilfældet og de bedste felter", NULL);
    add(t, c, HZ_CARD_NULL_P_HIGH, "p, as many if placed at random", "p, lige så mange ved tilfældig placering");
    add(t, c, HZ_CARD_NULL_EVENTS_MEDIAN, "Events, placed at random", "Hændelser ved tilfældig placering");
    add(t, c, HZ_CARD_PEI, "PEI, of the best cells' events", "PEI, af de bedste felters hændelser");
    add(t, c, HZ_CARD_IOU_AREA, "Overlap with hotspots (IoU)", "Overlap med hotspots (IoU)");
}

static void add_ratio(table *t, const hz_card_column *c)
{
    add(t, c, HZ_CARD_PAI, "PAI, by area", "PAI, efter areal");
    add(t, c, HZ_CARD_PAI_RESIDENTS, "PAI, by residents", "PAI, efter indbyggere");
    add(t, c, HZ_CARD_RATE_RATIO, "Rate inside over outside", "Rate i zonen i forhold til uden for");
}

size_t hz_caption_zones_lines(const hz_caption_zones *f, size_t card,
                              hz_zones_line lines[HZ_ZONES_LINES])
{
    table t = { f, &f->cards[card], lines, 0, HZ_ZONES_LINES };
    const hz_card_column *now = &t.card->now, *later = &t.card->later;
    head(&t, "Events", "Hændelser", f->period);
    add_events(&t, now);
    add(&t, now, HZ_CARD_CAPTURE, "Share of all", "Andel af alle");
    add_ratio(&t, now);
    if (f->later) {
        head(&t, "Later", "Senere", f->later);
        add_events(&t, later);
        add(&t, later, HZ_CARD_CAPTURE, "Share of all", "Andel af alle");
        add_ratio(&t, later);
        add(&t, later, HZ_CARD_EFFICIENCY, "Over what the earlier best cells hold",
            "I forhold til de tidligere bedste felter");
    }
    head(&t, "Size and shape", "Størrelse og form", NULL);
    add_part(&t, now, HZ_CARD_AREA_KM2, HZ_CARD_AREA_SHARE, 2, HZ_SAY_NBSP "km²", "Area", "Areal");
    add_part(&t, now, HZ_CARD_RESIDENTS, HZ_CARD_RESIDENTS_SHARE, 0, "", "Residents", "Indbyggere");
    add(&t, now, HZ_CARD_POLSBY_POPPER, "Compactness (Polsby\u2013Popper)", "Kompakthed (Polsby\u2013Popper)");
    head(&t, "Near the border", "Nær grænsen", NULL);
    if (f->hidden)
        add(&t, now, HZ_CARD_LEAKAGE + 2, "Events within 200 m outside",
            "Hændelser op til 200 m uden for");
    else
        add(&t, now, HZ_CARD_LEAKAGE + 1, "Events within 100 m outside",
            "Hændelser op til 100 m uden for");
    add(&t, now, HZ_CARD_LEAKAGE + 3, "Events within 500 m outside", "Hændelser op til 500 m uden for");
    add_chance(&t, now);
    head(&t, "Searches", "Visitationer", NULL);
    add(&t, now, HZ_CARD_SEARCHES, "Searches", "Visitationer");
    add(&t, now, HZ_CARD_HIT_RATE, "With a find", "Med fund");
    add(&t, now, HZ_CARD_SEARCHES_PER_1000, "Per 1,000 residents", "Pr. 1.000 indbyggere");
    add(&t, now, HZ_CARD_SEARCHES_PER_EVENT, "Per event", "Pr. hændelse");
    if (f->later) {
        head(&t, "Searches later", "Visitationer senere", f->later);
        add(&t, later, HZ_CARD_SEARCHES, "Searches", "Visitationer");
        add(&t, later, HZ_CARD_HIT_RATE, "With a find", "Med fund");
    }
    if (t.heading + 1 == t.n)
        t.n--;
    return t.n;
}
