/* Reads a project file into a recipe, and all its faults in one pass. */
#include "run/recipe.h"

#include <float.h>
#include <string.h>

#include "hotzone/mem.h"
#include "run/recipe_read.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void read_areas(recipe_reader *in, const hz_node *map, recipe_areas *a)
{
    static const char *const keys[] = { RECIPE_ORIGIN_KEYS, "id", "label", "overlap", "place",
                                        "place-in" };
    hz_node_check_keys(map, "areas", keys, COUNT(keys), in->faults);
    a->from = recipe_read_origin(in, map, "areas", "areas");
    if (hz_node_type(map) != HZ_NODE_MAP)
        return;
    a->id = hz_node_read_text(map, "id", NULL, in->faults);
    a->label = hz_node_read_text(map, "label", NULL, in->faults);
    a->overlap = hz_node_read_bool(map, "overlap", false, in->faults);
    a->place = recipe_read_words(in, map, "place");
    a->place_in = recipe_read_words(in, map, "place-in");
}

static void read_population(recipe_reader *in, const hz_node *map, recipe_population *p)
{
    static const char *const keys[] = { RECIPE_ORIGIN_KEYS, "key", "value", "year" };
    hz_node_check_keys(map, "population", keys, COUNT(keys), in->faults);
    p->from = recipe_read_origin(in, map, "population", "population");
    if (hz_node_type(map) != HZ_NODE_MAP)
        return;
    p->key = hz_node_read_text(map, "key", NULL, in->faults);
    p->value = hz_node_read_text(map, "value", NULL, in->faults);
    p->year = hz_node_read_text(map, "year", NULL, in->faults);
}

static void read_events(recipe_reader *in, const hz_node *map, recipe_events *e)
{
    static const char *const keys[] = { RECIPE_ORIGIN_KEYS, "one", "time", "time-format", "kind",
                                        "precision", "public" };
    hz_node_check_keys(map, "events", keys, COUNT(keys), in->faults);
    e->from = recipe_read_origin(in, map, "events", "events");
    if (hz_node_type(map) != HZ_NODE_MAP)
        return;
    if (e->from.several) {
        const char *files[RECIPE_FILES];
        size_t n = recipe_read_list(in, map, "source", files, RECIPE_FILES);
        for (size_t i = 1; i < n; i++)
            e->also[e->also_count++] = files[i];
        for (size_t i = 1; i < n; i++)
            for (size_t k = 0; k < i; k++)
                if (strcmp(files[i], files[k]) == 0)
                    hz_faults_add(in->faults, e->from.line, "source: '%s' is there twice, expected "
                                  "each file once", files[i]);
    }
    e->time = hz_node_read_text(map, "time", NULL, in->faults);
    e->time_format = hz_node_read_text(map, "time-format", NULL, in->faults);
    e->kind = hz_node_read_text(map, "kind", NULL, in->faults);
    e->precision = hz_node_read_text(map, "precision", NULL, in->faults);
    e->one = recipe_read_words(in, map, "one");
    e->public_points = hz_node_read_bool(map, "public", false, in->faults);
    if (e->public_points && e->from.sensitive)
        hz_faults_add(in->faults, e->from.line,
                      "events are both sensitive and public, expected one of them");
}

static void read_counts(recipe_reader *in, const hz_node *map, recipe_events *e)
{
    static const char *const keys[] = { RECIPE_ORIGIN_KEYS, "one", "key", "value", "year", "kind" };
    hz_node_check_keys(map, "counts", keys, COUNT(keys), in->faults);
    e->ready_made = true;
    e->from = recipe_read_origin(in, map, "counts", "counts");
    if (hz_node_type(map) != HZ_NODE_MAP)
        return;
    e->key = hz_node_read_text(map, "key", NULL, in->faults);
    e->value = hz_node_read_text(map, "value", NULL, in->faults);
    e->year = hz_node_read_text(map, "year", NULL, in->faults);
    e->kind = hz_node_read_text(map, "kind", NULL, in->faults);
    e->one = recipe_read_words(in, map, "one");
}

static void read_backdrop(recipe_reader *in, const hz_node *root, const char *key, recipe_backdrop *b)
{
    static const char *const keys[] = { RECIPE_ORIGIN_KEYS, "label" };
    const hz_node *map = hz_node_get(root, key);
    if (!map)
        return;
    hz_node_check_keys(map, key, keys, COUNT(keys), in->faults);
    b->from = recipe_read_origin(in, map, key, key);
    if (hz_node_type(map) == HZ_NODE_MAP)
        b->label = hz_node_read_text(map, "label", NULL, in->faults);
}

