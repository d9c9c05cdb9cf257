/* The helpers of the fuzz entries. */
#define _GNU_SOURCE /* memfd_create */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void fuzz_must(int holds, const char *fact)
{
    if (holds)
        return;
    fprintf(stderr, "not so: %s\n", fact);
    abort();
}

void fuzz_must_say_why(hz_status status, const hz_error *err, int lines_allowed)
{
    if (!status)
        return;
    fuzz_must(err->text[0] != '\0', "a failure has a sentence");
    fuzz_must(err->status == status, "a failure's sentence is its own");
    fuzz_must(lines_allowed || !strpbrk(err->text, "\n\r"), "a failure is one line");
}

const char *fuzz_file(const uint8_t *data, size_t size)
{
    static int file = -1;
    static char path[40];
    if (file < 0) {
        file = memfd_create("fuzz", 0);
        fuzz_must(file >= 0, "there are files in memory");
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    fuzz_must(ftruncate(file, 0) == 0 && pwrite(file, data, size, 0) == (ssize_t)size,
              "the file is written");
    return path;
}
