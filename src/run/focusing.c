/* Joins areas, events and residents, and weighs a focus on them. */
#include "hotzone/focusing.h"

#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "run/focusing_parts.h"

enum { DAY_S = 86400, SHORT_DAYS = 200, LONG_DAYS = 900 };

void hz_focusing_clear(hz_focusing *found)
{
    hz_focus_clear(&found->focus);
    hz_layer_free(found->later);
    hz_mem_free(found->parts);
    hz_mem_free(found->crs);
    hz_residents_clear(&found->residents);
    memset(found, 0, sizeof *found);
}

static void clear(focusing *w)
{
    hz_layer_free(w->areas);
    hz_layer_free(w->events);
    hz_rating_clear(&w->rating);
    hz_layer_free(w->table);
    hz_mem_free(w->inside);
    hz_mem_free(w->x);
    hz_mem_free(w->y);
    hz_mem_free(w->km2);
    hz_placing_free(w->placing);
    hz_mem_free(w->used);
    hz_shapes_free(w->polygon);
    hz_focusing_clear(&w->out);
}

static hz_status measure(focusing *w)
{
    const hz_layer *areas = w->in->rating->areas, *events = w->in->rating->events;
    hz_crs *metric = NULL;
    hz_status st = HZ_OK;
    if (hz_layer_shapes(areas))
        st = hz_layer_metric(areas, &metric, w->notice, w->err);
    if (!st)
        st = hz_layer_copy_to_crs(areas, metric, &w->areas, w->err);
    if (!st && events)
        st = hz_layer_copy_to_crs(events, metric, &w->events, w->err);
    if (!st && metric) {
        const char *code = hz_crs_code(metric);
        w->out.crs = hz_mem_text(strchr(code, '[') ? hz_crs_name(metric) : code);
        if (!w->out.crs)
            st = hz_mem_fail(w->err, "focus");
    }
    hz_crs_free(metric);
    return st;
}

static hz_status rate(focusing *w)
{
    hz_rating_input in = *w->in->rating;
    in.areas = w->areas;
    if (in.events)
        in.events = w->events;
    in.rates.hide_below = 0;
    in.rates.smoothing = HZ_SMOOTH_NONE;
    hz_status st = hz_rating_make(&in, &w->rating, w->notice, w->err);
    if (!st) {
        w->out.fate = w->rating.fate;
        w->out.period = w->rating.period;
        w->out.span = w->rating.span;
    }
    return st;
}

/* ---- events and areas as arrays --------------------------------------------------- */

static hz_status place(focusing *w)
{
    hz_place_opts o = w->in->rating->place;
    o.period = w->rating.period;
    hz_status st = hz_place_events(w->table, w->events, false, &o, &w->placing, NULL, w->err);
    if (st)
        return st;
    const int32_t *area = hz_placing_areas(w->placing);
    size_t n = hz_layer_rows(w->events);
    w->used = hz_mem_new(n, 1);
    if (!w->used)
        return hz_mem_fail(w->err, "focus");
    for (size_t i = 0; i < n; i++)
        w->used[i] = area[i] != HZ_UNUSED;
    w->beyond = (double)hz_placing_fate(w->placing)->outside;
    st = focusing_check_beyond(w);
    return st ? st : hz_layer_add_numbers(w->table, "events", hz_placing_counts(w->placing), w->err);
}

static hz_status find_centres(focusing *w)
{
    const hz_shapes *s = hz_layer_shapes(w->table);
    size_t n = hz_layer_rows(w->table);
    if (!s || s->kind != HZ_POLYGON)
        return HZ_OK;
    w->x = hz_mem_new(n, sizeof *w->x);
    w->y = hz_mem_new(n, sizeof *w->y);
    w->km2 = hz_mem_new(n, sizeof *w->km2);
    if (!w->x || !w->y || !w->km2)
        return hz_mem_fail(w->err, "focus");
    for (size_t i = 0; i < n; i++) {
        hz_shape_centroid(s, i, &w->x[i], &w->y[i]);
        w->km2[i] = hz_shape_area(s, i) / 1e6;
    }
    return HZ_OK;
}

hz_series_by hz_focusing_by(hz_period span)
{
    int64_t days = (span.until - span.from) / DAY_S;
    return days <= SHORT_DAYS ? HZ_BY_MONTH : days <= LONG_DAYS ? HZ_BY_QUARTER : HZ_BY_YEAR;
}

