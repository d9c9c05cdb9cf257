/* The capture frontier on hand-sized units, and against a slow obvious twin. */
#include "check.h"

#include "hotzone/frontier.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"

/* Four cells of 1 km² with 5, 1, 3 and 1 events: 5, 8, then two that tie at 1. */
TEST(equal_cells_are_taken_by_their_counts)
{
    const double rank[] = { 5, 1, 3, 1 }, size[] = { 1, 1, 1, 1 };
    hz_frontier *f = NULL;
    hz_error err;
    CHECK_OK(hz_frontier_new(4, rank, NULL, size, &f, &err), err);
    CHECK(f->equal && f->in_sample && f->steps == 3);
    CHECK(f->unit[0] == 0 && f->unit[1] == 2 && f->unit[2] == 1 && f->unit[3] == 3);
    CHECK_NEAR(hz_frontier_at(f, 1).bound, 5, 0);
    CHECK_NEAR(hz_frontier_at(f, 2).whole, 8, 0);
    hz_frontier_point p = hz_frontier_at(f, 2.5);
    CHECK_NEAR(p.bound, 8.5, 1e-15);
    CHECK_NEAR(p.whole, 8, 0);
    CHECK(p.units == 2 && p.exact);
    CHECK_NEAR(hz_frontier_at(f, 99).bound, 10, 0);
    CHECK_NEAR(hz_frontier_at(f, 99).budget, 4, 0);
    CHECK_NEAR(hz_frontier_at(f, -1).bound, 0, 0);
    CHECK_NEAR(hz_frontier_at(f, NAN).bound, 0, 0);
    hz_frontier_free(f);
}

/* One cell with events before, three without, which tie: 1 km² beyond the first holds on average a third
 * of their 4 later events, and 0 or 4 by which of them happens to come first. */
TEST(tied_cells_hold_a_range_by_the_order_they_happen_to_stand_in)
{
    const double rank[] = { 5, 0, 0, 0 }, score[] = { 2, 0, 4, 0 }, size[] = { 1, 1, 1, 1 };
    double least, most;
    hz_frontier *f = NULL;
    hz_error err;
    CHECK_OK(hz_frontier_new(4, rank, score, size, &f, &err), err);
    CHECK_NEAR(hz_frontier_at(f, 2).bound, 2 + 4 / 3.0, 1e-15);
    CHECK_OK(hz_frontier_range(f, 2, &least, &most, &err), err);
    CHECK_NEAR(least, 2, 0);
    CHECK_NEAR(most, 6, 0);
    CHECK_OK(hz_frontier_range(f, 1, &least, &most, &err), err); /* no tie is cut */
    CHECK(least == 2 && most == 2);
    CHECK_OK(hz_frontier_range(f, 3.5, &least, &most, &err), err);
    CHECK_NEAR(least, 4, 1e-15); /* half of the cell with 4 at least */
    CHECK_NEAR(most, 6, 1e-15);
    CHECK_OK(hz_frontier_range(f, 99, &least, &most, &err), err);
    CHECK(least == 6 && most == 6);
    hz_frontier_free(f);
}

/* The range of all 24 orders of four tied units of unlike sizes, the last one that fits cut. */
TEST(no_order_of_tied_units_leaves_their_range)
{
    const double rank[] = { 0, 0, 0, 0 }, score[] = { 1, 6, 0, 2 }, size[] = { 2, 3, 1, 0.5 };
    hz_frontier *f = NULL;
    hz_error err;
    CHECK_OK(hz_frontier_new(4, rank, score, size, &f, &err), err);
    for (double budget = 0; budget <= 7; budget += 0.25) {
        double least, most, low = INFINITY, high = -INFINITY;
        CHECK_OK(hz_frontier_range(f, budget, &least, &most, &err), err);
        for (int code = 0; code < 256; code++) {
            int unit[4] = { code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6 }, seen = 0;
            double room = budget, sum = 0;
            for (int i = 0; i < 4; i++)
                seen |= 1 << unit[i];
            for (int i = 0; seen == 15 && i < 4 && room > 0; i++) {
                double part = fmin(1, room / size[unit[i]]);
                sum += part * score[unit[i]];
                room -= size[unit[i]];
            }
            if (seen == 15) {
                low = fmin(low, sum);
                high = fmax(high, sum);
            }
        }
        CHECK_NEAR(least, low, 1e-12);
        CHECK_NEAR(most, high, 1e-12);
    }
    hz_frontier_free(f);
}

