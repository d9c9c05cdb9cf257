/* Events by home and place: sums by hand, a slow twin, and what an outsider may work out. */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "hotzone/disclose.h"
#include "hotzone/flows.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"

static hz_error err;

enum { SQUARES = 4, SIDE = 1000, MOST = 600, KEY = 12, PLACES = SQUARES + 3, BANDS = 3 };
static const char *const square_ids[] = { "a", "b", "c", "d" };

/* `n` squares of 1 km in a row from x0. */
static hz_layer *squares(const char *name, size_t n, double x0)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    if (hz_layer_new(name, n, &layer, &err) ||
        hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err) || hz_crs_new("EPSG:25832", &crs, &err))
        return NULL;
    for (size_t f = 0; f < n; f++) {
        const double x[] = { 0, 1, 1, 0, 0 }, y[] = { 0, 0, 1, 1, 0 };
        for (size_t i = 0; i < 5; i++) {
            s->x[5 * f + i] = x0 + SIDE * ((double)f + x[i]);
            s->y[5 * f + i] = SIDE * y[i];
        }
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * (f + 1);
    }
    if (hz_layer_take_shapes(layer, &s, &err) || hz_layer_take_crs(layer, &crs, &err) ||
        hz_layer_add_texts(layer, "id", square_ids, &err))
        return NULL;
    return layer;
}

/* Points on a line with keys; x NaN: no coordinates. */
typedef struct {
    size_t n;
    double x[MOST];
    char key[MOST][KEY];
} people;

static void add(people *p, double x, const char *key)
{
    p->x[p->n] = x;
    snprintf(p->key[p->n++], KEY, "%s", key);
}

static hz_layer *points(const char *name, const people *p)
{
    const char *texts[MOST];
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    if (hz_layer_new(name, p->n, &layer, &err) ||
        hz_shapes_new(HZ_POINT, p->n, 0, p->n, &s, &err) || hz_crs_new("EPSG:25832", &crs, &err))
        return NULL;
    for (size_t i = 0; i < p->n; i++) {
        texts[i] = p->key[i];
        s->x[i] = p->x[i];
        s->y[i] = isnan(p->x[i]) ? p->x[i] : SIDE / 2.0;
    }
    if (hz_layer_take_shapes(layer, &s, &err) || hz_layer_take_crs(layer, &crs, &err) ||
        hz_layer_add_texts(layer, "person", texts, &err))
        return NULL;
    return layer;
}

typedef struct {
    people home, event;
    hz_layer *areas, *towns, *residents, *events;
    const char *focus[2];
    hz_flows_input in;
} world;

static void open_world(world *w)
{
    w->areas = squares("areas", SQUARES, 0);
    w->towns = squares("towns", 1, 10000);
    w->residents = points("residents", &w->home);
    w->events = points("events", &w->event);
    w->focus[0] = "a";
    w->focus[1] = "b";
    w->in = (hz_flows_input){ .areas = w->areas, .focus = w->focus, .focus_count = 2,
                              .residents = w->residents, .events = w->events, .towns = w->towns,
                              .key = "person", .place = HZ_PLACE_DEFAULTS, .band_m = { 1000, 2000 },
                              .bands = BANDS - 1, .below = 5, .level = 0.95 };
}

static void close_world(world *w)
{
    hz_layer_free(w->areas);
    hz_layer_free(w->towns);
    hz_layer_free(w->residents);
    hz_layer_free(w->events);
}

static double figure(const hz_flows *f, const char *kind, const char *from, const char *to)
{
    for (size_t i = 0; i < hz_layer_rows(f->pairs); i++)
        if (strcmp(hz_layer_text(f->pairs, "kind", i), kind) == 0 &&
            strcmp(hz_layer_text(f->pairs, "from", i), from) == 0 &&
            strcmp(hz_layer_text(f->pairs, "to", i), to) == 0)
            return hz_layer_numbers(f->pairs, "events")[i];
    return -1;
}

/* Ten people in a, ten in b, one event each: a stays but for five who go to b (1 km off), b all
 * goes to the town (8.6 km and more); one event of nobody known. */
static void hand_world(world *w)
{
    memset(w, 0, sizeof *w);
    for (int k = 0; k < 20; k++) {
        char key[KEY];
        snprintf(key, sizeof key, "p%02d", k);
        add(&w->home, k < 10 ? 400 : 1400, key);
        add(&w->event, k < 5 ? 600 : k < 10 ? 1401 : 10500, key);
    }
    add(&w->event, 500, "");
    open_world(w);
}

