/* The moves of a zone under construction; every state is one polygon, without holes unless they
 * are allowed. */
#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "zone/propose_parts.h"

static const double PI = 3.14159265358979323846, SLACK = 1e-9, LEAST_GAIN = 1e-12;
static const double YIELD = 1; /* of the first fall put up with, in average units */

hz_status propose_zone_new(const propose_task *task, propose_zone *z, hz_error *err)
{
    size_t n = task->t->n;
    *z = (propose_zone){ 0 };
    z->in = hz_mem_new(n, 1);
    z->member = hz_mem_new(n, sizeof *z->member);
    z->place = hz_mem_new(n, sizeof *z->place);
    z->rim = hz_mem_new(n, sizeof *z->rim);
    z->seen = hz_mem_new(n, 1);
    z->reached = hz_mem_new(n, 1);
    z->queue = hz_mem_new(n, sizeof *z->queue);
    if (!z->in || !z->member || !z->place || !z->rim || !z->seen || !z->reached || !z->queue) {
        propose_zone_free(z);
        return hz_mem_fail(err, "a proposal");
    }
    return HZ_OK;
}

void propose_zone_free(propose_zone *z)
{
    hz_mem_free(z->in);
    hz_mem_free(z->member);
    hz_mem_free(z->place);
    hz_mem_free(z->rim);
    hz_mem_free(z->seen);
    hz_mem_free(z->reached);
    hz_mem_free(z->queue);
    *z = (propose_zone){ 0 };
}

void propose_empty(propose_zone *z)
{
    for (size_t i = 0; i < z->count; i++)
        z->in[z->member[i]] = 0;
    z->count = 0;
    z->value = z->size = z->area = z->perimeter = 0;
}

void propose_copy(propose_zone *to, const propose_zone *from, size_t n)
{
    memcpy(to->in, from->in, n);
    memcpy(to->member, from->member, from->count * sizeof *to->member);
    for (size_t i = 0; i < from->count; i++)
        to->place[from->member[i]] = (uint32_t)i;
    to->count = from->count;
    to->value = from->value;
    to->size = from->size;
    to->area = from->area;
    to->perimeter = from->perimeter;
}

void propose_take(const propose_task *k, propose_zone *z, size_t u)
{
    z->perimeter += k->t->perimeter[u] - 2 * hz_tiling_shared(k->t, z->in, u);
    z->value += k->value[u];
    z->size += k->size[u];
    z->area += k->t->area[u];
    z->in[u] = 1;
    z->place[u] = (uint32_t)z->count;
    z->member[z->count++] = (uint32_t)u;
}

void propose_give(const propose_task *k, propose_zone *z, size_t u)
{
    uint32_t last = z->member[z->count - 1];
    z->in[u] = 0;
    z->member[z->place[u]] = last;
    z->place[last] = z->place[u];
    z->count--;
    z->perimeter -= k->t->perimeter[u] - 2 * hz_tiling_shared(k->t, z->in, u);
    z->value -= k->value[u];
    z->size -= k->size[u];
    z->area -= k->t->area[u];
}

void propose_sum(const propose_task *k, propose_zone *z)
{
    z->value = z->size = z->area = z->perimeter = 0;
    for (size_t u = 0; u < k->t->n; u++)
        if (z->in[u]) {
            z->value += k->value[u];
            z->size += k->size[u];
            z->area += k->t->area[u];
            for (size_t p = k->t->first[u]; p < k->t->first[u + 1]; p++)
                if (k->t->across[p] == HZ_TILING_NONE || !z->in[k->t->across[p]])
                    z->perimeter += k->t->length[p];
        }
}

void propose_find_rim(const propose_task *k, propose_zone *z)
{
    z->rims = 0;
    for (size_t i = 0; i < z->count; i++)
        for (size_t u = z->member[i], p = k->t->first[u]; p < k->t->first[u + 1]; p++) {
            uint32_t v = k->t->across[p];
            if (v == HZ_TILING_NONE || z->in[v] || z->seen[v])
                continue;
            z->seen[v] = 1;
            z->rim[z->rims++] = v;
        }
    for (size_t i = 0; i < z->rims; i++)
        z->seen[z->rim[i]] = 0;
}

double propose_objective(const propose_task *k, double value, double size, double area,
                         double perimeter)
{
    double shape = perimeter / (2 * sqrt(PI * area));
    return value / k->bound - k->o.penalty * (shape - 1) - k->o.fill * (1 - size / k->o.budget);
}

bool propose_fits(const propose_task *k, double size)
{
    return size <= k->o.budget * (1 + SLACK);
}

/* The zone's objective with a unit more. */
static double with(const propose_task *k, const propose_zone *z, size_t v, double value)
{
    double shared = hz_tiling_shared(k->t, z->in, v);
    return propose_objective(k, z->value + value, z->size + k->size[v], z->area + k->t->area[v],
                             z->perimeter + k->t->perimeter[v] - 2 * shared);
}

