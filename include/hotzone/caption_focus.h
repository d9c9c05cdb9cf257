/* What the data say of a focus, in sentences and as JSON. */
#ifndef HOTZONE_CAPTION_FOCUS_H
#define HOTZONE_CAPTION_FOCUS_H

#include "hotzone/focus.h"
#include "hotzone/residents.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What the sentences are about; texts lent. */
typedef struct {
    const hz_focus *focus;
    const hz_focus_opts *opts;   /* NULL: the defaults */
    const char *name;            /* of the focus: "Indre Nørrebro, Ydre Nørrebro" */
    const char *events, *event;  /* what is counted: "shootings", "shooting"; NULL: events */
    const char *made_up;         /* NULL, or what the sentence opens with for made-up data */
    const hz_residents *residents; /* registered people, or NULL */
    const hz_layer *later;       /* broadening judged by later events, or NULL */
    const char *ranked, *scored; /* periods of it */
    const char *const *notes;    /* said of the data in the JSON; or NULL */
    size_t note_count;
} hz_caption_focus;

/** Add two to five sentences: the share outside with its interval, what residents alone would put
 *  there, what stands out, the verdict with its rule and figures, and how firm it is. */
HZ_API void hz_caption_focus_statement(const hz_caption_focus *facts, hz_language language,
                                       hz_text *out);
/** The rule that gave the verdict, with its limits, one sentence. */
HZ_API void hz_caption_focus_rule(const hz_caption_focus *facts, hz_language language,
                                  hz_text *out);
/** Add everything as JSON: docs/reference/tables.md lists the keys. */
HZ_API hz_status hz_caption_focus_json(const hz_caption_focus *facts, hz_text *out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
