/* The capture frontier: units in order of density, and their sums. */
#include "hotzone/frontier.h"

#include <math.h>
#include <stdlib.h>

#include "hotzone/mem.h"

typedef struct {
    double density;
    uint32_t unit;
} entry;

/* Densest first, then by number: a total order, so that every sort gives the same. */
static int by_density(const void *a, const void *b)
{
    const entry *p = a, *q = b;
    if (p->density != q->density)
        return p->density < q->density ? 1 : -1;
    return p->unit < q->unit ? -1 : p->unit > q->unit;
}

/* What costs nothing comes first if it holds something; if not, after all else. */
static double density(double rank, double size)
{
    if (size > 0)
        return rank / size;
    return rank > 0 ? INFINITY : -1;
}

static bool same_density(double high, double low)
{
    return high == low || (isfinite(high) && high - low <= HZ_FRONTIER_TOLERANCE * high);
}

static bool fits(double value)
{
    return value >= 0 && isfinite(value);
}

static hz_status check(size_t n, const double *rank, const double *score, const double *size,
                       hz_error *err)
{
    double total = 0;
    if (n == 0 || n > UINT32_MAX)
        return hz_fail(err, HZ_EDATA, "frontier: %zu units, expected 1 to 4 294 967 295", n);
    for (size_t i = 0; i < n; i++) {
        if (!fits(rank[i]) || !fits(score[i]) || !fits(size[i]))
            return hz_fail(err, HZ_EDATA, "frontier: unit %zu holds a value that is negative or "
                           "not finite, expected figures of 0 or more", i + 1);
        total += size[i];
    }
    if (!(total > 0) || !isfinite(total))
        return hz_fail(err, HZ_EDATA, "frontier: the units have no size, expected a sum over 0");
    return HZ_OK;
}

/* Sums per step of equal density; the room was made for as many steps as units. */
static void add_steps(hz_frontier *f, const entry *order)
{
    size_t s = 0;
    for (size_t i = 0; i < f->n; i++) {
        uint32_t u = order[i].unit;
        if (i > 0 && !same_density(order[f->first[s]].density, order[i].density))
            f->first[++s] = i;
        if (i == f->first[s]) {
            f->size[s + 1] = f->size[s];
            f->captured[s + 1] = f->captured[s];
            f->ranked[s + 1] = f->ranked[s];
        }
        f->unit[i] = u;
        f->size[s + 1] += f->unit_size[u];
        f->captured[s + 1] += f->unit_score[u];
        f->ranked[s + 1] += f->unit_rank[u];
    }
    f->steps = s + 1;
    f->first[f->steps] = f->n;
}

static bool all_equal(size_t n, const double *size)
{
    for (size_t i = 1; i < n; i++)
        if (fabs(size[i] - size[0]) > HZ_FRONTIER_TOLERANCE * size[0])
            return false;
    return true;
}

hz_status hz_frontier_new(size_t n, const double *rank, const double *score, const double *size,
                          hz_frontier **out, hz_error *err)
{
    entry *order = NULL;
    hz_frontier *f = NULL;
    hz_status st = check(n, rank, score ? score : rank, size, err);
    if (st)
        return st;
    f = hz_mem_new(1, sizeof *f);
    order = hz_mem_new(n, sizeof *order);
    if (f) {
        f->unit = hz_mem_new(n, sizeof *f->unit);
        f->first = hz_mem_new(n + 1, sizeof *f->first);
        f->size = hz_mem_new(n + 1, sizeof *f->size);
        f->captured = hz_mem_new(n + 1, sizeof *f->captured);
        f->ranked = hz_mem_new(n + 1, sizeof *f->ranked);
    }
    if (!f || !order || !f->unit || !f->first || !f->size || !f->captured || !f->ranked) {
        st = hz_mem_fail(err, "a capture frontier");
        goto done;
    }
    f->n = n;
    f->unit_size = size;
    f->unit_rank = rank;
    f->unit_score = score ? score : rank;
    f->in_sample = f->unit_score == rank;
    f->equal = all_equal(n, size);
    for (size_t i = 0; i < n; i++)
        order[i] = (entry){ density(rank[i], size[i]), (uint32_t)i };
    qsort(order, n, sizeof *order, by_density);
    add_steps(f, order);
    *out = f;
    f = NULL;
done:
    hz_frontier_free(f);
    hz_mem_free(order);
    return st;
}

