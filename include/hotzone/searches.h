/* Searches counted by zone: a table of zone, searches and finds beside the polygons. */
#ifndef HOTZONE_SEARCHES_H
#define HOTZONE_SEARCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/date.h"
#include "hotzone/layer.h"
#include "hotzone/notice.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Columns; NULL: by their usual names. */
typedef struct {
    const char *zone, *searches, *finds, *date; /* of the table */
    const char *id, *name;                      /* of the zones; NULL: none */
} hz_searches_columns;

/** What became of the rows. */
typedef struct {
    size_t read, used, other_period, undated;
    size_t other_zone; /* of zones that are not in the layer */
    size_t zones;      /* with a figure in the first or the later period */
    bool found;        /* there is a column of finds */
} hz_searches_fate;

/** Is this such a table: no shapes, and a column of searches? */
HZ_API bool hz_searches_is_table(const hz_layer *table);

/**
 * Searches and finds of each zone, summed over its rows in each of some periods.  A row is of the zone
 * whose id it names, else of the one whose name.  A zone that no row names has NaN: that nothing is
 * written of it does not say that nobody was searched there.  Finds are NaN where any row of the
 * zone leaves them empty.  A table without dates is taken to be about the period, with a warning.
 *
 * @param table     its column of dates becomes a times column
 * @param periods   n of them, 1 or 2
 * @param searches,finds  n * rows(zones), period by period
 * @param fate      of the first period, or NULL
 * @return HZ_EUSAGE for columns that are not there, or two periods and no dates; HZ_EDATA for a count
 *         that is none, more finds than searches, or a name that two zones have; HZ_EMEMORY
 */
HZ_API hz_status hz_searches_count(hz_layer *table, const hz_layer *zones,
                                   const hz_searches_columns *columns, const hz_period *periods,
                                   size_t n, double *searches, double *finds,
                                   hz_searches_fate *fate, const hz_notice *notice, hz_error *err);

/**
 * Which of the located searches that are taken led to a find: by a column's values, where "", 0, no, nej, none,
 * ingen and nothing are none, or by one value that alone is a find.
 *
 * @param taken   rows; negative: not taken (hz_placing_areas)
 * @param wanted  the value, or NULL
 * @param found   one per search taken, in row order; room for rows; yours, also on failure
 * @param n,finds,odd  taken; finds; without `wanted`, values that are numbers other than 0 and 1
 * @return HZ_EMEMORY
 */
HZ_API hz_status hz_searches_found(const hz_layer *searches, size_t column, const char *wanted,
                                   const int32_t *taken, unsigned char **found, size_t *n,
                                   size_t *finds, size_t *odd, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
