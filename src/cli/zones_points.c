/* Reads the events and searches of zone commands: where they are, and when they were. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/zones.h"
#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "hotzone/searches.h"
#include "hotzone/source.h"
#include "hotzone/text.h"
#include "hotzone/timeline.h"

/* Coordinates, in metres, of the rows that were placed; those of `precision` too. */
static hz_status take_points(const zones *z, const hz_layer *layer, const hz_placing *placing,
                             const char *precision, size_t *count, double **x, double **y,
                             double **precise, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(layer);
    const int32_t *area = hz_placing_areas(placing);
    const double *of = precision ? hz_layer_numbers(layer, precision) : NULL;
    size_t rows = hz_layer_rows(layer), n = 0;
    *x = hz_mem_new(rows, sizeof **x);
    *y = hz_mem_new(rows, sizeof **y);
    if (of)
        *precise = hz_mem_new(rows, sizeof **precise);
    if (!*x || !*y || (of && !*precise))
        return hz_mem_fail(err, hz_layer_name(layer));
    for (size_t i = 0; i < rows; i++) {
        if (area[i] < 0)
            continue;
        (*x)[n] = s->x[i];
        (*y)[n] = s->y[i];
        if (of)
            (*precise)[n] = of[i];
        n++;
    }
    *count = n;
    return z->metric ? hz_crs_points(hz_layer_crs(layer), z->metric, n, *x, *y, NULL, err) : HZ_OK;
}

/* When they were, for those placed. */
static hz_status take_times(const hz_layer *layer, const hz_placing *placing, const char *column,
                            const unsigned char *whole_day, hz_time **when, unsigned char **day,
                            hz_error *err)
{
    const hz_time *times = hz_layer_times(layer, column);
    const int32_t *area = hz_placing_areas(placing);
    size_t rows = hz_layer_rows(layer), n = 0;
    *when = hz_mem_new(rows, sizeof **when);
    *day = hz_mem_new(rows, 1);
    if (!*when || !*day)
        return hz_mem_fail(err, hz_layer_name(layer));
    for (size_t i = 0; i < rows; i++)
        if (area[i] >= 0) {
            (*when)[n] = times[i];
            (*day)[n++] = whole_day[i];
        }
    return HZ_OK;
}

/* ---- events ------------------------------------------------------------------------------- */

static hz_status check_precision(const char *column, const hz_layer *events, hz_error *err)
{
    const double *v = column ? hz_layer_numbers(events, column) : NULL;
    if (!column)
        return HZ_OK;
    if (!v)
        return hz_fail(err, HZ_EUSAGE, "--precision: %s has no column of numbers '%s'",
                       hz_layer_name(events), column);
    for (size_t i = 0; i < hz_layer_rows(events); i++)
        if (v[i] < 0 || isinf(v[i]))
            return hz_fail(err, HZ_EDATA, "%s: row %zu: '%s' is %g, expected metres, 0 or more",
                           hz_layer_name(events), i + 1, column, v[i]);
    return HZ_OK;
}

hz_status zones_read_events(const zone_inputs *a, const session *s, zones *z, hz_error *err)
{
    hz_place_opts how = HZ_PLACE_DEFAULTS;
    hz_layer *events = NULL;
    unsigned char *whole_day = NULL;
    bool dated = a->period || a->train;
    if (a->src.kind.count) {
        how.kinds = a->src.kind.item;
        how.kind_count = a->src.kind.count;
    }
    hz_status st = a->in_force
                       ? inputs_read_moments(&a->src, a->clock, a->precision, s, &how, &whole_day,
                                             &events, err)
                       : inputs_read_events(&a->src, dated, a->precision, s, &how, &events, err);
    if (!st)
        st = check_precision(a->precision, events, err);
    for (size_t k = 0; !st && k < z->periods; k++) {
        hz_placing *placing = NULL;
        hz_card_points *p = &z->points[k];
        how.period = z->when[k];
        st = hz_place_events(z->study_layer, events, false, &how, &placing, s->notice, err);
        if (!st) {
            z->fate[k] = *hz_placing_fate(placing);
            st = take_points(z, events, placing, a->precision, &p->n, &z->xy[k][0], &z->xy[k][1],
                             &z->xy[k][2], err);
        }
        if (!st && whole_day)
            st = take_times(events, placing, how.time, whole_day, &z->times[k][0], &z->days[k][0],
                            err);
        p->x = z->xy[k][0];
        p->y = z->xy[k][1];
        p->precision = z->xy[k][2];
        p->when = z->times[k][0];
        p->whole_day = z->days[k][0];
        p->located = true;
        hz_placing_free(placing);
    }
    if (!st)
        z->made_up |= inputs_is_made_up(a->src.events, events);
    hz_layer_free(events);
    hz_mem_free(whole_day);
    return st;
}

/* ---- searches, located -------------------------------------------------------------------- */

