/* Does the verdict on a focus hang on one event, one day, the precision, or the scale? */
#include <math.h>
#include <stdlib.h>

#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"
#include "hotzone/team.h"
#include "stat/focus_parts.h"

enum { GIVEN, ONE_EVENT, ONE_DAY, REDRAWN, AREAS_ONLY, CELLS, SEEDS, WAYS,
       DAY_S = 86400, SEEDS_TRIED = 9 };
static const char *const way_names[WAYS] = {
    "as given", "any one event left out", "any one day left out",
    "coordinates redrawn within their precision", "events in areas only", "square cells",
    "the scan's chance drawn anew"
};

/* What looking in one way, once or many times, came to. */
typedef struct {
    double tried, least, most;
    double verdicts[3];
} way;

typedef struct {
    focus_work *w;
    const hz_focus_events *events;
    const double *counts;
    double beyond;
    double *other;  /* counts looked at */
    const hz_notice *notice;
    way ways[WAYS];
} vary_work;

static void note(way *y, const hz_focus_look *l, double times)
{
    y->least = y->tried > 0 ? fmin(y->least, l->share) : l->share;
    y->most = y->tried > 0 ? fmax(y->most, l->share) : l->share;
    y->tried += times;
    y->verdicts[l->verdict] += times;
}

/* Over so many areas, or where the looks of one way would take longer than some seconds, the scan is
 * made once and stands for them all. */
static void choose_scans(vary_work *v, size_t looks)
{
    static const size_t most = 200;
    static const double most_work = 1e7;
    double n = (double)v->w->n;
    v->w->once = v->w->n > most || n * n * (double)looks > most_work;
}

static hz_status look_and_note(vary_work *v, const double *counts, double beyond, int which,
                               double times, hz_error *err)
{
    hz_focus_look l;
    hz_status st = focus_look(v->w, counts, beyond, false, &l, NULL, err);
    if (!st && l.total > 0)
        note(&v->ways[which], &l, times);
    return st;
}

/* Which of an area's events is left out makes no difference: one look for each area. */
static hz_status without_one_event(vary_work *v, hz_error *err)
{
    hz_status st = HZ_OK;
    choose_scans(v, v->w->n);
    for (size_t i = 0; i < v->w->n; i++)
        v->other[i] = v->counts[i];
    for (size_t i = 0; !st && i < v->w->n; i++) {
        if (!(v->counts[i] > 0))
            continue;
        v->other[i] -= 1;
        st = look_and_note(v, v->other, v->beyond, ONE_EVENT, v->counts[i], err);
        hz_progress(v->notice, "focus: an event left out in %zu of %zu areas", i + 1, v->w->n);
        v->other[i] += 1;
    }
    if (!st && v->beyond > 0 && !v->w->o->within)
        st = look_and_note(v, v->counts, v->beyond - 1, ONE_EVENT, v->beyond, err);
    return st;
}

typedef struct {
    int64_t day;
    size_t event;
} dated;

static int by_day(const void *a, const void *b)
{
    const dated *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->event < y->event ? -1 : x->event > y->event;
}

static int64_t day_of(hz_time when)
{
    return when / DAY_S - (when % DAY_S < 0);
}

/* Add `by` for every event of a day to the counts, and to the events beyond. */
static void shift_day(vary_work *v, const dated *day, size_t n, double by, double *beyond)
{
    for (size_t k = 0; k < n; k++) {
        int32_t area = v->events->area[day[k].event];
        if (area >= 0)
            v->other[area] += by;
        else
            *beyond += by;
    }
}

