/* The space-time permutation scan of events: where each was, and in which time step. */
#include <math.h>
#include <string.h>

#include "stat/scan_layer.h"

enum { MOST_STEPS = 10000 };
static const hz_time day = 86400;
static const size_t nowhere = SIZE_MAX;

static hz_status check_time(const hz_scanning_time *t, const hz_layer *events, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(events);
    if (!(t->step_days >= 1) || t->step_days != floor(t->step_days) || t->step_days > 36525)
        return hz_fail(err, HZ_EUSAGE, "time-step: %g, expected whole days", t->step_days);
    if (!(t->max_duration > 0 && t->max_duration <= 0.5))
        return hz_fail(err, HZ_EUSAGE, "max-duration: %g, expected a share over 0, 0.5 at most",
                       t->max_duration);
    if (!s || s->kind != HZ_POINT)
        return hz_fail(err, HZ_EDATA, "%s: has no points, expected located events",
                       hz_layer_name(events));
    if (!t->time || !hz_layer_times(events, t->time))
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s' of dates, expected when events "
                       "happened", hz_layer_name(events), t->time ? t->time : "");
    if (t->place.kind_count && (!t->place.kind || hz_layer_find(events, t->place.kind) < 0))
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s' of kinds", hz_layer_name(events),
                       t->place.kind ? t->place.kind : "");
    return HZ_OK;
}

static bool kind_wanted(const hz_layer *events, const hz_place_opts *o, size_t row)
{
    char kind[256] = "";
    int column = o->kind_count ? hz_layer_find(events, o->kind) : -1;
    if (column >= 0 && hz_layer_value_text(events, (size_t)column, row, kind, sizeof kind))
        return false;
    for (size_t k = 0; k < o->kind_count; k++)
        if (strcmp(kind, o->kinds[k]) == 0)
            return true;
    return o->kind_count == 0;
}

/* What becomes of each event, in the order of hz_fate; its row is its own place. */
static void sort_rows(const hz_layer *events, const hz_scanning_time *t, const hz_shapes *s,
                      size_t *place, hz_fate *fate)
{
    const hz_time *when = hz_layer_times(events, t->time);
    fate->refused = hz_layer_intake(events)->refused;
    fate->read = hz_layer_rows(events) + fate->refused;
    for (size_t i = 0; i < hz_layer_rows(events); i++) {
        place[i] = nowhere;
        if (!kind_wanted(events, &t->place, i))
            fate->other_kind++;
        else if (when[i] == HZ_TIME_NONE)
            fate->undated++;
        else if (!hz_period_holds(t->period, when[i]))
            fate->other_period++;
        else if (!isfinite(s->x[i]) || !isfinite(s->y[i]))
            fate->unlocated++;
        else {
            place[i] = i;
            fate->placed++;
        }
    }
}

/* The area of each event that the rows above let pass. */
static hz_status put_in_areas(const hz_layer *areas, const hz_layer *events, size_t *place,
                              hz_fate *fate, const hz_notice *notice, hz_error *err)
{
    hz_placing *placing = NULL;
    hz_status st = hz_place_events(areas, events, false, NULL, &placing, notice, err);
    for (size_t i = 0; !st && i < hz_layer_rows(events); i++) {
        int32_t area = hz_placing_areas(placing)[i];
        if (place[i] == nowhere)
            continue;
        place[i] = area >= 0 ? (size_t)area : nowhere;
        if (area < 0) {
            fate->placed--;
            fate->outside++;
        }
    }
    hz_placing_free(placing);
    return st;
}

/* Events at the same coordinates are at one place: that of the first of them. */
static hz_status join_spots(const scan_places *p, size_t *place, hz_error *err)
{
    size_t *rows = hz_mem_new(p->n, sizeof *rows), n = 0;
    hz_status st = rows ? HZ_OK : hz_mem_fail(err, "scan");
    for (size_t i = 0; !st && i < p->n; i++)
        if (place[i] != nowhere)
            rows[n++] = i;
    if (!st)
        st = scan_places_sort(p, n, rows, err);
    for (size_t i = 1; !st && i < n; i++)
        if (p->x[rows[i]] == p->x[rows[i - 1]] && p->y[rows[i]] == p->y[rows[i - 1]])
            place[rows[i]] = place[rows[i - 1]];
    hz_mem_free(rows);
    return st;
}

/* Close the open ends of the period by the first and the last event; count the steps. */
static hz_status find_span(const hz_layer *events, const hz_scanning_time *t, const size_t *place,
                           scan_span *span, size_t *steps, hz_error *err)
{
    const hz_time *when = hz_layer_times(events, t->time);
    hz_time first = INT64_MAX, last = INT64_MIN;
    for (size_t i = 0; i < hz_layer_rows(events); i++) {
        if (place[i] == nowhere)
            continue;
        first = when[i] < first ? when[i] : first;
        last = when[i] > last ? when[i] : last;
    }
    if (first > last)
        return hz_fail(err, HZ_EDATA, "%s: has no event with a place and a date in the period",
                       hz_layer_name(events));
    span->period = t->period;
    span->step = (hz_time)t->step_days * day;
    if (span->period.from == HZ_TIME_NONE)
        span->period.from = first - ((first % day) + day) % day;
    if (span->period.until == HZ_TIME_NONE)
        span->period.until = last - ((last % day) + day) % day + day;
    *steps = (size_t)((span->period.until - span->period.from + span->step - 1) / span->step);
    if (*steps < 2 || *steps > MOST_STEPS)
        return hz_fail(err, HZ_EDATA, "%s: has %zu time steps of %g days, expected 2 to %d",
                       hz_layer_name(events), *steps, t->step_days, MOST_STEPS);
    return HZ_OK;
}

