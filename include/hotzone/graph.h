/* A street network: lines noded once, and the shortest ways through it. */
#ifndef HOTZONE_GRAPH_H
#define HOTZONE_GRAPH_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Points nearer to each other than this are one node, metres. */
#define HZ_GRAPH_SNAP 0.05

/**
 * Straight edges between nodes; wherever two lines met, crossed (bridges too) or overlapped there
 * is a node.  Every edge has a class, a whole number that the caller gave its line, say its street.
 * Edge e joins nodes from[e] and to[e]; edges at node v are incident[first[v]] ..
 * incident[first[v + 1] - 1].  Read it as you like; free with hz_graph_free.
 */
typedef struct {
    size_t nodes, edges;
    double *x, *y;       /* nodes */
    uint32_t *from, *to; /* edges */
    int32_t *class_of;   /* edges */
    double *length;      /* edges, metres */
    size_t *first;       /* nodes + 1 */
    uint32_t *incident;  /* 2 * edges */
} hz_graph;

/**
 * Node lines or the borders of polygons.  Edges of the same ends and class are one.  What ends
 * near other lines without touching them is linked to the nearest point of each class within
 * `gap`: a straight edge of its own class.
 *
 * @param shapes    lines or polygons in metres; coordinates that are not finite are left out
 * @param class_of  per feature, >= 0; a feature of a negative class is left out
 * @param gap       longest link, metres, >= 0 and < 1000; 0 makes none
 * @param link      class of the links, >= 0
 * @return HZ_EUSAGE for points or a bad gap, HZ_EDATA beyond 2^30 segments, HZ_EMEMORY.  Time
 *         O(n log n) for streets; 100,000 segments take about a third of a second
 */
HZ_API hz_status hz_graph_new(const hz_shapes *shapes, const int32_t *class_of, double gap,
                              int32_t link, hz_graph **out, hz_error *err);
HZ_API void hz_graph_free(hz_graph *graph); /* NULL is allowed */

/** Scratch for shortest ways, and the last ones found; use one per thread. */
typedef struct hz_walk hz_walk;

/** `graph` is lent and must outlive the walk. */
HZ_API hz_status hz_walk_new(const hz_graph *graph, hz_walk **out, hz_error *err);
HZ_API void hz_walk_free(hz_walk *walk); /* NULL is allowed */

/**
 * Shortest ways from any of n sources (Dijkstra 1959), an edge costing its length times the factor
 * of its class.  Stops when all m targets are reached, or at `limit`.  Cannot fail.  Ties go the
 * way of the lower node.
 *
 * @param factor   by class, each >= 0; INFINITY: not to be walked
 * @param targets  may be NULL with m 0: everything within the limit
 * @param limit    greatest cost; INFINITY for none
 */
HZ_API void hz_walk_run(hz_walk *walk, const double *factor, size_t n, const uint32_t *sources,
                        size_t m, const uint32_t *targets, double limit);
/** Cost of the shortest way to a node; INFINITY if the last run did not come there. */
HZ_API double hz_walk_cost(const hz_walk *walk, uint32_t node);
/** The edge by which the last run came to a node; UINT32_MAX at a source or where it never came. */
HZ_API uint32_t hz_walk_edge(const hz_walk *walk, uint32_t node);

#ifdef __cplusplus
}
#endif
#endif
