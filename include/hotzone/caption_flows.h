/* What flows between areas say, in sentences and as JSON. */
#ifndef HOTZONE_CAPTION_FLOWS_H
#define HOTZONE_CAPTION_FLOWS_H

#include "hotzone/flows.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What the sentences are about; texts lent. */
typedef struct {
    const hz_flows *flows;
    double below, round;         /* the rule by which figures are hidden or rounded */
    double level;                /* of intervals */
    const char *events[2], *event[2]; /* by hz_language: "shootings", "shooting"; NULL: events */
    const char *period[2];       /* "2017"; NULL: none is named */
    bool made_up;                /* the data are made up: the sentences say so */
} hz_caption_flows;

/** Add two to five sentences: how many homes are known, the share that stays, how people of the
 *  focus and events in it go together, and how far it is. */
HZ_API void hz_caption_flows_statement(const hz_caption_flows *facts, hz_language language,
                                       hz_text *out);
/** For a report's top: how many events, the share that stays, and how people of the focus and events
 *  in it go together. */
HZ_API void hz_caption_flows_short(const hz_caption_flows *facts, hz_language language,
                                   hz_text *out);
/** What is hidden or rounded, and how the limits are made. */
HZ_API void hz_caption_flows_method(const hz_caption_flows *facts, hz_language language,
                                    hz_text *out);
/** When not to trust this. */
HZ_API void hz_caption_flows_doubt(const hz_caption_flows *facts, hz_language language,
                                   hz_text *out);
/** "towns", "elsewhere", "unknown" and "all" in words; other names as they are.  Lent. */
HZ_API const char *hz_caption_flows_place(const char *id, const char *name, hz_language language);

/** Add everything as JSON: docs/reference/tables.md lists the keys. */
HZ_API hz_status hz_caption_flows_json(const hz_caption_flows *facts, hz_text *out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
