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
 * Rows of one table to hide: counts of 1 .. below-1, and, where the sum is to be published, the
 * first three rows with any events as their guards, whatever these count, and further ones from
 * the top until four rows are hidden.  Which rows guard does not depend on how large a count is,
 * so that the choice tells nothing.  The sum is withheld where the hidden rows together have less
 * than below + 3 over 1 each, or a hidden count from the threshold up is so much of the sum that
 * it could not be max(2, 20 %) more; also where under four rows have events, and then none guards.
 *
 * Whoever knows the sum, every shown count and this rule still has every value 1 .. below-1 open
 * for each hidden row, and for a guard every value from 1 to its own.  (Above that the rule bounds
 * a guard's count by about 5/6 of what is hidden, as any rule must that looks at the counts.)
 *
 * @param counts    NaN rows take no part
 * @param below     threshold, at least 2
 * @param hidden    set to 1 for hidden rows, 0 for the others
 * @param withheld  set to whether the sum, and all that it follows from, must not be published;
 *                  with `sum_published` false: whether any row is hidden
 * @return HZ_EUSAGE for a threshold under 2.  Time O(n).
 */
HZ_API hz_status hz_disclose_rows(size_t n, const double *counts, double below,
                                  bool sum_published, unsigned char *hidden, bool *withheld,
                                  hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
