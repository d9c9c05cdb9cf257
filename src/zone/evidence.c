/* Gathers parcels, sizes and events of two periods. */
#include "hotzone/evidence.h"

#include <math.h>
#include <string.h>

#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "hotzone/reside.h"

enum { DAY_S = 86400 };

const char *hz_budget_name(hz_budget_kind kind)
{
    static const char *const names[] = { "area", "residents", "streets" };
    return names[kind];
}

const char *hz_budget_unit(hz_budget_kind kind)
{
    static const char *const units[] = { "km2", "residents", "km" };
    return units[kind];
}

const char *hz_split_name(hz_split split)
{
    static const char *const names[] = { "given", "halves", "none" };
    return names[split];
}

void hz_evidence_clear(hz_evidence *e)
{
    hz_parcels_clear(&e->parcels);
    hz_frontier_free(e->frontier);
    hz_frontier_free(e->bound);
    hz_frontier_free(e->best);
    hz_mem_free(e->size);
    hz_mem_free(e->train);
    hz_mem_free(e->test);
    hz_mem_free(e->parcel);
    hz_mem_free(e->weight);
    hz_mem_free(e->like.holds);
    *e = (hz_evidence){ 0 };
}

/* ---- periods ------------------------------------------------------------------------------- */

static hz_time floor_day(hz_time t)
{
    hz_time rest = t % DAY_S;
    return t - (rest < 0 ? rest + DAY_S : rest);
}

/* An open end of the period is closed by the dates of the events that would count in it. */
static hz_status find_span(const hz_evidence_input *in, hz_evidence *e, hz_period *span,
                           const hz_notice *notice, hz_error *err)
{
    const hz_time *times = hz_layer_times(in->events, in->place.time);
    hz_time first = HZ_TIME_NONE, last = HZ_TIME_NONE;
    hz_fate fate;
    hz_status st = hz_parcels_count(&e->parcels, in->events, &in->place, e->train, e->parcel, &fate,
                                    notice, err);
    if (st)
        return st;
    for (size_t i = 0; i < e->rows; i++) {
        if (e->parcel[i] < 0 || times[i] == HZ_TIME_NONE)
            continue;
        first = first == HZ_TIME_NONE || times[i] < first ? times[i] : first;
        last = last == HZ_TIME_NONE || times[i] > last ? times[i] : last;
    }
    if (first == HZ_TIME_NONE)
        return hz_fail(err, HZ_EDATA, "%s: no dated event lies in the study area",
                       hz_layer_name(in->events));
    *span = in->place.period;
    if (span->from == HZ_TIME_NONE)
        span->from = floor_day(first);
    if (span->until == HZ_TIME_NONE)
        span->until = floor_day(last) + DAY_S;
    return HZ_OK;
}

static hz_status find_periods(const hz_evidence_input *in, hz_evidence *e, const hz_notice *notice,
                              hz_error *err)
{
    hz_period span = HZ_PERIOD_ALWAYS;
    hz_status st = HZ_OK;
    e->split = in->split;
    e->train_period = in->split == HZ_SPLIT_GIVEN ? in->train : in->place.period;
    e->test_period = in->split == HZ_SPLIT_GIVEN ? in->test : in->place.period;
    if (in->split == HZ_SPLIT_NONE)
        return HZ_OK;
    if (!in->place.time)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of dates, expected one to draw on the "
                       "earlier and score on the later period", hz_layer_name(in->events));
    if (in->split == HZ_SPLIT_HALVES) {
        st = find_span(in, e, &span, notice, err);
        if (st)
            return st;
        hz_time days = (span.until - span.from) / DAY_S;
        if (days < 2)
            return hz_fail(err, HZ_EDATA, "%s: the dates span less than two days, which cannot be "
                           "halved: expected --train and --test, or --in-sample",
                           hz_layer_name(in->events));
        hz_time middle = span.from + days / 2 * DAY_S;
        e->train_period = (hz_period){ span.from, middle };
        e->test_period = (hz_period){ middle, span.until };
        return HZ_OK;
    }
    if (in->train.until == HZ_TIME_NONE || in->test.from == HZ_TIME_NONE ||
        in->train.until > in->test.from)
        return hz_fail(err, HZ_EUSAGE, "--train and --test: the one has to end before the other "
                       "begins");
    return HZ_OK;
}

/* ---- events ---------------------------------------------------------------------------------- */

