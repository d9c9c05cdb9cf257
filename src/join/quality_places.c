/* Where events lie that cannot be meant, and where they pile up. */
#include <math.h>
#include <stdlib.h>

#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "hotzone/team.h"
#include "join/place_parts.h"
#include "join/quality_events.h"

enum { BLOCK = 1 << 14, FEWEST = 10 };

static hz_status no_memory(const audit *a)
{
    return hz_mem_fail(a->err, hz_layer_name(a->events));
}

/* ---- the middle of the data ------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return p < q ? -1 : p > q;
}

/* Median and median distance from it: half the data may be wrong before they are. */
static void middle_of(double *values, size_t n, double *median, double *spread)
{
    qsort(values, n, sizeof *values, by_value);
    *median = values[n / 2];
    for (size_t i = 0; i < n; i++)
        values[i] = fabs(values[i] - *median);
    qsort(values, n, sizeof *values, by_value);
    *spread = values[n / 2];
}

typedef struct {
    hz_box near, far; /* where nearly all lie; beyond which nobody would look */
    bool known;
} middle;

static bool holds(const hz_box *b, double x, double y)
{
    return x >= b->xmin && x <= b->xmax && y >= b->ymin && y <= b->ymax;
}

static hz_status find_middle(const audit *a, middle *m)
{
    double *values = hz_mem_new(a->n, sizeof *values);
    double mx, my, sx, sy, least = a->degrees ? 0.01 : 1000, far = a->degrees ? 1 : 100000;
    size_t n = 0;
    if (!values)
        return no_memory(a);
    for (size_t r = 0; r < a->n; r++)
        if (a->stand[r] == STAND_FINE)
            values[n++] = a->x[r];
    m->known = n >= FEWEST;
    if (m->known) {
        middle_of(values, n, &mx, &sx);
        n = 0;
        for (size_t r = 0; r < a->n; r++)
            if (a->stand[r] == STAND_FINE)
                values[n++] = a->y[r];
        middle_of(values, n, &my, &sy);
        double dx = fmax(10 * sx, least), dy = fmax(10 * sy, least);
        m->near = (hz_box){ mx - dx, my - dy, mx + dx, my + dy };
        dx = fmax(50 * sx, far);
        dy = fmax(50 * sy, far);
        m->far = (hz_box){ mx - dx, my - dy, mx + dx, my + dy };
    }
    hz_mem_free(values);
    return HZ_OK;
}

/* ---- areas ------------------------------------------------------------------------------ */

typedef struct {
    const audit *a;
    const hz_index *index;
    int32_t *first;
} placing_work;

static void locate_block(size_t first, size_t last, int member, void *user)
{
    placing_work *w = user;
    (void)member;
    hz_index_locate(w->index, first, last, w->a->x, w->a->y, w->first);
}

static hz_status mark_outside(audit *a)
{
    hz_index *index = NULL;
    placing_work w = { .a = a, .first = hz_mem_new(a->n, sizeof(int32_t)) };
    hz_status st = w.first ? hz_index_new(a->areas, &index, a->err) : no_memory(a);
    if (!st) {
        w.index = index;
        hz_team_share(a->n, BLOCK, locate_block, &w);
        for (size_t r = 0; r < a->n; r++)
            if (a->stand[r] == STAND_FINE && w.first[r] == HZ_NOWHERE)
                a->stand[r] = STAND_OUTSIDE;
    }
    hz_index_free(index);
    hz_mem_free(w.first);
    return st;
}

/* Areas are of use only if it is known how the two lie to each other. */
static hz_status take_areas(audit *a)
{
    const hz_layer *areas = a->opts->areas;
    const hz_shapes *shapes = areas ? hz_layer_shapes(areas) : NULL;
    const hz_crs *theirs = areas ? hz_layer_crs(areas) : NULL, *ours = hz_layer_crs(a->events);
    bool comparable = shapes && shapes->kind == HZ_POLYGON && !theirs == !ours;

    if (!ours) {
        hz_severity how = theirs ? HZ_QUALITY_FAULT : HZ_QUALITY_WARNING;
        if (!hz_quality_add(a->q, "source-no-crs", how, 1, 1))
            return no_memory(a);
    }
    return comparable ? hz_place_shapes(areas, ours, &a->areas, a->err) : HZ_OK;
}

