/* Refuses placements that lie too far off land, from a few squares of the zone, before they are
 * judged: most tries are of this kind. */
#include <math.h>

#include "hotzone/mem.h"
#include "zone/placement_parts.h"

enum { SQUARES = 96, FAR = UINT16_MAX };

/* ---- how far from land --------------------------------------------------------------------- */

static void nearer(uint16_t *to, uint16_t from)
{
    if (from < FAR && from + 1 < *to)
        *to = (uint16_t)(from + 1);
}

/* Two sweeps give the larger of the distances in rows and columns (Rosenfeld & Pfaltz 1968). */
void hz_ground_sweep(size_t rows, size_t columns, uint16_t *away)
{
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++) {
            uint16_t *at = &away[r * columns + c];
            if (c)
                nearer(at, at[-1]);
            for (size_t k = c ? c - 1 : c; r && k <= c + 1 && k < columns; k++)
                nearer(at, away[(r - 1) * columns + k]);
        }
    for (size_t r = rows; r-- > 0;)
        for (size_t c = columns; c-- > 0;) {
            uint16_t *at = &away[r * columns + c];
            if (c + 1 < columns)
                nearer(at, at[1]);
            for (size_t k = c ? c - 1 : c; r + 1 < rows && k <= c + 1 && k < columns; k++)
                nearer(at, away[(r + 1) * columns + k]);
        }
}

/* ---- squares of a zone --------------------------------------------------------------------- */

void hz_ground_probe_free(ground_probe *p)
{
    hz_mem_free(p->x);
    hz_mem_free(p->y);
    *p = (ground_probe){ 0 };
}

/* Squares of one lattice that lie wholly in the zone: those whose middle does, half a diagonal from
 * its border. */
static void find_squares(const hz_shapes *shapes, size_t f, const ground_form *form, double h,
                         ground_probe *p)
{
    hz_box box = hz_shapes_feature_box(shapes, f);
    for (double y = box.ymin + h / 2; y < box.ymax && p->n < SQUARES; y += h)
        for (double x = box.xmin + h / 2; x < box.xmax && p->n < SQUARES; x += h)
            if (hz_shape_holds(shapes, f, x, y) &&
                hz_shape_border_distance(shapes, f, x, y) > h * 0.7072) {
                p->x[p->n] = x - form->cx;
                p->y[p->n++] = y - form->cy;
            }
}

hz_status hz_ground_probe_new(const hz_ground *g, const hz_shapes *shapes, size_t f,
                              const ground_form *form, double land, ground_probe *out,
                              hz_error *err)
{
    double side = g->lattice.side, area = hz_shape_area(shapes, f) / (side * side);
    double border = hz_shape_perimeter(shapes, f) / side, h = sqrt(area / SQUARES);
    ground_probe p = { .x = hz_mem_new(SQUARES, sizeof *p.x),
                       .y = hz_mem_new(SQUARES, sizeof *p.y) };
    if (!p.x || !p.y) {
        hz_ground_probe_free(&p);
        return hz_mem_fail(err, "placements");
    }
    /* The judge sums chords along the middles of rows.  Those of a shape sum to its area but for half
     * of what they rise and fall by: of a square at most twice its diagonal, of the zone no more than
     * its border's length. */
    p.square = h * h - 1.4143 * h;
    p.most = (1 - land) * (area + border / 2) + 1e-6 * area;
    p.reach = (int)fmin(ceil(h * 0.7072) + 1, FAR - 1);
    if (p.square > 0)
        find_squares(shapes, f, form, h * side, &p);
    *out = p;
    return HZ_OK;
}

/* Is there no land within `reach` cells of a place?  From beyond the lattice nothing is nearer than
 * from the cell of it that is nearest. */
static bool is_bare(const hz_ground *g, double u, double v, int reach)
{
    double columns = (double)g->lattice.columns, rows = (double)g->lattice.rows;
    double c = fmin(fmax(floor(u), 0), columns - 1), r = fmin(fmax(floor(v), 0), rows - 1);
    if (fabs(u - c) > reach + 2 || fabs(v - r) > reach + 2)
        return true;
    return g->away[(size_t)r * g->lattice.columns + (size_t)c] > reach;
}

bool hz_ground_refuses(const hz_ground *g, const ground_probe *p, double c, double s, double x,
                       double y)
{
    const hz_lattice *l = &g->lattice;
    double scale = 1 / l->side, ox = (x - l->x0) * scale, oy = (y - l->y0) * scale, off = 0;
    for (size_t i = 0; i < p->n; i++) {
        double u = ox + (p->x[i] * c - p->y[i] * s) * scale;
        double v = oy + (p->x[i] * s + p->y[i] * c) * scale;
        if (!is_bare(g, u, v, p->reach))
            continue;
        off += p->square;
        if (off > p->most)
            return true;
    }
    return false;
}
