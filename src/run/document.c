/* Writes the report, once per language: findings, sheets, tables, data and the fate of every
 * event. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/findings.h"
#include "hotzone/html.h"
#include "hotzone/mem.h"
#include "run/audit_parts.h"
#include "run/zones.h"

/* The report's own words, English and Danish, by hz_language. */
typedef const char *const pair[LANGUAGES];
static pair word_short = { "In short", "Kort fortalt" };
static pair word_data = { "Data and method", "Data og metode" };
static pair word_check = { "Check of the data", "Kontrol af data" };
static pair word_fate = { "What became of every record", "Hvad der blev af hver post" };
static pair word_again = { "To get the same again", "Sådan fås det samme igen" };
static pair word_sources = { "Sources", "Kilder" };
static pair word_area = { "Area", "Område" };
static pair word_events = { "Events", "Antal" };
static pair word_rate = { "Rate", "Rate" };
static pair word_smoothed = { "Smoothed rate", "Udjævnet rate" };
static pair word_ratio = { "Ratio to the rest", "Forhold til resten" };
static pair word_year = { "Year", "År" };
static pair word_state = { "State", "Status" };
static pair word_range = { "Range", "Spænd" };
static pair word_range_unit = { "by precision", "efter præcision" };
static pair word_beside = { "Each area against all others together",
                            "Hvert område mod alle de andre tilsammen" };
static pair word_towards_mean = {
    "the smoothed rate draws rates of few events towards the common rate",
    "den udjævnede rate trækker rater af få hændelser mod den fælles rate"
};
static pair word_towards_near = {
    "the smoothed rate draws rates of few events towards the rate of the area and its neighbours",
    "den udjævnede rate trækker rater af få hændelser mod raten for området og dets naboer"
};
static pair word_all_alike = {
    "the areas do not differ by more than chance would have it, so all smoothed rates equal the "
    "common rate",
    "områderne afviger ikke mere fra hinanden, end tilfældet betinger, så alle udjævnede rater er "
    "lig den fælles rate"
};
static pair word_base = { "Residents", "Indbyggere" };
static pair word_together = { "Together", "I alt" };
static pair word_recipe = {
    "Made by hotzone %s from %s. The manifest (manifest.json) lists every input and output with "
    "its SHA-256 checksum, and all settings; the same input gives the same bytes.",
    "Lavet med hotzone %s ud fra %s. Manifestet (manifest.json) nævner hver inddata- og "
    "uddatafil med SHA-256-kontrolsum og alle indstillinger; samme inddata giver samme bytes."
};
static pair word_unknown = { " no stated precision and count as exact.",
                             " ingen oplyst præcision og regnes for nøjagtige." };
static pair word_unknown_one = { " no stated precision and counts as exact.",
                                 " ingen oplyst præcision og regnes for nøjagtig." };

enum { COLUMNS_MOST = 12 };

/* "73.798 rækker", "1 række". */
static void add_count(hz_text *out, hz_language l, size_t n, const char *one, const char *many)
{
    char number[40];
    hz_text_addf(out, "%s %s", hz_number_format(number, sizeof number, (double)n, 0, l),
                 n == 1 ? one : many);
}

static void add_rows_read(hz_text *out, hz_language l, size_t n)
{
    bool da = l == HZ_DANISH;
    add_count(out, l, n, da ? "række læst" : "row read", da ? "rækker læst" : "rows read");
}

/* Add a paragraph made by one of the caption functions. */
typedef void (*sentence)(const hz_caption_facts *facts, hz_text *out);

static hz_status add_sentence(hz_html *page, const hz_caption_facts *facts, sentence say,
                              bool small, hz_error *err)
{
    hz_text text = { 0 };
    say(facts, &text);
    hz_status st = text.failed ? hz_mem_fail(err, "report") : HZ_OK;
    if (!st && small)
        hz_html_note(page, hz_text_get(&text));
    else if (!st)
        hz_html_paragraph(page, hz_text_get(&text));
    hz_text_free(&text);
    return st;
}

/* The texts that a table's headers lend. */
typedef struct {
    hz_text caption, per, interval, base, beside;
} table_words;

