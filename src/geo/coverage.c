/* Finds the overlaps and gaps of polygons that should share a plane between them. */
#include "hotzone/coverage.h"

#include <geos_c.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "hotzone/mem.h"

typedef struct {
    GEOSContextHandle_t geos;
    char said[300]; /* the last complaint of GEOS */
    const hz_shapes *shapes;
    GEOSGeometry **whole; /* per feature; NULL without rings */
    hz_box *box;
    double least, gap_most;
    hz_coverage found;
    size_t overlap_room, gap_room;
} survey;

static void hear_error(const char *message, void *user)
{
    survey *s = user;
    snprintf(s->said, sizeof s->said, "%s", message);
}

static void hear_nothing(const char *message, void *user)
{
    (void)message;
    (void)user;
}

/* ---- to GEOS ---------------------------------------------------------------------------- */

static GEOSGeometry *ring_of(survey *v, size_t r)
{
    const hz_shapes *s = v->shapes;
    size_t first = s->first_point[r], n = s->first_point[r + 1] - first;
    GEOSCoordSequence *seq =
        n > UINT_MAX ? NULL : GEOSCoordSeq_copyFromArrays_r(v->geos, s->x + first, s->y + first,
                                                            NULL, NULL, (unsigned)n);
    return seq ? GEOSGeom_createLinearRing_r(v->geos, seq) : NULL;
}

/* The part that ring r opens, with the holes after it; *r moves past them. */
static GEOSGeometry *part_of(survey *v, size_t *r, size_t last, GEOSGeometry **holes)
{
    size_t count = 0;
    GEOSGeometry *outer = ring_of(v, (*r)++);
    bool whole = outer != NULL;
    for (; *r < last && v->shapes->hole[*r]; (*r)++) {
        GEOSGeometry *hole = whole ? ring_of(v, *r) : NULL;
        whole = hole != NULL;
        if (hole)
            holes[count++] = hole;
    }
    if (whole)
        return GEOSGeom_createPolygon_r(v->geos, outer, holes, (unsigned)count);
    for (size_t i = 0; i < count; i++)
        GEOSGeom_destroy_r(v->geos, holes[i]);
    if (outer)
        GEOSGeom_destroy_r(v->geos, outer);
    return NULL;
}

static hz_status gave_up(const survey *v, size_t f, hz_error *err)
{
    return hz_fail(err, HZ_EDATA, "polygon %zu: %s; repair it first", f + 1,
                   v->said[0] ? v->said : "cannot be overlaid");
}

static hz_status make_whole(survey *v, size_t f, hz_error *err)
{
    const hz_shapes *s = v->shapes;
    size_t first = s->first_ring[f], last = s->first_ring[f + 1], count = 0;
    hz_status st = HZ_OK;
    if (first == last)
        return HZ_OK;
    GEOSGeometry **parts = hz_mem_new(last - first, sizeof *parts);
    GEOSGeometry **holes = hz_mem_new(last - first, sizeof *holes);
    if (!parts || !holes)
        st = hz_mem_fail(err, "coverage");
    for (size_t r = first; r < last && !st;) {
        GEOSGeometry *part = part_of(v, &r, last, holes);
        if (part)
            parts[count++] = part;
        else
            st = gave_up(v, f, err);
    }
    if (!st) {
        v->whole[f] = GEOSGeom_createCollection_r(v->geos, GEOS_MULTIPOLYGON, parts,
                                                  (unsigned)count);
        count = 0; /* GEOS owns them now, also when it fails */
        st = v->whole[f] ? HZ_OK : gave_up(v, f, err);
    }
    for (size_t i = 0; i < count; i++)
        GEOSGeom_destroy_r(v->geos, parts[i]);
    hz_mem_free(parts);
    hz_mem_free(holes);
    return st;
}

/* ---- overlaps --------------------------------------------------------------------------- */

/* Room for one more of something, doubled when full. */
static void *grown(void *list, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return list;
    size_t more = *room ? 2 * *room : 16;
    void *bigger = hz_mem_resize(list, more, size);
    if (bigger)
        *room = more;
    return bigger;
}

