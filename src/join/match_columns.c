/* Finds the columns of a table of figures by the usual names. */
#include "join/match_columns.h"

#include <stdint.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const key_names[] = {
    "area_id", "areaid", "area", "omraade_id", "område_id", "omraade", "område", "bydel_id",
    "bydel_nr", "bydelnr", "bydel", "district_id", "district", "distrikt", "precinct", "beat",
    "kommunekode", "zone_id", "zone", "id", "code", "kode", "key", "noegle", "nøgle", "nummer",
    "nr", "number",
};
static const char *const value_names[] = {
    "residents", "population", "pop", "inhabitants", "indbyggere", "folketal", "beboere", "count",
    "counts", "cases", "events", "offences", "n", "antal", "anmeldelser",
};

static bool is_named(const hz_match_columns *c, int column)
{
    return column == c->key || column == c->value || column == c->year || column == c->kind;
}

static hz_status named(const hz_layer *table, const char *name, int *column, hz_error *err)
{
    size_t found;
    hz_status st = name ? hz_layer_need(table, name, &found, err) : HZ_OK;
    if (!st && name)
        *column = (int)found;
    return st;
}

static size_t count_hits(const hz_keyset *table, const hz_keyset *areas)
{
    size_t hits = 0;
    for (size_t r = 0; r < table->rows; r++)
        hits += hz_keyset_find(areas, table->text[r]) != SIZE_MAX;
    return hits;
}

/* Try one more column as the key; the best so far stays in c->key. */
static hz_status try_key(const hz_layer *table, const char *name, const hz_keyset *areas,
                         hz_match_columns *c, size_t *most, hz_error *err)
{
    int column = hz_layer_find(table, name);
    hz_keyset set;
    if (column < 0 || is_named(c, column))
        return HZ_OK;
    hz_status st = hz_keyset_read(table, (size_t)column, &set, err);
    if (st)
        return st;
    size_t hits = count_hits(&set, areas);
    if (c->key < 0 || hits > *most) {
        c->key = column;
        *most = hits;
    }
    hz_keyset_free(&set);
    return HZ_OK;
}

static hz_status find_key(const hz_layer *table, const hz_keyset *areas, const char *area_id,
                          hz_match_columns *c, hz_error *err)
{
    size_t most = 0;
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < COUNT(key_names); i++)
        st = try_key(table, key_names[i], areas, c, &most, err);
    if (!st) /* the name that the areas have for it */
        st = try_key(table, area_id, areas, c, &most, err);
    if (!st && c->key < 0)
        st = hz_fail(err, HZ_EUSAGE, "%s: has no column that names the areas, expected one called "
                     "area, id or code, or its name to be given", hz_layer_name(table));
    return st;
}

static hz_status find_value(const hz_layer *table, hz_match_columns *c, hz_error *err)
{
    hz_text several = { 0 };
    int count = 0, found = -1;
    hz_status st = HZ_OK;
    for (size_t i = 0; i < COUNT(value_names); i++) {
        int column = hz_layer_find(table, value_names[i]);
        if (column < 0 || is_named(c, column))
            continue;
        hz_text_addf(&several, "%s%s", count++ ? ", " : "",
                     hz_layer_column_name(table, (size_t)column));
        found = column;
    }
    if (several.failed)
        st = hz_mem_fail(err, hz_layer_name(table));
    else if (count == 0)
        st = hz_fail(err, HZ_EUSAGE, "%s: has no column of figures, expected one called residents, "
                     "population, count or cases, or its name to be given", hz_layer_name(table));
    else if (count > 1)
        st = hz_fail(err, HZ_EUSAGE, "%s: has several columns of figures (%s), expected one to be "
                     "named", hz_layer_name(table), hz_text_get(&several));
    else
        c->value = found;
    hz_text_free(&several);
    return st;
}

static int find_usual(const hz_layer *table, const char *const *names, size_t n,
                      const hz_match_columns *c)
{
    for (size_t i = 0; i < n; i++) {
        int column = hz_layer_find(table, names[i]);
        if (column >= 0 && !is_named(c, column))
            return column;
    }
    return -1;
}

hz_status hz_match_find_columns(const hz_layer *table, const hz_match_opts *opts,
                                const hz_keyset *areas, const char *area_id,
                                hz_match_columns *out, hz_error *err)
{
    size_t kinds = 0, years = 0;
    const char *const *year_names = hz_usual_years(&years);
    const char *const *kind_names = hz_usual_kinds(&kinds);
    hz_match_columns c = { -1, -1, -1, -1, !opts->value };
    hz_status st = named(table, opts->key, &c.key, err);
    if (!st)
        st = named(table, opts->value, &c.value, err);
    if (!st)
        st = named(table, opts->year, &c.year, err);
    if (!st)
        st = named(table, opts->kind, &c.kind, err);
    if (!st && c.year < 0)
        c.year = find_usual(table, year_names, years, &c);
    if (!st && c.key < 0)
        st = find_key(table, areas, area_id, &c, err);
    if (!st && c.value < 0)
        st = find_value(table, &c, err);
    if (!st && c.kind < 0)
        c.kind = find_usual(table, kind_names, kinds, &c);
    if (!st && opts->kind_count && c.kind < 0)
        st = hz_fail(err, HZ_EUSAGE, "%s: has no column of kinds, expected one called kind, type "
                     "or offence to choose '%s' in", hz_layer_name(table), opts->kinds[0]);
    if (!st)
        *out = c;
    return st;
}
