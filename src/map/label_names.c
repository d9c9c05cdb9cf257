/* The labels of a sheet: letters of zones, names and values of areas, names of neighbours. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "map/label.h"

/* A label that has its place. */
typedef struct {
    hz_label_block block;
    hz_label_spot spot;
    hz_label_voice voice;
} placed;

/* An area whose label stands outside, and when it has its turn. */
typedef struct {
    double rank;
    size_t area;
    hz_label_target target;
} turn;

/* One way to label the sheet. */
typedef struct {
    placed *labels;
    size_t count;
    turn *turns;
    size_t turn_count;
    double cost;             /* of all places outside */
    char dropped[600];
    size_t dropped_count;
} labelling;

/* What all ways share. */
typedef struct {
    hz_sheet *s;
    hz_label_field *field;
    hz_index *land;          /* the areas */
    size_t room;             /* of every labelling */
} desk;

static void keep(desk *d, labelling *l, const hz_label_block *block, const hz_label_spot *spot,
                 hz_label_voice v)
{
    if (l->count == d->room)
        return; /* there is room for a label of every zone, area and neighbour */
    hz_label_field_take(d->field, block, spot);
    l->labels[l->count++] = (placed){ *block, *spot, v };
}

/* A feature with an area has a pole; where none is found, memory was short. */
static bool aim(desk *d, const hz_shapes *shapes, size_t feature, hz_label_target *out)
{
    if (hz_label_aim(shapes, feature, out))
        return true;
    if (hz_shape_area(shapes, feature) > 0)
        d->s->out_of_memory = true;
    return false;
}

static void drop(labelling *l, const char *name)
{
    char *list = l->dropped;
    size_t used = strlen(list), size = sizeof l->dropped;
    l->dropped_count++;
    if (used + strlen(name) + 8 < size)
        snprintf(list + used, size - used, "%s%s", used ? ", " : "", name);
    else if (used < 4 || strcmp(list + used - 3, "\u2026") != 0)
        snprintf(list + used, size - used, ", \u2026");
}

/* What stands at a zone: its letter, its name or both, as the style says. */
static void zone_text(const hz_sheet *s, size_t zone, char *buf, size_t size)
{
    char letter[8];
    const char *name = s->data->zone_name
                           ? hz_layer_text(s->data->zones, s->data->zone_name, zone) : "";
    hz_sheet_letter(zone, letter, sizeof letter);
    if (s->look->zone_labels == HZ_ZONE_NAME && *name)
        snprintf(buf, size, "%.80s", name);
    else if (s->look->zone_labels == HZ_ZONE_BOTH && *name)
        snprintf(buf, size, "%s %.80s", letter, name);
    else
        snprintf(buf, size, "%s", letter);
}

/* Zones may lie over one another, so a letter may have to stand on other zones. */
static void label_zones(desk *d, labelling *l)
{
    hz_sheet *s = d->s;
    const hz_label_voice v = hz_label_voice_on("zone-letter", HZ_PAPER, false);
    for (size_t z = 0; s->zones && z < s->zones->features; z++) {
        char text[96];
        hz_label_block b = { .size_pt = fmax(s->look->label_pt, s->look->legend_pt) + 1 };
        hz_label_target target;
        hz_label_spot spot;
        if (!hz_sheet_zone_shown(s, z))
            continue;
        zone_text(s, z, text, sizeof text);
        hz_label_add_line(s, &b, text, strlen(text), 600);
        if (aim(d, s->zones, z, &target) &&
            (hz_label_inside(d->field, &target, NULL, &b, &spot) ||
             hz_label_outside(d->field, &target, NULL, &b, &spot)))
            keep(d, l, &b, &spot, v);
        else
            drop(l, text);
    }
}

