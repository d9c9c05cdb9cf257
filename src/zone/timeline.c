/* Zones over time: from dated polygons and events to the tables of what was in force. */
#include "hotzone/timeline.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/clock.h"
#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "zone/timeline_parts.h"

enum { DAY_S = 86400 };

/* The columns of numbers of the table of zones, in the order of zone_columns. */
enum {
    N_DAYS, N_OBSERVED, N_KM2, N_RESIDENTS, N_EVENTS, N_PART, N_PER_DAY, N_PER_DAY_LOW,
    N_PER_DAY_HIGH, N_PER_KM2, N_PER_KM2_LOW, N_PER_KM2_HIGH, N_SINCE, N_WATCHED, N_IOU, N_SHARED,
    N_GAP, N_KM2_CHANGE, N_RESIDENTS_CHANGE, NUMBERS
};
static const char *const number_names[NUMBERS] = {
    "days_in_force", "days_observed", "km2", "residents", "events", "events_part",
    "events_per_day", "events_per_day_low", "events_per_day_high", "events_per_km2_day",
    "events_per_km2_day_low", "events_per_km2_day_high", "days_since_event",
    "days_watched_before", "iou", "shared_km2", "gap_days", "km2_change", "residents_change"
};
enum { T_ID, T_NAME, T_STATE, T_FROM, T_UNTIL, T_RENEWS, T_BY, TEXTS };
static const char *const text_names[TEXTS] = { "id", "name", "state", "from", "until", "renews",
                                               "renewed_by" };

const char *const *hz_timeline_zone_columns(size_t *n)
{
    static const char *const columns[] = {
        "id", "name", "state", "from", "until", "days_in_force", "days_observed", "km2",
        "residents", "events", "events_part", "events_per_day", "events_per_day_low",
        "events_per_day_high", "events_per_km2_day", "events_per_km2_day_low",
        "events_per_km2_day_high", "days_since_event", "days_watched_before", "renews",
        "renewed_by", "iou", "shared_km2", "gap_days", "km2_change", "residents_change"
    };
    *n = sizeof columns / sizeof *columns;
    return columns;
}

const char *const *hz_timeline_step_columns(size_t *n)
{
    static const char *const columns[] = { "from", "until", "days", "zones", "km2", "ids" };
    *n = sizeof columns / sizeof *columns;
    return columns;
}

const char *const *hz_timeline_fate_columns(size_t *n)
{
    static const char *const columns[] = { "row", "fate", "zones", "ids" };
    *n = sizeof columns / sizeof *columns;
    return columns;
}

char *timeline_time(char *buf, size_t size, hz_time when)
{
    hz_date_format(buf, size, when);
    size_t n = strlen(buf);
    if (n == 10)
        snprintf(buf + n, size - n, " 00:00");
    return buf;
}

char *hz_timeline_fate_text(char *buf, size_t size, const hz_timeline_fate *f)
{
    const struct { size_t n; const char *what; } parts[] = {
        { f->in_force, "in a zone in force" },
        { f->part, "in a zone in force for part of the day" },
        { f->not_in_force, "in a zone not in force then" }, { f->outside, "outside all zones" },
        { f->unlocated, "without coordinates" }, { f->other_period, "of other periods" },
        { f->undated, "without a date" }, { f->other_kind, "of other kinds" },
        { f->refused, "refused" }
    };
    size_t n = (size_t)snprintf(buf, size, "%zu events read", f->read), said = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].n && n < size)
            n += (size_t)snprintf(buf + n, size - n, "%s%zu %s", said++ ? ", " : ": ", parts[i].n,
                                  parts[i].what);
    return buf;
}

/* ---- the table of zones -------------------------------------------------------------------- */

static const char *state_word(const zone_time *z)
{
    switch (z->state) {
    case ZONE_OK: return z->days_observed == 0 ? "not observed" : "ok";
    case ZONE_NO_POLYGON: return "no polygon";
    case ZONE_BAD_START: return "start is no date";
    case ZONE_BAD_END: return "end is no date";
    case ZONE_REVERSED: return "start not before end";
    }
    return "";
}

static double residents_of(const zone_times *z, const zone_time *zone)
{
    return z->residents ? z->residents[zone->row] : NAN;
}

