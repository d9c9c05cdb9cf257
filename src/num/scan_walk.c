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

/* Lanes are summed and compared four at a time. */
typedef int32_t four __attribute__((vector_size(16), aligned(4), may_alias));
enum { FOURS = HZ_SCAN_LANES / 4 };

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

/* Does any lane pass the bound? */
static inline bool any_over(const four count[FOURS], int32_t bound)
{
    four limit = { bound, bound, bound, bound }, over = { 0, 0, 0, 0 };
    uint64_t half[2];
    for (int v = 0; v < FOURS; v++)
        over |= count[v] > limit;
    memcpy(half, &over, sizeof half);
    return (half[0] | half[1]) != 0;
}

void hz_scan_walk(const uint32_t *order, size_t length, const hz_scan_frame *f, double penalty,
                  const hz_scan_levels *lv, const int32_t counts[], double best[HZ_SCAN_LANES])
{
    four sum[FOURS] = { { 0 } };
    double base = 0;
    reached r;
    find_reached(best, penalty, &r);
    for (size_t i = 0; i < length; i++) {
        uint32_t place = order[i] & ~HZ_SCAN_END;
        const four *row = (const four *)(const void *)(counts + (size_t)place * HZ_SCAN_LANES);
        for (int v = 0; v < FOURS; v++)
            sum[v] += row[v];
        base += f->base[place];
        if (!(order[i] & HZ_SCAN_END))
            continue;
        double expected = base * f->scale;
        size_t cell = cell_of(expected, lv);
        if (any_over(sum, lv->most[r.lowest * lv->cells + cell])) {
            int32_t count[HZ_SCAN_LANES];
            memcpy(count, sum, sizeof count);
            look(count, expected, cell, penalty, lv, &r, best);
        }
    }
}

/* All spans of time steps for a circle that holds `inside` events. */
static void walk_spans(const hz_scan_frame *f, const int32_t per_step[], double inside,
                       double penalty, const hz_scan_levels *lv, reached *r, double best[])
{
    for (size_t from = 0; from < f->steps; from++) {
        four sum[FOURS] = { { 0 } };
        for (size_t to = from; to < f->steps && to < from + f->most_steps; to++) {
            const four *row = (const four *)(const void *)(per_step + to * HZ_SCAN_LANES);
            for (int v = 0; v < FOURS; v++)
                sum[v] += row[v];
            double expected = inside * (f->until_step[to + 1] - f->until_step[from]) / f->total;
            size_t cell = cell_of(expected, lv);
            if (any_over(sum, lv->most[r->lowest * lv->cells + cell])) {
                int32_t count[HZ_SCAN_LANES];
                memcpy(count, sum, sizeof count);
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
