/* The part of a recipe about whether a geographic focus is too narrow. */

#include "run/recipe_read.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
enum { REPLICATES_MOST = 99999, CELL_LEAST_M = 10, CELL_MOST_M = 1000000 };

static const char *read_one_period(recipe_reader *in, const hz_node *map, const char *key,
                                   hz_period *out)
{
    hz_error err;
    const char *text = hz_node_read_text(map, key, NULL, in->faults);
    if (text && hz_period_parse(text, out, &err)) {
        hz_faults_add(in->faults, hz_node_line(hz_node_get(map, key)), "%s: %s", key, err.text);
        text = NULL;
    }
    return text;
}

static void read_rule(recipe_reader *in, const hz_node *map, recipe_focus *f)
{
    static const char *const by[] = { "month", "quarter", "year" };
    hz_focus_opts *o = &f->opts;
    hz_faults *to = in->faults;
    o->level = hz_node_read_number(map, "level", o->level, 0.5, 0.9999, to);
    o->min_outside = hz_node_read_number(map, "min-outside", o->min_outside, 0.001, 0.999, to);
    o->alpha_excess = hz_node_read_number(map, "alpha-excess", o->alpha_excess, 1e-6, 0.5, to);
    o->alpha_scan = hz_node_read_number(map, "alpha-scan", o->alpha_scan, 1e-6, 0.5, to);
    o->replicates = (size_t)hz_node_read_number(map, "replicates", (double)o->replicates, 19,
                                                REPLICATES_MOST, to);
    o->jitters = (size_t)hz_node_read_number(map, "jitters", (double)o->jitters, 0,
                                             REPLICATES_MOST, to);
    o->cell_m = hz_node_read_number(map, "cell", o->cell_m, 0, CELL_MOST_M, to);
    if (o->cell_m > 0 && o->cell_m < CELL_LEAST_M)
        hz_faults_add(to, hz_node_line(hz_node_get(map, "cell")),
                      "cell is %g, expected 0 or %d m or more", o->cell_m, CELL_LEAST_M);
    o->seed = (uint64_t)hz_node_read_number(map, "seed", 1, 0, 9007199254740992.0, to);
    o->within = hz_node_read_bool(map, "within", false, to);
    f->by_given = hz_node_get(map, "by") != NULL;
    f->by = (hz_series_by)hz_node_read_choice(map, "by", by, 3, HZ_BY_QUARTER, to);
}

/* "21 of 38", as published: {inside: 21, total: 38}. */
static void read_published(recipe_reader *in, const hz_node *map, recipe_focus *f)
{
    static const char *const keys[] = { "inside", "total" };
    static const char *const useless[] = {
        "events", "counts", "of", "areas", "source", "crs", "population", "population-year",
        "kinds", "period", "earlier", "by", "precision", "residents", "map", "sizes", "draw",
        "map-title", "subtitle", "style", "per"
    };
    const hz_node *node = hz_node_get(map, "published");
    f->published = true;
    f->draw = false;
    for (size_t i = 0; i < COUNT(useless); i++)
        if (hz_node_get(map, useless[i]))
            hz_faults_add(in->faults, hz_node_line(hz_node_get(map, useless[i])),
                          "focus '%s': '%s' beside published figures, which stand alone", f->name,
                          useless[i]);
    if (!hz_node_check_keys(node, "published", keys, COUNT(keys), in->faults))
        return;
    f->inside = hz_node_read_number(node, "inside", -1, 0, 1e9, in->faults);
    f->total = hz_node_read_number(node, "total", -1, 1, 1e9, in->faults);
    if (f->inside < 0 || f->total < 0)
        hz_faults_add(in->faults, hz_node_line(node), "focus '%s': published, expected inside and "
                      "total", f->name);
    else if (f->inside > f->total || f->inside != (double)(long long)f->inside ||
             f->total != (double)(long long)f->total)
        hz_faults_add(in->faults, hz_node_line(node), "focus '%s': %g inside of %g, expected whole "
                      "numbers, the first at most the second", f->name, f->inside, f->total);
}

