/* Colours of classes, and the gate that keeps them apart for every reader. */
#include "hotzone/palette.h"

#include <math.h>
#include <string.h>

#include "hotzone/breaks.h"
#include "hotzone/text.h"

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c) : NULL;
    return at ? (int)(at - digits) : -1;
}

hz_status hz_colour_parse(const char *text, hz_colour *out, hz_error *err)
{
    size_t n = strlen(text);
    hz_colour colour = 0;
    int fault = text[0] != '#' || (n != 4 && n != 7);
    for (size_t i = 1; i < n && !fault; i++) {
        int digit = hex_digit(text[i]);
        fault = digit < 0;
        for (size_t twice = 0; twice < (n == 4 ? 2 : 1) && !fault; twice++)
            colour = colour << 4 | (hz_colour)digit;
    }
    if (fault)
        return hz_fail(err, HZ_EUSAGE, "colour: found '%s', expected #rrggbb or #rgb", text);
    *out = colour;
    return HZ_OK;
}

/* The sRGB transfer curve of IEC 61966-2-1, in units of 0..1. */
static double to_linear(double v)
{
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double from_linear(double v)
{
    return v <= 0.0031308 ? v * 12.92 : 1.055 * pow(v, 1 / 2.4) - 0.055;
}

static void linear_rgb(hz_colour colour, double rgb[3])
{
    for (int i = 0; i < 3; i++)
        rgb[i] = to_linear((double)(colour >> (16 - 8 * i) & 255) / 255);
}

static hz_colour colour_of(const double rgb[3])
{
    hz_colour colour = 0;
    for (int i = 0; i < 3; i++) {
        double v = rgb[i] < 0 ? 0 : rgb[i] > 1 ? 1 : rgb[i];
        colour = colour << 8 | (hz_colour)lround(from_linear(v) * 255);
    }
    return colour;
}

/* Rows of linear sRGB to CIE XYZ; the middle one is luminance (IEC 61966-2-1, D65). */
static const double XYZ[3][3] = { { 0.4124564, 0.3575761, 0.1804375 },
                                  { 0.2126729, 0.7151522, 0.0721750 },
                                  { 0.0193339, 0.1191920, 0.9503041 } };

/* Machado, Oliveira & Fernandes (2009), IEEE TVCG 15:1291, severity 1.0. */
static const double DEUTAN[3][3] = { { 0.367322, 0.860646, -0.227968 },
                                     { 0.280085, 0.672501, 0.047413 },
                                     { -0.011820, 0.042940, 0.968881 } };
static const double PROTAN[3][3] = { { 0.152286, 1.052583, -0.204868 },
                                     { 0.114503, 0.786281, 0.099216 },
                                     { -0.003882, -0.048116, 1.051998 } };
static const double TRITAN[3][3] = { { 1.255528, -0.076749, -0.178779 },
                                     { -0.078411, 0.930809, 0.147602 },
                                     { 0.004733, 0.691367, 0.303900 } };

static void multiply(const double m[3][3], const double v[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
}

static double luminance(hz_colour colour)
{
    double rgb[3];
    linear_rgb(colour, rgb);
    return (XYZ[1][0] * rgb[0] + XYZ[1][1] * rgb[1] + XYZ[1][2] * rgb[2])
           / (XYZ[1][0] + XYZ[1][1] + XYZ[1][2]); /* white is 1 to the last digit */
}

hz_colour hz_colour_seen(hz_colour colour, hz_view view)
{
    double rgb[3], seen[3];
    linear_rgb(colour, rgb);
    if (view == HZ_VIEW_DEUTAN)
        multiply(DEUTAN, rgb, seen);
    else if (view == HZ_VIEW_PROTAN)
        multiply(PROTAN, rgb, seen);
    else if (view == HZ_VIEW_TRITAN)
        multiply(TRITAN, rgb, seen);
    else if (view == HZ_VIEW_GREY)
        seen[0] = seen[1] = seen[2] = luminance(colour);
    else
        return colour;
    return colour_of(seen);
}

/* CIELAB (CIE 15) with the sum of each XYZ row, sRGB's white, as reference. */
static void lab(hz_colour colour, double out[3])
{
    double rgb[3], xyz[3], f[3];
    linear_rgb(colour, rgb);
    multiply(XYZ, rgb, xyz);
    for (int i = 0; i < 3; i++) {
        double part = xyz[i] / (XYZ[i][0] + XYZ[i][1] + XYZ[i][2]);
        f[i] = part > 216.0 / 24389 ? cbrt(part) : (24389.0 / 27 * part + 16) / 116;
    }
    out[0] = 116 * f[1] - 16;
    out[1] = 500 * (f[0] - f[1]);
    out[2] = 200 * (f[1] - f[2]);
}

double hz_colour_distance(hz_colour a, hz_colour b)
{
    double p[3], q[3];
    lab(a, p);
    lab(b, q);
    return hz_lab_distance(p, q);
}

double hz_colour_contrast(hz_colour a, hz_colour b)
{
    double ya = luminance(a), yb = luminance(b);
    return ((ya > yb ? ya : yb) + 0.05) / ((ya > yb ? yb : ya) + 0.05);
}

/* One ramp for each number of classes, so that a map of three is no stretched map of seven.  The
 * five-class ramps are the design guide's (ColorBrewer's YlGnBu, CARTO's BurgYl); shorter
 * ones are chosen from them, longer ones were found along the same path in CIELAB by search for
 * the largest margin at the gate. */
typedef struct {
    const char *name;
    int diverging;
    hz_colour ramp[HZ_CLASSES_MAX][HZ_CLASSES_MAX];
} palette;

static const palette palettes[] = {
    { "ylgnbu", 0, {
        { 0x41b6c4 },
        { 0xa1dab4, 0x2c7fb8 },
        { 0xffffcc, 0x41b6c4, 0x253494 },
        { 0xffffcc, 0xa1dab4, 0x2c7fb8, 0x253494 },
        { 0xffffcc, 0xa1dab4, 0x41b6c4, 0x2c7fb8, 0x253494 },
        { 0xffffcc, 0xa1dab4, 0x41b6c4, 0x2c7fb8, 0x2a559f, 0x0a1e5c },
        { 0xffffcc, 0xa1dab4, 0x41b6c4, 0x2c8dbd, 0x2d6ab1, 0x293e9c, 0x0a1e5c } } },
    { "warm", 0, {
        { 0xdc7176 },
        { 0xf2a28a, 0xb24b65 },
        { 0xfbe6c5, 0xdc7176, 0x70284a },
        { 0xfbe6c5, 0xf2a28a, 0xb24b65, 0x70284a },
        { 0xfbe6c5, 0xf2a28a, 0xdc7176, 0xb24b65, 0x70284a },
        { 0xfbe6c5, 0xf2a28a, 0xd86c74, 0xb04a64, 0x7b2d4f, 0x3a0f28 },
        { 0xfbe6c5, 0xf5ad92, 0xe27b79, 0xc5596c, 0x9f3f5e, 0x6f284a, 0x3b1029 } } },
    { "ratio", 1, {
        { 0xffffcc },
        { 0x7fb0dc, 0xf5a04a },
        { 0x7fb0dc, 0xffffcc, 0xf5a04a },
        { 0x1d4f91, 0x7fb0dc, 0xf5a04a, 0xa63603 },
        { 0x1d4f91, 0x7fb0dc, 0xffffcc, 0xf5a04a, 0xa63603 },
        { 0x123a75, 0x3f79b8, 0x8fbce3, 0xf7b267, 0xd9711f, 0x8a2a00 },
        { 0x0b2c60, 0x3b6eae, 0x7eafdc, 0xffffcc, 0xf5a04a, 0xc4560f, 0x6b2000 } } },
};
enum { PALETTES = sizeof palettes / sizeof *palettes };

static const palette *find_palette(const char *name)
{
    for (size_t i = 0; i < PALETTES; i++)
        if (strcmp(palettes[i].name, name) == 0)
            return &palettes[i];
    return NULL;
}

static hz_status unknown_palette(const char *name, hz_error *err)
{
    const char *names[PALETTES];
    for (size_t i = 0; i < PALETTES; i++)
        names[i] = palettes[i].name;
    const char *near = hz_text_nearest(name, names, PALETTES);
    return hz_fail(err, HZ_EUSAGE, "palette: found '%s', expected ylgnbu, warm or ratio%s%s%s",
                   name, near ? " (did you mean " : "", near ? near : "", near ? "?)" : "");
}

hz_status hz_palette_named(const char *name, size_t n, hz_colour *out, hz_error *err)
{
    const palette *found = find_palette(name);
    if (!found)
        return unknown_palette(name, err);
    if (n < 1 || n > HZ_CLASSES_MAX)
        return hz_fail(err, HZ_EUSAGE, "palette %s: %zu classes wanted, expected 1 to %d", name,
                       n, HZ_CLASSES_MAX);
    memcpy(out, found->ramp[n - 1], n * sizeof *out);
    return HZ_OK;
}

int hz_palette_is_diverging(const char *name)
{
    const palette *found = find_palette(name);
    return found ? found->diverging : 0;
}

static const char *const view_name[HZ_VIEWS] = { "normal", "deuteranopia", "protanopia",
                                                 "tritanopia", "grey" };

static double seen_distance(hz_colour a, hz_colour b, hz_view view)
{
    return hz_colour_distance(hz_colour_seen(a, view), hz_colour_seen(b, view));
}

static hz_status check_neighbours(const hz_colour *classes, size_t n, hz_view view, hz_error *err)
{
    static const double floors[HZ_VIEWS] = { 10, 8, 8, 6, 8 };
    for (size_t i = 0; i + 1 < n; i++) {
        double apart = seen_distance(classes[i], classes[i + 1], view);
        if (apart < floors[view])
            return hz_fail(err, HZ_EUSAGE, "palette: classes %zu (#%06x) and %zu (#%06x) are %.1f "
                           "apart in the %s view, expected at least %.0f", i + 1,
                           (unsigned)classes[i], i + 2, (unsigned)classes[i + 1], apart,
                           view_name[view], floors[view]);
    }
    return HZ_OK;
}

static hz_status check_ground(const hz_colour *classes, size_t n, hz_view view, const char *what,
                              hz_colour ground, hz_error *err)
{
    const double least = 8;
    for (size_t i = 0; i < n; i++) {
        double apart = seen_distance(classes[i], ground, view);
        if (apart < least)
            return hz_fail(err, HZ_EUSAGE, "palette: class %zu (#%06x) and %s (#%06x) are %.1f "
                           "apart in the %s view, expected at least %.0f", i + 1,
                           (unsigned)classes[i], what, (unsigned)ground, apart, view_name[view],
                           least);
    }
    return HZ_OK;
}

hz_status hz_palette_check(const hz_colour *classes, size_t n, int diverging, hz_colour no_data,
                           hz_colour water, hz_colour outside, hz_error *err)
{
    hz_status st = HZ_OK;
    for (hz_view view = HZ_VIEW_NORMAL; view < HZ_VIEWS && !st; view++)
        if (view != HZ_VIEW_GREY || !diverging)
            st = check_neighbours(classes, n, view, err);
    for (hz_view view = HZ_VIEW_NORMAL; view <= HZ_VIEW_PROTAN && !st; view++) {
        st = check_ground(classes, n, view, "no data", no_data, err);
        if (!st)
            st = check_ground(classes, n, view, "water", water, err);
        if (!st)
            st = check_ground(classes, n, view, "outside", outside, err);
    }
    return st;
}
