/* hotzone hotspots: where counts cluster beyond chance, and how sure that is. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/inputs.h"
#include "cli/neighbours.h"
#include "cli/opt.h"
#include "hotzone/cluster.h"
#include "hotzone/csv.h"
#include "hotzone/mem.h"
#include "hotzone/source.h"
#include "hotzone/stability.h"
#include "hotzone/units.h"
#include "hotzone/vector.h"

typedef struct {
    const char *areas, *value, *id, *name, *people;
    const char *events, *study, *x, *y, *crs, *time, *time_format, *kind_column, *weight, *period;
    opt_list kind;
    double cell;
    const char *neighbours, *standardise, *method, *null, *adjust, *like, *output;
    double permutations, stop, seed, alpha, stability;
} args;

/* NAN: not given */
static const args defaults = { .neighbours = "queen", .method = "gistar", .adjust = "bh",
                               .cell = NAN, .permutations = NAN, .stop = NAN, .seed = 1,
                               .alpha = 0.05 };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 'a', "areas", "SRC", OPT_TEXT, AT(areas), "areas with a value, or a lattice: row,col,value" },
    { 'V', "value", "COLUMN", OPT_TEXT, AT(value), "of the areas: count to test (value)" },
    { 0, "population", "COLUMN", OPT_TEXT, AT(people), "of the areas: tests rates (moran only)" },
    { 'e', "events", "SRC", OPT_TEXT, AT(events), "or located events, counted by cell" },
    { 0, "cell", "M", OPT_NUMBER, AT(cell), "side of the cells in metres" },
    { 0, "study", "SRC", OPT_TEXT, AT(study),
      "where events could be: cells half inside are tested" },
    { 't', "period", "PERIOD", OPT_TEXT, AT(period),
      "of the events: 2017, 2017-06-09..2017-11-09" },
    { 'k', "kind", "WORD", OPT_LIST, AT(kind), "only this kind; may be given again" },
    { 0, "neighbours", "HOW", OPT_TEXT, AT(neighbours),
      "queen, rook, knn:K, band:M, idw:M, gal:FILE or gwt:FILE" },
    { 0, "standardise", "HOW", OPT_TEXT, AT(standardise),
      "binary (gi, gistar), row (moran), or given: weights of the file" },
    { 'm', "method", "NAME", OPT_TEXT, AT(method), "gistar, gi or moran" },
    { 0, "null", "NAME", OPT_TEXT, AT(null), "exact (where it applies), permute or analytic" },
    { 0, "permutations", "R", OPT_NUMBER, AT(permutations), "999" },
    { 0, "stop", "H", OPT_NUMBER, AT(stop), "stop a unit once both tails had H (Besag, Clifford)" },
    { 0, "seed", "N", OPT_NUMBER, AT(seed), "1" },
    { 0, "fdr", "NAME", OPT_TEXT, AT(adjust), "bh, by, or max: family-wise by whole maps" },
    { 0, "alpha", "SHARE", OPT_NUMBER, AT(alpha), "greatest q of a find (0.05)" },
    { 0, "like", "NAME", OPT_TEXT, AT(like), "spdep, esda or geoda: its conventions" },
    { 0, "stability", "N", OPT_NUMBER, AT(stability),
      "of cells: rerun on N shifted and rescaled lattices" },
    { 0, "id", "COLUMN", OPT_TEXT, AT(id), "key of the areas" },
    { 0, "name", "COLUMN", OPT_TEXT, AT(name), "name of the areas" },
    { 0, "x", "COLUMN", OPT_TEXT, AT(x), "of a table: east or longitude" },
    { 0, "y", "COLUMN", OPT_TEXT, AT(y), "of a table: north or latitude" },
    { 0, "crs", "CRS", OPT_TEXT, AT(crs), "of sources that do not say: EPSG:25832" },
    { 0, "time", "COLUMN", OPT_TEXT, AT(time), "of the events: date" },
    { 0, "time-format", "FORMAT", OPT_TEXT, AT(time_format), "of the dates: %d/%m/%y" },
    { 0, "kind-column", "COLUMN", OPT_TEXT, AT(kind_column), "of the events" },
    { 0, "weight", "COLUMN", OPT_TEXT, AT(weight), "of the events: what each counts for" },
    { 'o', "output", "FILE", OPT_TEXT, AT(output), ".csv, .gpkg or .geojson; else CSV to stdout" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

/* What the options say, and what was read. */
typedef struct {
    const args *a;
    const session *s;
    neighbours_asked links_asked;
    hz_cluster_opts opts;
    hz_place_opts place;
    hz_layer *areas, *events, *study;
    hz_units units;
    hz_cluster_found found;
} job;

static hz_status take_method(job *j, hz_error *err)
{
    static const char *const methods[] = { "gistar", "gi", "moran" };
    static const char *const nulls[] = { "exact", "permute", "analytic" };
    static const char *const adjusts[] = { "bh", "by", "max" };
    static const char *const likes[] = { "spdep", "esda", "geoda" };
    int at;
    hz_status st = opt_word("method", j->a->method, methods, 3, &at, err);
    if (!st) {
        j->opts.method = (hz_cluster_method)at;
        st = opt_word("fdr", j->a->adjust, adjusts, 3, &at, err);
    }
    if (!st) {
        j->opts.adjust = (hz_adjust_kind)at;
        if (j->a->like)
            st = opt_word("like", j->a->like, likes, 3, &at, err);
    }
    if (!st && j->a->like) {
        j->opts.like = (hz_like)(at + 1);
        j->opts.null = at == 0 ? HZ_NULL_ANALYTIC : HZ_NULL_PERMUTE;
    }
    if (!st && j->a->null)
        st = opt_word("null", j->a->null, nulls, 3, &at, err);
    if (!st && j->a->null)
        j->opts.null = (hz_null_kind)(at + 1);
    return st;
}

static hz_status check_inputs(const args *a, hz_error *err)
{
    if (!a->areas == !a->events)
        return hz_fail(err, HZ_EUSAGE, "hotspots: expected either --areas SRC or --events SRC with "
                       "--cell M");
    if (a->events && !(a->cell > 0 && isfinite(a->cell)))
        return hz_fail(err, HZ_EUSAGE, "--cell: expected the side of the cells in metres with "
                       "--events");
    if (a->areas && (!isnan(a->cell) || a->study || a->period || a->kind.count ||
                     a->stability != 0))
        return hz_fail(err, HZ_EUSAGE, "--areas: --cell, --study, --period, --kind and "
                       "--stability go with --events");
    if (a->areas && (a->time || a->time_format || a->kind_column || a->weight))
        return hz_fail(err, HZ_EUSAGE, "--areas: --time, --time-format, --kind-column and --weight "
                       "go with --events");
    if (a->events && (a->value || a->people))
        return hz_fail(err, HZ_EUSAGE, "--events: --value and --population go with --areas");
    return HZ_OK;
}

/* Replicates, their seed and when to stop, and the level of a find. */
static hz_status take_numbers(job *j, hz_error *err)
{
    const args *a = j->a;
    double permutations = isnan(a->permutations) ? 999 : a->permutations;
    double stop = isnan(a->stop) ? 0 : a->stop;
    hz_status st = opt_whole("permutations", permutations, 1, 1e8, err);
    if (!st)
        st = opt_whole("stop", stop, 0, permutations, err);
    if (!st)
        st = opt_whole("seed", a->seed, 0, 9007199254740992.0, err);
    if (!st)
        st = opt_whole("stability", a->stability, 0, HZ_STABILITY_MOST, err);
    if (!st)
        st = opt_share("alpha", a->alpha, err);
    if (st)
        return st;
    j->opts.permutations = (uint32_t)permutations;
    j->opts.stop = (uint32_t)stop;
    j->opts.seed = (uint64_t)a->seed;
    j->opts.alpha = a->alpha;
    if (j->opts.null == HZ_NULL_ANALYTIC && j->opts.adjust != HZ_ADJUST_MAX &&
        !(isnan(a->permutations) && isnan(a->stop)))
        hz_warn(j->s->notice, "--%s has no effect: the analytic null permutes nothing",
                isnan(a->permutations) ? "stop" : "permutations");
    return HZ_OK;
}

static hz_status take_options(job *j, hz_error *err)
{
    const args *a = j->a;
    hz_status st = check_inputs(a, err);
    j->opts = (hz_cluster_opts)HZ_CLUSTER_DEFAULTS;
    j->place = (hz_place_opts)HZ_PLACE_DEFAULTS;
    if (!st)
        st = take_method(j, err);
    if (!st)
        st = neighbours_take(a->neighbours, &j->links_asked, err);
    /* rows for Moran and for esda and GeoDa, sums for the rest */
    if (!st)
        st = neighbours_standardise(&j->links_asked, a->standardise,
                                    j->opts.method == HZ_LOCAL_MORAN ||
                                        j->opts.like >= HZ_LIKE_ESDA,
                                    &j->opts.weights, err);
    if (!st)
        st = take_numbers(j, err);
    if (!st)
        st = inputs_choose(a->period, &a->kind, &j->place, err);
    j->opts.people = a->people ? "population" : NULL;
    j->place.weight = a->weight;
    return st;
}

static hz_status read_areas(job *j, hz_error *err)
{
    const args *a = j->a;
    hz_source_opts how = { .x = a->x, .y = a->y, .crs = a->crs };
    const char *value = a->value ? a->value : "value";
    hz_status st = hz_source_read(a->areas, &how, &j->areas, j->s->notice, err);
    if (!st)
        st = neighbours_read(&j->links_asked, j->areas, a->id, j->s->notice, err);
    if (!st)
        st = hz_units_of_areas(j->areas, value, a->id, a->name, &j->links_asked.how, &j->units,
                               j->s->notice, err);
    if (!st && a->people) {
        const double *people = hz_layer_numbers(j->areas, a->people);
        st = people ? hz_layer_add_numbers(j->units.table, "population", people, err)
                    : hz_fail(err, HZ_EUSAGE, "%s: has no column of numbers '%s', expected the one "
                              "of --population", hz_layer_name(j->areas), a->people);
    }
    if (!st && !a->people && hz_layer_shapes(j->areas) &&
        hz_layer_shapes(j->areas)->kind == HZ_POLYGON)
        hz_warn(j->s->notice, "%s: '%s' is tested as it stands; if these are counts over areas of "
                "unequal population, hotspots show where people are: test rates (--method moran "
                "--population)", hz_layer_name(j->areas), value);
    return st;
}

static hz_status read_events(job *j, hz_error *err)
{
    const args *a = j->a;
    hz_source_opts of_study = { .crs = a->crs };
    inputs in = { .events = a->events, .x = a->x, .y = a->y, .crs = a->crs, .time = a->time,
                  .time_format = a->time_format, .kind_column = a->kind_column, .kind = a->kind };
    hz_status st = inputs_read_events(&in, a->period != NULL, a->weight, j->s, &j->place,
                                      &j->events, err);
    if (!st && a->study)
        st = hz_source_read_kind(a->study, &of_study, HZ_POLYGON, &j->study, j->s->notice, err);
    if (!st && !a->study)
        hz_warn(j->s->notice, "no --study: every cell of the events' box counts as a place where "
                "events could be");
    if (!st)
        st = hz_units_of_cells(j->events, j->study, a->cell, 0, 0, &j->place, &j->links_asked.how,
                               &j->units, j->s->notice, err);
    return st;
}

static hz_status write_result(const job *j, hz_error *err)
{
    const char *columns[HZ_CLUSTER_COLUMNS + 2], *path = j->a->output;
    size_t n = HZ_CLUSTER_COLUMNS;
    hz_text text = { 0 };
    hz_status st;

    memcpy(columns, hz_cluster_columns(), n * sizeof *columns);
    if (hz_layer_find(j->units.table, "stability") >= 0)
        columns[n++] = "stability";
    if (path && !inputs_ends_with(path, ".csv")) {
        static const hz_style_class classes[] = {
            { "hot99", "hot, q <= 0.01", 0xB2182B, false },
            { "hot95", "hot, q <= 0.05", 0xEF8A62, false },
            { "hot90", "hot, q <= 0.10", 0xFDDBC7, false },
            { "none", "not beyond chance", 0xF7F7F7, false },
            { "cold90", "cold, q <= 0.10", 0xD1E5F0, false },
            { "cold95", "cold, q <= 0.05", 0x67A9CF, false },
            { "cold99", "cold, q <= 0.01", 0x2166AC, false },
            { "high-high", "high among high", 0xB2182B, false },
            { "high-low", "high among low", 0xFDDBC7, false },
            { "low-high", "low among high", 0xD1E5F0, false },
            { "low-low", "low among low", 0x2166AC, false },
        };
        bool moran = j->opts.method == HZ_LOCAL_MORAN;
        hz_vector_style style = { "class", moran ? classes + 7 : classes, moran ? 4 : 7, 0x808080,
                                  0.1 };
        hz_vector_item item = { j->units.table, "hotspots", NULL, &style };
        return hz_vector_write(path, &item, 1, err);
    }
    st = hz_csv_write(j->units.table, columns, NULL, n, path, &text, err);
    if (!st && !path)
        fputs(hz_text_get(&text), stdout);
    hz_text_free(&text);
    return st;
}

static void say_found(const job *j)
{
    const hz_cluster_found *f = &j->found;
    char text[400];
    if (j->s->quiet)
        return;
    if (j->a->events)
        fprintf(stderr, "events: %s\n",
                hz_fate_text(text, sizeof text, &j->units.fate, HZ_ENGLISH));
    fprintf(stderr, "units: %zu, %zu tested (%zu exact, %zu permuted, %zu analytic)", f->units,
            f->tested, f->exact, f->permuted, f->analytic);
    if (f->outside)
        fprintf(stderr, ", %zu less than half inside", f->outside);
    if (f->missing)
        fprintf(stderr, ", %zu without a value", f->missing);
    if (f->no_population)
        fprintf(stderr, ", %zu without a population", f->no_population);
    if (f->islands)
        fprintf(stderr, ", %zu without neighbours", f->islands);
    if (f->fixed)
        fprintf(stderr, ", %zu whose statistic cannot vary", f->fixed);
    fprintf(stderr, "\nq <= %g: %zu %s, %zu %s\n", j->opts.alpha, f->hot,
            j->opts.method == HZ_LOCAL_MORAN ? "among high" : "hot", f->cold,
            j->opts.method == HZ_LOCAL_MORAN ? "among low" : "cold");
}

/* Whether every unit has an exact null is known only now. */
static void warn_of_unused(const job *j)
{
    const hz_cluster_found *f = &j->found;
    if (!f->permuted && f->exact && j->opts.adjust != HZ_ADJUST_MAX &&
        !(isnan(j->a->permutations) && isnan(j->a->stop)))
        hz_warn(j->s->notice, "--%s has no effect: all %zu units tested have an exact null, which "
                "permutes nothing (--null permute does)",
                isnan(j->a->permutations) ? "stop" : "permutations", f->exact);
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    job j = { .a = arguments, .s = s };
    hz_status st = take_options(&j, err);
    if (!st)
        st = j.a->areas ? read_areas(&j, err) : read_events(&j, err);
    if (!st)
        st = hz_cluster_add(j.units.table, "value", j.units.outside, j.units.links, &j.opts,
                            &j.found, s->notice, err);
    if (!st && j.a->stability > 0)
        st = hz_stability_add(&j.units, j.events, j.study, &j.place, &j.links_asked.how, &j.opts,
                              (size_t)j.a->stability, err);
    if (!st)
        st = write_result(&j, err);
    if (!st) {
        say_found(&j);
        warn_of_unused(&j);
    }
    hz_units_clear(&j.units);
    neighbours_clear(&j.links_asked);
    hz_layer_free(j.areas);
    hz_layer_free(j.events);
    hz_layer_free(j.study);
    return st;
}

const command cmd_hotspots = {
    "hotspots", "Where counts cluster beyond chance: Gi*, Gi or local Moran with an exact null.",
    "hotzone hotspots --events events.csv --cell 200 --study areas.geojson -o hotspots.gpkg",
    options, sizeof(args), &defaults, run
};
