/* Why a list gives no ring: items at fault by name. */
#include <math.h>

#include "zone/trace_work.h"

void hz_trace_refuse_early(const hz_trace_work *w, const hz_trace *t, hz_text *refused)
{
    size_t missing = 0;
    for (size_t i = 0; i < t->count; i++)
        missing += t->items[i].state == HZ_TRACE_UNMATCHED;
    if (w->phrases.zones > 1) {
        hz_text_addf(refused, "the list has %zu zones, expected one at a time", w->phrases.zones);
        return;
    }
    if (missing && !w->opts->allow_gaps) {
        enum { MOST_SAID = 40 };
        size_t said = 0;
        hz_text_addf(refused, "%zu of %zu items match no name of the network:", missing, t->count);
        for (size_t i = 0; i < t->count && said < MOST_SAID; i++) {
            const hz_trace_item *item = &t->items[i];
            if (item->state != HZ_TRACE_UNMATCHED)
                continue;
            said++;
            unsigned asked = item->nearest[0] ? 0 : hz_trace_general(item->listed);
            hz_text_addf(refused, " '%s' (", item->listed);
            if (asked)
                hz_text_addf(refused, "no line given is said to be a %s",
                             hz_trace_kind_word(asked == HZ_LINE_BORDERS ? HZ_TRACE_BORDER
                                                                         : hz_line_kind_of(asked)));
            else
                hz_text_add(refused, item->nearest[0] ? "nearest:" : "no name is like it");
            for (int k = 0; k < HZ_TRACE_NEAREST && item->nearest[k]; k++)
                hz_text_addf(refused, "%s '%s'", k ? "," : "", item->nearest[k]);
            hz_text_add(refused, ")");
        }
        if (missing > said)
            hz_text_addf(refused, " and %zu more", missing - said);
    } else if (t->count == 0) {
        hz_text_add(refused, "the list names nothing");
    } else if (w->stop_count < 2) {
        hz_text_addf(refused, "%zu of its %zu items %s in the network, expected at least two "
                     "streets", w->stop_count, t->count, w->stop_count == 1 ? "is" : "are");
    }
}

/* A ring of which a third is guessed is invented. */
static const double most_bridged = 1 / 3.0;

static void refuse_bridged(const hz_trace *t, hz_text *refused)
{
    bool any = false;
    if (!t->ring || t->bridged_m < most_bridged * t->length_m)
        return;
    hz_text_addf(refused, "%.0f m of %.0f m of border would be bridged, expected less than a "
                 "third; about:", t->bridged_m, t->length_m);
    for (size_t i = 0; i < t->count; i++) {
        const hz_trace_item *item = &t->items[i];
        if (!(item->bridged_m > 0.05 * t->length_m))
            continue;
        hz_text_addf(refused, "%s '%s'", any ? "," : "", item->listed);
        any = true;
    }
}

/* A border, a shore or a railway does not run along streets: what bridges it further is invented. */
static const double most_in_place = 500;

static void refuse_invented(const hz_trace *t, hz_text *refused)
{
    for (size_t i = 0; t->ring && !refused->length && i < t->count; i++) {
        size_t before = i;
        if (t->items[i].state != HZ_TRACE_UNMATCHED || !hz_trace_general(t->items[i].listed))
            continue;
        for (size_t k = 1; k < t->count && isnan(t->items[before].start_x); k++)
            before = (i + t->count - k) % t->count;
        if (t->items[before].longest_gap_m > most_in_place)
            hz_text_addf(refused, "in place of '%s', which is no street, %.0f m along streets would be "
                         "invented, expected at most %.0f m, or its lines (--lines)",
                         t->items[i].listed, t->items[before].longest_gap_m, most_in_place);
    }
}

/* A loop that was cut off may have been all that came to an item. */
static void refuse_missed(const hz_trace_work *w, const hz_trace *t, hz_text *refused)
{
    for (size_t i = 0; !w->opts->allow_gaps && !refused->length && i < t->count; i++)
        if (t->items[i].state == HZ_TRACE_MISSED)
            hz_text_addf(refused, "the ring would leave out '%s', and come no nearer than %.0f m",
                         t->items[i].listed, t->items[i].off_m);
}

/* Items without a match are at fault first, whatever else stood in the way. */
static void blame_unmatched(const hz_trace_work *w, const hz_trace *t, hz_text *refused)
{
    bool any = false;
    for (size_t i = 0; w->opts->allow_gaps && refused->length && i < t->count; i++) {
        if (t->items[i].state != HZ_TRACE_UNMATCHED)
            continue;
        hz_text_addf(refused, "%s '%s'", any ? "," : "; without a match:", t->items[i].listed);
        any = true;
    }
}

void hz_trace_refuse(const hz_trace_work *w, const hz_trace *t, hz_text *refused)
{
    if (t->ring) {
        refuse_bridged(t, refused);
        refuse_invented(t, refused);
        refuse_missed(w, t, refused);
    }
    blame_unmatched(w, t, refused);
}
