/* Finds what an earlier run left in the output directory that the one under way does not make. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/hash.h"
#include "hotzone/mem.h"
#include "run/project.h"

enum { NAME_MOST = 300 }; /* a room, and a name of 255 bytes */

/* Files that stay, told by their number and one name. */
typedef struct {
    size_t count;
    char first[NAME_MOST];
} stay;

typedef struct {
    project *p;
    const char *directory;
    hz_manifest_facts earlier;
    stay changed, read, strange;
} search;

/* The first in order of bytes: directories list theirs in no order. */
static void add(stay *to, const char *path)
{
    if (!to->count++ || strcmp(path, to->first) < 0)
        snprintf(to->first, sizeof to->first, "%s", path);
}

static void tell(const search *s, const stay *of, const char *what, const char *why)
{
    bool one = of->count == 1;
    if (of->count)
        hz_warn(s->p->notice, "%s: %zu file%s %s %s, %s%s%s", s->directory, of->count,
                one ? "" : "s", what, one ? "stays" : "stay", one ? "" : "such as ", of->first, why);
}

static bool is_output(const project *p, const char *path)
{
    for (size_t i = 0; i < p->output_count; i++)
        if (strcmp(p->outputs[i], path) == 0)
            return true;
    return false;
}

static bool is_listed(const search *s, const char *path)
{
    for (size_t i = 0; i < s->earlier.output_count; i++)
        if (strcmp(s->earlier.outputs[i].path, path) == 0)
            return true;
    return false;
}

/* "DIRECTORY/relative", and whether a plain file is there. */
static hz_status look_at(const search *s, const char *relative, hz_text *path, struct stat *info,
                         bool *there, hz_error *err)
{
    hz_text_addf(path, "%s/%s", s->directory, relative);
    if (path->failed)
        return hz_mem_fail(err, s->directory);
    *there = lstat(path->data, info) == 0 && S_ISREG(info->st_mode);
    return HZ_OK;
}

/* One file that the earlier manifest lists: removed only as it was written then. */
static hz_status judge(search *s, const hz_manifest_file *file, hz_error *err)
{
    hz_text path = { 0 };
    struct stat info;
    bool there = false;
    char hex[65];
    hz_error why;
    hz_status st = look_at(s, file->path, &path, &info, &there, err);

    if (there && project_has_read(s->p, &info)) {
        add(&s->read, file->path);
    } else if (there && (!file->sha256 || hz_hash_file(path.data, hex, &why) ||
                         strcmp(hex, file->sha256) != 0)) {
        add(&s->changed, file->path);
    } else if (there) {
        char *taken = hz_text_take(&path);
        if (taken)
            s->p->old[s->p->old_count++] = taken;
        else
            st = hz_mem_fail(err, s->directory);
    }
    hz_text_free(&path);
    return st;
}

static hz_status judge_all(search *s, hz_error *err)
{
    hz_status st = HZ_OK;
    s->p->old = hz_mem_new(s->earlier.output_count, sizeof *s->p->old);
    if (!s->p->old)
        return hz_mem_fail(err, s->directory);
    for (size_t i = 0; !st && i < s->earlier.output_count; i++)
        if (!is_output(s->p, s->earlier.outputs[i].path))
            st = judge(s, &s->earlier.outputs[i], err);
    return st;
}

/* Does a run write such names beside its directories?  What else lies there is nobody's business. */
static bool is_of_top(const char *name)
{
    return strncmp(name, "report.", 7) == 0 || strcmp(name, "release.csv") == 0 ||
           strcmp(name, "layers.gpkg") == 0;
}

/* What is of no run where runs write. */
static hz_status look_around(search *s, const char *room, hz_error *err)
{
    hz_text path = { 0 };
    hz_status st = HZ_OK;
    hz_text_addf(&path, "%s/%s", s->directory, room);
    DIR *dir = path.failed ? NULL : opendir(path.data);
    for (struct dirent *entry; !st && dir && (entry = readdir(dir));) {
        char relative[NAME_MOST];
        hz_text full = { 0 };
        struct stat info;
        bool there = false, top = !*room;
        if (*entry->d_name == '.' || (top && !is_of_top(entry->d_name)))
            continue;
        snprintf(relative, sizeof relative, "%s%s%s", room, top ? "" : "/", entry->d_name);
        st = look_at(s, relative, &full, &info, &there, err);
        if (there && !is_output(s->p, relative) && !is_listed(s, relative))
            add(&s->strange, relative);
        hz_text_free(&full);
    }
    if (dir)
        closedir(dir);
    if (path.failed)
        st = hz_mem_fail(err, s->directory);
    hz_text_free(&path);
    return st;
}

/* Without a manifest nothing is known of who wrote a file. */
static hz_status read_earlier(search *s, hz_error *err)
{
    hz_text path = { 0 };
    struct stat info;
    bool there = false;
    hz_error why;
    hz_status st = look_at(s, "manifest.json", &path, &info, &there, err);
    if (!st && there) {
        st = hz_manifest_read(path.data, &s->earlier, &why);
        if (st && st != HZ_EMEMORY)
            hz_warn(s->p->notice, "%s; so what an earlier run left beside it stays", why.text);
        st = st == HZ_EMEMORY ? hz_mem_fail(err, path.data) : HZ_OK;
    }
    hz_text_free(&path);
    return st;
}

hz_status project_find_old(project *p, const char *directory, hz_error *err)
{
    static const char *const rooms[] = { "", "maps", "charts", "tables", "snippets" };
    search s = { .p = p, .directory = directory };
    hz_status st = read_earlier(&s, err);

    if (!st && s.earlier.tree)
        st = judge_all(&s, err);
    for (size_t i = 0; !st && i < sizeof rooms / sizeof *rooms; i++)
        st = look_around(&s, rooms[i], err);
    if (!st) {
        tell(&s, &s.changed, "of an earlier run, changed since,", "");
        tell(&s, &s.read, "of an earlier run, read by this one,", "");
        tell(&s, &s.strange, "that no run lists", ": made by hand, or left by one that was cut short");
    }
    if (s.earlier.tree)
        hz_manifest_facts_free(&s.earlier);
    return st;
}
