/* Reads a project file into a recipe, and all its faults in one pass. */
#include "run/recipe.h"

#include <float.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"

static const char *const language_codes[LANGUAGES] = { "en", "da" }; /* by hz_language */

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What the recursive readers below share. */
typedef struct {
    recipe *r;
    hz_faults *faults;
    hz_error *err;
    hz_status st;   /* memory ran out */
} reader;

const char *words_in(const words *w, hz_language language, const char *fallback)
{
    for (int k = 0; k < LANGUAGES; k++) {
        const char *text = w->in[((int)language + k) % LANGUAGES];
        if (text && *text)
            return text;
    }
    return fallback;
}

/* A text, or a map of texts by language. */
static words read_words(reader *in, const hz_node *map, const char *key)
{
    words w = { { NULL, NULL } };
    const hz_node *node = hz_node_get(map, key);
    if (!node)
        return w;
    if (hz_node_type(node) == HZ_NODE_SCALAR) {
        w.in[HZ_ENGLISH] = w.in[HZ_DANISH] = hz_node_text(node);
    } else if (hz_node_check_keys(node, key, language_codes, LANGUAGES, in->faults)) {
        for (int k = 0; k < LANGUAGES; k++)
            w.in[k] = hz_node_read_text(node, language_codes[k], NULL, in->faults);
    }
    return w;
}

/* A word, or a list of words; returns how many. */
static size_t read_list(reader *in, const hz_node *map, const char *key, const char **out,
                        size_t room)
{
    const hz_node *node = hz_node_get(map, key);
    if (!node)
        return 0;
    if (hz_node_type(node) == HZ_NODE_SCALAR) {
        out[0] = hz_node_text(node);
        return 1;
    }
    if (hz_node_type(node) == HZ_NODE_MAP) {
        hz_faults_add(in->faults, hz_node_line(node), "%s is a map, expected a word or a list",
                      key);
        return 0;
    }
    size_t n = 0;
    for (size_t i = 0; i < hz_node_count(node); i++) {
        const hz_node *item = hz_node_item(node, i);
        if (hz_node_type(item) != HZ_NODE_SCALAR) {
            hz_faults_add(in->faults, hz_node_line(item), "%s: item %zu is no word", key, i + 1);
        } else if (n == room) {
            hz_faults_add(in->faults, hz_node_line(item), "%s: more than %zu items", key, room);
            break;
        } else {
            out[n++] = hz_node_text(item);
        }
    }
    return n;
}

/* The members of a list of maps; a single map counts as a list of one. */
static size_t list_size(reader *in, const hz_node *root, const char *key)
{
    const hz_node *node = hz_node_get(root, key);
    if (!node)
        return 0;
    if (hz_node_type(node) == HZ_NODE_MAP)
        return 1;
    if (hz_node_type(node) == HZ_NODE_SCALAR) {
        hz_faults_add(in->faults, hz_node_line(node), "%s is a single value, expected a list",
                      key);
        return 0;
    }
    if (hz_node_count(node) > RECIPE_SETS)
        hz_faults_add(in->faults, hz_node_line(node), "%s: %zu items, expected at most %d", key,
                      hz_node_count(node), RECIPE_SETS);
    return hz_node_count(node) < RECIPE_SETS ? hz_node_count(node) : RECIPE_SETS;
}

static const hz_node *list_item(const hz_node *root, const char *key, size_t i)
{
    const hz_node *node = hz_node_get(root, key);
    return hz_node_type(node) == HZ_NODE_MAP ? node : hz_node_item(node, i);
}