static void fill_rates(const zone_time *z, double level, double *row)
{
    double low, high, days = z->days_observed, km2 = z->m2 / 1e6;
    if (!(days > 0) || isnan(z->events))
        return;
    hz_interval_poisson(z->events, level, &low, &high);
    row[N_PER_DAY] = z->events / days;
    row[N_PER_DAY_LOW] = low / days;
    row[N_PER_DAY_HIGH] = high / days;
    row[N_PER_KM2] = z->events / days / km2;
    row[N_PER_KM2_LOW] = low / days / km2;
    row[N_PER_KM2_HIGH] = high / days / km2;
}

static void fill_renewal(const zone_times *z, const zone_time *later, double *row)
{
    const zone_time *earlier;
    if (later->renews == ZONE_NONE)
        return;
    earlier = &z->zone[later->renews];
    row[N_IOU] = later->iou;
    row[N_SHARED] = later->shared_m2 / 1e6;
    if (earlier->ends != INT64_MAX)
        row[N_GAP] = (double)(later->starts - earlier->ends) / DAY_S;
    row[N_KM2_CHANGE] = (later->m2 - earlier->m2) / 1e6;
    row[N_RESIDENTS_CHANGE] = residents_of(z, later) - residents_of(z, earlier);
}

static void fill_row(const zone_times *z, const zone_time *zone, hz_period window, double *row)
{
    for (size_t c = 0; c < NUMBERS; c++)
        row[c] = NAN;
    row[N_KM2] = zone->m2 / 1e6;
    row[N_RESIDENTS] = residents_of(z, zone);
    if (!zone_in_force(zone))
        return;
    row[N_DAYS] = hz_clock_days(zone->from, zone->until);
    row[N_OBSERVED] = zone->days_observed;
    row[N_EVENTS] = zone->events;
    row[N_PART] = zone->part;
    fill_rates(zone, z->opts->level, row);
    if (window.from != HZ_TIME_NONE && zone->starts != INT64_MIN &&
        zone->starts >= hz_clock_utc(window.from) && zone->starts <= hz_clock_utc(window.until)) {
        row[N_WATCHED] = (double)(zone->starts - hz_clock_utc(window.from)) / DAY_S;
        if (zone->state == ZONE_OK && zone->last_before != INT64_MIN)
            row[N_SINCE] = (double)(zone->starts - zone->last_before) / DAY_S;
    }
    fill_renewal(z, zone, row);
}

/* Polygons in the order of the table. */
static hz_status sort_shapes(const zone_times *z, hz_layer *table, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(z->layer);
    hz_shapes *out = NULL;
    hz_crs *crs = hz_layer_crs(z->layer) ? hz_crs_copy(hz_layer_crs(z->layer)) : NULL;
    hz_shapes_pick *picks = hz_mem_new(z->n, sizeof *picks);
    bool made = picks && (crs || !hz_layer_crs(z->layer));
    hz_status st = made ? HZ_OK : hz_mem_fail(err, "timeline");
    for (size_t i = 0; !st && i < z->n; i++)
        picks[i] = (hz_shapes_pick){ s, z->zone[i].row };
    if (!st)
        st = hz_shapes_gather(HZ_POLYGON, picks, z->n, &out, err);
    hz_mem_free(picks);
    if (!st)
        st = hz_layer_take_shapes(table, &out, err);
    if (!st && crs)
        st = hz_layer_take_crs(table, &crs, err);
    hz_shapes_free(out);
    hz_crs_free(crs);
    return st;
}

static const char *text_of(const zone_times *z, size_t i, const size_t *renewed_by, int column,
                           char *buf, size_t size)
{
    const zone_time *zone = &z->zone[i];
    switch (column) {
    case T_ID: return zone->id;
    case T_NAME: return zone->name;
    case T_STATE: return state_word(zone);
    case T_FROM: return timeline_time(buf, size, zone->from);
    case T_UNTIL: return timeline_time(buf, size, zone->until);
    case T_RENEWS: return zone->renews == ZONE_NONE ? "" : z->zone[zone->renews].id;
    default: return renewed_by[i] == ZONE_NONE ? "" : z->zone[renewed_by[i]].id;
    }
}

