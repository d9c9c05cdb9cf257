/* Makes one card for each polygon that differs, and lays the figures beside every zone. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "run/zoning_parts.h"

/* Are two features the same, coordinate by coordinate? */
static bool same_shape(const hz_shapes *s, size_t a, size_t b)
{
    size_t ra = s->first_ring[a], rb = s->first_ring[b], rings = s->first_ring[a + 1] - ra;
    if (s->first_ring[b + 1] - rb != rings)
        return false;
    for (size_t r = 0; r < rings; r++) {
        size_t pa = s->first_point[ra + r], pb = s->first_point[rb + r];
        size_t n = s->first_point[ra + r + 1] - pa;
        if (s->first_point[rb + r + 1] - pb != n ||
            memcmp(s->x + pa, s->x + pb, n * sizeof *s->x) != 0 ||
            memcmp(s->y + pa, s->y + pb, n * sizeof *s->y) != 0)
            return false;
    }
    return true;
}

/* Where events count by when a zone was in force, so do its dates. */
static bool same_card(const zoning *z, size_t a, size_t b)
{
    return same_shape(hz_layer_shapes(z->out.zones), a, b) &&
           (!z->in->while_in_force || hz_validity_same(&z->in_force[a], &z->in_force[b]));
}

static hz_status share_cards(zoning *z, unsigned char *first)
{
    hz_zoning *f = &z->out;
    const hz_shapes *s = hz_layer_shapes(f->zones);
    for (size_t r = 0; r < s->features; r++) {
        size_t c = 0;
        while (c < f->n && !same_card(z, f->row[c], r))
            c++;
        if (c == f->n) {
            f->row[f->n++] = r;
            first[r] = 1;
        }
        f->card[r] = c;
        f->shared[c]++;
        for (size_t k = 0; k < r; k++)
            if (strcmp(hz_layer_text(f->zones, "id", k), hz_layer_text(f->zones, "id", r)) == 0)
                return hz_fail(z->err, HZ_EUSAGE, "two zones have the id '%s', expected different "
                               "ones", hz_layer_text(f->zones, "id", r));
    }
    return hz_shapes_select(s, first, &z->zones, z->err);
}

/* What is known of the zones of each card: repaired if any was, dates if they are the same. */
static void note_zones(zoning *z)
{
    hz_zoning *f = &z->out;
    bool told = hz_layer_find(f->zones, "repaired") >= 0;
    for (size_t r = 0; r < hz_layer_rows(f->zones); r++) {
        size_t c = f->card[r];
        if (told && *hz_layer_text(f->zones, "repaired", r))
            f->repaired[c] = true;
        if (!z->in_force)
            continue;
        if (f->row[c] == r)
            f->validity[c] = z->in_force[r];
        else if (!hz_validity_same(&f->validity[c], &z->in_force[r]))
            f->validity[c].state = HZ_VALIDITY_UNKNOWN;
    }
}

static hz_status make_room(zoning *z)
{
    hz_zoning *f = &z->out;
    size_t n = hz_layer_rows(f->zones);
    f->card = hz_mem_new(n, sizeof *f->card);
    f->row = hz_mem_new(n, sizeof *f->row);
    f->shared = hz_mem_new(n, sizeof *f->shared);
    f->cards = hz_mem_new(n, sizeof *f->cards);
    f->notes = hz_mem_new(n, sizeof *f->notes);
    f->names = hz_mem_new(n, sizeof *f->names);
    f->repaired = hz_mem_new(n, sizeof *f->repaired);
    f->namesake = hz_mem_new(n, sizeof *f->namesake);
    if (z->in_force)
        f->validity = hz_mem_new(n, sizeof *f->validity);
    if (!f->repaired || !f->namesake || (z->in_force && !f->validity))
        return hz_mem_fail(z->err, "zones");
    return f->card && f->row && f->shared && f->cards && f->notes && f->names
               ? HZ_OK : hz_mem_fail(z->err, "zones");
}

