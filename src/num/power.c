/* The number of events that a place must hold to be told from chance, and how likely it gets them. */
#include "hotzone/power.h"

#include <math.h>

#include "num/tail.h"

/* P(k or more of n). */
static double reach(double n, double share, double k)
{
    if (k <= 0)
        return 1;
    if (k > n)
        return 0;
    return share >= 1 ? 1 : hz_tail_beta(k, n - k + 1, log(share) - log1p(-share));
}

hz_power hz_power_of(double units, double block, double events, double alpha, double risk)
{
    double share = block / units, worse = risk * block / (units + (risk - 1) * block);
    hz_power p = { .units = units, .block = block, .events = events, .expected = events * share,
                   .risk = risk };
    double wanted = alpha / units / 2, low = 0, high = events + 1;
    while (high - low > 1) { /* the tail falls as the number rises; low never passes */
        double middle = floor((low + high) / 2);
        if (reach(events, share, middle) <= wanted)
            high = middle;
        else
            low = middle;
    }
    p.needed = high;
    p.power = reach(events, worse, p.needed);
    return p;
}
