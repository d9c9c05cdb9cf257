/* Matches events to the zones that were in force at their time. */
#include <math.h>
#include <string.h>

#include "hotzone/clock.h"
#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "zone/metric.h"
#include "zone/timeline_parts.h"

enum { DAY_S = 86400 };

typedef enum {
    FATE_IN_FORCE = 0, FATE_PART, FATE_NOT_IN_FORCE, FATE_OUTSIDE, FATE_UNLOCATED,
    FATE_OTHER_PERIOD, FATE_UNDATED, FATE_OTHER_KIND, FATES
} fate;

static const char *const fate_words[FATES] = {
    "in force", "part of the day", "not in force", "outside", "unlocated", "other period",
    "undated", "other kind"
};

/* What the events are asked, and where the answers go. */
typedef struct {
    const hz_layer *events;
    const hz_timeline_opts *opts;
    const hz_shapes *points;
    const hz_time *times;
    int kind;           /* column, -1: all kinds */
    hz_period window;
    size_t rows;
    unsigned char *fate;
    double *matched;    /* zones in force, per row */
    size_t *ids;        /* offsets into arena */
    hz_text arena;
    int32_t *held;      /* room for all zones */
    size_t *number;     /* zone number of each source row */
} matching;

/* ---- which rows count -------------------------------------------------------------------- */

static bool wanted_kind(const matching *m, size_t row)
{
    char buf[256];
    const char *text = buf;
    if (m->kind < 0)
        return true;
    if (hz_layer_column_kind(m->events, (size_t)m->kind) == HZ_TEXTS)
        text = hz_layer_text_at(m->events, (size_t)m->kind, row);
    else if (hz_layer_value_text(m->events, (size_t)m->kind, row, buf, sizeof buf))
        return false;
    for (size_t k = 0; k < m->opts->kind_count; k++)
        if (strcmp(text, m->opts->kinds[k]) == 0)
            return true;
    return false;
}

static hz_status find_columns(matching *m, hz_error *err)
{
    const hz_timeline_opts *o = m->opts;
    const char *name = hz_layer_name(m->events);
    m->points = hz_layer_shapes(m->events);
    if (!m->points || m->points->kind != HZ_POINT)
        return hz_fail(err, HZ_EDATA, "%s: has no points, expected events with coordinates", name);
    m->times = o->time ? hz_layer_times(m->events, o->time) : NULL;
    if (!m->times)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of dates that was read as such, expected "
                       "one (hz_timeline_read_times)", name);
    m->kind = o->kind_count && o->kind ? hz_layer_find(m->events, o->kind) : -1;
    if (o->kind_count && m->kind < 0)
        return hz_fail(err, HZ_EUSAGE, "%s: kinds are asked for, expected their column", name);
    return HZ_OK;
}

/* The days from the first to the last event of the kinds asked for fill the open ends. */
static hz_status find_window(matching *m, bool *assumed, hz_error *err)
{
    hz_time first = HZ_TIME_NONE, last = HZ_TIME_NONE;
    size_t of_kind = 0;
    for (size_t r = 0; r < m->rows; r++) {
        hz_time t = m->times[r];
        if (!wanted_kind(m, r))
            continue;
        of_kind++;
        if (t == HZ_TIME_NONE)
            continue;
        first = first == HZ_TIME_NONE || t < first ? t : first;
        last = last == HZ_TIME_NONE || t > last ? t : last;
    }
    if (m->rows && !of_kind)
        return hz_fail(err, HZ_EUSAGE, "%s: no row of kind '%s' in column '%s', expected one of "
                       "its kinds", hz_layer_name(m->events), m->opts->kinds[0], m->opts->kind);
    if (m->rows && last == HZ_TIME_NONE)
        return hz_fail(err, HZ_EDATA, "%s: no row has a readable date in '%s', expected dates such "
                       "as 2017-08-03 21:30", hz_layer_name(m->events), m->opts->time);
    m->window = m->opts->period;
    *assumed = m->window.from == HZ_TIME_NONE || m->window.until == HZ_TIME_NONE;
    if (!m->rows && *assumed)
        return hz_fail(err, HZ_EDATA, "%s: has no rows, expected events, or the period that they "
                       "cover", hz_layer_name(m->events));
    if (m->window.from == HZ_TIME_NONE)
        m->window.from = first - ((first % DAY_S) + DAY_S) % DAY_S;
    if (m->window.until == HZ_TIME_NONE)
        m->window.until = last - ((last % DAY_S) + DAY_S) % DAY_S + DAY_S;
    if (m->window.until <= m->window.from)
        return hz_fail(err, HZ_EDATA, "%s: no event lies in the period asked for, which has an "
                       "open end", hz_layer_name(m->events));
    return HZ_OK;
}

