/* The finished network: edges by node, and Dijkstra's shortest ways. */
#include "hotzone/graph.h"

#include <math.h>

#include "geo/graph_parts.h"
#include "hotzone/mem.h"

void hz_graph_free(hz_graph *g)
{
    if (!g)
        return;
    hz_mem_free(g->x);
    hz_mem_free(g->y);
    hz_mem_free(g->from);
    hz_mem_free(g->to);
    hz_mem_free(g->class_of);
    hz_mem_free(g->length);
    hz_mem_free(g->first);
    hz_mem_free(g->incident);
    hz_mem_free(g);
}

hz_status hz_graph_finish(hz_graph *g, hz_error *err)
{
    hz_mem_free(g->first);
    hz_mem_free(g->incident);
    hz_mem_free(g->length);
    g->first = hz_mem_new(g->nodes + 2, sizeof *g->first);
    g->incident = hz_mem_new(2 * g->edges, sizeof *g->incident);
    g->length = hz_mem_new(g->edges, sizeof *g->length);
    if (!g->first || !g->incident || !g->length)
        return hz_mem_fail(err, "street network");
    for (size_t e = 0; e < g->edges; e++) {
        uint32_t a = g->from[e], b = g->to[e];
        g->length[e] = hypot(g->x[a] - g->x[b], g->y[a] - g->y[b]);
        g->first[a + 2]++;
        g->first[b + 2]++;
    }
    for (size_t v = 0; v < g->nodes; v++)
        g->first[v + 2] += g->first[v + 1];
    for (size_t e = 0; e < g->edges; e++) {
        g->incident[g->first[g->from[e] + 1]++] = (uint32_t)e;
        g->incident[g->first[g->to[e] + 1]++] = (uint32_t)e;
    }
    return HZ_OK;
}

/* A binary heap of nodes by (cost, node); place[v] is where v stands in it, plus 1.  A node belongs
 * to this run if its stamp does. */
struct hz_walk {
    const hz_graph *graph;
    double *cost;
    uint32_t *via, *heap, *place, *stamp, *wanted;
    uint32_t run;
    size_t waiting;
};

hz_status hz_walk_new(const hz_graph *graph, hz_walk **out, hz_error *err)
{
    hz_walk *w = hz_mem_new(1, sizeof *w);
    if (!w)
        return hz_mem_fail(err, "shortest ways");
    w->graph = graph;
    w->cost = hz_mem_new(graph->nodes, sizeof *w->cost);
    w->via = hz_mem_new(graph->nodes, sizeof *w->via);
    w->heap = hz_mem_new(graph->nodes, sizeof *w->heap);
    w->place = hz_mem_new(graph->nodes, sizeof *w->place);
    w->stamp = hz_mem_new(graph->nodes, sizeof *w->stamp);
    w->wanted = hz_mem_new(graph->nodes, sizeof *w->wanted);
    if (!w->cost || !w->via || !w->heap || !w->place || !w->stamp || !w->wanted) {
        hz_walk_free(w);
        return hz_mem_fail(err, "shortest ways");
    }
    *out = w;
    return HZ_OK;
}

void hz_walk_free(hz_walk *w)
{
    if (!w)
        return;
    hz_mem_free(w->cost);
    hz_mem_free(w->via);
    hz_mem_free(w->heap);
    hz_mem_free(w->place);
    hz_mem_free(w->stamp);
    hz_mem_free(w->wanted);
    hz_mem_free(w);
}

static bool sooner(const hz_walk *w, uint32_t a, uint32_t b)
{
    return w->cost[a] < w->cost[b] || (w->cost[a] == w->cost[b] && a < b);
}

static void put(hz_walk *w, size_t at, uint32_t v)
{
    w->heap[at] = v;
    w->place[v] = (uint32_t)at + 1;
}

static void rise(hz_walk *w, size_t at, uint32_t v)
{
    while (at > 0 && sooner(w, v, w->heap[(at - 1) / 2])) {
        put(w, at, w->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    put(w, at, v);
}

static uint32_t take_first(hz_walk *w)
{
    uint32_t top = w->heap[0], v = w->heap[--w->waiting];
    size_t at = 0;
    w->place[top] = 0;
    if (w->waiting == 0)
        return top;
    for (;;) {
        size_t next = 2 * at + 1;
        if (next >= w->waiting)
            break;
        if (next + 1 < w->waiting && sooner(w, w->heap[next + 1], w->heap[next]))
            next++;
        if (!sooner(w, w->heap[next], v))
            break;
        put(w, at, w->heap[next]);
        at = next;
    }
    put(w, at, v);
    return top;
}

static void offer(hz_walk *w, uint32_t v, double cost, uint32_t via)
{
    bool seen = w->stamp[v] == w->run;
    if (seen && !(cost < w->cost[v]))
        return;
    w->cost[v] = cost;
    w->via[v] = via;
    size_t at = seen && w->place[v] ? w->place[v] - 1 : w->waiting++;
    w->stamp[v] = w->run;
    rise(w, at, v);
}

/* Nodes that still wait when a run ends were not reached: their cost is not final. */
static void forget_waiting(hz_walk *w)
{
    for (size_t i = 0; i < w->waiting; i++) {
        w->stamp[w->heap[i]] = 0;
        w->place[w->heap[i]] = 0;
    }
    w->waiting = 0;
}

static void new_run(hz_walk *w)
{
    if (++w->run == UINT32_MAX) {
        for (size_t v = 0; v < w->graph->nodes; v++)
            w->stamp[v] = w->wanted[v] = 0;
        w->run = 1;
    }
}

void hz_walk_run(hz_walk *w, const double *factor, size_t n, const uint32_t *sources, size_t m,
                 const uint32_t *targets, double limit)
{
    const hz_graph *g = w->graph;
    size_t left = 0;
    new_run(w);
    for (size_t i = 0; i < m; i++) {
        left += w->wanted[targets[i]] != w->run;
        w->wanted[targets[i]] = w->run;
    }
    for (size_t i = 0; i < n; i++)
        offer(w, sources[i], 0, UINT32_MAX);
    while (w->waiting > 0 && w->cost[w->heap[0]] <= limit) {
        uint32_t v = take_first(w);
        if (m > 0 && w->wanted[v] == w->run && --left == 0)
            break;
        for (size_t i = g->first[v]; i < g->first[v + 1]; i++) {
            uint32_t e = g->incident[i];
            double f = factor[g->class_of[e]];
            if (f < INFINITY)
                offer(w, g->from[e] == v ? g->to[e] : g->from[e], w->cost[v] + f * g->length[e], e);
        }
    }
    forget_waiting(w);
}

double hz_walk_cost(const hz_walk *w, uint32_t node)
{
    return w->run && w->stamp[node] == w->run ? w->cost[node] : INFINITY;
}

uint32_t hz_walk_edge(const hz_walk *w, uint32_t node)
{
    return w->run && w->stamp[node] == w->run ? w->via[node] : UINT32_MAX;
}
