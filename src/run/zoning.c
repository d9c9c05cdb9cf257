/* Makes the cards, comparison, timeline and proposal of a project's zones. */
#include <string.h>

#include "hotzone/mem.h"
#include "run/zoning_parts.h"

void hz_zoning_clear(hz_zoning *f)
{
    hz_layer_free(f->zones);
    hz_mem_free(f->card);
    hz_mem_free(f->row);
    hz_mem_free(f->shared);
    hz_mem_free(f->cards);
    hz_mem_free(f->notes);
    hz_mem_free(f->names);
    hz_mem_free(f->used);
    hz_mem_free(f->validity);
    hz_mem_free(f->repaired);
    hz_mem_free(f->namesake);
    hz_mem_free(f->pairs);
    hz_mem_free(f->alone);
    hz_timeline_clear(&f->timeline);
    hz_evidence_clear(&f->evidence);
    hz_proposing_clear(&f->proposal);
    hz_proposal_streets_clear(&f->streets);
    memset(f, 0, sizeof *f);
}

static void clear(zoning *z)
{
    hz_layer_free(z->study);
    hz_shapes_free(z->land);
    hz_shapes_free(z->water);
    hz_shapes_free(z->zones);
    hz_shapes_free(z->hot);
    hz_mem_free(z->by_zone);
    hz_mem_free(z->in_force);
    hz_reside_free(z->residents);
    hz_shapes_free(z->units);
    for (int k = 0; k < 2; k++) {
        for (int i = 0; i < 5; i++)
            hz_mem_free(z->xy[k][i]);
        for (int i = 0; i < 2; i++) {
            hz_mem_free(z->times[k][i]);
            hz_mem_free(z->days[k][i]);
        }
        hz_mem_free(z->found[k]);
    }
    hz_zoning_clear(&z->out);
}

hz_status zoning_move(const hz_crs *crs, const hz_layer *layer, hz_shapes **out, hz_error *err)
{
    if (!hz_layer_shapes(layer))
        return hz_fail(err, HZ_EFORMAT, "%s: is a table without shapes, or has only empty ones, expected "
                       "polygons", hz_layer_name(layer));
    if (!hz_layer_crs(layer))
        return hz_fail(err, HZ_ECRS, "%s: has no reference system, expected `crs:` beside its "
                       "source", hz_layer_name(layer));
    return hz_crs_shapes(hz_layer_crs(layer), crs, hz_layer_shapes(layer), out, err);
}

hz_status zoning_layer(const hz_crs *crs, const char *name, hz_shapes **shapes, hz_layer **out,
                       hz_error *err)
{
    hz_layer *layer = NULL;
    hz_crs *own = hz_crs_copy(crs);
    hz_status st = own ? hz_layer_new(name, (*shapes)->features, &layer, err) : hz_mem_fail(err, name);
    if (!st)
        st = hz_layer_take_shapes(layer, shapes, err);
    if (!st)
        st = hz_layer_take_crs(layer, &own, err);
    hz_crs_free(own);
    if (st)
        hz_layer_free(layer);
    else
        *out = layer;
    return st;
}

static hz_status compare(zoning *z)
{
    const hz_card_input in = zoning_card_input(z);
    const hz_compare_opts how = { z->in->card.level, 1999, z->in->card.seed };
    size_t n = z->out.n, pairs = n * (n - 1) / 2;
    hz_status st = HZ_OK;
    if (n > HZ_COMPARE_MOST)
        return hz_fail(z->err, HZ_EUSAGE, "%zu zones that differ are too many to compare, expected "
                       "at most %d: choose some by `only`", n, HZ_COMPARE_MOST);
    if (n < 2)
        return HZ_OK;
    z->out.pairs = hz_mem_new(2 * pairs, sizeof *z->out.pairs);
    z->out.alone = hz_mem_new(2 * n, sizeof *z->out.alone);
    if (!z->out.pairs || !z->out.alone)
        return hz_mem_fail(z->err, "zones");
    for (size_t k = 0; !st && k < z->in->periods; k++)
        st = hz_compare_make(&in, &z->points[k], &how, z->out.pairs + k * pairs,
                             z->out.alone + k * n, z->err);
    return st;
}

/* Events of all the time that the cards look at. */
static hz_status follow(zoning *z)
{
    const hz_zoning_input *in = z->in;
    hz_timeline_opts o = HZ_TIMELINE_DEFAULTS;
    hz_layer *events = NULL;
    unsigned char *whole_day = NULL;
    size_t bad, first;
    o.id = "id";
    o.name = "name";
    o.from = "valid_from";
    o.until = "valid_to";
    o.level = in->card.level;
    o.period.from = in->period[0].from;
    o.period.until = in->period[in->periods - 1].until;
    o.time = in->events.place.time;
    o.kind = in->events.place.kind;
    o.kinds = in->events.place.kinds;
    o.kind_count = in->events.place.kind_count;
    if (!o.time)
        return hz_fail(z->err, HZ_EUSAGE, "%s: has no column of dates, expected one for a timeline",
                       hz_layer_name(in->events.layer));
    hz_status st = hz_layer_copy(in->events.layer, &events, z->err);
    if (!st)
        st = hz_timeline_read_times(events, o.time, NULL, in->events.clock, &whole_day, &bad,
                                    &first, z->err);
    o.whole_day = whole_day;
    if (!st)
        st = hz_timeline_make(z->out.zones, events, &o, &z->out.timeline, z->notice, z->err);
    hz_layer_free(events);
    hz_mem_free(whole_day);
    return st;
}

/* Where the zoning has come to rest its notes and facts lend its texts. */
static void lend_texts(hz_zoning *f, const hz_zoning_input *in)
{
    for (size_t c = 0; c < f->n; c++) {
        f->notes[c].name = f->names[c];
        f->notes[c].period = f->period[0];
        f->notes[c].later_period = in->periods > 1 ? f->period[1] : NULL;
        f->notes[c].hotspots = f->hotspots;
        f->notes[c].made_up = in->made_up;
        f->notes[c].validity = f->validity ? &f->validity[c] : NULL;
    }
    f->proposal_facts.made_up = in->made_up;
    f->proposal_facts.streets = f->proposed ? &f->streets : NULL;
}

hz_status hz_zoning_make(const hz_zoning_input *input, hz_zoning *out, const hz_notice *notice,
                         hz_error *err)
{
    /* in silence where counts are hidden: a warning counts */
    zoning z = { .in = input, .notice = input->hidden ? NULL : notice, .err = err };
    bool events = input->hidden && input->hidden->events[0];
    if ((events && (input->compare || input->timeline || input->like)) ||
        (input->hidden && input->while_in_force))
        return hz_fail(err, HZ_EUSAGE, "zones: small counts are hidden, expected cards over whole "
                       "periods alone: no comparison, timeline, proposal or time in force");
    hz_status st = zoning_ground(&z);
    if (!st)
        st = zoning_cards(&z);
    if (!st && input->compare)
        st = compare(&z);
    if (!st && input->timeline)
        st = follow(&z);
    if (!st && input->like)
        st = zoning_propose(&z);
    if (!st) {
        *out = z.out;
        z.out = (hz_zoning){ 0 };
        lend_texts(out, input);
    }
    clear(&z);
    return st;
}
