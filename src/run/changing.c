/* Joins areas, events or counts, and populations of two periods into one table of change. */
#include "hotzone/changing.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"

static const char *const columns[HZ_CHANGING_COLUMNS] = {
    "area", "name", "events_1", "events_2", "population_1", "population_2", "years_1", "years_2",
    "rate_1", "rate_1_low", "rate_1_high", "rate_2", "rate_2_low", "rate_2_high", "ratio",
    "ratio_low", "ratio_high", "p", "q", "state"
};

const char *const *hz_changing_columns(void)
{
    return columns;
}

void hz_changing_clear(hz_changing *changing)
{
    hz_layer_free(changing->table);
    memset(changing, 0, sizeof *changing);
}

/* Passes on each warning once, though the work is done once for each period. */
typedef struct {
    const hz_notice *to;
    char said[8][160];
    size_t count;
} once;

static void say_once(hz_notice_kind kind, const char *text, void *user)
{
    once *o = user;
    for (size_t i = 0; i < o->count; i++)
        if (strncmp(o->said[i], text, sizeof o->said[i] - 1) == 0)
            return;
    if (o->count < sizeof o->said / sizeof *o->said)
        snprintf(o->said[o->count++], sizeof *o->said, "%s", text);
    if (o->to && o->to->say)
        o->to->say(kind, text, o->to->user);
}

static int year_of(hz_time when)
{
    int year, month, day;
    hz_date_civil(when / 86400 - (when % 86400 < 0), &year, &month, &day);
    return year;
}

/* Is a period made of whole calendar years, and of which? */
static bool is_whole_years(hz_period p, int *first, int *last)
{
    *first = year_of(p.from);
    *last = year_of(p.until) - 1;
    return p.from == hz_date_days(*first, 1, 1) * 86400 &&
           p.until == hz_date_days(*last + 1, 1, 1) * 86400 && *first <= *last;
}

static hz_period calendar_year(int year)
{
    return (hz_period){ hz_date_days(year, 1, 1) * 86400, hz_date_days(year + 1, 1, 1) * 86400 };
}

static bool is_open(hz_period p)
{
    return p.from == HZ_TIME_NONE || p.until == HZ_TIME_NONE;
}

static hz_status check_periods(const hz_changing_input *in, hz_error *err)
{
    hz_period a = in->before, b = in->after;
    char before[64], after[64];
    hz_period_format(before, sizeof before, a);
    hz_period_format(after, sizeof after, b);
    if (is_open(a) || is_open(b))
        return hz_fail(err, HZ_EUSAGE, "period '%s' is open, expected both ends",
                       is_open(a) ? before : after);
    if (a.from >= a.until || b.from >= b.until)
        return hz_fail(err, HZ_EUSAGE, "period '%s' is empty",
                       a.from >= a.until ? before : after);
    if (a.from < b.until && b.from < a.until)
        return hz_fail(err, HZ_EUSAGE, "periods %s and %s share days, expected periods apart",
                       before, after);
    if (a.from > b.from)
        return hz_fail(err, HZ_EUSAGE, "period %s comes after %s, expected the earlier one before",
                       before, after);
    return HZ_OK;
}

/* The figures of one period, ours. */
typedef struct {
    double *events, *population, *published;
    hz_layer *table; /* of the first year: shapes and keys */
} counted;

static void free_counted(counted *c)
{
    hz_mem_free(c->events);
    hz_mem_free(c->population);
    hz_mem_free(c->published);
    hz_layer_free(c->table);
}

/* Add one period that can be counted in one go; the first brings population and keys. */
static hz_status add_period(const hz_rating_input *in, bool first, counted *c, hz_changing *out,
                            int k, const hz_notice *notice, hz_error *err)
{
    hz_rating r = { 0 };
    size_t n = hz_layer_rows(in->areas);
    hz_status st = hz_rating_make(in, &r, notice, err);
    if (st)
        return st;
    const double *events = hz_layer_numbers(r.table, "events");
    const double *population = hz_layer_numbers(r.table, "population");
    for (size_t i = 0; i < n; i++) {
        c->events[i] += events[i]; /* NaN if any is */
        if (first)
            c->population[i] = population[i];
    }
    if (first) {
        out->fate[k] = r.fate;
        out->counts_fate[k] = r.counts_fate;
        out->population_fate[k] = r.population_fate;
        c->table = r.table;
        r.table = NULL;
    }
    hz_rating_clear(&r);
    return HZ_OK;
}

