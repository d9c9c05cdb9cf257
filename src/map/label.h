/* Finds room for labels on a map: what is taken, and where a block of lines still fits. */
#ifndef HOTZONE_MAP_LABEL_H
#define HOTZONE_MAP_LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/index.h"
#include "map/sheet_parts.h"

#define HZ_LABEL_LINES 4
#define HZ_LABEL_PLACES 576    /* outside an area: 48 directions, 12 distances */
#define HZ_LABEL_CLEAR_MM 0.5  /* from a letter to any line or other label */

typedef struct {
    double x0, y0, x1, y1;
} hz_label_box;

/* A label of centred lines. */
typedef struct {
    size_t lines;
    char text[HZ_LABEL_LINES][96];
    double width[HZ_LABEL_LINES];  /* mm */
    int weight[HZ_LABEL_LINES];
    double size_pt;
} hz_label_block;

/* Where it went: the centre of the block, and the line to what it names if it stands apart. */
typedef struct {
    double x, y;
    double cost;               /* less is better; compares places of forms of one label */
    bool leader;
    double from_x, from_y, to_x, to_y; /* from the area to the label */
} hz_label_spot;

/* Box of one line of a block whose centre is at x, y; *baseline may be NULL. */
hz_label_box hz_label_line_box(const hz_label_block *block, size_t line, double x, double y,
                               double *baseline);

/* What labels keep clear of.  Adding never fails at the call; check at the end. */
typedef struct hz_label_field hz_label_field;
hz_status hz_label_field_new(hz_rect frame, hz_label_field **out, hz_error *err);
void hz_label_field_free(hz_label_field *field);
/* Lines of the given width (mm). */
void hz_label_field_add_shapes(hz_label_field *field, const hz_shapes *shapes, double width);
void hz_label_field_add_box(hz_label_field *field, hz_label_box box);
/* Take the room of a placed label and its leader. */
void hz_label_field_take(hz_label_field *field, const hz_label_block *block,
                         const hz_label_spot *spot);
/* What is taken now, to be given back to later. */
typedef struct {
    size_t links, segments, boxes, leaders;
} hz_label_mark;
hz_label_mark hz_label_field_mark(const hz_label_field *field);
void hz_label_field_return(hz_label_field *field, hz_label_mark mark);
hz_status hz_label_field_check(const hz_label_field *field, hz_error *err);

/* label_ground.c: which area and which zones lie where, on a fine grid over the frame: what is asked
 * thousands of times needs no exact answer. */
typedef struct hz_label_ground hz_label_ground;
hz_status hz_label_ground_new(hz_rect frame, const hz_shapes *areas, const hz_shapes *zones,
                              hz_label_ground **out, hz_error *err);
void hz_label_ground_free(hz_label_ground *ground);
/* The area at a point, or HZ_NOWHERE, as it is where `ground` is NULL. */
int32_t hz_label_land(const hz_label_ground *ground, double x, double y);
/* The zones at a point, a bit each (zone 64 has the bit of zone 0 again). */
uint64_t hz_label_zones(const hz_label_ground *ground, double x, double y);
/* Is there land all around?  A label there looks like the name of the gap. */
bool hz_label_enclosed(const hz_label_ground *ground, double x, double y);

/* What a label names: a feature, and the point in it that its leader aims at. */
typedef struct {
    const hz_shapes *shapes;
    size_t feature;
    double x, y;
    uint64_t zones;            /* those that hold the point: its leader may cross them */
    bool far;                  /* its leader may be longer, and cross five areas of others instead
                                  of three */
} hz_label_target;
/* Aim at the pole of inaccessibility; false if the feature has no area on the map. */
bool hz_label_aim(const hz_shapes *shapes, size_t feature, hz_label_target *out);
/* Aim at a point on the map, if the pole lies beyond its frame; false if nothing of the feature is
 * on it. */
bool hz_label_keep_in(hz_label_target *target, hz_rect frame);
/* Aim out of the zones, whose own figure a value at a leader's end would seem to be; in an area that
 * zones cover wholly, at what the fewest of them cover. */
void hz_label_keep_out(hz_label_target *target, const hz_shapes *zones,
                       const hz_label_ground *ground);

/* Within the target: at its point, else at an inner place near it with room round the label.
 * Places whose middle lies on `avoid` (may be NULL) are none. */
bool hz_label_inside(const hz_label_field *field, const hz_label_target *target,
                     const hz_label_ground *avoid, const hz_label_block *block,
                     hz_label_spot *spot);

/* Places outside all areas (ground NULL: anywhere outside the target), with a leader that crosses no
 * label, at most three (or five) areas that are not its own, and other zones only for want of anything else.
 * The cheapest first; returns how many there are.  They are clear of what is taken
 * now: hz_label_still_free tells of what was taken since. */
size_t hz_label_places(const hz_label_field *field, const hz_label_target *target,
                       const hz_label_ground *ground, const hz_label_block *block,
                       hz_label_spot places[HZ_LABEL_PLACES]);
bool hz_label_still_free(const hz_label_field *field, const hz_label_block *block,
                         const hz_label_spot *place);
/* Let the leader of a place that is taken start no deeper in its area than needed. */
void hz_label_settle(const hz_label_target *target, const hz_label_ground *ground,
                     hz_label_spot *spot);
/* The cheapest of these places, settled. */
bool hz_label_outside(const hz_label_field *field, const hz_label_target *target,
                      const hz_label_ground *ground, const hz_label_block *block,
                      hz_label_spot *spot);

/* label_text.c: how labels are set */
typedef struct {
    const char *role;
    hz_colour ink, halo;
    double halo_pt;
    bool masked;               /* by patches of the fill: scraps of hatch between letters would
                                  read as apostrophes and commas */
    hz_colour fill;
} hz_label_voice;
/* Ink and halo on a fill.  The halo has the fill's own tone, moved away from the ink as far as
 * legibility asks where a middle tone contrasts with neither black nor white. */
hz_label_voice hz_label_voice_on(const char *role, hz_colour fill, bool hatched);
/* Add a line of a block, or a name on `lines` lines (1 to 3), broken at blanks and after hyphens
 * where the longest line is shortest; false if it has too few breaks. */
void hz_label_add_line(hz_sheet *s, hz_label_block *block, const char *text, size_t n, int weight);
bool hz_label_add_name(hz_sheet *s, hz_label_block *block, const char *name, int lines,
                       int weight);
void hz_label_draw(hz_sheet *s, const hz_label_block *block, const hz_label_spot *spot,
                   hz_label_voice voice);

#endif
