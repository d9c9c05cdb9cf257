/* People counted by area and town: what is shown adds up, and what is small is not shown. */
#include "check.h"

#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/residents.h"
#include "hotzone/rng.h"

static hz_error err;

enum { COLUMNS = 4, SIDE = 100, PEOPLE_MOST = 600 };

/* `n` squares of 100 m in a row from x0. */
static hz_layer *squares(const char *name, size_t n, double x0)
{
    static const char *const ids[] = { "a", "b", "c", "d", "e", "f" };
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    if (hz_layer_new(name, n, &layer, &err) ||
        hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err) || hz_crs_new("EPSG:25832", &crs, &err))
        return NULL;
    for (size_t f = 0; f < n; f++) {
        const double x[] = { 0, 1, 1, 0, 0 }, y[] = { 0, 0, 1, 1, 0 };
        for (size_t i = 0; i < 5; i++) {
            s->x[5 * f + i] = x0 + SIDE * ((double)f + x[i]);
            s->y[5 * f + i] = SIDE * y[i];
        }
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * (f + 1);
    }
    if (hz_layer_take_shapes(layer, &s, &err) || hz_layer_take_crs(layer, &crs, &err) ||
        hz_layer_add_texts(layer, "id", ids, &err))
        return NULL;
    return layer;
}

static hz_layer *people_at(size_t n, const double *x)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    if (hz_layer_new("people", n, &layer, &err) || hz_shapes_new(HZ_POINT, n, 0, n, &s, &err) ||
        hz_crs_new("EPSG:25832", &crs, &err))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        s->x[i] = x[i];
        s->y[i] = SIDE / 2.0;
    }
    if (hz_layer_take_shapes(layer, &s, &err) || hz_layer_take_crs(layer, &crs, &err))
        return NULL;
    return layer;
}

static const unsigned char first_is_focus[COLUMNS] = { 1, 0, 0, 0 };

typedef struct {
    hz_layer *areas, *towns, *people;
    double x[PEOPLE_MOST];
    size_t n;
    hz_residents_input in;
} town;

static void settle(town *t, const size_t per_area[COLUMNS], const size_t per_town[2])
{
    memset(t, 0, sizeof *t);
    for (size_t a = 0; a < COLUMNS; a++)
        for (size_t i = 0; i < per_area[a]; i++)
            t->x[t->n++] = SIDE * ((double)a + 0.5);
    for (size_t a = 0; a < 2; a++)
        for (size_t i = 0; i < per_town[a]; i++)
            t->x[t->n++] = 1000 + SIDE * ((double)a + 0.5);
    t->areas = squares("areas", COLUMNS, 0);
    t->towns = squares("towns", 2, 1000);
    t->people = people_at(t->n, t->x);
    t->in = (hz_residents_input){ t->areas, "id", "id", first_is_focus, NULL, t->towns, "id", "id",
                                  false, t->people, 5, .round = 0 };
}

static void clear(town *t)
{
    hz_layer_free(t->areas);
    hz_layer_free(t->towns);
    hz_layer_free(t->people);
}

TEST(large_counts_are_shown_and_add_up)
{
    hz_residents r = { 0 };
    town t;
    settle(&t, (const size_t[]){ 10, 20, 0, 30 }, (const size_t[]){ 7, 0 });
    CHECK_OK(hz_residents_make(&t.in, &r, NULL, &err), err);
    const double want[] = { 10, 20, 0, 30, 7, 0, 60, 10, 50, 7, 0, 67, 0, 0, 67 };
    for (size_t f = 0; f < 15; f++)
        CHECK(hz_layer_numbers(r.table, "residents")[f] == want[f]);
    CHECK_TEXT(hz_layer_text(r.table, "state", 2), "zero");
    CHECK(r.small == 0 && r.guards == 0 && r.areas_with == 3 && r.towns_with == 1);
    CHECK(r.inside == 10 && r.outside == 50 && r.total == 67);
    CHECK_NEAR(r.share, 57.0 / 67, 1e-15);
    hz_residents_clear(&r);
    clear(&t);
}

TEST(a_small_count_is_hidden_and_so_is_what_would_give_it_away)
{
    hz_residents r = { 0 };
    town t;
    settle(&t, (const size_t[]){ 10, 20, 2, 30 }, (const size_t[]){ 9, 8 });
    CHECK_OK(hz_residents_make(&t.in, &r, NULL, &err), err);
    const double *shown = hz_layer_numbers(r.table, "residents");
    CHECK_NAN(shown[2]);
    CHECK_TEXT(hz_layer_text(r.table, "state", 2), "hidden");
    CHECK(hz_layer_mark(r.table, "residents", 2) == HZ_HIDDEN);
    CHECK(r.small == 1 && r.guards >= 1);
    /* the rest of the areas and their sum do not leave it as a difference */
    CHECK(isnan(shown[1]) || isnan(shown[3]) || isnan(r.outside));
    hz_residents_clear(&r);
    clear(&t);
}

