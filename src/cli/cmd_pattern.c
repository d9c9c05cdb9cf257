/* hotzone pattern: is there a pattern at all, in counts by area or in the points themselves. */
#include <math.h>
#include <stdio.h>

#include "cli/inputs.h"
#include "cli/neighbours.h"
#include "cli/opt.h"
#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/pattern.h"
#include "hotzone/pattern_json.h"
#include "hotzone/source.h"
#include "hotzone/units.h"

typedef struct {
    const char *areas, *value, *id, *name;
    const char *events, *study, *x, *y, *crs, *time, *time_format, *kind_column, *period;
    const char *population, *population_column;
    opt_list kind;
    bool cross;
    double cell, reach, steps;
    const char *neighbours, *standardise, *correction, *ellipse, *functions, *output;
    double permutations, simulations, seed, alpha;
} args;

/* NAN or NULL: not given, so that what would have no effect is told from what is usual */
static const args defaults = { .cell = NAN, .reach = NAN, .steps = NAN, .permutations = NAN,
                               .simulations = NAN, .alpha = NAN, .seed = 1 };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 'a', "areas", "SRC", OPT_TEXT, AT(areas), "areas with a value, or a lattice: row,col,value" },
    { 'V', "value", "COLUMN", OPT_TEXT, AT(value), "of the areas: figure to test (value)" },
    { 'e', "events", "SRC", OPT_TEXT, AT(events), "or located events" },
    { 0, "study", "SRC", OPT_TEXT, AT(study), "where events could be; else their box" },
    { 'p', "population", "SRC", OPT_TEXT, AT(population),
      "areas with people, whom the null follows; with --areas a column: rates" },
    { 0, "population-column", "COLUMN", OPT_TEXT, AT(population_column),
      "of the population's areas (residents)" },
    { 't', "period", "PERIOD", OPT_TEXT, AT(period),
      "of the events: 2017, 2017-06-09..2017-11-09" },
    { 'k', "kind", "WORD", OPT_LIST, AT(kind), "only this kind; may be given again" },
    { 0, "cross", NULL, OPT_FLAG, AT(cross),
      "of two kinds: does the second lie about the first (cross-K)" },
    { 0, "cell", "M", OPT_NUMBER, AT(cell),
      "of the events: side of the quadrats; also tests their counts as areas" },
    { 0, "neighbours", "HOW", OPT_TEXT, AT(neighbours),
      "queen, rook, knn:K, band:M, idw:M, gal:FILE or gwt:FILE" },
    { 0, "standardise", "HOW", OPT_TEXT, AT(standardise),
      "row (sum to 1), binary, or given: weights of the file" },
    { 0, "permutations", "R", OPT_NUMBER, AT(permutations), "of the map of counts (999)" },
    { 0, "simulations", "N", OPT_NUMBER, AT(simulations), "of the points (199)" },
    { 0, "correction", "NAME", OPT_TEXT, AT(correction),
      "of the K that is tested: translation, isotropic or none" },
    { 0, "max-distance", "M", OPT_NUMBER, AT(reach), "of K (a quarter of the shorter side)" },
    { 0, "steps", "N", OPT_NUMBER, AT(steps), "of K, up to there (100)" },
    { 0, "alpha", "SHARE", OPT_NUMBER, AT(alpha), "of the band about K (0.05)" },
    { 0, "ellipse", "NAME", OPT_TEXT, AT(ellipse), "axes as yuill, crimestat or arcgis have them" },
    { 0, "seed", "N", OPT_NUMBER, AT(seed), "1" },
    { 0, "id", "COLUMN", OPT_TEXT, AT(id), "key of the areas" },
    { 0, "x", "COLUMN", OPT_TEXT, AT(x), "of a table: east or longitude" },
    { 0, "y", "COLUMN", OPT_TEXT, AT(y), "of a table: north or latitude" },
    { 0, "crs", "CRS", OPT_TEXT, AT(crs), "of sources that do not say: EPSG:25832" },
    { 0, "time", "COLUMN", OPT_TEXT, AT(time), "of the events: date" },
    { 0, "time-format", "FORMAT", OPT_TEXT, AT(time_format), "of the dates: %d/%m/%y" },
    { 0, "kind-column", "COLUMN", OPT_TEXT, AT(kind_column), "of the events" },
    { 0, "functions", "FILE", OPT_TEXT, AT(functions), "K and L with their band, .csv" },
    { 'o', "output", "FILE", OPT_TEXT, AT(output), ".json; else to stdout" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

/* What the options say, what was read, and what was found. */
typedef struct {
    const args *a;
    const session *s;
    neighbours_asked links_asked;
    hz_pattern_map_opts of_map;
    hz_pattern_opts of_points;
    hz_place_opts place;
    hz_layer *areas, *events, *study, *population;
    hz_units units;
    hz_pattern_map map;
    hz_pattern_points points;
} job;

/* An option that is given where it has no effect is a mistake. */
static hz_status check_effects(const args *a, hz_error *err)
{
    bool cells = a->events && !isnan(a->cell);
    const struct { bool given, effect; const char *option, *goes_with; } all[] = {
        { a->study, a->events, "study", "--events" },
        { a->period, a->events, "period", "--events" },
        { a->kind.count, a->events, "kind", "--events" },
        { a->time, a->events, "time", "--events" },
        { a->time_format, a->events, "time-format", "--events" },
        { a->kind_column, a->events, "kind-column", "--events" },
        { !isnan(a->cell), a->events, "cell", "--events" },
        { a->cross, a->events, "cross", "--events" },
        { a->functions, a->events, "functions", "--events" },
        { a->population_column, a->events, "population-column", "--events" },
        { !isnan(a->reach), a->events, "max-distance", "--events" },
        { !isnan(a->steps), a->events, "steps", "--events" },
        { !isnan(a->simulations), a->events, "simulations", "--events" },
        { !isnan(a->alpha), a->events, "alpha", "--events" },
        { a->correction, a->events, "correction", "--events" },
        { a->ellipse, a->events, "ellipse", "--events" },
        { a->value, a->areas, "value", "--areas" },
        { a->id, a->areas, "id", "--areas" },
        { !isnan(a->permutations), a->areas || cells, "permutations", "--areas or --cell" },
        { a->neighbours, a->areas || cells, "neighbours", "--areas or --cell" },
        { a->standardise, a->areas || cells, "standardise", "--areas or --cell" },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].given && !all[i].effect)
            return hz_fail(err, HZ_EUSAGE, "--%s: goes with %s, expected none without",
                           all[i].option, all[i].goes_with);
    return HZ_OK;
}

