/* Set operations between polygons, by GEOS. */
#include "hotzone/overlay.h"

#include <math.h>

#include "geo/geos.h"
#include "hotzone/mem.h"

enum { QUARTER = 16 /* segments of a buffer's quarter circle */ };

static hz_status check(const hz_shapes *s, size_t f, const char *who, hz_error *err)
{
    if (s->kind != HZ_POLYGON || f >= s->features)
        return hz_fail(err, HZ_EUSAGE, "%s: feature %zu of %zu, expected a polygon", who, f + 1,
                       s->features);
    return HZ_OK;
}

static hz_status failed(hz_geos *g, const char *who, hz_error *err)
{
    return hz_fail(err, HZ_EDATA, "%s: %s; repair the polygons first", who, g->said);
}

/* One feature of what GEOS made; the geometry is yours still. */
static hz_status give(hz_geos *g, const GEOSGeometry *geom, hz_shapes **out, hz_error *err)
{
    hz_geos_builder b = { 0 };
    hz_status st = hz_shapes_new(HZ_POLYGON, 1, 0, 0, &b.shapes, err);
    if (!st)
        st = hz_geos_add(&b, g, geom, err);
    if (st) {
        hz_shapes_free(b.shapes);
        return st;
    }
    b.shapes->first_ring[1] = b.shapes->rings;
    *out = b.shapes;
    return HZ_OK;
}

static GEOSGeometry *operate(hz_geos *g, const GEOSGeometry *a, const GEOSGeometry *b,
                             hz_overlay_kind kind)
{
    switch (kind) {
    case HZ_OVERLAY_INTERSECTION: return GEOSIntersection_r(g->geos, a, b);
    case HZ_OVERLAY_DIFFERENCE: return GEOSDifference_r(g->geos, a, b);
    default: return GEOSUnion_r(g->geos, a, b);
    }
}

hz_status hz_overlay(const hz_shapes *a, size_t fa, const hz_shapes *b, size_t fb,
                     hz_overlay_kind kind, hz_shapes **out, hz_error *err)
{
    static const char who[] = "overlay";
    hz_geos g;
    GEOSGeometry *ga = NULL, *gb = NULL, *made = NULL;
    hz_status st = check(a, fa, who, err);
    if (!st)
        st = check(b, fb, who, err);
    if (st)
        return st;
    if (!hz_geos_begin(&g))
        return hz_mem_fail(err, who);
    st = hz_geos_from(&g, a, fa, &ga, err);
    if (!st)
        st = hz_geos_from(&g, b, fb, &gb, err);
    if (!st && !(made = operate(&g, ga, gb, kind)))
        st = failed(&g, who, err);
    if (!st)
        st = give(&g, made, out, err);
    GEOSGeom_destroy_r(g.geos, made);
    GEOSGeom_destroy_r(g.geos, gb);
    GEOSGeom_destroy_r(g.geos, ga);
    hz_geos_end(&g);
    return st;
}

hz_status hz_overlay_dissolve(const hz_shapes *shapes, const unsigned char *keep, hz_shapes **out,
                              hz_error *err)
{
    static const char who[] = "dissolve";
    hz_geos g;
    size_t n = 0;
    GEOSGeometry *all = NULL, *made = NULL;
    hz_status st = HZ_OK;
    if (shapes->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "%s: expected polygons", who);
    GEOSGeometry **each = hz_mem_new(shapes->features + 1, sizeof *each);
    if (!each)
        return hz_mem_fail(err, who);
    if (!hz_geos_begin(&g)) {
        hz_mem_free(each);
        return hz_mem_fail(err, who);
    }
    for (size_t f = 0; f < shapes->features && !st; f++)
        if (!keep || keep[f])
            st = hz_geos_from(&g, shapes, f, &each[n++], err);
    if (st) { /* the last of them was not made */
        for (size_t i = 0; i + 1 < n; i++)
            GEOSGeom_destroy_r(g.geos, each[i]);
        goto done;
    }
    all = GEOSGeom_createCollection_r(g.geos, GEOS_GEOMETRYCOLLECTION, each, (unsigned)n);
    if (!all || !(made = GEOSUnaryUnion_r(g.geos, all)))
        st = failed(&g, who, err);
    if (!st)
        st = give(&g, made, out, err);
done:
    GEOSGeom_destroy_r(g.geos, made);
    GEOSGeom_destroy_r(g.geos, all);
    hz_geos_end(&g);
    hz_mem_free(each);
    return st;
}

