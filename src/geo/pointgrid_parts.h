/* What the files of the point grid share: its cells, and a polygon cut into rows of cells. */
#ifndef GEO_POINTGRID_PARTS_H
#define GEO_POINTGRID_PARTS_H

#include <stdint.h>

#include "hotzone/pointgrid.h"

struct hz_pointgrid {
    double x0, y0, side, largest; /* south-west corner; greatest coordinate by size */
    size_t columns, rows, n;
    uint32_t *first;    /* columns * rows + 1: points of a cell, south-west first, row by row */
    uint32_t *original; /* n numbers as handed in */
    double *x, *y;      /* n, in order of cells */
};

typedef struct {
    double ax, ay, bx, by;
} pg_edge;

/** A cell lies outside the polygon, inside, or its border may cross it. */
enum { PG_OUT = 0, PG_IN = 1, PG_BORDER = 2 };

/** The edges of a polygon by the rows of cells that they meet. */
typedef struct {
    const hz_pointgrid *grid;
    pg_edge *edge;
    size_t edges;
    bool empty;             /* holds no point: no edges, or a coordinate that is not finite */
    size_t row0, row1;      /* rows of the grid that it can meet: [row0, row1) */
    size_t column0, column1;
    uint32_t *first, *of_row; /* edges of row r: of_row[first[r - row0]] .. */
    double margin;          /* metres by which an edge is taken for thicker than it is */
    unsigned char *state;   /* of the columns [column0, column1) of the row at hand */
} pg_slabs;

hz_status hz_pg_slabs_new(const hz_pointgrid *grid, const hz_shapes *shapes, size_t f,
                          pg_slabs *out, hz_error *err);
void hz_pg_slabs_free(pg_slabs *s);
/** Fill s->state for a row in [row0, row1). */
void hz_pg_slabs_row(pg_slabs *s, size_t row);
/** Does the polygon hold a point of a cell in this row? */
bool hz_pg_slabs_hold(const pg_slabs *s, size_t row, double x, double y);

/** The column (or row) of a coordinate, cut to [0, cells]. */
static inline size_t pg_cell_of(double from, double side, size_t cells, double at)
{
    double c = (at - from) / side;
    return c < 0 ? 0 : c >= (double)cells ? cells : (size_t)c;
}

#endif
