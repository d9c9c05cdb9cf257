/* Lorenz curve, Gini and Theil of events over places. */
#include "hotzone/gini.h"

#include <math.h>
#include <stdlib.h>

/* By events per base; multiplied out, so that no quotient is rounded. */
static int by_rate(const void *a, const void *b)
{
    const hz_gini_step *p = a, *q = b;
    double x = p->events * q->base, y = q->events * p->base;
    if (x == y) { /* the same order whatever the sort */
        x = p->base;
        y = q->base;
    }
    return x < y ? -1 : x > y;
}

void hz_gini_sort(size_t n, hz_gini_step steps[])
{
    qsort(steps, n, sizeof *steps, by_rate);
}

static hz_gini_step total(size_t n, const hz_gini_step steps[])
{
    hz_gini_step sum = { 0, 0 };
    for (size_t i = 0; i < n; i++) {
        sum.events += steps[i].events;
        sum.base += steps[i].base;
    }
    return sum;
}

double hz_gini(size_t n, const hz_gini_step steps[])
{
    hz_gini_step all = total(n, steps);
    double below = 0, held = 0; /* twice the area below the curve; whole numbers stay exact */
    for (size_t i = 0; i < n; i++) {
        below += (2 * held + steps[i].events) * steps[i].base;
        held += steps[i].events;
    }
    double whole = all.events * all.base;
    return whole > 0 ? (whole - below) / whole : NAN;
}

void hz_gini_curve(size_t n, const hz_gini_step steps[], size_t m, double curve[])
{
    hz_gini_step all = total(n, steps), held = { 0, 0 };
    size_t i = 0;
    for (size_t k = 0; k <= m; k++) {
        double want = all.base * ((double)k / (double)m);
        while (i < n && held.base + steps[i].base <= want) {
            held.base += steps[i].base;
            held.events += steps[i++].events;
        }
        double more = i < n ? (want - held.base) / steps[i].base * steps[i].events : 0;
        curve[k] = k == m ? 1 : fmin(1, (held.events + more) / all.events);
        if (!(all.events > 0))
            curve[k] = NAN;
    }
}

double hz_gini_top(size_t n, const hz_gini_step steps[], double share)
{
    hz_gini_step all = total(n, steps);
    double want = share * all.base, base = 0, events = 0;
    for (size_t i = n; i-- > 0;) {
        if (base + steps[i].base >= want) {
            events += (want - base) / steps[i].base * steps[i].events;
            break;
        }
        base += steps[i].base;
        events += steps[i].events;
    }
    return all.events > 0 ? fmin(1, events / all.events) : NAN;
}

double hz_gini_holding(size_t n, const hz_gini_step steps[], double share)
{
    hz_gini_step all = total(n, steps);
    double want = share * all.events, base = 0, events = 0;
    if (!(all.events > 0))
        return NAN;
    for (size_t i = n; i-- > 0 && events < want;) {
        if (events + steps[i].events >= want) {
            base += (want - events) / steps[i].events * steps[i].base;
            break;
        }
        base += steps[i].base;
        events += steps[i].events;
    }
    return fmin(1, base / all.base);
}

double hz_gini_generalised(double gini, double places, double events)
{
    return fmax(1, places / events) * (gini - 1) + 1;
}

static double theil(size_t n, const hz_gini_step steps[], hz_gini_step all)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        if (steps[i].events > 0) {
            double s = steps[i].events / all.events;
            sum += s * log(s / (steps[i].base / all.base));
        }
    return all.events > 0 ? sum : NAN;
}

double hz_theil(size_t n, const hz_gini_step steps[])
{
    return theil(n, steps, total(n, steps));
}

double hz_theil_between(size_t n, const double events[], const double base[],
                        const uint32_t group[], size_t groups, hz_gini_step sums[])
{
    for (size_t g = 0; g < groups; g++)
        sums[g] = (hz_gini_step){ 0, 0 };
    for (size_t i = 0; i < n; i++) {
        sums[group[i]].events += events[i];
        sums[group[i]].base += base[i];
    }
    return theil(groups, sums, total(groups, sums));
}
