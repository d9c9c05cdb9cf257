/* Ratings: areas, events or counts, and residents from tables or points, joined into one table. */
#include "check.h"

#include "hotzone/mem.h"
#include "hotzone/rating.h"

static hz_error err;

static void hear(hz_notice_kind kind, const char *text, void *user)
{
    char *heard = user;
    (void)kind;
    snprintf(heard, 400, "%s", text);
}

/* Two unit squares side by side, "a" and "b". */
static hz_layer *squares(void)
{
    static const double x[] = { 0, 1, 1, 0, 0, 1, 2, 2, 1, 1 }, y[] = { 0, 0, 1, 1, 0, 0, 0, 1, 1, 0 };
    static const char *const id[] = { "a", "b" };
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    if (hz_layer_new("areas.geojson", 2, &layer, &err) ||
        hz_layer_add_texts(layer, "id", id, &err) ||
        hz_shapes_new(HZ_POLYGON, 2, 2, 10, &s, &err))
        return NULL;
    memcpy(s->x, x, sizeof x);
    memcpy(s->y, y, sizeof y);
    for (size_t f = 1; f <= 2; f++) {
        s->first_ring[f] = f;
        s->first_point[f] = 5 * f;
    }
    return hz_layer_take_shapes(layer, &s, &err) ? NULL : layer;
}

static hz_layer *points(const char *name, size_t n, const double *x)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    if (hz_layer_new(name, n, &layer, &err) || hz_shapes_new(HZ_POINT, n, 0, n, &s, &err))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        s->x[i] = x[i];
        s->y[i] = 0.5;
    }
    return hz_layer_take_shapes(layer, &s, &err) ? NULL : layer;
}

static hz_layer *table(const char *name, const char *value, double a, double b)
{
    static const char *const id[] = { "a", "b" };
    const double values[] = { a, b };
    hz_layer *layer = NULL;
    return hz_layer_new(name, 2, &layer, &err) || hz_layer_add_texts(layer, "area", id, &err) ||
           hz_layer_add_numbers(layer, value, values, &err) ? NULL : layer;
}

/* Three events in a, one in b, one in neither, one at no place. */
static hz_layer *six_events(void)
{
    static const double x[] = { 0.2, 0.4, 0.6, 1.5, 9, NAN };
    static const char *const day[] = { "2017-01-01", "2017-06-01", "2018-06-01", "2017-06-02",
                                       "2017-06-03", "2017-06-04" };
    hz_layer *layer = points("events.csv", 6, x);
    size_t bad, first;
    if (!layer || hz_layer_add_texts(layer, "date", day, &err) ||
        hz_layer_read_dates(layer, "date", NULL, &bad, &first, &err))
        return NULL;
    return layer;
}

TEST(events_become_rates_and_every_one_is_accounted_for)
{
    hz_layer *areas = squares(), *events = six_events();
    hz_layer *people = table("population.csv", "residents", 1000, 500);
    hz_rating r = { 0 };
    CHECK(areas && events && people);
    hz_rating_input in = { .areas = areas, .events = events, .population = people,
                           .place = HZ_PLACE_DEFAULTS, .rates = HZ_RATES_DEFAULTS };
    in.rates.years = 0;
    CHECK_OK(hz_rating_make(&in, &r, NULL, &err), err);
    CHECK_NEAR(hz_layer_numbers(r.table, "events")[0], 3, 0);
    CHECK_NEAR(hz_layer_numbers(r.table, "events")[1], 1, 0);
    CHECK_NEAR(hz_layer_numbers(r.table, "rate")[0], 3, 1e-12); /* 3 of 1000, per 1000 */
    CHECK_NEAR(hz_layer_numbers(r.table, "rate")[1], 2, 1e-12);
    CHECK(r.fate.read == 6 && r.fate.placed == 4 && r.fate.outside == 1 && r.fate.unlocated == 1);
    CHECK(r.ok + r.unstable + r.hidden + r.undefined == 2);
    CHECK(r.used[0] && r.used[4] && !r.used[5]);
    hz_rating_clear(&r);

    /* half of 2017: two in a, none of 2018; a rate per year is twice the count per 1000 */
    CHECK_OK(hz_period_parse("2017-01-01..2017-07-01", &in.place.period, &err), err);
    in.place.time = "date";
    CHECK_OK(hz_rating_make(&in, &r, NULL, &err), err);
    CHECK_NEAR(hz_layer_numbers(r.table, "events")[0], 2, 0);
    CHECK(r.fate.other_period == 1);
    CHECK_NEAR(hz_layer_numbers(r.table, "rate")[0] * r.years, 2, 1e-12);
    CHECK(r.years > 0.4 && r.years < 0.6);
    hz_rating_clear(&r);
    hz_layer_free(areas);
    hz_layer_free(events);
    hz_layer_free(people);
}

