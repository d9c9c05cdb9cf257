/* Leaves out vertices that no eye can see, the same ones on both sides of a shared border. */
#include <math.h>
#include <stdlib.h>

#include "hotzone/mem.h"
#include "map/sheet_parts.h"

/* Half a pixel at 300 dpi is 0.042 mm: no line moves farther than this (Douglas & Peucker 1973). */
#define TOLERANCE_MM 0.04

/* A vertex, one of its neighbours along a ring, and where it stands in the arrays. */
typedef struct {
    double x, y, to_x, to_y;
    size_t point;
} step;

typedef struct {
    hz_shapes *shapes;
    unsigned char *keep;   /* of each point */
    size_t *arc;           /* points of the arc in hand, in its canonical direction */
    size_t *stack;         /* pairs: pieces of it still to be split */
} thinner;

static int compare_points(double ax, double ay, double bx, double by)
{
    return ax != bx ? (ax < bx ? -1 : 1) : ay != by ? (ay < by ? -1 : 1) : 0;
}

static int by_vertex(const void *a, const void *b)
{
    const step *p = a, *q = b;
    int order = compare_points(p->x, p->y, q->x, q->y);
    return order ? order : compare_points(p->to_x, p->to_y, q->to_x, q->to_y);
}

static int compare_at(const hz_shapes *s, size_t p, size_t q)
{
    return compare_points(s->x[p], s->y[p], s->x[q], s->y[q]);
}

static size_t list_steps(const hz_shapes *s, step *steps)
{
    size_t n = 0;
    for (size_t r = 0; r < s->rings; r++)
        for (size_t p = s->first_point[r]; p + 1 < s->first_point[r + 1]; p++) {
            steps[n++] = (step){ s->x[p], s->y[p], s->x[p + 1], s->y[p + 1], p };
            steps[n++] = (step){ s->x[p + 1], s->y[p + 1], s->x[p], s->y[p], p + 1 };
        }
    return n;
}

/* Keep every vertex where borders meet or part: all but those with two neighbours, counted over
 * all rings, each once. */
static void keep_nodes(thinner *t, step *steps, size_t n)
{
    qsort(steps, n, sizeof *steps, by_vertex);
    for (size_t i = 0, end; i < n; i = end) {
        size_t ways = 1;
        for (end = i + 1; end < n && steps[end].x == steps[i].x && steps[end].y == steps[i].y; end++)
            ways += compare_points(steps[end].to_x, steps[end].to_y, steps[end - 1].to_x,
                                   steps[end - 1].to_y) != 0;
        for (size_t k = i; ways != 2 && k < end; k++)
            t->keep[steps[k].point] = 1;
    }
}

/* The vertex farthest from one of the ring's; of equals the lesser, so that the choice does not
 * depend on where the ring begins. */
static size_t farthest(const hz_shapes *s, size_t first, size_t last, size_t from)
{
    size_t best = from;
    double most = 0;
    for (size_t p = first; p < last; p++) {
        double dx = s->x[p] - s->x[from], dy = s->y[p] - s->y[from], d = dx * dx + dy * dy;
        if (d > most || (d == most && d > 0 && compare_at(s, p, best) < 0)) {
            most = d;
            best = p;
        }
    }
    return best;
}

/* A closed ring needs two fixed points to be cut into arcs. */
static void keep_anchors(thinner *t, size_t first, size_t last)
{
    const hz_shapes *s = t->shapes;
    size_t kept = 0, one = first;
    for (size_t p = first; p < last; p++)
        if (t->keep[p]) {
            one = p;
            kept++;
        }
    for (size_t p = first; kept == 0 && p < last; p++)
        if (compare_at(s, p, one) < 0)
            one = p;
    if (kept >= 2)
        return;
    t->keep[one] = 1;
    t->keep[farthest(s, first, last, one)] = 1;
}

static double distance2(const hz_shapes *s, size_t a, size_t b, size_t p)
{
    double dx = s->x[b] - s->x[a], dy = s->y[b] - s->y[a], length2 = dx * dx + dy * dy;
    double x = s->x[p] - s->x[a], y = s->y[p] - s->y[a];
    double at = length2 > 0 ? fmin(fmax((dx * x + dy * y) / length2, 0), 1) : 0;
    x -= at * dx;
    y -= at * dy;
    return x * x + y * y;
}

