/* hotzone rates: events per residents in each area, with their uncertainty. */
#include <stdio.h>
#include <string.h>

#include "cli/inputs.h"
#include "cli/opt.h"
#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/rating.h"
#include "hotzone/source.h"
#include "hotzone/vector.h"

typedef struct {
    inputs src;
    const char *precision, *period, *smooth, *output;
    double per, level, unstable_cv, hide_below;
    bool overlap;
} args;

static const args defaults = { .per = 1000, .level = 0.95, .unstable_cv = 0.30,
                               .smooth = "global" };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 'a', "areas", "SRC", OPT_TEXT, AT(src.areas), "districts: polygons with an id" },
    { 'e', "events", "SRC", OPT_LIST, AT(src.files),
      "located events, one per row; again for further files" },
    { 'c', "counts", "SRC", OPT_TEXT, AT(src.counts),
      "or ready-made counts: area,count[,year,kind]" },
    { 'p', "population", "SRC", OPT_LIST, AT(src.population),
      "residents by area or as points; again for another base" },
    { 't', "period", "PERIOD", OPT_TEXT, AT(period), "2017, 2017-06, 2017-06-09..2017-11-09" },
    { 'k', "kind", "WORD", OPT_LIST, AT(src.kind), "only this kind; may be given again" },
    { 0, "per", "NUMBER", OPT_NUMBER, AT(per), "residents a rate is given for (1000)" },
    { 0, "overlap", NULL, OPT_FLAG, AT(overlap), "areas overlap: count in each, sum nothing" },
    { 0, "smooth", "HOW", OPT_TEXT, AT(smooth), "global, local or none" },
    { 0, "hide-below", "N", OPT_NUMBER, AT(hide_below), "hide counts of 1 to N-1" },
    { 0, "unstable-cv", "SHARE", OPT_NUMBER, AT(unstable_cv), "unstable over this (0.30)" },
    { 0, "level", "SHARE", OPT_NUMBER, AT(level), "of the intervals (0.95)" },
    INPUT_COLUMN_OPTIONS(args, src),
    { 0, "precision", "COLUMN", OPT_TEXT, AT(precision),
      "of the events, metres: adds events_low,events_high" },
    { 'o', "output", "FILE", OPT_TEXT, AT(output), ".csv, .gpkg or .geojson; else CSV to stdout" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

static void say_fate(const args *a, const hz_rating *r, const session *s)
{
    char text[400];
    if (s->quiet)
        return;
    if (a->src.events)
        fprintf(stderr, "events: %s\n",
                (r->total_withheld ? hz_fate_text_withheld : hz_fate_text)(
                    text, sizeof text, &r->fate, HZ_ENGLISH));
    else
        inputs_say_counts(&r->counts_fate, "");
}

/* What each base lacks, named where there are several. */
static void say_population(const args *a, size_t base, const hz_rating *r, const session *s)
{
    char text[400], label[200] = "";
    if (s->quiet || base >= a->src.population.count)
        return;
    const char *source = a->src.population.item[base], *slash = strrchr(source, '/');
    if (a->src.population.count > 1)
        snprintf(label, sizeof label, " %.190s", slash ? slash + 1 : source);
    inputs_say_population(&r->population_fate, label);
    if (r->population_points.read)
        fprintf(stderr, "population%s: %s\n", label,
                hz_fate_text(text, sizeof text, &r->population_points, HZ_ENGLISH));
}

/* Add a table's lines to the text; the header, and a column that names the base where there
 * are several. */
static hz_status add_csv(hz_layer *table, const hz_layer *events, const args *a, size_t base,
                         hz_text *text, hz_error *err)
{
    const char *columns[HZ_RATING_COLUMNS + 4];
    size_t n = HZ_RATING_COLUMNS;
    hz_text part = { 0 };
    bool made_up;
    hz_status st = inputs_add_origin(&a->src, events, table, &made_up, err);

    memcpy(columns, hz_rating_columns(), n * sizeof *columns);
    if (hz_layer_find(table, "events_low") >= 0) {
        columns[n++] = "events_low";
        columns[n++] = "events_high";
    }
    if (a->src.population.count > 1) {
        const char *slash = strrchr(a->src.population.item[base], '/');
        if (!st)
            st = hz_layer_add_word(table, "denominator",
                                   slash ? slash + 1 : a->src.population.item[base], err);
        columns[n++] = "denominator";
    }
    if (made_up)
        columns[n++] = "origin";
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

static hz_status check_args(const args *a, hz_rating_input *in, hz_error *err)
{
    static const char *const ways[] = { "global", "local", "none" };
    int way = -1;
    hz_status st = inputs_check(&a->src, "rates", in, err);
    if (st)
        return st;
    if (a->src.counts && a->precision)
        return hz_fail(err, HZ_EUSAGE, "--precision: goes with --events, not with --counts");
    for (int i = 0; i < 3; i++)
        if (strcmp(a->smooth, ways[i]) == 0)
            way = i;
    if (way < 0)
        return hz_fail(err, HZ_EUSAGE, "--smooth: '%s', expected global, local or none",
                       a->smooth);
    in->rates = (hz_rates_opts){ a->per, 0, a->level, a->unstable_cv, a->hide_below,
                                 (hz_smoothing_kind)way, a->overlap, NULL };
    in->precision_m = a->precision;
    return a->period ? hz_period_parse(a->period, &in->place.period, err) : HZ_OK;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    args *a = arguments;
    hz_rating_input in = { 0 };
    hz_layer *areas = NULL, *events = NULL, *population = NULL;
    hz_rating rating = { 0 };
    hz_text csv = { 0 };
    hz_source_opts of_population = { .crs = a->src.crs };
    size_t bases = a->src.population.count ? a->src.population.count : 1;
    bool as_layer = a->output && !inputs_ends_with(a->output, ".csv");
    inputs_settle(&a->src);
    hz_status st = check_args(a, &in, err);

    if (!st && as_layer && bases > 1)
        st = hz_fail(err, HZ_EUSAGE, "%s: one base only in a layer, expected a .csv for several",
                     a->output);
    if (!st)
        st = inputs_read(&a->src, a->period != NULL, s, &in, &areas, &events, err);
    for (size_t i = 0; !st && i < bases; i++) {
        if (i < a->src.population.count)
            st = hz_source_read(a->src.population.item[i], &of_population, &population, s->notice,
                                err);
        if (!st && population)
            inputs_say_refused(population, s);
        in.population = population;
        if (!st)
            st = hz_rating_make(&in, &rating, s->notice, err);
        if (!st && as_layer) {
            hz_vector_item item = { rating.table, "rates", NULL, NULL };
            st = hz_vector_write(a->output, &item, 1, err);
        } else if (!st) {
            st = add_csv(rating.table, events, a, i, &csv, err);
        }
        if (!st && i == 0)
            say_fate(a, &rating, s);
        if (!st)
            say_population(a, i, &rating, s);
        if (!st && i == 0 && a->src.events && !a->period && a->src.population.count)
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
