/* The pattern of a map and of points, as JSON. */
#ifndef HOTZONE_PATTERN_JSON_H
#define HOTZONE_PATTERN_JSON_H

#include "hotzone/pattern.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Add `{"map": ..., "points": ...}`, whichever is not NULL; docs/methods/pattern.md lists the keys.
 * What does not exist is null, never NaN.  HZ_EMEMORY
 */
HZ_API hz_status hz_pattern_json(const hz_pattern_map *map, const hz_pattern_points *points,
                                 hz_text *out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
