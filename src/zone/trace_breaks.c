/* Where a street is interrupted in its source: straight links from its ends to its other pieces. */
#include <math.h>

#include "hotzone/mem.h"
#include "zone/trace_parts.h"

/* Scratch over the nodes of the graph; a node's entries count while its stamp is this class. */
typedef struct {
    uint32_t *part, *stamp, *node;
    unsigned char *degree;
    size_t count;
} pieces;

static uint32_t root(pieces *p, uint32_t v)
{
    while (p->part[v] != v)
        v = p->part[v] = p->part[p->part[v]];
    return v;
}

static void meet_node(pieces *p, uint32_t v, uint32_t stamp)
{
    if (p->stamp[v] == stamp) {
        p->degree[v] = (unsigned char)(p->degree[v] + (p->degree[v] < 2));
        return;
    }
    p->stamp[v] = stamp;
    p->part[v] = v;
    p->degree[v] = 1;
    p->node[p->count++] = v;
}

/* Pieces of a class; links of the network join pieces, too. */
static void find_pieces(const hz_trace_network *net, size_t c, pieces *p)
{
    const hz_graph *g = net->graph;
    int32_t link = (int32_t)net->class_count - 1;
    p->count = 0;
    for (size_t k = net->classes[c].first; k < net->classes[c].last; k++) {
        uint32_t a = g->from[net->edge[k]], b = g->to[net->edge[k]];
        meet_node(p, a, (uint32_t)c + 1);
        meet_node(p, b, (uint32_t)c + 1);
        p->part[root(p, a)] = root(p, b);
    }
    for (size_t i = 0; i < p->count; i++)
        for (size_t k = g->first[p->node[i]]; k < g->first[p->node[i] + 1]; k++) {
            uint32_t e = g->incident[k], a = g->from[e], b = g->to[e];
            if (g->class_of[e] == link && p->stamp[a] == c + 1 && p->stamp[b] == c + 1)
                p->part[root(p, a)] = root(p, b);
        }
}

typedef struct {
    uint32_t a, b;
    size_t class_of;
} one_break;

typedef struct {
    one_break *at;
    size_t count, room;
} breaks;

static hz_status add(breaks *b, one_break one, hz_error *err)
{
    if (b->count == b->room) {
        size_t room = b->room ? 2 * b->room : 64;
        one_break *grown = hz_mem_resize(b->at, room, sizeof *grown);
        if (!grown)
            return hz_mem_fail(err, "street network");
        b->at = grown;
        b->room = room;
    }
    b->at[b->count++] = one;
    return HZ_OK;
}

/* From each end of a class to the nearest node of another piece of it. */
static hz_status find_breaks(const hz_trace_network *net, size_t c, pieces *p, double most,
                             breaks *found, hz_error *err)
{
    const hz_graph *g = net->graph;
    hz_status st = HZ_OK;
    find_pieces(net, c, p);
    for (size_t i = 0; !st && i < p->count; i++) {
        uint32_t v = p->node[i], best = UINT32_MAX;
        double least = most;
        if (p->degree[v] != 1)
            continue;
        for (size_t k = 0; k < p->count; k++) {
            uint32_t w = p->node[k];
            double dx = fabs(g->x[w] - g->x[v]);
            if (dx > least || root(p, w) == root(p, v))
                continue;
            double d = hypot(dx, g->y[w] - g->y[v]);
            if (d < least || (d == least && w < best)) {
                least = d;
                best = w;
            }
        }
        if (best != UINT32_MAX)
            st = add(found, (one_break){ v, best, c }, err);
    }
    return st;
}

/* The network's edges as lines, and the links as lines of classes of their own. */
static hz_status with_links(hz_trace_network *net, const breaks *found, hz_shapes **shapes,
                            int32_t **class_of, hz_error *err)
{
    const hz_graph *g = net->graph;
    size_t n = g->edges + found->count;
    hz_line_class *classes = hz_mem_resize(net->classes, net->class_count + found->count,
                                           sizeof *classes);
    if (classes)
        net->classes = classes;
    *class_of = hz_mem_new(n, sizeof **class_of);
    hz_status st = classes && *class_of ? hz_shapes_new(HZ_LINE, n, n, 2 * n, shapes, err)
                                        : hz_mem_fail(err, "street network");
    for (size_t f = 0; !st && f < n; f++) {
        const one_break *b = f < g->edges ? NULL : &found->at[f - g->edges];
        uint32_t from = b ? b->a : g->from[f], to = b ? b->b : g->to[f];
        if (b && net->classes[b->class_of].mend < 0) {
            net->classes[b->class_of].mend = (int32_t)net->class_count;
            net->classes[net->class_count++] = (hz_line_class){ "", "", HZ_LINE_MEND, -1, 0, 0 };
        }
        (*class_of)[f] = b ? net->classes[b->class_of].mend : g->class_of[f];
        (*shapes)->x[2 * f] = g->x[from];
        (*shapes)->y[2 * f] = g->y[from];
        (*shapes)->x[2 * f + 1] = g->x[to];
        (*shapes)->y[2 * f + 1] = g->y[to];
        (*shapes)->first_ring[f + 1] = f + 1;
        (*shapes)->first_point[f + 1] = 2 * (f + 1);
    }
    return st;
}

/* Node the network once more with the links; it has no ends left to be linked. */
static hz_status renode(hz_trace_network *net, const breaks *found, hz_error *err)
{
    hz_shapes *shapes = NULL;
    int32_t *class_of = NULL;
    hz_graph *g = NULL;
    hz_status st = with_links(net, found, &shapes, &class_of, err);
    if (!st)
        st = hz_graph_new(shapes, class_of, 0, 0, &g, err);
    if (!st) {
        hz_graph_free(net->graph);
        net->graph = g;
    }
    hz_shapes_free(shapes);
    hz_mem_free(class_of);
    return st;
}

hz_status hz_trace_mend(hz_trace_network *net, double most, bool *mended, hz_error *err)
{
    size_t n = net->graph->nodes;
    pieces p = { 0 };
    breaks found = { 0 };
    hz_status st = HZ_OK;
    p.part = hz_mem_new(n, sizeof *p.part);
    p.stamp = hz_mem_new(n, sizeof *p.stamp);
    p.node = hz_mem_new(n, sizeof *p.node);
    p.degree = hz_mem_new(n, sizeof *p.degree);
    if (!p.part || !p.stamp || !p.node || !p.degree)
        st = hz_mem_fail(err, "street network");
    for (size_t c = 0; !st && c < net->class_count; c++)
        if (net->classes[c].kind == HZ_LINE_STREET)
            st = find_breaks(net, c, &p, most, &found, err);
    *mended = found.count > 0;
    if (!st && found.count)
        st = renode(net, &found, err);
    hz_mem_free(p.part);
    hz_mem_free(p.stamp);
    hz_mem_free(p.node);
    hz_mem_free(p.degree);
    hz_mem_free(found.at);
    return st;
}