/* Is a label of this area wanted? */
static bool wanted(const hz_sheet *s, size_t area)
{
    const hz_look *look = s->look;
    const char *name = hz_sheet_area_name(s, area);
    if (look->label_show == HZ_LABELS_NONE || (!*name && isnan(s->value[area])))
        return false;
    if (look->label_show != HZ_LABELS_LIST)
        return true;
    const char *plain = s->data->name ? hz_layer_text(s->data->areas, s->data->name, area) : "";
    for (size_t i = 0; i < look->label_only_count; i++)
        if (strcmp(look->label_only[i], plain) == 0 || strcmp(look->label_only[i], name) == 0)
            return true;
    return false;
}

/* The forms of an area's label, the fullest first: name on one, two or three lines with the value
 * below, then without it.  False if there is no such form. */
enum { FORMS_WITH_VALUE = 3, FORMS = 6 };
static bool form_of(hz_sheet *s, size_t area, int form, hz_label_block *b)
{
    const char *name = hz_sheet_area_name(s, area);
    bool with_value = form < FORMS_WITH_VALUE, known = !isnan(s->value[area]);
    *b = (hz_label_block){ .size_pt = s->look->label_pt };
    if ((with_value && !known) || (!*name && form != 0))
        return false;
    if (*name && !hz_label_add_name(s, b, name, form % 3 + 1, 400))
        return false;
    if (with_value) {
        char value[40];
        hz_sheet_number(s, s->value[area], value, sizeof value);
        hz_label_add_line(s, b, value, strlen(value), 600);
    }
    return true;
}

static bool label_inside(desk *d, labelling *l, const hz_label_target *target)
{
    hz_sheet *s = d->s;
    size_t area = target->feature;
    hz_colour fill = hz_sheet_fill(s, area);
    hz_ink_style hatch = { 0 };
    hz_sheet_hatch(s, s->state[area], fill, &hatch);
    for (int form = 0; form < FORMS; form++) {
        hz_label_block b;
        hz_label_spot spot;
        if (!form_of(s, area, form, &b) || !hz_label_inside(d->field, target, NULL, &b, &spot))
            continue;
        keep(d, l, &b, &spot, hz_label_voice_on("label", fill, hatch.hatch_pt > 0));
        return true;
    }
    return false;
}

/* Outside there is a choice of forms: the one with the best place, with the value if it can be.
 * The place's cost is infinite if there is none. */
static placed best_outside(desk *d, const hz_label_target *target)
{
    placed best = { .spot = { .cost = INFINITY } };
    for (int form = 0; form < FORMS; form++) {
        hz_label_block b;
        hz_label_spot spot;
        if (form == FORMS_WITH_VALUE && isfinite(best.spot.cost))
            break;
        if (form_of(d->s, target->feature, form, &b) &&
            hz_label_outside(d->field, target, d->land, &b, &spot) &&
            spot.cost < best.spot.cost) {
            best.block = b;
            best.spot = spot;
        }
    }
    best.voice = hz_label_voice_on("label", d->s->look->outside, false);
    return best;
}

/* Leave room above and below, or the two names read as one. */
static void keep_apart(desk *d, const hz_label_block *block, const hz_label_spot *spot)
{
    const double room = 1.5;
    for (size_t i = 0; i < block->lines; i++) {
        hz_label_box b = hz_label_line_box(block, i, spot->x, spot->y, NULL);
        hz_label_field_add_box(d->field, (hz_label_box){ b.x0 - room, b.y0 - room, b.x1 + room,
                                                         b.y1 + room });
    }
}

/* Neighbours give orientation only, so one without room goes without a name. */
static void label_neighbours(desk *d, labelling *l)
{
    hz_sheet *s = d->s;
    const hz_layer *layer = s->data->outside;
    int column = s->outside ? hz_layer_find(layer, "name") : -1;
    hz_label_voice v = hz_label_voice_on("neighbour-name", s->look->outside, false);
    v.ink = 0x595959U;
    if (column < 0 || hz_layer_column_kind(layer, (size_t)column) != HZ_TEXTS)
        return;
    for (size_t f = 0; f < s->outside->features; f++) {
        const char *name = hz_layer_text_at(layer, (size_t)column, f);
        hz_label_target target;
        if (!*name || !aim(d, s->outside, f, &target))
            continue;
        for (int lines = 1; lines <= 2; lines++) {
            hz_label_block b = { .size_pt = s->look->note_pt };
            hz_label_spot spot;
            if (!hz_label_add_name(s, &b, name, lines, 400) ||
                !hz_label_inside(d->field, &target, d->land, &b, &spot))
                continue;
            keep(d, l, &b, &spot, v);
            keep_apart(d, &b, &spot);
            break;
        }
    }
}

