/* Compares survey shares of two years by area and question. */
#include "hotzone/survey.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/date.h"
#include "hotzone/disclose.h"
#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const columns[HZ_SURVEY_COLUMNS] = {
    "area", "name", "question", "share_1", "share_2", "n_1", "n_2", "difference",
    "difference_low", "difference_high", "state", "reason"
};

const char *const *hz_survey_columns(void)
{
    return columns;
}

/* Columns of the source by number; -1 where there is none. */
typedef struct {
    int area, name, year, question, share, count, sample, sample_of;
    bool percent;
} found_columns;

static const char *const area_names[] = { "area", "area_id", "id", "code", "kode", "bydel",
                                          "district", "distrikt", "omraade", "område" };
static const char *const name_names[] = { "name", "navn", "label" };
static const char *const year_names[] = { "year", "survey_year", "aar", "år" };
static const char *const question_names[] = { "question", "measure", "item", "indicator",
                                              "spoergsmaal", "spørgsmål" };
static const char *const share_names[] = { "share_percent", "share_pct", "percent", "pct",
                                           "share", "andel", "andel_procent", "procent" };
static const char *const count_names[] = { "count", "yes" };
static const char *const sample_names[] = { "sample", "sample_size", "n", "respondents",
                                            "n_respondents", "svar", "besvarelser" };
static const char *const sample_of_names[] = { "sample_of", "sample_area" };

static hz_status find(const hz_layer *t, const char *given, const char *const *usual, size_t n,
                      int *column, hz_error *err)
{
    *column = -1;
    if (given) {
        size_t found = 0;
        hz_status st = hz_layer_need(t, given, &found, err);
        *column = st ? -1 : (int)found;
        return st;
    }
    for (size_t i = 0; i < n && *column < 0; i++)
        *column = hz_layer_find(t, usual[i]);
    return HZ_OK;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static hz_status find_columns(const hz_layer *t, const hz_survey_opts *o, found_columns *c,
                              hz_error *err)
{
    const char *file = hz_layer_name(t);
    hz_status st = find(t, o->area, area_names, COUNT(area_names), &c->area, err);
    if (!st)
        st = find(t, o->name, name_names, COUNT(name_names), &c->name, err);
    if (!st)
        st = find(t, o->year, year_names, COUNT(year_names), &c->year, err);
    if (!st)
        st = find(t, o->question, question_names, COUNT(question_names), &c->question, err);
    if (!st)
        st = find(t, o->share, share_names, COUNT(share_names), &c->share, err);
    if (!st)
        st = find(t, o->count, count_names, COUNT(count_names), &c->count, err);
    if (!st)
        st = find(t, o->sample, sample_names, COUNT(sample_names), &c->sample, err);
    if (!st)
        st = find(t, o->sample_of, sample_of_names, COUNT(sample_of_names), &c->sample_of, err);
    if (st)
        return st;
    if (c->area < 0)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column that names the areas, expected one "
                       "called area, id or code", file);
    if (c->year < 0)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of years, expected one called year",
                       file);
    if (c->share < 0 && (c->count < 0 || c->sample < 0))
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of shares, expected share (0 to 1), "
                       "share_percent, or count and sample", file);
    if (c->share >= 0) {
        const char *name = hz_layer_column_name(t, (size_t)c->share);
        c->percent = ends_with(name, "percent") || ends_with(name, "pct") ||
                     ends_with(name, "procent");
    }
    return HZ_OK;
}

/* One row of the source that is about one of the two years. */
typedef struct {
    char *area, *question;
    size_t row;
    int side;
    double share, answers, sample; /* answers = share times sample; NaN where unknown */
    bool other_sample;             /* the row gives the sample of another area */
} reading;

typedef struct {
    const hz_layer *table;
    const hz_survey_opts *o;
    found_columns at;
    reading *rows;
    size_t count, pairs;
    size_t (*pair)[2]; /* readings before and after; SIZE_MAX: none */
    hz_survey_found found;
    hz_error *err;
} work;

