/* What a scan takes: its options checked, the rows of a layer as places in metres. */
#include "stat/scan_layer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void hz_scanning_clear(hz_scanning *found)
{
    if (!found)
        return;
    hz_layer_free(found->clusters);
    hz_layer_free(found->members);
    *found = (hz_scanning){ 0 };
}

hz_status scan_check(const hz_scanning_opts *o, hz_error *err)
{
    if (!(o->max_population > 0 && o->max_population <= 0.5))
        return hz_fail(err, HZ_EUSAGE, "max-population: %g, expected a share over 0, 0.5 at most",
                       o->max_population);
    if (!(o->max_radius_m >= 0) || isinf(o->max_radius_m))
        return hz_fail(err, HZ_EUSAGE, "max-radius: %g, expected metres, or 0 for no limit",
                       o->max_radius_m);
    if (!(o->penalty >= 0) || isinf(o->penalty))
        return hz_fail(err, HZ_EUSAGE, "penalty: %g, expected 0 or more", o->penalty);
    if (o->replicates < 9 || o->replicates > 99999999)
        return hz_fail(err, HZ_EUSAGE, "replicates: %zu, expected 9 to 99999999", o->replicates);
    if (o->stop_after && (o->gumbel || o->stop_after > o->replicates))
        return hz_fail(err, HZ_EUSAGE, "stop-after: %zu, expected at most the %zu replicates, and "
                       "no Gumbel, which needs them all", o->stop_after, o->replicates);
    if (!(o->alpha > 0 && o->alpha < 1))
        return hz_fail(err, HZ_EUSAGE, "alpha: %g, expected between 0 and 1", o->alpha);
    if (o->most < 1 || o->most > 10000)
        return hz_fail(err, HZ_EUSAGE, "most: %zu clusters, expected 1 to 10000", o->most);
    return HZ_OK;
}

static hz_status need_column(const hz_layer *l, const char *name, hz_error *err)
{
    if (!name || hz_layer_numbers(l, name))
        return HZ_OK;
    return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s' of numbers", hz_layer_name(l), name);
}

static hz_status from_columns(const hz_layer *l, const hz_scanning_columns *c, scan_places *p,
                              const hz_notice *notice, hz_error *err)
{
    hz_status st = need_column(l, c->x, err);
    if (!st)
        st = need_column(l, c->y, err);
    if (st)
        return st;
    memcpy(p->x, hz_layer_numbers(l, c->x), p->n * sizeof *p->x);
    memcpy(p->y, hz_layer_numbers(l, c->y), p->n * sizeof *p->y);
    if (hz_layer_crs(l)) {
        p->crs = hz_crs_copy(hz_layer_crs(l));
        if (!p->crs)
            return hz_mem_fail(err, "scan");
    }
    if (!p->crs || hz_crs_is_degrees(p->crs))
        hz_warn(notice, "%s: centres %s, %s are taken as plane coordinates; radius_m is in their "
                "unit", hz_layer_name(l), c->x, c->y);
    return HZ_OK;
}

static hz_status from_shapes(const hz_layer *l, scan_places *p, const hz_notice *notice,
                             hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(l);
    hz_shapes *metric = NULL;
    hz_status st;

    if (!s || (s->kind != HZ_POINT && s->kind != HZ_POLYGON))
        return hz_fail(err, HZ_EDATA, "%s: has neither points nor polygons, expected places",
                       hz_layer_name(l));
    st = hz_layer_metric(l, &p->crs, notice, err);
    if (!st && p->crs && !hz_crs_equal(p->crs, hz_layer_crs(l))) {
        st = hz_crs_shapes(hz_layer_crs(l), p->crs, s, &metric, err);
        s = metric;
    }
    double unit = p->crs ? hz_crs_unit_m(p->crs) : 1;
    for (size_t i = 0; !st && i < p->n; i++) {
        if (s->kind == HZ_POINT) {
            p->x[i] = s->x[i];
            p->y[i] = s->y[i];
        } else {
            hz_shape_centroid(s, i, &p->x[i], &p->y[i]);
            p->area[i] = hz_shape_area(s, i) * unit * unit;
        }
    }
    p->unit = unit;
    p->polygons = !st && s->kind == HZ_POLYGON;
    hz_shapes_free(metric);
    return st;
}

hz_status scan_places_new(const hz_layer *l, const hz_scanning_columns *c, scan_places *p,
                          const hz_notice *notice, hz_error *err)
{
    *p = (scan_places){ .n = hz_layer_rows(l), .unit = 1 };
    p->x = hz_mem_new(p->n, sizeof *p->x);
    p->y = hz_mem_new(p->n, sizeof *p->y);
    p->area = hz_mem_new(p->n, sizeof *p->area);
    if (!p->x || !p->y || !p->area)
        return hz_mem_fail(err, "scan");
    if (c && c->x && c->y)
        return from_columns(l, c, p, notice, err);
    if (c && (c->x || c->y))
        return hz_fail(err, HZ_EUSAGE, "%s: expected both columns of centres, x and y, or none",
                       hz_layer_name(l));
    return from_shapes(l, p, notice, err);
}

void scan_places_free(scan_places *p)
{
    hz_mem_free(p->x);
    hz_mem_free(p->y);
    hz_mem_free(p->area);
    hz_crs_free(p->crs);
    *p = (scan_places){ 0 };
}

typedef struct {
    double x, y;
    size_t row;
} spot;

static int by_spot(const void *a, const void *b)
{
    const spot *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

hz_status scan_places_sort(const scan_places *p, size_t n, size_t rows[], hz_error *err)
{
    spot *spots = hz_mem_new(n, sizeof *spots);
    if (!spots)
        return hz_mem_fail(err, "scan");
    for (size_t i = 0; i < n; i++)
        spots[i] = (spot){ p->x[rows[i]], p->y[rows[i]], rows[i] };
    if (n)
        qsort(spots, n, sizeof *spots, by_spot);
    for (size_t i = 0; i < n; i++)
        rows[i] = spots[i].row;
    hz_mem_free(spots);
    return HZ_OK;
}
