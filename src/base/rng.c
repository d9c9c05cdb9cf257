/* Counter-based random numbers by Philox4x32-10, and the draws made from them. */
#include "hotzone/rng.h"

#include <math.h>

enum { ROUNDS = 10, BLOCK = 4 };

void hz_rng_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t a = (uint64_t)0xD2511F53u * c0, b = (uint64_t)0xCD9E8D57u * c2;
        c0 = (uint32_t)(b >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)b;
        c2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)a;
        k0 += 0x9E3779B9u; /* the golden ratio */
        k1 += 0xBB67AE85u; /* the square root of three, less one */
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

hz_rng hz_rng_new(uint64_t seed, uint32_t statistic, uint32_t unit, uint32_t replicate)
{
    hz_rng rng = { { (uint32_t)seed, (uint32_t)(seed >> 32) },
                   { 0, replicate, unit, statistic },
                   { 0, 0, 0, 0 },
                   BLOCK };
    return rng;
}

uint32_t hz_rng_statistic(const char *name)
{
    uint32_t hash = 2166136261u;
    for (const unsigned char *c = (const unsigned char *)name; *c; c++)
        hash = (hash ^ *c) * 16777619u;
    return hash;
}

uint32_t hz_rng_word(hz_rng *rng)
{
    if (rng->used == BLOCK) {
        hz_rng_philox(rng->counter, rng->key, rng->word);
        rng->counter[0]++;
        rng->used = 0;
    }
    return rng->word[rng->used++];
}

static uint64_t two_words(hz_rng *rng)
{
    uint64_t high = hz_rng_word(rng);
    return high << 32 | hz_rng_word(rng);
}

double hz_rng_uniform(hz_rng *rng)
{
    return (double)(two_words(rng) >> 11) * 0x1p-53;
}

uint64_t hz_rng_below(hz_rng *rng, uint64_t n)
{
    if (n <= 1)
        return 0;
    /* the draws that do not fill a whole round of n are drawn again */
    if (n <= UINT32_MAX) {
        uint32_t m = (uint32_t)n, spare = (uint32_t)-m % m, draw;
        do
            draw = hz_rng_word(rng);
        while (draw < spare);
        return draw % m;
    }
    uint64_t spare = (uint64_t)-n % n, draw;
    do
        draw = two_words(rng);
    while (draw < spare);
    return draw % n;
}

double hz_rng_normal(hz_rng *rng)
{
    const double half_height = 0.857763884960706797; /* sqrt(2 / e) */
    for (;;) {
        double u = 1 - hz_rng_uniform(rng); /* (0, 1] */
        double x = half_height * (2 * hz_rng_uniform(rng) - 1) / u;
        if (x * x <= -4 * log(u))
            return x;
    }
}

/* Few: walk up the distribution until it passes one uniform draw. */
static uint64_t poisson_by_inversion(hz_rng *rng, double mean)
{
    const uint64_t beyond = 200; /* of a mean below 10; here for the last rounding error only */
    double u = hz_rng_uniform(rng), p = exp(-mean), sum = p;
    uint64_t k = 0;
    while (u >= sum && k < beyond) {
        p *= mean / (double)++k;
        sum += p;
    }
    return k;
}

/* log(k!) by Stirling's series, where k >= 10; the next term is below 1e-10. */
static double log_factorial(double k)
{
    static const double small[] = { /* log(0!) .. log(9!) */
        0, 0, 0.693147180559945309, 1.79175946922805500, 3.17805383034794562,
        4.78749174278204599, 6.57925121201010100, 8.52516136106541430, 10.6046029027452502,
        12.8018274800814696,
    };
    if (k < 10)
        return small[(int)k];
    double r = 1 / k, r2 = r * r;
    return (k + 0.5) * log(k) - k + 0.918938533204672742 +
           r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * (1.0 / 1260 - r2 / 1680)));
}

/* Many: Hörmann (1993), "The transformed rejection method for generating Poisson random
 * variables", algorithm PTRS; the constants are his. */
static uint64_t poisson_by_rejection(hz_rng *rng, double mean)
{
    double b = 0.931 + 2.53 * sqrt(mean), a = -0.059 + 0.02483 * b;
    double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    double quick = 0.9277 - 3.6224 / (b - 2), log_mean = log(mean);
    for (;;) {
        double u = hz_rng_uniform(rng) - 0.5, v = 1 - hz_rng_uniform(rng);
        double us = 0.5 - fabs(u);
        double k = floor((2 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= quick)
            return (uint64_t)k;
        if (!(k >= 0) || (us < 0.013 && v > us))
            continue;
        if (log(v * inverse_alpha / (a / (us * us) + b)) <=
            k * log_mean - mean - log_factorial(k))
            return (uint64_t)k;
    }
}

uint64_t hz_rng_poisson(hz_rng *rng, double mean)
{
    if (!(mean > 0))
        return 0;
    if (mean < 10)
        return poisson_by_inversion(rng, mean);
    return poisson_by_rejection(rng, fmin(mean, HZ_RNG_POISSON_MOST));
}
