/* Apportions residents of areas, cells or points to polygons. */
#include "hotzone/reside.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"

struct hz_reside {
    const hz_shapes *units; /* lent */
    hz_shapes *dry;         /* where water was taken out; NULL: the units as they are */
    double *people, *area;  /* area: dry, square metres; of points NULL */
    hz_box *box;
};

static const double UNKNOWN_MOST = 1e-6; /* share of a polygon that may lack a figure */
static const double WHOLE = 1 - 1e-9;    /* share of a unit that is all of it, despite rounding */

void hz_reside_free(hz_reside *r)
{
    if (!r)
        return;
    hz_shapes_free(r->dry);
    hz_mem_free(r->people);
    hz_mem_free(r->area);
    hz_mem_free(r->box);
    hz_mem_free(r);
}

const char *hz_reside_method(const hz_reside *r)
{
    return r->units->kind == HZ_POINT ? "points" : "areal";
}

static bool boxes_meet(hz_box a, hz_box b)
{
    return a.xmin <= b.xmax && b.xmin <= a.xmax && a.ymin <= b.ymax && b.ymin <= a.ymax;
}

/* A copy of one feature. */
static hz_status one_feature(const hz_shapes *s, size_t f, hz_shapes **out, hz_error *err)
{
    unsigned char *keep = hz_mem_new(s->features, 1);
    if (!keep)
        return hz_mem_fail(err, "residents");
    keep[f] = 1;
    hz_status st = hz_shapes_select(s, keep, out, err);
    hz_mem_free(keep);
    return st;
}

/* Append a feature to shapes that have room for it. */
static void append(hz_shapes *to, size_t f, const hz_shapes *from)
{
    size_t ring = to->first_ring[f], point = to->first_point[ring];
    for (size_t r = 0; r < from->rings; r++) {
        to->first_point[ring + r] = point + from->first_point[r];
        to->hole[ring + r] = from->hole[r];
    }
    memcpy(to->x + point, from->x, from->points * sizeof *to->x);
    memcpy(to->y + point, from->y, from->points * sizeof *to->y);
    to->first_ring[f + 1] = ring + from->rings;
    to->first_point[ring + from->rings] = point + from->points;
}

/* One unit without the water that meets it; *out stays NULL where none does or nothing is left. */
static hz_status dry_unit(const hz_shapes *units, size_t f, const hz_shapes *water,
                          const hz_box *boxes, hz_shapes **out, hz_error *err)
{
    hz_box box = hz_shapes_feature_box(units, f);
    hz_shapes *left = NULL;
    hz_status st = HZ_OK;
    for (size_t w = 0; !st && w < water->features; w++) {
        if (!boxes_meet(box, boxes[w]))
            continue;
        hz_shapes *less = NULL;
        st = left ? hz_overlay(left, 0, water, w, HZ_OVERLAY_DIFFERENCE, &less, err)
                  : hz_overlay(units, f, water, w, HZ_OVERLAY_DIFFERENCE, &less, err);
        if (!st) {
            hz_shapes_free(left);
            left = less;
        }
    }
    if (st || (left && !(hz_shape_area(left, 0) > 0))) {
        hz_shapes_free(left);
        left = NULL;
    }
    *out = left;
    return st;
}

static hz_status make_dry(hz_reside *r, const hz_shapes *water, hz_error *err)
{
    size_t n = r->units->features, rings = 0, points = 0;
    hz_shapes **part = hz_mem_new(n, sizeof *part);
    hz_box *boxes = hz_mem_new(water->features, sizeof *boxes);
    hz_status st = part && boxes ? HZ_OK : hz_mem_fail(err, "residents");
    for (size_t w = 0; !st && w < water->features; w++)
        boxes[w] = hz_shapes_feature_box(water, w);
    for (size_t f = 0; !st && f < n; f++) {
        st = dry_unit(r->units, f, water, boxes, &part[f], err);
        if (!st && !part[f])
            st = one_feature(r->units, f, &part[f], err);
        if (!st) {
            rings += part[f]->rings;
            points += part[f]->points;
        }
    }
    if (!st)
        st = hz_shapes_new(HZ_POLYGON, n, rings, points, &r->dry, err);
    for (size_t f = 0; !st && f < n; f++)
        append(r->dry, f, part[f]);
    for (size_t f = 0; part && f < n; f++)
        hz_shapes_free(part[f]);
    hz_mem_free(part);
    hz_mem_free(boxes);
    return st;
}

