/* Prepares what all report cards share, and makes them side by side. */
#include "hotzone/card.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/index.h"
#include "hotzone/lattice.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "hotzone/team.h"
#include "zone/card_parts.h"

static void free_scene(card_scene *s)
{
    for (size_t k = 0; k < 2; k++) {
        card_period *p = &s->period[k];
        hz_mem_free(p->x);
        hz_mem_free(p->y);
        hz_mem_free(p->precision);
        hz_mem_free(p->row);
        hz_pointgrid_free(p->events);
        hz_pointgrid_free(p->searches);
        hz_pointgrid_free(p->finds);
        hz_mem_free(p->count);
        hz_frontier_free(p->best);
    }
    hz_frontier_free(s->ahead);
    hz_mem_free(s->cell_m2);
    hz_ground_free(s->ground);
    hz_shapes_free(s->own_hot);
    hz_shapes_free(s->hot_land);
}

typedef struct {
    const hz_index *study;
    const double *x, *y;
    int32_t *where;
} locating;

static void locate_range(size_t first, size_t last, int member, void *user)
{
    const locating *l = user;
    (void)member;
    hz_index_locate(l->study, first, last, l->x, l->y, l->where);
}

hz_status hz_card_locate(const hz_shapes *study, bool located, size_t n, const double *x,
                         const double *y, int32_t **where, hz_error *err)
{
    hz_index *index = NULL;
    *where = hz_mem_new(n, sizeof **where);
    if (!*where)
        return hz_mem_fail(err, "zone card");
    for (size_t i = 0; located && i < n; i++)
        (*where)[i] = isfinite(x[i]) && isfinite(y[i]) ? 0 : HZ_NOWHERE;
    if (located)
        return HZ_OK;
    hz_status st = hz_index_new(study, &index, err);
    locating l = { index, x, y, *where };
    if (!st)
        hz_team_share(n, 4096, locate_range, &l);
    hz_index_free(index);
    if (st) {
        hz_mem_free(*where);
        *where = NULL;
    }
    return st;
}

/* The events of a period in the study area, gridded. */
static hz_status take_events(card_scene *s, const hz_card_points *in, card_period *p, hz_error *err)
{
    int32_t *where = NULL;
    bool any = false;
    hz_status st = hz_card_locate(s->in->study, in->located, in->n, in->x, in->y, &where, err);
    if (st)
        return st;
    p->x = hz_mem_new(in->n, sizeof *p->x);
    p->y = hz_mem_new(in->n, sizeof *p->y);
    p->row = hz_mem_new(in->n, sizeof *p->row);
    p->precision = in->precision ? hz_mem_new(in->n, sizeof *p->precision) : NULL;
    if (!p->x || !p->y || !p->row || (in->precision && !p->precision))
        st = hz_mem_fail(err, "zone card");
    for (size_t i = 0; !st && i < in->n; i++) {
        if (where[i] < 0)
            continue;
        double precise = in->precision ? in->precision[i] : NAN;
        p->x[p->n] = in->x[i];
        p->y[p->n] = in->y[i];
        p->row[p->n] = (uint32_t)i;
        if (p->precision) {
            any = any || precise >= 0;
            p->precision[p->n] = precise >= 0 ? precise : 0; /* not known: as given */
            p->precision_most = fmax(p->precision_most, p->precision[p->n]);
        }
        p->n++;
    }
    if (!any) {
        hz_mem_free(p->precision);
        p->precision = NULL;
    }
    hz_mem_free(where);
    return st ? st : hz_pointgrid_new(p->n, p->x, p->y, &p->events, err);
}

/* The searches in the study area, and those of them with a find. */
static hz_status take_searches(card_scene *s, const hz_card_points *in, card_period *p,
                               hz_error *err)
{
    int32_t *where = NULL;
    if (!in->search_x)
        return HZ_OK;
    hz_status st = hz_card_locate(s->in->study, in->located, in->searches, in->search_x, in->search_y, &where, err);
    if (st)
        return st;
    double *x = hz_mem_new(in->searches, sizeof *x), *y = hz_mem_new(in->searches, sizeof *y);
    for (int found = 0; !st && found < 2; found++) {
        size_t n = 0;
        if (!x || !y)
            st = hz_mem_fail(err, "zone card");
        if (found && !in->found)
            break;
        for (size_t i = 0; !st && i < in->searches; i++)
            if (where[i] >= 0 && (!found || in->found[i])) {
                x[n] = in->search_x[i];
                y[n++] = in->search_y[i];
            }
        if (!st)
            st = hz_pointgrid_new(n, x, y, found ? &p->finds : &p->searches, err);
    }
    hz_mem_free(x);
    hz_mem_free(y);
    hz_mem_free(where);
    return st;
}

