/* Table rows to areas by key. */
#ifndef HOTZONE_MATCH_H
#define HOTZONE_MATCH_H

#include "hotzone/date.h"
#include "hotzone/layer.h"
#include "hotzone/notice.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Which column of an area layer is its key, and which its name: `id` given, else by the usual
 *  names (id, code, kode, area, ...), else the first column whose values are all different. */
typedef struct {
    const char *id, *name; /* lent by the layer; name == id where there is no other */
} hz_keys;
HZ_API hz_status hz_match_keys(const hz_layer *areas, const char *id, const char *name,
                               hz_keys *out, hz_error *err);

/** How to read figures per area from a table; NULL columns are found by the usual names. */
typedef struct {
    const char *key;    /* area, id, code, ... */
    const char *value;  /* residents, population, count, cases, events, ... */
    const char *year;   /* NULL: by name, may be absent */
    const char *kind;   /* NULL: by name, may be absent */
    int want_year;      /* 0: any */
    bool nearest_year;  /* take the row nearest to want_year (earlier on a tie), else exactly it */
    const char *const *kinds; /* sum these kinds; NULL: all rows must be of one kind */
    size_t kind_count;
} hz_match_opts;

/** What became of every row of the table. */
typedef struct {
    size_t read, used, other_area, other_year, other_kind, without_figure, refused;
    char missing[400];   /* ids of areas without a row, comma between, cut with "..." */
    char suggestion[400];/* "'indre-norrebro' is no area; nearest: 'indre-noerrebro'" ... */
} hz_match_fate;

/**
 * One figure per area.  Keys match as texts exactly; failing that by number (7 = 007 is
 * reported, not silently taken).  Two rows for one area, year and kind are HZ_EDATA (both lines named).
 *
 * @param values  rows(areas) values; NaN where there is no figure (never 0)
 * @param years   rows(areas) years the figures are of; 0 where unknown; may be NULL
 */
HZ_API hz_status hz_match_values(const hz_layer *areas, const char *id, const hz_layer *table,
                                 const hz_match_opts *opts, double *values, int *years,
                                 hz_match_fate *fate, const hz_notice *notice, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
