/* When zones are in force, and which events fall into that time. */
#ifndef HOTZONE_VALIDITY_H
#define HOTZONE_VALIDITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/date.h"
#include "hotzone/layer.h"
#include "hotzone/notice.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    HZ_VALIDITY_GOOD = 0,
    HZ_VALIDITY_BAD_START, /* the start is no date; these three are never in force */
    HZ_VALIDITY_BAD_END,
    HZ_VALIDITY_REVERSED,  /* it starts no earlier than it ends */
    HZ_VALIDITY_UNKNOWN    /* not one time: zones of several dates are taken together */
} hz_validity_state;

/** From its start until its end, which does not belong to it. */
typedef struct {
    hz_time from, until;   /* on the Danish clock; HZ_TIME_NONE: open */
    int64_t starts, ends;  /* the same in seconds UTC; INT64_MIN and INT64_MAX: open */
    hz_validity_state state;
} hz_validity;

/**
 * Read when the zones of a layer are in force.  An end known by the day only, or at 23:59, is the end
 * of that day (docs/methods/zone-timeline.md).  Warns of zones that never are and of open starts.
 *
 * @param from,until  columns; NULL: valid_from/start/from, valid_to/end/until/to
 * @param needed      else a layer that lacks either column, or has nothing in them, has no dates:
 *                    `dated` is then false
 * @param out         one per row
 * @return HZ_EUSAGE for columns that are not there, HZ_EMEMORY
 */
HZ_API hz_status hz_validity_read(const hz_layer *zones, const char *from, const char *until,
                                  bool needed, hz_validity *out, bool *dated,
                                  const hz_notice *notice, hz_error *err);

/** Is it the same time, or are both never in force? */
HZ_API bool hz_validity_same(const hz_validity *a, const hz_validity *b);

/** Days of 24 hours of a period with both ends in which it is in force; NaN if an end is open, or
 *  for HZ_VALIDITY_UNKNOWN. */
HZ_API double hz_validity_days(const hz_validity *v, hz_period period);

typedef enum { HZ_NOT_IN_FORCE = 0, HZ_PARTLY_IN_FORCE, HZ_IN_FORCE } hz_in_force;
/**
 * Was it in force when an event happened?  Of an event known by the day only: all of that day, or
 * a part of it.  HZ_NOT_IN_FORCE for HZ_TIME_NONE.
 *
 * @param when  on the Danish clock
 */
HZ_API hz_in_force hz_validity_at(const hz_validity *v, hz_time when, bool whole_day);
/** The seconds UTC that an event stands for, [*from, *until): one of a moment, those of its day;
 *  none at all for HZ_TIME_NONE. */
HZ_API void hz_validity_span(hz_time when, bool whole_day, int64_t *from, int64_t *until);
/** As hz_validity_at, of such seconds. */
HZ_API hz_in_force hz_validity_over(const hz_validity *v, int64_t from, int64_t until);

#ifdef __cplusplus
}
#endif
#endif
