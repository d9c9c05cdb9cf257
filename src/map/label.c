/* Finds a place for a label: inside what it names, or outside with a leader. */
#include "map/label.h"

#include <math.h>

#include "map/label_field.h"

/* Height of capitals and depth of descenders as shares of the size (Noto Sans: 0.71, 0.24). */
#define ASCENT 0.75
#define DESCENT 0.22
#define PITCH 1.15

#define GRID 40              /* inner candidates along each side */
#define LEADER_LEAST_MM 2.0
#define LEADER_MOST_MM 40.0
#define ENCLOSED_COST_MM 25.0 /* as much as so long a leader */
#define ZONE_COST_MM 60.0     /* a value must not be read as the zone's */
#define PI 3.14159265358979323846

hz_label_box hz_label_line_box(const hz_label_block *b, size_t line, double x, double y,
                               double *baseline)
{
    double em = b->size_pt * HZ_MM_PER_PT;
    double height = (ASCENT + DESCENT + PITCH * (double)(b->lines - 1)) * em;
    double base = y - height / 2 + (ASCENT + PITCH * (double)line) * em;
    if (baseline)
        *baseline = base;
    return (hz_label_box){ x - b->width[line] / 2, base - ASCENT * em,
                           x + b->width[line] / 2, base + DESCENT * em };
}

static bool block_clear(const hz_label_field *field, const hz_label_block *b, double x, double y,
                        double clearance)
{
    for (size_t i = 0; i < b->lines; i++)
        if (!hz_label_clear(field, hz_label_line_box(b, i, x, y, NULL), clearance))
            return false;
    return true;
}

/* The land at a point, or HZ_NOWHERE. */
static int32_t land_at(const hz_index *land, double x, double y)
{
    int32_t at = HZ_NOWHERE;
    if (land)
        hz_index_locate(land, 0, 1, &x, &y, &at);
    return at;
}

bool hz_label_aim(const hz_shapes *shapes, size_t feature, hz_label_target *out)
{
    *out = (hz_label_target){ .shapes = shapes, .feature = feature };
    return hz_shape_pole(shapes, feature, 0.05, &out->x, &out->y, NULL);
}

/* Grid points of the feature's box within the frame.  A point farther from the pole is worth it
 * only if the label has more room there. */
static bool search(const hz_label_field *field, const hz_label_target *target,
                   const hz_index *avoid, const hz_label_block *block, hz_label_spot *spot)
{
    hz_box box = hz_shapes_feature_box(target->shapes, target->feature);
    const hz_rect *r = &field->frame;
    double x0 = fmax(box.xmin, r->x), x1 = fmin(box.xmax, r->x + r->w);
    double y0 = fmax(box.ymin, r->y), y1 = fmin(box.ymax, r->y + r->h);
    double least = INFINITY;
    for (int iy = 0; iy < GRID; iy++)
        for (int ix = 0; ix < GRID; ix++) {
            double x = x0 + (x1 - x0) * (ix + 0.5) / GRID;
            double y = y0 + (y1 - y0) * (iy + 0.5) / GRID;
            double cost = hypot(x - target->x, y - target->y);
            if (cost >= least - 1e-9 || !block_clear(field, block, x, y, HZ_LABEL_CLEAR_MM))
                continue;
            for (int more = 2; more <= 3; more++)
                if (!block_clear(field, block, x, y, more * HZ_LABEL_CLEAR_MM))
                    cost += 2;
            if (cost < least - 1e-9 && hz_shape_holds(target->shapes, target->feature, x, y) &&
                land_at(avoid, x, y) == HZ_NOWHERE) {
                least = cost;
                *spot = (hz_label_spot){ .x = x, .y = y, .cost = cost };
            }
        }
    return isfinite(least);
}

bool hz_label_inside(const hz_label_field *field, const hz_label_target *target,
                     const hz_index *avoid, const hz_label_block *block, hz_label_spot *spot)
{
    if (block_clear(field, block, target->x, target->y, HZ_LABEL_CLEAR_MM) &&
        land_at(avoid, target->x, target->y) == HZ_NOWHERE) {
        *spot = (hz_label_spot){ .x = target->x, .y = target->y };
        return true;
    }
    return search(field, target, avoid, block, spot);
}

/* The point of the block's outline, a little off it, that is nearest to a point. */
static void nearest(const hz_label_block *block, double x, double y, double px, double py,
                    double *nx, double *ny)
{
    double least = INFINITY;
    for (size_t i = 0; i < block->lines; i++) {
        hz_label_box b = hz_label_line_box(block, i, x, y, NULL);
        double qx = fmin(fmax(px, b.x0 - HZ_LABEL_CLEAR_MM), b.x1 + HZ_LABEL_CLEAR_MM);
        double qy = fmin(fmax(py, b.y0 - HZ_LABEL_CLEAR_MM), b.y1 + HZ_LABEL_CLEAR_MM);
        double d = hypot(qx - px, qy - py);
        if (d < least) {
            least = d;
            *nx = qx;
            *ny = qy;
        }
    }
}

/* How much of a leader lies over land that is not the target's own, mm. */
static double over_others(const hz_index *land, const hz_label_target *target, hz_segment leader)
{
    const int steps = 24;
    int over = 0;
    for (int i = 0; i < steps; i++) {
        double t = (i + 0.5) / steps, x = leader.ax + t * (leader.bx - leader.ax);
        int32_t at = land_at(land, x, leader.ay + t * (leader.by - leader.ay));
        over += at != HZ_NOWHERE && (size_t)at != target->feature;
    }
    return over * hypot(leader.bx - leader.ax, leader.by - leader.ay) / steps;
}

