/* Zones, their study area, events, residents and searches: options that zone commands share. */
#ifndef CLI_ZONES_H
#define CLI_ZONES_H

#include <stdbool.h>

#include "cli/inputs.h"
#include "cli/opt.h"
#include "hotzone/caption_zone.h"
#include "hotzone/card.h"
#include "hotzone/compact.h"
#include "hotzone/crs.h"
#include "hotzone/layer.h"
#include "hotzone/place.h"
#include "hotzone/reside.h"

typedef struct {
    inputs src; /* its events, columns and population */
    const char *zone, *zone_name, *study, *water, *hot;
    const char *searches, *found, *precision;
    const char *train, *test, *period;
    const char *from, *until, *clock; /* columns of the zones, and of the events */
    bool in_force;
} zone_inputs;

/* Rows of an option table for the member `in` of a command's arguments. */
#define ZONE_SOURCE_OPTIONS(args, in)                                                             \
    { 'z', "zone", "SRC", OPT_TEXT, offsetof(args, in.zone), "polygons under test" },             \
    { 'e', "events", "SRC", OPT_TEXT, offsetof(args, in.src.events),                              \
      "located events, one per row" },                                                            \
    { 's', "study", "SRC", OPT_TEXT, offsetof(args, in.study),                                    \
      "polygons of the study area: the city, its districts" },                                    \
    { 0, "water", "SRC", OPT_TEXT, offsetof(args, in.water),                                      \
      "polygons that are no land, taken out of areas" },                                          \
    { 'p', "population", "SRC", OPT_LIST, offsetof(args, in.src.population),                      \
      "residents: areas or points with a figure, or a table by study area" },                     \
    { 't', "period", "PERIOD", OPT_TEXT, offsetof(args, in.period), "2017, 2017-06" },            \
    { 0, "train", "PERIOD", OPT_TEXT, offsetof(args, in.train), "earlier period, with --test" },  \
    { 0, "test", "PERIOD", OPT_TEXT, offsetof(args, in.test),                                     \
      "later period, which judges what the earlier one suggested" },                              \
    { 0, "in-force", NULL, OPT_FLAG, offsetof(args, in.in_force),                                 \
      "count only events while the zone was in force (of --test, if given)" },                    \
    { 0, "searches", "SRC", OPT_TEXT, offsetof(args, in.searches),                                \
      "searches: located, or a table of zone, searches, finds" },                                 \
    { 0, "found", "COLUMN", OPT_TEXT, offsetof(args, in.found),                                   \
      "of the searches: what was found, yes or no, or COLUMN=VALUE" },                            \
    { 0, "hot", "SRC", OPT_TEXT, offsetof(args, in.hot),                                          \
      "polygons of hotspots (exact Gi*, 200 m cells, q <= 0.05)" },                               \
    { 0, "precision", "COLUMN", OPT_TEXT, offsetof(args, in.precision),                           \
      "of the events: metres" },                                                                  \
    { 0, "zone-name", "COLUMN", OPT_TEXT, offsetof(args, in.zone_name), "name of the zones" },    \
    { 'k', "kind", "WORD", OPT_LIST, offsetof(args, in.src.kind),                                 \
      "only this kind; may be given again" }

