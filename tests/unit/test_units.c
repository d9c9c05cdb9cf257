/* Units of areas and of cells, and whether hot cells stay hot on other lattices. */
#include "check.h"

#include "hotzone/cluster.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"
#include "hotzone/stability.h"
#include "hotzone/units.h"

static hz_error err;
static const hz_neighbours queen = { .kind = HZ_QUEEN };

static hz_status give_crs(hz_layer *layer, const char *code)
{
    hz_crs *crs = NULL;
    hz_status st = hz_crs_new(code, &crs, &err);
    return st ? st : hz_layer_take_crs(layer, &crs, &err);
}

static hz_layer *points(size_t n, const double *x, const double *y, const char *crs)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    if (hz_layer_new("events", n, &layer, &err) ||
        hz_shapes_new(HZ_POINT, n, 0, n, &s, &err))
        return NULL;
    memcpy(s->x, x, n * sizeof *x);
    memcpy(s->y, y, n * sizeof *y);
    if (hz_layer_take_shapes(layer, &s, &err) || (crs && give_crs(layer, crs)))
        return NULL;
    return layer;
}

/* One rectangle. */
static hz_layer *study(double west, double south, double east, double north, const char *crs)
{
    const double x[] = {west, east, east, west, west}, y[] = {south, south, north, north, south};
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    if (hz_layer_new("study", 1, &layer, &err) || hz_shapes_new(HZ_POLYGON, 1, 1, 5, &s, &err))
        return NULL;
    memcpy(s->x, x, sizeof x);
    memcpy(s->y, y, sizeof y);
    s->first_ring[1] = 1;
    s->first_point[1] = 5;
    if (hz_layer_take_shapes(layer, &s, &err) || (crs && give_crs(layer, crs)))
        return NULL;
    return layer;
}

/* Cells of 100 over 20..260 by 0..100: the first is covered by 80 %, the last by 60 %; with a study
 * to 230 the last has 30 % and is left out. */
TEST(cells_less_than_half_inside_are_kept_but_left_out)
{
    const double x[] = { 30, 150, 150, 210, 270, NAN }, y[] = { 50, 1, 99, 50, 50, NAN };
    hz_layer *events = points(6, x, y, NULL), *area = study(20, 0, 230, 100, NULL);
    hz_units u = { 0 };
    CHECK_OK(hz_units_of_cells(events, area, 100, 0, 0, NULL, &queen, &u, NULL, &err), err);
    const double *value = hz_layer_numbers(u.table, "value");
    CHECK(hz_layer_rows(u.table) == 3 && u.left_out == 1);
    CHECK(u.outside[0] == 0 && u.outside[1] == 0 && u.outside[2] == 1);
    CHECK(value[0] == 1 && value[1] == 2 && value[2] == 1);
    CHECK_TEXT(hz_layer_text(u.table, "id", 1), "100E0N");
    CHECK(hz_layer_numbers(u.table, "x")[1] == 150 && hz_layer_numbers(u.table, "y")[1] == 50);
    CHECK(u.fate.placed == 4 && u.fate.outside == 1 && u.fate.unlocated == 1);
    CHECK(hz_csr_count(u.links, 1) == 2);
    hz_units_clear(&u);
    hz_layer_free(events);
    hz_layer_free(area);
}

TEST(without_a_study_area_the_box_of_the_events_counts)
{
    const double x[] = { 724010, 724390 }, y[] = { 6175010, 6175290 };
    hz_layer *events = points(2, x, y, "EPSG:25832");
    hz_units u = { 0 };
    CHECK_OK(hz_units_of_cells(events, NULL, 100, 0, 0, NULL, &queen, &u, NULL, &err), err);
    CHECK(hz_layer_rows(u.table) == 12 && u.left_out == 0 && u.fate.placed == 2);
    CHECK(u.lattice.x0 == 724000 && u.lattice.y0 == 6175000);
    CHECK_TEXT(hz_crs_code(hz_layer_crs(u.table)), "EPSG:25832");
    hz_units_clear(&u);
    hz_layer_free(events);
}

