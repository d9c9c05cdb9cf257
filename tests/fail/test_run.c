/* A whole run with allocations made to fail: a sentence, no crash, no leak, no output. */
#include "check.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/rating.h"
#include "hotzone/run.h"
#include "hotzone/source.h"
#include "hotzone/vector.h"

#define PROJECT "tests/data/project/project.yaml"
#define MONTHS "tests/data/project/months.yaml" /* with a style besides */

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

static hz_status attempt(const char *recipe, const char *out, long fail_at, hz_error *err)
{
    const hz_run_opts opts = { .style = "styles/organisation.example.yaml" };
    hz_text summary = { 0 };
    hz_mem_fail_at(fail_at);
    hz_status st = hz_run(recipe, out, strcmp(recipe, MONTHS) ? NULL : &opts, &summary, NULL, err);
    hz_mem_fail_at(0);
    hz_text_free(&summary);
    return st;
}

static void clear_directory(const char *dir)
{
    char line[100];
    snprintf(line, sizeof line, "rm -rf %s", dir);
    if (system(line))
        abort();
}

/* Every allocation while little has been done, then ever fewer of the thousands, or `every` one of
 * them.  Some can be done without, such as those that measure a label, but not many
 * in a row. */
static void check_run(void **state_, const char *recipe, bool every)
{
    char dir[] = "/tmp/hotzone-test-XXXXXX", out[64];
    int fine_most = every ? 60 : 3, fine = 0;
    hz_error err;
    size_t failed = 0;
    long last = 0;
    CHECK(mkdtemp(dir) != NULL);
    snprintf(out, sizeof out, "%s/out", dir);
    for (long n = 1; fine < fine_most; n += every ? 1 : 1 + n / 20) {
        hz_status st = attempt(recipe, out, n, &err);
        if (st == HZ_OK) {
            fine++;
            CHECK(entries(out) > 3);
            clear_directory(out);
            continue;
        }
        fine = 0;
        failed++;
        last = n;
        if (st != HZ_EMEMORY || entries(dir) != 0)
            print_error("allocation %ld: status %d: %s\n", n, (int)st, err.text);
        CHECK(st == HZ_EMEMORY);
        CHECK(entries(dir) == 0);
    }
    print_message("%s: %zu failed, the last of them allocation %ld\n", recipe, failed, last);
    CHECK(failed > 50);
    clear_directory(dir);
}

TEST(a_run_without_memory_says_so_and_leaves_nothing)
{
    check_run(state_, PROJECT, false);
}

TEST(so_does_one_of_several_files_and_styles)
{
    check_run(state_, MONTHS, false);
}

TEST(so_does_one_of_distances_cells_clusters_and_concentration)
{
    const char *full = getenv("HZ_FULL_SIZE"); /* takes minutes */
    check_run(state_, "tests/data/project/distances.yaml", full && *full == '1');
}

TEST(so_does_one_whose_tables_are_audited_together)
{
    check_run(state_, "tests/data/project/overlap.yaml", false);
}

TEST(so_does_one_with_cards_of_zones_of_hidden_events)
{
    check_run(state_, "tests/data/project/overlap-zones.yaml", false);
}

TEST(a_run_with_panels_and_no_memory_says_so_and_leaves_nothing)
{
    check_run(state_, "tests/data/project/panels.yaml", false);
}

static void shell(const char *dir, const char *command, bool *fine)
{
    char line[300];
    snprintf(line, sizeof line, "cd %s && %s", dir, command);
    *fine = system(line) == 0;
}