/* A file, or a map of the usual keys. */
static void read_towns(recipe_reader *in, const hz_node *map, recipe_residents *r)
{
    static const char *const keys[] = { RECIPE_ORIGIN_KEYS, "id", "label" };
    const hz_node *node = hz_node_get(map, "towns");
    if (!node)
        return;
    if (hz_node_type(node) == HZ_NODE_SCALAR) {
        r->towns = (origin){ .line = hz_node_line(node), .name = "towns",
                             .source = hz_node_text(node) };
        return;
    }
    hz_node_check_keys(node, "towns", keys, COUNT(keys), in->faults);
    r->towns = recipe_read_origin(in, node, "towns", "towns");
    if (hz_node_type(node) != HZ_NODE_MAP)
        return;
    r->town_id = hz_node_read_text(node, "id", NULL, in->faults);
    r->town_name = hz_node_read_text(node, "label", NULL, in->faults);
}

static void read_date(recipe_reader *in, const hz_node *map, recipe_residents *r)
{
    r->date = hz_node_read_text(map, "date", NULL, in->faults);
    if (r->date && !hz_date_is_day(r->date))
        hz_faults_add(in->faults, hz_node_line(hz_node_get(map, "date")), "date of the residents is "
                      "'%s', expected one as 2018-06-01", r->date);
}

static void read_residents(recipe_reader *in, const hz_node *map, recipe_focus *f)
{
    static const char *const keys[] = { RECIPE_ORIGIN_KEYS, "towns", "merge-towns", "hide-below",
                                        "round", "date" };
    const hz_node *node = hz_node_get(map, "residents");
    recipe_residents *r = &f->residents;
    if (!node)
        return;
    hz_node_check_keys(node, "residents", keys, COUNT(keys), in->faults);
    r->from = recipe_read_origin(in, node, "residents", "residents");
    if (hz_node_type(node) != HZ_NODE_MAP)
        return;
    if (hz_node_get(node, "sensitive") && !r->from.sensitive)
        hz_faults_add(in->faults, hz_node_line(hz_node_get(node, "sensitive")), "residents are "
                      "always sensitive, expected true or nothing");
    r->from.sensitive = true;
    read_towns(in, node, r);
    r->merge_towns = hz_node_read_bool(node, "merge-towns", false, in->faults);
    read_date(in, node, r);
    if (r->merge_towns && !r->towns.source)
        hz_faults_add(in->faults, hz_node_line(hz_node_get(node, "merge-towns")), "merge-towns has no "
                      "towns to merge, expected towns");
    recipe_read_people_rule(in, node, &r->below, &r->round);
}

/* Which areas, or which polygons. */
static void read_where(recipe_reader *in, const hz_node *map, recipe_focus *f)
{
    f->only_count = recipe_read_list(in, map, "areas", f->only, RECIPE_ONLY);
    f->edge.line = hz_node_line(map);
    f->edge.name = f->name;
    f->edge.source = hz_node_read_text(map, "source", NULL, in->faults);
    f->edge.crs = hz_node_read_text(map, "crs", NULL, in->faults);
    if ((f->only_count > 0) == (f->edge.source && *f->edge.source))
        hz_faults_add(in->faults, f->line, "focus '%s': %s, expected `areas` with ids or names, or "
                      "`source` with polygons", f->name,
                      f->only_count ? "both areas and polygons" : "neither areas nor polygons");
}

static void read_map(recipe_reader *in, const hz_node *map, recipe_focus *f)
{
    const recipe *r = in->r;
    f->draw = hz_node_read_bool(map, "map", f->population != RECIPE_NONE, in->faults);
    f->map.name = f->name;
    f->map.areas = f->areas;
    f->map.sizes[0] = "text";
    f->map.size_count = 1;
    f->map.draw_water = r->water.from.source != NULL;
    f->map.draw_streets = r->streets.from.source != NULL;
    f->map.draw_outside = r->outside.from.source != NULL;
    if (hz_node_get(map, "draw")) {
        f->map.draw_water = f->map.draw_streets = f->map.draw_outside = false;
        recipe_read_draw(in, map, &f->map);
    }
    f->map.title = recipe_read_words(in, map, "map-title");
    f->map.subtitle = recipe_read_words(in, map, "subtitle");
    recipe_read_sizes(in, map, &f->map);
    if (f->draw && f->population == RECIPE_NONE)
        hz_faults_add(in->faults, f->line, "focus '%s': a map shades rates, expected `population`",
                      f->name);
    if (f->map.draw_events && recipe_hides(r, f->events))
        hz_faults_add(in->faults, f->line, "focus '%s': draw: events, expected none where small counts "
                      "are hidden: who counts the dots has them", f->name);
    else if (f->map.draw_events && !r->events[f->events].public_points)
        hz_faults_add(in->faults, f->line, "focus '%s' draws events, expected events that are "
                      "`public: true`", f->name);
}

