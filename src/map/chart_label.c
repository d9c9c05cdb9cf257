/* Finds room for the names of points on a chart. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/chart_parts.h"

#define CLEAR_MM 0.5   /* from a letter to any point or other name */
#define GAP_MM 0.7     /* from a point to its name */

#define NEAR_MM 1.5    /* from a name to a point that is not its own */

enum {
    FAR_MOST = 60,     /* names at the end of a line: more is a thicket */
    LINE = 100         /* what a line through a name costs beside a point near it */
};

typedef struct {
    double x0, y0, x1, y1;
} box;

typedef struct {
    const hz_rect *room;
    hz_chart_label *labels;
    size_t n;
    const double *curves;
    size_t curve_count, points;
    double up, down;       /* of the letters, from the baseline */
} field;

static bool meet(box a, box b, double clear)
{
    return a.x0 < b.x1 + clear && b.x0 < a.x1 + clear && a.y0 < b.y1 + clear && b.y0 < a.y1 + clear;
}

static box box_of(const field *f, double left, double baseline, double width)
{
    return (box){ left, baseline - f->up, left + width, baseline + f->down };
}

/* Is a box nearer to a round point than `clear`? */
static bool touches(box k, const hz_chart_label *point, double clear)
{
    double dx = fmax(fmax(k.x0 - point->x, point->x - k.x1), 0);
    double dy = fmax(fmax(k.y0 - point->y, point->y - k.y1), 0);
    return hypot(dx, dy) < point->r + clear;
}

/* Does a line from a to b come into a box? (Liang and Barsky's clipping) */
static bool crosses(double ax, double ay, double bx, double by, box k)
{
    const double d[] = { ax - bx, bx - ax, ay - by, by - ay };
    const double q[] = { ax - k.x0, k.x1 - ax, ay - k.y0, k.y1 - ay };
    double from = 0, to = 1;
    for (int i = 0; i < 4; i++) {
        if (d[i] == 0) {
            if (q[i] < 0)
                return false;
        } else if (d[i] < 0) {
            from = fmax(from, q[i] / d[i]);
        } else {
            to = fmin(to, q[i] / d[i]);
        }
    }
    return from <= to;
}

/* How many of the curves run through a box. */
static int lines_through(const field *f, box k)
{
    int count = 0;
    box wide = { k.x0 - 0.2, k.y0 - 0.2, k.x1 + 0.2, k.y1 + 0.2 };
    for (size_t c = 0; c < f->curve_count; c++) {
        const double *xy = f->curves + 2 * c * f->points;
        for (size_t i = 1; i < f->points; i++)
            if (xy[2 * i] >= wide.x0 && xy[2 * i - 2] <= wide.x1 &&
                crosses(xy[2 * i - 2], xy[2 * i - 1], xy[2 * i], xy[2 * i + 1], wide)) {
                count++;
                break;
            }
    }
    return count;
}

/* Is a box free of points and of names, and a leader (if any) too? */
static bool is_free(const field *f, size_t own, box k, bool leader, double to_x, double to_y)
{
    const hz_chart_label *me = &f->labels[own];
    if (k.x0 < f->room->x || k.x1 > f->room->x + f->room->w || k.y0 < f->room->y ||
        k.y1 > f->room->y + f->room->h)
        return false;
    for (size_t i = 0; i < f->n; i++) {
        const hz_chart_label *l = &f->labels[i];
        box point = { l->x - l->r, l->y - l->r, l->x + l->r, l->y + l->r };
        if (touches(k, l, i == own ? 0.2 : 0.4))
            return false;
        if (leader && i != own && crosses(me->x, me->y, to_x, to_y, point))
            return false;
        if (!l->placed)
            continue;
        box name = box_of(f, l->left, l->baseline, l->width);
        if (meet(k, name, CLEAR_MM) || (leader && crosses(me->x, me->y, to_x, to_y, name)) ||
            (l->leader && crosses(l->x, l->y, l->to_x, l->to_y, k)))
            return false;
    }
    return true;
}

/* Other points so near a box that the name could be taken for theirs. */
static int points_near(const field *f, size_t own, box k)
{
    int count = 0;
    for (size_t i = 0; i < f->n; i++)
        count += i != own && touches(k, &f->labels[i], NEAR_MM);
    return count;
}

typedef struct {
    double left, baseline, to_x, to_y;
    bool leader, found;
    int cost;
} place;

static void consider(const field *f, size_t i, place *best, double left, double baseline,
                     bool leader, double to_x, double to_y)
{
    box k = box_of(f, left, baseline, f->labels[i].width);
    if ((best->found && best->cost == 0) || !is_free(f, i, k, leader, to_x, to_y))
        return;
    int cost = LINE * lines_through(f, k) + points_near(f, i, k);
    if (!best->found || cost < best->cost)
        *best = (place){ left, baseline, to_x, to_y, leader, true, cost };
}

