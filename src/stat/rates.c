/* Rates per area with exact limits, ratio to the rest, smoothing and state. */
#include "hotzone/rates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/disclose.h"
#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/rate.h"

enum { LEAST_AREAS_TO_SMOOTH = 5 };

/* The columns under construction, one value per area. */
typedef struct {
    size_t n;
    const double *events, *residents;         /* lent by the layer */
    double *column[8];                        /* in the order of names[] */
    unsigned char *mark[8];
    unsigned char *why;                       /* hz_mark of the rate itself */
    unsigned char *hidden;
    double *seen_events, *seen_residents;     /* NaN where hidden or undefined */
} work;

enum { YEARS, RATE, LOW, HIGH, SMOOTHED, RATIO, RATIO_LOW, RATIO_HIGH, COLUMNS };
static const char *const names[COLUMNS] = {
    "years", "rate", "rate_low", "rate_high", "rate_smoothed", "ratio", "ratio_low", "ratio_high"
};

static void free_work(work *w)
{
    for (int c = 0; c < COLUMNS; c++) {
        hz_mem_free(w->column[c]);
        hz_mem_free(w->mark[c]);
    }
    hz_mem_free(w->why);
    hz_mem_free(w->hidden);
    hz_mem_free(w->seen_events);
    hz_mem_free(w->seen_residents);
}

static hz_status new_work(work *w, hz_error *err)
{
    bool failed = false;
    for (int c = 0; c < COLUMNS; c++) {
        w->column[c] = hz_mem_new(w->n, sizeof(double));
        w->mark[c] = hz_mem_new(w->n, 1);
        failed |= !w->column[c] || !w->mark[c];
    }
    w->why = hz_mem_new(w->n, 1);
    w->hidden = hz_mem_new(w->n, 1);
    w->seen_events = hz_mem_new(w->n, sizeof(double));
    w->seen_residents = hz_mem_new(w->n, sizeof(double));
    if (failed || !w->why || !w->hidden || !w->seen_events || !w->seen_residents)
        return hz_mem_fail(err, "rates");
    return HZ_OK;
}

static hz_status check_opts(const hz_rates_opts *o, hz_error *err)
{
    if (!(o->per > 0) || isinf(o->per))
        return hz_fail(err, HZ_EUSAGE, "per: %g, expected a number over 0", o->per);
    if (!(o->years > 0) || isinf(o->years))
        return hz_fail(err, HZ_EUSAGE, "years: %g, expected a number over 0", o->years);
    if (!(o->level > 0 && o->level < 1))
        return hz_fail(err, HZ_EUSAGE, "level: %g, expected between 0 and 1", o->level);
    if (!(o->unstable_cv > 0))
        return hz_fail(err, HZ_EUSAGE, "unstable-cv: %g, expected a number over 0",
                       o->unstable_cv);
    return hz_disclose_check(o->hide_below, err);
}

static hz_status lend_figures(const hz_layer *areas, const char *column, const double **out,
                              hz_error *err)
{
    const double *values = hz_layer_numbers(areas, column);
    if (!values)
        return hz_fail(err, HZ_EDATA, "%s: has no column '%s' of numbers",
                       hz_layer_name(areas), column);
    for (size_t i = 0; i < hz_layer_rows(areas); i++)
        if (values[i] < 0 || isinf(values[i]))
            return hz_fail(err, HZ_EDATA, "%s: row %zu: %s is %g, expected a count",
                           hz_layer_name(areas), i + 1, column, values[i]);
    *out = values;
    return HZ_OK;
}

/* Why each area has no rate, if it has none. */
static void find_reasons(work *w)
{
    for (size_t i = 0; i < w->n; i++) {
        if (w->hidden[i])
            w->why[i] = HZ_HIDDEN;
        else if (isnan(w->residents[i]))
            w->why[i] = HZ_UNDEFINED_NO_BASE;
        else if (w->residents[i] == 0)
            w->why[i] = HZ_UNDEFINED_ZERO_BASE;
        else if (isnan(w->events[i]))
            w->why[i] = HZ_UNDEFINED_MISSING;
        else
            w->why[i] = HZ_KNOWN;
        bool seen = w->why[i] == HZ_KNOWN;
        w->seen_events[i] = seen ? w->events[i] : NAN;
        w->seen_residents[i] = seen ? w->residents[i] : NAN;
    }
}