TEST(degrees_are_counted_in_metres)
{
    const double x[] = { 12.5601, 12.5602, 12.58 }, y[] = { 55.68, 55.6801, 55.69 };
    hz_layer *events = points(3, x, y, "EPSG:4326");
    hz_layer *area = study(12.55, 55.67, 12.60, 55.70, "EPSG:4326");
    hz_units u = { 0 };
    CHECK_OK(hz_units_of_cells(events, area, 250, 0, 0, NULL, &queen, &u, NULL, &err), err);
    CHECK_TEXT(hz_crs_code(hz_layer_crs(u.table)), "EPSG:25832");
    CHECK(fmod(u.lattice.x0, 250) == 0 && u.lattice.side == 250);
    /* 0.05 by 0.03 degrees at 55.7 N: 3.14 by 3.34 km */
    CHECK(hz_layer_rows(u.table) - u.left_out > 150 && hz_layer_rows(u.table) - u.left_out < 185);
    hz_units_clear(&u);
    hz_layer_free(events);
    hz_layer_free(area);
}

static void note(hz_notice_kind kind, const char *text, void *user)
{
    if (kind == HZ_WARNING && strstr(text, "stray coordinates"))
        ++*(int *)user;
}

TEST(a_stray_event_that_makes_many_cells_is_warned_of)
{
    const double x[] = { 0, 100, 300000 }, y[] = { 0, 100, 20000 };
    hz_layer *near = points(2, x, y, "EPSG:25832"), *far = points(3, x, y, "EPSG:25832");
    hz_units u = { 0 };
    int warned = 0;
    const hz_notice notice = { note, &warned };
    CHECK_OK(hz_units_of_cells(near, NULL, 100, 0, 0, NULL, &queen, &u, &notice, &err), err);
    CHECK(warned == 0);
    hz_units_clear(&u);
    CHECK_OK(hz_units_of_cells(far, NULL, 100, 0, 0, NULL, &queen, &u, &notice, &err), err);
    CHECK(warned == 1);
    hz_units_clear(&u);
    hz_layer_free(near);
    hz_layer_free(far);
}

TEST(cells_that_cannot_be_made_say_why)
{
    const double x[] = { 0, 1 }, y[] = { 0, 1 };
    const hz_neighbours file = { .kind = HZ_LINKS };
    hz_layer *events = points(2, x, y, NULL), *area = study(0, 0, 1, 1, "EPSG:25832");
    hz_units u = { 0 };
    CHECK_FAILS(hz_units_of_cells(area, NULL, 1, 0, 0, NULL, &queen, &u, NULL, &err), HZ_EDATA, err,
                "has no points");
    CHECK_FAILS(hz_units_of_cells(events, area, 1, 0, 0, NULL, &queen, &u, NULL, &err), HZ_ECRS,
                err, "expected both");
    CHECK_FAILS(hz_units_of_cells(events, NULL, -1, 0, 0, NULL, &queen, &u, NULL, &err), HZ_EUSAGE,
                err, "side over 0");
    CHECK_FAILS(hz_units_of_cells(events, NULL, 1, 0, 0, NULL, &file, &u, NULL, &err), HZ_EUSAGE,
                err, "a file goes with areas");
    CHECK(u.table == NULL);
    hz_layer_free(events);
    hz_layer_free(area);
}

TEST(areas_keep_their_keys_and_have_centres_in_metres)
{
    const double value[] = { 3 };
    const char *const key[] = { "0751" };
    hz_layer *area = study(12.55, 55.67, 12.60, 55.70, "EPSG:4326");
    hz_units u = { 0 };
    CHECK_OK(hz_layer_add_numbers(area, "n", value, &err), err);
    CHECK_OK(hz_layer_add_texts(area, "code", key, &err), err);
    CHECK_OK(hz_units_of_areas(area, "n", "code", NULL, &queen, &u, NULL, &err), err);
    CHECK_TEXT(hz_layer_text(u.table, "id", 0), "0751");
    CHECK(hz_layer_numbers(u.table, "x")[0] > 7e5 && hz_layer_numbers(u.table, "y")[0] > 6.1e6);
    hz_units_clear(&u);
    CHECK_FAILS(hz_units_of_areas(area, "m", NULL, NULL, &queen, &u, NULL, &err), HZ_EUSAGE, err,
                "has no column 'm'");
    CHECK_FAILS(hz_units_of_areas(area, "code", NULL, NULL, &queen, &u, NULL, &err), HZ_EUSAGE, err,
                "no column of numbers");
    hz_layer_free(area);
}

