/* Sorts points into cells and counts those that a polygon holds. */
#include <math.h>

#include "geo/orient.h"
#include "geo/pointgrid_parts.h"
#include "hotzone/mem.h"

enum { POINTS_A_CELL = 4 };

void hz_pointgrid_free(hz_pointgrid *g)
{
    if (!g)
        return;
    hz_mem_free(g->first);
    hz_mem_free(g->original);
    hz_mem_free(g->x);
    hz_mem_free(g->y);
    hz_mem_free(g);
}

size_t hz_pointgrid_size(const hz_pointgrid *g)
{
    return g->n;
}

/* Cells of about POINTS_A_CELL each, and never more than about n of them, however thin the box. */
static void lay_out(hz_pointgrid *g, size_t n, const double *x, const double *y)
{
    double xmin = INFINITY, xmax = -INFINITY, ymin = INFINITY, ymax = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i]))
            continue;
        g->n++;
        xmin = fmin(xmin, x[i]);
        xmax = fmax(xmax, x[i]);
        ymin = fmin(ymin, y[i]);
        ymax = fmax(ymax, y[i]);
    }
    g->columns = g->rows = 1;
    g->side = 1;
    if (!g->n)
        return;
    double w = xmax - xmin, h = ymax - ymin, share = POINTS_A_CELL / (double)g->n;
    g->x0 = xmin;
    g->y0 = ymin;
    g->largest = fmax(fmax(fabs(xmin), fabs(xmax)), fmax(fabs(ymin), fabs(ymax)));
    double side = fmax(sqrt(w) * sqrt(h) * sqrt(share), fmax(w, h) * share);
    if (!(side > 1e-12 * g->largest) || !isfinite(side)) /* all in one place */
        side = isfinite(fmax(w, h)) ? fmax(1, fmax(w, h)) : 1e300;
    g->side = side;
    g->columns = (size_t)(w / side) + 1;
    g->rows = (size_t)(h / side) + 1;
}

static size_t cell_of(const hz_pointgrid *g, double x, double y)
{
    size_t c = pg_cell_of(g->x0, g->side, g->columns, x);
    size_t r = pg_cell_of(g->y0, g->side, g->rows, y);
    c = c == g->columns ? c - 1 : c;
    r = r == g->rows ? r - 1 : r;
    return r * g->columns + c;
}

hz_status hz_pointgrid_new(size_t n, const double *x, const double *y, hz_pointgrid **out,
                           hz_error *err)
{
    if (n >= UINT32_MAX)
        return hz_fail(err, HZ_EDATA, "points: %zu, expected fewer than 2^32", n);
    hz_pointgrid *g = hz_mem_new(1, sizeof *g);
    if (!g)
        return hz_mem_fail(err, "points");
    lay_out(g, n, x, y);
    size_t cells = g->columns * g->rows;
    g->first = hz_mem_new(cells + 1, sizeof *g->first);
    g->original = hz_mem_new(g->n, sizeof *g->original);
    g->x = hz_mem_new(g->n, sizeof *g->x);
    g->y = hz_mem_new(g->n, sizeof *g->y);
    if (!g->first || !g->original || !g->x || !g->y) {
        hz_pointgrid_free(g);
        return hz_mem_fail(err, "points");
    }
    for (size_t i = 0; i < n; i++)
        if (isfinite(x[i]) && isfinite(y[i]))
            g->first[cell_of(g, x[i], y[i])]++;
    uint32_t sum = 0;
    for (size_t c = 0; c <= cells; c++) {
        uint32_t here = c < cells ? g->first[c] : 0;
        g->first[c] = sum;
        sum += here;
    }
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i]))
            continue;
        uint32_t at = g->first[cell_of(g, x[i], y[i])]++;
        g->x[at] = x[i];
        g->y[at] = y[i];
        g->original[at] = (uint32_t)i;
    }
    for (size_t c = cells; c > 0; c--) /* the filling moved every start to the next one's */
        g->first[c] = g->first[c - 1];
    g->first[0] = 0;
    *out = g;
    return HZ_OK;
}

void hz_pg_slabs_free(pg_slabs *s)
{
    hz_mem_free(s->edge);
    hz_mem_free(s->first);
    hz_mem_free(s->of_row);
    hz_mem_free(s->state);
}

