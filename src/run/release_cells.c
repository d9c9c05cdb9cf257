/* Cuts ground, time and kinds where the registered counts of one group of events divide them, and counts
 * the events in each cell. */
#include "run/release_cells.h"

#include <stdlib.h>
#include <string.h>

#include "hotzone/match.h"
#include "hotzone/mem.h"

enum { CELLS_MOST = 1000000 };

/* ---- where periods, kinds and areas divide --------------------------------------------- */

static int by_time(const void *a, const void *b)
{
    hz_time x = *(const hz_time *)a, y = *(const hz_time *)b;
    return x < y ? -1 : x > y;
}

static hz_status cut_time(audit_work *w, hz_error *err)
{
    size_t n = 0;
    w->cut = hz_mem_new(2 * w->n, sizeof *w->cut);
    if (!w->cut)
        return hz_mem_fail(err, "release");
    for (size_t i = 0; i < w->n; i++) {
        hz_period p = w->count[i].period;
        if (p.from != HZ_TIME_NONE)
            w->cut[n++] = p.from;
        if (p.until != HZ_TIME_NONE)
            w->cut[n++] = p.until;
    }
    if (n)
        qsort(w->cut, n, sizeof *w->cut, by_time);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || w->cut[i] != w->cut[w->cuts - 1])
            w->cut[w->cuts++] = w->cut[i];
    w->spans = w->cuts + 2;
    return HZ_OK;
}

/* The span that a time lies in; the last one holds what has no date. */
static size_t span_at(const audit_work *w, hz_time when)
{
    size_t first = 0, last = w->cuts;
    if (when == HZ_TIME_NONE)
        return w->spans - 1;
    while (first < last) {
        size_t middle = (first + last) / 2;
        if (w->cut[middle] <= when)
            first = middle + 1;
        else
            last = middle;
    }
    return first;
}

static bool takes_span(const audit_work *w, hz_period p, size_t span)
{
    bool always = p.from == HZ_TIME_NONE && p.until == HZ_TIME_NONE;
    if (span == w->spans - 1 || always)
        return always;
    bool from = p.from == HZ_TIME_NONE || (span > 0 && w->cut[span - 1] >= p.from);
    bool until = p.until == HZ_TIME_NONE || (span < w->cuts && w->cut[span] <= p.until);
    return from && until;
}

static size_t find_kind(const audit_work *w, const char *kind)
{
    size_t k = 0;
    while (k < w->kinds && strcmp(w->kind[k], kind) != 0)
        k++;
    return k;
}

static hz_status list_kinds(audit_work *w, hz_error *err)
{
    size_t most = 0;
    for (size_t i = 0; i < w->n; i++)
        most += w->count[i].kind_count;
    w->kind = hz_mem_new(most, sizeof *w->kind);
    if (!w->kind)
        return hz_mem_fail(err, "release");
    for (size_t i = 0; i < w->n; i++)
        for (size_t k = 0; k < w->count[i].kind_count; k++)
            if (find_kind(w, w->count[i].kinds[k]) == w->kinds)
                w->kind[w->kinds++] = w->count[i].kinds[k];
    return HZ_OK;
}

static void list_sets(audit_work *w)
{
    for (size_t i = 0; i < w->n; i++) {
        size_t set = 0;
        while (set < w->pieces.set_count && w->pieces.sets[set] != w->count[i].areas)
            set++;
        if (set == w->pieces.set_count)
            w->pieces.sets[w->pieces.set_count++] = w->count[i].areas;
    }
}

static bool takes_piece(const audit_work *w, const release_count *of, size_t piece)
{
    const release_pieces *c = &w->pieces;
    const uint64_t *bits = c->bits + piece * c->words;
    size_t set = 0;
    while (c->sets[set] != of->areas)
        set++;
    size_t from = c->first[set] + (of->row == RELEASE_ALL ? 0 : of->row);
    size_t until = of->row == RELEASE_ALL ? c->first[set + 1] : from + 1;
    for (size_t k = from; k < until; k++)
        if (bits[k / 64] >> k % 64 & 1)
            return !of->rows || of->rows[k - from]; /* areas that are summed do not overlap */
    return false;
}

