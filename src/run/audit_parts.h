/* Audits of a project that is already read, for its report. */
#ifndef RUN_AUDIT_PARTS_H
#define RUN_AUDIT_PARTS_H

#include "hotzone/audit.h"
#include "run/recipe.h"

/** Audit every source of a recipe; each is read anew, as what a run works on is mended already. */
hz_status audit_recipe(const recipe *r, hz_audit *out, const hz_notice *notice, hz_error *err);
/** Take an audit over; *quality is then NULL, also on failure. */
hz_status audit_take(hz_audit *to, hz_quality **quality, hz_error *err);
/** Is a failure to read one that the audit is to report rather than to die of? */
bool audit_is_finding(hz_status st);

#endif
