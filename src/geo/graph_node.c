/* Noding: lines are cut wherever they touch, cross or end near each other. */
#include <math.h>
#include <stdlib.h>

#include "geo/graph_parts.h"
#include "geo/segment.h"
#include "hotzone/mem.h"

typedef struct {
    hz_cut *cut;
    size_t count, room;
} cuts;

static hz_status add_cut(cuts *c, size_t piece, uint32_t node, double t, hz_error *err)
{
    if (c->count == c->room) {
        size_t room = c->room ? 2 * c->room : 1024;
        hz_cut *grown = hz_mem_resize(c->cut, room, sizeof *grown);
        if (!grown)
            return hz_mem_fail(err, "street network");
        c->cut = grown;
        c->room = room;
    }
    c->cut[c->count++] = (hz_cut){ (uint32_t)piece, node, t };
    return HZ_OK;
}

/* Share of the way along a piece at which a point is nearest. */
static double along(const hz_net *n, hz_piece s, double px, double py)
{
    double dx = n->x[s.b] - n->x[s.a], dy = n->y[s.b] - n->y[s.a];
    return (dx * (px - n->x[s.a]) + dy * (py - n->y[s.a])) / (dx * dx + dy * dy);
}

static double distance2(const hz_net *n, hz_piece s, double px, double py)
{
    return hz_segment_distance2(n->x[s.a], n->y[s.a], n->x[s.b], n->y[s.b], px, py);
}

/* A node that lies on a piece, but not at its ends, cuts it. */
static hz_status touch(const hz_net *n, size_t p, uint32_t v, cuts *c, bool *touched,
                       hz_error *err)
{
    hz_piece s = n->pieces[p];
    *touched = v == s.a || v == s.b;
    if (*touched || distance2(n, s, n->x[v], n->y[v]) > HZ_GRAPH_SNAP * HZ_GRAPH_SNAP)
        return HZ_OK;
    double t = along(n, s, n->x[v], n->y[v]);
    *touched = true;
    return t > 0 && t < 1 ? add_cut(c, p, v, t, err) : HZ_OK;
}

static hz_status meet(hz_net *n, size_t p, size_t q, cuts *c, hz_error *err)
{
    hz_piece s = n->pieces[p], o = n->pieces[q];
    bool t1, t2, t3, t4;
    hz_status st = touch(n, p, o.a, c, &t1, err);
    if (!st)
        st = touch(n, p, o.b, c, &t2, err);
    if (!st)
        st = touch(n, q, s.a, c, &t3, err);
    if (!st)
        st = touch(n, q, s.b, c, &t4, err);
    if (st || t1 || t2 || t3 || t4)
        return st;
    double ax = n->x[s.a], ay = n->y[s.a], dx = n->x[s.b] - ax, dy = n->y[s.b] - ay;
    double ex = n->x[o.b] - n->x[o.a], ey = n->y[o.b] - n->y[o.a];
    double fx = n->x[o.a] - ax, fy = n->y[o.a] - ay, cross = dx * ey - dy * ex;
    if (cross == 0)
        return HZ_OK;
    double t = (fx * ey - fy * ex) / cross, u = (fx * dy - fy * dx) / cross;
    if (!(t > 0 && t < 1 && u > 0 && u < 1))
        return HZ_OK;
    uint32_t v;
    st = hz_net_node(n, ax + t * dx, ay + t * dy, &v, err);
    if (!st && v != s.a && v != s.b)
        st = add_cut(c, p, v, t, err);
    if (!st && v != o.a && v != o.b)
        st = add_cut(c, q, v, u, err);
    return st;
}

static int by_place(const void *a, const void *b)
{
    const hz_cut *p = a, *q = b;
    if (p->piece != q->piece)
        return p->piece < q->piece ? -1 : 1;
    if (p->t != q->t)
        return p->t < q->t ? -1 : 1;
    return p->node < q->node ? -1 : p->node > q->node;
}

