/* Tables of concentration, and what places need before it is measured. */
#include <math.h>

#include "hotzone/concentration.h"
#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "stat/scan_layer.h"

enum { STEPS = HZ_CONCENTRATION_STEPS };

static const char *const names[HZ_MEASURES] = {
    "gini", "gini_unbiased", "gini_generalised", "theil", "theil_within", "theil_between",
    "top_1", "top_5", "top_10", "top_20", "holding_25", "holding_50"
};

const char *hz_measure_name(hz_measure_kind kind)
{
    return names[kind];
}

const char *hz_share_name(hz_share_kind kind)
{
    static const char *const shares[] = { "equal", "area", "population" };
    return shares[kind];
}

static const char *const summary[] = { "units", "share", "places", "places_with_events", "events",
                                       "measure", "value", "expected", "low", "high", "p",
                                       "replicates" };
static const char *const curve[] = { "units", "base_share", "events_share", "expected", "low",
                                     "high" };

const char *const *hz_concentration_columns_of_summary(size_t *n)
{
    *n = sizeof summary / sizeof *summary;
    return summary;
}

const char *const *hz_concentration_columns_of_curve(size_t *n)
{
    *n = sizeof curve / sizeof *curve;
    return curve;
}

/* A table under construction: columns of numbers, and up to three of lent texts. */
enum { NUMBERS = 8, TEXTS = 3 };
typedef struct {
    size_t rows;
    double *number[NUMBERS];
    const char **text[TEXTS];
} table;

static hz_status table_new(table *t, size_t rows, hz_error *err)
{
    bool failed = false;
    t->rows = rows;
    for (size_t c = 0; c < NUMBERS; c++)
        failed |= !(t->number[c] = hz_mem_new(rows, sizeof(double)));
    for (size_t c = 0; c < TEXTS; c++)
        failed |= !(t->text[c] = hz_mem_new(rows, sizeof(char *)));
    return failed ? hz_mem_fail(err, "concentration") : HZ_OK;
}

static void table_clear(table *t)
{
    for (size_t c = 0; c < NUMBERS; c++)
        hz_mem_free(t->number[c]);
    for (size_t c = 0; c < TEXTS; c++)
        hz_mem_free(t->text[c]);
}

/* The columns become those of a layer, under these names. */
static hz_status table_finish(table *t, const char *const *texts, size_t text_count,
                              const char *const *numbers, size_t number_count, hz_layer **out,
                              hz_error *err)
{
    hz_layer *made = NULL;
    hz_status st = hz_layer_new("concentration", t->rows, &made, err);
    for (size_t c = 0; !st && c < text_count; c++)
        st = hz_layer_add_texts(made, texts[c], t->text[c], err);
    for (size_t c = 0; !st && c < number_count; c++)
        st = hz_layer_take_numbers(made, numbers[c], &t->number[c], NULL, err);
    if (st)
        hz_layer_free(made);
    else
        *out = made;
    return st;
}

hz_status hz_concentration_summary(const hz_concentration *found, const char *const *units,
                                   size_t n, hz_layer **out, hz_error *err)
{
    static const char *const texts[] = { "units", "share", "measure" };
    static const char *const numbers[] = { "places", "places_with_events", "events", "value",
                                           "expected", "low", "high", "p" };
    table t = { 0 };
    double *replicates = NULL;
    size_t rows = 0, at = 0;

    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < HZ_MEASURES; k++)
            rows += isnan(found[i].measure[k].value) ? 0 : 1;
    hz_status st = table_new(&t, rows, err);
    if (!st && !(replicates = hz_mem_new(rows, sizeof *replicates)))
        st = hz_mem_fail(err, "concentration");
    for (size_t i = 0; !st && i < n; i++)
        for (int k = 0; k < HZ_MEASURES; k++) {
            const hz_concentration *f = &found[i];
            const hz_measure *m = &f->measure[k];
            if (isnan(m->value))
                continue;
            const double row[NUMBERS] = { (double)f->places, (double)f->with_events, f->events,
                                          m->value, m->expected, m->low, m->high, m->p };
            for (size_t c = 0; c < NUMBERS; c++)
                t.number[c][at] = row[c];
            t.text[0][at] = units[i];
            t.text[1][at] = hz_share_name(f->share);
            t.text[2][at] = names[k];
            replicates[at++] = (double)f->replicates;
        }
    if (!st)
        st = table_finish(&t, texts, 3, numbers, NUMBERS, out, err);
    if (!st && (st = hz_layer_take_numbers(*out, "replicates", &replicates, NULL, err))) {
        hz_layer_free(*out);
        *out = NULL;
    }
    hz_mem_free(replicates);
    table_clear(&t);
    return st;
}