/* Land and events of each cell, and the frontiers of them. */
static hz_status make_frontiers(card_scene *s, hz_error *err)
{
    hz_lattice l;
    hz_status st = hz_lattice_over(hz_shapes_feature_box(s->in->study, 0), s->o.cell_m, 0, 0, &l,
                                   err);
    if (st)
        return st;
    s->cells = l.columns * l.rows;
    s->cell_m2 = hz_mem_new(s->cells, sizeof *s->cell_m2);
    if (!s->cell_m2)
        return hz_mem_fail(err, "frontier");
    hz_lattice_cover(&l, s->in->land, s->cell_m2);
    for (size_t c = 0; c < s->cells; c++)
        s->cell_m2[c] *= l.side * l.side;
    for (size_t k = 0; !st && k < s->periods; k++) {
        card_period *p = &s->period[k];
        p->count = hz_mem_new(s->cells, sizeof *p->count);
        if (!p->count)
            return hz_mem_fail(err, "frontier");
        for (size_t i = 0; i < p->n; i++) {
            size_t cell = hz_lattice_cell(&l, p->x[i], p->y[i]);
            if (cell != SIZE_MAX)
                p->count[cell]++;
        }
        st = hz_frontier_new(s->cells, p->count, NULL, s->cell_m2, &p->best, err);
    }
    if (!st && s->periods == 2)
        st = hz_frontier_new(s->cells, s->period[0].count, s->period[1].count, s->cell_m2,
                             &s->ahead, err);
    return st;
}

static hz_status take_hot(card_scene *s, hz_card_found *found, hz_error *err)
{
    hz_status st = HZ_OK;
    s->hot = s->in->hot;
    if (!s->hot && s->hot_known) {
        found->hotspots = s->no_hot;
    } else if (!s->hot) {
        hz_card_points inside = { .n = s->period[0].n, .x = s->period[0].x, .y = s->period[0].y };
        st = hz_card_hotspots(&inside, s->in->study, s->o.cell_m, s->o.q, &s->own_hot, found, err);
        s->hot = s->own_hot;
        s->no_hot = found->hotspots;
    }
    if (!st && s->hot) {
        s->hot_m2 = hz_shape_area(s->hot, 0);
        if (!(s->hot_m2 > 0)) {
            s->hot = NULL;
            s->no_hot = found->hotspots = HZ_CARD_NO_HOT;
        }
    }
    if (st || !s->hot)
        return st;
    for (size_t k = 0; !st && k < s->periods; k++) {
        size_t n = 0;
        st = hz_pointgrid_count(s->period[k].events, s->hot, 0, &n, err);
        s->period[k].hot = (double)n;
    }
    if (!st && s->in->residents)
        st = hz_overlay(s->hot, 0, s->in->land, 0, HZ_OVERLAY_INTERSECTION, &s->hot_land, err);
    if (!st && s->in->residents)
        st = hz_reside_count(s->in->residents, s->hot_land, 0, &s->hot_residents, err);
    return st;
}

static hz_status take_land(card_scene *s, hz_error *err)
{
    double least = INFINITY;
    s->land_m2 = hz_shape_area(s->in->land, 0);
    if (!(s->land_m2 > 0))
        return hz_fail(err, HZ_EDATA, "zone card: the study area has no land, expected an area");
    s->residents = NAN;
    s->no_residents = HZ_CARD_NO_POPULATION;
    hz_status st = HZ_OK;
    if (s->in->residents) {
        st = hz_reside_count(s->in->residents, s->in->land, 0, &s->residents, err);
        s->no_residents = HZ_CARD_NO_FIGURE;
    }
    for (size_t f = 0; f < s->in->zones->features; f++) {
        double area = hz_shape_area(s->in->zones, f);
        least = area > 0 && area < least ? area : least;
    }
    if (!st && s->o.null)
        st = hz_ground_new(s->in->land, s->in->residents, isfinite(least) ? least : 0, &s->ground,
                           err);
    return st;
}

static hz_status check(const hz_card_input *in, const hz_card_opts *o, hz_error *err)
{
    if (in->zones->kind != HZ_POLYGON || in->study->kind != HZ_POLYGON ||
        in->land->kind != HZ_POLYGON || in->study->features != 1 || in->land->features != 1)
        return hz_fail(err, HZ_EUSAGE, "zone card: expected polygons, and one for the study area");
    if (!(o->level > 0 && o->level < 1) || !(o->q > 0 && o->q < 1))
        return hz_fail(err, HZ_EUSAGE, "zone card: level %g and q %g, expected both within 0 and 1",
                       o->level, o->q);
    if (o->jitters < 1 || o->jitters > 99999)
        return hz_fail(err, HZ_EUSAGE, "zone card: %u replicates under precision, expected 1 to "
                       "99999", (unsigned)o->jitters);
    return HZ_OK;
}

