/* Works out what changed between periods, in counts and in survey shares. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/caption_change.h"
#include "hotzone/csv.h"
#include "hotzone/html.h"
#include "hotzone/mem.h"
#include "run/project.h"

typedef const char *const pair[LANGUAGES];
static pair word_area = { "Area", "Område" };
static pair word_rate = { "Rate", "Rate" };
static pair word_events = { "Events", "Antal" };
static pair word_ratio = { "Ratio", "Forhold" };
static pair word_interval = { "Interval", "Interval" };
static pair word_range = { "p, assumed", "p, antaget" };
static pair word_state = { "State", "Status" };
static pair word_question = { "Question", "Spørgsmål" };
static pair word_share = { "Share", "Andel" };
static pair word_difference = { "Difference", "Forskel" };

static pair word_points = { "percentage points", "procentpoint" };

static hz_status note_number(project *p, const char *name, const char *key, double value,
                             hz_error *err)
{
    hz_text full = { 0 };
    hz_text_addf(&full, "%s.%s", name, key);
    hz_status st = full.failed ? hz_mem_fail(err, name)
                               : hz_manifest_option_number(p->manifest, full.data, value, err);
    hz_text_free(&full);
    return st;
}

static hz_status note_text(project *p, const char *name, const char *key, const char *value,
                           hz_error *err)
{
    hz_text full = { 0 };
    hz_text_addf(&full, "%s.%s", name, key);
    hz_status st = full.failed ? hz_mem_fail(err, name)
                               : hz_manifest_option_text(p->manifest, full.data, value, err);
    hz_text_free(&full);
    return st;
}

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
    if (st && st != HZ_EMEMORY)
        hz_fail_within(err, "%s:%zu: change '%s'", r->path, c->line, c->name);
    return st;
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
        st = note_text(p, c->name, "before", c->before_text, err);
    if (!st)
        st = note_text(p, c->name, "after", c->after_text, err);
    if (!st && c->assume)
        st = note_text(p, c->name, "assume_population", c->assume, err);
    if (!st)
        st = note_number(p, c->name, "per", c->opts.per, err);
    return st ? st : note_number(p, c->name, "hide_below", c->opts.hide_below, err);
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

static hz_status survey_one(project *p, size_t i, hz_error *err)
{
    const recipe_survey *s = &p->r->surveys[i];
    hz_status st = hz_survey_change(p->surveys[i], &s->opts, &p->survey_tables[i],
                                    &p->survey_found[i], err);
    if (st && st != HZ_EMEMORY)
        hz_fail_within(err, "%s:%zu: survey '%s'", p->r->path, s->from.line, s->from.name);
    if (!st)
        st = write_table(p, s->from.name, p->survey_tables[i], hz_survey_columns(),
                         HZ_SURVEY_COLUMNS, s->from.made_up, err);
    if (!st)
        st = add_points(p->survey_tables[i], err);
    if (!st)
        st = note_number(p, s->from.name, "before", s->opts.before, err);
    return st ? st : note_number(p, s->from.name, "after", s->opts.after, err);
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

/* The table of one change, for a reader. */
static hz_status add_change_table(hz_html *page, const hz_caption_change *f, hz_error *err)
{
    hz_language l = f->language;
    hz_text caption = { 0 };
    hz_html_column columns[12];
    size_t n = 0;
    bool assumed = f->found->assumed > 0;

    hz_caption_change_title(f, &caption);
    columns[n++] = (hz_html_column){ .column = "name", .header = word_area[l] };
    columns[n++] = (hz_html_column){ .column = "events_1", .header = word_events[l],
                                     .unit = f->before };
    columns[n++] = (hz_html_column){ .column = "events_2", .header = word_events[l],
                                     .unit = f->after };
    columns[n++] = (hz_html_column){ .column = "rate_1", .header = word_rate[l],
                                     .unit = f->before, .decimals = 1 };
    columns[n++] = (hz_html_column){ .column = "rate_2", .header = word_rate[l],
                                     .unit = f->after, .decimals = 1 };
    columns[n++] = (hz_html_column){ .column = "ratio", .header = word_ratio[l], .decimals = 2 };
    columns[n++] = (hz_html_column){ .column = "ratio_low", .high = "ratio_high",
                                     .header = word_interval[l], .decimals = 2,
                                     .kind = HZ_CELL_INTERVAL };
    if (assumed)
        columns[n++] = (hz_html_column){ .column = "p_low", .high = "p_high",
                                         .header = word_range[l], .decimals = 3,
                                         .kind = HZ_CELL_INTERVAL };
    else
        columns[n++] = (hz_html_column){ .column = "p", .header = "p", .kind = HZ_CELL_P };
    columns[n++] = (hz_html_column){ .column = "q", .header = "q", .kind = HZ_CELL_P };
    columns[n++] = (hz_html_column){ .column = "state", .header = word_state[l],
                                     .kind = HZ_CELL_STATE };
    hz_html_table table = { .caption = hz_text_get(&caption), .layer = f->table,
                            .columns = columns, .column_count = n };
    hz_status st = caption.failed ? hz_mem_fail(err, "report")
                                  : hz_html_add_table(page, &table, err);
    hz_text_free(&caption);
    return st;
}

