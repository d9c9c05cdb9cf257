/* Controlled rounding: everything to a multiple just below or above, and it still adds up. */
#include "check.h"

#include <stdbool.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/rng.h"
#include "hotzone/rounding.h"

enum { SIDE = 9 };

typedef struct {
    size_t rows, columns;
    double base, was[SIDE * SIDE], is[SIDE * SIDE];
} table;

static bool is_near(double is, double was, double base)
{
    double below = base * floor(was / base);
    return is == below || (is == below + base && was != below);
}

static void settle(table *t)
{
    void *scratch = hz_mem_new(1, hz_round_table_scratch(t->rows, t->columns));
    memcpy(t->is, t->was, sizeof t->is);
    hz_round_table(t->rows, t->columns, t->is, (uint32_t)t->base, scratch);
    hz_mem_free(scratch);
}

/* Sums k of a table: rows, then columns, then all. */
static double sum_of(const table *t, const double *v, size_t k)
{
    double sum = 0;
    for (size_t r = 0; r < t->rows; r++)
        for (size_t c = 0; c < t->columns; c++)
            if (k < t->rows ? k == r : k < t->rows + t->columns ? k - t->rows == c : true)
                sum += v[r * t->columns + c];
    return sum;
}

static void draw(table *t, uint64_t seed)
{
    hz_rng rng = hz_rng_new(seed, hz_rng_statistic("rounding"), 0, 0);
    t->rows = 1 + (size_t)hz_rng_below(&rng, SIDE);
    t->columns = 1 + (size_t)hz_rng_below(&rng, SIDE);
    t->base = 2 + (double)hz_rng_below(&rng, 9);
    for (size_t i = 0; i < t->rows * t->columns; i++)
        t->was[i] = (double)hz_rng_below(&rng, seed % 2 ? 6 : 40);
}

/* Rows 1 2 and 3 4: to multiples of 5 the sums 3, 7, 4, 6, 10 leave the total as it is, and so two
 * fives in one cell of each row and column. */
TEST(two_by_two_keeps_its_total_of_ten)
{
    table t = { 2, 2, 5, { 1, 2, 3, 4 }, { 0 } };
    settle(&t);
    CHECK(sum_of(&t, t.is, 4) == 10);
    for (size_t i = 0; i < 4; i++)
        CHECK(t.is[i] == 0 || t.is[i] == 5);
    for (size_t k = 0; k < 4; k++)
        CHECK(is_near(sum_of(&t, t.is, k), sum_of(&t, t.was, k), 5));
}

TEST(every_count_and_sum_becomes_a_multiple_next_to_it)
{
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        table t = { .rows = 0 };
        draw(&t, seed);
        settle(&t);
        for (size_t i = 0; i < t.rows * t.columns; i++)
            CHECK(is_near(t.is[i], t.was[i], t.base));
        for (size_t k = 0; k <= t.rows + t.columns; k++)
            CHECK(is_near(sum_of(&t, t.is, k), sum_of(&t, t.was, k), t.base));
    }
}

TEST(one_more_moves_every_count_and_sum_by_nothing_or_the_base)
{
    for (uint64_t seed = 1; seed <= 500; seed++) {
        table t = { .rows = 0 }, more;
        draw(&t, seed);
        more = t;
        more.was[seed % (t.rows * t.columns)]++;
        settle(&t);
        settle(&more);
        for (size_t i = 0; i < t.rows * t.columns; i++) {
            double moved = fabs(more.is[i] - t.is[i]);
            CHECK(moved == 0 || moved == t.base);
        }
        for (size_t k = 0; k <= t.rows + t.columns; k++) {
            double moved = fabs(sum_of(&t, more.is, k) - sum_of(&t, t.is, k));
            CHECK(moved == 0 || moved == t.base);
        }
    }
}

TEST(multiples_stay_as_they_are)
{
    table t = { 3, 2, 5, { 0, 5, 10, 100, 35, 0 }, { 0 } };
    settle(&t);
    CHECK(memcmp(t.is, t.was, sizeof t.is) == 0);
}

RUN_TESTS(T(two_by_two_keeps_its_total_of_ten),
          T(every_count_and_sum_becomes_a_multiple_next_to_it),
          T(one_more_moves_every_count_and_sum_by_nothing_or_the_base),
          T(multiples_stay_as_they_are))
