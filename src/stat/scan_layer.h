/* What the two scans share between a layer and the search. */
#ifndef STAT_SCAN_LAYER_H
#define STAT_SCAN_LAYER_H

#include "stat/scan_parts.h"

/* The rows of a layer as points to measure between. */
typedef struct {
    size_t n;
    double *x, *y;     /* in the units of crs; NaN: no geometry */
    double *area;      /* m2; 0 for points */
    double unit;       /* metres per unit */
    bool polygons;
    hz_crs *crs;       /* or NULL */
} scan_places;
/** Free the places even on failure. */
hz_status scan_places_new(const hz_layer *l, const hz_scanning_columns *c, scan_places *p,
                          const hz_notice *notice, hz_error *err);
void scan_places_free(scan_places *p);
/** Put n rows of the places in order from west to east, then from south to north. */
hz_status scan_places_sort(const scan_places *p, size_t n, size_t rows[], hz_error *err);

/* Time steps of a space-time scan. */
typedef struct {
    hz_period period;
    hz_time step;      /* seconds */
} scan_span;

hz_status scan_check(const hz_scanning_opts *o, hz_error *err);
/** Search the data and put what is found in layers. */
hz_status scan_report(const scan_data *d, const scan_places *p, const hz_layer *places,
                      const hz_scanning_columns *c, const scan_span *span,
                      const hz_scanning_opts *o, hz_scanning *out, hz_error *err);

#endif
