/* Sentences about funnel plots, period series and L functions, in Danish and English, made from the data. */
#ifndef HOTZONE_CAPTION_CHART_H
#define HOTZONE_CAPTION_CHART_H

#include "hotzone/caption.h"
#include "hotzone/outlier.h"
#include "hotzone/pattern.h"
#include "hotzone/series.h"

#ifdef __cplusplus
extern "C" {
#endif

/* As in caption.h: plain text is added to `out`, out->failed tells of memory.  Of the facts the
 * words, `per`, `level`, `decimals`, `hide_below`, `made_up` and (funnels) `areas` and `name` are
 * read; hidden figures are in neither layer. */

/** A funnel.  `facts->areas` has been through hz_outlier_add. */
typedef struct {
    const hz_outlier_found *found;
    const char *target_label;  /* what the target is the rate of; may be NULL */
} hz_caption_funnel;

/** Alternative text, two to four sentences: what is shown, which areas are outside the limits,
 *  which are not in it. */
HZ_API void hz_caption_funnel_alt(const hz_caption_facts *facts, const hz_caption_funnel *funnel,
                                  hz_text *out);
/** The paragraph under the figure: what is shown, who stands outside, and how many areas chance
 *  alone would put there. */
HZ_API void hz_caption_funnel_figure(const hz_caption_facts *facts,
                                     const hz_caption_funnel *funnel, hz_text *out);
/** The note on the chart: limits, target, over-dispersion, areas that are absent. */
HZ_API void hz_caption_funnel_method(const hz_caption_facts *facts,
                                     const hz_caption_funnel *funnel, hz_text *out);

/** Period series; one table of `series` times `periods` rows after hz_series_add. */
typedef struct {
    const hz_layer *table;
    size_t series, periods;
    const hz_period *period;
    hz_series_by by;
    bool rates;                /* rates, else events per period */
    const char *const *name;   /* one per series */
    const hz_series_found *found;
} hz_caption_series;

/** The title of the y axis: "Anmeldelser pr. 1.000 indbyggere pr. år", "Anmeldelser pr.
 *  måned". */
HZ_API void hz_caption_series_quantity(const hz_caption_facts *facts,
                                       const hz_caption_series *series, hz_text *out);
HZ_API void hz_caption_series_alt(const hz_caption_facts *facts, const hz_caption_series *series,
                                  hz_text *out);
HZ_API void hz_caption_series_figure(const hz_caption_facts *facts,
                                     const hz_caption_series *series, hz_text *out);
HZ_API void hz_caption_series_method(const hz_caption_facts *facts,
                                     const hz_caption_series *series, hz_text *out);

/** An L function with its band: `points->k` exists. */
typedef struct {
    const hz_pattern_points *points;
    double precision_m;        /* the worst among the events; 0: unknown, nothing is said */
} hz_caption_function;

/** The title of the y axis: "L(r) − r of shootings, 2017, m". */
HZ_API void hz_caption_function_quantity(const hz_caption_facts *facts, hz_text *out);
/** What is shown, and where the curve leaves the band. */
HZ_API void hz_caption_function_alt(const hz_caption_facts *facts,
                                    const hz_caption_function *function, hz_text *out);
/** Besides, the global tests, and when not to trust the curve. */
HZ_API void hz_caption_function_figure(const hz_caption_facts *facts,
                                       const hz_caption_function *function, hz_text *out);
/** The note on the chart: edge correction, what chance is, what the band holds. */
HZ_API void hz_caption_function_method(const hz_caption_facts *facts,
                                       const hz_caption_function *function, hz_text *out);

#ifdef __cplusplus
}
#endif
#endif
