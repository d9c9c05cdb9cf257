/* Residents that come as points: those of one year, added up by area. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "run/rating_parts.h"

static hz_status find_weight(const hz_rating_input *in, const char **weight, hz_error *err)
{
    static const char *const usual[] = { "residents", "population", "pop", "people",
                                         "indbyggere", "folketal", "count", "n" };
    *weight = in->population_columns.value;
    for (size_t i = 0; !*weight && i < sizeof usual / sizeof *usual; i++)
        if (hz_layer_numbers(in->population, usual[i]))
            *weight = usual[i];
    return *weight ? HZ_OK
                   : hz_fail(err, HZ_EDATA,
                             "%s: has no column of residents, expected one of the usual names or "
                             "--population-column", hz_layer_name(in->population));
}

/* The year of a row, a number or a date; 0 where it tells none. */
static hz_status year_at(const hz_layer *points, size_t column, size_t row, int *year,
                         hz_error *err)
{
    char text[64];
    double number;
    hz_time when = HZ_TIME_NONE;
    int month, day;
    hz_status st = hz_layer_value_text(points, column, row, text, sizeof text);

    *year = 0;
    if (st)
        return hz_mem_fail(err, hz_layer_name(points));
    if (hz_layer_column_kind(points, column) == HZ_TIMES)
        when = hz_layer_times(points, hz_layer_column_name(points, column))[row];
    else if (hz_number_parse(text, strlen(text), '.', &number))
        *year = number >= 1000 && number <= 9999 && number == floor(number) ? (int)number : 0;
    else if (*text)
        hz_date_parse(text, strlen(text), NULL, &when);
    if (when != HZ_TIME_NONE)
        hz_date_civil(when / 86400 - (when % 86400 < 0), year, &month, &day);
    return HZ_OK;
}

/* Mark the points of the year nearest to the one wanted; *year 0 if no point tells one. */
static hz_status choose_year(const hz_layer *points, size_t column, int want, unsigned char *keep,
                             int *year, const hz_notice *notice, hz_error *err)
{
    size_t n = hz_layer_rows(points), without = 0;
    int *years = hz_mem_new(n, sizeof *years);
    hz_status st = years ? HZ_OK : hz_mem_fail(err, hz_layer_name(points));

    *year = 0;
    for (size_t i = 0; !st && i < n; i++) {
        st = year_at(points, column, i, &years[i], err);
        if (st || !years[i]) {
            without++;
            continue;
        }
        int away = abs(years[i] - want), least = abs(*year - want);
        if (!*year || away < least || (away == least && years[i] < *year))
            *year = years[i];
    }
    for (size_t i = 0; !st && i < n; i++)
        keep[i] = !*year || years[i] == *year;
    if (!st && without)
        hz_warn(notice, "%s: %zu of %zu rows have no year in '%s': %s", hz_layer_name(points),
                without, n, hz_layer_column_name(points, column),
                *year ? "they are left out" : "all rows are added up");
    hz_mem_free(years);
    return st;
}

/* Only the points of one year, or all. */
static hz_status of_one_year(const hz_rating_input *in, int want, int *year, hz_layer **out,
                             const hz_notice *notice, hz_error *err)
{
    const hz_layer *points = in->population;
    const char *column = NULL;
    unsigned char *keep = hz_mem_new(hz_layer_rows(points), 1);
    hz_status st = keep ? hz_match_year(points, in->population_columns.year, &column, err)
                        : hz_mem_fail(err, hz_layer_name(points));

    *year = 0;
    if (keep)
        memset(keep, 1, hz_layer_rows(points));
    if (!st && column)
        st = choose_year(points, (size_t)hz_layer_find(points, column), want, keep, year, notice,
                         err);
    else if (!st && in->population_year)
        hz_warn(notice, "%s: has no column of years: all its rows are taken for %d",
                hz_layer_name(points), in->population_year);
    if (!st)
        st = hz_layer_select(points, keep, out, err);
    hz_mem_free(keep);
    return st;
}

/* An area with a point of unknown weight has an unknown sum. */
static hz_status blank_unknown(const hz_rating_input *in, const hz_layer *points,
                               const char *weight, double *values, const hz_notice *notice,
                               hz_error *err)
{
    const double *w = hz_layer_numbers(points, weight);
    size_t n = hz_layer_rows(points), faulty = 0, blank = 0;
    unsigned char *keep = hz_mem_new(n, 1);
    hz_layer *unknown = NULL;
    hz_placing *placing = NULL;
    hz_place_opts opts = HZ_PLACE_DEFAULTS;
    hz_status st = keep ? HZ_OK : hz_mem_fail(err, hz_layer_name(points));

    for (size_t i = 0; !st && i < n; i++) {
        keep[i] = !(w[i] >= 0 && isfinite(w[i]));
        faulty += keep[i];
    }
    if (!st && faulty) {
        st = hz_layer_select(points, keep, &unknown, err);
        if (!st)
            st = hz_place_events(in->areas, unknown, in->rates.overlap, &opts, &placing, NULL,
                                 err);
        for (size_t a = 0; !st && a < hz_layer_rows(in->areas); a++)
            if (hz_placing_counts(placing)[a] > 0) {
                values[a] = NAN;
                blank++;
            }
        if (!st && blank)
            hz_warn(notice, "%s: %zu points have no usable figure in '%s': the population of the "
                    "%zu areas they lie in is not known", hz_layer_name(points), faulty, weight,
                    blank);
    }
    hz_placing_free(placing);
    hz_layer_free(unknown);
    hz_mem_free(keep);
    return st;
}

hz_status hz_rating_sum_points(const hz_rating_input *in, int want_year, hz_fate *fate,
                               double *values, double *years, const hz_notice *notice,
                               hz_error *err)
{
    hz_place_opts opts = HZ_PLACE_DEFAULTS;
    hz_placing *placing = NULL;
    hz_layer *points = NULL;
    int year = 0;
    size_t n = hz_layer_rows(in->areas);
    hz_status st = find_weight(in, &opts.weight, err);

    if (!st)
        st = of_one_year(in, want_year, &year, &points, notice, err);
    if (!st)
        st = hz_place_events(in->areas, points, in->rates.overlap, &opts, &placing, notice, err);
    if (!st) {
        *fate = *hz_placing_fate(placing);
        memcpy(values, hz_placing_counts(placing), n * sizeof *values);
        st = blank_unknown(in, points, opts.weight, values, notice, err);
    }
    for (size_t a = 0; !st && a < n; a++)
        years[a] = year && !isnan(values[a]) ? (double)year : NAN;
    hz_placing_free(placing);
    hz_layer_free(points);
    return st;
}