hz_status hz_concentration_curves(const hz_concentration *found, const char *const *units, size_t n,
                                  hz_layer **out, hz_error *err)
{
    table t = { 0 };
    hz_status st = table_new(&t, n * (STEPS + 1), err);
    for (size_t i = 0; !st && i < n; i++)
        for (size_t k = 0; k <= STEPS; k++) {
            size_t at = i * (STEPS + 1) + k;
            t.text[0][at] = units[i];
            t.number[0][at] = (double)k / STEPS;
            t.number[1][at] = found[i].curve[k];
            t.number[2][at] = found[i].expected[k];
            t.number[3][at] = found[i].low[k];
            t.number[4][at] = found[i].high[k];
        }
    if (!st)
        st = table_finish(&t, curve, 1, curve + 1, 5, out, err);
    table_clear(&t);
    return st;
}

/* ------------------------------------------------------------------ places */

hz_status hz_concentration_ready_areas(hz_layer *areas, const hz_notice *notice, hz_error *err)
{
    scan_places p = { 0 };
    hz_status st = HZ_OK;
    if (!hz_layer_shapes(areas) || hz_layer_shapes(areas)->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "%s: has no polygons, expected them for shares of the area",
                       hz_layer_name(areas));
    st = scan_places_new(areas, NULL, &p, notice, err);
    if (!st)
        st = hz_layer_take_numbers(areas, "area_m2", &p.area, NULL, err);
    scan_places_free(&p);
    return st;
}

/* Square metres of each cell that the study area covers. */
static hz_status measure_cells(hz_units *cells, const hz_layer *study, hz_error *err)
{
    const hz_lattice *g = &cells->lattice;
    const double *x = hz_layer_numbers(cells->table, "x"), *y = hz_layer_numbers(cells->table, "y");
    size_t n = hz_layer_rows(cells->table);
    double *share = hz_mem_new(g->columns * g->rows, sizeof *share);
    double *area = hz_mem_new(n, sizeof *area);
    hz_status st = share && area ? HZ_OK : hz_mem_fail(err, "concentration");

    if (!st && study)
        hz_lattice_cover(g, hz_layer_shapes(study), share);
    for (size_t i = 0; !st && i < n; i++)
        area[i] = g->side * g->side * (study ? share[hz_lattice_cell(g, x[i], y[i])] : 1);
    if (!st)
        st = hz_layer_take_numbers(cells->table, "area_m2", &area, NULL, err);
    hz_mem_free(share);
    hz_mem_free(area);
    return st;
}

/* The text of the polygon that holds a cell's centre. */
static hz_status group_cells(hz_units *cells, const hz_layer *study, const char *group,
                             hz_error *err)
{
    const double *x = hz_layer_numbers(cells->table, "x"), *y = hz_layer_numbers(cells->table, "y");
    size_t n = hz_layer_rows(cells->table);
    int column = hz_layer_find(study, group);
    hz_index *index = NULL;
    int32_t *at = hz_mem_new(n, sizeof *at);
    const char **texts = hz_mem_new(n, sizeof *texts);
    hz_status st = at && texts ? HZ_OK : hz_mem_fail(err, "concentration");

    if (!st && (column < 0 || hz_layer_column_kind(study, (size_t)column) != HZ_TEXTS))
        st = hz_fail(err, HZ_EUSAGE, "%s: has no column '%s' of texts, expected the groups",
                     hz_layer_name(study), group);
    if (!st)
        st = hz_index_new(hz_layer_shapes(study), &index, err);
    if (!st) {
        hz_index_locate(index, 0, n, x, y, at);
        for (size_t i = 0; i < n; i++)
            texts[i] = at[i] == HZ_NOWHERE
                           ? "" : hz_layer_text_at(study, (size_t)column, (size_t)at[i]);
        st = hz_layer_add_texts(cells->table, "group", texts, err);
    }
    hz_index_free(index);
    hz_mem_free(at);
    hz_mem_free(texts);
    return st;
}

hz_status hz_concentration_ready_cells(hz_units *cells, const hz_layer *study, const char *group,
                                       hz_error *err)
{
    hz_layer *metric = NULL;
    hz_status st = HZ_OK;
    if (group && !study)
        return hz_fail(err, HZ_EUSAGE, "group: '%s' is looked for in the study area, expected one",
                       group);
    if (study)
        st = hz_layer_copy(study, &metric, err);
    if (!st && study && hz_layer_crs(cells->table))
        st = hz_layer_to_crs(metric, hz_layer_crs(cells->table), err);
    if (!st)
        st = measure_cells(cells, metric, err);
    if (!st && group)
        st = group_cells(cells, metric, group, err);
    hz_layer_free(metric);
    return st;
}
