/* From a police order's list of streets to a polygon, and back. */
#ifndef HOTZONE_TRACE_H
#define HOTZONE_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/status.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Streets and other named lines as one network in metres.  docs/methods/zone-build.md. */
typedef struct hz_trace_network hz_trace_network;

typedef struct {
    const char *name;      /* column of the streets' names; NULL: name, navn, vejnavn, ... */
    const char *line_name; /* the same of the other lines */
    double gap;            /* streets nearer than this meet, metres, > 0, at most 200; 0: 25 */
} hz_trace_network_opts;

/**
 * Make the network.
 *
 * A layer with a column `highway` (OpenStreetMap) gives the ways that have one; of any other layer
 * all lines count.  Streets without a name (also "nan", "null", "none") serve as bridges only.  Of
 * `lines`, the borders of polygons count as lines; they are walked only where the list names them,
 * by name or as "kommunegrænsen", "havnefronten", "jernbanen".  What a line is, is told from its
 * row's `kind`, `type`, `objekt_type`, `boundary`, `natural`, `waterway`, `railway` or
 * `admin_level`, else from its layer's name and columns.
 *
 * @param streets  lines, with a reference system; the network is in its metres, or in those of
 *                 the place if it has degrees
 * @param lines    n layers of lines or polygons; may be NULL with n 0
 * @return HZ_EDATA without any street that has a name, HZ_EUSAGE for layers of points, a column
 *         that is not there or a bad gap, HZ_ECRS, HZ_EMEMORY
 */
HZ_API hz_status hz_trace_network_new(const hz_layer *streets, const hz_layer *const *lines,
                                      size_t n, const hz_trace_network_opts *opts,
                                      hz_trace_network **out, const hz_notice *notice,
                                      hz_error *err);
HZ_API void hz_trace_network_free(hz_trace_network *network); /* NULL is allowed */
/** The metric system that rings are in; lent. */
HZ_API const hz_crs *hz_trace_network_crs(const hz_trace_network *network);
/** How many streets have a name. */
HZ_API size_t hz_trace_network_names(const hz_trace_network *network);

typedef enum {
    HZ_TRACE_ALONG = 0, /* the border follows it */
    HZ_TRACE_POINT,     /* only says where another ends: "X til Y" */
    HZ_TRACE_VIA        /* "via Y", "over Y": passed on the way */
} hz_trace_role;

typedef enum {
    HZ_TRACE_USED = 0,
    HZ_TRACE_TOUCHED,   /* the ring comes to it without following it */
    HZ_TRACE_MERGED,    /* the item before or after it is the same street */
    HZ_TRACE_SKIPPED,   /* a point or via that the network does not hold */
    HZ_TRACE_UNMATCHED, /* no such name: the ring has a gap in its place */
    HZ_TRACE_MISSED     /* with allow_gaps: the ring does not come to it; see off_m */
} hz_trace_state;

/** What a line of the network is. */
typedef enum {
    HZ_TRACE_STREET = 0,
    HZ_TRACE_MUNICIPAL, /* a border of municipalities */
    HZ_TRACE_POLICE,    /* of police districts */
    HZ_TRACE_DISTRICT,  /* of parts of a town */
    HZ_TRACE_BORDER,    /* of something else, or not told of what */
    HZ_TRACE_WATER,
    HZ_TRACE_RAIL,
    HZ_TRACE_LINE,      /* its layer does not tell */
    HZ_TRACE_LINK       /* no line: a straight link over a gap */
} hz_trace_kind;

enum { HZ_TRACE_NEAREST = 3 };

/** What became of one listed item.  Texts belong to the trace. */
typedef struct {
    const char *listed;  /* as written */
    const char *remark;  /* what stood about it in brackets or words, or "" */
    const char *matched; /* the network's name, or NULL */
    double score;        /* 1: the same letters; 0.97: but for abbreviation, genitive or definite
                            form; 0.95: but for Danish letters; less: spelling slips; 0.5: in
                            doubt; 0 without a match */
    const char *nearest[HZ_TRACE_NEAREST]; /* without a match: names it might be; or NULL */
    hz_trace_role role;
    hz_trace_state state;
    bool overruled;      /* named by hz_trace_opts.match */
    const char *layer;   /* that `matched` is of, or NULL */
    hz_trace_kind kind;  /* of `matched` */
    const char *doubt;   /* why it may be another line that is meant, or NULL; static */
    double length_m;     /* of the ring, on the street itself */
    double bridged_m;    /* of the ring, off it: within it, or on the way to the next item */
    double longest_gap_m; /* the longest piece of bridged_m */
    double off_m;        /* distance of the ring from it where it is not followed; else 0 */
    double start_x, start_y, end_x, end_y; /* in the network's metres; NaN if not used */
} hz_trace_item;

