/* The shortest simple ring by the listed streets: all meetings solved together, by dynamic programming. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "zone/trace_parts.h"

/* Off its street a way costs four times its length: a ring leaves it where it must. */
static const double off_street = 4;
/* A street that is listed and not followed costs as much as so many metres of detour. */
static const double unused_cost = 300;
/* Bridged by itself: at most so many gaps between streets, and within one. */
static const double short_bridge = 4, short_break = 10;

enum { MEETINGS = 48, RANKS = 6, TRIES = 300 };

/* Where one stop goes over to the next: out of it at u, into the next at v. */
typedef struct {
    uint32_t u, v;
    double bridge; /* metres between them */
    bool straight; /* no way through the network */
} meeting;

typedef struct {
    meeting at[MEETINGS];
    size_t count;
} meetings;

typedef struct {
    double cost, on; /* on: metres on the street itself */
    hz_step *steps;  /* made when asked for; NULL before */
    size_t count;
} way;

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
    meetings *meet;       /* meet[i]: from stop i to stop i + 1 */
    way **ways;           /* ways[i]: by meeting in and meeting out of stop i */
    uint32_t *mark, *list; /* scratch, nodes */
    uint32_t round;
} solver;

static size_t before(const solver *s, size_t i)
{
    return (i + s->n - 1) % s->n;
}

static size_t after(const solver *s, size_t i)
{
    return (i + 1) % s->n;
}

static const char *listed(const solver *s, size_t i)
{
    return s->trace->items[s->stops[i].item].listed;
}

static void set_factor(solver *s, size_t i, double f)
{
    for (size_t k = 0; k < s->stops[i].meaning->count; k++) {
        int32_t c = s->stops[i].meaning->classes[k];
        s->factor[c] = f;
        if (s->net->classes[c].mend >= 0 && f < INFINITY)
            s->factor[s->net->classes[c].mend] = off_street;
    }
}

/* Lines that are no streets are walked only where they are listed. */
static void reset_factors(solver *s, double off)
{
    for (size_t c = 0; c < s->net->class_count; c++) {
        unsigned kind = s->net->classes[c].kind & ~(unsigned)HZ_LINE_UNNAMED;
        s->factor[c] = kind == HZ_LINE_STREET || kind == HZ_LINE_LINK ? off : INFINITY;
    }
}

static hz_status gather_nodes(solver *s, size_t i, hz_error *err)
{
    const hz_graph *g = s->net->graph;
    size_t count = 0;
    s->round++;
    for (size_t k = 0; k < s->stops[i].meaning->count; k++) {
        const hz_line_class *c = &s->net->classes[s->stops[i].meaning->classes[k]];
        for (size_t e = c->first; e < c->last; e++) {
            uint32_t ends[] = { g->from[s->net->edge[e]], g->to[s->net->edge[e]] };
            for (int j = 0; j < 2; j++)
                if (s->mark[ends[j]] != s->round) {
                    s->mark[ends[j]] = s->round;
                    s->list[count++] = ends[j];
                }
        }
    }
    s->nodes[i] = hz_mem_new(count, sizeof **s->nodes);
    if (!s->nodes[i])
        return hz_mem_fail(err, "zone");
    memcpy(s->nodes[i], s->list, count * sizeof **s->nodes);
    s->node_count[i] = count;
    return HZ_OK;
}

static double apart(const solver *s, uint32_t a, uint32_t b)
{
    const hz_graph *g = s->net->graph;
    return hypot(g->x[a] - g->x[b], g->y[a] - g->y[b]);
}

static int by_bridge(const void *a, const void *b)
{
    const meeting *p = a, *q = b;
    if (p->bridge != q->bridge)
        return p->bridge < q->bridge ? -1 : 1;
    return p->v != q->v ? (p->v < q->v ? -1 : 1) : p->u < q->u ? -1 : p->u > q->u;
}

/* Keep MEETINGS of them, spread out: of those within a growing radius only the best. */
static void thin(const solver *s, meeting *all, size_t n, meetings *out)
{
    double radius = 0;
    if (n)
        qsort(all, n, sizeof *all, by_bridge);
    for (;;) {
        out->count = 0;
        size_t i = 0;
        for (; i < n; i++) {
            bool near = false;
            for (size_t k = 0; k < out->count && !near; k++)
                near = apart(s, all[i].v, out->at[k].v) < radius;
            if (near)
                continue;
            if (out->count == MEETINGS)
                break;
            out->at[out->count++] = all[i];
        }
        if (i == n)
            return;
        radius = radius > 0 ? 1.5 * radius : 3;
    }
}