static hz_status text_at(const work *w, int column, size_t row, char *buf, size_t size)
{
    buf[0] = '\0';
    if (column < 0)
        return HZ_OK;
    hz_status st = hz_layer_value_text(w->table, (size_t)column, row, buf, size);
    return st ? hz_mem_fail(w->err, hz_layer_name(w->table)) : HZ_OK;
}

/* A figure from 0 to `most`, or NaN where the field is empty. */
static hz_status figure_at(const work *w, int column, size_t row, double most, double *out)
{
    char text[64];
    hz_status st = text_at(w, column, row, text, sizeof text);
    *out = NAN;
    if (st || strspn(text, " \t") == strlen(text))
        return st;
    bool number = hz_number_parse(text, strlen(text), '.', out);
    if (number && *out >= 0 && *out <= most)
        return HZ_OK;
    return hz_fail(w->err, HZ_EDATA, "%s: row %zu: %s is %s, expected a number from 0 to %g%s",
                   hz_layer_name(w->table), row + 1,
                   hz_layer_column_name(w->table, (size_t)column),
                   !number ? "no number" : *out < 0 ? "negative" : "larger than it can be", most,
                   most == 1 ? " (a column called share_percent holds per cent)" : "");
}

/* 0 where the field is no year: such a row belongs to no period. */
static int year_in(const char *text)
{
    double number;
    hz_time when;
    int year = 0, month, day;
    if (hz_number_parse(text, strlen(text), '.', &number))
        return number >= 1000 && number <= 9999 && number == floor(number) ? (int)number : 0;
    if (hz_date_parse(text, strlen(text), NULL, &when))
        hz_date_civil(when / 86400 - (when % 86400 < 0), &year, &month, &day);
    return year;
}

static hz_status read_figures(work *w, size_t row, const char *area, reading *r)
{
    const double most = 1e15;
    char sample_of[500];
    double count;
    hz_status st = figure_at(w, w->at.share, row, w->at.percent ? 100 : 1, &r->share);
    if (!st)
        st = figure_at(w, w->at.sample, row, most, &r->sample);
    if (!st)
        st = figure_at(w, w->at.count, row, most, &count);
    if (!st)
        st = text_at(w, w->at.sample_of, row, sample_of, sizeof sample_of);
    if (st)
        return st;
    if (!isnan(r->sample) && *sample_of && strcmp(sample_of, area) != 0) {
        w->found.other_sample++;
        r->other_sample = true;
        r->sample = NAN;
    }
    if (count > r->sample)
        return hz_fail(w->err, HZ_EDATA, "%s: row %zu: %g answers of a sample of %g",
                       hz_layer_name(w->table), row + 1, count, r->sample);
    r->share = w->at.percent ? r->share / 100 : r->share;
    /* a share may be rounded to whole per cent, but not be another */
    if (fabs(r->share - count / r->sample) > 0.006)
        return hz_fail(w->err, HZ_EDATA, "%s: row %zu: a share of %g but %g of %g",
                       hz_layer_name(w->table), row + 1, r->share, count, r->sample);
    if (r->sample == 0)
        r->sample = NAN;
    if (!isnan(count / r->sample)) /* a count is nearer the source than a rounded share */
        r->share = count / r->sample;
    r->answers = isnan(count) ? r->share * r->sample : count;
    return HZ_OK;
}