/* And which columns to read. */
#define ZONE_COLUMN_OPTIONS(args, in)                                                             \
    { 0, "x", "COLUMN", OPT_TEXT, offsetof(args, in.src.x), "of the events: east or longitude" }, \
    { 0, "y", "COLUMN", OPT_TEXT, offsetof(args, in.src.y), "of the events: north or latitude" }, \
    { 0, "crs", "CRS", OPT_TEXT, offsetof(args, in.src.crs),                                      \
      "of sources that do not say: EPSG:25832" },                                                 \
    { 0, "time", "COLUMN", OPT_TEXT, offsetof(args, in.src.time), "of the events: date" },        \
    { 0, "time-format", "FORMAT", OPT_TEXT, offsetof(args, in.src.time_format),                   \
      "of the dates: %d/%m/%y" },                                                                 \
    { 0, "clock", "COLUMN", OPT_TEXT, offsetof(args, in.clock),                                   \
      "of the events: time of day, hh:mm, for --in-force" },                                      \
    { 0, "kind-column", "COLUMN", OPT_TEXT, offsetof(args, in.src.kind_column),                   \
      "of the events" },                                                                          \
    { 0, "from", "COLUMN", OPT_TEXT, offsetof(args, in.from),                                     \
      "of the zones: start (valid_from, start)" },                                                \
    { 0, "until", "COLUMN", OPT_TEXT, offsetof(args, in.until),                                   \
      "of the zones: end (valid_to, end)" },                                                      \
    { 0, "id", "COLUMN", OPT_TEXT, offsetof(args, in.src.id),                                     \
      "key of the study areas, for a table of residents" },                                       \
    { 0, "population-key", "COLUMN", OPT_TEXT, offsetof(args, in.src.population_key),             \
      "of that table: study area" },                                                              \
    { 0, "population-column", "COLUMN", OPT_TEXT, offsetof(args, in.src.population_column),       \
      "residents" },                                                                              \
    { 0, "population-year", "YEAR", OPT_NUMBER, offsetof(args, in.src.population_year),           \
      "nearest to this year" }

/** Everything read and in one metric system; free with zones_clear. */
typedef struct {
    hz_crs *metric;            /* NULL: no source says; coordinates are taken for metres */
    hz_layer *layer;           /* the zones as read */
    const char *name_column;   /* NULL: none */
    hz_shapes *zones, *study, *land, *water, *hot; /* study and land are one feature each */
    hz_layer *study_layer;
    hz_shapes *units;
    hz_reside *residents;      /* NULL: none given */
    hz_fate fate[2];           /* of the events, per period */
    hz_card_points points[2];
    double *xy[2][5];          /* what the points lend */
    unsigned char *found[2];
    hz_time *times[2][2];      /* of events and searches, where --in-force needs them */
    unsigned char *days[2][2]; /* likewise: known by the day only */
    double *by_zone;           /* searches and finds by zone: 4 per zone */
    hz_validity *validity;     /* per zone; NULL: the layer has no dates */
    unsigned char *repaired, *namesake; /* per zone */
    size_t periods;
    hz_period when[2];
    char period[2][64];        /* as text; "" for all */
    bool made_up;
} zones;

/** Are the options complete and possible?  `who` is named in complaints. */
hz_status zones_check(const zone_inputs *a, const char *who, hz_error *err);
/** Read it all, and say on standard error what became of the events.  *out is to be cleared on
 *  failure too. */
hz_status zones_read(const zone_inputs *a, const session *s, zones *out, hz_error *err);
void zones_clear(zones *z);
/** Events and searches of each period.  In zones_points.c. */
hz_status zones_read_events(const zone_inputs *a, const session *s, zones *z, hz_error *err);
hz_status zones_read_searches(const zone_inputs *a, const session *s, zones *z, hz_error *err);
/** A zone's name: of its column, else "zone N"; buf of 200. */
const char *zones_name(const zones *z, size_t f, char *buf, size_t size);

/* How cards are to be made. */
typedef struct {
    double null, null_land, null_classes, seed, cell, level, tolerance, jitters;
    const char *null_residents;
} zone_card_args;
#define ZONE_CARD_ARGS(placements)                                                                \
    { .null = placements, .null_land = 0.9, .null_classes = 1.5, .seed = 1, .cell = 200, .level = 0.95,  \
      .tolerance = HZ_COMPACT_TOLERANCE_M, .jitters = 999 }