/* The name, and the id where the name alone would not tell which. */
static void name_cards(hz_zoning *f)
{
    for (size_t c = 0; c < f->n; c++) {
        const char *id = hz_layer_text(f->zones, "id", f->row[c]);
        const char *name = hz_layer_text(f->zones, "name", f->row[c]);
        bool again = false;
        for (size_t k = 0; k < f->n; k++)
            again |= k != c && strcmp(name, hz_layer_text(f->zones, "name", f->row[k])) == 0;
        f->namesake[c] = again && *name;
        if (!*name)
            snprintf(f->names[c], sizeof *f->names, "%.150s", id);
        else
            snprintf(f->names[c], sizeof *f->names, again ? "%.120s (%.60s)" : "%.150s", name, id);
        hz_text_one_line(f->names[c]);
    }
}

static void note_cards(zoning *z)
{
    hz_zoning *f = &z->out;
    const hz_card_opts *o = &z->in->card;
    if (z->in->hot)
        snprintf(f->hotspots, sizeof f->hotspots, "given");
    else if (f->hidden)
        snprintf(f->hotspots, sizeof f->hotspots, "not told: small counts are hidden");
    else
        snprintf(f->hotspots, sizeof f->hotspots, "exact Gi*, %g m cells, q <= %g", o->cell_m, o->q);
    name_cards(f);
    for (size_t c = 0; c < f->n; c++)
        f->notes[c] = (hz_card_note){ .number = f->row[c] + 1, .level = o->level,
                                      .in_force = z->in->while_in_force,
                                      .repaired = f->repaired[c], .same_name = f->namesake[c],
                                      .nowhere = hz_card_is_nowhere(&f->cards[c]),
                                      .residents = z->residents ? hz_reside_method(z->residents)
                                                                : NULL };
}

static hz_status add_figures(zoning *z, bool later)
{
    hz_zoning *f = &z->out;
    size_t rows = hz_layer_rows(f->zones);
    hz_status st = HZ_OK;
    for (int k = 0; !st && k < HZ_CARD_FIGURES; k++) {
        char key[80];
        double *value = hz_mem_new(rows, sizeof *value);
        unsigned char *mark = hz_mem_new(rows, 1);
        if (!value || !mark) {
            hz_mem_free(value);
            hz_mem_free(mark);
            return hz_mem_fail(z->err, "zones");
        }
        snprintf(key, sizeof key, "%s%s", later ? "later_" : "", hz_card_key((hz_card_figure)k));
        for (char *c = key; *c; c++)
            *c = *c == '.' ? '_' : *c;
        for (size_t r = 0; r < rows; r++) {
            const hz_card *card = &f->cards[f->card[r]];
            value[r] = (later ? card->later : card->now).value[k];
            int why = (later ? card->later : card->now).why[k];
            mark[r] = why == HZ_CARD_HIDDEN || why == HZ_CARD_WITHHELD ? HZ_HIDDEN
                      : isnan(value[r]) ? HZ_UNDEFINED_NO_RESULT : HZ_KNOWN;
        }
        st = hz_layer_take_numbers(f->zones, key, &value, &mark, z->err);
        hz_mem_free(value);
        hz_mem_free(mark);
    }
    return st;
}

static hz_status add_card_of(zoning *z)
{
    hz_zoning *f = &z->out;
    size_t rows = hz_layer_rows(f->zones);
    const char **ids = hz_mem_new(rows, sizeof *ids);
    if (!ids)
        return hz_mem_fail(z->err, "zones");
    for (size_t r = 0; r < rows; r++)
        ids[r] = hz_layer_text(f->zones, "id", f->row[f->card[r]]);
    hz_status st = hz_layer_add_texts(f->zones, "card_of", ids, z->err);
    hz_mem_free(ids);
    return st;
}

/* ---- hidden counts ------------------------------------------------------------------------ */

