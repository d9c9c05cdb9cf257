/* Two releases of the same events: whoever has both knows no hidden count better than promised. */
#include "check.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"
#include "hotzone/run.h"

/* Counts go up to MOST; the attacker, who does not know that, thinks of ones up to THOUGHT. */
enum { AREAS = 6, MOST = 9, THOUGHT = 20, SUM = AREAS * 2 * MOST + 1, WORLDS = 12 };

/* Events of each area in the earlier months, and in those that the second release adds. */
typedef struct {
    char dir[64];
    int first[AREAS], added[AREAS];
} world;

static void write_text(const world *w, const char *name, const char *text, size_t n)
{
    char path[200];
    hz_error err;
    snprintf(path, sizeof path, "%s/%s", w->dir, name);
    assert_int_equal(hz_file_write(path, text, n, &err), HZ_OK);
}

static void write_recipe(const world *w, const char *name, const char *period)
{
    hz_text text = { 0 };
    hz_text_addf(&text, "title: Two releases\nlanguages: [en]\nareas: {source: hidden.geojson}\n"
                        "events: {source: hidden.csv, time: date}\nanalyses:\n"
                        "  - {name: rates, period: %s, hide-below: 5}\n"
                        "maps: {name: rates, style: {export: {formats: [svg]}}}\n", period);
    write_text(w, name, hz_text_get(&text), text.length);
    hz_text_free(&text);
}

static void build(world *w)
{
    char *areas = NULL;
    size_t n = 0;
    hz_error err;
    hz_text csv = { 0 };
    snprintf(w->dir, sizeof w->dir, "/tmp/hotzone-test-XXXXXX");
    assert_non_null(mkdtemp(w->dir));
    assert_int_equal(hz_file_read("tests/data/project/hidden.geojson", 100000, &areas, &n, &err),
                     HZ_OK);
    write_text(w, "hidden.geojson", areas, n);
    hz_mem_free(areas);
    hz_text_add(&csv, "date,lon,lat\n");
    for (int i = 0; i < AREAS; i++)
        for (int k = 0; k < w->first[i] + w->added[i]; k++)
            hz_text_addf(&csv, "2017-%02d-11,%.6f,%.6f\n", k < w->first[i] ? 1 + k % 3 : 4,
                         12.505 + 0.01 * i + 1e-6 * k, 55.705);
    write_text(w, "hidden.csv", hz_text_get(&csv), csv.length);
    hz_text_free(&csv);
    write_recipe(w, "first.yaml", "2017-01..2017-03");
    write_recipe(w, "second.yaml", "2017-01..2017-04");
}

static hz_status run(const world *w, const char *name, const char *out, const char *previous,
                     hz_error *err)
{
    char recipe[100], directory[100], earlier[100];
    const char *list[] = { earlier };
    const hz_run_opts opts = { .previous = list, .previous_count = previous ? 1 : 0 };
    hz_text summary = { 0 };
    snprintf(recipe, sizeof recipe, "%s/%s.yaml", w->dir, name);
    snprintf(directory, sizeof directory, "%s/%s", w->dir, out);
    snprintf(earlier, sizeof earlier, "%s/%s", w->dir, previous ? previous : "");
    hz_status st = hz_run(recipe, directory, &opts, &summary, NULL, err);
    hz_text_free(&summary);
    return st;
}

static void clear(const world *w)
{
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", w->dir);
    assert_int_equal(system(command), 0);
}

/* What a release's table of rates shows: -1 is hidden; the last is the sum, told in release.csv. */
static void read_shown(const world *w, const char *out, const char *until, int *shown)
{
    char path[200];
    hz_error err;
    hz_layer *t = NULL;
    hz_source_opts opts = { .no_shapes = true };
    snprintf(path, sizeof path, "%s/%s/release.csv", w->dir, out);
    assert_int_equal(hz_csv_read(path, &opts, &t, NULL, &err), HZ_OK);
    const double *row = hz_layer_numbers(t, "row"), *events = hz_layer_numbers(t, "events");
    for (int i = 0; i <= AREAS; i++)
        shown[i] = -2;
    for (size_t i = 0; i < hz_layer_rows(t); i++)
        if (strcmp(hz_layer_text(t, "until", i), until) == 0) {
            int at = row[i] > 0 ? (int)row[i] - 1 : AREAS;
            int value = isnan(events[i]) ? -1 : (int)events[i];
            assert_true(shown[at] == -2 || shown[at] == value);
            shown[at] = value;
        }
    for (int i = 0; i <= AREAS; i++)
        assert_int_not_equal(shown[i], -2);
    hz_layer_free(t);
}

