/* Finds which column of an area layer is its key, and looks keys up. */
#include "join/keys.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"

static const char blanks[] = " \t\r\n\f\v";

static void add_trimmed(hz_text *arena, const char *text)
{
    size_t from = strspn(text, blanks), end = strlen(text);
    while (end > from && strchr(blanks, text[end - 1]))
        end--;
    hz_text_add_n(arena, text + from, end - from);
    hz_text_add_n(arena, "", 1); /* its NUL */
}

static void add_value(const hz_layer *layer, size_t column, size_t row, hz_text *arena)
{
    char buf[64];
    const double *numbers = hz_layer_numbers(layer, hz_layer_column_name(layer, column));
    if (hz_layer_column_kind(layer, column) == HZ_TEXTS) {
        add_trimmed(arena, hz_layer_text_at(layer, column, row));
        return;
    }
    if (numbers && fabs(numbers[row]) <= 9007199254740992.0 /* 2^53 */ &&
        numbers[row] == floor(numbers[row]))
        snprintf(buf, sizeof buf, "%.0f", numbers[row] + 0.0); /* -0 + 0 is 0 */
    else if (hz_layer_value_text(layer, column, row, buf, sizeof buf) != HZ_OK)
        arena->failed = true;
    add_trimmed(arena, buf);
}

static int by_text(const void *a, const void *b)
{
    const hz_key *p = a, *q = b;
    int order = strcmp(p->text, q->text);
    return order ? order : p->row < q->row ? -1 : p->row > q->row;
}

hz_status hz_keyset_read(const hz_layer *layer, size_t column, hz_keyset *out, hz_error *err)
{
    size_t n = hz_layer_rows(layer);
    hz_keyset set = { .rows = n };
    hz_text arena = { 0 };

    hz_text_add_n(&arena, "", 1);
    for (size_t r = 0; r < n; r++)
        add_value(layer, column, r, &arena);
    set.arena = hz_text_take(&arena);
    set.text = hz_mem_new(n, sizeof *set.text);
    set.sorted = hz_mem_new(n, sizeof *set.sorted);
    if (!set.arena || !set.text || !set.sorted) {
        hz_keyset_free(&set);
        return hz_mem_fail(err, hz_layer_name(layer));
    }
    const char *at = set.arena + 1;
    for (size_t r = 0; r < n; r++) {
        set.text[r] = at;
        set.sorted[r] = (hz_key){ at, r };
        at += strlen(at) + 1;
    }
    qsort(set.sorted, n, sizeof *set.sorted, by_text);
    *out = set;
    return HZ_OK;
}

void hz_keyset_free(hz_keyset *set)
{
    hz_mem_free(set->text);
    hz_mem_free(set->sorted);
    hz_mem_free(set->arena);
    *set = (hz_keyset){ 0 };
}

