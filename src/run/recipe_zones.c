/* The part of a recipe about zones: where they come from, and what their cards are made of. */
#include <string.h>

#include "run/recipe_read.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
enum { PLACEMENTS_MOST = 99999, GAP_MOST_M = 200, CELL_LEAST_M = 10, CELL_MOST_M = 1000000 };

static void read_period(recipe_reader *in, const hz_node *map, const char *key, const char **text,
                        hz_period *period)
{
    hz_error err;
    *period = (hz_period)HZ_PERIOD_ALWAYS;
    *text = hz_node_read_text(map, key, NULL, in->faults);
    if (*text && hz_period_parse(*text, period, &err)) {
        hz_faults_add(in->faults, hz_node_line(hz_node_get(map, key)), "%s", err.text);
        *text = NULL;
    }
}

/* Two periods, the later one beginning no sooner than the earlier one ends. */
static void check_order(recipe_reader *in, const char *what, size_t line, const char *earlier,
                        hz_period first, const char *later, hz_period second)
{
    if (!earlier != !later)
        hz_faults_add(in->faults, line, "%s: earlier and later go together, expected both or "
                      "neither", what);
    else if (earlier && (first.until == HZ_TIME_NONE || second.from == HZ_TIME_NONE ||
                         second.from < first.until))
        hz_faults_add(in->faults, line, "%s: later '%s' does not begin after earlier '%s' ends, "
                      "expected periods apart", what, later, earlier);
}

static void read_source(recipe_reader *in, const hz_node *map, const char *key,
                        recipe_zone_source *s)
{
    static const char *const keys[] = { RECIPE_ORIGIN_KEYS, "id", "label", "list", "valid-from",
                                        "valid-to" };
    const hz_node *node = hz_node_get(map, key);
    if (!node || !hz_node_check_keys(node, key, keys, COUNT(keys), in->faults))
        return;
    s->from = recipe_read_origin(in, node, key, key);
    s->id = hz_node_read_text(node, "id", NULL, in->faults);
    s->label = hz_node_read_text(node, "label", NULL, in->faults);
    s->list = hz_node_read_text(node, "list", NULL, in->faults);
    s->valid_from = hz_node_read_text(node, "valid-from", NULL, in->faults);
    s->valid_to = hz_node_read_text(node, "valid-to", NULL, in->faults);
    if (s->list && strcmp(key, "boundaries") != 0)
        hz_faults_add(in->faults, hz_node_line(node), "%s: list goes with boundaries, expected "
                      "none", key);
}

static void read_network(recipe_reader *in, const hz_node *map, recipe_zones *z)
{
    static const char *const keys[] = { RECIPE_ORIGIN_KEYS, "name-field" };
    const char *lines[RECIPE_LINES];
    const hz_node *node = hz_node_get(map, "network");
    if (node && hz_node_check_keys(node, "network", keys, COUNT(keys), in->faults)) {
        z->network = recipe_read_origin(in, node, "network", "network");
        z->name_field = hz_node_read_text(node, "name-field", NULL, in->faults);
    }
    z->line_count = recipe_read_list(in, map, "lines", lines, RECIPE_LINES);
    for (size_t i = 0; i < z->line_count; i++)
        z->lines[i] = (origin){ .name = "lines", .source = lines[i],
                                .line = hz_node_line(hz_node_get(map, "lines")) };
    z->gap = hz_node_read_number(map, "gap", 25, 0.1, GAP_MOST_M, in->faults);
    z->allow_gaps = hz_node_read_bool(map, "allow-gaps", false, in->faults);
    z->match_count = recipe_read_list(in, map, "match", z->match, RECIPE_KINDS);
    for (size_t i = 0; i < z->match_count; i++)
        if (!strchr(z->match[i], '=') || *z->match[i] == '=')
            hz_faults_add(in->faults, hz_node_line(hz_node_get(map, "match")),
                          "match: '%s', expected \"LISTED=NAME\"", z->match[i]);
}

