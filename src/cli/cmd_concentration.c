/* hotzone concentration: how concentrated events are, beside what chance alone would do. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/inputs.h"
#include "cli/opt.h"
#include "hotzone/concentration.h"
#include "hotzone/concentration_note.h"
#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/source.h"

typedef struct {
    inputs src;
    const char *value, *study, *period, *share, *group, *curve, *output;
    opt_list cell;
    double replicates, seed;
} args;

static const args defaults = { .replicates = 999, .seed = 1 };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 'a', "areas", "SRC", OPT_TEXT, AT(src.areas), "areas to measure over" },
    { 0, "value", "COLUMN", OPT_TEXT, AT(value), "of the areas: events in each" },
    { 'e', "events", "SRC", OPT_TEXT, AT(src.events), "or located events, one per row" },
    { 'c', "counts", "SRC", OPT_TEXT, AT(src.counts), "or ready-made counts: area,count" },
    { 0, "cell", "M", OPT_LIST, AT(cell),
      "events by square cells of so many metres, too; may be given again" },
    { 0, "study", "SRC", OPT_TEXT, AT(study),
      "where events could be: cells half inside count (the areas)" },
    { 0, "share", "NAME", OPT_TEXT, AT(share),
      "even over equal places, area or population (equal; population if given)" },
    { 'p', "population", "SRC", OPT_LIST, AT(src.population),
      "residents by area or as points; with --value a column" },
    { 0, "group", "COLUMN", OPT_TEXT, AT(group),
      "of the areas: Theil within and between these groups" },
    { 't', "period", "PERIOD", OPT_TEXT, AT(period), "2017, 2017-06, 2017-06-09..2017-11-09" },
    { 'k', "kind", "WORD", OPT_LIST, AT(src.kind), "only this kind; may be given again" },
    { 'n', "replicates", "N", OPT_NUMBER, AT(replicates), "of what chance alone would do (999)" },
    { 0, "seed", "N", OPT_NUMBER, AT(seed), "of the replicates (1)" },
    INPUT_COLUMN_OPTIONS(args, src),
    { 0, "curve", "FILE", OPT_TEXT, AT(curve), "the Lorenz curves with their expectation, .csv" },
    { 'o', "output", "FILE", OPT_TEXT, AT(output), ".csv or .json; else CSV to stdout" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

enum { UNITS_MOST = OPT_LIST_MOST + 1 };

typedef struct {
    const args *a;
    const session *s;
    hz_concentration_opts opts;
    double side[OPT_LIST_MOST];
    hz_rating_input in;
    hz_layer *areas, *events, *study, *population;
    hz_concentration found[UNITS_MOST];
    char name[UNITS_MOST][80];
    size_t count;
    bool made_up;
} job;

/* ------------------------------------------------------------------ options */

static hz_status take_share(job *j, hz_error *err)
{
    const args *a = j->a;
    bool people = a->src.population.count > 0;
    j->opts.share = people ? HZ_SHARE_POPULATION : HZ_SHARE_EQUAL;
    if (!a->share)
        return HZ_OK;
    for (int k = HZ_SHARE_EQUAL; k <= HZ_SHARE_POPULATION; k++)
        if (strcmp(a->share, hz_share_name((hz_share_kind)k)) == 0) {
            j->opts.share = (hz_share_kind)k;
            if (people == (k == HZ_SHARE_POPULATION))
                return HZ_OK;
            return hz_fail(err, HZ_EUSAGE, "--share: population goes with --population, expected "
                           "both or neither");
        }
    return hz_fail(err, HZ_EUSAGE, "--share: '%s', expected equal, area or population", a->share);
}

static hz_status take_cells(job *j, hz_error *err)
{
    const opt_list *l = &j->a->cell;
    for (size_t i = 0; i < l->count; i++) {
        if (!hz_number_parse(l->item[i], strlen(l->item[i]), '.', &j->side[i]) ||
            !(j->side[i] > 0))
            return hz_fail(err, HZ_EUSAGE, "--cell: '%s', expected a side in metres, over 0",
                           l->item[i]);
        for (size_t k = 0; k < i; k++)
            if (!(j->side[k] < j->side[i]) && !(j->side[k] > j->side[i]))
                return hz_fail(err, HZ_EUSAGE, "--cell: %g given twice, expected different sides",
                               j->side[i]);
    }
    return HZ_OK;
}

