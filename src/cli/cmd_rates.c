/* hotzone rates: events per residents in each area, with their uncertainty. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/opt.h"
#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/rating.h"
#include "hotzone/source.h"
#include "hotzone/vector.h"

typedef struct {
    const char *areas, *id, *name;
    const char *events, *counts, *x, *y, *crs, *time, *time_format, *kind_column, *precision;
    const char *count_column, *count_key;
    opt_list population, kind;
    const char *population_column, *population_key;
    const char *period, *smooth, *output;
    double per, level, unstable_cv, hide_below, population_year;
    bool overlap;
} args;

static const args defaults = { .per = 1000, .level = 0.95, .unstable_cv = 0.30,
                               .smooth = "global" };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 'a', "areas", "SRC", OPT_TEXT, AT(areas), "districts: polygons with an id" },
    { 'e', "events", "SRC", OPT_TEXT, AT(events), "located events, one per row" },
    { 'c', "counts", "SRC", OPT_TEXT, AT(counts), "or ready-made counts: area,count[,year,kind]" },
    { 'p', "population", "SRC", OPT_LIST, AT(population),
      "residents by area or as points; again for another base" },
    { 't', "period", "PERIOD", OPT_TEXT, AT(period), "2017, 2017-06, 2017-06-09..2017-11-09" },
    { 'k', "kind", "WORD", OPT_LIST, AT(kind), "only this kind; may be given again" },
    { 0, "per", "NUMBER", OPT_NUMBER, AT(per), "residents a rate is given for (1000)" },
    { 0, "overlap", NULL, OPT_FLAG, AT(overlap), "areas overlap: count in each, sum nothing" },
    { 0, "smooth", "HOW", OPT_TEXT, AT(smooth), "global, local or none" },
    { 0, "hide-below", "N", OPT_NUMBER, AT(hide_below), "hide counts of 1 to N-1" },
    { 0, "unstable-cv", "SHARE", OPT_NUMBER, AT(unstable_cv), "unstable over this (0.30)" },
    { 0, "level", "SHARE", OPT_NUMBER, AT(level), "of the intervals (0.95)" },
    { 0, "id", "COLUMN", OPT_TEXT, AT(id), "key of the areas" },
    { 0, "name", "COLUMN", OPT_TEXT, AT(name), "name of the areas" },
    { 0, "x", "COLUMN", OPT_TEXT, AT(x), "of the events: east or longitude" },
    { 0, "y", "COLUMN", OPT_TEXT, AT(y), "of the events: north or latitude" },
    { 0, "crs", "CRS", OPT_TEXT, AT(crs), "of sources that do not say: EPSG:25832" },
    { 0, "time", "COLUMN", OPT_TEXT, AT(time), "of the events: date" },
    { 0, "time-format", "FORMAT", OPT_TEXT, AT(time_format), "of the dates: %d/%m/%y" },
    { 0, "kind-column", "COLUMN", OPT_TEXT, AT(kind_column), "of the events or counts" },
    { 0, "precision", "COLUMN", OPT_TEXT, AT(precision),
      "of the events, metres: adds events_low,events_high" },
    { 0, "count-column", "COLUMN", OPT_TEXT, AT(count_column), "of the counts: figure" },
    { 0, "count-key", "COLUMN", OPT_TEXT, AT(count_key), "of the counts: area" },
    { 0, "population-column", "COLUMN", OPT_TEXT, AT(population_column), "figure" },
    { 0, "population-key", "COLUMN", OPT_TEXT, AT(population_key), "area" },
    { 0, "population-year", "YEAR", OPT_NUMBER, AT(population_year), "nearest to this year" },
    { 'o', "output", "FILE", OPT_TEXT, AT(output), ".csv, .gpkg or .geojson; else CSV to stdout" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

/* The first of some usual names that the layer has as a column. */
static const char *usual(const hz_layer *layer, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int c = hz_layer_find(layer, names[i]);
        if (c >= 0)
            return hz_layer_column_name(layer, (size_t)c);
    }
    return NULL;
}

