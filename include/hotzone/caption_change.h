/* Sentences about a table of change or of survey shares, in Danish and English. */
#ifndef HOTZONE_CAPTION_CHANGE_H
#define HOTZONE_CAPTION_CHANGE_H

#include "hotzone/change.h"
#include "hotzone/layer.h"
#include "hotzone/survey.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What the sentences are made from; everything is lent. */
typedef struct {
    hz_language language;
    const hz_layer *table;         /* after hz_changing_make */
    const hz_change_found *found;
    const char *noun, *base;       /* "anmeldelser", "indbyggere" */
    const char *before, *after;    /* the periods, for people */
    const char *assumed;           /* as the recipe has it: "3%"; NULL: nothing is assumed */
    double per, level;
} hz_caption_change;

/** "Anmeldelser pr. 1.000 indbyggere, 2016 og 2017": a table's caption. */
HZ_API void hz_caption_change_title(const hz_caption_change *facts, hz_text *out);

/**
 * What the comparison shows: the areas tested one by one where they are few, how many differ by
 * more than chance at the false discovery rate, which tests rest on an assumed population, and
 * how many areas have no test.  Never "rose" or "fell" for what chance explains.
 */
HZ_API void hz_caption_change_findings(const hz_caption_change *facts, hz_text *out);

/** For a report's top: the title, the areas tested one by one where they are at most three, and
 *  the verdict. */
HZ_API void hz_caption_change_short(const hz_caption_change *facts, hz_text *out);

/** When not to trust a change, and a survey's. */
HZ_API void hz_caption_change_doubt(const hz_caption_change *facts, hz_text *out);
HZ_API void hz_caption_survey_doubt(hz_language language, hz_text *out);

/** The first row that has a share in both years, with its difference and, where there is one, its
 *  interval; nothing without any. */
HZ_API void hz_caption_survey_first(hz_language language, const hz_layer *table, int before,
                                    int after, hz_text *out);

/** What a comparison of survey shares shows, and that none is tested without sample sizes. */
HZ_API void hz_caption_survey_findings(hz_language language, const hz_layer *table,
                                       const hz_survey_found *found, int before, int after,
                                       hz_text *out);

#ifdef __cplusplus
}
#endif
#endif
