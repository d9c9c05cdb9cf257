/* A placing from inside: what the range of possible counts builds on. */
#ifndef HOTZONE_JOIN_PLACE_PARTS_H
#define HOTZONE_JOIN_PLACE_PARTS_H

#include "hotzone/place.h"

struct hz_placing {
    size_t areas, rows;
    double *counts;  /* areas */
    int32_t *first;  /* rows */
    double *weights; /* rows, or NULL: 1 each */
    /* overlapping areas only: row r lies in held[held_first[r]] .. held[held_first[r+1]-1] */
    size_t *held_first;
    int32_t *held;
    hz_fate fate;
    hz_period span;
};

/** Shapes that can be placed: areas are polygons, events points, both with or both without
 *  a reference system. */
hz_status hz_place_check(const hz_layer *areas, const hz_layer *events, hz_error *err);

/** The areas in another system, or as they are if that is NULL. */
hz_status hz_place_shapes(const hz_layer *areas, const hz_crs *to, hz_shapes **out,
                          hz_error *err);

#endif
