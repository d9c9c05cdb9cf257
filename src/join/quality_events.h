/* An audit of events under way. */
#ifndef JOIN_QUALITY_EVENTS_H
#define JOIN_QUALITY_EVENTS_H

#include "hotzone/quality.h"
#include "join/quality_parts.h"

/** How a row's coordinates stand; each row is counted once, where it comes first. */
enum {
    STAND_FINE = 0,
    STAND_NONE,        /* no coordinates */
    STAND_ZERO,        /* 0, 0 */
    STAND_SWAPPED,     /* would lie among the others with x and y exchanged */
    STAND_IMPLAUSIBLE, /* outside the reference system's area of use */
    STAND_FAR,         /* far from the rest; only where no areas are known */
    STAND_OUTSIDE      /* in none of the areas */
};

typedef struct {
    const hz_layer *events;
    const hz_quality_events_opts *opts;
    hz_error *err;
    hz_quality *q;
    size_t n;
    const double *x, *y;
    bool degrees;
    int id, time, kind, precision; /* columns, or -1 */
    const hz_time *times;          /* the column of dates, where it holds dates */
    const double *numbers;         /* or numbers such as 20170803 */
    unsigned char *stand;          /* per row: STAND_... */
    unsigned char *again;          /* per row: what of it was there before */
    hz_time *when;                 /* per row; NULL without a column of dates */
    hz_hashed *hashed;             /* scratch, one per row */
    hz_shapes *areas;              /* in the events' system; NULL: none are known */
    int usual_fineness;            /* see hz_quality_fineness */
} audit;

hz_status hz_quality_places(audit *a); /* sets stand and areas: quality_places.c */
hz_status hz_quality_stacks(audit *a); /* quality_places.c */
hz_status hz_quality_repeats(audit *a); /* sets again: quality_repeats.c */
/** To what both coordinates of a row are rounded: 0: 1 km or more, 1: 100 m, 2: 10 m, 3: 1 m,
 *  4: finer. */
int hz_quality_fineness(const audit *a, size_t row);

#endif