TEST(a_small_world_matches_counting_by_hand)
{
    world w;
    hz_flows f = { 0 };
    hand_world(&w);
    w.in.below = 2;
    CHECK_OK(hz_flows_make(&w.in, &f, NULL, &err), err);
    CHECK(figure(&f, "pair", "a", "a") == 5 && figure(&f, "pair", "a", "b") == 5);
    CHECK(figure(&f, "pair", "b", "towns") == 10 && figure(&f, "pair", "b", "b") == 0);
    CHECK(figure(&f, "from", "a", "all") == 10 && figure(&f, "to", "all", "b") == 5);
    CHECK(figure(&f, "all", "all", "all") == 20 && f.total == 20 && f.known == 20);
    /* of 20 by people of the areas, 5 stay: Clopper and Pearson's 8.66 and 49.10 % */
    CHECK(f.share[HZ_FLOWS_STAY].events == 5 && f.share[HZ_FLOWS_STAY].of == 20);
    CHECK_NEAR(f.share[HZ_FLOWS_STAY].low, 0.08657146910, 1e-9);
    CHECK_NEAR(f.share[HZ_FLOWS_STAY].high, 0.4910458717, 1e-9);
    CHECK(f.share[HZ_FLOWS_FOCUS_OWN].events == 10 && f.share[HZ_FLOWS_FOCUS_OWN].of == 10);
    CHECK(f.share[HZ_FLOWS_FOCUS_STAY].of == 20);
    const double *band = hz_layer_numbers(f.bands, "events");
    CHECK(band[0] == 5 && band[1] == 5 && band[2] == 10);
    CHECK_TEXT(f.focus, "a, b");
    hz_flows_clear(&f);
    close_world(&w);
}

TEST(the_account_holds_every_row)
{
    world w;
    hz_flows f = { 0 };
    hand_world(&w);
    close_world(&w);
    for (int k = 0; k < 5; k++)
        add(&w.event, 500, "");
    for (int k = 0; k < 7; k++)
        add(&w.event, NAN, "p01");
    open_world(&w);
    CHECK_OK(hz_flows_make(&w.in, &f, NULL, &err), err);
    const double *rows = hz_layer_numbers(f.account, "rows");
    CHECK(rows[0] == 20 && rows[1] == 6 && rows[2] == 7 && rows[3] == 0 && rows[4] == 0);
    CHECK(rows[5] == 33);
    hz_flows_clear(&f);
    close_world(&w);
}

/* One person, 40 events in one square: as many as anyone may show, but of one. */
TEST(many_events_of_few_persons_are_hidden)
{
    world w;
    hz_flows f = { 0 };
    hand_world(&w);
    close_world(&w);
    add(&w.home, 3500, "busy");
    for (int k = 0; k < 40; k++)
        add(&w.event, 2500, "busy");
    open_world(&w);
    CHECK_OK(hz_flows_make(&w.in, &f, NULL, &err), err);
    CHECK_NAN(figure(&f, "pair", "d", "c"));
    CHECK_NAN(figure(&f, "from", "d", "all"));
    CHECK_NAN(figure(&f, "to", "all", "c"));
    CHECK(f.small >= 3 && f.guards >= 1);
    hz_flows_clear(&f);
    close_world(&w);
}

/* The effect of people who come again: two of them, five events each, all alike, are worth 2. */
TEST(limits_are_wider_where_persons_come_again)
{
    world w;
    hz_flows once = { 0 }, again = { 0 };
    hand_world(&w);
    w.in.below = 2;
    CHECK_OK(hz_flows_make(&w.in, &once, NULL, &err), err);
    close_world(&w);
    memset(&w, 0, sizeof w);
    for (int k = 0; k < 20; k++) {
        char key[KEY];
        snprintf(key, sizeof key, "p%02d", k);
        add(&w.home, k < 10 ? 400 : 1400, key);
        for (int r = 0; r < 6; r++)
            add(&w.event, k < 5 ? 600 : k < 10 ? 1401 : 10500, key);
    }
    open_world(&w);
    CHECK_OK(hz_flows_make(&w.in, &again, NULL, &err), err);
    CHECK(again.share[HZ_FLOWS_STAY].of == 6 * once.share[HZ_FLOWS_STAY].of);
    CHECK_NEAR(again.share[HZ_FLOWS_STAY].low, once.share[HZ_FLOWS_STAY].low, 1e-12);
    CHECK_NEAR(again.share[HZ_FLOWS_STAY].high, once.share[HZ_FLOWS_STAY].high, 1e-12);
    hz_flows_clear(&once);
    hz_flows_clear(&again);
    close_world(&w);
}

