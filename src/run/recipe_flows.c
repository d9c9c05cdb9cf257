/* The part of a recipe about where people live and where their events are. */
#include <string.h>

#include "hotzone/text.h"
#include "run/recipe_read.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
enum { FARTHEST_KM = 40000 };

static void read_bands(recipe_reader *in, const hz_node *map, recipe_flows *f)
{
    static const double usual[] = { 1000, 2000, 5000, 10000 };
    const char *texts[HZ_FLOWS_BANDS_MOST];
    const hz_node *node = hz_node_get(map, "bands");
    f->band_count = COUNT(usual);
    memcpy(f->band_m, usual, sizeof usual);
    if (!node)
        return;
    f->band_count = recipe_read_list(in, map, "bands", texts, HZ_FLOWS_BANDS_MOST);
    for (size_t b = 0; b < f->band_count; b++) {
        double km = 0;
        if (!hz_number_parse(texts[b], strlen(texts[b]), '.', &km) || !(km > 0) ||
            km > FARTHEST_KM || (b && !(1000 * km > f->band_m[b - 1]))) {
            hz_faults_add(in->faults, hz_node_line(node), "bands: '%s', expected rising distances in "
                          "km", texts[b]);
            f->band_count = 0;
            return;
        }
        f->band_m[b] = 1000 * km;
    }
}

/* A source of people: always sensitive. */
static origin read_people(recipe_reader *in, const hz_node *node, const char *what)
{
    origin from = recipe_read_origin(in, node, what, what);
    if (hz_node_type(node) == HZ_NODE_MAP && hz_node_get(node, "sensitive") && !from.sensitive)
        hz_faults_add(in->faults, hz_node_line(hz_node_get(node, "sensitive")), "%s of flows are "
                      "always sensitive, expected true or nothing", what);
    from.sensitive = true;
    /* a file that says so in its name is made up whatever the recipe says */
    from.made_up |= from.source && strstr(from.source, "synthetic") != NULL;
    return from;
}

static void read_key_sources(recipe_reader *in, const hz_node *map, recipe_flows *f)
{
    static const char *const home_keys[] = { RECIPE_ORIGIN_KEYS, "key" };
    static const char *const event_keys[] = { RECIPE_ORIGIN_KEYS, "key", "time", "time-format",
                                              "kind" };
    const hz_node *homes = hz_node_get(map, "residents"), *events = hz_node_get(map, "events");
    if (!homes || !events || hz_node_type(homes) != HZ_NODE_MAP ||
        hz_node_type(events) != HZ_NODE_MAP) {
        hz_faults_add(in->faults, f->line, "flows: expected `residents` and `events`, each with "
                      "`source` and `key`, or `pairs`");
        return;
    }
    hz_node_check_keys(homes, "residents", home_keys, COUNT(home_keys), in->faults);
    hz_node_check_keys(events, "events", event_keys, COUNT(event_keys), in->faults);
    f->residents = read_people(in, homes, "residents");
    f->events = read_people(in, events, "events");
    f->key = hz_node_read_text(homes, "key", NULL, in->faults);
    f->event_key = hz_node_read_text(events, "key", f->key, in->faults);
    if (!f->key)
        hz_faults_add(in->faults, hz_node_line(homes), "residents: expected `key`, the column of a key "
                      "of persons");
    f->time = hz_node_read_text(events, "time", NULL, in->faults);
    f->time_format = hz_node_read_text(events, "time-format", NULL, in->faults);
    f->kind = hz_node_read_text(events, "kind", NULL, in->faults);
    read_bands(in, map, f);
}

static void read_pairs(recipe_reader *in, const hz_node *map, recipe_flows *f)
{
    static const char *const keys[] = { RECIPE_ORIGIN_KEYS, "from", "to", "count" };
    static const char *const useless[] = { "residents", "events", "towns", "period", "kinds",
                                           "bands" };
    const hz_node *node = hz_node_get(map, "pairs");
    for (size_t i = 0; i < COUNT(useless); i++)
        if (hz_node_get(map, useless[i]))
            hz_faults_add(in->faults, hz_node_line(hz_node_get(map, useless[i])), "flows: '%s' beside "
                          "pairs, which are counted already", useless[i]);
    if (!hz_node_check_keys(node, "pairs", keys, COUNT(keys), in->faults))
        return;
    f->pairs = read_people(in, node, "pairs");
    f->from = hz_node_read_text(node, "from", "from", in->faults);
    f->to = hz_node_read_text(node, "to", "to", in->faults);
    f->count = hz_node_read_text(node, "count", "count", in->faults);
}

void recipe_read_flows(recipe_reader *in, const hz_node *root)
{
    static const char *const keys[] = {
        "name", "of", "residents", "events", "pairs", "towns", "focus", "period", "kinds", "bands",
        "hide-below", "round", "level", "title", "note", "noun", "one"
    };
    recipe_flows *f = &in->r->flows;
    const hz_node *map = hz_node_get(root, "flows");
    hz_error err;
    if (!map)
        return;
    f->name = "flows";
    f->line = hz_node_line(map);
    f->period = (hz_period)HZ_PERIOD_ALWAYS;
    if (!hz_node_check_keys(map, "flows", keys, COUNT(keys), in->faults) || !in->r->area_count)
        return;
    f->given = true;
    f->name = hz_node_read_text(map, "name", f->name, in->faults);
    recipe_check_name(in, f->name, f->line, "flows");
    if (hz_node_get(map, "of"))
        f->areas = recipe_find_name(in, hz_node_read_text(map, "of", "", in->faults),
                                    recipe_area_name, in->r->area_count,
                                    hz_node_line(hz_node_get(map, "of")), "of");
    if (hz_node_get(map, "pairs"))
        read_pairs(in, map, f);
    else
        read_key_sources(in, map, f);
    if (hz_node_get(map, "towns"))
        f->towns = (origin){ .line = hz_node_line(map), .name = "towns",
                             .source = hz_node_read_text(map, "towns", NULL, in->faults) };
    f->focus_count = recipe_read_list(in, map, "focus", f->focus, RECIPE_ONLY);
    f->kind_count = recipe_read_list(in, map, "kinds", f->kinds, RECIPE_KINDS);
    f->period_text = hz_node_read_text(map, "period", NULL, in->faults);
    if (f->period_text && hz_period_parse(f->period_text, &f->period, &err)) {
        hz_faults_add(in->faults, hz_node_line(hz_node_get(map, "period")), "period: %s", err.text);
        f->period_text = NULL;
    }
    recipe_read_people_rule(in, map, &f->below, &f->round);
    f->level = hz_node_read_number(map, "level", 0.95, 0.5, 0.9999, in->faults);
    f->title = recipe_read_words(in, map, "title");
    f->note = recipe_read_words(in, map, "note");
    f->noun = recipe_read_words(in, map, "noun");
    f->one = recipe_read_words(in, map, "one");
    if (in->r->areas[f->areas].overlap)
        hz_faults_add(in->faults, f->line, "flows: '%s' overlap, expected areas that are apart",
                      recipe_area_name(in->r, f->areas));
}
