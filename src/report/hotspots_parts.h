/* Sentences about hotspots that several texts share. */
#ifndef REPORT_HOTSPOTS_PARTS_H
#define REPORT_HOTSPOTS_PARTS_H

#include "hotzone/caption_hotspots.h"

/** "celler på 200 m", "bydele". */
void hotspots_say_units(const hz_caption_hotspots *f, hz_text *out);
/** That so few events say little of places not marked; nothing where they are many. */
void hotspots_say_few(const hz_caption_hotspots *f, hz_text *out);

#endif