/* The node a walk set out from to come to v. */
static uint32_t origin(const solver *s, uint32_t v)
{
    const hz_graph *g = s->net->graph;
    for (uint32_t e = hz_walk_edge(s->walk, v); e != UINT32_MAX; e = hz_walk_edge(s->walk, v))
        v = g->from[e] == v ? g->to[e] : g->from[e];
    return v;
}

/* Nodes of the next stop that a walk over third ways reaches within a limit. */
static size_t bridges(solver *s, size_t i, double limit, meeting *all)
{
    size_t j = after(s, i), count = 0;
    reset_factors(s, 1);
    set_factor(s, i, INFINITY);
    set_factor(s, j, INFINITY);
    hz_walk_run(s->walk, s->factor, s->node_count[i], s->nodes[i], 0, NULL, limit);
    for (size_t k = 0; k < s->node_count[j]; k++) {
        double d = hz_walk_cost(s->walk, s->nodes[j][k]);
        if (d < INFINITY)
            all[count++] = (meeting){ origin(s, s->nodes[j][k]), s->nodes[j][k], d, false };
    }
    return count;
}

/* Where no way leads: straight lines between the nearest nodes. */
static size_t jumps(const solver *s, size_t i, meeting *all)
{
    size_t j = after(s, i);
    for (size_t k = 0; k < s->node_count[j]; k++) {
        all[k] = (meeting){ 0, s->nodes[j][k], INFINITY, true };
        size_t step = s->node_count[i] / 4000 + 1;
        for (size_t m = 0; m < s->node_count[i]; m += step) {
            double d = apart(s, s->nodes[i][m], s->nodes[j][k]);
            if (d < all[k].bridge) {
                all[k].bridge = d;
                all[k].u = s->nodes[i][m];
            }
        }
    }
    return s->node_count[j];
}

/* How much longer than straight a bridge may be before a straight line says more. */
static const double detour = 2.5, detour_m = 100;

static hz_status find_meetings(solver *s, size_t i, hz_text *refused, hz_error *err)
{
    size_t j = after(s, i), n = 0;
    double limit = s->net->gap;
    meeting *all = hz_mem_new(s->node_count[j] + 1, sizeof *all);
    if (!all)
        return hz_mem_fail(err, "zone");
    if (!s->stops[j].after_gap)
        n = bridges(s, i, limit, all);
    double nearest = INFINITY;
    for (size_t k = 0; k < n; k++)
        nearest = fmin(nearest, all[k].bridge);
    while (n == 0 && limit < 60000) {
        n = bridges(s, i, limit *= 4, all);
        for (size_t k = 0; k < n; k++)
            nearest = fmin(nearest, all[k].bridge);
        if (n && limit < 2 * nearest)
            n = bridges(s, i, limit = 2 * nearest, all);
    }
    double most = short_bridge * s->net->gap;
    bool far = n == 0 || nearest > most;
    if (far && !s->allow_gaps) {
        hz_text_addf(refused, "'%s' and '%s' do not meet: ", listed(s, i), listed(s, j));
        if (n)
            hz_text_addf(refused, "%.0f m apart along other streets, expected at most %.0f m",
                         nearest, most);
        else
            hz_text_add(refused, "no way leads from one to the other");
    }
    if (far && s->allow_gaps) {
        meeting *straight = hz_mem_new(s->node_count[j] + 1, sizeof *straight);
        if (!straight) {
            hz_mem_free(all);
            return hz_mem_fail(err, "zone");
        }
        size_t m = jumps(s, i, straight);
        double least = INFINITY;
        for (size_t k = 0; k < m; k++)
            least = fmin(least, straight[k].bridge);
        if (n == 0 || nearest > detour * least + detour_m) {
            hz_mem_free(all);
            all = straight;
            n = m;
        } else {
            hz_mem_free(straight);
        }
    }
    thin(s, all, n, &s->meet[i]);
    hz_mem_free(all);
    return HZ_OK;
}

/* Is the edge of a class that the stop may mean? */
static bool on_stop(const solver *s, size_t i, uint32_t edge)
{
    const hz_meaning *m = s->stops[i].meaning;
    for (size_t k = 0; k < m->count; k++)
        if (m->classes[k] == s->net->graph->class_of[edge])
            return true;
    return false;
}

