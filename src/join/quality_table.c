/* Audits a table of figures by area, and its keys against the areas'. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/quality.h"
#include "hotzone/text.h"
#include "join/keys.h"
#include "join/match_columns.h"
#include "join/quality_parts.h"

enum { MOST_SUGGESTED = 3, MOST_TRIED = 500, MOST_SLIPS = 2 };

typedef struct {
    const hz_layer *table, *areas;
    hz_error *err;
    hz_quality *q;
    size_t n;
    hz_match_columns column;
    hz_keyset area_key, row_key;
} audit;

static hz_status no_memory(const audit *a)
{
    return hz_mem_fail(a->err, hz_layer_name(a->table));
}

static bool add_to(audit *a, hz_finding **f, const char *code, hz_severity severity, size_t row)
{
    if (!*f)
        *f = hz_quality_add(a->q, code, severity, 0, a->n);
    if (*f) {
        (*f)->count++;
        hz_finding_row(*f, row);
    }
    return *f != NULL;
}

/* ---- figures ---------------------------------------------------------------------------- */

typedef enum { FIGURE_FINE, FIGURE_MISSING, FIGURE_NEGATIVE, FIGURE_NO_NUMBER } figure_kind;

static figure_kind figure_of(const audit *a, size_t row)
{
    size_t c = (size_t)a->column.value;
    double value = NAN;
    if (!hz_has_value(a->table, c, row))
        return FIGURE_MISSING;
    if (hz_layer_column_kind(a->table, c) == HZ_TIMES)
        return FIGURE_NO_NUMBER;
    if (hz_layer_column_kind(a->table, c) == HZ_NUMBERS) {
        value = hz_layer_numbers(a->table, hz_layer_column_name(a->table, c))[row];
    } else {
        const char *text = hz_layer_text_at(a->table, c, row);
        if (!hz_number_parse(text, strlen(text), '.', &value))
            return FIGURE_NO_NUMBER;
    }
    return value < 0 ? FIGURE_NEGATIVE : isfinite(value) ? FIGURE_FINE : FIGURE_NO_NUMBER;
}

static hz_status report_figures(audit *a)
{
    static const struct {
        figure_kind kind;
        const char *code;
        hz_severity severity;
    } kinds[] = {
        { FIGURE_NO_NUMBER, "table-no-number", HZ_QUALITY_FAULT },
        { FIGURE_NEGATIVE, "table-negative", HZ_QUALITY_FAULT },
        { FIGURE_MISSING, "table-missing", HZ_QUALITY_WARNING },
    };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        hz_finding *f = NULL;
        for (size_t r = 0; r < a->n; r++)
            if (figure_of(a, r) == kinds[k].kind &&
                !add_to(a, &f, kinds[k].code, kinds[k].severity, r))
                return no_memory(a);
        if (f && !hz_finding_say(f, 0, hz_layer_column_name(a->table, (size_t)a->column.value)))
            return no_memory(a);
    }
    return HZ_OK;
}

/* Two rows of one area, year and kind: which one is right cannot be told. */
static hz_status report_repeats(audit *a)
{
    const int columns[] = { a->column.year, a->column.kind };
    hz_hashed *h = hz_mem_new(a->n, sizeof *h);
    bool *again = hz_mem_new(a->n, sizeof *again);
    size_t n = 0;
    hz_status st = h && again ? HZ_OK : no_memory(a);
    hz_finding *f = NULL;
    for (size_t r = 0; r < a->n && !st; r++)
        if (*a->row_key.text[r]) {
            const char *key = a->row_key.text[r];
            h[n++] = (hz_hashed){ hz_hash_more(HZ_HASH_START, key, strlen(key) + 1), r };
        }
    for (int k = 0; k < 2 && !st; k++)
        if (columns[k] >= 0)
            hz_hash_column(a->table, (size_t)columns[k], h, n);
    if (!st)
        hz_hashed_sort(h, n);
    for (size_t i = 1; i < n && !st; i++) {
        bool same = h[i].hash == h[i - 1].hash &&
                    strcmp(a->row_key.text[h[i].row], a->row_key.text[h[i - 1].row]) == 0;
        for (int k = 0; k < 2; k++)
            same = same && (columns[k] < 0 || hz_same_value(a->table, (size_t)columns[k], h[i].row,
                                                            h[i - 1].row));
        if (same)
            again[h[i].row] = true;
    }
    for (size_t r = 0; r < a->n && !st; r++)
        if (again[r] && !add_to(a, &f, "table-repeated", HZ_QUALITY_FAULT, r))
            st = no_memory(a);
    hz_mem_free(h);
    hz_mem_free(again);
    return st;
}

/* The year of a row, or NaN. */
static double year_of(const audit *a, size_t row)
{
    char text[64];
    double year = NAN;
    hz_time when;
    int y, month, day;
    size_t c = (size_t)a->column.year;
    if (hz_layer_value_text(a->table, c, row, text, sizeof text))
        return NAN;
    if (hz_number_parse(text, strlen(text), '.', &year))
        return year;
    if (!hz_date_parse(text, strlen(text), NULL, &when))
        return NAN;
    hz_date_civil(when / 86400 - (when % 86400 < 0), &y, &month, &day);
    return y;
}