static const hz_shapes *ground_of(const hz_reside *r)
{
    return r->dry ? r->dry : r->units;
}

hz_status hz_reside_new(const hz_shapes *units, const double *people, const hz_shapes *water,
                        hz_reside **out, hz_error *err)
{
    size_t n = units->features;
    hz_status st = HZ_OK;
    if (units->kind != HZ_POLYGON && units->kind != HZ_POINT)
        return hz_fail(err, HZ_EUSAGE, "residents: given by lines or a table without places, "
                       "expected polygons or points");
    for (size_t i = 0; i < n; i++)
        if (people[i] < 0 || isinf(people[i]))
            return hz_fail(err, HZ_EDATA, "residents: row %zu has %g, expected 0 or more", i + 1,
                           people[i]);
    hz_reside *r = hz_mem_new(1, sizeof *r);
    if (!r)
        return hz_mem_fail(err, "residents");
    r->units = units;
    r->people = hz_mem_new(n, sizeof *r->people);
    if (units->kind == HZ_POLYGON) {
        r->area = hz_mem_new(n, sizeof *r->area);
        r->box = hz_mem_new(n, sizeof *r->box);
    }
    if (!r->people || (units->kind == HZ_POLYGON && (!r->area || !r->box)))
        st = hz_mem_fail(err, "residents");
    if (!st && n)
        memcpy(r->people, people, n * sizeof *people);
    if (!st && units->kind == HZ_POLYGON && water && water->features)
        st = make_dry(r, water, err);
    for (size_t f = 0; !st && r->area && f < n; f++) {
        r->area[f] = hz_shape_area(ground_of(r), f);
        r->box[f] = hz_shapes_feature_box(ground_of(r), f);
    }
    if (st) {
        hz_reside_free(r);
        return st;
    }
    *out = r;
    return HZ_OK;
}

/* Does the segment come near the box?  May say yes where it does not. */
static bool may_cross(double ax, double ay, double bx, double by, hz_box b)
{
    if (fmax(ax, bx) < b.xmin || fmin(ax, bx) > b.xmax || fmax(ay, by) < b.ymin ||
        fmin(ay, by) > b.ymax)
        return false;
    /* all corners on one side of its line, by more than rounding: no */
    const double cx[] = { b.xmin, b.xmax, b.xmax, b.xmin };
    const double cy[] = { b.ymin, b.ymin, b.ymax, b.ymax };
    int left = 0, right = 0;
    double scale = 1e-9 * (hypot(bx - ax, by - ay) + 1);
    for (int i = 0; i < 4; i++) {
        double side = (bx - ax) * (cy[i] - ay) - (by - ay) * (cx[i] - ax);
        left += side > scale;
        right += side < -scale;
    }
    return left != 4 && right != 4;
}

static bool border_meets(const hz_shapes *s, size_t f, hz_box box)
{
    for (size_t r = s->first_ring[f]; r < s->first_ring[f + 1]; r++)
        for (size_t i = s->first_point[r]; i + 1 < s->first_point[r + 1]; i++)
            if (may_cross(s->x[i], s->y[i], s->x[i + 1], s->y[i + 1], box))
                return true;
    return false;
}

static hz_status count_areas(const hz_reside *r, const hz_shapes *s, size_t f, double *people,
                             hz_error *err)
{
    hz_box box = hz_shapes_feature_box(s, f);
    double sum = 0, unknown = 0;
    for (size_t u = 0; u < r->units->features; u++) {
        double area = 0;
        if (!(r->area[u] > 0) || !boxes_meet(box, r->box[u]))
            continue;
        if (border_meets(s, f, r->box[u])) {
            hz_status st = hz_shape_overlap(s, f, ground_of(r), u, &area, err);
            if (st)
                return st;
        } else if (hz_shape_holds(s, f, r->box[u].xmin, r->box[u].ymin)) {
            area = r->area[u]; /* no border comes near: all inside */
        }
        if (isnan(r->people[u]))
            unknown += area;
        else
            sum += r->people[u] * (area > WHOLE * r->area[u] ? 1 : area / r->area[u]);
    }
    *people = unknown > UNKNOWN_MOST * hz_shape_area(s, f) ? NAN : sum;
    return HZ_OK;
}

