/* Makes cards that count only the events of the time in which their zones were in force. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "zone/card_parts.h"

/* Zones of one span of time: their cards are made together. */
typedef struct {
    const hz_validity *v;
    size_t zone;
} span;

/* What happened when, and room for what is picked from it. */
typedef struct {
    int64_t *from, *until;
    size_t *pick; /* rows in force, then, from the end, those partly */
    size_t n, partly;
} moments_of;

typedef struct {
    const card_scene *scene; /* in and o of all */
    moments_of events, searches;
    const hz_shapes *hot;
    bool hot_known;
    hz_card_why no_hot;
    size_t *group;           /* zones of the span at hand, ascending */
    size_t many;
    hz_card *cards;
    card_progress *progress;
} forcing;

/* By span, those never in force first, then by zone. */
static int by_span(const void *a, const void *b)
{
    const span *p = a, *q = b;
    bool first = p->v->state == HZ_VALIDITY_GOOD, second = q->v->state == HZ_VALIDITY_GOOD;
    if (!hz_validity_same(p->v, q->v)) {
        if (first != second)
            return first ? 1 : -1;
        if (p->v->starts != q->v->starts)
            return p->v->starts < q->v->starts ? -1 : 1;
        return p->v->ends < q->v->ends ? -1 : 1;
    }
    return (p->zone > q->zone) - (p->zone < q->zone);
}

static hz_status moments_take(moments_of *m, size_t n, const hz_time *when,
                              const unsigned char *whole_day, hz_error *err)
{
    m->from = hz_mem_new(n, sizeof *m->from);
    m->until = hz_mem_new(n, sizeof *m->until);
    m->pick = hz_mem_new(n, sizeof *m->pick);
    if (!m->from || !m->until || !m->pick)
        return hz_mem_fail(err, "zone card");
    for (size_t i = 0; i < n; i++)
        hz_validity_span(when[i], whole_day && whole_day[i], &m->from[i], &m->until[i]);
    return HZ_OK;
}

static void moments_clear(moments_of *m)
{
    hz_mem_free(m->from);
    hz_mem_free(m->until);
    hz_mem_free(m->pick);
}

static void pick_rows(moments_of *m, size_t n, const hz_validity *v)
{
    m->n = m->partly = 0;
    for (size_t i = 0; i < n; i++) {
        hz_in_force at = hz_validity_over(v, m->from[i], m->until[i]);
        if (at == HZ_IN_FORCE)
            m->pick[m->n++] = i;
        else if (at == HZ_PARTLY_IN_FORCE)
            m->pick[n - ++m->partly] = i;
    }
}

/* ---- one span -------------------------------------------------------------------------- */

static hz_status gather(const double *from, const size_t *pick, size_t n, double **out,
                        hz_error *err)
{
    *out = NULL;
    if (!from)
        return HZ_OK;
    *out = hz_mem_new(n, sizeof **out);
    if (!*out)
        return hz_mem_fail(err, "zone card");
    for (size_t i = 0; i < n; i++)
        (*out)[i] = from[pick[i]];
    return HZ_OK;
}

enum { X, Y, PRECISION, SEARCH_X, SEARCH_Y, ZONE_SEARCHES, ZONE_FINDS, ARRAYS };

/* The events and searches of the span, and what is known of its zones' searches. */
static hz_status take_points(const forcing *f, const hz_card_points *all, hz_card_points *out,
                             double *own[ARRAYS], unsigned char **found, hz_error *err)
{
    const struct { const double *from; const size_t *pick; size_t n; } of[ARRAYS] = {
        [X] = { all->x, f->events.pick, f->events.n },
        [Y] = { all->y, f->events.pick, f->events.n },
        [PRECISION] = { all->precision, f->events.pick, f->events.n },
        [SEARCH_X] = { all->search_x, f->searches.pick, f->searches.n },
        [SEARCH_Y] = { all->search_y, f->searches.pick, f->searches.n },
        [ZONE_SEARCHES] = { all->zone_searches, f->group, f->many },
        [ZONE_FINDS] = { all->zone_finds, f->group, f->many },
    };
    hz_status st = HZ_OK;
    for (int k = 0; !st && k < ARRAYS; k++)
        st = gather(of[k].from, of[k].pick, of[k].n, &own[k], err);
    if (!st && all->found && !(*found = hz_mem_new(f->searches.n, 1)))
        st = hz_mem_fail(err, "zone card");
    for (size_t i = 0; !st && all->found && i < f->searches.n; i++)
        (*found)[i] = all->found[f->searches.pick[i]];
    *out = (hz_card_points){ .n = f->events.n, .x = own[X], .y = own[Y],
                             .precision = own[PRECISION], .located = all->located,
                             .searches = f->searches.n, .search_x = own[SEARCH_X],
                             .search_y = own[SEARCH_Y], .found = *found,
                             .zone_searches = own[ZONE_SEARCHES], .zone_finds = own[ZONE_FINDS] };
    return st;
}

