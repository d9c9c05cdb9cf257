/* Looks through the paths that a project file names. */
#include "run/recipe_paths.h"

#include <string.h>
#include <sys/stat.h>

#include "hotzone/audit.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"

/* Neighbours are named gal:FILE. */
static const char *path_of(const char *text)
{
    bool links = strncmp(text, "gal:", 4) == 0 || strncmp(text, "gwt:", 4) == 0;
    return links ? text + 4 : text;
}

const char *recipe_find_path(const hz_node *node, path_fits_fn *fits, const void *user)
{
    const char *found = NULL;
    if (!node)
        return NULL;
    if (hz_node_type(node) == HZ_NODE_SCALAR) {
        const char *path = path_of(hz_node_text(node));
        return fits(path, user) ? path : NULL;
    }
    for (size_t i = 0; i < hz_node_count(node) && !found; i++)
        found = recipe_find_path(hz_node_item(node, i), fits, user);
    return found;
}

typedef struct {
    const char *recipe;
    struct stat wanted;
} same;

static bool is_same(const char *path, const void *user)
{
    const same *s = user;
    char *name = hz_mem_text_n(path, strcspn(path, "|"));
    char *full = name && *name ? hz_file_beside(s->recipe, name) : NULL;
    struct stat info;
    bool found = full && stat(full, &info) == 0 && info.st_dev == s->wanted.st_dev &&
                 info.st_ino == s->wanted.st_ino;
    hz_mem_free(full);
    hz_mem_free(name);
    return found;
}

hz_status hz_audit_names(const char *recipe, const char *path, bool *named, hz_error *err)
{
    same s = { .recipe = recipe };
    hz_doc *doc = NULL;
    *named = false;
    if (stat(path, &s.wanted) != 0 || !S_ISREG(s.wanted.st_mode))
        return HZ_OK;
    hz_status st = hz_doc_read(recipe, &doc, err);
    if (!st)
        *named = recipe_find_path(hz_doc_root(doc), is_same, &s) != NULL;
    hz_doc_free(doc);
    return st;
}