hz_series_by focusing_choose_by(const hz_focusing_input *in, hz_period span)
{
    return in->by_given ? in->by : hz_focusing_by(span);
}

/* The dates that events have, as a period: its end is no part of it. */
static hz_period dated_span(const focusing *w)
{
    hz_period p = w->rating.period, span = w->placing ? hz_placing_span(w->placing) : w->rating.span;
    if (p.from == HZ_TIME_NONE)
        p.from = span.from;
    if (p.until == HZ_TIME_NONE && span.until != HZ_TIME_NONE)
        p.until = (span.until / DAY_S + 1) * DAY_S;
    return p;
}

/* ---- broadening, judged by later events ------------------------------------------- */

hz_status focusing_count_in(const focusing *w, hz_period period, double *counts, double *beyond)
{
    hz_place_opts o = w->in->rating->place;
    hz_placing *placing = NULL;
    o.period = period;
    hz_status st = hz_place_events(w->table, w->events, false, &o, &placing, NULL, w->err);
    if (st)
        return st;
    memcpy(counts, hz_placing_counts(placing), hz_layer_rows(w->table) * sizeof *counts);
    *beyond = (double)hz_placing_fate(placing)->outside;
    hz_placing_free(placing);
    return HZ_OK;
}

/* What only dated events can answer. */
static hz_status check_dates(const focusing *w, hz_period whole)
{
    bool dated = w->events && w->in->rating->place.time && whole.from != HZ_TIME_NONE &&
                 whole.until != HZ_TIME_NONE;
    if (dated || (!w->in->earlier && !w->in->by_given))
        return HZ_OK;
    return hz_fail(w->err, HZ_EUSAGE, "%s: asks for dates, expected located events that have them",
                   w->in->earlier ? "earlier" : "by");
}

static hz_status broaden_later(focusing *w, const hz_focus_areas *areas, const hz_focus_opts *o)
{
    hz_period whole = dated_span(w), ranked = whole, scored = whole;
    size_t n = hz_layer_rows(w->table);
    double before = 0, after = 0, beyond_before, beyond = 0;

    if (!w->events || !w->in->rating->place.time || whole.from == HZ_TIME_NONE ||
        whole.until == HZ_TIME_NONE)
        return HZ_OK;
    if (w->in->earlier) {
        ranked = *w->in->earlier;
        if (ranked.from != HZ_TIME_NONE && ranked.from > whole.from &&
            ranked.from < whole.until)
            return hz_fail(w->err, HZ_EUSAGE, "earlier: begins within the period, expected it to "
                           "end before the events that judge");
        if (ranked.until == HZ_TIME_NONE || ranked.until >= whole.until)
            return hz_fail(w->err, HZ_EUSAGE, "earlier: leaves nothing of the period, expected later "
                           "events to judge by");
        if (ranked.until > scored.from)
            scored.from = ranked.until;
    } else {
        int64_t middle = (whole.from / DAY_S + whole.until / DAY_S) / 2 * DAY_S;
        ranked.until = scored.from = middle;
        if (middle <= whole.from)
            return HZ_OK;
    }
    double *rank = hz_mem_new(n, sizeof *rank), *score = hz_mem_new(n, sizeof *score);
    hz_status st = rank && score ? HZ_OK : hz_mem_fail(w->err, "focus");
    if (!st)
        st = focusing_count_in(w, ranked, rank, &beyond_before);
    if (!st)
        st = focusing_count_in(w, scored, score, &beyond);
    for (size_t i = 0; !st && i < n; i++) {
        before += rank[i];
        after += score[i];
    }
    if (!st && before > 0 && after > 0) {
        st = hz_focus_broaden(areas, rank, score, o->within ? 0 : beyond, o->level, &w->out.later,
                              w->err);
        w->out.ranked = ranked;
        w->out.scored = scored;
    }
    if (!st && w->in->earlier && !w->out.later)
        hz_warn(w->notice, "focus: areas are not ranked by earlier events: none lies in them %s",
                before > 0 ? "after that period" : "in that period");
    hz_mem_free(rank);
    hz_mem_free(score);
    return st;
}

