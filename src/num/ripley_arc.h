/* Circles cut by a border, for some of its segments. */
#ifndef NUM_RIPLEY_ARC_H
#define NUM_RIPLEY_ARC_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/ripley.h"

/** As hz_ripley_arc, for `m` segments by number: all that come within d of the point. */
double ripley_arc(const hz_window *w, size_t m, const uint32_t *segment, double x, double y,
                  double d);
/** The numbers of the segments within `reach` of a point, nearest distance first in *least (infinite
 *  without any); returns how many. */
size_t ripley_near(const hz_window *w, double x, double y, double reach, uint32_t *segment,
                   double *least);

#endif