static hz_status check_sources(const args *a, hz_error *err)
{
    int sources = !!a->value + !!a->src.events + !!a->src.counts;
    if (sources != 1)
        return hz_fail(err, HZ_EUSAGE, "concentration: expected one of --value COLUMN, --events SRC "
                       "or --counts SRC");
    if (!a->src.events && (a->cell.count || a->study))
        return hz_fail(err, HZ_EUSAGE, "--cell and --study: count --events, expected them");
    if (!a->src.areas && (!a->src.events || !a->cell.count))
        return hz_fail(err, HZ_EUSAGE, "concentration: expected --areas SRC, or --events SRC with "
                       "--cell M");
    if (a->value && (a->period || a->src.kind.count))
        return hz_fail(err, HZ_EUSAGE, "--value: is counted already, expected neither --period nor "
                       "--kind");
    if (a->src.population.count > 1)
        return hz_fail(err, HZ_EUSAGE, "--population: given %zu times, expected once",
                       a->src.population.count);
    return HZ_OK;
}

static hz_status take_options(job *j, hz_error *err)
{
    const args *a = j->a;
    hz_status st = check_sources(a, err);
    j->opts = (hz_concentration_opts)HZ_CONCENTRATION_DEFAULTS;
    if (!st)
        st = take_share(j, err);
    if (!st)
        st = take_cells(j, err);
    if (!st)
        st = opt_whole("replicates", a->replicates, 19, 99999, err);
    if (!st)
        st = opt_whole("seed", a->seed, 0, 9007199254740992.0, err);
    if (!st && a->curve && !inputs_ends_with(a->curve, ".csv"))
        st = hz_fail(err, HZ_EUSAGE, "--curve: '%s', expected a .csv", a->curve);
    if (!st && a->output && !inputs_ends_with(a->output, ".csv") &&
        !inputs_ends_with(a->output, ".json"))
        st = hz_fail(err, HZ_EUSAGE, "--output: '%s', expected a .csv or .json", a->output);
    if (!st && a->src.areas && !a->value)
        st = inputs_check(&a->src, "concentration", &j->in, err);
    if (!st && !a->src.areas) {
        j->in.place = (hz_place_opts)HZ_PLACE_DEFAULTS;
        j->in.place.kinds = a->src.kind.count ? a->src.kind.item : NULL;
        j->in.place.kind_count = a->src.kind.count;
        j->in.population_columns.value = a->src.population_column;
    }
    if (!st && a->period && (st = hz_period_parse(a->period, &j->in.place.period, err)))
        st = hz_fail_within(err, "--period");
    if (st)
        return st;
    j->opts.replicates = (size_t)a->replicates;
    j->opts.seed = (uint64_t)a->seed;
    j->in.rates = (hz_rates_opts)HZ_RATES_DEFAULTS;
    j->in.rates.years = 0;
    j->in.rates.smoothing = HZ_SMOOTH_NONE;
    return HZ_OK;
}

/* ------------------------------------------------------------------ places */

/* Areas and cells of made-up events, areas or people give made-up figures. */
static void find_origin(job *j)
{
    const args *a = j->a;
    const char *const from[] = { a->src.areas, a->src.events, a->src.counts,
                                 a->src.population.count ? a->src.population.item[0] : NULL };
    for (size_t i = 0; i < sizeof from / sizeof *from; i++)
        j->made_up |= from[i] && strstr(from[i], "synthetic");
    j->made_up |= j->events && hz_layer_find(j->events, "synthetic_id") >= 0;
}

static const char *base_column(const job *j)
{
    return j->opts.share == HZ_SHARE_EQUAL ? NULL
           : j->opts.share == HZ_SHARE_AREA ? "area_m2" : "population";
}

static hz_status find(job *j, const hz_layer *places, const unsigned char *outside,
                      const hz_concentration_columns *c, hz_error *err)
{
    hz_status st = hz_concentration_find(places, outside, c, &j->opts, &j->found[j->count], err);
    if (!st)
        j->count++;
    return st;
}

/* Areas that hold their counts, and perhaps their population. */
static hz_status measure_columns(job *j, hz_error *err)
{
    const args *a = j->a;
    hz_concentration_columns c = { a->value, base_column(j), a->group };
    hz_source_opts how = { .crs = a->src.crs };
    hz_status st = hz_source_read(a->src.areas, &how, &j->areas, j->s->notice, err);
    if (!st)
        inputs_say_refused(j->areas, j->s);
    if (!st && j->opts.share == HZ_SHARE_AREA)
        st = hz_concentration_ready_areas(j->areas, j->s->notice, err);
    if (j->opts.share == HZ_SHARE_POPULATION)
        c.base = a->src.population.item[0];
    if (!st)
        snprintf(j->name[j->count], sizeof *j->name, "%s", hz_layer_name(j->areas));
    return st ? st : find(j, j->areas, NULL, &c, err);
}

