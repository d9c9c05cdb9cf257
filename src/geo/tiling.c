/* Pieces of border between polygons that lie side by side. */
#include "hotzone/tiling.h"

#include <math.h>
#include <stdlib.h>

#include "hotzone/mem.h"

/* One vertex of a unit's ring, without the closing one and repeats; the segment to the next. */
typedef struct {
    double x, y;
    uint32_t unit, place; /* place: of the vertex among all that differ */
    uint32_t across;
    uint32_t item;        /* itself, to find it again after sorting */
} vertex;

typedef struct {
    uint32_t a, b, item; /* places of its ends, the lower first */
} segment;

typedef struct {
    size_t n, items, places;
    size_t *first; /* n + 1: vertices of a unit */
    vertex *vertex;
    vertex *sorted;
    segment *segment;
    size_t *place_first;  /* places + 1 */
    uint32_t *place_unit; /* units at a place; each once, as units do not touch themselves */
    unsigned char *is_corner; /* per vertex */
} work;

static void free_work(work *w)
{
    hz_mem_free(w->first);
    hz_mem_free(w->vertex);
    hz_mem_free(w->sorted);
    hz_mem_free(w->segment);
    hz_mem_free(w->place_first);
    hz_mem_free(w->place_unit);
    hz_mem_free(w->is_corner);
}

static int by_place(const void *a, const void *b)
{
    const vertex *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return p->item < q->item ? -1 : p->item > q->item;
}

static int by_ends(const void *a, const void *b)
{
    const segment *p = a, *q = b;
    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    if (p->b != q->b)
        return p->b < q->b ? -1 : 1;
    return p->item < q->item ? -1 : p->item > q->item;
}

static size_t next_item(const work *w, size_t item)
{
    uint32_t u = w->vertex[item].unit;
    return item + 1 < w->first[u + 1] ? item + 1 : w->first[u];
}

static size_t previous_item(const work *w, size_t item)
{
    uint32_t u = w->vertex[item].unit;
    return item > w->first[u] ? item - 1 : w->first[u + 1] - 1;
}

static hz_status collect(const hz_shapes *s, work *w, hz_error *err)
{
    w->n = s->features;
    if (s->points >= UINT32_MAX)
        return hz_fail(err, HZ_EDATA, "tiling: %zu vertices, expected fewer than 2^32", s->points);
    w->first = hz_mem_new(w->n + 1, sizeof *w->first);
    w->vertex = hz_mem_new(s->points + 1, sizeof *w->vertex);
    if (!w->first || !w->vertex)
        return hz_mem_fail(err, "a tiling");
    for (size_t f = 0; f < w->n; f++) {
        size_t r = s->first_ring[f], start = w->items;
        if (s->first_ring[f + 1] - r != 1)
            return hz_fail(err, HZ_EDATA, "tiling: unit %zu has %zu rings, expected one", f + 1,
                           s->first_ring[f + 1] - r);
        for (size_t p = s->first_point[r]; p + 1 < s->first_point[r + 1]; p++) {
            double x = s->x[p] + 0.0, y = s->y[p] + 0.0; /* -0 is 0 */
            if (!isfinite(x) || !isfinite(y))
                return hz_fail(err, HZ_EDATA, "tiling: unit %zu has a coordinate that is not "
                               "finite", f + 1);
            if (w->items > start && w->vertex[w->items - 1].x == x &&
                w->vertex[w->items - 1].y == y)
                continue;
            w->vertex[w->items] = (vertex){ x, y, (uint32_t)f, 0, HZ_TILING_NONE,
                                            (uint32_t)w->items };
            w->items++;
        }
        if (w->items - start < 3)
            return hz_fail(err, HZ_EDATA, "tiling: unit %zu has no area, expected a polygon",
                           f + 1);
        w->first[f + 1] = w->items;
    }
    return HZ_OK;
}

