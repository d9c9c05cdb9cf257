/* What surrounds the map: title, notes, scale bar and north arrow. */
#include <math.h>
#include <stdio.h>

#include "map/sheet_parts.h"

#define SMALL_PT 7.0  /* scale bar */

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
