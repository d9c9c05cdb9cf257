/* What a run may show of events whose small counts are hidden: every count that will be published is
 * registered before anything is drawn, then one audit over all of them decides. */
#ifndef RUN_RELEASE_H
#define RUN_RELEASE_H

#include "hotzone/disclose.h"
#include "run/project.h"

#define RELEASE_ALL ((size_t)-1)

/* Sets of areas of the recipe, then the grounds of its zone-cards. */
enum { RELEASE_GROUNDS = RECIPE_SETS, RELEASE_SETS = 2 * RECIPE_SETS };

/** One count that is to be published: of an area (or all of a set), a period and some kinds. */
typedef struct {
    size_t events;              /* of the recipe: the first of those that are the same */
    size_t areas, row;          /* of RELEASE_SETS; RELEASE_ALL: the sum over its rows */
    hz_period period;
    const char *const *kinds;   /* lent; none: all */
    size_t kind_count;
    const unsigned char *rows;  /* with RELEASE_ALL: 1 for those that are summed; NULL: all */
    unsigned char state;        /* hz_figure_state */
    double earlier;             /* NAN: nothing was shown of it before */
} release_count;

typedef struct release {
    release_count *count;
    size_t n, room;
    unsigned char *hidden;      /* per count, once decided */
    double *value;
    size_t *of_result;          /* first count of each result's table, in the order they are made */
    /* RELEASE_ALL: none */
    size_t of_change[RECIPE_SETS], of_chart[RECIPE_SETS], of_focus[RECIPE_SETS];
    /* per zone-cards and period; RELEASE_ALL: those of no hidden events, or searches */
    size_t of_zones[RECIPE_SETS][2], of_searches[RECIPE_SETS][2];
    hz_layer *ground[RECIPE_SETS]; /* per zone-cards; NULL: of no hidden ones */
    unsigned char *side[RECIPE_SETS]; /* per focus: rows in it, then rows not in it */
    size_t own;                 /* counts of this run; those of earlier releases come after */
    size_t joined[RECIPE_SETS]; /* of events: earlier releases that are audited with it */
    char *borders[RELEASE_SETS]; /* what tells areas from others, once asked for */
    void **kept;                /* texts of earlier counts */
    size_t kept_count, kept_room;
} release;

hz_status release_add(release *r, const release_count *count, hz_error *err);

/** The areas of a set, whether they overlap, and its name. */
const hz_layer *release_areas(const project *p, size_t set);
bool release_overlaps(const project *p, size_t set);
const char *release_areas_name(const project *p, size_t set);

/**
 * The ground that cards of zones count on, in the project's system: texts `id`, and polygons that
 * overlap.  First the study area; then of each zone HZ_CARD_COUNTS: the zone, and the bands around it,
 * each within the study area.  The zones are built already.
 */
hz_status release_ground_make(project *p, release *r, size_t zones, hz_error *err);
/** Which of its areas hold which events: bits from `first` on, `a_row` words a row.  Exactly those that the
 *  cards count. */
hz_status release_ground_mark(const project *p, size_t zones, const hz_layer *events,
                              size_t a_row, size_t first, uint64_t *bits, hz_error *err);
/** Register what all cards of zones publish of hidden events and searches.  (release_zones.c) */
hz_status release_register_zones(project *p, release *r, hz_error *err);
/** SHA-256 of where the areas of a set lie, in which order, and what they are called; lent. */
hz_status release_borders(const project *p, release *r, size_t areas, const char **out,
                          hz_error *err);     /* release_list.c */
/** Write release.csv: each count that this run, or an earlier one it goes with, shows or hides. */
hz_status release_write(project *p, release *r, hz_error *err);
/** Register what an earlier release showed and hid; `may_lack`: it need not tell of events. */
hz_status release_join(project *p, release *r, const char *directory, bool may_lack,
                       hz_error *err);        /* release_previous.c */
/** The manifest says of the number-th earlier release which it was, and not where it lies. */
hz_status release_note_previous(project *p, const char *directory, size_t number, hz_error *err);
/** Rows of a focus, then of the others; free with hz_mem_free.  A name that is no area's is told of when
 *  the focus is made. */
hz_status release_sides(const project *p, const recipe_focus *f, unsigned char **out,
                        hz_error *err);       /* release.c */

/** Pieces that areas cut each other into: which areas of which sets each is part of, as bits. */
typedef struct {
    size_t set_count, sets[RELEASE_SETS], first[RELEASE_SETS + 1]; /* and their columns */
    size_t words, n, most;      /* room is made for `most` pieces */
    uint64_t *bits;             /* n * words */
    unsigned char *on_map;      /* 1: there on the map, 0: only because some event lies in it */
    int32_t *of_event;          /* piece of each event; -1: without coordinates */
} release_pieces;

/**
 * All pieces that an event can lie in: those that some event lies in, and those that are there on the
 * map.  What is narrower than 20 m or smaller than a hectare comes of borders drawn twice: an outsider
 * takes it for empty, and so do we of each count in it that is 0, whatever else lies there.
 *
 * @param of  `sets` and `set_count` are given
 */
hz_status release_cut(const project *p, size_t events, release_pieces *of, hz_error *err);
void release_pieces_clear(release_pieces *of);

/** Decide the counts [0, n) of one group of events; hidden and value get one each.  (release_audit.c) */
hz_status release_audit(const project *p, const release_count *count, size_t n, double below,
                        unsigned char *hidden, double *value, hz_error *err);

#endif
