/* Why a figure of a focus is undefined, in few words. */
#include <math.h>
#include <string.h>

#include "report/focus_say.h"

static const char hidden[] = "hidden";
static const char two_figures[] = "two published figures alone";

static bool is_one_of(const char *key, const char *const *keys)
{
    while (*keys && strcmp(*keys, key) != 0)
        keys++;
    return *keys != NULL;
}

static bool begins(const char *key, const char *with)
{
    return strncmp(key, with, strlen(with)) == 0;
}

/* Counts of areas, and what is expected of them. */
static const char *of_areas(const hz_focus *f, const char *key)
{
    static const char *const tests[] = { "areas_in_excess", "least_q", NULL };
    static const char *const by_people[] = {
        "expected_outside", "ratio", "ratio_low", "ratio_high", "population_inside",
        "population_outside", NULL
    };
    if (is_one_of(key, tests))
        return "no area outside could be tested: that takes two with residents and counts";
    if (!is_one_of(key, by_people))
        return begins(key, "km2") ? "the areas have no shapes" : hidden;
    if (isnan(f->people_inside + f->people_outside))
        return "residents are not known for every area";
    if (f->unknown > 0)
        return "events are not known for every area";
    if (f->people_outside == 0)
        return "nobody lives outside the focus";
    return f->hidden > 0 || isnan(f->look.total) ? hidden : "no events in the areas";
}

static const char *of_concentration(const hz_focus *f, const char *key)
{
    if (f->hidden > 0)
        return hidden;
    if (strcmp(key, "gini_focus") == 0)
        return "the focus is one area, or has no events";
    if (strcmp(key, "gini") == 0)
        return "fewer than two areas have counts, or none has events";
    if (isnan(f->theil))
        return "fewer than two areas have residents and counts, or none of them has events";
    return "nobody lives in the focus, or nobody outside it";
}

static const char *of_trend(const hz_focus *f)
{
    if (!f->periods)
        return f->guarded ? "no periods of hidden counts" : "no dated events";
    if (f->guarded)
        return "counts of periods are hidden, or one side has none";
    return f->trend.periods < 2 ? "fewer than two periods have events"
                                : "all events of the periods lie on one side";
}

static const char *of_residents(const hz_residents *r, const char *key)
{
    if (!r)
        return "no residents are given";
    return begins(key, "towns") && !r->towns ? "no towns are given" : hidden;
}

const char *focus_why(const hz_caption_focus *facts, const char *key)
{
    static const char *const scans[] = { "clusters_outside", "areas_in_clusters", "least_p", NULL };
    static const char *const people[] = { "areas_with_residents", "areas_hidden", NULL };
    const hz_focus *f = facts->focus;
    if (begins(key, "residents") || begins(key, "towns") || is_one_of(key, people))
        return of_residents(facts->residents, key);
    if (!f->areas)
        return two_figures;
    if (is_one_of(key, scans))
        return f->guarded ? "it would tell of single events"
                          : "not scanned: that takes shapes, and events in two areas with residents "
                            "outside";
    if (begins(key, "frontier_"))
        return f->guarded ? "it would tell of single events"
                          : "no dated events, or none in the areas in the earlier or the later part";
    if (strcmp(key, "firm") == 0)
        return "no other way of looking was tried";
    if (begins(key, "trend"))
        return of_trend(f);
    if (begins(key, "gini") || begins(key, "theil"))
        return of_concentration(f, key);
    return of_areas(f, key);
}
