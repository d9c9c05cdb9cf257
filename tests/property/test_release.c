/* Releases of seeded tables, attacked by writing out every table that agrees with what is shown. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "hotzone/disclose.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"

static hz_error err;

enum { ATOMS_MOST = 1000, FIGURES_MOST = 1200, LIST_MOST = 60000 };

/* A release with room to add figures one by one. */
typedef struct {
    double count[ATOMS_MOST];
    size_t first[FIGURES_MOST + 1];
    uint32_t atom[LIST_MOST];
    hz_release r;
} table;

static void begin(table *t, size_t atoms)
{
    memset(t, 0, sizeof *t);
    t->r = (hz_release){ .atoms = atoms, .count = t->count, .first = t->first, .atom = t->atom };
}

static void add(table *t, uint32_t atom)
{
    t->atom[t->first[t->r.figures + 1]++] = atom;
}

static void end(table *t)
{
    t->r.figures++;
    t->first[t->r.figures + 1] = t->first[t->r.figures];
}

static void start(table *t)
{
    t->first[t->r.figures + 1] = t->first[t->r.figures];
}

/* rows x columns cells with row sums, column sums and a total. */
static void cross(table *t, size_t rows, size_t columns)
{
    for (uint32_t i = 0; i < rows * columns; i++) {
        start(t);
        add(t, i);
        end(t);
    }
    for (uint32_t r = 0; r < rows; r++) {
        start(t);
        for (uint32_t c = 0; c < columns; c++)
            add(t, (uint32_t)(r * columns + c));
        end(t);
    }
    for (uint32_t c = 0; c < columns; c++) {
        start(t);
        for (uint32_t r = 0; r < rows; r++)
            add(t, (uint32_t)(r * columns + c));
        end(t);
    }
    start(t);
    for (uint32_t i = 0; i < rows * columns; i++)
        add(t, i);
    end(t);
}

static double value_of(const table *t, size_t f, const double *atoms)
{
    double sum = 0;
    for (size_t k = t->first[f]; k < t->first[f + 1]; k++)
        sum += atoms[t->atom[k]];
    return sum;
}

/* Every whole table up to `most` in each atom that agrees with the shown figures. */
typedef struct {
    const table *t;
    const unsigned char *hidden;
    double most, at[12];
    double low[64], high[64];
    size_t found;
} attack;

static void enumerate(attack *a, size_t atom)
{
    if (atom < a->t->r.atoms) {
        for (double v = 0; v <= a->most; v++) {
            a->at[atom] = v;
            enumerate(a, atom + 1);
        }
        return;
    }
    for (size_t f = 0; f < a->t->r.figures; f++)
        if (!a->hidden[f] && value_of(a->t, f, a->at) != value_of(a->t, f, a->t->count))
            return;
    for (size_t f = 0; f < a->t->r.figures; f++) {
        double v = value_of(a->t, f, a->at);
        a->low[f] = a->found ? fmin(a->low[f], v) : v;
        a->high[f] = a->found ? fmax(a->high[f], v) : v;
    }
    a->found++;
}

static double draw_count(uint64_t seed, uint32_t i, double most)
{
    hz_rng rng = hz_rng_new(seed, hz_rng_statistic("release"), i, 0);
    double u = hz_rng_uniform(&rng);
    return floor(most * u * u);
}

static bool kept(double x, double below, double low, double high)
{
    double width = fmax(2, x / 5);
    if (x > 0 && x < below)
        return low <= 1 && high >= below - 1;
    return low <= fmax(0, ceil(x - width)) && high >= floor(x + width);
}

