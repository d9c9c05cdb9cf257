/* What an attacker finds in the files of a run that counted registered people: no point of theirs, no
 * key, no number of rows that is hidden, and nothing that divides what is. */
#include "check.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "hotzone/csv.h"
#include "hotzone/disclose.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"
#include "hotzone/run.h"
#include "hotzone/source.h"

enum { SQUARES = 16, TOWNS = 2, PLACES = SQUARES + TOWNS, FOCUS = 2 };

typedef struct {
    char dir[64];
    hz_text said;    /* notices and the summary */
} world;

static void hear(hz_notice_kind kind, const char *text, void *user)
{
    (void)kind;
    hz_text_addf(user, "%s\n", text);
}

static void command(const char *format, const char *dir)
{
    char line[1200];
    snprintf(line, sizeof line, format, dir, dir, dir, dir);
    if (system(line) != 0)
        fail_msg("%s", line);
}

static void write_file(const world *w, const char *name, const hz_text *text)
{
    char path[200];
    hz_error err;
    snprintf(path, sizeof path, "%s/%s", w->dir, name);
    assert_int_equal(hz_file_write(path, text->data, text->length, &err), HZ_OK);
}

/* Where person k of a place lives: with hundredths that nothing else has. */
static double east(int place, int k)
{
    double west = place < SQUARES ? 720000 + place % 4 * 1000
                                  : place == SQUARES ? 724000 : 728000;
    return west + 131.37 + 23 * (k % 30);
}

static double north(int place, int k)
{
    double south = place < SQUARES ? 6170000 + place / 4 * 1000 : 6170000;
    return south + 143.71 + 19 * (k % 40);
}

/* The project of tests/data with these people; `rule` is a line of its residents. */
static void run_world(world *w, const int *counts, int unlocated, const char *rule,
                      const char *formats)
{
    char path[200], out[200];
    hz_text csv = { 0 }, summary = { 0 };
    hz_error err;
    hz_notice notice = { hear, &w->said };
    snprintf(w->dir, sizeof w->dir, "/tmp/hotzone-test-XXXXXX");
    assert_non_null(mkdtemp(w->dir));
    command("tests/data/project/focus-grid %s && cp tests/data/project/focus.yaml %s", w->dir);
    snprintf(path, sizeof path, "sed -i 's/residents:$/residents:\\n      %s/; "
             "s/formats: .svg./formats: [%s]/' %%s/focus.yaml", rule, formats);
    command(path, w->dir);
    hz_text_add(&csv, "id,x,y\n");
    for (int p = 0; p < PLACES; p++)
        for (int k = 0; k < counts[p]; k++)
            hz_text_addf(&csv, "member-%d-%d,%.2f,%.2f\n", p, k, east(p, k), north(p, k));
    for (int k = 0; k < unlocated; k++)
        hz_text_addf(&csv, "member-x-%d,,\n", k);
    write_file(w, "members.csv", &csv);
    snprintf(path, sizeof path, "%s/focus.yaml", w->dir);
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
    command("rm -rf %s", w->dir);
    hz_text_free(&w->said);
}

/* ---- every file, unpacked --------------------------------------------------------------- */

/* Beside each file what is inside it: PDF streams, the layers and pages of a GeoPackage, PNG texts. */
static void unpack(const world *w)
{
    command("for f in $(find %s/out -name '*.pdf'); do qpdf --qdf --object-streams=disable $f "
            "$f.plain || exit 1; done", w->dir);
    command("for f in $(find %s/out -name '*.gpkg'); do sqlite3 $f .dump >$f.plain && "
            "ogrinfo -ro -al $f >$f.geometry || exit 1; done", w->dir);
    command("for f in $(find %s/out -name '*.png'); do strings -n 4 $f >$f.plain || exit 1; done",
            w->dir);
    command("for f in $(find %s/out -name '*.html'); do grep -o 'base64,[A-Za-z0-9+/=]*' $f | "
            "cut -c8- | while read -r b; do echo $b | base64 -d; done >$f.plain; done", w->dir);
}

typedef struct {
    const char *const *needles;
    size_t n, files;
} hunt;

static void look_into(const char *path, hunt *h)
{
    char *text = NULL;
    size_t n = 0;
    hz_error err;
    assert_int_equal(hz_file_read(path, 1 << 26, &text, &n, &err), HZ_OK);
    for (size_t k = 0; k < h->n; k++) {
        size_t m = strlen(h->needles[k]);
        for (size_t i = 0; i + m <= n; i++)
            if (text[i] == h->needles[k][0] && memcmp(text + i, h->needles[k], m) == 0)
                fail_msg("%s holds %s", path, h->needles[k]);
    }
    hz_mem_free(text);
    h->files++;
}

static void walk(const char *dir, hunt *h)
{
    DIR *d = opendir(dir);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));) {
        char path[600];
        struct stat info;
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
        assert_int_equal(stat(path, &info), 0);
        if (S_ISDIR(info.st_mode))
            walk(path, h);
        else
            look_into(path, h);
    }
    closedir(d);
}

