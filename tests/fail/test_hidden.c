/* Two worlds that differ only in hidden counts: every file of a run is the same to the byte. */
#include "check.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/run.h"

enum { AREAS = 6 };

typedef struct {
    char dir[64];
    hz_text said; /* notices and the summary */
} world;

static void hear(hz_notice_kind kind, const char *text, void *user)
{
    if (kind == HZ_WARNING)
        hz_text_addf(user, "%s\n", text);
}

static void copy(const char *from, const char *dir, const char *name, const char *overlap)
{
    char *text = NULL, path[200];
    size_t n = 0;
    hz_error err;
    hz_text made = { 0 };
    assert_int_equal(hz_file_read(from, 100000, &text, &n, &err), HZ_OK);
    const char *at = strstr(text, "overlap: false");
    if (at && overlap) { /* and no charts: they need areas that are apart */
        hz_text_add_n(&made, text, (size_t)(at - text));
        hz_text_addf(&made, "overlap: %s%s", overlap, at + strlen("overlap: false"));
        made.length = (size_t)(strstr(made.data, "charts:") - made.data);
    } else {
        hz_text_add_n(&made, text, n);
    }
    snprintf(path, sizeof path, "%s/%s", dir, name);
    assert_int_equal(hz_file_write(path, made.data, made.length, &err), HZ_OK);
    hz_text_free(&made);
    hz_mem_free(text);
}

/* Area i is the i-th square kilometre or so from the west; its events lie around the middle. */
static void run_world(world *w, const int *counts, const char *overlap)
{
    char path[200], out[200];
    hz_text csv = { 0 }, summary = { 0 };
    int row = 0; /* months go by rows: the same for all counts of one total */
    hz_error err;
    hz_notice notice = { hear, &w->said };
    snprintf(w->dir, sizeof w->dir, "/tmp/hotzone-test-XXXXXX");
    assert_non_null(mkdtemp(w->dir));
    copy("tests/data/project/hidden.yaml", w->dir, "hidden.yaml", overlap);
    copy("tests/data/project/hidden.geojson", w->dir, "hidden.geojson", NULL);
    copy("tests/data/project/hidden-population.csv", w->dir, "hidden-population.csv", NULL);
    hz_text_add(&csv, "date,lon,lat,precision_m\n");
    for (int i = 0; i < AREAS; i++)
        for (int k = 0; k < counts[i]; k++, row++)
            hz_text_addf(&csv, "2017-%02d-11,%.6f,%.6f,%d\n", 1 + row % 12,
                         12.502 + 0.01 * i + 1e-6 * k, 55.705, k % 3 ? 10 : 900);
    hz_text_add(&csv, "2017-01-11,13.9,55.7,10\n2017-02-11,,,10\n");
    snprintf(path, sizeof path, "%s/hidden.csv", w->dir);
    assert_int_equal(hz_file_write(path, csv.data, csv.length, &err), HZ_OK);
    snprintf(path, sizeof path, "%s/hidden.yaml", w->dir);
    snprintf(out, sizeof out, "%s/out", w->dir);
    if (hz_run(path, out, NULL, &summary, &notice, &err))
        fail_msg("%s", err.text);
    for (const char *at = hz_text_get(&summary); *at; at++) /* the directory is of this run */
        if (strncmp(at, w->dir, strlen(w->dir)) == 0)
            at += strlen(w->dir) - 1;
        else
            hz_text_add_n(&w->said, at, 1);
    hz_text_free(&csv);
    hz_text_free(&summary);
}

static void clear(world *w)
{
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", w->dir);
    assert_int_equal(system(command), 0);
    hz_text_free(&w->said);
}

/* How many files were compared; a file of either that is not the same is a failure. */
static size_t compare(const char *a, const char *b)
{
    size_t files = 0;
    DIR *dir = opendir(a);
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));) {
        char x[500], y[500], *one = NULL, *two = NULL;
        size_t n = 0, m = 0;
        struct stat info;
        hz_error err;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(x, sizeof x, "%s/%s", a, e->d_name);
        snprintf(y, sizeof y, "%s/%s", b, e->d_name);
        assert_int_equal(stat(x, &info), 0);
        if (S_ISDIR(info.st_mode)) {
            files += compare(x, y);
            continue;
        }
        assert_int_equal(hz_file_read(x, 1 << 24, &one, &n, &err), HZ_OK);
        assert_int_equal(hz_file_read(y, 1 << 24, &two, &m, &err), HZ_OK);
        if (n != m || memcmp(one, two, n) != 0)
            fail_msg("%s tells of hidden counts", x);
        hz_mem_free(one);
        hz_mem_free(two);
        files++;
    }
    closedir(dir);
    return files;
}

