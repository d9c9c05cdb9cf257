/* Square cells: which holds a point, how much of each lies inside polygons, and their outlines. */
#include "hotzone/lattice.h"

#include <math.h>
#include <string.h>

#include "hotzone/mem.h"

static const double MOST_CELLS = 5e7, ON_LINE = 1e-7; /* of a side */

hz_status hz_lattice_over(hz_box box, double side, double shift_x, double shift_y,
                          hz_lattice *out, hz_error *err)
{
    if (!(side > 0) || isinf(side))
        return hz_fail(err, HZ_EUSAGE, "cell: %g, expected a side over 0", side);
    if (!(box.xmin <= box.xmax) || !(box.ymin <= box.ymax) ||
        isinf(box.xmax - box.xmin) || isinf(box.ymax - box.ymin))
        return hz_fail(err, HZ_EDATA, "lattice: nothing to cover, expected located events or a "
                       "study area");
    double left = floor(box.xmin / side - shift_x), low = floor(box.ymin / side - shift_y);
    double columns = floor(box.xmax / side - shift_x) - left + 1;
    double rows = floor(box.ymax / side - shift_y) - low + 1;
    if (!(columns * rows <= MOST_CELLS))
        return hz_fail(err, HZ_EDATA,
                       "lattice: %.0f by %.0f cells of %g over %g by %g, expected at "
                       "most %.0f: take a larger cell, or look for stray coordinates",
                       columns, rows, side, box.xmax - box.xmin, box.ymax - box.ymin, MOST_CELLS);
    *out = (hz_lattice){ (left + shift_x) * side, (low + shift_y) * side, side, (size_t)columns,
                         (size_t)rows };
    return HZ_OK;
}

size_t hz_lattice_cell(const hz_lattice *g, double x, double y)
{
    double column = floor((x - g->x0) / g->side), row = floor((y - g->y0) / g->side);
    /* a point on the outer line, moved over it by rounding */
    column += (column == -1 && (x - g->x0) / g->side > -ON_LINE) ? 1 : 0;
    row += (row == -1 && (y - g->y0) / g->side > -ON_LINE) ? 1 : 0;
    column -= (column == (double)g->columns && (x - g->x0) / g->side < column + ON_LINE) ? 1 : 0;
    row -= (row == (double)g->rows && (y - g->y0) / g->side < row + ON_LINE) ? 1 : 0;
    if (!(column >= 0 && column < (double)g->columns && row >= 0 && row < (double)g->rows))
        return SIZE_MAX;
    return (size_t)row * g->columns + (size_t)column;
}

/* Cells as units: a segment inside one row adds, with its sign, the area between itself and the
 * row's right end.  In the cell it crosses that is part of the cell; the cells right of it are
 * covered over the segment's height, which is noted once and summed up at the end. */
static void add_in_row(const hz_lattice *g, size_t row, double xa, double xb, double dy,
                       double *share)
{
    double left = fmin(xa, xb), right = fmax(xa, xb), width = right - left;
    double *cells = share + row * g->columns;
    double most = (double)g->columns;
    if (left >= most)
        return;
    /* `carry` is the height already counted for every cell to the right */
    double from = fmax(left, 0),
           carry = left < 0 ? (width > 0 ? dy * (fmin(right, 0) - left) / width : dy) : 0;
    size_t c = (size_t)from;
    cells[c] += carry;
    if (left < 0 && right <= 0)
        return;
    for (; c < g->columns; c++) {
        double to = fmin(right, (double)c + 1);
        double part = width > 0 ? dy * (to - from) / width : dy;
        double covered = (double)c + 1 - (from + to) / 2;
        cells[c] += part * covered;
        if (c + 1 < g->columns)
            cells[c + 1] += part * (1 - covered);
        if (to >= right)
            return;
        from = to;
    }
}

static void add_segment(const hz_lattice *g, double xa, double ya, double xb, double yb,
                        double sign, double *share)
{
    if (ya == yb)
        return;
    if (ya > yb) {
        double x = xa, y = ya;
        xa = xb, ya = yb, xb = x, yb = y;
        sign = -sign;
    }
    double slope = (xb - xa) / (yb - ya);
    double low = fmax(ya, 0), high = fmin(yb, (double)g->rows);
    for (double y = low; y < high;) {
        double row = floor(y), next = fmin(row + 1, high);
        double x0 = y == ya ? xa : xa + (y - ya) * slope;
        double x1 = next == yb ? xb : xa + (next - ya) * slope;
        add_in_row(g, (size_t)row, x0, x1, sign * (next - y), share);
        y = next;
    }
}

/* Twice the signed area, about the first vertex. */
static double turn(const hz_shapes *s, size_t ring)
{
    size_t first = s->first_point[ring], last = s->first_point[ring + 1];
    double sum = 0;
    for (size_t p = first; p + 1 < last; p++)
        sum += (s->x[p] - s->x[first]) * (s->y[p + 1] - s->y[first]) -
               (s->x[p + 1] - s->x[first]) * (s->y[p] - s->y[first]);
    return sum;
}

void hz_lattice_cover(const hz_lattice *g, const hz_shapes *s, double *share)
{
    size_t cells = g->columns * g->rows;
    for (size_t c = 0; c < cells; c++)
        share[c] = 0;
    for (size_t r = 0; r < s->rings; r++) {
        double area = turn(s, r);
        /* a ring against the clock goes down on its left: what lies right of it counts once */
        double sign = ((area > 0) != (s->hole[r] != 0)) ? -1 : 1;
        if (!isfinite(area))
            continue;
        for (size_t p = s->first_point[r]; p + 1 < s->first_point[r + 1]; p++)
            add_segment(g, (s->x[p] - g->x0) / g->side, (s->y[p] - g->y0) / g->side,
                        (s->x[p + 1] - g->x0) / g->side, (s->y[p + 1] - g->y0) / g->side, sign,
                        share);
    }
    for (size_t row = 0; row < g->rows; row++) {
        double sum = 0;
        for (size_t c = row * g->columns; c < (row + 1) * g->columns; c++) {
            sum += share[c];
            share[c] = sum < 1e-12 ? 0 : sum > 1 - 1e-12 ? 1 : sum;
        }
    }
}

hz_status hz_lattice_squares(const hz_lattice *g, const unsigned char *keep, hz_shapes **out,
                             hz_error *err)
{
    size_t cells = g->columns * g->rows, kept = 0;
    hz_shapes *s = NULL;
    for (size_t c = 0; c < cells; c++)
        kept += !keep || keep[c];
    hz_status st = hz_shapes_new(HZ_POLYGON, kept, kept, 5 * kept, &s, err);
    if (st)
        return st;
    kept = 0;
    for (size_t c = 0; c < cells; c++) {
        if (keep && !keep[c])
            continue;
        size_t column = c % g->columns, row = c / g->columns, p = 5 * kept;
        /* both cells at a line reckon it alike, so corners are shared bit for bit */
        double west = g->x0 + (double)column * g->side,
               east = g->x0 + (double)(column + 1) * g->side;
        double south = g->y0 + (double)row * g->side, north = g->y0 + (double)(row + 1) * g->side;
        const double x[] = { west, east, east, west, west };
        const double y[] = { south, south, north, north, south };
        memcpy(s->x + p, x, sizeof x);
        memcpy(s->y + p, y, sizeof y);
        kept++;
        s->first_ring[kept] = kept;
        s->first_point[kept] = 5 * kept;
    }
    *out = s;
    return HZ_OK;
}
