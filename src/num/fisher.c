/* Fisher's (1958) exact grouping of sorted values into classes of least variance. */
#include "num/fisher.h"

#include "hotzone/mem.h"

/* Sums over the first i values, about the weighted mean so that squares stay small. */
typedef struct {
    double *count, *sum, *square; /* n + 1 each */
} prefix;

/* best[i]: least cost of values 0 .. i in so many runs. */
typedef struct {
    const prefix *sums;
    const double *fewer; /* best costs with one run less */
    double *best;
    size_t *start;       /* where the last run of that optimum starts */
} level;

/* Sum of squared deviations of values from .. to about their mean. */
static double spread(const prefix *p, size_t from, size_t to)
{
    double count = p->count[to + 1] - p->count[from];
    double sum = p->sum[to + 1] - p->sum[from];
    double square = p->square[to + 1] - p->square[from];
    double result = square - sum * sum / count;
    return from < to && result > 0 ? result : 0;
}

/* Fill best[first .. last] knowing that their last runs start within low .. high: the best start
 * never moves down as more values are added, so the middle one halves the search. */
static void fill(const level *l, size_t first, size_t last, size_t low, size_t high)
{
    size_t middle = first + (last - first) / 2, at = low;
    double least = -1;
    for (size_t j = low; j <= high && j <= middle; j++) {
        double cost = l->fewer[j - 1] + spread(l->sums, j, middle);
        if (least < 0 || cost < least) {
            least = cost;
            at = j;
        }
    }
    l->best[middle] = least;
    l->start[middle] = at;
    if (middle > first)
        fill(l, first, middle - 1, low, at);
    if (middle < last)
        fill(l, middle + 1, last, at, high);
}

static void add_up(size_t n, const double *value, const double *weight, prefix *p)
{
    double total = 0, mean = 0;
    for (size_t i = 0; i < n; i++) {
        total += weight[i];
        mean += (value[i] - mean) * (weight[i] / total);
    }
    for (size_t i = 0; i < n; i++) {
        double off = value[i] - mean;
        p->count[i + 1] = p->count[i] + weight[i];
        p->sum[i + 1] = p->sum[i] + weight[i] * off;
        p->square[i + 1] = p->square[i] + weight[i] * off * off;
    }
}

hz_status hz_fisher_cuts(size_t n, const double *value, const double *weight, size_t k,
                         size_t *cuts, hz_error *err)
{
    hz_status st = HZ_OK;
    double *sums = hz_mem_new(n + 1, 3 * sizeof *sums);
    double *cost = hz_mem_new(n, 2 * sizeof *cost);
    size_t *start = hz_mem_new(n, k * sizeof *start);
    if (!sums || !cost || !start) {
        st = hz_mem_fail(err, "Fisher's classes");
        goto done;
    }
    prefix p = { sums, sums + n + 1, sums + 2 * (n + 1) };
    double *fewer = cost, *best = cost + n;
    add_up(n, value, weight, &p);
    for (size_t i = 0; i < n; i++)
        fewer[i] = spread(&p, 0, i);
    for (size_t runs = 2; runs <= k; runs++) {
        level l = { &p, fewer, best, start + (runs - 1) * n };
        fill(&l, runs - 1, n - 1, runs - 1, n - 1);
        double *swap = fewer;
        fewer = best;
        best = swap;
    }
    size_t last = n - 1;
    for (size_t runs = k; runs >= 2; runs--) {
        cuts[runs - 2] = start[(runs - 1) * n + last];
        last = cuts[runs - 2] - 1;
    }
done:
    hz_mem_free(sums);
    hz_mem_free(cost);
    hz_mem_free(start);
    return st;
}
