/* Counts the points of a grid within given distances of a polygon's border. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/pointgrid_parts.h"
#include "geo/segment.h"
#include "hotzone/mem.h"

/* Cells are taken in blocks of BLOCK by BLOCK: a block far from every border costs one look, and
 * the cells of a near one need to look at those edges only that can be nearest to them. */
enum { BLOCK = 8 };

typedef struct {
    pg_slabs slabs;
    const hz_pointgrid *grid;
    size_t row0, row1, column0, column1; /* cells within reach */
    unsigned char *state;                /* of those cells */
    uint32_t *near_block, *near_cell;    /* edges that can be nearest */
    size_t n;
    const double *reach;
    size_t *inside, *outside; /* NULL: hits are collected */
    hz_pointgrid_hit *hits;
    size_t found, room;
    bool failed; /* no memory for the hits */
} rings;

/* Of the edges `from` (NULL: the first n): those that may be nearest to a point within `spread` of
 * (x, y).  Returns the distance of the nearest to (x, y) itself. */
static double nearest(const pg_slabs *s, const uint32_t *from, size_t n, double x, double y,
                      double spread, uint32_t *keep, size_t *kept)
{
    double least = INFINITY;
    for (size_t k = 0; k < n; k++) {
        pg_edge e = s->edge[from ? from[k] : k];
        least = fmin(least, hz_segment_distance2(e.ax, e.ay, e.bx, e.by, x, y));
    }
    /* the slack is far above rounding and costs a few edges */
    double far = sqrt(least) + 2 * spread * (1 + 1e-9) + s->margin;
    *kept = 0;
    for (size_t k = 0; k < n; k++) {
        uint32_t id = from ? from[k] : (uint32_t)k;
        pg_edge e = s->edge[id];
        if (hz_segment_distance2(e.ax, e.ay, e.bx, e.by, x, y) <= far * far)
            keep[(*kept)++] = id;
    }
    return sqrt(least);
}

static void add_hit(rings *w, size_t point, double distance, bool inside)
{
    if (w->found == w->room) {
        size_t room = 2 * w->room + 64;
        hz_pointgrid_hit *more = w->failed ? NULL : hz_mem_resize(w->hits, room, sizeof *more);
        if (!more) {
            w->failed = true;
            return;
        }
        w->hits = more;
        w->room = room;
    }
    w->hits[w->found++] = (hz_pointgrid_hit){ w->grid->original[point], distance, inside };
}

static void take_point(rings *w, size_t point, size_t row, unsigned char state, size_t edges)
{
    double x = w->grid->x[point], y = w->grid->y[point], least = INFINITY;
    for (size_t k = 0; k < edges; k++) {
        pg_edge e = w->slabs.edge[w->near_cell[k]];
        least = fmin(least, hz_segment_distance2(e.ax, e.ay, e.bx, e.by, x, y));
    }
    double distance = sqrt(least);
    if (distance > w->reach[w->n - 1])
        return;
    bool in = state == PG_BORDER ? hz_pg_slabs_hold(&w->slabs, row, x, y) : state == PG_IN;
    if (!w->inside) {
        add_hit(w, point, distance, in);
        return;
    }
    for (size_t k = w->n; k > 0 && distance <= w->reach[k - 1]; k--)
        (in ? w->inside : w->outside)[k - 1]++;
}

/* All points of the cell lie between these distances: if no reach does, they count together. */
static bool take_together(rings *w, size_t count, unsigned char state, double low, double high)
{
    if (!w->inside || state == PG_BORDER)
        return false;
    for (size_t k = 0; k < w->n; k++)
        if (w->reach[k] >= low && w->reach[k] <= high)
            return false;
    for (size_t k = 0; k < w->n; k++)
        if (w->reach[k] > high)
            (state == PG_IN ? w->inside : w->outside)[k] += count;
    return true;
}

static void take_cell(rings *w, size_t row, size_t column, size_t block_edges)
{
    const hz_pointgrid *g = w->grid;
    size_t cell = row * g->columns + column, first = g->first[cell], last = g->first[cell + 1];
    if (first == last)
        return;
    double half = g->side * 0.7071067811865476 + w->slabs.margin;
    double x = g->x0 + g->side * ((double)column + 0.5), y = g->y0 + g->side * ((double)row + 0.5);
    size_t edges = 0;
    double middle = nearest(&w->slabs, w->near_block, block_edges, x, y, half, w->near_cell, &edges);
    if (middle - half - w->slabs.margin > w->reach[w->n - 1])
        return;
    unsigned char state =
        w->state[(row - w->row0) * (w->column1 - w->column0) + column - w->column0];
    if (take_together(w, last - first, state, middle - half - w->slabs.margin,
                      middle + half + w->slabs.margin))
        return;
    for (size_t k = first; k < last; k++)
        take_point(w, k, row, state, edges);
}

