/* What the files of the street network share. */
#ifndef HOTZONE_GEO_GRAPH_PARTS_H
#define HOTZONE_GEO_GRAPH_PARTS_H

#include "hotzone/graph.h"

/** Edge lengths and the edges at each node, from nodes and edges; what was there is replaced. */
hz_status hz_graph_finish(hz_graph *graph, hz_error *err);

/** A straight piece of a line between two nodes. */
typedef struct {
    uint32_t a, b;
    int32_t class_of;
} hz_piece;

/** A network under construction: nodes by place, and pieces that may still cross. */
typedef struct {
    double *x, *y;
    size_t nodes, node_room;
    uint32_t *next, *bucket; /* nodes of a cell of HZ_GRAPH_SNAP, chained */
    size_t buckets;
    hz_piece *pieces;
    size_t count, room;
} hz_net;

void hz_net_clear(hz_net *net);
/** The node at a place, made if there is none within HZ_GRAPH_SNAP. */
hz_status hz_net_node(hz_net *net, double x, double y, uint32_t *node, hz_error *err);
/** Add a piece; one without length is none. */
hz_status hz_net_piece(hz_net *net, hz_piece piece, hz_error *err);

/** A node that lies on a piece, at a share t of its way. */
typedef struct {
    uint32_t piece, node;
    double t;
} hz_cut;

/** Cut pieces at the nodes given and drop doubles; cuts are put in order. */
hz_status hz_net_apply(hz_net *net, hz_cut *cuts, size_t n, hz_error *err);
/** Cut pieces wherever they touch or cross, until none do. */
hz_status hz_net_node_all(hz_net *net, hz_error *err);
/** Link what ends near other pieces; see hz_graph_new. */
hz_status hz_net_link(hz_net *net, double gap, int32_t link, hz_error *err);

/** Pieces by square cell: pieces of cell c are piece[first[c]] .. piece[first[c + 1] - 1]. */
typedef struct {
    double x0, y0, size;
    size_t columns, rows, *first;
    uint32_t *piece;
} hz_cells;

hz_status hz_cells_new(const hz_net *net, double margin, hz_cells *cells, hz_error *err);
void hz_cells_clear(hz_cells *cells);

#endif
