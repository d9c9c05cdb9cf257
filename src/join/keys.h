/* Keys of a table as texts, and where each stands. */
#ifndef JOIN_KEYS_H
#define JOIN_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/layer.h"

typedef struct {
    const char *text;
    size_t row;
} hz_key;

/** The values of one column as texts without blanks around them; "" where there is none.
 *  Whole numbers have no exponent and no decimals: 7 is "7". */
typedef struct {
    size_t rows;
    const char **text; /* by row */
    hz_key *sorted;    /* by text, then row */
    char *arena;
} hz_keyset;

hz_status hz_keyset_read(const hz_layer *layer, size_t column, hz_keyset *out, hz_error *err);
void hz_keyset_free(hz_keyset *set);
/** The first row with this text, or (size_t)-1. */
size_t hz_keyset_find(const hz_keyset *set, const char *text);
/** Is every row's text different, and none empty?  If not, *a < *b have the same one, or
 *  *a == *b is the first row without. */
bool hz_keyset_is_key(const hz_keyset *set, size_t *a, size_t *b);

#endif
