/* Broadens a focus area by area, and says what the best set of the same size would hold. */
#include <math.h>
#include <stdlib.h>

#include "hotzone/focus.h"
#include "hotzone/interval.h"
#include "hotzone/mem.h"

typedef struct {
    double density; /* ranked events per unit of budget */
    size_t row;
} ranked;

enum { STEP, RANK_EVENTS, ADDED, EVENTS, CAPTURE, LOW, HIGH, PEOPLE, PEOPLE_SHARE, KM2, BEST,
       COLUMNS };

typedef struct {
    size_t n;
    const double *budget;      /* residents, or km2, or 1 each; NaN: unknown */
    const double *people, *km2;
    const double *rank, *score;
    double total, budget_total;
    ranked *order;             /* all areas, the densest first */
    double *ones;
} broaden_work;

typedef struct {
    size_t next;       /* the densest area that is not held whole */
    double used, held; /* budget and events of those before it */
} best_so_far;

/* The densest first; of equal ones the earlier row, so that any machine has the same order. */
static int by_density(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->density != y->density)
        return x->density > y->density ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static double at(const double *values, size_t i)
{
    return values && !isnan(values[i]) ? values[i] : 0;
}

/* What the densest areas hold on so much budget, the last of them in part.  Budgets are asked for
 * from small to large, so that the areas that are held whole are walked once. */
static double best_on(const broaden_work *w, double budget, best_so_far *b)
{
    for (; b->next < w->n && b->used + w->budget[w->order[b->next].row] <= budget; b->next++) {
        b->held += at(w->score, w->order[b->next].row);
        b->used += w->budget[w->order[b->next].row];
    }
    if (b->next == w->n)
        return b->held;
    size_t part = w->order[b->next].row;
    return b->held + (budget - b->used) / w->budget[part] * at(w->score, part);
}

static void rank_areas(broaden_work *w)
{
    for (size_t i = 0; i < w->n; i++) {
        double x = at(w->rank, i);
        w->order[i].row = i;
        /* without a budget: events for nothing first, nothing for nothing last */
        w->order[i].density = w->budget[i] > 0 ? x / w->budget[i] : x > 0 ? INFINITY : -1;
    }
    qsort(w->order, w->n, sizeof *w->order, by_density);
}

/* A budget that every area has a figure of, not 0 in all: residents, else land, else one each. */
static void choose_budget(broaden_work *w)
{
    const double *const by[] = { w->people, w->km2 };
    w->budget = w->ones;
    for (int b = 1; b >= 0; b--) {
        double sum = 0;
        for (size_t i = 0; by[b] && i < w->n; i++)
            sum += by[b][i];
        if (sum > 0)
            w->budget = by[b];
    }
    for (size_t i = 0; i < w->n; i++)
        w->budget_total += w->budget[i];
}

typedef struct {
    double events, people, km2, budget;
} held;

static void write_step(const broaden_work *w, size_t step, const held *h, double level,
                       double added, double ranked_events, best_so_far *best, double *v[COLUMNS])
{
    v[STEP][step] = (double)step;
    v[RANK_EVENTS][step] = ranked_events;
    v[ADDED][step] = added;
    v[EVENTS][step] = h->events;
    v[CAPTURE][step] = w->total > 0 ? h->events / w->total : NAN;
    hz_interval_binomial(h->events, w->total, level, &v[LOW][step], &v[HIGH][step]);
    v[PEOPLE][step] = w->people ? h->people : NAN;
    v[PEOPLE_SHARE][step] = w->budget == w->people ? h->people / w->budget_total : NAN;
    v[KM2][step] = w->km2 ? h->km2 : NAN;
    v[BEST][step] = w->total > 0 ? best_on(w, h->budget, best) / w->total : NAN;
}

static void take_in(const broaden_work *w, size_t i, held *h)
{
    h->events += at(w->score, i);
    h->people += w->people ? w->people[i] : NAN;
    h->km2 += w->km2 ? w->km2[i] : NAN;
    h->budget += w->budget[i];
}

/* Row 0 is the focus, then one row for each area outside. */
static void fill_steps(const broaden_work *w, const hz_focus_areas *a, double level,
                       const char **ids, const char **names, double *v[COLUMNS])
{
    held h = { 0, 0, 0, 0 };
    best_so_far best = { 0, 0, 0 };
    size_t step = 0;
    double ranked_events = 0;
    for (size_t i = 0; i < w->n; i++)
        if (a->inside[i]) {
            take_in(w, i, &h);
            ranked_events += at(w->rank, i);
        }
    ids[0] = names[0] = "";
    write_step(w, step, &h, level, h.events, ranked_events, &best, v);
    for (size_t k = 0; k < w->n; k++) {
        size_t i = w->order[k].row;
        if (a->inside[i])
            continue;
        step++;
        take_in(w, i, &h);
        ids[step] = hz_layer_text(a->table, a->id, i);
        names[step] = hz_layer_text(a->table, a->name, i);
        write_step(w, step, &h, level, at(w->score, i), at(w->rank, i), &best, v);
    }
}

hz_status hz_focus_broaden(const hz_focus_areas *areas, const double *rank, const double *score,
                           double beyond, double level, hz_layer **out, hz_error *err)
{
    static const char *const columns[COLUMNS] = {
        "step", "rank_events", "events_added", "events", "capture", "capture_low", "capture_high",
        "population", "population_share", "area_km2", "best_capture"
    };
    size_t n = hz_layer_rows(areas->table), steps = 1;
    broaden_work w = { .n = n, .rank = rank, .score = score, .km2 = areas->km2, .total = beyond };
    double *v[COLUMNS] = { NULL };
    const char **texts = NULL;
    hz_layer *layer = NULL;
    hz_status st = HZ_OK;

    if (areas->people)
        w.people = hz_layer_numbers(areas->table, areas->people);
    for (size_t i = 0; i < n; i++) {
        steps += !areas->inside[i];
        w.total += at(score, i);
    }
    w.order = hz_mem_new(n, sizeof *w.order);
    w.ones = hz_mem_new(n, sizeof *w.ones);
    texts = hz_mem_new(2 * steps, sizeof *texts);
    if (!w.order || !w.ones || !texts)
        st = hz_mem_fail(err, "frontier");
    for (int c = 0; !st && c < COLUMNS; c++)
        if (!(v[c] = hz_mem_new(steps, sizeof **v)))
            st = hz_mem_fail(err, "frontier");
    if (!st)
        st = hz_layer_new("frontier", steps, &layer, err);
    if (st)
        goto done;
    for (size_t i = 0; i < n; i++)
        w.ones[i] = 1;
    choose_budget(&w);
    rank_areas(&w);
    fill_steps(&w, areas, level, texts, texts + steps, v);
    st = hz_layer_take_numbers(layer, columns[STEP], &v[STEP], NULL, err);
    if (!st)
        st = hz_layer_add_texts(layer, "id", texts, err);
    if (!st)
        st = hz_layer_add_texts(layer, "name", texts + steps, err);
    for (int c = STEP + 1; !st && c < COLUMNS; c++)
        st = hz_layer_take_numbers(layer, columns[c], &v[c], NULL, err);
done:
    for (int c = 0; c < COLUMNS; c++)
        hz_mem_free(v[c]);
    hz_mem_free(texts);
    hz_mem_free(w.ones);
    hz_mem_free(w.order);
    if (st)
        hz_layer_free(layer);
    else
        *out = layer;
    return st;
}