static void check_alike(void **state_, const int *a, const int *b, const char *overlap)
{
    world one = { .said = { 0 } }, two = { .said = { 0 } };
    char x[100], y[100];
    run_world(&one, a, overlap);
    run_world(&two, b, overlap);
    snprintf(x, sizeof x, "%s/out", one.dir);
    snprintf(y, sizeof y, "%s/out", two.dir);
    CHECK(compare(x, y) >= 8); /* tables, maps with notes, charts, layers, reports, manifest */
    CHECK_TEXT(hz_text_get(&one.said), hz_text_get(&two.said));
    clear(&one);
    clear(&two);
}

TEST(with_a_total_nothing_tells_how_the_hidden_counts_divide_it)
{
    static const int a[] = { 3, 30, 41, 52, 60, 2 }, b[] = { 1, 30, 41, 52, 60, 4 },
                     c[] = { 4, 30, 41, 52, 60, 1 };
    check_alike(state_, a, b, NULL);
    check_alike(state_, a, c, NULL);
}

TEST(without_a_total_nothing_tells_how_many_events_there_are)
{
    static const int few[] = { 0, 2, 0, 90, 0, 1 }, fewer[] = { 0, 1, 0, 91, 0, 1 };
    static const int sparse[] = { 1, 2, 1, 3, 0, 90 }, other[] = { 3, 1, 2, 1, 0, 90 };
    check_alike(state_, few, fewer, NULL);
    check_alike(state_, sparse, other, NULL);
}

TEST(of_areas_that_overlap_nothing_tells_a_hidden_count)
{
    static const int a[] = { 2, 8, 9, 20, 30, 40 }, b[] = { 4, 8, 9, 20, 30, 40 };
    check_alike(state_, a, b, "true");
}

/* The rows themselves, and no number of events placed beside them. */
TEST(hidden_rows_are_blank_and_the_number_placed_is_unsaid)
{
    static const int few[] = { 0, 2, 0, 711, 0, 1 }; /* 714 placed, 716 read */
    static const char *const files[] = { "tables/hidden.csv", "report.en.html", "report.da.html",
                                         "report.en.md", "report.da.md", "snippets/hidden.en.typ",
                                         "manifest.json", "maps/hidden.en.svg" };
    world w = { .said = { 0 } };
    run_world(&w, few, NULL);
    CHECK(!strstr(hz_text_get(&w.said), "714") && !strstr(hz_text_get(&w.said), "716"));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[200], *text = NULL;
        size_t n = 0;
        hz_error err;
        snprintf(path, sizeof path, "%s/out/%s", w.dir, files[i]);
        CHECK_OK(hz_file_read(path, 1 << 24, &text, &n, &err), err);
        if (i == 0)
            CHECK(strstr(text, "\nb,B,,,,,,,,,,,,hidden,,") && strstr(text, "\na,A,0,") &&
                  strstr(text, "\nd,D,,,,,,,,,,,,hidden,,"));
        else if (i < 6)
            CHECK(!strstr(text, ">714<") && !strstr(text, "| 714") && !strstr(text, "716 ") && !strstr(text, "714 "));
        else if (i == 6)
            CHECK(!strstr(text, " 714,") && !strstr(text, " 716,") && !strstr(text, " 714\n"));
        else { /* the words of a drawing: the rest of it is coordinates */
            char *end = strstr(text, "</desc>");
            CHECK(end != NULL);
            *end = '\0';
            CHECK(!strstr(text, "714") && !strstr(text, "716"));
        }
        hz_mem_free(text);
    }
    clear(&w);
}

RUN_TESTS(T(with_a_total_nothing_tells_how_the_hidden_counts_divide_it),
          T(without_a_total_nothing_tells_how_many_events_there_are),
          T(of_areas_that_overlap_nothing_tells_a_hidden_count),
          T(hidden_rows_are_blank_and_the_number_placed_is_unsaid))