/** A stretch of the ring on one line.  Texts belong to the trace. */
typedef struct {
    size_t item;       /* on the way along which, or from which to the next */
    const char *name;  /* of the line; "": it has none, or it is a link */
    const char *layer; /* of the line; "": a link */
    hz_trace_kind kind;
    bool bridge;       /* not what the item names */
    double length_m;
} hz_trace_leg;

typedef struct {
    size_t count;
    hz_trace_item *items;
    size_t leg_count;
    hz_trace_leg *legs; /* in the order of the ring */
    char *refused;      /* why there is no ring, or NULL */
    hz_shapes *ring;    /* one polygon, simple, counter-clockwise; NULL if refused */
    hz_shapes *gaps;    /* lines: what of the ring is on no listed street; NULL if refused */
    double length_m, bridged_m, area_m2;
    bool closed;        /* the list repeats its first street at its end */
    const char *unread; /* what of the list was taken for no item, by " | ", or "" */
    size_t mentioned_count;
    const char **mentioned; /* streets named there or in remarks, and by no item */
    char *texts;
} hz_trace;

/** "listed" is to be read as the street `name` of the network. */
typedef struct {
    const char *listed, *name;
} hz_trace_match;

typedef struct {
    bool allow_gaps;              /* bridge what is missing, however long */
    const hz_trace_match *match;  /* overrules */
    size_t matches;
} hz_trace_opts;

/**
 * Build the ring that a list of streets describes: the shortest simple one that comes by all items
 * in their order.  A list that cannot be built is no error: `refused` says why, and the items
 * say what was understood.  A gap between streets that are listed one after the other is bridged
 * if it is at most four times the network's gap; longer ones, and items that match nothing, are
 * refused unless `allow_gaps`.
 *
 * @param text  UTF-8, at most 100,000 bytes
 * @param opts  NULL: none
 * @param out   set on success; free with hz_trace_clear
 * @return HZ_EUSAGE for text that is no UTF-8 or too long, or an overrule that names no street,
 *         HZ_EMEMORY
 */
HZ_API hz_status hz_trace_build(const hz_trace_network *network, const char *text,
                                const hz_trace_opts *opts, hz_trace *out, hz_error *err);
HZ_API void hz_trace_clear(hz_trace *trace);

/** Whether an item of the list goes by this name, case, accents and abbreviations aside: what an
 *  overrule of `listed` finds.  Time O(items). */
HZ_API bool hz_trace_lists(const hz_trace *trace, const char *listed);

/**
 * The rings that were built as a layer of polygons, in the network's metres: the columns of their
 * table, and area_km2, length_m, bridged_m and items.
 *
 * @param traces  one per row of the table
 * @param built   one per row: 1 where its trace has a ring that is wanted
 */
HZ_API hz_status hz_trace_zones(const hz_trace_network *network, const hz_layer *table,
                                const hz_trace *traces, const unsigned char *built,
                                hz_layer **out, hz_error *err);

/** How true a description is. */
typedef struct {
    double length_m;   /* of the border */
    double unnamed_m;  /* of it, on no named street */
    double median_m, furthest_m; /* distance of the border from the streets named */
    double again;      /* area the polygon shares with the one built from the list, as a share of
                          their union; NaN if the list is refused */
} hz_trace_fit;

/**
 * The way back: the ordered list of streets a polygon's border follows, the longest first and last
 * again.  Every piece of the border goes to the street that is nearest and runs its way, by the
 * cheapest sequence of streets (Viterbi 1967).  The list is built again; if another ring comes of
 * it, it is worded otherwise, without short pieces, or with "til" and a street that the border meets, up
 * to 80 times, and the wording that gives the most of the polygon is taken.  O(border length times
 * streets near it), and the time of those builds.
 *
 * @param polygon  in the network's reference system; one part without holes
 * @param reach    a street further than this from the border does not follow it, metres; 0: 60
 * @param list     gets the list appended, "A – B – C – A"
 * @param fit      may be NULL
 * @return HZ_EDATA for several parts, holes, no area, or a border that no named street follows;
 *         HZ_EUSAGE for what is no polygon; HZ_EMEMORY
 */
HZ_API hz_status hz_trace_describe(const hz_trace_network *network, const hz_shapes *polygon,
                                   size_t feature, double reach, hz_text *list,
                                   hz_trace_fit *fit, hz_error *err);

/** "along", "point", "via"; "used", "touched", "merged", "skipped", "unmatched", "missed"; static. */
HZ_API const char *hz_trace_role_word(hz_trace_role role);
HZ_API const char *hz_trace_state_word(hz_trace_state state);
/** "street", "municipal border", "police border", "district border", "border", "water", "railway",
 *  "line", "link"; static. */
HZ_API const char *hz_trace_kind_word(hz_trace_kind kind);

#ifdef __cplusplus
}
#endif
#endif
