/* Zone, rings and control: drawn where they should be, counted once, and compared by hand. */
#include "check.h"

#include "hotzone/caption_displace.h"
#include "hotzone/mem.h"

static hz_error err;
static const double pi = 3.14159265358979323846;

typedef struct {
    double west, south, east, north; /* metres */
} box;

static hz_layer *boxes(const char *name, const box *b, size_t n)
{
    hz_layer *l = NULL;
    hz_shapes *p = NULL;
    if (hz_layer_new(name, n, &l, &err) || hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &p, &err))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const double x[] = { b[i].west, b[i].east, b[i].east, b[i].west, b[i].west };
        const double y[] = { b[i].south, b[i].south, b[i].north, b[i].north, b[i].south };
        memcpy(p->x + 5 * i, x, sizeof x);
        memcpy(p->y + 5 * i, y, sizeof y);
        p->first_ring[i + 1] = i + 1;
        p->first_point[i + 1] = 5 * (i + 1);
    }
    return hz_layer_take_shapes(l, &p, &err) ? NULL : l;
}

static double number(const hz_layer *l, const char *column, size_t row)
{
    return hz_layer_numbers(l, column)[row];
}

static const box unit = { 0, 0, 1000, 1000 }, city = { -5000, -5000, 5000, 5000 };

static hz_layer *drawn(hz_displace_places *p)
{
    hz_layer *zone = boxes("zone", &unit, 1), *study = boxes("study", &city, 1), *areas = NULL;
    p->zone = zone;
    p->study = study;
    if (hz_displace_areas(p, &areas, NULL, &err))
        print_error("%s\n", err.text);
    hz_layer_free(zone);
    hz_layer_free(study);
    return areas;
}

/* A square's ring of width r: 4 sides and a circle, here of 64 corners. */
static double ring_km2(double r)
{
    return (4 * 1000 * r + 64 / 2.0 * sin(2 * pi / 64) * r * r) / 1e6;
}

TEST(rings_and_control_share_the_study_area_out)
{
    hz_displace_places p = { .ring_m = { 300, 100 }, .rings = 2, .gap_m = 200 };
    hz_layer *a = drawn(&p);
    CHECK(a && hz_layer_rows(a) == 4);
    CHECK_TEXT(hz_layer_text(a, "area", 1), "ring 1");
    CHECK_NEAR(number(a, "km2", 0), 1, 1e-12);
    CHECK_NEAR(number(a, "km2", 1), ring_km2(100), 1e-9);
    CHECK_NEAR(number(a, "km2", 2), ring_km2(300) - ring_km2(100), 1e-9);
    CHECK_NEAR(number(a, "km2", 3), 100 - 1 - ring_km2(500), 1e-9);
    CHECK(number(a, "inner_m", 2) == 100 && number(a, "outer_m", 2) == 300);
    hz_layer_free(a);
}

TEST(rings_are_clipped_to_study_water_and_other_zones)
{
    const box west = { -100, -5000, 5000, 5000 }, lake = { -1000, 1000, 2000, 2000 },
              next = { 1000, 0, 2000, 1000 };
    hz_layer *zone = boxes("zone", &unit, 1), *study = boxes("study", &west, 1);
    hz_layer *water = boxes("water", &lake, 1), *others = boxes("others", &next, 1), *a = NULL;
    hz_displace_places p = { .zone = zone, .study = study, .water = water, .others = others,
                             .ring_m = { 200 }, .rings = 1 };
    CHECK_OK(hz_displace_areas(&p, &a, NULL, &err), err);
    /* south: 1000 x 200; west, cut at 100 m: 1000 x 100; the corners below: a quarter circle to the
     * east, and to the west a quarter circle without what lies beyond 100 m */
    double wedge = 200 * 200 * pi / 4, beyond = 200 * 200 * (pi / 3 - sin(2 * pi / 3) / 2) / 2;
    CHECK_NEAR(number(a, "km2", 1), (200000 + 100000 + wedge + wedge - beyond) / 1e6, 1e-4);
    hz_layer_free(zone);
    hz_layer_free(study);
    hz_layer_free(water);
    hz_layer_free(others);
    hz_layer_free(a);
}

