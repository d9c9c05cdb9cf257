/* Reads what zone commands have in common and brings it into one metric system. */
#include "cli/zones.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "hotzone/source.h"
#include "hotzone/text.h"

hz_status zones_check(const zone_inputs *a, const char *who, hz_error *err)
{
    const struct { const char *given, *option; } needs[] = {
        { a->zone, "--zone SRC" }, { a->src.events, "--events SRC" }, { a->study, "--study SRC" }
    };
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
        if (!needs[i].given)
            return hz_fail(err, HZ_EUSAGE, "%s: expected %s", who, needs[i].option);
    if (!a->train != !a->test)
        return hz_fail(err, HZ_EUSAGE, "%s: --train and --test go together, expected both or "
                       "neither", who);
    if (a->train && a->period)
        return hz_fail(err, HZ_EUSAGE, "%s: expected either --period or --train and --test", who);
    if (a->found && !a->searches)
        return hz_fail(err, HZ_EUSAGE, "--found: goes with --searches, expected both");
    if ((a->src.time || a->src.time_format) && !a->period && !a->train)
        return hz_fail(err, HZ_EUSAGE, "--time and --time-format: go with a period, expected "
                       "--period, or --train and --test");
    if (a->src.kind_column && !a->src.kind.count)
        return hz_fail(err, HZ_EUSAGE, "--kind-column: goes with --kind, expected both");
    if ((a->src.population_column || a->src.population_key ||
         a->src.population_year != 0) &&
        !a->src.population.count)
        return hz_fail(err, HZ_EUSAGE, "--population-column, -key and -year: go with --population");
    if (a->src.population_year != floor(a->src.population_year) || a->src.population_year < 0 ||
        a->src.population_year > 9999)
        return hz_fail(err, HZ_EUSAGE, "--population-year: %g, expected a year",
                       a->src.population_year);
    return HZ_OK;
}

void zones_clear(zones *z)
{
    hz_reside_free(z->residents);
    hz_shapes *const shapes[] = { z->zones, z->study, z->land, z->water, z->hot, z->units };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        hz_shapes_free(shapes[i]);
    for (int k = 0; k < 2; k++) {
        for (int i = 0; i < 5; i++)
            hz_mem_free(z->xy[k][i]);
        hz_mem_free(z->found[k]);
    }
    hz_layer_free(z->layer);
    hz_layer_free(z->study_layer);
    hz_crs_free(z->metric);
    *z = (zones){ 0 };
}

const char *zones_name(const zones *z, size_t f, char *buf, size_t size)
{
    const char *name = z->name_column ? hz_layer_text(z->layer, z->name_column, f) : "";
    snprintf(buf, size, "%.*s", (int)(size - 1), name);
    hz_text_one_line(buf);
    if (!*buf)
        snprintf(buf, size, "zone %zu", f + 1);
    return buf;
}

hz_status zones_move(const zones *z, const hz_layer *layer, hz_shapes **out, hz_error *err)
{
    const hz_crs *crs = hz_layer_crs(layer);
    if (!crs != !z->metric)
        return hz_fail(err, HZ_ECRS, "%s: %s a reference system and the study area %s, expected "
                       "both: give --crs", hz_layer_name(layer), crs ? "has" : "lacks",
                       crs ? "does not" : "has one");
    return crs ? hz_crs_shapes(crs, z->metric, hz_layer_shapes(layer), out, err)
               : hz_shapes_copy(hz_layer_shapes(layer), out, err);
}

static hz_status read_polygons(const zone_inputs *a, const char *source, const session *s,
                               hz_layer **out, hz_error *err)
{
    hz_source_opts how = { .crs = a->src.crs };
    hz_status st = hz_source_read_kind(source, &how, HZ_POLYGON, out, s->notice, err);
    if (!st)
        inputs_say_refused(*out, s);
    return st;
}

/* Polygons of a source, moved; joined into one feature if so wanted. */
static hz_status read_shapes(const zone_inputs *a, const char *source, bool join, const session *s,
                             const zones *z, hz_shapes **out, hz_error *err)
{
    hz_layer *layer = NULL;
    hz_shapes *moved = NULL;
    hz_status st = read_polygons(a, source, s, &layer, err);
    if (!st)
        st = zones_move(z, layer, &moved, err);
    if (!st && join) {
        st = hz_overlay_dissolve(moved, NULL, out, err);
    } else if (!st) {
        *out = moved;
        moved = NULL;
    }
    hz_shapes_free(moved);
    hz_layer_free(layer);
    return st;
}