static void read_data(recipe_reader *in, const hz_node *map, recipe_focus *f)
{
    const recipe *r = in->r;
    f->events = recipe_find_events(in, map, f->name);
    if (hz_node_get(map, "of"))
        f->areas = recipe_find_name(in, hz_node_read_text(map, "of", "", in->faults),
                                    recipe_area_name, r->area_count,
                                    hz_node_line(hz_node_get(map, "of")), "of");
    if (hz_node_get(map, "population"))
        f->population = recipe_find_population(in, map, "population");
    f->population_year = (int)hz_node_read_number(map, "population-year", 0, 1, 9999, in->faults);
    f->kind_count = recipe_read_list(in, map, "kinds", f->kinds, RECIPE_KINDS);
    f->precision = hz_node_read_text(map, "precision", NULL, in->faults);
    f->per = hz_node_read_number(map, "per", 1000, 1e-9, 1e12, in->faults);
    f->period_text = read_one_period(in, map, "period", &f->period);
    f->earlier_text = read_one_period(in, map, "earlier", &f->earlier);
    read_where(in, map, f);
    read_map(in, map, f);
    read_residents(in, map, f);
}

/* A focus of hidden events is weighed on counts alone, which one audit decides on. */
static void check_hidden(recipe_reader *in, const hz_node *map, const recipe_focus *f)
{
    static const char *const single[] = { "precision", "earlier", "jitters", "replicates", "cell",
                                          "seed" };
    const char *name = recipe_event_name(in->r, f->events);
    bool from = f->period.from != HZ_TIME_NONE, until = f->period.until != HZ_TIME_NONE;
    for (size_t i = 0; i < COUNT(single); i++)
        if (hz_node_get(map, single[i]))
            hz_faults_add(in->faults, hz_node_line(hz_node_get(map, single[i])), "focus '%s': '%s' "
                          "asks for what looks at single events, and small counts of '%s' are hidden, "
                          "expected none of it", f->name, single[i], name ? name : "events");
    if (f->edge.source)
        hz_faults_add(in->faults, f->line, "focus '%s': small counts of '%s' are hidden, expected "
                      "`areas` rather than polygons", f->name, name ? name : "events");
    if (!f->opts.within)
        hz_faults_add(in->faults, f->line, "focus '%s': small counts of '%s' are hidden, expected "
                      "`within: true`: events beyond the areas are not told of", f->name,
                      name ? name : "events");
    if (from != until || (f->by_given && !from))
        hz_faults_add(in->faults, f->line, "focus '%s': the period is open and small counts of '%s' "
                      "are hidden, expected both ends: it would end at the date of an event",
                      f->name, name ? name : "events");
}

/* What does not go together. */
static void check(recipe_reader *in, const hz_node *map, const recipe_focus *f)
{
    const recipe *r = in->r;
    const recipe_events *e = &r->events[f->events];
    const char *name = recipe_event_name(r, f->events);
    if (r->areas[f->areas].overlap)
        hz_faults_add(in->faults, f->line, "focus '%s': '%s' overlap, expected areas that are apart",
                      f->name, recipe_area_name(r, f->areas));
    if (e->ready_made && f->edge.source)
        hz_faults_add(in->faults, f->line, "focus '%s': ready-made counts cannot be cut along "
                      "polygons, expected `areas`", f->name);
    if (e->ready_made && (f->precision || f->earlier_text || f->by_given || f->map.draw_events))
        hz_faults_add(in->faults, f->line, "focus '%s': ready-made counts have no places or dates, "
                      "expected neither `precision`, `earlier`, `by` nor `draw: events`", f->name);
    if (recipe_audits(r, f->events))
        check_hidden(in, map, f);
    else if (r->hide_below > 0 || recipe_hides(r, f->events))
        hz_faults_add(in->faults, f->line, "focus '%s': small counts of '%s' are hidden, and a focus "
                      "shows every count, expected events that hide none", f->name,
                      name ? name : "events");
}

