/* The greatest ratio over all windows, for many replicates side by side.
 *
 * Whole-number counts of HZ_SCAN_LANES replicates are summed as windows grow.  The ratio grows with
 * the count, so a window can only matter to a replicate if its count passes the one that gives the
 * best ratio so far; a table by expected count holds such bounds at a few levels of the ratio.  One
 * comparison refuses nearly every window; logarithms are taken for the rest. */
#include "hotzone/scan.h"

#include <math.h>
#include <string.h>

static const double level_step = 0.5;
static const size_t most_cells = 16384;
/* The cell of a place after which no window may end. */
static const uint16_t no_window = UINT16_MAX;

/* Lanes are summed and compared four at a time. */
typedef int32_t four __attribute__((vector_size(16), aligned(4), may_alias));

size_t hz_scan_cells(double total, double most_expected, double *cells_per_root)
{
    /* a count's standard deviation is about sqrt(expected), whose root grows by 1/2 per deviation:
     * 20 cells per unit are a tenth of a deviation each */
    double root = sqrt(fmin(most_expected, total)), per_root = 20;
    if (root * per_root > (double)most_cells - 2)
        per_root = ((double)most_cells - 2) / root;
    *cells_per_root = per_root;
    return (size_t)(root * per_root) + 2;
}

/* The greatest count whose ratio stays below a level where `expected` are expected. */
static int32_t greatest_below(double level, double expected, double total)
{
    if (level <= 0 || expected >= total)
        return (int32_t)fmin(floor(expected), total);
    double guess = expected + sqrt(2 * level * expected * (1 - expected / total)) + level / 3;
    double c = fmin(fmax(floor(guess), floor(expected)), total);
    while (c > expected && hz_scan_llr(c, expected, total) >= level)
        c--;
    while (c < total && hz_scan_llr(c + 1, expected, total) < level)
        c++;
    return (int32_t)c;
}

void hz_scan_fill_levels(double total, double cells_per_root, size_t cells, size_t first,
                         size_t last, int32_t most[])
{
    for (size_t level = first; level < last; level++)
        for (size_t cell = 0; cell < cells; cell++) {
            double root = (double)cell / cells_per_root;
            /* the least expected count of the cell, less what rounding may do */
            double least = root * root * (1 - 1e-9);
            most[level * cells + cell] =
                least > 0 ? greatest_below((double)level * level_step, least, total) : 0;
        }
}

/* Which level each replicate has reached, and the lowest of them. */
typedef struct {
    size_t level[HZ_SCAN_LANES], lowest;
} reached;

static size_t level_of(double best, double penalty)
{
    double level = best / (penalty * level_step);
    return level < HZ_SCAN_LEVELS - 1 ? (size_t)level : HZ_SCAN_LEVELS - 1;
}

static void find_lowest(reached *r)
{
    r->lowest = HZ_SCAN_LEVELS - 1;
    for (size_t l = 0; l < HZ_SCAN_LANES; l++)
        r->lowest = r->level[l] < r->lowest ? r->level[l] : r->lowest;
}

static void find_reached(const double best[], double penalty, reached *r)
{
    for (size_t l = 0; l < HZ_SCAN_LANES; l++)
        r->level[l] = level_of(best[l], penalty);
    find_lowest(r);
}

/* Lowest-level bounds are passed by some lane: look at each. */
static void look(const int32_t count[], double expected, size_t cell, double penalty,
                 const hz_scan_levels *lv, reached *r, double best[])
{
    bool risen = false;
    for (size_t l = 0; l < HZ_SCAN_LANES; l++) {
        if (count[l] <= lv->most[r->level[l] * lv->cells + cell])
            continue;
        double value = penalty * hz_scan_llr(count[l], expected, lv->total);
        if (value > best[l]) {
            best[l] = value;
            r->level[l] = level_of(value, penalty);
            risen = true;
        }
    }
    if (risen)
        find_lowest(r);
}

static inline size_t cell_of(double expected, const hz_scan_levels *lv)
{
    size_t cell = (size_t)(sqrt(expected) * lv->cells_per_root);
    return cell < lv->cells ? cell : lv->cells - 1;
}

/* The counts of all lanes.  Written out by hand: the compiler keeps them in registers only so. */
typedef struct {
    four a, b, c, d, e, f, g, h;
} sums;

static inline void add_row(sums *s, const int32_t counts[])
{
    const four *row = (const four *)(const void *)counts;
    s->a += row[0];
    s->b += row[1];
    s->c += row[2];
    s->d += row[3];
    s->e += row[4];
    s->f += row[5];
    s->g += row[6];
    s->h += row[7];
}

