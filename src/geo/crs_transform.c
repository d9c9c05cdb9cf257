/* Coordinates from one reference system to another, borders kept true. */
#include "hotzone/crs.h"

#include <math.h>
#include <string.h>

#include "geo/crs_parts.h"
#include "geo/segment.h"
#include "hotzone/mem.h"

/* A ready operation between two systems, with a context of its own. */
typedef struct {
    PJ_CONTEXT *proj;
    PJ *operation;
} way;

static void way_end(way *w)
{
    proj_destroy(w->operation);
    if (w->proj)
        proj_context_destroy(w->proj);
}

static hz_status way_begin(way *w, const hz_crs *from, const hz_crs *to, hz_error *err)
{
    PJ *a = NULL, *b = NULL, *raw = NULL;
    *w = (way){ hz_crs_context(), NULL };
    if (w->proj) {
        a = proj_clone(w->proj, from->pj);
        b = proj_clone(w->proj, to->pj);
    }
    if (a && b)
        raw = proj_create_crs_to_crs_from_pj(w->proj, a, b, NULL, NULL);
    if (raw)
        w->operation = proj_normalize_for_visualization(w->proj, raw);
    proj_destroy(raw);
    proj_destroy(b);
    proj_destroy(a);
    if (w->operation)
        return HZ_OK;
    way_end(w);
    return hz_fail(err, HZ_ECRS, "no way is known from %s to %s", from->name, to->name);
}

static void transform(const way *w, size_t n, double *x, double *y)
{
    if (n > 0)
        proj_trans_generic(w->operation, PJ_FWD, x, sizeof *x, n, y, sizeof *y, n, NULL, 0, 0,
                           NULL, 0, 0);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]) || !isfinite(y[i]))
            x[i] = y[i] = NAN;
}

static size_t count_nothing(size_t n, const double *x, const double *y)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += isnan(x[i]) || isnan(y[i]) ? 1 : 0;
    return count;
}

hz_status hz_crs_points(const hz_crs *from, const hz_crs *to, size_t n, double *x, double *y,
                        size_t *failed, hz_error *err)
{
    way w;
    if (failed)
        *failed = 0;
    if (hz_crs_equal(from, to))
        return HZ_OK;
    hz_status st = way_begin(&w, from, to, err);
    if (st)
        return st;
    size_t nothing = count_nothing(n, x, y); /* has not failed: it never was a place */
    transform(&w, n, x, y);
    size_t bad = count_nothing(n, x, y) - nothing;
    way_end(&w);
    if (failed)
        *failed = bad;
    return HZ_OK;
}

/* ---- borders ---------------------------------------------------------------------------- */

/* Quarter points: the middle finds a bow, the other two a bend that turns back. */
enum { PROBES = 3, MOST_PIECES = 4096 };

/* Straight on one map is bent on another.  The bow of n equal pieces is 1/n^2 of the whole
 * segment's, so one look at the bow tells how many pieces keep it within tolerance. */
static uint32_t pieces_for(double bow, double tolerance)
{
    if (!(bow > tolerance))
        return 1;
    double n = ceil(sqrt(bow / tolerance));
    return n < MOST_PIECES ? (uint32_t)n : MOST_PIECES;
}

/* 1 cm in units of the target; a degree is at most 111.7 km long. */
static double centimetre(const hz_crs *to)
{
    return hz_crs_is_degrees(to) ? 0.01 / 111700 : 0.01 / hz_crs_unit_m(to);
}

/* How many pieces each segment of `shapes` needs, judged from the segment alone and the
 * same from both ends.  `moved` holds the transformed vertices. */
static hz_status count_pieces(const way *w, const hz_shapes *shapes, const hz_shapes *moved,
                              double tolerance, uint32_t *pieces, hz_error *err)
{
    double *x = hz_mem_new(shapes->points, PROBES * sizeof *x);
    double *y = hz_mem_new(shapes->points, PROBES * sizeof *y);
    hz_status st = HZ_OK;
    if (!x || !y) {
        st = hz_mem_fail(err, "transform");
        goto done;
    }
    for (size_t r = 0; r < shapes->rings; r++)
        for (size_t i = shapes->first_point[r]; i + 1 < shapes->first_point[r + 1]; i++)
            for (uint32_t k = 0; k < PROBES; k++)
                hz_segment_point(shapes->x[i], shapes->y[i], shapes->x[i + 1],
                                 shapes->y[i + 1], k + 1, PROBES + 1, &x[PROBES * i + k],
                                 &y[PROBES * i + k]);
    transform(w, PROBES * shapes->points, x, y);
    for (size_t r = 0; r < shapes->rings; r++)
        for (size_t i = shapes->first_point[r]; i + 1 < shapes->first_point[r + 1]; i++) {
            double bow = 0;
            /* the chord is walked the same way from both sides, for the same rounding */
            size_t a = i, b = i + 1;
            if (shapes->x[b] < shapes->x[a] ||
                (shapes->x[b] == shapes->x[a] && shapes->y[b] < shapes->y[a])) {
                a = i + 1;
                b = i;
            }
            for (size_t k = 0; k < PROBES; k++) {
                double d2 = hz_segment_distance2(moved->x[a], moved->y[a], moved->x[b],
                                                 moved->y[b], x[PROBES * i + k],
                                                 y[PROBES * i + k]);
                bow = fmax(bow, sqrt(d2));
            }
            pieces[i] = pieces_for(bow, tolerance);
        }
done:
    hz_mem_free(x);
    hz_mem_free(y);
    return st;
}

