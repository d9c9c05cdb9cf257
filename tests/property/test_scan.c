/* Scan statistics on seeded random data: fast equals slow, planted clusters are found. */
#include <stdlib.h>

#include "check.h"
#include "hotzone/rng.h"
#include "hotzone/scan.h"
#include "hotzone/scanning.h"

enum { PLACES = 60, EVENTS = 90, STEPS = 9 };

typedef struct {
    double x[PLACES], y[PLACES], base[PLACES];
    uint32_t order[PLACES];
    size_t length;
} scattered;

/* Places on a coarse lattice, so that distances tie and places coincide. */
static void scatter(scattered *s, uint32_t map)
{
    hz_rng rng = hz_rng_new(7, 1, map, 0);
    hz_scan_near scratch[2 * PLACES];
    hz_scan_metric circle = HZ_SCAN_CIRCLE;
    double sum = 0;
    for (size_t i = 0; i < PLACES; i++) {
        s->x[i] = (double)hz_rng_below(&rng, 8);
        s->y[i] = (double)hz_rng_below(&rng, 8);
        s->base[i] = 1 + (double)hz_rng_below(&rng, 500);
        sum += s->base[i];
    }
    s->length = hz_scan_order(0, PLACES, s->x, s->y, s->base, map % PLACES, circle, sum / 2,
                              INFINITY, scratch, s->order);
}

TEST(an_order_is_by_distance_and_holds_all_that_is_as_near)
{
    for (uint32_t map = 0; map < 300; map++) {
        scattered s;
        double sum = 0, all = 0;
        scatter(&s, map);
        size_t c = map % PLACES;
        for (size_t i = 0; i < PLACES; i++)
            all += s.base[i];
        for (size_t i = 0; i < s.length; i++) {
            size_t p = s.order[i] & ~HZ_SCAN_END;
            double d = hypot(s.x[p] - s.x[c], s.y[p] - s.y[c]);
            size_t nearer = 0;
            sum += s.base[p];
            for (size_t k = 0; k < PLACES; k++)
                nearer += hypot(s.x[k] - s.x[c], s.y[k] - s.y[c]) < d + 1e-9;
            CHECK(!(s.order[i] & HZ_SCAN_END) == (nearer > i + 1));
            CHECK(nearer >= i + 1);
        }
        CHECK(sum <= all / 2);
    }
}

TEST(many_replicates_side_by_side_give_what_each_gives_alone)
{
    static int32_t counts[PLACES * HZ_SCAN_LANES], most[HZ_SCAN_LEVELS * 4000];
    for (uint32_t map = 0; map < 200; map++) {
        scattered s;
        double weight = 0, best[HZ_SCAN_LANES] = { 0 }, penalty = map % 2 ? 1 : 0.8;
        uint16_t cell[PLACES];
        uint32_t total = map % 3 == 0 ? 5 : map % 3 == 1 ? 300 : 20000;
        scatter(&s, map);
        for (size_t i = 0; i < PLACES; i++)
            weight += s.base[i];
        hz_scan_frame f = { .base = s.base, .scale = total / weight, .total = total };
        hz_scan_levels lv = { .total = total, .most = most };
        lv.cells = hz_scan_cells(total, total / 2.0, &lv.cells_per_root);
        CHECK(lv.cells <= 4000);
        hz_scan_fill_levels(total, lv.cells_per_root, lv.cells, 0, HZ_SCAN_LEVELS, most);
        for (size_t lane = 0; lane < HZ_SCAN_LANES; lane++) {
            hz_rng rng = hz_rng_new(7, 2, map, (uint32_t)lane);
            for (size_t i = 0; i < PLACES; i++)
                counts[i * HZ_SCAN_LANES + lane] = 0;
            for (uint32_t e = 0; e < total; e++)
                counts[hz_rng_below(&rng, PLACES) * HZ_SCAN_LANES + lane]++;
        }
        hz_scan_mark_cells(s.order, s.length, &f, &lv, cell);
        hz_scan_walk(s.order, cell, s.length, &f, penalty, &lv, counts, best);
        for (size_t lane = 0; lane < HZ_SCAN_LANES; lane++) {
            double count[PLACES];
            for (size_t i = 0; i < PLACES; i++)
                count[i] = counts[i * HZ_SCAN_LANES + lane];
            hz_scan_window w = hz_scan_best(s.order, s.length, &f, count, penalty, INFINITY, NULL,
                                            NULL);
            CHECK(w.value == best[lane]);
        }
    }
}

