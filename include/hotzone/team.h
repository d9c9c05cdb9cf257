/* Shares a range of rows among threads; the same bits on any number of them. */
#ifndef HOTZONE_TEAM_H
#define HOTZONE_TEAM_H

#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Does rows [first, last).  `member` is 0 .. members-1, for scratch of its own. */
typedef void (*hz_team_fn)(size_t first, size_t last, int member, void *user);

/** Threads in use: OMP_NUM_THREADS or the machine's cores; 1 when built without OpenMP. */
HZ_API int hz_team_size(void);

/**
 * Call fn over [0, n) in blocks of `block` rows.  Which member does which block is
 * not fixed, so fn must write per row (or per block) only.
 */
HZ_API void hz_team_share(size_t n, size_t block, hz_team_fn fn, void *user);

#ifdef __cplusplus
}
#endif
#endif
