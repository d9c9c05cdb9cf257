/* What the sentences about a focus share. */
#ifndef REPORT_FOCUS_SAY_H
#define REPORT_FOCUS_SAY_H

#include "hotzone/caption_focus.h"
#include "report/say.h"

typedef struct {
    const hz_caption_focus *facts;
    const hz_focus *f;
    const hz_focus_opts *o;
    hz_language l;
    hz_text *out;
} focus_teller;

focus_teller focus_tell(const hz_caption_focus *facts, hz_language language, hz_text *out);
const char *focus_pick(const focus_teller *t, const char *english, const char *danish);
void focus_add(const focus_teller *t, const char *english, const char *danish);
/** "28.6–61.7%"; shares 0..1; more decimals where both would be written alike. */
void focus_say_interval(const focus_teller *t, double low, double high);
/** What was asked for, written whole: "0.025" with 3 decimals or as many more as it has. */
void focus_say_given(const focus_teller *t, double value, int decimals);
/** The same of a share: "25%", "99.9%". */
void focus_say_given_share(const focus_teller *t, double share);
/** "38 shootings". */
void focus_say_events(const focus_teller *t, double n);
/** "shootings". */
const char *focus_noun(const focus_teller *t);
/** "p = 0.041", "p < 0.001". */
void focus_say_p(const focus_teller *t, double p);
/** "The number in areas outside the focus (X), or inside it, is hidden, and so is the share." */
void focus_say_share_hidden(const focus_teller *t);
/** The verdict and why, one sentence. */
void focus_say_verdict(const focus_teller *t);

/** What areas are broadened by: 'r' residents, 'k' km2, 'a' areas, one each. */
char focus_budget(const hz_focus *focus);
/** Why the figure `key` of the JSON is null; static.  (focus_why.c) */
const char *focus_why(const hz_caption_focus *facts, const char *key);

#endif
