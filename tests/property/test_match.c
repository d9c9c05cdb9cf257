/* Random tables: the match against a twin that looks through all rows for every area. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/match.h"
#include "hotzone/mem.h"

enum { MOST_AREAS = 12, MOST_ROWS = 200, KINDS = 3 };

static uint64_t seed = 38;

/* splitmix64: the same tables on every machine */
static size_t below(size_t n)
{
    uint64_t z = (seed += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (size_t)((z ^ z >> 31) % n);
}

static const char *const kind_words[KINDS] = { "theft", "assault", "fraud" };

/* A table as plain numbers, and as layers. */
typedef struct {
    size_t areas, rows;
    size_t area[MOST_ROWS]; /* >= areas: some other area */
    int year[MOST_ROWS];
    size_t kind[MOST_ROWS];
    double value[MOST_ROWS];
    hz_layer *area_layer, *table;
} made;

static bool is_taken(const made *m, size_t area, int year, size_t kind)
{
    for (size_t r = 0; r < m->rows; r++)
        if (m->area[r] == area && m->year[r] == year && m->kind[r] == kind)
            return true;
    return false;
}

static void draw_rows(made *m)
{
    m->areas = 1 + below(MOST_AREAS);
    m->rows = 0;
    m->area[m->rows] = 0; /* one row at least is about an area */
    m->year[0] = 2015;
    m->kind[0] = 0;
    m->value[m->rows++] = 5;
    for (size_t tries = below(MOST_ROWS - 1); tries > 0; tries--) {
        size_t area = below(m->areas + 2), kind = below(KINDS);
        int year = 2014 + (int)below(6);
        if (is_taken(m, area, year, kind))
            continue;
        m->area[m->rows] = area;
        m->year[m->rows] = year;
        m->kind[m->rows] = kind;
        m->value[m->rows++] = below(5) ? (double)below(1000) : NAN;
    }
}

static void make_layers(made *m)
{
    static char names[MOST_AREAS + 2][8];
    const char *ids[MOST_AREAS + 2], *keys[MOST_ROWS], *kinds[MOST_ROWS];
    double years[MOST_ROWS];
    hz_error err;
    for (size_t a = 0; a < MOST_AREAS + 2; a++) {
        snprintf(names[a], sizeof names[a], "a%zu", (a * 7) % 100); /* not in order of their text */
        ids[a] = names[a];
    }
    for (size_t r = 0; r < m->rows; r++) {
        keys[r] = ids[m->area[r]];
        kinds[r] = kind_words[m->kind[r]];
        years[r] = m->year[r];
    }
    if (hz_layer_new("areas", m->areas, &m->area_layer, &err) ||
        hz_layer_add_texts(m->area_layer, "id", ids, &err) ||
        hz_layer_new("table", m->rows, &m->table, &err) ||
        hz_layer_add_texts(m->table, "area", keys, &err) ||
        hz_layer_add_texts(m->table, "kind", kinds, &err) ||
        hz_layer_add_numbers(m->table, "year", years, &err) ||
        hz_layer_add_numbers(m->table, "count", m->value, &err))
        fail();
}

/* The sum over kinds [0, kinds) for one area and year; NaN if one of them has no figure. */
static double slow_sum(const made *m, size_t area, int year, size_t kinds)
{
    double sum = 0;
    for (size_t k = 0; k < kinds; k++) {
        double found = NAN;
        for (size_t r = 0; r < m->rows; r++)
            if (m->area[r] == area && m->year[r] == year && m->kind[r] == k)
                found = m->value[r];
        sum += found;
    }
    return sum;
}

static double slow_nearest(const made *m, size_t area, int want, size_t kinds, int *year)
{
    *year = 0;
    for (int away = 0; away < 10; away++) {
        for (int side = -1; side <= 1; side += 2) {
            double sum = slow_sum(m, area, want + side * away, kinds);
            if (isnan(sum))
                continue;
            *year = want + side * away;
            return sum;
        }
    }
    return NAN;
}

static void check_same(void **state_, const made *m, const hz_match_opts *opts)
{
    double values[MOST_AREAS];
    int years[MOST_AREAS];
    hz_match_fate fate;
    hz_error err;
    CHECK_OK(hz_match_values(m->area_layer, NULL, m->table, opts, values, years, &fate, NULL, &err),
             err);
    for (size_t a = 0; a < m->areas; a++) {
        int year = opts->want_year;
        double want = opts->nearest_year
                          ? slow_nearest(m, a, opts->want_year, opts->kind_count, &year)
                          : slow_sum(m, a, year, opts->kind_count);
        CHECK(isnan(want) == isnan(values[a]));
        if (isnan(want))
            continue;
        CHECK_NEAR(values[a], want, 0);
        CHECK(years[a] == year);
    }
    CHECK(fate.read == m->rows);
    CHECK(fate.read == fate.used + fate.other_area + fate.other_year + fate.other_kind +
                       fate.without_figure + fate.refused);
}

static void check_random_tables(void **state_, bool nearest)
{
    for (size_t i = 0; i < 300; i++) {
        made m = { 0 };
        draw_rows(&m);
        make_layers(&m);
        hz_match_opts opts = { .want_year = 2014 + (int)below(6), .nearest_year = nearest,
                               .kinds = kind_words, .kind_count = 1 + below(KINDS) };
        for (size_t k = 0; k < opts.kind_count; k++) {
            bool there = false;
            for (size_t r = 0; r < m.rows; r++)
                there |= m.kind[r] == k;
            if (!there)
                opts.kind_count = 1; /* the first row is of kind 0 */
        }
        check_same(state_, &m, &opts);
        hz_layer_free(m.area_layer);
        hz_layer_free(m.table);
    }
}

TEST(an_exact_year_gives_what_a_slow_search_gives)
{
    check_random_tables(state_, false);
}

TEST(the_nearest_year_is_what_a_slow_search_gives)
{
    check_random_tables(state_, true);
}

RUN_TESTS(T(an_exact_year_gives_what_a_slow_search_gives),
          T(the_nearest_year_is_what_a_slow_search_gives))
