/* What surrounds the map: title, notes, scale bar, north arrow, and the strip of the city value. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/sheet_parts.h"

#define SMALL_PT 7.0  /* strip and scale bar */

double hz_furniture_title(hz_sheet *s, double x, double y, double w, bool draw)
{
    const char *title = hz_sheet_title(s), *subtitle = hz_sheet_subtitle(s);
    hz_type_style big = hz_type(s->look->title_pt, 600), less = hz_type(s->look->subtitle_pt, 400);
    hz_type_style warn = hz_type(s->look->subtitle_pt, 600);
    double used = 0;
    if (title && *title)
        used += hz_type_block(s, "title", x, y, w, title, &big, draw);
    if (subtitle && *subtitle)
        used += hz_type_block(s, "subtitle", x, y + used, w, subtitle, &less, draw);
    if (s->words->made_up && *s->words->made_up)
        used += hz_type_block(s, "made-up", x, y + used, w, s->words->made_up, &warn, draw);
    return used;
}

/* "Classes: quantiles, rounded limits." */
static void class_note(const hz_sheet *s, hz_text *out)
{
    char number[40], method[100];
    if (s->facts.breaks.classes < 2)
        return;
    hz_sheet_number(s, s->reference, number, sizeof number);
    hz_words_put(method, sizeof method, s->say->method[s->look->method], number);
    bool rounded = s->look->round && s->look->method != HZ_FIXED &&
                   s->look->method != HZ_REFERENCE;
    hz_text_addf(out, "%s%s: %s%s%s.", out->length ? " " : "", s->say->classes, method,
                 rounded ? ", " : "", rounded ? s->say->rounded : "");
}

static void off_map_note(const hz_sheet *s, hz_text *out)
{
    char number[40], sentence[160];
    if (!s->facts.events_off_map)
        return;
    hz_number_format(number, sizeof number, (double)s->facts.events_off_map, 0,
                     s->look->language);
    hz_words_put(sentence, sizeof sentence, s->say->events_off, number);
    hz_text_addf(out, "%s%s", out->length ? " " : "", sentence);
}

static void source_note(const hz_sheet *s, hz_text *out)
{
    size_t n = s->words->source_count;
    const char *const *from = s->words->sources;
    if (!n) {
        n = s->look->source_count;
        from = (const char *const *)s->look->sources;
    }
    for (size_t i = 0; i < n; i++)
        hz_text_addf(out, "%s%s", i ? "; " : "", from[i]);
    if (n) {
        hz_text all = { 0 };
        hz_text_addf(&all, "%s: %s.", n > 1 ? s->say->sources : s->say->source,
                     hz_text_get(out));
        all.failed = all.failed || out->failed;
        hz_text_free(out);
        *out = all;
    }
}

double hz_furniture_notes(hz_sheet *s, double x, double y, double w, bool draw)
{
    hz_type_style type = hz_type(s->look->note_pt, 400);
    size_t n = s->words->note_count;
    double used = 0;
    for (size_t i = 0; i < (n ? n : 1) + 1; i++) {
        bool sources = i == (n ? n : 1);
        hz_text text = { 0 };
        if (sources)
            source_note(s, &text);
        else if (i < n)
            hz_text_add(&text, s->words->notes[i]);
        if (i == 0) {
            class_note(s, &text);
            off_map_note(s, &text);
        }
        if (text.failed)
            s->out_of_memory = true;
        else if (text.length)
            used += hz_type_block(s, sources ? "source" : "note", x, y + used, w, text.data,
                                  &type, draw);
        hz_text_free(&text);
    }
    return used;
}

/* A round length of 15 to 30 % of the map's width: 1, 2 or 5 times a power of ten, or 3 or 4
 * where none of these is in between. */
static double round_length(double width_m)
{
    static const double digits[] = { 5, 2, 1, 4, 3 };
    double low = 0.15 * width_m, high = 0.30 * width_m, power = pow(10, floor(log10(high)));
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        for (int down = 0; down < 2; down++) {
            double length = digits[i] * (down ? power / 10 : power);
            if (length >= low && length <= high)
                return length;
        }
    return power;
}

