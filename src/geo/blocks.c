/* Blocks between lines, by GEOS: noded, made polygons, those inside the area kept. */
#include "hotzone/blocks.h"

#include <math.h>
#include <stdlib.h>

#include "geo/geos.h"
#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"

typedef struct {
    hz_geos g;
    hz_shapes *area;    /* one feature; NULL: none */
    hz_index *inside;   /* of `area` */
    GEOSGeometry **line;
    size_t lines;
    GEOSGeometry *faces;
    hz_geos_builder made; /* the rings of the faces that are kept */
    size_t kept;
    double *land, *x, *y; /* of each: area, and a point in it */
    uint32_t *joined;     /* of each: the face it is part of */
} work;

static void free_work(work *w)
{
    for (size_t i = 0; i < w->lines; i++)
        GEOSGeom_destroy_r(w->g.geos, w->line[i]);
    GEOSGeom_destroy_r(w->g.geos, w->faces);
    hz_mem_free(w->line);
    hz_geos_end(&w->g);
    hz_index_free(w->inside);
    hz_shapes_free(w->area);
    hz_shapes_free(w->made.shapes);
    hz_mem_free(w->land);
    hz_mem_free(w->x);
    hz_mem_free(w->y);
    hz_mem_free(w->joined);
}

static bool finite_at(const hz_shapes *s, size_t p)
{
    return isfinite(s->x[p]) && isfinite(s->y[p]);
}

/* Add the parts of a ring or line that have coordinates and come near the area. */
static hz_status add_line(work *w, const hz_shapes *s, size_t ring, const hz_box *box,
                          hz_error *err)
{
    size_t last = s->first_point[ring + 1];
    for (size_t p = s->first_point[ring]; p < last;) {
        size_t from = p;
        hz_box b = { INFINITY, INFINITY, -INFINITY, -INFINITY };
        for (; p < last && finite_at(s, p); p++) {
            b.xmin = fmin(b.xmin, s->x[p]);
            b.xmax = fmax(b.xmax, s->x[p]);
            b.ymin = fmin(b.ymin, s->y[p]);
            b.ymax = fmax(b.ymax, s->y[p]);
        }
        size_t n = p - from;
        p++;
        if (n < 2 || n > UINT32_MAX || (b.xmin == b.xmax && b.ymin == b.ymax) ||
            (box && (b.xmin > box->xmax || b.xmax < box->xmin || b.ymin > box->ymax ||
                     b.ymax < box->ymin)))
            continue;
        GEOSCoordSequence *seq = GEOSCoordSeq_copyFromArrays_r(w->g.geos, s->x + from, s->y + from,
                                                               NULL, NULL, (unsigned)n);
        GEOSGeometry *made = seq ? GEOSGeom_createLineString_r(w->g.geos, seq) : NULL;
        if (!made)
            return hz_fail(err, HZ_EDATA, "blocks: %s", w->g.said);
        w->line[w->lines++] = made;
    }
    return HZ_OK;
}

static hz_status collect(work *w, const hz_shapes *lines, hz_error *err)
{
    hz_box box = { 0 };
    size_t most = lines->points + (w->area ? w->area->rings : 0) + 1;
    hz_status st = HZ_OK;
    w->line = hz_mem_new(most, sizeof *w->line);
    if (!w->line)
        return hz_mem_fail(err, "blocks");
    if (w->area)
        box = hz_shapes_box(w->area);
    for (size_t r = 0; r < lines->rings && !st; r++)
        st = add_line(w, lines, r, w->area ? &box : NULL, err);
    for (size_t r = 0; w->area && r < w->area->rings && !st; r++)
        st = add_line(w, w->area, r, NULL, err);
    return st;
}

static hz_status make_faces(work *w, hz_error *err)
{
    size_t n = w->lines;
    GEOSGeometry *all = NULL, *noded = NULL;
    w->lines = 0; /* the collection owns them, also when it fails */
    all = GEOSGeom_createCollection_r(w->g.geos, GEOS_MULTILINESTRING, w->line, (unsigned)n);
    noded = all ? GEOSUnaryUnion_r(w->g.geos, all) : NULL;
    if (noded) {
        const GEOSGeometry *const one[] = { noded };
        w->faces = GEOSPolygonize_r(w->g.geos, one, 1);
    }
    GEOSGeom_destroy_r(w->g.geos, noded);
    GEOSGeom_destroy_r(w->g.geos, all);
    return w->faces ? HZ_OK : hz_fail(err, HZ_EDATA, "blocks: %s", w->g.said);
}

static bool inner_point(work *w, const GEOSGeometry *face, double *x, double *y)
{
    GEOSGeometry *p = GEOSPointOnSurface_r(w->g.geos, face);
    bool found = p && GEOSGeomGetX_r(w->g.geos, p, x) == 1 && GEOSGeomGetY_r(w->g.geos, p, y) == 1;
    GEOSGeom_destroy_r(w->g.geos, p);
    return found && isfinite(*x) && isfinite(*y);
}

