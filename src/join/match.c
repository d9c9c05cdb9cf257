/* Takes one figure per area from the rows of a table. */
#include "hotzone/match.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "join/keys.h"
#include "join/match_columns.h"
#include "join/match_words.h"

/* No city counts more; a figure beyond it is a slip that no interval would survive. */
#define MOST_PEOPLE 1e12

/* A row that is about one of the areas, and asked for by kind and year. */
typedef struct {
    size_t row, area, kind;
    int year;
    double value; /* NaN: empty */
} figure;

typedef struct {
    const hz_layer *areas, *table;
    const hz_match_opts *opts;
    const hz_notice *notice;
    hz_error *err;
    hz_keyset area_key, row_key, row_kind; /* row_kind only with a kind column */
    hz_match_columns column;
    figure *figures;
    size_t count;
    double *values;
    int *years;
    hz_match_fate fate;
    bool *has_row; /* areas */
    size_t kinds;  /* different ones in a sum; 1 where none are asked for */
} matching;

static const char *column_name(const matching *m, int column)
{
    return hz_layer_column_name(m->table, (size_t)column);
}

/* The year of a row: a number, a text, or the year of a date.  0 where there is none. */
static hz_status read_year(const matching *m, size_t row, int *year)
{
    size_t c = (size_t)m->column.year;
    char text[64];
    double number = NAN;
    hz_time when = HZ_TIME_NONE;
    int month, day;

    *year = 0;
    if (m->column.year < 0)
        return HZ_OK;
    if (hz_layer_value_text(m->table, c, row, text, sizeof text) != HZ_OK)
        return hz_mem_fail(m->err, hz_layer_name(m->table));
    size_t n = strlen(text);
    if (strspn(text, " \t") == n)
        return HZ_OK;
    if (hz_layer_column_kind(m->table, c) == HZ_TIMES)
        when = hz_layer_times(m->table, column_name(m, m->column.year))[row];
    else if (!hz_number_parse(text, n, '.', &number))
        hz_date_parse(text, n, NULL, &when);
    if (when != HZ_TIME_NONE) {
        hz_date_civil(when / 86400 - (when % 86400 < 0), year, &month, &day);
        return HZ_OK;
    }
    if (!(number >= 1000 && number <= 9999 && number == floor(number)))
        return hz_fail(m->err, HZ_EDATA, "%s: row %zu: %s is no year, expected one such as 2017",
                       hz_layer_name(m->table), row + 1, column_name(m, m->column.year));
    *year = (int)number;
    return HZ_OK;
}

/* The figure of a row; NaN where the field is empty. */
static hz_status read_value(const matching *m, size_t row, double *value)
{
    size_t c = (size_t)m->column.value;
    const char *name = column_name(m, m->column.value);
    const char *fault = NULL, *text = hz_layer_text_at(m->table, c, row);

    *value = NAN;
    if (hz_layer_column_kind(m->table, c) == HZ_TIMES)
        fault = "a date, expected a number";
    else if (hz_layer_column_kind(m->table, c) == HZ_NUMBERS)
        *value = hz_layer_numbers(m->table, name)[row];
    else if (text[strspn(text, " \t")] && !hz_number_parse(text, strlen(text), '.', value))
        fault = "no number, expected a figure or an empty field";
    if (!fault && *value < 0)
        fault = "negative, expected 0 or more";
    if (!fault && *value > MOST_PEOPLE)
        fault = "over a million million, expected a count of events or people";
    if (!fault)
        return HZ_OK;
    /* the figure itself may be sensitive: where it stands is enough */
    return hz_fail(m->err, HZ_EDATA, "%s: row %zu: %s is %s", hz_layer_name(m->table), row + 1,
                   name, fault);
}

/* Which of the kinds asked for a row is of; SIZE_MAX for none of them. */
static size_t kind_of(const matching *m, size_t row)
{
    if (!m->opts->kind_count)
        return 0;
    for (size_t k = 0; k < m->opts->kind_count; k++)
        if (strcmp(m->row_kind.text[row], m->opts->kinds[k]) == 0)
            return k;
    return SIZE_MAX;
}