static void free_table_words(table_words *w)
{
    hz_text_free(&w->caption);
    hz_text_free(&w->per);
    hz_text_free(&w->interval);
    hz_text_free(&w->base);
    hz_text_free(&w->beside);
}

static hz_status fill_table_words(const hz_caption_facts *facts, const char *base,
                                  double years, table_words *w, hz_error *err)
{
    hz_language l = facts->language;
    char number[40];
    double level = 100 * facts->level;

    hz_caption_quantity(facts, &w->caption);
    hz_number_format(number, sizeof number, facts->per, 0, l);
    hz_text_addf(&w->per, l == HZ_DANISH ? "pr. %s" : "per %s", number);
    if (fabs(years - 1) > 1e-9)
        hz_text_add(&w->per, l == HZ_DANISH ? " pr.\u00a0år" : " per year");
    hz_number_format(number, sizeof number, level, fmod(level, 1) > 1e-9 ? 1 : 0, l);
    hz_text_addf(&w->interval, l == HZ_DANISH ? "%s\u00a0%%-interval" : "%s%% interval", number);
    hz_text_add_capital(&w->base, base);
    return w->caption.failed || w->per.failed || w->interval.failed || w->base.failed
               ? hz_mem_fail(err, "report") : HZ_OK;
}

/* Counts, residents, and the rate with its interval. */
static hz_status add_rate_table(hz_html *page, const hz_rating *rating,
                                const hz_caption_facts *facts, const table_words *w,
                                hz_error *err)
{
    hz_language l = facts->language;
    const hz_rates_city *city = &rating->city;
    hz_html_column columns[COLUMNS_MOST];
    double total[COLUMNS_MOST], total_high[COLUMNS_MOST];
    size_t n = 0;

    for (size_t c = 0; c < COLUMNS_MOST; c++)
        total[c] = total_high[c] = NAN;
    columns[n++] = (hz_html_column){ .column = "name", .header = word_area[l] };
    total[n] = city->events;
    columns[n++] = (hz_html_column){ .column = "events", .header = word_events[l] };
    if (facts->range_low)
        columns[n++] = (hz_html_column){ .column = "events_low", .high = "events_high",
                                         .header = word_range[l], .unit = word_range_unit[l],
                                         .kind = HZ_CELL_INTERVAL };
    total[n] = city->residents;
    columns[n++] = (hz_html_column){ .column = "population", .header = hz_text_get(&w->base) };
    columns[n++] = (hz_html_column){ .column = "population_year", .header = word_year[l],
                                     .kind = HZ_CELL_YEAR };
    total[n] = city->rate;
    columns[n++] = (hz_html_column){ .column = "rate", .header = word_rate[l],
                                     .unit = hz_text_get(&w->per), .decimals = facts->decimals };
    total[n] = city->low;
    total_high[n] = city->high;
    columns[n++] = (hz_html_column){ .column = "rate_low", .high = "rate_high",
                                     .header = hz_text_get(&w->interval),
                                     .unit = hz_text_get(&w->per), .decimals = facts->decimals,
                                     .kind = HZ_CELL_INTERVAL };
    columns[n++] = (hz_html_column){ .column = "state", .header = word_state[l],
                                     .kind = HZ_CELL_STATE };
    hz_html_table table = { .caption = hz_text_get(&w->caption), .layer = rating->table,
                            .columns = columns, .column_count = n,
                            .total_label = isnan(city->events) ? NULL : word_together[l],
                            .total = total, .total_high = total_high };
    return hz_html_add_table(page, &table, err);
}

/* What the ratios and the smoothed rates are. */
static void say_comparison(const hz_rates_city *city, hz_smoothing_kind smoothing, bool smoothed,
                           bool ratios, hz_language l, hz_text *out)
{
    size_t at = out->length;
    if (ratios)
        hz_text_add(out, word_beside[l]);
    if (smoothed) {
        hz_text_add(out, ratios ? "; " : "");
        hz_text_add(out, smoothing == HZ_SMOOTH_LOCAL     ? word_towards_near[l]
                         : city->smoothing_variance > 0 ? word_towards_mean[l]
                                                        : word_all_alike[l]);
    }
    hz_text_capital(out, at);
}

