/* The street network, on grids small enough to draw. */
#include "check.h"

#include "hotzone/graph.h"
#include "hotzone/mem.h"

static hz_error err;

/* Two-point lines. */
static hz_shapes *lines(size_t n, const double ends[][4])
{
    hz_shapes *s = NULL;
    if (hz_shapes_new(HZ_LINE, n, n, 2 * n, &s, &err))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        s->x[2 * i] = ends[i][0];
        s->y[2 * i] = ends[i][1];
        s->x[2 * i + 1] = ends[i][2];
        s->y[2 * i + 1] = ends[i][3];
        s->first_ring[i + 1] = i + 1;
        s->first_point[i + 1] = 2 * (i + 1);
    }
    return s;
}

static uint32_t node_at(const hz_graph *g, double x, double y)
{
    for (size_t v = 0; v < g->nodes; v++)
        if (hypot(g->x[v] - x, g->y[v] - y) < 0.06)
            return (uint32_t)v;
    return UINT32_MAX;
}

static double length_of(const hz_graph *g, int32_t class_of)
{
    double sum = 0;
    for (size_t e = 0; e < g->edges; e++)
        sum += g->class_of[e] == class_of ? g->length[e] : 0;
    return sum;
}

TEST(two_lines_that_cross_have_a_node_there)
{
    const double ends[][4] = { { 0, 0, 10, 10 }, { 0, 10, 10, 0 } };
    const int32_t of[] = { 0, 1 };
    hz_shapes *s = lines(2, ends);
    hz_graph *g = NULL;
    CHECK_OK(hz_graph_new(s, of, 0, 9, &g, &err), err);
    CHECK(g->nodes == 5 && g->edges == 4);
    CHECK(node_at(g, 5, 5) != UINT32_MAX);
    uint32_t v = node_at(g, 5, 5);
    CHECK(g->first[v + 1] - g->first[v] == 4);
    hz_graph_free(g);
    hz_shapes_free(s);
}

TEST(a_line_that_ends_on_another_cuts_it)
{
    const double ends[][4] = { { 0, 0, 10, 0 }, { 4, 0.01, 4, 8 } };
    const int32_t of[] = { 0, 1 };
    hz_shapes *s = lines(2, ends);
    hz_graph *g = NULL;
    CHECK_OK(hz_graph_new(s, of, 0, 9, &g, &err), err);
    CHECK(g->nodes == 4 && g->edges == 3);
    hz_graph_free(g);
    hz_shapes_free(s);
}

TEST(lines_that_overlap_share_nodes_and_doubles_of_a_class_are_one)
{
    const double ends[][4] = { { 0, 0, 10, 0 }, { 4, 0, 14, 0 }, { 10, 0, 4, 0 } };
    const int32_t of[] = { 0, 1, 0 };
    hz_shapes *s = lines(3, ends);
    hz_graph *g = NULL;
    CHECK_OK(hz_graph_new(s, of, 0, 9, &g, &err), err);
    CHECK(g->nodes == 4 && g->edges == 4); /* 0-4, 4-10 twice, 10-14 */
    CHECK_NEAR(length_of(g, 0), 10, 1e-9);
    CHECK_NEAR(length_of(g, 1), 10, 1e-9);
    hz_graph_free(g);
    hz_shapes_free(s);
}

TEST(an_end_near_a_line_is_linked_at_right_angles)
{
    const double ends[][4] = { { 0, 0, 100, 0 }, { 40, 7, 40, 80 } };
    const int32_t of[] = { 0, 1 };
    hz_shapes *s = lines(2, ends);
    hz_graph *g = NULL;
    CHECK_OK(hz_graph_new(s, of, 6, 9, &g, &err), err);
    CHECK_NEAR(length_of(g, 9), 0, 0);
    hz_graph_free(g);
    CHECK_OK(hz_graph_new(s, of, 8, 9, &g, &err), err);
    CHECK_NEAR(length_of(g, 9), 7, 1e-9);
    CHECK(node_at(g, 40, 0) != UINT32_MAX);
    hz_graph_free(g);
    hz_shapes_free(s);
}

