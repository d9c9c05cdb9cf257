/* The ground that zones are placed on: land and residents, summed along rows of cells. */
#include <math.h>

#include "hotzone/mem.h"
#include "zone/placement_parts.h"

static const double CELLS = 250000, CELLS_MOST = 4000000;

void hz_ground_free(hz_ground *g)
{
    if (!g)
        return;
    hz_mem_free(g->sum);
    hz_mem_free(g->away);
    hz_mem_free(g);
}

/* Add up each row; land is where residents are known. */
static void sum_rows(hz_ground *g, const double *share, const double *people,
                     const double *unknown)
{
    size_t wide = g->lattice.columns;
    for (size_t r = 0; r < g->lattice.rows; r++) {
        ground_sum at = { 0, 0 };
        for (size_t c = 0; c < wide; c++) {
            size_t cell = r * wide + c;
            g->sum[r * (wide + 1) + c] = at;
            double land = unknown ? fmax(0, share[cell] - unknown[cell]) : share[cell];
            at.land += land;
            g->away[cell] = land > 0 ? 0 : UINT16_MAX;
            at.people += people ? people[cell] * share[cell] : 0;
        }
        g->sum[r * (wide + 1) + wide] = at;
    }
    hz_ground_sweep(g->lattice.rows, wide, g->away);
}

hz_status hz_ground_new(const hz_shapes *land, const hz_reside *residents, double least_area,
                        hz_ground **out, hz_error *err)
{
    hz_box box = hz_shapes_feature_box(land, 0);
    double area = (box.xmax - box.xmin) * (box.ymax - box.ymin);
    double *share = NULL, *people = NULL, *unknown = NULL;
    if (!(area > 0))
        return hz_fail(err, HZ_EDATA, "placements: the study area has no land");
    hz_ground *g = hz_mem_new(1, sizeof *g);
    if (!g)
        return hz_mem_fail(err, "placements");
    double side = sqrt(area / CELLS);
    if (least_area > 0)
        side = fmax(fmin(side, sqrt(least_area) / 8), sqrt(area / CELLS_MOST));
    g->box = box;
    g->peopled = residents != NULL;
    hz_status st = hz_lattice_over(box, side, 0, 0, &g->lattice, err);
    size_t cells = st ? 0 : g->lattice.columns * g->lattice.rows;
    if (!st) {
        g->sum = hz_mem_new(cells + g->lattice.rows, sizeof *g->sum);
        g->away = hz_mem_new(cells, sizeof *g->away);
        share = hz_mem_new(cells, sizeof *share);
        if (!g->sum || !g->away || !share)
            st = hz_mem_fail(err, "placements");
    }
    if (!st && residents) {
        people = hz_mem_new(cells, sizeof *people);
        unknown = hz_mem_new(cells, sizeof *unknown);
        st = people && unknown
                 ? hz_reside_spread(residents, &g->lattice, people, unknown, err)
                 : hz_mem_fail(err, "placements");
    }
    if (!st) {
        hz_lattice_cover(&g->lattice, land, share);
        sum_rows(g, share, people, unknown);
        *out = g;
    } else {
        hz_ground_free(g);
    }
    hz_mem_free(share);
    hz_mem_free(people);
    hz_mem_free(unknown);
    return st;
}

void hz_ground_form_free(ground_form *form)
{
    hz_mem_free(form->x);
    hz_mem_free(form->y);
    *form = (ground_form){ 0 };
}

/* Twice the signed area of a ring. */
static double turn(const double *x, const double *y, size_t n)
{
    double twice = 0;
    for (size_t i = 0; i + 1 < n; i++)
        twice += x[i] * y[i + 1] - x[i + 1] * y[i];
    return twice;
}

static void reverse(double *v, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        double t = v[i];
        v[i] = v[n - 1 - i];
        v[n - 1 - i] = t;
    }
}