static hz_status read_study(const zone_inputs *a, const session *s, zones *z, hz_error *err)
{
    hz_shapes *moved = NULL, *wet = NULL;
    hz_status st = read_polygons(a, a->study, s, &z->study_layer, err);
    if (!st)
        st = hz_layer_metric(z->study_layer, &z->metric, s->notice, err);
    if (!st)
        st = zones_move(z, z->study_layer, &moved, err);
    if (!st)
        st = hz_overlay_dissolve(moved, NULL, &z->study, err);
    if (!st && !(hz_shape_area(z->study, 0) > 0))
        st = hz_fail(err, HZ_EDATA, "%s: has no area, expected the polygons of the study area",
                     hz_layer_name(z->study_layer));
    if (!st && a->water)
        st = read_shapes(a, a->water, false, s, z, &z->water, err);
    if (!st && a->water) {
        st = hz_overlay_dissolve(z->water, NULL, &wet, err);
        if (!st)
            st = hz_overlay(z->study, 0, wet, 0, HZ_OVERLAY_DIFFERENCE, &z->land, err);
    } else if (!st) {
        st = hz_shapes_copy(z->study, &z->land, err);
    }
    if (!st && !(hz_shape_area(z->land, 0) > 0))
        st = hz_fail(err, HZ_EDATA, "--water: covers the whole study area, expected some land");
    hz_shapes_free(moved);
    hz_shapes_free(wet);
    return st;
}

typedef struct {
    const char *name;
    size_t zone;
} namesake;

static int by_name(const void *a, const void *b)
{
    const namesake *p = a, *q = b;
    int order = strcmp(p->name, q->name);
    return order ? order : (p->zone > q->zone) - (p->zone < q->zone);
}

/* Names that several zones have: the first two of them, and how many more. */
static hz_status warn_of_namesakes(const zones *z, size_t n, const session *s, hz_error *err)
{
    size_t first = 0, second = n, more = 0;
    namesake *list = hz_mem_new(n, sizeof *list);
    if (!list)
        return hz_mem_fail(err, "zones");
    for (size_t i = 0; i < n; i++)
        list[i] = (namesake){ hz_layer_text(z->layer, z->name_column, i), i };
    qsort(list, n, sizeof *list, by_name);
    for (size_t i = 1, begin = 0; i < n; i++) {
        if (strcmp(list[i].name, list[begin].name) != 0) {
            begin = i;
        } else if (*list[i].name) { /* those without a name are called by their number */
            more++;
            if (list[i].zone < second) {
                first = list[begin].zone;
                second = list[i].zone;
            }
        }
    }
    if (more == 1)
        hz_warn(s->notice, "%s: zones %zu and %zu have the same name: tell them by number",
                hz_layer_name(z->layer), first + 1, second + 1);
    else if (more)
        hz_warn(s->notice, "%s: zones %zu and %zu have the same name, and %zu more have that of an "
                "earlier one: tell them by number", hz_layer_name(z->layer), first + 1, second + 1,
                more - 1);
    hz_mem_free(list);
    return HZ_OK;
}

/* The zones; which lie where is said by their cards, names that are not unique here. */
static hz_status read_zones(const zone_inputs *a, const session *s, zones *z, hz_error *err)
{
    static const char *const usual[] = { "name", "navn", "zone", "title", "zone_id", "id" };
    hz_status st = read_polygons(a, a->zone, s, &z->layer, err);
    if (!st)
        st = zones_move(z, z->layer, &z->zones, err);
    if (st)
        return st;
    size_t n = hz_layer_rows(z->layer);
    if (!n)
        return hz_fail(err, HZ_EDATA, "%s: has no zone, expected one or more",
                       hz_layer_name(z->layer));
    if (a->zone_name) {
        int c = hz_layer_find(z->layer, a->zone_name);
        if (c < 0 || hz_layer_column_kind(z->layer, (size_t)c) != HZ_TEXTS)
            return hz_fail(err, HZ_EUSAGE, "--zone-name: %s has no column of texts '%s'",
                           hz_layer_name(z->layer), a->zone_name);
        z->name_column = hz_layer_column_name(z->layer, (size_t)c);
    }
    for (size_t i = 0; !z->name_column && i < sizeof usual / sizeof *usual; i++) {
        int c = hz_layer_find(z->layer, usual[i]);
        if (c >= 0 && hz_layer_column_kind(z->layer, (size_t)c) == HZ_TEXTS)
            z->name_column = hz_layer_column_name(z->layer, (size_t)c);
    }
    if (z->name_column && (st = warn_of_namesakes(z, n, s, err)))
        return st;
    for (size_t i = 0; i < n; i++)
        if (!(hz_shape_area(z->zones, i) > 0))
            hz_warn(s->notice, "%s: zone %zu has no area: its card has no figures",
                    hz_layer_name(z->layer), i + 1);
    return HZ_OK;
}