static hz_status add_texts(const zone_times *z, hz_layer *table, hz_error *err)
{
    size_t *by = hz_mem_new(z->n, sizeof *by);
    const char **texts = hz_mem_new(z->n, sizeof *texts);
    char (*buffers)[32] = hz_mem_new(z->n, sizeof *buffers);
    hz_status st = by && texts && buffers ? HZ_OK : hz_mem_fail(err, "timeline");
    for (size_t i = 0; !st && i < z->n; i++)
        by[i] = ZONE_NONE;
    for (size_t i = z->n; !st && i-- > 0;) /* the first of those that renew it stays */
        if (z->zone[i].renews != ZONE_NONE)
            by[z->zone[i].renews] = i;
    for (int c = 0; !st && c < TEXTS; c++) {
        for (size_t i = 0; i < z->n; i++)
            texts[i] = text_of(z, i, by, c, buffers[i], sizeof buffers[i]);
        st = hz_layer_add_texts(table, text_names[c], texts, err);
    }
    hz_mem_free(by);
    hz_mem_free(texts);
    hz_mem_free(buffers);
    return st;
}

static hz_status add_numbers(const zone_times *z, hz_period window, hz_layer *table, hz_error *err)
{
    double *column = NULL, *rows = hz_mem_new(z->n, NUMBERS * sizeof *rows);
    hz_status st = rows ? HZ_OK : hz_mem_fail(err, "timeline");
    for (size_t i = 0; !st && i < z->n; i++)
        fill_row(z, &z->zone[i], window, rows + i * NUMBERS);
    for (size_t c = 0; !st && c < NUMBERS; c++) {
        column = hz_mem_new(z->n, sizeof *column);
        if (!column)
            st = hz_mem_fail(err, "timeline");
        for (size_t i = 0; !st && i < z->n; i++)
            column[i] = rows[i * NUMBERS + c];
        if (!st)
            st = hz_layer_take_numbers(table, number_names[c], &column, NULL, err);
        hz_mem_free(column);
    }
    hz_mem_free(rows);
    return st;
}

static hz_status make_table(const zone_times *z, hz_period window, hz_layer **out, hz_error *err)
{
    hz_layer *table = NULL;
    hz_status st = hz_layer_new("zones", z->n, &table, err);
    if (!st)
        st = add_texts(z, table, err);
    if (!st)
        st = add_numbers(z, window, table, err);
    if (!st)
        st = sort_shapes(z, table, err);
    if (st)
        hz_layer_free(table);
    else
        *out = table;
    return st;
}

void hz_timeline_clear(hz_timeline *t)
{
    if (!t)
        return;
    hz_layer_free(t->zones);
    hz_layer_free(t->steps);
    hz_layer_free(t->fates);
    *t = (hz_timeline){ 0 };
}

hz_status hz_timeline_make(const hz_layer *zones, const hz_layer *events,
                           const hz_timeline_opts *opts, hz_timeline *out,
                           const hz_notice *notice, hz_error *err)
{
    static const hz_timeline_opts defaults = HZ_TIMELINE_DEFAULTS;
    hz_timeline made = { .window = HZ_PERIOD_ALWAYS };
    zone_times z = { 0 };
    hz_status st;

    if (!opts)
        opts = &defaults;
    if (!(opts->same_share >= 0 && opts->same_share < 1))
        return hz_fail(err, HZ_EUSAGE, "same-share: %g, expected 0 or more, under 1",
                       opts->same_share);
    if (!(opts->level > 0 && opts->level < 1))
        return hz_fail(err, HZ_EUSAGE, "level: %g, expected between 0 and 1", opts->level);
    st = zone_times_read(zones, opts, &z, &made.unusable, notice, err);
    if (!st && events)
        st = timeline_match(&z, events, &made, err);
    if (!st)
        st = timeline_chain(&z, err);
    if (!st)
        st = timeline_steps(&z, &made.steps, err);
    if (!st)
        st = make_table(&z, made.window, &made.zones, err);
    zone_times_free(&z);
    if (st)
        hz_timeline_clear(&made);
    else
        *out = made;
    return st;
}
