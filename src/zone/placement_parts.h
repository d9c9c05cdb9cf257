/* What the ground of placements and the test on it share. */
#ifndef ZONE_PLACEMENT_PARTS_H
#define ZONE_PLACEMENT_PARTS_H

#include "hotzone/lattice.h"
#include "hotzone/placement.h"

/** Sums along a row of cells, from its west end. */
typedef struct {
    double land, people; /* cells of land; residents */
} ground_sum;

struct hz_ground {
    hz_lattice lattice;
    hz_box box;      /* of the land */
    bool peopled;    /* residents are known at all */
    ground_sum *sum; /* (columns + 1) * rows */
};

/** A polygon about its centroid, outer rings anticlockwise, holes clockwise. */
typedef struct {
    size_t points, rings;
    const size_t *first; /* rings + 1 */
    double *x, *y;       /* points; from the centroid */
    double cx, cy;
} ground_form;

/** HZ_OK with form->points 0 where the feature has no area. */
hz_status hz_ground_form_new(const hz_shapes *shapes, size_t f, ground_form *out, hz_error *err);
void hz_ground_form_free(ground_form *form);
/** Share of land and residents of the form turned (c, s) and put with its centroid at (x, y). */
void hz_ground_judge(const hz_ground *ground, const ground_form *form, double c, double s, double x,
                     double y, double *land, double *people);

#endif