static hz_status make_scene(card_scene *s, hz_card_found *found, hz_error *err)
{
    hz_status st = check(s->in, &s->o, err);
    if (!st)
        st = take_land(s, err);
    for (size_t k = 0; !st && k < s->periods; k++) {
        const hz_card_points *points = k ? s->in->later : s->in->now;
        st = take_events(s, points, &s->period[k], err);
        s->period[k].zone_searches = points->zone_searches;
        s->period[k].zone_finds = points->zone_finds;
        if (!st)
            st = take_searches(s, points, &s->period[k], err);
    }
    if (!st)
        st = make_frontiers(s, err);
    if (!st)
        st = take_hot(s, found, err);
    found->inside = s->period[0].n;
    found->later_inside = s->period[1].n;
    return st;
}

typedef struct {
    const card_scene *scene;
    hz_card *cards;
    hz_status *status;
    char (*text)[400];
    size_t first; /* zone of the slice */
} job;

static void card_range(size_t first, size_t last, int member, void *user)
{
    const job *j = user;
    (void)member;
    for (size_t f = j->first + first; f < j->first + last; f++) {
        hz_error err;
        j->status[f] = hz_card_fill(j->scene, f, &j->cards[f], &err);
        if (j->status[f])
            snprintf(j->text[f], sizeof j->text[f], "%.399s", err.text);
    }
}

enum { SLICE = 256 };

/* Slices of zones, so that between them can be said how far the work has come. */
static void fill_all(job *j, size_t n, card_progress *progress)
{
    for (size_t first = 0; first < n; first += SLICE) {
        size_t many = n - first < SLICE ? n - first : SLICE;
        job slice = *j;
        slice.first = first;
        hz_team_share(many, 1, card_range, &slice);
        progress->done += many;
        if (progress->all > SLICE)
            hz_progress(progress->notice, "cards: %zu of %zu zones", progress->done, progress->all);
    }
}

hz_status hz_card_make_all(card_scene *s, hz_card *cards, hz_card_found *found,
                           card_progress *progress, hz_error *err)
{
    size_t n = s->in->zones->features;
    job j = { .scene = s };
    s->periods = s->in->later ? 2 : 1;
    hz_status st = make_scene(s, found, err);
    if (!st) {
        j.cards = hz_mem_new(n, sizeof *j.cards);
        j.status = hz_mem_new(n, sizeof *j.status);
        j.text = hz_mem_new(n, sizeof *j.text);
        if (!j.cards || !j.status || !j.text)
            st = hz_mem_fail(err, "zone card");
    }
    if (!st)
        fill_all(&j, n, progress);
    for (size_t f = 0; !st && f < n; f++)
        if (j.status[f])
            st = hz_fail(err, j.status[f], "zone %zu: %s", (s->number ? s->number[f] : f) + 1,
                         j.text[f]);
    if (!st && n)
        memcpy(cards, j.cards, n * sizeof *cards);
    hz_mem_free(j.cards);
    hz_mem_free(j.status);
    hz_mem_free(j.text);
    free_scene(s);
    return st;
}

hz_status hz_card_make(const hz_card_input *input, const hz_card_opts *opts, hz_card *cards,
                       hz_card_found *found, const hz_notice *notice, hz_error *err)
{
    const hz_card_opts defaults = HZ_CARD_DEFAULTS;
    const hz_card_points *last = input->later ? input->later : input->now;
    card_scene s = { .in = input, .o = opts ? *opts : defaults };
    card_progress progress = { notice, 0, input->zones->features };
    hz_card_found got = { .hotspots = HZ_CARD_KNOWN };
    if (input->in_force && (!input->validity || (last->n && !last->when) ||
                            (last->searches && !last->search_when)))
        return hz_fail(err, HZ_EUSAGE, "zone card: time in force: expected zones with dates, and "
                       "events and searches with theirs");
    hz_status st = input->in_force ? hz_card_make_in_force(&s, cards, &got, &progress, err)
                                   : hz_card_make_all(&s, cards, &got, &progress, err);
    if (progress.all > SLICE)
        hz_progress(notice, "%s", "");
    if (!st && found)
        *found = got;
    return st;
}