static int by_ends(const void *a, const void *b)
{
    const hz_piece *p = a, *q = b;
    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    if (p->b != q->b)
        return p->b < q->b ? -1 : 1;
    return p->class_of < q->class_of ? -1 : p->class_of > q->class_of;
}

hz_status hz_net_apply(hz_net *n, hz_cut *cut, size_t count, hz_error *err)
{
    hz_net fresh = { 0 };
    hz_status st = HZ_OK;
    size_t k = 0;
    if (count)
        qsort(cut, count, sizeof *cut, by_place);
    for (size_t p = 0; !st && p < n->count; p++) {
        hz_piece s = n->pieces[p];
        uint32_t last = s.a;
        for (; !st && k < count && cut[k].piece == p; k++) {
            st = hz_net_piece(&fresh, (hz_piece){ last, cut[k].node, s.class_of }, err);
            last = cut[k].node;
        }
        if (!st)
            st = hz_net_piece(&fresh, (hz_piece){ last, s.b, s.class_of }, err);
    }
    if (st) {
        hz_net_clear(&fresh);
        return st;
    }
    for (size_t p = 0; p < fresh.count; p++)
        if (fresh.pieces[p].b < fresh.pieces[p].a) {
            uint32_t a = fresh.pieces[p].a;
            fresh.pieces[p].a = fresh.pieces[p].b;
            fresh.pieces[p].b = a;
        }
    if (fresh.count)
        qsort(fresh.pieces, fresh.count, sizeof *fresh.pieces, by_ends);
    size_t kept = 0;
    for (size_t p = 0; p < fresh.count; p++)
        if (p == 0 || by_ends(&fresh.pieces[p], &fresh.pieces[kept - 1]) != 0)
            fresh.pieces[kept++] = fresh.pieces[p];
    hz_mem_free(n->pieces);
    n->pieces = fresh.pieces;
    n->room = fresh.room;
    n->count = kept;
    return HZ_OK;
}

/* Snapping a crossing to a node moves the pieces by up to HZ_GRAPH_SNAP, which can make another
 * crossing: a few rounds settle that. */
enum { ROUNDS = 5 };

hz_status hz_net_node_all(hz_net *n, hz_error *err)
{
    hz_status st = HZ_OK;
    for (int round = 0; !st && round < ROUNDS; round++) {
        hz_cells cells = { 0 };
        cuts found = { 0 };
        st = hz_cells_new(n, HZ_GRAPH_SNAP, &cells, err);
        for (size_t c = 0; !st && c < cells.columns * cells.rows; c++)
            for (size_t i = cells.first[c]; !st && i < cells.first[c + 1]; i++)
                for (size_t j = i + 1; !st && j < cells.first[c + 1]; j++)
                    st = meet(n, cells.piece[i], cells.piece[j], &found, err);
        if (!st)
            st = hz_net_apply(n, found.cut, found.count, err);
        bool settled = found.count == 0;
        hz_cells_clear(&cells);
        hz_mem_free(found.cut);
        if (settled)
            break;
    }
    return st;
}

/* The nearest point of one class to an end. */
typedef struct {
    int32_t class_of;
    uint32_t piece;
    double d2;
} nearby;

enum { NEARBY = 12 };

static void consider(nearby *near, size_t *count, nearby one)
{
    size_t at = 0;
    while (at < *count && near[at].class_of != one.class_of)
        at++;
    if (at == *count) {
        if (*count < NEARBY)
            ++*count;
        else
            for (size_t i = at = 0; i < NEARBY; i++) /* the farthest makes room */
                at = near[i].d2 > near[at].d2 ? i : at;
        if (at < *count - 1 && near[at].d2 <= one.d2)
            return;
        near[at] = one;
    } else if (one.d2 < near[at].d2 || (one.d2 == near[at].d2 && one.piece < near[at].piece)) {
        near[at] = one;
    }
}

