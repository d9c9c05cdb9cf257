/* What the files that read street lists share. */
#ifndef HOTZONE_ZONE_TRACE_PARTS_H
#define HOTZONE_ZONE_TRACE_PARTS_H

#include <stdint.h>

#include "hotzone/graph.h"
#include "hotzone/trace.h"

enum { HZ_TRACE_TEXT = 100000 }; /* bytes of a list */

/* ---- names ---- */

enum { HZ_NAME_MOST = 120 }; /* bytes of a folded name; what is longer is cut */

/** A name made comparable: `plain` without case, accents, blanks and marks, one byte a letter;
 *  `usual` also without abbreviations, genitive and definite forms. */
typedef struct {
    char plain[HZ_NAME_MOST], usual[HZ_NAME_MOST];
} hz_name;

/** Read a name of n bytes; `reading` counts the ways to read its abbreviations (St. is Sankt or
 *  Store).  False when there is no such reading. */
bool hz_name_read(const char *text, size_t n, unsigned reading, hz_name *name);
/** 1, 0.97, or less for slips; 0 if the names are too unlike to be one. */
double hz_name_score(const hz_name *listed, const hz_name *known);
/** Likeness 0..1 for suggestions, without the caution of a score. */
double hz_name_likeness(const hz_name *listed, const hz_name *known);

/* ---- network ---- */

typedef enum { HZ_LINE_STREET = 0, HZ_LINE_MUNICIPAL = 1, HZ_LINE_WATER = 2, HZ_LINE_RAIL = 4,
               HZ_LINE_OTHER = 8, HZ_LINE_LINK = 16, HZ_LINE_UNNAMED = 32,
               HZ_LINE_MEND = 64 /* a link over an interruption of a street */,
               HZ_LINE_POLICE = 128, HZ_LINE_DISTRICT = 256, HZ_LINE_BORDER = 512,
               HZ_LINE_BORDERS = 1 | 128 | 256 | 512 } hz_line_kind;

/** Edges of one name and layer: a street, or a line that is walked only when listed. */
typedef struct {
    const char *name; /* "" without one */
    const char *layer; /* lent by hz_trace_network.texts; "" for links */
    unsigned kind;
    int32_t mend;       /* class of the links over its interruptions, or -1 */
    size_t first, last; /* into hz_trace_network.edge */
} hz_line_class;

/** A spelling under which a class is known. */
typedef struct {
    hz_name name;
    int32_t class_of;
} hz_spelling;

struct hz_trace_network {
    hz_graph *graph;
    hz_crs *crs;
    double gap;
    hz_line_class *classes;
    size_t class_count, named;
    hz_spelling *spellings;
    size_t spelling_count;
    uint32_t *by_plain, *by_usual; /* spellings of streets, sorted by either form */
    size_t street_spellings;
    uint32_t *edge; /* edges by class */
    char *texts;
};

/** Link the pieces of interrupted streets by edges of up to `most` metres, of classes of their own;
 *  the edges by class have to be sorted anew if any were `mended`. */
hz_status hz_trace_mend(hz_trace_network *network, double most, bool *mended, hz_error *err);

/** The classes a listed text may mean. */
typedef struct {
    int32_t *classes;
    size_t count;
    double score;
    const char *doubt; /* or NULL; static */
} hz_meaning;

/** Does a name end as streets do: -vej, -gade, -plads? */
bool hz_name_is_street(const char *text, size_t n);

/** Sort the names of streets to be found. */
hz_status hz_trace_sort_names(hz_trace_network *network, hz_error *err);
/** Does a text of n bytes name a street but for abbreviations and forms?  O(log streets). */
bool hz_trace_known(const hz_trace_network *network, const char *text, size_t n);
/** The class of such a street; -1: none. */
int32_t hz_trace_find(const hz_trace_network *network, const char *text, size_t n);
/** Streets that a text of n bytes names with capitals, the longest names first met; at most `most`
 *  classes are written, each once.  Returns how many. */