/* Take from the column of a card what an audit hides of its zone in one period. */
static void hide_column(const zoning *z, size_t row, size_t period, hz_card_column *c)
{
    const hz_zoning_hidden *hidden = z->in->hidden;
    const unsigned char *events = hidden->events[period], *searches = hidden->searches[period];
    hz_card_hidden h = { .single = events != NULL, .own_hot = !z->in->hot,
                         .total = events && events[0], .searches = searches && searches[row] };
    for (size_t k = 0; events && k < HZ_CARD_COUNTS; k++)
        h.count[k] = events[1 + row * HZ_CARD_COUNTS + k];
    hz_card_hide(c, &h);
}

static void hide_cards(zoning *z)
{
    hz_zoning *f = &z->out;
    const hz_zoning_hidden *hidden = z->in->hidden;
    for (size_t c = 0; hidden && c < f->n; c++) {
        hide_column(z, f->row[c], 0, &f->cards[c].now);
        if (z->in->periods > 1)
            hide_column(z, f->row[c], 1, &f->cards[c].later);
    }
    if (hidden && hidden->events[0]) {
        f->hidden = true;
        f->found = (hz_card_found){ .hotspots = HZ_CARD_WITHHELD };
        memset(f->fate, 0, sizeof f->fate);
    }
    if (hidden && hidden->searches[0])
        memset(f->searches_fate, 0, sizeof f->searches_fate);
}

/* Keys of the figures that are hidden, blank between: a table has one cell for value, zero,
 * undefined and hidden. */
static hz_status add_hidden(zoning *z, bool later)
{
    hz_zoning *f = &z->out;
    size_t rows = hz_layer_rows(f->zones);
    hz_text *keys = hz_mem_new(rows, sizeof *keys);
    const char **lent = hz_mem_new(rows, sizeof *lent);
    hz_status st = keys && lent ? HZ_OK : hz_mem_fail(z->err, "zones");
    for (size_t r = 0; !st && r < rows; r++) {
        const hz_card *card = &f->cards[f->card[r]];
        const hz_card_column *c = later ? &card->later : &card->now;
        for (int k = 0; k < HZ_CARD_FIGURES; k++)
            if (c->why[k] == HZ_CARD_HIDDEN || c->why[k] == HZ_CARD_WITHHELD)
                hz_text_addf(&keys[r], "%s%s", keys[r].length ? " " : "",
                             hz_card_key((hz_card_figure)k));
        lent[r] = hz_text_get(&keys[r]);
        st = keys[r].failed ? hz_mem_fail(z->err, "zones") : HZ_OK;
    }
    if (!st)
        st = hz_layer_add_texts(f->zones, later ? "later_hidden" : "hidden", lent, z->err);
    for (size_t r = 0; keys && r < rows; r++)
        hz_text_free(&keys[r]);
    hz_mem_free(keys);
    hz_mem_free(lent);
    return st;
}

hz_status zoning_cards(zoning *z)
{
    hz_zoning *f = &z->out;
    size_t rows = hz_layer_rows(z->in->zones);
    if (!rows)
        return hz_fail(z->err, HZ_EDATA, "%s: has no zone, expected one or more",
                       hz_layer_name(z->in->zones));
    unsigned char *first = hz_mem_new(rows, 1);
    hz_status st = first ? hz_layer_copy(z->in->zones, &f->zones, z->err)
                         : hz_mem_fail(z->err, "zones");
    if (!st)
        st = hz_layer_to_crs(f->zones, z->in->crs, z->err);
    if (!st)
        st = zoning_validity(z);
    if (!st)
        st = make_room(z);
    if (!st)
        st = share_cards(z, first);
    if (!st)
        note_zones(z);
    hz_mem_free(first);
    if (st)
        return st;
    st = zoning_zone_searches(z);
    const hz_card_input in = zoning_card_input(z);
    if (!st)
        st = hz_card_make(&in, &z->in->card, f->cards, &f->found, z->notice, z->err);
    if (!st) {
        hide_cards(z);
        note_cards(z);
    }
    if (!st)
        st = add_card_of(z);
    if (!st)
        st = add_figures(z, false);
    if (!st && z->in->periods > 1)
        st = add_figures(z, true);
    if (!st && z->in->hidden)
        st = add_hidden(z, false);
    return st || !z->in->hidden || z->in->periods < 2 ? st : add_hidden(z, true);
}