/* Events by place, and the step of each. */
static void file_events(const hz_layer *events, const hz_scanning_time *t, const scan_span *span,
                        const size_t *place, const size_t *number, scan_data *d)
{
    const hz_time *when = hz_layer_times(events, t->time);
    size_t rows = hz_layer_rows(events);
    for (size_t i = 0; i < rows; i++)
        if (place[i] != nowhere)
            d->first[number[place[i]] + 1]++;
    for (size_t k = 0; k < d->n; k++) {
        d->count[k] = d->base[k] = d->first[k + 1];
        d->first[k + 1] += d->first[k];
    }
    for (size_t i = rows; i-- > 0;) {
        if (place[i] == nowhere)
            continue;
        size_t k = number[place[i]];
        uint32_t step = (uint32_t)((when[i] - span->period.from) / span->step);
        /* filled from the end of each place's events; `first` is put right by the loop below */
        d->step[--d->first[k + 1]] = step;
        d->until_step[step + 1]++;
    }
    for (size_t k = 0; k < d->n; k++)
        d->first[k + 1] = d->first[k] + (uint32_t)d->count[k];
    for (size_t s = 0; s < d->steps; s++)
        d->until_step[s + 1] += d->until_step[s];
    d->total = d->base_sum = (double)d->events;
}

static hz_status gather(const hz_layer *events, const hz_scanning_time *t, const scan_places *p,
                        const size_t *place, scan_span *span, scan_data *d, hz_error *err)
{
    size_t *number = hz_mem_new(p->n, sizeof *number), n = 0, used = 0, steps = 0;
    hz_status st = number ? find_span(events, t, place, span, &steps, err)
                          : hz_mem_fail(err, "scan");
    for (size_t i = 0; !st && i < hz_layer_rows(events); i++)
        if (place[i] != nowhere) {
            number[place[i]] = 1;
            used++;
        }
    for (size_t k = 0; !st && k < p->n; k++)
        n += number[k];
    if (!st && n < 2)
        st = hz_fail(err, HZ_EDATA, "%s: its events are at %zu place, expected at least 2",
                     hz_layer_name(events), n);
    if (!st)
        st = scan_data_new(d, n, used, steps, err);
    for (size_t i = 0, k = 0; !st && i < p->n; i++)
        if (number[i])
            d->row[k++] = i;
    if (!st)
        st = scan_places_sort(p, n, d->row, err);
    for (size_t k = 0; !st && k < n; k++) {
        d->x[k] = p->x[d->row[k]];
        d->y[k] = p->y[d->row[k]];
        number[d->row[k]] = k;
    }
    if (!st) {
        double most = floor((double)steps * t->max_duration);
        d->most_steps = most > 1 ? (size_t)most : 1;
        file_events(events, t, span, place, number, d);
    }
    hz_mem_free(number);
    return st;
}

hz_status hz_scanning_space_time(const hz_layer *areas, const hz_layer *events,
                                 const hz_scanning_columns *c, const hz_scanning_time *t,
                                 const hz_scanning_opts *opts, hz_scanning *out,
                                 const hz_notice *notice, hz_error *err)
{
    static const hz_scanning_opts defaults = HZ_SCANNING_DEFAULTS;
    const hz_scanning_opts *o = opts ? opts : &defaults;
    const hz_layer *places = areas ? areas : events;
    hz_scanning found = { 0 };
    scan_places p = { 0 };
    scan_data d = { 0 };
    scan_span span = { HZ_PERIOD_ALWAYS, 0 };
    size_t *place = hz_mem_new(hz_layer_rows(events), sizeof *place);
    hz_status st = place ? scan_check(o, err) : hz_mem_fail(err, "scan");

    const hz_place_opts asked = { t->period, t->time, t->place.kind, t->place.kinds,
                                  t->place.kind_count, NULL };
    if (!st)
        st = check_time(t, events, err);
    if (!st)
        st = hz_place_need_kinds(events, &asked, notice, err);
    if (!st)
        st = hz_place_need_dates(events, &asked, err);
    if (!st)
        sort_rows(events, t, hz_layer_shapes(events), place, &found.fate);
    if (!st)
        st = scan_places_new(places, areas ? c : NULL, &p, notice, err);
    if (!st && areas)
        st = put_in_areas(areas, events, place, &found.fate, notice, err);
    else if (!st)
        st = join_spots(&p, place, err);
    if (!st)
        st = gather(events, t, &p, place, &span, &d, err);
    if (!st)
        st = scan_report(&d, &p, places, c, &span, o, &found, err);
    if (!st) {
        found.period = span.period;
        found.steps = d.steps;
        *out = found;
    }
    scan_places_free(&p);
    scan_data_free(&d);
    hz_mem_free(place);
    return st;
}
