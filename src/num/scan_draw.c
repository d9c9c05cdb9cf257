/* Replicates of a scan's null: events thrown on places in proportion to their population. */
#include "hotzone/scan.h"

#include <math.h>

/* Thrown one by one below so many events per place, drawn as Poisson counts above. */
enum { FEW_PER_PLACE = 4 };

void hz_scan_fill_alias(size_t n, const double weight[], double scratch[], uint32_t index[],
                        uint32_t stay[], uint32_t other[])
{
    const double whole = 4294967296.0;
    double sum = 0;
    size_t small = 0, large = n; /* two stacks in one array, from both ends */
    for (size_t i = 0; i < n; i++)
        sum += weight[i];
    for (size_t i = 0; i < n; i++) {
        scratch[i] = weight[i] / sum * (double)n;
        if (scratch[i] < 1)
            index[small++] = (uint32_t)i;
        else
            index[--large] = (uint32_t)i;
    }
    while (small > 0 && large < n) {
        uint32_t low = index[--small], high = index[large];
        stay[low] = (uint32_t)fmin(scratch[low] * whole, whole - 1);
        other[low] = high;
        scratch[high] -= 1 - scratch[low];
        if (scratch[high] < 1) {
            index[small++] = high;
            large++;
        }
    }
    /* what is left is 1 but for rounding */
    while (small > 0)
        stay[index[--small]] = UINT32_MAX;
    while (large < n)
        stay[index[large++]] = UINT32_MAX;
    for (size_t i = 0; i < n; i++)
        if (stay[i] == UINT32_MAX)
            other[i] = (uint32_t)i;
}

static size_t throw_one(const hz_scan_alias *a, hz_rng *rng)
{
    size_t column = (size_t)hz_rng_below(rng, a->n);
    return hz_rng_word(rng) < a->stay[column] ? column : a->other[column];
}

/* Poisson counts of a little less than the total; how many there are. */
static uint64_t draw_most(size_t n, const double weight[], double per_weight, hz_rng *rng,
                          size_t stride, int32_t counts[])
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t k = hz_rng_poisson(rng, weight[i] * per_weight);
        counts[i * stride] = (int32_t)(k < INT32_MAX ? k : INT32_MAX);
        sum += k;
    }
    return sum;
}

void hz_scan_throw(const hz_scan_alias *a, const double weight[], double sum, uint32_t total,
                   hz_rng *rng, size_t stride, int32_t counts[])
{
    /* three standard deviations below: one draw in 700 is too many and is drawn anew */
    double mean = (double)total - 3 * sqrt((double)total);
    uint64_t have = 0;
    if (total / FEW_PER_PLACE >= a->n && mean > 0) {
        do
            have = draw_most(a->n, weight, mean / sum, rng, stride, counts);
        while (have > total);
    } else {
        for (size_t i = 0; i < a->n; i++)
            counts[i * stride] = 0;
    }
    for (; have < total; have++)
        counts[throw_one(a, rng) * stride]++;
}