/* Events known by the day only, on days that the zones were in force for a part of: how many each
 * zone holds. */
static hz_status count_partly(const forcing *f, const hz_card_points *all, const hz_shapes *zones,
                              hz_card *cards, hz_error *err)
{
    const hz_card_input *in = f->scene->in;
    const size_t *pick = f->events.pick + (all->n - f->events.partly);
    double *x = NULL, *y = NULL;
    int32_t *where = NULL;
    hz_pointgrid *grid = NULL;
    hz_status st = gather(all->x, pick, f->events.partly, &x, err);
    if (!st)
        st = gather(all->y, pick, f->events.partly, &y, err);
    if (!st)
        st = hz_card_locate(in->study, all->located, f->events.partly, x, y, &where, err);
    for (size_t i = 0; !st && i < f->events.partly; i++)
        if (where[i] < 0)
            x[i] = NAN; /* the grid leaves those out */
    if (!st)
        st = hz_pointgrid_new(f->events.partly, x, y, &grid, err);
    for (size_t i = 0; !st && i < f->many; i++) {
        hz_card_column *c = in->later ? &cards[i].later : &cards[i].now;
        size_t n = 0;
        if (!(hz_shape_area(zones, i) > 0))
            continue;
        st = hz_pointgrid_count(grid, zones, i, &n, err);
        c->value[HZ_CARD_EVENTS_PART] = (double)n;
        c->why[HZ_CARD_EVENTS_PART] = HZ_CARD_KNOWN;
    }
    hz_pointgrid_free(grid);
    hz_mem_free(where);
    hz_mem_free(x);
    hz_mem_free(y);
    return st;
}

/* Where the zone was never in force nothing was counted: that is no count of 0. */
static void blank(hz_card_column *c)
{
    static const int figures[] = {
        HZ_CARD_EVENTS_IN, HZ_CARD_EVENTS_TOTAL, HZ_CARD_EVENTS_PART, HZ_CARD_RATE_INSIDE,
        HZ_CARD_RATE_OUTSIDE, HZ_CARD_DENSITY_INSIDE, HZ_CARD_DENSITY_OUTSIDE, HZ_CARD_SEARCHES,
        HZ_CARD_FINDS, HZ_CARD_SEARCHES_PER_1000, HZ_CARD_LEAKAGE, HZ_CARD_LEAKAGE + 1,
        HZ_CARD_LEAKAGE + 2, HZ_CARD_LEAKAGE + 3, HZ_CARD_INSIDE, HZ_CARD_INSIDE + 1,
        HZ_CARD_INSIDE + 2, HZ_CARD_INSIDE + 3
    };
    if (c->why[HZ_CARD_DAYS_IN_FORCE] != HZ_CARD_KNOWN || c->value[HZ_CARD_DAYS_IN_FORCE] > 0)
        return;
    for (size_t k = 0; k < sizeof figures / sizeof *figures; k++)
        if (c->why[figures[k]] == HZ_CARD_KNOWN) {
            c->value[figures[k]] = NAN;
            c->why[figures[k]] = HZ_CARD_NOT_IN_FORCE;
        }
    for (int k = 0; k < HZ_CARD_FIGURES; k++)
        if (c->why[k] == HZ_CARD_NO_EVENTS)
            c->why[k] = HZ_CARD_NOT_IN_FORCE;
}