/* Dates of the events, where a period needs them. */
static hz_status ready_events(const args *a, hz_layer *events, hz_place_opts *place,
                              const session *s, hz_error *err)
{
    static const char *const times[] = { "date", "time", "datetime", "dato", "tid", "tidspunkt",
                                         "month", "occurred", "gerningsdato", "timestamp" };
    static const char *const kinds[] = { "kind", "type", "offence", "offence_type", "offense",
                                         "offense_type", "category", "crime_type", "art" };
    const char *time = a->time ? a->time : usual(events, times, sizeof times / sizeof *times);
    size_t bad = 0, first = 0;
    hz_status st = HZ_OK;

    if (a->time && hz_layer_find(events, a->time) < 0)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s', expected the one of --time",
                       hz_layer_name(events), a->time);
    if (a->period && !time)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of dates, expected one of the usual "
                       "names or --time", hz_layer_name(events));
    if (time && a->period) {
        st = hz_layer_read_dates(events, time, a->time_format, &bad, &first, err);
        if (!st && bad)
            hz_warn(s->notice, "%s: %zu of %zu rows have no readable date in '%s' (first: row %zu)",
                    hz_layer_name(events), bad, hz_layer_rows(events), time, first + 1);
        place->time = time;
    }
    if (a->kind.count)
        place->kind = a->kind_column ? a->kind_column
                                     : usual(events, kinds, sizeof kinds / sizeof *kinds);
    if (!st && a->kind.count && !place->kind)
        st = hz_fail(err, HZ_EUSAGE, "%s: has no column of kinds, expected --kind-column",
                     hz_layer_name(events));
    return st;
}

static void say_fate(const args *a, const hz_rating *r, const session *s)
{
    char text[400];
    const hz_match_fate *c = &r->counts_fate, *p = &r->population_fate;
    if (s->quiet)
        return;
    if (a->events)
        fprintf(stderr, "events: %s\n", hz_fate_text(text, sizeof text, &r->fate, HZ_ENGLISH));
    else
        fprintf(stderr, "counts: %zu rows read, %zu used, %zu of other areas, %zu of other years, "
                "%zu of other kinds, %zu without a figure, %zu refused\n", c->read, c->used,
                c->other_area, c->other_year, c->other_kind, c->without_figure, c->refused);
    if (c->suggestion[0])
        fprintf(stderr, "counts: %s\n", c->suggestion);
    if (p->suggestion[0])
        fprintf(stderr, "population: %s\n", p->suggestion);
    if (p->missing[0])
        fprintf(stderr, "population: no figure for %s\n", p->missing);
    if (r->population_points.read)
        fprintf(stderr, "population: %s\n",
                hz_fate_text(text, sizeof text, &r->population_points, HZ_ENGLISH));
}

/* Add a table's lines to the text; the header, and a column that names the base where there
 * are several. */