TEST(a_control_that_overlaps_the_rings_is_refused)
{
    const box near = { 1150, 0, 3000, 1000 }, far = { 1200, 0, 3000, 1000 };
    hz_layer *zone = boxes("zone", &unit, 1), *control = boxes("control", &near, 1), *a = NULL;
    hz_displace_places p = { .zone = zone, .control = control, .ring_m = { 200 }, .rings = 1 };
    CHECK_FAILS(hz_displace_areas(&p, &a, NULL, &err), HZ_EDATA, err,
                "control: overlaps the zone and its rings by");
    CHECK(!a);
    hz_layer_free(control);
    control = boxes("control", &far, 1); /* touches the ring */
    p.control = control;
    CHECK_OK(hz_displace_areas(&p, &a, NULL, &err), err);
    CHECK_NEAR(number(a, "km2", 2), 1.8, 1e-12);
    hz_layer_free(a);
    hz_layer_free(zone);
    hz_layer_free(control);
}

TEST(two_controls_must_lie_apart)
{
    const box one = { 2000, 0, 3000, 1000 }, two = { 2900, 0, 3500, 1000 };
    hz_layer *zone = boxes("zone", &unit, 1), *c = boxes("control", &one, 1),
             *r = boxes("second", &two, 1), *a = NULL;
    hz_displace_places p = { .zone = zone, .control = c, .ring_control = r, .ring_m = { 200 },
                             .rings = 1 };
    CHECK_FAILS(hz_displace_areas(&p, &a, NULL, &err), HZ_EDATA, err,
                "second: overlaps the control by");
    hz_layer_free(zone);
    hz_layer_free(c);
    hz_layer_free(r);
}

TEST(what_cannot_be_drawn_is_said)
{
    hz_layer *zone = boxes("zone", &unit, 1), *study = boxes("study", &unit, 1), *a = NULL;
    hz_displace_places p = { .zone = zone, .ring_m = { 200 }, .rings = 1 };
    CHECK_FAILS(hz_displace_areas(&p, &a, NULL, &err), HZ_EUSAGE, err, "without a control");
    p.study = study;
    CHECK_FAILS(hz_displace_areas(&p, &a, NULL, &err), HZ_EDATA, err,
                "nothing is left of the ring 1");
    p.ring_m[0] = -1;
    CHECK_FAILS(hz_displace_areas(&p, &a, NULL, &err), HZ_EUSAGE, err, "ring: -1");
    p.ring_m[0] = NAN;
    CHECK_FAILS(hz_displace_areas(&p, &a, NULL, &err), HZ_EUSAGE, err, "ring: nan");
    p.rings = 2;
    p.ring_m[0] = p.ring_m[1] = 100;
    CHECK_FAILS(hz_displace_areas(&p, &a, NULL, &err), HZ_EUSAGE, err, "given twice");
    p.rings = 1;
    p.gap_m = -1;
    CHECK_FAILS(hz_displace_areas(&p, &a, NULL, &err), HZ_EUSAGE, err, "gap");
    p.rings = 0;
    CHECK_FAILS(hz_displace_areas(&p, &a, NULL, &err), HZ_EUSAGE, err, "ring: 0 of them");
    hz_layer_free(zone);
    hz_layer_free(study);
}

/* ---- counts --------------------------------------------------------------------------- */

typedef struct {
    const char *day;
    double x, y;
    size_t times;
} batch;