/* Sort one row into the figures or among those left aside. */
static hz_status take_row(matching *m, size_t row)
{
    const hz_match_opts *o = m->opts;
    figure f = { .row = row };
    m->fate.read++;
    if (!*m->row_key.text[row]) {
        m->fate.refused++;
        return HZ_OK;
    }
    f.area = hz_keyset_find(&m->area_key, m->row_key.text[row]);
    if (f.area == SIZE_MAX) {
        m->fate.other_area++;
        return HZ_OK;
    }
    f.kind = kind_of(m, row);
    if (f.kind == SIZE_MAX) {
        m->fate.other_kind++;
        return HZ_OK;
    }
    hz_status st = read_year(m, row, &f.year);
    if (st)
        return st;
    bool dated = o->want_year && m->column.year >= 0;
    if (dated && (f.year == 0 || (!o->nearest_year && f.year != o->want_year))) {
        m->fate.other_year++;
        return HZ_OK;
    }
    st = read_value(m, row, &f.value);
    if (!st)
        m->figures[m->count++] = f;
    return st;
}

static hz_status check_one_kind(const matching *m)
{
    hz_text kinds = { 0 };
    size_t listed = 0;
    hz_status st = HZ_OK;
    if (m->column.kind < 0 || m->opts->kind_count)
        return HZ_OK;
    for (size_t i = 0; i < m->count && listed < 12; i++) {
        const char *kind = m->row_kind.text[m->figures[i].row];
        bool seen = false;
        for (size_t k = 0; !seen && k < i; k++)
            seen = strcmp(m->row_kind.text[m->figures[k].row], kind) == 0;
        if (!seen)
            hz_text_addf(&kinds, "%s'%s'", listed++ ? ", " : "", kind);
    }
    if (kinds.failed)
        st = hz_mem_fail(m->err, hz_layer_name(m->table));
    else if (listed > 1)
        st = hz_fail(m->err, HZ_EUSAGE, "%s: has rows of several kinds in column '%s' (%s), "
                     "expected one or more of them to be asked for", hz_layer_name(m->table),
                     column_name(m, m->column.kind), hz_text_get(&kinds));
    hz_text_free(&kinds);
    return st;
}

static int by_area_year_kind(const void *a, const void *b)
{
    const figure *p = a, *q = b;
    if (p->area != q->area)
        return p->area < q->area ? -1 : 1;
    if (p->year != q->year)
        return p->year < q->year ? -1 : 1;
    if (p->kind != q->kind)
        return p->kind < q->kind ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

static hz_status check_duplicates(const matching *m)
{
    for (size_t i = 1; i < m->count; i++) {
        const figure *a = &m->figures[i - 1], *b = &m->figures[i];
        char year[32] = "", kind[120] = "";
        if (a->area != b->area || a->year != b->year || a->kind != b->kind)
            continue;
        if (b->year)
            snprintf(year, sizeof year, " for %d", b->year);
        if (m->opts->kind_count)
            snprintf(kind, sizeof kind, " and '%s'", m->opts->kinds[b->kind]);
        return hz_fail(m->err, HZ_EDATA, "%s: rows %zu and %zu both give %s%s%s, expected one row "
                       "for each area", hz_layer_name(m->table), a->row + 1, b->row + 1,
                       m->area_key.text[b->area], year, kind);
    }
    return HZ_OK;
}

/* The end of the figures of one area (years = false), or of one area and year. */
static size_t run_end(const matching *m, size_t from, size_t end, bool years)
{
    size_t i = from;
    while (i < end && m->figures[i].area == m->figures[from].area &&
           (!years || m->figures[i].year == m->figures[from].year))
        i++;
    return i;
}

/* A sum over kinds wants a figure of each of them. */
static bool is_whole(const matching *m, size_t from, size_t end)
{
    size_t known = 0;
    for (size_t i = from; i < end; i++)
        known += isnan(m->figures[i].value) ? 0 : 1;
    return known == m->kinds;
}

static bool any_known(const matching *m, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++)
        if (!isnan(m->figures[i].value))
            return true;
    return false;
}

