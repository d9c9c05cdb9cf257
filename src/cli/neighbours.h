/* Who neighbours whom, as --neighbours says it. */
#ifndef CLI_NEIGHBOURS_H
#define CLI_NEIGHBOURS_H

#include <stdbool.h>

#include "hotzone/csr.h"
#include "hotzone/layer.h"
#include "hotzone/neighbours.h"
#include "hotzone/notice.h"

typedef struct {
    hz_neighbours how;
    const char *path; /* of a weights file, or NULL; lent */
    bool gwt;
    hz_csr *links;    /* what the file says */
} neighbours_asked;

/** queen, rook, knn:K, band:M, idw:M, gal:FILE or gwt:FILE; HZ_EUSAGE for anything else. */
hz_status neighbours_take(const char *text, neighbours_asked *out, hz_error *err);
/** What --standardise (NULL: not given) makes of these neighbours' weights: binary, row or given.
 *  `rows` says what is usual; inverse distances stay as such. */
hz_status neighbours_standardise(const neighbours_asked *asked, const char *word, bool rows,
                                 hz_weights_use *out, hz_error *err);
/** Read the weights file for the areas, if there is one. */
hz_status neighbours_read(neighbours_asked *asked, const hz_layer *areas, const char *id,
                          const hz_notice *notice, hz_error *err);
void neighbours_clear(neighbours_asked *asked);

#endif