/* Douglas & Peucker on arc[0..n-1], whose ends are kept. */
static void thin_arc(thinner *t, size_t n)
{
    const hz_shapes *s = t->shapes;
    const size_t *arc = t->arc;
    size_t depth = 0;
    t->stack[depth++] = 0;
    t->stack[depth++] = n - 1;
    while (depth) {
        size_t b = t->stack[--depth], a = t->stack[--depth], split = a;
        double most = TOLERANCE_MM * TOLERANCE_MM;
        for (size_t i = a + 1; i < b; i++) {
            double d = distance2(s, arc[a], arc[b], arc[i]);
            if (d > most) {
                most = d;
                split = i;
            }
        }
        if (split == a)
            continue;
        t->keep[arc[split]] = 1;
        t->stack[depth++] = a;
        t->stack[depth++] = split;
        t->stack[depth++] = split;
        t->stack[depth++] = b;
    }
}

/* The arc from a kept point to the next, turned so that both of its sides walk it alike. */
static void take_arc(thinner *t, size_t n)
{
    const hz_shapes *s = t->shapes;
    int order = compare_at(s, t->arc[0], t->arc[n - 1]);
    if (order == 0)
        order = compare_at(s, t->arc[1], t->arc[n - 2]);
    for (size_t i = 0, k = n - 1; order > 0 && i < k; i++, k--) {
        size_t point = t->arc[i];
        t->arc[i] = t->arc[k];
        t->arc[k] = point;
    }
    thin_arc(t, n);
}

static void thin_ring(thinner *t, size_t r)
{
    const hz_shapes *s = t->shapes;
    size_t first = s->first_point[r], last = s->first_point[r + 1] - 1, n = 0;
    bool closed = compare_at(s, first, last) == 0;
    size_t start = first, points = last - first;

    if (closed) {
        keep_anchors(t, first, last);
        while (!t->keep[start])
            start++;
    } else {
        t->keep[first] = t->keep[last] = 1;
    }
    for (size_t i = 0; i <= points; i++) {
        size_t p = closed ? first + (start - first + i) % points : first + i;
        t->arc[n++] = p;
        /* vertices kept within an arc on its way do not end it */
        if (n > 1 && t->keep[p]) {
            if (n > 2)
                take_arc(t, n);
            t->arc[0] = p;
            n = 1;
        }
    }
    if (closed)
        t->keep[last] = t->keep[first];
}

/* Move the kept points of each ring together.  A ring that would be left without area stays. */
static void close_up(thinner *t)
{
    hz_shapes *s = t->shapes;
    size_t to = 0, first = 0;
    for (size_t r = 0; r < s->rings; r++) {
        size_t last = s->first_point[r + 1], kept = 0, began = to;
        bool closed = compare_at(s, first, last - 1) == 0;
        for (size_t p = first; p + 1 < last; p++)
            kept += t->keep[p];
        bool whole = closed && kept < 3;
        for (size_t p = first; p + 1 < last; p++)
            if (whole || t->keep[p]) {
                s->x[to] = s->x[p];
                s->y[to++] = s->y[p];
            }
        s->x[to] = closed ? s->x[began] : s->x[last - 1];
        s->y[to] = closed ? s->y[began] : s->y[last - 1];
        to++;
        first = last;
        s->first_point[r + 1] = to;
    }
    s->points = to;
}

hz_status hz_sheet_thin(hz_shapes *shapes, hz_error *err)
{
    thinner t = { .shapes = shapes };
    size_t n = shapes->points;
    if (n == 0)
        return HZ_OK;
    step *steps = hz_mem_new(2 * n, sizeof *steps);
    t.keep = hz_mem_new(n, sizeof *t.keep);
    t.arc = hz_mem_new(n + 1, sizeof *t.arc);
    t.stack = hz_mem_new(2 * n + 4, sizeof *t.stack);
    bool made = steps && t.keep && t.arc && t.stack;
    if (made) {
        keep_nodes(&t, steps, list_steps(shapes, steps));
        for (size_t r = 0; r < shapes->rings; r++)
            thin_ring(&t, r);
        close_up(&t);
    }
    hz_mem_free(steps);
    hz_mem_free(t.keep);
    hz_mem_free(t.arc);
    hz_mem_free(t.stack);
    return made ? HZ_OK : hz_mem_fail(err, "sheet: borders");
}