/* Choose among the years of one area, [from, end): the only one with a figure, or the nearest. */
static hz_status choose_year(const matching *m, size_t from, size_t end, size_t *best)
{
    const int want = m->opts->want_year;
    const figure *f = m->figures;
    int least = 0;

    *best = SIZE_MAX;
    for (size_t i = from, stop; i < end; i = stop) {
        stop = run_end(m, i, end, true);
        if (!is_whole(m, i, stop))
            continue;
        int away = abs(f[i].year - want);
        if (*best == SIZE_MAX || (want && away < least)) { /* years ascend: earlier on a tie */
            *best = i;
            least = away;
        } else if (!want) {
            return hz_fail(m->err, HZ_EUSAGE, "%s: rows %zu and %zu give %s for %d and for %d, "
                           "expected the year to be asked for", hz_layer_name(m->table),
                           f[*best].row + 1, f[i].row + 1, m->area_key.text[f[i].area],
                           f[*best].year, f[i].year);
        }
    }
    return HZ_OK;
}

/* Settle one area by its figures [from, end). */
static hz_status settle(matching *m, size_t from, size_t end)
{
    size_t area = m->figures[from].area, best;
    hz_status st = choose_year(m, from, end, &best);
    if (st)
        return st;
    m->has_row[area] = true;
    size_t stop = best == SIZE_MAX ? SIZE_MAX : run_end(m, best, end, true);
    for (size_t i = from; i < end; i++) {
        double value = m->figures[i].value;
        if (best != SIZE_MAX && i >= best && i < stop) {
            m->values[area] = (isnan(m->values[area]) ? 0 : m->values[area]) + value;
            m->years[area] = m->figures[i].year;
            m->fate.used++;
        } else if (isnan(value) || best == SIZE_MAX) {
            m->fate.without_figure++;
        } else {
            m->fate.other_year++;
        }
    }
    if (best == SIZE_MAX && any_known(m, from, end))
        hz_warn(m->notice, "%s: %s has no figure for some of the kinds asked for: its sum is left "
                "undefined", hz_layer_name(m->table), m->area_key.text[area]);
    return HZ_OK;
}

/* Is a value a whole number of these parts? */
static bool is_in_parts(double value, double parts)
{
    return fabs(value * parts - round(value * parts)) < 1e-6;
}

/* 9.721 residents are a Danish 9,721 that was read as a fraction.  A figure itself may be
 * sensitive: where it stands is enough. */
static hz_status judge_fractions(const matching *m)
{
    size_t fractions = 0, thousandths = 0, beyond = 0, first = 0;
    for (size_t i = 0; m->column.value_by_name && i < m->count; i++) {
        double value = m->figures[i].value;
        if (isnan(value) || value == floor(value))
            continue;
        if (fractions++ == 0 || m->figures[i].row < first)
            first = m->figures[i].row;
        beyond += !is_in_parts(value, 1000);
        thousandths += !is_in_parts(value, 100); /* 9.720 came through as 9.72 */
    }
    if (fractions && !beyond && 2 * thousandths >= fractions)
        return hz_fail(m->err, HZ_EDATA, "%s: row %zu: %s has three decimals (as have all %zu "
                       "that are not whole), expected whole numbers: the mark between thousands must "
                       "go, write 9721 for 9.721", hz_layer_name(m->table), first + 1,
                       column_name(m, m->column.value), fractions);
    if (fractions)
        hz_warn(m->notice, "%s: row %zu: %s is no whole number", hz_layer_name(m->table),
                first + 1, column_name(m, m->column.value));
    return HZ_OK;
}

static hz_status check_kinds_exist(matching *m)
{
    m->kinds = m->opts->kind_count ? 0 : 1;
    for (size_t k = 0; k < m->opts->kind_count; k++) {
        const char *kind = m->opts->kinds[k];
        bool again = false;
        for (size_t i = 0; i < k; i++)
            again |= strcmp(m->opts->kinds[i], kind) == 0;
        m->kinds += !again;
        if (hz_keyset_find(&m->row_kind, kind) != SIZE_MAX)
            continue;
        const char *near = hz_text_nearest(kind, m->row_kind.text, m->row_kind.rows);
        return hz_fail(m->err, HZ_EUSAGE, "%s: no row is of kind '%s' in column '%s'%s%s%s",
                       hz_layer_name(m->table), kind, column_name(m, m->column.kind),
                       near ? ", nearest: '" : "", near ? near : "", near ? "'" : "");
    }
    return HZ_OK;
}