static hz_status read_row(work *w, size_t row)
{
    char area[500], question[1000], year[64];
    hz_status st = text_at(w, w->at.area, row, area, sizeof area);
    if (!st)
        st = text_at(w, w->at.question, row, question, sizeof question);
    if (!st)
        st = text_at(w, w->at.year, row, year, sizeof year);
    if (st)
        return st;
    int when = year_in(year);
    if (!*area || when == 0) {
        w->found.refused++;
        return HZ_OK;
    }
    if (when != w->o->before && when != w->o->after) {
        w->found.other_year++;
        return HZ_OK;
    }
    reading *r = &w->rows[w->count];
    *r = (reading){ .row = row, .side = when == w->o->after };
    st = read_figures(w, row, area, r);
    if (st)
        return st;
    r->area = hz_mem_text(area);
    r->question = hz_mem_text(question);
    w->count++; /* so that both are freed */
    return r->area && r->question ? HZ_OK : hz_mem_fail(w->err, "survey");
}

static int by_question(const reading *p, const reading *q)
{
    int order = strcmp(p->area, q->area);
    return order ? order : strcmp(p->question, q->question);
}

static int by_key(const void *a, const void *b)
{
    const reading *p = a, *q = b;
    int order = by_question(p, q);
    if (order)
        return order;
    if (p->side != q->side)
        return p->side - q->side;
    return p->row < q->row ? -1 : p->row > q->row;
}

static size_t first_row(const work *w, const size_t pair[2])
{
    size_t a = pair[0] == SIZE_MAX ? SIZE_MAX : w->rows[pair[0]].row;
    size_t b = pair[1] == SIZE_MAX ? SIZE_MAX : w->rows[pair[1]].row;
    return a < b ? a : b;
}

/* Rows of one area and question become a pair; pairs stand in the order of the source. */
static hz_status make_pairs(work *w)
{
    if (w->count > 1)
        qsort(w->rows, w->count, sizeof *w->rows, by_key);
    for (size_t i = 0; i < w->count; i++) {
        const reading *r = &w->rows[i], *last = i ? r - 1 : NULL;
        bool same = last && by_question(last, r) == 0;
        if (same && last->side == r->side)
            return hz_fail(w->err, HZ_EDATA, "%s: rows %zu and %zu are both about %s in %d%s%s",
                           hz_layer_name(w->table), last->row + 1, r->row + 1, r->area,
                           r->side ? w->o->after : w->o->before, *r->question ? ": " : "",
                           r->question);
        if (!same)
            memset(w->pair[w->pairs++], 0xFF, sizeof *w->pair);
        w->pair[w->pairs - 1][r->side] = i;
    }
    return HZ_OK;
}

/* A pair and where it first stands in the source. */
typedef struct {
    size_t row, pair[2];
} ordered;

static int by_row(const void *a, const void *b)
{
    const ordered *p = a, *q = b;
    return p->row < q->row ? -1 : p->row > q->row;
}

static hz_status order_pairs(work *w)
{
    ordered *list = hz_mem_new(w->pairs, sizeof *list);
    if (!list)
        return hz_mem_fail(w->err, "survey");
    for (size_t i = 0; i < w->pairs; i++)
        list[i] = (ordered){ first_row(w, w->pair[i]), { w->pair[i][0], w->pair[i][1] } };
    if (w->pairs > 1)
        qsort(list, w->pairs, sizeof *list, by_row);
    for (size_t i = 0; i < w->pairs; i++)
        memcpy(w->pair[i], list[i].pair, sizeof *w->pair);
    hz_mem_free(list);
    return HZ_OK;
}

/* The table under construction: seven numbers and five texts for each pair. */
enum { SHARE_1, SHARE_2, N_1, N_2, DIFFERENCE, LOW, HIGH, NUMBERS };
typedef struct {
    double *number[NUMBERS];
    unsigned char *mark[NUMBERS];
    const char **area, **question, **state, **reason;
    char **name;
} table;

static hz_status new_table(table *t, size_t n, hz_error *err)
{
    bool failed = false;
    for (int c = 0; c < NUMBERS; c++) {
        t->number[c] = hz_mem_new(n, sizeof(double));
        t->mark[c] = hz_mem_new(n, 1);
        failed |= !t->number[c] || !t->mark[c];
    }
    t->area = hz_mem_new(n, sizeof *t->area);
    t->question = hz_mem_new(n, sizeof *t->question);
    t->state = hz_mem_new(n, sizeof *t->state);
    t->reason = hz_mem_new(n, sizeof *t->reason);
    t->name = hz_mem_new(n, sizeof *t->name);
    failed |= !t->area || !t->question || !t->state || !t->reason || !t->name;
    return failed ? hz_mem_fail(err, "survey") : HZ_OK;
}

