/* K by hand, against a slow twin, GEOS and spatstat; circles cut by borders. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "hotzone/ripley.h"
#include "hotzone/rng.h"

static const double PI = 3.14159265358979323846;
static hz_error err;

enum { MOST = 40 };

/* A window of up to two rings, given with the inside on the left. */
typedef struct {
    double x1[MOST], y1[MOST], x2[MOST], y2[MOST];
    hz_window w;
} frame;

static void add_ring(frame *f, size_t n, const double *x, const double *y)
{
    hz_window *w = &f->w;
    double area = 0;
    for (size_t i = 0; i < n; i++) {
        size_t next = (i + 1) % n;
        f->x1[w->n] = x[i];
        f->y1[w->n] = y[i];
        f->x2[w->n] = x[next];
        f->y2[w->n++] = y[next];
        area += (x[i] * y[next] - x[next] * y[i]) / 2;
    }
    *w = (hz_window){ w->n, f->x1, f->y1, f->x2, f->y2, w->area + area };
}

static void make_square(frame *f)
{
    const double x[] = { 0, 1, 1, 0 }, y[] = { 0, 0, 1, 1 };
    *f = (frame){ .w = { 0 } };
    add_ring(f, 4, x, y);
}

/* An L of 60, less a yard of 1.5. */
static void make_corner(frame *f)
{
    const double x[] = { 0, 10, 10, 4, 4, 0 }, y[] = { 0, 0, 4, 4, 9, 9 };
    const double yard_x[] = { 1, 1, 2.5, 2.5 }, yard_y[] = { 1, 2, 2, 1 };
    *f = (frame){ .w = { 0 } };
    add_ring(f, 6, x, y);
    add_ring(f, 4, yard_x, yard_y);
}

static const double corner_points[] = {
    3.977, 0.591, 1.157, 5.643, 0.697, 4.414, 2.437, 8.739, 7.92,  3.26,  3.401, 6.12,
    9.721, 2.373, 4.591, 1.666, 1.717, 3.414, 2.315, 7.623, 0.963, 7.115, 0.847, 4.112,
    0.087, 3.437, 3.166, 3.931, 2.952, 2.876, 9.967, 0.743, 5.731, 1.211, 7.741, 3.991,
    6.278, 3.942, 3.868, 8.394, 1.628, 7.996, 1.872, 7.907, 3.912, 2.18,  2.739, 6.673
};
enum { CORNER = 24 };

/* K at the reach alone. */
static double k_at(const hz_window *w, hz_edge edge, size_t n, const double *x, const double *y,
                   const unsigned char *kind, double r)
{
    hz_overlap_table *table = NULL;
    hz_ripley_room *room = NULL;
    double k[2] = { NAN, NAN };
    hz_ripley_plan plan = { edge, w, NULL, r, 1 };
    if (!hz_ripley_overlap_new(w, r, &table, &err) && !hz_ripley_room_new(n, w, &room, &err)) {
        plan.overlap = table;
        hz_ripley_k(&plan, n, x, y, kind, room, k);
    }
    hz_ripley_room_free(room);
    hz_ripley_overlap_free(table);
    return k[1];
}

TEST(a_circle_about_a_corner_has_a_quarter_inside)
{
    frame f;
    make_square(&f);
    CHECK_NEAR(hz_ripley_arc(&f.w, 0, 0, 0.3), 0.25, 1e-15);
    CHECK_NEAR(hz_ripley_arc(&f.w, 0.5, 0, 0.3), 0.5, 1e-15);
    CHECK(hz_ripley_arc(&f.w, 0.5, 0.5, 0.3) == 1);
    CHECK(hz_ripley_arc(&f.w, 0.5, 0.5, 0.5) == 1);
    /* the chord above the middle, 0.4 of 0.5 off: acos(0.8) either way */
    CHECK_NEAR(hz_ripley_arc(&f.w, 0.5, 0.6, 0.5), 1 - acos(0.8) / PI, 1e-14);
}

/* Against walking the circle in 40,000 steps. */
TEST(circles_in_a_window_with_a_yard_are_as_if_walked)
{
    frame f;
    make_corner(&f);
    hz_rng rng = hz_rng_new(8, 1, 0, 0);
    for (int i = 0; i < 24; i++) {
        double x = corner_points[2 * i], y = corner_points[2 * i + 1];
        double d = 0.2 + 4 * hz_rng_uniform(&rng);
        int inside = 0, steps = 40000;
        for (int s = 0; s < steps; s++) {
            double a = 2 * PI * (s + 0.5) / steps, px = x + d * cos(a), py = y + d * sin(a);
            bool in = px > 0 && py > 0 && px < 10 && py < 9 && (px < 4 || py < 4);
            inside += in && !(px > 1 && px < 2.5 && py > 1 && py < 2);
        }
        CHECK_NEAR(hz_ripley_arc(&f.w, x, y, d), (double)inside / steps, 2e-4);
    }
}