/* Names stand in file names and messages: letters, digits, '-' and '_'. */
static void check_name(reader *in, const char *name, size_t line, const char *what)
{
    static const char fine[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    if (!*name || strspn(name, fine) != strlen(name) || strlen(name) > 60)
        hz_faults_add(in->faults, line,
                      "%s name '%s', expected up to 60 letters a-z, digits, '-' or '_'", what,
                      name);
}

static origin read_origin(reader *in, const hz_node *map, const char *what, const char *fallback)
{
    origin o = { .line = hz_node_line(map) };
    if (hz_node_type(map) != HZ_NODE_MAP)
        return o;
    o.name = hz_node_read_text(map, "name", fallback, in->faults);
    o.source = hz_node_read_text(map, "source", NULL, in->faults);
    o.x = hz_node_read_text(map, "x", NULL, in->faults);
    o.y = hz_node_read_text(map, "y", NULL, in->faults);
    o.crs = hz_node_read_text(map, "crs", NULL, in->faults);
    o.title = read_words(in, map, "title");
    o.credit = read_words(in, map, "credit");
    o.note = read_words(in, map, "note");
    o.sensitive = hz_node_read_bool(map, "sensitive", false, in->faults);
    o.made_up = hz_node_read_bool(map, "made-up", false, in->faults);
    if (!o.source || !*o.source)
        hz_faults_add(in->faults, o.line, "%s has no source, expected a file or service", what);
    if (o.name)
        check_name(in, o.name, o.line, what);
    return o;
}

#define ORIGIN_KEYS "name", "source", "x", "y", "crs", "title", "credit", "note", "sensitive", \
                    "made-up"

static void read_areas(reader *in, const hz_node *map, recipe_areas *a)
{
    static const char *const keys[] = { ORIGIN_KEYS, "id", "label", "overlap", "place",
                                        "place-in" };
    hz_node_check_keys(map, "areas", keys, COUNT(keys), in->faults);
    a->from = read_origin(in, map, "areas", "areas");
    if (hz_node_type(map) != HZ_NODE_MAP)
        return;
    a->id = hz_node_read_text(map, "id", NULL, in->faults);
    a->label = hz_node_read_text(map, "label", NULL, in->faults);
    a->overlap = hz_node_read_bool(map, "overlap", false, in->faults);
    a->place = read_words(in, map, "place");
    a->place_in = read_words(in, map, "place-in");
}

static void read_population(reader *in, const hz_node *map, recipe_population *p)
{
    static const char *const keys[] = { ORIGIN_KEYS, "key", "value", "year" };
    hz_node_check_keys(map, "population", keys, COUNT(keys), in->faults);
    p->from = read_origin(in, map, "population", "population");
    if (hz_node_type(map) != HZ_NODE_MAP)
        return;
    p->key = hz_node_read_text(map, "key", NULL, in->faults);
    p->value = hz_node_read_text(map, "value", NULL, in->faults);
    p->year = hz_node_read_text(map, "year", NULL, in->faults);
}

static void read_events(reader *in, const hz_node *map, recipe_events *e)
{
    static const char *const keys[] = { ORIGIN_KEYS, "one", "time", "time-format", "kind",
                                        "precision", "public" };
    hz_node_check_keys(map, "events", keys, COUNT(keys), in->faults);
    e->from = read_origin(in, map, "events", "events");
    if (hz_node_type(map) != HZ_NODE_MAP)
        return;
    e->time = hz_node_read_text(map, "time", NULL, in->faults);
    e->time_format = hz_node_read_text(map, "time-format", NULL, in->faults);
    e->kind = hz_node_read_text(map, "kind", NULL, in->faults);
    e->precision = hz_node_read_text(map, "precision", NULL, in->faults);
    e->one = read_words(in, map, "one");
    e->public_points = hz_node_read_bool(map, "public", false, in->faults);
    if (e->public_points && e->from.sensitive)
        hz_faults_add(in->faults, e->from.line,
                      "events are both sensitive and public, expected one of them");
}

static void read_counts(reader *in, const hz_node *map, recipe_events *e)
{
    static const char *const keys[] = { ORIGIN_KEYS, "one", "key", "value", "year", "kind" };
    hz_node_check_keys(map, "counts", keys, COUNT(keys), in->faults);
    e->ready_made = true;
    e->from = read_origin(in, map, "counts", "counts");
    if (hz_node_type(map) != HZ_NODE_MAP)
        return;
    e->key = hz_node_read_text(map, "key", NULL, in->faults);
    e->value = hz_node_read_text(map, "value", NULL, in->faults);
    e->year = hz_node_read_text(map, "year", NULL, in->faults);
    e->kind = hz_node_read_text(map, "kind", NULL, in->faults);
    e->one = read_words(in, map, "one");
}

static void read_backdrop(reader *in, const hz_node *root, const char *key, recipe_backdrop *b)
{
    static const char *const keys[] = { ORIGIN_KEYS, "label" };
    const hz_node *map = hz_node_get(root, key);
    if (!map)
        return;
    hz_node_check_keys(map, key, keys, COUNT(keys), in->faults);
    b->from = read_origin(in, map, key, key);
    if (hz_node_type(map) == HZ_NODE_MAP)
        b->label = hz_node_read_text(map, "label", NULL, in->faults);
}

/* Where a name stands among others; a fault that suggests the nearest if it does not. */
typedef const char *(*name_at)(const recipe *r, size_t i);
static const char *area_name(const recipe *r, size_t i) { return r->areas[i].from.name; }
static const char *base_name(const recipe *r, size_t i) { return r->population[i].from.name; }
static const char *event_name(const recipe *r, size_t i) { return r->events[i].from.name; }
static const char *analysis_name(const recipe *r, size_t i) { return r->analyses[i].name; }

static size_t find_name(reader *in, const char *word, name_at name, size_t n, size_t line,
                        const char *what)
{
    const char *names[RECIPE_SETS];
    for (size_t i = 0; i < n; i++) {
        names[i] = name(in->r, i) ? name(in->r, i) : "";
        if (strcmp(names[i], word) == 0)
            return i;
    }
    const char *near = hz_text_nearest(word, names, n);
    if (near)
        hz_faults_add(in->faults, line, "%s '%s' is not in this file, did you mean '%s'?", what,
                      word, near);
    else
        hz_faults_add(in->faults, line, "%s '%s' is not in this file, expected one of its names",
                      what, word);
    return 0;
}

static size_t find_names(reader *in, const hz_node *map, const char *key, name_at name,
                         size_t n, size_t *out)
{
    const char *list[RECIPE_SETS];
    size_t count = read_list(in, map, key, list, RECIPE_SETS);
    for (size_t i = 0; i < count; i++)
        out[i] = find_name(in, list[i], name, n, hz_node_line(hz_node_get(map, key)), key);
    return count;
}

static void read_period(reader *in, const hz_node *map, recipe_analysis *a)
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

static void read_analysis(reader *in, const hz_node *map, recipe_analysis *a)
{
    static const char *const keys[] = {
        "name", "events", "counts", "areas", "population", "population-year", "kinds", "period",
        "per", "level", "smooth", "unstable-cv", "hide-below", "title", "note"
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
    check_name(in, a->name, a->line, "analysis");
    const hz_node *events = hz_node_get(map, "events"), *counts = hz_node_get(map, "counts");
    if (!events == !counts && (events || r->event_count != 1))
        hz_faults_add(in->faults, a->line,
                      "analysis '%s' names %s, expected either events or counts", a->name,
                      events ? "both events and counts" : "neither events nor counts");
    const char *key = events ? "events" : "counts";
    if (events || counts) {
        const char *word = hz_node_read_text(map, key, "", in->faults);
        a->events = find_name(in, word, event_name, r->event_count,
                              hz_node_line(hz_node_get(map, key)), key);
        if (a->events < r->event_count && strcmp(event_name(r, a->events), word) == 0 &&
            r->events[a->events].ready_made != (counts != NULL))
            hz_faults_add(in->faults, hz_node_line(hz_node_get(map, key)),
                          "'%s' stands under %s, expected it there", word,
                          counts ? "events" : "counts");
    }
    if (hz_node_get(map, "areas")) {
        a->area_count = find_names(in, map, "areas", area_name, r->area_count, a->areas);
        if (a->area_count == 0 && hz_node_type(hz_node_get(map, "areas")) != HZ_NODE_MAP)
            hz_faults_add(in->faults, hz_node_line(hz_node_get(map, "areas")),
                          "areas is an empty list, expected one or more of this file");
    }
    if (hz_node_get(map, "population"))
        a->population_count = find_names(in, map, "population", base_name, r->population_count,
                                         a->population);
    a->kind_count = read_list(in, map, "kinds", a->kinds, RECIPE_KINDS);
    read_period(in, map, a);
    a->population_year = (int)hz_node_read_number(map, "population-year", 0, 1, 9999, in->faults);
    a->rates.per = hz_node_read_number(map, "per", a->rates.per, 1e-9, DBL_MAX, in->faults);
    a->rates.level = hz_node_read_number(map, "level", a->rates.level, 0.5, 0.9999, in->faults);
    a->rates.unstable_cv =
        hz_node_read_number(map, "unstable-cv", a->rates.unstable_cv, 0.01, 1, in->faults);
    a->rates.hide_below =
        hz_node_read_number(map, "hide-below", -1, 0, 1e6, in->faults);
    a->rates.smoothing =
        (hz_smoothing_kind)hz_node_read_choice(map, "smooth", ways, 3, HZ_SMOOTH_GLOBAL,
                                               in->faults);
    a->title = read_words(in, map, "title");
    a->note = read_words(in, map, "note");
}

/* Sensitive events hide counts under 5; a recipe may only tighten that. */
static void settle_hiding(reader *in, recipe_analysis *a)
{
    const recipe *r = in->r;
    double *below = &a->rates.hide_below;
    bool sensitive = r->event_count && r->events[a->events].from.sensitive;
    if (*below == 1)
        hz_faults_add(in->faults, a->line, "hide-below is 1, expected 0 or at least 2");
    if (*below < 0)
        *below = sensitive ? 5 : 0;
    else if (sensitive && *below < 5)
        hz_faults_add(in->faults, a->line,
                      "hide-below is %g, expected at least 5 for sensitive events", *below);
}

static void read_draw(reader *in, const hz_node *map, recipe_map *m)
{
    static const char *const names[] = { "water", "streets", "outside", "zones", "events" };
    bool *const flags[] = { &m->draw_water, &m->draw_streets, &m->draw_outside, &m->draw_zones,
                            &m->draw_events };
    const recipe_backdrop *const there[] = { &in->r->water, &in->r->streets, &in->r->outside,
                                             &in->r->zones };
    const char *list[8];
    size_t n = read_list(in, map, "draw", list, COUNT(list));
    for (size_t i = 0; i < n; i++) {
        size_t line = hz_node_line(hz_node_get(map, "draw")), k = 0;
        while (k < COUNT(names) && strcmp(names[k], list[i]) != 0)
            k++;
        if (k == COUNT(names))
            hz_faults_add(in->faults, line,
                          "draw: '%s', expected water, streets, outside, zones or events",
                          list[i]);
        else if (k < COUNT(there) && !there[k]->from.source)
            hz_faults_add(in->faults, line, "draw: '%s', expected a source for it in this file",
                          list[i]);
        else
            *flags[k] = true;
    }
}

static void default_map(const recipe *r, size_t analysis, recipe_map *m)
{
    m->analysis = analysis;
    m->areas = r->analyses[analysis].area_count ? r->analyses[analysis].areas[0] : 0;
    m->name = r->analyses[analysis].name;
    m->sizes[0] = "text";
    m->size_count = 1;
    m->draw_water = r->water.from.source != NULL;
    m->draw_streets = r->streets.from.source != NULL;
    m->draw_outside = r->outside.from.source != NULL;
}

static void read_map(reader *in, const hz_node *map, recipe_map *m)
{
    static const char *const keys[] = { "name", "analysis", "areas", "sizes", "draw", "title",
                                        "subtitle", "events-label", "style" };
    recipe *r = in->r;
    hz_look scratch;

    m->line = hz_node_line(map);
    m->name = "map";
    if (!hz_node_check_keys(map, "map", keys, COUNT(keys), in->faults))
        return;
    if (hz_node_get(map, "analysis"))
        m->analysis = find_name(in, hz_node_read_text(map, "analysis", "", in->faults),
                                analysis_name, r->analysis_count, m->line, "analysis");
    if (r->analysis_count)
        default_map(r, m->analysis, m);
    m->name = hz_node_read_text(map, "name", m->name, in->faults);
    check_name(in, m->name, m->line, "map");
    if (hz_node_get(map, "areas")) {
        m->areas = find_name(in, hz_node_read_text(map, "areas", "", in->faults), area_name,
                             r->area_count, m->line, "areas");
        bool among = false;
        const recipe_analysis *a = &r->analyses[m->analysis];
        for (size_t i = 0; i < a->area_count; i++)
            among |= a->areas[i] == m->areas;
        if (!among)
            hz_faults_add(in->faults, m->line, "map '%s' draws areas that analysis '%s' does not "
                          "count by", m->name, a->name ? a->name : "");
    }
    if (hz_node_get(map, "sizes"))
        m->size_count = read_list(in, map, "sizes", m->sizes, RECIPE_SIZES);
    hz_look_default(&scratch);
    for (size_t i = 0; i < m->size_count; i++)
        if (!hz_look_page(&scratch, m->sizes[i]))
            hz_faults_add(in->faults, m->line, "size '%s', expected column, text, a5 or a4",
                          m->sizes[i]);
    if (hz_node_get(map, "draw")) {
        m->draw_water = m->draw_streets = m->draw_outside = false;
        read_draw(in, map, m);
    }
    if (m->draw_events && r->event_count) {
        const recipe_events *e = &r->events[r->analyses[m->analysis].events];
        if (e->ready_made || !e->public_points)
            hz_faults_add(in->faults, m->line, "draw: events, expected located events that are "
                          "marked public: true");
    }
    m->title = read_words(in, map, "title");
    m->subtitle = read_words(in, map, "subtitle");
    m->events_label = read_words(in, map, "events-label");
    m->style = hz_node_get(map, "style");
    if (m->style && !in->st)
        in->st = hz_look_read(&scratch, m->style, in->faults, in->err);
    hz_look_clear(&scratch);
}

static void check_unique(reader *in, name_at name, size_t n, const char *what)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (name(in->r, i) && name(in->r, k) && strcmp(name(in->r, i), name(in->r, k)) == 0)
                hz_faults_add(in->faults, 1, "two %s are named '%s', expected different names",
                              what, name(in->r, i));
}

static const char *map_name(const recipe *r, size_t i) { return r->maps[i].name; }

static void read_languages(reader *in, const hz_node *root)
{
    const char *list[LANGUAGES + 1];
    recipe *r = in->r;
    size_t n = read_list(in, root, "languages", list, LANGUAGES);
    for (size_t i = 0; i < n; i++) {
        int k = 0;
        while (k < LANGUAGES && strcmp(language_codes[k], list[i]) != 0)
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

static void read_head(reader *in, const hz_node *root)
{
    recipe *r = in->r;
    hz_time when;
    const hz_node *version = hz_node_get(root, "version");
    if (version && strcmp(hz_node_text(version), "1") != 0)
        hz_faults_add(in->faults, hz_node_line(version), "version '%s', expected 1",
                      hz_node_text(version));
    r->name = hz_node_read_text(root, "name", "project", in->faults);
    check_name(in, r->name, hz_node_line(root), "project");
    r->title = read_words(in, root, "title");
    r->subtitle = read_words(in, root, "subtitle");
    r->author = read_words(in, root, "author");
    r->note = read_words(in, root, "note");
    r->crs = hz_node_read_text(root, "crs", NULL, in->faults);
    r->date = hz_node_read_text(root, "date", NULL, in->faults);
    if (r->date && !hz_date_parse(r->date, strlen(r->date), "%Y-%m-%d", &when))
        hz_faults_add(in->faults, hz_node_line(hz_node_get(root, "date")),
                      "date '%s', expected YYYY-MM-DD", r->date);
    read_languages(in, root);
}

static void read_sources(reader *in, const hz_node *root)
{
    recipe *r = in->r;
    r->area_count = list_size(in, root, "areas");
    for (size_t i = 0; i < r->area_count; i++)
        read_areas(in, list_item(root, "areas", i), &r->areas[i]);
    r->population_count = list_size(in, root, "population");
    for (size_t i = 0; i < r->population_count; i++)
        read_population(in, list_item(root, "population", i), &r->population[i]);
    size_t events = list_size(in, root, "events"), counts = list_size(in, root, "counts");
    for (size_t i = 0; i < events; i++)
        read_events(in, list_item(root, "events", i), &r->events[r->event_count++]);
    for (size_t i = 0; i < counts && r->event_count < RECIPE_SETS; i++)
        read_counts(in, list_item(root, "counts", i), &r->events[r->event_count++]);
    if (r->area_count == 0)
        hz_faults_add(in->faults, hz_node_line(root), "no areas, expected a source of districts");
    if (r->event_count == 0)
        hz_faults_add(in->faults, hz_node_line(root),
                      "neither events nor counts, expected a source of one of them");
    read_backdrop(in, root, "water", &r->water);
    read_backdrop(in, root, "streets", &r->streets);
    read_backdrop(in, root, "outside", &r->outside);
    read_backdrop(in, root, "zones", &r->zones);
    check_unique(in, area_name, r->area_count, "sets of areas");
    check_unique(in, base_name, r->population_count, "populations");
    check_unique(in, event_name, r->event_count, "sets of events or counts");
}

static void read_work(reader *in, const hz_node *root)
{
    recipe *r = in->r;
    hz_look scratch;

    r->analysis_count = list_size(in, root, "analyses");
    for (size_t i = 0; i < r->analysis_count; i++)
        read_analysis(in, list_item(root, "analyses", i), &r->analyses[i]);
    if (!hz_node_get(root, "analyses")) {
        r->analysis_count = r->event_count;
        for (size_t i = 0; i < r->event_count; i++) {
            default_analysis(r, &r->analyses[i]);
            r->analyses[i].name = r->event_count == 1 ? "rates" : event_name(r, i);
            r->analyses[i].events = i;
            r->analyses[i].rates.hide_below = -1;
            r->analyses[i].line = r->events[i].from.line;
        }
    }
    for (size_t i = 0; i < r->analysis_count; i++)
        settle_hiding(in, &r->analyses[i]);
    check_unique(in, analysis_name, r->analysis_count, "analyses");
    r->style = hz_node_get(root, "style");
    if (r->style && !in->st) {
        hz_look_default(&scratch);
        in->st = hz_look_read(&scratch, r->style, in->faults, in->err);
        hz_look_clear(&scratch);
    }
    r->map_count = list_size(in, root, "maps");
    for (size_t i = 0; i < r->map_count; i++)
        read_map(in, list_item(root, "maps", i), &r->maps[i]);
    if (!hz_node_get(root, "maps")) {
        r->map_count = r->analysis_count;
        for (size_t i = 0; i < r->analysis_count; i++)
            default_map(r, i, &r->maps[i]);
    }
    check_unique(in, map_name, r->map_count, "maps");
}

hz_status recipe_read(const char *path, recipe **out, hz_error *err)
{
    static const char *const keys[] = {
        "version", "name", "title", "subtitle", "author", "note", "languages", "crs", "date",
        "areas", "population", "events", "counts", "water", "streets", "outside", "zones",
        "analyses", "maps", "style"
    };
    recipe *r = hz_mem_new(1, sizeof *r);
    reader in = { .r = r, .err = err };
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
    hz_doc_free(r->doc);
    hz_mem_free(r);
}
