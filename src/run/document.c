/* Writes the report, once per language: in short, the sections, data and the fate of every
 * event. */
#include <string.h>

#include "hotzone/findings.h"
#include "hotzone/html.h"
#include "hotzone/mem.h"
#include "run/audit_parts.h"
#include "run/document.h"
#include "run/zones.h"

/* The report's own words, English and Danish, by hz_language. */
typedef const char *const pair[LANGUAGES];
static pair word_data = { "Data and method", "Data og metode" };
static pair word_check = { "Check of the data", "Kontrol af data" };
static pair word_fate = { "What became of every record", "Hvad der blev af hver post" };
static pair word_again = { "To get the same again", "Sådan fås det samme igen" };
static pair word_sources = { "Sources", "Kilder" };
static pair word_recipe = {
    "Made by hotzone %s from %s. The manifest (manifest.json) lists every input and output with "
    "its SHA-256 checksum, and all settings; the same input gives the same bytes.",
    "Lavet med hotzone %s ud fra %s. Manifestet (manifest.json) nævner hver inddata- og "
    "uddatafil med SHA-256-kontrolsum og alle indstillinger; samme inddata giver samme bytes."
};

/* "73.798 rækker", "1 række". */
void document_add_count(hz_text *out, hz_language l, size_t n, const char *one, const char *many)
{
    char number[40];
    hz_text_addf(out, "%s %s", hz_number_format(number, sizeof number, (double)n, 0, l),
                 n == 1 ? one : many);
}

hz_status project_add_drawing(const project *p, hz_html *page, const drawing *d, hz_error *err)
{
    const char *relative = d->svg ? d->svg : d->png;
    hz_text path = { 0 };
    if (!relative)
        return HZ_OK;
    hz_text_addf(&path, "%s/%s", p->staging, relative);
    hz_html_figure figure = { .path = hz_text_get(&path), .alt = d->alt, .caption = d->caption,
                              .link = d->png ? d->png : d->svg };
    hz_status st = path.failed ? hz_mem_fail(err, "report")
                               : hz_html_add_figure(page, &figure, err);
    hz_text_free(&path);
    return st;
}

hz_status document_add_line(document_list *to, hz_text *text, hz_error *err)
{
    if (text->length == 0 && !text->failed)
        return HZ_OK;
    char **grown = hz_mem_resize(to->text, to->n + 1, sizeof *grown);
    if (!grown)
        return hz_mem_fail(err, "report");
    to->text = grown;
    to->text[to->n] = hz_text_take(text);
    if (!to->text[to->n])
        return hz_mem_fail(err, "report");
    to->n++;
    return HZ_OK;
}

hz_status document_show_list(hz_html *page, document_list *from, hz_status st)
{
    if (!st && from->n)
        hz_html_list(page, (const char *const *)from->text, from->n);
    for (size_t i = 0; i < from->n; i++)
        hz_mem_free(from->text[i]);
    hz_mem_free(from->text);
    *from = (document_list){ 0 };
    return st;
}

/* An audit's exact numbers of rows could give a hidden count away. */
static bool hides_counts(const recipe *r)
{
    for (size_t i = 0; i < r->event_count; i++)
        if (r->events[i].from.sensitive || recipe_hides(r, i))
            return true;
    return false;
}

static hz_status build(const project *p, const hz_audit *audit, hz_language l, hz_html *page,
                       hz_error *err)
{
    const recipe *r = p->r;
    const char *name = strrchr(r->path, '/');
    hz_text again = { 0 };
    hz_status st = document_short(p, page, l, err);

    if (!st && words_in(&r->note, l, NULL))
        hz_html_paragraph(page, words_in(&r->note, l, NULL));
    if (!st)
        st = document_rates(p, page, l, err);
    if (!st)
        st = project_report_changes(p, l, page, err);
    if (!st)
        st = project_report_clusters(p, l, page, err);
    if (!st)
        st = project_report_zones(p, l, page, err);
    if (!st)
        st = project_report_focuses(p, l, page, err);
    if (!st)
        st = project_report_flows(p, l, page, err);
    if (st)
        return st;
    hz_html_heading(page, 2, word_data[l]);
    hz_html_heading(page, 3, word_sources[l]);
    st = document_sources(p, page, l, err);
    if (!st && !hides_counts(p->r)) {
        hz_html_heading(page, 3, word_check[l]);
        st = hz_findings_html((const hz_quality *const *)audit->of, audit->n, l, page, err);
    }
    if (!st && p->result_count) {
        hz_html_heading(page, 3, word_fate[l]);
        st = project_report_fates(p, l, page, err);
    }
    hz_text_addf(&again, word_recipe[l], HZ_VERSION, name ? name + 1 : r->path);
    if (!st && again.failed)
        st = hz_mem_fail(err, "report");
    if (!st) {
        hz_html_heading(page, 3, word_again[l]);
        hz_html_paragraph(page, hz_text_get(&again));
        hz_html_glossary(page);
    }
    hz_text_free(&again);
    return st;
}

