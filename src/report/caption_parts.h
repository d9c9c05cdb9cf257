/* Sentences that captions in several files share. */
#ifndef REPORT_CAPTION_PARTS_H
#define REPORT_CAPTION_PARTS_H

#include "report/tally.h"

/** "The residents are those of 2017 and 2019.", unless they are all of the period's year. */
void hz_phrase_residents_years(const hz_caption_facts *facts, const hz_tally *t, hz_text *out);

#endif
