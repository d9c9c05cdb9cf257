/* Charts in the sheets' look: funnel plots, period series, Lorenz curves and functions of a distance,
 * as scenes. */
#ifndef HOTZONE_CHART_H
#define HOTZONE_CHART_H

#include "hotzone/concentration.h"
#include "hotzone/ink.h"
#include "hotzone/layer.h"
#include "hotzone/look.h"
#include "hotzone/notice.h"
#include "hotzone/outlier.h"
#include "hotzone/scene.h"
#include "hotzone/series.h"
#include "hotzone/sheet.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A chart is as wide as the look's page, and as high as its contents ask for: it always fits.  Of
 * the words `quantity` is the title of the y axis, with base and unit.  Colours are the two darkest
 * of the look's palette; form tells them apart as well. */

/** What was drawn, for captions' neighbours and tests. */
typedef struct {
    hz_ink_frame frame;      /* where the (first) plot stands: x_mm, y_mm, w_mm, h_mm */
    double x_low, x_high, y_low, y_high; /* of that plot; a series: x in periods from its start */
    char dropped[600];       /* names without room, comma between */
    size_t dropped_count;
} hz_chart_facts;

typedef struct {
    const hz_layer *areas;   /* after hz_rates_add and hz_outlier_add */
    const char *name;        /* texts column */
    const char *rate, *residents; /* numbers columns; "rate", "population" */
    const hz_outlier_found *found;
    const char *x_title;     /* "Indbyggere" */
    const char *target_label;/* what the target is the rate of: "Hele København"; may be NULL */
} hz_funnel_data;

/**
 * A funnel plot: each area's rate over its residents, the target, and the limits within which 95
 * and 99.8 % of areas lie if chance alone sets them apart.  Areas outside the limits are named first,
 * by a line to the name if need be; others where there is room (`labels.show` may ask for fewer).
 * Areas without a rate are absent.  Without a judgement (see hz_outlier_add) there are
 * points only.
 *
 * @param notice  hears of names without room and characters no font has; may be NULL
 * @return HZ_EUSAGE for a column that is not there, or for names without room where the look's
 *         `labels.show` is all; HZ_EMEMORY
 */
HZ_API hz_status hz_chart_funnel(const hz_funnel_data *data, const hz_sheet_words *words,
                                 const hz_look *look, hz_fonts *fonts, hz_scene **out,
                                 hz_chart_facts *facts, const hz_notice *notice, hz_error *err);

#define HZ_CHART_SERIES_MOST 4

typedef struct {
    const hz_layer *table;     /* after hz_series_add */
    size_t series, periods;    /* series: 1 .. HZ_CHART_SERIES_MOST */
    const hz_period *period;
    hz_series_by by;
    bool rates;                /* false: events are drawn, not rates */
    double level, hide_below;  /* as in hz_series_opts, for the key */
    double most;               /* what no value exceeds, where the axis ends; 0: where the values do */
    const char *const *name;   /* one per series */
    const hz_series_found *found;
} hz_series_data;

/**
 * A period series: a point with its interval for each period, and the value of all periods together
 * as a line; each series in a panel of its own, on one scale.  A value, a zero, a period without
 * a figure, a hidden one and one that is not whole are five different looks.
 *
 * @return HZ_EUSAGE for no series, more than HZ_CHART_SERIES_MOST, or a missing column; HZ_EMEMORY
 */
HZ_API hz_status hz_chart_series(const hz_series_data *data, const hz_sheet_words *words,
                                 const hz_look *look, hz_fonts *fonts, hz_scene **out,
                                 hz_chart_facts *facts, const hz_notice *notice, hz_error *err);

/** What was seen beside what chance alone gives, along one axis; lent. */
typedef struct {
    size_t n;                  /* points; 2 or more, x rising */
    const double *x;
    const double *observed, *expected, *low, *high; /* NaN: no point there */
} hz_chart_curve;

typedef struct {
    hz_chart_curve curve;
    const char *x_title;       /* "Distance, m"; the words' quantity is the title of the y axis */
    const char *observed, *expected, *band; /* of the key: "Observed", "By chance", "95% ..." */
    bool zero;                 /* a line at y = 0 */
} hz_function_data;

/**
 * A function and its envelope: Ripley's L(r) - r over the distance r with the range that chance
 * gives it.  The observed curve is a strong line, the expectation dashed, the envelope a band.
 * @return HZ_EUSAGE for fewer than two points, HZ_EDATA where none is known; HZ_EMEMORY
 */
HZ_API hz_status hz_chart_function(const hz_function_data *data, const hz_sheet_words *words,
                                   const hz_look *look, hz_fonts *fonts, hz_scene **out,
                                   hz_chart_facts *facts, const hz_notice *notice, hz_error *err);

typedef struct {
    hz_chart_curve curve;      /* per cent: observed, the best there is as expected, limits; first
                                  the focus, then a point for each area added; x from 0 up */
    hz_chart_curve later;      /* observed alone, in per cent; n 0: none */
    const char *const *name;   /* what each point of `curve` adds, the focus first; or NULL */
    const char *x_title, *observed, *best, *band, *later_label;
} hz_broadening_data;

/**
 * What a focus holds as areas are added to it, over what they cost: a strong line with a dot for each
 * area, the band of its limits, the best that is possible dashed, and a thin line with hollow dots for
 * the judgement by later events.  The focus is named, areas where there is room.
 * @return HZ_EUSAGE for fewer than two points; HZ_EMEMORY
 */
HZ_API hz_status hz_chart_broadening(const hz_broadening_data *data, const hz_sheet_words *words,
                                     const hz_look *look, hz_fonts *fonts, hz_scene **out,
                                     hz_chart_facts *facts, const hz_notice *notice,
                                     hz_error *err);

#define HZ_CHART_LORENZ_MOST 4

typedef struct {
    const hz_concentration *found; /* of 1 .. HZ_CHART_LORENZ_MOST sets of places */
    const char *const *name;   /* what the places of each are called: "Cells of 200 m" */
    size_t panels;
    const char *x_title;       /* "Share of the cells, %" */
} hz_lorenz_data;

/**
 * Lorenz curves, a square panel for each set of places: the observed curve, the expectation and its
 * 95 % band by chance alone, and the diagonal of an even spread.  Both axes in per cent.
 * @return HZ_EUSAGE for a number of panels out of range, HZ_EMEMORY
 */
HZ_API hz_status hz_chart_lorenz(const hz_lorenz_data *data, const hz_sheet_words *words,
                                 const hz_look *look, hz_fonts *fonts, hz_scene **out,
                                 hz_chart_facts *facts, const hz_notice *notice, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
