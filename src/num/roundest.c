/* The roundest number of an interval. */
#include "num/roundest.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* m times ten to the power k as strtod reads it: the nearest double.  No decimal mark is
 * written, so the locale has no say. */
static double decimal(double m, int k)
{
    char text[64];
    snprintf(text, sizeof text, "%.0fe%d", m, k);
    return strtod(text, NULL);
}

/* How plain m is among numbers of as many digits: 0 plainest. */
static int plainness(double m)
{
    double last = fmod(m, 10);
    if (m == 1 || m == 2 || last == 5)
        return 0;
    return fmod(last, 2) == 0 ? 1 : 2;
}

typedef struct {
    double low, high, aim; /* low < x <= high is asked for */
    bool negative;         /* candidates are to be negated first */
    double best, off;
    int plain;
    bool found;
} search;

/* Look at the multiples m 10^k with 1 <= m < 10^15 near the interval, from above down. */
static void try_unit(search *s, double largest, double least, int k, double most)
{
    double m = floor(largest / pow(10, k)) + 1;
    if (m > most)
        m = most;
    for (; m >= 1; m--) {
        double size = decimal(m, k), x = s->negative ? -size : size;
        if (size < least)
            break;
        if (!(x > s->low && x <= s->high))
            continue;
        double off = fabs(x - s->aim);
        int plain = plainness(m);
        bool better = !s->found || plain < s->plain || (plain == s->plain && off < s->off)
                      || (plain == s->plain && off == s->off && x < s->best);
        if (better) {
            s->best = x;
            s->off = off;
            s->plain = plain;
            s->found = true;
        }
    }
}

double hz_roundest(double low, double high, double aim)
{
    if (low < 0 && high >= 0)
        return 0;
    search s = { .low = low, .high = high, .aim = aim, .negative = low < 0 };
    double largest = fmax(fabs(low), fabs(high)), least = fmin(fabs(low), fabs(high));
    if (largest < 1e-280)
        return high; /* 10^k would leave the range of a double */
    int top = (int)floor(log10(largest));
    /* One digit: the decade of the larger end and the one below; lower ones are never nearer. */
    try_unit(&s, largest, least, top + 1, 9);
    try_unit(&s, largest, least, top, 9);
    try_unit(&s, largest, least, top - 1, 9);
    /* More digits: as no shorter number fits, at most ten multiples of each unit are near. */
    for (int digits = 2; digits <= 15 && !s.found; digits++)
        try_unit(&s, largest, least, top + 1 - digits, 1e15);
    return s.found ? s.best : high;
}

static bool writes_exactly(double value, int decimals)
{
    char text[400];
    snprintf(text, sizeof text, "%.*f", decimals, value);
    return strtod(text, NULL) == value; /* both follow the same locale */
}

int hz_roundest_decimals(size_t n, const double *values)
{
    int decimals = 0;
    for (size_t i = 0; i < n; i++)
        while (!writes_exactly(values[i], decimals))
            if (++decimals > 15)
                return -1;
    return decimals;
}