static hz_status check_inputs(const args *a, hz_error *err)
{
    if (!a->areas == !a->events)
        return hz_fail(err, HZ_EUSAGE, "pattern: expected either --areas SRC or --events SRC");
    hz_status st = check_effects(a, err);
    if (st)
        return st;
    if (a->cross && a->kind.count != 2)
        return hz_fail(err, HZ_EUSAGE, "--cross: %zu kinds, expected --kind twice: the second is "
                       "sought about the first", a->kind.count);
    if (a->functions && !inputs_ends_with(a->functions, ".csv"))
        return hz_fail(err, HZ_EUSAGE, "--functions: '%s', expected a .csv", a->functions);
    if (a->output && !inputs_ends_with(a->output, ".json"))
        return hz_fail(err, HZ_EUSAGE, "--output: '%s', expected a .json", a->output);
    const struct { double metres; const char *option; } sizes[] = { { a->cell, "cell" },
                                                                    { a->reach, "max-distance" } };
    for (int i = 0; i < 2; i++)
        if (sizes[i].metres <= 0 || isinf(sizes[i].metres))
            return hz_fail(err, HZ_EUSAGE, "--%s: %g, expected metres, over 0", sizes[i].option,
                           sizes[i].metres);
    return HZ_OK;
}

static hz_status take_words(job *j, hz_error *err)
{
    static const char *const edges[] = { "none", "translation", "isotropic" };
    static const char *const ellipses[] = { "yuill", "crimestat", "arcgis" };
    const args *a = j->a;
    int edge = (int)j->of_points.edge, ellipse = (int)j->of_points.ellipse;
    hz_status st = HZ_OK;
    if (a->correction)
        st = opt_word("correction", a->correction, edges, 3, &edge, err);
    if (!st && a->ellipse)
        st = opt_word("ellipse", a->ellipse, ellipses, 3, &ellipse, err);
    j->of_points.edge = (hz_edge)edge;
    j->of_points.ellipse = (hz_ellipse_kind)ellipse;
    return st;
}

static double given_or(double value, double usual)
{
    return isnan(value) ? usual : value;
}

static hz_status take_numbers(job *j, hz_error *err)
{
    const args *a = j->a;
    double permutations = given_or(a->permutations, j->of_map.permutations);
    double simulations = given_or(a->simulations, (double)j->of_points.simulations);
    double steps = given_or(a->steps, (double)j->of_points.steps);
    hz_status st = opt_whole("permutations", permutations, 1, HZ_ASSOCIATION_MAPS, err);
    if (!st)
        st = opt_whole("simulations", simulations, 1, 1e6, err);
    if (!st)
        st = opt_whole("steps", steps, 1, 1e4, err);
    if (!st)
        st = opt_whole("seed", a->seed, 0, 9007199254740992.0, err);
    if (!st && !isnan(a->alpha))
        st = opt_share("alpha", a->alpha, err);
    if (st)
        return st;
    j->of_map.permutations = (uint32_t)permutations;
    j->of_map.seed = j->of_points.seed = (uint64_t)a->seed;
    j->of_points.cell_m = given_or(a->cell, 0);
    j->of_points.reach_m = given_or(a->reach, 0);
    j->of_points.steps = (size_t)steps;
    j->of_points.simulations = (size_t)simulations;
    j->of_points.alpha = given_or(a->alpha, j->of_points.alpha);
    j->of_points.cross = a->cross;
    return HZ_OK;
}

