/* Neighbours off trees and tables against the slow and obvious way, on seeded random places. */
#include "check.h"

#include "hotzone/lattice.h"
#include "hotzone/rng.h"
#include "hotzone/weights.h"

static hz_error err;
enum { MOST = 400 };

/* Places on a coarse grid, so that ties, coincidence and exact reaches are common. */
static size_t scatter(uint32_t round, double *x, double *y)
{
    hz_rng rng = hz_rng_new(3, 1, 0, round);
    size_t n = 2 + hz_rng_below(&rng, MOST - 2);
    uint64_t grid = 3 + hz_rng_below(&rng, 60);
    for (size_t i = 0; i < n; i++) {
        x[i] = 0.1 * (double)hz_rng_below(&rng, grid) + (round % 2 ? 1000 : 0);
        y[i] = 0.1 * (double)hz_rng_below(&rng, grid);
    }
    return n;
}

TEST(a_band_holds_all_within_reach_and_no_others)
{
    static double x[MOST], y[MOST];
    for (uint32_t round = 0; round < 40; round++) {
        size_t n = scatter(round, x, y);
        double reach = 0.1 * (1 + round % 7) * (round % 3 ? 1 : sqrt(2.0));
        hz_csr *csr = NULL;
        CHECK_OK(hz_weights_band(n, x, y, reach, false, &csr, &err), err);
        for (size_t i = 0; i < n; i++) {
            size_t l = csr->first[i];
            for (size_t j = 0; j < n; j++) {
                double dx = x[i] - x[j], dy = y[i] - y[j];
                if (j == i || dx * dx + dy * dy > reach * reach * (1 + 2e-9))
                    continue;
                CHECK(l < csr->first[i + 1] && csr->neighbour[l] == j);
                l++;
            }
            CHECK(l == csr->first[i + 1]);
        }
        hz_csr_free(csr);
    }
}

TEST(the_nearest_are_those_that_sorting_finds)
{
    static double x[MOST], y[MOST];
    for (uint32_t round = 0; round < 40; round++) {
        size_t n = scatter(round, x, y), k = 1 + (round * 3) % 12;
        hz_csr *csr = NULL;
        if (k >= n)
            continue;
        CHECK_OK(hz_weights_nearest(n, x, y, k, &csr, &err), err);
        for (size_t i = 0; i < n; i++) {
            /* a neighbour has fewer than k others before it: nearer, or as near and lower */
            CHECK(hz_csr_count(csr, i) == k);
            for (size_t l = csr->first[i]; l < csr->first[i + 1]; l++) {
                uint32_t a = csr->neighbour[l];
                double da = pow(x[a] - x[i], 2) + pow(y[a] - y[i], 2);
                size_t before = 0;
                for (size_t j = 0; j < n; j++) {
                    double d = pow(x[j] - x[i], 2) + pow(y[j] - y[i], 2);
                    bool tie = fabs(d - da) <= 2e-9 * fmax(d, da);
                    before += j != i && j != a && (tie ? j < a : d < da);
                }
                CHECK(before < k);
            }
        }
        hz_csr_free(csr);
    }
}

/* Squares in a random pattern: by their corners, by their numbers, and by distance all agree. */
TEST(squares_have_the_neighbours_of_their_cells)
{
    for (uint32_t round = 0; round < 20; round++) {
        hz_rng rng = hz_rng_new(4, 1, 0, round);
        hz_lattice g = { 724000.25, 6175000.5, 33.3, 12, 9 };
        unsigned char keep[108];
        int32_t column[108], row[108];
        double x[108], y[108];
        size_t n = 0;
        for (int c = 0; c < 108; c++) {
            keep[c] = hz_rng_below(&rng, 3) > 0;
            if (!keep[c])
                continue;
            column[n] = c % 12;
            row[n] = c / 12;
            x[n] = 33.3 * column[n];
            y[n] = 33.3 * row[n];
            n++;
        }
        for (int rook = 0; rook < 2; rook++) {
            hz_shapes *s = NULL;
            hz_csr *by_shape = NULL, *by_cell = NULL, *by_distance = NULL;
            CHECK_OK(hz_lattice_squares(&g, keep, &s, &err), err);
            CHECK_OK(hz_weights_contiguity(s, rook, &by_shape, &err), err);
            CHECK_OK(hz_weights_cells(n, column, row, rook, &by_cell, &err), err);
            CHECK_OK(hz_weights_band(n, x, y, 33.3 * (rook ? 1 : sqrt(2.0)), false, &by_distance,
                                     &err), err);
            CHECK(by_shape->first[n] == by_cell->first[n]);
            CHECK(by_shape->first[n] == by_distance->first[n]);
            for (size_t l = 0; l < by_cell->first[n]; l++) {
                CHECK(by_shape->neighbour[l] == by_cell->neighbour[l]);
                CHECK(by_shape->neighbour[l] == by_distance->neighbour[l]);
            }
            hz_shapes_free(s);
            hz_csr_free(by_shape);
            hz_csr_free(by_cell);
            hz_csr_free(by_distance);
        }
    }
}

RUN_TESTS(T(a_band_holds_all_within_reach_and_no_others),
          T(the_nearest_are_those_that_sorting_finds),
          T(squares_have_the_neighbours_of_their_cells))