static hz_status report_years(audit *a)
{
    double from = INFINITY, to = -INFINITY;
    hz_finding *f = NULL;
    if (a->column.year < 0)
        return HZ_OK;
    for (size_t r = 0; r < a->n; r++) {
        double year = year_of(a, r);
        if (isnan(year)) {
            if (!add_to(a, &f, "table-no-year", HZ_QUALITY_WARNING, r))
                return no_memory(a);
            continue;
        }
        from = fmin(from, year);
        to = fmax(to, year);
    }
    if (!(from < to))
        return HZ_OK;
    f = hz_quality_add(a->q, "table-years", HZ_QUALITY_NOTE, a->n, a->n);
    if (!f)
        return no_memory(a);
    f->value[0] = from;
    f->value[1] = to;
    return HZ_OK;
}

/* ---- keys ------------------------------------------------------------------------------- */

/* A key of an area that no row is about. */
typedef struct {
    const char *text;
    double number; /* NaN: none */
} lonely;

static int by_number(const void *a, const void *b)
{
    const lonely *p = a, *q = b;
    if (isnan(p->number) || isnan(q->number))
        return (isnan(p->number) ? 1 : 0) - (isnan(q->number) ? 1 : 0);
    return p->number < q->number ? -1 : p->number > q->number;
}

static hz_status find_missing(audit *a, size_t *matched)
{
    hz_text list = { 0 };
    hz_finding *f = NULL;
    hz_status st = HZ_OK;
    *matched = 0;
    for (size_t i = 0; i < a->area_key.rows; i++)
        *matched += hz_keyset_find(&a->row_key, a->area_key.text[i]) != SIZE_MAX;
    for (size_t i = 0; i < a->area_key.rows && *matched && !st; i++) {
        if (hz_keyset_find(&a->row_key, a->area_key.text[i]) != SIZE_MAX)
            continue;
        if (!add_to(a, &f, "keys-missing", HZ_QUALITY_WARNING, i))
            st = no_memory(a);
        else if (f->count <= HZ_FINDING_ROWS)
            hz_text_addf(&list, "%s%s", list.length ? ", " : "", a->area_key.text[i]);
    }
    if (!st && f) {
        f->of = a->area_key.rows;
        if (f->count > HZ_FINDING_ROWS)
            hz_text_add(&list, ", ...");
        if (list.failed || !hz_finding_say(f, 0, hz_text_get(&list)))
            st = no_memory(a);
    }
    hz_text_free(&list);
    return st;
}

static hz_status list_lonely(audit *a, lonely **out, const char ***texts, size_t *n)
{
    lonely *list = hz_mem_new(a->area_key.rows, sizeof *list);
    *texts = hz_mem_new(a->area_key.rows, sizeof **texts);
    *out = list;
    *n = 0;
    if (!list || !*texts)
        return no_memory(a);
    for (size_t i = 0; i < a->area_key.rows; i++) {
        const char *key = a->area_key.text[i];
        if (hz_keyset_find(&a->row_key, key) != SIZE_MAX)
            continue;
        list[*n] = (lonely){ key, NAN };
        hz_number_parse(key, strlen(key), '.', &list[*n].number);
        (*texts)[(*n)++] = key;
    }
    if (*n)
        qsort(list, *n, sizeof *list, by_number);
    return HZ_OK;
}

/* The lonely key that is meant: the same number (7 for 007), or nearly the same word.  Words are
 * compared only where there are letters: 0147 is not 0157 misspelt. */
static const char *meant_by(const char *key, bool numbers, const lonely *list,
                            const char *const *texts, size_t n)
{
    lonely want = { key, NAN };
    bool is_number = hz_number_parse(key, strlen(key), '.', &want.number);
    if (is_number != numbers || !n)
        return NULL;
    if (!numbers) {
        const char *near = hz_text_nearest(key, texts, n);
        size_t slips = near ? hz_text_distance(key, near) : 0;
        return slips <= MOST_SLIPS && 3 * slips <= strlen(key) ? near : NULL;
    }
    const lonely *found = bsearch(&want, list, n, sizeof *list, by_number);
    return found ? found->text : NULL;
}

