/* Neighbours by shared borders: polygons by their vertices, cells by column and row. */
#include "hotzone/weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"

/* Vertices, or segments, of all polygons: equal ones get one number. */
typedef struct {
    size_t items, kinds;
    uint32_t *kind;    /* items: the number of each */
    uint32_t *feature; /* items: whose it is */
    double *key;       /* items * 4: x y of a vertex, and of a segment's other end */
} corners;

static uint64_t mix(uint64_t h, double value)
{
    uint64_t bits;
    value += 0.0; /* -0 is 0 */
    memcpy(&bits, &value, sizeof bits);
    h = (h ^ bits) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

static bool same_key(const double *a, const double *b)
{
    return a[0] == b[0] && a[1] == b[1] && a[2] == b[2] && a[3] == b[3];
}

/* Number equal keys by open addressing; table has room for a power of two over 2 * items. */
static hz_status number_kinds(corners *c, hz_error *err)
{
    size_t room = 16;
    while (room < 2 * c->items)
        room *= 2;
    uint32_t *slot = hz_mem_new(room, sizeof *slot); /* item + 1 */
    if (!slot)
        return hz_mem_fail(err, "neighbours");
    for (size_t i = 0; i < c->items; i++) {
        const double *key = c->key + 4 * i;
        size_t at = (size_t)mix(mix(mix(mix(1, key[0]), key[1]), key[2]), key[3]) & (room - 1);
        while (slot[at] && !same_key(c->key + 4 * (size_t)(slot[at] - 1), key))
            at = (at + 1) & (room - 1);
        if (!slot[at]) {
            slot[at] = (uint32_t)i + 1;
            c->kind[i] = (uint32_t)c->kinds++;
        } else {
            c->kind[i] = c->kind[slot[at] - 1];
        }
    }
    hz_mem_free(slot);
    return HZ_OK;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Coordinates in which a chain of values, each but rounding from the next, is one value: its
 * least.  `sorted` is scratch. */
static void snap(size_t n, const double *from, double *sorted, double *to)
{
    size_t kinds = 0;
    memcpy(sorted, from, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_value);
    memcpy(to, sorted, n * sizeof *to);
    /* about 0, what rounding leaves is a share of the usual size; a stray vertex is not usual */
    double usual = n ? fmax(fabs(to[n / 4]), fabs(to[n - 1 - n / 4])) : 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || to[i] - to[i - 1] > HZ_WEIGHTS_SNAP * fmax(usual, fabs(to[i])))
            sorted[kinds++] = to[i];
    /* the greatest of these that is not above */
    for (size_t i = 0; i < n; i++) {
        size_t low = 0, high = kinds;
        while (high - low > 1) {
            size_t middle = low + (high - low) / 2;
            if (sorted[middle] <= from[i])
                low = middle;
            else
                high = middle;
        }
        to[i] = sorted[low];
    }
}

/* Copies of the coordinates in which vertices that were rounded differently are one. */
static hz_status snap_vertices(const hz_shapes *s, double **x, double **y, hz_error *err)
{
    double *sorted = hz_mem_new(s->points, sizeof *sorted);
    *x = hz_mem_new(s->points, sizeof **x);
    *y = hz_mem_new(s->points, sizeof **y);
    if (!sorted || !*x || !*y) {
        hz_mem_free(sorted);
        return hz_mem_fail(err, "neighbours");
    }
    snap(s->points, s->x, sorted, *x);
    snap(s->points, s->y, sorted, *y);
    hz_mem_free(sorted);
    return HZ_OK;
}

/* Vertices, or segments with `rook`, at the coordinates x, y. */
static hz_status collect(const hz_shapes *s, const double *x, const double *y, bool rook,
                         corners *c, hz_error *err)
{
    c->kind = hz_mem_new(s->points, sizeof *c->kind);
    c->feature = hz_mem_new(s->points, sizeof *c->feature);
    c->key = hz_mem_new(s->points, 4 * sizeof *c->key);
    if (!c->kind || !c->feature || !c->key)
        return hz_mem_fail(err, "neighbours");
    for (size_t f = 0; f < s->features; f++)
        for (size_t r = s->first_ring[f]; r < s->first_ring[f + 1]; r++)
            for (size_t p = s->first_point[r]; p + 1 < s->first_point[r + 1]; p++) {
                double *key = c->key + 4 * c->items;
                size_t q = rook ? p + 1 : p;
                /* from the western, else southern, end: both sides walk a segment their own way */
                bool turn = x[q] < x[p] || (x[q] == x[p] && y[q] < y[p]);
                if (rook && x[q] == x[p] && y[q] == y[p])
                    continue;
                key[0] = x[turn ? q : p];
                key[1] = y[turn ? q : p];
                key[2] = x[turn ? p : q];
                key[3] = y[turn ? p : q];
                c->feature[c->items++] = (uint32_t)f;
            }
    return number_kinds(c, err);
}

/* Features of each kind, in order: user[start[kind]] .. */
static hz_status sort_users(const corners *c, size_t **start, uint32_t **user, hz_error *err)
{
    *start = hz_mem_new(c->kinds + 2, sizeof **start);
    *user = hz_mem_new(c->items, sizeof **user);
    if (!*start || !*user)
        return hz_mem_fail(err, "neighbours");
    for (size_t i = 0; i < c->items; i++)
        (*start)[c->kind[i] + 2]++;
    for (size_t k = 0; k < c->kinds; k++)
        (*start)[k + 2] += (*start)[k + 1];
    for (size_t i = 0; i < c->items; i++)
        (*user)[(*start)[c->kind[i] + 1]++] = c->feature[i];
    return HZ_OK;
}

/* Items stand in order of their features: go through them, noting each other user once. */
static size_t meet(const corners *c, const size_t *start, const uint32_t *user, uint32_t *met,
                   hz_csr *out)
{
    size_t links = 0;
    for (size_t i = 0; i < c->items; i++) {
        uint32_t f = c->feature[i];
        for (size_t u = start[c->kind[i]]; u < start[c->kind[i] + 1]; u++) {
            uint32_t other = user[u];
            if (other == f || met[other] == f + 1)
                continue;
            met[other] = f + 1;
            if (out) {
                out->neighbour[links] = other;
                out->first[f + 1] = links + 1;
            }
            links++;
        }
    }
    return links;
}

hz_status hz_weights_contiguity(const hz_shapes *s, bool rook, hz_csr **out, hz_error *err)
{
    corners c = { 0 };
    size_t *start = NULL;
    uint32_t *user = NULL, *met = NULL;
    double *x = NULL, *y = NULL;
    hz_csr *csr = NULL;
    hz_status st;

    if (s->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE,
                       "neighbours: shared borders want polygons, expected them, or "
                       "knn, band or a file");
    if (s->points >= UINT32_MAX || s->features >= UINT32_MAX)
        return hz_fail(err, HZ_EDATA, "neighbours: %zu vertices, expected fewer than 2^32",
                       s->points);
    st = snap_vertices(s, &x, &y, err);
    if (!st)
        st = collect(s, x, y, rook, &c, err);
    if (!st)
        st = sort_users(&c, &start, &user, err);
    if (st)
        goto done;
    met = hz_mem_new(s->features, sizeof *met);
    if (!met) {
        st = hz_mem_fail(err, "neighbours");
        goto done;
    }
    size_t links = meet(&c, start, user, met, NULL);
    memset(met, 0, s->features * sizeof *met);
    st = hz_csr_new(s->features, links, false, &csr, err);
    if (st)
        goto done;
    meet(&c, start, user, met, csr);
    for (size_t f = 0; f < s->features; f++)
        if (csr->first[f + 1] < csr->first[f])
            csr->first[f + 1] = csr->first[f];
    hz_csr_tidy(csr);
    *out = csr;
done:
    hz_mem_free(c.kind);
    hz_mem_free(c.feature);
    hz_mem_free(c.key);
    hz_mem_free(start);
    hz_mem_free(user);
    hz_mem_free(met);
    hz_mem_free(x);
    hz_mem_free(y);
    return st;
}

/* Cells sorted by row, then column; or, where they fill most of their box, a map of it. */
typedef struct {
    size_t n;
    int64_t left, low, columns, rows;
    uint32_t *map;   /* columns * rows: unit + 1 */
    uint64_t *place; /* n: (row << 32 | column) << 0, ascending, with ... */
    uint32_t *unit;  /* ... the unit that has it */
} cells;

typedef struct {
    uint64_t place;
    uint32_t unit;
} placed;

static int by_place(const void *a, const void *b)
{
    const placed *p = a, *q = b;
    return (p->place > q->place) - (p->place < q->place);
}

static uint64_t place_of(int64_t column, int64_t row)
{
    return (uint64_t)(row - INT32_MIN) << 32 | (uint64_t)(column - INT32_MIN);
}

static hz_status sort_cells(cells *g, const int32_t *column, const int32_t *row, hz_error *err)
{
    placed *list = hz_mem_new(g->n, sizeof *list);
    g->place = hz_mem_new(g->n, sizeof *g->place);
    g->unit = hz_mem_new(g->n, sizeof *g->unit);
    if (!list || !g->place || !g->unit) {
        hz_mem_free(list);
        return hz_mem_fail(err, "neighbours");
    }
    for (size_t i = 0; i < g->n; i++)
        list[i] = (placed){ place_of(column[i], row[i]), (uint32_t)i };
    if (g->n)
        qsort(list, g->n, sizeof *list, by_place);
    for (size_t i = 0; i < g->n; i++) {
        g->place[i] = list[i].place;
        g->unit[i] = list[i].unit;
    }
    hz_mem_free(list);
    return HZ_OK;
}

static uint32_t find_cell(const cells *g, int64_t column, int64_t row)
{
    if (g->map) {
        column -= g->left;
        row -= g->low;
        if (column < 0 || column >= g->columns || row < 0 || row >= g->rows)
            return 0;
        return g->map[row * g->columns + column];
    }
    if (column < INT32_MIN || column > INT32_MAX || row < INT32_MIN || row > INT32_MAX)
        return 0;
    uint64_t want = place_of(column, row);
    size_t low = 0, high = g->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (g->place[middle] < want)
            low = middle + 1;
        else
            high = middle;
    }
    return low < g->n && g->place[low] == want ? g->unit[low] + 1 : 0;
}

