/* Says what is to be known of a zone besides its figures: repaired, clipped, in force when. */
#include <math.h>

#include "report/card_parts.h"
#include "report/say.h"

#define NEAR_FRAME_M 500 /* as far as leakage is counted */

const char *hz_remark_code(hz_remark remark)
{
    static const char *const codes[HZ_REMARKS] = {
        "no-area", "repaired", "outside", "partly-outside", "multipart", "holes", "touches-frame",
        "near-frame", "same-name", "bad-dates", "start-after-end", "not-in-force",
        "partly-in-force"
    };
    return remark < HZ_REMARKS ? codes[remark] : "";
}

/* The column that counts: the later one, where there is one. */
static const hz_card_column *last_of(const hz_card *card, const hz_card_note *note)
{
    return note->later_period ? &card->later : &card->now;
}

static double known(const hz_card_column *c, int figure)
{
    return c->why[figure] == HZ_CARD_KNOWN ? c->value[figure] : NAN;
}

bool hz_remark_applies(hz_remark remark, const hz_card *card, const hz_card_note *note)
{
    const hz_card_column *c = &card->now;
    double area = known(c, HZ_CARD_AREA_KM2), land = known(c, HZ_CARD_LAND_KM2);
    double frame = known(c, HZ_CARD_FRAME_M);
    double days = known(last_of(card, note), HZ_CARD_DAYS);
    double in_force = known(last_of(card, note), HZ_CARD_DAYS_IN_FORCE);
    hz_validity_state dates = note->validity ? note->validity->state : HZ_VALIDITY_GOOD;
    switch (remark) {
    case HZ_REMARK_NO_AREA: return isnan(area);
    case HZ_REMARK_REPAIRED: return note->repaired;
    case HZ_REMARK_OUTSIDE: return land <= 0;
    case HZ_REMARK_PARTLY_OUTSIDE: return land > 0 && land < 0.999 * area;
    case HZ_REMARK_MULTIPART: return known(c, HZ_CARD_PARTS) > 1;
    case HZ_REMARK_HOLES: return known(c, HZ_CARD_HOLES) > 0;
    case HZ_REMARK_TOUCHES_FRAME: return land > 0 && frame <= 0;
    case HZ_REMARK_NEAR_FRAME: return land > 0 && frame > 0 && frame <= NEAR_FRAME_M;
    case HZ_REMARK_SAME_NAME: return note->same_name;
    case HZ_REMARK_BAD_DATES:
        return dates == HZ_VALIDITY_BAD_START || dates == HZ_VALIDITY_BAD_END;
    case HZ_REMARK_REVERSED: return dates == HZ_VALIDITY_REVERSED;
    case HZ_REMARK_NOT_IN_FORCE: return dates == HZ_VALIDITY_GOOD && in_force <= 0;
    case HZ_REMARK_PARTLY_IN_FORCE: return in_force > 0 && in_force < days;
    default: return false;
    }
}

static void say_days(const hz_card_column *c, hz_language language, hz_text *out)
{
    hz_card_say_days(out, language, c->value[HZ_CARD_DAYS_IN_FORCE]);
    hz_text_add(out, language == HZ_DANISH ? " af periodens " : " of the period's ");
    hz_card_say_days(out, language, c->value[HZ_CARD_DAYS]);
    hz_text_add(out, language == HZ_DANISH ? " døgn" : " days");
}

/* Those with a figure in them. */
static bool say_figure(hz_remark remark, const hz_card *card, const hz_card_note *note,
                       hz_language l, hz_text *out)
{
    const hz_card_column *c = &card->now;
    const bool da = l == HZ_DANISH;
    switch (remark) {
    case HZ_REMARK_PARTLY_OUTSIDE:
        hz_say_share(out, l, 1 - c->value[HZ_CARD_LAND_KM2] / c->value[HZ_CARD_AREA_KM2], 1);
        hz_text_add(out, da ? " af zonen ligger uden for undersøgelsesområdets landareal og tæller ikke"
                            : " of the zone lies outside the study area's land and counts for nothing");
        return true;
    case HZ_REMARK_MULTIPART:
        hz_text_add(out, da ? "zonen består af " : "the zone has ");
        hz_say_count(out, l, (size_t)c->value[HZ_CARD_PARTS]);
        hz_text_add(out, da ? " dele, der tæller som én zone" : " parts, which count as one zone");
        return true;
    case HZ_REMARK_HOLES:
        hz_text_add(out, da ? "zonen har " : "the zone has ");
        hz_say_count(out, l, (size_t)c->value[HZ_CARD_HOLES]);
        if (c->value[HZ_CARD_HOLES] > 1)
            hz_text_add(out, da ? " huller; hændelser i dem ligger uden for zonen"
                                : " holes; events in them lie outside the zone");
        else
            hz_text_add(out, da ? " hul; hændelser i det ligger uden for zonen"
                                : " hole; events in it lie outside the zone");
        return true;
    case HZ_REMARK_NEAR_FRAME:
        hz_text_add(out, da ? "undersøgelsesområdets grænse ligger " : "the study area ends ");
        hz_say_number(out, l, c->value[HZ_CARD_FRAME_M], 0);
        hz_text_add(out, da ? HZ_SAY_NBSP "m fra zonens; hændelser på den anden side er ikke talt med"
                            : HZ_SAY_NBSP "m from the zone's border; events beyond are not counted");
        return true;
    case HZ_REMARK_PARTLY_IN_FORCE:
        hz_text_add(out, da ? "zonen var i kraft i " : "the zone was in force on ");
        say_days(last_of(card, note), l, out);
        if (note->in_force)
            hz_text_add(out, da ? "; kun hændelser i den tid er talt med"
                                : "; only events of that time are counted");
        else
            hz_text_add(out, da ? "; hændelser i hele perioden er talt med"
                                : "; events of the whole period are counted");
        return true;
    default:
        return false;
    }
}

void hz_remark_say(hz_remark remark, const hz_card *card, const hz_card_note *note,
                   hz_language language, hz_text *out)
{
    static const char *const words[HZ_REMARKS][2] = {
        [HZ_REMARK_NO_AREA] = { "the zone has no area", "zonen har intet areal" },
        [HZ_REMARK_REPAIRED] = { "the zone's border crossed itself and was repaired",
                                 "zonens grænse krydsede sig selv og er rettet" },
        [HZ_REMARK_OUTSIDE] = { "the zone lies outside the study area's land",
                                "zonen ligger uden for undersøgelsesområdets landareal" },
        [HZ_REMARK_TOUCHES_FRAME] = {
            "the zone reaches the border of the study area; events beyond it are not counted",
            "zonen når undersøgelsesområdets grænse; hændelser på den anden side er ikke talt med" },
        [HZ_REMARK_SAME_NAME] = { "another zone has the same name: tell them by number",
                                  "en anden zone har samme navn: de kendes på nummeret" },
        [HZ_REMARK_BAD_DATES] = { "the zone's start or end is no date: it is taken to be never in force",
                                  "zonens start eller slut er ingen dato: den regnes for aldrig at være i "
                                  "kraft" },
        [HZ_REMARK_REVERSED] = { "the zone starts no earlier than it ends: it was never in force",
                                 "zonen begynder ikke før, den slutter: den har aldrig været i kraft" },
        [HZ_REMARK_NOT_IN_FORCE] = { "the zone was not in force in the period",
                                     "zonen var ikke i kraft i perioden" },
    };
    if (remark < HZ_REMARKS && !say_figure(remark, card, note, language, out) &&
        words[remark][language])
        hz_text_add(out, words[remark][language]);
}
