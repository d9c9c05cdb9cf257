/* Events to areas: which area, what counts, and the fate of every row. */
#include "hotzone/place.h"

#include <math.h>
#include <string.h>

#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "hotzone/team.h"
#include "hotzone/text.h"
#include "join/place_parts.h"

enum { BLOCK = 1 << 14 }; /* rows a thread takes at a time */

/* ---- what the caller asked for --------------------------------------------------------- */

/* The columns asked for, found. */
typedef struct {
    const hz_layer *events;
    const hz_place_opts *opts;
    const hz_time *times;
    const double *weights;
    int kind;            /* column, -1 for all kinds */
    unsigned char *seen; /* per kind wanted: does any row have it? */
} selection;

static hz_status no_column(const hz_layer *layer, const char *column, const char *what,
                           hz_error *err)
{
    const char *near = NULL;
    size_t least = 3; /* farther than two slips is another word */
    for (size_t i = 0; i < hz_layer_columns(layer); i++) {
        size_t d = hz_text_distance(column, hz_layer_column_name(layer, i));
        if (d < least) {
            least = d;
            near = hz_layer_column_name(layer, i);
        }
    }
    return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s', expected the %s%s%s%s",
                   hz_layer_name(layer), column, what, near ? "; did you mean '" : "",
                   near ? near : "", near ? "'?" : "");
}

static hz_status find_times(selection *s, hz_error *err)
{
    const hz_place_opts *opts = s->opts;
    bool limited = opts->period.from != HZ_TIME_NONE || opts->period.until != HZ_TIME_NONE;
    if (!opts->time)
        return limited ? hz_fail(err, HZ_EUSAGE,
                                 "%s: a period is asked for, expected the column of dates",
                                 hz_layer_name(s->events))
                       : HZ_OK;
    if (hz_layer_find(s->events, opts->time) < 0)
        return no_column(s->events, opts->time, "column of dates", err);
    s->times = hz_layer_times(s->events, opts->time);
    if (!s->times)
        return hz_fail(err, HZ_EUSAGE,
                       "%s: column '%s' is not dates yet; read it as dates first "
                       "(hz_layer_read_dates)", hz_layer_name(s->events), opts->time);
    return HZ_OK;
}

static hz_status find_columns(selection *s, hz_error *err)
{
    const hz_place_opts *opts = s->opts;
    hz_status st = find_times(s, err);
    if (st)
        return st;
    s->kind = -1;
    if (opts->kinds && opts->kind_count > 0) {
        if (!opts->kind)
            return hz_fail(err, HZ_EUSAGE, "%s: kinds are asked for, expected their column",
                           hz_layer_name(s->events));
        s->kind = hz_layer_find(s->events, opts->kind);
        if (s->kind < 0)
            return no_column(s->events, opts->kind, "column of kinds", err);
        s->seen = hz_mem_new(opts->kind_count, 1);
        if (!s->seen)
            return hz_mem_fail(err, "placing");
    }
    if (opts->weight) {
        if (hz_layer_find(s->events, opts->weight) < 0)
            return no_column(s->events, opts->weight, "column of weights", err);
        s->weights = hz_layer_numbers(s->events, opts->weight);
        if (!s->weights)
            return hz_fail(err, HZ_EUSAGE, "%s: column '%s' is not numbers, expected weights",
                           hz_layer_name(s->events), opts->weight);
    }
    return HZ_OK;
}

static bool wanted_kind(const selection *s, size_t row)
{
    char buf[256];
    const char *text = buf;
    if (s->kind < 0)
        return true;
    size_t column = (size_t)s->kind;
    if (hz_layer_column_kind(s->events, column) == HZ_TEXTS)
        text = hz_layer_text_at(s->events, column, row);
    else if (hz_layer_value_text(s->events, column, row, buf, sizeof buf))
        return false;
    for (size_t k = 0; k < s->opts->kind_count; k++)
        if (strcmp(text, s->opts->kinds[k]) == 0) {
            s->seen[k] = 1;
            return true;
        }
    return false;
}

