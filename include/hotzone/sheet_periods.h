/* The same areas in several periods, side by side with one set of classes: design (c). */
#ifndef HOTZONE_SHEET_PERIODS_H
#define HOTZONE_SHEET_PERIODS_H

#include "hotzone/sheet.h"

#ifdef __cplusplus
extern "C" {
#endif

#define HZ_SHEET_PERIODS_MOST 9

/** One panel. */
typedef struct {
    const char *title;           /* the period: "1. kv. 2017" */
    const char *value, *state;   /* columns of the areas, as in hz_sheet_data */
    double city, city_low, city_high; /* beneath the title; NaN: no city value, the line says so */
} hz_sheet_period;

/**
 * Compose panels of one extent with shared class limits, found over the values of all periods
 * together, and one legend below.  Names stand in the first panel alone, where there is room
 * inside; the legend counts no areas.  `text` and `column` are as high as their contents, to at
 * most 240 mm.
 *
 * @param data     value, state, city values, events and focus are not read
 * @param periods  1 .. HZ_SHEET_PERIODS_MOST; more are for a line chart
 * @param facts    may be NULL; the frame is the first panel's, counts are sums over the periods
 * @return as hz_sheet_compose; HZ_EUSAGE also for none or too many periods
 */
HZ_API hz_status hz_sheet_periods_compose(const hz_sheet_data *data, const hz_sheet_period *periods,
                                          size_t period_count, const hz_sheet_words *words,
                                          const hz_look *look, hz_fonts *fonts, hz_scene **out,
                                          hz_sheet_facts *facts, const hz_notice *notice,
                                          hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
