/* Many geometries as flat arrays: made, copied, chosen from, boxed, densified. */
#include "hotzone/shape.h"

#include <math.h>
#include <string.h>

#include "geo/segment.h"
#include "hotzone/mem.h"

hz_status hz_shapes_new(hz_shape_kind kind, size_t features, size_t rings, size_t points,
                        hz_shapes **out, hz_error *err)
{
    bool ringed = kind == HZ_LINE || kind == HZ_POLYGON;
    hz_shapes *s = hz_mem_new(1, sizeof *s);
    if (!s)
        return hz_mem_fail(err, "shapes");
    s->kind = kind;
    s->features = features;
    s->rings = ringed ? rings : 0;
    s->points = points;
    s->x = hz_mem_new(points, sizeof *s->x);
    s->y = hz_mem_new(points, sizeof *s->y);
    if (ringed) {
        s->first_ring = hz_mem_new(features + 1, sizeof *s->first_ring);
        s->first_point = hz_mem_new(rings + 1, sizeof *s->first_point);
        s->hole = hz_mem_new(rings, sizeof *s->hole);
    }
    if (!s->x || !s->y || (ringed && (!s->first_ring || !s->first_point || !s->hole))) {
        hz_shapes_free(s);
        return hz_mem_fail(err, "shapes");
    }
    *out = s;
    return HZ_OK;
}

void hz_shapes_free(hz_shapes *shapes)
{
    if (!shapes)
        return;
    hz_mem_free(shapes->first_ring);
    hz_mem_free(shapes->first_point);
    hz_mem_free(shapes->hole);
    hz_mem_free(shapes->x);
    hz_mem_free(shapes->y);
    hz_mem_free(shapes);
}

static void copy_bytes(void *to, const void *from, size_t count, size_t size)
{
    if (count)
        memcpy(to, from, count * size);
}

hz_status hz_shapes_copy(const hz_shapes *shapes, hz_shapes **out, hz_error *err)
{
    hz_shapes *s;
    hz_status st = hz_shapes_new(shapes->kind, shapes->features, shapes->rings,
                                 shapes->points, &s, err);
    if (st)
        return st;
    if (shapes->first_ring) {
        copy_bytes(s->first_ring, shapes->first_ring, shapes->features + 1,
                   sizeof *s->first_ring);
        copy_bytes(s->first_point, shapes->first_point, shapes->rings + 1,
                   sizeof *s->first_point);
        copy_bytes(s->hole, shapes->hole, shapes->rings, 1);
    }
    copy_bytes(s->x, shapes->x, shapes->points, sizeof *s->x);
    copy_bytes(s->y, shapes->y, shapes->points, sizeof *s->y);
    *out = s;
    return HZ_OK;
}

static hz_status select_points(const hz_shapes *shapes, const unsigned char *keep,
                               hz_shapes **out, hz_error *err)
{
    size_t n = 0;
    for (size_t f = 0; f < shapes->features; f++)
        n += keep[f] != 0;
    hz_shapes *s;
    /* a layer without geometry has features but no points */
    hz_status st = hz_shapes_new(shapes->kind, n, 0, shapes->points ? n : 0, &s, err);
    if (st)
        return st;
    n = 0;
    for (size_t f = 0; f < shapes->points; f++) {
        if (!keep[f])
            continue;
        s->x[n] = shapes->x[f];
        s->y[n++] = shapes->y[f];
    }
    *out = s;
    return HZ_OK;
}

hz_status hz_shapes_gather(hz_shape_kind kind, const hz_shapes_pick *picks, size_t n,
                           hz_shapes **out, hz_error *err)
{
    size_t rings = 0, points = 0;
    for (size_t i = 0; i < n; i++) {
        const hz_shapes *from = picks[i].from;
        size_t first = from->first_ring[picks[i].feature], last = from->first_ring[picks[i].feature + 1];
        rings += last - first;
        points += from->first_point[last] - from->first_point[first];
    }
    hz_shapes *s;
    hz_status st = hz_shapes_new(kind, n, rings, points, &s, err);
    if (st)
        return st;
    rings = points = 0;
    for (size_t i = 0; i < n; i++) {
        const hz_shapes *from = picks[i].from;
        size_t last = from->first_ring[picks[i].feature + 1];
        for (size_t r = from->first_ring[picks[i].feature]; r < last; r++) {
            size_t at = from->first_point[r], m = from->first_point[r + 1] - at;
            copy_bytes(s->x + points, from->x + at, m, sizeof *s->x);
            copy_bytes(s->y + points, from->y + at, m, sizeof *s->y);
            s->hole[rings] = from->hole[r];
            points += m;
            s->first_point[++rings] = points;
        }
        s->first_ring[i + 1] = rings;
    }
    *out = s;
    return HZ_OK;
}