/* ---- words that the recipe gives in the other language alone ---- */

typedef struct {
    hz_html_phrase *phrases; /* texts lent by the recipe's document */
    size_t n;
} foreign;

/* Every `{da: ...}` without `en`, or the other way round, at or below a node. */
static hz_status find_foreign(const hz_node *node, foreign *found, hz_error *err)
{
    hz_status st = HZ_OK;
    if (!node || hz_node_type(node) == HZ_NODE_SCALAR)
        return HZ_OK;
    const hz_node *english = hz_node_get(node, "en"), *danish = hz_node_get(node, "da");
    const hz_node *one = english ? english : danish;
    if (one && !(english && danish) && hz_node_type(one) == HZ_NODE_SCALAR) {
        hz_html_phrase *grown = hz_mem_resize(found->phrases, found->n + 1, sizeof *grown);
        if (!grown)
            return hz_mem_fail(err, "report");
        found->phrases = grown;
        grown[found->n++] = (hz_html_phrase){ hz_node_text(one), english ? HZ_ENGLISH : HZ_DANISH };
    }
    for (size_t i = 0; !st && i < hz_node_count(node); i++)
        st = find_foreign(hz_node_item(node, i), found, err);
    return st;
}

hz_status project_report(project *p, hz_error *err)
{
    const recipe *r = p->r;
    hz_audit audit = { 0 };
    foreign other = { 0 };
    /* reads the sources as they came; not shown where counts are hidden */
    hz_status st = hides_counts(r) ? HZ_OK : audit_recipe(r, &audit, NULL, err);
    if (!st)
        st = find_foreign(hz_doc_root(r->doc), &other, err);

    for (size_t i = 0; !st && i < r->language_count; i++) {
        hz_language l = r->languages[i];
        hz_text made_up = { 0 };
        hz_html *page = NULL;
        char *path = NULL;
        /* the whole report is made up only if all of it is; else each section says so */
        size_t invented = 0;
        for (size_t k = 0; k < p->result_count; k++)
            invented += result_is_made_up(p, &p->results[k]) ? 1 : 0;
        if (invented && invented == p->result_count)
            hz_caption_made_up(l, &made_up);
        hz_html_front front = { .language = l, .title = words_in(&r->title, l, r->name),
                                .subtitle = words_in(&r->subtitle, l, NULL),
                                .byline = words_in(&r->author, l, NULL),
                                .made_up = made_up.length ? hz_text_get(&made_up) : NULL,
                                .contents = true, .foreign = other.phrases,
                                .foreign_count = other.n };
        st = made_up.failed ? hz_mem_fail(err, "report") : hz_html_new(&front, &page, err);
        if (!st)
            st = build(p, &audit, l, page, err);
        if (!st)
            st = project_output(p, &path, err, "report.%s.html", language_code(l));
        if (!st)
            st = hz_html_write(page, path, err);
        hz_mem_free(path);
        path = NULL;
        if (!st)
            st = project_output(p, &path, err, "report.%s.md", language_code(l));
        if (!st)
            st = hz_html_write_marked(page, path, err);
        hz_html_free(page);
        hz_mem_free(path);
        hz_text_free(&made_up);
    }
    hz_audit_clear(&audit);
    hz_mem_free(other.phrases);
    return st;
}
