/* The one door to malloc: overflow-checked, and failable on purpose in tests. */
#ifndef HOTZONE_MEM_H
#define HOTZONE_MEM_H

#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Zeroed memory for count things of the given size; free with hz_mem_free.
 * A count of 0 gives a pointer that may be freed.  NULL when there is no memory
 * or when count * size overflows.
 */
HZ_API void *hz_mem_new(size_t count, size_t size);

/** Grow or shrink; on failure NULL is returned and the old block stays valid. */
HZ_API void *hz_mem_resize(void *block, size_t count, size_t size);

HZ_API void hz_mem_free(void *block);

/** A copy of a text, or of its first n bytes; NULL without memory. */
HZ_API char *hz_mem_text(const char *text);
HZ_API char *hz_mem_text_n(const char *text, size_t n);

/** The failure every caller of the above reports; `what` names what was being made. */
HZ_API hz_status hz_mem_fail(hz_error *err, const char *what);

/**
 * For tests only: let the n-th allocation from now fail, once (0: none does).
 * Counts allocations of all threads.
 */
HZ_API void hz_mem_fail_at(long n);

#ifdef __cplusplus
}
#endif
#endif
