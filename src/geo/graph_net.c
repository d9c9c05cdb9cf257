/* Nodes by place, pieces by cell, and the way from lines to a finished network. */
#include <math.h>
#include <stdlib.h>

#include "geo/graph_parts.h"
#include "hotzone/mem.h"

void hz_net_clear(hz_net *n)
{
    hz_mem_free(n->x);
    hz_mem_free(n->y);
    hz_mem_free(n->next);
    hz_mem_free(n->bucket);
    hz_mem_free(n->pieces);
    *n = (hz_net){ 0 };
}

static size_t bucket_of(const hz_net *n, int64_t column, int64_t row)
{
    uint64_t h = (uint64_t)column * 0x9E3779B97F4A7C15u ^ (uint64_t)row * 0xC2B2AE3D27D4EB4Fu;
    h ^= h >> 29;
    h *= 0xBF58476D1CE4E5B9u;
    h ^= h >> 32;
    return (size_t)(h % n->buckets);
}

static int64_t cell(double v)
{
    return (int64_t)floor(v / HZ_GRAPH_SNAP);
}

static void chain(hz_net *n, uint32_t v)
{
    size_t b = bucket_of(n, cell(n->x[v]), cell(n->y[v]));
    n->next[v] = n->bucket[b];
    n->bucket[b] = v + 1;
}

static hz_status more_nodes(hz_net *n, hz_error *err)
{
    size_t room = n->node_room ? 2 * n->node_room : 1024;
    double *x = hz_mem_resize(n->x, room, sizeof *x);
    if (x)
        n->x = x;
    double *y = hz_mem_resize(n->y, room, sizeof *y);
    if (y)
        n->y = y;
    uint32_t *next = hz_mem_resize(n->next, room, sizeof *next);
    if (next)
        n->next = next;
    uint32_t *bucket = hz_mem_new(2 * room + 1, sizeof *bucket);
    if (!x || !y || !next || !bucket) {
        hz_mem_free(bucket);
        return hz_mem_fail(err, "street network");
    }
    hz_mem_free(n->bucket);
    n->bucket = bucket;
    n->buckets = 2 * room + 1;
    n->node_room = room;
    for (size_t v = 0; v < n->nodes; v++)
        chain(n, (uint32_t)v);
    return HZ_OK;
}

hz_status hz_net_node(hz_net *n, double x, double y, uint32_t *node, hz_error *err)
{
    int64_t column = cell(x), row = cell(y);
    double best = HZ_GRAPH_SNAP * HZ_GRAPH_SNAP;
    bool found = false;
    for (int64_t r = row - 1; n->nodes && r <= row + 1; r++)
        for (int64_t c = column - 1; c <= column + 1; c++)
            for (uint32_t v = n->bucket[bucket_of(n, c, r)]; v; v = n->next[v - 1]) {
                double dx = n->x[v - 1] - x, dy = n->y[v - 1] - y, d = dx * dx + dy * dy;
                if (d < best || (d == best && found && v - 1 < *node)) {
                    best = d;
                    *node = v - 1;
                    found = true;
                }
            }
    if (found)
        return HZ_OK;
    if (n->nodes == n->node_room) {
        hz_status st = more_nodes(n, err);
        if (st)
            return st;
    }
    n->x[n->nodes] = x;
    n->y[n->nodes] = y;
    *node = (uint32_t)n->nodes++;
    chain(n, *node);
    return HZ_OK;
}

hz_status hz_net_piece(hz_net *n, hz_piece p, hz_error *err)
{
    if (p.a == p.b)
        return HZ_OK;
    if (n->count == n->room) {
        size_t room = n->room ? 2 * n->room : 1024;
        if (room > (size_t)1 << 30)
            return hz_fail(err, HZ_EDATA, "street network: over 2^30 segments, expected fewer");
        hz_piece *grown = hz_mem_resize(n->pieces, room, sizeof *grown);
        if (!grown)
            return hz_mem_fail(err, "street network");
        n->pieces = grown;
        n->room = room;
    }
    n->pieces[n->count++] = p;
    return HZ_OK;
}

