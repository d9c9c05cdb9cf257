/* Inside the recipe room: what the readers of its parts share. */
#ifndef RUN_RECIPE_READ_H
#define RUN_RECIPE_READ_H

#include "run/recipe.h"

/** A recipe under construction, and its faults so far. */
typedef struct {
    recipe *r;
    hz_faults *faults;
    hz_error *err;
    hz_status st; /* memory ran out */
} recipe_reader;

/** "en", "da": by hz_language. */
extern const char *const recipe_languages[LANGUAGES];
/** A text, or a map of texts by language. */
words recipe_read_words(recipe_reader *in, const hz_node *map, const char *key);
/** A word, or a list of words; returns how many. */
size_t recipe_read_list(recipe_reader *in, const hz_node *map, const char *key, const char **out,
                        size_t room);
/** The members of a list of maps; a single map counts as a list of one. */
size_t recipe_list_size(recipe_reader *in, const hz_node *root, const char *key);
const hz_node *recipe_list_item(const hz_node *root, const char *key, size_t i);
/** The layers of `style:`, and a file of the command line (or NULL).  (styles.c) */
void recipe_read_styles(recipe_reader *in, const hz_node *root, const char *last);
/** Lay them over the built-in look, with faults of those in the recipe among its own. */
void recipe_check_styles(recipe_reader *in, hz_look *look);
/** Names stand in file names and messages: letters, digits, '-' and '_'. */
void recipe_check_name(recipe_reader *in, const char *name, size_t line, const char *what);

/** Both the same, or neither given. */
bool recipe_same_text(const char *a, const char *b);
/** From how many people on figures are shown, `hide-below`, or to what they are rounded, `round`: at least
 *  RECIPE_HIDDEN_LEAST, and at least what the style asks for. */
void recipe_read_people_rule(recipe_reader *in, const hz_node *map, double *below, double *round);
#define RECIPE_ORIGIN_KEYS "name", "source", "x", "y", "crs", "title", "credit", "note", \
                           "sensitive", "made-up"
origin recipe_read_origin(recipe_reader *in, const hz_node *map, const char *what,
                          const char *fallback);

/** The name of the i-th of something; NULL if it has none. */
typedef const char *(*recipe_name_fn)(const recipe *r, size_t i);
const char *recipe_area_name(const recipe *r, size_t i);
const char *recipe_base_name(const recipe *r, size_t i);
const char *recipe_event_name(const recipe *r, size_t i);
const char *recipe_analysis_name(const recipe *r, size_t i);
/** Where a name stands among n; a fault, with the nearest suggested, and 0 if it does not. */
size_t recipe_find_name(recipe_reader *in, const char *word, recipe_name_fn name, size_t n,
                        size_t line, const char *what);
size_t recipe_find_names(recipe_reader *in, const hz_node *map, const char *key,
                         recipe_name_fn name, size_t n, size_t *out);
/** The events or counts that a part named `part` works on. */
size_t recipe_find_events(recipe_reader *in, const hz_node *map, const char *part);
size_t recipe_find_areas(recipe_reader *in, const hz_node *map, const char *key);
size_t recipe_find_population(recipe_reader *in, const hz_node *map, const char *key);
/** Sensitive events hide counts under 5; a recipe may only tighten that.  *below < 0: not said. */
void recipe_settle_hiding(recipe_reader *in, size_t events, size_t line, double *below);

/* One part each, from its map. */
void recipe_read_change(recipe_reader *in, const hz_node *map, recipe_change *c);
void recipe_read_survey(recipe_reader *in, const hz_node *map, recipe_survey *s);
void recipe_read_hotspots(recipe_reader *in, const hz_node *map, recipe_hotspots *h);
/** Cells of events whose small counts are hidden would give these away; once all hiding is
 *  settled. */
void recipe_check_hotspots(recipe_reader *in); /* recipe_hotspots.c */
/** All of `focus`; once all hiding is settled. */
void recipe_read_focuses(recipe_reader *in, const hz_node *root); /* recipe_focus.c */
/** One in a project: two tables of the same people can be differenced. */
void recipe_read_flows(recipe_reader *in, const hz_node *root);   /* recipe_flows.c */
void recipe_read_zones(recipe_reader *in, const hz_node *map, recipe_zones *z);
/** The same of zones; once all hiding is settled. */
void recipe_check_zones(recipe_reader *in);    /* recipe_zones.c */
void recipe_read_panels(recipe_reader *in, const hz_node *map, recipe_map *m); /* recipe_panels.c */
void recipe_read_map(recipe_reader *in, const hz_node *map, recipe_map *m);
/** What a map draws beside its areas. */
void recipe_read_draw(recipe_reader *in, const hz_node *map, recipe_map *m);
/** Page sizes of a picture, `text` unless it says, and its own style. */
void recipe_read_sizes(recipe_reader *in, const hz_node *map, recipe_map *m);
/** All charts, and what they may not tell together. */
void recipe_read_charts(recipe_reader *in, const hz_node *root);
/** No two parts may write the same file: an old one would be lost without a word. */
void recipe_check_outputs(recipe_reader *in); /* recipe_names.c */
/** Which events are the same, one threshold for all their tables, and what cannot be audited
 *  together; once every table says what it hides. */
void recipe_settle_release(recipe_reader *in); /* recipe_hiding.c */
/** The map of an analysis that a recipe without `maps` gets. */
void recipe_default_map(const recipe *r, size_t analysis, recipe_map *m);

#endif