static hz_status make_group(forcing *f, const hz_validity *v, hz_error *err)
{
    const hz_card_input *in = f->scene->in;
    const hz_card_points *last = in->later ? in->later : in->now;
    hz_card_input sub = *in;
    hz_card_points points;
    double *own[ARRAYS] = { NULL };
    unsigned char *found = NULL, *keep = hz_mem_new(in->zones->features, 1);
    hz_shapes *zones = NULL;
    hz_card *cards = hz_mem_new(f->many, sizeof *cards);
    hz_validity *validity = hz_mem_new(f->many, sizeof *validity);
    hz_card_found unused = { .hotspots = HZ_CARD_KNOWN };
    hz_status st = keep && cards && validity ? HZ_OK : hz_mem_fail(err, "zone card");
    for (size_t i = 0; !st && i < f->many; i++) {
        keep[f->group[i]] = 1;
        validity[i] = in->validity[f->group[i]];
    }
    if (!st)
        st = hz_shapes_select(in->zones, keep, &zones, err);
    if (!st) {
        pick_rows(&f->events, last->n, v);
        pick_rows(&f->searches, last->searches, v);
        st = take_points(f, last, &points, own, &found, err);
    }
    sub.zones = zones;
    sub.validity = validity;
    sub.hot = f->hot;
    *(in->later ? &sub.later : &sub.now) = &points;
    card_scene s = { .in = &sub, .o = f->scene->o, .number = f->group,
                     .hot_known = f->hot_known, .no_hot = f->no_hot };
    if (!st)
        st = hz_card_make_all(&s, cards, &unused, f->progress, err);
    if (!st)
        st = count_partly(f, last, zones, cards, err);
    for (size_t i = 0; !st && i < f->many; i++) {
        blank(in->later ? &cards[i].later : &cards[i].now);
        f->cards[f->group[i]] = cards[i];
    }
    for (int k = 0; k < ARRAYS; k++)
        hz_mem_free(own[k]);
    hz_mem_free(found);
    hz_mem_free(keep);
    hz_mem_free(cards);
    hz_mem_free(validity);
    hz_shapes_free(zones);
    return st;
}

/* ---- all spans ------------------------------------------------------------------------- */

/* Hotspots are places, not moments: two weeks are too short to look for them, so they are those of
 * the whole first period. */
static hz_status find_hot(forcing *f, hz_shapes **own, hz_card_found *found, hz_error *err)
{
    const hz_card_input *in = f->scene->in;
    double *x = NULL, *y = NULL;
    int32_t *where = NULL;
    size_t n = 0;
    hz_status st = hz_card_locate(in->study, in->now->located, in->now->n, in->now->x, in->now->y,
                                  &where, err);
    if (!st) {
        x = hz_mem_new(in->now->n, sizeof *x);
        y = hz_mem_new(in->now->n, sizeof *y);
        st = x && y ? HZ_OK : hz_mem_fail(err, "zone card");
    }
    for (size_t i = 0; !st && i < in->now->n; i++)
        if (where[i] >= 0) {
            x[n] = in->now->x[i];
            y[n++] = in->now->y[i];
        }
    found->inside = n;
    f->hot = in->hot;
    if (!st && !in->hot) {
        const hz_card_points inside = { .n = n, .x = x, .y = y };
        st = hz_card_hotspots(&inside, in->study, f->scene->o.cell_m, f->scene->o.q, own, found,
                              err);
        f->hot = *own;
        f->hot_known = true;
        f->no_hot = found->hotspots;
    }
    hz_mem_free(where);
    hz_mem_free(x);
    hz_mem_free(y);
    return st;
}

static hz_status make_groups(forcing *f, const span *spans, size_t n, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t first = 0, end; !st && first < n; first = end) {
        f->many = 0;
        for (end = first; end < n && hz_validity_same(spans[first].v, spans[end].v); end++)
            f->group[f->many++] = spans[end].zone;
        st = make_group(f, spans[first].v, err);
    }
    return st;
}

hz_status hz_card_make_in_force(const card_scene *scene, hz_card *cards, hz_card_found *found,
                                card_progress *progress, hz_error *err)
{
    const hz_card_input *in = scene->in;
    const hz_card_points *last = in->later ? in->later : in->now;
    size_t n = in->zones->features;
    forcing f = { .scene = scene, .progress = progress };
    hz_shapes *own = NULL;
    span *spans = hz_mem_new(n, sizeof *spans);
    f.group = hz_mem_new(n, sizeof *f.group);
    f.cards = hz_mem_new(n, sizeof *f.cards);
    hz_status st = spans && f.group && f.cards ? HZ_OK : hz_mem_fail(err, "zone card");
    for (size_t i = 0; !st && i < n; i++)
        spans[i] = (span){ &in->validity[i], i };
    if (!st)
        st = find_hot(&f, &own, found, err);
    if (!st)
        st = moments_take(&f.events, last->n, last->when, last->whole_day, err);
    if (!st)
        st = moments_take(&f.searches, last->searches, last->search_when, last->search_whole_day,
                          err);
    if (!st) {
        qsort(spans, n, sizeof *spans, by_span);
        st = make_groups(&f, spans, n, err);
    }
    if (!st && n)
        memcpy(cards, f.cards, n * sizeof *cards);
    moments_clear(&f.events);
    moments_clear(&f.searches);
    hz_shapes_free(own);
    hz_mem_free(spans);
    hz_mem_free(f.group);
    hz_mem_free(f.cards);
    return st;
}