/* A kind that no row has is perhaps a slip; if that goes for all, no count would mean anything. */
static hz_status check_kinds(const selection *s, const hz_notice *notice, hz_error *err)
{
    size_t seen = 0;
    if (s->kind < 0 || hz_layer_rows(s->events) == 0)
        return HZ_OK;
    for (size_t k = 0; k < s->opts->kind_count; k++)
        seen += s->seen[k];
    if (!seen)
        return hz_fail(err, HZ_EUSAGE, "%s: no row of kind '%s' in column '%s', expected one of "
                       "its kinds", hz_layer_name(s->events), s->opts->kinds[0], s->opts->kind);
    for (size_t k = 0; k < s->opts->kind_count; k++)
        if (!s->seen[k])
            hz_warn(notice, "%s: no row of kind '%s' in column '%s'",
                    hz_layer_name(s->events), s->opts->kinds[k], s->opts->kind);
    return HZ_OK;
}

hz_status hz_place_need_kinds(const hz_layer *events, const hz_place_opts *opts,
                              const hz_notice *notice, hz_error *err)
{
    selection s = { .events = events, .opts = opts };
    hz_status st = find_columns(&s, err);
    for (size_t r = 0; !st && r < hz_layer_rows(events); r++)
        wanted_kind(&s, r);
    if (!st)
        st = check_kinds(&s, notice, err);
    hz_mem_free(s.seen);
    return st;
}

static void widen_span(hz_period *span, hz_time when)
{
    if (when == HZ_TIME_NONE)
        return;
    if (span->from == HZ_TIME_NONE || when < span->from)
        span->from = when;
    if (span->until == HZ_TIME_NONE || when > span->until)
        span->until = when;
}

static hz_time day_of(hz_time when)
{
    return when - ((when % 86400) + 86400) % 86400;
}

hz_status hz_place_need_dates(const hz_layer *events, const hz_place_opts *opts, hz_error *err)
{
    const hz_time *times = opts->time ? hz_layer_times(events, opts->time) : NULL;
    hz_period span = HZ_PERIOD_ALWAYS;
    char period[64], first[32], last[32];
    for (size_t r = 0; times && r < hz_layer_rows(events); r++) {
        if (times[r] != HZ_TIME_NONE && hz_period_holds(opts->period, times[r]))
            return HZ_OK;
        widen_span(&span, times[r]);
    }
    if (span.from == HZ_TIME_NONE)
        return HZ_OK;
    return hz_fail(err, HZ_EDATA, "%s: no event lies in %s (dates run from %s to %s), expected a "
                   "period that the events cover", hz_layer_name(events),
                   hz_period_format(period, sizeof period, opts->period),
                   hz_date_format(first, sizeof first, day_of(span.from)),
                   hz_date_format(last, sizeof last, day_of(span.until)));
}

/* Without a single date, all areas would seem to have no events in the period. */
static hz_status check_dates(const selection *s, const hz_fate *fate, hz_error *err)
{
    if (!fate->undated || fate->placed + fate->outside + fate->unlocated + fate->other_period)
        return HZ_OK;
    return hz_fail(err, HZ_EDATA, "%s: no row has a readable date in '%s', expected dates such as "
                   "2017-08-03 or 03-08-2017, or their format", hz_layer_name(s->events),
                   s->opts->time);
}

/* The count of fates that a row falls under before its place matters, or NULL. */
static size_t *unused_as(const selection *s, size_t row, const hz_shapes *points, hz_fate *fate)
{
    hz_period p = s->opts->period;
    if (!wanted_kind(s, row))
        return &fate->other_kind;
    if (s->times && (p.from != HZ_TIME_NONE || p.until != HZ_TIME_NONE)) {
        if (s->times[row] == HZ_TIME_NONE)
            return &fate->undated;
        if (!hz_period_holds(p, s->times[row]))
            return &fate->other_period;
    }
    if (s->weights && (!isfinite(s->weights[row]) || s->weights[row] < 0 ||
                       hz_layer_mark(s->events, s->opts->weight, row) != HZ_KNOWN))
        return &fate->refused;
    if (!isfinite(points->x[row]) || !isfinite(points->y[row]))
        return &fate->unlocated;
    return NULL;
}

/* ---- layers fit to be joined ----------------------------------------------------------- */

