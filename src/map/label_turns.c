/* Labels that stand outside their areas take turns: several orders are tried, the best is kept. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "map/label_desk.h"

/* A place outside, and the form of the label for which it is one. */
typedef struct {
    hz_label_spot spot;
    int form;
} place;

/* The places of a turn that are clear of all that stands still: forms with the value, and without. */
typedef struct {
    place *at[2];
    size_t count[2];
} choice;

/* The best of them are enough: what is left after these is far away. */
#define PLACES_KEPT 400

void hz_labelling_keep(hz_desk *d, hz_labelling *l, const hz_label_block *block,
                       const hz_label_spot *spot, hz_label_voice v)
{
    if (l->count == d->room)
        return; /* there is room for a label of every zone, area and neighbour */
    hz_label_field_take(d->field, block, spot);
    l->labels[l->count++] = (hz_placed){ *block, *spot, v };
}

void hz_labelling_drop(hz_labelling *l, hz_tier tier, const char *name, bool value_only)
{
    char *list = l->dropped, item[120];
    size_t used = strlen(list), size = sizeof l->dropped;
    snprintf(item, sizeof item, "%s%.100s", value_only ? "value of " : "", name);
    l->dropped_count++;
    l->dropped_values += value_only;
    l->lost[tier] += value_only ? 1 : 2;
    l->loss += (tier == HZ_TIER_LOW ? 1 : 2) * (value_only ? 1 : 2);
    if (used + strlen(item) + 8 < size)
        snprintf(list + used, size - used, "%s%s", used ? ", " : "", item);
    else if (used < 4 || strcmp(list + used - 3, "\u2026") != 0)
        snprintf(list + used, size - used, ", \u2026");
}

static int by_cost(const void *a, const void *b)
{
    const place *p = a, *q = b;
    if (p->spot.cost != q->spot.cost)
        return p->spot.cost < q->spot.cost ? -1 : 1;
    if (p->form != q->form)
        return p->form < q->form ? -1 : 1;
    return p->spot.x != q->spot.x ? (p->spot.x < q->spot.x ? -1 : 1)
                                  : (p->spot.y > q->spot.y) - (p->spot.y < q->spot.y);
}

/* The places of the forms with the value, or of those without; false without memory. */
static bool list_places(hz_desk *d, const hz_label_target *target, int kind, place **out,
                        size_t *count)
{
    hz_label_spot spots[HZ_LABEL_PLACES];
    int first = kind ? HZ_FORMS_WITH_VALUE : 0, last = kind ? HZ_FORMS : HZ_FORMS_WITH_VALUE;
    size_t n = 0;
    place *all = hz_mem_new(HZ_FORMS_WITH_VALUE * HZ_LABEL_PLACES, sizeof *all);
    if (!all)
        return false;
    for (int form = first; form < last; form++) {
        hz_label_block b;
        if (!hz_label_form(d->s, target->feature, form, &b))
            continue;
        size_t found = hz_label_places(d->field, target, d->ground, &b, spots);
        for (size_t i = 0; i < found; i++) {
            spots[i].cost += form == HZ_FORM_ON_ONE_LINE ? HZ_ONE_LINE_COST_MM : 0;
            all[n++] = (place){ spots[i], form };
        }
    }
    qsort(all, n, sizeof *all, by_cost);
    *count = n < PLACES_KEPT ? n : PLACES_KEPT;
    *out = hz_mem_new(*count, sizeof **out);
    if (*out)
        memcpy(*out, all, *count * sizeof **out);
    hz_mem_free(all);
    return *out != NULL;
}

static void forget(choice *c)
{
    hz_mem_free(c->at[0]);
    hz_mem_free(c->at[1]);
    *c = (choice){ 0 };
}

static bool choose(hz_desk *d, const hz_label_target *target, choice *c)
{
    for (int kind = 0; kind < 2; kind++)
        if (!list_places(d, target, kind, &c->at[kind], &c->count[kind])) {
            forget(c);
            return false;
        }
    return true;
}

