/* hotzone zone timeline: zones in force over time, and the events matched to them. */
#include <stdio.h>
#include <string.h>

#include "cli/inputs.h"
#include "cli/opt.h"
#include "cli/zones.h"
#include "hotzone/csv.h"
#include "hotzone/mem.h"
#include "hotzone/source.h"
#include "hotzone/timeline.h"
#include "hotzone/vector.h"

typedef struct {
    inputs src;
    const char *zones, *from, *until, *clock, *period, *residents, *water, *output, *steps, *fates;
    double same_share, level;
} args;

static const args defaults = { .same_share = 0.5, .level = 0.95 };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 'z', "zones", "SRC", OPT_TEXT, AT(zones), "polygons with a start and an end" },
    { 'e', "events", "SRC", OPT_TEXT, AT(src.events), "located events with a date or a time" },
    { 't', "period", "PERIOD", OPT_TEXT, AT(period),
      "that the events cover; else first to last day with one" },
    { 'k', "kind", "WORD", OPT_LIST, AT(src.kind), "only this kind; may be given again" },
    { 0, "from", "COLUMN", OPT_TEXT, AT(from), "of the zones: start (valid_from, start)" },
    { 0, "until", "COLUMN", OPT_TEXT, AT(until), "of the zones: end (valid_to, end)" },
    { 0, "residents", "COLUMN", OPT_TEXT, AT(residents), "of the zones: residents" },
    { 'p', "population", "SRC", OPT_LIST, AT(src.population),
      "or residents as polygons or points with a figure" },
    { 0, "population-column", "COLUMN", OPT_TEXT, AT(src.population_column), "residents" },
    { 0, "population-year", "YEAR", OPT_NUMBER, AT(src.population_year), "nearest to this year" },
    { 0, "water", "SRC", OPT_TEXT, AT(water), "where none of these live" },
    { 0, "same-share", "SHARE", OPT_NUMBER, AT(same_share),
      "a later zone renews one that it overlaps by more, IoU (0.5)" },
    { 0, "id", "COLUMN", OPT_TEXT, AT(src.id), "key of the zones" },
    { 0, "name", "COLUMN", OPT_TEXT, AT(src.name), "of the zones: a zone of one name is renewed" },
    { 0, "x", "COLUMN", OPT_TEXT, AT(src.x), "of the events: east or longitude" },
    { 0, "y", "COLUMN", OPT_TEXT, AT(src.y), "of the events: north or latitude" },
    { 0, "crs", "CRS", OPT_TEXT, AT(src.crs), "of sources that do not say: EPSG:25832" },
    { 0, "time", "COLUMN", OPT_TEXT, AT(src.time), "of the events: date, or date and time" },
    { 0, "time-format", "FORMAT", OPT_TEXT, AT(src.time_format), "of these: %d/%m/%y %H:%M" },
    { 0, "clock", "COLUMN", OPT_TEXT, AT(clock), "of the events: time of day, hh:mm" },
    { 0, "kind-column", "COLUMN", OPT_TEXT, AT(src.kind_column), "of the events" },
    { 0, "level", "SHARE", OPT_NUMBER, AT(level), "of the intervals (0.95)" },
    { 0, "steps", "FILE", OPT_TEXT, AT(steps), "how many in force when, and their km2, .csv" },
    { 0, "fates", "FILE", OPT_TEXT, AT(fates), "what became of each event, by row, .csv" },
    { 'o', "output", "FILE", OPT_TEXT, AT(output), "zones: .csv or .gpkg; else CSV to stdout" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

static hz_status check(const args *a, hz_error *err)
{
    const struct { const char *given, *option; } of_events[] = {
        { a->period, "--period" }, { a->src.x ? a->src.x : a->src.y, "--x and --y" },
        { a->src.time, "--time" }, { a->src.time_format, "--time-format" },
        { a->clock, "--clock" }, { a->src.kind_column, "--kind-column" }, { a->fates, "--fates" },
        { a->src.kind.count ? a->src.kind.item[0] : NULL, "--kind" }
    };
    const struct { const char *path, *option; } tables[] = { { a->steps, "--steps" },
                                                             { a->fates, "--fates" } };
    if (!a->zones)
        return hz_fail(err, HZ_EUSAGE, "zone timeline: expected --zones SRC");
    if (a->residents && a->src.population.count)
        return hz_fail(err, HZ_EUSAGE, "--residents: is another source than --population, expected "
                       "one of them");
    if (!a->src.population.count &&
        (a->src.population_column || a->src.population_year != 0 || a->water))
        return hz_fail(err, HZ_EUSAGE, "--population-column, --population-year and --water: go with "
                       "--population, expected both or neither");
    for (size_t i = 0; !a->src.events && i < sizeof of_events / sizeof *of_events; i++)
        if (of_events[i].given)
            return hz_fail(err, HZ_EUSAGE, "%s: goes with --events, expected both or neither",
                           of_events[i].option);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (tables[i].path && !inputs_ends_with(tables[i].path, ".csv"))
            return hz_fail(err, HZ_EUSAGE, "%s: '%s', expected a .csv (a .gpkg of --output has it "
                           "as a table)", tables[i].option, tables[i].path);
    if (a->output && !inputs_ends_with(a->output, ".csv") && !inputs_ends_with(a->output, ".gpkg"))
        return hz_fail(err, HZ_EUSAGE, "--output: '%s', expected a .csv or a .gpkg", a->output);
    return HZ_OK;
}

static hz_status write_table(const hz_layer *l, const char *const *columns, size_t n,
                             const char *path, hz_error *err)
{
    hz_text text = { 0 };
    hz_status st = hz_csv_write(l, columns, NULL, n, path, &text, err);
    if (!st && !path)
        fputs(hz_text_get(&text), stdout);
    hz_text_free(&text);
    return st;
}

static hz_status write_all(const args *a, const hz_timeline *t, hz_error *err)
{
    size_t n, of_steps, of_fates;
    const char *const *columns = hz_timeline_zone_columns(&n);
    const char *const *steps = hz_timeline_step_columns(&of_steps);
    const char *const *fates = hz_timeline_fate_columns(&of_fates);
    const char *with_origin[64];
    hz_status st = HZ_OK;

    memcpy(with_origin, columns, n * sizeof *columns);
    if (hz_layer_find(t->zones, "origin") >= 0)
        with_origin[n++] = "origin";
    if (a->steps)
        st = write_table(t->steps, steps, of_steps, a->steps, err);
    if (!st && a->fates)
        st = write_table(t->fates, fates, of_fates, a->fates, err);
    if (!st && a->output && inputs_ends_with(a->output, ".gpkg")) {
        hz_vector_item items[] = { { t->zones, "zones", NULL, NULL },
                                   { t->steps, "steps", NULL, NULL },
                                   { t->fates, "fates", NULL, NULL } };
        return hz_vector_write(a->output, items, t->fates ? 3 : 2, err);
    }
    return st ? st : write_table(t->zones, with_origin, n, a->output, err);
}

static void say_found(const hz_timeline *t, const session *s)
{
    char text[400];
    size_t renewed = 0, most = 0, rows = hz_layer_rows(t->zones);
    const double *at_once = hz_layer_numbers(t->steps, "zones");
    if (s->quiet)
        return;
    for (size_t i = 0; i < rows; i++)
        renewed += *hz_layer_text(t->zones, "renews", i) != '\0';
    for (size_t k = 0; k < hz_layer_rows(t->steps); k++)
        most = at_once[k] > (double)most ? (size_t)at_once[k] : most;
    fprintf(stderr, "zones: %zu, of which %zu renew an earlier one; at most %zu in force at once\n",
            rows, renewed, most);
    if (t->fates) {
        fprintf(stderr, "events: %s\n", hz_timeline_fate_text(text, sizeof text, &t->fate));
        fprintf(stderr, "observed: %s%s\n", hz_period_format(text, sizeof text, t->window),
                t->window_assumed ? ", the first to the last day with an event (see --period)"
                                  : "");
    }
}

/* A name that no source will have. */
static const char of_population[] = "residents by population";

static hz_status count_residents(const args *a, const session *s, hz_layer *layer, hz_error *err)
{
    hz_source_opts how = { .crs = a->src.crs };
    hz_layer *water = NULL;
    hz_status st = a->water ? hz_source_read_kind(a->water, &how, HZ_POLYGON, &water, s->notice, err)
                            : HZ_OK;
    if (!st)
        st = zones_add_residents(&a->src, NULL, water, 0, s, layer, of_population, err);
    hz_layer_free(water);
    return st;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    hz_source_opts of_zones = { .crs = a->src.crs };
    hz_place_opts place = HZ_PLACE_DEFAULTS;
    hz_timeline_opts o = HZ_TIMELINE_DEFAULTS;
    hz_timeline made = { 0 };
    hz_layer *layer = NULL, *events = NULL;
    unsigned char *whole_day = NULL;
    hz_status st = check(a, err);

    if (!st && a->period && (st = hz_period_parse(a->period, &o.period, err)))
        hz_fail_within(err, "--period");
    if (!st)
        st = hz_source_read_kind(a->zones, &of_zones, HZ_POLYGON, &layer, s->notice, err);
    if (!st && a->src.events)
        st = inputs_read_moments(&a->src, a->clock, NULL, s, &place, &whole_day, &events, err);
    if (!st && a->src.population.count)
        st = count_residents(a, s, layer, err);
    o.id = a->src.id;
    o.name = a->src.name;
    o.from = a->from;
    o.until = a->until;
    o.residents = a->src.population.count ? of_population : a->residents;
    o.same_share = a->same_share;
    o.level = a->level;
    o.time = place.time;
    o.whole_day = whole_day;
    o.kind = place.kind;
    o.kinds = a->src.kind.item;
    o.kind_count = a->src.kind.count;
    if (!st)
        st = hz_timeline_make(layer, events, &o, &made, s->notice, err);
    if (!st && (strstr(a->zones, "synthetic") ||
                (events && inputs_is_made_up(a->src.events, events)) ||
                (a->src.population.count && strstr(a->src.population.item[0], "synthetic"))))
        st = hz_layer_add_word(made.zones, "origin", "synthetic", err);
    if (!st)
        st = write_all(a, &made, err);
    if (!st)
        say_found(&made, s);
    hz_timeline_clear(&made);
    hz_layer_free(layer);
    hz_layer_free(events);
    hz_mem_free(whole_day);
    return st;
}

const command cmd_zone_timeline = {
    "zone timeline", "Zones in force over time, and the events inside them while they were.",
    "hotzone zone timeline --zones zones.gpkg --events events.csv --period 2017 -o timeline.csv "
    "--steps steps.csv",
    options, sizeof(args), &defaults, run
};
