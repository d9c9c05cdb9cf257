/* The way back: the ordered list of streets that a polygon's border follows. */
#include <math.h>
#include <stdlib.h>

#include "hotzone/mem.h"
#include "zone/trace_parts.h"

static const double usual_reach = 60;
static const double piece_m = 4;      /* the border is cut into pieces no longer than this */
static const double across_cost = 25; /* a street across the border is as good as one so far off */
static const double switch_cost = 40; /* metres times metres off: another street must be worth it */
static const double line_cost = 2;    /* a street is named before another line */

enum { NEAR = 10, NOBODY = -1 };

/* A piece of the border: its middle, its direction, and the streets near it. */
typedef struct {
    double x, y, dx, dy, length;
    int32_t class_of[NEAR + 1];
    double off[NEAR + 1], cost[NEAR + 1]; /* metres from it; best cost of a sequence that ends so */
    unsigned char from[NEAR + 1];
    size_t near;
} piece;

/* Edges by square cell of the reach, over the box of the polygon. */
typedef struct {
    double x0, y0, size;
    size_t columns, rows, *first;
    uint32_t *edge;
} cells;

static hz_status cut_border(const hz_shapes *s, size_t ring, piece **out, size_t *count,
                            hz_error *err)
{
    size_t n = 0, k = 0;
    for (size_t i = s->first_point[ring]; i + 1 < s->first_point[ring + 1]; i++)
        n += (size_t)(hypot(s->x[i + 1] - s->x[i], s->y[i + 1] - s->y[i]) / piece_m) + 1;
    piece *p = n < (size_t)1 << 24 ? hz_mem_new(n, sizeof *p) : NULL;
    if (!p)
        return hz_mem_fail(err, "border");
    for (size_t i = s->first_point[ring]; i + 1 < s->first_point[ring + 1]; i++) {
        double dx = s->x[i + 1] - s->x[i], dy = s->y[i + 1] - s->y[i], d = hypot(dx, dy);
        size_t parts = (size_t)(d / piece_m) + 1;
        for (size_t j = 0; d > 0 && j < parts; j++) {
            double t = ((double)j + 0.5) / (double)parts;
            p[k++] = (piece){ .x = s->x[i] + t * dx, .y = s->y[i] + t * dy, .dx = dx / d,
                              .dy = dy / d, .length = d / (double)parts };
        }
    }
    *out = p;
    *count = k;
    return HZ_OK;
}

/* The class an edge is told by: what has no name is nobody's. */
static int32_t teller(const hz_trace_network *net, uint32_t e)
{
    const hz_line_class *c = &net->classes[net->graph->class_of[e]];
    bool named = c->name[0] && !(c->kind & (HZ_LINE_LINK | HZ_LINE_MEND | HZ_LINE_UNNAMED));
    return named ? net->graph->class_of[e] : NOBODY;
}

/* Columns and rows of the cells an edge's box meets; false if none. */
static bool span(const cells *c, const hz_graph *g, uint32_t e, size_t range[4])
{
    double x[] = { g->x[g->from[e]], g->x[g->to[e]] }, y[] = { g->y[g->from[e]], g->y[g->to[e]] };
    double at[] = { (fmin(x[0], x[1]) - c->x0) / c->size, (fmax(x[0], x[1]) - c->x0) / c->size,
                    (fmin(y[0], y[1]) - c->y0) / c->size, (fmax(y[0], y[1]) - c->y0) / c->size };
    if (!(at[1] >= 0 && at[3] >= 0 && at[0] < (double)c->columns && at[2] < (double)c->rows))
        return false;
    for (int k = 0; k < 4; k++)
        range[k] = (size_t)fmin(fmax(at[k], 0), (double)((k < 2 ? c->columns : c->rows) - 1));
    return true;
}

static hz_status make_cells(const hz_trace_network *net, hz_box box, double reach, cells *c,
                            hz_error *err)
{
    const hz_graph *g = net->graph;
    size_t range[4];
    *c = (cells){ .x0 = box.xmin - reach, .y0 = box.ymin - reach, .size = reach };
    c->size = fmax(c->size, fmax(box.xmax - box.xmin, box.ymax - box.ymin) / 2000);
    c->columns = (size_t)((box.xmax - box.xmin + 2 * reach) / c->size) + 1;
    c->rows = (size_t)((box.ymax - box.ymin + 2 * reach) / c->size) + 1;
    c->first = hz_mem_new(c->columns * c->rows + 2, sizeof *c->first);
    if (!c->first)
        return hz_mem_fail(err, "border");
    for (int write = 0; write < 2; write++) {
        for (size_t e = 0; e < g->edges; e++) {
            if (!span(c, g, (uint32_t)e, range))
                continue;
            for (size_t r = range[2]; r <= range[3]; r++)
                for (size_t k = r * c->columns + range[0]; k <= r * c->columns + range[1]; k++) {
                    if (write)
                        c->edge[c->first[k + 1]] = (uint32_t)e;
                    c->first[k + (write ? 1 : 2)]++;
                }
        }
        if (write)
            break;
        for (size_t k = 0; k < c->columns * c->rows; k++)
            c->first[k + 2] += c->first[k + 1];
        c->edge = hz_mem_new(c->first[c->columns * c->rows + 1], sizeof *c->edge);
        if (!c->edge)
            return hz_mem_fail(err, "border");
    }
    return HZ_OK;
}

