/* What a scan gives: clusters with their figures and outlines, and their members, as layers. */
#include <math.h>
#include <stdio.h>
#include <stdint.h>

#include "stat/scan_layer.h"

static const double pi = 3.14159265358979323846;

enum { BASIC = 12, ELLIPSE = 3, TIME = 2 };
static const char *const plain[] = { "cluster", "rank", "x", "y", "radius_m", "areas", "events",
                                     "expected", "relative_risk", "llr", "p", "p_method",
                                     "minor_m", "angle_deg", "statistic", "first_day", "last_day" };
static const char *const with_time[] = { "cluster", "rank", "x", "y", "radius_m", "areas", "events",
                                         "expected", "relative_risk", "llr", "p", "p_method",
                                         "first_day", "last_day" };

const char *const *hz_scanning_columns_of(bool ellipses, bool time, size_t *n)
{
    *n = (size_t)(BASIC + (ellipses ? ELLIPSE : 0) + (time ? TIME : 0));
    return time && !ellipses ? with_time : plain;
}

const char *const *hz_scanning_member_columns(size_t *n)
{
    static const char *const names[] = { "cluster", "id", "name", "x", "y", "events", "expected" };
    *n = sizeof names / sizeof *names;
    return names;
}

/* One numbers column by a function of a cluster. */
typedef double (*figure_fn)(const scan_cluster *c, const scan_data *d);

static double rank_of(const scan_cluster *c, const scan_data *d)
{
    (void)d;
    return (double)(c->reached + 1);
}

static double x_of(const scan_cluster *c, const scan_data *d) { return d->x[c->centre]; }
static double y_of(const scan_cluster *c, const scan_data *d) { return d->y[c->centre]; }

static double radius_of(const scan_cluster *c, const scan_data *d)
{
    (void)d;
    return c->radius;
}

static double areas_of(const scan_cluster *c, const scan_data *d)
{
    (void)d;
    return (double)c->members;
}

static double events_of(const scan_cluster *c, const scan_data *d)
{
    (void)d;
    return c->events;
}

static double expected_of(const scan_cluster *c, const scan_data *d)
{
    (void)d;
    return c->expected;
}

static double risk_of(const scan_cluster *c, const scan_data *d)
{
    double rest = d->total - c->events;
    return rest > 0 ? c->events / c->expected / (rest / (d->total - c->expected)) : NAN;
}

static double llr_of(const scan_cluster *c, const scan_data *d)
{
    (void)d;
    return c->llr;
}

static double p_of(const scan_cluster *c, const scan_data *d)
{
    (void)d;
    return c->p;
}

static double minor_of(const scan_cluster *c, const scan_data *d)
{
    (void)d;
    return c->radius / c->ratio;
}

static double angle_of(const scan_cluster *c, const scan_data *d)
{
    (void)d;
    return c->angle_rad * 180 / pi;
}

static double statistic_of(const scan_cluster *c, const scan_data *d)
{
    (void)d;
    return c->statistic;
}

static hz_status add_figures(hz_layer *l, const char *name, figure_fn fn, const scan_result *r,
                             const scan_data *d, double scale, hz_error *err)
{
    double *values = hz_mem_new(r->count, sizeof *values);
    unsigned char *marks = hz_mem_new(r->count, 1);
    hz_status st = values && marks ? HZ_OK : hz_mem_fail(err, "scan");
    for (size_t i = 0; !st && i < r->count; i++) {
        values[i] = fn(&r->cluster[i], d) * scale;
        marks[i] = isnan(values[i]) ? HZ_UNDEFINED_NO_RESULT : HZ_KNOWN;
    }
    if (!st)
        st = hz_layer_take_numbers(l, name, &values, &marks, err);
    hz_mem_free(values);
    hz_mem_free(marks);
    return st;
}

static hz_status add_numbering(hz_layer *l, const scan_result *r, bool per_member, hz_error *err)
{
    size_t n = hz_layer_rows(l), at = 0;
    double *values = hz_mem_new(n, sizeof *values);
    hz_status st = values ? HZ_OK : hz_mem_fail(err, "scan");
    for (size_t i = 0; !st && i < r->count; i++)
        for (size_t k = 0; k < (per_member ? r->cluster[i].members : 1); k++)
            values[at++] = (double)(i + 1);
    if (!st)
        st = hz_layer_take_numbers(l, "cluster", &values, NULL, err);
    hz_mem_free(values);
    return st;
}

