/* What labels keep clear of: boxes in a list, lines in a grid of small cells. */
#include <math.h>

#include "hotzone/mem.h"
#include "map/label_field.h"

#define CELL_MM 4.0

hz_status hz_label_field_new(hz_rect frame, hz_label_field **out, hz_error *err)
{
    hz_label_field *f = hz_mem_new(1, sizeof *f);
    if (!f)
        return hz_mem_fail(err, "sheet: labels");
    f->frame = frame;
    f->nx = (size_t)ceil(frame.w / CELL_MM) + 1;
    f->ny = (size_t)ceil(frame.h / CELL_MM) + 1;
    f->head = hz_mem_new(f->nx * f->ny, sizeof *f->head);
    if (!f->head) {
        hz_mem_free(f);
        return hz_mem_fail(err, "sheet: labels");
    }
    *out = f;
    return HZ_OK;
}

void hz_label_field_free(hz_label_field *f)
{
    if (!f)
        return;
    hz_mem_free(f->head);
    hz_mem_free(f->links);
    hz_mem_free(f->segments);
    hz_mem_free(f->boxes);
    hz_mem_free(f->leaders);
    hz_mem_free(f);
}

hz_status hz_label_field_check(const hz_label_field *f, hz_error *err)
{
    return f->failed ? hz_mem_fail(err, "sheet: labels") : HZ_OK;
}

/* Room for one more thing, or NULL with the failure remembered. */
static void *grow(hz_label_field *f, void *array, size_t size, size_t count, size_t *room)
{
    if (count < *room)
        return array;
    size_t want = *room ? *room * 2 : 64;
    void *grown = hz_mem_resize(array, want, size);
    if (grown)
        *room = want;
    else
        f->failed = true;
    return grown;
}

static size_t cell(double mm, size_t n)
{
    return mm <= 0 ? 0 : fmin(mm / CELL_MM, (double)(n - 1)) >= (double)(n - 1)
                             ? n - 1 : (size_t)(mm / CELL_MM);
}

/* The cells that a box touches. */
static void cells(const hz_label_field *f, hz_label_box b, size_t c[4])
{
    c[0] = cell(b.x0 - f->frame.x, f->nx);
    c[1] = cell(b.y0 - f->frame.y, f->ny);
    c[2] = cell(b.x1 - f->frame.x, f->nx);
    c[3] = cell(b.y1 - f->frame.y, f->ny);
}

static void add_segment(hz_label_field *f, hz_segment s)
{
    hz_label_box b = { fmin(s.ax, s.bx) - s.half, fmin(s.ay, s.by) - s.half,
                       fmax(s.ax, s.bx) + s.half, fmax(s.ay, s.by) + s.half };
    size_t c[4];
    if (b.x1 < f->frame.x || b.x0 > f->frame.x + f->frame.w || b.y1 < f->frame.y ||
        b.y0 > f->frame.y + f->frame.h)
        return;
    void *grown = grow(f, f->segments, sizeof *f->segments, f->segment_count, &f->segment_room);
    if (!grown)
        return;
    f->segments = grown;
    f->segments[f->segment_count++] = s;
    cells(f, b, c);
    for (size_t iy = c[1]; iy <= c[3]; iy++)
        for (size_t ix = c[0]; ix <= c[2]; ix++) {
            grown = grow(f, f->links, sizeof *f->links, f->link_count, &f->link_room);
            if (!grown)
                return;
            f->links = grown;
            size_t at = iy * f->nx + ix;
            f->links[f->link_count] = (hz_link){ f->segment_count - 1, f->head[at], at };
            f->head[at] = ++f->link_count; /* 0 ends a list */
        }
}

void hz_label_field_add_shapes(hz_label_field *f, const hz_shapes *shapes, double width)
{
    for (size_t r = 0; shapes && r < shapes->rings; r++)
        for (size_t p = shapes->first_point[r]; p + 1 < shapes->first_point[r + 1]; p++)
            add_segment(f, (hz_segment){ shapes->x[p], shapes->y[p], shapes->x[p + 1],
                                         shapes->y[p + 1], width / 2 });
}

void hz_label_field_add_box(hz_label_field *f, hz_label_box box)
{
    void *grown = grow(f, f->boxes, sizeof *f->boxes, f->box_count, &f->box_room);
    if (!grown)
        return;
    f->boxes = grown;
    f->boxes[f->box_count++] = box;
}