/* May an area have had x, then y more? */
static bool agrees(const int *early, const int *late, int i, int x, int y)
{
    return (early[i] < 0 || early[i] == x) && (late[i] < 0 || late[i] == x + y);
}

/* Sums (of the first months, of all) that areas other than `but` can have: all tables, area by area. */
static void reach(const int *early, const int *late, int but, unsigned char *sums)
{
    static unsigned char next[SUM * SUM];
    memset(sums, 0, SUM * SUM);
    sums[0] = 1;
    for (int i = 0; i < AREAS; i++) {
        if (i == but)
            continue;
        memset(next, 0, sizeof next);
        for (int at = 0; at < SUM * SUM; at++)
            for (int x = 0; sums[at] && x <= THOUGHT; x++)
                for (int y = 0; y <= THOUGHT; y++)
                    if (agrees(early, late, i, x, y) && at / SUM + x < SUM && at % SUM + x + y < SUM)
                        next[at + x * SUM + x + y] = 1;
        memcpy(sums, next, sizeof next);
    }
}

static void widen(int value, int *ends)
{
    ends[0] = value < ends[0] ? value : ends[0];
    ends[1] = value > ends[1] ? value : ends[1];
}

/* Ends of the early count, of the added one and of both, over all tables that agree. */
static void bound_area(const int *early, const int *late, int i, int ends[3][2])
{
    static unsigned char sums[SUM * SUM];
    reach(early, late, i, sums);
    for (int k = 0; k < 3; k++)
        ends[k][0] = SUM, ends[k][1] = -1;
    for (int x = 0; x <= THOUGHT; x++)
        for (int y = 0; y <= THOUGHT; y++) {
            bool found = false;
            for (int at = 0; agrees(early, late, i, x, y) && !found && at < SUM * SUM; at++)
                found = sums[at] && (early[AREAS] < 0 || early[AREAS] == at / SUM + x) &&
                        (late[AREAS] < 0 || late[AREAS] == at % SUM + x + y);
            if (found) {
                widen(x, ends[0]);
                widen(y, ends[1]);
                widen(x + y, ends[2]);
            }
        }
}

/* How many small counts an attacker with both releases knows better than 1 .. 4. */
static int count_leaks(const world *w, const char *second)
{
    int early[AREAS + 1], late[AREAS + 1], leaks = 0;
    read_shown(w, "one", "2017-04-01", early);
    read_shown(w, second, "2017-05-01", late);
    for (int i = 0; i < AREAS; i++) {
        int ends[3][2], truth[3] = { w->first[i], w->added[i], w->first[i] + w->added[i] };
        bound_area(early, late, i, ends);
        for (int k = 0; k < 3; k++)
            leaks += truth[k] > 0 && truth[k] < 5 && (ends[k][0] > 1 || ends[k][1] < 4);
    }
    return leaks;
}

/* A has 8 in January to March and 2 in April: 8 is out, so 10 may not be. */
TEST(what_a_nested_period_adds_is_protected)
{
    world w = { .first = { 8, 9, 10, 12, 9, 8 }, .added = { 2, 9, 8, 7, 9, 6 } };
    int early[AREAS + 1], late[AREAS + 1];
    hz_error err;
    build(&w);
    CHECK(run(&w, "first", "one", NULL, &err) == HZ_OK);
    CHECK(run(&w, "second", "alone", NULL, &err) == HZ_OK);
    CHECK(run(&w, "second", "two", "one", &err) == HZ_OK);
    read_shown(&w, "one", "2017-04-01", early);
    CHECK(early[0] == 8 && early[AREAS] == 56);
    read_shown(&w, "alone", "2017-05-01", late);
    CHECK(late[0] == 10);
    CHECK(count_leaks(&w, "alone") == 1);
    read_shown(&w, "two", "2017-05-01", late);
    CHECK(late[0] == -1);
    CHECK(count_leaks(&w, "two") == 0);
    clear(&w);
}

