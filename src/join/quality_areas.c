/* Audits areas: rings, keys, names, and whether they share their plane between them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/coverage.h"
#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "hotzone/quality.h"
#include "join/keys.h"
#include "join/quality_parts.h"

typedef struct {
    const hz_layer *areas;
    const hz_quality_areas_opts *opts;
    hz_error *err;
    hz_quality *q;
    const hz_shapes *shapes;
    hz_shapes *mended; /* valid, in the areas' own system; NULL if that cannot be */
    size_t n;
} audit;

static hz_status no_memory(const audit *a)
{
    return hz_mem_fail(a->err, hz_layer_name(a->areas));
}

/* ---- rings ------------------------------------------------------------------------------ */

/* Do all vertices lie on one line?  A ring that crosses itself may enclose 0 and is not flat. */
static bool is_flat(const hz_shapes *s, size_t r)
{
    size_t first = s->first_point[r], end = s->first_point[r + 1], far = first;
    while (far < end && s->x[far] == s->x[first] && s->y[far] == s->y[first])
        far++;
    for (size_t i = far; i < end; i++)
        if ((s->x[far] - s->x[first]) * (s->y[i] - s->y[first]) !=
            (s->x[i] - s->x[first]) * (s->y[far] - s->y[first]))
            return false;
    return true;
}

/* One more row for a finding that is made with its first; *f is NULL until then. */
static bool add_to(audit *a, hz_finding **f, const char *code, hz_severity severity, size_t row)
{
    if (!*f)
        *f = hz_quality_add(a->q, code, severity, 0, a->n);
    if (*f) {
        (*f)->count++;
        hz_finding_row(*f, row);
    }
    return *f != NULL;
}

static hz_status report_parts(audit *a)
{
    const hz_shapes *s = a->shapes;
    hz_finding *f = NULL;
    for (size_t i = 0; i < a->n; i++)
        if (s->first_ring[i] == s->first_ring[i + 1] &&
            !add_to(a, &f, "areas-empty", HZ_QUALITY_FAULT, i))
            return no_memory(a);
    f = NULL;
    for (size_t i = 0; i < a->n; i++) {
        size_t flat = 0;
        for (size_t r = s->first_ring[i]; r < s->first_ring[i + 1]; r++)
            flat += is_flat(s, r);
        if (flat && !add_to(a, &f, "areas-flat-ring", HZ_QUALITY_WARNING, i))
            return no_memory(a);
    }
    f = NULL;
    for (size_t i = 0; i < a->n; i++) {
        size_t parts = 0;
        for (size_t r = s->first_ring[i]; r < s->first_ring[i + 1]; r++)
            parts += !s->hole[r];
        if (parts > 1 && !add_to(a, &f, "areas-multipart", HZ_QUALITY_NOTE, i))
            return no_memory(a);
    }
    return HZ_OK;
}

/* The features with faults of one kind: those that a repair saves, or those it does not. */
typedef struct {
    size_t count;
    char why[300]; /* of the first */
} ring_faults;

enum { SOUND = 0, SAVED, LOST };

/* Sort the features, and keep what is wrong with the first of each kind. */
static hz_status sort_rings(audit *a, unsigned char *state, ring_faults kinds[3])
{
    char why[300];
    hz_error cannot;
    hz_status st = hz_shapes_repair(a->shapes, &a->mended, NULL, &cannot);
    if (st == HZ_EMEMORY)
        return no_memory(a);
    for (size_t i = 0; i < a->n; i++) {
        if (!hz_shape_fault(a->shapes, i, why, sizeof why))
            continue;
        if (strstr(why, "not enough memory"))
            return no_memory(a);
        bool gone = !a->mended || a->mended->first_ring[i] == a->mended->first_ring[i + 1];
        state[i] = gone ? LOST : SAVED;
        if (kinds[state[i]].count++ == 0)
            memcpy(kinds[state[i]].why, why, sizeof why);
    }
    return HZ_OK;
}

static hz_status report_rings(audit *a)
{
    static const char *const codes[] = { NULL, "areas-repaired", "areas-broken" };
    static const hz_severity severities[] = { HZ_QUALITY_NOTE, HZ_QUALITY_WARNING,
                                              HZ_QUALITY_FAULT };
    ring_faults kinds[3] = { { 0, "" }, { 0, "" }, { 0, "" } };
    unsigned char *state = hz_mem_new(a->n, 1);
    hz_status st = state ? sort_rings(a, state, kinds) : no_memory(a);
    for (unsigned char k = SAVED; k <= LOST && !st; k++) {
        hz_finding *f = NULL;
        for (size_t i = 0; i < a->n && !st; i++)
            if (state[i] == k && !add_to(a, &f, codes[k], severities[k], i))
                st = no_memory(a);
        if (!st && f && !hz_finding_say(f, 0, kinds[k].why))
            st = no_memory(a);
    }
    hz_mem_free(state);
    return st;
}

