/* What a line is that is no street: told by its row or layer, and asked for by a listed phrase. */
#include <string.h>

#include "zone/trace_parts.h"

const char *hz_trace_kind_word(hz_trace_kind kind)
{
    static const char *const words[] = { "street", "municipal border", "police border",
                                         "district border", "border", "water", "railway", "line",
                                         "link" };
    return words[kind];
}

hz_trace_kind hz_line_kind_of(unsigned kind)
{
    return kind & (HZ_LINE_LINK | HZ_LINE_MEND) ? HZ_TRACE_LINK
           : kind & HZ_LINE_POLICE              ? HZ_TRACE_POLICE
           : kind & HZ_LINE_MUNICIPAL           ? HZ_TRACE_MUNICIPAL
           : kind & HZ_LINE_DISTRICT            ? HZ_TRACE_DISTRICT
           : kind & HZ_LINE_BORDER              ? HZ_TRACE_BORDER
           : kind & HZ_LINE_WATER               ? HZ_TRACE_WATER
           : kind & HZ_LINE_RAIL                ? HZ_TRACE_RAIL
           : kind & HZ_LINE_OTHER               ? HZ_TRACE_LINE : HZ_TRACE_STREET;
}

typedef struct {
    const char *part; /* of a folded text */
    unsigned kind;
} sign;

/* Which of the signs a folded text holds. */
static unsigned signs_in(const char *plain, const sign *of, size_t n)
{
    unsigned kind = 0;
    for (size_t i = 0; i < n; i++)
        if (strstr(plain, of[i].part))
            kind |= of[i].kind;
    return kind;
}

/* Whose border: a police district is no district of a town. */
static unsigned whose(const char *plain)
{
    static const sign of[] = {
        { "kommun", HZ_LINE_MUNICIPAL }, { "municip", HZ_LINE_MUNICIPAL },
        { "politi", HZ_LINE_POLICE }, { "police", HZ_LINE_POLICE }, { "kredsgr", HZ_LINE_POLICE },
        { "bydel", HZ_LINE_DISTRICT }, { "district", HZ_LINE_DISTRICT },
        { "distrikt", HZ_LINE_DISTRICT }, { "kvarter", HZ_LINE_DISTRICT },
        { "sogn", HZ_LINE_DISTRICT },
    };
    unsigned kind = signs_in(plain, of, sizeof of / sizeof *of);
    return kind & HZ_LINE_POLICE ? kind & ~(unsigned)HZ_LINE_DISTRICT : kind;
}

unsigned hz_trace_told(const char *text)
{
    static const sign of[] = {
        { "border", HZ_LINE_BORDER }, { "boundar", HZ_LINE_BORDER }, { "gr\001nse", HZ_LINE_BORDER },
        { "administrativ", HZ_LINE_BORDER }, { "kreds", HZ_LINE_BORDER },
        { "region", HZ_LINE_BORDER }, { "water", HZ_LINE_WATER }, { "vand", HZ_LINE_WATER },
        { "shore", HZ_LINE_WATER }, { "kyst", HZ_LINE_WATER }, { "coast", HZ_LINE_WATER },
        { "havn", HZ_LINE_WATER }, { "lake", HZ_LINE_WATER }, { "river", HZ_LINE_WATER },
        { "rail", HZ_LINE_RAIL }, { "bane", HZ_LINE_RAIL }, { "metro", HZ_LINE_RAIL },
        { "track", HZ_LINE_RAIL },
    };
    hz_name name;
    hz_name_read(text, strlen(text), 0, &name);
    unsigned kind = whose(name.plain);
    return kind ? kind : signs_in(name.plain, of, sizeof of / sizeof *of);
}

/* What a row's own word for what it is tells: whole words, for they are short. */
static unsigned told_by_value(const char *value)
{
    static const sign of[] = {
        { "hav", HZ_LINE_WATER }, { "s\002", HZ_LINE_WATER }, { "\003", HZ_LINE_WATER },
        { "fjord", HZ_LINE_WATER }, { "kanal", HZ_LINE_WATER }, { "stream", HZ_LINE_WATER },
        { "canal", HZ_LINE_WATER }, { "sea", HZ_LINE_WATER }, { "bay", HZ_LINE_WATER },
        { "harbour", HZ_LINE_WATER }, { "dock", HZ_LINE_WATER },
    };
    hz_name name;
    hz_name_read(value, strlen(value), 0, &name);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (strcmp(name.plain, of[i].part) == 0)
            return of[i].kind;
    return hz_trace_told(value);
}

