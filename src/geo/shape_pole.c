/* The pole of inaccessibility by halving squares, most promising first. */
#include <math.h>

#include "geo/segment.h"
#include "hotzone/mem.h"
#include "hotzone/shape.h"

/* The idea is V. Agafonkin's polylabel (2016): in a square whose centre is `distance` from
 * the border no point can be farther than distance + half a diagonal. */
typedef struct {
    double x, y, half; /* centre and half side */
    double distance;   /* from the centre to the border, negative outside */
    double hope;       /* no point of the square is farther from the border */
} square;

typedef struct {
    square *at;
    size_t count, room;
} heap;

enum { ENOUGH_SQUARES = 100000, FIRST_SQUARES = 64 };

/* Total order, so that the search never depends on how the heap was filled. */
static bool before(const square *a, const square *b)
{
    if (a->hope != b->hope)
        return a->hope > b->hope;
    if (a->x != b->x)
        return a->x < b->x;
    return a->y < b->y;
}

static bool push(heap *h, square s)
{
    if (h->count == h->room) {
        size_t room = h->room ? 2 * h->room : 256;
        square *at = hz_mem_resize(h->at, room, sizeof *at);
        if (!at)
            return false;
        h->at = at;
        h->room = room;
    }
    size_t i = h->count++;
    for (; i > 0 && before(&s, &h->at[(i - 1) / 2]); i = (i - 1) / 2)
        h->at[i] = h->at[(i - 1) / 2];
    h->at[i] = s;
    return true;
}

static square pop(heap *h)
{
    square top = h->at[0], last = h->at[--h->count];
    size_t i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= h->count)
            break;
        if (child + 1 < h->count && before(&h->at[child + 1], &h->at[child]))
            child++;
        if (!before(&h->at[child], &last))
            break;
        h->at[i] = h->at[child];
        i = child;
    }
    if (h->count)
        h->at[i] = last;
    return top;
}

static square measure(const hz_shapes *shapes, size_t feature, double x, double y, double half)
{
    double d = hz_shape_border_distance(shapes, feature, x, y);
    if (!hz_shape_holds(shapes, feature, x, y))
        d = -d;
    return (square){ x, y, half, d, d + half * sqrt(2) };
}

/* Squares that cover the box; false without memory. */
static bool cover(const hz_shapes *shapes, size_t feature, hz_box box, heap *h, square *best)
{
    double width = box.xmax - box.xmin, height = box.ymax - box.ymin;
    double side = fmax(fmin(width, height), fmax(width, height) / FIRST_SQUARES);
    int columns = (int)ceil(width / side), rows = (int)ceil(height / side);
    for (int j = 0; j < rows; j++)
        for (int i = 0; i < columns; i++) {
            square s = measure(shapes, feature, box.xmin + (i + 0.5) * side,
                               box.ymin + (j + 0.5) * side, side / 2);
            if (s.distance > best->distance)
                *best = s;
            if (!push(h, s))
                return false;
        }
    return true;
}

bool hz_shape_pole(const hz_shapes *shapes, size_t feature, double tolerance, double *x,
                   double *y, double *distance)
{
    heap h = { 0 };
    bool found = false;
    if (shapes->kind != HZ_POLYGON || !(hz_shape_area(shapes, feature) > 0))
        return false;
    hz_box box = hz_shapes_feature_box(shapes, feature);
    double size = fmax(box.xmax - box.xmin, box.ymax - box.ymin);
    if (!isfinite(size))
        return false;
    /* beyond nine digits the distances themselves are noise */
    if (!(tolerance > 1e-9 * size))
        tolerance = 1e-9 * size;

    double cx, cy;
    hz_shape_centroid(shapes, feature, &cx, &cy);
    square best = measure(shapes, feature, cx, cy, 0);
    if (!cover(shapes, feature, box, &h, &best))
        goto done;
    for (size_t made = h.count; h.count && made < ENOUGH_SQUARES; made += 4) {
        square s = pop(&h);
        if (s.hope - best.distance <= tolerance)
            break;
        for (int q = 0; q < 4; q++) {
            double half = s.half / 2;
            square part = measure(shapes, feature, s.x + (q & 1 ? half : -half),
                                  s.y + (q & 2 ? half : -half), half);
            if (part.distance > best.distance)
                best = part;
            if (part.hope - best.distance > tolerance && !push(&h, part))
                goto done;
        }
    }
    found = best.distance > 0;
    if (found) {
        *x = best.x;
        *y = best.y;
        if (distance)
            *distance = best.distance;
    }
done:
    hz_mem_free(h.at);
    return found;
}
