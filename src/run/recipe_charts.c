/* Reads the charts of a project file. */
#include <string.h>

#include "run/recipe_read.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool counts_by(const recipe_analysis *a, size_t areas)
{
    for (size_t i = 0; i < a->area_count; i++)
        if (a->areas[i] == areas)
            return true;
    return false;
}

static void read_set(recipe_reader *in, const hz_node *map, recipe_chart *c)
{
    recipe *r = in->r;
    const recipe_analysis *a = &r->analyses[c->analysis];
    const char *word = hz_node_read_text(map, "set", NULL, in->faults);
    c->areas = a->area_count ? a->areas[0] : 0;
    if (!word)
        return;
    c->areas = recipe_find_name(in, word, recipe_area_name, r->area_count, c->line, "set");
    if (!counts_by(a, c->areas))
        hz_faults_add(in->faults, c->line, "chart '%s' shows areas that analysis '%s' does not "
                      "count by", c->name, a->name ? a->name : "");
}

static void read_sizes(recipe_reader *in, const hz_node *map, recipe_chart *c)
{
    hz_look scratch;
    c->sizes[0] = "text";
    c->size_count = 1;
    if (hz_node_get(map, "sizes"))
        c->size_count = recipe_read_list(in, map, "sizes", c->sizes, RECIPE_SIZES);
    hz_look_default(&scratch);
    for (size_t i = 0; i < c->size_count; i++)
        if (!hz_look_page(&scratch, c->sizes[i]))
            hz_faults_add(in->faults, c->line, "size '%s', expected column, text, a5 or a4",
                          c->sizes[i]);
    c->style = hz_node_get(map, "style");
    if (c->style && !in->st)
        in->st = hz_look_read(&scratch, c->style, in->faults, in->err);
    hz_look_clear(&scratch);
}

static void read_funnel(recipe_reader *in, const hz_node *map, recipe_chart *c)
{
    const recipe *r = in->r;
    c->widen = hz_node_read_bool(map, "widen", false, in->faults);
    if (r->areas[c->areas].overlap)
        hz_faults_add(in->faults, c->line, "chart '%s': a funnel compares areas that are apart, "
                      "and '%s' overlap", c->name, recipe_area_name(r, c->areas));
    if (!r->analyses[c->analysis].population_count)
        hz_faults_add(in->faults, c->line, "chart '%s': a funnel needs a population", c->name);
}

/* A series whose ends are those of the data would tell when the first and the last event was. */
static void check_secrets(recipe_reader *in, const recipe_chart *c)
{
    const recipe *r = in->r;
    const recipe_analysis *a = &r->analyses[c->analysis];
    hz_period p = c->period_text ? c->period : a->period;
    if (!recipe_hides(r, a->events))
        return;
    if (r->events[a->events].ready_made)
        hz_faults_add(in->faults, c->line, "chart '%s': small counts are hidden, and the table's "
                      "year would give them away in a series", c->name);
    else if (p.from == HZ_TIME_NONE || p.until == HZ_TIME_NONE)
        hz_faults_add(in->faults, c->line, "chart '%s': small counts are hidden, expected a period "
                      "with both ends, its own or the analysis's", c->name);
}

static void read_series(recipe_reader *in, const hz_node *map, recipe_chart *c)
{
    static const char *const parts[] = { "month", "quarter", "year" };
    const recipe *r = in->r;
    const recipe_events *e = &r->events[r->analyses[c->analysis].events];
    hz_error err;

    c->by = (hz_series_by)hz_node_read_choice(map, "by", parts, 3, e->ready_made ? HZ_BY_YEAR
                                                                                 : HZ_BY_MONTH,
                                              in->faults);
    if (e->ready_made && c->by != HZ_BY_YEAR)
        hz_faults_add(in->faults, c->line, "chart '%s': ready-made counts are by year, expected "
                      "by: year", c->name);
    c->only_count = recipe_read_list(in, map, "areas", c->only, RECIPE_SERIES_MOST);
    if (c->only_count == 1 && strcmp(c->only[0], "all together") == 0)
        c->only_count = 0;
    if (c->only_count == 0 && r->areas[c->areas].overlap)
        hz_faults_add(in->faults, c->line, "chart '%s': '%s' overlap and have no sum, expected "
                      "areas: a list of ids", c->name, recipe_area_name(r, c->areas));
    c->period_text = hz_node_read_text(map, "period", NULL, in->faults);
    if (c->period_text && hz_period_parse(c->period_text, &c->period, &err))
        hz_faults_add(in->faults, c->line, "%s", err.text);
    check_secrets(in, c);
}

