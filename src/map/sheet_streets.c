/* Streets give orientation: on every fill they are drawn in a tone near to it, weaker than borders. */
#include <math.h>

#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "map/sheet_parts.h"

#define STREET_PT 0.4
#define STEP_MM 0.25          /* a line changes its tone within so much of a border */
#define FAINT 1.15            /* least contrast of a street with the ground it lies on */

static hz_colour mixed(hz_colour a, hz_colour b, double share)
{
    hz_colour out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        double from = (double)(a >> shift & 0xff), to = (double)(b >> shift & 0xff);
        out |= (hz_colour)lround(from + share * (to - from)) << shift;
    }
    return out;
}

/* The style's own colour where it is seen and stays faint; else the fill's, a quarter lighter on
 * dark and a little darker on light. */
static hz_colour tone_on(const hz_sheet *s, int32_t area)
{
    if (area == HZ_NOWHERE || !s->class_of) /* a quiet map has no fills */
        return s->look->streets;
    hz_colour fill = hz_sheet_fill(s, (size_t)area);
    bool dark = hz_type_ink_on(fill) == HZ_PAPER;
    if (dark)
        return mixed(fill, HZ_PAPER, 0.25);
    return hz_colour_contrast(s->look->streets, fill) >= FAINT ? s->look->streets
                                                               : mixed(fill, HZ_TEXT_COLOUR, 0.15);
}

/* A line in the making, of one tone. */
typedef struct {
    double *xy;               /* room for all points of the longest line, and two more */
    size_t points;
    hz_colour tone;
} stretch;

static void finish(hz_sheet *s, stretch *now)
{
    const size_t ring[] = { 0, now->points };
    const hz_ink_style line = { .stroke_pt = STREET_PT, .stroke_colour = now->tone };
    if (now->points > 1)
        hz_scene_path(s->scene, "street", 1, ring, now->xy, false, &line);
    now->points = 0;
}

static void add_point(stretch *now, double x, double y)
{
    now->xy[2 * now->points] = x;
    now->xy[2 * now->points++ + 1] = y;
}

static void draw_line(hz_sheet *s, const hz_index *areas, size_t ring, stretch *now)
{
    const hz_shapes *from = s->streets;
    for (size_t p = from->first_point[ring]; p + 1 < from->first_point[ring + 1]; p++) {
        double ax = from->x[p], ay = from->y[p], dx = from->x[p + 1] - ax;
        double dy = from->y[p + 1] - ay;
        size_t steps = (size_t)fmin(ceil(hypot(dx, dy) / STEP_MM), 4000);
        for (size_t i = 0; i < steps; i++) {
            double t = ((double)i + 0.5) / (double)steps, x = ax + t * dx, y = ay + t * dy;
            int32_t at = HZ_NOWHERE;
            if (areas)
                hz_index_locate(areas, 0, 1, &x, &y, &at);
            hz_colour tone = tone_on(s, at);
            if (now->points && tone == now->tone)
                continue;
            double begin = (double)i / (double)steps;
            if (now->points) {
                add_point(now, ax + begin * dx, ay + begin * dy);
                finish(s, now);
            }
            now->tone = tone;
            add_point(now, ax + begin * dx, ay + begin * dy);
        }
        if (steps)
            add_point(now, from->x[p + 1], from->y[p + 1]);
    }
    finish(s, now);
}

hz_status hz_sheet_draw_streets(hz_sheet *s, hz_error *err)
{
    hz_index *areas = NULL;
    stretch now = { 0 };
    hz_status st;

    if (!s->streets || !s->streets->rings)
        return HZ_OK;
    st = s->areas ? hz_index_new(s->areas, &areas, err) : HZ_OK;
    if (st) goto done;
    now.xy = hz_mem_new(s->streets->points + 2, 2 * sizeof *now.xy);
    if (!now.xy) {
        st = hz_mem_fail(err, "sheet: streets");
        goto done;
    }
    for (size_t r = 0; r < s->streets->rings; r++)
        draw_line(s, areas, r, &now);
done:
    hz_mem_free(now.xy);
    hz_index_free(areas);
    return st;
}