static hz_status without_one_day(vary_work *v, hz_error *err)
{
    const hz_focus_events *e = v->events;
    hz_status st = HZ_OK;
    size_t m = 0, done = 0;
    dated *days = hz_mem_new(e->n, sizeof *days);
    if (!days)
        return hz_mem_fail(err, "focus");
    for (size_t i = 0; i < e->n; i++)
        if (e->used[i] && e->when[i] != HZ_TIME_NONE)
            days[m++] = (dated){ day_of(e->when[i]), i };
    qsort(days, m, sizeof *days, by_day);
    size_t different = m > 0;
    for (size_t k = 1; k < m; k++)
        different += days[k].day != days[k - 1].day;
    choose_scans(v, different);
    for (size_t i = 0; i < v->w->n; i++)
        v->other[i] = v->counts[i];
    for (size_t first = 0, last; !st && first < m; first = last) {
        double beyond = v->beyond;
        for (last = first; last < m && days[last].day == days[first].day; last++)
            continue;
        shift_day(v, days + first, last - first, -1, &beyond);
        st = look_and_note(v, v->other, beyond, ONE_DAY, 1, err);
        hz_progress(v->notice, "focus: %zu days left out", ++done);
        shift_day(v, days + first, last - first, 1, &beyond);
    }
    hz_mem_free(days);
    return st;
}

/* One redraw of all events; shared out by event. */
typedef struct {
    const hz_focus_events *e;
    const hz_index *index;
    uint64_t seed;
    uint32_t what, replicate;
    int32_t *area;
} redraw_work;

/* Even over the disc about each event; one stream per event and replicate. */
static void redraw(size_t first, size_t last, int member, void *user)
{
    static const double turn = 6.28318530717958647692;
    const redraw_work *k = user;
    (void)member;
    for (size_t i = first; i < last; i++) {
        if (!k->e->used[i])
            continue;
        hz_rng rng = hz_rng_new(k->seed, k->what, (uint32_t)i, k->replicate);
        double reach = isnan(k->e->precision_m[i]) ? 0 : k->e->precision_m[i];
        double r = reach * sqrt(hz_rng_uniform(&rng)), angle = turn * hz_rng_uniform(&rng);
        double x = k->e->x[i] + r * cos(angle), y = k->e->y[i] + r * sin(angle);
        hz_index_locate(k->index, 0, 1, &x, &y, k->area + i);
    }
}

static hz_status redrawn(vary_work *v, hz_error *err)
{
    enum { BLOCK = 4096 };
    const hz_focus_events *e = v->events;
    int32_t *area = hz_mem_new(e->n, sizeof *area);
    hz_index *index = NULL;
    hz_status st = area ? HZ_OK : hz_mem_fail(err, "focus");

    if (!st)
        st = hz_index_new(hz_layer_shapes(v->w->areas->table), &index, err);
    choose_scans(v, v->w->o->jitters);
    redraw_work k = { e, index, v->w->o->seed, hz_rng_statistic("focus redraw"), 0, area };
    for (size_t r = 1; !st && r <= v->w->o->jitters; r++) {
        double beyond = 0;
        k.replicate = (uint32_t)r;
        hz_team_share(e->n, BLOCK, redraw, &k);
        for (size_t i = 0; i < v->w->n; i++)
            v->other[i] = isnan(v->counts[i]) ? NAN : 0;
        for (size_t i = 0; i < e->n; i++) {
            if (!e->used[i])
                continue;
            if (area[i] >= 0)
                v->other[area[i]] += 1;
            else
                beyond += 1;
        }
        st = look_and_note(v, v->other, beyond, REDRAWN, 1, err);
        hz_progress(v->notice, "focus: %zu of %zu redraws", r, v->w->o->jitters);
    }
    hz_index_free(index);
    hz_mem_free(area);
    return st;
}

static bool can_redraw(const vary_work *v)
{
    const hz_focus_events *e = v->events;
    const hz_shapes *s = hz_layer_shapes(v->w->areas->table);
    if (!e || !e->x || !e->precision_m || !s || s->kind != HZ_POLYGON || !v->w->o->jitters)
        return false;
    for (size_t i = 0; i < e->n; i++)
        if (e->used[i] && e->precision_m[i] > 0)
            return true;
    return false;
}

static hz_status in_cells(vary_work *v, hz_error *err)
{
    hz_focus_look l;
    hz_status st = focus_cells(v->w, v->events, v->beyond, &l, err);
    if (st == HZ_EDATA) {
        hz_warn(v->notice, "focus: not looked at in cells of %g m: too many of them for areas this wide",
                v->w->o->cell_m);
        return HZ_OK;
    }
    if (!st)
        note(&v->ways[CELLS], &l, 1);
    return st;
}

