/* Faces, and texts set in them: the one layout that measuring and drawing share.
 * Private to src/map. */
#ifndef MAP_FONTS_H
#define MAP_FONTS_H

#include <cairo-ft.h>
#include <hb.h>

#include "hotzone/ink.h"

#define HZ_PT_PER_MM (72 / 25.4)

/** One font file, for shaping and for drawing. */
typedef struct {
    hb_font_t *shape;           /* in font units */
    cairo_font_face_t *ink;
    FT_Face file;               /* for its outlines; lives as long as ink */
    double units_per_em;
    int weight;                 /* 100..900 */
    bool italic;
} hz_face;

/** A glyph with its offset from the pen, y down; points. */
typedef struct {
    unsigned long id;
    double x, y;
} hz_glyph;

/** The least that is never broken: one letter with its accents.  Lengths in points. */
typedef struct {
    size_t byte_at, bytes;      /* in the text */
    size_t glyph_at, glyphs;
    const hz_face *face;
    double advance;
    double left, top, right, bottom; /* of the ink, from the pen; right < left: none */
} hz_letter;

/** Letters [first, last) of a line, without the blanks it was broken at. */
typedef struct {
    size_t first, last;
    double x, y;                /* of its start, in points from the text's own x and y */
    double width;
} hz_line;

/** A text set in type.  Start as { 0 }, use again as often as you like, free at the end. */
typedef struct {
    char *text;                 /* valid UTF-8 without control characters but '\n' */
    hz_letter *letters;
    hz_glyph *glyphs;
    hz_line *lines;
    size_t bytes, letter_count, glyph_count, line_count;
    size_t text_room, letter_room, glyph_room, line_room;
    int missing;                /* characters no face has */
} hz_setting;

struct hz_fonts {
    FT_Library library;
    hz_face *faces;             /* of the chosen family, then of the reserve */
    size_t chosen, count;
    hb_buffer_t *buffer;        /* scratch */
    bool failed;                /* a text could not be measured for want of memory */
    hz_setting setting;         /* scratch of measuring and drawing */
};

/** The nearest face of the chosen family, or of the reserve. */
const hz_face *hz_fonts_face(const hz_fonts *fonts, bool reserve, int weight, bool italic);

/**
 * Set a text: mend what is no UTF-8, choose faces, shape, break into lines, align.
 * No letters, and success, for a text or size that leaves nothing to draw.
 */
hz_status hz_fonts_set(hz_fonts *fonts, const char *text, const hz_type_style *style,
                       hz_error *err);
void hz_setting_free(hz_setting *setting);

#endif
