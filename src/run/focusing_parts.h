/* Inside the weighing of a project's focus: what its files share. */
#ifndef RUN_FOCUSING_PARTS_H
#define RUN_FOCUSING_PARTS_H

#include "hotzone/focusing.h"

/* What is made on the way. */
typedef struct {
    const hz_focusing_input *in;
    const hz_notice *notice;
    hz_error *err;
    hz_layer *areas, *events;   /* copies in metres */
    hz_rating rating;
    hz_layer *table;            /* area, name, events, population, shapes: rows that are whole areas
                                 * or, with a polygon for focus, parts of areas */
    unsigned char *inside;
    hz_shapes *polygon;         /* of the focus, in one; NULL: whole areas */
    double *x, *y, *km2;
    hz_placing *placing;
    unsigned char *used;
    double beyond;
    hz_focusing out;
} focusing;

/** Table and sides of a focus of whole areas, or of polygons that cut them.  (focusing_areas.c) */
hz_status focusing_mark_areas(focusing *w);
hz_status focusing_cut_areas(focusing *w);
/** HZ_EDATA if events lie in the polygon of the focus and in none of the areas: they would count as
 *  outside the focus that holds them. */
hz_status focusing_check_beyond(const focusing *w);
/** Events of each row of the table in a period, and those in none. */
hz_status focusing_count_in(const focusing *w, hz_period period, double *counts, double *beyond);
/** The parts that were asked for, or those that go with the span. */
hz_series_by focusing_choose_by(const hz_focusing_input *in, hz_period span);
/** Weigh it on what is shown alone.  (focusing_shown.c) */
hz_status focusing_weigh_shown(focusing *w);

#endif