/* Zones and inside labels first: they cannot stand elsewhere, and leaders must find their way
 * around.  What is left has a turn outside, in the order of the areas. */
static void label_fixed(desk *d, labelling *l)
{
    hz_sheet *s = d->s;
    label_zones(d, l);
    for (size_t i = 0; i < s->n; i++) {
        hz_label_target target;
        if (!wanted(s, i))
            continue;
        if (!aim(d, s->areas, i, &target))
            drop(l, hz_sheet_area_name(s, i));
        else if (!label_inside(d, l, &target)) {
            hz_label_keep_out(&target, s->zones);
            l->turns[l->turn_count++] = (turn){ 0, i, target };
        }
    }
}

static int by_rank(const void *a, const void *b)
{
    const turn *p = a, *q = b;
    return p->rank != q->rank ? (p->rank < q->rank ? -1 : 1)
                              : (p->area > q->area) - (p->area < q->area);
}

/* The order in which outside labels take their places: nearest first, hardest first, as they
 * come, then shuffled.  What suits depends on the map, so all are tried. */
#define ORDERS 8
#define ORDERS_FOR_MOST 40 /* beyond so many labels one order has to do */

static void set_order(labelling *l, int order, const double *cost)
{
    uint32_t state = (uint32_t)order * 2654435761u;
    for (size_t i = 0; i < l->turn_count; i++) {
        state = state * 1664525u + 1013904223u; /* Numerical Recipes' generator: any will do */
        l->turns[i].rank = order == 0 ? cost[i] : order == 1 ? -cost[i]
                         : order == 2 ? 0 : (double)(state >> 8);
    }
    qsort(l->turns, l->turn_count, sizeof *l->turns, by_rank);
}

static void label_rest(desk *d, labelling *l)
{
    for (size_t k = 0; k < l->turn_count; k++) {
        size_t area = l->turns[k].area;
        placed best = best_outside(d, &l->turns[k].target);
        const char *name = hz_sheet_area_name(d->s, area);
        char value[40];
        if (isfinite(best.spot.cost)) {
            keep(d, l, &best.block, &best.spot, best.voice);
            l->cost += best.spot.cost;
        } else {
            drop(l, *name ? name : hz_sheet_number(d->s, d->s->value[area], value, 40));
        }
    }
}

static void labelling_free(labelling *l)
{
    hz_mem_free(l->labels);
    hz_mem_free(l->turns);
    *l = (labelling){ 0 };
}

static hz_status labelling_new(const desk *d, labelling *l, hz_error *err)
{
    *l = (labelling){ 0 };
    l->labels = hz_mem_new(d->room, sizeof *l->labels);
    l->turns = hz_mem_new(d->s->n, sizeof *l->turns);
    if (l->labels && l->turns)
        return HZ_OK;
    labelling_free(l);
    return hz_mem_fail(err, "sheet: labels");
}

static void labelling_copy(labelling *to, const labelling *from)
{
    placed *labels = to->labels;
    turn *turns = to->turns;
    *to = *from;
    to->labels = labels;
    to->turns = turns;
    memcpy(labels, from->labels, from->count * sizeof *labels);
    memcpy(turns, from->turns, from->turn_count * sizeof *turns);
}

static bool better(const labelling *a, const labelling *b)
{
    return a->dropped_count != b->dropped_count ? a->dropped_count < b->dropped_count
                                                : a->cost < b->cost - 1e-9;
}

