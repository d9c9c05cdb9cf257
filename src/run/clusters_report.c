/* The sections of a report about where events cluster. */
#include <math.h>

#include "hotzone/html.h"
#include "hotzone/mem.h"
#include "run/project.h"

typedef const char *const pair[LANGUAGES];
static pair word_number = { "Cluster", "Klynge" };
static pair word_place = { "Around", "Omkring" };
static pair word_radius = { "Radius", "Radius" };
static pair word_events = { "Events", "Antal" };
static pair word_expected = { "Expected", "Ventet" };
static pair word_risk = { "Relative risk", "Relativ risiko" };
static pair word_clusters = { "Clusters of any size, most likely first",
                              "Klynger af enhver størrelse, den mest sandsynlige først" };
static pair word_single = {
    "Clusters of any size, most likely first; a radius of 0 is a single place",
    "Klynger af enhver størrelse, den mest sandsynlige først; radius 0 er et enkelt sted"
};
static pair word_doubt = { "When not to trust this map", "Hvornår kortet ikke skal stoles på" };
static pair word_title = { "Do %s cluster beyond chance?", "Samler %s sig ud over tilfældet?" };
static pair word_few = { "How little the figures can show", "Hvor lidt tallene kan vise" };
static pair word_events_fallback = { "events", "hændelser" };
static pair word_figures = { "figures", "tal" };

void project_cluster_facts(const project *p, size_t i, hz_language l,
                           const char *names[HZ_CLUSTERING_SPREADS], hz_text *period,
                           hz_caption_hotspots *f)
{
    const recipe_hotspots *h = &p->r->hotspots[i];
    const recipe_areas *a = &p->r->areas[h->areas];
    const hz_clustering *c = &p->clusters[i].found;
    if (h->period_text)
        hz_caption_period(h->period, l, period);
    for (size_t k = 0; k < c->spreads; k++)
        names[k] = c->spread_name[k];
    *f = (hz_caption_hotspots){
        .language = l,
        .noun = h->value ? words_in(&h->noun, l, word_figures[l])
                : words_in(&h->noun, l, words_in(&p->r->events[h->events].from.title, l,
                                                 word_events_fallback[l])),
        .units_noun = words_in(&a->from.title, l, NULL),
        .place_in = words_in(&a->place_in, l, NULL), .period = hz_text_get(period),
        .cell_m = h->cell, .neighbours = &h->neighbours, .figures = !c->counted,
        .rates = h->opts.method == HZ_LOCAL_MORAN && h->population != RECIPE_NONE && !(h->cell > 0),
        .units = c->units.table, .opts = &h->opts, .found = &c->found, .power = &c->power,
        .fate = h->value || p->r->events[h->events].ready_made ? NULL : &c->fate,
        .coarse = c->coarse, .events = c->events, .events_left_out = c->events_left_out,
        .scan = c->scanned ? &c->scan : NULL, .sure = c->sure, .alpha = h->opts.alpha,
        .by_population = h->population != RECIPE_NONE, .spread = c->spread, .spread_name = names,
        .spreads = c->spreads, .made_up = recipe_hotspots_are_made_up(p->r, h)
    };
}

hz_status project_cluster_short(const project *p, size_t i, hz_language l, hz_text *out,
                                hz_error *err)
{
    const char *names[HZ_CLUSTERING_SPREADS];
    hz_caption_hotspots f;
    hz_text period = { 0 };
    project_cluster_facts(p, i, l, names, &period, &f);
    hz_status st = period.failed ? hz_mem_fail(err, "report") : HZ_OK;
    if (!st)
        hz_caption_hotspots_short(&f, out);
    hz_text_free(&period);
    return st;
}