TEST(no_point_or_key_of_a_person_is_in_any_byte)
{
    static const int counts[PLACES] = { 8, 9, 10, 11, 12, 3, 0, 15, 16, 17, 18, 19, 20, 21, 22, 23,
                                        20, 0 };
    /* keys, hundredths of coordinates, their metres; how many rows there are is a figure of the
     * release like all others, else only in the manifest, in tens, where that is shown */
    static const char *const needles[] = {
        "member-", "131.37", "143.71", "720131", "721131", "6170143", "6171143", "724131",
        "members.csv:"
    };
    world w = { .said = { 0 } };
    char out[100];
    hunt h = { needles, sizeof needles / sizeof *needles, 0 };
    run_world(&w, counts, 731, "credit: trial", "svg, png, pdf");
    unpack(&w);
    snprintf(out, sizeof out, "%s/out", w.dir);
    walk(out, &h);
    CHECK(h.files > 60);
    for (size_t k = 0; k < h.n; k++)
        CHECK(!strstr(hz_text_get(&w.said), needles[k]));
    clear(&w);
}

/* ---- two worlds that differ only in what is hidden -------------------------------------- */

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
        if (e->d_name[0] == '.')
            continue;
        snprintf(x, sizeof x, "%s/%s", a, e->d_name);
        snprintf(y, sizeof y, "%s/%s", b, e->d_name);
        assert_int_equal(stat(x, &info), 0);
        if (S_ISDIR(info.st_mode)) {
            files += compare(x, y);
            continue;
        }
        assert_int_equal(hz_file_read(x, 1 << 26, &one, &n, &err), HZ_OK);
        assert_int_equal(hz_file_read(y, 1 << 26, &two, &m, &err), HZ_OK);
        if (n != m || memcmp(one, two, n) != 0)
            fail_msg("%s tells of hidden people", x);
        hz_mem_free(one);
        hz_mem_free(two);
        files++;
    }
    closedir(dir);
    return files;
}

TEST(nothing_tells_how_what_is_hidden_divides)
{
    static const int a[PLACES] = { 8, 9, 10, 11, 12, 3, 0, 15, 16, 17, 18, 19, 20, 21, 22, 23, 20,
                                   0 };
    static const int b[PLACES] = { 8, 9, 10, 11, 13, 2, 0, 15, 16, 17, 18, 19, 20, 21, 22, 23, 20,
                                   0 };
    world one = { .said = { 0 } }, two = { .said = { 0 } };
    char x[100], y[100];
    run_world(&one, a, 3, "credit: trial", "svg");
    run_world(&two, b, 4, "credit: trial", "svg");
    snprintf(x, sizeof x, "%s/out", one.dir);
    snprintf(y, sizeof y, "%s/out", two.dir);
    CHECK(compare(x, y) > 40);
    CHECK_TEXT(hz_text_get(&one.said), hz_text_get(&two.said));
    clear(&one);
    clear(&two);
}

/* ---- bounds over the published figures -------------------------------------------------- */

/* The release as its table says it is made: places, elsewhere, and the sums of them. */
static void publish(void **state_, const world *w, const int *counts, double *shown, size_t *figures)
{
    char path[200];
    hz_layer *table = NULL;
    hz_error err;
    const hz_source_opts opts = { .no_shapes = true };
    snprintf(path, sizeof path, "%s/out/tables/centre-residents.csv", w->dir);
    CHECK_OK(hz_source_read(path, &opts, &table, NULL, &err), err);
    *figures = hz_layer_rows(table);
    for (size_t f = 0; f < *figures; f++) {
        char text[60];
        int at = hz_layer_find(table, "residents");
        CHECK_OK(hz_layer_value_text(table, (size_t)at, f, text, sizeof text), err);
        shown[f] = *text ? atof(text) : NAN;
        if (f < PLACES && *text) /* what is shown is true */
            CHECK_NEAR(shown[f], counts[f], 0);
    }
    hz_layer_free(table);
}

