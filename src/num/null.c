/* Counts how the sum of k draws without replacement falls, for every value left out in turn.
 *
 * A table holds, for j = 0..k draws and every sum s, the number of ways to draw j of the values
 * included so far with that sum, over scale^j.  The table without one unit is the product over all
 * values but that unit's own: all of them come from one divide and conquer over the distinct
 * values, in which only positive numbers are added. */
#include "hotzone/null.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/team.h"

/* e^k, the scale of the tables' rows, must stay far from the end of doubles. */
enum { MOST_DRAWS = 500, BUCKETS = 4, LEAST_TO_SHARE = 2000000 };

struct hz_null {
    size_t n, values;
    double least, divisor;
    uint32_t *step;    /* values: distinct, ascending; (value - least) / divisor */
    uint32_t *times;   /* values: how many units have it */
    uint32_t *of;      /* n: which of them a unit has */
};

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double common_divisor(double a, double b)
{
    while (b > 0) {
        double rest = fmod(a, b);
        a = b;
        b = rest;
    }
    return a;
}

/* The index of a step among the distinct ones. */
static uint32_t find_step(const hz_null *null, uint32_t step)
{
    size_t low = 0, high = null->values;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (null->step[middle] <= step)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static hz_status check_values(size_t n, const double *x, hz_error *err)
{
    if (n < 2)
        return hz_fail(err, HZ_EDATA, "exact null: %zu values, expected 2 or more", n);
    for (size_t i = 0; i < n; i++)
        if (!(fabs(x[i]) < 0x1p52) || x[i] != floor(x[i]))
            return hz_fail(err, HZ_EDATA, "exact null: a value is %.10g, expected whole numbers",
                           x[i]);
    return HZ_OK;
}

static hz_status find_distinct(hz_null *null, const double *x, hz_error *err)
{
    size_t n = null->n, values = 0;
    double *sorted = hz_mem_new(n, sizeof *sorted), divisor = 0;
    hz_status st = HZ_OK;

    if (!sorted)
        return hz_mem_fail(err, "exact null");
    memcpy(sorted, x, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_value);
    null->least = sorted[0];
    for (size_t i = 1; i < n; i++) {
        values += sorted[i] != sorted[i - 1];
        if (sorted[i] != sorted[i - 1])
            divisor = common_divisor(sorted[i] - sorted[0], divisor);
    }
    null->values = values + 1;
    null->divisor = divisor > 0 ? divisor : 1;
    if ((sorted[n - 1] - sorted[0]) / null->divisor > 0x1p31) {
        st = hz_fail(err, HZ_EDATA,
                     "exact null: the values span %.3g steps of %g, expected at most "
                     "2^31",
                     (sorted[n - 1] - sorted[0]) / null->divisor, null->divisor);
        goto done;
    }
    null->step = hz_mem_new(null->values, sizeof *null->step);
    null->times = hz_mem_new(null->values, sizeof *null->times);
    null->of = hz_mem_new(n, sizeof *null->of);
    if (!null->step || !null->times || !null->of) {
        st = hz_mem_fail(err, "exact null");
        goto done;
    }
    values = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && sorted[i] != sorted[i - 1])
            values++;
        null->step[values] = (uint32_t)((sorted[i] - null->least) / null->divisor);
        null->times[values]++;
    }
    for (size_t i = 0; i < n; i++)
        null->of[i] = find_step(null, (uint32_t)((x[i] - null->least) / null->divisor));
done:
    hz_mem_free(sorted);
    return st;
}

hz_status hz_null_new(size_t n, const double *x, hz_null **out, hz_error *err)
{
    hz_null *null = NULL;
    hz_status st = check_values(n, x, err);
    if (st)
        return st;
    null = hz_mem_new(1, sizeof *null);
    if (!null)
        return hz_mem_fail(err, "exact null");
    null->n = n;
    st = find_distinct(null, x, err);
    if (st) {
        hz_null_free(null);
        return st;
    }
    *out = null;
    return HZ_OK;
}