/* Number the places, and note which units meet at each. */
static hz_status number_places(work *w, hz_error *err)
{
    w->sorted = hz_mem_new(w->items + 1, sizeof *w->sorted);
    w->place_first = hz_mem_new(w->items + 1, sizeof *w->place_first);
    w->place_unit = hz_mem_new(w->items + 1, sizeof *w->place_unit);
    if (!w->sorted || !w->place_first || !w->place_unit)
        return hz_mem_fail(err, "a tiling");
    for (size_t i = 0; i < w->items; i++)
        w->sorted[i] = w->vertex[i];
    qsort(w->sorted, w->items, sizeof *w->sorted, by_place);
    for (size_t i = 0; i < w->items; i++) {
        const vertex *v = &w->sorted[i];
        bool new_place = i == 0 || v->x != v[-1].x || v->y != v[-1].y;
        if (new_place)
            w->place_first[w->places++] = i;
        else if (v->unit == v[-1].unit)
            return hz_fail(err, HZ_EDATA, "tiling: unit %zu touches itself near %.10g %.10g, "
                           "expected a simple ring", (size_t)v->unit + 1, v->x, v->y);
        w->vertex[v->item].place = (uint32_t)(w->places - 1);
        w->place_unit[i] = v->unit;
    }
    w->place_first[w->places] = w->items;
    return HZ_OK;
}

static hz_status find_across(work *w, hz_error *err)
{
    w->segment = hz_mem_new(w->items + 1, sizeof *w->segment);
    if (!w->segment)
        return hz_mem_fail(err, "a tiling");
    for (size_t i = 0; i < w->items; i++) {
        uint32_t a = w->vertex[i].place, b = w->vertex[next_item(w, i)].place;
        w->segment[i] = (segment){ a < b ? a : b, a < b ? b : a, (uint32_t)i };
    }
    qsort(w->segment, w->items, sizeof *w->segment, by_ends);
    for (size_t i = 0; i + 1 < w->items; i++) {
        const segment *s = &w->segment[i];
        if (s->a != s[1].a || s->b != s[1].b)
            continue;
        vertex *p = &w->vertex[s->item], *q = &w->vertex[s[1].item];
        if (p->across != HZ_TILING_NONE || p->unit == q->unit)
            return hz_fail(err, HZ_EDATA, "tiling: unit %zu overlaps another near %.10g %.10g",
                           (size_t)q->unit + 1, q->x, q->y);
        p->across = q->unit;
        q->across = p->unit;
    }
    return HZ_OK;
}

/* A vertex is no corner where the same unit, or none, is beyond on both sides and no third meets. */
static bool corner_at(const work *w, size_t item)
{
    const vertex *v = &w->vertex[item];
    size_t meet = w->place_first[v->place + 1] - w->place_first[v->place];
    return v->across != w->vertex[previous_item(w, item)].across ||
           meet != (v->across == HZ_TILING_NONE ? 1u : 2u);
}

static hz_status make_room(const work *w, hz_tiling *t, hz_error *err)
{
    t->n = w->n;
    t->first = hz_mem_new(w->n + 1, sizeof *t->first);
    t->across = hz_mem_new(w->items + 1, sizeof *t->across);
    t->length = hz_mem_new(w->items + 1, sizeof *t->length);
    t->corner = hz_mem_new(w->items + 1, sizeof *t->corner);
    t->corner_first = hz_mem_new(w->places + 1, sizeof *t->corner_first);
    t->corner_unit = hz_mem_new(w->items + 1, sizeof *t->corner_unit);
    t->open = hz_mem_new(w->places + 1, 1);
    t->area = hz_mem_new(w->n + 1, sizeof *t->area);
    t->perimeter = hz_mem_new(w->n + 1, sizeof *t->perimeter);
    if (!t->first || !t->across || !t->length || !t->corner || !t->corner_first ||
        !t->corner_unit || !t->open || !t->area || !t->perimeter)
        return hz_mem_fail(err, "a tiling");
    return HZ_OK;
}

/* Places become corners under their own numbers: those that are none are simply never named. */
static void take_corners(work *w, hz_tiling *t)
{
    t->corners = w->places;
    for (size_t p = 0; p <= w->places; p++)
        t->corner_first[p] = w->place_first[p];
    for (size_t i = 0; i < w->items; i++) {
        t->corner_unit[i] = w->place_unit[i];
        if (w->vertex[i].across == HZ_TILING_NONE) {
            t->open[w->vertex[i].place] = 1;
            t->open[w->vertex[next_item(w, i)].place] = 1;
        }
    }
}