void hz_label_field_take(hz_label_field *f, const hz_label_block *block,
                         const hz_label_spot *spot)
{
    for (size_t i = 0; i < block->lines; i++)
        hz_label_field_add_box(f, hz_label_line_box(block, i, spot->x, spot->y, NULL));
    if (!spot->leader)
        return;
    hz_segment s = { spot->from_x, spot->from_y, spot->to_x, spot->to_y, 0.2 };
    add_segment(f, s);
    void *grown = grow(f, f->leaders, sizeof *f->leaders, f->leader_count, &f->leader_room);
    if (!grown)
        return;
    f->leaders = grown;
    f->leaders[f->leader_count++] = s;
}

hz_label_mark hz_label_field_mark(const hz_label_field *f)
{
    return (hz_label_mark){ f->link_count, f->segment_count, f->box_count, f->leader_count };
}

void hz_label_field_return(hz_label_field *f, hz_label_mark mark)
{
    while (f->link_count > mark.links) { /* last in, first out: each list's head is its newest */
        hz_link *link = &f->links[--f->link_count];
        f->head[link->cell] = link->next;
    }
    f->segment_count = mark.segments;
    f->box_count = mark.boxes;
    f->leader_count = mark.leaders;
}

static bool overlap(hz_label_box a, hz_label_box b)
{
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

static hz_label_box swell(hz_label_box b, double by)
{
    return (hz_label_box){ b.x0 - by, b.y0 - by, b.x1 + by, b.y1 + by };
}

/* Does any part of a segment lie in the box?  (Liang & Barsky 1984) */
static bool crosses(hz_label_box b, hz_segment s)
{
    /* most segments lie wholly on one side: four comparisons instead of four divisions */
    if ((s.ax < b.x0 && s.bx < b.x0) || (s.ax > b.x1 && s.bx > b.x1) ||
        (s.ay < b.y0 && s.by < b.y0) || (s.ay > b.y1 && s.by > b.y1))
        return false;
    double t0 = 0, t1 = 1, dx = s.bx - s.ax, dy = s.by - s.ay;
    const double p[] = { -dx, dx, -dy, dy };
    const double q[] = { s.ax - b.x0, b.x1 - s.ax, s.ay - b.y0, b.y1 - s.ay };
    for (int i = 0; i < 4; i++) {
        if (p[i] == 0) {
            if (q[i] < 0)
                return false;
        } else if (p[i] < 0) {
            t0 = fmax(t0, q[i] / p[i]);
        } else {
            t1 = fmin(t1, q[i] / p[i]);
        }
    }
    return t0 <= t1;
}

bool hz_label_clear(const hz_label_field *f, hz_label_box box, double clearance)
{
    const hz_rect *r = &f->frame;
    hz_label_box wide = swell(box, clearance);
    size_t c[4];
    if (wide.x0 < r->x + 0.5 || wide.y0 < r->y + 0.5 || wide.x1 > r->x + r->w - 0.5 ||
        wide.y1 > r->y + r->h - 0.5)
        return false;
    for (size_t i = 0; i < f->box_count; i++)
        if (overlap(wide, f->boxes[i]))
            return false;
    cells(f, wide, c); /* a segment is in every cell that its width reaches */
    for (size_t iy = c[1]; iy <= c[3]; iy++)
        for (size_t ix = c[0]; ix <= c[2]; ix++)
            for (size_t l = f->head[iy * f->nx + ix]; l; l = f->links[l - 1].next) {
                hz_segment s = f->segments[f->links[l - 1].segment];
                if (crosses(swell(wide, s.half), s))
                    return false;
            }
    return true;
}

static double turn(hz_segment s, double x, double y)
{
    return (s.bx - s.ax) * (y - s.ay) - (s.by - s.ay) * (x - s.ax);
}

bool hz_label_leader_clear(const hz_label_field *f, hz_segment s)
{
    for (size_t i = 0; i < f->box_count; i++)
        if (crosses(swell(f->boxes[i], HZ_LABEL_CLEAR_MM), s))
            return false;
    for (size_t i = 0; i < f->leader_count; i++) {
        hz_segment o = f->leaders[i];
        if (turn(s, o.ax, o.ay) * turn(s, o.bx, o.by) <= 0 &&
            turn(o, s.ax, s.ay) * turn(o, s.bx, s.by) <= 0)
            return false;
    }
    return true;
}
