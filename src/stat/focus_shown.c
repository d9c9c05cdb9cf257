/* Broadens a focus over the areas whose counts are shown. */
#include <math.h>

#include "hotzone/mem.h"
#include "stat/focus_parts.h"

/* The focus as one row, then the areas outside that are shown. */
typedef struct {
    size_t n;
    const char **text;          /* ids, then names */
    double *events, *people, *km2;
    unsigned char *inside;
    hz_layer *table;
} shown_rows;

static void clear(shown_rows *r)
{
    hz_mem_free(r->text);
    hz_mem_free(r->events);
    hz_mem_free(r->people);
    hz_mem_free(r->km2);
    hz_mem_free(r->inside);
    hz_layer_free(r->table);
}

static void fill(const focus_work *w, const double *counts, shown_rows *r)
{
    const double *km2 = w->areas->km2;
    size_t room = w->n + 1;
    r->text[0] = r->text[room] = "";
    r->events[0] = w->shown->inside;
    r->inside[0] = 1;
    r->people[0] = w->people ? 0 : NAN;
    r->km2[0] = km2 ? 0 : NAN;
    r->n = 1;
    for (size_t i = 0; i < w->n; i++) {
        if (w->areas->inside[i]) {
            r->people[0] += w->people ? w->people[i] : 0;
            r->km2[0] += km2 ? km2[i] : 0;
        } else if (!isnan(counts[i])) {
            r->text[r->n] = hz_layer_text(w->areas->table, w->areas->id, i);
            r->text[room + r->n] = hz_layer_text(w->areas->table, w->areas->name, i);
            r->events[r->n] = counts[i];
            r->people[r->n] = w->people ? w->people[i] : NAN;
            r->km2[r->n++] = km2 ? km2[i] : NAN;
        }
    }
}

static hz_status make_rows(const focus_work *w, const double *counts, shown_rows *r, hz_error *err)
{
    size_t room = w->n + 1;
    r->text = hz_mem_new(2 * room, sizeof *r->text);
    r->events = hz_mem_new(room, sizeof *r->events);
    r->people = hz_mem_new(room, sizeof *r->people);
    r->km2 = hz_mem_new(room, sizeof *r->km2);
    r->inside = hz_mem_new(room, 1);
    if (!r->text || !r->events || !r->people || !r->km2 || !r->inside)
        return hz_mem_fail(err, "frontier");
    fill(w, counts, r);
    hz_status st = hz_layer_new("frontier", r->n, &r->table, err);
    if (!st)
        st = hz_layer_add_texts(r->table, "id", r->text, err);
    if (!st)
        st = hz_layer_add_texts(r->table, "name", r->text + room, err);
    return st || !w->people ? st : hz_layer_add_numbers(r->table, "people", r->people, err);
}

/* Shares of residents are of all of them, and what the best areas hold is known only if all are. */
static hz_status mend(const focus_work *w, hz_layer *frontier, hz_error *err)
{
    size_t n = hz_layer_rows(frontier);
    const double *people = hz_layer_numbers(frontier, "population");
    double all = 0, *share = hz_mem_new(n, sizeof *share), *best = hz_mem_new(n, sizeof *best);
    hz_status st = share && best ? HZ_OK : hz_mem_fail(err, "frontier");
    for (size_t i = 0; i < w->n; i++)
        all += w->people ? w->people[i] : NAN;
    for (size_t k = 0; !st && k < n; k++) {
        share[k] = all > 0 ? people[k] / all : NAN;
        best[k] = NAN;
    }
    if (!st)
        st = hz_layer_add_numbers(frontier, "population_share", share, err);
    if (!st)
        st = hz_layer_add_numbers(frontier, "best_capture", best, err);
    hz_mem_free(share);
    hz_mem_free(best);
    return st;
}

/* What areas cost is decided over all of them (hz_focus_broaden), not over those that are shown. */
static bool is_budget(const focus_work *w, const double *values)
{
    double sum = 0;
    for (size_t i = 0; values && i < w->n; i++)
        sum += values[i];
    return sum > 0;
}

hz_status focus_broaden_shown(const focus_work *w, const double *counts, hz_layer **out,
                              hz_error *err)
{
    double level = w->o->level, left = w->shown->outside;
    shown_rows r = { 0 };
    hz_layer *frontier = NULL;
    bool all = true;
    for (size_t i = 0; i < w->n; i++)
        all &= !isnan(counts[i]);
    if (all)
        return hz_focus_broaden(w->areas, counts, counts, 0, level, out, err);
    hz_status st = make_rows(w, counts, &r, err);
    for (size_t k = 1; !st && k < r.n; k++)
        left -= r.events[k];
    const hz_focus_areas areas = { .table = r.table, .id = "id", .name = "name",
                                   .people = is_budget(w, w->people) ? "people" : NULL,
                                   .km2 = is_budget(w, w->areas->km2) ? r.km2 : NULL,
                                   .inside = r.inside };
    if (!st)
        st = hz_focus_broaden(&areas, r.events, r.events, left, level, &frontier, err);
    if (!st)
        st = mend(w, frontier, err);
    clear(&r);
    if (st)
        hz_layer_free(frontier);
    else
        *out = frontier;
    return st;
}
