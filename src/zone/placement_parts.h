/* What the ground of placements and the test on it share. */
#ifndef ZONE_PLACEMENT_PARTS_H
#define ZONE_PLACEMENT_PARTS_H

#include <stdbool.h>
#include <stdint.h>

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
    uint16_t *away;  /* columns * rows: cells to the nearest with land, the longer way of the two */
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

/** Squares of a form that lie wholly in it. */
typedef struct {
    size_t n;
    double *x, *y;   /* of their middles, from the centroid */
    double square;   /* cells that each is at least worth, however it is turned */
    double most;     /* cells of the form that may lie off land */
    int reach;       /* cells from a middle to all of its square, at most */
} ground_probe;
/** Probe of a valid polygon that is to have so great a share on land; free it. */
hz_status hz_ground_probe_new(const hz_ground *ground, const hz_shapes *shapes, size_t feature,
                              const ground_form *form, double land, ground_probe *out,
                              hz_error *err);
void hz_ground_probe_free(ground_probe *probe);
/** Would hz_ground_judge find less on land, for certain?  In a tenth of its time. */
bool hz_ground_refuses(const hz_ground *ground, const ground_probe *probe, double c, double s,
                       double x, double y);
/** Fill in distances: 0 where land is, else UINT16_MAX before. */
void hz_ground_sweep(size_t rows, size_t columns, uint16_t *away);

#endif