static double on_length(const solver *s, size_t i, uint32_t v)
{
    const hz_graph *g = s->net->graph;
    double on = 0;
    for (uint32_t e; (e = hz_walk_edge(s->walk, v)) != UINT32_MAX;) {
        on += on_stop(s, i, e) ? g->length[e] : 0;
        v = g->from[e] == v ? g->to[e] : g->from[e];
    }
    return on;
}

static hz_status find_ways(solver *s, size_t i, hz_error *err)
{
    const meetings *in = &s->meet[before(s, i)], *out = &s->meet[i];
    uint32_t targets[MEETINGS];
    s->ways[i] = hz_mem_new(in->count * out->count, sizeof **s->ways);
    if (!s->ways[i])
        return hz_mem_fail(err, "zone");
    for (size_t q = 0; q < out->count; q++)
        targets[q] = out->at[q].u;
    reset_factors(s, off_street);
    set_factor(s, i, 1);
    for (size_t p = 0; p < in->count; p++) {
        hz_walk_run(s->walk, s->factor, 1, &in->at[p].v, out->count, targets, INFINITY);
        for (size_t q = 0; q < out->count; q++) {
            way *w = &s->ways[i][p * out->count + q];
            w->cost = hz_walk_cost(s->walk, targets[q]);
            w->on = w->cost < INFINITY ? on_length(s, i, targets[q]) : 0;
            w->cost += out->at[q].bridge * off_street;
        }
    }
    return HZ_OK;
}

/* The steps of a walk that led from a to b, a left out. */
static hz_status follow(const solver *s, size_t stop, bool all_bridge, uint32_t b, hz_step **steps,
                        size_t *count, hz_error *err)
{
    const hz_graph *g = s->net->graph;
    size_t n = 0;
    uint32_t v = b;
    for (uint32_t e; (e = hz_walk_edge(s->walk, v)) != UINT32_MAX; n++)
        v = g->from[e] == v ? g->to[e] : g->from[e];
    hz_step *grown = hz_mem_resize(*steps, *count + n + 1, sizeof *grown);
    if (!grown)
        return hz_mem_fail(err, "zone");
    *steps = grown;
    *count += n;
    v = b;
    for (size_t k = *count; k > *count - n; k--) {
        uint32_t e = hz_walk_edge(s->walk, v);
        grown[k - 1] = (hz_step){ v, (uint32_t)stop, all_bridge || !on_stop(s, stop, e) };
        v = g->from[e] == v ? g->to[e] : g->from[e];
    }
    return HZ_OK;
}

/* The way of a stop in full, its bridge to the next included; kept for other rings. */
static hz_status need_steps(solver *s, size_t i, size_t p, size_t q, way **out, hz_error *err)
{
    const meetings *in = &s->meet[before(s, i)];
    const meeting *m = &s->meet[i].at[q];
    way *w = &s->ways[i][p * s->meet[i].count + q];
    hz_status st = HZ_OK;
    *out = w;
    if (w->steps)
        return HZ_OK;
    reset_factors(s, off_street);
    set_factor(s, i, 1);
    hz_walk_run(s->walk, s->factor, 1, &in->at[p].v, 1, &m->u, INFINITY);
    st = follow(s, i, false, m->u, &w->steps, &w->count, err);
    if (!st && m->straight) {
        hz_step *grown = hz_mem_resize(w->steps, w->count + 1, sizeof *grown);
        if (!grown)
            return hz_mem_fail(err, "zone");
        w->steps = grown;
        grown[w->count++] = (hz_step){ m->v, (uint32_t)i, true };
    } else if (!st && m->u != m->v) {
        reset_factors(s, 1);
        set_factor(s, i, INFINITY);
        set_factor(s, after(s, i), INFINITY);
        hz_walk_run(s->walk, s->factor, 1, &m->u, 1, &m->v, INFINITY);
        st = follow(s, i, true, m->v, &w->steps, &w->count, err);
    }
    return st;
}

/* ---- the ring by dynamic programming ---- */

typedef struct {
    double cost;
    uint16_t meeting, rank; /* at the stop before */
} state;

typedef struct {
    double cost;
    size_t start, rank;
} ring;

static void insert(state *ranks, state one)
{
    size_t at = RANKS;
    while (at > 0 && one.cost < ranks[at - 1].cost)
        at--;
    if (at == RANKS)
        return;
    memmove(ranks + at + 1, ranks + at, (RANKS - 1 - at) * sizeof *ranks);
    ranks[at] = one;
}

