/* Lays out report cards as a page of text, one line a figure. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/caption_zone.h"
#include "report/card_parts.h"
#include "report/say.h"

typedef enum { COUNT, SHARE, RATIO, KM2, METRES, P, RATE, DAYS } form;

/* A line: a figure, perhaps with the two that follow it as its interval. */
typedef struct {
    int figure;
    int low; /* -1: no interval; its upper end is the next figure */
    form form;
    const char *english, *danish;
} line;

static const line lines[] = {
    { HZ_CARD_EVENTS_IN, -1, COUNT, "events in the zone", "hændelser i zonen" },
    { HZ_CARD_EVENTS_TOTAL, -1, COUNT, "events in the study area", "hændelser i alt" },
    { HZ_CARD_CAPTURE, HZ_CARD_CAPTURE_LOW, SHARE, "share of the events", "andel af hændelser" },
    { HZ_CARD_JITTER_LOW, -1, SHARE, "  given precision, from", "  inden for præcision, fra" },
    { HZ_CARD_JITTER_HIGH, -1, SHARE, "  given precision, to", "  inden for præcision, til" },
    { HZ_CARD_AREA_KM2, -1, KM2, "area, km2", "areal, km2" },
    { HZ_CARD_AREA_SHARE, -1, SHARE, "share of the land", "andel af landareal" },
    { HZ_CARD_RESIDENTS, -1, COUNT, "residents", "indbyggere" },
    { HZ_CARD_RESIDENTS_SHARE, -1, SHARE, "share of the residents", "andel af indbyggere" },
    { HZ_CARD_PAI, -1, RATIO, "PAI, by area", "PAI, efter areal" },
    { HZ_CARD_PAI_RESIDENTS, -1, RATIO, "PAI, by residents", "PAI, efter indbyggere" },
    { HZ_CARD_PEI, -1, RATIO, "PEI", "PEI" },
    { HZ_CARD_RATE_INSIDE, -1, RATE, "rate inside", "rate i zonen" },
    { HZ_CARD_RATE_OUTSIDE, -1, RATE, "rate outside", "rate uden for" },
    { HZ_CARD_RATE_RATIO, HZ_CARD_RATE_RATIO_LOW, RATIO, "rate ratio", "rateforhold" },
    { HZ_CARD_LEAKAGE, -1, COUNT, "events within 50 m outside", "hændelser op til 50 m uden for" },
    { HZ_CARD_LEAKAGE + 1, -1, COUNT, "  100 m", "  100 m" },
    { HZ_CARD_LEAKAGE + 2, -1, COUNT, "  200 m", "  200 m" },
    { HZ_CARD_LEAKAGE + 3, -1, COUNT, "  500 m", "  500 m" },
    { HZ_CARD_INSIDE, -1, COUNT, "events within 50 m inside", "hændelser op til 50 m inden for" },
    { HZ_CARD_NULL_P_HIGH, -1, P, "p, random placement", "p, tilfældig placering" },
    { HZ_CARD_NULL_ACCEPTED, -1, SHARE, "  placements accepted", "  placeringer godtaget" },
    { HZ_CARD_NULL_EVENTS_MEDIAN, HZ_CARD_NULL_EVENTS_LOW, COUNT, "  events they hold",
      "  hændelser i dem" },
    { HZ_CARD_FRONTIER_CAPTURE, -1, SHARE, "best earlier cells, later", "tidligere bedste felter" },
    { HZ_CARD_EFFICIENCY, -1, RATIO, "efficiency", "effektivitet" },
    { HZ_CARD_IOU_AREA, -1, SHARE, "overlap with hotspots, IoU", "overlap med hotspots, IoU" },
    { HZ_CARD_PRECISION, -1, SHARE, "  of the zone, hot", "  af zonen er hotspot" },
    { HZ_CARD_RECALL, -1, SHARE, "  of the hotspots, in it", "  af hotspots i zonen" },
    { HZ_CARD_HAUSDORFF_MEAN_M, -1, METRES, "  borders apart, mean m", "  grænseafstand, middel m" },
    { HZ_CARD_HAUSDORFF_P95_M, -1, METRES, "  borders apart, 95 % m", "  grænseafstand, 95 % m" },
    { HZ_CARD_POLSBY_POPPER, -1, RATIO, "Polsby-Popper", "Polsby-Popper" },
    { HZ_CARD_REOCK, -1, RATIO, "Reock", "Reock" },
    { HZ_CARD_HULL, -1, RATIO, "convex hull", "konvekst hylster" },
    { HZ_CARD_DAYS_IN_FORCE, -1, DAYS, "days in force", "døgn i kraft" },
    { HZ_CARD_EVENTS_PART, -1, COUNT, "  on days in force in part",
      "  på dage delvis i kraft" },
    { HZ_CARD_SEARCHES, -1, COUNT, "searches", "visitationer" },
    { HZ_CARD_FINDS, -1, COUNT, "finds", "fund" },
    { HZ_CARD_HIT_RATE, HZ_CARD_HIT_RATE_LOW, SHARE, "hit rate", "fundandel" },
    { HZ_CARD_SEARCHES_PER_1000, -1, RATE, "searches per 1,000 residents",
      "visitationer pr. 1.000 indb." },
    { HZ_CARD_SEARCHES_PER_EVENT, -1, RATE, "searches per event", "visitationer pr. hændelse" },
};
enum { LINES = sizeof lines / sizeof *lines, WIDE = 32, FIELD = 26 };