hz_status hz_place_check(const hz_layer *areas, const hz_layer *events, hz_error *err)
{
    const hz_shapes *polygons = hz_layer_shapes(areas), *points = hz_layer_shapes(events);
    const hz_crs *a = hz_layer_crs(areas), *e = hz_layer_crs(events);
    if (!polygons || polygons->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EDATA, "%s: has no polygons, expected areas",
                       hz_layer_name(areas));
    if (!points || points->kind != HZ_POINT || points->points < points->features)
        return hz_fail(err, HZ_EDATA, "%s: has no points, expected events with coordinates",
                       hz_layer_name(events));
    if (!a != !e)
        return hz_fail(err, HZ_ECRS,
                       "%s: has no reference system but %s has (%s), expected both: name it "
                       "with --crs", hz_layer_name(a ? events : areas),
                       hz_layer_name(a ? areas : events), hz_crs_code(a ? a : e));
    return HZ_OK;
}

hz_status hz_place_shapes(const hz_layer *areas, const hz_crs *to, hz_shapes **out,
                          hz_error *err)
{
    const hz_shapes *shapes = hz_layer_shapes(areas);
    if (!to || !hz_layer_crs(areas))
        return hz_shapes_copy(shapes, out, err);
    hz_status st = hz_crs_shapes(hz_layer_crs(areas), to, shapes, out, err);
    return st ? hz_fail_within(err, "%s", hz_layer_name(areas)) : HZ_OK;
}

/* ---- placing --------------------------------------------------------------------------- */

typedef struct {
    const hz_index *index;
    const hz_shapes *points;
    hz_placing *placing;
} work;

static void locate_block(size_t first, size_t last, int member, void *user)
{
    const work *w = user;
    (void)member;
    hz_index_locate(w->index, first, last, w->points->x, w->points->y, w->placing->first);
}

static void count_held(size_t first, size_t last, int member, void *user)
{
    const work *w = user;
    (void)member;
    for (size_t r = first; r < last; r++)
        if (w->placing->first[r] >= 0)
            w->placing->held_first[r + 1] = hz_index_locate_all(w->index, w->points->x[r],
                                                                w->points->y[r], NULL, 0);
}

static void list_held(size_t first, size_t last, int member, void *user)
{
    const work *w = user;
    const size_t *at = w->placing->held_first;
    (void)member;
    for (size_t r = first; r < last; r++)
        if (at[r + 1] > at[r])
            hz_index_locate_all(w->index, w->points->x[r], w->points->y[r],
                                w->placing->held + at[r], at[r + 1] - at[r]);
}

/* All areas of every used row, for areas that overlap. */
static hz_status list_all_held(work *w, hz_error *err)
{
    hz_placing *p = w->placing;
    p->held_first = hz_mem_new(p->rows + 1, sizeof *p->held_first);
    if (!p->held_first)
        return hz_mem_fail(err, "placing");
    hz_team_share(p->rows, BLOCK, count_held, w);
    for (size_t r = 0; r < p->rows; r++)
        p->held_first[r + 1] += p->held_first[r];
    p->held = hz_mem_new(p->held_first[p->rows], sizeof *p->held);
    if (!p->held)
        return hz_mem_fail(err, "placing");
    hz_team_share(p->rows, BLOCK, list_held, w);
    return HZ_OK;
}

static void decide_fates(const selection *s, const hz_shapes *points, hz_placing *p)
{
    for (size_t r = 0; r < p->rows; r++) {
        size_t *unused = unused_as(s, r, points, &p->fate);
        if (unused) {
            p->first[r] = HZ_UNUSED;
            (*unused)++;
        } else if (p->first[r] == HZ_NOWHERE) {
            p->fate.outside++;
        } else {
            p->fate.placed++;
            if (s->times)
                widen_span(&p->span, s->times[r]);
        }
    }
}

/* In row order, so that the sums are the same bits on any number of threads. */
static void add_up(hz_placing *p)
{
    for (size_t r = 0; r < p->rows; r++) {
        double weight = p->weights ? p->weights[r] : 1;
        if (p->first[r] < 0)
            continue;
        if (!p->held_first)
            p->counts[p->first[r]] += weight;
        else
            for (size_t k = p->held_first[r]; k < p->held_first[r + 1]; k++)
                p->counts[p->held[k]] += weight;
    }
}

