/* One table of change: from layers as they were read to the columns that are published. */
#ifndef HOTZONE_CHANGING_H
#define HOTZONE_CHANGING_H

#include "hotzone/change.h"
#include "hotzone/layer.h"
#include "hotzone/match.h"
#include "hotzone/notice.h"
#include "hotzone/place.h"
#include "hotzone/rating.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a table is made from.  Everything is lent; zeroed members mean "by the usual rule". */
typedef struct {
    hz_rating_input of;               /* areas, events or counts, population, columns, kinds; its
                                       * period, precision and rates are not looked at */
    hz_period before, after;          /* both closed, and apart */
    const hz_layer *population_after; /* NULL: of.population for both periods */
    const char *rate_column;          /* of the counts: a published rate.  NULL: per_1000,
                                       * per_10000 or per_100000, if there is one */
    double rate_per;                  /* residents that rate is given for; 0: by its name */
    hz_change_opts change;            /* years_1 and years_2 follow from the periods */
} hz_changing_input;

/** Index 0 is the period before, 1 the period after. */
typedef struct {
    hz_layer *table;                  /* areas' shapes with the columns below */
    hz_change_found found;
    hz_fate fate[2];                  /* of events; all 0 for ready-made counts */
    hz_match_fate counts_fate[2];     /* of ready-made counts; of several years: the first */
    hz_match_fate population_fate[2];
} hz_changing;

#define HZ_CHANGING_COLUMNS 20
/** The columns of the published table, in order: as hz_change_add makes them, without p_low,
 *  p_high, basis and reason. */
HZ_API const char *const *hz_changing_columns(void);

/**
 * Count both periods, find their populations (each by the nearest year) and compare them.
 * Ready-made counts are by year: a period of several whole calendar years sums them, and is
 * without a count where one year is.  A published rate is read where a period is one calendar year.
 *
 * @return HZ_EUSAGE for periods that are open, empty or share a day, counts without a year, a rate
 *         column that is not there or whose `per` is unknown; else as hz_rating_make and
 *         hz_change_add
 */
HZ_API hz_status hz_changing_make(const hz_changing_input *input, hz_changing *out,
                                  const hz_notice *notice, hz_error *err);
HZ_API void hz_changing_clear(hz_changing *changing);

#ifdef __cplusplus
}
#endif
#endif