/* ---- a slow twin over seeded worlds ------------------------------------------------ */

static int place_of(double x, bool found)
{
    if (!found || isnan(x))
        return SQUARES + 2;
    if (x >= 0 && x < SQUARES * SIDE)
        return (int)(x / SIDE);
    return x >= 10000 && x < 11000 ? SQUARES : SQUARES + 1;
}

static void draw_world(world *w, uint64_t seed)
{
    hz_rng rng = hz_rng_new(seed, hz_rng_statistic("flows"), 0, 0);
    memset(w, 0, sizeof *w);
    for (int k = 0; k < 90; k++) {
        char key[KEY];
        double u = hz_rng_uniform(&rng), x = u < 0.8 ? 4000 * u * u : u < 0.95 ? 10500 : 20000;
        snprintf(key, sizeof key, "p%02d", (int)((31 * (uint64_t)k + seed) % 97));
        add(&w->home, k % 17 ? x : NAN, key);
        size_t events = (size_t)hz_rng_below(&rng, 6);
        for (size_t e = 0; e < events; e++) {
            double to = x + 900 * hz_rng_normal(&rng);
            add(&w->event, hz_rng_uniform(&rng) < 0.05 ? NAN : to,
                hz_rng_uniform(&rng) < 0.1 ? "" : hz_rng_uniform(&rng) < 0.05 ? "stranger" : key);
        }
    }
    open_world(w);
}

static const char *word(int place)
{
    static const char *const beyond[] = { "towns", "elsewhere", "unknown" };
    return place < SQUARES ? square_ids[place] : beyond[place - SQUARES];
}

typedef struct {
    double count[PLACES][PLACES], band[PLACES][PLACES][BANDS + 1];
} twin;

static void count_slowly(const world *w, twin *t)
{
    memset(t, 0, sizeof *t);
    for (size_t e = 0; e < w->event.n; e++) {
        size_t h = 0;
        if (!w->event.key[e][0] || isnan(w->event.x[e]))
            continue;
        while (h < w->home.n && strcmp(w->home.key[h], w->event.key[e]) != 0)
            h++;
        bool found = h < w->home.n;
        int from = place_of(found ? w->home.x[h] : 0, found), to = place_of(w->event.x[e], true);
        double far = found ? fabs(w->home.x[h] - w->event.x[e]) : NAN;
        int band = isnan(far) ? BANDS : far < 1000 ? 0 : far < 2000 ? 1 : 2;
        t->count[from][to]++;
        t->band[from][to][band]++;
    }
}

TEST(shown_figures_equal_a_slow_twin_and_small_ones_are_not_shown)
{
    size_t shown = 0, hidden = 0;
    for (uint64_t seed = 1; seed <= 25; seed++) {
        static world w;
        static twin t;
        hz_flows f = { 0 };
        draw_world(&w, seed);
        count_slowly(&w, &t);
        CHECK_OK(hz_flows_make(&w.in, &f, NULL, &err), err);
        for (int h = 0; h < PLACES; h++)
            for (int e = 0; e < PLACES - 1; e++) {
                double got = figure(&f, "pair", word(h), word(e)), want = t.count[h][e];
                CHECK(isnan(got) ? want > 0 : got == want);
                CHECK(want == 0 || want >= 5 || isnan(got));
                shown += isnan(got) == 0;
                hidden += isnan(got) != 0;
            }
        hz_flows_clear(&f);
        close_world(&w);
    }
    CHECK(shown > 300 && hidden > 100);
}

/* ---- the attacker ------------------------------------------------------------------- */

enum { ATOMS = PLACES * PLACES * (BANDS + 1), FIGURES = PLACES * PLACES + 2 * PLACES + 20 };

typedef struct {
    double count[ATOMS];
    size_t first[FIGURES + 1], figures, at;
    uint32_t atom[FIGURES * ATOMS];
    unsigned char hidden[FIGURES];
} release;

static void begin(release *r, double shown)
{
    r->hidden[r->figures] = (unsigned char)(isnan(shown) != 0);
    r->first[r->figures++] = r->at;
}

