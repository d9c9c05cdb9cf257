/* Works out what changed between periods, in counts and in survey shares. */
#include <math.h>
#include <string.h>

#include "hotzone/csv.h"
#include "hotzone/mem.h"
#include "run/project.h"

static hz_status write_table(project *p, const char *name, const hz_layer *table,
                             const char *const *columns, size_t n, bool made_up, hz_error *err)
{
    char *path = NULL, file[RECIPE_NAME];
    hz_status st = project_output(p, &path, err, "tables/%s.csv",
                                  recipe_file_name(file, sizeof file, name, made_up));
    if (!st)
        st = hz_csv_write(table, columns, NULL, n, path, NULL, err);
    hz_mem_free(path);
    return st;
}

static hz_status compare(project *p, const recipe_change *c, hz_changing *out, hz_error *err)
{
    const recipe *r = p->r;
    recipe_analysis like = { .name = c->name, .line = c->line, .events = c->events,
                             .kind_count = c->kind_count, .period = c->before,
                             .rates = HZ_RATES_DEFAULTS };
    hz_changing_input in = { .before = c->before, .after = c->after,
                             .rate_column = c->rate_column, .rate_per = c->rate_per,
                             .change = c->opts };
    memcpy(like.kinds, c->kinds, sizeof like.kinds);
    hz_decided decided[2];
    hz_status st = project_input(p, &like, c->areas, &in.of, err);
    if (project_decided_change(p, (size_t)(c - r->changes), decided))
        in.change.decided = decided;
    in.change.overlap = r->areas[c->areas].overlap;
    if (!st && c->population != RECIPE_NONE) {
        const recipe_population *base = &r->population[c->population];
        in.of.population = p->population[c->population];
        in.of.population_columns =
            (hz_match_opts){ .key = base->key, .value = base->value, .year = base->year };
    }
    if (!st)
        st = hz_changing_make(&in, out, p->notice, err);
    if (!st || st == HZ_EMEMORY)
        return st;
    if (st == HZ_EUSAGE) /* not the command is wrong but the recipe */
        err->status = HZ_EFORMAT;
    return hz_fail_within(err, "%s:%zu: change '%s'", r->path, c->line, c->name);
}

static hz_status change_one(project *p, size_t i, hz_error *err)
{
    const recipe_change *c = &p->r->changes[i];
    const char *columns[HZ_CHANGING_COLUMNS + 4];
    size_t n = HZ_CHANGING_COLUMNS - 1; /* its state comes last */
    hz_changing *made = &p->changes[i];
    hz_status st = compare(p, c, made, err);

    if (st)
        return st;
    p->change_count++;
    memcpy(columns, hz_changing_columns(), n * sizeof *columns);
    if (c->assume) {
        columns[n++] = "p_low";
        columns[n++] = "p_high";
        columns[n++] = "basis";
    }
    columns[n++] = "state";
    columns[n++] = "reason";
    bool made_up = recipe_change_is_made_up(p->r, c);
    if (made_up) {
        st = project_add_origin(made->table, err);
        columns[n++] = "origin";
    }
    if (!st)
        st = write_table(p, c->name, made->table, columns, n, made_up, err);
    if (!st)
        st = project_note(p, c->name, "before", c->before_text, 0, err);
    if (!st)
        st = project_note(p, c->name, "after", c->after_text, 0, err);
    if (!st && c->assume)
        st = project_note(p, c->name, "assume_population", c->assume, 0, err);
    if (!st)
        st = project_note(p, c->name, "per", NULL, c->opts.per, err);
    return st ? st : project_note(p, c->name, "hide_below", NULL, c->opts.hide_below, err);
}

/* Differences of shares are read in percentage points, which only the report needs. */
static hz_status add_points(hz_layer *table, hz_error *err)
{
    static const char *const from[] = { "difference", "difference_low", "difference_high" };
    static const char *const to[] = { "points", "points_low", "points_high" };
    size_t n = hz_layer_rows(table);
    double *values = hz_mem_new(n, sizeof *values);
    hz_status st = values ? HZ_OK : hz_mem_fail(err, "survey");
    for (size_t c = 0; !st && c < 3; c++) {
        const double *old = hz_layer_numbers(table, from[c]);
        for (size_t i = 0; i < n; i++)
            values[i] = old ? 100 * old[i] : NAN;
        st = hz_layer_add_numbers(table, to[c], values, err);
    }
    hz_mem_free(values);
    return st;
}

/* A question that no row has would go untranslated in silence. */
static hz_status check_questions(const project *p, size_t i, hz_error *err)
{
    const recipe_survey *s = &p->r->surveys[i];
    const hz_layer *t = p->survey_tables[i];
    for (size_t q = 0; q < s->question_count; q++) {
        size_t row = 0;
        while (row < hz_layer_rows(t) &&
               strcmp(hz_layer_text(t, "question", row), s->questions[q].source) != 0)
            row++;
        if (row == hz_layer_rows(t))
            return hz_fail(err, HZ_EFORMAT, "%s:%zu: survey '%s': questions: '%s' is asked in neither "
                           "year, expected a question of %s", p->r->path, s->questions[q].line,
                           s->from.name, s->questions[q].source, s->from.source);
    }
    return HZ_OK;
}

static hz_status survey_one(project *p, size_t i, hz_error *err)
{
    const recipe_survey *s = &p->r->surveys[i];
    hz_status st = hz_survey_change(p->surveys[i], &s->opts, &p->survey_tables[i],
                                    &p->survey_found[i], err);
    if (st == HZ_EUSAGE) /* not the command is wrong but the recipe */
        err->status = HZ_EFORMAT;
    if (st && st != HZ_EMEMORY)
        return hz_fail_within(err, "%s:%zu: survey '%s'", p->r->path, s->from.line, s->from.name);
    if (!st)
        st = check_questions(p, i, err);
    if (!st)
        st = write_table(p, s->from.name, p->survey_tables[i], hz_survey_columns(),
                         HZ_SURVEY_COLUMNS, s->from.made_up, err);
    if (!st)
        st = add_points(p->survey_tables[i], err);
    if (!st)
        st = project_note(p, s->from.name, "before", NULL, s->opts.before, err);
    return st ? st : project_note(p, s->from.name, "after", NULL, s->opts.after, err);
}

hz_status project_change(project *p, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->r->change_count; i++)
        st = change_one(p, i, err);
    for (size_t i = 0; !st && i < p->r->survey_count; i++)
        st = survey_one(p, i, err);
    return st;
}
