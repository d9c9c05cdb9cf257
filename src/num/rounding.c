/* Controlled rounding of a table of two ways by pushing remainders along cycles. */
#include "hotzone/rounding.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Remainders after division by the base, with a row and a column of slack that fill every sum up to
 * a multiple.  A remainder of 0 or of the base is settled.  As all sums are multiples, a row or
 * column with one unsettled remainder has two: who walks from one to the next must come round. */
typedef struct {
    size_t rows, columns;   /* with those of slack */
    uint32_t base;
    uint32_t *part;         /* rows * columns */
    size_t *from;           /* rows, then columns: before it all are settled */
    size_t *seen;           /* the same: 1 + place in the walk; 0: not met */
    size_t *edge;           /* of the walk: part between a row and a column, in turn */
} round_work;

size_t hz_round_table_scratch(size_t rows, size_t columns)
{
    size_t r = rows + 1, c = columns + 1;
    return 3 * (r + c + 1) * sizeof(size_t) + r * c * sizeof(uint32_t);
}

static bool is_open(const round_work *w, size_t at)
{
    return w->part[at] > 0 && w->part[at] < w->base;
}

/* Node k: row k, or column k - rows.  Its i-th part. */
static size_t part_of(const round_work *w, size_t node, size_t i)
{
    return node < w->rows ? node * w->columns + i : i * w->columns + (node - w->rows);
}

/* An unsettled part of a node other than `not_this`; SIZE_MAX if there is none. */
static size_t find_open(round_work *w, size_t node, size_t not_this)
{
    size_t n = node < w->rows ? w->columns : w->rows;
    while (w->from[node] < n && !is_open(w, part_of(w, node, w->from[node])))
        w->from[node]++;
    for (size_t i = w->from[node]; i < n; i++) {
        size_t at = part_of(w, node, i);
        if (at != not_this && is_open(w, at))
            return at;
    }
    return SIZE_MAX;
}

static size_t other_end(const round_work *w, size_t node, size_t at)
{
    return node < w->rows ? w->rows + at % w->columns : at / w->columns;
}

/* Raise every other part of a cycle and lower those between, the way that settles one soonest. */
static void push(round_work *w, size_t first, size_t last)
{
    uint32_t up = w->base, down = w->base, step;
    bool raise;
    for (size_t k = first; k < last; k++) {
        uint32_t part = w->part[w->edge[k]], room = w->base - part;
        bool even = (k - first) % 2 == 0;
        uint32_t to_up = even ? room : part, to_down = even ? part : room;
        up = to_up < up ? to_up : up;
        down = to_down < down ? to_down : down;
    }
    raise = up <= down;
    step = raise ? up : down;
    for (size_t k = first; k < last; k++) {
        bool even = (k - first) % 2 == 0;
        w->part[w->edge[k]] += even == raise ? step : 0u - step;
    }
}

/* Walk from a row with an unsettled part until a node comes again. */
static void settle_cycle(round_work *w, size_t row)
{
    size_t node = row, last = 0, came = SIZE_MAX;
    memset(w->seen, 0, (w->rows + w->columns) * sizeof *w->seen);
    while (!w->seen[node]) {
        w->seen[node] = last + 1;
        came = w->edge[last++] = find_open(w, node, came);
        node = other_end(w, node, came);
    }
    push(w, w->seen[node] - 1, last);
}

static uint32_t fill(uint64_t sum, uint32_t base)
{
    return (uint32_t)((base - sum % base) % base);
}

static void take_parts(round_work *w, const double *counts)
{
    size_t rows = w->rows - 1, columns = w->columns - 1;
    uint64_t slack = 0;
    for (size_t r = 0; r < rows; r++) {
        uint64_t sum = 0;
        for (size_t c = 0; c < columns; c++) {
            uint32_t part = (uint32_t)fmod(counts[r * columns + c], w->base);
            w->part[r * w->columns + c] = part;
            sum += part;
        }
        w->part[r * w->columns + columns] = fill(sum, w->base);
        slack += fill(sum, w->base);
    }
    for (size_t c = 0; c < columns; c++) {
        uint64_t sum = 0;
        for (size_t r = 0; r < rows; r++)
            sum += w->part[r * w->columns + c];
        w->part[rows * w->columns + c] = fill(sum, w->base);
    }
    w->part[rows * w->columns + columns] = fill(slack, w->base);
}

void hz_round_table(size_t rows, size_t columns, double *counts, uint32_t base, void *scratch)
{
    round_work w = { .rows = rows + 1, .columns = columns + 1, .base = base };
    size_t nodes = w.rows + w.columns;
    w.from = scratch;
    w.seen = w.from + nodes;
    w.edge = w.seen + nodes;
    w.part = (uint32_t *)(w.edge + nodes + 1);
    memset(w.from, 0, nodes * sizeof *w.from);
    take_parts(&w, counts);
    for (size_t r = 0; r < w.rows; r++)
        while (find_open(&w, r, SIZE_MAX) != SIZE_MAX)
            settle_cycle(&w, r);
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++) {
            double *count = &counts[r * columns + c];
            *count += (double)w.part[r * w.columns + c] - fmod(*count, base);
        }
}
