/* A sheet as data: marks in millimetres, in drawing order, before any ink. */
#ifndef HOTZONE_SCENE_H
#define HOTZONE_SCENE_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/palette.h"
#include "hotzone/status.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Page coordinates: millimetres from the top left corner, y down.  Line widths and font sizes
 * are in points (1 pt = 1/72 inch), as printers say them. */

typedef struct hz_scene hz_scene;

/** Which way hatch lines run: up to the right at 45 degrees, down to the right, or both. */
typedef enum { HZ_HATCH_RISING = 0, HZ_HATCH_FALLING, HZ_HATCH_CROSSED } hz_hatch_way;

typedef struct {
    bool fill;
    hz_colour fill_colour;
    double fill_alpha;        /* 0..1; 0 in a zeroed struct means 1 */
    double stroke_pt;         /* 0: no line */
    hz_colour stroke_colour;
    double casing_pt;         /* 0: none; a wider line in casing_colour below the line */
    hz_colour casing_colour;
    double dash_mm[2];        /* on, off; 0: solid */
    bool inside;              /* the line, at its full width, within the shape only */
    double hatch_pt;          /* 0: none; lines over the fill, below the line */
    double hatch_every_mm;    /* across the lines; counted from the page's corner */
    hz_colour hatch_colour;
    hz_hatch_way hatch_way;
} hz_ink_style;

typedef enum { HZ_LEFT = 0, HZ_CENTRE, HZ_RIGHT } hz_align;

typedef struct {
    double size_pt;
    int weight;               /* 400 regular (as is 0), 600 semi-bold; else the nearest there is */
    bool italic;
    hz_colour colour;
    double halo_pt;           /* each side, under the letters; 0: none */
    hz_colour halo_colour;
    hz_align align;           /* x is the left end, centre or right end */
    double width_mm;          /* > 0: wrap at this width; x is then the box's left edge */
    double line_spacing;      /* 0: 1.2 */
} hz_type_style;

/** An empty sheet; HZ_EUSAGE if a side is not over 0 and at most 5080 mm (200 inches). */
HZ_API hz_status hz_scene_new(double width_mm, double height_mm, hz_scene **out,
                              hz_error *err);
HZ_API void hz_scene_free(hz_scene *scene);
HZ_API double hz_scene_width(const hz_scene *scene);
HZ_API double hz_scene_height(const hz_scene *scene);

/* Adding never fails at the call; hz_scene_check tells at the end.  Coordinates, styles and texts
 * are copied.  `role` is a static word, lent for the scene's life, that says what the mark is
 * ("area", "label", "legend", ...): for tests, never data. */

/**
 * Rings or open lines.  Even-odd fill; joins are round, and so are the ends of open lines of more
 * than two points.
 *
 * @param ring_first  rings + 1 offsets into xy, in points
 * @param xy          x, y of each point; a ring may repeat its first point at its end
 */
HZ_API void hz_scene_path(hz_scene *scene, const char *role, size_t rings,
                          const size_t *ring_first, const double *xy, bool closed,
                          const hz_ink_style *style);
HZ_API void hz_scene_rect(hz_scene *scene, const char *role, double x, double y, double w,
                          double h, const hz_ink_style *style);
HZ_API void hz_scene_line(hz_scene *scene, const char *role, double x1, double y1, double x2,
                          double y2, const hz_ink_style *style);
HZ_API void hz_scene_circle(hz_scene *scene, const char *role, double x, double y, double r,
                            const hz_ink_style *style);
/** Words, perhaps in several lines ('\n', or wrapped); y is the baseline of the first.  Bytes that
 *  are no UTF-8 show as U+FFFD. */
HZ_API void hz_scene_text(hz_scene *scene, const char *role, double x, double y,
                          const char *text, const hz_type_style *style);
/** Marks until pop are cut to this rectangle; may nest. */
HZ_API void hz_scene_push_clip(hz_scene *scene, double x, double y, double w, double h);
HZ_API void hz_scene_pop_clip(hz_scene *scene);
/** HZ_EMEMORY if any mark was lost, HZ_EDATA if one had a coordinate that is no finite number,
 *  HZ_EUSAGE if clips do not pair up. */
HZ_API hz_status hz_scene_check(const hz_scene *scene, hz_error *err);

/** The sheet's title, description (alt text), language and so on, for PDF, PNG and SVG. */
typedef struct {
    const char *title, *description, *author, *subject, *keywords;
    hz_language language;
    const char *date; /* YYYY-MM-DD[Thh:mm:ss[Z or +hh:mm]]; NULL: 2000-01-01, never the clock */
} hz_scene_about;
/** Texts are copied, NULL ones left out; HZ_EUSAGE for a date in another form. */
HZ_API hz_status hz_scene_set_about(hz_scene *scene, const hz_scene_about *about,
                                    hz_error *err);
/** Lent until the next set. */
HZ_API const hz_scene_about *hz_scene_get_about(const hz_scene *scene);

/* Reading a scene back: for ink and for tests. */
typedef enum { HZ_MARK_PATH = 0, HZ_MARK_TEXT, HZ_MARK_CLIP, HZ_MARK_UNCLIP } hz_mark_kind;
typedef struct {
    hz_mark_kind kind;
    const char *role;
    bool closed, circle;       /* circle: xy[0], xy[1], xy[2] = x, y, r */
    size_t rings;
    const size_t *ring_first;
    const double *xy;          /* clip: x, y, w, h */
    hz_ink_style ink;
    double x, y;               /* text */
    const char *text;
    hz_type_style type;
} hz_scene_mark;               /* its pointers are lent until the next mark is added */
HZ_API size_t hz_scene_count(const hz_scene *scene);
HZ_API hz_scene_mark hz_scene_get(const hz_scene *scene, size_t i);
/**
 * The page and then one line per mark, numbers to 0.01: what golden tests compare.  Fails as
 * hz_scene_check does.
 */
HZ_API hz_status hz_scene_dump(const hz_scene *scene, hz_text *out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
