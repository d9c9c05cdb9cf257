/* Draws without a call for each word, for loops that make millions. */
#ifndef NUM_DRAW_H
#define NUM_DRAW_H

#include <stdint.h>

#include "hotzone/rng.h"

/** hz_rng_word without the call, but for every fourth. */
static inline uint32_t draw_word(hz_rng *rng)
{
    return rng->used < 4 ? rng->word[rng->used++] : hz_rng_word(rng);
}

/** Even over 0 .. n - 1 by one multiplication (Lemire 2019); n > 0. */
static inline uint32_t draw_below(hz_rng *rng, uint32_t n)
{
    uint64_t product = (uint64_t)draw_word(rng) * n;
    if ((uint32_t)product < n) {
        uint32_t least = (uint32_t)-n % n;
        while ((uint32_t)product < least)
            product = (uint64_t)draw_word(rng) * n;
    }
    return (uint32_t)(product >> 32);
}

#endif