double hz_furniture_scalebar(hz_sheet *s, double x, double y, double w, bool draw)
{
    const double bar_h = 1.1;
    hz_type_style type = hz_type(SMALL_PT, 400);
    double line = hz_type_line_mm(&type);
    (void)w;
    if (!s->look->scalebar)
        return 0;
    if (!draw)
        return line + 0.3 + bar_h;
    double m_per_mm = s->unit_per_mm * s->unit_m;
    double length_m = round_length(s->frame.w * m_per_mm), length = length_m / m_per_mm;
    double first = length_m / pow(10, floor(log10(length_m)) + 1e-9);
    int parts = fabs(first - 3) < 0.1 ? 3 : fabs(first - 5) < 0.1 ? 5 : 2;
    bool km = length_m >= 1000;
    double bar_y = y + line + 0.3, start = x + 0.1; /* half the rim stands out */

    for (int i = 0; i < parts; i++) {
        hz_ink_style part = { .fill = true,
                              .fill_colour = i % 2 ? HZ_PAPER : HZ_TEXT_COLOUR };
        hz_scene_rect(s->scene, "scalebar-part", start + length * i / parts, bar_y,
                      length / parts, bar_h, &part);
    }
    const hz_ink_style rim = { .stroke_pt = 0.5, .stroke_colour = HZ_TEXT_COLOUR };
    hz_scene_rect(s->scene, "scalebar", start, bar_y, length, bar_h, &rim);

    char number[40], text[48];
    hz_number_format(number, sizeof number, km ? length_m / 1000 : length_m, 0,
                     s->look->language);
    snprintf(text, sizeof text, "%s\u00a0%s", number, km ? "km" : "m");
    double baseline = y + line - 0.6, digits = hz_type_width(s, number, &type);
    hz_scene_text(s->scene, "scalebar-text", x, baseline, "0", &type);
    /* the number, not its unit, is centred on the end */
    hz_scene_text(s->scene, "scalebar-text", start + length - digits / 2, baseline, text, &type);
    return line + 0.3 + bar_h;
}

/* The axis of the strip: from the lowest to the highest that is shown, straight. */
typedef struct {
    double low, high, x, w;
} axis;

static axis strip_axis(const hz_sheet *s, double x, double w)
{
    const hz_breaks *b = &s->facts.breaks;
    axis a = { b->low, b->high, x, w };
    const double city[] = { s->data->city, s->data->city_low, s->data->city_high };
    for (int i = 0; i < 3; i++) {
        a.low = isfinite(city[i]) && city[i] < a.low ? city[i] : a.low;
        a.high = isfinite(city[i]) && city[i] > a.high ? city[i] : a.high;
    }
    for (size_t i = 0; i + 1 < b->classes; i++) {
        a.low = fmin(a.low, b->limits[i]);
        a.high = fmax(a.high, b->limits[i]);
    }
    double room = a.high > a.low ? 0.06 * (a.high - a.low) : fmax(fabs(a.high) * 0.1, 1);
    if (a.low > 0 && a.low - room < 0)
        a.low = 0;
    else if (a.low != 0)
        a.low -= room;
    a.high += room;
    return a;
}

static double on_axis(axis a, double value)
{
    return a.x + a.w * (value - a.low) / (a.high - a.low);
}

