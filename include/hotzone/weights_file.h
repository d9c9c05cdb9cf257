/* Neighbours from GAL and GWT files, as GeoDa, spdep and PySAL write them. */
#ifndef HOTZONE_WEIGHTS_FILE_H
#define HOTZONE_WEIGHTS_FILE_H

#include <stdbool.h>

#include "hotzone/csr.h"
#include "hotzone/layer.h"
#include "hotzone/notice.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Read a weights file for the rows of a layer.
 *
 * GAL: a head `n` or `0 n LAYER COLUMN`, then for each unit `id count` and its neighbours' ids.
 * GWT: a head `0 n LAYER COLUMN`, then lines `from to number`.  The ids are those of the column the
 * head names, if the layer has it, else those of `id`; where neither fits they are row numbers from
 * 1, or from 0 where the first is 0.  A unit that the file leaves out, or gives no neighbours, has
 * none; of a GAL, which lists islands too, a unit left out is warned of.  A link of a unit to itself is dropped.
 *
 * @param gwt      the file is a GWT; its third column becomes the weights
 * @param id       a column of keys; NULL: `id`, if there is such
 * @param notice   hears of links that were dropped and of units that a GAL leaves out
 * @return HZ_EIO, HZ_EFORMAT (with the line, where one is to blame) for what is no such file, an id
 *         that no row has, a weight that is not over 0, HZ_EDATA if its n is not the layer's,
 *         HZ_EMEMORY
 */
HZ_API hz_status hz_weights_read(const char *path, bool gwt, const hz_layer *layer, const char *id,
                                 hz_csr **out, const hz_notice *notice, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