static hz_status take_options(job *j, hz_error *err)
{
    const args *a = j->a;
    hz_status st = check_inputs(a, err);
    j->of_map = (hz_pattern_map_opts)HZ_PATTERN_MAP_DEFAULTS;
    j->of_points = (hz_pattern_opts)HZ_PATTERN_DEFAULTS;
    j->place = (hz_place_opts)HZ_PLACE_DEFAULTS;
    if (!st)
        st = neighbours_take(a->neighbours ? a->neighbours : "queen", &j->links_asked, err);
    if (!st)
        st = neighbours_standardise(&j->links_asked, a->standardise, true, &j->of_map.weights,
                                    err);
    if (!st)
        st = take_words(j, err);
    if (!st)
        st = take_numbers(j, err);
    return st ? st : inputs_choose(a->period, &a->kind, &j->place, err);
}

/* ---- counts by area ---- */

static hz_status test_areas(job *j, hz_error *err)
{
    const args *a = j->a;
    hz_source_opts how = { .x = a->x, .y = a->y, .crs = a->crs };
    const char *value = a->value ? a->value : "value";
    hz_status st = hz_source_read(a->areas, &how, &j->areas, j->s->notice, err);
    if (!st)
        st = neighbours_read(&j->links_asked, j->areas, a->id, j->s->notice, err);
    if (!st)
        st = hz_units_of_areas(j->areas, value, a->id, NULL, &j->links_asked.how, &j->units,
                               j->s->notice, err);
    if (!st && a->population) {
        const double *people = hz_layer_numbers(j->areas, a->population);
        st = people ? hz_layer_add_numbers(j->units.table, "population", people, err)
                    : hz_fail(err, HZ_EUSAGE, "%s: has no column of numbers '%s', expected the one "
                              "of --population", hz_layer_name(j->areas), a->population);
        j->of_map.people = "population";
    }
    if (!st && !a->population && hz_layer_shapes(j->areas) &&
        hz_layer_shapes(j->areas)->kind == HZ_POLYGON)
        hz_warn(j->s->notice, "%s: '%s' is tested as it stands; if these are counts over areas of "
                "unequal population, they follow where people are: test rates (--population)",
                hz_layer_name(j->areas), value);
    return st ? st : hz_pattern_of_map(j->units.table, "value", NULL, j->units.links, &j->of_map,
                                       &j->map, err);
}

static void say_map(const job *j)
{
    const hz_pattern_map *m = &j->map;
    const hz_global *g = &m->found.moran;
    double high = ((double)m->null.moran.above + m->null.moran.equal + 1) / (m->null.maps + 1.0);
    double low = ((double)m->null.moran.below + m->null.moran.equal + 1) / (m->null.maps + 1.0);
    fprintf(stderr, "units: %zu, %zu used", m->units, m->found.used);
    if (m->outside)
        fprintf(stderr, ", %zu less than half inside", m->outside);
    if (m->missing)
        fprintf(stderr, ", %zu without a figure", m->missing);
    if (m->no_population)
        fprintf(stderr, ", %zu without a population", m->no_population);
    if (m->found.islands)
        fprintf(stderr, ", %zu without neighbours", m->found.islands);
    fprintf(stderr, "\nMoran's I: %.4f, %.4f expected, p %.4g of %u permutations\n", g->value,
            g->expected, fmin(1, 2 * fmin(high, low)), (unsigned)m->null.maps);
}

/* ---- events ---- */

static hz_status read_events(job *j, hz_error *err)
{
    const args *a = j->a;
    hz_source_opts plain = { .crs = a->crs };
    inputs in = { .events = a->events, .x = a->x, .y = a->y, .crs = a->crs, .time = a->time,
                  .time_format = a->time_format, .kind_column = a->kind_column, .kind = a->kind };
    hz_status st = inputs_read_events(&in, a->period != NULL, NULL, j->s, &j->place, &j->events,
                                      err);
    if (!st && a->study)
        st = hz_source_read_kind(a->study, &plain, HZ_POLYGON, &j->study, j->s->notice, err);
    if (!st && a->population)
        st = hz_source_read_kind(a->population, &plain, HZ_POLYGON, &j->population, j->s->notice,
                                 err);
    if (!st && !a->study && !a->population)
        hz_warn(j->s->notice, "no --study: events could be anywhere in their box, which makes them "
                "look clustered wherever nobody could be");
    return st;
}

