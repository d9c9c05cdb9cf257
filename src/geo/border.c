/* Measures how far apart two borders lie: Hausdorff distance, mean and 95th percentile. */
#include "hotzone/border.h"

#include <math.h>
#include <stdlib.h>

#include "geo/segment.h"
#include "hotzone/mem.h"

/* Edges in runs of RUN neighbours, each with its box: a run further off than the best so far need
 * not be looked into. */
enum { RUN = 16 };

typedef struct {
    double ax, ay, bx, by;
} edge;

typedef struct {
    edge *edges;
    hz_box *boxes;
    size_t n, runs;
    size_t last; /* run of the nearest edge of the point before: a good first guess */
} line;

typedef struct {
    double distance, length;
} sample;

static void widen(hz_box *b, double x, double y)
{
    b->xmin = fmin(b->xmin, x);
    b->xmax = fmax(b->xmax, x);
    b->ymin = fmin(b->ymin, y);
    b->ymax = fmax(b->ymax, y);
}

static hz_status line_new(const hz_shapes *s, size_t f, line *out, hz_error *err)
{
    size_t room = s->first_point[s->first_ring[f + 1]] - s->first_point[s->first_ring[f]];
    out->edges = hz_mem_new(room + 1, sizeof *out->edges);
    out->boxes = hz_mem_new(room / RUN + 1, sizeof *out->boxes);
    if (!out->edges || !out->boxes)
        return hz_mem_fail(err, "borders");
    for (size_t r = s->first_ring[f]; r < s->first_ring[f + 1]; r++)
        for (size_t i = s->first_point[r]; i + 1 < s->first_point[r + 1]; i++) {
            edge e = { s->x[i], s->y[i], s->x[i + 1], s->y[i + 1] };
            if (out->n % RUN == 0)
                out->boxes[out->runs++] = (hz_box){ INFINITY, INFINITY, -INFINITY, -INFINITY };
            widen(&out->boxes[out->runs - 1], e.ax, e.ay);
            widen(&out->boxes[out->runs - 1], e.bx, e.by);
            out->edges[out->n++] = e;
        }
    return HZ_OK;
}

static void line_free(line *l)
{
    hz_mem_free(l->edges);
    hz_mem_free(l->boxes);
}

/* How far two ranges lie apart; 0 where they overlap. */
static double apart(double low, double high, double from, double to)
{
    return low > to ? low - to : from > high ? from - high : 0;
}

static double run_distance2(const line *l, size_t run, double x, double y)
{
    double least = INFINITY;
    for (size_t i = run * RUN; i < l->n && i < (run + 1) * RUN; i++) {
        const edge *e = &l->edges[i];
        double here = hz_segment_distance2(e->ax, e->ay, e->bx, e->by, x, y);
        least = here < least ? here : least; /* fmin would be called for every edge */
    }
    return least;
}

static double line_distance(line *l, double x, double y)
{
    double least = run_distance2(l, l->last, x, y);
    for (size_t run = 0; run < l->runs; run++) {
        const hz_box *b = &l->boxes[run];
        double dx = apart(b->xmin, b->xmax, x, x), dy = apart(b->ymin, b->ymax, y, y);
        if (dx * dx + dy * dy >= least)
            continue;
        double here = run_distance2(l, run, x, y);
        if (here < least) {
            least = here;
            l->last = run;
        }
    }
    return sqrt(least);
}

static double pieces_of(const edge *e, double step)
{
    return fmax(1, ceil(hypot(e->bx - e->ax, e->by - e->ay) / step));
}

static int ascending(const void *a, const void *b)
{
    double x = ((const sample *)a)->distance, y = ((const sample *)b)->distance;
    return (x > y) - (x < y);
}

/* Mean, 95th percentile and greatest distance of the points of `from` to `to`, by length. */
static hz_status direction(const line *from, line *to, double step, double *mean, double *p95,
                           double *greatest, hz_error *err)
{
    double points = 0, all = 0, sum = 0, below = 0;
    size_t n = 0;
    for (size_t i = 0; i < from->n; i++)
        points += pieces_of(&from->edges[i], step);
    if (!(points <= 1e7))
        return hz_fail(err, HZ_EDATA, "borders: %g points a step of %g m apart, expected ten "
                       "million at most", points, step);
    sample *s = hz_mem_new(2 * (size_t)points, sizeof *s);
    if (!s)
        return hz_mem_fail(err, "borders");
    for (size_t i = 0; i < from->n; i++) {
        const edge *e = &from->edges[i];
        uint32_t pieces = (uint32_t)pieces_of(e, step);
        double part = hypot(e->bx - e->ax, e->by - e->ay) / pieces / 2;
        for (uint32_t k = 0; k < pieces; k++) { /* either end of a piece stands for half of it */
            double x, y;
            for (uint32_t end = k; end <= k + 1; end++, n++) {
                if (end == k && k > 0) {
                    s[n] = s[n - 1];
                    continue;
                }
                hz_segment_point(e->ax, e->ay, e->bx, e->by, end, pieces, &x, &y);
                s[n] = (sample){ line_distance(to, x, y), part };
            }
        }
    }
    qsort(s, n, sizeof *s, ascending);
    for (size_t i = 0; i < n; i++) {
        all += s[i].length;
        sum += s[i].length * s[i].distance;
    }
    *mean = sum / all;
    *greatest = *p95 = s[n - 1].distance;
    for (size_t i = 0; i < n; i++) {
        below += s[i].length;
        if (below >= 0.95 * all) {
            *p95 = s[i].distance;
            break;
        }
    }
    hz_mem_free(s);
    return HZ_OK;
}