hz_status hz_ground_form_new(const hz_shapes *shapes, size_t f, ground_form *out, hz_error *err)
{
    size_t ring = shapes->first_ring[f], rings = shapes->first_ring[f + 1] - ring;
    size_t from = shapes->first_point[ring], n = shapes->first_point[ring + rings] - from;
    ground_form form = { .rings = rings, .first = shapes->first_point + ring };
    hz_shape_centroid(shapes, f, &form.cx, &form.cy);
    if (isnan(form.cx)) {
        *out = (ground_form){ 0 };
        return HZ_OK;
    }
    form.x = hz_mem_new(n, sizeof *form.x);
    form.y = hz_mem_new(n, sizeof *form.y);
    if (!form.x || !form.y) {
        hz_ground_form_free(&form);
        return hz_mem_fail(err, "placements");
    }
    form.points = n;
    for (size_t i = 0; i < n; i++) {
        form.x[i] = shapes->x[from + i] - form.cx;
        form.y[i] = shapes->y[from + i] - form.cy;
    }
    for (size_t r = 0; r < rings; r++) {
        size_t at = form.first[r] - from, points = form.first[r + 1] - form.first[r];
        if ((turn(form.x + at, form.y + at, points) < 0) != (shapes->hole[ring + r] != 0)) {
            reverse(form.x + at, points);
            reverse(form.y + at, points);
        }
    }
    *out = form;
    return HZ_OK;
}

/* The sums of a row up to u cells from its west end. */
static inline ground_sum sum_at(const hz_ground *g, double row, double u)
{
    if (row < 0 || row >= (double)g->lattice.rows || !(u > 0))
        return (ground_sum){ 0, 0 };
    const ground_sum *s = g->sum + (size_t)row * (g->lattice.columns + 1);
    if (u >= (double)g->lattice.columns)
        return s[g->lattice.columns];
    size_t c = (size_t)u;
    double part = u - (double)c;
    return (ground_sum){ s[c].land + part * (s[c + 1].land - s[c].land),
                         s[c].people + part * (s[c + 1].people - s[c].people) };
}

typedef struct {
    double length, land, people;
} crossing_sum;

/* An edge adds what lies west of it where it goes north (the inside is on its left), and takes that
 * away where it goes south.  Coordinates in cells, rows shifted so that their middles are whole. */
static void add_edge(const hz_ground *g, double ax, double ay, double bx, double by,
                     crossing_sum *sum)
{
    double sign = by > ay ? 1 : -1;
    double low = floor(fmin(ay, by)) + 1, high = floor(fmax(ay, by));
    if (high < low)
        return;
    double slope = (bx - ax) / (by - ay);
    for (double row = low; row <= high; row++) {
        double x = ax + (row - ay) * slope;
        ground_sum west = sum_at(g, row, x);
        sum->length += sign * x;
        sum->land += sign * west.land;
        sum->people += sign * west.people;
    }
}

void hz_ground_judge(const hz_ground *g, const ground_form *form, double c, double s, double x,
                     double y, double *land, double *people)
{
    const hz_lattice *l = &g->lattice;
    double scale = 1 / l->side, ox = (x - l->x0) * scale, oy = (y - l->y0) * scale - 0.5;
    double dc = c * scale, ds = s * scale;
    crossing_sum sum = { 0, 0, 0 };
    for (size_t r = 0; r < form->rings; r++) {
        size_t first = form->first[r] - form->first[0], last = form->first[r + 1] - form->first[0];
        double ax = 0, ay = 0;
        for (size_t i = first; i < last; i++) {
            double bx = ox + form->x[i] * dc - form->y[i] * ds;
            double by = oy + form->x[i] * ds + form->y[i] * dc;
            if (i > first)
                add_edge(g, ax, ay, bx, by, &sum);
            ax = bx;
            ay = by;
        }
    }
    *land = sum.length > 0 ? sum.land / sum.length : NAN;
    *people = sum.length > 0 ? fmax(0, sum.people) : NAN;
}

hz_status hz_ground_measure(const hz_ground *g, const hz_shapes *shapes, size_t f, double *land,
                            double *people, hz_error *err)
{
    ground_form form;
    hz_status st = hz_ground_form_new(shapes, f, &form, err);
    if (st)
        return st;
    *land = *people = NAN;
    if (form.points)
        hz_ground_judge(g, &form, 1, 0, form.cx, form.cy, land, people);
    hz_ground_form_free(&form);
    return HZ_OK;
}
