/* Gathers GDAL's geometries into flat arrays of one kind. */
#include "io/vector_shapes.h"

#include <math.h>
#include <string.h>

#include "hotzone/mem.h"

hz_shape_kind hz_gdal_kind(OGRwkbGeometryType type)
{
    switch (OGR_GT_Flatten(OGR_GT_GetLinear(type))) {
    case wkbPoint:
    case wkbMultiPoint: return HZ_POINT;
    case wkbLineString:
    case wkbMultiLineString: return HZ_LINE;
    case wkbPolygon:
    case wkbMultiPolygon: return HZ_POLYGON;
    default: return HZ_NOSHAPE;
    }
}

const char *hz_gdal_kind_word(hz_shape_kind kind)
{
    static const char *const words[] = { "no shape", "point", "line", "polygon" };
    return words[kind];
}

/* Room for one more feature, ring, or for n more points. */
static bool room_for_feature(hz_gdal_shapes *s)
{
    if (s->features < s->feature_room)
        return true;
    size_t room = s->feature_room ? 2 * s->feature_room : 64;
    size_t *more = hz_mem_resize(s->first_ring, room, sizeof *more);
    if (!more)
        return false;
    s->first_ring = more;
    s->feature_room = room;
    return true;
}

static bool room_for_ring(hz_gdal_shapes *s)
{
    if (s->rings < s->ring_room)
        return true;
    size_t room = s->ring_room ? 2 * s->ring_room : 64;
    size_t *first = hz_mem_resize(s->first_point, room, sizeof *first);
    if (!first)
        return false;
    s->first_point = first;
    unsigned char *hole = hz_mem_resize(s->hole, room, 1);
    if (!hole)
        return false;
    s->hole = hole;
    s->ring_room = room;
    return true;
}

static bool room_for_points(hz_gdal_shapes *s, size_t n)
{
    if (n <= s->point_room - s->points)
        return true;
    size_t room = s->points + n > 2 * s->point_room ? s->points + n + 64 : 2 * s->point_room;
    double *x = hz_mem_resize(s->x, room, sizeof *x);
    if (!x)
        return false;
    s->x = x;
    double *y = hz_mem_resize(s->y, room, sizeof *y);
    if (!y)
        return false;
    s->y = y;
    s->point_room = room;
    return true;
}

/* Where in the source a fault is. */
typedef struct {
    const char *shown;
    size_t feature;
    long long fid;
    hz_error *err;
} place;

static hz_status not_finite(const place *at)
{
    return hz_fail(at->err, HZ_EFORMAT, "%s: feature %zu (FID %lld): a coordinate is not finite, "
                   "expected numbers", at->shown, at->feature, at->fid);
}

static hz_status add_points(hz_gdal_shapes *s, OGRGeometryH path, const place *at)
{
    size_t n = (size_t)OGR_G_GetPointCount(path), from = s->points;
    if (!room_for_points(s, n + 1)) /* one more, should a ring want closing */
        return hz_mem_fail(at->err, at->shown);
    OGR_G_GetPoints(path, s->x + from, sizeof *s->x, s->y + from, sizeof *s->y, NULL, 0);
    for (size_t i = from; i < from + n; i++)
        if (!isfinite(s->x[i]) || !isfinite(s->y[i]))
            return not_finite(at);
    s->points += n;
    return HZ_OK;
}

/* One part of a line, or one ring of a polygon. */
static hz_status add_path(hz_gdal_shapes *s, OGRGeometryH path, bool hole, const place *at)
{
    if (OGR_G_GetPointCount(path) == 0)
        return HZ_OK;
    if (!room_for_ring(s))
        return hz_mem_fail(at->err, at->shown);
    size_t from = s->points;
    s->first_point[s->rings] = from;
    s->hole[s->rings] = hole;
    s->rings++;
    hz_status st = add_points(s, path, at);
    if (st || s->kind != HZ_POLYGON)
        return st;
    size_t last = s->points - 1;
    if (s->x[last] != s->x[from] || s->y[last] != s->y[from]) {
        s->x[s->points] = s->x[from];
        s->y[s->points] = s->y[from];
        s->points++;
    }
    return HZ_OK;
}

static hz_status add_polygon(hz_gdal_shapes *s, OGRGeometryH polygon, const place *at)
{
    hz_status st = HZ_OK;
    int rings = OGR_G_GetGeometryCount(polygon);
    /* holes without a ring around them hold nothing */
    if (rings > 0 && OGR_G_GetPointCount(OGR_G_GetGeometryRef(polygon, 0)) == 0)
        return HZ_OK;
    for (int r = 0; !st && r < rings; r++)
        st = add_path(s, OGR_G_GetGeometryRef(polygon, r), r > 0, at);
    return st;
}

static hz_status add_one(hz_gdal_shapes *s, OGRGeometryH g, const place *at)
{
    if (s->kind == HZ_POLYGON)
        return add_polygon(s, g, at);
    if (s->kind == HZ_LINE)
        return add_path(s, g, false, at);
    return add_points(s, g, at);
}