static hz_status add_days(hz_layer *l, const scan_result *r, const scan_span *span, bool last,
                          hz_error *err)
{
    hz_time *times = hz_mem_new(r->count, sizeof *times), day = 86400;
    hz_status st = times ? HZ_OK : hz_mem_fail(err, "scan");
    for (size_t i = 0; !st && i < r->count; i++) {
        const scan_cluster *c = &r->cluster[i];
        hz_time from = span->period.from + (hz_time)c->first_step * span->step;
        hz_time until = span->period.from + ((hz_time)c->last_step + 1) * span->step;
        until = until < span->period.until ? until : span->period.until;
        times[i] = last ? until - day : from;
    }
    if (!st)
        st = hz_layer_take_times(l, last ? "last_day" : "first_day", &times, err);
    hz_mem_free(times);
    return st;
}

/* An outline of 72 corners.  A cluster of one place has no extent: it gets a circle of its place's
 * area, or of 1 m about a point. */
static hz_status add_outlines(hz_layer *l, const scan_result *r, const scan_data *d,
                              const scan_places *p, hz_error *err)
{
    enum { CORNERS = 72 };
    hz_shapes *s = NULL;
    hz_status st = hz_shapes_new(HZ_POLYGON, r->count, r->count, r->count * (CORNERS + 1), &s, err);
    if (st)
        return st;
    for (size_t i = 0, at = 0; i < r->count; i++) {
        const scan_cluster *c = &r->cluster[i];
        double area = p->area[d->row[c->centre]], one = area > 0 ? sqrt(area / pi) : 1;
        double along = c->radius > 0 ? c->radius : one / p->unit;
        double across = c->radius > 0 ? c->radius / c->ratio : along;
        for (size_t k = 0; k <= CORNERS; k++, at++) {
            double t = 2 * pi * (double)(k % CORNERS) / CORNERS;
            double a = along * cos(t), b = across * sin(t);
            s->x[at] = d->x[c->centre] + a * cos(c->angle_rad) - b * sin(c->angle_rad);
            s->y[at] = d->y[c->centre] + a * sin(c->angle_rad) + b * cos(c->angle_rad);
        }
        s->first_ring[i + 1] = i + 1;
        s->first_point[i + 1] = at;
    }
    st = hz_layer_take_shapes(l, &s, err);
    hz_shapes_free(s);
    return st;
}

static hz_status take_crs(hz_layer *l, const scan_places *p, hz_error *err)
{
    hz_crs *crs = p->crs ? hz_crs_copy(p->crs) : NULL;
    if (p->crs && !crs)
        return hz_mem_fail(err, "scan");
    hz_status st = crs ? hz_layer_take_crs(l, &crs, err) : HZ_OK;
    hz_crs_free(crs);
    return st;
}

static hz_status make_clusters(const scan_result *r, const scan_data *d, const scan_places *p,
                               const scan_span *span, bool ellipses, hz_layer **out, hz_error *err)
{
    static const struct {
        const char *name;
        figure_fn fn;
        bool length, ellipse;
    } figure[] = {
        { "rank", rank_of, false, false },         { "x", x_of, false, false },
        { "y", y_of, false, false },               { "radius_m", radius_of, true, false },
        { "areas", areas_of, false, false },       { "events", events_of, false, false },
        { "expected", expected_of, false, false }, { "relative_risk", risk_of, false, false },
        { "llr", llr_of, false, false },           { "p", p_of, false, false },
        { "p_method", NULL, false, false }, /* text */
        { "minor_m", minor_of, true, true },       { "angle_deg", angle_of, false, true },
        { "statistic", statistic_of, false, true },
    };
    const char **method = hz_mem_new(r->count, sizeof *method);
    hz_layer *l = NULL;
    hz_status st = method ? hz_layer_new("clusters", r->count, &l, err) : hz_mem_fail(err, "scan");

    if (!st)
        st = add_numbering(l, r, false, err);
    for (size_t i = 0; !st && i < r->count; i++)
        method[i] = r->p_method;
    for (size_t f = 0; !st && f < sizeof figure / sizeof *figure; f++) {
        if (!figure[f].fn)
            st = hz_layer_add_texts(l, figure[f].name, method, err);
        else if (ellipses || !figure[f].ellipse)
            st = add_figures(l, figure[f].name, figure[f].fn, r, d,
                             figure[f].length ? p->unit : 1, err);
    }
    if (!st && span)
        st = add_days(l, r, span, false, err);
    if (!st && span)
        st = add_days(l, r, span, true, err);
    if (!st)
        st = add_outlines(l, r, d, p, err);
    if (!st)
        st = take_crs(l, p, err);
    if (!st) {
        *out = l;
        l = NULL;
    }
    hz_layer_free(l);
    hz_mem_free(method);
    return st;
}