/* The set without a unit of it is whole where the unit's neighbours in it still reach each other;
 * most do so close by, and then the search ends there. */
static bool is_whole_without(const propose_task *k, propose_zone *z, size_t u)
{
    const hz_tiling *t = k->t;
    enum { REACHED = 1, WANTED = 2 };
    size_t wanted = 0, found = 1, tail = 1;
    for (size_t p = t->first[u]; p < t->first[u + 1]; p++) {
        uint32_t v = t->across[p];
        if (v == HZ_TILING_NONE || !z->in[v] || z->reached[v])
            continue;
        z->reached[v] = wanted ? WANTED : REACHED; /* the search begins at the first */
        if (!wanted++)
            z->queue[0] = v;
    }
    if (!wanted)
        return false;
    z->reached[u] = REACHED;
    for (size_t head = 0; head < tail && found < wanted; head++)
        for (size_t w = z->queue[head], p = t->first[w]; p < t->first[w + 1]; p++) {
            uint32_t v = t->across[p];
            if (v == HZ_TILING_NONE || !z->in[v] || z->reached[v] == REACHED)
                continue;
            found += z->reached[v] == WANTED;
            z->reached[v] = REACHED;
            z->queue[tail++] = v;
        }
    for (size_t i = 0; i < tail; i++)
        z->reached[z->queue[i]] = 0;
    for (size_t p = t->first[u]; p < t->first[u + 1]; p++)
        if (t->across[p] != HZ_TILING_NONE)
            z->reached[t->across[p]] = 0;
    z->reached[u] = 0;
    return found == wanted;
}

/* May a unit come or go?  `count` units are in the set. */
static bool may_change(const propose_task *k, propose_zone *z, size_t count, size_t u)
{
    if (hz_tiling_may_change(k->t, z->in, count, u))
        return true;
    if (!k->holes)
        return false;
    return z->in[u] ? is_whole_without(k, z, u) : hz_tiling_shared(k->t, z->in, u) > 0;
}

void propose_grow(const propose_task *k, propose_zone *z, double noise, hz_rng *rng)
{
    for (;;) {
        size_t best = SIZE_MAX;
        double most = -INFINITY, here = z->count ? propose_objective(k, z->value, z->size, z->area,
                                                                     z->perimeter) : 0;
        propose_find_rim(k, z);
        for (size_t i = 0; i < z->rims; i++) {
            size_t v = z->rim[i];
            double weigh = noise > 0 ? 1 + noise * (2 * hz_rng_uniform(rng) - 1) : 1;
            if (!propose_fits(k, z->size + k->size[v]))
                continue;
            /* gain by size: a small unit may be the better buy */
            double share = fmax(k->size[v] / k->o.budget, 1e-6);
            double gain = (with(k, z, v, k->promise[v] * weigh) - here) / share;
            if ((gain > most || (gain == most && v < best)) && (k->o.fill > 0 || gain > 0) &&
                may_change(k, z, z->count, v)) {
                most = gain;
                best = v;
            }
        }
        if (best == SIZE_MAX)
            return;
        propose_take(k, z, best);
    }
}

/* ---- improving ---------------------------------------------------------------------------- */

typedef struct {
    size_t give, take; /* SIZE_MAX: none */
    double objective;
} move;

static void consider(move *best, size_t give, size_t take, double objective)
{
    best->give = give;
    best->take = take;
    best->objective = objective;
}

/* Exchanges of one unit inside, which is out of the set for now, for one of the rim. */
static void consider_takes(const propose_task *k, propose_zone *z, size_t u, move *best)
{
    const hz_tiling *t = k->t;
    double value = z->value, size = z->size, area = z->area, perimeter = z->perimeter;
    if (u != SIZE_MAX) {
        value -= k->value[u];
        size -= k->size[u];
        area -= t->area[u];
        perimeter -= t->perimeter[u] - 2 * hz_tiling_shared(t, z->in, u);
    }
    for (size_t i = 0; i < z->rims; i++) {
        size_t v = z->rim[i];
        if (!propose_fits(k, size + k->size[v]))
            continue;
        /* without the border first, which can only be longer than the shared part takes off */
        double most = propose_objective(k, value + k->value[v], size + k->size[v],
                                        area + t->area[v], fmax(0, perimeter - t->perimeter[v]));
        if (most <= best->objective + LEAST_GAIN)
            continue;
        double shared = hz_tiling_shared(t, z->in, v);
        double with_it = propose_objective(k, value + k->value[v], size + k->size[v],
                                           area + t->area[v],
                                           perimeter + t->perimeter[v] - 2 * shared);
        if (with_it > best->objective + LEAST_GAIN &&
            may_change(k, z, z->count - (u != SIZE_MAX), v))
            consider(best, u, v, with_it);
    }
}

