/* What a table of rates holds: which areas have a figure, in which order. */
#ifndef REPORT_TALLY_H
#define REPORT_TALLY_H

#include "hotzone/caption.h"

/** Counts of areas, and the areas with a figure by falling rate.  Only these are ever read. */
typedef struct {
    size_t rows, defined, hidden, undefined, unstable;
    size_t *order;                /* rows with a rate, highest first, ties in row order */
    const double *rate, *low, *high, *events, *residents; /* lent by the layer */
    const double *range_low, *range_high; /* lent by the facts */
    double years;                 /* of the period; 1 where the layer does not say */
    bool has_overall;             /* all areas with a figure together */
    bool overall_has_hidden;      /* hidden areas are in it: four or more, see hz_rates_add */
    double overall, overall_low, overall_high;
    double overall_events, overall_residents; /* behind it */
} hz_tally;

/** @return false without memory */
bool hz_tally_new(const hz_caption_facts *facts, hz_tally *out);
void hz_tally_clear(hz_tally *tally);
/** How many areas at the top (or, with `last`, the bottom) have exactly the same rate. */
size_t hz_tally_ties(const hz_tally *tally, bool last);
/** Was hidden without regard to a total, because areas overlap or the total is withheld?  Then the number
 * of events placed, and whatever it follows from, would give hidden counts away. */
bool hz_tally_withheld(const hz_caption_facts *facts, const hz_tally *tally);
/** Is the area unstable by its state? */
bool hz_tally_unstable(const hz_caption_facts *facts, size_t row);

#endif
