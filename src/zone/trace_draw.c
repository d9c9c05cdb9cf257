/* What a ring says of each listed item: lengths, gaps, lines, and the polygon itself. */
#include <math.h>

#include "hotzone/mem.h"
#include "zone/trace_work.h"

static void measure(const hz_trace_work *w, hz_trace *t)
{
    const hz_graph *g = w->net->graph;
    size_t n = w->step_count;
    double run = 0;
    for (size_t k = 0; k < n; k++) {
        const hz_step *s = &w->steps[k], *last = &w->steps[(k + n - 1) % n];
        hz_trace_item *item = &t->items[w->stops[s->stop].item];
        double d = hypot(g->x[s->node] - g->x[last->node], g->y[s->node] - g->y[last->node]);
        if (isnan(item->start_x)) {
            item->start_x = g->x[last->node];
            item->start_y = g->y[last->node];
            run = 0;
        }
        item->end_x = g->x[s->node];
        item->end_y = g->y[s->node];
        run = s->bridge ? run + d : 0;
        *(s->bridge ? &item->bridged_m : &item->length_m) += d;
        item->longest_gap_m = fmax(item->longest_gap_m, run);
        t->length_m += d;
        t->bridged_m += s->bridge ? d : 0;
    }
}

hz_status hz_trace_name_items(const hz_trace_work *w, hz_trace *t, hz_error *err)
{
    const hz_graph *g = w->net->graph;
    double *on = hz_mem_new(w->net->class_count, sizeof *on);
    if (!on)
        return hz_mem_fail(err, "zone");
    for (size_t k = 0; k < w->step_count; k++) {
        const hz_step *s = &w->steps[k], *last = &w->steps[(k + w->step_count - 1) % w->step_count];
        if (s->class_of >= 0 && !s->bridge)
            on[s->class_of] += hypot(g->x[s->node] - g->x[last->node],
                                     g->y[s->node] - g->y[last->node]);
    }
    for (size_t i = 0; i < t->count; i++) {
        const hz_meaning *m = &w->meaning[i];
        for (size_t k = 0, best = 0; k < m->count; k++) {
            if (on[m->classes[k]] > on[m->classes[best]])
                best = k;
            const hz_line_class *c = &w->net->classes[m->classes[best]];
            t->items[i].matched = c->name;
            t->items[i].layer = c->layer;
            t->items[i].kind = hz_line_kind_of(c->kind);
        }
    }
    hz_mem_free(on);
    return HZ_OK;
}

/* Stretches of the ring on one line, for one item. */
static hz_status cut_legs(const hz_trace_work *w, hz_trace *t, hz_error *err)
{
    const hz_graph *g = w->net->graph;
    size_t n = w->step_count;
    t->legs = hz_mem_new(n, sizeof *t->legs);
    if (!t->legs)
        return hz_mem_fail(err, "zone");
    for (size_t k = 0; k < n; k++) {
        const hz_step *s = &w->steps[k], *last = &w->steps[(k + n - 1) % n];
        const hz_line_class *c = s->class_of < 0 ? NULL : &w->net->classes[s->class_of];
        hz_trace_leg one = { w->stops[s->stop].item, c ? c->name : "", c ? c->layer : "",
                             c ? hz_line_kind_of(c->kind) : HZ_TRACE_LINK, s->bridge,
                             hypot(g->x[s->node] - g->x[last->node],
                                   g->y[s->node] - g->y[last->node]) };
        hz_trace_leg *leg = t->leg_count ? &t->legs[t->leg_count - 1] : NULL;
        if (leg && leg->item == one.item && leg->bridge == one.bridge && leg->name == one.name &&
            leg->layer == one.layer && leg->kind == one.kind)
            leg->length_m += one.length_m;
        else
            t->legs[t->leg_count++] = one;
    }
    return HZ_OK;
}

typedef struct {
    double x, y, d2; /* a place, and the square of its distance from something */
} spot;

/* The spot between nodes a and b that is nearest to node v. */
static spot foot(const hz_graph *g, uint32_t v, uint32_t a, uint32_t b)
{
    double dx = g->x[b] - g->x[a], dy = g->y[b] - g->y[a], d2 = dx * dx + dy * dy;
    double u = d2 > 0 ? ((g->x[v] - g->x[a]) * dx + (g->y[v] - g->y[a]) * dy) / d2 : 0;
    u = fmax(0, fmin(1, u));
    double x = g->x[a] + u * dx, y = g->y[a] + u * dy;
    return (spot){ x, y, (x - g->x[v]) * (x - g->x[v]) + (y - g->y[v]) * (y - g->y[v]) };
}

