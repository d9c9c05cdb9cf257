/* Proposals: where to start, and which of those grown is the best. */
#include "hotzone/propose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/frontier.h"
#include "hotzone/mem.h"
#include "hotzone/team.h"
#include "zone/propose_parts.h"

enum { WANDERERS = 8 /* how many of the starts go on by random moves */ };
static const double HOLES_BRING = 0.04; /* of what they hold, or there shall be none */

typedef struct {
    propose_task task;
    uint32_t *seed;       /* starts: the unit each grows from */
    size_t distinct;      /* seeds before the first that is used again */
    propose_zone *zone;   /* one for each member of the team, and as many to spare */
    size_t members;
    unsigned char *found; /* starts * n */
    double *objective;    /* starts */
    uint32_t *chosen;     /* starts, the best first; of equal sets one */
    size_t choices;
    uint32_t round;       /* of random moves, from 1 */
    unsigned char *plain; /* n: the best without holes, where others are looked for */
} search;

static void free_search(search *s)
{
    for (size_t i = 0; s->zone && i < 2 * s->members; i++)
        propose_zone_free(&s->zone[i]);
    hz_mem_free(s->task.promise);
    hz_mem_free(s->seed);
    hz_mem_free(s->zone);
    hz_mem_free(s->found);
    hz_mem_free(s->objective);
    hz_mem_free(s->chosen);
    hz_mem_free(s->plain);
}

/* What a unit has, and a third of what its neighbours have by length of border: the way to a dense
 * place may lead over an empty unit. */
static void find_promise(propose_task *k)
{
    const hz_tiling *t = k->t;
    for (size_t u = 0; u < t->n; u++) {
        double sum = 0;
        for (size_t p = t->first[u]; p < t->first[u + 1]; p++)
            if (t->across[p] != HZ_TILING_NONE)
                sum += t->length[p] * k->value[t->across[p]];
        k->promise[u] = k->value[u] + sum / t->perimeter[u] / 3;
    }
}

typedef struct {
    double promise;
    uint32_t unit;
} seedling;

static int by_promise(const void *a, const void *b)
{
    const seedling *p = a, *q = b;
    if (p->promise != q->promise)
        return p->promise < q->promise ? 1 : -1;
    return p->unit < q->unit ? -1 : p->unit > q->unit;
}

/* The most promising units, in the first pass none beside another; then the others in order, and
 * from the beginning again until there are enough. */
static hz_status find_seeds(search *s, hz_error *err)
{
    const hz_tiling *t = s->task.t;
    size_t n = t->n, count = 0, at = 0, starts = s->task.o.starts;
    seedling *order = hz_mem_new(n, sizeof *order);
    unsigned char *near = hz_mem_new(n, 1);
    hz_status st = HZ_OK;
    if (!order || !near) {
        st = hz_mem_fail(err, "a proposal");
        goto done;
    }
    for (size_t u = 0; u < n; u++)
        if (propose_fits(&s->task, s->task.size[u]))
            order[count++] = (seedling){ s->task.promise[u], (uint32_t)u };
    if (count == 0) {
        st = hz_fail(err, HZ_EDATA, "proposal: no unit fits a budget of %g, expected a larger one "
                     "or smaller units", s->task.o.budget);
        goto done;
    }
    qsort(order, count, sizeof *order, by_promise);
    for (size_t i = 0; i < count && at < starts; i++) {
        size_t u = order[i].unit;
        if (near[u])
            continue;
        near[u] = 2;
        s->seed[at++] = (uint32_t)u;
        for (size_t p = t->first[u]; p < t->first[u + 1]; p++)
            if (t->across[p] != HZ_TILING_NONE && !near[t->across[p]])
                near[t->across[p]] = 1;
    }
    for (size_t i = 0; i < count && at < starts; i++)
        if (near[order[i].unit] == 1)
            s->seed[at++] = order[i].unit;
    s->distinct = at;
    for (size_t i = 0; at < starts; i++, at++)
        s->seed[at] = s->seed[i];
done:
    hz_mem_free(order);
    hz_mem_free(near);
    return st;
}