static void read_period(recipe_reader *in, const hz_node *map, recipe_analysis *a)
{
    hz_error err;
    a->period = (hz_period)HZ_PERIOD_ALWAYS;
    a->period_text = hz_node_read_text(map, "period", NULL, in->faults);
    if (a->period_text && hz_period_parse(a->period_text, &a->period, &err)) {
        hz_faults_add(in->faults, hz_node_line(hz_node_get(map, "period")), "%s", err.text);
        a->period_text = NULL;
    }
}

/* What an analysis is without a word said about it. */
static void default_analysis(const recipe *r, recipe_analysis *a)
{
    a->rates = (hz_rates_opts)HZ_RATES_DEFAULTS;
    a->rates.years = 0;
    a->period = (hz_period)HZ_PERIOD_ALWAYS;
    a->areas[0] = 0;
    a->area_count = r->area_count ? 1 : 0;
    a->population_count = r->population_count;
    for (size_t i = 0; i < r->population_count; i++)
        a->population[i] = i;
}

static void read_analysis(recipe_reader *in, const hz_node *map, recipe_analysis *a)
{
    static const char *const keys[] = {
        "name", "events", "counts", "areas", "population", "population-year", "kinds", "period",
        "per", "level", "smooth", "unstable-cv", "hide-below", "noun", "one", "title", "note"
    };
    static const char *const ways[] = { "global", "local", "none" };
    static const char fallback[] = "rates";
    recipe *r = in->r;

    a->line = hz_node_line(map);
    a->name = fallback;
    default_analysis(r, a);
    if (!hz_node_check_keys(map, "analysis", keys, COUNT(keys), in->faults))
        return;
    a->name = hz_node_read_text(map, "name", fallback, in->faults);
    recipe_check_name(in, a->name, a->line, "analysis");
    a->events = recipe_find_events(in, map, a->name);
    if (hz_node_get(map, "areas")) {
        a->area_count = recipe_find_names(in, map, "areas", recipe_area_name, r->area_count, a->areas);
        if (a->area_count == 0 && hz_node_type(hz_node_get(map, "areas")) != HZ_NODE_MAP)
            hz_faults_add(in->faults, hz_node_line(hz_node_get(map, "areas")),
                          "areas is an empty list, expected one or more of this file");
    }
    if (hz_node_get(map, "population"))
        a->population_count = recipe_find_names(in, map, "population", recipe_base_name, r->population_count,
                                         a->population);
    a->kind_count = recipe_read_list(in, map, "kinds", a->kinds, RECIPE_KINDS);
    read_period(in, map, a);
    a->population_year = (int)hz_node_read_number(map, "population-year", 0, 1, 9999, in->faults);
    a->own_per = hz_node_get(map, "per") != NULL;
    a->rates.per = hz_node_read_number(map, "per", a->rates.per, 1e-9, DBL_MAX, in->faults);
    a->rates.level = hz_node_read_number(map, "level", a->rates.level, 0.5, 0.9999, in->faults);
    a->rates.unstable_cv =
        hz_node_read_number(map, "unstable-cv", a->rates.unstable_cv, 0.01, 1, in->faults);
    a->rates.hide_below =
        hz_node_read_number(map, "hide-below", -1, 0, 1e6, in->faults);
    a->rates.smoothing =
        (hz_smoothing_kind)hz_node_read_choice(map, "smooth", ways, 3, HZ_SMOOTH_GLOBAL,
                                               in->faults);
    a->noun = recipe_read_words(in, map, "noun");
    a->one = recipe_read_words(in, map, "one");
    a->title = recipe_read_words(in, map, "title");
    a->note = recipe_read_words(in, map, "note");
}

static void check_unique(recipe_reader *in, recipe_name_fn name, size_t n, const char *what)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (name(in->r, i) && name(in->r, k) && strcmp(name(in->r, i), name(in->r, k)) == 0)
                hz_faults_add(in->faults, 1, "two %s are named '%s', expected different names",
                              what, name(in->r, i));
}

static void read_languages(recipe_reader *in, const hz_node *root)
{
    const char *list[LANGUAGES + 1];
    recipe *r = in->r;
    size_t n = recipe_read_list(in, root, "languages", list, LANGUAGES);
    for (size_t i = 0; i < n; i++) {
        int k = 0;
        while (k < LANGUAGES && strcmp(recipe_languages[k], list[i]) != 0)
            k++;
        if (k == LANGUAGES)
            hz_faults_add(in->faults, hz_node_line(hz_node_get(root, "languages")),
                          "language '%s', expected da or en", list[i]);
        else if (r->language_count == 1 && (int)r->languages[0] == k)
            hz_faults_add(in->faults, hz_node_line(hz_node_get(root, "languages")),
                          "language '%s' twice, expected it once", list[i]);
        else
            r->languages[r->language_count++] = (hz_language)k;
    }
    if (r->language_count == 0)
        r->languages[r->language_count++] = HZ_ENGLISH;
}

