/* The proposal of a project: budgets, what it lacks, and memory that runs out. */
#include "check.h"

#include "hotzone/caption_proposal.h"
#include "hotzone/mem.h"
#include "hotzone/zoning.h"

enum { DAY = 86400, SIDE = 8, LINES = 2 * (SIDE + 1), EVENTS = 60 };

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

/* In hundreds of metres. */
static hz_layer *rectangle(const char *name, double x, double y, double w, double h)
{
    const double xs[] = { x, x + w, x + w, x, x }, ys[] = { y, y, y + h, y + h, y };
    hz_shapes *s = NULL;
    must(hz_shapes_new(HZ_POLYGON, 1, 1, 5, &s, &err));
    s->first_ring[1] = 1;
    s->first_point[1] = 5;
    for (size_t i = 0; i < 5; i++) {
        s->x[i] = 720000 + 100 * xs[i];
        s->y[i] = 6170000 + 100 * ys[i];
    }
    return layer_of(name, &s);
}

/* A grid of streets of 100 m, named; those of the first and last rows are the border of the town. */
static hz_layer *grid(void)
{
    const char *names[LINES];
    char text[LINES][16];
    hz_shapes *s = NULL;
    must(hz_shapes_new(HZ_LINE, LINES, LINES, 2 * LINES, &s, &err));
    for (size_t i = 0; i < LINES; i++) {
        double at = 100 * (double)(i % (SIDE + 1)), end = 100 * SIDE;
        bool up = i > SIDE;
        s->x[2 * i] = 720000 + (up ? at : 0);
        s->x[2 * i + 1] = 720000 + (up ? at : end);
        s->y[2 * i] = 6170000 + (up ? 0 : at);
        s->y[2 * i + 1] = 6170000 + (up ? end : at);
        s->first_ring[i + 1] = i + 1;
        s->first_point[i + 1] = 2 * i + 2;
        snprintf(text[i], sizeof text[i], "%s %c", up ? "Gade" : "Vej",
                 (char)('A' + (int)(i % (SIDE + 1))));
        names[i] = text[i];
    }
    hz_layer *layer = layer_of("streets", &s);
    must(hz_layer_add_texts(layer, "name", names, &err));
    return layer;
}

/* Days 0 to 9 and 10 to 19: most lie in the four blocks at 500-700 m, some everywhere. */
static hz_layer *events(void)
{
    hz_shapes *s = NULL;
    hz_time *when = hz_mem_new(EVENTS, sizeof *when);
    must(when ? hz_shapes_new(HZ_POINT, EVENTS, 0, EVENTS, &s, &err) : HZ_EMEMORY);
    for (size_t i = 0; i < EVENTS; i++) {
        bool dense = i % 3 != 0;
        s->x[i] = 720000 + (dense ? 510 + (double)(i * 37 % 180) : 5 + (double)(i * 53 % 790));
        s->y[i] = 6170000 + (dense ? 510 + (double)(i * 71 % 180) : 5 + (double)(i * 97 % 790));
        when[i] = (hz_time)(i % 20) * DAY + 3600;
    }
    hz_layer *layer = layer_of("events", &s);
    must(hz_layer_take_times(layer, "date", &when, &err));
    return layer;
}

typedef struct {
    hz_layer *zones, *areas, *events, *streets, *people;
    const hz_layer *lent[1];
    hz_crs *crs;
    hz_zoning_input in;
} world;

static void make_world(world *w)
{
    static const char *const ids[] = { "z1" }, *const names[] = { "Torvet" };
    static const double residents[] = { 6400 };
    *w = (world){ .zones = rectangle("zones", 1, 1, 2, 2), .areas = rectangle("town", 0, 0, 8, 8),
                  .events = events(), .streets = grid(), .people = rectangle("people", 0, 0, 8, 8) };
    must(hz_layer_add_texts(w->zones, "id", ids, &err));
    must(hz_layer_add_texts(w->zones, "name", names, &err));
    must(hz_layer_add_numbers(w->people, "residents", residents, &err));
    must(hz_crs_new("EPSG:25832", &w->crs, &err));
    w->lent[0] = w->areas;
    w->in = (hz_zoning_input){
        .zones = w->zones, .crs = w->crs, .areas = w->lent, .area_count = 1,
        .events = { .layer = w->events, .place = HZ_PLACE_DEFAULTS },
        .period = { HZ_PERIOD_ALWAYS }, .periods = 1, .population = w->people,
        .card = HZ_CARD_DEFAULTS, .like = "z1", .earlier = { 0, 10 * DAY },
        .later = { 10 * DAY, 20 * DAY }, .split = true, .streets = w->streets
    };
    w->in.events.place.time = "date";
    w->in.card.null = false;
    w->in.card.cell_m = 100;
    w->in.population_columns.value = "residents";
}

static void free_world(world *w)
{
    hz_layer_free(w->zones);
    hz_layer_free(w->areas);
    hz_layer_free(w->events);
    hz_layer_free(w->streets);
    hz_layer_free(w->people);
    hz_crs_free(w->crs);
}

/* Four blocks of 10,000 square metres; 100 people to each; of the 1,800 m of street in and around
 * them 800 m at the edge count half: 0.8 km. */
