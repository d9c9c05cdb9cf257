/* What every kind of ink makes of a mark: its points on the grid, what a clip leaves, its hatch. */
#include <math.h>

#include "hotzone/mem.h"
#include "map/array.h"
#include "map/ink_walk.h"

#define FAR_MM 1e5          /* cairo's own numbers end not far beyond */

static long on_grid(double mm)
{
    return lround(fmax(-FAR_MM, fmin(FAR_MM, mm)) * HZ_INK_PER_MM);
}

void hz_ink_walk(size_t n, const double *xy, bool closed, hz_ink_point_fn point, void *user)
{
    long x = 0, y = 0, first_x = 0, first_y = 0;
    for (size_t i = 0; i < n; i++) {
        long next_x = on_grid(xy[2 * i]), next_y = on_grid(xy[2 * i + 1]);
        if (i == 0) {
            first_x = next_x;
            first_y = next_y;
        } else if (next_x == x && next_y == y) {
            continue;
        }
        if (!(closed && i == n - 1 && i > 0 && next_x == first_x && next_y == first_y))
            point(user, next_x, next_y, i == 0);
        x = next_x;
        y = next_y;
    }
}

static hz_ink_box bounds(const hz_scene_mark *m)
{
    hz_ink_box b = { HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL };
    if (m->circle)
        return (hz_ink_box){ m->xy[0] - m->xy[2], m->xy[1] - m->xy[2],
                             m->xy[0] + m->xy[2], m->xy[1] + m->xy[2] };
    for (size_t i = 0; i < m->ring_first[m->rings]; i++) {
        b.x1 = fmin(b.x1, m->xy[2 * i]);
        b.x2 = fmax(b.x2, m->xy[2 * i]);
        b.y1 = fmin(b.y1, m->xy[2 * i + 1]);
        b.y2 = fmax(b.y2, m->xy[2 * i + 1]);
    }
    return b;
}

static hz_ink_box common(hz_ink_box a, hz_ink_box b)
{
    return (hz_ink_box){ fmax(a.x1, b.x1), fmax(a.y1, b.y1), fmin(a.x2, b.x2),
                         fmin(a.y2, b.y2) };
}

hz_status hz_ink_clips_start(hz_ink_clips *clips, const hz_scene *scene, hz_error *err)
{
    clips->boxes = hz_array_room(NULL, sizeof *clips->boxes, 0, &clips->room, 1);
    if (!clips->boxes)
        return hz_mem_fail(err, "sheet");
    clips->boxes[0] = (hz_ink_box){ 0, 0, hz_scene_width(scene), hz_scene_height(scene) };
    clips->depth = 0;
    return HZ_OK;
}

hz_status hz_ink_clips_push(hz_ink_clips *clips, const double xywh[4], hz_error *err)
{
    hz_ink_box *boxes = hz_array_room(clips->boxes, sizeof *boxes, clips->depth + 1, &clips->room,
                                      1);
    if (!boxes)
        return hz_mem_fail(err, "sheet");
    clips->boxes = boxes;
    hz_ink_box box = { xywh[0], xywh[1], xywh[0] + xywh[2], xywh[1] + xywh[3] };
    boxes[clips->depth + 1] = common(boxes[clips->depth], box);
    clips->depth++;
    return HZ_OK;
}

bool hz_ink_shows(const hz_ink_clips *clips, const hz_scene_mark *m)
{
    const hz_ink_box *now = &clips->boxes[clips->depth];
    hz_ink_box b = bounds(m);
    double margin = fmax(m->ink.stroke_pt, m->ink.casing_pt) / HZ_PT_PER_MM;
    return b.x1 - margin <= now->x2 && b.x2 + margin >= now->x1 && b.y1 - margin <= now->y2 &&
           b.y2 + margin >= now->y1;
}

/* Lines one way through a box, counted from the page's corner, so that neighbours' lines meet. */
static void rule(hz_ink_box in, double step, double way, hz_ink_line_fn line, void *user)
{
    /* x + way y is the same all along a line */
    double from = in.x1 + fmin(way * in.y1, way * in.y2);
    double to = in.x2 + fmax(way * in.y1, way * in.y2);
    for (double k = ceil(from / step); k * step < to; k++)
        line(user, k * step - way * in.y1, in.y1, k * step - way * in.y2, in.y2);
}

void hz_ink_hatch(const hz_ink_clips *clips, const hz_scene_mark *m, hz_ink_line_fn line,
                  void *user)
{
    hz_ink_box in = common(bounds(m), clips->boxes[clips->depth]);
    double step = fmax(m->ink.hatch_every_mm, 0.1) * sqrt(2);
    if (!(in.x1 <= in.x2 && in.y1 <= in.y2))
        return;
    if (m->ink.hatch_way != HZ_HATCH_FALLING)
        rule(in, step, 1, line, user);
    if (m->ink.hatch_way != HZ_HATCH_RISING)
        rule(in, step, -1, line, user);
}
