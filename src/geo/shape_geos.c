/* What GEOS does for us: finds faults in polygons, repairs them, overlays them. */
#include "hotzone/shape.h"

#include <geos_c.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"

/* One GEOS context per call: nothing is shared between threads, nothing is printed. */
typedef struct {
    GEOSContextHandle_t geos;
    char said[300]; /* the last complaint of GEOS */
} session;

static void hear_error(const char *message, void *user)
{
    session *s = user;
    snprintf(s->said, sizeof s->said, "%s", message);
}

static void hear_nothing(const char *message, void *user)
{
    (void)message;
    (void)user;
}

static bool session_begin(session *s)
{
    s->said[0] = '\0';
    s->geos = GEOS_init_r();
    if (!s->geos)
        return false;
    GEOSContext_setErrorMessageHandler_r(s->geos, hear_error, s);
    GEOSContext_setNoticeMessageHandler_r(s->geos, hear_nothing, NULL);
    return true;
}

static void session_end(session *s)
{
    if (s->geos)
        GEOS_finish_r(s->geos);
}

/* ---- to GEOS ---------------------------------------------------------------------- */

/* GEOS takes only closed rings of four vertices or more, of finite numbers.  `x` and `y`
 * hold a cleaned copy; returns its length, 0 for a ring of which nothing can be made. */
static size_t clean_ring(const hz_shapes *s, size_t r, double *x, double *y)
{
    size_t n = 0;
    for (size_t i = s->first_point[r]; i < s->first_point[r + 1]; i++) {
        if (!isfinite(s->x[i]) || !isfinite(s->y[i]))
            continue;
        x[n] = s->x[i];
        y[n++] = s->y[i];
    }
    if (n > 0 && (x[0] != x[n - 1] || y[0] != y[n - 1])) {
        x[n] = x[0];
        y[n++] = y[0];
    }
    return n >= 4 ? n : 0;
}

static GEOSGeometry *ring_to_geos(session *g, const hz_shapes *s, size_t r, double *x,
                                  double *y)
{
    size_t n = clean_ring(s, r, x, y);
    if (n == 0 || n > UINT32_MAX)
        return NULL;
    GEOSCoordSequence *seq =
        GEOSCoordSeq_copyFromArrays_r(g->geos, x, y, NULL, NULL, (unsigned)n);
    return seq ? GEOSGeom_createLinearRing_r(g->geos, seq) : NULL;
}

static void destroy_all(session *g, GEOSGeometry **geoms, size_t n)
{
    for (size_t i = 0; i < n; i++)
        GEOSGeom_destroy_r(g->geos, geoms[i]);
}

/* A multipolygon of the feature's rings; rings of which nothing can be made are left out,
 * and so is a hole without an outer ring before it. */
static hz_status to_geos(session *g, const hz_shapes *s, size_t f, GEOSGeometry **out,
                         hz_error *err)
{
    size_t first = s->first_ring[f], last = s->first_ring[f + 1], most = 1;
    for (size_t r = first; r < last; r++)
        if (s->first_point[r + 1] - s->first_point[r] >= most)
            most = s->first_point[r + 1] - s->first_point[r] + 1;
    double *x = hz_mem_new(most, sizeof *x), *y = hz_mem_new(most, sizeof *y);
    GEOSGeometry **parts = hz_mem_new(last - first + 1, sizeof *parts);
    GEOSGeometry **holes = hz_mem_new(last - first + 1, sizeof *holes);
    GEOSGeometry *whole = NULL;
    size_t part_count = 0;
    hz_status st = HZ_OK;
    if (!x || !y || !parts || !holes) {
        st = hz_mem_fail(err, "polygon");
        goto done;
    }
    for (size_t r = first; r < last;) {
        GEOSGeometry *outer = s->hole[r] ? NULL : ring_to_geos(g, s, r, x, y);
        size_t hole_count = 0;
        bool orphan = s->hole[r] != 0;
        for (r += orphan ? 0 : 1; r < last && s->hole[r]; r++) {
            GEOSGeometry *hole = outer ? ring_to_geos(g, s, r, x, y) : NULL;
            if (hole)
                holes[hole_count++] = hole;
        }
        if (!outer)
            continue;
        GEOSGeometry *part = GEOSGeom_createPolygon_r(g->geos, outer, holes,
                                                      (unsigned)hole_count);
        if (!part) {
            st = hz_fail(err, HZ_EDATA, "polygon %zu: %s", f + 1, g->said);
            goto done;
        }
        parts[part_count++] = part;
    }
    whole = GEOSGeom_createCollection_r(g->geos, GEOS_MULTIPOLYGON, parts,
                                        (unsigned)part_count);
    part_count = 0; /* GEOS owns them now, also when it fails */
    if (!whole)
        st = hz_fail(err, HZ_EDATA, "polygon %zu: %s", f + 1, g->said);
done:
    if (parts)
        destroy_all(g, parts, part_count);
    hz_mem_free(parts);
    hz_mem_free(holes);
    hz_mem_free(x);
    hz_mem_free(y);
    if (!st)
        *out = whole;
    return st;
}