static hz_status check_moved(const hz_crs *from, const hz_crs *to, const hz_shapes *before,
                             const hz_shapes *after, hz_error *err)
{
    for (size_t i = 0; i < after->points; i++)
        if (isnan(after->x[i]) && !isnan(before->x[i]) && !isnan(before->y[i]))
            return hz_fail(err, HZ_ECRS,
                           "coordinate %.10g %.10g of %s does not exist in %s", before->x[i],
                           before->y[i], from->name, to->name);
    return HZ_OK;
}

/* A transformed copy, vertex by vertex. */
static hz_status move_vertices(const way *w, const hz_crs *from, const hz_crs *to,
                               const hz_shapes *shapes, hz_shapes **out, hz_error *err)
{
    hz_shapes *moved = NULL;
    hz_status st = hz_shapes_copy(shapes, &moved, err);
    if (st)
        return st;
    transform(w, moved->points, moved->x, moved->y);
    st = check_moved(from, to, shapes, moved, err);
    if (st)
        hz_shapes_free(moved);
    else
        *out = moved;
    return st;
}

hz_status hz_crs_shapes(const hz_crs *from, const hz_crs *to, const hz_shapes *shapes,
                        hz_shapes **out, hz_error *err)
{
    way w;
    uint32_t *pieces = NULL;
    hz_shapes *moved = NULL, *dense = NULL, *result = NULL;
    if (hz_crs_equal(from, to))
        return hz_shapes_copy(shapes, out, err);
    hz_status st = way_begin(&w, from, to, err);
    if (st)
        return st;
    st = move_vertices(&w, from, to, shapes, &moved, err);
    if (st)
        goto done;
    if (!shapes->first_ring) { /* points have no borders */
        *out = moved;
        moved = NULL;
        goto done;
    }
    pieces = hz_mem_new(shapes->points, sizeof *pieces);
    if (!pieces) {
        st = hz_mem_fail(err, "transform");
        goto done;
    }
    st = count_pieces(&w, shapes, moved, centimetre(to), pieces, err);
    if (!st)
        st = hz_shapes_cut(shapes, pieces, &dense, err);
    if (!st)
        st = move_vertices(&w, from, to, dense, &result, err);
    if (!st)
        *out = result;
done:
    way_end(&w);
    hz_mem_free(pieces);
    hz_shapes_free(moved);
    hz_shapes_free(dense);
    return st;
}

/* ---- swapped coordinates ---------------------------------------------------------------- */

enum { MOST_SAMPLED = 10000 };

/* Share of the sample inside an area of use widened by a few degrees, since data commonly
 * reach over a zone's edge: Copenhagen itself lies outside that of UTM zone 32. */
static double share_inside(const way *w, size_t n, double *x, double *y, const double area[4])
{
    const double margin = 5;
    size_t inside = 0;
    transform(w, n, x, y);
    for (size_t i = 0; i < n; i++)
        inside += x[i] >= area[0] - margin && x[i] <= area[2] + margin &&
                  y[i] >= area[1] - margin && y[i] <= area[3] + margin &&
                  fabs(y[i]) <= 90;
    return (double)inside / (double)n;
}

static size_t sample(size_t n, const double *x, const double *y, double *sx, double *sy)
{
    size_t step = n / MOST_SAMPLED + 1, count = 0;
    for (size_t i = 0; i < n; i += step) {
        if (!isfinite(x[i]) || !isfinite(y[i]))
            continue;
        sx[count] = x[i];
        sy[count++] = y[i];
    }
    return count;
}

bool hz_crs_looks_swapped(const hz_crs *crs, size_t n, const double *x, const double *y)
{
    const double nearly_all = 0.95;
    double area[4]; /* west, south, east, north; degrees */
    bool swapped = false;
    hz_crs *degrees = NULL;
    way w;
    size_t room = n < MOST_SAMPLED ? n : MOST_SAMPLED + 1;
    double *xy = NULL;
    if (!crs || n == 0 ||
        !proj_get_area_of_use(crs->proj, crs->pj, &area[0], &area[1], &area[2], &area[3],
                              NULL) ||
        area[0] > area[2] || area[0] < -180)
        return false;
    if (hz_crs_new("OGC:CRS84", &degrees, NULL) || way_begin(&w, crs, degrees, NULL)) {
        hz_crs_free(degrees);
        return false;
    }
    xy = hz_mem_new(room, 4 * sizeof *xy);
    if (xy) {
        double *px = xy, *py = xy + room, *qx = xy + 2 * room, *qy = xy + 3 * room;
        size_t count = sample(n, x, y, px, py);
        sample(n, x, y, qy, qx);
        swapped = count > 0 && 1 - share_inside(&w, count, px, py, area) >= nearly_all &&
                  share_inside(&w, count, qx, qy, area) >= nearly_all;
    }
    hz_mem_free(xy);
    way_end(&w);
    hz_crs_free(degrees);
    return swapped;
}

hz_status hz_crs_metric_about(const hz_crs *crs, hz_box box, hz_crs **out, hz_error *err)
{
    double lon = (box.xmin + box.xmax) / 2, lat = (box.ymin + box.ymax) / 2;
    hz_crs *degrees = NULL;
    hz_status st = hz_crs_new("EPSG:4326", &degrees, err);
    if (!st)
        st = hz_crs_points(crs, degrees, 1, &lon, &lat, NULL, err);
    if (!st)
        st = hz_crs_metric_for(lon, lat, out, err);
    hz_crs_free(degrees);
    return st;
}