/* The groups of the areas, row by row, beside their counts. */
static hz_status copy_groups(const job *j, hz_layer *table, hz_error *err)
{
    int column = hz_layer_find(j->areas, j->a->group);
    size_t n = hz_layer_rows(j->areas);
    if (column < 0 || hz_layer_column_kind(j->areas, (size_t)column) != HZ_TEXTS)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s' of texts, expected the groups",
                       hz_layer_name(j->areas), j->a->group);
    const char **texts = hz_mem_new(n, sizeof *texts);
    if (!texts)
        return hz_mem_fail(err, "concentration");
    for (size_t i = 0; i < n; i++)
        texts[i] = hz_layer_text_at(j->areas, (size_t)column, i);
    hz_status st = hz_layer_add_texts(table, "group", texts, err);
    hz_mem_free(texts);
    return st;
}

static hz_status measure_areas(job *j, hz_error *err)
{
    hz_concentration_columns c = { "events", base_column(j), j->a->group ? "group" : NULL };
    hz_rating rating = { 0 };
    char text[400];
    hz_status st = hz_rating_make(&j->in, &rating, j->s->notice, err);
    if (!st && j->a->group)
        st = copy_groups(j, rating.table, err);
    if (!st && j->opts.share == HZ_SHARE_AREA)
        st = hz_concentration_ready_areas(rating.table, j->s->notice, err);
    if (!st) {
        snprintf(j->name[j->count], sizeof *j->name, "%s", hz_layer_name(j->areas));
        st = find(j, rating.table, NULL, &c, err);
    }
    if (!st && !j->s->quiet) {
        if (j->a->src.events)
            fprintf(stderr, "events: %s\n",
                    hz_fate_text(text, sizeof text, &rating.fate, HZ_ENGLISH));
        else
            inputs_say_counts(&rating.counts_fate, "");
        inputs_say_population(&rating.population_fate, "");
    }
    hz_rating_clear(&rating);
    return st;
}

/* The people of each cell: cells are areas like others. */
static hz_status add_people(const job *j, hz_units *cells, hz_error *err)
{
    hz_rating_input in = j->in;
    hz_rating rating = { 0 };
    in.areas = cells->table;
    in.events = j->events;
    in.id = "id";
    in.name = NULL;
    hz_status st = hz_rating_make(&in, &rating, NULL, err);
    if (!st)
        st = hz_layer_add_numbers(cells->table, "population",
                                  hz_layer_numbers(rating.table, "population"), err);
    hz_rating_clear(&rating);
    return st ? hz_fail_within(err, "cells") : HZ_OK;
}

static hz_status measure_cells(job *j, double side, bool first, hz_error *err)
{
    const hz_layer *study = j->study ? j->study : j->areas;
    const hz_neighbours none = { .kind = HZ_ROOK };
    hz_concentration_columns c = { "value", base_column(j), j->a->group ? "group" : NULL };
    hz_units cells = { 0 };
    char text[400];
    hz_status st = hz_units_of_cells(j->events, study, side, 0, 0, &j->in.place, &none, &cells,
                                     first ? j->s->notice : NULL, err);
    if (!st)
        st = hz_concentration_ready_cells(&cells, study, j->a->group, err);
    if (!st && j->opts.share == HZ_SHARE_POPULATION)
        st = add_people(j, &cells, err);
    if (!st) {
        snprintf(j->name[j->count], sizeof *j->name, "cells of %.10g m", side);
        st = find(j, cells.table, cells.outside, &c, err);
    }
    if (!st && first && !j->a->src.areas && !j->s->quiet)
        fprintf(stderr, "events: %s\n", hz_fate_text(text, sizeof text, &cells.fate, HZ_ENGLISH));
    hz_units_clear(&cells);
    return st;
}

static hz_status read_sources(job *j, hz_error *err)
{
    const args *a = j->a;
    hz_source_opts how = { .crs = a->src.crs };
    bool dated = a->period != NULL;
    hz_status st = a->src.areas
                       ? inputs_read(&a->src, dated, j->s, &j->in, &j->areas, &j->events, err)
                       : inputs_read_events(&a->src, dated, NULL, j->s, &j->in.place, &j->events,
                                            err);
    if (!st && a->study)
        st = hz_source_read_kind(a->study, &how, HZ_POLYGON, &j->study, j->s->notice, err);
    if (!st && a->src.population.count)
        st = hz_source_read(a->src.population.item[0], &how, &j->population, j->s->notice, err);
    j->in.population = j->population;
    if (!st && a->cell.count && !j->study && !j->areas)
        hz_warn(j->s->notice, "no --study: every cell of the events' box counts as a place where "
                "events could be");
    return st;
}

