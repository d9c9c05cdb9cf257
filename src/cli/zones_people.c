/* Reads who lives where, for zone commands. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/zones.h"
#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "hotzone/source.h"
#include "hotzone/text.h"

static hz_status find_figure(const hz_layer *people, const char *named, const double **figure,
                             hz_error *err)
{
    static const char *const usual[] = { "residents", "population", "pop", "people",
                                         "indbyggere", "folketal", "count", "n" };
    *figure = named ? hz_layer_numbers(people, named) : NULL;
    if (named && !*figure)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of numbers '%s', expected the residents' "
                       "(--population-column)", hz_layer_name(people), named);
    for (size_t i = 0; !*figure && i < sizeof usual / sizeof *usual; i++)
        *figure = hz_layer_numbers(people, usual[i]);
    return *figure ? HZ_OK
                   : hz_fail(err, HZ_EUSAGE, "%s: has no column of residents, expected one of the "
                             "usual names or --population-column", hz_layer_name(people));
}

static int year_of(const hz_layer *layer, size_t column, size_t row)
{
    char text[64];
    double number;
    hz_time when = HZ_TIME_NONE;
    int year = 0, month, day;
    if (hz_layer_value_text(layer, column, row, text, sizeof text))
        return 0;
    if (hz_number_parse(text, strlen(text), '.', &number))
        return number >= 1000 && number <= 9999 ? (int)number : 0;
    if (!hz_date_parse(text, strlen(text), NULL, &when))
        return 0;
    hz_date_civil(when / 86400 - (when % 86400 < 0), &year, &month, &day);
    return year;
}

/* Of several years the one nearest to that wanted, the earlier on a tie; rows of others go. */
static hz_status keep_year(hz_layer **people, int want, const session *s, hz_error *err)
{
    const char *column = NULL;
    int best = 0;
    bool several = false;
    hz_layer *kept = NULL;
    size_t n = hz_layer_rows(*people);
    hz_status st = hz_match_year(*people, NULL, &column, err);
    if (st || !column)
        return st;
    size_t at = (size_t)hz_layer_find(*people, column);
    for (size_t i = 0; i < n; i++) {
        int year = year_of(*people, at, i);
        several = several || (best && year && year != best);
        if (year && (!best || abs(year - want) < abs(best - want) ||
                     (abs(year - want) == abs(best - want) && year < best)))
            best = year;
    }
    if (!several)
        return HZ_OK;
    unsigned char *keep = hz_mem_new(n, 1);
    if (!keep)
        return hz_mem_fail(err, "population");
    for (size_t i = 0; i < n; i++)
        keep[i] = year_of(*people, at, i) == best;
    hz_warn(s->notice, "%s: has several years, its rows of %d are taken", hz_layer_name(*people),
            best);
    st = hz_layer_select(*people, keep, &kept, err);
    if (!st)
        hz_layer_swap(*people, kept);
    hz_layer_free(kept);
    hz_mem_free(keep);
    return st;
}

/* A table: its figures are those of the study area's own polygons. */
static hz_status of_table(const zone_inputs *a, int year, const hz_layer *table, const session *s,
                          zones *z, hz_error *err)
{
    hz_match_opts how = { .key = a->src.population_key, .value = a->src.population_column,
                          .want_year = year, .nearest_year = year != 0 };
    hz_match_fate fate;
    if (!z->study_layer)
        return hz_fail(err, HZ_EUSAGE, "%s: is a table without shapes, expected polygons or points, "
                       "or --study with the areas that it is about", hz_layer_name(table));
    size_t n = hz_layer_rows(z->study_layer);
    double *people = hz_mem_new(n, sizeof *people);
    hz_status st = people ? hz_match_values(z->study_layer, a->src.id, table, &how, people, NULL,
                                            &fate, s->notice, err)
                          : hz_mem_fail(err, "population");
    if (!st && !s->quiet)
        inputs_say_population(&fate, "");
    if (!st)
        st = zones_move(z, z->study_layer, &z->units, err);
    if (!st)
        st = hz_reside_new(z->units, people, z->water, &z->residents, err);
    hz_mem_free(people);
    return st;
}

hz_status zones_read_people(const zone_inputs *a, int year, const session *s, zones *z,
                            hz_error *err)
{
    hz_source_opts how = { .crs = a->src.crs };
    hz_layer *people = NULL;
    const double *figure = NULL;
    if (!a->src.population.count)
        return HZ_OK;
    if (a->src.population.count > 1)
        return hz_fail(err, HZ_EUSAGE, "--population: given %zu times, expected once",
                       a->src.population.count);
    if (a->src.population_year != 0)
        year = (int)a->src.population_year;
    hz_status st = hz_source_read(a->src.population.item[0], &how, &people, s->notice, err);
    if (!st)
        st = hz_source_mend(people, s->notice, err);
    if (!st)
        inputs_say_refused(people, s);
    const hz_shapes *shapes = st ? NULL : hz_layer_shapes(people);
    if (!st && (!shapes || shapes->kind == HZ_NOSHAPE)) {
        st = of_table(a, year, people, s, z, err);
    } else if (!st) {
        st = keep_year(&people, year, s, err);
        if (!st)
            st = find_figure(people, a->src.population_column, &figure, err);
        if (!st)
            st = zones_move(z, people, &z->units, err);
        if (!st)
            st = hz_reside_new(z->units, figure, z->water, &z->residents, err);
        if (st == HZ_EDATA || st == HZ_EUSAGE)
            st = hz_fail_within(err, "--population");
    }
    hz_layer_free(people);
    return st;
}