static hz_layer *events_of(const batch *b, size_t n)
{
    size_t rows = 0, r = 0, bad, first;
    hz_layer *l = NULL;
    hz_shapes *p = NULL;
    const char *days[1000];
    for (size_t i = 0; i < n; i++)
        rows += b[i].times;
    if (hz_layer_new("events", rows, &l, &err) || hz_shapes_new(HZ_POINT, rows, 0, rows, &p, &err))
        return NULL;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < b[i].times; k++, r++) {
            p->x[r] = b[i].x;
            p->y[r] = b[i].y;
            days[r] = b[i].day;
        }
    if (hz_layer_add_texts(l, "date", days, &err) || hz_layer_take_shapes(l, &p, &err) ||
        hz_layer_read_dates(l, "date", NULL, &bad, &first, &err))
        return NULL;
    return l;
}

/* May, 31 days, before; June, 30 days, during; the 2,000 m beyond the gap are the control. */
static const batch may_and_june[] = {
    { "2017-05-01", 500, 500, 19 }, { "2017-05-31", 500, 500, 12 }, { "2017-06-10", 500, 500, 15 },
    { "2017-05-10", -50, 500, 6 },  { "2017-06-30", -50, 500, 9 },  { "2017-05-10", 4000, 0, 62 },
    { "2017-06-01", 4000, 0, 60 },  { "2017-06-10", 1250, 500, 4 }, { "2017-06-10", 9000, 0, 3 },
    { "2016-06-10", 500, 500, 40 }, { "2017-06-10", NAN, NAN, 2 },  { "", 500, 500, 1 }
};
enum { BATCHES = sizeof may_and_june / sizeof *may_and_june };

static hz_displace_opts june(void)
{
    hz_displace_opts o = HZ_DISPLACE_DEFAULTS;
    if (hz_period_parse("2017-05", &o.period[HZ_DISPLACE_BEFORE], &err) ||
        hz_period_parse("2017-06", &o.period[HZ_DISPLACE_DURING], &err))
        print_error("%s\n", err.text);
    o.place.time = "date";
    return o;
}

TEST(counts_rates_and_effects_match_hand_calculation)
{
    hz_displace_places p = { .ring_m = { 200 }, .rings = 1, .gap_m = 100 };
    hz_displace_opts o = june();
    hz_layer *a = drawn(&p), *e = events_of(may_and_june, BATCHES);
    hz_displacement d = { 0 };
    CHECK_OK(hz_displace_make(a, e, &o, &d, NULL, &err), err);
    /* before: zone, ring, control; then during */
    const double events[] = { 31, 6, 62, 15, 9, 60 };
    for (size_t i = 0; i < 6; i++)
        CHECK(number(d.counts, "events", i) == events[i]);
    CHECK_NEAR(number(d.counts, "events_per_day", 0), 1, 1e-12);
    CHECK_NEAR(number(d.counts, "events_per_km2_day", 3), 0.5, 1e-12);
    CHECK_NEAR(number(d.counts, "ratio", 3), 0.5, 1e-12);
    CHECK_NAN(number(d.counts, "events_per_1000_year", 0));
    CHECK_NAN(number(d.counts, "ratio", 0));
    /* the gap's four and the three outside the study area are outside all */
    CHECK(d.fate.read == 233 && d.fate.placed == 183 && d.fate.outside == 7 &&
          d.fate.unlocated == 2 && d.fate.undated == 1 && d.fate.other_period == 40);
    double w = 1 / number(a, "km2", 2), s = 30 / 31.0;
    CHECK_TEXT(hz_layer_text(d.effects, "part", 0), "zone");
    CHECK_NEAR(number(d.effects, "weight", 0), w, 1e-12);
    CHECK_NEAR(number(d.effects, "wdd", 0), 15 - s * 31 - w * (60 - s * 62), 1e-12);
    CHECK_NEAR(number(d.effects, "wdd_se", 0), sqrt(15 + s * s * 31 + w * w * (60 + s * s * 62)),
               1e-12);
    CHECK_NEAR(number(d.effects, "expected", 0), 30, 1e-9); /* the control's rate stayed at 2 a day */
    double wr = number(a, "km2", 1) / number(a, "km2", 2), wt = w + wr;
    CHECK_TEXT(hz_layer_text(d.effects, "part", 2), "total");
    CHECK_NEAR(number(d.effects, "wdd", 2), 24 - s * 37 - wt * (60 - s * 62), 1e-12);
    CHECK_NEAR(number(d.effects, "wdd_se", 2),
               sqrt(24 + s * s * 37 + wt * wt * (60 + s * s * 62)), 1e-12);
    CHECK_NEAR(number(d.effects, "against_control", 0), 15 / 31.0 / (60 / 62.0), 1e-12);
    double success = 15 / 60.0 - 31 / 62.0;
    CHECK_NEAR(number(d.effects, "success", 1), success, 1e-12);
    CHECK_NEAR(number(d.effects, "wdq", 1), (9 / 60.0 - 6 / 62.0) / success, 1e-12);
    CHECK_NAN(number(d.effects, "wdq", 0));
    hz_displacement_clear(&d);
    hz_layer_free(a);
    hz_layer_free(e);
}