/* ---- from GEOS -------------------------------------------------------------------- */

/* Shapes that grow; rings and points are doubled when full. */
typedef struct {
    hz_shapes *shapes;
    size_t ring_room, point_room;
} builder;

static bool need_room(builder *b, size_t rings, size_t points)
{
    hz_shapes *s = b->shapes;
    if (s->rings + rings > b->ring_room) {
        size_t room = 2 * (s->rings + rings);
        size_t *first = hz_mem_resize(s->first_point, room + 1, sizeof *first);
        if (first)
            s->first_point = first;
        unsigned char *hole = first ? hz_mem_resize(s->hole, room, 1) : NULL;
        if (!hole)
            return false;
        s->hole = hole;
        b->ring_room = room;
    }
    if (s->points + points > b->point_room) {
        size_t room = 2 * (s->points + points);
        double *x = hz_mem_resize(s->x, room, sizeof *x);
        if (x)
            s->x = x;
        double *y = x ? hz_mem_resize(s->y, room, sizeof *y) : NULL;
        if (!y)
            return false;
        s->y = y;
        b->point_room = room;
    }
    return true;
}

static void end_ring(builder *b, size_t points, unsigned char hole)
{
    hz_shapes *s = b->shapes;
    s->points += points;
    s->hole[s->rings++] = hole;
    s->first_point[s->rings] = s->points;
}

static hz_status add_geos_ring(builder *b, session *g, const GEOSGeometry *ring,
                               unsigned char hole, hz_error *err)
{
    const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(g->geos, ring);
    unsigned n = 0;
    if (!seq || !GEOSCoordSeq_getSize_r(g->geos, seq, &n))
        return hz_fail(err, HZ_EDATA, "polygon: %s", g->said);
    if (!need_room(b, 1, n))
        return hz_mem_fail(err, "polygon");
    hz_shapes *s = b->shapes;
    if (!GEOSCoordSeq_copyToArrays_r(g->geos, seq, s->x + s->points, s->y + s->points, NULL,
                                     NULL))
        return hz_fail(err, HZ_EDATA, "polygon: %s", g->said);
    end_ring(b, n, hole);
    return HZ_OK;
}

/* Add the polygons of a geometry; lines and points left over by a repair are dropped. */
static hz_status add_geos(builder *b, session *g, const GEOSGeometry *geom, hz_error *err)
{
    hz_status st = HZ_OK;
    int type = GEOSGeomTypeId_r(g->geos, geom);
    if (type == GEOS_POLYGON && !GEOSisEmpty_r(g->geos, geom)) {
        st = add_geos_ring(b, g, GEOSGetExteriorRing_r(g->geos, geom), 0, err);
        int holes = GEOSGetNumInteriorRings_r(g->geos, geom);
        for (int i = 0; i < holes && !st; i++)
            st = add_geos_ring(b, g, GEOSGetInteriorRingN_r(g->geos, geom, i), 1, err);
    } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        int n = GEOSGetNumGeometries_r(g->geos, geom);
        for (int i = 0; i < n && !st; i++)
            st = add_geos(b, g, GEOSGetGeometryN_r(g->geos, geom, i), err);
    }
    return st;
}