/* The polygon's edges, the box about them, and whether all are finite. */
static bool gather(const hz_shapes *shapes, size_t f, pg_slabs *s, hz_box *box)
{
    *box = (hz_box){ INFINITY, INFINITY, -INFINITY, -INFINITY };
    for (size_t r = shapes->first_ring[f]; r < shapes->first_ring[f + 1]; r++)
        for (size_t i = shapes->first_point[r]; i + 1 < shapes->first_point[r + 1]; i++) {
            pg_edge e = { shapes->x[i], shapes->y[i], shapes->x[i + 1], shapes->y[i + 1] };
            if (!isfinite(e.ax) || !isfinite(e.ay) || !isfinite(e.bx) || !isfinite(e.by))
                return false;
            s->edge[s->edges++] = e;
            box->xmin = fmin(box->xmin, fmin(e.ax, e.bx));
            box->xmax = fmax(box->xmax, fmax(e.ax, e.bx));
            box->ymin = fmin(box->ymin, fmin(e.ay, e.by));
            box->ymax = fmax(box->ymax, fmax(e.ay, e.by));
        }
    return s->edges > 0;
}

/* The rows [*low, *high) of the slabs that an edge meets. */
static void rows_of(const pg_slabs *s, pg_edge e, size_t *low, size_t *high)
{
    const hz_pointgrid *g = s->grid;
    size_t a = pg_cell_of(g->y0, g->side, g->rows, fmin(e.ay, e.by) - s->margin);
    size_t b = pg_cell_of(g->y0, g->side, g->rows, fmax(e.ay, e.by) + s->margin) + 1;
    *low = (a < s->row0 ? s->row0 : a > s->row1 ? s->row1 : a) - s->row0;
    *high = (b > s->row1 ? s->row1 : b < s->row0 ? s->row0 : b) - s->row0;
}

hz_status hz_pg_slabs_new(const hz_pointgrid *g, const hz_shapes *shapes, size_t f, pg_slabs *out,
                          hz_error *err)
{
    pg_slabs s = { .grid = g };
    hz_box box;
    size_t points = 0, low, high, sum = 0;
    if (shapes->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "points: counted in what is no polygon");
    points = shapes->first_point[shapes->first_ring[f + 1]] -
             shapes->first_point[shapes->first_ring[f]];
    s.edge = hz_mem_new(points + 1, sizeof *s.edge);
    if (!s.edge)
        return hz_mem_fail(err, "points in a polygon");
    s.empty = !gather(shapes, f, &s, &box) || !g->n;
    if (!s.empty) {
        double largest = fmax(fmax(fabs(box.xmin), fabs(box.xmax)),
                              fmax(fabs(box.ymin), fabs(box.ymax)));
        s.margin = 1e-6 * g->side + 1e-13 * fmax(largest, g->largest);
        s.row0 = pg_cell_of(g->y0, g->side, g->rows, box.ymin - s.margin);
        s.row1 = pg_cell_of(g->y0, g->side, g->rows, box.ymax + s.margin) + 1;
        s.column0 = pg_cell_of(g->x0, g->side, g->columns, box.xmin - s.margin);
        s.column1 = pg_cell_of(g->x0, g->side, g->columns, box.xmax + s.margin) + 1;
        /* points on the grid's very end lie in its last row and column */
        s.row0 = s.row0 == g->rows ? g->rows - 1 : s.row0;
        s.column0 = s.column0 == g->columns ? g->columns - 1 : s.column0;
        s.row1 = s.row1 > g->rows ? g->rows : s.row1;
        s.column1 = s.column1 > g->columns ? g->columns : s.column1;
    }
    s.first = hz_mem_new(s.row1 - s.row0 + 2, sizeof *s.first);
    s.state = hz_mem_new(s.column1 - s.column0 + 1, 1);
    for (size_t e = 0; s.first && e < s.edges && !s.empty; e++) {
        rows_of(&s, s.edge[e], &low, &high);
        for (size_t r = low; r < high; r++, sum++)
            s.first[r + 2]++; /* two ahead: the filling below moves each start by one */
        if (sum > UINT32_MAX / 2)
            break;
    }
    if (sum > UINT32_MAX / 2) {
        hz_pg_slabs_free(&s);
        return hz_fail(err, HZ_EDATA, "points in a polygon: it has %zu edges, expected fewer",
                       s.edges);
    }
    s.of_row = hz_mem_new(sum, sizeof *s.of_row);
    if (!s.first || !s.state || !s.of_row) {
        hz_pg_slabs_free(&s);
        return hz_mem_fail(err, "points in a polygon");
    }
    for (size_t r = 2; r < s.row1 - s.row0 + 2; r++)
        s.first[r] += s.first[r - 1];
    for (size_t e = 0; e < s.edges && !s.empty; e++) {
        rows_of(&s, s.edge[e], &low, &high);
        for (size_t r = low; r < high; r++)
            s.of_row[s.first[r + 1]++] = (uint32_t)e;
    }
    *out = s;
    return HZ_OK;
}

