/* The synthetic city is what it says: the published counts, the planted clusters, whatever the seed.
 *
 * The truth is read here to hold the generator to it, and nowhere else.  The generator is compiled in:
 * it is a tool beside the library, not a part of it. */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "hotzone/csv.h"
#include "hotzone/doc.h"
#include "hotzone/file.h"
#include "hotzone/place.h"

#include "data/make/city.c"
#include "data/make/city_land.c"
#include "data/make/city_write.c"
#include "data/make/city_flows.c"

#define DATA "geodata/copenhagen/"
#define FILES DATA "areas.geojson", DATA "population.csv", DATA "water.geojson"

enum { DEFAULT_SEED = 2017, SEEDS = 4 };
static const uint64_t seeds[SEEDS] = { 1, 38, 20171109, UINT64_MAX };
static city *made[SEEDS]; /* for all tests */

static const char *const ids[CITY_AREAS] = {
    "indre-by", "oesterbro", "indre-noerrebro", "ydre-noerrebro", "vesterbro-kongens-enghave",
    "valby", "vanloese", "broenshoej-husum", "bispebjerg", "amager-oest", "amager-vest",
};

/* ---- the files ----------------------------------------------------------- */

static void check_file(void **state_, const char *path, const hz_text *want)
{
    hz_error err = { 0 };
    char *got = NULL;
    size_t n = 0;
    CHECK_OK(hz_file_read(path, 1 << 24, &got, &n, &err), err);
    if (n != want->length || memcmp(got, want->data, n) != 0) {
        size_t at = 0, line = 1;
        for (; at < n && at < want->length && got[at] == want->data[at]; at++)
            line += got[at] == '\n';
        print_error("%s:%zu: differs; `make synthetic` writes it anew\n", path, line);
        fail();
    }
    hz_mem_free(got);
}

TEST(the_files_that_ship_are_what_the_default_seed_makes)
{
    hz_error err = { 0 };
    city *c = NULL;
    hz_text events = { 0 }, residents = { 0 }, truth = { 0 }, homes = { 0 }, solved = { 0 };
    CHECK_OK(city_make(DEFAULT_SEED, FILES, &c, &err), err);
    city_events_csv(c, &events);
    city_residents_csv(c, &residents);
    city_truth_json(c, &truth);
    city_homes_csv(c, &homes);
    city_solved_csv(c, &solved);
    CHECK(!homes.failed && !solved.failed);
    CHECK(!events.failed && !residents.failed && !truth.failed);
    check_file(state_, DATA "events-synthetic.csv", &events);
    check_file(state_, DATA "residents-synthetic.csv", &residents);
    check_file(state_, DATA "truth-synthetic.json", &truth);
    check_file(state_, DATA "flows-homes-synthetic.csv", &homes);
    check_file(state_, DATA "flows-events-synthetic.csv", &solved);
    CHECK(events.length < 4000000);
    hz_text_free(&events);
    hz_text_free(&residents);
    hz_text_free(&truth);
    hz_text_free(&homes);
    hz_text_free(&solved);
    city_free(c);
}

TEST(the_same_seed_makes_the_same_bytes_and_another_seed_others)
{
    hz_error err = { 0 };
    city *again = NULL;
    hz_text text[3] = { { 0 } };
    CHECK_OK(city_make(seeds[0], FILES, &again, &err), err);
    city_events_csv(made[0], &text[0]);
    city_events_csv(again, &text[1]);
    city_events_csv(made[1], &text[2]);
    CHECK_TEXT(hz_text_get(&text[0]), hz_text_get(&text[1]));
    CHECK(strcmp(hz_text_get(&text[0]), hz_text_get(&text[2])) != 0);
    for (int i = 0; i < 3; i++)
        hz_text_free(&text[i]);
    city_free(again);
}

/* ---- counts, by the code that places real events --------------------------- */

static const double *count_of(const hz_layer *areas, const hz_placing *placing, const char *id)
{
    for (size_t row = 0; row < hz_layer_rows(areas); row++)
        if (strcmp(hz_layer_text(areas, "id", row), id) == 0)
            return &hz_placing_counts(placing)[row];
    print_error("no area '%s'\n", id);
    fail();
    return NULL;
}