/* Key and name of the places; the number of the row where there is no key. */
static hz_status add_keys(hz_layer *l, const scan_result *r, const scan_data *d,
                          const hz_layer *places, const char *column, const char *name,
                          hz_error *err)
{
    enum { LONGEST = 1000 };
    size_t n = hz_layer_rows(l);
    int c = places ? hz_layer_find(places, column) : -1;
    const char **texts = hz_mem_new(n, sizeof *texts);
    char buf[LONGEST];
    hz_status st = texts ? HZ_OK : hz_mem_fail(err, "scan");
    for (size_t i = 0; !st && i < n; i++) {
        size_t row = d->row[r->member[i]];
        if (c >= 0 && hz_layer_value_text(places, (size_t)c, row, buf, sizeof buf))
            st = hz_mem_fail(err, "scan");
        else if (c < 0)
            snprintf(buf, sizeof buf, "%zu", row + 1);
        char *copy = st ? NULL : hz_mem_text(c < 0 && column ? "" : buf);
        if (!st && !copy)
            st = hz_mem_fail(err, "scan");
        texts[i] = copy;
    }
    if (!st)
        st = hz_layer_add_texts(l, name, texts, err);
    for (size_t i = 0; texts && i < n; i++)
        hz_mem_free((void *)(uintptr_t)texts[i]);
    hz_mem_free(texts);
    return st;
}

static hz_status make_members(const scan_result *r, const scan_data *d, const scan_places *p,
                              const hz_layer *places, const hz_scanning_columns *c, hz_layer **out,
                              hz_error *err)
{
    static const char *const names[] = { "x", "y", "events", "expected" };
    const scan_cluster *last = r->count ? &r->cluster[r->count - 1] : NULL;
    size_t n = last ? last->first_member + last->members : 0;
    hz_layer *l = NULL;
    hz_shapes *s = NULL;
    hz_status st = hz_layer_new("members", n, &l, err);

    if (!st)
        st = add_numbering(l, r, true, err);
    if (!st)
        st = add_keys(l, r, d, places, c ? c->id : NULL, "id", err);
    if (!st)
        st = add_keys(l, r, d, places, c && c->name ? c->name : "", "name", err);
    for (size_t k = 0; !st && k < sizeof names / sizeof *names; k++) {
        double *values = hz_mem_new(n, sizeof *values);
        st = values ? HZ_OK : hz_mem_fail(err, "scan");
        for (size_t i = 0; !st && i < n; i++) {
            size_t m = r->member[i];
            values[i] = k == 0 ? d->x[m] : k == 1 ? d->y[m] : k == 2 ? d->count[m]
                      : d->base[m] * (d->total / d->base_sum);
        }
        if (!st)
            st = hz_layer_take_numbers(l, names[k], &values, NULL, err);
        hz_mem_free(values);
    }
    if (!st)
        st = hz_shapes_new(HZ_POINT, n, 0, n, &s, err);
    for (size_t i = 0; !st && i < n; i++) {
        s->x[i] = d->x[r->member[i]];
        s->y[i] = d->y[r->member[i]];
    }
    if (!st)
        st = hz_layer_take_shapes(l, &s, err);
    if (!st)
        st = take_crs(l, p, err);
    if (!st) {
        *out = l;
        l = NULL;
    }
    hz_shapes_free(s);
    hz_layer_free(l);
    return st;
}

hz_status scan_report(const scan_data *d, const scan_places *p, const hz_layer *places,
                      const hz_scanning_columns *c, const scan_span *span,
                      const hz_scanning_opts *o, hz_scanning *out, hz_error *err)
{
    scan_result r = { 0 };
    hz_scanning_opts in_units = *o;
    hz_layer *clusters = NULL, *members = NULL;
    hz_status st;

    in_units.max_radius_m = o->max_radius_m / p->unit;
    st = scan_search(d, &in_units, &r, err);
    if (!st)
        st = make_clusters(&r, d, p, span, o->ellipses, &clusters, err);
    if (!st)
        st = make_members(&r, d, p, places, c, &members, err);
    if (!st) {
        out->clusters = clusters;
        out->members = members;
        out->places = d->n;
        out->events = d->total;
        out->population = d->base_sum;
        out->replicates = r.replicates;
        out->gini_share = r.gini_share;
        clusters = members = NULL;
    }
    hz_layer_free(clusters);
    hz_layer_free(members);
    scan_result_free(&r);
    return st;
}
