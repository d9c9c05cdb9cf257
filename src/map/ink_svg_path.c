/* Paths in an SVG: each once, in steps of the grid, however many coats of paint it gets. */
#include <math.h>

#include "map/ink_svg.h"

/* From whole numbers, as the decimal mark of printf follows the process's locale. */
void hz_svg_add_number(hz_text *out, double value, int decimals)
{
    long long scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    long long n = llround(fmin(fabs(value), 1e9) * (double)scale);
    long long whole = n / scale, part = n % scale;
    while (part && part % 10 == 0) {
        part /= 10;
        decimals--;
    }
    hz_text_add(out, value < 0 && n ? "-" : "");
    if (whole || !part)
        hz_text_addf(out, "%lld", whole);
    if (part)
        hz_text_addf(out, ".%0*lld", decimals, part);
}

void hz_svg_add_colour(hz_text *out, const char *name, hz_colour colour)
{
    hz_text_addf(out, " %s=\"#%06x\"", name, (unsigned)(colour & 0xffffff));
}

typedef struct {
    hz_text *out;
    long x, y;              /* where the last point was */
    long first_x, first_y;  /* where closing a ring returns to */
} pen;

static void add_point(void *user, long x, long y, bool first)
{
    pen *p = user;
    hz_text_addf(p->out, first ? "m%ld" : x < p->x ? "%ld" : " %ld", x - p->x);
    hz_text_addf(p->out, y < p->y ? "%ld" : " %ld", y - p->y);
    p->x = x;
    p->y = y;
    if (first) {
        p->first_x = x;
        p->first_y = y;
    }
}

/* What follows the element's name: a circle's measures or a path's points, each a step from the
 * one before. */
static void add_shape(hz_text *out, const hz_scene_mark *m)
{
    static const char *const names[] = { " cx=\"", "\" cy=\"", "\" r=\"" };
    pen p = { .out = out };
    for (int i = 0; i < 3 && m->circle; i++) {
        hz_text_add(out, names[i]);
        hz_svg_add_number(out, m->xy[i] * HZ_INK_PER_MM, 2);
    }
    if (!m->circle)
        hz_text_add(out, " d=\"");
    for (size_t r = 0; r < m->rings; r++) {
        size_t first = m->ring_first[r], n = m->ring_first[r + 1] - first;
        hz_ink_walk(n, m->xy + 2 * first, m->closed, add_point, &p);
        if (m->closed && n) {
            hz_text_add(out, "z");
            p.x = p.first_x;
            p.y = p.first_y;
        }
    }
    hz_text_add(out, "\"");
}

static void add_fill(hz_text *out, const hz_ink_style *ink)
{
    hz_svg_add_colour(out, "fill", ink->fill_colour);
    if (ink->fill_alpha > 0 && ink->fill_alpha < 1) {
        hz_text_add(out, " fill-opacity=\"");
        hz_svg_add_number(out, ink->fill_alpha, 3);
        hz_text_add(out, "\"");
    }
    hz_text_add(out, " fill-rule=\"evenodd\"");
}

static void add_width(hz_text *out, hz_colour colour, double pt)
{
    hz_svg_add_colour(out, "stroke", colour);
    hz_text_add(out, " stroke-width=\"");
    hz_svg_add_number(out, pt / HZ_PT_PER_MM * HZ_INK_PER_MM, 2);
    hz_text_add(out, "\"");
}

static void add_butt(hz_text *out)
{
    hz_text_add(out, " stroke-linecap=\"butt\"");
}

static void add_dash(hz_text *out, const double dash_mm[2])
{
    hz_text_add(out, " stroke-dasharray=\"");
    hz_svg_add_number(out, dash_mm[0] * HZ_INK_PER_MM, 2);
    hz_text_add(out, " ");
    hz_svg_add_number(out, dash_mm[1] * HZ_INK_PER_MM, 2);
    hz_text_add(out, "\"");
    add_butt(out);
}

static void add_line(void *user, double x1, double y1, double x2, double y2)
{
    hz_text *out = user;
    const double xy[] = { x1, y1, x2, y2 };
    for (int i = 0; i < 4; i++) {
        hz_text_add(out, i == 0 ? "M" : i == 2 ? "L" : " ");
        hz_svg_add_number(out, xy[i] * HZ_INK_PER_MM, 0);
    }
}

