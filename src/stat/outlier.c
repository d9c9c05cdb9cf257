/* Finds the areas that lie outside the funnel of a common rate. */
#include "hotzone/outlier.h"

#include <math.h>

#include "hotzone/funnel.h"
#include "hotzone/mem.h"

enum { EXPECTED, LOW_95, HIGH_95, LOW_998, HIGH_998, COLUMNS };
static const char *const names[COLUMNS] = { "expected", "limit_95_low", "limit_95_high",
                                            "limit_998_low", "limit_998_high" };
static const double tails[4] = { .025, .975, .001, .999 }; /* in the order of the limits */

static hz_status check_opts(const hz_outlier_opts *o, const char *layer, hz_error *err)
{
    if (o->overlap)
        return hz_fail(err, HZ_EUSAGE, "%s: areas overlap, expected areas apart: a funnel would "
                       "judge the same events twice", layer);
    if (!(o->per > 0) || isinf(o->per))
        return hz_fail(err, HZ_EUSAGE, "per: %g, expected a number over 0", o->per);
    if (!(o->years > 0) || isinf(o->years))
        return hz_fail(err, HZ_EUSAGE, "years: %g, expected a number over 0", o->years);
    if (!(o->winsor >= 0 && o->winsor < 0.5))
        return hz_fail(err, HZ_EUSAGE, "winsor: %g, expected 0 or more and under 0.5", o->winsor);
    return HZ_OK;
}

void hz_outlier_limits(const hz_outlier_found *found, double residents, double limits[4])
{
    double expected = found->target / found->per * found->years * residents;
    for (int k = 0; k < 4; k++) {
        double limit = found->judged ? hz_funnel_limit(expected, tails[k]) : NAN;
        limit = hz_funnel_inflated(limit, expected, found->widening * found->widening);
        limits[k] = limit * found->per / (found->years * residents);
    }
}

/* One area against the limits at its size. */
static const char *judge(const double limits[4], double rate, hz_outlier_found *found)
{
    size_t inside = 0;
    const struct { bool is; const char *word; size_t *count; } places[] = {
        { rate > limits[3], "above_998", &found->above_998 },
        { rate < limits[2], "below_998", &found->below_998 },
        { rate > limits[1], "above_95", &found->above_95 },
        { rate < limits[0], "below_95", &found->below_95 },
        { true, "inside", &inside }
    };
    size_t k = 0;
    while (!places[k].is)
        k++;
    ++*places[k].count;
    return places[k].word;
}

/* How many areas there are to judge, how much they vary, and how wide the limits are to be. */
static hz_status find_spread(const hz_layer *areas, const double *events, const double *residents,
                             const hz_outlier_opts *o, hz_outlier_found *found, hz_error *err)
{
    size_t n = hz_layer_rows(areas);
    double target = o->target / o->per * o->years;
    double *scratch = hz_mem_new(n, sizeof *scratch);
    if (!scratch)
        return hz_mem_fail(err, "funnel");
    *found = (hz_outlier_found){ .target = o->target > 0 ? o->target : NAN, .per = o->per,
                                 .years = o->years, .widening = 1, .areas = n, .phi = NAN,
                                 .tau2 = NAN };
    size_t known = 0;
    for (size_t i = 0; i < n; i++)
        known += events[i] >= 0 && residents[i] > 0;
    if (known >= 2 && target > 0 && !isinf(target)) {
        hz_funnel_spread s = hz_funnel_overdispersion(n, events, residents, target, o->winsor,
                                                      scratch);
        found->judged = known;
        found->phi = s.phi;
        found->tau2 = s.tau2 / (o->years * o->years);
        found->false_95 = 0.05 * (double)known;
        found->false_998 = 0.002 * (double)known;
        if (o->widen && s.phi > 1)
            found->widening = sqrt(s.phi);
    }
    hz_mem_free(scratch);
    return HZ_OK;
}

static void fill(const hz_layer *areas, const char *events_column, const double *events,
                 const double *residents, hz_outlier_found *found, double *column[COLUMNS],
                 const char **position)
{
    for (size_t i = 0; i < found->areas; i++) {
        bool known = events[i] >= 0 && residents[i] > 0, is_hidden =
            hz_layer_mark(areas, events_column, i) == HZ_HIDDEN;
        double limits[4] = { NAN, NAN, NAN, NAN };
        position[i] = "";
        found->hidden += is_hidden;
        found->undefined += !known && !is_hidden;
        column[EXPECTED][i] = NAN;
        if (known && found->judged) {
            column[EXPECTED][i] = found->target / found->per * found->years * residents[i];
            hz_outlier_limits(found, residents[i], limits);
            position[i] = judge(limits, events[i] / (residents[i] * found->years) * found->per,
                                found);
        }
        for (int k = 0; k < 4; k++)
            column[LOW_95 + k][i] = limits[k];
    }
}

hz_status hz_outlier_add(hz_layer *areas, const char *events_column, const char *residents_column,
                         const hz_outlier_opts *opts, hz_outlier_found *out, hz_error *err)
{
    const double *events = hz_layer_numbers(areas, events_column);
    const double *residents = hz_layer_numbers(areas, residents_column);
    size_t n = hz_layer_rows(areas);
    hz_outlier_found found;
    double *column[COLUMNS] = { NULL };
    const char **position = NULL;
    bool failed = false;
    hz_status st = check_opts(opts, hz_layer_name(areas), err);

    if (st)
        return st;
    if (!events || !residents)
        return hz_fail(err, HZ_EDATA, "%s: has no column '%s' of numbers", hz_layer_name(areas),
                       events ? residents_column : events_column);
    st = find_spread(areas, events, residents, opts, &found, err);
    if (st)
        return st;
    position = hz_mem_new(n, sizeof *position);
    for (int c = 0; c < COLUMNS; c++) {
        column[c] = hz_mem_new(n, sizeof **column);
        failed |= !column[c];
    }
    if (failed || !position) {
        st = hz_mem_fail(err, "funnel");
        goto done;
    }
    fill(areas, events_column, events, residents, &found, column, position);
    hz_layer *grown = NULL;
    st = hz_layer_copy(areas, &grown, err);
    for (int c = 0; !st && c < COLUMNS; c++)
        st = hz_layer_take_numbers(grown, names[c], &column[c], NULL, err);
    if (!st)
        st = hz_layer_add_texts(grown, "position", position, err);
    if (!st) {
        hz_layer_swap(areas, grown);
        *out = found;
    }
    hz_layer_free(grown);
done:
    for (int c = 0; c < COLUMNS; c++)
        hz_mem_free(column[c]);
    hz_mem_free(position);
    return st;
}