static void read_head(recipe_reader *in, const hz_node *root)
{
    recipe *r = in->r;
    hz_time when;
    const hz_node *version = hz_node_get(root, "version");
    if (version && strcmp(hz_node_text(version), "1") != 0)
        hz_faults_add(in->faults, hz_node_line(version), "version '%s', expected 1",
                      hz_node_text(version));
    r->name = hz_node_read_text(root, "name", "project", in->faults);
    recipe_check_name(in, r->name, hz_node_line(root), "project");
    r->title = recipe_read_words(in, root, "title");
    r->subtitle = recipe_read_words(in, root, "subtitle");
    r->author = recipe_read_words(in, root, "author");
    r->note = recipe_read_words(in, root, "note");
    r->crs = hz_node_read_text(root, "crs", NULL, in->faults);
    r->date = hz_node_read_text(root, "date", NULL, in->faults);
    if (r->date && !hz_date_parse(r->date, strlen(r->date), "%Y-%m-%d", &when))
        hz_faults_add(in->faults, hz_node_line(hz_node_get(root, "date")),
                      "date '%s', expected YYYY-MM-DD", r->date);
    read_languages(in, root);
}

/* Hotspots of columns of the areas want no events, if nothing else is asked for. */
static bool stands_alone(const hz_node *root)
{
    static const char *const others[] = { "analyses", "changes", "focus", "zone-cards", "maps",
                                          "charts" };
    const hz_node *hotspots = hz_node_get(root, "hotspots");
    for (size_t i = 0; i < COUNT(others); i++)
        if (hz_node_get(root, others[i]))
            return false;
    bool list = hotspots && hz_node_type(hotspots) == HZ_NODE_LIST;
    for (size_t i = 0; list && i < hz_node_count(hotspots); i++)
        if (!hz_node_get(hz_node_item(hotspots, i), "value"))
            return false;
    return list || (hotspots && hz_node_get(hotspots, "value"));
}

static void read_sources(recipe_reader *in, const hz_node *root)
{
    recipe *r = in->r;
    r->area_count = recipe_list_size(in, root, "areas");
    for (size_t i = 0; i < r->area_count; i++)
        read_areas(in, recipe_list_item(root, "areas", i), &r->areas[i]);
    r->population_count = recipe_list_size(in, root, "population");
    for (size_t i = 0; i < r->population_count; i++)
        read_population(in, recipe_list_item(root, "population", i), &r->population[i]);
    size_t events = recipe_list_size(in, root, "events"), counts = recipe_list_size(in, root, "counts");
    for (size_t i = 0; i < events; i++)
        read_events(in, recipe_list_item(root, "events", i), &r->events[r->event_count++]);
    for (size_t i = 0; i < counts && r->event_count < RECIPE_SETS; i++)
        read_counts(in, recipe_list_item(root, "counts", i), &r->events[r->event_count++]);
    if (r->area_count == 0)
        hz_faults_add(in->faults, hz_node_line(root), "no areas, expected a source of districts");
    if (r->event_count == 0 && !stands_alone(root))
        hz_faults_add(in->faults, hz_node_line(root),
                      "neither events nor counts, expected a source of one of them");
    read_backdrop(in, root, "water", &r->water);
    read_backdrop(in, root, "streets", &r->streets);
    read_backdrop(in, root, "outside", &r->outside);
    read_backdrop(in, root, "zones", &r->zones);
    check_unique(in, recipe_area_name, r->area_count, "sets of areas");
    check_unique(in, recipe_base_name, r->population_count, "populations");
    check_unique(in, recipe_event_name, r->event_count, "sets of events or counts");
}

/* What the style says of unstable and hidden areas holds for every table: it may only tighten. */
static void tighten(recipe_reader *in)
{
    recipe *r = in->r;
    hz_look look;

    hz_look_default(&look);
    double cv = look.cv, per = look.per;
    recipe_check_styles(in, &look);
    r->hide_below = look.hide_below;
    for (size_t i = 0; i < r->analysis_count; i++) {
        hz_rates_opts *o = &r->analyses[i].rates;
        o->hide_below = look.hide_below > o->hide_below ? look.hide_below : o->hide_below;
        if (look.cv < cv && look.cv < o->unstable_cv)
            o->unstable_cv = look.cv;
        if (look.per != per && !r->analyses[i].own_per)
            o->per = look.per;
    }
    for (size_t i = 0; i < r->change_count; i++) {
        hz_change_opts *o = &r->changes[i].opts;
        o->hide_below = look.hide_below > o->hide_below ? look.hide_below : o->hide_below;
        if (look.cv < cv && look.cv < o->unstable_cv)
            o->unstable_cv = look.cv;
    }
    for (size_t i = 0; i < r->survey_count; i++) {
        hz_survey_opts *o = &r->surveys[i].opts;
        o->hide_below = look.hide_below > o->hide_below ? look.hide_below : o->hide_below;
    }
    hz_look_clear(&look);
}

