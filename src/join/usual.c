/* The usual names of columns of dates and of kinds, the same for every command. */
#include "hotzone/match.h"
#include "join/keys.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const times[] = {
    "date", "time", "datetime", "date_time", "dato", "tid", "tidspunkt", "month", "occurred",
    "occurred_at", "gerningsdato", "gerningstidspunkt", "timestamp",
};
static const char *const kinds[] = {
    "kind", "type", "offence", "offence_type", "offense", "offense_type", "category", "crime_type",
    "art",
};

static const char *const years[] = { "year", "aar", "år" };

const char *const *hz_usual_times(size_t *count)
{
    *count = COUNT(times);
    return times;
}

const char *const *hz_usual_kinds(size_t *count)
{
    *count = COUNT(kinds);
    return kinds;
}

const char *const *hz_usual_years(size_t *count)
{
    *count = COUNT(years);
    return years;
}

/* The column named, else the first of the usual names; NULL for none. */
static hz_status pick(const hz_layer *layer, const char *named, const char *const *usual, size_t n,
                      const char **column, hz_error *err)
{
    size_t found = 0;
    hz_status st = named ? hz_layer_need(layer, named, &found, err) : HZ_OK;
    if (st)
        return st;
    *column = named ? hz_layer_column_name(layer, found) : NULL;
    for (size_t i = 0; !*column && i < n; i++) {
        int c = hz_layer_find(layer, usual[i]);
        if (c >= 0)
            *column = hz_layer_column_name(layer, (size_t)c);
    }
    return HZ_OK;
}

hz_status hz_match_time(const hz_layer *events, const char *named, const char **column,
                        hz_error *err)
{
    hz_status st = pick(events, named, times, COUNT(times), column, err);
    /* whatever it is called, a column that its file declares to hold dates holds dates */
    for (size_t c = 0; !st && !*column && c < hz_layer_columns(events); c++)
        if (hz_layer_column_kind(events, c) == HZ_TIMES)
            *column = hz_layer_column_name(events, c);
    return st;
}

hz_status hz_match_kind(const hz_layer *events, const char *named, const char **column,
                        hz_error *err)
{
    return pick(events, named, kinds, COUNT(kinds), column, err);
}

hz_status hz_match_year(const hz_layer *layer, const char *named, const char **column,
                        hz_error *err)
{
    return pick(layer, named, years, COUNT(years), column, err);
}
