/* The grid of the point index while it is built. */
#ifndef HOTZONE_GEO_INDEX_BUILD_H
#define HOTZONE_GEO_INDEX_BUILD_H

#include "geo/index_parts.h"

typedef struct {
    uint32_t vertex;
    uint32_t polygon;
} index_entry;

typedef struct {
    const hz_shapes *shapes;
    hz_index *index;
    size_t edges;
    double *left, *bottom; /* columns + 1, rows + 1 */
    index_entry *entries;  /* of all cells, cell by cell */
    uint32_t *active;      /* polygons that hold the place of the sweep, ascending */
    size_t active_count;
    uint32_t *record; /* the index's, growing */
    size_t words, room, most_words;
} index_build;

/**
 * Goes through the cells of each row from the left and writes a record where borders run, or more than
 * one polygon lies.  HZ_OK with *fits false: the records would be too many, a coarser grid is needed.
 */
hz_status hz_index_sweep(index_build *b, bool *fits, hz_error *err);

#endif
