/* What a report says of its zones at the top: the fewest and the most that any of them holds. */

#include "hotzone/caption.h"
#include "hotzone/caption_zones.h"
#include "report/say.h"

static bool known(const hz_card_column *c)
{
    return c->why[HZ_CARD_CAPTURE] == HZ_CARD_KNOWN;
}

/* Whose counts or shares of the first period are hidden. */
static size_t count_hidden(const hz_caption_zones *f)
{
    size_t n = 0;
    for (size_t c = 0; c < f->n; c++)
        n += f->cards[c].now.why[HZ_CARD_CAPTURE] == HZ_CARD_HIDDEN;
    return n;
}

/* The card that holds the fewest events or the most; of several, the smallest zone. */
static size_t extreme(const hz_caption_zones *f, bool most)
{
    size_t best = f->n;
    for (size_t c = 0; c < f->n; c++) {
        const double *v = f->cards[c].now.value, *b = best < f->n ? f->cards[best].now.value : v;
        double more = v[HZ_CARD_EVENTS_IN] - b[HZ_CARD_EVENTS_IN];
        bool smaller = v[HZ_CARD_AREA_KM2] < b[HZ_CARD_AREA_KM2];
        if (known(&f->cards[c].now) && (best == f->n || (most ? more > 0 : more < 0) ||
                                        (more == 0 && smaller)))
            best = c;
    }
    return best;
}

/* "8 (100.0%, 67.6–100.0%)" */
static void say_share(const hz_caption_zones *f, const hz_card_column *c, hz_text *out)
{
    const double *v = c->value;
    hz_say_count(out, f->language, (size_t)v[HZ_CARD_EVENTS_IN]);
    hz_text_add(out, " (");
    hz_say_share(out, f->language, v[HZ_CARD_CAPTURE], 1);
    hz_text_add(out, ", ");
    hz_say_interval(out, f->language, 100 * v[HZ_CARD_CAPTURE_LOW], 100 * v[HZ_CARD_CAPTURE_HIGH],
                    1);
    hz_text_add(out, f->language == HZ_DANISH ? HZ_SAY_NBSP "%)" : "%)");
}

static void say_card(const hz_caption_zones *f, size_t card, hz_text *out)
{
    const hz_card_column *c = &f->cards[card].now;
    hz_caption_zones_named(f, card, out);
    hz_text_add(out, f->language == HZ_DANISH ? " med " : " with ");
    say_share(f, c, out);
    if (c->why[HZ_CARD_AREA_SHARE] == HZ_CARD_KNOWN) {
        hz_text_add(out, f->language == HZ_DANISH ? " på " : " on ");
        hz_say_share(out, f->language, c->value[HZ_CARD_AREA_SHARE], 1);
        hz_text_add(out, f->language == HZ_DANISH ? " af landarealet" : " of the land");
    }
}

static void say_later(const hz_caption_zones *f, size_t fewest, size_t most, hz_text *out)
{
    bool da = f->language == HZ_DANISH;
    const hz_card_column *a = &f->cards[fewest].later, *b = &f->cards[most].later;
    if (!f->later || !known(a) || !known(b))
        return;
    hz_say_begin(out);
    hz_text_addf(out, da ? "Senere, %s, af " : "Later, %s, of ", f->later);
    hz_say_count(out, f->language, (size_t)b->value[HZ_CARD_EVENTS_TOTAL]);
    hz_text_add(out, ": ");
    if (fewest != most) {
        say_share(f, a, out);
        hz_text_add(out, da ? " og " : " and ");
    }
    say_share(f, b, out);
    hz_text_add(out, ".");
}

void hz_caption_zones_short(const hz_caption_zones *f, hz_text *out)
{
    bool da = f->language == HZ_DANISH;
    size_t fewest = extreme(f, false), most = extreme(f, true), start = out->length;
    hz_text_addf(out, "%s%s%s%s%s. ", f->noun, f->place_in ? " " : "",
                 f->place_in ? f->place_in : "", *f->period ? ", " : "", f->period);
    hz_text_capital(out, start);
    size_t hidden = count_hidden(f);
    if (most == f->n && hidden) {
        hz_text_add(out, da ? "Hvor stor en del zonerne rummer, er skjult, fordi små antal er det."
                            : "What share the zones hold is hidden, as small counts are.");
    } else if (most == f->n) {
        hz_text_add(out, da ? "Ingen zone har et tal at vise." : "No zone has a figure to show.");
    } else {
        size_t one = out->length;
        hz_say_count_word(out, f->language, f->n);
        hz_text_capital(out, one);
        hz_text_add(out, f->n == 1 ? (da ? " zone og " : " zone and ")
                                   : (da ? " zoner og " : " zones and "));
        hz_say_count(out, f->language,
                     (size_t)f->cards[most].now.value[HZ_CARD_EVENTS_TOTAL]);
        hz_text_add(out, da ? " hændelser. " : " events. ");
        if (hidden) {
            hz_text_add(out, da ? "Skjult for " : "Hidden for ");
            hz_say_count(out, f->language, hidden);
            hz_text_add(out, da ? " af dem; af de andre " : " of them; of the others ");
        }
        if (fewest != most) {
            hz_text_add(out, hidden ? (da ? "færrest: " : "fewest: ")
                                    : (da ? "Færrest: " : "Fewest: "));
            say_card(f, fewest, out);
            hz_text_add(out, da ? "; flest: " : "; most: ");
        }
        say_card(f, most, out);
        hz_text_add(out, ".");
        say_later(f, fewest, most, out);
    }
    if (f->made_up)
        hz_caption_made_up(f->language, out);
}