/* Points are one for each feature, so those without geometry are NaN. */
static hz_status add_nowhere(hz_gdal_shapes *s, size_t n, const place *at)
{
    if (!room_for_points(s, n))
        return hz_mem_fail(at->err, at->shown);
    for (size_t i = 0; i < n; i++) {
        s->x[s->points] = NAN;
        s->y[s->points] = NAN;
        s->points++;
    }
    return HZ_OK;
}

hz_status hz_gdal_shapes_room(hz_gdal_shapes *s, size_t n, hz_error *err)
{
    return room_for_points(s, n) ? HZ_OK : hz_mem_fail(err, "points");
}

static hz_status decide_kind(hz_gdal_shapes *s, OGRGeometryH g, const place *at)
{
    OGRwkbGeometryType type = OGR_G_GetGeometryType(g);
    hz_shape_kind kind = hz_gdal_kind(type);
    const char *found = OGRGeometryTypeToName(OGR_GT_Flatten(type));
    if (kind == HZ_NOSHAPE)
        return hz_fail(at->err, HZ_EFORMAT, "%s: feature %zu (FID %lld): found a %s, expected "
                       "point, line or polygon", at->shown, at->feature, at->fid, found);
    if (s->kind == HZ_NOSHAPE) {
        s->kind = kind;
        s->first = at->feature;
        return kind == HZ_POINT ? add_nowhere(s, s->features, at) : HZ_OK;
    }
    if (kind != s->kind)
        return hz_fail(at->err, HZ_EFORMAT, "%s: feature %zu (FID %lld): found a %s, expected a %s "
                       "as in feature %zu", at->shown, at->feature, at->fid, found,
                       hz_gdal_kind_word(s->kind), s->first);
    return HZ_OK;
}

static hz_status add_geometry(hz_gdal_shapes *s, OGRGeometryH g, const place *at)
{
    OGRwkbGeometryType type = OGR_GT_Flatten(OGR_G_GetGeometryType(g));
    int parts = OGR_G_GetGeometryCount(g);
    hz_status st = decide_kind(s, g, at);
    if (st)
        return st;
    if (type == wkbMultiPoint && parts != 1)
        return hz_fail(at->err, HZ_EFORMAT, "%s: feature %zu (FID %lld): found %d points, expected "
                       "one for each feature", at->shown, at->feature, at->fid, parts);
    if (type != wkbMultiPoint && type != wkbMultiLineString && type != wkbMultiPolygon)
        return add_one(s, g, at);
    for (int i = 0; !st && i < parts; i++)
        st = add_one(s, OGR_G_GetGeometryRef(g, i), at);
    return st;
}

hz_status hz_gdal_shapes_add(hz_gdal_shapes *s, OGRGeometryH g, long long fid,
                             const char *shown, hz_error *err)
{
    place at = { shown, s->features + 1, fid, err };
    OGRGeometryH straight = NULL;
    hz_status st = HZ_OK;

    if (!room_for_feature(s))
        return hz_mem_fail(err, shown);
    s->first_ring[s->features] = s->rings;
    if (!g || OGR_G_IsEmpty(g)) {
        if (s->kind == HZ_POINT)
            st = add_nowhere(s, 1, &at);
    } else {
        if (OGR_GT_IsNonLinear(OGR_G_GetGeometryType(g)))
            g = straight = OGR_G_GetLinearGeometry(g, 0, NULL);
        st = g ? add_geometry(s, g, &at) : hz_mem_fail(err, shown);
    }
    OGR_G_DestroyGeometry(straight);
    if (!st)
        s->features++;
    return st;
}

static void copy(void *to, const void *from, size_t count, size_t size)
{
    if (count)
        memcpy(to, from, count * size);
}

hz_status hz_gdal_shapes_give(const hz_gdal_shapes *s, hz_shape_kind fallback, bool swap,
                              hz_shapes **out, hz_error *err)
{
    hz_shape_kind kind = s->kind == HZ_NOSHAPE ? fallback : s->kind;
    hz_shapes *made = NULL;
    bool nowhere = s->kind == HZ_NOSHAPE && kind == HZ_POINT;

    *out = NULL;
    if (kind == HZ_NOSHAPE)
        return HZ_OK;
    hz_status st = hz_shapes_new(kind, s->features, s->rings,
                                 kind == HZ_POINT ? s->features : s->points, &made, err);
    if (st)
        return st;
    for (size_t f = 0; nowhere && f < s->features; f++)
        made->x[f] = made->y[f] = NAN;
    copy(made->x, swap ? s->y : s->x, s->points, sizeof *s->x);
    copy(made->y, swap ? s->x : s->y, s->points, sizeof *s->y);
    if (kind != HZ_POINT) {
        copy(made->first_ring, s->first_ring, s->features, sizeof *s->first_ring);
        copy(made->first_point, s->first_point, s->rings, sizeof *s->first_point);
        copy(made->hole, s->hole, s->rings, 1);
        made->first_ring[s->features] = s->rings;
        made->first_point[s->rings] = s->points;
    }
    *out = made;
    return HZ_OK;
}

void hz_gdal_shapes_free(hz_gdal_shapes *s)
{
    hz_mem_free(s->first_ring);
    hz_mem_free(s->first_point);
    hz_mem_free(s->hole);
    hz_mem_free(s->x);
    hz_mem_free(s->y);
    *s = (hz_gdal_shapes){ 0 };
}
