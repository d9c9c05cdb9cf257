/* Does a ring cross itself?  Streets are noded, so only straight jumps can; all is looked at. */
#include <math.h>
#include <stdlib.h>

#include "hotzone/mem.h"
#include "zone/trace_parts.h"

typedef struct {
    double ax, ay, bx, by, low, high; /* low, high: in x */
    size_t step;
} span;

static int by_low(const void *a, const void *b)
{
    const span *p = a, *q = b;
    if (p->low != q->low)
        return p->low < q->low ? -1 : 1;
    return p->step < q->step ? -1 : p->step > q->step;
}

static double side(const span *s, double x, double y)
{
    return (s->bx - s->ax) * (y - s->ay) - (s->by - s->ay) * (x - s->ax);
}

/* Do they have a point in common? */
static bool meet(const span *p, const span *q)
{
    if (fmax(p->ay, p->by) < fmin(q->ay, q->by) || fmax(q->ay, q->by) < fmin(p->ay, p->by))
        return false;
    double a = side(p, q->ax, q->ay), b = side(p, q->bx, q->by);
    double c = side(q, p->ax, p->ay), d = side(q, p->bx, p->by);
    return !((a > 0 && b > 0) || (a < 0 && b < 0) || (c > 0 && d > 0) || (c < 0 && d < 0));
}

hz_status hz_trace_crossing(const hz_trace_network *net, const hz_step *steps, size_t n,
                            bool *crosses, size_t *a, size_t *b, hz_error *err)
{
    const hz_graph *g = net->graph;
    span *s = hz_mem_new(n, sizeof *s);
    if (!s)
        return hz_mem_fail(err, "zone");
    for (size_t k = 0; k < n; k++) {
        uint32_t u = steps[(k + n - 1) % n].node, v = steps[k].node;
        s[k] = (span){ g->x[u], g->y[u], g->x[v], g->y[v], fmin(g->x[u], g->x[v]),
                       fmax(g->x[u], g->x[v]), k };
    }
    qsort(s, n, sizeof *s, by_low);
    *crosses = false;
    for (size_t i = 0; i < n && !*crosses; i++)
        for (size_t j = i + 1; j < n && s[j].low <= s[i].high; j++) {
            size_t p = s[i].step, q = s[j].step, apart = p > q ? p - q : q - p;
            if (apart == 1 || apart == n - 1 || !meet(&s[i], &s[j]))
                continue;
            *crosses = true;
            *a = p < q ? p : q;
            *b = p < q ? q : p;
            break;
        }
    hz_mem_free(s);
    return HZ_OK;
}
