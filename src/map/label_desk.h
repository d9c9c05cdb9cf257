/* What the two halves of labelling a sheet share: what labels say, and the turns they take. */
#ifndef HOTZONE_MAP_LABEL_DESK_H
#define HOTZONE_MAP_LABEL_DESK_H

#include "map/label.h"

/* A label that has its place. */
typedef struct {
    hz_label_block block;
    hz_label_spot spot;
    hz_label_voice voice;
} hz_placed;

/* How much a label matters: what a reader looks for first keeps its place longest. */
typedef enum {
    HZ_TIER_LOW = 0,         /* zero, or no figure */
    HZ_TIER_PLAIN,
    HZ_TIER_DIFFERENT,       /* its interval excludes the city's value */
    HZ_TIER_EXTREME,         /* among the highest and lowest values */
} hz_tier;

/* An area whose label stands outside, and when it has its turn. */
typedef struct {
    double rank;
    size_t area, places;     /* places: index of its lists, whatever the order */
    hz_tier tier;
    hz_label_target target;
} hz_turn;

/* One way to label the sheet. */
typedef struct {
    hz_placed *labels;
    size_t count;
    hz_turn *turns;
    size_t turn_count;
    int lost[HZ_TIER_EXTREME + 1]; /* of each tier: 1 for a value without room, 2 for a label */
    double loss;             /* of all, a zero's label counting half */
    double cost;             /* of all places outside */
    char dropped[600];
    size_t dropped_count, dropped_values;
} hz_labelling;

/* What all ways share. */
typedef struct {
    hz_sheet *s;
    hz_label_field *field;
    hz_label_ground *ground;
    double highest, lowest;  /* values from or to which an area is among the extremes */
    size_t room;             /* of every labelling */
} hz_desk;

void hz_labelling_keep(hz_desk *d, hz_labelling *l, const hz_label_block *block,
                       const hz_label_spot *spot, hz_label_voice voice);
/* Note a label, or only its value, that found no room. */
void hz_labelling_drop(hz_labelling *l, hz_tier tier, const char *name, bool value_only);

/* label_names.c */
/* The forms of an area's label, the fullest first: name on one, two or three lines with the value
 * below, both on one line, then the name without the value.  False if there is no such form. */
enum { HZ_FORMS_WITH_VALUE = 4, HZ_FORM_ON_ONE_LINE = 3, HZ_FORMS = 7 };
#define HZ_ONE_LINE_COST_MM 8.0 /* outside: for where the figure has no room below the name */
bool hz_label_form(hz_sheet *s, size_t area, int form, hz_label_block *block);
/* Place an area's label within it in one of the forms first .. last-1. */
bool hz_label_area_inside(hz_desk *d, hz_labelling *l, const hz_label_target *target, int first,
                          int last);
void hz_label_neighbours(hz_desk *d, hz_labelling *l);
/* Extremes that need a leader get it before others are placed inside, if they come first. */
void hz_label_fixed(hz_desk *d, hz_labelling *l, bool extremes_first);

/* label_turns.c: all labels at their best places */
hz_status hz_labelling_new(const hz_desk *d, hz_labelling *l, hz_error *err);
void hz_labelling_free(hz_labelling *l);
hz_status hz_labelling_find(hz_desk *d, hz_labelling *best, hz_error *err);

#endif