/* Sum of the residents of the eleven areas, read by the code that serves `rates`. */
static double residents_of_city(void **state_, const hz_layer *areas)
{
    const hz_source_opts as_table = { .no_shapes = true };
    const hz_match_opts match = { .want_year = 2017, .nearest_year = true };
    hz_error err = { 0 };
    hz_layer *table = NULL;
    double each[CITY_AREAS], sum = 0;
    CHECK_OK(hz_source_read(DATA "population.csv", &as_table, &table, NULL, &err), err);
    CHECK(hz_layer_rows(areas) == CITY_AREAS);
    CHECK_OK(hz_match_values(areas, "id", table, &match, each, NULL, NULL, NULL, &err), err);
    for (int a = 0; a < CITY_AREAS; a++)
        sum += each[a];
    hz_layer_free(table);
    return sum;
}

/* Indre Nørrebro: 58.2 per 1,000 of 34,953 is 2034.3; Ydre: 40.6 of 44,975 is 1826.0. */
static void check_counts(void **state_, const char *path, const char *crs)
{
    static const struct { const char *period; double inner, outer; } published[] = {
        { "2016", 2034, 1826 }, { "2017", 1877, 1790 },
    };
    hz_error err = { 0 };
    hz_layer *areas = NULL, *events = NULL;
    size_t bad = 0, first_bad = 0;
    CHECK_OK(hz_source_read(DATA "areas.geojson", NULL, &areas, NULL, &err), err);
    CHECK_OK(hz_source_read(path, NULL, &events, NULL, &err), err);
    CHECK_OK(hz_layer_read_dates(events, "date", NULL, &bad, &first_bad, &err), err);
    CHECK(bad == 0 && hz_layer_intake(events)->refused == 0);
    if (crs) {
        hz_crs *metres = NULL;
        CHECK_OK(hz_crs_new(crs, &metres, &err), err);
        CHECK_OK(hz_layer_to_crs(events, metres, &err), err);
        hz_crs_free(metres);
    }
    size_t dated = 0;
    for (int y = 0; y < CITY_YEARS; y++) {
        hz_place_opts opts = HZ_PLACE_DEFAULTS;
        hz_placing *placing = NULL;
        opts.time = "date";
        CHECK_OK(hz_period_parse(published[y].period, &opts.period, &err), err);
        CHECK_OK(hz_place_events(areas, events, false, &opts, &placing, NULL, &err), err);
        CHECK(*count_of(areas, placing, "indre-noerrebro") == published[y].inner);
        CHECK(*count_of(areas, placing, "ydre-noerrebro") == published[y].outer);
        const hz_fate *fate = hz_placing_fate(placing);
        double placed = (double)fate->placed;
        CHECK_NEAR(1000 * placed / residents_of_city(state_, areas), 60, 5);
        CHECK_NEAR((double)fate->unlocated / placed, 0.015, 1e-4);
        CHECK_NEAR((double)fate->outside / placed, 0.010, 1e-4);
        for (int a = 0; a < CITY_AREAS; a++) /* Indre By stands out, as it does in the press */
            CHECK(*count_of(areas, placing, ids[a]) > 1000 &&
                  *count_of(areas, placing, ids[a]) <=
                      *count_of(areas, placing, "indre-by"));
        dated += fate->placed + fate->outside + fate->unlocated;
        hz_placing_free(placing);
    }
    CHECK(dated == hz_layer_rows(events)); /* all rows are of the two years */
    hz_layer_free(events);
    hz_layer_free(areas);
}

TEST(the_file_that_ships_has_the_published_counts)
{
    check_counts(state_, DATA "events-synthetic.csv", NULL);
}

TEST(the_counts_stay_when_the_city_is_measured_in_metres)
{
    check_counts(state_, DATA "events-synthetic.csv", "EPSG:25832");
    check_counts(state_, DATA "events-synthetic.csv", "EPSG:3857");
}

TEST(other_seeds_have_the_published_counts_too)
{
    char dir[] = "/tmp/hz-synthetic-XXXXXX", path[64];
    hz_error err = { 0 };
    CHECK(mkdtemp(dir) != NULL);
    snprintf(path, sizeof path, "%s/events.csv", dir);
    for (int s = 0; s < SEEDS; s++) {
        hz_text text = { 0 };
        city_events_csv(made[s], &text);
        CHECK(!text.failed);
        CHECK_OK(hz_file_write(path, text.data, text.length, &err), err);
        hz_text_free(&text);
        check_counts(state_, path, NULL);
    }
    unlink(path);
    rmdir(dir);
}

