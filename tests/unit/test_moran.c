/* Local and global statistics of neighbours: sums by hand, degenerate maps. */
#include "check.h"

#include "hotzone/getis.h"
#include "hotzone/mem.h"
#include "hotzone/moran.h"
#include "hotzone/weights.h"

static hz_error err;

static hz_csr *chain(size_t n)
{
    int32_t column[16], row[16] = { 0 };
    hz_csr *csr = NULL;
    for (size_t i = 0; i < n; i++)
        column[i] = (int32_t)i;
    return hz_weights_cells(n, column, row, false, &csr, &err) ? NULL : csr;
}

TEST(four_cells_in_a_row_by_hand)
{
    const double x[] = { 1, 2, 6, 0 };
    hz_csr *csr = chain(4);
    hz_association a;
    CHECK_OK(hz_moran_global(4, x, csr, false, &a, &err), err);
    /* z -1.25 -0.25 3.75 -2.25, squares 20.75; products 0.3125 - 0.9375 - 8.4375 */
    CHECK_NEAR(a.moran.value, 4.0 / 6 * 2 * -9.0625 / 20.75, 1e-14);
    CHECK_NEAR(a.moran.expected, -1.0 / 3, 1e-15);
    /* gaps 1 16 36 */
    CHECK_NEAR(a.geary.value, 3.0 * 2 * 53 / (2 * 6 * 20.75), 1e-14);
    /* products 2 12 0 of pairs 81 - 41 */
    CHECK_NEAR(a.general.value, 28.0 / 40, 1e-14);
    CHECK(a.s0 == 6 && a.s1 == 12 && a.s2 == 40 && a.used == 4 && a.islands == 0);
    hz_csr_free(csr);
}

TEST(the_local_morans_add_up_to_the_global_one)
{
    const double x[] = { 5, 1, 0, 2, 9, 9, 4 };
    hz_csr *csr = chain(7);
    hz_association a;
    hz_values v = hz_values_of(7, x);
    double sum = 0;
    CHECK_OK(hz_moran_global(7, x, csr, true, &a, &err), err);
    for (size_t i = 0; i < 7; i++)
        sum += hz_moran_local(&v, csr, i, true).statistic;
    CHECK_NEAR(sum / a.s0, a.moran.value, 1e-14);
    hz_csr_free(csr);
}

/* Of 1 2 6 0, the second with both its neighbours: 9 of 9; mean 2.25, variance 20.75 / 4. */
TEST(gistar_by_hand)
{
    const double x[] = { 1, 2, 6, 0 };
    hz_csr *csr = chain(4);
    hz_values v = hz_values_of(4, x);
    hz_local g = hz_getis_local(&v, csr, 1, true, false);
    CHECK(g.statistic == 9 && g.expected == 6.75);
    CHECK_NEAR(g.sd, sqrt(20.75 / 4 * (4 * 3 - 9) / 3.0), 1e-14);
    g = hz_getis_local(&v, csr, 1, true, true);
    CHECK_NEAR(g.statistic, 3, 1e-15);
    CHECK_NEAR(g.expected, 2.25, 1e-15);
    /* without itself: mean of 1 6 0 */
    g = hz_getis_local(&v, csr, 1, false, false);
    CHECK(g.statistic == 7);
    CHECK_NEAR(g.expected, 2 * 7.0 / 3, 1e-14);
    hz_csr_free(csr);
}

TEST(what_cannot_vary_has_no_sd)
{
    const double x[] = { 0, 0, 1, 0 };
    hz_csr *csr = chain(4), *all = NULL;
    hz_values v = hz_values_of(4, x);
    /* the others are all 0 */
    CHECK_NAN(hz_getis_local(&v, csr, 2, false, false).sd);
    CHECK_NAN(hz_moran_local(&v, csr, 2, true).sd);
    CHECK(hz_getis_local(&v, csr, 2, true, false).sd > 0);
    CHECK_OK(hz_weights_nearest(4, x, x, 3, &all, &err), err);
    CHECK_NAN(hz_getis_local(&v, all, 0, true, false).sd);
    CHECK_NAN(hz_getis_local(&v, all, 0, false, false).sd);
    hz_csr_free(csr);
    hz_csr_free(all);
}