/* How far apart events lie is told only of events that may be told one by one. */
static void read_function(recipe_reader *in, const hz_node *map, recipe_chart *c)
{
    static const char *const chances[] = { "residents", "even" };
    static const char *const edges[] = { "none", "translation", "isotropic" };
    const recipe *r = in->r;
    const recipe_analysis *a = &r->analyses[c->analysis];
    hz_error err;

    c->even = hz_node_read_choice(map, "chance", chances, 2, a->population_count ? 0 : 1,
                                  in->faults) == 1;
    c->edge = (hz_edge)hz_node_read_choice(map, "correction", edges, 3, HZ_EDGE_TRANSLATION,
                                           in->faults);
    c->simulations = (size_t)hz_node_read_number(map, "simulations", 199, 19, 9999, in->faults);
    c->reach_m = hz_node_read_number(map, "max-distance", 0, 1, 1e6, in->faults);
    c->period_text = hz_node_read_text(map, "period", NULL, in->faults);
    if (c->period_text && hz_period_parse(c->period_text, &c->period, &err))
        hz_faults_add(in->faults, c->line, "%s", err.text);
    if (!c->even && !a->population_count)
        hz_faults_add(in->faults, c->line, "chart '%s': the analysis has no population, expected "
                      "chance: even", c->name);
    if (r->events[a->events].ready_made)
        hz_faults_add(in->faults, c->line, "chart '%s': '%s' are ready-made counts, expected "
                      "located events", c->name, recipe_event_name(r, a->events));
    if (r->areas[c->areas].overlap)
        hz_faults_add(in->faults, c->line, "chart '%s': '%s' overlap, expected areas that are "
                      "apart", c->name, recipe_area_name(r, c->areas));
    if (r->hide_below > 0 || recipe_hides(r, a->events))
        hz_faults_add(in->faults, c->line, "chart '%s': small counts of '%s' are hidden, and the "
                      "distances between events would give places away, expected events that hide "
                      "none", c->name, recipe_event_name(r, a->events));
}

/* A key of another kind of chart would change nothing, and whoever wrote it expects it to. */
static void check_kind(recipe_reader *in, const hz_node *map, const recipe_chart *c)
{
    static const struct {
        const char *key, *goes_with;
        bool of[3];
    } known[] = {
        { "widen", "funnel", { true, false, false } },
        { "by", "series", { false, true, false } },
        { "areas", "series", { false, true, false } },
        { "period", "series", { false, true, true } },
        { "chance", "l-function", { false, false, true } },
        { "correction", "l-function", { false, false, true } },
        { "simulations", "l-function", { false, false, true } },
        { "max-distance", "l-function", { false, false, true } },
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (!known[i].of[c->kind] && hz_node_get(map, known[i].key))
            hz_faults_add(in->faults, c->line, "chart '%s': `%s` goes with kind: %s", c->name,
                          known[i].key, known[i].goes_with);
}

static void read_chart(recipe_reader *in, const hz_node *map, recipe_chart *c)
{
    static const char *const keys[] = { "name", "analysis", "kind", "set", "sizes", "title",
                                        "subtitle", "style", "widen", "by", "areas", "period",
                                        "chance", "correction", "simulations", "max-distance" };
    static const char *const kinds[] = { "funnel", "series", "l-function" };
    recipe *r = in->r;

    c->line = hz_node_line(map);
    c->name = "chart";
    c->period = (hz_period)HZ_PERIOD_ALWAYS;
    if (!hz_node_check_keys(map, "chart", keys, COUNT(keys), in->faults) || !r->analysis_count ||
        !r->area_count || !r->event_count)
        return;
    if (hz_node_get(map, "analysis"))
        c->analysis = recipe_find_name(in, hz_node_read_text(map, "analysis", "", in->faults),
                                       recipe_analysis_name, r->analysis_count, c->line,
                                       "analysis");
    if (!hz_node_get(map, "kind"))
        hz_faults_add(in->faults, c->line, "chart has no kind, expected funnel, series or l-function");
    c->kind = (recipe_chart_kind)hz_node_read_choice(map, "kind", kinds, COUNT(kinds),
                                                     RECIPE_FUNNEL, in->faults);
    c->name = hz_node_read_text(map, "name", kinds[c->kind], in->faults);
    recipe_check_name(in, c->name, c->line, "chart");
    c->title = recipe_read_words(in, map, "title");
    c->subtitle = recipe_read_words(in, map, "subtitle");
    read_set(in, map, c);
    read_sizes(in, map, c);
    check_kind(in, map, c);
    if (c->kind == RECIPE_FUNNEL)
        read_funnel(in, map, c);
    else if (c->kind == RECIPE_SERIES)
        read_series(in, map, c);
    else
        read_function(in, map, c);
}

void recipe_read_charts(recipe_reader *in, const hz_node *root)
{
    recipe *r = in->r;
    r->chart_count = recipe_list_size(in, root, "charts");
    for (size_t i = 0; i < r->chart_count; i++)
        read_chart(in, recipe_list_item(root, "charts", i), &r->charts[i]);
}