/* Which searches led to a find, for those in the study area; NULL where no column says. */
static hz_status take_found(const zone_inputs *a, const hz_layer *searches,
                            const hz_placing *placing, const session *s, unsigned char **out,
                            hz_error *err)
{
    static const char *const usual[] = { "found", "find", "fund", "hit",
                                         "outcome linked to object of search" };
    const char *equals = a->found ? strchr(a->found, '=') : NULL;
    char *named = a->found ? hz_mem_text_n(a->found, equals ? (size_t)(equals - a->found)
                                                            : strlen(a->found)) : NULL;
    size_t n = 0, finds = 0, odd = 0;
    int column = named ? hz_layer_find(searches, named) : -1;
    hz_status st = HZ_OK;
    if (a->found && !named)
        st = hz_mem_fail(err, "searches");
    else if (a->found && column < 0)
        st = hz_fail(err, HZ_EUSAGE, "--found: %s has no column '%s'", hz_layer_name(searches),
                     named);
    for (size_t i = 0; !a->found && column < 0 && i < sizeof usual / sizeof *usual; i++)
        column = hz_layer_find(searches, usual[i]);
    if (!st && column >= 0)
        st = hz_searches_found(searches, (size_t)column, equals ? equals + 1 : NULL,
                               hz_placing_areas(placing), out, &n, &finds, &odd, err);
    if (!st && equals && n && !finds)
        hz_warn(s->notice, "--found: no search of %s has that value of '%s': none is a find",
                hz_layer_name(searches), named);
    if (!st && odd)
        hz_warn(s->notice, "%s: %zu of %zu values of '%s' are numbers other than 0 and 1: each is "
                "taken for a find", hz_layer_name(searches), odd, n,
                hz_layer_column_name(searches, (size_t)column));
    hz_mem_free(named);
    return st;
}

static hz_status read_located(const zone_inputs *a, hz_layer *searches, const session *s, zones *z,
                              hz_error *err)
{
    hz_place_opts place = HZ_PLACE_DEFAULTS;
    unsigned char *whole_day = NULL;
    size_t bad = 0, first = 0;
    char text[400];
    hz_status st = HZ_OK;
    if (a->period || a->train) {
        st = hz_match_time(searches, NULL, &place.time, err);
        if (!st && !place.time)
            st = hz_fail(err, HZ_EUSAGE, "%s: has no column of dates and a period is asked for, "
                         "expected one of the usual names", hz_layer_name(searches));
        if (!st)
            st = hz_timeline_read_times(searches, place.time, NULL, NULL, &whole_day, &bad, &first,
                                        err);
    }
    for (size_t k = 0; !st && k < z->periods; k++) {
        hz_placing *placing = NULL;
        hz_card_points *p = &z->points[k];
        place.period = z->when[k];
        st = hz_place_events(z->study_layer, searches, false, &place, &placing, s->notice, err);
        if (!st)
            st = take_points(z, searches, placing, NULL, &p->searches, &z->xy[k][3], &z->xy[k][4],
                             NULL, err);
        if (!st)
            st = take_found(a, searches, placing, s, &z->found[k], err);
        if (!st && a->in_force)
            st = take_times(searches, placing, place.time, whole_day, &z->times[k][1],
                            &z->days[k][1], err);
        if (!st && !s->quiet)
            fprintf(stderr, "searches: %s\n",
                    hz_fate_text(text, sizeof text, hz_placing_fate(placing), HZ_ENGLISH));
        p->search_x = z->xy[k][3];
        p->search_y = z->xy[k][4];
        p->found = z->found[k];
        p->search_when = z->times[k][1];
        p->search_whole_day = z->days[k][1];
        hz_placing_free(placing);
    }
    hz_mem_free(whole_day);
    return st;
}

/* ---- searches by zone ----------------------------------------------------------------------- */

static hz_status read_by_zone(const zone_inputs *a, hz_layer *table, const session *s, zones *z,
                              hz_error *err)
{
    static const char *const ids[] = { "id", "zone_id", "zone", "number", "nr" };
    hz_searches_columns columns = { .name = z->name_column };
    hz_searches_fate fate = { 0 };
    size_t n = hz_layer_rows(z->layer);
    if (a->found)
        return hz_fail(err, HZ_EUSAGE, "--found: %s has counts by zone, expected located searches "
                       "with it", hz_layer_name(table));
    for (size_t i = 0; !columns.id && i < sizeof ids / sizeof *ids; i++)
        if (hz_layer_find(z->layer, ids[i]) >= 0)
            columns.id = ids[i];
    z->by_zone = hz_mem_new(4 * n, sizeof *z->by_zone);
    if (!z->by_zone)
        return hz_mem_fail(err, "searches");
    double *searches = z->by_zone, *finds = z->by_zone + 2 * n;
    hz_status st = hz_searches_count(table, z->layer, &columns, z->when, z->periods, searches, finds,
                                     &fate, s->notice, err);
    for (size_t k = 0; !st && k < z->periods; k++) {
        z->points[k].zone_searches = searches + k * n;
        z->points[k].zone_finds = finds + k * n;
    }
    if (!st && !s->quiet)
        fprintf(stderr, "searches: %zu rows by zone: %zu taken, for %zu of %zu zones\n", fate.read,
                fate.used, fate.zones, n);
    return st;
}

hz_status zones_read_searches(const zone_inputs *a, const session *s, zones *z, hz_error *err)
{
    hz_source_opts how = { .crs = a->src.crs };
    hz_layer *searches = NULL;
    if (!a->searches)
        return HZ_OK;
    hz_status st = hz_source_read(a->searches, &how, &searches, s->notice, err);
    if (!st)
        inputs_say_refused(searches, s);
    if (!st && hz_searches_is_table(searches)) {
        st = read_by_zone(a, searches, s, z, err);
    } else if (!st) {
        const hz_shapes *shapes = hz_layer_shapes(searches);
        if (!shapes || shapes->kind == HZ_NOSHAPE)
            st = hz_fail(err, HZ_EFORMAT, "%s: is a table without coordinates or a column "
                         "'searches', expected points, or searches and finds by zone",
                         hz_layer_name(searches));
        else
            st = hz_source_need_kind(searches, HZ_POINT, err);
        if (!st)
            st = read_located(a, searches, s, z, err);
    }
    hz_layer_free(searches);
    return st;
}