TEST(a_square_moved_keeps_a_rectangle)
{
    frame f;
    hz_overlap_table *t = NULL;
    make_square(&f);
    CHECK_OK(hz_ripley_overlap_new(&f.w, 0.25, &t, &err), err);
    for (double dx = -0.25; dx <= 0.25; dx += 0.01237)
        for (double dy = -0.25; dy <= 0.25; dy += 0.0171)
            CHECK_NEAR(hz_ripley_overlap(t, dx, dy), (1 - fabs(dx)) * (1 - fabs(dy)), 1e-12);
    CHECK(hz_ripley_overlap(t, 0.3, 0) == 0);
    hz_ripley_overlap_free(t);
}

/* A ragged star of 40 corners beside GEOS. */
TEST(a_ragged_window_moved_keeps_what_geos_says)
{
    enum { N = 40 };
    double x[N], y[N];
    frame f = { .w = { 0 } };
    hz_overlap_table *t = NULL;
    hz_shapes *a = NULL, *b = NULL;
    hz_rng rng = hz_rng_new(5, 1, 0, 0);
    for (int i = 0; i < N; i++) {
        double r = 2000 + 3000 * hz_rng_uniform(&rng), at = 2 * PI * i / N;
        x[i] = r * cos(at);
        y[i] = r * sin(at);
    }
    add_ring(&f, N, x, y);
    CHECK_OK(hz_shapes_new(HZ_POLYGON, 1, 1, N + 1, &a, &err), err);
    a->first_ring[1] = 1;
    a->first_point[1] = N + 1;
    for (int i = 0; i <= N; i++) {
        a->x[i] = x[i % N];
        a->y[i] = y[i % N];
    }
    CHECK_OK(hz_ripley_overlap_new(&f.w, 2500, &t, &err), err);
    double worst = 0;
    for (int i = 0; i < 150; i++) {
        double dx = 5000 * hz_rng_uniform(&rng) - 2500, dy = 5000 * hz_rng_uniform(&rng) - 2500;
        double want = 0;
        CHECK_OK(hz_shapes_copy(a, &b, &err), err);
        for (int p = 0; p <= N; p++) {
            b->x[p] += dx;
            b->y[p] += dy;
        }
        CHECK_OK(hz_shape_overlap(a, 0, b, 0, &want, &err), err);
        worst = fmax(worst, fabs(hz_ripley_overlap(t, dx, dy) - want) / f.w.area);
        hz_shapes_free(b);
    }
    CHECK_NEAR(worst, 0, 2e-4);
    hz_shapes_free(a);
    hz_ripley_overlap_free(t);
}

TEST(two_points_by_hand)
{
    frame f;
    const double x[] = { 0.5, 0.5 }, y[] = { 0.1, 0.3 };
    make_square(&f);
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_NONE, 2, x, y, NULL, 0.25), 1, 1e-14);
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_NONE, 2, x, y, NULL, 0.2), 1, 1e-14);
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_NONE, 2, x, y, NULL, 0.19), 0, 1e-14);
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_TRANSLATION, 2, x, y, NULL, 0.25), 1 / 0.8, 1e-12);
    /* about the lower point a third of the circle lies below: 2 acos(1/2) of 2 pi */
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_ISOTROPIC, 2, x, y, NULL, 0.25), (1.5 + 1) / 2, 1e-14);
    const unsigned char kind[] = { 1, 2 }, other[] = { 2, 1 };
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_ISOTROPIC, 2, x, y, kind, 0.25), 1.5, 1e-14);
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_ISOTROPIC, 2, x, y, other, 0.25), 1, 1e-14);
    CHECK_NAN(k_at(&f.w, HZ_EDGE_NONE, 1, x, y, NULL, 0.25));
}

/* spatstat.explore 3.0-6: Kest and Kcross, none and isotropic; translation by clipping the window
 * with itself for every pair (intersect.owin), which its own table only comes near to. */
