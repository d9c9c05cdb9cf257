/* What the parts of the local statistics share: the units that take part, and their tests. */
#ifndef STAT_CLUSTER_PARTS_H
#define STAT_CLUSTER_PARTS_H

#include "hotzone/cluster.h"
#include "hotzone/getis.h"

typedef enum { CLUSTER_OK = 0, CLUSTER_ISLAND, CLUSTER_FIXED } cluster_state;

/* Of the m units that take part, in the order of their rows. */
typedef struct {
    size_t m;
    const hz_cluster_opts *opts;
    hz_csr *links;           /* among them; without weights where all count 1 */
    double *x;               /* values, or standardised rates */
    hz_values values;
    bool self, row;
    unsigned char *state;    /* cluster_state */
    hz_local *local;         /* statistic and moments */
    unsigned char *null;     /* hz_null_kind of each test; 0: none */
    double *high, *low, *equal; /* probabilities of a sum >= , <= and = the one observed */
    double *p, *mid, *q;
    signed char *side;       /* 1: more about it than expected, -1: less */
} cluster_work;

/** Statistic and moments of units, shared among threads. */
void cluster_measure(cluster_work *w);
/** The statistic and its moments for other values than the units' own. */
hz_local cluster_local(const cluster_work *w, const hz_values *values, size_t unit);

/** Fill high, low, equal and null of the units tested, by the null asked for. */
hz_status cluster_test(cluster_work *w, hz_cluster_found *found, const hz_notice *notice,
                       hz_error *err);
/** q by the greatest |z| of whole maps permuted (Westfall & Young 1993). */
hz_status cluster_greatest(cluster_work *w, hz_error *err);
/** Columns of the units from the work; which are hot and cold is counted. */
hz_status cluster_store(hz_layer *units, const cluster_work *w, const double *value,
                        const unsigned char *keep, const unsigned char *outside,
                        hz_cluster_found *f, hz_error *err);

#endif
