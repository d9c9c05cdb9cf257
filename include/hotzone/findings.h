/* Audits for people and programs: sentences, one page of text, JSON, a section of a report. */
#ifndef HOTZONE_FINDINGS_H
#define HOTZONE_FINDINGS_H

#include "hotzone/html.h"
#include "hotzone/quality.h"
#include "hotzone/status.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Add one finding as a sentence.  When memory runs out out->failed is set. */
HZ_API void hz_finding_sentence(const hz_finding *finding, hz_language language, hz_text *out);
/** Add "nothing wrong", "2 warnings", "1 fault that makes results wrong, 2 warnings". */
HZ_API void hz_findings_verdict(const hz_quality *const *audits, size_t n, hz_language language,
                                hz_text *out);
/**
 * Add a page of at most 60 lines of up to 100 characters: the verdict, then each source with its
 * findings, the worst first, and the stacked coordinates.  What does not fit is left out from the
 * end of each source, stacks and notes before warnings, and a last line says so.
 */
HZ_API void hz_findings_text(const hz_quality *const *audits, size_t n, hz_language language,
                             hz_text *out);
/** Add the same as JSON, with everything: docs/reference/check.md lists the keys. */
HZ_API hz_status hz_findings_json(const hz_quality *const *audits, size_t n, hz_text *out,
                                  hz_error *err);
/** Add to a page: the verdict, and a list of the faults and warnings of each source.  No
 *  coordinates and no row numbers: those are for the analyst. */
HZ_API hz_status hz_findings_html(const hz_quality *const *audits, size_t n,
                                  hz_language language, hz_html *page, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