TEST(bounds_equal_those_of_every_table_written_out)
{
    static table t;
    size_t hidden_at_all = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        unsigned char hidden[64];
        double low[64], high[64];
        size_t open = 0;
        begin(&t, 4);
        for (uint32_t i = 0; i < 4; i++)
            t.count[i] = draw_count(seed, i, 10);
        cross(&t, 2, 2);
        hz_disclose_opts o = { 3, false, false };
        CHECK_OK(hz_disclose_release(&t.r, &o, hidden, NULL, &err), err);
        CHECK_OK(hz_disclose_audit(&t.r, &o, hidden, low, high, &open, &err), err);
        CHECK(open == 0);
        attack a = { .t = &t, .hidden = hidden, .most = 20 };
        enumerate(&a, 0);
        CHECK(a.found > 0);
        for (size_t f = 0; f < t.r.figures; f++) {
            if (!hidden[f])
                continue;
            hidden_at_all++;
            /* tables with atoms over 20 may widen the upper end further */
            CHECK(a.low[f] == low[f]);
            CHECK(a.high[f] <= high[f]);
            CHECK(kept(value_of(&t, f, t.count), 3, a.low[f], high[f]));
        }
    }
    CHECK(hidden_at_all > 100);
}

TEST(every_small_figure_is_hidden_and_nothing_where_none_is_small)
{
    static table t;
    for (uint64_t seed = 1; seed <= 50; seed++) {
        unsigned char hidden[64];
        hz_disclosed d;
        bool any = false;
        begin(&t, 12);
        for (uint32_t i = 0; i < 12; i++)
            t.count[i] = draw_count(seed, i, 40) + (seed % 2 ? 5 : 0);
        cross(&t, 3, 4);
        CHECK_OK(hz_disclose_release(&t.r, NULL, hidden, &d, &err), err);
        for (size_t f = 0; f < t.r.figures; f++) {
            double x = value_of(&t, f, t.count);
            any |= hidden[f];
            if (x > 0 && x < 5)
                CHECK(hidden[f]);
        }
        if (seed % 2)
            CHECK(!any && d.small == 0 && d.guards == 0);
    }
}

/* 14 are public; the 15 that hold them may be 14, never 12 as a guard of its size would else be. */
TEST(a_guard_is_open_as_far_as_what_is_public_lets_it)
{
    static table t;
    static const unsigned char state[] = { HZ_FIGURE_FIXED, HZ_FIGURE_FREE };
    unsigned char hidden[2];
    double low[2], high[2];
    size_t open = 1;
    begin(&t, 2);
    t.count[0] = 14;
    t.count[1] = 1;
    t.r.state = state;
    for (uint32_t most = 0; most < 2; most++) {
        start(&t);
        for (uint32_t atom = 0; atom <= most; atom++)
            add(&t, atom);
        end(&t);
    }
    CHECK_OK(hz_disclose_release(&t.r, NULL, hidden, NULL, &err), err);
    CHECK(!hidden[0] && hidden[1]);
    CHECK_OK(hz_disclose_audit(&t.r, NULL, hidden, low, high, &open, &err), err);
    CHECK(open == 0 && low[1] == 14 && high[1] >= 18);
}

/* 12 people in the area, 10 in the zone within it: 2 live in the rest, which no table shows. */
TEST(what_is_left_between_two_shown_figures_is_protected_too)
{
    static table t;
    unsigned char hidden[8];
    begin(&t, 2);
    t.count[0] = 10;
    t.count[1] = 2;
    start(&t);
    add(&t, 0);
    end(&t);
    start(&t);
    add(&t, 0);
    add(&t, 1);
    end(&t);
    CHECK_OK(hz_disclose_release(&t.r, NULL, hidden, NULL, &err), err);
    CHECK(hidden[0] || hidden[1]);
    /* published last year already: there is nothing left to hide behind */
    const unsigned char fixed[] = { HZ_FIGURE_FIXED, HZ_FIGURE_FIXED };
    t.r.state = fixed;
    CHECK(hz_disclose_release(&t.r, NULL, hidden, NULL, &err) == HZ_EDATA);
    /* the zone is public: the area must go */
    const unsigned char zone[] = { HZ_FIGURE_FIXED, HZ_FIGURE_FREE };
    t.r.state = zone;
    CHECK_OK(hz_disclose_release(&t.r, NULL, hidden, NULL, &err), err);
    CHECK(!hidden[0] && hidden[1]);
}

