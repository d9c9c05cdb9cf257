/* A focus weighed by hand-sized sums, and worlds whose verdict is known. */
#include "check.h"

#include <string.h>

#include "hotzone/caption_focus.h"
#include "hotzone/focus.h"
#include "hotzone/interval.h"
#include "hotzone/mem.h"

static hz_error err;

enum { AREAS = 6 };

/* Six areas in a row, 1 km apart; the first two are the focus. */
typedef struct {
    hz_layer *table;
    double x[AREAS], y[AREAS], km2[AREAS];
    unsigned char inside[AREAS];
    hz_focus_areas areas;
} town;

static bool town_new(town *t, const double *events, const double *people)
{
    static const char *const ids[AREAS] = { "a", "b", "c", "d", "e", "f" };
    static const char *const names[AREAS] = { "Ask", "Birk", "Ceder", "Dild", "Eg", "Fyr" };
    memset(t, 0, sizeof *t);
    for (size_t i = 0; i < AREAS; i++) {
        t->x[i] = 1000.0 * (double)i;
        t->km2[i] = 1;
        t->inside[i] = i < 2;
    }
    t->areas = (hz_focus_areas){ NULL, "area", "name", "events", people ? "population" : NULL,
                                 t->x, t->y, t->km2, t->inside };
    if (hz_layer_new("town", AREAS, &t->table, &err) ||
        hz_layer_add_texts(t->table, "area", ids, &err) ||
        hz_layer_add_texts(t->table, "name", names, &err) ||
        hz_layer_add_numbers(t->table, "events", events, &err) ||
        (people && hz_layer_add_numbers(t->table, "population", people, &err)))
        return false;
    t->areas.table = t->table;
    return true;
}

static const double thousand[AREAS] = { 1000, 1000, 1000, 1000, 1000, 1000 };

TEST(the_published_21_of_38_leave_44_7_per_cent_outside_and_do_not_decide)
{
    hz_focus f = { 0 };
    CHECK_OK(hz_focus_published(21, 38, NULL, &f, &err), err);
    CHECK_NEAR(f.look.share, 0.447, 5e-4);
    CHECK_NEAR(f.look.low, 0.286, 5e-4);
    CHECK_NEAR(f.look.high, 0.617, 5e-4);
    CHECK(f.look.verdict == HZ_FOCUS_UNDECIDED);
    CHECK(hz_focus_published(39, 38, NULL, &f, &err) == HZ_EUSAGE);
    CHECK(hz_focus_published(0, 0, NULL, &f, &err) == HZ_EUSAGE);
    CHECK(hz_focus_published(1.5, 3, NULL, &f, &err) == HZ_EUSAGE);
}

TEST(sums_by_hand)
{
    /* 60 inside, 40 outside of which 4 beyond; residents put 4/6 of 96 outside: 64 */
    const double events[] = { 40, 20, 9, 9, 9, 9 };
    hz_focus f = { 0 };
    town t;
    CHECK(town_new(&t, events, thousand));
    CHECK_OK(hz_focus_make(&t.areas, NULL, 4, NULL, 0, NULL, &f, NULL, &err), err);
    CHECK(f.look.inside == 60 && f.look.outside == 40 && f.look.total == 100 && f.beyond == 4);
    CHECK_NEAR(f.look.share, 0.4, 1e-15);
    CHECK_NEAR(f.expected_outside, 64, 1e-12);
    CHECK_NEAR(f.ratio, 36.0 / 64, 1e-12);
    CHECK(f.people_inside == 2000 && f.people_outside == 4000);
    CHECK(f.with_events == 6 && f.with_events_outside == 4);
    /* the first area: 40 of 96 events on a sixth of the residents */
    CHECK_NEAR(hz_layer_numbers(f.areas, "lq")[0], 40.0 / 96 * 6, 1e-12);
    /* equal areas outside: none stands out, and a lower limit over 25 % alone decides nothing */
    CHECK(f.look.tested == 4 && f.look.excess == 0 && f.look.clusters == 0);
    CHECK(f.look.low > 0.25 && f.look.verdict == HZ_FOCUS_UNDECIDED);
    /* Gini of 40 20 9 9 9 9: sum (2i - n - 1) x = 5*40 + 3*20 + 9(1 - 1 - 3 - 5) = 188 of 6 * 96 */
    CHECK_NEAR(f.gini, 188.0 / 576, 1e-12);
    hz_focus_clear(&f);
    hz_layer_free(t.table);
}