#define ZONE_CARD_OPTIONS(args, c)                                                                \
    { 0, "null-land", "SHARE", OPT_NUMBER, offsetof(args, c.null_land),                           \
      "least share of a placement that is land (0.9)" },                                          \
    { 0, "null-residents", "A..B", OPT_TEXT, offsetof(args, c.null_residents),                    \
      "residents of a placement, instead of by class" },                                          \
    { 0, "null-classes", "FACTOR", OPT_NUMBER, offsetof(args, c.null_classes),                    \
      "between classes of residents (1.5)" },                                                     \
    { 0, "jitters", "N", OPT_NUMBER, offsetof(args, c.jitters),                                   \
      "replicates of positions within their precision (999)" },                                   \
    { 0, "cell", "M", OPT_NUMBER, offsetof(args, c.cell),                                         \
      "of hotspots and of the best set (200)" },                                                  \
    { 0, "tolerance", "M", OPT_NUMBER, offsetof(args, c.tolerance),                               \
      "borders are generalised to for Polsby-Popper (20)" },                                      \
    { 0, "level", "SHARE", OPT_NUMBER, offsetof(args, c.level), "of the intervals (0.95)" },      \
    { 0, "seed", "N", OPT_NUMBER, offsetof(args, c.seed), "of all that is drawn (1)" }

typedef struct {
    size_t n;
    hz_card *cards;
    hz_card_note *notes;
    char (*names)[200], hotspots[100];
} zone_cards;

/* The arguments of zone card and zone compare, and the rows of their tables. */
typedef struct {
    zone_inputs in;
    zone_card_args card;
    const char *language, *output;
} zone_report_args;
#define ZONE_REPORT_OPTIONS(null_help, output_help)                                               \
    ZONE_SOURCE_OPTIONS(zone_report_args, in),                                                    \
    { 'n', "null", "N", OPT_NUMBER, offsetof(zone_report_args, card.null), null_help },           \
    ZONE_CARD_OPTIONS(zone_report_args, card),                                                    \
    ZONE_COLUMN_OPTIONS(zone_report_args, in),                                                    \
    { 'l', "language", "CODE", OPT_TEXT, offsetof(zone_report_args, language),                    \
      "of the page: en or da (en)" },                                                             \
    { 'o', "output", "FILE", OPT_TEXT, offsetof(zone_report_args, output), output_help },         \
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }

typedef enum { ZONE_PAGE = 0, ZONE_JSON, ZONE_CSV } zone_format;
/* What both make of them. */
typedef struct {
    hz_language language;
    zone_format format;
    hz_card_opts opts;
    zones z;
    hz_card_input input; /* lends from z */
    zone_cards made;
} zone_report;
/** Check the options and read everything.  *out is to be cleared on failure too. */
hz_status zone_report_read(const zone_report_args *a, const char *who, const session *s,
                           zone_report *out, hz_error *err);
/** Make the cards of all zones and say on standard error what was met. */
hz_status zone_report_make(const zone_report_args *a, const session *s, zone_report *r,
                           hz_error *err);
/** Write a finished text to the output, or standard output; takes what is in it. */
hz_status zone_report_write(const zone_report_args *a, hz_text *text, hz_error *err);
void zone_report_clear(zone_report *r);
/** Put the number behind names that several zones have: "Torvet (2)". */
void zones_tell_apart(zone_cards *c);

/** Residents of polygons or points, or of a table by study area: sets z->units and z->residents.
 *  In zones_people.c. */
hz_status zones_read_people(const zone_inputs *a, int year, const session *s, zones *z,
                            hz_error *err);
/**
 * The residents of each polygon of a layer as a new column of it, NaN where they are not known or
 * there is no polygon.  In zones_residents.c.
 *
 * @param src    names the population and its columns
 * @param study  whose areas a table of residents is about; NULL: no such table is taken
 * @param water  where nobody lives, or NULL
 * @param year   of the population: nearest to it; 0: any
 */
hz_status zones_add_residents(const inputs *src, const hz_layer *study, const hz_layer *water,
                              int year, const session *s, hz_layer *polygons, const char *column,
                              hz_error *err);
/** Shapes of a layer in z->metric; yours. */
hz_status zones_move(const zones *z, const hz_layer *layer, hz_shapes **out, hz_error *err);

#endif