static void sum_city(const work *w, const hz_rates_opts *o, hz_rates_city *city)
{
    double events = 0, residents = 0, known_events = 0, known_residents = 0;
    size_t shown = 0;
    for (size_t i = 0; i < w->n; i++) {
        events += w->events[i];       /* NaN if any is */
        residents += w->residents[i];
        bool both = w->why[i] == HZ_KNOWN;
        city->defined += !isnan(w->events[i]) && w->residents[i] > 0;
        known_events += both ? w->events[i] : 0;
        known_residents += both ? w->residents[i] : 0;
        shown += both;
    }
    city->areas = w->n;
    city->events = city->residents = city->rate = city->low = city->high = NAN;
    city->known_events = city->known_residents = NAN;
    city->known_rate = city->known_low = city->known_high = NAN;
    city->dispersion = city->smoothing_mean = city->smoothing_variance = NAN;
    if (o->overlap)
        return;
    city->events = city->withheld ? NAN : events;
    city->residents = city->withheld ? NAN : residents;
    double scale = residents > 0 ? o->per / (residents * o->years) : NAN;
    if (!isnan(city->events) && !isnan(scale)) {
        hz_interval_poisson(events, o->level, &city->low, &city->high);
        city->rate = events * scale;
        city->low *= scale;
        city->high *= scale;
    }
    if (shown > 0) {
        scale = o->per / (known_residents * o->years);
        city->known_events = known_events;
        city->known_residents = known_residents;
        hz_interval_poisson(known_events, o->level, &city->known_low, &city->known_high);
        city->known_rate = known_events * scale;
        city->known_low *= scale;
        city->known_high *= scale;
    }
}

/* Pearson's chi-squared over degrees of freedom against one common rate: over 1, the counts
 * vary more between areas than Poisson counts of equal risk would. */
static double find_dispersion(const work *w)
{
    double events = 0, residents = 0, chi = 0;
    size_t used = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (isnan(w->seen_events[i]))
            continue;
        used++;
        events += w->seen_events[i];
        residents += w->seen_residents[i];
    }
    if (used < 2 || events == 0)
        return NAN;
    for (size_t i = 0; i < w->n; i++) {
        if (isnan(w->seen_events[i]))
            continue;
        double expected = events * (w->seen_residents[i] / residents);
        chi += (w->seen_events[i] - expected) * (w->seen_events[i] - expected) / expected;
    }
    return chi / (double)(used - 1);
}

/* Rates and limits of the areas that have one. */
static void fill_rates(work *w, const hz_rates_opts *o)
{
    for (size_t i = 0; i < w->n; i++) {
        w->column[YEARS][i] = o->years;
        if (w->why[i])
            continue;
        double low, high, scale = o->per / (w->residents[i] * o->years);
        hz_interval_poisson(w->events[i], o->level, &low, &high);
        w->column[RATE][i] = w->events[i] * scale;
        w->column[LOW][i] = low * scale;
        w->column[HIGH][i] = high * scale;
    }
}

/* Each area against all others together; only where the others are complete. */
static void fill_ratios(work *w, const hz_rates_opts *o, const hz_rates_city *city)
{
    bool complete = !o->overlap && w->n > 1 && !isnan(city->events) && !isnan(city->residents);
    for (size_t i = 0; i < w->n; i++) {
        double ratio = NAN, low = NAN, high = NAN;
        if (complete && !w->why[i] && city->residents > w->residents[i])
            hz_interval_ratio(w->events[i], w->residents[i], city->events - w->events[i],
                              city->residents - w->residents[i], o->level, &ratio, &low, &high,
                              NULL);
        /* an infinite ratio or limit has no place in a table: it does not exist */
        w->column[RATIO][i] = isinf(ratio) ? NAN : ratio;
        w->column[RATIO_LOW][i] = low;
        w->column[RATIO_HIGH][i] = isinf(high) ? NAN : high;
    }
}

/* A border vertex and the area that has it. */
typedef struct {
    double x, y;
    size_t area;
} corner;

static int by_place(const void *a, const void *b)
{
    const corner *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return p->area < q->area ? -1 : p->area > q->area;
}

typedef struct {
    size_t a, b;
} pair;

static int by_pair(const void *a, const void *b)
{
    const pair *p = a, *q = b;
    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    return p->b < q->b ? -1 : p->b > q->b;
}

