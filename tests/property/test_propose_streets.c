/* Proposals of blocks in made-up towns: the list of streets round each builds the same polygon. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "hotzone/proposing.h"
#include "hotzone/rng.h"

enum { SIDE = 9, EVENTS = 400, DAYS = 100, DAY_S = 86400, LINES_MOST = 2 * SIDE * SIDE };
static const double BLOCK_M = 120;

static hz_error err;

static void must(hz_status st)
{
    if (st)
        fail_msg("%s", err.text);
}

static hz_layer *layer_of(const char *name, hz_shapes **shapes)
{
    hz_layer *layer = NULL;
    hz_crs *crs = NULL;
    must(hz_layer_new(name, (*shapes)->features, &layer, &err));
    must(hz_layer_take_shapes(layer, shapes, &err));
    must(hz_crs_new("EPSG:25832", &crs, &err));
    must(hz_layer_take_crs(layer, &crs, &err));
    return layer;
}

typedef struct {
    double x[SIDE][SIDE], y[SIDE][SIDE];
    hz_shapes *lines;
    const char *names[LINES_MOST];
    char text[LINES_MOST][24];
} town;

/* One street, from junction to junction along a row or a column; some stretches are missing, so that
 * blocks run together. */
static void add_street(town *t, hz_rng *rng, int row, int from, int to, bool up)
{
    hz_shapes *s = t->lines;
    int number = (int)s->features;
    for (int k = from; k < to; k++) {
        bool rim = row == 0 || row == SIDE - 1;
        size_t p = s->points, f = s->features;
        if (!rim && hz_rng_uniform(rng) < 0.12)
            continue;
        for (int e = 0; e < 2; e++) {
            s->x[p + (size_t)e] = up ? t->x[row][k + e] : t->x[k + e][row];
            s->y[p + (size_t)e] = up ? t->y[row][k + e] : t->y[k + e][row];
        }
        s->points += 2;
        s->features++;
        s->rings++;
        s->first_ring[f + 1] = s->rings;
        s->first_point[s->rings] = s->points;
        snprintf(t->text[f], sizeof t->text[f], "%s %c%c", up ? "Gade" : "Vej",
                 (char)('A' + number / 20), (char)('a' + number % 20));
        t->names[f] = t->text[f];
    }
}

static hz_layer *make_town(uint32_t seed)
{
    static town t;
    hz_rng rng = hz_rng_new(23, hz_rng_statistic("town"), seed, 0);
    must(hz_shapes_new(HZ_LINE, LINES_MOST, LINES_MOST, 2 * LINES_MOST, &t.lines, &err));
    t.lines->features = t.lines->rings = t.lines->points = 0;
    for (int i = 0; i < SIDE; i++)
        for (int k = 0; k < SIDE; k++) {
            t.x[i][k] = 720000 + BLOCK_M * (i + 0.5 * (hz_rng_uniform(&rng) - 0.5));
            t.y[i][k] = 6170000 + BLOCK_M * (k + 0.5 * (hz_rng_uniform(&rng) - 0.5));
        }
    for (int i = 0; i < SIDE; i++)
        for (int up = 0; up < 2; up++) { /* a row is one street, or two */
            int cut = 2 + (int)hz_rng_below(&rng, SIDE - 3);
            add_street(&t, &rng, i, 0, cut, up);
            add_street(&t, &rng, i, cut, SIDE - 1, up);
        }
    hz_layer *layer = layer_of("streets", &t.lines);
    must(hz_layer_add_texts(layer, "name", t.names, &err));
    return layer;
}

