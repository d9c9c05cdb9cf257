/* Sorts points into square cells by counting. */
#include "num/buckets.h"

#include <math.h>
#include <string.h>

#include "hotzone/mem.h"

hz_status buckets_new(size_t n, buckets *out, hz_error *err)
{
    *out = (buckets){ .room = n, .cells_room = 2 * n + 16 };
    if (n >= UINT32_MAX)
        return hz_fail(err, HZ_EDATA, "pattern: %zu points, expected under 4,294,967,295", n);
    out->first = hz_mem_new(out->cells_room + 1, sizeof *out->first);
    out->x = hz_mem_new(n, sizeof *out->x);
    out->y = hz_mem_new(n, sizeof *out->y);
    out->of = hz_mem_new(n, sizeof *out->of);
    out->cell = hz_mem_new(n, sizeof *out->cell);
    return out->first && out->x && out->y && out->of && out->cell ? HZ_OK
                                                                  : hz_mem_fail(err, "pattern");
}

void buckets_free(buckets *b)
{
    hz_mem_free(b->first);
    hz_mem_free(b->x);
    hz_mem_free(b->y);
    hz_mem_free(b->of);
    hz_mem_free(b->cell);
    *b = (buckets){ 0 };
}

/* Cells as small as asked, or so large that there are not too many. */
static void choose_cells(buckets *b, double width, double height, double side)
{
    double most = (double)b->cells_room, extent = fmax(width, height);
    if (!(side > extent * 1e-9))
        side = extent > 0 ? extent * 1e-9 : 1;
    while ((floor(width / side) + 1) * (floor(height / side) + 1) > most)
        side *= 1.25;
    b->side = side;
    b->columns = (size_t)(width / side) + 1;
    b->rows = (size_t)(height / side) + 1;
}

void buckets_fill(buckets *b, size_t n, const double *x, const double *y, double side)
{
    double right = -INFINITY, top = -INFINITY;
    b->x0 = b->y0 = INFINITY;
    for (size_t i = 0; i < n; i++) {
        b->x0 = fmin(b->x0, x[i]);
        b->y0 = fmin(b->y0, y[i]);
        right = fmax(right, x[i]);
        top = fmax(top, y[i]);
    }
    if (n == 0)
        b->x0 = b->y0 = right = top = 0;
    choose_cells(b, right - b->x0, top - b->y0, side);
    size_t cells = b->columns * b->rows;
    memset(b->first, 0, (cells + 1) * sizeof *b->first);
    for (size_t i = 0; i < n; i++) {
        size_t column = (size_t)((x[i] - b->x0) / b->side);
        size_t row = (size_t)((y[i] - b->y0) / b->side);
        b->cell[i] = (uint32_t)(row * b->columns + column);
        b->first[b->cell[i] + 1]++;
    }
    for (size_t c = 0; c < cells; c++)
        b->first[c + 1] += b->first[c];
    for (size_t i = n; i-- > 0;) { /* from the end: equal cells keep their order */
        size_t at = --b->first[b->cell[i] + 1];
        b->x[at] = x[i];
        b->y[at] = y[i];
        b->of[at] = (uint32_t)i;
    }
    /* each start has moved one cell on, to where the cell before it ended */
    memmove(b->first, b->first + 1, cells * sizeof *b->first);
    b->first[cells] = n;
}
