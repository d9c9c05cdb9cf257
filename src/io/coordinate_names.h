/* The names by which tables usually call their coordinates, shared by CSV and GDAL tables. */
#ifndef IO_COORDINATE_NAMES_H
#define IO_COORDINATE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Find the pair of coordinate columns among the names of a table: `lon`/`lat` and the like
 * before `x`/`y` and the like, since degrees also say their reference system.  Case does not
 * count (Æ Ø Å too), and blank, dot and hyphen are as underscore.  Only pairs of one style are
 * taken: `lon` with `y` is none.
 *
 * @param names    n column names, UTF-8; none may be NULL
 * @param x,y      get the columns' numbers
 * @param degrees  gets true for longitude and latitude; may be NULL
 * @return false if there is no such pair; the outputs are then untouched
 */
bool hz_coordinate_names(const char *const *names, size_t n, int *x, int *y, bool *degrees);

#endif