/* A box around another, wider by a tenth of it on every side. */
static hz_box widened(hz_box b)
{
    double dx = (b.xmax - b.xmin) / 10, dy = (b.ymax - b.ymin) / 10;
    return (hz_box){ b.xmin - dx, b.ymin - dy, b.xmax + dx, b.ymax + dy };
}

/* Near the diagonal, where x and y are alike, a neighbour and a mirror image look the same. */
static void mark_swapped(audit *a, const hz_box *there, const hz_box *near)
{
    if (near->xmin <= near->ymax && near->ymin <= near->xmax)
        return;
    for (size_t r = 0; r < a->n; r++)
        if (a->stand[r] == STAND_FINE && !holds(near, a->x[r], a->y[r]) &&
            holds(there, a->y[r], a->x[r]))
            a->stand[r] = STAND_SWAPPED;
}

static hz_status mark_implausible(audit *a)
{
    const hz_crs *crs = hz_layer_crs(a->events);
    unsigned char *outside = hz_mem_new(a->n, 1);
    hz_status st = outside ? HZ_OK : no_memory(a);
    if (!st)
        st = hz_crs_outside(crs, a->n, a->x, a->y, outside, a->err);
    for (size_t r = 0; r < a->n && !st; r++)
        if (outside[r] && a->stand[r] == STAND_FINE)
            a->stand[r] = STAND_IMPLAUSIBLE;
    hz_mem_free(outside);
    return st;
}

hz_status hz_quality_places(audit *a)
{
    middle m = { .known = false };
    hz_status st = take_areas(a);

    for (size_t r = 0; r < a->n && !st; r++) {
        if (!isfinite(a->x[r]) || !isfinite(a->y[r]))
            a->stand[r] = STAND_NONE;
        else if (a->x[r] == 0 && a->y[r] == 0)
            a->stand[r] = STAND_ZERO;
    }
    if (!st && hz_crs_looks_swapped(hz_layer_crs(a->events), a->n, a->x, a->y))
        for (size_t r = 0; r < a->n; r++)
            if (a->stand[r] == STAND_FINE)
                a->stand[r] = STAND_SWAPPED;
    hz_box box = !st && a->areas ? hz_shapes_box(a->areas) : (hz_box){ 1, 1, 0, 0 };
    if (!st && box.xmin <= box.xmax) {
        hz_box near = widened(box);
        mark_swapped(a, &box, &near);
    } else if (!st) {
        st = find_middle(a, &m);
        if (!st && m.known)
            mark_swapped(a, &m.near, &m.near);
    }
    if (!st)
        st = mark_implausible(a);
    if (!st && a->areas)
        return mark_outside(a);
    for (size_t r = 0; r < a->n && !st && m.known; r++)
        if (a->stand[r] == STAND_FINE && !holds(&m.far, a->x[r], a->y[r]))
            a->stand[r] = STAND_FAR;
    return st;
}

/* ---- stacks ----------------------------------------------------------------------------- */

/* The middle of an area is where geocoders put what they only know the area of. */
static bool is_centre(const audit *a, double x, double y)
{
    double reach = a->degrees ? 1e-4 : 10; /* about 10 m */
    for (size_t f = 0; a->areas && f < a->areas->features; f++) {
        hz_box b = hz_shapes_feature_box(a->areas, f);
        double cx = NAN, cy = NAN;
        hz_shape_centroid(a->areas, f, &cx, &cy);
        if (hypot(cx - x, cy - y) <= reach ||
            hypot((b.xmin + b.xmax) / 2 - x, (b.ymin + b.ymax) / 2 - y) <= reach)
            return true;
    }
    return false;
}

