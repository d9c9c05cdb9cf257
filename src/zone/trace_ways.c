/* Where listed streets meet, and the ways along each of them from meeting to meeting. */
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "zone/trace_solver.h"

static void set_factor(hz_solver *s, size_t i, double f)
{
    for (size_t k = 0; k < s->stops[i].meaning->count; k++) {
        int32_t c = s->stops[i].meaning->classes[k];
        s->factor[c] = f;
        if (s->net->classes[c].mend >= 0 && f < INFINITY)
            s->factor[s->net->classes[c].mend] = hz_off_street;
    }
}

/* Lines that are no streets are walked only where they are listed. */
static void reset_factors(hz_solver *s, double off)
{
    for (size_t c = 0; c < s->net->class_count; c++) {
        unsigned kind = s->net->classes[c].kind & ~(unsigned)HZ_LINE_UNNAMED;
        s->factor[c] = kind == HZ_LINE_STREET || kind == HZ_LINE_LINK ? off : INFINITY;
    }
}

hz_status hz_solver_nodes(hz_solver *s, size_t i, hz_error *err)
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

static int by_bridge(const void *a, const void *b)
{
    const hz_meeting *p = a, *q = b;
    if (p->bridge != q->bridge)
        return p->bridge < q->bridge ? -1 : 1;
    return p->v != q->v ? (p->v < q->v ? -1 : 1) : p->u < q->u ? -1 : p->u > q->u;
}

/* Keep HZ_MEETINGS of them, spread out: of those within a growing radius only the best. */
static void thin(const hz_solver *s, hz_meeting *all, size_t n, hz_meetings *out)
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
                near = hz_solver_apart(s, all[i].v, out->at[k].v) < radius;
            if (near)
                continue;
            if (out->count == HZ_MEETINGS)
                break;
            out->at[out->count++] = all[i];
        }
        if (i == n)
            return;
        radius = radius > 0 ? 1.5 * radius : 3;
    }
}

/* The node a walk set out from to come to v. */
static uint32_t origin(const hz_solver *s, uint32_t v)
{
    const hz_graph *g = s->net->graph;
    for (uint32_t e = hz_walk_edge(s->walk, v); e != UINT32_MAX; e = hz_walk_edge(s->walk, v))
        v = g->from[e] == v ? g->to[e] : g->from[e];
    return v;
}

/* Nodes of the next stop that a walk over third ways reaches within a limit. */
static size_t bridges(hz_solver *s, size_t i, double limit, hz_meeting *all)
{
    size_t j = hz_solver_after(s, i), count = 0;
    reset_factors(s, 1);
    set_factor(s, i, INFINITY);
    set_factor(s, j, INFINITY);
    hz_walk_run(s->walk, s->factor, s->node_count[i], s->nodes[i], 0, NULL, limit);
    for (size_t k = 0; k < s->node_count[j]; k++) {
        double d = hz_walk_cost(s->walk, s->nodes[j][k]);
        if (d < INFINITY)
            all[count++] = (hz_meeting){ origin(s, s->nodes[j][k]), s->nodes[j][k], d, false };
    }
    return count;
}

/* Where no way leads: straight lines between the nearest nodes. */
static size_t jumps(const hz_solver *s, size_t i, hz_meeting *all)
{
    size_t j = hz_solver_after(s, i);
    for (size_t k = 0; k < s->node_count[j]; k++) {
        all[k] = (hz_meeting){ 0, s->nodes[j][k], INFINITY, true };
        size_t step = s->node_count[i] / 4000 + 1;
        for (size_t m = 0; m < s->node_count[i]; m += step) {
            double d = hz_solver_apart(s, s->nodes[i][m], s->nodes[j][k]);
            if (d < all[k].bridge) {
                all[k].bridge = d;
                all[k].u = s->nodes[i][m];
            }
        }
    }
    return s->node_count[j];
}

/* How far apart the places are to which bridges lead. */
static double spread(const hz_solver *s, const hz_meeting *all, size_t n)
{
    const hz_graph *g = s->net->graph;
    double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    for (size_t k = 0; k < n; k++) {
        x0 = fmin(x0, g->x[all[k].v]);
        y0 = fmin(y0, g->y[all[k].v]);
        x1 = fmax(x1, g->x[all[k].v]);
        y1 = fmax(y1, g->y[all[k].v]);
    }
    return n ? hypot(x1 - x0, y1 - y0) : 0;
}

/* How much longer than straight a bridge may be before a straight line says more. */
static const double detour = 2.5, detour_m = 100;

