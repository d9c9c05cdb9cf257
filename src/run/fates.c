/* Tables of a report: what became of every row that was read. */
#include <math.h>

#include "hotzone/html.h"
#include "hotzone/mem.h"
#include "run/project.h"

enum { FATES_MOST = 8 };

typedef const char *const pair[LANGUAGES];
static pair word_analysis = { "Analysis", "Analyse" };
static pair word_source = { "Source", "Kilde" };
static pair word_areas = { "Areas", "Områder" };

/* The first is the sum of the others. */
typedef struct {
    const char *column;
    pair header;
} fate;
static const fate of_events[] = {
    { "read", { "Read", "Læst" } },
    { "placed", { "In an area", "I et område" } },
    { "outside", { "Outside", "Udenfor" } },
    { "unlocated", { "No coordinates", "Uden koordinater" } },
    { "other_period", { "Other period", "Anden periode" } },
    { "undated", { "No date", "Uden dato" } },
    { "other_kind", { "Other kind", "Anden art" } },
    { "refused", { "Refused", "Afvist" } },
};
static const fate of_counts[] = {
    { "read", { "Read", "Læst" } },
    { "used", { "Used", "Brugt" } },
    { "other_area", { "Other areas", "Andre områder" } },
    { "other_year", { "Other years", "Andre år" } },
    { "other_kind", { "Other kinds", "Andre arter" } },
    { "without_figure", { "No figure", "Uden tal" } },
    { "refused", { "Refused", "Afvist" } },
};
static pair word_of_events = {
    "What became of every event read: the columns add up to those read",
    "Hvad der blev af hver indlæst hændelse: kolonnerne giver tilsammen de læste"
};
static pair word_of_counts = {
    "What became of every row of ready-made figures: the columns add up to those read",
    "Hvad der blev af hver række med færdige tal: kolonnerne giver tilsammen de læste"
};

/* The fates of one result; NaN is a number that is withheld. */
static void fates_of(const project *p, const result *res, double *out)
{
    const hz_match_fate *c = &res->rating.counts_fate;
    if (p->r->events[p->r->analyses[res->analysis].events].ready_made) {
        const size_t n[] = { c->read, c->used, c->other_area, c->other_year, c->other_kind,
                             c->without_figure, c->refused };
        for (size_t k = 0; k < sizeof n / sizeof *n; k++)
            out[k] = (double)n[k];
        return;
    }
    const hz_fate *f = &res->rating.fate;
    const size_t n[] = { f->read, f->placed, f->outside, f->unlocated, f->other_period,
                         f->undated, f->other_kind, f->refused };
    bool withheld = recipe_hides(p->r, p->r->analyses[res->analysis].events);
    for (size_t k = 0; k < sizeof n / sizeof *n; k++)
        out[k] = withheld ? NAN : (double)n[k];
}

/* One column of numbers; those withheld are marked as hidden.  *any: is one not 0? */
static hz_status take_column(hz_layer *table, const char *column, const double *values,
                             size_t every, bool *any, hz_error *err)
{
    size_t n = hz_layer_rows(table);
    double *copy = hz_mem_new(n, sizeof *copy);
    unsigned char *marks = hz_mem_new(n, 1);
    hz_status st = copy && marks ? HZ_OK : hz_mem_fail(err, "report");
    *any = false;
    for (size_t i = 0; !st && i < n; i++) {
        copy[i] = values[i * every];
        marks[i] = isnan(copy[i]) ? HZ_HIDDEN : HZ_KNOWN;
        *any |= copy[i] != 0 && !isnan(copy[i]);
    }
    if (!st)
        st = hz_layer_take_numbers(table, column, &copy, &marks, err);
    hz_mem_free(copy);
    hz_mem_free(marks);
    return st;
}

static hz_status add_names(const project *p, hz_layer *table, const result *const *of,
                           hz_language l, hz_error *err)
{
    size_t n = hz_layer_rows(table);
    const char **texts = hz_mem_new(n, sizeof *texts);
    hz_status st = texts ? HZ_OK : hz_mem_fail(err, "report");
    for (int k = 0; !st && k < 3; k++) {
        static const char *const columns[] = { "analysis", "source", "areas" };
        for (size_t i = 0; i < n; i++) {
            const recipe_analysis *a = &p->r->analyses[of[i]->analysis];
            const recipe_areas *areas = &p->r->areas[of[i]->areas];
            texts[i] = k == 0   ? words_in(&a->title, l, a->name)
                       : k == 1 ? source_shown(&p->r->events[a->events].from, p->events[a->events])
                                : words_in(&areas->from.title, l, areas->from.name);
        }
        st = hz_layer_add_texts(table, columns[k], texts, err);
    }
    hz_mem_free(texts);
    return st;
}

/* Columns in which nothing fell are left out, but for what was read and what was used of it. */
static hz_status show(const project *p, hz_html *page, const result *const *of, size_t n,
                      bool counts, hz_language l, hz_error *err)
{
    const fate *fates = counts ? of_counts : of_events;
    size_t fate_count = counts ? sizeof of_counts / sizeof *of_counts
                               : sizeof of_events / sizeof *of_events;
    hz_html_column columns[3 + FATES_MOST] = {
        { .column = "analysis", .header = word_analysis[l] },
        { .column = "source", .header = word_source[l] },
        { .column = "areas", .header = word_areas[l] },
    };
    size_t shown = 3;
    double *values = NULL;
    hz_layer *table = NULL;
    hz_status st = HZ_OK;

    if (n == 0)
        return HZ_OK;
    values = hz_mem_new(n * FATES_MOST, sizeof *values);
    if (!values)
        return hz_mem_fail(err, "report");
    for (size_t i = 0; i < n; i++)
        fates_of(p, of[i], values + i * FATES_MOST);
    st = hz_layer_new("fates", n, &table, err);
    if (!st)
        st = add_names(p, table, of, l, err);
    for (size_t k = 0; !st && k < fate_count; k++) {
        bool any;
        st = take_column(table, fates[k].column, values + k, FATES_MOST, &any, err);
        if (any || k < 2)
            columns[shown++] = (hz_html_column){ .column = fates[k].column,
                                                 .header = fates[k].header[l] };
    }
    if (!st) {
        hz_html_table made = { .caption = counts ? word_of_counts[l] : word_of_events[l],
                               .layer = table, .columns = columns, .column_count = shown };
        st = hz_html_add_table(page, &made, err);
    }
    hz_layer_free(table);
    hz_mem_free(values);
    return st;
}

hz_status project_report_fates(const project *p, hz_language l, hz_html *page, hz_error *err)
{
    const result **of = hz_mem_new(p->result_count ? p->result_count : 1, sizeof *of);
    hz_status st = of ? HZ_OK : hz_mem_fail(err, "report");
    for (int counts = 0; !st && counts < 2; counts++) {
        size_t n = 0;
        for (size_t i = 0; i < p->result_count; i++) {
            const recipe_analysis *a = &p->r->analyses[p->results[i].analysis];
            if (p->r->events[a->events].ready_made == (counts == 1))
                of[n++] = &p->results[i];
        }
        st = show(p, page, of, n, counts == 1, l, err);
    }
    hz_mem_free(of);
    return st;
}
