/* Works out every table of a project, and the facts that sentences about it are made from. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/hash.h"
#include "hotzone/mem.h"
#include "run/project.h"

/* The recipe is wrong about one of its sources. */
static hz_status at_source(const project *p, const origin *from, hz_status st, hz_error *err)
{
    if (st == HZ_EMEMORY)
        return st;
    err->status = HZ_EFORMAT;
    return hz_fail_within(err, "%s:%zu", p->r->path, from->line);
}

hz_status project_input(const project *p, const recipe_analysis *a, size_t areas,
                        hz_rating_input *in, hz_error *err)
{
    const recipe_events *e = &p->r->events[a->events];
    const hz_layer *events = p->events[a->events];
    bool dated = a->period.from != HZ_TIME_NONE || a->period.until != HZ_TIME_NONE;

    *in = (hz_rating_input){ .areas = p->areas[areas], .id = p->r->areas[areas].id,
                             .name = p->r->areas[areas].label, .rates = a->rates,
                             .population_year = a->population_year };
    in->place.period = a->period;
    if (a->kind_count) {
        in->place.kinds = a->kinds;
        in->place.kind_count = a->kind_count;
        hz_status st = hz_match_kind(events, e->kind, &in->place.kind, err);
        if (st)
            return at_source(p, &e->from, st, err);
        if (!in->place.kind)
            return hz_fail(err, HZ_EDATA, "%s:%zu: %s has no column of kinds, expected `kind:`",
                           p->r->path, e->from.line, hz_layer_name(events));
    }
    in->rates.overlap = p->r->areas[areas].overlap;
    in->rates.decided = NULL;
    if (e->ready_made) {
        in->counts = events;
        in->count_columns = (hz_match_opts){ .key = e->key, .value = e->value, .year = e->year,
                                             .kind = e->kind };
        return HZ_OK;
    }
    in->events = events;
    in->precision_m = e->precision;
    hz_status st = hz_match_time(events, e->time, &in->place.time, err);
    if (st)
        return at_source(p, &e->from, st, err);
    if (dated && !in->place.time)
        return hz_fail(err, HZ_EDATA, "%s:%zu: %s has no column of dates, expected `time:`",
                       p->r->path, e->from.line, hz_layer_name(events));
    return HZ_OK;
}

void project_population(const project *p, const recipe_analysis *a, size_t k, hz_rating_input *in)
{
    in->population = NULL;
    in->population_columns = (hz_match_opts){ 0 };
    if (k < a->population_count) {
        const recipe_population *base = &p->r->population[a->population[k]];
        in->population = p->population[a->population[k]];
        in->population_columns =
            (hz_match_opts){ .key = base->key, .value = base->value, .year = base->year };
    }
}

static hz_status rate_on(const project *p, const recipe_analysis *a, size_t areas,
                         hz_rating_input *in, size_t k, hz_rating *out, hz_error *err)
{
    hz_status st = project_go_on(p, err);
    if (st)
        return st;
    project_population(p, a, k, in);
    st = hz_rating_make(in, out, p->notice, err);
    bool has_shapes = !st && hz_layer_shapes(out->table);
    if (has_shapes && hz_layer_crs(out->table))
        st = hz_layer_to_crs(out->table, p->crs, err);
    else if (has_shapes && project_needs_polygons(p->r, areas))
        st = hz_fail(err, HZ_ECRS, "%s: has no reference system, expected `crs:` beside its "
                     "source", hz_layer_name(out->table));
    if (!st || st == HZ_EMEMORY)
        return st;
    if (st == HZ_EUSAGE) /* not the command is wrong but the recipe */
        err->status = HZ_EFORMAT;
    return hz_fail_within(err, "%s:%zu: analysis '%s'", p->r->path, a->line, a->name);
}

/* Classes of the rate, as every map and layer of this result uses them. */
static hz_status classify(const project *p, result *res, hz_error *err)
{
    hz_sheet_data data = { .areas = res->rating.table, .value = "rate", .state = "state",
                           .city = NAN };
    hz_caption_facts facts;
    hz_text period = { 0 }, note = { 0 }, label = { 0 };
    double low, high;
    hz_status st = project_facts(p, res, HZ_ENGLISH, &facts, &period, &note, err);
    if (!st) /* the value that map and sentences give: classes around another would tell of it */
        hz_caption_overall(&facts, &label, &data.city, &low, &high);
    if (!st && label.failed)
        st = hz_mem_fail(err, res->name);
    hz_text_free(&period);
    hz_text_free(&note);
    hz_text_free(&label);
    if (!st)
        st = hz_sheet_classes(&data, &p->look, &res->facts, err);
    if (!st)
        res->breaks = res->facts.breaks;
    return st;
}

