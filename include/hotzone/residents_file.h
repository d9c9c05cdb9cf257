/* Reads what an earlier release told of residents. */
#ifndef HOTZONE_RESIDENTS_FILE_H
#define HOTZONE_RESIDENTS_FILE_H

#include "hotzone/residents.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Read the JSON that hz_caption_focus_json wrote of a focus with residents.
 *
 * @param out    free with hz_residents_release_clear
 * @param found  NULL, or set to whether it tells of residents at all: what does not is no error then
 * @return HZ_EIO, HZ_EFORMAT for what is no such file, HZ_EMEMORY
 */
HZ_API hz_status hz_residents_release_read(const char *path, hz_residents_release *out, bool *found,
                                           hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