static bool in_any(const hz_shapes *shapes, double x, double y)
{
    for (size_t f = 0; shapes && f < shapes->features; f++)
        if (hz_shape_holds(shapes, f, x, y))
            return true;
    return false;
}

void hz_label_keep_out(hz_label_target *target, const hz_shapes *zones)
{
    const int steps = 40;
    hz_box b = hz_shapes_feature_box(target->shapes, target->feature);
    double most = 0;

    target->avoid = zones;
    if (!in_any(zones, target->x, target->y))
        return;
    /* the point of a lattice that is farthest from the border, among those outside the zones */
    for (int i = 1; i < steps; i++)
        for (int k = 1; k < steps; k++) {
            double x = b.xmin + (b.xmax - b.xmin) * i / steps;
            double y = b.ymin + (b.ymax - b.ymin) * k / steps;
            if (!hz_shape_holds(target->shapes, target->feature, x, y) || in_any(zones, x, y))
                continue;
            double d = hz_shape_border_distance(target->shapes, target->feature, x, y);
            for (size_t z = 0; z < zones->features; z++)
                d = fmin(d, hz_shape_border_distance(zones, z, x, y));
            if (d > most) {
                most = d;
                target->x = x;
                target->y = y;
            }
        }
}

/* Does a leader pass through a zone that it must not seem to speak of? */
static bool crosses_zone(const hz_label_target *target, hz_segment leader)
{
    const int steps = 24;
    for (int i = 0; target->avoid && i <= steps; i++) {
        double t = (double)i / steps;
        if (in_any(target->avoid, leader.ax + t * (leader.bx - leader.ax),
                   leader.ay + t * (leader.by - leader.ay)))
            return true;
    }
    return false;
}

/* A leader need not reach far into its area: it starts 4 mm inside the border that it crosses. */
static void shorten(const hz_label_target *target, hz_label_spot *spot)
{
    const int steps = 64;
    const double reach = 4;
    double dx = spot->to_x - spot->from_x, dy = spot->to_y - spot->from_y;
    double length = hypot(dx, dy);
    int out = 1;
    while (out < steps && hz_shape_holds(target->shapes, target->feature,
                                         spot->from_x + dx * out / steps,
                                         spot->from_y + dy * out / steps))
        out++;
    double t = (double)out / steps - reach / length;
    /* one that passes a zone goes on to the middle of what lies behind it */
    if (t > 0 && !crosses_zone(target, (hz_segment){ spot->from_x, spot->from_y, spot->to_x,
                                                     spot->to_y, 0 })) {
        spot->from_x += t * dx;
        spot->from_y += t * dy;
    }
}

/* Is there land all around?  A label there looks like the name of the gap. */
static bool enclosed(const hz_label_field *field, const hz_index *land, double x, double y)
{
    const double far = fmax(field->frame.w, field->frame.h), step = 1.5;
    int hits = 0;
    for (int a = 0; a < 8; a++) {
        bool hit = false;
        for (double d = step; !hit && d < far; d += step)
            hit = land_at(land, x + d * cos(PI * a / 4), y + d * sin(PI * a / 4)) != HZ_NOWHERE;
        hits += hit;
    }
    return hits >= 7;
}

static double widest(const hz_label_block *block)
{
    double w = 0;
    for (size_t i = 0; i < block->lines; i++)
        w = fmax(w, block->width[i]);
    return w;
}

bool hz_label_outside(const hz_label_field *field, const hz_label_target *target,
                      const hz_index *land, const hz_label_block *block, hz_label_spot *spot)
{
    const int angles = 48;
    const double px = target->x, py = target->y;
    /* long lines of text spread over what they do not name, and so do many short ones */
    double shape_cost = 0.35 * fmax(0, widest(block) - 14) + 0.8 * (double)block->lines;
    double least = INFINITY;
    for (int a = 0; a < angles; a++)
        for (double d = LEADER_LEAST_MM; d <= LEADER_MOST_MM + 10; d += 1) {
            double x = px + d * cos(2 * PI * a / angles), y = py + d * sin(2 * PI * a / angles);
            double nx = 0, ny = 0;
            nearest(block, x, y, px, py, &nx, &ny);
            hz_segment leader = { px, py, nx, ny, 0 };
            double length = hypot(nx - px, ny - py), cost = length + shape_cost;
            if (length < LEADER_LEAST_MM || length > LEADER_MOST_MM || cost >= least - 1e-9)
                continue;
            if (!block_clear(field, block, x, y, HZ_LABEL_CLEAR_MM) ||
                land_at(land, x, y) != HZ_NOWHERE || !hz_label_leader_clear(field, leader))
                continue;
            cost += 2 * over_others(land, target, leader);
            /* exact tests: only for what would otherwise be the best so far */
            if (cost < least - 1e-9 && crosses_zone(target, leader))
                cost += ZONE_COST_MM;
            if (cost < least - 1e-9 && enclosed(field, land, x, y))
                cost += ENCLOSED_COST_MM;
            if (cost < least - 1e-9) {
                least = cost;
                *spot = (hz_label_spot){ x, y, cost, true, px, py, nx, ny };
            }
        }
    if (!isfinite(least))
        return false;
    shorten(target, spot);
    return true;
}