/* Each area beside the others: smoothed, and as a ratio to the rest; where there is any. */
static hz_status add_comparison(hz_html *page, const hz_rating *rating,
                                const hz_caption_facts *facts, hz_smoothing_kind smoothing,
                                table_words *w, hz_error *err)
{
    hz_language l = facts->language;
    const hz_layer *t = rating->table;
    hz_html_column columns[COLUMNS_MOST];
    size_t n = 0;
    bool ratios = false, smoothed = false;

    for (size_t i = 0; i < hz_layer_rows(t); i++) {
        ratios |= hz_layer_mark(t, "ratio", i) == HZ_KNOWN;
        smoothed |= hz_layer_mark(t, "rate_smoothed", i) == HZ_KNOWN;
    }
    if (!ratios && !smoothed)
        return HZ_OK;
    columns[n++] = (hz_html_column){ .column = "name", .header = word_area[l] };
    columns[n++] = (hz_html_column){ .column = "rate", .header = word_rate[l],
                                     .unit = hz_text_get(&w->per), .decimals = facts->decimals };
    if (smoothed)
        columns[n++] = (hz_html_column){ .column = "rate_smoothed", .header = word_smoothed[l],
                                         .unit = hz_text_get(&w->per),
                                         .decimals = facts->decimals };
    if (ratios) {
        columns[n++] = (hz_html_column){ .column = "ratio", .header = word_ratio[l],
                                         .decimals = 2 };
        columns[n++] = (hz_html_column){ .column = "ratio_low", .high = "ratio_high",
                                         .header = hz_text_get(&w->interval), .decimals = 2,
                                         .kind = HZ_CELL_INTERVAL };
    }
    say_comparison(&rating->city, smoothing, smoothed, ratios, l, &w->beside);
    if (w->beside.failed)
        return hz_mem_fail(err, "report");
    hz_html_table table = { .caption = hz_text_get(&w->beside), .layer = t, .columns = columns,
                            .column_count = n };
    return hz_html_add_table(page, &table, err);
}

static hz_status add_tables(hz_html *page, const hz_rating *rating,
                            const hz_caption_facts *facts, const char *base,
                            hz_smoothing_kind smoothing, hz_error *err)
{
    table_words w = { .caption = { 0 } };
    hz_status st = fill_table_words(facts, base, rating->years, &w, err);
    if (!st)
        st = add_rate_table(page, rating, facts, &w, err);
    if (!st)
        st = add_comparison(page, rating, facts, smoothing, &w, err);
    free_table_words(&w);
    return st;
}

static const char *base_of(const project *p, const result *res, size_t k, hz_language l)
{
    const recipe_analysis *a = &p->r->analyses[res->analysis];
    if (k >= a->population_count)
        return word_base[l];
    return words_in(&p->r->population[a->population[k]].from.title, l, word_base[l]);
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

/* Maps, then charts, of one result. */
static hz_status add_drawings(const project *p, hz_html *page, const result *res,
                              hz_language l, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->drawing_count; i++) {
        const recipe_map *map = &p->r->maps[p->drawings[i].map];
        if (p->drawings[i].language == l && map->analysis == res->analysis &&
            map->areas == res->areas)
            st = project_add_drawing(p, page, &p->drawings[i], err);
    }
    for (size_t i = 0; !st && i < p->chart_count; i++) {
        const recipe_chart *chart = &p->r->charts[p->charts[i].map];
        if (p->charts[i].language == l && chart->analysis == res->analysis &&
            chart->areas == res->areas)
            st = project_add_drawing(p, page, &p->charts[i], err);
    }
    return st;
}