/* ---- places -------------------------------------------------------------- */

TEST(nobody_is_robbed_on_water_and_every_offence_is_in_its_area)
{
    for (int s = 0; s < SEEDS; s++) {
        const city *c = made[s];
        for (size_t i = 0; i < c->events; i++) {
            const city_event *e = &c->event[i];
            if (e->area == CITY_UNLOCATED)
                continue;
            double lon = e->at.lon / 1e5, lat = e->at.lat / 1e5;
            CHECK(hz_index_locate_all(c->water_index, lon, lat, NULL, 0) == 0);
            int32_t want = e->area == CITY_OUTSIDE ? HZ_NOWHERE : c->feature[e->area], got;
            hz_index_locate(c->land_index, 0, 1, &lon, &lat, &got);
            CHECK(got == want);
        }
    }
}

/* Measured on true metres, not on the plane of the generator: its 6 m are good to 0.2 %, and less than a
 * metre goes to the rounding of coordinates. */
TEST(offences_keep_off_the_borders_so_that_no_projection_moves_them_across)
{
    const city *c = made[0];
    hz_error err = { 0 };
    hz_crs *degrees = NULL, *metres = NULL;
    hz_layer *areas = NULL;
    double *x = calloc(c->events, sizeof *x), *y = calloc(c->events, sizeof *y);
    CHECK(x && y);
    CHECK_OK(hz_crs_new("EPSG:4326", &degrees, &err), err);
    CHECK_OK(hz_crs_new("EPSG:25832", &metres, &err), err);
    CHECK_OK(hz_source_read(DATA "areas.geojson", NULL, &areas, NULL, &err), err);
    CHECK_OK(hz_layer_to_crs(areas, metres, &err), err);
    for (size_t i = 0; i < c->events; i++) {
        x[i] = c->event[i].at.lon / 1e5;
        y[i] = c->event[i].at.lat / 1e5;
    }
    CHECK_OK(hz_crs_points(degrees, metres, c->events, x, y, NULL, &err), err);
    for (size_t i = 0; i < c->events; i++) {
        int a = c->event[i].area;
        CHECK(a < 0 || hz_shape_border_distance(hz_layer_shapes(areas), (size_t)c->feature[a], x[i],
                                                y[i]) > 5);
    }
    hz_layer_free(areas);
    hz_crs_free(metres);
    hz_crs_free(degrees);
    free(x);
    free(y);
}

static int by_place(const void *p, const void *q)
{
    const city_spot *a = p, *b = q;
    if (a->lon != b->lon)
        return a->lon < b->lon ? -1 : 1;
    return a->lat < b->lat ? -1 : a->lat > b->lat;
}

/* Real files repeat addresses; no made-up one is a dump for the unknown, though. */
TEST(coordinates_repeat_and_none_is_a_default_point)
{
    const city *c = made[0];
    city_spot *at = calloc(c->events, sizeof *at);
    size_t n = 0, distinct = 0, heaviest = 0, run = 0;
    CHECK(at != NULL);
    for (size_t i = 0; i < c->events; i++)
        if (c->event[i].area >= 0)
            at[n++] = c->event[i].at;
    qsort(at, n, sizeof *at, by_place);
    for (size_t i = 0; i < n; i++) {
        run = i > 0 && by_place(&at[i - 1], &at[i]) == 0 ? run + 1 : 1;
        distinct += run == 1;
        heaviest = run > heaviest ? run : heaviest;
    }
    CHECK(distinct < n * 6 / 10 && distinct > n / 5);
    CHECK(heaviest > 20 && heaviest < n / 500);
    free(at);
}

TEST(events_are_in_order_of_time_and_both_years_are_whole)
{
    const city *c = made[2];
    for (size_t i = 1; i < c->events; i++)
        CHECK(c->event[i - 1].when <= c->event[i].when);
    CHECK(c->event[0].when / 86400 == hz_date_days(2016, 1, 1));
    CHECK(c->event[c->events - 1].when / 86400 == hz_date_days(2017, 12, 31));
}