/* Where the scan decides, other replicates must say the same. */
static hz_status with_other_seeds(vary_work *v, hz_error *err)
{
    const hz_focus_opts *given = v->w->o;
    hz_focus_opts o = *given;
    hz_status st = HZ_OK;
    choose_scans(v, SEEDS_TRIED);
    if (v->w->once)
        return HZ_OK;
    v->w->o = &o;
    for (uint64_t k = 1; !st && k <= SEEDS_TRIED; k++) {
        o.seed = given->seed + k;
        st = look_and_note(v, v->counts, v->beyond, SEEDS, 1, err);
    }
    v->w->o = given;
    return st;
}

/* The commonest verdict that is not the one given; "" where there is none. */
static const char *other_verdict(const way *y, hz_focus_verdict given)
{
    int most = -1;
    for (int k = 0; k < 3; k++)
        if (k != (int)given && y->verdicts[k] > 0 &&
            (most < 0 || y->verdicts[k] > y->verdicts[most]))
            most = k;
    return most < 0 ? "" : hz_focus_verdict_word((hz_focus_verdict)most);
}

static hz_status tabulate(const vary_work *v, hz_focus *out, hz_error *err)
{
    static const char *const columns[] = { "tried", "differing", "share_least", "share_most" };
    const char *names[WAYS], *verdicts[WAYS];
    double figures[4][WAYS];
    size_t m = 0;
    hz_status st;

    out->firm = true;
    for (int k = 0; k < WAYS; k++) {
        const way *y = &v->ways[k];
        if (!(y->tried > 0))
            continue;
        figures[0][m] = y->tried;
        figures[1][m] = y->tried - y->verdicts[out->look.verdict];
        figures[2][m] = y->least;
        figures[3][m] = y->most;
        out->firm &= !(figures[1][m] > 0);
        names[m] = way_names[k];
        verdicts[m++] = k == GIVEN ? hz_focus_verdict_word(out->look.verdict)
                                   : other_verdict(y, out->look.verdict);
    }
    hz_layer *layer = NULL;
    st = hz_layer_new("ways", m, &layer, err);
    if (!st)
        st = hz_layer_add_texts(layer, "way", names, err);
    for (size_t c = 0; !st && c < 4; c++)
        st = hz_layer_add_numbers(layer, columns[c], figures[c], err);
    if (!st)
        st = hz_layer_add_texts(layer, "verdict", verdicts, err);
    if (st)
        hz_layer_free(layer);
    else
        out->ways = layer;
    return st;
}

hz_status focus_vary(focus_work *w, const hz_focus_events *events, const double *counts,
                     double beyond, hz_focus *out, const hz_notice *notice, hz_error *err)
{
    vary_work v = { .w = w, .events = events, .counts = counts, .beyond = beyond, .notice = notice };
    hz_status st;

    v.other = hz_mem_new(w->n, sizeof *v.other);
    if (!v.other)
        return hz_mem_fail(err, "focus");
    note(&v.ways[GIVEN], &out->look, 1);
    if (w->o->once) {
        st = tabulate(&v, out, err);
        goto done;
    }
    st = without_one_event(&v, err);
    if (!st && events && events->when)
        st = without_one_day(&v, err);
    if (!st && can_redraw(&v))
        st = redrawn(&v, err);
    if (!st && beyond > 0 && !w->o->within) {
        choose_scans(&v, 1);
        st = look_and_note(&v, counts, 0, AREAS_ONLY, 1, err);
    }
    if (!st && w->o->cell_m > 0 && focus_has_cells(w, events))
        st = in_cells(&v, err);
    if (!st && out->look.scanned && focus_hangs_on_scan(w, &out->look))
        st = with_other_seeds(&v, err);
    if (!st)
        st = tabulate(&v, out, err);
    hz_progress(notice, "%s", "");
done:
    hz_mem_free(v.other);
    return st;
}