TEST(units_without_neighbours_take_no_part)
{
    const double x[] = { 1, 2, 6, 0, 100 };
    const int32_t column[] = { 0, 1, 2, 3, 9 }, row[] = { 0, 0, 0, 0, 0 };
    hz_csr *csr = NULL, *four = chain(4);
    hz_association a, b;
    CHECK_OK(hz_weights_cells(5, column, row, false, &csr, &err), err);
    CHECK_OK(hz_moran_global(5, x, csr, true, &a, &err), err);
    CHECK_OK(hz_moran_global(4, x, four, true, &b, &err), err);
    CHECK(a.islands == 1 && a.used == 4);
    CHECK(a.moran.value == b.moran.value && a.moran.randomisation == b.moran.randomisation);
    hz_csr_free(csr);
    hz_csr_free(four);
}

TEST(equal_values_and_negative_ones_are_told_apart)
{
    const double same[] = { 3, 3, 3, 3, 3 }, mixed[] = { -1, 2, 3, 0, 1 };
    hz_csr *csr = chain(5);
    hz_association a;
    CHECK_FAILS(hz_moran_global(5, same, csr, true, &a, &err), HZ_EDATA, err, "all equal");
    CHECK_OK(hz_moran_global(5, mixed, csr, true, &a, &err), err);
    CHECK_NAN(a.general.value);
    CHECK(isfinite(a.moran.randomisation));
    hz_csr_free(csr);
}

/* 12 of 1000, 40 of 10,000, 90 of 30,000 as in rates.md: b = 142/41,000, a = 1.751e-6. */
TEST(rates_are_standardised_by_their_own_variance)
{
    const double x[] = { 12, 40, 90 }, people[] = { 1000, 10000, 30000 };
    double z[3], b = 142.0 / 41000;
    CHECK_OK(hz_moran_rates(3, x, people, false, z, &err), err);
    CHECK_NEAR(z[0], (0.012 - b) / sqrt(1.751e-6 + b / 1000), 1e-3);
    /* rates closer than chance: a < 0 is kept, unless the variance would be negative */
    const double even[] = { 10, 20, 31 }, bases[] = { 1000, 2000, 3000 };
    double floored[3], f = 61.0 / 6000;
    CHECK_OK(hz_moran_rates(3, even, bases, false, z, &err), err);
    CHECK_OK(hz_moran_rates(3, even, bases, true, floored, &err), err);
    CHECK_NEAR(floored[0], (0.01 - f) / sqrt(f / 1000), 1e-12);
    CHECK(fabs(z[0]) > fabs(floored[0]));
    const double none[] = { 0, 0, 0 }, zero[] = { 10, 0, 10 };
    CHECK_FAILS(hz_moran_rates(3, none, people, false, z, &err), HZ_EDATA, err, "no events");
    CHECK_FAILS(hz_moran_rates(3, x, zero, false, z, &err), HZ_EDATA, err, "unit 2");
}

/* All 24 deals of 1 2 6 0 along a chain are as likely; the sums of products are counted here. */
TEST(permuted_maps_are_dealt_evenly)
{
    const double x[] = { 1, 2, 6, 0 };
    hz_csr *csr = chain(4);
    hz_association a;
    hz_association_null null;
    enum { MAPS = 20000 };
    double seen = 1 * 2 + 2 * 6 + 6 * 0, mean = 0;
    int above = 0, equal = 0;
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
            for (int k = 0; k < 4; k++) {
                if (i == j || j == k || i == k)
                    continue;
                double sum = x[i] * x[j] + x[j] * x[k] + x[k] * x[6 - i - j - k];
                above += sum > seen;
                equal += sum == seen;
                mean += sum / 24;
            }
    CHECK_OK(hz_moran_global(4, x, csr, false, &a, &err), err);
    CHECK_OK(hz_moran_permute(4, x, csr, false, MAPS, 1, &null, &err), err);
    CHECK(null.maps == MAPS);
    CHECK(null.moran.above + null.moran.equal + null.moran.below == MAPS);
    /* four standard errors of a share */
    CHECK_NEAR(null.general.above / (double)MAPS, above / 24.0, 2.0 / sqrt(MAPS));
    CHECK_NEAR(null.general.equal / (double)MAPS, equal / 24.0, 2.0 / sqrt(MAPS));
    CHECK_NEAR(null.general.mean, 2 * mean / 40, 0.01);
    CHECK_NEAR(null.moran.mean, a.moran.expected, 4 * sqrt(a.moran.randomisation / MAPS));
    CHECK_NEAR(null.moran.sd, sqrt(a.moran.randomisation), 0.02);
    CHECK_NEAR(null.geary.mean, 1, 4 * sqrt(a.geary.randomisation / MAPS));
    CHECK_NEAR(null.geary.sd, sqrt(a.geary.randomisation), 0.02);
    hz_csr_free(csr);
}

