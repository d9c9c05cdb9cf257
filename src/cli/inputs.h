/* Where areas, events, counts and populations come from: options that commands share. */
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include <stdbool.h>

#include "cli/opt.h"
#include "hotzone/layer.h"
#include "hotzone/rating.h"

typedef struct {
    const char *areas, *id, *name;
    const char *events, *counts, *x, *y, *crs, *time, *time_format, *kind_column;
    const char *count_column, *count_key;
    opt_list population, kind;
    opt_list files; /* of --events where it may be repeated: inputs_settle */
    const char *population_column, *population_key;
    double population_year;
    bool dates_optional; /* events are read with their dates if they have any */
} inputs;

/* Rows of an option table for the member `src` of a command's arguments: which columns to read. */
#define INPUT_COLUMN_OPTIONS(args, src)                                                           \
    { 0, "id", "COLUMN", OPT_TEXT, offsetof(args, src.id), "key of the areas" },                  \
    { 0, "name", "COLUMN", OPT_TEXT, offsetof(args, src.name), "name of the areas" },             \
    { 0, "x", "COLUMN", OPT_TEXT, offsetof(args, src.x), "of the events: east or longitude" },    \
    { 0, "y", "COLUMN", OPT_TEXT, offsetof(args, src.y), "of the events: north or latitude" },    \
    { 0, "crs", "CRS", OPT_TEXT, offsetof(args, src.crs),                                         \
      "of sources that do not say: EPSG:25832" },                                                 \
    { 0, "time", "COLUMN", OPT_TEXT, offsetof(args, src.time), "of the events: date" },           \
    { 0, "time-format", "FORMAT", OPT_TEXT, offsetof(args, src.time_format),                      \
      "of the dates: %d/%m/%y" },                                                                 \
    { 0, "kind-column", "COLUMN", OPT_TEXT, offsetof(args, src.kind_column),                      \
      "of the events or counts" },                                                                \
    { 0, "count-column", "COLUMN", OPT_TEXT, offsetof(args, src.count_column),                    \
      "of the counts: figure" },                                                                  \
    { 0, "count-key", "COLUMN", OPT_TEXT, offsetof(args, src.count_key), "of the counts: area" }, \
    { 0, "population-column", "COLUMN", OPT_TEXT, offsetof(args, src.population_column),          \
      "figure" },                                                                                 \
    { 0, "population-key", "COLUMN", OPT_TEXT, offsetof(args, src.population_key), "area" },      \
    { 0, "population-year", "YEAR", OPT_NUMBER, offsetof(args, src.population_year),              \
      "nearest to this year" }

/** The first of several --events is `events`; for commands that take them. */
void inputs_settle(inputs *a);

/** Are the options complete and possible?  Fills what they say into `in`, but for its period.
 *  `who` is named in complaints. */
hz_status inputs_check(const inputs *a, const char *who, hz_rating_input *in, hz_error *err);

/**
 * Read areas, and events or counts.
 *
 * @param dated         a period is asked for: the events need dates
 * @param in            gains the layers, lent, and the events' columns of time and kind
 * @param areas,events  the same layers, yours; set on failure too where they were read
 */
hz_status inputs_read(const inputs *a, bool dated, const session *s, hz_rating_input *in,
                      hz_layer **areas, hz_layer **events, hz_error *err);

/** Warn of the rows that could not be used, by reason and line, never by content. */
void inputs_say_refused(const hz_layer *layer, const session *s);
/**
 * Read events alone, with the columns of time and kind that `place` then names.
 *
 * @param extra   one more column to read, or NULL
 * @param events  yours; set on failure too where they were read
 */
hz_status inputs_read_events(const inputs *a, bool dated, const char *extra, const session *s,
                             hz_place_opts *place, hz_layer **events, hz_error *err);

/** Which events --period (NULL: all) and --kind ask for; the words are lent to `place`. */
hz_status inputs_choose(const char *period, const opt_list *kind, hz_place_opts *place,
                        hz_error *err);

/**
 * Read events alone, their times as moments on the Danish clock (hz_timeline_read_times).
 *
 * @param clock      the column of the time of day, or NULL
 * @param extra      one more column to read, or NULL
 * @param place      gains the columns of time and, if kinds are asked for, of kind
 * @param whole_day  yours (hz_mem_free), one flag per row
 */
hz_status inputs_read_moments(const inputs *a, const char *clock, const char *extra,
                              const session *s, hz_place_opts *place, unsigned char **whole_day,
                              hz_layer **events, hz_error *err);

/** Say on standard error what became of ready-made counts; `label` may be "". */
void inputs_say_counts(const hz_match_fate *fate, const char *label);
/** Say what a table of populations lacks. */
void inputs_say_population(const hz_match_fate *fate, const char *label);

/** Made-up data is called so in every row of its table: where its file's name or a column of it
 *  says synthetic, the table gains `origin`. */
hz_status inputs_add_origin(const inputs *a, const hz_layer *events, hz_layer *table,
                            bool *made_up, hz_error *err);

/** Does a source say that it is made up: by its name, a column synthetic_id, or an origin of
 *  `synthetic` in any row? */
bool inputs_is_made_up(const char *source, const hz_layer *layer);

enum { INPUT_NAMES_MOST = 200 };
/** Names between commas, blanks about them dropped; "name, with a comma" in double quotes ("" for a
 *  quote); `copy` is cut in place.  HZ_EUSAGE names the
 *  option. */
hz_status inputs_split_names(const char *option, char *copy, const char *names[INPUT_NAMES_MOST],
                             size_t *n, hz_error *err);

bool inputs_ends_with(const char *text, const char *end);

#endif
