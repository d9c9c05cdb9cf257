/* Centres of points and the axes of their scatter. */
#include "hotzone/ellipse.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

/* Means by two passes, so that coordinates of millions of metres keep their digits. */
static double mean_of(size_t n, const double *v)
{
    double sum = 0, rest = 0;
    for (size_t i = 0; i < n; i++)
        sum += v[i];
    double mean = sum / (double)n;
    for (size_t i = 0; i < n; i++)
        rest += v[i] - mean;
    return mean + rest / (double)n;
}

hz_ellipse hz_ellipse_of(size_t n, const double *x, const double *y, hz_ellipse_kind kind)
{
    hz_ellipse e = { NAN, NAN, NAN, NAN, NAN, NAN };
    double xx = 0, yy = 0, xy = 0, m = (double)n;
    if (n == 0)
        return e;
    e.x = mean_of(n, x);
    e.y = mean_of(n, y);
    for (size_t i = 0; i < n; i++) {
        double dx = x[i] - e.x, dy = y[i] - e.y;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    double divisor = kind == HZ_ELLIPSE_CRIMESTAT ? m - 2 : m;
    double factor = kind == HZ_ELLIPSE_YUILL ? 1 : 2;
    if (divisor > 0)
        e.distance = sqrt((xx + yy) / divisor);
    /* eigenvalues: the smaller from the determinant, which keeps its digits */
    double half = (xx - yy) / 2, root = sqrt(half * half + xy * xy);
    double large = (xx + yy) / 2 + root;
    double small = large > 0 ? (xx * yy - xy * xy) / large : 0;
    if (n < 3 || !(small > 1e-12 * large))
        return e;
    e.major = sqrt(factor * large / divisor);
    e.minor = sqrt(factor * small / divisor);
    if (!(root > 1e-12 * large))
        return e;
    /* the major axis, from east against the clock, then from north with it */
    double angle = 90 - atan2(xy, half + root) * 180 / PI;
    if (half < 0)
        angle = 90 - atan2(root - half, xy) * 180 / PI;
    angle = fmod(angle + 360, 180);
    e.angle_deg = angle;
    return e;
}

/* One step: the mean weighted by 1 / distance, held back where the point is itself one of the n. */
static double step(size_t n, const double *x, const double *y, double near, double *mx, double *my)
{
    double weights = 0, tx = 0, ty = 0, rx = 0, ry = 0, here = 0;
    for (size_t i = 0; i < n; i++) {
        double dx = x[i] - *mx, dy = y[i] - *my, d = sqrt(dx * dx + dy * dy);
        if (d <= near) {
            here++;
            continue;
        }
        weights += 1 / d;
        tx += dx / d;
        ty += dy / d;
    }
    if (!(weights > 0))
        return 0;
    double pull = sqrt(tx * tx + ty * ty);
    double free = pull > here ? 1 - here / pull : 0; /* Vardi & Zhang's eta */
    rx = free * tx / weights;
    ry = free * ty / weights;
    *mx += rx;
    *my += ry;
    return sqrt(rx * rx + ry * ry);
}

void hz_ellipse_median(size_t n, const double *x, const double *y, double *mx, double *my)
{
    enum { STEPS = 20000 };
    *mx = *my = NAN;
    if (n == 0)
        return;
    double px = mean_of(n, x), py = mean_of(n, y), extent = 0;
    for (size_t i = 0; i < n; i++)
        extent = fmax(extent, fmax(fabs(x[i] - px), fabs(y[i] - py)));
    /* steps shrink by a factor near 1 where few points decide: far smaller ones than the promise */
    for (int s = 0; s < STEPS && extent > 0; s++)
        if (!(step(n, x, y, 1e-13 * extent, &px, &py) > 1e-13 * extent))
            break;
    *mx = px;
    *my = py;
}
