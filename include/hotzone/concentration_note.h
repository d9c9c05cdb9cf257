/* Concentration as JSON, for programs. */
#ifndef HOTZONE_CONCENTRATION_NOTE_H
#define HOTZONE_CONCENTRATION_NOTE_H

#include <stdbool.h>

#include "hotzone/concentration.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Add n findings as one JSON object with sorted keys: docs/reference/tables.md lists them.
 * @param units    what the places of each are called
 * @param made_up  `origin` is "synthetic", else it is null
 */
HZ_API hz_status hz_concentration_json(const hz_concentration *found, const char *const *units,
                                       size_t n, bool made_up, hz_text *out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