static hz_status overlay(survey *v, size_t a, size_t b, hz_error *err)
{
    double area = 0, one = 0, other = 0;
    GEOSGeometry *both = GEOSIntersection_r(v->geos, v->whole[a], v->whole[b]);
    bool fine = both && GEOSArea_r(v->geos, both, &area) &&
                GEOSArea_r(v->geos, v->whole[a], &one) &&
                GEOSArea_r(v->geos, v->whole[b], &other);
    if (both)
        GEOSGeom_destroy_r(v->geos, both);
    if (!fine)
        return gave_up(v, a, err);
    if (area < v->least || area <= 0)
        return HZ_OK;
    hz_overlap *list = grown(v->found.overlap, v->found.overlaps, &v->overlap_room, sizeof *list);
    if (!list)
        return hz_mem_fail(err, "coverage");
    v->found.overlap = list;
    list[v->found.overlaps++] = (hz_overlap){ a < b ? a : b, a < b ? b : a, area,
                                              area / fmin(one, other) };
    return HZ_OK;
}

typedef struct {
    double west;
    size_t feature;
} west_end;

static int by_west(const void *a, const void *b)
{
    const west_end *p = a, *q = b;
    if (p->west != q->west)
        return p->west < q->west ? -1 : 1;
    return p->feature < q->feature ? -1 : p->feature > q->feature;
}

/* Sweep from west to east: only boxes that share ground are overlaid. */
static hz_status find_overlaps(survey *v, hz_error *err)
{
    size_t n = 0;
    hz_status st = HZ_OK;
    west_end *ends = hz_mem_new(v->shapes->features, sizeof *ends);
    if (!ends)
        return hz_mem_fail(err, "coverage");
    for (size_t f = 0; f < v->shapes->features; f++)
        if (v->whole[f])
            ends[n++] = (west_end){ v->box[f].xmin, f };
    if (n)
        qsort(ends, n, sizeof *ends, by_west);
    for (size_t i = 0; i < n && !st; i++) {
        const hz_box *a = &v->box[ends[i].feature];
        for (size_t k = i + 1; k < n && ends[k].west < a->xmax && !st; k++) {
            const hz_box *b = &v->box[ends[k].feature];
            if (b->ymin < a->ymax && a->ymin < b->ymax)
                st = overlay(v, ends[i].feature, ends[k].feature, err);
        }
    }
    hz_mem_free(ends);
    return st;
}

/* ---- gaps ------------------------------------------------------------------------------- */

static hz_status add_gap(survey *v, const GEOSGeometry *ring, hz_error *err)
{
    GEOSGeometry *copy = GEOSGeom_clone_r(v->geos, ring), *point = NULL;
    GEOSGeometry *hole = copy ? GEOSGeom_createPolygon_r(v->geos, copy, NULL, 0) : NULL;
    hz_gap g = { NAN, NAN, 0 };
    hz_status st = HZ_OK;
    if (!hole || !GEOSArea_r(v->geos, hole, &g.area))
        st = hz_fail(err, HZ_EDATA, "gap: %s", v->said);
    if (!st && g.area > 0 && g.area >= v->least && g.area < v->gap_most) {
        point = GEOSPointOnSurface_r(v->geos, hole);
        if (point) {
            GEOSGeomGetX_r(v->geos, point, &g.x);
            GEOSGeomGetY_r(v->geos, point, &g.y);
            GEOSGeom_destroy_r(v->geos, point);
        }
        hz_gap *list = grown(v->found.gap, v->found.gaps, &v->gap_room, sizeof *list);
        if (list) {
            v->found.gap = list;
            list[v->found.gaps++] = g;
        } else {
            st = hz_mem_fail(err, "coverage");
        }
    }
    if (hole)
        GEOSGeom_destroy_r(v->geos, hole);
    return st;
}

/* A union of polygons is a polygon or a collection of them; lines in it are no holes. */
static hz_status add_holes(survey *v, const GEOSGeometry *together, hz_error *err)
{
    hz_status st = HZ_OK;
    int parts = GEOSGetNumGeometries_r(v->geos, together);
    for (int k = 0; k < parts && !st; k++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(v->geos, together, k);
        if (GEOSGeomTypeId_r(v->geos, part) != GEOS_POLYGON)
            continue;
        int holes = GEOSGetNumInteriorRings_r(v->geos, part);
        for (int i = 0; i < holes && !st; i++)
            st = add_gap(v, GEOSGetInteriorRingN_r(v->geos, part, i), err);
    }
    return st;
}