size_t hz_keyset_find(const hz_keyset *set, const char *text)
{
    size_t low = 0, high = set->rows;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(set->sorted[middle].text, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < set->rows && strcmp(set->sorted[low].text, text) == 0 ? set->sorted[low].row
                                                                       : SIZE_MAX;
}

bool hz_keyset_is_key(const hz_keyset *set, size_t *a, size_t *b)
{
    for (size_t r = 0; r < set->rows; r++) {
        if (*set->text[r])
            continue;
        *a = *b = r;
        return false;
    }
    for (size_t i = 1; i < set->rows; i++) {
        if (strcmp(set->sorted[i - 1].text, set->sorted[i].text) != 0)
            continue;
        *a = set->sorted[i - 1].row;
        *b = set->sorted[i].row;
        return false;
    }
    return true;
}

/* Could the column be a key?  Fractions and dates are measurements. */
static bool is_keylike(const hz_layer *layer, size_t column)
{
    const char *name = hz_layer_column_name(layer, column);
    const double *numbers = hz_layer_numbers(layer, name);
    if (hz_layer_column_kind(layer, column) != HZ_NUMBERS)
        return hz_layer_column_kind(layer, column) == HZ_TEXTS;
    for (size_t r = 0; r < hz_layer_rows(layer); r++)
        if (!(numbers[r] == floor(numbers[r])))
            return false;
    return true;
}

static hz_status try_key(const hz_layer *layer, size_t column, bool *good, hz_error *err)
{
    hz_keyset set;
    size_t a, b;
    *good = false;
    if (!is_keylike(layer, column))
        return HZ_OK;
    hz_status st = hz_keyset_read(layer, column, &set, err);
    if (st)
        return st;
    *good = hz_keyset_is_key(&set, &a, &b);
    hz_keyset_free(&set);
    return HZ_OK;
}

/* By the usual names, then any column of texts, then any of whole numbers. */
static hz_status find_key(const hz_layer *layer, size_t *column, hz_error *err)
{
    static const char *const usual[] = {
        "id", "code", "kode", "area_id", "areaid", "area", "omraade_id", "område_id", "omraade",
        "område", "bydel_id", "bydel_nr", "bydelnr", "bydel", "district_id", "district",
        "distrikt", "precinct", "beat", "kommunekode", "zone_id", "zone", "key", "noegle", "nøgle",
        "nummer", "nr", "number",
    };
    size_t columns = hz_layer_columns(layer);
    hz_status st = HZ_OK;
    bool good = false;

    for (size_t i = 0; !st && !good && i < sizeof usual / sizeof *usual; i++) {
        int c = hz_layer_find(layer, usual[i]);
        if (c < 0)
            continue;
        *column = (size_t)c;
        st = try_key(layer, *column, &good, err);
    }
    for (int texts = 1; texts >= 0; texts--) {
        for (size_t c = 0; !st && !good && c < columns; c++) {
            if ((hz_layer_column_kind(layer, c) == HZ_TEXTS) != texts)
                continue;
            *column = c;
            st = try_key(layer, c, &good, err);
        }
    }
    if (!st && !good)
        st = hz_fail(err, HZ_EDATA, "%s: no column has a different value in every row, expected a "
                     "key for the areas (--id names it)", hz_layer_name(layer));
    return st;
}

static hz_status check_key(const hz_layer *layer, size_t column, hz_error *err)
{
    hz_keyset set;
    size_t a = 0, b = 0;
    hz_status st = hz_keyset_read(layer, column, &set, err);
    if (st)
        return st;
    if (!hz_keyset_is_key(&set, &a, &b)) {
        const char *where = hz_layer_name(layer), *name = hz_layer_column_name(layer, column);
        if (a == b)
            st = hz_fail(err, HZ_EDATA, "%s: feature %zu has no %s, expected a key for every area",
                         where, a + 1, name);
        else
            st = hz_fail(err, HZ_EDATA, "%s: features %zu and %zu both have %s '%s', expected a "
                         "key of its own for every area", where, a + 1, b + 1, name, set.text[a]);
    }
    hz_keyset_free(&set);
    return st;
}

hz_status hz_match_keys(const hz_layer *areas, const char *id, const char *name, hz_keys *out,
                        hz_error *err)
{
    static const char *const usual[] = { "name", "navn", "label", "title", "titel", "area_name",
                                         "areaname", "bydelnavn", "bydelsnavn", "bydel_navn",
                                         "kommunenavn", "betegnelse", "bydel", "district" };
    size_t key = 0, called = 0;
    hz_status st = id ? hz_layer_need(areas, id, &key, err) : find_key(areas, &key, err);
    if (!st && id)
        st = check_key(areas, key, err);
    if (st)
        return st;
    called = key;
    if (name)
        st = hz_layer_need(areas, name, &called, err);
    for (size_t i = 0; !name && called == key && i < sizeof usual / sizeof *usual; i++) {
        int c = hz_layer_find(areas, usual[i]);
        if (c >= 0 && hz_layer_column_kind(areas, (size_t)c) == HZ_TEXTS)
            called = (size_t)c;
    }
    if (!st)
        *out = (hz_keys){ hz_layer_column_name(areas, key), hz_layer_column_name(areas, called) };
    return st;
}
