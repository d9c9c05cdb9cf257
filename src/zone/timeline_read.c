/* Reads which zones there are, and when they were in force. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "zone/metric.h"
#include "zone/timeline_parts.h"

/* ---- columns of the zones -------------------------------------------------------------- */

static const char *const id_names[] = { "id", "zone_id", "zone", "number", "nr", NULL };
static const char *const name_names[] = { "name", "navn", "zone_name", "area", "label", NULL };
static const char *const from_names[] = { "valid_from", "start", "from", "fra", "gyldig_fra",
                                          NULL };
static const char *const until_names[] = { "valid_to", "end", "until", "to", "til", "valid_until",
                                           "gyldig_til", NULL };

/* The column named, else the first usual one; -1 if there is none and it was not named. */
static hz_status pick(const hz_layer *l, const char *named, const char *const *usual, int *column,
                      hz_error *err)
{
    *column = named ? hz_layer_find(l, named) : -1;
    if (named)
        return *column < 0 ? timeline_no_column(l, named, err) : HZ_OK;
    for (; *usual && *column < 0; usual++)
        *column = hz_layer_find(l, *usual);
    return HZ_OK;
}

static hz_status need(const hz_layer *l, int column, const char *what, const char *usual,
                      const char *option, hz_error *err)
{
    if (column >= 0)
        return HZ_OK;
    return hz_fail(err, HZ_EUSAGE, "%s: has no column of %s, expected one called %s, or %s",
                   hz_layer_name(l), what, usual, option);
}

static hz_status set_ids(const hz_layer *l, int id, int name, zone_time *zone, hz_error *err)
{
    bool texts = id >= 0 && hz_layer_column_kind(l, (size_t)id) == HZ_TEXTS;
    bool named = name >= 0 && hz_layer_column_kind(l, (size_t)name) == HZ_TEXTS;
    for (size_t r = 0; r < hz_layer_rows(l); r++) {
        zone_time *z = &zone[r];
        z->numbered = !texts;
        z->id = texts ? hz_layer_text_at(l, (size_t)id, r) : z->number;
        z->name = named ? hz_layer_text_at(l, (size_t)name, r) : "";
        if (id < 0)
            snprintf(z->number, sizeof z->number, "%zu", r + 1);
        else if (!texts && hz_layer_value_text(l, (size_t)id, r, z->number, sizeof z->number))
            z->number[0] = '\0';
        if (!*z->id)
            return hz_fail(err, HZ_EDATA, "%s: row %zu has no '%s', expected one in every row",
                           hz_layer_name(l), r + 1, hz_layer_column_name(l, (size_t)id));
    }
    return HZ_OK;
}

static int by_id(const void *a, const void *b)
{
    const zone_time *const *p = a, *const *q = b;
    int d = strcmp((*p)->id, (*q)->id);
    return d ? d : ((*p)->row > (*q)->row) - ((*p)->row < (*q)->row);
}

/* Steps and fates name zones by id: two alike would not tell which. */
static hz_status check_ids(const hz_layer *l, int id, const zone_time *zone, hz_error *err)
{
    size_t rows = hz_layer_rows(l);
    hz_status st = HZ_OK;
    const zone_time **sorted = hz_mem_new(rows, sizeof *sorted);
    if (!sorted)
        return hz_mem_fail(err, "timeline");
    for (size_t r = 0; r < rows; r++)
        sorted[r] = &zone[r];
    qsort(sorted, rows, sizeof *sorted, by_id);
    for (size_t r = 1; !st && r < rows; r++)
        if (strcmp(sorted[r - 1]->id, sorted[r]->id) == 0)
            st = hz_fail(err, HZ_EDATA, "%s: rows %zu and %zu have the same '%s', expected "
                         "different ones (another column can be named by --id)", hz_layer_name(l),
                         sorted[r - 1]->row + 1, sorted[r]->row + 1,
                         hz_layer_column_name(l, (size_t)id));
    hz_mem_free(sorted);
    return st;
}

/* ---- validity --------------------------------------------------------------------------- */

/* By start, then end, then row; those never in force last, by row. */
static int by_start(const void *a, const void *b)
{
    const zone_time *p = a, *q = b;
    bool first = zone_in_force(p), second = zone_in_force(q);
    if (first != second)
        return first ? -1 : 1;
    if (first && p->starts != q->starts)
        return p->starts < q->starts ? -1 : 1;
    if (first && p->ends != q->ends)
        return p->ends < q->ends ? -1 : 1;
    return (p->row > q->row) - (p->row < q->row);
}

void zone_times_free(zone_times *z)
{
    hz_mem_free(z->zone);
    hz_shapes_free(z->shapes);
    *z = (zone_times){ 0 };
}

hz_status timeline_validity_columns(const hz_layer *l, const char *from, const char *until,
                                    bool needed, int *start, int *end, hz_error *err)
{
    hz_status st = pick(l, from, from_names, start, err);
    if (!st)
        st = pick(l, until, until_names, end, err);
    if (!st && needed)
        st = need(l, *start, "starts", "valid_from or start", "--from", err);
    if (!st && needed)
        st = need(l, *end, "ends", "valid_to or end", "--until", err);
    return st;
}

