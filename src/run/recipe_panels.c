/* The part of a recipe about maps of several panels: by period or by kind. */
#include "run/recipe_read.h"

/* Panels differ from each other by counts, and so do a panel and the analysis's own table. */
static void check_secrets(recipe_reader *in, const recipe_map *m)
{
    const recipe *r = in->r;
    const recipe_analysis *a = &r->analyses[m->analysis];
    if (r->hide_below > 0 || a->rates.hide_below > 0 || recipe_hides(r, a->events))
        hz_faults_add(in->faults, m->line, "map '%s': small counts of '%s' are hidden, and what "
                      "differs from panel to panel would give them away, expected one map",
                      m->name, recipe_event_name(r, a->events));
}

static void read_parts(recipe_reader *in, const hz_node *map, recipe_map *m)
{
    recipe_panels *of = &m->panels;
    hz_error err;
    of->part_count = recipe_read_list(in, map, "periods", of->text, HZ_SHEET_PERIODS_MOST);
    if (!of->part_count)
        hz_faults_add(in->faults, m->line, "map '%s': no period in `periods`, expected 1 to %d",
                      m->name, HZ_SHEET_PERIODS_MOST);
    for (size_t i = 0; i < of->part_count; i++)
        if (hz_period_parse(of->text[i], &of->part[i], &err))
            hz_faults_add(in->faults, m->line, "%s", err.text);
}

/* What goes with one way to cut and not with another. */
static void check_way(recipe_reader *in, const hz_node *map, const recipe_map *m)
{
    const recipe_panels *of = &m->panels;
    const recipe_analysis *a = &in->r->analyses[m->analysis];
    bool ready_made = in->r->events[a->events].ready_made;
    if (hz_node_get(map, "by") && of->part_count)
        hz_faults_add(in->faults, m->line, "map '%s' has `by` and `periods`, expected one of them",
                      m->name);
    else if (of->period_text && (of->part_count || of->by_kind))
        hz_faults_add(in->faults, m->line, "map '%s': `period` goes with by: month, quarter or "
                      "year", m->name);
    else if (of->by_kind && a->kind_count < 2)
        hz_faults_add(in->faults, m->line, "map '%s': analysis '%s' names %s, expected two kinds "
                      "or more in its `kinds`", m->name, a->name ? a->name : "",
                      a->kind_count ? "one kind" : "no kinds");
    else if (ready_made && !of->by_kind && !of->part_count && of->by != HZ_BY_YEAR)
        hz_faults_add(in->faults, m->line, "map '%s': ready-made counts are by year, expected "
                      "by: year", m->name);
    if (m->draw_events)
        hz_faults_add(in->faults, m->line, "map '%s': draw: events, expected none in panels",
                      m->name);
}

void recipe_read_panels(recipe_reader *in, const hz_node *map, recipe_map *m)
{
    static const char *const ways[] = { "month", "quarter", "year", "kind" };
    recipe_panels *of = &m->panels;
    hz_error err;
    bool listed = hz_node_get(map, "periods") != NULL;

    of->on = listed || hz_node_get(map, "by");
    of->period_text = hz_node_read_text(map, "period", NULL, in->faults);
    if (!of->on) {
        if (of->period_text)
            hz_faults_add(in->faults, m->line, "map '%s': `period` goes with `by`; a map of one "
                          "panel has its analysis's", m->name);
        return;
    }
    if (!in->r->analysis_count || !in->r->event_count)
        return;
    int way = hz_node_read_choice(map, "by", ways, 4, HZ_BY_YEAR, in->faults);
    of->by_kind = way == 3;
    of->by = of->by_kind ? HZ_BY_YEAR : (hz_series_by)way;
    if (listed)
        read_parts(in, map, m);
    if (of->period_text && hz_period_parse(of->period_text, &of->period, &err))
        hz_faults_add(in->faults, m->line, "%s", err.text);
    check_way(in, map, m);
    check_secrets(in, m);
}