static void read_work(recipe_reader *in, const hz_node *root)
{
    recipe *r = in->r;

    r->analysis_count = recipe_list_size(in, root, "analyses");
    for (size_t i = 0; i < r->analysis_count; i++)
        read_analysis(in, recipe_list_item(root, "analyses", i), &r->analyses[i]);
    if (!hz_node_get(root, "analyses")) {
        r->analysis_count = r->event_count;
        for (size_t i = 0; i < r->event_count; i++) {
            default_analysis(r, &r->analyses[i]);
            r->analyses[i].name = r->event_count == 1 ? "rates" : recipe_event_name(r, i);
            r->analyses[i].events = i;
            r->analyses[i].rates.hide_below = -1;
            r->analyses[i].line = r->events[i].from.line;
        }
    }
    for (size_t i = 0; i < r->analysis_count; i++)
        recipe_settle_hiding(in, r->analyses[i].events, r->analyses[i].line,
                             &r->analyses[i].rates.hide_below);
    r->change_count = recipe_list_size(in, root, "changes");
    for (size_t i = 0; i < r->change_count; i++)
        recipe_read_change(in, recipe_list_item(root, "changes", i), &r->changes[i]);
    r->survey_count = recipe_list_size(in, root, "surveys");
    for (size_t i = 0; i < r->survey_count; i++)
        recipe_read_survey(in, recipe_list_item(root, "surveys", i), &r->surveys[i]);
    tighten(in);
    recipe_settle_release(in);
    r->hotspot_count = recipe_list_size(in, root, "hotspots");
    for (size_t i = 0; i < r->hotspot_count; i++)
        recipe_read_hotspots(in, recipe_list_item(root, "hotspots", i), &r->hotspots[i]);
    recipe_check_hotspots(in);
    recipe_read_focuses(in, root);
    recipe_read_flows(in, root);
    r->zone_card_count = recipe_list_size(in, root, "zone-cards");
    for (size_t i = 0; i < r->zone_card_count; i++)
        recipe_read_zones(in, recipe_list_item(root, "zone-cards", i), &r->zone_cards[i]);
    recipe_check_zones(in);
    r->map_count = recipe_list_size(in, root, "maps");
    for (size_t i = 0; i < r->map_count; i++)
        recipe_read_map(in, recipe_list_item(root, "maps", i), &r->maps[i]);
    if (!hz_node_get(root, "maps")) {
        r->map_count = r->analysis_count;
        for (size_t i = 0; i < r->analysis_count; i++)
            recipe_default_map(r, i, &r->maps[i]);
    }
    recipe_read_charts(in, root);
    recipe_check_outputs(in);
}

hz_status recipe_read(const char *path, const char *style, recipe **out, hz_error *err)
{
    static const char *const keys[] = {
        "version", "name", "title", "subtitle", "author", "note", "languages", "crs", "date",
        "areas", "population", "events", "counts", "water", "streets", "outside", "zones",
        "analyses", "changes", "surveys", "hotspots", "focus", "flows", "zone-cards", "maps",
        "charts", "style"
    };
    recipe *r = hz_mem_new(1, sizeof *r);
    recipe_reader in = { .r = r, .err = err };
    const hz_node *root;
    hz_status st;

    if (!r)
        return hz_mem_fail(err, path);
    r->path = path;
    st = hz_doc_read(path, &r->doc, err);
    if (!st)
        st = hz_faults_new(r->doc, &in.faults, err);
    if (st)
        goto done;
    root = hz_doc_root(r->doc);
    if (!root) {
        st = hz_fail(err, HZ_EFORMAT, "%s: is empty, expected a project file", path);
        goto done;
    }
    if (hz_node_check_keys(root, "the project file", keys, COUNT(keys), in.faults)) {
        read_head(&in, root);
        read_sources(&in, root);
        recipe_read_styles(&in, root, style);
        read_work(&in, root);
    }
    st = in.st;
    if (!st && hz_faults_count(in.faults))
        st = hz_faults_fail(in.faults, err);
done:
    hz_faults_free(in.faults);
    if (st)
        recipe_free(r);
    else
        *out = r;
    return st;
}

void recipe_free(recipe *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->style_count; i++)
        hz_doc_free(r->styles[i].doc);
    hz_doc_free(r->last.doc);
    hz_doc_free(r->doc);
    hz_mem_free(r);
}
