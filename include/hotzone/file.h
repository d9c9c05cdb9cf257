/* Files are written beside their final name and renamed when whole. */
#ifndef HOTZONE_FILE_H
#define HOTZONE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The name to write to first: `DIR/.NAME.tmp-PID` beside path, keeping path's extension, so
 * that GDAL and cairo choose the right format.  Free with hz_mem_free.
 */
HZ_API hz_status hz_file_draft(const char *path, char **draft, hz_error *err);
/** Move a finished draft to its final name, replacing what was there. */
HZ_API hz_status hz_file_commit(const char *draft, const char *path, hz_error *err);
/** Remove a draft that failed; never an error. */
HZ_API void hz_file_discard(const char *draft);
/** Write bytes by way of a draft.  A full disk is HZ_EIO and leaves the old file. */
HZ_API hz_status hz_file_write(const char *path, const void *data, size_t n, hz_error *err);
/** Read a whole regular file of at most `limit` bytes; NUL-terminated, free with hz_mem_free. */
HZ_API hz_status hz_file_read(const char *path, size_t limit, char **data, size_t *n,
                              hz_error *err);
/** Make a directory and its parents. */
HZ_API hz_status hz_file_make_dir(const char *path, hz_error *err);
/** Remove a directory and all in it, without memory of its own; what cannot be removed stays. */
HZ_API void hz_file_remove_dir(const char *path);
HZ_API bool hz_file_exists(const char *path);
/** "dir of base" + "/" + name, unless name is absolute or has a scheme (`PG:`, `WFS:`, `/vsi`);
 *  free with hz_mem_free, NULL without memory. */
HZ_API char *hz_file_beside(const char *base, const char *name);

#ifdef __cplusplus
}
#endif
#endif
