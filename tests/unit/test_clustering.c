/* Hotspots from layers as they were read, and what is said of them. */
#include "check.h"
#include "hotzone/caption_hotspots.h"
#include "hotzone/clustering.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"

/* A square city of 6 km in two halves; events even, but for many about one corner. */
#define EAST 720000.0
#define NORTH 6171000.0
enum { EVENTS = 700 };

static hz_error err;

static void must(hz_status st)
{
    if (st)
        fail_msg("%s", err.text);
}

static void give_crs(hz_layer *layer)
{
    hz_crs *crs = NULL;
    must(hz_crs_new("EPSG:25832", &crs, &err));
    must(hz_layer_take_crs(layer, &crs, &err));
}

static hz_layer *two_halves(void)
{
    static const char *const id[] = { "w", "e" }, *const name[] = { "Vestby", "Østby" };
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    must(hz_layer_new("areas", 2, &layer, &err));
    must(hz_shapes_new(HZ_POLYGON, 2, 2, 10, &s, &err));
    for (size_t f = 0; f < 2; f++) {
        const double x[] = { 0, 3000, 3000, 0, 0 }, y[] = { 0, 0, 6000, 6000, 0 };
        for (size_t i = 0; i < 5; i++) {
            s->x[5 * f + i] = EAST + x[i] + 3000 * (double)f;
            s->y[5 * f + i] = NORTH + y[i];
        }
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * (f + 1);
    }
    must(hz_layer_take_shapes(layer, &s, &err));
    give_crs(layer);
    must(hz_layer_add_texts(layer, "id", id, &err));
    must(hz_layer_add_texts(layer, "name", name, &err));
    return layer;
}

static hz_layer *scatter(size_t n)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    double precision[EVENTS];
    hz_rng rng = hz_rng_new(3, 1, 0, 0);
    must(hz_layer_new("events", n, &layer, &err));
    must(hz_shapes_new(HZ_POINT, n, 0, n, &s, &err));
    for (size_t i = 0; i < n; i++) {
        double size = i % 3 ? 6000 : 900; /* a third in the south-western ninth of a tenth */
        s->x[i] = EAST + size * hz_rng_uniform(&rng);
        s->y[i] = NORTH + size * hz_rng_uniform(&rng);
        precision[i] = i % 2 ? 10 : 500;
    }
    must(hz_layer_take_shapes(layer, &s, &err));
    give_crs(layer);
    must(hz_layer_add_numbers(layer, "precision_m", precision, &err));
    return layer;
}

typedef struct {
    hz_layer *areas, *events;
    hz_crs *crs;
    hz_clustering_input in;
    hz_clustering found;
} work;

static void prepare(work *w, size_t n)
{
    *w = (work){ .areas = two_halves(), .events = scatter(n) };
    must(hz_crs_new("EPSG:25832", &w->crs, &err));
    w->in = (hz_clustering_input){ .of = { .areas = w->areas, .events = w->events,
                                           .place = HZ_PLACE_DEFAULTS,
                                           .precision_m = "precision_m",
                                           .rates = HZ_RATES_DEFAULTS },
                                   .crs = w->crs, .cell_m = 300, .cluster = HZ_CLUSTER_DEFAULTS,
                                   .scan = true, .scanning = HZ_SCANNING_DEFAULTS,
                                   .side_m = { 300, 1000 }, .sides = 2,
                                   .concentration = HZ_CONCENTRATION_DEFAULTS };
    w->in.scanning.replicates = w->in.concentration.replicates = 99;
}

static void clear(work *w)
{
    hz_clustering_clear(&w->found);
    hz_layer_free(w->areas);
    hz_layer_free(w->events);
    hz_crs_free(w->crs);
}

TEST(a_planted_cluster_is_found_by_cells_scan_and_concentration)
{
    work w;
    prepare(&w, EVENTS);
    CHECK_OK(hz_clustering_make(&w.in, &w.found, NULL, &err), err);
    const hz_clustering *c = &w.found;
    CHECK(hz_layer_rows(c->units.table) == 400 && c->found.tested == 400);
    CHECK(c->events == EVENTS && c->events_left_out == 0 && c->fate.placed == EVENTS);
    CHECK(c->coarse == EVENTS / 2);
    CHECK(c->found.hot >= 4 && c->found.hot <= 20);
    CHECK(c->scanned && c->sure >= 1);
    CHECK_TEXT(hz_layer_text(c->scan.clusters, "place", 0), "Vestby");
    CHECK(c->spreads == 2 && c->spread[0].measure[HZ_MEASURE_GINI].p == 0.01);
    CHECK_TEXT(c->spread_name[1], "1000 m");
    CHECK(c->power.block == 9 && c->power.units == 400 && c->power.events == EVENTS);
    clear(&w);
}

TEST(nothing_is_measured_without_a_place_on_earth_or_cells_of_counts)
{
    work w;
    hz_layer *bare = NULL;
    prepare(&w, 30);
    w.in.of.counts = w.events;
    CHECK_FAILS(hz_clustering_make(&w.in, &w.found, NULL, &err), HZ_EUSAGE, err,
                "are counts by area");
    w.in.of.counts = NULL;
    must(hz_layer_new("bare", 1, &bare, &err));
    w.in.of.areas = bare;
    CHECK_FAILS(hz_clustering_make(&w.in, &w.found, NULL, &err), HZ_ECRS, err,
                "bare: has no reference system");
    hz_layer_free(bare);
    clear(&w);
}