static void read_zones(recipe_reader *in, const hz_node *map, recipe_zones *z)
{
    static const char *const of_lists[] = { "network", "lines", "gap", "allow-gaps", "match",
                                            "drawn" };
    read_source(in, map, "zones", &z->zones);
    read_source(in, map, "boundaries", &z->boundaries);
    read_source(in, map, "drawn", &z->drawn);
    read_network(in, map, z);
    bool polygons = hz_node_get(map, "zones"), lists = hz_node_get(map, "boundaries");
    if (polygons == lists)
        hz_faults_add(in->faults, z->line, "zone-cards '%s' names %s, expected either zones "
                      "(polygons) or boundaries (lists of streets)", z->name,
                      polygons ? "both zones and boundaries" : "neither zones nor boundaries");
    for (size_t i = 0; !lists && i < COUNT(of_lists); i++)
        if (hz_node_get(map, of_lists[i]))
            hz_faults_add(in->faults, hz_node_line(hz_node_get(map, of_lists[i])),
                          "zone-cards '%s': %s goes with boundaries, expected both or neither",
                          z->name, of_lists[i]);
    if (lists && !z->network.source && !in->r->streets.from.source)
        hz_faults_add(in->faults, z->line, "zone-cards '%s': boundaries have no network, expected "
                      "one, or `streets` in this file", z->name);
    z->only_count = recipe_read_list(in, map, "only", z->only, RECIPE_ZONES);
    read_period(in, map, "in-force", &z->in_force_text, &z->in_force);
    if (z->in_force_text &&
        (z->in_force.from == HZ_TIME_NONE || z->in_force.until == HZ_TIME_NONE))
        hz_faults_add(in->faults, hz_node_line(hz_node_get(map, "in-force")),
                      "in-force '%s' has an open end, expected a period with both", z->in_force_text);
}

/* Hotspots that are given, and searches counted by zone. */
static void read_tables(recipe_reader *in, const hz_node *map, recipe_zones *z)
{
    static const char *const of_hot[] = { RECIPE_ORIGIN_KEYS };
    static const char *const of_searches[] = { RECIPE_ORIGIN_KEYS, "zone", "searches", "finds",
                                               "date" };
    const hz_node *hot = hz_node_get(map, "hot"), *table = hz_node_get(map, "searches-by-zone");
    if (hot && hz_node_check_keys(hot, "hot", of_hot, COUNT(of_hot), in->faults))
        z->hot = recipe_read_origin(in, hot, "hot", "hot");
    if (!table || !hz_node_check_keys(table, "searches-by-zone", of_searches, COUNT(of_searches),
                                      in->faults))
        return;
    z->zone_searches = recipe_read_origin(in, table, "searches-by-zone", "searches-by-zone");
    z->searches_zone = hz_node_read_text(table, "zone", NULL, in->faults);
    z->searches_count = hz_node_read_text(table, "searches", NULL, in->faults);
    z->searches_finds = hz_node_read_text(table, "finds", NULL, in->faults);
    z->searches_date = hz_node_read_text(table, "date", NULL, in->faults);
}

static void read_judges(recipe_reader *in, const hz_node *map, recipe_zones *z)
{
    const recipe *r = in->r;
    z->events = recipe_find_events(in, map, z->name);
    if (hz_node_get(map, "areas"))
        z->area_count = recipe_find_names(in, map, "areas", recipe_area_name, r->area_count,
                                          z->areas);
    if (hz_node_get(map, "population"))
        z->population = recipe_find_population(in, map, "population");
    z->population_year = (int)hz_node_read_number(map, "population-year", 0, 1, 9999, in->faults);
    const char *searches = hz_node_read_text(map, "searches", NULL, in->faults);
    if (searches)
        z->searches = recipe_find_name(in, searches, recipe_event_name, r->event_count,
                                       hz_node_line(hz_node_get(map, "searches")), "searches");
    z->found = hz_node_read_text(map, "found", NULL, in->faults);
    read_tables(in, map, z);
    z->kind_count = recipe_read_list(in, map, "kinds", z->kinds, RECIPE_KINDS);
    z->clock = hz_node_read_text(map, "clock", NULL, in->faults);
    const char *period, *earlier, *later;
    hz_period first, second;
    read_period(in, map, "period", &period, &z->period[0]);
    read_period(in, map, "earlier", &earlier, &first);
    read_period(in, map, "later", &later, &second);
    check_order(in, z->name, z->line, earlier, first, later, second);
    if (period && (earlier || later))
        hz_faults_add(in->faults, z->line, "zone-cards '%s': expected either period, or earlier "
                      "and later", z->name);
    z->periods = 1;
    z->period_text[0] = period;
    if (earlier && later) {
        z->periods = 2;
        z->period[0] = first;
        z->period[1] = second;
        z->period_text[0] = earlier;
        z->period_text[1] = later;
    }
}

