/* Whole files only: written to a draft, renamed when finished. */
#include "hotzone/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"

enum { PATH_LONGEST = 4096 }; /* what Linux takes */

hz_status hz_file_draft(const char *path, char **draft, hz_error *err)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    hz_text text = { 0 };
    struct stat there;

    if (!*name)
        return hz_fail(err, HZ_EUSAGE, "'%s': expected the name of a file", path);
    if (stat(path, &there) == 0 && S_ISDIR(there.st_mode))
        return hz_fail(err, HZ_EIO, "%s: is a directory, expected a file to write", path);
    /* a rename would replace the device or pipe itself, for everyone */
    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode))
        return hz_fail(err, HZ_EIO, "%s: is a pipe or device, expected a file to write", path);
    hz_text_add_n(&text, path, (size_t)(name - path));
    hz_text_addf(&text, ".%s.tmp-%ld%s", name, (long)getpid(), dot && dot != name ? dot : "");
    char *made = hz_text_take(&text);
    if (!made)
        return hz_mem_fail(err, path);
    *draft = made;
    return HZ_OK;
}

hz_status hz_file_commit(const char *draft, const char *path, hz_error *err)
{
    if (rename(draft, path) != 0) {
        int why = errno;
        unlink(draft);
        return hz_fail(err, HZ_EIO, "%s: cannot be written: %s", path, strerror(why));
    }
    return HZ_OK;
}

void hz_file_discard(const char *draft)
{
    if (draft)
        unlink(draft);
}

hz_status hz_file_write(const char *path, const void *data, size_t n, hz_error *err)
{
    char *draft = NULL;
    hz_status st = hz_file_draft(path, &draft, err);
    if (st)
        return st;
    FILE *out = fopen(draft, "wb");
    if (!out) {
        st = hz_fail(err, HZ_EIO, "%s: cannot be written: %s", path, strerror(errno));
        hz_mem_free(draft);
        return st;
    }
    errno = 0;
    size_t done = fwrite(data, 1, n, out);
    int closed = fclose(out); /* a full disk may show only here */
    if (done != n || closed != 0) {
        st = hz_fail(err, HZ_EIO, "%s: cannot be written: %s", path,
                     errno ? strerror(errno) : "short write");
        hz_file_discard(draft);
    } else {
        st = hz_file_commit(draft, path, err);
    }
    hz_mem_free(draft);
    return st;
}

hz_status hz_file_read(const char *path, size_t limit, char **data, size_t *n, hz_error *err)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return hz_fail(err, HZ_EIO, "%s: cannot be read: %s", path, strerror(errno));
    if (!S_ISREG(info.st_mode))
        return hz_fail(err, HZ_EIO, "%s: is %s, expected a regular file", path,
                       S_ISDIR(info.st_mode) ? "a directory" : "no regular file");
    if ((size_t)info.st_size > limit)
        return hz_fail(err, HZ_EFORMAT, "%s: %lld bytes, expected at most %zu", path,
                       (long long)info.st_size, limit);
    FILE *in = fopen(path, "rb");
    if (!in)
        return hz_fail(err, HZ_EIO, "%s: cannot be read: %s", path, strerror(errno));
    char *buf = hz_mem_new((size_t)info.st_size + 1, 1);
    if (!buf) {
        fclose(in);
        return hz_mem_fail(err, path);
    }
    size_t got = fread(buf, 1, (size_t)info.st_size, in);
    int bad = ferror(in);
    int why = errno;
    fclose(in);
    if (bad) {
        hz_mem_free(buf);
        return hz_fail(err, HZ_EIO, "%s: cannot be read: %s", path, strerror(why));
    }
    *data = buf;
    *n = got;
    return HZ_OK;
}

hz_status hz_file_make_dir(const char *path, hz_error *err)
{
    /* no allocation: what is made is made whole, also where memory is short */
    char copy[PATH_LONGEST];
    size_t n = strlen(path);
    hz_status st = HZ_OK;
    struct stat info;

    if (n >= sizeof copy)
        return hz_fail(err, HZ_EIO, "%.60s...: directory cannot be made: its name has %zu "
                       "characters, expected fewer than %d", path, n, PATH_LONGEST);
    memcpy(copy, path, n + 1);
    for (char *p = copy + (*copy == '/'); !st; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        char cut = *p;
        *p = '\0';
        if (*copy && mkdir(copy, 0777) != 0 && errno != EEXIST)
            st = hz_fail(err, HZ_EIO, "%s: directory cannot be made: %s", path, strerror(errno));
        *p = cut;
        if (!cut)
            break;
    }
    if (!st && (stat(path, &info) != 0 || !S_ISDIR(info.st_mode)))
        st = hz_fail(err, HZ_EIO, "%s: is no directory, expected one to write into", path);
    return st;
}

/* Empties an open directory, and closes it; without memory of its own, which may be short. */
static void empty(int handle)
{
    DIR *dir = fdopendir(handle);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        int inner = openat(dirfd(dir), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
        if (inner >= 0)
            empty(inner);
        unlinkat(dirfd(dir), entry->d_name, inner >= 0 ? AT_REMOVEDIR : 0);
    }
    if (dir)
        closedir(dir);
    else
        close(handle);
}

void hz_file_remove_dir(const char *path)
{
    int handle = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (handle >= 0)
        empty(handle);
    rmdir(path);
}

bool hz_file_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

char *hz_file_beside(const char *base, const char *name)
{
    /* a scheme such as PG: or https: is no path; one letter would be a drive */
    size_t scheme = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+");
    const char *slash = strrchr(base, '/');
    if (*name == '/' || !slash || (scheme > 1 && name[scheme] == ':'))
        return hz_mem_text(name);
    hz_text text = { 0 };
    hz_text_add_n(&text, base, (size_t)(slash - base) + 1);
    hz_text_add(&text, name);
    return hz_text_take(&text);
}
