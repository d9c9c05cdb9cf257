/* Does a hot cell stay hot when the lattice is shifted or rescaled? */
#ifndef HOTZONE_STABILITY_H
#define HOTZONE_STABILITY_H

#include "hotzone/cluster.h"
#include "hotzone/units.h"

#ifdef __cplusplus
extern "C" {
#endif

#define HZ_STABILITY_MOST 200

/**
 * Add a column `stability` to tested cells: the share of reruns in which the cell that holds this
 * one's centre is hot, q <= alpha (for moran: among high).  Rerun r shifts the lattice by fractions
 * of a side that fill the square evenly (the R2 sequence of Roberts 2018) and takes 1, 4/5 or 5/4
 * of the side in turn.  Reruns in which that cell takes no part do not count; without any it is
 * undefined.
 *
 * @param units   of hz_units_of_cells, after hz_cluster_add; changed only on success
 * @param events,study,place,how,opts  as it was made
 * @param reruns  1 .. HZ_STABILITY_MOST
 */
HZ_API hz_status hz_stability_add(hz_units *units, const hz_layer *events, const hz_layer *study,
                                  const hz_place_opts *place, const hz_neighbours *how,
                                  const hz_cluster_opts *opts, size_t reruns, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