/* One analysis by one set of areas: sheets, what they say, tables. */
static hz_status add_result(const project *p, hz_html *page, const result *res, bool first,
                            hz_language l, hz_error *err)
{
    const recipe_analysis *a = &p->r->analyses[res->analysis];
    const char *areas = words_in(&p->r->areas[res->areas].from.title, l, NULL);
    hz_caption_facts facts;
    hz_text period = { 0 }, note = { 0 }, heading = { 0 };
    hz_status st = project_facts(p, res, l, &facts, &period, &note, err);

    if (!st && first) {
        const char *title = words_in(&a->title, l, NULL);
        if (title)
            hz_text_add(&heading, title);
        else
            hz_caption_quantity(&facts, &heading);
        hz_html_heading(page, 2, hz_text_get(&heading));
    } else if (!st && areas) {
        hz_text_add_capital(&heading, areas);
        hz_html_heading(page, 3, hz_text_get(&heading));
    }
    if (!st && first && words_in(&a->note, l, NULL))
        hz_html_callout(page, NULL, words_in(&a->note, l, NULL));
    if (!st && facts.made_up) {
        hz_text made_up = { 0 };
        hz_caption_made_up(l, &made_up);
        hz_html_callout(page, NULL, hz_text_get(&made_up));
        hz_text_free(&made_up);
    }
    if (!st)
        st = add_sentence(page, &facts, hz_caption_findings, false, err);
    if (!st)
        st = add_drawings(p, page, res, l, err);
    if (!st)
        st = add_tables(page, &res->rating, &facts, base_of(p, res, 0, l),
                        a->rates.smoothing, err);
    for (size_t k = 0; !st && k < res->other_count; k++) {
        hz_caption_facts other = facts;
        other.base = base_of(p, res, k + 1, l);
        other.areas = res->others[k].table;
        other.city = &res->others[k].city;
        other.decimals = hz_caption_decimals(other.areas, p->look.decimals);
        st = add_tables(page, &res->others[k], &other, other.base, a->rates.smoothing, err);
    }
    if (!st)
        st = add_sentence(page, &facts, hz_caption_method, true, err);
    if (!st && facts.fate)
        st = add_sentence(page, &facts, hz_caption_fate, true, err);
    if (!st && res->rating.precision_unknown) {
        size_t n = res->rating.precision_unknown;
        bool da = l == HZ_DANISH;
        hz_text text = { 0 };
        add_count(&text, l, n, da ? "hændelse har" : "event has",
                  da ? "hændelser har" : "events have");
        hz_text_add(&text, n == 1 ? word_unknown_one[l] : word_unknown[l]);
        st = text.failed ? hz_mem_fail(err, "report") : HZ_OK;
        hz_html_note(page, hz_text_get(&text));
        hz_text_free(&text);
    }
    hz_text_free(&period);
    hz_text_free(&note);
    hz_text_free(&heading);
    return st;
}

typedef struct {
    char *text[4 * RECIPE_SETS];
    size_t n;
} list;

static hz_status add_item(list *to, hz_text *text, hz_error *err)
{
    if (to->n == sizeof to->text / sizeof *to->text) {
        hz_text_free(text);
        return HZ_OK;
    }
    to->text[to->n] = hz_text_take(text);
    if (!to->text[to->n])
        return hz_mem_fail(err, "report");
    to->n++;
    return HZ_OK;
}

static hz_status show_list(hz_html *page, list *from, hz_status st)
{
    if (!st && from->n)
        hz_html_list(page, (const char *const *)from->text, from->n);
    for (size_t i = 0; i < from->n; i++)
        hz_mem_free(from->text[i]);
    from->n = 0;
    return st;
}

/* One line per analysis, at the top. */
static hz_status add_short(const project *p, hz_html *page, hz_language l, hz_error *err)
{
    hz_status st = HZ_OK;
    list lines = { .n = 0 };
    for (size_t i = 0; !st && i < p->result_count; i++) {
        hz_caption_facts facts;
        hz_text period = { 0 }, note = { 0 }, text = { 0 };
        if (p->results[i].areas != p->r->analyses[p->results[i].analysis].areas[0])
            continue;
        st = project_facts(p, &p->results[i], l, &facts, &period, &note, err);
        facts.base_note = NULL;
        if (!st)
            hz_caption_figure(&facts, &text);
        if (!st)
            st = add_item(&lines, &text, err);
        hz_text_free(&text);
        hz_text_free(&period);
        hz_text_free(&note);
    }
    for (size_t i = 0; !st && i < p->r->focus_count; i++) {
        hz_text text = { 0 };
        st = project_focus_short(p, i, l, &text, err);
        if (!st)
            st = add_item(&lines, &text, err);
        hz_text_free(&text);
    }
    hz_html_heading(page, 2, word_short[l]);
    return show_list(page, &lines, st);
}

/* One line per source: what was read of it, unless that could tell of hidden counts; who
 * published it, what to know. */
