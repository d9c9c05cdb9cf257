/* The section of a report about where people live and where their events are. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "run/project.h"

typedef const char *const pair[LANGUAGES];
static pair word_title = { "Where people live and where events are",
                           "Hvor folk bor, og hvor hændelserne er" };
static pair word_matrix = { "Events by home (rows) and place (columns)",
                            "Hændelser efter hjem (rækker) og sted (kolonner)" };
static pair word_home = { "Home", "Hjem" };
static pair word_all = { "All", "Alle" };
static pair word_bands = { "Distance from home", "Afstand fra hjemmet" };
static pair word_km = { "km", "km" };
static pair word_number = { "Events", "Hændelser" };
static pair word_share = { "Share", "Andel" };
static pair word_doubt = { "When not to trust this", "Hvornår dette ikke skal stoles på" };
/* A page is as wide as this many places. */
enum { COLUMNS_MOST = 16 };

/* ------------------------------------------------------------------ the matrix */

/* Rows of the table of pairs are homes in order, each with its places in order; then the sums. */
typedef struct {
    const hz_layer *pairs;
    size_t homes, places;  /* without `all` */
} shape;

static shape shape_of(const hz_layer *pairs)
{
    shape s = { pairs, 0, 0 };
    for (size_t i = 0; i < hz_layer_rows(pairs); i++) {
        s.homes += strcmp(hz_layer_text(pairs, "kind", i), "from") == 0;
        s.places += strcmp(hz_layer_text(pairs, "kind", i), "to") == 0;
    }
    return s;
}

/* Row of the pairs for home h and place e; either may be one past the last, which is all. */
static size_t row_of(const shape *s, size_t h, size_t e)
{
    size_t pairs = s->homes * s->places;
    if (h < s->homes && e < s->places)
        return h * s->places + e;
    return e == s->places ? h < s->homes ? pairs + h : pairs + s->homes + s->places
                          : pairs + s->homes + e;
}

static const char *home_name(const shape *s, size_t h, hz_language l)
{
    size_t row = row_of(s, h, s->places);
    return h == s->homes ? word_all[l]
                         : hz_caption_flows_place(hz_layer_text(s->pairs, "from", row),
                                                  hz_layer_text(s->pairs, "from_name", row), l);
}

static hz_status add_column(const shape *s, hz_layer *table, const char *name, size_t e,
                            hz_error *err)
{
    size_t n = s->homes + 1;
    double *values = hz_mem_new(n, sizeof *values);
    unsigned char *marks = hz_mem_new(n, 1);
    hz_status st = values && marks ? HZ_OK : hz_mem_fail(err, "report");
    for (size_t h = 0; !st && h < n; h++) {
        size_t row = row_of(s, h, e);
        values[h] = hz_layer_numbers(s->pairs, "events")[row];
        marks[h] = (unsigned char)hz_layer_mark(s->pairs, "events", row);
    }
    if (!st)
        st = hz_layer_take_numbers(table, name, &values, &marks, err);
    hz_mem_free(values);
    hz_mem_free(marks);
    return st;
}

static hz_status make_matrix(const shape *s, hz_language l, hz_layer **out, hz_error *err)
{
    const char **names = hz_mem_new(s->homes + 1, sizeof *names);
    hz_layer *table = NULL;
    hz_status st = names ? hz_layer_new("flows", s->homes + 1, &table, err)
                         : hz_mem_fail(err, "report");
    for (size_t h = 0; !st && h <= s->homes; h++)
        names[h] = home_name(s, h, l);
    if (!st)
        st = hz_layer_add_texts(table, "home", names, err);
    for (size_t e = 0; !st && e <= s->places; e++) {
        char name[16];
        snprintf(name, sizeof name, "to%zu", e);
        st = add_column(s, table, name, e, err);
    }
    hz_mem_free(names);
    if (st)
        hz_layer_free(table);
    else
        *out = table;
    return st;
}

/* Wide tables show the sums of homes alone. */
static hz_status add_matrix(const project *p, hz_language l, hz_html *page, hz_error *err)
{
    const shape s = shape_of(p->flows.found.pairs);
    bool whole = s.places <= COLUMNS_MOST;
    hz_html_column columns[COLUMNS_MOST + 2] = { { .column = "home", .header = word_home[l] } };
    char names[COLUMNS_MOST + 1][16];
    size_t n = 1;
    hz_layer *table = NULL;
    hz_status st = make_matrix(&s, l, &table, err);
    for (size_t e = whole ? 0 : s.places; !st && e <= s.places; e++) {
        size_t row = row_of(&s, s.homes, e);
        snprintf(names[n - 1], sizeof names[0], "to%zu", e);
        columns[n] = (hz_html_column){
            .column = names[n - 1],
            .header = e == s.places ? word_all[l]
                      : hz_caption_flows_place(hz_layer_text(s.pairs, "to", row),
                                               hz_layer_text(s.pairs, "to_name", row), l)
        };
        n++;
    }
    const hz_html_table t = { .caption = word_matrix[l], .layer = table, .columns = columns,
                              .column_count = n };
    if (!st)
        st = hz_html_add_table(page, &t, err);
    hz_layer_free(table);
    return st;
}