TEST(rounded_figures_add_up_and_one_more_person_moves_each_by_nothing_or_the_base)
{
    for (uint64_t seed = 1; seed <= 30; seed++) {
        hz_rng rng = hz_rng_new(seed, hz_rng_statistic("residents"), 0, 0);
        size_t areas[COLUMNS], towns[2];
        for (size_t a = 0; a < COLUMNS; a++)
            areas[a] = (size_t)hz_rng_below(&rng, 40);
        for (size_t a = 0; a < 2; a++)
            towns[a] = 1 + (size_t)hz_rng_below(&rng, 9);
        hz_residents was = { 0 }, is = { 0 };
        town t;
        settle(&t, areas, towns);
        t.in.round = 5;
        CHECK_OK(hz_residents_make(&t.in, &was, NULL, &err), err);
        clear(&t);
        const double *v = hz_layer_numbers(was.table, "residents");
        CHECK(v[0] + v[1] + v[2] + v[3] == v[6] && v[6] == v[7] + v[8]);
        CHECK(v[4] + v[5] == v[9] && v[6] + v[9] + v[10] == v[11]);
        for (size_t a = 0; a < COLUMNS; a++)
            CHECK(fabs(v[a] - (double)areas[a]) < 5 && fmod(v[a], 5) == 0);
        areas[seed % COLUMNS]++;
        settle(&t, areas, towns);
        t.in.round = 5;
        CHECK_OK(hz_residents_make(&t.in, &is, NULL, &err), err);
        const double *now = hz_layer_numbers(is.table, "residents");
        for (size_t f = 0; f < 12; f++)
            CHECK(now[f] == v[f] || fabs(now[f] - v[f]) == 5);
        hz_residents_clear(&was);
        hz_residents_clear(&is);
        clear(&t);
    }
}

/* Four without a place: neither they nor all rows are told, or they would follow from the rest. */
TEST(every_row_is_accounted_for_and_few_without_a_place_are_hidden)
{
    for (size_t lost = 4; lost <= 6; lost += 2) {
        hz_residents r = { 0 };
        town t;
        settle(&t, (const size_t[]){ 10, 20, 0, 30 }, (const size_t[]){ 7, 0 });
        hz_layer_free(t.people);
        for (size_t i = 0; i < lost; i++)
            t.x[t.n++] = NAN;
        t.people = people_at(t.n, t.x);
        t.in.residents = t.people;
        CHECK_OK(hz_residents_make(&t.in, &r, NULL, &err), err);
        CHECK(r.total == 67 && r.elsewhere == 0 && r.refused == 0);
        CHECK(lost < 5 ? isnan(r.unlocated) && isnan(r.read) : r.unlocated == 6 && r.read == 73);
        CHECK_TEXT(hz_layer_text(r.table, "kind", 14), "account");
        hz_residents_clear(&r);
        clear(&t);
    }
}

TEST(merged_towns_are_one_figure_and_need_no_guards)
{
    hz_residents r = { 0 };
    town t;
    settle(&t, (const size_t[]){ 10, 20, 0, 30 }, (const size_t[]){ 7, 2 });
    t.in.merge_towns = true;
    CHECK_OK(hz_residents_make(&t.in, &r, NULL, &err), err);
    CHECK(r.towns == 1 && r.merged && r.small == 0 && r.guards == 0 && r.total == 69);
    CHECK_TEXT(hz_layer_text(r.table, "id", 4), "towns");
    CHECK(hz_layer_numbers(r.table, "residents")[4] == 9);
    CHECK_TEXT(hz_layer_text(r.table, "id", 5), "areas");
    hz_residents_clear(&r);
    clear(&t);
}

TEST(bad_options_and_nobody_are_refused)
{
    hz_residents r = { 0 };
    town t;
    settle(&t, (const size_t[]){ 10, 20, 0, 30 }, (const size_t[]){ 7, 0 });
    t.in.below = 1;
    CHECK(hz_residents_make(&t.in, &r, NULL, &err) == HZ_EUSAGE);
    t.in.below = 5;
    t.in.round = 2.5;
    CHECK(hz_residents_make(&t.in, &r, NULL, &err) == HZ_EUSAGE);
    clear(&t);
    settle(&t, (const size_t[]){ 0, 0, 0, 0 }, (const size_t[]){ 0, 0 });
    CHECK(hz_residents_make(&t.in, &r, NULL, &err) == HZ_EDATA);
    clear(&t);
}

TEST(every_failing_allocation_is_an_error)
{
    town t;
    settle(&t, (const size_t[]){ 10, 20, 2, 30 }, (const size_t[]){ 9, 8 });
    for (long at = 1; at < 2000; at++) {
        hz_residents r = { 0 };
        hz_mem_fail_at(at);
        hz_status st = hz_residents_make(&t.in, &r, NULL, &err);
        hz_mem_fail_at(0);
        hz_residents_clear(&r);
        if (!st)
            break;
        CHECK(st == HZ_EMEMORY);
    }
    clear(&t);
}

RUN_TESTS(T(large_counts_are_shown_and_add_up),
          T(a_small_count_is_hidden_and_so_is_what_would_give_it_away),
          T(rounded_figures_add_up_and_one_more_person_moves_each_by_nothing_or_the_base),
          T(every_row_is_accounted_for_and_few_without_a_place_are_hidden),
          T(merged_towns_are_one_figure_and_need_no_guards),
          T(bad_options_and_nobody_are_refused), T(every_failing_allocation_is_an_error))