/* Coordinates of the rows with keep >= 0, in metres; three arrays, the last of `precision`. */
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

static hz_status read_events(const zone_inputs *a, const hz_period when[2], const session *s,
                             zones *z, hz_error *err)
{
    hz_place_opts how = HZ_PLACE_DEFAULTS;
    hz_layer *events = NULL;
    bool dated = a->period || a->train;
    if (a->src.kind.count) {
        how.kinds = a->src.kind.item;
        how.kind_count = a->src.kind.count;
    }
    hz_status st = inputs_read_events(&a->src, dated, a->precision, s, &how, &events, err);
    if (!st)
        st = check_precision(a->precision, events, err);
    for (size_t k = 0; !st && k < z->periods; k++) {
        hz_placing *placing = NULL;
        how.period = when[k];
        st = hz_place_events(z->study_layer, events, false, &how, &placing, s->notice, err);
        if (!st) {
            z->fate[k] = *hz_placing_fate(placing);
            st = take_points(z, events, placing, a->precision, &z->points[k].n, &z->xy[k][0],
                             &z->xy[k][1], &z->xy[k][2], err);
        }
        z->points[k].x = z->xy[k][0];
        z->points[k].y = z->xy[k][1];
        z->points[k].precision = z->xy[k][2];
        z->points[k].located = true;
        hz_placing_free(placing);
    }
    if (!st)
        z->made_up |= hz_layer_find(events, "synthetic_id") >= 0;
    hz_layer_free(events);
    return st;
}

/* Is this value of a column of finds a yes?  A number is one unless it is 0. */
static bool is_find(const char *text, const char *wanted)
{
    static const char *const no[] = { "", "0", "false", "no", "n", "nej", "ingen", "none",
                                      "nothing" };
    double number;
    if (wanted)
        return strcmp(text, wanted) == 0;
    if (hz_number_parse(text, strlen(text), '.', &number))
        return number != 0;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (hz_text_distance(text, no[i]) == 0)
            return false;
    return true;
}

static bool is_odd_number(const char *text)
{
    double number;
    return hz_number_parse(text, strlen(text), '.', &number) && number != 0 && number != 1;
}

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
    size_t rows = hz_layer_rows(searches), n = 0, finds = 0, odd = 0;
    const int32_t *area = hz_placing_areas(placing);
    int column = named ? hz_layer_find(searches, named) : -1;
    hz_status st = HZ_OK;
    if (a->found && !named)
        st = hz_mem_fail(err, "searches");
    else if (a->found && column < 0)
        st = hz_fail(err, HZ_EUSAGE, "--found: %s has no column '%s'", hz_layer_name(searches),
                     named);
    for (size_t i = 0; !a->found && column < 0 && i < sizeof usual / sizeof *usual; i++)
        column = hz_layer_find(searches, usual[i]);
    if (!st && column >= 0 && !(*out = hz_mem_new(rows, 1)))
        st = hz_mem_fail(err, "searches");
    for (size_t i = 0; !st && column >= 0 && i < rows; i++) {
        char text[200];
        if (area[i] < 0)
            continue;
        if (hz_layer_column_kind(searches, (size_t)column) == HZ_TEXTS)
            snprintf(text, sizeof text, "%.199s", hz_layer_text_at(searches, (size_t)column, i));
        else if ((st = hz_layer_value_text(searches, (size_t)column, i, text, sizeof text)))
            st = hz_mem_fail(err, "searches");
        odd += !equals && is_odd_number(text);
        finds += (*out)[n++] = is_find(text, equals ? equals + 1 : NULL);
    }
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