static hz_status weigh(focusing *w)
{
    static const hz_focus_opts defaults = HZ_FOCUS_DEFAULTS;
    const hz_focus_opts *o = w->in->opts ? w->in->opts : &defaults;
    const char *time = w->in->rating->place.time, *precision = w->in->rating->precision_m;
    hz_focus_areas areas = { w->table, "area", "name", "events", NULL, w->x, w->y, w->km2,
                             w->inside };
    hz_focus_events events = { 0 };
    hz_period *parts = NULL, whole = dated_span(w);
    size_t n_parts = 0;
    hz_status st = HZ_OK;

    st = check_dates(w, whole);
    if (w->in->rating->population && hz_layer_numbers(w->table, "population"))
        areas.people = "population";
    if (w->events) {
        const hz_shapes *s = hz_layer_shapes(w->events);
        events = (hz_focus_events){ hz_layer_rows(w->events), hz_placing_areas(w->placing), w->used,
                                    time ? hz_layer_times(w->events, time) : NULL, s->x, s->y,
                                    precision ? hz_layer_numbers(w->events, precision) : NULL };
    }
    if (!st && events.when && whole.from != HZ_TIME_NONE && whole.until != HZ_TIME_NONE)
        st = hz_series_cut(whole, focusing_choose_by(w->in, whole), &parts, &n_parts, w->err);
    if (!st)
        st = hz_focus_make(&areas, w->events ? &events : NULL, w->beyond, parts, n_parts, o,
                           &w->out.focus, w->notice, w->err);
    w->out.parts = parts;
    w->out.part_count = n_parts;
    w->out.by = focusing_choose_by(w->in, whole);
    return st ? st : broaden_later(w, &areas, o);
}

/* ---- registered people ------------------------------------------------------------ */

static hz_status count_residents(focusing *w)
{
    const hz_crs *metric = hz_layer_crs(w->table);
    hz_residents_input in = {
        .areas = w->table, .id = "area", .name = "name", .inside = w->inside,
        .people = hz_layer_numbers(w->table, "population"), .below = w->in->below,
        .round = w->in->round, .who = w->in->who, .date = w->in->register_date,
        .sides = w->in->sides, .side_count = w->in->side_count, .earlier = w->in->told,
        .earlier_count = w->in->told_count
    };
    hz_layer *residents = NULL, *towns = NULL;
    hz_keys keys = { NULL, NULL };
    hz_status st = HZ_OK;
    if (!w->in->residents)
        return HZ_OK;
    if (!hz_layer_shapes(w->table))
        return hz_fail(w->err, HZ_EUSAGE, "residents: expected areas with shapes to place them in");
    st = hz_layer_copy_to_crs(w->in->residents, metric, &residents, w->err);
    if (!st && w->in->towns)
        st = hz_layer_copy_to_crs(w->in->towns, metric, &towns, w->err);
    if (!st && towns)
        st = hz_match_keys(towns, w->in->town_id, w->in->town_name, &keys, w->err);
    in.residents = residents;
    in.towns = towns;
    in.town_id = keys.id;
    in.town_name = keys.name;
    in.merge_towns = w->in->merge_towns;
    if (!st)
        /* in silence: what a warning would count is nobody's business */
        st = hz_residents_make(&in, &w->out.residents, NULL, w->err);
    hz_layer_free(residents);
    hz_layer_free(towns);
    return st;
}

hz_status hz_focusing_make(const hz_focusing_input *input, hz_focusing *out,
                           const hz_notice *notice, hz_error *err)
{
    focusing w = { .in = input, .notice = notice, .err = err };
    hz_status st;

    if (input->hidden && (!input->rating->events || input->focus_area || input->earlier))
        return hz_fail(err, HZ_EUSAGE, "focus: small counts are hidden, expected located events, "
                       "names of areas and no earlier period");
    if ((input->focus_count > 0) == (input->focus_area != NULL))
        return hz_fail(err, HZ_EUSAGE, "focus: expected names of areas, or polygons");
    st = measure(&w);
    if (!st)
        st = rate(&w);
    if (!st)
        st = input->focus_area ? focusing_cut_areas(&w) : focusing_mark_areas(&w);
    if (!st && w.events)
        st = place(&w);
    if (!st)
        st = find_centres(&w);
    if (!st)
        st = input->hidden ? focusing_weigh_shown(&w) : weigh(&w);
    if (!st)
        st = count_residents(&w);
    if (!st) {
        w.out.areas = hz_layer_rows(w.rating.table);
        *out = w.out;
        memset(&w.out, 0, sizeof w.out);
    }
    clear(&w);
    return st;
}
