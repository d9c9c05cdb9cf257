/* What every kind of ink makes of a mark.  Private to src/map. */
#ifndef MAP_INK_WALK_H
#define MAP_INK_WALK_H

#include "hotzone/scene.h"
#include "map/fonts.h"

/* Vertices lie on a grid of 0.02 mm: half a pixel at 600 dpi. */
#define HZ_INK_PER_MM 50

/** Takes a ring's points one by one, in steps of the grid. */
typedef void (*hz_ink_point_fn)(void *user, long x, long y, bool first);
/** A ring through the grid points nearest to its own, each named once.  The result depends on
 *  where vertices lie and on nothing else, so that a border comes out the same from both sides. */
void hz_ink_walk(size_t n, const double *xy, bool closed, hz_ink_point_fn point, void *user);

typedef struct {
    double x1, y1, x2, y2;
} hz_ink_box;

/** The page, then what each clip leaves of the one before.  Start as { 0 }; free `boxes`. */
typedef struct {
    hz_ink_box *boxes;
    size_t depth, room;
} hz_ink_clips;
hz_status hz_ink_clips_start(hz_ink_clips *clips, const hz_scene *scene, hz_error *err);
hz_status hz_ink_clips_push(hz_ink_clips *clips, const double xywh[4], hz_error *err);
/** May anything of a path be seen?  What a clip would hide only makes files larger. */
bool hz_ink_shows(const hz_ink_clips *clips, const hz_scene_mark *m);

typedef void (*hz_ink_line_fn)(void *user, double x1, double y1, double x2, double y2);
/** Each hatch line across the box of a path, in millimetres; the path itself is the clip. */
void hz_ink_hatch(const hz_ink_clips *clips, const hz_scene_mark *m, hz_ink_line_fn line,
                  void *user);

#endif