TEST(points_have_neighbours_by_distance_only)
{
    const double x[] = { 0, 10, 30 }, y[] = { 0, 0, 0 };
    hz_layer *layer = points(3, x, y, "EPSG:25832");
    const hz_neighbours band = { .kind = HZ_BAND, .reach_m = 10 };
    hz_units u = { 0 };
    CHECK_OK(hz_layer_add_numbers(layer, "n", x, &err), err);
    CHECK_FAILS(hz_units_of_areas(layer, "n", NULL, NULL, &queen, &u, NULL, &err), HZ_EUSAGE, err,
                "has no polygons");
    CHECK_OK(hz_units_of_areas(layer, "n", NULL, NULL, &band, &u, NULL, &err), err);
    CHECK(hz_csr_count(u.links, 0) == 1 && hz_csr_count(u.links, 2) == 0);
    CHECK_TEXT(hz_layer_text(u.table, "id", 2), "3");
    hz_units_clear(&u);
    hz_layer_free(layer);
}

enum { EVENTS = 1500 };

/* 600 events in a disc of 200 m among 900 over 4 by 4 km. */
static hz_layer *clustered(void)
{
    static double x[EVENTS], y[EVENTS];
    hz_rng rng = hz_rng_new(9, 1, 0, 0);
    for (int i = 0; i < EVENTS; i++) {
        bool in = i < 600;
        x[i] = in ? 1400 + 400 * hz_rng_uniform(&rng) : 4000 * hz_rng_uniform(&rng);
        y[i] = in ? 2300 + 400 * hz_rng_uniform(&rng) : 4000 * hz_rng_uniform(&rng);
    }
    return points(EVENTS, x, y, NULL);
}

TEST(a_real_cluster_stays_hot_on_other_lattices)
{
    hz_layer *events = clustered(), *area = study(0, 0, 4000, 4000, NULL);
    hz_units u = { 0 };
    const hz_cluster_opts o = HZ_CLUSTER_DEFAULTS;
    CHECK_OK(hz_units_of_cells(events, area, 200, 0, 0, NULL, &queen, &u, NULL, &err), err);
    CHECK_OK(hz_cluster_add(u.table, "value", u.outside, u.links, &o, NULL, NULL, &err), err);
    CHECK_OK(hz_stability_add(&u, events, area, NULL, &queen, &o, 9, &err), err);
    const double *share = hz_layer_numbers(u.table, "stability");
    const double *x = hz_layer_numbers(u.table, "x"), *y = hz_layer_numbers(u.table, "y");
    size_t hot = 0;
    for (size_t i = 0; i < hz_layer_rows(u.table); i++) {
        bool middle = fabs(x[i] - 1600) < 150 && fabs(y[i] - 2500) < 150;
        bool far = fabs(x[i] - 1600) > 800 || fabs(y[i] - 2500) > 800;
        CHECK(share[i] >= 0 && share[i] <= 1);
        CHECK(!middle || share[i] == 1);
        CHECK(!far || share[i] < 0.5);
        hot += middle;
    }
    CHECK(hot >= 2);
    CHECK_FAILS(hz_stability_add(&u, events, area, NULL, &queen, &o, 0, &err), HZ_EUSAGE, err,
                "0 reruns");
    hz_units_clear(&u);
    hz_layer_free(events);
    hz_layer_free(area);
}

TEST(without_memory_no_cells_are_made)
{
    hz_layer *events = clustered(), *area = study(0, 0, 4000, 4000, NULL);
    int failed = 0;
    for (long n = 1; n < 200; n++) {
        hz_units u = { 0 };
        hz_mem_fail_at(n);
        hz_status st = hz_units_of_cells(events, area, 200, 0, 0, NULL, &queen, &u, NULL, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        CHECK((u.table != NULL) == (st == HZ_OK));
        failed += st != HZ_OK;
        hz_units_clear(&u);
    }
    CHECK(failed > 30);
    hz_layer_free(events);
    hz_layer_free(area);
}

RUN_TESTS(T(cells_less_than_half_inside_are_kept_but_left_out),
          T(without_a_study_area_the_box_of_the_events_counts), T(degrees_are_counted_in_metres),
          T(a_stray_event_that_makes_many_cells_is_warned_of), T(cells_that_cannot_be_made_say_why),
          T(areas_keep_their_keys_and_have_centres_in_metres),
          T(points_have_neighbours_by_distance_only), T(a_real_cluster_stays_hot_on_other_lattices),
          T(without_memory_no_cells_are_made))
