/* Finds a place for a label: inside what it names, or outside with a leader. */
#include "map/label.h"

#include <math.h>
#include <stdlib.h>

#include "map/label_field.h"

/* Height of capitals and depth of descenders as shares of the size (Noto Sans: 0.71, 0.24). */
#define ASCENT 0.75
#define DESCENT 0.22
#define PITCH 1.15

#define GRID_MM 1.0           /* between inner candidates, at most GRID_MOST along a side */
#define GRID_MOST 40
#define LEADER_LEAST_MM 2.0
#define ANGLES 48             /* directions in which a label may stand outside */
#define PER_ANGLE (HZ_LABEL_PLACES / ANGLES)
#define FOREIGN_MOST 5        /* areas of others that a leader may cross, if it matters much */
#define FOREIGN_USUAL 3
#define FOREIGN_COST_MM 4.0   /* for each of them: as much as so long a leader */
#define ENCLOSED_COST_MM 25.0
#define ZONE_COST_MM 200.0    /* beyond any leader: a value must not be read as the zone's */
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

bool hz_label_aim(const hz_shapes *shapes, size_t feature, hz_label_target *out)
{
    *out = (hz_label_target){ .shapes = shapes, .feature = feature };
    return hz_shape_pole(shapes, feature, 0.05, &out->x, &out->y, NULL);
}

/* Is there room at all within the feature's box? */
static bool may_fit(hz_box box, const hz_label_block *b)
{
    double widest = 0, height = hz_label_line_box(b, b->lines - 1, 0, 0, NULL).y1 -
                                hz_label_line_box(b, 0, 0, 0, NULL).y0;
    for (size_t i = 0; i < b->lines; i++)
        widest = fmax(widest, b->width[i]);
    return widest < box.xmax - box.xmin && height < box.ymax - box.ymin;
}

static int grid_of(double side)
{
    return (int)fmin(fmax(ceil(side / GRID_MM), 1), GRID_MOST);
}

/* Grid points of the feature's box within the frame.  A point farther from the pole is worth it
 * only if the label has more room there. */
static bool search(const hz_label_field *field, const hz_label_target *target,
                   const hz_label_ground *avoid, const hz_label_block *block,
                   hz_label_spot *spot)
{
    hz_box box = hz_shapes_feature_box(target->shapes, target->feature);
    const hz_rect *r = &field->frame;
    double x0 = fmax(box.xmin, r->x), x1 = fmin(box.xmax, r->x + r->w);
    double y0 = fmax(box.ymin, r->y), y1 = fmin(box.ymax, r->y + r->h);
    int nx = grid_of(x1 - x0), ny = grid_of(y1 - y0);
    double least = INFINITY;
    for (int iy = 0; iy < ny; iy++)
        for (int ix = 0; ix < nx; ix++) {
            double x = x0 + (x1 - x0) * (ix + 0.5) / nx;
            double y = y0 + (y1 - y0) * (iy + 0.5) / ny;
            double cost = hypot(x - target->x, y - target->y);
            if (cost >= least - 1e-9 || hz_label_land(avoid, x, y) != HZ_NOWHERE ||
                !block_clear(field, block, x, y, HZ_LABEL_CLEAR_MM))
                continue;
            for (int more = 3; more >= 2; more--) {
                if (block_clear(field, block, x, y, more * HZ_LABEL_CLEAR_MM))
                    break;
                cost += 2;
            }
            if (cost < least - 1e-9 && hz_shape_holds(target->shapes, target->feature, x, y)) {
                least = cost;
                *spot = (hz_label_spot){ .x = x, .y = y, .cost = cost };
            }
        }
    return isfinite(least);
}

bool hz_label_inside(const hz_label_field *field, const hz_label_target *target,
                     const hz_label_ground *avoid, const hz_label_block *block,
                     hz_label_spot *spot)
{
    if (!may_fit(hz_shapes_feature_box(target->shapes, target->feature), block))
        return false; /* every part of the border that a label covers would be in its way */
    if (block_clear(field, block, target->x, target->y, HZ_LABEL_CLEAR_MM) &&
        hz_label_land(avoid, target->x, target->y) == HZ_NOWHERE) {
        *spot = (hz_label_spot){ .x = target->x, .y = target->y };
        return true;
    }
    return search(field, target, avoid, block, spot);
}

