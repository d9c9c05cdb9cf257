/* Finds where the files lie that a manifest names. */
#include "run/verify_find.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "hotzone/doc.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "run/recipe_paths.h"

bool verify_is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* "dir of manifest" + up times "../" + the recipe's path. */
static char *look_above(const char *manifest, const char *recipe, int up)
{
    hz_text path = { 0 };
    for (int i = 0; i < up; i++)
        hz_text_add(&path, "../");
    hz_text_add(&path, recipe);
    char *full = path.failed ? NULL : hz_file_beside(manifest, hz_text_get(&path));
    hz_text_free(&path);
    return full;
}

hz_status verify_find_recipe(const char *manifest, const char *named, const char *given,
                             char **out, hz_error *err)
{
    enum { UP_MOST = 16 };
    if (given && !verify_is_file(given))
        return hz_fail(err, HZ_EIO, "--recipe: %s is %s, expected a project file", given,
                       hz_file_exists(given) ? "no file" : "not there");
    if (given || verify_is_file(named)) {
        *out = hz_mem_text(given ? given : named);
        return *out ? HZ_OK : hz_mem_fail(err, "verify");
    }
    for (int up = 0; up < UP_MOST; up++) {
        char *full = look_above(manifest, named, up);
        if (!full)
            return hz_mem_fail(err, "verify");
        if (verify_is_file(full)) {
            *out = full;
            return HZ_OK;
        }
        hz_mem_free(full);
    }
    return hz_fail(err, HZ_EIO, "%s: its recipe %s is not here, expected --recipe FILE", manifest,
                   named);
}

/* Is `shown` the last part of an absolute path, or of a Shapefile's, whose parts have other endings? */
static bool is_last_part(const char *path, const void *last)
{
    static const char *const parts[] = { "dbf", "shx", "prj", "cpg" };
    const char *shown = last;
    size_t n = strcspn(path, "|"), m = strlen(shown);
    if (*path != '/' || n <= m || path[n - m - 1] != '/')
        return false;
    if (strncmp(path + n - m, shown, m) == 0)
        return true;
    if (m < 4 || strncasecmp(path + n - 4, ".shp", 4) != 0 ||
        strncmp(path + n - m, shown, m - 3) != 0)
        return false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strncasecmp(shown + m - 3, parts[i], 3) == 0)
            return true;
    return false;
}

static bool is_beside(const char *path, const void *shown)
{
    size_t m = strlen(shown);
    return strncmp(path, shown, m) == 0 && (!path[m] || path[m] == '|');
}

/* The place of `name` beside the absolute path that ends so; NULL if the recipe has none, or has the
 * name by itself.  Of a recipe that cannot be read the run will complain. */
static char *find_absolute(const char *recipe, const char *name)
{
    hz_doc *doc = NULL;
    hz_error why;
    hz_text text = { 0 };
    if (strchr(name, '/') || hz_doc_read(recipe, &doc, &why))
        return NULL;
    const hz_node *root = hz_doc_root(doc);
    const char *path = recipe_find_path(root, is_beside, name)
                           ? NULL : recipe_find_path(root, is_last_part, name);
    if (path) {
        const char *end = path + strcspn(path, "|");
        while (end[-1] != '/')
            end--;
        hz_text_add_n(&text, path, (size_t)(end - path));
        hz_text_add(&text, name);
    }
    hz_doc_free(doc);
    return path ? hz_text_take(&text) : NULL;
}

/* What stands after a bar chooses among a source's features: the file stands before it. */
hz_status verify_find_input(const char *recipe, const char *shown, char **out, hz_error *err)
{
    char *name = hz_mem_text_n(shown, strcspn(shown, "|"));
    char *full = name ? find_absolute(recipe, name) : NULL;

    if (name && !full)
        full = hz_file_beside(recipe, name);
    hz_mem_free(name);
    *out = full;
    return full ? HZ_OK : hz_mem_fail(err, "verify");
}
