/* What units of areas and of cells have in common. */
#ifndef STAT_UNITS_PARTS_H
#define STAT_UNITS_PARTS_H

#include "hotzone/units.h"

/** Links by distance between n places. */
hz_status units_link_by_place(size_t n, const double *x, const double *y, const hz_neighbours *how,
                              hz_csr **out, hz_error *err);

/** The metric system for the middle of some shapes. */
hz_status units_metric(const hz_shapes *shapes, const hz_crs *crs, hz_crs **out, hz_error *err);

/** A layer of one rectangle with room about all events, in their system; HZ_EDATA without any. */
hz_status units_box_of(const hz_layer *events, hz_layer **out, hz_error *err);

#endif
