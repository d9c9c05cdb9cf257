/* Walks over pairs of points near each other and adds up their weights by distance. */
#include "hotzone/ripley.h"

#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "num/buckets.h"
#include "num/ripley_arc.h"

static const double GREATEST_WEIGHT = 100, SAME = 1e-9; /* distances this near are one */

struct hz_ripley_room {
    buckets b;
    unsigned char *kind;
    uint32_t *near; /* segments near a point */
};

hz_status hz_ripley_room_new(size_t n, const hz_window *window, hz_ripley_room **out,
                             hz_error *err)
{
    hz_ripley_room *room = hz_mem_new(1, sizeof *room);
    hz_status st = room ? buckets_new(n, &room->b, err) : hz_mem_fail(err, "K function");
    if (!st) {
        room->kind = hz_mem_new(n, 1);
        room->near = hz_mem_new(window->n, sizeof *room->near);
        if (!room->kind || !room->near)
            st = hz_mem_fail(err, "K function");
    }
    if (st) {
        hz_ripley_room_free(room);
        return st;
    }
    *out = room;
    return HZ_OK;
}

void hz_ripley_room_free(hz_ripley_room *room)
{
    if (!room)
        return;
    buckets_free(&room->b);
    hz_mem_free(room->kind);
    hz_mem_free(room->near);
    hz_mem_free(room);
}

/* One pattern on its way. */
typedef struct {
    const hz_ripley_plan *plan;
    hz_ripley_room *room;
    bool kinds;
    double reach2, per_step;
    double *sum;
} walk;

static double limited(double weight)
{
    return weight < GREATEST_WEIGHT ? weight : GREATEST_WEIGHT; /* so is NaN */
}

static void add(walk *w, double d, double weight)
{
    size_t step = (size_t)ceil(d * w->per_step);
    w->sum[step < w->plan->steps ? step : w->plan->steps] += weight;
}

/* Pairs of point i with those numbered [from, to) in order of cells, each once for both orders. */
static void pair_up(walk *w, size_t i, size_t from, size_t to)
{
    const buckets *b = &w->room->b;
    const hz_ripley_plan *p = w->plan;
    double x = b->x[i], y = b->y[i];
    for (size_t j = from; j < to; j++) {
        double dx = b->x[j] - x, dy = b->y[j] - y, d2 = dx * dx + dy * dy;
        if (d2 > w->reach2 || (w->kinds && w->room->kind[i] == w->room->kind[j]))
            continue;
        double weight = w->kinds ? 1 : 2;
        if (p->edge == HZ_EDGE_TRANSLATION)
            weight *= limited(p->window->area / hz_ripley_overlap(p->overlap, dx, dy));
        add(w, sqrt(d2), weight);
    }
}

/* What the isotropic correction adds to the pairs that start at point i, by m segments near it. */
static void widen(walk *w, size_t i, size_t m, double clear, size_t from, size_t to)
{
    const buckets *b = &w->room->b;
    double x = b->x[i], y = b->y[i];
    for (size_t j = from; j < to; j++) {
        double dx = b->x[j] - x, dy = b->y[j] - y, d2 = dx * dx + dy * dy;
        if (d2 > w->reach2 || d2 <= clear * clear || j == i ||
            (w->kinds && w->room->kind[i] == w->room->kind[j]))
            continue;
        double d = sqrt(d2);
        add(w, d, limited(1 / ripley_arc(w->plan->window, m, w->room->near, x, y, d)) - 1);
    }
}

/* All points by themselves, those near the border: the cells about each. */
static void widen_all(walk *w)
{
    const buckets *b = &w->room->b;
    double reach = w->plan->reach * (1 + SAME), clear;
    for (size_t row = 0; row < b->rows; row++)
        for (size_t column = 0; column < b->columns; column++) {
            size_t cell = row * b->columns + column;
            size_t west = column > 0, east = column + 1 < b->columns;
            size_t south = row > 0 ? row - 1 : 0, north = row + 1 < b->rows ? row + 1 : row;
            for (size_t i = b->first[cell]; i < b->first[cell + 1]; i++) {
                if (w->kinds && w->room->kind[i] != 1)
                    continue;
                size_t m = ripley_near(w->plan->window, b->x[i], b->y[i], reach, w->room->near,
                                       &clear);
                for (size_t r = south; m > 0 && r <= north; r++)
                    widen(w, i, m, clear, b->first[r * b->columns + column - west],
                          b->first[r * b->columns + column + 1 + east]);
            }
        }
}

void hz_ripley_k(const hz_ripley_plan *p, size_t n, const double *x, const double *y,
                 const unsigned char *kind, hz_ripley_room *room, double *k)
{
    buckets *b = &room->b;
    double reach = p->reach * (1 + SAME), pairs, of_one = 0, of_two = 0;
    walk w = { p, room, kind != NULL, reach * reach, (double)p->steps / reach, k };
    memset(k, 0, (p->steps + 1) * sizeof *k);
    buckets_fill(b, n, x, y, reach);
    for (size_t i = 0; kind && i < n; i++) {
        room->kind[i] = kind[b->of[i]];
        of_one += kind[i] == 1;
        of_two += kind[i] == 2;
    }
    for (size_t row = 0; row < b->rows; row++)
        for (size_t column = 0; column < b->columns; column++) {
            size_t cell = row * b->columns + column, east = column + 1 < b->columns;
            for (size_t i = b->first[cell]; i < b->first[cell + 1]; i++) {
                pair_up(&w, i, i + 1, b->first[cell + 1 + east]);
                if (row + 1 < b->rows)
                    pair_up(&w, i, b->first[cell + b->columns - (column > 0)],
                            b->first[cell + b->columns + 1 + east]);
            }
        }
    if (p->edge == HZ_EDGE_ISOTROPIC)
        widen_all(&w);
    pairs = kind ? of_one * of_two : (double)n * ((double)n - 1);
    for (size_t s = 1; s <= p->steps; s++)
        k[s] += k[s - 1];
    for (size_t s = 0; s <= p->steps; s++)
        k[s] = pairs > 0 ? k[s] * p->window->area / pairs : NAN;
}
