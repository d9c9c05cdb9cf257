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

/** "2017-06-14 12:00", always with the time of day: an end at midnight is not the day's.  Returns buf
 *  of 40. */
char *hz_card_time(char *buf, size_t size, hz_time when);
/** One zone's card as JSON; NULL without memory. */
json_t *hz_card_object(const hz_card *card, const hz_card_note *note);
/** A figure as the page has it, with its interval: "12.9% (11.7%–14.3%)"; false if it is not known
 *  or the page does not have it. */
bool hz_card_value(const hz_card_column *c, int figure, hz_language language, char *buf, size_t size);
/** Decimals of a ratio and the interval in the two figures after it, all written alike: two where
 *  its lower end is under 2, so that 0.96 and 1.09 are told apart, else one, from 20 none. */
int hz_card_ratio_decimals(const hz_card_column *c, int figure);
/** Of a share and its limits: so many that half the interval's width is seen, 1 to 3. */
int hz_card_share_decimals(double low, double high);
/** Of a share that has none. */
static inline int hz_card_plain_decimals(double share)
{
    return share > 0 && share < 0.0005 ? 3 : 1;
}
/** "NAME", or "the zone NAME" where the note asks for it; `start`: of a sentence. */
void hz_card_say_name(hz_text *out, const hz_card_note *note, hz_language language, bool start);
/** "14" or "13.9": so many days. */
void hz_card_say_days(hz_text *out, hz_language language, double days);
/** "p = 0.003", "p < 0.00001". */
void hz_card_say_p(hz_text *out, hz_language language, double p);
/** Letters of a text, not bytes. */
size_t hz_card_letters(const char *text);
/** A text, and blanks until it is so many letters wide. */
void hz_card_pad(hz_text *out, const char *text, size_t wide);

#endif
