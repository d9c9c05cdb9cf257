/* The scan inside: places and events as arrays, and the search over them. */
#ifndef STAT_SCAN_PARTS_H
#define STAT_SCAN_PARTS_H

#include "hotzone/mem.h"
#include "hotzone/scan.h"
#include "hotzone/scanning.h"

/* Places that take part, from west to east, so that nothing depends on the order of rows.  Spatial:
 * steps is 0.  Ours; scan_data_free frees the arrays. */
typedef struct {
    size_t n;
    double *x, *y;          /* metres */
    double *base, *count;   /* population (space-time: events again), events */
    size_t *row;            /* of the layer they come from */
    double total, base_sum;
    /* space-time: events by place, and the time step of each */
    size_t events, steps, most_steps;
    uint32_t *first, *step, *until_step;
} scan_data;
void scan_data_free(scan_data *d);
hz_status scan_data_new(scan_data *d, size_t places, size_t events, size_t steps, hz_error *err);

/* A cluster found: a window about a centre. */
typedef struct {
    size_t centre;
    double ratio, angle_rad;     /* of its ellipse; 1 and 0 for a circle */
    double radius;               /* long half axis */
    size_t first_step, last_step;
    double events, expected, llr, statistic;
    size_t reached;              /* replicates at or above it */
    double p;
    size_t first_member, members; /* of scan_result.member */
} scan_cluster;

typedef struct {
    scan_cluster *cluster;
    size_t count;
    uint32_t *member;            /* place numbers, nearest first */
    size_t replicates;
    const char *p_method;
    double gini_share;
} scan_result;
void scan_result_free(scan_result *r);

/** Find the clusters of the data; HZ_EDATA if no window is small enough. */
hz_status scan_search(const scan_data *d, const hz_scanning_opts *o, scan_result *out,
                      hz_error *err);

#endif
