/* hotzone scan: where incidents cluster beyond chance, by Kulldorff's scan statistics. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/inputs.h"
#include "cli/opt.h"
#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/scanning.h"
#include "hotzone/mem.h"
#include "hotzone/source.h"
#include "hotzone/units.h"
#include "hotzone/vector.h"

typedef struct {
    inputs src;
    const char *value, *period, *members, *output;
    double max_population, max_radius, max_duration, time_step, penalty, replicates, stop_after;
    double most, seed, alpha, cell;
    bool space_time, ellipses, gumbel, gini;
} args;

static const args defaults = { .max_population = 0.5, .max_duration = 0.5, .time_step = 7,
                               .penalty = 0.5, .replicates = 999, .most = 10, .seed = 1,
                               .alpha = 0.05 };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 'a', "areas", "SRC", OPT_TEXT, AT(src.areas), "places: polygons, or points with counts" },
    { 0, "value", "COLUMN", OPT_TEXT, AT(value), "of the areas: events in each" },
    { 'e', "events", "SRC", OPT_TEXT, AT(src.events), "or located events, one per row" },
    { 'c', "counts", "SRC", OPT_TEXT, AT(src.counts), "or ready-made counts: area,count" },
    { 0, "cell", "M", OPT_NUMBER, AT(cell),
      "events by square cells of so many metres, within --areas if given" },
    { 'p', "population", "SRC", OPT_LIST, AT(src.population),
      "residents by area or as points; with --value a column; else expected by area" },
    { 0, "space-time", NULL, OPT_FLAG, AT(space_time),
      "permutation scan of dated events; needs no population nor areas" },
    { 't', "period", "PERIOD", OPT_TEXT, AT(period), "2017, 2017-06, 2017-06-09..2017-11-09" },
    { 0, "time-step", "DAYS", OPT_NUMBER, AT(time_step), "of the space-time scan (7)" },
    { 0, "max-duration", "SHARE", OPT_NUMBER, AT(max_duration),
      "longest cluster, of the period (0.5)" },
    { 0, "max-population", "SHARE", OPT_NUMBER, AT(max_population),
      "largest window, of population or, in space-time, events (0.5)" },
    { 0, "max-radius", "M", OPT_NUMBER, AT(max_radius), "and its largest radius, metres" },
    { 0, "ellipses", NULL, OPT_FLAG, AT(ellipses), "windows 1.5 to 5 times as long as wide, too" },
    { 0, "penalty", "POWER", OPT_NUMBER, AT(penalty), "of long ellipses: 0 none, 1 strong (0.5)" },
    { 'n', "replicates", "N", OPT_NUMBER, AT(replicates), "of the null (999)" },
    { 0, "stop-after", "N", OPT_NUMBER, AT(stop_after),
      "stop when N replicates reach the best cluster" },
    { 0, "gumbel", NULL, OPT_FLAG, AT(gumbel), "p from a Gumbel fit: no floor, circles only" },
    { 0, "gini", NULL, OPT_FLAG, AT(gini), "let the Gini coefficient choose the largest window" },
    { 0, "alpha", "P", OPT_NUMBER, AT(alpha), "significant at or below it (0.05)" },
    { 0, "most", "N", OPT_NUMBER, AT(most), "clusters reported at most (10)" },
    { 0, "seed", "N", OPT_NUMBER, AT(seed), "of the replicates (1)" },
    { 'k', "kind", "WORD", OPT_LIST, AT(src.kind), "only this kind; may be given again" },
    INPUT_COLUMN_OPTIONS(args, src),
    { 0, "members", "FILE", OPT_TEXT, AT(members), "places of each cluster, .csv" },
    { 'o', "output", "FILE", OPT_TEXT, AT(output),
      ".csv, .gpkg or .geojson; else CSV to stdout" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

/* A whole number from an option. */
static hz_status whole(const char *name, double value, double most, size_t *out, hz_error *err)
{
    if (!(value >= 0 && value <= most) || value != floor(value))
        return hz_fail(err, HZ_EUSAGE, "--%s: %g, expected a whole number, 0 to %.0f", name, value,
                       most);
    *out = (size_t)value;
    return HZ_OK;
}

