/* Frontiers and proposals in words and as JSON. */
#ifndef HOTZONE_PROPOSAL_NOTE_H
#define HOTZONE_PROPOSAL_NOTE_H

#include <stdbool.h>

#include "hotzone/evidence.h"
#include "hotzone/layer.h"
#include "hotzone/proposing.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What is told of a proposal besides its figures. */
typedef struct {
    const hz_proposal_streets *streets; /* its border; NULL: not asked for */
    bool made_up;           /* the data are synthetic */
} hz_proposal_facts;

/**
 * Add two to four sentences about a proposal: what it is, what it holds of the later period, how far
 * from the bound it is, and how it compares with the zone given.  The word "better" ("bedre") stands
 * there only for the verdict HZ_BETTER.
 */
HZ_API void hz_proposal_statement(const hz_evidence *evidence, const hz_proposing *proposing,
                                  bool made_up, hz_language language, hz_text *out);

/** Add what is said of its border: the list, how much of it follows no named street, and whether the
 *  list builds the proposal again; or why there is no list. */
HZ_API void hz_proposal_border(const hz_proposal_streets *streets, hz_language language, hz_text *out);

/** Add a proposal as one JSON object with sorted keys: docs/reference/tables.md lists them. */
HZ_API hz_status hz_proposal_json(const hz_evidence *evidence, const hz_proposing *proposing,
                                  const hz_proposal_facts *facts, hz_text *out, hz_error *err);

/** Add a frontier at its budget, if there is one, and beside the zone given, likewise. */
HZ_API hz_status hz_frontier_json(const hz_evidence *evidence, bool made_up, hz_text *out,
                                  hz_error *err);

/**
 * The curve as a table, a row for each step from 0 on: docs/reference/tables.md.  Capture has Wilson
 * limits out of sample, where events are not weighted.  Free with hz_layer_free.
 */
HZ_API hz_status hz_frontier_table(const hz_evidence *evidence, bool made_up, hz_layer **out,
                                   hz_error *err);
/** Its columns, in order. */
HZ_API const char *const *hz_frontier_columns(bool made_up, size_t *n);

#ifdef __cplusplus
}
#endif
#endif
