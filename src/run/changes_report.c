/* The sections of a report about changes between periods and survey shares. */
#include <stdio.h>
#include <string.h>

#include "hotzone/caption_change.h"
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

static pair word_doubt = { "When not to trust this", "Hvornår dette ikke skal stoles på" };
static pair word_points = { "percentage points", "procentpoint" };

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

/* What the sentences about a change are made from; the two texts are lent by the facts. */
static hz_status change_facts(const project *p, size_t i, hz_language l, hz_text when[2],
                              hz_caption_change *f, hz_error *err)
{
    static pair residents = { "residents", "indbyggere" };
    static pair events = { "events", "hændelser" };
    const recipe_change *c = &p->r->changes[i];
    const hz_changing *made = &p->changes[i];
    hz_caption_period(c->before, l, &when[0]);
    hz_caption_period(c->after, l, &when[1]);
    *f = (hz_caption_change){
        .language = l, .table = made->table, .found = &made->found,
        .noun = words_in(&p->r->events[c->events].from.title, l, events[l]),
        .base = c->population == RECIPE_NONE ? residents[l]
                : words_in(&p->r->population[c->population].from.title, l, residents[l]),
        .before = hz_text_get(&when[0]), .after = hz_text_get(&when[1]),
        .assumed = c->assume, .per = c->opts.per, .level = c->opts.level
    };
    return when[0].failed || when[1].failed ? hz_mem_fail(err, "report") : HZ_OK;
}

hz_status project_change_short(const project *p, size_t i, hz_language l, hz_text *out,
                               hz_error *err)
{
    hz_text when[2] = { { 0 }, { 0 } };
    hz_caption_change f;
    hz_status st = change_facts(p, i, l, when, &f, err);
    if (!st)
        hz_caption_change_short(&f, out);
    if (!st && recipe_change_is_made_up(p->r, &p->r->changes[i]))
        hz_caption_made_up(l, out);
    hz_text_free(&when[0]);
    hz_text_free(&when[1]);
    return st;
}

static hz_status add_change(const project *p, size_t i, hz_language l, hz_html *page,
                            hz_error *err)
{
    const recipe_change *c = &p->r->changes[i];
    hz_text when[2] = { { 0 }, { 0 } }, heading = { 0 }, text = { 0 }, doubt = { 0 };
    hz_caption_change f;
    hz_status st = change_facts(p, i, l, when, &f, err);
    if (st) goto done;
    if (words_in(&c->title, l, NULL))
        hz_text_add(&heading, words_in(&c->title, l, NULL));
    else
        hz_caption_change_title(&f, &heading);
    hz_caption_change_findings(&f, &text);
    if (heading.failed || text.failed) {
        st = hz_mem_fail(err, "report");
        goto done;
    }
    hz_html_heading(page, 2, hz_text_get(&heading));
    if (words_in(&c->note, l, NULL))
        hz_html_callout(page, NULL, words_in(&c->note, l, NULL));
    hz_html_paragraph(page, hz_text_get(&text));
    st = add_change_table(page, &f, err);
    hz_caption_change_doubt(&f, &doubt);
    if (!st && doubt.failed)
        st = hz_mem_fail(err, "report");
    if (!st)
        hz_html_callout(page, word_doubt[l], doubt.data);
done:
    hz_text_free(&doubt);
    hz_text_free(&when[0]);
    hz_text_free(&when[1]);
    hz_text_free(&heading);
    hz_text_free(&text);
    return st;
}

static const char *survey_title(const project *p, size_t i, hz_language l)
{
    static pair fallback = { "Survey shares", "Andele i undersøgelsen" };
    return words_in(&p->r->surveys[i].from.title, l, fallback[l]);
}

/* The table of a survey with its questions in a reader's words. */
static hz_status show_survey(const project *p, size_t i, hz_language l, hz_layer **out,
                             hz_error *err)
{
    const recipe_survey *s = &p->r->surveys[i];
    const hz_layer *table = p->survey_tables[i];
    size_t n = hz_layer_rows(table);
    const char **asked = hz_mem_new(n, sizeof *asked);
    hz_layer *made = NULL;
    hz_status st = asked ? hz_layer_copy(table, &made, err) : hz_mem_fail(err, "report");
    for (size_t row = 0; !st && row < n; row++) {
        asked[row] = hz_layer_text(table, "question", row);
        for (size_t q = 0; q < s->question_count; q++)
            if (strcmp(asked[row], s->questions[q].source) == 0 && s->questions[q].shown.in[l])
                asked[row] = s->questions[q].shown.in[l];
    }
    if (!st)
        st = hz_layer_add_texts(made, "question", asked, err);
    hz_mem_free(asked);
    if (st)
        hz_layer_free(made);
    else
        *out = made;
    return st;
}

hz_status project_survey_short(const project *p, size_t i, hz_language l, hz_text *out,
                               hz_error *err)
{
    const hz_survey_opts *opts = &p->r->surveys[i].opts;
    hz_layer *table = NULL;
    hz_status st = show_survey(p, i, l, &table, err);
    if (st)
        return st;
    hz_text_add_capital(out, survey_title(p, i, l));
    hz_text_add(out, ".");
    hz_caption_survey_first(l, table, opts->before, opts->after, out);
    hz_caption_survey_findings(l, p->survey_tables[i], &p->survey_found[i], opts->before,
                               opts->after, out);
    if (p->r->surveys[i].from.made_up)
        hz_caption_made_up(l, out);
    hz_layer_free(table);
    return HZ_OK;
}

static hz_status add_survey(const project *p, size_t i, hz_language l, hz_html *page,
                            hz_error *err)
{
    const recipe_survey *s = &p->r->surveys[i];
    char years[2][16];
    hz_text text = { 0 }, heading = { 0 }, doubt = { 0 };
    hz_html_column columns[8];
    hz_layer *shown = NULL;
    size_t n = 0;

    snprintf(years[0], sizeof years[0], "%d", s->opts.before);
    snprintf(years[1], sizeof years[1], "%d", s->opts.after);
    hz_text_add_capital(&heading, survey_title(p, i, l));
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
    hz_html_table table = { .caption = hz_text_get(&heading), .columns = columns,
                            .column_count = n };
    hz_status st = text.failed || heading.failed ? hz_mem_fail(err, "report")
                                                 : show_survey(p, i, l, &shown, err);
    if (!st) {
        table.layer = shown;
        hz_html_heading(page, 2, hz_text_get(&heading));
        if (words_in(&s->from.note, l, NULL))
            hz_html_callout(page, NULL, words_in(&s->from.note, l, NULL));
        hz_html_paragraph(page, hz_text_get(&text));
        st = hz_html_add_table(page, &table, err);
    }
    hz_caption_survey_doubt(l, &doubt);
    if (!st && doubt.failed)
        st = hz_mem_fail(err, "report");
    if (!st)
        hz_html_callout(page, word_doubt[l], doubt.data);
    hz_layer_free(shown);
    hz_text_free(&text);
    hz_text_free(&heading);
    hz_text_free(&doubt);
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