TEST(weights_none_compares_as_wheeler_and_ratcliffe_do)
{
    const box c[] = { { 2000, 0, 3000, 1000 } }, k[] = { { 2000, 2000, 3000, 3000 } };
    /* C 308 -> 318, T 207 -> 110, Dc 150 -> 140, Dt 178 -> 157, halved here: see wdd.case */
    const batch b[] = { { "2017-05-02", 2500, 500, 154 }, { "2017-06-02", 2500, 500, 159 },
                        { "2017-05-02", 500, 500, 103 },  { "2017-06-02", 500, 500, 55 },
                        { "2017-05-02", 2500, 2500, 75 }, { "2017-06-02", 2500, 2500, 70 },
                        { "2017-05-02", -50, 500, 89 },   { "2017-06-02", -50, 500, 78 } };
    hz_layer *zone = boxes("zone", &unit, 1), *control = boxes("control", c, 1),
             *second = boxes("second", k, 1), *e = events_of(b, 8), *a = NULL;
    hz_displace_places p = { .zone = zone, .control = control, .ring_control = second,
                             .ring_m = { 200 }, .rings = 1 };
    hz_displace_opts o = june();
    hz_displacement d = { 0 };
    o.weights = HZ_DISPLACE_UNWEIGHTED;
    CHECK_OK(hz_period_parse("2017-05-01..2017-05-30", &o.period[0], &err), err);
    CHECK_OK(hz_displace_areas(&p, &a, NULL, &err), err);
    CHECK_OK(hz_displace_make(a, e, &o, &d, NULL, &err), err);
    CHECK_NEAR(number(d.effects, "wdd", 2), (55 - 103) - (159 - 154) + (78 - 89) - (70 - 75), 1e-12);
    CHECK_NEAR(number(d.effects, "wdd_se", 2), sqrt(154 + 159 + 103 + 55 + 75 + 70 + 89 + 78), 1e-12);
    CHECK_NEAR(number(d.effects, "wdd", 1), (78 - 89) - (70 - 75), 1e-12);
    CHECK_NAN(number(d.effects, "weight", 2));
    hz_displacement_clear(&d);
    hz_layer_free(zone);
    hz_layer_free(control);
    hz_layer_free(second);
    hz_layer_free(a);
    hz_layer_free(e);
}