/* ---- clusters: density inside over density around, counted on a lattice of our own ---- */

enum { LATTICE_M = 15, GAP_M = 20, AROUND_M = 300 };

/* 0: in the circle, 1: in the ring around it, where no other cluster reaches, 2: beyond */
static int where_from(const city_cluster *l, double x, double y)
{
    double d = sqrt((x - l->x) * (x - l->x) + (y - l->y) * (y - l->y));
    if (d <= l->radius_m)
        return 0;
    return d > l->radius_m + GAP_M && d <= l->radius_m + AROUND_M ? 1 : 2;
}

/* Offences counted inside, over those expected there if each area were as dense inside as around. */
static double density_ratio(const city *c, const city_cluster *l, hz_period when, unsigned kinds,
                            double *expected)
{
    double land[CITY_AREAS][3] = { { 0 } }, hits[CITY_AREAS][3] = { { 0 } };
    double reach = l->radius_m + AROUND_M, inside = 0;
    for (double y = l->y - reach; y <= l->y + reach; y += LATTICE_M)
        for (double x = l->x - reach; x <= l->x + reach; x += LATTICE_M) {
            city_spot s = city_spot_at(x, y);
            int32_t polygon = city_find(c->land_index, s);
            for (int a = 0; a < CITY_AREAS && city_find(c->water_index, s) == HZ_NOWHERE; a++)
                if (polygon == c->feature[a])
                    land[a][where_from(l, x, y)]++;
        }
    for (size_t i = 0; i < c->events; i++) {
        const city_event *e = &c->event[i];
        if (e->area >= 0 && (kinds >> e->kind & 1) && hz_period_holds(when, e->when))
            hits[e->area][where_from(l, city_x(e->at.lon), city_y(e->at.lat))]++;
    }
    *expected = 0;
    for (int a = 0; a < CITY_AREAS; a++) {
        inside += hits[a][0];
        if (land[a][1] > 0)
            *expected += land[a][0] * hits[a][1] / land[a][1];
    }
    return inside / *expected;
}

/* Weights differ between addresses by a squared spread of 1.06, so a hundred of them by 10 %; with what
 * chance adds to 100-700 offences, one ratio is good to 16 % and the mean of 36 to 3 %. */
TEST(clusters_are_as_much_denser_than_their_surroundings_as_was_planted)
{
    double sum = 0;
    for (int s = 0; s < SEEDS; s++)
        for (int k = 0; k < CITY_CLUSTERS; k++) {
            const city_cluster *l = &made[s]->cluster[k];
            double expected, ratio = density_ratio(made[s], l, l->when, l->kinds, &expected);
            CHECK(expected > 5);
            CHECK_NEAR(log(ratio / l->risk), 0, 0.8);
            sum += log(ratio / l->risk);
        }
    CHECK_NEAR(sum / (SEEDS * CITY_CLUSTERS), 0, 0.1);
}

TEST(clusters_are_not_there_in_another_period_or_for_another_kind)
{
    const hz_period always = { hz_date_days(2016, 1, 1) * 86400, hz_date_days(2018, 1, 1) * 86400 };
    double sum = 0;
    int n = 0;
    for (int s = 0; s < SEEDS; s++)
        for (int k = 0; k < CITY_CLUSTERS; k++) {
            const city_cluster *l = &made[s]->cluster[k];
            const hz_period before = { always.from, l->when.from };
            const hz_period after = { l->when.until, always.until };
            double expected, ratio;
            if (before.until > before.from)
                ratio = density_ratio(made[s], l, before, l->kinds, &expected);
            else if (after.until > after.from)
                ratio = density_ratio(made[s], l, after, l->kinds, &expected);
            else if (l->kinds != ALL_KINDS)
                ratio = density_ratio(made[s], l, always, ALL_KINDS & ~l->kinds, &expected);
            else
                continue;
            CHECK_NEAR(log(ratio), 0, 0.8);
            sum += log(ratio);
            n++;
        }
    CHECK(n == SEEDS * 6);
    CHECK_NEAR(sum / n, 0, 0.1);
}

