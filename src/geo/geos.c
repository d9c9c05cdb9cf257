/* Between our flat rings and GEOS's geometries. */
#include "geo/geos.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "hotzone/mem.h"

static void hear_error(const char *message, void *user)
{
    hz_geos *s = user;
    snprintf(s->said, sizeof s->said, "%s", message);
}

static void hear_nothing(const char *message, void *user)
{
    (void)message;
    (void)user;
}

bool hz_geos_begin(hz_geos *s)
{
    s->said[0] = '\0';
    s->geos = GEOS_init_r();
    if (!s->geos)
        return false;
    GEOSContext_setErrorMessageHandler_r(s->geos, hear_error, s);
    GEOSContext_setNoticeMessageHandler_r(s->geos, hear_nothing, NULL);
    return true;
}

void hz_geos_end(hz_geos *s)
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

static GEOSGeometry *ring_to_geos(hz_geos *g, const hz_shapes *s, size_t r, double *x,
                                  double *y)
{
    size_t n = clean_ring(s, r, x, y);
    if (n == 0 || n > UINT32_MAX)
        return NULL;
    GEOSCoordSequence *seq =
        GEOSCoordSeq_copyFromArrays_r(g->geos, x, y, NULL, NULL, (unsigned)n);
    return seq ? GEOSGeom_createLinearRing_r(g->geos, seq) : NULL;
}

static void destroy_all(hz_geos *g, GEOSGeometry **geoms, size_t n)
{
    for (size_t i = 0; i < n; i++)
        GEOSGeom_destroy_r(g->geos, geoms[i]);
}

hz_status hz_geos_from(hz_geos *g, const hz_shapes *s, size_t f, GEOSGeometry **out,
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

static bool need_room(hz_geos_builder *b, size_t rings, size_t points)
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

static void end_ring(hz_geos_builder *b, size_t points, unsigned char hole)
{
    hz_shapes *s = b->shapes;
    s->points += points;
    s->hole[s->rings++] = hole;
    s->first_point[s->rings] = s->points;
}

static hz_status add_geos_ring(hz_geos_builder *b, hz_geos *g, const GEOSGeometry *ring,
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

hz_status hz_geos_add(hz_geos_builder *b, hz_geos *g, const GEOSGeometry *geom, hz_error *err)
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
            st = hz_geos_add(b, g, GEOSGetGeometryN_r(g->geos, geom, i), err);
    }
    return st;
}

hz_status hz_geos_add_as_is(hz_geos_builder *b, const hz_shapes *from, size_t f, hz_error *err)
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