bool hz_pg_slabs_hold(const pg_slabs *s, size_t row, double x, double y)
{
    bool inside = false;
    for (uint32_t k = s->first[row - s->row0]; k < s->first[row - s->row0 + 1]; k++) {
        pg_edge e = s->edge[s->of_row[k]];
        if ((e.ay > y) == (e.by > y)) {
            if (hz_touches_flat(e.ax, e.ay, e.bx, e.by, x, y))
                return true;
            continue;
        }
        int side = hz_orient(e.ax, e.ay, e.bx, e.by, x, y);
        if (side == 0)
            return true;
        inside ^= (side < 0) == (e.by > e.ay);
    }
    return inside;
}

/* Mark the cells of a row that an edge may cross. */
static void mark(pg_slabs *s, pg_edge e, double y_low, double y_high)
{
    const hz_pointgrid *g = s->grid;
    double low = fmin(e.ax, e.bx), high = fmax(e.ax, e.bx);
    if (e.ay > e.by)
        e = (pg_edge){ e.bx, e.by, e.ax, e.ay };
    if (e.by - e.ay > 4 * s->margin) { /* cut to the row's height */
        double slope = (e.bx - e.ax) / (e.by - e.ay);
        double at_low = e.ax + (fmax(y_low, e.ay) - e.ay) * slope;
        double at_high = e.ax + (fmin(y_high, e.by) - e.ay) * slope;
        low = fmax(low, fmin(at_low, at_high));
        high = fmin(high, fmax(at_low, at_high));
    }
    size_t a = pg_cell_of(g->x0, g->side, g->columns, low - s->margin);
    size_t b = pg_cell_of(g->x0, g->side, g->columns, high + s->margin) + 1;
    if (high + s->margin < g->x0)
        return;
    a = a < s->column0 ? s->column0 : a;
    b = b > s->column1 ? s->column1 : b;
    for (size_t c = a; c < b; c++)
        s->state[c - s->column0] = PG_BORDER;
}

void hz_pg_slabs_row(pg_slabs *s, size_t row)
{
    const hz_pointgrid *g = s->grid;
    double y = g->y0 + g->side * (double)row, middle = y + g->side / 2;
    size_t n = s->column1 - s->column0;
    for (size_t c = 0; c < n; c++)
        s->state[c] = PG_OUT;
    for (uint32_t k = s->first[row - s->row0]; k < s->first[row - s->row0 + 1]; k++)
        mark(s, s->edge[s->of_row[k]], y - s->margin, y + g->side + s->margin);
    for (size_t c = 0; c < n;) {
        if (s->state[c] == PG_BORDER) {
            c++;
            continue;
        }
        double x = g->x0 + g->side * ((double)(s->column0 + c) + 0.5);
        unsigned char state = hz_pg_slabs_hold(s, row, x, middle) ? PG_IN : PG_OUT;
        for (; c < n && s->state[c] != PG_BORDER; c++)
            s->state[c] = state;
    }
}

hz_status hz_pointgrid_count(const hz_pointgrid *g, const hz_shapes *shapes, size_t f,
                             size_t *count, hz_error *err)
{
    pg_slabs s;
    size_t held = 0;
    hz_status st = hz_pg_slabs_new(g, shapes, f, &s, err);
    if (st)
        return st;
    for (size_t row = s.row0; row < s.row1; row++) {
        const uint32_t *first = g->first + row * g->columns + s.column0;
        size_t n = s.column1 - s.column0;
        if (first[0] == first[n])
            continue;
        hz_pg_slabs_row(&s, row);
        for (size_t c = 0; c < n;) {
            unsigned char state = s.state[c];
            size_t from = c;
            while (c < n && s.state[c] == state)
                c++;
            if (state == PG_IN)
                held += first[c] - first[from];
            for (size_t k = first[from]; state == PG_BORDER && k < first[c]; k++)
                held += hz_pg_slabs_hold(&s, row, g->x[k], g->y[k]);
        }
    }
    hz_pg_slabs_free(&s);
    *count = held;
    return HZ_OK;
}
