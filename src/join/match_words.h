/* What a match has to say about keys without a partner. */
#ifndef JOIN_MATCH_WORDS_H
#define JOIN_MATCH_WORDS_H

#include "join/keys.h"

/** The first few keys of a table that are no area, each with the key that may be meant.
 *  False without memory, as below. */
bool hz_match_say_unmatched(const hz_keyset *areas, const hz_keyset *table, char *buf,
                            size_t size);
/** The keys of the areas without a row, comma between, cut with "...". */
bool hz_match_say_missing(const hz_keyset *areas, const bool *has_row, char *buf, size_t size);

#endif
