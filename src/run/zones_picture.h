/* One picture of a project's zones on its way to its files. */
#ifndef RUN_ZONES_PICTURE_H
#define RUN_ZONES_PICTURE_H

#include "hotzone/sheet_zones.h"
#include "run/zones.h"

/** In place of the number of a card: all zones compared; the proposal beside the zone given. */
#define ZONES_ALL ((size_t)-1)
#define ZONES_PROPOSAL ((size_t)-2)

typedef struct {
    size_t zones, size, language; /* of the recipe's lists */
    size_t card;
    hz_language l;
    char name[RECIPE_NAME + 80];
    hz_look look;
    hz_caption_zones facts;
    hz_text quantity, reference, alt, caption, method, made_up, label, statement, below;
    hz_layer *events, *one;       /* points to draw; the zones of a card or proposal */
    hz_scene *scene;
    hz_sheet_facts sheet;
} picture;

/** HZ_EMEMORY if any of its texts is not whole. */
hz_status zones_check_texts(const picture *s, hz_error *err);
/** What its map draws. */
hz_sheet_ground zones_ground(const project *p, const picture *s);

/** Method, alternative text and captions of the picture of a proposal.  (zones_draw_proposal.c) */
void zones_say_proposal(const project *p, picture *s);
/** The events that a proposal is judged by, to be drawn where they lie. */
hz_status zones_take_judges(const project *p, picture *s, hz_error *err);
hz_status zones_draw_proposal(const project *p, picture *s, const hz_sheet_words *text,
                              hz_fonts *fonts, const hz_notice *notice, hz_error *err);

#endif
