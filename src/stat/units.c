/* Makes units of areas as given: their centres, values and neighbours. */
#include "hotzone/units.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "hotzone/weights.h"
#include "stat/units_parts.h"

void hz_units_clear(hz_units *u)
{
    hz_layer_free(u->table);
    hz_csr_free(u->links);
    hz_mem_free(u->outside);
    *u = (hz_units){ 0 };
}

hz_status units_link_by_place(size_t n, const double *x, const double *y, const hz_neighbours *how,
                              hz_csr **out, hz_error *err)
{
    if (how->kind == HZ_NEAREST)
        return hz_weights_nearest(n, x, y, how->k, out, err);
    return hz_weights_band(n, x, y, how->reach_m, how->kind == HZ_INVERSE, out, err);
}

hz_status units_metric(const hz_shapes *shapes, const hz_crs *crs, hz_crs **out, hz_error *err)
{
    hz_box box = hz_shapes_box(shapes);
    if (!(box.xmin <= box.xmax))
        return hz_fail(err, HZ_EDATA, "no row has a place, expected coordinates");
    return hz_crs_metric_about(crs, box, out, err);
}

/* Column and row of a table of lattice counts. */
typedef struct {
    int32_t *column, *row;
} places;

static hz_status take_whole(const hz_layer *areas, const char *name, int32_t *to, hz_error *err)
{
    const double *from = hz_layer_numbers(areas, name);
    for (size_t i = 0; i < hz_layer_rows(areas); i++) {
        if (!(fabs(from[i]) < INT32_MAX) || from[i] != floor(from[i]))
            return hz_fail(err, HZ_EDATA, "%s: row %zu: %s is no whole number under "
                           "2^31, expected one", hz_layer_name(areas), i + 1, name);
        to[i] = (int32_t)from[i];
    }
    return HZ_OK;
}

static const char *column_name(const hz_layer *areas)
{
    return hz_layer_numbers(areas, "col") ? "col" : "column";
}

static bool is_lattice(const hz_layer *areas)
{
    return !hz_layer_shapes(areas) && hz_layer_numbers(areas, "row") &&
           hz_layer_numbers(areas, column_name(areas));
}

static hz_status take_places(const hz_layer *areas, places *p, hz_error *err)
{
    size_t n = hz_layer_rows(areas);
    p->column = hz_mem_new(n, sizeof *p->column);
    p->row = hz_mem_new(n, sizeof *p->row);
    if (!p->column || !p->row)
        return hz_mem_fail(err, "units");
    hz_status st = take_whole(areas, column_name(areas), p->column, err);
    return st ? st : take_whole(areas, "row", p->row, err);
}

/* Centres: of polygons their centroid, of points themselves, of lattice cells column and row. */
static void find_centres(const hz_shapes *s, const places *p, size_t n, double *x, double *y)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = y[i] = NAN;
        if (p->column) {
            x[i] = p->column[i];
            y[i] = p->row[i];
        } else if (s && s->kind == HZ_POINT) {
            x[i] = s->x[i];
            y[i] = s->y[i];
        } else if (s && s->kind == HZ_POLYGON) {
            hz_shape_centroid(s, i, &x[i], &y[i]);
        }
    }
}

/* A column's values as texts, or row numbers, cell names or "" where there is no column. */
static hz_status copy_texts(const hz_layer *areas, const char *from, const places *p, bool key,
                            hz_layer *table, const char *to, hz_error *err)
{
    size_t n = hz_layer_rows(areas), *offset = hz_mem_new(n, sizeof *offset);
    int column = hz_layer_find(areas, from);
    hz_text arena = { 0 };
    char value[400];
    hz_status st = offset ? HZ_OK : hz_mem_fail(err, "units");

    for (size_t i = 0; !st && i < n; i++) {
        value[0] = '\0';
        if (column >= 0 && hz_layer_column_kind(areas, (size_t)column) == HZ_TEXTS)
            hz_text_add(&arena, hz_layer_text_at(areas, (size_t)column, i));
        else if (column >= 0)
            st = hz_layer_value_text(areas, (size_t)column, i, value, sizeof value);
        else if (key && p->column)
            snprintf(value, sizeof value, "r%dc%d", (int)p->row[i], (int)p->column[i]);
        else if (key)
            snprintf(value, sizeof value, "%zu", i + 1);
        hz_text_add(&arena, value);
        hz_text_add_n(&arena, "", 1);
        if (i + 1 < n)
            offset[i + 1] = arena.length;
    }
    if (!st && arena.failed)
        st = hz_mem_fail(err, "units");
    if (!st) {
        char *texts = hz_text_take(&arena);
        st = texts ? hz_layer_take_texts(table, to, &offset, &texts, err)
                   : hz_mem_fail(err, "units");
        hz_mem_free(texts);
    }
    hz_text_free(&arena);
    hz_mem_free(offset);
    return st;
}