TEST(no_hidden_figure_can_be_narrowed_down_from_all_that_is_shown)
{
    enum { ATOMS = PLACES + 3, FIGURES = PLACES + 9, WORLDS = 6 };
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        int counts[PLACES];
        double count[ATOMS] = { 0 }, shown[64], low[FIGURES], high[FIGURES];
        size_t first[FIGURES + 1], figures = 0, at = 0, open = 9;
        uint32_t atom[8 * ATOMS];
        unsigned char hidden[FIGURES];
        hz_error err;
        world w = { .said = { 0 } };
        hz_rng rng = hz_rng_new(seed, 1, 0, 0);
        for (int p = 0; p < PLACES; p++)
            count[p] = counts[p] = (int)hz_rng_below(&rng, p % 3 ? 30 : 7);
        count[PLACES + 1] = (int)seed % 4 * 2;
        run_world(&w, counts, (int)count[PLACES + 1], "credit: trial", "svg");
        publish(state_, &w, counts, shown, &figures);
        CHECK(figures == FIGURES);
        for (size_t f = 0; f < FIGURES; f++) {
            first[f] = at;
            hidden[f] = (unsigned char)(isnan(shown[f]) != 0);
            for (uint32_t k = 0; k < ATOMS; k++) {
                bool area = k < SQUARES, town = !area && k < PLACES;
                bool lost = k > PLACES;
                const bool in[] = { area, area && k < FOCUS, area && k >= FOCUS, town,
                                    k == PLACES, !lost, k == PLACES + 1, k == PLACES + 2, true };
                if (f < PLACES ? k == f : in[f - PLACES])
                    atom[at++] = k;
            }
        }
        first[FIGURES] = at;
        /* the last figure, all rows, is the sum of three others wherever it is shown */
        const hz_release release = { .atoms = ATOMS, .count = count, .figures = FIGURES - 1,
                                     .first = first, .atom = atom };
        const hz_disclose_opts opts = HZ_DISCLOSE_DEFAULTS;
        CHECK_OK(hz_disclose_audit(&release, &opts, hidden, low, high, &open, &err), err);
        CHECK(open == 0);
        clear(&w);
    }
}

TEST(with_rounding_one_more_person_moves_each_figure_by_nothing_or_the_base)
{
    static const int a[PLACES] = { 8, 9, 10, 11, 12, 3, 0, 15, 16, 17, 18, 19, 20, 21, 22, 23, 20,
                                   0 };
    double before[64], after[64];
    size_t n = 0, m = 0;
    int b[PLACES];
    world one = { .said = { 0 } }, two = { .said = { 0 } };
    memcpy(b, a, sizeof b);
    b[5]++;
    run_world(&one, a, 0, "round: 5", "svg");
    run_world(&two, b, 0, "round: 5", "svg");
    for (int k = 0; k < 2; k++) {
        char path[200];
        hz_layer *table = NULL;
        hz_error err;
        const hz_source_opts opts = { .no_shapes = true };
        snprintf(path, sizeof path, "%s/out/tables/centre-residents.csv", k ? two.dir : one.dir);
        CHECK_OK(hz_source_read(path, &opts, &table, NULL, &err), err);
        *(k ? &m : &n) = hz_layer_rows(table);
        for (size_t f = 0; f < hz_layer_rows(table); f++) {
            char text[60];
            CHECK_OK(hz_layer_value_text(table, (size_t)hz_layer_find(table, "residents"), f, text,
                                         sizeof text), err);
            (k ? after : before)[f] = atof(text);
        }
        hz_layer_free(table);
    }
    CHECK(n == m);
    for (size_t f = 0; f < n; f++) {
        double moved = fabs(after[f] - before[f]);
        CHECK(moved == 0 || moved == 5);
        CHECK_NEAR(fmod(after[f], 5), 0, 0);
    }
    clear(&one);
    clear(&two);
}

/* Every allocation while little has been done, then ever fewer of the thousands; audited with the same
 * people of the month before. */
TEST(a_run_with_people_and_no_memory_says_so_and_leaves_nothing)
{
    static const int counts[PLACES] = { 8, 9, 10, 11, 12, 3, 0, 15, 16, 17, 18, 19, 20, 21, 22, 23,
                                        20, 0 };
    world w = { .said = { 0 } };
    char path[100], out[100], earlier[100];
    const char *const previous[] = { earlier };
    const hz_run_opts opts = { .previous = previous, .previous_count = 1 };
    size_t failed = 0;
    hz_status st = HZ_EMEMORY;
    run_world(&w, counts, 0, "date: 2018-06-01", "svg");
    command("sed -i 's/  date: 2018-06/  date: 2018-07/' %s/focus.yaml", w.dir);
    snprintf(earlier, sizeof earlier, "%s/out", w.dir);
    snprintf(path, sizeof path, "%s/focus.yaml", w.dir);
    snprintf(out, sizeof out, "%s/none", w.dir);
    for (long n = 1; st && n < 1000000; n += 1 + n / 12) {
        hz_text summary = { 0 };
        hz_error err;
        struct stat info;
        hz_mem_fail_at(n);
        st = hz_run(path, out, &opts, &summary, NULL, &err);
        hz_mem_fail_at(0);
        hz_text_free(&summary);
        if (st && st != HZ_EMEMORY)
            print_error("allocation %ld: %s\n", n, err.text);
        CHECK(st == HZ_OK || (st == HZ_EMEMORY && stat(out, &info) != 0));
        failed += st != HZ_OK;
    }
    CHECK(st == HZ_OK && failed > 20);
    clear(&w);
}

RUN_TESTS(T(no_point_or_key_of_a_person_is_in_any_byte),
          T(nothing_tells_how_what_is_hidden_divides),
          T(no_hidden_figure_can_be_narrowed_down_from_all_that_is_shown),
          T(with_rounding_one_more_person_moves_each_figure_by_nothing_or_the_base),
          T(a_run_with_people_and_no_memory_says_so_and_leaves_nothing))
