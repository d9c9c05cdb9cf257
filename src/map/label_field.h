/* The inside of a label field, for the placer. */
#ifndef HOTZONE_MAP_LABEL_FIELD_H
#define HOTZONE_MAP_LABEL_FIELD_H

#include "map/label.h"

typedef struct {
    double ax, ay, bx, by, half; /* half: half the line's width, mm */
} hz_segment;

typedef struct {
    size_t segment, next, cell;
} hz_link;

struct hz_label_field {
    hz_rect frame;
    size_t nx, ny;
    size_t *head;         /* of each cell's list: a link's number + 1, or 0 */
    hz_link *links;
    size_t link_count, link_room;
    hz_segment *segments;
    size_t segment_count, segment_room;
    hz_label_box *boxes;
    size_t box_count, box_room;
    hz_segment *leaders;
    size_t leader_count, leader_room;
    bool failed;
};

/* Is the box, with this much room around it, within the frame and free of everything? */
bool hz_label_clear(const hz_label_field *field, hz_label_box box, double clearance);
/* Does a leader cross no label and no other leader? */
bool hz_label_leader_clear(const hz_label_field *field, hz_segment leader);

#endif