static hz_status link_areas(const hz_layer *areas, const hz_shapes *s, const places *p,
                            const double *x, const double *y, const hz_neighbours *how,
                            hz_csr **out, hz_error *err)
{
    size_t n = hz_layer_rows(areas);
    bool borders = how->kind == HZ_QUEEN || how->kind == HZ_ROOK;
    if (how->kind == HZ_LINKS) {
        unsigned char *all = hz_mem_new(n, 1);
        if (!all)
            return hz_mem_fail(err, "units");
        memset(all, 1, n);
        hz_status st = hz_csr_select(how->links, all, out, err);
        hz_mem_free(all);
        return st;
    }
    if (borders && p->column)
        return hz_weights_cells(n, p->column, p->row, how->kind == HZ_ROOK, out, err);
    if (borders && (!s || s->kind != HZ_POLYGON))
        return hz_fail(err, HZ_EUSAGE,
                       "%s: has no polygons and no columns `row` and `col`, expected "
                       "them for queen and rook, or --neighbours knn:K, band:M, gal:FILE",
                       hz_layer_name(areas));
    if (borders)
        return hz_weights_contiguity(s, how->kind == HZ_ROOK, out, err);
    hz_status st = units_link_by_place(n, x, y, how, out, err);
    return st ? hz_fail_within(err, "%s", hz_layer_name(areas)) : HZ_OK;
}

/* A copy of the shapes in metres where they were in degrees. */
static hz_status take_metric_shapes(const hz_layer *areas, hz_layer *table, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(areas);
    const hz_crs *crs = hz_layer_crs(areas);
    hz_shapes *copy = NULL;
    hz_crs *metric = NULL;
    hz_status st = HZ_OK;

    if (!s)
        return HZ_OK;
    bool degrees = crs && hz_crs_is_degrees(crs);
    if (degrees)
        st = units_metric(s, crs, &metric, err);
    else if (crs && !(metric = hz_crs_copy(crs)))
        st = hz_mem_fail(err, "units");
    if (!st)
        st = degrees ? hz_crs_shapes(crs, metric, s, &copy, err) : hz_shapes_copy(s, &copy, err);
    if (!st)
        st = hz_layer_take_shapes(table, &copy, err);
    if (!st && metric)
        st = hz_layer_take_crs(table, &metric, err);
    hz_shapes_free(copy);
    hz_crs_free(metric);
    return st ? hz_fail_within(err, "%s", hz_layer_name(areas)) : HZ_OK;
}

static hz_status check_columns(const hz_layer *areas, const char *value, const char *id,
                               const char *name, hz_error *err)
{
    const char *const asked[] = { value, id, name };
    size_t found;
    for (int c = 0; c < 3; c++)
        if (asked[c] && hz_layer_find(areas, asked[c]) < 0)
            return hz_layer_need(areas, asked[c], &found, err);
    if (!hz_layer_numbers(areas, value))
        return hz_fail(err, HZ_EUSAGE, "%s: '%s' is no column of numbers, expected the one to test",
                       hz_layer_name(areas), value);
    return HZ_OK;
}

/* Metres, unless nobody measures: a band in feet, or in an unknown system, is named by its own
 * units. */
static hz_status check_measure(const hz_layer *table, const hz_layer *areas,
                               const hz_neighbours *how, const hz_notice *notice, hz_error *err)
{
    bool measured = how->kind == HZ_NEAREST || how->kind == HZ_BAND || how->kind == HZ_INVERSE;
    const hz_crs *crs = hz_layer_crs(table);
    if (!measured || !hz_layer_shapes(table))
        return HZ_OK;
    if (!crs) {
        hz_warn(notice, "%s: has no reference system, its coordinates are taken for metres",
                hz_layer_name(areas));
        return HZ_OK;
    }
    hz_status st = hz_crs_need_metres(crs, hz_layer_name(areas), notice, err);
    if (!st && fabs(hz_crs_unit_m(crs) - 1) > 1e-9)
        hz_warn(notice, "%s: its unit is %.10g m, distances are in that unit", hz_layer_name(areas),
                hz_crs_unit_m(crs));
    return st;
}

hz_status hz_units_of_areas(const hz_layer *areas, const char *value, const char *id,
                            const char *name, const hz_neighbours *how, hz_units *out,
                            const hz_notice *notice, hz_error *err)
{
    size_t n = hz_layer_rows(areas);
    hz_units u = { 0 };
    places p = { 0 };
    double *x = hz_mem_new(n, sizeof *x), *y = hz_mem_new(n, sizeof *y);
    hz_status st = x && y ? HZ_OK : hz_mem_fail(err, "units");

    if (!st)
        st = check_columns(areas, value, id, name, err);
    if (!st)
        st = hz_layer_new(hz_layer_name(areas), n, &u.table, err);
    if (!st && is_lattice(areas))
        st = take_places(areas, &p, err);
    if (!st)
        st = copy_texts(areas, id ? id : "id", &p, true, u.table, "id", err);
    if (!st)
        st = copy_texts(areas, name ? name : "name", &p, false, u.table, "name", err);
    if (!st)
        st = take_metric_shapes(areas, u.table, err);
    if (!st)
        st = check_measure(u.table, areas, how, notice, err);
    if (st)
        goto done;
    find_centres(hz_layer_shapes(u.table), &p, n, x, y);
    /* borders are compared as they were delivered */
    st = link_areas(areas, hz_layer_shapes(areas), &p, x, y, how, &u.links, err);
    if (!st)
        st = hz_layer_take_numbers(u.table, "x", &x, NULL, err);
    if (!st)
        st = hz_layer_take_numbers(u.table, "y", &y, NULL, err);
    if (!st)
        st = hz_layer_add_numbers(u.table, "value", hz_layer_numbers(areas, value), err);
    if (st)
        goto done;
    *out = u;
    u = (hz_units){ 0 };
done:
    hz_units_clear(&u);
    hz_mem_free(p.column);
    hz_mem_free(p.row);
    hz_mem_free(x);
    hz_mem_free(y);
    return st;
}
