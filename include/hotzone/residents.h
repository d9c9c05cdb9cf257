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

enum { HZ_RESIDENTS_SUMS = 9, HZ_RESIDENTS_EARLIER_MOST = 64, HZ_RESIDENTS_NAME = 100 };

/** What one release told of residents, or hid. */
typedef struct {
    char sha256[65];             /* of its file; "": not written yet */
    char name[HZ_RESIDENTS_NAME]; /* of these people: "residents" */
    char date[11];               /* of the register, 2018-06-01; "": not told */
    char areas[65], towns[65];   /* SHA-256 of borders, order and ids; towns "": none */
    bool merged, rounded;
    double below;
    size_t area_count, town_count; /* rows of the table; one of towns that are merged */
    unsigned char *inside;       /* area_count: 1 of the focus; NULL: no focus */
    double *shown;               /* areas, towns, then HZ_RESIDENTS_SUMS sums; NaN: hidden */
    unsigned char *state;        /* of the same: HZ_FIGURE_FREE: no such figure, _FIXED: shown, _SECRET:
                                  * hidden */
    char (*with)[65];            /* files of the earlier releases that it was audited with */
    size_t with_count;
} hz_residents_release;
HZ_API void hz_residents_release_clear(hz_residents_release *release);
/** Ids of the sums, in their order; static. */
HZ_API const char *hz_residents_sum_id(size_t sum);

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
    const char *who;             /* name of these people; NULL: "residents" */
    const char *date;            /* of the register, 2018-06-01; NULL: not known */
    const unsigned char *const *sides; /* `inside` of every focus that is told of the same people, in an
                                    order that all of them have in common; NULL: of this one alone */
    size_t side_count;
    const hz_residents_release *earlier;
    size_t earlier_count;        /* at most HZ_RESIDENTS_EARLIER_MOST */
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
    hz_residents_release release;  /* what a later one needs */
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
 * Earlier releases are audited jointly (docs/methods/disclosure.md).  Of the register of the same date
 * they are figures of the same people: what was shown is public, what was hidden stays hidden.  Of
 * another date they are of other counts, and the changes since are protected as counts are.
 *
 * @return HZ_EUSAGE for options out of range, or earlier releases with `round`; HZ_EDATA without points or
 *         people, for an earlier release of other areas, towns, threshold or rule, without a date, or
 *         that was audited with one that is not given, or where they leave nothing to hide behind;
 *         HZ_ECRS, HZ_EMEMORY
 */
HZ_API hz_status hz_residents_make(const hz_residents_input *input, hz_residents *out,
                                   const hz_notice *notice, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