TEST(the_size_needed_for_a_capture_is_read_back_from_the_curve)
{
    const double rank[] = { 5, 1, 3, 1 }, size[] = { 1, 1, 1, 1 };
    hz_frontier *f = NULL;
    hz_error err;
    CHECK_OK(hz_frontier_new(4, rank, NULL, size, &f, &err), err);
    CHECK_NEAR(hz_frontier_budget(f, 0), 0, 0);
    CHECK_NEAR(hz_frontier_budget(f, 5), 1, 0);
    CHECK_NEAR(hz_frontier_budget(f, 6.5), 1.5, 1e-15);
    CHECK_NEAR(hz_frontier_budget(f, 10), 4, 0);
    CHECK_NAN(hz_frontier_budget(f, 10.5));
    CHECK_NAN(hz_frontier_budget(f, -1));
    CHECK_NAN(hz_frontier_budget(f, NAN));
    hz_frontier_free(f);
}

/* Densities 6, 3.2, 3: at 3 km² the second no longer fits after the first; the best whole set is
 * the first and the last (12), which ranking by density does not find. */
TEST(unequal_units_have_a_bound_that_no_whole_set_need_reach)
{
    const double rank[] = { 6, 8, 6 }, size[] = { 1, 2.5, 2 };
    hz_frontier *f = NULL;
    hz_error err;
    CHECK_OK(hz_frontier_new(3, rank, NULL, size, &f, &err), err);
    hz_frontier_point p = hz_frontier_at(f, 3);
    CHECK(!f->equal && !p.exact && p.units == 1);
    CHECK_NEAR(p.whole, 6, 0);
    CHECK_NEAR(p.bound, 6 + 2 * 3.2, 1e-12);
    CHECK(hz_frontier_at(f, 3.5).exact); /* where whole units fill the budget, they are the best */
    hz_frontier_free(f);
}

/* Ranked 5, 3, then two at 1, which are one step: the later 4 and 0 are shared out evenly. */
TEST(out_of_sample_the_later_period_is_scored_and_ties_are_averaged)
{
    const double rank[] = { 5, 1, 3, 1 }, later[] = { 2, 4, 3, 0 }, size[] = { 1, 1, 1, 1 };
    hz_frontier *f = NULL;
    hz_error err;
    CHECK_OK(hz_frontier_new(4, rank, later, size, &f, &err), err);
    CHECK(!f->in_sample);
    CHECK_NEAR(hz_frontier_at(f, 2).bound, 5, 0);
    CHECK_NEAR(hz_frontier_at(f, 3).bound, 7, 1e-15);
    CHECK(!hz_frontier_at(f, 3).exact);
    CHECK_NEAR(hz_frontier_at(f, 3).total, 9, 0);
    CHECK_NEAR(f->ranked[2], 8, 0);
    hz_frontier_free(f);
}

/* A block without residents but with events is free; one without either comes last. */
TEST(units_of_no_size_are_free_where_they_hold_something)
{
    const double rank[] = { 0, 2, 4 }, size[] = { 0, 0, 10 };
    hz_frontier *f = NULL;
    hz_error err;
    CHECK_OK(hz_frontier_new(3, rank, NULL, size, &f, &err), err);
    CHECK(f->unit[0] == 1 && f->unit[2] == 0);
    CHECK_NEAR(hz_frontier_at(f, 0).bound, 2, 0);
    CHECK_NEAR(hz_frontier_at(f, 5).bound, 4, 1e-15);
    CHECK_NEAR(hz_frontier_budget(f, 1), 0, 0);
    hz_frontier_free(f);
}