static hz_status make_opts(const args *a, hz_scanning_opts *o, hz_error *err)
{
    size_t seed = 0;
    *o = (hz_scanning_opts)HZ_SCANNING_DEFAULTS;
    hz_status st = whole("replicates", a->replicates, 99999999, &o->replicates, err);
    if (!st)
        st = whole("stop-after", a->stop_after, 99999999, &o->stop_after, err);
    if (!st)
        st = whole("most", a->most, 10000, &o->most, err);
    if (!st)
        st = whole("seed", a->seed, 9007199254740992.0, &seed, err);
    if (!st && a->gumbel && (a->ellipses || a->space_time))
        st = hz_fail(err, HZ_EUSAGE, "--gumbel: is known to fit the circular Poisson scan only, "
                     "expected neither --ellipses nor --space-time");
    if (!st && !a->space_time && (a->time_step != defaults.time_step ||
                                  a->max_duration != defaults.max_duration))
        st = hz_fail(err, HZ_EUSAGE, "--time-step and --max-duration: go with --space-time");
    if (!st && !a->ellipses && a->penalty != defaults.penalty)
        st = hz_fail(err, HZ_EUSAGE, "--penalty: goes with --ellipses");
    o->seed = seed;
    o->max_population = a->max_population;
    o->max_radius_m = a->max_radius;
    o->ellipses = a->ellipses;
    o->penalty = a->penalty;
    o->gumbel = a->gumbel;
    o->gini = a->gini;
    o->alpha = a->alpha;
    return st;
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

/* By its own name, not that of its draft, and with the system's reason. */
static hz_status not_written(const char *path, hz_error *err)
{
    char why[200];
    const char *reason = strrchr(err->text, ':');
    snprintf(why, sizeof why, "%s", reason ? reason : "");
    return hz_fail(err, HZ_EIO, "%s: cannot be written%s", path, why);
}

static hz_status write_all(const args *a, const hz_scanning *found, hz_error *err)
{
    size_t n, m;
    const char *const *columns = hz_scanning_columns_of(a->ellipses, a->space_time, &n);
    const char *const *of_members = hz_scanning_member_columns(&m);
    char *draft = NULL; /* a failure with either file leaves both as they were */
    hz_status st = a->members ? hz_file_draft(a->members, &draft, err) : HZ_OK;
    if (!st && draft)
        st = write_table(found->members, of_members, m, draft, err);
    if (st) {
        hz_mem_free(draft);
        return st == HZ_EIO ? not_written(a->members, err) : st;
    }
    if (!a->output || inputs_ends_with(a->output, ".csv")) {
        st = write_table(found->clusters, columns, n, a->output, err);
    } else {
        hz_vector_item items[] = { { found->clusters, "clusters", NULL, NULL },
                                   { found->members, "members", NULL, NULL } };
        st = hz_vector_write(a->output, items, inputs_ends_with(a->output, ".gpkg") ? 2 : 1, err);
    }
    if (!st && draft)
        st = hz_file_commit(draft, a->members, err);
    if (st && draft)
        hz_file_discard(draft);
    hz_mem_free(draft);
    return st;
}

static bool by_area(const args *a)
{
    return a->cell != 0 || (!a->src.population.count && !(a->value && a->src.population_column));
}

static void say_found(const args *a, const hz_scanning *found, const session *s)
{
    char period[64];
    size_t rows = hz_layer_rows(found->clusters), sure = 0;
    const double *p = hz_layer_numbers(found->clusters, "p");
    for (size_t i = 0; i < rows; i++)
        sure += p[i] <= a->alpha;
    if (s->quiet)
        return;
    fprintf(stderr, "scan: %zu places, %.0f events, largest window %g of %s, %zu replicates\n",
            found->places, found->events,
            isnan(found->gini_share) ? a->max_population : found->gini_share,
            a->space_time ? "the events" : by_area(a) ? "the area" : "the population",
            found->replicates);
    if (a->space_time)
        fprintf(stderr, "time: %s in %zu steps of %g days\n",
                hz_period_format(period, sizeof period, found->period), found->steps,
                a->time_step);
    if (a->gini && isnan(found->gini_share))
        fprintf(stderr, "gini: no window gives a significant cluster, the largest stays\n");
    fprintf(stderr, "clusters: %zu reported, %zu with p <= %g\n", rows, sure, a->alpha);
}

/* Places with a column of counts, and perhaps of population. */
static hz_status scan_columns(const args *a, const session *s, const hz_scanning_opts *o,
                              hz_scanning *found, hz_error *err)
{
    hz_scanning_columns c = { a->src.id, a->src.name, a->value, a->src.population_column, NULL,
                              NULL };
    hz_source_opts read = { .crs = a->src.crs };
    hz_layer *places = NULL;
    hz_status st;

    if (!a->src.areas || a->src.events || a->src.counts || a->src.population.count > 1)
        return hz_fail(err, HZ_EUSAGE, "--value: a column of --areas, expected neither --events "
                       "nor --counts, and one --population at most");
    if (a->period || a->src.kind.count || a->src.time || a->src.time_format ||
        a->src.kind_column || a->src.count_column || a->src.count_key || a->src.population_key)
        return hz_fail(err, HZ_EUSAGE, "--value: a column of --areas, expected no period, kinds or "
                       "columns of other sources");
    if (a->src.population.count)
        c.population = a->src.population.item[0];
    if (inputs_ends_with(a->src.areas, ".csv") || inputs_ends_with(a->src.areas, ".tsv") ||
        inputs_ends_with(a->src.areas, ".txt")) {
        read.x = a->src.x;
        read.y = a->src.y;
    } else {
        c.x = a->src.x;
        c.y = a->src.y;
    }
    st = hz_source_read(a->src.areas, &read, &places, s->notice, err);
    if (!st && !c.id && hz_layer_find(places, "id") >= 0)
        c.id = "id";
    if (!st && !c.name && hz_layer_find(places, "name") >= 0)
        c.name = "name";
    if (!st)
        st = hz_scanning_poisson(places, &c, o, found, s->notice, err);
    hz_layer_free(places);
    return st;
}

/* Areas that events or counts are counted in first. */
static hz_status scan_counted(const args *a, const session *s, const hz_scanning_opts *o,
                              hz_scanning *found, hz_error *err)
{
    hz_scanning_columns c = { "area", "name", "events", "population", NULL, NULL };
    hz_source_opts of_population = { .crs = a->src.crs };
    hz_rating_input in = { 0 };
    hz_rating rating = { 0 };
    hz_layer *areas = NULL, *events = NULL, *population = NULL;
    char text[400];
    hz_status st = inputs_check(&a->src, "scan", &in, err);

    in.rates = (hz_rates_opts)HZ_RATES_DEFAULTS;
    in.rates.years = 0;
    in.rates.smoothing = HZ_SMOOTH_NONE;
    if (!st && a->src.population.count > 1)
        st = hz_fail(err, HZ_EUSAGE, "--population: given %zu times, expected once",
                     a->src.population.count);
    if (!st && a->period)
        st = hz_period_parse(a->period, &in.place.period, err);
    if (!st)
        st = inputs_read(&a->src, a->period != NULL, s, &in, &areas, &events, err);
    if (!st && a->src.population.count)
        st = hz_source_read(a->src.population.item[0], &of_population, &population, s->notice, err);
    else
        c.population = NULL;
    in.population = population;
    if (!st)
        st = hz_rating_make(&in, &rating, s->notice, err);
    if (!st)
        st = hz_scanning_poisson(rating.table, &c, o, found, s->notice, err);
    if (!st && !s->quiet) {
        if (a->src.events)
            fprintf(stderr, "events: %s\n",
                    hz_fate_text(text, sizeof text, &rating.fate, HZ_ENGLISH));
        else
            inputs_say_counts(&rating.counts_fate, "");
        inputs_say_population(&rating.population_fate, "");
    }
    hz_rating_clear(&rating);
    hz_layer_free(areas);
    hz_layer_free(events);
    hz_layer_free(population);
    return st;
}

/* Located events; their dates read where they are needed. */
static hz_status read_events(const args *a, bool dated, const session *s, hz_place_opts *o,
                             hz_layer **out, hz_error *err)
{
    hz_source_opts how = { .x = a->src.x, .y = a->src.y, .crs = a->src.crs };
    size_t bad = 0, first = 0;
    hz_status st = hz_source_read_kind(a->src.events, &how, HZ_POINT, out, s->notice, err);
    if (st)
        return st;
    inputs_say_refused(*out, s);
    o->kinds = a->src.kind.count ? a->src.kind.item : NULL;
    o->kind_count = a->src.kind.count;
    if (o->kind_count && (st = hz_match_kind(*out, a->src.kind_column, &o->kind, err)))
        return st;
    if (o->kind_count && !o->kind)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of kinds, expected one of the usual "
                       "names or --kind-column", hz_layer_name(*out));
    if (!dated)
        return HZ_OK;
    st = hz_match_time(*out, a->src.time, &o->time, err);
    if (st)
        return st;
    if (!o->time)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of dates, expected one of the usual "
                       "names or --time", hz_layer_name(*out));
    st = hz_layer_read_dates(*out, o->time, a->src.time_format, &bad, &first, err);
    if (!st && bad)
        hz_warn(s->notice, "%s: %zu of %zu rows have no readable date in '%s' (first: row %zu)",
                hz_layer_name(*out), bad, hz_layer_rows(*out), o->time, first + 1);
    return st;
}

