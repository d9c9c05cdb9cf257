/* What a reader can work out who knows the sum, every shown count, and the rule itself. */
#include "check.h"

#include <math.h>
#include <stdlib.h>

#include "hotzone/disclose.h"

enum { ROWS = 5, TOP = 24 };

typedef struct {
    size_t n;
    double below, x[ROWS];
    unsigned char hidden[ROWS];
    bool withheld;
} table;

static uint64_t state = 20171119;

static size_t draw(size_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(state >> 33) % n;
}

static table hide(size_t n, const double *x, double below)
{
    table t = { .n = n, .below = below };
    hz_error err;
    memcpy(t.x, x, n * sizeof *x);
    if (hz_disclose_rows(n, x, below, true, t.hidden, &t.withheld, &err))
        abort();
    return t;
}

/* Would these counts have been published as the same table? */
static bool looks_like(const table *t, const double *y)
{
    table other = hide(t->n, y, t->below);
    return memcmp(other.hidden, t->hidden, t->n) == 0 && other.withheld == t->withheld;
}

/* Is there a way to fill in the hidden rows from `row` on, but for `fixed`, with that much left? */
static bool can_be(const table *t, double *y, size_t row, size_t fixed, double left)
{
    while (row < t->n && (!t->hidden[row] || row == fixed))
        row++;
    if (row == t->n)
        return (t->withheld || left == 0) && looks_like(t, y);
    for (double v = t->withheld ? TOP : left; v >= 1; v--) {
        y[row] = v;
        if (can_be(t, y, row + 1, fixed, left - v))
            return true;
    }
    return false;
}

static bool is_open(const table *t, size_t row, double value)
{
    double y[ROWS], left = -value;
    for (size_t i = 0; i < t->n; i++)
        left += t->hidden[i] ? t->x[i] : 0;
    memcpy(y, t->x, sizeof y);
    y[row] = value;
    return (t->withheld || left >= 0) && can_be(t, y, 0, row, left);
}

static double rest_of(const table *t)
{
    double rest = 0;
    for (size_t i = 0; i < t->n; i++)
        rest += t->hidden[i] ? t->x[i] - 1 : 0;
    return rest;
}

static void check_table(void **state_, const table *t)
{
    for (size_t i = 0; i < t->n; i++) {
        bool small = t->x[i] > 0 && t->x[i] < t->below;
        double top = small ? t->below - 1 : t->x[i], more = t->x[i] + fmax(2, 0.2 * t->x[i]);
        CHECK(t->hidden[i] || !small);
        if (!t->hidden[i])
            continue;
        for (double v = 1; v <= top; v++)
            CHECK(is_open(t, i, v));
        if (small)
            continue;
        for (double v = t->x[i]; t->withheld && v <= ceil(more); v++)
            CHECK(is_open(t, i, v));
        if (!t->withheld) /* the sum alone: what the rule adds is a bound no rule can do without */
            CHECK(more <= rest_of(t) + 1);
    }
}

TEST(no_hidden_count_is_narrowed_for_a_reader_who_knows_sum_and_rule)
{
    size_t published = 0, withheld = 0;
    for (int round = 0; round < 3000; round++) {
        double x[ROWS], below = (double)(2 + draw(5));
        size_t n = round % 3 ? ROWS : 1 + draw(ROWS), most = 2 + draw(11);
        for (size_t i = 0; i < n; i++)
            x[i] = (double)draw(most);
        table t = hide(n, x, below);
        check_table(state_, &t);
        published += !t.withheld && rest_of(&t) > 0;
        withheld += t.withheld;
    }
    CHECK(published > 200 && withheld > 200);
}

/* [5,5,4,5,20] under 5: the smallest first would hide 4 and the first 5, and 9 is then 5 + 4 alone */
TEST(the_order_of_hiding_gives_nothing_away)
{
    const double few[] = { 5, 5, 4, 5, 20 }, more[] = { 9, 4, 8, 20, 30 };
    table t = hide(5, few, 5);
    CHECK(t.hidden[0] && t.hidden[2] && t.hidden[3] && !t.hidden[4] && !t.withheld);
    check_table(state_, &t);
    t = hide(5, more, 5);
    CHECK(t.hidden[0] && t.hidden[2] && t.hidden[3] && !t.hidden[4] && !t.withheld);
    check_table(state_, &t);
}

/* Two tables that differ only in what is small hide the same rows. */
TEST(which_rows_guard_does_not_depend_on_how_small_the_small_ones_are)
{
    for (int round = 0; round < 3000; round++) {
        double x[ROWS], y[ROWS];
        for (size_t i = 0; i < ROWS; i++) {
            x[i] = (double)draw(40);
            y[i] = x[i] > 0 && x[i] < 5 ? (double)(1 + draw(4)) : x[i];
        }
        table a = hide(ROWS, x, 5), b = hide(ROWS, y, 5);
        CHECK(memcmp(a.hidden, b.hidden, ROWS) == 0);
    }
}

RUN_TESTS(T(no_hidden_count_is_narrowed_for_a_reader_who_knows_sum_and_rule),
          T(the_order_of_hiding_gives_nothing_away),
          T(which_rows_guard_does_not_depend_on_how_small_the_small_ones_are))