/* The figure of atoms [first, last). */
static void add_run(table *t, uint32_t first, uint32_t last)
{
    start(t);
    for (uint32_t i = first; i < last; i++)
        add(t, i);
    end(t);
}

/* 100 people, 96 in the areas, the others in three places of 2, 1 and 1 that are hidden: the sum of
 * the three is 4, and each may be 0 to 4. */
TEST(what_many_shown_figures_leave_of_a_sum_is_protected_too)
{
    static table t;
    unsigned char hidden[8];
    static const double counts[] = { 50, 46, 2, 1, 1 };
    begin(&t, 5);
    memcpy(t.count, counts, sizeof counts);
    for (uint32_t i = 0; i < 5; i++)
        add_run(&t, i, i + 1);
    add_run(&t, 0, 5);
    CHECK_OK(hz_disclose_release(&t.r, NULL, hidden, NULL, &err), err);
    CHECK(hidden[2] && hidden[3] && hidden[4]);
    CHECK(hidden[0] || hidden[1] || hidden[5]);
}

/* 64 in all, 40 in a row, 40 in a column, 20 where they cross: the 4 of the two cells that are in neither
 * are 64 - 40 - 40 + 20, though none of the two is known. */
TEST(what_a_row_and_a_column_that_cross_leave_of_a_sum_is_protected_too)
{
    static table t;
    unsigned char hidden[4], shown[4] = { 0 };
    double low[4], high[4];
    size_t open = 0;
    static const double counts[] = { 20, 20, 20, 3, 1 };
    begin(&t, 5);
    memcpy(t.count, counts, sizeof counts);
    add_run(&t, 0, 1);
    add_run(&t, 0, 2);
    start(&t);
    add(&t, 0);
    add(&t, 2);
    end(&t);
    add_run(&t, 0, 5);
    CHECK_OK(hz_disclose_audit(&t.r, NULL, shown, low, high, &open, &err), err);
    CHECK(open > 0);
    CHECK_OK(hz_disclose_release(&t.r, NULL, hidden, NULL, &err), err);
    CHECK(hidden[0] || hidden[1] || hidden[2] || hidden[3]);
    CHECK_OK(hz_disclose_audit(&t.r, NULL, hidden, low, high, &open, &err), err);
    CHECK(open == 0);
}

/* Last year 30 in the area, now 28: whoever has both tables knows that two left.  20 then and now
 * says nothing new, and 60 where 50 were is no small change. */
TEST(a_figure_that_differs_a_little_from_an_earlier_one_is_hidden)
{
    static table t;
    unsigned char hidden[8];
    double low[8], high[8];
    size_t open = 9;
    static const double counts[] = { 28, 20, 60, 40 }, earlier[] = { 30, 20, 50, NAN, NAN };
    begin(&t, 4);
    memcpy(t.count, counts, sizeof counts);
    for (uint32_t i = 0; i < 4; i++)
        add_run(&t, i, i + 1);
    add_run(&t, 0, 4);
    t.r.earlier = earlier;
    CHECK_OK(hz_disclose_release(&t.r, NULL, hidden, NULL, &err), err);
    CHECK(hidden[0] && !hidden[1]);
    CHECK(hidden[2] + hidden[3] + hidden[4] == 1); /* a guard */
    CHECK_OK(hz_disclose_audit(&t.r, NULL, hidden, low, high, &open, &err), err);
    CHECK(open == 0 && low[0] <= 24 && high[0] >= 32);
}

