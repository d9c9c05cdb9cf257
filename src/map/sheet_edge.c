/* The outer edge of all areas together: the borders that no two areas share. */
#include <math.h>
#include <stdlib.h>

#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "map/sheet_parts.h"

/* A border with areas this near on both sides is an inner one, even where the two areas do not
 * have the same vertices (mm on the page). */
#define SLIVER_MM 0.15

typedef struct {
    double ax, ay, bx, by; /* the lesser end first */
} edge;

static edge edge_between(const hz_shapes *areas, size_t p)
{
    double ax = areas->x[p], ay = areas->y[p], bx = areas->x[p + 1], by = areas->y[p + 1];
    bool turned = bx < ax || (bx == ax && by < ay);
    return turned ? (edge){ bx, by, ax, ay } : (edge){ ax, ay, bx, by };
}

static int compare(const void *a, const void *b)
{
    const double *p = a, *q = b; /* an edge is four doubles */
    for (int i = 0; i < 4; i++)
        if (p[i] != q[i])
            return p[i] < q[i] ? -1 : 1;
    return 0;
}

static bool is_shared(const edge *sorted, size_t n, edge e)
{
    const edge *hit = bsearch(&e, sorted, n, sizeof e, compare);
    return (hit > sorted && compare(hit - 1, &e) == 0) ||
           (hit + 1 < sorted + n && compare(hit + 1, &e) == 0);
}

static bool between_areas(const hz_index *index, edge e)
{
    double dx = e.bx - e.ax, dy = e.by - e.ay, length = hypot(dx, dy);
    double mx = (e.ax + e.bx) / 2, my = (e.ay + e.by) / 2;
    double ox = -dy / length * SLIVER_MM, oy = dx / length * SLIVER_MM;
    const double x[] = { mx + ox, mx - ox }, y[] = { my + oy, my - oy };
    int32_t in[2];
    hz_index_locate(index, 0, 2, x, y, in);
    return in[0] != HZ_NOWHERE && in[1] != HZ_NOWHERE;
}

static edge *sorted_edges(const hz_shapes *areas, size_t *count)
{
    size_t n = 0;
    edge *edges = hz_mem_new(areas->points, sizeof *edges);
    if (!edges)
        return NULL;
    for (size_t r = 0; r < areas->rings; r++)
        for (size_t p = areas->first_point[r]; p + 1 < areas->first_point[r + 1]; p++)
            edges[n++] = edge_between(areas, p);
    qsort(edges, n, sizeof *edges, compare);
    *count = n;
    return edges;
}

/* Runs of outer edges along each ring become lines. */
static void collect(const hz_shapes *areas, const edge *sorted, size_t n, const hz_index *index,
                    hz_shapes *lines)
{
    lines->rings = lines->points = 0;
    for (size_t r = 0; r < areas->rings; r++) {
        bool open = false;
        for (size_t p = areas->first_point[r]; p + 1 < areas->first_point[r + 1]; p++) {
            edge e = edge_between(areas, p);
            bool outer = !is_shared(sorted, n, e) && !between_areas(index, e);
            if (outer && !open) {
                lines->x[lines->points] = areas->x[p];
                lines->y[lines->points++] = areas->y[p];
                lines->rings++;
            }
            if (outer) {
                lines->x[lines->points] = areas->x[p + 1];
                lines->y[lines->points++] = areas->y[p + 1];
                lines->first_point[lines->rings] = lines->points;
            }
            open = outer;
        }
    }
    lines->first_ring[1] = lines->rings;
}

hz_status hz_sheet_edge(const hz_shapes *areas, hz_shapes **out, hz_error *err)
{
    hz_shapes *lines = NULL;
    hz_index *index = NULL;
    size_t n = 0;
    hz_status st;

    edge *sorted = sorted_edges(areas, &n);
    if (!sorted)
        return hz_mem_fail(err, "sheet: outer edge");
    st = hz_index_new(areas, &index, err);
    if (st) goto done;
    st = hz_shapes_new(HZ_LINE, 1, areas->points, 2 * areas->points, &lines, err);
    if (st) goto done;
    collect(areas, sorted, n, index, lines);
    *out = lines;
done:
    hz_index_free(index);
    hz_mem_free(sorted);
    return st;
}