static const char *value_at(const hz_layer *layer, const char *column, size_t row)
{
    int c = hz_layer_find(layer, column);
    return c >= 0 && hz_layer_column_kind(layer, (size_t)c) == HZ_TEXTS
               ? hz_layer_text_at(layer, (size_t)c, row) : "";
}

unsigned hz_trace_kind_of_row(const hz_layer *layer, size_t row)
{
    static const char *const words[] = { "kind", "type", "objekt_type", "objekttype", "art",
                                         "fclass", "natural", "boundary" };
    unsigned kind = 0;
    double level = 0;
    int c = hz_layer_find(layer, "admin_level");
    if (c >= 0 && hz_layer_column_kind(layer, (size_t)c) == HZ_NUMBERS)
        level = hz_layer_numbers(layer, "admin_level")[row];
    if (level == 7 || strcmp(value_at(layer, "admin_level", row), "7") == 0)
        return HZ_LINE_MUNICIPAL; /* OpenStreetMap's key for Danish municipalities */
    if (value_at(layer, "waterway", row)[0])
        return HZ_LINE_WATER;
    if (value_at(layer, "railway", row)[0])
        return HZ_LINE_RAIL;
    for (size_t i = 0; !kind && i < sizeof words / sizeof *words; i++)
        kind = told_by_value(value_at(layer, words[i], row));
    return kind;
}

unsigned hz_trace_kind_of_layer(const hz_layer *layer)
{
    unsigned kind = hz_trace_told(hz_layer_name(layer));
    for (size_t c = 0; !kind && c < hz_layer_columns(layer); c++)
        if (strlen(hz_layer_column_name(layer, c)) > 3) /* komnavn, bydel_nr */
            kind = hz_trace_told(hz_layer_column_name(layer, c)) & HZ_LINE_BORDERS;
    return kind ? kind : HZ_LINE_OTHER;
}

/* ---- what a phrase asks for ---- */

/* Whose border a phrase speaks of: what comes before the word tells more than what comes after. */
static unsigned border_asked(const hz_name *name)
{
    static const char *const words[] = { "gr\001nse", "border", "boundary" };
    hz_name before = *name;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *at = strstr(name->plain, words[i]);
        while (at && at - name->plain >= 2 && at[-2] == 'a' && at[-1] == 'f') /* afgrænset */
            at = strstr(at + 1, words[i]);
        if (!at)
            continue;
        before.plain[at - name->plain] = '\0';
        size_t n = strlen(before.plain);
        unsigned kind = n >= 5 && strcmp(before.plain + n - 5, "kreds") == 0 ? HZ_LINE_POLICE
                                                                             : whose(before.plain);
        if (!kind)
            kind = whose(at);
        return kind ? kind : HZ_LINE_BORDERS;
    }
    return 0;
}

unsigned hz_trace_general(const char *text)
{
    return hz_trace_general_n(text, strlen(text));
}

unsigned hz_trace_general_n(const char *text, size_t n)
{
    static const sign of[] = {
        { "vandet", HZ_LINE_WATER }, { "vandsiden", HZ_LINE_WATER }, { "havnefront", HZ_LINE_WATER },
        { "havnel\002b", HZ_LINE_WATER }, { "kysten", HZ_LINE_WATER },
        { "kystlinj", HZ_LINE_WATER }, { "shore", HZ_LINE_WATER }, { "coast", HZ_LINE_WATER },
        { "waterfront", HZ_LINE_WATER }, { "s\002bred", HZ_LINE_WATER },
        { "jernbane", HZ_LINE_RAIL }, { "banelegeme", HZ_LINE_RAIL }, { "metrolinj", HZ_LINE_RAIL },
        { "banelinj", HZ_LINE_RAIL }, { "railway", HZ_LINE_RAIL }, { "trainline", HZ_LINE_RAIL },
        { "sbane", HZ_LINE_RAIL }, { "stogsbane", HZ_LINE_RAIL },
    };
    hz_name name;
    hz_name_read(text, n, 0, &name);
    unsigned border = border_asked(&name);
    return border ? border : signs_in(name.plain, of, sizeof of / sizeof *of);
}