TEST(a_figure_that_was_hidden_before_stays_hidden_and_open)
{
    static table t;
    unsigned char hidden[8];
    double low[8], high[8];
    size_t open = 9;
    static const double counts[] = { 28, 20, 60 };
    static const unsigned char state[] = { HZ_FIGURE_SECRET, HZ_FIGURE_FIXED, HZ_FIGURE_FREE,
                                           HZ_FIGURE_FREE };
    begin(&t, 3);
    memcpy(t.count, counts, sizeof counts);
    for (uint32_t i = 0; i < 3; i++)
        add_run(&t, i, i + 1);
    add_run(&t, 0, 3);
    t.r.state = state;
    CHECK_OK(hz_disclose_release(&t.r, NULL, hidden, NULL, &err), err);
    CHECK(hidden[0] && !hidden[1] && (hidden[2] || hidden[3]));
    CHECK_OK(hz_disclose_audit(&t.r, NULL, hidden, low, high, &open, &err), err);
    CHECK(open == 0 && low[0] <= 23 && high[0] >= 33);
}

/* 1,003 and a hidden 1: in tens that is 1,000, so at most 1,004 and the hidden one at most 1. */
TEST(a_rounded_sum_is_known_within_its_rounding)
{
    static table t;
    unsigned char hidden[8];
    static const double counts[] = { 1003, 1 }, coarse[] = { 0, 0, 10 };
    begin(&t, 2);
    memcpy(t.count, counts, sizeof counts);
    add_run(&t, 0, 1);
    add_run(&t, 1, 2);
    add_run(&t, 0, 2);
    t.r.coarse = coarse;
    CHECK_OK(hz_disclose_release(&t.r, NULL, hidden, NULL, &err), err);
    CHECK(hidden[1] && (hidden[0] || hidden[2]));
    t.count[0] = 996; /* 997 is 1,000 too: up to 1,004, and the hidden one 0 to 8 */
    CHECK_OK(hz_disclose_release(&t.r, NULL, hidden, NULL, &err), err);
    CHECK(!hidden[0] && hidden[1] && !hidden[2]);
}

/* Figures that are any sets of four atoms, as areas that overlap are: every table is written out. */
TEST(figures_of_any_sets_keep_what_is_promised)
{
    static table t;
    size_t hidden_at_all = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        unsigned char hidden[64];
        begin(&t, 4);
        for (uint32_t i = 0; i < 4; i++)
            t.count[i] = draw_count(seed, i, 10);
        for (uint32_t f = 0; f < 6; f++) {
            uint32_t members = 1 + (uint32_t)draw_count(seed, 10 + f, 15);
            start(&t);
            for (uint32_t i = 0; i < 4; i++)
                if (members >> i & 1)
                    add(&t, i);
            end(&t);
        }
        hz_disclose_opts o = { 3, false, seed % 2 == 0 };
        CHECK_OK(hz_disclose_release(&t.r, &o, hidden, NULL, &err), err);
        attack a = { .t = &t, .hidden = hidden, .most = 18 };
        enumerate(&a, 0);
        CHECK(a.found > 0);
        for (size_t f = 0; f < t.r.figures; f++) {
            double x = value_of(&t, f, t.count);
            CHECK(!(x > 0 && x < 3) || hidden[f]);
            if (!hidden[f])
                continue;
            hidden_at_all++;
            CHECK(kept(x, 3, a.low[f], a.high[f]));
        }
    }
    CHECK(hidden_at_all > 60);
}

TEST(bad_releases_are_refused)
{
    static table t;
    unsigned char hidden[8];
    hz_disclose_opts o = { 1, false, false };
    begin(&t, 1);
    t.count[0] = 1.5;
    start(&t);
    add(&t, 0);
    end(&t);
    CHECK(hz_disclose_release(&t.r, NULL, hidden, NULL, &err) == HZ_EDATA);
    t.count[0] = 1;
    CHECK(hz_disclose_release(&t.r, &o, hidden, NULL, &err) == HZ_EUSAGE);
}

