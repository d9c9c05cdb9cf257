/* Reads what zone commands have in common and brings it into one metric system. */
#include "cli/zones.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    if (a->in_force && !a->period && !a->train)
        return hz_fail(err, HZ_EUSAGE, "--in-force: goes with a period, expected --period, or --train "
                       "and --test");
    if (a->clock && !a->in_force)
        return hz_fail(err, HZ_EUSAGE, "--clock: goes with --in-force, expected both");
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
        for (int i = 0; i < 2; i++) {
            hz_mem_free(z->times[k][i]);
            hz_mem_free(z->days[k][i]);
        }
        hz_mem_free(z->found[k]);
    }
    hz_mem_free(z->validity);
    hz_mem_free(z->repaired);
    hz_mem_free(z->namesake);
    hz_mem_free(z->by_zone);
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
    const char *study = z->study_layer ? hz_layer_name(z->study_layer) : "the study area";
    if (!crs != !z->metric)
        return hz_fail(err, HZ_ECRS, "%s: has no reference system but %s has one, expected both: name "
                       "it with --crs", crs ? study : hz_layer_name(layer),
                       crs ? hz_layer_name(layer) : study);
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
static hz_status warn_of_namesakes(zones *z, size_t n, const session *s, hz_error *err)
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
            z->namesake[list[i].zone] = z->namesake[list[begin].zone] = 1;
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

/* When the zones are in force, if their layer says so. */
static hz_status read_validity(const zone_inputs *a, const session *s, zones *z, hz_error *err)
{
    bool dated = false, needed = a->in_force || a->from || a->until;
    z->validity = hz_mem_new(hz_layer_rows(z->layer), sizeof *z->validity);
    hz_status st = z->validity ? hz_validity_read(z->layer, a->from, a->until, needed, z->validity,
                                                  &dated, s->notice, err)
                               : hz_mem_fail(err, "zones");
    if (!st && !dated) {
        hz_mem_free(z->validity);
        z->validity = NULL;
    }
    return st;
}

/* The zones; which lie where is said by their cards, names that are not unique here. */
static hz_status read_zones(const zone_inputs *a, const session *s, zones *z, hz_error *err)
{
    static const char *const usual[] = { "name", "navn", "zone", "title", "zone_id", "id" };
    hz_source_opts how = { .crs = a->src.crs };
    hz_status st = hz_source_read(a->zone, &how, &z->layer, s->notice, err);
    if (!st)
        st = hz_source_need_kind(z->layer, HZ_POLYGON, err);
    if (st)
        return st;
    inputs_say_refused(z->layer, s);
    size_t n = hz_layer_rows(z->layer);
    z->repaired = hz_mem_new(n, 1);
    z->namesake = hz_mem_new(n, 1);
    st = z->repaired && z->namesake ? hz_source_mend_told(z->layer, z->repaired, s->notice, err)
                                    : hz_mem_fail(err, "zones");
    if (!st)
        st = zones_move(z, z->layer, &z->zones, err);
    if (st)
        return st;
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
    return read_validity(a, s, z, err);
}

/* The periods: an event belongs to the earlier one where they overlap. */
static hz_status read_periods(const zone_inputs *a, const session *s, zones *z, hz_error *err)
{
    hz_period *when = z->when;
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
    int year = 0, month, day;
    *z = (zones){ 0 };
    hz_status st = read_periods(a, s, z, err);
    const hz_period *last = &z->when[z->periods - 1];
    if (!st && a->in_force && (last->from == HZ_TIME_NONE || last->until == HZ_TIME_NONE))
        return hz_fail(err, HZ_EUSAGE, "--in-force: %s has an open end, expected a period with both",
                       z->period[z->periods - 1]);
    z->made_up = says_synthetic(a->src.events) || says_synthetic(a->zone) ||
                 says_synthetic(a->searches) ||
                 (a->src.population.count && says_synthetic(a->src.population.item[0]));
    if (!st)
        st = read_study(a, s, z, err);
    if (!st)
        st = read_zones(a, s, z, err);
    if (!st && a->hot)
        st = read_shapes(a, a->hot, true, s, z, &z->hot, err);
    if (!st && z->when[0].from != HZ_TIME_NONE)
        hz_date_civil(z->when[0].from / 86400 - (z->when[0].from % 86400 < 0), &year, &month,
                      &day);
    if (!st)
        st = zones_read_people(a, year, s, z, err);
    if (!st)
        st = zones_read_events(a, s, z, err);
    if (!st)
        say_fates(z, s);
    return st ? st : zones_read_searches(a, s, z, err);
}