/* Units whose going would part the set may go once another is in. */
static void consider_bridges(const propose_task *k, propose_zone *z, move *best)
{
    const hz_tiling *t = k->t;
    for (size_t i = 0; i < z->rims; i++) {
        size_t v = z->rim[i];
        if (!may_change(k, z, z->count, v))
            continue;
        double perimeter = z->perimeter + t->perimeter[v] - 2 * hz_tiling_shared(t, z->in, v);
        z->in[v] = 1;
        for (size_t m = 0; m < z->count; m++) {
            size_t u = z->member[m];
            if (z->seen[u] || !propose_fits(k, z->size - k->size[u] + k->size[v]))
                continue;
            double value = z->value - k->value[u] + k->value[v];
            if (value / k->bound <= best->objective)
                continue;
            double with_it = propose_objective(
                k, value, z->size - k->size[u] + k->size[v],
                z->area - t->area[u] + t->area[v],
                perimeter - t->perimeter[u] + 2 * hz_tiling_shared(t, z->in, u));
            if (with_it > best->objective + LEAST_GAIN &&
                may_change(k, z, z->count + 1, u))
                consider(best, u, v, with_it);
        }
        z->in[v] = 0;
    }
}

static bool step(const propose_task *k, propose_zone *z)
{
    const hz_tiling *t = k->t;
    move best = { SIZE_MAX, SIZE_MAX,
                  propose_objective(k, z->value, z->size, z->area, z->perimeter) };
    propose_find_rim(k, z);
    consider_takes(k, z, SIZE_MAX, &best);
    for (size_t m = 0; m < z->count; m++) {
        size_t u = z->member[m];
        double shared = hz_tiling_shared(t, z->in, u);
        bool alone = z->count > 1 && may_change(k, z, z->count, u);
        z->seen[u] = alone || !(shared < t->perimeter[u]); /* no bridge: may go, or lies within */
        if (!alone)
            continue;
        double without = propose_objective(k, z->value - k->value[u], z->size - k->size[u],
                                           z->area - t->area[u],
                                           z->perimeter - t->perimeter[u] + 2 * shared);
        if (without > best.objective + LEAST_GAIN)
            consider(&best, u, SIZE_MAX, without);
        z->in[u] = 0;
        consider_takes(k, z, u, &best);
        z->in[u] = 1;
    }
    consider_bridges(k, z, &best);
    for (size_t m = 0; m < z->count; m++)
        z->seen[z->member[m]] = 0;
    if (best.give == SIZE_MAX && best.take == SIZE_MAX)
        return false;
    /* in the order that keeps it whole; the sums do not mind */
    if (best.give != SIZE_MAX)
        propose_give(k, z, best.give);
    if (best.take != SIZE_MAX)
        propose_take(k, z, best.take);
    return true;
}

void propose_improve(const propose_task *k, propose_zone *z)
{
    while (step(k, z))
        continue;
    propose_sum(k, z);
}

/* ---- wandering ---------------------------------------------------------------------------- */

static double here(const propose_task *k, const propose_zone *z)
{
    return propose_objective(k, z->value, z->size, z->area, z->perimeter);
}

/* Give up one unit, or take one in, or both, as drawn; undone unless the set stays whole and within
 * the budget and the objective falls by less than `yield`. */
static bool try_move(const propose_task *k, propose_zone *z, double yield, hz_rng *rng)
{
    uint64_t kind = hz_rng_below(rng, 8); /* 0 gives, 1 takes, else both */
    uint32_t v = z->rims ? z->rim[hz_rng_below(rng, z->rims)] : 0;
    uint32_t u = z->member[hz_rng_below(rng, z->count)];
    bool gives = kind != 1, takes = kind != 0 && z->rims > 0;
    double had = here(k, z);
    propose_zone was = *z;
    if ((gives && z->count < 2) ||
        (takes && !propose_fits(k, z->size + k->size[v] - (gives ? k->size[u] : 0))))
        return false;
    if (gives && !may_change(k, z, z->count, u))
        return false;
    if (gives)
        propose_give(k, z, u);
    if (!takes || may_change(k, z, z->count, v)) {
        if (takes)
            propose_take(k, z, v);
        if (here(k, z) > had - yield)
            return true;
        if (takes)
            propose_give(k, z, v);
    }
    if (gives)
        propose_take(k, z, u);
    z->value = was.value; /* to the bit, so that no rounding adds up */
    z->size = was.size;
    z->area = was.area;
    z->perimeter = was.perimeter;
    return false;
}

void propose_wander(const propose_task *k, propose_zone *z, propose_zone *best, size_t steps,
                    hz_rng *rng)
{
    double first = YIELD / (double)(z->count ? z->count : 1);
    propose_copy(best, z, k->t->n);
    propose_find_rim(k, z);
    for (size_t i = 0; i < steps; i++) {
        double left = 1 - (double)i / (double)steps;
        if (!try_move(k, z, first * left, rng))
            continue;
        propose_find_rim(k, z);
        if (here(k, z) > here(k, best) + LEAST_GAIN)
            propose_copy(best, z, k->t->n);
    }
    propose_sum(k, z);
}
