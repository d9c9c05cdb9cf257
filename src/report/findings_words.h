/* Words that a finding's sentence and the page around it share. */
#ifndef REPORT_FINDINGS_WORDS_H
#define REPORT_FINDINGS_WORDS_H

#include "hotzone/text.h"

/** "7.5%", "100%", "under 0.1%": a share that is not nothing is not written as nothing. */
void hz_findings_share(hz_text *out, hz_language language, double share);

#endif