TEST(an_area_outside_that_stands_out_supports_a_broader_focus)
{
    const double events[] = { 30, 30, 40, 10, 10, 10 };
    hz_focus f = { 0 };
    town t;
    CHECK(town_new(&t, events, thousand));
    CHECK_OK(hz_focus_make(&t.areas, NULL, 0, NULL, 0, NULL, &f, NULL, &err), err);
    CHECK(f.look.excess == 1);
    CHECK_TEXT(hz_layer_text(f.areas, "state", 2), "excess");
    CHECK_TEXT(hz_layer_text(f.areas, "state", 0), "focus");
    /* Pr(Bin(70, 1/4) >= 40), the least of four: q = 4 p.  By exact fractions in Python: */
    CHECK_NEAR(hz_layer_numbers(f.areas, "p")[2], 1.0753826332000302e-08, 1e-21);
    CHECK_NEAR(hz_layer_numbers(f.areas, "q")[2], 4 * 1.0753826332000302e-08, 1e-20);
    CHECK(f.look.verdict == HZ_FOCUS_SUPPORTED);
    CHECK(f.firm);
    hz_focus_clear(&f);
    hz_layer_free(t.table);
}

TEST(few_events_outside_and_none_that_stands_out_do_not_support_it)
{
    const double events[] = { 100, 100, 5, 5, 5, 5 };
    hz_focus f = { 0 };
    town t;
    CHECK(town_new(&t, events, thousand));
    CHECK_OK(hz_focus_make(&t.areas, NULL, 0, NULL, 0, NULL, &f, NULL, &err), err);
    CHECK(f.look.high < 0.25 && f.look.verdict == HZ_FOCUS_NOT_SUPPORTED);
    hz_focus_clear(&f);
    /* with the limit lower than the share, the same counts no longer say so */
    hz_focus_opts o = HZ_FOCUS_DEFAULTS;
    o.min_outside = 0.05;
    CHECK_OK(hz_focus_make(&t.areas, NULL, 0, NULL, 0, &o, &f, NULL, &err), err);
    CHECK(f.look.verdict == HZ_FOCUS_UNDECIDED);
    hz_focus_clear(&f);
    hz_layer_free(t.table);
}

TEST(without_residents_nothing_is_tested_and_nothing_decided)
{
    const double events[] = { 100, 100, 1, 1, 1, 1 };
    hz_focus f = { 0 };
    hz_text said = { 0 };
    town t;
    CHECK(town_new(&t, events, NULL));
    CHECK_OK(hz_focus_make(&t.areas, NULL, 0, NULL, 0, NULL, &f, NULL, &err), err);
    CHECK(f.look.tested == 0 && !f.look.scanned && f.look.verdict == HZ_FOCUS_UNDECIDED);
    CHECK_NAN(f.expected_outside);
    hz_caption_focus_statement(&(hz_caption_focus){ .focus = &f }, HZ_ENGLISH, &said);
    CHECK(strstr(hz_text_get(&said), "could not be tested"));
    hz_text_free(&said);
    hz_focus_clear(&f);
    hz_layer_free(t.table);
}

