/* How much of a circle lies inside: from the angles at which the border goes out and comes in.
 *
 * Where the border goes outward through the circle, what follows against the clock is inside (the
 * inside is on the border's left); where it comes inward, what went before is.  So inside is the
 * sum of the angles coming in less those going out, plus a whole turn if that is negative. */
#include "num/ripley_arc.h"

#include <math.h>
#include <stdbool.h>

static const double TURN = 6.283185307179586477;

/* Squared distance from the origin to the segment a b. */
static double distance2(double ax, double ay, double bx, double by)
{
    double dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
    double t = -(ax * dx + ay * dy);
    if (t <= 0)
        return ax * ax + ay * ay;
    if (t >= length2)
        return bx * bx + by * by;
    double cross = ax * dy - ay * dx;
    return cross * cross / length2;
}

/* The angle at share t of the segment. */
static double angle_at(double ax, double ay, double dx, double dy, double t)
{
    return atan2(ay + t * dy, ax + t * dx);
}

/* Adds the crossings of one segment, seen from the centre; both ends are told in from out by one
 * rule for all segments that share them, so that crossings in and out come in pairs. */
static int add_crossings(double ax, double ay, double bx, double by, double d2, double *sum)
{
    bool a_in = ax * ax + ay * ay < d2, b_in = bx * bx + by * by < d2;
    if ((a_in && b_in) || (!a_in && !b_in && distance2(ax, ay, bx, by) >= d2))
        return 0;
    double dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
    double middle = -(ax * dx + ay * dy) / length2, cross = ax * dy - ay * dx;
    double half = sqrt(fmax(0, (d2 - cross * cross / length2) / length2));
    int crossings = 0;
    if (!a_in) {
        *sum += angle_at(ax, ay, dx, dy, fmin(1, fmax(0, middle - half)));
        crossings++;
    }
    if (!b_in) {
        *sum -= angle_at(ax, ay, dx, dy, fmin(1, fmax(0, middle + half)));
        crossings++;
    }
    return crossings;
}

/* A border that only touches leaves 0, which is a whole circle: a point on it was inside. */
static double share_of(double sum, int crossings)
{
    if (crossings == 0)
        return 1;
    return (sum < 1e-9 ? sum + TURN : sum) / TURN;
}

double ripley_arc(const hz_window *w, size_t m, const uint32_t *segment, double x, double y,
                  double d)
{
    double sum = 0;
    int crossings = 0;
    for (size_t i = 0; i < m; i++) {
        size_t s = segment[i];
        crossings += add_crossings(w->x1[s] - x, w->y1[s] - y, w->x2[s] - x, w->y2[s] - y, d * d,
                                   &sum);
    }
    return share_of(sum, crossings);
}

double hz_ripley_arc(const hz_window *w, double x, double y, double d)
{
    double sum = 0;
    int crossings = 0;
    for (size_t s = 0; s < w->n; s++)
        crossings += add_crossings(w->x1[s] - x, w->y1[s] - y, w->x2[s] - x, w->y2[s] - y, d * d,
                                   &sum);
    return share_of(sum, crossings);
}

size_t ripley_near(const hz_window *w, double x, double y, double reach, uint32_t *segment,
                   double *least)
{
    size_t m = 0;
    double least2 = INFINITY;
    for (size_t s = 0; s < w->n; s++) {
        double d2 = distance2(w->x1[s] - x, w->y1[s] - y, w->x2[s] - x, w->y2[s] - y);
        if (d2 > reach * reach)
            continue;
        segment[m++] = (uint32_t)s;
        least2 = fmin(least2, d2);
    }
    *least = sqrt(least2);
    return m;
}
