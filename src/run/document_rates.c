/* The sections of a report on rates: findings, sheets, charts, tables. */
#include <math.h>

#include "hotzone/html.h"
#include "hotzone/mem.h"
#include "run/document.h"

typedef const char *const pair[LANGUAGES];
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
static pair word_unknown = { " no stated precision and count as exact.",
                             " ingen oplyst præcision og regnes for nøjagtige." };
static pair word_unknown_one = { " no stated precision and counts as exact.",
                                 " ingen oplyst præcision og regnes for nøjagtig." };

enum { COLUMNS_MOST = 12 };

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

static hz_status add_doubt(hz_html *page, const hz_caption_facts *facts, hz_error *err)
{
    static pair title = { "When not to trust these figures", "Hvornår tallene ikke skal stoles på" };
    hz_text text = { 0 };
    hz_caption_doubt(facts, &text);
    hz_status st = text.failed ? hz_mem_fail(err, "report") : HZ_OK;
    if (!st)
        hz_html_callout(page, title[facts->language], text.data);
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
    if (!st && first)
        st = add_doubt(page, &facts, err);
    if (!st)
        st = add_sentence(page, &facts, hz_caption_method, true, err);
    if (!st && facts.fate)
        st = add_sentence(page, &facts, hz_caption_fate, true, err);
    if (!st && res->rating.precision_unknown) {
        size_t n = res->rating.precision_unknown;
        bool da = l == HZ_DANISH;
        hz_text text = { 0 };
        document_add_count(&text, l, n, da ? "hændelse har" : "event has",
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

hz_status document_rates(const project *p, hz_html *page, hz_language l, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->result_count; i++)
        st = add_result(p, page, &p->results[i],
                        i == 0 || p->results[i].analysis != p->results[i - 1].analysis, l, err);
    return st;
}
