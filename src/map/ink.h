/* One player for all formats, and the three writers.  Private to src/map. */
#ifndef MAP_INK_H
#define MAP_INK_H

#include <cairo.h>

#include "hotzone/ink.h"
#include "map/fonts.h"

#define HZ_MAKER "hotzone " HZ_VERSION /* what files say they were made by */

/**
 * Draw all marks in millimetres, the surface's own unit being unit_mm.
 *
 * @param outline  draw letters as shapes: exact places on a grid of pixels, where cairo would
 *                 put each at the nearest whole pixel
 * @return HZ_EMEMORY; HZ_EIO with cairo's own words for what cairo refuses
 */
hz_status hz_ink_play(const hz_scene *scene, hz_fonts *fonts, cairo_t *cr, double unit_mm,
                      bool outline, hz_error *err);

/** Draw the letters of fonts->setting from a point, in millimetres. */
hz_status hz_ink_letters(const hz_setting *set, cairo_t *cr, double x, double y,
                         const hz_type_style *style, bool outline, hz_error *err);

/** cairo's failure as ours; HZ_OK for its success. */
hz_status hz_ink_status(cairo_status_t status, hz_error *err);

/** A cairo_write_func_t that adds to an hz_text. */
cairo_status_t hz_ink_collect(void *text, const unsigned char *data, unsigned int n);

/* Each gives the whole file as bytes in `out`, which starts as { 0 }; path is for messages. */
hz_status hz_ink_png(const hz_scene *scene, hz_fonts *fonts, const char *path, double dpi,
                     hz_text *out, hz_error *err);
hz_status hz_ink_pdf(const hz_scene *scene, hz_fonts *fonts, const char *path, hz_text *out,
                     hz_error *err);
hz_status hz_ink_svg(const hz_scene *scene, hz_fonts *fonts, const char *path, hz_text *out,
                     hz_error *err);

/** Write the world file and the .aux.xml that tell a GIS where a PNG's pixels lie. */
hz_status hz_ink_place(const char *path, double dpi, const hz_ink_frame *frame, hz_error *err);

/** Add a text with &, <, > and quotes escaped, for XML. */
void hz_ink_add_xml(hz_text *out, const char *text);

#endif