bool hz_label_keep_in(hz_label_target *target, hz_rect frame)
{
    const int steps = 24;
    const double rim = 1;
    hz_box b = hz_shapes_feature_box(target->shapes, target->feature);
    double x0 = frame.x + rim, x1 = frame.x + frame.w - rim, most = 0;
    double y0 = frame.y + rim, y1 = frame.y + frame.h - rim;
    if (target->x >= x0 && target->x <= x1 && target->y >= y0 && target->y <= y1)
        return true;
    x0 = fmax(x0, b.xmin);
    x1 = fmin(x1, b.xmax);
    y0 = fmax(y0, b.ymin);
    y1 = fmin(y1, b.ymax);
    /* of a lattice over what is seen of it, the point farthest from border and frame */
    for (int i = 1; i < steps; i++)
        for (int k = 1; k < steps && x0 < x1 && y0 < y1; k++) {
            double x = x0 + (x1 - x0) * i / steps, y = y0 + (y1 - y0) * k / steps;
            double rim_d = fmin(fmin(x - x0, x1 - x), fmin(y - y0, y1 - y));
            if (rim_d <= most || !hz_shape_holds(target->shapes, target->feature, x, y))
                continue;
            double d = fmin(rim_d, hz_shape_border_distance(target->shapes, target->feature, x, y));
            if (d > most) {
                most = d;
                target->x = x;
                target->y = y;
            }
        }
    return most > 0;
}

