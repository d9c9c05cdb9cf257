/* Tests where events cluster, by cells or areas, and says how little few events can show. */
#include "hotzone/clustering.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/index.h"
#include "hotzone/match.h"
#include "hotzone/mem.h"

void hz_clustering_clear(hz_clustering *c)
{
    hz_units_clear(&c->units);
    hz_layer_free(c->areas);
    hz_scanning_clear(&c->scan);
    *c = (hz_clustering){ 0 };
}

/* ------------------------------------------------------------------ what few events can show */

static int ascending(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Chance and power for a unit with as many neighbours as the median one, at three times the risk. */
static hz_status find_power(hz_clustering *c, double alpha, hz_error *err)
{
    const double *neighbours = hz_layer_numbers(c->units.table, "neighbours");
    size_t n = hz_layer_rows(c->units.table), tested = 0;
    double *sorted = hz_mem_new(n, sizeof *sorted);
    if (!sorted)
        return hz_mem_fail(err, "hotspots");
    for (size_t i = 0; i < n; i++)
        if (strcmp(hz_layer_text(c->units.table, "state", i), "ok") == 0)
            sorted[tested++] = neighbours[i];
    qsort(sorted, tested, sizeof *sorted, ascending);
    double block = tested ? sorted[tested / 2] + 1 : 1;
    c->power = hz_power_of((double)c->found.tested, block, c->events, alpha, 3);
    hz_mem_free(sorted);
    return HZ_OK;
}

/* ------------------------------------------------------------------ units */

/* The areas in the system of the work, with `name` as texts. */
static hz_status take_areas(const hz_clustering_input *in, hz_clustering *c, hz_error *err)
{
    hz_keys keys;
    hz_status st = hz_match_keys(in->of.areas, in->of.id, in->of.name, &keys, err);
    size_t n = hz_layer_rows(in->of.areas), column = 0;
    const char **texts = NULL;
    if (!st)
        st = hz_layer_copy(in->of.areas, &c->areas, err);
    if (!st)
        st = hz_layer_to_crs(c->areas, in->crs, err);
    if (st)
        return st;
    column = (size_t)hz_layer_find(in->of.areas, keys.name);
    texts = hz_mem_new(n, sizeof *texts);
    if (!texts)
        return hz_mem_fail(err, "hotspots");
    for (size_t i = 0; i < n; i++)
        texts[i] = hz_layer_column_kind(in->of.areas, column) == HZ_TEXTS
                       ? hz_layer_text_at(in->of.areas, column, i) : "";
    st = hz_layer_add_texts(c->areas, "name", texts, err);
    hz_mem_free(texts);
    return st;
}

static hz_status make_cells(const hz_clustering_input *in, const hz_layer *events, double side,
                            const hz_layer *areas, hz_units *out, const hz_notice *notice,
                            hz_error *err)
{
    return hz_units_of_cells(events, areas, side, 0, 0, &in->of.place, &in->neighbours, out, notice,
                             err);
}

/* The people of each cell: cells are areas like others. */
static hz_status add_people(const hz_clustering_input *in, const hz_layer *events, hz_units *cells,
                            hz_error *err)
{
    hz_rating_input of = in->of;
    hz_rating rating = { 0 };
    of.areas = cells->table;
    of.events = events;
    of.precision_m = NULL; /* no range of the counts */
    of.id = "id";
    of.name = NULL;
    hz_status st = hz_rating_make(&of, &rating, NULL, err);
    if (!st)
        st = hz_layer_add_numbers(cells->table, "population",
                                  hz_layer_numbers(rating.table, "population"), err);
    hz_rating_clear(&rating);
    return st;
}

/* Areas as units: counted and with their population as in a table of rates. */
static hz_status make_areas(const hz_clustering_input *in, hz_clustering *c,
                            const hz_notice *notice, hz_error *err)
{
    hz_rating_input of = in->of;
    hz_rating rating = { 0 };
    of.precision_m = NULL;
    hz_status st = hz_rating_make(&of, &rating, notice, err);
    if (!st)
        st = hz_layer_to_crs(rating.table, in->crs, err);
    if (!st)
        st = hz_units_of_areas(rating.table, "events", "area", "name", &in->neighbours,
                               &c->units, notice, err);
    if (!st && in->of.population)
        st = hz_layer_add_numbers(c->units.table, "population",
                                  hz_layer_numbers(rating.table, "population"), err);
    c->fate = rating.fate;
    hz_rating_clear(&rating);
    return st;
}

/* Areas with a figure of their own as units. */
static hz_status take_values(const hz_clustering_input *in, hz_clustering *c,
                             const hz_notice *notice, hz_error *err)
{
    hz_status st = hz_units_of_areas(c->areas, in->value, in->of.id, "name", &in->neighbours,
                                     &c->units, notice, err);
    const double *value = st ? NULL : hz_layer_numbers(c->units.table, "value");
    for (size_t i = 0; !st && i < hz_layer_rows(c->units.table); i++)
        c->counted &= isnan(value[i]) || (value[i] >= 0 && value[i] == floor(value[i]));
    return st;
}

static void count_events(hz_clustering *c)
{
    const double *value = hz_layer_numbers(c->units.table, "value");
    for (size_t i = 0; i < hz_layer_rows(c->units.table); i++) {
        bool out = c->units.outside && c->units.outside[i];
        if (!isnan(value[i]))
            *(out ? &c->events_left_out : &c->events) += value[i];
    }
}

/* Events that may well lie in another cell than the one that counts them. */
static hz_status count_coarse(const hz_clustering_input *in, const hz_layer *events,
                              hz_clustering *c, hz_error *err)
{
    const double *precision = in->of.precision_m ? hz_layer_numbers(events, in->of.precision_m)
                                                 : NULL;
    hz_placing *placing = NULL;
    if (!precision)
        return HZ_OK;
    hz_status st = hz_place_events(c->areas, events, false, &in->of.place, &placing, NULL, err);
    for (size_t i = 0; !st && i < hz_layer_rows(events); i++)
        c->coarse += hz_placing_areas(placing)[i] >= 0 && precision[i] > in->cell_m;
    hz_placing_free(placing);
    return st;
}

/* ------------------------------------------------------------------ clusters of any size */

/* In which area each cluster has its centre. */
static hz_status name_clusters(hz_clustering *c, hz_error *err)
{
    hz_layer *found = c->scan.clusters;
    size_t n = hz_layer_rows(found);
    hz_index *index = NULL;
    int32_t *at = hz_mem_new(n, sizeof *at);
    const char **texts = hz_mem_new(n, sizeof *texts);
    hz_status st = at && texts ? HZ_OK : hz_mem_fail(err, "hotspots");
    if (!st)
        st = hz_index_new(hz_layer_shapes(c->areas), &index, err);
    if (!st) {
        hz_index_locate(index, 0, n, hz_layer_numbers(found, "x"), hz_layer_numbers(found, "y"),
                        at);
        for (size_t i = 0; i < n; i++)
            texts[i] = at[i] == HZ_NOWHERE ? "" : hz_layer_text(c->areas, "name", (size_t)at[i]);
        st = hz_layer_add_texts(found, "place", texts, err);
    }
    hz_index_free(index);
    hz_mem_free(at);
    hz_mem_free(texts);
    return st;
}

static hz_status scan(const hz_clustering_input *in, hz_clustering *c, const hz_notice *notice,
                      hz_error *err)
{
    hz_scanning_columns columns = { "id", "name", "value", in->of.population ? "population" : NULL,
                                    NULL, NULL };
    size_t n = hz_layer_rows(c->units.table);
    unsigned char *keep = hz_mem_new(n, 1);
    hz_layer *places = NULL;
    hz_status st = keep ? HZ_OK : hz_mem_fail(err, "hotspots");
    for (size_t i = 0; !st && i < n; i++)
        keep[i] = !c->units.outside || !c->units.outside[i];
    if (!st)
        st = hz_layer_select(c->units.table, keep, &places, err);
    if (!st)
        st = hz_scanning_poisson(places, &columns, &in->scanning, &c->scan, notice, err);
    if (!st)
        st = name_clusters(c, err);
    if (!st) {
        const double *p = hz_layer_numbers(c->scan.clusters, "p");
        c->scanned = true;
        for (size_t i = 0; i < hz_layer_rows(c->scan.clusters); i++)
            c->sure += p[i] <= in->scanning.alpha;
    }
    hz_mem_free(keep);
    hz_layer_free(places);
    return st;
}

/* ------------------------------------------------------------------ concentration */

static hz_status spread(const hz_clustering_input *in, const hz_layer *events, hz_clustering *c,
                        double side, hz_error *err)
{
    const hz_concentration_columns columns = { "value", NULL, NULL };
    hz_units cells = { 0 };
    hz_status st = make_cells(in, events, side, c->areas, &cells, NULL, err);
    if (!st)
        st = hz_concentration_find(cells.table, cells.outside, &columns, &in->concentration,
                                   &c->spread[c->spreads], err);
    if (!st)
        snprintf(c->spread_name[c->spreads++], sizeof *c->spread_name, "%.10g m", side);
    hz_units_clear(&cells);
    return st;
}

hz_status hz_clustering_make(const hz_clustering_input *in, hz_clustering *out,
                             const hz_notice *notice, hz_error *err)
{
    hz_clustering c = { .counted = true };
    hz_cluster_opts opts = in->cluster;
    hz_layer *events = NULL;
    hz_status st = HZ_OK;

    if (in->value && (in->cell_m > 0 || in->sides || in->of.population))
        return hz_fail(err, HZ_EUSAGE, "%s: '%s' is a figure of areas, expected neither cells nor a "
                       "population", hz_layer_name(in->of.areas), in->value);
    if (in->of.counts && (in->cell_m > 0 || in->sides))
        return hz_fail(err, HZ_EUSAGE, "%s: are counts by area, expected located events for cells",
                       hz_layer_name(in->of.counts));
    if (!hz_layer_crs(in->of.areas))
        return hz_fail(err, HZ_ECRS, "%s: has no reference system, expected one",
                       hz_layer_name(in->of.areas));
    st = take_areas(in, &c, err);
    if (!st && in->of.events)
        st = hz_layer_copy(in->of.events, &events, err);
    if (!st && events && !hz_layer_crs(events))
        st = hz_fail(err, HZ_ECRS, "%s: has no reference system, expected one",
                     hz_layer_name(events));
    if (!st && events)
        st = hz_layer_to_crs(events, in->crs, err);
    if (!st && in->cell_m > 0) {
        st = make_cells(in, events, in->cell_m, c.areas, &c.units, notice, err);
        c.fate = c.units.fate;
        if (!st)
            st = count_coarse(in, events, &c, err);
        if (!st && in->of.population)
            st = add_people(in, events, &c.units, err);
    } else if (!st) {
        st = in->value ? take_values(in, &c, notice, err) : make_areas(in, &c, notice, err);
    }
    bool rates = opts.method == HZ_LOCAL_MORAN && in->of.population && !(in->cell_m > 0);
    opts.people = rates ? "population" : NULL;
    if (!st)
        st = hz_cluster_add(c.units.table, "value", c.units.outside, c.units.links, &opts, &c.found,
                            notice, err);
    if (!st) {
        count_events(&c);
        if (c.counted)
            st = find_power(&c, opts.alpha, err);
    }
    if (!st && in->scan)
        st = scan(in, &c, notice, err);
    for (size_t i = 0; !st && i < in->sides; i++)
        st = spread(in, events, &c, in->side_m[i], err);
    if (!st) {
        *out = c;
        c = (hz_clustering){ 0 };
    }
    hz_clustering_clear(&c);
    hz_layer_free(events);
    return st;
}