TEST(one_cluster_crosses_a_border_and_most_are_outside_noerrebro)
{
    for (int s = 0; s < SEEDS; s++) {
        int crossing = 0, outside = 0;
        for (int k = 0; k < CITY_CLUSTERS; k++) {
            const city_cluster *l = &made[s]->cluster[k];
            double here = city_border_m(made[s], l->area, l->at);
            crossing += here < l->radius_m;
            outside += l->area != INDRE_NOERREBRO && l->area != YDRE_NOERREBRO;
            for (int o = 0; o < k; o++) { /* circles with a gap between them */
                const city_cluster *other = &made[s]->cluster[o];
                CHECK(where_from(l, other->x, other->y) != 0);
            }
        }
        CHECK(crossing == 1);
        CHECK(outside >= 5);
    }
}

TEST(other_seeds_put_the_clusters_elsewhere)
{
    for (int k = 0; k < CITY_CLUSTERS; k++)
        for (int s = 1; s < SEEDS; s++)
            CHECK(by_place(&made[0]->cluster[k].at, &made[s]->cluster[k].at) != 0);
}

/* ---- near repeats: Knox's count of pairs close in space and in time ----------- */

/* Pairs close in both over what the margins let expect: 1 where time knows nothing of place. */
static double knox_ratio(const city *c, int area, int kind)
{
    double pairs = 0, near = 0, soon = 0, both = 0;
    for (size_t i = 0; i < c->events; i++) {
        const city_event *a = &c->event[i];
        if (a->area != area || a->kind != kind)
            continue;
        for (size_t j = i + 1; j < c->events; j++) {
            const city_event *b = &c->event[j];
            if (b->area != area || b->kind != kind)
                continue;
            double dx = city_x(a->at.lon) - city_x(b->at.lon);
            double dy = city_y(a->at.lat) - city_y(b->at.lat);
            bool is_near = dx * dx + dy * dy <= 150 * 150, is_soon = b->when - a->when <= 14 * 86400;
            pairs++;
            near += is_near;
            soon += is_soon;
            both += is_near && is_soon;
        }
    }
    return both * pairs / (near * soon);
}

TEST(burglaries_repeat_near_and_soon_in_one_area_and_in_no_other)
{
    double elsewhere = 0;
    for (int s = 0; s < SEEDS; s++) {
        CHECK(knox_ratio(made[s], VALBY, BURGLARY) > 1.8);
        CHECK_NEAR(knox_ratio(made[s], VALBY, VIOLENCE), 1, 0.5);
        elsewhere += knox_ratio(made[s], AMAGER_VEST, BURGLARY) / SEEDS;
    }
    CHECK_NEAR(elsewhere, 1, 0.2);
}

/* ---- registered addresses, truth, failure --------------------------------------- */

TEST(registered_addresses_are_in_every_area_and_in_twenty_towns_and_say_nothing_of_persons)
{
    hz_error err = { 0 };
    hz_layer *areas = NULL, *residents = NULL;
    hz_placing *placing = NULL;
    CHECK_OK(hz_source_read(DATA "areas.geojson", NULL, &areas, NULL, &err), err);
    CHECK_OK(hz_source_read(DATA "residents-synthetic.csv", NULL, &residents, NULL, &err), err);
    CHECK_OK(hz_place_events(areas, residents, false, NULL, &placing, NULL, &err), err);
    CHECK(hz_placing_fate(placing)->outside == 60);
    CHECK(hz_placing_fate(placing)->placed == CITY_RESIDENTS - 60);
    for (int a = 0; a < CITY_AREAS; a++)
        CHECK(*count_of(areas, placing, ids[a]) >= 5);
    CHECK(hz_layer_columns(residents) == 5);
    const char *const names[] = { "id", "lon", "lat", "since", "origin" };
    for (size_t i = 0; i < 5; i++)
        CHECK(hz_layer_find(residents, names[i]) >= 0);
    for (size_t row = 0; row < hz_layer_rows(residents); row++)
        CHECK_TEXT(hz_layer_text(residents, "origin", row), "synthetic");
    hz_placing_free(placing);
    hz_layer_free(residents);
    hz_layer_free(areas);
}