static hz_status rate_all(project *p, const recipe_analysis *a, size_t k_areas, result *res,
                          hz_error *err)
{
    hz_rating_input in;
    hz_decided decided;
    hz_status st = project_input(p, a, res->areas, &in, err);
    if (!st && project_decided_rates(p, res->analysis, k_areas, &decided))
        in.rates.decided = &decided;
    if (!st)
        st = rate_on(p, a, res->areas, &in, 0, &res->rating, err);
    if (!st && in.events && !a->period_text && a->population_count && res->areas == a->areas[0])
        hz_warn(p->notice, "%s:%zu: analysis '%s' has no period: rates are per %g residents over "
                "the whole of %s, not per year", p->r->path, a->line, a->name, a->rates.per,
                hz_layer_name(in.events));
    if (!st && a->population_count > 1) {
        res->others = hz_mem_new(a->population_count - 1, sizeof *res->others);
        if (!res->others)
            return hz_mem_fail(err, a->name);
        res->other_count = a->population_count - 1;
    }
    for (size_t k = 0; !st && k < res->other_count; k++)
        st = rate_on(p, a, res->areas, &in, k + 1, &res->others[k], err);
    return st ? st : classify(p, res, err);
}

hz_status project_add_origin(hz_layer *table, hz_error *err)
{
    return hz_layer_add_word(table, "origin", "synthetic", err);
}

/* One tidy table: further populations below each other, named in a last column; made-up
 * events are called so in every row. */
static hz_status write_table(project *p, const recipe_analysis *a, result *res, hz_error *err)
{
    const char *columns[HZ_RATING_COLUMNS + 4];
    size_t n = HZ_RATING_COLUMNS;
    hz_text text = { 0 };
    char *path = NULL;
    hz_status st = HZ_OK;

    memcpy(columns, hz_rating_columns(), n * sizeof *columns);
    if (hz_layer_find(res->rating.table, "events_low") >= 0) {
        columns[n++] = "events_low";
        columns[n++] = "events_high";
    }
    if (res->other_count)
        columns[n++] = "denominator";
    if (result_is_made_up(p, res))
        columns[n++] = "origin";
    for (size_t k = 0; !st && k <= res->other_count; k++) {
        hz_layer *table = k ? res->others[k - 1].table : res->rating.table;
        hz_text part = { 0 };
        if (res->other_count)
            st = hz_layer_add_word(table, "denominator", p->r->population[a->population[k]].from.name,
                            err);
        if (!st && result_is_made_up(p, res))
            st = project_add_origin(table, err);
        if (!st)
            st = hz_csv_write(table, columns, NULL, n, NULL, &part, err);
        if (!st) {
            const char *from = hz_text_get(&part);
            hz_text_add(&text, k ? strchr(from, '\n') + 1 : from);
        }
        hz_text_free(&part);
    }
    if (!st && text.failed)
        st = hz_mem_fail(err, res->name);
    if (!st)
        st = project_output(p, &path, err, "tables/%s.csv", res->name);
    if (!st)
        st = hz_file_write(path, text.data, text.length, err);
    hz_mem_free(path);
    hz_text_free(&text);
    return st;
}

/* "ANALYSIS.KEY": a text, that is emptied for the next one. */
static hz_status note_text(project *p, const recipe_analysis *a, const char *key, hz_text *value,
                           hz_error *err)
{
    char name[120];
    snprintf(name, sizeof name, "%s.%s", a->name, key);
    hz_status st = value->failed
                       ? hz_mem_fail(err, name)
                       : hz_manifest_option_text(p->manifest, name, hz_text_get(value), err);
    hz_text_free(value);
    return st;
}

/* What an analysis reads, by the names that the recipe gives it. */
static hz_status note_sources(project *p, const recipe_analysis *a, hz_error *err)
{
    const recipe *r = p->r;
    const recipe_events *e = &r->events[a->events];
    hz_text value = { 0 };
    char key[120];
    bool overlap = false;
    hz_status st;

    hz_text_add(&value, e->from.name);
    st = note_text(p, a, e->ready_made ? "counts" : "events", &value, err);
    for (size_t i = 0; i < a->area_count; i++) {
        hz_text_addf(&value, "%s%s", i ? ", " : "", r->areas[a->areas[i]].from.name);
        overlap |= r->areas[a->areas[i]].overlap;
    }
    if (!st)
        st = note_text(p, a, "areas", &value, err);
    for (size_t i = 0; i < a->population_count; i++)
        hz_text_addf(&value, "%s%s", i ? ", " : "", r->population[a->population[i]].from.name);
    if (!st)
        st = note_text(p, a, "population", &value, err);
    for (size_t i = 0; i < a->kind_count; i++)
        hz_text_addf(&value, "%s%s", i ? ", " : "", a->kinds[i]);
    if (!a->kind_count)
        hz_text_add(&value, "all");
    if (!st)
        st = note_text(p, a, "kinds", &value, err);
    if (!st && e->precision) {
        hz_text_add(&value, e->precision);
        st = note_text(p, a, "precision", &value, err);
    }
    hz_text_free(&value);
    snprintf(key, sizeof key, "%s.overlap", a->name);
    return st ? st : hz_manifest_option_flag(p->manifest, key, overlap, err);
}