/* Put a label at its best place that is still free, with the value if it can be. */
static bool take_place(hz_desk *d, hz_labelling *l, const hz_turn *turn, const choice *c)
{
    const hz_sheet *s = d->s;
    const char *name = hz_sheet_area_name(s, turn->area);
    for (int kind = 0; kind < 2; kind++) {
        /* an extreme's value is worth more than a place outside */
        if (kind == 1 && turn->tier == HZ_TIER_EXTREME &&
            hz_label_area_inside(d, l, &turn->target, HZ_FORMS_WITH_VALUE, HZ_FORMS)) {
            hz_labelling_drop(l, turn->tier, name, true);
            return true;
        }
        for (size_t i = 0; i < c->count[kind]; i++) {
            const place *p = &c->at[kind][i];
            hz_label_block b;
            if (!hz_label_form(d->s, turn->area, p->form, &b) ||
                !hz_label_still_free(d->field, &b, &p->spot))
                continue;
            hz_label_spot spot = p->spot;
            hz_label_settle(&turn->target, d->ground, &spot);
            hz_labelling_keep(d, l, &b, &spot, hz_label_voice_on("label", s->look->outside, false));
            l->cost += spot.cost;
            if (kind == 1 && !isnan(s->value[turn->area]))
                hz_labelling_drop(l, turn->tier, name, true);
            return true;
        }
    }
    return false;
}

static int by_rank(const void *a, const void *b)
{
    const hz_turn *p = a, *q = b;
    if (p->tier != q->tier)
        return p->tier > q->tier ? -1 : 1;
    return p->rank != q->rank ? (p->rank < q->rank ? -1 : 1)
                              : (p->area > q->area) - (p->area < q->area);
}

/* The order in which outside labels take their places: by tier, and within it as they come, nearest
 * first, hardest first, then shuffled.  What suits depends on the map, so all are tried. */
#define ORDERS 8
#define ORDERS_FOR_MOST 40 /* beyond so many labels one order has to do */

static void set_order(hz_labelling *l, int order, const choice *choices)
{
    uint32_t state = (uint32_t)order * 2654435761u;
    for (size_t i = 0; i < l->turn_count; i++) {
        hz_turn *t = &l->turns[i];
        const choice *c = choices ? &choices[t->places] : NULL;
        double cost = !c ? 0 : c->count[0] ? c->at[0][0].spot.cost
                    : c->count[1] ? c->at[1][0].spot.cost : INFINITY;
        state = state * 1664525u + 1013904223u; /* Numerical Recipes' generator: any will do */
        t->rank = order == 0 ? 0 : order == 1 ? cost : order == 2 ? -cost : (double)(state >> 8);
    }
    qsort(l->turns, l->turn_count, sizeof *l->turns, by_rank);
}

static void take_turns(hz_desk *d, hz_labelling *l, const choice *choices)
{
    for (size_t k = 0; k < l->turn_count; k++) {
        const hz_turn *t = &l->turns[k];
        const char *name = hz_sheet_area_name(d->s, t->area);
        char value[40];
        choice own = { 0 };
        if (!choices && !choose(d, &t->target, &own))
            d->s->out_of_memory = true;
        if (!take_place(d, l, t, choices ? &choices[t->places] : &own))
            hz_labelling_drop(l, t->tier, *name ? name
                              : hz_sheet_number(d->s, d->s->value[t->area], value, 40), false);
        forget(&own);
    }
}

static void empty(hz_labelling *l)
{
    *l = (hz_labelling){ .labels = l->labels, .turns = l->turns };
}

void hz_labelling_free(hz_labelling *l)
{
    hz_mem_free(l->labels);
    hz_mem_free(l->turns);
    *l = (hz_labelling){ 0 };
}

hz_status hz_labelling_new(const hz_desk *d, hz_labelling *l, hz_error *err)
{
    *l = (hz_labelling){ 0 };
    l->labels = hz_mem_new(d->room, sizeof *l->labels);
    l->turns = hz_mem_new(d->s->n, sizeof *l->turns);
    if (l->labels && l->turns)
        return HZ_OK;
    hz_labelling_free(l);
    return hz_mem_fail(err, "sheet: labels");
}

