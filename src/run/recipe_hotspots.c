/* The part of a recipe about where events cluster. */
#include <string.h>

#include "hotzone/neighbours.h"
#include "run/recipe_read.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
enum { REPLICATES_MOST = 99999, SIDE_LEAST_M = 10, SIDE_MOST_M = 1000000 };

static void read_period(recipe_reader *in, const hz_node *map, recipe_hotspots *h)
{
    hz_error err;
    h->period_text = hz_node_read_text(map, "period", NULL, in->faults);
    if (h->period_text && hz_period_parse(h->period_text, &h->period, &err)) {
        hz_faults_add(in->faults, hz_node_line(hz_node_get(map, "period")), "%s", err.text);
        h->period_text = NULL;
    }
}

static void read_neighbours(recipe_reader *in, const hz_node *map, recipe_hotspots *h)
{
    hz_error err;
    h->neighbours_text = hz_node_read_text(map, "neighbours", "queen", in->faults);
    h->standardise = hz_node_read_text(map, "standardise", NULL, in->faults);
    if (hz_neighbours_parse(h->neighbours_text, &h->neighbours, &h->links_file, &h->gwt, &err))
        hz_faults_add(in->faults, hz_node_line(hz_node_get(map, "neighbours")), "neighbours: %s",
                      err.text);
    else if (hz_neighbours_standardise(&h->neighbours, h->standardise,
                                       h->opts.method == HZ_LOCAL_MORAN, &h->opts.weights, &err))
        hz_faults_add(in->faults, h->line, "standardise: %s", err.text);
}

static void read_test(recipe_reader *in, const hz_node *map, recipe_hotspots *h)
{
    static const char *const methods[] = { "gistar", "gi", "moran" };
    static const char *const nulls[] = { "best", "exact", "permute", "analytic" };
    hz_cluster_opts *o = &h->opts;
    o->method = (hz_cluster_method)hz_node_read_choice(map, "method", methods, 3, HZ_GISTAR,
                                                       in->faults);
    o->null = (hz_null_kind)hz_node_read_choice(map, "null", nulls, 4, HZ_NULL_BEST, in->faults);
    o->alpha = hz_node_read_number(map, "alpha", o->alpha, 1e-6, 0.5, in->faults);
    o->permutations = (uint32_t)hz_node_read_number(map, "permutations", o->permutations, 19, 1e8,
                                                    in->faults);
    o->seed = (uint64_t)hz_node_read_number(map, "seed", 1, 0, 9007199254740992.0, in->faults);
    read_neighbours(in, map, h);
    h->replicates = (size_t)hz_node_read_number(map, "replicates", 999, 19, REPLICATES_MOST,
                                                in->faults);
    h->scan = hz_node_read_bool(map, "scan", false, in->faults);
}

static bool has_side(const recipe_hotspots *h, double side)
{
    for (size_t i = 0; i < h->side_count; i++)
        if (!(h->sides[i] < side) && !(h->sides[i] > side))
            return true;
    return false;
}

static void read_sides(recipe_reader *in, const hz_node *map, recipe_hotspots *h)
{
    const char *list[RECIPE_SIDES];
    size_t n = recipe_read_list(in, map, "concentration", list, RECIPE_SIDES);
    for (size_t i = 0; i < n; i++) {
        double side;
        if (hz_number_parse(list[i], strlen(list[i]), '.', &side) && side >= SIDE_LEAST_M &&
            side <= SIDE_MOST_M && !has_side(h, side))
            h->sides[h->side_count++] = side;
        else
            hz_faults_add(in->faults, hz_node_line(hz_node_get(map, "concentration")),
                          "concentration: '%s', expected different sides of cells in metres, 10 or "
                          "more, such as [200, 500]", list[i]);
    }
}

/* What does not go together. */
static void check(recipe_reader *in, const recipe_hotspots *h)
{
    const recipe *r = in->r;
    bool ready_made = !h->value && r->events[h->events].ready_made;
    if (h->links_file && h->cell > 0)
        hz_faults_add(in->faults, h->line, "hotspots '%s': neighbours of a file and `cell`, expected "
                      "areas for the one, queen, rook, knn, band or idw for the other", h->name);
    if (ready_made && (h->cell > 0 || h->side_count))
        hz_faults_add(in->faults, h->line, "hotspots '%s': ready-made counts have no cells, "
                      "expected neither `cell` nor `concentration`", h->name);
    if (r->areas[h->areas].overlap)
        hz_faults_add(in->faults, h->line, "hotspots '%s': '%s' overlap, expected areas that are "
                      "apart", h->name, recipe_area_name(r, h->areas));
    if (h->map.draw_events)
        hz_faults_add(in->faults, h->line, "hotspots '%s': draw: events, expected none: the cells "
                      "are their counts", h->name);
}