/* Rows whose key is no area's but may be meant for one that no row is about. */
static hz_status report_strangers(audit *a, bool numbers)
{
    lonely *list = NULL;
    const char **texts = NULL, *meant = NULL;
    size_t n = 0, said = 0, tried = 0;
    hz_text text = { 0 };
    hz_finding *f = NULL;
    hz_status st = list_lonely(a, &list, &texts, &n);
    for (size_t i = 0; i < a->n && n && tried < MOST_TRIED && !st; i++) {
        /* in order of keys: rows of one key stand together and are asked about once */
        const hz_key *k = &a->row_key.sorted[i];
        bool again = i > 0 && strcmp(k[-1].text, k->text) == 0;
        if (!*k->text || hz_keyset_find(&a->area_key, k->text) != SIZE_MAX)
            continue;
        if (!again) {
            meant = meant_by(k->text, numbers, list, texts, n);
            tried += numbers ? 0 : 1;
        }
        if (!meant)
            continue;
        if (!add_to(a, &f, numbers ? "keys-number" : "keys-near", HZ_QUALITY_WARNING, k->row))
            st = no_memory(a);
        else if (!again && said++ < MOST_SUGGESTED)
            hz_text_addf(&text, "%s'%s' \xe2\x86\x92 '%s'", text.length ? "; " : "", k->text,
                         meant);
    }
    if (!st && f && (text.failed || !hz_finding_say(f, 0, hz_text_get(&text))))
        st = no_memory(a);
    hz_text_free(&text);
    hz_mem_free(list);
    hz_mem_free(texts);
    return st;
}

static hz_status report_keys(audit *a)
{
    size_t matched = 0;
    hz_finding *f = NULL;
    hz_status st;
    for (size_t r = 0; r < a->n; r++)
        if (!*a->row_key.text[r] && !add_to(a, &f, "table-no-key", HZ_QUALITY_WARNING, r))
            return no_memory(a);
    if (!a->areas)
        return HZ_OK;
    st = find_missing(a, &matched);
    if (!st && !matched && !hz_quality_add(a->q, "keys-none", HZ_QUALITY_FAULT, a->n, a->n))
        st = no_memory(a);
    if (!st)
        st = report_strangers(a, true);
    if (!st)
        st = report_strangers(a, false);
    f = NULL;
    for (size_t r = 0; r < a->n && matched && !st; r++)
        if (*a->row_key.text[r] &&
            hz_keyset_find(&a->area_key, a->row_key.text[r]) == SIZE_MAX &&
            !add_to(a, &f, "keys-extra", HZ_QUALITY_NOTE, r))
            st = no_memory(a);
    return st;
}

/* ---- together --------------------------------------------------------------------------- */

/* Areas without a key are a finding of their own audit: nothing is held against them here. */
static hz_status read_area_keys(audit *a, const char *id, const char **key)
{
    int column = -1;
    *key = "";
    if (!a->areas)
        return HZ_OK;
    hz_status st = hz_area_key(a->areas, id, &column, a->err);
    if (!st && column < 0)
        a->areas = NULL;
    if (st || column < 0)
        return st;
    *key = hz_layer_column_name(a->areas, (size_t)column);
    return hz_keyset_read(a->areas, (size_t)column, &a->area_key, a->err);
}

static hz_status find_columns(audit *a, const hz_match_opts *o, const char *area_key, bool *found)
{
    const char *const named[] = { o->key, o->value, o->year, o->kind };
    hz_error none = { .text = "" };
    size_t column;
    hz_status st = HZ_OK;
    for (size_t i = 0; i < 4 && !st; i++)
        if (named[i])
            st = hz_layer_need(a->table, named[i], &column, a->err);
    if (st)
        return st;
    st = hz_match_find_columns(a->table, o, &a->area_key, area_key, &a->column, &none);
    *found = !st;
    if (st == HZ_EMEMORY)
        return no_memory(a);
    if (!st)
        return HZ_OK;
    hz_finding *f = hz_quality_add(a->q, "table-columns", HZ_QUALITY_WARNING, 1, 1);
    return f && hz_finding_say(f, 0, none.text) ? HZ_OK : no_memory(a);
}

hz_status hz_quality_table(const hz_layer *table, const hz_layer *areas, const char *area_id,
                           const hz_match_opts *columns, hz_quality **out, hz_error *err)
{
    static const hz_match_opts defaults = { 0 };
    audit a = { .table = table, .areas = areas, .err = err, .n = hz_layer_rows(table) };
    const char *area_key = "";
    bool found = false;
    hz_status st = hz_quality_new(table, HZ_ROLE_TABLE, &a.q, err);
    if (!st && a.n == 0 && !hz_quality_add(a.q, "rows-none", HZ_QUALITY_FAULT, 0, 0))
        st = no_memory(&a);
    if (!st)
        st = read_area_keys(&a, area_id, &area_key);
    if (!st)
        st = find_columns(&a, columns ? columns : &defaults, area_key, &found);
    if (!st && found)
        st = hz_keyset_read(table, (size_t)a.column.key, &a.row_key, err);
    if (!st && found)
        st = report_keys(&a);
    if (!st && found)
        st = report_figures(&a);
    if (!st && found)
        st = report_repeats(&a);
    if (!st && found)
        st = report_years(&a);
    hz_keyset_free(&a.area_key);
    hz_keyset_free(&a.row_key);
    if (st) {
        hz_quality_free(a.q);
        return st;
    }
    hz_quality_sort(a.q);
    *out = a.q;
    return HZ_OK;
}
