/* A whole run with allocations made to fail: a sentence, no crash, no leak, no output. */
#include "check.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/run.h"

static size_t entries(const char *path)
{
    size_t n = 0;
    DIR *dir = opendir(path);
    for (struct dirent *e; dir && (e = readdir(dir));)
        n += e->d_name[0] != '.' || (e->d_name[1] && e->d_name[1] != '.');
    if (dir)
        closedir(dir);
    return n;
}

static hz_status attempt(const char *out, long fail_at, hz_error *err)
{
    hz_text summary = { 0 };
    hz_mem_fail_at(fail_at);
    hz_status st = hz_run("tests/data/project/project.yaml", out, &summary, NULL, err);
    hz_mem_fail_at(0);
    hz_text_free(&summary);
    return st;
}

TEST(a_run_without_memory_says_so_and_leaves_nothing)
{
    char dir[] = "/tmp/hotzone-test-XXXXXX", out[64];
    hz_error err;
    size_t failed = 0;
    CHECK(mkdtemp(dir) != NULL);
    snprintf(out, sizeof out, "%s/out", dir);
    /* every allocation while little has been done, then ever fewer of the thousands */
    for (long n = 1; n < 100000; n += 1 + n / 20) {
        hz_status st = attempt(out, n, &err);
        if (st == HZ_OK) {
            /* measuring a label may do without memory that fails at the very end */
            CHECK(entries(out) > 3);
            break;
        }
        failed++;
        if (st != HZ_EMEMORY || entries(dir) != 0)
            print_error("allocation %ld: status %d: %s\n", n, (int)st, err.text);
        CHECK(st == HZ_EMEMORY);
        CHECK(entries(dir) == 0);
    }
    CHECK(failed > 50);
    snprintf(out, sizeof out, "rm -rf %s", dir);
    CHECK(system(out) == 0);
}

TEST(a_run_into_a_directory_that_cannot_be_made_says_so)
{
    hz_error err;
    CHECK_FAILS(attempt("/proc/nowhere/out", 0, &err), HZ_EIO, err, "directory cannot be made");
    CHECK_FAILS(attempt("Makefile/out", 0, &err), HZ_EIO, err, "directory cannot be made");
}

RUN_TESTS(T(a_run_without_memory_says_so_and_leaves_nothing),
          T(a_run_into_a_directory_that_cannot_be_made_says_so))