static int by_weight(const void *a, const void *b)
{
    const hz_stack *p = a, *q = b;
    if (p->count != q->count)
        return p->count > q->count ? -1 : 1;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return p->y < q->y ? -1 : p->y > q->y;
}

/* Keep the heaviest; the last place is the scratch that a better one falls into. */
static void offer(hz_stack *best, size_t *n, hz_stack s)
{
    best[*n] = s;
    if (*n < HZ_STACKS)
        (*n)++;
    else if (by_weight(&s, &best[HZ_STACKS - 1]) < 0)
        best[HZ_STACKS - 1] = s;
    qsort(best, *n, sizeof *best, by_weight);
}

/* A pair of coordinates; all events have one here, so it holds nothing else. */
typedef struct {
    double x, y;
} spot;

static int by_place(const void *a, const void *b)
{
    const spot *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return p->y < q->y ? -1 : p->y > q->y;
}

/* A point that holds far more than any other, is rounder than the rest, or is an area's middle. */
static bool looks_default(const audit *a, const hz_stack *s, size_t next, size_t row)
{
    bool heavy = s->count >= 10 && s->share >= 0.05 && s->count >= 3 * next;
    bool round = s->count >= 5 && hz_quality_fineness(a, row) + 2 <= a->usual_fineness;
    return heavy || round || (s->count >= 5 && is_centre(a, s->x, s->y));
}

static size_t row_at(const audit *a, const hz_stack *s)
{
    size_t r = 0;
    while (a->x[r] != s->x || a->y[r] != s->y)
        r++;
    return r;
}

/* The heaviest stacks, and among how many events with coordinates. */
static hz_status find_stacks(const audit *a, hz_stack best[HZ_STACKS + 1], size_t *kept,
                             size_t *events)
{
    spot *all = hz_mem_new(a->n, sizeof *all);
    size_t n = 0;
    if (!all)
        return no_memory(a);
    for (size_t r = 0; r < a->n; r++)
        if (a->stand[r] == STAND_FINE || a->stand[r] == STAND_OUTSIDE || a->stand[r] == STAND_FAR)
            all[n++] = (spot){ a->x[r] + 0.0, a->y[r] + 0.0 };
    if (n)
        qsort(all, n, sizeof *all, by_place);
    for (size_t i = 0; i < n;) {
        hz_stack s = { .x = all[i].x, .y = all[i].y };
        size_t end = i;
        while (end < n && all[end].x == s.x && all[end].y == s.y)
            end++;
        s.count = end - i;
        s.share = (double)s.count / (double)n;
        if (s.count >= 3)
            offer(best, kept, s);
        i = end;
    }
    hz_mem_free(all);
    *events = n;
    return HZ_OK;
}

hz_status hz_quality_stacks(audit *a)
{
    hz_stack best[HZ_STACKS + 1];
    size_t n = 0, kept = 0, held = 0, suspect = 0, points = 0;
    hz_quality *q = a->q;
    hz_status st = find_stacks(a, best, &kept, &n);
    if (st || !kept)
        return st;
    for (size_t i = 0; i < kept; i++) {
        size_t next = i + 1 < kept ? best[i + 1].count : 1;
        best[i].default_point = looks_default(a, &best[i], next, row_at(a, &best[i]));
        held += best[i].count;
        suspect += best[i].default_point ? best[i].count : 0;
        points += best[i].default_point;
        q->stack[i] = best[i];
        if (a->opts->sensitive)
            q->stack[i].x = q->stack[i].y = NAN;
    }
    q->stacks = kept;
    q->stacked_share = (double)held / (double)n;
    hz_finding *f = hz_quality_add(q, "events-stacked", HZ_QUALITY_NOTE, held, n);
    if (!f)
        return no_memory(a);
    f->value[0] = (double)kept;
    f->value[1] = q->stacked_share;
    f->value[2] = (double)best[0].count;
    if (!suspect)
        return HZ_OK;
    f = hz_quality_add(q, "events-default-point", HZ_QUALITY_WARNING, suspect, n);
    if (!f)
        return no_memory(a);
    f->value[0] = (double)points;
    return HZ_OK;
}