static hz_status add_as_is(builder *b, const hz_shapes *from, size_t f, hz_error *err)
{
    size_t first = from->first_ring[f], last = from->first_ring[f + 1];
    size_t points = from->first_point[last] - from->first_point[first];
    hz_shapes *s = b->shapes;
    if (!need_room(b, last - first, points))
        return hz_mem_fail(err, "polygon");
    for (size_t r = first; r < last; r++) {
        size_t at = from->first_point[r], n = from->first_point[r + 1] - at;
        for (size_t i = 0; i < n; i++) {
            s->x[s->points + i] = from->x[at + i];
            s->y[s->points + i] = from->y[at + i];
        }
        end_ring(b, n, from->hole[r]);
    }
    return HZ_OK;
}

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

static const char *geos_fault(session *g, const hz_shapes *s, size_t f, char *text, size_t size)
{
    GEOSGeometry *geom = NULL, *where = NULL;
    char *reason = NULL;
    double x = NAN, y = NAN;
    hz_error err;
    const char *fault = NULL;
    if (to_geos(g, s, f, &geom, &err))
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

static const char *fault_of(session *g, const hz_shapes *s, size_t f, char *text, size_t size)
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
    session g;
    if (!shapes->first_ring) {
        bool none = feature >= shapes->points || isnan(shapes->x[feature]) ||
                    isnan(shapes->y[feature]);
        if (none || (isfinite(shapes->x[feature]) && isfinite(shapes->y[feature])))
            return NULL;
        return say(text, size, "coordinate is not finite");
    }
    if (!session_begin(&g))
        return say(text, size, "could not be checked: not enough memory");
    const char *fault = fault_of(&g, shapes, feature, text, size);
    session_end(&g);
    return fault;
}

/* ---- repair and overlay ----------------------------------------------------------- */

static hz_status add_repaired(builder *b, session *g, GEOSMakeValidParams *how,
                              const hz_shapes *s, size_t f, hz_error *err)
{
    GEOSGeometry *geom = NULL, *valid = NULL;
    hz_status st = to_geos(g, s, f, &geom, err);
    if (st)
        return st;
    valid = GEOSMakeValidWithParams_r(g->geos, geom, how);
    st = valid ? add_geos(b, g, valid, err)
               : hz_fail(err, HZ_EDATA, "polygon %zu: cannot be repaired: %s", f + 1, g->said);
    if (valid)
        GEOSGeom_destroy_r(g->geos, valid);
    GEOSGeom_destroy_r(g->geos, geom);
    return st;
}

hz_status hz_shapes_repair(const hz_shapes *shapes, hz_shapes **out, size_t *repaired,
                           hz_error *err)
{
    session g = { 0 };
    GEOSMakeValidParams *how = NULL;
    builder b = { 0 };
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
    if (!session_begin(&g) || !(how = GEOSMakeValidParams_create_r(g.geos)) ||
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
            st = add_as_is(&b, shapes, f, err);
        }
        b.shapes->first_ring[f + 1] = b.shapes->rings;
    }
done:
    if (how)
        GEOSMakeValidParams_destroy_r(g.geos, how);
    session_end(&g);
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
    session g = { 0 };
    GEOSGeometry *ga = NULL, *gb = NULL, *both = NULL;
    double value = 0;
    hz_status st = HZ_OK;
    if (a->kind != HZ_POLYGON || b->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "overlap: expected two polygons");
    if (!boxes_meet(hz_shapes_feature_box(a, fa), hz_shapes_feature_box(b, fb))) {
        *area = 0;
        return HZ_OK;
    }
    if (!session_begin(&g))
        return hz_mem_fail(err, "overlap");
    st = to_geos(&g, a, fa, &ga, err);
    if (!st)
        st = to_geos(&g, b, fb, &gb, err);
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
    session_end(&g);
    if (!st)
        *area = value;
    return st;
}