/* A column of the counts for each area in a calendar year. */
static hz_status match_year(const hz_changing_input *in, const char *id, int year,
                            const char *column, double *values, int *years,
                            const hz_notice *notice, hz_error *err)
{
    hz_match_opts opts = in->of.count_columns;
    opts.value = column;
    opts.kinds = in->of.place.kinds;
    opts.kind_count = in->of.place.kind_count;
    if (!opts.kind)
        opts.kind = in->of.place.kind;
    opts.want_year = year;
    opts.nearest_year = false;
    return hz_match_values(in->of.areas, id, in->of.counts, &opts, values, years, NULL, notice,
                           err);
}

/* Counts without years would be the same in both periods. */
static hz_status check_dated(const hz_changing_input *in, const char *id, int year,
                             double *scratch, hz_error *err)
{
    size_t n = hz_layer_rows(in->of.areas);
    int *years = hz_mem_new(n, sizeof *years);
    hz_status st = years ? HZ_OK : hz_mem_fail(err, "change");
    if (!st)
        st = match_year(in, id, year, in->of.count_columns.value, scratch, years, NULL, err);
    for (size_t i = 0; !st && i < n; i++)
        if (!isnan(scratch[i]) && years[i] == 0)
            st = hz_fail(err, HZ_EUSAGE, "%s: has counts without a year, expected a column of "
                         "years to tell the periods apart", hz_layer_name(in->of.counts));
    hz_mem_free(years);
    return st;
}

/* Events per `per` residents and year, where only that is published. */
static hz_status match_rate(const hz_changing_input *in, const char *id, int year,
                            const char *column, double rate_per, double *rate,
                            const hz_notice *notice, hz_error *err)
{
    size_t n = hz_layer_rows(in->of.areas);
    hz_status st = match_year(in, id, year, column, rate, NULL, notice, err);
    for (size_t i = 0; !st && i < n; i++)
        rate[i] *= in->change.per / rate_per;
    return st;
}

/* The column of published rates and what they are per; NULL if there is none. */
static hz_status find_rate(const hz_changing_input *in, const char **column, double *per,
                           hz_error *err)
{
    static const struct {
        const char *name;
        double per;
    } usual[] = { { "per_1000", 1e3 }, { "per_10000", 1e4 }, { "per_100000", 1e5 } };
    const hz_layer *counts = in->of.counts;
    const char *given = in->rate_column;

    *column = NULL;
    *per = in->rate_per;
    if (!counts)
        return given ? hz_fail(err, HZ_EUSAGE, "rate column: goes with ready-made counts") : HZ_OK;
    if (given && hz_layer_find(counts, given) < 0)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s' of rates", hz_layer_name(counts),
                       given);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        if (given ? strcmp(given, usual[i].name) != 0
                  : *column || hz_layer_find(counts, usual[i].name) < 0)
            continue;
        *column = usual[i].name;
        *per = in->rate_per > 0 ? in->rate_per : usual[i].per;
    }
    if (given)
        *column = given;
    if (*column && !(*per > 0 && !isinf(*per)))
        return hz_fail(err, HZ_EUSAGE, "rate column '%s': per %g residents, expected a number "
                       "over 0", *column, *per);
    return HZ_OK;
}

