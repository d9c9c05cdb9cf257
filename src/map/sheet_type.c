/* Text in the sheet's voice: set and measured by the same call, so that plan and page agree. */
#include "map/sheet_parts.h"

hz_type_style hz_type(double size_pt, int weight)
{
    return (hz_type_style){ .size_pt = size_pt, .weight = weight, .colour = HZ_TEXT_COLOUR };
}

double hz_type_line_mm(const hz_type_style *type)
{
    return type->size_pt * (type->line_spacing > 0 ? type->line_spacing : 1.2) * HZ_MM_PER_PT;
}

static hz_text_size measure(hz_sheet *s, const char *text, const hz_type_style *type)
{
    hz_text_size size = hz_fonts_measure(s->fonts, text, type);
    if (size.missing > s->missing)
        s->missing = size.missing;
    return size;
}

double hz_type_width(hz_sheet *s, const char *text, const hz_type_style *type)
{
    hz_type_style line = *type;
    line.width_mm = 0;
    return measure(s, text, &line).width;
}

double hz_type_block(hz_sheet *s, const char *role, double x, double y, double w,
                     const char *text, const hz_type_style *type, bool draw)
{
    hz_type_style box = *type;
    box.width_mm = w;
    hz_text_size size = measure(s, text, &box);
    double pitch = hz_type_line_mm(type);
    if (draw)
        /* the first baseline stands where capitals are centred in their line */
        hz_scene_text(s->scene, role, x, y + pitch / 2 + 0.357 * type->size_pt * HZ_MM_PER_PT,
                      text, &box);
    return (double)(size.lines ? size.lines : 1) * pitch;
}

hz_colour hz_type_ink_on(hz_colour fill)
{
    return hz_colour_contrast(HZ_TEXT_COLOUR, fill) >= hz_colour_contrast(HZ_PAPER, fill)
               ? HZ_TEXT_COLOUR : HZ_PAPER;
}
