/* hotzone focus: is a geographic focus too narrow? */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/inputs.h"
#include "hotzone/caption_focus.h"
#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/focusing.h"
#include "hotzone/mem.h"
#include "hotzone/source.h"
#include "hotzone/vector.h"

typedef struct {
    inputs src;
    const char *focus, *period, *earlier, *by, *published, *precision, *output;
    const char *residents, *towns, *town_id, *town_name, *register_date;
    opt_list previous;
    double level, min_outside, alpha_excess, alpha_scan, replicates, jitters, cell, seed, hide_below, round;
    bool within, merge_towns;
} args;

static const args defaults = { .level = 95, .min_outside = 25, .alpha_excess = 0.025,
                               .alpha_scan = 0.025, .replicates = 999, .jitters = 199,
                               .cell = 500, .seed = 1, .hide_below = 5 };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 'a', "areas", "SRC", OPT_TEXT, AT(src.areas), "districts, with or without shapes" },
    { 'e', "events", "SRC", OPT_TEXT, AT(src.events), "located incidents; or" },
    { 'c', "counts", "SRC", OPT_TEXT, AT(src.counts), "ready-made counts by area; or" },
    { 0, "published", "IN/ALL", OPT_TEXT, AT(published), "two published figures alone: 21/38" },
    { 'p', "population", "SRC", OPT_LIST, AT(src.population), "residents by area" },
    { 'f', "focus", "WHERE", OPT_TEXT, AT(focus),
      "ids or names of areas, commas between; or polygons: SRC" },
    { 't', "period", "PERIOD", OPT_TEXT, AT(period), "2017, 2017-06, 2017-06-09..2017-11-09" },
    { 0, "earlier", "PERIOD", OPT_TEXT, AT(earlier),
      "ranks the areas to add, scored on the rest (the first half)" },
    { 0, "by", "HOW", OPT_TEXT, AT(by), "month, quarter or year: periods of the shift" },
    { 'k', "kind", "WORD", OPT_LIST, AT(src.kind), "only this kind; may be given again" },
    { 0, "precision", "COLUMN", OPT_TEXT, AT(precision), "of the events, metres" },
    { 0, "min-outside", "PERCENT", OPT_NUMBER, AT(min_outside), "share outside that matters (25)" },
    { 0, "alpha-excess", "SHARE", OPT_NUMBER, AT(alpha_excess), "q of an area outside (0.025)" },
    { 0, "alpha-scan", "SHARE", OPT_NUMBER, AT(alpha_scan), "p of a cluster outside (0.025)" },
    { 0, "level", "PERCENT", OPT_NUMBER, AT(level), "of the intervals (95)" },
    { 0, "replicates", "R", OPT_NUMBER, AT(replicates), "of the scan (999)" },
    { 0, "jitters", "R", OPT_NUMBER, AT(jitters), "redraws within the precision (199)" },
    { 0, "cell", "M", OPT_NUMBER, AT(cell), "side of the cells of another scale (500); 0: none" },
    { 0, "within", NULL, OPT_FLAG, AT(within), "leave out events in none of the areas" },
    { 0, "seed", "N", OPT_NUMBER, AT(seed), "1" },
    { 'r', "residents", "SRC", OPT_TEXT, AT(residents),
      "registered people as points: counted, small counts hidden" },
    { 0, "towns", "SRC", OPT_TEXT, AT(towns), "polygons beyond the areas to count them in" },
    { 0, "town-id", "COLUMN", OPT_TEXT, AT(town_id), "key of the towns" },
    { 0, "town-name", "COLUMN", OPT_TEXT, AT(town_name), "name of the towns" },
    { 0, "merge-towns", NULL, OPT_FLAG, AT(merge_towns), "one figure for all towns" },
    { 0, "hide-below", "N", OPT_NUMBER, AT(hide_below), "hide residents of 1 .. N-1 (5)" },
    { 0, "round", "BASE", OPT_NUMBER, AT(round), "or round all residents to multiples of it" },
    { 0, "register-date", "DATE", OPT_TEXT, AT(register_date), "of the residents, 2018-06-01" },
    { 0, "previous", "PATH", OPT_LIST, AT(previous),
      "focus.json, or directory of a run: told of them before; may be given again" },
    INPUT_COLUMN_OPTIONS(args, src),
    { 'o', "output", "FILE", OPT_TEXT, AT(output),
      "focus.json: everything; .csv, .gpkg or .geojson: areas; else the statement" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

static hz_status make_opts(const args *a, hz_focus_opts *o, hz_error *err)
{
    hz_status st = opt_whole("replicates", a->replicates, 1, 1e6, err);
    if (!st)
        st = opt_whole("jitters", a->jitters, 0, 1e5, err);
    if (!st)
        st = opt_whole("seed", a->seed, 0, 9007199254740992.0, err);
    if (!st && !(a->level > 0 && a->level < 100))
        st = hz_fail(err, HZ_EUSAGE, "--level: %g, expected per cent between 0 and 100", a->level);
    if (!st && !(a->min_outside > 0 && a->min_outside < 100))
        st = hz_fail(err, HZ_EUSAGE, "--min-outside: %g, expected per cent between 0 and 100",
                     a->min_outside);
    if (st)
        return st;
    *o = (hz_focus_opts){ a->level / 100, a->min_outside / 100, a->alpha_excess, a->alpha_scan,
                          (size_t)a->replicates, (size_t)a->jitters, a->cell, (uint64_t)a->seed,
                          a->within, false };
    return HZ_OK;
}

/* "21/38". */
static hz_status read_published(const char *text, double *inside, double *total, hz_error *err)
{
    char rest;
    if (sscanf(text, "%lf/%lf%c", inside, total, &rest) != 2)
        return hz_fail(err, HZ_EUSAGE, "--published: '%s', expected events inside and in all, as "
                       "21/38", text);
    return HZ_OK;
}

/* Names of files have a dot, a slash, a bar or a colon; names of areas hardly ever: a file is looked
 * for only where there is one, so that an area `a` is not mistaken for a folder of that name. */
static bool is_source(const char *focus)
{
    FILE *file = !strpbrk(focus, "|:") && strpbrk(focus, "./") ? fopen(focus, "rb") : NULL;
    if (file)
        fclose(file);
    return file || strpbrk(focus, "|:") || inputs_ends_with(focus, ".gpkg") ||
           inputs_ends_with(focus, ".geojson") || inputs_ends_with(focus, ".shp") ||
           inputs_ends_with(focus, ".fgb");
}

static hz_status take_by(const args *a, hz_focusing_input *in, hz_error *err)
{
    static const char *const words[] = { "month", "quarter", "year" };
    for (int k = 0; a->by && k < 3; k++)
        if (strcmp(a->by, words[k]) == 0) {
            in->by = (hz_series_by)k;
            in->by_given = true;
        }
    if (a->by && !in->by_given)
        return hz_fail(err, HZ_EUSAGE, "--by: '%s', expected month, quarter or year", a->by);
    return HZ_OK;
}

static hz_status write_areas(const char *path, hz_layer *areas, bool made_up, hz_error *err)
{
    enum { COLUMNS_MOST = 24 };
    size_t n = 0;
    const char *const *own = hz_focus_area_columns(&n);
    const char *columns[COLUMNS_MOST];
    memcpy(columns, own, n * sizeof *own);
    if (made_up)
        columns[n++] = "origin";
    const hz_vector_item item = { areas, "focus", NULL, NULL };
    hz_text csv = { 0 };
    if (!inputs_ends_with(path, ".csv"))
        return hz_vector_write(path, &item, 1, err);
    hz_status st = hz_csv_write(areas, columns, NULL, n, NULL, &csv, err);
    if (!st)
        st = hz_file_write(path, csv.data, csv.length, err);
    hz_text_free(&csv);
    return st;
}

static hz_status write(const args *a, const hz_caption_focus *facts, hz_layer *areas,
                       const session *s, hz_error *err)
{
    hz_text text = { 0 };
    hz_status st = HZ_OK;
    if (a->output && inputs_ends_with(a->output, ".json")) {
        st = hz_caption_focus_json(facts, &text, err);
        if (!st)
            st = hz_file_write(a->output, text.data, text.length, err);
    } else if (a->output && areas) {
        st = write_areas(a->output, areas, facts->made_up, err);
    } else if (a->output) {
        st = hz_fail(err, HZ_EUSAGE, "--output: '%s', expected a .json: two published figures have "
                     "no areas", a->output);
    }
    hz_text_free(&text);
    if (st || (a->output && s->quiet))
        return st;
    hz_caption_focus_statement(facts, HZ_ENGLISH, &text);
    hz_text_add(&text, "\n");
    hz_caption_focus_rule(facts, HZ_ENGLISH, &text);
    if (facts->residents) {
        hz_text_add(&text, "\nResidents: ");
        hz_caption_residents_account(facts, HZ_ENGLISH, &text);
        hz_caption_residents_method(facts, HZ_ENGLISH, &text);
    }
    if (text.failed)
        st = hz_mem_fail(err, "focus");
    else
        fprintf(a->output ? stderr : stdout, "%s\n", hz_text_get(&text));
    hz_text_free(&text);
    return st;
}

static hz_status run_published(const args *a, const hz_focus_opts *o, const session *s,
                               hz_error *err)
{
    double inside = 0, total = 0;
    hz_focus focus = { 0 };
    const hz_caption_focus facts = { .focus = &focus, .opts = o, .name = { a->focus, a->focus } };
    hz_status st = HZ_OK;
    if (a->src.areas || a->src.events || a->src.counts)
        return hz_fail(err, HZ_EUSAGE, "--published: stands alone, expected no areas, events or "
                       "counts beside it");
    st = read_published(a->published, &inside, &total, err);
    if (!st)
        st = hz_focus_published(inside, total, o, &focus, err);
    if (!st)
        st = write(a, &facts, NULL, s, err);
    hz_focus_clear(&focus);
    return st;
}

static void say(const args *a, const hz_focusing *found, const session *s)
{
    char text[400];
    if (!s->quiet && a->src.events)
        fprintf(stderr, "events: %s\n",
                hz_fate_text(text, sizeof text, &found->fate, HZ_ENGLISH));
}

static hz_status check_date(const char *text, hz_error *err)
{
    if (!text || hz_date_is_day(text))
        return HZ_OK;
    return hz_fail(err, HZ_EUSAGE, "--register-date: '%s', expected a date as 2018-06-01", text);
}

static hz_status read_previous(const args *a, hz_residents_earlier *told, hz_error *err)
{
    hz_status st = HZ_OK;
    if (!a->residents && (a->previous.count || a->register_date))
        return hz_fail(err, HZ_EUSAGE, "--%s: goes with --residents, expected both or neither",
                       a->previous.count ? "previous" : "register-date");
    st = check_date(a->register_date, err);
    for (size_t i = 0; !st && i < a->previous.count; i++) {
        size_t before = told->n;
        st = hz_residents_earlier_add(told, a->previous.item[i], err);
        if (!st && told->n == before)
            st = hz_fail(err, HZ_EDATA, "%s: tells of no residents, expected a run that counted them",
                         a->previous.item[i]);
    }
    for (size_t i = 1; !st && i < told->n; i++)
        if (strcmp(told->item[i].name, told->item[0].name) != 0)
            st = hz_fail(err, HZ_EUSAGE, "--previous: of '%s' and of '%s', expected releases of the same "
                         "people", told->item[0].name, told->item[i].name);
    return st;
}

/* Of people nothing is read but where they live, and whether they are made up; and nothing is said of
 * their rows but in the account, where small numbers are hidden. */
static hz_status read_residents(const args *a, const session *s, hz_layer **residents,
                                hz_layer **towns, hz_error *err)
{
    static const char *const wanted[] = { "synthetic_id", "origin" };
    const hz_source_opts of_people = { .crs = a->src.crs, .only = wanted, .only_count = 2,
                                       .only_if_there = true };
    const hz_source_opts of_towns = { .crs = a->src.crs };
    hz_status st = HZ_OK;
    if (!a->residents && (a->towns || a->town_id || a->town_name || a->merge_towns || a->round != 0))
        return hz_fail(err, HZ_EUSAGE, "--%s: goes with --residents, expected both or neither",
                       a->towns ? "towns" : a->town_id ? "town-id" : a->town_name ? "town-name"
                       : a->merge_towns ? "merge-towns" : "round");
    if (a->residents && !a->towns && (a->town_id || a->town_name || a->merge_towns))
        return hz_fail(err, HZ_EUSAGE, "--%s: goes with --towns, expected both or neither",
                       a->town_id ? "town-id" : a->town_name ? "town-name" : "merge-towns");
    if (a->residents)
        st = opt_people_rule(a->hide_below, a->round, err);
    if (!st && a->residents)
        st = hz_source_read_kind(a->residents, &of_people, HZ_POINT, residents, NULL, err);
    if (!st && a->towns)
        st = hz_source_read_kind(a->towns, &of_towns, HZ_POLYGON, towns, s->notice, err);
    return st;
}

/* Made-up data is called so where it is written: notes, and the origin of every row. */
static hz_status tell_origin(const args *a, const hz_layer *events, const hz_layer *residents,
                             hz_focusing *found, hz_caption_focus *facts, const char *notes[2],
                             hz_error *err)
{
    hz_status st = inputs_add_origin(&a->src, events, found->focus.areas, &facts->made_up, err);
    facts->residents_made_up = residents && inputs_is_made_up(a->residents, residents);
    if (!st && facts->residents_made_up)
        st = hz_layer_add_word(found->residents.table, "origin", "synthetic", err);
    if (facts->made_up)
        notes[facts->note_count++] = "the events are synthetic, made up";
    if (facts->residents_made_up)
        notes[facts->note_count++] = "the residents are synthetic, made up";
    facts->notes = notes;
    return st;
}

static hz_status run_areas(const args *a, const hz_focus_opts *o, const session *s, hz_error *err)
{
    const char *names[INPUT_NAMES_MOST];
    hz_rating_input rating = { 0 };
    hz_focusing_input in = { .rating = &rating, .opts = o };
    hz_focusing found = { 0 };
    hz_layer *areas = NULL, *events = NULL, *population = NULL, *focus = NULL;
    hz_layer *residents = NULL, *towns = NULL;
    hz_residents_earlier told = { 0 };
    hz_source_opts of_focus = { .crs = a->src.crs }, of_table = { .no_shapes = false };
    hz_period earlier;
    char *copy = NULL, ranked[64], scored[64];
    inputs src = a->src;
    hz_status st = inputs_check(&a->src, "focus", &rating, err);

    if (!st && !a->focus)
        st = hz_fail(err, HZ_EUSAGE, "focus: expected --focus with areas or polygons");
    if (!st && a->src.population.count > 1)
        st = hz_fail(err, HZ_EUSAGE, "--population: given %zu times, expected once",
                     a->src.population.count);
    if (!st && a->period && (st = hz_period_parse(a->period, &rating.place.period, err)))
        st = hz_fail_within(err, "--period");
    if (!st && a->earlier && (st = hz_period_parse(a->earlier, &earlier, err)))
        st = hz_fail_within(err, "--earlier");
    if (!st)
        st = take_by(a, &in, err);
    if (!st && a->precision && !a->src.events)
        st = hz_fail(err, HZ_EUSAGE, "--precision: goes with --events, expected both or neither");
    rating.rates = (hz_rates_opts)HZ_RATES_DEFAULTS;
    rating.rates.years = 0;
    rating.precision_m = a->precision;
    src.dates_optional = !a->period;
    if (!st)
        st = inputs_read(&src, true, s, &rating, &areas, &events, err);
    if (!st && a->src.population.count) {
        st = hz_source_read(a->src.population.item[0], &of_table, &population, s->notice, err);
        if (!st)
            inputs_say_refused(population, s);
        rating.population = population;
    }
    if (!st && is_source(a->focus)) {
        st = hz_source_read_kind(a->focus, &of_focus, HZ_POLYGON, &focus, s->notice, err);
        in.focus_area = focus;
    } else if (!st) {
        copy = hz_mem_text(a->focus);
        st = copy ? inputs_split_names("focus", copy, names, &in.focus_count, err) : hz_mem_fail(err, "focus");
        in.focus = names;
    }
    in.earlier = a->earlier ? &earlier : NULL;
    in.town_id = a->town_id;
    in.town_name = a->town_name;
    in.merge_towns = a->merge_towns;
    in.below = a->hide_below;
    in.round = a->round;
    if (!st)
        st = read_residents(a, s, &residents, &towns, err);
    if (!st)
        st = read_previous(a, &told, err);
    in.register_date = a->register_date;
    in.told = told.item;
    in.told_count = told.n;
    in.residents = residents;
    in.towns = towns;
    if (!st)
        st = hz_focusing_make(&in, &found, s->notice, err);
    if (!st) {
        const char *notes[2];
        hz_caption_focus facts = {
            .focus = &found.focus, .opts = o, .name = { found.name, found.name }, .later = found.later,
            .residents = found.residents.table ? &found.residents : NULL,
            .below = a->hide_below, .round = a->round, .crs = found.crs,
            .ranked = found.later ? hz_period_format(ranked, sizeof ranked, found.ranked) : NULL,
            .scored = found.later ? hz_period_format(scored, sizeof scored, found.scored) : NULL
        };
        say(a, &found, s);
        st = tell_origin(a, events, residents, &found, &facts, notes, err);
        if (!st)
            st = write(a, &facts, found.focus.areas, s, err);
    }
    hz_focusing_clear(&found);
    hz_residents_earlier_clear(&told);
    hz_layer_free(areas);
    hz_layer_free(events);
    hz_layer_free(population);
    hz_layer_free(focus);
    hz_layer_free(residents);
    hz_layer_free(towns);
    hz_mem_free(copy);
    return st;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    hz_focus_opts o;
    hz_status st = make_opts(a, &o, err);
    if (st)
        return st;
    return a->published ? run_published(a, &o, s, err) : run_areas(a, &o, s, err);
}

const command cmd_focus = {
    "focus", "Is the geographic focus too narrow?  What lies outside it, and how sure that is.",
    "hotzone focus --areas areas.geojson --events events.csv --population population.csv "
    "--focus \"indre-noerrebro,ydre-noerrebro\" --period 2017 -o focus.json",
    options, sizeof(args), &defaults, run
};
