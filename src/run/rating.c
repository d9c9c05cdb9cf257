/* Joins areas, events or counts, and population into one table of rates. */
#include "hotzone/rating.h"

#include <math.h>
#include <string.h>

#include "hotzone/mem.h"

enum { NEWEST_YEAR = 9999, MOST_AREAS_TO_COMPARE = 300 };

static const char *const columns[HZ_RATING_COLUMNS] = {
    "area", "name", "events", "population", "population_year", "years", "rate", "rate_low",
    "rate_high", "rate_smoothed", "ratio", "ratio_low", "ratio_high", "state"
};

const char *const *hz_rating_columns(void)
{
    return columns;
}

void hz_rating_clear(hz_rating *rating)
{
    hz_layer_free(rating->table);
    hz_mem_free(rating->used);
    memset(rating, 0, sizeof *rating);
}

/* An empty copy of the areas' shapes, with their keys and names as `area` and `name`. */
static hz_status start_table(const hz_layer *areas, const hz_keys *keys, hz_layer **out,
                             hz_error *err)
{
    size_t n = hz_layer_rows(areas);
    const hz_crs *system = hz_layer_crs(areas);
    int id = hz_layer_find(areas, keys->id), name = hz_layer_find(areas, keys->name);
    hz_layer *table = NULL;
    hz_shapes *shapes = NULL;
    hz_crs *crs = NULL;
    char **texts = hz_mem_new(2 * n, sizeof *texts);
    hz_status st = texts ? HZ_OK : hz_mem_fail(err, "table of rates");

    for (size_t i = 0; !st && i < 2 * n; i++) {
        char number[60];
        size_t column = (size_t)(i < n ? id : name);
        bool words = hz_layer_column_kind(areas, column) == HZ_TEXTS;
        if (!words)
            st = hz_layer_value_text(areas, column, i % n, number, sizeof number);
        if (!st && !(texts[i] = hz_mem_text(words ? hz_layer_text_at(areas, column, i % n)
                                                  : number)))
            st = HZ_EMEMORY;
        if (st)
            hz_mem_fail(err, "table of rates");
    }
    if (!st)
        st = hz_layer_new(hz_layer_name(areas), n, &table, err);
    if (!st)
        st = hz_layer_add_texts(table, "area", (const char *const *)texts, err);
    if (!st)
        st = hz_layer_add_texts(table, "name", (const char *const *)texts + n, err);
    if (!st && hz_layer_shapes(areas)) {
        st = hz_shapes_copy(hz_layer_shapes(areas), &shapes, err);
        if (!st)
            st = hz_layer_take_shapes(table, &shapes, err);
    }
    if (!st && system) {
        crs = hz_crs_copy(system);
        st = crs ? hz_layer_take_crs(table, &crs, err) : hz_mem_fail(err, "table of rates");
    }
    for (size_t i = 0; texts && i < 2 * n; i++)
        hz_mem_free(texts[i]);
    hz_mem_free(texts);
    hz_shapes_free(shapes);
    hz_crs_free(crs);
    if (st) {
        hz_layer_free(table);
        return st;
    }
    *out = table;
    return HZ_OK;
}

static bool boxes_meet(hz_box a, hz_box b)
{
    return a.xmin < b.xmax && b.xmin < a.xmax && a.ymin < b.ymax && b.ymin < a.ymax;
}

/* Areas meant to be counted once each should not overlap: say so where they do. */
static hz_status warn_of_overlap(const hz_layer *areas, const hz_keys *keys,
                                 const hz_notice *notice, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(areas);
    size_t n = hz_layer_rows(areas);
    if (!s || n > MOST_AREAS_TO_COMPARE)
        return HZ_OK;
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++) {
            double shared = 0;
            if (!boxes_meet(hz_shapes_feature_box(s, a), hz_shapes_feature_box(s, b)))
                continue;
            hz_status st = hz_shape_overlap(s, a, s, b, &shared, err);
            if (st)
                return st;
            double share = shared / fmin(hz_shape_area(s, a), hz_shape_area(s, b));
            /* slivers of badly matched borders are a matter for `check` */
            if (share < 1e-3)
                continue;
            hz_warn(notice,
                    "%s: '%s' and '%s' overlap by %.1f%% of the smaller one: an event in both "
                    "counts for the first only (--overlap counts it for each)",
                    hz_layer_name(areas), hz_layer_text(areas, keys->id, a),
                    hz_layer_text(areas, keys->id, b), 100 * share);
            return HZ_OK;
        }
    return HZ_OK;
}

