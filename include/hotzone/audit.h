/* Audits sources by name, and every source of a project. */
#ifndef HOTZONE_AUDIT_H
#define HOTZONE_AUDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/date.h"
#include "hotzone/match.h"
#include "hotzone/notice.h"
#include "hotzone/quality.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One audit for each source; free with hz_audit_clear. */
typedef struct {
    hz_quality **of;
    size_t n, room;
} hz_audit;

/** What to audit.  Everything is lent; zeroed members mean "none" or "by the usual rule". */
typedef struct {
    const char *source;          /* points are events, polygons areas, a table figures */
    const char *areas;           /* to hold events and keys against; audited too */
    const char *population;      /* whose keys are held against the areas; audited too */
    const char *x, *y, *crs;     /* how to read the source; crs serves the others as well */
    const char *id, *name;       /* columns of the areas */
    bool overlap;                /* the areas are meant to overlap */
    hz_quality_events_opts events; /* `areas` is set from above; start from its defaults */
    hz_match_opts figures;       /* columns of the population, or of a table that is the source */
} hz_audit_input;

/**
 * Read and audit a source and those beside it.  A source that can be opened but not read is a fault
 * of its audit, not of the call.
 *
 * @return HZ_EUSAGE for a column that is not there, or one named for what the source is not;
 *         HZ_EFORMAT for a source of lines, or areas without polygons beside events; HZ_EIO if there
 *         is no such source, HZ_EMEMORY
 */
HZ_API hz_status hz_audit_sources(const hz_audit_input *input, hz_audit *out,
                                  const hz_notice *notice, hz_error *err);

/** Read a project file and audit every source in it as its analyses use it; a source that cannot be
 *  read is a fault of its audit.  @return HZ_EFORMAT with every fault of the file, HZ_EMEMORY */
HZ_API hz_status hz_audit_project(const char *recipe, hz_audit *out, const hz_notice *notice,
                                  hz_error *err);
/** Does a project file name this file, as a source, a style or whatever else?  Whoever writes to it
 *  would destroy what the audit is of.  @return HZ_EIO, HZ_EFORMAT if the project file cannot be
 *  read, HZ_EMEMORY */
HZ_API hz_status hz_audit_names(const char *recipe, const char *path, bool *named, hz_error *err);
HZ_API void hz_audit_clear(hz_audit *audit);
HZ_API size_t hz_audit_count(const hz_audit *audit, hz_severity severity);

#ifdef __cplusplus
}
#endif
#endif