/* Every figure of the tables again, as sums of home x place x band. */
static void publish(release *r, const twin *t, const hz_flows *f)
{
    const double *band = hz_layer_numbers(f->bands, "events");
    const int ab = 2;
    double shown[12 + BANDS];
    memset(r, 0, sizeof *r);
    for (int i = 0; i < ATOMS; i++)
        r->count[i] = t->band[i / (BANDS + 1) / PLACES][i / (BANDS + 1) % PLACES][i % (BANDS + 1)];
    for (int k = 0; k < PLACES * PLACES + 2 * PLACES; k++) {
        int h = k < PLACES * PLACES ? k / PLACES : k - PLACES * PLACES;
        int e = k < PLACES * PLACES ? k % PLACES : h - PLACES;
        double v = k < PLACES * PLACES ? figure(f, "pair", word(h), word(e))
                   : h < PLACES ? figure(f, "from", word(h), "all")
                                : figure(f, "to", "all", word(e));
        begin(r, v);
        for (int i = 0; i < ATOMS; i++) {
            int from = i / (BANDS + 1) / PLACES, to = i / (BANDS + 1) % PLACES;
            if (k < PLACES * PLACES ? from == h && to == e : h < PLACES ? from == h : to == e)
                r->atom[r->at++] = (uint32_t)i;
        }
    }
    for (int s = 0; s < 3; s++) {
        shown[2 * s] = f->share[s].events;
        shown[2 * s + 1] = f->share[s].of;
    }
    shown[6] = f->total;
    shown[7] = f->known;
    memcpy(shown + 8, band, BANDS * sizeof *band);
    for (int k = 0; k < 8 + BANDS; k++) {
        begin(r, shown[k]);
        for (int i = 0; i < ATOMS; i++) {
            int from = i / (BANDS + 1) / PLACES, to = i / (BANDS + 1) % PLACES;
            bool home = from < PLACES - 1, lives = from < SQUARES;
            const bool in[] = { lives && from == to, lives, from < ab && to < ab, to < ab && home,
                                from < ab && to < ab, from < ab, true, home };
            if (k < 8 ? in[k] : i % (BANDS + 1) == k - 8)
                r->atom[r->at++] = (uint32_t)i;
        }
    }
    r->first[r->figures] = r->at;
}

TEST(nothing_hidden_can_be_narrowed_down_from_all_tables_together)
{
    static world w;
    static twin t;
    static release r;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        double low[FIGURES], high[FIGURES];
        hz_flows f = { 0 };
        size_t open = 9;
        draw_world(&w, seed);
        count_slowly(&w, &t);
        CHECK_OK(hz_flows_make(&w.in, &f, NULL, &err), err);
        publish(&r, &t, &f);
        const hz_release all = { .atoms = ATOMS, .count = r.count, .figures = r.figures,
                                 .first = r.first, .atom = r.atom };
        CHECK_OK(hz_disclose_audit(&all, NULL, r.hidden, low, high, &open, &err), err);
        CHECK(open == 0);
        hz_flows_clear(&f);
        close_world(&w);
    }
}

/* ---- rounding ----------------------------------------------------------------------- */

TEST(rounded_pairs_add_up_and_one_more_event_moves_each_by_nothing_or_the_base)
{
    static world w;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        hz_flows was = { 0 }, is = { 0 };
        draw_world(&w, seed);
        w.in.round = 5;
        CHECK_OK(hz_flows_make(&w.in, &was, NULL, &err), err);
        close_world(&w);
        add(&w.event, 500, w.home.key[3]);
        open_world(&w);
        w.in.round = 5;
        CHECK_OK(hz_flows_make(&w.in, &is, NULL, &err), err);
        double sum = 0;
        for (size_t i = 0; i < hz_layer_rows(was.pairs); i++) {
            double a = hz_layer_numbers(was.pairs, "events")[i];
            double b = hz_layer_numbers(is.pairs, "events")[i];
            CHECK(fmod(a, 5) == 0 && (a == b || fabs(a - b) == 5));
            if (strcmp(hz_layer_text(was.pairs, "kind", i), "pair") == 0)
                sum += a;
        }
        CHECK(sum == was.total);
        hz_flows_clear(&was);
        hz_flows_clear(&is);
        close_world(&w);
    }
}

/* ---- pairs --------------------------------------------------------------------------- */