static void read_focus(recipe_reader *in, const hz_node *map, recipe_focus *f)
{
    static const char *const keys[] = {
        "name", "published", "events", "counts", "of", "areas", "source", "crs", "population",
        "population-year", "kinds", "period", "earlier", "by", "precision", "level",
        "min-outside", "alpha-excess", "alpha-scan", "replicates", "jitters", "cell", "within",
        "seed", "residents", "map", "sizes", "draw", "per", "title", "map-title", "subtitle",
        "note", "noun", "one", "label", "style"
    };
    const recipe *r = in->r;
    f->line = f->map.line = hz_node_line(map);
    f->name = f->map.name = "focus";
    f->period = f->earlier = (hz_period)HZ_PERIOD_ALWAYS;
    f->opts = (hz_focus_opts)HZ_FOCUS_DEFAULTS;
    f->population = RECIPE_NONE;
    if (!hz_node_check_keys(map, "focus", keys, COUNT(keys), in->faults) || !r->area_count ||
        !r->event_count)
        return;
    f->name = hz_node_read_text(map, "name", f->name, in->faults);
    recipe_check_name(in, f->name, f->line, "focus");
    read_rule(in, map, f);
    f->title = recipe_read_words(in, map, "title");
    f->note = recipe_read_words(in, map, "note");
    f->noun = recipe_read_words(in, map, "noun");
    f->one = recipe_read_words(in, map, "one");
    f->label = recipe_read_words(in, map, "label");
    if (hz_node_get(map, "published")) {
        read_published(in, map, f);
        return;
    }
    read_data(in, map, f);
    check(in, map, f);
}

/* Why two tables of residents cannot be audited together; NULL: they can. */
static const char *cannot_go_with(const recipe_focus *a, const recipe_focus *b)
{
    const recipe_residents *x = &a->residents, *y = &b->residents;
    if (!recipe_same_text(x->from.source, y->from.source) || !recipe_same_text(x->from.name, y->from.name) ||
        !recipe_same_text(x->from.x, y->from.x) || !recipe_same_text(x->from.y, y->from.y) ||
        !recipe_same_text(x->from.crs, y->from.crs) || !recipe_same_text(x->date, y->date) ||
        x->from.made_up != y->from.made_up)
        return "the same source, read alike, by the same name and date: people of two sources may be the "
               "same";
    if (a->areas != b->areas || a->edge.source || b->edge.source)
        return "the same areas, not cut along polygons";
    if (!recipe_same_text(x->towns.source, y->towns.source) || !recipe_same_text(x->town_id, y->town_id) ||
        !recipe_same_text(x->towns.crs, y->towns.crs) || x->merge_towns != y->merge_towns)
        return "the same towns";
    if (x->round > 0 || y->round > 0)
        return "neither rounded: the sums of two focuses cannot both add up";
    return x->below != y->below ? "the same hide-below" : NULL;
}

/* Two tables of the same people are audited together, as far as they hang together. */
static void check_with(recipe_reader *in, const recipe_focus *first, const recipe_focus *f)
{
    const char *expected = cannot_go_with(first, f);
    if (expected)
        hz_faults_add(in->faults, f->line, "focus '%s': a second table of residents, beside that of line "
                      "%zu, expected %s", f->name, first->line, expected);
}

void recipe_read_focuses(recipe_reader *in, const hz_node *root)
{
    recipe *r = in->r;
    const recipe_focus *first = NULL;
    r->focus_count = recipe_list_size(in, root, "focus");
    for (size_t i = 0; i < r->focus_count; i++) {
        read_focus(in, recipe_list_item(root, "focus", i), &r->focuses[i]);
        if (first && r->focuses[i].residents.from.source)
            check_with(in, first, &r->focuses[i]);
        else if (r->focuses[i].residents.from.source)
            first = &r->focuses[i];
    }
}