static double way_cost(const solver *s, size_t i, size_t p, size_t q, double least)
{
    const way *w = &s->ways[i][p * s->meet[i].count + q];
    if (!s->stops[i].must)
        return w->cost;
    if (w->on < least)
        return w->cost + 1e6;
    return w->cost + (w->on < 1 ? unused_cost : 0);
}

/* Best ways from meeting `start` of stop `first` - 1 through all stops and back to it: `table` gets
 * RANKS states for each stop and meeting, in the order walked. */
static void sweep(const solver *s, size_t first, size_t start, double least, state *table)
{
    for (size_t k = 0; k < s->n; k++) {
        size_t i = (first + k) % s->n;
        const meetings *in = &s->meet[before(s, i)], *out = &s->meet[i];
        for (size_t q = 0; q < out->count; q++) {
            state *to = table + (k * MEETINGS + q) * RANKS;
            for (size_t r = 0; r < RANKS; r++)
                to[r] = (state){ INFINITY, 0, 0 };
            if (k + 1 == s->n && q != start)
                continue;
            for (size_t p = 0; p < in->count; p++) {
                if (k == 0 && p != start)
                    continue;
                double c = way_cost(s, i, p, q, least);
                const state *from = k ? table + ((k - 1) * MEETINGS + p) * RANKS : NULL;
                for (size_t r = 0; r < (k ? RANKS : 1u); r++)
                    if ((k ? from[r].cost : 0) + c < to[RANKS - 1].cost)
                        insert(to, (state){ (k ? from[r].cost : 0) + c, (uint16_t)p, (uint16_t)r });
            }
        }
    }
}

static int by_cost(const void *a, const void *b)
{
    const ring *p = a, *q = b;
    if (p->cost != q->cost)
        return p->cost < q->cost ? -1 : 1;
    if (p->start != q->start)
        return p->start < q->start ? -1 : 1;
    return p->rank < q->rank ? -1 : p->rank > q->rank;
}

static hz_status assemble(solver *s, size_t first, const ring *r, const state *table,
                          hz_step **steps, size_t *count, hz_error *err)
{
    size_t q = r->start, rank = r->rank;
    way **chosen = hz_mem_new(s->n, sizeof *chosen);
    hz_status st = chosen ? HZ_OK : hz_mem_fail(err, "zone");
    *count = 0;
    for (size_t k = s->n; !st && k-- > 0;) {
        size_t i = (first + k) % s->n;
        const state *at = &table[(k * MEETINGS + q) * RANKS + rank];
        st = need_steps(s, i, at->meeting, q, &chosen[k], err);
        q = at->meeting;
        rank = at->rank;
        if (!st)
            *count += chosen[k]->count;
    }
    hz_step *all = st ? NULL : hz_mem_new(*count, sizeof *all);
    if (!st && !all)
        st = hz_mem_fail(err, "zone");
    size_t at = 0;
    for (size_t k = 0; !st && k < s->n; k++) { /* in the order of the list */
        const way *w = chosen[(k + s->n - first) % s->n];
        memcpy(all + at, w->steps, w->count * sizeof *all);
        at += w->count;
    }
    hz_mem_free(chosen);
    *steps = all;
    return st;
}

/* What was wrong with the best of the rings that could not be taken. */
typedef struct {
    enum { RING_FINE = 0, RING_RETURNS, RING_CROSSES, RING_BROKEN } kind;
    size_t a, b; /* stops */
    double metres;
} fault_found;

/* Cut loops and there-and-backs of at most `limit` metres out of a ring; false if a longer one stays.
 * The ring is walked from the middle of its longest stop, so that no loop lies across the seam. */