static hz_status add_pieces(work *w, const hz_shapes *s, hz_tiling *t, hz_error *err)
{
    size_t pieces = 0;
    for (size_t u = 0; u < w->n; u++) {
        size_t first = w->first[u], n = w->first[u + 1] - first, start = first;
        t->first[u] = pieces;
        for (size_t i = first; i < first + n; i++)
            if (corner_at(w, i)) {
                start = i;
                break;
            }
        for (size_t k = 0, i = start; k < n; k++, i = next_item(w, i)) {
            const vertex *v = &w->vertex[i], *to = &w->vertex[next_item(w, i)];
            double length = hypot(to->x - v->x, to->y - v->y);
            if (k == 0 || corner_at(w, i)) {
                t->across[pieces] = v->across;
                t->corner[pieces++] = v->place;
            }
            t->length[pieces - 1] += length;
            t->perimeter[u] += length;
        }
        t->area[u] = hz_shape_area(s, u);
        if (!(t->area[u] > 0))
            return hz_fail(err, HZ_EDATA, "tiling: unit %zu has no area, expected a polygon",
                           u + 1);
    }
    t->first[w->n] = pieces;
    return HZ_OK;
}

hz_status hz_tiling_new(const hz_shapes *units, hz_tiling **out, hz_error *err)
{
    work w = { 0 };
    hz_tiling *t = NULL;
    if (units->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "tiling: expected polygons");
    hz_status st = collect(units, &w, err);
    if (!st)
        st = number_places(&w, err);
    if (!st)
        st = find_across(&w, err);
    if (!st && !(t = hz_mem_new(1, sizeof *t)))
        st = hz_mem_fail(err, "a tiling");
    if (!st)
        st = make_room(&w, t, err);
    if (!st) {
        take_corners(&w, t);
        st = add_pieces(&w, units, t, err);
    }
    if (!st) {
        *out = t;
        t = NULL;
    }
    hz_tiling_free(t);
    free_work(&w);
    return st;
}

void hz_tiling_free(hz_tiling *t)
{
    if (!t)
        return;
    hz_mem_free(t->first);
    hz_mem_free(t->across);
    hz_mem_free(t->length);
    hz_mem_free(t->corner);
    hz_mem_free(t->corner_first);
    hz_mem_free(t->corner_unit);
    hz_mem_free(t->open);
    hz_mem_free(t->area);
    hz_mem_free(t->perimeter);
    hz_mem_free(t);
}

static bool across_in(const hz_tiling *t, const unsigned char *in, size_t piece)
{
    return t->across[piece] != HZ_TILING_NONE && in[t->across[piece]];
}

/* Does a corner of this unit touch another one that is in the set (or, if not `wanted`, is out of
 * it: what no unit covers is out, too)? */
static bool corner_has(const hz_tiling *t, const unsigned char *in, size_t corner, size_t unit,
                       bool wanted)
{
    if (!wanted && t->open[corner])
        return true;
    for (size_t i = t->corner_first[corner]; i < t->corner_first[corner + 1]; i++)
        if (t->corner_unit[i] != unit && (in[t->corner_unit[i]] != 0) == wanted)
            return true;
    return false;
}

bool hz_tiling_may_change(const hz_tiling *t, const unsigned char *in, size_t count, size_t unit)
{
    size_t pieces = 0, runs = 0, all = t->first[unit + 1] - t->first[unit];
    if (count == (in[unit] ? 1u : 0u))
        return true;
    /* A simple polygon and all that is outside it are each whole.  A unit may pass from one to the
     * other if its border with the one it comes to, corners too, is one run: a run begins at a
     * corner that is shared where the piece before it is not. */
    bool to = !in[unit], before = across_in(t, in, t->first[unit + 1] - 1) == to;
    for (size_t p = t->first[unit]; p < t->first[unit + 1]; p++) {
        bool here = across_in(t, in, p) == to;
        runs += !before && (here || corner_has(t, in, t->corner[p], unit, to));
        pieces += here;
        before = here;
    }
    return runs == 1 && pieces > 0 && pieces < all;
}

double hz_tiling_shared(const hz_tiling *t, const unsigned char *in, size_t unit)
{
    double sum = 0;
    for (size_t p = t->first[unit]; p < t->first[unit + 1]; p++)
        if (across_in(t, in, p))
            sum += t->length[p];
    return sum;
}

double hz_tiling_between(const hz_tiling *t, size_t a, size_t b)
{
    double sum = 0;
    for (size_t p = t->first[a]; p < t->first[a + 1]; p++)
        if (t->across[p] == b)
            sum += t->length[p];
    return sum;
}