TEST(broadening_adds_the_densest_area_first_and_ends_with_all)
{
    const double events[] = { 10, 10, 8, 12, 4, 6 };
    const double people[] = { 1000, 1000, 400, 1000, 100, 1000 }; /* per 1000: c 20, d 12, e 40, f 6 */
    static const char *const order[] = { "", "e", "c", "d", "f" };
    hz_layer *steps = NULL;
    town t;
    CHECK(town_new(&t, events, people));
    CHECK_OK(hz_focus_broaden(&t.areas, events, events, 0, 0.95, &steps, &err), err);
    CHECK(hz_layer_rows(steps) == 5);
    for (size_t k = 0; k < 5; k++)
        CHECK_TEXT(hz_layer_text(steps, "id", k), order[k]);
    const double *capture = hz_layer_numbers(steps, "capture");
    const double *best = hz_layer_numbers(steps, "best_capture");
    CHECK_NEAR(capture[0], 20.0 / 50, 1e-15);
    CHECK_NEAR(capture[4], 1, 1e-15);
    /* 2,000 residents at best: e 4 + c 8 + d 12 + half of a's or b's 10 */
    CHECK_NEAR(best[0], (4 + 8 + 12 + 5) / 50.0, 1e-12);
    for (size_t k = 0; k < 5; k++)
        CHECK(best[k] >= capture[k] - 1e-12);
    hz_layer_free(steps);
    /* ranked on other counts than scored */
    const double rank[] = { 0, 0, 0, 1, 0, 100 };
    CHECK_OK(hz_focus_broaden(&t.areas, rank, events, 0, 0.95, &steps, &err), err);
    CHECK_TEXT(hz_layer_text(steps, "id", 1), "f");
    CHECK_TEXT(hz_layer_text(steps, "id", 2), "d");
    hz_layer_free(steps);
    hz_layer_free(t.table);
}

TEST(events_that_move_outside_month_by_month_are_a_trend)
{
    /* 4 periods of 10 events; 0, 3, 7 and 10 of them outside */
    enum { N = 40 };
    static const double outside[] = { 0, 3, 7, 10 };
    const double events[] = { 20, 0, 20, 0, 0, 0 };
    int32_t area[N];
    unsigned char used[N];
    hz_time when[N];
    double x[N], y[N];
    hz_period periods[4];
    hz_focus f = { 0 };
    town t;
    for (size_t i = 0; i < N; i++) {
        size_t k = i / 10;
        area[i] = (double)(i % 10) < outside[k] ? 2 : 0;
        used[i] = 1;
        when[i] = (hz_time)k * 86400;
        x[i] = 1000.0 * area[i];
        y[i] = (double)(i % 5);
        periods[k] = (hz_period){ (hz_time)k * 86400, (hz_time)(k + 1) * 86400 };
    }
    const hz_focus_events e = { N, area, used, when, x, y, NULL };
    CHECK(town_new(&t, events, thousand));
    CHECK_OK(hz_focus_make(&t.areas, &e, 0, periods, 4, NULL, &f, NULL, &err), err);
    CHECK(f.trend.periods == 4 && f.trend.direction == 1);
    /* the sum of the numbers 0..3 of 20 of the 40 events, 47: Pr(sum >= 47) twice; enumerated in
     * Python over all (k0, k1, k2, k3) with C(10, k) weights */
    CHECK_NEAR(f.trend.p, 3.7470656999602207e-07, 1e-18);
    CHECK(hz_layer_numbers(f.periods, "outside")[1] == 3);
    CHECK_NEAR(hz_layer_numbers(f.periods, "mean_x")[1], 600, 1e-9);
    hz_focus_clear(&f);
    hz_layer_free(t.table);
}

TEST(bad_options_and_figures_are_refused)
{
    const double events[] = { 1, 2, 3, 4, 5, 6 }, broken[] = { 1, 2.5, 3, 4, 5, 6 };
    const double none[AREAS] = { 0 };
    hz_focus_opts o = HZ_FOCUS_DEFAULTS;
    hz_focus f = { 0 };
    town t;
    CHECK(town_new(&t, events, thousand));
    o.min_outside = 1;
    CHECK(hz_focus_make(&t.areas, NULL, 0, NULL, 0, &o, &f, NULL, &err) == HZ_EUSAGE);
    memset(t.inside, 0, sizeof t.inside);
    CHECK(hz_focus_make(&t.areas, NULL, 0, NULL, 0, NULL, &f, NULL, &err) == HZ_EDATA);
    hz_layer_free(t.table);
    CHECK(town_new(&t, broken, thousand));
    CHECK(hz_focus_make(&t.areas, NULL, 0, NULL, 0, NULL, &f, NULL, &err) == HZ_EDATA);
    hz_layer_free(t.table);
    CHECK(town_new(&t, none, thousand));
    CHECK(hz_focus_make(&t.areas, NULL, 0, NULL, 0, NULL, &f, NULL, &err) == HZ_EDATA);
    hz_layer_free(t.table);
}