TEST(in_space_and_time_too)
{
    static int32_t per_step[STEPS * HZ_SCAN_LANES], most[HZ_SCAN_LEVELS * 4000];
    static uint16_t step[EVENTS * HZ_SCAN_LANES];
    for (uint32_t map = 0; map < 60; map++) {
        scattered s;
        uint32_t first[PLACES + 1] = { 0 }, until[STEPS + 1] = { 0 }, steps[EVENTS];
        double count[PLACES], best[HZ_SCAN_LANES] = { 0 };
        hz_rng rng = hz_rng_new(7, 3, map, 0);
        scatter(&s, map);
        for (size_t e = 0; e < EVENTS; e++)
            first[hz_rng_below(&rng, PLACES) + 1]++;
        for (size_t i = 0; i < PLACES; i++) {
            count[i] = first[i + 1];
            first[i + 1] += first[i];
        }
        for (size_t e = 0; e < EVENTS; e++)
            until[(steps[e] = (uint32_t)hz_rng_below(&rng, STEPS)) + 1]++;
        for (size_t t = 0; t < STEPS; t++)
            until[t + 1] += until[t];
        for (size_t lane = 0; lane < HZ_SCAN_LANES; lane++) /* each a rotation: same margins */
            for (size_t e = 0; e < EVENTS; e++)
                step[e * HZ_SCAN_LANES + lane] = (uint16_t)steps[(e + lane) % EVENTS];
        hz_scan_frame f = { s.base, 1, EVENTS, first, NULL, until, STEPS, 4 };
        hz_scan_levels lv = { .total = EVENTS, .most = most };
        lv.cells = hz_scan_cells(EVENTS, EVENTS, &lv.cells_per_root);
        hz_scan_fill_levels(EVENTS, lv.cells_per_root, lv.cells, 0, HZ_SCAN_LEVELS, most);
        hz_scan_walk_time(s.order, s.length, &f, 1, &lv, step, per_step, best);
        for (size_t lane = 0; lane < HZ_SCAN_LANES; lane++) {
            uint32_t alone[EVENTS], scratch[STEPS];
            for (size_t e = 0; e < EVENTS; e++)
                alone[e] = step[e * HZ_SCAN_LANES + lane];
            f.step = alone;
            hz_scan_window w = hz_scan_best(s.order, s.length, &f, count, 1, INFINITY, NULL,
                                            scratch);
            CHECK(w.value == best[lane]);
        }
    }
}

/* Few and many events take different ways; both must be multinomial. */
TEST(thrown_events_are_multinomial)
{
    enum { N = 5, DRAWS = 4000 };
    const double weight[N] = { 1, 2, 3, 4, 90 };
    const uint32_t totals[] = { 12, 4000 };
    double scratch[N];
    uint32_t index[N], stay[N], other[N];
    hz_scan_alias alias = { N, stay, other };
    hz_scan_fill_alias(N, weight, scratch, index, stay, other);
    for (int t = 0; t < 2; t++) {
        double total = totals[t], sum[N] = { 0 }, squares[N] = { 0 }, both = 0;
        for (uint32_t r = 0; r < DRAWS; r++) {
            hz_rng rng = hz_rng_new(7, 4, (uint32_t)t, r);
            int32_t counts[N], have = 0;
            hz_scan_throw(&alias, weight, 100, totals[t], &rng, 1, counts);
            for (int i = 0; i < N; i++) {
                double off = counts[i] - total * weight[i] / 100;
                CHECK(counts[i] >= 0);
                have += counts[i];
                sum[i] += off;
                squares[i] += off * off;
            }
            both += (counts[3] - total * 0.04) * (counts[4] - total * 0.9);
            CHECK(have == (int32_t)totals[t]);
        }
        for (int i = 0; i < N; i++) {
            double q = weight[i] / 100, variance = total * q * (1 - q);
            CHECK_NEAR(sum[i] / DRAWS, 0, 4 * sqrt(variance / DRAWS));
            CHECK_NEAR(squares[i] / DRAWS / variance, 1, 0.15);
        }
        CHECK_NEAR(both / DRAWS / (-total * 0.04 * 0.9), 1, 0.2);
    }
}

/* A map of side x side cells of equal population, 100 m apart, Poisson counts. */
enum { SIDE = 20, CELLS = SIDE * SIDE };
static hz_layer *poisson_map(uint32_t map, double risk, const hz_scan_metric *turn, double dx,
                             const size_t *shuffled)
{
    hz_rng rng = hz_rng_new(7, 5, map, 0);
    double events[CELLS], people[CELLS];
    hz_layer *l = NULL;
    hz_shapes *s = NULL;
    if (hz_layer_new("map", CELLS, &l, NULL) || hz_shapes_new(HZ_POINT, CELLS, 0, CELLS, &s, NULL))
        return NULL;
    for (size_t i = 0; i < CELLS; i++) {
        size_t at = shuffled ? shuffled[i] : i;
        double x = 100 * (double)(i % SIDE), y = 100 * (double)(i / SIDE);
        bool hot = i % SIDE >= 4 && i % SIDE < 7 && i / SIDE >= 9 && i / SIDE < 12;
        s->x[at] = dx + (turn ? turn->ax * x + turn->ay * y : x);
        s->y[at] = dx + (turn ? turn->bx * x + turn->by * y : y);
        people[at] = 100;
        events[at] = (double)hz_rng_poisson(&rng, hot ? 4 * risk : 4);
    }
    if (hz_layer_take_shapes(l, &s, NULL) || hz_layer_add_numbers(l, "events", events, NULL) ||
        hz_layer_add_numbers(l, "people", people, NULL))
        return NULL;
    return l;
}

