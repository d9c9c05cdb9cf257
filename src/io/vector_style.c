/* Writes QGIS styles (QML, as QGIS 3.22 and later read it). */
#include "io/vector_style.h"

#include <string.h>

/* cartography.md: hatch lines of 0.6 pt, 1.8 mm apart; "no data" on a light grey. */
#define HATCH_MM "0.21"
#define HATCH_STEP_MM "1.8"
#define NO_DATA 0xe0e0e0u

/* Text between tags or in attributes; control characters have no place in XML. */
static void add_escaped(hz_text *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&': hz_text_add(out, "&amp;"); break;
        case '<': hz_text_add(out, "&lt;"); break;
        case '>': hz_text_add(out, "&gt;"); break;
        case '"': hz_text_add(out, "&quot;"); break;
        default: hz_text_add_n(out, (unsigned char)*text < ' ' ? " " : text, 1);
        }
    }
}

static void option(hz_text *out, const char *name, const char *value)
{
    hz_text_addf(out, "<Option name=\"%s\" type=\"QString\" value=\"%s\"/>\n", name, value);
}

static void colour_option(hz_text *out, const char *name, unsigned colour)
{
    hz_text_addf(out, "<Option name=\"%s\" type=\"QString\" value=\"%u,%u,%u,255\"/>\n", name,
                 colour >> 16 & 255, colour >> 8 & 255, colour & 255);
}

static void mm_option(hz_text *out, const char *name, double mm)
{
    hz_text_addf(out, "<Option name=\"%s\" type=\"QString\" value=\"", name);
    hz_text_add_double(out, mm);
    hz_text_addf(out, "\"/>\n<Option name=\"%s_unit\" type=\"QString\" value=\"MM\"/>\n", name);
}

static void open_layer(hz_text *out, const char *class)
{
    hz_text_addf(out, "<layer class=\"%s\" enabled=\"1\" locked=\"0\" pass=\"0\">\n"
                 "<Option type=\"Map\">\n", class);
}

/* Near-black on light fills, white on dark ones (relative luminance as by WCAG, without gamma). */
static unsigned hatch_colour(unsigned fill)
{
    unsigned light = 2126 * (fill >> 16 & 255) + 7152 * (fill >> 8 & 255) + 722 * (fill & 255);
    return light > 110u * 10000u ? 0x202020u : 0xffffffu;
}

/* The k-th layer of a symbol: parallel lines. */
static void hatch_layer(hz_text *out, const char *angle, unsigned lines, size_t number, size_t k)
{
    open_layer(out, "LinePatternFill");
    option(out, "angle", angle);
    colour_option(out, "color", lines);
    option(out, "distance", HATCH_STEP_MM);
    option(out, "distance_unit", "MM");
    option(out, "line_width", HATCH_MM);
    option(out, "line_width_unit", "MM");
    hz_text_addf(out, "</Option>\n<symbol name=\"@%zu@%zu\" type=\"line\" alpha=\"1\" "
                 "clip_to_extent=\"1\" force_rhr=\"0\">\n", number, k);
    open_layer(out, "SimpleLine");
    colour_option(out, "line_color", lines);
    option(out, "line_style", "solid");
    option(out, "line_width", HATCH_MM);
    option(out, "line_width_unit", "MM");
    hz_text_add(out, "</Option>\n</layer>\n</symbol>\n</layer>\n");
}

static void fill_symbol(hz_text *out, const hz_vector_style *style, const hz_style_class *class,
                        size_t number)
{
    unsigned lines = hatch_colour(class->colour);
    size_t k = 1;
    open_layer(out, "SimpleFill");
    colour_option(out, "color", class->colour);
    option(out, "style", style->count || style->column ? "solid" : "no");
    colour_option(out, "outline_color", style->line);
    option(out, "outline_style", style->line_mm > 0 ? "solid" : "no");
    mm_option(out, "outline_width", style->line_mm);
    hz_text_add(out, "</Option>\n</layer>\n");
    if (class->hatched == HZ_HATCH || class->hatched == HZ_HATCH_CROSS)
        hatch_layer(out, "45", lines, number, k++);
    if (class->hatched == HZ_HATCH_BACK || class->hatched == HZ_HATCH_CROSS)
        hatch_layer(out, "135", lines, number, k);
}