void hz_null_free(hz_null *null)
{
    if (!null)
        return;
    hz_mem_free(null->step);
    hz_mem_free(null->times);
    hz_mem_free(null->of);
    hz_mem_free(null);
}

/* The greatest sum of j draws, j = 0..k; false if there are not k + 1 units or k is too many. */
static bool greatest_sums(const hz_null *null, size_t k, double *top)
{
    size_t drawn = 0;
    if (k > MOST_DRAWS || k > null->n - 1)
        return false;
    top[0] = 0;
    for (size_t v = null->values; v-- > 0 && drawn < k;)
        for (uint32_t t = 0; t < null->times[v] && drawn < k; t++, drawn++)
            top[drawn + 1] = top[drawn] + null->step[v];
    return true;
}

static size_t levels(const hz_null *null)
{
    size_t deep = 1;
    while ((size_t)1 << deep < null->values)
        deep++;
    return deep + 1;
}

double hz_null_room(const hz_null *null, size_t k)
{
    double top[MOST_DRAWS + 1], cells = 0;
    if (!greatest_sums(null, k, top))
        return INFINITY;
    for (size_t j = 0; j <= k; j++)
        cells += top[j] + 1;
    return (cells * (double)(levels(null) + 1) + 2 * (top[k] + 1)) * sizeof(double);
}

/* Adding a value with multiplicity m costs the widths of rows j - r, for each j and r <= m. */
static double work_of_all(const hz_null *null, size_t k, const double *top)
{
    double sum[MOST_DRAWS + 2] = { 0 }, all = 0, ways[MOST_DRAWS + 1] = { 0 };
    for (size_t j = 0; j <= k; j++)
        sum[j + 1] = sum[j] + top[j] + 1;
    for (size_t r = 1; r <= k; r++)
        ways[r] = ways[r - 1] + sum[k - r + 1];
    for (size_t v = 0; v < null->values; v++)
        all += ways[null->times[v] < k ? null->times[v] : k];
    return all;
}

double hz_null_work(const hz_null *null, size_t k)
{
    double top[MOST_DRAWS + 1];
    if (!greatest_sums(null, k, top))
        return INFINITY;
    return work_of_all(null, k, top) * (double)levels(null);
}

/* Ways to draw, by number drawn and sum. */
typedef struct {
    double *ways;      /* row j starts at row[j] of the plan */
    int64_t *low, *high; /* k + 1: least and greatest sum of j draws; low > high: none */
} table;

typedef struct {
    const hz_null *null;
    const uint32_t *k;
    const double *sum;
    size_t most, deep;
    double scale;
    size_t *row;       /* most + 2: where row j starts */
    size_t *first;     /* values + 1: a value's units in order[] */
    uint32_t *order;   /* units by value, and by k within one value */
    size_t buckets;
    table *tables;     /* members * deep */
    double *tail;      /* members * 2 * width of the last row */
    double *store;
    int64_t *reach;
    double *p_high, *p_low, *p_equal;
} plan;

static void copy_table(const plan *p, const table *from, table *to)
{
    memcpy(to->ways, from->ways, p->row[p->most + 1] * sizeof *to->ways);
    memcpy(to->low, from->low, (p->most + 1) * sizeof *to->low);
    memcpy(to->high, from->high, (p->most + 1) * sizeof *to->high);
}

static void empty_table(const plan *p, table *t)
{
    memset(t->ways, 0, p->row[p->most + 1] * sizeof *t->ways);
    for (size_t j = 0; j <= p->most; j++) {
        t->low[j] = j ? INT64_MAX : 0;
        t->high[j] = j ? -1 : 0;
    }
    t->ways[0] = 1;
}

/* to[s] += factor from[s]; four at a time, since each sum is its own. */
static void add_row(size_t n, double factor, const double *restrict from, double *restrict to)
{
    size_t s = 0;
    for (; s + 4 <= n; s += 4) {
        to[s] += factor * from[s];
        to[s + 1] += factor * from[s + 1];
        to[s + 2] += factor * from[s + 2];
        to[s + 3] += factor * from[s + 3];
    }
    for (; s < n; s++)
        to[s] += factor * from[s];
}