/* Links one way and both, weights, an island: the deals that leave the map as it lies give the very
 * statistic that was observed. */
TEST(what_is_permuted_is_what_is_observed)
{
    hz_csr *csr = NULL;
    const size_t first[] = { 0, 2, 3, 5, 6, 6 };
    const uint32_t to[] = { 1, 2, 2, 0, 3, 0 };
    const double weight[] = { 1, 0.5, 2, 1, 0.25, 3 }, x[] = { 4, -2, 7, 1, 1000 };
    hz_association a;
    hz_association_null one, many;
    CHECK_OK(hz_csr_new(5, 6, true, &csr, &err), err);
    memcpy(csr->first, first, sizeof first);
    memcpy(csr->neighbour, to, sizeof to);
    memcpy(csr->weight, weight, sizeof weight);
    for (int row = 0; row < 2; row++) {
        CHECK_OK(hz_moran_global(5, x, csr, row, &a, &err), err);
        CHECK(a.islands == 1);
        CHECK_OK(hz_moran_permute(5, x, csr, row, 5000, 9, &many, &err), err);
        CHECK(many.moran.equal > 5000 / 24 / 2 && many.geary.equal > 5000 / 24 / 2);
        CHECK_NEAR(many.moran.mean, a.moran.expected, 4 * sqrt(a.moran.randomisation / 5000));
        CHECK_NEAR(many.geary.mean, 1, 4 * sqrt(a.geary.randomisation / 5000));
        CHECK_NEAR(many.moran.sd, sqrt(a.moran.randomisation), 0.05 * many.moran.sd);
        CHECK_NEAR(many.geary.sd, sqrt(a.geary.randomisation), 0.05 * many.geary.sd);
        CHECK_NAN(many.general.mean);
    }
    CHECK_OK(hz_moran_permute(5, x, csr, true, 1, 9, &one, &err), err);
    CHECK_NAN(one.moran.sd);
    CHECK_FAILS(hz_moran_permute(5, x, csr, true, 0, 9, &one, &err), HZ_EUSAGE, err, "0");
    for (long at = 1; at < 20; at++) {
        hz_mem_fail_at(at);
        hz_status st = hz_moran_permute(5, x, csr, true, 9, 9, &one, &err);
        CHECK(st == HZ_EMEMORY || st == HZ_OK);
    }
    hz_mem_fail_at(0);
    hz_csr_free(csr);
}

/* 36 values about 1e9, whose powers agree in ten digits; the exact variance by fractions (Python),
 * from Getis and Ord's formula in powers of x. */
TEST(moments_of_g_do_not_cancel_where_values_differ_by_little)
{
    int32_t column[36], row[36];
    double x[36];
    hz_csr *links = NULL;
    hz_association a;
    for (int i = 0; i < 36; i++) {
        column[i] = i % 6;
        row[i] = i / 6;
        x[i] = 1e9 + i * i * 7 % 11;
    }
    CHECK_OK(hz_weights_cells(36, column, row, false, &links, &err), err);
    CHECK_OK(hz_moran_global(36, x, links, false, &a, &err), err);
    CHECK_NEAR(a.general.randomisation / 3.0470893340232416e-21, 1, 1e-13);
    hz_csr_free(links);
}

RUN_TESTS(T(moments_of_g_do_not_cancel_where_values_differ_by_little),
          T(four_cells_in_a_row_by_hand), T(the_local_morans_add_up_to_the_global_one),
          T(gistar_by_hand), T(what_cannot_vary_has_no_sd),
          T(units_without_neighbours_take_no_part),
          T(equal_values_and_negative_ones_are_told_apart),
          T(rates_are_standardised_by_their_own_variance), T(permuted_maps_are_dealt_evenly),
          T(what_is_permuted_is_what_is_observed))