/* A hatched line is dashed, since it has no inside. */
static void line_symbol(hz_text *out, const hz_vector_style *style, const hz_style_class *class)
{
    open_layer(out, "SimpleLine");
    colour_option(out, "line_color", class->colour);
    option(out, "line_style", class->hatched ? "dash" : "solid");
    mm_option(out, "line_width", style->line_mm > 0 ? style->line_mm : 0.5);
    hz_text_add(out, "</Option>\n</layer>\n");
}

/* A hatched point is a ring: too small for lines. */
static void marker_symbol(hz_text *out, const hz_vector_style *style, const hz_style_class *class)
{
    open_layer(out, "SimpleMarker");
    option(out, "name", "circle");
    colour_option(out, "color", class->hatched ? 0xffffffu : class->colour);
    colour_option(out, "outline_color", class->hatched ? class->colour : style->line);
    option(out, "outline_style", class->hatched || style->line_mm > 0 ? "solid" : "no");
    mm_option(out, "outline_width", class->hatched ? 0.4 : style->line_mm);
    mm_option(out, "size", 2.2);
    hz_text_add(out, "</Option>\n</layer>\n");
}

static void add_symbol(hz_text *out, const hz_vector_style *style, hz_shape_kind kind,
                       const hz_style_class *class, size_t number)
{
    static const char *const types[] = { "fill", "marker", "line", "fill" };
    hz_text_addf(out, "<symbol name=\"%zu\" type=\"%s\" alpha=\"1\" clip_to_extent=\"1\" "
                 "force_rhr=\"0\">\n", number, types[kind]);
    if (kind == HZ_POINT)
        marker_symbol(out, style, class);
    else if (kind == HZ_LINE)
        line_symbol(out, style, class);
    else
        fill_symbol(out, style, class, number);
    hz_text_add(out, "</symbol>\n");
}

static bool is_rest(const hz_style_class *class)
{
    return !class->value || !*class->value;
}

static void add_category(hz_text *out, const hz_style_class *class, size_t number)
{
    hz_text_addf(out, "<category symbol=\"%zu\" value=\"", number);
    add_escaped(out, class->value ? class->value : "");
    hz_text_add(out, "\" label=\"");
    add_escaped(out, class->label ? class->label : class->value ? class->value : "");
    hz_text_add(out, "\" render=\"true\"/>\n");
}

static const hz_style_class no_data = { "", "\u2013", NO_DATA, HZ_HATCH };

static void add_categories(hz_text *out, const hz_vector_style *style, hz_shape_kind kind,
                           bool rest)
{
    for (size_t i = 0; i < style->count; i++)
        rest &= !is_rest(&style->classes[i]);
    hz_text_add(out, "<renderer-v2 type=\"categorizedSymbol\" attr=\"");
    add_escaped(out, style->column);
    hz_text_add(out, "\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"0\">\n"
                "<categories>\n");
    for (size_t i = 0; i < style->count; i++)
        add_category(out, &style->classes[i], i);
    if (rest)
        add_category(out, &no_data, style->count);
    hz_text_add(out, "</categories>\n<symbols>\n");
    for (size_t i = 0; i < style->count; i++)
        add_symbol(out, style, kind, &style->classes[i], i);
    if (rest)
        add_symbol(out, style, kind, &no_data, style->count);
}

void hz_style_qml(const hz_vector_style *style, hz_shape_kind kind, bool rest, hz_text *out)
{
    hz_text_add(out, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
                "<qgis version=\"3.22.0\" styleCategories=\"Symbology\">\n");
    if (style->column) {
        add_categories(out, style, kind, rest);
    } else {
        const hz_style_class plain = { "", "", style->line, HZ_HATCH_NONE };
        hz_text_add(out, "<renderer-v2 type=\"singleSymbol\" forceraster=\"0\" "
                    "symbollevels=\"0\" enableorderby=\"0\">\n<symbols>\n");
        add_symbol(out, style, kind, style->count ? style->classes : &plain, 0);
    }
    hz_text_add(out, "</symbols>\n</renderer-v2>\n<blendMode>0</blendMode>\n</qgis>\n");
}

bool hz_style_covers(const hz_vector_style *style, const hz_layer *layer)
{
    for (size_t r = 0; style->column && r < hz_layer_rows(layer); r++) {
        const char *text = hz_layer_text(layer, style->column, r);
        bool found = false;
        for (size_t i = 0; !found && i < style->count; i++)
            found = !is_rest(&style->classes[i]) && strcmp(style->classes[i].value, text) == 0;
        if (!found)
            return false;
    }
    return true;
}