static hz_status scan_space_time(const args *a, const session *s, const hz_scanning_opts *o,
                                 hz_scanning *found, hz_error *err)
{
    hz_scanning_columns c = { a->src.id, a->src.name, NULL, NULL, NULL, NULL };
    hz_scanning_time t = { .period = HZ_PERIOD_ALWAYS, .step_days = a->time_step,
                           .max_duration = a->max_duration };
    hz_source_opts of_areas = { .crs = a->src.crs };
    hz_layer *areas = NULL, *events = NULL;
    char text[400];
    hz_status st = HZ_OK;

    if (!a->src.events || a->src.counts || a->value || a->src.population.count)
        return hz_fail(err, HZ_EUSAGE, "--space-time: scans --events, expected no counts, value or "
                       "population");
    if (a->period && (st = hz_period_parse(a->period, &t.period, err)))
        return hz_fail_within(err, "--period");
    st = read_events(a, true, s, &t.place, &events, err);
    t.time = t.place.time;
    if (!st && a->src.areas)
        st = hz_source_read_kind(a->src.areas, &of_areas, HZ_POLYGON, &areas, s->notice, err);
    if (!st && areas && !c.id && hz_layer_find(areas, "id") >= 0)
        c.id = "id";
    if (!st && areas && !c.name && hz_layer_find(areas, "name") >= 0)
        c.name = "name";
    if (!st)
        st = hz_scanning_space_time(areas, events, &c, &t, o, found, s->notice, err);
    if (!st && !s->quiet)
        fprintf(stderr, "events: %s\n", hz_fate_text(text, sizeof text, &found->fate, HZ_ENGLISH));
    hz_layer_free(areas);
    hz_layer_free(events);
    return st;
}