TEST(every_failing_allocation_is_an_error)
{
    const double events[] = { 30, 30, 40, 10, 10, 10 };
    hz_focus_opts o = HZ_FOCUS_DEFAULTS;
    town t;
    o.replicates = 39;
    CHECK(town_new(&t, events, thousand));
    for (long at = 1; at < 3000; at++) {
        hz_focus f = { 0 };
        hz_mem_fail_at(at);
        hz_status st = hz_focus_make(&t.areas, NULL, 0, NULL, 0, &o, &f, NULL, &err);
        hz_mem_fail_at(0);
        hz_focus_clear(&f);
        if (!st)
            break;
        CHECK(st == HZ_EMEMORY);
    }
    hz_layer_free(t.table);
}

/* Area d is hidden, and so is f; all 100 events are in areas, 40 of them outside. */
static const double some_hidden[AREAS] = { 40, 20, 30, NAN, 0, NAN };

TEST(hidden_counts_leave_what_follows_from_shown_ones)
{
    const hz_focus_shown shown = { 60, 40, NULL, NULL };
    hz_focus f = { 0 };
    town t;
    double low, high;
    CHECK(town_new(&t, some_hidden, thousand));
    CHECK_OK(hz_focus_make_shown(&t.areas, &shown, NULL, 0, NULL, &f, &err), err);
    CHECK(f.look.inside == 60 && f.look.outside == 40 && f.look.total == 100);
    CHECK_NEAR(f.look.share, 0.4, 1e-15);
    CHECK_NEAR(f.expected_outside, 100.0 * 4 / 6, 1e-12);
    CHECK(f.hidden == 2 && f.unknown == 0 && isnan(f.gini) && isnan(f.theil));
    CHECK(!f.clusters && !f.ways && !f.periods && !f.look.scanned);
    /* c: 30 of 40 on a quarter of the residents outside, the hidden ones among the others */
    CHECK_NEAR(hz_layer_numbers(f.areas, "p")[2], hz_interval_ratio_upper_p(30, 1000, 10, 3000), 1e-15);
    CHECK_NEAR(hz_layer_numbers(f.areas, "ratio")[2], 30.0 / 1000 / (10.0 / 3000), 1e-12);
    CHECK_NEAR(hz_layer_numbers(f.areas, "lq")[2], 30.0 / 100 * 6, 1e-12);
    CHECK(f.look.tested == 2 && f.look.excess == 1 && f.look.verdict == HZ_FOCUS_SUPPORTED);
    CHECK(hz_layer_mark(f.areas, "events", 3) == HZ_HIDDEN);
    CHECK(strcmp(hz_layer_text(f.areas, "state", 5), "hidden") == 0);
    /* broadening: the focus, then c and e alone; shares are of all events and residents */
    CHECK(hz_layer_rows(f.frontier) == 3);
    CHECK(hz_layer_numbers(f.frontier, "events")[1] == 90);
    CHECK_NEAR(hz_layer_numbers(f.frontier, "capture")[1], 0.9, 1e-15);
    CHECK_NEAR(hz_layer_numbers(f.frontier, "population_share")[2], 4.0 / 6, 1e-15);
    CHECK(isnan(f.best_share));
    hz_interval_binomial(90, 100, 0.95, &low, &high);
    CHECK_NEAR(hz_layer_numbers(f.frontier, "capture_low")[1], low, 1e-15);
    hz_focus_clear(&f);
    hz_layer_free(t.table);
}