/* areas x months x kinds, with two zones that overlap areas and each other.  An area is two parts:
 * part 0 in the zone(s), part 1 outside. */
static void release_of(table *t, uint64_t seed, size_t areas, size_t months, size_t kinds)
{
    size_t cells = months * kinds;
    begin(t, areas * 2 * cells);
    for (uint32_t i = 0; i < t->r.atoms; i++)
        t->count[i] = draw_count(seed, i, 14);
    for (uint32_t a = 0; a < areas; a++)
        for (uint32_t m = 0; m <= months; m++) /* month, or all of them */
            for (uint32_t k = 0; k <= kinds; k++) {
                if (m < months && k < kinds)
                    continue;
                start(t);
                for (uint32_t part = 0; part < 2; part++)
                    for (uint32_t c = 0; c < cells; c++)
                        if ((m == months || c / kinds == m) && (k == kinds || c % kinds == k))
                            add(t, (uint32_t)((2 * a + part) * cells + c));
                end(t);
            }
    for (uint32_t zone = 0; zone < 2; zone++) { /* the inner parts of areas zone .. zone + 2 */
        for (uint32_t m = 0; m <= months; m++) {
            start(t);
            for (uint32_t a = zone; a < zone + 3 && a < areas; a++)
                for (uint32_t c = 0; c < cells; c++)
                    if (m == months || c / kinds == m)
                        add(t, (uint32_t)(2 * a * cells + c));
            end(t);
        }
    }
    for (uint32_t m = 0; m <= months; m++) {
        start(t);
        for (uint32_t i = 0; i < t->r.atoms; i++)
            if (m == months || i % cells / kinds == m)
                add(t, i);
        end(t);
    }
}

/* HZ_RELEASES=200 for the whole contract: up to 11 areas x 12 months x 3 kinds. */
TEST(large_releases_with_overlapping_zones_leave_nothing_open)
{
    static table t;
    static unsigned char hidden[FIGURES_MOST];
    static double low[FIGURES_MOST], high[FIGURES_MOST];
    const char *wanted = getenv("HZ_RELEASES");
    size_t releases = wanted ? (size_t)atoi(wanted) : 6;
    for (uint64_t seed = 1; seed <= releases; seed++) {
        size_t open = 0, shown = 0;
        hz_disclosed d;
        release_of(&t, seed, 3 + seed % 9, wanted ? 2 + seed % 11 : 2 + seed % 3, 1 + seed % 3);
        CHECK_OK(hz_disclose_release(&t.r, NULL, hidden, &d, &err), err);
        CHECK_OK(hz_disclose_audit(&t.r, NULL, hidden, low, high, &open, &err), err);
        CHECK(open == 0);
        for (size_t f = 0; f < t.r.figures; f++)
            shown += !hidden[f];
        CHECK(shown > 0);
        if (wanted)
            fprintf(stderr, "seed %d: %zu atoms, %zu figures, %zu small, %zu guards, %zu rounds\n",
                    (int)seed, t.r.atoms, t.r.figures, d.small, d.guards, d.rounds);
    }
}

RUN_TESTS(T(bounds_equal_those_of_every_table_written_out),
          T(every_small_figure_is_hidden_and_nothing_where_none_is_small),
          T(a_guard_is_open_as_far_as_what_is_public_lets_it),
          T(what_is_left_between_two_shown_figures_is_protected_too),
          T(what_many_shown_figures_leave_of_a_sum_is_protected_too),
          T(what_a_row_and_a_column_that_cross_leave_of_a_sum_is_protected_too),
          T(a_figure_that_differs_a_little_from_an_earlier_one_is_hidden),
          T(a_figure_that_was_hidden_before_stays_hidden_and_open),
          T(a_rounded_sum_is_known_within_its_rounding),
          T(figures_of_any_sets_keep_what_is_promised), T(bad_releases_are_refused),
          T(large_releases_with_overlapping_zones_leave_nothing_open))
