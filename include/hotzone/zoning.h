/* Zones of a project: from layers as they were read to their cards, comparison, timeline and a
 * proposal of the same size. */
#ifndef HOTZONE_ZONING_H
#define HOTZONE_ZONING_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/caption_zone.h"
#include "hotzone/card.h"
#include "hotzone/compare.h"
#include "hotzone/layer.h"
#include "hotzone/match.h"
#include "hotzone/place.h"
#include "hotzone/proposal_note.h"
#include "hotzone/searches.h"
#include "hotzone/timeline.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Located events, or searches: which of them, by which columns.  The period is not read. */
typedef struct {
    const hz_layer *layer;
    hz_place_opts place;
    const char *precision;       /* of events: numbers column, metres; NULL: none */
    const char *clock;           /* of events, for the timeline: texts column hh:mm; NULL: none */
    const char *found;           /* of searches: "column" or "column=value"; NULL: not said */
} hz_zoning_points;

/** What an audit decided of events, or searches, whose small counts are hidden; lent.  1 is hidden;
 *  NULL: all may be told. */
typedef struct {
    const unsigned char *events[2];   /* by period: of the study area, then HZ_CARD_COUNTS of each zone */
    const unsigned char *searches[2]; /* by period: of each zone */
} hz_zoning_hidden;

/** What it is made from; everything is lent. */
typedef struct {
    const hz_layer *zones;       /* polygons; texts `id` and `name`; for a timeline also `valid_from`
                                    and `valid_to`, texts or times; texts `repaired`, not empty where
                                    a polygon was, may be there */
    const hz_crs *crs;           /* metric: that of everything that comes out */
    const hz_layer *const *areas;/* polygons: together the study area; a table of residents is
                                    about the first of them */
    size_t area_count;
    const hz_layer *water;       /* polygons that are no land, or NULL */
    hz_zoning_points events, searches; /* layer NULL: no searches */
    const hz_layer *zone_searches; /* or a table by id of a zone (hz_searches_count); NULL: none */
    hz_searches_columns searches_columns; /* of it; `id` and `name` are not read */
    const hz_layer *hot;         /* polygons of hotspots; NULL: they are looked for */
    bool while_in_force;         /* the last period counts only events while a zone was in force: those
                                    of the same polygon but other dates have cards of their own */
    hz_period period[2];         /* one, or an earlier and a later one that does not overlap it */
    size_t periods;
    const hz_layer *population;  /* table by area, or polygons or points of one year; NULL: none */
    hz_match_opts population_columns;
    const char *area_id;         /* key of the first areas */
    hz_card_opts card;
    bool compare, timeline;
    const char *like;            /* id of the zone to propose another of its size to; NULL: none */
    hz_period earlier, later;    /* of the proposal; `split` says whether they are given */
    bool split;                  /* else the only period, or all dates, is halved */
    hz_budget_kind measure;      /* what the proposal may have no more of; residents need them */
    double cell_m;               /* the proposal is made of such cells; 0: of blocks of `streets` */
    const hz_layer *streets;
    const hz_layer *const *lines;/* others that the list of its border may name */
    size_t line_count;
    hz_trace_network_opts network;
    bool made_up;                /* any of it is */
    const hz_zoning_hidden *hidden; /* NULL: nothing; else without `while_in_force`, and of hidden
                                    events without `compare`, `timeline` and `like` too */
} hz_zoning_input;

typedef struct {
    hz_layer *zones;             /* as given, in crs, with `card_of`: the id of the first zone with
                                    the same polygon, whose card it shares; then every figure of the
                                    card by hz_card_key with '_' for '.', and those of the later
                                    period with `later_` before it */
    size_t *card;                /* per zone: number of its card */
    size_t n;                    /* polygons that differ: cards */
    size_t *row;                 /* per card: its first zone */
    size_t *shared;              /* per card: how many zones have it */
    hz_card *cards;
    hz_card_note *notes;         /* names tell the cards apart */
    char (*names)[200];
    char period[2][64], hotspots[100];
    hz_card_found found;
    hz_fate fate[2], searches_fate[2]; /* all 0 where counts of events, or searches, are hidden */
    bool hidden;                 /* small counts of the events are */
    hz_validity *validity;       /* per card; HZ_VALIDITY_UNKNOWN where its zones have several; NULL:
                                    no dates are known */
    bool *repaired, *namesake;   /* per card */
    unsigned char *used;         /* per row of the events: in the study area in one of the periods */
    hz_compare_pair *pairs;      /* of the first period, then of the later; NULL: not compared */
    hz_compare_alone *alone;     /* likewise */
    hz_timeline timeline;        /* zones NULL: none */
    bool proposed;
    hz_evidence evidence;
    hz_proposing proposal;
    hz_proposal_streets streets;
    hz_proposal_facts proposal_facts;
} hz_zoning;

/**
 * Make it.  Zones with the same polygon, as a zone and its renewals have, share one card, and are
 * compared once.
 *
 * @return HZ_EDATA without a zone or an event of a period in the study area, HZ_EUSAGE for two zones
 *         of one id, for what does not go with hidden counts, over HZ_COMPARE_MOST cards to compare,
 *         or a `like` that is no id (nearest suggested); else as the functions behind it.  Free with hz_zoning_clear
 */
HZ_API hz_status hz_zoning_make(const hz_zoning_input *input, hz_zoning *out,
                                const hz_notice *notice, hz_error *err);
HZ_API void hz_zoning_clear(hz_zoning *zoning);

#ifdef __cplusplus
}
#endif
#endif
