/* One chart under way: what it is drawn from. */
#ifndef RUN_CHARTS_H
#define RUN_CHARTS_H

#include "hotzone/chart.h"
#include "hotzone/pattern.h"
#include "run/project.h"

typedef struct {
    const recipe_chart *chart;
    const result *res;
    char name_of_files[RECIPE_NAME];
    hz_layer *table;            /* what is drawn and written as NAME.csv */
    hz_outlier_found outlier;   /* of a funnel */
    hz_pattern_points points;   /* of an L function */
    double precision_m;         /* the worst of its events; 0: unknown */
    hz_period *parts;           /* of a series, and all below */
    size_t periods, series;
    bool rates;
    const char *name[HZ_CHART_SERIES_MOST]; /* of areas, lent by the result; unused if together */
    hz_series_found found[HZ_CHART_SERIES_MOST];
} chart_work;

/** Count every period of a series, rate it, and hide what must be hidden. */
hz_status charts_count(const project *p, chart_work *w, hz_error *err); /* charts_count.c */
/** K and L of the events with their band; HZ_EDATA where there is none. */
hz_status charts_measure(const project *p, chart_work *w, hz_error *err); /* charts_distance.c */

#endif