static void read_measure(recipe_reader *in, const hz_node *map, recipe_zones *z)
{
    const char *text = hz_node_read_text(map, "measure", "area", in->faults);
    recipe_proposal *p = &z->proposal;
    int k = HZ_BUDGET_AREA;
    while (k <= HZ_BUDGET_STREETS && strcmp(text, hz_budget_name((hz_budget_kind)k)) != 0)
        k++;
    p->measure = k <= HZ_BUDGET_STREETS ? (hz_budget_kind)k : HZ_BUDGET_AREA;
    const hz_node *node = hz_node_get(map, "measure");
    size_t line = hz_node_line(node ? node : map);
    if (k > HZ_BUDGET_STREETS)
        hz_faults_add(in->faults, line, "measure '%s' is unknown, expected area, residents or "
                      "streets", text);
    if (p->measure == HZ_BUDGET_RESIDENTS && z->population == RECIPE_NONE)
        hz_faults_add(in->faults, line, "measure: residents goes with `population` of zone-cards "
                      "'%s', expected both", z->name);
    if (p->measure == HZ_BUDGET_STREETS && !z->network.source && !in->r->streets.from.source)
        hz_faults_add(in->faults, line, "measure: streets goes with streets, expected a network "
                      "here or `streets` in this file");
}

static void read_proposal(recipe_reader *in, const hz_node *map, recipe_zones *z)
{
    static const char *const keys[] = { "like", "earlier", "later", "cell", "measure" };
    const hz_node *node = hz_node_get(map, "proposal");
    recipe_proposal *p = &z->proposal;
    if (!node || !hz_node_check_keys(node, "proposal", keys, COUNT(keys), in->faults))
        return;
    p->like = hz_node_read_text(node, "like", NULL, in->faults);
    if (!p->like)
        hz_faults_add(in->faults, hz_node_line(node), "proposal: expected `like`, the id of the "
                      "zone whose size it has");
    read_period(in, node, "earlier", &p->earlier_text, &p->earlier);
    read_period(in, node, "later", &p->later_text, &p->later);
    check_order(in, "proposal", hz_node_line(node), p->earlier_text, p->earlier, p->later_text,
                p->later);
    p->cell = hz_node_read_number(node, "cell", 0, CELL_LEAST_M, CELL_MOST_M, in->faults);
    read_measure(in, node, z);
    if (p->like && !(p->cell > 0) && !z->network.source && !in->r->streets.from.source)
        hz_faults_add(in->faults, hz_node_line(node), "proposal: expected `cell`, or streets to "
                      "make blocks of");
    if (!p->earlier_text && z->periods == 2) {
        p->earlier_text = z->period_text[0];
        p->later_text = z->period_text[1];
        p->earlier = z->period[0];
        p->later = z->period[1];
    }
}

