/* Takes from a card the figures that hidden counts would be told by. */
#include "zone/card_parts.h"

/* Reasons that the zone, or what was asked for, give by themselves: they tell of no event. */
static bool is_of_events(int why)
{
    switch (why) {
    case HZ_CARD_KNOWN:
    case HZ_CARD_NO_EVENTS:
    case HZ_CARD_NO_LIMIT:
    case HZ_CARD_NOT_ASKED:
    case HZ_CARD_TOO_FEW_PLACED:
    case HZ_CARD_NULL_OFF_LAND:
    case HZ_CARD_NULL_RESIDENTS_OFF:
    case HZ_CARD_NULL_OUTSIDE:
    case HZ_CARD_NO_HOT:
    case HZ_CARD_HOT_UNTESTED:
    case HZ_CARD_TIED:
    case HZ_CARD_NONE_INSIDE: return true;
    default: return false;
    }
}

static void hide(hz_card_column *c, bool hidden, int first, int last, hz_card_why why)
{
    for (int i = first; hidden && i <= last; i++)
        if (is_of_events(c->why[i]))
            card_set(c, i, NAN, why);
}

/* Whatever the reason was: which of several it is may depend on the events. */
static void hide_all(hz_card_column *c, bool hidden, int first, int last)
{
    for (int i = first; hidden && i <= last; i++)
        if (c->why[i] != HZ_CARD_NO_AREA)
            card_set(c, i, NAN, HZ_CARD_WITHHELD);
}

/* What is no sum of counts over ground, or over ground so narrow that it places events. */
static void withhold(hz_card_column *c, const hz_card_hidden *h)
{
    hide_all(c, h->single, HZ_CARD_JITTER_LOW, HZ_CARD_JITTER_HIGH);
    hide(c, h->single, HZ_CARD_PEI, HZ_CARD_PEI, HZ_CARD_WITHHELD);
    hide(c, h->single, HZ_CARD_LEAKAGE, HZ_CARD_LEAKAGE + HZ_CARD_RINGS - HZ_CARD_WIDE - 1,
         HZ_CARD_WITHHELD);
    hide(c, h->single, HZ_CARD_INSIDE, HZ_CARD_INSIDE + HZ_CARD_RINGS - 1, HZ_CARD_WITHHELD);
    hide(c, h->single, HZ_CARD_NULL_P, HZ_CARD_EFFICIENCY, HZ_CARD_WITHHELD);
    hide_all(c, h->single && h->own_hot, HZ_CARD_HOT_KM2, HZ_CARD_HAUSDORFF_M);
    hide_all(c, h->single, HZ_CARD_IOU_EVENTS, HZ_CARD_IOU_EVENTS);
    hide_all(c, h->single, HZ_CARD_RECALL_EVENTS, HZ_CARD_RECALL_EVENTS);
    hide(c, h->single, HZ_CARD_EVENTS_PART, HZ_CARD_EVENTS_PART, HZ_CARD_WITHHELD);
}

void hz_card_hide(hz_card_column *c, const hz_card_hidden *h)
{
    bool in = h->count[0], either = in || h->total;
    withhold(c, h);
    hide(c, in, HZ_CARD_EVENTS_IN, HZ_CARD_EVENTS_IN, HZ_CARD_HIDDEN);
    hide(c, h->total, HZ_CARD_EVENTS_TOTAL, HZ_CARD_EVENTS_TOTAL, HZ_CARD_HIDDEN);
    hide(c, either, HZ_CARD_CAPTURE, HZ_CARD_CAPTURE_HIGH, HZ_CARD_HIDDEN);
    hide(c, either, HZ_CARD_PAI, HZ_CARD_PAI, HZ_CARD_HIDDEN);
    hide(c, either, HZ_CARD_PAI_RESIDENTS, HZ_CARD_PAI_RESIDENTS, HZ_CARD_HIDDEN);
    hide(c, in, HZ_CARD_RATE_INSIDE, HZ_CARD_RATE_INSIDE, HZ_CARD_HIDDEN);
    hide(c, either, HZ_CARD_RATE_OUTSIDE, HZ_CARD_RATE_RATIO_HIGH, HZ_CARD_HIDDEN);
    hide(c, in, HZ_CARD_DENSITY_INSIDE, HZ_CARD_DENSITY_INSIDE, HZ_CARD_HIDDEN);
    hide(c, either, HZ_CARD_DENSITY_OUTSIDE, HZ_CARD_DENSITY_RATIO_HIGH, HZ_CARD_HIDDEN);
    for (int k = 0; k < HZ_CARD_WIDE; k++) {
        int wide = HZ_CARD_LEAKAGE + HZ_CARD_RINGS - HZ_CARD_WIDE + k;
        hide(c, h->count[1 + k], wide, wide, HZ_CARD_HIDDEN);
    }
    hide(c, h->searches, HZ_CARD_SEARCHES, HZ_CARD_SEARCHES_PER_EVENT, HZ_CARD_HIDDEN);
    hide(c, in, HZ_CARD_SEARCHES_PER_EVENT, HZ_CARD_SEARCHES_PER_EVENT, HZ_CARD_HIDDEN);
}