static size_t pairs_at_corners(const corner *c, size_t n, pair *out)
{
    size_t made = 0;
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && c[end].x == c[i].x && c[end].y == c[i].y;)
            end++;
        for (size_t p = i; p < end; p++)
            for (size_t q = i; q < end; q++)
                if (c[p].area != c[q].area) {
                    if (out)
                        out[made] = (pair){ c[p].area, c[q].area };
                    made++;
                }
    }
    return made;
}

/* Areas that share a border vertex, as first/neighbour arrays. */
static hz_status find_neighbours(const hz_layer *areas, size_t *first, size_t **neighbour,
                                 hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(areas);
    corner *corners = NULL;
    pair *pairs = NULL;
    size_t *list = NULL;
    hz_status st = HZ_OK;

    if (!s || s->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EDATA, "%s: has no polygons, expected them for local smoothing",
                       hz_layer_name(areas));
    corners = hz_mem_new(s->points, sizeof *corners);
    if (!corners)
        return hz_mem_fail(err, "neighbours");
    for (size_t f = 0; f < s->features; f++)
        for (size_t r = s->first_ring[f]; r < s->first_ring[f + 1]; r++)
            for (size_t p = s->first_point[r]; p < s->first_point[r + 1]; p++)
                corners[p] = (corner){ s->x[p], s->y[p], f };
    if (s->points)
        qsort(corners, s->points, sizeof *corners, by_place);
    size_t n = pairs_at_corners(corners, s->points, NULL);
    pairs = hz_mem_new(n, sizeof *pairs);
    list = hz_mem_new(n, sizeof *list);
    if (!pairs || !list) {
        st = hz_mem_fail(err, "neighbours");
        goto done;
    }
    pairs_at_corners(corners, s->points, pairs);
    if (n)
        qsort(pairs, n, sizeof *pairs, by_pair);
    memset(first, 0, (s->features + 1) * sizeof *first);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && by_pair(&pairs[i - 1], &pairs[i]) == 0)
            continue;
        list[kept++] = pairs[i].b;
        first[pairs[i].a + 1]++;
    }
    for (size_t f = 0; f < s->features; f++)
        first[f + 1] += first[f];
    *neighbour = list;
    list = NULL;
done:
    hz_mem_free(corners);
    hz_mem_free(pairs);
    hz_mem_free(list);
    return st;
}

static hz_status fill_smoothed(const hz_layer *areas, work *w, const hz_rates_opts *o,
                               hz_rates_city *city, hz_error *err)
{
    double *smoothed = w->column[SMOOTHED];
    size_t *first = NULL, *neighbour = NULL, seen = 0;
    hz_smoothing found = { 0 };
    hz_status st = HZ_OK;

    for (size_t i = 0; i < w->n; i++) {
        smoothed[i] = NAN;
        seen += isnan(w->seen_events[i]) ? 0 : 1;
    }
    if (o->overlap || city->withheld || o->smoothing == HZ_SMOOTH_NONE ||
        seen < LEAST_AREAS_TO_SMOOTH)
        return HZ_OK;
    /* Only shown rows take part, so that a smoothed rate says nothing of a hidden one. */
    if (o->smoothing == HZ_SMOOTH_LOCAL) {
        first = hz_mem_new(w->n + 1, sizeof *first);
        st = first ? find_neighbours(areas, first, &neighbour, err) : hz_mem_fail(err, "rates");
        if (!st)
            hz_rate_smoothed_local(w->n, w->seen_events, w->seen_residents, first, neighbour,
                                   smoothed);
    } else {
        hz_rate_smoothed(w->n, w->seen_events, w->seen_residents, smoothed, &found);
        city->smoothing_mean = found.mean * o->per / o->years;
        city->smoothing_variance = found.variance * (o->per / o->years) * (o->per / o->years);
    }
    for (size_t i = 0; i < w->n; i++)
        smoothed[i] *= o->per / o->years;
    hz_mem_free(first);
    hz_mem_free(neighbour);
    return st;
}

static void mark_columns(work *w)
{
    for (size_t i = 0; i < w->n; i++)
        for (int c = 0; c < COLUMNS; c++) {
            double *value = &w->column[c][i];
            if (w->why[i] == HZ_HIDDEN || (w->why[i] && c != YEARS)) {
                *value = NAN;
                w->mark[c][i] = w->why[i];
            } else if (isnan(*value)) {
                w->mark[c][i] = HZ_UNDEFINED_NO_RESULT;
            }
        }
}

