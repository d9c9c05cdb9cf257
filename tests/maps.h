/* Seeded maps of 20 x 20 Poisson counts, with a cluster or without, as layers and as points. */
#ifndef TESTS_MAPS_H
#define TESTS_MAPS_H

#include <stdint.h>
#include <stdlib.h>

#include "hotzone/layer.h"
#include "hotzone/rng.h"
#include "hotzone/weights.h"

enum { SIDE = 20, CELLS = SIDE * SIDE };

static hz_csr *queen_links(void)
{
    int32_t column[CELLS], row[CELLS];
    hz_csr *links = NULL;
    for (int i = 0; i < CELLS; i++) {
        column[i] = i % SIDE;
        row[i] = i / SIDE;
    }
    if (hz_weights_cells(CELLS, column, row, false, &links, NULL))
        abort();
    return links;
}

/* Counts of one map: `mean` per cell, `risk` times that in the cells of the cluster. */
static void draw_counts(uint32_t map, double mean, const unsigned char *cluster, double risk,
                        double count[CELLS])
{
    hz_rng rng = hz_rng_new(2026, hz_rng_statistic("map"), map, 0);
    for (int i = 0; i < CELLS; i++)
        count[i] = (double)hz_rng_poisson(&rng, cluster && cluster[i] ? mean * risk : mean);
}

/* A layer of the cells' counts, `value`. */
static hz_layer *layer_of_counts(const double count[CELLS])
{
    hz_layer *layer = NULL;
    if (hz_layer_new("map", CELLS, &layer, NULL) ||
        hz_layer_add_numbers(layer, "value", count, NULL))
        abort();
    return layer;
}

#endif