/* The truth as it is written, against rows of the file as they are read. */
TEST(the_truth_file_tells_how_many_offences_each_circle_holds)
{
    hz_error err = { 0 };
    hz_doc *doc = NULL;
    hz_layer *events = NULL;
    size_t bad, first_bad;
    CHECK_OK(hz_doc_read(DATA "truth-synthetic.json", &doc, &err), err);
    CHECK_OK(hz_source_read(DATA "events-synthetic.csv", NULL, &events, NULL, &err), err);
    CHECK_OK(hz_layer_read_dates(events, "date", NULL, &bad, &first_bad, &err), err);
    const hz_node *root = hz_doc_root(doc), *clusters = hz_node_get(root, "clusters");
    CHECK_TEXT(hz_node_text(hz_node_get(root, "seed")), "2017");
    CHECK(hz_node_count(clusters) == CITY_CLUSTERS);
    const double *lon = hz_layer_shapes(events)->x, *lat = hz_layer_shapes(events)->y;
    const hz_time *when = hz_layer_times(events, "date");
    for (size_t k = 0; k < CITY_CLUSTERS; k++) {
        const hz_node *one = hz_node_item(clusters, k), *kinds = hz_node_get(one, "kinds");
        const hz_node *at = hz_node_get(one, "lon_lat");
        double x = atof(hz_node_text(hz_node_item(at, 0)));
        double y = atof(hz_node_text(hz_node_item(at, 1)));
        double radius = atof(hz_node_text(hz_node_get(one, "radius_m"))), n = 0;
        hz_period period;
        CHECK_OK(hz_period_parse(hz_node_text(hz_node_get(one, "period")), &period, &err), err);
        for (size_t row = 0; row < hz_layer_rows(events); row++) {
            double dx = (lon[row] - x) * 62907.32, dy = (lat[row] - y) * 111336.0;
            if (!(dx * dx + dy * dy <= radius * radius) || !hz_period_holds(period, when[row]))
                continue;
            for (size_t i = 0; i < hz_node_count(kinds); i++)
                n += strcmp(hz_node_text(hz_node_item(kinds, i)),
                            hz_layer_text(events, "kind", row)) == 0;
        }
        CHECK(n > 30);
        CHECK(n == atof(hz_node_text(hz_node_get(one, "offences"))));
    }
    hz_layer_free(events);
    hz_doc_free(doc);
}

TEST(a_layer_without_the_areas_is_refused)
{
    hz_error err = { 0 };
    city *c = NULL;
    CHECK_FAILS(city_make(1, DATA "water.geojson", DATA "population.csv", DATA "water.geojson", &c,
                          &err),
                HZ_EDATA, err, "water");
    CHECK(c == NULL);
}

static int make_cities(void **state)
{
    hz_error err = { 0 };
    (void)state;
    for (int s = 0; s < SEEDS; s++)
        if (city_make(seeds[s], FILES, &made[s], &err)) {
            print_error("seed %llu: %s\n", (unsigned long long)seeds[s], err.text);
            return -1;
        }
    return 0;
}

static int free_cities(void **state)
{
    (void)state;
    for (int s = 0; s < SEEDS; s++)
        city_free(made[s]);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_files_that_ship_are_what_the_default_seed_makes),
        T(the_same_seed_makes_the_same_bytes_and_another_seed_others),
        T(the_file_that_ships_has_the_published_counts),
        T(the_counts_stay_when_the_city_is_measured_in_metres),
        T(other_seeds_have_the_published_counts_too),
        T(nobody_is_robbed_on_water_and_every_offence_is_in_its_area),
        T(offences_keep_off_the_borders_so_that_no_projection_moves_them_across),
        T(coordinates_repeat_and_none_is_a_default_point),
        T(events_are_in_order_of_time_and_both_years_are_whole),
        T(clusters_are_as_much_denser_than_their_surroundings_as_was_planted),
        T(clusters_are_not_there_in_another_period_or_for_another_kind),
        T(one_cluster_crosses_a_border_and_most_are_outside_noerrebro),
        T(other_seeds_put_the_clusters_elsewhere),
        T(burglaries_repeat_near_and_soon_in_one_area_and_in_no_other),
        T(registered_addresses_are_in_every_area_and_in_twenty_towns_and_say_nothing_of_persons),
        T(the_truth_file_tells_how_many_offences_each_circle_holds),
        T(a_layer_without_the_areas_is_refused),
    };
    return cmocka_run_group_tests(tests, make_cities, free_cities);
}