/* Ten cells of 0.1: their sum is not 1 to the last bit, but they fit into 1. */
TEST(rounding_of_a_sum_keeps_no_unit_out)
{
    double rank[10], size[10];
    hz_frontier *f = NULL;
    hz_error err;
    for (int i = 0; i < 10; i++) {
        rank[i] = 10 - i;
        size[i] = i % 2 ? 0.1 : 0.1 * (1 + 1e-12);
    }
    CHECK_OK(hz_frontier_new(10, rank, NULL, size, &f, &err), err);
    CHECK(f->equal && hz_frontier_at(f, 0.3).units == 3);
    CHECK_NEAR(hz_frontier_at(f, 1).whole, 55, 0);
    hz_frontier_free(f);
}

TEST(what_cannot_be_ranked_is_refused)
{
    double rank[] = { 1, 2 }, size[] = { 1, 1 }, none[] = { 0, 0 };
    hz_frontier *f = NULL;
    hz_error err;
    CHECK_FAILS(hz_frontier_new(0, rank, NULL, size, &f, &err), HZ_EDATA, err, "0 units");
    CHECK_FAILS(hz_frontier_new(2, rank, NULL, none, &f, &err), HZ_EDATA, err, "no size");
    rank[1] = -1;
    CHECK_FAILS(hz_frontier_new(2, rank, NULL, size, &f, &err), HZ_EDATA, err, "unit 2");
    rank[1] = NAN;
    CHECK_FAILS(hz_frontier_new(2, rank, NULL, size, &f, &err), HZ_EDATA, err, "unit 2");
    CHECK(f == NULL);
}

TEST(memory_that_runs_out_leaves_nothing)
{
    const double rank[] = { 5, 1, 3, 1 }, size[] = { 1, 1, 1, 1 };
    for (long at = 1;; at++) {
        hz_frontier *f = NULL;
        hz_error err;
        hz_mem_fail_at(at);
        hz_status st = hz_frontier_new(4, rank, NULL, size, &f, &err);
        hz_mem_fail_at(0);
        hz_frontier_free(f);
        if (!st)
            break;
        CHECK(st == HZ_EMEMORY && !f && at < 100);
    }
}

/* Every subset of 10 units: none within the budget holds more than the bound, the best of them no
 * less than the whole units of the ranking; of equal units the best is those. */
TEST(no_set_of_units_beats_the_bound)
{
    for (uint32_t seed = 0; seed < 60; seed++) {
        hz_rng rng = hz_rng_new(5, hz_rng_statistic("frontier"), seed, 0);
        double rank[10], size[10], best = 0;
        hz_frontier *f = NULL;
        hz_error err;
        for (int i = 0; i < 10; i++) {
            rank[i] = (double)hz_rng_below(&rng, 8);
            size[i] = seed % 2 ? 1 : 0.5 + hz_rng_uniform(&rng);
        }
        double budget = 1 + 8 * hz_rng_uniform(&rng);
        for (unsigned set = 0; set < 1024; set++) {
            double sum = 0, cost = 0;
            for (unsigned i = 0; i < 10; i++)
                if (set >> i & 1) {
                    sum += rank[i];
                    cost += size[i];
                }
            if (cost <= budget && sum > best)
                best = sum;
        }
        CHECK_OK(hz_frontier_new(10, rank, NULL, size, &f, &err), err);
        hz_frontier_point p = hz_frontier_at(f, budget);
        CHECK(best <= p.bound * (1 + 1e-12) && p.whole <= best);
        if (p.exact)
            CHECK_NEAR(p.whole, best, 1e-12);
        CHECK(seed % 2 == 0 || p.exact);
        CHECK_NEAR(hz_frontier_at(f, hz_frontier_budget(f, p.bound)).bound, p.bound, 1e-9);
        hz_frontier_free(f);
    }
}

RUN_TESTS(T(equal_cells_are_taken_by_their_counts),
          T(tied_cells_hold_a_range_by_the_order_they_happen_to_stand_in),
          T(no_order_of_tied_units_leaves_their_range),
          T(the_size_needed_for_a_capture_is_read_back_from_the_curve),
          T(unequal_units_have_a_bound_that_no_whole_set_need_reach),
          T(out_of_sample_the_later_period_is_scored_and_ties_are_averaged),
          T(units_of_no_size_are_free_where_they_hold_something),
          T(rounding_of_a_sum_keeps_no_unit_out), T(what_cannot_be_ranked_is_refused),
          T(memory_that_runs_out_leaves_nothing), T(no_set_of_units_beats_the_bound))
