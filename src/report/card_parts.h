/* What a card's JSON and its page say alike. */
#ifndef REPORT_CARD_PARTS_H
#define REPORT_CARD_PARTS_H

#include "hotzone/caption_zone.h"

/** "residents" or "km2": what rates are per. */
static inline const char *hz_card_rate_base(const hz_card_note *note)
{
    return note->residents ? "residents" : "km2";
}

#endif
