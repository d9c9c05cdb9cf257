/* What the files of the SVG writer share.  Private to src/map. */
#ifndef MAP_INK_SVG_H
#define MAP_INK_SVG_H

#include "map/fonts.h"
#include "map/ink_walk.h"

/** A shape of one letter that the file holds. */
typedef struct {
    const hz_face *face;
    unsigned long id;
    bool empty;             /* a blank: nothing to draw */
} hz_svg_glyph;

/** The letters a file has used so far, each once.  Start as { 0 }; free with hz_svg_letters_free. */
typedef struct {
    hz_svg_glyph *glyphs;
    size_t count, room;
    hz_text shapes;         /* for <defs> */
    size_t texts;           /* runs with an id of their own */
} hz_svg_letters;
void hz_svg_letters_free(hz_svg_letters *letters);

/** At most so many decimals, without zeros at the end, "0.5" as ".5". */
void hz_svg_add_number(hz_text *out, double value, int decimals);
/** The attribute of that name: fill="#1a1a1a". */
void hz_svg_add_colour(hz_text *out, const char *name, hz_colour colour);

/**
 * Add the letters of a setting from a point in millimetres: the halo as a line under them, then
 * the text itself.
 *
 * @return HZ_EMEMORY
 */
hz_status hz_svg_text(hz_svg_letters *letters, const hz_setting *set, double x, double y,
                      const hz_type_style *style, hz_text *out, hz_error *err);

/** Add a path or circle that the clips let show; `id` is its own in the file. */
void hz_svg_path(const hz_ink_clips *clips, const hz_scene_mark *m, size_t id, hz_text *out);

#endif
