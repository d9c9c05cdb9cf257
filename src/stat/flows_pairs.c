/* Reads a table of pairs of places with their counts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "stat/flows_parts.h"

enum { PLACE_MOST = 400 };

static const char *const beyond_words[BEYOND] = { "towns", "elsewhere", "unknown" };

/* Which place beyond the areas a word is; BEYOND: none. */
static int find_beyond(const char *text)
{
    int k = 0;
    while (k < BEYOND && strcmp(text, beyond_words[k]) != 0)
        k++;
    return k;
}

static hz_status find_columns(const flows_work *w, size_t at[3])
{
    const char *const names[] = { w->in->from, w->in->to, w->in->count };
    hz_status st = HZ_OK;
    for (int c = 0; !st && c < 3; c++)
        st = hz_layer_need(w->in->pairs, names[c], &at[c], w->err);
    if (!st && hz_layer_column_kind(w->in->pairs, at[2]) != HZ_NUMBERS)
        st = hz_fail(w->err, HZ_EDATA, "%s: column '%s' holds texts, expected counts",
                     hz_layer_name(w->in->pairs), names[2]);
    return st;
}

/* A place of a row; HZ_EDATA where there is none, naming the row and nothing in it. */
static hz_status read_place(const flows_work *w, size_t column, size_t row, char text[PLACE_MOST])
{
    hz_status st = hz_layer_value_text(w->in->pairs, column, row, text, PLACE_MOST);
    return !st && *text ? HZ_OK
           : hz_fail(w->err, HZ_EDATA, "%s: row %zu: '%s' is empty or too long, expected a place",
                     hz_layer_name(w->in->pairs), row + 1,
                     hz_layer_column_name(w->in->pairs, column));
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

hz_status flows_name_pairs(flows_work *w)
{
    char text[PLACE_MOST];
    size_t at[3], rows, n = 0;
    hz_status st;
    if (!w->in->pairs)
        return hz_fail(w->err, HZ_EUSAGE, "flows: neither areas nor pairs, expected areas");
    st = find_columns(w, at);
    if (st)
        return st;
    rows = hz_layer_rows(w->in->pairs);
    w->areas = 2 * rows;
    w->id = hz_mem_new(w->areas, sizeof *w->id);
    w->name = hz_mem_new(w->areas, sizeof *w->name);
    if (!w->id || !w->name)
        return hz_mem_fail(w->err, "flows");
    for (size_t i = 0; !st && i < 2 * rows; i++) {
        st = read_place(w, at[i % 2], i / 2, text);
        if (st || find_beyond(text) < BEYOND)
            continue;
        w->id[n] = hz_mem_text(text);
        st = w->id[n++] ? HZ_OK : hz_mem_fail(w->err, "flows");
    }
    if (st)
        return st;
    qsort(w->id, n, sizeof *w->id, by_text);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept && strcmp(w->id[kept - 1], w->id[i]) == 0) {
            hz_mem_free(w->id[i]);
            w->id[i] = NULL;
            continue;
        }
        char *id = w->id[i];
        w->id[i] = NULL;
        w->id[kept++] = id;
    }
    w->areas = kept;
    for (size_t i = 0; i < kept; i++)
        if (!(w->name[i] = hz_mem_text(w->id[i])))
            return hz_mem_fail(w->err, "flows");
    return HZ_OK;
}

hz_status flows_find_beyond(flows_work *w)
{
    char text[PLACE_MOST];
    size_t at[3];
    hz_status st = find_columns(w, at);
    for (size_t i = 0; !st && i < 2 * hz_layer_rows(w->in->pairs); i++) {
        st = read_place(w, at[i % 2], i / 2, text);
        int beyond = st ? BEYOND : find_beyond(text);
        if (beyond < BEYOND)
            w->has[beyond] = true;
    }
    return st;
}

static bool find_place(const flows_work *w, const char *text, uint32_t *place)
{
    for (uint32_t i = 0; i < w->areas; i++)
        if (strcmp(text, w->id[i]) == 0) {
            *place = i;
            return true;
        }
    for (uint32_t i = 0; i < w->areas; i++)
        if (strcmp(text, w->name[i]) == 0) {
            *place = i;
            return true;
        }
    int beyond = find_beyond(text);
    if (beyond < BEYOND)
        *place = w->code[beyond];
    return beyond < BEYOND;
}

static hz_status need_place(const flows_work *w, size_t column, size_t row, uint32_t *place)
{
    char text[PLACE_MOST];
    hz_status st = read_place(w, column, row, text);
    if (!st && !find_place(w, text, place))
        st = hz_fail(w->err, HZ_EDATA, "%s: row %zu: '%s' is no area of %s, expected an id or name, "
                     "or towns, elsewhere, unknown", hz_layer_name(w->in->pairs), row + 1,
                     hz_layer_column_name(w->in->pairs, column), hz_layer_name(w->in->areas));
    return st;
}

hz_status flows_read_pairs(flows_work *w)
{
    const hz_layer *pairs = w->in->pairs;
    const hz_intake *intake = hz_layer_intake(pairs);
    double total = 0;
    size_t at[3], rows = hz_layer_rows(pairs);
    hz_status st = find_columns(w, at);
    if (!st && intake->refused)
        st = hz_fail(w->err, HZ_EFORMAT, "%s: has rows that cannot be used, expected from, to and a "
                     "count in each", hz_layer_name(pairs));
    if (!st) {
        w->journeys = hz_mem_new(rows, sizeof *w->journeys);
        st = w->journeys ? HZ_OK : hz_mem_fail(w->err, "flows");
    }
    for (size_t i = 0; !st && i < rows; i++) {
        journey *j = &w->journeys[i];
        double count = hz_layer_numbers(pairs, hz_layer_column_name(pairs, at[2]))[i];
        *j = (journey){ 0, 0, (uint32_t)w->in->bands + 1, (uint32_t)i, count };
        st = need_place(w, at[0], i, &j->home);
        if (!st)
            st = need_place(w, at[1], i, &j->place);
        if (!st && !(count >= 0 && count <= 1e9 && count == floor(count)))
            st = hz_fail(w->err, HZ_EDATA, "%s: row %zu: '%s' is no whole number from 0 to 1e9, "
                         "expected a count", hz_layer_name(pairs), i + 1,
                         hz_layer_column_name(pairs, at[2]));
        if (!st)
            total += count;
    }
    if (!st && total == 0)
        st = hz_fail(w->err, HZ_EDATA, "%s: all counts are 0, expected one or more events",
                     hz_layer_name(pairs));
    if (!st && total > 1e9)
        st = hz_fail(w->err, HZ_EDATA, "%s: the counts are more than 1e9 together, expected less",
                     hz_layer_name(pairs));
    w->n = st ? 0 : rows;
    return st;
}
