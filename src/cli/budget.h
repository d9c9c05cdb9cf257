/* Study area, parcels, budget and periods: options that `zone frontier` and `zone propose` share. */
#ifndef CLI_BUDGET_H
#define CLI_BUDGET_H

#include "cli/zones.h"
#include "hotzone/evidence.h"

typedef struct {
    zone_inputs in; /* its sources, columns and periods; `zone` is that of --like */
    const char *streets, *measure, *weight, *summary, *output;
    double cell, budget;
    bool in_sample;
} budget_inputs;

/* Rows of an option table for the member `b` of a command's arguments. */
#define BUDGET_OPTIONS(args, b)                                                                   \
    { 'e', "events", "SRC", OPT_TEXT, offsetof(args, b.in.src.events),                            \
      "located events, one per row" },                                                            \
    { 's', "study", "SRC", OPT_TEXT, offsetof(args, b.in.study),                                  \
      "polygons of the study area: the city, its districts" },                                    \
    { 0, "water", "SRC", OPT_TEXT, offsetof(args, b.in.water),                                    \
      "polygons that are no land, taken out of it" },                                             \
    { 0, "cell", "M", OPT_NUMBER, offsetof(args, b.cell), "zones of square cells, side in metres" }, \
    { 0, "streets", "SRC", OPT_TEXT, offsetof(args, b.streets),                                   \
      "lines: without --cell, zones of the blocks between them" },                                \
    { 0, "measure", "NAME", OPT_TEXT, offsetof(args, b.measure),                                  \
      "of size: area (km2), residents, or streets (km)" },                                        \
    { 0, "budget", "N", OPT_NUMBER, offsetof(args, b.budget), "size, in that unit" },             \
    { 0, "like", "SRC", OPT_TEXT, offsetof(args, b.in.zone),                                      \
      "a zone: its size is the budget if none is given; compared with" },                         \
    { 'p', "population", "SRC", OPT_LIST, offsetof(args, b.in.src.population),                    \
      "residents: areas or points with a figure, or a table by study area" },                     \
    { 0, "train", "PERIOD", OPT_TEXT, offsetof(args, b.in.train),                                 \
      "earlier period, which is ranked" },                                                        \
    { 0, "test", "PERIOD", OPT_TEXT, offsetof(args, b.in.test), "later period, which is scored" },\
    { 't', "period", "PERIOD", OPT_TEXT, offsetof(args, b.in.period),                             \
      "instead: its first half is ranked, its second scored (all dates)" },                       \
    { 0, "in-sample", NULL, OPT_FLAG, offsetof(args, b.in_sample),                                \
      "rank and score the same events, which flatters" },                                         \
    { 'k', "kind", "WORD", OPT_LIST, offsetof(args, b.in.src.kind),                               \
      "only this kind; may be given again" },                                                     \
    { 0, "weight", "COLUMN", OPT_TEXT, offsetof(args, b.weight),                                  \
      "of the events: what each counts for, its severity or cost" },                              \
    { 0, "id", "COLUMN", OPT_TEXT, offsetof(args, b.in.src.id), "key of the study areas" },       \
    { 0, "x", "COLUMN", OPT_TEXT, offsetof(args, b.in.src.x), "of the events: east or longitude" }, \
    { 0, "y", "COLUMN", OPT_TEXT, offsetof(args, b.in.src.y), "of the events: north or latitude" }, \
    { 0, "crs", "CRS", OPT_TEXT, offsetof(args, b.in.src.crs),                                    \
      "of sources that do not say: EPSG:25832" },                                                 \
    { 0, "time", "COLUMN", OPT_TEXT, offsetof(args, b.in.src.time), "of the events: date" },      \
    { 0, "time-format", "FORMAT", OPT_TEXT, offsetof(args, b.in.src.time_format),                 \
      "of the dates: %d/%m/%y" },                                                                 \
    { 0, "kind-column", "COLUMN", OPT_TEXT, offsetof(args, b.in.src.kind_column),                 \
      "of the events" },                                                                          \
    { 0, "population-column", "COLUMN", OPT_TEXT, offsetof(args, b.in.src.population_column),     \
      "figure" },                                                                                 \
    { 0, "population-key", "COLUMN", OPT_TEXT, offsetof(args, b.in.src.population_key), "area" }, \
    { 0, "population-year", "YEAR", OPT_NUMBER, offsetof(args, b.in.src.population_year),         \
      "nearest to this year" },                                                                   \
    { 0, "summary", "FILE", OPT_TEXT, offsetof(args, b.summary), "the figures, .json" }

#define BUDGET_DEFAULTS { .measure = "area", .cell = NAN, .budget = NAN }

/** What was read; free with budget_clear. */
typedef struct {
    hz_evidence evidence;
    hz_layer *events, *study, *water, *streets, *like;
    zones people; /* its metric, study layer and residents */
    bool made_up;
} budget;

/** Are the options complete and possible?  `who` is named in complaints. */
hz_status budget_check(const budget_inputs *a, const char *who, hz_error *err);
/** Read it all and gather the evidence; *out is to be cleared on failure too. */
hz_status budget_read(const budget_inputs *a, const session *s, budget *out, hz_error *err);
void budget_clear(budget *b);
/** Say on standard error what became of the events, and what is compared with what. */
void budget_say(const budget *b, const session *s);
/** Write a summary where one is asked for. */
hz_status budget_write(const char *path, const hz_text *text, hz_error *err);

#endif
