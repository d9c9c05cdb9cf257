/* Moves what a run has made into place once it is whole, and removes what an earlier run left. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "run/project.h"

/* May a file of this name be written, and its directory be made?  Cuts the name off the path. */
static hz_status check_target(char *path, hz_error *err)
{
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        return hz_fail(err, HZ_EIO, "%s: is %s, expected a file to write", path,
                       S_ISDIR(info.st_mode) ? "a directory" : "a pipe or device");
    *strrchr(path, '/') = '\0';
    if (stat(path, &info) == 0 && !S_ISDIR(info.st_mode))
        return hz_fail(err, HZ_EIO, "%s: is no directory, expected one to write into", path);
    return HZ_OK;
}

/* From where and to where each output goes. */
typedef struct {
    char *from, *to;
} move;

static hz_status plan_moves(const project *p, const char *directory, move *moves, hz_error *err)
{
    for (size_t i = 0; i < p->output_count; i++) {
        hz_text from = { 0 }, to = { 0 };
        hz_text_addf(&from, "%s/%s", p->staging, p->outputs[i]);
        hz_text_addf(&to, "%s/%s", directory, p->outputs[i]);
        moves[i] = (move){ hz_text_take(&from), hz_text_take(&to) };
        if (!moves[i].from || !moves[i].to)
            return hz_mem_fail(err, directory);
    }
    return HZ_OK;
}

/* Nothing is moved unless all of it can be: an old file is never left beside new ones. */
static hz_status make_ready(const project *p, const move *moves, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < 2 * p->output_count; i++) { /* look at all, then make */
        char *to = moves[i % p->output_count].to, *slash = strrchr(to, '/');
        st = check_target(to, err);
        if (!st && i >= p->output_count)
            st = hz_file_make_dir(to, err);
        *slash = '/';
    }
    return st;
}

/* A directory that is empty now is removed too. */
static hz_status remove_old(const project *p, hz_error *err)
{
    for (size_t i = 0; i < p->old_count; i++) {
        char *path = p->old[i], *slash = strrchr(path, '/');
        if (unlink(path) != 0 && errno != ENOENT)
            return hz_fail(err, HZ_EIO, "%s: of an earlier run, cannot be removed: %s; the new files "
                           "are in place, but for their manifest", path, strerror(errno));
        *slash = '\0';
        rmdir(path); /* it stays where anything is in it */
        *slash = '/';
    }
    return HZ_OK;
}

static hz_status move_one(const project *p, const move *m, size_t before, hz_error *err)
{
    if (rename(m->from, m->to) == 0)
        return HZ_OK;
    return hz_fail(err, HZ_EIO, "%s: cannot be written: %s; %zu of %zu new files are in place "
                   "already, the others are the old ones", m->to, strerror(errno), before,
                   p->output_count);
}

/* The manifest was noted last and is moved last: until then the old one tells that its outputs
 * are no longer those it was made with, and lists what is still to be removed.  From the first
 * directory on no memory is needed. */
hz_status project_move(const project *p, const char *directory, hz_error *err)
{
    size_t n = p->output_count;
    move *moves = hz_mem_new(n, sizeof *moves);
    hz_status st = moves ? plan_moves(p, directory, moves, err) : hz_mem_fail(err, directory);
    if (!st)
        st = project_spare_reads(p, directory, err);
    if (!st)
        st = make_ready(p, moves, err);
    for (size_t i = 0; !st && i + 1 < n; i++)
        st = move_one(p, &moves[i], i, err);
    if (!st)
        st = remove_old(p, err);
    if (!st)
        st = move_one(p, &moves[n - 1], n - 1, err);
    for (size_t i = 0; moves && i < n; i++) {
        hz_mem_free(moves[i].from);
        hz_mem_free(moves[i].to);
    }
    hz_mem_free(moves);
    return st;
}