static double objective(const search *s, const propose_zone *z)
{
    return propose_objective(&s->task, z->value, z->size, z->area, z->perimeter);
}

static void keep(search *s, size_t start, const propose_zone *z)
{
    memcpy(s->found + start * s->task.t->n, z->in, s->task.t->n);
    s->objective[start] = objective(s, z);
}

static hz_rng stream(const search *s, size_t start, uint32_t round)
{
    return hz_rng_new(s->task.o.seed, hz_rng_statistic("proposal"), (uint32_t)start, round);
}

static void grow_starts(size_t first, size_t last, int member, void *user)
{
    search *s = user;
    propose_zone *z = &s->zone[2 * member];
    for (size_t i = first; i < last; i++) {
        hz_rng rng = stream(s, i, 0);
        propose_empty(z);
        propose_take(&s->task, z, s->seed[i]);
        /* a seed that is used again grows another way */
        propose_grow(&s->task, z, i < s->distinct ? 0 : 0.6, &rng);
        propose_improve(&s->task, z);
        keep(s, i, z);
    }
}

static void wander_choices(size_t first, size_t last, int member, void *user)
{
    search *s = user;
    propose_zone *z = &s->zone[2 * member], *best = &s->zone[2 * member + 1];
    for (size_t c = first; c < last; c++) {
        size_t start = s->chosen[c];
        const unsigned char *in = s->found + start * s->task.t->n;
        propose_empty(z);
        for (size_t u = 0; u < s->task.t->n; u++)
            if (in[u])
                propose_take(&s->task, z, u);
        propose_sum(&s->task, z);
        hz_rng rng = stream(s, start, s->round);
        propose_wander(&s->task, z, best, s->task.o.moves * z->count, &rng);
        propose_improve(&s->task, best);
        if (objective(s, best) > s->objective[start])
            keep(s, start, best);
    }
}

/* The best starts, no set twice; equal objectives by the lower start. */
static void choose(search *s, size_t most)
{
    size_t n = s->task.t->n;
    s->choices = 0;
    while (s->choices < most) {
        size_t best = SIZE_MAX;
        for (size_t i = 0; i < s->task.o.starts; i++) {
            bool taken = false;
            if (best != SIZE_MAX && s->objective[i] <= s->objective[best])
                continue;
            for (size_t c = 0; c < s->choices && !taken; c++)
                taken = s->chosen[c] == i ||
                        memcmp(s->found + s->chosen[c] * n, s->found + i * n, n) == 0;
            if (!taken)
                best = i;
        }
        if (best == SIZE_MAX)
            return;
        s->chosen[s->choices++] = (uint32_t)best;
    }
}

static double captured(const search *s, const unsigned char *in)
{
    double sum = 0;
    for (size_t u = 0; u < s->task.t->n; u++)
        sum += in[u] ? s->task.value[u] : 0;
    return sum;
}

/* The best go on by random moves, and the best of what comes of them stands first. */
static void wander(search *s)
{
    s->round++;
    choose(s, WANDERERS);
    hz_team_share(s->choices, 1, wander_choices, s);
    choose(s, 1);
}

/* A zone with holes has to hold that much more than the best without; where the bound leaves no
 * room for it, none is looked for. */
static hz_status look_for_holes(search *s, const unsigned char **best, hz_error *err)
{
    size_t n = s->task.t->n;
    double without = captured(s, *best), enough = without / (1 - HOLES_BRING);
    if (!s->task.o.holes || enough > s->task.bound)
        return HZ_OK;
    s->plain = hz_mem_new(n, 1);
    if (!s->plain)
        return hz_mem_fail(err, "a proposal");
    memcpy(s->plain, *best, n);
    s->task.holes = true;
    wander(s);
    *best = s->found + s->chosen[0] * n;
    if (captured(s, *best) < enough)
        *best = s->plain;
    return HZ_OK;
}