/* ---- plane ------------------------------------------------------------------------------ */

/* The areas' own system if it measures true, else the one for their place; NULL without one. */
static hz_status metric_system(const audit *a, hz_crs **out)
{
    const hz_crs *own = hz_layer_crs(a->areas);
    *out = NULL;
    if (!own)
        return HZ_OK;
    if (hz_crs_is_degrees(own) || hz_crs_is_web_mercator(own))
        return hz_crs_metric_about(own, hz_shapes_box(a->mended), out, a->err);
    *out = hz_crs_copy(own);
    return *out ? HZ_OK : no_memory(a);
}

static double smallest_area(const hz_shapes *s)
{
    double least = INFINITY;
    for (size_t i = 0; i < s->features; i++) {
        double area = hz_shape_area(s, i);
        if (area > 0 && area < least)
            least = area;
    }
    return least;
}

static hz_status add_overlaps(audit *a, const hz_coverage *c, double unit2)
{
    /* less than a thousandth of the smaller area is a sliver of two tracings */
    const double sliver = 0.001;
    double sum = 0;
    size_t real = 0;
    for (size_t i = 0; i < c->overlaps; i++) {
        sum += c->overlap[i].area * unit2;
        real += c->overlap[i].share >= sliver;
    }
    if (!c->overlaps)
        return HZ_OK;
    hz_severity how = a->opts->overlap ? HZ_QUALITY_NOTE
                      : real ? HZ_QUALITY_FAULT : HZ_QUALITY_WARNING;
    const char *code = a->opts->overlap ? "areas-overlap-meant"
                       : real ? "areas-overlap" : "areas-sliver";
    hz_finding *f = hz_quality_add(a->q, code, how, c->overlaps, a->n);
    if (!f)
        return no_memory(a);
    f->value[0] = sum;
    f->value[1] = c->overlap[0].area * unit2;
    f->value[2] = (double)c->overlap[0].a + 1;
    f->value[3] = (double)c->overlap[0].b + 1;
    f->value[4] = c->overlap[0].share;
    return HZ_OK;
}

static hz_status report_plane(audit *a)
{
    hz_crs *metric = NULL;
    hz_shapes *flat = NULL;
    hz_coverage c = { 0 };
    hz_error cannot = { .text = "" };
    double unit = 1;
    hz_status st;

    if (!a->mended || hz_shapes_box(a->mended).xmin > hz_shapes_box(a->mended).xmax)
        return HZ_OK;
    st = metric_system(a, &metric);
    if (!st && metric) {
        st = hz_crs_shapes(hz_layer_crs(a->areas), metric, a->mended, &flat, a->err);
        unit = hz_crs_unit_m(metric);
    }
    const hz_shapes *s = flat ? flat : a->mended;
    double smallest = st ? 0 : smallest_area(s);
    /* without a reference system a metre is not known: a millionth of the smallest area */
    double least = metric ? 1 / (unit * unit) : smallest / 1e6;
    if (!st && isfinite(smallest)) {
        st = hz_coverage_find(s, least, smallest / 2, &c, &cannot);
        if (st == HZ_EMEMORY) {
            st = no_memory(a);
        } else if (st) {
            hz_finding *f = hz_quality_add(a->q, "areas-not-overlaid", HZ_QUALITY_WARNING, a->n,
                                           a->n);
            st = f && hz_finding_say(f, 0, cannot.text) ? HZ_OK : no_memory(a);
        }
    }
    if (!st)
        st = add_overlaps(a, &c, unit * unit);
    if (!st && c.gaps) {
        double sum = 0;
        for (size_t i = 0; i < c.gaps; i++)
            sum += c.gap[i].area * unit * unit;
        hz_finding *f = hz_quality_add(a->q, "areas-gap", HZ_QUALITY_WARNING, c.gaps, a->n);
        if (f) {
            f->value[0] = sum;
            f->value[1] = c.gap[0].area * unit * unit;
        }
        st = f ? HZ_OK : no_memory(a);
    }
    hz_coverage_clear(&c);
    hz_shapes_free(flat);
    hz_crs_free(metric);
    return st;
}

static hz_status report_crs(audit *a)
{
    const hz_crs *crs = hz_layer_crs(a->areas);
    if (!crs)
        return hz_quality_add(a->q, "source-no-crs", HZ_QUALITY_WARNING, 1, 1) ? HZ_OK
                                                                               : no_memory(a);
    const char *code = hz_crs_is_degrees(crs) ? "areas-in-degrees"
                       : hz_crs_is_web_mercator(crs) ? "areas-in-web-mercator" : "areas-in-metres";
    hz_finding *f = hz_quality_add(a->q, code, HZ_QUALITY_NOTE, a->n, a->n);
    return f && hz_finding_say(f, 0, hz_crs_name(crs)) ? HZ_OK : no_memory(a);
}

/* ---- keys and names --------------------------------------------------------------------- */

