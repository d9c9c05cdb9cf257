/* What charts share: axes, keys, labels of points, and the composition of the page. */
#ifndef HOTZONE_MAP_CHART_PARTS_H
#define HOTZONE_MAP_CHART_PARTS_H

#include "hotzone/chart.h"
#include "map/sheet_parts.h"

#define HZ_CHART_LINE 0x595959U /* axes and limits */
#define HZ_CHART_GRID 0xd0d0d0U
#define HZ_CHART_SMALL_PT 7.0   /* ticks and keys */
#define HZ_CHART_NOTES 8        /* paragraphs below a chart */

/* The built-in words of charts. */
typedef struct {
    const char *outside_95, *outside_998, *inside, *limit_95, *limit_998;
    const char *not_zero, *no_target;
    const char *interval;      /* %s: the level */
    const char *not_whole, *hidden, *hidden_fewer, *no_figure, *mean, *mean_known;
    const char *month[12], *quarter; /* %s: its number */
    const char *observed, *by_chance, *band_95, *even, *narrow;
} hz_chart_wording;
const hz_chart_wording *hz_chart_say(hz_language language);

/* An axis: from low to high, marked at multiples of step. */
typedef struct {
    double low, high, step;
    int decimals;
} hz_scale;

/* The room between the axes, and what it stands for. */
typedef struct {
    hz_rect room;
    hz_scale x, y;
} hz_plot;

typedef struct hz_chart hz_chart;
/* Draws the chart with its top left corner at x, y and returns its height; only measured if draw is
 * false. */
typedef double (*hz_chart_body)(hz_chart *c, double x, double y, double w, bool draw);

struct hz_chart {
    hz_sheet s;                /* the sheets' voice: look, fonts, words, scene */
    const hz_chart_wording *say;
    hz_chart_facts facts;
    hz_colour dark, middle;    /* the two darkest of the palette */
    const void *data;
    void *scratch;             /* of the body */
    hz_sheet_words words;      /* the caller's, with what the chart itself has to say */
    const char *notes[HZ_CHART_NOTES];
    hz_chart_body body;
};

/* Measure, make the page, draw, report.  *out is set only on success. */
hz_status hz_chart_compose(hz_chart *c, const hz_notice *notice, hz_scene **out,
                           hz_chart_facts *facts, hz_error *err);
hz_status hz_chart_start(hz_chart *c, const hz_sheet_words *words, const hz_look *look,
                         hz_fonts *fonts, hz_error *err);
/* Add a paragraph below the chart, before the sources; the text is lent. */
void hz_chart_add_note(hz_chart *c, const char *text);
void hz_chart_clear(hz_chart *c);

/* The least of 1, 2, 5 times a power of ten that cuts `high - low` into at most `most` steps. */
double hz_chart_step(double span, int most);
hz_scale hz_chart_scale(double low, double high, int most);
double hz_plot_x(const hz_plot *p, double value);
double hz_plot_y(const hz_plot *p, double value);
/* Width that the numbers of the y axis need. */
double hz_chart_y_width(hz_chart *c, const hz_scale *y);
void hz_chart_y_axis(hz_chart *c, const hz_plot *p);
void hz_chart_x_axis(hz_chart *c, const hz_plot *p);
char *hz_chart_number(const hz_chart *c, double value, int decimals, char *buf, size_t size);

/* A row of keys: each draws its symbol round the middle of a box of some width, mm, and is
 * followed by its words.  The row wraps; begin, add, and take the height. */
typedef void (*hz_chart_symbol)(hz_chart *c, double x, double y);
typedef struct {
    double x, y, w, at_x, at_y, line;
    bool draw, any;
} hz_chart_keys;
hz_chart_keys hz_chart_keys_begin(double x, double y, double w, bool draw);
void hz_chart_key(hz_chart *c, hz_chart_keys *keys, double width, hz_chart_symbol symbol,
                  const char *text);
double hz_chart_keys_end(const hz_chart_keys *keys);

/* chart_curve.c: a curve with the range that chance gives it */
void hz_chart_draw_curve(hz_chart *c, const hz_plot *p, const hz_chart_curve *curve);
/* Where the band is highest; 0 without one. */
double hz_chart_band_height(const hz_chart_curve *curve);
/* band_mm: height of the band on the page, which the key tells of if a line hides it. */
double hz_chart_curve_keys(hz_chart *c, double x, double y, double w, const char *observed,
                           const char *expected, const char *band, double band_mm,
                           const char *even, bool draw);
void hz_chart_even_style(hz_ink_style *style);

/* chart_label.c: names of points */
typedef struct {
    double x, y, r;            /* mm */
    const char *text;
    double width;              /* of the text, set by the placing */
    bool must;                 /* by a leader if need be */
    bool wanted;
    bool placed;
    double left, baseline;     /* of the text */
    bool leader;
    double to_x, to_y;
} hz_chart_label;
/* Place labels clear of each other, of all points, and of the lines (`count` curves of `points`
 * points, evenly or not, ascending in x); in the order of the array, those that must come first. */
void hz_chart_place_labels(hz_chart *c, const hz_rect *room, hz_chart_label *labels, size_t n,
                           const double *curves, size_t curve_count, size_t points);
void hz_chart_draw_labels(hz_chart *c, const hz_chart_label *labels, size_t n);
void hz_chart_drop_labels(hz_chart *c, const hz_chart_label *labels, size_t n);

#endif
