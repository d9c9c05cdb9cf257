/* Remembers which files a run reads, so that none of its outputs takes the place of one. */
#include <sys/stat.h>

#include "hotzone/mem.h"
#include "run/project.h"

hz_status project_note_read(project *p, const char *path, hz_error *err)
{
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return HZ_OK;
    if (p->read_count == p->read_room) {
        size_t room = p->read_room ? 2 * p->read_room : 16;
        struct read_file *more = hz_mem_resize(p->reads, room, sizeof *more);
        if (!more)
            return hz_mem_fail(err, path);
        p->reads = more;
        p->read_room = room;
    }
    p->reads[p->read_count++] = (struct read_file){ info.st_dev, info.st_ino };
    return HZ_OK;
}

bool project_has_read(const project *p, const struct stat *file)
{
    for (size_t k = 0; k < p->read_count; k++)
        if (p->reads[k].device == file->st_dev && p->reads[k].node == file->st_ino)
            return true;
    return false;
}

hz_status project_spare_reads(const project *p, const char *directory, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->output_count; i++) {
        hz_text path = { 0 };
        struct stat info;
        hz_text_addf(&path, "%s/%s", directory, p->outputs[i]);
        bool there = !path.failed && stat(path.data, &info) == 0;
        if (path.failed)
            st = hz_mem_fail(err, directory);
        else if (there && project_has_read(p, &info))
            st = hz_fail(err, HZ_EUSAGE, "%s: the project reads this file and would write over "
                         "it, expected another directory", path.data);
        hz_text_free(&path);
    }
    return st;
}
