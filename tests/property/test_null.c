/* The exact null against listing every set, and against permutation. */
#include "check.h"

#include "hotzone/null.h"
#include "hotzone/permute.h"
#include "hotzone/rng.h"
#include "hotzone/weights.h"

static hz_error err;

/* All sets of k of the others, by recursion. */
typedef struct {
    size_t n, held, k;
    const double *x;
    double sum;
    double sets, high, low, equal;
} listing;

static void list_sets(listing *l, size_t from, size_t left, double sum)
{
    if (left == 0) {
        l->sets++;
        l->high += sum >= l->sum;
        l->low += sum <= l->sum;
        l->equal += sum == l->sum;
        return;
    }
    for (size_t i = from; i + left <= l->n; i++)
        if (i != l->held)
            list_sets(l, i + 1, left - 1, sum + l->x[i]);
}

TEST(tables_agree_with_listing_every_set)
{
    for (uint32_t round = 0; round < 60; round++) {
        hz_rng rng = hz_rng_new(41, 1, 0, round);
        size_t n = 3 + hz_rng_below(&rng, 10);
        double x[13], sum[13] = { 0 }, high[13], low[13], equal[13];
        uint32_t k[13];
        hz_null *null = NULL;
        uint64_t spread = 1 + hz_rng_below(&rng, round % 3 ? 6 : 500);
        for (size_t i = 0; i < n; i++)
            x[i] = (double)hz_rng_below(&rng, spread + 1) * (round % 5 == 0 ? 3 : 1) -
                   (round % 4 == 0 ? 2 : 0);
        /* each unit's own k, and the sum of the k that follow it */
        for (size_t i = 0; i < n; i++) {
            k[i] = (uint32_t)(1 + hz_rng_below(&rng, n - 1));
            for (size_t d = 1; d <= k[i]; d++)
                sum[i] += x[(i + d) % n];
        }
        CHECK_OK(hz_null_new(n, x, &null, &err), err);
        CHECK_OK(hz_null_tails(null, k, sum, n - 1, high, low, equal, &err), err);
        for (size_t i = 0; i < n; i++) {
            listing l = { .n = n, .held = i, .k = k[i], .x = x, .sum = sum[i] };
            list_sets(&l, 0, k[i], 0);
            CHECK_NEAR(high[i], l.high / l.sets, 1e-12);
            CHECK_NEAR(low[i], l.low / l.sets, 1e-12);
            CHECK_NEAR(equal[i], l.equal / l.sets, 1e-12);
        }
        hz_null_free(null);
    }
}

static hz_csr *square(int side)
{
    static int32_t column[10000], row[10000];
    hz_csr *csr = NULL;
    for (int i = 0; i < side * side; i++) {
        column[i] = i % side;
        row[i] = i / side;
    }
    return hz_weights_cells((size_t)(side * side), column, row, false, &csr, &err) ? NULL : csr;
}

static void observe(const hz_csr *csr, const double *x, uint32_t *k, double *sum)
{
    for (size_t i = 0; i < csr->n; i++) {
        k[i] = (uint32_t)hz_csr_count(csr, i);
        sum[i] = 0;
        for (size_t l = csr->first[i]; l < csr->first[i + 1]; l++)
            sum[i] += x[csr->neighbour[l]];
    }
}

/* 20,000 replicates of 100 cells: frequencies within 4.5 standard errors, by either way of drawing.
 */
TEST(permutation_comes_out_as_the_exact_null_says)
{
    enum { N = 100, R = 20000 };
    hz_csr *csr = square(10);
    double x[N], share[N], sum[N], high[N], low[N], equal[N];
    uint32_t k[N];
    hz_tally whole[N], part[N];
    hz_null *null = NULL;
    hz_rng rng = hz_rng_new(7, 2, 0, 0);
    for (int i = 0; i < N; i++) {
        x[i] = (double)hz_rng_poisson(&rng, 3);
        share[i] = x[i] / 7; /* no longer whole: compared as doubles */
    }
    observe(csr, x, k, sum);
    CHECK_OK(hz_null_new(N, x, &null, &err), err);
    CHECK_OK(hz_null_tails(null, k, sum, 8, high, low, equal, &err), err);
    CHECK_OK(hz_permute_local(csr, x, NULL, R, 0, 5, whole, &err), err);
    CHECK_OK(hz_permute_local(csr, share, NULL, R, 0, 5, part, &err), err);
    for (int i = 0; i < N; i++) {
        double above = high[i] - equal[i], seen = whole[i].above / (double)R;
        CHECK_NEAR(seen, above, 4.5 * sqrt(above * (1 - above) / R) + 1e-9);
        seen = whole[i].equal / (double)R;
        CHECK_NEAR(seen, equal[i], 4.5 * sqrt(equal[i] * (1 - equal[i]) / R) + 1e-9);
        /* the same draws, the same ties */
        CHECK(whole[i].above == part[i].above && whole[i].equal == part[i].equal);
        CHECK(whole[i].above + whole[i].equal + whole[i].below == R && whole[i].done == R);
    }
    hz_null_free(null);
    hz_csr_free(csr);
}

/* Decks are used where a row links to many: a band of half the map. */
TEST(many_neighbours_are_drawn_without_replacement)
{
    enum { N = 40, K = 25, R = 20000 };
    double x[N], y[N] = { 0 }, place[N], sum[N], high[N], low[N], equal[N];
    uint32_t k[N];
    hz_tally tally[N];
    hz_csr *csr = NULL;
    hz_null *null = NULL;
    for (int i = 0; i < N; i++) {
        place[i] = i;
        x[i] = i % 11;
    }
    CHECK_OK(hz_weights_nearest(N, place, y, K, &csr, &err), err);
    observe(csr, x, k, sum);
    CHECK_OK(hz_null_new(N, x, &null, &err), err);
    CHECK_OK(hz_null_tails(null, k, sum, K, high, low, equal, &err), err);
    CHECK_OK(hz_permute_local(csr, x, NULL, R, 0, 11, tally, &err), err);
    for (int i = 0; i < N; i++) {
        double above = high[i] - equal[i], seen = tally[i].above / (double)R;
        CHECK_NEAR(seen, above, 4.5 * sqrt(above * (1 - above) / R) + 1e-9);
    }
    hz_null_free(null);
    hz_csr_free(csr);
}

TEST(a_stop_comes_when_both_tails_had_their_hits)
{
    enum { N = 100 };
    hz_csr *csr = square(10);
    double x[N];
    hz_tally all[N], some[N];
    hz_rng rng = hz_rng_new(8, 2, 0, 0);
    size_t saved = 0;
    for (int i = 0; i < N; i++)
        x[i] = (double)hz_rng_poisson(&rng, 2);
    CHECK_OK(hz_permute_local(csr, x, NULL, 999, 0, 5, all, &err), err);
    CHECK_OK(hz_permute_local(csr, x, NULL, 999, 10, 5, some, &err), err);
    for (int i = 0; i < N; i++) {
        CHECK(all[i].done == 999 && some[i].done <= 999);
        CHECK(some[i].done == 999 || (some[i].high_at && some[i].low_at));
        CHECK(some[i].done < 999 || some[i].above == all[i].above);
        saved += 999 - some[i].done;
    }
    CHECK(saved > 50000);
    hz_csr_free(csr);
}

RUN_TESTS(T(tables_agree_with_listing_every_set), T(permutation_comes_out_as_the_exact_null_says),
          T(many_neighbours_are_drawn_without_replacement),
          T(a_stop_comes_when_both_tails_had_their_hits))