void hz_cells_clear(hz_cells *c)
{
    hz_mem_free(c->first);
    hz_mem_free(c->piece);
    *c = (hz_cells){ 0 };
}

static size_t clamp(double v, size_t n)
{
    return v <= 0 ? 0 : v >= (double)n ? n - 1 : (size_t)v;
}

/* Tell `counts`, or write into the cells, every cell a piece comes near, row by row. */
static void visit(const hz_net *n, hz_cells *c, size_t p, double margin, bool write)
{
    hz_piece s = n->pieces[p];
    double ax = n->x[s.a], ay = n->y[s.a], bx = n->x[s.b], by = n->y[s.b];
    double low = fmin(ay, by) - margin, high = fmax(ay, by) + margin;
    size_t r0 = clamp((low - c->y0) / c->size, c->rows);
    size_t r1 = clamp((high - c->y0) / c->size, c->rows);
    for (size_t r = r0; r <= r1; r++) {
        double y0 = c->y0 + (double)r * c->size - margin, y1 = y0 + c->size + 2 * margin;
        double t0 = 0, t1 = 1;
        if (ay != by) { /* the part of the piece within this row, widened */
            double u = (y0 - ay) / (by - ay), v = (y1 - ay) / (by - ay);
            t0 = fmax(0, fmin(u, v));
            t1 = fmin(1, fmax(u, v));
        }
        if (t0 > t1)
            continue;
        double u = ax + t0 * (bx - ax), v = ax + t1 * (bx - ax);
        size_t c0 = clamp((fmin(u, v) - margin - c->x0) / c->size, c->columns);
        size_t c1 = clamp((fmax(u, v) + margin - c->x0) / c->size, c->columns);
        for (size_t k = r * c->columns + c0; k <= r * c->columns + c1; k++) {
            if (write)
                c->piece[c->first[k + 1]] = (uint32_t)p;
            c->first[k + (write ? 1 : 2)]++;
        }
    }
}

hz_status hz_cells_new(const hz_net *n, double margin, hz_cells *out, hz_error *err)
{
    hz_cells c = { 0 };
    double x1 = -INFINITY, y1 = -INFINITY, total = 0;
    c.x0 = c.y0 = INFINITY;
    for (size_t v = 0; v < n->nodes; v++) {
        c.x0 = fmin(c.x0, n->x[v]);
        c.y0 = fmin(c.y0, n->y[v]);
        x1 = fmax(x1, n->x[v]);
        y1 = fmax(y1, n->y[v]);
    }
    for (size_t p = 0; p < n->count; p++)
        total += hypot(n->x[n->pieces[p].a] - n->x[n->pieces[p].b],
                       n->y[n->pieces[p].a] - n->y[n->pieces[p].b]);
    /* as wide as a usual piece, but no more than some four million cells */
    c.size = fmax(fmax(total / fmax(1, (double)n->count), 2 * margin), 1);
    c.size = fmax(c.size, sqrt(fmax(0, (x1 - c.x0) * (y1 - c.y0)) / 4e6));
    c.size = fmax(c.size, fmax(x1 - c.x0, y1 - c.y0) / 1e5);
    if (n->nodes == 0)
        c.x0 = c.y0 = x1 = y1 = 0;
    c.columns = (size_t)((x1 - c.x0) / c.size) + 1;
    c.rows = (size_t)((y1 - c.y0) / c.size) + 1;
    c.first = hz_mem_new(c.columns * c.rows + 2, sizeof *c.first);
    if (!c.first)
        return hz_mem_fail(err, "street network");
    for (size_t p = 0; p < n->count; p++)
        visit(n, &c, p, margin, false);
    for (size_t k = 0; k < c.columns * c.rows; k++)
        c.first[k + 2] += c.first[k + 1];
    c.piece = hz_mem_new(c.first[c.columns * c.rows + 1], sizeof *c.piece);
    if (!c.piece) {
        hz_cells_clear(&c);
        return hz_mem_fail(err, "street network");
    }
    for (size_t p = 0; p < n->count; p++)
        visit(n, &c, p, margin, true);
    *out = c;
    return HZ_OK;
}

