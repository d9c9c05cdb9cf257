/* The paths that a project file names, whatever it names them for. */
#ifndef RUN_RECIPE_PATHS_H
#define RUN_RECIPE_PATHS_H

#include <stdbool.h>

#include "hotzone/doc.h"

typedef bool path_fits_fn(const char *path, const void *user);

/** The first text below a node, not the word before a file of neighbours, that fits; what stands
 *  after a bar is still there.  Lent; NULL if none fits, or node is NULL. */
const char *recipe_find_path(const hz_node *node, path_fits_fn *fits, const void *user);

#endif