/* Rows whose text was there before, and rows without one. */
static hz_status report_texts(audit *a, size_t column, const char *same, hz_severity same_is,
                              const char *none, hz_severity none_is)
{
    hz_keyset set;
    hz_finding *twice = NULL, *empty = NULL;
    hz_status st = hz_keyset_read(a->areas, column, &set, a->err);
    if (st)
        return st;
    bool *again = hz_mem_new(a->n, sizeof *again);
    if (!again)
        st = no_memory(a);
    for (size_t i = 1; i < a->n && !st; i++)
        if (*set.sorted[i].text && strcmp(set.sorted[i - 1].text, set.sorted[i].text) == 0)
            again[set.sorted[i].row] = true;
    for (size_t i = 0; i < a->n && !st; i++)
        if (again[i] && !add_to(a, &twice, same, same_is, i))
            st = no_memory(a);
    if (twice && !hz_finding_say(twice, 0, hz_layer_column_name(a->areas, column)))
        st = no_memory(a);
    for (size_t i = 0; i < a->n && !st; i++)
        if (!*set.text[i] && !add_to(a, &empty, none, none_is, i))
            st = no_memory(a);
    if (!st && empty && !hz_finding_say(empty, 0, hz_layer_column_name(a->areas, column)))
        st = no_memory(a);
    hz_mem_free(again);
    hz_keyset_free(&set);
    return st;
}

hz_status hz_area_key(const hz_layer *areas, const char *id, int *column, hz_error *err)
{
    hz_keys keys = { NULL, NULL };
    hz_error none = { .text = "" };
    size_t found = 0;
    *column = hz_layer_find(areas, "id");
    if (id) {
        hz_status st = hz_layer_need(areas, id, &found, err);
        if (!st)
            *column = (int)found;
        return st;
    }
    if (*column >= 0)
        return HZ_OK;
    hz_status st = hz_match_keys(areas, NULL, NULL, &keys, &none);
    if (st == HZ_EMEMORY)
        return hz_fail(err, st, "%s", none.text);
    if (!st)
        *column = hz_layer_find(areas, keys.id);
    return HZ_OK;
}

static hz_status report_keys(audit *a)
{
    static const char *const names[] = { "name", "navn", "label", "title", "titel", "area_name",
                                         "bydelnavn", "bydelsnavn", "kommunenavn", "betegnelse" };
    int key = -1, name = -1;
    hz_status st = hz_area_key(a->areas, a->opts->id, &key, a->err);
    if (!st && key < 0 && !hz_quality_add(a->q, "areas-no-key", HZ_QUALITY_FAULT, a->n, a->n))
        st = no_memory(a);
    if (!st && key >= 0)
        st = report_texts(a, (size_t)key, "areas-same-id", HZ_QUALITY_FAULT, "areas-no-id",
                          HZ_QUALITY_FAULT);
    if (!st)
        st = hz_pick_column(a->areas, a->opts->name, names, sizeof names / sizeof *names, &name,
                            a->err);
    if (!st && name >= 0 && name != key)
        st = report_texts(a, (size_t)name, "areas-same-name", HZ_QUALITY_WARNING, "areas-unnamed",
                          HZ_QUALITY_WARNING);
    return st;
}

/* ---- together --------------------------------------------------------------------------- */

hz_status hz_quality_areas(const hz_layer *areas, const hz_quality_areas_opts *opts,
                           hz_quality **out, hz_error *err)
{
    static const hz_quality_areas_opts defaults = { NULL, NULL, false };
    audit a = { .areas = areas, .opts = opts ? opts : &defaults, .err = err,
                .shapes = hz_layer_shapes(areas), .n = hz_layer_rows(areas) };
    hz_status st;
    if (a.shapes && a.shapes->kind == HZ_NOSHAPE)
        a.shapes = NULL;
    if (a.shapes && a.shapes->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EDATA, "%s: has no polygons, expected areas", hz_layer_name(areas));
    st = hz_quality_new(areas, HZ_ROLE_AREAS, &a.q, err);
    if (!st && a.n == 0 && !hz_quality_add(a.q, "rows-none", HZ_QUALITY_FAULT, 0, 0))
        st = no_memory(&a);
    if (!st && !a.shapes && !hz_quality_add(a.q, "areas-list", HZ_QUALITY_NOTE, a.n, a.n))
        st = no_memory(&a);
    if (!st && a.n && a.shapes)
        st = report_crs(&a);
    if (!st && a.n && a.shapes)
        st = report_parts(&a);
    if (!st && a.n && a.shapes)
        st = report_rings(&a);
    if (!st && a.n && a.shapes)
        st = report_plane(&a);
    if (!st && a.n)
        st = report_keys(&a);
    hz_shapes_free(a.mended);
    if (st) {
        hz_quality_free(a.q);
        return st;
    }
    hz_quality_sort(a.q);
    *out = a.q;
    return HZ_OK;
}