/* B's 3 were hidden among guards: they stay so when the same table is made again with more beside. */
TEST(what_was_hidden_stays_hidden_and_what_was_shown_stays)
{
    world w = { .first = { 8, 3, 10, 12, 9, 8 }, .added = { 6, 9, 8, 7, 9, 6 } };
    int early[AREAS + 1], again[AREAS + 1];
    hz_error err;
    build(&w);
    CHECK(run(&w, "first", "one", NULL, &err) == HZ_OK);
    CHECK(run(&w, "second", "two", "one", &err) == HZ_OK);
    CHECK(run(&w, "first", "three", "two", &err) == HZ_OK); /* the second tells of the first */
    read_shown(&w, "one", "2017-04-01", early);
    read_shown(&w, "three", "2017-04-01", again);
    CHECK(early[1] == -1);
    for (int i = 0; i <= AREAS; i++)
        CHECK(early[i] == again[i]);
    CHECK(count_leaks(&w, "two") == 0);
    clear(&w);
}

TEST(no_seeded_pair_of_releases_leaks_together)
{
    int alone = 0, joint = 0, refused = 0;
    hz_error err;
    for (unsigned seed = 0; seed < WORLDS; seed++) {
        hz_rng rng = hz_rng_new(seed, hz_rng_statistic("two releases"), 0, 0);
        world w = { .dir = "" };
        for (int i = 0; i < AREAS; i++) {
            w.first[i] = (int)hz_rng_below(&rng, MOST + 1);
            w.added[i] = (int)hz_rng_below(&rng, MOST + 1);
        }
        build(&w);
        CHECK(run(&w, "first", "one", NULL, &err) == HZ_OK);
        CHECK(run(&w, "second", "alone", NULL, &err) == HZ_OK);
        hz_status st = run(&w, "second", "two", "one", &err);
        if (st)
            print_message("world %d: %s\n", (int)seed, err.text);
        CHECK(st == HZ_OK || st == HZ_EDATA);
        refused += st != HZ_OK;
        alone += count_leaks(&w, "alone");
        joint += st ? 0 : count_leaks(&w, "two");
        clear(&w);
    }
    print_message("%d leaks apart, %d together, %d refused\n", alone, joint, refused);
    CHECK(joint == 0);
    CHECK(alone > 0);
    CHECK(refused < WORLDS / 2);
}

/* Every allocation at first, then ever fewer: a sentence and no output. */
TEST(an_earlier_release_is_joined_or_memory_is_said_to_lack)
{
    world w = { .first = { 8, 9, 10, 12, 9, 8 }, .added = { 2, 9, 8, 7, 9, 6 } };
    int fine = 0, failed = 0;
    char manifest[100];
    hz_error err;
    build(&w);
    CHECK(run(&w, "first", "one", NULL, &err) == HZ_OK);
    snprintf(manifest, sizeof manifest, "%s/two/manifest.json", w.dir);
    for (long n = 1; fine < 40; n += 1 + n / 40) {
        hz_mem_fail_at(n);
        hz_status st = run(&w, "second", "two", "one", &err);
        hz_mem_fail_at(0);
        fine = st ? 0 : fine + 1;
        failed += st != HZ_OK;
        if (st && st != HZ_EMEMORY)
            print_error("allocation %ld: %s\n", n, err.text);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        CHECK((access(manifest, F_OK) == 0) == (fine > 0));
        if (!st)
            unlink(manifest);
    }
    print_message("%d failed\n", failed);
    CHECK(failed > 100);
    clear(&w);
}

RUN_TESTS(T(what_a_nested_period_adds_is_protected),
          T(what_was_hidden_stays_hidden_and_what_was_shown_stays),
          T(no_seeded_pair_of_releases_leaks_together),
          T(an_earlier_release_is_joined_or_memory_is_said_to_lack))
