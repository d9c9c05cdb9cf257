/* Random numbers that depend on what they are for, never on which thread drew first. */
#ifndef HOTZONE_RNG_H
#define HOTZONE_RNG_H

#include <stdint.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A stream of draws: draw k = mix(seed, statistic, unit, replicate, k), where mix is Philox4x32-10
 * (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").  Streams that
 * differ in any of the four are independent for every practical purpose; each is 2^34 words
 * long.  The value is the whole state: keep it on the stack, copy it to draw the same again.
 */
typedef struct {
    uint32_t key[2];     /* the seed */
    uint32_t counter[4]; /* of the next block: block, replicate, unit, statistic */
    uint32_t word[4];    /* the block at hand */
    unsigned used;       /* how many of its words are gone */
} hz_rng;

/**
 * Start a stream.
 * @param statistic  what is drawn for: a number of the caller's, or hz_rng_statistic of its name
 * @param unit       area, cell, event: whatever is handled on its own
 * @param replicate  of a permutation or simulation; 0 where there is one
 */
HZ_API hz_rng hz_rng_new(uint64_t seed, uint32_t statistic, uint32_t unit, uint32_t replicate);
/** A number for a name such as "moran", so that statistics need no common list (FNV-1a). */
HZ_API uint32_t hz_rng_statistic(const char *name);

/** 32 even bits. */
HZ_API uint32_t hz_rng_word(hz_rng *rng);
/** Even over the 2^53 multiples of 2^-53 in [0, 1); takes two words. */
HZ_API double hz_rng_uniform(hz_rng *rng);
/** Even over 0..n-1, without bias (rejection); n = 0 gives 0. */
HZ_API uint64_t hz_rng_below(hz_rng *rng, uint64_t n);
/**
 * Standard normal, by the ratio of uniforms (Kinderman & Monahan 1977).  The value is a quotient of
 * two draws: the maths library takes part in nothing but the decision to keep it.
 */
HZ_API double hz_rng_normal(hz_rng *rng);
/** The greatest mean that hz_rng_poisson takes. */
#define HZ_RNG_POISSON_MOST 1e9
/**
 * Poisson: by inversion below a mean of 10, by Hörmann's transformed rejection (1993, PTRS) above.
 * @param mean  0..HZ_RNG_POISSON_MOST; below it 0 is drawn, as for NaN, and above it the most is
 *              taken
 */
HZ_API uint64_t hz_rng_poisson(hz_rng *rng, double mean);

/** The mixer itself, for tests against published vectors: ten rounds on one counter. */
HZ_API void hz_rng_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

#ifdef __cplusplus
}
#endif
#endif
