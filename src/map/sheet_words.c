/* The words that a sheet says by itself, in Danish and English, and its numbers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/sheet_parts.h"

static const hz_wording english = {
    .under = "under %s", .over = "%s and over",
    .counts = "Number of areas in brackets",
    .counts_of_city = "Number of areas, also beyond the map, in brackets",
    .unstable = "Unstable (CV > %s)",
    .hidden = "Hidden", .hidden_fewer = "Hidden: fewer than %s",
    .no_data = "No figure",
    .city = "Whole city", .city_none = "no figure",
    .focus = "Focus",
    .events = "Events", .at_one_place = "%s at one place",
    .events_off = "Events outside the map: %s.",
    .zones = "Zones",
    .source = "Source", .sources = "Sources",
    .classes = "Classes", .rounded = "rounded limits",
    .method = { "quantiles", "natural breaks (Fisher)", "equal steps", "fixed limits",
                "around %s" },
    .north = "N",
};

static const hz_wording danish = {
    .under = "under %s", .over = "%s og over",
    .counts = "Antal områder i parentes",
    .counts_of_city = "Antal områder, også uden for kortet, i parentes",
    .unstable = "Usikker (VK > %s)",
    .hidden = "Skjult", .hidden_fewer = "Skjult: færre end %s",
    .no_data = "Intet tal",
    .city = "Hele byen", .city_none = "intet tal",
    .focus = "Fokus",
    .events = "Hændelser", .at_one_place = "%s på samme sted",
    .events_off = "Hændelser uden for kortet: %s.",
    .zones = "Zoner",
    .source = "Kilde", .sources = "Kilder",
    .classes = "Klasser", .rounded = "afrundede grænser",
    .method = { "kvantiler", "naturlige brud (Fisher)", "lige store trin", "faste grænser",
                "omkring %s" },
    .north = "N",
};

const hz_wording *hz_sheet_wording(hz_language language)
{
    return language == HZ_DANISH ? &danish : &english;
}

const char *hz_sheet_title(const hz_sheet *s)
{
    return s->words->title ? s->words->title : s->look->title;
}

const char *hz_sheet_subtitle(const hz_sheet *s)
{
    return s->words->subtitle ? s->words->subtitle : s->look->subtitle;
}

char *hz_sheet_number(const hz_sheet *s, double value, char *buf, size_t size)
{
    return hz_number_format(buf, size, value, s->facts.decimals, s->look->language);
}

const char *hz_sheet_area_name(const hz_sheet *s, size_t area)
{
    const char *name = s->data->name ? hz_layer_text(s->data->areas, s->data->name, area) : "";
    for (size_t i = 0; i < s->look->rename_count; i++)
        if (strcmp(name, s->look->rename_from[i]) == 0)
            return s->look->rename_to[i];
    return name;
}

bool hz_sheet_zone_shown(const hz_sheet *s, size_t zone)
{
    /* while the page is being planned no shape has been drawn up, and all are taken to show */
    return !s->zones || s->zones->first_ring[zone + 1] > s->zones->first_ring[zone];
}

char *hz_sheet_letter(size_t zone, char *buf, size_t size)
{
    char back[16];
    size_t n = 0;
    for (size_t left = zone + 1; left && n < sizeof back; left = (left - 1) / 26)
        back[n++] = (char)('A' + (left - 1) % 26);
    size_t k = 0;
    while (n && k + 1 < size)
        buf[k++] = back[--n];
    buf[k] = '\0';
    return buf;
}

void hz_words_put(char *buf, size_t size, const char *format, const char *number)
{
    const char *at = strstr(format, "%s");
    snprintf(buf, size, "%.*s%s%s", (int)(at ? at - format : (long)strlen(format)), format,
             at ? number : "", at ? at + 2 : "");
}

char *hz_sheet_class_text(const hz_sheet_facts *facts, size_t class_index, hz_language language,
                          char *buf, size_t size)
{
    const hz_breaks *b = &facts->breaks;
    const hz_wording *say = hz_sheet_wording(language);
    char low[40], high[40];
    double unit = pow(10, -facts->decimals);

    bool first = class_index == 0, last = class_index + 1 >= b->classes;
    double from = first ? b->low : b->limits[class_index - 1];
    double to = last ? b->high : b->limits[class_index] - unit;
    hz_number_format(low, sizeof low, from, facts->decimals, language);
    hz_number_format(high, sizeof high, to, facts->decimals, language);
    if (first && !last && facts->zero > 0 && facts->zero == b->count[0] &&
        b->limits[0] < 1.5 * unit) {
        snprintf(buf, size, "0"); /* nothing but zeros */
    } else if (first && !last) {
        hz_number_format(high, sizeof high, b->limits[0], facts->decimals, language);
        hz_words_put(buf, size, say->under, high);
    } else if (last && !first) {
        hz_words_put(buf, size, say->over, low);
    } else if (strcmp(low, high) == 0) {
        snprintf(buf, size, "%s", low);
    } else {
        snprintf(buf, size, "%s\u2013%s", low, high);
    }
    return buf;
}