/* The spot of the ring that is nearest to the lines a stop may mean. */
static spot nearest_spot(const hz_trace_work *w, const hz_meaning *m)
{
    const hz_graph *g = w->net->graph;
    spot best = { NAN, NAN, INFINITY };
    for (size_t c = 0; c < m->count; c++) {
        const hz_line_class *of = &w->net->classes[m->classes[c]];
        for (size_t i = of->first; i < of->last; i++)
            for (size_t k = 0; k < w->step_count; k++) {
                uint32_t a = g->from[w->net->edge[i]], b = g->to[w->net->edge[i]];
                uint32_t u = w->steps[(k + w->step_count - 1) % w->step_count].node;
                uint32_t v = w->steps[k].node;
                spot at[] = { foot(g, a, u, v), foot(g, b, u, v), foot(g, v, a, b) };
                at[2].x = g->x[v];
                at[2].y = g->y[v];
                for (int j = 0; j < 3; j++)
                    if (at[j].d2 < best.d2)
                        best = at[j];
            }
    }
    return best;
}

/* Nearer than this the ring comes to a street it does not follow; in gaps. */
static const double touch_gaps = 2;

/* Items that are not followed stand where the ring is nearest to them. */
static void place_touched(const hz_trace_work *w, hz_trace *t)
{
    for (size_t k = 0; k < w->stop_count; k++) {
        hz_trace_item *item = &t->items[w->stops[k].item];
        if (item->length_m >= 1)
            continue;
        spot at = nearest_spot(w, w->stops[k].meaning);
        item->off_m = sqrt(at.d2);
        item->state = item->off_m <= touch_gaps * w->net->gap ? HZ_TRACE_TOUCHED : HZ_TRACE_MISSED;
        item->start_x = item->end_x = at.x;
        item->start_y = item->end_y = at.y;
    }
}

static hz_status draw_ring(const hz_trace_work *w, hz_trace *t, hz_error *err)
{
    const hz_graph *g = w->net->graph;
    size_t n = w->step_count;
    double twice = 0;
    hz_status st = hz_shapes_new(HZ_POLYGON, 1, 1, n + 1, &t->ring, err);
    if (st)
        return st;
    const double x0 = g->x[w->steps[n - 1].node], y0 = g->y[w->steps[n - 1].node];
    for (size_t k = 0; k < n; k++) {
        uint32_t a = w->steps[(k + n - 1) % n].node, b = w->steps[k].node;
        twice += (g->x[a] - x0) * (g->y[b] - y0) - (g->x[b] - x0) * (g->y[a] - y0);
    }
    for (size_t k = 0; k <= n; k++) { /* from the start of the first item */
        size_t from = twice > 0 ? k : n - k;
        uint32_t v = w->steps[(from + n - 1) % n].node;
        t->ring->x[k] = g->x[v];
        t->ring->y[k] = g->y[v];
    }
    t->ring->first_ring[1] = 1;
    t->ring->first_point[1] = n + 1;
    t->area_m2 = fabs(twice / 2);
    return HZ_OK;
}

/* Runs of bridged steps as lines. */
static hz_status draw_gaps(const hz_trace_work *w, hz_trace *t, hz_error *err)
{
    const hz_graph *g = w->net->graph;
    size_t n = w->step_count, runs = 0, points = 0, f = 0, v = 0;
    for (size_t k = 0; k < n; k++) {
        bool fresh = w->steps[k].bridge && !(k && w->steps[k - 1].bridge);
        runs += fresh;
        points += (size_t)w->steps[k].bridge + fresh;
    }
    hz_status st = hz_shapes_new(HZ_LINE, runs, runs, points, &t->gaps, err);
    for (size_t k = 0; !st && k < n; k++) {
        if (!w->steps[k].bridge)
            continue;
        for (int both = k && w->steps[k - 1].bridge; both < 2; both++) {
            uint32_t node = w->steps[both ? k : (k + n - 1) % n].node;
            if (!both) {
                t->gaps->first_point[f] = v;
                t->gaps->first_ring[f] = f;
                f++;
            }
            t->gaps->x[v] = g->x[node];
            t->gaps->y[v++] = g->y[node];
        }
    }
    if (!st) {
        t->gaps->first_ring[runs] = runs;
        t->gaps->first_point[runs] = points;
    }
    return st;
}

hz_status hz_trace_draw(const hz_trace_work *w, hz_trace *t, hz_error *err)
{
    hz_status st = HZ_OK;
    measure(w, t);
    place_touched(w, t);
    st = draw_ring(w, t, err);
    if (!st)
        st = cut_legs(w, t, err);
    return st ? st : draw_gaps(w, t, err);
}