/* A square of side 10 with a diagonal: 14.14 across, or 20 round when the diagonal costs 1.5. */
TEST(the_shortest_way_minds_what_a_class_costs)
{
    const double ends[][4] = { { 0, 0, 10, 0 }, { 10, 0, 10, 10 }, { 0, 0, 10, 10 },
                               { 50, 50, 60, 50 } };
    const int32_t of[] = { 0, 0, 1, 0 };
    hz_shapes *s = lines(4, ends);
    hz_graph *g = NULL;
    hz_walk *w = NULL;
    CHECK_OK(hz_graph_new(s, of, 0, 9, &g, &err), err);
    CHECK_OK(hz_walk_new(g, &w, &err), err);
    uint32_t from = node_at(g, 0, 0), to = node_at(g, 10, 10), away = node_at(g, 60, 50);
    const double even[] = { 1, 1 }, dear[] = { 1, 1.5 }, shut[] = { INFINITY, INFINITY };
    hz_walk_run(w, even, 1, &from, 1, &to, INFINITY);
    CHECK_NEAR(hz_walk_cost(w, to), 10 * sqrt(2), 1e-12);
    hz_walk_run(w, dear, 1, &from, 0, NULL, INFINITY);
    CHECK_NEAR(hz_walk_cost(w, to), 20, 1e-12);
    CHECK(isinf(hz_walk_cost(w, away)));
    hz_walk_run(w, even, 1, &from, 0, NULL, 12);
    CHECK(isinf(hz_walk_cost(w, to)));
    CHECK_NEAR(hz_walk_cost(w, node_at(g, 10, 0)), 10, 1e-12);
    hz_walk_run(w, shut, 1, &from, 0, NULL, INFINITY);
    CHECK(hz_walk_edge(w, from) == UINT32_MAX && isinf(hz_walk_cost(w, to)));
    hz_walk_free(w);
    hz_graph_free(g);
    hz_shapes_free(s);
}

TEST(points_and_bad_gaps_are_refused)
{
    const double ends[][4] = { { 0, 0, NAN, 0 } };
    const int32_t of[] = { 0 };
    hz_shapes *s = lines(1, ends), *points = NULL;
    hz_graph *g = NULL;
    CHECK_OK(hz_shapes_new(HZ_POINT, 1, 0, 1, &points, &err), err);
    CHECK_FAILS(hz_graph_new(points, of, 0, 9, &g, &err), HZ_EUSAGE, err, "expected lines");
    CHECK_FAILS(hz_graph_new(s, of, -1, 9, &g, &err), HZ_EUSAGE, err, "gap");
    CHECK_OK(hz_graph_new(s, of, 5, 9, &g, &err), err);
    CHECK(g->edges == 0);
    hz_graph_free(g);
    hz_shapes_free(s);
    hz_shapes_free(points);
}

TEST(memory_that_runs_out_is_reported)
{
    const double ends[][4] = { { 0, 0, 10, 10 }, { 0, 10, 10, 0 }, { 12, 5, 40, 5 } };
    const int32_t of[] = { 0, 1, 2 };
    hz_shapes *s = lines(3, ends);
    bool done = false;
    for (long n = 1; !done; n++) {
        hz_graph *g = NULL;
        hz_walk *w = NULL;
        hz_mem_fail_at(n);
        hz_status st = hz_graph_new(s, of, 20, 9, &g, &err);
        if (!st)
            st = hz_walk_new(g, &w, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        done = st == HZ_OK;
        hz_walk_free(w);
        hz_graph_free(g);
    }
    hz_shapes_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_lines_that_cross_have_a_node_there),
        cmocka_unit_test(a_line_that_ends_on_another_cuts_it),
        cmocka_unit_test(lines_that_overlap_share_nodes_and_doubles_of_a_class_are_one),
        cmocka_unit_test(an_end_near_a_line_is_linked_at_right_angles),
        cmocka_unit_test(the_shortest_way_minds_what_a_class_costs),
        cmocka_unit_test(points_and_bad_gaps_are_refused),
        cmocka_unit_test(memory_that_runs_out_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