static int bits_in(uint64_t bits)
{
    int n = 0;
    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

void hz_label_keep_out(hz_label_target *target, const hz_shapes *zones,
                       const hz_label_ground *ground)
{
    const int steps = 40;
    hz_box b = hz_shapes_feature_box(target->shapes, target->feature);
    uint64_t over = hz_label_zones(ground, target->x, target->y);
    int fewest = bits_in(over);
    double most = 0;

    target->zones = over;
    if (!over)
        return;
    /* of the points of a lattice that the fewest zones hold, the one farthest from all borders */
    for (int i = 1; i < steps; i++)
        for (int k = 1; k < steps; k++) {
            double x = b.xmin + (b.xmax - b.xmin) * i / steps;
            double y = b.ymin + (b.ymax - b.ymin) * k / steps;
            uint64_t here = hz_label_zones(ground, x, y);
            int count = bits_in(here);
            if (count > fewest || !hz_shape_holds(target->shapes, target->feature, x, y))
                continue;
            double d = hz_shape_border_distance(target->shapes, target->feature, x, y);
            for (size_t z = 0; z < zones->features; z++)
                d = fmin(d, hz_shape_border_distance(zones, z, x, y));
            if (count < fewest || d > most) {
                fewest = count;
                most = d;
                target->x = x;
                target->y = y;
                target->zones = here;
            }
        }
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

/* What a leader passes on its way, beyond its own area; not followed further once it is too much. */
typedef struct {
    size_t areas;       /* of others; FOREIGN_MOST + 1 stands for more */
    double over;        /* how much of it lies over them, mm */
    bool zones;         /* any that do not hold what it aims at */
} passage;

static passage pass(const hz_label_ground *ground, const hz_label_target *target, double nx,
                    double ny)
{
    double length = hypot(nx - target->x, ny - target->y);
    int steps = (int)ceil(length);
    int32_t seen[FOREIGN_MOST + 1];
    passage p = { 0 };
    for (int i = 0; i < steps && p.areas <= FOREIGN_MOST; i++) {
        double t = (i + 0.5) / steps, x = target->x + t * (nx - target->x);
        double y = target->y + t * (ny - target->y);
        int32_t at = hz_label_land(ground, x, y);
        p.zones |= (hz_label_zones(ground, x, y) & ~target->zones) != 0;
        if (at == HZ_NOWHERE || (size_t)at == target->feature)
            continue;
        p.over += length / steps;
        size_t k = 0;
        while (k < p.areas && seen[k] != at)
            k++;
        if (k == p.areas && p.areas <= FOREIGN_MOST)
            seen[p.areas++] = at;
    }
    return p;
}

/* A leader need not reach far into its area: it starts 4 mm inside the border that it crosses. */
void hz_label_settle(const hz_label_target *target, const hz_label_ground *ground,
                     hz_label_spot *spot)
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
    if (t > 0 && !pass(ground, target, spot->to_x, spot->to_y).zones) {
        spot->from_x += t * dx;
        spot->from_y += t * dy;
    }
}

static double widest(const hz_label_block *block)
{
    double w = 0;
    for (size_t i = 0; i < block->lines; i++)
        w = fmax(w, block->width[i]);
    return w;
}

static double longest_leader(const hz_label_field *field, const hz_label_target *target)
{
    double usual = fmin(fmax(0.4 * fmin(field->frame.w, field->frame.h), 15), 70);
    return target->far ? 1.3 * usual : usual;
}

bool hz_label_still_free(const hz_label_field *field, const hz_label_block *block,
                         const hz_label_spot *p)
{
    hz_segment leader = { p->from_x, p->from_y, p->to_x, p->to_y, 0 };
    return block_clear(field, block, p->x, p->y, HZ_LABEL_CLEAR_MM) &&
           hz_label_leader_clear(field, leader);
}

static int by_cost(const void *a, const void *b)
{
    const hz_label_spot *p = a, *q = b;
    if (p->cost != q->cost)
        return p->cost < q->cost ? -1 : 1;
    return p->x != q->x ? (p->x < q->x ? -1 : 1) : (p->y > q->y) - (p->y < q->y);
}

/* One place to consider; false if it is none. */
static bool consider(const hz_label_field *field, const hz_label_target *target,
                     const hz_label_ground *ground, const hz_label_block *block, double x,
                     double y, hz_label_spot *out)
{
    double nx = 0, ny = 0;
    if (hz_label_land(ground, x, y) != HZ_NOWHERE)
        return false;
    nearest(block, x, y, target->x, target->y, &nx, &ny);
    double length = hypot(nx - target->x, ny - target->y);
    *out = (hz_label_spot){ x, y, length, true, target->x, target->y, nx, ny };
    if (length < LEADER_LEAST_MM || length > longest_leader(field, target))
        return false;
    passage p = pass(ground, target, nx, ny);
    if (p.areas > (target->far ? FOREIGN_MOST : FOREIGN_USUAL) || !hz_label_still_free(field, block, out))
        return false;
    out->cost += 2 * p.over + FOREIGN_COST_MM * (double)p.areas + (p.zones ? ZONE_COST_MM : 0) +
                 (hz_label_enclosed(ground, x, y) ? ENCLOSED_COST_MM : 0);
    return true;
}

size_t hz_label_places(const hz_label_field *field, const hz_label_target *target,
                       const hz_label_ground *ground, const hz_label_block *block,
                       hz_label_spot places[HZ_LABEL_PLACES])
{
    /* long lines of text spread over what they do not name, and so do many short ones */
    double shape_cost = 0.35 * fmax(0, widest(block) - 14) + 0.8 * (double)block->lines;
    int farthest = (int)(longest_leader(field, target) + 10);
    size_t n = 0;
    for (int a = 0; a < ANGLES; a++) {
        double dx = cos(2 * PI * a / ANGLES), dy = sin(2 * PI * a / ANGLES);
        size_t found = 0;
        for (int d = (int)LEADER_LEAST_MM; d <= farthest && found < PER_ANGLE; d++) {
            hz_label_spot spot;
            if (found > PER_ANGLE / 3 && d % 2) /* the near places close by, the rest apart */
                continue;
            if (!consider(field, target, ground, block, target->x + d * dx, target->y + d * dy,
                          &spot))
                continue;
            spot.cost += shape_cost;
            places[n++] = spot;
            found++;
        }
    }
    qsort(places, n, sizeof *places, by_cost);
    return n;
}

bool hz_label_outside(const hz_label_field *field, const hz_label_target *target,
                      const hz_label_ground *ground, const hz_label_block *block,
                      hz_label_spot *spot)
{
    hz_label_spot places[HZ_LABEL_PLACES];
    if (!hz_label_places(field, target, ground, block, places))
        return false;
    *spot = places[0];
    hz_label_settle(target, ground, spot);
    return true;
}