/* ---- zones and events -------------------------------------------------------------------- */

static void watch(const zone_times *z, hz_period window)
{
    int64_t from = hz_clock_utc(window.from), until = hz_clock_utc(window.until);
    for (size_t i = 0; i < z->n; i++) {
        zone_time *zone = &z->zone[i];
        int64_t a = zone->starts > from ? zone->starts : from;
        int64_t b = zone->ends < until ? zone->ends : until;
        if (!zone_in_force(zone))
            continue;
        zone->days_observed = b > a ? (double)(b - a) / DAY_S : 0;
        if (zone->state == ZONE_OK && b > a)
            zone->events = zone->part = 0;
    }
}

/* One event inside one zone: in force for all of it, for part of it, or not. */
static fate judge(zone_time *z, int64_t from, int64_t until)
{
    if (until <= z->starts && from > z->last_before)
        z->last_before = from;
    if (z->starts <= from && until <= z->ends) {
        z->events++;
        return FATE_IN_FORCE;
    }
    if (z->starts < until && from < z->ends) {
        z->part++;
        return FATE_PART;
    }
    return FATE_NOT_IN_FORCE;
}

static void add_id(matching *m, size_t row, size_t *start, const char *id)
{
    m->matched[row]++;
    if (m->matched[row] == 1)
        *start = m->arena.length;
    else
        hz_text_add(&m->arena, ";");
    hz_text_add(&m->arena, id);
}

static fate match_row(matching *m, zone_times *z, const hz_index *index, size_t row)
{
    hz_time t = m->times[row];
    size_t start = 0;
    fate best = FATE_NOT_IN_FORCE;

    if (!wanted_kind(m, row))
        return FATE_OTHER_KIND;
    if (t == HZ_TIME_NONE)
        return FATE_UNDATED;
    if (!hz_period_holds(m->window, t))
        return FATE_OTHER_PERIOD;
    if (!isfinite(m->points->x[row]) || !isfinite(m->points->y[row]))
        return FATE_UNLOCATED;
    size_t n = hz_index_locate_all(index, m->points->x[row], m->points->y[row], m->held, z->n);
    if (n == 0)
        return FATE_OUTSIDE;

    bool day = m->opts->whole_day && m->opts->whole_day[row];
    int64_t from = hz_clock_utc(t), until = day ? hz_clock_utc(t + DAY_S) : from;
    for (size_t k = 0; k < n; k++) {
        zone_time *zone = &z->zone[m->number[m->held[k]]];
        fate f = FATE_NOT_IN_FORCE;
        if (!zone_in_force(zone))
            continue;
        /* a moment stands for the second it begins: an end does not belong to a zone */
        f = judge(zone, from, day ? until : from + 1);
        if (f == FATE_IN_FORCE)
            add_id(m, row, &start, zone->id);
        best = f < best ? f : best;
    }
    if (m->matched[row] > 0) {
        hz_text_add_n(&m->arena, "", 1);
        m->ids[row] = start;
    }
    return best;
}

static hz_status match_rows(matching *m, zone_times *z, hz_error *err)
{
    const hz_crs *to = hz_layer_crs(m->events);
    hz_shapes *shapes = NULL;
    hz_index *index = NULL;
    hz_status st = zone_metric_shapes(z->layer, to, m->events, &shapes, err);
    if (!st)
        st = hz_index_new(shapes, &index, err);
    for (size_t r = 0; !st && r < m->rows; r++)
        m->fate[r] = (unsigned char)match_row(m, z, index, r);
    if (!st && m->arena.failed)
        st = hz_mem_fail(err, "timeline");
    hz_index_free(index);
    hz_shapes_free(shapes);
    return st;
}

/* ---- what became of them ------------------------------------------------------------------ */