static const hz_scanning_columns columns = { NULL, NULL, "events", "people", NULL, NULL };

static size_t significant(uint32_t first, uint32_t maps, double risk)
{
    hz_scanning_opts o = HZ_SCANNING_DEFAULTS;
    size_t hits = 0;
    o.replicates = 19; /* p <= .05 if none of them reaches the map's */
    o.most = 1;
    for (uint32_t map = first; map < first + maps; map++) {
        hz_scanning found = { 0 };
        hz_layer *l = poisson_map(map, risk, NULL, 0, NULL);
        o.seed = map;
        if (l && hz_scanning_poisson(l, &columns, &o, &found, NULL, NULL) == HZ_OK)
            hits += hz_layer_numbers(found.clusters, "p")[0] <= 0.05;
        else
            hits += 1000000; /* fails any bound */
        hz_scanning_clear(&found);
        hz_layer_free(l);
    }
    return hits;
}

TEST(a_cluster_of_twice_the_risk_is_mostly_found)
{
    size_t hits = significant(2000, 100, 2);
    print_message("planted clusters found: %zu of 100\n", hits);
    CHECK(hits >= 75);
}

static void check_same(void **state_, const hz_scanning *a, const hz_scanning *b, const size_t *to,
                       bool same_p)
{
    size_t rows = hz_layer_rows(a->clusters);
    CHECK(rows == hz_layer_rows(b->clusters));
    static const char *const same[] = { "areas", "events", "llr", "p" };
    for (size_t c = 0; c < (same_p ? 4u : 3u); c++)
        for (size_t i = 0; i < rows; i++)
            CHECK_NEAR(hz_layer_numbers(a->clusters, same[c])[i],
                       hz_layer_numbers(b->clusters, same[c])[i], 1e-12);
    unsigned char of[CELLS] = { 0 };
    for (size_t i = 0; i < hz_layer_rows(a->members); i++) {
        size_t id = (size_t)atoi(hz_layer_text(a->members, "id", i)) - 1;
        of[to ? to[id] : id] = (unsigned char)hz_layer_numbers(a->members, "cluster")[i];
    }
    for (size_t i = 0; i < hz_layer_rows(b->members); i++)
        CHECK(of[atoi(hz_layer_text(b->members, "id", i)) - 1] ==
              (unsigned char)hz_layer_numbers(b->members, "cluster")[i]);
}

/* Turned, places are numbered anew, and the replicates are others. */
TEST(moved_and_turned_maps_have_the_same_clusters)
{
    hz_scanning_opts o = HZ_SCANNING_DEFAULTS;
    hz_scan_metric turn = hz_scan_ellipse(1, 0.3);
    hz_error err;
    o.replicates = 39;
    o.most = 1; /* of further ones, equal ratios may stand elsewhere */
    for (uint32_t map = 0; map < 20; map++) {
        hz_scanning a = { 0 }, b = { 0 };
        hz_layer *l = poisson_map(map, 2, NULL, 0, NULL);
        hz_layer *m = poisson_map(map, 2, map % 2 ? &turn : NULL, 1e7, NULL);
        CHECK_OK(hz_scanning_poisson(l, &columns, &o, &a, NULL, &err), err);
        CHECK_OK(hz_scanning_poisson(m, &columns, &o, &b, NULL, &err), err);
        check_same(state_, &a, &b, NULL, map % 2 == 0);
        hz_scanning_clear(&a);
        hz_scanning_clear(&b);
        hz_layer_free(l);
        hz_layer_free(m);
    }
}

TEST(the_order_of_rows_does_not_matter)
{
    hz_scanning_opts o = HZ_SCANNING_DEFAULTS;
    size_t to[CELLS];
    hz_error err;
    o.replicates = 39;
    for (uint32_t map = 0; map < 20; map++) {
        hz_scanning a = { 0 }, b = { 0 };
        hz_rng rng = hz_rng_new(7, 6, map, 0);
        for (size_t i = 0; i < CELLS; i++) {
            size_t k = (size_t)hz_rng_below(&rng, i + 1);
            to[i] = to[k];
            to[k] = i;
        }
        hz_layer *l = poisson_map(map, 2, NULL, 0, NULL), *m = poisson_map(map, 2, NULL, 0, to);
        CHECK_OK(hz_scanning_poisson(l, &columns, &o, &a, NULL, &err), err);
        CHECK_OK(hz_scanning_poisson(m, &columns, &o, &b, NULL, &err), err);
        check_same(state_, &a, &b, to, true);
        hz_scanning_clear(&a);
        hz_scanning_clear(&b);
        hz_layer_free(l);
        hz_layer_free(m);
    }
}

RUN_TESTS(T(an_order_is_by_distance_and_holds_all_that_is_as_near),
          T(many_replicates_side_by_side_give_what_each_gives_alone), T(in_space_and_time_too),
          T(thrown_events_are_multinomial),
          T(a_cluster_of_twice_the_risk_is_mostly_found),
          T(moved_and_turned_maps_have_the_same_clusters), T(the_order_of_rows_does_not_matter))