static void take_block(rings *w, size_t row, size_t column)
{
    const hz_pointgrid *g = w->grid;
    size_t last_row = row + BLOCK < w->row1 ? row + BLOCK : w->row1;
    size_t last_column = column + BLOCK < w->column1 ? column + BLOCK : w->column1;
    bool any = false;
    for (size_t r = row; r < last_row && !any; r++)
        any = g->first[r * g->columns + column] != g->first[r * g->columns + last_column];
    if (!any)
        return;
    double half = BLOCK * g->side * 0.7071067811865476 + w->slabs.margin;
    double x = g->x0 + g->side * ((double)column + BLOCK / 2.0);
    double y = g->y0 + g->side * ((double)row + BLOCK / 2.0);
    size_t edges = 0;
    double middle = nearest(&w->slabs, NULL, w->slabs.edges, x, y, half, w->near_block, &edges);
    if (middle - half - w->slabs.margin > w->reach[w->n - 1])
        return;
    for (size_t r = row; r < last_row; r++)
        for (size_t c = column; c < last_column; c++)
            take_cell(w, r, c, edges);
}

/* The states of all cells within reach; those beyond the polygon's box are outside. */
static hz_status fill_states(rings *w, hz_box box, hz_error *err)
{
    const hz_pointgrid *g = w->grid;
    double reach = w->reach[w->n - 1] + w->slabs.margin;
    w->row0 = pg_cell_of(g->y0, g->side, g->rows, box.ymin - reach);
    w->row1 = pg_cell_of(g->y0, g->side, g->rows, box.ymax + reach) + 1;
    w->column0 = pg_cell_of(g->x0, g->side, g->columns, box.xmin - reach);
    w->column1 = pg_cell_of(g->x0, g->side, g->columns, box.xmax + reach) + 1;
    w->row1 = w->row1 > g->rows ? g->rows : w->row1;
    w->column1 = w->column1 > g->columns ? g->columns : w->column1;
    if (w->row0 >= w->row1 || w->column0 >= w->column1) { /* wholly beyond the grid */
        w->row0 = w->row1 = 0;
        return HZ_OK;
    }
    size_t wide = w->column1 - w->column0;
    w->state = hz_mem_new((w->row1 - w->row0) * wide, 1);
    w->near_block = hz_mem_new(w->slabs.edges, sizeof *w->near_block);
    w->near_cell = hz_mem_new(w->slabs.edges, sizeof *w->near_cell);
    if (!w->state || !w->near_block || !w->near_cell)
        return hz_mem_fail(err, "points near a border");
    pg_slabs *s = &w->slabs;
    for (size_t row = s->row0; row < s->row1; row++) {
        if (row < w->row0 || row >= w->row1)
            continue;
        hz_pg_slabs_row(s, row);
        for (size_t c = s->column0; c < s->column1; c++)
            if (c >= w->column0 && c < w->column1)
                w->state[(row - w->row0) * wide + c - w->column0] = s->state[c - s->column0];
    }
    return HZ_OK;
}

static hz_status walk(rings *w, const hz_shapes *shapes, size_t f, hz_error *err)
{
    for (size_t k = 0; k < w->n; k++)
        if (!(w->reach[k] >= 0) || isinf(w->reach[k]) || (k && w->reach[k] < w->reach[k - 1]))
            return hz_fail(err, HZ_EUSAGE, "points near a border: distance %g, expected finite ones "
                           "in ascending order", w->reach[k]);
    hz_status st = hz_pg_slabs_new(w->grid, shapes, f, &w->slabs, err);
    if (st)
        return st;
    if (w->n && !w->slabs.empty) {
        st = fill_states(w, hz_shapes_feature_box(shapes, f), err);
        for (size_t row = w->row0; !st && row < w->row1; row += BLOCK)
            for (size_t column = w->column0; column < w->column1; column += BLOCK)
                take_block(w, row, column);
    }
    if (!st && w->failed)
        st = hz_mem_fail(err, "points near a border");
    hz_pg_slabs_free(&w->slabs);
    hz_mem_free(w->state);
    hz_mem_free(w->near_block);
    hz_mem_free(w->near_cell);
    return st;
}

hz_status hz_pointgrid_rings(const hz_pointgrid *grid, const hz_shapes *shapes, size_t f, size_t n,
                             const double *reach, size_t *inside, size_t *outside, hz_error *err)
{
    size_t *counts = hz_mem_new(2 * n, sizeof *counts);
    if (!counts)
        return hz_mem_fail(err, "points near a border");
    rings w = { .grid = grid, .n = n, .reach = reach, .inside = counts, .outside = counts + n };
    hz_status st = walk(&w, shapes, f, err);
    if (!st && n) {
        memcpy(inside, w.inside, n * sizeof *inside);
        memcpy(outside, w.outside, n * sizeof *outside);
    }
    hz_mem_free(counts);
    return st;
}

static int by_point(const void *a, const void *b)
{
    size_t x = ((const hz_pointgrid_hit *)a)->point, y = ((const hz_pointgrid_hit *)b)->point;
    return (x > y) - (x < y);
}

hz_status hz_pointgrid_near(const hz_pointgrid *grid, const hz_shapes *shapes, size_t f,
                            double reach, hz_pointgrid_hit **hits, size_t *n, hz_error *err)
{
    rings w = { .grid = grid, .n = 1, .reach = &reach };
    hz_status st = walk(&w, shapes, f, err);
    if (st) {
        hz_mem_free(w.hits);
        return st;
    }
    if (w.found)
        qsort(w.hits, w.found, sizeof *w.hits, by_point);
    *hits = w.hits;
    *n = w.found;
    return HZ_OK;
}
