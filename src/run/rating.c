/* Joins areas, events or counts, and population into one table of rates. */
#include "hotzone/rating.h"

#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "run/rating_parts.h"

enum { NEWEST_YEAR = 9999, MOST_AREAS_TO_COMPARE = 300, DAY_S = 86400, LEAST_TO_JUDGE = 100 };

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

/* The dates of the events that lie in a period, of whatever kind. */
typedef struct {
    size_t dated, held;
    hz_period all, in; /* first and last date, both included */
    bool by_month;     /* all of those in the period are firsts of a month */
} dates;

static void widen(hz_period *span, hz_time when)
{
    if (span->from == HZ_TIME_NONE || when < span->from)
        span->from = when;
    if (span->until == HZ_TIME_NONE || when > span->until)
        span->until = when;
}

static hz_time day_start(hz_time when)
{
    return when - (when % DAY_S + DAY_S) % DAY_S;
}

static hz_time month_start(hz_time when)
{
    int year, month, day;
    hz_date_civil(day_start(when) / DAY_S, &year, &month, &day);
    return hz_date_days(year, month, 1) * DAY_S;
}

/* The first moment of the next month. */
static hz_time next_month(hz_time when)
{
    int year, month, day;
    hz_date_civil(day_start(when) / DAY_S, &year, &month, &day);
    return hz_date_days(year + month / 12, month % 12 + 1, 1) * DAY_S;
}

static bool is_month_start(hz_time when)
{
    int year, month, day;
    hz_date_civil(day_start(when) / DAY_S, &year, &month, &day);
    return day == 1 && day_start(when) == when;
}

static bool hides_dates(const hz_rating_input *in)
{
    return in->hide_dates || in->rates.hide_below > 0;
}

static dates look_at_dates(const hz_rating_input *in)
{
    dates d = { 0, 0, HZ_PERIOD_ALWAYS, HZ_PERIOD_ALWAYS, true };
    const hz_time *times = in->place.time ? hz_layer_times(in->events, in->place.time) : NULL;
    for (size_t i = 0; times && i < hz_layer_rows(in->events); i++) {
        if (times[i] == HZ_TIME_NONE)
            continue;
        d.dated++;
        widen(&d.all, times[i]);
        if (!hz_period_holds(in->place.period, times[i]))
            continue;
        d.held++;
        widen(&d.in, times[i]);
        d.by_month = d.by_month && is_month_start(times[i]);
    }
    return d;
}

/* A period without data is no period without events. */
static hz_status need_dates(const hz_rating_input *in, const dates *d, hz_error *err)
{
    char words[64];
    if (in->part || d->held)
        return HZ_OK;
    if (hides_dates(in) && d->dated > 0) /* without the first and last date of events */
        return hz_fail(err, HZ_EDATA, "%s: no event lies in %s, expected a period that the events "
                       "cover", hz_layer_name(in->events),
                       hz_period_format(words, sizeof words, in->place.period));
    return hz_place_need_dates(in->events, &in->place, err);
}

/* Close an open end at the first or last date; say how far the dates reach where they end early.
 * The first and last date are those of two events: where small counts are hidden their months must
 * do, and nobody is told. */
static void cover_period(const hz_rating_input *in, const dates *d, hz_rating *out,
                         const hz_notice *notice)
{
    hz_period asked = in->place.period;
    char words[64], found[64];
    if (!d->held)
        return;
    bool hides = hides_dates(in);
    hz_period seen = { hides ? month_start(d->in.from) : day_start(d->in.from),
                       hides || d->by_month ? next_month(d->in.until)
                                            : day_start(d->in.until) + DAY_S };
    bool open = asked.from == HZ_TIME_NONE || asked.until == HZ_TIME_NONE;
    if (asked.until != HZ_TIME_NONE && seen.until > asked.until)
        seen.until = asked.until;
    if (asked.from != HZ_TIME_NONE && seen.from < asked.from)
        seen.from = asked.from;
    hz_period_format(words, sizeof words, asked);
    if (asked.from == HZ_TIME_NONE)
        out->period.from = seen.from;
    if (asked.until == HZ_TIME_NONE)
        out->period.until = seen.until;
    if (open)
        hz_warn(notice, "%s: the period %s is open and is taken to be %s, as far as the dates "
                        "reach: rates are per year of that", hz_layer_name(in->events), words,
                hz_period_format(found, sizeof found, out->period));
    hz_time gap = seen.from - out->period.from, end = out->period.until - seen.until;
    double least = fmax(31.0 * DAY_S, 0.1 * (double)(out->period.until - out->period.from));
    if (hides || in->part || d->held < LEAST_TO_JUDGE || !((double)(gap > end ? gap : end) > least))
        return;
    out->covered = seen;
    hz_warn(notice, "%s: its dates in %s cover %s only: rates of the whole period "
                    "are too low if events are missing", hz_layer_name(in->events),
            hz_period_format(words, sizeof words, out->period),
            hz_period_format(found, sizeof found, seen));
}