TEST(periods_that_cannot_be_compared_are_refused)
{
    hz_displace_places p = { .ring_m = { 200 }, .rings = 1 };
    hz_layer *a = drawn(&p), *e = events_of(may_and_june, BATCHES);
    hz_displacement d = { 0 };
    hz_displace_opts o = june();
    o.period[HZ_DISPLACE_AFTER] = o.period[HZ_DISPLACE_DURING];
    CHECK_FAILS(hz_displace_make(a, e, &o, &d, NULL, &err), HZ_EUSAGE, err,
                "after: overlaps the period during");
    o = june();
    CHECK_OK(hz_period_parse("2017-03", &o.period[HZ_DISPLACE_AFTER], &err), err);
    CHECK_FAILS(hz_displace_make(a, e, &o, &d, NULL, &err), HZ_EUSAGE, err,
                "after: lies before the period during");
    o = june();
    CHECK_OK(hz_period_parse("2017-09", &o.period[HZ_DISPLACE_EARLIER], &err), err);
    CHECK_FAILS(hz_displace_make(a, e, &o, &d, NULL, &err), HZ_EUSAGE, err,
                "before: lies before the period earlier");
    o = june();
    o.period[HZ_DISPLACE_DURING] = (hz_period)HZ_PERIOD_ALWAYS;
    CHECK_FAILS(hz_displace_make(a, e, &o, &d, NULL, &err), HZ_EUSAGE, err, "one during or after");
    o = june();
    o.period[HZ_DISPLACE_DURING].until = HZ_TIME_NONE;
    CHECK_FAILS(hz_displace_make(a, e, &o, &d, NULL, &err), HZ_EUSAGE, err, "during: has no length");
    o = june();
    o.weights = HZ_DISPLACE_BY_RESIDENTS;
    CHECK_FAILS(hz_displace_make(a, e, &o, &d, NULL, &err), HZ_EUSAGE, err, "population");
    hz_layer_free(a);
    hz_layer_free(e);
}

TEST(residents_give_rates_and_weights)
{
    hz_displace_places p = { .ring_m = { 200 }, .rings = 1, .gap_m = 100 };
    hz_layer *a = drawn(&p), *e = events_of(may_and_june, BATCHES);
    hz_displacement d = { 0 };
    hz_displace_opts o = june();
    const double people[] = { 1000, 500, 8000 };
    CHECK_OK(hz_layer_add_numbers(a, "residents", people, &err), err);
    o.residents = "residents";
    o.weights = HZ_DISPLACE_BY_RESIDENTS;
    CHECK_OK(hz_displace_make(a, e, &o, &d, NULL, &err), err);
    CHECK_NEAR(number(d.counts, "events_per_1000_year", 0), 31 * 365 / 31.0, 1e-9);
    CHECK_NEAR(number(d.effects, "weight", 0), 0.125, 1e-12);
    CHECK_NEAR(number(d.effects, "weight", 2), 0.1875, 1e-12);
    hz_displacement_clear(&d);
    hz_layer_free(a);
    hz_layer_free(e);
}

/* ---- words ---------------------------------------------------------------------------- */

static hz_text said(hz_displace_opts *o, hz_language language)
{
    hz_displace_places p = { .ring_m = { 200 }, .rings = 1, .gap_m = 100 };
    hz_layer *a = drawn(&p), *e = events_of(may_and_june, BATCHES);
    hz_displacement d = { 0 };
    hz_text out = { 0 };
    hz_caption_displace f = { &d, o, false };
    if (hz_displace_make(a, e, o, &d, NULL, &err))
        print_error("%s\n", err.text);
    hz_caption_displace_say(&f, language, &out);
    hz_displacement_clear(&d);
    hz_layer_free(a);
    hz_layer_free(e);
    return out;
}

TEST(statement_tells_counts_intervals_and_that_causes_are_not_told)
{
    hz_displace_opts o = june();
    hz_text text = said(&o, HZ_ENGLISH);
    CHECK_TEXT(hz_text_get(&text),
               "In the zone there were 31 events before (2017-05, 1.00 a day) and 15 during (2017-06, "
               "0.50 a day, ratio 0.50, 0.25\u20130.95). During, measured against the control area's "
               "change per km\u00b2, there were 15.0 fewer in the zone (95% interval: 28.0 fewer to "
               "2.0 fewer) and 3.2 more around it out to 200 m (95% interval: 4.3 fewer to 10.7 "
               "more); only the zone's interval leaves out 0. Counts do not tell why they changed, "
               "and whether the time before was a peak is not known here: after a peak fewer are to "
               "be expected whatever is done (regression to the mean).");
    hz_text_free(&text);
    text = said(&o, HZ_DANISH);
    CHECK(strstr(hz_text_get(&text), "I zonen var der 31 hændelser før (2017-05, 1,00 om dagen) og "
                                     "15 med zone (2017-06, 0,50 om dagen, forhold 0,50, "));
    CHECK(strstr(hz_text_get(&text), "(regression mod gennemsnittet)."));
    hz_text_free(&text);
}