hz_status hz_solver_meetings(hz_solver *s, size_t i, hz_text *refused, hz_error *err)
{
    size_t j = hz_solver_after(s, i), n = 0;
    double limit = s->net->gap;
    hz_meeting *all = hz_mem_new(s->node_count[j] + 1, sizeof *all);
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
    double most = hz_short_bridge * s->net->gap;
    bool far = n == 0 || nearest > most;
    const char *a = hz_solver_listed(s, i), *b = hz_solver_listed(s, j);
    if (!far && !s->allow_gaps && nearest > s->net->gap &&
        spread(s, all, n) > nearest + 2 * s->net->gap)
        hz_text_addf(refused, "'%s' and '%s' do not meet, and several ways join them: the shortest "
                     "is %.0f m, expected at most %.0f m or a single way", a, b, nearest,
                     s->net->gap);
    if (far && !s->allow_gaps) {
        hz_text_addf(refused, "'%s' and '%s' do not meet: ", a, b);
        if (n)
            hz_text_addf(refused, "%.0f m apart along other streets, expected at most %.0f m",
                         nearest, most);
        else
            hz_text_add(refused, "no way leads from one to the other");
    }
    if (far && s->allow_gaps) {
        hz_meeting *straight = hz_mem_new(s->node_count[j] + 1, sizeof *straight);
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
static bool on_stop(const hz_solver *s, size_t i, uint32_t edge)
{
    const hz_meaning *m = s->stops[i].meaning;
    for (size_t k = 0; k < m->count; k++)
        if (m->classes[k] == s->net->graph->class_of[edge])
            return true;
    return false;
}

static double on_length(const hz_solver *s, size_t i, uint32_t v)
{
    const hz_graph *g = s->net->graph;
    double on = 0;
    for (uint32_t e; (e = hz_walk_edge(s->walk, v)) != UINT32_MAX;) {
        on += on_stop(s, i, e) ? g->length[e] : 0;
        v = g->from[e] == v ? g->to[e] : g->from[e];
    }
    return on;
}

hz_status hz_solver_ways(hz_solver *s, size_t i, hz_text *refused, hz_error *err)
{
    bool any = false;
    const hz_meetings *in = &s->meet[hz_solver_before(s, i)], *out = &s->meet[i];
    uint32_t targets[HZ_MEETINGS];
    s->ways[i] = hz_mem_new(in->count * out->count, sizeof **s->ways);
    if (!s->ways[i])
        return hz_mem_fail(err, "zone");
    for (size_t q = 0; q < out->count; q++)
        targets[q] = out->at[q].u;
    reset_factors(s, hz_off_street);
    set_factor(s, i, 1);
    for (size_t p = 0; p < in->count; p++) {
        hz_walk_run(s->walk, s->factor, 1, &in->at[p].v, out->count, targets, INFINITY);
        for (size_t q = 0; q < out->count; q++) {
            hz_way *w = &s->ways[i][p * out->count + q];
            w->cost = hz_walk_cost(s->walk, targets[q]);
            w->on = w->cost < INFINITY ? on_length(s, i, targets[q]) : 0;
            any |= w->cost < INFINITY;
            w->cost += out->at[q].bridge * hz_off_street;
        }
    }
    if (!any)
        hz_text_addf(refused, "no way leads along '%s' from where it meets '%s' to where it meets "
                     "'%s'", hz_solver_listed(s, i),
                     hz_solver_listed(s, hz_solver_before(s, i)),
                     hz_solver_listed(s, hz_solver_after(s, i)));
    return HZ_OK;
}

/* The steps of a walk that led from a to b, a left out. */
static hz_status follow(const hz_solver *s, size_t stop, bool all_bridge, uint32_t b,
                        hz_step **steps, size_t *count, hz_error *err)
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
        grown[k - 1] = (hz_step){ v, (uint32_t)stop, g->class_of[e],
                                     all_bridge || !on_stop(s, stop, e) };
        v = g->from[e] == v ? g->to[e] : g->from[e];
    }
    return HZ_OK;
}

/* The way of a stop in full, its bridge to the next included; kept for other rings. */
hz_status hz_solver_steps(hz_solver *s, size_t i, size_t p, size_t q, hz_way **out, hz_error *err)
{
    const hz_meetings *in = &s->meet[hz_solver_before(s, i)];
    const hz_meeting *m = &s->meet[i].at[q];
    hz_way *w = &s->ways[i][p * s->meet[i].count + q];
    hz_status st = HZ_OK;
    *out = w;
    if (w->steps)
        return HZ_OK;
    reset_factors(s, hz_off_street);
    set_factor(s, i, 1);
    hz_walk_run(s->walk, s->factor, 1, &in->at[p].v, 1, &m->u, INFINITY);
    st = follow(s, i, false, m->u, &w->steps, &w->count, err);
    if (!st && m->straight) {
        hz_step *grown = hz_mem_resize(w->steps, w->count + 1, sizeof *grown);
        if (!grown)
            return hz_mem_fail(err, "zone");
        w->steps = grown;
        grown[w->count++] = (hz_step){ m->v, (uint32_t)i, -1, true };
    } else if (!st && m->u != m->v) {
        reset_factors(s, 1);
        set_factor(s, i, INFINITY);
        set_factor(s, hz_solver_after(s, i), INFINITY);
        hz_walk_run(s->walk, s->factor, 1, &m->u, 1, &m->v, INFINITY);
        st = follow(s, i, true, m->v, &w->steps, &w->count, err);
    }
    return st;
}