/* Counts by square cells; every cell at least half inside the areas is a place. */
static hz_status scan_cells(const args *a, const session *s, const hz_scanning_opts *o,
                            hz_scanning *found, hz_error *err)
{
    const hz_scanning_columns c = { "id", NULL, "value", NULL, NULL, NULL };
    const hz_neighbours how = { .kind = HZ_ROOK };
    hz_source_opts of_areas = { .crs = a->src.crs };
    hz_place_opts place = HZ_PLACE_DEFAULTS;
    hz_layer *areas = NULL, *events = NULL, *cells = NULL;
    hz_units units = { 0 };
    char text[400];
    hz_status st = HZ_OK;

    if (!a->src.events || a->src.counts || a->value || a->src.population.count || a->space_time)
        return hz_fail(err, HZ_EUSAGE, "--cell: counts --events, expected no counts, value, "
                       "population or --space-time");
    if (a->period && (st = hz_period_parse(a->period, &place.period, err)))
        return hz_fail_within(err, "--period");
    st = read_events(a, a->period != NULL, s, &place, &events, err);
    if (!st && a->src.areas)
        st = hz_source_read_kind(a->src.areas, &of_areas, HZ_POLYGON, &areas, s->notice, err);
    if (!st)
        st = hz_units_of_cells(events, areas, a->cell, 0, 0, &place, &how, &units, s->notice, err);
    unsigned char *keep = st ? NULL : hz_mem_new(hz_layer_rows(units.table), 1);
    if (!st && !keep)
        st = hz_mem_fail(err, "scan");
    for (size_t i = 0; !st && i < hz_layer_rows(units.table); i++)
        keep[i] = !units.outside || !units.outside[i];
    if (!st)
        st = hz_layer_select(units.table, keep, &cells, err);
    if (!st)
        st = hz_scanning_poisson(cells, &c, o, found, s->notice, err);
    if (!st && !s->quiet) {
        fprintf(stderr, "events: %s\n", hz_fate_text(text, sizeof text, &units.fate, HZ_ENGLISH));
        if (units.left_out)
            fprintf(stderr, "cells: %zu are less than half inside and left out\n", units.left_out);
    }
    hz_mem_free(keep);
    hz_units_clear(&units);
    hz_layer_free(areas);
    hz_layer_free(events);
    hz_layer_free(cells);
    return st;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    hz_scanning_opts o;
    hz_scanning found = { 0 };
    hz_status st = make_opts(a, &o, err);

    if (!st && a->members && !inputs_ends_with(a->members, ".csv"))
        st = hz_fail(err, HZ_EUSAGE, "--members: '%s', expected a .csv (a .gpkg of --output has "
                     "them as a layer)", a->members);
    if (!st && a->cell != 0)
        st = scan_cells(a, s, &o, &found, err);
    else if (!st && a->space_time)
        st = scan_space_time(a, s, &o, &found, err);
    else if (!st && a->value)
        st = scan_columns(a, s, &o, &found, err);
    else if (!st)
        st = scan_counted(a, s, &o, &found, err);
    if (!st)
        st = write_all(a, &found, err);
    if (!st)
        say_found(a, &found, s);
    hz_scanning_clear(&found);
    return st;
}

const command cmd_scan = {
    "scan", "Where incidents cluster beyond chance: scan statistics of space, or space and time.",
    "hotzone scan --areas areas.geojson --events events.csv --population population.csv "
    "--period 2017 -o clusters.gpkg",
    options, sizeof(args), &defaults, run
};
