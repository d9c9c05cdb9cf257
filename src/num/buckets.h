/* Points sorted into square cells, row by row, so that those near a point lie together. */
#ifndef NUM_BUCKETS_H
#define NUM_BUCKETS_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/status.h"

typedef struct {
    size_t room, cells_room;
    double x0, y0, side;
    size_t columns, rows;
    size_t *first; /* columns * rows + 1 */
    double *x, *y; /* the points in order of their cells */
    uint32_t *of;  /* and what their numbers were */
    uint32_t *cell;
} buckets;

/** Room for n points; HZ_EMEMORY.  Free with buckets_free, after failure too. */
hz_status buckets_new(size_t n, buckets *out, hz_error *err);
void buckets_free(buckets *b);
/** Sort n points (finite, at most the room's) into cells of this side or more: there are at most
 *  about two cells a point. */
void buckets_fill(buckets *b, size_t n, const double *x, const double *y, double side);

#endif