static hz_status measure(job *j, hz_error *err)
{
    if (j->a->value)
        return measure_columns(j, err);
    hz_status st = read_sources(j, err);
    if (!st && j->areas)
        st = measure_areas(j, err);
    for (size_t i = 0; !st && i < j->a->cell.count; i++)
        st = measure_cells(j, j->side[i], i == 0, err);
    if (!st && j->count == 1 && j->a->src.events)
        hz_warn(j->s->notice, "measured over one set of places: the figures depend on their size, "
                "give --cell once more to see how much");
    return st;
}

/* ------------------------------------------------------------------ results */

static hz_status write_table(const job *j, hz_layer *table, const char *const *columns, size_t n,
                             const char *path, hz_error *err)
{
    const char *all[16];
    hz_text text = { 0 };
    hz_status st = HZ_OK;
    memcpy(all, columns, n * sizeof *columns);
    if (j->made_up) {
        st = hz_layer_add_word(table, "origin", "synthetic", err);
        all[n++] = "origin";
    }
    if (!st)
        st = hz_csv_write(table, all, NULL, n, path, &text, err);
    if (!st && !path)
        fputs(hz_text_get(&text), stdout);
    hz_text_free(&text);
    return st;
}

static hz_status write_json(const job *j, const char *const *units, hz_error *err)
{
    hz_text text = { 0 };
    hz_status st = hz_concentration_json(j->found, units, j->count, j->made_up, &text, err);
    if (!st)
        st = hz_file_write(j->a->output, hz_text_get(&text), text.length, err);
    hz_text_free(&text);
    return st;
}

static hz_status write_all(const job *j, hz_error *err)
{
    const char *units[UNITS_MOST];
    hz_layer *summary = NULL, *curves = NULL;
    size_t n;
    hz_status st = HZ_OK;
    for (size_t i = 0; i < j->count; i++)
        units[i] = j->name[i];
    if (j->a->curve) {
        const char *const *columns = hz_concentration_columns_of_curve(&n);
        st = hz_concentration_curves(j->found, units, j->count, &curves, err);
        if (!st)
            st = write_table(j, curves, columns, n, j->a->curve, err);
    }
    if (!st && j->a->output && inputs_ends_with(j->a->output, ".json")) {
        st = write_json(j, units, err);
    } else if (!st) {
        const char *const *columns = hz_concentration_columns_of_summary(&n);
        st = hz_concentration_summary(j->found, units, j->count, &summary, err);
        if (!st)
            st = write_table(j, summary, columns, n, j->a->output, err);
    }
    hz_layer_free(summary);
    hz_layer_free(curves);
    return st;
}

static void say_found(const job *j)
{
    for (size_t i = 0; i < j->count && !j->s->quiet; i++) {
        const hz_concentration *f = &j->found[i];
        const hz_measure *g = &f->measure[HZ_MEASURE_GINI];
        fprintf(stderr, "%s: %.0f events over %zu places, %zu with any", j->name[i], f->events,
                f->places, f->with_events);
        if (f->left_out)
            fprintf(stderr, " (places left out: %zu, with events: %.0f)", f->left_out,
                    f->events_left_out);
        fprintf(stderr, "; Gini %.3f, by chance alone %.3f (%.3f to %.3f), p %.3g\n", g->value,
                g->expected, g->low, g->high, g->p);
    }
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    job j = { .a = arguments, .s = s };
    hz_status st = take_options(&j, err);
    if (!st)
        st = measure(&j, err);
    if (!st) {
        find_origin(&j);
        st = write_all(&j, err);
    }
    if (!st)
        say_found(&j);
    hz_layer_free(j.areas);
    hz_layer_free(j.events);
    hz_layer_free(j.study);
    hz_layer_free(j.population);
    return st;
}

const command cmd_concentration = {
    "concentration", "How few places hold most events, beside what chance alone would do.",
    "hotzone concentration --events events.csv --study areas.geojson --cell 200 --cell 500 "
    "-o concentration.json --curve lorenz.csv",
    options, sizeof(args), &defaults, run
};