static hz_status add_csv(hz_layer *table, const args *a, size_t base, hz_text *text,
                         hz_error *err)
{
    const char *columns[HZ_RATING_COLUMNS + 3];
    size_t n = HZ_RATING_COLUMNS, rows = hz_layer_rows(table);
    hz_text part = { 0 };
    hz_status st = HZ_OK;

    memcpy(columns, hz_rating_columns(), n * sizeof *columns);
    if (hz_layer_find(table, "events_low") >= 0) {
        columns[n++] = "events_low";
        columns[n++] = "events_high";
    }
    if (a->population.count > 1) {
        const char **names = hz_mem_new(rows, sizeof *names);
        const char *slash = strrchr(a->population.item[base], '/');
        if (!names)
            return hz_mem_fail(err, "rates");
        for (size_t i = 0; i < rows; i++)
            names[i] = slash ? slash + 1 : a->population.item[base];
        st = hz_layer_add_texts(table, "denominator", names, err);
        hz_mem_free(names);
        columns[n++] = "denominator";
    }
    if (!st)
        st = hz_csv_write(table, columns, NULL, n, NULL, &part, err);
    if (!st) {
        const char *from = hz_text_get(&part);
        if (base > 0)
            from = strchr(from, '\n') + 1;
        hz_text_add(text, from);
        st = text->failed ? hz_mem_fail(err, "rates") : HZ_OK;
    }
    hz_text_free(&part);
    return st;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static hz_status read_inputs(const args *a, const session *s, hz_rating_input *in,
                             hz_layer **areas, hz_layer **events, hz_error *err)
{
    hz_source_opts of_areas = { .crs = a->crs };
    hz_source_opts of_events = { .x = a->x, .y = a->y, .crs = a->crs };
    hz_source_opts of_table = { .no_shapes = true };
    hz_status st;

    /* ready-made counts need no shapes of the areas */
    st = a->events ? hz_source_read_kind(a->areas, &of_areas, HZ_POLYGON, areas, s->notice, err)
                   : hz_source_read(a->areas, &of_areas, areas, s->notice, err);
    if (!st && a->events)
        st = hz_source_read_kind(a->events, &of_events, HZ_POINT, events, s->notice, err);
    else if (!st)
        st = hz_source_read(a->counts, &of_table, events, s->notice, err);
    if (!st && a->events)
        st = ready_events(a, *events, &in->place, s, err);
    if (!st && a->counts)
        in->place.kind = a->kind_column;
    in->areas = *areas;
    in->events = a->events ? *events : NULL;
    in->counts = a->events ? NULL : *events;
    return st;
}

static hz_status check_args(const args *a, hz_rating_input *in, hz_error *err)
{
    static const char *const ways[] = { "global", "local", "none" };
    int way = -1;
    if (!a->areas)
        return hz_fail(err, HZ_EUSAGE, "rates: expected --areas SRC");
    if (!a->events == !a->counts)
        return hz_fail(err, HZ_EUSAGE, "rates: expected either --events SRC or --counts SRC");
    if (a->counts && a->precision)
        return hz_fail(err, HZ_EUSAGE, "--precision: goes with --events, not with --counts");
    for (int i = 0; i < 3; i++)
        if (strcmp(a->smooth, ways[i]) == 0)
            way = i;
    if (way < 0)
        return hz_fail(err, HZ_EUSAGE, "--smooth: '%s', expected global, local or none",
                       a->smooth);
    if (a->population_year != floor(a->population_year) || a->population_year < 0 ||
        a->population_year > 9999)
        return hz_fail(err, HZ_EUSAGE, "--population-year: %g, expected a year",
                       a->population_year);
    in->rates = (hz_rates_opts){ a->per, 0, a->level, a->unstable_cv, a->hide_below,
                                 (hz_smoothing_kind)way, a->overlap };
    in->id = a->id;
    in->name = a->name;
    in->precision_m = a->precision;
    in->place = (hz_place_opts)HZ_PLACE_DEFAULTS;
    if (a->kind.count) {
        in->place.kinds = a->kind.item;
        in->place.kind_count = a->kind.count;
    }
    in->count_columns.key = a->count_key;
    in->count_columns.value = a->count_column;
    in->population_columns.key = a->population_key;
    in->population_columns.value = a->population_column;
    in->population_year = (int)a->population_year;
    return a->period ? hz_period_parse(a->period, &in->place.period, err) : HZ_OK;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    hz_rating_input in = { 0 };
    hz_layer *areas = NULL, *events = NULL, *population = NULL;
    hz_rating rating = { 0 };
    hz_text csv = { 0 };
    hz_source_opts of_population = { .crs = a->crs };
    size_t bases = a->population.count ? a->population.count : 1;
    bool as_layer = a->output && !ends_with(a->output, ".csv");
    hz_status st = check_args(a, &in, err);

    if (!st && as_layer && bases > 1)
        st = hz_fail(err, HZ_EUSAGE, "%s: one base only in a layer, expected a .csv for several",
                     a->output);
    if (!st)
        st = read_inputs(a, s, &in, &areas, &events, err);
    for (size_t i = 0; !st && i < bases; i++) {
        if (i < a->population.count)
            st = hz_source_read(a->population.item[i], &of_population, &population, s->notice, err);
        in.population = population;
        if (!st)
            st = hz_rating_make(&in, &rating, s->notice, err);
        if (!st && as_layer) {
            hz_vector_item item = { rating.table, "rates", NULL, NULL };
            st = hz_vector_write(a->output, &item, 1, err);
        } else if (!st) {
            st = add_csv(rating.table, a, i, &csv, err);
        }
        if (!st && i == 0)
            say_fate(a, &rating, s);
        if (!st && i == 0 && a->events && !a->period && a->population.count)
            hz_warn(s->notice, "no --period: rates are per %g residents over the whole of %s, not "
                    "per year", a->per, hz_layer_name(events));
        hz_rating_clear(&rating);
        hz_layer_free(population);
        population = NULL;
    }
    if (!st && !as_layer && a->output)
        st = hz_file_write(a->output, csv.data, csv.length, err);
    else if (!st && !as_layer)
        fputs(hz_text_get(&csv), stdout);
    hz_layer_free(areas);
    hz_layer_free(events);
    hz_text_free(&csv);
    return st;
}

const command cmd_rates = {
    "rates", "Events per residents in each area, with exact intervals.",
    "hotzone rates --areas areas.geojson --events events.csv --population population.csv "
    "--period 2017 -o rates.csv",
    options, sizeof(args), &defaults, run
};
