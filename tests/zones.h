/* Two thousand made-up zones with two clusters of cases: the same on every IEEE-754 machine. */
#ifndef TESTS_ZONES_H
#define TESTS_ZONES_H

#include <math.h>
#include <stdint.h>

enum { ZONES = 2000, CASES = 20000 };

/* xoshiro256** seeded by splitmix64 (Blackman & Vigna 2018), which made the zones. */
typedef struct {
    uint64_t s[4];
} stream;

static stream seeded(uint64_t seed)
{
    stream r;
    for (int i = 0; i < 4; i++) {
        uint64_t z = seed += 0x9E3779B97F4A7C15u;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        r.s[i] = z ^ (z >> 31);
    }
    return r;
}

static uint64_t rotate(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

static double uniform(stream *r)
{
    uint64_t *s = r->s, v = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return (double)(v >> 11) * 0x1p-53;
}

typedef struct {
    double x[ZONES], y[ZONES], people[ZONES], cases[ZONES];
} zones;

/* Seeds in a jittered 50 x 40 lattice over 0.4 by 0.4 degrees; two discs with 1.8 and 1.5 times the
 * risk of the rest; cases thrown on zones by population times risk. */
static void make_zones(zones *z)
{
    static double until[ZONES];
    const double x0 = -87.90, x1 = -87.50, y0 = 41.65, y1 = 42.05, shrink = 0.7447;
    double sum = 0;
    stream r = seeded(77);
    for (int i = 0; i < ZONES; i++) {
        z->x[i] = x0 + (i % 50 + 0.1 + 0.8 * uniform(&r)) * (x1 - x0) / 50;
        z->y[i] = y0 + (i / 50 + 0.1 + 0.8 * uniform(&r)) * (y1 - y0) / 40;
    }
    for (int i = 0; i < ZONES; i++) {
        double u = uniform(&r);
        z->people[i] = 200 + floor(3800 * u * u * u) + floor(uniform(&r) * 800);
        z->cases[i] = 0;
    }
    for (int i = 0; i < ZONES; i++) {
        double dx = (z->x[i] + 87.68) * shrink, dy = z->y[i] - 41.88, risk = 1;
        if (dx * dx + dy * dy < 0.03 * 0.03)
            risk = 1.8;
        dx = (z->x[i] + 87.80) * shrink;
        dy = z->y[i] - 41.73;
        if (dx * dx + dy * dy < 0.02 * 0.02)
            risk = 1.5;
        until[i] = sum += z->people[i] * risk;
    }
    for (int k = 0; k < CASES; k++) {
        double t = uniform(&r) * sum;
        int low = 0, high = ZONES - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (until[middle] > t)
                high = middle;
            else
                low = middle + 1;
        }
        z->cases[low]++;
    }
    for (int i = 0; i < ZONES; i++) { /* as published, with seven decimals */
        z->x[i] = round(z->x[i] * 1e7) / 1e7;
        z->y[i] = round(z->y[i] * 1e7) / 1e7;
    }
}

#endif