TEST(ready_made_counts_become_the_same_rates)
{
    hz_layer *areas = squares(), *counts = table("counts.csv", "count", 3, 1);
    hz_layer *people = table("population.csv", "residents", 1000, 500);
    hz_rating r = { 0 };
    CHECK(areas && counts && people);
    hz_rating_input in = { .areas = areas, .counts = counts, .population = people,
                           .place = HZ_PLACE_DEFAULTS, .rates = HZ_RATES_DEFAULTS };
    CHECK_OK(hz_rating_make(&in, &r, NULL, &err), err);
    CHECK_NEAR(hz_layer_numbers(r.table, "rate")[0], 3, 1e-12);
    CHECK_NEAR(hz_layer_numbers(r.table, "rate")[1], 2, 1e-12);
    CHECK(r.counts_fate.read == 2 && r.counts_fate.used == 2 && r.used == NULL);
    hz_rating_clear(&r);
    CHECK_OK(hz_period_parse("2017-06", &in.place.period, &err), err);
    CHECK_FAILS(hz_rating_make(&in, &r, NULL, &err), HZ_EUSAGE, err, "one calendar year");
    hz_layer_free(areas);
    hz_layer_free(counts);
    hz_layer_free(people);
}

TEST(residents_at_points_are_those_of_the_nearest_year)
{
    static const double x[] = { 0.5, 0.6, 1.5, 0.5, 1.5 };
    static const double residents[] = { 100, 50, 80, 900, 700 };
    static const double years[] = { 2016, 2016, 2016, 2019, 2019 };
    hz_layer *areas = squares(), *events = six_events(), *people = points("people.csv", 5, x);
    hz_rating r = { 0 };
    CHECK(areas && events && people);
    CHECK_OK(hz_layer_add_numbers(people, "residents", residents, &err), err);
    CHECK_OK(hz_layer_add_numbers(people, "year", years, &err), err);
    hz_rating_input in = { .areas = areas, .events = events, .population = people,
                           .place = HZ_PLACE_DEFAULTS, .rates = HZ_RATES_DEFAULTS };
    in.population_year = 2017;
    CHECK_OK(hz_rating_make(&in, &r, NULL, &err), err);
    CHECK_NEAR(hz_layer_numbers(r.table, "population")[0], 150, 0);
    CHECK_NEAR(hz_layer_numbers(r.table, "population")[1], 80, 0);
    CHECK_NEAR(hz_layer_numbers(r.table, "population_year")[0], 2016, 0);
    CHECK(r.population_points.placed == 3);
    hz_rating_clear(&r);
    in.population_year = 2018;
    CHECK_OK(hz_rating_make(&in, &r, NULL, &err), err);
    CHECK_NEAR(hz_layer_numbers(r.table, "population")[0], 900, 0);
    CHECK_NEAR(hz_layer_numbers(r.table, "population_year")[1], 2019, 0);
    hz_rating_clear(&r);
    hz_layer_free(areas);
    hz_layer_free(events);
    hz_layer_free(people);
}

TEST(a_point_without_residents_leaves_its_area_without_a_figure)
{
    static const double x[] = { 0.5, 0.6, 1.5 }, residents[] = { 100, NAN, 80 };
    char heard[400] = "";
    hz_notice notice = { hear, heard };
    hz_layer *areas = squares(), *events = six_events(), *people = points("people.csv", 3, x);
    hz_rating r = { 0 };
    CHECK(areas && events && people);
    CHECK_OK(hz_layer_add_numbers(people, "residents", residents, &err), err);
    hz_rating_input in = { .areas = areas, .events = events, .population = people,
                           .place = HZ_PLACE_DEFAULTS, .rates = HZ_RATES_DEFAULTS };
    CHECK_OK(hz_rating_make(&in, &r, &notice, &err), err);
    CHECK_NAN(hz_layer_numbers(r.table, "population")[0]);
    CHECK_NEAR(hz_layer_numbers(r.table, "population")[1], 80, 0);
    CHECK_NAN(hz_layer_numbers(r.table, "rate")[0]);
    CHECK(strstr(heard, "people.csv: 1 points have no usable figure in 'residents'"));
    CHECK(r.population_points.refused == 1);
    hz_rating_clear(&r);
    hz_layer_free(areas);
    hz_layer_free(events);
    hz_layer_free(people);
}

