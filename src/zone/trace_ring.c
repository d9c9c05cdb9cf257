/* The shortest simple ring by the listed streets: dynamic programming over all their meetings. */
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "zone/trace_solver.h"

/* A street that is listed and not followed costs as much as so many metres of detour. */
static const double unused_cost = 300;
/* An interruption within a street: at most so many gaps. */
static const double short_break = 10;

/* What encloses less than so many square gaps is no zone, but a junction. */
static const double smallest = 4;

enum { RANKS = 6, TRIES = 300 };

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

static double way_cost(const hz_solver *s, size_t i, size_t p, size_t q, double least)
{
    const hz_way *w = &s->ways[i][p * s->meet[i].count + q];
    if (!s->stops[i].must)
        return w->cost;
    if (w->on < least)
        return w->cost + 1e6;
    return w->cost + (w->on < 1 ? unused_cost : 0);
}

/* Best ways from meeting `start` of stop `first` - 1 through all stops and back to it: `table` gets
 * RANKS states for each stop and meeting, in the order walked. */
static void sweep(const hz_solver *s, size_t first, size_t start, double least, state *table)
{
    for (size_t k = 0; k < s->n; k++) {
        size_t i = (first + k) % s->n;
        const hz_meetings *in = &s->meet[hz_solver_before(s, i)], *out = &s->meet[i];
        for (size_t q = 0; q < out->count; q++) {
            state *to = table + (k * HZ_MEETINGS + q) * RANKS;
            for (size_t r = 0; r < RANKS; r++)
                to[r] = (state){ INFINITY, 0, 0 };
            if (k + 1 == s->n && q != start)
                continue;
            for (size_t p = 0; p < in->count; p++) {
                if (k == 0 && p != start)
                    continue;
                double c = way_cost(s, i, p, q, least);
                const state *from = k ? table + ((k - 1) * HZ_MEETINGS + p) * RANKS : NULL;
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

static hz_status assemble(hz_solver *s, size_t first, const ring *r, const state *table,
                          hz_step **steps, size_t *count, hz_error *err)
{
    size_t q = r->start, rank = r->rank;
    hz_way **chosen = hz_mem_new(s->n, sizeof *chosen);
    hz_status st = chosen ? HZ_OK : hz_mem_fail(err, "zone");
    *count = 0;
    for (size_t k = s->n; !st && k-- > 0;) {
        size_t i = (first + k) % s->n;
        const state *at = &table[(k * HZ_MEETINGS + q) * RANKS + rank];
        st = hz_solver_steps(s, i, at->meeting, q, &chosen[k], err);
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
        const hz_way *w = chosen[(k + s->n - first) % s->n];
        memcpy(all + at, w->steps, w->count * sizeof *all);
        at += w->count;
    }
    hz_mem_free(chosen);
    *steps = all;
    return st;
}

/* What was wrong with the best of the rings that could not be taken. */
typedef struct {
    enum { RING_FINE = 0, RING_RETURNS, RING_CROSSES, RING_SMALL, RING_BROKEN } kind;
    size_t a, b; /* stops */
    double metres;
} fault_found;

/* Cut loops and there-and-backs of at most `limit` metres out of a ring; no if a longer one stays.
 * The ring is walked from the middle of its longest stop, so that no loop lies across the seam. */
static hz_status cut_loops(hz_solver *s, hz_step *steps, size_t *count, double limit, bool *simple,
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
            double d = at[top - 1] - at[back] + hz_solver_apart(s, kept[top - 1].node, one.node);
            *simple = d <= limit;
            if (!*simple && !fault->kind)
                *fault = (fault_found){ RING_RETURNS, kept[back].stop, one.stop, d };
            for (; *simple && top > back + 1; top--)
                s->mark[kept[top - 1].node] = base - 1;
            continue;
        }
        at[top] = top ? at[top - 1] + hz_solver_apart(s, kept[top - 1].node, one.node) : 0;
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

static double area_of(const hz_solver *s, const hz_step *steps, size_t n)
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
static double longest_bridge(const hz_solver *s, const hz_step *steps, size_t n, size_t *stop)
{
    double longest = 0, run = 0;
    for (size_t k = 0; k < 2 * n; k++) {
        const hz_step *one = &steps[k % n];
        run = one->bridge ? run + hz_solver_apart(s, steps[(k + n - 1) % n].node, one->node) : 0;
        if (run > longest) {
            longest = run;
            *stop = one->stop;
        }
    }
    return longest;
}

/* Try the shortest rings in turn, with every street followed for at least `least` metres. */
static hz_status try_rings(hz_solver *s, double least, hz_step **steps, size_t *count,
                           fault_found *fault, hz_error *err)
{
    size_t last = 0, n = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->meet[i].count < s->meet[last].count)
            last = i;
    size_t first = hz_solver_after(s, last), starts = s->meet[last].count;
    size_t size = s->n * HZ_MEETINGS * RANKS;
    double loop = s->allow_gaps ? short_break : hz_short_bridge; /* bridges often overshoot */
    state *table = hz_mem_new(size, sizeof *table);
    ring *rings = hz_mem_new(starts * RANKS, sizeof *rings);
    hz_status st = table && rings ? HZ_OK : hz_mem_fail(err, "zone");
    for (size_t p = 0; !st && p < starts; p++) {
        sweep(s, first, p, least, table);
        for (size_t r = 0; r < RANKS; r++) {
            double cost = table[((s->n - 1) * HZ_MEETINGS + p) * RANKS + r].cost;
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
            st = cut_loops(s, one, &m, loop * s->net->gap, &simple, fault, err);
        bool crosses = false;
        size_t a = 0, b = 0;
        if (!st && simple && m > 2)
            st = hz_trace_crossing(s->net, one, m, &crosses, &a, &b, err);
        if (crosses && !fault->kind)
            *fault = (fault_found){ RING_CROSSES, one[a].stop, one[b].stop, 0 };
        simple = simple && !crosses;
        if (!st && simple && m > 2 && area_of(s, one, m) >= smallest * s->net->gap * s->net->gap) {
            double gap = longest_bridge(s, one, m, &stop);
            if (s->allow_gaps || gap <= short_break * s->net->gap) {
                *steps = one;
                *count = m;
                one = NULL;
            } else if (fault->kind != RING_BROKEN) {
                *fault = (fault_found){ RING_BROKEN, stop, stop, gap };
            }
        }
        if (!st && one && simple && !fault->kind)
            *fault = (fault_found){ RING_SMALL, 0, 0, m > 2 ? area_of(s, one, m) : 0 };
        hz_mem_free(one);
    }
    hz_mem_free(table);
    hz_mem_free(rings);
    return st;
}

static void complain(const hz_solver *s, const fault_found *fault, hz_text *refused)
{
    const char *a = hz_solver_listed(s, fault->a), *b = hz_solver_listed(s, fault->b);
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
    else if (fault->kind == RING_SMALL)
        hz_text_addf(refused, "the shortest ring encloses only %.0f m2, expected %.0f at least",
                     fault->metres, smallest * s->net->gap * s->net->gap);
    else
        hz_text_add(refused, "the streets enclose nothing in this order");
}

static bool is_refused(const hz_text *refused)
{
    return refused->length || refused->failed;
}

static hz_status solve(hz_solver *s, hz_step **steps, size_t *count, hz_text *refused,
                       hz_error *err)
{
    hz_status st = HZ_OK;
    fault_found fault = { RING_FINE, 0, 0, 0 };
    for (size_t i = 0; !st && i < s->n; i++)
        st = hz_solver_nodes(s, i, err);
    for (size_t i = 0; !st && i < s->n && !is_refused(refused); i++)
        st = hz_solver_meetings(s, i, refused, err);
    for (size_t i = 0; !st && i < s->n && !is_refused(refused); i++)
        st = hz_solver_ways(s, i, refused, err);
    const double least[] = { 0, 2 * s->net->gap, 6 * s->net->gap };
    for (int k = 0; !st && k < 3 && !*steps && !is_refused(refused); k++)
        st = try_rings(s, least[k], steps, count, &fault, err);
    if (!st && !*steps && !is_refused(refused))
        complain(s, &fault, refused);
    return st;
}

hz_status hz_trace_solve(const hz_trace_network *net, const hz_stop *stops, size_t n,
                         bool allow_gaps, const hz_trace *trace, hz_step **steps, size_t *count,
                         hz_text *refused, hz_error *err)
{
    hz_solver s = { .net = net, .stops = stops, .trace = trace, .n = n, .allow_gaps = allow_gaps };
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
        for (size_t k = 0; k < s.meet[hz_solver_before(&s, i)].count * s.meet[i].count; k++)
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
