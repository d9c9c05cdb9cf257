/* A zone proposed from the earlier period's events, scored on the later's, beside the zone in force. */
#ifndef HOTZONE_PROPOSING_H
#define HOTZONE_PROPOSING_H

#include "hotzone/evidence.h"
#include "hotzone/paired.h"
#include "hotzone/propose.h"
#include "hotzone/text.h"
#include "hotzone/trace.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A zone's events of one period. */
typedef struct {
    double events, total;
    double capture, low, high; /* share, with Wilson's 95 % limits; of weighted events without */
    double pai;                /* capture over the zone's share of all there is of the measure */
    double bound;              /* most that any set of parcels of the budget holds in this period */
    double frontier;           /* what those ranked on the earlier period hold in it */
} hz_zone_score;

typedef enum {
    HZ_NOT_COMPARED = 0, /* no zone was given */
    HZ_NOT_TESTED,       /* in sample: no difference is evidence */
    HZ_UNDECIDED,        /* the interval holds 0 */
    HZ_BETTER,           /* the proposal holds more, the interval excludes 0, and it is no larger */
    HZ_WORSE,            /* the given zone holds more, and is no larger */
    HZ_LARGER            /* the interval excludes 0, but the one that holds more is larger */
} hz_zone_verdict;
/** "not compared", "in sample", "undecided", "better", "worse", "larger"; static. */
HZ_API const char *hz_zone_verdict_name(hz_zone_verdict verdict);

/** The same later events in both zones. */
typedef struct {
    hz_paired counts;             /* NaN for weighted events */
    double difference, low, high; /* of the shares, proposal less given zone; 95 % */
    double p;                     /* McNemar, exact; NaN for weighted events */
    hz_zone_verdict verdict;
} hz_zone_difference;

/** A proposal with all that is said of it; free with hz_proposing_clear. */
typedef struct {
    hz_proposal zone;
    hz_shapes *shape;        /* one feature, one ring and its holes, in the parcels' system */
    size_t holes;
    double area_km2;         /* of land; zone.area is that of the ring */
    double gap;              /* 1 - captured / bound, in the earlier period */
    hz_zone_score train, test, like_train, like_test; /* of the given zone NaN without one */
    hz_zone_difference difference;
} hz_proposing;

/**
 * Difference of two zones on the same n events: counts with Newcombe's paired limits; weighted
 * events with the linearised variance of the ratio, sum of w^2 (d - D)^2 / (sum of w)^2, which wants
 * some 30 events that one zone alone holds.
 *
 * @param counted        which of the events count
 * @param first,second   is the event in the zone
 * @param weight         per event, or NULL: 1
 */
HZ_API void hz_zone_differ(size_t n, const unsigned char *counted, const unsigned char *first,
                           const unsigned char *second, const double *weight,
                           hz_zone_difference *out);

/**
 * Propose a zone within the evidence's budget and score it.
 *
 * @param opts  its budget is taken from the evidence; of blocks there are no holes, whose border could
 *              not be told as one list of streets
 * @return as hz_propose_zone; HZ_EUSAGE without a budget
 */
HZ_API hz_status hz_proposing_make(const hz_evidence *evidence, const hz_propose_opts *opts,
                                   hz_proposing *out, hz_error *err);
HZ_API void hz_proposing_clear(hz_proposing *proposing);

/** What the border of a proposal of blocks runs along; lent. */
typedef struct {
    const hz_layer *streets;        /* that the blocks lie between; NULL: none */
    const hz_layer *const *lines;   /* others that a list may name: borders, shores */
    size_t line_count;
    hz_trace_network_opts how;
} hz_proposal_network;

/** Free with hz_proposal_streets_clear. */
typedef struct {
    bool listed;
    hz_text text;      /* the list; or why there is none: a zone of cells follows no streets */
    double unnamed_m;  /* of the border, on no named street; NaN without a list */
    double again;      /* share of the proposal that the list builds again, as hz_trace_fit; NaN if it
                          builds no ring by itself */
} hz_proposal_streets;

/**
 * Write the border as a list of streets that hz_trace_build builds again.  That there is none is no
 * failure.
 *
 * @return HZ_EUSAGE for a column of names that is not there, HZ_EMEMORY
 */
HZ_API hz_status hz_proposing_streets(const hz_evidence *evidence, const hz_proposing *proposing,
                                      const hz_proposal_network *network, hz_proposal_streets *out,
                                      const hz_notice *notice, hz_error *err);
HZ_API void hz_proposal_streets_clear(hz_proposal_streets *streets);

#ifdef __cplusplus
}
#endif
#endif
