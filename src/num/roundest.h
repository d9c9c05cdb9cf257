/* The roundest number of an interval. */
#ifndef NUM_ROUNDEST_H
#define NUM_ROUNDEST_H

#include <stddef.h>

/**
 * The roundest x with low < x <= high: fewest significant digits first; among those 1, 2, 5 (times
 * a power of ten) or a last digit 5, then an even last digit; among those the nearest to `aim`,
 * and the lower of two equally near.  0 is rounder than all else.  The result is the double
 * nearest to its decimal form.  If nothing of 15 digits fits, high.
 */
double hz_roundest(double low, double high, double aim);

/** The fewest decimals, at most 15, that write all n values exactly; -1 if no number does. */
int hz_roundest_decimals(size_t n, const double *values);

#endif