static const char *state_of(const work *w, size_t i, double unstable_cv)
{
    if (w->why[i] == HZ_HIDDEN)
        return "hidden";
    if (w->why[i])
        return "undefined";
    /* coefficient of variation of a Poisson count: 1 / sqrt(count) */
    return w->events[i] * unstable_cv * unstable_cv < 1 ? "unstable" : "ok";
}

/* Replace a figure column by one without the hidden rows. */
static hz_status blank_hidden(hz_layer *areas, const char *column, const unsigned char *hidden,
                              hz_error *err)
{
    size_t n = hz_layer_rows(areas);
    const double *old = hz_layer_numbers(areas, column);
    double *values = hz_mem_new(n, sizeof *values);
    unsigned char *marks = hz_mem_new(n, 1);
    hz_status st;
    if (!old || !values || !marks) {
        st = old ? hz_mem_fail(err, column) : HZ_OK;
    } else {
        for (size_t i = 0; i < n; i++) {
            values[i] = hidden[i] ? NAN : old[i];
            marks[i] = hidden[i] ? HZ_HIDDEN : (unsigned char)hz_layer_mark(areas, column, i);
        }
        st = hz_layer_take_numbers(areas, column, &values, &marks, err);
    }
    hz_mem_free(values);
    hz_mem_free(marks);
    return st;
}

static hz_status store(hz_layer *areas, work *w, const char *events, const char *residents,
                       double unstable_cv, hz_error *err)
{
    const char **state = hz_mem_new(w->n, sizeof *state);
    bool any_hidden = false;
    hz_status st = state ? HZ_OK : hz_mem_fail(err, "rates");

    for (size_t i = 0; !st && i < w->n; i++) {
        state[i] = state_of(w, i, unstable_cv);
        any_hidden |= w->hidden[i] != 0;
    }
    if (!st)
        st = hz_layer_add_texts(areas, "state", state, err);
    for (int c = 0; !st && c < COLUMNS; c++)
        st = hz_layer_take_numbers(areas, names[c], &w->column[c], &w->mark[c], err);
    if (!st && any_hidden)
        st = blank_hidden(areas, events, w->hidden, err);
    if (!st && any_hidden)
        st = blank_hidden(areas, residents, w->hidden, err);
    if (!st && any_hidden && hz_layer_numbers(areas, "population_year"))
        st = blank_hidden(areas, "population_year", w->hidden, err);
    hz_mem_free(state);
    return st;
}

hz_status hz_rates_add(hz_layer *areas, const char *events, const char *residents,
                       const hz_rates_opts *opts, hz_rates_city *city, hz_error *err)
{
    static const hz_rates_opts defaults = HZ_RATES_DEFAULTS;
    const hz_rates_opts *o = opts ? opts : &defaults;
    work w = { .n = hz_layer_rows(areas) };
    hz_rates_city sums = { 0 };
    hz_layer *copy = NULL; /* gains the columns, then changes places with the areas */
    hz_status st;

    st = check_opts(o, err);
    if (!st)
        st = hz_layer_copy(areas, &copy, err);
    if (!st)
        st = lend_figures(copy, events, &w.events, err);
    if (!st)
        st = lend_figures(copy, residents, &w.residents, err);
    if (!st)
        st = new_work(&w, err);
    if (!st && o->decided) {
        memcpy(w.hidden, o->decided->rows, w.n);
        sums.withheld = o->decided->total;
    } else if (!st && o->hide_below > 0) {
        st = hz_disclose_rows(w.n, w.events, o->hide_below, !o->overlap, w.hidden,
                              &sums.withheld, err);
    }
    if (st)
        goto done;
    find_reasons(&w);
    sum_city(&w, o, &sums);
    if (!o->overlap)
        sums.dispersion = find_dispersion(&w);
    fill_rates(&w, o);
    fill_ratios(&w, o, &sums);
    st = fill_smoothed(areas, &w, o, &sums, err);
    if (st)
        goto done;
    mark_columns(&w);
    st = store(copy, &w, events, residents, o->unstable_cv, err);
    if (st)
        goto done;
    hz_layer_swap(areas, copy);
    if (city)
        *city = sums;
done:
    hz_layer_free(copy);
    free_work(&w);
    return st;
}