/* Nobody knows how many live in the hidden area c, so areas are added by land: most per km2 first. */
TEST(an_area_without_residents_decides_what_broadening_costs_hidden_or_not)
{
    const double events[] = { 40, 20, NAN, 10, 30, 40 };
    const double people[] = { 1000, 1000, NAN, 100, 1000, 2000 };
    static const char *const order[] = { "", "f", "e", "d" };
    const hz_focus_shown shown = { 60, 90, NULL, NULL };
    hz_focus f = { 0 };
    town t;
    CHECK(town_new(&t, events, people));
    CHECK_OK(hz_focus_make_shown(&t.areas, &shown, NULL, 0, NULL, &f, &err), err);
    CHECK(hz_layer_rows(f.frontier) == 4);
    for (size_t i = 0; i < 4; i++)
        CHECK_TEXT(hz_layer_text(f.frontier, "id", i), order[i]);
    CHECK(isnan(hz_layer_numbers(f.frontier, "population_share")[0]));
    hz_focus_clear(&f);
    hz_layer_free(t.table);
}

TEST(a_hidden_sum_hides_all_that_follows_from_it)
{
    const hz_focus_shown shown[] = { { NAN, 40, NULL, NULL }, { 60, NAN, NULL, NULL } };
    town t;
    CHECK(town_new(&t, some_hidden, thousand));
    for (size_t k = 0; k < 2; k++) {
        hz_focus f = { 0 };
        CHECK_OK(hz_focus_make_shown(&t.areas, &shown[k], NULL, 0, NULL, &f, &err), err);
        CHECK(isnan(f.look.share + f.look.low + f.look.high + f.expected_outside + f.ratio));
        CHECK(f.look.verdict == HZ_FOCUS_UNDECIDED && !f.frontier);
        CHECK(isnan(hz_layer_numbers(f.areas, "lq")[2]) && isnan(hz_layer_numbers(f.areas, "share")[2]));
        /* against the others outside: needs the sum outside alone */
        CHECK(isnan(hz_layer_numbers(f.areas, "p")[2]) == (k == 1));
        hz_focus_clear(&f);
    }
    hz_layer_free(t.table);
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

TEST(where_nothing_is_hidden_the_figures_are_those_of_a_focus_in_the_open)
{
    const double events[] = { 40, 20, 30, 5, 0, 5 };
    const double some[] = { 1000, 1000, 1000, 0, 1000, NAN }; /* the others are compared */
    const double *const people[] = { thousand, some };
    const hz_focus_shown shown = { 60, 40, NULL, NULL };
    hz_focus_opts o = HZ_FOCUS_DEFAULTS;
    o.within = o.once = true;
    for (size_t k = 0; k < 2; k++) {
        hz_focus f = { 0 }, open = { 0 };
        town t;
        CHECK(town_new(&t, events, people[k]));
        t.areas.x = t.areas.y = NULL; /* no scan: it is never made of hidden events */
        CHECK_OK(hz_focus_make_shown(&t.areas, &shown, NULL, 0, &o, &f, &err), err);
        CHECK_OK(hz_focus_make(&t.areas, NULL, 0, NULL, 0, &o, &open, NULL, &err), err);
        CHECK(f.look.share == open.look.share && same(f.ratio, open.ratio) && f.gini == open.gini);
        CHECK(same(f.theil, open.theil) && f.best_share == open.best_share);
        CHECK(f.look.tested == open.look.tested && f.look.tested > 0);
        for (size_t c = 0; c < hz_layer_columns(open.areas); c++) {
            const char *column = hz_layer_column_name(open.areas, c);
            const double *a = hz_layer_numbers(open.areas, column);
            for (size_t i = 0; a && i < AREAS; i++)
                CHECK(same(a[i], hz_layer_numbers(f.areas, column)[i]));
        }
        hz_focus_clear(&f);
        hz_focus_clear(&open);
        hz_layer_free(t.table);
    }
}

/* Nobody lives in d: what it holds is no part of the others' sum, which is then as hidden as d. */
TEST(a_hidden_area_without_residents_hides_what_others_are_compared_with)
{
    const double people[] = { 1000, 1000, 1000, 0, 1000, 1000 };
    const hz_focus_shown shown = { 60, 40, NULL, NULL };
    hz_focus f = { 0 };
    town t;
    CHECK(town_new(&t, some_hidden, people));
    CHECK_OK(hz_focus_make_shown(&t.areas, &shown, NULL, 0, NULL, &f, &err), err);
    CHECK(f.look.tested == 0 && isnan(hz_layer_numbers(f.areas, "lq")[2]));
    CHECK(hz_layer_numbers(f.areas, "rate_per_1000")[2] == 30);
    hz_focus_clear(&f);
    hz_layer_free(t.table);
}

TEST(a_period_with_a_hidden_sum_has_no_share_and_leaves_no_trend)
{
    const double inside[] = { 30, 20, NAN }, outside[] = { 10, 20, 10 };
    const double all_inside[] = { 30, 20, 10 };
    hz_focus_shown shown = { 60, 40, inside, outside };
    hz_period parts[3];
    town t;
    CHECK(town_new(&t, some_hidden, thousand));
    for (int k = 0; k < 3; k++)
        parts[k] = (hz_period){ k * 86400, (k + 1) * 86400 };
    for (int hidden = 1; hidden >= 0; hidden--) {
        hz_focus f = { 0 };
        shown.part_inside = hidden ? inside : all_inside;
        CHECK_OK(hz_focus_make_shown(&t.areas, &shown, parts, 3, NULL, &f, &err), err);
        CHECK_NEAR(hz_layer_numbers(f.periods, "share")[0], 0.25, 1e-15);
        CHECK(isnan(hz_layer_numbers(f.periods, "share")[2]) == hidden);
        CHECK((hz_layer_mark(f.periods, "events", 2) == HZ_HIDDEN) == hidden);
        CHECK(isnan(hz_layer_numbers(f.periods, "mean_x")[0]));
        CHECK(isnan(f.trend.p) == hidden);
        hz_focus_clear(&f);
    }
    hz_layer_free(t.table);
}

TEST(hidden_counts_survive_every_failing_allocation)
{
    const double inside[] = { 30, 30 }, outside[] = { 20, NAN };
    const hz_focus_shown shown = { 60, 40, inside, outside };
    const hz_period parts[] = { { 0, 86400 }, { 86400, 2 * 86400 } };
    town t;
    CHECK(town_new(&t, some_hidden, thousand));
    for (long at = 1; at < 3000; at++) {
        hz_focus f = { 0 };
        hz_mem_fail_at(at);
        hz_status st = hz_focus_make_shown(&t.areas, &shown, parts, 2, NULL, &f, &err);
        hz_mem_fail_at(0);
        hz_focus_clear(&f);
        if (!st)
            break;
        CHECK(st == HZ_EMEMORY);
    }
    hz_layer_free(t.table);
}

RUN_TESTS(T(the_published_21_of_38_leave_44_7_per_cent_outside_and_do_not_decide),
          T(sums_by_hand), T(an_area_outside_that_stands_out_supports_a_broader_focus),
          T(few_events_outside_and_none_that_stands_out_do_not_support_it),
          T(without_residents_nothing_is_tested_and_nothing_decided),
          T(broadening_adds_the_densest_area_first_and_ends_with_all),
          T(events_that_move_outside_month_by_month_are_a_trend),
          T(bad_options_and_figures_are_refused), T(every_failing_allocation_is_an_error),
          T(hidden_counts_leave_what_follows_from_shown_ones),
          T(an_area_without_residents_decides_what_broadening_costs_hidden_or_not),
          T(a_hidden_sum_hides_all_that_follows_from_it),
          T(where_nothing_is_hidden_the_figures_are_those_of_a_focus_in_the_open),
          T(a_hidden_area_without_residents_hides_what_others_are_compared_with),
          T(a_period_with_a_hidden_sum_has_no_share_and_leaves_no_trend),
          T(hidden_counts_survive_every_failing_allocation))