static hz_status count_points(const hz_reside *r, const hz_shapes *s, size_t f, double *people,
                              hz_error *err)
{
    hz_box box = hz_shapes_feature_box(s, f);
    hz_shapes *one = NULL;
    hz_index *index = NULL;
    double sum = 0;
    hz_status st = one_feature(s, f, &one, err);
    if (!st)
        st = hz_index_new(one, &index, err);
    for (size_t i = 0; !st && i < r->units->features; i++) {
        double x = r->units->x[i], y = r->units->y[i];
        int32_t in = HZ_NOWHERE;
        if (!(x >= box.xmin && x <= box.xmax && y >= box.ymin && y <= box.ymax))
            continue;
        hz_index_locate(index, 0, 1, &x, &y, &in);
        if (in != HZ_NOWHERE)
            sum += r->people[i]; /* one without a figure makes the sum unknown */
    }
    if (!st)
        *people = sum;
    hz_index_free(index);
    hz_shapes_free(one);
    return st;
}

hz_status hz_reside_count(const hz_reside *r, const hz_shapes *shapes, size_t f, double *people,
                          hz_error *err)
{
    if (shapes->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "residents: counted in what is no polygon");
    return r->area ? count_areas(r, shapes, f, people, err)
                   : count_points(r, shapes, f, people, err);
}

/* The cells that a unit's box meets, as a lattice of their own; false: none. */
static bool part_of(const hz_lattice *l, hz_box b, hz_lattice *out, size_t *column, size_t *row)
{
    double c0 = floor((b.xmin - l->x0) / l->side), c1 = floor((b.xmax - l->x0) / l->side) + 1;
    double r0 = floor((b.ymin - l->y0) / l->side), r1 = floor((b.ymax - l->y0) / l->side) + 1;
    c0 = fmax(0, c0);
    r0 = fmax(0, r0);
    c1 = fmin((double)l->columns, c1);
    r1 = fmin((double)l->rows, r1);
    if (!(c0 < c1) || !(r0 < r1))
        return false;
    *column = (size_t)c0;
    *row = (size_t)r0;
    *out = (hz_lattice){ l->x0 + c0 * l->side, l->y0 + r0 * l->side, l->side, (size_t)(c1 - c0),
                         (size_t)(r1 - r0) };
    return true;
}

static hz_status spread_unit(const hz_reside *r, size_t u, const hz_lattice *l, double *people,
                             double *unknown, hz_error *err)
{
    hz_lattice part;
    hz_shapes *one = NULL;
    size_t column, row;
    if (!(r->area[u] > 0) || !part_of(l, r->box[u], &part, &column, &row))
        return HZ_OK;
    double *share = hz_mem_new(part.columns * part.rows, sizeof *share);
    hz_status st = share ? one_feature(ground_of(r), u, &one, err) : hz_mem_fail(err, "residents");
    if (!st) {
        hz_lattice_cover(&part, one, share);
        double each = r->people[u] * l->side * l->side / r->area[u];
        for (size_t y = 0; y < part.rows; y++)
            for (size_t x = 0; x < part.columns; x++) {
                size_t cell = (row + y) * l->columns + column + x;
                double here = share[y * part.columns + x];
                if (isnan(each))
                    unknown[cell] = fmin(1, unknown[cell] + here);
                else
                    people[cell] += each * here;
            }
    }
    hz_shapes_free(one);
    hz_mem_free(share);
    return st;
}

hz_status hz_reside_spread(const hz_reside *r, const hz_lattice *lattice, double *people,
                           double *unknown, hz_error *err)
{
    hz_status st = HZ_OK;
    memset(people, 0, lattice->columns * lattice->rows * sizeof *people);
    memset(unknown, 0, lattice->columns * lattice->rows * sizeof *unknown);
    for (size_t u = 0; r->area && !st && u < r->units->features; u++)
        st = spread_unit(r, u, lattice, people, unknown, err);
    for (size_t i = 0; !r->area && i < r->units->features; i++) {
        size_t cell = hz_lattice_cell(lattice, r->units->x[i], r->units->y[i]);
        if (cell == SIZE_MAX)
            continue;
        if (isnan(r->people[i]))
            unknown[cell] = 1;
        else
            people[cell] += r->people[i];
    }
    return st;
}