static hz_status add_change(const project *p, size_t i, hz_language l, hz_html *page,
                            hz_error *err)
{
    static pair residents = { "residents", "indbyggere" };
    static pair events = { "events", "hændelser" };
    const recipe_change *c = &p->r->changes[i];
    const hz_changing *made = &p->changes[i];
    hz_text before = { 0 }, after = { 0 }, heading = { 0 }, text = { 0 };
    hz_caption_change f = { .language = l, .table = made->table, .found = &made->found,
                            .noun = words_in(&p->r->events[c->events].from.title, l, events[l]),
                            .base = c->population == RECIPE_NONE ? residents[l]
                                    : words_in(&p->r->population[c->population].from.title, l,
                                               residents[l]),
                            .assumed = c->assume, .per = c->opts.per, .level = c->opts.level };
    hz_status st = HZ_OK;

    hz_caption_period(c->before, l, &before);
    hz_caption_period(c->after, l, &after);
    f.before = hz_text_get(&before);
    f.after = hz_text_get(&after);
    if (words_in(&c->title, l, NULL))
        hz_text_add(&heading, words_in(&c->title, l, NULL));
    else
        hz_caption_change_title(&f, &heading);
    hz_caption_change_findings(&f, &text);
    if (before.failed || after.failed || heading.failed || text.failed)
        st = hz_mem_fail(err, "report");
    if (!st) {
        hz_html_heading(page, 2, hz_text_get(&heading));
        if (words_in(&c->note, l, NULL))
            hz_html_callout(page, NULL, words_in(&c->note, l, NULL));
        hz_html_paragraph(page, hz_text_get(&text));
        st = add_change_table(page, &f, err);
    }
    hz_text_free(&before);
    hz_text_free(&after);
    hz_text_free(&heading);
    hz_text_free(&text);
    return st;
}

static hz_status add_survey(const project *p, size_t i, hz_language l, hz_html *page,
                            hz_error *err)
{
    static pair fallback = { "Survey shares", "Andele i undersøgelsen" };
    const recipe_survey *s = &p->r->surveys[i];
    const char *title = words_in(&s->from.title, l, fallback[l]);
    char years[2][16];
    hz_text text = { 0 }, heading = { 0 };
    hz_html_column columns[8];
    size_t n = 0;

    snprintf(years[0], sizeof years[0], "%d", s->opts.before);
    snprintf(years[1], sizeof years[1], "%d", s->opts.after);
    hz_text_add_capital(&heading, title);
    hz_caption_survey_findings(l, p->survey_tables[i], &p->survey_found[i], s->opts.before,
                               s->opts.after, &text);
    columns[n++] = (hz_html_column){ .column = "name", .header = word_area[l] };
    if (hz_layer_find(p->survey_tables[i], "question") >= 0)
        columns[n++] = (hz_html_column){ .column = "question", .header = word_question[l] };
    columns[n++] = (hz_html_column){ .column = "share_1", .header = word_share[l],
                                     .unit = years[0], .kind = HZ_CELL_SHARE };
    columns[n++] = (hz_html_column){ .column = "share_2", .header = word_share[l],
                                     .unit = years[1], .kind = HZ_CELL_SHARE };
    columns[n++] = (hz_html_column){ .column = "points", .header = word_difference[l],
                                     .unit = word_points[l] };
    if (p->survey_found[i].defined)
        columns[n++] = (hz_html_column){ .column = "points_low", .high = "points_high",
                                         .header = word_interval[l], .unit = word_points[l],
                                         .decimals = 1, .kind = HZ_CELL_INTERVAL };
    hz_html_table table = { .caption = hz_text_get(&heading), .layer = p->survey_tables[i],
                            .columns = columns, .column_count = n };
    hz_status st = text.failed || heading.failed ? hz_mem_fail(err, "report") : HZ_OK;
    if (!st) {
        hz_html_heading(page, 2, hz_text_get(&heading));
        if (words_in(&s->from.note, l, NULL))
            hz_html_callout(page, NULL, words_in(&s->from.note, l, NULL));
        hz_html_paragraph(page, hz_text_get(&text));
        st = hz_html_add_table(page, &table, err);
    }
    hz_text_free(&text);
    hz_text_free(&heading);
    return st;
}

hz_status project_report_changes(const project *p, hz_language l, hz_html *page, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->r->change_count; i++)
        st = add_change(p, i, l, page, err);
    for (size_t i = 0; !st && i < p->r->survey_count; i++)
        st = add_survey(p, i, l, page, err);
    return st;
}
