/* The part of a recipe about maps. */
#include <string.h>

#include "run/recipe_read.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

void recipe_read_draw(recipe_reader *in, const hz_node *map, recipe_map *m)
{
    static const char *const names[] = { "water", "streets", "outside", "zones", "events" };
    bool *const flags[] = { &m->draw_water, &m->draw_streets, &m->draw_outside, &m->draw_zones,
                            &m->draw_events };
    const recipe_backdrop *const there[] = { &in->r->water, &in->r->streets, &in->r->outside,
                                             &in->r->zones };
    const char *list[8];
    size_t n = recipe_read_list(in, map, "draw", list, COUNT(list));
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

void recipe_default_map(const recipe *r, size_t analysis, recipe_map *m)
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

/* A sheet of A4 would be shrunk in the report, so a map of that size alone gets a figure beside it. */
static void add_figure_size(recipe_map *m)
{
    for (size_t i = 0; i < m->size_count; i++)
        if (strcmp(m->sizes[i], "a4") != 0)
            return;
    if (m->size_count && m->size_count < RECIPE_SIZES)
        m->sizes[m->size_count++] = "text";
}

size_t recipe_report_size(const recipe_map *m)
{
    static const char *const first[] = { "text", "column", "a5" };
    for (size_t k = 0; k < COUNT(first); k++)
        for (size_t i = 0; i < m->size_count; i++)
            if (strcmp(m->sizes[i], first[k]) == 0)
                return i;
    return 0;
}

void recipe_read_sizes(recipe_reader *in, const hz_node *map, recipe_map *m)
{
    hz_look scratch;
    if (hz_node_get(map, "sizes"))
        m->size_count = recipe_read_list(in, map, "sizes", m->sizes, RECIPE_SIZES);
    hz_look_default(&scratch);
    for (size_t i = 0; i < m->size_count; i++)
        if (!hz_look_page(&scratch, m->sizes[i]))
            hz_faults_add(in->faults, m->line, "size '%s', expected column, text, a5 or a4",
                          m->sizes[i]);
    add_figure_size(m);
    m->style = hz_node_get(map, "style");
    const hz_node *shown = m->style ? hz_node_get(m->style, "uncertainty") : NULL;
    if (shown && (hz_node_get(shown, "cv") || hz_node_get(shown, "hide_below")))
        hz_faults_add(in->faults, hz_node_line(shown), "map '%s' sets cv or hide_below, expected "
                      "them in the file's own style or in the analysis", m->name);
    if (m->style && !in->st)
        in->st = hz_look_read(&scratch, m->style, in->faults, in->err);
    hz_look_clear(&scratch);
}

void recipe_read_map(recipe_reader *in, const hz_node *map, recipe_map *m)
{
    static const char *const keys[] = { "name", "analysis", "areas", "sizes", "draw", "title",
                                        "subtitle", "events-label", "style", "by", "period",
                                        "periods" };
    recipe *r = in->r;

    m->line = hz_node_line(map);
    m->name = "map";
    if (!hz_node_check_keys(map, "map", keys, COUNT(keys), in->faults))
        return;
    if (hz_node_get(map, "analysis"))
        m->analysis = recipe_find_name(in, hz_node_read_text(map, "analysis", "", in->faults),
                                recipe_analysis_name, r->analysis_count, m->line, "analysis");
    if (r->analysis_count)
        recipe_default_map(r, m->analysis, m);
    m->name = hz_node_read_text(map, "name", m->name, in->faults);
    recipe_check_name(in, m->name, m->line, "map");
    if (hz_node_get(map, "areas")) {
        m->areas = recipe_find_name(in, hz_node_read_text(map, "areas", "", in->faults), recipe_area_name,
                             r->area_count, m->line, "areas");
        bool among = false;
        const recipe_analysis *a = &r->analyses[m->analysis];
        for (size_t i = 0; i < a->area_count; i++)
            among |= a->areas[i] == m->areas;
        if (!among)
            hz_faults_add(in->faults, m->line, "map '%s' draws areas that analysis '%s' does not "
                          "count by", m->name, a->name ? a->name : "");
    }
    if (hz_node_get(map, "draw")) {
        m->draw_water = m->draw_streets = m->draw_outside = false;
        recipe_read_draw(in, map, m);
    }
    if (m->draw_events && r->event_count) {
        const recipe_events *e = &r->events[r->analyses[m->analysis].events];
        if (e->ready_made || !e->public_points)
            hz_faults_add(in->faults, m->line, "draw: events, expected located events that are "
                          "marked public: true");
        if (r->analyses[m->analysis].rates.hide_below > 0)
            hz_faults_add(in->faults, m->line, "draw: events, expected none where hide-below is "
                          "in force: who counts the dots has the hidden figures");
    }
    m->title = recipe_read_words(in, map, "title");
    m->subtitle = recipe_read_words(in, map, "subtitle");
    m->events_label = recipe_read_words(in, map, "events-label");
    recipe_read_sizes(in, map, m);
    recipe_read_panels(in, map, m);
}