/* The union takes the polygons over: nothing else needs them after this. */
static hz_status find_gaps(survey *v, hz_error *err)
{
    size_t n = 0;
    hz_status st = HZ_OK;
    GEOSGeometry **all = hz_mem_new(v->shapes->features, sizeof *all);
    if (!all)
        return hz_mem_fail(err, "coverage");
    for (size_t f = 0; f < v->shapes->features; f++)
        if (v->whole[f]) {
            all[n++] = v->whole[f];
            v->whole[f] = NULL;
        }
    GEOSGeometry *set = n > UINT_MAX ? NULL
                                     : GEOSGeom_createCollection_r(v->geos,
                                                                   GEOS_GEOMETRYCOLLECTION, all,
                                                                   (unsigned)n);
    GEOSGeometry *together = set ? GEOSUnaryUnion_r(v->geos, set) : NULL;
    if (together)
        st = add_holes(v, together, err);
    else
        st = hz_fail(err, HZ_EDATA, "union of %zu polygons: %s; repair them first", n, v->said);
    if (together)
        GEOSGeom_destroy_r(v->geos, together);
    if (set)
        GEOSGeom_destroy_r(v->geos, set);
    hz_mem_free(all);
    return st;
}

/* ---- together --------------------------------------------------------------------------- */

static int by_overlap(const void *a, const void *b)
{
    const hz_overlap *p = a, *q = b;
    if (p->area != q->area)
        return p->area > q->area ? -1 : 1;
    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    return p->b < q->b ? -1 : p->b > q->b;
}

static int by_gap(const void *a, const void *b)
{
    const hz_gap *p = a, *q = b;
    if (p->area != q->area)
        return p->area > q->area ? -1 : 1;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return p->y < q->y ? -1 : p->y > q->y;
}

hz_status hz_coverage_find(const hz_shapes *shapes, double least, double gap_most,
                           hz_coverage *out, hz_error *err)
{
    survey v = { .shapes = shapes, .least = least, .gap_most = gap_most };
    hz_status st = HZ_OK;
    if (shapes->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "coverage: expected polygons");
    v.geos = GEOS_init_r();
    v.whole = hz_mem_new(shapes->features, sizeof(GEOSGeometry *));
    v.box = hz_mem_new(shapes->features, sizeof *v.box);
    if (!v.geos || !v.whole || !v.box) {
        st = hz_mem_fail(err, "coverage");
        goto done;
    }
    GEOSContext_setErrorMessageHandler_r(v.geos, hear_error, &v);
    GEOSContext_setNoticeMessageHandler_r(v.geos, hear_nothing, NULL);
    for (size_t f = 0; f < shapes->features && !st; f++) {
        v.box[f] = hz_shapes_feature_box(shapes, f);
        st = make_whole(&v, f, err);
    }
    if (!st)
        st = find_overlaps(&v, err);
    if (!st)
        st = find_gaps(&v, err);
done:
    for (size_t f = 0; v.whole && f < shapes->features; f++)
        if (v.whole[f])
            GEOSGeom_destroy_r(v.geos, v.whole[f]);
    if (v.geos)
        GEOS_finish_r(v.geos);
    hz_mem_free(v.whole);
    hz_mem_free(v.box);
    if (st) {
        hz_coverage_clear(&v.found);
        return st;
    }
    if (v.found.overlaps)
        qsort(v.found.overlap, v.found.overlaps, sizeof *v.found.overlap, by_overlap);
    if (v.found.gaps)
        qsort(v.found.gap, v.found.gaps, sizeof *v.found.gap, by_gap);
    *out = v.found;
    return HZ_OK;
}

void hz_coverage_clear(hz_coverage *coverage)
{
    hz_mem_free(coverage->overlap);
    hz_mem_free(coverage->gap);
    *coverage = (hz_coverage){ 0 };
}

const char *hz_shape_version(void)
{
    return GEOSversion();
}