static void count_fates(const matching *m, hz_timeline_fate *f)
{
    size_t count[FATES] = { 0 };
    for (size_t r = 0; r < m->rows; r++)
        count[m->fate[r]]++;
    *f = (hz_timeline_fate){
        .read = m->rows + hz_layer_intake(m->events)->refused,
        .refused = hz_layer_intake(m->events)->refused,
        .other_kind = count[FATE_OTHER_KIND], .undated = count[FATE_UNDATED],
        .other_period = count[FATE_OTHER_PERIOD], .unlocated = count[FATE_UNLOCATED],
        .outside = count[FATE_OUTSIDE], .in_force = count[FATE_IN_FORCE],
        .part = count[FATE_PART], .not_in_force = count[FATE_NOT_IN_FORCE]
    };
}

static hz_status take_words(matching *m, hz_layer *fates, hz_error *err)
{
    hz_text words = { 0 };
    size_t at[FATES];
    size_t *offsets = hz_mem_new(m->rows, sizeof *offsets);
    hz_status st = offsets ? HZ_OK : hz_mem_fail(err, "timeline");
    for (size_t f = 0; f < FATES; f++) {
        at[f] = words.length;
        hz_text_add_n(&words, fate_words[f], strlen(fate_words[f]) + 1);
    }
    for (size_t r = 0; !st && r < m->rows; r++)
        offsets[r] = at[m->fate[r]];
    char *arena = hz_text_take(&words);
    if (!st && !arena)
        st = hz_mem_fail(err, "timeline");
    if (!st)
        st = hz_layer_take_texts(fates, "fate", &offsets, &arena, err);
    hz_mem_free(offsets);
    hz_mem_free(arena);
    return st;
}

static hz_status make_fates(matching *m, hz_layer **out, hz_error *err)
{
    hz_layer *fates = NULL;
    char *arena = NULL;
    hz_status st = hz_layer_new("fates", m->rows, &fates, err);
    double *row = st ? NULL : hz_mem_new(m->rows, sizeof *row);
    if (!st && !row)
        st = hz_mem_fail(err, "timeline");
    for (size_t r = 0; !st && r < m->rows; r++)
        row[r] = (double)(r + 1);
    if (!st)
        st = hz_layer_take_numbers(fates, "row", &row, NULL, err);
    if (!st)
        st = take_words(m, fates, err);
    if (!st)
        st = hz_layer_take_numbers(fates, "zones", &m->matched, NULL, err);
    if (!st && !(arena = hz_text_take(&m->arena)))
        st = hz_mem_fail(err, "timeline");
    if (!st)
        st = hz_layer_take_texts(fates, "ids", &m->ids, &arena, err);
    hz_mem_free(row);
    hz_mem_free(arena);
    if (st)
        hz_layer_free(fates);
    else
        *out = fates;
    return st;
}

hz_status timeline_match(zone_times *z, const hz_layer *events, hz_timeline *out, hz_error *err)
{
    matching m = { .events = events, .opts = z->opts, .rows = hz_layer_rows(events) };
    bool assumed = false;
    hz_status st = find_columns(&m, err);

    if (!st)
        st = find_window(&m, &assumed, err);
    m.fate = hz_mem_new(m.rows, 1);
    m.matched = hz_mem_new(m.rows, sizeof *m.matched);
    m.ids = hz_mem_new(m.rows, sizeof *m.ids);
    m.held = hz_mem_new(z->n, sizeof *m.held);
    m.number = hz_mem_new(z->n, sizeof *m.number);
    hz_text_add_n(&m.arena, "", 1); /* offset 0: no zone */
    if (!st && !(m.fate && m.matched && m.ids && m.held && m.number))
        st = hz_mem_fail(err, "timeline");
    for (size_t i = 0; !st && i < z->n; i++)
        m.number[z->zone[i].row] = i;
    if (!st) {
        watch(z, m.window);
        st = match_rows(&m, z, err);
    }
    if (!st)
        st = make_fates(&m, &out->fates, err);
    if (!st) {
        count_fates(&m, &out->fate);
        out->window = m.window;
        out->window_assumed = assumed;
    }
    hz_mem_free(m.fate);
    hz_mem_free(m.matched);
    hz_mem_free(m.ids);
    hz_mem_free(m.held);
    hz_mem_free(m.number);
    hz_text_free(&m.arena);
    return st;
}