static hz_layer *make_events(uint32_t seed)
{
    hz_rng rng = hz_rng_new(24, hz_rng_statistic("events"), seed, 0);
    hz_shapes *s = NULL;
    hz_time *when = hz_mem_new(EVENTS, sizeof *when);
    must(when ? hz_shapes_new(HZ_POINT, EVENTS, 0, EVENTS, &s, &err) : HZ_EMEMORY);
    double width = BLOCK_M * (SIDE - 1), cx = width * hz_rng_uniform(&rng),
           cy = width * hz_rng_uniform(&rng);
    for (size_t i = 0; i < EVENTS; i++) {
        bool dense = i % 2;
        double x = dense ? cx + 2 * BLOCK_M * (hz_rng_uniform(&rng) - 0.5)
                         : width * hz_rng_uniform(&rng);
        double y = dense ? cy + 2 * BLOCK_M * (hz_rng_uniform(&rng) - 0.5)
                         : width * hz_rng_uniform(&rng);
        s->x[i] = 720000 + fmin(fmax(x, 1), width - 1);
        s->y[i] = 6170000 + fmin(fmax(y, 1), width - 1);
        when[i] = (hz_time)(hz_rng_uniform(&rng) * DAYS) * DAY_S;
    }
    hz_layer *layer = layer_of("events", &s);
    must(hz_layer_take_times(layer, "date", &when, &err));
    return layer;
}

/* The share of the proposal that its list builds again, by a build of our own. */
static double build_again(const hz_layer *streets, const hz_proposing *p, const char *list)
{
    hz_trace_network *network = NULL;
    hz_trace trace = { 0 };
    hz_shapes *both = NULL;
    const hz_trace_opts opts = { 0 };
    double again = NAN;
    must(hz_trace_network_new(streets, NULL, 0, NULL, &network, NULL, &err));
    if (!hz_trace_build(network, list, &opts, &trace, &err) && trace.ring) {
        must(hz_overlay(p->shape, 0, trace.ring, 0, HZ_OVERLAY_INTERSECTION, &both, &err));
        double shared = hz_shape_area(both, 0);
        again = shared / (hz_shape_area(p->shape, 0) + hz_shape_area(trace.ring, 0) - shared);
    }
    hz_shapes_free(both);
    hz_trace_clear(&trace);
    hz_trace_network_free(network);
    return again;
}

/* HZ_PROPOSE_SEEDS=300: in every one of them. */
TEST(the_list_of_a_proposal_builds_it_again)
{
    const char *all = getenv("HZ_PROPOSE_SEEDS");
    uint32_t n = all ? (uint32_t)strtoul(all, NULL, 10) : 25, same = 0;
    for (uint32_t seed = 0; seed < n; seed++) {
        hz_layer *streets = make_town(seed), *events = make_events(seed);
        hz_evidence_input in = { .events = events, .streets = streets, .place = HZ_PLACE_DEFAULTS,
                                 .split = HZ_SPLIT_HALVES, .measure = (hz_budget_kind)(2 * (seed % 2)),
                                 .budget = seed % 2 ? 1 + 0.2 * (seed % 7) : 0.04 + 0.02 * (seed % 9) };
        hz_propose_opts o = HZ_PROPOSE_DEFAULTS;
        hz_evidence e;
        hz_proposing p;
        hz_proposal_streets s;
        const hz_proposal_network of = { .streets = streets };
        in.place.time = "date";
        o.moves = 60;
        o.starts = 16;
        must(hz_evidence_make(&in, &e, NULL, &err));
        must(hz_proposing_make(&e, &o, &p, &err));
        must(hz_proposing_streets(&e, &p, &of, &s, NULL, &err));
        CHECK(s.listed && s.unnamed_m < 1e-3);
        double again = build_again(streets, &p, hz_text_get(&s.text));
        CHECK((isnan(again) && isnan(s.again)) || fabs(again - s.again) < 1e-6);
        same += again > 0.9999;
        if (!(again > 0.9999) && n > 25)
            print_message("town %u: %.4f by %s\n", seed, again, hz_text_get(&s.text));
        hz_proposal_streets_clear(&s);
        hz_proposing_clear(&p);
        hz_evidence_clear(&e);
        hz_layer_free(streets);
        hz_layer_free(events);
    }
    if (n > 25)
        print_message("%u towns: %u lists build the same polygon\n", n, same);
    CHECK(same == n);
}

RUN_TESTS(T(the_list_of_a_proposal_builds_it_again))
