/* Finds a family's font files by name, without the machine's font configuration. */
#include "map/font_files.h"

#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"

/* Where Debian puts fonts. */
static const char *const homes[] = { "/usr/share/fonts/truetype", "/usr/share/fonts/opentype" };
enum { HOMES = sizeof homes / sizeof *homes };

/* `faces`: what follows the family in the file names of the package, NULL: all that is there.
 * Families split over packages are kept to the first, or pages would differ by machine. */
static const struct {
    const char *family, *package, *faces;
} known[] = {
    { "Noto Sans", "fonts-noto-core", " -Regular -Italic -Bold -BoldItalic " },
    { "DejaVu Sans", "fonts-dejavu-core", "  -Bold " },
    { "Cantarell", "fonts-cantarell", NULL },
    { "Inter", "fonts-inter", NULL },
    { "Lato", "fonts-lato", NULL },
    { "Liberation Sans", "fonts-liberation2", NULL },
    { "Open Sans", "fonts-open-sans", NULL },
    { "Roboto", "fonts-roboto-unhinted", NULL },
};
enum { KNOWN = sizeof known / sizeof *known };

static size_t find_known(const char *family)
{
    size_t i = 0;
    while (i < KNOWN && strcasecmp(known[i].family, family) != 0)
        i++;
    return i;
}

void hz_font_files_free(hz_font_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        hz_mem_free(files->path[i]);
    hz_mem_free(files->path);
    *files = (hz_font_files){ 0 };
}

/* Takes the path over, in any case. */
static hz_status list_take(hz_font_files *list, char *path, hz_error *err)
{
    if (path && list->count == list->room) {
        size_t room = list->room ? 2 * list->room : 64;
        char **grown = hz_mem_resize(list->path, room, sizeof *grown);
        if (grown) {
            list->path = grown;
            list->room = room;
        }
    }
    if (!path || list->count == list->room) {
        hz_mem_free(path);
        return hz_mem_fail(err, "fonts");
    }
    list->path[list->count++] = path;
    return HZ_OK;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_font_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && (strcasecmp(dot, ".ttf") == 0 || strcasecmp(dot, ".otf") == 0);
}

/* Every font file below a directory; one that cannot be opened has none. */
static hz_status list_fonts(hz_font_files *list, const char *directory, int depth, hz_error *err)
{
    hz_status st = HZ_OK;
    DIR *dir = opendir(directory);
    if (!dir)
        return HZ_OK;
    const struct dirent *entry;
    while (!st && (entry = readdir(dir))) {
        hz_text text = { 0 };
        struct stat info;
        if (*entry->d_name == '.')
            continue;
        hz_text_addf(&text, "%s/%s", directory, entry->d_name);
        char *path = hz_text_take(&text);
        if (path && stat(path, &info) == 0 && S_ISDIR(info.st_mode) && depth > 0)
            st = list_fonts(list, path, depth - 1, err);
        else if (!path || is_font_name(entry->d_name)) {
            st = list_take(list, path, err);
            path = NULL;
        }
        hz_mem_free(path);
    }
    closedir(dir);
    return st;
}

/* "NotoSans-Bold.ttf" is "Noto Sans" and leaves "-Bold.ttf"; NULL if the name is another. */
static const char *after_family(const char *path, const char *family)
{
    const char *name = strrchr(path, '/') + 1;
    for (; *family; family++) {
        if (*family == ' ')
            continue;
        if (tolower((unsigned char)*name) != tolower((unsigned char)*family))
            return NULL;
        name++;
    }
    return strchr("-.[_", *name) ? name : NULL;
}

static bool is_face_wanted(const char *rest, const char *faces)
{
    char word[64];
    size_t n = strcspn(rest, ".");
    if (!faces)
        return true;
    if (n + 3 > sizeof word)
        return false;
    word[0] = ' ';
    memcpy(word + 1, rest, n);
    memcpy(word + 1 + n, " ", 2);
    return strstr(faces, word);
}

/* A look into the file itself: one that is no font is of no family, and one that does not give
 * its own name is what it is called. */
static hz_status check_family(FT_Library library, const char *path, const char *family,
                              bool called, bool *is, hz_error *err)
{
    FT_Face face;
    FT_Error bad = FT_New_Face(library, path, 0, &face);
    *is = false;
    if (bad == FT_Err_Out_Of_Memory)
        return hz_mem_fail(err, path);
    if (!bad) {
        *is = face->family_name ? strcasecmp(face->family_name, family) == 0 : called;
        FT_Done_Face(face);
    }
    return HZ_OK;
}

/* Add a directory's files of the family; by file name first, since that spares opening them. */
static hz_status add_from(FT_Library library, const char *directory, const char *family,
                          const char *faces, hz_font_files *files, hz_error *err)
{
    hz_font_files list = { 0 };
    hz_status st = list_fonts(&list, directory, 5, err);
    size_t before = files->count;
    if (!st && list.count)
        qsort(list.path, list.count, sizeof *list.path, by_name);
    for (int by_content = 0; by_content < 2 && files->count == before; by_content++) {
        for (size_t i = 0; !st && i < list.count; i++) {
            const char *rest = after_family(list.path[i], family);
            bool is;
            if (!by_content && (!rest || !is_face_wanted(rest, faces)))
                continue;
            st = check_family(library, list.path[i], family, !by_content, &is, err);
            if (st || !is)
                continue;
            st = list_take(files, list.path[i], err);
            list.path[i] = NULL;
        }
    }
    hz_font_files_free(&list);
    return st;
}

hz_status hz_font_files_find(FT_Library library, const char *family, const char *directory,
                             hz_font_files *files, hz_error *err)
{
    size_t kin = find_known(family), before = files->count;
    const char *faces = kin < KNOWN ? known[kin].faces : NULL;
    hz_status st = HZ_OK;

    if (directory)
        st = add_from(library, directory, family, faces, files, err);
    for (size_t i = 0; !st && files->count == before && i < HOMES; i++)
        st = add_from(library, homes[i], family, faces, files, err);
    if (st || files->count > before)
        return st;
    if (kin < KNOWN)
        return hz_fail(err, HZ_EIO, "font '%s': not found, expected in %s: install the package %s",
                       family, directory ? directory : homes[0], known[kin].package);
    return hz_fail(err, HZ_EIO, "font '%s': not found, expected in %s or %s",
                   family, directory ? directory : homes[0], homes[directory ? 0 : 1]);
}