/* The counts by cell as a map; what they cannot bear is said and left out. */
static hz_status test_cells(job *j, hz_error *err)
{
    const hz_layer *study = j->study ? j->study : j->population;
    hz_error why = { HZ_OK, "" };
    hz_status st = hz_units_of_cells(j->events, study, j->a->cell, 0, 0, &j->place,
                                     &j->links_asked.how, &j->units, j->s->notice, err);
    if (st)
        return st;
    st = hz_pattern_of_map(j->units.table, "value", j->units.outside, j->units.links, &j->of_map,
                           &j->map, &why);
    if (st == HZ_EDATA) {
        hz_warn(j->s->notice, "no Moran's I: %s", why.text);
        return HZ_OK;
    }
    return st ? hz_fail(err, st, "%s", why.text) : HZ_OK;
}

static hz_status test_events(job *j, hz_error *err)
{
    const char *people = j->a->population_column ? j->a->population_column : "residents";
    hz_status st = read_events(j, err);
    if (!st)
        st = hz_pattern_of_points(j->events, j->study, j->population, people, &j->place,
                                  &j->of_points, &j->points, j->s->notice, err);
    return st || isnan(j->a->cell) ? st : test_cells(j, err);
}

static void say_points(const job *j)
{
    const hz_pattern_points *p = &j->points;
    char text[400];
    fprintf(stderr, "events: %s\n", hz_fate_text(text, sizeof text, &p->fate, HZ_ENGLISH));
    if (!p->nearest_why[0])
        fprintf(stderr, "nearest neighbours: %.4f of what is expected, p %.4g of %zu simulations\n",
                p->nearest.ratio, p->nearest_tails.p, p->simulations);
    if (!p->quadrat_why[0])
        fprintf(stderr, "quadrats of %.6g m: dispersion %.4f, p %.4g\n", p->cell_m,
                p->quadrat.dispersion, p->quadrat_tails.p);
    if (!p->k.why[0])
        fprintf(stderr, "K up to %.6g m: MAD p %.4g, DCLF p %.4g\n", p->reach_m, p->k.test.mad_p,
                p->k.test.dclf_p);
    if (!p->cross.why[0])
        fprintf(stderr, "cross-K: MAD p %.4g, DCLF p %.4g\n", p->cross.test.mad_p,
                p->cross.test.dclf_p);
}

/* ---- results ---- */

static hz_status write_functions(const job *j, hz_error *err)
{
    hz_layer *table = NULL;
    hz_status st = hz_pattern_functions(&j->points, &table, err);
    if (!st && !table)
        hz_warn(j->s->notice, "--functions: no K (%s), nothing is written", j->points.k.why);
    if (!st && table)
        st = hz_csv_write(table, hz_pattern_function_columns(), NULL, HZ_PATTERN_FUNCTION_COLUMNS,
                          j->a->functions, NULL, err);
    hz_layer_free(table);
    return st;
}

static hz_status write_result(const job *j, hz_error *err)
{
    hz_text text = { 0 };
    hz_status st = hz_pattern_json(j->map.units ? &j->map : NULL, j->a->events ? &j->points : NULL,
                                   &text, err);
    if (!st && j->a->functions)
        st = write_functions(j, err);
    if (!st && j->a->output)
        st = hz_file_write(j->a->output, text.data, text.length, err);
    else if (!st)
        fputs(hz_text_get(&text), stdout);
    hz_text_free(&text);
    return st;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    job j = { .a = arguments, .s = s };
    hz_status st = take_options(&j, err);
    if (!st)
        st = j.a->areas ? test_areas(&j, err) : test_events(&j, err);
    if (!st)
        st = write_result(&j, err);
    if (!st && !s->quiet && j.a->events)
        say_points(&j);
    if (!st && !s->quiet && j.map.units)
        say_map(&j);
    hz_pattern_points_clear(&j.points);
    hz_units_clear(&j.units);
    neighbours_clear(&j.links_asked);
    hz_layer_free(j.areas);
    hz_layer_free(j.events);
    hz_layer_free(j.study);
    hz_layer_free(j.population);
    return st;
}

const command cmd_pattern = {
    "pattern", "Is there a pattern at all: Moran's I, Geary's C, G; nearest neighbours, K, ellipse.",
    "hotzone pattern --events events.csv --study areas.geojson --functions l.csv -o pattern.json",
    options, sizeof(args), &defaults, run
};
