/* Who neighbours whom: sparse rows of links between units. */
#ifndef HOTZONE_CSR_H
#define HOTZONE_CSR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Neighbours of unit i are neighbour[first[i]] .. neighbour[first[i+1]-1], ascending, each once,
 * never i itself.  Links need not be symmetric.
 */
typedef struct {
    size_t n;            /* units */
    size_t *first;       /* n + 1 offsets */
    uint32_t *neighbour; /* first[n] unit numbers */
    double *weight;      /* first[n] weights > 0 as given, not standardised; NULL: all are 1 */
} hz_csr;

/** Room for n units and some links, zeroed; HZ_EDATA from 2^32 - 1 units, HZ_EMEMORY.  Free with
 *  hz_csr_free. */
HZ_API hz_status hz_csr_new(size_t n, size_t links, bool weighted, hz_csr **out, hz_error *err);
HZ_API void hz_csr_free(hz_csr *csr); /* NULL is allowed */

/** How many neighbours a unit has. */
HZ_API size_t hz_csr_count(const hz_csr *csr, size_t unit);
/** Are the weights of this unit's links all the same?  True without links. */
HZ_API bool hz_csr_equal(const hz_csr *csr, size_t unit);

/** The links among the units with keep[i] != 0, renumbered in order; HZ_EMEMORY. */
HZ_API hz_status hz_csr_select(const hz_csr *csr, const unsigned char *keep, hz_csr **out,
                               hz_error *err);

/** Put every row in ascending order with its weights; of a link given twice the first stays and
 *  links to the unit itself go.  Returns how many links went.  first[n] says how many stay. */
HZ_API size_t hz_csr_tidy(hz_csr *csr);

#ifdef __cplusplus
}
#endif
#endif