TEST(a_precision_in_metres_needs_a_reference_system)
{
    static const double near[] = { 1, 1, 1, 1, 1, 1 };
    hz_layer *areas = squares(), *events = six_events();
    hz_rating r = { 0 };
    CHECK(areas && events);
    CHECK_OK(hz_layer_add_numbers(events, "near", near, &err), err);
    hz_rating_input in = { .areas = areas, .events = events, .precision_m = "near",
                           .place = HZ_PLACE_DEFAULTS, .rates = HZ_RATES_DEFAULTS };
    CHECK_FAILS(hz_rating_make(&in, &r, NULL, &err), HZ_ECRS, err, "expected --crs");
    hz_layer_free(areas);
    hz_layer_free(events);
}

TEST(the_usual_names_find_dates_and_kinds_and_a_slip_is_told)
{
    static const char *const words[] = { "x", "y" };
    const char *column = "";
    hz_layer *layer = NULL;
    CHECK_OK(hz_layer_new("events.csv", 2, &layer, &err), err);
    CHECK_OK(hz_match_time(layer, NULL, &column, &err), err);
    CHECK(column == NULL);
    CHECK_OK(hz_layer_add_texts(layer, "Gerningsdato", words, &err), err);
    CHECK_OK(hz_layer_add_texts(layer, "offense_type", words, &err), err);
    CHECK_OK(hz_match_time(layer, NULL, &column, &err), err);
    CHECK_TEXT(column, "Gerningsdato");
    CHECK_OK(hz_match_kind(layer, NULL, &column, &err), err);
    CHECK_TEXT(column, "offense_type");
    CHECK_FAILS(hz_match_time(layer, "gerningsdata", &column, &err), HZ_EUSAGE, err,
                "nearest: 'Gerningsdato'");
    CHECK_FAILS(hz_match_kind(layer, "offence_type", &column, &err), HZ_EUSAGE, err,
                "nearest: 'offense_type'");
    hz_layer_free(layer);
}

/* The first and last date are those of two events. */
TEST(where_counts_are_hidden_no_date_of_an_event_is_told)
{
    hz_layer *areas = squares(), *events = six_events();
    hz_layer *people = table("population.csv", "residents", 1000, 500);
    hz_rating r = { 0 };
    char words[64];
    CHECK(areas && events && people);
    hz_rating_input in = { .areas = areas, .events = events, .population = people,
                           .place = HZ_PLACE_DEFAULTS, .rates = HZ_RATES_DEFAULTS };
    in.rates.years = 0;
    in.rates.hide_below = 5;
    in.place.time = "date";
    CHECK_OK(hz_period_parse("2017-05..", &in.place.period, &err), err);
    CHECK_OK(hz_rating_make(&in, &r, NULL, &err), err);
    CHECK_TEXT(hz_period_format(words, sizeof words, r.period), "2017-05..2018-06");
    CHECK(r.span.from == hz_date_days(2017, 6, 1) * 86400 &&
          r.span.until == hz_date_days(2018, 7, 1) * 86400 - 1);
    hz_rating_clear(&r);
    CHECK_OK(hz_period_parse("2016", &in.place.period, &err), err);
    CHECK(hz_rating_make(&in, &r, NULL, &err) == HZ_EDATA);
    CHECK_TEXT(err.text, "events.csv: no event lies in 2016, expected a period that the events "
                         "cover");
    hz_layer_free(areas);
    hz_layer_free(events);
    hz_layer_free(people);
}

RUN_TESTS(T(events_become_rates_and_every_one_is_accounted_for),
          T(ready_made_counts_become_the_same_rates),
          T(residents_at_points_are_those_of_the_nearest_year),
          T(a_point_without_residents_leaves_its_area_without_a_figure),
          T(a_precision_in_metres_needs_a_reference_system),
          T(the_usual_names_find_dates_and_kinds_and_a_slip_is_told),
          T(where_counts_are_hidden_no_date_of_an_event_is_told))
