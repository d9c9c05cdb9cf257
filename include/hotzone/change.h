/* Two periods compared, area by area: the columns of `hotzone change`. */
#ifndef HOTZONE_CHANGE_H
#define HOTZONE_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/disclose.h"
#include "hotzone/layer.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Which two-sided p: outcomes as likely as the one seen or less (as R's poisson.test), or twice
 *  the smaller tail, which never contradicts the central interval (Fay 2010). */
typedef enum { HZ_P_LIKELY = 0, HZ_P_CENTRAL } hz_change_test;

/** What is assumed of a population that is not known: residents, or, if relative, shares by which
 *  the known population may be off (-0.03 to 0.03). */
typedef struct {
    bool given, relative;
    double low, high;
} hz_assumption;

/** Read `33900..36000`, `-3%..3%`, `3%` or `±3%`; HZ_EUSAGE for anything else. */
HZ_API hz_status hz_assumption_parse(const char *text, hz_assumption *out, hz_error *err);

typedef struct {
    double per;              /* residents a rate is given for; > 0 */
    double years_1, years_2; /* lengths of the periods; > 0 */
    double level;            /* of the intervals, 0.95 */
    double unstable_cv;      /* unstable above this coefficient of variation of a count; 0.30 */
    double hide_below;       /* hide rows with 1 .. hide_below-1 events in a period; 0: none */
    hz_change_test test;
    hz_assumption assumed;
    bool overlap;            /* areas overlap: no total over them is published */
    const hz_decided *decided; /* what to hide in period 1 and 2, decided with other tables of the
                                * same events (totals are none); NULL: by this table alone */
} hz_change_opts;
#define HZ_CHANGE_DEFAULTS \
    { 1000.0, 1.0, 1.0, 0.95, 0.30, 0.0, HZ_P_LIKELY, { false, false, 0.0, 0.0 }, false, NULL }

typedef struct {
    size_t tests;       /* areas that were tested and are shown: the m of q */
    size_t assumed;     /* of these, over an assumed population */
    size_t significant; /* with q <= 1 - level */
    size_t undefined, hidden;
    size_t only_rate;   /* undefined because only a rate is known and nothing is assumed */
    size_t disagree;    /* p and interval differ on whether a ratio of 1 is possible */
} hz_change_found;

/**
 * Add `years_1 years_2 rate_1 rate_1_low rate_1_high rate_2 rate_2_low rate_2_high ratio ratio_low
 * ratio_high p q p_low p_high` (numbers), `state` (ok unstable hidden undefined), `basis` (counted
 * assumed, or nothing) and `reason` (why there is no test) to a layer with the columns `events_1
 * events_2 population_1 population_2` of numbers.  Rates have Garwood's interval; the ratio is
 * period 2 to period 1, with the exact conditional interval; q is Benjamini and Hochberg's over the
 * areas tested and shown.  An infinite ratio or limit is left blank.
 *
 * Where a count is missing and a column `published_rate_1` (or `_2`; events per `per` residents
 * and year) has a rate, the count is that rate times the assumed population, rounded: p_low and
 * p_high are the smallest and largest p at the two ends and in the middle of the range, the limits
 * are the outermost ones, p is blank, and p_high takes part in q.  Without an assumption such a
 * row is undefined.
 *
 * Hidden are rows with 1 .. hide_below-1 events in either period; a hidden row loses every figure.
 * With any row hidden no total of a period, such as the number of events placed, may be published.
 *
 * @param areas  changed only on success
 * @param opts   NULL means HZ_CHANGE_DEFAULTS
 * @param found  may be NULL
 * @return HZ_EDATA for a missing column or a negative value (row named),
 *         HZ_EUSAGE for options out of range, HZ_EMEMORY.  Time O(n log n).
 */
HZ_API hz_status hz_change_add(hz_layer *areas, const hz_change_opts *opts,
                               hz_change_found *found, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
