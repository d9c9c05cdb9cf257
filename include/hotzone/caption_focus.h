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
    const char *name[2];         /* by hz_language, of the focus: "Indre Nørrebro"; NULL: not named */
    const char *events[2], *event[2]; /* what is counted: "shootings", "shooting"; NULL: events */
    bool made_up;                /* the events are made up: the sentences say so */
    const hz_residents *residents; /* registered people, or NULL */
    bool residents_made_up;
    double below, round;         /* the rule by which residents are hidden or rounded */
    const char *people[2];       /* who they are: "registered members"; NULL: those registered */
    const char *place_in[2];     /* "i København"; NULL: no place is named */
    const char *period[2];       /* "2017"; NULL: none is named */
    const char *areas[2];        /* "bydele"; NULL: areas */
    const hz_layer *later;       /* broadening judged by later events, or NULL */
    const char *crs;             /* that clusters and mean centres are given in: "EPSG:25832", or NULL */
    const char *ranked, *scored; /* periods of it, for the JSON, and for sentences */
    hz_period rank_when, score_when;
    const hz_period *parts;      /* of the shift, one per row of focus->periods; or NULL */
    const char *const *notes;    /* said of the data in the JSON; or NULL */
    size_t note_count;
} hz_caption_focus;

/** Add two to five sentences: the share outside with its interval and what residents alone would put
 *  there; what stands out; registered people or what is hidden; the verdict with the figures that
 *  carried it; and how firm it is. */
HZ_API void hz_caption_focus_statement(const hz_caption_focus *facts, hz_language language,
                                       hz_text *out);
/** The rule that gave the verdict, with its limits, one sentence. */
HZ_API void hz_caption_focus_rule(const hz_caption_focus *facts, hz_language language,
                                  hz_text *out);
/** The share outside with its interval, and the verdict: one sentence. */
HZ_API void hz_caption_focus_short(const hz_caption_focus *facts, hz_language language,
                                   hz_text *out);
/** When not to trust the answer: what these data in particular cannot tell. */
HZ_API void hz_caption_focus_doubt(const hz_caption_focus *facts, hz_language language,
                                   hz_text *out);

/* As in caption_hotspots.h: the title of a picture's axis or legend, its alternative text, the
 * paragraph below it, and its method. */

/** Broadening: the curve of `frontier`, and of `later` if there is one. */
HZ_API void hz_caption_broadening_axis(const hz_caption_focus *facts, hz_language language,
                                       hz_text *out);
HZ_API void hz_caption_broadening_figure(const hz_caption_focus *facts, hz_language language,
                                         hz_text *out);
HZ_API void hz_caption_broadening_method(const hz_caption_focus *facts, hz_language language,
                                         hz_text *out);
/** Shift: the share outside by period; needs periods. */
HZ_API void hz_caption_shift_axis(const hz_caption_focus *facts, hz_language language, hz_text *out);
HZ_API void hz_caption_shift_figure(const hz_caption_focus *facts, hz_language language,
                                    hz_text *out);
HZ_API void hz_caption_shift_method(const hz_caption_focus *facts, hz_language language,
                                    hz_text *out);
/** Registered people per 1,000 residents, of what may be shown. */
HZ_API void hz_caption_residents_axis(const hz_caption_focus *facts, hz_language language,
                                      hz_text *out);
HZ_API void hz_caption_residents_figure(const hz_caption_focus *facts, hz_language language,
                                        hz_text *out);
/** What became of every row of them, hidden where it must be. */
HZ_API void hz_caption_residents_account(const hz_caption_focus *facts, hz_language language,
                                         hz_text *out);
HZ_API void hz_caption_residents_method(const hz_caption_focus *facts, hz_language language,
                                        hz_text *out);

/** Add everything as JSON: docs/reference/tables.md lists the keys. */
HZ_API hz_status hz_caption_focus_json(const hz_caption_focus *facts, hz_text *out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