TEST(points_in_a_corner_as_spatstat_has_them)
{
    frame f;
    double x[CORNER], y[CORNER];
    unsigned char kind[CORNER];
    make_corner(&f);
    CHECK_NEAR(f.w.area, 58.5, 1e-12);
    for (size_t i = 0; i < CORNER; i++) {
        x[i] = corner_points[2 * i];
        y[i] = corner_points[2 * i + 1];
        kind[i] = i % 2 == 0 ? 1 : 2;
    }
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_NONE, CORNER, x, y, NULL, 0.811), 1.05978260869565, 1e-13);
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_ISOTROPIC, CORNER, x, y, NULL, 0.811), 1.17072289094499, 1e-12);
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_TRANSLATION, CORNER, x, y, NULL, 0.811), 1.210720507, 6e-5);
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_NONE, CORNER, x, y, NULL, 2.003), 8.69021739130435, 1e-12);
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_ISOTROPIC, CORNER, x, y, NULL, 2.003), 12.002385383957, 1e-11);
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_TRANSLATION, CORNER, x, y, NULL, 2.003), 12.050371297, 6e-4);
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_NONE, CORNER, x, y, kind, 2.003), 8.53125, 1e-12);
    CHECK_NEAR(k_at(&f.w, HZ_EDGE_ISOTROPIC, CORNER, x, y, kind, 2.003), 11.2168891611436, 1e-11);
}

/* Every pair in turn. */
static void slow_k(const hz_window *w, size_t n, const double *x, const double *y, double r,
                   double *none, double *isotropic)
{
    *none = *isotropic = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double d = hypot(x[i] - x[j], y[i] - y[j]);
            if (i == j || d > r * (1 + 1e-9))
                continue;
            *none += w->area / (double)(n * (n - 1));
            *isotropic += w->area / (double)(n * (n - 1)) / hz_ripley_arc(w, x[i], y[i], d);
        }
}

TEST(cells_find_the_pairs_that_a_double_loop_finds)
{
    enum { N = 200, STEPS = 10 };
    frame f;
    double x[N], y[N], none[STEPS + 1], isotropic[STEPS + 1];
    hz_ripley_room *room = NULL;
    make_square(&f);
    CHECK_OK(hz_ripley_room_new(N, &f.w, &room, &err), err);
    for (uint32_t round = 0; round < 12; round++) {
        hz_rng rng = hz_rng_new(21, 1, round, 0);
        double reach = 0.02 + 0.05 * round;
        for (int i = 0; i < N; i++) {
            double clump = round % 3 == 1 ? 0.2 : 1;
            x[i] = 0.1 * (round % 3) + clump * 0.8 * hz_rng_uniform(&rng);
            y[i] = hz_rng_uniform(&rng);
            if (round % 2) { /* a lattice: equal distances, points in one place */
                x[i] = rint(x[i] * 20) / 20;
                y[i] = rint(y[i] * 20) / 20;
            }
        }
        hz_ripley_plan plan = { HZ_EDGE_NONE, &f.w, NULL, reach, STEPS };
        hz_ripley_k(&plan, N, x, y, NULL, room, none);
        plan.edge = HZ_EDGE_ISOTROPIC;
        hz_ripley_k(&plan, N, x, y, NULL, room, isotropic);
        for (int s = 1; s <= STEPS; s++) {
            double want, want_isotropic;
            slow_k(&f.w, N, x, y, reach * s / STEPS, &want, &want_isotropic);
            CHECK_NEAR(none[s], want, 1e-11);
            CHECK_NEAR(isotropic[s], want_isotropic, 1e-9);
        }
    }
    hz_ripley_room_free(room);
}

TEST(no_area_and_no_memory_are_said)
{
    frame f;
    hz_overlap_table *t = NULL;
    hz_ripley_room *room = NULL;
    make_square(&f);
    CHECK_FAILS(hz_ripley_overlap_new(&f.w, 0, &t, &err), HZ_EUSAGE, err, "reach 0");
    f.w.area = 0;
    CHECK_FAILS(hz_ripley_overlap_new(&f.w, 1, &t, &err), HZ_EDATA, err, "area of 0");
    make_square(&f);
    for (long at = 1; at <= 4; at++) {
        hz_mem_fail_at(at);
        CHECK_FAILS(hz_ripley_overlap_new(&f.w, 1, &t, &err), HZ_EMEMORY, err, "covariance");
    }
    for (long at = 1; at <= 8; at++) {
        hz_mem_fail_at(at);
        CHECK(hz_ripley_room_new(5, &f.w, &room, &err) == HZ_EMEMORY && room == NULL);
    }
    hz_mem_fail_at(0);
}

RUN_TESTS(T(a_circle_about_a_corner_has_a_quarter_inside),
          T(circles_in_a_window_with_a_yard_are_as_if_walked), T(a_square_moved_keeps_a_rectangle),
          T(a_ragged_window_moved_keeps_what_geos_says), T(two_points_by_hand),
          T(points_in_a_corner_as_spatstat_has_them),
          T(cells_find_the_pairs_that_a_double_loop_finds), T(no_area_and_no_memory_are_said))