/* Keep the outer rings of the faces inside the area. */
static hz_status keep_faces(work *w, hz_error *err)
{
    int n = GEOSGetNumGeometries_r(w->g.geos, w->faces);
    size_t room = n > 0 ? (size_t)n : 0;
    hz_status st = hz_shapes_new(HZ_POLYGON, room, 0, 0, &w->made.shapes, err);
    w->land = hz_mem_new(room, sizeof *w->land);
    w->x = hz_mem_new(room, sizeof *w->x);
    w->y = hz_mem_new(room, sizeof *w->y);
    w->joined = hz_mem_new(room, sizeof *w->joined);
    if (!st && (!w->land || !w->x || !w->y || !w->joined))
        st = hz_mem_fail(err, "blocks");
    for (int i = 0; i < n && !st; i++) {
        const GEOSGeometry *face = GEOSGetGeometryN_r(w->g.geos, w->faces, i);
        double x = NAN, y = NAN, area = 0;
        int32_t in = 0;
        if (GEOSArea_r(w->g.geos, face, &area) != 1 || !(area > 0) || !inner_point(w, face, &x, &y))
            continue;
        if (w->inside)
            hz_index_locate(w->inside, 0, 1, &x, &y, &in);
        if (in < 0)
            continue;
        GEOSGeometry *filled = GEOSGeom_clone_r(w->g.geos, GEOSGetExteriorRing_r(w->g.geos, face));
        filled = filled ? GEOSGeom_createPolygon_r(w->g.geos, filled, NULL, 0) : NULL;
        if (!filled)
            return hz_fail(err, HZ_EDATA, "blocks: %s", w->g.said);
        st = hz_geos_add(&w->made, &w->g, filled, err);
        GEOSGeom_destroy_r(w->g.geos, filled);
        w->land[w->kept] = area;
        w->x[w->kept] = x;
        w->y[w->kept++] = y;
        w->made.shapes->first_ring[w->kept] = w->made.shapes->rings;
    }
    if (!st) {
        w->made.shapes->features = w->kept;
        if (w->kept == 0)
            st = hz_fail(err, HZ_EDATA, "blocks: the lines enclose nothing, expected streets that "
                         "cross, or a study area");
    }
    return st;
}

/* A face in a hole of another one belongs to the outermost about it. */
static hz_status join_enclosed(work *w, hz_error *err)
{
    enum { MOST = 64 };
    hz_index *index = NULL;
    hz_status st = hz_index_new(w->made.shapes, &index, err);
    for (size_t i = 0; i < w->kept && !st; i++) {
        int32_t about[MOST];
        size_t n = hz_index_locate_all(index, w->x[i], w->y[i], about, MOST);
        double widest = 0;
        w->joined[i] = (uint32_t)i;
        for (size_t k = 0; k < n && k < MOST; k++) {
            double area = hz_shape_area(w->made.shapes, (size_t)about[k]);
            if (area > widest) {
                widest = area;
                w->joined[i] = (uint32_t)about[k];
            }
        }
    }
    for (size_t i = 0; i < w->kept && !st; i++)
        if (w->joined[i] != i)
            w->land[w->joined[i]] += w->land[i];
    hz_index_free(index);
    return st;
}

typedef struct {
    hz_box box;
    size_t face;
} place;

/* Rows from the south, each from the west. */
static int by_box(const void *a, const void *b)
{
    const place *p = a, *q = b;
    const double l[] = { p->box.ymin, p->box.xmin, p->box.ymax, p->box.xmax };
    const double r[] = { q->box.ymin, q->box.xmin, q->box.ymax, q->box.xmax };
    for (int i = 0; i < 4; i++)
        if (l[i] != r[i])
            return l[i] < r[i] ? -1 : 1;
    return p->face < q->face ? -1 : p->face > q->face;
}

/* In an order of their own, since GEOS does not promise one. */
static hz_status give(work *w, hz_shapes **out, double **land, hz_error *err)
{
    place *order = hz_mem_new(w->kept, sizeof *order);
    double *areas = hz_mem_new(w->kept, sizeof *areas);
    hz_geos_builder b = { 0 };
    size_t n = 0;
    hz_status st = order && areas ? HZ_OK : hz_mem_fail(err, "blocks");
    for (size_t i = 0; !st && i < w->kept; i++)
        if (w->joined[i] == i)
            order[n++] = (place){ hz_shapes_feature_box(w->made.shapes, i), i };
    if (!st)
        st = hz_shapes_new(HZ_POLYGON, n, 0, 0, &b.shapes, err);
    if (!st)
        qsort(order, n, sizeof *order, by_box);
    for (size_t i = 0; !st && i < n; i++) {
        st = hz_geos_add_as_is(&b, w->made.shapes, order[i].face, err);
        b.shapes->first_ring[i + 1] = b.shapes->rings;
        areas[i] = w->land[order[i].face];
    }
    if (!st) {
        *out = b.shapes;
        *land = areas;
        b.shapes = NULL;
        areas = NULL;
    }
    hz_shapes_free(b.shapes);
    hz_mem_free(areas);
    hz_mem_free(order);
    return st;
}

hz_status hz_blocks_new(const hz_shapes *lines, const hz_shapes *area, hz_shapes **out,
                        double **land, hz_error *err)
{
    work w = { 0 };
    hz_status st = HZ_OK;
    if (lines->kind != HZ_LINE || (area && area->kind != HZ_POLYGON))
        return hz_fail(err, HZ_EUSAGE, "blocks: expected lines, and polygons for the area");
    if (!hz_geos_begin(&w.g))
        return hz_mem_fail(err, "blocks");
    if (area)
        st = hz_overlay_dissolve(area, NULL, &w.area, err);
    if (!st && w.area)
        st = hz_index_new(w.area, &w.inside, err);
    if (!st)
        st = collect(&w, lines, err);
    if (!st)
        st = make_faces(&w, err);
    if (!st)
        st = keep_faces(&w, err);
    if (!st)
        st = join_enclosed(&w, err);
    if (!st)
        st = give(&w, out, land, err);
    free_work(&w);
    return st;
}
