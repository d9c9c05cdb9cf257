/* What a zone is drawn and judged by: parcels with their size, and events of two periods. */
#ifndef HOTZONE_EVIDENCE_H
#define HOTZONE_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/frontier.h"
#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/parcels.h"
#include "hotzone/place.h"
#include "hotzone/reside.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a budget is measured in: square kilometres, residents, kilometres of street. */
typedef enum { HZ_BUDGET_AREA = 0, HZ_BUDGET_RESIDENTS, HZ_BUDGET_STREETS } hz_budget_kind;
/** "area", "residents", "streets"; static. */
HZ_API const char *hz_budget_name(hz_budget_kind kind);
/** "km2", "residents", "km"; static. */
HZ_API const char *hz_budget_unit(hz_budget_kind kind);

/** Where the two periods come from. */
typedef enum {
    HZ_SPLIT_GIVEN = 0, /* both were named */
    HZ_SPLIT_HALVES,    /* the period, or the span of the events' dates, cut in the middle */
    HZ_SPLIT_NONE       /* in sample: one period for both */
} hz_split;
/** "given", "halves", "none"; static. */
HZ_API const char *hz_split_name(hz_split split);

/** Everything is lent. */
typedef struct {
    const hz_layer *events;
    hz_place_opts place;       /* column of dates, kinds, weight; its period is that which is
                                  halved, or the only one in sample */
    hz_split split;
    hz_period train, test;     /* if given */
    const hz_layer *study;     /* NULL: all there is */
    const hz_layer *water;     /* polygons that are taken out of it, or NULL */
    double cell_m;             /* side of the cells; 0: blocks of the streets */
    const hz_layer *streets;   /* NULL: none */
    hz_budget_kind measure;
    double budget;             /* in its unit; NaN: that of `like`, or none */
    const hz_layer *like;      /* a zone to compare with: one polygon; NULL: none */
    const hz_reside *residents; /* for that measure; in the system of the events in metres
                                  (hz_layer_metric) */
} hz_evidence_input;

/** The zone given. */
typedef struct {
    bool given;
    double size, area_km2;     /* of what lies in the study area */
    double train, test;        /* events it holds */
    unsigned char *holds;      /* per row of the events */
} hz_evidence_like;

/** n parcels; events are weights where a weight is given.  Free with hz_evidence_clear. */
typedef struct {
    hz_parcels parcels;
    hz_budget_kind measure;
    double *size;              /* n, in the unit of the measure */
    double *train, *test;      /* n; in sample both are one period */
    size_t rows;               /* of the events */
    int32_t *parcel;           /* per row: where it counts in the test period; negative: nowhere */
    double *weight;            /* per row, or NULL: 1 each */
    hz_split split;
    hz_period train_period, test_period;
    hz_fate train_fate, test_fate;
    double total_size, total_train, total_test;
    double budget;             /* NaN: none */
    hz_frontier *frontier;     /* ranked on train, scored on test */
    hz_frontier *bound;        /* ranked and scored on train */
    hz_frontier *best;         /* ranked and scored on test: what hindsight would choose */
    hz_evidence_like like;
} hz_evidence;

/**
 * Gather it.
 *
 * @return HZ_EUSAGE if a period is needed and the events have no column of dates, if the periods
 *         overlap or stand in the wrong order, if the measure lacks its layer, or for a budget that
 *         is not over 0 or beyond all there is; HZ_EDATA if either period has no event in the study
 *         area, dates span less than two days and are to be halved, or `like` is not one polygon
 *         that meets the study area; HZ_ECRS, HZ_EMEMORY
 */
HZ_API hz_status hz_evidence_make(const hz_evidence_input *input, hz_evidence *out,
                                  const hz_notice *notice, hz_error *err);
HZ_API void hz_evidence_clear(hz_evidence *evidence);

#ifdef __cplusplus
}
#endif
#endif