static hz_status count_events(const hz_rating_input *in, hz_rating *out, double *low,
                              double *high, const hz_notice *notice, hz_error *err)
{
    hz_placing *placing = NULL;
    bool asked = in->place.period.from != HZ_TIME_NONE || in->place.period.until != HZ_TIME_NONE;
    dates d = look_at_dates(in);
    hz_status st = asked ? need_dates(in, &d, err) : HZ_OK;
    if (!st)
        st = hz_place_events(in->areas, in->events, in->rates.overlap, &in->place, &placing,
                             hides_dates(in) ? NULL : notice, err);
    if (st)
        return st;
    if (asked)
        cover_period(in, &d, out, notice);
    out->fate = *hz_placing_fate(placing);
    out->span = hz_placing_span(placing);
    if (hides_dates(in) && out->span.from != HZ_TIME_NONE)
        out->span = (hz_period){ month_start(out->span.from), next_month(out->span.until) - 1 };
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

/* The year that the residents are wanted of. */
static int wanted_year(const hz_rating_input *in, const hz_rating *out)
{
    return in->population_year                      ? in->population_year
         : in->place.period.from != HZ_TIME_NONE    ? year_of(in->place.period.from)
         : out->span.from != HZ_TIME_NONE           ? year_of(out->span.from)
                                                    : NEWEST_YEAR;
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
    opts.want_year = wanted_year(in, out);
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
                 ? hz_rating_sum_points(in, wanted_year(in, out), &out->population_points, values,
                                        years, notice, err)
                 : match_population(in, id, out, values, years, notice, err);
    if (!st)
        st = hz_layer_take_numbers(out->table, "population", &values, NULL, err);
    if (!st)
        st = hz_layer_take_numbers(out->table, "population_year", &years, NULL, err);
    hz_mem_free(values);
    hz_mem_free(years);
    return st;
}

/* The events between a range and its count lie near a border and are few: where small counts are
 * hidden there is no range at all. */
static hz_status add_range(hz_layer *table, bool hides, double **low, double **high, hz_error *err)
{
    for (size_t i = 0; hides && i < hz_layer_rows(table); i++)
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

/* What placing events says of their number is said of the table instead, which shows it. */
static void warn_of_nothing(const hz_rating_input *in, const hz_rating *made, const hz_notice *notice)
{
    const double *events = hz_layer_numbers(made->table, "events");
    bool any = made->hidden > 0;
    for (size_t i = 0; !any && i < hz_layer_rows(made->table); i++)
        any = events[i] > 0;
    if (!any)
        hz_warn(notice, "%s: no event of the kinds and the period asked for lies in any area of %s; "
                "is a reference system wrong?", hz_layer_name(in->events), hz_layer_name(in->areas));
}

hz_status hz_rating_make(const hz_rating_input *in, hz_rating *out, const hz_notice *notice,
                         hz_error *err)
{
    hz_rating made = { .span = HZ_PERIOD_ALWAYS, .period = in->place.period,
                       .covered = HZ_PERIOD_ALWAYS };
    hz_rates_opts opts = in->rates;
    hz_keys keys;
    double *low = NULL, *high = NULL;
    size_t n = hz_layer_rows(in->areas);
    hz_status st;

    if (n == 0)
        return hz_fail(err, HZ_EDATA, "%s: has no areas, expected at least one",
                       hz_layer_name(in->areas));
    if (in->precision_m && in->events && !hz_layer_crs(in->events))
        return hz_fail(err, HZ_ECRS, "%s: has no reference system, expected --crs (in a project "
                       "`crs:` beside the source): a precision in metres needs one",
                       hz_layer_name(in->events));
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
        opts.years = hz_period_years(made.period);
        if (isnan(opts.years))
            opts.years = 1;
    }
    made.years = opts.years;
    st = hz_rates_add(made.table, "events", "population", &opts, &made.city, err);
    if (!st && low)
        st = add_range(made.table, opts.hide_below > 0, &low, &high, err);
    if (st)
        goto done;
    count_states(&made);
    made.total_withheld = made.city.withheld;
    if (in->events && opts.hide_below > 0)
        warn_of_nothing(in, &made, notice);
    if (opts.hide_below > 0) { /* numbers and dates of single events */
        made.precision_unknown = 0;
        made.covered = (hz_period)HZ_PERIOD_ALWAYS;
    }
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