static hz_status read_searches(const zone_inputs *a, const hz_period when[2], const session *s,
                               zones *z, hz_error *err)
{
    hz_source_opts how = { .crs = a->src.crs };
    hz_place_opts place = HZ_PLACE_DEFAULTS;
    hz_layer *searches = NULL;
    size_t bad = 0, first = 0;
    char text[400];
    if (!a->searches)
        return HZ_OK;
    hz_status st = hz_source_read_kind(a->searches, &how, HZ_POINT, &searches, s->notice, err);
    if (!st && (a->period || a->train)) {
        st = hz_match_time(searches, NULL, &place.time, err);
        if (!st && !place.time)
            st = hz_fail(err, HZ_EUSAGE, "%s: has no column of dates and a period is asked for, "
                         "expected one of the usual names", hz_layer_name(searches));
        if (!st)
            st = hz_layer_read_dates(searches, place.time, NULL, &bad, &first, err);
    }
    for (size_t k = 0; !st && k < z->periods; k++) {
        hz_placing *placing = NULL;
        place.period = when[k];
        st = hz_place_events(z->study_layer, searches, false, &place, &placing, s->notice, err);
        if (!st)
            st = take_points(z, searches, placing, NULL, &z->points[k].searches, &z->xy[k][3],
                             &z->xy[k][4], NULL, err);
        if (!st)
            st = take_found(a, searches, placing, s, &z->found[k], err);
        if (!st && !s->quiet)
            fprintf(stderr, "searches: %s\n",
                    hz_fate_text(text, sizeof text, hz_placing_fate(placing), HZ_ENGLISH));
        z->points[k].search_x = z->xy[k][3];
        z->points[k].search_y = z->xy[k][4];
        z->points[k].found = z->found[k];
        hz_placing_free(placing);
    }
    hz_layer_free(searches);
    return st;
}

/* The periods: an event belongs to the earlier one where they overlap. */
static hz_status read_periods(const zone_inputs *a, const session *s, hz_period when[2], zones *z,
                              hz_error *err)
{
    const hz_period always = HZ_PERIOD_ALWAYS;
    const char *first = a->train ? a->train : a->period;
    hz_status st = HZ_OK;
    when[0] = when[1] = always;
    z->periods = a->train ? 2 : 1;
    if (first && (st = hz_period_parse(first, &when[0], err)))
        return hz_fail_within(err, a->train ? "--train" : "--period");
    if (a->test && (st = hz_period_parse(a->test, &when[1], err)))
        return hz_fail_within(err, "--test");
    if (a->train) {
        if (when[0].until == HZ_TIME_NONE ||
            (when[1].until != HZ_TIME_NONE && when[1].until <= when[0].until))
            return hz_fail(err, HZ_EUSAGE, "--test: %s does not end after --train %s, expected a "
                           "later period", a->test, a->train);
        if (when[1].from == HZ_TIME_NONE || when[1].from < when[0].until) {
            hz_warn(s->notice, "--test: %s overlaps --train %s, it is taken from where that ends",
                    a->test, a->train);
            when[1].from = when[0].until;
        }
    }
    for (size_t k = 0; first && k < z->periods; k++)
        hz_period_format(z->period[k], sizeof z->period[k], when[k]);
    return HZ_OK;
}

/* What became of the events. */
static void say_fates(const zones *z, const session *s)
{
    char text[400];
    if (s->quiet)
        return;
    for (size_t k = 0; k < z->periods; k++)
        fprintf(stderr, "events%s%s: %s\n", z->periods > 1 ? " of " : "",
                z->periods > 1 ? z->period[k] : "",
                hz_fate_text(text, sizeof text, &z->fate[k], HZ_ENGLISH));
}

static bool says_synthetic(const char *source)
{
    return source && strstr(source, "synthetic");
}

hz_status zones_read(const zone_inputs *a, const session *s, zones *z, hz_error *err)
{
    hz_period when[2];
    int year = 0, month, day;
    *z = (zones){ 0 };
    hz_status st = read_periods(a, s, when, z, err);
    z->made_up = says_synthetic(a->src.events) || says_synthetic(a->zone) ||
                 says_synthetic(a->searches) ||
                 (a->src.population.count && says_synthetic(a->src.population.item[0]));
    if (!st)
        st = read_study(a, s, z, err);
    if (!st)
        st = read_zones(a, s, z, err);
    if (!st && a->hot)
        st = read_shapes(a, a->hot, true, s, z, &z->hot, err);
    if (!st && when[0].from != HZ_TIME_NONE)
        hz_date_civil(when[0].from / 86400 - (when[0].from % 86400 < 0), &year, &month, &day);
    if (!st)
        st = zones_read_people(a, year, s, z, err);
    if (!st)
        st = read_events(a, when, s, z, err);
    if (!st)
        say_fates(z, s);
    return st ? st : read_searches(a, when, s, z, err);
}