hz_status hz_shapes_select(const hz_shapes *shapes, const unsigned char *keep, hz_shapes **out,
                           hz_error *err)
{
    if (!shapes->first_ring)
        return select_points(shapes, keep, out, err);
    size_t n = 0;
    hz_shapes_pick *picks = hz_mem_new(shapes->features, sizeof *picks);
    if (!picks)
        return hz_mem_fail(err, "shapes");
    for (size_t f = 0; f < shapes->features; f++)
        if (keep[f])
            picks[n++] = (hz_shapes_pick){ shapes, f };
    hz_status st = hz_shapes_gather(shapes->kind, picks, n, out, err);
    hz_mem_free(picks);
    return st;
}

/* NaN vertices take no part: every comparison with them is false. */
static hz_box box_of(const hz_shapes *s, size_t first, size_t last)
{
    hz_box b = { INFINITY, INFINITY, -INFINITY, -INFINITY };
    for (size_t i = first; i < last; i++) {
        if (isnan(s->x[i]) || isnan(s->y[i]))
            continue;
        if (s->x[i] < b.xmin)
            b.xmin = s->x[i];
        if (s->x[i] > b.xmax)
            b.xmax = s->x[i];
        if (s->y[i] < b.ymin)
            b.ymin = s->y[i];
        if (s->y[i] > b.ymax)
            b.ymax = s->y[i];
    }
    return b;
}

hz_box hz_shapes_box(const hz_shapes *shapes)
{
    return box_of(shapes, 0, shapes->points);
}

hz_box hz_shapes_feature_box(const hz_shapes *shapes, size_t feature)
{
    if (!shapes->first_ring)
        return feature < shapes->points ? box_of(shapes, feature, feature + 1)
                                        : box_of(shapes, 0, 0);
    return box_of(shapes, shapes->first_point[shapes->first_ring[feature]],
                  shapes->first_point[shapes->first_ring[feature + 1]]);
}

/* Pieces of a segment; 1 where it cannot be told (a coordinate is not finite). */
static size_t pieces_of(const hz_shapes *s, size_t i, double step)
{
    double length = hypot(s->x[i + 1] - s->x[i], s->y[i + 1] - s->y[i]);
    double n = ceil(length / step);
    return n > 1 && n < 1e9 ? (size_t)n : 1;
}

hz_status hz_shapes_densify(const hz_shapes *shapes, double step, hz_shapes **out,
                            hz_error *err)
{
    if (!(step > 0))
        return hz_fail(err, HZ_EUSAGE, "densify: step is %g, expected a length above 0", step);
    if (!shapes->first_ring)
        return hz_shapes_copy(shapes, out, err);
    uint32_t *pieces = hz_mem_new(shapes->points, sizeof *pieces);
    if (!pieces)
        return hz_mem_fail(err, "densify");
    for (size_t r = 0; r < shapes->rings; r++)
        for (size_t i = shapes->first_point[r]; i + 1 < shapes->first_point[r + 1]; i++)
            pieces[i] = (uint32_t)pieces_of(shapes, i, step);
    hz_status st = hz_shapes_cut(shapes, pieces, out, err);
    hz_mem_free(pieces);
    return st;
}

hz_status hz_shapes_cut(const hz_shapes *shapes, const uint32_t *pieces, hz_shapes **out,
                        hz_error *err)
{
    size_t points = shapes->points;
    for (size_t r = 0; r < shapes->rings; r++)
        for (size_t i = shapes->first_point[r]; i + 1 < shapes->first_point[r + 1]; i++)
            points += pieces[i] - 1;
    hz_shapes *s;
    hz_status st =
        hz_shapes_new(shapes->kind, shapes->features, shapes->rings, points, &s, err);
    if (st)
        return st;
    copy_bytes(s->first_ring, shapes->first_ring, shapes->features + 1, sizeof *s->first_ring);
    copy_bytes(s->hole, shapes->hole, shapes->rings, 1);
    size_t n = 0;
    for (size_t r = 0; r < shapes->rings; r++) {
        size_t end = shapes->first_point[r + 1];
        for (size_t i = shapes->first_point[r]; i < end; i++) {
            s->x[n] = shapes->x[i];
            s->y[n++] = shapes->y[i];
            for (uint32_t k = 1; i + 1 < end && k < pieces[i]; k++, n++)
                hz_segment_point(shapes->x[i], shapes->y[i], shapes->x[i + 1],
                                 shapes->y[i + 1], k, pieces[i], &s->x[n], &s->y[n]);
        }
        s->first_point[r + 1] = n;
    }
    *out = s;
    return HZ_OK;
}