static hz_status give(search *s, const unsigned char *best, hz_proposal *out, hz_error *err)
{
    const propose_task *k = &s->task;
    propose_zone *z = &s->zone[0];
    hz_proposal p = { .n = k->t->n, .bound = k->bound };
    p.in = hz_mem_new(p.n, 1);
    if (!p.in)
        return hz_mem_fail(err, "a proposal");
    memcpy(p.in, best, p.n);
    memcpy(z->in, p.in, p.n);
    propose_sum(k, z);
    for (size_t u = 0; u < p.n; u++)
        p.units += p.in[u];
    p.captured = z->value;
    p.size = z->size;
    p.area = z->area;
    p.perimeter = z->perimeter;
    p.shape = p.perimeter / (2 * sqrt(3.14159265358979323846 * p.area));
    p.objective = propose_objective(k, p.captured, p.size, p.area, p.perimeter);
    *out = p;
    return HZ_OK;
}

static hz_status check(const hz_propose_opts *o, hz_error *err)
{
    if (!(o->budget > 0) || isinf(o->budget))
        return hz_fail(err, HZ_EUSAGE, "proposal: a budget of %g, expected one over 0", o->budget);
    if (!(o->penalty >= 0) || isinf(o->penalty) || !(o->fill >= 0) || isinf(o->fill))
        return hz_fail(err, HZ_EUSAGE, "proposal: a penalty of %g, expected 0 or more",
                       o->penalty >= 0 && !isinf(o->penalty) ? o->fill : o->penalty);
    if (o->starts < 1 || o->starts > 100000 || o->moves > 100000)
        return hz_fail(err, HZ_EUSAGE, "proposal: %zu starts and %zu moves, expected 1 to 100000 "
                       "and at most 100000", o->starts, o->moves);
    return HZ_OK;
}

static hz_status make_room(search *s, hz_error *err)
{
    size_t n = s->task.t->n, starts = s->task.o.starts;
    s->members = (size_t)hz_team_size();
    s->task.promise = hz_mem_new(n, sizeof *s->task.promise);
    s->seed = hz_mem_new(starts, sizeof *s->seed);
    s->found = starts > SIZE_MAX / n ? NULL : hz_mem_new(starts * n, 1);
    s->objective = hz_mem_new(starts, sizeof *s->objective);
    s->chosen = hz_mem_new(starts, sizeof *s->chosen);
    s->zone = hz_mem_new(2 * s->members, sizeof *s->zone);
    if (!s->task.promise || !s->seed || !s->found || !s->objective || !s->chosen || !s->zone)
        return hz_mem_fail(err, "a proposal");
    for (size_t i = 0; i < 2 * s->members; i++) {
        hz_status st = propose_zone_new(&s->task, &s->zone[i], err);
        if (st)
            return st;
    }
    return HZ_OK;
}

hz_status hz_propose_zone(const hz_tiling *t, const double *value, const double *size,
                          const hz_propose_opts *opts, hz_proposal *out, hz_error *err)
{
    search s = { .task = { .t = t, .value = value, .size = size, .o = *opts } };
    hz_frontier *f = NULL;
    hz_status st = check(opts, err);
    if (!st)
        st = hz_frontier_new(t->n, value, NULL, size, &f, err);
    if (st)
        return st;
    s.task.bound = hz_frontier_at(f, opts->budget).bound;
    hz_frontier_free(f);
    if (!(s.task.bound > 0))
        return hz_fail(err, HZ_EDATA, "proposal: there is nothing to capture, expected events in "
                       "the period that is ranked");
    st = make_room(&s, err);
    if (!st) {
        find_promise(&s.task);
        st = find_seeds(&s, err);
    }
    if (!st) {
        hz_team_share(opts->starts, 1, grow_starts, &s);
        wander(&s);
        const unsigned char *best = s.found + s.chosen[0] * t->n;
        st = look_for_holes(&s, &best, err);
        if (!st)
            st = give(&s, best, out, err);
    }
    free_search(&s);
    return st;
}

void hz_proposal_clear(hz_proposal *p)
{
    hz_mem_free(p->in);
    *p = (hz_proposal){ 0 };
}