/* Multiply by (1 + t y^step)^times: rows from the last, so that each takes the others as they were.
 */
static void include_value(const plan *p, table *t, uint32_t step, uint32_t times)
{
    for (size_t j = p->most; j > 0; j--) {
        double factor = 1;
        for (size_t r = 1; r <= j && r <= times; r++) {
            size_t from = j - r;
            int64_t low = t->low[from], high = t->high[from], shift = (int64_t)(r * step);
            factor *= (double)(times - r + 1) / ((double)r * p->scale);
            if (low > high)
                continue;
            add_row((size_t)(high - low + 1), factor, t->ways + p->row[from] + low,
                    t->ways + p->row[j] + low + shift);
            if (t->low[j] > low + shift)
                t->low[j] = low + shift;
            if (t->high[j] < high + shift)
                t->high[j] = high + shift;
        }
    }
}

/* Units [from, to) of order[] share value and k: their tails off one row. */
static void read_tails(const plan *p, const table *t, size_t from, size_t to, double *tail)
{
    size_t k = p->k[p->order[from]];
    const double *ways = t->ways + p->row[k];
    int64_t low = t->low[k], high = t->high[k];
    size_t width = (size_t)(high - low + 1);
    double *up = tail, *down = tail + width, sum = 0;
    for (size_t s = 0; s < width; s++)
        down[s] = sum += ways[low + (int64_t)s];
    double all = sum;
    sum = 0;
    for (size_t s = width; s-- > 0;)
        up[s] = sum += ways[low + (int64_t)s];
    for (size_t u = from; u < to; u++) {
        uint32_t i = p->order[u];
        double steps = (p->sum[i] - (double)k * p->null->least) / p->null->divisor;
        size_t s = (size_t)((int64_t)floor(steps + 0.5) - low);
        if (s >= width)
            continue;
        p->p_high[i] = fmin(1, up[s] / all);
        p->p_low[i] = fmin(1, down[s] / all);
        p->p_equal[i] = fmin(1, ways[low + (int64_t)s] / all);
    }
}

static void read_leaf(const plan *p, const table *t, size_t value, double *tail)
{
    size_t to;
    for (size_t from = p->first[value]; from < p->first[value + 1]; from = to) {
        uint32_t k = p->k[p->order[from]];
        for (to = from + 1; to < p->first[value + 1] && p->k[p->order[to]] == k; to++)
            ;
        if (k > 0 && k <= p->most)
            read_tails(p, t, from, to, tail);
    }
}

/* tables[0] holds all values but [from, to); those below are scratch. */
static void divide(const plan *p, size_t from, size_t to, table *tables, double *tail)
{
    const hz_null *null = p->null;
    if (p->first[from] == p->first[to])
        return;
    if (to - from == 1) {
        include_value(p, tables, null->step[from], null->times[from] - 1);
        read_leaf(p, tables, from, tail);
        return;
    }
    size_t middle = (from + to) / 2;
    copy_table(p, &tables[0], &tables[1]);
    for (size_t v = middle; v < to; v++)
        include_value(p, &tables[1], null->step[v], null->times[v]);
    divide(p, from, middle, tables + 1, tail);
    copy_table(p, &tables[0], &tables[1]);
    for (size_t v = from; v < middle; v++)
        include_value(p, &tables[1], null->step[v], null->times[v]);
    divide(p, middle, to, tables + 1, tail);
}

/* Buckets are a matter of the data alone, so that threads do not change how products are made. */
static void do_buckets(size_t first, size_t last, int member, void *user)
{
    const plan *p = user;
    table *tables = p->tables + (size_t)member * p->deep;
    size_t width = p->row[p->most + 1] - p->row[p->most], values = p->null->values;
    for (size_t b = first; b < last; b++) {
        size_t from = b * values / p->buckets, to = (b + 1) * values / p->buckets;
        if (from == to)
            continue;
        empty_table(p, tables);
        for (size_t v = 0; v < values; v++)
            if (v < from || v >= to)
                include_value(p, tables, p->null->step[v], p->null->times[v]);
        divide(p, from, to, tables, p->tail + (size_t)member * 2 * width);
    }
}

