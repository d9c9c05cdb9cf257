/* Sentences about one rate in several panels, by period or by kind, in Danish and English. */
#ifndef HOTZONE_CAPTION_PERIODS_H
#define HOTZONE_CAPTION_PERIODS_H

#include "hotzone/caption.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What the sentences are made from; lent. */
typedef struct {
    const hz_caption_facts *panel;   /* n of them; the first one's words serve for all */
    const char *const *title;        /* of each: "Januar–marts 2017" */
    size_t n;
    bool by_kind;                    /* else the panels are periods */
    const char *period;              /* of kinds; may be NULL */
    const hz_breaks *breaks;         /* the common classes; NULL or 0 classes: none */
} hz_caption_panels;

/* As in caption.h: plain text is added to `out`, out->failed tells of memory. */

/** A legend's title: "Anmeldelser pr. 1.000 indbyggere pr. år". */
HZ_API void hz_caption_panels_quantity(const hz_caption_panels *f, hz_text *out);
/** Alternative text: what the panels are, classes, of each the common value and the highest, and how
 *  many figures are unstable, hidden or missing. */
HZ_API void hz_caption_panels_alt(const hz_caption_panels *f, hz_text *out);
/** The paragraph below: each panel's common value with its interval, and that a change of colour
 *  alone is none beyond chance. */
HZ_API void hz_caption_panels_figure(const hz_caption_panels *f, hz_text *out);

#ifdef __cplusplus
}
#endif
#endif