static void copy(hz_labelling *to, const hz_labelling *from)
{
    hz_placed *labels = to->labels;
    hz_turn *turns = to->turns;
    *to = *from;
    to->labels = labels;
    to->turns = turns;
    memcpy(labels, from->labels, from->count * sizeof *labels);
    memcpy(turns, from->turns, from->turn_count * sizeof *turns);
}

/* First what is lost of the upper tiers, then all that is lost, then how far labels stand off. */
static bool better(const hz_labelling *a, const hz_labelling *b)
{
    for (int tier = HZ_TIER_EXTREME; tier > HZ_TIER_PLAIN; tier--)
        if (a->lost[tier] != b->lost[tier])
            return a->lost[tier] < b->lost[tier];
    return a->loss != b->loss ? a->loss < b->loss : a->cost < b->cost - 1e-9;
}

/* Put the outside labels in the order that suits best. */
static void try_orders(hz_desk *d, const hz_labelling *fixed, hz_labelling *now,
                       hz_labelling *best, choice *choices)
{
    hz_label_mark mark = hz_label_field_mark(d->field);
    bool many = fixed->turn_count > ORDERS_FOR_MOST;
    for (size_t i = 0; !many && i < fixed->turn_count; i++)
        if (!choose(d, &fixed->turns[i].target, &choices[i]))
            d->s->out_of_memory = true;
    int orders = fixed->turn_count < 2 || many ? 1 : ORDERS;
    for (int order = 0; order < orders; order++) {
        copy(now, fixed);
        set_order(now, order, many ? NULL : choices);
        take_turns(d, now, many ? NULL : choices);
        hz_label_field_return(d->field, mark);
        if (order == 0 || better(now, best))
            copy(best, now);
    }
    for (size_t i = 0; !many && i < fixed->turn_count; i++)
        forget(&choices[i]);
    for (size_t i = fixed->count; i < best->count; i++)
        hz_label_field_take(d->field, &best->labels[i].block, &best->labels[i].spot);
}

/* One labelling of everything.  Names of neighbours come before leaders, but yield where they would
 * cost an area its label. */
static void attempt(hz_desk *d, bool extremes_first, hz_labelling *fixed, hz_labelling *now,
                    hz_labelling *best, choice *choices)
{
    hz_label_fixed(d, fixed, extremes_first);
    hz_label_mark mark = hz_label_field_mark(d->field);
    size_t without_neighbours = fixed->count;
    hz_label_neighbours(d, fixed);
    try_orders(d, fixed, now, best, choices);
    if (best->loss > fixed->loss && fixed->count > without_neighbours) {
        hz_label_field_return(d->field, mark);
        fixed->count = without_neighbours;
        try_orders(d, fixed, now, best, choices);
        hz_label_neighbours(d, best);
    }
}

/* Labels inside come first, unless that costs one of the extremes its figure and there is a way. */
hz_status hz_labelling_find(hz_desk *d, hz_labelling *best, hz_error *err)
{
    hz_labelling fixed = { 0 }, now = { 0 }, other = { 0 };
    choice *choices = hz_mem_new(ORDERS_FOR_MOST, sizeof *choices);
    hz_status st = choices ? hz_labelling_new(d, &fixed, err) : hz_mem_fail(err, "sheet: labels");
    if (!st)
        st = hz_labelling_new(d, &now, err);
    if (!st)
        st = hz_labelling_new(d, &other, err);
    if (st)
        goto done;
    hz_label_mark mark = hz_label_field_mark(d->field);
    attempt(d, false, &fixed, &now, best, choices);
    if (best->lost[HZ_TIER_EXTREME] > 0) {
        hz_label_field_return(d->field, mark);
        empty(&fixed);
        attempt(d, true, &fixed, &now, &other, choices);
        if (better(&other, best))
            copy(best, &other);
    }
done:
    hz_mem_free(choices);
    hz_labelling_free(&fixed);
    hz_labelling_free(&now);
    hz_labelling_free(&other);
    return st;
}
