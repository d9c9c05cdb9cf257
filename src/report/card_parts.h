/* What a card's JSON and its page say alike. */
#ifndef REPORT_CARD_PARTS_H
#define REPORT_CARD_PARTS_H

#include <jansson.h>

#include "hotzone/caption_zone.h"

/** "residents" or "km2": what rates are per. */
static inline const char *hz_card_rate_base(const hz_card_note *note)
{
    return note->residents ? "residents" : "km2";
}

/** One zone's card as JSON; NULL without memory. */
json_t *hz_card_object(const hz_card *card, const hz_card_note *note);
/** A figure as the page has it, with its interval: "12.9% (11.7%–14.3%)"; false if it is not known
 *  or the page does not have it. */
bool hz_card_value(const hz_card_column *c, int figure, hz_language language, char *buf, size_t size);
/** "p = 0.003", "p < 0.00001". */
void hz_card_say_p(hz_text *out, hz_language language, double p);
/** A field of CSV, in quotes where it needs them. */
void hz_card_csv_field(hz_text *out, const char *text);
/** A text, and blanks until it is so many letters wide. */
void hz_card_pad(hz_text *out, const char *text, size_t wide);

#endif
