/* The labels of a sheet: letters of zones, names and values of areas, names of neighbours. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "map/label_desk.h"

/* A feature with an area has a pole; where none is found, memory was short. */
static bool aim(hz_desk *d, const hz_shapes *shapes, size_t feature, hz_label_target *out)
{
    if (hz_label_aim(shapes, feature, out))
        return true;
    if (hz_shape_area(shapes, feature) > 0)
        d->s->out_of_memory = true;
    return false;
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

/* What a zone has for itself, as one feature: there its letter is taken for no other's.  NULL where it
 * has nothing, or where the borders, thinned for the page, cross themselves. */
static hz_shapes *alone(hz_desk *d, size_t zone)
{
    const hz_shapes *zones = d->s->zones;
    hz_shapes *others = NULL, *rest = NULL;
    hz_error why;
    unsigned char *keep = hz_mem_new(zones->features, 1);
    hz_status st = keep ? HZ_OK : HZ_EMEMORY;
    for (size_t z = 0; !st && z < zones->features; z++)
        keep[z] = z != zone && zones->first_ring[z] < zones->first_ring[z + 1];
    if (!st)
        st = hz_overlay_dissolve(zones, keep, &others, &why);
    if (!st)
        st = hz_overlay(zones, zone, others, 0, HZ_OVERLAY_DIFFERENCE, &rest, &why);
    d->s->out_of_memory |= st == HZ_EMEMORY;
    hz_shapes_free(others);
    hz_mem_free(keep);
    return rest;
}

static bool place_alone(hz_desk *d, size_t zone, const hz_label_block *b, hz_label_spot *spot)
{
    hz_label_target target;
    bool placed = false;
    if (d->s->zones->features < 2)
        return false;
    hz_shapes *own = alone(d, zone);
    if (own && hz_shape_area(own, 0) > 0 && aim(d, own, 0, &target))
        placed = hz_label_inside(d->field, &target, NULL, b, spot);
    hz_shapes_free(own);
    return placed;
}

/* Zones may lie over one another, so a letter may have to stand on other zones. */
static void label_zones(hz_desk *d, hz_labelling *l)
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
        if (place_alone(d, z, &b, &spot) ||
            (aim(d, s->zones, z, &target) &&
             (hz_label_inside(d->field, &target, NULL, &b, &spot) ||
              hz_label_outside(d->field, &target, NULL, &b, &spot))))
            hz_labelling_keep(d, l, &b, &spot, v);
        else
            hz_labelling_drop(l, HZ_TIER_EXTREME, text, false);
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

bool hz_label_form(hz_sheet *s, size_t area, int form, hz_label_block *b)
{
    const char *name = hz_sheet_area_name(s, area);
    bool with_value = form < HZ_FORMS_WITH_VALUE, on_one_line = form == HZ_FORM_ON_ONE_LINE;
    int lines = (with_value ? form : form - HZ_FORMS_WITH_VALUE) + 1;
    char value[40], line[96];
    *b = (hz_label_block){ .size_pt = s->look->label_pt };
    if ((with_value && isnan(s->value[area])) || (!*name && form != 0))
        return false;
    hz_sheet_number(s, s->value[area], value, sizeof value);
    if (on_one_line) {
        snprintf(line, sizeof line, "%.50s: %s", name, value);
        hz_label_add_line(s, b, line, strlen(line), 400);
        return strlen(name) <= 50;
    }
    if (*name && !hz_label_add_name(s, b, name, lines, 400))
        return false;
    if (with_value)
        hz_label_add_line(s, b, value, strlen(value), 600);
    return true;
}

bool hz_label_area_inside(hz_desk *d, hz_labelling *l, const hz_label_target *target, int first,
                          int last)
{
    hz_sheet *s = d->s;
    size_t area = target->feature;
    hz_colour fill = hz_sheet_fill(s, area);
    hz_ink_style hatch = { 0 };
    hz_sheet_hatch(s, s->state[area], fill, &hatch);
    for (int form = first; form < last; form++) {
        hz_label_block b;
        hz_label_spot spot;
        if (!hz_label_form(s, area, form, &b) ||
            !hz_label_inside(d->field, target, NULL, &b, &spot))
            continue;
        hz_labelling_keep(d, l, &b, &spot, hz_label_voice_on("label", fill, hatch.hatch_pt > 0));
        return true;
    }
    return false;
}

static int by_value(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/* The three highest values other than 0, and the three lowest, count as extremes. */
static hz_status find_extremes(hz_desk *d, hz_error *err)
{
    const hz_sheet *s = d->s;
    size_t n = 0, few = 3;
    double *sorted = hz_mem_new(s->n, sizeof *sorted);
    if (!sorted)
        return hz_mem_fail(err, "sheet: labels");
    for (size_t i = 0; i < s->n; i++)
        if (isfinite(s->value[i]) && s->value[i] != 0)
            sorted[n++] = s->value[i];
    qsort(sorted, n, sizeof *sorted, by_value);
    d->lowest = n > 2 * few ? sorted[few - 1] : INFINITY;
    d->highest = n > 2 * few ? sorted[n - few] : INFINITY;
    hz_mem_free(sorted);
    return HZ_OK;
}

/* Does the area's interval exclude the city's value? */
static bool is_different(const hz_sheet *s, size_t area)
{
    const hz_sheet_data *data = s->data;
    if (!data->low || !data->high)
        return false;
    return hz_layer_numbers(data->areas, data->low)[area] > data->city ||
           hz_layer_numbers(data->areas, data->high)[area] < data->city;
}

static hz_tier tier_of(const hz_desk *d, size_t area)
{
    double value = d->s->value[area];
    if (isnan(value) || value == 0)
        return HZ_TIER_LOW;
    if (value <= d->lowest || value >= d->highest)
        return HZ_TIER_EXTREME;
    return is_different(d->s, area) ? HZ_TIER_DIFFERENT : HZ_TIER_PLAIN;
}

/* Leave room above and below, or the two names read as one. */
static void keep_apart(hz_desk *d, const hz_label_block *block, const hz_label_spot *spot)
{
    const double room = 1.5;
    for (size_t i = 0; i < block->lines; i++) {
        hz_label_box b = hz_label_line_box(block, i, spot->x, spot->y, NULL);
        hz_label_field_add_box(d->field, (hz_label_box){ b.x0 - room, b.y0 - room, b.x1 + room,
                                                         b.y1 + room });
    }
}

/* Names for orientation only, small and grey: one without room is left out. */
static void label_quietly(hz_desk *d, hz_labelling *l, const hz_layer *layer, const char *name,
                          const hz_shapes *shapes, const hz_label_ground *avoid, hz_colour ground)
{
    hz_sheet *s = d->s;
    int column = shapes && name ? hz_layer_find(layer, name) : -1;
    hz_label_voice v = hz_label_voice_on("neighbour-name", ground, false);
    v.ink = 0x595959U;
    if (column < 0 || hz_layer_column_kind(layer, (size_t)column) != HZ_TEXTS)
        return;
    for (size_t f = 0; f < shapes->features; f++) {
        const char *text = hz_layer_text_at(layer, (size_t)column, f);
        hz_label_target target;
        if (!*text || !aim(d, shapes, f, &target))
            continue;
        for (int lines = 1; lines <= 2; lines++) {
            hz_label_block b = { .size_pt = s->look->note_pt };
            hz_label_spot spot;
            if (!hz_label_add_name(s, &b, text, lines, 400) ||
                !hz_label_inside(d->field, &target, avoid, &b, &spot))
                continue;
            hz_labelling_keep(d, l, &b, &spot, v);
            keep_apart(d, &b, &spot);
            break;
        }
    }
}

void hz_label_neighbours(hz_desk *d, hz_labelling *l)
{
    label_quietly(d, l, d->s->data->outside, "name", d->s->outside, d->ground,
                  d->s->look->outside);
}

/* Inside with the value, else outside with it at the cheapest place. */
static bool place_extreme(hz_desk *d, hz_labelling *l, const hz_label_target *target)
{
    hz_label_block block = { 0 };
    hz_label_spot best = { .cost = INFINITY };
    if (hz_label_area_inside(d, l, target, 0, HZ_FORMS_WITH_VALUE))
        return true;
    for (int form = 0; form < HZ_FORMS_WITH_VALUE; form++) {
        hz_label_block b;
        hz_label_spot spot;
        if (!hz_label_form(d->s, target->feature, form, &b) ||
            !hz_label_outside(d->field, target, d->ground, &b, &spot))
            continue;
        spot.cost += form == HZ_FORM_ON_ONE_LINE ? HZ_ONE_LINE_COST_MM : 0;
        if (spot.cost < best.cost) {
            block = b;
            best = spot;
        }
    }
    if (!isfinite(best.cost))
        return false;
    hz_labelling_keep(d, l, &block, &best, hz_label_voice_on("label", d->s->look->outside, false));
    return true;
}

static void label_area(hz_desk *d, hz_labelling *l, size_t area, hz_tier tier, bool early)
{
    hz_sheet *s = d->s;
    const char *name = hz_sheet_area_name(s, area);
    bool known = !isnan(s->value[area]);
    hz_label_target target;
    if (s->focus && s->areas->first_ring[area + 1] == s->areas->first_ring[area])
        return; /* beyond a map that does not show them all */
    if (!aim(d, s->areas, area, &target)) {
        hz_labelling_drop(l, tier, name, false);
        return;
    }
    if (!hz_label_keep_in(&target, s->frame))
        return;
    hz_label_target outer = target;
    hz_label_keep_out(&outer, s->zones, d->ground);
    outer.far = tier == HZ_TIER_EXTREME;
    if (early && place_extreme(d, l, &outer))
        return;
    if (hz_label_area_inside(d, l, &target, 0, HZ_FORMS_WITH_VALUE))
        return;
    if (tier != HZ_TIER_EXTREME &&
        hz_label_area_inside(d, l, &target, HZ_FORMS_WITH_VALUE, HZ_FORMS)) {
        if (known)
            hz_labelling_drop(l, tier, name, true);
        return;
    }
    l->turns[l->turn_count] = (hz_turn){ 0, area, l->turn_count, tier, outer };
    l->turn_count++;
}

/* Zones and inside labels first: they cannot stand elsewhere, and leaders must find their way
 * around.  What is left has a turn outside; so have the extremes whose value has no room inside. */
void hz_label_fixed(hz_desk *d, hz_labelling *l, bool extremes_first)
{
    hz_sheet *s = d->s;
    label_zones(d, l);
    for (int pass = extremes_first ? 0 : 1; pass < 2; pass++)
        for (size_t i = 0; i < s->n; i++) {
            hz_tier tier = tier_of(d, i);
            bool early = extremes_first && tier == HZ_TIER_EXTREME;
            if (wanted(s, i) && early == (pass == 0))
                label_area(d, l, i, tier, early);
        }
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
    hz_label_field_add_shapes(field, s->focus, 3.0 * HZ_MM_PER_PT);
    if (s->locator.w > 0) {
        hz_rect r = s->locator;
        hz_label_field_add_box(field, (hz_label_box){ r.x, r.y, r.x + r.w, r.y + r.h });
    }
    if (s->look->north == HZ_NORTH_ALWAYS) {
        hz_rect r = hz_furniture_north_room(s);
        hz_label_field_add_box(field, (hz_label_box){ r.x, r.y, r.x + r.w, r.y + r.h });
    }
}

static void draw_all(hz_sheet *s, const hz_labelling *l)
{
    for (size_t i = 0; i < l->count; i++)
        hz_label_draw(s, &l->labels[i].block, &l->labels[i].spot, l->labels[i].voice);
    memcpy(s->facts.dropped, l->dropped, sizeof l->dropped);
    s->facts.dropped_count = l->dropped_count;
    s->facts.dropped_values = l->dropped_values;
}

/* Room for a label of every feature, and what is in the way of labels. */
static hz_status open_desk(hz_desk *d, hz_error *err)
{
    hz_sheet *s = d->s;
    d->room = (s->areas ? s->areas->features : 0) + (s->zones ? s->zones->features : 0) +
              (s->outside ? s->outside->features : 0);
    hz_status st = hz_label_field_new(s->frame, &d->field, err);
    if (!st)
        fill_field(s, d->field);
    if (!st && s->areas)
        st = hz_label_ground_new(s->frame, s->areas, s->zones, &d->ground, err);
    return st;
}

static void close_desk(hz_desk *d)
{
    hz_label_ground_free(d->ground);
    hz_label_field_free(d->field);
}

hz_status hz_sheet_draw_labels(hz_sheet *s, hz_error *err)
{
    hz_desk d = { .s = s };
    hz_labelling best = { 0 };
    hz_status st;

    st = open_desk(&d, err);
    if (st) goto done;
    st = find_extremes(&d, err);
    if (st) goto done;
    st = hz_labelling_new(&d, &best, err);
    if (st) goto done;
    st = hz_labelling_find(&d, &best, err);
    if (st) goto done;
    st = hz_label_field_check(d.field, err);
    if (st) goto done;
    draw_all(s, &best);
done:
    hz_labelling_free(&best);
    close_desk(&d);
    return st;
}

hz_status hz_sheet_draw_inner_labels(hz_sheet *s, bool names, hz_error *err)
{
    hz_desk d = { .s = s };
    hz_labelling all = { 0 };
    hz_status st;

    st = open_desk(&d, err);
    if (st) goto done;
    st = hz_labelling_new(&d, &all, err);
    if (st) goto done;
    label_zones(&d, &all);
    for (size_t i = 0; names && i < s->n; i++) {
        hz_label_target target;
        if (*hz_sheet_area_name(s, i) && wanted(s, i) && aim(&d, s->areas, i, &target))
            hz_label_area_inside(&d, &all, &target, HZ_FORMS_WITH_VALUE, HZ_FORMS);
    }
    st = hz_label_field_check(d.field, err);
    if (st) goto done;
    draw_all(s, &all);
done:
    hz_labelling_free(&all);
    close_desk(&d);
    return st;
}

hz_status hz_sheet_draw_quiet_labels(hz_sheet *s, bool letters, hz_error *err)
{
    hz_desk d = { .s = s };
    hz_labelling all = { 0 };
    hz_status st;

    st = open_desk(&d, err);
    if (st) goto done;
    st = hz_labelling_new(&d, &all, err);
    if (st) goto done;
    if (letters)
        label_zones(&d, &all);
    label_quietly(&d, &all, s->data->areas, s->data->name, s->areas, NULL, HZ_PAPER);
    hz_label_neighbours(&d, &all);
    st = hz_label_field_check(d.field, err);
    if (st) goto done;
    draw_all(s, &all);
done:
    hz_labelling_free(&all);
    close_desk(&d);
    return st;
}