static hz_status count_period(const hz_changing_input *in, int k, counted *c, hz_changing *out,
                              const hz_notice *notice, hz_error *err)
{
    hz_rating_input of = in->of;
    size_t n = hz_layer_rows(of.areas);
    int first, last;
    const char *column;
    double per;
    hz_keys keys;
    bool whole;
    hz_status st;

    of.place.period = k ? in->after : in->before;
    whole = is_whole_years(of.place.period, &first, &last);
    if (k && in->population_after)
        of.population = in->population_after;
    of.precision_m = NULL;
    of.hide_dates = in->change.hide_below > 0;
    of.rates = (hz_rates_opts)HZ_RATES_DEFAULTS;
    of.rates.years = 0;
    of.rates.smoothing = HZ_SMOOTH_NONE;
    of.rates.overlap = in->change.overlap;
    c->events = hz_mem_new(n, sizeof *c->events);
    c->population = hz_mem_new(n, sizeof *c->population);
    c->published = hz_mem_new(n, sizeof *c->published);
    if (!c->events || !c->population || !c->published)
        return hz_mem_fail(err, "change");
    if (!of.counts || !whole) {
        for (size_t i = 0; i < n; i++)
            c->published[i] = NAN;
        return add_period(&of, true, c, out, k, notice, err);
    }
    st = find_rate(in, &column, &per, err);
    if (!st)
        st = hz_match_keys(of.areas, of.id, of.name, &keys, err);
    if (!st)
        st = check_dated(in, keys.id, first, c->published, err);
    for (int year = first; !st && year <= last; year++) {
        of.place.period = calendar_year(year);
        st = add_period(&of, year == first, c, out, k, notice, err);
    }
    for (size_t i = 0; i < n; i++)
        c->published[i] = NAN;
    if (!st && column && first == last)
        st = match_rate(in, keys.id, first, column, per, c->published, notice, err);
    return st;
}

/* Does the table show that nobody is anywhere in a period?  Hidden rows must not be told of. */
static bool is_shown_empty(const hz_layer *table, int k)
{
    const double *events = hz_layer_numbers(table, k ? "events_2" : "events_1");
    for (size_t i = 0; i < hz_layer_rows(table); i++)
        if (events[i] > 0 || strcmp(hz_layer_text(table, "state", i), "hidden") == 0)
            return false;
    return true;
}

/* A source that does not reach back to a period would make it look free of events. */
static void warn_of_gaps(const hz_changing_input *in, const hz_changing *made,
                         const hz_layer *table, const hz_notice *notice)
{
    for (int k = 0; k < 2; k++) {
        char period[64];
        bool empty = in->change.hide_below > 0 ? is_shown_empty(table, k)
                                               : made->fate[k].placed == 0;
        if (!in->of.events || !empty)
            continue;
        hz_warn(notice, "%s: no event in any area in %s: does it cover that period?",
                hz_layer_name(in->of.events),
                hz_period_format(period, sizeof period, k ? in->after : in->before));
    }
}

static hz_status fill_table(hz_layer *table, counted side[2], hz_error *err)
{
    static const char *const names[2][3] = {
        { "events_1", "population_1", "published_rate_1" },
        { "events_2", "population_2", "published_rate_2" }
    };
    /* of the one period that the table was made for */
    static const char *const old[] = { "events", "population", "population_year", "years", "rate",
                                       "rate_low", "rate_high", "rate_smoothed", "ratio",
                                       "ratio_low", "ratio_high", "state" };
    hz_status st = HZ_OK;
    for (size_t i = 0; i < sizeof old / sizeof *old; i++)
        hz_layer_drop(table, old[i]);
    for (int k = 0; !st && k < 2; k++) {
        st = hz_layer_take_numbers(table, names[k][0], &side[k].events, NULL, err);
        if (!st)
            st = hz_layer_take_numbers(table, names[k][1], &side[k].population, NULL, err);
        if (!st)
            st = hz_layer_take_numbers(table, names[k][2], &side[k].published, NULL, err);
    }
    return st;
}

hz_status hz_changing_make(const hz_changing_input *in, hz_changing *out, const hz_notice *notice,
                           hz_error *err)
{
    hz_changing made = { 0 };
    counted side[2] = { { 0 }, { 0 } };
    hz_change_opts opts = in->change;
    once said = { .to = notice };
    hz_notice first_time = { say_once, &said };
    const char *column;
    double per;
    hz_status st = check_periods(in, err);

    if (!st)
        st = find_rate(in, &column, &per, err);
    for (int k = 0; !st && k < 2; k++)
        st = count_period(in, k, &side[k], &made, &first_time, err);
    if (!st)
        st = fill_table(side[0].table, side, err);
    if (st)
        goto done;
    opts.years_1 = hz_period_years(in->before);
    opts.years_2 = hz_period_years(in->after);
    st = hz_change_add(side[0].table, &opts, &made.found, err);
    if (st)
        goto done;
    warn_of_gaps(in, &made, side[0].table, notice);
    *out = made;
    out->table = side[0].table;
    side[0].table = NULL;
done:
    free_counted(&side[0]);
    free_counted(&side[1]);
    return st;
}