/* Level with the point, where a name is least taken for another's; then in the order of the map
 * guide. */
static void try_near(const field *f, size_t i, place *best)
{
    const hz_chart_label *l = &f->labels[i];
    double out = l->r + GAP_MM, slant = 0.6 * l->r + GAP_MM * 0.7;
    double middle = l->y + (f->up - f->down) / 2, above = l->y - slant - f->down,
           below = l->y + slant + f->up;
    const double at[][2] = {
        { l->x + out, middle }, { l->x - out - l->width, middle }, { l->x + slant, above },
        { l->x - slant - l->width, above }, { l->x + slant, below },
        { l->x - slant - l->width, below }, { l->x - l->width / 2, l->y - out - f->down },
        { l->x - l->width / 2, l->y + out + f->up }
    };
    for (size_t k = 0; k < sizeof at / sizeof *at; k++)
        consider(f, i, best, at[k][0], at[k][1], false, 0, 0);
}

/* Further off, with a line to it. */
static void try_far(const field *f, size_t i, place *best)
{
    enum { DIRECTIONS = 24 };
    const hz_chart_label *l = &f->labels[i];
    for (double far = 4; far <= 34 && !(best->found && best->cost == 0); far += 2.5)
        for (int k = 0; k < DIRECTIONS; k++) {
            double turn = 6.283185307179586 * k / DIRECTIONS, dx = cos(turn), dy = sin(turn);
            double x = l->x + far * dx, y = l->y + far * dy;
            double left = dx > 0.3 ? x : dx < -0.3 ? x - l->width : x - l->width / 2;
            double baseline = y + (dy > 0.7 ? f->up : dy < -0.7 ? -f->down : (f->up - f->down) / 2);
            consider(f, i, best, left, baseline, true, x - 0.4 * dx, y - 0.4 * dy);
        }
}

void hz_chart_place_labels(hz_chart *c, const hz_rect *room, hz_chart_label *labels, size_t n,
                           const double *curves, size_t curve_count, size_t points)
{
    hz_type_style type = hz_type(c->s.look->label_pt, 400);
    double em = type.size_pt * HZ_MM_PER_PT;
    field f = { room, labels, n, curves, curve_count, points, 0.78 * em, 0.24 * em };

    for (size_t i = 0; i < n; i++) {
        labels[i].placed = labels[i].leader = false;
        labels[i].width = hz_type_width(&c->s, labels[i].text, &type);
    }
    size_t far = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n; i++) {
            hz_chart_label *l = &labels[i];
            place best = { .found = false };
            if (!l->wanted || l->must != (pass == 0))
                continue;
            try_near(&f, i, &best);
            if (l->must && (!best.found || best.cost > 0) && far++ < FAR_MOST)
                try_far(&f, i, &best);
            if (!best.found || (!l->must && best.cost >= LINE))
                continue;
            l->placed = true;
            l->left = best.left;
            l->baseline = best.baseline;
            l->leader = best.leader;
            l->to_x = best.to_x;
            l->to_y = best.to_y;
        }
}

void hz_chart_draw_labels(hz_chart *c, const hz_chart_label *labels, size_t n)
{
    hz_type_style type = hz_type(c->s.look->label_pt, 400);
    const hz_ink_style leader = { .stroke_pt = 0.35, .stroke_colour = HZ_CHART_LINE };
    type.halo_pt = 0.8;
    type.halo_colour = HZ_PAPER;
    for (size_t i = 0; i < n; i++) {
        const hz_chart_label *l = &labels[i];
        if (!l->placed)
            continue;
        if (l->leader) {
            double d = hypot(l->to_x - l->x, l->to_y - l->y);
            hz_scene_line(c->s.scene, "leader", l->x + (l->to_x - l->x) * l->r / d,
                          l->y + (l->to_y - l->y) * l->r / d, l->to_x, l->to_y, &leader);
        }
        hz_scene_text(c->s.scene, l->must ? "name-outside" : "name", l->left, l->baseline,
                      l->text, &type);
    }
}

void hz_chart_drop_labels(hz_chart *c, const hz_chart_label *labels, size_t n)
{
    size_t used = 0;
    c->facts.dropped_count = 0;
    c->facts.dropped[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(labels[i].text);
        if (!labels[i].wanted || labels[i].placed)
            continue;
        if (used + length + 3 < sizeof c->facts.dropped) /* else counted, not named */
            used += (size_t)sprintf(c->facts.dropped + used, "%s%s", used ? ", " : "",
                                    labels[i].text);
        c->facts.dropped_count++;
    }
}
