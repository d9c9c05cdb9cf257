/* Hides small counts, and what would give them away. */
#include "hotzone/disclose.h"

#include <math.h>

/* Whichever row is looked at, two others can share what is left of the sum between them, and one
 * more can be the small count that hiding began with. */
enum { GUARDS = 3, LEAST_HIDDEN = 4 };

/* Could each hidden count be another by as much as must stay possible?  `rest` is what the sum
 * leaves when every hidden row has 1.  From 5 on, two rows that share it have this room too, so
 * that the rule is no clue to a third; over below - 2 it lets each be any of 1 .. below-1. */
static bool has_room(size_t n, const double *counts, double below, const unsigned char *hidden,
                     double rest)
{
    if (rest < below + 3)
        return false;
    for (size_t i = 0; i < n; i++)
        if (hidden[i] && counts[i] >= below &&
            counts[i] + fmax(2, 0.2 * counts[i]) > rest + 1)
            return false;
    return true;
}

hz_status hz_disclose_rows(size_t n, const double *counts, double below, bool sum_published,
                           unsigned char *hidden, bool *withheld, hz_error *err)
{
    size_t small = 0, many, with_events = 0;
    double rest = 0;

    if (!(below >= 2))
        return hz_fail(err, HZ_EUSAGE, "hide-below: %g, expected at least 2", below);
    for (size_t i = 0; i < n; i++) {
        hidden[i] = counts[i] > 0 && counts[i] < below;
        small += hidden[i];
        with_events += counts[i] > 0;
    }
    many = small;
    *withheld = small > 0;
    if (small == 0 || !sum_published || with_events < LEAST_HIDDEN)
        return HZ_OK;
    for (size_t i = 0, guards = 0; i < n && guards < GUARDS; i++)
        if (counts[i] > 0) {
            many += !hidden[i];
            hidden[i] = 1;
            guards++;
        }
    for (size_t i = 0; i < n && many < LEAST_HIDDEN; i++)
        if (counts[i] > 0 && !hidden[i]) {
            hidden[i] = 1;
            many++;
        }
    for (size_t i = 0; i < n; i++)
        rest += hidden[i] ? counts[i] - 1 : 0;
    *withheld = !has_room(n, counts, below, hidden, rest);
    return HZ_OK;
}

hz_status hz_disclose_check(double below, hz_error *err)
{
    if (below != 0 && !(below >= 2 && below <= 1e9 && below == floor(below)))
        return hz_fail(err, HZ_EUSAGE, "hide-below: %g, expected 0 or a whole number from 2",
                       below);
    return HZ_OK;
}