static void figure(char *buf, size_t size, double value, form how, hz_language language)
{
    switch (how) {
    case COUNT: hz_number_format(buf, size, value, 0, language); break;
    case SHARE:
        hz_share_format(buf, size, value, hz_card_plain_decimals(value), language);
        break;
    case RATIO: hz_number_format(buf, size, value, 2, language); break;
    case KM2: hz_number_format(buf, size, value, 3, language); break;
    case METRES: hz_number_format(buf, size, value, 0, language); break;
    case P: hz_number_format(buf, size, value, value < 0.001 ? 5 : 3, language); break;
    case RATE: hz_number_format(buf, size, value, 1, language); break;
    case DAYS:
        hz_number_format(buf, size, value, fabs(value - round(value)) < 0.05 ? 0 : 1, language);
        break;
    }
}

size_t hz_card_letters(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += (*text & 0xC0) != 0x80;
    return n;
}

void hz_card_pad(hz_text *out, const char *text, size_t wide)
{
    hz_text_add(out, text);
    for (size_t n = hz_card_letters(text); n < wide; n++)
        hz_text_add(out, " ");
}

/* "52.5% (45.6–59.3%)", "1.02 (0.96–1.09)", "25.0 (3.2 or more)": figure and ends written alike. */
static void interval_text(const line *l, const hz_card_column *c, int upper, hz_language language,
                          char *buf, size_t size)
{
    bool closed = c->why[upper] == HZ_CARD_KNOWN;
    double per = l->form == SHARE ? 100 : 1, value = per * c->value[l->figure];
    double low = per * c->value[l->low], high = closed ? per * c->value[upper] : INFINITY;
    int decimals = l->form == SHARE   ? hz_card_share_decimals(low / 100, high / 100)
                   : l->form == RATIO ? hz_card_ratio_decimals(c, l->figure)
                                      : 0;
    const char *unit = l->form != SHARE ? "" : language == HZ_DANISH ? HZ_SAY_NBSP "%" : "%";
    char number[100], first[100], last[100] = "";
    do {
        hz_number_format(number, sizeof number, value, decimals, language);
        hz_number_format(first, sizeof first, low, decimals, language);
        if (closed)
            hz_number_format(last, sizeof last, high, decimals, language);
    } while (low < high && strcmp(first, last) == 0 && decimals++ < 6); /* written alike, and are not */
    if (closed)
        snprintf(buf, size, "%s%s (%s–%s%s)", number, unit, first, last, unit);
    else
        snprintf(buf, size, language == HZ_DANISH ? "%s%s (%s%s og derover)" : "%s%s (%s%s or more)",
                 number, unit, first, unit);
}

