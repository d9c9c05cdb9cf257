/* Measures how far apart the events of an L function chart lie. */
#include <math.h>

#include "hotzone/mem.h"
#include "run/charts.h"

/* Whom chance follows: the analysis's areas, with the residents that its table has. */
static hz_status make_population(const project *p, const chart_work *w, hz_layer **out,
                                 hz_error *err)
{
    const hz_layer *table = w->res->rating.table;
    const double *residents = hz_layer_numbers(table, "population");
    hz_layer *areas = NULL;
    size_t without = 0;
    for (size_t i = 0; i < hz_layer_rows(table); i++)
        without += isnan(residents[i]) ? 1 : 0;
    if (without)
        return hz_fail(err, HZ_EDATA, "%zu of %zu areas have no number of residents for chance to "
                       "follow, expected all, or chance: even", without, hz_layer_rows(table));
    hz_status st = hz_layer_copy(p->areas[w->chart->areas], &areas, err);
    if (!st) {
        hz_layer_drop(areas, "population");
        st = hz_layer_add_numbers(areas, "population", residents, err);
    }
    if (st)
        hz_layer_free(areas);
    else
        *out = areas;
    return st;
}

/* The worst precision among the events measured; 0 where none is known. */
static hz_status find_precision(const project *p, const chart_work *w, const hz_place_opts *place,
                                double *out, hz_error *err)
{
    const recipe_analysis *a = &p->r->analyses[w->chart->analysis];
    const hz_layer *events = p->events[a->events];
    const char *column = p->r->events[a->events].precision;
    const double *precision = column ? hz_layer_numbers(events, column) : NULL;
    hz_placing *placing = NULL;
    *out = 0;
    if (!precision)
        return HZ_OK;
    hz_status st = hz_place_events(p->areas[w->chart->areas], events, false, place, &placing, NULL,
                                   err);
    for (size_t i = 0; !st && i < hz_layer_rows(events); i++)
        if (hz_placing_areas(placing)[i] >= 0 && precision[i] > *out)
            *out = precision[i];
    hz_placing_free(placing);
    return st;
}

hz_status charts_measure(const project *p, chart_work *w, hz_error *err)
{
    const recipe_chart *c = w->chart;
    const recipe_analysis *a = &p->r->analyses[c->analysis];
    hz_pattern_opts opts = HZ_PATTERN_DEFAULTS;
    hz_layer *population = NULL;
    hz_rating_input in;
    hz_status st = project_input(p, a, c->areas, &in, err);
    if (!st && c->period_text) {
        in.place.period = c->period;
        if (!in.place.time)
            st = hz_fail(err, HZ_EDATA, "%s has no column of dates, expected `time:`",
                         hz_layer_name(in.events));
    }
    opts.edge = c->edge;
    opts.simulations = c->simulations;
    opts.reach_m = c->reach_m;
    if (!st && !c->even)
        st = make_population(p, w, &population, err);
    if (!st)
        st = hz_pattern_of_points(in.events, population ? NULL : in.areas, population,
                                  "population", &in.place, &opts, &w->points, p->notice, err);
    if (!st && w->points.k.why[0])
        st = hz_fail(err, HZ_EDATA, "there is no L function: %s", w->points.k.why);
    if (!st)
        st = find_precision(p, w, &in.place, &w->precision_m, err);
    if (!st)
        st = hz_pattern_functions(&w->points, &w->table, err);
    hz_layer_free(population);
    return st;
}