static void look_around(const hz_net *n, const hz_cells *c, uint32_t v, double gap, nearby *near,
                        size_t *count)
{
    double x = n->x[v], y = n->y[v];
    size_t column = (size_t)fmin((x - c->x0) / c->size, (double)(c->columns - 1));
    size_t row = (size_t)fmin((y - c->y0) / c->size, (double)(c->rows - 1));
    size_t k = row * c->columns + column; /* cells hold what comes within gap of them */
    *count = 0;
    for (size_t i = c->first[k]; i < c->first[k + 1]; i++) {
        hz_piece s = n->pieces[c->piece[i]];
        double d2 = distance2(n, s, x, y);
        if (s.a != v && s.b != v && d2 <= gap * gap)
            consider(near, count, (nearby){ s.class_of, c->piece[i], d2 });
    }
}

/* Where lines end: all that comes to a node comes from one side.  Two carriageways that join are
 * one end. */
static hz_status find_ends(const hz_net *n, unsigned char **out, hz_error *err)
{
    static const double one_side = 0.8; /* mean of the unit vectors: within some 74 degrees */
    unsigned char *end = hz_mem_new(n->nodes, sizeof *end);
    double *x = hz_mem_new(n->nodes, sizeof *x), *y = hz_mem_new(n->nodes, sizeof *y);
    double *degree = hz_mem_new(n->nodes, sizeof *degree);
    hz_status st = end && x && y && degree ? HZ_OK : hz_mem_fail(err, "street network");
    for (size_t p = 0; !st && p < n->count; p++) {
        uint32_t a = n->pieces[p].a, b = n->pieces[p].b;
        double dx = n->x[b] - n->x[a], dy = n->y[b] - n->y[a], d = hypot(dx, dy);
        x[a] += dx / d;
        y[a] += dy / d;
        x[b] -= dx / d;
        y[b] -= dy / d;
        degree[a]++;
        degree[b]++;
    }
    for (size_t v = 0; !st && v < n->nodes; v++)
        end[v] = degree[v] > 0 && hypot(x[v], y[v]) > one_side * degree[v];
    hz_mem_free(x);
    hz_mem_free(y);
    hz_mem_free(degree);
    if (st)
        hz_mem_free(end);
    else
        *out = end;
    return st;
}

hz_status hz_net_link(hz_net *n, double gap, int32_t link, hz_error *err)
{
    hz_cells cells = { 0 };
    cuts found = { 0 };
    hz_net links = { 0 };
    size_t nodes = n->nodes;
    unsigned char *end = NULL;
    hz_status st = find_ends(n, &end, err);
    if (!st)
        st = hz_cells_new(n, gap, &cells, err);
    for (size_t v = 0; !st && v < nodes; v++) {
        nearby near[NEARBY];
        size_t count = 0;
        if (end[v])
            look_around(n, &cells, (uint32_t)v, gap, near, &count);
        for (size_t i = 0; !st && i < count; i++) {
            hz_piece s = n->pieces[near[i].piece];
            double t = fmax(0, fmin(1, along(n, s, n->x[v], n->y[v])));
            uint32_t w = t <= 0 ? s.a : s.b;
            if (t > 0 && t < 1) {
                st = hz_net_node(n, n->x[s.a] + t * (n->x[s.b] - n->x[s.a]),
                                 n->y[s.a] + t * (n->y[s.b] - n->y[s.a]), &w, err);
                if (!st && w != s.a && w != s.b)
                    st = add_cut(&found, near[i].piece, w, t, err);
            }
            if (!st)
                st = hz_net_piece(&links, (hz_piece){ (uint32_t)v, w, link }, err);
        }
    }
    if (!st)
        st = hz_net_apply(n, found.cut, found.count, err);
    for (size_t i = 0; !st && i < links.count; i++)
        st = hz_net_piece(n, links.pieces[i], err);
    if (!st) /* links cross each other and lines too */
        st = hz_net_node_all(n, err);
    hz_net_clear(&links);
    hz_cells_clear(&cells);
    hz_mem_free(found.cut);
    hz_mem_free(end);
    return st;
}