static hz_layer *pair_table(size_t n, const char *const *from, const char *const *to,
                            const double *count)
{
    hz_layer *layer = NULL;
    if (hz_layer_new("pairs", n, &layer, &err) || hz_layer_add_texts(layer, "from", from, &err) ||
        hz_layer_add_texts(layer, "to", to, &err) ||
        hz_layer_add_numbers(layer, "count", count, &err))
        return NULL;
    return layer;
}

TEST(ready_made_pairs_are_added_up_and_protected_alike)
{
    static const char *const from[] = { "b", "a", "a", "a", "towns" };
    static const char *const to[] = { "b", "a", "b", "a", "a" };
    hz_layer *pairs = pair_table(5, from, to, (const double[]){ 30, 10, 2, 10, 8 });
    hz_flows f = { 0 };
    hz_flows_input in = { .pairs = pairs, .from = "from", .to = "to", .count = "count", .below = 5,
                          .level = 0.95 };
    CHECK_OK(hz_flows_make(&in, &f, NULL, &err), err);
    CHECK(f.areas == 2 && f.places == 3 && !f.bands && !f.account);
    CHECK_NAN(figure(&f, "pair", "a", "b"));
    CHECK(figure(&f, "pair", "b", "a") == 0 && figure(&f, "to", "all", "towns") == 0);
    hz_flows_clear(&f);
    in.below = 2;
    CHECK_OK(hz_flows_make(&in, &f, NULL, &err), err);
    CHECK(figure(&f, "pair", "a", "a") == 20 && figure(&f, "to", "all", "a") == 28);
    CHECK(f.share[HZ_FLOWS_STAY].events == 50 && f.share[HZ_FLOWS_STAY].of == 52);
    hz_flows_clear(&f);
    hz_layer_free(pairs);
}

/* ---- what is refused ------------------------------------------------------------------ */

TEST(bad_options_and_data_are_refused_and_no_key_is_told)
{
    world w;
    hz_flows f = { 0 };
    hand_world(&w);
    w.in.below = 1;
    CHECK(hz_flows_make(&w.in, &f, NULL, &err) == HZ_EUSAGE);
    w.in.below = 5;
    w.in.round = 1.5;
    CHECK(hz_flows_make(&w.in, &f, NULL, &err) == HZ_EUSAGE);
    w.in.round = 0;
    w.in.band_m[1] = 500;
    CHECK(hz_flows_make(&w.in, &f, NULL, &err) == HZ_EUSAGE);
    w.in.band_m[1] = 2000;
    w.focus[0] = "nowhere";
    CHECK(hz_flows_make(&w.in, &f, NULL, &err) == HZ_EUSAGE);
    w.in.focus_count = 0;
    w.in.key = "cpr";
    CHECK(hz_flows_make(&w.in, &f, NULL, &err) == HZ_EUSAGE);
    close_world(&w);
    add(&w.home, 500, "p03");
    open_world(&w);
    CHECK(hz_flows_make(&w.in, &f, NULL, &err) == HZ_EDATA);
    CHECK(!strstr(err.text, "p03"));
    close_world(&w);
    memset(&w, 0, sizeof w);
    add(&w.home, 500, "p1");
    add(&w.event, 500, "q1");
    open_world(&w);
    CHECK(hz_flows_make(&w.in, &f, NULL, &err) == HZ_EDATA);
    CHECK(!strstr(err.text, "p1") && !strstr(err.text, "q1"));
    close_world(&w);
}

TEST(every_failing_allocation_is_an_error)
{
    world w;
    hand_world(&w);
    hz_status st = HZ_EMEMORY;
    for (long at = 1; st && at < 5000; at++) {
        hz_flows f = { 0 };
        hz_mem_fail_at(at);
        st = hz_flows_make(&w.in, &f, NULL, &err);
        hz_mem_fail_at(0);
        hz_flows_clear(&f);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
    }
    CHECK(st == HZ_OK);
    close_world(&w);
}

RUN_TESTS(T(a_small_world_matches_counting_by_hand), T(the_account_holds_every_row),
          T(many_events_of_few_persons_are_hidden), T(limits_are_wider_where_persons_come_again),
          T(shown_figures_equal_a_slow_twin_and_small_ones_are_not_shown),
          T(nothing_hidden_can_be_narrowed_down_from_all_tables_together),
          T(rounded_pairs_add_up_and_one_more_event_moves_each_by_nothing_or_the_base),
          T(ready_made_pairs_are_added_up_and_protected_alike),
          T(bad_options_and_data_are_refused_and_no_key_is_told),
          T(every_failing_allocation_is_an_error))