/* A column is counted already, and for its areas alone. */
static void refuse_beside_value(recipe_reader *in, const hz_node *map, const recipe_hotspots *h)
{
    static const char *const others[] = { "events", "counts", "kinds", "period", "cell",
                                          "concentration", "population", "population-year" };
    for (size_t i = 0; i < COUNT(others); i++)
        if (hz_node_get(map, others[i]))
            hz_faults_add(in->faults, hz_node_line(hz_node_get(map, others[i])), "hotspots '%s': "
                          "`%s` beside `value`, a column of the areas, expected one of them",
                          h->name, others[i]);
}

void recipe_read_hotspots(recipe_reader *in, const hz_node *map, recipe_hotspots *h)
{
    static const char *const keys[] = {
        "name", "events", "counts", "value", "noun", "areas", "population", "population-year", "kinds", "period",
        "cell", "neighbours", "standardise", "method", "null", "permutations", "alpha", "seed", "scan",
        "replicates", "concentration", "map", "sizes", "draw", "title", "subtitle", "map-title",
        "note", "style"
    };
    const recipe *r = in->r;

    h->line = h->map.line = hz_node_line(map);
    h->name = h->map.name = "hotspots";
    h->period = (hz_period)HZ_PERIOD_ALWAYS;
    h->opts = (hz_cluster_opts)HZ_CLUSTER_DEFAULTS;
    h->population = RECIPE_NONE;
    if (!hz_node_check_keys(map, "hotspots", keys, COUNT(keys), in->faults) || !r->area_count ||
        (!r->event_count && !hz_node_get(map, "value")))
        return;
    h->name = hz_node_read_text(map, "name", h->name, in->faults);
    recipe_check_name(in, h->name, h->line, "hotspots");
    h->value = hz_node_read_text(map, "value", NULL, in->faults);
    h->noun = recipe_read_words(in, map, "noun");
    if (h->value) {
        h->events = RECIPE_NONE;
        refuse_beside_value(in, map, h);
    } else {
        h->events = recipe_find_events(in, map, h->name);
    }
    if (hz_node_get(map, "areas"))
        h->areas = recipe_find_areas(in, map, "areas");
    if (hz_node_get(map, "population"))
        h->population = recipe_find_population(in, map, "population");
    h->population_year = (int)hz_node_read_number(map, "population-year", 0, 1, 9999, in->faults);
    h->kind_count = recipe_read_list(in, map, "kinds", h->kinds, RECIPE_KINDS);
    read_period(in, map, h);
    h->cell = hz_node_read_number(map, "cell", 0, SIDE_LEAST_M, SIDE_MOST_M, in->faults);
    read_test(in, map, h);
    read_sides(in, map, h);
    h->title = recipe_read_words(in, map, "title");
    h->note = recipe_read_words(in, map, "note");
    h->draw = hz_node_read_bool(map, "map", true, in->faults);
    h->map.name = h->name;
    h->map.areas = h->areas;
    h->map.sizes[0] = "text";
    h->map.size_count = 1;
    h->map.draw_water = r->water.from.source != NULL;
    h->map.draw_streets = r->streets.from.source != NULL;
    h->map.draw_outside = r->outside.from.source != NULL;
    if (hz_node_get(map, "draw")) {
        h->map.draw_water = h->map.draw_streets = h->map.draw_outside = false;
        recipe_read_draw(in, map, &h->map);
    }
    h->map.title = recipe_read_words(in, map, "map-title");
    h->map.subtitle = recipe_read_words(in, map, "subtitle");
    recipe_read_sizes(in, map, &h->map);
    check(in, h);
}

void recipe_check_hotspots(recipe_reader *in)
{
    const recipe *r = in->r;
    for (size_t i = 0; i < r->hotspot_count; i++) {
        const recipe_hotspots *h = &r->hotspots[i];
        if (h->value && (r->hide_below > 0 || r->areas[h->areas].from.sensitive))
            hz_faults_add(in->faults, h->line, "hotspots '%s': small counts are hidden, and a map of "
                          "'%s' would give them away, expected areas and a style that hide none",
                          h->name, h->value);
        if (h->value || !r->event_count)
            continue;
        if (r->hide_below > 0 || recipe_hides(r, h->events))
            hz_faults_add(in->faults, h->line, "hotspots '%s': small counts of '%s' are hidden, and "
                          "a map of its cells would give them away, expected events that hide "
                          "none", h->name, recipe_event_name(r, h->events));
    }
}
