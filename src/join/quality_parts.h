/* What the audits of events, areas and tables have in common. */
#ifndef JOIN_QUALITY_PARTS_H
#define JOIN_QUALITY_PARTS_H

#include <stdint.h>

#include "hotzone/quality.h"

/** Start the audit of a layer: its name, its rows, and a finding for the rows refused. */
hz_status hz_quality_new(const hz_layer *layer, hz_role role, hz_quality **out, hz_error *err);
/** Add a finding and lend it, or NULL without memory; the caller fills in the rest.  A finding of
 *  nothing (count 0) is for the caller not to add. */
hz_finding *hz_quality_add(hz_quality *q, const char *code, hz_severity severity, size_t count,
                           size_t of);
/** Set a text of a finding: a copy.  False without memory. */
bool hz_finding_say(hz_finding *f, size_t at, const char *text);
/** Note a row, counted from 0, if there is room. */
void hz_finding_row(hz_finding *f, size_t row);
/** Put the findings in order of severity; those of one severity stay as they were added. */
void hz_quality_sort(hz_quality *q);

/** A row and the hash of what is compared; rows of one hash become neighbours when sorted. */
typedef struct {
    uint64_t hash;
    size_t row;
} hz_hashed;
#define HZ_HASH_START 1469598103934665603u
uint64_t hz_hash_more(uint64_t hash, const void *data, size_t n);
/** Work the column's value into the hash of each of n rows. */
void hz_hash_column(const hz_layer *layer, size_t column, hz_hashed *rows, size_t n);
bool hz_same_value(const hz_layer *layer, size_t column, size_t a, size_t b);
bool hz_has_value(const hz_layer *layer, size_t column, size_t row);
void hz_hashed_sort(hz_hashed *rows, size_t n);

/** The first of n usual names that the layer has as a column, or -1; blanks, dots and hyphens are
 *  as underscores. */
int hz_usual_column(const hz_layer *layer, const char *const *names, size_t n);
/** The column that is the areas' key: the one named, else `id` even where it is none, else as
 *  hz_match_keys finds it; -1 where there is none. */
hz_status hz_area_key(const hz_layer *areas, const char *id, int *column, hz_error *err);
/** The column named, or the first of the usual names; -1 for none.  HZ_EUSAGE if the one named is
 *  not there. */
hz_status hz_pick_column(const hz_layer *layer, const char *name, const char *const *usual,
                         size_t n, int *column, hz_error *err);

#endif