/* Put the outside labels in the order that suits best. */
static void try_orders(desk *d, const labelling *fixed, labelling *now, labelling *best,
                       double *cost)
{
    hz_label_mark mark = hz_label_field_mark(d->field);
    for (size_t i = 0; i < fixed->turn_count; i++)
        cost[i] = best_outside(d, &fixed->turns[i].target).spot.cost;
    int orders = fixed->turn_count < 2 || fixed->turn_count > ORDERS_FOR_MOST ? 1 : ORDERS;
    for (int order = 0; order < orders; order++) {
        labelling_copy(now, fixed);
        set_order(now, order, cost);
        label_rest(d, now);
        hz_label_field_return(d->field, mark);
        if (order == 0 || better(now, best))
            labelling_copy(best, now);
    }
    for (size_t i = fixed->count; i < best->count; i++)
        hz_label_field_take(d->field, &best->labels[i].block, &best->labels[i].spot);
}

/* Names of neighbours come before leaders, but yield where they would cost an area its label. */
static hz_status find_labels(desk *d, labelling *best, hz_error *err)
{
    labelling fixed = { 0 }, now = { 0 };
    double *cost = hz_mem_new(d->s->n, sizeof *cost);
    hz_status st = cost ? labelling_new(d, &fixed, err) : hz_mem_fail(err, "sheet: labels");
    if (!st)
        st = labelling_new(d, &now, err);
    if (st)
        goto done;
    label_fixed(d, &fixed);
    hz_label_mark mark = hz_label_field_mark(d->field);
    size_t without_neighbours = fixed.count;
    label_neighbours(d, &fixed);
    try_orders(d, &fixed, &now, best, cost);
    if (best->dropped_count > fixed.dropped_count && fixed.count > without_neighbours) {
        hz_label_field_return(d->field, mark);
        fixed.count = without_neighbours;
        try_orders(d, &fixed, &now, best, cost);
        label_neighbours(d, best);
    }
done:
    hz_mem_free(cost);
    labelling_free(&fixed);
    labelling_free(&now);
    return st;
}

static void fill_field(hz_sheet *s, hz_label_field *field)
{
    hz_label_field_add_shapes(field, s->areas, 0.75 * HZ_MM_PER_PT);
    hz_label_field_add_shapes(field, s->zones, s->look->zone_casing_pt * HZ_MM_PER_PT);
    hz_label_field_add_shapes(field, s->outside, 0.35 * HZ_MM_PER_PT);
    for (size_t k = 0; k < s->spot_count; k++) {
        hz_spot p = s->spots[k];
        double r = hz_sheet_spot_radius(s, p.count) + 0.1;
        hz_label_field_add_box(field, (hz_label_box){ p.x - r, p.y - r, p.x + r, p.y + r });
    }
    if (s->look->north == HZ_NORTH_ALWAYS) {
        hz_rect r = hz_furniture_north_room(s);
        hz_label_field_add_box(field, (hz_label_box){ r.x, r.y, r.x + r.w, r.y + r.h });
    }
}

hz_status hz_sheet_draw_labels(hz_sheet *s, hz_error *err)
{
    desk d = { .s = s };
    labelling best = { 0 };
    hz_status st;

    d.room = s->n + (s->zones ? s->zones->features : 0) + (s->outside ? s->outside->features : 0);
    st = hz_label_field_new(s->frame, &d.field, err);
    if (st) goto done;
    fill_field(s, d.field);
    st = hz_index_new(s->areas, &d.land, err);
    if (st) goto done;
    st = labelling_new(&d, &best, err);
    if (st) goto done;
    st = find_labels(&d, &best, err);
    if (st) goto done;
    st = hz_label_field_check(d.field, err);
    if (st) goto done;
    for (size_t i = 0; i < best.count; i++)
        hz_label_draw(s, &best.labels[i].block, &best.labels[i].spot, best.labels[i].voice);
    memcpy(s->facts.dropped, best.dropped, sizeof best.dropped);
    s->facts.dropped_count = best.dropped_count;
done:
    labelling_free(&best);
    hz_index_free(d.land);
    hz_label_field_free(d.field);
    return st;
}
