/* Rounds a table of counts so that it still adds up. */
#ifndef HOTZONE_ROUNDING_H
#define HOTZONE_ROUNDING_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes of scratch that hz_round_table needs. */
HZ_API size_t hz_round_table_scratch(size_t rows, size_t columns);

/**
 * Controlled rounding of a table of two ways (Cox & Ernst 1982, INFOR 20:423): every count, every
 * sum of a row or column and the sum of all becomes a multiple of the base just below or just above it
 * (itself if it is one), and the rounded counts add up to the rounded sums.  So one more in a count
 * changes each of them by 0 or the base.
 *
 * @param counts   rows * columns whole numbers >= 0, row by row; rounded in place.  The rounded sums
 *                 are the sums of what comes out
 * @param base     2 or more
 * @param scratch  hz_round_table_scratch bytes, aligned for pointers
 *
 * Time O(cells * (rows + columns)) at worst; always the same choice among the tables that would do:
 * the parts that are nearest to a multiple go first.
 */
HZ_API void hz_round_table(size_t rows, size_t columns, double *counts, uint32_t base,
                           void *scratch);

#ifdef __cplusplus
}
#endif
#endif
