/* What the parts of hz_focus_make share. */
#ifndef STAT_FOCUS_PARTS_H
#define STAT_FOCUS_PARTS_H

#include "hotzone/fdr.h"
#include "hotzone/focus.h"

typedef struct {
    const hz_focus_areas *areas;
    const hz_focus_opts *o;
    size_t n;
    const double *people;  /* NULL: none */
    double *p, *q;         /* of the last look, n each; NaN: not tested */
    double *cluster;       /* of the look that asks for clusters; n, NaN: in none that counts */
    hz_fdr_item *scratch;  /* n */
    unsigned char *rows;   /* n: what the scan takes */
    hz_focus_look given;   /* the first look */
    bool once;             /* its scan stands for the looks that follow */
    const hz_focus_shown *shown; /* of hidden events; NULL: nothing is hidden */
} focus_work;

hz_status focus_work_new(const hz_focus_areas *areas, const hz_focus_opts *o, focus_work *out,
                         hz_error *err);
void focus_work_clear(focus_work *w);

/**
 * Look at counts: share outside, tests of the areas outside, verdict.
 *
 * @param whole     make the scan whether or not the verdict hangs on it
 * @param clusters  may be NULL; gets the scan's clusters, yours, or NULL where none was made
 */
hz_status focus_look(focus_work *w, const double *counts, double beyond, bool whole,
                     hz_focus_look *look, hz_layer **clusters, hz_error *err);

/** Once the share is clear, does the verdict still hang on the scan? */
bool focus_hangs_on_scan(const focus_work *w, const hz_focus_look *look);

/** Of hidden events those on one side, and residents, in all areas that have any: from the side's sum less
 *  the others' counts, so NaN where one of these is hidden. */
void focus_sum_side(const focus_work *w, const double *counts, bool inside, double *events,
                    double *people);

/** Other ways of looking: without any one event, without any one day, coordinates redrawn within
 *  their precision, without the events beyond the areas, in cells. */
hz_status focus_vary(focus_work *w, const hz_focus_events *events, const double *counts,
                     double beyond, hz_focus *out, const hz_notice *notice, hz_error *err);
/** Polygons in metres, residents and places of events: what square cells take. */
bool focus_has_cells(const focus_work *w, const hz_focus_events *events);
/** One look at them in place of areas: residents spread evenly over each area's land.  HZ_EDATA where
 *  they are too many. */
hz_status focus_cells(const focus_work *w, const hz_focus_events *events, double beyond,
                      hz_focus_look *look, hz_error *err);

/** One row per area, in hz_focus_area_columns; `located`: all events.  (focus_table.c) */
hz_status focus_tabulate(const focus_work *w, const double *counts, double located, hz_layer **out,
                         hz_error *err);
/** Broaden over the areas that are shown.  (focus_shown.c) */
hz_status focus_broaden_shown(const focus_work *w, const double *counts, hz_layer **out,
                              hz_error *err);
/** The share outside by period, of the counts that are shown; the trend if all are. */
hz_status focus_shift_shown(const focus_work *w, const hz_period *periods, size_t n_periods,
                            hz_focus *out, hz_error *err);

/** Share outside and mean centre by period, and the trend. */
hz_status focus_shift(const focus_work *w, const hz_focus_events *events, const hz_period *periods,
                      size_t n_periods, hz_focus *out, hz_error *err);

#endif
