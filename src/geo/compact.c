/* Measures how compact a polygon is: against its border, its circle and its hull. */
#include "hotzone/compact.h"

#include <math.h>

#include "hotzone/overlay.h"

static const double PI = 3.14159265358979323846;

hz_status hz_compact_measure(const hz_shapes *shapes, size_t f, double tolerance,
                             hz_compactness *out, hz_error *err)
{
    hz_compactness c = { NAN, NAN, NAN };
    hz_shapes *general = NULL, *hull = NULL;
    double x, y, radius, area;
    if (shapes->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "compactness: asked of what is no polygon");
    if (!(tolerance >= 0) || isinf(tolerance))
        return hz_fail(err, HZ_EUSAGE, "compactness: tolerance %g, expected 0 m or more",
                       tolerance);
    area = hz_shape_area(shapes, f);
    if (!(area > 0)) {
        *out = c;
        return HZ_OK;
    }
    hz_status st = hz_overlay_circle(shapes, f, &x, &y, &radius, err);
    if (!st)
        st = hz_overlay_hull(shapes, f, &hull, err);
    if (!st && tolerance > 0)
        st = hz_overlay_generalise(shapes, f, tolerance, &general, err);
    if (!st) {
        const hz_shapes *s = general ? general : shapes;
        size_t at = general ? 0 : f;
        double length = hz_shape_perimeter(s, at);
        c.polsby_popper = fmin(1, 4 * PI * hz_shape_area(s, at) / (length * length));
        c.reock = fmin(1, area / (PI * radius * radius));
        c.hull = fmin(1, area / hz_shape_area(hull, 0));
        *out = c;
    }
    hz_shapes_free(general);
    hz_shapes_free(hull);
    return st;
}
