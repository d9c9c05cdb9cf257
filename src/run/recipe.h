/* The project file, typed: what to read, what to work out, what to draw. */
#ifndef RUN_RECIPE_H
#define RUN_RECIPE_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/date.h"
#include "hotzone/doc.h"
#include "hotzone/look.h"
#include "hotzone/rates.h"
#include "hotzone/status.h"
#include "hotzone/text.h"

enum { LANGUAGES = 2, RECIPE_SETS = 32, RECIPE_KINDS = 32, RECIPE_SIZES = 4, RECIPE_CREDITS = 8 };

/* All texts are lent by the recipe's document. */

/** A text in each language; one that was given once serves for both. */
typedef struct {
    const char *in[LANGUAGES]; /* by hz_language; NULL: not given */
} words;

/** What every source has in common. */
typedef struct {
    const char *name;
    size_t line;               /* where it stands in the recipe */
    const char *source;        /* relative to the recipe */
    const char *x, *y, *crs;
    words title;               /* plural noun: districts, residents, reports */
    words credit;              /* publisher, year (licence) */
    words note;                /* a sentence that readers of its figures need */
    bool sensitive;            /* never leaves as points, small counts are hidden */
    bool made_up;
} origin;

typedef struct {
    origin from;
    const char *id, *label;
    bool overlap;
    words place, place_in;     /* "København", "i København" */
} recipe_areas;

typedef struct {
    origin from;
    const char *key, *value, *year;
} recipe_population;

typedef struct {
    origin from;
    bool ready_made;           /* counts per area rather than located events */
    const char *time, *time_format, *kind, *precision; /* of events */
    const char *key, *value, *year;                    /* of counts */
    words one;                 /* singular of title */
    bool public_points;        /* may be drawn where they lie */
} recipe_events;

typedef struct {
    origin from;
    const char *label;
} recipe_backdrop;             /* water, streets, outside, zones */

typedef struct {
    const char *name;
    size_t line;
    size_t events;             /* index of recipe_events */
    size_t areas[RECIPE_SETS], area_count;
    size_t population[RECIPE_SETS], population_count; /* first one is mapped */
    const char *kinds[RECIPE_KINDS];
    size_t kind_count;
    const char *period_text;   /* NULL: all time */
    hz_period period;
    int population_year;
    hz_rates_opts rates;
    words title, note;
} recipe_analysis;

typedef struct {
    const char *name;
    size_t line;
    size_t analysis, areas;    /* areas: index within the recipe */
    const char *sizes[RECIPE_SIZES];
    size_t size_count;
    bool draw_water, draw_streets, draw_outside, draw_zones, draw_events;
    words title, subtitle, events_label;
    const hz_node *style;      /* NULL: none of its own */
} recipe_map;

typedef struct {
    hz_doc *doc;
    const char *path, *name;
    words title, subtitle, author, note;
    hz_language languages[LANGUAGES];
    size_t language_count;
    const char *crs, *date;
    recipe_areas areas[RECIPE_SETS];
    recipe_population population[RECIPE_SETS];
    recipe_events events[RECIPE_SETS];
    recipe_analysis analyses[RECIPE_SETS];
    recipe_map maps[RECIPE_SETS];
    size_t area_count, population_count, event_count, analysis_count, map_count;
    recipe_backdrop water, streets, outside, zones;   /* source NULL: none */
    const hz_node *style;
} recipe;

/**
 * Read a project file.  All its faults are reported at once, one per line, as HZ_EFORMAT.
 * A recipe without `analyses` gets one per set of events; one without `maps` a map for each.
 */
hz_status recipe_read(const char *path, recipe **out, hz_error *err);
void recipe_free(recipe *r);
/** The text in a language, else in the other one, else `fallback`. */
const char *words_in(const words *w, hz_language language, const char *fallback);

#endif
