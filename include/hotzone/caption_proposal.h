/* What the sheet of a proposed zone says: its table, captions and alternative text, in two languages. */
#ifndef HOTZONE_CAPTION_PROPOSAL_H
#define HOTZONE_CAPTION_PROPOSAL_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/evidence.h"
#include "hotzone/proposing.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Everything is lent. */
typedef struct {
    hz_language language;
    const char *noun;            /* plural of what is counted: "shootings and stabbings" */
    const char *place_in;        /* "in Copenhagen"; NULL: none */
    const char *like;            /* name of the zone given */
    const hz_evidence *evidence; /* with the zone given */
    const hz_proposing *proposing;
    double unnamed_m;            /* of the proposal's border on no named street; NaN: no list */
    bool drawn;                  /* the border of the zone given is dashed: not wholly known */
    bool made_up;
} hz_caption_proposal;

/** A line of its table: texts of the zone given and of the proposal.  Of a heading both are empty; a
 *  text that is about the two of them is the second alone. */
typedef struct {
    char label[120], first[60], second[60];
} hz_proposal_line;
enum { HZ_PROPOSAL_LINES = 20 };

/** The lines; returns how many. */
HZ_API size_t hz_caption_proposal_lines(const hz_caption_proposal *f,
                                        hz_proposal_line lines[HZ_PROPOSAL_LINES]);
/** What the sheet is about: "The zone Amager, and a proposal of the same size". */
HZ_API void hz_caption_proposal_title(const hz_caption_proposal *f, hz_text *out);
/** Names of the two in the legend. */
HZ_API void hz_caption_proposal_name(const hz_caption_proposal *f, bool proposed, hz_text *out);
/** "Shootings per km² by block, June 2017": heading of the classes. */
HZ_API void hz_caption_proposal_density(const hz_caption_proposal *f, hz_text *out);
/** "Shootings, later: August 2017": what the points on the map are. */
HZ_API void hz_caption_proposal_events(const hz_caption_proposal *f, hz_text *out);
/** How it was drawn and what intervals are, for the foot of the sheet. */
HZ_API void hz_caption_proposal_method(const hz_caption_proposal *f, hz_text *out);
/** Alternative text of the sheet, and its caption. */
HZ_API void hz_caption_proposal_alt(const hz_caption_proposal *f, hz_text *out);
HZ_API void hz_caption_proposal_figure(const hz_caption_proposal *f, hz_text *out);

/** Events per km² of the earlier period in all parcels together. */
HZ_API double hz_caption_proposal_overall(const hz_caption_proposal *f);

#ifdef __cplusplus
}
#endif
#endif