static void read_pictures(recipe_reader *in, const hz_node *map, recipe_zones *z)
{
    const recipe *r = in->r;
    z->draw = hz_node_read_bool(map, "map", true, in->faults);
    z->all_cards = !hz_node_get(map, "cards");
    z->card_count = recipe_read_list(in, map, "cards", z->cards, RECIPE_ZONES);
    z->map.name = z->name;
    z->map.areas = z->areas[0];
    z->map.sizes[0] = "text";
    z->map.size_count = 1;
    z->map.draw_water = r->water.from.source != NULL;
    z->map.draw_streets = r->streets.from.source != NULL;
    z->map.draw_outside = r->outside.from.source != NULL;
    z->map.draw_events = r->events[z->events].public_points && !recipe_hides(r, z->events);
    if (hz_node_get(map, "draw")) {
        z->map.draw_water = z->map.draw_streets = z->map.draw_outside = false;
        z->map.draw_events = false;
        recipe_read_draw(in, map, &z->map);
    }
    if (z->map.draw_zones)
        hz_faults_add(in->faults, z->line, "zone-cards '%s': draw: zones, expected none: the zones "
                      "are drawn anyway", z->name);
    if (z->map.draw_events && recipe_hides(r, z->events))
        hz_faults_add(in->faults, z->line, "zone-cards '%s': draw: events, expected none where small "
                      "counts are hidden: who counts the dots has them", z->name);
    else if (z->map.draw_events && !r->events[z->events].public_points)
        hz_faults_add(in->faults, z->line, "zone-cards '%s': draws events that are not `public: "
                      "true`, expected events that may be drawn where they lie", z->name);
    z->map.title = recipe_read_words(in, map, "map-title");
    z->map.subtitle = recipe_read_words(in, map, "subtitle");
    recipe_read_sizes(in, map, &z->map);
    z->title = recipe_read_words(in, map, "title");
    z->note = recipe_read_words(in, map, "note");
}

/* What does not go together. */
static void check(recipe_reader *in, const recipe_zones *z)
{
    const recipe *r = in->r;
    if (r->events[z->events].ready_made)
        hz_faults_add(in->faults, z->line, "zone-cards '%s': ready-made counts have no places, "
                      "expected located events", z->name);
    if (z->searches != RECIPE_NONE && r->events[z->searches].ready_made)
        hz_faults_add(in->faults, z->line, "zone-cards '%s': searches are ready-made counts, "
                      "expected located ones", z->name);
    if (z->found && z->searches == RECIPE_NONE)
        hz_faults_add(in->faults, z->line, "zone-cards '%s': found goes with searches, expected "
                      "both", z->name);
    if (z->clock && !z->timeline && !z->while_in_force)
        hz_faults_add(in->faults, z->line, "zone-cards '%s': clock goes with timeline or "
                      "while-in-force, expected both", z->name);
    if (z->searches != RECIPE_NONE && z->zone_searches.source)
        hz_faults_add(in->faults, z->line, "zone-cards '%s': names both searches and "
                      "searches-by-zone, expected one of them", z->name);
    const hz_period *last = &z->period[z->periods - 1];
    if (z->while_in_force && (last->from == HZ_TIME_NONE || last->until == HZ_TIME_NONE))
        hz_faults_add(in->faults, z->line, "zone-cards '%s': while-in-force goes with a period with "
                      "both ends, expected `period`, or `earlier` and `later`", z->name);
    if (z->while_in_force && z->compare)
        hz_faults_add(in->faults, z->line, "zone-cards '%s': while-in-force and compare: zones in "
                      "force at different times share no events to be compared on, expected one of "
                      "them", z->name);
    if (!z->area_count)
        hz_faults_add(in->faults, z->line, "zone-cards '%s': areas is an empty list, expected the "
                      "study area", z->name);
}