TEST(a_proposal_has_the_size_of_the_zone_it_is_like_in_every_measure)
{
    static const double size[] = { 0.04, 400, 0.8 };
    static const char *const unit[] = { "km2", "residents", "km" };
    for (int k = HZ_BUDGET_AREA; k <= HZ_BUDGET_STREETS; k++)
        for (int cells = 0; cells < 2; cells++) {
            world w;
            hz_zoning f;
            make_world(&w);
            w.in.measure = (hz_budget_kind)k;
            w.in.cell_m = cells ? 100 : 0;
            CHECK_OK(hz_zoning_make(&w.in, &f, NULL, &err), err);
            CHECK(f.proposed && f.proposal.zone.units == 4 && f.proposal.holes == 0);
            CHECK_TEXT(hz_budget_unit(f.evidence.measure), unit[k]);
            double near = k == HZ_BUDGET_STREETS ? 0.01 : 1e-9; /* walked in steps of 5 m */
            CHECK_NEAR(f.evidence.like.size, size[k], near);
            CHECK_NEAR(f.evidence.budget, f.evidence.like.size, 0);
            CHECK_NEAR(f.proposal.zone.size, size[k], near);
            /* all the dense ones: 20 of each period's 30, and what else fell there */
            CHECK(f.proposal.train.events >= 20 && f.proposal.test.events >= 20);
            CHECK(f.proposal.difference.verdict == HZ_BETTER);
            CHECK(f.streets.listed == !cells && f.proposal_facts.streets == &f.streets);
            CHECK(cells || (f.streets.again > 0.9999 && f.streets.unnamed_m < 1e-6));
            hz_zoning_clear(&f);
            free_world(&w);
        }
}

TEST(the_table_of_its_sheet_has_the_figures_of_both)
{
    world w;
    hz_zoning f;
    hz_proposal_line lines[HZ_PROPOSAL_LINES];
    char want[60];
    make_world(&w);
    w.in.measure = HZ_BUDGET_RESIDENTS;
    w.in.cell_m = 100;
    CHECK_OK(hz_zoning_make(&w.in, &f, NULL, &err), err);
    const hz_caption_proposal c = { .language = HZ_DANISH, .noun = "hændelser", .like = "Torvet",
                                    .evidence = &f.evidence, .proposing = &f.proposal,
                                    .unnamed_m = NAN };
    size_t n = hz_caption_proposal_lines(&c, lines), later = 0;
    CHECK(n > 10 && n <= HZ_PROPOSAL_LINES);
    CHECK_TEXT(lines[0].label, "Størrelse");
    CHECK_TEXT(lines[1].second, "400");
    CHECK_TEXT(lines[2].first, "0,04");
    for (size_t i = 0; i < n; i++)
        later = strncmp(lines[i].label, "Bedømt", 6) == 0 ? i + 1 : later;
    snprintf(want, sizeof want, "%.0f af 30", f.proposal.test.events);
    CHECK_TEXT(lines[later].second, want);
    snprintf(want, sizeof want, "%.0f af 30", f.proposal.like_test.events);
    CHECK_TEXT(lines[later].first, want);
    CHECK_TEXT(lines[n - 1].second, "B er bedre");
    CHECK_NEAR(hz_caption_proposal_overall(&c), 30 / 0.64, 1e-9);
    hz_zoning_clear(&f);
    free_world(&w);
}

TEST(what_a_proposal_lacks_is_named)
{
    world w;
    hz_zoning f;
    make_world(&w);
    w.in.like = "z2";
    CHECK_FAILS(hz_zoning_make(&w.in, &f, NULL, &err), HZ_EUSAGE, err, "did you mean 'z1'");
    w.in.like = "z1";
    w.in.streets = NULL;
    CHECK_FAILS(hz_zoning_make(&w.in, &f, NULL, &err), HZ_EUSAGE, err, "expected `cell`, or streets");
    w.in.cell_m = 100;
    w.in.measure = HZ_BUDGET_STREETS;
    CHECK_FAILS(hz_zoning_make(&w.in, &f, NULL, &err), HZ_EUSAGE, err, "streets to measure");
    w.in.measure = HZ_BUDGET_RESIDENTS;
    w.in.population = NULL;
    CHECK_FAILS(hz_zoning_make(&w.in, &f, NULL, &err), HZ_EUSAGE, err, "expected a population");
    free_world(&w);
}

/* Whether every failure was said to be one of memory. */
static bool says_so(bool cells, hz_budget_kind measure)
{
    world w;
    hz_status st = HZ_EMEMORY;
    make_world(&w);
    w.in.cell_m = cells ? 200 : 0;
    w.in.measure = measure;
    for (long at = 1, step = 1; st == HZ_EMEMORY; at += step, step += at > 300) {
        hz_zoning f = { 0 };
        hz_mem_fail_at(at);
        st = hz_zoning_make(&w.in, &f, NULL, &err);
        hz_mem_fail_at(0);
        hz_zoning_clear(&f);
    }
    free_world(&w);
    return st == HZ_OK;
}

/* Every one of the first 300 allocations, then fewer and fewer of the rest. */
TEST(memory_that_runs_out_is_said_whichever_allocation_it_is)
{
    CHECK(says_so(true, HZ_BUDGET_RESIDENTS));
    CHECK(says_so(false, HZ_BUDGET_STREETS));
}

RUN_TESTS(T(a_proposal_has_the_size_of_the_zone_it_is_like_in_every_measure),
          T(the_table_of_its_sheet_has_the_figures_of_both), T(what_a_proposal_lacks_is_named),
          T(memory_that_runs_out_is_said_whichever_allocation_it_is))