static int year_of(hz_time when)
{
    int year, month, day;
    int64_t days = when / 86400 - (when % 86400 < 0);
    hz_date_civil(days, &year, &month, &day);
    return year;
}

/* The one calendar year that a period is; 0 if it is another. */
static int whole_year(hz_period p)
{
    if (p.from == HZ_TIME_NONE || p.until == HZ_TIME_NONE)
        return 0;
    int year = year_of(p.from);
    return p.from == hz_date_days(year, 1, 1) * 86400 &&
           p.until == hz_date_days(year + 1, 1, 1) * 86400 ? year : 0;
}

static hz_status count_events(const hz_rating_input *in, hz_rating *out, double *low,
                              double *high, const hz_notice *notice, hz_error *err)
{
    hz_placing *placing = NULL;
    hz_status st = hz_place_events(in->areas, in->events, in->rates.overlap, &in->place,
                                   &placing, notice, err);
    if (st)
        return st;
    out->fate = *hz_placing_fate(placing);
    out->span = hz_placing_span(placing);
    size_t rows = hz_layer_rows(in->events);
    out->used = hz_mem_new(rows, 1);
    for (size_t i = 0; out->used && i < rows; i++)
        out->used[i] = hz_placing_areas(placing)[i] != HZ_UNUSED;
    st = out->used ? hz_layer_add_numbers(out->table, "events", hz_placing_counts(placing), err)
                   : hz_mem_fail(err, "events");
    if (!st && in->precision_m)
        st = hz_place_range(in->areas, in->events, placing, in->precision_m, low, high,
                            &out->precision_unknown, err);
    hz_placing_free(placing);
    return st;
}

static hz_status match_counts(const hz_rating_input *in, const char *id, hz_rating *out,
                              const hz_notice *notice, hz_error *err)
{
    hz_match_opts opts = in->count_columns;
    bool dated = in->place.period.from != HZ_TIME_NONE || in->place.period.until != HZ_TIME_NONE;
    double *values = hz_mem_new(hz_layer_rows(in->areas), sizeof *values);
    hz_status st = values ? HZ_OK : hz_mem_fail(err, "counts");

    opts.kinds = in->place.kinds;
    opts.kind_count = in->place.kind_count;
    if (!opts.kind)
        opts.kind = in->place.kind;
    opts.want_year = whole_year(in->place.period);
    opts.nearest_year = false;
    if (!st && dated && !opts.want_year)
        st = hz_fail(err, HZ_EUSAGE,
                     "%s: ready-made counts are by year, expected a period of one calendar year",
                     hz_layer_name(in->counts));
    if (!st)
        st = hz_match_values(in->areas, id, in->counts, &opts, values, NULL, &out->counts_fate,
                             notice, err);
    if (!st)
        st = hz_layer_take_numbers(out->table, "events", &values, NULL, err);
    hz_mem_free(values);
    return st;
}

/* Is this a cloud of points with people, rather than a table by area? */
static bool is_point_population(const hz_rating_input *in)
{
    const hz_shapes *s = hz_layer_shapes(in->population);
    return s && s->kind == HZ_POINT && !in->population_columns.key;
}

static hz_status sum_population(const hz_rating_input *in, hz_rating *out, double *values,
                                const hz_notice *notice, hz_error *err)
{
    static const char *const usual[] = { "residents", "population", "pop", "people",
                                         "indbyggere", "folketal", "count", "n" };
    hz_placing *placing = NULL;
    hz_place_opts opts = HZ_PLACE_DEFAULTS;

    opts.weight = in->population_columns.value;
    for (size_t i = 0; !opts.weight && i < sizeof usual / sizeof *usual; i++)
        if (hz_layer_numbers(in->population, usual[i]))
            opts.weight = usual[i];
    if (!opts.weight)
        return hz_fail(err, HZ_EDATA,
                       "%s: has no column of residents, expected one of the usual names or "
                       "--population-column", hz_layer_name(in->population));
    hz_status st = hz_place_events(in->areas, in->population, in->rates.overlap, &opts,
                                   &placing, notice, err);
    if (st)
        return st;
    out->population_points = *hz_placing_fate(placing);
    memcpy(values, hz_placing_counts(placing), hz_layer_rows(in->areas) * sizeof *values);
    hz_placing_free(placing);
    return HZ_OK;
}