/* The least number of an allocation that a run can do without, and with it all after. */
static long last_allocation(const char *out)
{
    long low = 1, high = 1L << 22;
    hz_error err;
    while (low < high) {
        long middle = low + (high - low) / 2;
        if (attempt(PROJECT, out, middle, &err) == HZ_OK)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The last allocations are those of the move: by then it is known what is old. */
TEST(a_run_over_an_earlier_one_without_memory_leaves_that_as_it_was)
{
    char dir[] = "/tmp/hotzone-test-XXXXXX", out[64];
    bool fine;
    hz_error err;
    CHECK(mkdtemp(dir) != NULL);
    snprintf(out, sizeof out, "%s/out", dir);
    long last = last_allocation(out);
    clear_directory(out);
    CHECK_OK(attempt("tests/data/project/distances.yaml", out, 0, &err), err);
    shell(dir, "cp -r out before", &fine);
    CHECK(fine);
    for (long n = last > 400 ? last - 400 : 1; n < last; n += 3) {
        hz_status st = attempt(PROJECT, out, n, &err);
        shell(dir, st ? "diff -rq before out" : "rm -r out && cp -r before out", &fine);
        if (!fine)
            print_error("allocation %ld: status %d: %s\n", n, (int)st, err.text);
        CHECK(fine);
    }
    clear_directory(dir);
}

/* What `hotzone rates` does: read, rate, write. */
static hz_status rate_once(const char *areas_source, const char *out, hz_error *err)
{
    hz_source_opts opts = { 0 };
    hz_layer *areas = NULL, *events = NULL, *population = NULL;
    hz_rating_input in = { .rates = HZ_RATES_DEFAULTS, .place = HZ_PLACE_DEFAULTS };
    hz_rating rating = { 0 };
    hz_text csv = { 0 };
    in.rates.years = 0;
    hz_status st = hz_source_read_kind(areas_source, &opts, HZ_POLYGON, &areas, NULL, err);
    if (!st)
        st = hz_source_read_kind("tests/data/project/events.csv", &opts, HZ_POINT, &events, NULL,
                                 err);
    if (!st)
        st = hz_source_read("tests/data/project/population.csv", &opts, &population, NULL, err);
    in.areas = areas;
    in.events = events;
    in.population = population;
    if (!st)
        st = hz_rating_make(&in, &rating, NULL, err);
    if (!st)
        st = hz_csv_write(rating.table, NULL, NULL, 0, NULL, &csv, err);
    if (!st) {
        hz_vector_item item = { rating.table, "rates", NULL, NULL };
        st = hz_vector_write(out, &item, 1, err);
    }
    hz_rating_clear(&rating);
    hz_layer_free(areas);
    hz_layer_free(events);
    hz_layer_free(population);
    hz_text_free(&csv);
    return st;
}

/* Fails allocation 1, 2, 3 … until there are no more: some can be done without, but not many in a
 * row.  Returns how many failed the call, 0 if one did not fail as it should. */
static size_t fail_each(const char *areas, const char *out)
{
    hz_error err = { .text = "" };
    size_t failed = 0;
    for (long n = 1, fine = 0; fine < 30; n++) {
        hz_mem_fail_at(n);
        hz_status st = rate_once(areas, out, &err);
        hz_mem_fail_at(0);
        if (st == HZ_OK) {
            fine++;
            unlink(out);
            continue;
        }
        fine = 0;
        failed++;
        if (st != HZ_EMEMORY || !strstr(err.text, "not enough memory") || hz_file_exists(out)) {
            print_error("%s: allocation %ld: status %d: %s\n", areas, n, (int)st, err.text);
            return 0;
        }
    }
    return failed;
}

TEST(rates_without_memory_say_so_and_write_nothing)
{
    static const char *const endings[] = { "gpkg", "geojson" };
    char dir[] = "/tmp/hotzone-test-XXXXXX", out[64], copy[64], line[200];
    CHECK(mkdtemp(dir) != NULL);
    snprintf(copy, sizeof copy, "%s/areas.gpkg", dir);
    hz_layer *areas = NULL;
    hz_source_opts opts = { 0 };
    hz_error err;
    CHECK_OK(hz_source_read("tests/data/project/areas.geojson", &opts, &areas, NULL, &err), err);
    hz_vector_item item = { areas, "areas", NULL, NULL };
    CHECK_OK(hz_vector_write(copy, &item, 1, &err), err);
    hz_layer_free(areas);
    for (size_t i = 0; i < 2; i++) {
        snprintf(out, sizeof out, "%s/rates.%s", dir, endings[i]);
        CHECK(fail_each(i ? copy : "tests/data/project/areas.geojson", out) > 100);
    }
    snprintf(line, sizeof line, "rm -rf %s", dir);
    CHECK(system(line) == 0);
}

static hz_status read_counts(const char *source, hz_error *err)
{
    hz_source_opts opts = { .no_shapes = true };
    hz_layer *layer = NULL;
    hz_status st = hz_source_read(source, &opts, &layer, NULL, err);
    hz_layer_free(layer);
    return st;
}

TEST(readers_without_memory_say_so)
{
    static const char *const sources[] = {
        "tests/data/csv/danish-excel.csv", "tests/data/csv/bom-tab.tsv",
        "tests/data/csv/faults.csv", "tests/data/vector/texts.xlsx",
        "tests/data/project/events.csv|subset=1 = 1"
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        size_t failed = 0;
        hz_error err = { .text = "" };
        for (long n = 1, fine = 0; fine < 30; n++) {
            hz_mem_fail_at(n);
            hz_status st = read_counts(sources[i], &err);
            hz_mem_fail_at(0);
            fine = st ? 0 : fine + 1;
            if (!st)
                continue;
            failed++;
            if (st != HZ_EMEMORY)
                print_error("%s: allocation %ld: status %d: %s\n", sources[i], n, (int)st,
                            err.text);
            CHECK(st == HZ_EMEMORY);
        }
        CHECK(failed > 5);
    }
}

TEST(a_run_into_a_directory_that_cannot_be_made_says_so)
{
    hz_error err;
    CHECK_FAILS(attempt(PROJECT, "/proc/nowhere/out", 0, &err), HZ_EIO, err,
                "directory cannot be made");
    CHECK_FAILS(attempt(PROJECT, "Makefile/out", 0, &err), HZ_EIO, err, "directory cannot be made");
}

RUN_TESTS(T(a_run_without_memory_says_so_and_leaves_nothing),
          T(so_does_one_of_several_files_and_styles),
          T(so_does_one_of_distances_cells_clusters_and_concentration),
          T(so_does_one_whose_tables_are_audited_together),
          T(so_does_one_with_cards_of_zones_of_hidden_events),
          T(a_run_with_panels_and_no_memory_says_so_and_leaves_nothing),
          T(a_run_over_an_earlier_one_without_memory_leaves_that_as_it_was),
          T(rates_without_memory_say_so_and_write_nothing), T(readers_without_memory_say_so),
          T(a_run_into_a_directory_that_cannot_be_made_says_so))
