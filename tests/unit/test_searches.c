/* Searches by zone: sums by period, what is not known, and tables that are not what they should be. */
#include "check.h"

#include "hotzone/mem.h"
#include "hotzone/searches.h"

static hz_error err;
enum { ZONES = 4, ROWS = 7 };

static hz_layer *zones_of(void)
{
    static const char *const ids[ZONES] = { "z1", "z2", "Torvet", "z4" };
    static const char *const names[ZONES] = { "Torvet", "Havnen", "Havnen", "Parken" };
    hz_layer *l = NULL;
    if (hz_layer_new("zones", ZONES, &l, &err) || hz_layer_add_texts(l, "id", ids, &err) ||
        hz_layer_add_texts(l, "name", names, &err))
        return NULL;
    return l;
}

static const char *const of_zone[ROWS] = { "z1", " z1 ", "z2", "z2", "Torvet", "nowhere", "z1" };
static const double of_searches[ROWS] = { 10, 5, 8, 2, 3, 9, 7 };
static const double of_finds[ROWS] = { 1, 2, 3, NAN, 0, 1, 7 };
static const char *const of_date[ROWS] = { "2016-03-01", "2016-04-01", "2016-05-01", "2016-06-01",
                                           "2017-01-01", "2017-01-01", "2017-02-01" };

static hz_layer *table_of(const char *const *zone, const double *searches, const double *finds,
                          bool dated)
{
    hz_layer *l = NULL;
    if (hz_layer_new("searches.csv", ROWS, &l, &err) || hz_layer_add_texts(l, "zone", zone, &err) ||
        hz_layer_add_numbers(l, "searches", searches, &err) ||
        (finds && hz_layer_add_numbers(l, "finds", finds, &err)) ||
        (dated && hz_layer_add_texts(l, "date", of_date, &err)))
        return NULL;
    return l;
}

static const hz_searches_columns columns = { .id = "id", .name = "name" };

static hz_status try_table(hz_layer *table, size_t periods, double *searches, double *finds,
                           hz_searches_fate *fate)
{
    hz_period when[2] = { HZ_PERIOD_ALWAYS, HZ_PERIOD_ALWAYS };
    hz_layer *zones = zones_of();
    if (periods > 0) {
        hz_period_parse("2016", &when[0], &err);
        hz_period_parse("2017", &when[1], &err);
    }
    hz_status st = hz_searches_count(table, zones, &columns, when, periods > 1 ? 2 : 1, searches,
                                     finds, fate, NULL, &err);
    hz_layer_free(zones);
    return st;
}

/* An id goes before a name: "Torvet" is the third zone. */
TEST(rows_are_summed_by_zone_and_period_and_what_nobody_counted_is_not_0)
{
    double searches[2 * ZONES], finds[2 * ZONES];
    hz_searches_fate fate;
    hz_layer *t = table_of(of_zone, of_searches, of_finds, true);
    CHECK(hz_searches_is_table(t));
    CHECK_OK(try_table(t, 2, searches, finds, &fate), err);
    CHECK_NEAR(searches[0], 15, 0);
    CHECK_NEAR(finds[0], 3, 0);
    CHECK_NEAR(searches[1], 10, 0);
    CHECK_NAN(finds[1]); /* one of its rows says nothing */
    CHECK_NAN(searches[2]);
    CHECK_NAN(searches[3]);
    CHECK_NEAR(searches[ZONES], 7, 0);
    CHECK_NEAR(searches[ZONES + 2], 3, 0);
    CHECK_NEAR(finds[ZONES + 2], 0, 0);
    CHECK_NAN(searches[ZONES + 1]);
    CHECK(fate.read == ROWS && fate.used == 4 && fate.other_period == 3 && fate.zones == 2);
    hz_layer_free(t);
}

TEST(without_dates_one_period_takes_all_rows_and_two_cannot_be_told_apart)
{
    double searches[2 * ZONES], finds[2 * ZONES];
    hz_layer *t = table_of(of_zone, of_searches, NULL, false);
    CHECK_OK(try_table(t, 1, searches, finds, NULL), err);
    CHECK_NEAR(searches[0], 22, 0);
    CHECK_NAN(finds[0]);
    CHECK(try_table(t, 2, searches, finds, NULL) == HZ_EUSAGE);
    hz_layer_free(t);
}

TEST(counts_that_are_none_and_names_of_two_zones_are_refused)
{
    double searches[2 * ZONES], finds[2 * ZONES];
    const struct { double searches, finds; const char *zone, *says; } bad[] = {
        { -1, 0, "z1", "row 1 has no count of searches" },
        { NAN, 0, "z1", "row 1 has no count of searches" },
        { 2.5, 0, "z1", "row 1 has no count of searches" },
        { 3, 4, "z1", "row 1 has 4 finds of 3 searches" },
        { 3, -1, "z1", "row 1 has -1 finds of 3 searches" },
        { 3, 1, "Havnen", "row 1 is of zones 2 and 3, which have the same name" },
    };
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        const char *zone[ROWS];
        double n[ROWS], found[ROWS];
        memcpy(zone, of_zone, sizeof zone);
        memcpy(n, of_searches, sizeof n);
        memcpy(found, of_finds, sizeof found);
        zone[0] = bad[k].zone;
        n[0] = bad[k].searches;
        found[0] = bad[k].finds;
        hz_layer *t = table_of(zone, n, found, true);
        CHECK(try_table(t, 0, searches, finds, NULL) == HZ_EDATA);
        CHECK(strstr(err.text, bad[k].says) != NULL);
        hz_layer_free(t);
    }
}

TEST(every_allocation_may_fail)
{
    double searches[2 * ZONES], finds[2 * ZONES];
    long n = 1;
    for (; n < 300; n++) {
        hz_period when = HZ_PERIOD_ALWAYS;
        hz_layer *t = table_of(of_zone, of_searches, of_finds, true), *zones = zones_of();
        CHECK_OK(hz_period_parse("2016", &when, &err), err);
        hz_mem_fail_at(n);
        hz_status st = hz_searches_count(t, zones, &columns, &when, 1, searches, finds, NULL, NULL,
                                         &err);
        hz_mem_fail_at(0);
        hz_layer_free(t);
        hz_layer_free(zones);
        if (st == HZ_OK)
            break;
        CHECK(st == HZ_EMEMORY);
    }
    CHECK(n > 3 && n < 300);
}

RUN_TESTS(T(rows_are_summed_by_zone_and_period_and_what_nobody_counted_is_not_0),
          T(without_dates_one_period_takes_all_rows_and_two_cannot_be_told_apart),
          T(counts_that_are_none_and_names_of_two_zones_are_refused), T(every_allocation_may_fail))