static hz_status count(const hz_evidence_input *in, hz_evidence *e, hz_period period,
                       const char *which, double *counts, hz_fate *fate, double *total,
                       const hz_notice *notice, hz_error *err)
{
    hz_place_opts place = in->place;
    char text[64];
    place.period = period;
    hz_status st = hz_parcels_count(&e->parcels, in->events, &place, counts, e->parcel, fate,
                                    notice, err);
    if (st)
        return st;
    *total = 0;
    for (size_t i = 0; i < e->parcels.n; i++)
        *total += counts[i];
    if (!(*total > 0) || isinf(*total))
        return hz_fail(err, HZ_EDATA, "%s: %s events in the study area in the %s period %s",
                       hz_layer_name(in->events), *total > 0 ? "too heavy" : "no", which,
                       hz_period_format(text, sizeof text, period));
    return HZ_OK;
}

/* The given zone's events of one period: those of `parcel` that it holds. */
static double held(const hz_evidence *e)
{
    double sum = 0;
    for (size_t i = 0; i < e->rows; i++)
        if (e->parcel[i] >= 0 && e->like.holds[i])
            sum += e->weight ? e->weight[i] : 1;
    return sum;
}

static hz_status count_both(const hz_evidence_input *in, hz_evidence *e, const hz_notice *notice,
                            hz_error *err)
{
    bool one = e->split == HZ_SPLIT_NONE;
    hz_status st = count(in, e, e->train_period, one ? "only" : "earlier", e->train,
                         &e->train_fate, &e->total_train, notice, err);
    if (!st && e->like.given)
        e->like.train = held(e);
    if (!st)
        st = count(in, e, e->test_period, one ? "only" : "later", e->test, &e->test_fate,
                   &e->total_test, one ? NULL : notice, err);
    if (!st && e->like.given)
        e->like.test = held(e);
    return st;
}

/* ---- sizes ----------------------------------------------------------------------------------- */

/* Sizes of polygons in the unit of the measure; `area` of each is known. */
static hz_status measure(const hz_evidence_input *in, const hz_evidence *e, const hz_shapes *shapes,
                         const double *area, double *size, hz_error *err)
{
    hz_shapes *moved = NULL;
    size_t n = shapes->features;
    hz_status st = HZ_OK;
    if (in->measure == HZ_BUDGET_AREA) {
        for (size_t i = 0; i < n; i++)
            size[i] = area[i] / 1e6;
        return HZ_OK;
    }
    if (in->measure == HZ_BUDGET_STREETS) {
        st = hz_parcels_shapes(&e->parcels, in->streets, &moved, err);
        if (!st)
            st = hz_parcels_streets(shapes, moved, size, err);
        for (size_t i = 0; !st && i < n; i++)
            size[i] /= 1000;
        hz_shapes_free(moved);
        return st;
    }
    for (size_t i = 0; !st && i < n; i++) {
        st = hz_reside_count(in->residents, shapes, i, &size[i], err);
        if (!st && isnan(size[i]))
            st = hz_fail(err, HZ_EDATA, "budget: no residents are known for a part of the study "
                         "area, expected figures everywhere in it");
    }
    return st;
}

static hz_status find_held(const hz_shapes *zone, const hz_shapes *points, hz_evidence *e,
                           hz_error *err)
{
    hz_index *index = NULL;
    int32_t *in = hz_mem_new(e->rows, sizeof *in);
    hz_status st = in ? hz_index_new(zone, &index, err) : hz_mem_fail(err, "evidence");
    if (!st && !(e->like.holds = hz_mem_new(e->rows, 1)))
        st = hz_mem_fail(err, "evidence");
    if (!st)
        hz_index_locate(index, 0, e->rows, points->x, points->y, in);
    for (size_t i = 0; !st && i < e->rows; i++)
        e->like.holds[i] = in[i] == 0;
    hz_index_free(index);
    hz_mem_free(in);
    return st;
}

static hz_status take_like(const hz_evidence_input *in, hz_evidence *e, const hz_notice *notice,
                           hz_error *err)
{
    hz_shapes *zone = NULL, *inside = NULL, *points = NULL;
    const char *name = hz_layer_name(in->like);
    const hz_shapes *given = hz_layer_shapes(in->like);
    hz_status st = HZ_OK;
    if (!given || given->kind != HZ_POLYGON || given->features != 1)
        return hz_fail(err, HZ_EDATA, "%s: %zu features, expected one polygon: the zone to compare "
                       "with (choose one by |subset=...)", name, given ? given->features : 0);
    st = hz_parcels_shapes(&e->parcels, in->like, &zone, err);
    if (!st)
        st = hz_overlay(zone, 0, e->parcels.study, 0, HZ_OVERLAY_INTERSECTION, &inside, err);
    if (!st) {
        double area = hz_shape_area(inside, 0), whole = hz_shape_area(zone, 0);
        if (area > 0 && area < 0.999 * whole)
            hz_warn(notice, "%s: %.1f %% of the zone lies outside the study area or on water and counts "
                    "for nothing", name, 100 * (1 - area / whole));
        e->like.area_km2 = area / 1e6;
        st = area > 0 ? measure(in, e, inside, &area, &e->like.size, err)
                      : hz_fail(err, HZ_EDATA, "%s: lies outside the study area", name);
    }
    if (!st)
        st = hz_parcels_shapes(&e->parcels, in->events, &points, err);
    if (!st)
        st = find_held(zone, points, e, err);
    e->like.given = !st;
    hz_shapes_free(zone);
    hz_shapes_free(inside);
    hz_shapes_free(points);
    return st;
}