static hz_status say_who_takes(audit_work *w, hz_error *err)
{
    size_t classes = w->kinds + 1;
    w->in_piece = hz_mem_new(w->n * w->pieces.n, 1);
    w->in_span = hz_mem_new(w->n * w->spans, 1);
    w->in_kind = hz_mem_new(w->n * classes, 1);
    if (!w->in_piece || !w->in_span || !w->in_kind)
        return hz_mem_fail(err, "release");
    for (size_t i = 0; i < w->n; i++) {
        const release_count *c = &w->count[i];
        for (size_t k = 0; k < w->pieces.n; k++)
            w->in_piece[i * w->pieces.n + k] = takes_piece(w, c, k);
        for (size_t k = 0; k < w->spans; k++)
            w->in_span[i * w->spans + k] = takes_span(w, c->period, k);
        for (size_t k = 0; k < classes; k++)
            w->in_kind[i * classes + k] = c->kind_count == 0;
        for (size_t k = 0; k < c->kind_count; k++)
            w->in_kind[i * classes + find_kind(w, c->kinds[k])] = 1;
    }
    return HZ_OK;
}

/* ---- events --------------------------------------------------------------------------- */

static hz_status kind_of(const audit_work *w, const hz_layer *events, int column, size_t row,
                         size_t *out, hz_error *err)
{
    char buf[256];
    *out = w->kinds;
    if (column < 0)
        return HZ_OK;
    if (hz_layer_column_kind(events, (size_t)column) == HZ_TEXTS) {
        *out = find_kind(w, hz_layer_text_at(events, (size_t)column, row));
        return HZ_OK;
    }
    hz_status st = hz_layer_value_text(events, (size_t)column, row, buf, sizeof buf);
    if (st)
        return hz_mem_fail(err, "release");
    *out = find_kind(w, buf);
    return HZ_OK;
}

static hz_status count_cells(audit_work *w, hz_error *err)
{
    const recipe_events *e = &w->p->r->events[w->events];
    const hz_layer *events = w->p->events[w->events];
    const char *time = NULL, *kind = NULL;
    size_t classes = w->kinds + 1;
    hz_status st = hz_match_time(events, e->time, &time, err);
    if (!st && w->kinds)
        st = hz_match_kind(events, e->kind, &kind, err);
    if (st)
        return st;
    const hz_time *times = time ? hz_layer_times(events, time) : NULL;
    int column = kind ? hz_layer_find(events, kind) : -1;
    w->cells = w->pieces.n * w->spans * classes;
    if (w->cells > CELLS_MOST)
        return hz_fail(err, HZ_EDATA, "disclosure: %zu pieces of areas, %zu stretches of time and %zu "
                       "kinds, expected at most %d of their combinations in one release",
                       w->pieces.n, w->spans, classes, CELLS_MOST);
    w->cell = hz_mem_new(w->cells, sizeof *w->cell);
    if (!w->cell)
        return hz_mem_fail(err, "release");
    for (size_t i = 0; !st && i < hz_layer_rows(events); i++) {
        size_t k;
        st = kind_of(w, events, column, i, &k, err);
        if (st || w->pieces.of_event[i] < 0)
            continue;
        size_t span = span_at(w, times ? times[i] : HZ_TIME_NONE);
        w->cell[((size_t)w->pieces.of_event[i] * w->spans + span) * classes + k]++;
    }
    return st;
}

hz_status release_cells(audit_work *w, hz_error *err)
{
    hz_status st = cut_time(w, err);
    if (!st)
        st = list_kinds(w, err);
    list_sets(w);
    if (!st)
        st = release_cut(w->p, w->events, &w->pieces, err);
    if (!st)
        st = say_who_takes(w, err);
    return st ? st : count_cells(w, err);
}