static hz_status cut_loops(solver *s, hz_step *steps, size_t *count, double limit, bool *simple,
                           fault_found *fault, hz_error *err)
{
    size_t n = *count, top = 0, seam = 0, run = 0, longest = 0;
    hz_step *kept = hz_mem_new(n, sizeof *kept);
    double *at = hz_mem_new(n + 1, sizeof *at);
    hz_status st = kept && at ? HZ_OK : hz_mem_fail(err, "zone");
    *simple = !st;
    for (size_t k = 0; !st && k < n; k++) {
        run = k && steps[k].stop == steps[k - 1].stop ? run + 1 : 1;
        if (run > longest) {
            longest = run;
            seam = k - run / 2;
        }
    }
    s->round++;
    uint32_t base = s->round;
    for (size_t k = 0; !st && *simple && k < n; k++) {
        hz_step one = steps[(seam + k) % n];
        if (s->mark[one.node] == base) { /* been here: s->list tells at which step */
            size_t back = s->list[one.node];
            double d = at[top - 1] - at[back] + apart(s, kept[top - 1].node, one.node);
            *simple = d <= limit;
            if (!*simple && !fault->kind)
                *fault = (fault_found){ RING_RETURNS, kept[back].stop, one.stop, d };
            for (; *simple && top > back + 1; top--)
                s->mark[kept[top - 1].node] = base - 1;
            continue;
        }
        at[top] = top ? at[top - 1] + apart(s, kept[top - 1].node, one.node) : 0;
        s->mark[one.node] = base;
        s->list[one.node] = (uint32_t)top;
        kept[top++] = one;
    }
    if (!st && *simple) { /* back to the order of the list */
        size_t from = 0;
        while (from < top && !(kept[from].stop < kept[(from + top - 1) % top].stop))
            from++;
        for (size_t k = 0; k < top; k++)
            steps[k] = kept[(from + k) % top];
        *count = top;
    }
    hz_mem_free(kept);
    hz_mem_free(at);
    return st;
}

static double area_of(const solver *s, const hz_step *steps, size_t n)
{
    const hz_graph *g = s->net->graph;
    double sum = 0, x0 = g->x[steps[0].node], y0 = g->y[steps[0].node];
    for (size_t k = 0; k < n; k++) {
        uint32_t a = steps[k].node, b = steps[(k + 1) % n].node;
        sum += (g->x[a] - x0) * (g->y[b] - y0) - (g->x[b] - x0) * (g->y[a] - y0);
    }
    return fabs(sum / 2);
}

/* A longer piece off its street than may pass by itself. */
static double longest_bridge(const solver *s, const hz_step *steps, size_t n, size_t *stop)
{
    double longest = 0, run = 0;
    for (size_t k = 0; k < 2 * n; k++) {
        const hz_step *one = &steps[k % n];
        run = one->bridge ? run + apart(s, steps[(k + n - 1) % n].node, one->node) : 0;
        if (run > longest) {
            longest = run;
            *stop = one->stop;
        }
    }
    return longest;
}

/* Try the shortest rings in turn, with every street followed for at least `least` metres. */
static hz_status try_rings(solver *s, double least, hz_step **steps, size_t *count,
                           fault_found *fault, hz_error *err)
{
    size_t last = 0, n = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->meet[i].count < s->meet[last].count)
            last = i;
    size_t first = after(s, last), starts = s->meet[last].count;
    size_t size = s->n * MEETINGS * RANKS;
    state *table = hz_mem_new(size, sizeof *table);
    ring *rings = hz_mem_new(starts * RANKS, sizeof *rings);
    hz_status st = table && rings ? HZ_OK : hz_mem_fail(err, "zone");
    for (size_t p = 0; !st && p < starts; p++) {
        sweep(s, first, p, least, table);
        for (size_t r = 0; r < RANKS; r++) {
            double cost = table[((s->n - 1) * MEETINGS + p) * RANKS + r].cost;
            if (cost < (least > 0 ? 1e6 : INFINITY))
                rings[n++] = (ring){ cost, p, r };
        }
    }
    if (!st && n)
        qsort(rings, n, sizeof *rings, by_cost);
    size_t swept = SIZE_MAX;
    for (size_t k = 0; !st && !*steps && k < n && k < TRIES; k++) {
        hz_step *one = NULL;
        size_t m = 0, stop = 0;
        bool simple = false;
        if (swept != rings[k].start)
            sweep(s, first, swept = rings[k].start, least, table);
        st = assemble(s, first, &rings[k], table, &one, &m, err);
        if (!st && m > 2)
            st = cut_loops(s, one, &m, short_bridge * s->net->gap, &simple, fault, err);
        bool crosses = false;
        size_t a = 0, b = 0;
        if (!st && simple && m > 2)
            st = hz_trace_crossing(s->net, one, m, &crosses, &a, &b, err);
        if (crosses && !fault->kind)
            *fault = (fault_found){ RING_CROSSES, one[a].stop, one[b].stop, 0 };
        simple = simple && !crosses;
        if (!st && simple && m > 2 && area_of(s, one, m) >= 4 * s->net->gap * s->net->gap) {
            double gap = longest_bridge(s, one, m, &stop);
            if (s->allow_gaps || gap <= short_break * s->net->gap) {
                *steps = one;
                *count = m;
                one = NULL;
            } else if (fault->kind != RING_BROKEN) {
                *fault = (fault_found){ RING_BROKEN, stop, stop, gap };
            }
        }
        hz_mem_free(one);
    }
    hz_mem_free(table);
    hz_mem_free(rings);
    return st;
}