/* Rows that the reader refused belong to the account, if these are all the rows it gave. */
static void count_intake(const hz_layer *events, hz_placing *p)
{
    const hz_intake *intake = hz_layer_intake(events);
    p->fate.read = p->rows;
    if (intake->refused > 0 && intake->read == p->rows + intake->refused) {
        p->fate.read = intake->read;
        p->fate.refused += intake->refused;
    }
}

static hz_status new_placing(const hz_layer *areas, const hz_layer *events,
                             const double *weights, hz_placing **out, hz_error *err)
{
    hz_placing *p = hz_mem_new(1, sizeof *p);
    if (!p)
        return hz_mem_fail(err, "placing");
    p->areas = hz_layer_rows(areas);
    p->rows = hz_layer_rows(events);
    p->span = (hz_period)HZ_PERIOD_ALWAYS;
    p->counts = hz_mem_new(p->areas, sizeof *p->counts);
    p->first = hz_mem_new(p->rows, sizeof *p->first);
    if (weights)
        p->weights = hz_mem_new(p->rows, sizeof *p->weights);
    if (!p->counts || !p->first || (weights && !p->weights)) {
        hz_placing_free(p);
        return hz_mem_fail(err, "placing");
    }
    if (weights && p->rows)
        memcpy(p->weights, weights, p->rows * sizeof *weights);
    *out = p;
    return HZ_OK;
}

hz_status hz_place_events(const hz_layer *areas, const hz_layer *events, bool overlap,
                          const hz_place_opts *opts, hz_placing **out, const hz_notice *notice,
                          hz_error *err)
{
    static const hz_place_opts defaults = HZ_PLACE_DEFAULTS;
    selection s = { .events = events, .opts = opts ? opts : &defaults };
    hz_shapes *polygons = NULL;
    hz_index *index = NULL;
    hz_placing *p = NULL;
    hz_status st = hz_place_check(areas, events, err);
    if (!st)
        st = find_columns(&s, err);
    if (!st)
        st = hz_place_shapes(areas, hz_layer_crs(events), &polygons, err);
    if (!st)
        st = hz_index_new(polygons, &index, err);
    if (!st)
        st = new_placing(areas, events, s.weights, &p, err);
    if (st)
        goto done;

    work w = { index, hz_layer_shapes(events), p };
    hz_team_share(p->rows, BLOCK, locate_block, &w);
    decide_fates(&s, w.points, p);
    if (overlap)
        st = list_all_held(&w, err);
    if (st)
        goto done;
    add_up(p);
    count_intake(events, p);

    if (!hz_layer_crs(areas))
        hz_warn(notice, "%s and %s: no reference system, taken to be the same",
                hz_layer_name(areas), hz_layer_name(events));
    st = check_kinds(&s, notice, err);
    if (!st)
        st = check_dates(&s, &p->fate, err);
    if (st)
        goto done;
    if (p->fate.outside > 0 && p->fate.placed == 0)
        hz_warn(notice, "%s: no event lies in any area of %s; is a reference system wrong, or "
                "are the coordinates swapped?", hz_layer_name(events), hz_layer_name(areas));
done:
    hz_mem_free(s.seen);
    hz_index_free(index);
    hz_shapes_free(polygons);
    if (st)
        hz_placing_free(p);
    else
        *out = p;
    return st;
}

void hz_placing_free(hz_placing *placing)
{
    if (!placing)
        return;
    hz_mem_free(placing->counts);
    hz_mem_free(placing->first);
    hz_mem_free(placing->weights);
    hz_mem_free(placing->held_first);
    hz_mem_free(placing->held);
    hz_mem_free(placing);
}

const double *hz_placing_counts(const hz_placing *placing)
{
    return placing->counts;
}

const int32_t *hz_placing_areas(const hz_placing *placing)
{
    return placing->first;
}

const hz_fate *hz_placing_fate(const hz_placing *placing)
{
    return &placing->fate;
}

hz_period hz_placing_span(const hz_placing *placing)
{
    return placing->span;
}
