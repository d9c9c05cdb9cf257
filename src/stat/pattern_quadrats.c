/* Square cells over the study area, and how many of the events each could have. */
#include <math.h>
#include <stdint.h>

#include "hotzone/mem.h"
#include "stat/pattern_parts.h"

static const double MOST_CELLS = 1e6;

void pattern_quadrats_clear(quadrats *q)
{
    hz_mem_free(q->share);
    hz_mem_free(q->count);
    *q = (quadrats){ 0 };
}

/* Lines at whole multiples of the side, of the coordinates as they were delivered. */
static hz_status place_lattice(const ground *g, double side, hz_lattice *out, hz_error *err)
{
    hz_box b = hz_shapes_box(g->study);
    b.xmin += g->x0;
    b.xmax += g->x0;
    b.ymin += g->y0;
    b.ymax += g->y0;
    if (!(ceil((b.xmax - b.xmin) / side) * ceil((b.ymax - b.ymin) / side) <= MOST_CELLS))
        return hz_fail(err, HZ_EDATA, "quadrats: cells of %g over %g by %g are more than %.0f, "
                       "expected larger ones", side, b.xmax - b.xmin, b.ymax - b.ymin, MOST_CELLS);
    hz_status st = hz_lattice_over(b, side, 0, 0, out, err);
    if (!st) {
        out->x0 -= g->x0;
        out->y0 -= g->y0;
    }
    return st;
}

hz_status pattern_quadrats(const ground *g, double side, quadrats *out, hz_error *err)
{
    quadrats q = { 0 };
    hz_status st = place_lattice(g, side, &q.lattice, err);
    if (st)
        return st;
    q.cells = q.lattice.columns * q.lattice.rows;
    q.share = hz_mem_new(q.cells, sizeof *q.share);
    q.count = hz_mem_new(q.cells, sizeof *q.count);
    if (!q.share || !q.count) {
        pattern_quadrats_clear(&q);
        return hz_mem_fail(err, "quadrats");
    }
    for (size_t p = 0; p < g->patches; p++) {
        double area = hz_shape_area(g->patch[p], 0);
        /* `count` holds the cover for a moment */
        hz_lattice_cover(&q.lattice, g->patch[p], q.count);
        for (size_t c = 0; c < q.cells; c++)
            q.share[c] += g->share[p] * q.count[c] * side * side / area;
    }
    double sum = 0;
    for (size_t c = 0; c < q.cells; c++)
        sum += q.share[c];
    for (size_t c = 0; c < q.cells; c++) {
        q.share[c] /= sum;
        q.count[c] = 0;
    }
    pattern_count(&q, g->n, g->x, g->y, q.count);
    *out = q;
    return HZ_OK;
}

/* The cell of a point; one on a line of the lattice, moved over it by rounding into a cell that can
 * have none, belongs to the cell that it touches. */
static size_t cell_of(const quadrats *q, double x, double y)
{
    const hz_lattice *g = &q->lattice;
    const double near = 1e-6 * g->side;
    size_t cell = hz_lattice_cell(g, x, y);
    if (cell != SIZE_MAX && q->share[cell] > 0)
        return cell;
    for (int dy = -1; dy <= 1; dy++)
        for (int dx = -1; dx <= 1; dx++) {
            size_t beside = hz_lattice_cell(g, x + dx * near, y + dy * near);
            if (beside != SIZE_MAX && q->share[beside] > 0)
                return beside;
        }
    return cell;
}

void pattern_count(const quadrats *q, size_t n, const double *x, const double *y, double *count)
{
    for (size_t c = 0; c < q->cells; c++)
        count[c] = 0;
    for (size_t i = 0; i < n; i++) {
        size_t cell = cell_of(q, x[i], y[i]);
        if (cell != SIZE_MAX)
            count[cell]++;
    }
}