/* ------------------------------------------------------------------ distances */

static hz_status add_bands(const project *p, hz_language l, hz_html *page, hz_error *err)
{
    const hz_layer *bands = p->flows.found.bands;
    size_t n = bands ? hz_layer_rows(bands) : 0;
    char labels[HZ_FLOWS_BANDS_MOST + 1][64];
    const char *names[HZ_FLOWS_BANDS_MOST + 1];
    hz_layer *table = NULL;
    const hz_html_column columns[] = {
        { .column = "where", .header = word_bands[l], .unit = word_km[l] },
        { .column = "events", .header = word_number[l] },
        { .column = "share", .header = word_share[l], .kind = HZ_CELL_SHARE, .decimals = 1 },
    };
    const hz_html_table t = { .caption = word_bands[l], .columns = columns, .column_count = 3 };
    if (!n)
        return HZ_OK;
    for (size_t b = 0; b < n; b++) {
        char from[24], to[24];
        double low = hz_layer_numbers(bands, "from_km")[b], high = hz_layer_numbers(bands, "to_km")[b];
        hz_number_format(from, sizeof from, low, low != floor(low), l);
        hz_number_format(to, sizeof to, b + 1 < n ? high : 0, high != floor(high), l);
        if (b + 1 < n)
            snprintf(labels[b], sizeof labels[b], "%s–%s", from, to);
        else
            snprintf(labels[b], sizeof labels[b], l == HZ_DANISH ? "%s og derover" : "%s or more", from);
        names[b] = labels[b];
    }
    hz_status st = hz_layer_copy(bands, &table, err);
    if (!st)
        st = hz_layer_add_texts(table, "where", names, err);
    hz_html_table with = t;
    with.layer = table;
    if (!st)
        st = hz_html_add_table(page, &with, err);
    hz_layer_free(table);
    return st;
}

/* ------------------------------------------------------------------ the section */

typedef void sentence(const hz_caption_flows *, hz_language, hz_text *);
typedef enum { PARAGRAPH, NOTE, CALLOUT } block;

static hz_status add(hz_html *page, const hz_caption_flows *facts, hz_language l, sentence *tell,
                     block as, hz_error *err)
{
    hz_text text = { 0 };
    tell(facts, l, &text);
    hz_status st = text.failed ? hz_mem_fail(err, "report") : HZ_OK;
    if (!st && as == PARAGRAPH)
        hz_html_paragraph(page, hz_text_get(&text));
    else if (!st && as == NOTE)
        hz_html_note(page, hz_text_get(&text));
    else if (!st)
        hz_html_callout(page, word_doubt[l], hz_text_get(&text));
    hz_text_free(&text);
    return st;
}

hz_status project_flows_short(const project *p, size_t i, hz_language l, hz_text *out, hz_error *err)
{
    hz_text period[LANGUAGES] = { { 0 } };
    hz_caption_flows facts;
    (void)i; /* there is one of them */
    (void)err; /* memory is told by the text */
    project_flows_facts(p, period, &facts);
    hz_text_add(out, words_in(&p->r->flows.title, l, word_title[l]));
    hz_text_add(out, ".");
    hz_caption_flows_short(&facts, l, out);
    for (size_t k = 0; k < LANGUAGES; k++)
        hz_text_free(&period[k]);
    return HZ_OK;
}

hz_status project_report_flows(const project *p, hz_language l, hz_html *page, hz_error *err)
{
    const recipe_flows *f = &p->r->flows;
    hz_text period[LANGUAGES] = { { 0 } };
    hz_caption_flows facts;
    hz_status st;
    if (!f->given)
        return HZ_OK;
    project_flows_facts(p, period, &facts);
    hz_html_heading(page, 2, words_in(&f->title, l, word_title[l]));
    if (words_in(&f->note, l, NULL))
        hz_html_callout(page, NULL, words_in(&f->note, l, NULL));
    st = add(page, &facts, l, hz_caption_flows_statement, PARAGRAPH, err);
    if (!st)
        st = add_matrix(p, l, page, err);
    if (!st)
        st = add_bands(p, l, page, err);
    if (!st)
        st = add(page, &facts, l, hz_caption_flows_method, NOTE, err);
    if (!st)
        st = add(page, &facts, l, hz_caption_flows_doubt, CALLOUT, err);
    for (size_t k = 0; k < LANGUAGES; k++)
        hz_text_free(&period[k]);
    return st;
}