/* Distance of a piece's middle from an edge, and what it costs to follow it there. */
static double price(const hz_trace_network *net, const piece *p, uint32_t e, double *off)
{
    const hz_graph *g = net->graph;
    double ax = g->x[g->from[e]], ay = g->y[g->from[e]];
    double dx = g->x[g->to[e]] - ax, dy = g->y[g->to[e]] - ay;
    double t = fmax(0, fmin(1, ((p->x - ax) * dx + (p->y - ay) * dy) / (dx * dx + dy * dy)));
    *off = hypot(p->x - ax - t * dx, p->y - ay - t * dy);
    double along = fabs(p->dx * dx + p->dy * dy) / g->length[e];
    bool street = net->classes[g->class_of[e]].kind == HZ_LINE_STREET;
    return *off + across_cost * (1 - fmin(1, along)) + (street ? 0 : line_cost);
}

/* The cheapest edge of each class near a piece; the NEAR cheapest classes. */
static void look_around(const hz_trace_network *net, const cells *c, double reach, piece *p)
{
    size_t column = (size_t)((p->x - c->x0) / c->size), row = (size_t)((p->y - c->y0) / c->size);
    for (size_t r = row ? row - 1 : 0; r <= row + 1 && r < c->rows; r++)
        for (size_t k = column ? column - 1 : 0; k <= column + 1 && k < c->columns; k++)
            for (size_t i = c->first[r * c->columns + k]; i < c->first[r * c->columns + k + 1];
                 i++) {
                int32_t of = teller(net, c->edge[i]);
                double off, cost = price(net, p, c->edge[i], &off);
                size_t at = 0;
                if (off > reach)
                    continue;
                while (at < p->near && p->class_of[at] != of)
                    at++;
                if (at == p->near && p->near < NEAR) {
                    p->cost[p->near++] = INFINITY;
                } else if (at == p->near) {
                    for (size_t j = at = 0; j < NEAR; j++) /* the dearest makes room */
                        at = p->cost[j] > p->cost[at] ? j : at;
                }
                if (p->cost[at] <= cost)
                    continue;
                p->class_of[at] = of;
                p->off[at] = off;
                p->cost[at] = cost;
            }
    size_t at = 0;
    while (at < p->near && p->class_of[at] != NOBODY)
        at++;
    if (at < p->near)
        return;
    p->class_of[p->near] = NOBODY;
    p->off[p->near] = reach;
    p->cost[p->near++] = reach + across_cost;
}

/* The cheapest sequence of streets for the pieces; chosen[i] is a row of piece i. */
static void choose(piece *p, size_t n, unsigned char *chosen)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < p[i].near; k++) {
            double best = i ? INFINITY : 0;
            for (size_t j = 0; i && j < p[i - 1].near; j++) {
                double c = p[i - 1].cost[j] +
                           (p[i - 1].class_of[j] == p[i].class_of[k] ? 0 : switch_cost);
                if (c < best) {
                    best = c;
                    p[i].from[k] = (unsigned char)j;
                }
            }
            p[i].cost[k] = best + p[i].cost[k] * p[i].length;
        }
    size_t at = 0;
    for (size_t k = 1; k < p[n - 1].near; k++)
        at = p[n - 1].cost[k] < p[n - 1].cost[at] ? k : at;
    for (size_t i = n; i-- > 0;) {
        chosen[i] = (unsigned char)at;
        at = p[i].from[at];
    }
}

