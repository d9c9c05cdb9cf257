/* Reruns a local statistic on other lattices over the same events. */
#include "hotzone/stability.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "hotzone/mem.h"

typedef struct {
    double *hot, *seen; /* per unit of the first lattice: reruns */
} tally;

/* -1 takes no part, 0 not hot, 1 hot. */
static int verdict(const hz_units *u, size_t row, double alpha)
{
    const char *class = hz_layer_text(u->table, "class", row);
    const double *q = hz_layer_numbers(u->table, "q");
    if (!*class)
        return -1;
    bool high = strncmp(class, "hot", 3) == 0 || strcmp(class, "high-high") == 0 ||
                strcmp(class, "low-high") == 0;
    /* without a class, q may still be over 0.10 and under alpha: then z tells the side */
    if (strcmp(class, "none") == 0)
        high = hz_layer_numbers(u->table, "z")[row] > 0;
    return high && q[row] <= alpha;
}

/* Which row of a table of cells is at each cell of its lattice: row + 1. */
static hz_status map_rows(const hz_units *u, uint32_t **out, hz_error *err)
{
    const hz_lattice *g = &u->lattice;
    uint32_t *map = hz_mem_new(g->columns * g->rows, sizeof *map);
    const double *x = hz_layer_numbers(u->table, "x"), *y = hz_layer_numbers(u->table, "y");
    if (!map)
        return hz_mem_fail(err, "stability");
    for (size_t i = 0; i < hz_layer_rows(u->table); i++)
        map[hz_lattice_cell(g, x[i], y[i])] = (uint32_t)i + 1;
    *out = map;
    return HZ_OK;
}

static hz_status count_rerun(const hz_units *first, const hz_units *rerun, double alpha, tally *t,
                             hz_error *err)
{
    uint32_t *map = NULL;
    const double *x = hz_layer_numbers(first->table, "x"), *y = hz_layer_numbers(first->table, "y");
    hz_status st = map_rows(rerun, &map, err);
    for (size_t i = 0; !st && i < hz_layer_rows(first->table); i++) {
        size_t cell = hz_lattice_cell(&rerun->lattice, x[i], y[i]);
        int found = cell == SIZE_MAX || !map[cell] ? -1 : verdict(rerun, map[cell] - 1, alpha);
        t->seen[i] += found >= 0;
        t->hot[i] += found > 0;
    }
    hz_mem_free(map);
    return st;
}

hz_status hz_stability_add(hz_units *units, const hz_layer *events, const hz_layer *study,
                           const hz_place_opts *place, const hz_neighbours *how,
                           const hz_cluster_opts *opts, size_t reruns, hz_error *err)
{
    static const double sizes[] = { 1, 0.8, 1.25 };
    const double step_x = 0.7548776662466927, step_y = 0.5698402909980532;
    size_t n = hz_layer_rows(units->table);
    tally t = { hz_mem_new(n, sizeof *t.hot), hz_mem_new(n, sizeof *t.seen) };
    unsigned char *mark = hz_mem_new(n, 1);
    hz_status st = t.hot && t.seen && mark ? HZ_OK : hz_mem_fail(err, "stability");

    if (!st && (reruns < 1 || reruns > HZ_STABILITY_MOST || !(units->lattice.side > 0)))
        st = hz_fail(err, HZ_EUSAGE, "stability: %zu reruns, expected 1 to %d, of cells", reruns,
                     HZ_STABILITY_MOST);
    for (size_t r = 0; !st && r < reruns; r++) {
        hz_units u = { 0 };
        double order = (double)r + 1;
        st = hz_units_of_cells(events, study, units->lattice.side * sizes[r % 3],
                               fmod(order * step_x, 1), fmod(order * step_y, 1), place, how, &u,
                               NULL, err);
        if (!st)
            st = hz_cluster_add(u.table, "value", u.outside, u.links, opts, NULL, NULL, err);
        if (!st)
            st = count_rerun(units, &u, opts->alpha, &t, err);
        hz_units_clear(&u);
    }
    for (size_t i = 0; !st && i < n; i++) {
        bool tested = *hz_layer_text(units->table, "class", i) && t.seen[i] > 0;
        mark[i] = tested ? HZ_KNOWN : HZ_UNDEFINED_NO_RESULT;
        t.hot[i] = tested ? t.hot[i] / t.seen[i] : NAN;
    }
    if (!st)
        st = hz_layer_take_numbers(units->table, "stability", &t.hot, &mark, err);
    hz_mem_free(t.hot);
    hz_mem_free(t.seen);
    hz_mem_free(mark);
    return st;
}
