/* Fonts, text measures, and a scene played to PDF, SVG or PNG. */
#ifndef HOTZONE_INK_H
#define HOTZONE_INK_H

#include "hotzone/scene.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A private font configuration: the same glyphs whatever the machine's own settings. */
typedef struct hz_fonts hz_fonts;

/**
 * Load the fonts that sheets are set in.
 *
 * @param family     NULL: Noto Sans.  DejaVu Sans stands in for characters it lacks.
 * @param directory  searched first, with what is below it; NULL: only where Debian puts fonts.
 *                   Of Noto Sans and DejaVu Sans only the faces of fonts-noto-core and
 *                   fonts-dejavu-core are taken, so that a fuller machine sets the same type:
 *                   semi-bold Noto Sans is its bold.
 * @return HZ_EIO if a family is not there; the sentence names the Debian package that has it
 */
HZ_API hz_status hz_fonts_new(const char *family, const char *directory, hz_fonts **out,
                              hz_error *err);
HZ_API void hz_fonts_free(hz_fonts *fonts);

/**
 * Extents in millimetres of a text as hz_scene_text would set it.  Width and heights say what
 * room to leave and depend on the letters only through width and lines; left to bottom say where
 * the ink itself falls.
 */
typedef struct {
    double width;          /* of the longest line, without the halo */
    double height;         /* of the whole, wrapped block: ascent + line steps + descent */
    double ascent;         /* the first baseline below the top: the ring of an A-ring fits */
    double descent;        /* below the last baseline: the tail of a g fits */
    size_t lines;          /* 0 for no text */
    int missing;           /* characters no font has */
    double left, top, right, bottom; /* of the ink with its halo, from the given x and y; y down */
} hz_text_size;

/**
 * Measure a text by the layout that ink draws.  One thread at a time per hz_fonts, whose scratch
 * it uses.  All zero for no text, and without memory: hz_fonts_check tells.
 */
HZ_API hz_text_size hz_fonts_measure(hz_fonts *fonts, const char *text,
                                     const hz_type_style *style);

/** HZ_EMEMORY if a measure since the last check was lost. */
HZ_API hz_status hz_fonts_check(hz_fonts *fonts, hz_error *err);

/** The map frame's place on earth, for world files. */
typedef struct {
    double x_mm, y_mm, w_mm, h_mm;        /* the frame on the page */
    double east, north;                    /* of its top left corner */
    double m_per_mm;
    const char *crs_wkt;
} hz_ink_frame;

typedef struct {
    double dpi;                /* PNG; 0: 300 */
    const hz_ink_frame *frame; /* PNG: also write .pgw and .png.aux.xml; NULL: no */
} hz_ink_opts;

/**
 * Play a scene to a file, by way of a draft.  The format is the path's extension: .png (resolution
 * chunk, sRGB, title and description as iTXt), .pdf (vector, fonts embedded, searchable text,
 * tagged Document/Figure, language, alternative text, fixed dates), .svg (title, desc,
 * role="img", size in mm).  The same scene gives the same bytes.  Paths are drawn through points
 * rounded to 0.02 mm, which drops vertices closer than that and keeps shared borders shared.
 *
 * @param opts  NULL: 300 dpi, no world file
 * @return what hz_scene_check says of the scene; HZ_EUSAGE for another extension, or a dpi that
 *         makes more pixels than a picture may have; HZ_EIO if it cannot be written (an older
 *         file then stays as it was); HZ_EMEMORY
 */
HZ_API hz_status hz_ink_write(const hz_scene *scene, hz_fonts *fonts, const char *path,
                              const hz_ink_opts *opts, hz_error *err);

/** The version of cairo in use, such as "3.6.2"; static. */
HZ_API const char *hz_ink_version(void);

#ifdef __cplusplus
}
#endif
#endif
