/* A search under way: orders of the places about every centre, kept as far as memory is granted. */
#ifndef STAT_SCAN_SEARCH_H
#define STAT_SCAN_SEARCH_H

#include "stat/scan_parts.h"

enum { SCAN_MOST_SHAPES = 64 };

typedef struct {
    hz_scan_metric metric;
    double ratio, angle_rad, penalty, most_distance;
} scan_shape;

/* The best window of one shape about one centre. */
typedef struct {
    hz_scan_window window;
    double radius;          /* in the shape's metric */
    size_t stamp;           /* clusters chosen when it was looked for */
} scan_item;

typedef struct {
    const scan_data *d;
    const hz_scanning_opts *o;
    hz_scan_frame frame;
    double most_base;
    scan_shape shape[SCAN_MOST_SHAPES];
    size_t shapes, items;   /* item = shape x n + centre */
    scan_item *item;
    int members;            /* of the team */
    hz_scan_near *near;     /* members x 2 n */
    uint32_t *slot;         /* orders being made, each from its slot_at */
    size_t slot_room, *slot_at, *slot_length;
    uint32_t *per_step;     /* members x steps */
    /* the orders of items [first, last): that of item i starts at order[at[i - first]] */
    uint32_t *order;
    size_t room, *at, first, last;
    size_t reach;           /* length of the longest order met */
    uint16_t *cell;         /* of each place in them; spatial only */
    hz_scan_levels levels;
    int32_t *most;          /* of the levels */
    /* replicates */
    double *maxima;
    size_t drawn;
} scan_work;

hz_status scan_work_new(scan_work *w, const scan_data *d, const hz_scanning_opts *o,
                        hz_error *err);
void scan_work_free(scan_work *w);
/** Items to a share of work: as many as make it worth a thread's while. */
size_t scan_share(const scan_work *w);
/** Make the orders from item `from` on, as many as there is room for (none if they are there). */
void scan_fill(scan_work *w, size_t from);
/** The order of one item: kept, or made in the scratch of a member. */
const uint32_t *scan_order_of(scan_work *w, size_t item, int member, size_t *length);
/** Draw replicates into w->maxima until there are opts->replicates, or the early stop; `best` is
 *  the statistic of the data. */
hz_status scan_draw(scan_work *w, double best, hz_error *err);
/** How many maxima reach a statistic; what differs by rounding only, does. */
size_t scan_reached(const scan_work *w, double statistic);

#endif