static hz_status gather(const hz_shapes *s, const int32_t *class_of, hz_net *net, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t f = 0; f < s->features; f++)
        for (size_t r = s->first_ring[f]; class_of[f] >= 0 && r < s->first_ring[f + 1]; r++) {
            uint32_t last = UINT32_MAX, v;
            for (size_t i = s->first_point[r]; !st && i < s->first_point[r + 1]; i++) {
                if (!isfinite(s->x[i]) || !isfinite(s->y[i]) || fabs(s->x[i]) > 1e9 ||
                    fabs(s->y[i]) > 1e9) {
                    last = UINT32_MAX;
                    continue;
                }
                st = hz_net_node(net, s->x[i], s->y[i], &v, err);
                if (!st && last != UINT32_MAX)
                    st = hz_net_piece(net, (hz_piece){ last, v, class_of[f] }, err);
                last = st ? last : v;
            }
            if (st)
                return st;
        }
    return st;
}

/* The finished network takes the nodes that some piece uses. */
static hz_status finish(hz_net *net, hz_graph **out, hz_error *err)
{
    hz_graph *g = hz_mem_new(1, sizeof *g);
    uint32_t *number = hz_mem_new(net->nodes, sizeof *number);
    hz_status st = g && number ? HZ_OK : hz_mem_fail(err, "street network");
    if (!st) {
        g->edges = net->count;
        g->from = hz_mem_new(net->count, sizeof *g->from);
        g->to = hz_mem_new(net->count, sizeof *g->to);
        g->class_of = hz_mem_new(net->count, sizeof *g->class_of);
        g->x = hz_mem_new(net->nodes, sizeof *g->x);
        g->y = hz_mem_new(net->nodes, sizeof *g->y);
        if (!g->from || !g->to || !g->class_of || !g->x || !g->y)
            st = hz_mem_fail(err, "street network");
    }
    for (size_t p = 0; !st && p < net->count; p++)
        number[net->pieces[p].a] = number[net->pieces[p].b] = 1;
    for (size_t v = 0; !st && v < net->nodes; v++)
        if (number[v]) {
            g->x[g->nodes] = net->x[v];
            g->y[g->nodes] = net->y[v];
            number[v] = (uint32_t)g->nodes++;
        }
    for (size_t p = 0; !st && p < net->count; p++) {
        g->from[p] = number[net->pieces[p].a];
        g->to[p] = number[net->pieces[p].b];
        g->class_of[p] = net->pieces[p].class_of;
    }
    if (!st)
        st = hz_graph_finish(g, err);
    hz_mem_free(number);
    if (st)
        hz_graph_free(g);
    else
        *out = g;
    return st;
}

hz_status hz_graph_new(const hz_shapes *shapes, const int32_t *class_of, double gap, int32_t link,
                       hz_graph **out, hz_error *err)
{
    hz_net net = { 0 };
    hz_status st;
    if (shapes->kind != HZ_LINE && shapes->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "street network: no lines nor polygons, expected lines");
    if (!(gap >= 0 && gap < 1000) || link < 0)
        return hz_fail(err, HZ_EUSAGE, "street network: a gap of %g m, expected 0 to 1000", gap);
    st = gather(shapes, class_of, &net, err);
    if (!st)
        st = hz_net_node_all(&net, err);
    if (!st && gap > 0)
        st = hz_net_link(&net, gap, link, err);
    if (!st)
        st = finish(&net, out, err);
    hz_net_clear(&net);
    return st;
}