TEST(no_allocation_that_fails_leaves_anything_behind)
{
    work w;
    hz_status st = HZ_EMEMORY;
    prepare(&w, 60);
    w.in.scanning.replicates = w.in.concentration.replicates = 19;
    for (long k = 1; st && k < 100000; k += k < 150 ? 1 : 13) {
        hz_mem_fail_at(k);
        st = hz_clustering_make(&w.in, &w.found, NULL, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || (st == HZ_EMEMORY && !w.found.areas));
    }
    CHECK(st == HZ_OK);
    clear(&w);
}

/* ------------------------------------------------------------------ sentences */

static const hz_neighbours queen = { .kind = HZ_QUEEN };

static hz_caption_hotspots facts_of(const work *w, hz_language l, const char *names[4])
{
    const hz_clustering *c = &w->found;
    bool da = l == HZ_DANISH;
    names[0] = c->spread_name[0];
    names[1] = c->spread_name[1];
    return (hz_caption_hotspots){ .language = l, .neighbours = &queen, .noun = da ? "hændelser" : "events",
                                  .place_in = da ? "i Byen" : "in the city", .period = "2017",
                                  .cell_m = 300, .units = c->units.table, .opts = &w->in.cluster,
                                  .found = &c->found, .power = &c->power, .fate = &c->fate,
                                  .events = c->events, .coarse = c->coarse, .scan = &c->scan,
                                  .sure = c->sure, .alpha = 0.05, .spread = c->spread,
                                  .spread_name = names, .spreads = c->spreads };
}

typedef void (*sentence)(const hz_caption_hotspots *f, hz_text *out);
static const sentence all[] = {
    hz_caption_hotspots_quantity, hz_caption_hotspots_alt, hz_caption_hotspots_figure,
    hz_caption_hotspots_findings, hz_caption_hotspots_short, hz_caption_hotspots_power,
    hz_caption_hotspots_scan,
    hz_caption_hotspots_spread, hz_caption_hotspots_method, hz_caption_hotspots_fate,
    hz_caption_hotspots_doubt, hz_caption_lorenz_alt, hz_caption_lorenz_method,
};

TEST(sentences_are_whole_in_both_languages)
{
    work w;
    const char *names[4];
    prepare(&w, EVENTS);
    CHECK_OK(hz_clustering_make(&w.in, &w.found, NULL, &err), err);
    for (int l = 0; l < 2; l++) {
        hz_caption_hotspots f = facts_of(&w, (hz_language)l, names);
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
            hz_text text = { 0 };
            all[i](&f, &text);
            CHECK(!text.failed && text.length > 20);
            CHECK(!strstr(text.data, "nan") && !strstr(text.data, "  ") &&
                  !strstr(text.data, "(null)") && !strstr(text.data, "%s"));
            if (i)
                CHECK(text.data[text.length - 1] == '.');
            hz_text_free(&text);
        }
    }
    clear(&w);
}

/* A map of chance alone must not be told as if it showed something. */
TEST(few_events_are_told_as_few)
{
    work w;
    const char *names[4];
    hz_text text = { 0 };
    prepare(&w, EVENTS);
    CHECK_OK(hz_clustering_make(&w.in, &w.found, NULL, &err), err);
    hz_caption_hotspots f = facts_of(&w, HZ_ENGLISH, names);
    hz_power one = hz_power_of(400, 9, 1, 0.05, 3), few = hz_power_of(400, 9, 20, 0.05, 3);
    f.power = &one;
    hz_caption_hotspots_power(&f, &text);
    CHECK(strstr(text.data, "even if all lay in one place it would not stand out"));
    CHECK(strstr(text.data, "says next to nothing"));
    hz_text_free(&text);
    f.power = &few;
    hz_caption_hotspots_power(&f, &text);
    CHECK(strstr(text.data, "at least 6 must lie there") && strstr(text.data, "next to nothing"));
    hz_text_free(&text);
    hz_caption_hotspots_short(&f, &text);
    CHECK(strstr(text.data, "So few events say next to nothing of a place that is not marked. A "
                            "search for clusters"));
    hz_text_free(&text);
    hz_cluster_found none = { .units = 400, .tested = 400, .exact = 400 };
    f.found = &none;
    hz_caption_hotspots_findings(&f, &text);
    CHECK_TEXT(text.data, "None of 400 tested cells of 300\u00a0m differs from what chance would give "
                          "(q\u00a0\u2264\u00a00.05).");
    hz_text_free(&text);
    clear(&w);
}

RUN_TESTS(T(a_planted_cluster_is_found_by_cells_scan_and_concentration),
          T(nothing_is_measured_without_a_place_on_earth_or_cells_of_counts),
          T(no_allocation_that_fails_leaves_anything_behind),
          T(sentences_are_whole_in_both_languages), T(few_events_are_told_as_few))
