/* Inside the audit of a release: counts as sums of cells, and cells as atoms. */
#ifndef RUN_RELEASE_CELLS_H
#define RUN_RELEASE_CELLS_H

#include "run/release.h"

/* An atom is a piece of ground, by a stretch of time that no period divides, by a kind; those that the same
 * counts take are one. */
typedef struct {
    const project *p;
    const release_count *count;
    size_t n, events;
    release_pieces pieces;
    hz_time *cut;              /* where periods begin and end, ascending */
    size_t cuts, spans;        /* cuts + 1 spans between them, and one for no date */
    const char **kind;         /* kinds that are named */
    size_t kinds;              /* and one more for all others: kinds + 1 classes */
    bool other_kinds;          /* a count of all kinds has such another one; where none has, an outsider
                                * may know that no more kinds exist: that class is no room for events */
    unsigned char *in_piece, *in_span, *in_kind; /* per count: does it take these? */
    size_t cells;              /* pieces * spans * classes */
    double *cell;              /* events in each */
    int32_t *atom_of;          /* cell -> atom or NO_ATOM */
    size_t atoms, figures;
    double *atom;
    size_t *sample;            /* atom -> one of its cells */
    size_t *first;
    uint32_t *list;
    size_t *figure_of;         /* count -> figure */
    unsigned char *state;
    double *earlier;
} audit_work;

/** Cut ground, time and kinds where the counts divide them, and count the events in each cell: fills all
 *  down to `cell`.  (release_cells.c) */
hz_status release_cells(audit_work *w, hz_error *err);

#endif
