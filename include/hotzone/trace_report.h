/* What a trace of a street list says, as JSON and as a table. */
#ifndef HOTZONE_TRACE_REPORT_H
#define HOTZONE_TRACE_REPORT_H

#include "hotzone/text.h"
#include "hotzone/trace.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A trace and the zone it is of. */
typedef struct {
    const char *zone;     /* name or id; NULL: none */
    const char *boundary; /* the text */
    const hz_trace *trace;
} hz_traced;

/**
 * One trace as a JSON object, or, with `list`, n of them as {"zones": [...]}.  Keys and units:
 * docs/reference/tables.md.  What does not exist is null.
 * @param crs  code of the system that coordinates are in
 */
HZ_API hz_status hz_trace_json(const hz_traced *traced, size_t n, bool list, const char *crs,
                               hz_text *out, hz_error *err);
/** One line for each item as CSV, with a header; the first column is the zone where `list`. */
HZ_API hz_status hz_trace_csv(const hz_traced *traced, size_t n, bool list, hz_text *out,
                              hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