/* When each zone was in force; rows in the order of the source. */
static hz_status read_validity(const hz_layer *l, const hz_timeline_opts *o, zone_time *zone,
                               size_t *unusable, const hz_notice *notice, hz_error *err)
{
    size_t rows = hz_layer_rows(l);
    bool dated;
    hz_validity *v = hz_mem_new(rows, sizeof *v);
    hz_status st = v ? hz_validity_read(l, o->from, o->until, true, v, &dated, notice, err)
                     : hz_mem_fail(err, "timeline");
    for (size_t r = 0; !st && r < rows; r++) {
        zone[r].row = r;
        zone[r].from = v[r].from;
        zone[r].until = v[r].until;
        zone[r].starts = v[r].starts;
        zone[r].ends = v[r].ends;
        zone[r].state = v[r].state == HZ_VALIDITY_GOOD        ? ZONE_OK
                        : v[r].state == HZ_VALIDITY_BAD_START ? ZONE_BAD_START
                        : v[r].state == HZ_VALIDITY_BAD_END   ? ZONE_BAD_END
                                                              : ZONE_REVERSED;
        *unusable += !zone_in_force(&zone[r]);
    }
    hz_mem_free(v);
    return st;
}

static hz_status read_zones(const hz_layer *l, const hz_timeline_opts *o, zone_times *out,
                            size_t *unusable, const hz_notice *notice, hz_error *err)
{
    int id = -1, name = -1;
    hz_status st = pick(l, o->id, id_names, &id, err);
    if (!st)
        st = pick(l, o->name, name_names, &name, err);
    if (!st)
        st = read_validity(l, o, out->zone, unusable, notice, err);
    for (size_t r = 0; !st && r < out->n; r++) {
        out->zone[r].renews = ZONE_NONE;
        out->zone[r].last_before = INT64_MIN;
        out->zone[r].events = out->zone[r].part = out->zone[r].days_observed = NAN;
    }
    if (!st)
        st = set_ids(l, id, name, out->zone, err);
    return st ? st : check_ids(l, id, out->zone, err);
}

static bool in_force_within(const hz_validity *v, const hz_period *periods, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (hz_validity_days(v, periods[i]) > 0)
            return true;
    return false;
}

hz_status hz_timeline_select(const hz_layer *zones, const char *from, const char *until,
                             const hz_period *periods, size_t n, hz_layer **out,
                             const hz_notice *notice, hz_error *err)
{
    size_t rows = hz_layer_rows(zones);
    int start = -1, end = -1;
    hz_validity *v = hz_mem_new(rows, sizeof *v);
    unsigned char *keep = hz_mem_new(rows, 1);
    hz_status st = v && keep ? HZ_OK : hz_mem_fail(err, "zones");
    if (!st)
        st = timeline_validity_columns(zones, from, until, false, &start, &end, err);
    bool dated = start >= 0 || end >= 0;
    if (!st && !dated)
        hz_warn(notice, "%s: has no columns of start and end: its zones are taken to be in force "
                "always", hz_layer_name(zones));
    if (!st && dated)
        st = hz_validity_read(zones, from, until, true, v, &dated, notice, err);
    for (size_t r = 0; !st && r < rows; r++)
        keep[r] = !dated || in_force_within(&v[r], periods, n);
    if (!st)
        st = hz_layer_select(zones, keep, out, err);
    hz_mem_free(v);
    hz_mem_free(keep);
    return st;
}

hz_status zone_times_read(const hz_layer *zones, const hz_timeline_opts *opts, zone_times *out,
                          size_t *unusable, const hz_notice *notice, hz_error *err)
{
    const hz_shapes *shapes = hz_layer_shapes(zones);
    hz_crs *metric = NULL;
    hz_status st;

    *out = (zone_times){ .layer = zones, .opts = opts, .n = hz_layer_rows(zones) };
    if (!shapes || shapes->kind != HZ_POLYGON || out->n == 0)
        return hz_fail(err, HZ_EDATA, "%s: has no polygons, expected zones",
                       hz_layer_name(zones));
    if (out->n > HZ_TIMELINE_MOST)
        return hz_fail(err, HZ_EDATA, "%s: has %zu zones, expected at most %d",
                       hz_layer_name(zones), out->n, HZ_TIMELINE_MOST);
    if (opts->residents && !(out->residents = hz_layer_numbers(zones, opts->residents)))
        return hz_layer_find(zones, opts->residents) < 0
                   ? timeline_no_column(zones, opts->residents, err)
                   : hz_fail(err, HZ_EUSAGE, "%s: column '%s' is not numbers, expected residents",
                             hz_layer_name(zones), opts->residents);
    out->zone = hz_mem_new(out->n, sizeof *out->zone);
    if (!out->zone)
        return hz_mem_fail(err, "timeline");
    *unusable = 0;
    st = read_zones(zones, opts, out, unusable, notice, err);
    if (!st)
        st = hz_layer_metric(zones, &metric, notice, err);
    if (!st)
        st = zone_metric_shapes(zones, metric, zones, &out->shapes, err);
    size_t nowhere = 0;
    for (size_t r = 0; !st && r < out->n; r++) {
        zone_time *z = &out->zone[r];
        z->m2 = hz_shape_area(out->shapes, r);
        if (!(z->m2 > 0))
            z->m2 = NAN;
        if (isnan(z->m2) && z->state == ZONE_OK)
            z->state = ZONE_NO_POLYGON;
        nowhere += z->state == ZONE_NO_POLYGON;
    }
    if (!st) {
        if (nowhere)
            hz_warn(notice, "%s: zones without a polygon, in force but holding no event: %zu",
                    hz_layer_name(zones), nowhere);
        qsort(out->zone, out->n, sizeof *out->zone, by_start);
        for (size_t i = 0; i < out->n; i++) /* a number moved with its zone */
            if (out->zone[i].numbered)
                out->zone[i].id = out->zone[i].number;
    }
    hz_crs_free(metric);
    return st;
}
