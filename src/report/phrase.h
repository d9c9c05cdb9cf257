/* Phrases about one table of rates that several captions share. */
#ifndef REPORT_PHRASE_H
#define REPORT_PHRASE_H

#include "report/tally.h"

/** The text of the facts' language. */
const char *hz_pick(const hz_caption_facts *facts, const char *english, const char *danish);
const char *hz_phrase_name(const hz_caption_facts *facts, size_t row);
/** "53,7". */
void hz_phrase_rate(const hz_caption_facts *facts, hz_text *out, double rate);
/** "95 %", "97,5 %". */
void hz_phrase_level(const hz_caption_facts *facts, hz_text *out);
/** " (95 %-konfidensinterval 51,3–56,2)", or " (51,3–56,2)" once the reader knows. */
void hz_phrase_interval(const hz_caption_facts *facts, hz_text *out, double low, double high,
                        int decimals, bool first);
/** "anmeldelser pr. 1.000 indbyggere" with " pr. år" where the period is not one year. */
void hz_phrase_quantity(const hz_caption_facts *facts, double years, hz_text *out);
/** "pr. 1.000 indbyggere". */
void hz_phrase_unit(const hz_caption_facts *facts, double years, hz_text *out);
/** "4 anmeldelser", "1 anmeldelse", "ingen anmeldelser". */
void hz_phrase_events(const hz_caption_facts *facts, hz_text *out, double events);
/** "11 områder", "1 område". */
void hz_phrase_areas(const hz_caption_facts *facts, hz_text *out, size_t n);
/** " i København", or nothing without a place. */
void hz_phrase_place(const hz_caption_facts *facts, hz_text *out);
/** Areas [from, from + n) of the ranking: "A, B og C", or "14 områder" where they are many. */
void hz_phrase_ranked(const hz_caption_facts *facts, const hz_tally *tally, size_t from, size_t n,
                      hz_text *out);
/** Is there a value of two areas or more together? */
bool hz_phrase_has_overall(const hz_tally *tally);
/** "de to områder med tal har tilsammen 45,9", with or without the interval, no full stop. */
void hz_phrase_overall(const hz_caption_facts *facts, const hz_tally *tally, bool interval,
                       hz_text *out);
/** Does the overall value speak for the whole place? */
bool hz_phrase_is_whole(const hz_tally *tally);

#endif