static hz_status note_options(project *p, const recipe_analysis *a, hz_error *err)
{
    static const char *const ways[] = { "global", "local", "none" };
    const struct { const char *key; double value; } numbers[] = {
        { "per", a->rates.per }, { "level", a->rates.level },
        { "unstable_cv", a->rates.unstable_cv }, { "hide_below", a->rates.hide_below },
        { "population_year", a->population_year }
    };
    char key[120];
    hz_text value = { 0 };
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < sizeof numbers / sizeof *numbers; i++) {
        if (i == 4 && !a->population_year)
            continue; /* of the period, then */
        snprintf(key, sizeof key, "%s.%s", a->name, numbers[i].key);
        st = hz_manifest_option_number(p->manifest, key, numbers[i].value, err);
    }
    hz_text_add(&value, ways[a->rates.smoothing]);
    if (!st)
        st = note_text(p, a, "smooth", &value, err);
    hz_text_add(&value, a->period_text ? a->period_text : "all");
    if (!st)
        st = note_text(p, a, "period", &value, err);
    hz_text_free(&value);
    return st ? st : note_sources(p, a, err);
}

hz_status project_analyse(project *p, hz_error *err)
{
    size_t total = 0;
    hz_status st = HZ_OK;

    for (size_t i = 0; i < p->r->analysis_count; i++)
        total += p->r->analyses[i].area_count;
    p->results = hz_mem_new(total, sizeof *p->results);
    if (!p->results)
        return hz_mem_fail(err, "results");
    for (size_t i = 0; !st && i < p->r->analysis_count; i++) {
        const recipe_analysis *a = &p->r->analyses[i];
        st = note_options(p, a, err);
        for (size_t k = 0; !st && k < a->area_count; k++) {
            result *res = &p->results[p->result_count++];
            char name[RECIPE_NAME];
            res->analysis = i;
            res->areas = a->areas[k];
            res->name = hz_mem_text(recipe_result_name(p->r, i, k, name, sizeof name));
            st = res->name ? rate_all(p, a, k, res, err) : hz_mem_fail(err, a->name);
            if (!st)
                st = write_table(p, a, res, err);
        }
    }
    return st;
}

bool result_is_made_up(const project *p, const result *res)
{
    return recipe_is_made_up(p->r, res->analysis, res->areas);
}

hz_status project_facts_of(const project *p, const recipe_analysis *a, size_t area_set,
                           bool made_up, const hz_rating *rating, hz_language language,
                           hz_caption_facts *facts, hz_text *period, hz_text *note, hz_error *err)
{
    static const char *const events[] = { "events", "hændelser" };
    static const char *const event[] = { "event", "hændelse" };
    const recipe_events *e = &p->r->events[a->events];
    const recipe_areas *areas = &p->r->areas[area_set];
    const hz_layer *t = rating->table;

    *facts = (hz_caption_facts)HZ_CAPTION_FACTS_DEFAULTS;
    facts->language = language;
    facts->areas = t;
    facts->events = "events";
    facts->residents = "population";
    bool own_noun = words_in(&a->noun, language, NULL) != NULL;
    facts->noun = own_noun ? words_in(&a->noun, language, NULL)
                           : words_in(&e->from.title, language, events[language]);
    facts->noun_one = own_noun ? words_in(&a->one, language, NULL)
                               : words_in(&e->one, language, e->from.title.in[language]
                                                                 ? NULL : event[language]);
    facts->place = words_in(&areas->place, language, NULL);
    facts->place_in = words_in(&areas->place_in, language, NULL);
    facts->per = a->rates.per;
    facts->city = &rating->city;
    facts->method = p->look.method;
    facts->hide_below = a->rates.hide_below;
    facts->unstable_cv = a->rates.unstable_cv;
    facts->level = a->rates.level;
    facts->made_up = made_up;
    facts->overlap = areas->overlap;
    facts->fate = e->ready_made || recipe_hides(p->r, a->events) ? NULL : &rating->fate;
    facts->range_low = hz_layer_numbers(t, "events_low");
    facts->range_high = hz_layer_numbers(t, "events_high");
    facts->decimals = hz_caption_decimals(t, p->look.decimals);
    facts->covered = rating->covered;
    facts->when = rating->period;
    if (a->population_count) {
        const origin *base = &p->r->population[a->population[0]].from;
        facts->base = words_in(&base->title, language, NULL);
        const char *text = words_in(&base->note, language, NULL);
        if (text) {
            hz_text_add(note, text);
            facts->base_note = hz_text_get(note);
        }
    }
    if (a->period_text) {
        hz_caption_period(rating->period, language, period);
        facts->period = hz_text_get(period);
    }
    return period->failed || note->failed ? hz_mem_fail(err, a->name) : HZ_OK;
}

hz_status project_facts(const project *p, const result *res, hz_language language,
                        hz_caption_facts *facts, hz_text *period, hz_text *note, hz_error *err)
{
    hz_status st = project_facts_of(p, &p->r->analyses[res->analysis], res->areas,
                                    result_is_made_up(p, res), &res->rating, language, facts,
                                    period, note, err);
    facts->breaks = res->breaks.classes ? &res->breaks : NULL;
    return st;
}
