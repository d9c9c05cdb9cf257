/* No output may be the file of an input or of another output: the later one would take its place. */
#include <string.h>
#include <sys/stat.h>

#include "cli/opt.h"
#include "hotzone/mem.h"

/* Files that are read though the help calls them FILE, every other FILE being written; and words
 * that may name a file: --focus areas.gpkg, --neighbours gal:FILE. */
static bool is_input(const opt *o)
{
    static const char *const read[] = { "style", "key", "recipe", "focus", "neighbours",
                                        "previous" };
    for (size_t i = 0; i < sizeof read / sizeof *read; i++)
        if (strcmp(o->name, read[i]) == 0)
            return true;
    return strcmp(o->value, "SRC") == 0 || o->kind == OPT_OPERAND;
}

static bool is_output(const opt *o)
{
    return o->kind == OPT_TEXT && strcmp(o->value, "FILE") == 0 && !is_input(o);
}

/* The k-th word that an option was given, NULL after the last. */
static const char *word(const opt *o, const void *args, size_t k)
{
    const char *at = (const char *)args + o->offset;
    if (o->kind == OPT_LIST) {
        const opt_list *list = (const void *)at;
        return k < list->count ? list->item[k] : NULL;
    }
    return k == 0 && (o->kind == OPT_TEXT || o->kind == OPT_OPERAND) ? *(const char *const *)at
                                                                     : NULL;
}

/* A plain file, or the name for one in a directory that is there. */
typedef struct {
    dev_t device;
    ino_t node;       /* of the file, or of its directory */
    const char *name; /* in that directory; NULL: the file is there */
} identity;

/* False for what is no plain file: a device, a service, a directory, a name in none. */
static bool identify(const char *path, identity *out)
{
    struct stat info;
    const char *slash = strrchr(path, '/');
    char *directory = slash ? hz_mem_text_n(path, (size_t)(slash - path) + 1) : NULL;
    bool there = stat(path, &info) == 0, known;
    if (there)
        known = S_ISREG(info.st_mode);
    else
        known = (!slash || directory) && stat(slash ? directory : ".", &info) == 0;
    hz_mem_free(directory);
    if (known)
        *out = (identity){ info.st_dev, info.st_ino, there ? NULL : slash ? slash + 1 : path };
    return known;
}

static bool same_file(const identity *a, const char *path)
{
    identity b;
    if (!identify(path, &b) || a->device != b.device || a->node != b.node)
        return false;
    return a->name && b.name ? strcmp(a->name, b.name) == 0 : !a->name && !b.name;
}

/* A source may say more after its path, roads.gpkg|layer=streets, and neighbours before it. */
static hz_status same_source(const identity *a, const char *source, bool *same, hz_error *err)
{
    if (strncmp(source, "gal:", 4) == 0 || strncmp(source, "gwt:", 4) == 0)
        source += 4;
    char *path = hz_mem_text_n(source, strcspn(source, "|"));
    if (!path)
        return hz_mem_fail(err, "files");
    *same = same_file(a, path);
    hz_mem_free(path);
    return HZ_OK;
}

static hz_status check(const command *cmd, const void *args, const opt *out, const char *path,
                       const identity *at, hz_error *err)
{
    for (const opt *o = cmd->options; o->name; o++) {
        bool same = false;
        if (!o->value || o == out || !(is_input(o) || (is_output(o) && o < out)))
            continue;
        for (size_t k = 0; word(o, args, k); k++) {
            hz_status st = same_source(at, word(o, args, k), &same, err);
            if (st)
                return st;
            if (same)
                return hz_fail(err, HZ_EUSAGE, "--%s: '%s' is also %s by %s%s, expected a file of "
                               "its own", out->name, path, is_input(o) ? "read" : "written",
                               o->kind == OPT_OPERAND ? "" : "--",
                               o->kind == OPT_OPERAND ? o->value : o->name);
        }
    }
    return HZ_OK;
}

hz_status opt_files(const command *cmd, const void *args, hz_error *err)
{
    hz_status st = HZ_OK;
    for (const opt *o = cmd->options; !st && o->name; o++) {
        const char *path = o->value && is_output(o) ? word(o, args, 0) : NULL;
        identity at;
        if (path && identify(path, &at))
            st = check(cmd, args, o, path, &at, err);
    }
    return st;
}
