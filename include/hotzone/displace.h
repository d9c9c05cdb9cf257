/* Before, during and after a zone: inside it, around it, and where nothing was done. */
#ifndef HOTZONE_DISPLACE_H
#define HOTZONE_DISPLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/place.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { HZ_DISPLACE_RINGS_MOST = 8 };

/** Where to count.  Layers are lent; all but the zone and one of control and study may be NULL. */
typedef struct {
    const hz_layer *zone;         /* all its polygons together are the zone */
    double ring_m[HZ_DISPLACE_RINGS_MOST]; /* outer distances, metres, 1 to 100000, in any order */
    size_t rings;                 /* at least 1 */
    double gap_m;                 /* from the outermost ring to a control that is the rest */
    const hz_layer *study;        /* everything is clipped to it */
    const hz_layer *water;        /* taken out of everything */
    const hz_layer *others;       /* other zones in force: taken out of rings and controls */
    const hz_layer *control;      /* NULL: the study area beyond rings and gap */
    const hz_layer *ring_control; /* of the rings; NULL: the same control */
} hz_displace_places;

/**
 * The polygons that events are counted in, one row each: the zone, rings from the inside out, the
 * control, the rings' control.  Columns `area` ("zone", "ring 1", .., "control", "ring control"),
 * `inner_m`, `outer_m` (of rings), `km2`.  In metres.
 *
 * @param out  disjoint polygons
 * @return HZ_EUSAGE for distances that cannot be, or neither control nor study; HZ_EDATA if nothing
 *         is left of an area, or a control overlaps zone, rings or the other control by over 1 m2;
 *         HZ_ECRS if some layers have a reference system and others none; HZ_EMEMORY
 */
HZ_API hz_status hz_displace_areas(const hz_displace_places *places, hz_layer **out,
                                   const hz_notice *notice, hz_error *err);

/** How a control of another size stands for the zone and its rings. */
typedef enum {
    HZ_DISPLACE_BY_AREA = 0,  /* by km2: as if its density had changed there too */
    HZ_DISPLACE_BY_RESIDENTS,
    HZ_DISPLACE_UNWEIGHTED    /* as it stands, as Wheeler & Ratcliffe's example */
} hz_displace_weights;

/** Spans of whole days. */
enum { HZ_DISPLACE_BEFORE = 0, HZ_DISPLACE_DURING, HZ_DISPLACE_AFTER, HZ_DISPLACE_EARLIER,
       HZ_DISPLACE_PERIODS };

typedef struct {
    hz_period period[HZ_DISPLACE_PERIODS]; /* HZ_PERIOD_ALWAYS: not asked for; closed, disjoint.
                                            * Before, and during or after, are needed; earlier is a
                                            * history against which `before` is seen as a peak */
    hz_displace_weights weights;
    double level;
    hz_place_opts place;          /* time, kinds; its period is not used, nor a weight */
    const char *residents;        /* a numbers column of the areas, or NULL */
} hz_displace_opts;
#define HZ_DISPLACE_DEFAULTS                                                                      \
    { { HZ_PERIOD_ALWAYS, HZ_PERIOD_ALWAYS, HZ_PERIOD_ALWAYS, HZ_PERIOD_ALWAYS },                 \
      HZ_DISPLACE_BY_AREA, 0.95, HZ_PLACE_DEFAULTS, NULL }

typedef struct {
    hz_layer *areas;   /* a copy, with `events_before` .. for the periods asked for */
    hz_layer *counts;  /* one row per period and area */
    hz_layer *effects; /* one row per comparison and part: zone, each ring, rings, total */
    hz_fate fate;      /* of all periods together: placed in an area, or outside them all */
    double days[HZ_DISPLACE_PERIODS]; /* NaN: not asked for */
    /* the zone before against earlier, events per day; NaN without */
    double peak_ratio, peak_low, peak_high;
} hz_displacement;

/**
 * Count, and compare during and after with before: rates with Garwood limits, ratios with exact
 * conditional limits, the weighted displacement difference and quotient (hz_wdd, hz_wdq).
 * docs/methods/displacement.md; docs/reference/tables.md lists the columns.
 *
 * @param areas   as from hz_displace_areas
 * @param events  points with a column of times
 * @return HZ_EUSAGE for periods or options that cannot be, HZ_EDATA for residents that are missing
 *         where they are the weights, and as hz_place_events
 */
HZ_API hz_status hz_displace_make(const hz_layer *areas, const hz_layer *events,
                                  const hz_displace_opts *opts, hz_displacement *out,
                                  const hz_notice *notice, hz_error *err);
HZ_API void hz_displacement_clear(hz_displacement *d);

HZ_API const char *const *hz_displace_count_columns(size_t *n);
HZ_API const char *const *hz_displace_effect_columns(size_t *n);
/** "before", "during", "after", "earlier". */
HZ_API const char *hz_displace_period_name(int period);

#ifdef __cplusplus
}
#endif
#endif
