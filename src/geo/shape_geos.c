/* Finds faults in polygons, repairs them, and measures how far two overlap. */
#include "hotzone/shape.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/geos.h"
#include "hotzone/mem.h"

/* ---- faults ----------------------------------------------------------------------- */

static const char *at_point(char *text, size_t size, const char *what, double x, double y)
{
    snprintf(text, size, "%s near %.10g %.10g", what, x, y);
    return text;
}

static const char *say(char *text, size_t size, const char *what)
{
    snprintf(text, size, "%s", what);
    return text;
}

static bool has_extent(const hz_shapes *s, size_t r)
{
    size_t first = s->first_point[r], last = s->first_point[r + 1];
    double twice = 0;
    for (size_t i = first; i + 1 < last; i++)
        twice += (s->x[i] - s->x[first]) * (s->y[i + 1] - s->y[first]) -
                 (s->y[i] - s->y[first]) * (s->x[i + 1] - s->x[first]);
    return twice != 0;
}

/* Faults that need no geometry library. */
static const char *plain_fault(const hz_shapes *s, size_t f, char *text, size_t size)
{
    bool area = s->kind == HZ_POLYGON;
    for (size_t r = s->first_ring[f]; r < s->first_ring[f + 1]; r++) {
        size_t first = s->first_point[r], n = s->first_point[r + 1] - first;
        for (size_t i = first; i < first + n; i++)
            if (!isfinite(s->x[i]) || !isfinite(s->y[i]))
                return say(text, size, "coordinate is not finite");
        if (area && r == s->first_ring[f] && s->hole[r])
            return say(text, size, "hole without an outer ring");
        if (n < (area ? 4u : 2u))
            return say(text, size, area ? "ring has fewer than 4 vertices"
                                        : "line has fewer than 2 vertices");
        if (area && (s->x[first] != s->x[first + n - 1] || s->y[first] != s->y[first + n - 1]))
            return at_point(text, size, "ring is not closed", s->x[first], s->y[first]);
    }
    return NULL;
}

