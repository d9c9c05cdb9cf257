/* Who neighbours whom and how much each counts, in words: queen, knn:8, gal:FILE; binary, row. */
#ifndef HOTZONE_NEIGHBOURS_H
#define HOTZONE_NEIGHBOURS_H

#include <stdbool.h>

#include "hotzone/cluster.h"
#include "hotzone/units.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Read queen, rook, knn:K, band:M, idw:M, gal:FILE or gwt:FILE.
 *
 * @param out   kind, k and reach_m are set; of a file the kind is HZ_LINKS, without links
 * @param file  FILE, lent from `text`; NULL for the rest
 * @param gwt   may be NULL: is the file a GWT
 * @return HZ_EUSAGE for anything else
 */
HZ_API hz_status hz_neighbours_parse(const char *text, hz_neighbours *out, const char **file,
                                     bool *gwt, hz_error *err);

/**
 * How the weights of such neighbours are used.
 *
 * @param word  binary, row, given, or NULL: row with `rows`, else binary; inverse distances stay
 *              as such
 * @return HZ_EUSAGE for another word, and for binary inverse distances
 */
HZ_API hz_status hz_neighbours_standardise(const hz_neighbours *how, const char *word, bool rows,
                                           hz_weights_use *out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
