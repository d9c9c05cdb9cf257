/* Which columns of a table hold the key, the figure, the year and the kind. */
#ifndef JOIN_MATCH_COLUMNS_H
#define JOIN_MATCH_COLUMNS_H

#include "hotzone/match.h"
#include "join/keys.h"

typedef struct {
    int key, value, year, kind; /* year and kind: -1 where the table has none */
    bool value_by_name;         /* found by the usual names: a count */
} hz_match_columns;

/** Take the columns that opts names, and find the others by the usual names.  Of several possible
 *  keys the one that finds most areas is taken; of several possible figures none: HZ_EUSAGE. */
hz_status hz_match_find_columns(const hz_layer *table, const hz_match_opts *opts,
                                const hz_keyset *areas, const char *area_id,
                                hz_match_columns *out, hz_error *err);

#endif