/* GEOS's reasons in our words. */
static const char *translate(const char *reason)
{
    static const struct {
        const char *theirs, *ours;
    } words[] = {
        { "Ring Self-intersection", "ring touches itself" },
        { "Self-intersection", "ring crosses itself or another ring" },
        { "Hole lies outside shell", "hole lies outside its outer ring" },
        { "Holes are nested", "hole lies in another hole" },
        { "Nested shells", "part lies in another part" },
        { "Interior is disconnected", "holes cut the polygon in two" },
        { "Duplicate Rings", "ring is there twice" },
        { "Too few points in geometry component", "ring has no area" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(reason, words[i].theirs) == 0)
            return words[i].ours;
    return reason;
}

static const char *geos_fault(hz_geos *g, const hz_shapes *s, size_t f, char *text, size_t size)
{
    GEOSGeometry *geom = NULL, *where = NULL;
    char *reason = NULL;
    double x = NAN, y = NAN;
    hz_error err;
    const char *fault = NULL;
    if (hz_geos_from(g, s, f, &geom, &err))
        return say(text, size, err.text);
    char valid = GEOSisValidDetail_r(g->geos, geom, 0, &reason, &where);
    if (valid == 0) {
        if (where) {
            GEOSGeomGetX_r(g->geos, where, &x);
            GEOSGeomGetY_r(g->geos, where, &y);
        }
        fault = at_point(text, size, translate(reason ? reason : "polygon is not valid"), x, y);
    } else if (valid != 1) {
        fault = say(text, size, g->said);
    }
    if (reason)
        GEOSFree_r(g->geos, reason);
    if (where)
        GEOSGeom_destroy_r(g->geos, where);
    GEOSGeom_destroy_r(g->geos, geom);
    return fault;
}

static const char *fault_of(hz_geos *g, const hz_shapes *s, size_t f, char *text, size_t size)
{
    const char *fault = plain_fault(s, f, text, size);
    if (fault || s->kind != HZ_POLYGON || s->first_ring[f] == s->first_ring[f + 1])
        return fault;
    for (size_t r = s->first_ring[f]; r < s->first_ring[f + 1]; r++)
        if (!has_extent(s, r) && s->first_point[r + 1] - s->first_point[r] == 4)
            return at_point(text, size, "ring has no area", s->x[s->first_point[r]],
                            s->y[s->first_point[r]]);
    return geos_fault(g, s, f, text, size);
}

const char *hz_shape_fault(const hz_shapes *shapes, size_t feature, char *text, size_t size)
{
    hz_geos g;
    if (!shapes->first_ring) {
        bool none = feature >= shapes->points || isnan(shapes->x[feature]) ||
                    isnan(shapes->y[feature]);
        if (none || (isfinite(shapes->x[feature]) && isfinite(shapes->y[feature])))
            return NULL;
        return say(text, size, "coordinate is not finite");
    }
    if (!hz_geos_begin(&g))
        return say(text, size, "could not be checked: not enough memory");
    const char *fault = fault_of(&g, shapes, feature, text, size);
    hz_geos_end(&g);
    return fault;
}

/* ---- repair and overlay ----------------------------------------------------------- */

static hz_status add_repaired(hz_geos_builder *b, hz_geos *g, GEOSMakeValidParams *how,
                              const hz_shapes *s, size_t f, hz_error *err)
{
    GEOSGeometry *geom = NULL, *valid = NULL;
    hz_status st = hz_geos_from(g, s, f, &geom, err);
    if (st)
        return st;
    valid = GEOSMakeValidWithParams_r(g->geos, geom, how);
    st = valid ? hz_geos_add(b, g, valid, err)
               : hz_fail(err, HZ_EDATA, "polygon %zu: cannot be repaired: %s", f + 1, g->said);
    if (valid)
        GEOSGeom_destroy_r(g->geos, valid);
    GEOSGeom_destroy_r(g->geos, geom);
    return st;
}

hz_status hz_shapes_repair(const hz_shapes *shapes, hz_shapes **out, size_t *repaired,
                           hz_error *err)
{
    hz_geos g = { 0 };
    GEOSMakeValidParams *how = NULL;
    hz_geos_builder b = { 0 };
    size_t count = 0;
    hz_status st;
    if (shapes->kind != HZ_POLYGON) {
        st = hz_shapes_copy(shapes, out, err);
        if (!st && repaired)
            *repaired = 0;
        return st;
    }
    b.ring_room = shapes->rings;
    b.point_room = shapes->points;
    st = hz_shapes_new(HZ_POLYGON, shapes->features, shapes->rings, shapes->points, &b.shapes,
                       err);
    if (st)
        goto done;
    b.shapes->rings = b.shapes->points = 0; /* the room is there, nothing is in it yet */
    if (!hz_geos_begin(&g) || !(how = GEOSMakeValidParams_create_r(g.geos)) ||
        !GEOSMakeValidParams_setMethod_r(g.geos, how, GEOS_MAKE_VALID_STRUCTURE) ||
        !GEOSMakeValidParams_setKeepCollapsed_r(g.geos, how, 0)) {
        st = hz_mem_fail(err, "repair");
        goto done;
    }
    for (size_t f = 0; f < shapes->features && !st; f++) {
        char text[200];
        if (fault_of(&g, shapes, f, text, sizeof text)) {
            st = add_repaired(&b, &g, how, shapes, f, err);
            count++;
        } else {
            st = hz_geos_add_as_is(&b, shapes, f, err);
        }
        b.shapes->first_ring[f + 1] = b.shapes->rings;
    }
done:
    if (how)
        GEOSMakeValidParams_destroy_r(g.geos, how);
    hz_geos_end(&g);
    if (st) {
        hz_shapes_free(b.shapes);
    } else {
        *out = b.shapes;
        if (repaired)
            *repaired = count;
    }
    return st;
}

static bool boxes_meet(hz_box a, hz_box b)
{
    return a.xmin <= b.xmax && b.xmin <= a.xmax && a.ymin <= b.ymax && b.ymin <= a.ymax;
}

hz_status hz_shape_overlap(const hz_shapes *a, size_t fa, const hz_shapes *b, size_t fb,
                           double *area, hz_error *err)
{
    hz_geos g = { 0 };
    GEOSGeometry *ga = NULL, *gb = NULL, *both = NULL;
    double value = 0;
    hz_status st = HZ_OK;
    if (a->kind != HZ_POLYGON || b->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "overlap: expected two polygons");
    if (!boxes_meet(hz_shapes_feature_box(a, fa), hz_shapes_feature_box(b, fb))) {
        *area = 0;
        return HZ_OK;
    }
    if (!hz_geos_begin(&g))
        return hz_mem_fail(err, "overlap");
    st = hz_geos_from(&g, a, fa, &ga, err);
    if (!st)
        st = hz_geos_from(&g, b, fb, &gb, err);
    if (st)
        goto done;
    both = GEOSIntersection_r(g.geos, ga, gb);
    if (!both || !GEOSArea_r(g.geos, both, &value))
        st = hz_fail(err, HZ_EDATA, "overlap of polygons %zu and %zu: %s; repair them first",
                     fa + 1, fb + 1, g.said);
done:
    if (both)
        GEOSGeom_destroy_r(g.geos, both);
    if (gb)
        GEOSGeom_destroy_r(g.geos, gb);
    if (ga)
        GEOSGeom_destroy_r(g.geos, ga);
    hz_geos_end(&g);
    if (!st)
        *area = value;
    return st;
}
