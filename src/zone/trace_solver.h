/* What the search for a ring is made of: meetings of stops, and ways along each between them. */
#ifndef HOTZONE_ZONE_TRACE_SOLVER_H
#define HOTZONE_ZONE_TRACE_SOLVER_H

#include <math.h>

#include "zone/trace_parts.h"

/** Off its street a way costs four times its length: a ring leaves it where it must. */
static const double hz_off_street = 4;
/** Bridged by itself: at most so many gaps. */
static const double hz_short_bridge = 4;

enum { HZ_MEETINGS = 48 };

/** Where one stop goes over to the next: out of it at u, into the next at v. */
typedef struct {
    uint32_t u, v;
    double bridge; /* metres between them */
    bool straight; /* no way through the network */
} hz_meeting;

typedef struct {
    hz_meeting at[HZ_MEETINGS];
    size_t count;
} hz_meetings;

typedef struct {
    double cost, on; /* on: metres on the street itself */
    hz_step *steps;  /* made when asked for; NULL before */
    size_t count;
} hz_way;

typedef struct {
    const hz_trace_network *net;
    const hz_stop *stops;
    const hz_trace *trace;
    size_t n;
    bool allow_gaps;
    hz_walk *walk;
    double *factor;       /* by class */
    uint32_t **nodes;     /* of each stop */
    size_t *node_count;
    hz_meetings *meet;    /* meet[i]: from stop i to stop i + 1 */
    hz_way **ways;        /* ways[i]: by meeting in and meeting out of stop i */
    uint32_t *mark, *list; /* scratch, nodes */
    uint32_t round;
} hz_solver;

static inline size_t hz_solver_before(const hz_solver *s, size_t i)
{
    return (i + s->n - 1) % s->n;
}

static inline size_t hz_solver_after(const hz_solver *s, size_t i)
{
    return (i + 1) % s->n;
}

static inline const char *hz_solver_listed(const hz_solver *s, size_t i)
{
    return s->trace->items[s->stops[i].item].listed;
}

static inline double hz_solver_apart(const hz_solver *s, uint32_t a, uint32_t b)
{
    const hz_graph *g = s->net->graph;
    return hypot(g->x[a] - g->x[b], g->y[a] - g->y[b]);
}

/** The nodes of a stop, once. */
hz_status hz_solver_nodes(hz_solver *solver, size_t stop, hz_error *err);
/** Where a stop meets the next; says in `refused` why there is no meeting to rely on. */
hz_status hz_solver_meetings(hz_solver *solver, size_t stop, hz_text *refused, hz_error *err);
/** What it costs to go along a stop from each meeting with the last to each with the next. */
hz_status hz_solver_ways(hz_solver *solver, size_t stop, hz_text *refused, hz_error *err);
/** One of these ways in full, its bridge to the next stop included; kept by the solver. */
hz_status hz_solver_steps(hz_solver *solver, size_t stop, size_t in, size_t out, hz_way **way,
                          hz_error *err);

#endif
