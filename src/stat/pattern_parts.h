/* What the statistics of points share: the ground they lie on, and the job of simulating them. */
#ifndef STAT_PATTERN_PARTS_H
#define STAT_PATTERN_PARTS_H

#include "hotzone/index.h"
#include "hotzone/lattice.h"
#include "hotzone/pattern.h"
#include "hotzone/rng.h"

/** Where events are, and where they could be.  All coordinates are metres less (x0, y0). */
typedef struct {
    hz_crs *metric;
    double x0, y0;
    size_t n;
    double *x, *y;         /* the events in the study area */
    unsigned char *kind;   /* 1 or 2, of cross; else NULL */

    hz_shapes *study;      /* one feature */
    hz_window window;
    double perimeter;
    bool rectangle;        /* with sides along the axes */
    double shorter;        /* side of its box */

    hz_shapes **patch;     /* of one feature each: where events could be, by people or all alike */
    double *share;         /* of the events that each could have; sums to 1 */
    size_t patches;

    hz_shapes *parts;      /* the patches' parts, a feature each */
    hz_box *box;           /* of each part */
    double *upto;          /* shares of the parts added up */
    hz_index *index;
} ground;

/** Make the ground; g is zeroed by the caller, and cleared by it after failure too. */
hz_status pattern_ground(const hz_layer *events, const hz_layer *study, const hz_layer *population,
                         const char *people, const hz_place_opts *place, bool cross, ground *g,
                         hz_pattern_points *out, const hz_notice *notice, hz_error *err);
void pattern_ground_clear(ground *g);
/** Deal n points out over the parts; false if a part is too thin to be hit. */
bool pattern_deal(const ground *g, size_t n, hz_rng *rng, double *x, double *y);

/** The cells of the quadrat test and what each could have. */
typedef struct {
    hz_lattice lattice;
    size_t cells;
    double *share, *count;
} quadrats;
hz_status pattern_quadrats(const ground *g, double side, quadrats *out, hz_error *err);
/** Count points; one on a line goes to a cell there that can have any. */
void pattern_count(const quadrats *q, size_t n, const double *x, const double *y, double *count);
void pattern_quadrats_clear(quadrats *q);

#endif
