/* Names the figures of a card, and says why one is not there. */
#include "hotzone/card.h"

const char *hz_card_key(hz_card_figure figure)
{
    static const char *const keys[HZ_CARD_FIGURES] = {
        "events_in", "events_total", "capture", "capture_low", "capture_high",
        "capture_jitter_low", "capture_jitter_high", "area_km2", "study_km2", "land_km2",
        "area_share", "residents", "residents_total", "residents_share", "pai", "pei",
        "pai_residents", "rate_inside", "rate_outside", "rate_ratio", "rate_ratio_low",
        "rate_ratio_high", "density_inside", "density_outside", "density_ratio",
        "density_ratio_low", "density_ratio_high", "leakage.50", "leakage.100", "leakage.200",
        "leakage.500", "inside.50", "inside.100", "inside.200", "inside.500", "null_p",
        "null_p_high", "null_accepted", "null_placements", "null_tries", "null_as_many",
        "null_events_low", "null_events_median", "null_events_high", "null_land",
        "null_residents_low", "null_residents_high", "frontier_capture", "efficiency", "hot_km2",
        "iou_area", "iou_events", "iou_residents", "precision", "recall", "recall_events",
        "hausdorff_mean_m", "hausdorff_p95_m", "hausdorff_m", "polsby_popper", "reock", "hull",
        "parts", "holes", "searches", "finds", "hit_rate", "hit_rate_low", "hit_rate_high",
        "searches_per_1000", "searches_per_event", "frame_m", "days", "days_in_force",
        "events_part"
    };
    return figure < HZ_CARD_FIGURES ? keys[figure] : "";
}

const char *hz_card_why_text(hz_card_why why)
{
    switch (why) {
    case HZ_CARD_KNOWN: return "";
    case HZ_CARD_NO_EVENTS: return "there are no events to divide by";
    case HZ_CARD_NO_AREA: return "the zone has no area";
    case HZ_CARD_OFF_STUDY: return "the zone lies outside the study area's land";
    case HZ_CARD_ALL_STUDY: return "the zone covers the whole study area";
    case HZ_CARD_NO_POPULATION: return "no population is given";
    case HZ_CARD_NO_FIGURE: return "part of it lies where no population figure is known";
    case HZ_CARD_NOBODY: return "nobody lives there";
    case HZ_CARD_NO_LIMIT: return "there are none outside, so it has no upper end";
    case HZ_CARD_NO_PRECISION: return "the events say nothing of their precision";
    case HZ_CARD_NOT_ASKED: return "no random placements were asked for";
    case HZ_CARD_TOO_FEW_PLACED:
        return "too few random placements were accepted; null_accepted is their share of the tries";
    case HZ_CARD_NULL_OFF_LAND: return "less of the zone itself is land than placements must have";
    case HZ_CARD_NULL_RESIDENTS_OFF:
        return "the zone's own residents are outside the limits of the placements";
    case HZ_CARD_NULL_OUTSIDE: return "the zone's middle lies outside the study area";
    case HZ_CARD_ONE_PERIOD: return "needs an earlier and a later period";
    case HZ_CARD_NO_HOT: return "there are no significant hotspots";
    case HZ_CARD_HOT_UNTESTED: return "there is too little data to test for hotspots";
    case HZ_CARD_NO_SEARCHES: return "no searches are given";
    case HZ_CARD_NO_FOUND: return "the searches do not say what was found";
    case HZ_CARD_NONE_INSIDE: return "there is none in the zone to divide by";
    case HZ_CARD_NO_SEARCHES_OF: return "no searches of this zone are given";
    case HZ_CARD_NO_DATES:
        return "no dates of start and end are known, or the card is of zones with several";
    case HZ_CARD_NO_PERIOD: return "no period with both ends is given";
    case HZ_CARD_ALL_TIME: return "events count whether or not the zone was in force";
    case HZ_CARD_NOT_IN_FORCE: return "the zone was not in force in the period";
    case HZ_CARD_TIED:
        return "the earlier events leave too many cells tied: which of them come first would decide "
               "over more than the figure itself";
    case HZ_CARD_HIDDEN:
        return "hidden: it is a small count, follows from one, or would give one away";
    case HZ_CARD_WITHHELD:
        return "not told: it would place single events, and small counts of these are hidden";
    }
    return "";
}
