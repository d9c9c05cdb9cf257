/* Which font files a family consists of.  Private to src/map. */
#ifndef MAP_FONT_FILES_H
#define MAP_FONT_FILES_H

#include <stddef.h>

#include <ft2build.h>
#include FT_FREETYPE_H

#include "hotzone/status.h"

/** Start as { 0 }; free with hz_font_files_free. */
typedef struct {
    char **path;
    size_t count, room;
} hz_font_files;

/**
 * Add the paths of a family's files, in order of their names.
 *
 * @param directory  searched first, may be NULL
 * @return HZ_EIO if the family is nowhere: its Debian package is named; HZ_EMEMORY
 */
hz_status hz_font_files_find(FT_Library library, const char *family, const char *directory,
                             hz_font_files *files, hz_error *err);
void hz_font_files_free(hz_font_files *files);

#endif
