/* Measures of random polygons against slow twins, and what moving them must not change. */
#include "check.h"

#include "hotzone/shape.h"

static hz_error err;

/* splitmix64 (Steele, Lea & Flood 2014) */
static double uniform(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* A star-shaped ring about (0, 0) with a hole of 0.3 of its size, both never crossing. */
static hz_shapes *star(uint64_t *seed, size_t corners)
{
    hz_shapes *s;
    if (hz_shapes_new(HZ_POLYGON, 1, 2, 2 * corners + 2, &s, &err))
        return NULL;
    s->first_ring[1] = 2;
    s->hole[1] = 1;
    for (size_t i = 0; i < corners; i++) {
        double angle = 2 * 3.14159265358979 * ((double)i + 0.8 * uniform(seed)) / (double)corners;
        double radius = 0.4 + 0.6 * uniform(seed);
        s->x[i] = radius * cos(angle);
        s->y[i] = radius * sin(angle);
        s->x[corners + 1 + i] = 0.3 * s->x[i];
        s->y[corners + 1 + i] = 0.3 * s->y[i];
    }
    for (size_t r = 0; r < 2; r++) {
        size_t first = r * (corners + 1);
        s->x[first + corners] = s->x[first];
        s->y[first + corners] = s->y[first];
        s->first_point[r + 1] = first + corners + 1;
    }
    return s;
}

TEST(area_is_the_share_of_random_points_inside)
{
    enum { POINTS = 20000 };
    uint64_t seed = 1;
    for (int world = 0; world < 20; world++) {
        size_t inside = 0;
        hz_shapes *s = star(&seed, 3 + (size_t)world * 4);
        for (int k = 0; k < POINTS; k++)
            inside += hz_shape_holds(s, 0, 2 * uniform(&seed) - 1, 2 * uniform(&seed) - 1);
        /* five standard errors of a share of 4 */
        CHECK_NEAR(4 * (double)inside / POINTS, hz_shape_area(s, 0), 4 * 5 * 0.5 / sqrt(POINTS));
        hz_shapes_free(s);
    }
}

TEST(the_pole_is_at_least_as_far_from_the_border_as_any_point_tried)
{
    const double tolerance = 1e-3;
    uint64_t seed = 2;
    for (int world = 0; world < 40; world++) {
        double x, y, d, best = 0;
        hz_shapes *s = star(&seed, 3 + (size_t)world);
        CHECK(hz_shape_pole(s, 0, tolerance, &x, &y, &d));
        CHECK(hz_shape_holds(s, 0, x, y));
        CHECK_NEAR(hz_shape_border_distance(s, 0, x, y), d, 1e-12);
        for (int k = 0; k < 5000; k++) {
            double px = 2 * uniform(&seed) - 1, py = 2 * uniform(&seed) - 1;
            if (hz_shape_holds(s, 0, px, py))
                best = fmax(best, hz_shape_border_distance(s, 0, px, py));
        }
        CHECK(d >= best - tolerance);
        hz_shapes_free(s);
    }
}

TEST(border_distance_is_the_least_distance_to_many_points_of_the_border)
{
    uint64_t seed = 3;
    for (int world = 0; world < 50; world++) {
        hz_shapes *dense, *s = star(&seed, 5);
        CHECK_OK(hz_shapes_densify(s, 1e-3, &dense, &err), err);
        double px = 3 * uniform(&seed) - 1.5, py = 3 * uniform(&seed) - 1.5, least = 9;
        for (size_t i = 0; i < dense->points; i++)
            least = fmin(least, hypot(dense->x[i] - px, dense->y[i] - py));
        double d = hz_shape_border_distance(s, 0, px, py);
        CHECK(d <= least + 1e-12 && d >= least - 0.5e-3);
        hz_shapes_free(s);
        hz_shapes_free(dense);
    }
}

/* Moved by a power of two and scaled by one, coordinates of 40 bits stay exact. */
TEST(moving_and_scaling_change_measures_as_they_must)
{
    uint64_t seed = 4;
    for (int world = 0; world < 50; world++) {
        double x, y, mx, my;
        hz_shapes *moved, *s = star(&seed, 3 + (size_t)world);
        for (size_t i = 0; i < s->points; i++) {
            s->x[i] = floor(s->x[i] * 0x1p30) * 0x1p-30;
            s->y[i] = floor(s->y[i] * 0x1p30) * 0x1p-30;
        }
        CHECK_OK(hz_shapes_copy(s, &moved, &err), err);
        for (size_t i = 0; i < s->points; i++) {
            moved->x[i] = 4 * (s->x[i] + 1024);
            moved->y[i] = 4 * (s->y[i] - 1024);
        }
        CHECK_NEAR(hz_shape_area(moved, 0), 16 * hz_shape_area(s, 0), 0);
        CHECK_NEAR(hz_shape_perimeter(moved, 0), 4 * hz_shape_perimeter(s, 0), 1e-12);
        hz_shape_centroid(s, 0, &x, &y);
        hz_shape_centroid(moved, 0, &mx, &my);
        CHECK_NEAR(mx, 4 * (x + 1024), 1e-11);
        CHECK_NEAR(my, 4 * (y - 1024), 1e-11);
        for (int k = 0; k < 1000; k++) {
            double px = floor((2 * uniform(&seed) - 1) * 0x1p30) * 0x1p-30;
            double py = floor((2 * uniform(&seed) - 1) * 0x1p30) * 0x1p-30;
            CHECK(hz_shape_holds(s, 0, px, py) ==
                  hz_shape_holds(moved, 0, 4 * (px + 1024), 4 * (py - 1024)));
        }
        hz_shapes_free(moved);
        hz_shapes_free(s);
    }
}

TEST(densifying_keeps_area_and_length_and_bounds_every_segment)
{
    uint64_t seed = 5;
    for (int world = 0; world < 50; world++) {
        hz_shapes *dense, *s = star(&seed, 3 + (size_t)world);
        CHECK_OK(hz_shapes_densify(s, 0.01, &dense, &err), err);
        CHECK_NEAR(hz_shape_area(dense, 0), hz_shape_area(s, 0), 1e-13);
        CHECK_NEAR(hz_shape_perimeter(dense, 0), hz_shape_perimeter(s, 0), 1e-12);
        for (size_t r = 0; r < dense->rings; r++)
            for (size_t i = dense->first_point[r]; i + 1 < dense->first_point[r + 1]; i++)
                CHECK(hypot(dense->x[i + 1] - dense->x[i], dense->y[i + 1] - dense->y[i]) <=
                      0.01 * (1 + 1e-12));
        hz_shapes_free(s);
        hz_shapes_free(dense);
    }
}

/* Random rings that cross themselves: what comes back is sound, and repairing again is idle. */
TEST(repaired_polygons_have_no_fault)
{
    uint64_t seed = 6;
    for (int world = 0; world < 60; world++) {
        char text[200];
        size_t repaired = 9, n = 4 + (size_t)world % 12;
        hz_shapes *s, *fixed, *again;
        CHECK_OK(hz_shapes_new(HZ_POLYGON, 1, 1, n + 1, &s, &err), err);
        for (size_t i = 0; i < n; i++) {
            s->x[i] = floor(8 * uniform(&seed));
            s->y[i] = floor(8 * uniform(&seed));
        }
        s->x[n] = s->x[0];
        s->y[n] = s->y[0];
        s->first_ring[1] = 1;
        s->first_point[1] = n + 1;
        CHECK_OK(hz_shapes_repair(s, &fixed, NULL, &err), err);
        CHECK(hz_shape_fault(fixed, 0, text, sizeof text) == NULL);
        CHECK_OK(hz_shapes_repair(fixed, &again, &repaired, &err), err);
        CHECK(repaired == 0 && again->points == fixed->points);
        hz_shapes_free(s);
        hz_shapes_free(fixed);
        hz_shapes_free(again);
    }
}

TEST(overlaps_with_the_cells_of_a_lattice_add_up_to_the_area)
{
    enum { CELLS = 8 };
    uint64_t seed = 7;
    for (int world = 0; world < 10; world++) {
        hz_shapes *cell, *s = star(&seed, 12);
        double sum = 0, part;
        CHECK_OK(hz_shapes_new(HZ_POLYGON, 1, 1, 5, &cell, &err), err);
        cell->first_ring[1] = 1;
        cell->first_point[1] = 5;
        for (int k = 0; k < CELLS * CELLS; k++) {
            const double corner[] = { 0, 1, 1, 0, 0 }, other[] = { 0, 0, 1, 1, 0 };
            for (size_t i = 0; i < 5; i++) {
                cell->x[i] = -1 + 2.0 / CELLS * (k % CELLS + corner[i]);
                cell->y[i] = -1 + 2.0 / CELLS * (k / CELLS + other[i]);
            }
            CHECK_OK(hz_shape_overlap(s, 0, cell, 0, &part, &err), err);
            sum += part;
        }
        CHECK_NEAR(sum, hz_shape_area(s, 0), 1e-12);
        hz_shapes_free(cell);
        hz_shapes_free(s);
    }
}

RUN_TESTS(T(area_is_the_share_of_random_points_inside),
          T(the_pole_is_at_least_as_far_from_the_border_as_any_point_tried),
          T(border_distance_is_the_least_distance_to_many_points_of_the_border),
          T(moving_and_scaling_change_measures_as_they_must),
          T(densifying_keeps_area_and_length_and_bounds_every_segment),
          T(repaired_polygons_have_no_fault),
          T(overlaps_with_the_cells_of_a_lattice_add_up_to_the_area))