static hz_status take_budget(const hz_evidence_input *in, hz_evidence *e, hz_error *err)
{
    const char *unit = hz_budget_unit(in->measure);
    e->budget = isnan(in->budget) && e->like.given ? e->like.size : in->budget;
    for (size_t i = 0; i < e->parcels.n; i++)
        e->total_size += e->size[i];
    if (!(e->total_size > 0))
        return hz_fail(err, HZ_EDATA, "budget: the study area holds no %s, expected some to spend "
                       "it on", in->measure == HZ_BUDGET_STREETS ? "streets" : "residents");
    if (isnan(e->budget))
        return HZ_OK;
    if (!(e->budget > 0) || e->budget > e->total_size * (1 + 1e-9))
        return hz_fail(err, HZ_EUSAGE, "budget: %.10g %s, expected over 0 and at most the %.10g of "
                       "the study area", e->budget, unit, e->total_size);
    return HZ_OK;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static hz_status make_room(const hz_evidence_input *in, hz_evidence *e, hz_error *err)
{
    size_t n = e->parcels.n;
    const double *weight = in->place.weight ? hz_layer_numbers(in->events, in->place.weight) : NULL;
    e->rows = hz_layer_rows(in->events);
    e->measure = in->measure;
    e->size = hz_mem_new(n, sizeof *e->size);
    e->train = hz_mem_new(n, sizeof *e->train);
    e->test = hz_mem_new(n, sizeof *e->test);
    e->parcel = hz_mem_new(e->rows, sizeof *e->parcel);
    if (weight)
        e->weight = hz_mem_new(e->rows, sizeof *e->weight);
    if (!e->size || !e->train || !e->test || !e->parcel || (weight && !e->weight))
        return hz_mem_fail(err, "evidence");
    if (weight)
        memcpy(e->weight, weight, e->rows * sizeof *weight);
    return HZ_OK;
}

static hz_status make_frontiers(hz_evidence *e, hz_error *err)
{
    size_t n = e->parcels.n;
    const double *test = e->split == HZ_SPLIT_NONE ? NULL : e->test;
    hz_status st = hz_frontier_new(n, e->train, test, e->size, &e->frontier, err);
    if (!st)
        st = hz_frontier_new(n, e->train, NULL, e->size, &e->bound, err);
    if (!st)
        st = hz_frontier_new(n, e->test, NULL, e->size, &e->best, err);
    return st;
}

hz_status hz_evidence_make(const hz_evidence_input *in, hz_evidence *out, const hz_notice *notice,
                           hz_error *err)
{
    hz_evidence e = { .budget = NAN };
    hz_status st = HZ_OK;
    if ((in->measure == HZ_BUDGET_STREETS || !(in->cell_m > 0)) && !in->streets)
        return hz_fail(err, HZ_EUSAGE, "budget: expected streets to %s",
                       in->cell_m > 0 ? "measure" : "draw blocks between, or the side of cells");
    if (in->measure == HZ_BUDGET_RESIDENTS && !in->residents)
        return hz_fail(err, HZ_EUSAGE, "budget: expected residents to measure");
    st = in->cell_m > 0
             ? hz_parcels_of_cells(in->events, in->study, in->water, in->cell_m, &e.parcels,
                                   notice, err)
             : hz_parcels_of_blocks(in->events, in->streets, in->study, in->water, &e.parcels,
                                    notice, err);
    if (!st)
        st = make_room(in, &e, err);
    if (!st)
        st = measure(in, &e, hz_layer_shapes(e.parcels.table), e.parcels.area, e.size, err);
    if (!st && in->like)
        st = take_like(in, &e, notice, err);
    if (!st)
        st = take_budget(in, &e, err);
    if (!st)
        st = find_periods(in, &e, notice, err);
    if (!st)
        st = count_both(in, &e, notice, err);
    if (!st)
        st = make_frontiers(&e, err);
    if (!st) {
        *out = e;
        e = (hz_evidence){ 0 };
    }
    hz_evidence_clear(&e);
    return st;
}
