/* hotzone change: two periods compared, by counts and populations or by survey shares. */
#include <stdio.h>
#include <string.h>

#include "cli/inputs.h"
#include "cli/opt.h"
#include "hotzone/changing.h"
#include "hotzone/csv.h"
#include "hotzone/mem.h"
#include "hotzone/source.h"
#include "hotzone/survey.h"
#include "hotzone/vector.h"

typedef struct {
    inputs src;
    const char *survey, *before, *after, *test, *assume, *rate_column, *output;
    const char *share_column, *sample_column, *question_column;
    double per, rate_per, level, unstable_cv, hide_below, design_effect;
    bool overlap;
} args;

static const args defaults = { .per = 1000, .level = 0.95, .unstable_cv = 0.30,
                               .design_effect = 1, .test = "likely" };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 'a', "areas", "SRC", OPT_TEXT, AT(src.areas), "districts: polygons with an id" },
    { 'e', "events", "SRC", OPT_LIST, AT(src.files),
      "located events, one per row; again for further files" },
    { 'c', "counts", "SRC", OPT_TEXT, AT(src.counts),
      "or ready-made counts: area,count,year[,kind]" },
    { 's', "survey", "SRC", OPT_TEXT, AT(survey), "or shares: area,year,share,sample[,question]" },
    { 0, "before", "PERIOD", OPT_TEXT, AT(before), "2016, 2016-06, 2014..2016" },
    { 0, "after", "PERIOD", OPT_TEXT, AT(after), "2017, 2017-06, 2017-06-09..2017-11-09" },
    { 'p', "population", "SRC", OPT_LIST, AT(src.population),
      "residents, each period by the nearest year; or two: before, after" },
    { 'k', "kind", "WORD", OPT_LIST, AT(src.kind), "only this kind; may be given again" },
    { 0, "per", "NUMBER", OPT_NUMBER, AT(per), "residents a rate is given for (1000)" },
    { 0, "test", "HOW", OPT_TEXT, AT(test),
      "likely: p of what is as likely or less; central: p of the limits" },
    { 0, "assume-population", "LO..HI", OPT_TEXT, AT(assume),
      "where only a rate is published: residents, or -3%..3%" },
    { 0, "rate-column", "COLUMN", OPT_TEXT, AT(rate_column), "of the counts: rate (per_1000)" },
    { 0, "rate-per", "NUMBER", OPT_NUMBER, AT(rate_per), "residents of that rate" },
    { 0, "overlap", NULL, OPT_FLAG, AT(overlap), "areas overlap: count in each, sum nothing" },
    { 0, "hide-below", "N", OPT_NUMBER, AT(hide_below),
      "hide areas with 1 to N-1 events in a period" },
    { 0, "unstable-cv", "SHARE", OPT_NUMBER, AT(unstable_cv), "unstable over this (0.30)" },
    { 0, "level", "SHARE", OPT_NUMBER, AT(level), "of the intervals (0.95)" },
    { 0, "design-effect", "D", OPT_NUMBER, AT(design_effect),
      "of the survey: its samples count for 1/D" },
    { 0, "share-column", "COLUMN", OPT_TEXT, AT(share_column),
      "of the survey: 0 to 1, or per cent if so named" },
    { 0, "sample-column", "COLUMN", OPT_TEXT, AT(sample_column), "of the survey: answers in all" },
    { 0, "question-column", "COLUMN", OPT_TEXT, AT(question_column), "of the survey" },
    INPUT_COLUMN_OPTIONS(args, src),
    { 'o', "output", "FILE", OPT_TEXT, AT(output), ".csv, .gpkg or .geojson; else CSV to stdout" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

/* To a file, or to standard output. */
static hz_status write_csv(const hz_layer *table, const char *const *columns, size_t n,
                           const char *path, hz_error *err)
{
    hz_text text = { 0 };
    hz_status st = hz_csv_write(table, columns, NULL, n, path, &text, err);
    if (!st && !path)
        fputs(hz_text_get(&text), stdout);
    hz_text_free(&text);
    return st;
}

/* The one calendar year that a period is. */
static hz_status year_of(const char *option, const char *text, int *year, hz_error *err)
{
    hz_period p;
    int month, day, last;
    hz_status st = hz_period_parse(text, &p, err);
    if (st)
        return hz_fail_within(err, "%s", option);
    if (p.from != HZ_TIME_NONE && p.until != HZ_TIME_NONE && hz_period_years(p) == 1) {
        hz_date_civil(p.from / 86400, year, &month, &day);
        hz_date_civil(p.until / 86400 - 1, &last, &month, &day);
        if (*year == last)
            return HZ_OK;
    }
    return hz_fail(err, HZ_EUSAGE, "%s: '%s', expected one year of the survey", option, text);
}

static void say_survey(const hz_layer *table, const hz_survey_found *f, const session *s)
{
    if (s->quiet)
        return;
    fprintf(stderr, "survey: %zu rows read, %zu used, %zu of other years, %zu refused\n", f->read,
            f->used, f->other_year, f->refused);
    fprintf(stderr, "survey: %zu comparison%s, %zu with an interval, %zu without sample sizes, "
            "%zu without a share in both years, %zu hidden\n", f->compared,
            f->compared == 1 ? "" : "s", f->defined, f->no_sample, f->one_year, f->hidden);
    if (f->other_sample)
        fprintf(stderr, "survey: %zu rows give the sample of another area (sample_of), which is "
                "none for them\n", f->other_sample);
    if (f->defined == 0 && f->no_sample > 0)
        fprintf(stderr, "%s: no test is possible: it has no sample sizes for these years; a "
                "difference alone does not tell a change from chance\n", hz_layer_name(table));
}

static hz_status compare_survey(const args *a, const session *s, hz_error *err)
{
    hz_survey_opts o = HZ_SURVEY_DEFAULTS;
    hz_source_opts of_table = { .no_shapes = true };
    hz_survey_found found = { 0 };
    hz_layer *table = NULL, *result = NULL;
    hz_status st;

    if (a->src.areas || a->src.events || a->src.counts || a->src.population.count || a->assume)
        return hz_fail(err, HZ_EUSAGE, "--survey: stands alone, expected no areas, events, counts "
                       "or population beside it");
    if (a->overlap || a->per != defaults.per || a->rate_column || a->rate_per != 0 ||
        strcmp(a->test, defaults.test) != 0 || a->unstable_cv != defaults.unstable_cv ||
        a->src.kind.count || a->src.kind_column || a->src.time || a->src.time_format || a->src.x ||
        a->src.y || a->src.crs || a->src.count_key || a->src.population_column ||
        a->src.population_key || a->src.population_year != 0)
        return hz_fail(err, HZ_EUSAGE, "--survey: has shares, expected no options of events, "
                       "counts and rates");
    if (a->output && !inputs_ends_with(a->output, ".csv"))
        return hz_fail(err, HZ_EUSAGE, "%s: a survey has no shapes, expected a .csv", a->output);
    o.area = a->src.id;
    o.name = a->src.name;
    o.question = a->question_column;
    o.share = a->share_column;
    o.count = a->src.count_column;
    o.sample = a->sample_column;
    o.level = a->level;
    o.design_effect = a->design_effect;
    o.hide_below = a->hide_below;
    st = year_of("--before", a->before, &o.before, err);
    if (!st)
        st = year_of("--after", a->after, &o.after, err);
    if (!st)
        st = hz_source_read(a->survey, &of_table, &table, s->notice, err);
    if (!st)
        st = hz_survey_change(table, &o, &result, &found, err);
    if (!st)
        st = write_csv(result, hz_survey_columns(), HZ_SURVEY_COLUMNS, a->output, err);
    if (!st)
        say_survey(table, &found, s);
    hz_layer_free(table);
    hz_layer_free(result);
    return st;
}

static hz_status check_args(const args *a, hz_changing_input *in, hz_error *err)
{
    hz_status st = inputs_check(&a->src, "change", &in->of, err);
    bool central = strcmp(a->test, "central") == 0;

    if (st)
        return st;
    if (a->share_column || a->sample_column || a->question_column ||
        a->design_effect != defaults.design_effect)
        return hz_fail(err, HZ_EUSAGE, "--share-column, --sample-column, --question-column and "
                       "--design-effect: go with --survey");
    if (a->src.population.count > 2)
        return hz_fail(err, HZ_EUSAGE, "--population: given %zu times, expected one for both "
                       "periods, or two: before, after", a->src.population.count);
    if (!central && strcmp(a->test, "likely") != 0)
        return hz_fail(err, HZ_EUSAGE, "--test: '%s', expected likely or central", a->test);
    if (a->rate_column && a->src.events)
        return hz_fail(err, HZ_EUSAGE, "--rate-column: goes with --counts, not with --events");
    if (a->assume && a->src.events)
        return hz_fail(err, HZ_EUSAGE, "--assume-population: goes with a rate of --counts");
    if (a->rate_per < 0)
        return hz_fail(err, HZ_EUSAGE, "--rate-per: %g, expected a number over 0", a->rate_per);
    in->rate_column = a->rate_column;
    in->rate_per = a->rate_per;
    in->change = (hz_change_opts)HZ_CHANGE_DEFAULTS;
    in->change.per = a->per;
    in->change.level = a->level;
    in->change.unstable_cv = a->unstable_cv;
    in->change.hide_below = a->hide_below;
    in->change.overlap = a->overlap;
    in->change.test = central ? HZ_P_CENTRAL : HZ_P_LIKELY;
    if (a->assume && (st = hz_assumption_parse(a->assume, &in->change.assumed, err)))
        return hz_fail_within(err, "--assume-population");
    if ((st = hz_period_parse(a->before, &in->before, err)))
        return hz_fail_within(err, "--before");
    if ((st = hz_period_parse(a->after, &in->after, err)))
        return hz_fail_within(err, "--after");
    return HZ_OK;
}

static void say_fate(const args *a, const hz_changing *c)
{
    static const char *const labels[] = { " before", " after" };
    for (int k = 0; k < 2; k++) {
        char text[400];
        if (a->src.events)
            fprintf(stderr, "events%s: %s\n", labels[k],
                    (c->found.hidden ? hz_fate_text_withheld : hz_fate_text)(
                        text, sizeof text, &c->fate[k], HZ_ENGLISH));
        else
            inputs_say_counts(&c->counts_fate[k], labels[k]);
        inputs_say_population(&c->population_fate[k], labels[k]);
    }
}

/* Which areas have no test, and why. */
static void say_reasons(const hz_layer *table)
{
    for (size_t i = 0; i < hz_layer_rows(table); i++) {
        const char *reason = hz_layer_text(table, "reason", i);
        if (*reason)
            fprintf(stderr, "undefined: %s: %s\n", hz_layer_text(table, "area", i), reason);
    }
}

static void say_tests(const args *a, const hz_changing *c, const session *s)
{
    const hz_change_found *f = &c->found;
    fprintf(stderr, "tests: %zu of %zu areas, %zu with q <= %.3g; %zu undefined, %zu hidden\n",
            f->tests, hz_layer_rows(c->table), f->significant, 1 - a->level, f->undefined,
            f->hidden);
    if (f->assumed)
        fprintf(stderr, "assumed: %zu of the tests over a population of %s, q by the largest p\n",
                f->assumed, a->assume);
    if (f->only_rate)
        fprintf(stderr, "undefined: %zu have a rate and no count: a test needs "
                "--assume-population LO..HI\n", f->only_rate);
    if (f->disagree)
        hz_warn(s->notice, "p and interval disagree in %zu of the tests: the limits are central, "
                "the p is not (--test central goes with them)", f->disagree);
}

static hz_status write_table(const args *a, const hz_layer *events, const hz_changing *made,
                             hz_error *err)
{
    const char *columns[HZ_CHANGING_COLUMNS + 5];
    size_t n = HZ_CHANGING_COLUMNS - 1;
    bool made_up;
    hz_status st = inputs_add_origin(&a->src, events, made->table, &made_up, err);
    if (st)
        return st;
    if (a->output && !inputs_ends_with(a->output, ".csv")) {
        hz_vector_item item = { made->table, "change", NULL, NULL };
        return hz_vector_write(a->output, &item, 1, err);
    }
    memcpy(columns, hz_changing_columns(), n * sizeof *columns);
    if (a->assume) {
        columns[n++] = "p_low";
        columns[n++] = "p_high";
        columns[n++] = "basis";
    }
    columns[n++] = "state";
    columns[n++] = "reason";
    if (made_up)
        columns[n++] = "origin";
    return write_csv(made->table, columns, n, a->output, err);
}

static hz_status compare_counts(const args *a, const session *s, hz_error *err)
{
    hz_changing_input in = { 0 };
    hz_source_opts of_population = { .crs = a->src.crs };
    hz_layer *areas = NULL, *events = NULL, *population[2] = { NULL, NULL };
    hz_changing made = { 0 };
    hz_status st = check_args(a, &in, err);

    if (!st)
        st = inputs_read(&a->src, true, s, &in.of, &areas, &events, err);
    for (size_t i = 0; !st && i < a->src.population.count; i++) {
        st = hz_source_read(a->src.population.item[i], &of_population, &population[i], s->notice,
                            err);
        if (!st)
            inputs_say_refused(population[i], s);
    }
    in.of.population = population[0];
    in.population_after = population[1];
    if (!st)
        st = hz_changing_make(&in, &made, s->notice, err);
    if (!st)
        st = write_table(a, events, &made, err);
    if (!st && !s->quiet) {
        say_fate(a, &made);
        say_reasons(made.table);
        say_tests(a, &made, s);
    }
    hz_changing_clear(&made);
    hz_layer_free(areas);
    hz_layer_free(events);
    hz_layer_free(population[0]);
    hz_layer_free(population[1]);
    return st;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    args *a = arguments;
    inputs_settle(&a->src);
    if (!a->before || !a->after)
        return hz_fail(err, HZ_EUSAGE, "change: expected --before PERIOD and --after PERIOD");
    return a->survey ? compare_survey(a, s, err) : compare_counts(a, s, err);
}

const command cmd_change = {
    "change", "Two periods compared in each area: ratio of rates, exact p, and q over all areas.",
    "hotzone change --areas areas.geojson --events events.csv --population population.csv "
    "--before 2016 --after 2017 -o change.csv",
    options, sizeof(args), &defaults, run
};
