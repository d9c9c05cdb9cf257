/* Colours of classes, and the gate that keeps them apart for every reader. */
#ifndef HOTZONE_PALETTE_H
#define HOTZONE_PALETTE_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef uint32_t hz_colour; /* 0xRRGGBB */

typedef enum { HZ_VIEW_NORMAL = 0, HZ_VIEW_DEUTAN, HZ_VIEW_PROTAN, HZ_VIEW_TRITAN,
               HZ_VIEW_GREY, HZ_VIEWS } hz_view;

/** "#rrggbb" or "#rgb", either case; anything else is HZ_EUSAGE. */
HZ_API hz_status hz_colour_parse(const char *text, hz_colour *out, hz_error *err);
/**
 * As seen with a colour vision deficiency (Machado, Oliveira & Fernandes 2009, full severity,
 * applied to linear sRGB) or in grey (the grey of equal luminance).
 */
HZ_API hz_colour hz_colour_seen(hz_colour colour, hz_view view);
/** CIEDE2000 (Sharma, Wu & Dalal 2005) between two sRGB colours under D65, 0..about 100. */
HZ_API double hz_colour_distance(hz_colour a, hz_colour b);
/** The same between two CIELAB colours { L*, a*, b* }. */
HZ_API double hz_lab_distance(const double a[3], const double b[3]);
/** WCAG 2 contrast ratio, 1..21. */
HZ_API double hz_colour_contrast(hz_colour a, hz_colour b);

/**
 * n colours, low to high, of a named palette: `ylgnbu` and `warm` (1..7, darker means more) or
 * `ratio` (1..7, diverging).  All pass the gate against the built-in no-data, water and outside
 * colours, reversed too.
 *
 * @return HZ_EUSAGE for another name (the nearest is suggested) or another n
 */
HZ_API hz_status hz_palette_named(const char *name, size_t n, hz_colour *out, hz_error *err);
/** Does this palette name a diverging one?  False for an unknown name. */
HZ_API int hz_palette_is_diverging(const char *name);
/**
 * The gate: neighbouring classes at least 10 apart in CIEDE2000, 8 in the deutan, protan and grey
 * views, 6 in tritan; each class at least 8 from no-data, water and outside in the normal, deutan
 * and protan views (grey relies on the hatch).
 *
 * @param classes    n colours, low to high
 * @param diverging  not 0: skip grey, where both arms look alike
 * @return HZ_EUSAGE naming the two colours, the view, the distance and what was expected
 */
HZ_API hz_status hz_palette_check(const hz_colour *classes, size_t n, int diverging,
                                  hz_colour no_data, hz_colour water, hz_colour outside,
                                  hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