/* Cards of hidden counts tell counts alone, over periods that one audit can cut time by. */
static void check_hidden(recipe_reader *in, const hz_node *map, recipe_zones *z)
{
    static const char *const single[] = { "compare", "timeline", "while-in-force", "proposal" };
    const recipe *r = in->r;
    bool events = recipe_audits(r, z->events);
    bool searches = z->searches != RECIPE_NONE && recipe_audits(r, z->searches);
    if (!events && !searches)
        return;
    const char *name = recipe_event_name(r, events ? z->events : z->searches);
    const bool asked[] = { events && z->compare, events && z->timeline, z->while_in_force,
                           events && z->proposal.like };
    for (size_t i = 0; i < COUNT(single); i++)
        if (asked[i])
            hz_faults_add(in->faults, hz_node_line(hz_node_get(map, single[i])), "zone-cards '%s': "
                          "'%s' asks for what looks at single events, and small counts of '%s' are "
                          "hidden, expected none of it", z->name, single[i], name);
    if (searches && z->found)
        hz_faults_add(in->faults, hz_node_line(hz_node_get(map, "found")), "zone-cards '%s': small "
                      "counts of '%s' are hidden, expected no `found`: what was found is no kind of "
                      "search that one audit covers", z->name, recipe_event_name(r, z->searches));
    if (events && hz_node_get(map, "null") && z->null > 0)
        hz_faults_add(in->faults, hz_node_line(hz_node_get(map, "null")), "zone-cards '%s': small "
                      "counts of '%s' are hidden, expected `null: 0`: what random placements hold "
                      "would tell of single events", z->name, name);
    if (events)
        z->null = 0;
    for (size_t k = 0; k < z->periods; k++)
        if ((z->period[k].from != HZ_TIME_NONE) != (z->period[k].until != HZ_TIME_NONE))
            hz_faults_add(in->faults, z->line, "zone-cards '%s': the period is open and small counts of "
                          "'%s' are hidden, expected both ends: it would end at the date of an event",
                          z->name, name);
}

void recipe_read_zones(recipe_reader *in, const hz_node *map, recipe_zones *z)
{
    static const char *const keys[] = {
        "name", "zones", "boundaries", "network", "lines", "gap", "allow-gaps", "match", "drawn",
        "only", "in-force", "events", "kinds", "clock", "areas", "population", "population-year",
        "searches", "found", "searches-by-zone", "hot", "while-in-force", "period", "earlier", "later", "null", "seed", "cell", "timeline",
        "compare", "cards", "proposal", "map", "sizes", "draw", "title", "subtitle", "map-title",
        "note", "style"
    };
    const recipe *r = in->r;

    z->line = z->map.line = hz_node_line(map);
    z->name = z->map.name = "zones";
    z->area_count = 1;
    z->periods = 1;
    z->population = z->searches = RECIPE_NONE;
    if (!hz_node_check_keys(map, "zone-cards", keys, COUNT(keys), in->faults) || !r->area_count ||
        !r->event_count)
        return;
    z->name = hz_node_read_text(map, "name", z->name, in->faults);
    recipe_check_name(in, z->name, z->line, "zone-cards");
    read_zones(in, map, z);
    read_judges(in, map, z);
    z->null = hz_node_read_number(map, "null", 999, 0, PLACEMENTS_MOST, in->faults);
    z->seed = (uint64_t)hz_node_read_number(map, "seed", 1, 0, 9007199254740992.0, in->faults);
    z->cell = hz_node_read_number(map, "cell", 200, CELL_LEAST_M, CELL_MOST_M, in->faults);
    z->timeline = hz_node_read_bool(map, "timeline", false, in->faults);
    z->compare = hz_node_read_bool(map, "compare", false, in->faults);
    z->while_in_force = hz_node_read_bool(map, "while-in-force", false, in->faults);
    read_proposal(in, map, z);
    read_pictures(in, map, z);
    check(in, z);
    check_hidden(in, map, z);
}

void recipe_check_zones(recipe_reader *in)
{
    const recipe *r = in->r;
    for (size_t i = 0; i < r->zone_card_count && r->event_count; i++) {
        const recipe_zones *z = &r->zone_cards[i];
        const size_t of[] = { z->events, z->searches };
        if (z->zone_searches.source && (r->hide_below > 0 || z->zone_searches.sensitive))
            hz_faults_add(in->faults, z->line, "zone-cards '%s': searches-by-zone are sensitive, and "
                          "cards of zones would give them away, expected searches that hide none",
                          z->name);
        for (size_t k = 0; k < 2; k++)
            if (of[k] != RECIPE_NONE && !recipe_audits(r, of[k]) &&
                (r->hide_below > 0 || recipe_hides(r, of[k])))
                hz_faults_add(in->faults, z->line, "zone-cards '%s': small counts of '%s' are "
                              "hidden, and cards of zones would give them away, expected %s that "
                              "hide none", z->name, recipe_event_name(r, of[k]),
                              k ? "searches" : "events");
    }
}
