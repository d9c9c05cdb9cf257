/* What counts before, during and after a zone say: sentences in Danish and English, and JSON. */
#ifndef HOTZONE_CAPTION_DISPLACE_H
#define HOTZONE_CAPTION_DISPLACE_H

#include "hotzone/displace.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Everything is lent. */
typedef struct {
    const hz_displacement *found;
    const hz_displace_opts *opts; /* those it was made with */
    bool made_up;                 /* the events are synthetic */
} hz_caption_displace;

/** Two to four sentences: counts and ratios of the zone; zone and rings against the control, with
 *  intervals; and that counts do not tell causes.  Regression to the mean is named where the period
 *  before was a peak, or where that is not known. */
HZ_API void hz_caption_displace_say(const hz_caption_displace *facts, hz_language language,
                                    hz_text *out);

/** All figures, with both statements, as a JSON object with sorted keys; docs/reference/tables.md
 *  lists them.  @return HZ_EMEMORY */
HZ_API hz_status hz_caption_displace_json(const hz_caption_displace *facts, hz_text *out,
                                          hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