static void draw_axis(hz_sheet *s, axis a, double y, double h, double baseline)
{
    const hz_breaks *b = &s->facts.breaks;
    hz_type_style type = hz_type(SMALL_PT, 400);
    const hz_ink_style rim = { .stroke_pt = 0.35, .stroke_colour = 0x595959U };
    double free_from = a.x - 10, x0 = a.x;
    type.align = HZ_CENTRE;
    for (size_t c = 0; c < b->classes; c++) {
        bool last = c + 1 == b->classes;
        double x1 = last ? a.x + a.w : on_axis(a, b->limits[c]);
        hz_ink_style part = { .fill = true, .fill_colour = s->facts.colours[c] };
        hz_scene_rect(s->scene, "strip-class", x0, y, x1 - x0, h, &part);
        x0 = x1;
        if (last)
            break;
        char text[40];
        double half = hz_type_width(s, hz_sheet_number(s, b->limits[c], text, sizeof text),
                                    &type) / 2;
        double at = fmax(x1, a.x + half); /* never beyond the axis */
        at = fmin(at, a.x + a.w - half);
        const hz_ink_style tick = { .stroke_pt = 0.35, .stroke_colour = 0x595959U };
        hz_scene_line(s->scene, "strip-tick", x1, y + h, x1, y + h + 0.7, &tick);
        if (at - half >= free_from) { /* limits too near one another go without a number */
            hz_scene_text(s->scene, "strip-limit", at, baseline, text, &type);
            free_from = at + half + 0.8;
        }
    }
    hz_scene_rect(s->scene, "strip-rim", a.x, y, a.w, h, &rim);
}

static void draw_city(hz_sheet *s, axis a, double y)
{
    double low = s->data->city_low, high = s->data->city_high;
    const hz_ink_style bar = { .stroke_pt = 1, .stroke_colour = HZ_TEXT_COLOUR };
    const hz_ink_style dot = { .fill = true, .fill_colour = HZ_TEXT_COLOUR };
    if (isfinite(low) && isfinite(high)) {
        double x0 = on_axis(a, low), x1 = on_axis(a, high);
        hz_scene_line(s->scene, "strip-interval", x0, y, x1, y, &bar);
        hz_scene_line(s->scene, "strip-end", x0, y - 0.7, x0, y + 0.7, &bar);
        hz_scene_line(s->scene, "strip-end", x1, y - 0.7, x1, y + 0.7, &bar);
    }
    hz_scene_circle(s->scene, "strip-city", on_axis(a, s->data->city), y, 0.8, &dot);
}

/* "Whole city: 53.7 (47.6–49.1)", on two lines where one is too narrow. */
static double city_text(hz_sheet *s, double x, double y, double w, bool draw)
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
    const double wide = fmin(w, 50), axis_h = 2;
    bool has_axis = s->facts.breaks.classes > 0, has_city = isfinite(s->data->city);
    hz_type_style type = hz_type(SMALL_PT, 400);
    double text = city_text(s, x, y, wide, draw);
    if (!has_axis)
        return text;
    double dot_y = y + text + 1.3, axis_y = y + text + (has_city ? 2.6 : 0.8);
    double baseline = axis_y + axis_h + 0.7 + 0.78 * SMALL_PT * HZ_MM_PER_PT;
    if (draw) {
        axis a = strip_axis(s, x, wide);
        draw_axis(s, a, axis_y, axis_h, baseline);
        if (has_city)
            draw_city(s, a, dot_y);
    }
    double limits = s->facts.breaks.classes > 1 ? hz_type_line_mm(&type) + 0.7 : 0.5;
    return axis_y + axis_h - y + limits;
}

hz_rect hz_furniture_north_room(const hz_sheet *s)
{
    return (hz_rect){ s->frame.x + s->frame.w - 8, s->frame.y + 2, 6, 10 };
}

void hz_furniture_north(hz_sheet *s)
{
    /* a sheet is never turned, so an arrow stands only where it is asked for */
    if (s->look->north != HZ_NORTH_ALWAYS)
        return;
    hz_rect room = hz_furniture_north_room(s);
    double x = room.x + room.w / 2, y = room.y + 0.5;
    const size_t ring[] = { 0, 4 };
    const double xy[] = { x, y, x + 1.5, y + 5, x - 1.5, y + 5, x, y };
    const hz_ink_style fill = { .fill = true, .fill_colour = HZ_TEXT_COLOUR };
    hz_type_style type = hz_type(SMALL_PT, 600);
    type.align = HZ_CENTRE;
    type.halo_pt = 0.8;
    type.halo_colour = s->look->outside;
    hz_scene_path(s->scene, "north", 1, ring, xy, true, &fill);
    hz_scene_text(s->scene, "north-text", x, y + 8, s->say->north, &type);
}
