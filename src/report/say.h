/* Words and numbers that captions are put together from, in two languages. */
#ifndef REPORT_SAY_H
#define REPORT_SAY_H

#include <stddef.h>

#include "hotzone/text.h"

#define HZ_SAY_NBSP "\u00a0"

/** Start a sentence: one blank after what is already there on the line. */
void hz_say_begin(hz_text *out);
void hz_say_number(hz_text *out, hz_language language, double value, int decimals);
/** A number; "under 0,1" if it is over 0 but would be written as 0. */
void hz_say_above_zero(hz_text *out, hz_language language, double value, int decimals);
/** A p-value: three decimals, "under 0,001" below, for no p is 0. */
void hz_say_p(hz_text *out, hz_language language, double p);
/** "30 %", "30%"; share 0..1. */
void hz_say_share(hz_text *out, hz_language language, double share, int decimals);
void hz_say_count(hz_text *out, hz_language language, size_t n);
/** "two" .. "ten", then digits. */
void hz_say_count_word(hz_text *out, hz_language language, size_t n);
/** "51,3–56,2"; "−1,2 til 5,0"; "51,3 og derover" without an upper end; "under 0,1" if both ends round to 0;
 *  with more decimals if the ends would be written alike without being so. */
void hz_say_interval(hz_text *out, hz_language language, double low, double high, int decimals);
/** An upper limit: at least the smallest number that can be written, unless it is 0. */
void hz_say_at_most(hz_text *out, hz_language language, double value, int decimals);
/** "; " between items that may hold commas themselves. */
void hz_say_apart(hz_text *out, size_t i);
/** ", " between items, "og"/"and" before the last; i of n. */
void hz_say_joint(hz_text *out, hz_language language, size_t i, size_t n);

#endif