TEST(a_peak_is_named_where_the_history_shows_one)
{
    hz_displace_opts o = june();
    CHECK_OK(hz_period_parse("2016", &o.period[HZ_DISPLACE_EARLIER], &err), err);
    hz_text text = said(&o, HZ_ENGLISH); /* 31 in 31 days after 40 in 366 */
    CHECK(strstr(hz_text_get(&text), "before, there were 9.15 times as many a day as earlier ("));
    CHECK(strstr(hz_text_get(&text), "a peak, and after a peak fewer are to be expected"));
    hz_text_free(&text);
}

TEST(json_holds_every_figure_and_no_nan)
{
    hz_displace_places p = { .ring_m = { 200 }, .rings = 1, .gap_m = 100 };
    hz_displace_opts o = june();
    hz_layer *a = drawn(&p), *e = events_of(may_and_june, BATCHES);
    hz_displacement d = { 0 };
    hz_text out = { 0 };
    hz_caption_displace f = { &d, &o, true };
    CHECK_OK(hz_displace_make(a, e, &o, &d, NULL, &err), err);
    CHECK_OK(hz_caption_displace_json(&f, &out, &err), err);
    const char *json = hz_text_get(&out);
    CHECK(strstr(json, "\"before\": \"2017-05\"") && strstr(json, "\"after\": null"));
    CHECK(strstr(json, "\"wdd\": ") && strstr(json, "\"wdq\": ") && strstr(json, "\"peak_ratio\": null"));
    CHECK(strstr(json, "31 opdigtede hændelser") && !strstr(json, "nan") && !strstr(json, "inf"));
    hz_text_free(&out);
    hz_displacement_clear(&d);
    hz_layer_free(a);
    hz_layer_free(e);
}

TEST(every_failing_allocation_is_reported)
{
    const box lake = { -1000, 1100, 2000, 2000 };
    hz_layer *zone = boxes("zone", &unit, 1), *study = boxes("study", &city, 1),
             *water = boxes("water", &lake, 1), *e = events_of(may_and_june, BATCHES), *a = NULL;
    hz_displace_places p = { .zone = zone, .study = study, .water = water, .ring_m = { 200, 300 },
                             .rings = 2 };
    hz_displace_opts o = june();
    hz_status st;
    long n = 0;
    do {
        hz_mem_fail_at(++n);
        st = hz_displace_areas(&p, &a, NULL, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || (st == HZ_EMEMORY && !a));
    } while (st);
    CHECK(n > 20);
    n = 0;
    do {
        hz_displacement d = { 0 };
        hz_mem_fail_at(++n);
        st = hz_displace_make(a, e, &o, &d, NULL, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || (st == HZ_EMEMORY && !d.counts && !d.effects && !d.areas));
        hz_displacement_clear(&d);
    } while (st);
    CHECK(n > 20);
    hz_layer_free(zone);
    hz_layer_free(study);
    hz_layer_free(water);
    hz_layer_free(a);
    hz_layer_free(e);
}

RUN_TESTS(T(rings_and_control_share_the_study_area_out),
          T(rings_are_clipped_to_study_water_and_other_zones),
          T(a_control_that_overlaps_the_rings_is_refused), T(two_controls_must_lie_apart),
          T(what_cannot_be_drawn_is_said), T(counts_rates_and_effects_match_hand_calculation),
          T(weights_none_compares_as_wheeler_and_ratcliffe_do),
          T(periods_that_cannot_be_compared_are_refused), T(residents_give_rates_and_weights),
          T(statement_tells_counts_intervals_and_that_causes_are_not_told),
          T(a_peak_is_named_where_the_history_shows_one),
          T(json_holds_every_figure_and_no_nan), T(every_failing_allocation_is_reported))