static void free_table(table *t, size_t n)
{
    for (int c = 0; c < NUMBERS; c++) {
        hz_mem_free(t->number[c]);
        hz_mem_free(t->mark[c]);
    }
    for (size_t i = 0; t->name && i < n; i++)
        hz_mem_free(t->name[i]);
    hz_mem_free(t->area);
    hz_mem_free(t->question);
    hz_mem_free(t->state);
    hz_mem_free(t->reason);
    hz_mem_free(t->name);
}

/* Few answers, for or against, tell on persons. */
static bool is_small(const reading *r, double below)
{
    double against = r->sample - r->answers;
    return (r->answers >= 0.5 && r->answers < below) || (against >= 0.5 && against < below);
}

static const char *reason_of(const reading *before, const reading *after)
{
    if (!before || isnan(before->share))
        return !after || isnan(after->share) ? "no share in either year" : "no share before";
    if (!after || isnan(after->share))
        return "no share after";
    if ((isnan(before->sample) || isnan(after->sample)) &&
        (before->other_sample || after->other_sample))
        return "no sample size of this area: no test possible";
    if (isnan(before->sample))
        return isnan(after->sample) ? "no sample sizes: no test possible"
                                    : "no sample size before: no test possible";
    return isnan(after->sample) ? "no sample size after: no test possible" : NULL;
}

static void fill_pair(work *w, table *t, size_t i)
{
    const reading *of[2];
    double effect = w->o->design_effect;
    for (int k = 0; k < 2; k++) {
        of[k] = w->pair[i][k] == SIZE_MAX ? NULL : &w->rows[w->pair[i][k]];
        t->number[SHARE_1 + k][i] = of[k] ? of[k]->share : NAN;
        t->number[N_1 + k][i] = of[k] ? of[k]->sample : NAN;
    }
    const reading *any = of[0] ? of[0] : of[1];
    t->area[i] = any->area;
    t->question[i] = any->question;
    t->reason[i] = reason_of(of[0], of[1]);
    t->state[i] = t->reason[i] ? "undefined" : "ok";
    t->number[DIFFERENCE][i] = t->number[SHARE_2][i] - t->number[SHARE_1][i];
    t->number[LOW][i] = t->number[HIGH][i] = NAN;
    if (!t->reason[i])
        hz_interval_difference(of[1]->answers / effect, of[1]->sample / effect,
                               of[0]->answers / effect, of[0]->sample / effect, w->o->level,
                               &t->number[DIFFERENCE][i], &t->number[LOW][i],
                               &t->number[HIGH][i]);
    bool hide = (of[0] && is_small(of[0], w->o->hide_below)) ||
                (of[1] && is_small(of[1], w->o->hide_below));
    if (hide) {
        t->state[i] = "hidden";
        t->reason[i] = NULL;
    }
    for (int c = 0; c < NUMBERS; c++) {
        if (hide)
            t->number[c][i] = NAN;
        if (isnan(t->number[c][i]))
            t->mark[c][i] = hide ? HZ_HIDDEN : c >= DIFFERENCE ? HZ_UNDEFINED_NO_RESULT
                                                               : HZ_UNDEFINED_MISSING;
    }
    w->found.hidden += hide;
    w->found.defined += !hide && !t->reason[i];
    w->found.no_sample += t->reason[i] && strncmp(t->reason[i], "no sample", 9) == 0;
    w->found.one_year += t->reason[i] && strncmp(t->reason[i], "no share", 8) == 0;
}