/* Units in order of value, then of k: two passes of counting. */
static hz_status order_units(plan *p, hz_error *err)
{
    const hz_null *null = p->null;
    size_t *start = hz_mem_new(p->most + 3, sizeof *start);
    uint32_t *by_k = hz_mem_new(null->n, sizeof *by_k);
    hz_status st = HZ_OK;
    p->first = hz_mem_new(null->values + 2, sizeof *p->first);
    p->order = hz_mem_new(null->n, sizeof *p->order);
    if (!start || !by_k || !p->first || !p->order) {
        st = hz_mem_fail(err, "exact null");
        goto done;
    }
    for (size_t i = 0; i < null->n; i++)
        if (p->k[i] > 0 && p->k[i] <= p->most) {
            start[p->k[i] + 1]++;
            p->first[null->of[i] + 2]++;
        }
    for (size_t k = 1; k <= p->most + 2; k++)
        start[k] += start[k - 1];
    for (size_t i = 0; i < null->n; i++)
        if (p->k[i] > 0 && p->k[i] <= p->most)
            by_k[start[p->k[i]]++] = (uint32_t)i;
    for (size_t v = 1; v <= null->values + 1; v++)
        p->first[v] += p->first[v - 1];
    size_t used = p->first[null->values + 1];
    for (size_t u = 0; u < used; u++)
        p->order[p->first[null->of[by_k[u]] + 1]++] = by_k[u];
done:
    hz_mem_free(start);
    hz_mem_free(by_k);
    return st;
}

static hz_status make_room(plan *p, hz_error *err)
{
    const hz_null *null = p->null;
    size_t members = (size_t)hz_team_size(), reach = p->most + 1;
    double top[MOST_DRAWS + 1];
    greatest_sums(null, p->most, top);
    p->deep = levels(null) + 1;
    p->row = hz_mem_new(p->most + 2, sizeof *p->row);
    p->tables = hz_mem_new(members * p->deep, sizeof *p->tables);
    p->reach = hz_mem_new(members * p->deep * 2 * reach, sizeof *p->reach);
    if (!p->row || !p->tables || !p->reach)
        return hz_mem_fail(err, "exact null");
    for (size_t j = 0; j <= p->most; j++)
        p->row[j + 1] = p->row[j] + (size_t)top[j] + 1;
    size_t cells = p->row[p->most + 1], width = cells - p->row[p->most];
    p->store = hz_mem_new(members * p->deep, cells * sizeof *p->store);
    p->tail = hz_mem_new(members * 2, width * sizeof *p->tail);
    if (!p->store || !p->tail)
        return hz_mem_fail(err, "exact null");
    for (size_t i = 0; i < members * p->deep; i++)
        p->tables[i] = (table){ p->store + i * cells, p->reach + 2 * i * reach,
                                p->reach + (2 * i + 1) * reach };
    return HZ_OK;
}

hz_status hz_null_tails(const hz_null *null, const uint32_t *k, const double *sum, size_t most,
                        double *high, double *low, double *equal, hz_error *err)
{
    plan p = { .null = null, .k = k, .sum = sum, .most = most,
               .p_high = high, .p_low = low, .p_equal = equal };
    double work = hz_null_work(null, most);
    if (most == 0 || isinf(work))
        return hz_fail(err, HZ_EUSAGE, "exact null: %zu neighbours of %zu units, expected 1 to %d",
                       most, null->n, MOST_DRAWS);
    p.scale = fmax(1, (double)(null->n - 1) / (double)most);
    p.buckets = work > LEAST_TO_SHARE && null->values >= BUCKETS ? BUCKETS : 1;
    hz_status st = order_units(&p, err);
    if (!st)
        st = make_room(&p, err);
    if (!st)
        hz_team_share(p.buckets, 1, do_buckets, &p);
    hz_mem_free(p.row);
    hz_mem_free(p.first);
    hz_mem_free(p.order);
    hz_mem_free(p.tables);
    hz_mem_free(p.reach);
    hz_mem_free(p.store);
    hz_mem_free(p.tail);
    return st;
}
