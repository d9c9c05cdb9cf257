/* Replicates of the null, HZ_SCAN_LANES side by side, and the greatest statistic of each. */
#include "stat/scan_search.h"

#include <math.h>

#include "hotzone/rng.h"
#include "hotzone/team.h"

/* Replicates drawn between two looks at whether to stop. */
enum { ROUND = 4 * HZ_SCAN_LANES };

typedef struct {
    scan_work *w;
    hz_scan_alias alias;
    uint32_t *stay, *other;
    int32_t *counts;      /* members x places x lanes, or members x steps x lanes */
    uint16_t *step;       /* members x events x lanes */
    uint32_t statistic;
    size_t first;         /* replicate of the first batch */
} drawing;

static void free_drawing(drawing *g)
{
    hz_mem_free(g->stay);
    hz_mem_free(g->other);
    hz_mem_free(g->counts);
    hz_mem_free(g->step);
}

static hz_status make_alias(drawing *g, const scan_data *d, hz_error *err)
{
    double *scratch = hz_mem_new(d->n, sizeof *scratch);
    uint32_t *index = hz_mem_new(d->n, sizeof *index);
    g->stay = hz_mem_new(d->n, sizeof *g->stay);
    g->other = hz_mem_new(d->n, sizeof *g->other);
    bool made = scratch && index && g->stay && g->other;
    if (made)
        hz_scan_fill_alias(d->n, d->base, scratch, index, g->stay, g->other);
    g->alias = (hz_scan_alias){ d->n, g->stay, g->other };
    hz_mem_free(scratch);
    hz_mem_free(index);
    return made ? HZ_OK : hz_mem_fail(err, "scan");
}

static hz_status new_drawing(drawing *g, scan_work *w, hz_error *err)
{
    const scan_data *d = w->d;
    size_t members = (size_t)w->members, rows = d->steps ? d->steps : d->n;
    *g = (drawing){ .w = w };
    g->statistic = hz_rng_statistic(d->steps ? "scan space-time" : "scan poisson");
    g->counts = hz_mem_new(members * rows, HZ_SCAN_LANES * sizeof *g->counts);
    g->step = hz_mem_new(members * d->events, HZ_SCAN_LANES * sizeof *g->step);
    if (!g->counts || !g->step)
        return hz_mem_fail(err, "scan");
    return d->steps ? HZ_OK : make_alias(g, d, err);
}

/* The steps of the events in a random order: Fisher and Yates. */
static void permute(const scan_data *d, hz_rng *rng, uint16_t *step)
{
    for (size_t e = 0; e < d->events; e++)
        step[e * HZ_SCAN_LANES] = (uint16_t)d->step[e];
    for (size_t e = d->events; e > 1; e--) {
        size_t k = (size_t)hz_rng_below(rng, e);
        uint16_t kept = step[(e - 1) * HZ_SCAN_LANES];
        step[(e - 1) * HZ_SCAN_LANES] = step[k * HZ_SCAN_LANES];
        step[k * HZ_SCAN_LANES] = kept;
    }
}

static void walk_item(drawing *g, size_t i, int member, int32_t *counts, const uint16_t *step,
                      double best[])
{
    scan_work *w = g->w;
    size_t length;
    const uint32_t *order = scan_order_of(w, i, member, &length);
    double penalty = w->shape[i / w->d->n].penalty;
    if (w->d->steps)
        hz_scan_walk_time(order, length, &w->frame, penalty, &w->levels, step, counts, best);
    else
        hz_scan_walk(order, w->cell + w->at[i - w->first], length, &w->frame, penalty, &w->levels,
                     counts, best);
}

/* Draw one batch and walk it over the orders at hand. */
static void walk_batch(drawing *g, size_t batch, int member)
{
    scan_work *w = g->w;
    const scan_data *d = w->d;
    size_t from = g->first + batch * HZ_SCAN_LANES, rows = d->steps ? d->steps : d->n;
    int32_t *counts = g->counts + (size_t)member * rows * HZ_SCAN_LANES;
    uint16_t *step = g->step + (size_t)member * d->events * HZ_SCAN_LANES;
    for (size_t l = 0; l < HZ_SCAN_LANES; l++) {
        hz_rng rng = hz_rng_new(w->o->seed, g->statistic, 0, (uint32_t)(from + l));
        if (d->steps)
            permute(d, &rng, step + l);
        else
            hz_scan_throw(&g->alias, d->base, d->base_sum, (uint32_t)d->total, &rng,
                          HZ_SCAN_LANES, counts + l);
    }
    /* Great ratios spare work, and neighbours' windows are much alike: a few items far apart come
     * first (and again in their turn), then all in order, whose places lie near in memory. */
    size_t n = w->last - w->first, apart = n / 100 + 1;
    for (size_t i = w->first; i < w->last; i += apart)
        walk_item(g, i, member, counts, step, w->maxima + from);
    for (size_t i = w->first; i < w->last; i++)
        walk_item(g, i, member, counts, step, w->maxima + from);
}

static void walk_batches(size_t first, size_t last, int member, void *user)
{
    for (size_t b = first; b < last; b++)
        walk_batch(user, b, member);
}

size_t scan_reached(const scan_work *w, double statistic)
{
    double least = statistic - 1e-9 * fmax(1, statistic);
    size_t n = 0;
    for (size_t r = 0; r < w->drawn; r++)
        n += w->maxima[r] >= least;
    return n;
}

/* Cut what was drawn at the replicate where the best was reached often enough. */
static bool stop(scan_work *w, double best, size_t now)
{
    size_t asked = w->o->stop_after;
    w->drawn = now < w->o->replicates ? now : w->o->replicates;
    if (asked == 0 || scan_reached(w, best) < asked)
        return w->drawn == w->o->replicates;
    while (scan_reached(w, best) >= asked)
        w->drawn--;
    w->drawn++;
    return true;
}

hz_status scan_draw(scan_work *w, double best, hz_error *err)
{
    drawing g;
    hz_status st = new_drawing(&g, w, err);
    size_t all = (w->o->replicates + HZ_SCAN_LANES - 1) / HZ_SCAN_LANES * HZ_SCAN_LANES;
    bool done = w->o->replicates == 0;
    while (!st && !done) {
        size_t now = all - g.first;
        if (w->o->stop_after && now > ROUND)
            now = ROUND;
        /* orders that fit are made once; else each part of them is walked by all replicates */
        size_t from = 0;
        do {
            scan_fill(w, from);
            hz_team_share(now / HZ_SCAN_LANES, 1, walk_batches, &g);
            from = w->last;
        } while (from < w->items);
        g.first += now;
        done = stop(w, best, g.first);
    }
    free_drawing(&g);
    return st;
}