static hz_status fill_table(work *w, table *t)
{
    for (size_t i = 0; i < w->pairs; i++) {
        char name[500];
        hz_status st = text_at(w, w->at.name, first_row(w, w->pair[i]), name, sizeof name);
        if (st)
            return st;
        fill_pair(w, t, i);
        t->name[i] = hz_mem_text(w->at.name < 0 ? t->area[i] : name);
        if (!t->name[i])
            return hz_mem_fail(w->err, "survey");
    }
    return HZ_OK;
}

static hz_status store(const work *w, table *t, hz_layer **out)
{
    const struct {
        const char *name;
        const char *const *texts;
    } texts[] = { { "area", t->area }, { "name", (const char *const *)t->name },
                  { "question", t->question }, { "state", t->state }, { "reason", t->reason } };
    hz_layer *layer = NULL;
    hz_status st = hz_layer_new(hz_layer_name(w->table), w->pairs, &layer, w->err);
    for (size_t i = 0; !st && i < COUNT(texts); i++)
        st = hz_layer_add_texts(layer, texts[i].name, texts[i].texts, w->err);
    for (size_t c = 0; !st && c < NUMBERS; c++)
        st = hz_layer_take_numbers(layer, columns[SHARE_1 + 3 + c], &t->number[c], &t->mark[c],
                                   w->err);
    if (st) {
        hz_layer_free(layer);
        return st;
    }
    *out = layer;
    return HZ_OK;
}

static hz_status check_opts(const hz_survey_opts *o, hz_error *err)
{
    if (o->before == o->after)
        return hz_fail(err, HZ_EUSAGE, "survey: %d before and after, expected two different years",
                       o->before);
    if (o->before > o->after)
        return hz_fail(err, HZ_EUSAGE, "survey: %d before and %d after, expected the earlier year "
                       "before", o->before, o->after);
    if (!(o->level > 0 && o->level < 1))
        return hz_fail(err, HZ_EUSAGE, "level: %g, expected between 0 and 1", o->level);
    if (!(o->design_effect > 0) || isinf(o->design_effect))
        return hz_fail(err, HZ_EUSAGE, "design-effect: %g, expected a number over 0, such as 1.5",
                       o->design_effect);
    return hz_disclose_check(o->hide_below, err);
}

hz_status hz_survey_change(const hz_layer *source, const hz_survey_opts *opts, hz_layer **out,
                           hz_survey_found *found, hz_error *err)
{
    size_t n = hz_layer_rows(source);
    work w = { .table = source, .o = opts, .err = err };
    table t = { 0 };
    hz_status st = check_opts(opts, err);

    if (!st)
        st = find_columns(source, opts, &w.at, err);
    if (st)
        return st;
    w.rows = hz_mem_new(n, sizeof *w.rows);
    w.pair = hz_mem_new(n, sizeof *w.pair);
    st = w.rows && w.pair ? HZ_OK : hz_mem_fail(err, "survey");
    for (size_t row = 0; !st && row < n; row++)
        st = read_row(&w, row);
    if (!st && !w.count)
        st = hz_fail(err, HZ_EDATA, "%s: has no row of %d or %d, expected shares of both",
                     hz_layer_name(source), opts->before, opts->after);
    if (!st)
        st = make_pairs(&w);
    if (!st)
        st = order_pairs(&w);
    if (!st)
        st = new_table(&t, w.pairs, err);
    if (!st)
        st = fill_table(&w, &t);
    if (!st)
        st = store(&w, &t, out);
    if (!st && found) {
        w.found.read = n;
        w.found.used = w.count;
        w.found.compared = w.pairs;
        *found = w.found;
    }
    free_table(&t, w.pairs);
    for (size_t i = 0; w.rows && i < w.count; i++) {
        hz_mem_free(w.rows[i].area);
        hz_mem_free(w.rows[i].question);
    }
    hz_mem_free(w.rows);
    hz_mem_free(w.pair);
    return st;
}
