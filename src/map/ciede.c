/* The CIEDE2000 distance between two colours (Sharma, Wu & Dalal 2005, Color Res. Appl. 30:21). */
#include "hotzone/palette.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

static double degrees(double angle_rad)
{
    return angle_rad * 180 / PI;
}

static double radians(double angle_deg)
{
    return angle_deg * PI / 180;
}

/* Hue in 0..360 degrees; 0 for a grey, where it has no meaning. */
static double hue(double a, double b)
{
    double h = a == 0 && b == 0 ? 0 : degrees(atan2(b, a));
    return h < 0 ? h + 360 : h;
}

static double seventh(double c)
{
    double c7 = pow(c, 7);
    return sqrt(c7 / (c7 + pow(25, 7)));
}

/* h2 - h1 the short way round, their equations (10). */
static double hue_step(double h1, double h2)
{
    double d = h2 - h1;
    return d > 180 ? d - 360 : d < -180 ? d + 360 : d;
}

/* The hue halfway, their equations (14). */
static double hue_middle(double h1, double h2)
{
    double sum = h1 + h2;
    if (fabs(h1 - h2) <= 180)
        return sum / 2;
    return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
}

double hz_lab_distance(const double p[3], const double q[3])
{
    double stretch = 1.5 - 0.5 * seventh((hypot(p[1], p[2]) + hypot(q[1], q[2])) / 2);
    double a1 = p[1] * stretch, a2 = q[1] * stretch;
    double c1 = hypot(a1, p[2]), c2 = hypot(a2, q[2]);
    double h1 = hue(a1, p[2]), h2 = hue(a2, q[2]);
    int grey = c1 * c2 == 0;

    double dl = q[0] - p[0], dc = c2 - c1;
    double dh = grey ? 0 : 2 * sqrt(c1 * c2) * sin(radians(hue_step(h1, h2)) / 2);

    double l = (p[0] + q[0]) / 2, c = (c1 + c2) / 2;
    double h = grey ? h1 + h2 : hue_middle(h1, h2);
    double t = 1 - 0.17 * cos(radians(h - 30)) + 0.24 * cos(radians(2 * h))
               + 0.32 * cos(radians(3 * h + 6)) - 0.20 * cos(radians(4 * h - 63));
    double away = (l - 50) * (l - 50), turn = (h - 275) / 25;
    double sl = 1 + 0.015 * away / sqrt(20 + away);
    double sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;
    double rotation = -sin(radians(60 * exp(-turn * turn))) * 2 * seventh(c);

    dl /= sl;
    dc /= sc;
    dh /= sh;
    return sqrt(dl * dl + dc * dc + dh * dh + rotation * dc * dh);
}
