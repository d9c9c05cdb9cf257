/* Where data came from, written without what would tell of a machine or a login. */
#ifndef REPORT_ORIGIN_H
#define REPORT_ORIGIN_H

#include <stdbool.h>

#include "hotzone/text.h"

/** Does a path start at a root, a home or a drive? */
bool hz_origin_is_absolute(const char *path);
/** A source as it may be published: no directory of this machine, no login, no query. */
void hz_origin_add(hz_text *out, const char *path);

#endif
