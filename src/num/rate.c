/* Marshall's (1991) empirical-Bayes rates, over all areas and over each neighbourhood. */
#include "hotzone/rate.h"

#include <math.h>
#include <stdbool.h>

static bool takes_part(double events, double base)
{
    return isfinite(events) && isfinite(base) && base > 0;
}

/* Sums over the areas of one neighbourhood (or of all), taken in two passes: the mean first, so
 * that the variance is not the difference of two large numbers. */
typedef struct {
    double events, base, squares; /* squares: base-weighted, about the mean */
    size_t used;
} sums;

static void add_area(sums *s, double events, double base)
{
    if (takes_part(events, base)) {
        s->events += events;
        s->base += base;
        s->used++;
    }
}

static void add_square(sums *s, double mean, double events, double base)
{
    if (takes_part(events, base)) {
        double off = events / base - mean;
        s->squares += base * off * off;
    }
}

/* a = s2 - m / (mean base), floored at 0: what chance does not explain. */
static hz_smoothing settle(const sums *s, double mean)
{
    hz_smoothing found = { mean, NAN, s->used };
    if (s->used > 0) {
        double a = s->squares / s->base - mean / (s->base / (double)s->used);
        found.variance = a > 0 ? a : 0;
    }
    return found;
}

static double shrink(const hz_smoothing *found, double events, double base)
{
    if (!takes_part(events, base))
        return NAN;
    if (found->variance == 0) /* also keeps 0 / 0 away where there are no events at all */
        return found->mean;
    double weight = found->variance / (found->variance + found->mean / base);
    return found->mean + weight * (events / base - found->mean);
}

void hz_rate_smoothed(size_t n, const double *events, const double *base, double *rate,
                      hz_smoothing *found)
{
    sums s = { 0 };
    for (size_t i = 0; i < n; i++)
        add_area(&s, events[i], base[i]);
    double mean = s.used ? s.events / s.base : NAN;
    for (size_t i = 0; i < n; i++)
        add_square(&s, mean, events[i], base[i]);
    hz_smoothing all = settle(&s, mean);
    for (size_t i = 0; i < n; i++)
        rate[i] = shrink(&all, events[i], base[i]);
    if (found)
        *found = all;
}

/* Marshall's figures in the neighbourhood N(i) + {i}; the mean is the focal one in every term. */
static hz_smoothing neighbourhood(size_t i, const double *events, const double *base,
                                  const size_t *first, const size_t *neighbour)
{
    sums s = { 0 };
    add_area(&s, events[i], base[i]);
    for (size_t k = first[i]; k < first[i + 1]; k++)
        if (neighbour[k] != i)
            add_area(&s, events[neighbour[k]], base[neighbour[k]]);
    double mean = s.used ? s.events / s.base : NAN;
    add_square(&s, mean, events[i], base[i]);
    for (size_t k = first[i]; k < first[i + 1]; k++)
        if (neighbour[k] != i)
            add_square(&s, mean, events[neighbour[k]], base[neighbour[k]]);
    return settle(&s, mean);
}

void hz_rate_smoothed_local(size_t n, const double *events, const double *base,
                            const size_t *first, const size_t *neighbour, double *rate)
{
    for (size_t i = 0; i < n; i++) {
        rate[i] = NAN;
        if (takes_part(events[i], base[i])) {
            hz_smoothing near = neighbourhood(i, events, base, first, neighbour);
            rate[i] = shrink(&near, events[i], base[i]);
        }
    }
}