size_t hz_trace_mentions(const hz_trace_network *network, const char *text, size_t n,
                         int32_t *classes, size_t most);
/** What a text means; count 0 if nothing.  `about` may add names in brackets. */
hz_status hz_trace_mean(const hz_trace_network *network, const char *text, const char *about,
                        hz_meaning *out, hz_error *err);
/** The names most like a text, best first; NULL where there are fewer. */
void hz_trace_nearest(const hz_trace_network *network, const char *text,
                      const char *nearest[HZ_TRACE_NEAREST]);
/** Kinds of line a text speaks of in general: "kommunegrænsen", "langs vandet"; 0: none. */
unsigned hz_trace_general(const char *text);
unsigned hz_trace_general_n(const char *text, size_t n);
/** Kinds of line that a word of a source tells of: "kommuner", "railway"; 0: none. */
unsigned hz_trace_told(const char *text);
/** What a row's own columns say it is; 0: nothing.  What its layer says; HZ_LINE_OTHER: nothing. */
unsigned hz_trace_kind_of_row(const hz_layer *layer, size_t row);
unsigned hz_trace_kind_of_layer(const hz_layer *layer);
/** The kind to show. */
hz_trace_kind hz_line_kind_of(unsigned kind);

/* ---- text ---- */

typedef struct {
    char *listed, *remark;
    hz_trace_role role;
} hz_phrase;

typedef struct {
    hz_phrase *phrase;
    size_t count, room;
    hz_text unread; /* headings, clauses and other words that were not taken for items, by " | " */
    size_t zones;   /* headings such as "Zone 2:" */
    char *plain;    /* the text made plain, whole */
} hz_phrases;

/** A list as it was pasted made plain: entities, invisible marks, bullets, arrows; `text` is UTF-8,
 *  the copy is the caller's. */
hz_status hz_trace_tidy(const char *text, char **out, hz_error *err);
/** Take a list of streets apart. */
hz_status hz_trace_read(const hz_trace_network *network, const char *text, hz_phrases *out,
                        hz_error *err);
void hz_phrases_clear(hz_phrases *phrases);

/* ---- ring ---- */

/** An item that the network holds, in the order of the ring. */
typedef struct {
    const hz_meaning *meaning;
    size_t item;      /* of the trace */
    bool must;        /* the border follows it */
    bool after_gap;   /* items without a match stand before it */
} hz_stop;

/** One step of a ring: an edge or a jump that leads to a node. */
typedef struct {
    uint32_t node;
    uint32_t stop;
    int32_t class_of; /* of the edge; -1: a straight jump */
    bool bridge;
} hz_step;

/** Do two pieces of a ring cross that are no neighbours?  Then `a` and `b` are their steps. */
hz_status hz_trace_crossing(const hz_trace_network *network, const hz_step *steps, size_t n,
                            bool *crosses, size_t *a, size_t *b, hz_error *err);

/** A stretch of a border that follows one street; `via`: a street that it meets there, said to tell
 *  one way from another; -1: none. */
typedef struct {
    int32_t class_of, via;
    double length, x, y; /* x, y: the middle of its middle piece */
    bool left_out;
} hz_run;

/**
 * Find the list of the runs that builds the polygon: of all runs, without some short ones, or with
 * streets said that it meets.  The list that builds the most of it is taken.
 * @param list   gets the list appended
 * @param again  area shared with the ring of the list, over that of both; NaN: it does not build
 */
hz_status hz_trace_word(const hz_trace_network *network, const hz_shapes *polygon, size_t feature,
                        hz_run *runs, size_t n, hz_text *list, double *again, hz_error *err);

/** The ring by steps (the last leads back to the first's start), or why there is none. */
hz_status hz_trace_solve(const hz_trace_network *network, const hz_stop *stops, size_t n,
                         bool allow_gaps, const hz_trace *trace, hz_step **steps, size_t *count,
                         hz_text *refused, hz_error *err);

#endif
