/* Inside the table of residents: its atoms and figures. */
#ifndef STAT_RESIDENTS_PARTS_H
#define STAT_RESIDENTS_PARTS_H

#include <stdint.h>

#include "hotzone/residents.h"

enum { SUM_AREAS, SUM_FOCUS, SUM_OUTSIDE, SUM_TOWNS, SUM_ELSEWHERE, SUM_ALL, SUM_UNLOCATED,
       SUM_REFUSED, SUM_READ, SUMS = HZ_RESIDENTS_SUMS };

/* Atoms: areas, towns, elsewhere, and rows without a place.  Figures: areas and towns, then the sums
 * that there are; `sum_of` says which sum a figure is. */
typedef struct {
    const hz_residents_input *in;
    size_t areas, towns, atoms, figures, sums;
    size_t released;    /* figures before the last, the number of rows read: that is told only where it
                         * is a sum of what is shown, and then needs no guard */
    double *count;      /* atoms */
    size_t *first;      /* figures + 1 */
    uint32_t *atom;
    size_t *order;      /* atoms in the order of the running count */
    unsigned char *hidden;
    double *shown;      /* figures; NaN: hidden */
    double *value;      /* figures, exact */
    int sum_of[SUMS];   /* kinds of the figures after the towns */
} residents_work;

/** Does a sum take this atom, with that focus (or none)? */
bool residents_takes(const residents_work *w, const unsigned char *inside, int sum, size_t atom);
/** A sum as it may be shown; NaN: hidden, or there is none. */
double residents_sum(const residents_work *w, int sum);
/** Hide what is small with what would give it away, by all that was and is told of the same people.
 *  @param now  as residents_note_release set it */
hz_status residents_hide(residents_work *w, const hz_residents_release *now, hz_residents *out,
                         hz_error *err);         /* residents_earlier.c */
/** Note of what this release is, and (once decided) what it told: for a later one. */
hz_status residents_note_release(const residents_work *w, hz_residents_release *out,
                                 hz_error *err); /* residents_release.c */
void residents_note_figures(const residents_work *w, hz_residents_release *out);

#endif
