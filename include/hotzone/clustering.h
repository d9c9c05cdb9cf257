/* Where events cluster beyond chance: from layers as they were read to the tables of a report. */
#ifndef HOTZONE_CLUSTERING_H
#define HOTZONE_CLUSTERING_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/cluster.h"
#include "hotzone/concentration.h"
#include "hotzone/power.h"
#include "hotzone/rating.h"
#include "hotzone/scanning.h"
#include "hotzone/units.h"

#ifdef __cplusplus
extern "C" {
#endif

#define HZ_CLUSTERING_SPREADS 4

/** What it is made from; everything is lent. */
typedef struct {
    hz_rating_input of;           /* areas; events, or counts by area; kinds, period, population; the
                                     precision is only counted */
    const hz_crs *crs;            /* metric: that of the cells and of everything that comes out */
    double cell_m;                /* 0: the areas are the units */
    const char *value;            /* a column of the areas to test instead of events; or NULL */
    hz_neighbours neighbours;     /* of cells or areas; of HZ_LINKS in the order of the areas */
    hz_cluster_opts cluster;
    bool scan;
    hz_scanning_opts scanning;
    double side_m[HZ_CLUSTERING_SPREADS]; /* concentration by cells of these sides */
    size_t sides;
    hz_concentration_opts concentration;
} hz_clustering_input;

typedef struct {
    hz_units units;         /* table: after hz_cluster_add; shapes of cells or areas */
    hz_layer *areas;        /* polygons in the system of the units, with texts `name` */
    hz_cluster_found found;
    bool counted;           /* values are whole counts: events, or a column of such */
    hz_power power;         /* of a unit with as many neighbours as the median one, at 3 times the
                               risk; all 0 unless counted */
    double events, events_left_out; /* in units that take part, and in the others */
    hz_fate fate;           /* of located events */
    size_t coarse;          /* of those placed: less precise than a cell is wide, where known */
    bool scanned;
    hz_scanning scan;       /* clusters gain the texts `place`: the area of the centre */
    size_t sure;            /* clusters with p <= scanning.alpha */
    hz_concentration spread[HZ_CLUSTERING_SPREADS];
    char spread_name[HZ_CLUSTERING_SPREADS][40]; /* "200 m" */
    size_t spreads;
} hz_clustering;

/**
 * Test every unit (hz_cluster_add), search for clusters of any size (hz_scanning_poisson) and measure
 * concentration.  `cluster.people` is set here: with local Moran over areas with a population, rates
 * are tested.  The scan expects by population where there is one, else by area.
 *
 * @return as these do; HZ_EUSAGE for cells of ready-made counts or of a column
 */
HZ_API hz_status hz_clustering_make(const hz_clustering_input *input, hz_clustering *out,
                                    const hz_notice *notice, hz_error *err);
HZ_API void hz_clustering_clear(hz_clustering *clustering);

#ifdef __cplusplus
}
#endif
#endif