static hz_status add_source(list *lines, const origin *from, const hz_layer *layer, bool hides,
                            hz_language l, hz_error *err)
{
    hz_text text = { 0 };
    const char *credit = words_in(&from->credit, l, NULL), *note = words_in(&from->note, l, NULL);
    const hz_intake *in = hz_layer_intake(layer);
    if (from->sensitive || hides) {
        hz_text_addf(&text, "%s.", source_shown(from, layer));
    } else {
        const char *refused = l == HZ_DANISH ? "afvist." : "refused.";
        hz_text_addf(&text, "%s: ", source_shown(from, layer));
        add_rows_read(&text, l, in->read);
        hz_text_add(&text, ", ");
        add_count(&text, l, in->refused, refused, refused);
    }
    if (credit)
        hz_text_addf(&text, " %s.", credit);
    if (note)
        hz_text_addf(&text, " %s", note);
    return add_item(lines, &text, err);
}

static hz_status add_sources(const project *p, hz_html *page, hz_language l, hz_error *err)
{
    const recipe *r = p->r;
    const recipe_backdrop *const drawn[] = { &r->water, &r->streets, &r->outside, &r->zones };
    const hz_layer *const layers[] = { p->water, p->streets, p->outside, p->zones };
    list lines = { .n = 0 };
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < r->event_count; i++)
        st = add_source(&lines, &r->events[i].from, p->events[i], recipe_hides(r, i), l, err);
    for (size_t i = 0; !st && i < r->population_count; i++)
        st = add_source(&lines, &r->population[i].from, p->population[i], false, l, err);
    for (size_t i = 0; !st && i < r->survey_count; i++)
        st = add_source(&lines, &r->surveys[i].from, p->surveys[i], false, l, err);
    for (size_t i = 0; !st && i < r->area_count; i++)
        st = add_source(&lines, &r->areas[i].from, p->areas[i], false, l, err);
    for (size_t i = 0; !st && i < FOCUS_SOURCES * r->focus_count; i++) {
        const hz_layer *layer = NULL;
        const origin *from = project_focus_source(p, i / FOCUS_SOURCES, i % FOCUS_SOURCES, &layer);
        if (from)
            st = add_source(&lines, from, layer, from->sensitive, l, err);
    }
    for (size_t i = 0; !st && i < FLOWS_SOURCES; i++) {
        const hz_layer *layer = NULL;
        const origin *from = project_flows_source(p, i, &layer);
        if (from)
            st = add_source(&lines, from, layer, from->sensitive, l, err);
    }
    for (size_t i = 0; !st && i < ZONE_SOURCES * r->zone_card_count; i++) {
        const hz_layer *layer = NULL;
        const origin *from = project_zones_source(p, i / ZONE_SOURCES, i % ZONE_SOURCES, &layer);
        if (from)
            st = add_source(&lines, from, layer, false, l, err);
    }
    for (size_t i = 0; !st && i < 4; i++)
        if (layers[i])
            st = add_source(&lines, &drawn[i]->from, layers[i], false, l, err);
    return show_list(page, &lines, st);
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
    hz_status st = add_short(p, page, l, err);

    if (!st && words_in(&r->note, l, NULL))
        hz_html_paragraph(page, words_in(&r->note, l, NULL));
    for (size_t i = 0; !st && i < p->result_count; i++)
        st = add_result(p, page, &p->results[i],
                        i == 0 || p->results[i].analysis != p->results[i - 1].analysis, l, err);
    if (!st)
        st = project_report_clusters(p, l, page, err);
    if (!st)
        st = project_report_focuses(p, l, page, err);
    if (!st)
        st = project_report_flows(p, l, page, err);
    if (!st)
        st = project_report_zones(p, l, page, err);
    if (!st)
        st = project_report_changes(p, l, page, err);
    if (st)
        return st;
    hz_html_heading(page, 2, word_data[l]);
    hz_html_heading(page, 3, word_sources[l]);
    st = add_sources(p, page, l, err);
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

hz_status project_report(project *p, hz_error *err)
{
    const recipe *r = p->r;
    hz_audit audit = { 0 };
    /* reads the sources as they came; not shown where counts are hidden */
    hz_status st = hides_counts(r) ? HZ_OK : audit_recipe(r, &audit, NULL, err);

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
                                .contents = true };
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
    return st;
}