static hz_status index_cells(cells *g, const int32_t *column, const int32_t *row, hz_error *err)
{
    int64_t right = INT32_MIN, high = INT32_MIN;
    g->left = g->low = INT32_MAX;
    for (size_t i = 0; i < g->n; i++) {
        g->left = column[i] < g->left ? column[i] : g->left;
        g->low = row[i] < g->low ? row[i] : g->low;
        right = column[i] > right ? column[i] : right;
        high = row[i] > high ? row[i] : high;
    }
    g->columns = g->n ? right - g->left + 1 : 0;
    g->rows = g->n ? high - g->low + 1 : 0;
    if ((double)g->columns * (double)g->rows <= 16 * (double)g->n + 1024) {
        g->map = hz_mem_new((size_t)(g->columns * g->rows), sizeof *g->map);
        if (!g->map)
            return hz_mem_fail(err, "neighbours");
        for (size_t i = 0; i < g->n; i++)
            g->map[(row[i] - g->low) * g->columns + column[i] - g->left] = (uint32_t)i + 1;
    } else {
        hz_status st = sort_cells(g, column, row, err);
        if (st)
            return st;
    }
    for (size_t i = 0; i < g->n; i++)
        if (find_cell(g, column[i], row[i]) != i + 1)
            return hz_fail(err, HZ_EDATA, "cells: column %d, row %d is there twice, expected each "
                           "cell once", (int)column[i], (int)row[i]);
    return HZ_OK;
}

hz_status hz_weights_cells(size_t n, const int32_t *column, const int32_t *row, bool rook,
                           hz_csr **out, hz_error *err)
{
    cells g = { .n = n };
    hz_csr *csr = NULL;
    hz_status st = index_cells(&g, column, row, err);
    if (!st)
        st = hz_csr_new(n, (rook ? 4 : 8) * n, false, &csr, err);
    if (st)
        goto done;
    size_t links = 0;
    for (size_t i = 0; i < n; i++) {
        for (int dy = -1; dy <= 1; dy++)
            for (int dx = -1; dx <= 1; dx++) {
                if ((dx == 0 && dy == 0) || (rook && dx != 0 && dy != 0))
                    continue;
                uint32_t other = find_cell(&g, (int64_t)column[i] + dx, (int64_t)row[i] + dy);
                if (other)
                    csr->neighbour[links++] = other - 1;
            }
        csr->first[i + 1] = links;
    }
    hz_csr_tidy(csr);
    *out = csr;
done:
    hz_mem_free(g.map);
    hz_mem_free(g.place);
    hz_mem_free(g.unit);
    return st;
}
