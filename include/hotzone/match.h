/* Table rows to areas by key. */
#ifndef HOTZONE_MATCH_H
#define HOTZONE_MATCH_H

#include "hotzone/date.h"
#include "hotzone/layer.h"
#include "hotzone/notice.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Which column of an area layer is its key, and which its name; both lent by the layer. */
typedef struct {
    const char *id, *name; /* name == id where there is no other */
} hz_keys;

/**
 * Find them.  A key has a value in every row, and all are different.
 *
 * @param id    NULL: the first key among the usual names (id, code, kode, area, bydel, ...), else
 *              the first key of texts, else the first of whole numbers
 * @param name  NULL: the first text column of the usual names (name, navn, label, ...)
 * @return HZ_EUSAGE for a column that is not there (nearest suggested), HZ_EDATA for an id
 *         that is no key (both features named) or if there is none, HZ_EMEMORY
 */
HZ_API hz_status hz_match_keys(const hz_layer *areas, const char *id, const char *name,
                               hz_keys *out, hz_error *err);

/** The usual names of a column of dates, and of kinds, in the order in which they are tried. */
HZ_API const char *const *hz_usual_times(size_t *count);
HZ_API const char *const *hz_usual_kinds(size_t *count);
HZ_API const char *const *hz_usual_years(size_t *count);

/**
 * The column of dates of some events: the one named, else the first of the usual names, else the
 * first that holds dates; NULL if there is none.  Lent by the layer.
 *
 * @return HZ_EUSAGE for a named column that is not there (nearest suggested), HZ_EMEMORY
 */
HZ_API hz_status hz_match_time(const hz_layer *events, const char *named, const char **column,
                               hz_error *err);
/** The column of years, as above. */
HZ_API hz_status hz_match_year(const hz_layer *layer, const char *named, const char **column,
                               hz_error *err);
/** The column of kinds: the one named, else the first of the usual names, as above. */
HZ_API hz_status hz_match_kind(const hz_layer *events, const char *named, const char **column,
                               hz_error *err);

/** How to read figures per area from a table; NULL columns are found by the usual names. */
typedef struct {
    const char *key;    /* area, bydel, id, code, ...: of several, the one that finds most areas */
    const char *value;  /* residents, population, count, cases, ...: several are HZ_EUSAGE */
    const char *year;   /* year, aar: numbers or dates; may be absent: rows are of any year */
    const char *kind;   /* kind, type, offence, category, art: may be absent */
    int want_year;      /* 0: any, but then one for each area */
    bool nearest_year;  /* the year with a figure nearest to want_year (earlier on a tie), else
                         * exactly that year */
    const char *const *kinds; /* sum these kinds; NULL: all rows must be of one kind */
    size_t kind_count;
} hz_match_opts;

/** What became of every row: read is the sum of the other counts. */
typedef struct {
    size_t read, used;
    size_t other_area;     /* the key is no area's */
    size_t other_year, other_kind;
    size_t without_figure; /* an empty field, or a kind of a sum that lacks another kind */
    size_t refused;        /* no key */
    char missing[400];     /* ids of areas without a row, comma between, cut with "..." */
    char suggestion[400];  /* "'indre-norrebro' is no area, nearest: 'indre-noerrebro'; ..." */
} hz_match_fate;

/**
 * One figure per area.  Keys are texts, without blanks around them, and match exactly: 007 is not
 * 7, but is reported as what may be meant.  An empty field is no figure; neither is a sum
 * over kinds that lacks one of them, which is a warning.
 *
 * @param id      the areas' key, as for hz_match_keys
 * @param values  rows(areas) values, >= 0; NaN where there is no figure (never 0)
 * @param years   rows(areas) years the figures are of; 0 where unknown; may be NULL
 * @param fate    may be NULL
 * @return HZ_EUSAGE for columns or kinds that are not there, several kinds when none is asked for,
 *         several years when none is; HZ_EDATA for two rows of one area, year and kind (both
 *         named), for a figure that is negative or no number, if no row is about any
 *         area, or if the areas have no key; HZ_EMEMORY.  Outputs are set only on success.
 *         Time O(n log n).
 */
HZ_API hz_status hz_match_values(const hz_layer *areas, const char *id, const hz_layer *table,
                                 const hz_match_opts *opts, double *values, int *years,
                                 hz_match_fate *fate, const hz_notice *notice, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