static hz_status prepare(matching *m, const char *id)
{
    size_t areas = hz_layer_rows(m->areas), rows = hz_layer_rows(m->table), column;
    hz_keys keys;
    hz_status st = hz_match_keys(m->areas, id, NULL, &keys, m->err);
    if (!st)
        st = hz_layer_need(m->areas, keys.id, &column, m->err);
    if (!st)
        st = hz_keyset_read(m->areas, column, &m->area_key, m->err);
    if (!st)
        st = hz_match_find_columns(m->table, m->opts, &m->area_key, keys.id, &m->column, m->err);
    if (!st)
        st = hz_keyset_read(m->table, (size_t)m->column.key, &m->row_key, m->err);
    if (!st && m->column.kind >= 0)
        st = hz_keyset_read(m->table, (size_t)m->column.kind, &m->row_kind, m->err);
    if (!st)
        st = check_kinds_exist(m);
    if (st)
        return st;
    m->figures = hz_mem_new(rows, sizeof *m->figures);
    m->values = hz_mem_new(areas, sizeof *m->values);
    m->years = hz_mem_new(areas, sizeof *m->years);
    m->has_row = hz_mem_new(areas, sizeof *m->has_row);
    if (!m->figures || !m->values || !m->years || !m->has_row)
        return hz_mem_fail(m->err, hz_layer_name(m->table));
    for (size_t a = 0; a < areas; a++)
        m->values[a] = NAN;
    return HZ_OK;
}

static hz_status match(matching *m)
{
    size_t areas = hz_layer_rows(m->areas), rows = hz_layer_rows(m->table);
    hz_status st = HZ_OK;
    for (size_t r = 0; !st && r < rows; r++)
        st = take_row(m, r);
    if (st)
        return st;
    if (!hz_match_say_unmatched(&m->area_key, &m->row_key, m->fate.suggestion,
                                sizeof m->fate.suggestion))
        return hz_mem_fail(m->err, hz_layer_name(m->table));
    if (rows && areas && m->fate.other_area + m->fate.refused == rows)
        return hz_fail(m->err, HZ_EDATA, "%s: in no row is %s the key of an area of %s, such as "
                       "'%s'%s%s", hz_layer_name(m->table), column_name(m, m->column.key),
                       hz_layer_name(m->areas), m->area_key.text[0],
                       *m->fate.suggestion ? ": " : "", m->fate.suggestion);
    st = check_one_kind(m);
    if (st)
        return st;
    qsort(m->figures, m->count, sizeof *m->figures, by_area_year_kind);
    st = check_duplicates(m);
    for (size_t i = 0, end; !st && i < m->count; i = end) {
        end = run_end(m, i, m->count, false);
        st = settle(m, i, end);
    }
    if (st)
        return st;
    st = judge_fractions(m);
    if (st)
        return st;
    if (!hz_match_say_missing(&m->area_key, m->has_row, m->fate.missing, sizeof m->fate.missing))
        return hz_mem_fail(m->err, hz_layer_name(m->table));
    return HZ_OK;
}

hz_status hz_match_values(const hz_layer *areas, const char *id, const hz_layer *table,
                          const hz_match_opts *opts, double *values, int *years,
                          hz_match_fate *fate, const hz_notice *notice, hz_error *err)
{
    const hz_match_opts usual = { 0 };
    matching m = { .areas = areas, .table = table, .opts = opts ? opts : &usual,
                   .notice = notice, .err = err };
    hz_status st = prepare(&m, id);
    if (!st)
        st = match(&m);
    if (!st) {
        size_t n = hz_layer_rows(areas);
        memcpy(values, m.values, n * sizeof *values);
        if (years)
            memcpy(years, m.years, n * sizeof *years);
        if (fate)
            *fate = m.fate;
        hz_inform(notice, "%s: areas by column '%s', figures from column '%s'",
                  hz_layer_name(table), column_name(&m, m.column.key),
                  column_name(&m, m.column.value));
    }
    hz_keyset_free(&m.area_key);
    hz_keyset_free(&m.row_key);
    hz_keyset_free(&m.row_kind);
    hz_mem_free(m.figures);
    hz_mem_free(m.values);
    hz_mem_free(m.years);
    hz_mem_free(m.has_row);
    return st;
}