static hz_status match_population(const hz_rating_input *in, const char *id, hz_rating *out,
                                  double *values, double *years, const hz_notice *notice,
                                  hz_error *err)
{
    hz_match_opts opts = in->population_columns;
    size_t n = hz_layer_rows(in->areas);
    int *found = hz_mem_new(n, sizeof *found);
    if (!found)
        return hz_mem_fail(err, "population");
    int first = in->place.period.from != HZ_TIME_NONE ? year_of(in->place.period.from)
              : out->span.from != HZ_TIME_NONE        ? year_of(out->span.from)
                                                      : NEWEST_YEAR;
    opts.want_year = in->population_year ? in->population_year : first;
    opts.nearest_year = true;
    hz_status st = hz_match_values(in->areas, id, in->population, &opts, values, found,
                                   &out->population_fate, notice, err);
    for (size_t i = 0; !st && i < n; i++)
        years[i] = found[i] && !isnan(values[i]) ? (double)found[i] : NAN;
    hz_mem_free(found);
    return st;
}

static hz_status add_population(const hz_rating_input *in, const char *id, hz_rating *out,
                                const hz_notice *notice, hz_error *err)
{
    size_t n = hz_layer_rows(in->areas);
    double *values = hz_mem_new(n, sizeof *values);
    double *years = hz_mem_new(n, sizeof *years);
    hz_status st = values && years ? HZ_OK : hz_mem_fail(err, "population");

    for (size_t i = 0; !st && i < n; i++)
        values[i] = years[i] = NAN;
    if (!st && in->population)
        st = is_point_population(in)
                 ? sum_population(in, out, values, notice, err)
                 : match_population(in, id, out, values, years, notice, err);
    if (!st)
        st = hz_layer_take_numbers(out->table, "population", &values, NULL, err);
    if (!st)
        st = hz_layer_take_numbers(out->table, "population_year", &years, NULL, err);
    hz_mem_free(values);
    hz_mem_free(years);
    return st;
}

/* Keep the range of a hidden count out of the table too. */
static hz_status add_range(hz_layer *table, double **low, double **high, hz_error *err)
{
    for (size_t i = 0; i < hz_layer_rows(table); i++)
        if (hz_layer_mark(table, "rate", i) == HZ_HIDDEN)
            (*low)[i] = (*high)[i] = NAN;
    hz_status st = hz_layer_take_numbers(table, "events_low", low, NULL, err);
    return st ? st : hz_layer_take_numbers(table, "events_high", high, NULL, err);
}

static void count_states(hz_rating *out)
{
    const double *events = hz_layer_numbers(out->table, "events");
    for (size_t i = 0; i < hz_layer_rows(out->table); i++) {
        const char *state = hz_layer_text(out->table, "state", i);
        out->ok += strcmp(state, "ok") == 0;
        out->unstable += strcmp(state, "unstable") == 0;
        out->hidden += strcmp(state, "hidden") == 0;
        out->undefined += strcmp(state, "undefined") == 0;
        out->zero += strcmp(state, "unstable") == 0 && events[i] == 0;
    }
}

hz_status hz_rating_make(const hz_rating_input *in, hz_rating *out, const hz_notice *notice,
                         hz_error *err)
{
    hz_rating made = { .span = HZ_PERIOD_ALWAYS };
    hz_rates_opts opts = in->rates;
    hz_keys keys;
    double *low = NULL, *high = NULL;
    size_t n = hz_layer_rows(in->areas);
    hz_status st;

    if (n == 0)
        return hz_fail(err, HZ_EDATA, "%s: has no areas, expected at least one",
                       hz_layer_name(in->areas));
    st = hz_match_keys(in->areas, in->id, in->name, &keys, err);
    if (!st && !opts.overlap && in->events)
        st = warn_of_overlap(in->areas, &keys, notice, err);
    if (!st)
        st = start_table(in->areas, &keys, &made.table, err);
    if (!st && in->precision_m && in->events) {
        low = hz_mem_new(n, sizeof *low);
        high = hz_mem_new(n, sizeof *high);
        st = low && high ? HZ_OK : hz_mem_fail(err, "rates");
    }
    if (!st)
        st = in->events ? count_events(in, &made, low, high, notice, err)
                        : match_counts(in, keys.id, &made, notice, err);
    if (!st)
        st = add_population(in, keys.id, &made, notice, err);
    if (st)
        goto done;
    if (opts.years == 0) {
        opts.years = hz_period_years(in->place.period);
        if (isnan(opts.years))
            opts.years = 1;
    }
    made.years = opts.years;
    st = hz_rates_add(made.table, "events", "population", &opts, &made.city, err);
    if (!st && low)
        st = add_range(made.table, &low, &high, err);
    if (st)
        goto done;
    count_states(&made);
    *out = made;
    made.table = NULL;
    made.used = NULL;
done:
    hz_layer_free(made.table);
    hz_mem_free(made.used);
    hz_mem_free(low);
    hz_mem_free(high);
    return st;
}
