/* Where the files lie that a manifest names. */
#ifndef RUN_VERIFY_FIND_H
#define RUN_VERIFY_FIND_H

#include <stdbool.h>

#include "hotzone/status.h"

/** Is it there, and neither a directory nor a pipe? */
bool verify_is_file(const char *path);
/** The recipe: as given, else as the manifest names it, here or from the manifest's directory
 *  upwards.  @param out free with hz_mem_free  @return HZ_EIO, HZ_EMEMORY */
hz_status verify_find_recipe(const char *manifest, const char *named, const char *given,
                             char **out, hz_error *err);
/** An input, "areas.gpkg|layer=a": beside the recipe; or, since of an absolute path a manifest has
 *  the last part only, where the recipe says.  It may not be there.  @return HZ_EMEMORY */
hz_status verify_find_input(const char *recipe, const char *shown, char **out, hz_error *err);

#endif
