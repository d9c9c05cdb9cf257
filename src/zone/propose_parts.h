/* A zone under construction, and the moves that change it. */
#ifndef ZONE_PROPOSE_PARTS_H
#define ZONE_PROPOSE_PARTS_H

#include "hotzone/propose.h"
#include "hotzone/rng.h"

/* What all starts share; read only. */
typedef struct {
    const hz_tiling *t;
    const double *value, *size;
    hz_propose_opts o;
    double bound;
    double *promise; /* n: value of a unit with some of its neighbours', for growing */
    bool holes;      /* any connected set will do for now */
} propose_task;

/* The zone of one start; every array has room for n. */
typedef struct {
    unsigned char *in;
    uint32_t *member; /* count of them, in the order taken */
    uint32_t *place;  /* of a unit in `member` */
    uint32_t *rim;    /* units beyond its border, from propose_find_rim */
    unsigned char *seen;
    unsigned char *reached; /* scratch of the search for a way round; all 0 between uses */
    uint32_t *queue;        /* and the units it reached */
    size_t count, rims;
    double value, size, area, perimeter;
} propose_zone;

hz_status propose_zone_new(const propose_task *task, propose_zone *zone, hz_error *err);
void propose_zone_free(propose_zone *zone);
void propose_empty(propose_zone *zone);
void propose_take(const propose_task *task, propose_zone *zone, size_t unit);
void propose_give(const propose_task *task, propose_zone *zone, size_t unit);
/* The sums anew, in order of units, so that no rounding of moves is left in them. */
void propose_sum(const propose_task *task, propose_zone *zone);
/* Units that share border with the zone, by number. */
void propose_find_rim(const propose_task *task, propose_zone *zone);

double propose_objective(const propose_task *task, double value, double size, double area,
                         double perimeter);
bool propose_fits(const propose_task *task, double size);

/* Take in one unit after another while any fits.  `noise` 0: by their promise as it is; else each
 * is weighed by a draw in 1 - noise .. 1 + noise. */
void propose_grow(const propose_task *task, propose_zone *zone, double noise, hz_rng *rng);
/* Take in, give up, exchange, until no such move helps. */
void propose_improve(const propose_task *task, propose_zone *zone);
/* Random moves that may make it worse, by less and less (threshold accepting, Dueck & Scheuer 1990);
 * `best` gets the best zone on the way, the one at the start too. */
void propose_wander(const propose_task *task, propose_zone *zone, propose_zone *best, size_t steps,
                    hz_rng *rng);
void propose_copy(propose_zone *to, const propose_zone *from, size_t n);

#endif