/* Does any lane pass the bound? */
static inline bool any_over(const sums *s, int32_t bound)
{
    four limit = { bound, bound, bound, bound };
    four over = ((s->a > limit) | (s->b > limit) | (s->c > limit) | (s->d > limit)) |
                ((s->e > limit) | (s->f > limit) | (s->g > limit) | (s->h > limit));
    uint64_t half[2];
    memcpy(half, &over, sizeof half);
    return (half[0] | half[1]) != 0;
}

static inline void store(const sums *s, int32_t count[])
{
    four *to = (four *)(void *)count;
    to[0] = s->a;
    to[1] = s->b;
    to[2] = s->c;
    to[3] = s->d;
    to[4] = s->e;
    to[5] = s->f;
    to[6] = s->g;
    to[7] = s->h;
}

void hz_scan_mark_cells(const uint32_t *order, size_t length, const hz_scan_frame *f,
                        const hz_scan_levels *lv, uint16_t cell[])
{
    double base = 0;
    for (size_t i = 0; i < length; i++) {
        base += f->base[order[i] & ~HZ_SCAN_END];
        cell[i] = order[i] & HZ_SCAN_END ? (uint16_t)cell_of(base * f->scale, lv) : no_window;
    }
}

/* A walk under way: what is summed so far, and where. */
typedef struct {
    const uint32_t *order;
    const uint16_t *cell;
    const double *weight;
    const int32_t *counts;
    size_t at, length;
    double base;
    sums sum;
} walk;

/* Go on until a window's count passes its bound in any lane; false at the end.  There is no call in
 * this loop, so that the sums stay in registers. */
static bool next_over(walk *w, const int32_t *bound)
{
    const uint32_t *order = w->order;
    const uint16_t *cell = w->cell;
    const double *weight = w->weight;
    const int32_t *counts = w->counts;
    size_t i = w->at, length = w->length;
    double base = w->base;
    sums sum = w->sum;
    bool over = false;
    while (i < length && !over) {
        size_t place = order[i] & ~HZ_SCAN_END;
        uint16_t here = cell[i++];
        add_row(&sum, counts + place * HZ_SCAN_LANES);
        base += weight[place];
        over = here != no_window && any_over(&sum, bound[here]);
    }
    w->at = i;
    w->base = base;
    w->sum = sum;
    return over;
}

void hz_scan_walk(const uint32_t *order, const uint16_t cell[], size_t length,
                  const hz_scan_frame *f, double penalty, const hz_scan_levels *lv,
                  const int32_t counts[], double best[HZ_SCAN_LANES])
{
    walk w = { .order = order, .cell = cell, .weight = f->base, .counts = counts,
               .length = length };
    reached r;
    find_reached(best, penalty, &r);
    while (next_over(&w, lv->most + r.lowest * lv->cells)) {
        int32_t count[HZ_SCAN_LANES];
        store(&w.sum, count);
        look(count, w.base * f->scale, cell[w.at - 1], penalty, lv, &r, best);
    }
}

/* All spans of time steps for a circle that holds `inside` events. */
static void walk_spans(const hz_scan_frame *f, const int32_t per_step[], double inside,
                       double penalty, const hz_scan_levels *lv, reached *r, double best[])
{
    for (size_t from = 0; from < f->steps; from++) {
        sums sum = { 0 };
        for (size_t to = from; to < f->steps && to < from + f->most_steps; to++) {
            add_row(&sum, per_step + to * HZ_SCAN_LANES);
            double expected = inside * (f->until_step[to + 1] - f->until_step[from]) / f->total;
            size_t cell = cell_of(expected, lv);
            if (any_over(&sum, lv->most[r->lowest * lv->cells + cell])) {
                int32_t count[HZ_SCAN_LANES];
                store(&sum, count);
                look(count, expected, cell, penalty, lv, r, best);
            }
        }
    }
}

void hz_scan_walk_time(const uint32_t *order, size_t length, const hz_scan_frame *f,
                       double penalty, const hz_scan_levels *lv, const uint16_t step[],
                       int32_t per_step[], double best[HZ_SCAN_LANES])
{
    double inside = 0;
    reached r;
    find_reached(best, penalty, &r);
    memset(per_step, 0, f->steps * HZ_SCAN_LANES * sizeof *per_step);
    for (size_t i = 0; i < length; i++) {
        uint32_t place = order[i] & ~HZ_SCAN_END;
        for (size_t e = f->first[place]; e < f->first[place + 1]; e++)
            for (size_t l = 0; l < HZ_SCAN_LANES; l++)
                per_step[(size_t)step[e * HZ_SCAN_LANES + l] * HZ_SCAN_LANES + l]++;
        inside += f->first[place + 1] - f->first[place];
        if (order[i] & HZ_SCAN_END)
            walk_spans(f, per_step, inside, penalty, lv, &r, best);
    }
}
