/* Which small counts to hide, and what else so that a total does not give them away. */
#ifndef HOTZONE_DISCLOSE_H
#define HOTZONE_DISCLOSE_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Rows of one table whose sum is published.  Hidden first: counts of 1 .. below-1.  Then, smallest
 * first, further rows until a reader who knows the sum, every shown count and this rule
 * still has every value 1 .. below-1 open for each hidden row, and for each row hidden for
 * protection at least its count +- max(2, 20 %).  Equal counts: lower row first.
 *
 * @param counts  NaN rows take no part
 * @param below   threshold, at least 2
 * @param hidden  set to 1 for hidden rows, 0 for the others
 * @return HZ_EDATA if even hiding every row does not protect them (no figure is named)
 */
HZ_API hz_status hz_disclose_rows(size_t n, const double *counts, double below,
                                  bool sum_published, unsigned char *hidden, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
