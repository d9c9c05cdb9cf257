/* Inside the rating: residents that come as points. */
#ifndef RUN_RATING_PARTS_H
#define RUN_RATING_PARTS_H

#include "hotzone/rating.h"

/**
 * Add up weighted points in each area.  Where they have a column of years, those of the one year
 * nearest to want_year are taken (the earlier on a tie).  An area with a point whose weight is
 * missing or no weight has no figure: NaN, with a warning, as its sum is not known.
 *
 * @param values,years  one per area; years stay as they are where the points tell none
 */
hz_status hz_rating_sum_points(const hz_rating_input *in, int want_year, hz_fate *fate,
                               double *values, double *years, const hz_notice *notice,
                               hz_error *err);

#endif