static void value_text(const line *l, const hz_card_column *c, hz_language language, char *buf,
                       size_t size)
{
    snprintf(buf, size, "-");
    if (c->why[l->figure] != HZ_CARD_KNOWN)
        return;
    /* the median's ends lie on either side of it in the enumeration, an interval's follow */
    int upper = l->figure == HZ_CARD_NULL_EVENTS_MEDIAN ? HZ_CARD_NULL_EVENTS_HIGH : l->low + 1;
    if (l->low < 0 || c->why[l->low] != HZ_CARD_KNOWN)
        figure(buf, size, c->value[l->figure], l->form, language);
    else
        interval_text(l, c, upper, language, buf, size);
}

bool hz_card_value(const hz_card_column *c, int figure, hz_language language, char *buf, size_t size)
{
    for (int i = 0; i < LINES; i++)
        if (lines[i].figure == figure && c->why[figure] == HZ_CARD_KNOWN) {
            value_text(&lines[i], c, language, buf, size);
            return true;
        }
    return false;
}

/* Lines with nothing in any column are left out. */
static bool shows(const line *l, const hz_card *card, bool later)
{
    return card->now.why[l->figure] == HZ_CARD_KNOWN ||
           (later && card->later.why[l->figure] == HZ_CARD_KNOWN);
}

/* What is to be known besides: "Remarks: the zone has 2 parts ...; ...". */
static void add_remarks(const hz_card *card, const hz_card_note *note, hz_language language,
                        hz_text *out)
{
    bool any = false;
    for (int k = 0; k < HZ_REMARKS; k++) {
        if (!hz_remark_applies((hz_remark)k, card, note))
            continue;
        hz_text_add(out, any ? "; " : language == HZ_DANISH ? "Bemærk: " : "Note: ");
        hz_remark_say((hz_remark)k, card, note, language, out);
        any = true;
    }
    if (any)
        hz_text_add(out, ".\n");
}

/* What a line is of; a rate says what it is per, which --population decides. */
static void add_label(const line *l, const hz_card_note *note, hz_language language, hz_text *out)
{
    const bool da = language == HZ_DANISH;
    char text[WIDE * 4];
    const char *per = "";
    if (l->figure == HZ_CARD_RATE_INSIDE || l->figure == HZ_CARD_RATE_OUTSIDE) {
        if (!note->residents)
            per = da ? ", pr. km2" : ", per km2";
        else
            per = da ? ", pr. 1.000 indb." : ", per 1,000 people";
    }
    snprintf(text, sizeof text, "%s%s", da ? l->danish : l->english, per);
    hz_card_pad(out, text, WIDE);
}

static void one_page(const hz_card *card, const hz_card_note *note, hz_language language,
                     hz_text *out)
{
    bool later = note->later_period != NULL;
    char text[400];
    hz_text_add(out, note->name);
    hz_text_add(out, note->made_up ? language == HZ_DANISH ? " (opdigtede data)\n"
                                                           : " (made-up data)\n" : "\n");
    if (note->period && *note->period) {
        hz_card_pad(out, "", WIDE);
        if (later)
            hz_card_pad(out, note->period, FIELD);
        hz_text_add(out, later ? note->later_period : note->period);
        hz_text_add(out, "\n");
    }
    for (int i = 0; i < LINES; i++) {
        if (!shows(&lines[i], card, later))
            continue;
        add_label(&lines[i], note, language, out);
        value_text(&lines[i], &card->now, language, text, sizeof text);
        if (later) {
            hz_card_pad(out, text, FIELD);
            value_text(&lines[i], &card->later, language, text, sizeof text);
        }
        hz_text_add(out, text);
        hz_text_add(out, "\n");
    }
    hz_card_statement(card, note, language, out);
    hz_text_add(out, "\n");
    add_remarks(card, note, language, out);
}

void hz_card_page(const hz_card *cards, const hz_card_note *notes, size_t n, hz_language language,
                  hz_text *out)
{
    for (size_t i = 0; i < n; i++) {
        if (i)
            hz_text_add(out, "\n");
        one_page(&cards[i], &notes[i], language, out);
    }
}