/* Those that are no chance; the likeliest at least. */
static hz_status add_clusters(const hz_clustering *c, double alpha, hz_language l, hz_html *page,
                              hz_error *err)
{
    size_t n = c->scanned ? hz_layer_rows(c->scan.clusters) : 0, shown = 0;
    bool single = false;
    hz_html_column columns[] = {
        { .column = "cluster", .header = word_number[l] },
        { .column = "place", .header = word_place[l] },
        { .column = "radius_m", .header = word_radius[l], .unit = "m" },
        { .column = "events", .header = word_events[l] },
        { .column = "expected", .header = word_expected[l],
          .decimals = hz_caption_hotspots_decimals(c->events) },
        { .column = "relative_risk", .header = word_risk[l], .decimals = 1 },
        { .column = "p", .header = "p", .kind = HZ_CELL_P },
    };
    hz_html_table table = { .caption = word_clusters[l], .layer = c->scan.clusters,
                            .columns = columns, .column_count = sizeof columns / sizeof *columns };
    size_t *order = n ? hz_mem_new(n, sizeof *order) : NULL;
    if (!n)
        return HZ_OK;
    if (!order)
        return hz_mem_fail(err, "report");
    for (size_t i = 0; i < n; i++)
        if (hz_layer_numbers(c->scan.clusters, "p")[i] <= alpha || i == 0) {
            single |= hz_layer_numbers(c->scan.clusters, "radius_m")[i] == 0;
            order[shown++] = i;
        }
    if (single)
        table.caption = word_single[l];
    table.order = order;
    table.order_count = shown;
    hz_status st = hz_html_add_table(page, &table, err);
    hz_mem_free(order);
    return st;
}

typedef void (*sentence)(const hz_caption_hotspots *f, hz_text *out);
typedef enum { PARAGRAPH, NOTE, CALLOUT_FEW, CALLOUT_DOUBT } block;

static hz_status add(hz_html *page, const hz_caption_hotspots *f, sentence tell, block as,
                     hz_error *err)
{
    hz_text text = { 0 };
    hz_language l = f->language;
    tell(f, &text);
    hz_status st = text.failed ? hz_mem_fail(err, "report") : HZ_OK;
    if (!st && text.length) {
        if (as == PARAGRAPH)
            hz_html_paragraph(page, text.data);
        else if (as == NOTE)
            hz_html_note(page, text.data);
        else
            hz_html_callout(page, as == CALLOUT_FEW ? word_few[l] : word_doubt[l], text.data);
    }
    hz_text_free(&text);
    return st;
}

/* Which of the recipe's languages this is. */
static size_t place_of(const recipe *r, hz_language l)
{
    size_t k = 0;
    while (k + 1 < r->language_count && r->languages[k] != l)
        k++;
    return k;
}

static hz_status add_section(const project *p, size_t i, hz_language l, hz_html *page,
                             hz_error *err)
{
    const recipe_hotspots *h = &p->r->hotspots[i];
    const clustered *c = &p->clusters[i];
    const char *names[HZ_CLUSTERING_SPREADS], *title = words_in(&h->title, l, NULL);
    size_t at = place_of(p->r, l);
    hz_caption_hotspots f;
    hz_text period = { 0 }, heading = { 0 }, made_up = { 0 };
    hz_status st = HZ_OK;

    project_cluster_facts(p, i, l, names, &period, &f);
    if (title)
        hz_text_add(&heading, title);
    else
        hz_text_addf(&heading, word_title[l], f.noun);
    hz_html_heading(page, 2, hz_text_get(&heading));
    if (words_in(&h->note, l, NULL))
        hz_html_callout(page, NULL, words_in(&h->note, l, NULL));
    if (f.made_up) {
        hz_caption_made_up(l, &made_up);
        hz_html_callout(page, NULL, hz_text_get(&made_up));
    }
    bool few = !f.figures && f.power->power < 0.8;
    st = add(page, &f, hz_caption_hotspots_findings, PARAGRAPH, err);
    if (!st)
        st = add(page, &f, hz_caption_hotspots_power, few ? CALLOUT_FEW : PARAGRAPH, err);
    if (!st)
        st = project_add_drawing(p, page, &c->map[at], err);
    if (!st)
        st = add(page, &f, hz_caption_hotspots_scan, PARAGRAPH, err);
    if (!st)
        st = add_clusters(&c->found, h->opts.alpha, l, page, err);
    if (!st)
        st = project_add_drawing(p, page, &c->chart[at], err);
    if (!st)
        st = add(page, &f, hz_caption_hotspots_doubt, CALLOUT_DOUBT, err);
    if (!st)
        st = add(page, &f, hz_caption_hotspots_method, NOTE, err);
    if (!st)
        st = add(page, &f, hz_caption_hotspots_fate, NOTE, err);
    if (!st && (period.failed || heading.failed || made_up.failed))
        st = hz_mem_fail(err, "report");
    hz_text_free(&period);
    hz_text_free(&heading);
    hz_text_free(&made_up);
    return st;
}

hz_status project_report_clusters(const project *p, hz_language l, hz_html *page, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->r->hotspot_count; i++)
        st = add_section(p, i, l, page, err);
    return st;
}