/* Runs of pieces on one street, from the longest on; *count 0 if there are none. */
static hz_status make_runs(const piece *p, const unsigned char *chosen, size_t n, hz_run **runs,
                           size_t *count, hz_error *err)
{
    double run = 0, longest = -1;
    size_t start = n;
    for (size_t i = 0; i < 2 * n; i++) { /* twice round: a run may lie across the seam */
        int32_t of = p[i % n].class_of[chosen[i % n]];
        int32_t last = p[(i + n - 1) % n].class_of[chosen[(i + n - 1) % n]];
        run = i && of == last ? run + p[i % n].length : p[i % n].length;
        if (of == NOBODY || run <= longest || i < n)
            continue;
        longest = run;
        start = i;
    }
    *count = 0;
    if (start == n)
        return HZ_OK;
    size_t m = 0;
    for (int32_t of = p[start % n].class_of[chosen[start % n]]; m < n; m++) /* to its beginning */
        if (p[(start - m) % n].class_of[chosen[(start - m) % n]] != of)
            break;
    start += n + 1 - m;
    *runs = hz_mem_new(n, sizeof **runs);
    if (!*runs)
        return hz_mem_fail(err, "border");
    for (size_t i = 0, from = 0; i < n; i++) {
        const piece *at = &p[(start + i) % n];
        int32_t of = at->class_of[chosen[(start + i) % n]];
        hz_run *last = *count ? &(*runs)[*count - 1] : NULL;
        if (of == NOBODY)
            continue;
        if (!last || last->class_of != of) {
            (*runs)[(*count)++] = (hz_run){ of, -1, at->length, at->x, at->y, false };
            from = i;
            continue;
        }
        const piece *middle = &p[(start + (from + i) / 2) % n];
        last->length += at->length;
        last->x = middle->x;
        last->y = middle->y;
    }
    return HZ_OK;
}

static int by_size(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return p < q ? -1 : p > q;
}

static hz_status measure(const piece *p, const unsigned char *chosen, size_t n, hz_trace_fit *fit,
                         hz_error *err)
{
    double *off = hz_mem_new(n, sizeof *off);
    size_t count = 0;
    if (!off)
        return hz_mem_fail(err, "border");
    for (size_t i = 0; i < n; i++) {
        fit->length_m += p[i].length;
        if (p[i].class_of[chosen[i]] == NOBODY)
            fit->unnamed_m += p[i].length;
        else
            off[count++] = p[i].off[chosen[i]];
    }
    if (count)
        qsort(off, count, sizeof *off, by_size);
    fit->median_m = count ? off[count / 2] : NAN;
    fit->furthest_m = count ? off[count - 1] : NAN;
    hz_mem_free(off);
    return HZ_OK;
}

static hz_status check(const hz_shapes *s, size_t f, hz_error *err)
{
    if (s->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "zone: is no polygon, expected one");
    size_t rings = s->first_ring[f + 1] - s->first_ring[f];
    if (rings != 1)
        return hz_fail(err, HZ_EDATA, "zone %zu: has %zu rings, expected one part without holes",
                       f + 1, rings);
    if (!(hz_shape_area(s, f) > 0))
        return hz_fail(err, HZ_EDATA, "zone %zu: has no area, expected a polygon", f + 1);
    return HZ_OK;
}

hz_status hz_trace_describe(const hz_trace_network *net, const hz_shapes *s, size_t f, double reach,
                            hz_text *list, hz_trace_fit *fit, hz_error *err)
{
    cells c = { 0 };
    piece *p = NULL;
    unsigned char *chosen = NULL;
    size_t n = 0;
    hz_trace_fit found = { 0 };
    hz_run *runs = NULL;
    size_t count = 0;
    hz_text said = { 0 };
    hz_status st = check(s, f, err);
    if (!(reach > 0))
        reach = usual_reach;
    if (!st)
        st = cut_border(s, s->first_ring[f], &p, &n, err);
    if (!st)
        st = make_cells(net, hz_shapes_feature_box(s, f), reach, &c, err);
    if (!st && !(chosen = hz_mem_new(n, 1)))
        st = hz_mem_fail(err, "border");
    for (size_t i = 0; !st && i < n; i++)
        look_around(net, &c, reach, &p[i]);
    if (!st) {
        choose(p, n, chosen);
        st = make_runs(p, chosen, n, &runs, &count, err);
    }
    if (!st && count == 0)
        st = hz_fail(err, HZ_EDATA, "zone %zu: no named street runs within %g m of its border",
                     f + 1, reach);
    if (!st && fit)
        st = measure(p, chosen, n, &found, err);
    if (!st)
        st = hz_trace_word(net, s, f, runs, count, &said, &found.again, err);
    if (!st) {
        hz_text_add(list, hz_text_get(&said));
        if (fit)
            *fit = found;
    }
    hz_text_free(&said);
    hz_mem_free(c.first);
    hz_mem_free(c.edge);
    hz_mem_free(p);
    hz_mem_free(chosen);
    hz_mem_free(runs);
    return st;
}
