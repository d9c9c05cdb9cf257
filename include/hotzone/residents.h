/* Where registered people live, by area and town, without giving anyone away. */
#ifndef HOTZONE_RESIDENTS_H
#define HOTZONE_RESIDENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/disclose.h"
#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/place.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Everything is lent. */
typedef struct {
    const hz_layer *areas;       /* polygons that do not overlap */
    const char *id, *name;       /* their columns */
    const unsigned char *inside; /* 1: of the focus; NULL: no focus */
    const double *people;        /* population of each area, or NULL */
    const hz_layer *towns;       /* polygons beyond the areas, or NULL */
    const char *town_id, *town_name;
    bool merge_towns;            /* one figure for all towns, whatever each holds */
    const hz_layer *residents;   /* points, one per person */
    double below;                /* threshold: 1 .. below-1 is small; 5 */
    bool hide_zeros;
    double round;                /* 0: hide small figures; else round all to multiples of this */
    const double *published;     /* of an earlier release of the same people, one per figure of the
                                    table made here; NaN: not published; or NULL */
} hz_residents_input;

typedef struct {
    hz_layer *table;      /* hz_residents_columns: areas, towns, then sums; polygons where it has */
    hz_fate fate;         /* exact: never to be published where `hidden` or rounding is */
    size_t areas, towns;  /* rows of the table; sums follow them */
    size_t small, guards; /* figures hidden */
    double inside, outside, total; /* sums as they may be shown; NaN: hidden */
    double elsewhere, unlocated, refused, read; /* the same: read = total + unlocated + refused */
    double share, low, high;       /* outside the focus; NaN where a figure of it is hidden */
    size_t areas_with, towns_with; /* shown to have some */
    size_t areas_hidden, towns_hidden;
    bool rounded, merged;          /* merged: one row for all towns */
} hz_residents;
HZ_API void hz_residents_clear(hz_residents *found);

/** id,name,kind,residents,per_1000,state; static, n is set.  kind: area, town, sum, account.
 *  state: ok, zero, hidden, rounded.  Sums: `areas` (all), `focus`, `outside` (areas not of it), `towns`,
 *  `elsewhere` (located in neither), `all`.  Account: `without_coordinates`, `refused` (rows that the
 *  reader could not use), `read`: all and these two. */
HZ_API const char *const *hz_residents_columns(size_t *n);

/**
 * Count people by area and town, and hide what is small with what would give it away, over all
 * figures of the table at once (hz_disclose_release); or round: figures are then differences of a
 * rounded running count, so that they still add up and one more person changes each by 0 or the
 * base.
 *
 * Whether a hidden area has anybody is not said: areas_with counts shown ones.
 *
 * @return HZ_EUSAGE for options out of range, HZ_EDATA without points or people, or where an earlier
 *         release leaves nothing to hide behind; HZ_ECRS, HZ_EMEMORY
 */
HZ_API hz_status hz_residents_make(const hz_residents_input *input, hz_residents *out,
                                   const hz_notice *notice, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
