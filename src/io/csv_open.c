/* The bytes of a CSV file: mapped if they can be, and turned into UTF-8 text. */
#define _DEFAULT_SOURCE /* madvise */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hotzone/mem.h"
#include "io/csv_parts.h"

enum { LARGE = 64 << 20 }; /* bytes from which it pays to give pages back */

/* For what cannot be mapped, such as a file on some network systems. */
static hz_status read_whole(int fd, size_t n, hz_csv_file *file, hz_error *err)
{
    file->own = hz_mem_new(n, 1);
    if (!file->own)
        return hz_mem_fail(err, file->path);
    size_t have = 0;
    while (have < n) {
        ssize_t got = read(fd, file->own + have, n - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return hz_fail(err, HZ_EIO, "%s: cannot be read: %s", file->path, strerror(errno));
        if (got == 0)
            break;
        have += (size_t)got;
    }
    file->data = file->own;
    file->n = have;
    return HZ_OK;
}

static hz_status skip_mark(hz_csv_file *file, hz_error *err)
{
    const unsigned char *s = (const unsigned char *)file->data;
    if (file->n >= 3 && s[0] == 0xEF && s[1] == 0xBB && s[2] == 0xBF) {
        file->data += 3;
        file->n -= 3;
    }
    if (file->n >= 2 && ((s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF)))
        return hz_fail(err, HZ_EFORMAT,
                       "%s: is UTF-16, expected UTF-8: save it as 'CSV UTF-8', or convert it: "
                       "iconv -f UTF-16 -t UTF-8",
                       file->path);
    return HZ_OK;
}

hz_status hz_csv_open(const char *path, hz_csv_file *file, hz_error *err)
{
    hz_csv_file f = { .path = path, .delimiter = ',', .line_end = '\n', .decimal = '.' };
    struct stat info;
    hz_status st = HZ_OK;

    /* asked before opening: opening a FIFO would wait for a writer */
    if (stat(path, &info) != 0)
        return hz_fail(err, HZ_EIO, "%s: cannot be read: %s", path, strerror(errno));
    if (!S_ISREG(info.st_mode))
        return hz_fail(err, HZ_EIO, "%s: is %s, expected a regular file", path,
                       S_ISDIR(info.st_mode) ? "a directory" : "a pipe or device");
    int fd = open(path, O_RDONLY);
    if (fd < 0)
        return hz_fail(err, HZ_EIO, "%s: cannot be read: %s", path, strerror(errno));
    if (fstat(fd, &info) == 0 && info.st_size > 0) {
        size_t n = (size_t)info.st_size;
        f.map = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
        if (f.map != MAP_FAILED) {
            f.data = f.map;
            f.n = f.map_n = n;
        } else {
            f.map = NULL;
            st = read_whole(fd, n, &f, err);
        }
    }
    close(fd);
    if (!st && f.n > 0)
        st = skip_mark(&f, err);
    if (!st && f.n == 0)
        st = hz_fail(err, HZ_EFORMAT, "%s: is empty, expected a line of column names", path);
    if (st)
        hz_csv_close(&f);
    else
        *file = f;
    return st;
}

void hz_csv_close(hz_csv_file *file)
{
    if (file->map)
        munmap(file->map, file->map_n);
    hz_mem_free(file->own);
    *file = (hz_csv_file){ 0 };
}

void hz_csv_release(const hz_csv_file *file, size_t from, size_t to)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    if (!file->map || file->map_n < LARGE || to <= from)
        return;
    /* only pages wholly inside, so that neighbours keep theirs */
    uintptr_t first = ((uintptr_t)(file->data + from) + page - 1) / page * page;
    uintptr_t last = (uintptr_t)(file->data + to) / page * page;
    if (first < last)
        madvise((char *)file->map + (first - (uintptr_t)file->map), last - first, MADV_DONTNEED);
}

size_t hz_csv_breaks(const hz_csv_file *file, size_t from, size_t to)
{
    size_t breaks = 0;
    const char *p = file->data + from, *end = file->data + to;
    while (p < end && (p = memchr(p, file->line_end, (size_t)(end - p)))) {
        breaks++;
        p++;
    }
    return breaks;
}

/* What Windows-1252 has in 80..9F, where ISO 8859-1 has control characters that no table
 * uses; 0 where it has nothing either. */
static const unsigned short windows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178
};

static void add_latin1(unsigned char c, hz_text *to)
{
    unsigned code = c < 0xA0 && windows[c - 0x80] ? windows[c - 0x80] : c;
    char utf8[3];
    size_t n = 0;
    if (code < 0x800) {
        utf8[n++] = (char)(0xC0 | code >> 6);
    } else {
        utf8[n++] = (char)(0xE0 | code >> 12);
        utf8[n++] = (char)(0x80 | (code >> 6 & 0x3F));
    }
    utf8[n++] = (char)(0x80 | (code & 0x3F));
    hz_text_add_n(to, utf8, n);
}

void hz_csv_text(const hz_csv_file *file, const char *at, size_t n, bool doubled, hz_text *to)
{
    const char *end = at + n, *run = at; /* a run is copied as it stands */
    if (!doubled && !file->latin1) {
        hz_text_add_n(to, at, n);
        return;
    }
    for (; at < end; at++) {
        bool quote = doubled && *at == '"';
        bool foreign = file->latin1 && (unsigned char)*at >= 0x80;
        if (!quote && !foreign)
            continue;
        hz_text_add_n(to, run, (size_t)(at - run) + quote);
        if (foreign)
            add_latin1((unsigned char)*at, to);
        else
            at++; /* the second of the pair */
        run = at + 1;
    }
    if (run < end)
        hz_text_add_n(to, run, (size_t)(end - run));
}