/* One mark may be painted several times over: its points stand in the file once. */
typedef struct {
    hz_text *out;
    const hz_scene_mark *m;
    bool cut;               /* some paint stays inside the shape */
    bool once, again;       /* the only coat; not the first */
    size_t id;              /* of the shape, and of the cut to it */
} coat;

static const char *element(const coat *c)
{
    return c->m->circle ? "circle" : "path";
}

/* Open a coat of paint; its attributes follow, then end_coat. */
static void begin_coat(coat *c)
{
    if (c->again)
        hz_text_addf(c->out, "<use xlink:href=\"#p%zu\"", c->id);
    else
        hz_text_addf(c->out, "<%s", c->once ? element(c) : "g");
}

static void end_coat(coat *c)
{
    if (!c->once && !c->again)
        hz_text_addf(c->out, "><%s id=\"p%zu\"%s", element(c), c->id,
                     c->cut ? " clip-rule=\"evenodd\"" : "");
    if (!c->again)
        add_shape(c->out, c->m);
    hz_text_add(c->out, c->once || c->again ? "/>\n" : "/></g>\n");
    c->again = true;
}

static void add_cut(coat *c)
{
    if (c->m->ink.inside)
        hz_text_addf(c->out, " clip-path=\"url(#i%zu)\"", c->id);
}

/* Define the cut to the shape itself, for lines inside it. */
static void define_cut(coat *c)
{
    hz_text_addf(c->out, "<clipPath id=\"i%zu\">", c->id);
    if (c->again) {
        hz_text_addf(c->out, "<use xlink:href=\"#p%zu\"/>", c->id);
    } else {
        hz_text_addf(c->out, "<%s id=\"p%zu\" clip-rule=\"evenodd\"", element(c), c->id);
        add_shape(c->out, c->m);
        hz_text_add(c->out, "/>");
        c->again = true;
    }
    hz_text_add(c->out, "</clipPath>\n");
}

static void add_hatch(const hz_ink_clips *clips, coat *c)
{
    hz_text *out = c->out;
    const hz_ink_style *ink = &c->m->ink;
    hz_text_addf(out, "<path clip-path=\"url(#i%zu)\"", c->id);
    add_width(out, ink->hatch_colour, ink->hatch_pt);
    add_butt(out);
    hz_text_add(out, " d=\"");
    hz_ink_hatch(clips, c->m, add_line, out);
    hz_text_add(out, "\"/>\n");
}

static void add_strokes(coat *c)
{
    hz_text *out = c->out;
    const hz_ink_style *ink = &c->m->ink;
    /* long lines join others at their ends; a tick ends where it says */
    bool tick = c->m->rings == 1 && c->m->ring_first[1] == 2;
    double times = ink->inside ? 2 : 1; /* the half outside the shape is cut away */
    if (ink->casing_pt > 0) {
        begin_coat(c);
        add_cut(c);
        add_width(out, ink->casing_colour, times * ink->casing_pt);
        if (tick)
            add_butt(out);
        end_coat(c);
    }
    if (ink->stroke_pt > 0) {
        begin_coat(c);
        add_cut(c);
        add_width(out, ink->stroke_colour, times * ink->stroke_pt);
        if (ink->dash_mm[0] > 0 && ink->dash_mm[1] > 0)
            add_dash(out, ink->dash_mm);
        else if (tick)
            add_butt(out);
        end_coat(c);
    }
}

void hz_svg_path(const hz_ink_clips *clips, const hz_scene_mark *m, size_t id, hz_text *out)
{
    const hz_ink_style *ink = &m->ink;
    bool hatched = ink->hatch_pt > 0 && ink->hatch_every_mm > 0;
    bool cased = ink->casing_pt > 0, lined = ink->stroke_pt > 0;
    coat c = { .out = out, .m = m, .id = id,
               .cut = hatched || ((cased || lined) && ink->inside) };
    c.once = !c.cut && ink->fill + cased + lined == 1;
    if (ink->fill) {
        begin_coat(&c);
        add_fill(out, ink);
        end_coat(&c);
    }
    if (c.cut)
        define_cut(&c);
    if (hatched)
        add_hatch(clips, &c);
    add_strokes(&c);
}