hz_status hz_border_compare(const hz_shapes *a, size_t fa, const hz_shapes *b, size_t fb,
                            double step, hz_border_gap *out, hz_error *err)
{
    hz_border_gap g = { NAN, NAN, NAN, NAN, NAN };
    line of_a = { 0 }, of_b = { 0 };
    double p95_to, p95_from, far_to, far_from;
    if (a->kind != HZ_POLYGON || b->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "borders: asked of what are no polygons");
    if (!(step > 0) || isinf(step))
        return hz_fail(err, HZ_EUSAGE, "borders: a step of %g, expected more than 0 m", step);
    hz_status st = line_new(a, fa, &of_a, err);
    if (!st)
        st = line_new(b, fb, &of_b, err);
    if (!st && of_a.n && of_b.n) {
        st = direction(&of_a, &of_b, step, &g.mean_to, &p95_to, &far_to, err);
        if (!st)
            st = direction(&of_b, &of_a, step, &g.mean_from, &p95_from, &far_from, err);
        if (!st) {
            g.mean = fmax(g.mean_to, g.mean_from);
            g.p95 = fmax(p95_to, p95_from);
            g.greatest = fmax(far_to, far_from);
        }
    }
    if (!st)
        *out = g;
    line_free(&of_a);
    line_free(&of_b);
    return st;
}

/* ---- the least distance --------------------------------------------------------------------- */

/* Which side of the line from a to b: its sign; 0 only where rounding cannot tell. */
static double side(const edge *e, double x, double y)
{
    return (e->bx - e->ax) * (y - e->ay) - (e->by - e->ay) * (x - e->ax);
}

static double edges_distance2(const edge *e, const edge *f)
{
    const double of[] = { hz_segment_distance2(e->ax, e->ay, e->bx, e->by, f->ax, f->ay),
                          hz_segment_distance2(e->ax, e->ay, e->bx, e->by, f->bx, f->by),
                          hz_segment_distance2(f->ax, f->ay, f->bx, f->by, e->ax, e->ay),
                          hz_segment_distance2(f->ax, f->ay, f->bx, f->by, e->bx, e->by) };
    double least = of[0];
    if (side(e, f->ax, f->ay) * side(e, f->bx, f->by) < 0 &&
        side(f, e->ax, e->ay) * side(f, e->bx, e->by) < 0)
        return 0;
    for (int k = 1; k < 4; k++)
        least = of[k] < least ? of[k] : least;
    return least;
}

static double runs_distance2(const line *a, size_t i, const line *b, size_t j, double least)
{
    for (size_t e = i * RUN; e < a->n && e < (i + 1) * RUN; e++)
        for (size_t f = j * RUN; f < b->n && f < (j + 1) * RUN; f++) {
            double here = edges_distance2(&a->edges[e], &b->edges[f]);
            least = here < least ? here : least;
        }
    return least;
}

hz_status hz_border_nearest(const hz_shapes *a, size_t fa, const hz_shapes *b, size_t fb,
                            double *metres, hz_error *err)
{
    line of_a = { 0 }, of_b = { 0 };
    double least = INFINITY;
    if (a->kind != HZ_POLYGON || b->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "borders: asked of what are no polygons");
    hz_status st = line_new(a, fa, &of_a, err);
    if (!st)
        st = line_new(b, fb, &of_b, err);
    for (size_t i = 0; !st && i < of_a.runs; i++)
        for (size_t j = 0; j < of_b.runs; j++) {
            const hz_box *p = &of_a.boxes[i], *q = &of_b.boxes[j];
            double dx = apart(p->xmin, p->xmax, q->xmin, q->xmax);
            double dy = apart(p->ymin, p->ymax, q->ymin, q->ymax);
            if (dx * dx + dy * dy < least)
                least = runs_distance2(&of_a, i, &of_b, j, least);
        }
    if (!st)
        *metres = isfinite(least) ? sqrt(least) : NAN;
    line_free(&of_a);
    line_free(&of_b);
    return st;
}
