/* The strip of the city value: all classes at one width, so that skewed limits keep apart. */
#include <math.h>
#include <stdio.h>

#include "map/sheet_parts.h"

#define SMALL_PT 7.0
#define AXIS_MM 2.0      /* height */
#define TICK_MM 0.7
#define APART_MM 0.8     /* between two limits on one line */
#define WIDEST_MM 50.0

typedef struct {
    double x, w;
    double low, high;    /* where the outer classes end */
} axis;

static axis strip_axis(const hz_sheet *s, double x, double w)
{
    const hz_breaks *b = &s->facts.breaks;
    axis a = { x, w, b->low, b->high };
    const double city[] = { s->data->city, s->data->city_low, s->data->city_high };
    for (int i = 0; i < 3; i++) {
        a.low = isfinite(city[i]) && city[i] < a.low ? city[i] : a.low;
        a.high = isfinite(city[i]) && city[i] > a.high ? city[i] : a.high;
    }
    return a;
}

static double class_width(const hz_sheet *s, axis a)
{
    return a.w / (double)s->facts.breaks.classes;
}

/* Straight within a class; in the class in which the printed value lies. */
static double on_axis(const hz_sheet *s, axis a, double value)
{
    const hz_breaks *b = &s->facts.breaks;
    int c = hz_sheet_class(&s->facts, value);
    if (c < 0)
        return a.x;
    double from = c == 0 ? a.low : b->limits[c - 1];
    double to = (size_t)c + 1 == b->classes ? a.high : b->limits[c];
    double part = to > from ? fmin(fmax((value - from) / (to - from), 0), 1) : 0.5;
    return a.x + class_width(s, a) * ((double)c + part);
}

/* Where the number of a limit stands, and half its width. */
static double limit_at(hz_sheet *s, axis a, size_t limit, char *text, size_t size, double *half)
{
    hz_type_style type = hz_type(SMALL_PT, 400);
    *half = hz_type_width(s, hz_sheet_number(s, s->facts.breaks.limits[limit], text, size),
                          &type) / 2;
    double at = a.x + class_width(s, a) * (double)(limit + 1);
    return fmin(fmax(at, a.x + *half), a.x + a.w - *half); /* never beyond the axis */
}

/* Lines that the limits need: two, every other one lower, where they would touch on one. */
static int limit_lines(hz_sheet *s, axis a)
{
    double free_from = -INFINITY, half;
    char text[40];
    for (size_t i = 0; i + 1 < s->facts.breaks.classes; i++) {
        double at = limit_at(s, a, i, text, sizeof text, &half);
        if (at - half < free_from)
            return 2;
        free_from = at + half + APART_MM;
    }
    return 1;
}

static void draw_axis(hz_sheet *s, axis a, double y)
{
    size_t k = s->facts.breaks.classes;
    hz_type_style type = hz_type(SMALL_PT, 400);
    const hz_ink_style rim = { .stroke_pt = 0.35, .stroke_colour = 0x595959U };
    double free_from[2] = { -INFINITY, -INFINITY }, line = hz_type_line_mm(&type);
    int lines = limit_lines(s, a);

    type.align = HZ_CENTRE;
    for (size_t c = 0; c < k; c++) {
        const hz_ink_style part = { .fill = true, .fill_colour = s->facts.colours[c] };
        hz_scene_rect(s->scene, "strip-class", a.x + class_width(s, a) * (double)c, y,
                      class_width(s, a), AXIS_MM, &part);
    }
    hz_scene_rect(s->scene, "strip-rim", a.x, y, a.w, AXIS_MM, &rim);
    for (size_t i = 0; i + 1 < k; i++) {
        char text[40];
        double half, x = a.x + class_width(s, a) * (double)(i + 1);
        double at = limit_at(s, a, i, text, sizeof text, &half);
        int row = (int)i % lines;
        double foot = y + AXIS_MM + TICK_MM + line * row;
        hz_scene_line(s->scene, "strip-tick", x, y + AXIS_MM, x, foot, &rim);
        if (at - half < free_from[row])
            continue; /* seven classes of long numbers in a narrow column */
        hz_scene_text(s->scene, "strip-limit", at, foot + 0.78 * SMALL_PT * HZ_MM_PER_PT, text,
                      &type);
        free_from[row] = at + half + APART_MM;
    }
}

static void draw_city(hz_sheet *s, axis a, double y)
{
    double low = s->data->city_low, high = s->data->city_high;
    const hz_ink_style bar = { .stroke_pt = 1, .stroke_colour = HZ_TEXT_COLOUR };
    const hz_ink_style dot = { .fill = true, .fill_colour = HZ_TEXT_COLOUR };
    if (isfinite(low) && isfinite(high)) {
        double x0 = on_axis(s, a, low), x1 = on_axis(s, a, high);
        hz_scene_line(s->scene, "strip-interval", x0, y, x1, y, &bar);
        hz_scene_line(s->scene, "strip-end", x0, y - 0.7, x0, y + 0.7, &bar);
        hz_scene_line(s->scene, "strip-end", x1, y - 0.7, x1, y + 0.7, &bar);
    }
    hz_scene_circle(s->scene, "strip-city", on_axis(s, a, s->data->city), y, 0.8, &dot);
}

/* "Whole city: 53.7 (47.6–49.1)", on two lines where one is too narrow. */
double hz_furniture_city(hz_sheet *s, double x, double y, double w, bool draw)
{
    char value[40], low[40], high[40], text[300];
    hz_type_style type = hz_type(SMALL_PT, 400);
    const char *label = s->data->city_label ? s->data->city_label : s->say->city;
    if (isnan(s->data->city))
        snprintf(text, sizeof text, "%.150s: %s", label, s->say->city_none);
    else if (isfinite(s->data->city_low) && isfinite(s->data->city_high))
        snprintf(text, sizeof text, "%.150s: %s\u00a0(%s\u2013%s)", label,
                 hz_sheet_number(s, s->data->city, value, sizeof value),
                 hz_sheet_number(s, s->data->city_low, low, sizeof low),
                 hz_sheet_number(s, s->data->city_high, high, sizeof high));
    else
        snprintf(text, sizeof text, "%.150s: %s", label,
                 hz_sheet_number(s, s->data->city, value, sizeof value));
    return hz_type_block(s, "strip-text", x, y, w, text, &type, draw);
}

double hz_furniture_strip(hz_sheet *s, double x, double y, double w, bool draw)
{
    const double wide = fmin(w, WIDEST_MM);
    if (s->shared)
        return 0; /* each map has its own city value */
    if (s->data->cells) /* there is no value of the city */
        return 0;
    bool has_axis = s->facts.breaks.classes > 0, has_city = isfinite(s->data->city);
    hz_type_style type = hz_type(SMALL_PT, 400);
    double text = hz_furniture_city(s, x, y, wide, draw);
    if (!has_axis)
        return text;
    double dot_y = y + text + 1.3, axis_y = y + text + (has_city ? 2.6 : 0.8);
    axis a = strip_axis(s, x, wide);
    if (draw) {
        draw_axis(s, a, axis_y);
        if (has_city)
            draw_city(s, a, dot_y);
    }
    double limits = s->facts.breaks.classes > 1
                        ? hz_type_line_mm(&type) * limit_lines(s, a) + TICK_MM : 0.5;
    return axis_y + AXIS_MM - y + limits;
}
