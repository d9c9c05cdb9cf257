/* What the readers of a style document share. */
#ifndef HOTZONE_MAP_LOOK_PARTS_H
#define HOTZONE_MAP_LOOK_PARTS_H

#include "hotzone/look.h"

#define HZ_COUNT(array) (sizeof(array) / sizeof *(array))

/* One section being read. */
typedef struct {
    hz_look *look;
    const hz_node *map;
    hz_faults *faults;
    bool no_memory;
} hz_look_reader;

/* The section under a key, checked for unknown keys; false if there is none. */
bool hz_look_enter(hz_look_reader *r, const hz_node *root, const char *name,
                   const char *const *keys, size_t n);
/* The line of a key's value, or of the section without it. */
size_t hz_look_line(const hz_look_reader *r, const char *key);
/* A fault in a key's value. */
void hz_look_fault(hz_look_reader *r, const char *key, const char *format, ...) HZ_PRINTF(3, 4);
/* A number with a floor of the map guide: below it the old value stays. */
double hz_look_floored(hz_look_reader *r, const char *key, double now, double least, double most,
                       const char *what);

/* look_colours.c: the sections `colour` and `classes`, and the gate over both.  What fails the gate
 * goes back to `old`. */
void hz_look_read_colours(hz_look_reader *r, const hz_node *root);
void hz_look_read_classes(hz_look_reader *r, const hz_node *root);
void hz_look_check_colours(hz_look_reader *r, const hz_node *root, const hz_look *old);

#endif