/* What has one polygon for an operand. */
typedef GEOSGeometry *make_fn(hz_geos *g, const GEOSGeometry *of, double by);

static hz_status make_one(const hz_shapes *shapes, size_t feature, make_fn *make, double by,
                          const char *who, hz_shapes **out, hz_error *err)
{
    hz_geos g;
    GEOSGeometry *geom = NULL, *made = NULL;
    hz_status st = check(shapes, feature, who, err);
    if (st)
        return st;
    if (!hz_geos_begin(&g))
        return hz_mem_fail(err, who);
    st = hz_geos_from(&g, shapes, feature, &geom, err);
    if (!st && !(made = make(&g, geom, by)))
        st = failed(&g, who, err);
    if (!st)
        st = give(&g, made, out, err);
    GEOSGeom_destroy_r(g.geos, made);
    GEOSGeom_destroy_r(g.geos, geom);
    hz_geos_end(&g);
    return st;
}

static GEOSGeometry *make_buffer(hz_geos *g, const GEOSGeometry *of, double by)
{
    return GEOSBuffer_r(g->geos, of, by, QUARTER);
}

hz_status hz_overlay_buffer(const hz_shapes *shapes, size_t feature, double distance,
                            hz_shapes **out, hz_error *err)
{
    if (!isfinite(distance))
        return hz_fail(err, HZ_EUSAGE, "buffer: distance %g, expected metres", distance);
    return make_one(shapes, feature, make_buffer, distance, "buffer", out, err);
}

static GEOSGeometry *make_hull(hz_geos *g, const GEOSGeometry *of, double by)
{
    (void)by;
    return GEOSConvexHull_r(g->geos, of);
}

hz_status hz_overlay_hull(const hz_shapes *shapes, size_t feature, hz_shapes **out, hz_error *err)
{
    return make_one(shapes, feature, make_hull, 0, "hull", out, err);
}

static GEOSGeometry *make_general(hz_geos *g, const GEOSGeometry *of, double by)
{
    return GEOSTopologyPreserveSimplify_r(g->geos, of, by);
}

hz_status hz_overlay_generalise(const hz_shapes *shapes, size_t feature, double tolerance,
                                hz_shapes **out, hz_error *err)
{
    if (!(tolerance >= 0) || !isfinite(tolerance))
        return hz_fail(err, HZ_EUSAGE, "generalise: tolerance %g, expected metres", tolerance);
    return make_one(shapes, feature, make_general, tolerance, "generalise", out, err);
}

hz_status hz_overlay_circle(const hz_shapes *shapes, size_t feature, double *x, double *y,
                            double *radius, hz_error *err)
{
    static const char who[] = "smallest circle";
    hz_geos g;
    GEOSGeometry *geom = NULL, *made = NULL, *centre = NULL;
    double r = 0, cx = 0, cy = 0;
    hz_status st = check(shapes, feature, who, err);
    if (!st && shapes->first_ring[feature] == shapes->first_ring[feature + 1])
        st = hz_fail(err, HZ_EDATA, "%s: polygon %zu has no rings", who, feature + 1);
    if (st)
        return st;
    if (!hz_geos_begin(&g))
        return hz_mem_fail(err, who);
    st = hz_geos_from(&g, shapes, feature, &geom, err);
    if (!st && (!(made = GEOSMinimumBoundingCircle_r(g.geos, geom, &r, &centre)) || !centre ||
                GEOSGeomGetX_r(g.geos, centre, &cx) != 1 ||
                GEOSGeomGetY_r(g.geos, centre, &cy) != 1))
        st = failed(&g, who, err);
    GEOSGeom_destroy_r(g.geos, centre);
    GEOSGeom_destroy_r(g.geos, made);
    GEOSGeom_destroy_r(g.geos, geom);
    hz_geos_end(&g);
    if (!st) {
        *x = cx;
        *y = cy;
        *radius = r;
    }
    return st;
}