static void complain(const solver *s, const fault_found *fault, hz_text *refused)
{
    const char *a = listed(s, fault->a), *b = listed(s, fault->b);
    if (fault->kind == RING_BROKEN)
        hz_text_addf(refused, "'%s' is interrupted: %.0f m of the way are on other streets, "
                     "expected at most %.0f m", a, fault->metres, short_break * s->net->gap);
    else if (fault->kind == RING_RETURNS && fault->a == fault->b)
        hz_text_addf(refused, "no simple ring: the way along '%s' comes back to itself after "
                     "%.0f m", a, fault->metres);
    else if (fault->kind == RING_RETURNS)
        hz_text_addf(refused, "no simple ring: '%s' comes back to where '%s' has been, a loop of "
                     "%.0f m", b, a, fault->metres);
    else if (fault->kind == RING_CROSSES)
        hz_text_addf(refused, "no simple ring: the ways by '%s' and '%s' cross", a, b);
    else
        hz_text_add(refused, "the streets enclose nothing in this order");
}

static hz_status solve(solver *s, hz_step **steps, size_t *count, hz_text *refused, hz_error *err)
{
    hz_status st = HZ_OK;
    fault_found fault = { RING_FINE, 0, 0, 0 };
    for (size_t i = 0; !st && i < s->n; i++)
        st = gather_nodes(s, i, err);
    for (size_t i = 0; !st && i < s->n && !refused->length; i++)
        st = find_meetings(s, i, refused, err);
    for (size_t i = 0; !st && i < s->n && !refused->length; i++)
        st = find_ways(s, i, err);
    const double least[] = { 0, 2 * s->net->gap, 6 * s->net->gap };
    for (int k = 0; !st && k < 3 && !*steps && !refused->length; k++)
        st = try_rings(s, least[k], steps, count, &fault, err);
    if (!st && !*steps && !refused->length)
        complain(s, &fault, refused);
    return st;
}

hz_status hz_trace_solve(const hz_trace_network *net, const hz_stop *stops, size_t n,
                         bool allow_gaps, const hz_trace *trace, hz_step **steps, size_t *count,
                         hz_text *refused, hz_error *err)
{
    solver s = { .net = net, .stops = stops, .trace = trace, .n = n, .allow_gaps = allow_gaps };
    hz_status st = hz_walk_new(net->graph, &s.walk, err);
    s.factor = hz_mem_new(net->class_count, sizeof *s.factor);
    s.nodes = hz_mem_new(n, sizeof *s.nodes);
    s.node_count = hz_mem_new(n, sizeof *s.node_count);
    s.meet = hz_mem_new(n, sizeof *s.meet);
    s.ways = hz_mem_new(n, sizeof *s.ways);
    s.mark = hz_mem_new(net->graph->nodes, sizeof *s.mark);
    s.list = hz_mem_new(net->graph->nodes, sizeof *s.list);
    *steps = NULL;
    if (!st && (!s.factor || !s.nodes || !s.node_count || !s.meet || !s.ways || !s.mark || !s.list))
        st = hz_mem_fail(err, "zone");
    s.round = 1;
    if (!st)
        st = solve(&s, steps, count, refused, err);
    if (st) {
        hz_mem_free(*steps);
        *steps = NULL;
    }
    for (size_t i = 0; i < n; i++) {
        if (s.nodes)
            hz_mem_free(s.nodes[i]);
        if (!s.ways || !s.ways[i])
            continue;
        for (size_t k = 0; k < s.meet[before(&s, i)].count * s.meet[i].count; k++)
            hz_mem_free(s.ways[i][k].steps);
        hz_mem_free(s.ways[i]);
    }
    hz_walk_free(s.walk);
    hz_mem_free(s.factor);
    hz_mem_free(s.nodes);
    hz_mem_free(s.node_count);
    hz_mem_free(s.meet);
    hz_mem_free(s.ways);
    hz_mem_free(s.mark);
    hz_mem_free(s.list);
    return st;
}