void hz_frontier_free(hz_frontier *f)
{
    if (!f)
        return;
    hz_mem_free(f->unit);
    hz_mem_free(f->first);
    hz_mem_free(f->size);
    hz_mem_free(f->captured);
    hz_mem_free(f->ranked);
    hz_mem_free(f);
}

/* The last step that is wholly within the budget is the one before this; rounding of a sum of
 * sizes never keeps a unit out. */
static size_t step_at(const hz_frontier *f, double budget)
{
    size_t low = 0, high = f->steps;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->size[middle + 1] <= budget)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

hz_frontier_point hz_frontier_at(const hz_frontier *f, double budget)
{
    double most = f->size[f->steps];
    hz_frontier_point p = { .total = f->captured[f->steps] };
    p.budget = budget > 0 ? fmin(budget, most) : 0;
    double room = p.budget + HZ_FRONTIER_TOLERANCE * most;
    size_t s = step_at(f, p.budget);
    p.bound = p.whole = f->captured[s];
    p.whole_size = f->size[s];
    p.units = f->first[s];
    if (s < f->steps) {
        double wide = f->size[s + 1] - f->size[s];
        p.bound += (p.budget - f->size[s]) / wide * (f->captured[s + 1] - f->captured[s]);
        for (size_t i = f->first[s]; i < f->first[s + 1]; i++) {
            if (p.whole_size + f->unit_size[f->unit[i]] > room)
                break;
            p.whole_size += f->unit_size[f->unit[i]];
            p.whole += f->unit_score[f->unit[i]];
            p.units++;
        }
    }
    p.exact = f->in_sample &&
              (f->equal || p.bound - p.whole <= HZ_FRONTIER_TOLERANCE * p.total);
    return p;
}

/* The scores of `room` of units that stand in this order, the last of them cut. */
static double fill(const hz_frontier *f, const entry *order, size_t n, double room, bool densest)
{
    double sum = 0;
    for (size_t i = 0; i < n && room > 0; i++) {
        uint32_t u = order[densest ? i : n - 1 - i].unit;
        double part = f->unit_size[u] > room ? room / f->unit_size[u] : 1;
        sum += part * f->unit_score[u];
        room -= f->unit_size[u];
    }
    return sum;
}

hz_status hz_frontier_range(const hz_frontier *f, double budget, double *least, double *most,
                            hz_error *err)
{
    double all = f->size[f->steps], at = budget > 0 ? fmin(budget, all) : 0;
    size_t s = step_at(f, at), n = s < f->steps ? f->first[s + 1] - f->first[s] : 0;
    double room = at - f->size[s];
    entry *order = NULL;
    if (n && room > 0) {
        order = hz_mem_new(n, sizeof *order);
        if (!order)
            return hz_mem_fail(err, "a capture frontier");
    }
    for (size_t i = 0; order && i < n; i++) {
        uint32_t u = f->unit[f->first[s] + i];
        order[i] = (entry){ density(f->unit_score[u], f->unit_size[u]), u };
    }
    if (order)
        qsort(order, n, sizeof *order, by_density);
    *least = f->captured[s] + (order ? fill(f, order, n, room, false) : 0);
    *most = f->captured[s] + (order ? fill(f, order, n, room, true) : 0);
    hz_mem_free(order);
    return HZ_OK;
}

double hz_frontier_budget(const hz_frontier *f, double amount)
{
    size_t s = 0;
    if (!(amount >= 0 && amount <= f->captured[f->steps]))
        return NAN;
    while (s < f->steps && f->captured[s + 1] < amount)
        s++;
    if (s == f->steps || amount <= f->captured[s])
        return f->size[s];
    double part = (amount - f->captured[s]) / (f->captured[s + 1] - f->captured[s]);
    return f->size[s] + part * (f->size[s + 1] - f->size[s]);
}
