/* From where people live to where their events are: counts by pair of areas, giving nobody away. */
#ifndef HOTZONE_FLOWS_H
#define HOTZONE_FLOWS_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/place.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { HZ_FLOWS_BANDS_MOST = 12, HZ_FLOWS_PLACES_MOST = 120 };

/**
 * Either residents and events that share a key of persons, or pairs that are counted already.
 * Everything is lent; the keys are read and compared, and nothing of them is kept.
 */
typedef struct {
    const hz_layer *areas;        /* polygons that do not overlap; of pairs: any table, or NULL */
    const char *id, *name;        /* their columns; NULL: see hz_match_keys */
    const char *const *focus;     /* ids or names of areas, or NULL: no focus */
    size_t focus_count;

    const hz_layer *residents;    /* points, one per person */
    const hz_layer *events;       /* points; an event of several persons is several rows */
    const hz_layer *towns;        /* polygons beyond the areas, taken together; or NULL */
    const char *key, *event_key;  /* columns of the person's key; event_key NULL: the same name */
    hz_place_opts place;          /* events that count */
    double band_m[HZ_FLOWS_BANDS_MOST]; /* upper ends of the distance bands, metres, rising */
    size_t bands;                 /* 0: none; beyond the last is one band more */

    const hz_layer *pairs;        /* or rows of from, to and a count */
    const char *from, *to, *count; /* their columns */

    double below;                 /* threshold of persons (of counts, in pairs): 5 */
    double round;                 /* 0: hide what is small; else round all to multiples of it */
    double level;                 /* of intervals; 0.95 */
} hz_flows_input;

/** A sum as it may be shown; NaN: hidden. */
typedef struct {
    double events, of;            /* `events` of `of` */
    double share, low, high;      /* NaN where either is hidden or `of` is 0 */
} hz_flows_share;

typedef enum {
    HZ_FLOWS_STAY,        /* in the area where the person lives, of events of people of the areas */
    HZ_FLOWS_FOCUS_OWN,   /* by people of the focus, of events in it */
    HZ_FLOWS_FOCUS_STAY,  /* in the focus, of events by people of it */
    HZ_FLOWS_SHARES
} hz_flows_which;

/** All zero before; free with hz_flows_clear. */
typedef struct {
    hz_layer *pairs;    /* hz_flows_columns: every pair of places, then sums */
    hz_layer *bands;    /* band,from_km,to_km,events,share,low,high,state; or NULL */
    hz_layer *shares;   /* what,events,of,share,low,high,state */
    hz_layer *account;  /* what,rows,state: of the rows of events, which became what; or NULL */
    hz_flows_share share[HZ_FLOWS_SHARES];
    double total, known; /* events with a person; of these with a known home; NaN: hidden */
    size_t areas, places; /* places: areas, towns, elsewhere and unknown as far as there are any */
    size_t focus_areas;
    char focus[300];    /* names; "" without a focus */
    size_t small, guards; /* figures hidden */
    bool rounded, by_key;
} hz_flows;
HZ_API void hz_flows_clear(hz_flows *found);

/** kind,from,from_name,to,to_name,events,share,state; static, n is set.  kind: pair, from (all of
 *  one home), to (all of one place of events), all.  share: of the events of that home.  state: ok,
 *  zero, hidden, rounded. */
HZ_API const char *const *hz_flows_columns(size_t *n);
HZ_API const char *const *hz_flows_band_columns(size_t *n);
HZ_API const char *const *hz_flows_share_columns(size_t *n);
HZ_API const char *const *hz_flows_account_columns(size_t *n);
/** "stays", "focus_own", "focus_stays"; static. */
HZ_API const char *hz_flows_word(hz_flows_which which);

/**
 * Count events by home and place: areas, then `towns`, `elsewhere` (located in neither) and `unknown`
 * (no home or no coordinates of it), and hide every figure of fewer than `below` events or
 * persons with what would give it away, over pairs, sums, bands, shares and the account at once
 * (hz_disclose_release); or round pairs and sums by hz_round_table, the bands by a running count.
 *
 * Distances are straight lines between the two points, in metres (hz_layer_metric of the areas).
 * Limits are Clopper and Pearson's, of an effective number of events where persons have several
 * (docs/methods/flows.md).
 *
 * @return HZ_EUSAGE for options, names or columns; HZ_EDATA for a key that two residents share, keys
 *         that never meet, no event with a person, a count that is not whole, or more places than
 *         HZ_FLOWS_PLACES_MOST; HZ_ECRS, HZ_EMEMORY.  No message quotes a key, a coordinate
 *         or a row of them
 */
HZ_API hz_status hz_flows_make(const hz_flows_input *input, hz_flows *out, const hz_notice *notice,
                               hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
